"""``adr-ls context``, run as people and agents run it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.test_main import log, run

__all__ = ["log"]

MOVED = "- **ADR-004: Move orders to PostgreSQL** (accepted, 2025-01-15, docs/adr/004-move-orders-to-postgresql.md)"


@pytest.fixture
def shop(log: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the example log, in which we are."""
    root = log.parent.parent
    (root / ".git").mkdir(exist_ok=True)
    (root / "src").mkdir(exist_ok=True)
    (root / "src" / "orders.py").write_text("# One schema, see ADR-001\n", "utf-8")
    (root / "src" / "other.py").write_text("", "utf-8")
    monkeypatch.chdir(root)
    return root


def given(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_what_holds_now_is_told_of_what_a_file_cites(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys, "context", "src/orders.py")
    assert (status, errors) == (0, "")
    head, why, *quote = output.splitlines()
    assert head == MOVED
    assert why == "  Replaces ADR-001: Keep orders in MySQL, which is cited in src/orders.py:1."
    assert [line[:4] for line in quote] == ["  > "]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("src", "cited in src/orders.py:1"),
        ("src/other.py", "cited nearby, in src/orders.py:1"),
        ("src/new/still-to-be-written.py", ""),
        ("{root}/src/orders.py", "cited in src/orders.py:1"),
        ("--topic postgresql", "Found by “postgresql”"),
    ],
)
def test_files_that_are_there_or_not_directories_and_topics(
    shop: Path, capsys: pytest.CaptureFixture[str], asked: str, expected: str
) -> None:
    status, output, errors = run(capsys, "context", *asked.format(root=shop).split())
    assert (status, errors) == (0, "")
    if expected:
        assert MOVED in output
        assert expected in output
    else:
        assert output == "No decision is about that, as far as records and files say.\n"


def test_the_words_of_a_directory_count_and_not_those_of_all_in_it(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "search").mkdir()
    (shop / "search" / "containers.py").write_text("", "utf-8")
    output = run(capsys, "context", "search")[1]
    assert "Search with Elasticsearch" in output
    assert "Deploy with containers" not in output
    assert "Deploy with containers" in run(capsys, "context", "search/containers.py")[1]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (b"README.md\nsrc/orders.py\n", 1),
        (b"src/orders.py\r\n", 1),
        (b"a.py\0src/orders.py\0", 1),
        (rb'"src/\303\244\"b.py"' + b"\n" + rb'"src/orders\056py"', 1),
        (b"lib/x.py\n", 0),
        (b"\n", 0),
        (b"", 0),
    ],
)
def test_the_files_that_a_program_names_on_standard_input(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: bytes, cited: int
) -> None:
    given(monkeypatch, text)
    status, output, errors = run(capsys, "context", "-")
    assert (status, errors) == (0, "")
    assert ("cited in src/orders.py:1" in output) == bool(cited)


def test_git_names_files_from_the_repository_wherever_it_is_asked(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop / "src")
    given(monkeypatch, b"src/orders.py\n")
    assert "cited in" in run(capsys, "context", "-")[1]
    assert "cited in" in run(capsys, "context", "orders.py")[1]


def test_so_many_characters_at_most(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("context", "src/orders.py", "--topic", "orders search containers passkeys")
    every = json.loads(run(capsys, *words, "--format", "json")[1])["decisions"]
    assert len(every) > 1
    for most in (200, 300, 500):
        assert len(run(capsys, *words, "--max-chars", most)[1]) <= most
        output = run(capsys, *words, "--max-chars", most, "--format", "json")[1]
        found = json.loads(output)
        assert len(output) <= most
        assert found["decisions"] == every[: len(every) - found["left_out"]]


def test_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = run(capsys, "context", "src/orders.py", "--format", "json")[1]
    (found,) = json.loads(output)["decisions"]
    assert (found["id"], found["path"], found["holds"]) == ("ADR-004", "docs/adr/004-move-orders-to-postgresql.md", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which files is it about? Name some, or a --topic"),
        (("../x.py",), "lies outside"),
        (("{elsewhere}/x.py",), "lies outside"),
        (("link/x.py",), "lies outside"),
        (("src/orders.py", "--max-chars", "199"), "“--max-chars” has to be 200 or more"),
    ],
)
def test_nothing_else_is_looked_at(
    shop: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory, words: tuple[str, ...], said: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x.py").write_text("# ADR-002\n", "utf-8")
    try:
        (shop / "link").symlink_to(elsewhere)
    except OSError:
        pytest.skip("no links here")
    status, output, errors = run(capsys, "context", *(word.format(elsewhere=elsewhere) for word in words))
    assert (status, output) == (2, "")
    assert errors.startswith("adr-ls: ")
    assert errors.count("\n") == 1
    assert said in errors
