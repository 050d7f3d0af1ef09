"""Links that are written so that none comes of them, or none that can be followed: what is marked is told, and how its fix mends it."""

from __future__ import annotations

import pytest

from tests.fixture import fixture

HEAD = "-- docs/adr/ADR-001-rain.md --\n# ADR-001: Rain\n\n## Why not snow\n\nIt is warm.\n\n"

MENDED = {
    "square brackets": ("See ⟦[it][https://example.org/a]⟧.", "See [it](https://example.org/a)."),
    "brackets that changed places": ("See ⟦(it)[https://example.org/a]⟧.", "See [it](https://example.org/a)."),
    "a blank between them": ("See ⟦[it] (../a.md)⟧.", "See [it](../a.md)."),
    "a bracket that is closed too late": (
        "It is so (see ⟦[issue 4(https://example.org/4)]⟧).",
        "It is so (see [issue 4](https://example.org/4)).",
    ),
    "a missing parenthesis at the end": ("See ⟦[it](https://example.org/a⟧.", "See [it](https://example.org/a)."),
    "blanks in a path": ("See ⟦[it](how it is.md)⟧.", "See [it](<how it is.md>)."),
    "blanks in an anchor": ("See ⟦[it](#Why not snow)⟧.", "See [it](#why-not-snow)."),
    "words in the place of an address": ("See ⟦[Ann](Ann Lee)⟧ and ⟦[it](TODO add link)⟧.", ""),
    "a quotation mark in the address": ("See [it](⟦“#why-not-snow⟧).", "See [it](#why-not-snow)."),
    "parentheses in a definition": ("See [it].\n\n[it]: ⟦(https://example.org/a)⟧", "See [it].\n\n[it]: https://example.org/a"),
    "a misspelt scheme": ("See [it](⟦httsp://⟧example.org) now.", "See [it](https://example.org) now."),
    "a scheme without colon": ("See ⟦https//⟧example.org/a now.", "See https://example.org/a now."),
    "a scheme twice": ("See [it](⟦https://⟧https://example.org).", "See [it](https://example.org)."),
    "a path on a disk": ("See [it](⟦/Users/ann/src/docs/adr/ADR-001-rain.md⟧).", "See [it](ADR-001-rain.md)."),
    "a mail box": ("By [Ann](⟦ann.lee@example.org⟧).", "By [Ann](mailto:ann.lee@example.org)."),
    "a bracket behind it": (
        "See ⟦[it](https://example.org)]⟧, and [this [one](../a.md)].",
        "See [it](https://example.org), and [this [one](../a.md)].",
    ),
    "the end of a comment": ("* See ⟦[it](https://example.org) -->⟧", "* See [it](https://example.org)"),
    "a drive": ("See [it](⟦C:/src/x.md⟧).", ""),
}


@pytest.mark.parametrize(("text", "mended"), MENDED.values(), ids=MENDED)
def test_what_is_wrong_with_a_link_is_told_and_mended(text: str, mended: str) -> None:
    given = fixture(HEAD + "-- docs/adr/ADR-002-snow.md --\n# ADR-002: Snow\n\n## Why not snow\n\n" + text + "\n")
    path = next(path for path in given.texts if path.endswith("ADR-002-snow.md"))
    found = given.problems("link-malformed")
    assert tuple(one.span for one in found) == given.spans[path]
    if mended:
        (fix,) = found[0].fixes
        assert given.edited(fix.edits).endswith(mended + "\n")
    else:
        assert not any(one.fixes for one in found)


FINE = {
    "brackets and comments that were opened": "[See [it](../a.md)]. <!-- As [it](../a.md) --> [a](../a.md) --> b, [[1](../a.md)][2]",
    "links": "[a](b.md), [b]( <c d.md> 'x'), ![c](d.png), [d](e.md \"f\"), [`g`](h.md).",
    "code": "`[a](b c)` and\n\n```\n[a][https://example.org] [b] (./c)\n```",
    "code in prose": "It calls handlers[name](request, answer).",
    "an aside": "It rains [as they say (https://example.org/a)] and `[f(./a)]`, [f(x)] or [g(https://example.org/a)](b.md).",
    "escaped": r"So \[a\](b c) is text.",
    "mail and pictures": "[a](mailto:a@example.org), <a@example.org>, a@example.org, ![b](img/logo@2x.png), ![c](logo@2x.png), [d](notes@v2.md), ![e](sun@dark.svg).",
    "a footnote": "It is so [1] (https://example.org/a).",
    "a task": "- [x] (https://example.org/a)",
    "schemes": "ssh://example.org, https://web.example.org/https://example.org, http://localhost and ttp:x.",
    "a site's paths": "[a](/home/why), [b](/docs/b.md).",
    "a remark in brackets": "It rains [so they say] (but not here) and (elsewhere)[^1].\n\n[^1]: Here.",
    "what a site works out": '[a]({{< ref "b.md" >}}), [b]( {{% relref "c.md" %}} ), [c]({% link _d/e.md %}), [d](../{{ page.f }} ), [e](<%= g %>).',
    "the template's": "* [Kind](link to the record)\n\n-- docs/adr/template.md --\n# Title\n\n* [Kind](link to the record)",
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_nothing_is_told_of_what_is_right(text: str) -> None:
    assert not fixture(HEAD + "-- docs/adr/ADR-002-snow.md --\n# ADR-002: Snow\n\n" + text + "\n").problems("link-malformed")
