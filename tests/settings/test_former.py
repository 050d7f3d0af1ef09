"""What somebody has written down for an earlier version goes on counting, and says what it is called now.

No rule or setting has been renamed since the first release, so names are made up here: ``old-status`` was `status-unknown` once.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType

import pytest

from adr_ls import rules
from adr_ls.cli import main
from adr_ls.record.record import Record
from adr_ls.reports import model
from adr_ls.rules.model import Problem
from adr_ls.settings import former
from adr_ls.settings.file import Settings
from adr_ls.settings.values import SETTINGS, Config, key_of
from tests.conftest import REPOSITORY
from tests.fixture import fixture

RECORD = "# 1. Use Kafka\n\n**Status**: Wrongly\n"


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        former, "RULES", MappingProxyType({"old-status": "status-unknown", "kept-status": "status-unknown", "gone": ""})
    )
    monkeypatch.setattr(former, "SETTINGS", MappingProxyType({"states": "statuses", "colour": ""}))


def test_no_released_name_is_forgotten() -> None:
    """Who renames or removes a rule or a setting says so in `adr_ls/settings/former.py`; who adds one adds it to the list."""
    released = json.loads((REPOSITORY / "tests" / "data" / "released.json").read_text("utf-8"))
    settings = {key_of(field.name) for field in SETTINGS}
    for names, now, before in (
        (released["rules"], rules.NAMES, former.RULES),
        (released["settings"], settings, former.SETTINGS),
    ):
        assert names
        assert {*names} <= now | before.keys()
        assert not now & before.keys(), "a name that is in use means what it is today"
        assert {*filter(None, before.values())} <= now, "former names lead to what there is today, not to another former name"


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("text", "told", "mended", "rule_levels"),
    [
        (
            '[rules]\nold-status = "off"\n',
            "The rule “old-status” is called “status-unknown” now.",
            '[rules]\nstatus-unknown = "off"\n',
            {"status-unknown": "off"},
        ),
        (
            '[rules]\nold-status = "off"\nstatus-unknown = "info"\n',
            "The rule “old-status” is called “status-unknown” now.",
            '[rules]\nstatus-unknown = "off"\nstatus-unknown = "info"\n',
            {"status-unknown": "info"},
        ),
        ('[rules]\ngone = "off"\n', "There is no rule “gone” any more.", None, {}),
    ],
)
def test_levels_under_former_names_count(text: str, told: str, mended: str | None, rule_levels: dict[str, str]) -> None:
    found = Settings("/w/adr-ls.toml", text, rules.NAMES)
    (wrong,) = found.wrong
    assert wrong.message == told
    assert (wrong.edit and text[: wrong.edit.span.start] + wrong.edit.text + text[wrong.edit.span.end :]) == mended
    assert found.values is not None
    assert dict(Config().merged(found.values, rules.NAMES)[0].rules) == rule_levels


@pytest.mark.usefixtures("renamed")
def test_settings_under_former_names_count() -> None:
    config, mistakes = Config().merged({"states": ["Done"], "colour": "red"})
    assert config.statuses == ("Done",)
    assert [mistake.message for mistake in mistakes] == [
        "The setting “states” is called “statuses” now.",
        "There is no setting “colour” any more.",
    ]
    twice, mistakes = Config().merged({"statuses": ["Open"], "states": ["Done"]})
    assert twice.statuses == ("Open",)
    assert [mistake.message for mistake in mistakes][1:] == ["“states” is set twice, in two spellings."]


@pytest.mark.usefixtures("renamed")
def test_comments_with_former_names_silence_and_are_mended() -> None:
    text = RECORD.replace("**Status", "<!-- adr-ls-disable-next-line old-status -->\n**Status")
    (problem,) = fixture(text).problems()
    assert (problem.rule.name, problem.message) == (
        "suppression-unknown",
        "The rule “old-status” is called “status-unknown” now.",
    )
    (fix,) = problem.fixes
    assert fix.preferred
    (change,) = fix.make()
    start, end = change.edit.span
    assert text[:start] + change.edit.text + text[end:] == text.replace("old-status", "status-unknown")
    gone = fixture(text.replace("old-status", "gone")).problems()
    assert ("suppression-unknown", "There is no rule “gone” any more.") in [(one.rule.name, one.message) for one in gone]


@pytest.mark.usefixtures("renamed")
def test_the_command_line_knows_former_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-use-kafka.md").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main.main(["check", "--fail-on", "info", "--select", "old-status"]) == 1
    out, err = capsys.readouterr()
    assert "status-unknown" in out
    assert err == "adr-ls: The rule “old-status” is called “status-unknown” now.\n"
    assert main.main(["check", "--select", "gone"]) == 2
    assert capsys.readouterr().err == "adr-ls: There is no rule “gone” any more.\n"
    assert main.main(["explain", "old-status"]) == 0
    assert capsys.readouterr().out.startswith("status-unknown (")


_identity = model._identity


def as_earlier(problem: Problem, file: Record) -> str:
    """What a version told problems apart by in which the rule had its former name."""
    return _identity(problem, file).replace("status-unknown", "old-status", 1)


def test_a_baseline_of_before_a_renaming_still_hides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The baseline is made under a name that the rule has today, and read when it is a former one."""
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-use-kafka.md").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "known.json"
    arguments = ["check", "--fail-on", "info", "--select", "status-unknown", "--baseline", "known.json"]
    with monkeypatch.context() as earlier:
        earlier.setattr("adr_ls.reports.model._identity", as_earlier)
        assert main.main([*arguments, "--write-baseline"]) == 0
    file.write_text(file.read_text("utf-8").replace("status-unknown", "old-status"), "utf-8")
    assert main.main(arguments) == 1
    monkeypatch.setattr(former, "RULES", MappingProxyType({"old-status": "status-unknown"}))
    capsys.readouterr()
    assert main.main(arguments) == 0
    out, err = capsys.readouterr()
    assert "1 more hidden by the baseline" in out
    assert err == ""
    assert main.main([*arguments, "--write-baseline"]) == 0
    assert [entry["rule"] for entry in json.loads(file.read_text("utf-8"))["problems"]] == ["status-unknown"]
    assert main.main(arguments) == 0


def test_a_baseline_of_another_version_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "0001-use-kafka.md").write_text(RECORD, "utf-8")
    (tmp_path / "known.json").write_text('{"version": 9, "problems": []}', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main.main(["check", "--baseline", "known.json"]) == 2
    assert "“known.json” is a baseline of version 9, and this adr-ls" in capsys.readouterr().err
