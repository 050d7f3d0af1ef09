from __future__ import annotations

import pytest

from adr_ls.record import status
from adr_ls.record.record import Record
from tests.fixture import ROOT, fixture


def record(source: str, path: str = "docs/adr/0001-example.md") -> Record:
    return Record(f"/w/{path}", source)


@pytest.mark.parametrize(
    ("path", "number", "series", "date", "slug"),
    [
        ("0001-use-mysql.md", 1, "ADR", None, "use-mysql"),
        ("ADR-7.md", 7, "ADR", None, ""),
        ("adr012-x.md", 12, "ADR", None, "x"),
        ("adr-106-grpc-api.md", 106, "ADR", None, "grpc-api"),
        ("API-001-states.md", 1, "API", None, "states"),
        ("ODH-ADR-MS-0001-x.md", 1, "ODH-ADR-MS", None, "x"),
        ("20200924-use-x.md", None, "ADR", "2020-09-24", "use-x"),
        ("2021-06-10_006-x.md", 6, "ADR", "2021-06-10", "x"),
        ("2024-01-02-x/README.md", None, "ADR", "2024-01-02", "x"),
        ("012-x/proposal.md", 12, "ADR", None, "x"),
        ("012-x/rfc.md", 12, "ADR", None, "x"),
        ("2024-01-02-x/proposal.md", None, "ADR", None, "proposal"),
        ("2021-06-10_106-x.md", 106, "ADR", "2021-06-10", "x"),
        ("20211031-006-x.md", 6, "ADR", "2021-10-31", "x"),
        ("20211031-1000-players.md", None, "ADR", "2021-10-31", "1000-players"),
        ("nr.-001-use-x.md", 1, "ADR", None, "use-x"),
        ("no.-12-use-x.md", 12, "ADR", None, "use-x"),
        ("nr-012-use-x.md", 12, "ADR", None, "use-x"),
        ("№-3-use-x.md", 3, "ADR", None, "use-x"),
        ("no-1-goal.md", None, "ADR", None, "no-1-goal"),
        ("id-5-cards.md", None, "ADR", None, "id-5-cards"),
        ("2021_03_04_x.md", None, "ADR", "2021-03-04", "x"),
        ("use-http-2.md", None, "ADR", None, "use-http-2"),
        ("99999999-x.md", None, "ADR", None, "99999999-x"),
        ("0020-用户.md", 20, "ADR", None, "用户"),
    ],
)
def test_the_file_name_says_number_series_and_date(
    path: str, number: int | None, series: str, date: str | None, slug: str
) -> None:
    found = record("# X\n", f"docs/adr/{path}")
    assert (found.number, found.series, found.name.date, found.name.slug) == (number, series, date, slug)


@pytest.mark.parametrize(
    ("heading", "title", "number"),
    [
        ("# 1. Use MySQL", "Use MySQL", 1),
        ("# ADR-001: Use **MySQL**", "Use MySQL", 1),
        ("# ADR 001 Use MySQL", "Use MySQL", 1),
        ("# [ADR 1] Use MySQL", "Use MySQL", 1),
        ("# 0001 — Use MySQL", "Use MySQL", 1),
        ("# ADR #1 - Use MySQL", "Use MySQL", 1),
        ("# 1 Use MySQL", "Use MySQL", 1),
        ("# ADR: Use MySQL", "Use MySQL", None),
        ("# Use `MySQL` [5](https://mysql.com)", "Use MySQL 5", None),
        ("# Nr. 001: Use MySQL", "Use MySQL", 1),
        ("# No 1 priority", "No 1 priority", None),
        ("# 12 factor apps", "12 factor apps", None),
        ("# 3-tier architecture", "3-tier architecture", None),
        ("# Route 53 for names", "Route 53 for names", None),
        ("Use MySQL\n=========", "Use MySQL", None),
        ("# 1) Use MySQL {#adr_0001}", "Use MySQL", 1),
        ("# ADR-001: Use MySQL {: #adr_0001 .wide}", "Use MySQL", 1),
        ("# ADR-1", None, 1),
        ("# S3", "S3", None),
    ],
)
def test_the_heading_says_title_and_number(heading: str, title: str | None, number: int | None) -> None:
    found = record(f"{heading}\n\nText.\n")
    assert found.title == title
    assert found.heading_title
    assert found.heading_title.number == number


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("---\ntitle: Use MySQL\n---\n\n## Context\n", "Use MySQL"),
        ("---\ntitle: |\n  1. Use\n  MySQL\n---\n", "Use MySQL"),
        ("# Context\n\n# Decision\n", None),
        ("```\n# no title\n```\n\n# Use MySQL\n", "Use MySQL"),
        ("<!-- # no -->\n# Use MySQL\n", "Use MySQL"),
        ("\n\n", None),
        ("", None),
    ],
)
def test_where_the_title_stands(source: str, title: str | None) -> None:
    assert record(source).title == title


@pytest.mark.parametrize(
    ("source", "text", "canonical", "place"),
    [
        ("# X\n\n**Status**: ⟦Accepted⟧\n", "Accepted", "accepted", "bold-line"),
        ("# X\n\n**Status:** ⟦Proposed⟧ | **Date:** 2024-01-01\n", "Proposed", "proposed", "bold-line"),
        ("# X\n\n* Status: ⟦rejected⟧\n* Date: 2024-01-01\n", "rejected", "rejected", "bullet"),
        ("# X\n\n- **Status:** ⟦Active⟧\n", "Active", "accepted", "bullet"),
        ("# X\n\nStatus: ⟦draft⟧\n", "draft", "draft", "plain-line"),
        ("# X\n\n> Status: ⟦draft⟧\n", "draft", "draft", "plain-line"),
        ("# X\n\n| Status | ⟦Implemented⟧ |\n| --- | --- |\n", "Implemented", "accepted", "table"),
        ("# X\n\n| Status | Date |\n| --- | --- |\n| ⟦Accepted⟧ | 2024-01-01 |\n", "Accepted", "accepted", "table"),
        ("---\nstatus: ⟦accepted⟧ # a comment\n---\n# X\n", "accepted", "accepted", "front-matter"),
        ("---\nstatus: '⟦superseded by ADR-0002⟧'\n---\n# X\n", "superseded by ADR-0002", "superseded", "front-matter"),
        (
            "# X\n\n## Status\n\n⟦Accepted (lazy consensus) & implemented⟧\n",
            "Accepted (lazy consensus) & implemented",
            "accepted",
            "section",
        ),
        ("# X\n\n## Status\n\n✅ Accepted\n", "✅ Accepted", "accepted", "section"),
        ("# X\n\n## Status: ⟦Accepted⟧\n", "Accepted", "accepted", "heading"),
        ("# X\n\n## Status\n\nProposed\n\n⟦Superseded by [2](0002-b.md)⟧\n", "Superseded by 2", "superseded", "section"),
        (
            "# X\n\n## 状态\n\n列表：提议/通过/完成/已弃用/已取代\n\n- 2017-11-22 提议\n- ⟦2017-11-26 完成⟧\n",
            "2017-11-26 完成",
            "accepted",
            "section",
        ),
        ("# X\n\n## Status\n\n⟦Angenommen⟧\n", "Angenommen", "accepted", "section"),
        ("# X\n\n* Statut: ⟦accepté⟧\n", "accepté", "accepted", "bullet"),
        ("# X\n\n**Status**: ⟦Superseded in part by [2](0002-b.md)⟧\n", "Superseded in part by 2", "accepted", "bold-line"),
    ],
)
def test_the_status_is_read_wherever_it_stands(source: str, text: str, canonical: str, place: str) -> None:
    given = fixture(source)
    found = given.record.status
    assert found
    assert (found.text, found.canonical, found.field.place) == (text, canonical, place)
    if given.spans[given.path]:
        assert found.span == given.spans[given.path][0]


@pytest.mark.parametrize(
    "source",
    [
        "# X\n\n## Context\n\n**Status**: Accepted\n",
        "# X\n\n```\nStatus: Accepted\n```\n",
        "# X\n\n**Status**:\n",
        "# X\n\n## Status\n",
        "# X\n\n<!-- Status: Accepted -->\n",
    ],
)
def test_what_is_no_status(source: str) -> None:
    assert record(source).status is None


def test_an_ambiguous_date_is_read_as_the_log_orders_day_and_month() -> None:
    both = "-- docs/adr/0001-a.md --\n# 1. A\n\nDate: {first}\n-- docs/adr/0002-b.md --\n# 2. B\n\nDate: 3/4/2024\n"
    for first, read in (("1/31/2024", "2024-03-04"), ("31/1/2024", "2024-04-03")):
        given = fixture(both.format(first=first))
        assert given.workspace.date(given.file("docs/adr/0002-b.md")) == read


@pytest.mark.parametrize(
    ("text", "canonical", "word"),
    [
        ("Accepted", "accepted", "accepted"),
        ("under discussion", "proposed", "under discussion"),
        ("N/A", "none", ""),
        ("Parked", "other", ""),
        ("Partially implemented", "accepted", "partially implemented"),
        ("not accepted", "rejected", "not accepted"),
        ("superseded-in-part by 0303", "accepted", "superseded"),
        ("Superceded", "superseded", "superceded"),
        ("✅", "accepted", ""),
    ],
)
def test_what_a_status_comes_to(text: str, canonical: str, word: str) -> None:
    found = status.read(text)
    assert (found.canonical, found.word) == (canonical, word)


RELATIONS = [
    ("**Status**: Superseded by [ADR-2](0002-b.md)", [("superseded_by", 2)]),
    ("**Status**: Superseded by ADR-2 and ADR 3", [("superseded_by", 2), ("superseded_by", 3)]),
    ("**Status**: Accepted, supersedes ADR-2; amends ADR-3", [("supersedes", 2), ("amends", 3)]),
    ("**Supersedes**: ADR-2, [3](0003-c.md)", [("supersedes", 2), ("supersedes", 3)]),
    ("**Partially supersedes**: ADR-2", [("amends", 2)]),
    ("**Supersedes**: ADR-2 in part", [("amends", 2)]),
    ("**Related**: ADR-2", []),
    ("## Status\n\nAccepted\n\nAmended by [ADR-2](0002-b.md)\n\nSupercedes ADR-3", [("amended_by", 2), ("supersedes", 3)]),
    ("## Context\n\nThis was superseded by events. See ADR-2.", []),
    ("## Context\n\nWe supersede [ADR-2](0002-b.md).", [("supersedes", 2)]),
    ("This widens what was\nsuperseded under ADR-2, and no more.", []),  # the second line goes on with the first
    ("Status: Accepted\nsuperseded by ADR-2 since.", [("superseded_by", 2)]),
    ("## Status\n\nErsetzt durch ADR-2", [("superseded_by", 2)]),
    ("## Statut\n\nRemplacé par ADR-2", [("superseded_by", 2)]),
    # nothing is superseded
    ("Supersedes: none — but consumes what ADR-2 declared", []),
    ("- **Supersedes:** none in full — extends ADR-2", []),
    ("## Related\n\n- **Supersedes:** none — but consumes what ADR-2 declared", []),
    ("## References\n\n- Supersedes no earlier record, see ADR-2", []),
    ("**Superseded by**: n/a (see ADR-2)", []),
    ("**Supersedes**: — (extends ADR-2)", [("amends", 2)]),
    ("**Ersetzt**: keine, siehe ADR-2", []),
    ("**Remplace** : aucun (voir ADR-2)", []),
    ("**Status**: Accepted, not superseded by ADR-2", []),
    # somebody else's record is
    ("- Supersedes (cross-repo): infra ADR-2", []),
    ("- Supersedes (cross-repo): ADR-2", []),
    ("- Supersedes: the platform's ADR-2", []),
    ("- Supersedes: upstream ADR-2, ADR-3", [("supersedes", 3)]),
    ("## Related\n\n- Supersedes: infra-repo ADR-2 for metrics.", []),
    ("- Supersedes (if applicable): ADR-2", [("supersedes", 2)]),
    ("- Supersedes: the old ADR-2", [("supersedes", 2)]),
    # a part is
    ("- Supersedes: ADR-2 — **serving mode only** (its exposure stands)", [("amends", 2)]),
    ("## Related\n\n- Supersedes: ADR-2 — **serving mode only** (its exposure stands)", [("amends", 2)]),
    ("**Status**: Accepted (allowlist-gate aspect superseded by ADR-3)", [("amended_by", 3)]),
    ("**Status**: Superseded by [2](0002-b.md) (Stage 1 only — Stages 2 and 3 remain in force)", [("amended_by", 2)]),
    ("**Status**: Superseded by ADR-2 (kept for reference only)", [("superseded_by", 2)]),
    ("**Status**: Accepted (superseded by ADR-2)", [("superseded_by", 2)]),
    ("## Supersedes\n\n- `adr/0002-b.md` only for session controls. ADR 2 remains in force.", []),
    # the sentence goes on to something else
    ("Relates to: supersedes the choice in ADR-2; method unchanged from ADR-3/ADR-2", [("amends", 2)]),
    ("**Supersedes**: ADR-2 — the cache is now that of ADR-3", [("supersedes", 2)]),
    ("**Supersedes**: ADR-2. Builds on ADR-3", [("supersedes", 2)]),
    ("**Supersedes**: ADR-2 (which amended ADR-3)", [("supersedes", 2)]),
    # and here it does not
    ("**Supersedes**: ADR-2; ADR-3", [("supersedes", 2), ("supersedes", 3)]),
    ("**Supersedes**: ADR-2 (and ADR-3)", [("supersedes", 2), ("supersedes", 3)]),
    ("**Supersedes**: ADR-2 — Use B, ADR-3 — Use C", [("supersedes", 2), ("supersedes", 3)]),
    ("**Supersedes** — ADR-2", [("supersedes", 2)]),
    ("**Status**: Superseded (2024-01-02) — by ADR-2", [("superseded_by", 2)]),
]


@pytest.mark.parametrize(("text", "related"), RELATIONS)
def test_relations_are_read_from_status_fields_and_statements(text: str, related: list[tuple[str, int]]) -> None:
    given = fixture(
        f"-- docs/adr/0001-a.md --\n# 1. A\n\n{text}\n-- docs/adr/0002-b.md --\n# 2. B\n-- docs/adr/0003-c.md --\n# 3. C\n"
    )
    found = given.workspace.relations(given.file("docs/adr/0001-a.md"))
    assert [(relation.relation, other.number) for relation, other in found] == related


@pytest.mark.parametrize(
    ("new", "amends"),
    [
        ("This decision replaces the rendering model in ADR-1.", 0),  # all of which is superseded, as the other one says
        ("- Amends: ADR-1", 1),
    ],
)
def test_what_is_superseded_as_a_whole_is_not_amended_besides(new: str, amends: int) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\nSuperseded by: ADR-2\n-- docs/adr/0002-b.md --\n# 2. B\n\n{new}\n")
    old, later = given.file("docs/adr/0001-a.md"), given.file("docs/adr/0002-b.md")
    assert (
        len(given.workspace.on_either_side(later, "amends")) == len(given.workspace.on_either_side(old, "amended_by")) == amends
    )
    assert [other.number for other in given.workspace.on_either_side(later, "supersedes")] == [1]


@pytest.mark.parametrize(
    ("front", "related"),
    [
        ("supersedes: 0002-b.md", [("supersedes", 2)]),
        ("supersedes: [ADR-0002, 3]", [("supersedes", 2), ("supersedes", 3)]),
        ("superseded_by: '0002'", [("superseded_by", 2)]),
        ("superseded-by:\n  - ADR-2\n  - 0003-c", [("superseded_by", 2), ("superseded_by", 3)]),
        ("status: superseded by [ADR-0002](0002-b.md)", [("superseded_by", 2)]),
        ("status: superseded by 0002", [("superseded_by", 2)]),
        ("supersedes: parts of ADR-2", [("amends", 2)]),
        ("supersedes: ['parts of ADR-2', ADR-3]", [("amends", 2), ("supersedes", 3)]),
        ("supersedes:\n  - ADR-2 (the part about caching)\n  - ADR-3", [("amends", 2), ("supersedes", 3)]),
        ("supersedes: [ADR-2, ADR-3 §4]", [("supersedes", 2), ("amends", 3)]),
        ("supersedes: partially ADR-2 and ADR-3", [("amends", 2), ("amends", 3)]),
        ("superseded_by: ADR-2 (in part)\nsupersedes: Rules of the gateway (ADR-3)", [("amended_by", 2), ("supersedes", 3)]),
        ("status: accepted\ntags: [ADR-2]", []),
    ],
)
def test_relations_are_read_from_front_matter(front: str, related: list[tuple[str, int]]) -> None:
    given = fixture(
        f"-- docs/adr/0001-a.md --\n---\n{front}\n---\n# A\n-- docs/adr/0002-b.md --\n# 2. B\n-- docs/adr/0003-c.md --\n# 3. C\n"
    )
    found = given.workspace.relations(given.file("docs/adr/0001-a.md"))
    assert [(relation.relation, other.number) for relation, other in found] == related


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ADR-2, ADR 0002, ADR002, ADR #2 and adr-2", [2]),
        ("ADRs 2, 3 and 4", [2, 3, 4]),
        ("#2 and PR 3", []),
        ("[#0002](./0002-b.md)", [2]),
        ("[two](0002-b.md) [three](0003-c.md#context) [4](/docs/adr/0004-d.md)", [2, 3, 4]),
        ("[two](https://github.com/x/y/blob/main/docs/adr/0002-b.md)", [2]),
        ("[two](https://example.com/0002-b.md)", []),
        ("[two](0002-b) [three](../adr/0003-c.md)", [2, 3]),
        ("[[0002-b]] and 0003-c.md", [2, 3]),
        ("`ADR-2` <!-- ADR-3 --> ![x](0004-d.md)", []),
        ("ADR `0002` and ADRs `3`, `4`", [2, 3, 4]),
        ("`2` to `3` players, RFC `2`", []),
        ("ADR-2023-05-09, ADR-2.1, ADR-2-notes", []),
        ("_ADR-2_, __ADR 0003__ and _as ADR-4_.", [2, 3, 4]),
        ("_ADR-2 says so_, (_ADRs 3 and 4_)", [2, 3, 4]),
        ("_0002-b.md_ and __see 0003-c.md__", [2, 3]),
        ("my_ADR-2, ADR-2_b, _ADR_2, __ADR2__, _ADR-2_b, docs/_ADR-2_/x, x_ADR-2_", []),
    ],
)
def test_references_in_any_form(text: str, numbers: list[int]) -> None:
    others = "".join(
        f"-- docs/adr/000{number}-{name}.md --\n# {number}. X\n" for number, name in ((2, "b"), (3, "c"), (4, "d"))
    )
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n{text}\n{others}")
    assert [other.number for other in given.workspace.refers_to(given.file("docs/adr/0001-a.md"))] == numbers


@pytest.mark.parametrize(
    ("link", "numbers"),
    [
        ("partition-strategy", [2]),  # as its front matter calls the page
        ("../adr/partition-strategy", [2]),
        ("/adr/partition-strategy/", [2]),
        ("use-queues", [3]),  # as the file is called behind its number
        ("/docs/adr/use-queues", [3]),
        ("use-queues.png", []),
        ("../guide/use-queues", []),
        ("/guide/use-queues", []),
    ],
)
def test_a_page_of_a_site_is_named_without_its_number(link: str, numbers: list[int]) -> None:
    given = fixture(f"""
        -- docs/adr/0001-a.md --
        # 1. A

        See [it]({link}).
        -- docs/adr/0002-partitions.md --
        ---
        id: partition-strategy
        ---
        # 2. Partitions
        -- docs/adr/0003-use-queues.md --
        # 3. Use queues
        """)
    assert [other.number for other in given.workspace.refers_to(given.file("docs/adr/0001-a.md"))] == numbers


def test_a_series_tells_numbers_apart() -> None:
    given = fixture("""
        -- docs/adr/API-001-a.md --
        # API-001: A

        See CLI-001, API-002 and RFC-001.
        -- docs/adr/API-002-b.md --
        # API-002: B
        -- docs/adr/CLI-001-c.md --
        # CLI-001: C
        """)
    assert [other.id for other in given.workspace.refers_to(given.file("docs/adr/API-001-a.md"))] == ["CLI-001", "API-002"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("See RFD 0002, RFD #2 and RFD-0002; RFD 12.", [2]),
        ("RFDs 0002 and 0003 say so.", [2, 3]),
        ("As [RFD #0002](https://example.org/a/b/pull/7) has it.", [2]),
        ("See RFD0002, xRFD0003 and RFC0003.", [2]),
        ("HTTP 2, RFC 3, TLS 3 and RFD 6749 are foreign.", []),
    ],
)
def test_a_blank_joins_the_number_of_the_records_own_series(text: str, numbers: list[int]) -> None:
    others = "".join(
        f"-- docs/rfd/000{n}-x{n}.md --\n# RFD 000{n} — X{n}\n\nStatus: Accepted\n\n## Motivation\n\nIt rains.\n"
        for n in (2, 3)
    )
    given = fixture(f"-- docs/rfd/0001-a.md --\n# RFD 0001 — A\n\nStatus: Accepted\n\n## Motivation\n\n{text}\n{others}")
    assert [other.number for other in given.workspace.refers_to(given.file("docs/rfd/0001-a.md"))] == numbers
    source = given.file("docs/rfd/0001-a.md")
    assert "unknown" not in {given.workspace.names.resolve(source.path, mention).kind for mention in source.mentions}


@pytest.mark.parametrize(
    ("home", "text", "numbers"),
    [
        ("docs/madr/decisions", "As of MADR 0002 and MADR #3.", [2, 3]),
        ("rfcs", "See [RFC 0002](https://docs.example.org/rfcs/0002-x2/), RFC 3 and RFC 2119.", [2, 3]),
        ("docs/adr", "See [RFC 0002](https://docs.example.org/rfcs/0002-y/), RFC 3 and RFC 2119.", []),
        ("rfcs", "See [other's RFC 0002](https://github.com/a/b/blob/main/rfcs/0002-broker.md).", []),
        ("rfcs", "See [RFC-0003](https://github.com/a/b/blob/main/rfcs/0003-x3.md).", [3]),
        ("docs/adr", "See [ADR-2](https://github.com/a/b/blob/main/docs/adr/0002-broker.md).", []),
        ("docs/adr", "See [ADR-2](https://github.com/a/b/pull/7).", [2]),
    ],
)
def test_the_directory_says_of_what_series_its_numbers_are(home: str, text: str, numbers: list[int]) -> None:
    others = "".join(
        f"-- {home}/000{n}-x{n}.md --\n# Lanes {n}\n\nStatus: Accepted\n\n## Context\n\nIt rains.\n\n## Decision\n\nX.\n"
        for n in (2, 3)
    )
    given = fixture(
        f"-- {home}/0001-a.md --\n# Lanes\n\nStatus: Accepted\n\n## Context\n\n{text}\n\n## Decision\n\nX.\n{others}"
    )
    source = given.file(f"{home}/0001-a.md")
    assert [other.number for other in given.workspace.refers_to(source)] == numbers
    assert "unknown" not in {given.workspace.names.resolve(source.path, mention).kind for mention in source.mentions}


@pytest.mark.parametrize(
    ("home", "file", "numbers"),
    [
        ("rfcs/text", "000{n}-x{n}/000{n}-x{n}.md", [2, 3]),
        ("rfcs", "000{n}-x{n}/README.md", [2, 3]),
        ("lake/boat-rfcs/text", "000{n}-x{n}/000{n}-x{n}.md", [2, 3]),
        ("lake__boat-rfcs-main/text", "000{n}-x{n}/000{n}-x{n}.md", [2, 3]),
        ("rfcs/lake/text", "000{n}-x{n}/000{n}-x{n}.md", []),
    ],
)
def test_so_does_that_of_records_with_directories_of_their_own(home: str, file: str, numbers: list[int]) -> None:
    text = "# Lanes {n}\n\n- Status: Accepted\n- Supersedes: RFC-0002\n\n## Motivation\n\nAs of RFC-0003, and not of RFC 6749.\n\n## Drawbacks\n\nX.\n\n## Alternatives\n\nY.\n"
    given = fixture("".join(f"-- {home}/{file}--\n{text}".format(n=n).replace("md--", "md --") for n in range(1, 5)))
    source = given.file(f"{home}/{file}".format(n=1))
    assert [other.number for other in given.workspace.refers_to(source)] == numbers
    assert [given.workspace.records[one].number for one in given.workspace.names.by_alias.get(("rfc", 2), ())] == numbers[:1]


def test_front_matter_may_say_of_what_series_a_number_is() -> None:
    given = fixture("""
        -- docs/adr/0002-b.md --
        ---
        RFC: 2
        ---
        # Queues
        -- docs/adr/0003-c.md --
        ---
        RFC: 3
        ---
        # Stores: RFC 3

        As proposed in RFC 2, and as RFC 6749 and RFC 9 have it.
        """)
    assert [other.number for other in given.workspace.refers_to(given.file("docs/adr/0003-c.md"))] == [2]


def test_of_two_series_told_apart_by_their_digits_that_is_meant_which_has_as_many() -> None:
    given = fixture("""
        -- docs/adr/ADR-0001-monorepo.md --
        # ADR-0001: Monorepo
        -- docs/adr/adr-001-backend.md --
        # ADR-001: Backend
        -- docs/adr/ADR-0002-a.md --
        # ADR-0002: A

        See ADR-001, ADR 0001 and ADR-1.
        """)
    source = given.file("docs/adr/ADR-0002-a.md")
    found = [given.workspace.names.resolve(source.path, mention).paths for mention in source.mentions[1:]]
    assert [[path.rpartition("/")[2] for path in paths] for paths in found] == [
        ["adr-001-backend.md", "ADR-0001-monorepo.md"],
        ["ADR-0001-monorepo.md", "adr-001-backend.md"],
        ["ADR-0001-monorepo.md", "adr-001-backend.md"],
    ]


def test_of_two_number_spaces_that_is_meant_whose_name_is_written() -> None:
    given = fixture("""
        -- docs/decisions/0001-boats.md --
        # 1. Boats
        -- docs/decisions/0002-lakes.md --
        # 2. Lakes

        - **Related:** issue #1, PR 003, issues #2 and #1; #3

        As RFC-1 asked for, and RFC-3.
        -- docs/decisions/0003-rafts.md --
        # 3. Rafts
        -- docs/rfcs/0001-piers.md --
        # RFC 1: Piers

        **Status**: Draft

        ## Motivation

        As of ADR 3 and of ADR-4, which nobody made.
        -- docs/rfcs/0002-ropes.md --
        # RFC 2: Ropes

        **Status**: Draft
        -- docs/rfcs/0003-sails.md --
        # RFC 3: Sails

        **Status**: Draft
        -- docs/rfcs/0004-oars.md --
        # RFC 4: Oars

        **Status**: Draft
        """)
    workspace = given.workspace

    def named(path: str) -> list[str | None]:
        return [other.title for other in workspace.refers_to(given.file(path))]

    assert named("docs/decisions/0002-lakes.md") == ["Rafts", "Piers", "Sails"]
    assert named("docs/rfcs/0001-piers.md") == ["Rafts"]


def test_the_nearest_log_is_meant_where_two_have_the_number() -> None:
    given = fixture("""
        -- a/docs/adr/0001-x.md --
        # 1. X
        -- a/docs/adr/0002-y.md --
        # 2. Y

        See ADR-1.
        -- b/docs/adr/0001-z.md --
        # 1. Z
        """)
    assert [other.title for other in given.workspace.refers_to(given.file("a/docs/adr/0002-y.md"))] == ["X"]


def test_ids_are_what_people_say() -> None:
    assert [
        record(text, f"docs/adr/{path}").id
        for path, text in (
            ("0007-x.md", "# 7. X\n"),
            ("007-x.md", "# ADR-007: X\n"),
            ("ADR-7.md", "# X\n"),
            ("API-001-x.md", "# API-001: X\n"),
            ("20240102-use-x.md", "# Use X\n"),
            ("adr-012-x.md", "# ADR 012: X\n"),
        )
    ] == ["ADR-0007", "ADR-007", "ADR-7", "API-001", "20240102-use-x", "ADR-012"]


def test_a_line_about_all_records_of_a_status_states_none() -> None:
    record = Record("/w/docs/adr/0001-a.md", "# A\n\n## Status\n\nProposed\n\n> Rejected ADRs are kept for posterity.\n")
    assert record.status
    assert (record.status.canonical, record.status.text) == ("proposed", "Proposed")


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("ADR-0002: Use B", []),
        ("ADR-0002: Use B {#adr_0002}", []),
        ("ADR-0001: Use B", []),  # of another number than its file, of which another rule tells
        ("ADR-0002: Use B for ADR-0001", [1]),
    ],
)
def test_what_a_record_calls_itself_is_no_reference_to_another_one(title: str, numbers: list[int]) -> None:
    given = fixture(f"""
        -- docs/adr/0001-x.md --
        # ADR-0001: Use X
        -- docs/adr/0002-a.md --
        # ADR-0002: Use A
        -- docs/adr/0002-b.md --
        # {title}
    """)
    own = given.file("docs/adr/0002-b.md")
    assert [other.number for other in given.workspace.refers_to(own)] == numbers
    assert [path for path, of in given.workspace.backlinks.items() if own.path in of] == [
        f"{ROOT}/docs/adr/000{number}-x.md" for number in numbers
    ]


def test_a_template_asks_for_what_stands_in_its_sections_but_for_short_words_and_links() -> None:
    text = "# N. Title\n\nStatus: Proposed\n\n## Context\n\nDescribe the forces.\n\n- What is it about?\n- N/A\n\n[The guide](guide.md) says more.\n\nhttps://example.org/guide\n"
    asking = Record("/w/docs/adr/template.md", text).asking
    assert sorted(asking) == ["Describe the forces.", "What is it about?"]


def test_a_date_before_a_state_is_not_of_it() -> None:
    assert status.since("Proposed · 2021-01-02 · Accepted", "accepted") is None
    assert (since := status.since("Proposed · 2021-01-02 · Accepted · 2021-03-04", "accepted")) is not None
    assert since.iso == "2021-03-04"
