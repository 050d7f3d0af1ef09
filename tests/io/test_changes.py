"""Files are changed on the disk: all that belongs together or nothing, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adr_ls.io import changes, files
from adr_ls.io.changes import Write, WriteError
from adr_ls.io.files import Text
from adr_ls.syntax.change import Move
from tests.io.test_files import make, posix_only


def test_write_makes_a_file_and_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "docs/adr/0001-x.md"
    changes.write(path, "a\r\nb\n", [tmp_path])
    assert path.read_bytes() == b"a\r\nb\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["0001-x.md"]


@posix_only
@pytest.mark.parametrize("linking", ["possible", "refused", "unknown"])
def test_a_new_file_takes_the_place_of_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linking: str) -> None:
    if linking == "refused":
        monkeypatch.setattr(changes.os, "link", _refuse)
    if linking == "unknown":  # as in WebAssembly
        monkeypatch.delattr(changes.os, "link")
    changes.write(tmp_path / "sub" / "a.md", "mine", [tmp_path], new=True)
    with pytest.raises(WriteError, match=r"a\.md is there already"):
        changes.write(tmp_path / "sub" / "a.md", "yours", [tmp_path], new=True)
    assert [(path.name, path.read_text()) for path in (tmp_path / "sub").iterdir()] == [("a.md", "mine")]


def _refuse(*_: object) -> None:
    raise PermissionError("no hard links here")


def test_a_new_file_has_the_permissions_the_system_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        changes.write(tmp_path / "a.md", "x", [tmp_path])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o755, 0o600])
def test_write_keeps_permissions_and_links(tmp_path: Path, mode: int) -> None:
    make(tmp_path, "real/a.md")
    (tmp_path / "real/a.md").chmod(mode)
    (tmp_path / "link.md").symlink_to("real/a.md")
    changes.write(tmp_path / "link.md", "new", [tmp_path])
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real/a.md").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real/a.md").stat().st_mode) == mode


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfa\r\nb", b"a\rb\n\n", b"", b"\xef\xbb\xbf", "é😀\u2028\0".encode(), b"\xef\xbb\xbf" * 2]
)
def test_what_was_read_is_written_back_byte_by_byte(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    read = files.read(path, [tmp_path])
    assert isinstance(read, Text)
    changes.write(path, read.text, [tmp_path], expected=read.stamp, bom=read.bom)
    assert path.read_bytes() == data


def test_a_file_that_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    before = files.stamp(path)
    path.write_text("theirs")
    with pytest.raises(WriteError, match=r"a\.md was changed by another program meanwhile"):
        changes.write(path, "ours", [tmp_path], expected=before)
    assert path.read_text() == "theirs"
    path.unlink()
    with pytest.raises(WriteError, match="changed by another program"):
        changes.write(path, "ours", [tmp_path], expected=before)
    assert list(tmp_path.iterdir()) == []


def test_a_change_in_the_last_moment_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    real = os.fsync

    def fsync(file: int) -> None:
        real(file)
        path.write_text("theirs")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WriteError, match="changed by another program"):
        changes.write(path, "ours", [tmp_path], expected=files.stamp(path))
    assert path.read_text() == "theirs"


@posix_only
def test_nothing_is_written_outside_the_roots(tmp_path: Path) -> None:
    make(tmp_path, "ws/a.md", "secret/a.md", "ws-evil/a.md")
    ws = tmp_path / "ws"
    (ws / "out.md").symlink_to("../secret/a.md")
    (ws / "folder").symlink_to("../secret")
    (ws / "dangling.md").symlink_to("../secret/new.md")
    for path in (ws / "out.md", ws / "folder/a.md", ws / "dangling.md", tmp_path / "ws-evil/a.md", ws / "../secret/b.md"):
        with pytest.raises(WriteError, match="lies outside the opened folders"):
            changes.write(path, "pwned", [ws])
    assert {path.read_text() for path in tmp_path.rglob("a.md")} == {"x"}
    assert [path.name for path in (tmp_path / "secret").iterdir()] == ["a.md"]


@posix_only
def test_only_files_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        with pytest.raises(WriteError, match=f"{name} is not a regular file"):
            changes.write(tmp_path / name, "x", [tmp_path])


def test_a_write_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WriteError, match="is write-protected"):
        changes.write(tmp_path / "a.md", "new", [tmp_path])
    assert (tmp_path / "a.md").read_text() == "x"


def test_text_without_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="a character that UTF-8 has no bytes for"):
        changes.write(tmp_path / "a.md", "\ud800", [tmp_path])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", ["open", "fdopen", "fsync", "chmod", "replace", "lstat"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    make(tmp_path, "a.md", text="old")

    def fails(*_: object, **__: object) -> object:
        raise error

    real_close: Callable[[int], None] = os.close
    with monkeypatch.context() as patch:
        if call == "fdopen":

            def fdopen(file: int, *_: object) -> object:
                real_close(file)
                raise error

            patch.setattr(os, "fdopen", fdopen)
        else:
            patch.setattr(os, call, fails)
        with pytest.raises((WriteError, KeyboardInterrupt)) as raised:
            changes.write(tmp_path / "a.md", "new", [tmp_path])
    if isinstance(error, OSError) and call != "lstat":  # Resolving links needs it too, and takes its failure for "no link".
        assert str(raised.value) == "a.md cannot be written (no space left on device)"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.md", "old")]


def test_a_folder_that_cannot_be_synchronised_does_not_undo_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md", text="old")
    real = os.fsync

    def fsync(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    changes.write(tmp_path / "a.md", "new", [tmp_path])
    assert (tmp_path / "a.md").read_text() == "new"


# --- Several files ---------------------------------------------------------------------------------------------------------------

BEFORE = {
    "docs/adr/0001-a.md": "one",
    "docs/adr/0003-c.md": "three",
    "docs/adr/README.md": "list",
    "docs/guide.md": "guide",
    "docs/second.md": "guide",  # another name of it
    "docs/adr/0004-d/0004-d.md": "four",
}
AFTER = {
    "docs/adr/0002-a.md": "ONE, and longer than it was",
    "docs/adr/0003-c.md": "three",
    "docs/adr/README.md": "LIST",
    "docs/guide.md": "GUIDE, with more",
    "docs/second.md": "GUIDE, with more",
    "docs/adr/0005-e.md": "FIVE",
    "docs/adr/old/0004-d/0004-d.md": "F",
}


def before(root: Path) -> None:
    """The files as they are before `change`, one of them under two names."""
    for path, text in BEFORE.items():
        make(root, path, text=text)
    if hasattr(os, "link"):
        (root / "docs/second.md").unlink()
        os.link(root / "docs/guide.md", root / "docs/second.md")


def change(root: Path) -> None:
    """Writes four files, makes one, and moves a file and a folder."""

    def at(path: str) -> str:
        return (root / path).as_posix()

    def written(path: str, text: str) -> Write:
        return Write(at(path), text, expected=files.stamp(root / path))

    changes.carry_out(
        [
            written("docs/adr/0001-a.md", AFTER["docs/adr/0002-a.md"]),
            written("docs/adr/README.md", "LIST"),
            written("docs/guide.md", AFTER["docs/guide.md"]),
            written("docs/adr/0004-d/0004-d.md", "F"),
            Write(at("docs/adr/0005-e.md"), "FIVE", new=True),
        ],
        [root],
        [Move(at("docs/adr/0001-a.md"), at("docs/adr/0002-a.md")), Move(at("docs/adr/0004-d"), at("docs/adr/old/0004-d"))],
    )


def texts(root: Path) -> dict[str, str]:
    """The texts of all files, ours included."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def folders(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()}


def recovered(root: Path) -> list[str]:
    """What is told of what was cut short, once it is finished."""
    left = files.walk(root, want=lambda _: False).left
    return changes.recover([(root / path).as_posix() for path in left], [root])


CALLS = ("open", "fdopen", "write", "fsync", "chmod", "link", "replace", "rename", "makedirs", "ftruncate", "unlink")


class Limit:
    """Lets only so many calls of the system pass that change something; the next one ends as it is told."""

    def __init__(self, calls: int, end: Callable[[], object]) -> None:
        self.left, self._end = calls, end

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self._end()
            return real(*arguments, **named)

        return call

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in CALLS:
            monkeypatch.setattr(os, name, self.counted(getattr(os, name)))


def test_what_belongs_together_is_changed_together(tmp_path: Path) -> None:
    before(tmp_path)
    change(tmp_path)
    assert texts(tmp_path) == AFTER


def fails() -> object:
    raise OSError(28, "No space left on device")


def interrupts() -> object:
    raise KeyboardInterrupt


@posix_only
@pytest.mark.parametrize("end", [fails, interrupts])
def test_what_fails_anywhere_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Callable[[], object]
) -> None:
    for calls in range(1, 200):
        root = tmp_path / str(calls)
        before(root)
        there = folders(root)
        with monkeypatch.context() as patch:
            limit = Limit(calls, end)
            limit.patch(patch)
            try:
                change(root)
            except (WriteError, KeyboardInterrupt):
                assert limit.left <= 0
                recovered(root)  # an interruption while the last of ours is removed leaves that
                assert texts(root) in (BEFORE, AFTER), calls
                assert folders(root) == there or texts(root) == AFTER
            else:
                assert texts(root) == AFTER or recovered(root) == []
                if limit.left > 0:
                    return
    pytest.fail("it never ends")


def killed(root: Path) -> Iterator[Path]:
    """The folder as it is after a kill at each of the points at which something changes, each in a copy."""
    fill = changes._fill

    def half(path: str, data: bytes) -> None:
        with Path(path).open("r+b") as file:
            file.write(data[: len(data) // 2])
        os._exit(9)

    for calls in range(200):
        copy = root / str(calls)
        before(copy)
        done = os.fork()
        if not done:
            changes._fill = fill if calls else half
            limit = Limit(calls, lambda: os._exit(9))
            for name in CALLS:
                setattr(os, name, limit.counted(getattr(os, name)))
            change(copy)
            os._exit(0)
        _, status = os.waitpid(done, 0)
        yield copy
        if calls and os.waitstatus_to_exitcode(status) == 0:
            return
    raise AssertionError("it never ends")


def test_a_file_that_cannot_be_replaced_as_it_is_gets_its_new_bytes_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.md", text="a longer text")
    inode = (tmp_path / "a.md").stat().st_ino
    monkeypatch.setattr(changes, "_is_owned", lambda *_: False)
    changes.write(tmp_path / "a.md", "new", [tmp_path])
    assert texts(tmp_path) == {"a.md": "new"}
    assert (tmp_path / "a.md").stat().st_ino == inode


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    os.chown(tmp_path / "a.md", 1234, 5678)
    changes.write(tmp_path / "a.md", "new", [tmp_path])
    found = (tmp_path / "a.md").stat()
    assert (found.st_uid, found.st_gid, (tmp_path / "a.md").read_text()) == (1234, 5678, "new")


def test_all_that_stands_in_the_way_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.md", "c.md")
    (tmp_path / "b.md").chmod(0o444)
    writes = [Write(str(tmp_path / name), "y", new=name == "c.md") for name in ("a.md", "b.md", "c.md")]
    with pytest.raises(WriteError, match=r"^b\.md is write-protected; c\.md is there already$") as raised:
        changes.carry_out(writes, [tmp_path])
    assert [path for path, _ in raised.value.paths] == [str(tmp_path / "b.md"), str(tmp_path / "c.md")]
    assert texts(tmp_path) == dict.fromkeys(("a.md", "b.md", "c.md"), "x")


def cut_short(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of a change of two files, of which one is done."""
    make(root, "a.md", "b.md")

    class Gone(BaseException):
        pass

    def gone(*_: object) -> None:
        raise Gone

    do = changes._do
    with monkeypatch.context() as patch:
        patch.setattr(changes, "_do", lambda step: do(step) if step.name == "a.md" else gone())
        patch.setattr(changes._Journal, "back", gone)
        with pytest.raises(Gone):
            changes.carry_out([Write(str(root / "a.md"), "y"), Write(str(root / "b.md"), "y")], [root])
    (journal,) = root.glob(".adr-ls-*.journal")
    return journal


def test_what_is_changed_once_more_after_it_was_cut_short_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_short(tmp_path, monkeypatch)
    make(tmp_path, "b.md", text="theirs")
    assert recovered(tmp_path) == ["a change of files was cut short and cannot be finished, as b.md has changed since"]
    assert texts(tmp_path) == {"a.md": "y", "b.md": "theirs"}


@posix_only
def test_what_somebody_is_at_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = cut_short(tmp_path, monkeypatch)
    file = os.open(journal, os.O_RDWR)
    assert changes._lock(file)
    there = texts(tmp_path)
    assert recovered(tmp_path) == []
    assert texts(tmp_path) == there
    os.close(file)
    assert recovered(tmp_path) == ["a change of 2 files that was cut short was finished"]
    assert texts(tmp_path) == {"a.md": "y", "b.md": "y"}


@posix_only
def test_a_journal_that_came_with_the_files_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, copy = tmp_path / "made", tmp_path / "copy"
    journal = cut_short(made, monkeypatch)
    make(tmp_path, "secret.md")
    told = journal.read_text().replace(str(made), str(copy))
    outside = told.replace(str(copy / "b.md"), str(tmp_path / "secret.md"))
    for said in (told, outside, "[]", "[1]", "{}", "nonsense", "\udcff"):
        make(copy, "a.md", "b.md")
        for path in made.glob(".adr-ls-*"):
            (copy / path.name).write_bytes(path.read_bytes())
        (copy / journal.name).write_text(f"{said}\n", encoding="utf-8", errors="surrogateescape")
        (message,) = recovered(copy)
        assert message.startswith("a change of files was cut short and cannot be finished, as ")
        assert texts(copy) == {"a.md": "x", "b.md": "x"}
    assert (tmp_path / "secret.md").read_text() == "x"


@posix_only
def test_after_a_kill_all_is_finished_or_nothing_was_begun(tmp_path: Path) -> None:
    run = [sys.executable, "-c", "import tests.io.test_changes as them; them.after_kills()", str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert not done.returncode, done.stderr
    told, found = json.loads(done.stdout)
    assert set(told) == {"", "a change of 7 files that was cut short was finished"}
    assert sorted(found, key=len) == [BEFORE, AFTER]


def after_kills() -> None:
    """Prints what was told after each kill, and which states the files were in then."""
    told, found = [], []
    for root in killed(Path(sys.argv[1])):
        told.append("; ".join(recovered(root)))
        state = texts(root)
        found += [state] if state not in found else []
        if recovered(root):
            raise AssertionError("there is something left")
    sys.stdout.write(json.dumps([told, found]))


class BusyError(PermissionError):
    """What Windows says of a file that another program has open."""

    winerror = 32


@pytest.mark.parametrize("times", [1, 6])
def test_a_file_that_another_program_has_open_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    make(tmp_path, "a.md")
    refusals, waited = [BusyError(13, "The process cannot access the file")] * times, _without_waiting(monkeypatch)
    replace = os.replace

    def busy(*names: str) -> None:
        if refusals:
            raise refusals.pop()
        replace(*names)

    monkeypatch.setattr(changes.os, "replace", busy)
    changes.write(tmp_path / "a.md", "new", [tmp_path])
    assert (tmp_path / "a.md").read_text("utf-8") == "new"
    assert len(waited) == times


def test_a_file_that_stays_open_is_told_and_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md", "b.md")
    before = {name: (tmp_path / name).read_bytes() for name in ("a.md", "b.md")}
    waited, replace = _without_waiting(monkeypatch), os.replace

    def busy(made: str, path: str) -> None:
        if path.endswith("b.md"):
            raise BusyError(13, "The process cannot access the file because it is being used by another process")
        replace(made, path)

    monkeypatch.setattr(changes.os, "replace", busy)
    with pytest.raises(
        WriteError, match=r"b\.md cannot be written \(the process cannot access the file because it is being used"
    ):
        changes.carry_out([Write(str(tmp_path / name), "new") for name in before], [tmp_path])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert 0 < sum(waited) < 1


def test_what_no_waiting_mends_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md")
    waited = _without_waiting(monkeypatch)
    monkeypatch.setattr(changes.os, "replace", _refuse)
    with pytest.raises(WriteError, match="no hard links here"):
        changes.write(tmp_path / "a.md", "new", [tmp_path])
    assert not waited


def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it would have waited each time."""
    waited: list[float] = []
    monkeypatch.setattr(changes.time, "sleep", waited.append)
    return waited


def test_nothing_of_ours_moves_with_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "docs/0004-d/0004-d.md")
    seen: list[str] = []
    rename = os.rename

    def watched(old: str, new: str) -> None:
        seen.extend(path.name for path in Path(old).rglob("*"))
        rename(old, new)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(changes.os, "rename", watched)
        writes = [Write((tmp_path / "docs/0004-d/0004-d.md").as_posix(), "new")]
        move = Move((tmp_path / "docs/0004-d").as_posix(), (tmp_path / "docs/0005-d").as_posix())
        changes.carry_out(writes, [tmp_path], [move])
    assert seen == ["0004-d.md"]
    assert texts(tmp_path) == {"docs/0005-d/0004-d.md": "new"}
