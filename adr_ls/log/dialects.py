"""The dialects in which ADRs are written, as data: what each expects, and the text that its template leaves behind.

A dialect only names what people will recognise; rules judge by what a log's own records have in common (`adr_ls.log.style`). To add one, add a
`Dialect`, or text of its template to `PLACEHOLDERS`. Sources: adr-tools, MADR 2 to 4, log4brains, and the templates collected at
https://github.com/joelparkerhenderson/architecture-decision-record.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from adr_ls.words.lookup import fold


@dataclass(frozen=True)
class Dialect:
    """How a kind of ADR is recognised: where the status stands, section names (folded) and how the title is numbered.

    Each of the given traits that a record has speaks for the dialect; a trait left empty says nothing.
    """

    name: str
    status_places: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    dated: bool = False
    template_keys: tuple[str, ...] = ()
    """The keys that the front matter of its template has."""
    optional: frozenset[str] = frozenset()
    """The sections, folded, that its template calls optional, which a team that took it over may have left unmarked."""


_MADR_2 = frozenset(
    {"decision drivers", "positive consequences", "negative consequences", "pros and cons of the options", "links"}
)
_MADR_3 = frozenset(
    {"decision drivers", "consequences", "validation", "confirmation", "pros and cons of the options", "more information"}
)


DIALECTS: tuple[Dialect, ...] = (
    Dialect("bold", ("bold-line",), ("context", "decision", "consequences"), ("ADR-N:", "ADR N:")),
    Dialect("nygard", ("section",), ("status", "context", "decision", "consequences"), ("N.",)),
    Dialect(
        "madr4",
        ("front-matter",),
        ("context and problem statement", "considered options", "decision outcome"),
        ("plain",),
        ("decision-makers",),
        template_keys=("status", "date", "decision-makers", "consulted", "informed"),
        optional=_MADR_3,
    ),
    Dialect(
        "madr3",
        ("front-matter",),
        ("context and problem statement", "considered options", "decision outcome"),
        ("plain",),
        ("deciders",),
        template_keys=("status", "date", "deciders", "consulted", "informed"),
        optional=_MADR_3,
    ),
    Dialect(
        "madr2",
        ("bullet",),
        ("context and problem statement", "considered options", "decision outcome"),
        ("plain",),
        optional=_MADR_2,
    ),
    Dialect(
        "log4brains",
        ("bullet",),
        ("context and problem statement", "considered options", "decision outcome"),
        ("plain",),
        dated=True,
        optional=_MADR_2,
    ),
    Dialect("table", ("table",), ()),
    Dialect("alexandrian", (), ("prologue", "discussion", "solution", "consequences")),
    Dialect("tyree-akerman", (), ("issue", "decision", "assumptions", "constraints", "positions", "argument", "implications")),
    Dialect("merson", ("section",), ("decision", "rationale", "consequences")),
    Dialect("rfc", ("front-matter", "bullet"), ("summary", "motivation", "detailed design", "drawbacks", "alternatives")),
)

PROPOSAL = frozenset({
    # What Rust, and the many that took over its template, ask of a proposal
    "summary", "motivation", "detailed design", "basic example", "guide level explanation", "reference level explanation",
    "tutorial", "reference", "drawbacks", "alternatives", "rationale and alternatives", "prior art", "unresolved questions",
    "how we teach this", "adoption strategy", "transition path", "future possibilities", "implementations",
})  # fmt: skip
"""The sections, folded, that a proposal has in the form of Rust's RFCs, which decides without a section *Decision*."""


def detect(
    places: frozenset[str], sections: frozenset[str], titles: frozenset[str], keys: frozenset[str], *, dated: bool
) -> str:
    """The name of the dialect whose traits are met best; ``generic`` where none is met by half."""

    def score(dialect: Dialect) -> float:
        have = len(sections & set(dialect.sections)) / len(dialect.sections) if dialect.sections else 0.0
        return (
            2 * have
            + bool(places & set(dialect.status_places))
            + 0.5 * bool(titles & set(dialect.titles))
            + 0.5 * bool(keys & set(dialect.keys))
            + (0.5 if dialect.dated and dated else -0.5 if dialect.dated else 0)
        )

    best = max(DIALECTS, key=score)
    return best.name if score(best) >= 1.5 else "generic"


def keys_of(name: str, sections: Container[str]) -> tuple[str, ...]:
    """The keys that the front matter of a dialect's template has, in their order; none where there is none of its sections (folded)."""
    found = next((dialect for dialect in DIALECTS if dialect.name == name), None)
    return found.template_keys if found is not None and any(section in sections for section in found.sections) else ()


def is_blank_title(text: str) -> bool:
    """Whether a heading is what public templates have in the place of the title."""
    return re.sub(r"[\[\]{}<>(),.]", "", fold(text)) in TITLES


def is_optional(name: str, section: str) -> bool:
    """Whether a dialect's own template calls a section (folded) optional."""
    return any(dialect.name == name and section in dialect.optional for dialect in DIALECTS)


PLACEHOLDERS = frozenset({
    # adr-tools
    "The issue motivating this decision, and any context that influences or constrains the decision.",
    "The change that we're proposing or have agreed to implement.",
    "What becomes easier or more difficult to do and any risks introduced by the change that will need to be mitigated.",
    # Nygard's template as it is passed around
    "What is the issue that we're seeing that is motivating this decision or change?",
    "What is the change that we're proposing and/or doing?",
    "What is the change that we're actually proposing or doing?",
    "What becomes easier or more difficult to do because of this change?",
    "What is the issue we're seeing that motivates this decision?",
    # phodal/adr
    "在这里补充上下文...", "在这里补充上决策信息...", "在这里记录结果...", "Context here...", "Decision here...", "Consequences here...",
    # MADR
    "[Describe the context and problem statement, e.g., in free form using two to three sentences. You may want to articulate the problem in form of a question.]",
    "{Describe the context and problem statement, e.g., in free form using two to three sentences or in the form of an illustrative story. You may want to articulate the problem in form of a question and add links to collaboration boards or issue management systems.}",
    "{title of option 1}", "{title of option 2}", "{title of option 3}", "{decision driver 1, e.g., a force, facing concern, …}", "[option 1]", "[option 2]", "[option 3]", "[driver 1, e.g., a force, facing concern, …]",
    "{decision driver 2, e.g., a force, facing concern, …}", "[driver 2, e.g., a force, facing concern, …]",
    "… <!-- numbers of drivers can vary -->", "… <!-- numbers of options can vary -->",
    "Good, because {argument a}", "Good, because {argument b}", "Neutral, because {argument c}", "Bad, because {argument d}",
    "Good, because [argument a]", "Good, because [argument b]", "Bad, because [argument c]",
    "Good, because {positive consequence, e.g., improvement of one or more desired qualities, …}",
    "Bad, because {negative consequence, e.g., compromising one or more desired qualities, …}",
    "[e.g., improvement of quality attribute satisfaction, follow-up decisions required, …]",
    "[e.g., compromising quality attribute, follow-up decisions required, …]",
    "{example | description | pointer to more information | …}",
})  # fmt: skip
"""Paragraphs and items of public templates, as they stand in them, that mean nothing in a record."""
PIECES = (
    'Chosen option: "{title of option 1}', 'Chosen option: "[option 1]', "only option, which meets k.o. criterion decision driver",
)  # fmt: skip
"""What of such a paragraph stays where other parts of it were filled in, or are not always the same."""
PAGES = ("INSERT-YOUR-LOG4BRAINS-URL", "[project name]")
"""What the tools that begin a log leave to be filled in in its index: Log4brains, adr-log."""
TITLES = frozenset({
    "short title representative of solved problem and found solution", "short title of solved problem and solution",
    "short title of the decision", "title of the decision", "number title",
})  # fmt: skip
"""The titles of public templates, folded and without brackets and commas."""
OWN = frozenset({
    "record architecture decisions", "use markdown architectural decision records", "use markdown any decision records",
    "use markdown architecture decision records", "use log4brains to manage the adrs",
})  # fmt: skip
"""The titles, folded, of the records on keeping records that tools bring along, as these say it and without a status as MADR's is."""
BLANKS = (
    "list everyone involved in the decision", "list everyone whose opinions are sought", "list everyone who is kept up to date",
    "yyyy mm dd", "description | ticket/issue url", "space and/or comma separated list of tags", "fill me in with",
)  # fmt: skip
"""The beginnings, folded, of what public templates have in the place of metadata."""
LATER = ("leave this empty",)
"""The same where it is to stay until the proposal is decided upon."""
STAYS = (
    "leave empty until",
    "leave this empty until",
    "leave blank until",
    "leave this blank until",
    "empty until",
    "blank until",
)
"""The beginnings, folded and without brackets, of what a template has where something is to come in later, so that it stays till then."""
