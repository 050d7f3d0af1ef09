"""The pages of a log: that they are whole, lead nowhere else, and say what holds and how it came about."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.io import disk
from adr_ls.io.page import part
from adr_ls.site import pages
from adr_ls.site.book import Book
from adr_ls.site.words import folded, words
from tests.conftest import EVERYTHING
from tests.fixture import fixture
from tests.graph.test_forms import HOSTILE

PARTS = pages.Parts(part(pages.STYLE, "site"), part(pages.SCRIPT, "site"), "b{}", "0;")
VOID = frozenset({"br", "col", "hr", "img", "input", "meta", "wbr"})
LOG = """-- docs/adr/0001-mysql.md --
---
status: accepted
date: 2022-03-04
tags: [data, orders]
deciders: [Anna]
---
# Keep orders in MySQL

## Context

Prose about elephants.
-- docs/adr/0002-postgres.md --
---
status: accepted
date: 2023-05-06
tags: [data]
supersedes: ADR-0001
---
# Move to PostgreSQL

Instead of [the first](0001-mysql.md#context), ![](flow.png).
-- docs/adr/0003-cockroach.md --
---
status: accepted
date: 2024-07-08
supersedes: ADR-0002
---
# Move to CockroachDB
-- docs/adr/0004-cache.md --
---
status: proposed
---
# Cache orders

Because of ADR-0003. <b>
-- docs/guide.md --
See [it](adr/0003-cockroach.md).
"""


class Whole(HTMLParser):
    """A page of which every element is closed where it has to be."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open if tag not in ("html", "body")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "a") and tag in self.open:
            self.wrong.append(f"<{tag}> in <{tag}>")
        if tag in ("div", "p", "ul", "ol", "table", "pre", "h2") and "p" in self.open:
            self.wrong.append(f"<{tag}> in <p>")
        self.found.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "html":
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> in {self.open[-3:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.found and self.open and self.open[-1] == self.found[-1][0]:
            self.found[-1][2].append(data)

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [own[name] or "" for _, own, _ in self.found if name in own]

    def text(self, tag: str, **attributes: str) -> str:
        (text,) = ("".join(said) for name, own, said in self.found if name == tag and attributes.items() <= own.items())
        return text


def book_of(source: str, *, is_single: bool = False, title: str = "Decisions") -> Book:
    workspace = fixture(source).workspace
    return Book(workspace, tuple(workspace.records), title, is_single, "", {"/w/docs/adr/flow.png": b"png"}.get)


def site(source: str, title: str = "Decisions") -> dict[str, str]:
    """The pages of a site by their names; the pictures are left out."""
    found = pages.folder(book_of(source, title=title), PARTS)
    return {name: one for name, one in found.items() if isinstance(one, str)}


def everything(source: str, title: str = "Decisions") -> dict[str, str]:
    """The pages in a folder, and all of it on one page."""
    return {**site(source, title), "../one.html": pages.single(book_of(source, is_single=True, title=title), PARTS)}


def seen(html: str) -> str:
    """What a reader sees of a piece of HTML, in one line."""
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())


def between(html: str, start: str, end: str) -> str:
    return html.partition(start)[2].partition(end)[0]


HARD = (
    LOG
    + """-- docs/adr/0005-all.md --
---
status: [
---
# All <i>of</i> it </script>

<details>
<summary>x</summary>

- <b>a

  </details> | `b`

[^1]: n

| a |
|---|
| <ul><li>x |

</main></body></html> <p> <p> <a href="#x"><a href="https://example.org">
-- docs/more/adr/0001-mysql.md --
# 1. Another first

Date: 2022-01-01

## Status

Accepted
-- docs/more/adr/0001-MySQL.adoc --
= 1. A third

== Status

Accepted
"""
)


def wrong_in(found: dict[str, str], pictures: set[str]) -> list[object]:
    """What of some pages is not closed, there twice, or leads to nothing."""
    parsed = {name: Whole(text) for name, text in found.items()}
    wrong: list[object] = [(name, page.wrong) for name, page in parsed.items() if page.wrong]
    for name, page in parsed.items():
        ids = page.all("id")
        wrong += [(name, one) for one, count in Counter(ids).items() if count > 1]
        for address in (*page.all("href"), *page.all("src")):
            if re.match(r"https?://|mailto:|data:image/", address):
                continue
            path, _, fragment = address.partition("#")
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            if (goal not in parsed and goal not in pictures) or (fragment and unquote(fragment) not in parsed[goal].all("id")):
                wrong.append((name, address))
    return wrong


@pytest.mark.parametrize("source", [LOG, HARD], ids=["usual", "hard"])
def test_every_page_is_whole_and_each_link_leads_to_a_place_that_is_there(source: str) -> None:
    pictures = {name for name, found in pages.folder(book_of(source), PARTS).items() if isinstance(found, bytes)}
    assert wrong_in(everything(source), pictures) == []


PIECES = r"""<b> </b> <div> </div> <details> </details> <summary> <td> <table> <tr> </table> <li> <ul> </ul> <a_href='x'> </a> <p> </p>
<a_href="0002-b.md"> * ** _ ~~ ` `` [ ] ](0002-b.md) ![ [^1] \n[^1]:_ ADR-0002 \n \n\n \n-_ \n1._ \n>_ \n|_a_|_b_|\n|--|:-:|\n|_1_|_2_|\n
\n____ \t \n```\n \n##_ <!-- --> <script> <img_src=x.png> https://e.org/(a)) \\ &amp; <br> [[0002-b|x]] [x]:_y\n <h2> <pre> </pre>
word_ \n<details_open>\n<summary>x</summary>\n\n \n</details>\n <a_id=q></a>"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_a_page_stays_whole(pieces: list[str]) -> None:
    text = "".join(pieces).replace("_", " ").replace("\\n", "\n").replace("\\t", "\t")
    log = f"-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n\n{text}\n-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nAccepted\n"
    name = "docs/adr/0001-a.html"
    page = Whole(site(log)[name])
    assert page.wrong == []
    assert [one for one, count in Counter(page.all("id")).items() if count > 1] == []


def test_the_pages_of_real_collections_are_whole(corpora: Path) -> None:
    for folder in sorted(corpora.iterdir()) if EVERYTHING else [corpora / "cardano-scaling__hydra"]:
        workspace = disk.load([folder]).workspace
        paths = tuple(workspace.records)
        if paths:
            found = pages.folder(Book(workspace, paths, folder.name), PARTS)
            assert wrong_in({name: one for name, one in found.items() if isinstance(one, str)}, set()) == []


def test_no_two_pages_have_one_name() -> None:
    names = list(site(HARD))
    assert len({name.casefold() for name in names}) == len(names) == 3 + 7
    assert {name for name in names if "more" in name} == {
        "docs/more/adr/0001-MySQL.html",
        "docs/more/adr/0001-mysql.md.html",
    }


def test_names_are_such_that_everyone_serves_them() -> None:
    names = site("-- _docs/adr/0001-решение №1.md --\n# 1. A\n\n## Status\n\nAccepted\n")
    assert "docs/adr/0001-решение №1.html" in names
    assert "docs/adr/0001-%D1%80%D0%B5%D1%88%D0%B5%D0%BD%D0%B8%D0%B5%20%E2%84%961.html" in Whole(names["index.html"]).all(
        "href"
    )


def test_names_leave_room_for_their_ending() -> None:
    long = "0001-" + "я" * 123  # with .md as long as a name may be
    (name,) = (one for one in site(f"-- docs/adr/{long}.md --\n# 1. A\n\n## Status\n\nAccepted\n") if "/" in one)
    assert len(name.rpartition("/")[2].encode()) <= 255


@pytest.mark.parametrize("source", [LOG, HARD], ids=["usual", "hard"])
def test_pages_run_their_own_script_alone_and_fetch_nothing(source: str) -> None:
    for name, text in everything(source).items():
        page = Whole(text)
        (policy,) = (own["content"] or "" for _, own, _ in page.found if own.get("http-equiv") == "Content-Security-Policy")
        said = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        assert (said["default-src"], said["base-uri"], said["form-action"]) == ("'none'", "'none'", "'none'")
        for tag, directive in (("script", "script-src"), ("style", "style-src")):
            texts = ["".join(content) for found, own, content in page.found if found == tag and "type" not in own]
            hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
            assert [given.strip("'").removeprefix("sha256-") for given in said.get(directive, "").split()] == hashes, name
        assert not {"style", "srcset", "action", "formaction", "ping"} & {key for _, own, _ in page.found for key in own}
        assert not [key for _, own, _ in page.found for key in own if key.startswith("on")]
        assert not [
            tag for tag, _, _ in page.found if tag in ("link", "iframe", "object", "embed", "base", "image", "use", "video")
        ]
    for text in (PARTS.style, PARTS.script):
        assert not re.search(r"@import|url\(|fetch\(|https?:", text)


@pytest.mark.parametrize("title", HOSTILE)
def test_nobodys_words_become_markup(title: str) -> None:
    clean, bad = everything(LOG, "Title"), everything(LOG.replace("Keep orders in MySQL", title.replace("\n", " ")), title)
    for (name, page), other in zip(clean.items(), bad.values(), strict=True):
        tags = [
            [tag for tag, _, _ in Whole(text).found if tag != "text"] for text in (page, other)
        ]  # a longer title has more lines
        assert tags[0] == tags[1], name


def test_the_same_records_give_the_same_pages() -> None:
    assert everything(HARD) == everything(HARD)


def test_line_ends_make_no_difference() -> None:
    for text in (LOG, HARD.replace("0001-MySQL.adoc --\n= 1", "0001-MySQL.md --\n# 1")):
        workspaces = [fixture(text, newline=newline).workspace for newline in ("\n", "\r\n")]
        one, other = (pages.folder(Book(found, tuple(found.records), "Decisions"), PARTS) for found in workspaces)
        assert one == other


def test_a_decision_that_was_replaced_says_by_what_and_what_holds_now() -> None:
    found = site(LOG)
    first, last = found["docs/adr/0001-mysql.html"], found["docs/adr/0003-cockroach.html"]
    assert seen(between(first, '<p class="fate">', "</p>")) == (
        "Replaced by ADR-0002: Move to PostgreSQL . What holds now: ADR-0003: Move to CockroachDB ."
    )
    assert seen(between(last, '<p class="fate">', "</p>")) == ""
    for text in (first, last):
        assert [seen(step) for step in re.findall(r"<li [^\n]*", between(text, '<ol class="lineage">', "</ol>"))] == [
            "2022-03-04 ADR-0001: Keep orders in MySQL superseded",
            "2023-05-06 ADR-0002: Move to PostgreSQL superseded",
            "2024-07-08 ADR-0003: Move to CockroachDB accepted",
        ]


def test_what_is_only_proposed_holds_nothing_yet() -> None:
    decided = LOG.replace("date: 2024-07-08\nsupersedes: ADR-0002", "supersedes: ADR-0002").replace(
        "status: accepted\nsupersedes: ADR-0002", "status: proposed\nsupersedes: ADR-0002"
    )
    rows = [seen(row) for row in re.findall(r'<li class="row[^\n]*', site(decided)["index.html"])]
    assert rows[:2] == [
        "ADR-0001 Keep orders in MySQL Now: ADR-0002: Move to PostgreSQL data orders superseded 2022-03-04",
        "ADR-0002 Move to PostgreSQL data accepted 2023-05-06",
    ]
    given_up = decided.replace("date: 2023-05-06", "date: 2023-05-06\nsuperseded-by: ADR-0003").replace(
        "status: accepted\ndate: 2023-05-06", "status: superseded\ndate: 2023-05-06"
    )
    second = site(given_up)["docs/adr/0002-postgres.html"]
    assert seen(between(second, '<p class="fate">', "</p>")) == "Replaced by ADR-0003: Move to CockroachDB (proposed)."
    rows = [seen(row) for row in re.findall(r'<li class="row[^\n]*', site(given_up)["index.html"])]
    assert "Replaced by ADR-0003: Move to CockroachDB (proposed)" in rows[1]


def test_a_record_is_shown_with_what_refers_to_it() -> None:
    beside = between(site(LOG)["docs/adr/0003-cockroach.html"], '<aside class="beside"', "</aside>")
    assert [seen(piece) for piece in beside.split("<h2>")[2:]] == [
        "Referred to by ADR-0004: Cache orders",
        "Mentioned in docs/guide.md",
    ]


def test_the_list_says_what_has_become_of_each() -> None:
    index = site(LOG)["index.html"]
    assert [seen(row) for row in re.findall(r'<li class="row[^\n]*', index)] == [
        "ADR-0001 Keep orders in MySQL Now: ADR-0003: Move to CockroachDB data orders superseded 2022-03-04",
        "ADR-0002 Move to PostgreSQL Now: ADR-0003: Move to CockroachDB data superseded 2023-05-06",
        "ADR-0003 Move to CockroachDB accepted 2024-07-08",
        "ADR-0004 Cache orders proposed",
    ]
    assert [re.search("row holds", row) is not None for row in re.findall(r'<li class="row[^\n]*', index)] == [
        False,
        False,
        True,
        False,
    ]


def test_the_timeline_tells_the_latest_first_and_what_each_did() -> None:
    timeline = site(LOG)["timeline.html"]
    assert [seen(year) for year in re.findall(r"<h2>.*?</section>", timeline, re.DOTALL)] == [
        "2024 2024-07-08 ADR-0003: Move to CockroachDB accepted supersedes ADR-0002: Move to PostgreSQL",
        "2023 2023-05-06 ADR-0002: Move to PostgreSQL superseded supersedes ADR-0001: Keep orders in MySQL",
        "2022 2022-03-04 ADR-0001: Keep orders in MySQL superseded",
        "No date ADR-0004: Cache orders proposed",
    ]


def test_statuses_count_together_however_they_are_spelled() -> None:
    index = site(LOG.replace("status: proposed", "status: Accepted"))["index.html"]
    assert seen(between(index, '<ul class="counts">', "</ul>")) == "2 superseded 2 accepted"
    assert "Accepted" in index


def test_what_the_script_searches_are_the_words_of_each_record() -> None:
    page = Whole(site(LOG)["index.html"])
    found = json.loads(page.text("script", id="page:words"))
    assert found["words"]["elephants"] == "0"
    assert found["words"]["adr"] == "0 1 1 1"
    assert found["rows"][0] == {
        "id": "ADR-0001",
        "status": ["superseded"],
        "log": ["docs/adr"],
        "tag": ["data", "orders"],
        "person": ["Anna"],
        "year": ["2022"],
    }


def test_words_are_found_whatever_their_accents() -> None:
    assert words(["Caché, ÄRGER x", "", "ärger решение"]) == {"arger": "0 2", "cache": "0", "решение": "2"}
    assert folded("Ｆｕｌｌ Łódź Straße") == "full łodz straße"


def test_pictures_come_along_in_a_folder_and_in_one_file() -> None:
    assert pages.folder(book_of(LOG), PARTS)["files/docs/adr/flow.png"] == b"png"
    assert f"data:image/png;base64,{base64.b64encode(b'png').decode()}" in everything(LOG)["../one.html"]
