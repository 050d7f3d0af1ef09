"""Where the program uses regular expressions, read from its source: each call of `re` or `lazy`, and what is done with what it makes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import adr_ls
from adr_ls.syntax import lazy

ROOT = Path(adr_ls.__file__).parent
METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
MAKERS = {"re.compile", "lazy.regex"}
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Site:
    """A call that names a pattern."""

    module: str
    name: str
    """What the pattern is called: the name that it is given, or the function around it."""
    lines: range
    uses: frozenset[str]
    """The methods that it is used with, `match at` where it is told where to begin; `search` where all is possible."""
    text: str | None
    """The pattern, None where it is put together."""
    is_early: bool
    """Whether it is compiled when its module is imported."""

    @property
    def key(self) -> str:
        return f"{self.module}:{self.name}"

    @property
    def searched(self) -> bool:
        return not self.uses <= {"match", "fullmatch", "match at", "fullmatch at"}

    @property
    def whole(self) -> bool:
        return self.uses <= {"fullmatch", "fullmatch at"}


@cache
def sources() -> dict[str, ast.Module]:
    """The modules of the program, parsed."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def _parents(module: str) -> dict[ast.AST, ast.AST]:
    """The node around each node of a module, in the order in which they are walked."""
    return {child: node for node in ast.walk(sources()[module]) for child in ast.iter_child_nodes(node)}


@cache
def sites() -> tuple[Site, ...]:
    """Every call in the program that names a pattern."""
    return tuple(site for module in sources() if module != lazy.__name__ for site in _Module(module).sites())


@cache
def _uses() -> dict[tuple[str, str], frozenset[str]]:
    """For each name what is done with patterns of that name: a private one in its module, others (`""`) in whichever."""
    found: dict[tuple[str, str], set[str]] = {}
    for module in sources():
        parents = _parents(module)
        for node in parents:
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
            if name is not None and isinstance(node.ctx, ast.Load):
                found.setdefault((module if name.startswith("_") else "", name), set()).add(_use(node, parents))
    return {name: frozenset(uses) for name, uses in found.items()}


def _use(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    above = parents.get(node)
    if isinstance(above, ast.Call) and above.func is node:  # a function that makes the pattern
        node, above = above, parents.get(above)
    call = parents.get(above) if above else None
    if isinstance(above, ast.Attribute) and above.attr in METHODS and isinstance(call, ast.Call) and call.func is above:
        told = len(call.args) > 1 or bool(call.keywords)
        return f"{above.attr} at" if told and above.attr in ("match", "fullmatch") else above.attr
    return above.attr if isinstance(above, ast.Attribute) and above.attr in METHODS else "search"


class _Module:
    def __init__(self, name: str) -> None:
        self._name = name
        self._parents = _parents(name)

    def sites(self) -> Iterator[Site]:
        for node in self._parents:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                method, called = node.func.attr, ast.unparse(node.func)
                if called in MAKERS:
                    name = self._called(node)
                    owner = self._name if name and name.startswith("_") else ""
                    uses = _uses().get((owner, name or ""), frozenset({"search"}))
                    yield self._site(node, name or self._function(node), uses)
                elif method in METHODS and called == f"re.{method}":
                    yield self._site(node, self._function(node), frozenset({method}))

    def _site(self, call: ast.Call, name: str, uses: frozenset[str]) -> Site:
        pattern = call.args[0]
        text = pattern.value if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str) else None
        is_early = ast.unparse(call.func) == "re.compile" and self._around(call) is None
        return Site(self._name, name, range(call.lineno, (call.end_lineno or call.lineno) + 1), uses, text, is_early)

    def _called(self, call: ast.Call) -> str | None:
        """The name of the pattern, or of the function that only makes it."""
        above = self._parents[call]
        if isinstance(above, ast.Assign) and len(above.targets) == 1 and isinstance(above.targets[0], ast.Name):
            return above.targets[0].id
        if isinstance(above, ast.AnnAssign) and isinstance(above.target, ast.Name):
            return above.target.id
        if isinstance(above, ast.Return):
            function = self._around(call)
            if function is not None and function.returns is not None and ast.unparse(function.returns) == "re.Pattern[str]":
                return function.name
        return None

    def _function(self, node: ast.AST) -> str:
        function = self._around(node)
        return function.name if function else "module"

    def _around(self, node: ast.AST) -> Function | None:
        above = self._parents.get(node)
        while above is not None and not isinstance(above, Function):
            above = self._parents.get(above)
        return above
