from __future__ import annotations

import pytest

from adr_ls import editing, summary
from adr_ls.house import Expected
from adr_ls.languages import Relation
from adr_ls.rules.model import FileEdit
from adr_ls.text import Edit
from tests.fixture import Fixture, fixture

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
            "# 1. A\n\n| Status | Accepted |\n| --- | --- |\n",
            "# 1. A\n\n| Status | Superseded by [ADR-0002](0002-b.md) |\n| --- | --- |\n",
        ),
        ("---\nstatus: accepted\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002\n---\n# 1. A\n"),
        ("---\nstatus: accepted # for now\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002 # for now\n---\n# 1. A\n"),
        ('---\nstatus: "accepted"\n---\n# 1. A\n', '---\nstatus: "Superseded by ADR-0002"\n---\n# 1. A\n'),
        ("---\nstatus:\n---\n# 1. A\n", "---\nstatus: Superseded by ADR-0002\n---\n# 1. A\n"),
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
        (
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: ADR-9\n",
            "# 1. A\n\n**Status**: Accepted\n**Supersedes**: ADR-9, [ADR-0002](0002-b.md)\n",
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
    ],
)
def test_relate(before: str, expected: str) -> None:
    found = given(before)
    log = found.workspace.logs[0]
    one, other = found.file("docs/adr/0001-a.md"), found.file("docs/adr/0002-b.md")
    text = after(found, *editing.relate(one, "supersedes", other, log))
    assert text == expected
    again = given(text)
    assert "ADR-0002" in [o.id for o in again.workspace.related(again.file("docs/adr/0001-a.md"), "supersedes")]


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


def test_a_summary_is_one_short_line() -> None:
    for words in ("word " * 200, "决定，" * 200, "x" * 500):
        line = summary.summary(given(f"# 1. A\n\n## Decision\n\n{words}\nmore\n").file("docs/adr/0001-a.md"))
        assert len(line) <= summary.LENGTH
        assert "\n" not in line
        assert line.endswith("…")
