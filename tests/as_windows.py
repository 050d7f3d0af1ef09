"""Runs adr-ls as on Windows, as far as Python code can tell: ``python -m tests.as_windows COMMAND …``.

What only POSIX has is gone, what only Windows has is there, a folder cannot be opened, and a file that is open can neither be moved,
replaced nor removed. Paths stay those of this system. It stands in for a Windows to find calls that do not exist there; it is none.
"""

from __future__ import annotations

import asyncio  # noqa: F401  # the standard library is loaded as this system's
import ctypes
import os
import signal
import subprocess  # noqa: F401  # as above
import sys
import types
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

GONE = {
    os: "chown chroot fchmod fchown fdatasync fork geteuid getegid getgid getgroups getpgid getuid getsid killpg lchown lockf mkfifo mknod"
    " O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK openpty posix_spawn pread pwrite sendfile set_blocking setsid statvfs sync"
    " sysconf uname",
    signal: "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pthread_kill setitimer sigwait",
}
MODULES = ("curses", "fcntl", "grp", "posix_ipc", "pwd", "readline", "resource", "syslog", "termios", "tty")
SHARING_VIOLATION = 32
STILL_RUNNING = 0x102


class InUseError(PermissionError):
    """What Windows says of a file that is open."""

    winerror = SHARING_VIOLATION


def disguise() -> None:
    """Makes this process one on Windows."""
    there = os.kill
    for module, names in GONE.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    sys.modules.update(dict.fromkeys(MODULES))  # so that to import one fails
    os.O_BINARY = 0
    os.kill = _ends_processes
    os.open = _opening(os.open)
    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        setattr(os, name, _in_use(getattr(os, name)))
    sys.modules["msvcrt"] = _module("msvcrt", LK_NBLCK=2, LK_UNLCK=0, locking=_nothing, setmode=_nothing)
    ctypes.windll = types.SimpleNamespace(kernel32=_kernel(there))
    sys.platform = "win32"


def _nothing(*_: Any) -> None:
    """Does nothing."""


def _ends_processes(*_: Any) -> None:
    raise AssertionError("“os.kill” ends a process on Windows, whatever the signal")


def _module(name: str, **content: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(content)
    return module


def _opening(real: Callable[..., int]) -> Callable[..., int]:
    def opening(path: Any, *rest: Any, **more: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **more)

    return opening


def _in_use(real: Callable[..., None]) -> Callable[..., None]:
    def call(*paths: Any, **more: Any) -> None:
        used = _open_files()
        for path in map(os.path.realpath, paths):
            if any(f"{file}{os.sep}".startswith(f"{path}{os.sep}") for file in used):
                raise InUseError(13, "The process cannot access the file because it is being used by another process", path)
        real(*paths, **more)

    return call


def _open_files() -> list[str]:
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the list itself is closed by now
            found.append(str(link.readlink()))
    return found


def _kernel(kill: Callable[[int, int], None]) -> types.SimpleNamespace:
    def opened(_access: int, _inherit: int, process: int) -> int:
        return process if running(process, 0) else 0

    def running(process: int, _milliseconds: int) -> int:
        try:
            kill(process, 0)
        except ProcessLookupError:
            return 0
        return STILL_RUNNING

    return types.SimpleNamespace(
        OpenProcess=opened, WaitForSingleObject=running, CloseHandle=_nothing, GetStdHandle=_nothing, GetConsoleMode=_nothing
    )


if __name__ == "__main__":
    disguise()
    from adr_ls.__main__ import main

    main()
