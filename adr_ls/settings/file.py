"""Settings files: which they are, what they say, and where in them something is wrong."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adr_ls.record.record import Record
from adr_ls.settings.values import Config, Mistake
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Edit, Lines, Span
from adr_ls.syntax.toml import Key, Toml, TomlError

OWN = ("adr-ls.toml", ".adr-ls.toml")
"""The files that hold nothing but our settings; they may stand in any folder."""
FILES = (*OWN, "pyproject.toml")
"""The files in an opened folder that may hold settings; the first that does wins."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a settings file: where, a sentence, and the edit that mends it where there can be only one."""

    span: Span
    message: str
    edit: Edit | None = None


@dataclass(frozen=True)
class Settings:
    """One settings file as it stands.

    `rules` are the names of the rules that there are, None to accept any; `config` is all that is set where the file is.
    """

    path: str
    text: str
    rules: frozenset[str] | None = None
    config: Config = field(default_factory=Config)
    absent: frozenset[str] = frozenset()
    """The directories, of those it names, in which there is no file."""

    @property
    def folder(self) -> str:
        """The folder that the file is in."""
        return posixpath.dirname(self.path)

    @cached_property
    def page(self) -> Record:
        """The file as everything that has lines and a text."""
        return Record(self.path, self.text)

    @cached_property
    def _toml(self) -> Toml | Wrong:
        try:
            return Toml.read(self.text)
        except TomlError as error:
            lines = Lines(self.text)
            at = min(error.offset, len(self.text))
            line = lines.span(lines.line_at(at))
            return Wrong(Span(at, max(at, line.end)) if at < line.end else line, f"This is not valid TOML: {error}.")

    @property
    def _home(self) -> tuple[Key, ...]:
        """The path to our own table."""
        return ("tool", "adr-ls") if posixpath.basename(self.path) == "pyproject.toml" else ()

    @cached_property
    def values(self) -> Mapping[str, Any] | None:
        """What the file says for us; None where it says nothing or cannot be read."""
        if isinstance(self._toml, Wrong):
            return None
        found: Any = self._toml.values
        for key in self._home:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else None

    @cached_property
    def wrong(self) -> tuple[Wrong, ...]:
        """What is wrong in the file, in the order of the text."""
        if isinstance(self._toml, Wrong):
            return (self._toml,)
        if self.values is None:
            return tuple(self._elsewhere(self._toml))
        _, mistakes = Config().merged(self.values, self.rules, self.folder)
        named = self.values.get("directories")
        mistakes += tuple(
            Mistake(f"There is no Markdown file in a directory “{directory}” here.", ("directories", number), in_value=True)
            for number, directory in enumerate(named if isinstance(named, list) else ())
            if directory in self.absent
        )
        return tuple(sorted((self._placed(self._toml, mistake) for mistake in mistakes), key=lambda wrong: wrong.span))

    def _elsewhere(self, toml: Toml) -> Iterator[Wrong]:
        """Where our own table should be, and something else is."""
        tool: Any = toml.values.get("tool")
        for key in ("adr-ls", "adr_ls") if self._home and isinstance(tool, Mapping) else ():
            if key in tool:
                span = toml.key("tool", key) or toml.key("tool", key, 0) or Lines(self.text).span(0)
                yield Wrong(span, "The settings of adr-ls stand in a table “[tool.adr-ls]”.")

    def _placed(self, toml: Toml, mistake: Mistake) -> Wrong:
        path = (*self._home, *mistake.path)
        key, value = toml.key(*path), toml.value(*path)
        span = (value if mistake.in_value else key) or key or Lines(self.text).span(0)
        edit = None
        if mistake.suggestion and key is not None:
            if not mistake.in_value:
                edit = Edit(key, mistake.suggestion)
            elif value is not None and value.of(self.text)[:1] in ("'", '"'):
                edit = Edit(Span(value.start + 1, value.end - 1), mistake.suggestion)
        return Wrong(span, mistake.message, edit)

    def with_text(self, text: str) -> Settings:
        """The same file with another text."""
        return self if text == self.text else replace(self, text=text)


def is_settings(base: str) -> bool:
    """Whether a file of that name may hold settings."""
    return base in FILES
