from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from adr_ls.io import files
from adr_ls.io.files import Folders, Listing, Stamp, Text, Unreadable

posix_only = pytest.mark.skipif(os.name != "posix", reason="the system has no such files")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")


def is_markdown(name: str) -> bool:
    return name.endswith(".md")


def make(root: Path, *paths: str, text: str = "x") -> None:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def found(root: Path) -> tuple[str, ...]:
    return files.walk(root, want=is_markdown).files


# --- Listing ---------------------------------------------------------------------------------------------------------------------


def test_walk_lists_the_wanted_files_with_slashes_and_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/z.md", "a/b/c.md", "a.txt", "a.md")
    assert files.walk(tmp_path, want=is_markdown) == Listing(
        ("a.md", "a/b/c.md", "a/z.md", "b.md"), truncated=False, skipped=()
    )


def tree(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("*.tmp.md\nmade/\n" if path.endswith(".gitignore") else "")


RELISTED = {
    "a new file": (("a/1.md",), ("a/2.md",), ()),
    "a file that is gone": (("a/1.md", "a/2.md"), (), ("a/2.md",)),
    "a file that is as it was": (("a/1.md",), ("a/1.md",), ()),
    "a new folder": (("a/1.md",), ("b/c/1.md",), ()),
    "a folder that was empty": (("a/1.md", "b/x.txt"), ("b/1.md",), ("b/x.txt",)),
    "what rules leave out": (("a/1.md", ".gitignore"), ("a/2.tmp.md", "a/made/1.md"), ()),
    "what lies in a cache": (("a/1.md", "c/CACHEDIR.TAG"), ("c/1.md",), ()),
    "what lies in another repository": ((".git/HEAD", "a/1.md", "b/.git/HEAD"), ("b/1.md",), ()),
    "what lies among what others keep": (("a/1.md",), ("node_modules/x/1.md",), ()),
    "nothing that is wanted": (("a/1.md",), ("a/1.txt",), ()),
    "a folder instead of a file": (("a/1.md",), ("a/1.md/2.md",), ("a/1.md",)),
}
"""The files that there are, those that come, and those that go."""


@pytest.mark.parametrize(("there", "come", "gone"), RELISTED.values(), ids=RELISTED)
def test_a_listing_after_changes_that_were_told_is_that_of_a_walk(
    tmp_path: Path, there: tuple[str, ...], come: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    def wanted(name: str) -> bool:
        return name.endswith(".md")

    tree(tmp_path, *there)
    before = files.walk(tmp_path, want=wanted)
    for path in gone:
        (tmp_path / path).unlink()
    tree(tmp_path, *come)
    told = {*come, *gone}
    after = before.after(files.walk(tmp_path, want=wanted, only=told), told)
    whole = files.walk(tmp_path, want=wanted)
    assert after is None or (after, after.ignored) == (whole, whole.ignored)
    assert after is not None or whole.skipped


def test_a_folder_that_was_told_of_is_gone_through(tmp_path: Path) -> None:
    tree(tmp_path, "a.md/1.md", "b/1.md")
    before = files.walk(tmp_path, want=lambda _: True)
    shutil.rmtree(tmp_path / "a.md")
    assert before.after(files.walk(tmp_path, want=lambda _: True, only=["a.md"]), ["a.md"]) is None


def test_want_gets_the_name_only(tmp_path: Path) -> None:
    make(tmp_path, "docs/adr/0001-x.md")
    names: list[str] = []
    files.walk(tmp_path, want=lambda name: bool(names.append(name)))
    assert names == ["0001-x.md"]


def test_other_peoples_work_is_left_alone_and_hidden_folders_are_walked(tmp_path: Path) -> None:
    make(tmp_path, *(f"{folder}/a.md" for folder in files.SKIPPED_FOLDERS))
    hidden = (
        ".adr/a.md",
        ".decisions/a.md",
        ".github/a.md",
        "build/a.md",
        "dist/a.md",
        "out/a.md",
        "target/a.md",
        "vendor/a.md",
    )
    make(tmp_path, *hidden)
    assert found(tmp_path) == tuple(sorted(hidden))


@pytest.mark.parametrize("mark", ["env/pyvenv.cfg", "env/CACHEDIR.TAG"])
def test_folders_that_say_they_are_no_source_are_left_out(tmp_path: Path, mark: str) -> None:
    make(tmp_path, mark, "env/a.md", "b.md")
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == ("b.md",)
    assert [path for path, _ in listing.skipped] == ["env"]


def test_a_vendor_folder_is_left_out_only_where_a_tool_fills_it(tmp_path: Path) -> None:
    make(tmp_path, "go/vendor/modules.txt", "go/vendor/x/a.md", "docs/vendor/a.md")
    assert found(tmp_path) == ("docs/vendor/a.md",)


def test_limit_keeps_what_is_near_the_root_and_says_that_there_is_more(tmp_path: Path) -> None:
    make(tmp_path, "a/a/a.md", "a/b.md", "z.md")
    listing = files.walk(tmp_path, want=is_markdown, limit=2)
    assert (listing.files, listing.truncated) == (("a/b.md", "z.md"), True)
    listing = files.walk(tmp_path, want=is_markdown, limit=3)
    assert (len(listing.files), listing.truncated) == (3, False)


def test_a_walk_looks_at_a_limited_number_of_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, *(f"{number}.md" for number in range(9)))
    monkeypatch.setattr(files, "MAX_SEEN", 4)
    listing = files.walk(tmp_path, want=is_markdown)
    assert (len(listing.files), listing.truncated) == (4, True)


def test_a_cancelled_walk_ends_soon(tmp_path: Path) -> None:
    make(tmp_path, *(f"{folder}/{number}.md" for folder in range(5) for number in range(300)))
    answers = iter([False, False])
    listing = files.walk(tmp_path, want=is_markdown, cancelled=lambda: next(answers, True))
    assert listing.truncated
    assert 0 < len(listing.files) < 600


def test_depth_is_limited(tmp_path: Path) -> None:
    deep = "/".join("d" * (files.MAX_DEPTH + 1))
    make(tmp_path, f"{deep}/a.md", "b.md", f"{deep[:-2]}/c.md")
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == ("b.md", f"{deep[:-2]}/c.md")
    assert listing.skipped == ((deep, "lies more than 32 folders deep"),)


def test_a_missing_root_is_noted(tmp_path: Path) -> None:
    listing = files.walk(tmp_path / "none", want=is_markdown)
    assert listing.files == ()
    assert listing.skipped == ((".", "cannot be read (no such file or directory)"),)


def test_an_unreadable_folder_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "shut/a.md", "open/a.md")
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == ("open/a.md",)
    assert listing.skipped == (("shut", "cannot be read (permission denied)"),)


@posix_only
def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.md")
    (tmp_path / "docs/loop").symlink_to(tmp_path)
    (tmp_path / "docs/self").symlink_to("self")
    (tmp_path / "disk").symlink_to("/")
    (tmp_path / "twice").symlink_to(tmp_path / "docs")
    (tmp_path / "folder.md").symlink_to(tmp_path / "docs")
    assert files.walk(tmp_path, want=is_markdown) == Listing(("docs/a.md",), truncated=False, skipped=())


@posix_only
def test_links_to_files_are_listed_if_they_lead_inside(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    make(tmp_path, "ws/docs/a.md", "ws-evil/secret.md")
    (root / "good.md").symlink_to("docs/a.md")
    (root / "evil.md").symlink_to(tmp_path / "ws-evil/secret.md")
    (root / "broken.md").symlink_to("nowhere.md")
    (root / "self.md").symlink_to("self.md")
    (root / ".#a.md").symlink_to("somebody@machine.4711:1700000000")  # of Emacs, while a.md is being edited
    listing = files.walk(root, want=is_markdown)
    assert listing.files == ("docs/a.md", "good.md")
    assert listing.skipped == (
        ("broken.md", "is a link that leads to no file"),
        ("evil.md", "is a link to a place outside the folder"),
        ("self.md", "is a link that leads to no file"),
    )


@posix_only
def test_links_to_files_of_the_same_name_are_told_from_others(tmp_path: Path) -> None:
    make(tmp_path, "all/0001-a.md", "all/0002-b.md", "node_modules/0003-c.md", "accepted/0004-d.md")
    for name, target in (
        ("0001-a.md", "all/0001-a.md"),
        ("0009-b.md", "all/0002-b.md"),
        ("0003-c.md", "node_modules/0003-c.md"),
    ):
        (tmp_path / "accepted" / name).symlink_to(f"../{target}")
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.links == ("accepted/0001-a.md",)
    assert len(listing.files) == 6
    (tmp_path / "accepted/0001-a.md").unlink()
    (tmp_path / "accepted/0002-b.md").symlink_to("../all/0002-b.md")
    only = ("accepted/0001-a.md", "accepted/0002-b.md")
    assert listing.after(files.walk(tmp_path, want=is_markdown, only=only), only) == files.walk(tmp_path, want=is_markdown)


@posix_only
def test_a_root_that_is_a_link_is_walked(tmp_path: Path) -> None:
    make(tmp_path, "real/a.md")
    (tmp_path / "link").symlink_to("real")
    assert found(tmp_path / "link") == ("a.md",)


@posix_only
def test_pipes_sockets_and_folders_named_like_files_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    monkeypatch.chdir(tmp_path)  # The name of a socket may have no more than 100 bytes.
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert found(tmp_path) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_a_name_that_is_not_unicode_is_noted_in_a_form_that_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.md")).touch()
    (tmp_path / os.fsdecode(b"\xfe")).mkdir()
    (tmp_path / os.fsdecode(b"\xfe/a.md")).touch()
    make(tmp_path, "決定-😀.md")
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == ("決定-😀.md",)
    assert [path for path, _ in listing.skipped] == ["?.md", "?/a.md"]


@pytest.mark.parametrize(
    ("path", "crawlable"), [("home/me", False), ("home", False), ("/", False), ("home/me/project", True), ("home/me2", True)]
)
def test_home_and_above_are_never_crawled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, *, crawlable: bool
) -> None:
    (tmp_path / "home/me/project").mkdir(parents=True)
    (tmp_path / "home/me2").mkdir()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home/me")
    assert files.is_crawlable(tmp_path / path) is crawlable


@posix_only
def test_a_link_to_home_is_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "me").mkdir()
    (tmp_path / "link").symlink_to("me")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "me")
    assert not files.is_crawlable(tmp_path / "link")


def test_without_a_home_there_is_nothing_to_protect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", home)
    assert files.is_crawlable(tmp_path)


# --- .gitignore ------------------------------------------------------------------------------------------------------------------

IGNORE_CASES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "a folder": ({".gitignore": "build/\n"}, ("build/a.md", "src/build/a.md", "src/build.md", "a.md")),
    "anchored": ({".gitignore": "/build\n"}, ("build/a.md", "src/build/a.md")),
    "negation": ({".gitignore": "*.md\n!keep.md\n"}, ("a.md", "keep.md", "docs/keep.md")),
    "nothing comes back from an ignored folder": ({".gitignore": "docs/\n!docs/keep.md\n"}, ("docs/keep.md", "a.md")),
    "all in a folder but": ({".gitignore": "docs/*\n!docs/keep.md\n"}, ("docs/keep.md", "docs/a.md")),
    "all below": ({".gitignore": "docs/**\n!docs/keep/\n!docs/keep/**\n"}, ("docs/keep/b.md", "docs/a.md", "docs/x/a.md")),
    "nested": ({".gitignore": "*.md\n", "docs/.gitignore": "!*.md\n"}, ("a.md", "docs/a.md", "docs/x/b.md")),
    "nested, anchored there": ({"docs/.gitignore": "/a.md\n"}, ("a.md", "docs/a.md", "docs/x/a.md")),
    "nested overrules": ({".gitignore": "!a.md\n", "docs/.gitignore": "a.md\n"}, ("a.md", "docs/a.md")),
    "comments, blanks, CRLF": ({".gitignore": "# a.md\r\n\r\nb.md\r\n"}, ("# a.md", "a.md", "b.md")),
    "double stars": ({".gitignore": "**/gen/**/*.md\n"}, ("gen/a.md", "x/gen/y/a.md", "x/a.md")),
    "all folders below": ({".gitignore": "docs/**/\n*/**/\n"}, ("docs/a.md", "docs/x/a.md", "b/a.md", "a.md")),
    "classes": ({".gitignore": "[ab]?.md\n"}, ("a1.md", "c1.md", "a.md")),
    "escaped": ({".gitignore": "\\!a.md\n\\#b.md\n"}, ("!a.md", "#b.md", "a.md")),
    "exclude": ({".git/info/exclude": "private/\n"}, ("private/a.md", "a.md")),
    "a file beats exclude": ({".git/info/exclude": "*.md\n", ".gitignore": "!a.md\n"}, ("a.md", "b.md")),
    "everything": ({".gitignore": "*\n"}, ("a.md", "docs/a.md")),
    "everything but": ({".gitignore": "*\n!*/\n!a.md\n"}, ("a.md", "docs/a.md", "docs/b.md")),
    "a negated folder opens nothing but itself": ({".gitignore": "*.md\n!docs\n!x/\n"}, ("docs/a.md", "x/a.md", "x/docs/b.md")),
    "a folder in a folder of that name": ({".gitignore": "/docs/*\n!docs\n"}, ("docs/docs/a.md", "docs/b.md", "x/docs/a.md")),
    "a name with blanks": ({".gitignore": "my notes/\ntrailing.md   \n"}, ("my notes/a.md", "trailing.md")),
    "not UTF-8 and not English": ({".gitignore": "entwürfe/\n"}, ("entwürfe/a.md", "a.md")),
    "broken": ({".gitignore": "[z-a].md\n!\nb.md\n"}, ("a.md", "b.md")),
}


@pytest.mark.parametrize("name", IGNORE_CASES)
@pytest.mark.skipif(not shutil.which("git"), reason="Git, which knows best what it ignores, is not installed")
def test_gitignore_means_what_git_takes_it_for(tmp_path: Path, name: str) -> None:
    rules, paths = IGNORE_CASES[name]
    git = ["git", "-C", str(tmp_path), "-c", "core.quotepath=false", "-c", "core.excludesFile="]
    subprocess.run([*git, "init", "-q"], check=True)
    make(tmp_path, *paths)
    for path, text in rules.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    listed = subprocess.run([*git, "ls-files", "-z", "-o", "--exclude-standard"], check=True, capture_output=True)
    expected = {path for path in listed.stdout.decode().split("\0") if path.endswith(".md")}
    assert set(found(tmp_path)) == expected


KEPT_CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "a folder": ("docs/\n", ("docs/a.md", "docs/x/b.md")),
    "one file of a folder": ("docs/\n", ("docs/x/b.md",)),
    "files": ("*.md\n", ("docs/a.md",)),
    "nothing": ("docs/\n", ()),
    "a folder that begins alike": ("docs/\ndocs-x/\n", ("docs-x/a.md",)),
    "deep, with blanks and accents": ("docs/\n", ("docs/größe und form/a.md",)),
}


@pytest.mark.parametrize("version", [2, 3, 4])
@pytest.mark.parametrize("name", KEPT_CASES)
@pytest.mark.skipif(not shutil.which("git"), reason="Git, which writes the index, is not installed")
def test_what_is_committed_is_not_ignored(tmp_path: Path, name: str, version: int) -> None:
    rules, kept = KEPT_CASES[name]
    every = ("a.md", "docs/a.md", "docs/x/b.md", "docs/x/.gitignore", "docs-x/a.md", "docs/größe und form/a.md", "x/docs/a.md")
    make(tmp_path, *every)
    make(tmp_path, ".gitignore", text=rules)
    make(tmp_path, "docs/x/.gitignore", text="!*\n")
    git = ["git", "-C", str(tmp_path), "-c", "core.quotepath=false", "-c", "core.excludesFile="]
    subprocess.run([*git, "init", "-q"], check=True)
    for path in kept:
        subprocess.run([*git, "add", "-f", "--", path], check=True)
    subprocess.run([*git, "update-index", "--index-version", str(version)], check=True)
    if kept and version == 3:
        subprocess.run([*git, "update-index", "--skip-worktree", "--", kept[0]], check=True)
    expected = {
        path
        for asked in (["-c"], ["-o", "--exclude-standard"])
        for path in subprocess.run([*git, "ls-files", "-z", *asked], check=True, capture_output=True)
        .stdout.decode()
        .split("\0")
        if path.endswith(".md")
    }
    assert set(found(tmp_path)) == expected


@pytest.mark.parametrize(
    "index", [b"", b"DIRC", b"DIRC\0\0\0\x02\xff\xff\xff\xff", b"DIRC\0\0\0\x09\0\0\0\x01docs/a.md\0", bytes(range(256)) * 9]
)
def test_an_index_that_cannot_be_read_keeps_nothing(tmp_path: Path, index: bytes) -> None:
    make(tmp_path, "docs/a.md", "a.md")
    make(tmp_path, ".gitignore", text="docs\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index").write_bytes(index + b"docs/a.md")
    assert found(tmp_path) == ("a.md",)


def test_an_ignored_folder_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "build/deep/a.md", "a.md")
    make(tmp_path, ".gitignore", text="build/")
    opened: list[str] = []
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (opened.append(path), real(path))[1])
    assert found(tmp_path) == ("a.md",)
    assert opened == [os.path.realpath(tmp_path)]


@pytest.mark.parametrize("rule", ["*a" * 40 + "b", "**/a/" * 20 + "b", "a" * 5_000])
def test_a_rule_that_could_take_for_ever_is_left_out_and_noted(tmp_path: Path, rule: str) -> None:
    make(tmp_path, "a" * 200 + ".md", "/".join("a" * 30) + "/x.md", "b.md")
    make(tmp_path, ".gitignore", text=f"{rule}\nb.md\n")
    listing = files.walk(tmp_path, want=is_markdown)
    assert len(listing.files) == 2
    assert listing.skipped == ((".gitignore", "has a rule that is too complex to be followed"),)


@posix_only
def test_a_gitignore_that_is_no_file_is_noted(tmp_path: Path) -> None:
    make(tmp_path, "a/a.md", "b/a.md", "c/a.md", "d/a.md")
    os.mkfifo(tmp_path / "a/.gitignore")
    (tmp_path / "b/.gitignore").mkdir()
    (tmp_path / "c/.gitignore").symlink_to("/etc/passwd")
    (tmp_path / "d/.gitignore").write_text("*.md\n" * 100_000)
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == ("a/a.md", "b/a.md", "c/a.md", "d/a.md")
    assert [path for path, _ in listing.skipped] == [f"{folder}/.gitignore" for folder in "abcd"]


def test_pathspec_is_imported_only_where_there_are_rules(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    program = "import sys, pathlib; from adr_ls.io import files; files.walk(pathlib.Path(sys.argv[1]), want=bool); print('pathspec' in sys.modules)"
    for expected in ("False", "True"):
        run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, capture_output=True, text=True)
        assert run.stdout.strip() == expected
        make(tmp_path, ".gitignore")


# --- Reading ---------------------------------------------------------------------------------------------------------------------


def read(path: Path, *roots: Path) -> Text | Unreadable:
    """What reading says, whoever reads: one file alone, or among many in the same folders."""
    result = files.read(path, roots or [path.parent])
    folders = Folders(roots or [path.parent])
    assert [files.read(path, folders) for _ in range(2)] == [result, result]
    return result


def text_of(path: Path, *roots: Path) -> str:
    result = read(path, *roots)
    assert isinstance(result, Text), result
    return result.text


def refusal(path: Path, *roots: Path) -> str:
    result = read(path, *roots)
    assert isinstance(result, Unreadable), result
    return result.reason


@pytest.mark.parametrize(
    ("data", "text", "bom"),
    [
        (b"", "", False),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", False),
        (b"\xef\xbb\xbfa", "a", True),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", True),
        (b"a\0b", "a\0b", False),
        ("決定 😀\u2028".encode(), "決定 😀\u2028", False),
    ],
)
def test_read_keeps_every_character(tmp_path: Path, data: bytes, text: str, *, bom: bool) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert files.read(path, [tmp_path]) == Text(text, bom, Stamp.of(path.stat()))


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"caf\xe9", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_what_is_not_utf8_has_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert refusal(tmp_path / "a.md") == "is not UTF-8 text"


def test_size_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * files.MAX_BYTES)
    assert len(text_of(path)) == files.MAX_BYTES
    path.write_bytes(b"x" * (files.MAX_BYTES + 1))
    assert refusal(path) == "is larger than 2 MiB"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 100)
    monkeypatch.setattr(os, "read", lambda _file, size: b"x" * size)
    assert refusal(tmp_path / "a.md") == "is larger than 2 MiB"


@posix_only
@pytest.mark.timeout(10)
def test_what_is_not_a_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to("pipe.md")
    (tmp_path / "folder.md").mkdir()
    for name in ("pipe.md", "link.md", "folder.md"):
        assert refusal(tmp_path / name) == "is not a regular file"
    for device in ("/dev/zero", "/dev/null", "/dev/stdin"):
        assert isinstance(files.read(Path(device), [Path("/dev")]), Unreadable)


@posix_only
@pytest.mark.timeout(10)
def test_a_file_swapped_for_a_pipe_after_the_first_look_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    status = path.stat()
    path.unlink()
    os.mkfifo(path)
    real, resolved = os.lstat, os.path.realpath(path)
    monkeypatch.setattr(os, "lstat", lambda asked, **more: status if os.fspath(asked) == resolved else real(asked, **more))
    assert refusal(path) == "is not a regular file"


def test_what_does_not_exist(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.md") == "does not exist"
    assert refusal(tmp_path / "no/a.md", tmp_path) == "does not exist"
    assert files.stamp(tmp_path / "a.md") is None
    assert files.stamp(tmp_path) is None


@pytest.mark.parametrize("name", ["a\0.md", "\ud800.md", "a" * 5_000])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert isinstance(files.read(path, [tmp_path]), Unreadable)
    assert files.stamp(path) is None
    files.contains([tmp_path], path)


def test_a_failing_system_call_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md")

    def fails(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(os, "open", fails)
    assert refusal(tmp_path / "a.md") == "cannot be read (permission denied)"


@not_root
@posix_only
def test_no_permission(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(0)
    assert refusal(tmp_path / "a.md") == "cannot be read (permission denied)"


def test_nothing_outside_the_roots_is_read_or_even_looked_for(tmp_path: Path) -> None:
    make(tmp_path, "ws/a.md", "ws-evil/a.md", "a.md", "other/a.md")
    roots = (tmp_path / "ws", tmp_path / "other")
    for outside in ("ws-evil/a.md", "a.md", "ws/../a.md", "none.md", "ws-evil/none.md"):
        assert refusal(tmp_path / outside, *roots) == "lies outside the opened folders"
        assert not files.contains(roots, tmp_path / outside)
    for inside in ("ws/a.md", "other/a.md", "ws/../other/a.md", "ws/./a.md"):
        assert text_of(tmp_path / inside, *roots) == "x"
        assert files.contains(roots, tmp_path / inside)
    assert isinstance(files.read(tmp_path / "ws/a.md", []), Unreadable)
    assert files.contains(roots, tmp_path / "ws")


@posix_only
def test_links_are_resolved_before_the_roots_are_compared(tmp_path: Path) -> None:
    make(tmp_path, "ws/a.md", "secret/a.md")
    ws = tmp_path / "ws"
    (ws / "out.md").symlink_to("../secret/a.md")
    (ws / "folder").symlink_to("../secret")
    (ws / "in.md").symlink_to("a.md")
    (ws / "self.md").symlink_to("self.md")
    (tmp_path / "ws-link").symlink_to("ws")
    assert refusal(ws / "out.md", ws) == "lies outside the opened folders"
    assert refusal(ws / "folder/a.md", ws) == "lies outside the opened folders"
    assert text_of(ws / "in.md", ws) == "x"
    assert text_of(tmp_path / "ws-link/a.md", ws) == "x"
    assert text_of(ws / "a.md", tmp_path / "ws-link") == "x"
    assert refusal(ws / "self.md", ws)


@posix_only
def test_what_lies_where_is_found_out_once_for_each_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, *(f"ws/adr/{number}.md" for number in range(20)))
    resolved: list[str] = []
    real = os.path.realpath
    monkeypatch.setattr(os.path, "realpath", lambda path: resolved.append(str(path)) or real(path))
    folders = Folders([tmp_path / "ws"])
    assert all(isinstance(files.read(tmp_path / f"ws/adr/{number}.md", folders), Text) for number in range(20))
    assert resolved == [str(tmp_path / "ws/adr"), str(tmp_path / "ws")]


def test_a_repository_within_a_repository_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "a.md", "clone/.git/HEAD", "clone/a.md", ".trees/fix/.git", ".trees/fix/a.md", ".trees/b.md")
    listing = files.walk(tmp_path, want=is_markdown)
    assert listing.files == (".trees/b.md", "a.md")
    assert [path for path, _ in listing.skipped] == [".trees/fix", "clone"]


def test_repositories_side_by_side_are_walked(tmp_path: Path) -> None:
    make(tmp_path, "one/.git/HEAD", "one/a.md", "two/.git/HEAD", "two/a.md", "two/sub/.git", "two/sub/a.md")
    assert found(tmp_path) == ("one/a.md", "two/a.md")


def test_a_file_that_got_back_its_size_and_its_time_is_in_another_state(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("Accepted")
    os.utime(file, ns=(1, 1))
    before = files.stamp(file)
    file.write_text("Rejected")
    os.utime(file, ns=(1, 1))
    after = files.stamp(file)
    assert before is not None
    assert after is not None
    assert before.has_bytes_of(after), "by all that can be set back"
    assert not before.holds(after)


def test_a_file_that_changed_just_now_may_change_again_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_text("Accepted")
    fresh = files.stamp(file)
    assert fresh is not None
    monkeypatch.setattr(files, "FRESH", 0)  # as when a moment has passed
    later = files.stamp(file)
    assert later is not None
    assert not fresh.holds(fresh)
    assert not fresh.holds(later)
    assert later.holds(files.stamp(file))
    assert fresh.has_bytes_of(later)
    assert fresh == later
