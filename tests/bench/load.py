"""An hour of work in a big repository: what the server holds and how soon it answers does not change, and nothing gets lost.

Several logs lie among very many other files, some of which are Markdown that links to records; many documents are open. An hour of
typing is sent without the time between its keystrokes: each waits for the diagnostics of the one before, as somebody does who watches.
Between them there are questions, and between the minutes pauses in which the server comes to rest or does not. Files are saved, closed
and opened, made and deleted. In the end everything that the server has told has to be what one that has just been started tells.
"""

from __future__ import annotations

import math
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.client import Client, Json
from tests.bench.generate import Log, generate
from tests.bench.stand import OURS, SERVERS, kept_in

EACH = 5
"""After how many minutes it is looked how much memory is held."""
WORDS = "so that every service keeps its promises when one of them is late and nobody has to be woken up at night "
"""What is typed, again and again."""
_CODE = "def handle(event: Event) -> None:\n    log.info(event)\n"


@dataclass(frozen=True)
class Load:
    """How much there is: logs with so many records each, other files, open documents, minutes of typing with so many keystrokes each.

    `pause` is how many seconds people think after each minute, and `quiet` for how many nothing is done by a server that is at rest. No
    minute is begun after so many `seconds` from the start of the server.
    """

    logs: int = 10
    records: int = 2_000
    others: int = 50_000
    opened: int = 100
    minutes: int = 60
    keys: int = 100
    pause: float = 0.5
    quiet: float = 4.0
    seconds: float = math.inf


@dataclass
class Found:
    """What came out: the seconds until all was known and checked, the megabytes held after so many minutes of the hour.

    `latencies` are the seconds of each kind of question in rising order, `lost` the answers in which the server differs from a new one,
    of so many that were `compared`.
    """

    ready: float
    memory: dict[int, float]
    latencies: dict[str, list[float]]
    lost: list[str]
    compared: int
    worked: float


def repository(root: Path, load: Load) -> list[Log]:
    """Writes the repository: logs of different texts, and other files in folders of a hundred, one in fifty of them Markdown."""
    logs = [generate(root / "services" / f"service-{at:02}", load.records, seed=at) for at in range(load.logs)]
    for at in range(load.others):
        folder = root / "src" / f"part-{at // 1000:02}" / f"module-{at // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        if at % 50:
            (folder / f"file-{at:05}.py").write_text(_CODE, encoding="utf-8")
        else:
            log = logs[at // 50 % len(logs)]
            path = "/".join([*[".."] * 3, log.cited.relative_to(root).as_posix()])
            said = f"See [ADR-0001]({path}).\n" if at % 200 == 0 else "Nothing of decisions.\n"
            (folder / "README.md").write_text(f"# Module {at // 100}\n\n{said}", encoding="utf-8")
    return logs


class Typist:
    """Somebody who works with a client: `texts` are those of the open files, in the order in which they were opened."""

    def __init__(self, client: Client, logs: Sequence[Log], load: Load) -> None:
        self.client = client
        self.texts: dict[Path, str] = {}
        self.latencies: defaultdict[str, list[float]] = defaultdict(list)
        self._load = load
        self._logs = logs
        self._chance = random.Random(load.opened)  # noqa: S311  # to be the same each time is the point
        self._made: Path | None = None
        self._asked = 0
        first = [log.index for log in logs]
        others = [path for log in logs for path in log.records]
        self._closed = self._chance.sample(others, len(others))
        for path in [*first, *self._closed][: load.opened]:
            self._open(path)

    def _open(self, path: Path) -> None:
        self.client.open(path)
        self.client.diagnosed(path)
        self.texts[path] = path.read_text(encoding="utf-8")
        if path in self._closed:
            self._closed.remove(path)

    def minute(self, number: int) -> None:
        """What is done in a minute of the hour."""
        kind, pattern = KINDS[number % len(KINDS)]
        is_index = kind == "index"
        indexes = {log.index for log in self._logs}
        path = self._chance.choice([one for one in self.texts if (one in indexes) == is_index] or [*self.texts])
        places = [match.end() for match in re.finditer(pattern, self.texts[path])] or [len(self.texts[path])]
        start = self._chance.choice(places)
        for at in range(self._load.keys):
            self._type(kind, path, start + at, WORDS[at % len(WORDS)])
            if at % 10 == 9:
                self._ask(path, start + at)
        if number % 2:
            path.write_text(self.texts[path], encoding="utf-8", newline="")
            self.client.save(path)
        else:
            self._type("taking it back", path, start, "", length=self._load.keys)
        if number % 10 == 3:
            self._made = self._chance.choice(self._logs).write_another()
            self.client.changed(self._made, 1)
        elif number % 10 == 8 and self._made is not None:
            self._made.unlink()
            self.client.changed(self._made, 3)
            self._made = None
        if number % 4 == 1 and not is_index:
            self.client.close(path)
            del self.texts[path]
            self._open(self._closed[0])
            self._closed.append(path)
        time.sleep(self._load.pause)

    def _type(self, kind: str, path: Path, at: int, text: str, length: int = 0) -> None:
        before = self.texts[path]
        line, character = before.count("\n", 0, at), at - before.rfind("\n", 0, at) - 1
        begun = self.client.type(path, line, character, text, length)
        self.texts[path] = before[:at] + text + before[at + length :]
        self.latencies[f"keystroke, {kind}" if text else kind].append(self.client.diagnosed(path) - begun)

    def _ask(self, path: Path, at: int) -> None:
        """The next of the questions that editors ask while somebody types."""
        name, question = QUESTIONS[self._asked % len(QUESTIONS)]
        self._asked += 1
        text = self.texts[path]
        place = {"line": text.count("\n", 0, at), "character": at - text.rfind("\n", 0, at) - 1}
        taken, _ = self.client.ask(*question({"uri": path.as_uri()}, place))
        self.latencies[name].append(taken)


KINDS = (("prose", "We "), ("title", r"\A# ADR-\d+: \w+ "), ("prose", "We "), ("prose", "We "), ("index", r"Summary\*\*: \w+ "))
"""What is typed in, minute by minute, and behind which pattern."""
Question = Callable[[Json, Json], tuple[str, Json]]


def _at(method: str, **more: Any) -> Question:
    return lambda document, place: (f"textDocument/{method}", {"textDocument": document, "position": place, **more})


QUESTIONS: tuple[tuple[str, Question], ...] = (
    ("hover", _at("hover")),
    ("completion", _at("completion")),
    (
        "code actions",
        lambda document, place: (
            "textDocument/codeAction",
            {"textDocument": document, "range": {"start": place, "end": place}, "context": {"diagnostics": []}},
        ),
    ),
    ("document symbols", lambda document, _: ("textDocument/documentSymbol", {"textDocument": document})),
    ("definition", _at("definition")),
    ("references", _at("references", context={"includeDeclaration": False})),
    ("workspace symbols", lambda *_: ("workspace/symbol", {"query": "ledger"})),
)


def told(client: Client, logs: Sequence[Log], texts: dict[Path, str]) -> dict[str, Any]:
    """All that a server has said of problems, by file, and what it answers on some records and on what is open."""
    said: dict[str, Any] = {f"diagnostics of {uri}": found for uri, found in client.diagnostics.items() if found}
    for log in logs:
        for path in (log.cited, log.small, log.records[-1]):
            text = texts.get(path) or path.read_text(encoding="utf-8")
            if path not in texts:
                client.open(path)
                client.diagnosed(path)
            at = {"line": 0, "character": 3}
            for name, question in QUESTIONS[:2] + QUESTIONS[3:6]:
                said[f"{name} of {path}"] = client.ask(*question({"uri": path.as_uri()}, at))[1]
            citing = re.search(r"\(\./(?=0001-)", text)
            if citing is not None:
                there = {"line": text.count("\n", 0, citing.end()), "character": len(text[: citing.end()].rpartition("\n")[2])}
                for name, question in (QUESTIONS[0], QUESTIONS[4]):
                    said[f"{name} in {path}"] = client.ask(*question({"uri": path.as_uri()}, there))[1]
    for word in ("ledger", "", "choose the"):
        said[f"symbols with “{word}”"] = client.ask("workspace/symbol", {"query": word})[1]
    return said


def measure(root: Path, load: Load, tell: Callable[[str], object]) -> Found:
    """Writes the repository below `root`, works in it for an hour, and compares what is told in the end with a new server."""
    tell("writing the repository")
    logs = repository(root, load)
    begun = time.perf_counter()
    client = Client(SERVERS[OURS], root, kept_in(root.with_name("cache")))
    try:
        tell("reading and checking it")
        client.begin()
        typist = Typist(client, logs, load)
        client.rest(load.quiet)
        ready = time.perf_counter() - begun - load.quiet
        memory = {0: processes.memory(client.process.pid) or 0.0}
        tell(f"at rest {memory[0]:.0f} MB")
        done = 0
        typist.latencies.clear()
        worked = processes.worked(client.process.pid)
        for minute in range(load.minutes):
            tell(f"minute {minute + 1} of {load.minutes}, {processes.memory(client.process.pid) or 0.0:.0f} MB")
            typist.minute(minute)
            done = minute + 1
            is_over = time.perf_counter() - begun > load.seconds
            if done % EACH == 0 or done == load.minutes or is_over:
                client.rest(load.quiet)
                memory[done] = processes.memory(client.process.pid) or 0.0
                tell(f"at rest {memory[done]:.0f} MB")
            if is_over:
                break
        worked = processes.worked(client.process.pid) - worked
        now = told(client, logs, typist.texts)
    finally:
        client.end()
    tell("comparing it with a new server")
    fresh = Client(SERVERS[OURS], root, kept_in(root.with_name("other-cache")))
    try:
        fresh.begin()
        for path, text in typist.texts.items():
            fresh.open(path, text)
            fresh.diagnosed(path)
        fresh.rest(load.quiet)
        anew = told(fresh, logs, typist.texts)
    finally:
        fresh.end()
    lost = sorted(key for key in now.keys() | anew.keys() if now.get(key) != anew.get(key))
    latencies = {kind: sorted(found) for kind, found in sorted(typist.latencies.items())}
    return Found(ready, memory, latencies, lost, len(now.keys() | anew.keys()), worked)


def report(load: Load, found: Found) -> Iterator[str]:
    """The lines of what came out, as Markdown."""
    yield (
        f"{load.logs * load.records:,} records in {load.logs} logs, {load.others:,} other files, {load.opened} open documents, "
        f"{max(found.memory)} minutes of {load.keys} keystrokes. All was read and checked after {found.ready:.0f} s. The work took "
        f"{found.worked:.0f} s of processor time."
    )
    yield ""
    yield f"Megabytes after so many minutes: {', '.join(f'{done}: {held:.0f}' for done, held in found.memory.items())}."
    yield ""
    yield "| ms | samples | median | 95 % | 99 % | longest |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, times in found.latencies.items():
        told = " | ".join(
            f"{1000 * times[min(len(times) - 1, int(share * len(times)))]:,.1f}" for share in (0.5, 0.95, 0.99, 1)
        )
        yield f"| {kind} | {len(times):,} | {told} |"
    yield ""
    yield f"Of {found.compared:,} answers and files with problems, {len(found.lost)} differ from those of a new server."
    yield from (f"- {one}" for one in found.lost[:20])
