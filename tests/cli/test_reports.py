"""What `adr-ls check` prints for CI systems, and what it leaves out: formats, baselines, branches, watching."""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import pytest

from adr_ls import reports, rules
from adr_ls.cli import main
from adr_ls.io import git, terminal
from adr_ls.io.terminal import CommandError
from adr_ls.reports import github, junit, sarif
from adr_ls.syntax.text import Lines
from tests.conftest import CORPORA, REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "bookshop"

OFFICIAL = Path(os.environ.get("ADR_LS_SARIF_SCHEMA", CORPORA.parent / "design" / "sarif-schema-2.1.0.json"))
"""The schema of OASIS, which is no part of the project."""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example's directory of records, in the current directory."""
    shutil.copytree(EXAMPLE, tmp_path / "bookshop")
    monkeypatch.chdir(tmp_path / "bookshop")
    for name in ("GITHUB_ACTIONS", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    return Path("docs/adr")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a check; gives status, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main.main(["check", *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


Check = Callable[..., tuple[int, str, str]]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def parsed(text: str | bytes) -> Element:
    return fromstring(text)  # noqa: S314  # our own output


# SARIF


def strict(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


TEXT = {"type": "string", "minLength": 1}
ONE = {"type": "integer", "minimum": 1}
MESSAGE = strict({"text": TEXT})
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LOCATION = strict({"uri": {"type": "string", "pattern": r"^(?!/)(?!\.\.)[!-~]+$"}, "uriBaseId": {"const": "%SRCROOT%"}})
REGION = strict(dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), ONE))
PLACE = strict({"artifactLocation": LOCATION, "region": REGION})
CHANGE = strict(
    {
        "artifactLocation": LOCATION,
        "replacements": several(strict({"deletedRegion": REGION, "insertedContent": strict({"text": {"type": "string"}})})),
    }
)
RULE = strict(
    {
        "id": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
        "name": {"type": "string", "pattern": "^([A-Z][a-z]*)+$"},
        "shortDescription": strict({"text": {"type": "string", "minLength": 1, "maxLength": 1024}}),
        "fullDescription": strict({"text": {"type": "string", "minLength": 1, "maxLength": 1024}}),
        "help": strict({"text": TEXT, "markdown": TEXT}),
        "helpUri": {"type": "string", "pattern": "^https://"},
        "defaultConfiguration": strict({}, {"level": LEVEL, "enabled": {"const": False}}),
        "properties": strict({"tags": several(TEXT)}),
    }
)
RESULT = strict(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": several(strict({"physicalLocation": PLACE})),
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{16}$"}},
    },
    {
        "relatedLocations": several(strict({"id": ONE, "message": MESSAGE, "physicalLocation": PLACE})),
        "fixes": several(strict({"description": MESSAGE, "artifactChanges": several(CHANGE)})),
    },
)
RUN = strict(
    {
        "tool": strict(
            {"driver": strict({"name": TEXT, "version": TEXT, "informationUri": TEXT, "rules": several(RULE)})},
        ),
        "automationDetails": strict({"id": {"type": "string", "pattern": "/$"}}),
        "columnKind": {"const": "utf16CodeUnits"},
        "newlineSequences": several(TEXT),
        "originalUriBaseIds": strict({"%SRCROOT%": strict({"description": MESSAGE})}),
        "invocations": several(strict({"executionSuccessful": {"const": True}})),
        "results": {"type": "array", "items": RESULT},
    }
)
SARIF = strict(
    {"$schema": {"type": "string", "pattern": "^https://"}, "version": {"const": "2.1.0"}, "runs": several(RUN)},
)
"""What SARIF 2.1.0 asks for and GitHub shows, narrowed to what we write; any slip of a name is a property that is not allowed."""


def validated(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    jsonschema.Draft7Validator(SARIF).validate(found)
    if OFFICIAL.is_file():
        schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
        jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER).validate(found)
    run = found["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return found


def at(text: str, region: dict[str, int]) -> str:
    """What a region of SARIF covers."""
    lines = Lines(text)
    start = lines.offset(region["startLine"] - 1, region["startColumn"] - 1, "utf-16")
    return text[start : lines.offset(region["endLine"] - 1, region["endColumn"] - 1, "utf-16")]


def test_sarif_is_what_the_schema_wants_and_regions_are_places(log: Path, check: Check) -> None:
    change(log / "002-search-with-elasticsearch.md", "**Status**: Acepted", "🦉 **Status**: Acepted")
    (log / "006-ä b.md").write_text("# ADR-006: 🦉\n\n**Status**: Acepted\n", encoding="utf-8")
    status, output, _ = check("--format", "sarif", "--fail-on", "hint")
    assert status == 1
    run = validated(output)["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} >= rules.NAMES
    results = [result for result in run["results"] if result["ruleId"] == "status-unknown"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    for place in places:
        text = Path(unquote(place["artifactLocation"]["uri"])).read_text(encoding="utf-8")
        assert at(text, place["region"]) == "Acepted"
    assert "docs/adr/006-%C3%A4%20b.md" in [place["artifactLocation"]["uri"] for place in places]
    assert len({result["partialFingerprints"]["adrLs/v1"] for result in run["results"]}) == len(run["results"])
    assert {result["level"] for result in run["results"]} == {"warning", "note"}


def test_the_fixes_in_sarif_do_what_fix_does(log: Path, check: Check) -> None:
    run = validated(check("--format", "sarif")[1])["runs"][0]
    texts = {path.as_posix(): path.read_text(encoding="utf-8") for path in log.glob("*.md")}
    done = 0
    for result in run["results"]:
        if result["ruleId"] not in ("status-unknown", "link-broken", "index-status", "supersede-status"):
            continue
        for changed in result["fixes"][0]["artifactChanges"]:
            path = unquote(changed["artifactLocation"]["uri"])
            for part in reversed(changed["replacements"]):
                text, region = Path(path).read_text(encoding="utf-8"), part["deletedRegion"]
                deleted, inserted = at(text, region), part["insertedContent"]["text"]
                line = text.splitlines()[region["startLine"] - 1]
                assert texts[path].count(line) == 1
                texts[path] = texts[path].replace(line, line.replace(deleted, inserted) if deleted else line + inserted)
                done += 1
    assert done >= 4
    assert "**Status**: Accepted" in texts["docs/adr/002-search-with-elasticsearch.md"]
    assert "(./003-deploy-with-containers.md)" in texts["docs/adr/002-search-with-elasticsearch.md"]


def test_related_places_are_told(log: Path, check: Check) -> None:
    (log / "005-other.md").write_text("# ADR-005: Other\n\n**Status**: Accepted\n", encoding="utf-8")
    run = validated(check("--format", "sarif", "--select", "duplicate-number")[1])["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["duplicate-number"] * 2
    (related,) = run["results"][0]["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "docs/adr/005-sign-in-with-passkeys.md"


def test_brackets_in_a_message_are_no_link_of_sarif() -> None:
    assert sarif._message("write [a](b.md), not [a] (b)") == r"write \[a](b.md), not [a] (b)"


@pytest.mark.parametrize("name", ["phodal__adr", "cometbft__cometbft"])
def test_reports_on_real_collections_are_valid(corpora: Path, check: Check, name: str) -> None:
    if not (corpora / name).is_dir():
        pytest.skip(f"{name} is not there")
    validated(check("--format", "sarif", "--fail-on", "hint", corpora / name)[1])
    parsed(check("--format", "junit", "--fail-on", "hint", corpora / name)[1])
    for line in check("--format", "github", "--fail-on", "hint", corpora / name)[1].splitlines()[:-1]:
        assert re.fullmatch(r"::(error|warning|notice) file=[^,:]+(,\w+=[^,:]+)+::.+", line)


# Other formats

HOSTILE = "a<b>&\"'\ufffe\ud800\x00\x1b\x85\u202e c"


def test_junit_has_a_test_for_each_problem_and_each_clean_file(log: Path, check: Check) -> None:
    (log / "006-odd.md").write_text("# ADR-006: A\n\n**Date**: 2024-02-31\n\n[ADR-2](./9-a<e>&'b.md)\n", encoding="utf-8")
    status, output, _ = check("--format", "junit", "--fail-on", "error")
    suite = parsed(output.encode()).find("testsuite")
    assert status == 1
    assert suite is not None
    tests = suite.findall("testcase")
    failures = [failure for test in tests for failure in test.findall("failure")]
    assert [failure.get("type") for failure in failures] == ["date-impossible"]
    assert (suite.get("tests"), suite.get("failures")) == (str(len(tests)), "1")
    assert "docs/adr/006-odd.md:3:11: error: " in (failures[0].text or "")
    assert any("“./9-a<e>&'b.md”" in (out.text or "") for out in suite.iter("system-out"))
    assert [test.get("file") for test in tests if test.get("name") == "no problems"] == [
        "docs/adr/005-sign-in-with-passkeys.md"
    ]


def test_junit_holds_no_character_that_xml_refuses() -> None:
    found = parsed(f"<a b={junit._attribute(HOSTILE)}>{junit._text(HOSTILE)}</a>".encode())
    assert found.text == found.get("b") == "a<b>&\"'�� c"


@pytest.mark.parametrize(
    ("value", "data", "prop"),
    [
        ("plain “text”", "plain “text”", "plain “text”"),
        ("50% a:b,c", "50%25 a:b,c", "50%25 a%3Ab%2Cc"),
        ("one\r\ntwo", "one%0D%0Atwo", "one%0D%0Atwo"),
        ("%0A", "%250A", "%250A"),
    ],
)
def test_workflow_commands_are_escaped(value: str, data: str, prop: str) -> None:
    assert (github._data(value), github._property(value)) == (data, prop)


def test_github_annotations(log: Path, check: Check) -> None:
    (log / "006-a,b%.md").write_text("# ADR-006: A\n\n[ADR-2](./9-a::%.md)\n\n**Date**: 2024-02-31\n", encoding="utf-8")
    status, output, _ = check("--format", "github")
    lines = output.splitlines()
    assert status == 1
    assert lines[0] == (
        "::error file=docs/adr/006-a%2Cb%25.md,line=5,endLine=5,col=11,endColumn=20,title=adr-ls%3A date-impossible"
        "::“2024-02-31” is no date: check day and month."
    )
    assert any("title=adr-ls%3A link-broken::" in line and "“./9-a::%25.md”" in line for line in lines)
    assert "1 error, " in lines[-1]
    assert not lines[-1].startswith("::")


def test_gitlab_code_quality(log: Path, check: Check) -> None:
    status, output, _ = check("--format", "gitlab")
    found = json.loads(output)
    assert status == 1
    assert {problem["severity"] for problem in found} == {"major"}
    assert len({problem["fingerprint"] for problem in found}) == len(found)
    assert next(problem for problem in found if problem["check_name"] == "status-unknown") == {
        "description": "Unknown status “Acepted”; did you mean “Accepted”?",
        "check_name": "status-unknown",
        "fingerprint": next(problem["fingerprint"] for problem in found if problem["check_name"] == "status-unknown"),
        "severity": "major",
        "location": {"path": "docs/adr/002-search-with-elasticsearch.md", "lines": {"begin": 3, "end": 3}},
    }


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "gitlab"])
def test_ci_formats_name_files_from_the_repository(log: Path, check: Check, form: str) -> None:
    Path(".git").mkdir()
    assert "docs/adr/002-search-with-elasticsearch.md" in check(log, "--format", form)[1]


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "gitlab"])
def test_nothing_to_report_on_is_a_report_too(tmp_path: Path, check: Check, form: str) -> None:
    status, output, errors = check(tmp_path, "--format", form)
    assert (status, errors) == (0, "")
    if form == "junit":
        parsed(output)
    elif form == "github":
        assert output == "No ADRs found here.\n"
    else:
        json.loads(output)


def test_output_goes_to_a_file_without_colours(log: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    status, output, errors = check("--format", "json", "--output", "found.json")
    assert (status, output) == (1, "")
    assert errors.startswith("adr-ls: 8 warnings, ")
    assert json.loads(Path("found.json").read_text(encoding="utf-8"))["version"] == 1
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[33mwarning" in check()[1]
    check("--output", "found.txt")
    assert "\x1b" not in Path("found.txt").read_text(encoding="utf-8")
    status, _, errors = check("--output", "nowhere/found.txt")
    assert status == 2
    assert errors == "adr-ls: cannot write “nowhere/found.txt”: No such file or directory\n"


def test_a_record_commands_no_ci_system(log: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    (log / "006-a.md").write_text("# ADR-006: A\n\n::error::See ADR-099 and ##[add-mask]x\n", encoding="utf-8")
    assert "::error::See" in check("--select", "reference-unknown", "--format", "text")[1]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    output = check("--select", "reference-unknown", "--format", "text")[1]
    assert ": :error::See ADR-099 and ## [add-mask]" in output
    assert terminal.inert("a :: b\n  ::x") == "a :: b\n  : :x"


def test_many_problems_are_summed_up_by_rule(log: Path, check: Check) -> None:
    for number in range(6, 30):
        (log / f"{number:03}-x.md").write_text(f"# ADR-{number:03}: X\n\nSee ADR-999.\n", encoding="utf-8")
    for arguments in (["--format", "text"], ["--statistics"]):
        assert re.search(r"^ +24  reference-unknown  in 24 files$", check(*arguments)[1], re.MULTILINE)


# Which rules and files


def test_rules_are_selected_and_ignored(log: Path, check: Check) -> None:
    def names(*arguments: str) -> set[str]:
        return {problem["rule"] for problem in json.loads(check("--format", "json", *arguments)[1])["problems"]}

    every = names()
    assert names("--select", "status-unknown,link-broken") == {"status-unknown", "link-broken"}
    assert names("--select", "status-unknown", "--select", "link-broken", "--ignore", "link-broken") == {"status-unknown"}
    assert names("--ignore", "status-unknown") == every - {"status-unknown"}
    status, output, errors = check("--ignore", "status-unknwn")
    assert (status, output) == (2, "")
    assert errors == "adr-ls: there is no rule “status-unknwn”; did you mean “status-unknown”?\n"


def test_a_fix_mends_only_what_is_selected(log: Path, check: Check) -> None:
    check("--fix", "--select", "status-unknown")
    text = (log / "002-search-with-elasticsearch.md").read_text(encoding="utf-8")
    assert "**Status**: Accepted" in text
    assert "003-deploy-with-container.md" in text


def test_files_are_judged_in_their_log_and_repository(log: Path, check: Check) -> None:
    Path(".git").mkdir()
    Path("adr-ls.toml").write_text('[rules]\nlink-broken = "off"\n', encoding="utf-8")
    (log / "005-other.md").write_text("# ADR-005: Other\n\n**Status**: Accepted\n", encoding="utf-8")
    files = log / "005-other.md", log / "002-search-with-elasticsearch.md", Path("adr-ls.toml")
    found = json.loads(check(*files, "--format", "json")[1])
    assert {(problem["path"], problem["rule"]) for problem in found["problems"] if problem["severity"] != "hint"} >= {
        ("docs/adr/002-search-with-elasticsearch.md", "status-unknown"),
        ("docs/adr/005-other.md", "duplicate-number"),
    }
    assert {problem["path"] for problem in found["problems"]} == {path.as_posix() for path in files[:2]}
    assert "link-broken" not in {problem["rule"] for problem in found["problems"]}
    assert found["summary"]["records"] == 2


def test_without_a_repository_a_file_stands_for_its_directory(log: Path, check: Check) -> None:
    (log / "old").mkdir()
    (log / "old/001-broken.md").write_text("# 1. A\n\n[x](002-nowhere.md)\n", encoding="utf-8")
    files = sorted(log.glob("00*.md"))
    found = json.loads(check(*files, "--format", "json", "--ignore", "not-in-index")[1])
    assert {problem["path"] for problem in found["problems"]} == {path.as_posix() for path in files[:4]}
    assert found["summary"]["records"] == len(files)
    whole = json.loads(check(log.absolute(), "--format", "json")[1])
    assert [p["message"] for p in found["problems"]] == [
        p["message"] for p in whole["problems"] if p["path"] in {path.name for path in files} and p["rule"] != "not-in-index"
    ]


def test_several_directories(log: Path, check: Check) -> None:
    shutil.copytree(log, "team/adr")
    found = json.loads(check(log, "team/adr", "--format", "json", "--select", "status-unknown")[1])
    name = "002-search-with-elasticsearch.md"
    assert [problem["path"] for problem in found["problems"]] == [f"docs/adr/{name}", f"team/adr/{name}"]


def test_a_file_that_git_ignores_is_checked_where_it_is_asked_for(log: Path, check: Check) -> None:
    Path(".git").mkdir()
    Path(".gitignore").write_text("docs\n", encoding="utf-8")
    assert check() == (0, "No ADRs found here.\n", "")
    assert "status-unknown" in check(log / "002-search-with-elasticsearch.md")[1]


def test_files_that_are_no_adrs_are_no_problem(log: Path, check: Check) -> None:
    Path("notes.md").write_text("# Notes\n", encoding="utf-8")
    assert check("notes.md") == (0, "No ADRs among these files.\n", "")


@pytest.mark.parametrize(("threshold", "status"), [("never", 0), ("error", 0), ("warning", 1)])
def test_the_threshold_holds_for_every_format(log: Path, check: Check, threshold: str, status: int) -> None:
    for form in reports.FORMATS:
        assert check("--format", form, "--fail-on", threshold)[0] == status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--write-baseline"], "“--write-baseline” needs to know where to: add “--baseline FILE”"),
        (["--fix", "--diff"], "“--fix” and “--diff” do not go together; use one of them"),
        (["--diff", "--format", "json"], "“--diff” prints a diff, whatever the format; leave “--format” away"),
        (["--watch", "--format", "json"], "“--watch” prints text as it goes; leave “--format” and “--output” away"),
        (
            ["--baseline", "none.json"],
            "there is no baseline “none.json”; “adr-ls check --baseline FILE --write-baseline” writes one",
        ),
        (
            ["--baseline", "docs/adr/README.md"],
            "“docs/adr/README.md” is no baseline of adr-ls; write it anew with “--write-baseline”",
        ),
        (["docs", "nowhere"], "there is no “nowhere”"),
    ],
)
def test_what_does_not_fit_is_one_clear_line(log: Path, check: Check, arguments: list[str], said: str) -> None:
    assert check(*arguments) == (2, "", f"adr-ls: {said}\n")


# Diffs


def test_a_diff_changes_nothing_and_git_applies_it(log: Path, check: Check) -> None:
    crlf = log / "002-search-with-elasticsearch.md"
    crlf.write_bytes(crlf.read_bytes().replace(b"\n", b"\r\n").rstrip())
    before = {path: path.read_bytes() for path in log.glob("*.md")}
    status, output, errors = check("--diff", "--output", "fixes.patch")
    assert (status, output, errors) == (1, "", "")
    assert {path: path.read_bytes() for path in log.glob("*.md")} == before
    subprocess.run(["git", "apply", "--whitespace=nowarn", "fixes.patch"], check=True, capture_output=True)
    applied = {path: path.read_bytes() for path in log.glob("*.md")}
    assert applied != before
    for path, data in before.items():
        path.write_bytes(data)
    check("--fix")
    assert {path: path.read_bytes() for path in log.glob("*.md")} == applied
    assert check("--diff") == (0, "", "")


# Baselines


def test_a_baseline_hides_what_was_known(log: Path, check: Check) -> None:
    file = Path("known.json")
    status, output, errors = check("--baseline", file, "--write-baseline")
    assert (status, output) == (0, "")
    assert errors == "adr-ls: known.json now holds 11 problems; later checks report only others\n"
    status, output, errors = check("--baseline", file)
    assert (status, errors) == (0, "")
    assert output == "no problems in 5 records, 11 more hidden by the baseline\n"
    # lines move, a neighbour is renamed, a title is reworded, a file with problems is renamed
    change(log / "002-search-with-elasticsearch.md", "# ADR-002", "\n\n# ADR-002")
    change(log / "003-deploy-with-containers.md", "Deploy with containers", "Deploy in containers")
    (log / "002-search-with-elasticsearch.md").rename(log / "002-search.md")
    for path in log.glob("*.md"):
        text = path.read_text(encoding="utf-8").replace("002-search-with-elasticsearch.md", "002-search.md")
        path.write_text(text, encoding="utf-8")
    assert check("--baseline", file)[:2] == (0, "no problems in 5 records, 11 more hidden by the baseline\n")
    # something new in the same file, and something mended
    change(log / "002-search.md", "Elasticsearch", "Elasticsearch (see ADR-009)")
    change(log / "002-search.md", "Acepted", "Accepted")
    status, output, errors = check("--baseline", file, "--format", "json")
    found = json.loads(output)
    assert status == 1
    assert {problem["rule"] for problem in found["problems"]} == {"reference-unknown"}
    assert found["summary"]["hidden"] == 10
    assert errors.splitlines() == [
        "adr-ls: 1 entry of “known.json” is no longer needed; “--write-baseline” takes them out:",
        "  docs/adr/002-search-with-elasticsearch.md  status-unknown  Unknown status “Acepted”; did you mean “Accepted”?",
    ]
    # a look at other files or rules says nothing of these entries, and writing keeps them
    assert check("--baseline", file, log / "001-keep-orders-in-mysql.md")[2] == ""
    assert check("--baseline", file, "--ignore", "status-unknown")[2] == ""
    check("--baseline", file, "--write-baseline", "--select", "link-broken")
    assert "status-unknown" in file.read_text(encoding="utf-8")
    check("--baseline", file, "--write-baseline")
    assert "status-unknown" not in file.read_text(encoding="utf-8")
    assert check("--baseline", file)[0] == 0


def test_a_baseline_may_lie_anywhere_and_reads_well(log: Path, check: Check) -> None:
    Path("ci").mkdir()
    check("--baseline", "ci/known.json", "--write-baseline")
    entries = json.loads(Path("ci/known.json").read_text(encoding="utf-8"))["problems"]
    assert entries[0].keys() == {"path", "rule", "fingerprint", "message"}
    assert entries == sorted(entries, key=lambda entry: (entry["path"], entry["rule"]))
    assert entries[0]["path"] == "../docs/adr/001-keep-orders-in-mysql.md"
    assert check(log, "--baseline", "ci/known.json")[0] == 0


def test_fingerprints_stay_when_lines_move(log: Path, check: Check) -> None:
    def prints() -> list[str]:
        results = json.loads(check("--format", "sarif", "--fail-on", "hint")[1])["runs"][0]["results"]
        return sorted(result["partialFingerprints"]["adrLs/v1"] for result in results)

    before = prints()
    for path in log.glob("*.md"):
        path.write_text("\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert prints() == before


# Branches


@pytest.fixture
def repository(log: Path) -> Callable[..., str]:
    """The example as a git repository: a branch that was left behind by main. Gives git."""

    def run(*arguments: str) -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        return subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True).stdout

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-qm", "first")
    run("checkout", "-qb", "branch")
    run("checkout", "-q", "main")
    (log / "006-from-main.md").write_text("# ADR-006: From main\n\n**Status**: Acepted\n", encoding="utf-8")
    (log / "007-äöü.md").write_text("# ADR-007: From main too\n", encoding="utf-8")
    run("add", "-A")
    run("commit", "-qm", "main goes on")
    run("checkout", "-q", "branch")
    return run


def since(check: Check, *arguments: object) -> set[tuple[str, str]]:
    output = check("--since", "main", "--format", "json", *arguments)[1]
    return {
        (problem["path"].removeprefix("docs/adr/"), problem["rule"])
        for problem in json.loads(output)["problems"]
        if problem["severity"] != "hint"
    }


def test_since_reports_only_what_the_branch_changed(log: Path, check: Check, repository: Callable[..., str]) -> None:
    assert check("--since", "main") == (0, "No ADRs have changed since main.\n", "")
    change(log / "002-search-with-elasticsearch.md", "Acepted", "Acceptd")
    repository("commit", "-qam", "committed")
    assert since(check) == {
        ("002-search-with-elasticsearch.md", "status-unknown"),
        ("002-search-with-elasticsearch.md", "link-broken"),
    }
    change(log / "003-deploy-with-containers.md", "Deploy", "Deploy all")  # not committed
    (log / "008-új rekord.md").write_text("# ADR-008: New\n\n**Status**: Acepted\n", encoding="utf-8")  # not even added
    found = since(check)
    assert ("003-deploy-with-containers.md", "section-missing") in found
    assert ("008-új rekord.md", "status-unknown") in found
    assert not [path for path, _ in found if path.startswith(("001", "004", "README"))]
    assert {path for path, _ in since(check, log / "003-deploy-with-containers.md")} == {"003-deploy-with-containers.md"}
    assert {path for path, _ in since(check, log)} == {path for path, _ in found}


@pytest.mark.parametrize(
    ("ending", "text"), [("md", "# ADR-006: Of it\n\n**Status**: Accepted\n"), ("adoc", "= ADR-006: Of it\n")]
)
def test_since_finds_numbers_that_the_other_branch_took(
    log: Path, check: Check, repository: Callable[..., str], ending: str, text: str
) -> None:
    (log / f"006-from-branch.{ending}").write_text(text, encoding="utf-8")
    repository("mv", "docs/adr/005-sign-in-with-passkeys.md", "docs/adr/005-passkeys.md")  # a rename collides with nothing
    status, output, _ = check("--since", "main", "--format", "json", "--select", "duplicate-number")
    (problem,) = json.loads(output)["problems"]
    assert status == 1
    assert (problem["path"], problem["severity"]) == (f"docs/adr/006-from-branch.{ending}", "error")
    assert problem["message"] == (
        "Number 006 is also used by “006-from-main.md” on “main”, which this branch does not have yet; the next free number is 8."
    )
    Path("adr-ls.toml").write_text('[rules]\nduplicate-number = "off"\n', encoding="utf-8")
    assert since(check, "--select", "duplicate-number") == set()


def test_since_with_what_git_does_not_know(log: Path, check: Check, repository: Callable[..., str]) -> None:
    for revision, said in {
        "nowhere": "git knows no revision “nowhere” here",
        "--output=x": "“--output=x” is no revision",
        "": "“” is no revision",
    }.items():
        status, output, errors = check(f"--since={revision}")
        assert (status, output, errors.count("\n")) == (2, "", 1)
        assert errors.startswith(f"adr-ls: {said}")
    repository("checkout", "-q", "--orphan", "other")
    repository("commit", "-qm", "other")
    assert "no common ancestor" in check("--since", "main")[2]


def test_since_without_git_or_a_repository(log: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert check("--since", "main")[2].startswith("adr-ls: “--since” needs a git repository")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "defpath", "")
    assert check("--since", "main")[2] == "adr-ls: “--since” needs git, which is not installed or not on the PATH\n"


BAITED = [
    "core.alternateRefsCommand",
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "credential.helper",
    "diff.bait.command",
    "diff.bait.textconv",
    "diff.external",
    "filter.bait.clean",
    "filter.bait.process",
    "filter.bait.smudge",
    "gpg.program",
    "merge.bait.driver",
    "pager.diff-tree",
    "sequence.editor",
    "uploadpack.packObjectsHook",
]
"""Settings of git that name a program."""


def test_git_runs_nothing_that_the_repository_says(log: Path, check: Check, repository: Callable[..., str]) -> None:
    bait = Path("bait.sh").absolute()
    bait.write_text(f"#!/bin/sh\ntouch {bait.parent}/bitten\n", encoding="utf-8")
    bait.chmod(0o755)
    hooks = Path("hooks")
    hooks.mkdir()
    shutil.copy(bait, hooks / "post-index-change")
    Path(".gitattributes").write_text("*.md diff=bait filter=bait merge=bait\n", encoding="utf-8")
    for key in BAITED:
        repository("config", key, str(bait))
    repository("config", "remote.origin.url", f"ext::{bait}")
    repository("config", "remote.origin.promisor", "true")
    repository("config", "core.hooksPath", str(hooks.absolute()))
    Path("bitten").unlink(missing_ok=True)
    (log / "006-from-branch.md").write_text("# ADR-006: From the branch\n", encoding="utf-8")
    change(log / "002-search-with-elasticsearch.md", "Acepted", "Acceptd")
    index = Path(".git/index").read_bytes()
    assert ("006-from-branch.md", "duplicate-number") in since(check)
    assert not Path("bitten").exists()
    assert Path(".git/index").read_bytes() == index


def test_a_repository_among_the_files_of_another_is_none(log: Path, check: Check, repository: Callable[..., str]) -> None:
    """It travels with a clone, as nothing but plain files, and its configuration with it."""
    shutil.copytree(".git", log, dirs_exist_ok=True)
    bait = log / "bait.sh"
    bait.write_text(f"#!/bin/sh\ntouch {bait.parent.absolute()}/bitten; cat\n", encoding="utf-8")
    bait.chmod(0o755)
    settings = f'[core]\n\tbare = false\n\tworktree = .\n[filter "bait"]\n\tclean = {bait.absolute()}\n'
    (log / "config").write_text(settings, encoding="utf-8")
    (log / ".gitattributes").write_text("*.md filter=bait\n", encoding="utf-8")
    check("--since", "main", log)
    with pytest.raises(CommandError, match="needs a git repository"):
        git.since(log, "main", ["002-search-with-elasticsearch.md"])
    assert not (log / "bitten").exists()


def test_files_with_other_ends_of_lines_have_not_changed(log: Path, check: Check, repository: Callable[..., str]) -> None:
    for record in log.glob("*.md"):
        record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
    assert since(check) == set()
    change(log / "002-search-with-elasticsearch.md", "Acepted", "Acceptd")
    assert ("002-search-with-elasticsearch.md", "status-unknown") in since(check)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("first", ["", ".", "bin"])
def test_a_git_that_a_repository_brings_along_is_not_run(check: Check, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    for place in (Path(), Path("bin")):
        place.mkdir(exist_ok=True)
        for name in ("git", "git.exe"):
            (place / name).write_text("#!/bin/sh\ntouch bitten\n", encoding="utf-8")
            (place / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{first}{os.pathsep}{os.environ['PATH']}")
    assert since(check) == set()
    assert not Path("bitten").exists()


@pytest.mark.usefixtures("log")
def test_git_is_not_waited_for_without_end(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tmp_path_factory.mktemp("programs")
    (programs / "git").write_text("#!/bin/sh\nexec sleep 20\n", encoding="utf-8")
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "TIMEOUT", 0.2)
    with pytest.raises(CommandError, match="did not answer"):
        git.since(Path(), "main", ())


def test_git_is_not_looked_for_in_the_folder_that_is_asked_about(
    log: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as programs that a project has among its own, which are on the path of whoever works on it."""
    Path("bin").mkdir()
    Path("bin/git").write_text(f"#!/bin/sh\ntouch {Path('bitten').absolute()}\n", encoding="utf-8")
    Path("bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{Path('bin').absolute()}{os.pathsep}{os.environ['PATH']}")
    Path(".git").mkdir()
    check("--since", "main", log)
    assert not Path("bitten").exists()


def test_the_server_knows_no_git() -> None:
    code = "import sys, adr_ls.lsp.server; sys.exit('adr_ls.io.git' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Watching


class Watched:
    """A check that goes on, and what it prints."""

    def __init__(self, *arguments: str) -> None:
        # A shell that runs the tests in the background has them ignore the interrupt, and their children with them
        program = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from adr_ls.__main__ import main; main()"
        )
        command = [sys.executable, "-c", program, "check", "--watch", *arguments]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(REPOSITORY)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, pattern: str, seconds: float = 20) -> list[str]:
        """The lines up to one that matches."""
        lines: list[str] = []
        deadline = time.monotonic() + seconds
        while not lines or not re.search(pattern, lines[-1]):
            lines.append(self._lines.get(timeout=max(0.1, deadline - time.monotonic())))
        return lines


@pytest.fixture
def watched(log: Path) -> Iterator[Watched]:
    found = Watched()
    yield found
    found.process.kill()
    found.process.wait()
    assert found.process.stdout is not None
    found.process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_watching_tells_what_changes_until_it_is_interrupted(log: Path, watched: Watched) -> None:
    first = watched.until(r"in 5 records")
    assert any("status-unknown" in line for line in first)
    change(log / "002-search-with-elasticsearch.md", "**Status**: Acepted", "**Status**: Accepted\n\nSee ADR-077.\n")
    second = watched.until(r"in 5 records")
    assert second[:2] == [
        "",
        "- docs/adr/002-search-with-elasticsearch.md: Unknown status “Acepted”; did you mean “Accepted”?  status-unknown",
    ]
    assert second[2].startswith("+ docs/adr/002-search-with-elasticsearch.md:5:5  info  There is no ADR-077")
    assert len(second) == 6  # what has not changed is not told again, though lines have moved
    Path("adr-ls.toml").write_text("rules = [\n", encoding="utf-8")
    assert "This is not valid TOML" in watched.until("valid TOML")[-1]
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(10) == 130


def test_formats_that_name_files_from_the_repository_are_formats() -> None:
    assert set(reports.FORMATS) >= reports.FROM_REPOSITORY


def test_checking_loads_only_what_its_format_needs() -> None:
    script = (
        "import sys; from adr_ls.cli.main import main; main(['check', sys.argv[1]]);"
        "sys.exit(' '.join({'subprocess', 'xml.sax', 'adr_ls.io.git', 'adr_ls.cli.baseline', 'adr_ls.ide.actions',"
        " 'adr_ls.reports.sarif', 'adr_ls.reports.junit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(EXAMPLE)], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
