"""A process that reads files for another one: their paths come in, their facts go out, until nobody asks any more.

It speaks in frames: four bytes for a length, the highest first, and so many bytes. The first frame that it gets holds the folders, each
other one the paths of some files; for each of these it sends an answer. When its input ends, because the other process has what it
wanted or is no more, so does it. It imports what reading needs and nothing else.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

from adr_ls.io import cache, files
from adr_ls.io.files import Folders, Stamp, Unreadable
from adr_ls.log import mkdocs
from adr_ls.record import codec
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record

_log = logging.getLogger(__name__)

NOT_UNDERSTOOD = "could not be understood, which is a mistake in adr-ls"
"""The reason why there are no facts of a text over which this program has stumbled."""
LARGEST = 256 * 1024 * 1024
"""The bytes of the largest frame that anybody may send."""


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a file gave: its facts and state and whether it has a byte-order mark; or the reason why it cannot be read."""

    path: str
    facts: Facts | None = None
    stamp: Stamp | None = None
    bom: bool = False
    reason: str = ""


def read(path: str, folders: Sequence[Path]) -> Read:
    """Reads a file that lies in one of the folders. Never raises for what is on disk."""
    found = files.read(Path(path), folders)
    if isinstance(found, Unreadable):
        return Read(path, reason=found.reason)
    facts = understanding(mkdocs.page(path, found.text))
    return Read(path, facts, found.stamp, found.bom) if facts is not None else Read(path, reason=NOT_UNDERSTOOD)


def understanding(record: Record) -> Facts | None:
    """The facts of a file; None, and a line in the log, where this program stumbles over it, as no file is to cost the others."""
    try:
        return facts_of(record)
    except Exception:  # noqa: BLE001  # whatever it is, it is told, and a matter of this file alone
        _log.exception("reading %s failed", record.path)
        return None


def send(stream: IO[bytes], data: bytes) -> None:
    """Sends a frame. Raises `OSError` where nobody is there to get it."""
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next frame. Raises `EOFError` where the stream ends before it does, and `ValueError` where it is too large for one."""
    size = int.from_bytes(_exactly(stream, 4), "big")
    if size > LARGEST:
        raise ValueError("a frame that is too large")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def written(found: Sequence[Read]) -> bytes:
    """What reading gave as bytes, with the key of this code."""
    told = [[*astuple(one.stamp), one.bom] if one.stamp else one.reason for one in found]
    return codec.dumps([cache.key(), told]) + b"\n" + codec.encode([one.facts for one in found if one.facts is not None])


def understood(data: bytes, paths: Sequence[str], alike: codec.Alike | None = None) -> list[Read]:
    """What `written` made of files at those paths; `alike` is what they may share with other answers.

    Raises `ValueError`, and nothing else, where this is none, or of other code.
    """
    head, _, block = data.partition(b"\n")
    match codec.loads(head):
        case [str(key), [*told]] if key == cache.key() and len(told) == len(paths):
            pass
        case _:
            raise ValueError("no answer to that")
    there = [path for path, one in zip(paths, told, strict=True) if isinstance(one, list)]
    facts = iter(codec.decode(block, there, alike))
    found = []
    for path, one in zip(paths, told, strict=True):
        match one:
            case str(reason):
                found.append(Read(path, reason=reason))
            case [int(mtime), int(size), int(inode), int(changed), bool(is_fresh), bool(bom)]:
                found.append(Read(path, next(facts), Stamp(mtime, size, inode, changed, is_fresh), bom))
            case _:
                raise ValueError("no state of a file")
    return found


def main() -> None:
    """Answers until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; whoever started this process ends it
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what is printed by mistake is no frame
    try:
        folders = Folders(Path(folder) for folder in codec.loads(receive(source)))
        while True:
            paths: list[str] = codec.loads(receive(source))
            send(target, written([read(path, folders) for path in paths]))
    except (EOFError, OSError):
        return
