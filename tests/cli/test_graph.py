"""``adr-ls graph``, run as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_main import log, run

__all__ = ["log"]


def nodes(output: str) -> list[str]:
    return [node["id"] for node in json.loads(output)["nodes"]]


def test_json_has_paths_from_what_was_asked_for(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys, "graph", log.parent.parent, "--format", "json")
    found = json.loads(output)
    assert (status, errors) == (0, "")
    assert found["version"] == 1
    assert [(node["path"], node["log"]) for node in found["nodes"]][:1] == [
        ("docs/adr/001-keep-orders-in-mysql.md", "docs/adr")
    ]
    assert [(edge["from"][9:12], edge["kind"], edge["to"][9:12]) for edge in found["edges"]] == [
        ("002", "refers", "001"),
        ("004", "supersedes", "001"),
        ("004", "refers", "002"),
    ]


def test_what_merely_refers_can_be_left_out(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, output, _ = run(capsys, "graph", log, "--format", "json", "--no-references")
    assert [edge["kind"] for edge in json.loads(output)["edges"]] == ["supersedes"]


@pytest.mark.parametrize("called", ["4", "ADR-004", "004-move-orders-to-postgresql"])
def test_what_is_near_a_record(log: Path, capsys: pytest.CaptureFixture[str], called: str) -> None:
    asked = ("graph", log, "--format", "json", "--focus", called)
    assert nodes(run(capsys, *asked)[1]) == ["ADR-001", "ADR-002", "ADR-004"]
    assert nodes(run(capsys, *asked, "--no-references")[1]) == ["ADR-001", "ADR-004"]
    assert nodes(run(capsys, *asked, "--depth", "0")[1]) == ["ADR-004"]


def test_a_record_is_meant_by_its_file_too(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = log / "001-keep-orders-in-mysql.md"
    assert nodes(run(capsys, "graph", log, "--format", "json", "--focus", file, "--depth", "0")[1]) == ["ADR-001"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--focus", "77"), "there is no ADR “77” here"),
        (("--depth", "2"), "name that by “--focus”"),
        (("--output", "{log}/README.md"), "is one of the files that are looked at"),
        (("--output", "{log}/003-deploy-with-containers.md"), "is one of the files that are looked at"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    log: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in log.iterdir()}
    status, output, errors = run(capsys, "graph", log, *(one.format(log=log) for one in arguments))
    assert (status, output) == (2, "")
    assert said in errors
    assert len(errors.splitlines()) == 1
    assert {path: path.read_bytes() for path in log.iterdir()} == before


@pytest.mark.parametrize("steps", ["-1", "two", ""])
def test_steps_are_a_number(log: Path, capsys: pytest.CaptureFixture[str], steps: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, "graph", log, "--focus", "4", f"--depth={steps}")
    assert ended.value.code == 2
    assert "is no number of steps" in capsys.readouterr().err


def test_where_there_are_no_records_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys, "graph", tmp_path)
    assert (status, output) == (2, "")
    assert errors.startswith("adr-ls: no ADRs found here")


def test_links_lead_from_the_file_that_is_written(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = log.parent / "pictures" / "graph.mmd"
    file.parent.mkdir()
    file.write_text("an earlier one")
    assert run(capsys, "graph", log, "--output", file) == (0, "", "")
    assert 'click n1 href "../adr/001-keep-orders-in-mysql.md"' in file.read_text("utf-8")


def test_several_logs_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("web/docs/adr", "core/docs/adr"):
        directory = tmp_path / folder
        directory.mkdir(parents=True)
        for number in (1, 2):
            (directory / f"000{number}-x.md").write_text(f"# {number}. X\n\n## Status\n\nAccepted\n\nSee ADR-1.\n")
    _, output, _ = run(capsys, "graph", tmp_path)
    assert [line.strip() for line in output.splitlines() if "subgraph" in line] == [
        'subgraph g1["core/docs/adr"]',
        'subgraph g2["web/docs/adr"]',
    ]
    status, _, errors = run(capsys, "graph", tmp_path, "--focus", "2")
    assert status == 2
    assert "“core/docs/adr/0002-x.md” and “web/docs/adr/0002-x.md”" in errors
    _, output, _ = run(capsys, "graph", tmp_path, "--by", "none")
    assert "subgraph" not in output


def test_more_than_mermaid_draws_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = tmp_path / "docs" / "adr"
    directory.mkdir(parents=True)
    for number in range(1, 35):
        named = " ".join(f"ADR-{other}" for other in range(1, number))
        (directory / f"{number:04}-x.md").write_text(f"# {number}. X\n\n## Status\n\nAccepted\n\nSee {named}.\n")
    status, _, errors = run(capsys, "graph", tmp_path)
    assert status == 0
    assert errors == (
        "adr-ls: Mermaid draws 500 lines unless it is told to draw more, and these are 561; “--no-references” and “--focus” leave fewer\n"
    )
