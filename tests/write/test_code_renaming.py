"""Records under another number or title: what source code says of them follows, in the form in which it is written."""

from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from adr_ls.write import renaming
from tests.fixture import Fixture, fixture
from tests.write.test_renaming import changed

LOG = """
-- docs/adr/0003-use-kafka.md --
# ADR-0003: Use Kafka
-- docs/adr/0004-use-rust.md --
# ADR-0004: Use Rust

After ADR-0003.
""".lstrip("\n")


def code(given: Fixture, to: int) -> str:
    """The source files after the record 3 got another number."""
    (path,) = (path for path in given.workspace.records if "use-kafka" in path)
    record = given.workspace.file(path)
    assert record is not None
    files = changed(given, renaming.renumbered(given.workspace, record, to)).split("-- src")
    return "-- src" + "-- src".join(files[1:])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# ADR-0003 and ADR-3\n", "# ADR-0012 and ADR-12\n"),
        ("# adr 0003, ADR #3, ADR-0004\n", "# adr 0012, ADR #12, ADR-0004\n"),
        ("# docs/adr/0003-use-kafka.md\n", "# docs/adr/0012-use-kafka.md\n"),
        ("# ../docs/adr/0003-use-kafka.md#context\n", "# ../docs/adr/0012-use-kafka.md#context\n"),
        ("# adr/0003-use-kafka.md, 0003-use-kafka.md\n", "# adr/0012-use-kafka.md, 0012-use-kafka.md\n"),
        ('x = "/docs/adr/0003-use-kafka.md"\n', 'x = "/docs/adr/0012-use-kafka.md"\n'),
        ('x = "ADR-0003", "ADR-3"\n', 'x = "ADR-0012", "ADR-3"\n'),
        ("# ADRs 3 and 4\n", "# ADRs 12 and 4\n"),
        ('# ADR-0004ADRs 5, 6"ADRs 3, 4\n', '# ADR-0004ADRs 5, 6"ADRs 12, 4\n'),
        ("ADR_0003 = ADR-0003  # ADR-0003\n", "ADR_0003 = ADR-0003  # ADR-0012\n"),
        (
            "# https://github.com/acme/w/blob/main/docs/adr/0003-use-kafka.md and upstream ADR-0003\n",
            "# https://github.com/acme/w/blob/main/docs/adr/0012-use-kafka.md and upstream ADR-0003\n",
        ),
        (
            "# https://github.com/acme/other/blob/main/docs/adr/0003-use-kafka.md\n",
            "# https://github.com/acme/other/blob/main/docs/adr/0003-use-kafka.md\n",
        ),
    ],
)
def test_code_follows_a_number(before: str, after: str) -> None:
    assert code(fixture(f"{LOG}-- src/app.py --\n{before}"), 12) == f"-- src/app.py --\n{after}"


def test_the_strings_of_a_test_are_its_own_and_line_ends_stay() -> None:
    source = '-- src/test_app.py --\nx = "ADR-0003"\n# ADR-0003\n'
    assert code(fixture(LOG + source, newline="\r\n"), 12) == source.replace("# ADR-0003", "# ADR-0012").replace(
        "\n", "\r\n"
    ).replace("--\r\n", "--\n")


PIECES = st.sampled_from(
    ["ADR-0003", "ADR-3", "adr 3", "docs/adr/0003-use-kafka.md", "0003-use-kafka.md", "ADR-0004", "ADRs 3, 4", "é 😀", '"', "'", "\n", "// ",
     "/* ", " */", " ", "x", "`", "\\", "#", "0012", "3", "ADR_0003"]
)  # fmt: skip


@drawn(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["app.ts", "app.py", "app.rs", "app.sql", "notes.txt"]))
def test_a_number_there_and_back_leaves_code_as_it_was(text: str, name: str) -> None:
    source = f"-- src/{name} --\n{text}\n"
    there = code(fixture(LOG + source), 12)
    moved = LOG.replace("0003", "0012")
    assert code(fixture(moved + there), 3) == source
