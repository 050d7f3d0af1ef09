"""What a team has decided about adr-ls itself. Nothing needs to be: everything else is learned from the records.

Settings come in layers: what is built in, the settings file of the opened folder, those in folders below it, and the editor's or the
command line's, each over the ones before. `Config` is what they come to, and its fields, with what they say of themselves, are what the
README, the JSON schema and the editors show.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, get_args

from adr_ls.patterns import Patterns
from adr_ls.toml import Key

Level = Literal["error", "warning", "info", "hint", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)
Profile = Literal["relaxed", "default", "strict"]
PROFILES: tuple[Profile, ...] = get_args(Profile)

Kind = Literal["texts", "flag", "profile", "levels", "overrides"]
"""What a setting may be: a list of texts, yes or no, a profile, a level for each rule, or other settings for some paths."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a setting: a sentence, the path of keys to it, and the right word where there can be only one.

    `in_value` tells whether the last key's value is wrong, or the key itself.
    """

    message: str
    path: tuple[Key, ...]
    in_value: bool
    suggestion: str = ""


def _about(kind: Kind, doc: str, *, local: bool = False) -> Mapping[str, Any]:
    """What a field of `Config` says of itself; a `local` one may differ from path to path."""
    return {"kind": kind, "doc": doc, "local": local}


_NO_LEVELS: Mapping[str, Level] = MappingProxyType({})


@dataclass(frozen=True)
class Override:
    """Settings, by the names of `Config`'s fields, for what the patterns hold of the files below `folder`; for all without patterns."""

    folder: str
    paths: tuple[str, ...]
    settings: Mapping[str, Any]

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns.read(self.paths)

    def holds(self, path: str) -> bool:
        """Whether the settings are for the file at an absolute path."""
        folder = self.folder.rstrip("/") + "/"
        return path.startswith(folder) and (not self.paths or self._patterns.hold(path[len(folder) :]))


@dataclass(frozen=True)
class Config:
    """All settings; each field says what it is and is documented by what it says."""

    profile: Profile = field(
        default="default",
        metadata=_about(
            "profile",
            "How much to hear of: `relaxed` only errors and warnings; `default`; `strict` also what is a matter of taste.",
            local=True,
        ),
    )
    directories: tuple[str, ...] = field(
        default=(),
        metadata=_about("texts", "Directories that hold records, relative to the folder. Found by themselves if empty."),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_about("texts", "Patterns, as in `.gitignore`, of files that are never records, relative to the folder."),
    )
    required_sections: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "texts", "Sections that every record needs, in order. Learned from template and records if empty.", local=True
        ),
    )
    statuses: tuple[str, ...] = field(
        default=(),
        metadata=_about("texts", "The statuses in use. Learned from index, template and records if empty.", local=True),
    )
    rules: Mapping[str, Level] = field(
        default_factory=lambda: _NO_LEVELS,
        metadata=_about("levels", "Level of each rule by name: `error`, `warning`, `info`, `hint` or `off`.", local=True),
    )
    overrides: tuple[Override, ...] = field(
        default=(),
        metadata=_about(
            "overrides",
            "Other settings for some paths: a list of tables, each with `paths`, patterns as in `.gitignore`, and what holds there.",
        ),
    )

    update_index_on_save: bool = field(
        default=False,
        metadata=_about(
            "flag",
            "Bring the indexes of a log up to date whenever one of its records, or the index, is saved in an editor.",
            local=True,
        ),
    )

    bump_index_date: bool = field(
        default=False,
        metadata=_about(
            "flag", "Set the “Last updated” line of an index to today whenever something else in it is updated.", local=True
        ),
    )

    def level(self, rule: str, default: Level, strict: Level | None = None) -> Level:
        """The level at which the rule of that name reports; `strict` is its level in the strict profile where that differs."""
        if rule in self.rules:
            return self.rules[rule]
        return self.toned(strict or default if self.profile == "strict" else default)

    def toned(self, level: Level) -> Level:
        """The level at which to report what nobody has set: in the relaxed profile, nothing below a warning."""
        return "off" if self.profile == "relaxed" and level in ("info", "hint") else level

    def at(self, path: str) -> Config:
        """The settings that hold for the file at an absolute path."""
        holding = tuple(override for override in self.overrides if override.holds(path))
        if not holding:
            return self
        # There are few overrides and many files, and what is the same for two files is one object for what is learned from it
        known = self._at.get(holding_key := tuple(map(id, holding)))
        if known is None:
            known = replace(self, overrides=())
            for override in holding:
                known = _with(known, override.settings)
            self._at[holding_key] = known
        return known

    @cached_property
    def _at(self) -> dict[tuple[int, ...], Config]:
        return {}

    def merged(
        self, values: Mapping[str, Any], rules: frozenset[str] | None = None, folder: str = ""
    ) -> tuple[Config, tuple[Mistake, ...]]:
        """This configuration with `values` over it, and what is wrong with them; the right ones apply all the same.

        Keys may be written with ``-``, ``_`` or in camel case. `rules` are the names that exist, None to accept any. `folder` is where
        the values' own overrides count from. What the values set holds over what earlier layers said of single paths.
        """
        settings, mistakes = _read(values, rules, folder, KINDS)
        own = settings.pop("overrides", ())
        local = {name: value for name, value in settings.items() if name in LOCAL}
        earlier = (
            tuple(replace(one, settings=_over(one.settings, local)) for one in self.overrides) if local else self.overrides
        )
        return replace(_with(self, settings), overrides=(*earlier, *own)), tuple(mistakes)

    def below(
        self, values: Mapping[str, Any], folder: str, base: str, rules: frozenset[str] | None = None
    ) -> tuple[Config, tuple[Mistake, ...]]:
        """This configuration with the values of a settings file in `folder`, below the folder `base` that this one is for.

        They hold for what is in that folder. Which directories hold records is for the opened folder to say.
        """
        settings, mistakes = _read(values, rules, folder, KINDS)
        inner = folder[len(base.rstrip("/")) + 1 :]
        own = settings.pop("overrides", ())
        local = {name: value for name, value in settings.items() if name in LOCAL}
        return replace(
            self,
            exclude=(*self.exclude, *(_inside(inner, pattern) for pattern in settings.get("exclude", ()))),
            overrides=(*self.overrides, *([Override(folder, (), local)] if local else []), *own),
        ), tuple(mistakes)


KINDS: Mapping[str, Kind] = MappingProxyType({f.name: f.metadata["kind"] for f in fields(Config)})
"""What each setting may be."""
LOCAL = tuple(f.name for f in fields(Config) if f.metadata["local"])
"""The settings that may differ from path to path."""


def key_of(name: str) -> str:
    """A setting's name as settings files write it."""
    return name.replace("_", "-")


def _with(config: Config, settings: Mapping[str, Any]) -> Config:
    return replace(config, **_over({"rules": config.rules}, settings))


def _over(settings: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others over them; levels are set rule by rule."""
    both = {**settings, **others}
    if "rules" in settings and "rules" in others:
        both["rules"] = MappingProxyType({**settings["rules"], **others["rules"]})
    return both


def _inside(folder: str, pattern: str) -> str:
    """A pattern that says the same of what is in a folder from above it."""
    sign, pattern = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    anchored = "/" in pattern.rstrip("/")
    return f"{sign}/{folder}/{pattern.lstrip('/')}" if anchored else f"{sign}/{folder}/**/{pattern}"


def _read(
    values: Mapping[str, Any], rules: frozenset[str] | None, folder: str, known: Mapping[str, Kind], path: tuple[Key, ...] = ()
) -> tuple[dict[str, Any], list[Mistake]]:
    """The settings among some values, by the names of the fields, and what is wrong with the others; None is no value."""
    settings: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for key, value in values.items():
        name = "".join("_" + c.lower() if c.isupper() else c for c in key).replace("-", "_")
        here = (*path, key)
        if name not in known:
            mistakes.append(_unknown("setting", key, map(key_of, known), here))
        elif value is None:
            continue
        elif known[name] == "levels":
            settings[name], wrong = _levels(value, rules, here)
            mistakes += wrong
        elif known[name] == "overrides":
            settings[name], wrong = _overrides(value, rules, folder, here)
            mistakes += wrong
        elif known[name] == "flag":
            if isinstance(value, bool):
                settings[name] = value
            else:
                mistakes.append(Mistake(f"“{key}” must be true or false.", here, in_value=True))
        elif known[name] == "profile":
            if value in PROFILES:
                settings[name] = value
            else:
                mistakes.append(_no_choice(f"“{value}” is no profile", str(value), PROFILES, here))
        elif isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            settings[name] = tuple(value)
            if name in ("exclude", "paths"):
                mistakes += _wrong_patterns(settings[name], here)
        else:
            mistakes.append(Mistake(f"“{key}” must be a list of texts.", here, in_value=True))
    return settings, mistakes


def _wrong_patterns(patterns: Iterable[str], path: tuple[Key, ...]) -> list[Mistake]:
    wrong: list[Mistake] = []
    Patterns.read(
        patterns,
        lambda line, reason: wrong.append(Mistake(f"The pattern “{line}” {reason}, so it is left out.", path, in_value=True)),
    )
    return wrong


def _levels(value: object, rules: frozenset[str] | None, path: tuple[Key, ...]) -> tuple[Mapping[str, Level], list[Mistake]]:
    if not isinstance(value, Mapping):
        return _NO_LEVELS, [Mistake("“rules” must be a table of rule names and levels.", path, in_value=True)]
    levels: dict[str, Level] = {}
    mistakes = []
    for name, level in value.items():
        if rules is not None and name not in rules:
            mistakes.append(_unknown("rule", str(name), rules, (*path, name)))
        elif level not in LEVELS:
            mistakes.append(_no_choice(f"“{level}” is no level for “{name}”", str(level), LEVELS, (*path, name)))
        else:
            levels[str(name)] = level
    return MappingProxyType(levels), mistakes


def _overrides(
    value: object, rules: frozenset[str] | None, folder: str, path: tuple[Key, ...]
) -> tuple[tuple[Override, ...], list[Mistake]]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, Mapping) for one in value):
        return (), [Mistake("“overrides” must be a list of tables, each with “paths” and settings.", path, in_value=True)]
    known: dict[str, Kind] = {"paths": "texts", **{name: KINDS[name] for name in LOCAL}}
    found = []
    mistakes: list[Mistake] = []
    for number, one in enumerate(value):
        settings, wrong = _read(one, rules, folder, known, (*path, number))
        mistakes += wrong
        paths = settings.pop("paths", ())
        if not paths:
            mistakes.append(Mistake("An override needs “paths”, a list of patterns.", (*path, number), in_value=False))
        else:
            found.append(Override(folder, paths, settings))
    return tuple(found), mistakes


def _unknown(what: str, name: str, known: Iterable[str], path: tuple[Key, ...]) -> Mistake:
    near = difflib.get_close_matches(name, list(known), 1)
    said = f"There is no {what} “{name}”" + (f"; did you mean “{near[0]}”?" if near else ".")
    return Mistake(said, path, in_value=False, suggestion=near[0] if near else "")


def _no_choice(said: str, word: str, choices: tuple[str, ...], path: tuple[Key, ...]) -> Mistake:
    near = difflib.get_close_matches(word.casefold(), choices, 1)
    return Mistake(
        f"{said}; use {', '.join(choices[:-1])} or {choices[-1]}.", path, in_value=True, suggestion=near[0] if near else ""
    )
