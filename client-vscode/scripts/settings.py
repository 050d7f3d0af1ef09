# ruff: noqa: INP001  # a script of its own
"""Writes the server's settings into package.json, so that VS Code offers what adr_ls/config.py and the rules say."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from adr_ls import rules
from adr_ls.config import LEVELS, Config

PACKAGE = Path(__file__).resolve().parent.parent / "package.json"
OWN = ("adr-ls.path", "adr-ls.interpreter", "adr-ls.trace.server")
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
    for field in fields(Config):
        first, *others = field.name.split("_")
        found["adr-ls." + first + "".join(word.capitalize() for word in others)] = {
            **(_levels() if field.name == "rules" else _texts()),
            "scope": "window",
            "markdownDescription": field.metadata["doc"],
        }
    return found


def _texts() -> dict[str, Any]:
    # Null means “not set”: an empty list would be a setting, and win over the one in the repository's adr-ls.toml.
    return {"type": ["array", "null"], "items": {"type": "string"}, "default": None}


def _levels() -> dict[str, Any]:
    known = {
        rule.name: {
            "type": "string",
            "enum": list(LEVELS),
            "markdownDescription": f"{rule.summary} (`{rule.level}` by default)",
        }
        for rule in sorted(rules.RULES, key=lambda rule: rule.name)
    }
    return {"type": "object", "properties": known, "additionalProperties": False, "default": {}}


if __name__ == "__main__":
    PACKAGE.write_text(package(), "utf-8")
