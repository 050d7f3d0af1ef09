"""adr-ls as a fork of a process which has imported it: a start takes much longer than most of what tests ask.

It has also checked the example once, by which patterns are compiled and words are sorted. There are two such processes, used in turn, so
that of two servers that are compared each has its own order of sets; of those that note what they do (`tests.audit.hook`) there is one. What
a start itself does is seen by the tests that need one (`test_boot`, `test_process`, the editors, some of the audit); with ``ADR_LS_ALL=1``
all is started in earnest.
"""

from __future__ import annotations

import atexit
import importlib
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
IN_USE = sys.platform == "linux" and not os.environ.get("ADR_LS_ALL")
LARGEST = 1 << 17
"""The bytes of a request at most."""


class Forked:
    """A server in the current folder, as `subprocess.Popen` would show it: as much of that as clients use."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        ours: list[io.FileIO] = []
        theirs: list[int] = []
        for is_input in (True, False, False):
            reads, writes = os.pipe()
            ours.append(io.FileIO(writes if is_input else reads, "w" if is_input else "r"))
            theirs.append(reads if is_input else writes)
        self.stdin, self.stdout, self.stderr = ours
        self.returncode: int | None = None
        self._lock = threading.Lock()
        self._tie = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._tie.connect(_next(""))
            socket.send_fds(self._tie, [json.dumps([str(Path.cwd()), dict(environment), []]).encode()], theirs)
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self.pid = int(self._tie.recv(64))

    def kill(self) -> None:
        if self.returncode is None:
            self._tie.send(b"kill")

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, negative for a signal."""
        with self._lock:
            if self.returncode is None:
                self._tie.settimeout(timeout)
                try:
                    told = self._tie.recv(64)
                except TimeoutError:
                    raise subprocess.TimeoutExpired("a forked server", timeout or 0) from None
                assert told, "the process that forks has ended"
                self.returncode = int(told)
                self._tie.close()
        return self.returncode

    def __enter__(self) -> Forked:  # noqa: PYI034 - nobody subclasses it
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.stdin, self.stdout, self.stderr):
            stream.close()
        self.wait()


ASKING = """
import json, os, socket, sys
tie = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
tie.connect(bytes.fromhex(sys.argv[1]))
socket.send_fds(tie, [json.dumps([os.getcwd(), dict(os.environ), sys.argv[2:]]).encode()], [0, 1, 2])
tie.recv(64)
for stream in (0, 1, 2):
    os.close(stream)
os._exit(int(tie.recv(64)) & 255)
"""


def command(hook: str = "") -> list[str]:
    """The beginning of a command line in place of ``adr-ls``: it asks for a fork, hands its streams to it and ends as it does.

    `hook` is a folder with a module that notes what the fork does where its environment says.
    """
    return [sys.executable, "-I", "-S", "-c", ASKING, _next(hook).hex()]


def _next(hook: str) -> bytes:
    """The socket of the process whose turn it is to fork."""
    with _turn:
        begun = _begun.get(hook) or [_begin(hook) for _ in range(1 if hook else 2)]
        _begun[hook] = [*begun[1:], begun[0]]
        return begun[0]


_turn = threading.Lock()
_begun: dict[str, list[bytes]] = {}


def _begin(hook: str) -> bytes:
    """Starts a process that forks, which ends before this one does; the name of its socket, which has no file."""
    environment = {**os.environ, **({"PYTHONPATH": hook, "ADR_LS_AUDIT": os.devnull} if hook else {})}
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind("")  # the system finds a name
        listener.listen(64)
        command = [sys.executable, "-m", "tests.protocol.forkserver", str(listener.fileno())]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            cwd=REPOSITORY,
            env=environment,
            pass_fds=[listener.fileno()],
        )
        atexit.register(process.communicate)
        name: bytes = listener.getsockname()
    return name


# The process that forks


class _Forks:
    """Forks for each who connects, kills the child when it is asked to or left alone, and tells its exit status."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._ties: dict[int, socket.socket] = {}
        """Those who asked, by descriptor."""
        self._running: dict[int, socket.socket] = {}
        """Whom to tell, by process."""
        self._woken, self._waking = os.pipe()
        os.set_blocking(self._waking, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waking)

    def forked(self) -> bool:
        """Goes on until nobody is left who could ask; True in a child, which has the streams, folder, environment and arguments asked for."""
        while True:
            ready, _, _ = select.select([0, self._listener, self._woken, *self._ties], [], [])
            if 0 in ready:
                self._kill(*self._ties.values())
                return False
            for tie in [self._ties[descriptor] for descriptor in ready if descriptor in self._ties]:
                self._kill(tie)
                if not tie.recv(64):
                    del self._ties[tie.fileno()]
                    tie.close()
            if self._woken in ready:
                os.read(self._woken, 1024)
                self._reap()
            if self._listener in ready and self._fork():
                return True

    def _kill(self, *ties: socket.socket) -> None:
        for process, tie in self._running.items():
            if tie in ties:
                os.kill(process, signal.SIGKILL)

    def _reap(self) -> None:
        while self._running:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            tie = self._running.pop(process)
            if tie.fileno() >= 0:
                tie.send(str(os.waitstatus_to_exitcode(status)).encode())

    def _fork(self) -> bool:
        tie, _ = self._listener.accept()
        asked, streams, _, _ = socket.recv_fds(tie, LARGEST, 3)
        process = os.fork()
        if process:
            for stream in streams:
                os.close(stream)
            self._ties[tie.fileno()] = tie
            self._running[process] = tie
            tie.send(str(process).encode())
            return False
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for other in (tie, self._listener, *self._ties.values()):
            other.close()
        for descriptor, stream in enumerate(streams):
            os.dup2(stream, descriptor)
        for descriptor in (*streams, self._woken, self._waking):
            os.close(descriptor)
        # What stood for a stream knew what it was, such as whether one can go back in it
        for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - it is for as long as the process runs
        folder, environment, sys.argv[1:] = json.loads(asked)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        return True


def main() -> None:
    """Import all of adr-ls, and fork it as often as somebody asks."""
    from adr_ls.lsp import boot  # noqa: PLC0415 # first of all, or lsprotocol is imported the slow way

    with boot.importing():
        from adr_ls import __main__ as program  # noqa: PLC0415 # as above
        from adr_ls import rules  # noqa: PLC0415 # as above
        from adr_ls.cli.main import COMMANDS  # noqa: PLC0415 # as above
        from adr_ls.io import disk  # noqa: PLC0415 # as above
        from adr_ls.lsp import features, server  # noqa: F401, PLC0415 # as above

        features.others()
        features.commands()
        for module, _ in COMMANDS.values():
            importlib.import_module(f"adr_ls.cli.{module}")
        assert [*rules.check(disk.load([REPOSITORY / "examples" / "bookshop"]).workspace)]
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        is_child = _Forks(listener).forked()
    if is_child:
        hook = sys.modules.get("sitecustomize")
        if hasattr(hook, "begin"):
            hook.begin()
        program.main()


if __name__ == "__main__":
    main()
