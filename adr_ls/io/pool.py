"""Many files read on all the cores there are, by processes of our own that live no longer than that (see `adr_ls.io.worker`).

They get paths and give facts, in frames over pipes. That is all there is of it: no shared memory, no semaphores, no process that tidies
up after the others. When the process that asks ends, however it does, their input ends, and so do they. Whatever goes wrong with them,
their files are read here instead.
"""

from __future__ import annotations

import importlib.util
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from adr_ls.io import worker
from adr_ls.io.worker import Read
from adr_ls.record import codec

if TYPE_CHECKING:
    import subprocess

SWITCH = "ADR_LS_WORKERS"
"""The environment variable that says how many processes may read at once; 0 for none."""
FEWEST = 300
"""How many files there must be for processes to pay: starting them costs as much as reading some eighty files."""
EACH = 100
"""How many files there must be for each process."""
MOST = 8
"""How many processes there are at most; each needs some forty megabytes."""
CHUNK = 16
"""How many files are asked for at once: read within a tenth of a second, so that nobody waits for long who wants to end it."""
PATIENCE = 30.0
"""Seconds without any answer after which none is expected any more."""
_TICK = 0.1
"""How often, in seconds, the caller is asked whether to go on while no answer comes."""

_START = (
    "import gc, json, sys; gc.disable(); sys.path[:0] = json.loads(sys.argv[1]); "
    "from adr_ls.io.worker import main; gc.freeze(); gc.enable(); main()"
)
"""What such a process runs. Nothing that it imports is garbage, so it does not look for that meanwhile, nor among it later."""

Answer = tuple[tuple[str, ...], bytes | None]
"""Paths and what a process said of them; None where it said nothing."""


def workers(count: int) -> int:
    """How many processes should read so many files: never more than there are cores, none where that would not pay or cannot be."""
    if count < FEWEST or not sys.executable or getattr(sys, "frozen", False) or sys.platform in ("emscripten", "wasi"):
        return 0
    found = min(_cores(), MOST, count // EACH)
    with suppress(ValueError):
        found = min(found, int(os.environ.get(SWITCH, "")))
    return found if found > 1 else 0


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(
    paths: Sequence[str],
    folders: Sequence[Path],
    *,
    processes: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Read]:
    """What reading each of the files gives, in no particular order, as soon as it is known.

    Only files in the folders are read. `processes` says how many read at once, 0 for none but this one; None for as many as
    pay. Once `cancelled` says yes, or when the iterator is closed, all end at once. Never raises for what is on disk.
    """
    left = list(paths)
    count = workers(len(paths)) if processes is None else processes
    if count:
        pool = _Pool(left, folders, count)
        try:
            yield from pool.answers(cancelled)
        finally:
            pool.close()
        left = pool.left()
    for path in left:
        if cancelled():
            return
        yield worker.read(path, folders)


class _Pool:
    """Processes that read, each with a thread that asks it for one chunk after the other."""

    def __init__(self, paths: Sequence[str], folders: Sequence[Path], count: int) -> None:
        self._chunks: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()
        for start in range(0, len(paths), CHUNK):
            self._chunks.put(tuple(paths[start : start + CHUNK]))
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._open = dict.fromkeys(paths)
        self._alike = codec.Alike()
        self._folders = codec.dumps([folder.as_posix() for folder in folders])
        self._closed = False
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads: list[threading.Thread] = []
        for _ in range(min(count, -(-len(paths) // CHUNK))):
            with suppress(OSError):
                process = _started()
                self._processes.append(process)
                self._threads.append(threading.Thread(target=self._ask, args=(process,), daemon=True))
        for thread in self._threads:
            thread.start()

    def _ask(self, process: subprocess.Popen[bytes]) -> None:
        """Asks a process until there is nothing more to ask for, or it fails; None says that it is done."""
        chunk: tuple[str, ...] = ()
        try:
            if process.stdin is None or process.stdout is None:
                return
            worker.send(process.stdin, self._folders)
            while not self._closed:
                chunk = self._chunks.get_nowait()
                worker.send(process.stdin, codec.dumps(chunk))
                self._answers.put((chunk, worker.receive(process.stdout)))
        except queue.Empty:
            pass
        except (OSError, EOFError, ValueError):  # a ValueError is a pipe that was closed meanwhile, or a frame that is none
            self._answers.put((chunk, None))
        finally:
            self._answers.put(None)

    def answers(self, cancelled: Callable[[], bool]) -> Iterator[Read]:
        """What the processes found, until all are done or have failed, or it is cancelled."""
        running, heard = len(self._threads), time.monotonic()
        while running and not cancelled() and time.monotonic() < heard + PATIENCE:
            try:
                answer = self._answers.get(timeout=_TICK)
            except queue.Empty:
                continue
            if answer is None:
                running -= 1
            else:
                chunk, data = answer
                with suppress(ValueError):
                    for one in worker.understood(data or b"", chunk, self._alike):
                        self._open.pop(one.path, None)
                        yield one
            heard = time.monotonic()

    def left(self) -> list[str]:
        """The files that no process has read."""
        return list(self._open)

    def close(self) -> None:
        """Ends all processes, whatever they are at, and waits until they are gone."""
        self._closed = True
        for process in self._processes:
            with suppress(OSError):
                process.kill()
        for process, thread in zip(self._processes, self._threads, strict=True):
            process.wait()
            thread.join()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()


def _started() -> subprocess.Popen[bytes]:
    """A process that reads. Raises `OSError` where none can be started.

    It is isolated: neither the current directory, which may be a stranger's repository, nor the environment tells it where modules
    are; it gets the places of those that this process itself uses. Nothing that it says can reach our own output.
    """
    import subprocess  # noqa: PLC0415  # few logs are so large that they need it

    command = [sys.executable, "-I", "-c", _START, json.dumps(_homes())]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, creationflags=flags)  # noqa: S603  # ourselves


def _homes() -> list[str]:
    """The directories or archives in which this process found the packages that reading needs."""
    found: dict[str, None] = {}
    for name in ("adr_ls", "mistune", "frontmatter", "yaml", "pathspec", "tomli"):
        with suppress(ImportError, ValueError):
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.origin:
                origin = Path(spec.origin).absolute()
                found.setdefault(str(origin.parent.parent if origin.stem == "__init__" else origin.parent))
    return list(found)
