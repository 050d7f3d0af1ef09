"""What is made when it is first used: regular expressions, and properties that are worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, Generic, TypeVar, cast, overload

T = TypeVar("T")


class _Regex(Generic[AnyStr]):
    """Stands in for a compiled pattern. What has been asked for once is an attribute of its own, so that asking again costs nothing."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags
        self._compiled: re.Pattern[AnyStr] | None = None

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # who asks whether there is such a method does not want to match anything
            raise AttributeError(name)
        compiled = self._compiled = self._compiled or re.compile(self.pattern, self._flags)
        found: object = getattr(compiled, name)
        setattr(self, name, found)
        return found


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` returns, as far as its methods and attributes go; a mistake in the pattern is raised by whoever first uses it.

    All modules together have more than four hundred patterns, and compiling them took nearly half of the time that importing takes.
    """
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))


class cached_property(Generic[T]):  # noqa: N801  # a decorator, named as Python's own
    """A property that is worked out once for each object.

    Until 3.12 Python's own has a lock for all objects of a class: reading one long text beside the loop, everybody else who read any
    other waited for that. Here two threads that ask for the same at once may both work it out, which comes to the same.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.attrname = ""
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.attrname = name

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> cached_property[T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is None:
            return self
        found = self._work(instance)
        object.__setattr__(instance, self.attrname, found)  # where it is looked for first from now on, also of what is frozen
        return found
