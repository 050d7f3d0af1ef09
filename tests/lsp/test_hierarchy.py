"""The hierarchies as a client asks for them: an item first, then what is above and below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.ide.test_hierarchy import FIRST, LOG, SECOND, THIRD
from tests.lsp.timeless import Editor, lay


def test_calls_and_types_of_a_record(tmp_path: Path) -> None:
    lay(tmp_path, LOG)
    editor = Editor(tmp_path, textDocument={"callHierarchy": {}, "typeHierarchy": {}})
    uri = editor.open(tmp_path / "docs/adr" / SECOND)

    def prepared(kind: str) -> Any:
        place = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 8}}
        (item,) = editor.now(f"textDocument/prepare{kind}Hierarchy", place)
        return item

    item = prepared("Call")
    assert (item["name"], item["detail"], item["tags"]) == ("ADR-0001: Mill queue", "superseded", [1])
    assert item["uri"] == (tmp_path / "docs/adr" / FIRST).as_uri()
    calls = editor.now("callHierarchy/incomingCalls", {"item": item})
    assert [(call["from"]["name"], call["fromRanges"][0]["start"]) for call in calls] == [
        ("ADR-0002: Tariff reader", {"line": 4, "character": 6}),
        ("README.md", {"line": 0, "character": 2}),
    ]
    (call,) = editor.now("callHierarchy/outgoingCalls", {"item": item})
    assert call["to"]["uri"] == (tmp_path / "docs/adr" / THIRD).as_uri()
    (later,) = editor.now("typeHierarchy/subtypes", {"item": prepared("Type")})
    assert (later["name"], later["detail"]) == ("ADR-0003: Night export", "supersedes it · accepted")
    former = editor.now("typeHierarchy/supertypes", {"item": later})
    assert [one["name"] for one in former] == ["ADR-0001: Mill queue", "ADR-0002: Tariff reader"]
