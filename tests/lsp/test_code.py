"""References in source code, asked of the real server as an editor does: where one is marked it leads to its record, nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.fixture import clean
from tests.lsp.editor import Disk, Editor, position

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
