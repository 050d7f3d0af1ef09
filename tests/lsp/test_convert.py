"""What is written as JSON at once is what it would be piece by piece."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adr_ls.ide import completion, goto, overview, symbols
from adr_ls.ide.hover import heading
from adr_ls.ide.target import Cursor
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.convert import Converter
from adr_ls.lsp.server import make_server
from adr_ls.record.facts import Facts
from adr_ls.record.parts import Section
from tests.fixture import fixture

LOG = """
-- docs/adr/0001-é.md --
# 1. Use $Kafka

See 2.
-- docs/adr/0002-b.md --
# 2. 📚

📚 é [1](0001-é.md), ADR-1
-- docs/adr/README.md --
* [1. Use Kafka](0001-é.md)
* [2. B](0002-b.md)
""".lstrip("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [LOG, LOG.replace("\n", "\r\n").replace(" --\r\n", " --\n")])
def test_references(encoding: str, text: str) -> None:
    given = fixture(text)
    server = make_server()
    server.meet({"capabilities": {"general": {"positionEncodings": [encoding]}}})
    convert, workspace = Converter(server), given.workspace
    record = given.file(given.path)
    spots = goto.references(Cursor(workspace, record, given.offset), declaration=True)
    slow = convert.spots(spots, record, workspace, workspace.file)
    assert len(slow) == 4
    assert json.loads(convert.places(spots, workspace, workspace.file).text) == slow


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_symbols(encoding: str) -> None:
    sections = '-- docs/adr/0003-c.md --\n# 3. C\n\n* Status: superseded by 2\n\n## 📚 é\n\nA "B"\n------\n'
    workspace = fixture(LOG + sections).workspace
    server = make_server()
    server.meet({"capabilities": {"general": {"positionEncodings": [encoding]}}})
    convert = Converter(server)
    for query in ("", "é", "b"):
        found = symbols.workspace_symbols(workspace, query)
        assert found
        assert json.loads(convert.workspace_symbols(workspace, found).text) == [
            symbol(convert, workspace, one.record, one.section) for one in found
        ]


def symbol(convert: Converter, workspace: Workspace, record: Facts, section: Section | None) -> dict[str, Any]:
    """A record or section as a symbol, made piece by piece."""
    whole = workspace.file(record.path)
    place = record.heading if section is None else section.heading
    assert whole is not None
    assert place is not None
    return {
        "name": heading(record) if section is None else section.name,
        "kind": 1 if section is None else 15,
        "location": convert.location(whole, place.span),
        "containerName": overview.told(workspace, record) if section is None else heading(record),
        **({"tags": [1]} if symbols.is_struck(workspace, record) else {}),
    }


def completed(source: str, **client: Any) -> dict[str, Any]:
    """What a client that can so much is told at the cursor."""
    given = fixture(LOG + "-- docs/adr/0003-c.md --\n" + source)
    server = make_server()
    server.meet({"capabilities": {"textDocument": {"completion": {"completionItem": client}}}})
    found: dict[str, Any] = json.loads(
        Converter(server).completion(completion.completion(given.cursor), given.record.lines).text
    )
    return found


@pytest.mark.parametrize(
    ("source", "plain", "snippet"),
    [
        ("# 3. C\n\nSee [1. U$0", "[1. Use $Kafka](0001-é.md)", "[1. Use \\$Kafka](0001-é.md)"),
        ("# 3. C\n\nSee [[0001$0", "[[0001-é]]", None),
        ("# 3. C\n\nSee [x](0001$0", "0001-é.md", None),
        ("# 3. C\n\n## $0", "## Alternatives {considered}", "## Alternatives {considered\\}"),
        ("---\nst$0\n---\n# 3. C", "status: ", "status: "),  # its last blank would be lost as well
    ],
)
def test_a_text_with_blanks_is_completed_as_a_snippet(source: str, plain: str, snippet: str | None) -> None:
    """Neovim 0.11 inserts no more of a plain text than what stands before its first blank."""
    source += "\n"
    others = "".join(
        f"-- docs/adr/000{n}-x.md --\n---\nstatus: accepted\n---\n# {n}. X\n\n## Alternatives {{considered}}\n\nSee [1. Use $Kafka](0001-é.md).\n"
        for n in range(4, 8)
    )
    for client, expected, form in (({}, plain, None), ({"snippetSupport": True}, snippet or plain, 2 if snippet else None)):
        items = completed(source + others, **client)["items"]
        assert (items[0]["textEdit"]["newText"], items[0].get("insertTextFormat")) == (expected, form)
