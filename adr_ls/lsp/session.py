"""What the server knows at a moment, and how it stays true: one snapshot, replaced as people type and as files change.

The snapshot is replaced on the loop alone, so a handler sees one state from beginning to end. Reading the disk and checking the whole
workspace happen in one background thread at a time, on values nobody changes; what comes back too late is dropped.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lsprotocol import types

from adr_ls import rules
from adr_ls.io import disk, files
from adr_ls.io.disk import Loaded
from adr_ls.log import mkdocs
from adr_ls.log.discovery import SITE_FILES
from adr_ls.log.workspace import Log, Workspace
from adr_ls.lsp.convert import Converter, Json
from adr_ls.lsp.documents import Document
from adr_ls.lsp.protocol import Reply, Server
from adr_ls.record import filename
from adr_ls.record.record import Record
from adr_ls.rules.model import FileEdit
from adr_ls.settings import other_tools
from adr_ls.settings.file import FILES, is_settings
from adr_ls.write import creation, renaming
from adr_ls.write.creation import CreationError, Made
from adr_ls.write.renaming import Change

SETTLE = 0.15
"""Seconds without news after which the disk is read again, or the whole workspace checked."""
POLL = 2.5
"""Seconds between looks at the disk for clients that watch no files."""
WATCHED = (
    "**/*.{md,markdown,mdx}",
    f"**/{{{','.join(dict.fromkeys((*FILES, *other_tools.FILES, *SITE_FILES, '.gitignore')))}}}",
)
"""The files whose changes clients are asked to tell."""
PATIENCE = 30.0
"""Seconds within which a client is expected to carry out a renaming, previews included."""
BATCH = 100
"""How many records are read before their garbage is collected."""
REFRESH = 0.5
"""Seconds within which a client is asked at most once to pull diagnostics anew."""

_log = logging.getLogger(__name__)


class Session:
    """The state between messages. Everything here runs on the loop but what `_in_background` is given."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.workspace = Workspace(is_partial=True)
        self.convert = Converter(server)
        self.is_pulling = False
        """Whether the client pulls diagnostics, so that none are pushed."""
        self._settings: Mapping[str, Any] = {}
        self._loaded: Loaded | None = None
        self._beside: dict[str, Record] = {}
        self._loading = False
        self._again = False
        self._changes = 0
        self._checked: dict[str, tuple[str, list[Json]]] = {}
        self._published: dict[str, str] = {}
        self._noticed: dict[str, tuple[str, list[Json]]] = {}
        """What is wrong with files that are neither records nor pages: settings, and what could not be read."""
        self._complaints: set[tuple[str, str]] = set()
        self._loose: dict[str, Record] = {}
        self._before: dict[str, Workspace] = {}
        """For each file that is being typed in the last workspace that was judged, see `_judge`."""
        self._moves: tuple[dict[str, str], float] = ({}, 0.0)
        """The files that the client was last asked to give other paths, and when."""
        self._progress = ""
        """The token under which progress is being shown; empty while none is."""
        self._told: Json = {}
        """What the client was last told of the workspace's state; see `_tell`."""

    # Coming and going

    def begin(self, params: Mapping[str, Any]) -> None:
        """Takes in what the client can do and how it is set, from its ``initialize``."""
        self.convert = Converter(self.server)
        self.is_pulling = (
            self.server.client("textDocument.diagnostic", {"": ""}) != {"": ""}
            and self.server.client("workspace.diagnostics.refreshSupport", False)
            and not _forgets_open_files(params)
        )
        options = params.get("initializationOptions")
        if isinstance(options, Mapping):
            self._settings = _own(options)

    def start(self) -> None:
        """Reads the workspace and has its files watched."""
        registrations: list[Json] = []
        if self.server.client("workspace.didChangeConfiguration.dynamicRegistration", False):
            section = {"section": "adr-ls"}
            registrations.append(
                {"id": "adr-ls-settings", "method": types.WORKSPACE_DID_CHANGE_CONFIGURATION, "registerOptions": section}
            )
        if self.server.client("workspace.didChangeWatchedFiles.dynamicRegistration", False):
            # A folder that is deleted or renamed is told of as itself, not file by file
            folders = {"globPattern": "**/*", "kind": types.WatchKind.Delete}
            watchers = {"watchers": [*({"globPattern": pattern} for pattern in WATCHED), folders]}
            registrations.append(
                {"id": "adr-ls-files", "method": types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "registerOptions": watchers}
            )
        else:
            self.server.later(POLL, self._poll)
        if registrations:
            self.server.request(types.CLIENT_REGISTER_CAPABILITY, {"registrations": registrations}, self._registered)
        self.configure()
        self.reload()

    def _registered(self, reply: Reply) -> None:
        if reply.error is not None:
            _log.info("the client would not register: %s", reply.error)
            self.server.later(POLL, self._poll)

    def _poll(self) -> None:
        """Looks at the disk for clients that do not tell of changes; a look costs a stat for each file."""
        self.reload()
        self.server.later(POLL, self._poll)

    def configure(self) -> bool:
        """Asks the client for its settings; whether it answers such questions."""
        answers = self.server.client("workspace.configuration", False)
        if answers:
            self.server.request(types.WORKSPACE_CONFIGURATION, {"items": [{"section": "adr-ls"}]}, self._configured)
        return answers

    def _configured(self, reply: Reply) -> None:
        if reply.error is None and isinstance(reply.result, list) and reply.result and isinstance(reply.result[0], Mapping):
            self.set(reply.result[0])

    def set(self, settings: Mapping[str, Any]) -> None:
        """Takes over the client's settings; they apply at once."""
        own = _own(settings)
        if own != self._settings:
            self._settings = own
            self.reload()

    # The disk

    def reload(self) -> None:
        """Reads what has changed on the disk, soon; many calls cause one reading."""
        self.server.debounce("reload", 0.0 if self._loaded is None else SETTLE, self._load)

    def _load(self) -> None:
        if self._loading:
            self._again = True
            return
        self._loading = True
        roots = self._roots()
        opened = {
            disk.to_path(document.path): document.text
            for document in self.server.documents
            if document.path is not None and _is_read(document.path)
        }
        current, settings = self.workspace, dict(self._settings)
        known = replace(self._loaded, workspace=current) if self._loaded is not None else None
        first = known is None
        if first:
            self._begin_progress()
            self._tell("reading")

        def load() -> Callable[[], None]:
            begun = time.perf_counter()
            if first:
                gc.disable()  # `_read_records` collects: otherwise all that was read is looked through again and again
            try:
                found = disk.load(roots, opened=opened, settings=settings, known=known, rules=rules.NAMES)
                if known is not None and _is_same(found.workspace, current):
                    return lambda: self._unchanged(found)
                _read_records(found.workspace, opened, freeze=first)
                _warm(found.workspace, current)
            except Exception:  # noqa: BLE001  # whatever the disk holds, the server goes on with what it has
                _log.exception("reading the workspace failed")
                return lambda: self._read(None, first=first)
            finally:
                gc.enable()
            _log.info("read %d records in %.2f s", len(found.workspace.records), time.perf_counter() - begun)
            return lambda: self._read(found, first=first)

        self._in_background(load)

    def _roots(self) -> list[Path]:
        """The opened folders; without any, the files that are open, each with the records beside it."""
        if self.server.roots:
            return list(self.server.roots)
        opened = [
            document.path for document in self.server.documents if document.path is not None and _is_markdown(document.path)
        ]
        return [path for path in {path.parent: path for path in opened}.values() if path.exists()]

    def _unchanged(self, found: Loaded) -> None:
        self._loaded = found
        self._complain(found)
        self._read(None, first=False)

    def _read(self, found: Loaded | None, *, first: bool) -> None:
        self._loading = False
        if first:
            self._end_progress()
        if found is not None:
            self._loaded = found
            self._swap(found.workspace)
            for document in self.server.documents:
                self._take(document)
            self._complain(found)
            self._recheck()
            if first:
                gc.freeze()
        self._tell("ready")
        if self._again:
            self._again = False
            self.reload()

    def _complain(self, found: Loaded) -> None:
        """Shows what is wrong with settings and unreadable files, each in its file."""
        for path, reason in found.notes:
            _log.info("%s %s", path, reason)
        by_path: dict[str, list[Json]] = {}
        for path, complaint in found.complaints():
            if path:
                by_path.setdefault(path, []).append(complained(complaint))
            elif ("", complaint) not in self._complaints:
                _log.warning("Settings: %s", complaint)
        self._complaints = set(found.complaints())
        gone = set(self._noticed) - set(by_path)
        self._noticed = {path: _identified(own) for path, own in by_path.items()}
        if self.is_pulling:
            return  # the check of the whole workspace that follows takes them along
        for path in [*by_path, *gone]:
            self._publish(path, by_path.get(path, []), None)

    def _swap(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._loose.clear()
        self._changes += 1

    # Documents

    def opened(self, document: Document) -> None:
        """A document was opened or changed: its text holds from now on, whatever the disk says."""
        path = self._path(document)
        if path is None:
            return
        known = self.workspace.file(path) is not None
        before = self.workspace
        if is_settings(Path(path).name):
            self.reload()  # all depends on them
        elif not known and self.workspace.is_partial:
            self._adopt(path, document.text)
        elif (
            not known
            and _is_markdown(Path(path))
            and self._loaded is not None
            and path not in self.workspace.files
            and self._is_inside(path)
        ):
            self.reload()  # a file that is not on the disk yet
        elif not known and not self.server.roots:
            self.reload()
        self._take(document)
        self._check_now(document)
        if not self.workspace.is_partial:
            self._before.setdefault(path, before)
            self.server.debounce(("concerns", path), 0.0, self._judge, path)

    def _judge(self, path: str) -> None:
        """Has the others checked again where a change concerns them; behind what is waiting, since it takes reading the new text."""
        if _concerns_others(self._before.pop(path), self.workspace, path):
            self._recheck()

    def closed(self, document: Document) -> None:
        """A document was closed: the disk holds again."""
        path = self._path(document)
        if path is None:
            return
        self._loose.pop(path, None)
        if document.uri != self.convert.uri(path) and document.uri in self._published:
            # It was opened under another spelling of its name, under which nobody will find it any more
            self.server.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, {"uri": document.uri, "diagnostics": []})
            del self._published[document.uri]
        if self._loaded is not None:
            self._loaded.stamps.pop(path, None)
        if not self.is_pulling and not rules.is_checked(self.workspace, path):
            self._publish(path, [], None)
        self.reload()

    def _take(self, document: Document) -> None:
        path = self._path(document)
        if path is None:
            return
        changed = self.workspace.with_text(path, document.text)
        if changed is not self.workspace:
            self.workspace = changed
            self._changes += 1

    def _adopt(self, path: str, text: str) -> None:
        """Takes a file in before the workspace is read, so that it is answered for at once."""
        record = mkdocs.page(path, text)
        directory = path.rsplit("/", 1)[0]
        logs = {log.directory: log for log in self.workspace.logs}
        if filename.name_of(path).number is not None or record.status is not None:
            log = logs.get(directory, Log(directory, MappingProxyType({})))
            logs[directory] = log.with_record(record)
            self.workspace = replace(self.workspace, logs=tuple(logs.values()))
        else:
            self.workspace = replace(self.workspace, pages=MappingProxyType({**self.workspace.pages, path: record}))

    def _path(self, document: Document) -> str | None:
        return None if document.path is None else disk.to_path(document.path)

    def _is_inside(self, path: str) -> bool:
        return any(path.startswith(root.rstrip("/") + "/") for root in self.workspace.roots)

    def file(self, path: str) -> Record | None:
        """The record, page or settings file at a path; any other Markdown file that is open, read like one."""
        known = self.workspace.file(path)
        if known is not None:
            return known
        for document in self.server.documents:
            if document.path is not None and disk.to_path(document.path) == path and _is_markdown(document.path):
                kept = self._loose.get(path)
                if kept is None or kept.text != document.text:
                    kept = self._loose[path] = Record(path, document.text)
                return kept
        return None

    # Other names

    def beside(self) -> tuple[Record, ...]:
        """The Markdown files elsewhere in the folders, whose links to records are to follow."""
        if self._loaded is None:
            return ()
        opened = {path: document.text for document in self.server.documents if (path := self._path(document)) is not None}
        found = disk.beside(replace(self._loaded, workspace=self.workspace), opened)
        self._beside = {record.path: record for record in found}
        return found

    def _file_beside(self, path: str) -> Record | None:
        return self._beside.get(path) or self.file(path)

    def renamed(self, change: Change, label: str) -> Json:
        """A change that gives a record another name, as the client carries it out."""
        self._moves = dict(change.moves), time.monotonic()
        edits = [FileEdit(path, edit) for path, edit in change.edits]
        done = self.convert.workspace_edit(edits, self._file_beside, label=label, moves=change.moves)
        self._beside = {}
        return done

    def moving(self, moves: dict[str, str]) -> Json | None:
        """What has to be edited when files or folders get other paths; None for nothing."""
        own, asked = self._moves
        self._moves = {}, 0.0
        if moves == own and time.monotonic() - asked < PATIENCE:
            return None  # the client asks what follows from our own change, which holds that already
        edits = [FileEdit(path, edit) for path, edit in renaming.moved(self.workspace, moves, self.beside())]
        done = self.convert.workspace_edit(edits, self._file_beside, label="Update links") if edits else None
        self._beside = {}
        return done

    # Diagnostics

    def diagnostics(self, path: str) -> tuple[str, list[Json]]:
        """The diagnostics of a file as it is now, and an id that is the same for the same ones."""
        file = self.workspace.file(path)
        if file is None:
            return "none", []
        found = [
            self.convert.diagnostic(self.workspace, problem, file.lines) for problem in rules.check_file(self.workspace, path)
        ]
        kept = _identified(found)
        self._checked[path] = kept
        return kept

    def all_diagnostics(self) -> Mapping[str, tuple[str, list[Json]]]:
        """The diagnostics of all records and indexes as they were last worked out in the background."""
        return {**self._checked, **self._noticed}

    def _check_now(self, document: Document) -> None:
        """Pushes the diagnostics of a document behind what is waiting, so that a burst of changes is checked once."""
        if not self.is_pulling:
            self.server.debounce(("check", document.uri), 0.0, self._push, document.uri)

    def _push(self, uri: str) -> None:
        document = self.server.documents.get(uri)
        path = self._path(document) if document else None
        if document is None or path is None:
            return
        _, found = self.diagnostics(path)
        if found or rules.is_checked(self.workspace, path) or self.convert.uri(path) in self._published:
            self._publish(path, found, document.version, always=True)

    def _publish(self, path: str, found: list[Json], version: int | None, *, always: bool = False) -> None:
        uri = self.convert.uri(path)
        identity, _ = _identified(found)
        if not always and self._published.get(uri, _NONE) == identity:
            return
        params: Json = {"uri": uri, "diagnostics": found}
        if version is not None:
            params["version"] = version
        self.server.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
        self._published[uri] = identity

    def _recheck(self) -> None:
        """Checks the whole workspace once it has come to rest, in the background."""
        self.server.debounce("recheck", SETTLE if self._checked else 0.0, self._check_all)

    def _check_all(self) -> None:
        workspace, changes = self.workspace, self._changes
        opened = {self._path(document) for document in self.server.documents}
        for document in self.server.documents:
            self._check_now(document)

        def check() -> Callable[[], None]:
            found: dict[str, tuple[str, list[Json]]] = {}
            for path in rules.checked(workspace):
                if self._changes != changes:
                    return self._recheck  # somebody is typing: this is no longer what holds
                file = workspace.file(path) or Record(path, "")
                found[path] = _identified(
                    [self.convert.diagnostic(workspace, problem, file.lines) for problem in rules.check_file(workspace, path)]
                )
                if path not in opened:
                    _let_go(file)
            return lambda: self._checked_all(found, changes)

        self._in_background(check)

    def _checked_all(self, found: dict[str, tuple[str, list[Json]]], changes: int) -> None:
        if self._changes != changes:
            self._recheck()
            return
        gone = set(self._checked) - set(found)
        different = [path for path in found if self._checked.get(path, (_NONE,))[0] != found[path][0]]
        self._checked = {**found, **{path: (_NONE, []) for path in gone}}
        if self.is_pulling:
            if different or gone:
                self.server.debounce(
                    "refresh",
                    REFRESH if len(self._checked) > 1 else 0.0,
                    self.server.request,
                    types.WORKSPACE_DIAGNOSTIC_REFRESH,
                    None,
                )
            return
        for path in [*found, *gone]:
            document = self.server.documents.get(self.convert.uri(path))
            self._publish(path, self._checked[path][1], document.version if document else None)

    # New records

    @property
    def is_read(self) -> bool:
        """Whether the workspace has been read."""
        return self._loaded is not None

    def create(self, title: str, path: str | None, today: str, *, file: str = "") -> Made:
        """A new record for the log that a file or directory belongs to, or for the first folder where there is none.

        `file` is the path that it is to have, where that is known. Raises `CreationError` where there can be none.
        """
        if not self.is_read:
            raise CreationError("The records are still being read; try again in a moment.")
        log = creation.log_near(self.workspace, path)
        if log is None:
            roots = self._roots()
            if not roots:
                raise CreationError("Open the folder that the ADR is to be put into first.")
            folder = next((root for root in roots if path and path.startswith(disk.to_path(root) + "/")), roots[0])
            folder = folder if folder.is_dir() else folder.parent
            opened = {
                disk.to_path(document.path): document.text for document in self.server.documents if document.path is not None
            }
            log = disk.cradle(self.workspace, folder, creation.HOME, opened=opened, settings=self._settings)
        near = self.workspace.records.get(path) if path else None
        newline = disk.usual_line_end(self.workspace, log)
        made = creation.create(self.workspace, log, title, today, near=near, path=file, newline=newline)
        if not files.contains(self._roots(), Path(made.record.path)):
            raise CreationError(f"“{made.record.path}” lies outside the opened folders; open the folder that it belongs into.")
        if os.path.lexists(made.record.path):
            raise CreationError(f"There is a file “{made.record.name.stem}” already; choose another title.")
        return made

    def write(self, record: Record) -> None:
        """Makes the file of a new record, for clients that make none themselves.

        Raises `CreationError` where that is impossible.
        """
        try:
            files.write(Path(record.path), record.text, [*self._roots()], new=True)
        except files.WriteError as error:
            raise CreationError(f"{error}.") from error
        self.reload()

    # Background work

    def _in_background(self, work: Callable[[], Callable[[], None]]) -> None:
        """Runs `work` in a thread of its own, and what it returns on the loop."""

        def run() -> None:
            try:
                done = work()
            except Exception:  # noqa: BLE001  # a thread has nobody else to tell
                _log.exception("work in the background failed")
                return
            self.server.post(done)

        threading.Thread(target=run, daemon=True, name="adr-ls-work").start()

    def _tell(self, state: str) -> None:
        """Tells clients that show it how far the server is, and how many records it knows; only what they do not know yet."""
        if not self.server.client("experimental.adrLs.status", False):
            return
        workspace = self.workspace
        records, logs = len(workspace.records), len(workspace.logs)
        said = {"state": state, "records": records, "logs": logs, "folders": len(self.server.roots)}
        if said != self._told:
            self._told = said
            self.server.notify("adr-ls/status", said)

    def _begin_progress(self) -> None:
        """Shows, where the client can, that the workspace is being read."""
        if not self.server.client("window.workDoneProgress", False):
            return
        reading = "adr-ls-reading"

        def begin(reply: Reply) -> None:
            if reply.error is None and self._loading and self._loaded is None:
                self._progress = reading
                self._report({"kind": "begin", "title": "Reading ADRs"})

        self.server.request(types.WINDOW_WORK_DONE_PROGRESS_CREATE, {"token": reading}, begin)

    def _end_progress(self) -> None:
        if self._progress:
            self._report({"kind": "end", "message": f"{len(self.workspace.records)} records"})
            self._progress = ""

    def _report(self, value: Json) -> None:
        self.server.notify(types.PROGRESS, {"token": self._progress, "value": value})


_NONE = "0"


def complained(message: str) -> Json:
    """A diagnostic for a whole file."""
    start = {"line": 0, "character": 0}
    return {
        "range": {"start": start, "end": start},
        "severity": types.DiagnosticSeverity.Warning,
        "code": "unusable",
        "source": "adr-ls",
        "message": message,
    }


def _identified(found: list[Json]) -> tuple[str, list[Json]]:
    """Diagnostics with an id made of what they say."""
    return (f"{hash(json.dumps(found, sort_keys=True)) & 0xFFFFFFFFFFFF:x}" if found else _NONE), found


def _forgets_open_files(params: Mapping[str, Any]) -> bool:
    """Whether the client, asked to pull anew, pulls for the files that are not open alone, as Neovim 0.12 does."""
    client = params.get("clientInfo")
    return isinstance(client, Mapping) and client.get("name") == "Neovim"


def _own(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings that are for us: the section of our name where there is one, without what is the client's own or empty.

    Editors send their defaults for what nobody has set, and an empty list must not hide what the repository says.
    """
    section = settings.get("adr-ls", settings)
    if not isinstance(section, Mapping):
        return {}
    return {key: value for key, value in section.items() if key not in _CLIENT_SIDE and value not in (None, [], {})}


_CLIENT_SIDE = frozenset({"trace", "path", "interpreter", "importStrategy", "args", "enable"})


def _is_read(path: Path) -> bool:
    """Whether what stands in a buffer of that path counts, whatever the disk says."""
    return _is_markdown(path) or is_settings(path.name) or path.name in SITE_FILES


def _is_markdown(path: Path) -> bool:
    return path.name.casefold().endswith(filename.SUFFIXES)


def _is_same(one: Workspace, other: Workspace) -> bool:
    """Whether two readings of the disk found the same files with the same texts and settings."""
    return (
        one.roots == other.roots
        and one.files == other.files
        and one.settings == other.settings
        and len(one.logs) == len(other.logs)
        and all(
            a.directory == b.directory
            and a.config == b.config
            and list(a.records.items()) == list(b.records.items())
            and a.templates == b.templates
            for a, b in zip(one.logs, other.logs, strict=True)
        )
        and list(one.pages.items()) == list(other.pages.items())
    )


def _read_records(workspace: Workspace, opened: Container[str], *, freeze: bool) -> None:
    """Reads the records one by one; with `freeze`, what was read is kept out of all later collections."""
    for number, record in enumerate(workspace.records.values(), 1):
        _ = record.title, record.heading_title, record.statuses, record.date, record.mentions, record.relations
        if record.path not in opened:
            _let_go(record)
        if freeze and number % BATCH == 0:
            gc.collect(1)
            gc.freeze()


def _let_go(record: Record) -> None:
    """Forgets the Markdown of a closed file: what the record says is known, and its blocks take ten times the memory of its text."""
    for name in ("document", "area"):
        record.__dict__.pop(name, None)


def _warm(workspace: Workspace, previous: Workspace) -> None:
    """Works out, off the loop, what handlers will ask of a new snapshot; what did not change is taken over from the one before."""
    if "names" in previous.__dict__ and workspace.names == previous.names:
        workspace.__dict__["names"] = previous.names
    for log in workspace.logs:
        old = next((other for other in previous.logs if other.directory == log.directory), None)
        if (
            old is not None
            and list(old.records.items()) == list(log.records.items())
            and old.config == log.config
            and old.templates == log.templates
        ):
            log.__dict__.update({key: value for key, value in old.__dict__.items() if key not in log.__dict__})
        _ = log.house
    _ = workspace.indexes, workspace.backlinks
    for record in workspace.records.values():
        workspace.successors(record)


def _concerns_others(before: Workspace, after: Workspace, path: str) -> bool:
    """Whether a change of one file is one that others' diagnostics depend on: of its number, title, status, relations or entries."""
    old, new = before.records.get(path), after.records.get(path)
    if path in after.pages:
        return before.indexes.get(path) is not None or after.indexes.get(path) is not None
    if old is None or new is None:
        return old is not new
    if old is new:
        return False
    return (
        before.names is not after.names
        or old.title != new.title
        or before.canonical(old) != after.canonical(new)
        or [(related.relation, related.evidence, related.mention.span.of(old.text)) for related in old.relations]
        != [(related.relation, related.evidence, related.mention.span.of(new.text)) for related in new.relations]
    )
