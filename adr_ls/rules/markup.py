"""Rules on Markdown that readers see otherwise than it was meant."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from adr_ls.log import discovery
from adr_ls.record import filename
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Document
from adr_ls.syntax.text import Edit, Span

_DASHES = lazy.regex(r"(?<![^\r\n])[ \t>]*\|(?:[ \t]*:?-+:?[ \t]*(?:\||(?=[\r\n]|\Z)))+[ \t]*(?=[\r\n]|\Z)")
"""The line below the head of a table."""
_MARKS = lazy.regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?=\|)")
"""What may stand before the first pipe of a row: the marks of a quote and of an item."""
_PIPE = lazy.regex(r"\\.|(\|)")
_CODE = lazy.regex(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_NOT_TEXT = frozenset({"block_code", "block_html", "inline_html"})


@rule("warning", pages=True)
def table_broken(subject: Subject) -> Iterator[Found]:
    r"""A table is not shown as one, or not all of it is.

    Forges take lines for a table only if the line of dashes has as many cells as the head above it, and drop what a row has besides. A
    pipe divides cells in code, too, unless it is written `\|`. Told once of each table, in records and in the pages of their directories.

    ```md before
    # 1. Use Kafka

    | Option | Speed | Price |
    | --- | --- |
    | Kafka | good | fair |
    ```
    ```md after
    # 1. Use Kafka

    | Option | Speed | Price |
    | --- | --- | --- |
    | Kafka | good | fair |
    ```
    """
    record, lines = subject.record, subject.record.lines
    if not is_at_home(subject) or "|" not in record.text:
        return
    end = 0  # of the table before, in which dashes are a row like others
    for match in _DASHES.finditer(record.text, record.document.start):
        number = lines.line_at(match.end())
        if not number or number < end:
            continue
        dashes = lines.span(number)
        head = _cells(record, lines.span(number - 1))
        if not head or record.document.kind_at(head[0].start) in _NOT_TEXT:
            continue
        marked = _cells(record, dashes)
        if len(marked) != len(head):
            below = _cells(record, lines.span(number + 1)) if number + 1 < len(lines) else []
            yield Found(
                dashes,
                f"This is not shown as a table: its head has {_counted(len(head))}, the line below it {len(marked)}.",
                (_fitted(subject, dashes, len(head), sure=len(below) == len(head)),) if len(head) > len(marked) else (),
            )
            continue
        end = _end(record, number)
        yield from _beyond(subject, range(number + 1, end), len(head))


def is_at_home(subject: Subject) -> bool:
    """Whether a file is a record, or a page beside such or in a directory of several logs."""
    directory = posixpath.dirname(subject.record.path)
    return not subject.is_page or directory == subject.log.directory or discovery.is_log_name(posixpath.basename(directory))


def _cells(record: Record, line: Span) -> list[Span]:
    """Where the cells of a row stand that begins with a pipe, as forges divide it: at each pipe that is not escaped; none of other lines."""
    written = line.of(record.text).rstrip()
    marks = _MARKS.match(written)
    if marks is None:
        return []
    pipes = [match.start() for match in _PIPE.finditer(written, marks.end()) if match[1]]
    ends = [*pipes[1:], *([len(written)] if pipes[-1] != len(written) - 1 else [])]
    return [Span(line.start + start + 1, line.start + end) for start, end in zip(pipes, ends, strict=False) if end > start]


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _fitted(subject: Subject, dashes: Span, cells: int, *, sure: bool) -> Fix:
    """Gives the line of dashes as many cells as the head has."""
    written = dashes.of(subject.record.text).rstrip()
    lacking = cells - len(_cells(subject.record, dashes))
    at = dashes.start + len(written)
    more = " --- |" * lacking if written.endswith("|") else " | ---" * lacking
    return subject.fix(f"Give the line below the head {_counted(cells)}", Edit(Span(at, at), more), preferred=sure)


def _end(record: Record, dashes: int) -> int:
    """The line behind the last row of the table that has a line of dashes, as far as its rows begin with a pipe."""
    return next(
        (one for one in range(dashes + 1, len(record.lines)) if not _cells(record, record.lines.span(one))), len(record.lines)
    )


def _beyond(subject: Subject, rows: Iterable[int], cells: int) -> Iterator[Found]:
    """The first row of a table with text in more cells than the head has, which is not shown."""
    record, lines = subject.record, subject.record.lines
    found: list[Span] = []
    edits: list[Edit] = []
    for number in rows:
        own = _cells(record, lines.span(number))
        if any(cell.of(record.text).strip(" \t:-") for cell in own[cells:]):  # lines between rows say nothing
            found.append(Span(own[cells].start, own[-1].end))
            edits += _escaped(record, lines.span(number), len(own) - cells)
    if found:
        more = len(found) - 1
        others = f" So it is in {more} more rows." if more > 1 else " So it is in one more row." if more else ""
        fixes = (subject.fix("Escape the pipes in code", *edits, preferred=False),) if edits else ()
        yield Found(found[0], f"This is not shown: the head of the table has only {_counted(cells)}.{others}", fixes)


def _escaped(record: Record, line: Span, too_many: int) -> list[Edit]:
    """The pipes in the code of a row, escaped, where these are all that it has too many."""
    written = line.of(record.text)
    pipes = [code.start(2) + pipe.start() for code in _CODE.finditer(written) for pipe in _PIPE.finditer(code[2]) if pipe[1]]
    return [Edit(Span(line.start + at, line.start + at), "\\") for at in pipes] if len(pipes) == too_many else []


_FENCE = lazy.regex(r"(?P<mark>`{3,}|~{3,})[^\r\n]*")
_TEXT = lazy.regex(r"(?<![^\r\n])[ \t>]*(?:#{2,6}[ \t]+[^\s#]|(?:`{3,}|~{3,})[A-Za-z])")
"""A line that is hardly one of code: a heading, or the beginning of other code."""


@rule("warning", pages=True)
def fence_unclosed(subject: Subject) -> Iterator[Found]:
    """Code that begins is never closed, so that headings below it are shown as code.

    Mostly the closing fence was forgotten, or code that shows fences itself has one of the same length around it, which the first of
    these closes: then the outer one needs a mark more.

    `````md before
    # 1. Use Kafka

    ## Decision

    ```yaml
    broker: kafka

    ## Consequences

    We run it.
    `````
    """
    record = subject.record
    fence = open_fence(record) if is_at_home(subject) else None
    if fence is not None and _TEXT.search(record.text, fence.end, len(record.text.rstrip())):
        yield Found(fence, "This code is never closed, so that all below it is shown as code.")


def open_fence(record: Record) -> Span | None:
    """The fence of the code that a text ends in since nothing closes it; None where all is closed."""
    end = len(record.text.rstrip())
    if not ("```" in record.text or "~~~" in record.text):
        return None
    around = record.document.innermost_at(max(0, end - 1))
    if around is None or around.kind != "block_code":
        return None
    code = around.span
    fence = _FENCE.match(record.text, code.start, code.end)
    if fence is None:
        return None
    last = record.text[fence.end() : end].rpartition("\n")[2].strip(" \t>")
    if len(last) >= len(fence["mark"]) and set(last) == {fence["mark"][0]}:
        return None
    return Span(*fence.span())


_TICK = lazy.regex(r"(?<![\\`])`(?!`)(?:(?<![^\W_].)|(?![^\W_]))")
_STARS = lazy.regex(r"(?<![\\*/])\*\*(?![*/])")
_BLANK_LINE = lazy.regex(r"(?<=[\r\n])[ \t]*(?=[\r\n])")
_FENCED = lazy.regex(r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?`{3,}[^`]*")
"""A line that opens or closes code, whatever paragraph is in front of it."""
_STRONG = lazy.regex(
    r"(?:[ \t>]*\*[ \t])?[^*\\]*(?:(?:\*\*(?=\w)|(?<![^\s(>])\*\*(?=[^\w\s*]))[^*\\]*"
    r"(?:(?<=\w)\*\*|(?<=[^\w\s*])\*\*(?![^\s:,.;)]))[^*\\]*)*"
)
"""A line in which each two stars have others that close them, and no star means anything else."""
_QUOTED_CODE = lazy.regex(r"`[^\s`'´‘’]{1,80}(?P<mark>['´’])(?!\w)")
"""Code that ends with another mark than it begins with."""
_BARE = "\"'`“”‘’"
"""Quotation marks, within which two stars speak of themselves."""


@rule("warning")
def mark_unclosed(subject: Subject) -> Iterator[Found]:
    """A mark of code or of strong words has no partner, so that readers see the mark itself.

    Mostly the other one was forgotten, or is not the same mark, or there is a blank between two stars and the words that they are to make
    strong. All but the first of a record are information. So are two stars that nothing closes, as they may be an operator, and such
    between a punctuation mark and a letter, as in `**Note:**this`, which close nothing though they look right.

    ```md before
    # 1. Use Kafka

    ## Decision

    What is sent is described in `docs/events.yaml', for each topic.
    ```
    ```md after
    # 1. Use Kafka

    ## Decision

    What is sent is described in `docs/events.yaml`, for each topic.
    ```
    """
    record = subject.record
    told = False
    for mark in sorted(_alone(record), key=lambda one: one.span):
        closing = _QUOTED_CODE.match(record.text, mark.span.start) if not mark.is_strong else None
        fixes: tuple[Fix, ...] = ()
        if closing is not None:
            fixes = (subject.fix("Close the code with “`”", Edit(Span(*closing.span("mark")), "`")),)
        sign, what = ("**", "words strong") if mark.is_strong else ("`", "code")
        said = f"This “{sign}” is shown as it is, as it has no partner to make {what}."
        yield Found(mark.span, said, fixes, level="info" if told or not mark.is_sure else None)
        told = told or mark.is_sure


class _Mark(NamedTuple):
    """A mark that is shown as text; whether it was surely meant as one."""

    span: Span
    is_strong: bool
    is_sure: bool

    def shift(self, by: int) -> _Mark:
        """The mark so many code points further on."""
        return self._replace(span=self.span.shift(by))


def _alone(record: Record) -> Iterable[_Mark]:
    """The marks of code and of strong words that have no partner, the first of each paragraph."""
    found = record.document.piecewise(_alone_in, _Mark.shift)
    return _alone_in(record.document) if found is None else found


def _alone_in(document: Document) -> list[_Mark]:
    text = document.text
    doubtful = list(_doubtful(document)) if "`" in text or "**" in text else []
    found: list[_Mark] = []
    for around, own in groupby(_shown(document, _TICK, doubtful), key=lambda match: document.text_at(match.start())):
        (first, *others) = own
        if not others:
            # A backslash escapes nothing in code, and several marks in a row are another one: with such, which is left over may be any
            is_sure = around is None or not any(other in around.of(text) for other in ("\\`", "``"))
            found.append(_Mark(Span(*first.span()), is_strong=False, is_sure=is_sure))
    stars = (match for match in _shown(document, _STARS, doubtful) if not _speaks_of_itself(text, match))
    for _, own in groupby(stars, key=lambda match: document.text_at(match.start())):
        (first, *others) = own
        found.append(_Mark(Span(*first.span()), is_strong=True, is_sure=_is_slip(text, first, others[-1] if others else None)))
    return found


def _shown(document: Document, pattern: re.Pattern[str], doubtful: Iterable[Span]) -> Iterator[re.Match[str]]:
    """The matches that are shown as text, within some stretches."""
    for span in doubtful:
        yield from filter(document.is_text, pattern.finditer(document.text, span.start, span.end))


def _doubtful(document: Document) -> Iterator[Span]:
    """The stretches between blank lines in which a mark may have no partner: all but those where each line has all of its own.

    Most lines are plain enough to be told by a look, and none of what stands in them need be parsed for it.
    """
    text, start = document.text, document.start
    ends = [match.start() for match in _BLANK_LINE.finditer(text, start)]
    for end in (*ends, len(text)):
        if any(map(_may_lack, text[start:end].splitlines())):
            yield Span(start, end)
        start = end


def _may_lack(line: str) -> bool:
    """Whether a mark in a line may have no partner there."""
    if "`" in line:
        if "```" in line and _FENCED.fullmatch(line):
            return False
        if line.count("`") % 2 or any(mark in line for mark in ("``", "\\`", "<")):
            return True
        line = _CODE.sub("`", line)
    return "**" in line and not _STRONG.fullmatch(line)


def _is_slip(text: str, first: re.Match[str], last: re.Match[str] | None) -> bool:
    """Whether two stars were surely to make words strong: there is a blank within them, or they close what nothing opens."""
    if last is not None:
        return text[first.end() : first.end() + 1].isspace() or text[last.start() - 1 : last.start()].isspace()
    before = text[max(0, first.start() - 1) : first.start()]
    return bool(before) and not before.isspace() and before not in "([{"


def _speaks_of_itself(text: str, match: re.Match[str]) -> bool:
    """Whether two stars are an operator or the pattern of a file's name: between letters of code, or within quotation marks."""
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (before in _BARE and behind in _BARE) or (
        before.isascii() and before.isalnum() and behind.isascii() and behind.isalnum()
    )


_GLUED = lazy.regex(r"(?:(?<=[\r\n])|(?<![\s\S]))(?:#{1,6}|[*-])(?=[^\W\d_])")
"""What would be the mark of a heading or of an item, at the beginning of a line, if there were a blank behind it."""
_LONGEST = 100
"""How many characters a line has at most that is to be a heading."""
_WORDED = lazy.regex(r"-(?:[^\W\d_a-z]|[^\W\d_]{3,}[ ,.:;])")
"""A hyphen before a word: with a capital, or of more letters than the flag of a program mostly has."""
_STARRED = lazy.regex(r"(?<![^\r\n])[ \t]*\*[ \t]+[^\s*]")
"""An item with a star."""


@rule("warning")
def blank_missing(subject: Subject) -> Iterator[Found]:
    """The mark of a heading or an item has no blank behind it, so that readers see the mark, and no heading or item.

    A single number sign counts only where other sections begin with one, as `#word` may be a label; a star or a hyphen where the lines
    beside it are items of that kind, or others of the record are and nothing closes the star.

    ```md before
    # 1. Use Kafka

    ##Context

    We need a broker.
    ```
    ```md after
    # 1. Use Kafka

    ## Context

    We need a broker.
    ```
    """
    record = subject.record
    for match in record.document.mentions(_GLUED, having=("#", "*", "-")):
        number = record.lines.line_at(match.start())
        own = record.lines.span(number).of(record.text).rstrip()
        is_heading = own[0] == "#"
        if not (_is_to_be_heading(record, own) if is_heading else _is_to_be_item(record, number, own)):
            continue
        if any(own in template.text for template in subject.log.templates):
            continue
        fix = subject.fix("Put a blank behind it", Edit(Span(match.end(), match.end()), " "), preferred=is_heading)
        kind = "heading" if is_heading else "item"
        level: Level | None = None if is_heading or _has_items_beside(record, number, own[0]) else "info"
        yield Found(Span(*match.span()), f"This is no {kind}, as there is no blank behind “{match[0]}”.", (fix,), level=level)


def _is_to_be_heading(record: Record, line: str) -> bool:
    """Whether a line that begins with number signs and a letter is surely to be a heading."""
    if len(line) > _LONGEST:
        return False
    return line.startswith("##") or (line[1].isupper() and sum(one.level == 1 for one in record.document.headings) > 2)


def _is_to_be_item(record: Record, number: int, line: str) -> bool:
    """Whether a line that begins with a star or a hyphen and a letter is surely to be an item."""
    if line[0] == "-":
        return _WORDED.match(line) is not None and _has_items_beside(record, number, "-")
    if "*" in line[1:]:
        return False
    if _has_items_beside(record, number, "*"):
        return True
    return (
        not _has_text_beside(record, number) and len(list(islice(_STARRED.finditer(record.text, record.document.start), 2))) > 1
    )


def _beside(record: Record, number: int) -> list[str]:
    """The lines above and below one."""
    lines = record.lines
    return [lines.span(one).of(record.text) for one in (number - 1, number + 1) if 0 <= one < len(lines)]


def _has_items_beside(record: Record, number: int, mark: str) -> bool:
    return any(one.startswith(f"{mark} ") for one in _beside(record, number))


def _has_text_beside(record: Record, number: int) -> bool:
    return any(one.strip() for one in _beside(record, number))


_TAG = lazy.regex(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,300})?(?P<alone>/?)>")
_HTML = frozenset(
    {
        *(
            "a",
            "abbr",
            "acronym",
            "address",
            "area",
            "article",
            "aside",
            "audio",
            "b",
            "base",
            "bdi",
            "bdo",
            "big",
            "blockquote",
        ),
        *("body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd"),
        *(
            "del",
            "details",
            "dfn",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "em",
            "embed",
            "fieldset",
            "figcaption",
            "figure",
            "font",
        ),
        *("footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html"),
        *("i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "math", "menu"),
        *("meta", "meter", "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture"),
        *("pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select", "slot", "small"),
        *("source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template"),
        *("textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr"),
    }
)
"""The elements of HTML, those that are out of use included."""


@rule("info")
def tag_unknown(subject: Subject) -> Iterator[Found]:
    """What stands between angle brackets is taken for a tag that does not exist, so that readers do not see it.

    Mostly it is the parameter of a type, `List<T>`, a blank that somebody is to fill in, `/buy <ticker>`, or XML that should be code.
    Told once of a record, and so is a tag that closes what nothing opens, as tools that write for people leave some at the end of a file.
    Components of a site (`<Tabs>…</Tabs>`), which have a capital or a hyphen and are closed, are no matter.

    ```md before
    # 1. Use Kafka

    ## Decision

    The handler gets a Batch<Event>.
    ```
    ```md after
    # 1. Use Kafka

    ## Decision

    The handler gets a Batch&lt;Event>.
    ```
    """
    record = subject.record
    if "<" not in record.text or filename.is_asciidoc(record.path):
        return
    found = [match for match in _TAG.finditer(record.text, record.document.start) if _is_hidden(record, match)]
    openings = [match for match in found if not match["closing"]]
    if not openings:
        yield from _left_over(subject, found)
        return
    is_inline = all(record.document.kind_at(match.start()) == "inline_html" for match in found)
    edits = [Edit(Span(match.start(), match.start() + 1), "&lt;") for match in found] if is_inline else []
    fixes = (subject.fix("Write “&lt;” for “<”", *edits, preferred=False),) if edits else ()
    first, more = openings[0], len(openings) - 1
    others = f" So it is in {more} more places." if more > 1 else " So it is in one more place." if more else ""
    said = f"“{first[0]}” is not shown, as it is taken for a tag; make it code, or write “&lt;”."
    yield Found(Span(*first.span()), said + others, fixes)


def _left_over(subject: Subject, closings: Sequence[re.Match[str]]) -> Iterator[Found]:
    """That tags close what nothing opens; those that stand alone on the last lines can be removed."""
    record = subject.record
    lone = [match for match in closings if f"<{match['name']}" not in record.text]
    if not lone:
        return
    first = lone[0]
    is_last = _CLOSING_LINES.fullmatch(record.text, first.start()) is not None
    start = len(record.text[: first.start()].rstrip(" \t"))
    fixes = (subject.fix("Remove it", Edit(Span(start, len(record.text)), ""), preferred=False),) if is_last else ()
    yield Found(Span(*first.span()), f"“{first[0]}” closes what nothing opens, and is not shown.", fixes)


_CLOSING_LINES = lazy.regex(r"(?:</[A-Za-z][\w.:-]{0,60}>\s*)+")
"""Nothing but tags that close something."""


def _is_hidden(record: Record, match: re.Match[str]) -> bool:
    """Whether a tag is none of HTML and of no component, and is not shown."""
    text, name, at = record.text, match["name"], match.start()
    if name.casefold() in _HTML or record.document.kind_at(at) not in ("inline_html", "block_html"):
        return False
    is_component = name[0].isupper() or "-" in name or "." in name
    if is_component and (match["alone"] or match["closing"] or f"</{name}>" in text):
        return False
    around = (("<!--", "-->"), ("<svg", "</svg"), ("<math", "</math"), ("<script", "</script"), ("<style", "</style"))
    return not any(text.rfind(begin, 0, at) > text.rfind(end, 0, at) for begin, end in around)


RULES: tuple[Rule, ...] = (table_broken, fence_unclosed, mark_unclosed, blank_missing, tag_unknown)
