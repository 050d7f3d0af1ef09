"""What a process may do, as data with reasons, and what of the events it left is none of that."""

from __future__ import annotations

import json
import re
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.audit.hostile import Hostile
from tests.conftest import REPOSITORY

HOOK = Path(__file__).parent / "hook"
CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".pth", ".sh", ".egg-link")
"""The endings of files in a repository that nobody has any business with."""
SOURCE = (".py", ".pth", ".sh")
"""Those that are read, as texts, where source code is to be looked at; running them is another event."""
LIBRARIES = tuple(
    {
        str(Path(path).resolve())
        for path in (
            *(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix),
            *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
            *(str(REPOSITORY / name) for name in ("adr_ls", "docs/rules")),
            *(str(HOOK), str(HOOK.parent / "program.py")),
        )
    }
)
"""Where the interpreter, the libraries, the program itself and this audit are."""

READ = {"open", "os.listdir", "os.scandir", "os.walk", "os.getxattr", "os.listxattr", "pathlib.Path.glob", "pathlib.Path.rglob"}
CHANGED = {
    *("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.rename", "os.link"),
    *("os.symlink", "os.setxattr", "os.chflags", "shutil.rmtree", "shutil.move", "shutil.copymode", "tempfile.mkstemp"),
}


@dataclass(frozen=True)
class Allowed:
    """An event that is no harm where `holds` of its arguments, and why; `only` names the cases in which it may be."""

    event: str
    why: str
    holds: Callable[[list[Any]], bool] = lambda _: True
    only: tuple[str, ...] = ()


def _runs_itself(told: list[Any]) -> bool:
    command, _ = told
    return command[0] == sys.executable and command[1:3] == ["-I", "-c"] and "adr_ls.io.worker" in command[3]


def _runs_the_server(told: list[Any]) -> bool:
    command, _ = told
    return (
        command[:2] == [sys.executable, "-c"]
        and re.fullmatch(r"import sys; sys\.path\[0\] = '[^']*'; from adr_ls\.__main__ import main; main\(\)", command[2])
        is not None
    )


def _asks_git(told: list[Any]) -> bool:
    """With nothing but subcommands that look at what git has, see `adr_ls.io.git`."""
    command, _ = told
    words = iter(command[1:])
    for word in words:
        if word in ("-c", "-C"):
            next(words)
        elif not word.startswith("-"):
            is_git = Path(command[0]).is_absolute() and Path(command[0]).stem == "git"
            return is_git and word in ("rev-parse", "rev-list", "merge-base", "ls-tree", "diff-tree", "cat-file")
    return False


def _is(*paths: str) -> Callable[[list[Any]], bool]:
    return lambda told: told[0] in paths


ALLOWED = (
    Allowed("subprocess.Popen", "many files are read on all cores, by our own Python, isolated", _runs_itself),
    Allowed("subprocess.Popen", "the doctor starts the server as an editor would", _runs_the_server, ("doctor",)),
    Allowed("subprocess.Popen", "git is asked what commits hold", _asks_git, ("check", "graph", "history", "server", "doctor")),
    Allowed("os.listdir", "where this is tried, modules are looked for there", _is(str(REPOSITORY), str(HOOK.parent))),
    Allowed("open", "what nobody is to see goes there", _is("/dev/null")),
    Allowed("open", "the standard streams", lambda told: told[0].startswith("<descriptor ")),
    Allowed(
        "os.truncate", "a file of our own that was judged when it was opened", lambda told: told[0].startswith("<descriptor ")
    ),
    Allowed("fcntl.flock", "a file of our own, so that no two of us write it at once"),
    Allowed("os.kill", "ends a process of our own", only=("doctor", "server")),
    Allowed(
        "socket.__new__",
        "an event loop wakes itself by a pair of sockets that have no address",
        lambda told: told[1] == str(int(socket.AF_UNIX)),
        ("mcp",),
    ),
    Allowed("fcntl.fcntl", "the standard streams, of which it keeps copies", lambda told: told[0] in ("0", "1"), ("mcp",)),
    Allowed("sys.set_asyncgen_hook_firstiter", "an event loop ends what it began", only=("mcp",)),
    Allowed("sys.set_asyncgen_hook_finalizer", "as above", only=("mcp",)),
)


@dataclass(frozen=True)
class Event:
    """What one process did."""

    process: int
    name: str
    told: list[Any]

    def __str__(self) -> str:
        return f"{self.name} {' '.join(map(str, self.told))}"[:300]


def events(log: Path) -> list[Event]:
    """What the processes did that wrote to a log."""
    return [Event(*json.loads(line)) for line in log.read_text("utf-8").splitlines()]


def forbidden(found: list[Event], case: str, hostile: Hostile, *, writes: bool, reads_code: bool = False) -> str:
    """What was done that is not allowed in a case, which may change files of the repository or may not; a line for each.

    `reads_code` says that it may read source code.
    """
    own = (str(hostile.root), str(hostile.cache))
    code = tuple(ending for ending in CODE if not (reads_code and ending in SOURCE))
    return "\n".join(dict.fromkeys(str(event) for event in found if not any(_allows(event, case, own, code, writes=writes))))


def _allows(event: Event, case: str, own: tuple[str, ...], code: tuple[str, ...], *, writes: bool) -> Iterator[bool]:
    root, cache = own
    yield any(one.event == event.name and case in (one.only or (case,)) and one.holds(event.told) for one in ALLOWED)
    if (event.name == "open" and event.told[1] == "write") or event.name in CHANGED:
        paths = event.told[:1] if event.name == "open" else event.told
        yield all(_is_in(path, cache) or (writes and _is_in(path, root) and not _is_in(path, f"{root}/.git")) for path in paths)
    elif event.name in READ:
        path = event.told[0]
        yield _is_in(path, *LIBRARIES, cache) or (_is_in(path, root) and not path.endswith(code))
    elif event.name in ("import", "exec"):
        yield _is_in(event.told[-1], *LIBRARIES)


def _is_in(path: str, *folders: str) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
