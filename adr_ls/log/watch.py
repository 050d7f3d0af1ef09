"""What was seen of a workspace: a view of it that notes whatever is read, so that one can tell later whether it would read the same.

Rules are plain functions of a file, its log and its workspace. While they look at a view, each answer that they get of others is noted
with the way that led to it: attributes, keys, calls. As long as the same ways lead to equal answers in a later workspace, the rules
would say the same of the same text, so nothing has to be looked at again (as in incremental compilers, which verify by asking anew).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, ValuesView
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast

from adr_ls.log.earlier import OF_RECORDS, RecordsGround
from adr_ls.log.log import Log
from adr_ls.log.resolve import Names
from adr_ls.log.style import Expected, Habits, House, Style
from adr_ls.log.surroundings import Surroundings
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record

_OPEN = (Workspace, Log, Names, Surroundings, House, Habits, Style, Expected)
"""What is looked into; whatever else is read is an answer, and compared by value."""
_FILES = (Facts, Record)


_Kind = Literal["open", "mapping", "tuple", "call", "answer"]


class _Kinds(dict[type, _Kind]):
    """What is made of values of a type: looked up for everything that is read, so it is found out once for each type."""

    def __missing__(self, kind: type) -> _Kind:
        is_open, is_mapping, is_tuple = (issubclass(kind, one) for one in (_OPEN, Mapping, tuple))
        is_call = issubclass(kind, Callable) and not issubclass(kind, type)  # type: ignore[arg-type]  # which it can be asked
        self[kind] = (
            "open" if is_open else "mapping" if is_mapping else "tuple" if is_tuple else "call" if is_call else "answer"
        )
        return self[kind]


_KINDS = _Kinds()


class At(NamedTuple):
    """A file, in the arguments of a call."""

    path: str


class Step(NamedTuple):
    """One step of a way: the attribute, key or position `name`, or a call with these arguments."""

    kind: Literal["attribute", "item", "has", "length", "call"]
    name: Hashable = None
    arguments: tuple[Any, ...] = ()


@lru_cache(1024)
def _attribute(name: str) -> Step:
    """The step to an attribute: one object, as most ways have some."""
    return Step("attribute", name)


Way = tuple[Step, ...]
"""How something is reached from a workspace."""


class Answer:
    """Where a way led. Many files have got the same one, such as what the house is: it is kept and compared once for all of them.

    A way is kept as all but its last step, which many have in common, and that.
    """

    __slots__ = ("before", "step", "value")

    def __init__(self, before: Way, step: Step, value: Any) -> None:
        self.before = before
        self.step = step
        self.value = value

    @property
    def way(self) -> Way:
        """The whole way."""
        return (*self.before, self.step)


class Notes:
    """Where notes on many files meet, so that what they have in common is kept once; for as long as these are."""

    def __init__(self) -> None:
        self._known: dict[Way, tuple[Way, dict[Step, Answer]]] = {}

    def share(self, answers: Mapping[Way, Any]) -> tuple[Answer, ...]:
        """The answers, each in one object with those of all files that got the same."""
        return tuple(self.shared(way, value) for way, value in answers.items())

    def shared(self, way: Way, value: Any) -> Answer:
        """An answer, in one object with that of all files that got the same."""
        step = way[-1]
        before, known = self._behind(way[:-1])
        found = known.get(step)
        if found is None or not _same(value, found.value):
            found = known[step] = Answer(before, step, value)
        return found

    def adopt(self, answer: Answer, value: Any) -> None:
        """Takes over an answer that was noted elsewhere, with an equal value of now in place of its own, for all files that got it.

        Values of then refer to what they were made of, such as a long index as it was: all of that would stay as long as it is equal.
        """
        answer.value = value
        self._behind(answer.before)[1].setdefault(answer.step, answer)

    def _behind(self, before: Way) -> tuple[Way, dict[Step, Answer]]:
        """A way in the one object that is kept of it, and the answers that are one step further on."""
        return self._known.get(before) or self._known.setdefault(before, (before, {}))


class Walk:
    """Where ways lead in one workspace; what several of them have in common is gone once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reached: dict[Way, Any] = {(): workspace}

    def end(self, before: Way, step: Step) -> Any:
        """Where a way and one more step lead; something that equals nothing where they end before."""
        found = self._reached.get(before, _UNKNOWN)
        if found is _UNKNOWN:
            found = self._reached[before] = self.end(before[:-1], before[-1])
        try:
            return _stepped(self._workspace, found, step)
        except (LookupError, TypeError):
            return _GONE


class Look:
    """A look at a workspace, to tell whose notes still hold: these come into `notes`, with what is there now."""

    def __init__(self, workspace: Workspace, notes: Notes) -> None:
        self.notes = notes
        self._workspace = workspace
        self._walk = Walk(workspace)
        self._known: dict[Answer, bool] = {}
        self._rest: dict[Answer, bool] = {}
        """Of answers, which many files have in common, whether they rest on more than records."""

    def finds(self, seen: Seen) -> bool:
        """Whether what was seen is what one would see now; what rests on the records alone is not asked again while these are the same."""
        known, ground = self._known, self._workspace.ground
        for answer in seen.others if seen.ground is ground else seen.answers:
            if answer not in known:
                value = self._walk.end(answer.before, answer.step)
                known[answer] = _same(value, answer.value)
                if known[answer]:
                    self.notes.adopt(answer, value)
            if not known[answer]:
                return False
        if seen.ground is not ground:
            rest = self._rest
            for answer in seen.answers:
                if answer not in rest:
                    rest[answer] = not self._is_of_records(answer)
            seen.others = tuple([answer for answer in seen.answers if rest[answer]])
            seen.ground = ground
        return True

    def _is_of_records(self, answer: Answer) -> bool:
        """Whether the way to an answer leads through nothing but records."""
        before, step = answer.before, answer.step
        if (before[0] if before else step).name not in OF_RECORDS:
            return False
        records = self._workspace.records
        for one in (*before, step):  # there are many answers, and most steps are about nothing
            for about in one.arguments:
                if isinstance(about, At) and about.path not in records:
                    return False
        return True


class Seen:
    """What was read of a workspace on behalf of one file; its `answers` are there once it is closed."""

    def __init__(self, answers: tuple[Answer, ...] = ()) -> None:
        self._answers = answers
        self._notes: Notes | None = None
        """Where the answers are going to be shared, as long as they are not."""
        self.ground: RecordsGround | None = None
        """That on which all of them were found to hold but `others`, which rest on more."""
        self.others: tuple[Answer, ...] = ()
        self._noted: dict[Way, Any] = {}
        self._calls: dict[tuple[Any, ...], Step] = {}
        self._is_open = True

    def view(self, workspace: Workspace) -> Workspace:
        """The workspace, of which everything that is read is noted here."""
        return cast("Workspace", _View(workspace, (), self))

    def log(self, workspace: Workspace, directory: str) -> Log:
        """The log of a directory, of which everything that is read is noted here."""
        found = workspace.log_at(directory)
        return cast("Log", _View(found, (_attribute("log_at"), Step("call", None, (directory,))), self))

    def close(self, notes: Notes) -> None:
        """Notes nothing more: what is asked later, when a fix is chosen, changes nothing in what was found.

        The answers are shared through `notes` once that is asked for: behind the next keystroke nobody will ask for them any more.
        """
        self._is_open = False
        self._notes, self._calls = notes, {}

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was read."""
        self.share()
        return self._answers

    def share(self) -> None:
        """Has each answer in one object with those of all files that got the same, as is due for what is kept of many."""
        noted, notes = self._noted, self._notes  # in this order, as another thread may do the same
        if notes is not None:
            self._answers = notes.share(noted)
            self._notes = None
            self._noted = {}

    def answer(self, way: Way, value: Any) -> Any:
        """What a reader gets to see of a value: a view of what is looked into, all else as it is."""
        kind = _KINDS[type(value)]
        if kind == "call":
            return _Call(value, way, self)
        if kind == "open":
            return _View(value, way, self)
        if kind == "mapping":
            return _MappingView(value, way, self)
        if kind == "tuple" and value and _KINDS[type(value[0])] == "open":
            self.note((*way, Step("length")), len(value))
            return tuple(_View(one, (*way, Step("item", at)), self) for at, one in enumerate(value))
        if self._is_open:
            self._noted[way] = value
        return value

    def note(self, way: Way, value: Any) -> None:
        """Notes where a way led."""
        if self._is_open:
            self._noted[way] = value

    def call(self, way: Way, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """What a call answers."""
        kept = tuple([At(one.path) if isinstance(one, _FILES) else one for one in arguments])
        step = self._calls.get(kept) or self._calls.setdefault(kept, Step("call", None, kept))  # most are about the file itself
        return self.answer((*way, step), function(*arguments))

    def note_all(self, workspace: Workspace) -> None:
        """Notes everything there is in a workspace, for what looks at all of it."""
        self.note((_attribute("outline"), Step("call")), workspace.outline())


def _stepped(workspace: Workspace, found: Any, step: Step) -> Any:
    """Where one step leads; raises `LookupError` or `TypeError` where it cannot be taken."""
    match step.kind:
        case "attribute":
            if _KINDS[type(found)] != "open":  # such as the log of a directory that is none any more
                raise LookupError(step.name)
            return getattr(found, cast("str", step.name))
        case "item":
            return found[step.name]
        case "has":
            return step.name in found
        case "length":
            return len(found)
        case _:
            return found(*(_file(workspace, one) for one in step.arguments))


_GONE, _UNKNOWN = object(), object()
"""Where a way leads that ends before its end, which is equal to nothing that was seen; and where nobody knows yet."""


def _file(workspace: Workspace, argument: Any) -> Any:
    if not isinstance(argument, At):
        return argument
    found = workspace.facts(argument.path)
    if found is None:
        raise LookupError(argument.path)
    return found


def _same(one: Any, other: Any) -> bool:
    return one is other or bool(one == other)


class _View:
    """Something that is looked into; what was read of it once is at hand from then on."""

    def __init__(self, value: Any, way: Way, seen: Seen) -> None:
        self.seen_value = value
        self._way = way
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        found = self._seen.answer((*self._way, _attribute(name)), getattr(self.seen_value, name))
        self.__dict__[name] = found
        return found


class _MappingView(Mapping[Any, Any]):
    """A mapping that is looked into: by key, or as a whole where it is gone through."""

    __slots__ = ("_seen", "_value", "_way")

    def __init__(self, value: Mapping[Any, Any], way: Way, seen: Seen) -> None:
        self._value = value
        self._way = way
        self._seen = seen

    def __getitem__(self, key: Any) -> Any:
        return self._seen.answer((*self._way, Step("item", key)), self._value[key])

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key, noted also where there is none."""
        if key not in self._value:
            self._seen.answer((*self._way, Step("has", key)), value=False)
            return default
        return self[key]

    def __contains__(self, key: object) -> bool:
        return bool(self._seen.answer((*self._way, Step("has", key)), key in self._value))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return int(self._seen.answer((*self._way, Step("length")), len(self._value)))

    def items(self) -> ItemsView[Any, Any]:
        """All of it; what is in it is not looked into any further."""
        return self._all().items()

    def values(self) -> ValuesView[Any]:
        """All values."""
        return self._all().values()

    def __getattr__(self, name: str) -> Any:
        """Whatever else the mapping can do, such as a tally `most_common`: of all of it, and of a copy that the asker may change."""
        if name.startswith("_"):  # such as what copying looks for before anything is there
            raise AttributeError(name)
        whole = self._all()
        return getattr(Counter(whole) if isinstance(whole, Counter) else dict(whole), name)

    def _all(self) -> Mapping[Any, Any]:
        self._seen.note(self._way, self._value)
        return self._value


class _Call:
    """A function of something that is looked into."""

    __slots__ = ("_function", "_seen", "_way")

    def __init__(self, function: Callable[..., Any], way: Way, seen: Seen) -> None:
        self._function = function
        self._way = way
        self._seen = seen

    def __call__(self, *arguments: Any) -> Any:
        return self._seen.call(self._way, self._function, arguments)
