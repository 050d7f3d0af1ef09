# ruff: noqa: INP001  # a script of its own
"""Writes the server's settings into package.json, so that VS Code offers what adr_ls/settings/values.py and the rules say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adr_ls.cli import schema
from adr_ls.settings.values import SETTINGS, Kind

PACKAGE = Path(__file__).resolve().parent.parent / "package.json"
OWN = ("adr-ls.path", "adr-ls.interpreter", "adr-ls.importStrategy", "adr-ls.trace.server")
"""The settings that are the extension's own, written by hand."""


def package() -> str:
    """The text of package.json as it should be."""
    manifest = json.loads(PACKAGE.read_text("utf-8"))
    configuration = manifest["contributes"]["configuration"]
    given = configuration["properties"]
    configuration["properties"] = {**{name: given[name] for name in OWN}, **_settings()}
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _settings() -> dict[str, Any]:
    found = {}
    for field in SETTINGS:
        first, *others = field.name.split("_")
        found["adr-ls." + first + "".join(word.capitalize() for word in others)] = {
            **_offered(field.metadata["kind"]),
            "scope": "window",
            "markdownDescription": field.metadata["doc"],
        }
    return found


def _offered(kind: Kind) -> dict[str, Any]:
    """A setting's schema as VS Code shows it: with Markdown, and with null for “not set”.

    Any other default would be a setting, and win over the one in the repository's adr-ls.toml.
    """
    found: dict[str, Any] = _in_markdown(schema.of_kind(kind))
    if kind == "levels":
        return {**found, "default": {}}
    if "enum" in found:
        return {**found, "type": [found["type"], "null"], "enum": [*found["enum"], None], "default": None}
    return {**found, "type": [found["type"], "null"], "default": None}


def _in_markdown(part: Any) -> Any:
    if isinstance(part, dict):
        return {("markdownDescription" if key == "description" else key): _in_markdown(value) for key, value in part.items()}
    return part


if __name__ == "__main__":
    PACKAGE.write_text(package(), "utf-8")
