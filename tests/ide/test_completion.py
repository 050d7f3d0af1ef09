from __future__ import annotations

import re

import pytest

from adr_ls.ide import completion as completing
from adr_ls.ide.completion.place import MOST, Completion
from adr_ls.ide.target import Cursor
from adr_ls.log.mkdocs import page as page_of
from adr_ls.syntax.text import Edit, apply
from tests.fixture import ROOT, TODAY, fixture

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
    return completing.completion(given.cursor, TODAY), given.record.text


def labels(source: str, around: str = LOG) -> list[str]:
    return [item.label for item in complete(source, around)[0].items]


def taken(source: str, label: str, around: str = LOG) -> str:
    """The text after the item of that label was taken."""
    found, text = complete(source, around)
    item = next(item for item in found.items if item.label == label)
    return apply(text, [Edit(found.span, item.insert)])


BODY = "# ADR-013: New\n\n**Status**: Proposed\n\n## Context\n\n"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ADR-$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("adr-$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("ADR$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("ADR-3$0", ["ADR-003", "ADR-012"]),
        ("ADR-003$0", ["ADR-003"]),
        ("ADR 00$0", ["ADR-002", "ADR-003", "ADR-001"]),
        ("[$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("- [$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("1. [$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("- [propo$0", ["ADR-012"]),
        ("[$0]", ["ADR-002", "ADR-003", "ADR-012", "ADR-001"]),
        ("[rust$0", ["ADR-003", "ADR-002"]),  # the letters of rust are in “Use Postgres” too
        ("[use mysql$0", ["ADR-001"]),
        ("[propo$0", ["ADR-012"]),
        ("[accepted$0", ["ADR-002", "ADR-003"]),
        ("[x](./$0", ["ADR-002", "ADR-003", "ADR-012", "ADR-001", "README.md"]),
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
        ("_See ADR-00$0_ now", "ADR-003", "_See [ADR-003](./003-use-rust.md)_ now"),
        ("_ADR-$0_ and __ADR-1__", "ADR-003", "_[ADR-003](./003-use-rust.md)_ and __ADR-1__"),
        ("See [it](00$003-use-kafka.md)", "ADR-003", "See [it](003-use-rust.md)"),
        ("See [it](00$003-use-kafka.md#context)", "ADR-003", "See [it](003-use-rust.md#context)"),
        ("See [it](003-use-rust.md#con$0text)", "#decision", "See [it](003-use-rust.md#decision)"),
        ("[![b](c.png)]($0)", "ADR-003", "[![b](c.png)](./003-use-rust.md)"),
        ("[k]: $0", "ADR-003", "[k]: ./003-use-rust.md"),
        ("See [[ru$0]]", "ADR-003", "See [[003-use-rust]]"),
        ("See [[ru$0st]]", "ADR-003", "See [[003-use-rust]]"),
        ("See [[ru$0]", "ADR-003", "See [[003-use-rust]]"),
        ("See [[ru$0", "ADR-003", "See [[003-use-rust]]"),
        ("见[ru$0", "ADR-003", "见[ADR-003](./003-use-rust.md)"),
        ("<!-- x --> ADR-$0", "ADR-003", "<!-- x --> [ADR-003](./003-use-rust.md)"),
        ("## Deci$0sion", "Decision", "## Decision"),
        ("See [it](./$0", "ADR-003", "See [it](./003-use-rust.md"),
        ("See [it](./00$0)", "ADR-003", "See [it](./003-use-rust.md)"),
        ("See [it]($0)", "ADR-003", "See [it](./003-use-rust.md)"),
        ("See [it](<$0>)", "ADR-003", "See [it](<./003-use-rust.md>)"),
        ("See [it]($0we saw", "ADR-003", "See [it](./003-use-rust.mdwe saw"),  # words that are no address yet stay
    ],
)
def test_what_is_inserted_is_in_the_style_of_the_log(typed: str, label: str, becomes: str) -> None:
    assert taken(BODY + typed, label) == (BODY + becomes)


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("See ADR-$0", "See [ADR-003](./adr/003-use-rust.md)"),
        ("* [$0", "* [ADR-003](./adr/003-use-rust.md)"),
        ("[it](ru$0)", "[it](./adr/003-use-rust.md)"),
        ("[it](adr/$0)", "[it](adr/003-use-rust.md)"),
    ],
)
def test_other_pages_name_records_as_the_nearest_log_does(typed: str, becomes: str) -> None:
    given = fixture(f"{LOG}-- docs/guide.md --\n# Guide\n\n{typed}\n")
    found = completing.completion(given.cursor, TODAY)
    item = next(item for item in found.items if item.label == "ADR-003")
    assert apply(given.record.text, [Edit(found.span, item.insert)]) == f"# Guide\n\n{becomes}\n"


def test_records_are_found_by_the_words_of_their_status() -> None:
    german = LOG.replace("**Status**: Proposed", "**Status**: Vorgeschlagen").replace(
        "**Status**: Accepted", "**Status**: Angenommen"
    )
    assert labels(BODY + "[vorgeschl$0", german) == ["ADR-012"]
    found, _ = complete(BODY + "[angen$0", german)
    assert [(item.label, item.description) for item in found.items] == [("ADR-002", "Angenommen"), ("ADR-003", "Angenommen")]
    assert [(item.label, item.description) for item in complete(BODY + "ADR-001$0")[0].items] == [("ADR-001", "Superseded")]
    wrong = LOG.replace("**Status**: Superseded by [ADR-002](./002-use-postgres.md)", "**Status**: Acepted")
    assert [(item.label, item.description) for item in complete(BODY + "ADR-001$0", wrong)[0].items] == [
        ("ADR-001", "Superseded")
    ]


def test_a_log_that_names_its_records_bare_gets_bare_names() -> None:
    bare = LOG.replace("[ADR-002](./002-use-postgres.md)", "ADR-002").replace("[ADR-001](./001-use-mysql.md)", "ADR-001")
    assert taken(BODY + "See ADR-$0", "ADR-003", bare) == BODY + "See ADR-003"


def test_every_item_is_found_by_what_is_already_typed() -> None:
    """Editors compare what stands in an item's span with its filter text, and drop what does not fit."""
    for typed in ("ADR-$0", "ADR-00$0", "adr-$0", "ADR 0$0", "[$0", "[rust$0", "[x](./0$0", "[x](003$0"):
        found, text = complete(BODY + typed)
        assert found.items
        for item in found.items:
            prefix = text[found.span.start : len(BODY) + typed.index("$0")].casefold()
            rest = iter(item.filter.casefold())
            assert all(character in rest for character in prefix), (prefix, item.filter)


@pytest.mark.parametrize(
    "typed",
    [
        *("`ADR-$0`", "```\nADR-$0\n```\n", "```\n[$0", "    [$0"),
        *(
            "- [ $0",
            "- [x$0",
            "1. [ $0",
            "text $0",
            "This ADR $0",
            "ADR $0",
            "adr$0",
            "AD$0",
            "ADR$0-x",
            "madr$0",
            "see\\[$0",
            "a-$0",
            "UTF-$0",
            "ADR $0and",
        ),
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
                ("status: $0 # x", "Proposed", "status: Proposed # x"),
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
        *(
            (f"+++\n{typed}\n+++\n", label, f"+++\n{becomes}\n+++\n")
            for typed, label, becomes in (
                ("status = $0", "Accepted", 'status = "Accepted"'),
                ('status = "$0"', "Accepted", 'status = "Accepted"'),
                ("supersedes = [$0]", "ADR-003", 'supersedes = ["ADR-003"]'),
                ("date = $0", "2030-01-01", "date = 2030-01-01"),
                ("deciders = [$0]", "Zoë", 'deciders = ["Zoë"]'),
            )
        ),
        *(
            (
                f"# A\n\n| Status | Date | Deciders |\n|---|---|---|\n{typed}\n",
                label,
                f"# A\n\n| Status | Date | Deciders |\n|---|---|---|\n{becomes}\n",
            )
            for typed, label, becomes in (
                ("| $0 | | |", "Accepted", "| Accepted | | |"),
                ("|$0 | | |", "Accepted", "| Accepted | | |"),
                ("| Accepted | $0 | |", "2030-01-01", "| Accepted | 2030-01-01 | |"),
                ("| Accepted | 2024-01-01 | Z$0 |", "Zoë", "| Accepted | 2024-01-01 | Zoë |"),
                ("| Accepted | 2024-01-01 | $0 |", "Zoë", "| Accepted | 2024-01-01 | Zoë |"),
            )
        ),
        ("# A\n\n## Status\n\nAcc$0 on 2024\n", "Proposed", "# A\n\n## Status\n\nProposed on 2024\n"),
        ("# A\n\n## Status\n\n- $0\n", "Proposed", "# A\n\n## Status\n\n- Proposed\n"),
        ("# A\n\n**Status**: Acc$0 | **Date**: 2024\n", "Proposed", "# A\n\n**Status**: Proposed | **Date**: 2024\n"),
        (
            "# A\n\n| Key | Value |\n|---|---|\n| Status | Acc$0\n",
            "Accepted",
            "# A\n\n| Key | Value |\n|---|---|\n| Status | Accepted\n",
        ),
        (
            "# A\n\n| Key | Value |\n|---|---|\n| **Status** |$0\n",
            "Proposed",
            "# A\n\n| Key | Value |\n|---|---|\n| **Status** | Proposed\n",
        ),
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
    assert labels("# ADR-013: New\n\n### Cons$0") == ["Consequences", "Context", "Decision"]
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
    assert labels(BODY + "[x](./003-use-rust.md#con$0)") == ["#context", "#consequences", "#adr-003-use-rust", "#decision"]
    assert labels(BODY + "[x](#$0") == ["#adr-013-new", "#context"]
    assert taken(BODY + "[x](003-use-rust.md#con$0)", "#context") == BODY + "[x](003-use-rust.md#context)"
    assert labels(BODY + "[x](042-gone.md#$0") == []


def test_at_most_fifty_are_offered_and_typing_on_brings_others() -> None:
    many = "".join(
        f"-- docs/adr/{n:03}-thing-{n}.md --\n# ADR-{n:03}: Thing {n}\n\n**Status**: Accepted\n" for n in range(100, 180)
    )
    found, _ = complete(BODY + "ADR-$0", many)
    assert len(found.items) == MOST
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


BARE = LOG.replace("See [ADR-002](./002-use-postgres.md)", "See ADR-001, ADR-002 and ADR-012")
BARE = BARE.replace("[ADR-002](./002-use-postgres.md)", "ADR-002").replace("[ADR-001](./001-use-mysql.md)", "ADR-001")
SPACED = re.sub(r"(?<!# )(?<!\[)ADR-0*", "ADR ", BARE)
"""The same log, which names its records bare, and bare as people speak."""


@pytest.mark.parametrize(
    ("around", "typed", "becomes"),
    [
        (BARE, "See ADR-$0", "See ADR-003"),
        (BARE, "See adr-ru$0", "See ADR-003"),
        (BARE, "See [$0", "See [ADR-003](003-use-rust.md)"),
        (SPACED, "See ADR-$0", "See ADR 3"),
        (SPACED, "See ADR-00$0", "See ADR 3"),
        (SPACED, "See ADR 0$0", "See ADR 3"),
    ],
)
def test_a_bare_name_is_written_as_the_prose_of_the_log_has_it(around: str, typed: str, becomes: str) -> None:
    assert taken(BODY + typed, "ADR-003", around) == BODY + becomes


@pytest.mark.parametrize(
    ("around", "field", "becomes"),
    [
        (LOG, "**Related**: $0", "**Related**: [ADR-003](./003-use-rust.md)"),
        (BARE, "**Related**: $0", "**Related**: ADR-003"),
        (BARE, "**Status**: Superseded by ADR-$0", "**Status**: Superseded by ADR-003"),
        # what the field has already tells more than what others have
        (LOG, "**Related**: ADR-002, ADR-$0", "**Related**: ADR-002, ADR-003"),
        (
            BARE,
            "**Related**: [Use Postgres](002-use-postgres.md), $0",
            "**Related**: [Use Postgres](002-use-postgres.md), [Use Rust](003-use-rust.md)",
        ),
        (
            BARE,
            "**Related**: [ADR-002: Use Postgres](./002-use-postgres.md), $0",
            "**Related**: [ADR-002: Use Postgres](./002-use-postgres.md), [ADR-003: Use Rust](./003-use-rust.md)",
        ),
        (BARE, "| Related | $0 |\n|---|---|", "| Related | ADR-003 |\n|---|---|"),
    ],
)
def test_a_field_names_records_as_it_does_already_else_as_the_log_does(around: str, field: str, becomes: str) -> None:
    assert taken(f"# ADR-013: New\n\n{field}\n", "ADR-003", around) == f"# ADR-013: New\n\n{becomes}\n"


@pytest.mark.parametrize(
    ("usual", "becomes"),
    [
        ("supersedes: [ADR-001]", "supersedes: ADR-003"),
        ('supersedes: ["001"]', 'supersedes: "003"'),
        ("supersedes: 1", "supersedes: 3"),
        ("supersedes: 001-use-mysql", "supersedes: 003-use-rust"),
        ("supersedes:\n  - 001-use-mysql.md", "supersedes: 003-use-rust.md"),
    ],
)
def test_front_matter_names_records_as_that_of_the_log_does(usual: str, becomes: str) -> None:
    log = "".join(f"-- docs/adr/00{n}-{name}.md --\n# {n}. X\n" for n, name in ((1, "use-mysql"), (3, "use-rust")))
    log += f"-- docs/adr/004-x.md --\n---\n{usual}\n---\n# 4. X\n"
    for typed in ("", "0", "ADR-0"):  # what is half typed is no way of naming one
        assert taken(f"---\nsupersedes: {typed}$0\n---\n# New\n", "ADR-003", log) == f"---\n{becomes}\n---\n# New\n"


ENTRIES = LOG.partition("-- docs/adr/001-use-mysql.md --")
RECORDS = ENTRIES[1] + ENTRIES[2]
INDEX = "-- docs/adr/README.md --\n# Decisions\n\n"
TABLE = "| ADR | Title | Status |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("entry", "typed", "becomes"),
    [
        ("- [ADR-{0}: {2}](./{1})", "- [$0", "- [ADR-003: Use Rust](./003-use-rust.md)"),
        ("- [ADR-{0}: {2}](./{1})", "- [ru$0]", "- [ADR-003: Use Rust](./003-use-rust.md)"),
        ("- [ADR-{0}: {2}](./{1})", "- ADR-$0", "- [ADR-003: Use Rust](./003-use-rust.md)"),
        ("- [ADR-{0}: {2}](./{1})", "- [$0](003-use-rust.md)", "- [ADR-003: Use Rust](003-use-rust.md)"),
        ("- [ADR-{0}: {2}](./{1})", "- [it]($0", "- [it](./003-use-rust.md"),
        ("* [{2}]({1}) - Accepted", "* [$0", "* [Use Rust](003-use-rust.md)"),
        ("* {0}: **[{2}]({1})**", "* 003: **[$0]()**", "* 003: **[Use Rust](003-use-rust.md)**"),
        ("1. [{0}. {2}]({1})", "2. [$0", "2. [003. Use Rust](003-use-rust.md)"),
        ("| [{0}]({1}) | {2} | Accepted |", "| [$0", "| [003](003-use-rust.md)"),
    ],
)
def test_an_index_links_as_its_own_entries_do(entry: str, typed: str, becomes: str) -> None:
    head = TABLE if entry.startswith("|") else ""
    listed = ("001", "001-use-mysql.md", "Use MySQL"), ("012", "012-use-3-regions.md", "Use 3 regions")
    before = head + "".join(entry.format(*one) + "\n" for one in listed)
    given = fixture(f"{RECORDS}{INDEX}{before}{typed}\n")
    found = completing.completion(given.cursor, TODAY)
    item = next(item for item in found.items if item.path.endswith("003-use-rust.md"))
    after = apply(given.record.text, [Edit(found.span, item.insert)])
    assert after == f"# Decisions\n\n{before}{becomes}\n"


def test_numbers_in_an_index_get_zeros_only_where_it_has_them() -> None:
    for zeros, becomes in (("", "[3. X3](0003-x.md)"), ("00", "[003. X3](0003-x.md)")):
        log = "".join(f"-- docs/adr/{n:04}-x.md --\n# {n}. X{n}\n\n**Status**: Accepted\n" for n in (1, 2, 3, 12))
        listed = "".join(f"- [{zeros[: 3 - len(str(n))]}{n}. X{n}]({n:04}-x.md)\n" for n in (1, 2, 12))
        given = fixture(f"{log}{INDEX}{listed}- [$0\n")
        assert completing.completion(given.cursor, TODAY).items[0].insert == becomes


NESTED = "- [ADR-{0}: {2}]({1})\n  - **Status**: {3}\n"
INLINE = "- [ADR-{0}: {2}]({1}) - {3}\n"
BRACKETS = "- [{2}]({1}) ({3})\n"
ROW = "| {0} | [{2}]({1}) | {3} |\n"
HEAD = "| ADR | Title | Status |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("form", "typed", "first", "becomes"),
    [
        (NESTED, "- [ADR-012: Use 3 regions](012-use-3-regions.md)\n  - **Status**: $0", "Proposed", "Proposed"),
        (NESTED, "- [ADR-012: Use 3 regions](012-use-3-regions.md)\n  - **Status**:$0", "Proposed", " Proposed"),
        (NESTED, "- [ADR-012: Use 3 regions](012-use-3-regions.md)\n  - **Status**: Acc$0epted", "Accepted", "Accepted"),
        (INLINE, "- [ADR-012: Use 3 regions](012-use-3-regions.md) - $0", "Proposed", "Proposed"),
        (INLINE, "- [ADR-012: Use 3 regions](012-use-3-regions.md) - pro$0", "Proposed", "Proposed"),
        (BRACKETS, "- [Use 3 regions](012-use-3-regions.md) ($0)", "Proposed", "Proposed"),
        (BRACKETS, "- [Use 3 regions](012-use-3-regions.md) ($0Accepted)", "Proposed", "Proposed"),
        (HEAD + ROW, "| 012 | [Use 3 regions](012-use-3-regions.md) | $0 |", "Proposed", "Proposed"),
        (HEAD + ROW, "| 012 | [Use 3 regions](012-use-3-regions.md) |$0|", "Proposed", " Proposed"),
        (HEAD + ROW, "| 012 | [Use 3 regions](012-use-3-regions.md) | acc$0", "Accepted", "Accepted"),
    ],
)
def test_entries_of_an_index_get_the_status_where_the_others_have_it(form: str, typed: str, first: str, becomes: str) -> None:
    listed = ("001", "001-use-mysql.md", "Use MySQL", "Superseded"), ("002", "002-use-postgres.md", "Use Postgres", "Accepted")
    head, entry = form.partition("---|\n")[::2] if form.startswith("|") else ("", form)
    before = (HEAD if head else "") + "".join((entry or form).format(*one) for one in listed)
    given = fixture(f"{RECORDS}{INDEX}{before}{typed}\n")
    found = completing.completion(given.cursor, TODAY)
    assert found.items
    assert found.items[0].label == first
    assert {"Accepted", "Proposed", "Superseded"} <= {item.label for item in found.items}
    written = apply(given.record.text, [Edit(found.span, found.items[0].insert)])
    rest = re.sub(r"\$0\w*|\w*\$0\w*", becomes, typed)
    assert written == f"# Decisions\n\n{before}{rest}\n"


def test_an_index_in_small_letters_keeps_them() -> None:
    before = "".join(
        INLINE.format(*one)
        for one in (
            ("001", "001-use-mysql.md", "Use MySQL", "superseded"),
            ("002", "002-use-postgres.md", "Use Postgres", "accepted"),
        )
    )
    given = fixture(f"{RECORDS}{INDEX}{before}- [ADR-012: Use 3 regions](012-use-3-regions.md) - $0\n")
    assert [item.label for item in completing.completion(given.cursor, TODAY).items][:3] == ["proposed", "accepted", "draft"]


def test_no_status_is_offered_where_entries_have_none() -> None:
    for typed in ("- [ADR-012: Use 3 regions](012-use-3-regions.md) - $0", "  - **Summary**: $0", "Some prose - $0", "- $0"):
        before = "".join(f"- [ADR-{n}]({name})\n" for n, name in (("001", "001-use-mysql.md"), ("002", "002-use-postgres.md")))
        given = fixture(f"{RECORDS}{INDEX}{before}{typed}\n")
        assert not completing.completion(given.cursor, TODAY).items


def test_an_index_offers_first_what_it_lacks() -> None:
    listed = "".join(f"- [{name}]({name})\n" for name in ("001-use-mysql.md", "002-use-postgres.md", "012-use-3-regions.md"))
    given = fixture(f"{RECORDS}{INDEX}{listed}- [$0\n")
    assert completing.completion(given.cursor, TODAY).items[0].label == "ADR-003"


def test_the_record_that_a_link_leads_to_comes_first_for_its_text() -> None:
    assert labels(BODY + "See [ADR-$0](012-use-3-regions.md).")[0] == "ADR-012"
    assert labels(BODY + "See [$0](./001-use-mysql.md).")[0] == "ADR-001"
    assert labels(BODY + "See [$0][old].\n\n[old]: 001-use-mysql.md\n")[0] == "ADR-001"


def test_bare_names_are_offered_only_for_records_to_which_they_lead() -> None:
    other = "".join(
        f"-- apps/docs/adr/{n:03}-{name}.md --\n# ADR-{n:03}: {name.title()}\n\n**Status**: Accepted\n"
        for n, name in ((1, "other"), (7, "far"))
    )
    assert labels(BODY + "ADR-$0", BARE + other) == ["ADR-002", "ADR-003", "ADR-012", "ADR-007", "ADR-001"]
    found = complete(BODY + "[$0", LOG + other)[0].items
    assert [(item.label, item.description) for item in found][3:5] == [
        ("ADR-001", "Accepted · apps/docs/adr"),
        ("ADR-007", "Accepted · apps/docs/adr"),
    ]


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("# A\n\n**Date**: $0\n", "# A\n\n**Date**: 2030-01-01\n"),
        ("# A\n\n**Date**:$0\n", "# A\n\n**Date**: 2030-01-01\n"),
        ("# A\n\n**Date**: 20$0\n", "# A\n\n**Date**: 2030-01-01\n"),
        ("# A\n\n**Datum**: $0\n", "# A\n\n**Datum**: 2030-01-01\n"),
        ("# A\n\n| Date | $0 |\n|---|---|\n", "# A\n\n| Date | 2030-01-01 |\n|---|---|\n"),
        ("# A\n\n## Date\n\n$0\n", "# A\n\n## Date\n\n2030-01-01\n"),
        ("---\ndate: $0\n---\n# A\n", "---\ndate: 2030-01-01\n---\n# A\n"),
        ("---\ndate:$0\n---\n# A\n", "---\ndate: 2030-01-01\n---\n# A\n"),
        ("---\ndate: '$0'\n---\n# A\n", "---\ndate: '2030-01-01'\n---\n# A\n"),
    ],
)
def test_a_date_is_that_of_today(source: str, becomes: str) -> None:
    assert taken(source, "2030-01-01") == becomes


@pytest.mark.parametrize(
    ("usual", "today"),
    [
        ("2 January 2024", "1 January 2030"),
        ("02.01.2024", "01.01.2030"),
        ("2024/01/02", "2030/01/01"),
        ("Jan 2, 2024", "Jan 1, 2030"),
        ("2. Januar 2024", "1. Januar 2030"),
    ],
)
def test_a_date_is_written_as_the_log_writes_its_own(usual: str, today: str) -> None:
    log = LOG
    for n in (1, 2, 3, 12):
        log = log.replace(f"**Date**: 2024-01-{n:02}", f"**Date**: {usual}")
    assert labels("# A\n\n**Date**: $0\n", log) == [today]


def test_no_date_is_offered_over_another_one() -> None:
    assert labels("# A\n\n**Date**: 2024-0$0\n") == []
    assert labels("# A\n\n**Date**: $02024-01-02\n") == ["2030-01-01"]


@pytest.mark.parametrize(
    ("path", "typed", "becomes"),
    [
        ("013-new.md", "# $0", "# ADR-013: "),
        ("013-new.md", "# ADR-$0", "# ADR-013: "),
        ("013-new.md", "#  A$0", "# ADR-013: "),
        ("untitled.md", "# $0", "# ADR-013: "),
        ("untitled.md", "# ADR-$0\n\n## Context\n", "# ADR-013: \n\n## Context\n"),
        ("099-late.md", "# $0", "# ADR-099: "),
    ],
)
def test_a_new_heading_gets_the_next_number(path: str, typed: str, becomes: str) -> None:
    given = fixture(f"{LOG}-- docs/adr/{path} --\n{typed}")
    found = completing.completion(given.cursor, TODAY)
    assert apply(given.record.text, [Edit(found.span, found.items[0].insert)]) == becomes


def test_a_new_heading_may_take_the_words_of_the_files_name() -> None:
    given = fixture(f"{LOG}-- docs/adr/013-one-more-queue.md --\n# $0")
    assert [item.insert for item in completing.completion(given.cursor, TODAY).items][:2] == [
        "# ADR-013: ",
        "# ADR-013: One more queue",
    ]


def test_no_number_is_offered_below_a_title_or_where_titles_have_none() -> None:
    assert "ADR-013" not in labels("# ADR-013: New\n\n# $0")
    plain = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# X{n}\n\n## Context\n" for n in range(1, 5))
    assert "# 5" not in [item.insert for item in complete("# $0", plain)[0].items]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("See [it][$0", "See [it][Kafka]"),
        ("See [it][ka$0", "See [it][Kafka]"),
        ("See [it][ka$0]", "See [it][Kafka]"),
        ("See [it][ra$0bbit]", "See [it][Kafka]"),
    ],
)
def test_labels_of_definitions_are_offered(typed: str, becomes: str) -> None:
    defined = "\n\n[Kafka]: 003-use-rust.md\n[rabbit]: https://example.com\n"
    assert taken(BODY + typed + defined, "Kafka") == BODY + becomes + defined


PATHS = LOG + "-- docs/guide.md --\n# Guide\n\n## How to write\n-- docs/how to.md --\n# How\n-- README.md --\n# Read\n"


@pytest.mark.parametrize(
    ("typed", "label", "becomes"),
    [
        ("[x](../$0", "guide.md", "[x](../guide.md"),
        ("[x](../$0)", "guide.md", "[x](../guide.md)"),
        ("[x](../gu$0)", "guide.md", "[x](../guide.md)"),
        ("[x](../$0)", "how to.md", "[x](../how%20to.md)"),
        ("[x](../adr/$0)", "ADR-003", "[x](../adr/003-use-rust.md)"),
        ("[x](../../$0)", "README.md", "[x](../../README.md)"),
        ("[x](/$0)", "README.md", "[x](/README.md)"),
        ("[x](/$0)", "docs/guide.md", "[x](/docs/guide.md)"),
        ("[x](/docs/adr/$0)", "ADR-003", "[x](/docs/adr/003-use-rust.md)"),
        ("[x](/docs/adr/ru$0)", "ADR-003", "[x](/docs/adr/003-use-rust.md)"),
        ("[x](./$0)", "ADR-003", "[x](./003-use-rust.md)"),
    ],
)
def test_a_path_goes_on_from_what_is_typed_of_it(typed: str, label: str, becomes: str) -> None:
    assert taken(BODY + typed, label, PATHS) == BODY + becomes


def test_a_way_up_does_not_lead_back_to_what_lies_beside_the_file() -> None:
    assert labels(BODY + "[x](../$0", PATHS) == ["guide.md", "how to.md"]
    assert labels(BODY + "[x](../../$0", PATHS) == ["README.md", "docs/guide.md", "docs/how to.md"]


def test_headings_are_those_of_the_file_that_is_linked() -> None:
    assert labels(BODY + "[x](../guide.md#$0", PATHS) == ["#guide", "#how-to-write"]
    assert labels(BODY + "[x](/docs/guide.md#how$0)", PATHS) == ["#how-to-write", "#guide"]
    assert labels(BODY + "[[003-use-rust#$0]]") == ["#adr-003-use-rust", "#context", "#decision", "#consequences"]
    assert taken(BODY + "[[003-use-rust#con$0]]", "#context") == BODY + "[[003-use-rust#context]]"
    assert taken(BODY + "[k]: ./003-use-rust.md#$0", "#context") == BODY + "[k]: ./003-use-rust.md#context"


PEOPLE = LOG.replace("**Deciders**: Zoë", "**Deciders**: Zoë Ng, @ole", 1).replace(
    "**Deciders**: Zoë\n", "**Author**: Ann Lee\n", 1
)


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ("**Deciders**: $0", ["Zoë", "@ole", "Zoë Ng", "Ann Lee"]),
        ("**Author**: $0", ["Ann Lee", "Zoë", "@ole", "Zoë Ng"]),
        ("**Deciders**: Zoë, $0", ["@ole", "Zoë Ng", "Ann Lee"]),
        ("**Date**: 2024-01-01\n**Deciders**: Zoë und $0", ["@ole", "Zoë Ng", "Ann Lee"]),
    ],
)
def test_people_are_those_whom_the_records_name(source: str, offered: list[str]) -> None:
    assert labels(f"# A\n\n{source}\n", PEOPLE) == offered


@pytest.mark.parametrize(
    ("source", "label", "becomes"),
    [
        ("# A\n\n**Deciders**:$0\n", "Ann Lee", "# A\n\n**Deciders**: Ann Lee\n"),
        ("# A\n\n**Deciders**: Zoë,$0\n", "Ann Lee", "# A\n\n**Deciders**: Zoë, Ann Lee\n"),
        ("# A\n\n**Deciders**: Zoë, an$0\n", "Ann Lee", "# A\n\n**Deciders**: Zoë, Ann Lee\n"),
        ("---\ndeciders: [Zoë, $0]\n---\n", "Ann Lee", "---\ndeciders: [Zoë, Ann Lee]\n---\n"),
        ("---\ndeciders:\n  - $0\n---\n", "@ole", '---\ndeciders:\n  - "@ole"\n---\n'),
    ],
)
def test_people_are_written_as_the_place_needs_it(source: str, label: str, becomes: str) -> None:
    assert taken(source, label, PEOPLE) == becomes


MADR = """
# Use a queue

## Considered Options

* Apache Kafka
* [RabbitMQ](https://example.com)

## Decision Outcome

{}
## Pros and Cons of the Options

### Apache Kafka

* Good, because it keeps events
* Bad, because it is big
"""


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ('Chosen option: "$0', 'Chosen option: "RabbitMQ"'),
        ('Chosen option: "$0"', 'Chosen option: "RabbitMQ"'),
        ('Chosen option: "ra$0"', 'Chosen option: "RabbitMQ"'),
        ("Chosen option: “$0”", "Chosen option: “RabbitMQ”"),
        ("Chosen option: $0", 'Chosen option: "RabbitMQ"'),
        ("Chosen option:$0", 'Chosen option: "RabbitMQ"'),
        ("**Chosen option:** '$0', because", "**Chosen option:** 'RabbitMQ', because"),
        ('Chosen option: "$0Apache Kafka", because', 'Chosen option: "RabbitMQ", because'),
    ],
)
def test_the_chosen_option_is_one_of_the_records(typed: str, becomes: str) -> None:
    text = MADR.lstrip("\n")
    assert taken(text.format(typed + "\n"), "RabbitMQ") == text.format(becomes + "\n")


def test_arguments_begin_as_those_of_the_house() -> None:
    text = MADR.lstrip("\n").format("")
    assert taken(text + "* $0", "Good, because") == text + "* Good, because "
    assert taken(text + "* Ba$0", "Bad, because") == text + "* Bad, because "
    assert labels(text + "* it is $0") == []
    assert labels(text.replace("* Good", "* $0\n* Good", 1)) == ["Good, because", "Neutral, because", "Bad, because"]
    german = text.replace("Good, because", "Gut, weil").replace("Bad, because", "Schlecht, weil")
    german += "* Gut, weil x\n* Schlecht, weil y\n"
    assert labels(german + "* $0") == ["Gut, weil", "Schlecht, weil"]
    assert labels("# A\n\n## Context\n\n* $0") == []
    consequences = text.replace("## Pros and Cons of the Options\n\n### Apache Kafka", "### Consequences")
    assert labels(consequences + "* $0") == ["Good, because", "Neutral, because", "Bad, because"]
    assert labels("# A\n\n## Consequences\n\n* $0") == []


def test_options_without_their_pros_and_cons_are_offered_as_headings() -> None:
    text = MADR.lstrip("\n").format("")
    assert taken(text + "\n### $0", "RabbitMQ") == text + "\n### RabbitMQ"
    assert "Apache Kafka" not in labels(text + "\n### $0")
    assert "RabbitMQ" not in labels(text.replace("## Decision Outcome", "### $0\n\n## Decision Outcome"))


def test_the_keys_of_madr_are_offered_in_a_log_of_madr() -> None:
    head = "---\nstatus: accepted\ndecision-makers: Zoë\n---\n"
    body = "## Context and Problem Statement\n\nX.\n\n## Considered Options\n\n* A\n* B\n\n## Decision Outcome\n\nX.\n"
    log = "".join(f"-- docs/adr/000{n}-x{n}.md --\n{head}# X{n}\n\n{body}" for n in range(1, 4))
    assert labels("---\nstatus: proposed\n$0\n---\n# New\n", log) == ["decision-makers", "date", "consulted", "informed"]


def test_the_keys_of_a_template_are_offered_before_any_record_has_them() -> None:
    template = "-- docs/adr/template.md --\n# ADR-NNN: Title\n\n**Status**: Proposed\n**Reviewers**: names\n\n## Context\n"
    assert "Reviewers" in labels("# ADR-013: New\n\n**$0\n", LOG + template)


@pytest.mark.parametrize(
    ("typed", "label", "becomes"),
    [
        ("<!-- adr-ls-disable-next-line $0 -->", "status-unknown", "<!-- adr-ls-disable-next-line status-unknown -->"),
        ("<!-- adr-ls-disable stat$0", "status-unknown", "<!-- adr-ls-disable status-unknown"),
        ("<!-- adr-ls-disable link-broken, $0-->", "status-unknown", "<!-- adr-ls-disable link-broken, status-unknown-->"),
        ("<!-- adr-ls-disable-line link-br$0oken -->", "status-unknown", "<!-- adr-ls-disable-line status-unknown -->"),
        ("<!-- adr-ls-$0", "adr-ls-disable-line", "<!-- adr-ls-disable-line "),
        ("<!-- adr$0 -->", "adr-ls-disable-file", "<!-- adr-ls-disable-file  -->"),
    ],
)
def test_comments_that_silence_rules(typed: str, label: str, becomes: str) -> None:
    assert taken(BODY + typed, label) == BODY + becomes


def test_rules_that_report_something_nearby_are_offered_first() -> None:
    text = BODY + "<!-- adr-ls-disable-next-line $0 -->\nSee ADR-077.\n\n[gone](099-gone.md)\n"
    found, _ = complete(text)
    assert [item.label for item in found.items[:2]] == ["reference-unknown", "link-broken"]
    assert "ADR-077" in found.items[0].detail
    assert labels(text.replace("$0", "link$0"))[0] == "link-broken"


def test_a_rule_is_silenced_once() -> None:
    assert "link-broken" not in labels(BODY + "<!-- adr-ls-disable link-broken, $0 -->")
    assert "link-broken" in labels(BODY + "<!-- adr-ls-disable link-bro$0 -->")
    assert labels(BODY + "<!-- adr-ls-disable link-broken -- since we $0 -->") == []
    assert "status-unknown" in labels("---\nstatus: x # adr-ls-disable-line $0\n---\n# A\n")


def test_each_status_is_offered_once_and_none_that_is_misspelt() -> None:
    used = ("Accepted", "accepted", "accepted", "Reviewd", "Reviewd", "Reviewed", "Reviewed", "Reviewed")
    log = "".join(f"-- docs/adr/{n:03}-x{n}.md --\n# ADR-{n:03}: X\n\n**Status**: {word}\n" for n, word in enumerate(used, 1))
    found = labels("# A\n\n**Status**: $0\n", log)
    assert [word for word in found if word.casefold() in ("accepted", "reviewed", "reviewd")] in (
        ["Reviewed", "accepted"],
        ["accepted", "Reviewed"],
    )


def test_what_is_typed_begins_each_text_by_which_an_item_is_found() -> None:
    """Some editors compare no more than beginnings, letter for letter."""
    for typed, label in (
        *(("ADR-mysq$0", "ADR-001"), ("ADR-acc$0", "ADR-002"), ("adr-2$0", "ADR-002"), ("ADR 00$0", "ADR-002")),
        *(("[rust$0", "ADR-003"), ("[x](rust$0", "ADR-003"), ("[x](./ru$0", "ADR-003"), ("[[ru$0", "ADR-003")),
    ):
        found, text = complete(BODY + typed)
        (item,) = [item for item in found.items if item.label == label]
        assert item.filter.startswith(text[found.span.start : len(BODY) + typed.index("$0")])
    for source, label in (
        *(("# A\n\n**Status**: acc$0\n", "Accepted"), ("# A\n\n**Status**: Acep$0\n", "Accepted")),
        *(("# A\n\n## cons$0\n", "Consequences"), ("# A\n\n## Consecuences$0\n", "Consequences")),
        *(("# A\n\n**sta$0\n", "Status"), ("---\nSta$0\n---\n", "status")),
        ("# A\n\n**Deciders**: zo$0\n", "Zoë"),
    ):
        around = LOG if not source.startswith("---") else LOG.replace("# ADR", "---\nstatus: accepted\n---\n# ADR")
        found, text = complete(source, around)
        (item,) = [item for item in found.items if item.label == label]
        start = source.index("$0")
        assert item.filter.startswith(text[found.span.start : start]), (item.filter, text[found.span.start : start])


@pytest.mark.parametrize("typed", ["See ADR-", "See [", "[x](", "- ["])
def test_a_file_that_lies_in_no_opened_folder_is_offered_no_records_of_those(typed: str) -> None:
    for path, is_offered in ((f"{ROOT}/docs/guide.md", True), ("/elsewhere/docs/guide.md", False)):
        guide = page_of(path, f"# Guide\n\n{typed}")
        found = completing.completion(Cursor(fixture(LOG).workspace, guide, len(guide.text)), TODAY)
        assert any(item.path for item in found.items) == is_offered
