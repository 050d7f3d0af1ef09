"""The process around the protocol: its streams, its one loop, and its end.

Two threads matter. The *reader* waits for bytes and hands over whole messages, so a busy server still hears of a cancellation, of
``exit``, and of a client that is gone. The *loop* runs everything else, one call after another, so nothing else needs a lock.
asyncio is not used: every handler is a plain function, and a queue wakes the loop in a fraction of the time.
"""

from __future__ import annotations

import heapq
import logging
import os
import queue
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

logger = logging.getLogger(__name__)

MAX_HEADER = 16 << 10
"""The longest header line that is read, in bytes."""
MAX_BODY = 64 << 20
"""The longest message that is read, in bytes; a longer one is passed over."""
MAX_SKIPPED = 1 << 30
"""The longest message that is passed over; one that claims to be longer ends the connection."""
GRACE = 0.8
"""Seconds after the end of the connection until the process ends, whatever its threads do."""
WATCH = 3.0
"""Seconds between looks at whether the client's process is still there."""

_LENGTH = re.compile(rb"(?:^|[^-\w])content-length[ \t]*:[ \t]*(\d{1,18})\s*$", re.IGNORECASE)


class Timer:
    """A call that waits for its time; see `Loop.later`."""

    __slots__ = ("_args", "_callback")

    def __init__(self, callback: Callable[..., object], args: tuple[Any, ...]) -> None:
        self._callback: Callable[..., object] | None = callback
        self._args = args

    def cancel(self) -> None:
        """Makes sure, on the loop's thread, that the call is not made any more."""
        self._callback, self._args = None, ()

    def fire(self) -> None:
        """Makes the call unless it was cancelled."""
        if self._callback is not None:
            self._callback(*self._args)


class Loop:
    """Runs calls one after another on the thread that called `run`. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = queue.SimpleQueue()
        self._timers: list[tuple[float, int, Timer]] = []  # a heap; the counter keeps timers from being compared
        self._counter = count()
        self._exit_code: int | None = None

    def post(self, callback: Callable[..., object], *args: Any) -> None:
        """Has the call made after all that are waiting. Work in slices posts its next slice, so that messages come in between."""
        self._calls.put((callback, args))

    def later(self, seconds: float, callback: Callable[..., object], *args: Any) -> Timer:
        """Has the call made in so many seconds, unless the timer returned is cancelled before."""
        timer = Timer(callback, args)
        self.post(self._arm, time.monotonic() + seconds, timer)
        return timer

    def end_with(self, process_id: int) -> None:
        """Has this process end with the client's."""
        watch(process_id)

    def stop(self, code: int) -> None:
        """Ends `run` before the next call; the first code given counts."""
        if self._exit_code is None:
            self._exit_code = code
        self.post(lambda: None)  # to wake it

    def run(self) -> int:
        """Makes calls until `stop`, whose code it returns. What a call raises is logged, and the next one made."""
        while self._exit_code is None:
            try:
                callback, args = self._calls.get(timeout=self._fire_timers())
            except queue.Empty:
                continue
            self._call(callback, *args)
        return self._exit_code

    def _arm(self, at: float, timer: Timer) -> None:
        heapq.heappush(self._timers, (at, next(self._counter), timer))

    def _fire_timers(self) -> float | None:
        """Makes the calls whose time has come; the seconds until the next one, None where none waits."""
        now = time.monotonic()
        while self._timers and self._timers[0][0] <= now and self._exit_code is None:
            self._call(heapq.heappop(self._timers)[2].fire)
        return max(0.0, self._timers[0][0] - time.monotonic()) if self._timers else None

    def _call(self, callback: Callable[..., object], *args: Any) -> None:
        try:
            callback(*args)
        except (Exception, SystemExit):
            logger.exception("%s failed", getattr(callback, "__qualname__", callback))


class Unreadable(Exception):  # noqa: N818 - it ends a connection, which need not be an error
    """What comes in is not the protocol any more, and where a message begins cannot be told."""


def frames(read: Callable[[], bytes]) -> Iterator[bytes | None]:
    r"""The messages' bodies in a stream; None for each that is too long.

    `read` returns the next bytes, none at the end. A last body that is not complete is dropped. Headers may be in any case, with or
    without blanks, repeated, unknown, or end with only ``\n``; one without a usable length is passed over, and so is rubbish before
    a header. Raises `Unreadable` where a line or a message goes beyond all limits.
    """
    buffer = bytearray()
    length: int | None = None
    while True:
        end = buffer.find(b"\n", 0, MAX_HEADER)
        if end < 0:
            if len(buffer) >= MAX_HEADER:
                raise Unreadable(f"no header ends within {MAX_HEADER} bytes")
            chunk = read()
            if not chunk:
                return
            buffer += chunk
            continue
        line = bytes(buffer[:end])
        del buffer[: end + 1]
        found = _LENGTH.search(line)
        if found is not None:
            length = int(found[1])
        if line.strip() or length is None:
            continue
        if length > MAX_SKIPPED:
            raise Unreadable(f"a message claims to be {length} bytes long")
        kept = length <= MAX_BODY
        while len(buffer) < length:
            if not kept:  # what is passed over need not be held
                length -= len(buffer)
                buffer.clear()
            chunk = read()
            if not chunk:
                return
            buffer += chunk
        yield bytes(buffer[:length]) if kept else None
        del buffer[:length]
        length = None


class Output:
    """Writes messages to a file descriptor, each whole, from any thread."""

    def __init__(self, descriptor: int, broken: Callable[[], object]) -> None:
        self._descriptor = descriptor
        self._broken = broken
        self._lock = threading.Lock()
        self._is_open = True

    def write(self, data: bytes) -> None:
        """Writes all of it, and waits for a client that is slow; does nothing once the client has hung up."""
        with self._lock:
            try:
                rest = memoryview(data)
                while rest and self._is_open:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError:
                self._is_open = False
                logger.info("The client reads no more")
                self._broken()

    def close(self) -> None:
        """Writes no more."""
        self._is_open = False


def serve(
    loop: Loop,
    connect: Callable[[Output], object],
    receive: Callable[[bytes | None], bool],
    exit_code: Callable[[], int],
) -> int:
    """Speaks over the process's standard streams until the connection ends; the code to exit with.

    `connect` is given where to write. `receive` is called on the reader's thread with each message, as `frames` yields them, and
    returns whether to read on. `exit_code` is asked when there is nothing more to read. From then on the process has `GRACE`
    seconds, also after this function has returned.
    """
    try:
        incoming, outgoing = _take_streams()
    except OSError:
        logger.exception("Standard input and output cannot be used")
        return 1

    def read() -> None:
        try:
            for message in frames(lambda: os.read(incoming, 1 << 16)):
                if not receive(message):
                    break
        except (OSError, Unreadable) as error:
            logger.warning("Reading from the client ended: %s", error)
        except Exception:
            logger.exception("Reading from the client failed")
        loop.post(lambda: loop.stop(exit_code()))
        _exit_within_grace(exit_code)

    connect(Output(outgoing, broken=lambda: loop.stop(1)))
    _leave_quietly_on_signals()
    threading.Thread(target=read, name="reader", daemon=True).start()
    code = loop.run()
    _exit_within_grace(lambda: code)
    return code


def _take_streams() -> tuple[int, int]:
    """File descriptors for standard input and output that nobody else has.

    What is printed goes nowhere from here on: on standard output it would be taken for a message, and a client that does not read
    standard error would stop the server.
    """
    streams = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    for stream in streams:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            msvcrt.setmode(stream, os.O_BINARY)
        else:
            os.set_blocking(stream, True)
    return streams


def _leave_quietly_on_signals() -> None:
    if threading.current_thread() is threading.main_thread():  # Python allows it nowhere else
        for number in signal.SIGINT, signal.SIGTERM:
            signal.signal(number, lambda number, _frame: os._exit(128 + number))


def _exit_within_grace(exit_code: Callable[[], int]) -> None:
    """Ends the process soon, whatever then keeps it: a stuck handler, a thread that is waited for, a full pipe."""
    timer = threading.Timer(GRACE, lambda: os._exit(exit_code()))
    timer.daemon = True
    timer.start()


def watch(process_id: int) -> None:
    """Ends this process with code 1 soon after that one has ended.

    A process that cannot be found to begin with is not watched: the client may live in another container.
    """
    if process_id == os.getpid() or not _is_alive(process_id):
        return

    def look() -> None:
        while _is_alive(process_id):
            time.sleep(WATCH)
        os._exit(1)

    threading.Thread(target=look, name="watch", daemon=True).start()


def _is_alive(process_id: int) -> bool:
    """Whether there is such a process; False for a number that can be none."""
    return 0 < process_id < 1 << 31 and _is_running(process_id)


if sys.platform == "win32":
    import ctypes

    def _is_running(process_id: int) -> bool:
        """Whether a process runs; it is waited for without waiting, as `os.kill` would end it there."""
        kernel = ctypes.windll.kernel32
        synchronize, still_running = 0x00100000, 0x102
        handle = kernel.OpenProcess(synchronize, 0, process_id)
        if not handle:
            return False
        running = kernel.WaitForSingleObject(handle, 0) == still_running
        kernel.CloseHandle(handle)
        return bool(running)
else:

    def _is_running(process_id: int) -> bool:
        """Whether a process runs; the signal 0 is none."""
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # somebody else's, so it is there
            return True
        return True
