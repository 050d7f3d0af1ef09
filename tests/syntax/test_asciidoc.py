"""AsciiDoc as Markdown: what it says, and that every character stays where it stands."""

from __future__ import annotations

import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_ls.syntax.asciidoc import anchors, as_markdown

KINDS = {
    "a title and headings": ("= ADR-001: Kafka\n\n== Status\n\n=== More", "# ADR-001: Kafka\n\n## Status\n\n### More"),
    "a title with a line below": (
        "Use Kafka\n=========\n\nStatus\n------\n\nMore\n~~~~",
        "Use Kafka\n=========\n\nStatus\n------\n\nMore\n----",
    ),
    "an attribute": (":status: accepted\n:toc:\n:!sectnums:", " status: accepted\n toc:"),
    "the date of the revision": (":revdate: 2024-02-03", " date   : 2024-02-03"),
    "a line of the revision": ("= A\nJo Doe <jo@x.org>\nv1.2, 2024-02-03: new", "# A\nJo Doe <jo@x.org>\n      2024-02-03"),
    "such a line elsewhere": ("= A\n\nJo Doe\nv1.2, 2024-02-03: new", "# A\n\nJo Doe\nv1.2, 2024-02-03: new"),
    "a strong key": ("*Status*: accepted +\n*Date:* 2024-02-03", " Status : accepted\n Date:  2024-02-03"),
    "a very strong key": ("**Status**: accepted", "  Status  : accepted"),
    "a strong key of an item": ("* *Status:* accepted\n- *Date*: 2024-02-03", "*  Status:  accepted\n-  Date : 2024-02-03"),
    "strong words": ("*No* key.", "*No* key."),
    "a term": ("Status:: accepted\n*Date*:: 2024-02-03", "Status:  accepted\n Date:   2024-02-03"),
    "a term above its value": ("Status::\n  accepted\nDate::\n\n== x", "Status:    accepted\nDate:\n\n## x"),
    "a term above its value, with a blank line between": ("Status::\n\naccepted\n\nx", "Status:   accepted\n\nx"),
    "a table of keys": (
        '[cols="1,2"]\n|===\n|Status |accepted\nh|*Date:* a|2024-02-03\n|===',
        "\n\n Status :accepted\n   Date    :2024-02-03",
    ),
    "a table with each cell on a line": ("[cols=2*]\n|===\n|Status\n|accepted\n|===", "\n\n Status :accepted"),
    "a table of links": ("|===\n|link:a.adoc[A] |first\n|===", "\n [A](a.adoc   ) :first"),
    "a table of three columns": ("|===\n|a |b |c\n\n|1 |2 |3\n|===", "\n|a |b |c\n\n|1 |2 |3"),
    "cross references": (
        "xref:0003-a.adoc[ADR-003: A] and <<0004-b.adoc#why,the fourth>>",
        "[ADR-003: A](0003-a.adoc   ) and [the fourth](0004-b.adoc#why )",
    ),
    "cross references without words": ("xref:0003-a.adoc[], <<0004-b.adoc#>>", "[](0003-a.adoc   ), [](0004-b.adoc#)"),
    "cross references within a document": (
        "<<adr-003>>, <<adr-004,ADR 4>>, <<_why,why>>",
        "  adr-003  ,   adr-004 ADR 4  ,   why",
    ),
    "links": ("link:a.html[A^], https://x.org[site]", "[A^](a.html   ), <https://x.org>site"),
    "a page of an Antora site": ("xref:shop:ROOT:page$adr/0003-a.adoc[A]", "[A](adr/0003-a.adoc" + " " * 18 + ")"),
    "an icon": ("Status: icon:check[] Accepted", "Status:              Accepted"),
    "anchors": ("[[why]]\n== [[because]]Why\n\nWords [.small]#in small#", "\n##            Why\n\nWords          in small#"),
    "lists": (". one\n.. two\n* a\n** b", "- one\n - two\n* a\n * b"),
    "code": ("[source,java]\n----\n== no\n----\n\n....\nno\n....", "\n~~~~\n== no\n~~~~\n\n~~~~\nno\n~~~~"),
    "code that does not end": ("----\n== no\n", "~~~~\n== no\n"),
    "comments": ("// one\n////\n== no\n////\n== yes", "\n\n\n\n## yes"),
    "blocks around text": ("====\nIn it.\n====\n\n****\nAside.\n****\n\n--\nOpen.\n--", "\nIn it.\n\n\n\nAside.\n\n\n\nOpen."),
    "macros and directives": ("include::a.adoc[]\nifdef::x[]\nimage::a.png[A]", ""),
    "front matter": ("---\nstatus: accepted\n---\n= A", "---\nstatus: accepted\n---\n# A"),
    "a rule and a page's end": ("'''\n\n<<<", "***"),
    "other line ends": ("= A\r\n\r\n== B\r:status: x", "# A\r\n\r\n## B\r status: x"),
}


def bare(text: str) -> str:
    """The text without the blanks at the ends of its lines, and without empty lines at its end."""
    return re.sub(r"[ \t]+(?=\r|\n|\Z)", "", text).rstrip("\r\n")


@pytest.mark.parametrize(("written", "said"), KINDS.values(), ids=KINDS)
def test_what_is_read_as_what(written: str, said: str) -> None:
    assert bare(as_markdown(written)) == bare(said)


MARKS = st.sampled_from(
    [
        "=",
        "==",
        ":a:",
        "*",
        "**",
        ".",
        "..",
        "::",
        ";;",
        "|===",
        ",===",
        "|",
        "a|",
        "2+|",
        "----",
        "....",
        "////",
        "====",
        "++++",
        "--",
        "'''",
        "<<a.adoc#,b>>",
        "<<",
        ">>",
        "xref:a.adoc[",
        "link:",
        "[",
        "]",
        "[[",
        "]]",
        "#",
        "+",
        "\\\n",
        "",
        "",
        "",
        "```",
        "~~~~",
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "v1,",
        "2024",
        "accepted",
        "Status",
        "é",
        "😀",
        "https://a[",
    ]
)


@given(st.lists(MARKS | st.characters(), max_size=60).map(" ".join) | st.lists(MARKS, max_size=60).map("".join))
def test_every_character_stays_where_it_stands(text: str) -> None:
    read = as_markdown(text)
    assert len(read) == len(text)
    starts = {match.end() for match in re.finditer(r"\r\n?|\n", text)}
    assert {match.end() for match in re.finditer(r"\r\n?|\n", read)} <= starts, (
        "a line may be joined to the next, and is never divided"
    )
    lines, before = re.split(r"\r\n?|\n", read), re.split(r"\r\n?|\n", text)
    for here, there in zip(lines, before, strict=True) if len(lines) == len(before) else ():
        if not re.search(r"\[|<<|revdate", there):
            assert all(one == other for one, other in zip(here, there, strict=True) if one.isalnum()), (
                "only links are turned round"
            )


def test_anchors_that_are_set() -> None:
    text = inspect.cleandoc("""
        [[top]]
        == A

        [#why.role]
        == B [[[ref,1]]]
    """)
    assert anchors(text) == {"top", "why", "ref"}
