"""The quick import of lsprotocol gives the same classes and the same converter as the plain one."""

from __future__ import annotations

import json
import sys
from typing import Any

from .client import HERE, PATIENCE, start


def report(*command: str) -> Any:
    with start(sys.executable, *command) as process:
        output, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, errors) == (0, b""), errors
        return json.loads(output)


def test_classes_and_converter_are_the_same() -> None:
    script = str(HERE / "describe_types.py")
    quick, plain = report(script, "quick"), report(script, "plain")
    assert len(plain) > 400
    assert [name for name in plain if plain[name] != quick[name]] == []
    assert quick == plain


PROBE = """
import gc, json, sys
{before}
import adr_ls.lsp
from adr_ls.lsp import boot
from lsprotocol import types
boot.load()
unfinished = len(boot._unfinished)
types.Position(1, 2)
from attrs import fields
fields(types.Range)
print(json.dumps([unfinished, unfinished - len(boot._unfinished), gc.isenabled(), gc.get_freeze_count() > 0]))
"""


def test_classes_wait_until_they_are_needed() -> None:
    unfinished, *rest = report("-c", PROBE.format(before=""))
    assert unfinished > 400
    assert rest == [2, True, True]


def test_where_lsprotocol_was_there_before_it_is_left_alone() -> None:
    assert report("-c", PROBE.format(before="import lsprotocol.types"))[:2] == [0, 0]
    assert report("-c", PROBE.format(before="gc.disable(); import pygls.lsp.server")) == [0, 0, False, False]


def test_where_it_cannot_be_done_the_plain_way_works() -> None:
    """As with an lsprotocol that uses attrs in another way."""
    before = "import adr_ls.syntax.text, attrs, logging; logging.disable(); from unittest import mock; define = attrs.define"
    spoil = (
        before
        + """
import importlib
real = importlib.import_module
def fail(name):
    real(name)
    raise TypeError("changed")
importlib.import_module = fail
"""
    )
    assert report("-c", PROBE.format(before=spoil))[:2] == [0, 0]


def test_nothing_of_openssl_is_there_until_somebody_wants_it() -> None:
    probe = "import json, sys; import adr_ls.lsp.server, adr_ls.lsp.features, hashlib; found = [one for one in ('ssl', '_hashlib') if one in sys.modules]"
    later = "import ssl, _hashlib; print(json.dumps([found, hashlib.blake2b(b'x', digest_size=4).hexdigest(), ssl.create_default_context() is not None]))"
    assert report("-c", f"{probe}; {later}") == [[], "b1ba07e5", True]


def test_an_editor_waits_for_no_command_line() -> None:
    probe = "import sys; sys.argv[1:] = ['--stdio']; import adr_ls.__main__ as program; import adr_ls.lsp.server as server"
    told = "import json; server.serve = lambda: sys.exit(print(json.dumps([name for name in ('argparse', 'adr_ls.cli') if name in sys.modules])))"
    assert report("-c", f"{probe}; {told}; program.main()") == []


def test_collections_wait_while_importing() -> None:
    probe = "import gc, json; from adr_ls.lsp import boot\nwith boot.importing(): inside = gc.isenabled()\n"
    assert report("-c", probe + "print(json.dumps([inside, gc.isenabled()]))") == [False, True]
