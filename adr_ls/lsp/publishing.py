"""What is told of problems: pushed, or kept for clients that pull, and what has to be checked again after a change."""

from __future__ import annotations

import json
import logging
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from adr_ls import rules
from adr_ls.io.disk import LOST, Loaded
from adr_ls.log.watch import Look, Notes, Seen
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.capabilities import is_pulling
from adr_ls.lsp.convert import Converter, Json
from adr_ls.lsp.documents import Document
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.reading import Efforts
from adr_ls.lsp.scheduling import Precedence, Scheduler
from adr_ls.lsp.snapshot import State, path_of
from adr_ls.rules.model import Problem
from adr_ls.syntax.text import Lines

if TYPE_CHECKING:  # imported once a file is checked
    from adr_ls.rules.verdicts import Recalled, Recollection, Verdicts

SETTLE = 0.15
"""Seconds without news after which a check begins again that was overtaken by typing."""
REFRESH = 0.5
"""Seconds within which a client is asked at most once to pull diagnostics anew."""

Identified = tuple[str, list[Json]]
"""Diagnostics with an id that is the same for the same ones."""


class Kept(NamedTuple):
    """What was found in the text of a digest, what was seen of others for it, and what it came to for the client.

    `seen` is None where an earlier process found it, and all is as it was then, so that nobody had to ask. `related` are all problems
    where one of them has to do with other files, without their fixes: these hold the whole record.
    """

    digest: str
    kinds: tuple[object, ...]
    """What it was looked at as."""
    seen: Seen | None
    related: tuple[Problem, ...]
    told: Identified
    found: Recalled | None
    """What is to be left of it for the next process, until it is."""


_NONE = "0"
_log = logging.getLogger(__name__)


class Publisher:
    """Keeps the diagnostics of all files, and has the client know them."""

    def __init__(self, server: Server, state: State, scheduler: Scheduler, precedence: Precedence, efforts: Efforts) -> None:
        self._efforts = efforts
        self.convert = Converter(server)
        self.is_pulling = is_pulling(server)
        """Whether the client pulls diagnostics, so that none are pushed."""
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._precedence = precedence
        self._checked: dict[str, Identified] = {}
        self._kept: dict[str, Kept] = {}
        self._offered: tuple[Callable[[], Workspace | None], Mapping[str, tuple[Problem, ...]]] = (lambda: None, {})
        """The workspace as it was looked at last, and the problems of open files that were found in it: their fixes hold all of it."""
        self._notes = Notes()
        self.recall: Callable[[], list[bytes] | None] = lambda: None
        """What an earlier process has left of what it found, None where none may leave anything; called beside the loop."""
        self.leave: Callable[[list[bytes]], object] = lambda _: None
        """Leaves that for the next process; called beside the loop."""
        self._earlier: Verdicts | None = None
        """What an earlier process has left, once it was asked for; nothing any more once nothing rests on it."""
        self._has_left = False
        """Whether what was found has been left for the next process."""
        self._is_refreshing = self._is_outdated = False
        """Whether the client was asked to pull just now, and whether something has changed since."""
        self._published: dict[str, tuple[str, str]] = {}
        """Of each file the URI under which the client was last told of it, and the id of what it was told."""
        self._noticed: dict[str, Identified] = {}
        """What is wrong with files that are neither records nor pages: settings, and what could not be read."""
        self._complaints: set[tuple[str, str]] = set()
        self._before: dict[str, Workspace] = {}
        """For each file that is being typed in the last workspace that was judged, see `_judge`."""
        self.settle: Callable[[str, Workspace], object] = lambda _path, _before: None
        """Has everything learned anew once the typing rests; called with the file whose change concerns others, and what was known before."""
        self.is_overtaken: Callable[[], bool] = lambda: False
        """Whether all is going to be read anew for somebody who waits for it, so that checking all can wait; called in any thread."""
        self.judged: Callable[[], object] = lambda: None
        """Is called when other problems are known of some file than before."""

    # What is wrong

    def diagnostics(self, path: str, found: Kept | None = None) -> Identified:
        """The diagnostics of a file as it is now; those that `examine` has `found`, if it still has that text.

        Where others have changed since, all is checked again anyway.
        """
        workspace = self._state.now.workspace
        if workspace.file(path) is None:
            return self._noticed.get(path, ("none", []))
        kept = found if found is not None and found.digest == _digest(workspace, path) else self._examine(workspace, path)
        self._kept[path] = kept
        before, self._checked[path] = self._checked.get(path), kept.told
        if before != kept.told:
            self.judged()
        return kept.told

    def examine(self, path: str, then: Callable[[Kept | None], object], *, fixable: bool = False) -> None:
        """Has looked beside the loop for what is wrong with a file as it is now, and gives `then` what was found, for `diagnostics`.

        With `fixable` the `problems` are at hand then.
        """
        workspace = self._state.now.workspace

        def examine() -> Kept | None:
            try:
                if workspace.file(path) is None:
                    return None
                if fixable and self.problems(path) is None:
                    return self._examine(workspace, path)
                return self._looked_at(workspace, path, Look(workspace, self._notes), None)
            except Exception:  # noqa: BLE001  # whatever it is, whoever asks for it is told
                _log.exception("checking %s failed", path)
                return None

        def examined(kept: Kept | None) -> None:
            if kept is not None and fixable and self._state.now.workspace is not workspace:
                self.examine(path, then, fixable=fixable)  # since fixes are of the workspace in which they were found
                return
            then(kept)

        self._scheduler.run(examine, examined)

    def problems(self, path: str) -> tuple[Problem, ...] | None:
        """The problems of a file, where they were found in the workspace as it is now."""
        workspace, offered = self._offered
        return offered.get(path) if workspace() is self._state.now.workspace else None

    def examined(self, path: str) -> tuple[Problem, ...]:
        """The problems of an open file as it is now; looked for where that has not been done yet."""
        known = self.problems(path)
        workspace = self._state.now.workspace
        if known is None and path in self._state.now.documents:
            self._examine(workspace, path)
            known = self.problems(path)
        return known or ()

    def all_diagnostics(self) -> Mapping[str, Identified]:
        """The diagnostics of all records and indexes as they were last worked out in the background."""
        return {**self._checked, **self._noticed}

    def errors(self) -> Mapping[str, int]:
        """How many errors the files are known to have, those that have any."""
        severe = types.DiagnosticSeverity.Error
        every = ((path, sum(one["severity"] == severe for one in found)) for path, (_, found) in self.all_diagnostics().items())
        return {path: count for path, count in every if count}

    def report(self, path: str, known: str | None) -> Json:
        """What `workspace/diagnostic` answers on one of the files of `all_diagnostics`; `known` is the id that the client has."""
        identity, found = self.all_diagnostics()[path]
        uri = self.convert.uri(path)
        document = self._server.documents.get(uri)
        head: Json = {"uri": uri, "version": document.version if document else None, "resultId": identity}
        return {"kind": "unchanged", **head} if known == identity else {"kind": "full", "items": found, **head}

    def _examine(self, workspace: Workspace, path: str, notes: Notes | None = None) -> Kept:
        from adr_ls.rules.verdicts import judged  # noqa: PLC0415  # no card waits for what that imports

        with self._efforts.measured("checking", path):
            checked = rules.examine(workspace, path, self._notes if notes is None else notes)
        told = self._told(workspace, path, checked.problems)
        if path in workspace.opened and workspace is self._state.now.workspace:
            known, offered = self._offered
            kept = offered if known() is workspace else {}
            self._offered = weakref.ref(workspace), {**kept, path: checked.problems}
        found = judged(checked)._replace(problems=_without_fixes(checked.problems))
        return self._keep(workspace, path, checked.seen, found, told)

    def _keep(self, workspace: Workspace, path: str, seen: Seen | None, found: Recalled, told: Identified) -> Kept:
        related = found.problems if any(problem.related for problem in found.problems) else ()
        left = None if self._has_left else found
        return Kept(_digest(workspace, path), rules.kinds(workspace, path), seen, related, told, left)

    def _told(self, workspace: Workspace, path: str, problems: Sequence[Problem]) -> Identified:
        file = workspace.file(path) if problems else None
        lines = file.lines if file is not None else Lines("")
        complaints = [_complained(LOST)] if path in workspace.lost else []
        return _identified([*complaints, *(self.convert.diagnostic(workspace, problem, lines) for problem in problems)])

    def _looked_at(self, workspace: Workspace, path: str, look: Look, recollection: Recollection | None) -> Kept:
        """What is wrong with a file: what was found before, be it by an earlier process, as long as a check would see the same."""
        kept = self._kept.get(path)
        is_same = kept is not None and kept.digest == _digest(workspace, path) and kept.kinds == rules.kinds(workspace, path)
        if kept is None or (is_same and kept.seen is None):
            return self._recalled(workspace, path, recollection) or self._examine(workspace, path, look.notes)
        if not is_same or kept.seen is None or not self._finds(look, kept.seen, path):
            return self._examine(workspace, path, look.notes)
        if kept.related:  # places in other files may have moved
            return kept._replace(told=self._told(workspace, path, kept.related), found=None)
        return kept

    def _recalled(self, workspace: Workspace, path: str, recollection: Recollection | None) -> Kept | None:
        """What an earlier process found in a file, where a check would find the same."""
        recalled = recollection.get(path) if recollection is not None else None
        if recalled is None:
            return None
        return self._keep(workspace, path, recalled.seen, recalled, self._told(workspace, path, recalled.problems))

    def _recollection(self, workspace: Workspace, notes: Notes) -> Recollection | None:
        """What an earlier process found, as far as it holds in a workspace; asked for as long as anything may rest on it."""
        if workspace.is_partial or (self._earlier is None and self._has_left):
            return None
        if self._earlier is None:
            from adr_ls.rules.verdicts import Verdicts  # noqa: PLC0415  # as above

            self._earlier = Verdicts(self.recall() or ())
        return self._earlier.in_view_of(workspace, notes)

    def _left(self, workspace: Workspace, kept: dict[str, Kept], recollection: Recollection | None) -> dict[str, Kept]:
        """What was found in all files once it is left to the next process, and nothing rests on the earlier one that need not."""
        if recollection is None or not workspace.is_settled:
            return kept
        found = {path: one.found for path, one in kept.items() if one.found is not None}
        if not self._has_left and recollection.is_news(found):
            from adr_ls.rules.verdicts import written  # noqa: PLC0415  # as above

            self.leave(written(workspace, found))
        self._has_left = True
        if all(one.seen is not None for one in kept.values()):
            self._earlier = None
        return {path: one._replace(found=None) for path, one in kept.items()}

    @staticmethod
    def _finds(look: Look, seen: Seen, path: str) -> bool:
        """Whether a check would see the same; not where asking that fails, so that the check tells what of it does."""
        try:
            return look.finds(seen)
        except Exception:  # noqa: BLE001  # whatever it is, a rule that asks for it is left out, and the others are not
            _log.exception("looking at what %s depends on failed", path)
            return False

    # After a change

    def changed(self, path: str, before: Workspace, document: Document) -> None:
        """A document was opened or changed, and `before` is the workspace as it was until then."""
        self._check_soon(document)
        if not self._state.now.workspace.is_partial:
            self._before.setdefault(path, before)
            self._server.debounce(("concerns", path), 0.0, self._judge, path)

    def _judge(self, path: str) -> None:
        """Has the others checked again where a change concerns them; behind what is waiting, since it takes reading the new text."""
        before = self._before.pop(path)
        if self._state.now.workspace.is_seen_otherwise(before, path):
            self.settle(path, before)

    def closed(self, path: str) -> None:
        """A document was closed."""
        workspace, offered = self._offered
        self._offered = workspace, {other: problems for other, problems in offered.items() if other != path}
        if self.is_pulling:
            self._refresh()  # what the client was told of the file among all others may be older than what it pulled for it alone
        elif not rules.is_checked(self._state.now.workspace, path):
            self._publish(path, [], None)
        elif self._forget(path):
            self._publish(path, self.all_diagnostics().get(path, (_NONE, []))[1], None)

    def complain(self, found: Loaded) -> None:
        """Shows what is wrong with settings and unreadable files, each in its file."""
        for path, reason in found.notes:
            _log.info("%s %s", path, reason)
        by_path: dict[str, list[Json]] = {}
        for path, complaint in found.complaints():
            if path:
                by_path.setdefault(path, []).append(_complained(complaint))
            elif ("", complaint) not in self._complaints:
                _log.warning("%s%s", "Settings: " if complaint in found.mistakes else "", complaint)
        self._complaints = set(found.complaints())
        before, self._noticed = self._noticed, {path: _identified(own) for path, own in by_path.items()}
        gone = set(before) - set(by_path)
        if self.is_pulling:
            if before != self._noticed:
                self._refresh()
            return
        for path in [*by_path, *gone]:
            self._publish(path, by_path.get(path, []), None)

    def recheck(self) -> None:
        """Checks the whole workspace in the background, behind what is waiting."""
        self._server.debounce("recheck", 0.0, self._check_all)

    def _check_all(self) -> None:
        if self.is_overtaken():  # not even the open files, which would be checked on the loop by what is not worked out yet
            self._server.debounce("recheck", SETTLE, self._check_all)
            return
        now = self._state.now
        for document in now.documents.values():
            self._check_soon(document, is_as_before=True)

        def check() -> tuple[dict[str, Kept], bool]:
            found: dict[str, Kept] = {}
            look = Look(now.workspace, Notes())  # into new notes, so that what nobody sees any more is let go of
            recollection = self._recollection(now.workspace, look.notes)
            for path in rules.checked(now.workspace):
                # Somebody is typing, or waits for files to be read: this is no longer what holds, or soon will not be
                if self._state.now.workspace is not now.workspace or self.is_overtaken():
                    return found, False
                try:
                    kept = found[path] = self._looked_at(now.workspace, path, look, recollection)
                    if kept.seen is not None:
                        kept.seen.share()
                except Exception:  # noqa: BLE001  # whatever is the matter with one file, the others are checked
                    _log.exception("checking %s failed", path)
            self._notes = look.notes
            now.workspace.rest()
            return self._left(now.workspace, found, recollection), True

        def checked(outcome: tuple[dict[str, Kept], bool]) -> None:
            found, is_all = outcome
            if is_all and self._state.now.workspace is now.workspace:
                self._checked_all(found)
            else:
                self._kept.update(found)  # most of it will be found again
                self._server.debounce("recheck", SETTLE, self._check_all)

        self._scheduler.run(check, checked)

    def _checked_all(self, kept: dict[str, Kept]) -> None:
        self._kept = kept
        found = {path: one.told for path, one in kept.items()}
        gone = set(self._checked) - set(found)
        different = [path for path in found if self._checked.get(path, (_NONE,))[0] != found[path][0]]
        self._checked = {**found, **{path: (_NONE, []) for path in gone}}
        if different or gone:
            self.judged()
        if self.is_pulling:
            if different or gone:
                self._refresh()
            return
        every = self.all_diagnostics()
        for path in [*found, *gone]:
            document = self._server.documents.get(self.convert.uri(path))
            self._publish(path, every[path][1], document.version if document else None)

    def _refresh(self) -> None:
        """Asks the client to pull anew: at once, but not again before some time has passed."""
        if self._is_refreshing:
            self._is_outdated = True
            return
        self._is_refreshing = True
        self._server.request(types.WORKSPACE_DIAGNOSTIC_REFRESH, None)
        self._server.later(REFRESH, self._refreshed)

    def _refreshed(self) -> None:
        self._is_refreshing = False
        if self._is_outdated:
            self._is_outdated = False
            self._refresh()

    # Pushing

    def _check_soon(self, document: Document, *, is_as_before: bool = False) -> None:
        """Pushes the diagnostics of a document behind what is waiting, so that a burst of changes is checked once.

        Where only others may have changed, they are those of before as long as a check would see the same.
        """
        if not self.is_pulling:
            self._server.debounce(
                ("check", document.uri), 0.0, partial(self._push_soon, document.uri, is_as_before=is_as_before)
            )

    def _push_soon(self, uri: str, *, is_as_before: bool) -> None:
        self._precedence.behind(("check", uri), partial(self._push, uri, is_as_before=is_as_before))

    def _push(self, uri: str, *, is_as_before: bool) -> None:
        document = self._server.documents.get(uri)
        path = path_of(document) if document else None
        if document is None or path is None:
            return
        workspace = self._state.now.workspace
        if self._efforts.is_long("checking", path, document):
            self.examine(path, partial(self._push_found, document, path))
        elif is_as_before and workspace.file(path) is not None:
            kept = self._looked_at(workspace, path, Look(workspace, self._notes), None)
            self._push_found(document, path, kept)
        else:
            self._push_found(document, path, None)

    def _push_found(self, document: Document, path: str, kept: Kept | None) -> None:
        uri = document.uri
        if self._server.documents.get(uri) is not document:
            return  # what it has become is checked in its turn
        _, found = self.diagnostics(path, kept)
        if found or rules.is_checked(self._state.now.workspace, path) or path in self._published:
            self._publish(path, found, document.version, always=True)

    def _publish(self, path: str, found: list[Json], version: int | None, *, always: bool = False) -> None:
        self._forget(path)
        uri = self.convert.uri(path)
        identity, _ = _identified(found)
        if not always and self._published.get(path, (uri, _NONE))[1] == identity:
            return
        params: Json = {"uri": uri, "diagnostics": found}
        if version is not None:
            params["version"] = version
        self._server.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
        self._published[path] = uri, identity

    def _forget(self, path: str) -> bool:
        """Takes back what the client was told of a file under another spelling than holds now that it is open, or closed; whether it was."""
        uri, identity = self._published.get(path, ("", _NONE))
        if not uri or uri == self.convert.uri(path):
            return False
        if identity != _NONE:
            self._server.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, {"uri": uri, "diagnostics": []})
        del self._published[path]
        return True


def _without_fixes(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(replace(problem, offered=()) for problem in problems)


def _complained(message: str) -> Json:
    """A diagnostic for a whole file."""
    start = {"line": 0, "character": 0}
    return {
        "range": {"start": start, "end": start},
        "severity": types.DiagnosticSeverity.Warning,
        "code": "unusable",
        "source": "adr-ls",
        "message": message,
    }


def _identified(found: list[Json]) -> Identified:
    """Diagnostics with an id made of what they say."""
    return (f"{hash(json.dumps(found, sort_keys=True)) & 0xFFFFFFFFFFFF:x}" if found else _NONE), found


def _digest(workspace: Workspace, path: str) -> str:
    """What tells the text of a file from another, and whether it was understood; of one that is neither record nor page the text itself."""
    facts = workspace.facts(path)
    if facts is not None:
        return f"{facts.digest} lost" if path in workspace.lost else facts.digest
    file = workspace.file(path)
    return file.text if file is not None else ""
