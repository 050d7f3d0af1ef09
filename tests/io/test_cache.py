from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import adr_ls
from adr_ls.io import cache as caches
from adr_ls.io import disk
from adr_ls.io.cache import Cache
from adr_ls.record import codec
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record

posix_only = pytest.mark.skipif(os.name != "posix", reason="the system has no such owners and permissions")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(caches.PLACE, str(tmp_path / "caches"))
    monkeypatch.delenv(caches.SWITCH, raising=False)
    return tmp_path / "caches" / "facts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "project"


def facts(folder: Path, number: int, text: str = "**Status**: Accepted\n") -> Facts:
    return facts_of(Record(f"{folder.as_posix()}/docs/adr/{number:04}-x.md", f"# {number}. X\n\n{text}"))


def filled(folder: Path, count: int = 3) -> list[Facts]:
    found = [facts(folder, number) for number in range(1, count + 1)]
    Cache.opened(folder).save(found)
    return found


def kept(folder: Path, wanted: list[Facts]) -> list[Facts]:
    cache = Cache.opened(folder)
    return [one for want in wanted if (one := cache.get(want.path, want.digest)) is not None]


# --- What is kept ----------------------------------------------------------------------------------------------------------------


def test_what_was_saved_is_there_the_next_time(place: Path, folder: Path) -> None:
    found = filled(folder, 300)
    assert kept(folder, found) == found
    assert Cache.opened(folder).entries == 300
    assert len(list(place.iterdir())) == 1
    assert not folder.exists()


def test_however_the_folder_is_written_it_is_the_same(place: Path, folder: Path) -> None:
    found = filled(folder / "docs" / "..")
    assert kept(folder, found) == found


def test_facts_of_another_text_path_or_folder_are_none(place: Path, folder: Path) -> None:
    one, *_ = filled(folder)
    cache = Cache.opened(folder)
    assert one.path in cache
    assert cache.get(one.path, facts(folder, 1, "**Status**: Draft\n").digest) is None
    assert cache.get(one.path.replace("0001", "0009"), one.digest) is None
    assert cache.get("/elsewhere/docs/adr/0001-x.md", one.digest) is None
    assert "/elsewhere/docs/adr/0001-x.md" not in cache
    assert not kept(folder / "docs", [one])
    assert not kept(folder.with_name("project-2"), [one])


def test_what_is_gone_is_dropped_and_what_is_outside_is_not_taken(place: Path, folder: Path) -> None:
    found = filled(folder)
    outside = facts_of(Record("/elsewhere/0001-x.md", "# 1. X\n"))
    Cache.opened(folder).save([found[0], outside])
    assert Cache.opened(folder).entries == 1
    assert kept(folder, [*found, outside]) == found[:1]


def test_it_is_written_only_for_a_change_that_matters(place: Path, folder: Path) -> None:
    found = filled(folder, 200)
    (file,) = place.iterdir()
    os.utime(file, (1, 1))
    before = file.stat().st_ino
    changed = [facts(folder, 1, "**Status**: Draft\n"), *found[1:]]
    Cache.opened(folder).save(found)
    Cache.opened(folder).save(changed)  # one of two hundred
    assert file.stat().st_ino == before
    assert file.stat().st_mtime > 1, "it was used, which counts"
    changed[1] = facts(folder, 2, "**Status**: Draft\n")
    Cache.opened(folder).save(changed)
    assert file.stat().st_ino != before
    assert kept(folder, changed) == changed


@posix_only
def test_nobody_else_may_read_it(place: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        filled(folder)
    finally:
        os.umask(before)
    (file,) = place.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o700


# --- Where it is off -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["off", "OFF", "0", "no", "false"])
def test_the_environment_turns_it_off(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    found = filled(folder)
    monkeypatch.setenv(caches.SWITCH, value)
    assert not kept(folder, found)
    filled(folder.with_name("other"))
    assert len(list(place.iterdir())) == 1


def test_the_caller_turns_it_off(place: Path, folder: Path) -> None:
    cache = Cache.opened(folder, on=False)
    cache.save([facts(folder, 1)])
    assert cache.get(facts(folder, 1).path, facts(folder, 1).digest) is None
    assert not place.exists()


def test_without_a_word_it_is_in_the_users_cache_directory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(caches.PLACE, raising=False)
    found = caches.directory()
    assert found is not None
    assert found.name == "facts"
    assert "adr-ls" in found.parts


# --- What cannot be trusted ------------------------------------------------------------------------------------------------------


def test_a_file_with_any_byte_of_another_value_is_none(place: Path, folder: Path) -> None:
    found = filled(folder, 1)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not kept(folder, found), at
    file.write_bytes(whole)
    assert kept(folder, found) == found


def test_a_file_that_ends_anywhere_or_goes_on_is_none(place: Path, folder: Path) -> None:
    found = filled(folder, 1)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    for end in range(len(whole)):
        file.write_bytes(whole[:end])
        assert not kept(folder, found), end
    file.write_bytes(whole + b"\n")
    assert not kept(folder, found)


BODIES = [
    b"",
    b"\n",
    b"[]\n[]\n",
    b"{}\n",
    b"nonsense\n",
    b"[[],[],[]]\n\n",
    b'[["docs/adr/0001-x.md"],[]]\n\n',
    b"[[1],[2]]\n\n",
    b"[null,null]\n\n",
    b"[1,2]\n\n",
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", [*BODIES, "block", "digest"])
def test_a_foreign_file_with_the_right_checksum_is_none_either(place: Path, folder: Path, body: bytes | str) -> None:
    (one,) = filled(folder, 1)
    (file,) = place.iterdir()
    if body == "block":
        body = codec.dumps([["docs/adr/0001-x.md"], [one.digest]]) + b"\n[[],[]]\n"
    elif body == "digest":  # facts of another text
        body = codec.dumps([["docs/adr/0001-x.md"], [one.digest]]) + b"\n" + codec.encode([facts(folder, 1, "")]) + b"\n"
    assert isinstance(body, bytes)
    head = b"%b %b %b\n" % (caches._FORMAT, caches.key().encode(), hashlib.blake2b(body, digest_size=16).hexdigest().encode())
    file.write_bytes(head + body)
    cache = Cache.opened(folder)
    assert cache.get(one.path, one.digest) is None
    cache.save([one])
    assert kept(folder, [one]) == [one]


def test_a_file_of_another_version_is_none(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = filled(folder)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    caches.key.cache_clear()
    monkeypatch.setattr(adr_ls, "__version__", "999")
    try:
        assert not kept(folder, found)
        filled(folder)
        assert len(list(place.iterdir())) == 2, "each version has its own"
        for path in place.iterdir():
            path.write_bytes(whole)
        assert not kept(folder, found)
    finally:
        caches.key.cache_clear()


def test_the_code_that_makes_facts_is_part_of_the_key() -> None:
    names = {name for name, _, _ in caches._makers()}
    assert {"record/record.py", "syntax/markdown/inlines.py", "words/lookup.py", "log/mkdocs.py", "__init__.py"} <= names


@posix_only
def test_a_link_in_its_place_is_not_followed(place: Path, folder: Path, tmp_path: Path) -> None:
    found = filled(folder)
    (file,) = place.iterdir()
    target = tmp_path / "target"
    file.rename(target)
    before = target.read_bytes()
    file.symlink_to(target)
    assert not kept(folder, found)
    Cache.opened(folder).save(found)
    assert not file.is_symlink()
    assert target.read_bytes() == before
    assert kept(folder, found) == found


@posix_only
def test_a_link_in_place_of_its_directory_is_not_followed(place: Path, folder: Path, tmp_path: Path) -> None:
    found = filled(folder)
    place.rename(tmp_path / "target")
    place.symlink_to(tmp_path / "target")
    assert not kept(folder, found)
    (file,) = place.iterdir()
    file.unlink()
    filled(folder)
    assert not list(place.iterdir())


@posix_only
@pytest.mark.parametrize("part", ["file", "directory"])
def test_what_others_may_write_to_is_none(place: Path, folder: Path, part: str) -> None:
    found = filled(folder)
    (file,) = place.iterdir()
    (file if part == "file" else place).chmod(0o777)
    assert not kept(folder, found)


@posix_only
def test_another_users_file_is_none(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = filled(folder)
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert not kept(folder, found)
    Cache.opened(folder).save(found)
    assert len(list(place.iterdir())) == 1


def test_a_directory_or_a_pipe_in_its_place_is_none_and_harms_nobody(place: Path, folder: Path) -> None:
    found = filled(folder)
    (file,) = place.iterdir()
    file.unlink()
    file.mkdir()
    assert not kept(folder, found)
    filled(folder)
    assert [path.name for path in place.iterdir()] == [file.name], "what could not be put in its place is gone"
    file.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(file)
        assert not kept(folder, found)


@posix_only
@not_root
def test_where_nothing_can_be_written_what_is_there_is_used(place: Path, folder: Path) -> None:
    found = filled(folder)
    place.chmod(0o500)
    try:
        assert kept(folder, found) == found
        filled(folder, 9)
    finally:
        place.chmod(0o700)
    assert kept(folder, found) == found


@pytest.mark.parametrize("step", ["open", "replace"])
def test_where_writing_fails_nothing_is_left_of_it(
    place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    found = filled(folder)
    before = getattr(os, step)

    def fail(path: str, *rest: object) -> object:
        if step == "replace" or (isinstance(rest[0], int) and rest[0] & os.O_WRONLY):
            raise OSError(errno.ENOSPC, "No space left on device")
        return before(path, *rest)

    monkeypatch.setattr(os, step, fail)
    filled(folder, 9)
    assert len(list(place.iterdir())) == 1
    assert kept(folder, found) == found


def test_where_no_directory_can_be_made_there_is_none(place: Path, folder: Path) -> None:
    place.parent.write_text("a file")
    found = filled(folder)
    assert not kept(folder, found)
    assert caches.told(folder)


# --- Bounds ----------------------------------------------------------------------------------------------------------------------


def test_the_caches_used_longest_ago_go_first(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in "abcd"]
    for at, folder in enumerate(folders[:3]):
        filled(folder)
        for file in place.iterdir():
            if file.stat().st_mtime > 1000:
                os.utime(file, (at + 1, at + 1))
    size = sum(file.stat().st_size for file in place.iterdir())
    Cache.opened(folders[0])  # used
    monkeypatch.setattr(caches, "MOST", size)
    filled(folders[3])
    assert [Cache.opened(folder).entries for folder in folders] == [3, 0, 3, 3]


def test_one_cache_has_its_own_bound(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder, 3 * caches.BLOCK)
    (file,) = place.iterdir()
    size = file.stat().st_size
    file.unlink()
    monkeypatch.setattr(caches, "MOST_OF_ONE", size // 2 + 1024)
    filled(folder, 3 * caches.BLOCK)
    assert file.stat().st_size <= size // 2 + 1024
    assert Cache.opened(folder).entries == caches.BLOCK


def test_unfinished_files_of_long_ago_are_removed(place: Path, folder: Path) -> None:
    place.mkdir(mode=0o700, parents=True)
    for name, age in (("old.tmp", 10_000), ("new.tmp", 0)):
        (place / name).write_text("x")
        stamp = (place / name).stat().st_mtime - age
        os.utime(place / name, (stamp, stamp))
    filled(folder)
    assert sorted(path.suffix for path in place.iterdir()) == [".facts", ".tmp"]


WRITER = """
import sys
from pathlib import Path
from adr_ls.io.cache import Cache
from tests.io.test_cache import facts
folder = Path(sys.argv[1])
for turn in range(40):
    found = [facts(folder, number, "x" * turn) for number in range(20)]
    cache = Cache.opened(folder)
    there = [cache.get(one.path, one.digest) for one in found]
    assert all(one is None or one == want for one, want in zip(there, found))
    cache.save(found)
"""


def test_two_servers_at_once_harm_nobody(place: Path, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], env=environment) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert [path.suffix for path in place.iterdir()] == [".facts"]
    assert Cache.opened(folder).entries == 20


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which files are open")
def test_no_file_stays_open(place: Path, folder: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    found = filled(folder)
    cache = Cache.opened(folder)
    assert cache.get(found[0].path, found[0].digest)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


# --- What checks found -----------------------------------------------------------------------------------------------------------


def test_what_checks_found_is_kept_for_the_same_folders_and_settings(place: Path, folder: Path, tmp_path: Path) -> None:
    caches.save_verdicts([folder], {}, [b"one"])
    caches.save_verdicts([folder], {"profile": "strict"}, [b"other"])
    assert caches.verdicts([folder], {}) == [b"one"]
    assert caches.verdicts([folder], {"profile": "strict"}) == [b"other"]
    assert caches.verdicts([folder], {"profile": "relaxed"}) == []
    assert caches.verdicts([folder, tmp_path], {}) == []
    assert caches.verdicts([tmp_path], {}) == []
    assert len(list(place.iterdir())) == 2
    assert caches.told(folder)[0] == "of this folder: none yet; what checks found, 1 KB"


def test_what_checks_found_is_nothing_where_caches_are_off(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    caches.save_verdicts([folder], {}, [b"one"], on=False)
    assert not place.exists()
    caches.save_verdicts([folder], {}, [b"one"])
    assert caches.verdicts([folder], {}, on=False) is None
    monkeypatch.setenv(caches.SWITCH, "off")
    assert caches.verdicts([folder], {}) is None


def test_damaged_verdicts_are_none(place: Path, folder: Path) -> None:
    caches.save_verdicts([folder], {}, [b"one"])
    (file,) = place.iterdir()
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert caches.verdicts([folder], {}) == [], at
    file.write_bytes(whole)
    assert caches.verdicts([folder], {}) == [b"one"]


def test_facts_are_no_verdicts(place: Path, folder: Path) -> None:
    caches.save_verdicts([folder], {}, [b"one"])
    (file,) = place.iterdir()
    filled(folder)
    (facts_file,) = set(place.iterdir()) - {file}
    file.write_bytes(facts_file.read_bytes())
    assert caches.verdicts([folder], {}) == []


def test_any_code_is_part_of_the_key_of_verdicts(folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {name for name, _, _ in caches._programs()}
    assert {"rules/links.py", "index/judge.py", "settings/values.py", "log/watch.py", "__init__.py"} <= names
    caches.save_verdicts([folder], {}, [b"one"])
    (file,) = place.iterdir()
    monkeypatch.setattr(caches, "_programs", lambda: [("rules/links.py", 1, 1)])
    caches.whole_key.cache_clear()
    try:
        caches.save_verdicts([folder], {}, [b"other"])
        assert len(list(place.iterdir())) == 2
        (new,) = set(place.iterdir()) - {file}
        new.write_bytes(file.read_bytes())
        assert caches.verdicts([folder], {}) == []
    finally:
        caches.whole_key.cache_clear()


# --- What is told of it ----------------------------------------------------------------------------------------------------------


def test_people_are_told_where_it_is_and_how_large(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert caches.told(folder) == ["of this folder: none yet", f"in {place}: 0 files, 0 KB of at most 64.0 MB"]
    filled(folder)
    assert caches.told(folder) == ["of this folder: facts of 3 files, 2 KB", f"in {place}: 1 file, 2 KB of at most 64.0 MB"]
    assert caches.told(folder, on=False) == ["turned off (by the settings)", f"in {place}: 1 file, 2 KB"]
    monkeypatch.setenv(caches.SWITCH, "off")
    assert caches.told(folder) == ["turned off (by ADR_LS_CACHE)", f"in {place}: 1 file, 2 KB"]


@pytest.mark.parametrize(
    ("file", "client", "is_kept"),
    [("", {}, True), ("cache = false\n", {}, False), ("", {"cache": False}, False), ("cache = false\n", {"cache": True}, True)],
)
def test_a_setting_turns_the_cache_off(place: Path, folder: Path, file: str, client: dict[str, bool], *, is_kept: bool) -> None:
    """That of the editor wins over the file's, as with all settings."""
    (folder / "docs" / "adr").mkdir(parents=True)
    (folder / "docs" / "adr" / "0001-x.md").write_text("# 1. X\n\n**Status**: Accepted\n", encoding="utf-8")
    (folder / "adr-ls.toml").write_text(file, encoding="utf-8")
    for _ in range(2):
        loaded = disk.load([folder], settings=client, cached=True)
        assert len(loaded.workspace.records) == 1
        assert not loaded.mistakes
    disk.save(loaded)
    assert bool(list(place.glob("*"))) == is_kept
    assert caches.told(folder, on=folder.as_posix() not in loaded.uncached)[0].startswith(
        "of this" if is_kept else "turned off"
    )
