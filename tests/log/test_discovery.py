from __future__ import annotations

import pytest

from adr_ls.log import discovery
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import record_of
from tests.fixture import fixture

NEEDED = {
    "a log, and the pages around and above it": (
        "docs/adr/0001-x.md docs/adr/README.md docs/adr/template.md docs/guide.md README.md",
        "other/guide.md docs/other/guide.md",
    ),
    "numbered files that may be records": ("design/0001-x.md design/0002-y.md", "design/guide.md once/0001-x.md"),
    "no tests and examples": ("docs/adr/0001-x.md", "tests/adr/0001-x.md examples/adr/0001-x.md"),
    "records with a directory of their own": ("adr/0001-x/README.md adr/0002-y/README.md", "x/0001-x/README.md"),
}


@pytest.mark.parametrize(("wanted", "others"), NEEDED.values(), ids=NEEDED)
def test_which_files_are_needed_is_told_by_their_names(wanted: str, others: str) -> None:
    found = discovery.needed([*wanted.split(), *others.split()], lambda _: None)
    assert sorted(found) == sorted(set(wanted.split()))


def test_where_settings_name_directories_only_these_are_needed() -> None:
    files = ["docs/adr/0001-x.md", "why/0001-x.md", "why/guide.md"]
    assert sorted(discovery.needed(files, lambda _: None, ["why"])) == files[1:]


def test_the_opened_folder_may_be_a_log_itself() -> None:
    assert discovery.needed(["0001-x.md", "guide.md"], lambda _: None, folder="/w/adr") == ("0001-x.md", "guide.md")


def test_the_opened_folder_may_be_for_proposals_itself() -> None:
    head = "## Meta\n\n- **Start Date**: 2026-03-0{}\n- **Status**: {}\n\n## Summary\n\nIt rains.\n"
    texts = {f"2026030{n}-x{n}.md": f"# X {n}\n\n" + head.format(n, "Approved") for n in (1, 2, 3)}
    texts |= {"20260304-notes.md": "# Notes\n\nIt rained.\n", "0005-y.md": "# RFC 0005: Y\n\n" + head.format(5, "Draft")}

    def read(path: str) -> Facts:
        return facts_of(record_of(path, texts[path]))

    found = [discovery.find(texts, read, lambda _: None, folder=folder) for folder in ("/w/rfcs", "/w/notes")]
    assert [sorted(log.records) for logs in found for log in logs] == [
        ["0005-y.md", "20260301-x1.md", "20260302-x2.md", "20260303-x3.md"]
    ]


def found_in(folder: str, texts: dict[str, str]) -> list[str]:
    """The records among the files of an opened folder of that name."""

    def read(path: str) -> Facts:
        return facts_of(record_of(path, texts[path]))

    return sorted(path for log in discovery.find(texts, read, lambda _: None, folder=f"/w/{folder}") for path in log.records)


CALLED = {
    "boat-rfcs": "rfcs",
    "harbour__rfcs": "rfcs",
    "harbour__boat-rfcs-main": "rfcs",
    "harbour+enhancement-proposals": "proposals",
    "architecture-decision-records-master": "architecture-decision-records",
    "team-adrs-1.2.0": "team-adrs",
    "adrs-0123abc": "adrs",
    "harbour__Decisoes-de-Arquitetura": "Decisoes-de-Arquitetura",
    "main": "main",
    "lake": "lake",
}


@pytest.mark.parametrize(("folder", "name"), CALLED.items(), ids=CALLED)
def test_what_an_opened_folder_holds_is_told_by_its_name_without_owner_and_branch(folder: str, name: str) -> None:
    assert discovery.named_as(f"/w/{folder}") == f"/w/{name}"


def test_an_opened_folder_for_proposals_may_have_them_below_it() -> None:
    for folder, is_one in (("harbour__rfcs", True), ("boat-rfcs-main", True), ("boats", False)):
        labelled = {
            f"000{n}-x{n}.md": f"---\nrfc: 000{n}\ntitle: X {n}\n---\n\n## Background\n\nIt rains.\n" for n in (1, 2, 3)
        }
        assert found_in(folder, labelled) == ([*labelled] if is_one else [])
        doubled = {f"000{n}-x{n}/000{n}-x{n}.md": f"# X {n}\n\n## Overview\n\nIt rains.\n" for n in (1, 2, 3)}
        notes = {"0001-x1/notes.md": "# Notes\n", "0001-x1/README.md": "# X 1\n"}
        assert found_in(folder, doubled | notes) == ([*doubled] if is_one else [])
        without = {f"docs/x{n}.md": f"# X {n}\n\n**Status**: Implemented\n\n## Summary\n\nx\n\n{PROPOSED}" for n in (1, 2, 3)}
        stated = {"docs/y.md": "# Y\n\n**Status**: Implemented\n\n## Summary\n\nx\n"}
        assert found_in(folder, without | stated | {"docs/guide.md": "# Guide\n"}) == ([*without, *stated] if is_one else [])


def test_what_has_the_form_of_a_proposal_is_one_anywhere_in_a_folder_for_them() -> None:
    form = f"# {{}}\n\n## Summary\n\nx\n\n{PROPOSED}"
    given = {"lake/boats/0001-design.md": form.format("Boats"), "lake/oars/oars.md": form.format("Oars")}
    others = {
        "0000-example.md": form.format("Example"),
        "0000-template.md": form.format("RFC NNNN"),
        "lake/oars/notes.md": "# Notes\n",
    }
    assert found_in("harbour-rfcs", given | others) == [*given]
    assert found_in("harbour", given | others) == []


def test_an_opened_folder_of_records_may_have_them_below_it_and_without_numbers() -> None:
    texts = {f"src/content/docs/all/Use {word}.md": f"---\ntitle: Use {word}\nstatus: ACCEPTED\n---\n\n## Context\n\nx\n\n## Decision\n\ny\n" for word in ("Boats", "Oars")}  # fmt: skip
    others = {"src/content/docs/index.md": "---\ntitle: Start\n---\n\nHello.\n", "docs/help.md": "# Help\n\n## Context\n\nx\n"}
    assert found_in("harbour__architecture-decision-records", texts | others) == [*texts]
    assert found_in("boats", texts | others) == []
    plain = {f"escolha{n}.md": f"# {n}. X\n\n## Status\n\nAceita\n\n## Contexto\n\nx\n\n## Decisão\n\ny\n" for n in (1, 2)}
    assert found_in("harbour__Decisoes-de-Arquitetura", plain) == [*plain]


def files(**given: str) -> str:
    return "".join(f"-- {path} --\n{text}\n" for path, text in given.items())


def whole(title: str, status: str = "Accepted") -> str:
    return f"# {title}\n\n## Status\n\n{status}\n\n## Context\n\nIt rains.\n\n## Decision\n\nWe take an umbrella.\n"


LOG = {f"docs/adr/000{number}-{word}.md": whole(f"{number}. {word}") for number, word in enumerate(["rain", "snow", "sun"], 1)}
PREFIXED = {path.replace("docs/adr/0", "docs/design/adr-"): whole(f"ADR {path[12]}: X") for path in LOG}

PROPOSED = (
    "## Motivation\n\nIt rains.\n\n## Detailed design\n\nA hat.\n\n## Drawbacks\n\nIt is wet.\n\n## Alternatives\n\nA coat.\n"
)

LISTS = ("索引", "indice", "overzicht", "目次", "목록", "فهرست")

FOUND: dict[str, tuple[dict[str, str], list[str], list[str]]] = {
    "a plan for several records": (
        {"docs/plans/adr-007-008-009-plan.md": whole("Plan: ADR-007, ADR-008 and ADR-009"), "docs/plans/adr-012-boat.md": whole("ADR-012: Boat")},
        ["docs/plans/adr-012-boat.md"],
        ["docs/plans/adr-007-008-009-plan.md"],
    ),
    "what a tool is told of records": (
        {f"{folder}/adr-boats.md": whole("ADR: Boats") for folder in (".robot/agents", "docs/design")},
        ["docs/design/adr-boats.md"],
        [".robot/agents/adr-boats.md"],
    ),
    "whole ones without a number in a folder below a log": (
        {
            "docs/ADR/one/boat.md": whole("Boat", "**Proposed**"),
            "docs/ADR/two/oar.md": "# Oar\n\n## Problem\n\nx\n\n## Considered Alternatives\n\nz\n\n## Decision\n\ny\n",
            "docs/ADR/one/help.md": "# Help\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "docs/ADR/reports/all.md": "\n".join(whole(f"000{n}-x") for n in (1, 2, 3)),
        },
        ["docs/ADR/one/boat.md", "docs/ADR/two/oar.md"],
        ["docs/ADR/one/help.md", "docs/ADR/reports/all.md"],
    ),
    "a lone one that says how it stands, what was decided and what comes of it": (
        {
            "docs/decisiones/boat.md": "# Boat\n\n- **Estado:** aceptado\n\n## Decisión\n\ny\n\n## Consecuencias\n\nz\n",
            "docs/entscheidungen/hilfe.md": "# Hilfe\n\nStatus: angenommen\n\n## Wer\n\ny\n",
        },
        ["docs/decisiones/boat.md"],
        ["docs/entscheidungen/hilfe.md"],
    ),
    "beside directories that a tool names, if one of these has moved": (
        {
            ".log4brains.yml": "project:\n  adrFolder: ./adr\n  packages:\n    - path: ./lake\n      adrFolder: ./lake/adr\n",
            "adr/20260301-rain.md": whole("Rain"),
            "sea/adr/20260302-snow.md": whole("Snow"),
            "notes/20260303-x.md": "# X\n\nStatus: draft\n",
        },
        ["adr/20260301-rain.md", "sea/adr/20260302-snow.md"],
        ["notes/20260303-x.md"],
    ),
    "beside directories that a tool names, which are all there": (
        {
            ".log4brains.yml": "project:\n  adrFolder: ./adr\n",
            "adr/20260301-rain.md": whole("Rain"),
            "sea/adr/20260302-snow.md": whole("Snow"),
        },
        ["adr/20260301-rain.md"],
        ["sea/adr/20260302-snow.md"],
    ),
    "a number that was in use, with a letter": (
        {
            "docs/adr/drafts/0002-snow.md": whole("ADR 0002: Snow"),
            "docs/adr/drafts/0002b-hail.md": "# ADR 0002b — Hail\n\n## Context\n\nx\n\n## Consequences\n\ny\n",
            "docs/adr/drafts/0002c-notes.md": "# Notes\n\nOf May.\n",
        },
        ["docs/adr/drafts/0002b-hail.md"],
        ["docs/adr/drafts/0002c-notes.md"],
    ),
    "less whole ones among many of a home-made log": (
        {f"docs/decisions/x{n}.md": f"# X {n}\n\n**Status:** Implemented\n\n## Context\n\nx\n\n## Decision\n\ny\n" for n in range(1, 6)}
        | {
            "docs/decisions/late.md": "# Late\n\n**Status:** Deferred\n\nNot yet.\n",
            "docs/decisions/short.md": "# Short\n\n## Decision\n\ny\n\n## Rationale\n\nz\n",
            "docs/decisions/review.md": "# Review\n\n## Verdict and decisions\n\ny\n",
            "docs/decisions/help.md": "# Help\n\nAsk.\n",
        },
        ["docs/decisions/late.md", "docs/decisions/short.md"],
        ["docs/decisions/help.md", "docs/decisions/review.md"],
    ),
    "names that begin with something's number": (
        {f"docs/proposals/L7-{word}.md": f"# L7 {word}\n\n## Context\n\nx\n\n## Decision\n\ny\n" for word in ("boat", "raft")},
        [],
        ["docs/proposals/L7-boat.md", "docs/proposals/L7-raft.md"],
    ),
    "two without number and status": (
        {"docs/adr/why-rain.md": "# Rain\n\n## Context\n\nx\n\n## Decision\n\ny\n", "docs/adr/zwei.md": "# Schnee\n\n## Kontext\n\nx\n\n## Entscheidung\n\ny\n"},
        ["docs/adr/why-rain.md", "docs/adr/zwei.md"],
        [],
    ),
    "two without a number in folders called after decisions in any language": (
        {
            f"{folder}/{name}.md": f"# {name}\n\n## {context}\n\nx\n\n## {decision}\n\ny\n"
            for folder, context, decision in (
                ("docs/architektur-entscheidungen", "Kontext", "Entscheidung"),
                ("docs/décisions", "Contexte", "Décision"),
                ("docs/decisiones", "Contexto", "Decisión"),
                ("docs/решения", "Контекст", "Решение"),
            )
            for name in ("why-rain", "why-snow")
        },
        [
            f"docs/{folder}/why-{name}.md"
            for folder in ("architektur-entscheidungen", "decisiones", "décisions", "решения")
            for name in ("rain", "snow")
        ],
        [],
    ),
    "what a record shows is none": (
        LOG | {"docs/adr/assets/adr-002-snow/README.md": whole("ADR-002: measured"), "docs/adr/assets/adr-003-x/notes.md": "# X\n"},
        [*LOG],
        ["docs/adr/assets/adr-002-snow/README.md"],
    ),
    "a template that says so in its title alone": (
        LOG | {"docs/adr/ADR-000.md": whole("ADR-000: Architecture Decision Record Template", "[Proposed | Accepted]")},
        [*LOG],
        ["docs/adr/ADR-000.md"],
    ),
    "folders called after decisions in scripts without blanks, if what lies there reads like records": (
        {
            f"{folder}/2026-07-2{day}-雨.md": f"# 雨\n\n> 状态：{status}\n\n## 背景\n\n下雨。\n"
            for folder in ("文档/决策记录", "设计/架构决策记录", "docs/アーキテクチャ決定記録", "docs/의사결정-기록", "文档/会议记录")
            for day, status in ((1, "现行"), (2, "提议"))
        }
        | {"文档/决策记录/2026-07-23-名单.md": "# 名单\n\n没有。\n"},
        [
            f"{folder}/2026-07-2{day}-雨.md"
            for folder in ("文档/决策记录", "设计/架构决策记录", "docs/アーキテクチャ決定記録", "docs/의사결정-기록")
            for day in (1, 2)
        ],
        [f"文档/会议记录/2026-07-2{day}-雨.md" for day in (1, 2)] + ["文档/决策记录/2026-07-23-名单.md"],
    ),
    "a lone proposal that says how it stands, and none that does not": (
        {"docs/rfcs/0001-boat.md": f"# RFC 0001: Boat\n\n- Status: Proposed\n\n{PROPOSED}", "lake/rfcs/0001-raft.md": f"# RFC 0001: Raft\n\n{PROPOSED}"},
        ["docs/rfcs/0001-boat.md"],
        ["lake/rfcs/0001-raft.md"],
    ),
    "a lone proposal beside its template": (
        {"docs/rfcs/0001-template.md": f"# RFC 0001: <Title>\n\n{PROPOSED}", "docs/rfcs/0002-boat.md": f"# RFC 0002: Boat\n\n{PROPOSED}"},
        ["docs/rfcs/0002-boat.md"],
        ["docs/rfcs/0001-template.md"],
    ),
    "templates that say so in their names or are nothing but blanks": (
        {
            **LOG,
            "docs/adr/0000-sample.md": whole("ADR 0000: {제목}"),
            "docs/adr/0009-template.md": whole("RFC Title"),
            "docs/adr/0010-template.md": whole("ADR 0010: <Name>"),
            "docs/adr/0011-template-for-mails.md": whole("11. Mails from a template"),
        },
        ["docs/adr/0011-template-for-mails.md"],
        ["docs/adr/0000-sample.md", "docs/adr/0009-template.md", "docs/adr/0010-template.md"],
    ),
    "one without a number that is built as the others are": (
        {
            **{f"docs/adr/000{n}-x{n}.md": f"# {n}. X{n}\n\nOwner: A\n\n## Lake\n\nx\n\n## Wind\n\nx\n\n## Cost\n\nx\n\n## Since\n\nx\n" for n in range(1, 6)},
            "docs/adr/boat.md": "# Boat\n\n## Lake\n\nx\n\n## Wind\n\nx\n\n## Cost\n\nx\n\n## Since\n\nx\n",
            "docs/adr/help.md": "# Help\n\n## Lake\n\nx\n\n## Wind\n\nx\n\n## Who\n\nx\n",
        },
        ["docs/adr/boat.md"],
        ["docs/adr/help.md"],
    ),
    "called records wherever they lie": (
        {
            "docs/adr-boat.md": "# ADR — Boat\n\n## Kontext\n\nx\n\n## Entscheidung\n\ny\n",
            "docs/adr-guide.md": "# How we write ADRs\n\n## Context\n\nx\n",
            "docs/boat.md": "# Boat\n\n## Context\n\nx\n\n## Decision\n\ny\n",
        },
        ["docs/adr-boat.md"],
        ["docs/adr-guide.md", "docs/boat.md"],
    ),
    "no other documents that are numbered": (
        {f"PRD/PRD-00{n}-x.md": whole(f"PRD-00{n}: X") for n in (1, 2, 3)},
        [],
        ["PRD/PRD-001-x.md", "PRD/PRD-002-x.md", "PRD/PRD-003-x.md"],
    ),
    "days in six digits, with a letter for several on one": (
        {"docs/decisions/240112A-boat.md": "# Boat\n\nWe buy one.\n", "docs/decisions/240112B-oar.md": "# Oar\n\nTwo of them.\n"},
        ["docs/decisions/240112A-boat.md", "docs/decisions/240112B-oar.md"],
        [],
    ),
    "an appendix, in any language": (
        {**LOG, "docs/adr/0002-snow-anhang.md": "# Anhang\n\n## Messwerte\n\n| a |\n", "docs/adr/0003-sun.notes.md": "Noted in March.\n"},
        [],
        ["docs/adr/0002-snow-anhang.md", "docs/adr/0003-sun.notes.md"],
    ),
    "addenda, be they decided upon as well": (
        {
            **LOG,
            "docs/adr/0002-addendum.md": whole("Addendum to ADR 2"),
            "docs/adr/0002-snow-nachtrag-1.md": whole("ADR 2: Nachtrag 1"),
            "docs/adr/0003-приложение.md": whole("Приложение к ADR 3"),
            "docs/adr/0003-wider-roofs.md": whole("ADR 3 - Addendum: wider roofs"),
            "docs/adr/more-on-snow.md": whole("Annexe à l’ADR 2"),
        },
        [],
        [
            "docs/adr/0002-addendum.md",
            "docs/adr/0002-snow-nachtrag-1.md",
            "docs/adr/0003-приложение.md",
            "docs/adr/0003-wider-roofs.md",
            "docs/adr/more-on-snow.md",
        ],
    ),
    "addenda that have a number of their own": (
        {**LOG, "docs/adr/0004-addendum-to-adr-2.md": whole("4. Addendum to ADR 2")},
        ["docs/adr/0004-addendum-to-adr-2.md"],
        [],
    ),
    "notes under the number of a record": (
        {**LOG, "docs/adr/0002-minutes.md": "# Minutes of May\n\n- All agreed.\n"},
        [],
        ["docs/adr/0002-minutes.md"],
    ),
    "two records of a number, one just begun": (
        {**LOG, "docs/adr/0002-wind.md": "# 2. Wind\n", "docs/adr/0003-sun-and-moon.md": whole("3. Sun and moon")},
        ["docs/adr/0002-wind.md", "docs/adr/0003-sun-and-moon.md"],
        [],
    ),
    "a list with a number": (
        {**LOG, "docs/adr/0000-obsah.md": "# Obsah\n\n" + "".join(f"- [x]({path[9:]})\n" for path in LOG)},
        [],
        ["docs/adr/0000-obsah.md"],
    ),
    "a list by its name": ({**LOG, "docs/adr/0000-index.md": "# Index\n\n- Rain\n"}, [], ["docs/adr/0000-index.md"]),
    "a list by its name in any language, whatever stands in its front matter": (
        {path.replace("docs", word): text for word in LISTS for path, text in LOG.items()}
        | {
            f"{word}/adr/ADR-000-{word}.md": f"---\nstage: draft\n---\n\n# ADR-000-{word}\n\n" + "".join(f"- [x]({path[9:]})\n" for path in LOG)
            for word in LISTS
        },
        [path.replace("docs", word) for word in LISTS for path in LOG],
        [f"{word}/adr/ADR-000-{word}.md" for word in LISTS],
    ),
    "a template in its directory": ({**LOG, "docs/adr/0000-vorlage/README.md": whole("Titel")}, [], ["docs/adr/0000-vorlage/README.md"]),
    "a record that names all others": (
        {**LOG, "docs/adr/0004-all.md": whole("4. All") + "".join(f"- [x]({path[9:]})\n" for path in LOG)},
        ["docs/adr/0004-all.md"],
        [],
    ),
    "a template by its title": (
        {**LOG, "docs/adr/0000-blank.md": whole("ADR-NNNN Title"), "docs/adr/OurAdrTemplate.md": whole("Title")},
        [],
        ["docs/adr/0000-blank.md", "docs/adr/OurAdrTemplate.md"],
    ),
    "a record of the number zero": ({**LOG, "docs/adr/0000-begin.md": whole("0. Begin")}, ["docs/adr/0000-begin.md"], []),
    "a draft called as its numbered neighbours": (
        {**PREFIXED, "docs/design/adr-wind.md": whole("ADR: Wind", "Draft"), "docs/design/adr-guide.md": "# How to\n\nAsk.\n"},
        ["docs/design/adr-wind.md"],
        ["docs/design/adr-guide.md"],
    ),
    "one of a kind beside records": (
        {
            **PREFIXED,
            "docs/design/REVIEW-PR-412-wind.md": whole("Review of the change 412"),
            "docs/design/PLAN-7-wind.md": whole("Plan of the year"),
            "docs/design/SEC-1-locks.md": whole("SEC-1: Locks"),
        },
        ["docs/design/SEC-1-locks.md"],
        ["docs/design/REVIEW-PR-412-wind.md", "docs/design/PLAN-7-wind.md"],
    ),
    "proposals by the name of their directory": (
        {f"rfcs/000{n}-x.md": f"# Meta\n\n- Name: X\n- Status: Approved\n\n# Motivation\n\nx\n\n# Alternatives\n\ny {n}\n" for n in range(1, 5)},
        ["rfcs/0004-x.md"],
        [],
    ),
    "proposals with a stage": (
        {f"text/000{n}-x{n}.md": f"---\nstage: released\nstart-date: 2021-04-0{n}\n---\n\n# X {n}\n\n## Summary\n\nx\n\n" + PROPOSED for n in range(1, 5)},
        [f"text/000{n}-x{n}.md" for n in range(1, 5)],
        [],
    ),
    "proposals in Rust's form": (
        {f"notes/{n}-x{n}.md": f"- Feature Name: x_{n}\n\n# Summary\n\nx\n\n" + PROPOSED.replace("##", "#") for n in range(1, 4)},
        [f"notes/{n}-x{n}.md" for n in range(1, 4)],
        [],
    ),
    "proposals in that form in other languages": (
        {
            **{f"rfcs/000{n}-x{n}.md": f"- 提案时间: 2021-04-0{n}\n\n## 概述\n\nx\n\n## 动机\n\nx\n\n## 详细设计\n\nx\n\n## 缺陷\n\nx\n" for n in range(1, 4)},
            **{f"vorhaben/000{n}-x{n}.md": "# X\n\n## Motivation\n\nx\n\n## Detaillierter Entwurf\n\nx\n\n## Alternativen\n\nx\n\n## Offene Fragen\n\nx\n" for n in range(1, 4)},
            **{f"hefte/000{n}-x{n}.md": "# X\n\n## Motivation\n\nx\n\n## Nachteile\n\nx\n\n## Alternativen\n\nx\n\n## Offene Fragen\n\nx\n" for n in range(1, 4)},
        },
        [f"{home}/000{n}-x{n}.md" for home in ("rfcs", "vorhaben") for n in range(1, 4)],
        [],
    ),
    "proposals in folders of their own": (
        {
            **{f"features/001{n}-x/README.md": f"# Harbour RFC 001{n}: X\n\n- Status: [ACCEPTED](/README.md#accepted)\n- Since: 2021-04-0{n}\n- Status Note: in use\n\n## Summary\n\nx\n\n" + PROPOSED for n in range(1, 5)},
            "features/0011-x/notes.md": "# Notes\n\nOf May.\n",
            "features/README.md": "# Features\n",
        },
        [f"features/001{n}-x/README.md" for n in range(1, 5)],
        ["features/0011-x/notes.md", "features/README.md"],
    ),
    "proposals of which some have pictures and so a folder of their own": (
        {
            **{f"rfc/000{n}-x{n}.md": f"---\ndate: 2021-04-0{n}\n---\n\n# X {n}\n\n### Goals\n\nx\n\n## Motivation\n\ny\n\n## Alternatives\n\nz\n" for n in (1, 2, 4, 5, 7)},
            **{f"rfc/000{n}-x{n}/index.md": f"---\ndate: 2021-04-0{n}\n---\n\n# X {n}\n\n### Goals\n\nx\n" for n in (3, 6)},
            "rfc/0002-pictures/README.md": "# Pictures\n\nOf the second.\n",
        },
        [*(f"rfc/000{n}-x{n}.md" for n in (1, 2, 4, 5, 7)), "rfc/0003-x3/index.md", "rfc/0006-x6/index.md"],
        ["rfc/0002-pictures/README.md"],
    ),
    "such beside a number far from all others": (
        {
            **{f"rfc/000{n}-x{n}.md": f"# X {n}\n\n### Goals\n\nx\n\n## Motivation\n\ny\n\n## Alternatives\n\nz\n" for n in (1, 2, 4, 5)},
            "rfc/999999-x.md": "# X\n\n### Goals\n\nx\n\n## Motivation\n\ny\n\n## Alternatives\n\nz\n",
            "rfc/0003-x3/index.md": "# X 3\n\n### Goals\n\nx\n",
        },
        ["rfc/0005-x5.md", "rfc/0003-x3/index.md"],
        [],
    ),
    "folders with numbers that go on from those of proposals": (
        {
            **{f"rfc/000{n}-x{n}.md": f"# X {n}\n\n### Goals\n\nx\n\n## Motivation\n\ny\n\n## Alternatives\n\nz\n" for n in (1, 2, 3)},
            **{f"rfc/010{n}-x/README.md": "# X\n\nHow it is built.\n" for n in (1, 2)},
        },
        [f"rfc/000{n}-x{n}.md" for n in (1, 2, 3)],
        ["rfc/0101-x/README.md"],
    ),
    "a course": (
        {f"lessons/0{n}-x/README.md": f"# Lesson {n}\n\n## Summary\n\nx\n\n## Motivation\n\nx\n\n## Tutorial\n\nx\n\n## Reference\n\nx\n\n## Alternatives\n\ny\n" for n in range(1, 6)},
        [],
        [f"lessons/0{n}-x/README.md" for n in range(1, 6)],
    ),
    "packages with a state": (
        {f"packages/0{n}-x/README.md": f"# Package {n}\n\nStatus: released\n\n## Introduction\n\nx\n\n## Options\n\ny\n" for n in range(1, 6)},
        [],
        [f"packages/0{n}-x/README.md" for n in range(1, 6)],
    ),
    "chapters": ({f"text/0{n}-x.md": f"# Chapter {n}\n\nOnce.\n\n## Summary\n\nIt sank.\n" for n in range(1, 7)}, [], [f"text/0{n}-x.md" for n in range(1, 7)]),
    "decisions by the name of their directory in any language": (
        {
            **{f"docs/kararlar/00{n}-x{n}.md": f"# 00{n} — X\n\n- **Durum:** kabul\n- **Bağlam:** x\n- **Karar:** y\n" for n in range(1, 4)},
            **{f"docs/decisiones/000{n}-x{n}.md": f"# 000{n} · X\n\n## Contexto\n\nx\n\n## El problema\n\ny\n" for n in range(4, 6)},
            **{f"docs/decisiones/000{n}-x{n}.md": f"# 000{n} · X\n\n## Contexto\n\nx\n\n## Decisión\n\ny\n" for n in range(1, 4)},
            **{f"doc/architekturentscheidungen/000{n}-x.md": f"# X {n}\n\n## Kontext\n\nx\n\n## Entscheidung\n\ny\n" for n in range(1, 3)},
            **{f"doc/решения/000{n}-x.md": f"# Задача {n}\n\nx\n" for n in range(1, 4)},
        },
        ["docs/kararlar/001-x1.md", "docs/decisiones/0001-x1.md", "docs/decisiones/0005-x5.md", "doc/architekturentscheidungen/0002-x.md"],
        ["doc/решения/0001-x.md"],
    ),
    "proposals without a status, by why they are made and where they lie": (
        {
            **{f"{home}/000{n}-x{n}.md": f"# X {n}\n\n## Summary\n\nx\n\n## Motivation\n\ny\n\n## Approach\n\nz\n" for home in ("text", "active", "docs/rfcs") for n in (1, 2, 3)},
            **{f"active/000{n}-y.md": f"# Y {n}\n\n## Overview\n\nx\n" for n in (4, 5)},
            **{f"other/{n}-x.md": "# X\n\n## Motivation\n\ny\n" for n in (1, 2, 3)},
            **{f"chapters/000{n}-x{n}.md": "# X\n\n## Summary\n\nx\n\n## Motivation\n\ny\n" for n in (1, 2, 3)},
        },
        ["text/0001-x1.md", "active/0003-x3.md", "active/0005-y.md", "docs/rfcs/0002-x2.md"],
        ["other/1-x.md", "chapters/0001-x1.md"],
    ),
    "proposals with numbered directories of their own, by why they are made and where they lie": (
        {
            **{f"{home}/0{n}-x{n}/{file}.md": f"# X\n\n## Motivation\n\ny {n}\n\n## Proposal\n\nz\n" for home, file in (("docs/rfcs", "proposal"), ("lake/rfcs", "README"), ("design", "rfc"), ("plans", "proposal"), ("chapters", "README")) for n in (10, 12, 27)},
            **{f"more/rfcs/0{n}-x{n}/proposal.md": f"# Summary\n\nx {n}\n\n# Proposal\n\nz\n" for n in (10, 12, 27)},
            **{f"two/rfcs/00{n}-x{n}/proposal.md": "# X\n\n## Motivation\n\ny\n" for n in (1, 2)},
            "docs/rfcs/000-example/proposal.md": "# Motivation\n\n> Why?\n\n# Proposal\n\n> What?\n",
            "docs/rfcs/029-x29/proposal.md": "# Summary\n\nx\n\n# Proposal\n\nz\n",
            "docs/rfcs/012-x12/notes.md": "# Notes\n\n## Motivation\n\nx\n",
        },
        [*(f"docs/rfcs/0{n}-x{n}/proposal.md" for n in (10, 12, 27, 29)), "lake/rfcs/027-x27/README.md", "design/010-x10/rfc.md"],
        ["docs/rfcs/000-example/proposal.md", "docs/rfcs/012-x12/notes.md", "plans/010-x10/proposal.md", "chapters/010-x10/README.md", "more/rfcs/010-x10/proposal.md", "two/rfcs/001-x1/proposal.md"],
    ),
    "two proposals of the same sections": (
        {
            **{f"text/000{n}-x.md": "# X\n\n## Introduction\n\nx\n\n## Motivation\n\ny\n\n## Discussion\n\nz\n" for n in (1, 2)},
            **{f"a/text/000{n}-x.md": f"# X\n\n## Part {n}\n\nx\n\n## Motivation\n\ny\n" for n in (1, 2)},
        },
        ["text/0001-x.md", "text/0002-x.md"],
        ["a/text/0001-x.md"],
    ),
    "proposals that say twice that they are some": (
        {
            **{f"text/rfc-000{n}-x{n}.md": f"# RFC 000{n} - X {n}\n\n## Part {n}\n\nx\n" for n in (1, 2, 3)},
            **{f"notes/rfc-000{n}-x{n}.md": f"# RFC 000{n} - X {n}\n\n## Part {n}\n\nx\n" for n in (1, 2, 3)},
            **{f"other/text/rfc-000{n}-x{n}.md": f"# X {n}\n\n## Part {n}\n\nx\n" for n in (1, 2, 3)},
        },
        ["text/rfc-0001-x1.md", "text/rfc-0003-x3.md"],
        ["notes/rfc-0001-x1.md", "other/text/rfc-0001-x1.md"],
    ),
    "a lone proposal whose title is in its front matter": (
        {
            "docs/rfd/README.md": "# RFDs\n",
            "docs/rfd/rfd-000-template.md": "---\nstate: ideation\n---\n## State\n",
            "docs/rfd/rfd-001-x.md": '---\nid: "001"\nstate: discussion\ntitle: "RFD-001: Rain"\n---\n\n## Summary\n\nIt rains.\n',
        },
        ["docs/rfd/rfd-001-x.md"],
        ["docs/rfd/rfd-000-template.md"],
    ),
    "files without number, status and sections that have their days in front matter": (
        {f".claude/decisions/{name}.md": f"---\nname: {name}\ndate: 2026-03-2{n}\n---\n\n# On {name}\n\nWe take {name}.\n" for n, name in enumerate(("rain", "snow", "wind"))},
        [".claude/decisions/rain.md", ".claude/decisions/snow.md", ".claude/decisions/wind.md"],
        [],
    ),
    "other pages of a folder of that name": (
        {"docs/decisions/rain.md": "---\ndate: 2026-03-20\n---\n# Rain\n", "docs/decisions/snow.md": "# Snow\n", "docs/decisions/wind.md": "# Wind\n"},
        [],
        ["docs/decisions/rain.md", "docs/decisions/snow.md", "docs/decisions/wind.md"],
    ),
    "what an archive has of them as they were": (
        {**LOG, **{path.replace("docs/adr/", "docs/adr/archive/"): text for path, text in LOG.items()}, "docs/adr/archive/0009-fog.md": whole("9. Fog")},
        [*LOG, "docs/adr/archive/0009-fog.md"],
        [path.replace("docs/adr/", "docs/adr/archive/") for path in LOG],
    ),
    "proposals beside what is specified": (
        {f"spec/rfcs/RFC-000{n}-x.md": f"# RFC-000{n}: X\n\nStatus: Draft\n\n# Motivation\n\nM.\n\n# Drawbacks\n\nD.\n" for n in (1, 2, 3)},
        [f"spec/rfcs/RFC-000{n}-x.md" for n in (1, 2, 3)],
        [],
    ),
    "copies": ({**LOG, **{f"backups/2026/{path}": text for path, text in LOG.items()}}, [*LOG], [f"backups/2026/{path}" for path in LOG]),
    "sections with numbers in Chinese": (
        {f"docs/决策/2026-08-1{n}-雨.md": f"# 决策：雨 {n}\n\n> 日期：2026-08-1{n}\n> 状态：看情况\n\n{body}" for n, body in enumerate(("## 一、背景\n\nx\n\n## 三、决策\n\ny\n", "## 现状\n\nx\n"))},
        ["docs/决策/2026-08-10-雨.md", "docs/决策/2026-08-11-雨.md"],
        [],
    ),
    "templates by their name in any language, and what agents are told": (
        LOG
        | {f"docs/adr/{name}.md": whole("(결정을 한 줄로)") for name in ("0000-템플릿", "gabarit", "决策模板", "テンプレート")}
        | {"tools/writing-adrs/SKILL.md": whole("Writing ADRs"), "docs/adr/0009-템플릿-채택.md": whole("9. 템플릿 채택")},
        [*LOG, "docs/adr/0009-템플릿-채택.md"],
        ["docs/adr/0000-템플릿.md", "docs/adr/gabarit.md", "docs/adr/决策模板.md", "docs/adr/テンプレート.md", "tools/writing-adrs/SKILL.md"],
    ),
    "a collection of decisions": (
        LOG
        | {f"docs/adr/{name}.md": "# All\n\nStatus: Accepted\n\n" + "".join(f"## ADR-00{n}: X\n\n### Context\n\nx\n\n### Decision\n\ny\n\n" for n in range(1, 7)) for name in ("04-progress", "all_of_them")}
        | {"docs/adr/0005-hats.md": whole("5. Hats") + "".join(f"\n## ADR-00{n}: what changes\n\nx\n" for n in range(1, 7))},
        [*LOG, "docs/adr/0005-hats.md"],
        ["docs/adr/04-progress.md", "docs/adr/all_of_them.md"],
    ),
    "a version is no number": ({**LOG, "docs/adr/ADRs-v0.md": "# Of old\n\n- **ADR-0009**: Fog.\n"}, [], ["docs/adr/ADRs-v0.md"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "is_log"),
    [
        ("decisiones", True),
        ("decisions-d-architecture", True),
        ("Entscheidungen", True),
        ("architektur-entscheidungen", True),
        ("decisoes-arquiteturais", True),
        ("rozhodnuti", True),
        ("besluiten", True),
        ("архитектурные-решения", True),
        ("решения", False),
        ("registros", False),
        ("decisiones-de-ventas", False),
        ("soluciones", False),
        ("architecture", False),
    ],
)
def test_what_directories_of_records_are_called(name: str, *, is_log: bool) -> None:
    assert discovery.is_log_name(name) is is_log


@pytest.mark.parametrize(("given", "records", "others"), FOUND.values(), ids=FOUND)
def test_which_files_are_records_is_told_by_what_they_say(given: dict[str, str], records: list[str], others: list[str]) -> None:
    found = {path.removeprefix("/w/") for path in fixture(files(**given)).workspace.records}
    assert found >= set(records)
    assert found.isdisjoint(others)
    if records == []:
        assert found == {path for path in given if path not in others}


JOINED = {
    "two statuses": ("docs/adr/accepted/0001-a.md docs/adr/rejected/0001-b.md", ["docs/adr"]),
    "in another language, numbered": ("docs/adr/1-angenommen/0001-a.md docs/adr/2-abgelehnt/0002-b.md", ["docs/adr"]),
    "in the plural": ("docs/adr/aceptadas/0001-a.md docs/adr/propuestas/0002-b.md", ["docs/adr"]),
    "a word that begins like a status": (
        "docs/adr/open-api/0001-a.md docs/adr/accepted/0002-b.md",
        ["docs/adr/accepted", "docs/adr/open-api"],
    ),
    "one that goes on with the numbers": ("docs/adr/0001-a.md docs/adr/superseded/0002-b.md", ["docs/adr"]),
    "one with numbers of its own": ("docs/adr/0001-a.md docs/adr/superseded/0001-b.md", ["docs/adr", "docs/adr/superseded"]),
    "with a letter in their order": ("docs/adr/0a_postponed/0001-a.md docs/adr/0b_rejected/0002-b.md", ["docs/adr"]),
    "by area": ("docs/adr/shop/0001-a.md docs/adr/mill/0001-b.md", ["docs/adr/mill", "docs/adr/shop"]),
}


@pytest.mark.parametrize(("paths", "directories"), JOINED.values(), ids=JOINED)
def test_directories_called_after_statuses_are_one_log(paths: str, directories: list[str]) -> None:
    found = fixture(files(**{path: whole(f"{path[-6]} {path}") for path in paths.split()})).workspace
    assert [log.directory.removeprefix("/w/") for log in found.logs] == directories


def test_records_in_other_markups_are_known_by_their_names() -> None:
    given = ["docs/adr/0001-a.org", "docs/adr/0002-b.rst", "docs/adr/guide.rst", "src/0003-c.org", "docs/adr/0004-d.md"]
    assert [discovery.is_wanted(path.rpartition("/")[2]) for path in given] == [True, True, False, True, True]
    assert discovery.unread(given) == {".org": ("docs/adr/0001-a.org",), ".rst": ("docs/adr/0002-b.rst",)}


def test_proposals_without_a_status_are_known_by_their_titles() -> None:
    text = "- Start Date: 2021-04-0{n}\n\n# RFC 000{n} Rain\n\n## Summary\n\nRain.\n\n## Motivation\n\nIt rains.\n\n## Design\n\nA hat.\n"
    given = fixture("".join(f"-- rfcs/000{n}-x.md --\n{text.format(n=n)}\n" for n in range(1, 5)))
    assert [log.size for log in given.workspace.logs] == [4]
    assert not fixture("".join(f"-- notes/000{n}-x.md --\n{text.format(n=n)}\n" for n in range(1, 5))).workspace.logs


def test_proposals_in_folders_by_status_are_one_log() -> None:
    text = "# RFC {n}\n\n- Status: Accepted\n\n## Motivation\n\nIt rains.\n\n## Decision\n\nAn umbrella.\n\n## Alternatives\n\nA hat.\n"
    given = fixture(
        "".join(
            f"-- rfcs/{at}/000{n}-x.md --\n{text.format(n=n)}\n" for n, at in enumerate(("approved", "rejected", "deferred"))
        )
    )
    assert [(log.directory, log.size) for log in given.workspace.logs] == [("/w/rfcs", 3)]


OARS, SAILS, LOCKS = "rowing/rfc-012-oars.md", "rowing/sea/rfc-013-sails.md", "mill/rfc-015-locks.md"
ASKED = "## Summary\n\nBoats.\n\n## Problem\n\nIt leaks.\n\n## Proposal\n\nTar.\n"
STANDARD = "## Abstract\n\nBoats.\n\n## Introduction\n\nIt leaks.\n\n## Syntax\n\nTar.\n"
FORM = f"# Title\n\n{ASKED}\n## Next steps\n\nx\n"
BY_AREA = {
    "led by their template": ("harbour", "", {"rfc-000-template.md": FORM}, ASKED, True),
    "below a folder for proposals": ("harbour", "docs/rfcs/", {}, ASKED, True),
    "in a repository for proposals": ("harbour-rfcs", "", {}, ASKED, True),
    "of nothing that says so": ("harbour", "", {}, ASKED, False),
    "led by a template of something else": ("harbour", "", {"guide-000-template.md": FORM}, ASKED, False),
    "not built as the template": ("harbour", "", {"rfc-000-template.md": FORM}, STANDARD, False),
    "standards of others": ("harbour", "docs/rfcs/", {}, STANDARD, False),
    "a number twice": ("harbour-rfcs", "", {"mill/rfc-012-gates.md": f"# Gates\n\n{ASKED}"}, ASKED, False),
}


@pytest.mark.parametrize(("folder", "above", "beside", "text", "are_one"), BY_AREA.values(), ids=BY_AREA)
def test_proposals_by_area_with_one_row_of_numbers_are_one_log(
    folder: str, above: str, beside: dict[str, str], text: str, *, are_one: bool
) -> None:
    given = [f"{above}{path}" for path in (LOCKS, OARS, SAILS)]
    texts = {
        **{path: f"# {path[:-3].title()}\n\n{text}" for path in given},
        **{f"{above}{path}": beside[path] for path in beside},
    }
    found = discovery.find(texts, lambda path: facts_of(record_of(path, texts[path])), lambda _: None, folder=f"/w/{folder}")
    assert [(log.directory, sorted(log.records)) for log in found if log.records] == (
        [(above.rstrip("/"), given)] if are_one else []
    )


@pytest.mark.parametrize(("folder", "named"), [("team-adrs", 2), ("team-adrs", 1), ("team", 2)])
def test_a_folder_called_like_a_log_says_nothing_where_several_in_it_are(folder: str, named: int) -> None:
    text = "# {}\n\nStatus: complete.\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n"
    records = [f"{home}/adrs/000{n}-x.md" for home in ("boats", "ports")[:named] for n in (1, 2)]
    texts = {path: text.format("X") for path in (*records, "boats/plans/spec.md")}
    found = discovery.find(texts, lambda path: facts_of(record_of(path, texts[path])), lambda _: None, folder=f"/w/{folder}")
    is_record = folder != "team" and named == 1
    assert sorted(path for log in found for path in log.records) == [*records, *["boats/plans/spec.md"][: int(is_record)]]


IN_ONE_FOLDER = {
    "led by their template": ("harbour-rfcs", {"000-template.md": FORM}, ASKED, True),
    "of themselves": ("harbour-rfcs", {}, ASKED, True),
    "standards of others": ("harbour-rfcs", {}, STANDARD, False),
    "in a folder that does not say so": ("harbour", {"000-template.md": FORM}, ASKED, False),
}


@pytest.mark.parametrize(("folder", "beside", "text", "are_one"), IN_ONE_FOLDER.values(), ids=IN_ONE_FOLDER)
def test_numbered_proposals_without_a_status_are_a_log_where_proposals_lie(
    folder: str, beside: dict[str, str], text: str, *, are_one: bool
) -> None:
    given = ["012-oars.md", "013-sails.md", "015-locks.md"]
    texts = {**{path: f"# {path[4:-3].title()}\n\n{text}" for path in given}, **beside}
    found = discovery.find(texts, lambda path: facts_of(record_of(path, texts[path])), lambda _: None, folder=f"/w/{folder}")
    assert [sorted(log.records) for log in found if log.records] == ([given] if are_one else [])


TRANSLATED = {
    "beside the original": ("0001-a.md 0001-a.en.md 0002-b.md 0002-b.en.md", ["0001-a.md", "0002-b.md"]),
    "each in its language": ("0001-a.de.md 0001-a.en.md 0002-b.fr.md", ["0001-a.en.md", "0002-b.fr.md"]),
    "with a region": ("0001-a.md 0001-a.pt-BR.md 0001-a_zh.md", ["0001-a.md"]),
    "an identity": ("0001-user.md 0001-user-id.md 0002-b.md 0002-b.id.md", ["0001-user-id.md", "0001-user.md", "0002-b.md"]),
    "a word that is none": ("0001-go.md 0001-go.to.md", ["0001-go.md", "0001-go.to.md"]),
}


@pytest.mark.parametrize(("names", "records"), TRANSLATED.values(), ids=TRANSLATED)
def test_a_translation_is_no_record_beside_the_original(names: str, records: list[str]) -> None:
    given = fixture(files(**{f"docs/adr/{name}": whole(f"{int(name[:4])}. {name}") for name in names.split()}))
    assert [path.rpartition("/")[2] for path in given.workspace.records] == records


UNNUMBERED = {
    "XXXX-use-kafka.md": ("# XXXX. Use Kafka", True),
    "ADR-NNN-use-kafka.md": ("# ADR-NNN: Use Kafka", True),
    "XXXX-title.md": ("# XXXX. Title", False),
    "XXXX-short-title.md": ("# XXXX. Short title", False),
    "NNNN-short-title.md": ("# NNNN. [short title]", False),
    "XXXX-template.md": ("# XXXX. Template", False),
}


@pytest.mark.parametrize(("name", "title", "is_record"), [(one, *two) for one, two in UNNUMBERED.items()], ids=UNNUMBERED)
def test_a_draft_with_a_blank_for_its_number_is_a_record(name: str, title: str, *, is_record: bool) -> None:
    text = whole("1. A").partition("\n")[2]
    given = fixture(files(**LOG, **{f"docs/adr/{name}": f"{title}\n{text}"}))
    assert (f"/w/docs/adr/{name}" in given.workspace.records) == is_record


@pytest.mark.parametrize(
    ("path", "is_record"),
    [
        ("guide/adr-gate-opening.md", True),
        ("guide/agents/functions/adr-writing.md", False),
        ("guide/prompts/adr-writing.md", False),
        (".tools/adr-writing.md", False),
    ],
)
def test_what_agents_are_told_of_records_is_none(path: str, *, is_record: bool) -> None:
    text = "# Writing\n\n## Status\n\nAccepted\n\n## Context\n\nIt rains.\n\n## Decision\n\nWe write.\n\n## Consequences\n\nNone.\n"
    assert found_in("boats", {path: text}) == ([path] if is_record else [])
