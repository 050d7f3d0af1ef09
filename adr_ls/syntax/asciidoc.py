"""AsciiDoc read as Markdown: the same text, in which every character stands where it stood.

What AsciiDoc marks otherwise than Markdown is written as Markdown in no more room than it had, and what Markdown has no word for becomes
blank. So whoever reads Markdown reads AsciiDoc, an offset in the one is the same place in the other, and nothing else has to know of two
markups. It is enough to say what stands in a document and where, and not enough to show or to change it: where Markdown takes more room, a
mark is left out, and where a value stands on the line below its key, the end of the line between them is blank.

Lines are looked at one by one, each once; see https://docs.asciidoctor.org/asciidoc/latest/ for what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from adr_ls.syntax import lazy

_LINE = lazy.regex(r"(?P<text>[^\r\n]+)(?P<end>\r\n?|\n|\Z)|(?P<empty>\r\n?|\n)")
_FRONT = lazy.regex(r"\s*---[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,400}?---[ \t]*(?:\r?\n|\Z)")
"""Front matter, as site generators have it; it stays as it is."""

_HEADING = lazy.regex(r"(?P<marks>={1,6})(?=[ \t]+\S)")
_ATTRIBUTE = lazy.regex(r":(?P<name>[^\W_][\w-]{0,60}):(?=[ \t]|$)")
_UNSET = lazy.regex(r":(?:![\w-]{1,60}|[\w-]{1,60}!):[ \t]*$")
_BLOCK_ATTRIBUTES = lazy.regex(r"\[(?:[\w.#%,\"'{\[][^\r\n]*)?\][ \t]*$")
_MACRO = lazy.regex(r"[A-Za-z][\w-]{0,40}::[^\s\[\]]{0,400}\[[^\r\n]*\][ \t]*$")
_TITLE = lazy.regex(r"\.(?=[^\s.])")
_DOTS = lazy.regex(r"[ \t]{0,20}(?P<dots>\.{1,5})(?=[ \t]+\S)")
_STARS = lazy.regex(r"[ \t]{0,20}(?P<stars>\*{2,5})(?=[ \t]+\S)")
_TERM = lazy.regex(r"[ \t]{0,20}(?P<mark>\*{0,2})(?P<key>[^\s*:;][^*\r\n:;]{0,60})(?P=mark)(?P<sign>:{2,4}|;;)(?=[ \t]|$)")
_KEY = lazy.regex(
    r"(?P<lead>[ \t]*(?:[-*][ \t]+)?)(?P<mark>\*{1,2})(?P<key>[^\W\d_][^*\r\n:]{0,60}?)(?P<inner>:?)(?P=mark)(?=(?P<outer>:?))"
)
"""A strong key at the start of a line: ``*Status:* accepted``, ``**Status**: accepted``."""
_BREAK = lazy.regex(r"[ \t]\+[ \t]*$")
_UNDERLINE = lazy.regex(r"(?P<mark>[=~^+-])(?P=mark){1,200}[ \t]*$")
_FENCE = lazy.regex(r"(?P<mark>-{4,}|\.{4,}|\+{4,}|`{3,}(?=[^`]*$))(?:(?<=`)[^`]*|[ \t]*)$")
_OPEN = lazy.regex(r"(?:={4,}|\*{4,}|_{4,}|--|<<<)[ \t]*$")
_RULE = lazy.regex(r"'{3,}[ \t]*$")
_TABLE = lazy.regex(r"(?P<mark>[|,:!])={3,}[ \t]*$")
_CELL = lazy.regex(
    r"(?<!\\)(?P<spec>(?:(?<=\s)|(?<![^\r\n])|(?<=\|))(?:\d{0,3}(?:\.\d{1,3})?[*+])?[<^>]?(?:\.[<^>])?[adehlmsv]?)\|"
)
_COLUMNS = lazy.regex(r"cols\s*=\s*(?:\"(?P<quoted>[^\"]{0,200})\"|(?P<bare>[^,\]\s]{0,200}))")
_TWO_COLUMNS = lazy.regex(r"2\*[^,;]*|[^,;*]+[,;][^,;*]+")
_REVISION = lazy.regex(
    r"(?P<number>v?\d[\w.-]{0,20}[ \t]*,[ \t]*|v\d[\w.-]{0,20}[ \t]*(?=$))?(?P<date>\d[\d ./-]{5,30}\d|[^\W\d_]+[ ]\d{1,2},?[ ]\d{4}|\d{1,2}[ ][^\W\d_]+[ ]\d{4})?(?P<remark>:[ \t][^\r\n]*)?$"
)

_INLINE = lazy.regex(
    r"(?P<xref>(?<![\w\\])(?:xref|link):(?P<target>[^\s\[\]()<>\"'`|]{1,300})\[(?P<text>(?:[^\]\r\n\\]|\\\]|\\(?!\])){0,300})\])"
    r"|(?P<anchor>\[\[\[?[^\[\]\r\n]{1,200}\]\]\]?)"
    r"|(?P<cross><<(?P<id>[^<>\r\n,]{1,300})(?:,(?P<label>[^<>\r\n]{0,300}))?>>)"
    r"|(?P<url>(?<![\w<(\"'`:\[])https?://[^\s\[\]<>\"'`]+)(?:\[(?P<said>[^\]\r\n]{0,300})\])?"
    r"|(?P<icon>(?<![\w:])icon:[\w@-]{1,60}\[[^\[\]\r\n]{0,200}\])"
    r"|(?P<role>\[[.#%][^\]\[\r\n]{1,80}\](?P<hash>##?)(?=[^#\s]))"
)
FAMILY = lazy.regex(r"(?:[\w.-]{0,60}@)?(?:[\w.-]{0,60}:){0,2}(?:page\$)?")
"""What stands before the path of a page in Antora: its version, component, module and kind."""


@cache
def _special() -> tuple[Callable[[str], object], ...]:
    """What a line begins with that is more than text; each named with its method, by which it is known how it is used."""
    return (
        _HEADING.match,
        _ATTRIBUTE.match,
        _BLOCK_ATTRIBUTES.match,
        _MACRO.match,
        _DOTS.match,
        _STARS.match,
        _TERM.match,
        _FENCE.match,
        _OPEN.match,
        _TABLE.match,
        _RULE.match,
    )


class _Line(NamedTuple):
    """A line without its end, where it starts, and its end."""

    start: int
    text: str
    end: str


def as_markdown(text: str) -> str:
    """The text as Markdown of the same length, each line as long as it was. Takes any string and never raises."""
    front = _FRONT.match(text)
    at = front.end() if front else 0
    return text[:at] + "".join(_Reading(text, at).read())


def anchors(text: str) -> frozenset[str]:
    """The anchors that are set in a text by name: ``[[why]]``, ``[#why]``."""
    return frozenset(match["id"] for match in _NAMED.finditer(text)) if "[[" in text or "[#" in text else frozenset()


_NAMED = lazy.regex(r"\[[\[#](?P<id>[^\s\[\],#.%]{1,100})")


def brings_more(text: str) -> bool:
    """Whether a text has a line in whose place something else stands: another file's text, a picture, a diagram, a table of contents."""
    return "::" in text and _BROUGHT.search(text) is not None


def includes(text: str) -> bool:
    """Whether some of a text comes of other files."""
    return "include::" in text and _INCLUDED.search(text) is not None


def is_conditional(text: str) -> bool:
    """Whether some of a text is only there under a condition."""
    return "::" in text and _CONDITION.search(text) is not None


def is_attribute(text: str) -> bool:
    """Whether a value is nothing but a reference to an attribute, be that set by the build."""
    return _REFERENCE.fullmatch(text.strip()) is not None


def leads_by_site(text: str) -> bool:
    """Whether only a site knows where a reference leads: it names another module, or an attribute that is set elsewhere."""
    target = _TARGET.search(text)
    return target is not None and ("{" in target["target"] or _OTHER_MODULE.match(target["target"]) is not None)


_REFERENCE = lazy.regex(r"\{\w[\w-]{0,60}\}")
_BROUGHT = lazy.regex(r"^(?!(?:ifdef|ifndef|ifeval|endif)::)[A-Za-z][\w-]{0,40}::[^\s\[\]]{0,400}\[", re.MULTILINE)
_INCLUDED = lazy.regex(r"^include::[^\s\[\]]", re.MULTILINE)
_CONDITION = lazy.regex(r"^if(?:def|ndef|eval)::", re.MULTILINE)
_TARGET = lazy.regex(r"(?:xref|link):(?P<target>[^\s\[\]]{1,300})")
_OTHER_MODULE = lazy.regex(r"(?:[\w.-]+@)?[\w.-]+:(?!//)")


class _Reading:
    """One reading of a text, from its first line to its last."""

    def __init__(self, text: str, at: int) -> None:
        self._lines = [
            _Line(match.start(), match["text"] or "", match["end"] if match["empty"] is None else match["empty"])
            for match in _LINE.finditer(text, at)
        ]
        self._at = 0
        self._attributes = ""  # those of the block that begins next
        self._header = 0  # how many lines below the title may still tell of its author and revision

    def read(self) -> Iterator[str]:
        """The lines as Markdown, with their ends."""
        while self._at < len(self._lines):
            yield from self._block()

    def _block(self) -> Iterator[str]:
        """What begins at this line, up to where the next thing does."""
        line = self._lines[self._at]
        text = line.text
        if (fence := _FENCE.match(text)) is not None and not self._is_underline(self._at):
            yield from self._fenced(fence["mark"], "~" if text[0] != "`" else "`")
        elif text.startswith("////") and not text.strip("/ \t"):
            yield from self._fenced(text.rstrip(), " ")
        elif (table := _TABLE.match(text)) is not None:
            yield from self._table(text.rstrip(), table["mark"])
        else:
            self._at += 1
            yield from self._line(line)

    def _fenced(self, mark: str, sign: str) -> Iterator[str]:
        """A block whose text is taken as it is; a comment, whose `sign` is a blank, says nothing."""
        opened = self._lines[self._at]
        self._attributes = ""
        closing = sign * max(3, len(mark))
        yield _as_long(closing, opened)
        while self._at + 1 < len(self._lines):
            self._at += 1
            line = self._lines[self._at]
            if line.text.rstrip() == mark:
                self._at += 1
                yield _as_long(closing, line)
                return
            yield _blank(line) if sign == " " or line.text.lstrip().startswith(closing) else line.text + line.end
        self._at += 1

    def _table(self, mark: str, sign: str) -> Iterator[str]:
        """A table: one of two columns as keys and values, any other as its cells stand."""
        attributes = self._attributes
        self._attributes = ""
        first = self._at + 1
        yield _blank(self._lines[self._at])
        self._at += 1
        while self._at < len(self._lines) and self._lines[self._at].text.rstrip() != mark:
            self._at += 1
        rows = self._lines[first : self._at]
        if sign == "|" and _has_two_columns(attributes, rows):
            yield from _pairs(rows)
        else:
            yield from (_inline(row.text) + row.end for row in rows)
        if self._at < len(self._lines):
            yield _blank(self._lines[self._at])
            self._at += 1

    def _line(self, line: _Line) -> Iterator[str]:
        """One line outside blocks of their own; with the one below it where that has its value."""
        text = line.text
        header, self._header = self._header, max(0, self._header - 1)
        if not text.strip():
            self._header = 0
            self._attributes = ""
            yield line.text + line.end
        elif (heading := _HEADING.match(text)) is not None:
            self._attributes = ""
            self._header = 2 if heading["marks"] == "=" else 0
            yield "#" * heading.end() + _inline(text[heading.end() :]) + line.end
        elif self._is_underline(self._at - 1):
            self._attributes = ""
            yield (text if text[0] in "=-" else "-" * len(text)) + line.end
        elif self._is_silent(text):
            self._header = header
            yield _blank(line)
        elif (attribute := _ATTRIBUTE.match(text)) is not None:
            self._header = header
            self._attributes = ""
            name = "date" if attribute["name"].casefold() == "revdate" else attribute["name"]
            yield f" {name}".ljust(attribute.end() - 1) + ":" + _inline(text[attribute.end() :]) + line.end
        elif header == 1 and (revision := _REVISION.match(text)) is not None:
            number, date = revision["number"] or "", revision["date"] or ""
            yield _as_long(" " * len(number) + date, line)
        elif (rule := _RULE.match(text)) is not None:
            self._attributes = ""
            yield "*" * len(rule[0].rstrip()) + text[len(rule[0].rstrip()) :] + line.end
        elif (term := _TERM.match(text)) is not None:
            self._attributes = ""
            yield from self._term(line, term)
        else:
            self._attributes = ""
            yield _inline(_marked(text)) + line.end

    def _term(self, line: _Line, term: re.Match[str]) -> Iterator[str]:
        """A term of a description list, as a key with what is said of it."""
        key = _keyed(term["key"], term.start("key"), term.end())
        first = self._at
        while first < len(self._lines) and not self._lines[first].text.strip():
            first += 1
        if line.text[term.end() :].strip() or not self._is_value(first):
            yield key + _inline(line.text[term.end() :]) + line.end
            return
        between = "".join(" " * len(empty.text + empty.end) for empty in self._lines[self._at : first])
        below = self._lines[first]
        self._at = first + 1
        yield key + line.text[term.end() :] + " " * len(line.end) + between + _inline(below.text) + below.end

    def _is_value(self, at: int) -> bool:
        """Whether a line is nothing but text."""
        text = self._lines[at].text if at < len(self._lines) else ""
        return bool(text.strip()) and not text.startswith(("* ", "- ", "+", "//")) and not any(one(text) for one in _special())

    def _is_underline(self, at: int) -> bool:
        """Whether a line is the mark below a title, about as long as that."""
        line = self._lines[at].text.rstrip()
        above = self._lines[at - 1].text.rstrip() if at else ""
        before = self._lines[at - 2].text if at > 1 else ""
        is_alone = len(above) > 1 and above[0].isalnum() and (not before.strip(" \t/") or bool(_BLOCK_ATTRIBUTES.match(before)))
        return is_alone and abs(len(above) - len(line)) <= 1 and _UNDERLINE.match(line) is not None

    def _is_silent(self, text: str) -> bool:
        """Whether a line says nothing by itself: a comment, the attributes of a block, its edge, what joins it to a list, a macro."""
        if _BLOCK_ATTRIBUTES.match(text):
            self._attributes += text
            return True
        is_comment = text.startswith("//") and not text.startswith("///")
        joins = text.strip() == "+"
        return is_comment or joins or any(one(text) for one in (_UNSET.match, _OPEN.match, _MACRO.match))


def _marked(text: str) -> str:
    """A line with the marks of lists, of titles and of strong keys as Markdown has them."""
    for form, group in ((_DOTS, "dots"), (_STARS, "stars")):
        marks = form.match(text)
        if marks is not None:
            width = marks.end() - marks.start(group)
            text = text[: marks.start(group)] + " " * (width - 1) + ("-" if group == "dots" else "*") + text[marks.end() :]
    title = _TITLE.match(text)
    text = " " + text[1:] if title is not None else text
    key = _KEY.match(text)
    if key is not None and (key["inner"] or key["outer"]):
        sign = ":" if key["inner"] else " "
        mark = " " * len(key["mark"])
        text = key["lead"] + mark + key["key"] + sign * len(key["inner"]) + mark + text[key.end() :]
    ended = _BREAK.search(text)
    return text[: ended.start()] + " " * (len(text) - ended.start()) if ended is not None else text


def _keyed(key: str, start: int, end: int) -> str:
    """A key that stands behind so many characters, and the colon behind it, as far as `end`."""
    return (" " * start + key.rstrip() + ":").ljust(end)


def _inline(text: str) -> str:
    """A line, or the rest of one, with its links as Markdown has them."""
    return _INLINE.sub(_replaced, text) if _SIGNS.search(text) else text


_SIGNS = lazy.regex(r"\[|<<")


def _replaced(match: re.Match[str]) -> str:
    width = match.end() - match.start()
    if match["xref"]:
        return _link(match["target"], match["text"], width, is_file=match[0].startswith("link:"))
    if match["cross"]:
        return _link(match["id"].strip(), (match["label"] or "").strip(), width, is_file=False)
    if match["url"]:
        if match["said"] is None:
            return match[0]  # taken all the same, so that none is looked for again within it
        return f"<{match['url']}>{match['said']}"
    return " " * width


def _link(target: str, text: str, width: int, *, is_file: bool) -> str:
    """A link in so much room. What names no file names a place in this document, of which the words are told."""
    said = text.replace("\\]", "  ").replace("[", " ")
    family = FAMILY.match(target)
    path = target[family.end() :] if family and not is_file and ".adoc" in target else target
    if is_file or _IS_FILE.search(path):
        return f"[{said}]({path}".ljust(width - 1) + ")" if len(said) + len(path) + 4 <= width else said.ljust(width)
    return (f"  {said}" if said and target.startswith("_") else f"  {target} {said}").ljust(width)[:width]


_IS_FILE = lazy.regex(r"[/#]|\.\w{2,8}$")
"""What the target of a cross reference has that is no anchor."""


def _has_two_columns(attributes: str, rows: list[_Line]) -> bool:
    columns = _COLUMNS.search(attributes)
    if columns is not None:
        return _TWO_COLUMNS.fullmatch((columns["quoted"] or columns["bare"] or "").strip()) is not None
    first = next((row.text for row in rows if row.text.strip()), "")
    return len(_CELL.findall(first)) == 2


def _pairs(rows: list[_Line]) -> Iterator[str]:
    """The rows of a table of two columns, each as a key and its value on one line, as far as they take no more than one line each."""
    is_value = False
    for index, row in enumerate(rows):
        cells = list(_CELL.finditer(row.text))
        if not cells:
            yield _inline(row.text) + row.end
            continue
        pieces = [row.text[: cells[0].start()]]
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            said = row.text[cell.end() : following.start() if following is not None else len(row.text)]
            if is_value:
                pieces.append(" " * len(cell["spec"]) + ":" + _inline(said))
            else:
                pieces.append(" " * (len(cell[0])) + _inline(_without_marks(said)))
            is_value = not is_value
        following_row = rows[index + 1].text if index + 1 < len(rows) else ""
        joins = is_value and _CELL.match(following_row)
        yield "".join(pieces) + (" " * len(row.end) if joins else row.end)


def _without_marks(key: str) -> str:
    strong = re.fullmatch(r"(?P<lead>\s*)(?P<mark>[*_]{1,2})(?P<key>[^*_]+)(?P=mark)(?P<tail>\s*)", key)
    if strong is None:
        return re.sub(r":(?=\s*$)", " ", key)
    mark = " " * len(strong["mark"])
    return strong["lead"] + mark + re.sub(r":(?=\s*$)", " ", strong["key"]) + mark + strong["tail"]


def _as_long(said: str, line: _Line) -> str:
    return said.ljust(len(line.text))[: len(line.text)] + line.end


def _blank(line: _Line) -> str:
    return " " * len(line.text) + line.end
