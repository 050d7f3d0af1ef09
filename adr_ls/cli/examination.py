"""One run through what the server can do, with each answer printed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from adr_ls.cli.editor import CAPABILITIES, Client, Failure, Gone, Json
from adr_ls.cli.printing import say
from adr_ls.io.terminal import COLOURS, clean, excerpt, style, unified
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.syntax.text import Edit, Lines, Span, apply
from adr_ls.write import editing

MOST = 50
"""How many records are opened."""
SHOWN = 12
"""How many diagnostics and completions are printed at most."""
LEVELS = {1: "error", 2: "warning", 3: "info", 4: "hint"}
"""The protocol's numbers for the levels."""


_T = TypeVar("_T")


def attempted(part: Callable[..., _T], *arguments: Any) -> tuple[_T, ...]:
    """What a part of an examination comes to; nothing where it fails, which is told, since the others may tell people what they need.

    Raises `Gone` where there is nobody left to ask.
    """
    try:
        return (part(*arguments),)
    except Gone:
        raise
    except Failure as failure:
        say(style(f"✗ {clean(str(failure))}", "31"))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what doctor is there to tell
        say(style(f"✗ {type(error).__name__}: {clean(str(error))}, which is a mistake in adr-ls", "31"))
    return ()


class Examination:
    """One run through the features, each with its answer printed; `has_failed` tells whether one of them has."""

    def __init__(self, client: Client, workspace: Workspace, base: str) -> None:
        self._client = client
        self._workspace = workspace
        self._base = base
        self.has_failed = False

    def _attempt(self, part: Callable[..., _T], *arguments: Any) -> tuple[_T, ...]:
        found = attempted(part, *arguments)
        self.has_failed |= not found
        return found

    def _uri(self, path: str) -> str:
        return Path(path).as_uri()

    def _name(self, path: str) -> str:
        return clean(path[len(self._base) + 1 :] if path.startswith(self._base + "/") else path)

    def _section(self, title: str, seconds: float | None = None) -> None:
        took = f"  {seconds * 1000:.1f} ms" if seconds is not None else ""
        say("\n" + style(title, "1") + style(took, "2"))

    def _timed(self, method: str, params: Any) -> tuple[Any, float]:
        begun = time.perf_counter()
        answer = self._client.ask(method, params)
        return answer, time.perf_counter() - begun

    def begin(self, begun: float) -> None:
        """Starts the session; `begun` is when the server was started, by the counter of `time`."""
        answer = self._client.ask(
            "initialize", {"processId": None, "rootUri": self._uri(self._base), "capabilities": CAPABILITIES}
        )
        info = answer["serverInfo"]
        self._section(
            f"{info['name']} {info['version']} on {len(self._workspace.records)} records started in",
            time.perf_counter() - begun,
        )
        self._client.notify("initialized", {})

    def all(self) -> None:
        """Asks everything; raises `Failure` where nothing can be asked any more."""
        written = [path for path, record in self._workspace.records.items() if not editing.obstacle(record)]
        opened = self._whole(written[:MOST])
        if not opened:
            said = "All ADRs here are in AsciiDoc, which is only read" if self._workspace.records else "No ADRs found here"
            say(f"{said}, so there is nothing more to show.")
            return
        first, *others = opened
        begun = time.perf_counter()
        self._open(first)
        self._client.wait_for(self._uri(first.path))
        waited = time.perf_counter() - begun
        for record in others:
            self._open(record)
        self._client.settle(1.0)
        self._attempt(self._diagnostics, waited)
        for reference in self._attempt(self._reference):
            if reference is not None:
                for part in (self._hover, self._definition, self._references):
                    self._attempt(part, *reference)
        self._attempt(self._completion, first)
        self._attempt(self._index)

    def _whole(self, paths: Iterable[str]) -> list[Record]:
        """The files at these paths."""
        return [file for path in paths if (file := self._workspace.file(path)) is not None]

    def _open(self, record: Record) -> None:
        self._client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": self._uri(record.path), "languageId": "markdown", "version": 1, "text": record.text}},
        )

    def _diagnostics(self, seconds: float) -> None:
        found = [(uri, diagnostic) for uri, own in sorted(self._client.diagnostics.items()) for diagnostic in own]
        self._section(f"Diagnostics: {len(found)}; those of the first file came within", seconds)
        shown = sorted(found, key=lambda pair: pair[1]["severity"])[:SHOWN]
        by_uri = {
            self._uri(path): path for path in (*self._workspace.records, *self._workspace.pages, *self._workspace.settings)
        }
        for uri, diagnostic in shown:
            path, level = by_uri.get(uri), LEVELS[diagnostic["severity"]]
            record = self._workspace.file(path) if path is not None else None
            if record is None:  # such as a file that refers to the records from beside them
                say(f"  {clean(uri)} {style(level, COLOURS[level])} {clean(diagnostic['message'])}")
                continue
            span = _span(record.lines, diagnostic["range"])
            line, column = record.lines.position(span.start)
            place = f"{style(self._name(record.path), '4')}:{line + 1}:{column + 1}"
            say(f"  {place} {style(level, COLOURS[level])} {clean(diagnostic['message'])} {style(diagnostic['code'], '2')}")
            for part in excerpt(record.lines, span, COLOURS[level]):
                say(f"      {clean(part)}")
        if len(found) > SHOWN:
            say(f"  … and {len(found) - SHOWN} more; “adr-ls check” lists them")

    def _reference(self) -> tuple[Record, Span] | None:
        """A reference to show: a bare mention in prose if there is one."""
        found = [
            (
                mention.form != "bare",
                not self._workspace.successors(self._workspace.records[to.path]),
                record.path,
                mention.span,
            )
            for record in self._workspace.records.values()
            if not editing.obstacle(record)
            for mention, to in self._workspace.resolved(record).items()
            if to.path and to.path in self._workspace.records and to.path != record.path
        ]
        _, _, path, span = min(found, key=lambda found: found[:2], default=(False, False, "", Span(0, 0)))
        record = self._workspace.file(path)
        return (record, span) if record is not None else None

    def _at(self, record: Record, span: Span) -> Json:
        line, column = record.lines.position(span.start + (span.end > span.start + 1))
        return {"textDocument": {"uri": self._uri(record.path)}, "position": {"line": line, "character": column}}

    def _where(self, record: Record, span: Span) -> str:
        line, column = record.lines.position(span.start)
        return f"“{span.of(record.text)}” in {self._name(record.path)}:{line + 1}:{column + 1}"

    def _hover(self, record: Record, span: Span) -> None:
        answer, seconds = self._timed("textDocument/hover", self._at(record, span))
        self._section(f"Hover on {self._where(record, span)}", seconds)
        if not answer:
            raise Failure("no hover on a reference")
        for line in answer["contents"]["value"].splitlines():
            say(f"  │ {clean(line)}")

    def _definition(self, record: Record, span: Span) -> None:
        answer, seconds = self._timed("textDocument/definition", self._at(record, span))
        self._section("Go to definition", seconds)
        if not answer:
            raise Failure("no definition of a reference")
        for found in answer[:3]:
            path = next((path for path in self._workspace.records if self._uri(path) == found["uri"]), "")
            target = self._workspace.file(path)
            line = found["range"]["start"]["line"]
            say(
                f"  → {self._name(target.path) if target else clean(found['uri'])}:{line + 1}  {clean(target.lines.span(line).of(target.text) if target else '')}"
            )

    def _references(self, record: Record, span: Span) -> None:
        answer, seconds = self._timed(
            "textDocument/references", {**self._at(record, span), "context": {"includeDeclaration": False}}
        )
        self._section(f"References to it: {len(answer or [])}", seconds)

    def _completion(self, record: Record) -> None:
        """What is offered after `ADR-`, typed at the end of a record and not kept."""
        word = next(iter(re.findall(r"^[A-Za-z-]+-", record.id)), "ADR-")
        typed = record.text + ("" if record.text.endswith("\n") else "\n") + f"\nSee {word}"
        self._client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self._uri(record.path), "version": 2}, "contentChanges": [{"text": typed}]},
        )
        line, column = Lines(typed).position(len(typed))
        params = {"textDocument": {"uri": self._uri(record.path)}, "position": {"line": line, "character": column}}
        answer, seconds = self._timed("textDocument/completion", params)
        self._client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self._uri(record.path), "version": 3}, "contentChanges": [{"text": record.text}]},
        )
        items = (answer or {}).get("items", [])
        self._section(f"Completion after “See {word}”: {len(items)}", seconds)
        for item in items[:SHOWN]:
            label = style(clean(item["label"]), "9" if 1 in item.get("tags", []) else "0")
            described = item.get("labelDetails", {}).get("description", "")
            say(f"  {label}  {item.get('detail', '')}  {style(described, '2')}")

    def _index(self) -> None:
        paths = sorted(self._workspace.indexes)
        if not paths:
            self._section("Index: none; no file lists the records")
            return
        for path in paths[:3]:
            for page in self._whole([path]):
                self._open(page)
            params = {
                "textDocument": {"uri": self._uri(path)},
                "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
                "context": {"diagnostics": [], "only": ["source.updateIndex"]},
            }
            answer, seconds = self._timed("textDocument/codeAction", params)
            self._section(f"Index {self._name(path)}: {answer[0]['title'] if answer else 'up to date'}", seconds)
            for action in answer or []:
                self._diff(action.get("edit", {}))

    def _diff(self, edit: Json) -> None:
        """Prints what an edit changes."""
        for change in edit.get("documentChanges", []):
            uri = change.get("textDocument", {}).get("uri")
            page = next(iter(self._whole(path for path in self._workspace.pages if self._uri(path) == uri)), None)
            if page is None:
                continue
            edits = [Edit(_span(page.lines, one["range"]), one["newText"]) for one in change["edits"]]
            for line in unified(page.text, apply(page.text, edits), self._name(page.path)):
                say("  " + style(clean(line), {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")))


def _span(lines: Lines, found: Json) -> Span:
    """A range of the protocol, in code points as we asked for them, as a span."""
    start, end = found["start"], found["end"]
    return Span(lines.offset(start["line"], start["character"]), lines.offset(end["line"], end["character"]))
