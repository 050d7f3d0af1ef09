"""The commands that change a record: what they write, what they print, and what they refuse."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adr_ls.cli import main
from tests.conftest import REPOSITORY

Run = Callable[..., tuple[int, str, str]]
OLD, NEW = "docs/adr/003-deploy-with-containers.md", "docs/adr/005-sign-in-with-passkeys.md"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a copy of the example; gives its status, and what it printed and complained of."""
    shutil.copytree(REPOSITORY / "examples" / "bookshop", tmp_path / "shop")
    (tmp_path / "shop" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "shop")

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def problems(run: Run) -> set[tuple[str, str]]:
    found = json.loads(run("check", "--format", "json")[1])["problems"]
    return {(one["path"], one["rule"]) for one in found if one["severity"] != "hint"}


@pytest.mark.parametrize("record", ["3", "ADR-003", "adr-3", "003-deploy-with-containers", OLD, f"./{OLD}"])
def test_a_record_is_meant_by_its_file_number_id_or_name(run: Run, record: str) -> None:
    assert run("status", record) == (0, "Accepted\n", "")


def test_a_new_record_goes_to_the_log_of_the_repository_from_a_folder_without_a_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in Path("docs/adr").glob("00*"):
        file.rename(f"docs/adr/0{file.name}")
    Path("nothing").mkdir()
    monkeypatch.chdir("nothing")
    assert run("new", "Deploy with functions")[1].endswith("docs/adr/0006-deploy-with-functions.md\n")


@pytest.mark.parametrize("aside", ["build", "tests/fixtures", "node_modules/shop"])
def test_a_record_is_meant_in_the_log_where_one_stands(run: Run, aside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody looks unasked, and the log that is looked at has such a record as well."""
    Path(".gitignore").write_text("build/\n", "utf-8")
    shutil.copytree("docs", f"{aside}/docs")
    before = {path: path.read_bytes() for path in Path.cwd().glob("docs/adr/*")}
    assert run("renumber", "3", "9", "-C", f"{aside}/docs/adr")[1].startswith(f"{aside}/{OLD} → ")
    monkeypatch.chdir(f"{aside}/docs/adr")
    assert run("status", "4", "rejected")[1].startswith("004-")
    assert run("new", "Deploy with functions")[1] == "010-deploy-with-functions.md\n"
    assert {path: path.read_bytes() for path in before} == before


def test_a_status_is_changed_and_the_index_follows(run: Run) -> None:
    before = problems(run)
    assert run("status", "3", "deprecated") == (0, f"{OLD} changed\ndocs/adr/README.md changed\n", "")
    assert "**Status**: Deprecated\n" in Path(OLD).read_text("utf-8")
    assert not problems(run) - before
    assert run("status", "3", "Deprecated") == (0, "ADR-003 has that status already\n", "")


def test_a_status_that_nobody_knows_is_written_and_told(run: Run) -> None:
    said = "adr-ls: Unknown status “Acepted”; did you mean “Accepted”?\n"
    assert run("status", "3", "Acepted") == (0, f"{OLD} changed\n", said)
    assert "**Status**: Acepted\n" in Path(OLD).read_text("utf-8")


def test_a_record_is_superseded_by_a_new_one(run: Run) -> None:
    before = problems(run)
    made = "docs/adr/006-deploy-with-functions.md"
    assert run("supersede", "3", "Deploy with functions") == (0, f"{made}\n{OLD} changed\ndocs/adr/README.md changed\n", "")
    assert "**Status**: Superseded by [ADR-006](./006-deploy-with-functions.md)\n" in Path(OLD).read_text("utf-8")
    assert "**Supersedes**: [ADR-003](./003-deploy-with-containers.md)\n" in Path(made).read_text("utf-8")
    assert "(./006-deploy-with-functions.md)" in Path("docs/adr/README.md").read_text("utf-8")
    assert not problems(run) - before


def test_a_new_record_that_supersedes_others_takes_the_indexes_along(run: Run) -> None:
    before = problems(run)
    assert run("new", "Deploy with functions", "--supersedes", "3") == (0, "docs/adr/006-deploy-with-functions.md\n", "")
    assert "(./006-deploy-with-functions.md)" in Path("docs/adr/README.md").read_text("utf-8")
    assert not problems(run) - before
    said = "ADR-003, “Deploy with containers”, is superseded by ADR-006 already"
    assert run("new", "Deploy again", "--supersedes", "3") == (2, "", f"adr-ls: {said}\n")


@pytest.mark.parametrize("by", ["5", NEW])
def test_a_record_is_superseded_by_one_that_there_is(run: Run, by: str) -> None:
    assert run("supersede", "3", "--by", by)[0] == 0
    assert "**Status**: Superseded by [ADR-005](./005-sign-in-with-passkeys.md)\n" in Path(OLD).read_text("utf-8")
    assert "**Supersedes**: [ADR-003](./003-deploy-with-containers.md)\n" in Path(NEW).read_text("utf-8")


@pytest.mark.parametrize(
    ("relation", "back"), [("amends", "Amended by"), ("amended-by", "Amends"), ("supersedes", "Superseded by")]
)
def test_a_relation_is_said_on_both_sides(run: Run, relation: str, back: str) -> None:
    one, other = (NEW, OLD) if relation != "amended-by" else (OLD, NEW)
    assert run("link", one, relation, other)[0] == 0
    assert f"{back}" in Path(other).read_text("utf-8")
    assert run("link", one, relation, other)[0] == 2


def test_records_that_are_begun_at_once_take_numbers_of_their_own(run: Run) -> None:
    def begin(title: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-m", "adr_ls", "new", title], stdout=subprocess.PIPE, text=True)

    begun = [begin(title) for title in ("Pay by card", "Ship by bicycle", "Wrap in paper")]
    made = sorted(one.communicate(timeout=60)[0].split("/")[-1][:3] for one in begun)
    assert made == ["006", "007", "008"]
    assert not list(Path().rglob(".adr-ls-*"))


def test_records_that_are_renumbered_at_once_take_numbers_of_their_own(run: Run) -> None:
    def renumber(record: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "adr_ls", "renumber", record])

    assert [one.wait(60) for one in [renumber("1"), renumber("2")]] == [0, 0]
    assert [path.name[:3] for path in sorted(Path("docs/adr").glob("0*.md"))][-2:] == ["006", "007"]


def test_a_title_is_changed_everywhere(run: Run) -> None:
    status, output, _ = run("retitle", "1", "Keep all orders in MySQL")
    assert (status, output.splitlines()[0]) == (
        0,
        "docs/adr/001-keep-orders-in-mysql.md → docs/adr/001-keep-all-orders-in-mysql.md",
    )
    assert (
        Path("docs/adr/001-keep-all-orders-in-mysql.md").read_text("utf-8").startswith("# ADR-001: Keep all orders in MySQL\n")
    )
    assert "[ADR-001: Keep all orders in MySQL](./001-keep-all-orders-in-mysql.md)" in Path("docs/adr/README.md").read_text(
        "utf-8"
    )
    assert run("retitle", "1", "Keep all orders in MySQL")[1] == "ADR-001 has that title already\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "3", "Deprecated"),
        ("supersede", "3", "Deploy with functions"),
        ("supersede", "3", "--by", "5"),
        ("link", "5", "amends", "3"),
        ("retitle", "1", "Keep all orders in MySQL"),
        ("renumber", "docs/adr/001-keep-orders-in-mysql.md"),
    ],
)
def test_a_difference_changes_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*.md")}
    status, output, _ = run(*arguments, "--diff")
    assert status == 0
    assert "\n+" in output
    assert {path: path.read_bytes() for path in Path().rglob("*.md")} == before


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_a_difference_can_be_applied_wherever_it_was_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path.cwd()
    shutil.rmtree(root / ".git")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    (root / "src").mkdir(exist_ok=True)
    monkeypatch.chdir(root / "src")
    difference = run("supersede", "3", "Deploy with functions", "--diff")[1]
    subprocess.run(["git", "apply"], cwd=root, input=difference, text=True, check=True)
    assert "**Status**: Superseded by [ADR-006]" in (root / OLD).read_text("utf-8")
    assert (root / "docs" / "adr" / "006-deploy-with-functions.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "99"), "there is no ADR “99” in adr"),
        (("status", "docs/adr/README.md"), "“docs/adr/README.md” is no ADR"),
        (("status", "3", " "), "a status needs a word"),
        (("status", "3", "superseded"), "superseded by which record? “adr-ls supersede 3 --by RECORD” says so on both sides"),
        (("supersede", "3"), "say what supersedes it: a title for a new record, or “--by RECORD” for one that there is"),
        (
            ("supersede", "3", "X", "--by", "4"),
            "say what supersedes it: a title for a new record, or “--by RECORD” for one that there is",
        ),
        (("supersede", "3", "--by", "3"), "a record cannot supersede itself"),
        (("supersede", "4", "--by", "1"), "ADR-004 supersedes ADR-001, “Keep orders in MySQL”"),
        (("link", "5", "amends", "5"), "a record cannot stand so to itself"),
        (("retitle", "1", "Deploy with containers"), "ADR-003 has that title already"),
    ],
)
def test_what_cannot_be_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    assert run(*arguments) == (2, "", f"adr-ls: {said}\n")


def test_where_there_are_no_records_that_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("status", "1", "-C", str(tmp_path / "empty"))[2].startswith("adr-ls: No ADRs found")
