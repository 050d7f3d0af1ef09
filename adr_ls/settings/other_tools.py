"""What other ADR tools' configuration says that counts for us too: where the records are, which statuses there are, what is not to be checked.

Read are adr-tools, adrs, log4brains, adrgen, adrgo, radr, gwleclerc's adr, adr-j, dotnet-adr and phodal's adr, and of the linters mdbook-lint (whose rules adrs has as
well) and madr-lint. What a team has switched off there is off here, where the rules mean the same; the statuses that it lists there are
known here, but others are no mistake by that.
Formats as of adrs 0.11, mdbook-lint 0.16, madr-lint 0.4, adr-kit 0.13 and adrgen 0.4. Their mistakes are theirs to report.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from adr_ls.syntax import frontmatter, lazy
from adr_ls.syntax.toml import Toml, TomlError

FILES = (
    ".adr-dir",
    "adrs.toml",
    ".adrs.toml",
    ".log4brains.yml",
    ".log4brains.yaml",
    "adr.config.json",
    ".adr.json",
    "adr.json",
    ".adr.yml",
    ".adr.yaml",
    ".adrrc.yml",
    "radr.toml",
    "radr.yaml",
    "radr.yml",
    "radr.json",
    ".adr",
    "adr.properties",
    "adrgen.config.yml",
    ".mdbook-lint.toml",
    "mdbook-lint.toml",
    ".madrlintrc.json",
)
"""The configuration files of other tools."""

_MDBOOK = (
    "title-format",
    "required-status",
    "required-date",
    "required-context",
    "required-decision",
    "required-consequences",
    "valid-status",
    "date-format",
    "filename-matches-number",
    "superseded-has-replacement",
    "sequential-numbering",
    "no-duplicate-numbers",
    "valid-adr-links",
    "non-empty-sections",
    "decision-drivers-format",
    "considered-options-format",
    "consequences-structure",
)
"""The names of mdbook-lint's ADR001 to ADR017, which adrs takes as well."""

SAME: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "title-missing": frozenset({"ADR001"}),
        "title-format": frozenset({"ADR001"}),
        "status-missing": frozenset({"ADR002", "madr/status-enum"}),
        "date-missing": frozenset({"ADR003", "madr/date-iso8601"}),
        "status-unknown": frozenset({"ADR007", "madr/status-enum"}),
        "status-misspelled": frozenset({"ADR007", "madr/status-enum"}),
        "date-format": frozenset({"ADR008", "madr/date-iso8601"}),
        "date-impossible": frozenset({"madr/date-iso8601"}),
        "number-mismatch": frozenset({"ADR009", "consistency"}),
        "filename-format": frozenset({"madr/filename-format", "consistency"}),
        "supersede-no-target": frozenset({"ADR010"}),
        "number-gap": frozenset({"ADR011", "madr/no-numbering-gap"}),
        "duplicate-number": frozenset({"ADR012", "madr/no-duplicate-numbering", "consistency"}),
        "link-broken": frozenset({"ADR013", "madr/no-broken-links"}),
        "section-missing": frozenset({"ADR004 ADR005 ADR006", "madr/required-sections", "completeness"}),
        "section-empty": frozenset({"ADR014"}),
        "placeholder-left": frozenset({"ADR014"}),
        "todo-left": frozenset({"ADR014"}),
        "madr-drivers-list": frozenset({"ADR015"}),
        "madr-few-options": frozenset({"ADR016"}),
        "madr-argument-form": frozenset({"ADR017"}),
        "supersede-one-way": frozenset({"adr-asymmetric-link", "madr/supersedes-bidirectional"}),
    }
)
"""For each rule of ours the rules of others that mean the same; where it takes several of theirs, they stand in one text."""


def same_as(theirs: Iterable[str]) -> frozenset[str]:
    """Our rules for some of another linter's, by their ids or names in any case."""
    known = {f"adr-{name}": f"ADR{number:03}" for number, name in enumerate(_MDBOOK, 1)}
    given = {known.get(name.casefold(), name).casefold() for name in theirs} | {
        "adr-asymmetric-link" for name in theirs if name.casefold() == "asymmetric-link"
    }
    return frozenset(ours for ours, others in SAME.items() if any(set(other.casefold().split()) <= given for other in others))


# Directories

_JSON_KEYS = ("path", "adrDirectory", "directory", "adrDir", "adr_dir", "records-dir", "docPath")
_KEYED = lazy.regex(r"[ \t]*(?:-[ \t]*)?[\"']?(?P<key>[\w-]+)[\"']?[ \t]*[:=][ \t]*(?P<value>\S.*)")
_KEYS = frozenset({"adrFolder", "adr_dir", "directory", "records-dir", "docPath", "path", "adr-dir"})
_LINES = 2_000
"""How many lines of such a file are looked at; none has as many."""
_LINTERS = (".mdbook-lint.toml", "mdbook-lint.toml", ".madrlintrc.json")


def directories(path: str, text: str) -> Iterator[str]:
    """The directories of records that the configuration file at a relative path names, relative to the same folder."""
    base, here = posixpath.basename(path), posixpath.dirname(path)
    named: list[str] = []
    if base == ".adr-dir":
        named = [text.strip().splitlines()[0].strip()] if text.strip() else []
    elif base in _LINTERS:
        named = []
    elif base.endswith(".json"):
        values = _json(text)
        named = [values[key] for key in _JSON_KEYS if isinstance(values.get(key), str)]
    elif base.startswith(".log4brains"):
        named = list(_values(text, frozenset({"adrFolder"})))
    else:
        named = list(_values(text, _KEYS))
    for directory in named:
        joined = posixpath.normpath(posixpath.join(here, directory.strip().strip("/")))
        if not joined.startswith(".."):
            yield "" if joined == "." else joined


def _values(text: str, keys: frozenset[str]) -> Iterator[str]:
    """The values of some keys, wherever they stand on lines of their own."""
    for line in text.split("\n")[:_LINES]:
        match = _KEYED.match(line[:1_000])
        if match and match["key"] in keys:
            value = match["value"].strip()
            quote = value[:1] if value[:1] in ("'", '"') else ""
            yield value[1:].partition(quote)[0] if quote else value.partition("#")[0].strip()


def said(base: str, text: str, keys: Iterable[str]) -> str:
    """What the configuration file of that name says for the first of some keys, as a text; empty where it says nothing."""
    if base.endswith(".json"):
        values = _json(text)
        return next((str(values[key]) for key in keys if isinstance(values.get(key), str | int)), "")
    return next(_values(text, frozenset(keys)), "")


# Settings


def settings(base: str, text: str) -> Mapping[str, Any]:
    """What the configuration file of that name says, as our own settings say it; empty where it says nothing for us."""
    if base in ("adrs.toml", ".adrs.toml"):
        return _adrs(_toml(text))
    if base in (".mdbook-lint.toml", "mdbook-lint.toml"):
        return _mdbook(_toml(text))
    if base == ".madrlintrc.json":
        return _madr_lint(_json(text))
    if base == "adrgen.config.yml":
        read = frontmatter.read(f"---\n{text.rstrip()}\n---\n")
        entry = read.get("supported_statuses") if read else None
        return {"statuses": [scalar.text for scalar in entry.scalars]} if entry and entry.kind == "list" else {}
    return {}


def _adrs(values: Mapping[str, Any]) -> Mapping[str, Any]:
    doctor = values.get("doctor")
    if not isinstance(doctor, Mapping):
        return {}
    found: dict[str, Any] = _off(doctor.get("ignore"))
    overrides = [
        {"paths": [f"/{one['glob'].lstrip('/')}"], **off}
        for one in _tables(doctor.get("ignore_path"))
        if isinstance(one.get("glob"), str) and (off := _off(one.get("rules")))
    ]
    return {**found, "overrides": overrides} if overrides else found


def _mdbook(values: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = _off(values.get("disabled-rules", values.get("disabled_rules")))
    status = values.get("ADR007")
    if isinstance(status, Mapping):
        statuses = _texts(status.get("valid-statuses", status.get("valid_statuses")))
        found |= {"statuses": statuses} if statuses else {}
    return found


def _madr_lint(values: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = values.get("rules")
    if not isinstance(rules, Mapping):
        return {}
    found = _off([name for name, level in rules.items() if (level[0] if isinstance(level, list) and level else level) == "off"])
    statuses = _texts(_options(rules.get("madr/status-enum")).get("values"))
    if statuses:
        found["statuses"] = statuses
    return found


def _off(theirs: object) -> dict[str, Any]:
    ours = same_as(_texts(theirs))
    return {"rules": dict.fromkeys(sorted(ours), "off")} if ours else {}


def _options(level: object) -> Mapping[str, Any]:
    """The options of a rule that is set as a list of its level and these."""
    return level[1] if isinstance(level, list) and len(level) > 1 and isinstance(level[1], Mapping) else {}


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return Toml.read(text).values
    except TomlError:
        return {}


def _json(text: str) -> Mapping[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, Mapping) else {}
