from __future__ import annotations

import pytest

from adr_ls.ide import hints
from adr_ls.syntax.text import Span
from tests.fixture import fixture

LOG = """
-- docs/adr/0001-mill-queue.md --
# 1. Mill queue
-- docs/adr/0002-tariff-reader.md --
# 2. How tariffs that three vendors send in their own formats are read
-- docs/adr/0003-night-export.md --
""".lstrip("\n")


def hinted(text: str) -> str:
    """The text with the hints in it."""
    given = fixture(LOG + text)
    found = list(hints.hints(given.workspace, given.file("docs/adr/0003-night-export.md"), Span(0, len(text))))
    for hint in sorted(found, key=lambda one: -one.offset):
        text = f"{text[: hint.offset]}‹{hint.words}›{text[hint.offset :]}"
    return text


@pytest.mark.parametrize(
    "shown",
    [
        "# 3. Night export\n\nAfter ADR-1‹Mill queue›, not ADR-42.\n",
        "---\nsupersedes: 0001‹Mill queue›\n---\n# 3. Night export\n",
        "# 3. Night export\n\nADRs 1‹Mill queue› and 2‹How tariffs that three vendors send in their own formats ar…›.\n",
        "# 3. Night export\n\nUnlike ADR-0003, `ADR-1`, [ADR-1](0001-mill-queue.md) and 0001-mill-queue.md.\n",
        "# 3. Night export\n\nADR-1: Mill queue, ADR-1 (“mill queue”), ADR-1‹Mill queue›: Kafka.\n",
    ],
)
def test_titles_stand_behind_bare_references(shown: str) -> None:
    plain = "".join(part.partition("›")[2] if index else part for index, part in enumerate(shown.split("‹")))
    assert hinted(plain) == shown


def test_only_what_is_in_view_gets_hints() -> None:
    text = "# 3. Night export\n\nADR-1\n\nADR-2\n"
    given = fixture(LOG + text)
    (found,) = hints.hints(given.workspace, given.file("docs/adr/0003-night-export.md"), Span(0, text.index("ADR-2")))
    assert found.words == "Mill queue"


@pytest.mark.parametrize(("settings", "wanted"), [("", False), ("-- adr-ls.toml --\ntitle-hints = true\n", True)])
def test_they_are_shown_where_the_settings_ask_for_them(settings: str, *, wanted: bool) -> None:
    given = fixture(f"{LOG}# 3. Night export\n{settings}")
    assert hints.are_wanted(given.workspace, given.file("docs/adr/0003-night-export.md")) == wanted
