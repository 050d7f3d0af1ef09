"""Notes what a process does that could matter (PEP 578), from its start: Python imports this file by itself where it is on the path.

Each event is a line of JSON in the file that `ADR_LS_AUDIT` names: the process, the event, what it is about. Paths are resolved when it
happens. Python processes that are started isolated would not import this, so what they are to run is preceded by it.
"""

from __future__ import annotations

import json
import os
import sys

# Nobody can do anything by these, or they only say that another event follows
HARMLESS = frozenset(
    {
        *("object.__getattr__", "object.__setattr__", "object.__delattr__", "builtins.id", "code.__new__", "function.__new__"),
        *("sys._getframe", "sys._current_frames", "sys.excepthook", "sys.unraisablehook", "sys.monitoring.register_callback"),
        *("marshal.loads", "marshal.load", "gc.get_objects", "gc.get_referrers", "gc.get_referents", "array.__new__"),
        *(
            "cpython.run_command",
            "cpython.run_file",
            "cpython.run_module",
            "cpython.run_stdin",
            "cpython._PySys_ClearAuditHooks",
        ),
        *("cpython.PyInterpreterState_New", "cpython.PyInterpreterState_Clear", "sys._getframemodulename"),
        *("_thread.start_new_thread", "_thread.start_joinable_thread", "time.sleep", "signal.pthread_kill"),
    }
)
# A word in every file that must not be executed
BAIT = b"TRAP"
# The events that are about paths, and how many
PATHS = {
    **dict.fromkeys(("open", "os.listdir", "os.scandir", "os.chdir", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"), 1),
    **dict.fromkeys(("os.chmod", "os.chown", "os.utime", "os.chflags", "os.setxattr", "os.getxattr", "os.listxattr"), 1),
    **dict.fromkeys(("os.walk", "os.fwalk", "glob.glob", "pathlib.Path.glob", "pathlib.Path.rglob", "shutil.rmtree"), 1),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink", "shutil.copyfile", "shutil.copymode", "shutil.move"), 2),
    **dict.fromkeys(("tempfile.mkstemp", "tempfile.mkdtemp"), 1),
}

_realpath, _fspath, _write, _getpid, _dumps = os.path.realpath, os.fsdecode, os.write, os.getpid, json.dumps
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LOG = os.environ.get("ADR_LS_AUDIT", "")
_log = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if _LOG else -1


def _path(value: object) -> str:
    if value is None:
        return _realpath(".")
    if isinstance(value, int):
        return f"<descriptor {value}>"
    return _realpath(_fspath(value))  # type: ignore[arg-type] # the event says that it is a path


def _told(event: str, arguments: tuple[object, ...]) -> list[object] | None:
    """What is to be noted of an event, None for nothing."""
    if event == "open":
        path, mode, flags = arguments
        is_writing = bool((flags if isinstance(flags, int) else 0) & _WRITING) or any(one in str(mode or "") for one in "wax+")
        return [_path(path), "write" if is_writing else "read"]
    if event in PATHS:
        return [_path(one) for one in arguments[: PATHS[event]]]
    if event == "import":
        return [arguments[0], _path(arguments[1])] if arguments[1] else None
    if event == "compile":
        source, name = arguments
        text = source.encode("utf-8", "replace") if isinstance(source, str) else source if isinstance(source, bytes) else b""
        return [str(name), "bait"] if BAIT in text else None
    if event == "exec":
        name = getattr(arguments[0], "co_filename", "")
        return [_path(name)] if name and name[:1] != "<" else None
    return [_plain(one) for one in arguments]


def _plain(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in HARMLESS:
        return
    told = _told(event, arguments)
    if event == "subprocess.Popen" and isinstance(arguments[1], list):
        told = [_plain(arguments[1]), str(arguments[2])]
        _accompany(arguments[1])
    if told is not None:
        _write(_log, _dumps([_getpid(), event, told]).encode() + b"\n")


def _accompany(command: list[str]) -> None:
    """Has an isolated Python process do this first; it gets the list that is about to be run."""
    if command[:3] == [sys.executable, "-I", "-c"]:
        with open(__file__, encoding="utf-8") as own:  # noqa: PTH123 - pathlib would be imported for it
            command[3] = f"__file__ = {__file__!r}\nexec({own.read()!r})\n{command[3]}"


def begin() -> None:
    """Goes on in another file, in a process that was forked: that which its own environment names."""
    global _log  # noqa: PLW0603 - the hook cannot be taken off and put on again
    _log = os.open(os.environ["ADR_LS_AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


if _log >= 0:
    sys.addaudithook(_hook)
