"""Facts as JSON, for a cache and for other processes: many at a time, column by column; and other values that are made of the same types.

What is written is planned once from the types of the fields, so a field that is added to a fact needs nothing here. A *column* is
one field of many values. That of a class is a column for each of its own fields, that of a tuple a column of lengths and one of all
items, and so on down to texts and numbers; so a block of files is made of a few hundred calls into C, whatever is in it. Texts stand
in one table for the whole block. JSON has no more types than that, and nothing in it is ever executed.

A reader must have the very types that the writer had: `schema` tells them apart.
"""

# Every plan is asked alike, whether it has a need of the table of texts or not.
# ruff: noqa: ARG002

from __future__ import annotations

import collections.abc
import dataclasses
import gc
import hashlib
import inspect
import json
import sys
import types
from abc import ABC, abstractmethod
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import accumulate, chain, pairwise
from operator import add, attrgetter, sub
from typing import Any, ClassVar, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from adr_ls.record.facts import Facts
from adr_ls.record.filename import name_of

_T = TypeVar("_T")
Json = Any
"""What `json` gives: lists, texts, numbers."""
Table = dict[str, int]
"""The texts of a block, each with its place."""

_NAMES = {"array": list}
"""``array[int]`` is understood by type checkers; Python 3.10 and 3.11 themselves know no such type. No fact is a list."""
_FLAGS = {"0": False, "1": True}
_NUMBER_CODE, _NUMBER_BYTES = "I", 4
"""The only arrays there are: whole numbers of 32 bits. Some machine may use more for them in memory, none does in what is written."""


def encode(facts: Sequence[Facts]) -> bytes:
    """A block of facts as JSON in UTF-8, on one line; without their paths, and without what follows from these."""
    table: Table = {}
    columns = _files().write(facts, table)
    return dumps([list(table), columns])


def decode(data: bytes, paths: Sequence[str], alike: Alike | None = None) -> list[Facts]:
    """The facts in what `encode` made, for files at those paths, in the same order; `alike` is what they may share with other blocks.

    Raises `ValueError`, and nothing else, where this is no such block.
    """
    with _undisturbed():
        texts, columns = _list(loads(data), 2)
        _all(_list(texts), str)
        alike = alike or Alike()
        return _files().read(columns, paths, _Source(alike.of(_Texts.told, texts), len(data), alike))


def encode_one(value: object) -> bytes:
    """A value of a class made of the same types as facts are, as JSON in UTF-8, on one line."""
    table: Table = {}
    column = _plan_of(type(value)).write([value], table)
    return dumps([list(table), column])


def decode_one(kind: type[_T], data: bytes) -> _T:
    """The value of a class in what `encode_one` made. Raises `ValueError`, and nothing else, where that is none."""
    with _undisturbed():
        texts, column = _list(loads(data), 2)
        _all(_list(texts), str)
        found: _T = _plan_of(kind).read(column, 1, _Source(texts, len(data), None))[0]
        return found


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without a look for garbage: all that is made meanwhile lives on, so that would take longer than to make it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def dumps(value: Json) -> bytes:
    """JSON in UTF-8 without needless blanks, on one line; halves of characters, which editors may send, are let through."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loads(data: bytes) -> Json:
    """What `dumps` made. Raises `ValueError`, and nothing else, where it is no JSON."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


@cache
def schema() -> str:
    """What tells the types of these facts from those of another version: 128 bits of all their fields in hexadecimal."""
    return hashlib.blake2b(_files().rows.told.encode(), digest_size=16).hexdigest()


# --- What is checked -------------------------------------------------------------------------------------------------------------


def _list(value: Json, length: int | None = None) -> list[Any]:
    if type(value) is not list or (length is not None and len(value) != length):
        raise ValueError("no list of that length")
    return value


def _all(values: list[Any], kind: type) -> None:
    if not {kind}.issuperset(map(type, values)):
        raise ValueError(f"not all are {kind.__name__}")


# --- Plans -----------------------------------------------------------------------------------------------------------------------


class Alike:
    """Values that stand in many files, each in one object, as long as blocks are read one after the other: half of all are such."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}

    def of(self, kind: str, values: list[_T]) -> list[_T]:
        """Values of one type, which `kind` tells from all others, each as it was met first."""
        return self._kinds.setdefault(kind, _Kind()).of(values)


class _Kind:
    """The values of one type; where nearly all of a later block are new, what comes then is not looked at."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._asked = self._new = 0

    def of(self, values: list[_T]) -> list[_T]:
        if self._asked > _ENOUGH and self._new > _DIFFERING * self._asked:
            return values
        before = len(self._known)
        found = list(map(self._known.setdefault, values, values))
        if before:
            self._asked += len(values)
            self._new += len(self._known) - before
        return found


_ENOUGH, _DIFFERING = 5_000, 0.9
"""How many values are looked at to tell whether they are alike, and the share of new ones from which on they are not."""


class _Source(NamedTuple):
    """What columns are read from: a block's table of texts, and how many bytes it has; values are shared where `alike` says which."""

    texts: list[str]
    size: int
    alike: Alike | None

    def shared(self, kind: str, values: list[_T]) -> list[_T]:
        """The values of a type, as few objects as they may be."""
        return values if self.alike is None else self.alike.of(kind, values)


class _Plan(ABC):
    """How a column of values of one type is written and read."""

    told: str
    """The type in words, down to the last field."""

    @abstractmethod
    def write(self, values: Sequence[Any], table: Table) -> Json:
        """The column as JSON; texts are added to the table."""

    @abstractmethod
    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        """So many values from what `write` made of a block. Raises `ValueError` where it is anything else."""


class _Texts(_Plan):
    """Texts, by their places in the table."""

    told = "str"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        return [table.setdefault(value, len(table)) for value in values]

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        places = _list(column, count)
        _all(places, int)
        if places and not 0 <= min(places) <= max(places) < len(source.texts):
            raise ValueError("no such text")
        return list(map(source.texts.__getitem__, places))


class _Numbers(_Plan):
    """Whole numbers, each as the difference to the one before it."""

    told = "int"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        return list(map(sub, values, chain((0,), values)))

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        steps = _list(column, count)
        _all(steps, int)
        return list(accumulate(steps))


class _Flags(_Plan):
    """Truth values as a text of zeros and ones; of a single one where all are the same."""

    told = "bool"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        if not any(values) or all(values):
            return "01"[any(values)]
        return "".join(map("01".__getitem__, values))

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        if type(column) is not str or len(column) not in (1, count) or not _FLAGS.keys() >= set(column):
            raise ValueError("no truth values")
        if len(column) == 1:
            return [_FLAGS[column]] * count
        return list(map(_FLAGS.__getitem__, column))


class _Choices(_Plan):
    """One of a few values that the type itself names, by their places in it."""

    def __init__(self, choices: tuple[Any, ...]) -> None:
        self.choices = choices
        self.told = repr(choices)

    def write(self, values: Sequence[Any], table: Table) -> Json:
        return list(map(self.choices.index, values))

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        places = _list(column, count)
        _all(places, int)
        if places and not 0 <= min(places) <= max(places) < len(self.choices):
            raise ValueError("no such choice")
        return list(map(self.choices.__getitem__, places))


class _Optional(_Plan):
    """Values or None: which ones are there, and these."""

    flags: ClassVar[_Flags] = _Flags()

    def __init__(self, item: _Plan) -> None:
        self.item = item
        self.told = f"{item.told}?"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        there = [value is not None for value in values]
        return [self.flags.write(there, table), self.item.write([value for value in values if value is not None], table)]

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        flags, values = _list(column, 2)
        there = self.flags.read(flags, count, source)
        some = iter(self.item.read(values, sum(there), source))
        return [next(some) if one else None for one in there]


class _Many(_Plan):
    """Collections: the length of each, and all their items in a row."""

    numbers: ClassVar[_Numbers] = _Numbers()

    def __init__(self, make: Callable[[Any], Any], item: _Plan, *, order: Callable[[Any], Sequence[Any]]) -> None:
        self.make, self.item, self.order = make, item, order
        self.told = f"{make.__name__}[{item.told}]"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        items = list(chain.from_iterable(map(self.order, values)))
        return [self.numbers.write(list(map(len, values)), table), self.item.write(items, table)]

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        lengths, items = _list(column, 2)
        slices, total = _slices(self.numbers.read(lengths, count, source), source)
        flat = self.item.read(items, total, source)
        made = list(map(self.make, map(flat.__getitem__, slices)))
        if self.make is not tuple and any(map(int.__ne__, map(len, made), (one.stop - one.start for one in slices))):
            raise ValueError("an item stands twice where each is one of its kind")
        return made if self.make is dict else source.shared(self.told, made)


class _Array(_Plan):
    """Arrays of numbers: the length of each, and the bytes of all in base64, the lowest first."""

    told = f"array[{_NUMBER_CODE}{_NUMBER_BYTES}]"
    numbers: ClassVar[_Numbers] = _Numbers()

    def write(self, values: Sequence[Any], table: Table) -> Json:
        whole = array(_NUMBER_CODE, chain.from_iterable(values))
        if whole.itemsize == _NUMBER_BYTES:
            if sys.byteorder == "big":
                whole.byteswap()
            data = whole.tobytes()
        else:
            data = b"".join(number.to_bytes(_NUMBER_BYTES, "little") for number in whole)
        return [self.numbers.write(list(map(len, values)), table), b64encode(data).decode()]

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        lengths, written = _list(column, 2)
        slices, total = _slices(self.numbers.read(lengths, count, source), source)
        if type(written) is not str or not written.isascii():
            raise ValueError("no base64")
        data = b64decode(written, validate=True)
        if len(data) != total * _NUMBER_BYTES:
            raise ValueError("not as many numbers")
        whole = array(_NUMBER_CODE)
        if whole.itemsize == _NUMBER_BYTES:
            whole.frombytes(data)
            if sys.byteorder == "big":
                whole.byteswap()
        else:
            whole.extend(int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), _NUMBER_BYTES))
        return [whole[one] for one in slices]


def _slices(lengths: Sequence[int], source: _Source) -> tuple[list[slice], int]:
    """Where collections of those lengths lie in a row, and how long that is: never longer than what has to tell of it."""
    ends = list(accumulate(lengths))
    if ends and not (min(lengths) >= 0 and ends[-1] <= source.size):
        raise ValueError("no such length")
    return list(map(slice, chain((0,), ends), ends)), ends[-1] if ends else 0


class _Rows(_Plan):
    """Values made of parts: a column for each part. A number behind another one stands as the difference to that one."""

    def __init__(self, make: Callable[..., Any], name: str, parts: dict[str, _Plan], split: Callable[[Any], Any]) -> None:
        self.make, self.split = make, split
        self.parts = tuple(parts.values())
        self.relative = tuple(isinstance(a, _Numbers) and isinstance(b, _Numbers) for a, b in pairwise((None, *self.parts)))
        self.told = f"{name}({', '.join(f'{part}: {plan.told}' for part, plan in parts.items())})"

    def write(self, values: Sequence[Any], table: Table) -> Json:
        columns = list(zip(*map(self.split, values), strict=True)) if values else [()] * len(self.parts)
        told = [
            list(map(sub, column, before)) if relative else column
            for relative, before, column in zip(self.relative, [(), *columns], columns, strict=False)
        ]
        return [part.write(column, table) for part, column in zip(self.parts, told, strict=True)]

    def read(self, column: Json, count: int, source: _Source) -> Sequence[Any]:
        return source.shared(self.told, list(map(self.make, *self.columns(column, count, source))))

    def columns(self, column: Json, count: int, source: _Source) -> list[Sequence[Any]]:
        """The values of each part."""
        found: list[Sequence[Any]] = []
        for part, relative, one in zip(self.parts, self.relative, _list(column, len(self.parts)), strict=True):
            values = part.read(one, count, source)
            found.append(list(map(add, found[-1], values)) if relative else values)
        return found


class _Files:
    """The facts of files, but for what is told by the path."""

    def __init__(self) -> None:
        hints = get_type_hints(Facts, localns=_NAMES)
        self.names = [field.name for field in dataclasses.fields(Facts)]
        self.kept = [name for name in self.names if name not in ("path", "name")]
        self.rows = _Rows(Facts, Facts.__name__, {name: _plan(hints[name]) for name in self.kept}, attrgetter(*self.kept))

    def write(self, facts: Sequence[Facts], table: Table) -> Json:
        return self.rows.write(facts, table)

    def read(self, columns: Json, paths: Sequence[str], source: _Source) -> list[Facts]:
        known = dict(zip(self.kept, self.rows.columns(columns, len(paths), source), strict=True))
        known |= {"path": paths, "name": list(map(name_of, paths))}
        return list(map(Facts, *(known[name] for name in self.names)))


@cache
def _files() -> _Files:
    return _Files()


_PLANS: dict[Any, _Plan] = {}
"""The plans of classes, each made once."""


def _plan_of(kind: type) -> _Plan:
    if kind not in _PLANS:
        _PLANS[kind] = _plan(kind)
    return _PLANS[kind]


def _plan(kind: Any, around: tuple[Any, ...] = ()) -> _Plan:
    """How values of a type are written. Raises `TypeError` for types that facts have no need of, such as those that hold themselves."""
    origin, given = get_origin(kind), get_args(kind)
    if kind in around:
        raise TypeError(f"{kind} holds itself")
    inner = partial(_plan, around=(*around, kind))
    if kind is str:
        return _Texts()
    if kind is int:
        return _Numbers()
    if kind is bool:
        return _Flags()
    if origin is Literal:
        return _Choices(given)
    if origin in (Union, types.UnionType) and len(given) == 2 and type(None) in given:
        return _Optional(inner(next(one for one in given if one is not type(None))))
    if origin is collections.abc.Sequence or (origin is tuple and given[1:] == (...,)):
        return _Many(tuple, inner(given[0]), order=tuple)
    if origin is tuple and given:
        return _Rows(_together, "tuple", {str(at): inner(one) for at, one in enumerate(given)}, tuple)
    if origin is frozenset:
        return _Many(frozenset, inner(given[0]), order=sorted)
    if origin is collections.abc.Mapping:
        return _Many(dict, inner(types.GenericAlias(tuple, given)), order=lambda mapping: tuple(mapping.items()))
    if origin is list and given == (int,):
        return _Array()
    if origin is None and isinstance(kind, type) and kind.__module__ != "builtins":
        return _of_class(kind, inner)
    raise TypeError(f"no facts are of type {kind}")


def _of_class(kind: type, inner: Callable[[Any], _Plan]) -> _Plan:
    """A class is made of what its constructor takes, and has that as attributes of the same names."""
    hints = get_type_hints(kind, localns=_NAMES) or get_type_hints(vars(kind)["__init__"], localns=_NAMES)
    names = list(inspect.signature(kind).parameters)
    parts = {name: inner(hints[name]) for name in names}
    split: Callable[[Any], Any] = tuple if issubclass(kind, tuple) else attrgetter(*names)
    return _Rows(kind, kind.__name__, parts, split if len(names) > 1 or split is tuple else lambda value: (split(value),))


def _together(*parts: Any) -> tuple[Any, ...]:
    return parts
