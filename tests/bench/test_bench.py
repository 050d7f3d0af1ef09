"""The benchmark runs and has every figure, and each measures what it says; how fast anything is, is not judged here."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_ls.io import disk
from tests.bench import code, commands, keystrokes, load, processes, questions, report, starting
from tests.bench.__main__ import FIGURES, bench, search, selected, work
from tests.bench.figures import Beside, Figure, Goal, Samples
from tests.bench.generate import generate
from tests.bench.stand import ABSENT, OURS, Effort, Stand, Trial

SIZE = 20
FEW = Effort(starts=1, repeats=1, quiet=0.05, idle=0.2, pause=0)
OPTIONAL = {keystrokes.code_action_resolved.name}
"""Figures that are only there where the server offers such a thing."""


@pytest.fixture(scope="module")
def samples() -> Samples:
    found = Samples()
    bench(SIZE, FIGURES, FEW, found)
    return found


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with contextlib.closing(Stand(generate(tmp_path_factory.mktemp("log"), SIZE), FEW)) as found:
        yield found


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_each_figure_is_there_for_each_of_its_servers(figure: Figure, samples: Samples) -> None:
    if sys.platform == "win32" and (figure in commands.FIGURES or figure in (starting.memory_cold, starting.memory_warm)):
        pytest.skip("Windows does not tell")
    if figure.name not in OPTIONAL:
        assert [server for server in figure.servers if server not in ABSENT and not samples.of(figure.name, SIZE, server)] == []


def test_ours_finds_all_references(samples: Samples, tmp_path: Path) -> None:
    assert samples.median(questions.references_found.name, SIZE) == generate(tmp_path, SIZE).mentions


def test_whatever_a_figure_is_divided_by_is_measured() -> None:
    names = {figure.name for figure in FIGURES}
    assert len(names) == len(FIGURES)
    assert {figure.beside.figure for figure in FIGURES if figure.beside and figure.beside.figure} <= names


def test_what_a_figure_is_divided_by_is_selected_with_it() -> None:
    assert [figure.name for figure in selected(["rename"])] == ["references to the most cited", "rename of the most cited"]
    assert selected([]) == [*FIGURES]


def test_the_table() -> None:
    samples = Samples()
    for size, ours, other in ((100, 3.0, 2.0), (1000, 6.0, 1.5)):
        samples.add("typing", size, OURS, ours)
        samples.add("typing", size, "theirs", other)
    goals = (Goal("ratio", 2, 100), Goal("ratio", 2), Goal("value", 7, 5000), Goal("growth", 2, between=(100, 1000)))
    figure = Figure("typing", lambda _: None, "ms", (OURS, "theirs"), Beside("theirs"), goals, once=False)
    assert (
        "\n".join(report.table([figure], samples, [100, 1000]))
        == """\
| | 100 | ÷ | 1,000 | ÷ | ÷ what | growth | goal |
|---|---:|---:|---:|---:|---|---:|---|
| typing, ms | 3.00 | 1.50 | 6.00 | 4.00 | theirs | 2.00 | ÷ ≤ 2 at 100 ✓; ÷ ≤ 2 ✗; ≤ 7 at 5,000; growth ≤ 2 (100 to 1,000) ✓ |"""
    )


def test_what_was_typed_is_taken_away(stand: Stand) -> None:
    client = stand.running(OURS)
    document = {"textDocument": {"uri": stand.log.small.as_uri()}}
    before = client.ask("textDocument/documentSymbol", document)[1], client.diagnostics[stand.log.small.as_uri()]
    for figure in (keystrokes.listed_title, keystrokes.burst, keystrokes.code_actions_title, questions.completion):
        figure.measure(Trial(stand, OURS))
    client.rest(0.5)  # how the index stands to the record is judged anew once nobody types
    after = client.ask("textDocument/documentSymbol", document)[1], client.diagnostics[stand.log.small.as_uri()]
    assert after == before


def test_an_hour_of_work_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    amount = load.Load(logs=2, records=12, others=120, opened=6, minutes=12, keys=20, pause=0.0, quiet=0.3)
    found = work(amount)
    assert found.lost == []
    assert {name for name, _ in load.QUESTIONS} | {f"keystroke, {kind}" for kind, _ in load.KINDS} <= found.latencies.keys()
    assert "Of " in capsys.readouterr().out
    if sys.platform != "win32":
        assert list(found.memory) == [0, 5, 10, 12]
        assert min(found.memory.values()) > 0


def test_source_code_is_measured_in_all_ways(capsys: pytest.CaptureFixture[str]) -> None:
    found = search(code.Amount(records=30, files=120, functions=3, starts=1, keys=2, quiet=0.3))
    whole = {"spawn to all references in code as well, ms"}
    assert {what for what, by_way in found.items() if by_way.keys() != {*code.WAYS}} == whole
    assert found[whole.pop()].keys() == {way for way in code.WAYS if way.startswith("all")}
    assert "120 source files" in capsys.readouterr().out


def test_a_new_file_does_not_stay(stand: Stand) -> None:
    before = sorted(stand.log.root.rglob("*"))
    questions.new_file.measure(Trial(stand, OURS))
    assert sorted(stand.log.root.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_children_count_as_their_parents() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as parent:
        while len(processes.tree(parent.pid)) < 2:
            time.sleep(0.02)
        parent.communicate(b"\n")


def test_a_generated_log_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = generate(tmp_path / "one", 30), generate(tmp_path / "other", 30)
    assert [path.read_bytes() for path in one.records] == [path.read_bytes() for path in other.records]
    assert (one.links, one.mentions) == (other.links, other.mentions)


def test_all_references_that_were_generated_are_found_and_the_template_is_no_record(tmp_path: Path) -> None:
    log = generate(tmp_path, 30)
    workspace = disk.load([log.root]).workspace
    assert [Path(path) for path in sorted(workspace.records)] == [*log.records]
    cited = workspace.records[disk.to_path(log.cited)]
    assert len(list(workspace.mentions_of(cited))) == log.mentions
