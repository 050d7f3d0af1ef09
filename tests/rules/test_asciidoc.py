"""What is reported of records in AsciiDoc: of each text what is marked in it, by the rule that its name begins with, and nothing else."""

from __future__ import annotations

import posixpath

import pytest

from adr_ls import rules
from adr_ls.ide import actions
from adr_ls.rules import RULES, suppression
from adr_ls.syntax.text import Span
from tests.fixture import ROOT, fixture

BODY = "== Context\n\nThe wind.\n\n== Decision\n\nBy hand.\n\n== Consequences\n\nSore hands.\n"


def record(number: int, title: str, head: str = "Status: Accepted", body: str = BODY, folder: str = "docs/adr") -> str:
    return f"-- {folder}/{number:04}-{title.casefold().replace(' ', '-')}.adoc --\n= {number}. {title}\n\n{head}\n\n{body}\n"


OTHERS = "".join(record(number, f"Boat {number}", f"Status: Accepted +\nDate: 2025-01-0{number}") for number in range(1, 7))
"""Six records, all of which have a status, a date and the usual sections."""
HEAD = "Status: Accepted +\nDate: 2025-02-03"
PAGES = "docs/modules/ROOT/pages"
SITE = "".join(record(number, f"Boat {number}", HEAD, folder=f"{PAGES}/adr") for number in range(1, 5))
"""Four records among the pages of an Antora site."""


def seventh(head: str = HEAD, body: str = BODY) -> str:
    return OTHERS + record(7, "Moor", head, body)


REPORTED = {
    "nothing": seventh(),
    "duplicate-number: two of one": OTHERS + "-- docs/adr/0007-a.adoc --\n= ⟦7⟧. A\n\n" + HEAD + "\n\n" + BODY
    + "-- docs/adr/0007-b.adoc --\n= ⟦7⟧. B\n\n" + HEAD + "\n\n" + BODY,
    "number-mismatch: a copy": OTHERS + f"-- docs/adr/0007-moor.adoc --\n= ⟦6⟧. Moor\n\n{HEAD}\n\n{BODY}",
    "status-missing: none": OTHERS + f"-- docs/adr/0007-moor.adoc --\n⟦= 7. Moor⟧\n\nDate: 2025-02-03\n\n{BODY}",
    "status-missing: it is included": seventh("include::0007-head.adoc[]\n\nDate: 2025-02-03"),
    "status-missing: it is an attribute": OTHERS + f"-- docs/adr/0007-moor.adoc --\n= 7. Moor\n:status: accepted\n:revdate: 2025-02-03\n\n{BODY}",
    "status-unknown: a slip": seventh("Status: ⟦Acepted⟧ +\nDate: 2025-02-03"),
    "status-unknown: a slip in an attribute": OTHERS
    + f"-- docs/adr/0007-moor.adoc --\n= 7. Moor\n:status: ⟦acepted⟧\n:revdate: 2025-02-03\n\n{BODY}",
    "status-unknown: a slip in a section": record(1, "A", "", "== Status\n\n⟦Acepted⟧\n\n" + BODY),
    "status-unknown: an attribute that is set elsewhere": seventh("Status: {adr-status} +\nDate: 2025-02-03"),
    "status-choices-left: a template's": seventh("Status: ⟦Proposed | Accepted | Superseded⟧ +\nDate: 2025-02-03"),
    "status-conflict: an attribute and a line": OTHERS
    + f"-- docs/adr/0007-moor.adoc --\n= 7. Moor\n:status: draft\n\n* Status: ⟦Accepted⟧\n* Date: 2025-02-03\n\n{BODY}",
    "status-conflict: each in its own case": seventh(
        "ifdef::open[]\nStatus: Proposed\nendif::[]\nifndef::open[]\nStatus: Accepted\nendif::[]\n\nDate: 2025-02-03"
    ),
    "status-conflict: one in a comment": seventh("//Status: Proposed\n" + HEAD),
    "date-missing: none": OTHERS + f"-- docs/adr/0007-moor.adoc --\n⟦= 7. Moor⟧\n\nStatus: Accepted\n\n{BODY}",
    "date-missing: it is included": seventh("Status: Accepted\n\ninclude::0007-head.adoc[]"),
    "date-missing: an attribute that the build sets": seventh("Status: Accepted +\nDate: {docdate}"),
    "date-impossible: no such day": seventh("Status: Accepted +\nDate: ⟦2025-02-30⟧"),
    "date-impossible: of the revision": OTHERS
    + f"-- docs/adr/0007-moor.adoc --\n= 7. Moor\nAnn Other <ann@example.org>\nv1.0, ⟦2025-02-30⟧\n\nStatus: Accepted\n\n{BODY}",
    "date-future: long to go": seventh("Status: Accepted +\nDate: ⟦2099-02-03⟧"),
    "date-format: half of one": seventh("Status: Accepted +\nDate: ⟦2025-XX-XX⟧"),
    "section-missing: one that all others have": OTHERS
    + f"-- docs/adr/0007-moor.adoc --\n⟦= 7. Moor⟧\n\n{HEAD}\n\n{BODY.replace('== Decision', '')}",
    "section-missing: it is included": seventh(body=BODY.replace("== Decision\n\nBy hand.", "include::0007-decision.adoc[]")),
    "section-missing: those in Markdown teach another custom": "".join(
        f"-- docs/adr/000{number}-m{number}.md --\n# {number}. M{number}\n\nStatus: Accepted\n\n## Why\n\nSo.\n\n## Decision\n\nYes.\n\n"
        for number in range(1, 6)
    )
    + record(7, "Moor"),
    "section-missing: its heading is an attribute": seventh(body=BODY.replace("== Decision", "== {decision}")),
    "section-empty: a table of contents below it": seventh(body=BODY + "\n== Contents\n\ntoc::[]\n"),
    "section-empty: nothing below it": seventh(body=BODY.replace("== Decision\n\nBy hand.", "⟦== Decision⟧")),
    "section-empty: a comment below it": seventh(body=BODY.replace("By hand.", "// to come").replace("== Decision", "⟦== Decision⟧")),
    "section-empty: a picture below it": seventh(body=BODY.replace("By hand.", "image::hand.png[By hand]")),
    "section-empty: a file below it": seventh(body=BODY.replace("By hand.", "include::hand.adoc[]")),
    "section-empty: a diagram below it": seventh(body=BODY.replace("By hand.", "[plantuml]\n----\na -> b\n----")),
    "section-empty: a table below it": seventh(body=BODY.replace("By hand.", "|===\n|a |b |c\n\n|1 |2 |3\n|===")),
    "section-empty: sections below it": seventh(body=BODY.replace("By hand.", "=== How\n\nBy hand.")),
    "placeholder-left: a date": seventh("Status: Accepted +\nDate: ⟦YYYY-MM-DD⟧"),
    "placeholder-left: of a template in common use": seventh(
        body=BODY.replace("By hand.", "* Good, because it is cheap\n* ⟦Good, because [argument b]⟧")
    ),
    "todo-left: a word": seventh(body=BODY.replace("By hand.", "By hand. ⟦TODO⟧: say how.")),
    "todo-left: in a comment or a listing": seventh(body=BODY.replace("By hand.", "By hand.\n\n// TODO say how\n\n----\nTODO\n----")),
    "conflict-marker: a merge": seventh(body=BODY.replace("By hand.", "⟦<<<<<<< HEAD⟧\nBy hand.\n=======\nBy foot.\n>>>>>>> main")),
    "conflict-marker: an example and a new page": seventh(body=BODY.replace("By hand.", "<<<\n\n=======\nBy hand.\n=======")),
    "madr-chosen-not-listed: another": record(
        1,
        "Moor",
        body='== Considered Options\n\n* Pull it by hand\n* Pull it by winch\n\n== Decision Outcome\n\nChosen option: "⟦Pull it only by winch⟧", because it floats.\n'
    ),
    "link-broken: a reference": seventh(body=BODY + "\nSee xref:⟦0002-boats-2.adoc⟧[the boats] and xref:0002-boat-2.adoc[].\n"),
    "link-broken: a link": seventh(body=BODY + "\nSee link:⟦0012-boat.adoc⟧[it].\n"),
    "link-broken: a short one": seventh(body=BODY + "\nSee <<⟦0012-boat.adoc⟧#,it>>.\n"),
    "link-broken: in a comment or a listing": seventh(body=BODY + "\n// xref:0012-boat.adoc[it]\n\n----\nxref:0012-boat.adoc[it]\n----\n"),
    "link-broken: by an attribute": seventh(body=BODY + "\nSee xref:{adr}/0012-boat.adoc[it] and link:{adr}0002-boats.adoc[it].\n"),
    "link-broken: from the document that includes it": seventh(body=BODY + "\nSee xref:adr/0002-boat-2.adoc[it].\n"),
    "link-broken: a place in itself": seventh(body="[[why]]\n" + BODY + "\nSee <<why>>, <<_context>>, <<Decision>> and xref:why[].\n"),
    "link-broken: by the rules of a site": SITE
    + f"-- {PAGES}/adr/0005-moor.adoc --\n= 5. Moor\n:page-aliases: old/0009-moor.adoc\n\n{HEAD}\n\n{BODY}\n"
    "See xref:adr/0001-boat-1.adoc[a], xref:./0001-boat-1.adoc[b], xref:ROOT:adr/0001-boat-1.adoc[c], xref:page$adr/0002-boat-2.adoc[d],"
    " xref:tools:adr/0012-x.adoc[e], xref:2.0@shop:ROOT:adr/0013-x.adoc[f], xref:old/0009-moor.adoc#_context[g] and"
    " xref:⟦adr/0010-fleet.adoc⟧[h].\n",
    "link-lost: a guide that has moved": OTHERS
    + record(7, "Moor", HEAD, BODY + "\nSee xref:⟦../guides/knots-and-bends.adoc⟧[it].\n")
    + "-- docs/adr/guides/knots-and-bends.adoc --\n= Knots\n\nSee ADR-0001.\n",
    "link-lost: pages of a site may have former names": SITE
    + record(5, "Moor", HEAD, BODY + "\nSee xref:guides/knots-and-bends.adoc[it].\n", f"{PAGES}/adr"),
    "link-file: a name in another case": seventh(body=BODY + "\nSee link:⟦images/topics.png⟧[it] and link:images/Knots.png[that].\n")
    + "-- docs/adr/images/Topics.png --\n-- docs/adr/images/Knots.png --\n",
    "link-file: a site keeps them elsewhere": SITE
    + record(5, "Moor", HEAD, BODY + "\nSee link:images/topics.png[it], xref:attachment$topics.pdf[a].\n", f"{PAGES}/adr")
    + f"-- {PAGES}/adr/images/Topics.png --\n",
    "reference-unknown: a number": seventh(body=BODY + "\nAs ⟦ADR-0012⟧ says, and ADR-0002.\n"),
    "reference-unknown: in a comment, code or another's": seventh(
        body=BODY + "\n// ADR-0012\n\nAs `ADR-0013` says; upstream ADR-0014, too.\n\n----\nADR-0012\n----\n"
    ),
    "link-number-mismatch: a slip": seventh(body=BODY + "\nSee ⟦xref:0002-boat-2.adoc[ADR-0003]⟧ and xref:0002-boat-2.adoc[ADR-0002].\n"),
    "supersede-no-target: by none": seventh("Status: ⟦Superseded⟧ +\nDate: 2025-02-03"),
    "supersede-no-target: by one": seventh("Status: Superseded by xref:0006-boat-6.adoc[ADR-0006] +\nDate: 2025-02-03")
    .replace("Date: 2025-01-06", "Date: 2025-03-01 +\nSupersedes: ADR-0007"),
    "supersede-status: it says nothing of it": OTHERS.replace("= 6. Boat 6\n\nStatus: Accepted", "= 6. Boat 6\n\nStatus: ⟦Accepted⟧")
    + record(7, "Moor", HEAD + " +\nSupersedes: xref:0006-boat-6.adoc[ADR-0006]"),
    "supersede-one-way: the other does not say so": seventh("Status: Superseded by xref:⟦⟧[] +\nDate: 2025-02-03").replace(
        "xref:⟦⟧[]", "⟦ADR-0006⟧"
    ).replace("Date: 2025-01-06", "Date: 2025-03-01"),
    "mark-unclosed: marks of another kind": seventh(body=BODY + "\nThe #key# of **b**old `a* and `+``+`; C:: D\n\n[source]\n----\n```\n----\n"),
    "table-broken: a table of its own": seventh(body=BODY + "\n|===\n|a |b\n|---|\n|===\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), REPORTED.items(), ids=REPORTED)
def test_what_is_reported(name: str, text: str) -> None:
    given = fixture(text)
    found = given.problems()
    assert given.marked(found) == text
    assert {one.rule.name for one in found} <= {name.partition(":")[0]}


def test_no_file_in_asciidoc_is_changed() -> None:
    for name, text in REPORTED.items():
        for problem in fixture(text).problems():
            paths = {edit.path for fix in problem.fixes for edit in fix.edits}
            assert not any(path.endswith(".adoc") for path in paths), name


def test_what_mends_a_file_in_markdown_is_offered() -> None:
    given = fixture(
        "-- docs/adr/0001-row.md --\n# 1. Row\n\nStatus: Superseded by [ADR-0002](0002-sail.adoc)\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
        "-- docs/adr/0002-sail.adoc --\n= 2. Sail\n\nStatus: Accepted\n\n== Context\n\nC.\n\n== Decision\n\nD.\n\nSee xref:0001-rows.md[rows].\n"
        "-- docs/adr/0003-fly.md --\n# 3. Fly\n\nStatus: Accepted\n\nSupersedes: ADR-0002\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
    )
    offered = {f"{posixpath.basename(one.path)}: {one.rule.name}": [fix.title for fix in one.fixes] for one in given.problems()}
    assert offered == {
        "0001-row.md: supersede-one-way": [],  # as the other side is in AsciiDoc
        "0002-sail.adoc: supersede-status": [],
        "0002-sail.adoc: link-broken": [],
    }


COMMENTS = {
    "// adr-ls-disable-next-line status-unknown": [],
    "//adr-ls-disable-next-line status-unknown -- it is ours": [],
    "// adr-ls-disable-file": [],
    "// adr-ls-disable-next-line date-impossible": ["suppression-unused", "status-unknown"],
    "// adr-ls-disable-next-line status-unknwn": ["suppression-unknown", "status-unknown"],
    "----\n// adr-ls-disable-file\n----": ["status-unknown"],
    "<!-- adr-ls-disable-next-line status-unknown -->": ["status-unknown"],
}


@pytest.mark.parametrize(("comment", "expected"), COMMENTS.items(), ids=COMMENTS)
def test_comments_silence(comment: str, expected: list[str]) -> None:
    given = fixture(f"-- docs/adr/0001-a.adoc --\n= 1. A\n\n{comment}\nStatus: Acepted\n\n{BODY}")
    assert [one.rule.name for one in given.problems()] == expected


def test_nothing_is_offered_at_a_problem() -> None:
    given = fixture(seventh("Status: Acepted +\nDate: 2025-02-03"))
    path = f"{ROOT}/docs/adr/0007-moor.adoc"
    (problem,) = given.problems()
    whole = Span(0, len(given.texts[path]))
    assert suppression.silence(problem, given.file(path)) is None
    assert [
        one.title for one in actions.actions(given.workspace, path, whole) if one.change is not None and one.change.edits
    ] == []


PAGES_BESIDE = {
    "an index": "docs/adr/README.adoc --\n= Records\n\n* xref:0001-boat-1.adoc[Boat 1]\n* xref:⟦0012-boat.adoc⟧[Boat]\n",
    "a guide": "docs/guide.adoc --\n= Guide\n\nAs xref:adr/0001-boat-1.adoc[] and ⟦ADR-0012⟧ say.\n",
    "a chapter": "docs/arc42/09-decisions.adoc --\n= Decisions\n\ninclude::../adr/0001-boat-1.adoc[leveloffset=+1]\n\nSee ADR-0001.\n",
}


@pytest.mark.parametrize("page", PAGES_BESIDE.values(), ids=PAGES_BESIDE)
def test_pages_are_told_of_dead_references_alone(page: str) -> None:
    text = f"{OTHERS}-- {page}"
    given = fixture(text)
    assert given.marked(given.problems()) == text


def test_what_a_site_takes_from_elsewhere_counts_from_its_pages() -> None:
    line = "* xref:adr/0001-boat-1.adoc[] and xref:/adr/0002-boat-2.adoc[]\n"
    text = f"{SITE}-- docs/modules/ROOT/nav.adoc --\n{line}-- docs/modules/ROOT/partials/list.adoc --\n{line}* xref:⟦adr/0012-boat.adoc⟧[]\n"
    given = fixture(text)
    assert given.marked(given.problems()) == text


def test_templates_are_no_records() -> None:
    template = "= N. Title\n\nStatus: {Proposed | Accepted}\n\n== Context\n\n[what led to it]\n"
    given = fixture(f"{OTHERS}-- docs/adr/template.adoc --\n{template}-- docs/adr/0000-template.adoc --\n{template}")
    assert given.problems() == []
    assert not any(rules.is_checked(given.workspace, path) for path in given.texts if "boat" not in path)


def test_a_rule_that_proposes_markdown_is_not_asked() -> None:
    asked = {rule.name for rule in RULES if rule.asciidoc}
    assert not asked & {"fence-unclosed", "mark-unclosed", "table-broken", "blank-missing", "link-malformed", "link-undefined"}
    assert all(rule.about == "record" for rule in RULES if rule.asciidoc)
