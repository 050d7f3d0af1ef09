"""Notes on what was seen (`adr_ls.log.watch`) as texts, so that another process can tell whether it would see the same.

A way is told step by step, and leads again only to what rules look at: public attributes of the values that they look into, keys, and
calls of these and of `QUESTIONS`. A value is told by what tells it from all that are not equal to it, a long one by a digest of that.
What is made of a file alone, such as its facts, is told by the file's text: two that are told alike are equal, and some that are told
otherwise may be so, too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import FunctionType
from typing import Any, cast

from adr_ls.log.folds import Fold
from adr_ls.log.watch import At, Step
from adr_ls.log.workspace import QUESTIONS, Workspace
from adr_ls.record import codec
from adr_ls.record.facts import Facts
from adr_ls.record.known import digest_of
from adr_ls.record.mentions import Mention
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.words.language import Language

_WHOLE = 64
"""How many characters of a told value are kept as they are."""
_GIVEN: Mapping[str, type] = {kind.__name__: kind for kind in (Mention, Section)}
"""The values of a file that others are asked about, by the names of their types."""
_MARKS: Mapping[str, str] = {"attribute": ".", "item": "[", "has": "?", "length": "#", "call": "("}
_KINDS = {mark: kind for kind, mark in _MARKS.items()}


class UntoldError(Exception):
    """Something that cannot be told to another process."""


# --- Ways ------------------------------------------------------------------------------------------------------------------------


def step_told(step: Step) -> str:
    """A step as a text; raises `UntoldError` where it has none."""
    if step.kind == "attribute":
        return f".{step.name}"
    given = [_given(one) for one in step.arguments] if step.kind == "call" else _given(step.name)
    return _MARKS[step.kind] + json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def step_of(told: str) -> Step:
    """The step that a text tells; raises `ValueError` where it is none, or names what is not there any more."""
    kind = _KINDS.get(told[:1])
    if kind == "attribute" and told[1:].isidentifier() and not told.startswith("._"):
        return Step("attribute", told[1:])
    if kind is None or kind == "attribute":
        raise ValueError("no step")
    given = codec.loads(told[1:].encode("utf-8", "surrogatepass"))
    if kind != "call":
        return Step(cast("Any", kind), _taken(given))
    if type(given) is not list:
        raise ValueError("no arguments")
    return Step("call", None, tuple(map(_taken, given)))


def _given(value: Any) -> Any:
    """A key, or an argument of a call, as JSON."""
    kind = type(value)
    if kind in (str, int, float, bool) or value is None:
        return value
    if kind is tuple:
        return [_given(one) for one in value]
    if kind is At:
        return {"at": value.path}
    if kind is FunctionType:
        name = f"{value.__module__}.{value.__qualname__}"
        if QUESTIONS.get(name) is value:
            return {"question": name}
    if isinstance(value, Fold):
        return {"fold": _fold_told(value)}
    if _GIVEN.get(kind.__name__) is kind:
        return {kind.__name__: codec.encode_one(value).decode("utf-8", "surrogatepass")}
    raise UntoldError(f"what is given is a {kind.__name__}")


def _taken(given: Any) -> Any:
    """What `_given` made JSON of."""
    match given:
        case str() | int() | float() | bool() | None:
            return given
        case list():
            return tuple(map(_taken, given))
        case {"at": str(path)}:
            return At(path)
        case {"question": str(name)} if name in QUESTIONS:
            return QUESTIONS[name]
        case {"fold": str(name)} if (fold := _fold_called(name)) is not None:
            return fold
        case {"fold": [{"question": str(name)}, *arguments]} if name in QUESTIONS:
            return QUESTIONS[name](*map(_taken, arguments))
        case dict() if len(given) == 1:
            [(name, written)] = given.items()
            if name in _GIVEN and type(written) is str:
                return codec.decode_one(_GIVEN[name], written.encode("utf-8", "surrogatepass"))
    raise ValueError("nothing that can be given")


def _fold_told(fold: Fold[Any, Any]) -> Any:
    """The name of a fold, or the question that makes it with what is given to that."""
    if isinstance(fold.about, tuple) and fold.about and isinstance(fold.about[0], FunctionType):
        return [_given(one) for one in fold.about]
    return _name_of(fold)


@cache
def _name_of(fold: Fold[Any, Any]) -> str:
    """The module and name of a fold: nobody has to keep a list of them. Raises `UntoldError` where it has none."""
    for module_name, module in sorted(sys.modules.items()):
        if module_name.startswith("adr_ls."):
            for name, one in vars(module).items():
                if one is fold:
                    return f"{module_name}.{name}"
    raise UntoldError("a fold without a name")


def _fold_called(name: str) -> Fold[Any, Any] | None:
    """The fold of that module and name; None where there is none, or its module is not imported yet."""
    module, _, own = name.rpartition(".")
    found = vars(sys.modules[module]).get(own) if module.startswith("adr_ls.") and module in sys.modules else None
    return found if isinstance(found, Fold) else None


# --- Values ----------------------------------------------------------------------------------------------------------------------


def value_told(value: Any) -> str:
    """What tells a value from all others that are not equal to it; raises `UntoldError` where nothing does."""
    whole = _TELLERS[type(value)](value)
    if len(whole) <= _WHOLE:
        return whole
    return "#" + hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def whole_told(workspace: Workspace, directories: Iterable[str]) -> str:
    """What tells all there is to see in a workspace from what there is in any other; empty where nothing does.

    Of what lies around its files that is what these directories list. That is so while what was learned of it is older than its texts, and where it is compared with another revision.
    """
    if workspace.is_partial or workspace.before or not workspace.is_settled:
        return ""
    logs = [
        (log.directory, tuple(log.records.values()), log.templates, log.config, log.begun_by, log.kin) for log in workspace.logs
    ]
    files = tuple(workspace.pages.values()), workspace.guides, tuple(workspace.code.values()), workspace.files
    try:
        around = tuple((directory, workspace.surroundings.names(directory)) for directory in directories)
        return value_told((workspace.roots, workspace.today, logs, files, tuple(workspace.settings.values()), around))
    except UntoldError:
        return ""


def _told(value: Any) -> str:
    return _TELLERS[type(value)](value)


def _all_told(values: Any) -> str:
    return f"({','.join(map(_told, values))})"


def _as_set(value: Any) -> str:
    return f"{{{','.join(sorted(map(_told, value)))}}}"


def _as_mapping(value: Mapping[Any, Any]) -> str:
    return f"{{{','.join(sorted(f'{_told(key)}:{_told(one)}' for key, one in value.items()))}}}"


def _as_facts(value: Facts) -> str:
    return f"Facts({value.path!r},{value.digest})"


def _as_record(value: Record) -> str:
    return f"{type(value).__name__}({value.path!r},{digest_of(value.text)},{digest_of(value.written)})"


def _as_language(value: Language) -> str:
    return f"Language({value.name!r})"


def _untold(value: Any) -> str:
    raise UntoldError(f"a {type(value).__name__}")


class _Tellers(dict[type, Callable[[Any], str]]):
    """How values of a type are told; found out once for each type."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = found = self._found(kind)
        return found

    def _found(self, kind: type) -> Callable[[Any], str]:
        if kind in (str, int, float, bool, type(None)):
            return repr
        if issubclass(kind, Facts | Language):
            return _as_facts if issubclass(kind, Facts) else _as_language
        if issubclass(kind, Record):
            return _as_record
        if issubclass(kind, frozenset | set):
            return _as_set
        if issubclass(kind, Mapping):
            return _as_mapping
        if kind in (tuple, list):
            return _all_told
        if issubclass(kind, tuple):
            return lambda value: kind.__name__ + _all_told(value)
        if "__dataclass_params__" in vars(kind) and vars(kind)["__dataclass_params__"].eq:
            names = [field.name for field in dataclasses.fields(cast("Any", kind)) if field.compare]
            return lambda value: kind.__name__ + _all_told([getattr(value, name) for name in names])
        return _untold


_TELLERS = _Tellers()
