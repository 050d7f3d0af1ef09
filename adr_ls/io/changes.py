"""Files are changed on the disk: all that belongs together or nothing, whatever happens meanwhile.

Whoever looks meanwhile finds each file's old bytes or its new ones, never a mixture. First everything is written under names of our own
beside the files that it is for, and a journal says what is to become of it; only then names change hands. An error or an interruption
puts everything back. After a kill or a power cut, whoever reads the folders next finds the journal, and finishes what it says (`recover`):
before there is a decision in it nothing was changed, and what was made is removed.

A file keeps its permissions and its owner, a link to it stays a link, and so does a second name of it (a hard link): where a new file
could not have all of that, the bytes are replaced within the old one.
"""

# No path is walked here, and resolved paths are strings from end to end.
# ruff: noqa: PTH101, PTH103, PTH106, PTH112
# ruff: noqa: PTH118, PTH119, PTH120, PTH121, PTH123, PTH208

from __future__ import annotations

import errno
import json
import os
import stat as modes
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from adr_ls.io import files
from adr_ls.io.files import OWN, Stamp
from adr_ls.syntax.change import Move

_BUSY = frozenset({5, 32, 33})
"""What Windows says while another program, such as a virus scanner, an indexer or an editor, has a file open: access denied, and the two
violations of sharing; see “System Error Codes (0-499)”."""
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds to wait for such a program, one time after the other, before it is told of."""

PATIENCE = 60.0
"""Seconds after which a file of ours without a journal is one that somebody left."""
MAX_JOURNAL = 16 * 1024 * 1024
"""The size in bytes of the longest journal that is read."""

BUSY = "another program is making a record here; try again in a moment"
TURN = 30.0
"""How many seconds somebody waits for others that decide in the same folder."""
_LOCK = f".adr-ls-{0:016x}.lock"
"""The file that is locked for so long; it is one of ours by its name, so one that somebody left is removed with the others."""

CHANGED = "was changed by another program meanwhile, and is left as it is"


class WriteError(Exception):
    """Something could not be changed, and everything is as it was before; the message says why.

    `paths` are the files that are in the way, each with a sentence that says why. `left` tells of those that could not be put back.
    """

    def __init__(self, paths: Iterable[tuple[str, str]], left: Iterable[str] = ()) -> None:
        self.paths, self.left = tuple(paths), tuple(left)
        super().__init__("; ".join(sentence for _, sentence in self.paths))


@dataclass(frozen=True)
class Write:
    """A file's new text, with its line ends as they are, and a byte order mark if `bom` is set; or its new bytes, where it is no text.

    With `expected` the file must still be in that state; with `new` there must be no such file.
    """

    path: str
    text: str | bytes
    bom: bool = False
    expected: Stamp | None = None
    new: bool = False

    @property
    def data(self) -> bytes:
        """What is to stand in the file; raises `UnicodeEncodeError` where UTF-8 has no bytes for a character."""
        if isinstance(self.text, bytes):
            return self.text
        return (f"\ufeff{self.text}" if self.bom else self.text).encode()


def write(
    path: Path, text: str, roots: Sequence[Path], *, expected: Stamp | None = None, bom: bool = False, new: bool = False
) -> None:
    """Replaces the whole text of a file, or makes a new one and the folders it needs; see `carry_out`."""
    carry_out([Write(str(path), text, bom, expected, new)], roots)


def carry_out(writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move] = ()) -> None:
    """Writes files, then gives files and folders other paths, whose folders are made if need be.

    Raises `WriteError`, and leaves everything as it was, where anything lies outside the roots or cannot be done; so does an interruption.
    """
    plan = _planned(writes, roots, moves)
    if not plan:
        return
    # Not in a folder that moves, as Windows moves none in which a file is open
    folder = os.path.dirname(next(iter(_moving(plan[0].path, [step.path for step in plan if step.goal])), plan[0].path))
    with _folders() as made:
        try:
            made.extend(_make_folders(folder))
            journal = _Journal.begun(folder)
        except OSError as error:
            raise _refused(plan[0], error) from error
        with closing(journal):
            _stage(journal, plan, made)
            try:
                journal.forward()
            except _StepError as error:
                raise _refused(error.step, error.cause, journal.back()) from error.cause
            except BaseException:
                journal.back()
                raise
            journal.drop()


@contextmanager
def turn(folder: str, patience: float = TURN) -> Iterator[bool]:
    """Lets only one at a time read what there is in a folder, decide by that, and write: what two may not both take, such as a number.

    Waits for the others so many seconds; gives whether it is one's turn, as it is where no file can be made in the folder.
    """
    file, end = _taken(folder), time.monotonic() + patience
    while file is None and time.monotonic() < end:
        time.sleep(0.02)  # no system can wait for a lock and for a time alike
        file = _taken(folder)
    try:
        yield file is not None
    finally:
        if file is not None and file >= 0:
            path = os.path.join(folder, _LOCK)
            if sys.platform == "win32":  # which keeps what is open
                os.close(file)
                _unlink(path)
            else:
                _unlink(path)
                os.close(file)


def _taken(folder: str) -> int | None:
    """The locked file of a folder; None while somebody else has it, less than 0 where there can be none."""
    path = os.path.join(folder, _LOCK)
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        file = os.open(path, flags, 0o600)
    except PermissionError:
        # Windows says so, too, while one is removed that somebody has open
        return None if sys.platform == "win32" and os.path.lexists(path) else -1
    except OSError:
        return -1
    if _lock(file) and _inode(path) == os.fstat(file).st_ino:
        return file
    os.close(file)  # it may be one that the last has just removed
    return None


def take_back(path: Path, text: str, roots: Sequence[Path]) -> bool:
    """Removes a file that was made with this text, if it holds just that and lies in the roots; whether there is none now."""
    if not os.path.lexists(path):
        return True
    found = files.read(path, roots)
    if not isinstance(found, files.Text) or found.text != text:
        return False
    try:
        path.unlink()
    except OSError:
        return False
    return True


# --- What is to be done ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Step:
    """A file that gets other bytes, or a file or folder that moves: `path` is its resolved path, `asked` the one that was given.

    `made` holds the new bytes, `kept` the old ones where there are any; `old` and `new` are the states that the file has before and after.
    With `within` the bytes are replaced in the file itself. A move goes to `goal`; its states are those of what moves, of which the inode
    counts, before and after it is written. `landed` is where a written file is after the moves.
    """

    path: str
    asked: str
    made: str = ""
    kept: str = ""
    old: Stamp | None = None
    new: Stamp | None = None
    within: bool = False
    goal: str = ""
    landed: str = ""

    @property
    def name(self) -> str:
        """How it is called to people."""
        return os.path.basename(self.asked)


class _ConflictError(Exception):
    """Something on the disk is not as it has to be; the message is the rest of a sentence that starts with its name."""


class _StepError(Exception):
    """A step could not be done."""

    def __init__(self, step: _Step, cause: Exception) -> None:
        super().__init__(str(cause))
        self.step, self.cause = step, cause


def _refused(step: _Step, cause: Exception, left: Iterable[str] = ()) -> WriteError:
    """What to tell where a step cannot be done, and of those that could not be put back."""
    return WriteError([(step.asked, _sentence(step, cause))], left)


def _sentence(step: _Step, cause: Exception) -> str:
    if isinstance(cause, _ConflictError):
        return f"{os.path.basename(step.goal) if step.goal else step.name} {cause}"
    verb = "moved" if step.goal else "written"
    said = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return f"{step.name} cannot be {verb} ({said.lower()})"


@dataclass(frozen=True)
class _Planned(_Step):
    """A step with the bytes that are to be written."""

    data: bytes = b""
    expected: Stamp | None = None


def _planned(writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move]) -> list[_Planned]:
    """What is to be done, after a look at whether it can be; raises `WriteError` with all that stands in the way."""
    plan: list[_Planned] = []
    wrong: list[tuple[str, str]] = []
    for one in writes:
        step = _Planned(one.path, one.path, expected=one.expected)
        with _noted(step, wrong):
            plan.append(_to_write(step, one, roots))
    for move in moves:
        step = _Planned(move.old, move.old, goal=move.new)
        with _noted(step, wrong):
            plan.append(_to_move(step, roots))
    _refuse(wrong)
    return plan


@contextmanager
def _noted(step: _Step, wrong: list[tuple[str, str]]) -> Iterator[None]:
    """Notes what cannot be done, and lets the others be looked at."""
    try:
        yield
    except (OSError, _ConflictError) as error:
        wrong.append((step.asked, _sentence(step, error)))


def _refuse(wrong: Sequence[tuple[str, str]]) -> None:
    """Raises `WriteError` where something is wrong."""
    if wrong:
        raise WriteError(wrong)


def _to_write(step: _Planned, one: Write, roots: Sequence[Path]) -> _Planned:
    if not files.contains(roots, Path(one.path)):
        raise _ConflictError("lies outside the opened folders")
    try:
        data = one.data
    except UnicodeEncodeError as error:
        raise _ConflictError("cannot be written: the new text holds a character that UTF-8 has no bytes for") from error
    if one.new:
        _check_absent(one.path)
    path = os.path.realpath(one.path)
    status = _status_to_keep(path)
    if one.expected is not None and (status is None or Stamp.of(status) != one.expected):
        raise _ConflictError(CHANGED)
    return replace(step, path=path, data=data, old=Stamp.of(status) if status is not None else None)


def _to_move(step: _Planned, roots: Sequence[Path]) -> _Planned:
    if not all(files.contains(roots, Path(path)) for path in (step.path, step.goal)):
        raise _ConflictError("lies outside the opened folders")
    status = os.lstat(step.path)
    if not _is_same(step.path, step.goal):  # only the case of letters, where a system knows none
        _check_absent(step.goal)
    path, goal = (os.path.join(os.path.realpath(os.path.dirname(one)), os.path.basename(one)) for one in (step.path, step.goal))
    return replace(step, path=path, goal=goal, old=Stamp.of(status))


def _is_same(one: str, other: str) -> bool:
    return os.path.lexists(other) and os.path.samefile(one, other)


def _check_absent(path: str) -> None:
    if os.path.lexists(path):
        raise _ConflictError("is there already")


def _status_to_keep(path: str) -> os.stat_result | None:
    """The status of a file that is there and may be changed, None where there is none."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if not modes.S_ISREG(status.st_mode):
        raise _ConflictError("is not a regular file")
    # Replacing it would work all the same, as it does for the administrator, but that is not what its owner meant
    if not os.access(path, os.W_OK) or not status.st_mode & 0o222:
        raise _ConflictError("is write-protected")
    return status


# --- Getting ready ---------------------------------------------------------------------------------------------------------------


def _stage(journal: _Journal, plan: Sequence[_Planned], made: list[str]) -> None:
    """Writes all new bytes beside the files that they are for, and the decision; adds the folders that were made for that to `made`.

    Raises `WriteError` with all files for which that cannot be done, and has removed what was written.
    """
    wrong: list[tuple[str, str]] = []
    written: dict[str, Stamp | None] = {}
    moves = {step.path: step.goal for step in plan if step.goal}
    try:
        for number, step in enumerate(plan):
            with _noted(step, wrong):
                made += _make_folders(os.path.dirname(step.goal or step.path))
                if step.goal:
                    new = written.get(step.path, step.old)
                    journal.steps.append(_Step(step.path, step.asked, old=step.old, new=new, goal=step.goal))
                else:
                    journal.steps.append(_named(journal, number, step, moves))
                    journal.steps[-1] = staged = _staged(journal.steps[-1], step)
                    written[step.path] = staged.old if staged.within else staged.new
        _refuse(wrong)
        try:
            journal.decide()
        except OSError as error:
            raise _refused(plan[0], error) from error
    except BaseException:
        journal.drop()
        raise


def _named(journal: _Journal, number: int, step: _Planned, moves: Mapping[str, str]) -> _Step:
    """A step with the names of the files that it needs: beside its own, but not in a folder that moves."""
    moving = _moving(step.path, moves)
    landed = moves[moving[-1]] + step.path[len(moving[-1]) :] if moving else ""
    beside = os.path.join(os.path.dirname(moving[0] if moving else step.path), journal.name(str(number)))
    kept = f"{beside}.old" if step.old is not None else ""
    return _Step(step.path, step.asked, f"{beside}.new", kept, step.old, landed=landed)


def _moving(path: str, moves: Iterable[str]) -> list[str]:
    """What moves and takes a path along, the outermost first."""
    return sorted((old for old in moves if f"{path}{os.sep}".startswith(f"{old}{os.sep}")), key=len)


def _staged(named: _Step, step: _Planned) -> _Step:
    """Makes a file with the new bytes and the old permissions and owner, and keeps the old bytes."""
    status = _status_to_keep(step.path)
    # Until it has the old permissions nobody else may read it; those of a new file are left to the system
    _write_new(named.made, step.data, 0o666 if status is None else 0o600)
    within = False
    if status is not None:
        within = status.st_nlink > 1 or not _is_owned(named.made, status)
        os.chmod(named.made, modes.S_IMODE(status.st_mode))
        _keep(step.path, named.kept, linked=not within)
    _check_state(step.path, step.expected or step.old)
    return replace(named, new=Stamp.of(os.lstat(named.made)), within=within)


def _write_new(path: str, data: bytes, mode: int) -> None:
    """Makes a file and sees to it that its bytes are on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _is_owned(made: str, status: os.stat_result) -> bool:
    """Whether a new file has the owner and the group of another, after an attempt to give it these."""
    own = os.lstat(made)
    return (own.st_uid, own.st_gid) == (status.st_uid, status.st_gid) or _is_given(made, status)


def _keep(path: str, kept: str, *, linked: bool) -> None:
    """Gives the old bytes of a file a second name, or copies them where that is not to be or a file system knows no such thing."""
    if linked:
        with suppress(OSError):
            _link(path, kept)
            return
    _write_new(kept, _bytes(path), modes.S_IMODE(os.lstat(path).st_mode))


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _check_state(path: str, expected: Stamp | None) -> None:
    if expected is not None and not expected.has_bytes_of(files.stamp(Path(path))):
        raise _ConflictError(CHANGED)


def _make_folders(folder: str) -> list[str]:
    """Makes a folder with those above it; those that were not there, the outermost first."""
    missing = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    if missing:
        os.makedirs(missing[0], exist_ok=True)
    return missing[::-1]


@contextmanager
def _folders() -> Iterator[list[str]]:
    """A list of folders, which are removed again, the last one first, if what they were made for fails."""
    made: list[str] = []
    try:
        yield made
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):  # something else has come into it meanwhile
                os.rmdir(folder)
        raise


def _unlink(path: str) -> None:
    with suppress(OSError):
        _patiently(os.unlink, path)


# --- The journal -----------------------------------------------------------------------------------------------------------------

_State = Literal["before", "begun", "after", "other"]
"""How far a step is: not begun, with some of the bytes replaced, or done; or nothing that it could have left."""


class _Journal:
    """The file that says what is to become of what was made; it is locked for as long as somebody is at it.

    Its first line is the decision, a second one takes that back. Without a decision nothing was changed.
    """

    def __init__(self, path: str, change: str, file: int, steps: list[_Step]) -> None:
        self.path, self.steps = path, steps
        self._change, self._file = change, file

    @classmethod
    def begun(cls, folder: str) -> _Journal:
        """A new journal in a folder; raises `OSError`."""
        change = os.urandom(8).hex()
        path = os.path.join(folder, f".adr-ls-{change}.journal")
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        _lock(file)
        return cls(path, change, file, [])

    def close(self) -> None:
        """Lets others have the journal."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def name(self, of: str) -> str:
        """The name of a file that belongs to this change."""
        return f".adr-ls-{self._change}.{of}"

    def decide(self) -> None:
        """Says what is to be done, where that is more than giving one file another's name, which is done at once or not at all."""
        if len(self.steps) > 1 or any(step.within for step in self.steps):
            self._say(json.dumps([asdict(step) for step in self.steps]))

    def _say(self, line: str) -> None:
        os.write(self._file, f"{line}\n".encode())
        os.fsync(self._file)

    def forward(self) -> None:
        """Does all steps that are not done yet; raises `_StepError`."""
        for step in self.steps:
            _check_step(step)
        for step in self.steps:
            with _blamed(step):
                if _state(step) != "after":
                    _do(step)
        for folder in dict.fromkeys(os.path.dirname(step.goal or step.path) for step in self.steps):
            _sync_folder(folder)

    def back(self) -> list[str]:
        """Undoes all steps that are done; what to tell of those for which that cannot be done now: then the journal stays."""
        with suppress(OSError):  # it can be undone without it
            if os.fstat(self._file).st_size:
                self._say("back")
        wrong: list[tuple[str, str]] = []
        for step in reversed(self.steps):
            with _noted(step, wrong):
                if _state(step) in ("after", "begun"):
                    _undo(step)
        if not wrong:
            self.drop()
        return [f"{sentence}, and is put back by the next command that reads it" for _, sentence in wrong]

    def drop(self) -> None:
        """Removes the journal, and before it all that was made; there is nothing to be finished any more."""
        with suppress(OSError):
            os.ftruncate(self._file, 0)
        for step in self.steps:
            for path in (step.made, step.kept):
                if path:
                    _unlink(path)
        if sys.platform == "win32":  # which keeps what is open
            self.close()
        _unlink(self.path)


@contextmanager
def _blamed(step: _Step) -> Iterator[None]:
    """Makes the step known for which something fails."""
    try:
        yield
    except (OSError, _ConflictError) as error:
        raise _StepError(step, error) from error


def _check_step(step: _Step) -> None:
    """Raises `_StepError` where a step meets something else than it was planned for."""
    with _blamed(step):
        if not _can_go_on(step):
            if step.goal or step.old is None:
                raise _ConflictError("is there already")
            raise _ConflictError(CHANGED)


def _can_go_on(step: _Step) -> bool:
    """Whether a step is done or can be: everything is as it was planned for."""
    state = _state(step)
    return state == "after" or (state != "other" and (bool(step.goal) or _is_made(step)))


def _state(step: _Step) -> _State:
    """How far a step is."""
    if step.goal:
        return _moved(step)
    if step.within:
        return _replaced(step)
    found = files.stamp(Path(_at(step)))
    if found is None or step.new is None:
        return "after" if found is step.new else "before" if found is step.old else "other"
    if found.has_bytes_of(step.new):
        return "after"
    return "before" if found.has_bytes_of(step.old) else "other"


def _is_made(step: _Step) -> bool:
    """Whether the file with the new bytes is still the one that was made."""
    with suppress(OSError):
        return Stamp.of(os.lstat(step.made)).has_bytes_of(step.new)
    return False


def _at(step: _Step) -> str:
    """Where a file is that is written: it may have moved already."""
    return step.landed if step.landed and not os.path.lexists(step.path) else step.path


def _moved(step: _Step) -> _State:
    there, gone = _inode(step.goal), _inode(step.path)
    own = {stamp.inode for stamp in (step.old, step.new) if stamp is not None}
    if gone is not None and there is not None and _is_same(step.path, step.goal):
        names = os.listdir(os.path.dirname(step.goal))
        return "after" if os.path.basename(step.goal) in names and os.path.basename(step.path) not in names else "before"
    if there is None and gone is not None:
        return "before" if gone in own else "other"
    return "after" if gone is None and there in own else "other"


def _inode(path: str) -> int | None:
    try:
        return os.lstat(path).st_ino
    except OSError:
        return None


def _replaced(step: _Step) -> _State:
    """How many of a file's own bytes are replaced: from its beginning on, then what is too much is cut off."""
    try:
        if not _is_made(step) or not modes.S_ISREG(os.lstat(step.kept).st_mode):
            return "other"
        found, old, new = _bytes(_at(step)), _bytes(step.kept), _bytes(step.made)
    except OSError:
        return "other"
    if found == new:
        return "after"
    if found == old:
        return "before"
    same = next(
        (at for at, (one, other) in enumerate(zip(found, new, strict=False)) if one != other), min(len(found), len(new))
    )
    return "begun" if found[same:] == old[same:] else "other"


def _do(step: _Step) -> None:
    """Does a step. Raises `OSError` and `_ConflictError`."""
    if step.goal:
        os.makedirs(os.path.dirname(step.goal), exist_ok=True)
        if not _is_same(step.path, step.goal):
            _check_absent(step.goal)
        _patiently(os.rename, step.path, step.goal)
    elif step.within:
        _patiently(_fill, step.path, _bytes(step.made))
    elif step.old is None:
        _put(step.made, step.path)
    else:
        _patiently(os.replace, step.made, step.path)


def _undo(step: _Step) -> None:
    """Undoes a step. Raises `OSError`."""
    if step.goal:
        _patiently(os.rename, step.goal, step.path)
    elif step.within:
        _patiently(_fill, step.path, _bytes(step.kept))
    elif step.old is None:
        _patiently(os.unlink, step.path)
    else:
        _patiently(os.replace, step.kept, step.path)


def _patiently(work: Callable[..., None], *arguments: Any) -> None:
    """Does something with files, again and again for a second where another program has one of them open. Raises `OSError`."""
    for seconds in _WAITS:
        try:
            work(*arguments)
        except OSError as error:  # noqa: PERF203  # it is what the loop is about
            if getattr(error, "winerror", None) not in _BUSY:
                raise
            time.sleep(seconds)
        else:
            return
    work(*arguments)


def _link(path: str, other: str) -> None:
    """Gives a file a second name. Raises `OSError`, also where the system has no way to (as WebAssembly)."""
    if not hasattr(os, "link"):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    os.link(path, other)


def _put(made: str, path: str) -> None:
    """Gives a finished file its name where nothing has that name yet."""
    try:
        _link(made, path)
    except FileExistsError:
        raise _ConflictError("is there already") from None
    except OSError:  # a file system without hard links
        _check_absent(path)
        _patiently(os.replace, made, path)


def _fill(path: str, data: bytes) -> None:
    """Replaces the bytes within a file, from its beginning on."""
    file = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(file, "wb") as out:
        out.write(data)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: str) -> None:
    """Makes sure that new names outlive a power cut, where the system has a way to; the files themselves are written by now."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        """Locks a file until it is closed, by a byte far behind its end, as nobody else may read what is locked; False where another has."""
        os.lseek(file, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

    def _is_given(_made: str, _status: os.stat_result) -> bool:
        """Whether a file has got the owner and the group of another: there, the folder says whose it is."""
        return True
else:
    import fcntl

    def _lock(file: int) -> bool:
        """Locks a file until it is closed, be it by the end of the process; False where another has it locked."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
        return True

    def _is_given(made: str, status: os.stat_result) -> bool:
        """Whether a file has got the owner and the group of another, which not everybody may give it."""
        try:
            os.chown(made, status.st_uid, status.st_gid)
        except OSError:
            return False
        return True


# --- After a kill ----------------------------------------------------------------------------------------------------------------


def recover(left: Iterable[str], roots: Sequence[Path]) -> list[str]:
    """Finishes what was cut short, and removes what nobody needs any more; what people are to know of that, as sentences.

    `left` are files with such names as `files.OWN` has them. A journal counts only where everything it names is just as it says, with the inodes
    and times of this disk, so one that came with somebody's repository does nothing.
    """
    told: list[str] = []
    names = {path: match for path in left if (match := OWN.fullmatch(os.path.basename(path)))}
    journals = {match["change"]: path for path, match in names.items() if match["kind"] == "journal"}
    for change, path in journals.items():
        rest = [one for one, match in names.items() if match["change"] == change and one != path]
        with _reopened(path, change) as journal:
            if journal is not None:
                told += _recovered(journal, rest, roots)
    for path, match in names.items():
        if match["change"] not in journals and files.contains(roots, Path(path)) and _is_old(path):
            _unlink(path)
    return told


@contextmanager
def _reopened(path: str, change: str) -> Iterator[_Journal | None]:
    """The journal at a path with its steps, for as long as nobody else is at it; None where somebody is, or it is none of ours."""
    flags = os.O_RDWR
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        file = os.open(path, flags) if modes.S_ISREG(os.lstat(path).st_mode) else -1
    except OSError:
        file = -1
    if file < 0:
        yield None
        return
    with closing(_Journal(path, change, file, [])) as journal:
        status = os.fstat(file)
        mine = modes.S_ISREG(status.st_mode) and status.st_size <= MAX_JOURNAL and _lock(file) and _inode(path) == status.st_ino
        yield journal if mine else None


def _recovered(journal: _Journal, rest: Sequence[str], roots: Sequence[Path]) -> list[str]:
    """Finishes or undoes what a journal says, and removes it with the rest of its files."""
    told = []
    lines = _bytes(journal.path).decode("utf-8", "replace").split("\n")[:-1]
    if lines:
        journal.steps = _steps(lines[0], journal, roots)
        is_back = "back" in lines[1:]
        changed = {step.name for step in journal.steps if not (_state(step) != "other" if is_back else _can_go_on(step))}
        try:
            if not journal.steps or changed:
                names = ", ".join(sorted(changed)) or "it"
                told.append(f"a change of files was cut short and cannot be finished, as {names} has changed since")
            elif is_back:
                told += journal.back()
                if told:
                    return told
                told.append("a change of files that was cut short was undone")
            else:
                journal.forward()
                told.append(f"a change of {len(journal.steps)} files that was cut short was finished")
        except _StepError as error:
            return [*journal.back(), _sentence(error.step, error.cause)]
    for path in rest:
        _unlink(path)
    journal.drop()
    return told


def _steps(line: str, journal: _Journal, roots: Sequence[Path]) -> list[_Step]:
    """The steps in a journal's decision; none where it is not one that we can have written about files in the roots."""

    def stamp(found: Any) -> Stamp | None:
        return None if found is None else Stamp(int(found["mtime_ns"]), int(found["size"]), int(found["inode"]))

    def is_ours(step: _Step) -> bool:
        within = all(files.contains(roots, Path(path)) for path in (step.path, step.goal, step.landed) if path)
        named = (path for path in (step.made, step.kept) if path)
        beside = all(
            step.path.startswith(os.path.dirname(path)) and os.path.basename(path).startswith(journal.name(""))
            for path in named
        )
        known = step.old is not None and step.old.inode if step.goal else step.new is not None and step.made
        return within and beside and bool(known)

    try:
        steps = [_Step(**{**one, "old": stamp(one["old"]), "new": stamp(one["new"])}) for one in json.loads(line)]
        return steps if all(map(is_ours, steps)) else []
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _is_old(path: str) -> bool:
    with suppress(OSError):
        status = os.lstat(path)
        return modes.S_ISREG(status.st_mode) and time.time() - status.st_mtime > PATIENCE
    return False
