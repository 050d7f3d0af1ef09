"""What is worth a warning: texts as teams write them on purpose, and the mistakes that look like them."""

from __future__ import annotations

import pytest

from tests.fixture import fixture

STUBS = {
    "coming soon": ("# ADR-0001 — Rain\n\n> ⟦🚧 **Coming soon.** This page is being written.⟧\n", "warning"),
    "à venir": (
        "---\ntitle: ADR-0001 — Pluie\n---\n\n# ADR-0001 — Pluie\n\n> ⟦🚧 **À venir.** Cette page est en cours de rédaction.⟧\n",
        "warning",
    ),
    "links below": ("# 1. Rain\n\n⟦Coming soon.⟧\n\n## See also\n\n- [Wind](wind.md)\n", "warning"),
    "TODO": ("# 1. Regen\n\n**Status**: Accepted\n\n⟦TODO⟧\n", "warning"),
    "TODO below each heading": (
        "# 1. Regen\n\n## Status\n\nProposed\n\n## Context\n\n⟦TODO⟧\n\n## Decision\n\n_To be determined_\n\n## Consequences\n\nTBD.\n",
        "warning",
    ),
    "TODO below one heading": ("# 1. Regen\n\n## Status\n\nProposed\n\n## Context\n\nIt rains.\n\n## Decision\n\nTODO\n", ""),
    "TODO in a draft": ("# 1. Regen\n\n## Status\n\nDraft\n\n## Context\n\nTODO\n\n## Decision\n\nTODO\n", ""),
    "敬请期待": ("# 1. 雨\n\n⟦敬请期待。⟧\n", "warning"),
    "a draft": ("# 1. Rain\n\n**Status**: Draft\n\nComing soon.\n", ""),
    "to come up with": ("# 1. Rain\n\nTo come up with rain we dance.\n", ""),
    "something besides": ("# 1. Rain\n\nWe dance. More is to come.\n", ""),
}


@pytest.mark.parametrize(("text", "level"), STUBS.values(), ids=STUBS)
def test_a_record_that_only_says_that_it_is_to_come_is_told(text: str, level: str) -> None:
    given = fixture(f"-- docs/adr/0001-rain.md --\n{text}-- docs/adr/0002-snow.md --\n# 2. Snow\n\n## Context\n\nC.\n")
    found = given.problems("placeholder-left")
    assert [(one.span, one.level) for one in found] == [(span, level) for span in given.spans["/w/docs/adr/0001-rain.md"]]


def test_a_number_that_all_have_for_now_is_no_duplicate() -> None:
    sections = "- Status: accepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
    three, two = (
        "".join(f"-- docs/adr/0000-{word}.md --\n# {word}\n\n{sections}" for word in words)
        for words in (("mill", "crane", "quay"), ("mill", "crane"))
    )
    assert not fixture(three).problems("duplicate-number")
    assert len(fixture(two).problems("duplicate-number")) == len(("mill", "crane"))


@pytest.mark.parametrize(("status", "level"), [("Accepted", "info"), ("Superseded by [4](0004-x.md)", "warning")])
def test_supersessions_that_only_successors_tell_are_information(status: str, level: str) -> None:
    heads = ["Status: Accepted", "Status: Accepted", f"Status: {status}"]
    heads += [f"Status: Accepted\nSupersedes: [{n}](000{n}-x.md)" for n in (1, 2, 3)]
    given = fixture("".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n{head}\n" for n, head in enumerate(heads, 1)))
    assert {one.level for one in given.problems("supersede-status")} == {level}


def test_a_dash_for_nothing_in_the_front_matter_is_information() -> None:
    (found,) = fixture("-- docs/adr/0001-x.md --\n---\nstatus: accepted\nsupersedes: -\n---\n# 1. X\n").problems(
        "front-matter-invalid"
    )
    assert (found.level, [fix.title for fix in found.fixes]) == ("info", ["Put the value in quotes"])


TEMPLATE = (
    "-- docs/adr/template.md --\n# N. Title\n\n## Context\n\nWhat do we see of the weather?\n\n## Board\n\n- Decision date: not applicable\n"
    "- Review period: none so far\n- Reviewers: [names of the reviewers]\n\n## Rollout\n\nAll decisions on the weather MUST tell of the rain.\n\n"
    "---\n\n**Keeping this record:**\n\n- Look at the figures each month\n- Ask {all of us} about them\n"
)
STANDING = {
    "answers of the template": "## Context\n\nC.\n\n## Board\n\n- Decision date: not applicable\n- Review period: none so far\n",
    "a foot of the page": "## Context\n\nC.\n\n---\n\n**Keeping this record:**\n\n- Look at the figures each month\n",
    "a template that is described": "## Context\n\nThe parts of a record:\n\n- Rollout\n\n  All decisions on the weather MUST tell of the rain.\n",
    "what is to be filled in": "## Context\n\nC.\n\n## Board\n\n- ⟦Reviewers: [names of the reviewers]⟧\n\n---\n\n- ⟦Ask {all of us} about them⟧\n",
    "a question": "## Context\n\n⟦What do we see of the weather?⟧\n",
    "an order in its place": "## Context\n\nC.\n\n## Rollout\n\n⟦All decisions on the weather MUST tell of the rain.⟧\n",
}


@pytest.mark.parametrize("text", STANDING.values(), ids=STANDING)
def test_what_a_template_has_for_good_was_not_left(text: str) -> None:
    given = fixture(f"{TEMPLATE}-- docs/adr/0001-rain.md --\n# 1. Rain\n\n{text}")
    assert sorted(one.span for one in given.problems("placeholder-left")) == sorted(given.spans["/w/docs/adr/0001-rain.md"])


ASKED = {
    "no": ("## Beslutning\n\nBeskriv beslutningen, og om den er varig.\n", "Hvilke følger får den?"),
    "de": ("## Entscheidung\n\nBeschreibe, was der Hafen tun wird.\n", "Was wird dadurch leichter? Was wird schwerer?"),
    "ja": ("## 決定\n\n港が何をするかをここで説明する。\n", "これによって何が楽になりますか？"),
}


@pytest.mark.parametrize(("decision", "question"), ASKED.values(), ids=ASKED)
def test_what_several_records_ask_alike_is_a_templates_that_is_not_kept(decision: str, question: str) -> None:
    answered = decision.partition("\n\n")[0] + "\n\nWe dig."
    text = f"{decision}\n## Room\n\n{question}\n\n## Note\n\nThe berth is said to be ours.\n"
    given = fixture(
        f"-- docs/adr/0001-rain.md --\n# 1. Rain\n\n{text}-- docs/adr/0002-snow.md --\n# 2. Snow\n\n{text}"
        f"-- docs/adr/0003-wind.md --\n# 3. Wind\n\n{answered}\n\n## Note\n\nThe berth is said to be ours.\n"
    )
    found = [(one.path[-7:], one.level) for one in given.problems("placeholder-left")]
    assert found == [(name, "warning") for name in ("rain.md", "snow.md") for _ in range(3)]


@pytest.mark.parametrize(
    ("heading", "question", "alike", "told"),
    [
        ("Context and Problem Statement", "Which crane do we buy? Do we buy one at all?", 2, 0),
        ("Kontext und Problemstellung", "Welchen Kran kaufen wir als nächsten?", 3, 0),
        ("背景", "次にどのクレーンを買うのか決めましょうか？", 2, 0),
        ("Context and Problem Statement", "Which crane do we buy? Do we buy one at all?", 5, 5),  # as most do
        ("Consequences", "Which crane is it that we buy next?", 2, 2),
        ("Context", "Describe the cranes that we have and why.", 2, 2),
    ],
)
def test_a_question_is_what_records_on_one_matter_are_about(heading: str, question: str, alike: int, told: int) -> None:
    def text(n: int) -> str:
        return (
            f"## {heading}\n\n{question if n <= alike else f'It rains on the {n}th day.'}\n\n## Decision\n\nWe take no. {n}.\n"
        )

    given = fixture("".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n{text(n)}" for n in range(1, 8)))
    assert len(given.problems("placeholder-left")) == told


@pytest.mark.parametrize("asked", ["[在此描述背景]", "[ここに背景を書く]", "[여기에 배경을 쓴다]"])
def test_few_signs_of_a_script_without_letters_are_a_passage(asked: str) -> None:
    template = f"-- docs/adr/template.md --\n# N. X\n\n## 背景\n\n{asked}\n\n## 决策\n\n无\n"
    given = fixture(
        f"{template}-- docs/adr/0001-a.md --\n# 1. A\n\n## 背景\n\n{asked}\n\n## 决策\n\n无\n"
        "-- docs/adr/0002-b.md --\n# 2. B\n\n## 背景\n\n雨天太多。\n\n## 决策\n\n无\n"
    )
    assert [given.texts[one.path][one.span.start : one.span.end] for one in given.problems("placeholder-left")] == [asked]


LEFT_IN_PART = {
    "a bracket of the template": "- Status: accepted\n- Date: 2024-03-05 when it was decided⟦}⟧\n",
    "a bracket behind a link": "- Status: superseded by [ADR-2](0002-y.md)⟦]⟧\n",
    "brackets that belong together": "- Status: accepted\n- Note: {all} of [us], `a]`\n",
    "the reason": '## Decision Outcome\n\n⟦Chosen option: "A", because {justification. e.g., only option, which meets k.o. criterion decision driver}.⟧\n',
}


@pytest.mark.parametrize("text", LEFT_IN_PART.values(), ids=LEFT_IN_PART)
def test_what_is_left_of_a_template_in_a_value_that_was_given_is_told(text: str) -> None:
    source = f"-- docs/adr/0001-x.md --\n# 1. X\n\n{text}"
    given = fixture(source)
    assert given.marked(given.problems("placeholder-left")) == source


def test_a_title_of_the_template_in_the_front_matter_is_told() -> None:
    given = fixture(
        "-- docs/adr/template.md --\n---\ntitle: Template\n---\n# [Title]\n"
        + "".join(
            f"-- docs/adr/000{n}-x.md --\n---\ntitle: {'⟦Template⟧' if n == 4 else f'ADR-{n}'}\n---\n# X{n}\n"
            for n in range(1, 5)
        )
    )
    assert [one.span for one in given.problems("placeholder-left")] == [*given.spans["/w/docs/adr/0004-x.md"]]


def test_a_record_that_is_mostly_written_is_told_of_each_section_that_is_not() -> None:
    asks = "".join(
        f"### Option {n}\n\nTell of the good of option {n}.\n\nTell of the bad of option {n}.\n\n" for n in range(1, 5)
    )
    template = f"# N. Title\n\n## Context\n\n## Drivers\n\n## Decision\n\n## Options\n\n{asks}"
    written = "# 1. X\n\n## Context\n\nIt rains.\n\n## Drivers\n\nWater.\n\n## Decision\n\nWe dig.\n\n## Options\n\n"
    given = fixture(f"-- docs/adr/template.md --\n{template}-- docs/adr/0001-x.md --\n{written}{asks}")
    levels = [one.level for one in given.problems("placeholder-left")]
    assert levels == ["warning", "info"] * 4


def records(*numbers: int, sections: str = "## Context\n\nC.\n\n## Decision\n\nD.\n") -> str:
    return "".join(f"-- docs/adr/{n:04}-x{n}.md --\n# {n}. X{n}\n\n{sections}" for n in numbers)


SHORT = "## Context\n\nC.\n"


@pytest.mark.parametrize(("short", "level"), [((11,), "warning"), ((2, 3, 5), "info"), ((2, 11), "warning")])
def test_a_section_that_the_records_beside_lack_too_is_information(short: tuple[int, ...], level: str) -> None:
    full = [n for n in range(1, 25) if n not in short]
    given = fixture(records(*full) + records(*short, sections=SHORT))
    assert {one.level for one in given.problems("section-missing")} == {level}


SERIES = {
    "two words": ("ADR-001-a ADR-002-b DEC-001-c DEC-002-d", ""),
    "one of the words alone": ("ADR-001-a ADR-001-b DEC-001-c", "error"),
    "counted anew": ("adr-001-a adr-002-b adr-003-c ADR-0001-d ADR-0002-e ADR-0003-f", "info"),
    "one slip of a digit": ("adr-001-a adr-002-b adr-003-c adr-0003-f", "error"),
}


@pytest.mark.parametrize(("names", "level"), SERIES.values(), ids=SERIES)
def test_numbers_of_two_series_are_none_twice(names: str, level: str) -> None:
    given = fixture("".join(f"-- docs/adr/{name}.md --\n# {name[-1:].upper()} is decided\n\n{SHORT}" for name in names.split()))
    assert {one.level for one in given.problems("duplicate-number")} == ({level} if level else set())


def test_a_section_in_the_place_of_the_title_is_no_title() -> None:
    text = "# Context and Problem Statement\n\nC.\n\n## Considered Options\n\nO.\n\n## Decision Outcome\n\nD.\n"
    given = fixture(f"{records(1, 2, 3)}-- docs/adr/0004-captain.md --\n{text}-- docs/adr/0005-context.md --\n{text}")
    (found,) = given.problems("title-missing")
    assert found.path.endswith("0004-captain.md")
    assert given.edited(found.fixes[0].edits).count("\n# Captain\n\n# Context and Problem Statement\n\nC.\n") == 1


def test_a_signpost_under_a_bare_number_is_no_record_without_a_title() -> None:
    post = (
        "# ADR-0001\n\nMoved to two folders:\n\n- English: [it](../en/adr/0001-x.md)\n- Русский: [оно](../ru/adr/0001-x.md)\n"
    )
    given = fixture(f"-- docs/adr/0001-x.md --\n{post}-- docs/en/adr/0001-x.md --\n# ADR-0001: X\n")
    assert not given.problems("title-empty")
    assert fixture("-- docs/adr/0001-x.md --\n# ADR-0001\n\n## Context\n\nSee [it](0002-y.md).\n").problems("title-empty")


def test_paragraphs_that_dashes_made_headings_are_told_once_as_what_they_are() -> None:
    text = "# 1. X\n\n## Context\n\nIt rains.\n\n## Later\n\nOne.\n\n⟦Work on it should\nfind dry places.\n---⟧\n\nSo it is.\n---\n"
    given = fixture(text)
    (found,) = given.problems("section-empty")
    assert found.message.startswith("This text became a heading by the dashes right below it")
    assert "\n---" not in given.edited(found.fixes[0].edits).replace("\n\n---", "")
    drawn = "# 1. X\n\n## Context\n\nC.\n\n⟦Rain\n↓\nGround\n---⟧\n"
    assert fixture(drawn).problems("section-empty")[0].message.startswith("This text became a heading")
    assert not fixture("# 1. X\n\nWhy does it rain?\n---\n\nOf clouds.\n").problems("section-empty")


@pytest.mark.parametrize("behind", ["", "\n# Appendix\n\nA.\n"])
def test_an_accepted_record_without_its_decision_is_a_warning(behind: str) -> None:
    (found,) = fixture(f"# 1. X\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n\n## Decision\n{behind}").problems(
        "section-empty"
    )
    assert found.level == "warning"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("- 3. Dig a well\n", "info"),
        ("Next week we will dig a well.\n", "info"),
        ("- [4. Dig a well](0004-hole.md)\n", "warning"),  # another record's, or nobody's, is not this one
        ("", "warning"),
    ],
)
def test_a_title_that_stands_in_an_index_without_a_link_weighs_less_than_none(line: str, level: str) -> None:
    listed = "- [1. Use rain](0001-rain.md)\n- [2. Use snow](0002-snow.md)\n"
    records = "".join(
        f"-- docs/adr/000{at}-{name}.md --\n# {at}. {title}\n"
        for at, name, title in ((1, "rain", "Use rain"), (2, "snow", "Use snow"), (3, "well", "Dig a well"))
    )
    given = fixture(f"-- docs/adr/README.md --\n# Decisions\n\n{listed}{line}{records}")
    (found,) = given.problems("index-missing-entry")
    assert (found.level, [fix.preferred for fix in found.fixes]) == (level, [True])


@pytest.mark.parametrize("odd", ["9999-12-31", "9999-01-01", "0001-01-01", "0001-12-31"])
@pytest.mark.parametrize("at", range(4))
def test_the_first_and_the_last_day_that_there_are_say_nothing_of_a_slip(
    odd: str, at: int, caplog: pytest.LogCaptureFixture
) -> None:
    days = ["2024-01-05", "2024-02-01", "2024-03-01", "2024-04-01"]
    days.insert(at + 1, odd)
    records = "".join(f"-- docs/adr/000{at}-x.md --\n# {at}. X{at}\n\nDate: {day}\n" for at, day in enumerate(days, 1))
    assert not fixture(records).problems("date-year")
    assert not caplog.records


@pytest.mark.parametrize(
    "days",
    [
        "2024-03-01 2024-04-01 2022-05-01 2022-06-01 2022-07-01 2022-08-01 2022-09-01 2022-10-01",  # a log that goes on with an older one
        "2023-12-01 2025-01-10 2024-01-20 2025-02-01 2025-03-01",  # of two that disagree either may be wrong
        "2024-03-01 2024-04-01 2024-05-01 2024-06-01 2023-01-10 2023-02-01",  # nothing behind them tells
    ],
)
def test_dates_that_may_be_out_of_order_on_purpose_are_no_slips(days: str) -> None:
    records = "".join(f"-- docs/adr/000{at}-x.md --\n# {at}. X{at}\n\nDate: {day}\n" for at, day in enumerate(days.split(), 1))
    assert not fixture(records).problems("date-year")


@pytest.mark.parametrize(
    "heading",
    [
        "[Figures](figures.md)",
        "See [the figures](figures.md)",
        "⟦Figures⟧",
        "⟦[Figures](#context)⟧",
        "⟦Decision ([why](why.md))⟧",
    ],
)
def test_a_heading_that_leads_to_its_text_is_not_empty(heading: str) -> None:
    given = fixture(f"-- docs/adr/0001-rain.md --\n# 1. Rain\n\n## Context\n\nC.\n\n## {heading}\n")
    found = [one.span.of(given.texts[one.path]) for one in given.problems("section-empty")]
    assert found == [f"## {span.of(given.texts[path])}" for path, spans in given.spans.items() for span in spans]


@pytest.mark.parametrize(
    "asked",
    [
        "YYYY-MM-DD",
        "JJJJ-MM-TT",
        "AAAA-MM-JJ",
        "AAAA-MM-GG",
        "RRRR-MM-DD",
        "ГГГГ-ММ-ДД",
        "РРРР-ММ-ДД",
        "ÅÅÅÅ-MM-DD",
        "YYYY-AA-GG",
    ],
)
def test_a_template_asks_for_dates_in_its_language(asked: str) -> None:
    dated = ["2024-01-01", "2024-01-02", "2024-01-03", "17.01.2024"]
    texts = [f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\nDate: {date}\n" for n, date in enumerate(dated, 1)]
    template = f"-- docs/adr/template.md --\n# N. Title\n\nDate: {asked}\n"
    assert [one.path for one in fixture(template + "".join(texts)).problems("date-format")] == ["/w/docs/adr/0004-x4.md"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Adopter Essayer Adopter Essayer", 0),
        ("Accepté Suspendre Accepté Accepté", 1),
        ("Accepté Suspendre Suspendre Accepté", 2),
    ],
)
def test_words_that_are_written_again_are_a_houses_own(words: str, told: int) -> None:
    given = fixture(
        "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\nStatut : {word}\n" for n, word in enumerate(words.split(), 1))
    )
    assert len(given.problems("status-unknown")) == told


def test_what_is_probably_meant_otherwise_is_left_for_people_to_mend() -> None:
    # In the first, one sign is another word: before, and after
    record = "-- docs/adr/{0:04}-x.md --\n# {0}. X\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## 変更{1}の構成図\n\nE.\n\n"
    after = "".join(record.format(number, "後") for number in range(1, 9))
    found = fixture(after + record.format(9, "前")).problems("section-misspelled")
    found += fixture("-- docs/adr/0001-x.md --\n✅# 1. Use Kafka\n\n# Status\n\nAccepted\n").problems("title-missing")
    assert [one.rule.name for one in found] == ["section-misspelled", "title-missing"]
    assert not any(fix.preferred for one in found for fix in one.fixes)


@pytest.mark.parametrize(
    ("context", "levels"),
    [("", ["warning", "hint", "hint"]), ("It rains.\n\n", ["warning", "warning"])],
    ids=["nothing", "a part"],
)
def test_a_record_of_headings_alone_is_one_report(context: str, levels: list[str]) -> None:
    own = f"# 1. X\n\n## Status\n\nAccepted\n\n## Context\n\n{context}## Decision\n\n## Consequences\n"
    given = fixture(f"-- docs/adr/0001-x.md --\n{own}")
    assert [one.level for one in given.problems("section-empty")] == levels


def test_front_matter_whose_fences_became_underscores_is_front_matter_again() -> None:
    given = fixture("-- docs/adr/0001-x.md --\n__________\n\ntitle: Use Kafka\nstatus: accepted\n\n__________\n\n# Why\n\nW.\n")
    (found,) = given.problems("front-matter-invalid")
    mended = given.edited(found.fixes[0].edits)
    again = fixture(mended).file("docs/adr/0001-x.md")
    assert (again.front is not None, again.title) == (True, "Use Kafka")
