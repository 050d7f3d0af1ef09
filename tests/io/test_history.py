"""What git is asked of the past, and what it does not do then."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from adr_ls.io import disk, git, history
from tests.cli.test_reports import BAITED
from tests.history.repository import HOME, build
from tests.history.repository import git as run_git

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs names or programs that Windows has not")

SCRIPT = """
2024-05-01 Ann: 1 Proposed; 2 Proposed
2024-05-02 Bob: 1 Accepted
branch side
2024-05-03 Cy: 2 Accepted
on main
2024-05-04 Dee: 3 Proposed
2024-05-05 Eve: from side
"""


def told(root: Path, *, path: str = HOME) -> dict[str, list[str]]:
    """What is known of the statuses of each record, and why nothing is."""
    workspace = disk.load([root]).workspace
    archive = history.archive([str(root / path)])
    assert not archive.lacking, archive.lacking
    return {
        f"{workspace.records[path].number}": [
            f"{state.commit.day[-2:]} {state.commit.author} {state.said}{'' if state.sure else ' or earlier'}"
            for state in story.states
        ]
        for path, story, _ in archive.stories(workspace, workspace.records)
    }


EXPECTED = {"1": ["01 Ann proposed", "02 Bob accepted"], "2": ["01 Ann proposed", "03 Cy accepted"], "3": ["04 Dee proposed"]}


def test_a_detached_head_another_worktree_and_a_bare_repository_beside_it(tmp_path: Path) -> None:
    root = build(tmp_path / "r", SCRIPT)
    run_git(root, "checkout", "-q", "--detach", "HEAD")
    assert told(root) == EXPECTED
    run_git(root, "worktree", "add", "-q", str(tmp_path / "other"), "side")
    assert told(tmp_path / "other") == {name: known for name, known in EXPECTED.items() if name != "3"}
    run_git(tmp_path, "clone", "-q", "--bare", root.as_uri(), "bare.git")
    assert "in no git repository" in history.archive([str(tmp_path / "bare.git")]).lacking[str(tmp_path / "bare.git")]


def test_a_submodule_has_a_history_of_its_own(tmp_path: Path) -> None:
    inner = build(tmp_path / "inner", SCRIPT)
    outer = build(tmp_path / "outer", "2024-06-01 Flo: 9 Accepted")
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.as_uri(), "sub")
    assert told(outer / "sub") == EXPECTED
    both = history.archive([str(outer / HOME), str(outer / "sub" / HOME)])
    assert len({id(past) for past in both.pasts.values()}) == 2


def test_each_log_without_a_history_says_why(tmp_path: Path) -> None:
    root, bare = build(tmp_path / "r", SCRIPT), tmp_path / "bare"
    bare.mkdir()
    both = history.archive([str(root / HOME), str(bare), str(tmp_path / "gone")])
    assert [*both.pasts] == [str(root / HOME)]
    assert [*both.lacking.values()] == [
        "there is no history, as this is in no git repository",
        f"“{tmp_path / 'gone'}” is not there",
    ]


def test_what_is_known_is_kept_until_something_is_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build(tmp_path / "r", SCRIPT)
    first = history.archive([str(root / HOME)])
    assert history.archive([str(root / HOME)], first).pasts == first.pasts
    monkeypatch.setattr(history, "past", None)  # so nothing is read again
    assert history.archive([str(root / HOME)], first).pasts == first.pasts
    monkeypatch.undo()
    (root / "other.txt").write_text("x", "utf-8")
    run_git(root, "add", "other.txt")
    run_git(root, "commit", "-q", "-m", "x")
    second = history.archive([str(root / HOME)], first)
    (one,), (other,) = first.pasts.values(), second.pasts.values()
    assert other.tips is one.tips, "which has nothing to do with records"
    assert other.head != one.head
    run_git(root, "checkout", "-q", "side")
    (third,) = history.archive([str(root / HOME)], second).pasts.values()
    assert len(third.tips) == 2
    run_git(root, "checkout", "-q", "main")
    (root / HOME / "0001-use-number-1.md").write_text("# 1. Other\n", "utf-8")
    run_git(root, "commit", "-qam", "x")
    (fourth,) = history.archive([str(root / HOME)], second).pasts.values()
    assert fourth.tips is not other.tips


def test_nothing_is_asked_that_nobody_wants_any_more(tmp_path: Path) -> None:
    root = build(tmp_path / "r", SCRIPT)
    found = history.archive([str(root / HOME)], wanted=lambda: False)
    assert [*found.lacking.values()] == ["the history is not wanted any more"]
    known = history.archive([str(root / HOME)])
    workspace = disk.load([root]).workspace
    assert [*known.stories(workspace, workspace.records, lambda: False)] == []


def test_records_at_the_top_of_a_repository_and_in_folders_with_signs(tmp_path: Path) -> None:
    root = build(
        tmp_path / "r",
        """
        2024-05-01 Ann: 1 Proposed; 2 Proposed; 3 Proposed
        2024-05-02 Bob: 1 is docs/a[b]*? {x}/0001-x.md; 2 is docs/a[b]*? {x}/0002-x.md
        2024-05-03 Cy: 1 Accepted
        """,
    )
    folder = root / "docs/a[b]*? {x}"
    if sys.platform != "win32":
        archive = history.archive([str(folder)])
        tips = archive.pasts[str(folder)].tips
        assert [tip.commit.author for _, tip in sorted(tips.items())] == ["Cy", "Bob"]
    assert {Path(path).name for path in history.archive([str(root)]).pasts[str(root)].tips} >= {"0003-use-number-3.md"}


@posix
def test_names_that_are_no_text(tmp_path: Path) -> None:
    root = build(
        tmp_path / "r",
        f"""
        2024-05-01 Jos\udce9\u202e: 1 Proposed; 2 Proposed
        2024-05-02 a\x01b: 2 is 0002-caf\udce9.md
        2024-05-03 me@example.org: 1 Accepted
        2024-05-04 {"long " * 40}: 1 Deprecated
        """,
    )
    past = history.archive([str(root / HOME)]).pasts[str(root / HOME)]
    assert sorted(os.fsencode(path)[-7:] for path in past.tips) == [b"caf\xe9.md", b"er-1.md"]
    assert told(root)["1"] == ["01 Jos\ufffd proposed", "03 me accepted", f"04 {('long ' * 16)[:-1]}… deprecated"]


def test_texts_that_are_no_text_or_too_big_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build(
        tmp_path / "r",
        f"""
        2024-05-01 Ann: 1 Proposed
        2024-05-02 Bob: 1 Rejected, \udce9
        2024-05-03 Cy: 1 Deprecated, {"long " * 200}
        2024-05-04 Dee: 1 Accepted, Short.
        """,
    )
    monkeypatch.setattr(git, "MOST", 500)
    assert told(root) == {"1": ["01 Ann proposed", "04 Dee accepted or earlier"]}


def test_people_are_called_as_the_mailmap_has_them(tmp_path: Path) -> None:
    root = build(tmp_path / "r", "2024-05-01 ann: 1 Accepted")
    (root / ".mailmap").write_text("Ann Lee <somebody@example.org>\n", "utf-8")
    assert told(root) == {"1": ["01 Ann Lee accepted"]}


def test_commits_without_a_date_or_an_author(tmp_path: Path) -> None:
    root = build(tmp_path / "r", "2024-05-01 : 1 Proposed")
    tree = run_git(root, "rev-parse", "HEAD^{tree}")
    for who in ("author A <a> 99999999999999999 +0000", "author "):
        raw = f"tree {tree}\n{who}\ncommitter B <b> 99999999999999999 +0000\n\nx\n"
        odd = run_git(root, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=raw.encode())
        run_git(root, "update-ref", "refs/heads/main", odd)
        ((state,),) = told(root).values()
        assert state.endswith("proposed")


@posix
@pytest.mark.parametrize("name", [".mailmap", ".gitattributes"])
def test_git_does_not_wait_for_a_pipe(tmp_path: Path, name: str) -> None:
    root = build(tmp_path / "r", SCRIPT + "2024-05-06 Flo: 1 is 0001-other.md; 1 Accepted, Other words.\n")
    os.mkfifo(root / name)
    assert told(root) == EXPECTED


HOSTILE = {
    **{f"protocol{name}.allow": "always" for name in ("", ".ext", ".file", ".ssh", ".bait")},
    "core.repositoryformatversion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "log.showSignature": "true",
    "log.mailmap": "true",
    "diff.renames": "copies",
    "diff.submodule": "log",
    "core.quotePath": "true",
    "color.ui": "always",
    "format.pretty": "fuller",
    "log.showRoot": "false",
    "core.precomposeUnicode": "false",
    "diff.noPrefix": "true",
    "core.worktree": "..",
}
"""What a repository may set to have something run or shown otherwise."""


@posix
@pytest.mark.parametrize("url", ["ext::{}", "bait::x", "ssh://127.0.0.1:1/{}", "{}"])
def test_git_runs_nothing_that_the_repository_names(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build(tmp_path / "r", SCRIPT + "2024-05-06 Flo: 1 is 0001-other.md; 1 Accepted, Other words.\n")
    bait = root / "bait.sh"
    bait.write_text(f"#!/bin/sh\ntouch {tmp_path}/bitten\n", "utf-8")
    bait.chmod(0o755)
    for name in ("git", "git-remote-bait", "ssh", "gpg"):
        (root / name).symlink_to(bait)
    monkeypatch.delenv("GIT_NO_LAZY_FETCH", raising=False)
    (root / ".gitattributes").write_text("*.md diff=bait filter=bait merge=bait\n", "utf-8")
    old = run_git(root, "rev-parse", "HEAD~1:docs/adr/0001-use-number-1.md")
    before = _loose(root, old)
    hooks = root / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
        (hooks / name).symlink_to(bait)
    for key in BAITED:
        run_git(root, "config", key, str(bait))
    for key, value in HOSTILE.items():
        run_git(root, "config", key, value) if key != "core.worktree" else None
    run_git(root, "config", "remote.origin.url", url.format(bait))
    run_git(root, "config", "remote.origin.uploadpack", str(bait))
    run_git(root, "config", "core.hooksPath", str(hooks))
    run_git(root, "config", "mailmap.file", str(tmp_path / "secret"))
    (tmp_path / "secret").write_text("UNSAID <somebody@example.org>\n", "utf-8")
    (tmp_path / "bitten").unlink(missing_ok=True)
    index = (root / ".git/index").read_bytes()
    monkeypatch.setenv("PATH", f"{root}{os.pathsep}{os.environ['PATH']}")
    before.unlink()  # it is to be fetched from whoever promised it
    found = told(root)
    assert found["1"] == ["01 Ann proposed", "06 Flo accepted or earlier"]
    assert found["2"] == EXPECTED["2"]
    assert "UNSAID" not in str(found)
    assert not (tmp_path / "bitten").exists()
    assert (root / ".git/index").read_bytes() == index


def _loose(root: Path, name: str) -> Path:
    """The file of an object, alone."""
    for pack in (root / ".git/objects/pack").glob("*.pack"):
        moved = pack.rename(root / "moved.pack")
        run_git(root, "unpack-objects", "-q", given=moved.read_bytes())
    return root / ".git/objects" / name[:2] / name[2:]


def some_script(seed: int) -> str:
    """What four people did to a few records on two branches, at random."""
    chance = random.Random(seed)  # noqa: S311  # it is to repeat
    there: dict[str, set[str]] = {"main": {"1", "2"}}
    lines, here = ["2024-01-01 Ann: 1 Proposed; 2 Proposed"], "main"
    for day in range(2, 24):
        what = chance.random()
        if what < 0.15:
            name = "side" if here == "main" else "main"
            lines.append(f"{'on' if name in there else 'branch'} {name}")
            there.setdefault(name, set(there[here]))
            here = name
            continue
        number = chance.choice("12345")
        done = f"{number} {chance.choice(['Proposed', 'Accepted', 'Rejected'])}, {chance.choice('abc') * 9} {day}."
        if what < 0.35 and len(there) == 2:
            other = "side" if here == "main" else "main"
            done = f"from {other}; {done}"
            there[here] |= there[other]
        elif what < 0.5 and there[here]:
            number = chance.choice(sorted(there[here]))
            done = f"{number} is 000{number}-{chance.choice('xyz')}.md"
        elif what < 0.6 and len(there[here]) > 1:
            number = chance.choice(sorted(there[here]))
            done = f"{number} gone"
            there[here].discard(number)
        if " gone" not in done:
            there[here].add(number)
        lines.append(f"2024-01-{day:02} {chance.choice(['Ann', 'Bob', 'Cy', 'Dee'])}: {done}")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_the_last_versions_are_those_of_the_last_commit(tmp_path: Path, seed: int) -> None:
    root = build(tmp_path / "r", some_script(seed))
    past = history.archive([str(root / HOME)]).pasts[str(root / HOME)]
    listed = (line.split() for line in run_git(root, "ls-tree", "-r", "HEAD", HOME).splitlines())
    assert {path: tip.blob for path, tip in past.tips.items()} == {str(root / path): blob for _, _, blob, path in listed}
    workspace = disk.load([root]).workspace
    for path, story, committed in history.archive([str(root / HOME)]).stories(workspace, workspace.records):
        record = workspace.file(path)
        assert record is not None
        assert committed is not None
        assert committed.written == record.written
        assert story.state is not None
        assert story.state.canonical == workspace.canonical(record)
