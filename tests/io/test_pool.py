from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_ls.io import cache, disk, pool, worker
from adr_ls.io.worker import Read
from tests.bench.generate import generate

COUNT = 80
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
posix_only = pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("log")
    generate(made, COUNT)
    (made / "docs" / "adr" / "bom.md").write_bytes(b"\xef\xbb\xbf# A mark\n\nIt stands first.\n")
    (made / "docs" / "adr" / "latin.md").write_bytes(b"# \xe4\n")
    return made


@pytest.fixture
def paths(root: Path) -> list[str]:
    found = sorted(path.as_posix() for path in (root / "docs" / "adr").iterdir())
    return [*found, "/elsewhere/0001-x.md", (root / "gone.md").as_posix()]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that are started; in the end none of them runs any more."""
    found: list[subprocess.Popen[bytes]] = []
    before = pool._started

    def start() -> subprocess.Popen[bytes]:
        found.append(before())
        return found[-1]

    monkeypatch.setattr(pool, "_started", start)
    threads = threading.active_count()
    yield found
    assert all(process.returncode is not None for process in found)
    assert threading.active_count() == threads


def by_path(found: Iterator[Read]) -> dict[str, Read]:
    return {one.path: one for one in found}


def here(paths: list[str], root: Path) -> dict[str, Read]:
    return by_path(pool.read_all(paths, [root], processes=0))


# --- What is read ----------------------------------------------------------------------------------------------------------------


def test_processes_read_what_one_reads(paths: list[str], root: Path, started: list[subprocess.Popen[bytes]]) -> None:
    found = by_path(pool.read_all(paths, [root], processes=2))
    assert len(started) == 2
    wanted = here(paths, root)
    assert found == wanted
    for path, one in found.items():
        same = wanted[path].facts
        if one.facts is not None:  # places too, which facts are not compared by
            assert same is not None
            assert (one.facts.mentions, one.facts.sections) == (same.mentions, same.sections)
    assert found["/elsewhere/0001-x.md"].reason == "lies outside the opened folders"
    assert found[(root / "gone.md").as_posix()].reason == "does not exist"
    assert found[(root / "docs/adr/latin.md").as_posix()].reason == "is not UTF-8 text"
    assert found[(root / "docs/adr/bom.md").as_posix()].bom


def test_no_files_need_no_processes(root: Path, started: list[subprocess.Popen[bytes]]) -> None:
    assert not list(pool.read_all([], [root], processes=2))
    assert not started


# --- How many ---------------------------------------------------------------------------------------------------------------------


def test_few_files_are_read_here_and_many_on_the_cores_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pool.SWITCH, raising=False)
    monkeypatch.setattr(pool, "_cores", lambda: 4)
    assert [pool.workers(count) for count in (0, 199, pool.FEWEST - 1, 300, 400, 5000)] == [0, 0, 0, 3, 4, 4]
    monkeypatch.setattr(pool, "_cores", lambda: 64)
    assert pool.workers(20_000) == pool.MOST
    monkeypatch.setattr(pool, "_cores", lambda: 1)
    assert pool.workers(5000) == 0


@pytest.mark.parametrize(("value", "count"), [("0", 0), ("1", 0), ("2", 2), ("99", 4), ("many", 4), ("", 4), ("-3", 0)])
def test_the_environment_says_how_many_at_most(monkeypatch: pytest.MonkeyPatch, value: str, count: int) -> None:
    monkeypatch.setattr(pool, "_cores", lambda: 4)
    monkeypatch.setenv(pool.SWITCH, value)
    assert pool.workers(5000) == count


@pytest.mark.parametrize(
    ("where", "name", "value"), [(sys, "executable", ""), (sys, "frozen", True), (sys, "platform", "emscripten")]
)
def test_where_there_is_no_python_to_start_files_are_read_here(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, value: object
) -> None:
    monkeypatch.setattr(pool, "_cores", lambda: 4)
    monkeypatch.setattr(where, name, value, raising=False)
    assert pool.workers(5000) == 0


# --- What goes wrong --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "program",
    [
        "",
        "raise SystemExit(3)",
        "print('hello')",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 100)",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2[]' * 100)",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\1\\n' * 100)",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\1\\0only so much')",
        "import time; time.sleep(100)",
    ],
)
def test_the_files_of_processes_that_misbehave_are_read_here(
    paths: list[str],
    root: Path,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    program: str,
) -> None:
    monkeypatch.setattr(pool, "_START", program)
    monkeypatch.setattr(pool, "PATIENCE", 0.5 if "sleep" in program else 60)
    assert by_path(pool.read_all(paths, [root], processes=2)) == here(paths, root)
    assert started
    assert capfd.readouterr() == ("", "")


def test_what_other_code_says_does_not_count(paths: list[str], root: Path) -> None:
    found = [worker.read(path, [root]) for path in paths]
    data = worker.written(found)
    assert worker.understood(data, paths) == found
    for other in (data.replace(cache.key().encode(), b"0" * 32), data[:-5], data.replace(b"true", b"1"), b"[]\n" + data):
        with pytest.raises(ValueError):
            worker.understood(other, paths)
    with pytest.raises(ValueError):
        worker.understood(data, paths[:-1])


@pytest.mark.parametrize("when", [0, 1])
def test_the_files_of_a_process_that_is_killed_are_read_by_others_or_here(
    paths: list[str], root: Path, started: list[subprocess.Popen[bytes]], when: int
) -> None:
    found = {}
    for at, one in enumerate(pool.read_all(paths, [root], processes=2)):
        found[one.path] = one
        if at == when * pool.CHUNK:
            started[0].kill()
    assert found == here(paths, root)


def test_where_no_process_can_be_started_files_are_read_here(
    paths: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert by_path(pool.read_all(paths, [root], processes=2)) == here(paths, root)


# --- How it ends ------------------------------------------------------------------------------------------------------------------


def test_cancelled_it_ends_at_once(paths: list[str], root: Path, started: list[subprocess.Popen[bytes]]) -> None:
    found: list[Read] = []
    for one in pool.read_all(paths, [root], processes=2, cancelled=lambda: bool(found)):
        found.append(one)  # noqa: PERF402  # it is looked at while it grows
    assert len(found) <= pool.CHUNK
    assert len(started) == 2


def test_nobody_has_to_listen_to_the_end(paths: list[str], root: Path, started: list[subprocess.Popen[bytes]]) -> None:
    reading = pool.read_all(paths, [root], processes=2)
    next(reading)
    assert all(process.poll() is None for process in started)
    reading.close()  # type: ignore[attr-defined]  # it is a generator


def lives(process: int) -> bool:
    """Whether a process is there and no zombie that nobody has asked for."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


PARENT = """
import sys, time
from pathlib import Path
from adr_ls.io import pool
started = pool._started
def start():
    process = started()
    print(process.pid, flush=True)
    return process
pool._started = start
root = Path(sys.argv[1])
reading = pool.read_all([path.as_posix() for path in (root / "docs/adr").iterdir()], [root], processes=2)
next(reading)
print("reading", flush=True)
time.sleep(60)
"""


@posix_only
@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="the system does not tell which processes there are")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_they_end_with_the_process_that_asks_however_that_ends(root: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT) as parent:
        assert parent.stdout is not None
        processes = [int(parent.stdout.readline()) for _ in range(2)]
        assert parent.stdout.readline() == "reading\n"
        parent.send_signal(how)
        parent.wait(30)
    ends = time.monotonic() + 30
    while any(map(lives, processes)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(map(lives, processes))


# --- What they are ----------------------------------------------------------------------------------------------------------------


def test_they_import_only_what_reading_needs() -> None:
    code = "import sys, adr_ls.io.worker; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    found = set(done.stdout.split())
    assert "adr_ls.record.facts" in found
    assert not {"pygls", "lsprotocol", "asyncio", "multiprocessing", "platformdirs", "adr_ls.rules", "adr_ls.lsp"} & found
    assert not {name for name in found if name.startswith(("adr_ls.ide", "adr_ls.index", "adr_ls.write", "adr_ls.cli"))}


def test_nothing_in_the_current_directory_is_imported(
    paths: list[str], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    for name in ("json", "sys", "signal", "adr_ls", "mistune", "sitecustomize", "yaml"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'w').write('x')")
    wanted = here(paths, root)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(worker, "read", None)  # nothing is read here
    assert by_path(pool.read_all(paths, [root], processes=2)) == wanted
    assert started
    assert not (tmp_path / "executed").exists()


# --- Whole folders ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As if the log were large, with caches of its own."""
    monkeypatch.setattr(pool, "FEWEST", 10)
    monkeypatch.setenv(cache.PLACE, str(tmp_path / "caches"))
    monkeypatch.delenv(cache.SWITCH, raising=False)


def seen(loaded: disk.Loaded) -> tuple[object, ...]:
    logs = [(log.directory, list(log.records.items())) for log in loaded.workspace.logs]
    return logs, dict(loaded.workspace.pages), loaded.stamps, loaded.marked, loaded.facts, loaded.notes


@pytest.mark.usefixtures("many")
def test_a_folder_is_the_same_however_it_is_read(root: Path) -> None:
    one = disk.load([root])
    assert len(one.workspace.records) == COUNT
    told: list[tuple[int, int]] = []
    wanted = seen(one)
    assert seen(disk.load([root], workers=2, progress=lambda *now: told.append(now))) == wanted
    total = COUNT + 4  # an index, a template, one with a mark, and one that cannot be read
    assert told == [(at, total) for at in range(1, total + 1)]
    assert seen(disk.load([root], cached=True)) == wanted
    told.clear()
    assert seen(disk.load([root], cached=True, workers=2, progress=lambda *now: told.append(now))) == wanted
    assert not told, "all but one is in the cache"


@pytest.mark.usefixtures("many")
def test_a_file_that_has_changed_since_is_read_anew(tmp_path: Path) -> None:
    log = generate(tmp_path / "w", 12)
    disk.load([log.root], cached=True)
    log.small.write_text("# ADR-0002: Another title\n\n**Status**: Draft\n", encoding="utf-8")
    log.large.unlink()
    loaded = disk.load([log.root], cached=True)
    assert loaded.facts[log.small.as_posix()].title == "Another title"
    assert len(loaded.workspace.records) == 11
    opened = {log.cited.as_posix(): "# ADR-0001: Being typed\n"}
    loaded = disk.load([log.root], cached=True, opened=opened)
    assert loaded.facts[log.cited.as_posix()].title == "Being typed"
    disk.save(disk.load([log.root]))
    assert cache.Cache.opened(log.root).entries == 13  # the index too, and the template


@pytest.mark.usefixtures("many")
def test_what_was_not_read_to_the_end_is_not_kept(root: Path) -> None:
    disk.load([root], cached=True, workers=2, cancelled=lambda: True)
    assert not cache.Cache.opened(root).entries


@pytest.mark.usefixtures("many")
def test_without_a_word_nothing_is_kept(root: Path) -> None:
    disk.load([root])
    assert not cache.Cache.opened(root).entries


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\0\0\0\5abcd"])
def test_a_frame_that_ends_too_soon_is_none(data: bytes) -> None:
    with pytest.raises(EOFError):
        worker.receive(io.BytesIO(data))


def test_a_frame_that_is_too_large_is_none() -> None:
    with pytest.raises(ValueError):
        worker.receive(io.BytesIO(b"\xff" * 8))
