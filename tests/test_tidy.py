"""What the whole product keeps to."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from adr_ls import rules
from adr_ls.words.lookup import LANGUAGES
from tests.conftest import REPOSITORY

PRODUCT = REPOSITORY / "adr_ls"
MODULES = sorted(PRODUCT.rglob("*.py"))


_EXCEPTION = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)(?P<rest>.*)")


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def found_in(modules: Iterable[Path], looking: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What is found in each module in which something is: one test for all of them costs less than one for each."""
    return {path.relative_to(REPOSITORY).as_posix(): found for path in modules if (found := [*looking(path)])}


def test_the_layers_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports.exe" if os.name == "nt" else "lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed in this environment")
    done = subprocess.run([lint, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr


def test_no_module_gives_a_name_twice() -> None:
    """The second one would count for all who mean the first, which neither mypy nor ruff tells of constants."""

    def twice(path: Path) -> Iterator[str]:
        seen: set[str] = set()
        for node in tree_of(path).body:
            for name in _given(node):
                if name in seen:
                    yield name
                seen.add(name)

    assert not found_in(MODULES, twice)


def _given(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        is_form = any("overload" in ast.dump(decorator) for decorator in node.decorator_list)
        return [] if is_form else [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name) and name.id != "_"]


def test_everything_public_is_explained() -> None:
    assert not found_in(MODULES, lambda path: [name for name, node in _public(tree_of(path)) if not ast.get_docstring(node)])


def _public(
    node: ast.Module | ast.ClassDef, prefix: str = ""
) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    yield prefix or "the module", node
    for child in node.body:
        if isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not child.name.startswith("_"):
            if isinstance(child, ast.ClassDef):
                yield from _public(child, f"{prefix}{child.name}.")
            else:
                yield f"{prefix}{child.name}", child


def test_every_exception_from_the_linters_has_its_reason() -> None:
    assert not found_in(MODULES, _unexplained)


def _unexplained(path: Path) -> Iterator[str]:
    explained = False
    for line in text_of(path).splitlines():
        exception = _EXCEPTION.search(line)
        if exception and not explained and not re.match(r"\s*(?:#|-)\s*\S", exception["rest"]):
            yield line.strip()
        explained = line.strip().startswith("#") or bool(
            exception and explained
        )  # a comment above counts for all that follow it


_MACHINES = re.compile(r"/work/|/home/\w+|/Users/\w+|[A-Z]:\\\\Users")
_COLLECTIONS = re.compile(r"OctoLLM|govuk|semantic-kernel|cometbft|Meldestelle|tank-royale|phoenix|log4brains__")


def test_no_machine_and_no_collection_is_named_in_the_product() -> None:
    assert not found_in(MODULES, lambda path: [*_MACHINES.findall(text_of(path)), *_COLLECTIONS.findall(text_of(path))])


def test_nobody_writes_into_another_objects_dict() -> None:
    """What is derived is worked out by whoever it belongs to; nothing is handed on by name."""
    assert not found_in(MODULES, _touched)


def _touched(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and node.attr == "__dict__" and ast.unparse(node.value) != "self":
            yield ast.unparse(node)


def test_every_module_can_be_imported_alone() -> None:
    for path in MODULES:
        name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        if name != "adr_ls.__main__":
            importlib.import_module(name)


def test_the_core_starts_without_the_servers_libraries() -> None:
    """The command line and the rules must not pay for the protocol."""
    code = "import sys, adr_ls.rules, adr_ls.ide.actions, adr_ls.io.disk; print([m for m in ('pygls', 'lsprotocol', 'asyncio') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "[]"


def test_rules_have_names_of_their_own() -> None:
    assert len(rules.BY_NAME) == len(rules.RULES) == len(rules.NAMES)
    assert all(re.fullmatch(r"[a-z]{2,}(?:-[a-z]{2,})*", name) for name in rules.NAMES)


def test_newcomers_are_told_where_every_module_is() -> None:
    told = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = set(re.findall(r"`(\w+)/?`", told[: told.index("## Add a rule")]))
    packages = {path.name for path in PRODUCT.iterdir() if path.is_dir() and not path.name.startswith("_")}
    listed = packages - {
        "rules",
        "ide",
        "lsp",
        "reports",
    }  # theirs are named after the rules, requests and formats that they hold
    modules = {path.stem for package in listed for path in (PRODUCT / package).glob("*.py") if path.stem != "__init__"}
    modules -= {re.sub(r"[ -]", "_", language.name.lower()) for language in LANGUAGES}  # named after what they hold, too
    assert not (packages | modules) - table


_FORMATS = {
    "names of files and directories": """adl adr adrs ad about agents any arch architectural architecture back backlog bak bck blame blob changelog changes
        claude code codex contributing cursor decision decisions design developing development discussions edit engineering example faq finder
        docs enhancements gemini glossary guidelines hand history home index instructions issue issues license list log logs madr merge news nnn onboarding overview
        plans process product progress project proposals pull raw records release rfcs rfds road rules security skill src summary tasks team tech
        technical to toc tree xxx""",
    "what a record is called in front of its number": "ADR ADRs Adr Adrs adr adrs al Architecture Architectural architecture",
    "what archives and clones add to a repository's name": "develop dev git head main master trunk",
    "folders of people on their own disks": "Users file home",
    "places in a template": "DATE DD JJ STATUS TITLE TT YYYY date",
    "words of MADR's own form": "alternative bad good neutral option solution",
    "marks of generators and other tools": """BEGIN END START STOP adrlog adrlogstop begin children copyright end index licen link lint list
        markdownlint pages post prettier ref rel spdx start stop toc vale""",
    "endings and notations of AsciiDoc and Antora": "adoc asc def endif eval examples ifdef ifeval ifndef link modules ndef partials toc xref",
    "HTML and addresses": """app au be br ca ch cn com cz de dev dk edu es eu fi fn fr gov href https id img info io it jp name net nl no nz org
        https pre script se src style textarea top uk www""",
    "names and notations of the product": "Key Span adr description end madr str",
}
_ALTERNATIVE = re.compile(r"(?:\?(?:[:=!]|<[=!]|P<\w+>)|\\[bW][*+?]?|[.^]\*?)*(?P<word>[^\W\d_]{2,})")


def test_words_of_people_stand_with_their_language() -> None:
    """An alternation of words in a pattern is a list of words, which is data: it belongs to each language in `adr_ls/words`."""
    assert not found_in((path for path in MODULES if path.parent.name != "words"), _words)


def _words(path: Path) -> set[str]:
    tree = tree_of(path)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    known = {word for words in _FORMATS.values() for word in words.split()}
    found = {
        match["word"]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        for group in re.split(r"[()]", node.value)
        if "|" in group
        for part in group.split("|")
        if (match := _ALTERNATIVE.match(part))
    }
    return found - known


def test_only_one_module_reads_the_languages_and_one_compares_words() -> None:
    languages = {language.name.lower().replace(" ", "_") for language in LANGUAGES}
    for path in MODULES:
        imported = {
            name
            for node in ast.walk(tree_of(path))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
            for name in (alias.name, f"{getattr(node, 'module', '')}.{alias.name}", getattr(node, "module", ""))
        }
        read = {name.split(".")[2] for name in imported if name and name.startswith("adr_ls.words.")}
        assert path.name == "lookup.py" or not read & languages
        assert path.name == "similar.py" or not re.search(r"get_close_matches|\.ratio\(", text_of(path))


def test_the_top_holds_packages_and_little_else() -> None:
    assert len(list(PRODUCT.glob("*.py"))) <= 4


def test_every_rule_of_a_module_is_registered() -> None:
    for path in sorted((PRODUCT / "rules").glob("*.py")):
        if path.stem not in ("__init__", "model", "begun", "misnamed", "pending", "verdicts"):
            module = importlib.import_module(f"adr_ls.rules.{path.stem}")
            declared = [value for value in vars(module).values() if isinstance(value, rules.Rule)]
            assert declared
            assert {rule.name for rule in declared} <= rules.NAMES
