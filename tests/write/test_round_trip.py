"""What is written is read back as it was meant, wherever it is written: statuses, titles, numbers and relations in every carrier."""

from __future__ import annotations

import pytest

from adr_ls.ide import records
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import apply
from adr_ls.words import dates
from adr_ls.write import creation, editing, renaming
from tests.fixture import TODAY, Fixture, fixture, whole

OTHER = "-- docs/adr/0002-b.md --\n# 2. B\n\nStatus: Accepted\n"
BODY = "\n## Context\n\nC.\n"


def read(given: Fixture, change: Change) -> Record:
    """The first record after a change."""
    return Record(given.path, change.text(given.path, given.record.text))


# Statuses

CARRIERS = {
    "YAML": "---\nstatus: accepted\ndate: 2024-01-02\n---\n# 1. A\n",
    "YAML in single quotes": "---\nstatus: 'accepted'\ndate: 2024-01-02\n---\n# 1. A\n",
    "YAML in double quotes": '---\nstatus: "accepted"\ndate: 2024-01-02\n---\n# 1. A\n',
    "YAML with a comment": "---\nstatus: accepted # by all\ndate: 2024-01-02\n---\n# 1. A\n",
    "YAML without a value": "---\nstatus:\ndate: 2024-01-02\n---\n# 1. A\n",
    "TOML": '+++\nstatus = "accepted"\ndate = 2024-01-02\n+++\n# 1. A\n',
    "TOML in single quotes": "+++\nstatus = 'accepted'\ndate = 2024-01-02\n+++\n# 1. A\n",
    "bold lines": "# 1. A\n\n**Status**: Accepted\n**Date**: 2024-01-02\n",
    "one bold line": "# 1. A\n\n**Status:** Accepted | **Date:** 2024-01-02\n",
    "plain lines": "# 1. A\n\nStatus: Accepted\nDate: 2024-01-02\n",
    "bullets": "# 1. A\n\n- Status: Accepted\n- Date: 2024-01-02\n",
    "bold bullets": "# 1. A\n\n* **Status:** Accepted\n* **Date:** 2024-01-02\n",
    "rows": "# 1. A\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2024-01-02 |\n",
    "columns": "# 1. A\n\n| Status | Date |\n|---|---|\n| Accepted | 2024-01-02 |\n",
    "a section": "# 1. A\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n",
    "a heading": "# 1. A\n\nDate: 2024-01-02\n\n## Status: Accepted\n",
}
STATUSES = (
    "Proposed", "On hold: we wait", "Accepted (see #12)", "Won't do", 'Said "yes"', "A | B", "[Draft]", "Yes", "no", "007", "1.0",
    "Über prüft", "承認済み", "a\\b", "@x", "%y", "&z", "Rejected, for now", "{curly}", "!bang", "True", "on hold #3", "x: y: z",
    "trailing:",
)  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_status_is_read_back(carrier: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n{CARRIERS[carrier]}{BODY}{OTHER}")
    (log,) = given.workspace.logs
    for status in STATUSES:
        bare = Change.of("", given.path, editing.set_status(given.record, log, status))
        for change in (bare, records.set_status(given.workspace, given.record, status, TODAY)):
            then = read(given, change)
            assert then.status is not None, status
            assert then.status.text == status
            assert (then.title, then.date and then.date.iso) == ("A", "2024-01-02"), status


# Dates

DATES = ("2024-01-02", "2024/01/02", "02.01.2024", "2 January 2024", "January 2, 2024", "2. Januar 2024", "2024年1月2日")


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("written", DATES)
def test_the_date_of_a_new_record_is_read_back_in_the_form_of_the_others(carrier: str, written: str) -> None:
    texts = (CARRIERS[carrier].replace("2024-01-02", written).replace("1. A", f"{at}. X") + BODY for at in (1, 2, 3, 4))
    given = fixture("".join(f"-- docs/adr/000{at}-x.md --\n{text}" for at, text in enumerate(texts, 1)))
    (log,) = given.workspace.logs
    new = creation.create(given.workspace, log, "Y", "2024-05-06").record
    date = dates.read(written)
    assert new.date is not None
    assert date is not None
    assert (new.date.iso, new.date.form) == ("2024-05-06", date.form)
    assert new.status is not None


# Titles

HEADS = {
    "a heading": "# 1. Old title\n\nStatus: Accepted\n",
    "a heading with a prefix": "# ADR-0001: Old title\n\n**Status**: Accepted\n",
    "YAML": "---\ntitle: Old title\nstatus: accepted\n---\n",
    "YAML in double quotes": '---\ntitle: "Old title"\nstatus: accepted\n---\n',
    "YAML in single quotes": "---\ntitle: 'Old title'\nstatus: accepted\n---\n",
    "TOML": '+++\ntitle = "Old title"\nstatus = "accepted"\n+++\n',
}
INDEXES = {
    "labels": "README.md --\n# Index\n\n- [1. Old title](0001-old-title.md)\n- [2. B](0002-b.md)\n",
    "labels with a status": "README.md --\n# Index\n\n- [Old title](0001-old-title.md) - Accepted\n- [B](0002-b.md) - Accepted\n",
    "cells": "README.md --\n| # | Title |\n|---|---|\n| [1](0001-old-title.md) | Old title |\n| [2](0002-b.md) | B |\n",
    "linked cells": "README.md --\n| ADR |\n|---|\n| [Old title](0001-old-title.md) |\n| [B](0002-b.md) |\n",
    "a navigation": "../../mkdocs.yml --\nnav:\n  - Old title: adr/0001-old-title.md\n  - B: adr/0002-b.md\n",
    "a quoted navigation": '../../mkdocs.yml --\nnav:\n  - "Old title": adr/0001-old-title.md\n  - "B": adr/0002-b.md\n',
}
TITLES = (
    "Use Kafka: now", "Use A | B", "[Draft] it", "Öl für Zoë", "使用 Kafka", "C++ & <T>", "2nd try: again", "It's done",
    'Say "yes"', "# hash", "yes", "a\\b", "Use #12", "@x", "{{ x }}", "100%", "~/home", "Why? (again)", "Return Option<T>",
    "Use UTF-8", "no",
)  # fmt: skip


@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("head", HEADS)
def test_a_title_is_read_back(head: str, index: str) -> None:
    listing = f"-- docs/adr/{INDEXES[index]}".replace("docs/adr/../../", "")
    given = fixture(
        f"-- docs/adr/0001-old-title.md --\n{HEADS[head]}{BODY}{OTHER}\nSee [Old title](0001-old-title.md).\n{listing}"
    )
    path = next(iter(given.workspace.indexes))
    for title in TITLES:
        change = renaming.retitled(given.workspace, given.record, title, move=False)
        assert read(given, change).title == title
        then = given.workspace
        for one, text in given.texts.items():
            then = then.with_text(one, change.text(one, text))
        (link,) = whole(then, "/w/docs/adr/0002-b.md").document.links
        assert link.url == "0001-old-title.md"
        entries = then.indexes[path].entries
        assert [entry.path for entry in entries] == [given.path, "/w/docs/adr/0002-b.md"], title


# Numbers

IDS = ("id: 1", 'id: "0001"', "id: '1'", "id: ADR-0001", "id: adr_1", 'title: "1. A"', "title: ADR-1 - A")


@pytest.mark.parametrize("written", IDS)
@pytest.mark.parametrize("number", [7, 12, 345])
def test_a_number_is_read_back(written: str, number: int) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n---\n{written}\nstatus: accepted\n---\n# 1. A\n{BODY}{OTHER}")
    change = renaming.renumbered(given.workspace, given.record, number)
    then = Record(change.landing(given.path), change.text(given.path, given.record.text))
    assert (then.number, then.title) == (number, "A")
    entry = then.front.entries[0] if then.front is not None else None
    assert entry is not None
    assert str(number) in entry.scalars[0].text
    assert entry.scalars[0].style == (given.record.front.entries[0].scalars[0].style if given.record.front else "")


# Relations

LISTS = (
    "supersedes: ADR-9", 'supersedes: "ADR-9"', "supersedes: [ADR-9]", 'supersedes: ["ADR-9", ADR-8]', "supersedes:\n  - ADR-9",
    'supersedes:\n- "ADR-9"', "supersedes: []", "supersedes:", "supersedes: 9", "amends: [ADR-9]", "status: accepted",
)  # fmt: skip


@pytest.mark.parametrize("written", LISTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_relation_is_read_back_beside_those_that_there_are(written: str, newline: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n---\n{written}\n---\n# 1. A\n{BODY}{OTHER}", newline=newline)
    (log,) = given.workspace.logs
    before = {(one.relation, one.mention.number) for one in given.record.relations}
    other = given.file("docs/adr/0002-b.md")
    then = Record(given.path, apply(given.record.text, editing.relate(given.record, "supersedes", other, log)))
    assert {(one.relation, one.mention.number) for one in then.relations} == {*before, ("supersedes", 2)}
    assert then.front is not None
    assert not then.front.faults
