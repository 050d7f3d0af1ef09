"""Prints all that lsprotocol's classes and converter do, after a plain import or the quick one; run as a program."""

from __future__ import annotations

import enum
import inspect
import json
import sys
import typing
from typing import Any

if sys.argv[1] == "quick":
    import adr_ls.lsp.boot

    adr_ls.lsp.boot.load()

import attrs
from lsprotocol import types
from pygls.protocol import default_converter


def example(kind: Any, depth: int = 0) -> Any:
    """JSON of the type: with all its fields, as deep as that is bearable."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, type) and attrs.has(kind):
        fields = [field for field in attrs.fields(kind) if depth < 4 or field.default is attrs.NOTHING]
        parts = [field.name.rstrip("_").split("_") for field in fields]
        names = [head + "".join(part.title() for part in tail) for head, *tail in parts]
        return {name: example(field.type, depth + 1) for name, field in zip(names, fields, strict=True)}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind)).value
    if origin is typing.Literal:
        return arguments[0]
    if origin is typing.Union:
        return example(arguments[0], depth)
    if origin is tuple:
        return [example(argument, depth + 1) for argument in arguments]
    if origin is not None:
        return {} if len(arguments) == 2 else [example(arguments[0], depth + 1)] if depth < 6 else []
    return {str: "text", int: 7, float: 0.5, bool: True}.get(kind)


def outcome(action: Any, *args: Any) -> Any:
    try:
        return action(*args)
    except Exception as error:  # noqa: BLE001 - errors are compared as well
        return f"{type(error).__name__}: {error}"[:200]


def describe(kind: Any) -> list[Any]:
    fields = [
        [f.name, str(f.type), repr(f.default), f.validator.__class__.__name__, f.kw_only, f.init, f.eq]
        for f in attrs.fields(kind)
    ]
    sample = example(kind)
    value = outcome(converter.structure, sample, kind)
    back = outcome(converter.unstructure, value)
    twin = outcome(converter.structure, sample, kind)
    signature = str(inspect.signature(kind))
    can_hash = kind.__hash__ is not None
    return [fields, signature, kind.__doc__, sample, repr(value), back, value == twin, can_hash, kind.__match_args__]


position = types.Position(1, 2)  # before anybody asked for its fields
converter = default_converter()
report = {name: describe(kind) for name, kind in types.ALL_TYPES_MAP.items() if isinstance(kind, type) and attrs.has(kind)}
report["methods"] = {
    method: [getattr(kind, "__name__", str(kind)) for kind in kinds] for method, kinds in types.METHOD_TO_TYPES.items()
}
report["position"] = [
    repr(position),
    position < types.Position(2, 0),
    position == types.Position(1, 2),
    outcome(types.Position, -1, 0),
    outcome(types.Position, 1, 2, 3),
    outcome(setattr, position, "line", -1),
    outcome(hash, position),
    repr(attrs.evolve(position, line=3)),
]
json.dump(report, sys.stdout, default=repr, sort_keys=True)
