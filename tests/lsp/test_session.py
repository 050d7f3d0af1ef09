"""How the server's state stays true: open buffers, the disk, folders and settings; over bytes, with as little client as possible."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.protocol.client import Client, notification

EXAMPLE = REPOSITORY / "examples" / "bookshop"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A copy of the example's directory of records."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "bookshop")) / "docs" / "adr"


class Editor(Client):
    """An editor that watches nothing and is pushed diagnostics."""

    def __init__(self) -> None:
        super().__init__(program=("-m", "adr_ls"))
        self.shown: dict[str, dict[str, Any]] = {}

    def open(self, path: Path, text: str | None = None, language: str = "markdown") -> None:
        written = text if text is not None else path.read_bytes().decode()
        item = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": written}
        self.send(notification("textDocument/didOpen", {"textDocument": item}))

    def change(self, path: Path, text: str, version: int = 2) -> None:
        identifier = {"uri": path.as_uri(), "version": version}
        self.send(notification("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]}))

    def close(self, path: Path) -> None:
        self.send(notification("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}}))

    def until(self, path: Path, *, present: str = "", absent: str = "") -> dict[str, Any]:
        """Waits until the diagnostics that it shows for a file have one code and lack the other."""
        while True:
            params = self.shown.get(path.as_uri())
            found = [diagnostic["code"] for diagnostic in params["diagnostics"]] if params else None
            if params and found is not None and (not present or present in found) and absent not in found:
                return params
            told: dict[str, Any] = self.receive(method="textDocument/publishDiagnostics")["params"]
            self.shown[told["uri"]] = told


@pytest.fixture
def editor() -> Iterator[Editor]:
    with Editor() as client:
        yield client


def test_the_buffer_wins_over_the_disk_until_it_is_closed(editor: Editor, log: Path) -> None:
    editor.initialize(rootUri=log.parent.parent.as_uri())
    path = log / "002-search-with-elasticsearch.md"
    editor.open(path)
    editor.until(path, present="status-unknown")
    editor.change(path, path.read_text(encoding="utf-8").replace("Acepted", "Accepted"))
    editor.until(path, absent="status-unknown")
    editor.close(path)  # without saving
    editor.until(path, present="status-unknown")


def test_a_checkout_is_noticed_by_a_client_that_watches_nothing(editor: Editor, log: Path) -> None:
    editor.initialize(rootUri=log.parent.parent.as_uri())
    path = log / "004-move-orders-to-postgresql.md"
    editor.open(path)
    editor.until(path, present="reference-unknown")
    (log / "012-import-again.md").write_text("# ADR-012: Import again\n\n**Status**: Accepted\n", encoding="utf-8")
    (log / "005-sign-in-with-passkeys.md").unlink()
    editor.until(path, absent="reference-unknown")
    symbols = editor.result("workspace/symbol", {"query": ""})
    assert [symbol["name"].partition(":")[0] for symbol in symbols] == ["ADR-001", "ADR-002", "ADR-003", "ADR-004", "ADR-012"]


def test_a_file_opened_alone_knows_the_records_beside_it(editor: Editor, log: Path) -> None:
    editor.initialize()
    path = log / "005-sign-in-with-passkeys.md"
    text = path.read_text(encoding="utf-8") + "\nSee ADR-003 and ADR-099.\n"
    editor.open(path, text)
    editor.until(path, present="reference-unknown")
    at = {"line": text.count("\n") - 1, "character": 5}
    hover = editor.result("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": at})
    assert "Deploy with containers" in hover["contents"]["value"]


def test_asciidoc_that_is_open_is_seen_and_left_as_it_is(editor: Editor, log: Path) -> None:
    record, other = log / "012-import-again.adoc", log / "001-keep-orders-in-mysql.md"
    text = "= \U0001f4e6 Import again\n\n== Status\n\nAccepted\n\n== Context\n\n\U0001f4e6 As xref:001-keep-orders-in-mysql.md[ADR-001] says.\n"
    record.write_text(text.replace("again", "once"), encoding="utf-8")
    editor.initialize(
        rootUri=log.parent.parent.as_uri(), capabilities={"workspace": {"workspaceEdit": {"resourceOperations": ["rename"]}}}
    )
    editor.open(record, text)
    editor.open(other)
    editor.until(other, present="supersede-status")
    place = {"textDocument": {"uri": record.as_uri()}, "position": {"line": 8, "character": len("xx As xref:0")}}
    assert "Keep orders in MySQL" in editor.result("textDocument/hover", place)["contents"]["value"]
    found = editor.result("textDocument/references", {**place, "context": {"includeDeclaration": False}})
    own = [one["range"] for one in found if one["uri"] == record.as_uri()]
    assert [(one["start"]["line"], one["start"]["character"]) for one in own] == [(8, len("xx As xref:"))]
    assert [one["name"] for one in editor.result("workspace/symbol", {"query": "import"})] == [
        "ADR-012: \U0001f4e6 Import again"
    ]
    error = editor.ask("textDocument/rename", {**place, "newName": "20"})["error"]
    assert error["message"] == "“012-import-again.adoc” is AsciiDoc, which is only read here; change it by hand."
    title = {"textDocument": {"uri": other.as_uri()}, "position": {"line": 0, "character": 6}}
    assert record.as_uri() not in str(editor.result("textDocument/rename", {**title, "newName": "20"}))
    told = editor.receive(method="window/showMessage")["params"]["message"]
    assert told == "Left as they are, as AsciiDoc is only read: 012-import-again.adoc."


HASTY = "= 12. \U0001f4e6 Import again\n:status: acepted\n\n== Context\n\nAs \U0001f4e6 ADR-099 says.\n"
"""A record in AsciiDoc with two problems, one of them behind a character of two units."""
PROBLEMS = [("status-unknown", 1, 9, 16), ("reference-unknown", 5, 6, 13)]
"""These, with line, start and end."""
PULLING: dict[str, Any] = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


def shown(diagnostics: list[dict[str, Any]]) -> list[tuple[str, int, int, int]]:
    places = [(one["code"], one["range"]["start"], one["range"]["end"]) for one in diagnostics]
    told = [(code, start["line"], start["character"], end["character"]) for code, start, end in places]
    return [one for one in told if one[0].endswith("-unknown")]


def test_problems_in_asciidoc_are_pushed_as_it_is_typed(editor: Editor, log: Path) -> None:
    record = log / "012-import-again.adoc"
    record.write_text(HASTY.replace("acepted", "accepted"), encoding="utf-8")
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(record, HASTY, language="asciidoc")
    found = editor.until(record, present="reference-unknown")["diagnostics"]
    assert shown(found) == PROBLEMS
    asked = {"textDocument": {"uri": record.as_uri()}, "range": found[0]["range"], "context": {"diagnostics": found}}
    assert editor.result("textDocument/codeAction", asked) == []
    editor.change(record, HASTY.replace("acepted", "accepted"))
    editor.until(record, present="reference-unknown", absent="status-unknown")
    editor.change(record, HASTY.replace("ADR-099", "ADR-001"), version=3)
    editor.until(record, present="status-unknown", absent="reference-unknown")
    editor.close(record)
    editor.until(record, present="reference-unknown", absent="status-unknown")
    record.unlink()
    editor.until(record, absent="reference-unknown")


def test_problems_in_asciidoc_are_pulled(editor: Editor, log: Path) -> None:
    record = log / "012-import-again.adoc"
    record.write_text(HASTY, encoding="utf-8")
    editor.initialize(rootUri=log.parent.parent.as_uri(), capabilities=PULLING)
    editor.receive(method="workspace/diagnostic/refresh")  # all files were checked
    every = editor.result("workspace/diagnostic", {"previousResultIds": []})["items"]
    (own,) = [one for one in every if one["uri"] == record.as_uri()]
    assert shown(own["items"]) == PROBLEMS
    editor.open(record, HASTY.replace("acepted", "accepted"), language="asciidoc")
    pulled = editor.result("textDocument/diagnostic", {"textDocument": {"uri": record.as_uri()}})
    assert shown(pulled["items"]) == PROBLEMS[1:]


def test_a_record_that_is_not_on_the_disk_yet_is_one_all_the_same(editor: Editor, log: Path) -> None:
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(log / "001-keep-orders-in-mysql.md")
    editor.until(log / "001-keep-orders-in-mysql.md", present="supersede-status")
    path = log / "006-new.md"
    editor.open(path, "# ADR-006: New\n\n**Status**: Acepted\n")
    editor.until(path, present="status-unknown")


def test_an_opened_file_is_answered_for_before_the_workspace_is_read(editor: Editor, log: Path) -> None:
    for number in range(6, 300):
        (log / f"{number:03}-filler.md").write_text(
            f"# ADR-{number:03}: Filler\n\n**Status**: Accepted\n" * 20, encoding="utf-8"
        )
    editor.initialize(rootUri=log.parent.parent.as_uri())
    path = log / "002-search-with-elasticsearch.md"
    editor.open(path)
    first = editor.receive(method="textDocument/publishDiagnostics")["params"]
    assert first["uri"] == path.as_uri()
    assert [diagnostic["code"] for diagnostic in first["diagnostics"]] == ["status-unknown"]  # links are not judged yet
    editor.until(path, present="link-broken")


def test_folders_come_and_go(editor: Editor, log: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "adr"
    other.mkdir(parents=True)
    (other / "0001-use-kafka.md").write_text("# 1. Use Kafka\n\n**Status**: Acepted\n", encoding="utf-8")
    folder = {"uri": other.parent.as_uri(), "name": "other"}
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.send(notification("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}}))
    editor.until(other / "0001-use-kafka.md", present="status-unknown")
    editor.send(notification("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}}))
    editor.until(other / "0001-use-kafka.md", absent="status-unknown")


def test_line_ends_and_odd_separators_keep_their_places(editor: Editor, log: Path) -> None:
    path = log / "006-odd.md"
    text = "# ADR-006: Odd\u2028\x0c\r\n\r\n**Status**: Acepted\r\n\r\n## Context\r\n\r\n📚 ADR-003\r\n"
    path.write_bytes(text.encode())
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(path)
    editor.until(path, present="not-in-index")  # by then the others are read, so that references lead to them
    params = editor.result(
        "textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": {"line": 6, "character": 5}}
    )
    assert "Deploy with containers" in params["contents"]["value"]
    editor.change(path, text)
    params = editor.until(path, present="status-unknown")
    found = next(diagnostic for diagnostic in params["diagnostics"] if diagnostic["code"] == "status-unknown")
    assert found["range"] == {"start": {"line": 2, "character": 12}, "end": {"line": 2, "character": 19}}
    context = {"diagnostics": [found], "only": ["quickfix"]}
    request = {"textDocument": {"uri": path.as_uri()}, "range": found["range"], "context": context}
    (edit,) = editor.result("textDocument/codeAction", request)[0]["edit"]["changes"][path.as_uri()]
    assert edit == {"range": found["range"], "newText": "Accepted"}
    links = editor.result("textDocument/documentLink", {"textDocument": {"uri": path.as_uri()}})
    assert links[0]["range"] == {"start": {"line": 6, "character": 3}, "end": {"line": 6, "character": 10}}


def test_no_process_is_left_behind(editor: Editor, log: Path) -> None:
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(log / "001-keep-orders-in-mysql.md")
    assert editor.ask("shutdown")["result"] is None
    editor.send(notification("exit"))
    assert editor.process.wait(timeout=10) == 0


def test_nothing_outside_the_folders_is_read(editor: Editor, log: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret heading\n", encoding="utf-8")
    (log / "007-link.md").symlink_to(secret)
    path = log / "001-keep-orders-in-mysql.md"
    text = path.read_text(encoding="utf-8") + "\n[x](../../../secret.md) [y](007-link.md)\n"
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(path, text)
    editor.until(path, present="supersede-status")
    row = text.count("\n") - 1
    for column in (5, 28):
        at = {"textDocument": {"uri": path.as_uri()}, "position": {"line": row, "character": column}}
        assert "Secret" not in str(editor.result("textDocument/hover", at))
        assert "secret" not in str(editor.result("textDocument/definition", at))


def test_broken_settings_are_shown_in_their_file_until_they_are_mended(editor: Editor, log: Path) -> None:
    root = log.parent.parent
    editor.initialize(rootUri=root.as_uri())
    editor.open(log / "001-keep-orders-in-mysql.md")
    editor.until(log / "001-keep-orders-in-mysql.md", present="supersede-status")
    settings = root / "adr-ls.toml"
    settings.write_text("rules = [\n", encoding="utf-8")
    assert "not valid TOML" in editor.until(settings, present="settings-invalid")["diagnostics"][0]["message"]
    settings.write_text('[rules]\nsupersede-status = "off"\n', encoding="utf-8")
    editor.until(settings, absent="settings-invalid")
    editor.until(log / "001-keep-orders-in-mysql.md", absent="supersede-status")


def test_settings_are_judged_while_they_are_typed(editor: Editor, log: Path) -> None:
    root = log.parent.parent
    settings = root / "adr-ls.toml"
    settings.write_text("# Our settings\n", encoding="utf-8")
    editor.initialize(rootUri=root.as_uri())
    editor.open(log / "001-keep-orders-in-mysql.md")
    editor.until(log / "001-keep-orders-in-mysql.md", present="supersede-status")
    text = '# Our settings\n[rules]\nsupersede-statu = "off"\n'
    item = {"uri": settings.as_uri(), "languageId": "toml", "version": 1, "text": text}
    editor.send(notification("textDocument/didOpen", {"textDocument": item}))
    (told,) = editor.until(settings, present="settings-invalid")["diagnostics"]
    assert told["range"] == {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 15}}
    asked = {"textDocument": {"uri": settings.as_uri()}, "range": told["range"], "context": {"diagnostics": [told]}}
    (action,) = editor.result("textDocument/codeAction", asked)
    assert action["title"] == "Change to “supersede-status”"
    at = {"textDocument": {"uri": settings.as_uri()}}
    assert editor.result("textDocument/documentSymbol", at) == []  # a comment is no heading
    change = {
        "textDocument": {"uri": settings.as_uri(), "version": 2},
        "contentChanges": [{"text": text.replace("statu ", "status ")}],
    }
    editor.send(notification("textDocument/didChange", change))
    editor.until(settings, absent="settings-invalid")
    editor.until(log / "001-keep-orders-in-mysql.md", absent="supersede-status")


def test_a_record_that_cannot_be_read_is_shown(editor: Editor, log: Path) -> None:
    (log / "006-latin.md").write_bytes("# ADR-006: Straße\n".encode("latin-1"))
    editor.initialize(rootUri=log.parent.parent.as_uri())
    editor.open(log / "001-keep-orders-in-mysql.md")
    assert "UTF-8" in editor.until(log / "006-latin.md", present="unusable")["diagnostics"][0]["message"]


@pytest.mark.parametrize("odd", ["/%61dr/", "/adr/../adr/", "//adr/"])
def test_another_spelling_of_a_name_leaves_nothing_behind(editor: Editor, log: Path, odd: str) -> None:
    editor.initialize(rootUri=log.parent.parent.as_uri())
    path = log / "002-search-with-elasticsearch.md"
    text = path.read_text(encoding="utf-8")
    editor.until(path, present="status-unknown")
    uri = path.as_uri().replace("/adr/", odd)
    seen: dict[str, bool] = {path.as_uri(): True}

    def until(shown: str, hidden: str) -> None:
        while not (seen.get(shown) and not seen.get(hidden)):
            params = editor.receive(method="textDocument/publishDiagnostics")["params"]
            seen[params["uri"]] = bool(params["diagnostics"])

    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    editor.send(notification("textDocument/didOpen", {"textDocument": item}))
    until(shown=uri, hidden=path.as_uri())
    editor.send(notification("textDocument/didClose", {"textDocument": {"uri": uri}}))
    until(shown=path.as_uri(), hidden=uri)


def test_the_navigation_of_a_site_is_judged_as_it_stands_in_its_buffer(editor: Editor, log: Path) -> None:
    root = log.parent.parent
    site = root / "mkdocs.yml"
    names = sorted(path.name for path in log.glob("00*.md"))
    listed = "site_name: Books\nnav:\n" + "".join(f"  - adr/{name}\n" for name in names)
    site.write_text(listed, encoding="utf-8")
    editor.initialize(rootUri=root.as_uri())
    editor.open(log / names[0])
    editor.open(site)
    editor.change(site, listed.replace(f"  - adr/{names[-1]}\n", ""))
    editor.until(site, present="index-missing-entry")
    editor.change(site, listed, 3)
    editor.until(site, absent="index-missing-entry")


def test_an_action_is_resolved_when_it_is_chosen_and_refused_once_the_text_is_another(editor: Editor, log: Path) -> None:
    resolving = {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}
    editor.initialize(rootUri=log.parent.parent.as_uri(), capabilities={"textDocument": {"codeAction": resolving}})
    path = log / "006-new.md"
    text = "# ADR-006: New\n\n**Status**: Accepted\n\n## Context\n\nNew.\n"
    editor.open(path, text)
    editor.until(path, present="not-in-index")
    at = {"line": 0, "character": 3}
    asked = {"textDocument": {"uri": path.as_uri()}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    offered = [action for action in editor.result("textDocument/codeAction", asked) if "data" in action]
    assert offered
    for action in offered:
        assert "edit" not in action
        (uri,) = editor.result("codeAction/resolve", action)["edit"]["changes"]
        assert uri == (log / "README.md").as_uri()
    editor.change(path, text + "More.\n")
    assert "choose again" in editor.ask("codeAction/resolve", offered[0])["error"]["message"]
    assert "error" in editor.ask("codeAction/resolve", {"title": "Anything", "data": {"choice": 1}})
