"""Logs to measure with: as many records as wanted, always the same ones, written as the OctoLLM project writes its own.

A record has bold metadata lines, a section for each part, lists, code and references to other records; half of them are shorter than
7 KB. One record is cited by more than a third of all the others, an index lists every record with its status and a summary, and a
template of the same dialect lies beside them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEDIAN = 7_000
"""Half of the records have fewer characters than this."""
SMALL, LARGE = 5_000, 30_000
"""The characters of the two records that are typed in."""
CITED = 0.37
"""The share of records that cite the first one."""
LINKED = 0.8
"""The share of citations that are links; the others are bare, ``ADR-0001``."""

_NOUNS = """
broker cache schema gateway worker token queue index replica tenant session ledger pipeline scheduler cluster adapter registry runtime
secret backup dashboard metric volume network contract payload policy router shard stream"""
_VERBS = "choose adopt keep move split replace encrypt version limit cache route store publish retry validate"
_WORDS = """
the service must support high load without losing events because latency matters more than throughput for our users and every component
needs observability while operators prefer simple deployments with few moving parts that fail clearly"""
_CODE = """```python
async def {name}(task: TaskContract) -> str:
    async with client() as connection:
        response = await connection.post("http://{name}:8102/execute", json=task.dict(), timeout=30.0)
        return response.json()["{noun}"]
```
"""
_TEMPLATE = """# ADR-XXX: [Title of the decision]

**Status**: Proposed | Accepted | Rejected | Superseded | Deprecated
**Date**: YYYY-MM-DD
**Decision Makers**: [Who decided]

## Context

[Describe the situation that calls for a decision, and the forces at play.]

[Say which requirements and constraints have to be met.]

## Decision

We will [say what is decided in one sentence]:

[Explain how it works, and what it is used for.]

## Consequences

### Positive

- **[Benefit]**: [What gets easier or better.]

### Negative

- **[Drawback]**: [What gets harder, and how that is mitigated.]

## Alternatives Considered

### 1. [Name of the alternative]

**Pros**:
- **[Advantage]**: [What speaks for it.]

**Why Rejected**: [What decided against it.]

## References

- [Link to a document or another record]
"""


@dataclass(frozen=True)
class Log:
    """A log on disk: its folder, its records in the order of their numbers, their titles, and its index.

    `links` and `mentions` say how often other files refer to the first record: by a link, and in any form.
    """

    root: Path
    records: tuple[Path, ...]
    titles: tuple[str, ...]
    index: Path
    links: int
    mentions: int

    @property
    def cited(self) -> Path:
        """The record that most others cite."""
        return self.records[0]

    @property
    def small(self) -> Path:
        """A record of about `SMALL` characters that cites the first one."""
        return self.records[1]

    @property
    def large(self) -> Path:
        """A record of about `LARGE` characters that cites the first one."""
        return self.records[2]

    @property
    def middling(self) -> Path:
        """The record that half of the others are shorter than."""
        return sorted(self.records[3:], key=lambda path: path.stat().st_size)[len(self.records[3:]) // 2]

    @property
    def next_number(self) -> str:
        """The first number that no record has."""
        return f"{len(self.records) + 1:04}"

    def write_another(self) -> Path:
        """Writes one more record, which cites the first of those that the small one lists; the index does not know it."""
        listed = re.search(r"## References\n\n(- .*\n)", self.small.read_text(encoding="utf-8"))
        assert listed is not None
        path = self.index.with_name(f"{self.next_number}-a-new-one.md")
        path.write_text(
            f"# ADR-{self.next_number}: A new one\n\n**Status**: Proposed\n**Date**: 2025-06-01\n\n## References\n\n{listed[1]}",
            encoding="utf-8",
        )
        return path


def generate(root: Path, count: int, seed: int = 0) -> Log:
    """Writes a log of `count` records below `root`; the same count and seed give the same texts."""
    chance = random.Random(count + seed)  # noqa: S311  # to be the same each time is the point
    directory = root / "docs" / "adr"
    directory.mkdir(parents=True)
    titles = [_title(chance) for _ in range(count)]
    names = [f"{number:04}-{re.sub(r'[^a-z]+', '-', title.lower())}.md" for number, title in enumerate(titles, 1)]
    links = mentions = 1  # the index
    lines = ["# Architecture Decision Records (ADRs)\n\n## Index of ADRs\n\n### Core Architecture\n\n"]
    for at in range(count):
        cites = at in (1, 2) or (at > 2 and chance.random() < CITED)
        linked = at in (1, 2) or chance.random() < LINKED
        links += cites and linked
        mentions += cites
        status = _status(at, names)
        text = "".join(_record(chance, at, titles, names, status, cites=cites, linked=linked))
        (directory / names[at]).write_text(text, encoding="utf-8")
        lines.append(
            f"- [ADR-{at + 1:04}: {titles[at]}](./{names[at]})\n"
            f"  - **Status**: {status.split()[0]}\n  - **Summary**: {_sentence(chance)}\n\n"
        )
    index = directory / "README.md"
    index.write_text("".join(lines), encoding="utf-8")
    (directory / "template.md").write_text(_TEMPLATE, encoding="utf-8")
    return Log(root, tuple(directory / name for name in names), tuple(titles), index, links, mentions)


def _title(chance: random.Random) -> str:
    return f"{_one(chance, _VERBS).capitalize()} the {_one(chance, _NOUNS)} {_one(chance, _NOUNS)}"


def _status(at: int, names: list[str]) -> str:
    """Every twentieth record is superseded by the one behind it, which says so too."""
    if at % 20 == 10 and at + 1 < len(names):
        return f"Superseded by [ADR-{at + 2:04}](./{names[at + 1]})"
    return "Proposed" if at % 20 == 15 else "Accepted"


def _record(
    chance: random.Random, at: int, titles: list[str], names: list[str], status: str, *, cites: bool, linked: bool
) -> Iterator[str]:
    size = {1: SMALL, 2: LARGE}.get(at, int(min(max(chance.lognormvariate(0, 0.45), 0.35), 5) * MEDIAN))
    yield f"# ADR-{at + 1:04}: {titles[at]}\n\n**Status**: {status}\n**Date**: 2025-{at % 12 + 1:02}-{at % 28 + 1:02}\n"
    yield "**Decision Makers**: Architecture Team\n"
    if at % 20 == 11:
        yield f"**Supersedes**: [ADR-{at:04}](./{names[at - 1]})\n"
    first = f"[ADR-0001](./{names[0]})" if linked else "ADR-0001"
    yield f"\n## Context\n\n{_sentence(chance)}{f' This follows {first}.' if cites else ''} {_sentence(chance)}\n\n"
    yield from _list(chance)
    yield f"\n## Decision\n\nWe will {titles[at].lower()}:\n\n"
    written, part = 3_500, 0  # what the other sections come to
    while written < size:
        part += 1
        text = "".join(_part(chance, part))
        written += len(text)
        yield text
    yield "## Consequences\n\n### Positive\n\n"
    yield from _list(chance)
    yield "\n### Negative\n\n"
    yield from _list(chance)
    yield f"\n## Alternatives Considered\n\n### 1. {_title(chance)}\n\n**Pros**:\n"
    yield from _list(chance)
    yield f"\n**Why Rejected**: {_sentence(chance)}\n\n## References\n\n"
    others = [other for other in chance.sample(range(1, len(names)), 3) if other != at]
    for other in others:
        yield f"- [ADR-{other + 1:04}: {titles[other]}](./{names[other]})\n"
    yield f"\nSee also ADR-{others[0] + 1:04} and `{_one(chance, _NOUNS)}.yaml`.\n"


def _part(chance: random.Random, number: int) -> Iterator[str]:
    noun = _one(chance, _NOUNS)
    yield f"### {number}. {noun.capitalize()} for {_one(chance, _NOUNS)} operations\n\n{_sentence(chance)} {_sentence(chance)}\n\n"
    yield "**Use For**:\n"
    yield from _list(chance)
    yield f"\n**Protocol**: HTTP/1.1 or HTTP/2\n**Format**: JSON\n\n**Example**:\n{_CODE.format(name=f'{noun}_task', noun=noun)}\n"


def _list(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.randint(3, 6)):
        yield f"- **{_one(chance, _NOUNS).capitalize()} {_one(chance, _NOUNS)}**: {_sentence(chance)}\n"


def _one(chance: random.Random, words: str) -> str:
    return chance.choice(words.split())


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=chance.randint(8, 16))).capitalize() + "."
