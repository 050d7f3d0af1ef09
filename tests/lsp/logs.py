"""Small logs in the dialects that people write, as files by path; always the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Log = Mapping[str, str]
"""Texts by path."""

_SUBJECTS = [
    ("Mill queue", "Orders pile up at the mill."),
    ("Tariff reader", "Two teams read the tariffs."),
    ("Night export", "The export blocks the writes."),
    ("Build banner", "Nobody knows what runs where."),
    ("Booking keys", "Retries double bookings."),
    ("Job table", "Restarts lose jobs."),
    ("Sensor buffer", "The hall has no network at noon."),
    ("Plain texts", "Translators send spreadsheets."),
]
COUNT = 6
"""How many records a log has."""


def title(number: int) -> str:
    return _SUBJECTS[(number - 1) % len(_SUBJECTS)][0]


def slug(number: int) -> str:
    return title(number).lower().replace(" ", "-")


def _why(number: int) -> str:
    return _SUBJECTS[(number - 1) % len(_SUBJECTS)][1]


def bold(number: int) -> str:
    """A record with its metadata in bold; it refers to the one before, barely and to a section."""
    before = number - 1
    refers = f" It goes on from ADR-{before:03}, see [why]({before:03}-{slug(before)}.md#context)." if before else ""
    return (
        f"# ADR-{number:03}: {title(number)}\n\n**Status**: Accepted\n**Date**: 2024-03-{number + 1:02}\n\n"
        f"## Context\n\n{_why(number)}{refers}\n\n## Decision\n\nWe build the {title(number).lower()}.\n\n"
        "## Consequences\n\nSomebody has to run it.\n"
    )


def nygard(number: int) -> str:
    """A record with a section for its status, as adr-tools writes them; the second is superseded by the fourth."""
    links = {
        2: f"Superseded by [4. {title(4)}](0004-{slug(4)}.md)",
        4: f"Accepted\n\nSupersedes [2. {title(2)}](0002-{slug(2)}.md)",
    }
    return (
        f"# {number}. {title(number)}\n\nDate: 2024-03-{number + 1:02}\n\n## Status\n\n{links.get(number, 'Accepted')}\n\n"
        f"## Context\n\n{_why(number)}\n\n## Decision\n\nWe build the {title(number).lower()}.\n\n"
        "## Consequences\n\nSomebody has to run it.\n"
    )


def madr(number: int) -> str:
    """A record with front matter and options, as MADR has them; it links to the one before."""
    before = number - 1
    more = f"\n## More Information\n\nSee [ADR-{before:04}]({before:04}-{slug(before)}.md).\n" if before else ""
    return (
        f"---\nstatus: accepted\ndate: 2024-03-{number + 1:02}\n---\n\n# {title(number)}\n\n"
        f"## Context and Problem Statement\n\n{_why(number)}\n\n## Considered Options\n\n* {title(number)}\n* Leave it\n\n"
        f'## Decision Outcome\n\nChosen option: "{title(number)}", because somebody has to run it.\n{more}'
    )


def template(record: str) -> str:
    """A template that asks what the record answers."""
    for number in range(1, len(_SUBJECTS) + 1):
        record = record.replace(title(number), "Title").replace(_why(number), "What is the issue?")
        record = record.replace(f"We build the {title(number).lower()}.", "What do we do?")
    record = record.replace("Somebody has to run it.", "What follows from it?")
    return record.replace("ADR-001", "ADR-NNN").replace("# 1. ", "# NUMBER. ").replace("2024-03-02", "YYYY-MM-DD")


def _log(directory: str, digits: int, record: Callable[[int], str]) -> dict[str, str]:
    return {f"{directory}/{number:0{digits}}-{slug(number)}.md": record(number) for number in range(1, COUNT + 1)}


def _index(entry: str, numbers: Iterable[int], head: str = "") -> str:
    entries = (entry.format(n=number, t=title(number), s=slug(number), d=f"2024-03-{number + 1:02}") for number in numbers)
    return f"# Decisions\n\n{head}" + "".join(f"{one}\n" for one in entries)


ALL = range(1, COUNT + 1)
TABLE = _index("| [ADR-{n:03}: {t}]({n:03}-{s}.md) | Accepted | {d} |", ALL, "| ADR | Status | Date |\n| --- | --- | --- |\n")
BULLETS = _index("* [{n}. {t}]({n:04}-{s}.md)", ALL)
LINES = _index("- [ADR-{n:04}]({n:04}-{s}.md) - {t}", ALL)

BOLD = {**_log("docs/adr", 3, bold), "docs/adr/template.md": template(bold(1)), "docs/adr/README.md": TABLE}
"""Bold metadata, bare references, a template, a table with statuses and dates."""
NYGARD = {**_log("doc/adr", 4, nygard), "doc/adr/README.md": BULLETS, "README.md": "# Mill\n\nRead [the decisions](doc/adr).\n"}
"""Sections for the status, links, a list of bullets."""
MADR = {
    **_log("docs/decisions", 4, madr),
    "docs/decisions/adr-template.md": template(madr(1)),
    "docs/decisions/index.md": LINES,
    "docs/guide.md": f"# Guide\n\nRead [the queue](decisions/0001-{slug(1)}.md#decision-outcome) first.\n",
}
"""Front matter, options, a template, and a guide beside the log that links into it."""
SHIPPED = {**BOLD, ".gitignore": "docs/\n"}
"""A log that came without its repository, in which it was committed though an ignore file names it."""
MIXED = {
    f"docs/adr/{number:04}-{slug(number)}.md": record(number)
    for number, record in zip(ALL, (bold, nygard, madr, bold, nygard, madr), strict=True)
}
MIXED["guides/run.md"] = "# Running it\n\nStart it as ADR-0001 says.\n"
MIXED["guides/stop.md"] = "# Stopping it\n\nStop it as usual.\n"
"""Each dialect twice in one log, without an index; one guide elsewhere that refers to a record, and one that does not."""
TWO = {
    **{f"mill/{path}": text for path, text in BOLD.items()},
    **{f"office/{path}": text for path, text in NYGARD.items()},
}
"""Two logs of different teams in folders of their own."""
CODE = {
    **BOLD,
    "adr-ls.toml": 'code = "all"\n',
    "src/queue.py": '"""Orders wait in line, see ADR-001."""\n\nLINES = 3  # as ADR-003 says\n',
    "src/hall/sensor.ts": "/* docs/adr/005-booking-keys.md\n */\nexport const queue = `ADR-002`;\n",
    "src/plain.go": "package mill // the queue\n",
}
"""A log that source code refers to, all of which is searched."""
ASCIIDOC = {
    "docs/adr/0001-mill-queue.md": nygard(1),
    "docs/adr/0002-night-export.adoc": "= 2. Night export\n\n== Status\n\nAccepted\n\n== Context\n\nThe queue; see ADR-0001.\n\n"
    "== Decision\n\nAt night.\n\n== Consequences\n\nLess noise.\n",
    "docs/adr/README.md": "# Decisions\n\n| ADR | Status |\n| --- | --- |\n| [1. Mill queue](0001-mill-queue.md) | Accepted |\n"
    "| [2. Night export](0002-night-export.adoc) | Accepted |\n",
}
"""A record in Markdown and one in AsciiDoc, in an index."""
ANTORA = {
    f"docs/modules/ROOT/pages/adr/{number:04}-{slug}.adoc": f"= {number}. {slug}\n:status: accepted\n\n== Context\n\n{why}\n\n== Decision\n\nYes.\n"
    for number, slug, why in ((1, "mill-queue", "Lines."), (2, "night-export", "See xref:old/0009-mill-queue.adoc[it]."))
}
"""Two records among the pages of an Antora site, of which one refers to the other by a name that it does not have."""
