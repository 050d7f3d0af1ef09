"""Where an entry of an index goes as its record gets another number or title: where a new one would go, if it stood so before."""

from __future__ import annotations

import pytest

from adr_ls.index import update
from adr_ls.syntax.text import apply
from adr_ls.write import renaming
from tests.fixture import fixture

TITLES = ("Use apples", "Use bread", "Use coal", "Use dates", "Use eggs", "Use flour")


def after(index: str, number: int | None = None, title: str = "") -> str:
    """The index after its third record gets another number or title."""
    records = "".join(
        f"-- docs/adr/{at:04}-{title.lower().replace(' ', '-')}.md --\n# {at}. {title}\n\n## Status\n\nAccepted\n"
        for at, title in enumerate(TITLES, 1)
    )
    given = fixture(f"-- docs/adr/README.md --\n{index}{records}")
    record = given.file("docs/adr/0003-use-coal.md")
    if number is not None:
        # Whoever gives the file another name in the editor's tree gets the same
        moves = {record.path: record.path.replace("0003-", f"{number:04}-")}
        followed = update.relocated(given.workspace, renaming.relocated(given.workspace, moves), moves)
        change = renaming.renumbered(given.workspace, record, number)
    else:
        change = renaming.retitled(given.workspace, record, title)
    change = update.resorted(given.workspace, change, record.path)
    after = apply(index, change.by_path[given.index.path])
    assert number is None or apply(index, followed.by_path[given.index.path]) == after
    return after


ITEMS = """\
# ADRs

* [1. Use apples](0001-use-apples.md)
* [2. Use bread](0002-use-bread.md)
* [3. Use coal](0003-use-coal.md)
  - burnt, see [4](0004-use-dates.md)
* [4. Use dates](0004-use-dates.md)
* [5. Use eggs](0005-use-eggs.md)

The end.
"""


def test_an_item_goes_behind_the_last_and_takes_its_notes_along() -> None:
    assert after(ITEMS, 9) == (
        "# ADRs\n\n* [1. Use apples](0001-use-apples.md)\n* [2. Use bread](0002-use-bread.md)\n* [4. Use dates](0004-use-dates.md)\n"
        "* [5. Use eggs](0005-use-eggs.md)\n* [9. Use coal](0009-use-coal.md)\n  - burnt, see [4](0004-use-dates.md)\n\nThe end.\n"
    )


def test_an_item_goes_in_front_of_the_first() -> None:
    assert after(ITEMS, 0).startswith(
        "# ADRs\n\n* [0. Use coal](0000-use-coal.md)\n  - burnt, see [4](0004-use-dates.md)\n* [1. Use apples](0001-use-apples.md)\n"
    )


def test_an_item_that_another_title_does_not_put_elsewhere_stays() -> None:
    assert after(ITEMS, title="Use zinc") == ITEMS.replace("Use coal", "Use zinc").replace("use-coal", "use-zinc")


TABLE = """\
| # | Decision |
|---|----------|
| 5 | [Use eggs](0005-use-eggs.md) |
| 4 | [Use dates](0004-use-dates.md) |
| 3 | [Use coal](0003-use-coal.md) |
| 2 | [Use bread](0002-use-bread.md) |
| 1 | [Use apples](0001-use-apples.md) |
"""


def test_a_row_of_a_table_whose_newest_is_on_top_goes_there() -> None:
    assert after(TABLE, 7) == (
        "| # | Decision |\n|---|----------|\n| 7 | [Use coal](0007-use-coal.md) |\n| 5 | [Use eggs](0005-use-eggs.md) |\n"
        "| 4 | [Use dates](0004-use-dates.md) |\n| 2 | [Use bread](0002-use-bread.md) |\n| 1 | [Use apples](0001-use-apples.md) |\n"
    )


COUNTED = """\
1. [Use apples](0001-use-apples.md)
2. [Use bread](0002-use-bread.md)
3. [Use coal](0003-use-coal.md)
4. [Use dates](0004-use-dates.md)
5. [Use eggs](0005-use-eggs.md)
"""


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (9, ("Use apples", "Use bread", "Use dates", "Use eggs", "Use coal")),
        (0, ("Use coal", "Use apples", "Use bread", "Use dates", "Use eggs")),
    ],
)
def test_a_list_that_counts_goes_on_counting(number: int, wanted: tuple[str, ...]) -> None:
    lines = after(COUNTED, number).splitlines()
    assert [line.partition("]")[0] for line in lines] == [f"{at}. [{title}" for at, title in enumerate(wanted, 1)]


def test_where_entries_stand_in_no_order_each_stays_in_its_place() -> None:
    shuffled = (
        ITEMS.replace("* [5. Use eggs](0005-use-eggs.md)\n", "")
        .replace("* [1. Use", "* [5. Use eggs](0005-use-eggs.md)\n* [1. Use")
        .replace("* [2. Use bread](0002-use-bread.md)\n", "")
        .replace("\nThe end", "* [2. Use bread](0002-use-bread.md)\n\nThe end")
    )
    assert after(shuffled, 9) == shuffled.replace("[3. Use", "[9. Use").replace("0003-use", "0009-use")


def test_only_within_its_own_list() -> None:
    sections = (
        "# ADRs\n\n## Food\n\n- [2. Use bread](0002-use-bread.md)\n- [5. Use eggs](0005-use-eggs.md)\n\n"
        "## Heat\n\n- [1. Use apples](0001-use-apples.md)\n- [3. Use coal](0003-use-coal.md)\n- [4. Use dates](0004-use-dates.md)\n"
    )
    assert after(sections, 9).endswith(
        "## Heat\n\n- [1. Use apples](0001-use-apples.md)\n- [4. Use dates](0004-use-dates.md)\n- [9. Use coal](0009-use-coal.md)\n"
    )
