"""One client's session: the parts of the server that share what is known, put together.

What is known is a `Snapshot`, which is replaced on the loop alone, so a handler sees one state from beginning to end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from adr_ls.ide.target import Cursor
from adr_ls.io import disk
from adr_ls.io.disk import Glanced
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log.discovery import SITE_FILES
from adr_ls.log.workspace import Workspace
from adr_ls.lsp import uris
from adr_ls.lsp.convert import Converter, Json
from adr_ls.lsp.dating import PAUSE, Historian
from adr_ls.lsp.documents import Document
from adr_ls.lsp.loading import Loader
from adr_ls.lsp.moving import Mover
from adr_ls.lsp.progress import Progress
from adr_ls.lsp.protocol import REPLY_SECONDS, Later, Reply, RequestFailed, Server
from adr_ls.lsp.publishing import Kept, Publisher
from adr_ls.lsp.reading import Efforts, Reading
from adr_ls.lsp.renewing import Renewer
from adr_ls.lsp.scheduling import Precedence, Scheduler, beforehand
from adr_ls.lsp.searching import Searcher
from adr_ls.lsp.snapshot import Snapshot, State, path_of
from adr_ls.lsp.transport import Timer
from adr_ls.lsp.waiting import EDITING, READING, SOON, Need, Waiting
from adr_ls.record.code import Code
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.settings import other_tools
from adr_ls.settings.file import FILES, is_settings

WATCHED = (
    "**/*.{md,markdown,mdx,adoc,asciidoc,asc}",
    f"**/{{{','.join(dict.fromkeys((*FILES, *other_tools.FILES, *SITE_FILES, '.gitignore')))}}}",
)
"""The files whose changes clients are asked to tell."""

EARLY = "The records are still being read; try again in a moment."
_UNREADABLE = "The records could not be read; the server’s log says why."
_log = logging.getLogger(__name__)


class Session:
    """What handlers work with, made for a client that is known. All of it is used on the loop alone."""

    def __init__(self, server: Server, scheduler: Scheduler, system: FileSystem = DISK) -> None:
        self.server = server
        self.convert = Converter(server)
        self._state = State()
        self._system = system
        server.documents.spelled = self._spelled
        self.is_glancing = False
        """Whether no more is known in it than what is needed for one answer that comes early."""
        self._scheduler = scheduler
        self._efforts = Efforts()
        precedence = Precedence()
        self.publishing = Publisher(server, self._state, scheduler, precedence, self._efforts)
        self.loading = Loader(
            server,
            self._state,
            scheduler,
            precedence,
            system,
            Progress(server),
            self._take,
            self.publishing.complain,
            self._rested,
        )
        self.reading = Reading(server.documents, self._state, scheduler, self._efforts, self._took, self._rested)
        self.searching = Searcher(server, self._state, scheduler, system, self._coded, self._rested)
        self.publishing.settle, self.publishing.is_overtaken = self.loading.settle, self.loading.is_hurrying
        self.publishing.recall, self.publishing.leave = self.loading.left, self.loading.leave
        self.waiting = Waiting(server, self.is_met, self.loading.hurry)
        self._is_watching = False
        """Whether the client was asked to tell of changes in source code."""
        self.renewing = Renewer(server, self._state, scheduler)
        self.publishing.judged = self.renewing.look_again
        self.dating = Historian(server, self._state, scheduler, system, self.renewing.look_again)
        self.moving = Mover(self._state, self.loading, self._tell)
        options = server.initialize_params.get("initializationOptions")
        if isinstance(options, Mapping):
            self.loading.begin(options)

    @property
    def now(self) -> Snapshot:
        """What is known."""
        return self._state.now

    @property
    def workspace(self) -> Workspace:
        """The records and pages that are known."""
        return self._state.now.workspace

    def _tell(self, sentence: str) -> None:
        """Shows people a sentence."""
        self.server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Info, "message": sentence})

    # Coming

    def start(self) -> None:
        """Reads the workspace and has its files watched."""
        registrations: list[Json] = []
        if self.server.client("workspace.didChangeConfiguration.dynamicRegistration", False):
            section = {"section": "adr-ls"}
            registrations.append(
                {"id": "adr-ls-settings", "method": types.WORKSPACE_DID_CHANGE_CONFIGURATION, "registerOptions": section}
            )
        if self.server.client("workspace.didChangeWatchedFiles.dynamicRegistration", False):
            # A folder that is deleted or renamed is told of as itself, not file by file; and links lead to files of any kind
            others = {"globPattern": "**/*", "kind": types.WatchKind.Create | types.WatchKind.Delete}
            watchers = {"watchers": [*({"globPattern": pattern} for pattern in WATCHED), others]}
            registrations.append(
                {"id": "adr-ls-files", "method": types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "registerOptions": watchers}
            )
        else:
            self._poll()
        if registrations:
            # On a busy machine the answer may come late, and counts all the same: until then the disk is looked at
            late = self.server.later(REPLY_SECONDS, self._poll)
            self.server.request(
                types.CLIENT_REGISTER_CAPABILITY,
                {"registrations": registrations},
                partial(self._registered, late),
                timeout=None,
            )
        self.configure()
        self.loading.reload()

    def _registered(self, late: Timer, reply: Reply) -> None:
        late.cancel()
        if reply.error is not None:
            _log.info("the client would not register: %s", reply.error)
            self._poll()
        elif self.server.client("workspace.didChangeWatchedFiles.dynamicRegistration", False):
            self.loading.rely()
            self.searching.rely()

    def _poll(self) -> None:
        self.loading.poll()
        self.searching.poll()

    def configure(self) -> bool:
        """Asks the client for its settings; whether it answers such questions.

        They count however late they come: nobody waits for them, and on a busy machine either side may take long to start.
        """
        answers = self.server.client("workspace.configuration", False)
        if answers:
            items = {"items": [{"section": "adr-ls"}]}
            self.server.request(types.WORKSPACE_CONFIGURATION, items, self._configured, timeout=None)
        return answers

    def _configured(self, reply: Reply) -> None:
        if reply.error is None and isinstance(reply.result, list) and reply.result and isinstance(reply.result[0], Mapping):
            self.loading.set(reply.result[0])

    # What changes

    def _take(self, workspace: Workspace) -> None:
        """The disk was read, and other things stand there than before."""
        self._state.now = self.now.with_workspace(workspace.with_code(self.searching.code))
        self.searching.known(self.workspace)
        self._watch_code()
        prepare = partial(self.workspace.prepared, self.loading.is_hurrying)
        self._scheduler.run(partial(beforehand, prepare), lambda _: self.publishing.recheck())
        self.renewing.look_again()

    def _coded(self) -> None:
        """The source code was searched, and other files refer to records than before."""
        self._state.now = self.now.with_workspace(self.workspace.with_code(self.searching.code))
        self._scheduler.run(self.workspace.linked, lambda _: self.publishing.recheck())
        self.renewing.look_again()

    def _watch_code(self) -> None:
        """Has the client tell of changes in source code, where that is searched and it can."""
        can = self.server.client("workspace.didChangeWatchedFiles.dynamicRegistration", False)
        if can and not self._is_watching and self.workspace.searched:
            self._is_watching = True
            watchers = {"watchers": [{"globPattern": "**/*"}]}
            registration = {
                "id": "adr-ls-code",
                "method": types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                "registerOptions": watchers,
            }
            late = self.server.later(REPLY_SECONDS, self.searching.poll)
            self.server.request(
                types.CLIENT_REGISTER_CAPABILITY,
                {"registrations": [registration]},
                partial(self._code_registered, late),
                timeout=None,
            )

    def _code_registered(self, late: Timer, reply: Reply) -> None:
        late.cancel()
        if reply.error is not None:
            self.searching.poll()
        else:
            self.searching.rely()

    def is_met(self, need: Need) -> bool:
        """Whether enough is known for a request; an edit of several files needs all the source code that is searched at all."""
        return (
            self.loading.is_met(need)
            and (self.searching.is_settled or not (need.is_edit or need.is_searched))
            and (self.reading.is_idle or not (need.is_edit or need.is_current))
            and not self.reading.is_reading(need.path)
        )

    def _rested(self) -> None:
        """The disk was read, or could not be."""
        if self.loading.has_failed:
            self.waiting.give_up()
        else:
            self.waiting.look_again()

    def opened(self, document: Document) -> None:
        """A document was opened or changed: its text holds from now on, whatever the disk says, or once it is read."""
        path = path_of(document)
        if path is None:
            return
        self.loading.typed()
        if path not in self.now.documents:
            self.loading.opened(path)
        self.reading.read(path, document)

    def _took(self, path: str, document: Document, now: Snapshot) -> None:
        """The text of a document holds, as that snapshot has it."""
        before, was_lost = self.workspace, path in self.now.lost
        self._state.now = now
        is_template = any(one.path == path for log in before.logs for one in log.templates)
        if was_lost or path in self.now.lost or is_template or is_settings(Path(path).name):
            self.loading.reload()  # all depends on settings and templates; what was lost is told, or found again
        elif before.file(path) is None:
            self.loading.unknown(path)
        self.publishing.changed(path, before, document)
        self.renewing.look_again()

    def closed(self, document: Document) -> None:
        """A document was closed: the disk holds again."""
        path = path_of(document)
        if path is None:
            return
        self.reading.drop(path, document)
        self._efforts.closed(path)
        now = self.now.without_document(path)
        if path in self.searching.code:  # as it was found on the disk
            now = replace(now, workspace=now.workspace.with_code(self.searching.code))
        self._state.now = now
        self.publishing.closed(path)
        if path in now.workspace.code:
            self.publishing.recheck()
        if self.loading.matters(path):
            self.loading.closed(path)
        self.searching.changed([path])

    # When it is answered

    def when(self, need: Need, uri: str | None, answer: Callable[[], Any]) -> Any:
        """What `answer` returns, now or `Later`: once so much is known, or when waiting for that takes too long.

        `uri` is that of the document that is asked about. Until that is known it is waited for, and what was asked of a text that has
        changed meanwhile is not answered. Raises what `answer` raises.
        """
        path = self.path(uri)
        if path is not None and self.now.file(path) is None:
            need = replace(need, is_whole=True)
        elif path is not None and need.is_whole and path in self.now.documents and self.loading.is_overlooked(path):
            need = replace(need, is_settled=True)  # such as one that has just got this name
        if path is not None and self.reading.is_reading(path):
            need = replace(need, path=path)
        elif self.is_met(need) and not self.reading.is_idle:
            need = replace(need, is_current=True, seconds=READING)
        if self.is_met(need):
            return answer()
        conclude = self._unchanged(uri, answer)

        def too_late() -> Any:
            if need.is_edit:
                raise RequestFailed(_UNREADABLE if self.loading.has_failed else EARLY)
            return conclude()

        if self.loading.has_failed and self.loading.is_settled:
            return too_late()
        later = Later()
        self.waiting.until(need, partial(later.give, conclude), partial(later.give, too_late))
        return later

    def linked(self, uri: str, answer: Callable[[], Any]) -> Any:
        """What `answer` returns, now or `Later`: once it is worked out what refers to what, which is done beside the loop.

        For what editors ask with every keystroke of the document at a URI.
        """
        if self.workspace.is_linked:
            return answer()
        conclude, later = self._unchanged(uri, answer), Later()
        self._scheduler.run(partial(beforehand, self.workspace.linked), lambda _: later.give(conclude))
        return later

    def _unchanged(self, uri: str | None, answer: Callable[..., Any]) -> Callable[..., Any]:
        """The answer to what is asked of a document now, if of one; it is refused once the client has changed that, and while it is read."""
        documents = self.server.documents
        document, path = (documents.latest(uri), self.path(uri)) if uri is not None else (None, None)

        def conclude(*found: object) -> Any:
            if uri is not None and documents.latest(uri) is not document:
                raise JsonRpcContentModified("the document has changed since this was asked")
            if path is not None and self.reading.is_reading(path):
                raise JsonRpcContentModified("the document is still being read")
            return answer(*found)

        return conclude

    def dated(self, paths: Iterable[str], uri: str | None, answer: Callable[[], Any], seconds: float = PAUSE) -> Any:
        """What `answer` returns, now or `Later`: once git was asked about some records, or so many seconds later without that.

        At once where somebody has waited for the same question so long in vain.

        `uri` is that of the document that is asked about.
        """
        conclude, later = self._unchanged(uri, answer), Later()

        def give_up() -> None:
            if later.give(conclude):
                self.dating.waited = max(self.dating.waited, seconds)

        if self.is_glancing or self.dating.look(paths, partial(later.give, conclude)) or self.dating.waited >= seconds:
            return answer()
        self.server.later(seconds, give_up)
        return later

    def examined(self, path: str, answer: Callable[[Kept | None], Any], *, fixable: bool = False) -> Any:
        """What `answer` returns, now or `Later`: once it is known what is wrong with an open document, and with `fixable` how that is mended.

        Of a long one that is found beside the loop, and given to `answer`.
        """
        document = self._state.document(path)
        is_coming = self.reading.is_reading(path)
        if document is None or not (is_coming or self._efforts.is_long("checking", path, document)):
            return answer(None)
        conclude, later = self._unchanged(document.uri, answer), Later()

        def give(kept: Kept | None = None) -> object:
            return later.give(partial(conclude, kept))

        need = Need(is_whole=False, path=path, seconds=EDITING)
        self.waiting.until(need, partial(self.publishing.examine, path, give, fixable=fixable), give)
        return later

    def glance(self, at: types.TextDocumentPositionParams, answer: Callable[[Session], Any], later: Later, need: Need) -> None:
        """Has a request answered as soon as what is named at its place has been found, if that is before all else is known.

        So many of the records beside the file as it needs are looked for as well, and its grace is waited for unless there is so much to
        be read that this would be in vain.

        `answer` is given this session as it looks when no more is known than that. Where it finds nothing, that says nothing.
        """
        path = self.path(at.text_document.uri)
        if path is not None and self.reading.is_reading(path):
            read = Need(is_whole=False, path=path, seconds=need.seconds)
            self.waiting.until(read, partial(self.glance, at, answer, later, need))
            return
        if self.loading.is_met(need):
            return  # something else is waited for
        cursor = self.cursor(at.text_document, at.position)
        if cursor is None:
            return

        def found(seen: Glanced | None) -> None:
            if seen is not None and self.file(at.text_document.uri) is cursor.record:
                result = answer(self._seeing(seen.workspace))
                if result and seen.listed <= SOON:
                    self.server.later(need.grace, give, result)
                elif result:
                    give(result)

        def give(result: Any) -> None:
            if self.file(at.text_document.uri) is cursor.record:
                later.give(lambda: result)

        self.loading.glance(cursor.record, cursor.offset, found, need.beside)

    def _seeing(self, workspace: Workspace) -> Session:
        """This session with another workspace, only to look at."""
        other = copy(self)
        other.is_glancing = True
        other._state = State(replace(self.now, workspace=workspace))  # noqa: SLF001  # of the same class
        return other

    def past(self, record: Known) -> str:
        """What git adds to what a record says, as far as it is known; nothing where that is only needed for one answer that comes early."""
        story = self.dating.known(record.path) if not self.is_glancing else None
        if story is None:
            return ""
        from adr_ls.ide import past  # noqa: PLC0415  # git is asked only once much else is answered

        return past.line(self.workspace, record, story)

    # What is asked about

    def path(self, uri: object) -> str | None:
        """The path that a URI names, as the core writes paths; None for what names no file."""
        document = self.server.documents.get(uri) if isinstance(uri, str) else None
        if document is not None:
            return path_of(document)
        found = uris.to_path(uri) if isinstance(uri, str) else None
        return None if found is None else disk.to_path(self._spelled(found))

    def _spelled(self, path: Path) -> Path:
        return self._system.spelled(path, self.server.roots)

    def file(self, uri: str) -> Record | None:
        """The record, page or settings file that a URI names, or any other Markdown file that is open; see `Snapshot.file`."""
        path = self.path(uri)
        return None if path is None else self.now.file(path)

    def text(self, path: str) -> str | None:
        """The text at a path as it is this moment: that of the open document, else the disk's; None where there is none."""
        document = self._state.document(path)
        return document.text if document is not None else self.workspace.read(path)

    def referring(self, item: types.TextDocumentIdentifier) -> Record | None:
        """The file, if it is one that may refer to records: Markdown, or source code."""
        found = self.file(item.uri)
        return None if found is None or found.path in self.workspace.settings else found

    def markdown(self, item: types.TextDocumentIdentifier) -> Record | None:
        """The file, if it is Markdown, and neither source code nor settings."""
        found = self.referring(item)
        return None if isinstance(found, Code) else found

    def cursor(self, item: types.TextDocumentIdentifier, position: types.Position) -> Cursor | None:
        """The place in a file that may refer to records."""
        record = self.referring(item)
        return None if record is None else Cursor(self.workspace, record, self.offset(record, position))

    def offset(self, record: Record, position: types.Position) -> int:
        """Where a position of the client's is in a file."""
        return record.lines.offset(position.line, position.character, self.server.encoding)
