"""How fast Markdown and whole records are read, beside plain mistune, in megabytes of text a second."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable

import mistune

from adr_ls.record.record import Record
from adr_ls.syntax import markdown
from tests.bench.figures import figure
from tests.bench.generate import Log
from tests.bench.stand import OURS, Trial

MISTUNE = "mistune"
AMOUNT = 200_000
"""About so many characters are read."""


@figure("reading all blocks and links", unit="MB/s", servers=(OURS, MISTUNE), once=True)
def blocks_and_links(trial: Trial) -> float:
    """The Markdown with every inline."""
    return _speed(_plain() if trial.server == MISTUNE else _all, trial.log)


@figure("reading a whole record", unit="MB/s", servers=(OURS, MISTUNE), once=True)
def whole_record(trial: Trial) -> float:
    """All that a record says."""
    return _speed(_plain() if trial.server == MISTUNE else _record, trial.log)


FIGURES = (blocks_and_links, whole_record)


def _speed(read: Callable[[str], object], log: Log) -> float:
    texts = _texts(log)
    begun = time.perf_counter()
    for text in texts:
        read(text)
    return sum(map(len, texts)) / 1e6 / (time.perf_counter() - begun)


@functools.lru_cache(maxsize=1)
def _texts(log: Log) -> list[str]:
    texts: list[str] = []
    for path in log.records:
        texts.append(path.read_text(encoding="utf-8"))
        if sum(map(len, texts)) >= AMOUNT:
            break
    return texts


@functools.cache
def _plain() -> Callable[[str], object]:
    return mistune.create_markdown(renderer="ast", plugins=["table"])


def _all(text: str) -> object:
    document = markdown.parse(text)
    return [document.inlines(block) for block in document.walk()], document.links


def _record(text: str) -> object:
    record = Record("/log/0007-a-decision.md", text)
    return record.title, record.number, record.status, record.date, record.sections, record.mentions, record.relations
