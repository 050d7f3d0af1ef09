"""What source code costs: starts and keystrokes in a repository of very many source files, with the setting `code` off, open and all."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.client import PATIENCE, Client, UnansweredError
from tests.bench.generate import Log, generate
from tests.bench.stand import OURS, SERVERS, kept_in

WAYS = ("off", "open", "all", "all, warm")
"""The setting, and whether there is a cache of an earlier start."""
LANGUAGES = ("py", "ts", "go", "java", "rs", "c", "sql", "sh", "yaml", "kt")
COMMENTS = {"py": "#", "sql": "--", "sh": "#", "yaml": "#"}
SHARE = 50
"""One source file of so many refers to a record."""
LOOK = 0.05
"""Seconds between looks whether all is found."""

FUNCTION = "def function_{0}(value):\n    # adds the quadrant and returns {0}, see the note above\n    return value + {0} * 'text {0}'\n\n"


@dataclass(frozen=True)
class Amount:
    """How much there is, and how often it is measured."""

    records: int = 400
    files: int = 50_000
    functions: int = 40
    starts: int = 3
    keys: int = 20
    quiet: float = 2.0


Samples = dict[str, dict[str, list[float]]]
"""What was measured, by what it is and by the way."""


def repository(root: Path, amount: Amount) -> tuple[Log, int]:
    """Writes a log with so many source files around it, and how many of these name its most cited record."""
    log = generate(root, amount.records)
    (root / ".gitignore").write_text("*.pyc\nbuild/\ndist/\n*.log\n/.idea/\nnode_modules/\ntarget/\n", encoding="utf-8")
    naming = 0
    for at in range(amount.files):
        folder = root / "src" / f"package{at // 2500}" / f"module{at // 100}"
        folder.mkdir(parents=True, exist_ok=True)
        head = f"{COMMENTS.get(LANGUAGES[at % len(LANGUAGES)], '//')} see ADR-{log.cited.stem[:4]}\n" if at % SHARE == 0 else ""
        naming += bool(head)
        body = "".join(FUNCTION.format(number) for number in range(amount.functions))
        (folder / f"file{at}.{LANGUAGES[at % len(LANGUAGES)]}").write_text(head + body, encoding="utf-8")
    return log, naming


def measure(root: Path, amount: Amount, tell: Callable[[str], object]) -> Samples:
    """Measures each way in turn, as often as the amount says."""
    log, naming = repository(root, amount)
    samples: Samples = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(amount.starts):
            for way in WAYS:
                tell(f"{way}, {turn + 1} of {amount.starts}")
                cache = Path(folder) / ("warm" if way.endswith("warm") else f"{way}-{turn}")
                if way.endswith("warm") and not turn:
                    _once(log, naming, amount, way, cache, defaultdict(lambda: defaultdict(list)))
                _once(log, naming, amount, way, cache, samples)
    return samples


def _once(log: Log, naming: int, amount: Amount, way: str, cache: Path, samples: Samples) -> None:
    """One server from its start to its end."""
    (log.root / "adr-ls.toml").write_text(f'code = "{way.partition(",")[0]}"\n', encoding="utf-8")
    client = Client(SERVERS[OURS], log.root, kept_in(cache))

    def add(what: str, value: float) -> None:
        samples[what][way].append(value)

    try:
        add("spawn to initialize, ms", 1000 * client.begin())
        client.open(log.small)
        add("spawn to all references in records, ms", 1000 * _found(client, log, log.mentions))
        if way.startswith("all"):
            add("spawn to all references in code as well, ms", 1000 * _found(client, log, log.mentions + naming))
        client.rest(amount.quiet)
        add("processor until at rest, s", processes.worked(client.process.pid))
        add("memory at rest, MB", processes.memory(client.process.pid) or 0.0)
        for _ in range(amount.keys):
            add("keystroke in a record to diagnostics, ms", 1000 * _typed(client, log.small))
        source = next((log.root / "src").rglob("file0.py"))
        client.open(source, source.read_text(encoding="utf-8") * 8)
        for _ in range(amount.keys):
            add("keystroke in 30 KB of code to the next answer, ms", 1000 * _answered(client, source))
        client.leave()
    finally:
        client.end()


def _found(client: Client, log: Log, count: int) -> float:
    """From the start of the process until so many references to the most cited record are found."""
    place = {"textDocument": {"uri": log.cited.as_uri()}, "position": {"line": 0, "character": 3}}
    while time.perf_counter() - client.begun < PATIENCE:
        _, answer = client.ask("textDocument/references", {**place, "context": {"includeDeclaration": False}})
        if len(answer or ()) >= count:
            return time.perf_counter() - client.begun
        time.sleep(LOOK)
    raise UnansweredError(f"{count} references were not found")


def _typed(client: Client, path: Path) -> float:
    begun = client.type(path, 8, 0, "x")
    taken = client.diagnosed(path) - begun
    client.type(path, 8, 0, "", 1)
    client.diagnosed(path)
    return taken


def _answered(client: Client, path: Path) -> float:
    begun = client.type(path, 1, 0, "x")
    place: dict[str, Any] = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 0, "character": 8}}
    client.ask("textDocument/hover", place)
    return time.perf_counter() - begun


def report(amount: Amount, samples: Samples) -> Iterator[str]:
    """A table in Markdown: medians, by the way."""
    yield f"{amount.records:,} records and {amount.files:,} source files; medians."
    yield ""
    yield f"| | {' | '.join(WAYS)} |"
    yield f"|---|{'---:|' * len(WAYS)}"
    for what, by_way in samples.items():
        yield f"| {what} | {' | '.join(_median(by_way.get(way, ())) for way in WAYS)} |"


def _median(found: Sequence[float]) -> str:
    return f"{statistics.median(found):,.1f}" if found else ""
