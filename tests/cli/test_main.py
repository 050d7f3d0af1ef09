"""The command line, run as people run it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adr_ls.cli import main
from tests.conftest import REPOSITORY
from tests.protocol import forkserver

EXAMPLE = REPOSITORY / "examples" / "bookshop"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A copy of the example's directory of records."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "bookshop")) / "docs" / "adr"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The status, the output and the errors of a command."""
    status = main.main([str(argument) for argument in arguments])
    output, errors = capsys.readouterr()
    return status, output, errors


def test_list_as_json(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys, "list", log.parent.parent, "--format", "json")
    (found,) = json.loads(output)["logs"]
    assert (status, errors) == (0, "")
    assert found["directory"] == "docs/adr"
    assert found["dialect"] == "bold"
    assert found["index_files"] == ["docs/adr/README.md"]
    assert found["missing_from_index"] == [
        f"docs/adr/{name}.md" for name in ("004-move-orders-to-postgresql", "005-sign-in-with-passkeys")
    ]
    assert found["records"][3] == {
        "path": "docs/adr/004-move-orders-to-postgresql.md",
        "id": "ADR-004",
        "number": 4,
        "title": "Move orders to PostgreSQL",
        "status": "accepted",
        "status_text": "Accepted",
        "status_line": 3,
        "date": "2025-01-15",
        "tags": [],
        "owners": [],
        "deciders": [],
        "attention": [],
        "supersedes": ["docs/adr/001-keep-orders-in-mysql.md"],
        "superseded_by": [],
        "amends": [],
        "amended_by": [],
        "references": ["docs/adr/001-keep-orders-in-mysql.md", "docs/adr/002-search-with-elasticsearch.md"],
        "dangling": ["ADR-012"],
    }


def test_list_as_text(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = run(capsys, "list", log)
    assert status == 0
    assert output.splitlines()[1] == "  ADR-001  accepted  2024-02-12  Keep orders in MySQL"


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (("--status", "accepted"), ["ADR-001", "ADR-003", "ADR-004"]),
        (("--status", "Superseded"), ["ADR-001"]),  # by what its successor says
        (("--status", "acepted"), ["ADR-002"]),
        (("--year", "2024", "--status", "Accepted"), ["ADR-001", "ADR-003"]),
        (("--attention",), ["ADR-001", "ADR-005"]),
        (("--tag", "storage"), []),
        (("--owner", "ada"), []),
    ],
)
def test_list_narrowed(narrowed: tuple[str, ...], found: list[str], log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(run(capsys, "list", log, "--format", "json", *narrowed)[1])["logs"]
    assert [record["id"] for one in listed for record in one["records"]] == found
    status, output, _ = run(capsys, "list", log, *narrowed)
    assert status == 0
    assert [line.split()[0] for line in output.splitlines()[1:]] == found
    assert output.splitlines()[0].endswith(f"({len(found)} of 5 records, bold)" if found else "No record is like that.")


def test_list_tells_what_needs_attention(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, first, second = run(capsys, "list", log, "--attention")[1].splitlines()
    assert first.endswith("Keep orders in MySQL  (still “Accepted”, though superseded by ADR-004)")
    assert re.fullmatch(r"  ADR-005  proposed  2025-03-02  Sign in with passkeys  \(proposed for \d+ days\)", second)


def test_check_as_json(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = run(capsys, "check", log, "--format", "json")
    found = json.loads(output)
    assert status == 1
    assert found["version"] == 1
    assert found["summary"] == {"records": 5, "errors": 0, "warnings": 8, "infos": 0, "hints": 3}
    assert next(problem for problem in found["problems"] if problem["rule"] == "status-unknown") == {
        "path": "002-search-with-elasticsearch.md",
        "line": 3,
        "column": 13,
        "end_line": 3,
        "end_column": 20,
        "rule": "status-unknown",
        "severity": "warning",
        "message": "Unknown status “Acepted”; did you mean “Accepted”?",
        "fixes": ["Change to “Accepted”"],
    }


def test_check_as_text_marks_the_place(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = run(capsys, "check", log / "002-search-with-elasticsearch.md", "--format", "text")
    assert status == 1
    assert output.splitlines()[:3] == [
        f"{log}/002-search-with-elasticsearch.md:3:13  warning  Unknown status “Acepted”; did you mean “Accepted”?  status-unknown",
        "    **Status**: Acepted",
        "                ^^^^^^^",
    ]
    assert "in 1 record" in output.splitlines()[-1]


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("hint", 1)])
def test_the_threshold_decides_what_fails(log: Path, capsys: pytest.CaptureFixture[str], level: str, status: int) -> None:
    assert run(capsys, "check", log, "--fail-on", level)[0] == status


def test_fix_mends_what_is_safe_and_nothing_else(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (log / "002-search-with-elasticsearch.md").write_bytes(
        (log / "002-search-with-elasticsearch.md").read_bytes().replace(b"\n", b"\r\n")
    )
    status, output, errors = run(capsys, "check", log, "--fix")
    assert status == 1  # the missing section and the unknown record need somebody to write
    assert "section-missing" in output
    assert "status-unknown" not in output
    assert "fixed 001-keep-orders-in-mysql.md" in errors
    mended = (log / "002-search-with-elasticsearch.md").read_bytes()
    assert b"**Status**: Accepted\r\n" in mended
    assert b"(./003-deploy-with-containers.md)" in mended
    assert mended.count(b"\r\n") == mended.count(b"\n")
    assert b"Superseded by [ADR-004](./004-move-orders-to-postgresql.md)" in (log / "001-keep-orders-in-mysql.md").read_bytes()
    assert run(capsys, "check", log, "--fix")[2] == ""


def test_fix_goes_on_past_a_file_that_may_not_be_written(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in log.rglob("*.md")}
    (log / "002-search-with-elasticsearch.md").chmod(0o444)
    status, _, errors = run(capsys, "check", "--fix", log)
    told = errors.splitlines()
    assert (status, told[0]) == (2, "adr-ls: 002-search-with-elasticsearch.md is write-protected")
    changed = {path.name for path in before if path.read_bytes() != before[path]}
    assert changed == {"README.md", "001-keep-orders-in-mysql.md"}
    assert {line.removeprefix("adr-ls: fixed ") for line in told[1:]} == changed


def test_an_index_that_may_not_be_written_keeps_no_other_from_it(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(log, log.parent / "decisions"))
    (log / "README.md").chmod(0o444)
    status, output, errors = run(capsys, "index", log.parent.parent)
    assert (status, output, errors) == (
        2,
        "docs/decisions/README.md updated\n",
        "adr-ls: docs/adr/README.md is write-protected\n",
    )
    assert "005-sign-in-with-passkeys.md" in (other / "README.md").read_text(encoding="utf-8")


def test_index_check_diff_and_write(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (log / "README.md").read_text(encoding="utf-8")
    status, output, _ = run(capsys, "index", log, "--check")
    assert (status, output) == (1, "README.md is out of date; “adr-ls index” updates it\n")
    status, output, _ = run(capsys, "index", log, "--diff")
    assert status == 1
    assert "+- [ADR-005: Sign in with passkeys](./005-sign-in-with-passkeys.md)" in output
    assert (log / "README.md").read_text(encoding="utf-8") == before
    assert run(capsys, "index", log)[:2] == (0, "README.md updated\n")
    after = (log / "README.md").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert run(capsys, "index", log)[:2] == (0, "README.md is up to date\n")
    assert run(capsys, "index", log, "--check")[:2] == (0, "")


def test_index_without_an_index_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / "0001-a.md").write_text("# 1. A\n", encoding="utf-8")
    status, _, errors = run(capsys, "index", tmp_path)
    assert (status, errors) == (2, "adr-ls: there is no index here: no file lists the records\n")
    said = "There is no index here: no file lists the records; “adr-ls index --create” makes one.\n"
    assert run(capsys, "index", tmp_path, "--check") == (0, said, "")


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["index", "--check"], ["index", "--create"]])
def test_where_nothing_is_no_command_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("# Mill\n\nNo decisions yet.\n", encoding="utf-8")
    assert run(capsys, *arguments) == (0, "No ADRs found here.\n", "")


WIDER = {
    "adr-ls.toml": 'statuses = ["Ratified", "Accepted"]\n',
    "README.md": "# Mill\n\nRead [the queue](docs/adr/0001-queue.md) first.\n",
    "docs/adr/0001-queue.md": "# 1. Queue\n\n## Status\n\nRatified\n",
    "docs/adr/0002-reader.md": "# 2. Reader\n\n## Status\n\nAccepted\n",
    "team/adr/0001-other.md": "# 1. Other\n\n## Status\n\nAcepted\n",
}
"""A repository whose settings and front page lie above its records."""


@pytest.fixture
def wider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in WIDER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["docs", "docs/adr", "docs/adr/0001-queue.md"])
def test_the_settings_of_the_repository_hold_for_whatever_is_asked_for(
    wider: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (wider / ".git").mkdir()
    assert run(capsys, "check", path, "--select", "status-unknown")[0] == 0
    (listed,) = json.loads(run(capsys, "list", path, "--format", "json")[1])["logs"]
    assert [record["number"] for record in listed["records"]] == ([1, 2] if Path(path).is_dir() else [1])
    assert "team/adr/0001-other.md:5:1: status-unknown" in run(capsys, "check")[1]


def test_a_directory_that_git_ignores_is_looked_at_where_it_is_asked_for(
    wider: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (wider / ".git").mkdir()
    (wider / ".gitignore").write_text("team\n", encoding="utf-8")
    assert "Acepted" not in run(capsys, "check")[1]
    assert "team/adr/0001-other.md:5:1: status-unknown" in run(capsys, "check", "team/adr")[1]
    assert "Other" in run(capsys, "list", "team")[1]


@pytest.mark.parametrize("aside", ["examples", "tests/fixtures", "samples"])
def test_examples_are_looked_at_where_they_are_asked_for(
    tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], aside: str
) -> None:
    (tmp_path / "project" / ".git").mkdir(parents=True)
    there = shutil.copytree(log.parents[1], tmp_path / "project" / aside / "shop")
    monkeypatch.chdir(tmp_path / "project")
    assert "5 records" in run(capsys, "check", f"{aside}/shop")[1]
    assert "5 records" in run(capsys, "check", there)[1]
    assert "Acepted" in run(capsys, "check", f"{aside}/shop/docs/adr/002-search-with-elasticsearch.md")[1]
    assert "Search with Elasticsearch" in run(capsys, "list", f"{aside}/shop/docs/adr")[1]
    assert "Acepted" not in run(capsys, "check")[1]


@pytest.mark.parametrize("git", [True, False])
def test_renumbering_changes_what_links_from_above(wider: Path, capsys: pytest.CaptureFixture[str], *, git: bool) -> None:
    """Without a repository, all of the folder that one stands in counts."""
    if git:
        (wider / ".git").mkdir()
    said = "docs/adr/0001-queue.md → docs/adr/0003-queue.md\nREADME.md changed\n"
    assert run(capsys, "renumber", "docs/adr/0001-queue.md") == (0, said, "")
    assert "(docs/adr/0003-queue.md)" in (wider / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--format", "json"],
        ["check", "--format", "json"],
        ["check", "--format", "junit"],
        ["index", "--diff"],
        ["explain", "--schema"],
    ],
)
def test_what_programs_read_is_utf_8_on_every_console(log: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    def output(encoding: str) -> bytes:
        console = io.BytesIO()
        with io.TextIOWrapper(console, encoding=encoding) as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            main.main(arguments)
            stream.flush()
            return console.getvalue()

    monkeypatch.chdir(log)
    (log / "006-receipts.md").write_text("# ADR-006: Belege für „Grüße“ → 領収書\n\n**Status**: Acepted\n", encoding="utf-8")
    found = output("cp1252")
    assert found == output("utf-8")
    assert found.decode("utf-8")


def test_new_makes_a_record_and_prints_its_path(
    log: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in log.rglob("*.md")}
    monkeypatch.chdir(log)
    assert run(capsys, "new", "Print receipts") == (0, "006-print-receipts.md\n", "")
    made = log / "006-print-receipts.md"
    assert made.read_text("utf-8").startswith("# ADR-006: Print receipts\n\n**Status**: Proposed\n**Date**: ")
    assert {path: path.read_bytes() for path in log.rglob("*.md") if path != made} == before


def test_new_marks_both_sides_of_a_supersession(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = log / "003-deploy-with-containers.md"
    before = old.read_text("utf-8")
    status, output, _ = run(capsys, "new", "Deploy with wasm", log, "--supersedes", "3")
    assert (status, output) == (0, f"{log}/006-deploy-with-wasm.md\n")
    assert "\n**Supersedes**: [ADR-003](./003-deploy-with-containers.md)\n" in Path(output.strip()).read_text("utf-8")
    after = before.replace("**Status**: Accepted", "**Status**: Superseded by [ADR-006](./006-deploy-with-wasm.md)")
    assert old.read_text("utf-8") == after


def test_new_makes_the_first_record_of_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", "Begin", tmp_path)[:2] == (0, f"{tmp_path}/docs/adr/001-begin.md\n")
    assert run(capsys, "new", "Go on", tmp_path / "docs" / "adr")[:2] == (0, f"{tmp_path}/docs/adr/002-go-on.md\n")
    assert run(capsys, "check", tmp_path, "--fail-on", "hint")[0] == 0


def test_new_begins_a_package_beside_others_as_its_tool_would(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".log4brains.yml").write_text(
        "project:\n  adrFolder: ./docs/adr\n  packages:\n    - path: ./packages/crane\n      adrFolder: ./packages/crane/docs/adr\n",
        "utf-8",
    )
    (tmp_path / "packages" / "crane" / "src").mkdir(parents=True)
    today = time.strftime("%Y%m%d")
    for where in ("packages/crane", "docs/adr"):
        (tmp_path / where).mkdir(parents=True, exist_ok=True)
    assert run(capsys, "new", "Keep ropes", tmp_path)[1] == f"{tmp_path}/docs/adr/{today}-keep-ropes.md\n"
    made = run(capsys, "new", "Oil hooks", tmp_path / "packages" / "crane")[1]
    assert made == f"{tmp_path}/packages/crane/docs/adr/{today}-oil-hooks.md\n"
    assert run(capsys, "new", "Paint hooks", tmp_path / "packages" / "crane")[1].endswith(
        f"crane/docs/adr/{today}-paint-hooks.md\n"
    )
    assert run(capsys, "check", tmp_path)[0] == 0


def test_new_gives_the_whole_repository_a_log_from_wherever_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "src" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "src" / "deep")
    assert run(capsys, "new", "Begin")[1] == f"{tmp_path}/docs/adr/001-begin.md\n"


@pytest.mark.parametrize("keeper", [".gitkeep", ".keep", ""])
def test_new_goes_into_the_empty_directory_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keeper: str
) -> None:
    (tmp_path / "doc" / "adr").mkdir(parents=True)
    if keeper:
        (tmp_path / "doc" / "adr" / keeper).touch()
    assert run(capsys, "new", "Keep spare ropes", tmp_path)[:2] == (0, f"{tmp_path}/doc/adr/001-keep-spare-ropes.md\n")


@pytest.mark.parametrize("suffix", [".adoc", ".rst", ".org"])
def test_new_makes_no_markdown_among_records_in_other_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / f"0001-queue{suffix}").write_text("= 1. Queue\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    status, output, errors = run(capsys, "new", "Next one", tmp_path)
    assert (status, output) == (2, "")
    assert errors.endswith(f"not written in Markdown, as adr-ls would write one: 0001-queue{suffix}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_new_fills_in_the_words_of_adr_tools_in_sections_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "adrs"
    (log / "templates").mkdir(parents=True)
    (tmp_path / ".adr-dir").write_text("adrs\n", encoding="utf-8")
    text = "# {}. {}\n\n## Status\n\n{}\n\n## Reference\n\nRecord {} of the harbour, “{}”.\n"
    template = text.format("NUMBER", "TITLE", "STATUS", "NUMBER", "TITLE")
    (log / "templates" / "template.md").write_text(template, encoding="utf-8")
    (log / "0001-paint-buoys.md").write_text(text.format(1, "Paint buoys", "Proposed", 1, "Paint buoys"), encoding="utf-8")
    made = Path(run(capsys, "new", "Mend nets", tmp_path)[1].strip())
    assert made.read_text("utf-8") == text.format(2, "Mend nets", "Proposed", 2, "Mend nets")


def test_new_reads_the_whole_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A template may lie above the log, and logs beside it share its numbers."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "adr-template.md").write_text(
        "# ADR N: Title\n\nStatus: Proposed\n\n## Why\n\nSay it.\n", "utf-8"
    )
    for name in ("security/001-a", "security/003-b", "operations/002-c", "operations/004-d"):
        path = tmp_path / "adrs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        number = int(path.name[:3])
        path.write_text(
            f"# ADR {number:03}: Of {name}\n\nStatus: Accepted\n\n## Why\n\nBecause.\n\n## Decision\n\nD.\n", "utf-8"
        )
    status, output, _ = run(capsys, "new", "Sign images", tmp_path / "adrs" / "security")
    assert (status, output) == (0, f"{tmp_path}/adrs/security/005-sign-images.md\n")
    assert "## Why\n\nSay it.\n" in Path(output.strip()).read_text("utf-8")
    (tmp_path / "web" / "adr").mkdir(parents=True)
    assert run(capsys, "new", "Begin", tmp_path / "web" / "adr")[1] == f"{tmp_path}/web/adr/001-begin.md\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", " "], "a new ADR needs a title"),
        (["new", "Keep orders in MySQL"], "there is an ADR of that title already: ADR-001, “Keep orders in MySQL”"),
        (["new", "X", "--supersedes", "99"], "there is no ADR “99” in adr"),
        (["new", "Ω\x1b[31m", "nowhere"], "there is no “nowhere”"),
    ],
)
def test_new_says_what_cannot_be(
    log: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    before = sorted(log.rglob("*"))
    monkeypatch.chdir(log)
    status, output, errors = run(capsys, *arguments)
    assert (status, output) == (2, "")
    assert errors.startswith(f"adr-ls: {said}")
    assert errors.count("\n") == 1
    assert sorted(log.rglob("*")) == before


def test_new_takes_no_name_that_is_taken(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = log / "006-print-receipts.md"
    taken.symlink_to("nowhere")
    status, output, errors = run(capsys, "new", "Print receipts", log)
    assert (status, output) == (2, "")
    assert errors.splitlines()[-1] == "adr-ls: 006-print-receipts.md is there already"
    assert sorted(path.name for path in taken.parent.iterdir() if path.name.startswith(("006", "."))) == [taken.name]


@pytest.mark.parametrize(
    ("others", "draft", "heading", "path", "titled"),
    [
        ("000{n}-{s}.md|# ADR-000{n}: {s}", "draft-probes.md", "# ADR-DRAFT: Probes", "0003-probes.md", "# ADR-0003: Probes"),
        ("000{n}-{s}.md|# {n}. {s}", "probes.md", "# Probes", "0003-probes.md", "# 3. Probes"),
        ("000{n}-{s}.md|# {s}", "proposed-probes.md", "# [Draft] Probes", "0003-probes.md", "# Probes"),
        ("000{n}-{s}.md|# {n}. {s}", "entwurf-proben.md", "# Entwurf: Proben", "0003-proben.md", "# 3. Proben"),
        ("000{n}-{s}.md|# {n}. {s}", "draft-horses-at-work.md", "# Draft horses at work", "0003-horses-at-work.md", "# 3. Draft horses at work"),
    ],
)  # fmt: skip
def test_a_draft_gets_a_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], others: str, draft: str, heading: str, path: str, titled: str
) -> None:
    log = tmp_path / "docs" / "adr"
    log.mkdir(parents=True)
    name, first = others.split("|")
    for number, word in enumerate(("queue", "reader"), 1):
        text = f"{first.format(n=number, s=word.title())}\n\n## Status\n\nAccepted\n\nSee [it]({draft}).\n"
        (log / name.format(n=number, s=word)).write_text(text, encoding="utf-8")
    (log / draft).write_text(f"{heading}\n\n## Status\n\nProposed\n", encoding="utf-8")
    status, _, errors = run(capsys, "renumber", log / draft)
    assert (status, errors) == (0, "")
    assert (log / path).read_text("utf-8") == f"{titled}\n\n## Status\n\nProposed\n"
    assert f"[it]({path})" in (log / name.format(n=1, s="queue")).read_text("utf-8")


def test_a_draft_gets_no_number_where_nothing_has_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "docs" / "adr"
    log.mkdir(parents=True)
    for name in ("queue", "reader"):
        (log / f"2024-05-01-{name}.md").write_text(f"# {name.title()}\n\n## Status\n\nAccepted\n", encoding="utf-8")
    status, output, errors = run(capsys, "renumber", log / "2024-05-01-queue.md")
    assert (status, output) == (2, "")
    assert "is known by its name, not by a number" in errors


def test_what_new_supersedes_is_no_problem(wider: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", "Better queue", "docs/adr", "--supersedes", "1")[0] == 0
    assert not [line for line in run(capsys, "check", "docs/adr", "--fail-on", "hint")[1].splitlines() if "supersede" in line]


@pytest.mark.parametrize(
    "status", ["Accepted (lazy consensus) & implemented.", "Accepted\n\nOn 3 May by all of us.", "✅ Accepted, see #12"]
)
def test_a_new_record_has_no_remark_of_anothers_status(tmp_path: Path, capsys: pytest.CaptureFixture[str], status: str) -> None:
    log = tmp_path / "docs" / "adr"
    log.mkdir(parents=True)
    for number in (1, 2, 3):
        text = f"# {number}. Of {number}\n\n## Status\n\n{status}\n\n## Context\n\nText.\n"
        (log / f"000{number}-of-{number}.md").write_text(text, encoding="utf-8")
    _, output, _ = run(capsys, "new", "Next one", log)
    section = Path(output.strip()).read_text("utf-8").split("## Status")[1].split("## Context")[0]
    assert section.split() in (["Proposed"], ["✅", "Proposed"])


def test_explain_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert "status-unknown" in run(capsys, "explain")[1]
    status, output, _ = run(capsys, "explain", "status-unknown")
    assert status == 0
    assert output.startswith("status-unknown (warning by default)\n")
    assert "    **Status**: Acepted" in output
    status, _, errors = run(capsys, "explain", "status-unknwn")
    assert (status, errors) == (2, "adr-ls: there is no rule “status-unknwn”; did you mean “status-unknown”?\n")


@pytest.mark.parametrize("command", ["list", "check", "index", "doctor"])
def test_a_path_that_is_not_there_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, output, errors = run(capsys, command, tmp_path / "nowhere")
    assert (status, output) == (2, "")
    assert errors.startswith("adr-ls: there is no “")
    assert errors.count("\n") == 1


def test_bad_arguments_are_one_clear_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "adr_ls", "bogus"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("adr-ls: ")


def test_an_empty_directory_has_no_adrs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "list", tmp_path)[0] == 0
    assert run(capsys, "check", tmp_path)[:2] == (0, "No ADRs found here.\n")


def test_mistakes_in_settings_are_told_and_the_rest_applies(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (log / "adr-ls.toml").write_text('statusses = ["X"]\n[rules]\nlink-broken = "off"\nlink-brokn = "off"\n', encoding="utf-8")
    _, output, errors = run(capsys, "check", log)
    assert "adr-ls.toml:1:1: settings-invalid There is no setting “statusses”; did you mean “statuses”?" in output
    assert "adr-ls.toml:4:1: settings-invalid There is no rule “link-brokn”; did you mean “link-broken”?" in output
    assert ": link-broken" not in output
    assert not errors
    one = next(log.rglob("0*.md"))
    _, output, errors = run(capsys, "check", one)
    assert "settings-invalid" not in output
    assert "/adr-ls.toml:1:1: There is no setting “statusses”; did you mean “statuses”?\n" in errors
    assert "/adr-ls.toml:1:1: There is no setting" in run(capsys, "list", log)[2]


def test_broken_settings_are_told(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (log / "adr-ls.toml").write_text("rules = [\n", encoding="utf-8")
    status, output, _ = run(capsys, "check", log)
    assert status == 1
    assert "This is not valid TOML" in output


def test_a_title_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / "0001-a.md").write_text("# 1. A\x1b[31m\u202eB\n\n**Status**: Acepted\x07\n", encoding="utf-8")
    for command in ("list", "check"):
        output = run(capsys, command, tmp_path)[1]
        assert not {"\x1b", "\u202e", "\x07"} & set(output)


HOSTILE = {
    "0001-empty.md": b"",
    "0002-latin1.md": "# 2. Stra\xdfe\n".encode("latin-1"),
    "0003-nul.md": b"# 3. A\0B\n\n**Status**: Accepted\n",
    "0004-bom.md": b"\xef\xbb\xbf---\nstatus: accepted\n---\n# 4. Bom\n",
    "0005-long.md": b"# 5. Long\n\n" + b"x" * 300_000 + b"\n",
    "0006-yaml.md": b"---\na: " + b"[" * 30_000 + b"\n---\n# 6. Bomb\n",
    "0007-date.md": b"---\nstatus: accepted\ndate: 2024-13-45\n---\n# 7. Date\n",
    "0008-big.md": b"# 8. Big\n\n" + b"word " * 600_000,
}


def test_a_summary_says_what_fewer_rules_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "docs" / "adr"
    log.mkdir(parents=True)
    for number, title in enumerate(("Queue", "Library", "Copy"), 1):
        text = f"= {number}. {title}\n\n== Status\n\nAccepted\n\n== Context\n\nWhy {title}.\n\n== Decision\n\nWhat {title}.\n"
        (log / f"000{number}-{title.lower()}.adoc").write_text(text, encoding="utf-8")
    said = "no problems in 3 records, where fewer rules look at 3 files in AsciiDoc (0001-queue.adoc)\n"
    assert run(capsys, "check", tmp_path)[:2] == (0, said)


def test_hostile_files_take_nothing_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "docs" / "adr"
    log.mkdir(parents=True)
    for name, data in HOSTILE.items():
        (log / name).write_bytes(data)
    (log / "0009-good.md").write_text("# 9. Good\n\n**Status**: Acepted\n", encoding="utf-8")
    (log / "loop").symlink_to(log)
    (log / "0010-outside.md").symlink_to("/etc/passwd")
    os.mkfifo(log / "0011-pipe.md")
    status, output, errors = run(capsys, "check", tmp_path, "--format", "json")
    found = json.loads(output)
    assert status == 1
    assert {(problem["path"], problem["rule"]) for problem in found["problems"]} >= {
        ("docs/adr/0009-good.md", "status-unknown"),
        ("docs/adr/0007-date.md", "date-impossible"),
        ("docs/adr/0006-yaml.md", "front-matter-invalid"),
    }
    assert "Traceback" not in errors
    records = {
        record["path"]: record
        for log in json.loads(run(capsys, "list", tmp_path, "--format", "json")[1])["logs"]
        for record in log["records"]
    }
    assert records["docs/adr/0004-bom.md"]["status"] == "accepted"
    assert records["docs/adr/0007-date.md"]["status"] == "accepted"
    assert "docs/adr/0010-outside.md" not in records


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_records_that_links_sort_by_state_are_there_once(wider: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = run(capsys, "list", wider, "--format", "json"), run(capsys, "check", wider, "--format", "json")
    home = wider / "docs" / "adr"
    for path in sorted(home.glob("0*.md")):
        link = home.parent / "accepted" / path.name
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(f"../{home.name}/{path.name}")
    assert len(list(home.parent.glob("accepted/*.md"))) > 1
    assert (run(capsys, "list", wider, "--format", "json"), run(capsys, "check", wider, "--format", "json")) == before
    link = min(home.parent.glob("accepted/*.md"))
    assert run(capsys, "check", link) == run(capsys, "check", home / link.name)
    assert run(capsys, "status", link, "rejected")[0] == 0
    assert link.is_symlink()
    assert "ejected" in (home / link.name).read_text(encoding="utf-8")


def test_a_number_that_two_logs_have_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# {}. X\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n"
    for path in ("api/docs/adr/0001-go.md", "web/docs/adr/0001-js.md", "web/docs/adr/0002-css.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text.format(path.rpartition("/")[2][3]), encoding="utf-8")
    code, _, said = run(capsys, "status", "1", "deprecated", "-C", tmp_path)
    assert code == 2
    assert "“api/docs/adr/0001-go.md” and “web/docs/adr/0001-js.md”; name the file" in said
    assert run(capsys, "status", "2", "deprecated", "-C", tmp_path)[0] == 0
    assert "eprecated" in (tmp_path / "web/docs/adr/0002-css.md").read_text(encoding="utf-8")


def test_linting_imports_no_protocol() -> None:
    """Listing and checking start without the server's types, which take longer to import than all else."""
    script = (
        "import sys; from adr_ls.cli.main import main; main(['check', sys.argv[1]]);"
        "sys.exit(bool({'pygls', 'lsprotocol', 'cattrs', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(EXAMPLE)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_doctor_shows_what_an_editor_would() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "adr_ls", "doctor", str(EXAMPLE)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (
        "Unknown status “Acepted”; did you mean “Accepted”?",
        "Superseded by ADR-004 (accepted)",
        "→ docs/adr/001-keep-orders-in-mysql.md:1  # ADR-001: Keep orders in MySQL",
        "ADR-003  Deploy with containers  Accepted",
        "+- [ADR-005: Sign in with passkeys](./005-sign-in-with-passkeys.md)",
        "vim.lsp.enable('adr_ls')",
    ):
        assert said in done.stdout


UNUSUAL = {
    "nothing at all": {},
    "no records": {"README.md": "# Mill\n\nNo decisions yet.\n"},
    "a mistake in the settings": {
        "adr-ls.toml": 'profle = "strict"\n',
        "docs/adr/0001-a.md": "# 1. A\n\n## Status\n\nAcepted\n",
    },
    "broken settings": {"adr-ls.toml": "rules = [\n", "docs/adr/0001-a.md": "# 1. A\n"},
    "empty records": {"docs/adr/0001-a.md": "", "docs/adr/0002-b.md": "\n"},
    "problems in files that are no records": {
        "docs/adr/0001-a.md": "# 1. A\n\n## Context\n\nText.\n",
        "docs/guide.md": "See [the decision](adr/0001-a.md#no-such-heading) and [another](adr/0009-gone.md).\n",
    },
    "references of one character": {
        "docs/adr/1-a.md": "# 1. A\n\nSee [2](2-b.md).\n",
        "docs/adr/2-b.md": "# 2. B\n\nSee [1](1-a.md).\n",
    },
    "modules of Python": {
        "json.py": "raise SystemExit('foreign code')\n",
        "adr_ls/__init__.py": "",
        "docs/adr/0001-a.md": "# 1. A\n",
    },
    "names in other scripts": {"docs/адр/0001-очередь %20.md": "# 1. Очередь\n\nПринято.\n", "adr/0001-a.md": "# 1. A\n"},
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_doctor_fails_on_no_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADR_LS_CACHE", "off")
    if forkserver.IN_USE and name != "modules of Python":  # which are there for what a start imports
        monkeypatch.setattr("adr_ls.cli.doctor.server", forkserver.command)
    for path, text in UNUSUAL[name].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    status, output, errors = run(capsys, "doctor", tmp_path)
    assert (status, errors) == (0, ""), output
    assert "✓ The server answers" in output
    assert "turned off (by ADR_LS_CACHE)" in output
    assert ("There is no setting “profle”" in output) == (name == "a mistake in the settings")


def test_our_own_decisions_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    own = REPOSITORY / "docs" / "adr"
    count = len(list(own.glob("0*.md")))
    assert run(capsys, "check", own, "--fail-on", "info") == (0, f"no problems in {count} records\n", "")
    assert run(capsys, "index", REPOSITORY / "docs" / "adr", "--check")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="a shell that can close a stream")
@pytest.mark.parametrize(
    ("closed", "said"), [(">&-", "adr-ls: there is nowhere to print to: standard output is closed\n"), ("2>&-", "")]
)
def test_a_closed_stream_is_told_where_that_can_be(closed: str, said: str, log: Path) -> None:
    command = ["sh", "-c", f'exec "$0" -m adr_ls list nowhere {closed}', sys.executable]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=log)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", said)


def test_records_that_cannot_be_read_are_told_by_their_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / "0004-größe.md").write_bytes("# 4. Größe\n".encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    told = "adr-ls: docs/adr/0004-größe.md: This file is not UTF-8 text, so it is left out.\n"
    assert run(capsys, "list") == (0, "No ADRs found here. 0004-größe.md is not UTF-8 text.\n", told)
    assert run(capsys, "new", "Next") == (0, "docs/adr/005-next.md\n", told)
    assert run(capsys, "list")[1].splitlines()[0] == "docs/adr  (1 record, bold)"
