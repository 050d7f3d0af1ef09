"""The JSON schema of the settings, from their own declarations and the rules', for editors that check and complete TOML and JSON by one."""

from __future__ import annotations

from typing import Any

from adr_ls import REPOSITORY, rules
from adr_ls.rules.model import Rule
from adr_ls.settings.values import ALTERATIONS, LEVELS, LOCAL, MOST_DAYS, PROFILES, REACHES, SETTINGS, Kind, key_of

HOME = f"{REPOSITORY}/raw/main/docs/adr-ls.schema.json"
"""Where the schema is published."""


def schema() -> dict[str, Any]:
    """The schema of ``adr-ls.toml``, of draft 7, which editors know best."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": HOME,
        "title": "adr-ls",
        "description": "Settings of adr-ls, the language server for Architecture Decision Records. None is needed.",
        "type": "object",
        "additionalProperties": False,
        "properties": {key_of(field.name): described(field.metadata["kind"], field.metadata["doc"]) for field in SETTINGS},
    }


def described(kind: Kind, doc: str) -> dict[str, Any]:
    """The schema of one setting: what it may be, and what it is for."""
    return {"description": doc, **of_kind(kind)}


def of_kind(kind: Kind) -> dict[str, Any]:
    """The schema of what a setting of some kind may be."""
    if kind == "flag":
        return {"type": "boolean"}
    if kind == "days":
        return {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}
    if kind == "profile":
        return {"type": "string", "enum": list(PROFILES)}
    if kind == "reach":
        return {"type": "string", "enum": list(REACHES)}
    if kind == "alterations":
        return {"type": "array", "items": {"type": "string", "enum": list(ALTERATIONS)}, "uniqueItems": True}
    if kind == "levels":
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {rule.name: level_of(rule) for rule in sorted(rules.RULES, key=lambda rule: rule.name)},
        }
    if kind == "overrides":
        local = {key_of(f.name): described(f.metadata["kind"], f.metadata["doc"]) for f in SETTINGS if f.name in LOCAL}
        paths = {
            "description": "Patterns, as in `.gitignore`, of the paths that this is for.",
            "minItems": 1,
            **of_kind("texts"),
        }
        return {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["paths"],
                "properties": {"paths": paths, **local},
            },
        }
    return {"type": "array", "items": {"type": "string"}}


def level_of(rule: Rule) -> dict[str, Any]:
    """The schema of a rule's level."""
    return {"description": f"{rule.summary} (`{rule.level}` by default)", "type": "string", "enum": list(LEVELS)}
