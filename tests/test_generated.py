"""What is generated is fresh."""

from __future__ import annotations

import re

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
