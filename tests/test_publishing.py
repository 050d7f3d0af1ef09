"""What goes to the registries: the wheel, the source distribution and the files beside them, and that names are said once."""

from __future__ import annotations

import email.message
import email.parser
import json
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import adr_ls
from adr_ls.settings.file import OWN
from adr_ls.syntax.toml import Toml
from tests import generate, names
from tests.conftest import REPOSITORY
from tests.protocol.client import Client

EXAMPLE = REPOSITORY / "examples" / "bookshop"
TEXTS = {".cjs", ".el", ".json", ".lua", ".md", ".mjs", ".py", ".rs", ".sh", ".toml", ".ts", ".yaml", ".yml", ""}
PARTS = (".ci", ".github", "adr_ls", "client-vscode", "docs", "examples", "tests")
MADE = {"node_modules", "target", "out", "dist", "media", "bundled", "__pycache__"}


def own_files() -> Iterator[Path]:
    """The files of the repository, without what is built or installed in it."""
    for path in (*REPOSITORY.iterdir(), *(path for part in PARTS for path in (REPOSITORY / part).rglob("*"))):
        inner = path.relative_to(REPOSITORY)
        is_made = MADE & {*inner.parts} or inner.is_relative_to("docs/playground")
        if path.is_file() and not is_made and path.suffix != ".vsix" and inner.name not in (".git", "PKG-INFO"):
            yield path


# Names, said once


def test_what_the_project_goes_by_is_stated_where_it_can_be_renewed_and_nowhere_else() -> None:
    """Anything else would be forgotten when the repository moves; that the rest is fresh is tested with all that is generated."""
    allowed = {*generate.files(), Path(adr_ls.__file__).resolve(), Path(names.__file__).resolve(), Path(__file__).resolve()}
    others = [path for path in own_files() if path.suffix in TEXTS and path not in allowed]
    assert len(others) > 200
    stray = re.compile(rf"(?:github\.com|githubusercontent\.com|ghcr\.io)/{re.escape(names.SLUG)}", re.IGNORECASE)
    assert not [path.relative_to(REPOSITORY) for path in others if stray.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("stated", "renewed"),
    [
        ("- uses: somebody/adr-ls@v0.0.9", f"- uses: {names.SLUG}@v{adr_ls.__version__}"),
        ("- uses: actions/checkout@v4", "- uses: actions/checkout@v4"),
        (
            "  - repo: https://github.com/somebody/adr-ls\n    rev: v0.0.9",
            f"  - repo: {adr_ls.REPOSITORY}\n    rev: v{adr_ls.__version__}",
        ),
        ("  - repo: https://github.com/a/b\n    rev: v0.0.9", "  - repo: https://github.com/a/b\n    rev: v0.0.9"),
        ("<https://github.com/somebody/adr-ls.git>", f"<{adr_ls.REPOSITORY}.git>"),
        ("https://github.com/somebody/adr-ls-tools", "https://github.com/somebody/adr-ls-tools"),
        ("pkg:pypi/adr-ls@0.0.9\n", f"pkg:pypi/{adr_ls.DISTRIBUTION}@{adr_ls.__version__}\n"),
        ("ghcr.io/somebody/adr-ls:0.0.9", f"ghcr.io/{names.SLUG}:{adr_ls.__version__}"),
        ("@ext:somebody.adr-ls", f"@ext:{adr_ls.PUBLISHER}.adr-ls"),
    ],
)
def test_what_is_stated_is_renewed(stated: str, renewed: str) -> None:
    for pattern, value in names.STATED:
        stated = pattern.sub(lambda match, value=value: names.put(match, value), stated)
    assert stated == renewed


def test_the_change_log_knows_this_version_or_what_comes_next() -> None:
    heads = re.findall(r"^## (.+)", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased" or re.fullmatch(rf"{re.escape(adr_ls.__version__)} - \d{{4}}-\d\d-\d\d", heads[0])
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", head) for head in heads[1:])


# What is built


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A source distribution, and the wheel that is built of it alone; nothing is fetched."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


def metadata(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.parser.BytesParser().parsebytes(archive.read(name))


def test_the_registry_takes_what_is_built(built: tuple[Path, Path]) -> None:
    check = [sys.executable, "-m", "twine", "--no-color", "check", "--strict", *map(str, built)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


def test_the_metadata_say_what_it_is_and_where_more_is(built: tuple[Path, Path]) -> None:
    found = metadata(built[1])
    assert (found["Name"], found["Version"]) == (adr_ls.DISTRIBUTION, adr_ls.__version__)
    assert found["License-Expression"] == "MIT"
    assert found["License-File"] == "LICENSE"
    urls = dict(url.split(", ", 1) for url in found.get_all("Project-URL", ()))
    assert {*urls} == {"Homepage", "Documentation", "Repository", "Issues", "Changelog"}
    assert all(url.startswith(adr_ls.REPOSITORY) for url in urls.values())
    pythons = {line.rpartition(" ")[2] for line in found.get_all("Classifier", ()) if ":: Python :: 3." in line}
    assert pythons == {"3.10", "3.11", "3.12", "3.13", "3.14"}


def test_links_and_pictures_of_the_readme_work_on_pypi(built: tuple[Path, Path]) -> None:
    """They are relative in the repository, where they lead to the branch at hand; on PyPI they lead to the release."""
    readme = metadata(built[1]).get_payload()
    assert isinstance(readme, str)
    links = re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", readme)
    assert len(links) > 15
    for picture, link in links:
        base = f"{adr_ls.REPOSITORY}/{'raw' if picture else 'blob'}/v{adr_ls.__version__}/"
        assert link.startswith(base)
        assert (REPOSITORY / link.removeprefix(base)).exists(), link


def test_the_wheel_holds_the_package_and_the_pages_of_the_rules_and_no_more(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "adr_ls").rglob("*")
        if path.is_file() and path.suffix in (".py", ".typed", ".js", ".css")
    }
    pages = {f"adr_ls/manual/{path.name}" for path in (REPOSITORY / "docs" / "rules").glob("*.md")}
    assert package >= {"adr_ls/py.typed", "adr_ls/graph/page.js", "adr_ls/graph/page.css"}
    assert inside == package | pages


def test_the_source_distribution_is_the_whole_repository(built: tuple[Path, Path]) -> None:
    """So that whoever packages adr-ls can build it, test it and write its documentation anew."""
    with tarfile.open(built[0]) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {path.relative_to(REPOSITORY).as_posix() for path in own_files()}
    assert {name for name in wanted if not name.startswith(".") or "/" in name} <= inside
    assert inside - wanted <= {"PKG-INFO"}


def test_the_wheel_runs_where_nothing_else_of_ours_is(built: tuple[Path, Path], tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False)
    site = next((tmp_path / "env").glob("lib/python*/site-packages"), None) or tmp_path / "env" / "Lib" / "site-packages"
    with zipfile.ZipFile(built[1]) as archive:
        archive.extractall(site)  # noqa: S202 - our own wheel
    # The dependencies are those of this environment, so that nothing is fetched; a path file of its own would also name the checkout
    own = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    start = f"import sys; sys.path.append({str(own)!r}); from adr_ls.__main__ import main; main()"
    python = next((tmp_path / "env").glob("bin/python"), tmp_path / "env" / "Scripts" / "python.exe")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "-I", "-c", start, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False
        )

    assert run("--version").stdout.split()[-1] == adr_ls.__version__
    explained = run("explain", "status-unknown")
    assert explained.returncode == 0, explained.stderr
    checked = run("check", str(EXAMPLE), "--format", "json")
    assert checked.returncode == 1, checked.stderr
    assert json.loads(checked.stdout)["problems"]
    with Client("-I", program=("-c", start), python=str(python)) as client:
        answer = client.initialize(rootUri=EXAMPLE.as_uri())
        assert answer["serverInfo"] == {"name": "adr-ls", "version": adr_ls.__version__}
        assert client.shut_down()[0] == 0


# Entries in other projects' lists


ENTRIES = REPOSITORY / "docs" / "publishing"


def test_the_entry_for_mason_names_the_package_its_program_and_the_configuration_for_neovim() -> None:
    entry = yaml.safe_load((ENTRIES / "mason" / "package.yaml").read_text(encoding="utf-8"))
    assert {*entry} == {"name", "description", "homepage", "licenses", "languages", "categories", "source", "bin", "neovim"}
    assert entry["source"]["id"] == f"pkg:pypi/{adr_ls.DISTRIBUTION}@{adr_ls.__version__}"
    assert entry["bin"] == {"adr-ls": "pypi:adr-ls"}
    assert (REPOSITORY / "docs" / "nvim" / "lsp" / f"{entry['neovim']['lspconfig']}.lua").is_file()
    assert entry["licenses"] == ["MIT"]


def test_the_entry_for_schemastore_leads_to_the_schema_and_matches_the_files() -> None:
    entry = json.loads((ENTRIES / "schemastore" / "catalog-entry.json").read_text(encoding="utf-8"))
    schema = json.loads((REPOSITORY / "docs" / "adr-ls.schema.json").read_text(encoding="utf-8"))
    assert entry["url"] == schema["$id"]
    assert entry["fileMatch"] == [*OWN]


def test_the_entries_for_helix_and_pre_commit_say_what_the_documentation_says() -> None:
    helix = Toml.read("[language-server]\n" + (ENTRIES / "helix" / "languages.toml").read_text(encoding="utf-8")).values
    documented = re.search(
        r"```toml\n(\[language-server.*?)```", (REPOSITORY / "docs" / "editors.md").read_text("utf-8"), re.DOTALL
    )
    assert documented
    assert helix["language-server"] == Toml.read(documented[1]).values["language-server"]
    assert yaml.safe_load((ENTRIES / "pre-commit" / "all-repos.yaml").read_text("utf-8")) == [adr_ls.REPOSITORY]


def test_the_zed_extension_starts_what_it_declares() -> None:
    zed = ENTRIES / "zed"
    declared = Toml.read((zed / "extension.toml").read_text(encoding="utf-8")).values
    package = Toml.read((zed / "Cargo.toml").read_text(encoding="utf-8")).values["package"]
    assert declared["schema_version"] == 1
    assert declared["version"] == package["version"] == adr_ls.__version__
    assert declared["language_servers"]["adr-ls"]["languages"] == ["Markdown"]
    assert 'worktree.which("adr-ls")' in (zed / "src" / "lib.rs").read_text(encoding="utf-8")


# The workflow that releases


def test_the_release_gives_each_job_only_what_it_needs_and_runs_what_is_pinned() -> None:
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {}
    writes = {name: {what for what, how in job["permissions"].items() if how == "write"} for name, job in jobs.items()}
    assert writes == {
        "build": set(),
        "attest": {"id-token", "attestations"},
        "pypi": {"id-token"},
        "marketplaces": set(),
        "image": {"packages", "id-token", "attestations"},
        "github": {"contents"},
    }
    for name, job in jobs.items():
        assert name == "build" or "build" in {*ancestors(jobs, name)}, "what is published is what was built and tested"
        secret = "secrets." in json.dumps(job)
        assert not secret or job["environment"] == "marketplaces"
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
            assert "${{" not in step.get("run", ""), "what comes from outside goes through the environment"


def ancestors(jobs: dict[str, Any], name: str) -> Iterator[str]:
    needs = jobs[name].get("needs", [])
    for before in [needs] if isinstance(needs, str) else needs:
        yield before
        yield from ancestors(jobs, before)


def test_the_notes_of_a_release_are_its_part_of_the_change_log() -> None:
    print_notes = [sys.executable, "-m", "tests.release", "--notes"]
    done = subprocess.run(
        [*print_notes, f"v{adr_ls.__version__}"], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("### ")
    assert "\n## " not in done.stdout
    other = subprocess.run(
        [*print_notes, "v99.0.0"], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert other.returncode == 1
    assert f"this is {adr_ls.__version__}, not v99.0.0" in other.stderr
