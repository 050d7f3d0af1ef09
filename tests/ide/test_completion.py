from __future__ import annotations

import pytest

from adr_ls.ide import completion as completing
from adr_ls.ide.completion import Completion
from adr_ls.syntax.text import Edit, apply
from tests.fixture import fixture

LOG = """
-- docs/adr/README.md --
- [ADR-001](001-use-mysql.md)
- [ADR-002](002-use-postgres.md)
- [ADR-003](003-use-rust.md)
- [ADR-012](012-use-3-regions.md)
-- docs/adr/001-use-mysql.md --
# ADR-001: Use MySQL

**Status**: Superseded by [ADR-002](./002-use-postgres.md)
**Date**: 2024-01-01
**Deciders**: Zoë

## Context

Text.

## Decision

Text.

## Consequences

Text.
-- docs/adr/002-use-postgres.md --
# ADR-002: Use Postgres

**Status**: Accepted
**Date**: 2024-01-02
**Deciders**: Zoë
**Supersedes**: [ADR-001](./001-use-mysql.md)

## Context

Text.

## Decision

Text.

## Consequences

Text.
-- docs/adr/003-use-rust.md --
# ADR-003: Use Rust

**Status**: Accepted
**Date**: 2024-01-03
**Deciders**: Zoë

## Context

See [ADR-002](./002-use-postgres.md).

## Decision

Text.

## Consequences

Text.
-- docs/adr/012-use-3-regions.md --
# ADR-012: Use 3 regions

**Status**: Proposed
**Date**: 2024-01-12
**Deciders**: Zoë

## Context

Text.

## Decision

Text.

## Consequences

Text.
""".lstrip("\n")


def complete(source: str, around: str = LOG) -> tuple[Completion, str]:
    """What is offered at the cursor of a new record, and the record's text."""
    given = fixture(around + "-- docs/adr/013-new.md --\n" + source)
    return completing.completion(given.cursor), given.record.text


def labels(source: str, around: str = LOG) -> list[str]:
    return [item.label for item in complete(source, around)[0].items]


def taken(source: str, label: str, around: str = LOG) -> str:
    """The text after the item of that label was taken."""
    found, text = complete(source, around)
    item = next(item for item in found.items if item.label == label)
    return apply(text, [Edit(item.span, item.insert)])


BODY = "# ADR-013: New\n\n**Status**: Proposed\n\n## Context\n\n"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ADR-$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("adr-$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("ADR-3$0", ["ADR-003", "ADR-012"]),
        ("ADR-003$0", ["ADR-003"]),
        ("ADR 00$0", ["ADR-002", "ADR-003", "ADR-001"]),
        ("[$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("[$0]", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("[rust$0", ["ADR-003", "ADR-002"]),  # the letters of rust are in “Use Postgres” too
        ("[use mysql$0", ["ADR-001"]),
        ("[propo$0", ["ADR-012"]),
        ("[accepted$0", ["ADR-002", "ADR-003"]),
        ("[x](./$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("[x]($0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("[x](003$0", ["ADR-003"]),
        ("[x](use-ru$0", ["ADR-003"]),
        ("[nothing like it$0", []),
    ],
)
def test_records_are_offered_superseded_ones_last(typed: str, offered: list[str]) -> None:
    found, _ = complete(BODY + typed)
    assert [item.label for item in found.items] == offered
    assert [item.label for item in found.items if item.deprecated] == [label for label in offered if label == "ADR-001"]


@pytest.mark.parametrize(
    ("typed", "label", "becomes"),
    [
        ("See ADR-$0", "ADR-003", "See [ADR-003](./003-use-rust.md)"),
        ("See [$0", "ADR-003", "See [ADR-003](./003-use-rust.md)"),
        ("See [ru$0] now", "ADR-003", "See [ADR-003](./003-use-rust.md) now"),
        ("See [ru$0st] now", "ADR-003", "See [ADR-003](./003-use-rust.md) now"),
        ("See [ru$0]() now", "ADR-003", "See [ADR-003](./003-use-rust.md) now"),
        ("See [ru$0](old.md) now", "ADR-003", "See [ADR-003](old.md) now"),  # an address that is there stays
        ("See [ADR$0](https://example.com)", "ADR-003", "See [ADR-003](https://example.com)"),
        ("See [ADR$0][kafka]", "ADR-003", "See [ADR-003][kafka]"),
        ("See [ADR-00$001 Kafka](x.md)", "ADR-003", "See [ADR-003 Kafka](x.md)"),
        ("See [rust$0 and more", "ADR-003", "See [ADR-003](./003-use-rust.md) and more"),
        ("See ADR-00$001 now", "ADR-003", "See [ADR-003](./003-use-rust.md) now"),
        ("See [it](00$003-use-kafka.md)", "ADR-003", "See [it](003-use-rust.md)"),
        ("See [it](00$003-use-kafka.md#context)", "ADR-003", "See [it](003-use-rust.md#context)"),
        ("See [it](003-use-rust.md#con$0text)", "#decision", "See [it](003-use-rust.md#decision)"),
        ("[![b](c.png)]($0)", "ADR-003", "[![b](c.png)](./003-use-rust.md)"),
        ("[k]: $0", "ADR-003", "[k]: ./003-use-rust.md"),
        ("See [[ru$0]]", "ADR-003", "See [[003-use-rust]]"),
        ("见[ru$0", "ADR-003", "见[ADR-003](./003-use-rust.md)"),
        ("<!-- x --> ADR-$0", "ADR-003", "<!-- x --> [ADR-003](./003-use-rust.md)"),
        ("## Deci$0sion", "Decision", "## Decision"),
        ("See [it](./$0", "ADR-003", "See [it](./003-use-rust.md"),
        ("See [it](./00$0)", "ADR-003", "See [it](./003-use-rust.md)"),
        ("See [it]($0)", "ADR-003", "See [it](./003-use-rust.md)"),
        ("See [it](<$0>)", "ADR-003", "See [it](<./003-use-rust.md>)"),
    ],
)
def test_what_is_inserted_is_in_the_style_of_the_log(typed: str, label: str, becomes: str) -> None:
    assert taken(BODY + typed, label) == (BODY + becomes)


def test_a_log_that_names_its_records_bare_gets_bare_names() -> None:
    bare = LOG.replace("[ADR-002](./002-use-postgres.md)", "ADR-002").replace("[ADR-001](./001-use-mysql.md)", "ADR-001")
    assert taken(BODY + "See ADR-$0", "ADR-003", bare) == BODY + "See ADR-003"


def test_every_item_is_found_by_what_is_already_typed() -> None:
    """Editors compare what stands in an item's span with its filter text, and drop what does not fit."""
    for typed in ("ADR-$0", "ADR-00$0", "adr-$0", "ADR 0$0", "[$0", "[rust$0", "[x](./0$0", "[x](003$0"):
        found, text = complete(BODY + typed)
        assert found.items
        for item in found.items:
            prefix = text[item.span.start : len(BODY) + typed.index("$0")].casefold()
            rest = iter(item.filter.casefold())
            assert all(character in rest for character in prefix), (prefix, item.filter)


@pytest.mark.parametrize(
    "typed",
    [
        *("`ADR-$0`", "```\nADR-$0\n```\n", "```\n[$0", "    [$0"),
        *("- [$0", "- [ $0", "1. [$0", "text $0", "see\\[$0", "a-$0", "UTF-$0", "ADR $0and"),
        *("<!-- ADR-$0 -->", "<!-- ADR-$0", "<!--\n\nADR-$0\n\n-->", "<!-- [$0 -->"),
        *("![$0](x.png)", "![$0", "![x]($0)", "![x]($0", "[x](https://exa$0mple.com)", "[k$0]: 003.md"),
        *("[x]($0https://example.com)", "[x](ht$0tps://example.com)", "[k]: ht$0tps://example.com", "[x](mail$0to:a@b.c)"),
        *("value a[$0", "x[0][$0", "f(x)[$0"),
    ],
)
def test_nothing_is_offered_in_code_comments_images_task_boxes_and_plain_words(typed: str) -> None:
    assert not labels(BODY + typed)


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ("# ADR-013: New\n\n**Status**: $0\n", ["Accepted", "Proposed", "Draft", "Rejected", "Deprecated", "Superseded"]),
        ("# ADR-013: New\n\n**Status**: Ac$0\n", ["Accepted", "Proposed", "Draft", "Rejected", "Deprecated", "Superseded"]),
        ("---\nstatus: $0\n---\n# New\n", ["Accepted", "Proposed", "Draft", "Rejected", "Deprecated", "Superseded"]),
        ("# ADR-013: New\n\n## Status\n\n$0\n", ["Accepted", "Proposed", "Draft", "Rejected", "Deprecated", "Superseded"]),
        ("# ADR-013: New\n\n**Status**: Superseded by $0\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("# ADR-013: New\n\n**Supersedes**: $0\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("# ADR-013: New\n\n**Supersedes**: mysql$0\n", ["ADR-001"]),
        ("# ADR-013: New\n\n**Related**: [ADR-002](./002-use-postgres.md), $0\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("---\nsupersedes: $0\n---\n# New\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("---\nsupersedes:\n  - $0\n---\n# New\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("---\nrelated: [ADR-001, $0]\n---\n# New\n", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
    ],
)
def test_fields_offer_statuses_and_records(source: str, offered: list[str]) -> None:
    assert sorted(labels(source)) == sorted(offered)


@pytest.mark.parametrize(
    ("source", "label", "becomes"),
    [
        ("# A\n\n**Status**: Ac$0\n", "Accepted", "# A\n\n**Status**: Accepted\n"),
        ("# A\n\n**Status**: $0\n", "Accepted", "# A\n\n**Status**: Accepted\n"),
        ("# A\n\n**Status:**$0\n", "Accepted", "# A\n\n**Status:** Accepted\n"),
        ("---\nstatus:$0\n---\n", "Accepted", "---\nstatus: Accepted\n---\n"),
        ("# A\n\n## Status\n\n$0\n", "Accepted", "# A\n\n## Status\n\nAccepted\n"),
        ("# A\n\n**Status**: $0Proposed\n", "Accepted", "# A\n\n**Status**: Accepted\n"),
        ("---\nstatus: prop$0\n---\n", "Proposed", "---\nstatus: Proposed\n---\n"),
        ("# A\n\n**Supersedes**: $0\n", "ADR-003", "# A\n\n**Supersedes**: [ADR-003](./003-use-rust.md)\n"),
        (
            "# A\n\n**Status**: Superseded by ru$0\n",
            "ADR-003",
            "# A\n\n**Status**: Superseded by [ADR-003](./003-use-rust.md)\n",
        ),
        ("---\nsupersedes: [ADR-001, $0]\n---\n", "ADR-003", "---\nsupersedes: [ADR-001, ADR-003]\n---\n"),
        ("---\nsupersedes:\n  - $0\n---\n", "ADR-003", "---\nsupersedes:\n  - ADR-003\n---\n"),
        *(
            (f"---\n{typed}\n---\n", label, f"---\n{becomes}\n---\n")
            for typed, label, becomes in (
                ('status: "$0"', "Accepted", 'status: "Accepted"'),
                ('status: "$0', "Accepted", 'status: "Accepted'),
                ("status: 'acc$0'", "Accepted", "status: 'Accepted'"),
                ("status: acc$0epted # x", "Proposed", "status: Proposed # x"),
                ("status:$0accepted", "Proposed", "status: Proposed"),
                ("status: superseded by $0", "ADR-003", "status: superseded by ADR-003"),
                ('status: "superseded by $0"', "ADR-003", 'status: "superseded by ADR-003"'),
                ("supersedes: [$0]", "ADR-003", "supersedes: [ADR-003]"),
                ("supersedes: ['$0']", "ADR-003", "supersedes: ['ADR-003']"),
                ("supersedes: [ADR-001,$0]", "ADR-003", "supersedes: [ADR-001, ADR-003]"),
                ("supersedes: [ADR-0$001, ADR-002]", "ADR-003", "supersedes: [ADR-003, ADR-002]"),
                ("supersedes: ADR-00$01", "ADR-003", "supersedes: ADR-003"),
                ('supersedes:\n  - "ADR$0"', "ADR-003", 'supersedes:\n  - "ADR-003"'),
            )
        ),
        ("# A\n\n## Status\n\nAcc$0 on 2024\n", "Proposed", "# A\n\n## Status\n\nProposed on 2024\n"),
        ("# A\n\n## Status\n\n- $0\n", "Proposed", "# A\n\n## Status\n\n- Proposed\n"),
        ("# A\n\n**Status**: Acc$0 | **Date**: 2024\n", "Proposed", "# A\n\n**Status**: Proposed | **Date**: 2024\n"),
        ("# A\n\n| Status | $0 |\n|---|---|\n", "Proposed", "# A\n\n| Status | Proposed |\n|---|---|\n"),
        (
            "# A\n\n| Status | Date |\n|---|---|\n| Acc$0epted | 2024 |\n",
            "Proposed",
            "# A\n\n| Status | Date |\n|---|---|\n| Proposed | 2024 |\n",
        ),
        (
            "# A\n\n**Status**: Superseded by ADR-00$01\n",
            "ADR-003",
            "# A\n\n**Status**: Superseded by [ADR-003](./003-use-rust.md)\n",
        ),
        (
            "# A\n\n**Status**: Ersetzt durch $0\n",
            "ADR-003",
            "# A\n\n**Status**: Ersetzt durch [ADR-003](./003-use-rust.md)\n",
        ),
        ("# A\n\n**St$0atus**: x\n", "Status", "# A\n\n**Status**: x\n"),
    ],
)
def test_values_are_inserted_as_their_place_needs_them(source: str, label: str, becomes: str) -> None:
    assert taken(source, label) == becomes


@pytest.mark.parametrize(
    "source",
    [
        "# A\n\n## Status\n\nAccepted on 2024 by the bo$0\n",
        "# A\n\n## Status\n\nThe board has acc$0epted it\n",
        "# A\n\n**Status**: Accepted | **Date**: 2024$0\n",
        "# A\n\n**Status**: Accepted with $0\n",
        "# A\n\n## Status\n\n2024-01$0-02 accepted\n",
        "# A\n\n## Status\n\nAccepted\n\n##$0 Context\n",
        "---\nstatus: 'x' $0\n---\n# A\n",
    ],
)
def test_a_sentence_about_the_status_is_left_alone(source: str) -> None:
    assert not labels(source)


def test_statuses_are_the_houses_own_words() -> None:
    template = "-- docs/adr/template.md --\n# ADR-NNN: Title\n\n**Status**: Idea | Approved | Rejected\n\n## Context\n"
    assert labels("# ADR-013: New\n\n**Status**: $0\n", LOG + template)[:3] == ["Idea", "Approved", "Rejected"]


def test_missing_sections_are_offered_behind_a_hash() -> None:
    source = "# ADR-013: New\n\n**Status**: Proposed\n\n## Context\n\nText.\n\n## $0"
    assert labels(source) == ["Decision", "Consequences"]
    assert taken(source, "Decision").endswith("\n\n## Decision")
    assert labels(source.replace("$0", "Deci$0")) == ["Decision", "Consequences"]
    assert labels("# ADR-013: New\n\n### Cons$0") == ["Context", "Decision", "Consequences"]
    assert taken("# ADR-013: New\n\n### Cons$0", "Consequences").endswith("\n\n## Consequences")


def test_metadata_keys_are_those_of_the_house() -> None:
    assert labels("# ADR-013: New\n\n**$0\n") == ["Status", "Date", "Deciders"]
    assert labels("# ADR-013: New\n\n**Status**: Proposed\n**D$0\n") == ["Date", "Deciders"]
    assert taken("# ADR-013: New\n\n**D$0\n", "Date") == "# ADR-013: New\n\n**Date**: \n"
    assert taken("# ADR-013: New\n\n**D$0**\n", "Date") == "# ADR-013: New\n\n**Date**: \n"
    assert taken("# ADR-013: New\n\n**Deci$0ded on:** 2024\n", "Deciders") == "# ADR-013: New\n\n**Deciders**: 2024\n"
    assert taken("# ADR-013: New\n\n* Da$0y: 2024\n", "Date", LOG.replace("**", "")) == "# ADR-013: New\n\n* Date: 2024\n"
    assert taken("# ADR-013: New\n\n**D$0**: 2024\n", "Date") == "# ADR-013: New\n\n**Date**: 2024\n"
    inside = LOG.replace("**:", ":**")
    assert taken("# ADR-013: New\n\n**D$0\n", "Date", inside) == "# ADR-013: New\n\n**Date:** \n"


def test_metadata_keys_of_front_matter() -> None:
    log = "".join(f"-- docs/adr/000{n}-x{n}.md --\n---\nstatus: accepted\ndate: 2024-01-01\n---\n# X{n}\n" for n in range(1, 4))
    assert labels("---\n$0\n---\n# New\n", log) == ["status", "date"]
    assert labels("---\nstatus: proposed\nd$0\n---\n# New\n", log) == ["date"]
    assert taken("---\nd$0\n---\n# New\n", "date", log) == "---\ndate: \n---\n# New\n"
    assert taken("---\nst$0: accepted\n---\n# New\n", "status", log) == "---\nstatus: accepted\n---\n# New\n"
    assert taken("---\nst$0ate: accepted\n---\n# New\n", "status", log) == "---\nstatus: accepted\n---\n# New\n"


def test_anchors_of_the_record_linked_and_of_this_one() -> None:
    assert labels(BODY + "[x](003-use-rust.md#$0") == ["#adr-003-use-rust", "#context", "#decision", "#consequences"]
    assert labels(BODY + "[x](./003-use-rust.md#con$0)") == ["#adr-003-use-rust", "#context", "#decision", "#consequences"]
    assert labels(BODY + "[x](#$0") == ["#adr-013-new", "#context"]
    assert taken(BODY + "[x](003-use-rust.md#con$0)", "#context") == BODY + "[x](003-use-rust.md#context)"
    assert labels(BODY + "[x](042-gone.md#$0") == []


def test_at_most_fifty_are_offered_and_typing_on_brings_others() -> None:
    many = "".join(
        f"-- docs/adr/{n:03}-thing-{n}.md --\n# ADR-{n:03}: Thing {n}\n\n**Status**: Accepted\n" for n in range(100, 180)
    )
    found, _ = complete(BODY + "ADR-$0", many)
    assert len(found.items) == completing.MOST
    assert found.incomplete
    assert labels(BODY + "ADR-17$0", many)[:2] == ["ADR-170", "ADR-171"]


def test_records_of_the_own_log_come_first() -> None:
    other = "-- apps/docs/adr/001-other.md --\n# ADR-001: Other\n\n**Status**: Accepted\n"
    given = complete(BODY + "[$0", LOG + other)[0].items
    assert [item.detail for item in given][-1] in ("Other", "Use MySQL")
    assert [item.detail for item in given][:3] == ["Use Postgres", "Use Rust", "Use 3 regions"]


def test_an_item_documents_its_record() -> None:
    given = fixture(LOG)
    path = next(path for path in given.workspace.records if "003" in path)
    card = completing.documentation(given.workspace, path)
    assert card
    assert card.markdown.startswith("**ADR-003: Use Rust**\n")
    assert completing.documentation(given.workspace, "/w/gone.md") is None
