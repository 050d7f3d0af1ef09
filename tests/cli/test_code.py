"""Source code on the command line: what ``check --code`` tells, and what follows a record that is called otherwise."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from adr_ls.cli import main

FILES = {
    "docs/adr/0002-use-mysql.md": b"# ADR-0002: Use MySQL\n\n## Status\n\nSuperseded by [ADR-0003](0003-use-postgres.md)\n",
    "docs/adr/0003-use-postgres.md": b"# ADR-0003: Use Postgres\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0002](0002-use-mysql.md)\n",
    "src/app.py": "\ufeff# é: ADR-0003\r\n# ADR-0021\r\n".encode(),
    "src/latin.py": "# é ADR-0003\n".encode("latin-1"),
    "src/blob.py": b"# ADR-0021\n\0",
    "src/big.py": b"# ADR-0021\n" + b"#\n" * 600_000,
    "src/old.go": b"// see ../docs/adr/0002-use-mysql.md\n",
    "build/made.py": b"# ADR-0021\n",
    ".gitignore": b"build/\n",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_tells_of_code_only_when_asked(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", "--format", "concise"]) == 0
    assert "code-" not in capsys.readouterr().out
    assert main.main(["check", "--code", "--format", "concise"]) == 1
    *told, last = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in told if "code-" in line] == ["src/app.py:2:3"]
    assert " in 2 records and 2 source files; " in last
    (shop / "adr-ls.toml").write_text('[[overrides]]\npaths = ["src/*.py"]\nrules = {code-reference-unknown = "off"}\n')
    assert main.main(["check", "--code", "--format", "json", "src"]) == 0
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["problems"]] == ["code-reference-superseded"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_check_tells_of_changed_code(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(shop / ".git")
    for command in ("init -q", "add -A", "-c user.name=x -c user.email=x@y commit -qm x"):
        subprocess.run(["git", *command.split(" ")], check=True, cwd=shop)
    assert main.main(["check", "--code", "--since", "HEAD", "--format", "concise"]) == 0
    (shop / "src/new.rs").write_bytes(b"// ADR-0021\n")
    capsys.readouterr()
    assert main.main(["check", "--code", "--since", "HEAD", "--format", "concise"]) == 1
    assert [line.split(": ")[0] for line in capsys.readouterr().out.splitlines() if "code-" in line] == ["src/new.rs:1:4"]


@pytest.mark.parametrize(
    ("options", "setting", "follows"), [(["--code"], "", True), ([], 'code = "all"\n', True), ([], "", False)]
)
def test_code_follows_a_number_with_all_its_bytes(shop: Path, options: list[str], setting: str, *, follows: bool) -> None:
    (shop / "adr-ls.toml").write_text(setting)
    assert main.main(["renumber", "3", "12", *options]) == 0
    assert (shop / "docs/adr/0012-use-postgres.md").is_file()
    for path, content in FILES.items():
        if path.startswith("src/"):
            expected = content.replace(b"ADR-0003", b"ADR-0012") if follows and path == "src/app.py" else content
            assert (shop / path).read_bytes() == expected, path


def test_code_that_was_changed_meanwhile_keeps_all_as_it_was(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from adr_ls.io import code  # noqa: PLC0415  # to be changed between

    add = code.add

    def changing(*arguments: object, **named: object) -> object:
        found = add(*arguments, **named)  # type: ignore[arg-type]  # passed on as they are
        (shop / "src/app.py").write_bytes(b"# ADR-0003, changed\n")
        return found

    monkeypatch.setattr(code, "add", changing)
    assert main.main(["renumber", "3", "12", "--code"]) == 2
    assert (shop / "docs/adr/0003-use-postgres.md").read_bytes() == FILES["docs/adr/0003-use-postgres.md"]
    assert (shop / "src/app.py").read_bytes() == b"# ADR-0003, changed\n"


def test_the_path_of_a_record_follows_its_title(shop: Path) -> None:
    assert main.main(["retitle", "2", "Use MariaDB", "--code"]) == 0
    assert (shop / "src/old.go").read_bytes() == b"// see ../docs/adr/0002-use-mariadb.md\n"
