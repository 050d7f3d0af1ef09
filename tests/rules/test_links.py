"""Which references and links are problems: what is marked in the texts is reported, and nothing else is."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest

from adr_ls.record import claims
from adr_ls.words.similar import SUGGESTED
from tests.fixture import ROOT, fixture

HEAD = "-- docs/adr/ADR-001-rain.md --\n# ADR-001: Rain\n\n-- docs/adr/ADR-002-snow.md --\n# ADR-002: Snow\n\n## Why\n\nIt is cold.\n\n"
OWN = "-- docs/adr/ADR-003-sun.md --\n# ADR-003: Sun\n\n"

REPORTED = {
    "nobody has it": "See ⟦ADR-009⟧.",
    "others have it": "Backend ADR-026 has it, so have `org/repo` ADR-27 and ADR-28 (in the mobile repository).",
    "others have it, in other languages": "Véase la ADR-026 del backend, l'ADR-027 du frontend, ADR-028 des Backends, o ADR-029 do backend."
    " Según la ⟦ADR-031⟧ de este repositorio.",
    "others have it, without a preposition": "См. ADR-026 бэкенда, zob. ADR-027 backendu, viz ADR-028 platformy, но не ⟦ADR-029⟧ решения.",
    "others have it, without blanks": "参见后端的ADR-026。バックエンドの ADR-027 を参照。백엔드의 ADR-028을 참고. 前述の ⟦ADR-029⟧。",
    "it is reserved for something": "ADR-008 ist für die Messung reserviert. ADR-009 is by all of us reserved. Laut ⟦ADR-010⟧ ist Gold für den Mond reserviert und da.",
    "our own repository": "As said in ⟦ADR-029⟧ in this repository.",
    "it is reserved": "ADR-008 is reserved for the moon. ADR-009 (reserved) and **ADR-010** was never written.",
    "reserviert": "ADR-008 ist reserviert, ADR-009 wurde gelöscht. Laut Entscheidung ⟦ADR-011⟧ scheint sie.",
    "several are lost": "ADR-008 and ADR-009 were lost; ADRs 10, 11 & **12** are missing, but ⟦ADR-013⟧ says that ADR-014 was lost.",
    "of a former series": "This takes in the former ADRs 0011 (clouds) and 0014 (fog), and old ADR-0015, but not ⟦ADR-0016⟧.",
    "formerly beside another that is not": "Unlike ⟦ADR-0012⟧, former ADR-0011 and **ADR-0013** hold. So does ⟦ADR-0014⟧.",
    "of a former series, in other languages": "Die ehemaligen ADR-011 und ADR-012, l'ancien ADR-013, las antiguas ADR-014 y ADR-015, oude ADR-016,"
    " eski ADR-017, bývalé ADR-018, бывшие ADR-019 и ADR-020. 旧ADR-021 と、原ADR-022。",
    "perdidos": "Los ADR-008 y ADR-009 perdidos, según ⟦ADR-010⟧.",
    "several without a word on them": "⟦ADR-008⟧ and ⟦ADR-009⟧ removed the clouds.",
    "зарезервирован": "ADR-008 зарезервирован.",
    "what it does": "⟦ADR-012⟧ removed the clouds.",
    "a wiki link": "See [[ADR-001-rain]], [[⟦ADR-077-gone⟧]] and [[Some page]].",
    "short codes": 'See [rain]({{< ref "ADR-001-rain.md" >}}), [x]({{< relref "⟦ADR-077-gone.md⟧" >}}) and [y]({% link ⟦ADR-078-gone.md⟧ %}).',
    "a label of a record that is defined nowhere": "See [ADR-001][⟦rain⟧], and [a][b] is an array.",
    "a heading of its own": "See [why](#what-it-is) and [what](#⟦what-follos⟧), back to [top](#top).\n\n## What it is\n\nx\n\n## What follows\n\ny",
    "a talk elsewhere about a record": "See [the talk on ADR-002](https://git.example.org/a/b/pull/3#discussion_1).",
    "an accent that a site leaves out": "See [it](#schema-du-reseau).\n\n## Schéma du réseau\n\nx",
    "a heading of a page": "x\n\n-- docs/adr/guide.md --\n# Guide\n\n[Rain](ADR-001-rain.md), [a](#how-to) and [b](#⟦why⟧).\n\n## How to\n\nx\n",
    "a record at the forge": "[A](⟦https://github.com/o/w/blob/main/docs/adr/ADR-002-snows.md⟧), [B](https://github.com/o/w/blob/main/docs/adr/ADR-002-snow.md#why),"
    " [C](https://github.com/o/other/blob/main/docs/adr/ADR-008-x.md), [D](https://github.com/o/w/blob/main/src/ADR-008-x.md) and"
    " [E](https://github.com/o/w/blob/v1/docs/adr/ADR-008-x.md).",
    "a list that has records of a folder that is gone": "x\n\n-- README.md --\n# Decisions\n\n- [A](docs/adr/ADR-001-rain.md)\n- [B](docs/adr/ADR-002-snow.md)\n"
    "- [C](docs/adr/ADR-003-sun.md)\n- [D](⟦old/ADR-007-fog.md⟧)\n- [E](⟦docs/rain.md.md⟧)\n",
    "a heading of another": "See [it](ADR-002-snow.md#why) and [this](ADR-002-snow.md#⟦when⟧).",
    "an address of the site": "See [rain](/docs/adr/ADR-001-rain/), [snow](/adr/ADR-2) and [a guide](/guides/setup).",
    "a table of its own of what is to come": "See ADR-008 and ⟦ADR-012⟧.\n\n-- docs/adr/README.md --\n# Entscheidungen\n\n| ADR | Thema |\n|---|---|\n"
    "| [001](ADR-001-rain.md) | Rain |\n| [002](ADR-002-snow.md) | Snow |\n| [003](ADR-003-sun.md) | Sun |\n| 012 | Storm |\n\n"
    "## Offen\n\n| ADR | Thema |\n|---|---|\n| 008 | Fog |\n",
    "a page that defines old ones": "See ADR-008.\n\n-- docs/adr/old-ones.md --\n# Of old\n\n- **ADR-008**: Fog, and not ADR-007.\n",
}


def marked(text: str) -> tuple[set[str], set[str]]:
    given = fixture(HEAD + OWN + text + "\n")
    rules = {"link-lost", "link-broken", "link-anchor", "link-undefined", "reference-unknown"}
    found = {one.span.of(given.texts[one.path]) for one in given.problems() if one.rule.name in rules}
    return found, {span.of(given.texts[path]) for path, spans in given.spans.items() for span in spans}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED)
def test_what_is_reported_of_references(text: str) -> None:
    found, wanted = marked(text)
    assert found == wanted


def test_of_links_to_the_same_missing_heading_all_but_the_first_are_information() -> None:
    found = fixture(HEAD + OWN + "[a](#one), [b](#one) and [c](#two).\n").problems("link-anchor")
    assert [one.level for one in found] == ["warning", "info", "warning"]


VACANT = {
    "ranges": "ADRs 0004-0006, 0008 and ADR-10 do not exist as files.",
    "a heading": "## Deleted\n\n- ADR-004\n- 0005\n- 006: Fog\n- ADR-008 – ADR-009\n- **ADR-010**\n",
    "a label": "Reserved numbers:\n\n- ADR-004\n- ADR-005\n- ADR-006, ADR-008\n- ADR-010\n\n## More\n\n- ADR-007\n",
    "another language": "Los ADRs entre 0004-0006 y 0008, 0010 no existen como archivo.",
}


@pytest.mark.parametrize("said", VACANT.values(), ids=VACANT)
def test_numbers_of_which_the_index_says_that_there_are_no_such_records_are_no_problem(said: str) -> None:
    rows = "- [1](ADR-001-rain.md)\n- [2](ADR-002-snow.md)\n- [3](ADR-003-sun.md)\n"
    text = f"{HEAD}{OWN}See ADR-004, ADR-005, ADR-006, ADR-007, ADR-008 and ADR-010.\n"
    given = fixture(f"{text}-- docs/adr/README.md --\n# Records\n\n{rows}\n{said}\n")
    assert given.workspace.indexes
    assert [one.message.split(";")[0] for one in given.problems("reference-unknown")] == ["There is no ADR-007"]


KNOWN = {
    "a row that is struck out": "-- docs/adr/README.md --\n# Records\n\n| No | Title | Status |\n|---|---|---|\n"
    "| [001](ADR-001-rain.md) | Rain | Accepted |\n| [002](ADR-002-snow.md) | Snow | Accepted |\n"
    "| ~~008~~ | ~~Fog~~ | Superseded by heat |\n| [003](ADR-003-sun.md) | Sun | Accepted |\n",
    "an entry without a link": "-- docs/adr/README.md --\n# Records\n\n- [ADR-001](ADR-001-rain.md)\n- [ADR-002](ADR-002-snow.md)\n"
    "- [ADR-003](ADR-003-sun.md)\n- **ADR-008 (fog)** is superseded by the heat\n",
    "a note in another style": "-- docs/adr/90_ADR-008_fog.md --\n# ADR-008: why it is skipped\n\n> Status: archived\n\nIt was deleted.\n",
    "its file was deleted": "-- docs/adr/ADR-004-wind.md --\n# ADR-004: Wind\n\nOn that day the ADR-008 file was deleted.\n",
    "文件已删除": "-- docs/adr/ADR-004-wind.md --\n# ADR-004: Wind\n\n- **Supersedes**: ADR-008 (fog), 2026-06-09 ADR-008 文件已删除\n",
    "die Datei wurde gelöscht": "-- docs/adr/ADR-004-wind.md --\n# ADR-004: Wind\n\nDie ADR-008-Datei wurde gelöscht.\n",
}


@pytest.mark.parametrize("said", KNOWN.values(), ids=KNOWN)
def test_a_number_that_the_log_itself_explains_is_not_unknown(said: str) -> None:
    given = fixture(f"{HEAD}{OWN}See ADR-008 and ADR-007.\n{said}-- ops/run.md --\n# Run\n\nSee ADR-008.\n")
    found = given.problems("reference-unknown", "number-mismatch", "index-missing-entry")
    assert [one.message.split(";")[0] for one in found] == ["There is no ADR-007"]


@pytest.mark.parametrize(
    ("numbers", "level"),
    [((1, 3, 4, 5, 6, 7, 8, 9, 90), "warning"), ((5, 6, 11, 18, 25, 29, 30, 39), "info"), ((1, 30), "warning")],
)
def test_numbers_that_count_more_than_records_need_be_none(numbers: tuple[int, ...], level: str) -> None:
    given = fixture(
        "".join(f"-- docs/adr/ADR-{n:03}-x.md --\n# ADR-{n:03}: X{n}\n\nSee ADR-{2:03}.\n" for n in reversed(numbers))
    )
    found = [one for one in given.problems("reference-unknown") if one.path.endswith("-x.md")]
    assert {one.level for one in found} == {level}


LOST = {
    "from the root": ("warning", "See [run](⟦docs/guides/run-it.md⟧)."),
    "a record from the root": ("warning", "See [snow](⟦docs/adr/ADR-002-snow.md⟧)."),
    "moved": ("info", "See [run](⟦../run-it.md#how⟧)."),
    "gone": ("info", "See [x][x].\n\n[x]: ⟦../guides/gone.md⟧"),
    "a directory that is gone": ("info", "See [x](⟦../notes/x.md⟧)."),
    "there": (
        "",
        "See [run](../guides/run-it.md), [run](../guides/run-it), [snow](ADR-002-snow.md?plain=1), [all](../guides/).",
    ),
    "a directory at the root of which nothing is known": ("", "See [x](../../build/x.md)."),
    "above the root": ("", "See [x](../../../x.md)."),
    "an address without its scheme": (
        "info",
        "See [x](⟦example.org⟧), [y](⟦www.example.de/a⟧) and [z][z].\n\n[z]: ⟦wiki.example.com/z⟧",
    ),
    "no address": ("", "See [x](notes.txt), [y](example.sh), [z](a.b), [all](.)."),
    "no Markdown": ("", "See [x](../x.py), ![y](../y.png) and [z](../notes)."),
    "an example": ("", "See [x](../<name>.md), [y](../{slug}.md), `[z](../z.md)`."),
    "a site's own": ("", 'See [x](/guides/gone.md), [y]({{< ref "../gone.md" >}}) and [z](https://example.org/z.md).'),
}


@pytest.mark.parametrize(("level", "text"), LOST.values(), ids=LOST)
def test_a_link_of_a_record_to_a_file_that_is_not_there_is_told(level: str, text: str) -> None:
    given = fixture(f"{HEAD}{OWN}{text}\n-- docs/guides/run-it.md --\n# Run it\n")
    found = given.problems("link-lost")
    assert {one.span for one in found} == {span for spans in given.spans.values() for span in spans}
    assert {one.level for one in found} == ({level} if level else set())


ENDED = "".join(
    f"-- docs/adr/ADR-01{n}-x{n}.md --\n# ADR-01{n}: X{n}\n\n" + "See [it](ADR-002-snow.md).\n" * 2 for n in range(4)
)


@pytest.mark.parametrize("others", [ENDED, ENDED + "-- docs/adr/ADR-020-y.md --\n# ADR-020: Y\n\nSee [it](ADR-011-x1).\n"])
def test_a_link_without_its_ending_is_told_where_all_others_have_one(others: str) -> None:
    given = fixture(f"{HEAD}{OWN}See [snow](⟦ADR-002-snow⟧), [snow](/docs/adr/ADR-002-snow), [snow](ADR-002-snow/).\n{others}")
    found = [one for one in given.problems("link-lost") if "ADR-020" not in one.path]
    alone = others == ENDED
    assert [one.span for one in found] == ([*given.spans["/w/docs/adr/ADR-003-sun.md"]] if alone else [])


def test_a_link_without_its_ending_to_another_page_is_told_alike() -> None:
    given = fixture(f"{HEAD}{OWN}See [runs](⟦../guides/run-it#at-night⟧).\n{ENDED}-- docs/guides/run-it.md --\n# Run it\n")
    assert [(one.span, one.level) for one in given.problems("link-lost")] == [
        (given.spans["/w/docs/adr/ADR-003-sun.md"][0], "info")
    ]
    (found,) = fixture(f"{HEAD}{OWN}See [all](README).\n-- docs/adr/README.md --\n# All\n").problems("link-lost")
    assert found.fixes[0].edits[0].edit.text == "README.md"


def test_a_link_to_a_heading_that_another_page_lacks_is_information() -> None:
    guide = "-- docs/guides/run-it.md --\n# Run it\n\n## 3. At night\n\nAs ADR-001 says.\n"
    links = "[night](../guides/run-it.md#3-at-night), [day](../guides/run-it.md#⟦4-by-day⟧)"
    given = fixture(f"{HEAD}{OWN}See {links}.\n{guide}")
    assert [(one.span, one.level, one.message) for one in given.problems("link-anchor")] == [
        (given.spans["/w/docs/adr/ADR-003-sun.md"][0], "info", "run-it.md has no heading “#4-by-day”.")
    ]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("./ADR-ADR-002-snow.md", "./ADR-002-snow.md"),
        ("`ADR-002-slush.md`", "`ADR-002-snow.md`"),
        ("./ADR-002-snow.md", ""),
        ("snow.md", ""),
        ("ADR-001-rain.md", ""),  # another file, of which another rule tells
        ("ADR-002", ""),
    ],
)
def test_a_link_whose_text_is_the_name_of_no_file_is_information(text: str, mended: str) -> None:
    given = fixture(f"{HEAD}{OWN}See [{text}](ADR-002-snow.md).\n")
    found = given.problems("link-title-stale")
    assert [one.level for one in found] == ["info"] * bool(mended)
    assert not mended or f"[{mended}](ADR-002" in given.edited(found[0].fixes[0].change)


def test_an_anchor_with_a_dot_that_sites_leave_out_is_information() -> None:
    given = fixture(
        "-- docs/adr/0001-x.md --\n# 1. X\n\nSee [1.1](#⟦release-1.1⟧) and [1.2](#release-12).\n\n## Release 1.1\n\n## Release 1.2\n"
    )
    (found,) = given.problems("link-anchor")
    assert (found.span, found.level) == (given.spans["/w/docs/adr/0001-x.md"][0], "info")
    assert found.fixes[0].edits[0].edit.text == "release-11"


def test_a_link_to_the_directory_of_a_record_lacks_nothing() -> None:
    logs = "".join(
        f"-- docs/adr/ADR-00{n}-x{n}/README.md --\n# ADR-00{n}: X{n}\n\n" + "See [it](../ADR-001-x1/README.md).\n" * 4
        for n in range(1, 4)
    )
    given = fixture(f"{logs}-- docs/adr/README.md --\n# Records\n\n- [1](ADR-001-x1)\n- [2](./ADR-002-x2)\n- [3](ADR-003-x3)\n")
    assert not given.problems("link-lost")


def test_a_link_that_goes_up_too_few_folders_is_a_warning() -> None:
    given = fixture(
        "-- docs/en/adr/0001-x.md --\n# 1. X\n-- docs/en/adr/0002-y.md --\n# 2. Y\n-- docs/es/adr/README.md --\n# Todos\n"
        "-- docs/en/adr/README.md --\n# Records\n\n- [X](0001-x.md)\n- [Y](0002-y.md)\n\nSee [todos](../es/adr/README.md).\n"
    )
    (found,) = given.problems("link-lost")
    assert (found.level, found.message) == (
        "warning",
        "There is no file “../es/adr/README.md”; did you mean “../../es/adr/README.md”?",
    )
    assert [[one.edit.text for one in fix.edits] for fix in found.fixes] == [["../../es/adr/README.md"]]


@pytest.mark.parametrize(
    ("files", "mended"),
    [
        ("-- docs/guides/run-it.md --\n# Run it\n", "../guides/run-it.md"),
        ("-- docs/guides/run-it.md --\n# Run it\n-- old/guides/run-it.md --\n# Run it\n", ""),  # which of the two
        ("-- docs/run-it.md --\n# Run it\n", ""),  # a folder that a build may bring
    ],
)
def test_a_link_that_goes_up_too_many_folders_is_a_warning_where_one_file_is_meant(files: str, mended: str) -> None:
    given = fixture(f"{HEAD}{OWN}See [runs](../../guides/run-it.md).\n{files}")
    found = given.problems("link-lost")
    assert [(one.level, one.message) for one in found] == [
        ("warning", f"There is no file “../../guides/run-it.md”; did you mean “{mended}”?")
    ] * bool(mended)


def test_a_link_to_the_record_0_is_none_for_show_where_there_is_one() -> None:
    page = "-- README.md --\n# All\n\nSee [a](docs/adr/0000-use-adr.md).\n"
    log = "-- docs/adr/0001-x.md --\n# 1. X\n-- docs/adr/0002-y.md --\n# 2. Y\n"
    assert not fixture(page + log).problems("link-broken")
    (found,) = fixture(f"{page}{log}-- docs/adr/0000-use-markdown-records.md --\n# Use Markdown records\n").problems(
        "link-broken"
    )
    assert found.level == "warning"


@pytest.mark.parametrize(
    ("page", "link", "right"),
    [
        ("docs/adr/README.md", "0000_template.md", "0000-template.md"),
        ("docs/adr/README.md", "./0000_Template.md", "./0000-template.md"),
        ("docs/adr/README.md", "0000-tempalte.md", "0000-template.md"),
        ("docs/adr/README.md", "template.md", "0000-template.md"),  # the one there is
        ("docs/adr/README.md", "adr_template.md", "0000-template.md"),
        ("docs/adr/README.md", "How_It_Runs.md", "how-it-runs.md"),
        ("docs/adr/README.md", "../runing-it.md", "../running-it.md"),
        ("docs/adr/ADR-003-sun.md", "how_it_runs.md#at-night", "how-it-runs.md#at-night"),
        ("docs/adr/ADR-003-sun.md", "../runnig-it.md", "../running-it.md"),
        ("CONTRIBUTING.md", "docs/adr/0000_template.md", "docs/adr/0000-template.md"),
        ("docs/adr/README.md", "0000-title.md", ""),  # an example
        ("docs/adr/README.md", "why-it-runs.md", ""),
        ("docs/adr/README.md", "plan-2.md", ""),
        ("docs/adr/README.md", "認証方針二.md", ""),
        ("docs/adr/README.md", "0000-template.md", ""),
    ],
)
def test_a_link_to_a_file_that_is_called_nearly_so_is_a_warning_in_pages_of_a_log(page: str, link: str, right: str) -> None:
    names = ("0000-template", "how-it-runs", "plan-1", "認証方針一", "plan-10-a", "plan-10-b")
    files = "".join(f"-- docs/adr/{name}.md --\n# Title\n\nText.\n" for name in names) + "-- docs/running-it.md --\n# Run\n"
    given = fixture(f"{HEAD}{OWN if page not in OWN else ''}-- {page} --\n# Of it\n\nSee [this]({link}).\n{files}")
    told = [one for one in given.problems("link-broken", "link-lost") if one.path.endswith(page)]
    assert [(one.level, given.edited(one.fixes[0].change).split("](")[1].split(")")[0]) for one in told if one.fixes] == [
        ("warning", right)
    ] * bool(right)
    assert not right or f"did you mean “{right.removesuffix('#at-night')}”?" in told[0].message


@pytest.mark.parametrize(
    ("path", "number", "level"),
    [
        ("docs/adr/ADR-003-sun.md", 9, "warning"),
        ("ops/run.md", 9, "info"),
        ("ops/run.md", 21, "warning"),
        ("docs/adr/ADR-003-sun.md", 900, "info"),
    ],
)
def test_a_number_that_nobody_has_is_a_warning_in_a_record_and_where_it_is_a_slip(path: str, number: int, level: str) -> None:
    others = "-- docs/adr/ADR-012-x.md --\n# ADR-012: X\n-- docs/adr/ADR-029-y.md --\n# ADR-029: Y\n"
    given = fixture(f"{HEAD}{others}-- {path} --\n# ADR-003: Sun\n\nSee ADR-{number:03}.\n")
    assert [one.level for one in given.problems("reference-unknown")] == [level]


def test_a_wiki_link_with_something_in_brackets_behind_it_is_a_wiki_link() -> None:
    given = fixture(f"{HEAD}{OWN}See [[ADR-002]](A), [[ADR-004]](B) and [[x]](ADR-002-snow.md).\n")
    assert not given.problems("link-broken", "link-lost")
    assert [one.message.split(";")[0] for one in given.problems("reference-unknown")] == ["There is no [[ADR-004]]"]


def test_of_pages_elsewhere_only_links_to_records_are_told() -> None:
    page = "-- ops/run/it.md --\n# Run\n\nSee [snow](⟦docs/adr/ADR-002-snow.md⟧), [rain](../../docs/adr/ADR-001-rain.md), [x](../gone.md).\n"
    home = "-- docs/adr/README.md --\n# Records\n\nSee [x](⟦template.md⟧) and [rain](ADR-001-rain.md).\n"
    given = fixture(HEAD + OWN + page + home)
    found = [one.span for one in given.problems("link-lost")]
    assert sorted(found) == sorted(span for spans in given.spans.values() for span in spans)


def test_a_lost_file_is_found_by_its_name_only_where_that_is_telling() -> None:
    files = "-- docs/guides/run-it.md --\n# Run it\n-- docs/guides/AGENTS.md --\n# Agents\n"
    given = fixture(f"{HEAD}{OWN}See [run](../run-it.md) and [agents](../AGENTS.md).\n{files}")
    assert [one.message for one in given.problems("link-lost")] == [
        "There is no file “../run-it.md”; did you mean “../guides/run-it.md”?",
        "There is no file “../AGENTS.md”.",
    ]
    assert not any(fix.preferred for one in given.problems("link-lost") for fix in one.fixes)


def test_a_dead_entry_of_an_index_is_a_record_where_it_is_called_as_they_are() -> None:
    others = "".join(f"-- docs/adr/ADR-{n:03}-x.md --\n# ADR-{n:03}: X\n" for n in (3, 4))
    listed = "".join(f"- [ADR-{n:03}: It](adr/ADR-{n:03}-{name}.md)\n" for n, name in ((1, "rain"), (3, "x"), (4, "x")))
    dead = "- [A](old/ADR-007-hail.md)\n- [B](old/02-overview.md)\n- [C](old/2026-01-05-notes.md)\n- [D](old/design/decisions/02-hail.md)\n"
    given = fixture(f"{HEAD}{others}-- docs/README.md --\n# All\n\n{listed}{dead}")
    found = [one.message.split("“")[1].split("”")[0] for one in given.problems("link-lost") if one.level == "warning"]
    assert found == ["old/ADR-007-hail.md", "old/design/decisions/02-hail.md"]


HOMES = {
    "moved": ("", "CONTRIBUTING.md", "[all](⟦documents/docs/adr/⟧), [all](⟦documents/docs/adr⟧)", 2),
    "from another root": ("", "ops/CONTRIBUTING.md", "[all](⟦docs/adr/⟧), [all](../docs/adr/), [all](/docs/adr/)", 1),
    "there is something": ("-- documents/docs/adr/x.md --\n# X\n", "CONTRIBUTING.md", "[all](documents/docs/adr/)", 0),
    "which of two": ("-- a/docs/adr/0001-x.md --\n# 1. X\n", "CONTRIBUTING.md", "[all](old/docs/adr/)", 0),
    "called otherwise": (
        "",
        "CONTRIBUTING.md",
        "[all](documents/adr), [it](documents/docs), [x](https://example.org/docs/adr)",
        0,
    ),
}


@pytest.mark.parametrize(("files", "page", "text", "count"), HOMES.values(), ids=HOMES)
def test_a_link_to_where_the_records_were_is_told(files: str, page: str, text: str, count: int) -> None:
    given = fixture(f"{HEAD}{OWN}{files}\n-- {page} --\n# Read on\n\nSee {text}.\n")
    found = given.problems("link-lost")
    assert [one.span for one in found] == [*given.spans.get(f"/w/{page}", ())]
    assert len(found) == count


MANY = "".join(f"-- docs/adr/ADR-{n:03}-x{n}.md --\n# ADR-{n:03}: X{n}\n\n" for n in (1, 2, 3, 5, 6, 8))
PAGES = {
    "a dead link among the records": (
        "ops/run.md",
        "See [it](⟦../docs/adr/ADR-004-wind.md⟧) and [this](../docs/adr/ADR-002-x2.md).",
    ),
    "from the README": ("README.md", "See [it](⟦docs/adr/ADR-004-wind.md⟧), [them](⟦docs/adr/list.md⟧) and [them](docs/adr/)."),
    "from the root of the repository": ("a/b/c.md", "See [it](⟦/docs/adr/ADR-004-wind.md⟧)."),
    "a file that is no record": ("ops/run.md", "See [it](../docs/gone.md), [b](b.md), [c](c/0001-x.md)."),
    "a number that is missing": ("ops/run.md", "See ADR-002, ⟦ADR-004⟧, RFC-004, `ADR-004` and upstream ADR-007."),
    "a number that is still to come": ("ops/run.md", "We write ⟦ADR-009⟧ next, not ADR-900."),
    "a fence": ("ops/run.md", "```md\nSee [it](../docs/adr/ADR-004-wind.md), ADR-004\n```"),
    "a template": ("ops/template.md", "See ADR-004."),
    "an example": ("examples/run.md", "See ADR-004."),
    "a change log": ("CHANGELOG.md", "See ADR-004."),
    "Änderungen": ("doc/änderungen.md", "See ADR-004."),
    "an archive": ("docs/archiv/run.md", "See [it](../adr/ADR-004-wind.md)."),
    "old guides": ("docs/legacy-guides/run.md", "See [it](../adr/ADR-004-wind.md)."),
    "the history of records": ("docs/adr-history.md", "See [it](adr/ADR-004-wind.md)."),
    "a history that is a feature": ("docs/watch-history-models.md", "See [it](⟦adr/ADR-004-wind.md⟧)."),
    "Historie als Thema": ("docs/nach/order-historie.md", "See [it](⟦../adr/ADR-004-wind.md⟧)."),
    "other people's": ("third_party/tool/README.md", "See ADR-004."),
    "what machines are told": (".prompts/adr.md", "See ADR-004."),
    "the index": (
        "docs/adr/README.md",
        "Since ⟦ADR-004⟧, see [how](⟦ADR-031-how.md⟧).\n\n"
        + "".join(f"- [{n}](ADR-{n:03}-x{n}.md)\n" for n in (1, 2, 3, 5, 6, 8))
        + "- ADR-007 is to come\n",
    ),
}


@pytest.mark.parametrize(("path", "text"), PAGES.values(), ids=PAGES)
def test_what_is_reported_of_pages_elsewhere(path: str, text: str) -> None:
    given = fixture(f"{MANY}-- {path} --\n# About\n\n{text}\n")
    where = posixpath.join(ROOT, path)
    found = {one.span for one in given.problems("link-broken", "reference-unknown") if one.path == where}
    assert found == set(given.spans[where])


def test_pages_elsewhere_are_left_alone_where_that_is_set_and_where_two_logs_may_be_meant() -> None:
    page = "-- ops/run.md --\n# Run\n\nSee ADR-004.\n"
    assert fixture(MANY + page).problems()
    assert not fixture(f"{MANY}{page}-- adr-ls.toml --\ncheck-pages = false\n").problems()
    assert not fixture(f"{MANY}{page}-- mill/adr/ADR-001-tape.md --\n# ADR-001: Tape\n").problems()


def test_who_refers_to_a_record_from_elsewhere_is_known() -> None:
    given = fixture(f"{MANY}-- ops/run.md --\n# Run\n\nSee ADR-005.\n")
    assert given.workspace.backlinks["/w/docs/adr/ADR-005-x5.md"] == ("/w/ops/run.md",)
    assert not given.workspace.indexes


@pytest.mark.parametrize("behind", ["in our repo", "in this project", "of the team that is ours to lead"])
def test_what_is_in_the_records_own_repository_is_no_others(behind: str) -> None:
    assert claims.is_of_others("See ", f" {behind}") == (behind == "of the team that is ours to lead")


def test_one_of_several_is_told_in_the_singular() -> None:
    (found,) = fixture(HEAD + OWN + "See ADRs 9 and 2.\n").problems("reference-unknown")
    assert found.message.startswith("There is no ADR 9;")


def test_what_one_record_says_of_a_number_holds_for_all() -> None:
    given = fixture(HEAD + "ADR-008 is reserved.\n\n" + OWN + "See ADR-008.\n")
    assert not given.problems("reference-unknown")


@pytest.mark.parametrize("title", ["013-use-kafka", "013-Use Kafka", "213-use-kafka", "013-use-kafka-at-last"])
def test_a_title_like_the_name_of_another_file_has_its_number(title: str) -> None:
    whole = "\n\n## Context\n\nIt rains.\n\n## Decision\n\nWe take Kafka.\n"
    others = "".join(f"-- docs/adr/20{n}-x{n}.md --\n# 20{n}-x{n}{whole}\n" for n in range(1, 5))
    given = fixture(f"{others}-- docs/adr/211-use-kafka.md --\n# ⟦{title[:3]}⟧{title[3:]}{whole}")
    found = [one for one in given.problems() if one.path == given.path and one.rule.name not in ("number-gap", "slug-mismatch")]
    assert [(one.rule.name, one.span) for one in found] == [("number-mismatch", given.spans[given.path][0])]


def test_a_title_with_a_wrong_number_is_one_problem() -> None:
    given = fixture(HEAD + OWN.replace("# ADR-003", "# ADR-007"))
    assert [one.rule.name for one in given.problems()] == ["number-mismatch"]
    given = fixture(HEAD + OWN.replace("Sun", "Sun, as in ADR-009"))
    assert [one.rule.name for one in given.problems()] == ["reference-unknown"]


def test_a_number_right_behind_the_highest_is_no_slip() -> None:
    def message(number: int, before: str = "") -> str:
        first = f"-- docs/adr/ADR-001-y.md --\n# ADR-001: Y\n\n{before}\n"
        logs = "".join(f"-- docs/adr/ADR-0{n}-x.md --\n# ADR-0{n}: X{n}\n\n" for n in (21, 45, 53))
        given = fixture(f"{first}{logs}See ADR-0{number}.\n")
        return next(one.message for one in given.problems() if one.rule.name == "reference-unknown")

    assert "mean" not in message(54)
    assert "did you mean ADR-021?" in message(12)
    assert "mean" not in message(12, "As ADR-012 says.")  # nobody makes the same slip twice


def test_a_dead_link_offers_no_record_of_another_log() -> None:
    other = "-- mill/adr/ADR-012-tape.md --\n# ADR-012: Tape\n\n"
    given = fixture(other + HEAD + OWN + "See [ADR-012](ADR-012-radio.md).\n")
    (problem,) = (one for one in given.problems() if one.rule.name == "link-broken")
    assert not problem.fixes


def test_a_name_that_differs_in_its_accents_alone_is_told_so() -> None:
    given = fixture(
        "-- docs/adr/0002-caf\u00e9.md --\n# 2. Café\n\n-- docs/adr/0003-x.md --\n# 3. X\n\nSee [it](0002-cafe\u0301.md).\n"
    )
    (problem,) = (one for one in given.problems() if one.rule.name == "link-broken")
    assert problem.message.endswith("that of ADR-0002 differs from it in how its accents are encoded.")


def test_records_beside_in_another_markup_are_known() -> None:
    given = fixture(HEAD + OWN + "See ADR-004 and [it](ADR-004-fog.adoc).\n\n-- docs/adr/ADR-004-fog.adoc --\n= Fog\n")
    assert [one.rule.name for one in given.problems()] == []


def test_a_page_that_tells_where_old_numbers_went_is_no_index() -> None:
    records = "".join(f"-- docs/adr/2024011{n}-x{n}.md --\n# X{n}\n\n- Status: accepted\n\n" for n in range(4))
    rows = "".join(f"| ADR-00{n + 1} | [{n}](2024011{n}-x{n}.md) |\n" for n in range(3))
    given = fixture(f"{records}-- docs/adr/README.md --\n# Old numbers\n\n| Old | New |\n| --- | --- |\n{rows}")
    assert not given.workspace.indexes


def test_folders_that_are_opened_together_have_numbers_of_their_own() -> None:
    given = fixture("-- a/adr/ADR-001-x.md --\n# ADR-001: X\n\nSee ADR-002.\n\n-- b/adr/ADR-002-y.md --\n# ADR-002: Y\n")
    names = given.workspace.names
    path, (_, mention) = "/w/a/adr/ADR-001-x.md", given.file("a/adr/ADR-001-x.md").mentions
    assert names.resolve(path, mention).path == "/w/b/adr/ADR-002-y.md"
    apart = replace(names, roots=("/w/a", "/w/b"))
    assert apart.resolve(path, mention).kind == "unknown"
    assert apart.resolve("/elsewhere/ADR-003-z.md", mention).kind == "unknown"


MEANT = {
    "docker-tools": ("container-tools", True),
    "use-postgres": ("use-postgres-for-orders-and-events", True),
    "crane-rules": ("crane-log-cache-on-the-quay", False),
    "radio": ("tape", False),
}


@pytest.mark.parametrize(("written", "slug", "is_meant"), [(one, *two) for one, two in MEANT.items()], ids=MEANT)
def test_a_dead_link_means_a_record_by_more_than_its_number(written: str, slug: str, *, is_meant: bool) -> None:
    given = fixture(
        f"-- docs/adr/0001-{slug}.md --\n# 1. X\n\n-- docs/adr/0002-y.md --\n# 2. Y\n\nSee [it](0001-{written}.md).\n"
    )
    (problem,) = (one for one in given.problems() if one.rule.name == "link-broken")
    assert [fix.preferred for fix in problem.fixes] == [is_meant]


def test_a_dead_link_to_what_is_called_like_the_record_itself_is_hardly_meant_so() -> None:
    given = fixture("-- docs/adr/0002-tariff-reader.md --\n# 2. Y\n\nSee [it](0002-tariff-readr.md).\n")
    (problem,) = (one for one in given.problems() if one.rule.name == "link-broken")
    assert [fix.preferred for fix in problem.fixes] == [False]


def test_what_was_meant_is_looked_for_in_the_first_mistakes_alone() -> None:
    defined = "".join(f"[gate{n}]: 001-x.md\n" for n in range(2 * SUGGESTED))
    used = " ".join(f"[a][gate{n}]" for n in range(2 * SUGGESTED))
    wrong = " ".join(f"[a][gat{n}]" for n in range(2 * SUGGESTED))
    given = fixture(f"{HEAD}{OWN}{used} {wrong}\n\n{defined}")
    assert len(given.problems("link-undefined")) == SUGGESTED, "those that are defined take none of the looks"


def test_each_dead_anchor_is_told_and_the_first_with_what_was_meant() -> None:
    headings = "".join(f"## Gate {n}\n\nOpen.\n\n" for n in range(2 * SUGGESTED))
    links = " ".join(f"[a](#gatee-{n})" for n in range(2 * SUGGESTED))
    found = fixture(f"{HEAD}{OWN}{links}\n\n{headings}").problems("link-anchor")
    assert len(found) == 2 * SUGGESTED
    assert sum(bool(one.fixes) for one in found) == SUGGESTED


def test_the_anchors_that_attributes_set_are_known() -> None:
    links = "[a](#gate-a) [b](#gate-b) [c](#gate-c) [d](#gate-d)"
    headings = "## One {#gate-a}\n\nOpen.\n\n## Two {: .wide #gate-b}\n\nOpen.\n\n## Gate C {.wide}\n\nOpen.\n"
    found = fixture(f"{HEAD}{OWN}{links}\n\n{headings}").problems("link-anchor")
    assert [one.message for one in found if "gate-d" not in one.message] == []
    assert len(found) == 1


def test_words_beside_a_name_count_however_long_its_line_is() -> None:
    many = " ".join(f"ADR-{number}" for number in range(100, 400))
    told = {
        one.message.split()[3].rstrip(".,;") for one in fixture(f"{HEAD}{OWN}{many} and upstream ADR-900 {many}.\n").problems()
    }
    assert "ADR-100" in told
    assert "ADR-900" not in told


DATED = """\
-- docs/adr/2025-01-01-rain.md --
# Rain

{said}
-- docs/adr/2025-01-02-snow.md --
# Snow
-- docs/adr/2025-01-03-sun.md --
# {title}
"""


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("It is wet, as concluded by ⟦ADR-004⟧, and ADR-004 holds. The dust that ⟦ADR 001⟧ set out to bind is gone.", "Sun"),
        ("Nach ⟦ADR-004⟧ ist es nass.", "Sun"),
        ("ADR-004 of the platform team, upstream ADR-005 and RFC-2119 say so; EIP-191 does, too.", "Sun"),
        ("ADR-004 is reserved for the moon.", "Sun"),
        ("A name such as “ADR-004”, 「ADR-005」 or `ADR-006` would be short. So would ADR-XXX and ADR-0000.", "Sun"),
        ("See ADR-20250102 and [ADR-004](https://example.com/adr/4).", "Sun"),
        ("See ADR-003.", "ADR-003: Sun"),
    ],
)
def test_a_number_in_a_log_without_numbers_is_information(said: str, title: str) -> None:
    text = DATED.format(said=said, title=title)
    given = fixture(text)
    found = given.problems("reference-unknown")
    assert given.marked(found) == text
    assert all(one.level == "info" and one.message.startswith("No record here has a number") for one in found)


def test_a_number_that_a_page_beside_records_without_numbers_defines_is_known() -> None:
    page = "-- docs/adr/old.md --\n# Of old\n\n- ADR-004: Fog\n"
    assert not fixture(DATED.format(said="See ADR-004.", title="Sun") + page).problems("reference-unknown")


@pytest.mark.parametrize(("page", "rule"), [("docs/adr/ADR-009-fog.md", "link-broken"), ("README.md", "index-dead-entry")])
def test_what_has_one_cause_is_told_once(page: str, rule: str) -> None:
    """Links into a folder from which the files were moved: one warning, and another one for what is somewhere else."""
    log = "".join(f"-- docs/adr/ADR-00{n}-x{n}.md --\n# ADR-00{n}: X{n}\n\n" for n in range(1, 6))
    home = posixpath.relpath("docs", posixpath.dirname(page) or ".")
    names = ("ADR-001-x1.md", "ADR-002-x2.md", "ADR-003-x3.md", "adr/ADR-004-x4.md", "adr/ADR-005-x5.md", "adr/ADR-007-x7.md")
    links = "".join(f"- [X{n}]({home}/{name})\n" for n, name in enumerate(names, 1))
    given = fixture(f"{log}-- docs/y.md --\n# Y\n\n-- {page} --\n# ADR-009: Fog\n\n{links}")
    told = [(posixpath.basename(one.message.split("“")[1].split("”")[0]), one.level) for one in given.problems(rule)]
    assert told == [
        ("ADR-001-x1.md", "warning"),
        ("ADR-002-x2.md", "info"),
        ("ADR-003-x3.md", "info"),
        ("ADR-007-x7.md", "warning"),
    ]
