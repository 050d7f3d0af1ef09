"""What a record in AsciiDoc says of itself, wherever its team writes that."""

from __future__ import annotations

import inspect

import pytest

from adr_ls.record.record import record_of

SAYS = {
    "attributes": (
        """
        = ADR-007: Moor the ferries by hand
        :status: accepted
        :revdate: 2024-02-03
        :toc: left

        == Context
        """,
        "7 | Moor the ferries by hand | accepted | 2024-02-03",
    ),
    "attributes above the title": (
        """
        :status: proposed
        :date: 2024-02-03

        [[adr-7]]
        = 7. Moor by hand
        """,
        "7 | Moor by hand | proposed | 2024-02-03",
    ),
    "an author and a revision": (
        """
        = Moor by hand
        Jo Doe <jo@harbour.example>
        v2.1, 2024-02-03: after the storm
        :status: accepted
        """,
        "7 | Moor by hand | accepted | 2024-02-03",
    ),
    "a section": ("= 7. Moor by hand\n\nDate: 2024-02-03\n\n== Status\n\nAccepted\n\n== Context\n\nWind.", "7 | Moor by hand | accepted | 2024-02-03"),
    "strong keys": ("= ADR 7: Moor by hand\n\n*Status*: Accepted +\n*Date*: 2024-02-03 +\n*Deciders*: Jo\n", "7 | Moor by hand | accepted | 2024-02-03"),
    "items": ("= Moor by hand\n\n* Status: _rejected_\n* Date: 2024-02-03 by @jo\n", "7 | Moor by hand | rejected | 2024-02-03"),
    "a description list": ("= ADR-007: Moor by hand\n\nStatus:: proposed\nDate:: 2024-02-03\nGroup:: ropes\n", "7 | Moor by hand | proposed | 2024-02-03"),
    "a description list with values below": ("= ADR-007: Moor by hand\n\nStatus::\n  proposed\nDate::\n  2024-02-03\n", "7 | Moor by hand | proposed | 2024-02-03"),
    "a description list with values below blank lines": ("= ADR-007: Moor by hand\n\nStatus::\n\nProposed\n\nDate::\n\n2024-02-03\n\nContext::\n\nWind.\n", "7 | Moor by hand | proposed | 2024-02-03"),
    "a description list whose term has no value": ("= ADR-007: Moor by hand\n\nStatus::\n\n== Context\n\nAccepted.\n", "7 | Moor by hand | None | None"),
    "a table": ('= 7. Moor by hand\n\n[cols="1,4"]\n|===\n|*Status* |Accepted\n|Date |2024-02-03\n|===\n', "7 | Moor by hand | accepted | 2024-02-03"),
    "a table with each cell on a line": (
        '= 7. Moor by hand\n\n[cols="h,4"]\n|===\n|Status\n|Deprecated\n\n|Date\n|2024-02-03\n|===\n',
        "7 | Moor by hand | deprecated | 2024-02-03",
    ),
    "front matter": ("---\nstatus: accepted\ndate: 2024-02-03\n---\n= Moor by hand\n", "7 | Moor by hand | accepted | 2024-02-03"),
    "a title with a line below": ("Moor by hand\n============\n\nStatus\n------\n\nAccepted, 2024-02-03\n", "7 | Moor by hand | accepted | 2024-02-03"),
    "German": ("= ADR-007: Von Hand festmachen\n\n== Status\n\nAngenommen\n\n*Datum:* 03.02.2024\n", "7 | Von Hand festmachen | accepted | 2024-02-03"),
    "Russian": ("= Швартовать вручную\n:статус: принято\n", "7 | Швартовать вручную | accepted | None"),
    "what a site generator sets says nothing": ("= Moor by hand\n:jbake-status: published\n\n== Status\n\nProposed\n", "7 | Moor by hand | proposed | None"),
    "what is a comment says nothing": ("= Moor by hand\n// Status: accepted\n////\n== Status\n\nAccepted\n////\n", "7 | Moor by hand | None | None"),
    "what is code says nothing": ("= Moor by hand\n\n----\nStatus: accepted\n----\n", "7 | Moor by hand | None | None"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAYS.values(), ids=SAYS)
def test_what_is_said(text: str, said: str) -> None:
    record = record_of("/w/docs/adr/0007-moor-by-hand.adoc", inspect.cleandoc(text) + "\n")
    status = record.status.canonical if record.status else None
    assert f"{record.number} | {record.title} | {status} | {record.date.iso if record.date else None}" == said


REFERENCES = {
    "in prose": ("See ADR-003 and ADR 4.", ["ADR-003", "ADR 4"]),
    "to a file": ("See xref:0003-x.adoc[ADR-003] and link:0004-y.adoc#why[it].", ["xref:0003-x.adoc[ADR-003]", "link:0004-y.adoc#why[it]"]),
    "to Markdown": ("See xref:0003-x.md[ADR-003].", ["xref:0003-x.md[ADR-003]"]),
    "in short": ("See <<0003-x.adoc#,three>> and <<0004-y.adoc#>>.", ["<<0003-x.adoc#,three>>", "<<0004-y.adoc#>>"]),
    "within one document": ("See <<adr-003>> and <<why,why>>.", ["adr-003"]),
    "no anchor is one": ("[[adr-003]]Words.", []),
    "none in code": ("`ADR-003`\n\n----\nADR-004\n----\n", []),
    "in a table": ("|===\n|a |xref:0003-x.adoc[ADR-003] |b\n|===", ["xref:0003-x.adoc[ADR-003]"]),
    "in an attribute": (":supersedes: ADR-003", ["ADR-003"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "named"), REFERENCES.values(), ids=REFERENCES)
def test_references_stand_where_they_are_written(text: str, named: list[str]) -> None:
    written = f"= 7. Moor by hand\n\n{text}\n"
    record = record_of("/w/docs/adr/0007-moor-by-hand.adoc", written)
    assert [mention.span.of(written) for mention in record.mentions] == named
    assert all(one.name.of(written) == one.path for one in record.mentions if one.link is not None)


def test_a_text_that_goes_on_is_read_anew() -> None:
    record = record_of("/w/docs/adr/0007-a.adoc", "= 7. A\n\n== Status\n\nProposed\n").after(
        "= 7. \U0001f6a2 A\n\n== Status\n\nAccepted\n"
    )
    assert record.status is not None
    assert (record.title, record.status.text, record.lines.position(record.status.span.start, "utf-16")) == (
        "\U0001f6a2 A",
        "Accepted",
        (4, 0),
    )
