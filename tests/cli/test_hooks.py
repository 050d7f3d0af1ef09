"""The ways into other people's CI: the hooks with the real pre-commit, the GitHub Action's shell lines, the examples in docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from adr_ls import reports
from adr_ls.cli import main
from tests.conftest import EVERYTHING, REPOSITORY
from tests.protocol import forkserver

EXAMPLE = REPOSITORY / "examples" / "bookshop"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
ACTION = REPOSITORY / "action.yml"
GUIDE = REPOSITORY / "docs" / "ci.md"

posix = pytest.mark.skipif(sys.platform == "win32", reason="runs shell lines")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs programs in a git repository that holds the example, with our own command on the PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    own = forkserver.command() if forkserver.IN_USE else [sys.executable, "-m", "adr_ls"]
    (programs / "adr-ls").write_text(f'#!/bin/sh\nexec {shlex.join(own)} "$@"\n', encoding="utf-8")
    # Installing is only noted down; everything else is Python's own
    (programs / "python").write_text(
        f'#!/bin/sh\nif [ "$2" = pip ]; then echo "$@" >> "{tmp_path}/installed"; else exec "{sys.executable}" "$@"; fi\n',
        encoding="utf-8",
    )
    for program in programs.iterdir():
        program.chmod(0o755)
    work = Path(shutil.copytree(EXAMPLE, tmp_path / "work"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
        "PATH": os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": str(REPOSITORY),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "A", f"GIT_{who}_EMAIL": "a@example.org"}

    def run(*command: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd=work,
            env={**environment, **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    for command in ("git init -q -b main", "git add -A", "git commit -qm first"):
        assert run(*command.split()).returncode == 0
    return run


# pre-commit


def pre_commit(run: Run, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", *arguments)


def test_pre_commit_takes_the_manifest(run: Run) -> None:
    done = pre_commit(run, "validate-manifest", HOOKS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [hook["id"] for hook in read(HOOKS)] == ["adr-ls-check", "adr-ls-fix", "adr-ls-index"]


def test_the_hooks_are_commands_that_exist() -> None:
    for hook in read(HOOKS):
        program, *arguments = shlex.split(hook["entry"])
        assert program == "adr-ls"
        main.parsed([*arguments, *hook.get("args", ()), *(["a.md"] if hook.get("pass_filenames", True) else [])])


def use(run: Run, work: Path, *names: str) -> None:
    """Sets hooks up as a user would, but for installing, which needs a network."""
    hooks = [{**hook, "language": "system"} for hook in read(HOOKS) if hook["id"] in names]
    (work / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}), "utf-8")
    assert run("git", "add", ".pre-commit-config.yaml").returncode == 0
    assert run("git", "commit", "-qm", "hooks").returncode == 0


@posix
def test_the_check_hook_judges_the_files_of_a_commit_in_their_log(run: Run, tmp_path: Path) -> None:
    work = tmp_path / "work"
    use(run, work, "adr-ls-check")
    (work / "docs/adr/005-other one.md").write_text("# ADR-005: Other\n\n**Status**: Accepted\n", encoding="utf-8")
    (work / "notes.md").write_text("# Notes\n", encoding="utf-8")
    run("git", "add", "-A")
    done = pre_commit(run, "run")
    assert done.returncode == 1
    assert "docs/adr/005-other one.md" in done.stdout
    assert "duplicate-number" in done.stdout
    assert "docs/adr/002" not in done.stdout
    run("git", "mv", "docs/adr/005-other one.md", "notes-too.md")
    done = pre_commit(run, "run")
    assert done.returncode == 0, done.stdout


@posix
def test_the_fix_and_index_hooks_stop_the_commit_once(run: Run, tmp_path: Path) -> None:
    work = tmp_path / "work"
    use(run, work, "adr-ls-fix", "adr-ls-index")
    record = work / "docs/adr/002-search-with-elasticsearch.md"
    record.write_text(record.read_text(encoding="utf-8") + "\nSee ADR-077.\n", encoding="utf-8")
    run("git", "add", "-A")
    first = pre_commit(run, "run")
    assert first.returncode == 1
    assert first.stdout.count("files were modified by this hook") == 2
    assert "**Status**: Accepted" in record.read_text(encoding="utf-8")
    assert "ADR-005" in (work / "docs/adr/README.md").read_text(encoding="utf-8")
    run("git", "add", "-A")
    second = pre_commit(run, "run")
    assert second.returncode == 0, second.stdout  # what no fix can mend is the check's matter


@pytest.mark.skipif(not EVERYTHING, reason="installs the project, which needs a package index; set ADR_LS_ALL")
def test_the_hooks_install_and_run_from_the_repository(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("adr_ls", "docs", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)
    for command in ("init -q -b main", "add -A", "commit -qm first"):
        assert run("git", "-C", project, *command.split()).returncode == 0
    done = run(sys.executable, "-m", "pre_commit", "try-repo", project, "--all-files", PYTHONPATH="")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"check ADRs\.+Failed", done.stdout), done.stdout
    assert "reference-unknown" in done.stdout
    assert re.search(r"fix ADRs\.+Failed", done.stdout), done.stdout
    assert "files were modified by this hook" in done.stdout


# The GitHub Action


def steps() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in read(ACTION)["runs"]["steps"]}


def shell(run: Run, tmp_path: Path, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the lines of a step as GitHub would, with these inputs and the defaults of the others."""
    values = {name: str(given["default"]) for name, given in read(ACTION)["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}

    def expand(text: str) -> str:
        text = text.replace("${{ runner.temp }}", str(tmp_path))
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], text)

    environment = {name: expand(value) for name, value in steps()[step].get("env", {}).items()}
    return run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps()[step]["run"], **environment)


def test_the_action_is_well_formed() -> None:
    action = read(ACTION)
    assert action["runs"]["using"] == "composite"
    for given in action["inputs"].values():
        assert given["description"]
        assert isinstance(given["default"], str)
    for step in action["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"], "an input in a script is a way to inject commands"
        else:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", step["uses"])
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8")))
    assert used == set(action["inputs"])


@posix
@pytest.mark.parametrize(
    ("version", "wanted"), [("", "adr-ls"), ("0.1.0", "adr-ls==0.1.0"), ("1; touch x", "adr-ls==1; touch x")]
)
def test_the_action_installs_the_version_asked_for(run: Run, tmp_path: Path, version: str, wanted: str) -> None:
    done = shell(run, tmp_path, "Install adr-ls", version=version)
    assert done.returncode == 0, done.stderr
    installed = (tmp_path / "installed").read_text(encoding="utf-8")
    assert installed == f"-m pip install --quiet --disable-pip-version-check {wanted}\n"
    assert not (tmp_path / "work/x").exists()


@posix
@pytest.mark.parametrize(
    ("inputs", "status", "count"),
    [
        ({}, 1, 8),
        ({"fail_on": "never"}, 0, 8),
        ({"since": "HEAD"}, 0, 0),
        ({"paths": "docs/adr/001-keep-orders-in-mysql.md\ndocs/adr/002-search-with-elasticsearch.md\n"}, 1, 3),
        ({"paths": "nowhere; touch x"}, 2, 0),
        ({"baseline": "known.json"}, 2, 0),
    ],
)
def test_the_action_annotates(run: Run, tmp_path: Path, inputs: dict[str, str], status: int, count: int) -> None:
    done = shell(run, tmp_path, "Check ADRs", **inputs)
    assert done.returncode == status, done.stderr
    assert done.stdout.count("::warning file=docs/adr/") == count
    assert not (tmp_path / "work/x").exists()


@posix
def test_the_action_writes_sarif_and_goes_on(run: Run, tmp_path: Path) -> None:
    done = shell(run, tmp_path, "Write SARIF", sarif="true")
    assert done.returncode == 0, done.stderr
    assert steps()["Upload SARIF"]["with"]["sarif_file"] == "${{ runner.temp }}/adr-ls.sarif"
    assert len(json.loads((tmp_path / "adr-ls.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 8


# docs/ci.md


def examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_examples_in_the_guide_hold() -> None:
    inputs = set(read(ACTION)["inputs"])
    hooks = {hook["id"] for hook in read(HOOKS)}
    kinds = set()
    for text in examples():
        kind = text.splitlines()[0].removeprefix("# ")
        kinds.add(kind)
        example = yaml.safe_load(text)
        if kind == ".github/workflows/adr.yml":
            (step,) = (step for step in example["jobs"]["check"]["steps"] if step["uses"].startswith("adr-ls/"))
            assert set(step.get("with", {})) <= inputs
            assert True in example  # YAML 1.1 reads “on” so, and GitHub knows
        elif kind == ".gitlab-ci.yml":
            for line in example["adr-ls"]["script"]:
                if line.startswith("adr-ls "):
                    main.parsed(shlex.split(line)[1:])
            assert example["adr-ls"]["artifacts"]["reports"]["codequality"] in " ".join(example["adr-ls"]["script"])
        else:
            assert {hook["id"] for hook in example["repos"][0]["hooks"]} == hooks
    assert kinds == {".github/workflows/adr.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"}


def test_the_guide_tells_all_inputs_formats_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)) == {*read(ACTION)["inputs"], *reports.FORMATS}
    with pytest.raises(SystemExit):
        main.main(["check", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert not [option for option in options if option not in text]


@posix
@pytest.mark.parametrize("line", re.findall(r"^adr-ls .*?(?=\s*#|$)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
def test_the_commands_in_the_guide_run(run: Run, line: str) -> None:
    run("adr-ls", *shlex.split("check --baseline .adr-ls-baseline.json --write-baseline"))
    done = run(*shlex.split(line))
    assert done.returncode == 0, done.stdout + done.stderr
