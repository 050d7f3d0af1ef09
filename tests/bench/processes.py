"""How much processor time and memory a process and its children have taken, on Linux and macOS."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource


@dataclass(frozen=True)
class Process:
    """A running process: its parent, the processor seconds that it has had, and the memory that it holds now, in MB."""

    parent: int
    worked: float
    memory: float


def tree(root: int) -> list[Process]:
    """A process and all below it; none where the system does not tell."""
    running = _linux() if sys.platform.startswith("linux") else _ps()
    found, wanted = [], [root]
    for at in wanted:
        if at in running:
            found.append(running[at])
            wanted.extend(child for child, process in running.items() if process.parent == at)
    return found


def worked(root: int) -> float:
    """The processor seconds that a process and its children have had."""
    return sum(process.worked for process in tree(root))


def memory(root: int) -> float | None:
    """The memory that a process and its children hold now, in MB; pages that they share count for each."""
    return sum(process.memory for process in tree(root)) or None


def children_worked() -> float | None:
    """The processor seconds of all our ended children and theirs; nothing where the system does not tell."""
    if sys.platform == "win32":
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _linux() -> dict[int, Process]:
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        found[int(folder.name)] = Process(
            int(fields[1]), (int(fields[11]) + int(fields[12])) / tick, int(fields[21]) * page / 1024**2
        )
    return found


def _ps() -> dict[int, Process]:
    if sys.platform == "win32":
        return {}
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss=,time="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in said.splitlines())
    return {int(pid): Process(int(parent), _seconds(time), int(rss) / 1024) for pid, parent, rss, time in rows}


def _seconds(clock: str) -> float:
    """What ``[days-][hours:]minutes:seconds`` comes to."""
    days, _, rest = clock.rpartition("-")
    taken = float(days or 0) * 24
    for part in ("0:0:" + rest).split(":")[-3:]:
        taken = taken * 60 + float(part)
    return taken
