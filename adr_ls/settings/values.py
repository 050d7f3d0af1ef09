"""What a team has decided about adr-ls itself. Nothing needs to be: everything else is learned from the records.

Settings come in layers: what is built in, the settings file of the opened folder, those in folders below it, and the editor's or the
command line's, each over the ones before. `Config` is what they come to, and its fields, with what they say of themselves, are what
docs/settings.md, the JSON schema and the editors show.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from adr_ls.settings import former
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.patterns import Patterns, refused
from adr_ls.syntax.toml import Key
from adr_ls.words.similar import LOOSE, SUGGESTED, nearest

Level = Literal["error", "warning", "info", "hint", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)
Profile = Literal["relaxed", "default", "strict"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
MOST_DAYS = 36_500
"""The longest time that can be set, in days."""

Reach = Literal["off", "open", "all"]
REACHES: tuple[Reach, ...] = get_args(Reach)
"""How far source code is looked at: not at all, as far as it is open in an editor, or all of it."""

Alteration = Literal["additions", "formatting", "links", "metadata", "status", "typos"]
ALTERATIONS: tuple[Alteration, ...] = get_args(Alteration)
"""What may be changed in a record without its substance: whole new passages, how it is laid out, where it leads, what it says of itself, how it stands, and how its words are spelled."""

Kind = Literal["texts", "directories", "patterns", "flag", "days", "profile", "reach", "alterations", "levels", "overrides"]
"""What a setting may be: a list of texts, of directories, of patterns of paths or of alterations, yes or no, a number of days, a profile, a reach, a level for each rule, or other settings for some paths."""


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
        metadata=_about("directories", "Directories that hold records, relative to the folder. Found by themselves if empty."),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_about("patterns", "Patterns, as in `.gitignore`, of files that are never records, relative to the folder."),
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

    check_pages: bool = field(
        default=True,
        metadata=_about(
            "flag",
            "Look for dead links and unknown references to records in other Markdown files, too, such as guides and READMEs.",
            local=True,
        ),
    )

    title_hints: bool = field(
        default=False,
        metadata=_about(
            "flag", "Show the titles of records behind bare references to them, in editors that have inlay hints.", local=True
        ),
    )

    code: Reach = field(
        default="open",
        metadata=_about(
            "reach",
            "Where to look for references to records in source code: `off`; `open`, the files that an editor has open; `all`, those that "
            "nobody has opened as well, searched in the background.",
        ),
    )

    stale_after: int = field(
        default=90,
        metadata=_about(
            "days",
            "After how many days a proposal that is not decided needs attention, 90 if not set: it comes first where all records are "
            "listed, and `proposed-stale` reports it where that is on.",
            local=True,
        ),
    )

    history: bool = field(
        default=True,
        metadata=_about(
            "flag",
            "Ask git when and by whom records got their status, and show it in hovers, above records and in graphs, in editors. `adr-ls "
            "history` asks whatever is set here.",
        ),
    )

    may_change: tuple[Alteration, ...] = field(
        default=("formatting", "links", "metadata", "status", "typos"),
        metadata=_about(
            "alterations",
            "What may change in records that were accepted, where `accepted-changed` is on: `additions`, new passages; `formatting`; "
            "`links`; `metadata`; `status`, be it by superseding; `typos`. All but additions if not set.",
            local=True,
        ),
    )

    cache: bool = field(
        default=True,
        metadata=_about(
            "flag",
            "Keep what was read of the files in the user's cache directory, so that the next start is faster. The environment variable "
            "`ADR_LS_CACHE=off` forbids it, whatever is set here.",
        ),
    )

    borrowed: frozenset[str] = frozenset()
    """The settings that another tool's configuration gave: they tell what a team knows, not what it forbids."""

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
        reading = _Reading(rules, folder)
        settings = reading.settings(values, KINDS)
        own = settings.pop("overrides", ())
        local = {name: value for name, value in settings.items() if name in LOCAL}
        earlier = (
            tuple(replace(one, settings=_over(one.settings, local)) for one in self.overrides) if local else self.overrides
        )
        return replace(_with(self, settings), overrides=(*earlier, *own)), tuple(reading.mistakes)

    def below(
        self, values: Mapping[str, Any], folder: str, base: str, rules: frozenset[str] | None = None
    ) -> tuple[Config, tuple[Mistake, ...]]:
        """This configuration with the values of a settings file in `folder`, below the folder `base` that this one is for.

        They hold for what is in that folder. Which directories hold records is for the opened folder to say.
        """
        reading = _Reading(rules, folder)
        settings = reading.settings(values, KINDS)
        inner = folder[len(base.rstrip("/")) + 1 :]
        own = settings.pop("overrides", ())
        local = {name: value for name, value in settings.items() if name in LOCAL}
        return replace(
            self,
            exclude=(*self.exclude, *(_inside(inner, pattern) for pattern in settings.get("exclude", ()))),
            overrides=(*self.overrides, *([Override(folder, (), local)] if local else []), *own),
        ), tuple(reading.mistakes)


SETTINGS = tuple(f for f in fields(Config) if f.metadata)
"""The fields that can be set."""
KINDS: Mapping[str, Kind] = MappingProxyType({f.name: f.metadata["kind"] for f in SETTINGS})
"""What each setting may be."""
LOCAL = tuple(f.name for f in SETTINGS if f.metadata["local"])
"""The settings that may differ from path to path."""


def key_of(name: str) -> str:
    """A setting's name as settings files write it."""
    return name.replace("_", "-")


def _with(config: Config, settings: Mapping[str, Any]) -> Config:
    return replace(config, **_over({"rules": config.rules}, settings), borrowed=config.borrowed - frozenset(settings))


def _over(settings: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others over them; levels are set rule by rule."""
    both = {**settings, **others}
    if "rules" in settings and "rules" in others:
        both["rules"] = MappingProxyType({**settings["rules"], **others["rules"]})
    return both


def _inside(folder: str, pattern: str) -> str:
    """A pattern that says the same of what is in a folder from above it."""
    sign, pattern = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    folder = re.sub(r"([\\*?\[\]!# ])", r"\\\1", folder)  # its own name is no pattern
    anchored = "/" in pattern.rstrip("/")
    return f"{sign}/{folder}/{pattern.lstrip('/')}" if anchored else f"{sign}/{folder}/**/{pattern}"


def _leads_out(directory: str) -> bool:
    """Whether a directory, as settings name it on any system, is not one in the folder that they are for."""
    found = posixpath.normpath(directory.replace("\\", "/"))
    return found.startswith("/") or found.split("/")[0] == ".."


def _at(value: Any, texts: tuple[str, ...] | None) -> Iterator[tuple[int, str]]:
    """Those texts of a list that are read, each with the place at which it stands there."""
    for text in texts or ():
        yield value.index(text), text


class _Reading:
    """Values read as settings, by the names of the fields, and what is wrong with the others; None is no value.

    `rules` are the names of the rules that there are, None to accept any; `folder` is where overrides count from.
    """

    def __init__(self, rules: frozenset[str] | None, folder: str) -> None:
        self.mistakes: list[Mistake] = []
        self._rules = rules
        self._folder = folder

    def settings(self, values: Mapping[str, Any], known: Mapping[str, Kind], path: tuple[Key, ...] = ()) -> dict[str, Any]:
        """The settings among some values, of those that are `known` where they stand."""
        found: dict[str, Any] = {}
        for key, value in values.items():
            name = "".join("_" + c.lower() if c.isupper() else c for c in str(key)).replace("-", "_")
            here = (*path, key)
            earlier = key_of(name)
            if name not in known and earlier in former.SETTINGS:
                now = former.SETTINGS[earlier]
                self._wrong(former.told("setting", str(key), now), here, now, in_value=False)
                name = now.replace("-", "_")
                if not name:
                    continue
            if name not in known:
                if name in KINDS:
                    self._wrong(
                        f"“{key}” holds for a folder as a whole, and cannot differ from path to path.", here, in_value=False
                    )
                else:
                    self._near(f"There is no setting “{key}”", str(key), map(key_of, known), here)
            elif name in found:
                self._wrong(f"“{key}” is set twice, in two spellings.", here, in_value=False)
            elif value is not None:
                read = self._value(known[name], str(key), value, here)
                if read is not None:
                    found[name] = read
        return found

    def _value(self, kind: Kind, key: str, value: object, path: tuple[Key, ...]) -> Any:
        match kind:
            case "texts":
                return self._texts(key, value, path)
            case "directories":
                return self._directories(key, value, path)
            case "patterns":
                return self._patterns(key, value, path)
            case "flag":
                return self._flag(key, value, path)
            case "days":
                return self._days(key, value, path)
            case "profile":
                return self._choice("a profile", value, PROFILES, path)
            case "reach":
                return self._choice("a reach", value, REACHES, path)
            case "alterations":
                return self._alterations(key, value, path)
            case "levels":
                return self._levels(key, value, path)
            case "overrides":
                return self._overrides(key, value, path)

    def _texts(self, key: str, value: object, path: tuple[Key, ...]) -> tuple[str, ...] | None:
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            self._wrong(f"“{key}” must be a list of texts.", path)
            return None
        found: list[str] = []
        for number, text in enumerate(value):
            if not text.strip():
                self._wrong(f"An empty text says nothing in “{key}”, so it is left out.", (*path, number))
            elif text in found:
                self._wrong(f"“{text}” is in “{key}” twice.", (*path, number))
            else:
                found.append(text)
        return tuple(found)

    def _directories(self, key: str, value: object, path: tuple[Key, ...]) -> tuple[str, ...] | None:
        texts = self._texts(key, value, path)
        for at, text in _at(value, texts):
            if _leads_out(text):
                self._wrong(
                    f"“{text}” leads out of the folder, where nothing is read or written, so it is left out.", (*path, at)
                )
        return None if texts is None else tuple(text for text in texts if not _leads_out(text))

    def _patterns(self, key: str, value: object, path: tuple[Key, ...]) -> tuple[str, ...] | None:
        texts = self._texts(key, value, path)
        for at, text in _at(value, texts):
            reason = refused(text)
            if reason:
                self._wrong(f"The pattern “{text}” {reason}, so it is left out.", (*path, at))
        return texts

    def _alterations(self, key: str, value: object, path: tuple[Key, ...]) -> tuple[str, ...] | None:
        texts = self._texts(key, value, path)
        read = [self._choice("an alteration", text, ALTERATIONS, (*path, at)) for at, text in _at(value, texts)]
        return None if texts is None else tuple(one for one in read if one is not None)

    def _flag(self, key: str, value: object, path: tuple[Key, ...]) -> bool | None:
        if isinstance(value, bool):
            return value
        self._wrong(f"“{key}” must be true or false.", path)
        return None

    def _days(self, key: str, value: object, path: tuple[Key, ...]) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_DAYS:
            return value
        self._wrong(f"“{key}” must be a whole number of days, from 1 to {MOST_DAYS}.", path)
        return None

    def _levels(self, key: str, value: object, path: tuple[Key, ...]) -> Mapping[str, Level] | None:
        if not isinstance(value, Mapping):
            self._wrong(f"“{key}” must be a table of rule names and levels.", path)
            return None
        levels: dict[str, Any] = {}
        for name, level in value.items():
            now, here = former.rule(str(name)), (*path, name)
            if self._rules is not None and now not in self._rules:
                if now:
                    self._near(f"There is no rule “{name}”", str(name), self._rules, here)
                else:
                    self._wrong(former.told("rule", str(name), now), here, in_value=False)
                continue
            if now != name:
                self._wrong(former.told("rule", str(name), now), here, now, in_value=False)
            # Under both names, the one of today counts
            if (read := self._choice(f"a level for “{name}”", level, LEVELS, here)) is not None and (
                now == name or now not in value
            ):
                levels[now] = read
        return MappingProxyType(levels)

    def _overrides(self, key: str, value: object, path: tuple[Key, ...]) -> tuple[Override, ...] | None:
        if not isinstance(value, (list, tuple)) or not all(isinstance(one, Mapping) for one in value):
            self._wrong(f"“{key}” must be a list of tables, each with “paths” and settings.", path)
            return None
        known: dict[str, Kind] = {"paths": "patterns", **{name: KINDS[name] for name in LOCAL}}
        found = []
        for number, one in enumerate(value):
            settings = self.settings(one, known, (*path, number))
            paths = settings.pop("paths", ())
            if paths:
                found.append(Override(self._folder, paths, settings))
            elif "paths" not in one or one["paths"] == []:
                self._wrong("An override needs “paths”, a list of patterns.", (*path, number), in_value=False)
        return tuple(found)

    def _choice(self, what: str, value: object, choices: tuple[str, ...], path: tuple[Key, ...]) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        near = nearest(value.casefold(), choices, LOOSE) if isinstance(value, str) else ""
        said = f"“{value}” is not {what}" if isinstance(value, str) else f"This is not {what}"
        self._wrong(f"{said}; use {', '.join(choices[:-1])} or {choices[-1]}.", path, near)
        return None

    def _near(self, said: str, word: str, known: Iterable[str], path: tuple[Key, ...]) -> None:
        near = nearest(word, known, LOOSE) if len(self.mistakes) < SUGGESTED else ""
        self._wrong(said + (f"; did you mean “{near}”?" if near else "."), path, near, in_value=False)

    def _wrong(self, message: str, path: tuple[Key, ...], suggestion: str = "", *, in_value: bool = True) -> None:
        self.mistakes.append(Mistake(message, path, in_value, suggestion))
