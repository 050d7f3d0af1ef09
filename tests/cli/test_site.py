"""``adr-ls site``, run as people run it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adr_ls.cli import main
from adr_ls.io import code, disk
from adr_ls.io.files import SITE
from tests.cli.test_main import log, run
from tests.conftest import REPOSITORY

__all__ = ["log"]
PAGES = [
    ".adr-ls-site.json",
    "docs/adr/001-keep-orders-in-mysql.html",
    "docs/adr/002-search-with-elasticsearch.html",
    "docs/adr/003-deploy-with-containers.html",
    "docs/adr/004-move-orders-to-postgresql.html",
    "docs/adr/005-sign-in-with-passkeys.html",
    "graph.html",
    "index.html",
    "timeline.html",
]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_of_pages(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "new" / "site"
    status, output, errors = run(capsys, "site", log.parent.parent, "--output", site)
    assert (status, errors) == (0, "")
    assert output == f"5 records in {site / 'index.html'} (8 written)\n"
    assert names(site) == PAGES
    assert set(json.loads((site / SITE).read_text("utf-8"))["files"]) == set(PAGES[1:])
    assert "Decisions of bookshop" in (site / "index.html").read_text("utf-8")


def test_the_addresses_are_the_same_whatever_is_asked_for(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (log.parent.parent / ".git").mkdir()
    run(capsys, "site", log, "--output", tmp_path / "site", "--title", "Ours & theirs")
    assert names(tmp_path / "site") == PAGES
    assert "<h1>Ours &amp; theirs</h1>" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_only_what_changed_is_written_and_what_is_gone_removed(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, root = tmp_path / "site", log.parent.parent
    run(capsys, "site", root, "-o", site)
    before = {name: (site / name).read_bytes() for name in names(site)}
    assert "(0 written, 8 unchanged)" in run(capsys, "site", root, "-o", site)[1]
    assert {name: (site / name).read_bytes() for name in names(site)} == before
    (log / "005-sign-in-with-passkeys.md").unlink()
    output = run(capsys, "site", root, "-o", site)[1]
    assert "1 removed" in output
    assert "unchanged" in output
    assert names(site) == [name for name in PAGES if "005" not in name]


def test_line_ends_that_git_changed_are_no_changes(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    run(capsys, "site", log.parent.parent, "-o", site)
    for path in site.rglob("*.html"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    status, output, errors = run(capsys, "site", log.parent.parent, "-o", site)
    assert (status, errors) == (0, "")
    assert "(0 written, 8 unchanged)" in output


def test_one_page(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "all.html"
    for _ in range(2):
        status, output, errors = run(capsys, "site", log.parent.parent, "-o", page)
        assert (status, output, errors) == (0, f"5 records in {page}\n", "")
    text = page.read_text("utf-8")
    assert [f'id="adr-00{number}"' in text for number in range(1, 6)] == [True] * 5
    assert names(tmp_path / "bookshop") == names(log.parent.parent)


def test_source_files_that_refer_to_a_record_are_told(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "site" / "docs" / "adr" / "001-keep-orders-in-mysql.html"
    run(capsys, "site", log.parent.parent, "-o", tmp_path / "site")
    assert "<li>src/orders.py</li>" not in page.read_text("utf-8")
    run(capsys, "site", log.parent.parent, "-o", tmp_path / "site", "--code")
    assert "<li>src/orders.py</li>" in page.read_text("utf-8")


def test_links_lead_to_where_files_are_shown(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "site", log.parent.parent, "-o", tmp_path / "site", "--source", "https://example.org/o/r/blob/main/")
    text = (tmp_path / "site" / "docs" / "adr" / "001-keep-orders-in-mysql.html").read_text("utf-8")
    assert 'href="https://example.org/o/r/blob/main/docs/adr/001-keep-orders-in-mysql.md"' in text


@pytest.mark.parametrize(
    "command",
    [
        ("site", "docs/pages"),
        ("site", "docs/adr/pages"),
        ("site", "docs/adr/all.html"),
        ("graph", "docs/graph.html", "--format", "html"),
    ],
)
def test_what_is_written_among_the_records_is_none_of_them_and_refers_to_none(
    log: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    root = log.parent.parent
    name, output, *more = command

    def known() -> tuple[list[str], set[str]]:
        loaded = disk.load([root])
        code.add(loaded, is_asked=True)
        sources = (loaded.workspace.sources(path) for path in loaded.workspace.records)
        return list(loaded.workspace.records), {source for found in sources for source in found}

    (log / "001-keep-orders-in-mysql.md").write_text(
        "# ADR-001: Keep\n\n**Status**: Accepted\n\n![x](x.svg) ADR-002\n", "utf-8"
    )
    (log / "x.svg").write_text("<svg><!-- See ADR-002 --></svg>", "utf-8")
    before = known()
    assert run(capsys, name, root, "-o", root / output, *more)[0] == 0
    assert known() == before
    assert run(capsys, name, root, "-o", root / output, *more)[0] == 0


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: object) -> str:
    """What is said of a command that is refused, and so has changed nothing in a folder."""
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    status, output, errors = run(capsys, *arguments)
    assert (status, output) == (2, "")
    assert len(errors.splitlines()) == 1
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before
    return errors


def test_a_folder_that_is_not_ours_is_left_alone(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = log.parent.parent
    assert "holds files that adr-ls did not write" in refused(capsys, root, "site", root, "-o", root / "docs")
    assert "holds files that adr-ls did not write" in refused(capsys, root, "site", root, "-o", root)
    assert "is one of the files that are looked at" in refused(capsys, root, "site", root, "-o", log / "README.md")
    (tmp_path / "mine.html").write_text("<p>Mine", "utf-8")
    assert "was not made by “adr-ls site”" in refused(capsys, tmp_path, "site", root, "-o", tmp_path / "mine.html")
    (tmp_path / "file").write_text("x", "utf-8")
    assert "is no folder" in refused(capsys, tmp_path, "site", root, "-o", tmp_path / "file")


def test_what_somebody_changed_or_added_is_left_alone(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, root = tmp_path / "site", log.parent.parent
    run(capsys, "site", root, "-o", site)
    (site / "CNAME").write_text("example.org", "utf-8")
    (log / "002-search-with-elasticsearch.md").write_text("# ADR-002: Other\n\n**Status**: Accepted\n", "utf-8")
    (site / "graph.html").write_text("Mine", "utf-8")
    assert "“graph.html” in" in refused(capsys, site, "site", root, "-o", site)
    (site / "graph.html").unlink()
    (log / "006-a.md").write_text("# ADR-006: A\n\n**Status**: Accepted\n", "utf-8")
    (site / "docs" / "adr" / "006-a.html").write_text("Mine", "utf-8")
    assert "was not written by adr-ls" in refused(capsys, site, "site", root, "-o", site)
    (site / "docs" / "adr" / "006-a.html").unlink()
    assert run(capsys, "site", root, "-o", site)[0] == 0
    assert (site / "CNAME").read_text("utf-8") == "example.org"


def test_nothing_is_removed_that_does_not_lie_in_the_folder(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    run(capsys, "site", log.parent.parent, "-o", site)
    kept = tmp_path / "kept.txt"
    kept.write_bytes(b"kept")
    record = json.loads((site / SITE).read_text("utf-8"))
    digest = hashlib.sha256(b"kept").hexdigest()
    record["files"].update({"../kept.txt": digest, str(kept): digest, "a/../../kept.txt": digest})
    (site / SITE).write_text(json.dumps(record), "utf-8")
    run(capsys, "site", log.parent.parent, "-o", site)
    assert kept.read_bytes() == b"kept"


def test_a_page_that_is_protected_is_told(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "site", log.parent.parent, "-o", tmp_path / "site")
    (log / "006-a.md").write_text("# ADR-006: A\n\n**Status**: Accepted\n", "utf-8")
    (tmp_path / "site" / "index.html").chmod(0o400)
    (tmp_path / "site" / "timeline.html").chmod(0o400)
    said = refused(capsys, tmp_path, "site", log.parent.parent, "-o", tmp_path / "site")
    assert (
        said
        == f"adr-ls: nothing was written to “{tmp_path / 'site'}”: index.html is write-protected, and 1 more cannot be written\n"
    )


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions hold for people, and are others on Windows"
)
def test_a_folder_that_cannot_be_written_is_told(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir(mode=0o500)
    assert "cannot be written" in refused(capsys, tmp_path, "site", log.parent.parent, "-o", tmp_path / "site")


def test_where_nothing_can_be_shown_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("x", "utf-8")
    assert refused(capsys, tmp_path, "site", tmp_path, "-o", tmp_path / "site") == "adr-ls: no ADRs found here\n"
    assert not (tmp_path / "site").exists()


def test_an_address_is_an_address(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, tmp_path, "site", log, "-o", tmp_path / "site", "--source", "javascript:alert(1)//")
    assert "is no address" in said


def test_it_has_to_be_said_where_to_write(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, "site", log)
    assert ended.value.code == 2
    assert "--output" in capsys.readouterr().err


# docs/sharing.md


def examples() -> dict[str, str]:
    """The files in the guide, by their names."""
    guide = (REPOSITORY / "docs" / "sharing.md").read_text("utf-8")
    return dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", guide, re.MULTILINE | re.DOTALL))


def test_the_workflow_in_the_guide_passes_what_ours_pass(tmp_path: Path) -> None:
    workflow = tmp_path / ".github" / "workflows" / "decisions.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(examples()[".github/workflows/decisions.yml"], "utf-8")
    # Examples name actions by their versions, which people know, as those in ci.md do
    config = tmp_path / "zizmor.yml"
    config.write_text('rules: {unpinned-uses: {config: {policies: {"*": ref-pin}}}}', "utf-8")
    tools = Path(sys.executable).parent
    for name, *arguments in (
        ("check-jsonschema", "--quiet", "--builtin-schema", "vendor.github-workflows"),
        ("zizmor", "--offline", "--quiet", "--no-progress", "--config", str(config)),
    ):
        tool = shutil.which(name, path=str(tools))
        assert tool is not None, name
        done = subprocess.run([tool, *arguments, str(workflow)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_in_the_guide_are_understood() -> None:
    guide = (REPOSITORY / "docs" / "sharing.md").read_text("utf-8")
    lines = re.findall(r"^(?:\s*- (?:run: )?)?(adr-ls site .*?)(?=\s+#|$)", guide, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        assert main.parsed(shlex.split(line)[1:]).output


def test_the_guide_tells_all_options(capsys: pytest.CaptureFixture[str]) -> None:
    guide = (REPOSITORY / "docs" / "sharing.md").read_text("utf-8")
    with pytest.raises(SystemExit):
        main.main(["site", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--color"}
    assert not [option for option in options if option not in guide]
