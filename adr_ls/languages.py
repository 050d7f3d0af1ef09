"""The words in which people write ADRs: statuses, section names, metadata keys and relations, language by language.

This is data and nothing else. To add a language, add one `Language` to `LANGUAGES`; every reader, rule and completion uses it at
once. Words stand in lower case, without punctuation; a status or section matches by its whole text or, for statuses, by how the
text begins. Sources: the templates listed in https://adr.github.io/adr-templates/ and public ADR collections.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Canonical = Literal["draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "amended", "other", "none"]
"""What a status comes to, whatever a team calls it; ``other`` is a status in words of its own, ``none`` no status at all."""

STATUSES: tuple[Canonical, ...] = ("draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "amended")

Relation = Literal["superseded_by", "supersedes", "amended_by", "amends", "related"]
"""How one record stands to another; each but ``related`` has its converse."""

CONVERSE: Mapping[Relation, Relation] = MappingProxyType(
    {"superseded_by": "supersedes", "supersedes": "superseded_by", "amended_by": "amends", "amends": "amended_by"},
)


@dataclass(frozen=True)
class Language:
    """The words of one language: for each meaning those in use, the usual one first."""

    name: str
    statuses: Mapping[Canonical, tuple[str, ...]] = field(default_factory=dict)
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: Mapping[Relation, tuple[str, ...]] = field(default_factory=dict)
    in_part: tuple[str, ...] = ()
    """Words that say that a relation covers the other record only in part."""
    by: tuple[str, ...] = ()
    """What stands between a status such as "superseded" and the record that did it."""


ENGLISH = Language(
    "English",
    statuses={
        "draft": ("draft", "wip", "work in progress", "initial", "idea", "in progress", "incomplete"),
        "proposed": (
            "proposed", "proposal", "pending", "under review", "in review", "review", "under discussion", "in discussion",
            "discussion", "rfc", "request for comments", "open", "provisional", "requested", "undecided", "suggested",
            "for review", "ready for review", "awaiting approval", "awaiting decision", "on hold", "deferred", "postponed",
            "experimental", "trial",
        ),
        "accepted": (
            "accepted", "approved", "decided", "adopted", "agreed", "active", "done", "implemented", "verified", "living",
            "final", "finalized", "finalised", "ratified", "current", "enacted", "in effect", "in force", "effective",
            "complete", "completed", "accept", "approve", "resolved", "partially accepted", "partially implemented",
            "partially adopted", "partly implemented", "in use", "committed", "confirmed", "closed", "released", "published",
            "implementing", "in implementation", "merged", "stable", "conditionally accepted", "conditional go", "go",
        ),
        "rejected": ("rejected", "declined", "withdrawn", "denied", "refused", "cancelled", "canceled", "abandoned", "reject",
                     "not accepted", "not approved", "discarded", "dropped", "no go"),
        "deprecated": ("deprecated", "retired", "obsolete", "obsoleted", "moot", "reverted", "revoked", "expired", "archived",
                       "no longer relevant", "historical", "inactive", "removed", "rescinded"),
        "superseded": ("superseded", "superceded", "superseeded", "supersede", "replaced", "overridden", "obsoleted by",
                       "deprecated by", "superseding"),
        "amended": ("amended", "extended", "supplemented", "modified", "revised", "updated", "clarified"),
        "other": ("tbd", "placeholder", "todo", "status", "unknown"),
    },
    sections={
        "status": ("status", "adr status", "decision status", "state"),
        "context": (
            "context", "context and problem statement", "context & problem statement", "problem statement", "problem",
            "background", "issue", "motivation", "prologue", "why", "problem description", "the problem", "context and problem",
            "background and context", "context and background", "introduction", "summary of the problem", "overview",
            "current situation", "situation", "context and motivation", "problem statement and context",
        ),
        "decision": (
            "decision", "decisions", "decision outcome", "outcome", "solution", "resolution", "the decision", "how",
            "recommendation", "chosen option", "decision made", "final decision", "our decision", "proposed decision",
            "decision taken", "what we decided", "proposed solution", "design", "proposal", "approach", "conclusion",
        ),
        "consequences": (
            "consequences", "consequence", "implications", "impact", "results", "result", "trade-offs", "tradeoffs",
            "outcomes", "effects", "consequences and trade-offs", "impacts", "pros and cons", "positive consequences",
            "negative consequences", "consequences of the decision", "repercussions", "risks and consequences",
        ),
        "alternatives": (
            "alternatives considered", "alternatives", "considered options", "options considered", "options",
            "considered alternatives", "alternative approaches", "alternatives rejected", "rejected alternatives",
            "pros and cons of the options", "rejected solutions", "other options considered", "alternative solutions",
            "options analysis", "evaluated alternatives", "alternatives evaluated", "positions", "candidates to consider",
            "other options", "possible solutions",
        ),
        "drivers": ("decision drivers", "drivers", "forces", "requirements", "decision criteria", "evaluation criteria", "criteria",
                    "goals", "constraints", "assumptions"),
        "rationale": ("rationale", "reasons", "justification", "reasoning", "argument", "discussion", "why this decision"),
        "references": ("references", "links", "reference", "related", "related documents", "resources", "further reading", "see also",
                       "related decisions", "related adrs", "more information", "related links", "related resources", "sources",
                       "related records", "external references"),
        "confirmation": ("confirmation", "validation", "compliance", "verification", "compliance and enforcement"),
        "changelog": ("changelog", "change log", "history", "revision history", "revisions", "release history"),
        "notes": ("notes", "note", "comments", "additional notes", "appendix", "remarks"),
        "summary": ("summary", "tl;dr", "tldr", "abstract", "executive summary", "gist"),
        "date": ("date", "decision date"),
        "deciders": ("deciders", "decision makers", "author", "authors", "author(s)", "stakeholders", "participants", "owner"),
        "supersedes": ("supersedes",),
        "superseded_by": ("superseded by",),
    },
    fields={
        "status": ("status", "state", "decision status", "adr status"),
        "date": ("date", "decision date", "decided", "date decided", "created", "creation date", "date created", "created on",
                 "decided on", "accepted on", "approved on", "date of decision", "datetime"),
        "updated": ("last updated", "last modified", "updated", "last update", "modified", "revised", "last reviewed", "last review",
                    "date updated", "date modified"),
        "review": ("review", "next review", "review date", "review by", "expires", "expiry"),
        "id": ("id", "adr id", "adr", "number", "identifier", "record", "no", "adr number"),
        "title": ("title", "name", "decision title"),
        "deciders": ("decision makers", "deciders", "decision maker", "decider", "approvers", "approver", "approved by", "decided by",
                     "participants"),
        "author": ("author", "authors", "owner", "owners", "contact", "proposer", "proposed by", "writer", "author(s)"),
        "consulted": ("consulted",),
        "informed": ("informed",),
        "tags": ("tags", "tag", "labels", "keywords"),
        "category": ("category", "categories", "area", "domain", "group", "scope", "topic", "component"),
        "summary": ("summary", "tl;dr", "tldr", "gist", "abstract", "description", "in short"),
        "related": ("related", "related adrs", "related adr", "related to", "related decisions", "relates to", "see also", "links",
                    "depends on", "references", "related records", "implements", "refines", "refined by", "relates"),
        "supersedes": ("supersedes", "supersede", "replaces", "superceeds", "supercedes", "overrides", "obsoletes", "supersedes adr"),
        "superseded_by": ("superseded by", "superceded by", "superseeded by", "replaced by", "overridden by", "obsoleted by",
                          "deprecated by", "superseded"),
        "amends": ("amends", "updates", "extends", "modifies", "amends in part", "supersedes section of", "amended adrs", "revises",
                   "supersedes in part", "extends in part", "clarifies"),
        "amended_by": ("amended by", "updated by", "extended by", "modified by", "amended in part by", "superseded section by",
                       "superseded in part by", "extended in part by", "supplemented by", "revised by", "clarified by"),
        "story": ("technical story", "user story", "ticket", "tickets", "issue", "jira", "related issue", "tracking issue", "pr",
                  "pull request"),
    },
    relations={
        "superseded_by": ("superseded", "superceded", "superseeded", "replaced", "overridden", "obsoleted", "deprecated",
                          "supplanted"),
        "supersedes": ("supersedes", "supercedes", "superceeds", "supersede", "replaces", "overrides", "obsoletes", "supplants",
                       "superseding"),
        "amended_by": ("amended", "extended", "supplemented", "modified", "updated", "revised", "clarified", "narrowed", "refined"),
        "amends": ("amends", "extends", "supplements", "modifies", "updates", "revises", "clarifies", "narrows", "amend", "amending"),
        "related": ("relates to", "related to", "depends on", "implements", "see", "refines", "see also"),
    },
    in_part=("in part", "partially", "partly", "partial", "provisionally", "section"),
    by=("by", "with", "in favour of", "in favor of", "through"),
)

LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language(
        "German",
        statuses={
            "draft": ("entwurf", "in arbeit"),
            "proposed": ("vorgeschlagen", "vorschlag", "offen", "in prüfung", "in diskussion", "zur diskussion"),
            "accepted": ("akzeptiert", "angenommen", "entschieden", "beschlossen", "genehmigt", "umgesetzt", "aktiv", "gültig",
                         "freigegeben"),
            "rejected": ("abgelehnt", "verworfen", "zurückgezogen"),
            "deprecated": ("veraltet", "überholt", "obsolet", "ungültig"),
            "superseded": ("ersetzt", "abgelöst"),
            "amended": ("ergänzt", "geändert"),
        },
        sections={
            "status": ("status",),
            "context": ("kontext", "hintergrund", "problemstellung", "kontext und problemstellung", "ausgangslage", "problem"),
            "decision": ("entscheidung", "entscheidungen", "beschluss", "lösung", "ergebnis der entscheidung"),
            "consequences": ("konsequenzen", "konsequenz", "folgen", "auswirkungen"),
            "alternatives": ("betrachtete alternativen", "alternativen", "betrachtete optionen", "optionen"),
            "references": ("referenzen", "verweise", "links", "quellen"),
            "drivers": ("entscheidungstreiber", "einflussfaktoren"),
            "rationale": ("begründung",),
        },
        fields={
            "status": ("status",), "date": ("datum",), "updated": ("zuletzt aktualisiert", "letzte aktualisierung", "aktualisiert"),
            "deciders": ("entscheider", "entscheidungsträger", "beteiligte"), "author": ("autor", "autoren", "verfasser"),
            "superseded_by": ("ersetzt durch", "abgelöst durch"), "supersedes": ("ersetzt", "löst ab"),
            "amended_by": ("ergänzt durch", "geändert durch"), "amends": ("ergänzt", "ändert"),
            "category": ("kategorie", "bereich"), "summary": ("zusammenfassung",), "related": ("verwandt", "siehe auch"),
        },
        relations={"superseded_by": ("ersetzt durch", "abgelöst durch"), "supersedes": ("löst ab", "ersetzt"),
                   "amended_by": ("ergänzt durch", "geändert durch"), "amends": ("ergänzt", "ändert")},
        in_part=("teilweise",),
        by=("durch", "von"),
    ),
    Language(
        "French",
        statuses={
            "draft": ("brouillon",),
            "proposed": ("proposé", "proposée", "en cours", "en discussion", "à valider"),
            "accepted": ("accepté", "acceptée", "validé", "validée", "approuvé", "approuvée", "terminé", "adopté", "adoptée", "décidé"),
            "rejected": ("rejeté", "rejetée", "refusé", "refusée", "abandonné", "abandonnée"),
            "deprecated": ("déprécié", "dépréciée", "obsolète"),
            "superseded": ("remplacé", "remplacée"),
            "amended": ("amendé", "amendée", "modifié", "modifiée"),
        },
        sections={
            "status": ("statut",),
            "context": ("contexte", "contexte et problème", "problème", "problématique", "contexte et problématique"),
            "decision": ("décision", "décisions", "solution", "résultat de la décision", "solution retenue"),
            "consequences": ("conséquences", "conséquence", "impacts"),
            "alternatives": ("alternatives", "options envisagées", "alternatives considérées", "solutions envisagées", "options"),
            "references": ("références", "liens"),
            "drivers": ("éléments de décision", "facteurs de décision", "critères de décision"),
        },
        fields={
            "status": ("statut", "status"), "date": ("date",), "deciders": ("décideurs", "décideur"), "author": ("auteur", "auteurs"),
            "superseded_by": ("remplacé par", "remplacée par"), "supersedes": ("remplace",),
            "amended_by": ("amendé par", "modifié par"), "amends": ("amende", "modifie"), "summary": ("résumé",),
            "updated": ("mis à jour", "dernière mise à jour"),
        },
        relations={"superseded_by": ("remplacé", "remplacée"), "supersedes": ("remplace",),
                   "amended_by": ("amendé", "amendée", "modifié", "modifiée"), "amends": ("amende", "modifie")},
        in_part=("en partie", "partiellement"),
        by=("par",),
    ),
    Language(
        "Spanish",
        statuses={
            "draft": ("borrador",), "proposed": ("propuesto", "propuesta", "pendiente", "en revisión"),
            "accepted": ("aceptado", "aceptada", "aprobado", "aprobada", "implementado", "adoptado"),
            "rejected": ("rechazado", "rechazada", "descartado"), "deprecated": ("obsoleto", "obsoleta", "deprecado"),
            "superseded": ("reemplazado", "reemplazada", "sustituido", "sustituida", "sobreseído"), "amended": ("modificado", "enmendado"),
        },
        sections={
            "status": ("estado", "estatus"), "context": ("contexto", "contexto y problema", "antecedentes", "problema"),
            "decision": ("decisión", "decisiones", "resultado de la decisión", "solución"),
            "consequences": ("consecuencias", "consecuencia", "implicaciones"),
            "alternatives": ("alternativas", "alternativas consideradas", "opciones consideradas", "opciones"),
            "references": ("referencias", "enlaces"), "drivers": ("factores de decisión", "criterios de decisión"),
        },
        fields={
            "status": ("estado", "estatus"), "date": ("fecha",), "deciders": ("decisores", "responsables"), "author": ("autor", "autores"),
            "superseded_by": ("reemplazado por", "sustituido por"), "supersedes": ("reemplaza", "sustituye", "reemplaza a", "sustituye a"),
            "amended_by": ("modificado por",), "amends": ("modifica", "modifica a"), "summary": ("resumen",),
        },
        relations={"superseded_by": ("reemplazado", "reemplazada", "sustituido", "sustituida"),
                   "supersedes": ("reemplaza a", "sustituye a", "reemplaza", "sustituye"),
                   "amended_by": ("modificado",), "amends": ("modifica",)},
        in_part=("en parte", "parcialmente"),
        by=("por",),
    ),
    Language(
        "Portuguese",
        statuses={
            "draft": ("rascunho",), "proposed": ("proposto", "proposta", "pendente", "em discussão", "em análise"),
            "accepted": ("aceito", "aceita", "aceite", "aprovado", "aprovada", "finalizado", "implementado"),
            "rejected": ("rejeitado", "rejeitada", "cancelado", "recusado"), "deprecated": ("descontinuado", "depreciado", "obsoleto"),
            "superseded": ("substituído", "substituída"), "amended": ("alterado", "emendado"),
        },
        sections={
            "status": ("status", "estado", "situação"), "context": ("contexto", "contexto e problema", "problema"),
            "decision": ("decisão", "decisões", "resultado da decisão", "solução"), "consequences": ("consequências", "consequência", "impactos"),
            "alternatives": ("alternativas", "alternativas consideradas", "opções consideradas", "opções"),
            "references": ("referências", "links"), "drivers": ("fatores de decisão",),
        },
        fields={
            "status": ("status", "estado", "situação"), "date": ("data",), "deciders": ("decisores", "decididores"), "author": ("autor", "autores"),
            "superseded_by": ("substituído por",), "supersedes": ("substitui",), "amended_by": ("alterado por",), "amends": ("altera",),
            "summary": ("resumo",),
        },
        relations={"superseded_by": ("substituído", "substituída"), "supersedes": ("substitui",),
                   "amended_by": ("alterado",), "amends": ("altera",)},
        in_part=("em parte", "parcialmente"),
        by=("por",),
    ),
    Language(
        "Italian",
        statuses={
            "draft": ("bozza",), "proposed": ("proposta", "proposto", "in revisione"),
            "accepted": ("accettata", "accettato", "approvata", "approvato", "implementata"), "rejected": ("rifiutata", "rifiutato", "respinta"),
            "deprecated": ("deprecata", "deprecato", "obsoleta"), "superseded": ("sostituita", "sostituito", "superata"), "amended": ("modificata",),
        },
        sections={
            "status": ("stato",), "context": ("contesto", "problema", "contesto e problema"), "decision": ("decisione", "decisioni"),
            "consequences": ("conseguenze", "conseguenza"), "alternatives": ("alternative", "alternative considerate", "opzioni considerate"),
            "references": ("riferimenti", "collegamenti"),
        },
        fields={"status": ("stato",), "date": ("data",), "deciders": ("decisori",), "author": ("autore", "autori"),
                "superseded_by": ("sostituita da", "sostituito da"), "supersedes": ("sostituisce",), "summary": ("riassunto", "sintesi")},
        relations={"superseded_by": ("sostituita", "sostituito", "superata"), "supersedes": ("sostituisce",)},
        in_part=("in parte", "parzialmente"),
        by=("da", "dalla"),
    ),
    Language(
        "Dutch",
        statuses={
            "draft": ("concept",), "proposed": ("voorgesteld", "voorstel"), "accepted": ("geaccepteerd", "aanvaard", "goedgekeurd", "besloten"),
            "rejected": ("afgewezen", "verworpen"), "deprecated": ("verouderd", "vervallen"), "superseded": ("vervangen",), "amended": ("gewijzigd",),
        },
        sections={
            "status": ("status",), "context": ("context", "achtergrond", "probleemstelling"), "decision": ("beslissing", "besluit", "besluiten"),
            "consequences": ("gevolgen", "consequenties"), "alternatives": ("alternatieven", "overwogen alternatieven", "overwogen opties"),
            "references": ("referenties", "verwijzingen"),
        },
        fields={"status": ("status",), "date": ("datum",), "deciders": ("beslissers",), "author": ("auteur", "auteurs"),
                "superseded_by": ("vervangen door",), "supersedes": ("vervangt",), "summary": ("samenvatting",)},
        relations={"superseded_by": ("vervangen",), "supersedes": ("vervangt",)},
        in_part=("gedeeltelijk", "deels"),
        by=("door",),
    ),
    Language(
        "Polish",
        statuses={
            "draft": ("szkic",), "proposed": ("zaproponowana", "zaproponowany", "propozycja", "proponowana"),
            "accepted": ("zaakceptowana", "zaakceptowany", "przyjęta", "przyjęte"), "rejected": ("odrzucona", "odrzucony"),
            "deprecated": ("przestarzała", "przestarzały"), "superseded": ("zastąpiona", "zastąpiony"), "amended": ("zmieniona",),
        },
        sections={"status": ("status",), "context": ("kontekst", "kontekst i problem"), "decision": ("decyzja", "decyzje"),
                  "consequences": ("konsekwencje", "skutki"), "alternatives": ("alternatywy", "rozważane opcje", "rozważane alternatywy"),
                  "references": ("odnośniki", "referencje", "źródła")},
        fields={"status": ("status",), "date": ("data",), "deciders": ("decydenci",), "author": ("autor", "autorzy"),
                "superseded_by": ("zastąpiona przez", "zastąpiony przez"), "supersedes": ("zastępuje",)},
        relations={"superseded_by": ("zastąpiona", "zastąpiony"), "supersedes": ("zastępuje",)},
        in_part=("częściowo",),
        by=("przez",),
    ),
    Language(
        "Turkish",
        statuses={"draft": ("taslak",), "proposed": ("önerildi", "öneri"), "accepted": ("kabul edildi", "onaylandı"), "rejected": ("reddedildi",),
                  "deprecated": ("kullanımdan kaldırıldı",), "superseded": ("yerine geçildi", "değiştirildi")},
        sections={"status": ("durum",), "context": ("bağlam",), "decision": ("karar",), "consequences": ("sonuçlar",),
                  "alternatives": ("alternatifler",), "references": ("referanslar", "kaynaklar")},
        fields={"status": ("durum",), "date": ("tarih",)},
    ),
    Language(
        "Welsh",
        sections={"status": ("statws",), "context": ("cyd-destun",), "decision": ("penderfyniad",), "consequences": ("canlyniadau",)},
        fields={"status": ("statws",), "date": ("dyddiad",)},
    ),
    Language(
        "Russian",
        statuses={"draft": ("черновик",), "proposed": ("предложено", "предложен", "предложение"), "accepted": ("принято", "принят", "реализовано", "утверждено"),
                  "rejected": ("отклонено", "отклонён", "отвергнуто"), "deprecated": ("устарело", "устарел"), "superseded": ("заменено", "заменён", "заменен"),
                  "amended": ("изменено", "дополнено")},
        sections={"status": ("статус",), "context": ("контекст", "проблема", "контекст и проблема"), "decision": ("решение", "решения"),
                  "consequences": ("последствия", "следствия"), "alternatives": ("альтернативы", "рассмотренные варианты", "варианты"),
                  "references": ("ссылки", "источники")},
        fields={"status": ("статус",), "date": ("дата",), "author": ("автор", "авторы"), "superseded_by": ("заменено на", "заменено"), "supersedes": ("заменяет",)},
        relations={"superseded_by": ("заменено", "заменён", "заменен"), "supersedes": ("заменяет",)},
        in_part=("частично",),
        by=("на",),
    ),
    Language(
        "Chinese",
        statuses={"draft": ("草稿", "草案"), "proposed": ("提议", "提案", "提议中", "待定", "评审中"), "accepted": ("通过", "完成", "已完成", "已接受", "接受", "已采纳", "采纳", "已通过", "已批准"),
                  "rejected": ("拒绝", "已拒绝", "驳回"), "deprecated": ("已弃用", "弃用", "废弃", "已废弃"), "superseded": ("已取代", "取代", "已替代", "被取代"), "amended": ("已修订", "修订")},
        sections={"status": ("状态",), "context": ("上下文", "背景", "问题", "背景与问题"), "decision": ("决策", "决定", "决策结果"), "consequences": ("后果", "结果", "影响"),
                  "alternatives": ("备选方案", "考虑的方案", "可选方案"), "references": ("参考", "参考资料", "引用", "链接")},
        fields={"status": ("状态",), "date": ("日期",), "author": ("作者",), "deciders": ("决策者",), "superseded_by": ("被取代", "取代者"), "supersedes": ("取代",)},
        relations={"superseded_by": ("被取代", "已取代"), "supersedes": ("取代", "替代")},
    ),
    Language(
        "Japanese",
        statuses={"draft": ("下書き", "ドラフト"), "proposed": ("提案", "提案中", "提案済み"), "accepted": ("承認", "承認済み", "採用", "決定", "採択"), "rejected": ("却下", "不採用"),
                  "deprecated": ("非推奨", "廃止"), "superseded": ("置き換え", "置換済み")},
        sections={"status": ("ステータス", "状態"), "context": ("コンテキスト", "背景", "文脈", "背景と課題"), "decision": ("決定", "決定事項", "決定内容"), "consequences": ("結果", "影響", "帰結"),
                  "alternatives": ("代替案", "検討した選択肢", "検討した代替案"), "references": ("参考", "参考資料", "参照")},
        fields={"status": ("ステータス", "状態"), "date": ("日付", "決定日"), "author": ("作成者", "著者"), "deciders": ("決定者", "意思決定者")},
    ),
    Language(
        "Korean",
        statuses={"draft": ("초안",), "proposed": ("제안", "제안됨"), "accepted": ("승인", "승인됨", "채택", "채택됨", "수락됨"), "rejected": ("거부", "거부됨", "기각"),
                  "deprecated": ("폐기", "폐기됨"), "superseded": ("대체", "대체됨")},
        sections={"status": ("상태",), "context": ("맥락", "배경", "컨텍스트"), "decision": ("결정", "결정 사항"), "consequences": ("결과", "영향"), "alternatives": ("대안", "고려한 대안", "검토한 대안"),
                  "references": ("참고", "참고 자료")},
        fields={"status": ("상태",), "date": ("날짜", "일자"), "author": ("작성자",)},
    ),
    Language(
        "Persian",
        sections={"status": ("وضعیت",), "context": ("زمینه",), "decision": ("تصمیم",), "consequences": ("نتایج",)},
        fields={"status": ("وضعیت",), "date": ("تاریخ",)},
    ),
)


def fold(text: str) -> str:
    """A word or phrase as it is looked up: composed, lower case, without marks, quotes or doubled blanks around and inside.

    >>> fold(" **Decision-Makers** : ")
    'decision makers'
    """
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"[*_`~\"“”„«»]+", " ", text) if re.search(r"[*_`~\"“”„«»]", text) else text
    text = re.sub(r"[\s\-‐‑–]+", " ", text)
    return text.strip(" \t.:：;,!#")


def _by_word(kind: str) -> Mapping[str, str]:
    """Each word of that kind with its meaning; where two languages share a word, the first language wins."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for meaning, words in getattr(language, kind).items():
            for word in words:
                found.setdefault(fold(word), meaning)
    return MappingProxyType(found)


SECTION_ROLES: Mapping[str, str] = _by_word("sections")
"""Folded section names and the part they play."""
FIELD_ROLES: Mapping[str, str] = _by_word("fields")
"""Folded metadata keys and what they hold."""
STATUS_WORDS: Mapping[str, str] = _by_word("statuses")
"""Folded status words and phrases and what they come to."""

STATUS_MARKS: Mapping[str, Canonical] = MappingProxyType({"✅": "accepted", "❌": "rejected", "🤔": "proposed", "⌛": "superseded", "🟢": "accepted", "🔴": "rejected", "🟡": "proposed"})
"""Pictures that stand for a status where no word stands beside them."""
