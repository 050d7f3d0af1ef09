"""New records: one text with the log in, the new record's file out."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest

from adr_ls.log import assemble
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.settings.values import Config
from adr_ls.syntax.text import apply
from adr_ls.write import creation
from adr_ls.write.creation import CreationError, Made
from tests.fixture import ROOT, Fixture, Texts, fixture, whole

TODAY = "2026-03-09"


def make(given: Fixture, title: str = "Use Kafka", near: str = "", supersedes: tuple[str, ...] = ()) -> Made:
    workspace = given.workspace
    path = posixpath.join(ROOT, near) if near else None
    log = creation.log_near(workspace, path)
    assert log is not None
    return creation.create(
        workspace,
        log,
        title,
        TODAY,
        near=workspace.records.get(path) if path else None,
        supersedes=[creation.numbered(given.workspace, log, number) for number in supersedes],
    )


def made(source: str, title: str = "Use Kafka", near: str = "") -> str:
    """The file of a new record, in the form of a fixture."""
    record = make(fixture(source), title, near).record
    return f"-- {posixpath.relpath(record.path, ROOT)} --\n{record.text}"


def first(texts: dict[str, str], title: str = "Use Kafka", config: Config | None = None) -> Record:
    """The first record of a folder with those files."""
    texts = {posixpath.join(ROOT, path): text for path, text in texts.items()}
    workspace = Workspace((ROOT,), files=frozenset(texts))

    log = assemble.first(ROOT, sorted(texts), config or Config(), Texts(texts), creation.HOME)
    return creation.create(workspace, log, title, TODAY).record


# From a template


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (
            "# ADR-NNN: Title\n\n**Status**: Accepted | Proposed | Superseded\n**Date**: YYYY-MM-DD\n\n## Context\n\nWhy?\n",
            "# ADR-002: Use Kafka\n\n**Status**: Proposed\n**Date**: 2026-03-09\n\n## Context\n\nWhy?\n",
        ),
        (
            "# ADR-XXX: Title\n\n* Status: [proposed | accepted | rejected] <!-- optional -->\n* Deciders: {list}\n\n## Context\n",
            "# ADR-002: Use Kafka\n\n* Status: proposed <!-- optional -->\n* Deciders: {list}\n\n## Context\n",
        ),
        (
            '---\nid: ADR-NNN\nstatus: "{proposed | accepted | rejected}"\ndate: {YYYY-MM-DD when it was decided}\n---\n\n# {title}\n\n## Context\n',
            '---\nid: ADR-002\nstatus: "proposed"\ndate: 2026-03-09\n---\n\n# ADR-002: Use Kafka\n\n## Context\n',
        ),
        (
            (
                "# ADR ###: Title\n\n| Key    | Value                        |\n|--------|------------------------------|\n"
                "| Status | Draft, Proposed, or Accepted |\n| Date   | DD.MM.YYYY                   |\n\n## Context\n"
            ),
            (
                "# ADR-002: Use Kafka\n\n| Key    | Value                        |\n|--------|------------------------------|\n"
                "| Status | Proposed                     |\n| Date   | 09.03.2026                   |\n\n## Context\n"
            ),
        ),
        (
            "# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Context\n\nThe issue.\n",
            "# ADR-002: Use Kafka\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\n## Context\n\nThe issue.\n",
        ),
        (
            "# {{ title }}\n\nNumber {{number}}, {date}\n\n## Status\n\n<!-- Choose. -->\n\nProposed / Accepted / Rejected\n\n## Context\n",
            "# ADR-002: Use Kafka\n\nNumber 2, 2026-03-09\n\n## Status\n\n<!-- Choose. -->\n\nProposed\n\n## Context\n",
        ),
    ],
    ids=["bold", "bullets", "front matter", "table", "adr-tools", "tokens"],
)
def test_a_template_is_filled_in_and_otherwise_kept(template: str, expected: str) -> None:
    source = f"-- docs/adr/template.md --\n{template}-- docs/adr/001-a.md --\n# ADR-001: A\n\n**Status**: Accepted\n"
    assert made(source) == f"-- docs/adr/002-use-kafka.md --\n{expected}"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (  # Italian, Portuguese and Polish for a date, and English for something else
            "# NUMBER. TITLE\n\n## Context\n\nWhy?\n\n## Data\n\nWhich data do we keep?\n\n## Decision\n\nWhat?\n",
            "# ADR-002: Use Kafka\n\n## Context\n\nWhy?\n\n## Data\n\nWhich data do we keep?\n\n## Decision\n\nWhat?\n",
        ),
        (
            "# NUMBER. TITLE\n\n## Contesto\n\nPerché?\n\n## Data\n\nQuando?\n\n## Decisione\n\nChe cosa?\n",
            "# ADR-002: Use Kafka\n\n## Contesto\n\nPerché?\n\n## Data\n\n2026-03-09\n\n## Decisione\n\nChe cosa?\n",
        ),
        (
            "# NUMBER. TITLE\n\n## Context\n\nWhy?\n\n## Data\n\nYYYY-MM-DD\n",
            "# ADR-002: Use Kafka\n\n## Context\n\nWhy?\n\n## Data\n\n2026-03-09\n",
        ),
        (
            "<!-- Label: ADR NUMBER, TITLE -->\n\n# NUMBER. TITLE\n\n## Context\n\nWhy?\n",
            "<!-- Label: ADR 2, Use Kafka -->\n\n# ADR-002: Use Kafka\n\n## Context\n\nWhy?\n",
        ),
    ],
    ids=["data", "data in Italian", "a place for a date", "a comment above the title"],
)
def test_what_is_no_place_to_fill_in_keeps_its_text(template: str, expected: str) -> None:
    record = "# ADR-001: A\n\n## Context\n\nSo.\n"
    assert (
        made(f"-- docs/adr/template.md --\n{template}-- docs/adr/001-a.md --\n{record}")
        == f"-- docs/adr/002-use-kafka.md --\n{expected}"
    )


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# ADR-NNN: Title", "# ADR-001: Use Kafka"),
        ("# ADRXXX: Title", "# ADR001: Use Kafka"),
        ("# ADR ###: Specific Decision Title", "# ADR 001: Use Kafka"),
        ("# ADR {ADR-NUMBER}: {TITLE}", "# ADR 1: Use Kafka"),
        ("# NUMBER. TITLE", "# 1. Use Kafka"),
        ("# N. Title", "# 1. Use Kafka"),
        ("# 000 - Title", "# 001 - Use Kafka"),
        ("# <short title>", "# Use Kafka"),
        ("# Short title of the decision", "# Use Kafka"),
    ],
)
def test_the_first_record_of_a_template_has_its_number_where_the_template_says(heading: str, expected: str) -> None:
    record = first({"docs/adr/template.md": f"{heading}\n\n## Status\n\nProposed\n\n## Context\n\nWhy?\n"})
    assert record.path == f"{ROOT}/docs/adr/001-use-kafka.md"
    assert record.text == f"{expected}\n\n## Status\n\nProposed\n\n## Context\n\nWhy?\n"


def test_prose_on_statuses_does_not_become_the_status() -> None:
    found = made("""
        -- docs/adr/template.md --
        # ADR {NUMBER}: {TITLE}

        ## Status

        > Rejected ADRs are kept. If an ADR is superseded, name its successor.

        Accepted | Rejected | Proposed

        ## Context
        -- docs/adr/adr-001-a.md --
        # ADR 001: A

        ## Status

        Accepted
        """)
    assert found == (
        "-- docs/adr/adr-002-use-kafka.md --\n# ADR 002: Use Kafka\n\n## Status\n\nProposed\n\n"
        "> Rejected ADRs are kept. If an ADR is superseded, name its successor.\n\n## Context\n"
    )


LONG = """---
title: "ADR-{NUMBER}: {TITLE}"
status: [proposed | accepted | rejected]
date: {YYYY-MM-DD}
tags: [a, b]
---

# ADR-NNN: Title

| Key    | Value               |
|--------|---------------------|
| Status | Proposed / Accepted |

* Date: DD.MM.YYYY <!-- of the decision -->

## Status

- [ ] Proposed
- [x] Accepted

## Context

```text
# Title
```
"""


@pytest.mark.parametrize("size", range(0, len(LONG) + 1, 3))
def test_no_half_template_fails(size: int) -> None:
    """A template is typed, too, and a record made from it meanwhile has its title all the same."""
    template = f"-- docs/adr/template.md --\n{LONG[:size]}\n"
    record = make(fixture(f"{template}-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n")).record
    assert record.title == "Use Kafka"
    assert record.number == 2


def test_of_several_templates_the_one_that_the_records_follow_is_taken() -> None:
    found = made("""
        -- docs/adr/template-short.md --
        # Title

        ## Summary

        Short.
        -- docs/adr/template-long.md --
        # Title

        ## Context

        Why?

        ## Decision

        What?
        -- docs/adr/0001-a.md --
        # A

        ## Context

        C.

        ## Decision

        D.
        """)
    assert found.endswith("# Use Kafka\n\n## Context\n\nWhy?\n\n## Decision\n\nWhat?\n")


def test_a_template_in_the_readme_counts() -> None:
    record = first(
        {
            "docs/adr/README.md": "# Decisions\n\n```markdown\n# ADR-NNN: Title\n\n**Status**: Proposed | Accepted | Rejected\n\n"
            "## Context\n\n## Decision\n\n## Consequences\n```\n"
        }
    )
    assert record.text == "# ADR-001: Use Kafka\n\n**Status**: Proposed\n\n## Context\n\n## Decision\n\n## Consequences\n"


# As the records are written


def house(head: str, sections: str = "## Context\n\nC.\n\n## Decision\n\nD.\n", names: str = "000{}-a-{}.md") -> str:
    return "\n".join(
        f"-- docs/adr/{names.format(n, n)} --\n" + head.replace("№", str(n)).replace("§", f"Of its own {n}") + "\n" + sections
        for n in (1, 2, 3)
    )


HINTED = "## Context\n\n<!-- What is the issue that motivates this decision? -->\n\n## Decision\n\n<!-- What is the change that we are making? -->\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "# №. A\n\nDate: 2024-01-0№\n\n## Status\n\nAccepted\n",
            "# 4. Use Kafka\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n",
        ),
        (
            "# A§\n\n* Status: accepted\n* Deciders: §\n* Team: core\n* Date: 0№/12/2024\n",
            "# Use Kafka\n\n* Status: proposed\n* Deciders:\n* Team: core\n* Date: 09/03/2026\n",
        ),
        (
            "---\nid: 000№\nstatus: accepted\ndate: 2024-01-0№\nlayout: adr\ntags: [a, b№]\nauthor: §\n---\n\n# 000№ — A\n\nA lead.\n",
            "---\nid: 0004\nstatus: proposed\ndate: 2026-03-09\nlayout: adr\ntags: []\nauthor:\n---\n\n# 0004 — Use Kafka\n",
        ),
        (
            ("# ADR-000№ — A\n\n- **Status:** Accepted\n- **Supersedes:** —\n- **Superseded by:** —\n\n---\n"),
            "# ADR-0004 — Use Kafka\n\n- **Status:** Proposed\n- **Supersedes:** —\n- **Superseded by:** —\n\n---\n",
        ),
        (
            "---\nadr:\n  number: №\n  status: accepted\n  date: '2024-01-0№'\n  related: []\n  superseded-by: []\nowner: §\n---\n\n# A\n",
            "---\nadr:\n  number: 4\n  status: proposed\n  date: '2026-03-09'\n  related: []\n  superseded-by: []\nowner:\n---\n\n# Use Kafka\n",
        ),
        (
            '+++\ntitle = "A"\nstatus = "accepted"\ndate = 2024-01-0№\n+++\n\n# A\n',
            '+++\ntitle = "Use Kafka"\nstatus = "proposed"\ndate = 2026-03-09\n+++\n\n# Use Kafka\n',
        ),
        (
            '---\ntitle: "№. A"\nslug: №\n---\n\n## Status\n\n✅ Accepted\n',
            '---\ntitle: "4. Use Kafka"\nslug: 4\n---\n\n## Status\n\nProposed\n',
        ),
        (
            "# ADR №: A\n\n**Status:** `Accepted` | **Date:** 3 May 2024\n\n> Quoted §.\n",
            "# ADR 4: Use Kafka\n\n**Status:** `Proposed` | **Date:** 9 March 2026\n",
        ),
        (
            "# A §\n\n- Status: Accepted\n- Date: 2024. 1. №.\n",
            "# Use Kafka\n\n- Status: Proposed\n- Date: 2026. 3. 9.\n",
        ),
        (
            "# A §\n\n| Status | Accepted |\n|---|---|\n| Date | 2024-01-0№ |\n| Owner | § |\n| Supersedes | ADR-1 |\n",
            "# Use Kafka\n\n| Status | Proposed |\n|---|---|\n| Date | 2026-03-09 |\n| Owner |  |\n",
        ),
    ],
    ids=["nygard", "bullets", "front matter", "relations", "nested", "TOML", "front title", "one line", "Korean date", "table"],
)
def test_without_a_template_metadata_and_sections_are_as_in_the_records(head: str, expected: str) -> None:
    assert made(house(head)) == f"-- docs/adr/0004-use-kafka.md --\n{expected}\n{HINTED}"


def test_lines_between_sections_are_drawn_where_the_records_draw_them() -> None:
    found = made(house("# №. A\n\n## Status\n\nAccepted\n\n---\n", "## Context\n\nC.\n\n---\n\n## Decision\n\nD.\n"))
    assert found.endswith(HINTED.replace("\n\n## Decision", "\n\n---\n\n## Decision"))
    assert "\n\nProposed\n\n---\n\n## Context\n" in found


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("template.md", "0001-use-kafka.md"),
        ("0000-template.md", "0001-use-kafka.md"),
        ("adr000-template.md", "adr001-use-kafka.md"),
        ("ADR-NNNN-template.md", "ADR-0001-use-kafka.md"),
        ("XXXX-title-template.md", "0001-use-kafka.md"),
    ],
)
def test_the_first_file_is_named_as_the_template(template: str, expected: str) -> None:
    record = first({f"docs/adr/{template}": "# ADR-NNNN: Title\n\n## Context\n\nWhy?\n"})
    assert posixpath.basename(record.path) == expected


def test_a_house_speaks_its_language() -> None:
    found = made(
        house(
            "# ADR-000№: Ä\n\n## Status\n\nAkzeptiert\n",
            "## Kontext\n\nK.\n\n## Entscheidung\n\nE.\n\n## Konsequenzen\n\nF.\n",
        ),
        "Größe ändern",
    )
    assert found == (
        "-- docs/adr/0004-groesse-aendern.md --\n# ADR-0004: Größe ändern\n\n## Status\n\nVorgeschlagen\n\n## Kontext\n\n<!-- … -->\n\n"
        "## Entscheidung\n\n<!-- … -->\n\n## Konsequenzen\n\n<!-- … -->\n"
    )


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Architecture Decision Record (ADR)", "Architecture Decision Record (ADR)"), ("ADR-NNN", "ADR-002"), ("ADR", "ADR")],
)
def test_a_title_goes_into_the_section_that_a_template_has_for_it(heading: str, expected: str) -> None:
    text = "# {}\n\n## Title\n\n{}\n\n## Status\n\n{}\n\n## Context\n\nWhy?\n"
    template = text.format(heading, "[Short title]", "Proposed")
    record = text.format(heading.replace("NNN", "001"), "Use MySQL", "Accepted")
    source = f"-- docs/adr/template.md --\n{template}-- docs/adr/001-use-mysql.md --\n{record}"
    assert made(source) == f"-- docs/adr/002-use-kafka.md --\n{text.format(expected, 'Use Kafka', 'Proposed')}"


def test_a_title_has_its_section_where_it_has_one_in_the_house() -> None:
    source = house("# ADR-00№\n\n## Title\n\nUse thing №\n\n## Status\n\nAccepted\n")
    assert made(source).startswith(
        "-- docs/adr/0004-use-kafka.md --\n# ADR-004\n\n## Title\n\nUse Kafka\n\n## Status\n\nProposed\n"
    )


def test_what_few_records_do_is_left_out() -> None:
    source = house("# №. A\n\n## Status\n\nAccepted\n") + "\n## Aside\n\nOnly here.\n"
    assert "Aside" not in made(source)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("Accepted", "Accepted", "Accepted"), "Proposed"),
        (("accepted", "accepted", "accepted"), "proposed"),
        (("Accepted", "Pending", "Pending"), "Pending"),
        (("Draft", "Draft", "Accepted"), "Draft"),
        (("verified", "verified", "verified"), "verified"),
        (("Acceptée", "Acceptée", "Acceptée"), "Proposée"),
        (("Aceite", "Aceite", "Aceite"), "Proposto"),
        (("Aceptada", "Aceptada", "Aceptada"), "Propuesta"),
        (("Genehmigt", "Genehmigt", "Genehmigt"), "Vorgeschlagen"),
        (("Approved", "Approved", "Approved"), "Proposed"),
        (("Umgesetzt", "Umgesetzt", "Umgesetzt"), "Umgesetzt"),
        (("已采纳", "已采纳", "已采纳"), "提议"),
        (("승인됨", "승인됨", "제안됨"), "제안됨"),  # one tells it, too
        (("Zaakceptowana", "Zaakceptowana", "Proponowana"), "Proponowana"),
        (("ACCEPTED", "ACCEPTED", "ACCEPTED"), "PROPOSED"),
        (("Accepted", "Accepted", "Deferred"), "Proposed"),  # that waits for a reason of its own
        (("✅ Accepted", "🤔 Proposed", "🤔 Proposed"), "🤔 Proposed"),
        (("Accepted (2024-01-01)", "Proposed (2024-01-02)", "Proposed (2024-01-03)"), "Proposed (2026-03-09)"),
    ],
)
def test_the_status_is_the_first_of_the_house(written: tuple[str, ...], expected: str) -> None:
    source = "\n".join(f"-- docs/adr/000{n}-a.md --\n# {n}. A{n}\n\n## Status\n\n{s}\n" for n, s in enumerate(written, 1))
    record = make(fixture(source)).record
    assert record.status
    assert record.status.text == expected


# The file's name


NAMES = [
    (("0001-a-b.md", "0002-c-d.md"), "0003-use-kafka.md"),
    (("001-a.md", "003-b.md"), "004-use-kafka.md"),
    (("1-a.md", "9-b.md", "10-c.md"), "11-use-kafka.md"),
    (("099-a.md",), "100-use-kafka.md"),
    (("ADR-001-a.md", "ADR-002-b.md"), "ADR-003-use-kafka.md"),
    (("adr0001_a_b.md", "adr0002_c_d.md"), "adr0003_use_kafka.md"),
    (("ADR-1.md", "ADR-2.md"), "ADR-3.md"),
    (("API-001-a.md", "API-002-b.md"), "API-003-use-kafka.md"),
    (("0001-Use-Java.md", "0002-Use-Go.md"), "0003-Use-Kafka.md"),
    (("0001UseJava.md", "0002Testing.md"), "0003UseKafka.md"),
    (("0001Java.md", "0002Go.md"), "0003UseKafka.md"),
    (("0001使用Java.md", "0002测试.md"), "0003-use-kafka.md"),
    (("0001-UseJava.md", "0002-Testing.md"), "0003-UseKafka.md"),
    (("0001-useJava.md", "0002-testing.md"), "0003-useKafka.md"),
    (("0001-Java.md", "0002-Go.md"), "0003-Use-Kafka.md"),
    (("0001 Use Java.md", "0002 Use Go.md"), "0003 Use Kafka.md"),
    (("0001-a.markdown",), "0002-use-kafka.markdown"),
    (("2024-01-02-a.md", "2024-02-03-b.md"), "2026-03-09-use-kafka.md"),
    (("2024_01_02_a_b.md", "2024_02_03_b_c.md"), "2026_03_09_use_kafka.md"),
    (("20240102-a.md", "20240203-b.md"), "20260309-use-kafka.md"),
    (("240102-a.md", "240203-b.md"), "260309-use-kafka.md"),
    (("2024-01-02_001-a.md", "2024-02-03_002-b.md"), "2026-03-09_003-use-kafka.md"),
    (("2024-01-02-a/README.md", "2024-02-03-b/README.md"), "2026-03-09-use-kafka/README.md"),
    (("use-java.md", "use-go.md"), "use-kafka.md"),
]


@pytest.mark.parametrize(("names", "expected"), NAMES, ids=[expected for _, expected in NAMES])
def test_the_file_is_named_as_the_others(names: tuple[str, ...], expected: str) -> None:
    source = "".join(
        f"-- docs/adr/{name} --\n# Of {name}\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\nE.\n"
        for name in names
    )
    assert make(fixture(source)).record.path == f"{ROOT}/docs/adr/{expected}"


@pytest.mark.parametrize(
    ("title", "known", "expected"),
    [
        ("Don’t use: C++ / gRPC & v1.2!", (), "dont-use-c-grpc-v1-2"),
        ("Décider à l’été", (), "decider-a-lete"),
        ("Décider à l’été", ("choix-arrêté",), "décider-à-lété"),
        ("支持自定义模板路径", (), "支持自定义模板路径"),
        ("Принять Кафку", (), "принять-кафку"),
        ("Straße für Größen", (), "strasse-fuer-groessen"),
        ("Smørrebrød", (), "smorrebrod"),
        ("word " * 40, (), "-".join(["word"] * 16)),
        ("x" * 300, (), "x" * 40),
        ("Use gRPC for 2 apps", ("UseJava", "Testing"), "UseGRPCFor2Apps"),
        ("Use gRPC for 2 apps", ("useJava", "testing"), "useGRPCFor2Apps"),
        ("Use gRPC for 2 apps", ("Use-JavaScript", "Testing"), "Use-gRPC-for-2-apps"),
    ],
)
def test_a_title_becomes_a_slug(title: str, known: tuple[str, ...], expected: str) -> None:
    assert creation.slug(title, [Record(f"/w/0001-{name}.md", "") for name in known]) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (("peser-a-l-arrivee", "Peser à l'arrivée"), "decider-a-l-ete"),
        (("peser-a-larrivee", "Peser à l’arrivée"), "decider-a-lete"),
        (("peser", "Peser à l’arrivée"), "decider-a-lete"),
    ],
)
def test_a_slug_has_two_words_at_an_apostrophe_where_others_do(known: tuple[str, str], expected: str) -> None:
    assert creation.slug("Décider à l'été", [Record(f"/w/0001-{known[0]}.md", f"# {known[1]}\n")]) == expected


# The number


def test_gaps_are_not_filled_and_names_of_other_files_not_taken() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        ## Status

        Accepted
        -- docs/adr/0004-b.md --
        # 4. B

        ## Status

        Accepted
        """)
    workspace = replace(given.workspace, files=given.workspace.files | {f"{ROOT}/docs/adr/0005-notes.md"})
    (log,) = workspace.logs
    assert creation.create(workspace, log, "C", TODAY).record.number == 6


def logs(**numbers: str) -> str:
    return "".join(
        f"-- adrs/{directory}/{number}-a.md --\n# ADR {number}: A{number}\n\n**Status:** Accepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
        for directory, all_of_it in numbers.items()
        for number in all_of_it.split()
    )


def test_logs_that_share_their_numbers_go_on_together() -> None:
    record = make(fixture(logs(one="001 004", two="002 003 005")), near="adrs/one").record
    assert posixpath.relpath(record.path, ROOT) == "adrs/one/006-use-kafka.md"


def test_logs_that_count_for_themselves_go_on_so() -> None:
    record = make(fixture(logs(one="001 002", two="001 002 003")), near="adrs/one/001-a.md").record
    assert posixpath.relpath(record.path, ROOT) == "adrs/one/003-use-kafka.md"


def test_the_series_of_the_record_at_hand_goes_on() -> None:
    source = "".join(
        f"-- docs/adr/{name}-a.md --\n# {name}: Of {name}\n\n## Status\n\nAccepted\n"
        for name in ("API-001", "API-002", "CLI-001", "CLI-002", "CLI-003")
    )
    assert make(fixture(source), near="docs/adr/API-001-a.md").record.id == "API-003"
    assert make(fixture(source), near="docs/adr/CLI-001-a.md").record.id == "CLI-004"


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("", "adrs/two"),
        ("adrs/one", "adrs/one"),
        ("adrs/one/001-a.md", "adrs/one"),
        ("adrs/one/sub/notes.md", "adrs/one"),
        ("adrs", "adrs/two"),
        ("src/main.py", "adrs/two"),
    ],
)
def test_the_log_is_the_one_meant(near: str, expected: str) -> None:
    given = fixture(logs(one="001 002", two="001 002 003"))
    log = creation.log_near(given.workspace, posixpath.join(ROOT, near) if near else None)
    assert log
    assert posixpath.relpath(log.directory, ROOT) == expected


def test_a_folder_without_a_log_is_not_served_by_another_folder() -> None:
    given = fixture(logs(one="001 002"))
    workspace = replace(given.workspace, roots=(f"{ROOT}/adrs", "/other"))
    assert creation.log_near(workspace, "/other/src/main.py") is None
    assert creation.log_near(workspace, f"{ROOT}/adrs/readme.txt")


# A repository without records


def test_the_first_record_is_as_good_as_any() -> None:
    record = first({"README.md": "# Shop\n"})
    assert record.path == f"{ROOT}/docs/adr/001-use-kafka.md"
    assert record.text == creation.BUILT_IN.replace("Title", "Use Kafka").replace("YYYY-MM-DD", TODAY)
    assert (record.number, record.title, record.status and record.status.canonical) == (1, "Use Kafka", "proposed")


@pytest.mark.parametrize(
    ("texts", "config", "expected"),
    [
        ({"doc/decisions/README.md": "# Decisions\n"}, Config(), "doc/decisions"),
        ({"doc/decisions/README.md": ""}, Config(directories=("records",)), "records"),
        ({"docs/adr/templates/adr.md": "# Title\n\n## Context\n"}, Config(), "docs/adr"),
        ({"tests/adr/README.md": ""}, Config(), "docs/adr"),
    ],
)
def test_the_first_record_goes_where_the_repository_says(texts: dict[str, str], config: Config, expected: str) -> None:
    assert first(texts, config=config).path == f"{ROOT}/{expected}/001-use-kafka.md"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("0001-x.md 0007-y.md README.md", "008"),
        ("ADR-3-x.md", "004"),
        ("2024-plans.md", "001"),  # a year
    ],
)
def test_files_that_are_left_out_have_their_numbers(names: str, expected: str) -> None:
    texts = {f"docs/adr/{name}": "# X\n" for name in names.split()}
    record = first(texts, config=Config(exclude=("*-*.md",)))
    assert record.path == f"{ROOT}/docs/adr/{expected}-use-kafka.md"


NYGARD = "# 1. Use Kafka\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\n## Context\n\n<!-- … -->\n\n## Decision\n\n<!-- … -->\n\n## Consequences\n\n<!-- … -->\n"
LOG4BRAINS = "project:\n  name: harbour\n  adrFolder: ./docs/adr\n"


@pytest.mark.parametrize(
    ("base", "text", "path", "begins"),
    [
        (".adr-dir", "doc/arch\n", "doc/arch/0001-use-kafka.md", NYGARD),
        ("adrs.toml", 'adr_dir = "doc/adr"\n', "doc/adr/0001-use-kafka.md", NYGARD),
        (
            "adrs.toml",
            'adr_dir = "doc/adr"\n[templates]\nformat = "madr"\n',
            "doc/adr/0001-use-kafka.md",
            "---\nstatus: proposed\ndate: 2026-03-09\n---\n\n# Use Kafka\n\n## Context and Problem Statement\n",
        ),
        (
            ".log4brains.yml",
            LOG4BRAINS,
            "docs/adr/20260309-use-kafka.md",
            "# Use Kafka\n\n- Status: proposed\n- Date: 2026-03-09\n\n## Context and Problem Statement\n",
        ),
        (".adr.json", '{"path": "doc/adr/", "language": "en", "digits": 3}', "doc/adr/001-use-kafka.md", NYGARD),
        (
            ".adr.json",
            '{"path": "doc/adr/", "language": "fr", "prefix": "ADR-"}',
            "doc/adr/ADR-0001-use-kafka.md",
            "# 1. Use Kafka\n\nDate: 2026-03-09\n\n## Statut\n\nProposé\n\n## Contexte\n",
        ),
        ("adr.json", '{"path": "doc/adr"}', "doc/adr/0001-use-kafka.md", NYGARD),
        (".adr.yml", "language: en\npath: docs/arch\ndigits: 5\n", "docs/arch/00001-use-kafka.md", NYGARD),
        ("adrgen.config.yml", "directory: adrs\nid_digit_number: 4\n", "adrs/0001-use-kafka.md", NYGARD),
    ],
)
def test_the_first_record_has_the_form_of_the_tool_that_keeps_the_log(base: str, text: str, path: str, begins: str) -> None:
    record = first({base: text})
    assert posixpath.relpath(record.path, ROOT) == path
    assert record.text.startswith(begins)
    assert record.status
    assert record.status.canonical == "proposed"
    assert record.title == "Use Kafka"


def test_a_template_goes_before_the_form_of_a_tool() -> None:
    template = "# [short title]\n\n- Status: [draft | proposed | accepted]\n- Date: [YYYY-MM-DD]\n\n## Context\n\nWhy?\n"
    record = first({".log4brains.yml": LOG4BRAINS, "docs/adr/template.md": template})
    assert posixpath.relpath(record.path, ROOT) == "docs/adr/20260309-use-kafka.md"
    assert record.text == "# Use Kafka\n\n- Status: proposed\n- Date: 2026-03-09\n\n## Context\n\nWhy?\n"
    named = first({".adr-dir": "docs/adr\n", "docs/adr/ADR-000-template.md": "# ADR-000: Title\n\n## Context\n\nWhy?\n"})
    assert posixpath.basename(named.path) == "ADR-001-use-kafka.md"


# What cannot be


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (" ", "A new ADR needs a title."),
        ("a  B", "There is an ADR of that title already: ADR-0001, “A b” (0001-a.md)."),
        ("!?", "“!?” has no letters from which a file name could be made; choose another title."),
    ],
)
def test_what_cannot_be_is_said(title: str, said: str) -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A b\n\n## Status\n\nAccepted\n")
    with pytest.raises(CreationError) as caught:
        make(given, title)
    assert str(caught.value) == said


def test_a_file_that_is_there_is_never_taken() -> None:
    source = "".join(
        f"-- docs/adr/use-{n}.md --\n# Using {n}\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
        for n in "abc"
    )
    given = fixture(source)
    with pytest.raises(CreationError, match=r"There is a file “use-a\.md” already"):
        make(given, "Use, a")
    with pytest.raises(CreationError, match=r"A file “index\.md” would not be taken for an ADR"):
        make(given, "Index")
    for title in ("Aux", "NUL", "Com1"):
        with pytest.raises(CreationError, match=f"Windows keeps the name “{title.lower()}” for a device"):
            make(given, title)


# Superseding


def test_both_sides_say_what_supersedes_what() -> None:
    given = fixture("""
        -- docs/adr/0001-use-mysql.md --
        # 1. Use MySQL

        Date: 2024-01-01

        ## Status

        Accepted

        ## Context

        C.
        -- docs/adr/0002-use-go.md --
        # 2. Use Go

        Date: 2024-01-01

        ## Status

        Accepted

        ## Context

        C.
        """)
    found = make(given, "Use Postgres", supersedes=("ADR-1",))
    assert found.record.text.startswith(
        "# 3. Use Postgres\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\nSupersedes [ADR-0001](0001-use-mysql.md)\n\n## Context\n"
    )
    ((path, edit),) = found.change.edits
    old = apply(whole(given.workspace, path).text, [edit])
    assert "\nSuperseded by [ADR-0003](0003-use-postgres.md)\n" in old
    new = Record(found.record.path, found.record.text)
    assert [related.relation for related in new.relations] == ["supersedes"]


def test_a_superseded_record_has_to_be_there() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n")
    with pytest.raises(CreationError, match="There is no ADR “7” in adr"):
        make(given, supersedes=("7",))


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ((), "adr"),
        (("shop/docs/decisions",), "adr"),
        (("shop/docs/adr",), "docs/adr"),
        (("docs/adr/old/adr",), "adr"),
        (("shop/docs/adr", "docs/mill/adr"), "docs/adr"),
    ],
)
def test_a_log_is_told_from_others_of_its_name(others: tuple[str, ...], said: str) -> None:
    given = fixture("".join(f"-- {where}/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n" for where in ("docs/adr", *others)))
    (log,) = [one for one in given.workspace.logs if one.directory.endswith("w/docs/adr")]
    assert creation.named(given.workspace, log) == said


# The rest


def test_all_that_a_template_asks_for_is_told() -> None:
    template = "# N. T\n\n## Status\n\nAccepted\n\n## Context\n\nWhat?\n\n## Options\n\n### {first}\n\nWhy?\n\n## Decision\n\n## Notes\n\n* {a}\n* {b}\n"
    found = make(fixture(f"-- docs/adr/template.md --\n{template}-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n"))
    assert [blank.of(found.record.text) for blank in found.blanks] == ["What?", "Why?", "", "* {a}\n* {b}"]


SHORT, LONG = "# N. T\n\n## Status\n\nProposed\n\n## Why\n", "# N. T\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n"


@pytest.mark.parametrize("wanted", ["short", "short.md", "/w/docs/adr/templates/short.md"])
def test_one_of_several_templates_is_chosen(wanted: str) -> None:
    source = f"-- docs/adr/templates/long.md --\n{LONG}-- docs/adr/templates/short.md --\n{SHORT}" + house(
        "# №. A\n", "## Context\n\nC.\n"
    )
    workspace = fixture(source).workspace
    log = workspace.logs[0]
    assert "## Decision" in creation.create(workspace, log, "Use Kafka", TODAY).record.text
    assert creation.create(workspace, log, "Use Kafka", TODAY, template=wanted).record.text.endswith("## Why\n")
    with pytest.raises(creation.CreationError, match=r"There is no template “tall”; there are “long\.md”, “short\.md”\."):
        creation.create(workspace, log, "Use Kafka", TODAY, template="tall")


def test_a_number_may_be_given() -> None:
    workspace = fixture(house("# №. A\n\n## Status\n\nAccepted\n")).workspace
    log = workspace.logs[0]
    assert posixpath.basename(creation.create(workspace, log, "Use Kafka", TODAY, number=21).record.path) == "0021-use-kafka.md"
    with pytest.raises(creation.CreationError, match="There is an ADR with the number 2 already"):
        creation.create(workspace, log, "Use Kafka", TODAY, number=2)
    assert creation.working_title(log, 21) == "Decision 21"


def test_line_ends_are_those_of_the_house() -> None:
    source = "".join(
        f"-- docs/adr/000{n}-a.md --\n# {n}. A{n}\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n" for n in (1, 2, 3)
    )
    text = make(fixture(source, newline="\r\n")).record.text
    assert text.count("\r\n") == text.count("\n") > 5


@pytest.mark.parametrize(
    ("source", "selected"),
    [
        ("# N. T\n\n## Status\n\nAccepted\n\n## Context\n\nWhat is it?\nSay it.\n\n## Decision\n", "What is it?\nSay it."),
        ("# N. T\n\n## Status\n\nAccepted\n\n## Context\n\n<!-- Why? -->\n\n## Decision\n", "<!-- Why? -->"),
        ("# N. T\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n", ""),
    ],
)
def test_writing_begins_below_the_first_heading_of_the_body(source: str, selected: str) -> None:
    found = make(fixture(f"-- docs/adr/template.md --\n{source}-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n"))
    text = found.record.text
    assert found.selection.of(text) == selected
    assert text[: found.selection.start].rstrip().endswith("## Context")
    assert text[found.selection.start - 1] == "\n"


@pytest.mark.parametrize(
    "title", ["Use `kafka` for *everything*", "A <T> of C*", "Use [x] | y", "Why # matters", "5 reasons", "Ä: ö"]
)
@pytest.mark.parametrize(
    "head",
    [
        "# №. A\n\n",
        '---\ntitle: "A §"\n---\n\n',
        "---\ntitle: A §\n---\n\n",
        "---\ntitle: |\n  №. A\n---\n\n",
        "---\ntitle: >-\n  A\n---\n\n",
    ],
)
def test_a_title_is_read_back_as_it_was_given(title: str, head: str) -> None:
    record = make(fixture(house(f"{head}## Status\n\nAccepted\n")), title).record
    assert record.title in (title, title.replace("`", "").replace("*", ""))


def test_numbers_of_records_in_other_markups_are_taken() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n-- docs/adr/0002-b.adoc --\n= B\n")
    assert make(given).record.name.digits == "0003"
    texts = {"docs/adr/0001-a.rst": "A\n=\n", "docs/adr/0007-b.rst": "B\n=\n", "docs/adr/notes.rst": "", "0009-c.rst": ""}
    assert first(texts).path == "/w/docs/adr/008-use-kafka.md"


def test_a_new_record_goes_where_those_lie_that_are_not_decided() -> None:
    parts = {"1-angenommen/0001-a.md": "1. A", "2-vorgeschlagen/0002-b.md": "2. B"}
    given = fixture("".join(f"-- docs/adr/{path} --\n# {title}\n\n" for path, title in parts.items()))
    assert make(given).record.path == "/w/docs/adr/2-vorgeschlagen/0003-use-kafka.md"
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n-- docs/adr/proposed/0002-b.md --\n# 2. B\n")
    assert make(given).record.path == "/w/docs/adr/0003-use-kafka.md"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Accepted: Use {}", "Proposed: Use Kafka"),
        ("ADR-000{}: [Accepted] Use", "ADR-0004: [Proposed] Use Kafka"),
        ("Use {} [ACCEPTED]", "Use Kafka [PROPOSED]"),
    ],
)
def test_a_house_that_has_the_status_in_the_title_has_it_there_again(heading: str, expected: str) -> None:
    body = "## Context\n\nC.\n\n## Decision\n\nD.\n"
    source = "".join(f"-- docs/adr/000{n}-use-{n}.md --\n# {heading.format(n)}\n\n{body}" for n in (1, 2, 3))
    assert made(source).splitlines()[1:4] == [f"# {expected}", "", "## Context"]
