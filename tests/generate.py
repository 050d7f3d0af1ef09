"""Writes the parts of the documentation that follow from the code; a test fails where they are stale.

Run ``make docs``, or ``python -m tests.generate``.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from adr_ls import rules
from adr_ls.cli.schema import schema
from adr_ls.graph import drawing
from adr_ls.graph.model import graph_of
from adr_ls.io import disk
from adr_ls.rules import suppression
from adr_ls.rules.model import Problem, Rule
from adr_ls.settings.file import FILES
from adr_ls.settings.values import SETTINGS, key_of
from adr_ls.words.lookup import LANGUAGES
from tests import names
from tests.fixture import fixture

ROOT = Path(__file__).resolve().parent.parent


PAGES = ROOT / "docs" / "rules"
NOTE = "<!-- Generated from the rules' own declarations by `make docs`. -->"


INTRODUCTION = (
    "Each rule judges by what the records of a log have in common, and has a page that says why it matters, with an example, how to fix"
    " what it reports and how to silence it. Those that are “off” are matters of taste; the profile `strict` turns them on. ✓ marks"
    " fixes that are safe enough for `check --fix`; where a choice is left to people, the editor offers it."
)


def rules_table(of: Iterable[Rule]) -> str:
    """A table of rules: name, level, what each reports, and whether it has a fix."""
    lines = ["| Rule | Level | Reports | Fix |", "| --- | --- | --- | --- |"]
    lines += [f"| [`{rule.name}`]({rule.name}.md) | {rule.level} | {rule.summary} | {_mark(rule)} |" for rule in of]
    return "\n".join(lines)


def _mark(rule: Rule) -> str:
    """``✓`` for a rule whose fix is safe to apply by itself, ``choice`` where people choose."""
    fixes = [fix for problem in _reported(rule) for fix in problem.fixes]
    return "✓" if any(fix.preferred for fix in fixes) else "choice" if fixes else ""


@cache
def _reported(rule: Rule) -> tuple[Problem, ...]:
    """What a rule reports of its own example."""
    levels = {rule.name: "info"} if rule.level == "off" else None
    return tuple(fixture(rule.before, levels=levels).problems(rule.name))


def rules_list() -> str:
    """The page that lists the pages of all rules, theme by theme."""
    parts = [
        "# Rules",
        NOTE,
        INTRODUCTION,
    ]
    for module in rules.MODULES:
        theme = (module.__doc__ or "").partition("\n")[0].rstrip(".")
        parts += [f"## {theme}", rules_table(module.RULES)]
    return "\n\n".join(parts) + "\n"


def rule_page(rule: Rule) -> str:
    """The page of one rule: why it matters, an example, how to fix and how to silence it."""
    strict = f" (`{rule.strict}` in the profile `strict`)" if rule.strict else ""
    parts = [f"# {rule.name}", NOTE, rule.summary, f"Level: `{rule.level}`{strict}.{_markups(rule)}"]
    if rule.explanation:
        parts.append(f"## Why\n\n{rule.explanation}")
    parts.append(f"## Example\n\n{_fenced(rule.before)}")
    problems = _reported(rule)
    parts.append(f"Reported: {problems[0].message}")
    if rule.after:
        parts.append(f"After the fix:\n\n{_fenced(rule.after)}")
    parts.append(f"## How to fix\n\n{_ways(rule, problems)}")
    parts.append(f"## How to silence\n\n{_silence(rule)}")
    return "\n\n".join(parts) + "\n"


def _markups(rule: Rule) -> str:
    """Whether it looks at AsciiDoc, said of the rules that look at texts for people."""
    if rule.asciidoc:
        return " It looks at AsciiDoc, too, which is left to you to mend."
    return "" if rule.about in ("settings", "code") or rule in suppression.RULES else " It does not look at AsciiDoc."


def _ways(rule: Rule, problems: Iterable[Problem]) -> str:
    titles: dict[str, bool] = {}
    for problem in problems:
        for fix in problem.fixes:
            titles[fix.title] = titles.get(fix.title, False) or fix.preferred
    if not titles:
        return "By hand, as the message says: what is right only people can tell."
    offered = [
        f"- {title}" + (" — also by `adr-ls check --fix` and *fix all*" if safe else "") for title, safe in titles.items()
    ]
    return "Quick-fixes, for this example:\n\n" + "\n".join(offered)


def _silence(rule: Rule) -> str:
    setting = f'```toml\n[rules]\n{rule.name} = "{"info" if rule.level == "off" else "off"}"\n```'
    whole = f"For all records, in `adr-ls.toml`:\n\n{setting}"
    if rule.level == "off":
        whole = f"It is off unless you turn it on, in `adr-ls.toml`:\n\n{setting}"
    if rule.about == "settings" or rule in suppression.RULES:
        return whole
    return (
        "At one place, by a comment above the line (a quick-fix puts it there); in front matter the same behind `#`:\n\n"
        f"```markdown\n<!-- adr-ls-disable-next-line {rule.name} -->\n```\n\n"
        f"In one file: `<!-- adr-ls-disable-file {rule.name} -->`.{_silence_in_asciidoc(rule)}\n\n{whole}"
    )


def _silence_in_asciidoc(rule: Rule) -> str:
    return (
        f" In AsciiDoc the same stands in a comment of its own: `// adr-ls-disable-next-line {rule.name}`."
        if rule.asciidoc
        else ""
    )


def _fenced(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{fence}markdown\n{text.rstrip()}\n{fence}"


def settings_table() -> str:
    """A table of the settings."""
    lines = ["| Setting | What it says |", "| --- | --- |"]
    lines += [f"| `{key_of(field.name)}` | {field.metadata['doc']} |" for field in SETTINGS]
    return "\n".join(lines)


def facts() -> Mapping[str, str]:
    """What pages take from the code, by the name of its region."""
    return {
        "settings": settings_table(),
        "settings-files": ", ".join(f"`{name}`" for name in FILES),
        "languages": str(len(LANGUAGES)),
    }


def filled(text: str) -> str:
    """The text with each region ``<!-- name -->…<!-- /name -->`` filled anew."""
    for name, content in facts().items():
        block = "\n" in content
        pattern = re.compile(rf"(<!-- {re.escape(name)} -->).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
        text = pattern.sub(lambda match, new=f"\n{content}\n" if block else content: f"{match[1]}{new}{match[2]}", text)
    return text


GRAPH = ROOT / "docs" / "images" / "graph.svg"
EXAMPLE = ROOT / "examples" / "bookshop"


def graph_picture() -> str:
    """The picture of the README: how the records of the example hang together."""
    workspace = disk.load([EXAMPLE], rules=rules.NAMES).workspace
    return drawing.render(graph_of(workspace), "area", lambda path: posixpath.relpath(path, disk.to_path(GRAPH.parent)))


def files() -> Mapping[Path, str]:
    """The generated files and what they should hold."""
    stated = names.renewed()
    pages = (ROOT / "docs" / "settings.md", ROOT / "docs" / "records.md")
    return {
        **stated,
        **{page: filled(stated[page]) for page in pages},
        PAGES / "README.md": rules_list(),
        **{PAGES / f"{rule.name}.md": rule_page(rule) for rule in rules.RULES},
        GRAPH: graph_picture(),
        ROOT / "docs" / "adr-ls.schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
    }


def main() -> None:
    """Writes what is stale, and removes the pages of rules that are no more."""
    PAGES.mkdir(exist_ok=True)
    wanted = files()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    for path in {*PAGES.glob("*.md")} - wanted.keys():
        path.unlink()


if __name__ == "__main__":
    main()
