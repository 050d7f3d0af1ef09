"""References in source code, asked of the real server as an editor does: where one is marked it leads to its record, nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.fixture import clean
from tests.lsp.editor import Disk, Editor, at_rest, position
from tests.protocol.client import Client, notification

RECORDS = {
    "docs/adr/0002-use-mysql.md": "# ADR-0002: Use MySQL\n\n## Status\n\nSuperseded by [ADR-0003](0003-use-postgres.md)\n",
    "docs/adr/0003-use-postgres.md": "# ADR-0003: Use Postgres\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0002](0002-use-mysql.md)\n",
    "docs/adr/0004-use-rust.md": "# ADR-0004: Use Rust\n\n## Status\n\nRejected\n",
}
NAMED = re.compile(r"(?:https?:[\w./-]+|[\w./-]*/)?(?:\d{4}-use-\w+\.md|ADR[-_ ]?\d+)")

LANGUAGES = {
    "app.py": '''
        """Keeps orders, see ⟦ADR-0003⟧ and ⟦docs/adr/0003-use-postgres.md⟧."""
        ADR_0003 = 1
        ADR = 5
        rest = ADR-0003  # ⟦ADR-3⟧ says so; it's not a "ADR
        name = "⟦ADR-0003⟧" + 'it\\'s # ⟦ADR-0003⟧'
        """
        ⟦ADR 3⟧
        """
    ''',
    "app.ts": """
        // ⟦ADR-0003⟧: rows, not documents
        const left = ADR-0003, text = `of ⟦ADR-0003⟧
        and ⟦ADR-0003⟧`;
        /** @see {@link ⟦../docs/adr/0003-use-postgres.md⟧} */
        const url = "⟦https://github.com/acme/shop/blob/main/docs/adr/0003-use-postgres.md⟧"; // ⟦ADR-0003⟧
    """,
    "App.java": """
        /**
         * Rows, as ⟦ADR-0003⟧ says.
         */
        class App { int ADR_0003 = ADR-0003; char q = '"'; } // ⟦ADR-0003⟧
    """,
    "main.go": """
        package main // ⟦ADR-0003⟧

        var raw = `⟦ADR-0003⟧`
        var left = ADR-0003 /* ⟦adr/0003-use-postgres.md⟧ */
    """,
    "lib.rs": """
        //! [⟦ADR-0003⟧](⟦docs/adr/0003-use-postgres.md⟧)
        fn f<'a>(x: &'a str) -> char { '"' } // ⟦ADR-0003⟧
        const LEFT: i32 = ADR-0003;
    """,
    "main.c": """
        /* ⟦ADR-0003⟧ */
        #define ADR_0003 (ADR-0003)
        char c = '\\'', *s = "⟦ADR-0003⟧ \\" // ⟦ADR-0003⟧";
    """,
    "run.sh": """
        #!/bin/sh
        # ⟦ADR-0003⟧
        echo "$# ⟦ADR-0003⟧"
    """,
    "schema.sql": """
        -- ⟦ADR-0003⟧
        SELECT ADR-0003 FROM t; /* ⟦ADR-0003⟧ */
    """,
    "model.rb": """
        # ⟦ADR-0003⟧
        left = ADR-0003 # ⟦0003-use-postgres.md⟧
    """,
    "deploy.yaml": """
        # ⟦ADR-0003⟧
        decision: "⟦ADR-0003⟧"
    """,
    "page.html": """
        <!-- ⟦ADR-0003⟧ -->
    """,
    "main.lua": """
        -- ⟦ADR-0003⟧
        local left = ADR-0003 --[[ as
        ⟦ADR-0003⟧ ]]
    """,
    "Main.hs": """
        {- ⟦ADR-0003⟧ -}
        left = adr-0003 -- ⟦ADR-0003⟧
    """,
    "main.tf": """
        # ⟦ADR-0003⟧
        resource "x" "y" {} // ⟦ADR-0003⟧
    """,
    "index.php": """
        <?php // ⟦ADR-0003⟧
        $left = ADR-0003; # ⟦ADR-0003⟧
    """,
    "core.clj": """
        (def left 'adr) ; ⟦ADR-0003⟧
        (str "⟦ADR-0003⟧" \\" ) ;; ⟦ADR-0003⟧
    """,
    "Main.kt": """
        // ⟦ADR-0003⟧
        val text = \"\"\"
          ⟦ADR-0003⟧
        \"\"\"
        val left = ADR-0003
    """,
    "Main.cs": """
        /// <summary>⟦ADR-0003⟧</summary>
        int left = ADR-0003;
    """,
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    base = tmp_path_factory.mktemp("shop")
    plain = {f"src/{name}": re.sub("[⟦⟧]", "", clean(text)) for name, text in LANGUAGES.items()}
    with Editor(Disk(base, {path: text.encode() for path, text in {**RECORDS, **plain}.items()})) as editor:
        at_rest(editor)  # on a busy machine reading may take longer than people would wait for a card
        yield editor


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_reference_in_a_comment_or_string_leads_to_its_record(editor: Editor, name: str) -> None:
    marked, path = clean(LANGUAGES[name]), f"src/{name}"
    editor.open(path)
    text = editor.buffers[path]
    document = {"textDocument": {"uri": editor._uri(path)}}
    found = []
    for match in NAMED.finditer(text):
        place = {**document, "position": position(text, match.end() - 1)}
        hover, definition = (editor.ask(f"textDocument/{what}", place)["result"] for what in ("hover", "definition"))
        assert bool(hover) == bool(definition), match
        if hover:
            assert "Use Postgres" in hover["contents"]["value"]
            assert definition[0]["uri"].endswith("/docs/adr/0003-use-postgres.md")
            found.append(match.span())
    links = editor.ask("textDocument/documentLink", document)["result"]
    assert len(links) == len(found)
    for start, end in reversed(found):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    assert text == marked


REPOSITORY = {
    **RECORDS,
    "adr-ls.toml": 'code = "all"\n',
    ".gitignore": "build/\n",
    "src/app.py": "# Rows: ADR-0003\n",
    "src/old.go": "// ADR-0002 and ADR-0021\n",
    "src/none.rs": "fn main() {}\n",
    "build/made.py": "# ADR-0003\n",
    "lib/é.ts": "/* docs/adr/0003-use-postgres.md */\r\n",
}


def repository(base: Path, **settings: str) -> Disk:
    files = {
        **REPOSITORY,
        "adr-ls.toml": "".join(f'{key} = "{value}"\n' for key, value in (settings or {"code": "all"}).items()),
    }
    return Disk(base, {path: text.encode() for path, text in files.items()})


def references(editor: Editor, name: str) -> list[str]:
    """Where the record of a name is referred to, as paths and lines."""
    path = editor.disk.find(name)
    place = {"textDocument": {"uri": editor._uri(path)}, "position": {"line": 0, "character": 3}}
    found = editor.ask("textDocument/references", {**place, "context": {"includeDeclaration": False}})["result"]
    return sorted(f"{editor._path(one['uri'])}:{one['range']['start']['line'] + 1}" for one in found)


@pytest.mark.parametrize("watches", [True, False])
def test_code_that_nobody_opened_is_searched(tmp_path: Path, *, watches: bool) -> None:
    with Editor(repository(tmp_path), watches=watches) as editor:
        assert references(editor, "0003") == ["docs/adr/0002-use-mysql.md:5", "lib/é.ts:1", "src/app.py:1"]
        at_rest(editor)
        assert [one["code"] for one in editor.diagnostics()["src/old.go"]] == [
            "code-reference-superseded",
            "code-reference-unknown",
        ]
        document = {"textDocument": {"uri": editor._uri("docs/adr/0003-use-postgres.md")}}
        (lens,) = editor.ask("textDocument/codeLens", document)["result"]
        assert lens["command"]["title"] == "referenced by 1 record and 2 source files"
        hover = editor.ask("textDocument/hover", {**document, "position": {"line": 0, "character": 3}})["result"]
        assert "In code: [lib/é.ts]" in hover["contents"]["value"]


def test_what_changes_in_code_is_noticed(tmp_path: Path) -> None:
    with Editor(repository(tmp_path)) as editor:
        steps = [
            ("write src/none.rs: fn → // ADR-0003⏎fn", ["lib/é.ts:1", "src/app.py:1", "src/none.rs:1"]),
            ("make src/more.py: # ⏎# ADR-0003", ["lib/é.ts:1", "src/app.py:1", "src/more.py:2", "src/none.rs:1"]),
            ("delete src/none.rs", ["lib/é.ts:1", "src/app.py:1", "src/more.py:2"]),
            ("type src/app.py: ADR-0003 → nothing", ["lib/é.ts:1", "src/more.py:2"]),
            ("type src/app.py: nothing → ⏎# ADR-3", ["lib/é.ts:1", "src/app.py:2", "src/more.py:2"]),
            ("close src/app.py", ["lib/é.ts:1", "src/app.py:1", "src/more.py:2"]),
            ('write adr-ls.toml: "all" → "open"', []),
            ("open src/app.py", ["src/app.py:1"]),
            ('write adr-ls.toml: "open" → "off"', []),
        ]
        for step, expected in steps:
            assert editor.do(step.replace("⏎", "\n") if step.startswith(("write", "make")) else step)
            at_rest(editor)
            found = [one for one in references(editor, "0003") if not one.startswith("docs/")]
            assert found == expected, step


MOVES = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}, "window": {}}


def test_a_number_changes_in_all_code_together_with_the_rest(tmp_path: Path) -> None:
    disk = repository(tmp_path)
    code = (tmp_path / "src/app.py").as_uri()
    with Client("-m", "adr_ls", program=()) as client:
        client.initialize(capabilities=MOVES, workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "shop"}])
        item = {"uri": code, "languageId": "python", "version": 1, "text": disk.text("src/app.py")}
        client.send(notification("textDocument/didOpen", {"textDocument": item}))
        place = {"textDocument": {"uri": code}, "position": {"line": 0, "character": 12}}
        # Asked at once: it waits until all is read and searched
        *edits, move = client.result("textDocument/rename", {**place, "newName": "0012"})["documentChanges"]
    assert move["newUri"].endswith("/docs/adr/0012-use-postgres.md")
    changed = {one["textDocument"]["uri"]: [edit["newText"] for edit in one["edits"]] for one in edits}
    expected = {
        "docs/adr/0002-use-mysql.md": ["0012", "0012-use-postgres.md"],
        "docs/adr/0003-use-postgres.md": ["0012"],
        "lib/é.ts": ["docs/adr/0012-use-postgres.md"],
        "src/app.py": ["0012"],
    }
    assert changed == {(tmp_path / path).as_uri(): texts for path, texts in expected.items()}


@pytest.mark.parametrize("reach", ["off", "open"])
def test_code_that_nobody_opened_is_left_alone(tmp_path: Path, reach: str) -> None:
    with Editor(repository(tmp_path, code=reach)) as editor:
        assert references(editor, "0003") == ["docs/adr/0002-use-mysql.md:5"]
        editor.open("src/old.go")
        at_rest(editor)
        found = editor.diagnostics()
        assert found.keys() == ({"src/old.go"} if reach == "open" else set())
        document = {"textDocument": {"uri": editor._uri("src/old.go")}}
        for method in ("hover", "definition", "references", "documentHighlight", "prepareRename"):
            params = {**document, "position": {"line": 0, "character": 5}, "context": {"includeDeclaration": True}}
            assert bool(editor.ask(f"textDocument/{method}", params)["result"]) == (reach == "open"), method


def test_source_code_is_never_read_as_markdown(tmp_path: Path) -> None:
    text = "# 1. Title\n\n## Status\n\n- [ADR-0042](docs/adr/0042-x.md)\n\n## Context\n"
    with Editor(
        Disk(tmp_path, {**{path: one.encode() for path, one in RECORDS.items()}, "src/0001-x.py": text.encode()})
    ) as editor:
        editor.open("src/0001-x.py")
        document = {"textDocument": {"uri": editor._uri("src/0001-x.py")}}
        place = {**document, "position": {"line": 2, "character": 4}}
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 6, "character": 0}}
        for method, params in {
            "documentSymbol": document,
            "foldingRange": document,
            "codeLens": document,
            "selectionRange": {**document, "positions": [place["position"]]},
            "completion": place,
            "hover": place,
            "inlayHint": {**document, "range": whole},
        }.items():
            assert not editor.ask(f"textDocument/{method}", params)["result"], method
        actions = editor.ask("textDocument/codeAction", {**document, "range": whole, "context": {"diagnostics": []}})["result"]
        assert {one["title"].split(" ")[0] for one in actions} <= {"Silence"}
        assert [
            one["name"][:8] for one in editor.ask("workspace/symbol", {"query": ""})["result"] if "0001" in one["name"]
        ] == []
