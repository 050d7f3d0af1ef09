"""What is generated is fresh, and what is built installs and runs."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import adr_ls
from adr_ls import rules
from tests import generate
from tests.conftest import REPOSITORY


def test_the_generated_documentation_is_fresh() -> None:
    wanted = generate.files()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    left = {*generate.PAGES.glob("*")} - wanted.keys()
    assert not [path.relative_to(REPOSITORY) for path in (*stale, *left)], "run “make docs”"


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
