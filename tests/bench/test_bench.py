"""The benchmark runs and has every figure; how fast anything is, is not judged here."""

from __future__ import annotations

from pathlib import Path

from adr_ls.io import disk
from tests.bench.__main__ import bench
from tests.bench.generate import generate
from tests.bench.serving import OURS, servers

FIGURES = {
    "reading all blocks and links",
    "reading a whole record",
    "spawn to initialize",
    "spawn to first diagnostics",
    "hover while the log is read",
    "spawn to complete references",
    "references found",
    "memory",
    "keystroke to diagnostics, 5 KB",
    "keystroke to diagnostics, 30 KB",
    "keystroke to diagnostics, index",
    "keystroke in the title",
    "hover",
    "definition",
    "references to the most cited",
    "workspace symbols, narrow",
    "workspace symbols, all",
    "completion in a link",
}


def test_the_benchmark_has_every_figure_for_every_server() -> None:
    figures = bench(20, starts=1, repeats=2)
    assert set(figures.all) == FIGURES
    served = {name for name in FIGURES if not name.startswith("reading")}
    for server in servers():
        assert all(figures.all[name].median(server) >= 0 for name in served)
    lines = list(figures.table(OURS))
    assert all(any(line.startswith(f"| {name}") for line in lines) for name in FIGURES)


def test_a_generated_log_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = generate(tmp_path / "one", 30), generate(tmp_path / "other", 30)
    assert [path.read_bytes() for path in one.records] == [path.read_bytes() for path in other.records]
    assert (one.links, one.mentions) == (other.links, other.mentions)


def test_all_references_that_were_generated_are_found(tmp_path: Path) -> None:
    log = generate(tmp_path, 30)
    workspace = disk.load([log.root]).workspace
    cited = workspace.records[disk.to_path(log.cited)]
    assert len(list(workspace.mentions_of(cited))) == log.mentions
