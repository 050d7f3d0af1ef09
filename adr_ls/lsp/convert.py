"""From the core's values to the protocol's plain JSON: the only place where offsets become lines and columns in a client's units."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from adr_ls import rules
from adr_ls.ide.hover import Hover, heading
from adr_ls.ide.symbols import is_struck
from adr_ls.io import manual
from adr_ls.log.workspace import Workspace
from adr_ls.lsp import uris
from adr_ls.lsp.capabilities import announces, resolves_actions
from adr_ls.lsp.protocol import Raw, Server
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.rules.model import Problem
from adr_ls.syntax import lazy
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.syntax.text import Edit, LineMap, Lines, Span

if TYPE_CHECKING:  # whoever has such a value has imported its module, and the first answers need none of them
    from adr_ls.ide.actions import Action
    from adr_ls.ide.completion.place import Completion, Item
    from adr_ls.ide.goto import DocumentLink, Spot
    from adr_ls.ide.hints import Hint
    from adr_ls.ide.lenses import Lens
    from adr_ls.ide.overview import Entry, Listed
    from adr_ls.ide.records import Card, IndexCard, Named
    from adr_ls.ide.symbols import Fold, Found, Symbol

Json = dict[str, Any]
Read = Callable[[str], Record | None]
"""Reads the file at a path; None where it cannot be read."""

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_TAGS = {"unnecessary": types.DiagnosticTag.Unnecessary, "deprecated": types.DiagnosticTag.Deprecated}
_KINDS = {
    "record": types.CompletionItemKind.Reference.value,
    "status": types.CompletionItemKind.EnumMember.value,
    "section": types.CompletionItemKind.Struct.value,
    "key": types.CompletionItemKind.Property.value,
    "anchor": types.CompletionItemKind.Constant.value,
    "file": types.CompletionItemKind.File.value,
    "label": types.CompletionItemKind.Variable.value,
    "date": types.CompletionItemKind.Value.value,
    "person": types.CompletionItemKind.Value.value,
    "option": types.CompletionItemKind.Value.value,
    "rule": types.CompletionItemKind.Keyword.value,
}
_text = json.JSONEncoder(separators=(",", ":")).encode
"""The JSON of a value."""
_BLANK = lazy.regex(r"\s")
_SPECIAL = lazy.regex(r"[\\$}]")
"""What means something in a snippet."""
_LENSES = {
    "references": "adr-ls.showReferences",
    "open": "adr-ls.open",
    "update": "adr-ls.updateIndex",
    "history": "adr-ls.showHistory",
}
"""The commands by which lenses do what they do."""
ANNOTATION = "adr-ls"
"""The id of the change annotation under which a client previews edits."""


@lru_cache(maxsize=16384)
def _uri(path: str) -> str:
    """The URI of a path as the core writes it."""
    return uris.from_path(Path(path))


def _located(head: str, edges: tuple[int, int, int, int]) -> str:
    """A place in a file as JSON; `head` is what all that are in it begin with."""
    first, start, last, end = edges
    return f'{head}{first},"character":{start}}},"end":{{"line":{last},"character":{end}}}}}}}'


class Converter:
    """Knows the client (its units, what it can show) and how it spells the URIs of what it has open."""

    def __init__(self, server: Server) -> None:
        self._server = server
        client = server.client
        diagnostics = "textDocument.publishDiagnostics."
        self._related = client(diagnostics + "relatedInformation", False)
        self.describes = client(diagnostics + "codeDescriptionSupport", False)
        """Whether the client leads from a diagnostic to the page of its rule."""
        tags: dict[str, Any] = client(diagnostics + "tagSupport", {})
        self._tags = tags.get("valueSet", []) if isinstance(tags.get("valueSet", []), list) else []
        item = "textDocument.completion.completionItem."
        item_tags: dict[str, Any] = client(item + "tagSupport", {})
        self._struck = bool(item_tags.get("valueSet"))
        self._snippets = client(item + "snippetSupport", False)
        self._label_details = client(item + "labelDetailsSupport", False)
        self._markdown = "markdown" in client("textDocument.hover.contentFormat", [""])
        self._documented = client(item + "documentationFormat", [""])
        # A hover says all that a tooltip would
        hovers = announces(server, "textDocument.hover")
        self._tooltips = client("textDocument.documentLink.tooltipSupport", False) and not hovers
        self._linked = client("textDocument.definition.linkSupport", False)
        self._nested = client("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport", False)
        operations = client("workspace.workspaceEdit.resourceOperations", [""])
        explicit = client("workspace.workspaceEdit.documentChanges", False)
        # Files are renamed in document changes alone: who announces the one, as Neovim does, can do the other
        self._versioned = explicit or "rename" in operations
        self.moves = self._versioned and "rename" in operations
        """Whether the client gives files other paths when asked to."""
        self.has_stops = explicit and client("workspace.workspaceEdit.snippetEditSupport", False)
        """Whether the client takes edits in which people go on from one place to the next."""
        self.explains = client("textDocument.codeAction.disabledSupport", False)
        """Whether the client shows actions that cannot be done, and why."""
        self.resolves = resolves_actions(server)
        """Whether the client asks for the edits of an action when it is chosen."""
        self._annotated = self._versioned and bool(announces(server, "workspace.workspaceEdit.changeAnnotationSupport"))

    # Places

    def uri(self, path: str) -> str:
        """The URI of a file, as the client spells it where it has it open."""
        uri = _uri(path)
        document = self._server.documents.get(uri)
        return document.uri if document else uri

    def manual(self, rule: str) -> str:
        """The URI of the page of a rule: the file that came with the program, else its address on the web."""
        page = manual.page(rule)
        return uris.from_path(page) if page is not None else rules.DOCUMENTATION.format(rule)

    def position(self, lines: Lines | LineMap, offset: int) -> Json:
        """A place in the client's units."""
        line, character = lines.position(offset, self._server.encoding)
        return {"line": line, "character": character}

    def range(self, lines: Lines | LineMap, span: Span) -> Json:
        """A span in the client's units."""
        first, start, last, end = lines.edges(span, self._server.encoding)
        return {"start": {"line": first, "character": start}, "end": {"line": last, "character": end}}

    def location(self, file: Known, span: Span) -> Json:
        """A span in a file."""
        return {"uri": self.uri(file.path), "range": self.range(file.lines, span)}

    def _lines(self, path: str, workspace: Workspace, read: Read) -> Lines | LineMap:
        """The lines of a file, of which not more is read than columns need; those of an empty one where it cannot be read."""
        facts = workspace.facts(path)
        if facts is not None and facts.lines.serves(self._server.encoding):
            return facts.lines
        file = read(path)
        return file.lines if file is not None else Lines("")

    # Diagnostics

    def diagnostic(self, workspace: Workspace, problem: Problem, lines: Lines) -> Json:
        """A problem as a diagnostic, with as much of it as the client can show."""
        found: Json = {
            "range": self.range(lines, problem.span),
            "severity": _SEVERITIES[problem.level],
            "code": problem.rule.name,
            "source": "adr-ls",
            "message": problem.message,
        }
        if self.describes:
            found["codeDescription"] = {"href": self.manual(problem.rule.name)}
        if problem.tag and _TAGS[problem.tag] in self._tags:
            found["tags"] = [_TAGS[problem.tag]]
        if self._related and problem.related:
            found["relatedInformation"] = [
                {
                    "location": {
                        "uri": self.uri(place.path),
                        "range": self.range(self._lines(place.path, workspace, workspace.file), place.span),
                    },
                    "message": place.message,
                }
                for place in problem.related
                if place.path in workspace.opened or workspace.facts(place.path) or workspace.file(place.path)
            ]
        return found

    # Features

    def hover(self, hover: Hover, lines: Lines) -> Json:
        """A hover, as Markdown where the client shows that."""
        content = (
            {"kind": "markdown", "value": hover.markdown} if self._markdown else {"kind": "plaintext", "value": hover.plain}
        )
        return {"contents": content, "range": self.range(lines, hover.span)}

    def spots(self, spots: Iterable[Spot], source: Record, workspace: Workspace, read: Read) -> list[Json]:
        """Where to go: with the origin marked where the client can show it."""
        found = []
        for spot in spots:
            lines = self._lines(spot.path, workspace, read)
            if self._linked and spot.origin is not None:
                found.append(
                    {
                        "originSelectionRange": self.range(source.lines, spot.origin),
                        "targetUri": self.uri(spot.path),
                        "targetRange": self.range(lines, spot.span),
                        "targetSelectionRange": self.range(lines, spot.name),
                    }
                )
            else:
                found.append({"uri": self.uri(spot.path), "range": self.range(lines, spot.name)})
        return found

    def places(self, spots: Iterable[Spot], workspace: Workspace, read: Read) -> Raw:
        """The names of spots without an origin as `spots` has them, written at once: there may be thousands."""
        encoding = self._server.encoding
        heads: dict[str, tuple[str, Lines | LineMap]] = {}
        found = []
        for spot in spots:
            if spot.path not in heads:
                heads[spot.path] = self._head(spot.path), self._lines(spot.path, workspace, read)
            head, lines = heads[spot.path]
            found.append(_located(head, lines.edges(spot.name, encoding)))
        return Raw(f"[{','.join(found)}]")

    def _head(self, path: str) -> str:
        """How a place in a file begins as JSON."""
        return f'{{"uri":{_text(self.uri(path))},"range":{{"start":{{"line":'

    def completion(self, completion: Completion, lines: Lines) -> Raw:
        """A list of items, in its own order whatever the client sorts by; written at once, as people wait for it at each key."""
        place = _text(self.range(lines, completion.span))
        items = ",".join([self._item(item, place, order) for order, item in enumerate(completion.items)])
        return Raw(f'{{"isIncomplete":{_text(completion.incomplete)},"items":[{items}]}}')

    def _item(self, item: Item, place: str, order: int) -> str:
        # Neovim before 0.12 takes of a plain text what stands before its first blank
        is_snippet = self._snippets and _BLANK.search(item.insert) is not None
        text = _SPECIAL.sub(r"\\\g<0>", item.insert) if is_snippet else item.insert
        found = (
            f'"label":{_text(item.label)},"kind":{_KINDS[item.kind]},"sortText":"{order:04}","filterText":{_text(item.filter)},'
            f'"textEdit":{{"range":{place},"newText":{_text(text)}}}'
        )
        detail = item.detail
        if is_snippet:
            found += f',"insertTextFormat":{types.InsertTextFormat.Snippet.value}'
        if self._label_details:
            behind = f'"detail":{_text(" " + detail)},' if item.kind == "record" and detail else ""
            found += f',"labelDetails":{{{behind}"description":{_text(item.description)}}}'
        elif item.description:
            detail = f"{detail} ({item.description})"
        if detail:
            found += f',"detail":{_text(detail)}'
        if item.deprecated:
            found += f',"tags":[{types.CompletionItemTag.Deprecated.value}]' if self._struck else ',"deprecated":true'
        if item.path:
            found += f',"data":{{"path":{_text(item.path)}}}'
        return f"{{{found}}}"

    def documentation(self, card: Hover) -> str | types.MarkupContent:
        """The documentation of a completion item, in the form that the client shows."""
        if types.MarkupKind.Markdown.value in self._documented:
            return types.MarkupContent(types.MarkupKind.Markdown, card.markdown)
        if types.MarkupKind.PlainText.value in self._documented:
            return types.MarkupContent(types.MarkupKind.PlainText, card.plain)
        return card.plain

    def symbols(self, symbols: Iterable[Symbol], file: Record) -> list[Json]:
        """The headings of a file, nested where the client shows that."""
        if self._nested:
            return [self._symbol(symbol, file.lines) for symbol in symbols]
        return list(self._flat(symbols, file, ""))

    def _flat(self, symbols: Iterable[Symbol], file: Record, container: str) -> Iterator[Json]:
        """Headings in the order of the text, each with the name of the one above it."""
        for symbol in symbols:
            yield {
                "name": symbol.name,
                "kind": types.SymbolKind.String,
                "location": self.location(file, symbol.span),
                "containerName": container,
            }
            yield from self._flat(symbol.children, file, symbol.name)

    def _symbol(self, symbol: Symbol, lines: Lines) -> Json:
        found: Json = {
            "name": symbol.name,
            "detail": symbol.detail,
            "kind": types.SymbolKind.String if symbol.level > 1 else types.SymbolKind.File,
            "range": self.range(lines, symbol.span),
            "selectionRange": self.range(lines, symbol.selection),
            "children": [self._symbol(child, lines) for child in symbol.children],
        }
        if symbol.deprecated:
            found["tags"] = [types.SymbolTag.Deprecated]
        return found

    def workspace_symbols(self, workspace: Workspace, found: Iterable[Found]) -> Raw:
        """Records and sections as symbols of the workspace; written at once, as people wait for them at each key."""
        from adr_ls.ide import overview  # noqa: PLC0415  # as above

        encoding = self._server.encoding
        heads: dict[str, tuple[str, str, str, Lines | LineMap]] = {}
        symbols = []
        for record, section in found:
            if record.path not in heads:
                tags = f',"tags":[{types.SymbolTag.Deprecated.value}]' if is_struck(workspace, record) else ""
                lines = self._lines(record.path, workspace, workspace.file)
                heads[record.path] = _text(heading(record)), tags, self._head(record.path), lines
            name, tags, head, lines = heads[record.path]
            if section is None:
                kind, container = types.SymbolKind.File.value, _text(overview.told(workspace, record))
            else:
                kind, name, container = types.SymbolKind.String.value, _text(section.name), name
            place = section.heading if section is not None else record.heading
            location = _located(head, lines.edges(place.span if place is not None else Span(0, 0), encoding))
            symbols.append(f'{{"name":{name},"kind":{kind},"location":{location},"containerName":{container}{tags}}}')
        return Raw(f"[{','.join(symbols)}]")

    def node(self, workspace: Workspace, file: Facts, how: str = "") -> Json:
        """A record or page as an item of a hierarchy; `how` is how it stands to the one it is shown below."""
        lines = self._lines(file.path, workspace, workspace.file)
        place = self.range(lines, file.heading.span if file.heading else Span(0, 0))
        is_record = file.path in workspace.records
        state = workspace.standing(file) if is_record else "none"
        found: Json = {
            "name": heading(file) if is_record else posixpath.basename(file.path),
            "detail": " · ".join(filter(None, (how, state if state != "none" else ""))),
            "kind": types.SymbolKind.File,
            "uri": self.uri(file.path),
            "range": place,
            "selectionRange": place,
        }
        if is_record and is_struck(workspace, file):
            found["tags"] = [types.SymbolTag.Deprecated]
        return found

    def ranges(self, file: Facts, spans: Iterable[Span], workspace: Workspace) -> list[Json]:
        """Places in a record or page."""
        lines = self._lines(file.path, workspace, workspace.file)
        return [self.range(lines, span) for span in spans]

    def links(self, links: Sequence[DocumentLink], lines: Lines) -> list[Json]:
        """Document links to records, with their titles where the client shows them."""
        found: list[Json] = [{"range": self.range(lines, link.span), "target": self.uri(link.path)} for link in links]
        if self._tooltips:
            for one, link in zip(found, links, strict=True):
                one["tooltip"] = link.tooltip
        return found

    def folds(self, folds: Iterable[Fold]) -> list[Json]:
        """Folding ranges by lines."""
        return [{"startLine": fold.start, "endLine": fold.end, "kind": fold.kind} for fold in folds]

    def selection(self, spans: Iterable[Span], lines: Lines) -> Json:
        """Spans within each other, the innermost first, as a selection range with its parents."""
        found: Json = {}
        for span in reversed([*spans]):
            found = {"range": self.range(lines, span), **({"parent": found} if found else {})}
        return found

    def lens(self, lens: Lens, lines: Lines) -> Json:
        """A code lens with its command."""
        uri = self.uri(lens.path)
        place = self.range(lines, lens.span)
        argument: Any = {"uri": uri, "position": place["start"]} if lens.does == "references" else {"uri": uri}
        if lens.does == "update":
            argument = uri
        return {"range": place, "command": {"title": lens.title, "command": _LENSES[lens.does], "arguments": [argument]}}

    def hint(self, hint: Hint, lines: Lines) -> Json:
        """An inlay hint, set off from what it follows."""
        return {"position": self.position(lines, hint.offset), "label": hint.words, "paddingLeft": True}

    # What editors show beyond the protocol

    def card(self, card: Card) -> Json:
        """What ``adr-ls/record`` answers."""
        record = card.record
        return {
            "id": record.id,
            "number": record.number,
            "title": record.title or record.name.stem,
            "status": card.status,
            "canonical": card.canonical,
            "date": card.date,
            "statuses": list(card.statuses),
            "asking": list(card.asking),
            "supersededBy": [self._name(other) for other in card.superseded_by],
            "index": {"uri": self.uri(card.index.path), "lists": card.is_listed, "missing": card.missing}
            if card.index
            else None,
        }

    def index_card(self, card: IndexCard) -> Json:
        """What ``adr-ls/index`` answers."""
        return {"uri": self.uri(card.index.path), "listed": card.listed, "missing": card.missing}

    def overview(self, workspace: Workspace, logs: Iterable[Listed], pressing: Iterable[Entry]) -> Json:
        """What ``adr-ls/records`` answers."""
        return {
            "logs": [
                {
                    "uri": self.uri(one.log.directory),
                    "folder": self.uri(root),
                    "name": posixpath.relpath(one.log.directory, root),
                    "records": [self._entry(each) for each in one.entries],
                }
                for one in logs
                for root in [workspace.root_of(one.log.directory) or one.log.directory]
            ],
            "attention": [self.uri(each.record.path) for each in pressing],
        }

    def _entry(self, one: Entry) -> Json:
        """A record in a list."""
        return {
            **self._name(one.record),
            "number": one.record.number,
            "status": one.status,
            "canonical": one.canonical,
            "standing": one.standing,
            "date": one.date,
            "year": one.year,
            "tags": list(one.tags),
            "areas": list(one.areas),
            "owners": list(one.owners),
            "deciders": list(one.deciders),
            "summary": one.record.summary,
            "supersededBy": [self._name(other) for other in one.successors],
            "attention": [
                {"kind": reason.kind, "reason": reason.words, "records": [self._name(other) for other in reason.about]}
                for reason in one.reasons
            ],
        }

    def successors(self, reason: str, records: Iterable[tuple[Facts, str | None]]) -> Json:
        """What ``adr-ls/successors`` answers, of records with their statuses."""
        return {"reason": reason or None, "records": [{**self._name(record), "status": status} for record, status in records]}

    def _name(self, record: Facts) -> Json:
        """By what people know a record."""
        return {"uri": self.uri(record.path), "id": record.id, "title": record.title or record.name.stem}

    def named(self, named: Named) -> Json:
        """One of what ``adr-ls/mentions`` answers."""
        return {
            "text": named.text,
            **self._name(named.record),
            "status": named.status,
            "superseded": named.is_superseded,
            "deprecated": named.is_deprecated,
        }

    # Edits

    def workspace_edit(self, change: Change, read: Read, *, annotated: bool = False) -> Json:
        """A change of files that there are as a client carries it out: with versions where it takes them, and with a preview if `annotated` and it offers one.

        One that moves files is for clients that do so (`moves`).
        """
        preview = annotated and self._annotated
        changes: list[Json] = []
        plain: dict[str, list[Json]] = {}
        for path, own in change.by_path.items():
            file = read(path)
            if file is None:
                continue
            text_edits = [self._text_edit(edit, file.lines, preview=preview) for edit in own]
            document = self._server.documents.get(uris.from_path(Path(path)))
            identifier = {"uri": self.uri(path), "version": document.version if document else None}
            changes.append({"textDocument": identifier, "edits": text_edits})
            plain[self.uri(path)] = text_edits
        for old, new in change.moves:
            options = {"overwrite": False, "ignoreIfExists": False}
            move: Json = {"kind": "rename", "oldUri": self.uri(old), "newUri": uris.from_path(Path(new)), "options": options}
            changes.append({**move, "annotationId": ANNOTATION} if preview else move)
        if not self._versioned:
            return {"changes": plain}
        result: Json = {"documentChanges": changes}
        if preview:
            result["changeAnnotations"] = {ANNOTATION: {"label": change.title, "needsConfirmation": True}}
        return result

    def stops(self, file: Record, blanks: Sequence[Span]) -> Json:
        """An edit that leaves the text of a file as it is, and has people go on from one blank to the next."""
        whole = Span(blanks[0].start, blanks[-1].end)
        parts, at = [], whole.start
        for number, blank in enumerate(blanks, 1):
            said = _SPECIAL.sub(r"\\\g<0>", blank.of(file.text))
            parts += [_SPECIAL.sub(r"\\\g<0>", file.text[at : blank.start]), f"${{{number}:{said}}}" if said else f"${number}"]
            at = blank.end
        document = self._server.documents.get(_uri(file.path))
        identifier = {"uri": self.uri(file.path), "version": document.version if document else None}
        edit = {"range": self.range(file.lines, whole), "snippet": {"kind": "snippet", "value": "".join(parts)}}
        return {"documentChanges": [{"textDocument": identifier, "edits": [edit]}]}

    def text_edits(self, edits: Iterable[FileEdit], read: Read) -> list[Json]:
        """Edits of the one file that is asked about."""
        return [
            self._text_edit(found.edit, file.lines, preview=False) for found in edits if (file := read(found.path)) is not None
        ]

    def _text_edit(self, edit: Edit, lines: Lines, *, preview: bool) -> Json:
        found: Json = {"range": self.range(lines, edit.span), "newText": edit.text}
        if preview:
            found["annotationId"] = ANNOTATION
        return found

    def action(
        self,
        workspace: Workspace,
        action: Action,
        file: Record,
        read: Read,
        diagnostics: Iterable[Mapping[str, Any]],
        data: Json,
    ) -> Json:
        """A code action, with `data` if its edit is asked for later; with the client's own diagnostic where it solves one. Disabled ones are for clients that show why (`explains`)."""
        if action.disabled:
            return {"title": action.title, "kind": action.kind, "disabled": {"reason": action.disabled}}
        found: Json = {"title": action.title, "kind": action.kind}
        if action.choice:
            found["data"] = {**data, "choice": action.choice}
        elif action.order is not None:
            argument = {
                name: self.uri(str(value)) if name in action.order.PATHS else value
                for name, value in action.order.arguments.items()
            }
            found["command"] = {"title": action.title, "command": action.order.command, "arguments": [argument]}
        else:
            found["edit"] = self.edit_of(action, read)
        if action.problem is not None:
            own = self.diagnostic(workspace, action.problem, file.lines)
            same = [given for given in diagnostics if given.get("code") == own["code"] and given.get("range") == own["range"]]
            found["diagnostics"] = same or [own]
            found["isPreferred"] = action.preferred
        return found

    def edit_of(self, action: Action, read: Read) -> Json:
        """What a code action does."""
        return self.workspace_edit(action.change, read, annotated=action.annotated)
