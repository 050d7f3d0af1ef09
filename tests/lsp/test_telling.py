"""Each thing is told once: by a hover, a tooltip or a diagnostic, whichever the client shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from adr_ls import rules
from adr_ls.io import manual
from tests.lsp.timeless import Editor, lay

FILES = """
-- docs/adr/0001-a.md --
# ADR-0001: A

**Status**: Accepted
-- docs/adr/0002-b.md --
# ADR-0002: B

**Status**: Accepted

After ADR-0001, before ADR-0009.
"""
MARKDOWN: dict[str, Any] = {"hover": {"contentFormat": ["markdown"]}}


def asked(tmp_path: Path, **able: Any) -> tuple[Editor, Path]:
    path = lay(tmp_path, FILES) / "docs/adr/0002-b.md"
    editor = Editor(tmp_path, textDocument=able)
    editor.open(path)
    editor.rest()
    return editor, path


def hover(editor: Editor, path: Path, character: int) -> str:
    position = {"line": 4, "character": character}
    answer = editor.now("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": position})
    return str(answer["contents"]["value"])


@pytest.mark.parametrize(("able", "tooltips"), [({}, True), (MARKDOWN, False)])
def test_a_link_has_a_tooltip_where_nothing_else_tells_what_it_leads_to(
    tmp_path: Path, able: dict[str, Any], *, tooltips: bool
) -> None:
    editor, path = asked(tmp_path, documentLink={"tooltipSupport": True}, **able)
    links = editor.now("textDocument/documentLink", {"textDocument": {"uri": path.as_uri()}})
    assert [link.get("tooltip") for link in links] == (["ADR-0001: A (accepted)"] if tooltips else [None])


def test_the_names_in_a_card_are_links_to_files(tmp_path: Path) -> None:
    editor, path = asked(tmp_path, **MARKDOWN)
    assert f"Referred to by [ADR-0002]({path.as_uri()})" in hover(editor, path, 8)


def test_a_diagnostic_leads_to_the_page_of_its_rule(tmp_path: Path) -> None:
    editor, path = asked(tmp_path, publishDiagnostics={"codeDescriptionSupport": True}, **MARKDOWN)
    (told,) = [params for params in editor.told("textDocument/publishDiagnostics") if params["uri"] == path.as_uri()][-1:]
    (found,) = told["diagnostics"]
    page = Path(unquote(urlsplit(found["codeDescription"]["href"]).path))
    assert page.read_text("utf-8").startswith("# reference-unknown")
    assert "reference-unknown" not in hover(editor, path, 25)  # the client leads there by itself


def test_without_that_a_hover_tells_why_the_problem_matters(tmp_path: Path) -> None:
    editor, path = asked(tmp_path, **MARKDOWN)
    assert "There is no such record here." in hover(editor, path, 25)
    assert "[reference-unknown](file://" in hover(editor, path, 25)
    assert "reference-unknown" not in hover(editor, path, 8)


def test_every_rule_has_a_page_that_can_be_read_without_a_network() -> None:
    assert [rule.name for rule in rules.RULES if manual.page(rule.name) is None] == []
    assert manual.page("no-such-rule") is None
