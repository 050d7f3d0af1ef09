"""A session in a real Emacs with Eglot, set up by the snippet of docs/editors.md; the tests look at what the session showed.

The session is run once for each program and kind of line ends, by drive.el, since each of its steps builds on those before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DOCUMENT = HERE.parent.parent / "docs" / "editors.md"
PATIENCE = 120  # a hang guard; the session takes about three seconds

pytestmark = [
    pytest.mark.editor,
    pytest.mark.skipif(not os.environ.get("ADR_LS_E2E"), reason="starts an Emacs; “make e2e-editors” does that"),
]


def programs() -> list[str]:
    """The Emacs on the PATH, and those that ADR_LS_EMACS names."""
    return ["", *filter(None, os.environ.get("ADR_LS_EMACS", "").split(os.pathsep))]


class Session(dict[str, Any]):
    """What the session showed, by the names that drive.el gives; a step that was not reached fails the test that asks for it."""

    def __missing__(self, name: str) -> Any:
        pytest.fail(f"The session did not get to “{name}”: {self.get('failure')}\n{self.get('output')}")


def snippet(*command: str, mark: str = "") -> str:
    """The Lisp that docs/editors.md tells users to put into their init file, with another command."""
    pattern = rf"^<!-- {mark}tests/editors/test_emacs\.py.*?-->\n```elisp\n(.*?)^```$"
    found = re.search(pattern, DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, "docs/editors.md has lost the block for Emacs"
    documented = '("adr-ls")'
    assert found[1].count(documented) == 1, f"the block for Emacs in docs/editors.md has no “{documented}”"
    return found[1].replace(documented, f"({' '.join(json.dumps(word, ensure_ascii=False) for word in command)})")


@pytest.fixture(scope="module", params=["\n", "\r\n"], ids=["lf", "crlf"])
def newline(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module", params=programs(), ids=lambda program: Path(program).name or "emacs")
def session(request: pytest.FixtureRequest, newline: str, tmp_path_factory: pytest.TempPathFactory) -> Session:
    program = request.param or shutil.which("emacs")
    if program is None:
        pytest.skip("there is no Emacs on the PATH; on Debian: apt-get install emacs-nox elpa-eglot elpa-markdown-mode")
    tmp = tmp_path_factory.mktemp("emacs")
    repository = shutil.copytree(HERE / "log", tmp / "repository")
    for file in repository.rglob("*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", newline.encode()))
    subprocess.run(["git", "init", "--quiet", str(repository)], timeout=PATIENCE, check=True)
    init, out = tmp / "init.el", tmp / "out.json"
    init.write_text(snippet(sys.executable, "-m", "adr_ls"), "utf-8")
    done = subprocess.run(
        [program, "--batch", "-q", "-l", str(HERE / "drive.el"), "--", str(init), str(repository), str(out)],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "HOME": str(tmp), "LC_ALL": "C.UTF-8"},
    )
    output = (done.stdout + done.stderr).decode(errors="replace")
    if "markdown-mode" in output and not out.exists():
        pytest.skip("this Emacs has no markdown-mode; on Debian: apt-get install elpa-markdown-mode")
    assert out.exists(), f"drive.el does not run: {output}"
    shown = json.loads(out.read_text("utf-8"))
    files = {str(path.relative_to(repository)): path.read_bytes() for path in repository.rglob("*.md")}
    return Session(shown, output=output, files=files)


def test_the_session_went_through(session: Session) -> None:
    assert "failure" not in session, session["failure"] + session["output"]


def test_it_attaches(session: Session) -> None:
    name, encoding, root = session["client"]
    assert (name, root) == ("adr-ls", "repository")
    newest = int(session["version"].partition(".")[0]) >= 30
    assert encoding == ("utf-32" if newest else "utf-16")


def test_diagnostics_are_at_their_places(session: Session) -> None:
    found = dict(session["diagnostics"])
    assert "did you mean “Accepted”?" in found["Acepted"]
    assert "ADR-009" in found, "behind an emoji"


def test_hover_shows_a_record(session: Session) -> None:
    assert "ADR-003: Tide Forecast" in session["hover"]


def test_definition_goes_to_the_title(session: Session) -> None:
    assert session["definition"] == ["003-tide-forecast.md", 1]


def test_records_are_found_by_people_and_date(session: Session) -> None:
    assert session["symbols"] == ["# ADR-003: Tide Forecast"]


def test_references_are_listed(session: Session) -> None:
    found = [tuple(place) for place in session["references"]]
    assert {("004-berth-planner.md", 9), ("README.md", 13)} <= set(found)


def test_typing_offers_the_other_records(session: Session) -> None:
    assert session["completion"] == ["ADR-001", "ADR-002", "ADR-003", "ADR-004"]
    assert session["accepted"] == "🐙 See ADR-001"


def test_fixes_are_made(session: Session) -> None:
    assert session["fixed link"] == "They see 🐙 what [the store](./002-position-store.md) keeps."
    assert session["fixed status"] == "**Status**: Accepted"


def test_the_index_is_updated(session: Session) -> None:
    assert session["index"] == (HERE / "updated-index.md").read_text("utf-8")


def test_a_new_record_is_made_and_shown(session: Session) -> None:
    name, line, text = session["new record"]
    assert name == "006-quay-lights.md"
    lines = text.split("\n")
    assert lines[:3] == ["# ADR-006: Quay 🐙 lights", "", "**Status**: Proposed"]
    assert lines[line - 3] == "## Context", "point is where the first text belongs"


def test_the_status_is_changed(session: Session) -> None:
    assert session["card"] == "ADR-006"
    assert session["changed status"] == "**Status**: Accepted"


def test_a_record_is_retitled_with_what_refers_to_it(session: Session) -> None:
    """Eglot renames no files; the title changes wherever it is written."""
    assert session["rename offered"] is True
    assert session["renamed"] == "# ADR-002: Position Archive"
    assert "[ADR-002: Position Archive](./002-position-store.md)" in session["files"]["docs/adr/README.md"].decode()


def test_the_line_ends_stay(session: Session, newline: str) -> None:
    changed = [name for name in session["files"] if Path(name).name[:3] in ("004", "005", "006", "REA")]
    assert len(changed) == 4
    for name in changed:
        data = session["files"][name]
        assert data.count(newline.encode()) == data.count(b"\n") > 5, name
        assert data.count(b"\r") == (data.count(b"\n") if "\r" in newline else 0), name


def test_the_server_leaves_with_the_editor(session: Session) -> None:
    assert session["server left"] is True


def test_lsp_mode_works_as_well(tmp_path: Path) -> None:
    program = shutil.which("emacs")
    if program is None:
        pytest.skip("there is no Emacs on the PATH; on Debian: apt-get install emacs-nox elpa-lsp-mode")
    repository = shutil.copytree(HERE / "log", tmp_path / "repository")
    subprocess.run(["git", "init", "--quiet", str(repository)], timeout=PATIENCE, check=True)
    init, out = tmp_path / "init.el", tmp_path / "out.json"
    init.write_text(snippet(sys.executable, "-m", "adr_ls", mark="lsp-mode: "), "utf-8")
    done = subprocess.run(
        [program, "--batch", "-q", "-l", str(HERE / "lsp-mode.el"), "--", str(init), str(repository), str(out)],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    assert out.exists(), done.stderr.decode(errors="replace")
    shown = json.loads(out.read_text("utf-8"))
    if "Cannot open load file" in shown.get("failure", ""):
        pytest.skip("this Emacs has no lsp-mode; on Debian: apt-get install elpa-lsp-mode")
    assert "failure" not in shown, shown["failure"]
    assert {"status-unknown", "reference-unknown"} <= set(shown["diagnostics"])
    assert "ADR-003: Tide Forecast" in shown["hover"]
    assert shown["definition"] == 1
    assert shown["fixed status"] == "**Status**: Accepted"
