"""HTML that strangers wrote, of which only what can do nothing is left; the rest is shown as the text that it is.

Markdown may hold tags anywhere, and a tag that is opened in one block may be closed in another. So one `Weaver` goes through a whole
document, knows what is open, and closes whatever a block leaves open: what comes out is well-formed, whatever went in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from types import MappingProxyType

from adr_ls.syntax import lazy

_PHRASES = frozenset(
    {
        *("a", "abbr", "b", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s"),
        *("samp", "small", "span", "strong", "sub", "summary", "sup", "u", "var", "wbr"),
    }
)
"""What may stand in a paragraph."""
_FLOW = frozenset(
    {
        *("blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li"),
        *("ol", "p", "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""What only may stand beside paragraphs."""
_SILENT = frozenset({"big", "center", "font", "picture", "source", "tt"})
"""What only looks, and would look otherwise here: what stands in it is shown without."""
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_INSIDE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "li": frozenset({"ul", "ol"}),
        "dt": frozenset({"dl"}),
        "dd": frozenset({"dl"}),
        "td": frozenset({"tr"}),
        "th": frozenset({"tr"}),
        "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
        "thead": frozenset({"table"}),
        "tbody": frozenset({"table"}),
        "tfoot": frozenset({"table"}),
        "caption": frozenset({"table"}),
        "colgroup": frozenset({"table"}),
        "col": frozenset({"table", "colgroup"}),
        "summary": frozenset({"details"}),
        "figcaption": frozenset({"figure"}),
    }
)
"""What means something in some others alone."""
_ENDING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "li": frozenset({"li"}),
        "dt": frozenset({"dt", "dd"}),
        "dd": frozenset({"dt", "dd"}),
        "td": frozenset({"td", "th"}),
        "th": frozenset({"td", "th"}),
        "tr": frozenset({"td", "th", "tr"}),
        "thead": frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"}),
        "tbody": frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"}),
        "tfoot": frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"}),
        "p": frozenset({"p"}),
    }
)
"""What ends where another one of its kind begins, so that people leave out the end."""
_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "a": ("title",),
        "abbr": ("title",),
        "details": ("open",),
        "img": ("width", "height", "align"),
        "ol": ("start",),
        "td": ("colspan", "rowspan", "align"),
        "th": ("colspan", "rowspan", "align"),
        "p": ("align",),
        "div": ("align",),
    }
)
"""The attributes that are kept, besides addresses and anchors."""
_NUMBERS = frozenset({"width", "height", "start", "colspan", "rowspan"})

DEEPEST = 60
"""How many tags may be open at once; more are left out."""

_NAME = lazy.regex(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})")
_ATTRIBUTE = lazy.regex(
    r"\s{1,100}(?P<key>[^\s\"'<>/=]{1,100})"
    r"(?:\s{0,20}=\s{0,20}(?:\"(?P<double>[^\"<>]{0,4000})\"|'(?P<single>[^'<>]{0,4000})'|(?P<bare>[^\s\"'=<>`]{1,4000})))?"
)
_HEADING = lazy.regex(r"h[1-6]")
_END = lazy.regex(r"\s{0,100}/?>")
_CONTROL = lazy.regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """A text as HTML that says just that."""
    return escape(_CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


class Weaver:
    """Goes through the HTML of one document; `address` and `picture` give what an address leads to or shows, None for nothing.

    `anchor` turns the name of a place in the document into the id that it has on the page.
    """

    def __init__(
        self,
        address: Callable[[str], str | None],
        picture: Callable[[str, str, Mapping[str, str]], str],
        anchor: Callable[[str], str | None],
    ) -> None:
        self._address, self._picture, self._anchor = address, picture, anchor
        self._open: list[str] = []
        self.has_blocks = False
        """Whether a tag was let through that may not stand in a paragraph; for whoever writes one to set and to ask."""
        self.is_in_link = False
        """Whether a link of Markdown is open, in which there can be no other; for whoever writes one to set."""

    @property
    def depth(self) -> int:
        """How many tags are open."""
        return len(self._open)

    @property
    def is_linked(self) -> bool:
        """Whether a link is open, of Markdown or of HTML."""
        return self.is_in_link or "a" in self._open

    def closed(self, depth: int) -> str:
        """The ends of all tags that were opened since there were so many."""
        ended = "".join(f"</{name}>" for name in reversed(self._open[depth:]))
        del self._open[depth:]
        return ended

    def calmed(self, floor: int) -> str:
        """The ends of what is open of a paragraph, which no other block goes on with."""
        ended = ""
        while len(self._open) > floor and (self._open[-1] in _PHRASES or self._open[-1] in ("p", "pre")):
            ended += self.closed(len(self._open) - 1)
        return ended

    def woven(self, text: str, floor: int) -> str:
        """What is left of a piece of HTML; no tag is closed that was opened before there were `floor` of them."""
        return "".join(self._pieces(text, floor))

    def _pieces(self, text: str, floor: int) -> Iterator[str]:
        at = done = 0
        while (at := text.find("<", at)) >= 0:
            if text.startswith("<!--", at):
                end = text.find("-->", at + 4)
                yield shown(unescape(text[done:at]))
                if end < 0:
                    done = len(text)
                    break
                at = done = end + 3
                continue
            found = _NAME.match(text, at)
            tag = self._tag(text, found) if found is not None else None
            if found is None or tag is None:
                at += 1
                continue
            attributes, end = tag
            name = found["name"].lower()
            name = "div" if _HEADING.fullmatch(name) else name  # the outline of a page is that of Markdown
            if name in _SILENT:
                yield shown(unescape(text[done:at]))
                at = done = end
                continue
            if name not in _PHRASES and name not in _FLOW:
                at = end
                continue
            yield shown(unescape(text[done:at]))
            yield self._ended(name, floor) if found["close"] else self._begun(name, attributes, floor)
            at = done = end
        yield shown(unescape(text[done:]))

    @staticmethod
    def _tag(text: str, found: re.Match[str]) -> tuple[dict[str, str], int] | None:
        """The attributes of a tag and where it ends; None where it is none."""
        attributes: dict[str, str] = {}
        at = found.end()
        while (end := _END.match(text, at)) is None:
            one = _ATTRIBUTE.match(text, at)
            if one is None:
                return None
            said = next((one[group] for group in ("double", "single", "bare") if one[group] is not None), "")
            attributes.setdefault(one["key"].lower(), unescape(said))
            at = one.end()
        return attributes, end.end()

    def _ended(self, name: str, floor: int) -> str:
        for at in range(len(self._open) - 1, floor - 1, -1):
            if self._open[at] == name:
                return self.closed(at)
        return ""

    def _begun(self, name: str, attributes: Mapping[str, str], floor: int) -> str:
        before = ""
        while len(self._open) > floor and self._open[-1] in _ENDING.get(name, ()):
            before += self.closed(len(self._open) - 1)
        if name in _INSIDE and not (self._open and self._open[-1] in _INSIDE[name]):
            return before
        if name in _FLOW and "p" in self._open:  # which ends where a block begins
            at = self._open.index("p")
            if at < floor:
                return before
            before += self.closed(at)
        if (name == "a" and self.is_linked) or len(self._open) >= DEEPEST:
            return before
        self.has_blocks = self.has_blocks or name in _FLOW
        if name == "img":
            return before + self._picture(
                attributes.get("src", ""), attributes.get("alt", ""), dict(self._kept(name, attributes))
            )
        said = "".join(f' {key}="{shown(value)}"' for key, value in self._kept(name, attributes))
        if name == "a" and "href" in attributes:
            address = self._address(attributes["href"])
            said += f' href="{shown(address)}"' if address is not None else ""
        named = attributes.get("id") or (attributes.get("name") if name == "a" else None)
        anchor = self._anchor(named) if named else None
        said += f' id="{shown(anchor)}"' if anchor else ""
        if name not in _VOID:
            self._open.append(name)
        return f"{before}<{name}{said}>"

    @staticmethod
    def _kept(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for key in _OWN.get(name, ()):
            value = attributes.get(key)
            if value is None or (key in _NUMBERS and not re.fullmatch(r"[0-9]{1,4}", value)):
                continue
            if key == "align" and value not in ("left", "right", "center"):
                continue
            yield key, value
