"""A small editor over a server's standard streams: buffers, a disk, and all that its user sees once the server is at rest.

What a user does is written as a line of text, so that a sequence of steps can be read, kept and made up (see `Editor.do`):

    open 002                          a file is named by the beginning of its name, or by its path
    type 002: ## Context → ## Why     letter by letter; the file is opened for it; ⏎ is a line end
    undo 002 / save 002 / close 002
    write 002: Accepted → Rejected    on the disk, behind the editor's back; open buffers without unsaved changes follow
    make docs/adr/009-x.md: # Nine    a new file, or another text for one
    copy 002 → docs/adr/009-x.md      also `move`
    swap 002, 003                     each gets the other's text, as after a change of branches
    delete 002 / restore 002          `restore` brings the first text back
    hide 002 / show 002               a file that cannot be read, and can be read again
    configure {"profile": "strict"}   the editor's own settings
    folder + other / folder - other   a folder of the window
    rest                              wait until the server is quiet

Steps joined by `` & `` are told to the server as one change of files.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import unquote, urlsplit

from adr_ls.lsp import loading
from tests.protocol.client import PATIENCE, Client, notification, request

Json = dict[str, Any]

SERVER = ("-m", "adr_ls", "--stdio")
LINUX = sys.platform.startswith("linux")
QUIET = 0.7 if LINUX else 2.0
"""Seconds without a message, and on Linux without work, after which a server is at rest, whose delays are shorter but for one.

That one is what it waits for more news before it reads on, which is half of what the last reading took (`loading.PART`).
"""
AWAKE = 200_000
"""The nanoseconds of a processor that a thread may need to wake up and to find nothing to do."""
LOOK = 0.05
"""Seconds between looks whether it is."""
ENOUGH = 8
"""In how many looks nothing may be seen besides, as on a busy machine much time may pass between two."""
LOOKS = 2.5
"""Seconds between a server's looks at the disk for editors that watch no files."""
LONGEST = 120.0
"""Seconds after which a server that is not at rest never will be."""
STROKES = 3
"""In how many changes a text is typed at most."""
MOST = 40
"""How many places of one file are asked about at most."""

CREATED, CHANGED, DELETED = 1, 2, 3
"""What may happen to a file, in the protocol's numbers."""

_SHOWN = 500
"""How many characters of a difference are shown."""
_PLACE = re.compile(r"\b[A-Z]{2,}-\d+|\]\((?=[^)\s])|\]\[|^#.*\d", re.MULTILINE)
"""Where there may be something to ask about: references, links and numbered headings."""
_UNREADABLE = b"# \xff\xfe\x00\n"
_SEVERITIES = ("", "error", "warning", "info", "hint")


class Disk:
    """The files below a folder, and what happened to them since somebody last asked."""

    def __init__(self, base: Path, files: Mapping[str, bytes]) -> None:
        self.base = base.resolve()
        self.first = dict(files)
        """The files and contents that it began with."""
        self.events: dict[str, int] = {}
        """The files that changed, with the protocol's number for how."""
        self._known = set(files)
        self._hidden: dict[str, bytes] = {}
        for path, content in files.items():
            self.put(path, content)
        self.events.clear()

    def files(self) -> list[str]:
        """The files that there are."""
        return sorted(path for path in self._known if (self.base / path).is_file())

    def find(self, name: str) -> str:
        """The file that is or was at a path, or has a name that begins so; the path itself where there is none."""
        if name in self._known or "/" in name:
            return name
        return next((path for path in sorted(self._known) if path.rpartition("/")[2].startswith(name)), name)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file, None where it is not."""
        file = self.base / path
        return file.read_bytes() if file.is_file() else None

    def text(self, path: str) -> str | None:
        """The text of a file, None where it is not or cannot be read."""
        try:
            return (self.content(path) or b"").decode("utf-8-sig") if path in self.files() else None
        except UnicodeDecodeError:
            return None

    def do(self, step: str) -> bool:
        """Takes a step of those that concern the disk alone (see above); whether it had something to do."""
        verb, _, rest = step.partition(" ")
        rest = rest.replace("⏎", "\n")
        if verb == "make":
            path, _, text = rest.partition(": ")
            return self.put(path, (text + "\n").encode())
        if verb == "write":
            name, _, replacing = rest.partition(": ")
            return self.write(self.find(name), *_replacement(replacing))
        if verb in ("copy", "move"):
            name, _, to = rest.partition(" → ")
            return self.copy(self.find(name), to) and (verb == "copy" or self.delete(self.find(name)))
        if verb == "swap":
            one, _, other = rest.partition(", ")
            return self.swap(self.find(one), self.find(other))
        plain = {"delete": self.delete, "restore": self.restore, "hide": self.hide, "show": self.show}
        return plain[verb](self.find(rest))

    def put(self, path: str, content: bytes) -> bool:
        """Gives a file another content, or makes it."""
        before = self.content(path)
        if before == content:
            return False
        self._known.add(path)
        file = self.base / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self.events[path] = CREATED if before is None else CHANGED
        return True

    def write(self, path: str, old: str, new: str) -> bool:
        """Replaces the first occurrence of a text in a file; its end where that is empty."""
        content = self.content(path)
        if content is None or old.encode() not in content:
            return False
        return self.put(path, content.replace(old.encode(), new.encode(), 1) if old else content + new.encode())

    def copy(self, path: str, to: str) -> bool:
        content = self.content(path)
        return content is not None and path != to and self.put(to, content)

    def swap(self, one: str, other: str) -> bool:
        """Gives each of two files the other's content."""
        first, second = self.content(one), self.content(other)
        return first is not None and second is not None and self.put(one, second) and self.put(other, first)

    def delete(self, path: str) -> bool:
        if self.content(path) is None:
            return False
        (self.base / path).unlink()
        self.events[path] = DELETED
        return True

    def restore(self, path: str) -> bool:
        """Gives a file the content that it had first."""
        return path in self.first and self.put(path, self.first[path])

    def hide(self, path: str) -> bool:
        """Makes a file one that cannot be read, whoever asks: its bytes are no text."""
        content = self.content(path)
        if content is None or path in self._hidden:
            return False
        self._hidden[path] = content
        return self.put(path, _UNREADABLE)

    def show(self, path: str) -> bool:
        """Makes a hidden file readable again."""
        return path in self._hidden and self.put(path, self._hidden.pop(path))


class Editor(Client):
    """One window on folders of a disk, with a server of its own; it begins with the texts in `buffers` open.

    It is pushed diagnostics or pulls them as VS Code does, and tells of changed files or leaves it to the server to look. Of the
    buffers that are open in the beginning, the files of those in `gone` were deleted since: their buffers are no new files. Its server
    keeps what it found in a `cache`, and takes what is there from earlier ones, if it is given one.
    """

    def __init__(
        self,
        disk: Disk,
        folders: Sequence[str] = ("",),
        *,
        pull: bool = False,
        watches: bool = True,
        settings: Json | None = None,
        buffers: Mapping[str, str] | None = None,
        gone: Iterable[str] = (),
        cache: Path | None = None,
    ) -> None:
        super().__init__(
            program=SERVER, **({"ADR_LS_CACHE": "on", "ADR_LS_CACHE_DIR": str(cache)} if cache is not None else {})
        )
        self.disk = disk
        self.folders = list(folders)
        self.pull, self.watches = pull, watches
        self.settings = settings or {}
        self.buffers: dict[str, str] = {}
        self.complaints: list[str] = []
        """What the server wrote to its log."""
        self._versions: dict[str, int] = {}
        self._saved: dict[str, str | None] = {}
        """What each buffer's file held when it was last looked at."""
        self._before: dict[str, list[str]] = {}
        self._unseen = False
        """Whether something happened on the disk that a server which has to look for itself may not have seen."""
        self._answers: dict[str, Json] = {}
        self._pushed: dict[str, list[Json]] = {}
        self._reports: dict[str, Json] = {}
        self._own_reports: dict[str, Json] = {}
        self._to_pull: set[str] = set()
        self._stale = pull
        self._work: dict[str, int] = {}
        self._looks = 0
        self._took = 0.0
        """The processor time of the server's longest stretch of work but for the first, which no reading takes longer than."""
        self._spent: float | None = None
        """All that it had had when that began."""
        self._quiet = time.monotonic()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        answer = self.initialize(
            processId=os.getpid(),
            rootUri=self._folder(self.folders[0])["uri"] if self.folders else None,
            workspaceFolders=[self._folder(folder) for folder in self.folders],
            capabilities=self._capabilities(),
        )
        assert not pull or "diagnosticProvider" in answer["capabilities"]
        for path, text in (buffers or {}).items():
            self.open(path, text)
        self._gone = set(gone)
        """The open files that were deleted."""
        if self._gone:
            self._tell(dict.fromkeys(self._gone, DELETED))

    def again(self) -> Editor:
        """A window of the same kind with the same folders, settings and buffers, and a server that was just started."""
        return Editor(
            self.disk,
            self.folders,
            pull=self.pull,
            watches=self.watches,
            settings=self.settings,
            buffers=self.buffers,
            gone=self._gone,
        )

    def _capabilities(self) -> Json:
        workspace: Json = {"configuration": True, "workspaceFolders": True, "symbol": {}}
        document: Json = {
            "synchronization": {"didSave": True},
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "tagSupport": {"valueSet": [1, 2]}},
            "hover": {"contentFormat": ["markdown"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
            "documentLink": {"tooltipSupport": True},
        }
        if self.watches:
            workspace["didChangeWatchedFiles"] = {"dynamicRegistration": True}
        if self.pull:
            document["diagnostic"] = {"relatedDocumentSupport": True}
            workspace["diagnostics"] = {"refreshSupport": True}
        return {"general": {"positionEncodings": ["utf-16"]}, "workspace": workspace, "textDocument": document}

    # What is where

    def _uri(self, path: str) -> str:
        return (self.disk.base / path).as_uri()

    def _path(self, uri: str) -> str:
        return os.path.relpath(unquote(urlsplit(uri).path), self.disk.base)

    def _folder(self, folder: str) -> Json:
        return {"uri": self._uri(folder), "name": folder or "log"}

    # Steps

    def do(self, line: str) -> bool:
        """Takes one step, or several at once; whether all of them had something to do."""
        done = [self._step(step.strip()) for step in line.split(" & ")]
        self._notice()
        return all(done)

    def _step(self, step: str) -> bool:
        verb, _, rest = step.partition(" ")
        if verb == "rest":
            return bool(at_rest(self))
        if verb == "configure":
            return self.configure(json.loads(rest))
        if verb == "folder":
            sign, _, folder = rest.partition(" ")
            return self.change_folder(folder, add=sign == "+")
        if verb == "type":
            name, _, replacing = rest.replace("⏎", "\n").partition(": ")
            return self.type(self.disk.find(name), *_replacement(replacing))
        plain: dict[str, Callable[[str], bool]] = {
            "open": self.open,
            "undo": self.undo,
            "save": self.save,
            "close": self.close,
        }
        return plain[verb](self.disk.find(rest)) if verb in plain else self.disk.do(step)

    def _notice(self) -> None:
        """Takes in what happened on the disk: buffers without unsaved changes follow it, and the server may be told.

        An editor that does not watch closes the buffers of files that are gone, of which a fresh server could not know that they were
        there.
        """
        events = dict(self.disk.events)
        self.disk.events.clear()
        if events:
            self._tell(events)
        for path in sorted(events.keys() & self.buffers.keys()):
            self._gone.discard(path)
            if events[path] == DELETED and not self.watches:
                self.close(path)
                continue
            if events[path] == DELETED:
                self._gone.add(path)
            text = self.disk.text(path)
            if text is not None and self.buffers[path] == self._saved[path] != text:
                self._before[path].clear()
                self._change(path, text)
            self._saved[path] = text

    def _tell(self, events: Mapping[str, int]) -> None:
        self._unseen = True
        if self.watches:
            changes = [{"uri": self._uri(path), "type": kind} for path, kind in events.items()]
            self.send(notification("workspace/didChangeWatchedFiles", {"changes": changes}))

    def open(self, path: str, text: str | None = None) -> bool:
        saved = self.disk.text(path)
        shown = saved if text is None else text
        if path in self.buffers or shown is None:
            return False
        self.buffers[path], self._saved[path], self._versions[path], self._before[path] = shown, saved, 1, []
        item = {
            "uri": self._uri(path),
            "languageId": "toml" if path.endswith(".toml") else "markdown",
            "version": 1,
            "text": shown,
        }
        self.send(notification("textDocument/didOpen", {"textDocument": item}))
        self._to_pull.add(path)
        return True

    def type(self, path: str, old: str, new: str) -> bool:
        """Replaces the first occurrence of a text, its end where that is empty; opens the file where it is not."""
        self.open(path)
        text = self.buffers.get(path, "")
        at = text.find(old) if old else len(text)
        if path not in self.buffers or at < 0:
            return False
        self._before[path].append(text)
        step = max(1, -(-len(new) // STROKES))
        for end in [*range(0, len(new), step), len(new)]:
            self._change(path, text[:at] + new[:end] + text[at + len(old) :])
        return True

    def undo(self, path: str) -> bool:
        if not self._before.get(path):
            return False
        self._change(path, self._before[path].pop())
        return True

    def _change(self, path: str, text: str) -> None:
        """Tells of another text of a buffer by the one range in which it differs."""
        old = self.buffers[path]
        if old == text:
            return
        start = _in_common(old, text)
        start -= old[:start].endswith("\r")  # a place within a line end is none
        end = _in_common(old[start:][::-1], text[start:][::-1])
        end -= end > 0 and old[len(old) - end :].startswith("\n")
        span = {"start": position(old, start), "end": position(old, len(old) - end)}
        self.buffers[path] = text
        self._versions[path] += 1
        document = {"uri": self._uri(path), "version": self._versions[path]}
        changes = [{"range": span, "text": text[start : len(text) - end]}]
        self.send(notification("textDocument/didChange", {"textDocument": document, "contentChanges": changes}))
        self._to_pull.add(path)

    def save(self, path: str) -> bool:
        if path not in self.buffers:
            return False
        self.disk.put(path, self.buffers[path].encode())
        self.send(notification("textDocument/didSave", {"textDocument": {"uri": self._uri(path)}}))
        return True

    def close(self, path: str) -> bool:
        """Closes a buffer; what was not saved is lost."""
        if path not in self.buffers:
            return False
        del self.buffers[path], self._versions[path], self._saved[path], self._before[path]
        self._gone.discard(path)
        self._own_reports.pop(path, None)
        self._to_pull.discard(path)
        self.send(notification("textDocument/didClose", {"textDocument": {"uri": self._uri(path)}}))
        return True

    # The window

    def configure(self, settings: Json) -> bool:
        self.settings = settings
        self.send(notification("workspace/didChangeConfiguration", {"settings": None}))
        return True

    def change_folder(self, folder: str, *, add: bool) -> bool:
        if (folder in self.folders) is add or (add and not (self.disk.base / folder).is_dir()):
            return False
        if add:
            self.folders.append(folder)
        else:
            self.folders.remove(folder)
        event = {"added": [self._folder(folder)] if add else [], "removed": [] if add else [self._folder(folder)]}
        self.send(notification("workspace/didChangeWorkspaceFolders", {"event": event}))
        return True

    # Messages

    def __exit__(self, *raised: object) -> None:
        self.process.kill()
        self._listener.join(PATIENCE)  # before its stream is closed
        super().__exit__(*raised)

    def _listen(self) -> None:
        stream = self.process.stderr
        assert stream is not None
        for line in iter(stream.readline, b""):
            self.complaints.append(line.decode("utf-8", "replace"))

    def ask(self, method: str, params: Any = None) -> Json:
        (answer,) = self._ask_all([(method, params)])
        return answer

    def _ask_all(self, questions: Iterable[tuple[str, Any]]) -> list[Json]:
        """The whole answers to requests that are sent at once."""
        messages = []
        for method, params in questions:
            self._last_id += 1
            messages.append(request(f"client-{self._last_id}", method, params))
        self.send(*messages)
        deadline = time.monotonic() + PATIENCE
        while any(message["id"] not in self._answers for message in messages):
            assert time.monotonic() < deadline, f"no answer to {[message['method'] for message in messages]}"
            self._hear(LOOK)
        return [self._answers.pop(message["id"]) for message in messages]

    def _hear(self, seconds: float) -> bool:
        """Takes in a message that is there or comes within so many seconds; whether there was one."""
        try:
            message = self._messages.get(timeout=seconds)
        except Empty:
            return False
        assert message is not None, f"the server ended: {''.join(self.complaints)[-2000:]}"
        assert "broken" not in message, message
        method, params = message.get("method"), message.get("params") or {}
        if method is None:
            self._answers[message["id"]] = message
        elif "id" in message:
            answer = [self.settings] * len(params["items"]) if method == "workspace/configuration" else None
            self._stale |= method == "workspace/diagnostic/refresh"
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        elif method == "textDocument/publishDiagnostics":
            self._pushed[self._path(params["uri"])] = params["diagnostics"]
        return True

    def _pull(self) -> None:
        """Pulls what the server asked to have pulled, and what was typed in."""
        wanted = [path for path in self.buffers if self._stale or path in self._to_pull]
        self._to_pull.clear()
        if self._stale:
            self._stale = False
            known = [{"uri": self._uri(path), "value": report["resultId"]} for path, report in self._reports.items()]
            (answer,) = self._ask_all([("workspace/diagnostic", {"identifier": "adr-ls", "previousResultIds": known})])
            for report in answer["result"]["items"]:
                _keep(self._reports, self._path(report["uri"]), report)
        questions: list[tuple[str, Json]] = []
        for path in wanted:
            own = self._own_reports.get(path)
            previous = {"previousResultId": own["resultId"]} if own else {}
            questions.append(("textDocument/diagnostic", {"textDocument": {"uri": self._uri(path)}, **previous}))
        for path, answer in zip(wanted, self._ask_all(questions), strict=True):
            _keep(self._own_reports, path, answer["result"])

    # Rest

    def watch(self) -> bool:
        """Takes in what came, pulls what is to be pulled; whether the server has been quiet for long enough."""
        now = time.monotonic()
        if self._unseen and not self.watches:
            self._quiet = now + LOOKS + LOOK
        self._unseen = False
        heard = False
        while self._hear(0.001):
            heard = True
        if self.pull and (self._stale or self._to_pull):
            self._pull()
            heard = True
        self._looks += 1
        if self._works() or heard:
            self._quiet, self._looks = max(self._quiet, now), 0
        if now - self._quiet <= QUIET or self._looks < ENOUGH:
            return False
        if LINUX and self._spent is not None:
            self._took = max(self._took, self.processor_time() - self._spent)
        return now - self._quiet > max(QUIET, min(loading.PART * self._took, loading.LONGEST) + loading.SETTLE)

    def rested(self) -> None:
        """What the server does from now on is another stretch of work."""
        self._spent = self.processor_time() if LINUX else None

    def _works(self) -> bool:
        """Whether one of its threads runs, waits for a processor (which on a busy machine may take a while), or has done more than to
        wake up since this was last asked.
        """
        if not LINUX:
            return False
        states, work = [], {}
        processes = [str(self.process.pid)]
        while processes:  # those, too, that it has read for it
            for thread in _listed(Path("/proc", processes.pop(), "task")):
                with contextlib.suppress(OSError):  # it has ended
                    states.append((thread / "stat").read_text().rpartition(")")[2].split()[0])
                    work[thread.name] = int((thread / "schedstat").read_text().split()[0])
                    processes += (thread / "children").read_text().split()
        done, self._work = sum(spent - self._work.get(thread, 0) for thread, spent in work.items()), work
        return not {"R", "D"}.isdisjoint(states) or done > AWAKE

    def processor_time(self) -> float:
        """The seconds of processor time that the server has had, in steps of some ten milliseconds; where /proc tells."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # that of the processes that it had read, too

    # What is seen

    def state(self) -> dict[str, list[str]]:
        """All that a user sees, by file, as lines to compare; what belongs to no file stands under an empty name."""
        seen: dict[str, list[str]] = {}
        for path, diagnostics in self.diagnostics().items():
            seen[path] = [self._diagnostic(diagnostic) for diagnostic in diagnostics]
        asked: list[tuple[str, str, str, Json]] = [("", "workspace symbols", "workspace/symbol", {"query": ""})]
        asked.append(("", "records", "adr-ls/records", {}))
        texts: dict[str, str | None] = {path: self.disk.text(path) for path in self.disk.files()} | self.buffers
        for path, text in texts.items():
            if text is not None and path.endswith((".md", ".mdx", ".markdown")):
                document = {"textDocument": {"uri": self._uri(path)}}
                asked.append((path, "symbols", "textDocument/documentSymbol", document))
                asked.append((path, "links", "textDocument/documentLink", document))
                for match in [*_PLACE.finditer(text)][:MOST]:
                    place = position(text, match.start() + 2)
                    at = f"at {place['line'] + 1}:{place['character'] + 1}"
                    asked.append((path, f"hover {at}", "textDocument/hover", {**document, "position": place}))
                    asked.append((path, f"definition {at}", "textDocument/definition", {**document, "position": place}))
                    if match[0].startswith("#"):
                        params = {**document, "position": place, "context": {"includeDeclaration": False}}
                        asked.append((path, f"references {at}", "textDocument/references", params))
        answers = self._ask_all([(method, params) for _, _, method, params in asked])
        for (path, what, _, _), answer in zip(asked, answers, strict=True):
            result = answer.get("result", answer.get("error"))
            if what == "symbols" and isinstance(result, list):
                seen.setdefault(path, []).extend(_symbols(result))
                continue
            if what == "records" and isinstance(result, dict):
                result = [
                    result["attention"],
                    *(one for log in result["logs"] for one in ({**log, "records": []}, *log["records"])),
                ]
            parts = [json.dumps(one, ensure_ascii=False) for one in (result if isinstance(result, list) else [result]) if one]
            seen.setdefault(path, []).extend(f"{what}: {self._relative(part)}" for part in parts)
        return seen

    def diagnostics(self) -> dict[str, list[Json]]:
        """What is shown of each file that has any."""
        if self.pull:
            shown = {**self._reports, **self._own_reports}
            found = {path: report["items"] for path, report in shown.items()}
        else:
            found = self._pushed
        return {path: diagnostics for path, diagnostics in found.items() if diagnostics}

    def _diagnostic(self, diagnostic: Json) -> str:
        start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
        line = (
            f"{start['line'] + 1}:{start['character'] + 1}-{end['line'] + 1}:{end['character'] + 1} "
            f"{_SEVERITIES[diagnostic.get('severity', 0)]} {diagnostic.get('code')}: {diagnostic['message']}"
        )
        for tag in diagnostic.get("tags", ()):
            line += f" [tag {tag}]"
        for related in diagnostic.get("relatedInformation", ()):
            place = related["location"]["range"]["start"]
            line += f" ({related['location']['uri']}:{place['line'] + 1}:{place['character'] + 1} {related['message']})"
        return self._relative(line)

    def _relative(self, text: str) -> str:
        return text.replace(self.disk.base.as_uri() + "/", "").replace(str(self.disk.base) + "/", "")


def _listed(folder: Path) -> list[Path]:
    try:
        return [*folder.iterdir()]
    except OSError:  # that process has ended
        return []


def _keep(reports: dict[str, Json], path: str, report: Json) -> None:
    if report["kind"] == "full":
        reports[path] = report
    else:
        assert path in reports, f"{path} is said to be unchanged and was never told of"


def _replacement(step: str) -> tuple[str, str]:
    """What is to be replaced, and by what; either may be empty."""
    old, _, new = step.partition(" →")
    return old, new.removeprefix(" ")


def _symbols(symbols: Iterable[Json], within: str = "") -> Iterator[str]:
    """A line for each symbol of a document."""
    for symbol in symbols:
        where = "-".join(f"{place['line'] + 1}:{place['character'] + 1}" for place in symbol["range"].values())
        named = symbol["selectionRange"]["start"]
        yield (
            f"symbol {within}{symbol['name']} ({symbol.get('detail') or 'no detail'}), kind {symbol['kind']}, {where}, "
            f"named at {named['line'] + 1}:{named['character'] + 1}{', deprecated' if symbol.get('tags') else ''}"
        )
        yield from _symbols(symbol.get("children") or (), f"{within}{symbol['name']} > ")


def _in_common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def position(text: str, offset: int) -> Json:
    """The line and the UTF-16 character of an offset."""
    head = re.split(r"\r\n|\n|\r", text[:offset])
    return {"line": len(head) - 1, "character": len(head[-1].encode("utf-16-le")) // 2}


def at_rest(*editors: Editor) -> tuple[Editor, ...]:
    """The editors as soon as all their servers are quiet."""
    deadline = time.monotonic() + LONGEST
    for editor in editors:
        editor._quiet, editor._looks = time.monotonic(), 0
    quiet = False
    while not quiet:
        quiet = min([editor.watch() for editor in editors])  # each of them, so that none waits for its answers
        assert time.monotonic() < deadline, f"not at rest after {LONGEST} s"
        time.sleep(LOOK)
    for editor in editors:
        editor.rested()
    return editors


def differences(seen: Mapping[str, list[str]], wanted: Mapping[str, list[str]]) -> str:
    """What is seen and should not be (``-``), and what should be and is not (``+``), by file; empty where nothing is."""
    told: list[str] = []
    for path in sorted({*seen, *wanted}):
        old, new = Counter(seen.get(path, ())), Counter(wanted.get(path, ()))
        lines = [*(f"  - {line}" for line in (old - new)), *(f"  + {line}" for line in (new - old))]
        if lines:
            told += [path or "(workspace)", *(line[:_SHOWN] for line in lines)]
    return "\n".join(told)
