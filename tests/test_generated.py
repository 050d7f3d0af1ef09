"""What is generated is fresh, and what is built installs and runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import adr_ls
from adr_ls import rules
from adr_ls.cli.main import COMMANDS
from adr_ls.lsp import capabilities
from tests import generate
from tests.conftest import REPOSITORY


def test_the_generated_documentation_is_fresh() -> None:
    wanted = generate.files()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    left = {*generate.PAGES.glob("*")} - wanted.keys()
    assert not [path.relative_to(REPOSITORY) for path in (*stale, *left)], "run “make docs”"


def test_every_command_of_the_server_and_of_the_terminal_is_told() -> None:
    editors = (REPOSITORY / "docs" / "editors.md").read_text(encoding="utf-8")
    terminal = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert not [name for name in capabilities.COMMANDS if f"| `{name}` |" not in editors]
    assert not [name for name in COMMANDS if f"| `adr-ls {name}" not in terminal]


def test_every_link_between_the_pages_leads_somewhere() -> None:
    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "client-vscode" / "README.md"]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8"))]
    dead = [(page.name, link) for page, link in links if "://" not in link and not (page.parent / link).exists()]
    assert len(links) > 50
    assert not dead


def test_every_rule_has_a_page_that_tells_all_of_it() -> None:
    for rule in rules.RULES:
        page = (generate.PAGES / f"{rule.name}.md").read_text(encoding="utf-8")
        for said in (rule.summary, rule.explanation, rule.before.rstrip(), rule.after.rstrip(), f"{rule.name} = "):
            assert said in page, rule.name
        assert rules.DOCUMENTATION.format(rule.name).endswith(f"/docs/rules/{rule.name}.md")


@pytest.mark.slow
def test_wheel_and_sdist_build_install_and_run(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(REPOSITORY)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert list(tmp_path.glob("*.tar.gz"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "adr_ls/py.typed" in names
    assert {f"adr_ls/manual/{rule.name}.md" for rule in rules.RULES} <= set(names)
    assert not [name for name in names if name.startswith("tests")]
    # A clean environment that sees the dependencies of this one, so that nothing is fetched, but not the checkout
    venv.create(tmp_path / "env", with_pip=False)
    site = next((tmp_path / "env").glob("lib/python*/site-packages"), None) or tmp_path / "env" / "Lib" / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)  # our own wheel
    own = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    code = f"import sys; sys.path.append({str(own)!r}); import adr_ls; print(adr_ls.__file__, adr_ls.__version__); from adr_ls.__main__ import main; sys.argv[1:] = ['list', {str(REPOSITORY / 'examples')!r}, '--format', 'json']; main()"
    python = next((tmp_path / "env").glob("bin/python"), tmp_path / "env" / "Scripts" / "python.exe")
    ran = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert ran.returncode == 0, ran.stderr
    first, _, rest = ran.stdout.partition("\n")
    assert str(site) in first
    assert first.endswith(adr_ls.__version__)
    assert json.loads(rest)["version"] == 1
