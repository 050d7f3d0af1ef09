"""Places in the files of a generated log, to ask something of and to type at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.client import Client
from tests.bench.generate import Log


@dataclass(frozen=True)
class Place:
    """A place in a file, by line and character, both from 0."""

    path: Path
    line: int
    character: int

    @staticmethod
    def behind(path: Path, pattern: str) -> Place:
        """Where in a file the first match of a pattern ends."""
        text = path.read_text(encoding="utf-8")
        match = re.search(pattern, text)
        assert match is not None, f"{path} has no {pattern}"
        at = match.end()
        return Place(path, text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)

    def further(self, characters: int) -> Place:
        """So many characters further in the same line."""
        return replace(self, character=self.character + characters)

    def ask(self, client: Client, method: str, **more: Any) -> tuple[float, Any]:
        """Asks something of this place; the seconds until the answer, and the answer."""
        position = {"line": self.line, "character": self.character}
        params = {"textDocument": {"uri": self.path.as_uri()}, "position": position, **more}
        return client.ask(f"textDocument/{method}", params)

    def type(self, client: Client, text: str) -> float:
        """Types a text here; the seconds until the diagnostics of the result came."""
        begun = client.type(self.path, self.line, self.character, text)
        return client.diagnosed(self.path) - begun

    def burst(self, client: Client, text: str) -> float:
        """Types a text letter by letter without waiting; the seconds from the first to the diagnostics of the whole."""
        begun = [client.type(self.path, self.line, self.character + at, letter) for at, letter in enumerate(text)]
        return client.diagnosed(self.path) - begun[0]

    def erase(self, client: Client, text: str) -> None:
        """Takes a typed text away again, and waits for the diagnostics."""
        client.type(self.path, self.line, self.character, "", length=len(text))
        client.diagnosed(self.path)


def prose(record: Path) -> Place:
    """In a sentence of a record."""
    return Place.behind(record, "We ")


def title(record: Path) -> Place:
    """In the title of a record."""
    return Place.behind(record, r"# ADR-\d+: \w+ ")


def summary(log: Log) -> Place:
    """In the summary of an entry of the index."""
    return Place.behind(log.index, r"\*\*Summary\*\*: \w+ ")


def citation(log: Log) -> Place:
    """In the link of the small record to the one that most others cite."""
    return Place.behind(log.small, r"\(\./(?=0001-)")


def lesser_citation(log: Log) -> Place:
    """In a link of the small record to one that few cite."""
    return Place.behind(log.small, r"## References\n\n- \[.*\]\(\./")
