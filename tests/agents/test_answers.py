"""What agents are answered, and told where they ask for what is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adr_ls.agents import answers
from adr_ls.agents.answers import Answer, AnswerError
from adr_ls.agents.folder import Folder
from adr_ls.agents.places import PlaceError
from tests.agents.shop import shop

Ask = Callable[[Folder], Answer]
POSTGRES = "docs/adr/004-move-orders-to-postgresql.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shop(tmp_path)


@pytest.fixture
def folder(root: Path) -> Folder:
    return Folder(root)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def ids(found: Answer) -> list[str]:
    return [one["id"] for one in found.data["records"]]


# Search


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "1 2 3 4 5"),
        ({"query": "postgresql"}, "4"),
        ({"query": "ADR-003"}, "3"),
        ({"query": "3"}, "3"),
        ({"status": "superseded"}, "1"),
        ({"status": "proposed"}, "5"),
        ({"year": 2025, "query": "orders"}, "4"),
        ({"query": "blockchain"}, ""),
    ],
)
def test_records_are_found_and_narrowed_down(folder: Folder, asked: dict[str, Any], expected: str) -> None:
    found = answers.search(folder, **asked)
    assert ids(found) == [f"ADR-00{number}" for number in expected.split()]
    assert found.data["total"] == len(expected.split())


def test_a_list_tells_how_many_it_leaves_out_and_what_took_a_place(folder: Folder) -> None:
    found = answers.search(folder, limit=1)
    assert found.text == (
        "- **ADR-001: Keep orders in MySQL** (superseded, 2024-02-12, docs/adr/001-keep-orders-in-mysql.md): replaced by ADR-004: Move"
        " orders to PostgreSQL\n- 4 more; narrow the search down, or raise the limit"
    )
    assert (found.data["total"], ids(found)) == (5, ["ADR-001"])


def test_one_of_two_copies_of_a_log_is_listed(root: Path) -> None:
    for path in (root / "docs" / "adr").glob("00*.md"):
        (root / "book" / "adr").mkdir(parents=True, exist_ok=True)
        (root / "book" / "adr" / path.name).write_bytes(path.read_bytes())
    assert answers.search(Folder(root)).data["total"] == 5
    assert answers.read(Folder(root), "4").data["id"] == "ADR-004"


# Read


@pytest.mark.parametrize(
    "called", ["4", "004", "ADR-4", "ADR-004", "004-move-orders-to-postgresql", POSTGRES, "Move orders to PostgreSQL"]
)
def test_a_record_is_called_in_many_ways(folder: Folder, called: str) -> None:
    assert answers.read(folder, called).data["path"] == POSTGRES


def test_of_a_record_it_is_told_what_holds_now_and_who_refers_to_it(folder: Folder, root: Path) -> None:
    found = answers.read(folder, "1")
    assert found.text.splitlines()[:6] == [
        "**ADR-001: Keep orders in MySQL** (superseded, 2024-02-12, docs/adr/001-keep-orders-in-mysql.md)",
        "It does not hold: it is superseded.",
        f"What holds now: **ADR-004: Move orders to PostgreSQL** (accepted, 2025-01-15, {POSTGRES})",
        "Referred to by: docs/adr/002-search-with-elasticsearch.md and docs/adr/004-move-orders-to-postgresql.md",
        "Cited in code: src/orders.py",
        "",
    ]
    text = (root / "docs" / "adr" / "001-keep-orders-in-mysql.md").read_text("utf-8")
    assert (found.data["text"], found.data["holds"], found.data["is_cut"]) == (text, False, False)
    assert found.text.endswith(text)
    assert [one["id"] for one in answers.read(folder, "4").data["replaces"]] == ["ADR-001"]
    passkeys = answers.read(folder, "5")
    assert passkeys.data["governs"] == ["src/login/**"]
    assert "It is not decided: it is proposed." in passkeys.text


def test_a_long_record_is_cut_and_says_so(folder: Folder) -> None:
    found = answers.read(folder, "1", most=50)
    assert (len(found.data["text"]), found.data["is_cut"]) == (50, True)
    assert "these are the first 50" in found.text


@pytest.mark.parametrize(
    ("called", "said"),
    [
        ("77", "there is no record “77”; there are 5 records, numbered 1 to 5"),
        ("kafka", "there is no record “kafka”; there are 5 records, numbered 1 to 5"),
        ("search engines", "there is no record “search engines”; did you mean ADR-002: Search with Elasticsearch"),
        ("", "which record? Give its number, id, path or title"),
        ("docs/adr/README.md", "“docs/adr/README.md” lists records and is none itself"),
        ("src/orders.py", "“src/orders.py” is written neither in Markdown"),
        ("../x.md", "lies outside"),
        ("/etc/hostname", "lies outside"),
        ("docs/adr/099-x.md", "there is no record “docs/adr/099-x.md”"),
    ],
)
def test_who_asks_for_a_record_that_is_not_there_is_told(folder: Folder, called: str, said: str) -> None:
    with pytest.raises(AnswerError) as refused:
        answers.read(folder, called)
    assert said in str(refused.value)


def test_where_two_records_have_a_number_the_path_tells_which(root: Path) -> None:
    (root / "docs" / "adr" / "004-other.md").write_text("# ADR-004: Other\n\n**Status**: Accepted\n", "utf-8")
    with pytest.raises(AnswerError, match=r"there are several records “4”: .*004-move.* and .*004-other.md"):
        answers.read(Folder(root), "4")
    (root / "lib" / "docs" / "adr").mkdir(parents=True)
    (root / "lib" / "docs" / "adr" / "003-lib.md").write_text("# ADR-003: Lib\n\n**Status**: Accepted\n", "utf-8")
    with pytest.raises(AnswerError, match=r"there are several records “3”: .*; give the path of the one that is meant"):
        answers.read(Folder(root), "3")


# About


def test_what_matters_for_files(folder: Folder) -> None:
    found = answers.about(folder, ["src/orders.py", "src/login/form.py"])
    assert [one["id"] for one in found.data["decisions"]] == ["ADR-005", "ADR-004"]
    assert found.data["notes"] == ["Not there yet: src/login/form.py."]
    assert found.text.splitlines()[-1] == "Not there yet: src/login/form.py."


def test_what_is_said_as_data_has_a_limit_too(folder: Folder) -> None:
    found = answers.about(folder, [], "orders search containers passkeys", most=200)
    whole = answers.about(folder, [], "orders search containers passkeys")
    assert len(json.dumps(found.data["decisions"])) <= 400
    assert len(found.data["decisions"]) + found.data["left_out"] == len(whole.data["decisions"]) > 1


@pytest.mark.parametrize(
    ("paths", "topic", "said"),
    [
        ([], "", "which files or which topic is it about?"),
        (["  "], " ", "which files or which topic is it about?"),
        (["../x.py"], "", "lies outside"),
        (["src/../../x.py"], "", "lies outside"),
        (["/etc/passwd"], "", "lies outside"),
        (["a\0b"], "", "a path is empty"),
    ],
)
def test_nothing_outside_the_folder_is_told_of(folder: Folder, paths: list[str], topic: str, said: str) -> None:
    with pytest.raises(AnswerError) as refused:
        answers.about(folder, paths, topic)
    assert said in str(refused.value)


def test_a_link_that_leads_out_is_not_followed(folder: Folder, root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("# ADR-002\n", "utf-8")
    try:
        (root / "src" / "link.py").symlink_to(tmp_path / "secret.py")
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(PlaceError, match="lies outside"):
        folder.place("src/link.py")
    assert "ADR-002" not in answers.about(folder, ["src/orders.py"]).text


# Drafts


def test_a_draft_is_checked_as_the_linter_checks_files(folder: Folder, root: Path) -> None:
    before = files(root)
    text = "# ADR-006: Cache prices\n\n**Status**: Acepted\n\n## Decision\n\nAs ADR-099 says.\n"
    found = answers.check(folder, text)
    assert found.data["path"] == "docs/adr/006-cache-prices.md"
    assert {(one["line"], one["column"], one["rule"]) for one in found.data["problems"]} >= {
        (3, 13, "status-unknown"),
        (7, 4, "reference-unknown"),
    }
    assert found.data["mended"] == text.replace("Acepted", "Accepted")
    assert found.text.startswith(f"{len(found.data['problems'])} problems in docs/adr/006-cache-prices.md.\n- ")
    assert files(root) == before


def test_a_record_that_is_there_is_checked_in_its_place(folder: Folder, root: Path) -> None:
    text = (root / POSTGRES).read_text("utf-8")
    there = [(one["rule"], one["line"]) for one in answers.check(folder, text, POSTGRES).data["problems"]]
    assert there == [("not-in-index", 1), ("reference-unknown", 20)]
    mended = answers.check(folder, text.replace("ADR-012", "ADR-002"), POSTGRES)
    assert [one["rule"] for one in mended.data["problems"]] == ["not-in-index"]
    assert mended.data["mended"] is None


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("", "", "the text is empty"),
        ("# X\n", "../x.md", "lies outside"),
        ("# X\n", "src/orders.py", "give the path that the record is to have"),
        ("# X\n", "notes/x.md", "would be no record there"),
        ("# ADR-004: Move orders to PostgreSQL\n", "", "give the path of the record that the text is a draft of"),
    ],
)
def test_a_draft_that_cannot_be_looked_at(folder: Folder, text: str, path: str, said: str) -> None:
    with pytest.raises(AnswerError) as refused:
        answers.check(folder, text, path)
    assert said in str(refused.value)


# New records


def test_a_record_is_proposed_and_nothing_is_written(folder: Folder, root: Path) -> None:
    before = files(root)
    found = answers.propose(folder, "Cache prices", supersedes=["2"])
    assert found.data["path"] == "docs/adr/006-cache-prices.md"
    assert found.data["text"].startswith("# ADR-006: Cache prices\n\n**Status**: Proposed\n")
    assert "**Supersedes**: [ADR-002](./002-search-with-elasticsearch.md)" in found.data["text"]
    assert found.data["changes"] == ["docs/adr/002-search-with-elasticsearch.md", "docs/adr/README.md"]
    assert found.text.startswith("Nothing is written. The record would be docs/adr/006-cache-prices.md.\n")
    with pytest.raises(AnswerError, match="nothing is written: this server was started without “--write”"):
        answers.propose(folder, "Cache prices", write=True)
    assert files(root) == before


def test_where_it_is_allowed_it_is_written_as_it_was_filled_in(root: Path) -> None:
    folder = Folder(root, is_writable=True)
    before = files(root)
    text = answers.propose(folder, "Cache prices").data["text"].replace("What is the change that we are making?", "We cache.")
    assert files(root) == before
    found = answers.propose(folder, "Cache prices", text=text, write=True)
    assert (found.data["is_written"], found.text.splitlines()[0]) == (True, "Written to docs/adr/006-cache-prices.md.")
    assert files(root) == {**before, str(Path("docs/adr/006-cache-prices.md")): text.encode()}
    assert answers.read(folder, "6").data["text"] == text
    superseding = answers.propose(folder, "Search elsewhere", supersedes=["ADR-002"], write=True)
    assert superseding.data["changes"]
    assert answers.read(folder, "2").data["replaced_by"][0]["id"] == "ADR-007"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"title": " "}, "a new ADR needs a title"),
        ({"title": "Move orders to PostgreSQL"}, "there is an ADR of that title already: ADR-004"),
        ({"title": "X", "supersedes": ["77"]}, "there is no ADR “77” in adr"),
        ({"title": "X", "directory": "../other"}, "lies outside"),
        ({"title": "X", "template": "nonsense"}, "nonsense"),
        ({"title": "X", "text": "# ADR-004: X\n"}, "number 004, but the next free number is 6"),
    ],
)
def test_a_record_that_cannot_be(root: Path, asked: dict[str, Any], said: str) -> None:
    before = files(root)
    with pytest.raises(AnswerError) as refused:
        answers.propose(Folder(root, is_writable=True), **asked, write=True)
    assert said in str(refused.value)
    assert files(root) == before


def test_the_first_record_of_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = Folder(tmp_path, is_writable=True)
    for ask in (answers.search, lambda one: answers.read(one, "1"), lambda one: answers.about(one, ["x.py"])):
        with pytest.raises(AnswerError, match=r"there are no decision records in “.*”; propose the first one"):
            ask(folder)
    assert answers.propose(folder, "Keep records").data["path"] == "docs/adr/001-keep-records.md"
    assert not (tmp_path / "docs").exists()
    answers.propose(folder, "Keep records", write=True)
    assert ids(answers.search(folder)) == ["ADR-001"]


# Fresh


def test_each_answer_is_about_the_files_as_they_are_now(folder: Folder, root: Path) -> None:
    asked: tuple[Ask, ...] = (
        answers.search,
        lambda one: answers.search(one, "kafka"),
        lambda one: answers.read(one, "4"),
        lambda one: answers.about(one, ["src/orders.py"]),
        lambda one: answers.about(one, [], "kafka"),
        lambda one: answers.check(one, "# ADR-006: X\n\nSee ADR-007.\n"),
        lambda one: answers.propose(one, "Next"),
    )
    postgres, code, new = root / POSTGRES, root / "src" / "orders.py", root / "docs" / "adr" / "006-events.md"

    def steps() -> list[Callable[[], object]]:
        text = postgres.read_text("utf-8")
        return [
            lambda: None,
            lambda: postgres.write_text(text.replace("Accepted", "Deprecated"), "utf-8"),
            lambda: postgres.write_text(text + "\nKafka.\n", "utf-8"),
            lambda: code.write_text("# See ADR-003\n", "utf-8"),
            lambda: (root / "src" / "beside.py").write_text("# See ADR-002\n", "utf-8"),
            lambda: new.write_text("# ADR-006: Events by Kafka\n\n**Status**: Accepted\n", "utf-8"),
            lambda: (root / "adr-ls.toml").write_text('[rules]\ndate-missing = "off"\n', "utf-8"),
            new.unlink,
            code.unlink,
        ]

    def told(one: Folder) -> list[object]:
        return [(answer.text, answer.data) for answer in (ask(one) for ask in asked)]

    for step in steps():
        step()
        assert told(folder) == told(Folder(root))


def test_what_has_not_changed_is_not_read_again(folder: Folder) -> None:
    before = folder.now().workspace
    assert folder.now().workspace is before
