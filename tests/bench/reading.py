"""How fast Markdown and whole records are read, beside plain mistune, in megabytes of text a second."""

from __future__ import annotations

import time
from collections.abc import Callable

import mistune

from adr_ls.record.record import Record
from adr_ls.syntax import markdown
from tests.bench.figures import Figures
from tests.bench.generate import Log

ROUNDS = 3


def measure(log: Log, figures: Figures, amount: int = 200_000) -> None:
    """Reads about so many characters of the log by each reader in turn."""
    texts: list[str] = []
    for path in log.records:
        texts.append(path.read_text(encoding="utf-8"))
        if sum(map(len, texts)) >= amount:
            break
    plain = mistune.create_markdown(renderer="ast", plugins=["table"])
    readers: dict[str, Callable[[str], object]] = {"mistune": plain, "all blocks and links": _all, "a whole record": _record}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            begun = time.perf_counter()
            for text in texts:
                read(text)
            speed = sum(map(len, texts)) / 1e6 / (time.perf_counter() - begun)
            if name == "mistune":
                for figure in readers:
                    if figure != "mistune":
                        figures.add(f"reading {figure}", "mistune", speed, "MB/s")
            else:
                figures.add(f"reading {name}", "adr-ls", speed, "MB/s")


def _all(text: str) -> object:
    document = markdown.parse(text)
    return [document.inlines(block) for block in document.walk()], document.links


def _record(text: str) -> object:
    record = Record("/log/0007-a-decision.md", text)
    return record.title, record.number, record.status, record.date, record.sections, record.mentions, record.relations
