"""What is written as JSON at once is what it would be piece by piece."""

from __future__ import annotations

import json

import pytest

from adr_ls.ide import goto
from adr_ls.ide.target import Cursor
from adr_ls.lsp.convert import Converter
from adr_ls.lsp.server import make_server
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
