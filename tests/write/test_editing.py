from __future__ import annotations

import pytest

from adr_ls.log.style import Expected
from adr_ls.log.watch import Seen
from adr_ls.record import summary
from adr_ls.record.remarks import has_notes
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.text import Edit
from adr_ls.words.language import Relation
from adr_ls.write import editing, rewording
from tests.fixture import ROOT, Fixture, fixture

OTHER = "-- docs/adr/0002-b.md --\n# 2. B\n"


def given(source: str, newline: str = "\n") -> Fixture:
    return fixture(f"-- docs/adr/0001-a.md --\n{source}{OTHER}", newline=newline)


def after(found: Fixture, *edits: Edit) -> str:
    record = found.file("docs/adr/0001-a.md")
    text = found.edited(FileEdit(record.path, edit) for edit in edits)
    return text.partition("--\n")[2].partition("-- docs/adr/0002")[0]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("# 1. A\n\n**Status**: Accepted\n", "# 1. A\n\n**Status**: Superseded by [ADR-0002](0002-b.md)\n"),
        (
            "# 1. A\n\n**Status**: Accepted | **Date**: 2024-01-01\n",
            "# 1. A\n\n**Status**: Superseded by [ADR-0002](0002-b.md) | **Date**: 2024-01-01\n",
        ),
        ("# 1. A\n\n**Status**:\n", "# 1. A\n\n**Status**: Superseded by [ADR-0002](0002-b.md)\n"),
        ("# 1. A\n\n* Status: accepted\n", "# 1. A\n\n* Status: Superseded by [ADR-0002](0002-b.md)\n"),
        (
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n",
            "# 1. A\n\n## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n\n## Context\n",
        ),
        ("# 1. A\n\n## Status\n\n## Context\n", "# 1. A\n\n## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n\n## Context\n"),
        ("# 1. A\n\n## Status\n", "# 1. A\n\n## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n"),
        (
            "# 1. A\n\n## Status  \n\n## Context\n",
            "# 1. A\n\n## Status  \n\nSuperseded by [ADR-0002](0002-b.md)\n\n## Context\n",
        ),
        ("# 1. A \t\n\nText.\n", "# 1. A \t\n\n**Status**: Superseded by [ADR-0002](0002-b.md)\n\nText.\n"),
        (
            "# 1. A\n\n| Status | Accepted |\n| --- | --- |\n",
            "# 1. A\n\n| Status | Superseded by [ADR-0002](0002-b.md) |\n| --- | --- |\n",
        ),
        ("---\nstatus: accepted\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002\n---\n# 1. A\n"),
        ("---\nstatus: accepted # for now\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002 # for now\n---\n# 1. A\n"),
        ('---\nstatus: "accepted"\n---\n# 1. A\n', '---\nstatus: "Superseded by ADR-0002"\n---\n# 1. A\n'),
        (
            "---\nadr:\n  status: accepted\n  superseded-by: []\nowner: x\n---\n# 1. A\n",
            "---\nadr:\n  status: Superseded\n  superseded-by: [ADR-0002]\nowner: x\n---\n# 1. A\n",
        ),
        (
            "---\nadr: {status: accepted, date: 2024-01-02}\n---\n# 1. A\n",
            "---\nadr: {status: Superseded by ADR-0002, date: 2024-01-02}\n---\n# 1. A\n",
        ),
        ("---\nstatus:\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002\n---\n# 1. A\n"),
        ('+++\nstatus = "accepted"\n+++\n# 1. A\n', '+++\nstatus = "Superseded by ADR-0002"\n+++\n# 1. A\n'),
        (
            "---\nstatus: accepted\n---\n# 1. A\n\n## Status\n\nAccepted\n",  # in both places, so that they go on to agree
            "---\nstatus: Superseded by ADR-0002\n---\n# 1. A\n\n## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n| Status | Decided |\n|---|---|\n| Date | 2024-01-01 |\n",  # a pair, though a key is called so too
            "# 1. A\n\n| Status | Superseded by [ADR-0002](0002-b.md) |\n|---|---|\n| Date | 2024-01-01 |\n",
        ),
        (
            "# 1. A\n\n| Status | Date |\n| --- | --- |\n| Accepted | 2024-01-01 |\n",
            "# 1. A\n\n| Status | Date |\n| --- | --- |\n| Superseded by [ADR-0002](0002-b.md) | 2024-01-01 |\n",
        ),
        (
            "# 1. A\n\n**Status**: ~~Proposed~~ Accepted\n",
            "# 1. A\n\n**Status**: ~~Proposed~~ Superseded by [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n## Status\n\n- ~~Proposed~~\n- Accepted\n",
            "# 1. A\n\n## Status\n\n- ~~Proposed~~\n- Superseded by [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n**Status: accepted.** Decided by all.\n",
            "# 1. A\n\n**Status: Superseded by [ADR-0002](0002-b.md).** Decided by all.\n",
        ),
        ("# 1. A\n\n## Context\n", "# 1. A\n\n**Status**: Superseded by [ADR-0002](0002-b.md)\n\n## Context\n"),
        ("# 1. A\n", "# 1. A\n\n**Status**: Superseded by [ADR-0002](0002-b.md)\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_supersede(before: str, expected: str, newline: str) -> None:
    found = given(before, newline)
    log = found.workspace.logs[0]
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    assert after(found, *editing.supersede(one, other, log)).replace("\r\n", "\n") == expected
    if newline == "\r\n":
        text = found.edited(FileEdit(one.path, edit) for edit in editing.supersede(one, other, log))
        assert "\n" not in text.replace("\r\n", "").replace("--\n", "")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "**Status:** ✅ Accepted (2024-01-01, by Bob; see [minutes](https://example.com))\n",
            "**Status:** Superseded by [ADR-0002](0002-b.md). Accepted (2024-01-01, by Bob; see [minutes](https://example.com))\n",
        ),
        (
            "## Status\n\nAccepted on 2024-01-02\nby the board.\n",
            "## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n\nAccepted on 2024-01-02\nby the board.\n",
        ),
        (
            "## Status\n\nAccepted\nby the board.\n",
            "## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n\nAccepted\nby the board.\n",
        ),
        (
            "## Status\n\n2024-01-01 proposed\n\n2024-01-02 accepted\n",
            "## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n\n2024-01-01 proposed\n\n2024-01-02 accepted\n",
        ),
        ("* Status: The board accepted it\n", "* Status: Superseded by [ADR-0002](0002-b.md). The board accepted it\n"),
        (
            "| Status | Accepted \\| by Bob |\n| --- | --- |\n",
            "| Status | Superseded by [ADR-0002](0002-b.md). Accepted \\| by Bob |\n| --- | --- |\n",
        ),
    ],
)
def test_what_is_written_behind_a_status_stays(before: str, expected: str) -> None:
    found = given(f"# 1. A\n\n{before}")
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    assert has_notes(one)
    text = after(found, *editing.supersede(one, other, found.workspace.logs[0]))
    assert text == f"# 1. A\n\n{expected}"
    again = given(text).file("docs/adr/0001-a.md")
    assert again.status
    assert again.status.canonical == "superseded"
    told = fixture(
        f"-- docs/adr/0001-a.md --\n# 1. A\n\n{before}{OTHER}\n**Status**: Accepted\n**Supersedes**: [1. A](0001-a.md)\n"
    )
    for problem in told.problems("supersede-status"):
        assert not any(fix.preferred for fix in problem.fixes)


def test_quotes_in_front_matter_stay_quotes() -> None:
    found = given("---\nstatus: 'accepted (Bob''s)'\n---\n# A\n")
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.supersede(one, other, found.workspace.logs[0]))
    assert text == "---\nstatus: 'Superseded by ADR-0002. accepted (Bob''s)'\n---\n# A\n"


def test_another_word_for_a_status_leaves_badges_alone() -> None:
    badge = "![ADR](https://img.shields.io/badge/status-accepted-green)"
    found = fixture(
        f"-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\n{badge}\n-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nAccepted\n"
    )
    change = rewording.restated(found.workspace, found.workspace.logs[0], "accepted", "in force")
    assert [(one.path.rpartition("/")[2], one.edit.text) for one in change.edits] == [("0002-b.md", "In force")]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("1. A [Accepted]", "1. A [Superseded by ADR-0002]"),
        ("1. A (accepté)", "1. A (Remplacé par ADR-0002)"),
        ("Accepted: A", "Superseded by ADR-0002: A"),
    ],
)
def test_a_status_in_a_title_names_the_successor_without_a_link(title: str, wanted: str) -> None:
    found = given(f"# {title}\n")
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.supersede(one, other, found.workspace.logs[0]))
    assert text == f"# {wanted}\n"
    again = fixture(f"-- docs/adr/0001-a.md --\n{text}{OTHER}")
    assert again.workspace.standing(again.workspace.records["/w/docs/adr/0001-a.md"]) == "superseded"


@pytest.mark.parametrize(
    "boxes",
    [
        "## Status\n\n- [ ] Proposed\n- [x] Accepted\n",
        "**Status**:\n- [ ] Proposed\n- [x] Accepted\n",
        "**Status**\n\n- [ ] Proposed\n- [X] Accepted\n",
        "- Status:\n  - [ ] Proposed\n  - [x] Accepted\n- Date: 2024-01-01\n",
    ],
)
def test_of_a_checklist_the_ticked_status_counts_and_none_is_written_over(boxes: str) -> None:
    found = given(f"# 1. A\n\n{boxes}")
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    assert one.status
    assert one.status.canonical == "accepted"
    assert not list(editing.supersede(one, other, found.workspace.logs[0]))


def house(status: str, parts: tuple[str, str, str], *, key: str = "Date", sectioned: bool) -> str:
    """Four records of a log in some language."""
    lines = f"## {parts[0]}\n\n{status}" if sectioned else f"**{parts[0]}:** {status}\n**{key}:** 2024-01-01"
    return "".join(
        f"-- docs/adr/001{n}-x{n}.md --\n# 1{n}. X\n\n{lines}\n\n## {parts[1]}\n\nT.\n\n## {parts[2]}\n\nT.\n" for n in range(4)
    )


@pytest.mark.parametrize(
    ("around", "before", "superseded", "superseding"),
    [
        (
            house("Akzeptiert", ("Status", "Kontext", "Entscheidung"), key="Datum", sectioned=False),
            "**Status:** Akzeptiert\n",
            "**Status:** Ersetzt durch [ADR-0002](0002-b.md)\n",
            "**Status:** Akzeptiert\n**Löst ab:** [ADR-0002](0002-b.md)\n",
        ),
        (
            house("Accepté", ("Statut", "Contexte", "Décision"), sectioned=True),
            "## Statut\n\nAccepté\n",
            "## Statut\n\nRemplacé par [ADR-0002](0002-b.md)\n",
            "## Statut\n\nAccepté\n\nRemplace [ADR-0002](0002-b.md)\n",
        ),
        (
            house("已接受", ("状态", "背景", "决策"), sectioned=True),
            "## 状态\n\n已接受\n",
            "## 状态\n\n被 [ADR-0002](0002-b.md) 取代\n",
            "## 状态\n\n已接受\n\n取代 [ADR-0002](0002-b.md)\n",
        ),
        (
            house("Accepted", ("Status", "Kontext", "Entscheidung"), sectioned=True),  # the statuses decide
            "## Status\n\nAccepted\n",
            "## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n",
            "## Status\n\nAccepted\n\nSupersedes [ADR-0002](0002-b.md)\n",
        ),
        (
            house("Akzeptiert", ("Status", "Kontext", "Entscheidung"), key="Datum", sectioned=False),
            "---\nstatus: akzeptiert\n---\n",  # keys of front matter are English unless its others are not
            "---\nstatus: Ersetzt durch ADR-0002\n---\n",
            "---\nstatus: akzeptiert\nsupersedes: ADR-0002\n---\n",
        ),
    ],
)
def test_words_are_those_of_the_houses_language(around: str, before: str, superseded: str, superseding: str) -> None:
    text = f"{before}# 1. A\n" if before.startswith("---") else f"# 1. A\n\n{before}"
    for expected, relation in ((superseded, "superseded_by"), (superseding, "supersedes")):
        found = fixture(f"-- docs/adr/0001-a.md --\n{text}{OTHER}{around}")
        one, other, log = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md"), found.workspace.logs[0]
        edits = (
            editing.supersede(one, other, log) if relation == "superseded_by" else editing.relate(one, "supersedes", other, log)
        )
        changed = after(found, *edits)
        assert changed == text.replace(before, expected)
        again = given(changed).file("docs/adr/0001-a.md")
        assert [related.relation for related in again.relations] == [relation]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "# 1. A\n\n| Status | Accepted |\n|---|---|\n| Date | 2024-01-01 |\n",
            "# 1. A\n\n| Status | Accepted |\n|---|---|\n| Supersedes | [ADR-0002](0002-b.md) |\n| Date | 2024-01-01 |\n",
        ),
        (
            "# 1. A\n\n| Status | Date |\n|---|---|\n| Accepted | 2024-01-01 |\n",
            "# 1. A\n\n| Status | Date | Supersedes |\n|---|---|---|\n| Accepted | 2024-01-01 | [ADR-0002](0002-b.md) |\n",
        ),
        (
            "# 1. A\n\nStatus | Date\n--- | ---\nAccepted | 2024-01-01\n",
            "# 1. A\n\nStatus | Date | Supersedes\n--- | --- | ---\nAccepted | 2024-01-01 | [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n## Status\n\nAccepted on 2024-01-02\nby the board.\n",
            "# 1. A\n\n## Status\n\nAccepted on 2024-01-02\nby the board.\n\nSupersedes [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n## Status\n\n- Accepted\n- by Bob\n",
            "# 1. A\n\n## Status\n\n- Accepted\n- by Bob\n\nSupersedes [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n* Status: accepted\n  * by Bob\n* Date: 2024-01-01\n",
            "# 1. A\n\n* Status: accepted\n  * by Bob\n* Supersedes: [ADR-0002](0002-b.md)\n* Date: 2024-01-01\n",
        ),
        (
            "# 1. A\n\n**Status**: Accepted after a\nlong talk\n**Date**: 2024-01-01\n",
            "# 1. A\n\n**Status**: Accepted after a\nlong talk\n**Supersedes**: [ADR-0002](0002-b.md)\n**Date**: 2024-01-01\n",
        ),
        ("# 1. A\n\n**Status**\n\nAccepted\n", "# 1. A\n\n**Status**\n\nAccepted\n\n**Supersedes**: [ADR-0002](0002-b.md)\n"),
        ('+++\nstatus = "accepted"\n+++\n# A\n', '+++\nstatus = "accepted"\nsupersedes = "ADR-0002"\n+++\n# A\n'),
        (
            "---\nstatus: accepted\nsupersedes: [\n  ADR-9,\n]\n---\n# A\n",
            "---\nstatus: accepted\nsupersedes: [\n  ADR-9, ADR-0002,\n]\n---\n# A\n",
        ),
        (
            "# 1. A\n\n**Status**: Accepted\n**Date**: 2024-01-01\n",
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: [ADR-0002](0002-b.md)\n**Date**: 2024-01-01\n",
        ),
        (
            "# 1. A\n\n**Status:** Accepted  \n**Date:** 2024-01-01  \n",
            "# 1. A\n\n**Status:** Accepted  \n**Supersedes:** [ADR-0002](0002-b.md)  \n**Date:** 2024-01-01  \n",
        ),
        (
            "# 1. A\n\n**Status**: Accepted\n\n**Date**: 2024-01-01\n",
            "# 1. A\n\n**Status**: Accepted\n\n**Supersedes**: [ADR-0002](0002-b.md)\n\n**Date**: 2024-01-01\n",
        ),
        (
            "# 1. A\n\n* Status: accepted\n* Date: 2024-01-01\n",
            "# 1. A\n\n* Status: accepted\n* Supersedes: [ADR-0002](0002-b.md)\n* Date: 2024-01-01\n",
        ),
        (
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n",
            "# 1. A\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0002](0002-b.md)\n\n## Context\n",
        ),
        (
            "# 1. A\n\n| Key | Value |\n| --- | --- |\n| Status | Accepted |\n",
            "# 1. A\n\n| Key | Value |\n| --- | --- |\n| Status | Accepted |\n| Supersedes | [ADR-0002](0002-b.md) |\n",
        ),
        (
            "---\nstatus: accepted\ndate: 2024-01-01\n---\n# A\n",
            "---\nstatus: accepted\nsupersedes: ADR-0002\ndate: 2024-01-01\n---\n# A\n",
        ),
        ("---\nstatus: accepted # so far\n---\n# A\n", "---\nstatus: accepted # so far\nsupersedes: ADR-0002\n---\n# A\n"),
        (  # each line but the last has a break behind it
            "# 1. A\n\n**Date**: 2024-01-01  \n**Status**: Accepted\n\nText.\n",
            "# 1. A\n\n**Date**: 2024-01-01  \n**Status**: Accepted  \n**Supersedes**: [ADR-0002](0002-b.md)\n\nText.\n",
        ),
        (
            "# 1. A\n\n**Date**: 2024-01-01\\\n**Status**: Accepted\n",
            "# 1. A\n\n**Date**: 2024-01-01\\\n**Status**: Accepted\\\n**Supersedes**: [ADR-0002](0002-b.md)\n",
        ),
        (
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: ADR-9\n",
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: ADR-9, ADR-2\n",
        ),
        (
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: None\n",
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: [ADR-0002](0002-b.md)\n",
        ),
        (
            "---\nstatus: accepted\nsupersedes: [ADR-9]\n---\n# A\n",
            "---\nstatus: accepted\nsupersedes: [ADR-9, ADR-0002]\n---\n# A\n",
        ),
        ("---\nstatus: accepted\nsupersedes: []\n---\n# A\n", "---\nstatus: accepted\nsupersedes: [ADR-0002]\n---\n# A\n"),
        (
            "---\nstatus: accepted\nsupersedes:\n  - ADR-9\n---\n# A\n",
            "---\nstatus: accepted\nsupersedes:\n  - ADR-9\n  - ADR-0002\n---\n# A\n",
        ),
        (
            "---\nstatus: accepted\nsupersedes: ADR-9\n---\n# A\n",
            "---\nstatus: accepted\nsupersedes: ADR-9, ADR-0002\n---\n# A\n",
        ),
        (
            '---\nstatus: accepted\nsupersedes: "ADR-9"\n---\n# A\n',
            '---\nstatus: accepted\nsupersedes: "ADR-9, ADR-0002"\n---\n# A\n',
        ),
        (
            '---\nstatus: accepted\nsupersedes:\n  - "ADR-9"\n---\n# A\n',
            '---\nstatus: accepted\nsupersedes:\n  - "ADR-9"\n  - "ADR-0002"\n---\n# A\n',
        ),
        (
            "# 1. A\n\n> **Accepted** — for all.\n\nText.\n",  # a notice is no model for a statement with a key
            "# 1. A\n\nSupersedes: [ADR-0002](0002-b.md)\n\n> **Accepted** — for all.\n\nText.\n",
        ),
        ("---\nsupersedes:\n- 'ADR-9'\nid: 1\n---\n# A\n", "---\nsupersedes:\n- 'ADR-9'\n- 'ADR-0002'\nid: 1\n---\n# A\n"),
        ("---\nadr:\n    status: accepted\n    date: 2024-01-02\n---\n# A\n", "---\nadr:\n    status: accepted\n    supersedes: ADR-0002\n    date: 2024-01-02\n---\n# A\n"),
        ("---\nadr: {id: 1, status: accepted}\n---\n# A\n", "---\nadr: {id: 1, status: accepted, supersedes: ADR-0002}\n---\n# A\n"),
        ("---\nadr:\n  id: 1\n  supersedes:\n    - 'ADR-9'\n  tags: []\n---\n# A\n", "---\nadr:\n  id: 1\n  supersedes:\n    - 'ADR-9'\n    - 'ADR-0002'\n  tags: []\n---\n# A\n"),
        ('---\nsupersedes: ["ADR-9"]\n---\n# A\n', '---\nsupersedes: ["ADR-9", "ADR-0002"]\n---\n# A\n'),
        ('+++\nsupersedes = ["ADR-9"]\n+++\n# A\n', '+++\nsupersedes = ["ADR-9", "ADR-0002"]\n+++\n# A\n'),
        (
            "---\nrelations:\n  - type: supersedes\n    target: ADR-9\n    scope: all\nid: 1\n---\n# A\n",
            ("---\nrelations:\n  - type: supersedes\n    target: ADR-9\n    scope: all\n"
            "  - type: supersedes\n    target: ADR-0002\nid: 1\n---\n# A\n"),
        ),
        (
            "---\nstatus: accepted\nlinks:\n- target: ADR-9\n  kind: partially-supersedes\n---\n# A\n",
            ("---\nstatus: accepted\nlinks:\n- target: ADR-9\n  kind: partially-supersedes\n"
            "- target: ADR-0002\n  kind: supersedes\n---\n# A\n"),
        ),
        (
            "---\nlinks: [{kind: amends, target: ADR-9}]\n---\n# A\n",
            "---\nlinks: [{kind: amends, target: ADR-9}, {kind: supersedes, target: ADR-0002}]\n---\n# A\n",
        ),
        (
            "---\nlinks:\n  - {kind: amends, target: ADR-9}\n---\n# A\n",
            "---\nlinks:\n  - {kind: amends, target: ADR-9}\n  - {kind: supersedes, target: ADR-0002}\n---\n# A\n",
        ),
    ],
)  # fmt: skip
def test_relate(before: str, expected: str) -> None:
    found = given(before)
    log = found.workspace.logs[0]
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.relate(one, "supersedes", other, log))
    assert text == expected
    again = given(text)
    assert "ADR-0002" in [o.id for o in again.workspace.related(again.file("docs/adr/0001-a.md"), "supersedes")]


def test_a_list_in_a_map_of_front_matter_is_laid_out_as_others_are() -> None:
    nested = "---\nadr:\n  status: accepted\n  supersedes:\n    - ADR-0002\n---\n# X\n"
    found = fixture(
        f"-- docs/adr/0001-a.md --\n---\nadr:\n  status: accepted\n---\n# A\n-- docs/adr/0002-b.md --\n# B\n-- docs/adr/0003-c.md --\n{nested}"
    )
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.relate(one, "supersedes", other, found.workspace.logs[0]))
    assert text == "---\nadr:\n  status: accepted\n  supersedes:\n    - ADR-0002\n---\n# A\n"


@pytest.mark.parametrize("relation", ["superseded_by", "supersedes", "amended_by", "amends"])
def test_a_relation_that_was_added_is_read_again(relation: Relation) -> None:
    for source in (
        "# 1. A\n\n**Status**: Accepted\n",
        "---\nstatus: accepted\n---\n# A\n",
        "# 1. A\n\n## Status\n\nAccepted\n",
        "# 1. A\n",
    ):
        found = given(source)
        one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
        again = given(after(found, *editing.relate(one, relation, other, found.workspace.logs[0])))
        assert [o.id for o in again.workspace.related(again.file("docs/adr/0001-a.md"), relation)] == ["ADR-0002"], source


HOUSE = "".join(
    f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n## Context\n\nText.\n\n## Decision\n\nText.\n\n## Consequences\n\nText.\n"
    for n in range(2, 7)
)


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        (
            "Decision",
            "# 1. A\n\n## Context\n\nC.\n\n## Consequences\n\nE.\n",
            "# 1. A\n\n## Context\n\nC.\n\n## Decision\n\n<!-- ? -->\n\n## Consequences\n\nE.\n",
        ),
        ("Context", "# 1. A\n\n## Decision\n\nC.\n", "# 1. A\n\n## Context\n\n<!-- ? -->\n\n## Decision\n\nC.\n"),
        ("Consequences", "# 1. A\n\n## Decision\n\nC.\n", "# 1. A\n\n## Decision\n\nC.\n\n## Consequences\n\n<!-- ? -->\n"),
        ("Consequences", "# 1. A\n\n## Decision\n\nC.", "# 1. A\n\n## Decision\n\nC.\n\n## Consequences\n\n<!-- ? -->"),
        (
            "Consequences",
            "# 1. A\n\n## Decision\n\nC.\n\n---\n\n**Last updated**: 2024\n",
            "# 1. A\n\n## Decision\n\nC.\n\n## Consequences\n\n<!-- ? -->\n\n---\n\n**Last updated**: 2024\n",
        ),
        (
            "Consequences",
            "# 1. A\n\n## Decision\n\nC.\n\n## Notes\n\nN.\n",
            "# 1. A\n\n## Decision\n\nC.\n\n## Consequences\n\n<!-- ? -->\n\n## Notes\n\nN.\n",
        ),
        ("Context", "# 1. A\n", "# 1. A\n\n## Context\n\n<!-- ? -->\n"),
    ],
)
def test_insert_section(name: str, before: str, expected: str) -> None:
    found = fixture(f"-- docs/adr/0001-a.md --\n{before}" + ("" if before.endswith("\n") else "\n") + HOUSE)
    log = found.workspace.logs[0]
    wanted: Expected = next(section for section in log.house.sections if section.name == name)
    record = type(found.file("docs/adr/0001-a.md"))("/w/docs/adr/0001-a.md", before)
    edit = editing.insert_section(record, wanted, log)
    text = before[: edit.span.start] + edit.text + before[edit.span.end :]
    hint = editing.HINTS[wanted.role or ""]
    assert text.replace(hint, "?") == expected


@pytest.mark.parametrize(
    ("source", "target", "dotted", "expected"),
    [
        ("/w/docs/adr/1.md", "/w/docs/adr/2.md", False, "2.md"),
        ("/w/docs/adr/1.md", "/w/docs/adr/2.md", True, "./2.md"),
        ("/w/docs/README.md", "/w/docs/adr/2.md", True, "./adr/2.md"),
        ("/w/docs/a/1.md", "/w/docs/b/2.md", True, "../b/2.md"),
        ("/w/1.md", "/w/2 (new) 100%.md", False, "2%20%28new%29%20100%.md"),
        ("/w/1.md", "/w/2-c#-or-f#?.md", False, "2-c%23-or-f%23%3F.md"),
        ("/w/1.md", "/w/2-100%20.md", True, "./2-100%2520.md"),
        ("/w/1.md", "/w/用户.md", False, "用户.md"),
    ],
)
def test_relative_links(source: str, target: str, *, dotted: bool, expected: str) -> None:
    assert editing.relative(source, target, dotted=dotted) == expected


@pytest.mark.parametrize(
    ("value", "scalar"),
    [
        ("accepted", "accepted"),
        ("superseded by #12", '"superseded by #12"'),
        ("Use Kafka: a broker", '"Use Kafka: a broker"'),
        ("yes", '"yes"'),
        ("", '""'),
        ("[a](b.md)", '"[a](b.md)"'),
        ('say "x"\\', 'say "x"\\'),
        ("- x", '"- x"'),
        ("a\nb", '"a\\nb"'),
        ("C#", "C#"),
    ],
)
def test_yaml_scalars(value: str, scalar: str) -> None:
    assert editing.yaml_scalar(value) == scalar


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("## Decision\n\nWe will use Kafka for events. It scales.\n", "Kafka for events"),
        (
            "## Decision\n\nWe have decided to adopt the following:\n\n- **Kafka**: events\n- **Postgres**: state\n",
            "Kafka, Postgres",
        ),
        (
            "## Decision\n\nWe use **Kafka** ([site](https://kafka.apache.org)), e.g. for events.\n",
            "Kafka (site), e.g. for events",
        ),
        ('## Decision Outcome\n\nChosen option: "Kafka", because it scales.\n', "Kafka"),
        ("**Summary**: Kafka it is.\n\n## Decision\n\nText.\n", "Kafka it is."),
        ("> TL;DR: Kafka.\n\n## Decision\n\nText.\n", "Kafka."),
        ("## Decision\n\n1. Kafka - for events\n2. Postgres\n", "Kafka, Postgres"),
        ("## Decision\n\n```\ncode\n```\n", "A"),
        ("## Context\n\nText.\n", "A"),
    ],
)
def test_a_record_in_one_line(source: str, line: str) -> None:
    assert summary.summary(given(f"# 1. A\n\n{source}").file("docs/adr/0001-a.md")) == line


@pytest.mark.parametrize("prompt", ["What is the change that we are making?", "[Describe the decision]", "{option 1}", "…"])
def test_what_a_template_asks_is_no_summary(prompt: str) -> None:
    assert summary.summary(given(f"# 1. Use Kafka\n\n## Decision\n\n{prompt}\n").file("docs/adr/0001-a.md")) == "Use Kafka"


def test_a_summary_is_one_short_line() -> None:
    for words in ("word " * 200, "决定，" * 200, "x" * 500):
        line = summary.summary(given(f"# 1. A\n\n## Decision\n\n{words}\nmore\n").file("docs/adr/0001-a.md"))
        assert len(line) <= summary.LENGTH
        assert "\n" not in line
        assert line.endswith("…")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ('supersedes: ["0007"]', 'supersedes: ["0002"]'),
        ('supersedes: "0007"', 'supersedes: "0002"'),
        ("supersedes: [ADR-0007]", "supersedes: [ADR-0002]"),
        ('supersedes: ["ADR-0007"]', 'supersedes: ["ADR-0002"]'),
        ("supersedes:\n  - ADR-0007", "supersedes:\n  - ADR-0002"),
        ("supersedes:\n- ADR-0007", "supersedes:\n- ADR-0002"),
        ('supersedes:\n    - "0007"', 'supersedes:\n    - "0002"'),
        ("amends:\n  - ADR-0007", "supersedes:\n  - ADR-0002"),  # as another relation is listed
        ("supersedes: ADR-0007", "supersedes: ADR-0002"),
        ("supersedes: 0007-g.md", "supersedes: 0002-b.md"),
        ("supersedes: [0007-g]", "supersedes: [0002-b]"),
        ('supersedes:\n  - "0007-g.md"', 'supersedes:\n  - "0002-b.md"'),
        ("", "supersedes: ADR-0002"),
    ],
)
def test_front_matter_names_records_as_its_neighbours_do(others: str, expected: str) -> None:
    more = f"-- docs/adr/0008-h.md --\n---\nstatus: accepted\n{others}\n---\n# 8. H\n-- docs/adr/0007-g.md --\n# 7. G\n"
    found = fixture(f"-- docs/adr/0001-a.md --\n---\nstatus: accepted\n---\n# 1. A\n{OTHER}{more}")
    one, other = (found.file(f"docs/adr/{name}") for name in ("0001-a.md", "0002-b.md"))
    text = after(found, *editing.relate(one, "supersedes", other, found.workspace.logs[0]))
    assert text == f"---\nstatus: accepted\n{expected}\n---\n# 1. A\n"
    watched = Seen().log(found.workspace, f"{ROOT}/docs/adr")  # as rules look at a log, whose fixes write the same
    assert after(found, *editing.relate(one, "supersedes", other, watched)) == text


PAIRS = [
    # what another record says, this one before, and this one superseded by ADR-0002 then
    ("**Status**: Replaced by ADR-0004", "**Status**: Accepted", "**Status**: Replaced by ADR-0002"),
    ("**Status**: ⛔ Superseded by ADR-0004", "**Status**: ✅ Accepted", "**Status**: ⛔ Superseded by ADR-0002"),
    ("**Status**: Superseded → [ADR-4](./0004-d.md)", "**Status**: Accepted", "**Status**: Superseded → [ADR-2](./0002-b.md)"),
    ("**Status**: SUPERSEDED (by ADR 4)", "**Status**: ACCEPTED", "**Status**: SUPERSEDED (by ADR 2)"),
    ("## Status\n\nSuperseded by [4. D](0004-d.md)", "## Status\n\nAccepted", "## Status\n\nSuperseded by [2. B](0002-b.md)"),
    ("## Statut\n\nRemplacée par [0004](0004-d.md)", "## Statut\n\nAcceptée", "## Statut\n\nRemplacée par [0002](0002-b.md)"),
    ("## ステータス\n\nADR-0004 により廃止", "## ステータス\n\n承認済み", "## ステータス\n\nADR-0002 により廃止"),
    ("## 상태\n\nADR-0004로 대체됨", "## 상태\n\n승인됨", "## 상태\n\nADR-0002로 대체됨"),
    ("**Durum**: ADR-0004 ile değiştirildi", "**Durum**: Kabul edildi", "**Durum**: ADR-0002 ile değiştirildi"),
    ("## Statut\n\nAcceptée", "## Statut\n\nAcceptée", "## Statut\n\nRemplacée par [ADR-0002](0002-b.md)"),
    ("**Status**: ACCEPTED", "**Status**: ACCEPTED", "**Status**: SUPERSEDED BY [ADR-0002](0002-b.md)"),
    # the day, and a reason, are that record's own
    ("**Status**: Superseded by ADR-4 (2024-01-02)", "**Status**: Accepted", "**Status**: Superseded by ADR-2"),
    ("**Status**: Superseded, as it rained, by ADR-4", "**Status**: Accepted", "**Status**: Superseded by ADR-2"),
    # a field of its own
    (
        "- Status: Superseded\n- Superseded by: ADR-0004",
        "- Status: Accepted\n- Date: 2024-01-01",
        "- Status: Superseded\n- Superseded by: ADR-0002\n- Date: 2024-01-01",
    ),
    (
        "| Status | Vervangen |\n|---|---|\n| Vervangen door | [0004](0004-d.md) |",
        "| Status | Geaccepteerd |\n|---|---|\n| Vervangen door | – |",
        "| Status | Vervangen |\n|---|---|\n| Vervangen door | [0002](0002-b.md) |",
    ),
    (
        "**Status**: Accepted\n**Superseded by**: None",
        "**Status**: Accepted\n**Superseded by**: None",
        "**Status**: Superseded\n**Superseded by**: [ADR-0002](0002-b.md)",
    ),
    (
        "**Status**: Superseded by ADR-0004\n**Superseded by**: None",
        "**Status**: Accepted\n**Superseded by**: None",
        "**Status**: Superseded by ADR-0002\n**Superseded by**: None",
    ),
]


@pytest.mark.parametrize(("other", "before", "expected"), PAIRS)
def test_a_successor_is_told_as_another_record_of_the_house_tells_its_own(other: str, before: str, expected: str) -> None:
    found = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n{before}\n{OTHER}-- docs/adr/0003-c.md --\n# 3. C\n\n{other}\n")
    one, successor = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.supersede(one, successor, found.workspace.logs[0]))
    assert text == f"# 1. A\n\n{expected}\n"


@pytest.mark.parametrize(
    ("other", "before", "expected"),
    [
        ("status: superseded by [ADR-0004](0004-d.md)", "status: accepted", "status: superseded by [ADR-0002](0002-b.md)"),
        ("status: superseded\nsuperseded-by: ADR-0004", "status: accepted", "status: superseded\nsuperseded-by: ADR-0002"),
        (
            "status: superseded\ndate: 2024-01-01\nsuperseded_by: [4]",
            "status: accepted\ndate: 2024-01-02",
            "status: superseded\ndate: 2024-01-02\nsuperseded_by: [2]",
        ),
        (
            'status: "superseded"\nsuperseded_by: "0004"',
            'status: "accepted"\nsuperseded_by: ""',
            'status: "superseded"\nsuperseded_by: "0002"',
        ),
        (
            "status: superseded\nsuperseded_by: '0004'",
            "status: accepted\nsuperseded_by: ''",
            "status: superseded\nsuperseded_by: '0002'",
        ),
        ("status: accepted\nsuperseded_by:", "status: accepted\nsuperseded_by:", "status: superseded\nsuperseded_by: ADR-0002"),
        (
            "status: accepted\nsuperseded_by: null",
            "status: accepted\nsuperseded_by: null",
            "status: superseded\nsuperseded_by: ADR-0002",
        ),
    ],
)
def test_front_matter_tells_a_successor_as_that_of_another_record_does(other: str, before: str, expected: str) -> None:
    found = fixture(
        f"-- docs/adr/0001-a.md --\n---\n{before}\n---\n# A\n{OTHER}-- docs/adr/0003-c.md --\n---\n{other}\n---\n# C\n"
        "-- docs/adr/0005-e.md --\n---\nstatus: accepted\n---\n# E\n"
    )
    one, successor = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.supersede(one, successor, found.workspace.logs[0]))
    assert text == f"---\n{expected}\n---\n# A\n"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Supersedes [4. D](0004-d.md)", "Supersedes [2. B](0002-b.md)"),
        ("Replaces ADR-4.", "Replaces ADR-2."),
        ("Nahrazuje ADR-0004", "Nahrazuje ADR-0002"),
        ("[ADR-0004](0004-d.md) を置き換える", "[ADR-0002](0002-b.md) を置き換える"),
        ("ADR-0004 yerine geçer", "ADR-0002 yerine geçer"),
        ("Supersedes ADR-4 as to weights", "Supersedes [ADR-0002](0002-b.md)"),  # that one does so in part
    ],
)
def test_a_section_tells_what_is_superseded_as_that_of_another_record_does(other: str, expected: str) -> None:
    status = "## Status\n\nAccepted\n\n"
    found = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n{status}{OTHER}-- docs/adr/0003-c.md --\n# 3. C\n\n{status}{other}\n")
    one, old = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.relate(one, "supersedes", old, found.workspace.logs[0]))
    assert text == f"# 1. A\n\n{status}{expected}\n\n"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ADR 1, ADR 3 and ADR 4", "ADR 2"),
        ("ADR 0001, ADR 0003 and ADR 0004", "ADR 0002"),
        ("ADR #001, ADR #003 and ADR #004", "ADR #002"),
        ("adr-1, adr-3 and adr-4", "adr-2"),
        ("ADR 1 and ADR 3", "ADR-0002"),  # two tell nothing
        ("RFC-1, RFC-3 and RFC-4", "ADR-0002"),  # what others number
    ],
)
def test_bare_names_are_written_as_the_prose_of_the_house_has_them(written: str, name: str) -> None:
    found = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n{OTHER}-- docs/adr/0003-c.md --\n# 3. C\n\nSee {written}.\n")
    assert editing.called(found.file("docs/adr/0002-b.md"), found.workspace.logs[0]) == name


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[0001](0001-a.md), [0003](0003-c.md) and [0001](0001-a.md)", "0002"),
        ("[ADR 1](0001-a.md), [ADR 3](0003-c.md) and [ADR 1](0001-a.md)", "ADR 2"),
        ("[ADR0001](0001-a.md), [ADR0003](0003-c.md) and [ADR0001](0001-a.md)", "ADR0002"),
        ("[0001](0001-a.md) and [0003](0003-c.md)", "ADR-0002"),  # two tell nothing
        # what other files are about is no way of calling a record
        ("[0001](0001-a.md), [0003](0003-c.md), [0001](0001-a.md) and " + "[The guide](guide.md), " * 4, "0002"),
    ],
)
def test_the_text_of_a_link_that_is_an_id_is_written_as_in_others(written: str, text: str) -> None:
    found = fixture(
        f"-- docs/adr/0001-a.md --\n# 1. A\n{OTHER}-- docs/adr/0003-c.md --\n# 3. C\n\n## Context\n\nSee {written}.\n"
    )
    assert editing.link_text(found.file("docs/adr/0002-b.md"), found.workspace.logs[0]) == text


def test_few_titles_of_links_are_no_custom_where_prose_names_records_bare() -> None:
    prose = "See ADR-0001, ADR-0002 and ADR-0003.\n\n"
    linked = "See [A](0001-a.md).\n\n"
    for text, expected in ((prose + linked, "ADR-0002"), (linked, "B"), (prose + 3 * linked, "B")):
        found = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n{OTHER}-- docs/adr/0003-c.md --\n# 3. C\n\n{text}")
        assert editing.link_text(found.file("docs/adr/0002-b.md"), found.workspace.logs[0]) == expected


@pytest.mark.parametrize(
    ("others", "name"),
    [
        (("See ADR-0001.", "See ADR-0001 and ADR-0002."), "ADR-0002"),
        (("See ADR-0001, ADR-0003, ADR-0004.", "See [A](0001-a.md) and [C](0003-x3.md)."), "ADR-0002"),
        (("See [A](0001-a.md).", "See ADR-0001 and ADR-0002."), "[B](0002-b.md)"),
        (("See ADR-0001, ADR-0002.", "**Amends**: [ADR-0001](0001-a.md)"), "[ADR-0002](0002-b.md)"),
    ],
)
def test_statements_name_records_with_a_link_unless_the_house_names_them_bare(others: tuple[str, ...], name: str) -> None:
    more = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n{text}\n" for n, text in enumerate(others, 3))
    found = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Accepted\n{OTHER}{more}")
    one, other = (found.file(f"docs/adr/{name}") for name in ("0001-a.md", "0002-b.md"))
    text = after(found, *editing.supersede(one, other, found.workspace.logs[0]))
    assert text == f"# 1. A\n\n**Status**: Superseded by {name}\n"


WORDED = {
    "Japanese": ("ステータス: 承認済み", "## コンテキスト 決定 結果", "{}により置き換え", "{}を置き換え", "置き換え元: {}"),
    "Korean": ("상태: 승인됨", "## 컨텍스트 결정 결과", "{}로 대체", "{}를 대체", "대체 대상: {}"),
    "Chinese": ("状态: 已接受", "## 背景 决策 后果", "被 {} 取代", "取代 {}", "取代: {}"),
    "Turkish": (
        "Durum: Kabul Edildi",
        "## Bağlam Karar Sonuçlar",
        "{} ile değiştirildi",
        "{} yerine geçer",
        "Yerine geçtiği: {}",
    ),
    "Hungarian": (
        "Állapot: Elfogadva",
        "## Kontextus Döntés Következmények",
        "{} által felváltva",
        "{} helyébe lép",
        "Felváltja: {}",
    ),
    "Czech": ("Stav: Přijato", "## Kontext Rozhodnutí Důsledky", "Nahrazeno rozhodnutím {}", "Nahrazuje {}", "Nahrazuje: {}"),
    "Swedish": ("Status: Accepterad", "## Sammanhang Beslut Konsekvenser", "Ersatt av {}", "Ersätter {}", "Ersätter: {}"),
    "Ukrainian": ("Статус: Прийнято", "## Контекст Рішення Наслідки", "Замінено на {}", "Замінює {}", "Замінює: {}"),
    "Serbian": (
        "Status: Prihvaćeno",
        "## Kontekst Odluka Posledice",
        "Zamijenjeno odlukom {}",
        "Zamjenjuje {}",
        "Zamjenjuje: {}",
    ),
}


@pytest.mark.parametrize("is_section", [True, False], ids=["section", "bullets"])
@pytest.mark.parametrize(("status", "sections", "old", "new", "keyed"), WORDED.values(), ids=WORDED)
def test_a_supersession_is_told_in_the_language_of_the_log_and_read_again(
    status: str, sections: str, old: str, new: str, keyed: str, *, is_section: bool
) -> None:
    key, _, value = status.partition(": ")
    head = f"## {key}\n\n{value}\n" if is_section else f"- {status}\n"
    rest = "".join(f"\n## {name}\n\nX.\n" for name in sections.split()[1:])
    found = fixture("".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n{head}{rest}" for n in (1, 2)))
    log = found.workspace.logs[0]
    one, two = (found.file(f"docs/adr/000{n}-x.md") for n in (1, 2))
    edits = [FileEdit(one.path, edit) for edit in editing.supersede(one, two, log)]
    edits += [FileEdit(two.path, edit) for edit in editing.relate(two, "supersedes", one, log)]
    text = found.edited(edits)
    assert old.format("[ADR-0002](0002-x.md)") in text
    assert (new if is_section else keyed).format("[ADR-0001](0001-x.md)") in text
    again = fixture(text)
    assert [other.id for other in again.workspace.related(again.file("docs/adr/0001-x.md"), "superseded_by")] == ["ADR-0002"]
    assert [other.id for other in again.workspace.related(again.file("docs/adr/0002-x.md"), "supersedes")] == ["ADR-0001"]
