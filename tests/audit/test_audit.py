"""SECURITY.md's first sentence, for every command, every option of it, every request, notification and command of the server.

Each is tried on a repository that tries everything (`hostile`), under a hook that notes what Python does (`hook`); `verdict` says what it may.
What the protocol and the command line have is asked of them, so that nothing new is left out.
"""

from __future__ import annotations

import compileall
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from adr_ls.cli import main
from tests.audit import hostile as bait
from tests.audit.hostile import UNSAID, Hostile
from tests.audit.verdict import HOOK, events, forbidden
from tests.conftest import REPOSITORY
from tests.lsp.timeless import Editor
from tests.protocol import forkserver
from tests.protocol.client import PATIENCE, Client, notification, request

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and programs are POSIX'"),
    pytest.mark.timeout(300),
]

PROGRAM = str(Path(__file__).parent / "program.py")
BETWEEN = 1.0
"""Seconds that `--watch` gets for another look."""
EACH = 20
"""Of so many commands one is started in earnest, if not all are."""

Json = dict[str, Any]


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    """Our modules are compiled, as an installation leaves them; in a new clone Python would write that beside them at the first start."""
    assert compileall.compile_dir(str(REPOSITORY / "adr_ls"), quiet=1)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """The repository, in which we are."""
    found = bait.build(tmp_path / "base")
    monkeypatch.chdir(found.root)
    return found


def environment(hostile: Hostile, log: Path) -> dict[str, str]:
    return {
        "ADR_LS_AUDIT": str(log),
        "ADR_LS_CACHE": "on",
        "ADR_LS_CACHE_DIR": str(hostile.cache),
        "HOME": str(hostile.home),
        "XDG_CACHE_HOME": str(hostile.home / "cache"),
        "PYTHONPATH": os.pathsep.join((str(HOOK), str(REPOSITORY))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


# The command line


@dataclass(frozen=True)
class Run:
    """A command line; `writes` says that it may change files of the repository, `stdin` what it is given."""

    words: str
    writes: bool = False
    stdin: str = ""

    @property
    def command(self) -> str:
        return self.words.split()[0]


RECORD = "docs/adr/0003-ask-thrice.md"
RUNS = (
    Run("list . --format json --config profile=strict"),
    Run("list docs/adr/linked --format text"),
    Run("list --attention --status accepted --tag x --owner x --year 2024"),
    Run("graph --config profile=strict --format mermaid"),
    Run("graph . --format dot --by time --no-references --history"),
    Run("graph . --format json --by status --history"),
    Run("graph docs/adr --format svg"),
    Run("graph --focus 3 --depth 2 --format html --output graph.html", writes=True),
    Run("history"),
    Run("history 1 docs/adr/0002-ask-twice.md -C docs/adr --config profile=strict --format json"),
    Run("history -C docs/adr/proposed --changed --format text"),
    Run("check docs/adr/linked docs/adr/up --format concise"),
    Run("check"),
    Run("check . --format json"),
    Run(
        "check docs/adr/0001-use-a-queue.md docs/adr/0005-linked.md docs/adr/0012-pipe.md docs/adr/0006-device.md --statistics"
    ),
    Run("check docs/adr/0013-folder.md docs/adr/proposed --quiet --fail-on never --color always --format text"),
    Run("check --select status-misspelled --ignore link-broken --output report.txt --format sarif", writes=True),
    Run("check --write-baseline baseline.json", writes=True),
    Run("check --baseline baseline.json --format github"),
    Run("check --since HEAD --format gitlab"),
    Run("check docs/adr --since main --format junit"),
    Run("check docs/adr/proposed --since HEAD --format statistics"),
    Run("check --fix --diff"),
    Run("check --fix", writes=True),
    Run("check --code"),
    Run("check . --code --since HEAD --config code=all"),
    Run("check --watch"),
    Run("check - --stdin-filename docs/adr/0015-new.md --config profile=strict", stdin="# 15. New\n\n## Status\n\nAcepted\n"),
    Run("check - --stdin-filename docs/adr/0005-linked.md --fix", stdin="# 5. New\n\n## Status\n\nAcepted\n"),
    Run("new Stay docs/adr --config profile=strict", writes=True),
    Run("new Again docs/adr/linked", writes=True),
    Run("new Templated docs/adr --template ../../../outside/secret.md", writes=True),
    Run("new Successor docs/adr --supersedes 3", writes=True),
    Run("status 3 accepted --diff -C docs/adr --config profile=strict"),
    Run("status 3 accepted", writes=True),
    Run("supersede 3 --by 4 --diff -C docs/adr --config profile=strict"),
    Run("supersede 3 Newer", writes=True),
    Run("link 3 amends 4 --diff -C docs/adr --config profile=strict"),
    Run("link 3 amends 4", writes=True),
    Run("retitle 3 ../../../outside/x --diff -C docs/adr --config profile=strict"),
    Run("retitle 3 Other --keep-file", writes=True),
    Run("retitle 3 Other", writes=True),
    Run("retitle 3 Another --code", writes=True),
    Run("renumber 3 33 --diff -C docs/adr --config profile=strict"),
    Run("renumber 3 33", writes=True),
    Run("renumber 3 34 --code", writes=True),
    Run("index"),
    Run("index docs/adr --check --config profile=strict"),
    Run("index docs/adr --diff --bump --prune"),
    Run("index docs/adr --style table", writes=True),
    Run("index docs --create", writes=True),
    Run("index docs/adr/linked --create", writes=True),
    Run("index", writes=True),
    Run("site --output pages --title Pages --source https://example.org/x --code --config profile=strict", writes=True),
    Run("site docs/adr -o pages.html", writes=True),
    Run("context docs/adr/0005-linked.md docs/adr/linked/x.py src --topic queue --max-chars 500 --config profile=strict"),
    Run("context docs/guide.md docs/adr/0001-use-a-queue.md --format json"),
    Run("context . --max-chars 900 --format markdown"),
    Run("context -", stdin="docs/guide.md\n../outside/secret.md\n"),
    Run("context -", stdin="src/x.py\0docs/adr/0003-ask-thrice.md\0"),
    Run("mcp --config profile=strict"),
    Run("mcp docs/adr/linked --write"),
    Run("explain status-misspelled"),
    Run("explain --log docs/adr"),
    Run("explain --schema"),
    *(Run(f"completions {shell}") for shell in ("bash", "zsh", "fish")),
    Run("doctor"),
    Run("doctor docs/adr"),
    Run("--version"),
    Run("--help"),
)


def test_every_command_and_every_option_is_tried() -> None:
    tried = {name: [run.words.split() for run in RUNS if run.command == name] for name in main.COMMANDS}
    assert not [
        f"{name} {option}"
        for name in main.COMMANDS
        for action in main.command(name)._actions
        for option in [action.option_strings, action.choices or [""]]
        if action.option_strings and action.dest not in {"help", "color"}
        if not any(set(words) & set(action.option_strings) for words in tried[name])
    ]
    assert all(tried.values())


def test_every_format_is_tried() -> None:
    tried = {(run.command, word) for run in RUNS for word in run.words.split()}
    formats = [(name, action) for name in main.COMMANDS for action in main.command(name)._actions if action.dest == "format"]
    assert not [
        f"{name} --format {form}" for name, action in formats for form in action.choices or () if (name, form) not in tried
    ]
    assert formats


def program(run: Run) -> list[str]:
    """How adr-ls is begun: some of the runs in earnest, as those that are interrupted; the others as a fork that notes what it does."""
    in_earnest = not forkserver.IN_USE or RUNS.index(run) % EACH == 0 or "--watch" in run.words
    return [sys.executable, PROGRAM] if in_earnest else forkserver.command(str(HOOK))


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.words)
def test_a_command_does_nothing_that_a_repository_wants(run: Run, hostile: Hostile, tmp_path: Path) -> None:
    log = tmp_path / "log"
    if "--baseline" in run.words:
        Path("baseline.json").write_text("{}", "utf-8")
    elsewhere = _contents(hostile.outside.parent, hostile)
    words = [*program(run), *run.words.split()]
    with subprocess.Popen(
        words, env={**os.environ, **environment(hostile, log)}, stdin=-1, stdout=-1, stderr=-1, encoding="utf-8"
    ) as process:
        try:
            told = "".join(process.communicate(run.stdin, timeout=4 * BETWEEN if "--watch" in run.words else PATIENCE * 2))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            told = "".join(process.communicate(timeout=PATIENCE))
    assert process.returncode in (0, 1, 2, 130), told
    assert "Traceback" not in told
    assert UNSAID not in told
    reads_code = "--code" in run.words or run.command == "context"
    assert forbidden(events(log), run.command, hostile, writes=run.writes, reads_code=reads_code) == ""
    assert not hostile.bitten()
    assert _contents(hostile.outside.parent, hostile) == elsewhere


def _contents(base: Path, hostile: Hostile) -> dict[str, bytes]:
    """All that lies outside of the repository and of the cache."""
    return {
        str(path): path.read_bytes()
        for path in sorted(base.rglob("*"))
        if path.is_file() and not path.is_relative_to(hostile.root) and not path.is_relative_to(hostile.cache)
    }


# The server


ABLE = {
    "general": {"positionEncodings": ["utf-8"]},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceFolders": True,
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
        "diagnostics": {"refreshSupport": True},
        "fileOperations": {"willRename": True},
    },
    "window": {"showDocument": {"support": True}, "workDoneProgress": True, "showMessage": {}},
    "textDocument": {
        "diagnostic": {},
        "rename": {"prepareSupport": True},
        "codeAction": {
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
        },
        **{key: {} for key in ("selectionRange", "callHierarchy", "typeHierarchy", "codeLens", "inlayHint")},
    },
}
"""A client that can all there is."""
PLACES = [{"line": line, "character": character} for line in (0, 2, 6, 10) for character in (3, 12, 60)]
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
OUTSIDE = (
    "../outside/secret.md",
    "../outside/records",
    "docs/adr/linked/0001-secret.md",
    "docs/adr/0005-linked.md",
    "docs/adr/0012-pipe.md",
)
FILES = (
    *("docs/adr/0001-use-a-queue.md", "docs/adr/0002-ask-twice.md", "docs/adr/0004-yaml.md", "docs/adr/README.md"),
    *("docs/adr/template.md", "docs/guide.md", "adr-ls.toml", "mkdocs.yml", *OUTSIDE),
)
SETTINGS = {"directories": ["../outside/records", "docs/adr"], "exclude": ["../**"], "update-index-on-save": True}

Asked = Callable[["Window", str], list[Json]]


def at_places(**more: Any) -> Asked:
    return lambda window, uri: [{"textDocument": {"uri": uri}, "position": place, **more} for place in PLACES]


def of_file(**more: Any) -> Asked:
    return lambda window, uri: [{"textDocument": {"uri": uri}, **more}]


def once(*params: Any) -> Asked:
    return lambda window, uri: [*params] if uri.endswith(FILES[0]) else []


def items(prepare: str) -> Asked:
    """An item for each that there is at a place."""
    return lambda window, uri: [
        {"item": item} for params in at_places()(window, uri) for item in window.ask(prepare, params).get("result") or ()
    ]


def renamed(window: Window, uri: str) -> list[Json]:
    new = [uri.replace(".md", "-new.md"), window.uri("../outside/new.md"), "file:///etc/passwd"]
    return [{"files": [{"oldUri": uri, "newUri": one}]} for one in new]


def offered(window: Window, uri: str) -> list[Json]:
    asked = {"textDocument": {"uri": uri}, "range": WHOLE, "context": {"diagnostics": []}}
    return [one for one in window.ask("textDocument/codeAction", asked).get("result") or () if "data" in one]


def completed(window: Window, uri: str) -> list[Json]:
    found = [window.ask("textDocument/completion", params).get("result") or [] for params in at_places()(window, uri)]
    return [one for answer in found for one in (answer["items"] if isinstance(answer, dict) else answer)][:20]


def commanded(window: Window, uri: str) -> list[Json]:
    wanted = {
        "adr-ls.updateIndex": [[], [uri]],
        "adr-ls.fixAll": [[uri]],
        "adr-ls.newRecord": [
            [{"title": "../../../outside/x", "uri": uri}],
            [{"title": "X", "uri": uri, "template": window.uri("../outside/records/template.md")}],
            [{"title": "X", "file": window.uri("../outside/0009-x.md")}],
            [{"title": "X", "uri": uri, "supersedes": 3}],
        ],
        "adr-ls.setStatus": [[{"uri": uri, "status": "Accepted"}]],
        "adr-ls.supersede": [[{"uri": uri, "by": window.uri("../outside/secret.md")}], [{"uri": uri, "title": "Y"}]],
        "adr-ls.open": [[uri]],
        "adr-ls.showReferences": [[uri]],
        "adr-ls.showHistory": [[uri]],
    }
    assert wanted.keys() == set(window.commands)
    return [{"command": name, "arguments": given} for name, found in wanted.items() for given in found]


REQUESTS: dict[str, Asked] = {
    "textDocument/hover": at_places(),
    "textDocument/definition": at_places(),
    "textDocument/references": at_places(context={"includeDeclaration": True}),
    "textDocument/documentHighlight": at_places(),
    "textDocument/documentLink": of_file(),
    "textDocument/documentSymbol": of_file(),
    "textDocument/foldingRange": of_file(),
    "textDocument/selectionRange": of_file(positions=PLACES),
    "textDocument/codeLens": of_file(),
    "textDocument/inlayHint": of_file(range=WHOLE),
    "textDocument/completion": at_places(),
    "completionItem/resolve": completed,
    "textDocument/codeAction": of_file(range=WHOLE, context={"diagnostics": []}),
    "codeAction/resolve": offered,
    "textDocument/prepareRename": at_places(),
    "textDocument/rename": at_places(newName="../../../outside/renamed"),
    "textDocument/diagnostic": of_file(),
    "textDocument/willSaveWaitUntil": of_file(reason=1),
    "textDocument/prepareCallHierarchy": at_places(),
    "callHierarchy/incomingCalls": items("textDocument/prepareCallHierarchy"),
    "callHierarchy/outgoingCalls": items("textDocument/prepareCallHierarchy"),
    "textDocument/prepareTypeHierarchy": at_places(),
    "typeHierarchy/supertypes": items("textDocument/prepareTypeHierarchy"),
    "typeHierarchy/subtypes": items("textDocument/prepareTypeHierarchy"),
    "workspace/symbol": once({"query": ""}, {"query": "../outside"}),
    "workspace/diagnostic": once({"previousResultIds": []}),
    "workspace/willRenameFiles": renamed,
    "workspace/executeCommand": commanded,
    **{f"adr-ls/{name}": of_file() for name in ("record", "index", "successors", "templates", "mentions")},
    "adr-ls/records": lambda *_: [{}],
    "adr-ls/graph": lambda window, uri: [{}, {"textDocument": {"uri": uri}, "depth": 2}],
}
"""The parameters with which each request is asked of a file."""

LIFE = {"initialize", "initialized", "shutdown"}
"""What every session has."""
NOTIFICATIONS: dict[str, Asked] = {
    "textDocument/didOpen": lambda window, uri: [
        {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": window.text(uri)}}
    ],
    "textDocument/didChange": lambda window, uri: [
        {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": window.text(uri) + "\nSee ADR-1.\n"}]}
    ],
    "textDocument/didSave": of_file(),
    "textDocument/didClose": of_file(),
    "workspace/didChangeWatchedFiles": lambda window, uri: [
        {"changes": [{"uri": one, "type": kind} for one in (uri, window.uri("../outside/secret.md"))]} for kind in (1, 2, 3)
    ],
    "workspace/didChangeConfiguration": once({"settings": {"adr-ls": SETTINGS}}, {"settings": {}}),
    "workspace/didChangeWorkspaceFolders": lambda window, uri: [
        {"event": {"added": [{"uri": window.uri("docs/gone"), "name": "gone"}], "removed": []}}
    ],
}
"""The parameters with which the server is told of a file."""


class Window(Client):
    """An editor's window on the repository, which says yes to whatever it is asked."""

    def __init__(self, hostile: Hostile, log: Path) -> None:
        super().__init__(program=(PROGRAM, "--stdio"), **environment(hostile, log))
        self.root = hostile.root
        folder = {"uri": self.uri(""), "name": "x"}
        answer = self.initialize(rootUri=folder["uri"], workspaceFolders=[folder], capabilities=ABLE)
        self.commands = answer["capabilities"]["executeCommandProvider"]["commands"]

    def uri(self, path: str) -> str:
        return Path(os.path.normpath(self.root / path)).as_uri()

    def text(self, uri: str) -> str:
        """A text to be shown of a file; what it holds only where it is one that may be read."""
        path = Path(uri.removeprefix("file://"))
        is_ours = path.is_file() and path.resolve().is_relative_to(self.root)
        return path.read_text("utf-8") if is_ours else "# 1. Text\n\n## Status\n\nAcepted\n\nSee ADR-2.\n"

    def ask(self, method: str, params: Any = None) -> Json:
        """The answer to a request, before which what the server asks is answered, as it comes."""
        self._last_id += 1
        identifier = f"client-{self._last_id}"
        self.send(request(identifier, method, params))
        heard: list[Json] = []
        while (message := self.receive()).get("id") != identifier:
            if "method" not in message or "id" not in message:
                heard.append(message)
                continue
            said: Any = {"applied": True} if message["method"] == "workspace/applyEdit" else None
            if message["method"] == "workspace/configuration":
                said = [SETTINGS for _ in message["params"]["items"]]
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": said})
        self.kept += heard
        return message


def test_all_that_the_server_can_is_tried(tmp_path: Path) -> None:
    editor = Editor(tmp_path, **{key: value for key, value in ABLE.items() if key != "workspace"}, workspace=ABLE["workspace"])
    known = set(editor.server.protocol.fm.features) | {types.WORKSPACE_EXECUTE_COMMAND} | LIFE
    assert known == REQUESTS.keys() | NOTIFICATIONS.keys() | LIFE


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_the_server_does_nothing_that_a_repository_wants(hostile: Hostile, tmp_path: Path, *, many: bool) -> None:
    log = tmp_path / "log"
    for number in range(100, 420 if many else 100):  # so many that several processes read them
        text = f"# {number}. More\n\n## Status\n\nAccepted\n"
        (hostile.root / f"docs/adr/0{number}-more.md").write_text(text, "utf-8")
    elsewhere = _contents(hostile.outside.parent, hostile)
    heard: list[Json] = []
    with Window(hostile, log) as window:
        for path in FILES[:1] if many else FILES:
            uri = window.uri(path)
            for method, given in NOTIFICATIONS.items():
                if method != "textDocument/didClose":
                    window.send(*(notification(method, params) for params in given(window, uri)))
            for method, given in REQUESTS.items():
                heard += [window.ask(method, params) for params in given(window, uri)]
            window.send(*(notification("textDocument/didClose", params) for params in of_file()(window, uri)))
        identifier = "to cancel"
        window.send(request(identifier, "workspace/symbol", {"query": ""}), notification("$/cancelRequest", {"id": identifier}))
        heard += window.kept
        code, errors = window.shut_down()
    assert code == 0
    assert UNSAID not in json.dumps(heard) + errors.decode()
    assert b"Traceback" not in errors
    assert sum("result" in answer and bool(answer["result"]) for answer in heard) > (20 if many else 100)
    found = events(log)
    assert forbidden(found, "server", hostile, writes=True) == ""
    assert len({event.process for event in found}) > 1 or not many, "no other process was seen to read"
    assert not hostile.bitten()
    assert _contents(hostile.outside.parent, hostile) == elsewhere


# The audit itself


CAUGHT = {
    "a program": "import os; os.system('true')",
    "a process": "import subprocess; subprocess.run(['true'])",
    "a fork": "import os; os.fork() or os._exit(0); os.wait()",
    "a replacement": "import os; os.execv('/bin/true', ['true'])",
    "a socket": "import socket; socket.socket().close()",
    "a library": "import ctypes; ctypes.CDLL(None)",
    "a file outside": "open('../outside/secret.md').close()",
    "a link that leads outside": "open('docs/adr/0005-linked.md').close()",
    "a folder outside": "import os; os.listdir('..')",
    "a folder outside, otherwise": "import os; os.scandir('docs/adr/linked').close()",
    "a file written outside": "open('../new', 'w').close()",
    "a file moved outside": "import os; os.rename('docs/guide.md', '../guide.md')",
    "a file removed outside": "import os; os.remove('../outside/secret.md')",
    "a file of git's written": "open('.git/config', 'a').close()",
    "a module of the repository": "import sys; sys.path.insert(0, ''); import adr_ls_plugin",
    "a text that is executed": "exec(compile('# TRAP', '<string>', 'exec'))",
    "an isolated process that opens a socket": "import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', 'import socket; socket.socket()  # adr_ls.io.worker'])",
}


@pytest.mark.parametrize("code", CAUGHT.values(), ids=CAUGHT)
def test_what_is_forbidden_is_noticed(code: str, hostile: Hostile, tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-c", f"import sys; sys.path.pop(0)\n{code}"]
    subprocess.run(command, env={**os.environ, **environment(hostile, log)}, check=False, capture_output=True, timeout=PATIENCE)
    assert forbidden(events(log), "check", hostile, writes=True)


def test_what_is_harmless_is_not_noticed(hostile: Hostile, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = "import sys; sys.path.pop(0); open('docs/guide.md', 'a').close()"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment(hostile, log)}, check=True)
    assert forbidden(events(log), "check", hostile, writes=True) == ""
    assert forbidden(events(log), "check", hostile, writes=False)
