"""Where a mention leads does not depend on who has asked before."""

from __future__ import annotations

import posixpath
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.log.resolve import Names, Resolution
from adr_ls.log.workspace import Workspace
from tests import fixture
from tests.conftest import examples

PATHS = (
    *("docs/adr/0001-use-kafka.md", "docs/adr/0002-use-tea.md", "docs/adr/0002-use-milk.md", "docs/adr/sub/0003-a.md"),
    *("docs/adr/rfc-0001-use-kafka.md", "docs/adr/0004-use-kafka.adoc", "docs/adr/README.md", "docs/guide.md"),
    *("packages/shop/adr/0001-use-kafka.md", "packages/shop/adr/0005-use-milk.md", "packages/shop/guide.md"),
)
SAID = (
    *("ADR-1", "ADR-0001", "ADR-2", "RFC-1", "ADR-9", "#3", "see 0005", "[x](0001-use-kafka.md)", "[x](./0009-use-kafka.md)"),
    *("[x](0007-use-milk.md)", "[ADR-2](0008-none.md)", "[x](../adr/0002-use-tea.md)", "[x](/docs/adr/0001-use-kafka)"),
    *("[x](docs/adr/0001-use-kafka.md)", "[[0001-use-kafka]]", "[[0007-use-kafka]]", "[x](0004-use-kafka.adoc)", "`0003-a.md`"),
    *("`docs/guide.md`", "`docs/adr/0002-use-tea.md`", "`sub/../0001-use-kafka.md`"),
    *("[x](sub/0003-a.md)", "[x](https://example.org/a/b/blob/main/docs/adr/0001-use-kafka.md)", "xref:0001-use-kafka.md[x]"),
)
texts = st.lists(st.sampled_from(SAID), min_size=1, max_size=8).map(" and ".join)


def workspace(said: dict[str, str]) -> Workspace:
    """A workspace of those files, each with a text behind its title."""
    return fixture.workspace(
        {
            f"{fixture.ROOT}/{path}": f"{'=' if path.endswith('adoc') else '#'} A title\n\n{text}\n"
            for path, text in said.items()
        }
    )


def led(of: Workspace, names: Names, paths: tuple[str, ...]) -> dict[str, list[Resolution]]:
    """Where the mentions in some files lead, asked in that order."""
    files = {path: of.facts(f"{fixture.ROOT}/{path}") for path in paths}
    return {path: [names.resolve(file.path, one) for one in file.mentions] for path, file in files.items() if file is not None}


@settings(max_examples=examples(30), deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PATHS, texts)), st.permutations(PATHS), st.booleans())
def test_in_whatever_order_files_are_asked_about_their_mentions_lead_to_the_same(
    said: dict[str, str],
    order: list[str],
    is_partial: bool,  # noqa: FBT001
) -> None:
    given = workspace(said)

    def names() -> Names:
        known = given.names
        return Names(known.identities, known.roots, known.files, is_partial)

    together = led(given, names(), (*order,))
    assert sum(map(len, together.values())) >= len(order) / 2
    for path in order:
        assert led(given, names(), (path,)) == {path: together[path]} if path in together else True


def test_a_broken_link_in_a_record_never_means_that_record() -> None:
    said = {
        "docs/adr/0001-use-kafka.md": "[x](0007-use-kafka.md)",
        "docs/adr/0002-use-tea.md": "[x](0007-use-kafka.md)",
        "docs/adr/0003-use-milk.md": "[x](0007-use-kafka.md)",
    }
    given = workspace(said)
    for order in permutations(said):
        names = Names(given.names.identities, given.names.roots, given.names.files)
        found = led(given, names, order)
        assert [len(found[path][0].paths) for path in sorted(said)] == [0, 1, 1]


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("`docs/adr/use-kafka.md`", "use-kafka"),
        ("[[adr/0004-use-water|Water]]", "0004-use-water"),
        ("[[docs/adr/use-kafka]], [[other/0004-use-wine]]", "use-kafka"),
        ("`./use-kafka.md`", "use-kafka"),
        ("`0003UseMilk.md`", "0003UseMilk"),
        ("see 0003UseMilk.md for more", "0003UseMilk"),
        ("see docs/adr/0003UseMilk.md, please", "0003UseMilk"),
        ("- ./0004-use-water.md — as ever", "0004-use-water"),
        ("see 0004-use-water.md and ADR-0009-use-water", "0004-use-water"),
        ("as ADR-0004-use-water says", "0004-use-water"),
        ("（ADR-0004-use-water、）", "0004-use-water"),
        ("as adr-4-use-water.", "0004-use-water"),
        ("as ADR-0004-use-wine says", ""),
        ("superseded by 0004-use-water, as ever", "0004-use-water"),
        ("as (2021-04-03-use-milk-two) says", "2021-04-03-use-milk-two"),
        ("as 2021-04-03-use-milk and 2021-04-04-use-milk-two and 0004-use-wine say, x/0004-use-water", ""),
        ("as x/ADR-0004-use-water, ADR-0004-use-water/y, TEA-0004-use-water say", ""),
        ("as docs/0004-use-water.md and other/docs/adr/0004-use-water.md", ""),
        ("`docs/adr/use-coffee.md`", ""),
        ("`docs/guide.md`", ""),
        ("`adr/use-kafka.md`", ""),
        ("`use-kafka.md`", ""),
        ("`docs/adr/use-kafka.md x`", ""),
        ("`cat docs/adr/use-kafka.md`", ""),
        ("[x](/docs/0004-use-water)", "0004-use-water"),
        ("[x](/pages/adr/0005), [x](/pages/0005)", "0005"),
        ("[x](/0004-use-wine), [x](/docs/0004), [x](/docs/4-use-water), [x](/docs/use-water)", ""),
    ],
)
def test_a_path_or_a_files_name_leads_to_the_record_that_is_there_and_nowhere_else(said: str, leads: str) -> None:
    given = workspace(
        {
            "docs/adr/use-kafka.md": "",
            "docs/adr/0003UseMilk.md": "",
            "docs/adr/0004-use-water.md": "",
            "docs/adr/2021-04-03-use-milk-two.md": "",
            "docs/adr/0005.md": "",
            "docs/adr/0001-use-tea.md": said,
            "docs/guide.md": "",
        }
    )
    found = [one for each in led(given, given.names, ("docs/adr/0001-use-tea.md",)).values() for one in each]
    assert [posixpath.basename(path) for one in found for path in one.paths] == ([f"{leads}.md"] if leads else [])
    assert {one.kind for one in found} <= {"record", "none"}


@pytest.mark.parametrize(
    ("path", "meant"),
    [("../../docs/adr/0002-use-tea.md", "docs/adr/0002-use-tea.md"), ("../adr/0002-use-tea.md", "docs/adr/0002-use-tea.md")]
    + [(path, "") for path in ("../docs../adr/0002-use-tea.md", "../d../ocs/adr/0002-use-tea.md", "../0002-use-tea.md")],
)
def test_only_folders_above_may_be_too_many_or_too_few(path: str, meant: str) -> None:
    given = workspace({"docs/adr/0002-use-tea.md": ""})
    assert given.names.at_another_depth(path) == (meant and f"{fixture.ROOT}/{meant}")
