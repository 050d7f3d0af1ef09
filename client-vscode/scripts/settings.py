# ruff: noqa: INP001  # a script of its own
"""Writes the server's settings into package.json, so that VS Code offers what adr_ls/settings/values.py and the rules say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adr_ls.cli import schema
from adr_ls.settings.values import SETTINGS, Kind

PACKAGE = Path(__file__).resolve().parent.parent / "package.json"
OTHERWISE = "As the repository says"
"""The label of what sets nothing, so that the repository's adr-ls.toml counts, or else what was learned."""


def package() -> str:
    """The text of package.json as it should be; the settings of the first of its groups are the server's."""
    manifest = json.loads(PACKAGE.read_text("utf-8"))
    servers, *_ = manifest["contributes"]["configuration"]
    servers["properties"] = _settings()
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _settings() -> dict[str, Any]:
    found = {}
    for order, field in enumerate(SETTINGS):
        first, *others = field.name.split("_")
        found["adr-ls." + first + "".join(word.capitalize() for word in others)] = {
            **_offered(field.metadata["kind"]),
            "scope": "window",
            "order": order,
            "markdownDescription": field.metadata["doc"],
        }
    return found


def _offered(kind: Kind) -> dict[str, Any]:
    """A setting's schema as VS Code's page of settings has a control for it: a list of choices where one of them is not to choose.

    The client tells the server only what somebody has set, so that what is empty by default does not win over the repository's file.
    """
    found: dict[str, Any] = _in_markdown(schema.of_kind(kind))
    if kind in ("flag", "profile", "reach"):
        labels = ("On", "Off") if kind == "flag" else tuple(word.capitalize() for word in found["enum"])
        labels = ("Off", "Open files", "All files") if kind == "reach" else labels
        return {
            "type": [found["type"], "null"],
            "enum": [None, *((True, False) if kind == "flag" else found["enum"])],
            "enumItemLabels": [OTHERWISE, *labels],
            "default": None,
        }
    if kind == "days":
        return {**found, "type": [found["type"], "null"], "default": None}
    if kind == "levels":
        return {**found, "default": {}}
    if kind == "overrides":  # nothing but a text has room for it
        return {**found, "default": []}
    return {**found, "default": [], "uniqueItems": True}


def _in_markdown(part: Any) -> Any:
    if isinstance(part, dict):
        return {("markdownDescription" if key == "description" else key): _in_markdown(value) for key, value in part.items()}
    return part


if __name__ == "__main__":
    PACKAGE.write_text(package(), "utf-8")
