"""What is known at one moment: the workspace, and what is open in the editor."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from adr_ls.io import disk
from adr_ls.log import mkdocs
from adr_ls.log.discovery import SITE_FILES
from adr_ls.log.earlier import Earlier
from adr_ls.log.log import Log
from adr_ls.log.workspace import Reading, Workspace
from adr_ls.lsp.documents import Document
from adr_ls.record import filename
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record, record_of
from adr_ls.settings.file import is_settings

_log = logging.getLogger(__name__)


def path_of(document: Document) -> str | None:
    """Where a document is on the disk, as the core writes paths; None for what is no file."""
    return None if document.path is None else disk.to_path(document.path)


def counts(path: str) -> bool:
    """Whether what stands in a buffer of that path counts, whatever the disk says."""
    base = Path(path).name
    return filename.is_read(path) or is_settings(base) or base in SITE_FILES


@dataclass(frozen=True)
class Snapshot:
    """The workspace with the texts of the open documents in it, all of one moment.

    `loose` are the open files in Markdown or AsciiDoc that are no part of the workspace, each read like a record, and those of source code
    that do not refer to records, `lost` those whose texts could not be understood, which is a mistake of ours and costs nothing but what is known of that file.
    """

    workspace: Workspace = field(default_factory=lambda: Workspace(is_partial=True))
    documents: Mapping[str, Document] = field(default_factory=dict)
    """The open documents that are files, by path."""
    loose: Mapping[str, Record] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    def file(self, path: str) -> Record | None:
        """The record, page or settings file at a path; any other text that is open, read like one."""
        return self.workspace.file(path) or self.loose.get(path)

    def texts(self) -> dict[str, str]:
        """The texts of the open documents that count, by path."""
        return {path: document.text for path, document in self.documents.items() if counts(path)}

    def with_document(self, path: str, document: Document, other: Snapshot | None = None) -> Snapshot:
        """After a document was opened or changed: its text holds, whatever the disk says.

        What `other`, which has that document as well, made of its text is not made again.
        """
        return _with(replace(self, documents={**self.documents, path: document}), self.workspace, [path], other)

    def without_document(self, path: str) -> Snapshot:
        """After a document was closed: the disk holds again, once it is read."""
        documents = {other: document for other, document in self.documents.items() if other != path}
        loose = {other: record for other, record in self.loose.items() if other != path}
        workspace = self.workspace.without_code(path)
        return replace(self, workspace=workspace, documents=documents, loose=loose, lost=self.lost - {path})

    def with_workspace(self, workspace: Workspace) -> Snapshot:
        """After the disk was read: the open documents win over what was found there."""
        return _with(replace(self, loose={}, lost=frozenset()), workspace, self.documents, self)


class State:
    """The one thing that changes: which snapshot holds now. It is replaced on the loop alone; other threads may look."""

    def __init__(self, now: Snapshot | None = None) -> None:
        self.now = now or Snapshot()
        self.coming: dict[str, Document] = {}
        """The open documents, by path, whose texts are still being read, and which the snapshot has as they were before; see `reading`."""

    @property
    def opened(self) -> tuple[str, ...]:
        """The paths of all documents that are open."""
        return tuple(dict.fromkeys((*self.now.documents, *self.coming)))

    def document(self, path: str) -> Document | None:
        """The open document at a path as the client has it, read or not; None where none is open."""
        return self.coming.get(path) or self.now.documents.get(path)


def _adopting(workspace: Workspace, path: str, text: str, read: Reading | None) -> Workspace:
    """With a file taken in before the others are read, so that it is answered for at once."""
    record = read.record if read is not None else mkdocs.edited(path, text)
    facts = read.facts if read is not None else facts_of(record)
    opened = MappingProxyType({**workspace.opened, path: record})
    directory = path.rsplit("/", 1)[0]
    logs = {log.directory: log for log in workspace.logs}
    if filename.name_of(path).number is not None or record.status is not None:
        log = logs.get(directory, Log(directory, MappingProxyType({})))
        logs[directory] = log.with_record(facts)
        return replace(workspace, logs=tuple(logs.values()), opened=opened, earlier=Earlier())
    pages = MappingProxyType({**workspace.pages, path: facts})
    return replace(workspace, pages=pages, opened=opened, earlier=Earlier())


def _with(snapshot: Snapshot, workspace: Workspace, paths: Iterable[str], other: Snapshot | None) -> Snapshot:
    """The snapshot with another workspace, into which its documents at these paths are taken; see `Snapshot.with_document`."""
    loose = dict(snapshot.loose)
    lost = set(snapshot.lost)
    for path in paths:
        document = snapshot.documents[path]
        text = document.text
        known = other if other is not None and other.documents.get(path) is document else None
        lost.discard(path)
        try:
            workspace = _taking(workspace, path, text, known.workspace.reading(path) if known is not None else None)
        except Exception:  # noqa: BLE001  # whatever it is, it is told, and a matter of this file alone
            # What was known is of another text, and no edit may rest on that
            _log.exception("the text of %s could not be understood", path)
            workspace = workspace.without(path)
            loose.pop(path, None)
            lost.add(path)
            continue
        if workspace.file(path) is None:
            found = (known.loose.get(path) if known is not None else None) or (
                record_of(path, text) if filename.is_read(path) else workspace.as_code(path, text)
            )
            loose.pop(path, None)
            loose |= {path: found} if found is not None else {}
    return replace(snapshot, workspace=workspace, loose=loose, lost=frozenset(lost))


def _taking(workspace: Workspace, path: str, text: str, read: Reading | None) -> Workspace:
    """The workspace with the text of an open file; before the others are read, that is taken in to be answered for at once.

    `read` is what was made of the text, where that is known.
    """
    if workspace.is_partial and workspace.file(path) is None and counts(path) and not is_settings(Path(path).name):
        workspace = _adopting(workspace, path, text, read)
    return workspace.with_text(path, text, read)
