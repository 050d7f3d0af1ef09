"""What stands above a source file: the decisions that say that they are about it."""

from __future__ import annotations

import pytest

from adr_ls.ide import lenses
from adr_ls.log.code import code_of
from tests.fixture import ROOT, fixture


@pytest.mark.parametrize(
    ("said", "governed", "others"),
    [
        (
            "---\nstatus: accepted\napplies-to: src/billing/**\n---\n",
            "src/billing/a/b.py",
            "src/billing.py other/src/billing/a.py",
        ),
        ("---\nstatus: accepted\napplies-to:\n  - src/a.py\n  - '*.sql'\n---\n", "src/a.py db/x.sql", "src/a.pyi lib/a.py"),
        (
            "---\nstatus: accepted\ngoverns: src/{api,web}/**/*.ts\n---\n",
            "src/api/x.ts src/web/y/z.ts",
            "src/db/x.ts src/api/x.py",
        ),
        ("---\nstatus: accepted\naffects: [src/api, src/web/]\n---\n", "src/api/x.ts src/web/y/z.ts", "src/db/x.ts"),
        ("---\nstatus: accepted\nscope: billing\n---\n", "", "billing/a.py src/billing/a.py billing.py"),
        ("---\nstatus: accepted\nscope: billing/**\n---\n", "billing/a.py", "src/billing/a.py"),
        ("STATUS\n\n**Applies to**: `src/billing/**`, `*.sql`\n", "src/billing/a.py x.sql", "src/b.py"),
        (
            "STATUS\n\n**Governs**: [the bills](../../src/billing/), [rows](/db)\n",
            "src/billing/a.py db/x.sql",
            "billing/a.py x/db/x.sql",
        ),
        (
            "---\nstatus: accepted\ngoverns: [./src/billing/**, ./db]\n---\n",
            "src/billing/a.py docs/adr/src/billing/a.py db/x.sql",
            "lib/src/billing/a.py x/db/y.sql",
        ),
        ("STATUS\n\n**Governs**: [x](./src)\n", "docs/adr/src/a.py", "src/a.py"),
        ("STATUS\n\n- Affects: src/billing\n", "src/billing/a.py", "src/b.py"),
        ("STATUS\n\n**Gilt für**: src/billing/**\n", "src/billing/a.py", "src/b.py"),
        ("STATUS\n\n**适用于**: src/billing/**\n", "src/billing/a.py", "src/b.py"),
        ("STATUS\n\n**Affects**: all services and ADR-0002, see https://acme.example/src/x.py\n", "", "src/x.py services.py"),
        ("STATUS\n\n**Applies to**: [beyond](../../../x.py), ../../../y.py\n", "", "x.py y.py"),
        ("**Status**: Rejected\n\n**Applies to**: src/**\n", "", "src/a.py"),
    ],
)
def test_decisions_on_a_file_stand_above_it(said: str, governed: str, others: str) -> None:
    front, body = (said, "") if said.startswith("---") else ("", said.replace("STATUS", "**Status**: Accepted"))
    given = fixture(f"-- docs/adr/0001-bills.md --\n{front}# ADR-0001: Keep bills\n\n{body}\n## Context\n\nText.\n")

    def above(path: str) -> list[str]:
        return [lens.title for lens in lenses.lenses(given.workspace, code_of(f"{ROOT}/{path}", "", ROOT))]

    assert {path: above(path) for path in governed.split()} == {
        path: ["ADR-0001: Keep bills (accepted)"] for path in governed.split()
    }
    assert {path: above(path) for path in others.split()} == {path: [] for path in others.split()}
