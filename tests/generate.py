"""Writes the parts of the documentation that follow from the code; a test fails where they are stale.

Run ``make docs``, or ``python -m tests.generate``.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from pathlib import Path

from adr_ls import rules
from adr_ls.config import Config, key_of
from adr_ls.languages import LANGUAGES
from adr_ls.lsp import server
from adr_ls.schema import schema
from adr_ls.settings import FILES

ROOT = Path(__file__).resolve().parent.parent


def rules_table() -> str:
    """The rules of the README: name, level, what it reports, and whether it has a fix."""
    lines = ["| Rule | Level | Reports | Fix |", "| --- | --- | --- | --- |"]
    lines += [
        f"| [`{rule.name}`](docs/rules.md#{rule.name}) | {rule.level} | {rule.summary} | {'✓' if rule.after else ''} |"
        for rule in rules.RULES
    ]
    return "\n".join(lines)


def rules_page() -> str:
    """The page of all rules: why each matters, an example, and how to set it."""
    parts = [
        "# Rules",
        "<!-- Generated from the rules' own declarations by `make docs`. -->",
        "Each rule judges by what the records of a log have in common. Its level can be set, or the rule turned off, in `adr-ls.toml`:",
        '```toml\n[rules]\nsection-empty = "info"\ndate-format = "off"\n```',
    ]
    for rule in rules.RULES:
        parts += [f"## {rule.name}", f"{rule.summary} Level: {rule.level}."]
        if rule.explanation:
            parts.append(rule.explanation)
        parts.append(f"Reported:\n\n{_fenced(rule.before)}")
        if rule.after:
            parts.append(f"After the fix:\n\n{_fenced(rule.after)}")
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{fence}markdown\n{text.rstrip()}\n{fence}"


def settings_table() -> str:
    """The settings of the README."""
    lines = ["| Setting | What it says |", "| --- | --- |"]
    lines += [f"| `{key_of(field.name)}` | {field.metadata['doc']} |" for field in dataclasses.fields(Config)]
    return "\n".join(lines)


def facts() -> Mapping[str, str]:
    """What the README takes from the code, by the name of its region."""
    return {
        "rules": rules_table(),
        "settings": settings_table(),
        "settings-files": ", ".join(f"`{name}`" for name in FILES),
        "commands": ", ".join(f"`{name}`" for name in server.COMMANDS),
        "languages": str(len(LANGUAGES)),
    }


def filled(text: str) -> str:
    """The text with each region ``<!-- name -->…<!-- /name -->`` filled anew."""
    for name, content in facts().items():
        block = "\n" in content
        pattern = re.compile(rf"(<!-- {re.escape(name)} -->).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
        text = pattern.sub(lambda match, new=f"\n{content}\n" if block else content: f"{match[1]}{new}{match[2]}", text)
    return text


def files() -> Mapping[Path, str]:
    """The generated files and what they should hold."""
    readme = ROOT / "README.md"
    return {
        readme: filled(readme.read_text(encoding="utf-8")),
        ROOT / "docs" / "rules.md": rules_page(),
        ROOT / "docs" / "adr-ls.schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
    }


def main() -> None:
    """Writes what is stale."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
