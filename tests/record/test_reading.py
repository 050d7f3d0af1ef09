"""What is read out of a text: one text in, its facts out. Each case is a form in which some team writes its records."""

from __future__ import annotations

import pytest

from adr_ls.log.style import described
from adr_ls.record import status
from adr_ls.record.filename import name_of, parse_title
from adr_ls.record.record import Record, record_of
from tests.fixture import ROOT, fixture


def record(source: str, path: str = "docs/adr/0001-example.md") -> Record:
    return Record(f"{ROOT}/{path}", source)


def logs(source: str) -> dict[str, list[str]]:
    """The names of the records of each log."""
    return {
        log.directory.removeprefix(f"{ROOT}/"): [path.removeprefix(log.directory + "/") for path in log.records]
        for log in fixture(source).workspace.logs
    }


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("🎨 ADR-001: Use SVG", 1, "Use SVG"),
        ("📝 Use SVG", None, "📝 Use SVG"),
        ("ADR-001 | Use SVG", 1, "Use SVG"),
        ("ADR 1 / Use SVG", 1, "Use SVG"),
        ("019 - 📝 Twelve factors", 19, "📝 Twelve factors"),
        ("TCP/IP for all", None, "TCP/IP for all"),
        ("ADR.003 Use SVG", 3, "Use SVG"),
        ("ADR – 001: Use SVG", 1, "Use SVG"),
        ("Vue.3 for all", None, "Vue.3 for all"),
        ("Decision – 2 brokers", None, "Decision – 2 brokers"),
    ],
)
def test_titles(heading: str, number: int | None, title: str) -> None:
    found = parse_title(heading)
    assert (found.number, found.text) == (number, title)
    assert heading[found.start :] == title


@pytest.mark.parametrize(
    ("heading", "path", "title"),
    [
        ("ADR Gateway choice", "0004-gateway-choice.md", "Gateway choice"),
        ("ADR R9-F.6 — Gateway", "adr-r9-f6-gateway.md", "Gateway"),
        ("Fiche de décision d'architecture n° 4 : Gateway", "0004-gateway.md", "Gateway"),
        ("Registro de decisão de arquitetura (ADR) 0004 - Gateway", "0004-gateway.md", "Gateway"),
        ("Запись архитектурного решения № 4. Gateway", "0004-gateway.md", "Gateway"),
        ("ADR R9-F.6 — Gateway", "0004-gateway.md", "ADR R9-F.6 — Gateway"),
        ("Decision: Gateway", "gateway.md", "Gateway"),
        ("Architecture decision: Gateway", "0004-gateway.md", "Gateway"),
        ("RFC: Gateway", "0004-gateway.md", "Gateway"),
        ("Décision : une passerelle", "passerelle.md", "une passerelle"),
        ("Architekturentscheidung: Torweg", "torweg.md", "Torweg"),
        ("決定：ゲートウェイ", "gateway.md", "ゲートウェイ"),
        ("Decision tables: how we keep them", "tables.md", "Decision tables: how we keep them"),
        ("Decision - or not", "or-not.md", "Decision - or not"),
        ("Decision:", "gateway.md", "Decision:"),
        ("ADR EvalHub credentials", "X-ADR-0004-eval-credentials.md", "EvalHub credentials"),
        ("ADR for gateways", "0004-gateway-choice.md", "ADR for gateways"),
        ("ADR tooling", "0004-adr-tooling.md", "ADR tooling"),
        # Its own name behind it
        ("Gateway choice - ADR 004", "004-gateway-choice.md", "Gateway choice"),
        ("Gateway choice (ADR-4)", "0004-gateway-choice.md", "Gateway choice"),
        ("What is left of ADR 4", "0004-gateway-choice.md", "What is left of ADR 4"),
        ("Gateway choice (ADR-3)", "0004-gateway-choice.md", "Gateway choice (ADR-3)"),
        ("Gateway choice - HTTP 4", "0004-gateway-choice.md", "Gateway choice - HTTP 4"),
    ],
)
def test_the_word_adr_in_a_title(heading: str, path: str, title: str) -> None:
    assert parse_title(heading, name_of(path)).text == title


def test_characters_that_are_no_text_name_no_record() -> None:
    found = record("# 1. X\n\n## Why\0\x01\n**Status**: \0Superseded\x01 by\0 ADR-004\n")
    assert [(one.relation, one.mention.number) for one in found.relations] == [("superseded_by", 4)]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# ADR-1\n\n## Title\n\nUse Kafka\n\n## Status\n\nAccepted\n", "Use Kafka"),
        ("## Title\n\nUse Kafka\n\n## Status\n\nAccepted\n", "Use Kafka"),
        ("# Architecture Decision Record (ADR)\n\n## Título\nUsar Kafka\n\n## Status\nAceito\n", "Usar Kafka"),
        ("# Décision d'architecture\n\n## Titre\n\nUtiliser Kafka\n", "Utiliser Kafka"),
        ("# Recording decisions\n\n## Title\n\nUse Kafka\n", "Recording decisions"),
        ("# Title\n\nDate: 2025-01-02\n\nStatus: proposed\n", "Title"),
        ("# Architecture Decision Record: 0001-example\n\n# 1. Use Kafka\n\n## Status\n\nAccepted\n", "Use Kafka"),
        ("# ADR: 0001-example\n\n## 1. Use Kafka\n\n## Status\n\nAccepted\n", "Use Kafka"),
        ("# ADR: 0001-example\n\n## 2. Use Kafka\n", "0001-example"),
        ("# ADR: Examples\n\n## 1. Why\n\nSo.\n\n## 2. What\n", "Examples"),
    ],
)
def test_titles_below_a_heading(source: str, title: str) -> None:
    assert record(source).title == title


@pytest.mark.parametrize(
    ("area", "status", "date"),
    [
        ("27 July 2022\n\n## Status\n\nAccepted", "accepted", "2022-07-27"),
        ("_Date: 2021-01-02_\n_Status: Accepted_", "accepted", "2021-01-02"),
        ("**Status: Accepted**\n**Date: 2021-01-02**", "accepted", "2021-01-02"),
        ("**Status: accepted.** Recorded by all.\n\n**Date: 2021-01-02.** And so on.", "accepted", "2021-01-02"),
        ("**Status: accepted.**\n**Date: 2021-01-02**", "accepted", "2021-01-02"),
        ("📆 Date: 2021-01-02\n✅ Status: Accepted", "accepted", "2021-01-02"),
        ("- 📅 **Date**: 2021-01-02\n- ✅ **Status**: Accepted", "accepted", "2021-01-02"),
        ("**Status** Accepted\n\n**Date** 2021-01-02", "accepted", "2021-01-02"),
        ("* **Status** - Accepted\n* **Date** - 2021-01-02", "accepted", "2021-01-02"),
        ("Status - Accepted\nDate = 2021-01-02", "accepted", "2021-01-02"),
        ("**Status**\n\nAccepted\n\n**Date**\n\n2021-01-02", "accepted", "2021-01-02"),
        ("## Metadata\n\n- Status: Accepted\n- Date: 2021-01-02", "accepted", "2021-01-02"),
        (
            "## Document information\n\n| Key | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2021-01-02 |",
            "accepted",
            "2021-01-02",
        ),
        ("## Status (Accepted)", "accepted", None),
        ("## Status ✅\n\nAccepted", "accepted", None),
        ("### **Date:** 02/01/2021\n\n### **Status:** ACCEPTED", "accepted", "2021-01-02"),
        ("## __Status__: Drafted", "draft", None),
        ("## *Status: in_progress*", "draft", None),
        ("## Status\n\n**Current Status**: Proposed — until the review", "proposed", None),
        ("**Stage:** ready-for-release\n**Start date:** 2021-01-02", "accepted", "2021-01-02"),
        ("Etapa: propuesta", "proposed", None),
        ("Status: Draft Proposal, 2021-01-02", "draft", "2021-01-02"),
        ("Status: Draft Rejected, 2021-01-02", "draft", None),
        ("状态：已废弃 —— 被 ADR-0003 取代", "superseded", None),
        ("Status: Deprecated — replaced by ADR-3", "superseded", None),
        ("Status: Accepted — replaces ADR-3", "accepted", None),
        ("Status: not_adopted", "rejected", None),
        ("Status: nicht angenommen", "rejected", None),
        ("## 상태(Status)\n\n> 상태: 제안됨(Proposed)|승인됨(Accepted)|반려됨(Rejected)\n\nAccepted", "accepted", None),
        ("Status: Accepted\nDate issued: 2021-01-02", "accepted", "2021-01-02"),
        ("Estado: aceptada\nFecha de emisión: 2021-01-02", "accepted", "2021-01-02"),
        ("* Création : 2021-01-02\n* Statut : Accepté", "accepted", "2021-01-02"),
        ("* Создание: 2021-01-02\n* Статус: принято", "accepted", "2021-01-02"),
        ("- 状态：已接受\n- 发布日期：2021-01-02", "accepted", "2021-01-02"),
        ("Stato: Accettata (v1 — 2021-01-02)", "accepted", "2021-01-02"),
        ("- **Status:** Accepted (rev. 2, 2021-01-02)", "accepted", "2021-01-02"),
        ("Status: Accepted — v2 [2 January 2021; by all]", "accepted", "2021-01-02"),
        ("Status: Accepted (v1, 2020-01-02; v2, 2021-01-02)", "accepted", None),
        ("Status: Accepted (review by 2021-01-02)", "accepted", None),
        ("Status: Accepted (like ADR-3, 2021-01-02)", "accepted", None),
        ("Status: Accepted, amends ADR-3 (2021-01-02)", "accepted", None),
        ("- Stage: build\n- Status: Accepted", "accepted", None),
        ("- Start Date: 2021-01-02\n- RFC Type: feature\n- RFC Status: approved", "accepted", "2021-01-02"),
        ("**Статус ADR:** Принято\n**Дата ADR:** 2021-01-02", "accepted", "2021-01-02"),
        ("- Cluster status: approved\n- RFC PR: 12", None, None),
        ("**Status:** Accepted\n## Date: 2021-01-02 (told again in May)", "accepted", "2021-01-02"),
        ("## Statut : Accepté\n\n## Date : 2 janvier 2021", "accepted", "2021-01-02"),
        ("## Dates: which ones we keep", None, None),
        ("Status: ACCEPTED, later DEPRECATED", "deprecated", None),
        ("Status: Accepted, now rejected", "rejected", None),
        ("Status: Accepted, later on we may see it deprecated", "accepted", None),
        ("状态：建议中", "proposed", None),
        ("Status: Implementable", "accepted", None),
        ("- Stage: build", None, None),
        ("- Stage: Discontinued\n- Status: Accepted", "accepted", None),
        ("**Approval by the architects:** Jane Doe (2021-01-02, in the meeting; updated 2021-03-04)", None, "2021-01-02"),
        # Prose is no metadata
        ("Status quo ante bellum - we keep it.", None, None),
        ("We met on 2021-01-02 and on 2021-02-02.", None, None),
        ("**Decision drivers** are many.", None, None),
        ("Fecha: 2026-08-16 · Estado: aceptada", "accepted", "2026-08-16"),
        ("Status: Accepted | Date: 2026-08-16 | Deciders: all", "accepted", "2026-08-16"),
    ],
)
def test_metadata(area: str, status: str | None, date: str | None) -> None:
    found = record(f"# Use Kafka\n\n{area}\n\n## Context\n\nText.\n")
    assert (found.status and found.status.canonical, found.date and found.date.iso) == (status, date)


@pytest.mark.parametrize(
    ("lines", "state", "line", "date"),
    [
        ("- [x] Proposed\n- [x] Accepted\n- [ ] Rejected", "accepted", 1, None),
        ("- [x] Foreslått (dato: 2025-06-02)\n- [x] Akseptert (dato: 2025-06-10)\n- [ ] Avvist", "accepted", 1, "2025-06-10"),
        ("Proposed | **Accepted** | Rejected | Superseded", "accepted", 0, None),
        ("Vorgeschlagen | **Akzeptiert** | Abgelehnt | Ersetzt", "accepted", 0, None),
        ("~~Proposed~~ Accepted", "accepted", 0, None),
        ("Proposed → Accepted", "accepted", 0, None),
        ("Proposed → " * 30 + "Accepted → Superseded", "superseded", 0, None),
        ("Vorgeschlagen → " * 30 + "Abgelehnt", "rejected", 0, None),
        ("Accepted — 2021-01-02", "accepted", 0, "2021-01-02"),
        ("Accepted (refined by [ADR-8](./0008-x.md)) — 2021-01-02. Joins what were three.", "accepted", 0, "2021-01-02"),
        ("Accepted (refined by ADR-8 (2021-02-03)) – 2 January 2021", "accepted", 0, "2021-01-02"),
        ("Angenommen (ergänzt durch ADR-8), 2021-01-02", "accepted", 0, "2021-01-02"),
        ("已采用（由 ADR-8 修订），2021-01-02", "accepted", 0, "2021-01-02"),
        ("Accepted (for the web) — 2021-01-02 is when ADR-8 follows", "accepted", 0, None),
        ("Accepted (refined by ADR-8) — see the talk of 2021-01-02", "accepted", 0, None),
        ("**Accepted** (2021-01-02)", "accepted", 0, "2021-01-02"),
        ("Accepted on 12 March 2021", "accepted", 0, "2021-03-12"),
        ("Approved by the team on 2021-01-02", "accepted", 0, "2021-01-02"),
        ("Proposed. Amended 2021-01-02 for Windows.", "proposed", 0, None),
        ("Accepted – 2021-01-02; amended\n2021-02-03 to say the same elsewhere.", "accepted", 0, "2021-01-02"),
        ("Superseded by ADR-7 on 2021-01-02", "superseded", 0, None),
        ("- **Proposed**: 2021-01-01\n- **Accepted**: 2021-01-02", "accepted", 1, "2021-01-02"),
        ("Proposed 2021-01-01\nAccepted 2021-01-02", "accepted", 1, "2021-01-02"),
        ("Depreciated.", "deprecated", 0, None),
        ("Proposed [Proposed, Accepted, Rejected, Deprecated]", "proposed", 0, None),
        ("已采用。", "accepted", 0, None),
        ("已废止（2026-07-20）。参考使命完成。", "deprecated", 0, None),
        ("Inprogress", "draft", 0, None),
        (
            "**Status:** Draft\n\n**Implementation status (P-1):** Implemented, but for two parts.\n\nThis text is accepted by none.",
            "draft",
            0,
            None,
        ),
        ("- **Design Status:** Draft\n- **Implementation Status:** Implemented\n- **Readiness:** Blocked", "draft", 0, None),
        ("Implementation status: in progress\n\nAccepted", "accepted", 2, None),
        ("**Статус:** Принято\n\n**Статус реализации:** в работе", "accepted", 0, None),
        ("Umsetzungsstatus: verworfen\n\nAngenommen", "accepted", 2, None),
        ("**Status:** Draft\n\nProduction servers, accepted by all, stay as they are.", "draft", 0, None),
        ("Status: Accepted\nSuperseded by ADR-7", "accepted", 0, None),
    ],
)
def test_statuses(lines: str, state: str, line: int, date: str | None) -> None:
    found = record(f"# Use Kafka\n\n## Status\n\n{lines}\n\n## Context\n\nText.\n")
    assert found.status is not None
    assert (found.status.canonical, found.lines.line_at(found.status.span.start) - 4) == (state, line)
    assert (found.date and found.date.iso) == date


@pytest.mark.parametrize(
    ("area", "relations"),
    [
        ("- Supersedes: ADR-2", ["supersedes"]),
        ("**Revisa:** ADR 0004 (parte de X) e ADR 0005 (Y)", ["amends", "amends"]),
        ("- Revisado por: ADR-2", ["amended_by"]),
        ("- Addendum to: ADR-2", ["amends"]),
        ("- Révise : ADR-2", ["amends"]),
        ("- Obsoleto por: ADR-2", ["superseded_by"]),
        ("- Supersedes: the earlier decision ADR-2", ["supersedes"]),
        ("- Supersedes: the release criterion in ADR-2 and ADR-3", ["amends", "amends"]),
        ("- Status: Accepted for signed channels; M4 gate superseded by ADR-2", ["amended_by"]),
        ("- Status: Accepted; superseded by ADR-2", ["superseded_by"]),
        ("- Status: Accepted; this ADR is now superseded by ADR-2", ["superseded_by"]),
    ],
)
def test_relations(area: str, relations: list[str]) -> None:
    found = record(f"# ADR-1: Use Kafka\n\n{area}\n\n## Context\n\nText.\n")
    assert [related.relation for related in found.relations] == relations


@pytest.mark.parametrize(
    "said",
    [
        "Exceeded by ADR-7",
        "Succeeded by [ADR-0007](0007-x.md)",
        "Superceeded by ADR-7",
        "Made obsolete by ADR-7",
        "Aufgehoben durch ADR-7",
        "Abrogée par l’ADR-7",
        "Derogada por ADR-7",
        "Supersedido por ADR-7",
        "Revogada pela ADR-7",
        "Abrogata da ADR-7",
        "Achterhaald door ADR-7",
        "Uchylone przez ADR-7",
        "Вытеснено ADR-7",
        "Upphävd av ADR-7",
        "被 ADR-7 替代",
    ],
)
def test_whatever_it_is_called_a_successor_is_one(said: str) -> None:
    found = record(f"# 1. Use Kafka\n\n## Status\n\n{said}\n\n## Context\n\nText.\n")
    assert found.status is not None
    assert found.status.canonical == "superseded"
    assert [related.relation for related in found.relations] == ["superseded_by"]


@pytest.mark.parametrize(
    "prose",
    [
        "The limit of ADR-7 was exceeded by far.",
        "The rollout succeeded, see ADR-7.",
        "La quota est annulée par le client (ADR-7).",
    ],
)
def test_what_else_is_exceeded_has_no_successor(prose: str) -> None:
    found = record(f"# 1. Use Kafka\n\n## Status\n\nAccepted\n\n## Context\n\n{prose}\n")
    assert [related.relation for related in found.relations if related.evidence != "told"] == []


def test_a_checklist_without_a_tick_is_a_template() -> None:
    status = record("# Use Kafka\n\n## Status\n\n- [ ] Proposed\n- [ ] Accepted\n- [ ] Rejected\n").status
    assert status is not None
    assert (status.canonical, status.choices) == ("other", True)


@pytest.mark.parametrize(
    ("sections", "state"),
    [
        ("## Status\n\nGodkjent\n\n## Kontekst\n\n## Beslutning\n\n## Konsekvenser", "accepted"),
        ("## Status\n\nAfvist\n\n## Kontekst\n\n## Afgørelse\n\n## Konsekvenser", "rejected"),
        ("## Status\n\nGodkänd\n\n## Bakgrund\n\n## Beslut\n\n## Konsekvenser", "accepted"),
        ("## Stav\n\nSchváleno\n\n## Kontext\n\n## Rozhodnutí\n\n## Důsledky", "accepted"),
        ("## Статус\n\nПрийнято\n\n## Контекст\n\n## Рішення\n\n## Наслідки", "accepted"),
        ("## 状态\n\n已实施\n\n## 问题背景\n\n## 决策\n\n## 影响", "accepted"),
    ],
)
def test_languages(sections: str, state: str) -> None:
    found = record(f"# X\n\n{sections}\n")
    assert {"context", "decision", "consequences"} <= {section.role for section in found.sections}
    assert found.status is not None
    assert found.status.canonical == state


DECISION = "## Status\n\nAccepted\n\n## Context\n\nA.\n\n## Decision\n\nB.\n"


def test_files_about_records_are_none() -> None:
    assert logs(
        f"-- docs/adr/0001-use-kafka.md --\n# Use Kafka\n\n{DECISION}"
        "-- docs/prompts/adr-0001-implementation.md --\nImplement ADR-0001 as it is decided.\n"
        "-- docs/prompts/adr-0001-followup.md --\n# ADR-0001 follow-up\n\nSee there.\n"
        "-- docs/adr/research/001-use-kafka.md --\n# ADR-0001 research\n\n## Question\n\nWhich?\n"
        "-- docs/01.requirements/README.md --\n---\nstatus: active\n---\n# Requirements\n\n## Overview\n\nAll.\n"
        "-- docs/02.plans/README.md --\n---\nstatus: active\n---\n# Plans\n\n## Overview\n\nAll.\n"
        f"-- versioned_docs/version-1/adr/0001-use-kafka.md --\n# Use Kafka\n\n{DECISION}"
        f"-- tool/templates/docs/adr/0000-use-adrs.md --\n# Use ADRs\n\n{DECISION}"
    ) == {"docs/adr": ["0001-use-kafka.md"]}


OTHER_TEMPLATE = "## Type of change\n\n- [ ] Fix\n\n## Release notes\n\nNone.\n"


@pytest.mark.parametrize(
    ("template", "taken"),
    [
        (f"-- .github/PULL_REQUEST_TEMPLATE.md --\n{OTHER_TEMPLATE}", []),
        (f"-- .github/ISSUE_TEMPLATE/adr.md --\n# ADR\n\n{DECISION}", []),
        (f"-- .gitlab/merge_request_templates/template.md --\n{DECISION}", []),
        (f"-- docs/pull_request_template.md --\n{DECISION}", []),
        (f"-- docs/adr/pull_request_template.md --\n{DECISION}", []),
        (f"-- docs/template.md --\n{OTHER_TEMPLATE}", []),
        (f"-- templates/page.md --\n{OTHER_TEMPLATE}", []),
        (f"-- docs/template.md --\n# Title\n\n{DECISION}", ["docs/template.md"]),
        ("-- docs/templates/page.md --\n# Title\n\n## Context\n", ["docs/templates/page.md"]),
        (f"-- docs/adr-template.md --\n{OTHER_TEMPLATE}", ["docs/adr-template.md"]),
        (f"-- docs/adr/template.md --\n{OTHER_TEMPLATE}", ["docs/adr/template.md"]),
        (f"-- docs/adr/templates/long.md --\n{OTHER_TEMPLATE}", ["docs/adr/templates/long.md"]),
    ],
)
def test_a_template_is_one_of_records(template: str, taken: list[str]) -> None:
    (log,) = fixture(f"{template}-- docs/adr/0001-x.md --\n# X\n\n{DECISION}-- docs/adr/0002-y.md --\n# Y\n").workspace.logs
    assert [one.path.removeprefix(f"{ROOT}/") for one in log.templates] == taken
    assert len(log.records) == 2


def test_a_log_below_a_forges_directory_has_its_template() -> None:
    records = f"-- .github/adr/0001-x.md --\n# X\n\n{DECISION}-- .github/adr/template.md --\n# Title\n\n{DECISION}"
    (log,) = fixture(records).workspace.logs
    assert len(log.templates) == len(log.records) == 1


@pytest.mark.parametrize(
    ("page", "is_record"),
    [
        ("# ADR Example\n\n## Overview\n\nThis tracks the records.\n\n## Context\n\nAll.\n", False),
        ("# Scope\n\n**Status**: Accepted\n\n## Context\n\nAll.\n\n## Consequences\n\nC.\n", False),
        ("# Progress\n\n## Context\n\nAll.\n\n## Decision\n\nAll.\n\n## Consequences\n\nC.\n", False),
        ("# Scope\n\n**Status**: Accepted\n\n## Decision\n\nWe do it.\n", True),
        ("# ADR-0012: Scope\n\n## Context\n\nAll.\n", True),
        ("---\nid: ADR-12\nstatus: active\n---\n# Scope\n\nAll.\n", True),
        ("# Scope\n", True),
    ],
)
def test_pages_among_numbered_records_are_none(page: str, *, is_record: bool) -> None:
    numbered = "".join(f"-- docs/adr/00{n:02}-x{n}.md --\n# X\n\n{DECISION}" for n in range(1, 11))
    assert ("example.md" in logs(f"{numbered}-- docs/adr/example.md --\n{page}")["docs/adr"]) == is_record


@pytest.mark.parametrize(
    ("source", "is_record"),
    [
        (
            "-- docs/01-summary.md --\n---\nstatus: Approved\n---\n# Summary\n\n## Recommendation\n\nR.\n-- docs/00-charter.md --\n# C\n",
            False,
        ),
        ("-- docs/adr/infra/01-summary.md --\n---\nstatus: Approved\n---\n# Summary\n\n## Overview\n\nR.\n", False),
        ("-- docs/adr/infra/01-summary.md --\n---\nstatus: Approved\n---\n# ADR-01: Summary\n\n## Overview\n\nR.\n", True),
        (f"-- docs/adr/infra/01-summary.md --\n# Summary\n\n{DECISION}", True),
    ],
)
def test_a_log_of_one_is_sure(source: str, *, is_record: bool) -> None:
    assert bool(logs(source)) == is_record


def test_records_in_a_directory_of_any_name() -> None:
    numbered = "".join(f"-- golang/00{n}-x.md --\n# X\n\n{DECISION}" for n in range(1, 5))
    assert logs(f"{numbered}-- golang/005-fallback.md --\n# Fallback\n\nNot worked out.\n")["golang"][-1] == "005-fallback.md"
    assert logs(f"-- docs/001-x.md --\n# X\n\n{DECISION}-- docs/002-y.md --\n# Y\n-- docs/003-z.md --\n# Z\n") == {}
    assert logs(f"-- docs/network_adr/adr002-access/README.md --\n# Access\n\n{DECISION}") == {
        "docs/network_adr": ["adr002-access/README.md"]
    }


def test_a_changelog_is_no_index() -> None:
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# X{n}\n\n{DECISION}" for n in (1, 2))
    listed = "* [ADR-1](docs/adr/0001-x1.md) is decided\n* [ADR-2](docs/adr/0002-x2.md) too\n"
    assert not fixture(f"{records}-- CHANGELOG.md --\n# Changes\n\n{listed}").workspace.indexes
    assert not fixture(f"{records}-- ROADMAP.md --\n# Plans\n\n{listed}").workspace.indexes
    assert fixture(f"{records}-- DECISIONS.md --\n# Decisions\n\n{listed}").workspace.indexes


def test_an_index_may_name_files_as_code() -> None:
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# X{n}\n\n{DECISION}" for n in (1, 2, 3))
    index = fixture(
        f"{records}-- docs/adr/index.md --\n| id | Title | Status |\n|---|---|---|\n"
        "| `0001-x1` | X1 | Accepted |\n| `0002-x2.md` | X2 | Proposed |\n"
    ).index
    assert [entry.path and entry.path.rpartition("/")[2] for entry in index.entries] == ["0001-x1.md", "0002-x2.md"]
    assert not index.lists(f"{ROOT}/docs/adr/0003-x3.md")


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (" - Accepted", "Accepted"),
        (" - Deferred computation and batches", None),
        (" (superseded by ADR-2)", "superseded by ADR-2"),
    ],
)
def test_statuses_behind_an_entry(behind: str, said: str | None) -> None:
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# X{n}\n\n{DECISION}" for n in (1, 2))
    index = fixture(f"{records}-- docs/adr/README.md --\n* [X1](0001-x1.md){behind}\n* [X2](0002-x2.md)\n").index
    assert (index.entries[0].status and index.entries[0].status.value) == said


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        (
            "Each ADR keeps **Context**, **Decision**, and **Consequences** sections, extended with **Rationale**.",
            ["## Context\n\n## Decision\n\n## Consequences\n\n"],
        ),
        (
            (
                "A record should contain:\n\n* **Status** - can be accepted.\n* **Context** - why.\n* **Decision** - what.\n"
                "* **Consequences** - then what.\n* **Tests** - (when applicable).\n"
            ),
            ["## Context\n\n## Decision\n\n## Consequences\n\n"],
        ),
        (
            "## ADR Statuses\n\n- **Proposed**: under discussion\n- **Accepted**: in force\n- **Superseded by ADR-N**: replaced\n",
            ["## Status\n\nProposed | Accepted | Superseded\n\n"],
        ),
        (
            "## Lifecycle\n\n| State | Meaning |\n|---|---|\n| Proposed | x |\n| Accepted | y |\n| Rejected | z |\n",
            ["## Status\n\nProposed | Accepted | Rejected\n\n"],
        ),
        (
            "```md\n# ADR-NNN: Title\n\n## Context\n\nWhy?\n\n## Decision\n\nWhat?\n```\n",
            ["# ADR-NNN: Title\n\n## Context\n\nWhy?\n\n## Decision\n\nWhat?"],
        ),
        ("```md\n# ADR-7: Use Kafka\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n```\n", []),
        ("This log has every decision, its context and what not. We know the consequences.", []),
        ("## Status\n\n- Build: passing\n- Coverage: high\n", []),
    ],
)
def test_what_a_page_says_of_its_records(page: str, texts: list[str]) -> None:
    assert [template.text for template in described(record(f"# Decisions\n\n{page}\n", "docs/adr/README.md"))] == texts


def test_what_a_page_asks_for_is_expected_of_fewer() -> None:
    whole = f"{DECISION}\n## Consequences\n\nC.\n"
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# X{n}\n\n{whole if n < 5 else DECISION}\n" for n in range(1, 7))
    asks = "-- docs/adr/README.md --\n# Decisions\n\nEach ADR keeps Context, Decision and Consequences.\n"
    (found, _) = fixture(records + asks).problems("section-missing")
    assert found.message == "Section “Consequences” is missing; 4 of 6 records here have it, and README.md asks for it."
    assert not fixture(records).problems("section-missing")


@pytest.mark.parametrize(
    ("mark", "is_asked"), [(" <!-- optional -->", False), (" (optional)", False), (" <!-- facultatif -->", False), ("", True)]
)
def test_what_the_template_calls_optional_is_missing_nowhere(mark: str, *, is_asked: bool) -> None:
    whole = f"{DECISION}\n### Consequences\n\nC.\n"
    records = "".join(f"-- docs/adr/00{n:02}-x{n}.md --\n# X{n}\n\n{whole if n < 12 else DECISION}\n" for n in range(1, 13))
    template = f"-- docs/adr/template.md --\n# Title\n\n{DECISION}\n### Consequences{mark}\n\nWhat follows.\n"
    assert bool(fixture(records + template).problems("section-missing")) == is_asked


@pytest.mark.parametrize(
    ("section", "text", "state", "relations"),
    [
        # The last of several states holds
        ("Status", "Implemented. Superseded by ADR-2.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Umgesetzt. Ersetzt durch ADR-2.", "superseded", ["superseded_by 2 declared"]),
        ("Estado", "Implementado. Reemplazado por ADR-2.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Принято. Заменено на ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("状态", "已接受。已被 ADR-2 取代。", "superseded", ["superseded_by 2 declared"]),
        ("État", "Remplacé par l'ADR 2", "superseded", ["superseded_by 2 declared"]),
        ("状态", "被决策2取代", "superseded", ["superseded_by 2 declared"]),
        ("状态", "被2个决策取代", "superseded", []),
        ("状态", "決定 2 により廃止", "superseded", ["superseded_by 2 declared"]),
        ("状态", "決定2に置き換え", "superseded", ["superseded_by 2 declared"]),
        ("状态", "決定 2024年3月2日", "accepted", []),
        ("상태", "결정 2에 의해 대체됨", "superseded", ["superseded_by 2 declared"]),
        ("Durum", "Karar 2 ile değiştirildi", "superseded", ["superseded_by 2 declared"]),
        ("ステータス", "廃止 (Superseded by ADR-2)", "superseded", ["superseded_by 2 declared"]),
        ("ステータス", "承認済み。ADR-2により置き換えられた。", "superseded", ["superseded_by 2 declared"]),
        ("ステータス", "ADR-2 によって破棄", "superseded", ["superseded_by 2 declared"]),
        ("상태", "ADR-2으로 대체됨", "superseded", ["superseded_by 2 declared"]),
        # A note is no status
        ("Status", "Accepted.\n\nA visit in August closed that\nhistorical gap.", "accepted", []),
        ("Status", "Rejected, because the need was\nreplaced by a contract.", "rejected", []),
        ("Status", "Accepted. The rule of ADR-2 is now\nsuperseded by this one at night.", "accepted", ["amends 2 told"]),
        ("Status", "Accepted\n\nSuperseded stylesheets were dropped, see ADR-2.", "accepted", []),
        # All objects, over the line break
        ("Status", "Accepted. Supersedes\nADR-2 and\nADR-3.", "accepted", ["supersedes 2 declared", "supersedes 3 declared"]),
        ("Statut", "Remplacée par ADR-2\net ADR-3.", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Superseded by ADR-2, not ADR-3.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded by ADR-2 and ADR-3 (fees carry over)", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        (
            "Status",
            "Ersetzt durch ADR-2 und ADR-3 (das Fenster geht an 2; die Gebühren bleiben gleich)",
            "superseded",
            ["superseded_by 2 declared", "superseded_by 3 declared"],
        ),
        ("Status", "Superseded by ADR-2 and ADR-3 (web only)", "accepted", ["superseded_by 2 declared", "amended_by 3 declared"]),
        # Denied
        ("Status", "Accepted\n\nDoes not\nsupersede ADR-2.", "accepted", []),
        ("Status", "Angenommen\n\nErsetzt ADR-2 nicht.", "accepted", []),
        ("Estado", "Aceptada\n\nNo reemplaza a\nADR-2.", "accepted", []),
        ("Statut", "Accepté\n\nNe remplace pas\nl'ADR-2.", "accepted", []),
        ("Status", "Geaccepteerd\n\nVervangt niet\nADR-2", "accepted", []),
        ("ステータス", "承認済み\n\nこのADRはADR-2を置き換えるものではない。", "accepted", []),
        ("Status", "Not superseded by ADR-2 but amended by ADR-3.", "amended", ["amended_by 3 declared"]),
        # In part
        ("Status", "Parts of this ADR were superseded by ADR-2.", "accepted", ["amended_by 2 declared"]),
        ("Status", "Angenommen\n\nTeile dieser ADR wurden durch ADR-2 ersetzt.", "accepted", ["amended_by 2 stated"]),
        ("Stato", "Accettato\n\nSostituisce la sezione 3 di ADR-2", "accepted", ["amends 2 declared"]),
        ("Durum", "Kısmen değiştirildi — [ADR-2](0002-b.md)", "accepted", ["amended_by 2 declared"]),
        ("Durum", "Değiştirildi (ADR-2)", "superseded", ["superseded_by 2 declared"]),
        ("Estado", "Parcialmente modificada — ADR-2", "amended", ["amended_by 2 declared"]),
        ("Статус", "Частично изменён — ADR-2", "amended", ["amended_by 2 declared"]),
        ("状态", "已接受\n\n部分被 ADR-2 取代", "accepted", ["amended_by 2 declared"]),
        ("ステータス", "承認済み\n\nADR-2 により一部置き換え", "accepted", ["amended_by 2 declared"]),
        ("ステータス", "承認済み\n\nこの決定はADR-2を全面的に置き換える。", "accepted", ["supersedes 2 stated"]),
        ("상태", "승인됨\n\nADR-2로 일부 대체됨", "accepted", ["amended_by 2 declared"]),
        ("Durum", "Kabul edildi\n\nADR-2 ile kısmen değiştirildi", "accepted", ["amended_by 2 declared"]),
        ("Статус", "Принято\n\nЗаменяет пункты ADR-2", "accepted", ["amends 2 declared"]),
        ("Status", "Accepted\n\nSupersedes ADR-2 and, in part, ADR-3.", "accepted", ["supersedes 2 declared", "amends 3 declared"]),
        # By what its only statement says, however the records are listed there
        ("Status", "Superseded by: ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("Status", "- **Superseded by:** [ADR-2](0002-b.md)", "superseded", ["superseded_by 2 declared"]),
        ("Statut", "Remplacé par :\n\n- ADR-2\n- ADR-3", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Ersetzt durch\n\n- ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Replaced by:\n[ADR-2](0002-b.md)", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded by:\n\nADR-2 and ADR-3", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Accepted\n\nSuperseded by: none", "accepted", []),
        ("Status", "Accepted\n\nSupersedes:\n\n- ADR-2\n- ADR-3", "accepted", ["supersedes 2 declared", "supersedes 3 declared"]),
        ("Status", "Accepted.\n\nThis ADR supersedes the following:\n\n* ADR-2\n* ADR-3", "accepted", ["supersedes 2 stated", "supersedes 3 stated"]),
        # Behind a state, of others, also by a link
        ("Status", "Akzeptiert\n\nErsetzt [ADR-2](0002-b.md)", "accepted", ["supersedes 2 declared"]),
        ("Status", "Akzeptiert\n\nErsetzt [ADR-2: B](0002-b.md)", "accepted", ["supersedes 2 declared"]),
        ("Status", "Akzeptiert\n\nErsetzt durch [ADR-2](0002-b.md)", "superseded", ["superseded_by 2 declared"]),
        ("状态", "已接受\n\n取代 [ADR-2](0002-b.md)", "accepted", ["supersedes 2 declared"]),
        # By the record to which it leads
        ("Status", "Superseded. See ADR-2.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded\n\nBy ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded\n\n- ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Ersetzt, siehe ADR-2", "superseded", ["superseded_by 2 declared"]),
        ("Estado", "Reemplazada. Ver también ADR-2 para los detalles.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded. It builds on ADR-2.", "superseded", []),
        # The latest row of a table
        ("Status", "| Date | Status |\n|---|---|\n| 2019-01-01 | Accepted |\n| 2020-03-04 | Superseded by ADR-2 |", "superseded", ["superseded_by 2 declared"]),
        ("Estado", "| Estado | Fecha |\n|---|---|\n| Propuesta | 2019-01-01 |\n| Aceptada | 2020-03-04 |", "accepted", []),
        # Other numbers are none
        ("Status", "Accepted (amended 2026-08-02)\n\n**Amended 2026-08-02**: Decisions 2 and 3 recorded the request.", "accepted", []),
        ("Status", "Superseded by ADR-2 — it removed the gate. Phase 1 shipped; phases 4 and 5 were never built.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Accepted (amended on the criteria plus 6 weeks of use)", "accepted", []),
        ("Status", "Accepted\n\n**Corrected 2026-05-01**: fixed prompts (one role per call) + 1-shot merge.", "accepted", []),
        ("Status", "Superseded by 6 small services", "superseded", []),
        ("Status", "Superseded by 2 and 3", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Superseded by 2, 3 and 4", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared", "superseded_by 4 declared"]),
        ("Status", "Ersetzt durch 2 und 3", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Superseded by [2](0002-b.md), 3", "superseded", ["superseded_by None declared", "superseded_by 3 declared"]),
        # An adverb before a verb is of that one
        ("Status", "Accepted — supersedes ADR-2 (the queue) and ADR-3 (the net); partially supersedes ADR-4", "accepted", ["supersedes 2 declared", "supersedes 3 declared", "amends 4 declared"]),
        ("Status", "Angenommen — ersetzt ADR-2; ersetzt teilweise ADR-3", "accepted", ["supersedes 2 declared", "amends 3 declared"]),
        ("Status", "Accepted — supersedes ADR-2 in part; amends ADR-3", "accepted", ["amends 2 declared", "amends 3 declared"]),
        # Brackets with a verb of their own end no list
        ("Status", "Superseded by ADR-2 (dark theme replaced by a light one) and ADR-3 (the final one) — kept", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        ("Status", "Superseded by ADR-2 (ADR-4 replaced ADR-5), ADR-3", "superseded", ["superseded_by 2 declared", "superseded_by 3 declared"]),
        # What a status says at some length is a part of the record
        ("Status", "Accepted for effects; the static model of approvals in the gate is superseded by ADR-2.", "accepted", ["amended_by 2 declared"]),
        ("Status", "Accepted, with its allowance for disposable artifacts in the plan superseded by ADR-2.", "accepted", ["amended_by 2 declared"]),
        ("状态", "现行（其中「只按姓名匹配」要点已于 2026-08-05 被[花名册](0002-b.md)替代）", "accepted", ["amended_by None declared"]),
        # Who did it next is not who was by that
        ("Status", "Accepted. Amended by ADR-2 (2026-08-17) and applied here by ADR-3.", "accepted", ["amended_by 2 declared"]),
        ("Status", "Superseded by ADR-2 — it stays in force except as extended by ADR-2.", "superseded", ["superseded_by 2 declared"]),
        ("Status", "Superseded by ADR-2 and in part by ADR-3", "accepted", ["superseded_by 2 declared", "amended_by 3 declared"]),
        # Steps with their dates
        ("Status", "Submitted, 2017-01-26; Approved 2017-02-22", "accepted", []),
        ("Status", "Vorgeschlagen am 26.01.2017; angenommen am 22.02.2017", "accepted", []),
        ("Status", "Proposed 2017-01-26, accepted 2017-02-22", "accepted", []),
        ("Status", "Proposed 2017-01-26; accepted if the tests pass", "proposed", []),
        ("Status", "Accepted 2017-02-22; proposed 2017-01-26", "accepted", []),
        # For one thing only
        ("Status", "Superseded (for the web) by ADR-2", "accepted", ["amended_by 2 declared"]),
        ("Status", "Ersetzt (nur für das Netz) durch ADR-2", "accepted", []),
        ("Estado", "Reemplazada (para la web) por ADR-2", "accepted", ["amended_by 2 declared"]),
        ("Status", "Superseded (2024-05-01) by ADR-2", "superseded", ["superseded_by 2 declared"]),
        # On a condition
        ("Status", "Draft. Will supersede ADR-2 once accepted.", "draft", ["supersedes 2 told"]),
        ("Status", "Entwurf. Ersetzt ADR-2, sobald angenommen.", "draft", ["supersedes 2 told"]),
    ],
)  # fmt: skip
def test_statements_below_a_status(section: str, text: str, state: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n## {section}\n\n{text}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert found.status is not None
    assert found.status.canonical == state
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("prose", "relations"),
    [
        ("The file has grown. This record supersedes ADR-2 in full.", ["supersedes 2 stated"]),
        ("Diese Entscheidung ersetzt ADR-2 vollständig.", ["supersedes 2 stated"]),
        ("Il a grandi. Cette décision a été remplacée par ADR-2.", ["superseded_by 2 stated"]),
        ("This ADR extends ADR-2 and supersedes ADR-3.", ["amends 2 told", "supersedes 3 stated"]),
        ("This narrows the ADR-2 contract by one field.", ["amends 2 told"]),
        ("Dieses ADR ergänzt ADR-2; es ersetzt keinen Teil davon.", ["amends 2 told"]),
        ("Extended by ADR-2: adds a third mode.", ["amended_by 2 told"]),
        ("ADR-2 supersedes this record.", ["superseded_by 2 told"]),
        ("ADR-2 ersetzt diese Entscheidung.", ["superseded_by 2 told"]),
        ("Dieses ADR löst ADR-2 ab.", ["supersedes 2 stated"]),
        (
            "Diese Entscheidung hebt ADR-2 und ADR-3 (beide zu Kafka) auf und gilt ab sofort.",
            ["supersedes 2 stated", "supersedes 3 stated"],
        ),
        ("Dieses ADR setzt ADR-2 außer Kraft.", ["supersedes 2 stated"]),
        ("Dieses ADR löst ADR-2 teilweise ab.", ["amends 2 stated"]),
        ("Dieses ADR löst ADR-2 nicht ab.", []),
        ("Das hebt ADR-2 auf Stufe 3. Wir lösen das Problem aus ADR-3 ab Mai.", []),
        ("Dit besluit heft ADR-2 op. Het vult ADR-3 aan.", ["supersedes 2 stated", "amends 3 stated"]),
        ("ADR-2 remplace cette décision.", ["superseded_by 2 told"]),
        ("This record is superseded by ADR-2.", ["superseded_by 2 stated"]),
        # A condition in another language is none in that of the verb
        ("Dieses ADR ersetzt ADR-2 als Standard.", ["supersedes 2 stated"]),
        ("Als Standard ersetzt dieses ADR die ADR-2 nicht.", []),
        ("Dit besluit vervangt ADR-2 als iedereen akkoord gaat.", ["supersedes 2 told"]),
        ("Dieses ADR ersetzt ADR-2, sobald sie gilt.", ["supersedes 2 told"]),
        ("Dieses ADR könnte durch ADR-2 ersetzt werden.", ["superseded_by 2 told"]),
        ("Denne beslutning erstatter ADR-2 om lagring.", ["supersedes 2 stated"]),
        ("Det här beslutet ersätter ADR-2 om alla är eniga.", ["supersedes 2 told"]),
        ("- [ADR-2](0002-b.md) — superseded by this ADR", ["supersedes 2 stated"]),
        ("- ADR-2 (supersedes this)", ["superseded_by 2 told"]),
        ("- ADR-2 (supersedes this file server)", []),
        ("- ADR-2 (supersedes — by this record)", []),
        ("The old casts are useless, indeed\nsuperseded by ADR-2 for good.", ["amended_by 2 told"]),
        ("The printers stay. **Superseded by ADR-2 on this point.** All else holds.", ["amended_by 2 told"]),
        ("We replace the cron jobs by the queue of ADR-2.", []),
        ("Diese ADR ersetzt die alten Skripte durch ADR-2.", []),
        ("It builds on ADR-4. Supersedes ADR-2.", ["supersedes 2 stated"]),
        ("This version supersedes the design presented in ADR-2.", ["supersedes 2 stated"]),
        ("Cette solution remplace la conception présentée dans l'ADR-2.", ["supersedes 2 stated"]),
        ("Dieser Ansatz ersetzt den in ADR-2 beschriebenen Entwurf.", ["supersedes 2 stated"]),
        ("This decision is superseded by the overlay model described in:\n\n- `0002-b.md`", ["superseded_by None stated"]),
        ("Cette décision remplace :\n\n- ADR-2\n- ADR-3", ["supersedes 2 stated", "supersedes 3 stated"]),
        ("The tool supersedes:\n\n- the one of ADR-2", []),
        ("ADR-2 is hereby superseded.", ["supersedes 2 stated"]),
        ("Die ADR-2 ist hiermit ersetzt.", ["supersedes 2 stated"]),
        ("ADR-2 can be considered superseded now.", ["supersedes 2 told"]),
        ("ADR-2 should be marked as superseded.", ["supersedes 2 told"]),
        ("ADR-2 was superseded long ago.", []),
        ("ADR-2 is not superseded.", []),
        ("This revises ADR-2 on the wire.", ["amends 2 stated"]),
        ("This is an addendum to ADR-2, updating the ports.", ["amends 2 stated"]),
        ("Cette décision révise ADR-2.", ["amends 2 stated"]),
        ("**Révise ADR-2**", ["amends 2 stated"]),
        ("Cette décision supersède ADR-2.", ["supersedes 2 stated"]),
        ("> **Révisé par ADR-2**", ["amended_by 2 stated"]),
        ("Esta decisão foi revisada por ADR-2.", ["amended_by 2 stated"]),
        ("Diese Entscheidung revidiert ADR-2.", ["amends 2 stated"]),
        ("Deze beslissing herziet ADR-2.", ["amends 2 stated"]),
        ("This decision may be superseded by ADR-2.", ["superseded_by 2 told"]),
        ("May be superseded by ADR-2.", ["superseded_by 2 told"]),
        ("It works. May be superseded by ADR-2.", ["superseded_by 2 told"]),
        ("It does **not**\nsupersede ADR-2, whose rule holds.", []),
        ("Esta decisión\nno sustituye a ADR-2.", []),
        ("Not allowed under ADR-2 as\namended by ADR-3.", []),
        ("As ADR-2 was superseded by ADR-3, we wait.", []),
        ("This supersedes the ADR-2 cost pins, which were too dear.", ["amends 2 stated"]),
        ("Supersede ADR-2 decision #3 for both tenants.", ["amends 2 stated"]),
        ("This record replaces ADR-2 §7 on the wire.", ["amends 2 stated"]),
        ("Dieses ADR ersetzt ADR-2 Abschnitt 4.", ["amends 2 stated"]),
        ("This ADR supersedes the signing rule of the retired [ADR-2](0002-b.md).", ["amends 2 stated"]),
        ("This ADR supersedes the accepted ADR-2.", ["supersedes 2 stated"]),
        ("本决策已被 ADR-2 完整替代，不再作为实现依据。", ["superseded_by 2 stated"]),
        ("本决策已被 ADR-2 部分替代。", ["amended_by 2 stated"]),
        ("本决策未被 ADR-2 完全取代。", []),
        ("La decisión tomada en este ADR ha sido anulada y reemplazada por ADR-2.", ["superseded_by 2 stated"]),
        ("A decisão tomada neste ADR foi substituída pelo ADR-2.", ["superseded_by 2 stated"]),
        ("A regra desta decisão foi substituída pelo ADR-2.", ["amended_by 2 stated"]),
        ("The decision made in this ADR was superseded by ADR-2.", ["superseded_by 2 stated"]),
        ("The second decision of this ADR was superseded by ADR-2.", ["amended_by 2 stated"]),
        ("Este ADR anula y reemplaza la decisión tomada en ADR-2.", ["supersedes 2 stated"]),
        ("Este ADR reemplaza la decisión del ADR-2.", ["supersedes 2 stated"]),
        ("Cette ADR annule et remplace ADR-2.", ["supersedes 2 stated"]),
        ("This ADR describes the cache and replaces ADR-2.", ["supersedes 2 told"]),
        ("このADRはADR-2を置き換えない。", []),
        # A part of each of several
        (
            "This ADR supersedes the fee in ADR `2`, the blunt rule and both tables in ADR `3`, and the rationale in ADR `4`.",
            ["amends 2 stated", "amends 3 stated", "amends 4 stated"],
        ),
        (
            "Diese Entscheidung ersetzt die Gebühr in ADR-2 und die Begründung der ADR-3.",
            ["amends 2 stated", "amends 3 stated"],
        ),
        ("Cette décision remplace la taxe de l'ADR-2 et la justification de l'ADR-3.", ["amends 2 stated", "amends 3 stated"]),
        ("Это решение заменяет размер платы из ADR-2 и обоснование из ADR-3.", ["amends 2 stated", "amends 3 stated"]),
        ("本决策取代 ADR-2 中的费用规则和 ADR-3 的理由。", ["amends 2 stated", "amends 3 stated"]),
        ("本决策取代 ADR-2 的决策，及 ADR-3 的全部内容。", ["supersedes 2 stated", "supersedes 3 stated"]),
        ("本決定はADR-2の料金表とADR-3の根拠を置き換える。", ["amends 2 stated", "amends 3 stated"]),
        ("이 결정은 ADR-2의 요금과 ADR-3의 근거를 대체한다.", ["amends 2 stated", "amends 3 stated"]),
        ("Bu karar ADR-2'nin ücret tablosunun yerine geçer.", ["amends 2 stated"]),
        ("Bu karar ADR-2'nin yerine geçer.", ["supersedes 2 stated"]),
        ("ADR-2の導入時に料金表を置き換えた。", []),
        ("We replace the fee of ADR-2 and keep the table of ADR-3.", ["amends 2 stated"]),
        ("We replace the fee in ADR-2 and the team that works in ADR-3.", ["amends 2 stated"]),
        # Another record does something to a part of this one
        ("ADR-2 and ADR-3 supersede this ADR's fee and its table.", ["amended_by 2 told", "amended_by 3 told"]),
        ("ADR-2 supersedes this record’s blunt fee.", ["amended_by 2 told"]),
        ("ADR-2 supersedes the fee of this record.", ["amended_by 2 told"]),
        ("ADR-2 ersetzt die Gebührenordnung dieser Entscheidung.", ["amended_by 2 told"]),
        ("ADR-2 remplace la taxe de cette décision.", ["amended_by 2 told"]),
        ("ADR-2 заменяет плату этого решения.", ["amended_by 2 told"]),
        ("ADR-2 nahrazuje poplatky tohoto rozhodnutí.", ["amended_by 2 told"]),
        ("ADR-2 取代本决策的费用规则。", ["amended_by 2 told"]),
        ("ADR-2は本決定の料金表を置き換える。", ["amended_by 2 told"]),
        ("ADR-2は本決定を置き換える。", ["superseded_by 2 told"]),
        ("ADR-2가 이 결정의 요금을 대체한다.", ["amended_by 2 told"]),
        ("ADR-2 replaces the mill in which this record is kept.", []),
        ("ADR-2 replaces the mill by the queue of this record.", []),
        ("This ADR's fee is superseded by ADR-2.", ["amended_by 2 stated"]),
        # A participle says what its subject did where nothing says that it was done to it
        ("This ADR superseded the blunt portion of ADR-2.", ["amends 2 stated"]),
        ("This ADR has superseded ADR-2.", ["supersedes 2 stated"]),
        ("ADR-2 superseded this ADR.", ["superseded_by 2 told"]),
        ("ADR-2 has since replaced this record's fee.", ["amended_by 2 told"]),
        ("ADR-2 superseded by this ADR.", ["supersedes 2 stated"]),
        ("ADR-2 has been superseded by this ADR.", ["supersedes 2 stated"]),
        ("Denne beslutningen erstattet ADR-2.", ["supersedes 2 stated"]),
        ("We updated ADR-2 to say so.", []),
        # What stands in front of the verb is another record, or other words
        ("The contexts of the surface (ADR-3 — supersedes ADR-2) are:", ["supersedes 2 told"]),
        ("Traced by ADR-3 (the canvas — supersedes ADR-2).", ["supersedes 2 told"]),
        ("A sheet calls `replaceRecords` (replace-all, ADR-2 decision 5)", ["amends 2 told"]),
        ("The ports are contained (amends ADR-2)", ["amends 2 told"]),
        ("2024-05-01: supersedes ADR-2", ["supersedes 2 stated"]),
        ("Supersedes ADR-2; amends in part ADR-3 (the gate).", ["supersedes 2 stated", "amends 3 stated"]),
        ("Supersedes ADR-2 §3 (the deferral) and updates ADR-3 §6.", ["amends 2 stated", "amends 3 stated"]),
        ("Supersedes ADR-2; the tool of the mill replaces ADR-3.", ["supersedes 2 stated", "amends 3 told"]),
        ("**ADR-3** The object model — replaces ADR-2; it gains a layer.", ["supersedes 2 told"]),
        ("ADR-2を置き換える。広告のためである。", ["supersedes 2 stated"]),
        # What is not meant
        ("This record does NOT:\n\n- define a ratio;\n- replace ADR-2;", []),
        ("Dieses ADR hat nicht zum Ziel:\n\n- ersetzt ADR-2", []),
        # A remark speaks of what stands before it, and of nothing that is listed behind it
        ("- **The gate of a user** (superseded by\n  ADR-2 for the issue): text", ["amended_by 2 told"]),
        ("Die Tabelle der Ports (geändert durch ADR-2) bleibt.", ["amended_by 2 told"]),
        ("- We set the port to 99.\n  *(Superseded by ADR-2: it is 98 now.)*", ["amended_by 2 told"]),
        ("Le port est 99. (Remplacé par ADR-2.)", ["amended_by 2 told"]),
        ("端口为 99。（已被 ADR-2 取代）", ["amended_by 2 told"]),
        ("(Superseded by ADR-2.) The port is 99.", ["superseded_by 2 stated"]),
        ("- The table (as amended by ADR-2) and the ports", ["amended_by 2 told"]),
        ("| ADR-2 | amended by ADR-3 |\n|---|---|\n| x | y |", ["amended_by 3 told"]),
    ],
)
def test_statements_in_prose(prose: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n## Status\n\nAccepted\n\n## Context\n\n{prose}\n", "docs/adr/0009-x.md")
    assert found.status is not None
    assert found.status.canonical == "accepted"
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("head", "relations"),
    [
        ("> 状态：已替代\n> 替代：[B](0012-b.md)", ["superseded_by 0012-b.md"]),  # a later one
        ("> 状态：已替代\n> 替代：ADR-3", ["supersedes None"]),
        ("> 状态：已接受\n> 替代：[B](0012-b.md)", ["supersedes 0012-b.md"]),
        ("> 狀態：已取代\n> 取代：[B](0012-b.md)", ["superseded_by 0012-b.md"]),
        ("Status: Superseded\nSupersedes: ADR-12", ["supersedes None"]),
    ],
)
def test_a_key_that_does_not_say_who_replaced_whom(head: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n{head}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.path}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("notice", "state"),
    [
        ("> ⚠️ **Superseded by ADR-2** — which says it all", "superseded"),
        ("> ⚠️ **Superado por ADR-2** — que lo amplía", "superseded"),
        ("> 🟢 **ACTIVE — 유효.** 현행이다.", "accepted"),
        ("> 🗑 **REMOVED — its time is over**", "deprecated"),
        ("**Rejected.** It was too dear.", "rejected"),
        ("> **Veraltet**", "deprecated"),
        ("> 🔶 **Amended by ADR-2** — in one point", None),
        ("> **Accepted risks** are told below.", None),
        ("> **Proposed solution**: a queue", None),
        ("**Discussion:** https://forge.example/boats/pull/4", None),
        ("**Proposal:** [#4](https://forge.example/boats/pull/4)", None),
        ("**Vorschlag**: von Eva", None),
        ("**Superseded:** [ADR-2](0002-b.md) says it all", "superseded"),
        ("**Proposed.** We shall see.", "proposed"),
        ("> Accepted", None),
        ("A queue. **Rejected** by nobody.", None),
    ],
)
def test_a_notice_below_a_title(notice: str, state: str | None) -> None:
    found = record(f"# Use Kafka\n\n{notice}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert (found.status and (found.status.canonical, found.status.evidence)) == (state and (state, "stated"))
    stated = record(f"# Use Kafka\n\n{notice}\n\nStatus: Proposed\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert stated.status is not None
    assert stated.status.canonical == "proposed"


@pytest.mark.parametrize(
    ("links", "relations"),
    [
        ("- Related ADRs: ADR-2, ADR-3 — amended by this ADR,\n  ADR-4, ADR-5 — who sees what", ["amends 3 stated"]),
        ("- Siehe auch: ADR-2, ADR-3 — ersetzt durch diese Entscheidung, ADR-4", ["supersedes 3 stated"]),
        ("- Related: ADR-2 (amended by the sixth stage), ADR-3 (one format), ADR-4", []),
        ("- Related: ADR-2 (variables and scope overrides), ADR-3, ADR-4", []),
        ("- Related: ADR-2 (the retention this narrows), ADR-3 (that of before)", []),
        ("- Related: ADR-2 (a sheet — this extends the same words to a host), ADR-3 (the picker)", []),
        ("- Planned ADR-2 — a third role. Extends ADR-3, ADR-4 and ADR-5.", []),
        ("- ADR-2: die Warteschlange. Ersetzt ADR-3.", []),
        ("- Extends ADR-2 (the contract) and ADR-3 (the pattern)", ["amends 2 told", "amends 3 told"]),
        ("- Extends: ADR-2 (the contract)", ["amends 2 stated"]),
        ("- Extends ADR-2", ["amends 2 declared"]),
        ("- Complète l'ADR-2", ["amends 2 declared"]),
        ("- Amends ADR-2 (the contract) and ADR-3 (the pattern)", ["amends 2 stated", "amends 3 stated"]),
        ("- [Supersedes] ADR-2", ["supersedes 2 declared"]),
        ("- **ADR-3** Object model — replaces ADR-2; an object has a layer", ["supersedes 2 told"]),
        ("- ADR-3 (the canvas) — supersedes ADR-2", ["supersedes 2 told"]),
        ("- Supersedes ADR-3 (which replaced ADR-2)", ["supersedes 3 stated", "amended_by 2 told"]),
        ("- Builds on ADR-3; supersedes ADR-2", ["supersedes 2 stated"]),
        ("- ADR-3 (queues); supersedes ADR-2", ["supersedes 2 stated"]),
        ("- ADR-2 — Adoption of lanes (superseded by this decision).", ["supersedes 2 stated"]),
        ("- ADR-2: Lifecycle (extended by this record)", ["amends 2 told"]),
        ("- ADR-2 : les voies (remplacée par cette décision)", ["supersedes 2 stated"]),
        ("- ADR-2: the lanes. Amended by this ADR.", ["amends 2 stated"]),
        ("- ADR-2 — the lanes (superseded by this team)", []),
        ("- Superseded sections: ADR-2 §3 and §4", []),
        ("- Superseded ADRs: ADR-2, ADR-3", []),
        ("- Superseded (for durations) by ADR-2", ["amended_by 2 stated"]),
    ],
)
def test_statements_in_lists_of_links(links: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n## Status\n\nAccepted\n\n## Links\n\n{links}\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("title", "relations"),
    [
        ("Split the queue (extends ADR-2)", ["amends 2 declared"]),
        ("Die Warteschlange (ersetzt [ADR-2](0002-x.md) und ADR-3)", ["supersedes 2 declared", "supersedes 3 declared"]),
        ("Split the queue (amends the lanes of ADR-2)", ["amends 2 stated"]),
        ("Split the queue (as of ADR-2)", []),
        ("What replaced ADR-2", []),
    ],
)
def test_statements_behind_a_title(title: str, relations: list[str]) -> None:
    found = record(f"# ADR-9: {title}\n\nStatus: Accepted\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("head", "relations"),
    [
        ("**Fee rule superseded by [ADR-2](0002-use-two.md)**: what was put off is settled there.", ["amended_by 2 stated"]),
        ("**Supersedes when Accepted: ADR-2,\nDecision section only.** The rest stays.", ["amends 2 told"]),
        ("**Supersedes:** Remaining items from ADR-2", ["amends 2 declared"]),
        (
            "- **Status:** Accepted\n- **Amends:** ADR-2 (the lanes, with new\n  parts: masts, sails), ADR-3 (the quay)",
            ["amends 2 declared", "amends 3 declared"],
        ),
        ("**Supersedes:** None (extends ADR-2, ADR-3)", ["amends 2 declared", "amends 3 declared"]),
        ("**Supersedes:** none — extends ADR-2", ["amends 2 declared"]),
        ("**Ersetzt:** keine (ergänzt ADR-2)", ["amends 2 declared"]),
        ("**Supersedes:** None (ADR-2 goes on to hold)", []),
        ("**Supersedes:** Extends ADR-2 (does not replace it)", ["amends 2 declared"]),
        ("**Supersedes:** ADR-2 (extends ADR-3)", ["supersedes 2 declared"]),
        ("**Superseded by:** None (extends ADR-2)", ["amends 2 declared"]),
        ("**Related:** supersedes ADR-2; extends ADR-3; see ADR-4", ["supersedes 2 declared", "amends 3 declared"]),
        ("**Sustituye parcialmente:** ADR 2, solo en los estados", ["amends 2 declared"]),
        ("**Complementa:** ADR 2", ["amends 2 declared"]),
        ("**Parzialmente sostituita da:** ADR-2", ["amended_by 2 declared"]),
        ("**Estende:** ADR-2", ["amends 2 declared"]),
        ("**Уточняет:** ADR-2", ["amends 2 declared"]),
        ("- **状态**：已接受\n- **补充**：ADR-2", ["amends 2 declared"]),
        ("Supersession note: ADR-2 supersedes this ADR's fee. The rest holds.", ["amended_by 2 stated"]),
        ("Supersession note: ADR-2 supersedes this ADR.", ["superseded_by 2 stated"]),
        ("Hinweis zur Ablösung: ADR-2 ersetzt die Gebühr dieser Entscheidung.", ["amended_by 2 stated"]),
        ("- 상태: 제안됨 (요금은 ADR-2로 보완됨)", ["amended_by 2 declared"]),
        ("- ステータス: 承認済み（ADR-2により補完）", ["amended_by 2 declared"]),
        ("- 後継: ADR-2", ["superseded_by 2 declared"]),
        ("- 대체 대상: ADR-2\n- 보완: ADR-3", ["supersedes 2 declared", "amends 3 declared"]),
        ("**Relationship** — amends ADR-2.", ["amends 2 stated"]),
        ("**Supersedes:** ADR-3\n**Relationship** — amends ADR-2.", ["supersedes 3 declared", "amends 2 stated"]),
        ("**Date:** 2021-01-02\n**Beziehung** – ersetzt ADR-2\n**Owner:** all", ["supersedes 2 stated"]),
        ("**Relations:** amends ADR-2; supersedes ADR-3", ["amends 2 stated", "supersedes 3 stated"]),
        (
            "> **Superseded (2026-05-10):** the outbox, the workflow and the view layer are retired by ADR-2, and all that it sat on by ADR-3.",
            ["superseded_by 2 declared", "superseded_by 3 declared"],
        ),
        ("**Supersedes:** ADR-2 decision 3 (the database) for the mill", ["amends 2 declared"]),
        ("**Ersetzt:** ADR-2 Entscheidung #3", ["amends 2 declared"]),
        ("**Supersedes:** ADR-2 (which was only ever *proposed*)", ["supersedes 2 declared"]),
        ("- Estado: reemplazada por `0002`", ["superseded_by 2 declared"]),
        ("- Status: accepted\n- Supersedes:\n  - ADR-2\n  - ADR-3", ["supersedes 2 declared", "supersedes 3 declared"]),
        ("Status: Accepted\nSupersedes: ADR-2,\nADR-3\nDate: 2021-01-01", ["supersedes 2 declared", "supersedes 3 declared"]),
    ],
)  # fmt: skip
def test_statements_below_a_title(head: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n{head}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("line", "title"),
    [("9. Use Kafka", "Use Kafka"), ("**ADR-009: Use Kafka**", "Use Kafka"), ("ADR 9 – Kafka", "Kafka"), ("8. Use Kafka", None), ("We met.", None)],
)  # fmt: skip
def test_a_first_line_with_the_number_is_the_title(line: str, title: str | None) -> None:
    found = record(f"{line}\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n", "docs/adr/009-x.md")
    assert (found.title, found.heading) == (title, None)


@pytest.mark.parametrize(("mark", "count"), [("# ", 1), ("", 0)])
def test_a_title_that_is_no_heading_is_told_where_the_others_are(mark: str, count: int) -> None:
    others = "".join(f"-- docs/adr/000{n}-x.md --\n{mark}{n}. X{n}\n\nWhy.\n\n" for n in (1, 2, 3))
    found = fixture(f"{others}-- docs/adr/0004-y.md --\n4. Y\n\nWhy not.\n").problems("title-missing")
    assert [one.offered[0].title for one in found] == ["Make it a heading"] * count


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("0009-add-logger", "Add a logger for messages"),
        ("add_logger", "Add a logger for messages"),
        ("Add a logger", "Add a logger"),
        ("Logger", "Logger"),
    ],
)
def test_a_title_that_is_only_a_slug_gives_way_to_the_heading(front: str, title: str) -> None:
    found = record(f"---\ntitle: {front}\n---\n# Add a logger for messages\n\nStatus: Accepted\n", "docs/adr/0009-x.md")
    assert found.title == title


@pytest.mark.parametrize(
    ("front", "body", "state"),
    [
        ("status: active\nadr_status: Proposed", "- **Status**: Proposed", "proposed"),
        ("adr-status: Superseded\nstatus: active", "", "superseded"),
        ("decision_status: rejected\nstatus: published", "", "rejected"),
        ("status: active\nreview_status: open", "", "accepted"),
        ("decision: draft\nimplementation: unplanned", "", "draft"),
        ("decisión: aceptada", "", "accepted"),
        ("decision: We take Kafka", "", None),
        ("status: accepted\ndecision: draft", "", "accepted"),
    ],
)
def test_of_two_statuses_in_front_matter_that_of_the_decision_counts(front: str, body: str, state: str | None) -> None:
    found = record(f"---\n{front}\n---\n# Use Kafka\n\n{body}\n\n## Context\n\nText.\n")
    assert {one.canonical for one in found.statuses} == ({state} if state else set())


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Décision (MADR)", "Use Kafka"),
        ("ADR", "Use Kafka"),
        ("Decision on records", "Decision on records"),
        ("Kafka", "Kafka"),
    ],
)
def test_a_title_that_could_be_of_any_record_gives_way_to_the_heading(title: str, wanted: str) -> None:
    assert record(f"---\ntitle: {title}\n---\n# Use Kafka\n").title == wanted
    assert record(f"---\ntitle: {title}\n---\n\n## Context\n").title == title


@pytest.mark.parametrize(
    "heading",
    ["一、背景", "（一）背景", "1、背景", "第一章 背景", "第 1 节：背景", "十二．背景", "1. 背景", "제1장 배경", "2) Contexto"],
)
def test_numbers_before_the_name_of_a_section_are_none_of_it(heading: str) -> None:
    assert [section.role for section in record(f"# X\n\n## {heading}\n\nx\n").sections] == ["context"]


def test_what_only_looks_like_a_number_is_a_part_of_the_name() -> None:
    names = ["一致性", "第三方", "3D Kontext", "百度"]
    text = "".join(f"## {name}\n\nx\n\n" for name in names)
    assert [section.name for section in record(f"# X\n\n{text}").sections] == names


def test_a_byte_order_mark_within_a_file_hides_no_title() -> None:
    found = record("> Was: ADR-3\n\n\ufeff# ADR-009: Use Kafka\n\n## Status\n\nAccepted\n", "docs/adr/009-x.md")
    assert found.title == "Use Kafka"


@pytest.mark.parametrize("key", ["supersededBy", "SupersededBy", "superseded_by", "ersetztDurch"])
def test_keys_are_read_however_their_words_are_joined(key: str) -> None:
    found = record(f"---\nstatus: accepted\n{key}: 'docs/adr/0002-x.md'\n---\n\n# Use Kafka\n", "docs/adr/0009-x.md")
    assert [(one.relation, one.mention.path) for one in found.relations] == [("superseded_by", "docs/adr/0002-x.md")]


def test_a_bracket_in_the_title_speaks_for_itself() -> None:
    found = record("# [Superseded by ADR-2] Only allow short notes\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number}" for one in found.relations] == ["superseded_by 2"]


@pytest.mark.parametrize("heading", ["Alternatives", "Considered Options", "Betrachtete Alternativen", "選択肢"])
def test_an_option_says_only_what_might_have_been(heading: str) -> None:
    found = record(f"# Use Kafka\n\n## {heading}\n\n- **A queue each (supersede ADR-2)**: too dear.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.evidence}" for one in found.relations] == ["supersedes told"]


@pytest.mark.parametrize(
    ("front", "status", "date", "relations"),
    [
        ("adr:\n    created: 24-Jan-2026\n    status: proposed\n", "proposed", "2026-01-24", []),
        ("status: accepted\nreviews: {status: done, date: 2025-01-01}\n", "accepted", None, []),
        ("status: accepted\nadr: {status: rejected}\n", "accepted", None, []),
        ("links:\n  - target: 2\n    kind: supersededby\n  - target: 3\n    kind: amends\n", None, None, ["superseded_by 2", "amends 3"]),
        ("links: [{kind: Supersedes, target: '0002'}]\n", None, None, ["supersedes 2"]),
        (
            "relations:\n  - type: partially-supersedes\n    target: ADR-0002\n    scope: x\n  - {target: ADR-3, type: superseded_in_part_by}\n",
            None, None, ["amends 2", "amended_by 3"],
        ),
        ("stage: released # or more?\nstart-date: 2021-01-02T00:00:00.000Z\n", "accepted", "2021-01-02", []),
        ("metadata:\n  supersedes: [2, 3]\n", None, None, ["supersedes 2", "supersedes 3"]),
    ],
)  # fmt: skip
def test_front_matter_one_level_down(front: str, status: str | None, date: str | None, relations: list[str]) -> None:
    found = record(f"---\n{front}---\n\n# Use Kafka\n")
    assert found.title == "Use Kafka"
    assert (found.status and found.status.canonical, found.date and found.date.iso) == (status, date)
    assert [f"{one.relation} {one.mention.number}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("front", "line", "date"),
    [
        ("created: 2025-11-23", "**Date**: 2021-01-02", "2021-01-02"),
        ("created: 2025-11-23", "**Datum**: 2021-01-02", "2021-01-02"),
        ("created: 2025-11-23", "**Date**: soon", "2025-11-23"),
        ("created: 2025-11-23", "**Created**: 2021-01-02", "2025-11-23"),
        ("date: 2025-11-23", "**Date**: 2021-01-02", "2025-11-23"),
    ],
)
def test_when_a_file_was_made_is_no_date_where_a_text_has_one(front: str, line: str, date: str) -> None:
    found = record(f"---\n{front}\n---\n\n# Use Kafka\n\n{line}\n\n## Context\n\nC.\n")
    assert found.date is not None
    assert found.date.iso == date


@pytest.mark.parametrize(
    ("front", "relations"),
    [
        ("supersedes: ADR-2", ["supersedes 2"]),
        ("relations: [{type: supersedes, target: ADR-2}]", ["supersedes 2"]),
        ("related: ADR-3", ["amends 2"]),
        ("supersedes: ADR-3", ["amends 2", "supersedes 3"]),
    ],
)
def test_the_parts_of_what_is_superseded_are_not_amended_besides(front: str, relations: list[str]) -> None:
    found = record(f"---\n{front}\n---\n# 7. X\n\n## Decision\n\nThis decision supersedes ADR-2's tag format and its caller.\n")
    assert sorted({f"{one.relation} {one.mention.number}" for one in found.relations}) == relations


def test_other_kinds_of_relation_in_front_matter_are_references() -> None:
    front = (
        "relations:\n  - type: see-also\n    target: ADR-2\n  - type: builds-on\n    target: ADR-3\n  - {type: owner, id: 4}\n"
    )
    found = record(f"---\n{front}---\n\n# Use Kafka\n")
    assert [mention.number for mention in found.mentions] == [2, 3]
    assert not found.relations


@pytest.mark.parametrize(
    ("heading", "path", "number", "title"),
    [
        ("UTF-8 everywhere", "0003-utf-8-everywhere.md", 3, "UTF-8 everywhere"),
        ("UTF-8 everywhere", "0008-utf-8-everywhere.md", 8, "UTF-8 everywhere"),
        ("SHA-256 for digests", "0004-digests.md", 4, "SHA-256 for digests"),
        ("L2 rollout: first stage", "0004-l2-rollout.md", 4, "L2 rollout: first stage"),
        ("L2 rollout: first stage", "0002-l2-rollout.md", 2, "L2 rollout: first stage"),
        ("Support UTF-8 only for exports", "0004-x.md", 4, "Support UTF-8 only for exports"),
        ("SDK 7 custom widgets", "0004-sdk-7-custom-widgets.md", 4, "SDK 7 custom widgets"),
        ("R8 Code Shrinking", "0019-r8-code-shrinking.md", 19, "R8 Code Shrinking"),
        ("RFC 7807 for errors", "0007-errors.md", 7, "RFC 7807 for errors"),
        ("12 factor apps", "0012-12-factor-apps.md", 12, "12 factor apps"),
        ("2FA for all", "0002-2fa.md", 2, "2FA for all"),
        ("API-004: States", "0004-states.md", 4, "States"),
        ("ADR [004]: States", "0004-states.md", 4, "States"),
        ("Use it [4] again", "0004-states.md", 4, "Use it [4] again"),
        ("Harbour RFC 0004: States", "0004-states/README.md", 4, "States"),
        ("Harbour.io RFC 0004 - States", "rfc-0004-states.md", 4, "States"),
        ("Node.js 4 - States", "0004-states.md", 4, "Node.js 4 - States"),
        ("Harbour RFC 0005: States", "0004-states/README.md", 4, "Harbour RFC 0005: States"),
        ("3-tier architecture", "0004-tier-architecture.md", 4, "3-tier architecture"),
        ("ADR-002: Use of GPT-4", "adr-002-gpt.md", 2, "Use of GPT-4"),
    ],
)
def test_an_identifier_in_a_title_is_its_own(heading: str, path: str, number: int, title: str) -> None:
    found = record(f"# {heading}\n\nText.\n", f"docs/adr/{path}")
    assert (found.number, found.title) == (number, title)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# 5. Validation\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n", "Validation"),
        ("# Migration\n\n## Status\n\nAccepted\n", "Migration"),
        ("# Context\n\n## Status\n\nAccepted\n\n## Decision\n\nD.\n", "Context"),
        ("# Context\n\nC.\n\n# Decision\n\nD.\n", None),
        ("# Title: Use Kafka\n\n## Context\n\nC.\n", "Use Kafka"),
        ("# Meta\n- Name: Use Kafka\n- Status: Draft\n\n## Context\n\nC.\n\n## Decision\n\nD.\n", "Use Kafka"),
        ("# Metadaten\n- **Name:** Kafka nehmen\n\n## Kontext\n\nC.\n", "Kafka nehmen"),
        ("## タイトル：キューを使う\n\n## コンテキスト\n\nC.\n", "キューを使う"),
        ("## Título: Usar Kafka\n\n- Aceptada\n\n## Contexto\n\nC.\n", "Usar Kafka"),
        ("# Meta\n\n- Name: Use Kafka\n- Start Date: 2026-01-02\n\n# Summary\n\nS.\n", "Use Kafka"),
        ("- Feature Name: use_kafka\n- Start Date: 2026-01-02\n\n# Summary\n\nS.\n", "use_kafka"),
    ],
)
def test_titles_that_sections_share(source: str, title: str | None) -> None:
    assert record(source, "docs/adr/0005-x.md").title == title


@pytest.mark.parametrize(
    ("area", "status", "date"),
    [
        ("Status: Accepted\nCreated Date: 2026-01-03", "accepted", "2026-01-03"),
        ("## Info\n\nRecord: 1\n\nDate: 2024-07-01", None, "2024-07-01"),
        ("## Angaben\n\n- Status: Angenommen\n- Datum: 01.07.2024", "accepted", "2024-07-01"),
        ("## Дата создания\n\n2025-04-01", None, "2025-04-01"),
        ("## Status\n\nОтменено (0003)", "deprecated", None),
        ("## Rollout\n\nWe go by sites:\n\n- Date: 2024-07-01", None, None),
        ("## Overview\n\nHow to report?\n\n* Date: 2021/11/12\n* Status: Decided\n* Deciders: All", "accepted", "2021-11-12"),
        ("## Info: how\n\nQuestion: how?\n\n* **Date**: 2021-11-12\n* Status: **Decided**", "accepted", "2021-11-12"),
        ("## Überblick\n\nWie berichten wir?\n\n- Datum: 2021-11-12\n- Status: Angenommen", "accepted", "2021-11-12"),
        ("## Overview\n\nOrders have:\n\n* Date: 2021-11-12\n* some lines\n* Status: open", None, None),
        ("## Overview\n\nOrders have:\n\n* Date: when it came\n* Status: where it is", None, None),
        ("## Overview\n\nX.\n\n## Orders\n\nThey have:\n\n* Date: 2021-11-12\n* Status: accepted", None, None),
        (
            "## Change Log\n\n- [proposed](https://example.org/1) (2023-01-21)\n- [approved](https://example.org/2) (2023-02-01)",
            "accepted",
            "2023-02-01",
        ),
        ("## Historique\n\n- 2021-01-02 : proposé\n- 2021-03-02 : accepté", "accepted", "2021-03-02"),
        (
            "## History\n\n| Date | State |\n|---|---|\n| 2021-03-02 | Accepted |\n| 2021-01-02 | Proposed |",
            "accepted",
            "2021-03-02",
        ),
        ("- Status: Drafted\n- Date(s): <!-- required -->\n  - drafted: 2021-01-02\n  - ...", "draft", "2021-01-02"),
        ("* Status: Angenommen\n* **Datum**:\n  * Entwurf: 02.01.2021\n  * Angenommen: 04.02.2021", "accepted", "2021-02-04"),
        ("- Status: Accepted\n- Date:\n  - of the fog: one of those in May\n  - drafted: 2021-01-02", "accepted", None),
        ("## Status\n\nAceito\n\n## Data\n\n2021-01-02 (Atualizado: 2021-03-04)", "accepted", "2021-01-02"),
        ("## Changelog\n\n- 2024-01-01: first text\n- 2024-05-11: accepted changes of fog", None, None),
        ("Ann Lee  \nAccepted: 2018-09-01", "accepted", "2018-09-01"),
        ("- Vorgeschlagen: 01.08.2018\n- Angenommen: 01.09.2018", "accepted", "2018-09-01"),
        ("- Abgelehnt: 01.10.2018\n- Angenommen: 01.09.2018", "rejected", "2018-10-01"),
        ("**Aceptado:** 2018-09-01", "accepted", "2018-09-01"),
        ("> Proposé : 2018-09-01", None, "2018-09-01"),  # when it was put forward tells not what has become of it
        ("已接受：2018-09-01", "accepted", "2018-09-01"),
        ("Status: Draft\nAccepted: 2018-09-01", "draft", "2018-09-01"),
        ("Accepted: 2018-09-01 by all but one", None, None),
        ("Accepted: the boats", None, None),
        ("Accepted risks: 2018-09-01", None, None),
        ("Lake: 2018-09-01", None, None),
    ],
)
def test_metadata_in_sections(area: str, status: str | None, date: str | None) -> None:
    found = record(f"# Use Kafka\n\n{area}\n\n## Context\n\nText.\n")
    assert (found.status and found.status.canonical, found.date and found.date.iso) == (status, date)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ADR-0001/ADR-0002", ["ADR-0001", "ADR-0002"]),
        ("yard#505/ADR-0003's second paragraph", ["ADR-0003"]),
        ("ADR-001/002", ["ADR-001", "002"]),
        (
            "ADR-2025-001, OPS-2025-012 and ADR-2025-0103; ADR-2025-01, ADR-2025-001-x",
            ["ADR-2025-001", "OPS-2025-012", "ADR-2025-0103"],
        ),
        ("(ADR-002/006/007/008/009 remain)", ["ADR-002", "006", "007", "008", "009"]),
        (
            "ADR-1/2/3, ADR-12/13/14, ADRs 0001/0002/0003",
            ["ADR-1", "2", "3", "ADR-12", "13", "14", "ADRs 0001", "0002", "0003"],
        ),
        ("ADR 12/05/26, ADR 1/2/2023, ADR-001/002/2023, docs/ADR-001/002/003, X-001/002/003", []),
        ("ADRs 1–3, ADRs 4-5", ["ADRs 1", "3", "ADRs 4", "5"]),
        ("ADRs (0002–0004), ADR (0003) of years (0002), ADR (2), ADR (2020-01)", ["0002", "0004", "0003"]),
        ("ADR 1 & 2", ["ADR 1", "2"]),
        (
            "As of Decisions 0002 and 0003, decision #0004, record n°0005; Décision 0006",
            ["0002", "0003", "0004", "0005", "0006"],
        ),
        (
            "Entscheidung Nr. 0003, Entscheidungen 0004 und 0005, 決定0006により, 決定 0007、0008",
            ["0003", "0004", "0005", "0006", "0007", "0008"],
        ),
        ("decision 3, decisions 2 and 3, decision 2020, decision 0001-02, decision 0001.5, indecision 0001, decision/0001", []),
        ("ADR-2–4, ADR-4–2, ADRs 1-2.", ["ADR-2", "4", "ADR-4", "ADRs 1", "2"]),
        (
            "ADR-0001 i 0004, ADR-0001, 0002 en 0004, ADR-0001 a 0004",
            ["ADR-0001", "0004", "ADR-0001", "0002", "0004", "ADR-0001", "0004"],
        ),
        ("ADR-0001 en 2024, ADR-0001 a 2024", ["ADR-0001", "ADR-0001"]),
        (
            "见ADR-0001、0002和0004, ADR-0001と0004, ADR-0001과 0004",
            ["ADR-0001", "0002", "0004", "ADR-0001", "0004", "ADR-0001", "0004"],
        ),
        ("(ADR-002/006/007/008 remain) ADR-011/012/013.", ["ADR-002", "006", "007", "008", "ADR-011", "012", "013"]),
        ("ADR-002/006/20-01, ADR-002/006/2020-01", []),
        ("台帳（ADR-0001参照）、前にADR-0002で、𠮷ADR-0003𩸽", ["ADR-0001", "ADR-0002", "ADR-0003"]),
        ("docs/ADR-3, OLDADR 1, ADR-0001x7, ADR-2.1", []),
        ("ADR-2023-05-09, ADR-20230509-02に従い, ADR 20230509", ["ADR-2023-05-09", "ADR-20230509-02", "ADR 20230509"]),
        ("ADR-2023-05-9, ADR-20230509-02-slug, docs/ADR-20230509, ADR-18991231, ADR-202305091", []),
        ("ADR-1. Read pages 2 & 3, and either/or 1/2", ["ADR-1"]),
        ("the pre-ADR-2 layout, a post-ADR-3 one, nach-ADR-4; X-ADR-5, my-ADR-6", ["ADR-2", "ADR-3", "ADR-4", "X-ADR-5"]),
        ('see <a href="0002-b.md">that</a>, <a href="/about">us</a>', ['<a href="0002-b.md"']),
        ("see `0002-b.md` and ` docs/adr/ADR-3-c.md `", ["`0002-b.md`", "` docs/adr/ADR-3-c.md `"]),
        ("ADR `0001`, ADRs `0002` and `0003`, the ADR `#4`", ["ADR `0001`", "ADRs `0002`", "`0003`", "ADR `#4`"]),
        ("参见ADR`0001`、`0002`。Laut ADR-`3` und den ADRs `4` und `5`", ["ADR`0001`", "`0002`", "ADR-`3`", "ADRs `4`", "`5`"]),
        ("`3` to `21`, the ADR `3 to 21`, ADR ``7``, ADR `0001-x`, `ADR 0001`, ADR `1.2`, CADR `3`, x/ADR `3`", []),
        ("```text\nADR `0001`\n```\n\n    ADR `0001`\n\n<!-- ADR `0001` -->", []),
        ("ADR 0001 and `0002`, ADR `0001` and 0002, ADR `7` and `8`", ["ADR 0001", "ADR `0001`", "ADR `7`"]),
        ("[`0002-b.md`](0002-b.md), `cat 0002-b.md`, ``0002-b.md``, `README.md`", ["[`0002-b.md`](0002-b.md)"]),
    ],
)
def test_references(text: str, named: list[str]) -> None:
    found = record(f"# Use Kafka\n\n{text}\n", "docs/adr/0009-x.md")
    assert [mention.span.of(found.text) for mention in found.mentions] == named


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("use-mysql.adoc", "=== Use MySQL\n\n==== Context\n\nx\n\n==== Status\nApproved\n", "Use MySQL"),
        ("use-mysql.md", "### MySQL einsetzen\n\n#### Kontext\n\nx\n\n#### Entscheidung\n\nx\n", "MySQL einsetzen"),
        ("use-mysql.md", "## Overview of it\n\nx\n\n## Context\n\nx\n\n## Decision\n\nx\n", None),
        ("use-mysql.md", "## Context\n\n### Decision\n\nx\n\n### Status\n\nx\n", None),
        ("use-mysql.md", "## Use MySQL\n\n### Context\n\nx\n\n### Details\n\nx\n", None),
        ("use-mysql.md", "---\ntitle: MySQL\n---\n## Use it\n\n### Context\n\nx\n\n### Decision\n\nx\n", "MySQL"),
    ],
)
def test_a_heading_above_all_others_is_the_title(path: str, text: str, title: str | None) -> None:
    assert record_of(f"docs/adr/{path}", text).title == title


@pytest.mark.parametrize(
    ("status", "relations"),
    [
        ("Superseded by ADR-2 (Phases 3 and 4 were never built)", ["superseded_by 2"]),
        ("Superseded by ADR-2: Phases 3 and 4 were never built", ["superseded_by 2"]),
        ("Superseded by 0003 and 0004", ["superseded_by 3", "superseded_by 4"]),
    ],
)
def test_numbers_of_parts_in_a_status_name_no_records(status: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n## Status\n\n{status}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number}" for one in found.relations] == relations
    assert len(found.mentions) == len(relations)


@pytest.mark.parametrize(
    ("status", "number"),
    [
        ("Superseded by no. 003", 3),
        ("Nahrazeno 003", 3),
        ("Abgelöst durch Nr. 003", 3),
        ("Sustituida por la 003", 3),
        ("Substituída pela 003", 3),
        ("Substituído por nº 003", 3),
        ("Remplacée par la 003", 3),
        ("Remplacé par le n° 003", 3),
        ("Sostituito da n. 003", 3),
        ("Sostituito dal 003", 3),
        ("Vervangen door nr. 003", 3),
        ("Zastąpione przez nr 003", 3),
        ("Заменено 003", 3),
        ("Заменена на № 003", 3),
        ("Замінено на 003", 3),
        ("已被 003 取代", 3),
        ("Ersatt av nr 003", 3),
        ("Superseded by decision 3", 3),
        ("Ersetzt durch die Entscheidung Nr. 3", 3),
        ("Remplacée par la décision 3", 3),
        ("Zastąpiona przez decyzję 3", 3),
        ("Заменено решением 3", 3),
        ("已被决策 3 取代", 3),
        ("Superseded by decision 3 others made", 3),
        ("Superseded by 3 decisions", None),
        ("Superseded 2021", None),
        ("Sustituida por la 2", None),
        ("Abgelöst durch die 2 Teile", None),
        ("Superseded in release 003", None),
        ("Zurückgestellt, Nr. 003 war dafür", None),
    ],
)
def test_a_status_may_name_its_successor_by_a_number_alone(status: str, number: int | None) -> None:
    found = record(f"# Use Kafka\n\n**Status**: {status}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [(one.relation, one.mention.number) for one in found.relations] == [("superseded_by", number)] * (number is not None)
    assert number is None or (found.status is not None and found.status.canonical == "superseded")


@pytest.mark.parametrize(
    ("listed", "relations"),
    [
        ("ADR-2 (amended by the enabler), ADR-3, ADR-4 (one format)", []),
        ("ADR-2 (amended by ADR-5), ADR-3", []),
        ("ADR-2 (den dieses Dokument ergänzt), ADR-3", []),
        ("Superseded (as said above) by ADR-2", ["superseded_by 2 stated"]),
        ("[ADR-2](0002-b.md) (the fees, and what this narrows), ADR-3 (retired)", []),
    ],
)
def test_a_note_in_brackets_is_of_the_name_before_it(listed: str, relations: list[str]) -> None:
    found = record(f"# Use Kafka\n\n## Links\n\n* {listed}\n", "docs/adr/0009-x.md")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in found.relations] == relations


@pytest.mark.parametrize(
    ("front", "named"),
    [
        ("related:\n  issues: []\n  adrs: [ADR-7, 'ADR-8'] # both", ["ADR-7", "ADR-8"]),
        ("relations:\n  - type: informed_by\n    target: ADR-7\n  - target: CTX-3", ["ADR-7", "CTX-3"]),
        ("seen:\n  - ADR-7\n  - none, as ADR-8 says", ["ADR-7"]),
        ("id: ADR-9\nname: Beyond ADR-7", []),
    ],
)
def test_records_that_are_values_of_front_matter_are_named_whatever_the_key(front: str, named: list[str]) -> None:
    found = record(f"---\n{front}\n---\n# Use Kafka\n", "docs/adr/0009-x.md")
    assert [mention.span.of(found.text) for mention in found.mentions] == named


DAYS = {
    "ADR-20260102-01 and ADR 20260102-2": ["20260102-01-a.md", "20260102-02-b.md"],
    "ADR-2026-01-03": ["20260103-c.md"],
    "which of them, ADR-20260102? And ADR-20260102-03, ADR-20260105, TPL-20260103": [],
    "`20260103`, 20260103": [],
}


@pytest.mark.parametrize(("text", "named"), DAYS.items(), ids=DAYS)
@pytest.mark.parametrize("front", [True, False])
def test_a_record_with_a_day_and_no_number_is_named_by_its_day(text: str, named: list[str], *, front: bool) -> None:
    head = f"---\nrelated:\n  - {text.partition(' and ')[0]}\n---\n\n# D\n" if front else f"# D\n\n{text}\n"
    given = fixture(
        "".join(
            f"-- docs/adr/{name}.md --\n# X\n\n## Status\n\nAccepted\n"
            for name in ("20260102-01-a", "20260102-02-b", "20260103-c")
        )
        + f"-- docs/adr/20260104-d.md --\n{head}"
    ).workspace
    source = next(record for path, record in given.records.items() if "0104" in path)
    found = {given.names.resolve(source.path, mention).path for mention in source.mentions} - {None}
    wanted = named[:1] if front else named
    assert sorted(path.rpartition("/")[2] for path in found if path) == wanted


def test_the_order_of_day_and_month_is_that_of_the_other_records() -> None:
    given = fixture(
        "-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nApproved by the board 3/16/2020\n"
        "-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nApproved by the board 04/08/20\n"
    )
    assert given.workspace.date(given.file("docs/adr/0002-b.md")) == "2020-04-08"


@pytest.mark.parametrize(
    ("name", "written", "date"),
    [
        ("20220713-use-kafka.md", "7/12/2022", "2022-07-12"),
        ("20220713-use-kafka.md", "12/07/2022", "2022-07-12"),
        ("2022-12-09-use-kafka.md", "7/12/2022", "2022-12-07"),
        ("20220303-use-kafka.md", "7/12/2022", "2022-12-07"),
    ],
)
def test_the_date_in_the_files_name_tells_day_from_month(name: str, written: str, date: str) -> None:
    given = fixture(f"-- docs/adr/{name} --\n# Use Kafka\n\nDate: {written}\n")
    assert given.workspace.date(given.file(f"docs/adr/{name}")) == date


OWN_KEYS = [
    ("- Status: Accepted\n- Date: 2024-02-01\n- Approval level: medium\n", {"Approval level": "medium"}),
    ("- Status: Accepted\n- Approval level:\n", {"Approval level": ""}),
    ("* Estado: Aceptado\n* Nivel de aprobación: medio\n", {"Nivel de aprobación": "medio"}),
    ("Status: Angenommen\nFreigabestufe: mittel\nDatum: 2024-02-01\n", {"Freigabestufe": "mittel"}),
    ("Status: Accepted  \nDate: 2024-02-01  \nApproval level:\n", {"Approval level": ""}),
    ("- **Status**: Accepted\n- Approval level: medium\n", {"Approval level": "medium"}),
    ("| Status | Accepted |\n|---|---|\n| Approval level | |\n", {"Approval level": ""}),
    # Prose, however it begins
    ("- Status: Accepted\n- We did it: it works.\n- And then\n", {}),
    ("- Cost: low\n- Effort: high\n- Risk: none\n", {}),
    ("Note: this is prose\nwith a colon.\n", {}),
    ("Status: unclear what it should be: we see.\nWhy: because\n", {}),
]


@pytest.mark.parametrize(("area", "own"), OWN_KEYS)
def test_keys_of_the_teams_own_stand_among_those_of_all(area: str, own: dict[str, str]) -> None:
    record = Record("/w/docs/adr/0001-a.md", f"# 1. A\n\n{area}\n## Context\n\nC.\n")
    assert {field.key: field.value for field in record.fields if field.role is None} == own


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("implemented", ("Implémenté, ✅ Implémentée, Implémenté(e), mise en œuvre, Umgesetzt, Implementiert, Geïmplementeerd, Implementato, "
         "Implementata, Implementado, Implementada, Implementert, Implementerad, Implementeret, Wdrożone, Внедрено, Implementováno, Впроваджено")),
        ("in progress", ("EN RÉDACTION, In Arbeit, In Bearbeitung, In bewerking, In stesura, En redacción, Em andamento, Under arbeid, "
         "Under arbete, Under udarbejdelse, W przygotowaniu, В работе, Rozpracováno, В роботі")),
        ("on hold", ("Suspendu ⏸, Suspendue, Zurückgestellt, Uitgesteld, In sospeso, Suspendido, En espera, Suspensa, På vent, Vilande, "
         "Udskudt, Wstrzymana, Отложено, Odloženo, Відкладено")),
        ("partially implemented", ("partiellement implémenté, teilweise umgesetzt, gedeeltelijk geïmplementeerd, parzialmente implementata, "
         "parcialmente implementado, delvis implementert, częściowo wdrożone, частично реализовано")),
    ],
)  # fmt: skip
def test_a_state_of_the_work_means_the_same_in_every_language(english: str, words: str) -> None:
    meant = status.read(english)
    found = {word: status.read(word) for word in words.split(", ")}
    assert {word: (said.canonical, said.partial) for word, said in found.items()} == dict.fromkeys(
        found, (meant.canonical, meant.partial)
    )


@pytest.mark.parametrize(
    ("badge", "state"),
    [
        ("[![Generic badge](https://badgen.net/badge/ADR/approved/green/)](https://example.org/adr/README.md)", "accepted"),
        ("![Status](https://img.shields.io/badge/status-rejected-red?style=flat)", "rejected"),
        ("![Status](https://img.shields.io/badge/Status-Under%20review-yellow)", "proposed"),
        ("![Estado](https://img.shields.io/badge/estado-en_revisión-yellow)", "proposed"),
        ("![Build](https://img.shields.io/badge/build-passing-green)", "other"),
        ("![Accepted](https://example.org/rejected.svg)", "accepted"),
    ],
)
def test_a_status_on_a_badge(badge: str, state: str) -> None:
    for source in (f"# 1. Kafka\n\n## Status\n\n{badge}\n\n## Context\n\nC.\n", f"# 1. Kafka\n\n**Status**: {badge}\n"):
        found = record(source)
        assert found.status is not None
        assert found.status.canonical == state


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Stav: Prijato", "accepted"),
        ("Statut : remplacee par ADR-2", "superseded"),
        ("Situacao: Rejeitada", "rejected"),
        ("Statut : remplace ADR-2", "other"),
        ("Durum: gecerli degil", "other"),
        ("Status: Zastapiona przez ADR-2", "superseded"),
    ],
)
def test_words_without_their_accents(line: str, state: str) -> None:
    found = record(f"# 1. Kafka\n\n{line}\n\n## Kontext\n\nK.\n")
    assert found.status is not None
    assert found.status.canonical == state


@pytest.mark.parametrize(
    ("heading", "said", "state"),
    [
        ("Proposal Status", "Status: Rejected", "rejected"),
        ("What is the status of the proposal?", "**Status:** Proposed", "proposed"),
        ("Status of this decision", "Accepted", "accepted"),
        ("상태 (Status)", "Rejected", "rejected"),
        ("Status (상태)", "Rejected", "rejected"),
        ("Stav (Status)", "Rejected", "rejected"),
        ("Status (Rejected)", "It was too dear.", "rejected"),
        ("7. Status of the ADR", "- Status: Accepted", "accepted"),
        ("Status dieser Entscheidung", "Status: Abgelehnt", "rejected"),
        ("Quel est le statut de cette décision ?", "Statut : Accepté", "accepted"),
        ("Estado de la decisión", "Estado: Aceptado", "accepted"),
        ("Stato della decisione", "Stato: Accettata", "accepted"),
        ("Implementation status", "Status: Rejected", None),
        ("Status of ADR-7", "Status: Rejected", None),
        ("Checking the Service Status", "Status: Rejected", None),
        ("Status of the art", "Status: Rejected", None),
        ("Decision: status of the orders", "Status: Rejected", None),
        ("Architecture status", "Status: Rejected", None),
    ],
)
def test_a_status_below_a_longer_heading(heading: str, said: str, state: str | None) -> None:
    found = record(
        f"# Use Kafka\n\n## Context\n\nC.\n\n## Options\n\nO.\n\n## Decision\n\nD.\n\n## {heading}\n\n{said}\n\n## Links\n\nL.\n"
    )
    assert (found.status and found.status.canonical) == state


@pytest.mark.parametrize(
    ("name", "title", "is_record"),
    [
        ("0001-template.md", "ADR-0001: [Tytuł decyzji]", False),
        ("0001-adr-template.md", "1. ADR template", False),
        ("0000-vorlage.md", "Vorlage", False),
        ("new-architecture-decision.md", "[Decision title]", False),
        ("0001-template.md", "1. Use Nygard's template", True),
        ("0001-use-a-template.md", "1. [Decision title]", True),
        ("0001-use-kafka.md", "1. [Decision title]", True),
        ("0001-new-decision.md", "1. [Decision title]", True),
        ("new-architecture-decision.md", "Decide with all", True),
    ],
)
def test_a_file_that_is_nothing_but_a_template_is_no_record(name: str, title: str, *, is_record: bool) -> None:
    body = "## Status\n\nProposed\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
    others = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n{body}" for n in (2, 3, 4))
    found = logs(f"{others}-- docs/adr/{name} --\n# {title}\n\n{body}")
    assert (name in found["docs/adr"]) == is_record


@pytest.mark.parametrize(
    ("heading", "title", "state"),
    [
        ("Draft: Use Kafka", "Use Kafka", "draft"),
        ("1. Rejected: Use Kafka", "Use Kafka", "rejected"),
        ("[Rejected] Use Kafka", "Use Kafka", "rejected"),
        ("Superseded by <0002-b.md>: Use Kafka", "Use Kafka", "superseded"),
        ("Superceded by <0002-b.md>: Use Kafka", "Use Kafka", "superseded"),
        ("Abgelehnt: Kafka verwenden", "Kafka verwenden", "rejected"),
        ("Brouillon : Kafka", "Kafka", "draft"),
        ("Accepted practice: use Kafka", "Accepted practice: use Kafka", None),
        ("Proposal: Use Kafka", "Proposal: Use Kafka", None),
        ("Propuesta: usar Kafka", "Propuesta: usar Kafka", None),
        ("Concept: Kafka", "Concept: Kafka", None),
        ("Rejected messages: keep them", "Rejected messages: keep them", None),
        ("Rejected", "Rejected", None),
        ("ADR-001: Use Kafka [ACCEPTED]", "Use Kafka", "accepted"),
        ("Use Kafka (superseded by ADR-7)", "Use Kafka", "superseded"),
        ("1. Kafka einsetzen (abgelehnt)", "Kafka einsetzen", "rejected"),
        ("ADR-001: Use Kafka [ACCEPTED — MANDATORY]", "Use Kafka", "accepted"),
        ("ADR-001: Use Kafka [rejected, too dear]", "Use Kafka", "rejected"),
        ("1. Kafka [ZAMÍTNUTO: příliš drahé]", "Kafka", "rejected"),
        ("Use Kafka [PLANNED]", "Use Kafka", "other"),
        ("Use Kafka [PARTIAL — all but the audit]", "Use Kafka", "other"),
        ("Use Kafka [planned]", "Use Kafka [planned]", None),
        ("Use Kafka [REST]", "Use Kafka [REST]", None),
        ("Use Kafka [DECISION]", "Use Kafka [DECISION]", None),
        ("Use Kafka (rejected messages)", "Use Kafka (rejected messages)", None),
        ("Use Kafka (proposal)", "Use Kafka (proposal)", None),
        ("ADR-001: Use Kafka (2024-05-01, status: accepted)", "Use Kafka", "accepted"),
        ("ADR-001: Kafka [Datum: 2024-05-01; Status: abgelehnt]", "Kafka", "rejected"),
        ("Use Kafka (port: 9092)", "Use Kafka (port: 9092)", None),
    ],
)
def test_a_status_before_a_title(heading: str, title: str, state: str | None) -> None:
    found = record(f"# {heading}\n\n## Context\n\nC.\n")
    assert (found.title, found.status and found.status.canonical) == (title, state)
    stated = record(f"# {heading}\n\nStatus: Accepted\n\n## Context\n\nC.\n")
    assert stated.status is not None
    assert (stated.title, stated.status.canonical) == (heading.removeprefix("1. ").removeprefix("ADR-001: "), "accepted")


@pytest.mark.parametrize(
    ("text", "state", "date"),
    [
        ("- **Date initiale** : 18 novembre 2025\n- **Statut** : implémenté", "accepted", "2025-11-18"),
        ("Status: Diferida\nFecha inicial: 2021-01-02", "proposed", "2021-01-02"),
        ("상태: 보류\n최초 작성일: 2021-01-02", "proposed", "2021-01-02"),
        ("Date of submission: 2021-01-02\nStatus: To be implemented", "accepted", "2021-01-02"),
        ("*Status*: Accepted\n*Date*: 2021-01-02", "accepted", "2021-01-02"),
        ("_Statut_ : Accepté  \n_Date_ : 2021-01-02", "accepted", "2021-01-02"),
        ("**Status**\nAccepted\n\n**Date**\n2021-01-02", "accepted", "2021-01-02"),
        ("**Estado**\nAceptado\n**Fecha**\n2021-01-02\n**Autores**\nJane", "accepted", "2021-01-02"),
        ("**Status**\nThe state of the art is poor.", None, None),
        ("## Status & Date\n\nAccepted, 2021-01-02", "accepted", "2021-01-02"),
        ("## Estado y fecha\n\nAceptado 2021-01-02", "accepted", "2021-01-02"),
        ("## Status and Risk\n\nAccepted", None, None),
        ("## Design\n\nD.\n\n### Status\n\nThe policy should have a ready condition that says so.", None, None),
        ("## Terms\n\n### Record\n\n#### State\n\nWhere a lock is, be it open or not. See below.", None, None),
        ("## About\n\n### Status\n\nParked for this spring", "other", None),
        ("## Status History\n\n| Date | Change |\n|---|---|\n| 2021-01-01 | Proposed |\n| 2021-01-02 | Accepted |", "accepted", "2021-01-02"),
        ("Status: Accepted\nDate: ca. 2021-01-02", "accepted", "2021-01-02"),
        ("## Context\n\nC.\n\n## Decision\n\nD.\n\n_Data: 2021-01-02_\n\n_Ultima revisione: 2021-07-29._", None, "2021-01-02"),
        ("## Context\n\nC.\n\n## Decision\n\nD.\n\n---\n\n**Status**: Accepted\n**Decision Date**: 2021-01-02", "accepted", "2021-01-02"),
        ("## Context\n\nC.\n\n## Decision\n\nThe date: 2021-01-02 is when it begins.", None, None),
        ("```\nStatus: Accepted\nDate: 2021-01-02\n```\n\n## Context\n\nC.", "accepted", "2021-01-02"),
        ("~~~yaml\nstatut: Accepté\ndate: 2021-01-02\nauteur: Jane\n~~~\n\n## Contexte\n\nC.", "accepted", "2021-01-02"),
        ("Text.\n\n```\nStatus: Accepted\nDate: 2021-01-02\n```", None, None),
        ("```\nStatus: Accepted\nDate: 2021-01-02\nrun it\n```", None, None),
        ("## Navigation\n\n- [Up](../x.md)\n- [Index](index.md)\n\n---\n\nStatus: Accepted\nDate: 2021-01-02", "accepted", "2021-01-02"),
        ("## Navigation\n\n- [Up](../x.md)\n\n---\n\nStatus: Accepted\n\nDate: 2021-01-02\n\n---", "accepted", "2021-01-02"),
        ("## Navigation\n\n- [Up](../x.md)\n\n---\n\nThe status: it is good.", None, None),
        ("## 状态 (Status)\n\n**已接受 (Accepted)**\n日期: 2021-01-02", "accepted", "2021-01-02"),
        ("## Status\n\n**Accepted**\nDate: 2021-01-02", "accepted", "2021-01-02"),
        ("> 状态: 已采纳 | 适用范围: x | 最后更新: 2021-01-02", "accepted", "2021-01-02"),
        ("Status: Accepted\nLast modified: 2021-01-02", "accepted", "2021-01-02"),
        ("Status: Accepted (2021-01-01)\nLast modified: 2021-01-02", "accepted", "2021-01-01"),
        ("Date: 2021-01-01\nLast updated: 2021-01-02", None, "2021-01-01"),
        ("**Statut :** Accepté (essai) · suite ouverte (place) · 2021-01-02", "accepted", "2021-01-02"),
        ("**Status:** Accepted | 2021-01-02 | reviewed 2021-01-03", "accepted", "2021-01-02"),
        ("> **Statut : superseded par ADR-3** (grill)\n\n## Statut\n\nUne approche mise en place sous pression de temps, sans plus.", "superseded", None),
    ],
)  # fmt: skip
def test_metadata_in_other_places(text: str, state: str | None, date: str | None) -> None:
    found = record(f"# Use Kafka\n\n{text}\n")
    assert (found.status and found.status.canonical, found.date and found.date.iso) == (state, date)


NAMED = {
    "240112A-use-zfs": "2024-01-12 YYMMDDA-slug",
    "20240112b-use-zfs": "2024-01-12 YYYYMMDDb-slug",
    "2024-01-12-a-boat": "2024-01-12 YYYY-MM-DD-slug",
    "2026-001-use-zfs": "2026 1 2026-NNN-slug",
    "ADR-2026-014-use-zfs": "ADR-2026 14 ADR-2026-NNN-slug",
    "2026-01-use-zfs": "2026 NNNN-slug",
    "ADR-2026-01-12-use-zfs": "ADR 2026-01-12 ADR-YYYY-MM-DD-slug",
    "rfc_20260112": "rfc 2026-01-12 rfc_YYYYMMDD",
    "ODH-DEC-2026-01-12": "ODH-DEC 2026-01-12 ODH-DEC-YYYY-MM-DD",
    "meeting-2026-01-12": "slug",
    "ADR-2026-13-12-use-zfs": "ADR 2026 ADR-NNNN-slug",
    "123456-use-zfs": "123456 NNNNNN-slug",
    "ADR-CRC32-sums": "slug",
    "ccc-jb-001-use-zfs": "ccc-jb 1 ccc-jb-NNN-slug",
    "use-of-001-zfs": "slug",
    "raise-limit-001-zfs": "slug",
    "my-map-12-zfs": "slug",
    "ADR0032-sums": "ADR 32 ADRNNNN-slug",
    "D7-routing": "D 7 DN-slug",
    "KT07-routing": "KT 7 KTNN-slug",
    # A word right behind a number that is filled up
    "0011UseKafka": "11 NNNNslug",
    "002Testing": "2 NNNslug",
    "003UIKit": "3 NNNslug",
    "ADR0011UseKafka": "ADR 11 ADRNNNNslug",
    "0004使用Kafka": "4 NNNNslug",
    "0005ВыборБазы": "5 NNNNslug",
    "2020Vision": "slug",
    "02Testing": "slug",
    "007abc": "slug",
    "007Ab3": "slug",
    "00AFBE01": "slug",
    "00Afbe01": "slug",
    "0001st": "slug",
}


@pytest.mark.parametrize(("stem", "said"), NAMED.items(), ids=NAMED)
def test_numbers_and_dates_in_file_names(stem: str, said: str) -> None:
    name = name_of(f"docs/adr/{stem}.md")
    parts = [name.prefix, "" if name.number is None else str(name.number), name.date or "", name.pattern]
    assert " ".join(part for part in parts if part) == said


@pytest.mark.parametrize(
    ("heading", "title", "state", "date"),
    [
        ("Use Kafka | Date: 13/10/25", "Use Kafka", None, "2025-10-13"),
        ("Use *Kafka* | Status: accepted | Date: 2025-10-13", "Use Kafka", "accepted", "2025-10-13"),
        ("ADR-001: Kafka einsetzen | Datum: 13.10.2025", "Kafka einsetzen", None, "2025-10-13"),
        ("Use Kafka | Date: of whatever form", "Use Kafka | Date: of whatever form", None, None),
        ("Use Kafka | Port: 9092", "Use Kafka | Port: 9092", None, None),
        ("Use Kafka | Port: 9092 | Date: 13/10/25", "Use Kafka | Port: 9092 | Date: 13/10/25", None, None),
        ("Use Kafka | 13/10/25", "Use Kafka | 13/10/25", None, None),
    ],
)
def test_metadata_behind_a_bar_in_a_title(heading: str, title: str, state: str | None, date: str | None) -> None:
    found = record(f"# {heading}\n\n## Context\n\nC.\n")
    assert (found.title, found.status and found.status.canonical, found.date and found.date.iso) == (title, state, date)


def test_numbers_that_count_within_a_year_are_of_that_year() -> None:
    text = "".join(
        f"-- docs/adr/{year}-00{n}-x{year}{n}.md --\n# {year}-00{n}: X{year}{n} and Y\n\n"
        for year in (2025, 2026)
        for n in (1, 2)
    )
    given = fixture(text)
    assert not given.problems("duplicate-number", "number-mismatch")
    records = given.workspace.records.values()
    assert [(one.id, one.title) for one in records][:2] == [("2025-001", "X20251 and Y"), ("2025-002", "X20252 and Y")]


def test_records_with_a_prefix_and_a_day_have_no_number_in_common() -> None:
    given = fixture(
        "-- docs/adr/DEC-2026-01-02-use-zfs.md --\n# Use ZFS\n\n## Status\n\nAccepted\n"
        "-- docs/adr/DEC-2026-01-03-use-nfs.md --\n# Use NFS\n\n## Status\n\nAccepted\n\n## Context\n\nSee DEC-2026-01-02.\n"
    )
    assert not given.problems("duplicate-number", "number-mismatch", "reference-unknown")
    one, two = given.workspace.records.values()
    assert (one.date, two.date, one.number) == (None, None, None)
    assert [given.workspace.date(record) for record in (one, two)] == ["2026-01-02", "2026-01-03"]
    assert given.workspace.refers_to(two) == (one,)


REFERRING = {
    "[ADR 2](00002-pipeline-security.md)": True,  # the file is called otherwise now
    "[it](0002-security-of-pipelines.md)": True,
    "[ADR 2](0002-trees.md)": False,  # another record had the number
    "[it](https://forge.example/boats/boat/blob/feature/new-rules/docs/adr/0002-pipeline-release-security.md)": True,
    "[it](https://forge.example/boats/boat/blob/main/boats/docs/adr/0002-pipeline-release-security.md)": False,
}


@pytest.mark.parametrize(("text", "refers"), REFERRING.items())
def test_what_a_link_evidently_means_is_referred_to_though_it_leads_nowhere(text: str, *, refers: bool) -> None:
    given = fixture(
        f"-- docs/adr/0001-x.md --\n# 1. X\n\nSee {text}.\n-- docs/adr/0002-pipeline-release-security.md --\n# 2. Security of releases\n"
    )
    assert [one.number for one in given.workspace.refers_to(given.record)] == [2] * refers


def test_a_link_to_the_request_in_which_a_record_was_proposed_refers_to_it() -> None:
    pull = "https://forge.example/boats/rfcs/pull"
    given = fixture(
        f"-- docs/adr/0001-x.md --\n- Start Date: 2021-01-02\n- RFC PR: [#5]({pull}/5)\n\n# X\n\nSee [oars]({pull}/6), [this]({pull}/5) [it]({pull}/7) and [that]({pull}/8).\n"
        f"-- docs/adr/0002-oars.md --\n- Start Date: 2021-01-02\n- RFC PR: {pull}/6\n\n# Oars\n\nOars.\n"
        f"-- docs/adr/0003-sails.md --\n- Start Date: 2021-01-02\n- RFC PR: {pull}/7\n\n# Sails\n\nSails.\n"
        f"-- docs/adr/0006-keels.md --\n- Start Date: 2021-01-02\n- RFC PR: {pull}/8\n\n# Keels\n\nSee [oars]({pull}/6).\n"
        f"-- docs/adr/0008-rudders.md --\n- RFC PR: {pull}/8\n- Start Date: 2021-01-02\n\n# Rudders\n\nRudders.\n"
        f"-- docs/adr/0004-masts.md --\n- Start Date: 2021-01-02\n- RFC PR: {pull}/7\n\n# Masts\n\nMasts, see [oars]({pull}/66).\n"
    )
    refers = {
        one.number: [other.number for other in given.workspace.refers_to(one)] for one in given.workspace.records.values()
    }
    assert refers == {1: [2, 8], 2: [], 3: [], 4: [], 6: [2], 8: []}


BOXES = {
    '!!! info "Status"\n    **Accepted** — 2024-05-06': ("accepted", "2024-05-06"),
    '!!! note "Stav"\n\tPřijato\n\t**Datum**: 2024-05-06': ("accepted", "2024-05-06"),
    ":::info Status\nRejected\n:::": ("rejected", None),
    '!!! info "Status of the API"\n    The API is accepted.': (None, None),
    '!!! warning "Status"\n    We talk about it here.': (None, None),
}


@pytest.mark.parametrize(("box", "said"), BOXES.items(), ids=BOXES)
def test_a_box_that_is_titled_status_has_it(box: str, said: tuple[str | None, str | None]) -> None:
    record = fixture(f"-- docs/adr/0001-x.md --\n# 1. X\n\n{box}\n\n## Context\n\nA\n\n## Decision\n\nB\n").record
    assert (record.status and record.status.canonical, record.date and record.date.iso) == said


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("✅\nAccepted", "accepted"),
        ("> ❌\n> Rejected", "rejected"),
        ("--\nSuperseded by ADR-0002", "superseded"),
        ("🚀\nAccepted", "accepted"),
        ("🚀\n\nRejected", "rejected"),
        ("✅\nSuperseded by ADR-0002", "superseded"),
        ("🚀", "other"),
        ("Accepted. — Superseded", "accepted"),
        ("Accepted ([ superseded ])", "accepted"),
    ],
)
def test_marks_before_a_status_hinder_nobody_from_reading(said: str, canonical: str) -> None:
    found = record(f"# 1. Use Kafka\n\n## Status\n\n{said}\n\n## Context\n\nOrders.\n").status
    assert found is not None
    assert found.canonical == canonical


@pytest.mark.parametrize(
    ("stem", "number", "date", "slug", "shown"),
    [
        ("0003-use\nrust", 3, None, "use\nrust", "ADR-0003"),
        ("0003-\n", 3, None, "\n", "ADR-0003"),
        ("ADR-003-use\r\nrust", 3, None, "use\r\nrust", "ADR-003"),
        ("2024-01-02-use\nrust", None, "2024-01-02", "use\nrust", "2024-01-02-use rust"),
        ("use\n\nrust", None, None, "use\n\nrust", "use rust"),
    ],
)
def test_a_name_with_a_break_of_lines_is_a_name_and_is_shown_in_one_line(
    stem: str, number: int | None, date: str | None, slug: str, shown: str
) -> None:
    name = name_of(f"docs/adr/{stem}.md")
    assert (name.number, name.date, name.slug) == (number, date, slug)
    assert Record(f"docs/adr/{stem}.md", "# Use Rust\n").id == shown


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("ADR-0002, 0003", [2, 3]),
        ("0002 and 0003 (queues)", [2, 3]),
        ("the decision 0002; see also 0003", [2, 3]),
        ("ADR-0002. Needed for workplan 0015, ticket 0016 and Paket Nr. 0017", [2]),
        ("Entscheidung Nr. 0002", [2]),
    ],
)
def test_a_number_behind_a_noun_for_something_else_is_that_of_no_record(value: str, numbers: list[int]) -> None:
    found = record(f"# Use Kafka\n\n- **Related:** {value}\n\n## Context\n\nText.\n", "docs/adr/0009-x.md")
    assert [mention.number for mention in found.mentions] == numbers


@pytest.mark.parametrize(
    ("path", "lines", "said"),
    [
        ("0009-use-kafka.md", "# Architecture Decision Record\n\n## Use Kafka", "ADR-0009 Use Kafka"),
        ("0009-use-kafka.md", "# Запись архитектурного решения\n\n## 9. Use Kafka", "ADR-0009 Use Kafka"),
        ("0009-use-kafka.md", "# Architecture Decision Record\n\n## Introduction", "ADR-0009 Architecture Decision Record"),
        ("0009-use-kafka.md", "---\ntitle: Kafka\n---\n# ADR: Use Kafka", "ADR-0009 Use Kafka"),
        ("0009-use-kafka.md", "---\ntitle: Take Kafka\n---\n# Use Kafka", "ADR-0009 Take Kafka"),
        ("0009-use-kafka.md", "# Use Kafka\n\n## Kafka at a glance", "ADR-0009 Use Kafka"),
        ("0009-use-kafka.md", "# Fiche de décision d'architecture n° 9 : Use Kafka", "ADR-0009 Use Kafka"),
        ("use-kafka.md", "# アーキテクチャ決定記録 0009：Use Kafka", "ADR-0009 Use Kafka"),
        ("use-kafka.md", "# Architekturentscheidung 9: Use Kafka", "ADR-9 Use Kafka"),
    ],
)
def test_what_says_only_what_kind_of_text_it_is_is_none_of_the_title(path: str, lines: str, said: str) -> None:
    found = record(f"{lines}\n\n## Status\n\nAccepted\n\n## Context\n\nText.\n", f"docs/adr/{path}")
    assert f"{found.id} {found.title}" == said
