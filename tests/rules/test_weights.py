"""How much what is found weighs: a warning is worth acting upon, and one cause is one warning."""

from __future__ import annotations

import pytest

from adr_ls import rules
from tests.fixture import fixture


def log(records: int, sections: str = "## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\nE.\n") -> str:
    """So many records with these sections."""
    return "".join(
        f"-- docs/adr/{n:04}-x{n}.md --\n# {n}. X{n}\n\n**Status**: Accepted\n\n{sections}" for n in range(1, records + 1)
    )


TEMPLATE = "-- docs/adr/template.md --\n# N. Title\n\n## Context\n\n## Decision\n\n## Consequences\n"
HARBOUR = "**Status**: {}\n\n{}## Context\n\nThe quay is full.\n\n## Decision\n\nWe dredge.\n"
MISSING = {
    "one of many": (log(20), HARBOUR.format("Accepted", ""), "warning"),
    "one that is superseded": (log(20), HARBOUR.format("Superseded by [3](0003-x3.md)", ""), "info"),
    "one that was rejected": (log(20), HARBOUR.format("Rejected", ""), "info"),
    "one of nine that a template asks for": (TEMPLATE + log(8), HARBOUR.format("Accepted", ""), "warning"),
}


@pytest.mark.parametrize(("others", "text", "level"), MISSING.values(), ids=MISSING)
def test_a_section_is_missing_where_hardly_any_record_lacks_it(others: str, text: str, level: str) -> None:
    given = fixture(f"{others}-- docs/adr/0030-dredging.md --\n# 30. Dredging\n\n{text}")
    assert [one.level for one in given.problems("section-missing") if "Consequences" in one.message] == [level]


def test_a_section_that_one_in_eight_lacks_is_left_to_its_author() -> None:
    short = "## Context\n\nC.\n\n## Decision\n\nD.\n"
    others = log(14).replace("## Consequences\n\nE.\n", "", 1)
    given = fixture(f"{others}-- docs/adr/0030-dredging.md --\n# 30. Dredging\n\n**Status**: Accepted\n\n{short}")
    assert {one.level for one in given.problems("section-missing")} == {"info"}


def test_what_stands_right_below_the_title_may_be_the_context() -> None:
    told = "The harbour has three quays, of which two are silted up since the floods of last spring.\n\n"
    text = "-- docs/adr/0030-dredging.md --\n# 30. Dredging\n\n**Status**: Accepted\n\n{}## Decision\n\nD.\n\n## Consequences\n\nE.\n"
    levels = [[one.level for one in fixture(log(20) + text.format(said)).problems("section-missing")] for said in (told, "")]
    assert levels == [["info"], ["warning"]]


CHECKED = (
    "-- docs/adr/template.md --\n# N. Title\n\n## Status\n\n- [ ] Accepted (date: YYYY-MM-DD)\n- [ ] Rejected (date: YYYY-MM-DD)\n\n"
    "## Context\n\nC.\n-- docs/adr/0001-quay.md --\n# 1. Quay\n\n## Status\n\n{}\n- [ ] Rejected (date: YYYY-MM-DD)\n\n## Context\n\nQ.\n"
)


@pytest.mark.parametrize(
    ("first", "count"), [("- [x] Accepted (date: 2025-01-31)", 0), ("- [ ] Accepted (date: YYYY-MM-DD)", 1)]
)
def test_what_was_not_ticked_has_nothing_to_fill_in(first: str, count: int) -> None:
    assert len(fixture(CHECKED.format(first)).problems("placeholder-left")) == count


def test_what_leads_to_a_record_and_a_formula_were_not_left_from_a_template() -> None:
    standing = "- ADR-0001 has the tides of this harbour\n\n`draught = depth - 1.5 * margin`\n"
    given = fixture(
        f"-- docs/adr/template.md --\n# N. Title\n\n## Context\n\n{standing}\nTell of the tides.\n"
        "-- docs/adr/0001-tides.md --\n# ADR-0001: Tides\n\n## Context\n\nT.\n"
        f"-- docs/adr/0002-quay.md --\n# ADR-0002: Quay\n\n## Context\n\n{standing}\n⟦Tell of the tides.⟧\n"
    )
    assert [one.span for one in given.problems("placeholder-left")] == [*given.spans["/w/docs/adr/0002-quay.md"]]


def test_what_stays_empty_in_several_records_is_left_so() -> None:
    one = "-- docs/adr/000{0}-x.md --\n# {0}. X\n\n- Status: {1}\n- RFC PR: (leave this empty)\n\n## Context\n\nX{0}.\n"
    several, single = "".join(one.format(n, "accepted") for n in range(1, 5)), one.format(1, "accepted")
    unstated = one.replace("- Status: {1}\n", "").format(1)
    assert [len(fixture(source).problems("placeholder-left")) for source in (several, single, unstated)] == [0, 1, 0]


def test_what_is_left_in_one_section_is_one_warning() -> None:
    asked = "Tell of the tides.\n\n- Which quays are there?\n- Which of them are silted up?\n"
    given = fixture(
        f"-- docs/adr/template.md --\n# N. Title\n\n## Context\n\n{asked}\n## Decision\n\nTell what is to be dredged.\n"
        f"-- docs/adr/0001-quay.md --\n# 1. Quay\n\n## Context\n\n{asked}\n## Decision\n\nTell what is to be dredged.\n\nWe dredge the quay.\n\n"
        + "We dredge.\n\n"
        * 8
    )
    assert [one.level for one in given.problems("placeholder-left")] == ["warning", "info", "info", "warning"]


SUPERSEDED = "-- docs/adr/0001-quay.md --\n# 1. Quay\n\n**Status**: Accepted\n-- docs/adr/0002-pier.md --\n# 2. Pier\n\n**Status**: Accepted\n**Supersedes**: ADR-0001\n"


def test_a_number_that_two_records_have_is_no_ground_for_a_warning() -> None:
    twin = "-- docs/adr/0001-mole.md --\n# 1. Mole\n\n**Status**: Accepted\n"
    assert [one.level for one in fixture(SUPERSEDED).problems("supersede-status")] == ["warning"]
    assert {one.level for one in fixture(SUPERSEDED + twin).problems("supersede-status")} == {"info"}


def test_a_label_of_two_relations_says_neither() -> None:
    said = "## Plan\n\n- **Supersedes/related**: {} ADR-0001\n"
    sources = [SUPERSEDED.replace("**Supersedes**: ADR-0001\n", f"\n{said.format(words)}") for words in ("", "composes with")]
    assert [fixture(source).problems("supersede-status") for source in sources] == [[], []]


def test_a_section_on_what_superseded_a_record_closes_no_circle() -> None:
    text = "---\nstatus: tombstone\nsuperseded_by: ADR-0001\n---\n\n# ADR-0002: Pier\n\n## Supersession\n\n- **ADR-0001**: the quay, in its place\n"
    given = fixture(
        f"-- docs/adr/0001-quay.md --\n# ADR-0001: Quay\n\n**Status**: Accepted\n-- docs/adr/0002-pier.md --\n{text}"
    )
    assert not given.problems("supersede-cycle")


DRAFTS = {
    "in a folder for drafts": ("docs/decisions/0_drafts/0009-quay.md", "## Decision\n\n## Notes\n\nN.\n", "info"),
    "in another folder": ("docs/decisions/4_decided/0009-quay.md", "## Decision\n\n## Notes\n\nN.\n", "warning"),
    "not decided yet": (
        "docs/decisions/0009-quay.md",
        "## Decision\n\nNot yet decided.\n\n## Rationale\n\n## Notes\n\nN.\n",
        "info",
    ),
    "decided": ("docs/decisions/0009-quay.md", "## Decision\n\nWe dredge it.\n\n## Rationale\n\n## Notes\n\nN.\n", "warning"),
}


@pytest.mark.parametrize(("path", "text", "level"), DRAFTS.values(), ids=DRAFTS)
def test_an_empty_section_of_a_draft_is_information(path: str, text: str, level: str) -> None:
    others = "".join(
        f"-- docs/decisions/4_decided/000{n}-x.md --\n# X{n}\n\n## Problem\n\nP.\n\n## Decision\n\nD.\n\n## Rationale\n\nR.\n\n## Notes\n\nN.\n"
        for n in range(5)
    )
    given = fixture(f"{others}-- {path} --\n# Quay\n\n## Problem\n\nThe quay is full.\n\n{text}")
    assert [one.level for one in given.problems("section-empty")] == [level]


def test_a_heading_that_is_metadata_is_no_empty_section() -> None:
    text = "# 1. Quay\n\n## Date: 2025-01-31\n## Deciders: Ann, Ben\n\n## Context\n\nC.\n"
    assert not fixture(text).problems("section-empty")


def test_headings_of_its_own_behind_an_empty_section_may_be_its_parts() -> None:
    text = "-- docs/adr/0030-dredging.md --\n# 30. Dredging\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\n{}\n\nIt is.\n"
    found = [
        fixture(log(9) + text.format(next_)).problems("section-empty") for next_ in ("## What the pilots say", "## Context")
    ]
    assert [[one.level for one in problems] for problems in found] == [["info"], ["warning"]]


STATES = {
    "two that are open": ("status: draft", "## Status\n\nProposed\n", ["info"]),
    "decided and open": ("status: accepted", "## Status\n\nProposed\n", ["warning"]),
    "all that there are": ("status: discussion", "## Status\n\n1. draft\n2. discussion\n3. published\n4. abandoned\n", []),
}


@pytest.mark.parametrize(("front", "text", "levels"), STATES.values(), ids=STATES)
def test_two_statuses_are_a_conflict_where_a_reader_would_be_misled(front: str, text: str, levels: list[str]) -> None:
    given = fixture(f"---\n{front}\n---\n\n# 1. Quay\n\n{text}\n## Context\n\nC.\n")
    assert [one.level for one in given.problems("status-conflict")] == levels


def test_a_key_of_a_part_and_one_that_says_the_same_are_information() -> None:
    sources = [
        f"# 1. Quay\n\n**Date**: 2025-01-31\n**Status**: Accepted\n{between}**Date**: {day}\n\nText.\n"
        for between, day in (("", "2025-02-01"), ("", "2025-01-31"))
    ]
    assert [[one.level for one in fixture(source).problems("key-duplicate")] for source in sources] == [["warning"], ["info"]]


def test_a_record_of_two_decisions_has_their_sections_twice() -> None:
    one = "## Context\n\nC {0}.\n\n## Decision\n\nD {0}.\n\n"
    assert [each.level for each in fixture(f"# 1. Quay\n\n{one.format(1)}{one.format(2)}").problems("section-duplicate")] == [
        "info",
        "info",
    ]
    copied = fixture(f"# 1. Quay\n\n{one.format(1)}{one.format(1)}").problems("section-duplicate")
    assert [each.level for each in copied] == ["warning", "warning"]


CAUSES = {
    "one file": ("link-broken", "[a](0009-pier.md#a) [b](0009-pier.md#b) [c](0008-mole.md)", ["warning", "info", "warning"]),
    "one folder": ("link-broken", "[a](../adrs/0002-pier.md) [b](../adrs/0003-mole.md)", ["warning", "info"]),
    "one number": ("reference-unknown", "ADR-0007 and ADR-0008 and ADR-0007 again.", ["warning", "warning", "info"]),
}


@pytest.mark.parametrize(("rule", "said", "levels"), CAUSES.values(), ids=CAUSES)
def test_one_cause_is_one_warning(rule: str, said: str, levels: list[str]) -> None:
    given = fixture(
        f"-- docs/adr/0001-quay.md --\n# ADR-0001: Quay\n\n{said}\n-- docs/adr/0002-pier.md --\n# ADR-0002: Pier\n"
        "-- docs/adr/0003-mole.md --\n# ADR-0003: Mole\n"
    )
    assert [one.level for one in given.problems(rule)] == levels


def test_an_index_that_nobody_keeps_is_one_warning() -> None:
    index = "-- docs/adr/README.md --\n# Decisions\n\n" + "".join(f"- [{n}. X{n}]({n:04}-x{n}.md)\n" for n in range(1, 9))
    found = [fixture(index + log(records)).problems("index-missing-entry") for records in (10, 13)]
    assert [[one.level for one in problems] for problems in found] == [["warning"] * 2, ["warning", *["info"] * 4]]


def test_a_row_among_decisions_that_are_kept_elsewhere_is_one_of_a_list() -> None:
    rows = "".join(f"| RFC-{n:04} | X{n} | Draft |\n" for n in range(1, 6))
    later = "".join(f"| RFC-{n:04} | Y{n} | — |\n" for n in range(7, 10))
    head = "| ID | Title | Status |\n| --- | --- | --- |\n"
    records = "".join(f"-- docs/rfcs/RFC-{n:04}-x{n}.md --\n# RFC-{n:04}: X{n}\n\n**Status**: Draft\n" for n in range(1, 7))
    given = fixture(
        f"-- docs/rfcs/README.md --\n# RFCs\n\n## Now\n\n{head}{rows}\n## Next\n\n{head}| RFC-0006 | X6 | Draft |\n{later}{records}"
    )
    assert {one.level for one in given.problems("index-missing-entry")} <= {"info"}


@pytest.mark.parametrize(("name", "entry"), [("work.md", "- [x] ADR-000{0} x{0}\n"), ("TASKS.md", "- ADR-000{0} x{0}\n")])
def test_a_list_of_what_is_to_be_done_is_no_index(name: str, entry: str) -> None:
    page = f"-- {name} --\n# Work\n\n" + "".join(entry.format(n) for n in range(1, 7))
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# ADR-000{n}: X{n}\n" for n in range(1, 8))
    given = fixture(page + records)
    assert not [
        one for path in (f"/w/{name}",) for one in rules.check_file(given.workspace, path) if one.rule.name.startswith("index")
    ]


def test_words_of_enhancement_proposals_are_statuses() -> None:
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n**Status**: Implemented\n" for n in range(1, 6))
    for word in ("Implementable", "Complet", "Exploration"):
        assert not fixture(f"{records}-- docs/adr/0006-x.md --\n# 6. X\n\n**Status**: {word}\n").problems("status-unknown")


@pytest.mark.parametrize(("without", "levels"), [((2, 3, 4), {"info"}), ((2, 20), {"warning"})])
def test_records_from_before_there_were_statuses_lack_none(without: tuple[int, ...], levels: set[str]) -> None:
    stated = "- RFC Status: accepted\n"
    text = "".join(
        f"-- docs/adr/{n:04}-x{n}.md --\n# X{n}\n\n{'' if n in without else stated}\n## Summary\n\nS.\n" for n in range(1, 25)
    )
    assert {one.level for one in fixture(text).problems("status-missing")} == levels
