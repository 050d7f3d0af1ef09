"""Other tools' configuration: what of it counts for us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from adr_ls import rules
from adr_ls.settings import other_tools
from adr_ls.settings.values import Config
from tests.fixture import fixture


def off(*names: str) -> dict[str, Any]:
    return {"rules": dict.fromkeys(sorted(names), "off")}


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("adrs.toml", 'adr_dir = "doc/adr"\n[doctor]\nignore = ["adr011", "adr-no-duplicate-numbers"]\n', off("number-gap", "duplicate-number")),
        (
            ".adrs.toml",
            '[[doctor.ignore_path]]\nglob = "doc/adr/0025-*.md"\nrules = ["ADR014"]\n[[doctor.ignore_path]]\nrules = ["ADR014"]\n',
            {"overrides": [{"paths": ["/doc/adr/0025-*.md"], **off("section-empty", "placeholder-left", "todo-left")}]},
        ),
        ("adrs.toml", "[doctor]\nignore = 3\n", {}),
        ("adrs.toml", "doctor = [\n", {}),
        (".mdbook-lint.toml", 'disabled-rules = ["ADR016", "MD013"]\n[ADR007]\nvalid-statuses = ["open", "closed"]\n', {**off("madr-few-options"), "statuses": ["open", "closed"]}),
        ("mdbook-lint.toml", 'disabled_rules = ["ADR004", "ADR005"]\n', {}),
        ("mdbook-lint.toml", 'disabled_rules = ["ADR004", "ADR005", "ADR006"]\n', off("section-missing")),
        (
            ".madrlintrc.json",
            ('{"rules": {"madr/no-broken-links": "off", "madr/filename-format": ["off", {}], "madr/date-iso8601": "warn",'
            ' "madr/status-enum": ["error", {"values": ["open"]}], "madr/required-sections": ["warn", {"sections": ["Context", "Status"]}]}}'),
            {**off("link-broken", "filename-format"), "statuses": ["open"]},
        ),
        (".madrlintrc.json", "[1]", {}),
        ("adrgen.config.yml", "default_meta: []\nsupported_statuses:\n  - proposed\n  - 'on hold' # soon\ndefault_status: proposed\n", {"statuses": ["proposed", "on hold"]}),
        ("adrgen.config.yml", "supported_statuses: !!python/name:os.system\n", {}),
        (".adr-dir", "doc/adr\n", {}),
    ],
)  # fmt: skip
def test_what_they_say_in_our_words(base: str, text: str, expected: Mapping[str, Any]) -> None:
    found = other_tools.settings(base, text)
    assert found == expected
    assert Config().merged(found, rules.NAMES)[1] == ()


def test_every_rule_of_ours_exists() -> None:
    assert set(other_tools.SAME) <= rules.NAMES


BAD = "# 1. X\n\n**Status**: Acepted\n\nSee [it](0009-gone.md).\n"


def test_our_own_settings_win_and_each_file_holds_below_its_folder() -> None:
    source = f"""-- .madrlintrc.json --
{{"rules": {{"madr/no-broken-links": "off"}}}}
-- adr-ls.toml --
[rules]
link-broken = "error"
-- docs/adr/0001-x.md --
{BAD}-- lib/adrs.toml --
[doctor]
ignore = ["ADR007"]
-- lib/adr/0001-x.md --
{BAD}"""
    given = fixture(source)
    assert [(p.path.removeprefix("/w/"), p.rule.name, p.level) for p in given.problems("status-unknown", "link-broken")] == [
        ("docs/adr/0001-x.md", "status-unknown", "warning"),
        ("docs/adr/0001-x.md", "link-broken", "error"),
        ("lib/adr/0001-x.md", "link-broken", "error"),
    ]
    without = fixture(source.replace('link-broken = "error"\n', ""))
    assert [p.path for p in without.problems("link-broken")] == []


def test_statuses_of_another_tool_are_known_and_forbid_no_others() -> None:
    source = "-- adrgen.config.yml --\nsupported_statuses: [proposed, parked]\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Status**: "
    assert not fixture(f"{source}Rejected\n").problems()
    assert not fixture(f"{source}Parked\n").problems()
    assert [p.message for p in fixture(f"{source}Parkd\n").problems()] == ["Unknown status “Parkd”; did you mean “Parked”?"]
    own = source.replace("-- docs", '-- adr-ls.toml --\nstatuses = ["Proposed"]\n-- docs')
    assert [p.rule.name for p in fixture(f"{own}Rejected\n").problems()] == ["status-unknown"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["path =" + " " * 50_000 + '"a"b\n', "\n" * 100_000, "adrFolder: " * 20_000])
@pytest.mark.parametrize("base", [".adr", ".log4brains.yml", "adrgen.config.yml"])
def test_hostile_configuration_takes_no_time(base: str, text: str) -> None:
    list(other_tools.directories(base, text))
    other_tools.settings(base, text)
