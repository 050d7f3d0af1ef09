"""What a team has decided about adr-ls itself. Nothing needs to be: everything else is learned from the records.

Settings come from ``[tool.adr-ls]`` in ``pyproject.toml``, ``.adr-ls.toml`` or ``adr-ls.toml`` in an opened folder, and from the editor, which wins.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Literal

Level = Literal["error", "warning", "info", "hint", "off"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info", "hint", "off")

CONFIG_FILES = ("adr-ls.toml", ".adr-ls.toml", "pyproject.toml")
"""The files in an opened folder that may hold settings; the first that does wins."""


@dataclass(frozen=True)
class Config:
    """All settings; each field's documentation is what the README and the editors show."""

    directories: tuple[str, ...] = field(
        default=(), metadata={"doc": "Directories that hold records, relative to the folder. Found by themselves if empty."}
    )
    exclude: tuple[str, ...] = field(
        default=(), metadata={"doc": "Glob patterns of files that are never records, relative to the folder."}
    )
    required_sections: tuple[str, ...] = field(
        default=(), metadata={"doc": "Sections that every record needs, in order. Learned from template and records if empty."}
    )
    statuses: tuple[str, ...] = field(
        default=(), metadata={"doc": "The statuses in use. Learned from index, template and records if empty."}
    )
    rules: Mapping[str, Level] = field(
        default_factory=lambda: MappingProxyType({}),
        metadata={"doc": "Level of each rule by name: `error`, `warning`, `info`, `hint` or `off`."},
    )

    def level(self, rule: str, default: Level) -> Level:
        """The level at which the rule of that name reports."""
        return self.rules.get(rule, default)

    def merged(self, values: Mapping[str, Any], rules: frozenset[str] | None = None) -> tuple[Config, tuple[str, ...]]:
        """This configuration with `values` over it, and what is wrong with them, as sentences; the right ones apply all the same.

        Keys may be written with ``-``, ``_`` or in camel case. `rules` are the names that exist, None to accept any.
        """
        changes: dict[str, Any] = {}
        mistakes: list[str] = []
        known = {f.name: f for f in fields(self)}
        for key, value in values.items():
            name = "".join("_" + c.lower() if c.isupper() else c for c in key).replace("-", "_")
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                mistakes.append(
                    f"Unknown setting “{key}”" + (f"; did you mean “{near[0].replace('_', '-')}”?" if near else ".")
                )
            elif name == "rules":
                levels, wrong = _levels(value, rules)
                changes[name] = MappingProxyType({**self.rules, **levels})
                mistakes += wrong
            elif isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
                changes[name] = tuple(value)
            elif value is not None:
                mistakes.append(f"“{key}” must be a list of texts.")
        return replace(self, **changes), tuple(mistakes)


def _levels(value: object, rules: frozenset[str] | None) -> tuple[dict[str, Level], list[str]]:
    if not isinstance(value, Mapping):
        return {}, ["“rules” must be a table of rule names and levels."]
    levels: dict[str, Level] = {}
    mistakes = []
    for name, level in value.items():
        if rules is not None and name not in rules:
            near = difflib.get_close_matches(str(name), rules, 1)
            mistakes.append(f"Unknown rule “{name}”" + (f"; did you mean “{near[0]}”?" if near else "."))
        elif level not in LEVELS:
            mistakes.append(f"“{level}” is no level for “{name}”; use {', '.join(LEVELS[:-1])} or {LEVELS[-1]}.")
        else:
            levels[str(name)] = level
    return levels, mistakes
