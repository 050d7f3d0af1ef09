"""``adr-ls history``, and ``adr-ls check --since`` for teams whose accepted records must not change."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from adr_ls.cli import main
from tests.history.repository import build, git

Run = Callable[..., tuple[int, str, str]]

SCRIPT = """
2024-05-01 Ann Lee: 1 Proposed
2024-05-02 Bob: 1 Accepted; 2 Accepted
2024-05-03 Cy: 1 is 0001-kafka.md
2024-05-04 Cy: 1 Accepted, We use Rabbit.
branch side
2024-05-05 Dee: 3 Proposed
2024-05-06 Dee: 2 Accepted, See [Kafka](https://kafka.example.org).
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, in which we are."""
    found = build(tmp_path / "repository", SCRIPT)
    git(found, "checkout", "-q", "side")
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command there."""
    assert Path.cwd() == root

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main.main([str(word) for word in words])
        found = capsys.readouterr()
        return status, found.out, found.err

    return run


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def test_history_tells_people_what_became_of_records(run: Run) -> None:
    ids = {git(Path(), "log", "-1", "--format=%ad", "--date=format:%d", commit): commit[:10] for commit in _commits()}
    status, output, errors = run("history")
    for day, commit in ids.items():
        output = output.replace(commit, f"#{day}")
    assert (status, errors) == (0, "")
    assert (
        output
        == inspect.cleandoc(
            """
        ADR-0001: Use number 1  docs/adr/0001-kafka.md
          2024-05-01  proposed            Ann Lee  #01  (as 0001-use-number-1.md)
          2024-05-02  accepted            Bob      #02  (as 0001-use-number-1.md)
          2024-05-04  changed: substance  Cy       #04  line 9

        ADR-0002: Use number 2  docs/adr/0002-use-number-2.md
          2024-05-02  accepted            Bob  #02
          2024-05-06  changed: substance  Dee  #06  line 9

        ADR-0003: Use number 3  docs/adr/0003-use-number-3.md
          2024-05-05  proposed  Dee  #05
        """
        ).replace("\n\n", "\n\n")
        + "\n"
    )


def _commits() -> list[str]:
    return git(Path(), "rev-list", "--all").split()


def test_history_of_some_records(run: Run) -> None:
    heads = [line for line in run("history", "3", "docs/adr/0001-kafka.md")[1].splitlines() if line.startswith("ADR")]
    assert [line.partition(":")[0] for line in heads] == ["ADR-0003", "ADR-0001"]
    assert "ADR-0003" not in run("history", "--changed")[1]
    assert run("history", "3", "--changed")[1] == "No record was changed after it was accepted.\n"
    assert run("history", "-C", "docs/adr", "ADR-0002")[1].startswith("ADR-0002")
    assert run("history", "docs") == run("history")
    assert run("history", "7")[0::2] == (
        2,
        "adr-ls: there is no ADR “7” here, or more than one in its log; “adr-ls list” lists them\n",
    )


def test_history_for_scripts(run: Run) -> None:
    change("docs/adr/0001-kafka.md", "Accepted", "Deprecated")
    Path("docs/adr/0004-new.md").write_text("# 4. New\n\n## Status\n\nDraft\n", "utf-8")
    told = json.loads(run("history", "1", "4", "--format", "json")[1])
    one, new = told["records"]
    assert told["version"] == 1
    assert (one["path"], one["status"], one["uncommitted"]) == ("docs/adr/0001-kafka.md", "deprecated", ["status"])
    assert [(state["status"], state["date"], state["author"], state["file"]) for state in one["statuses"]] == [
        ("proposed", "2024-05-01T12:00:00+00:00", "Ann Lee", "docs/adr/0001-use-number-1.md"),
        ("accepted", "2024-05-02T12:00:00+00:00", "Bob", "docs/adr/0001-use-number-1.md"),
    ]
    assert [(edit["kinds"], edit["lines"], edit["merge"]) for edit in one["changes"]] == [
        (["substance"], [{"kinds": ["substance"], "from": 9, "to": 9}], False)
    ]
    assert one["added"]["commit"] == one["statuses"][0]["commit"]
    assert (new["added"], new["statuses"], new["uncommitted"]) == (None, [], None)


def test_history_tells_what_is_not_committed(run: Run) -> None:
    change("docs/adr/0001-kafka.md", "Accepted", "Deprecated")
    change("docs/adr/0002-use-number-2.md", "some", "none")
    Path("docs/adr/0004-new.md").write_text("# 4. New\n\n## Status\n\nDraft\n", "utf-8")
    told = [line.split() for line in run("history")[1].splitlines() if "not committed" in line]
    assert told == [
        ["deprecated", "not", "committed", "yet"],
        ["changed:", "substance", "not", "committed", "yet", "line", "13"],
        ["not", "committed", "yet"],
    ]


def test_history_says_why_there_is_none(run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    assert run("history", "-C", tmp_path / "copy")[::2] == (2, "adr-ls: there is no history, as this is in no git repository\n")
    git(tmp_path / "copy", "init", "-q")
    assert run("history", "-C", tmp_path / "copy")[2] == "adr-ls: there is no history, as nothing has been committed yet\n"
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "shallow")
    assert (
        "is a shallow clone, which lacks the history; “git fetch --unshallow” gets it"
        in run("history", "-C", tmp_path / "shallow")[2]
    )
    assert "no ADRs found here" in run("history", "-C", root / ".git")[2]
    monkeypatch.setenv("PATH", "")
    assert run("history")[::2] == (2, "adr-ls: the history is git’s, which is not installed or not on the PATH\n")


# Records that must not change


def frozen(run: Run, *words: object) -> list[tuple[str, int, str]]:
    status, output, errors = run("check", "--since", "main", "--select", "accepted-changed", "--format", "json", *words)
    assert errors == ""
    found = [(one["path"], one["line"], one["message"]) for one in json.loads(output)["problems"]]
    assert status == (1 if found else 0)
    return found


def test_accepted_records_that_a_branch_changed(run: Run) -> None:
    ((path, line, message),) = frozen(run)
    assert (path, line) == ("docs/adr/0002-use-number-2.md", 9)
    assert message == (
        "ADR-0002, “Use number 2” was accepted and must not change, but these lines did: 9 (substance). "
        "Take that back, and let a new record supersede this one (“adr-ls supersede”)."
    )
    git(Path(), "checkout", "-q", "main")
    assert frozen(run) == []
    change("docs/adr/0001-kafka.md", "There are some", "There are some [more](more.md)")
    assert [(path, line) for path, line, _ in frozen(run)] == [("docs/adr/0001-kafka.md", 13)]


@pytest.mark.parametrize(
    ("old", "new", "allowed", "told"),
    [
        ("Accepted", "Superseded by ADR-0003", None, ""),
        ("Accepted", "Superseded by ADR-0003", '"typos"', "5 (status)"),
        ("Accepted", "Proposed", None, "5 (status)"),
        ("There are some", "There aer some", '"status"', "13 (substance)"),
        ("consequences", "consequences", "", ""),
        ("# 1.", "#  1.", None, ""),
        ("# 1.", "#  1.", '"typos"', "1 (formatting)"),
        ("There are some.\n", "There are some.\n\nAnd one more.\n", None, "15 (additions)"),
        ("There are some.\n", "There are some.\n\nAnd one more.\n", '"additions"', ""),
        ("There are some.\n", "", None, "some taken away at 13 (substance)"),
    ],
)
def test_what_may_change_nevertheless(run: Run, old: str, new: str, allowed: str | None, told: str) -> None:
    git(Path(), "checkout", "-q", "main")
    if allowed is not None:
        Path("adr-ls.toml").write_text(f"may-change = [{allowed}]\n", "utf-8")
    change("docs/adr/0001-kafka.md", old, new) if old != "consequences" else None
    found = frozen(run)
    assert [message.partition("did: ")[2].partition(". Take")[0] for _, _, message in found] == ([told] if told else [])


def test_a_record_that_is_renamed_is_compared_with_itself(run: Run) -> None:
    git(Path(), "checkout", "-q", "main")
    Path("docs/adr/0001-kafka.md").rename("docs/adr/0001-rabbit.md")
    assert frozen(run) == []
    change("docs/adr/0001-rabbit.md", "We use Rabbit", "We use Kafka")
    assert [(path, line) for path, line, _ in frozen(run)] == [("docs/adr/0001-rabbit.md", 9)]


def test_a_record_that_is_taken_away(run: Run) -> None:
    git(Path(), "checkout", "-q", "main")
    Path("docs/adr/0001-kafka.md").unlink()
    ((path, line, message),) = frozen(run)
    assert (path, line) == ("docs/adr/0001-kafka.md", 1)
    assert message.startswith("ADR-0001, “Use number 1” was accepted and must not be taken away.")
    git(Path(), "checkout", "-q", "side")
    Path("docs/adr/0003-use-number-3.md").unlink()
    assert "docs/adr/0003-use-number-3.md" not in {path for path, _, _ in frozen(run)}


def test_nothing_is_compared_where_nobody_asks(run: Run) -> None:
    assert run("check", "--since", "main", "--format", "concise")[1].count("accepted-changed") == 0
    Path("adr-ls.toml").write_text('[rules]\naccepted-changed = "warning"\n', "utf-8")
    assert run("check", "--since", "main", "--format", "concise")[1].count("accepted-changed") == 1
    assert run("check", "--format", "concise")[1].count("accepted-changed") == 0


def test_the_graph_is_dated_by_git_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("graph", "--format", "json", "--history")[1])
    assert [(node["date"], node["date_from"]) for node in told["nodes"]] == [
        ("2024-05-02", "git"),
        ("2024-05-02", "git"),
        ("2024-05-05", "git"),
    ]
    assert {node["date"] for node in json.loads(run("graph", "--format", "json")[1])["nodes"]} == {None}
    for form in ("mermaid", "dot", "svg", "html"):
        assert "git 2024-05-02" in run("graph", "--format", form, "--history")[1], form
    change("docs/adr/0001-kafka.md", "## Status", "Date: 2019-01-01\n\n## Status")
    (first, *_) = json.loads(run("graph", "--format", "json", "--history")[1])["nodes"]
    assert (first["date"], first["date_from"]) == ("2019-01-01", "record")
    shutil.copytree("docs", tmp_path / "bare/docs")
    status, output, errors = run("graph", "--history", tmp_path / "bare")
    assert (status, output.split()[0], errors) == (
        0,
        "flowchart",
        "adr-ls: there is no history, as this is in no git repository\n",
    )
