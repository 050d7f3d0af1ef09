"""Settings: what files, editors and profiles say, which of them holds where, and what is told where they are wrong."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_ls import rules
from adr_ls.ide import actions
from adr_ls.log import assemble
from adr_ls.rules.model import Rule
from adr_ls.settings.file import Settings
from adr_ls.settings.values import Config
from adr_ls.syntax.text import apply
from adr_ls.syntax.toml import Key, Toml, TomlError
from tests.fixture import ROOT, clean, fixture, workspace

RECORD = "# 1. X\n\n**Status**: Accepted\n"


def problems(source: str) -> list[tuple[str, str, str]]:
    """What is reported of a fixture: file, rule and level."""
    return [(problem.path.removeprefix(ROOT + "/"), problem.rule.name, problem.level) for problem in fixture(source).problems()]


# Places in TOML

KEYS = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
SCALARS = st.one_of(st.booleans(), st.integers(-999, 999), TEXTS, st.floats(allow_nan=False, allow_infinity=False, width=16))
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)), max_leaves=8
)


def written(value: object, *, lines: bool) -> str:
    """A value in TOML, arrays over several lines with comments between the items if asked for."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {written(one, lines=False)}' for key, one in value.items()) + " }"
    if isinstance(value, list):
        between = ', # "x = [\n  ' if lines else ", "
        return "[" + between.join(written(one, lines=lines) for one in value) + ("\n]" if lines and value else "]")
    if isinstance(value, str) and lines and "'" not in value:
        return f"'''\n{value}\n[not.a.table]\n'''"
    return json.dumps(value, ensure_ascii=False)


def document(tables: Mapping[str, Any], *, lines: bool) -> str:
    """Tables of any values in TOML; lists of nothing but tables as arrays of tables."""
    parts = []
    for name, table in tables.items():
        if isinstance(table, list) and table and all(isinstance(one, dict) for one in table):
            parts += [f"[[{name}]] # [x]\n" + pairs(one, lines=lines) for one in table]
        elif isinstance(table, dict):
            parts.append(f"[ '{name}' ]\n" + pairs(table, lines=lines))
    return "".join(parts)


def pairs(table: Mapping[str, Any], *, lines: bool) -> str:
    return "".join(f"{key} = {written(value, lines=lines)} # c = 1\n" for key, value in table.items())


def paths(value: object, path: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], object]]:
    """Every path into a value, with what stands there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key), one
        yield from paths(one, (*path, key))


@given(
    st.dictionaries(
        KEYS,
        st.one_of(st.dictionaries(KEYS, VALUES, max_size=4), st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=3)),
        max_size=4,
    ),
    st.booleans(),
)
def test_every_key_and_value_is_found_where_it_stands(tables: dict[str, Any], lines: bool) -> None:  # noqa: FBT001  # drawn
    toml = Toml.read(document(tables, lines=lines))
    for path, value in paths(dict(toml.values)):
        key = toml.key(*path)
        assert key is not None, path
        if isinstance(path[-1], str):
            assert key.of(toml.text) == path[-1]
        place = toml.value(*path)
        if place is not None:
            assert Toml.read(f"x = {place.of(toml.text)}\n").values["x"] == value
        else:
            assert isinstance(value, (dict, list)), path


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a = [\n", ""),
        ("a = \nb = 1\n", "\nb = 1\n"),
        ('ok = 1\nx = "\\q"\n', '"\n'),
        ("[a\n", "\n"),
        (f"ok = 1\n{'1.' * 3000}x = 1\n", f"{'1.' * 3000}x = 1\n"),
    ],
)
def test_what_is_no_toml_is_told_where_it_goes_wrong(text: str, rest: str) -> None:
    with pytest.raises(TomlError) as caught:
        Toml.read(text)
    assert text[caught.value.offset :].endswith(rest)
    assert "line" not in str(caught.value)


# Mistakes, at their place

WRONG = [
    ('⟦statusses⟧ = ["X"]\n', "There is no setting “statusses”; did you mean “statuses”?", 'statuses = ["X"]\n'),
    ("⟦nonsense⟧ = 1\n", "There is no setting “nonsense”.", ""),
    ("statuses = ⟦3⟧\n", "“statuses” must be a list of texts.", ""),
    ('statuses = ["Accepted", ⟦""⟧]\n', "An empty text says nothing in “statuses”, so it is left out.", ""),
    ('required-sections = [⟦" "⟧]\n', "An empty text says nothing in “required-sections”, so it is left out.", ""),
    ('statuses = ["Accepted", "Done", ⟦"Accepted"⟧]\n', "“Accepted” is in “statuses” twice.", ""),
    ('directories = [⟦""⟧, "docs"]\n', "An empty text says nothing in “directories”, so it is left out.", ""),
    ('directories = [⟦"/srv/adr"⟧, "docs"]\n', "“/srv/adr” leads out of the folder, where nothing is read or written, so it is left out.", ""),
    ('exclude = ["a", ⟦"a"⟧]\n', "“a” is in “exclude” twice.", ""),
    ('may-change = ["status", ⟦"status"⟧]\n', "“status” is in “may-change” twice.", ""),
    ("stale-after = ⟦0⟧\n", "“stale-after” must be a whole number of days, from 1 to 36500.", ""),
    ('stale-after = ⟦"a month"⟧\n', "“stale-after” must be a whole number of days, from 1 to 36500.", ""),
    ("stale-after = ⟦true⟧\n", "“stale-after” must be a whole number of days, from 1 to 36500.", ""),
    ('profile = ⟦"strickt"⟧\n', "“strickt” is not a profile; use relaxed, default or strict.", 'profile = "strict"\n'),
    ('[rules]\n⟦section-emty⟧ = "off"\n', "There is no rule “section-emty”; did you mean “section-empty”?", '[rules]\nsection-empty = "off"\n'),
    ("[rules]\nsection-empty = ⟦'warn'⟧\n", "“warn” is not a level for “section-empty”; use error, warning, info, hint or off.", "[rules]\nsection-empty = 'warning'\n"),
    ("[rules]\nsection-empty = ⟦true⟧\n", "This is not a level for “section-empty”; use error, warning, info, hint or off.", ""),
    ("required-sections = []\n⟦required_sections⟧ = []\n", "“required_sections” is set twice, in two spellings.", ""),
    ('directories = ["docs", ⟦"doc/adr"⟧]\n', "There is no Markdown file in a directory “doc/adr” here.", ""),
    ('directories = ["docs", ⟦"docs/../../adr"⟧]\n', "“docs/../../adr” leads out of the folder, where nothing is read or written, so it is left out.", ""),
    ('directories = [⟦"/srv/adr"⟧]\n', "“/srv/adr” leads out of the folder, where nothing is read or written, so it is left out.", ""),
    ('[[overrides]]\npaths = ⟦"old"⟧\n', "“paths” must be a list of texts.", ""),
    ('rules = ⟦["x"]⟧\n', "“rules” must be a table of rule names and levels.", ""),
    ('[[⟦overrides⟧]]\nprofile = "strict"\n', "An override needs “paths”, a list of patterns.", ""),
    ('[[overrides]]\npaths = ["old/"]\n⟦exclude⟧ = ["x"]\n', "“exclude” holds for a folder as a whole, and cannot differ from path to path.", ""),
    ('[[overrides]]\npaths = ["old/"]\n[overrides.rules]\n⟦status-unknwon⟧ = "off"\n', "There is no rule “status-unknwon”; did you mean “status-unknown”?", '[[overrides]]\npaths = ["old/"]\n[overrides.rules]\nstatus-unknown = "off"\n'),
    ("exclude = ['a', ⟦'**/a/**/b/**/c/**/d'⟧]\n", "The pattern “**/a/**/b/**/c/**/d” is too complex to be followed, so it is left out.", ""),
    ("rules.x = 1\n⟦rules.x = 2⟧\n", "This is not valid TOML: Cannot overwrite a value.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message", "after"), WRONG, ids=[message for _, message, _ in WRONG])
def test_a_mistake_is_told_at_its_place_and_mended_where_there_is_one_answer(source: str, message: str, after: str) -> None:
    given_ = fixture(f"-- adr-ls.toml --\n{source}-- docs/adr/0001-x.md --\n{RECORD}")
    (problem,) = given_.problems()
    assert (problem.rule.name, problem.message.removesuffix(".")) == ("settings-invalid", message.removesuffix("."))
    assert given_.marked([problem]).startswith(f"-- adr-ls.toml --\n{source}")
    fixes = [given_.edited(fix.edits) for fix in problem.fixes]
    assert fixes == ([f"-- adr-ls.toml --\n{after}-- docs/adr/0001-x.md --\n{RECORD}"] if after else [])
    mended = actions.applied(given_.workspace, actions.fix_all_in(given_.workspace, [problem.path]))
    assert [p.message for p in rules.check(mended)] == ([] if after else [problem.message])


def test_in_pyproject_only_our_own_table_is_read() -> None:
    source = clean("""
        -- pyproject.toml --
        [tool.other]
        statusses = 1
        [tool.adr-ls]
        statuses = ["Draft", "Done"]
        ⟦statusses⟧ = 1
        -- docs/adr/0001-x.md --
        # 1. X

        **Status**: ⟦Accepted⟧
        """)
    given_ = fixture(source)
    assert given_.marked(given_.problems()) == source


def test_the_first_settings_file_that_says_something_wins() -> None:
    assert problems(f'-- adr-ls.toml --\n-- .adr-ls.toml --\n[rules]\nnone = "off"\n-- docs/adr/0001-x.md --\n{RECORD}') == []
    found = problems(f'-- .adr-ls.toml --\n[rules]\nnone = "off"\n-- docs/adr/0001-x.md --\n{RECORD}')
    assert found == [(".adr-ls.toml", "settings-invalid", "warning")]


def test_the_rule_on_settings_can_be_set_like_any_other() -> None:
    assert problems('-- adr-ls.toml --\nnone = 1\n[rules]\nsettings-invalid = "error"\n') == [
        ("adr-ls.toml", "settings-invalid", "error")
    ]
    assert problems('-- adr-ls.toml --\nnone = 1\n[rules]\nsettings-invalid = "off"\n') == []


# Which of them holds where

BAD = "# 1. X\n\n**Status**: Acepted\n"
EVERYWHERE = f"-- docs/adr/0001-x.md --\n{BAD}-- docs/adr/old/0002-y.md --\n{BAD}-- lib/adr/0003-z.md --\n{BAD}"


def levels(settings: str, client: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The level at which the misspelt status of each of three records is reported, under settings files."""
    texts = dict(fixture(f"{settings}{EVERYWHERE}").texts)
    config, _, wrong = assemble.configure(ROOT, texts, texts.get, client or {}, rules.NAMES)
    assert not wrong
    return {
        path.removeprefix(ROOT + "/").removesuffix(".md"): config.at(path).level("status-unknown", "warning")
        for path in texts
        if path.endswith(".md")
    }


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ("warning", "warning", "warning")),
        ('-- adr-ls.toml --\nrules.status-unknown = "error"\n', ("error", "error", "error")),
        ('-- adr-ls.toml --\n[[overrides]]\npaths = ["old/"]\nrules.status-unknown = "off"\n', ("warning", "off", "warning")),
        ('-- adr-ls.toml --\n[[overrides]]\npaths = ["/old/"]\nrules.status-unknown = "off"\n', ("warning", "warning", "warning")),
        ('-- adr-ls.toml --\n[[overrides]]\npaths = ["docs/**/000[2-9]-*.md", "lib"]\nrules.status-unknown = "off"\n', ("warning", "off", "off")),
        ('-- adr-ls.toml --\n[[overrides]]\npaths = ["docs", "!old"]\nrules.status-unknown = "off"\n', ("off", "off", "warning")),
        ('-- adr-ls.toml --\n[[overrides]]\npaths = ["docs/"]\nrules.status-unknown = "info"\n[[overrides]]\npaths = ["old/"]\nrules.status-unknown = "hint"\n', ("info", "hint", "warning")),
        ('-- lib/adr-ls.toml --\nrules.status-unknown = "off"\n', ("warning", "warning", "off")),
        ('-- adr-ls.toml --\nrules.status-unknown = "error"\n-- docs/adr/old/.adr-ls.toml --\nrules.status-unknown = "info"\n', ("error", "info", "error")),
        ('-- docs/adr-ls.toml --\n[[overrides]]\npaths = ["/adr/old/"]\nrules.status-unknown = "off"\n', ("warning", "off", "warning")),
    ],
)  # fmt: skip
def test_settings_hold_for_their_paths_the_nearest_over_the_others(settings: str, expected: tuple[str, ...]) -> None:
    assert tuple(levels(settings).values())[-3:] == expected


def test_the_client_wins_over_all_files() -> None:
    files = '-- adr-ls.toml --\n[[overrides]]\npaths = ["old/"]\nrules.status-unknown = "off"\n-- lib/adr-ls.toml --\nrules.status-unknown = "info"\n'
    assert set(levels(files, {"rules": {"status-unknown": "error"}}).values()) == {"error"}
    assert set(levels(files, {"overrides": [{"paths": ["*.md"], "rules": {"status-unknown": "hint"}}]}).values()) == {"hint"}


def test_statuses_and_sections_may_differ_from_log_to_log() -> None:
    source = """
        -- adr-ls.toml --
        [[overrides]]
        paths = ["lib/adr"]
        statuses = ["Open", "Closed"]
        required-sections = ["Costs"]
        -- docs/adr/0001-x.md --
        # 1. X

        **Status**: Accepted
        -- lib/adr/0001-y.md --
        ⟦# 1. Y⟧

        **Status**: ⟦Accepted⟧

        ## Context

        There is one.
        """
    given_ = fixture(source)
    assert given_.marked(given_.problems()) == clean(source)


STATUSES = """
    -- adr-ls.toml --
    statuses = ["Proposal", "Approved", "superseded", "On hold", "Parked"]
    -- docs/adr/0001-x.md --
    # 1. X

    **Status**: """


@pytest.mark.parametrize(
    ("status", "message", "after"),
    [
        ("Approved", "", ""),
        ("✅ approved on 2024-01-01", "", ""),
        ("**Approved**", "", ""),
        ("Superseded by #2", "", ""),
        ("On hold until spring", "", ""),
        ("Parked (for now)", "", ""),
        ("⟦Accepted⟧ on 2024-01-01", "“Accepted” is not among the statuses that are set for this log: “Proposal”, “Approved”, “superseded”, “On hold”, “Parked”.", "Approved on 2024-01-01"),
        ("⟦Rejected⟧", "“Rejected” is not among the statuses that are set for this log: “Proposal”, “Approved”, “superseded”, “On hold”, “Parked”.", ""),
        ("⟦Aproved⟧", "Unknown status “Aproved”; did you mean “Approved”?", "Approved"),
    ],
)  # fmt: skip
def test_statuses_that_are_set_are_those_that_there_are(status: str, message: str, after: str) -> None:
    source = clean(STATUSES).rstrip("\n") + f" {status}\n"
    given_ = fixture(source)
    found = given_.problems("status-unknown")
    assert [problem.message for problem in found] == ([message] if message else [])
    assert given_.marked(found) == source
    assert [given_.edited(fix.edits) for problem in found for fix in problem.fixes] == (
        [clean(STATUSES).rstrip("\n") + f" {after}\n"] if after else []
    )


def test_a_folder_below_has_its_own_exclusions() -> None:
    source = (
        '-- lib/adr-ls.toml --\nexclude = ["/adr/0003-*", "drafts/"]\n'
        + EVERYWHERE
        + f"-- lib/adr/drafts/adr/0004-a.md --\n{BAD}-- lib/adr/0005-b.md --\n{BAD}"
    )
    given_ = fixture(source)
    assert [path.removeprefix(ROOT + "/") for path in given_.workspace.records] == ["docs/adr/0001-x.md", "lib/adr/0005-b.md"]
    without = workspace({path: text for path, text in given_.texts.items() if path.endswith(".md")})
    assert len(without.records) == 4


# Profiles


def test_profiles_change_what_nobody_has_set() -> None:
    relaxed, strict = Config(profile="relaxed"), Config(profile="strict")
    assert [relaxed.level("x", level) for level in ("error", "warning", "info", "hint", "off")] == [
        "error",
        "warning",
        "off",
        "off",
        "off",
    ]
    assert [strict.level("x", level, "warning") for level in ("off", "hint")] == ["warning", "warning"]
    assert strict.level("x", "info") == "info"
    assert Config(profile="relaxed", rules={"x": "hint"}).level("x", "warning") == "hint"


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_a_profile_and_a_level_reach_every_rule(rule: Rule) -> None:
    for level in ("error", "off"):
        given_ = fixture(with_settings(rule.before, f'[rules]\n{rule.name} = "{level}"\n'))
        found = {problem.level for problem in given_.problems(rule.name)}
        assert found == (set() if level == "off" else {level})
    relaxed = {problem.level for problem in fixture(with_settings(rule.before, 'profile = "relaxed"\n')).problems()}
    assert relaxed <= {"error", "warning"}
    strict = {problem.level for problem in fixture(with_settings(rule.before, 'profile = "strict"\n')).problems(rule.name)}
    assert "off" not in strict
    assert strict or rule.strict in (None, "off")


def with_settings(example: str, settings: str) -> str:
    """An example with a settings file that says this besides."""
    if example.startswith("-- adr-ls.toml --\n"):
        head, line, rest = example.partition("-- docs/")
        settings = settings.removeprefix("[rules]\n") if "[rules]" in head and settings.startswith("[rules]") else settings
        own = (
            head + settings
            if settings.startswith(tuple(rules.NAMES))
            else f"-- adr-ls.toml --\n{settings}" + head.removeprefix("-- adr-ls.toml --\n")
        )
        return own + line + rest
    path = "" if example.startswith("-- ") else "-- docs/adr/0001-example.md --\n"
    return f"-- adr-ls.toml --\n{settings}{path}{example}"


def test_a_settings_file_keeps_its_own_text_when_it_is_mended() -> None:
    text = '# our rules\r\n[rules]  # levels\r\n"section-emty"   =  "off"\r\n'
    settings = Settings("/w/adr-ls.toml", text, rules.NAMES)
    (wrong,) = settings.wrong
    assert wrong.edit is not None
    assert apply(text, [wrong.edit]) == text.replace("emty", "empty")


def test_typing_in_a_settings_file_is_judged_at_once() -> None:
    given_ = workspace({"/w/adr-ls.toml": "none = 1\n", "/w/docs/adr/0001-x.md": RECORD})
    assert [p.message for p in rules.check(given_)] == ["There is no setting “none”."]
    assert list(rules.check(given_.with_text("/w/adr-ls.toml", 'statuses = ["A"]\n'))) == []


@pytest.mark.parametrize("table", ["[tool]\n⟦adr-ls⟧ = 1\n", "[tool.⟦adr_ls⟧]\nstatuses = []\n", "[[tool.⟦adr-ls⟧]]\n"])
def test_a_table_of_another_kind_or_name_is_no_silence(table: str) -> None:
    source = f"-- pyproject.toml --\n{table}-- docs/adr/0001-x.md --\n{RECORD}"
    given_ = fixture(source)
    assert given_.marked(given_.problems("settings-invalid")) == source


def test_a_folder_may_be_called_like_a_pattern() -> None:
    source = '-- docs/[x] !/adr-ls.toml --\nexclude = ["adr/0002*"]\n' + "".join(
        f"-- docs/{folder}/adr/000{number}-a.md --\n# {number}. A{number}\n" for folder in ("[x] !", "x") for number in (1, 2)
    )
    records = [path.removeprefix(ROOT + "/docs/") for path in fixture(source).workspace.records]
    assert records == ["[x] !/adr/0001-a.md", "x/adr/0001-a.md", "x/adr/0002-a.md"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 8_000) + " = 1\n",
        "[rules]\n" + "".join(f"rule-{n} = 1\n" for n in range(3_000)),
        "a = " + "[" * 400 + "]" * 400 + "\n",
    ],
    ids=["deep key", "many mistakes", "deep value"],
)
def test_hostile_settings_take_no_time(text: str) -> None:
    assert Settings("/w/adr-ls.toml", text, rules.NAMES).wrong
