"""Records that were just begun: what their template left in them is no warning while nobody had the time to replace it."""

from __future__ import annotations

import pytest

from adr_ls import rules
from adr_ls.write import creation
from tests.fixture import ROOT, TODAY, fixture

BOLD = (
    "# ADR-00{0}: Matter {0}\n\n**Status**: Accepted\n**Date**: 2024-01-0{0}\n\n## Context\n\nC{0}.\n\n## Decision\n\nD{0}.\n"
)
NYGARD = "# {0}. Matter {0}\n\nDate: 2024-01-0{0}\n\n## Status\n\nAccepted\n\n## Context\n\nC{0}.\n\n## Decision\n\nD{0}.\n"
GERMAN = (
    "# {0}. Sache {0}\n\nDatum: 0{0}.01.2024\n\n## Status\n\nAkzeptiert\n\n## Kontext\n\nC{0}.\n\n## Entscheidung\n\nE{0}.\n"
)
FRONT = "---\nstatus: accepted\ndate: 2024-01-0{0}\n---\n\n# Matter {0}\n\n## Context and Problem Statement\n\nC{0}.\n"
PLAIN = "# {0}. Matter {0}\n\n## Discussion\n\nC{0}.\n\n## Solution\n\nD{0}.\n"
UNDATED = "# {0}. Matter {0}\n\n## Status\n\nAccepted\n\n## Context\n\nC{0}.\n\n## Decision\n\nD{0}.\n"
ASKING = "## Context\n\nWhat makes this necessary?\n\n## Decision\n\n{{Say what is done}}\n"
LOGS = {
    "bold": (BOLD, f"# ADR-NNN: Title\n\n**Status**: Proposed\n**Date**: YYYY-MM-DD\n\n{ASKING}"),
    "without a date in its template": (BOLD, f"# ADR-NNN: Title\n\n**Status**: Proposed\n\n{ASKING}"),
    "nygard": (NYGARD, f"# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n{ASKING}"),
    "german": (
        GERMAN,
        "# N. Titel\n\nDatum: TT.MM.JJJJ\n\n## Status\n\nVorgeschlagen\n\n## Kontext\n\nWorum geht es hier?\n\n## Entscheidung\n\nWas tun wir jetzt?\n",
    ),
    "front matter": (
        FRONT,
        (
            '---\nstatus: "{{proposed | accepted}}"\ndate: {{YYYY-MM-DD when it was updated}}\ndecision-makers: {{list everyone involved in the decision}}\n---\n\n'
            "# {{short title}}\n\n<!-- This is an optional element. Feel free to remove. -->\n## Context and Problem Statement\n\n{{What is the problem?}}\n"
        ),
    ),
    "without statuses": (
        PLAIN,
        "# N. Title\n\n## Discussion\n\nThe forces at play here.\n\n## Solution\n\nHow it is to be solved.\n",
    ),
    "in force at once": (
        BOLD.replace("Accepted", "Active"),
        f"# ADR-NNN: Title\n\n**Status**: Active\n**Date**: YYYY-MM-DD\n\n{ASKING}",
    ),
    "with nothing but headings": (
        UNDATED,
        "# N. Title\n\n## Status\n\nProposed\n\n## Context\n\nWhat makes this necessary?\n\n## Decision\n\n## Consequences\n",
    ),
    "with a list of changes": (
        UNDATED,
        f"# N. Title\n\n## Changelog\n\n- {{{{date}}}}: {{{{changelog}}}}\n\n## Status\n\nProposed\n\n{ASKING}",
    ),
    "undated": (UNDATED, f"# N. Title\n\n## Status\n\nProposed\n\n{ASKING}"),
}


def log(record: str, template: str) -> str:
    others = "".join(f"-- docs/adr/000{n}-matter.md --\n{record.format(n)}" for n in range(1, 6))
    return f"{others}-- docs/adr/template.md --\n{template.replace('{{', '{').replace('}}', '}')}"


def levels(source: str, text: str) -> set[tuple[str, str]]:
    given = fixture(f"{source}-- docs/adr/0006-new.md --\n{text}")
    return {(found.rule.name, found.level) for found in rules.check_file(given.workspace, "/w/docs/adr/0006-new.md")}


@pytest.mark.parametrize("name", LOGS)
def test_a_record_that_was_just_made_greets_nobody_with_warnings(name: str) -> None:
    given = fixture(log(*LOGS[name]))
    made = creation.create(given.workspace, given.workspace.logs[0], "Short tokens", TODAY)
    after = given.workspace.with_made("/w/docs/adr", made.record)
    found = {(one.rule.name, one.level) for one in rules.check_file(after, made.record.path)}
    assert ("placeholder-left", "hint") in found
    assert {level for _, level in found} == {"hint"}


HEAD = "# ADR-006: Tokens\n\n**Status**: {}\n**Date**: {}\n\n"
LEFT = "## Context\n\nWhat makes this necessary?\n\n## Decision\n\nTokens are short.\n"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (HEAD.format("Proposed", TODAY) + LEFT, "hint"),
        (HEAD.format("Draft", TODAY) + LEFT, "hint"),
        (HEAD.format("Accepted", TODAY) + LEFT, "warning"),
        (HEAD.format("Proposed", "2029-12-30") + LEFT, "warning"),
        ("# ADR-006: Tokens\n\n**Status**: Proposed\n\n" + LEFT, "warning"),
        ("# ADR-006: Tokens\n\n**Status**: Proposed\n\n" + ASKING.replace("{{", "{").replace("}}", "}"), "hint"),
    ],
)
def test_later_it_is_one(text: str, level: str) -> None:
    assert ("placeholder-left", level) in levels(log(*LOGS["bold"]), text)


def test_the_status_that_a_template_begins_with_is_one() -> None:
    """However long its words are."""
    template = f"# N. Title\n\n## Status\n\nUnder discussion\n\n{ASKING}"
    text = f"# 6. Tokens\n\n## Status\n\nUnder discussion\n\n{LEFT}"
    given = fixture(f"{log(UNDATED, template)}-- docs/adr/0006-new.md --\n{text}")
    found = rules.check_file(given.workspace, "/w/docs/adr/0006-new.md")
    assert [one.span.of(text) for one in found if one.rule.name == "placeholder-left"] == ["What makes this necessary?"]


UNFILLED = {
    "Nygard's questions": (
        "# 6. [short title of solved problem and solution]\n\nDate: 2024-02-03\n\n## Status\n\nAccepted\n\n## Context\n\n"
        "The issue motivating this decision, and any context that influences or constrains the decision.\n\n"
        "## Decision\n\nThe change that we're proposing or have agreed to implement.\n\n"
        "## Consequences\n\nWhat becomes easier or more difficult to do and any risks introduced by the change that will need to be mitigated.\n"
    ),
    "Nygard's questions below a title": (
        "# 6. Drains\n\nDate: 2024-02-03\n\n## Status\n\nAccepted\n\n## Context\n\n"
        "The issue motivating this decision, and any context that influences or constrains the decision.\n\n"
        "## Decision\n\nThe change that we're proposing or have agreed to implement.\n\n"
        "## Consequences\n\nWhat becomes easier or more difficult to do and any risks introduced by the change that will need to be mitigated.\n"
    ),
    "braces all over": (
        '---\nstatus: "{proposed | rejected | accepted}"\ndate: {YYYY-MM-DD when the decision was last updated}\n---\n\n'
        "# {short title, representative of solved problem and found solution}\n\n## Context and Problem Statement\n\n"
        "{Describe the context and problem statement, e.g., in free form using two to three sentences.}\n\n"
        "## Considered Options\n\n* {title of option 1}\n* {title of option 2}\n* {title of option 3}\n\n"
        '## Decision\n\nChosen option: "{title of option 1}", because {justification}.\n\n* Good, because {argument a}\n'
    ),
}


DRAIN = f"{ROOT}/docs/adr/0006-drains.md"


@pytest.mark.parametrize("draft", UNFILLED.values(), ids=UNFILLED)
def test_a_record_that_nobody_filled_in_is_one_report(draft: str) -> None:
    given = fixture(f"{log(BOLD, '# N. Title')}\n-- docs/adr/0006-drains.md --\n{draft}")
    found = rules.check_file(given.workspace, DRAIN)
    assert [problem.rule.name for problem in found if problem.level in ("error", "warning")] == ["placeholder-left"]


def test_each_further_section_that_waits_in_it_is_a_hint() -> None:
    """So that an editor shows where there is something to write, and whoever wrote some of it finds the rest."""
    given = fixture(f"{log(BOLD, '# N. Title')}\n-- docs/adr/0006-drains.md --\n{UNFILLED['braces all over']}")
    found = [one for one in rules.check_file(given.workspace, DRAIN) if one.rule.name == "placeholder-left"]
    lines = given.file("docs/adr/0006-drains.md").lines
    assert [(lines.line_at(one.span.start) + 1, one.level) for one in found] == [
        (3, "warning"),
        (14, "hint"),
        (20, "hint"),
    ]


def test_in_a_record_that_is_filled_in_what_was_left_is_told_one_by_one() -> None:
    draft = (
        UNFILLED["Nygard's questions"]
        .replace("[short title of solved problem and solution]", "Drains")
        .replace("What becomes", "Much becomes")
        .replace("## Decision", "It rains.\n\n## Decision")
    )
    given = fixture(f"{log(BOLD, '# N. Title')}\n-- docs/adr/0006-drains.md --\n{draft}")
    found = [problem for problem in rules.check_file(given.workspace, DRAIN) if problem.rule.name == "placeholder-left"]
    lines = given.file("docs/adr/0006-drains.md").lines
    assert [lines.line_at(problem.span.start) + 1 for problem in found] == [11, 17]
