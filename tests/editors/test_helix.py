"""A session in a real Helix, set up by the snippet of docs/editors.md: keys in, what the terminal shows out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCUMENT = HERE.parent.parent / "docs" / "editors.md"
PATIENCE = 20  # seconds until what does not come is given up

pytestmark = [
    pytest.mark.editor,
    pytest.mark.skipif(not os.environ.get("ADR_LS_E2E"), reason="starts a Helix; “make e2e-editors” does that"),
]


def snippet(*command: str) -> str:
    """The TOML that docs/editors.md tells users to put into languages.toml, with another command."""
    pattern = r"^<!-- tests/editors/test_helix\.py.*?-->\n```toml\n(.*?)^```$"
    found = re.search(pattern, DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, "docs/editors.md has lost the block for Helix"
    documented = 'command = "adr-ls"\n'
    assert found[1].count(documented) == 1, f"the block for Helix in docs/editors.md has no “{documented.strip()}”"
    program, *arguments = command
    return found[1].replace(documented, f"command = {json.dumps(program)}\nargs = {json.dumps(arguments)}\n")


class Terminal:
    """A terminal in which Helix runs."""

    def __init__(self, folder: Path, *command: str, environment: dict[str, str]) -> None:
        self._socket = str(folder / "tmux")
        size = ("-x", "120", "-y", "40")
        self._tmux("-u", "new-session", "-d", *size, "-c", str(folder / "repository"), *command, environment=environment)

    def _tmux(self, *arguments: str, environment: dict[str, str] | None = None) -> str:
        words = ["tmux", "-S", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=PATIENCE, env=environment).stdout

    def keys(self, *keys: str) -> None:
        """Presses keys by their tmux names; a text behind ``=`` is typed as it is."""
        for key in keys:
            self._tmux("send-keys", *(["-l", key[1:]] if key.startswith("=") else [key]))
            time.sleep(0.1)  # as fast as people; Helix takes an escape sequence for what follows an escape at once

    def shows(self, *texts: str) -> str:
        """The screen as soon as it has all the texts."""
        for _ in range(PATIENCE * 10):
            screen = self._tmux("capture-pane", "-p")
            if all(text in screen for text in texts):
                return screen
            time.sleep(0.1)  # between looks; a screen has nothing to wait on
        raise AssertionError(f"waited in vain for {texts} on\n{screen}")

    def close(self) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False, timeout=PATIENCE)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    found = shutil.copytree(HERE / "log", tmp_path / "repository")
    subprocess.run(["git", "init", "--quiet", str(found)], timeout=PATIENCE, check=True)
    return found


@pytest.fixture
def terminal(tmp_path: Path, repository: Path) -> Iterator[Terminal]:
    program = os.environ.get("ADR_LS_HELIX") or shutil.which("hx")
    if not program or not shutil.which("tmux"):
        pytest.skip("there is no Helix, or no tmux to run it in; “make e2e-editors” installs both")
    settings = tmp_path / "config" / "helix"
    settings.mkdir(parents=True)
    (settings / "languages.toml").write_text(snippet(sys.executable, "-m", "adr_ls"), "utf-8")
    (settings / "config.toml").write_text('[editor]\nend-of-line-diagnostics = "hint"\n', "utf-8")
    own = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LC_ALL": "C.UTF-8"}
    environment = {**os.environ, **own, "TERM": "xterm-256color"}
    found = Terminal(tmp_path, program, "docs/adr/004-berth-planner.md", environment=environment)
    yield found
    found.close()
    assert repository.exists()


def test_a_session(terminal: Terminal, repository: Path) -> None:
    terminal.shows("did you mean “Accepted”?", "There is no ADR-009")
    terminal.keys("=/", "=ADR-003", "Enter", "Space", "k")
    terminal.shows("ADR-003: Tide Forecast", "We will take the forecast")
    terminal.keys("Escape", "g", "d")
    terminal.shows("003-tide-forecast.md", "Berths for deep ships")
    terminal.keys("C-o")
    terminal.shows("004-berth-planner.md", "Planning follows the water")
    terminal.keys("Space", "S", "=proposed 2025-06")
    terminal.shows("ADR-005: Operator View")
    terminal.keys("Escape")
    terminal.keys("g", "g", "=/", "=Acepted", "Enter", "Space", "a")
    terminal.shows("Change to “Accepted”")
    terminal.keys("Enter")
    terminal.shows("**Status**: Accepted")
    terminal.keys("g", "e", "o", "=🐙 See ADR-")
    terminal.shows("ADR-001", "ADR-002")
    terminal.keys("C-n", "C-n", "Enter", "Escape", "=:w", "Enter")
    path = repository / "docs" / "adr" / "004-berth-planner.md"
    for _ in range(PATIENCE * 10):
        text = path.read_text("utf-8")
        if "See ADR" in text:
            break
        time.sleep(0.1)  # as above
    assert "\n**Status**: Accepted\n" in text
    assert re.search(r"^🐙 See ADR-00[1-3]$", text, re.MULTILINE), text
    terminal.keys('=:lsp-workspace-command adr-ls.newRecord "Quay lights"', "Enter")
    terminal.shows("006-quay-lights.md", "# ADR-006: Quay lights")
    terminal.keys("=:qa!", "Enter")
