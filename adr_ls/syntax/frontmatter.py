"""The metadata block on top of a Markdown file, with the exact place of every key and value.

This is the only module that knows python-frontmatter and PyYAML. python-frontmatter is entered where it is meant to be
extended: a `YAMLHandler` with a boundary and a `load` of its own. What its stock handler does would not do here: it constructs
Python objects (`0012` becomes 10, `no` becomes False, `2024-13-01` raises), keeps no positions, takes prose between two thematic
breaks for YAML, and hands text by strangers to a recursive composer, which a few kilobytes of `[` crash for good.

So YAML is only ever read as a bounded stream of *events*, by the pure Python parser, whose results do not depend on whether
libyaml was there when PyYAML was built. Three readers share the work:

- `_read_simple` for what nearly all records have, flat `key: value` lines, without even importing PyYAML;
- `_yaml_handler` for everything else that is YAML;
- `_read_by_line` for what is not, since a record must not lose its status to an unquoted colon further down. It reads TOML too.

All offsets are code points into the text given to `read`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span

if TYPE_CHECKING:
    from frontmatter.default_handlers import YAMLHandler
    from yaml import MarkedYAMLError
    from yaml.events import Event, ScalarEvent

MAX_CHARACTERS = 64 * 1024
"""How far down the closing fence is looked for."""

MAX_ABOVE = 4 * 1024
"""How many characters of comments may stand above it."""

MAX_LINES = 500
"""How many lines front matter may have."""

MAX_YAML = 16 * 1024
"""How many characters PyYAML gets to see; it takes up to 10 ms for each 1,000."""

MAX_NAVIGATION = 64 * 1024
"""The same for an entry of a YAML file."""

MAX_EVENTS = 5_000
"""How many keys, values, and starts and ends of lists and maps are read."""

MAX_DEPTH = 32
"""How deep lists and maps may be nested."""

Kind = Literal["scalar", "list", "map", "empty"]
Style = Literal["plain", "single", "double", "block"]
FaultKind = Literal["syntax", "duplicate-key", "alias", "tag", "too-large", "not-a-mapping", "unclosed"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text in front matter.

    `text` is what it says: unquoted and unfolded, but never converted, so that `0012` and `no` stay what they are. `span` is
    where it is written, without quotes. `comment` is a comment right behind a plain scalar: the end of `superseded by #12` is
    lost to one, which its author hardly meant.
    """

    text: str
    span: Span
    style: Style
    comment: Span | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A top-level key and its value.

    `key_span` leaves out quotes around the key. `span` is the whole entry, nested lines and a comment behind it included, without
    blanks and line ends behind it. `value_span` is the value as written, with quotes and brackets; where there is none it is empty and stands
    behind the colon. `scalars` are all the texts in the value in order, at whatever depth, and for a map its keys as well.
    `comment` is one that stands where the value should: `superseded-by: #12` has no value at all.
    """

    key: str
    key_span: Span
    span: Span
    value_span: Span
    kind: Kind
    scalars: tuple[Scalar, ...]
    comment: Span | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the front matter, where, and what to do about it."""

    span: Span
    message: str
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata block of a file.

    `span` reaches from the opening fence to behind the closing one, without its line end; `content` is what stands between
    them; `body` is where the line behind the closing fence starts. Without a closing fence both spans end with the last line
    that is clearly metadata. `faults` are in the order of the text.
    """

    span: Span
    content: Span
    body: int
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]

    def get(self, *keys: str) -> Entry | None:
        """The first entry that has one of the keys, or None; capitals do not matter, and `-`, `_` and blanks are the same."""
        wanted = {_same(key) for key in keys}
        return next((entry for entry in self.entries if _same(entry.key) in wanted), None)


def read(text: str) -> FrontMatter | None:
    """The front matter of a Markdown text, or None where it has none. Reads nothing but the text and never raises.

    Front matter starts on the first line (a byte order mark may precede it, and comments and blank lines) with a fence `---`,
    which a line `---` or `...` closes, and has at least one line that looks like `key: value`, or nothing but comments. Else the
    fence is a thematic break. `+++` fences TOML.
    """
    first = 1 if text.startswith("\ufeff") else 0
    start = _behind_comments(text, first)
    opening = _OPENING.match(text, start)
    if opening is None or _BLANK_LINE.match(text, opening.end()):
        return None
    read_content = _read_toml if opening["fence"] == "+++" else _read_yaml
    closing = _find_closing(text, opening)
    if closing is not None:
        content = Span(opening.end(), closing.start("fence"))
        entries, faults = read_content(text, content) or (None, ())
        if entries or (entries is not None and start == first):
            return FrontMatter(
                Span(start, closing.end("fence")), content, closing.end(), entries, _in_order(text, entries, faults)
            )
    return _read_unclosed(text, opening) if opening["fence"] == "---" and start == first else None


def entry(text: str, within: Span) -> Entry | None:
    """The one entry that stands in a stretch of a YAML file, None where it is too large or no YAML. Tags and aliases mean nothing."""
    if within.end - within.start > MAX_NAVIGATION:
        return None
    found: _Found = _yaml_handler().load(within.of(text), text=text, offset=within.start)
    return found.entries[0] if found.resume is None and len(found.entries) == 1 else None


def inside(text: str, outer: Entry) -> tuple[Entry, ...]:
    """The entries of the map that is the value of one, in braces or below it; none where that is no map, or cannot be read alone."""
    value = outer.value_span
    if outer.kind != "map" or value.end - value.start > MAX_NAVIGATION:
        return ()
    line = max(text.rfind(end, 0, value.start) for end in "\r\n") + 1
    within = value if text[line : value.start].strip() else Span(line, value.end)
    found: _Found = _yaml_handler().load(within.of(text), text=text, offset=within.start)
    return tuple(found.entries) if found.resume is None else ()


# --- The block -------------------------------------------------------------------------------------------------------------------

_EOL = r"(?:\r\n|\n|\r)"
_OPENING = lazy.regex(rf"(?P<fence>---|\+\+\+)[ \t]*{_EOL}")
_CLOSINGS = {
    "---": lazy.regex(rf"[\r\n](?P<fence>(?:---|\.\.\.)[ \t]*)(?:{_EOL}|\Z)"),
    "+++": lazy.regex(rf"[\r\n](?P<fence>\+\+\+[ \t]*)(?:{_EOL}|\Z)"),
}
_BLANK_LINE = lazy.regex(r"[ \t]*(?:[\r\n]|\Z)")
_BLANK_LINES = lazy.regex(rf"(?:[ \t]*{_EOL})+")
_LINE = lazy.regex(rf"(?P<line>[^\r\n]*){_EOL}?")
_KEY = r"""(?:"[^"\r\n]{1,100}"|'[^'\r\n]{1,100}'|\w[\w.-]*(?:[ ][\w.-]+){0,3})"""
_KEY_LINE = lazy.regex(rf"(?:^|(?<=[\r\n]))[ ]*(?:\{{[ ]*)?{_KEY}[ ]*:(?=\s|\Z)")
_COMMENTED_KEY = lazy.regex(r"(?:^|(?<=[\r\n]))#[ ]?[a-z][\w-]*:(?=\s|\Z)")
_HEADING = lazy.regex(r"(?<=[\r\n])#[ \t]+\S")
_MEANT = lazy.regex(r"(?P<key>[^\W\d_][\w-]*):[ \t]+[^\s]")
_CONTINUES = lazy.regex(r"[ \t]+[^\s]|-[ \t]|[^\W\d_][\w-]*[ ]?:(?=\s|\Z)")
_PROSE = lazy.regex(r"""[^\s#\]}"'{\[-]""")

_Reading = tuple[tuple[Entry, ...], tuple[Fault, ...]]


def _find_closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """The closing fence, unless it is too far away; its match ends behind its line end."""
    # The search starts at the opening fence's own line end, as the very next line may be the closing one.
    found = _CLOSINGS[opening["fence"]].search(text, opening.end() - 1, opening.end() + MAX_CHARACTERS)
    if found is None or _count_lines(text, opening.end(), found.start()) > MAX_LINES:
        return None
    if found.end() == opening.end() + MAX_CHARACTERS < len(text):
        return None  # What looks like the end of the text is only the end of the search.
    return found


def _behind_comments(text: str, at: int) -> int:
    """Where the first line starts that is neither blank nor of an HTML comment, such as a licence's."""
    limit = at + MAX_ABOVE
    while at < limit:
        blank = _BLANK_LINES.match(text, at)
        if blank and blank.end() > at:
            at = blank.end()
        elif text.startswith("<!--", at) and (end := text.find("-->", at, limit)) >= 0:
            at = end + len("-->")
        else:
            break
    return at


def _count_lines(text: str, start: int, end: int) -> int:
    return 1 + max(text.count("\n", start, end), text.count("\r", start, end))


def _lines(text: str, within: Span) -> Iterator[Span]:
    """The lines without their line ends, as the editor counts them: YAML knows more line ends than that."""
    at = within.start
    while at < within.end and (match := _LINE.match(text, at, within.end)):
        yield Span(at, match.end("line"))
        at = match.end()


def _read_unclosed(text: str, opening: re.Match[str]) -> FrontMatter | None:
    """Front matter that nobody closed: the lines below the fence, as long as they can only be metadata.

    None where the fence may as well be a thematic break above a paragraph such as `Note: …`.
    """
    limit = min(len(text), opening.end() + MAX_CHARACTERS)
    run: list[Span] = []
    for line in _lines(text, Span(opening.end(), limit)):
        if len(run) == MAX_LINES or not _CONTINUES.match(text, line.start, line.end):
            break
        run.append(line)
    first = _MEANT.match(text, opening.end())
    if first is None or not run or (len(run) == 1 and not first["key"].islower()):
        return None
    content = Span(opening.end(), run[-1].end)
    reading = _read_yaml(text, content)
    if reading is None:
        return None
    entries, faults = reading
    fence = Span(opening.start(), opening.end("fence"))
    body = _LINE.match(text, content.end)
    span, after = Span(fence.start, content.end), body.end() if body else content.end
    if len(run) == MAX_LINES or content.end == limit < len(text):
        fault = Fault(
            fence, f"This front matter is too long to be read: keep it below {MAX_LINES} lines and 64 KiB.", "too-large"
        )
        closing = _CLOSINGS["---"].search(text, content.end)
        if closing is not None:
            span, after = Span(fence.start, closing.end("fence")), closing.end()
    else:
        fault = Fault(fence, "This front matter is never closed: add a line “---” below the last key.", "unclosed")
    return FrontMatter(span, content, after, entries, _in_order(text, entries, (fault, *faults)))


def _in_order(text: str, entries: Iterable[Entry], faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults, with those of keys given twice, in the order of the text."""
    found = list(faults)
    seen: set[str] = set()
    for entry in entries:
        same = _same(entry.key)
        if same in seen:
            key = entry.key_span.of(text)
            found.append(
                Fault(
                    entry.key_span, f"“{key}” is given twice, and only the first is read: remove one of them.", "duplicate-key"
                )
            )
        seen.add(same)
    return tuple(sorted(found, key=lambda fault: fault.span))


def _same(key: str) -> str:
    return key.strip().lower().replace("_", "-").replace(" ", "-")


def _is_prose(text: str, content: Span) -> bool:
    """Whether text that is not YAML looks rather like Markdown between two thematic breaks."""
    metadata = prose = 0
    for line in _lines(text, content):
        if _KEY_LINE.match(text, line.start, line.end) or text.startswith("- ", line.start):
            metadata += 1
        elif _PROSE.match(text, line.start, line.end) or text.startswith("##", line.start):
            prose += 1
    return prose > metadata


# --- YAML ------------------------------------------------------------------------------------------------------------------------


def _read_yaml(text: str, content: Span) -> _Reading | None:
    """What the YAML says, or None where it is none."""
    entries = _read_simple(text, content)
    if entries:
        return entries, ()
    block = content.of(text)
    if not _KEY_LINE.search(block):
        # Templates ship with every key commented out. It is front matter still; its comments are no headings.
        is_comment = entries is not None and (_COMMENTED_KEY.search(block) or _HEADING.search(text, content.end))
        return ((), ()) if is_comment or not block.strip() else None
    if len(block) > MAX_YAML:
        first = next(_lines(text, content))
        message = f"This front matter is too large to be read as YAML: keep it below {MAX_YAML // 1024} KiB."
        found = _Found(faults=[Fault(first, message, "too-large")], resume=content.start)
    else:
        found = _yaml_handler().load(block, text=text, offset=content.start)
    if found.resume is None:
        return tuple(found.entries), tuple(found.faults)
    if _is_prose(text, content):
        return None
    rest = _read_by_line(text, Span(found.resume, content.end), _YAML_LINE.match)
    return (*found.entries, *rest.entries), tuple(found.faults)


_SAFE = r"""\w !"$%&'()*+,./:;<=>?@\[\]\\^`{|}~“”‘’–—…-"""
_SIMPLE_SKIP = lazy.regex(rf"(?:[ ]*(?:#[#{_SAFE}]*)?{_EOL})*")
_SIMPLE_LINE = lazy.regex(rf"(?P<key>[A-Za-z_][\w-]{{0,60}}):(?P<value>|[ ][{_SAFE}]*)(?:{_EOL}|\Z)")
_SIMPLE_ITEM = lazy.regex(rf"(?P<indent>[ ]*)-[ ]+(?P<value>\w[{_SAFE}]*)(?:{_EOL}|\Z)")
_SIMPLE_FLOW = lazy.regex(r"[ ]*(?:\w[\w ./-]*(?:,[ ]*\w[\w ./-]*)*)?")
_SIMPLE_FLOW_ITEM = lazy.regex(r"\w[^,]*")


def _read_simple(text: str, content: Span) -> tuple[Entry, ...] | None:
    """The entries of front matter that has only `key: value` lines, flat lists and comment lines; None where there is more to it.

    A property test proves that it says the same as the events of PyYAML, at a tenth of their cost. So it must refuse whatever it
    is not sure of: it knows only some characters, and none that YAML takes for a line end or a comment.
    """
    entries: list[Entry] = []
    at = _skip_simple(text, content.start, content.end)
    while at < content.end:
        line = _SIMPLE_LINE.match(text, at, content.end)
        if line is None:
            return None
        key, at = line["key"], line.end()
        key_span, value_span = Span(*line.span("key")), _stripped(text, Span(*line.span("value")))
        end = line.end("value")
        kind: Kind
        if value_span.start < value_span.end:
            value = _simple_value(text, value_span)
            if value is None:
                return None
            kind, scalars = value
        else:
            value_span = Span(key_span.end + 1, key_span.end + 1)
            items = _simple_items(text, at, content.end)
            if items is None:
                return None
            kind, scalars = "empty", ()
            if items:
                kind, scalars = "list", tuple(scalar for _, scalar in items)
                last = items[-1][0]
                value_span = Span(items[0][0].end("indent"), scalars[-1].span.end)
                at, end = last.end(), last.end("value")
        span = _stripped(text, Span(key_span.start, end))
        entries.append(Entry(key, key_span, span, value_span, kind, scalars))
        at = _skip_simple(text, at, content.end)
    return tuple(entries)


def _skip_simple(text: str, at: int, end: int) -> int:
    """The offset behind blank lines and lines with only a comment."""
    skipped = _SIMPLE_SKIP.match(text, at, end)
    return skipped.end() if skipped else at


def _simple_value(text: str, span: Span) -> tuple[Kind, tuple[Scalar, ...]] | None:
    """What a value on the line of its key says, or None where it takes YAML to know."""
    value = span.of(text)
    inner = Span(span.start + 1, span.end - 1)
    if value[0].isalnum() or value[0] == "_":
        return ("scalar", (Scalar(value, span, "plain"),)) if _is_simple_plain(value) else None
    if value[0] in "\"'" and len(value) > 1 and value[-1] == value[0] and value[0] not in value[1:-1] and "\\" not in value:
        return "scalar", (Scalar(value[1:-1], inner, "double" if value[0] == '"' else "single"),)
    if value[0] == "[" and value[-1] == "]" and _SIMPLE_FLOW.fullmatch(text, inner.start, inner.end):
        places = (_stripped(text, Span(*item.span())) for item in _SIMPLE_FLOW_ITEM.finditer(text, inner.start, inner.end))
        return "list", tuple(Scalar(place.of(text), place, "plain") for place in places)
    return None


def _simple_items(text: str, at: int, end: int) -> list[tuple[re.Match[str], Scalar]] | None:
    """The list items on the lines from an offset on, or None where they are not all plain and below each other."""
    items: list[tuple[re.Match[str], Scalar]] = []
    while item := _SIMPLE_ITEM.match(text, at, end):
        span = _stripped(text, Span(*item.span("value")))
        if not _is_simple_plain(span.of(text)) or (items and items[0][0]["indent"] != item["indent"]):
            return None
        items.append((item, Scalar(span.of(text), span, "plain")))
        at = item.end()
    return items


def _is_simple_plain(value: str) -> bool:
    return ": " not in value and not value.endswith(":")


def _stripped(text: str, span: Span) -> Span:
    """The span without the blanks and line ends around what it holds."""
    value = span.of(text)
    start = span.start + len(value) - len(value.lstrip(_BLANKS))
    return Span(start, max(start, span.start + len(value.rstrip(_BLANKS))))


_BLANKS = " \t\r\n"
_COMMENT_BEHIND = lazy.regex(r"[ \t]+(?P<comment>#[^\r\n\x85\u2028\u2029]*)")  # where YAML ends a line
_PROPERTIES = lazy.regex(r"(?:[&!]\S*\s+){1,2}")


class _RefusedError(Exception):
    """YAML that is fine by YAML's rules, but not by ours."""

    def __init__(self, at: int, message: str, kind: FaultKind) -> None:
        super().__init__(message)
        self.at, self.message, self.kind = at, message, kind


@dataclass
class _Found:
    """What a reader got out of a block: entries, faults, and the offset where it had to give up, or None if it got to the end."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    resume: int | None = None


class _Node(NamedTuple):
    """A YAML node of any kind, as an `Entry` describes a value."""

    kind: Kind
    span: Span
    scalars: tuple[Scalar, ...] = ()
    comment: Span | None = None


@cache
def _yaml_handler() -> YAMLHandler:
    """python-frontmatter's handler for YAML, reading bounded events instead of loading objects.

    Its `load` takes the block and, as `text` and `offset`, the text it is from and where it starts there; it returns a `_Found`.
    """
    # Together these cost 25 ms, which a command over records with plain front matter, or none, never has to pay.
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415  # only where the quick way of reading refuses
    from yaml import MarkedYAMLError  # noqa: PLC0415  # only where the quick way of reading refuses
    from yaml import events as kinds  # noqa: PLC0415  # only where the quick way of reading refuses
    from yaml.parser import Parser  # noqa: PLC0415  # only where the quick way of reading refuses
    from yaml.reader import Reader, ReaderError  # noqa: PLC0415  # only where the quick way of reading refuses
    from yaml.scanner import Scanner  # noqa: PLC0415  # only where the quick way of reading refuses

    class Events(Reader, Scanner, Parser):
        """PyYAML's loader without the parts that resolve, compose and construct: there is no object it could make."""

        def __init__(self, block: str) -> None:
            Reader.__init__(self, block)
            Scanner.__init__(self)
            Parser.__init__(self)
            self.count = 0
            self.depth = 0

        def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 - the name PyYAML gives it
            """Refuses deep brackets where they are scanned: PyYAML looks far ahead, at a cost quadratic in their depth."""
            if self.flow_level == MAX_DEPTH:
                raise _RefusedError(self.index, _TOO_DEEP, "too-large")
            super().fetch_flow_collection_start(TokenClass)

        def next(self) -> Event:
            """The next event; raises `_RefusedError` where it is one too many or one too deep."""
            event: Event = self.get_event()  # type: ignore[no-untyped-call]  # types-PyYAML leaves it bare
            self.count += 1
            if self.count > MAX_EVENTS:
                raise _RefusedError(_start(event), f"Front matter may have at most {MAX_EVENTS} keys and values.", "too-large")
            if isinstance(event, kinds.CollectionStartEvent):
                self.depth += 1
                if self.depth > MAX_DEPTH:
                    raise _RefusedError(_start(event), _TOO_DEEP, "too-large")
            elif isinstance(event, kinds.CollectionEndEvent):
                self.depth -= 1
            return event

    class Collector:
        """Builds entries out of the events of one block."""

        def __init__(self, events: Events, text: str, within: Span) -> None:
            self.events, self.text, self.offset, self.end = events, text, within.start, within.end
            self.found = _Found(resume=within.start)

        def collect(self) -> None:
            """Reads the whole block. Raises what PyYAML raises, and `_RefusedError`; what was found before stays found."""
            self.events.next()  # the start of the stream
            self.events.next()  # the start of the document
            root = self.events.next()
            if not isinstance(root, kinds.MappingStartEvent):
                message = "Front matter must be lines of the form “key: value”; this is something else."
                raise _RefusedError(_start(root), message, "not-a-mapping")
            pending: Entry | None = None
            while True:
                event = self.events.next()
                start = self.offset + _start(event)
                # An entry counts as read once the next one starts: what is wrong behind a value shows only there.
                if pending is not None:
                    end = start if isinstance(event, kinds.NodeEvent) else pending.span.end
                    clipped = _stripped(self.text, Span(pending.span.start, min(end, pending.span.end)))
                    end = max(clipped.end, pending.value_span.end)
                    self.found.entries.append(replace(pending, span=Span(pending.span.start, end)))
                    self.found.resume = end
                    pending = None
                if isinstance(event, kinds.MappingEndEvent):
                    break
                self.found.resume = start
                pending = self.entry(event, extends=not root.flow_style)
            self.events.next()  # the end of the document
            last = self.events.next()
            if not isinstance(last, kinds.StreamEndEvent):
                self.found.resume = self.offset + _end(last)
                raise _RefusedError(_start(last), "Front matter is one document: remove this second one.", "syntax")
            self.found.resume = None

        def entry(self, event: Event, *, extends: bool) -> Entry | None:
            """The entry whose key starts with the event; None where the key is not text. It may extend to the end of its line."""
            key = self.node(event)
            value = self.node(self.events.next())
            if key.kind in ("list", "map"):
                self.found.faults.append(Fault(key.span, "A key must be plain text, not a list or a map.", "syntax"))
                return None
            name = key.scalars[0] if key.scalars else Scalar("", key.span, "plain")
            end = max(value.span.end, value.comment.end if value.comment else 0)
            if extends:
                line = _LINE.match(self.text, end, self.end)
                end = line.end("line") if line else end
            span = Span(min(key.span.start, self.offset + _start(event)), end)
            return Entry(name.text, name.span, span, value.span, value.kind, value.scalars, value.comment)

        def node(self, event: Event) -> _Node:
            """The node that starts with the event, with all that is in it."""
            self.check_properties(event)
            if isinstance(event, kinds.ScalarEvent):
                return self.scalar(event)
            start, end = self.offset + _start(event), self.offset + _end(event)
            if isinstance(event, kinds.AliasEvent):
                span = Span(start, end)
                return _Node("scalar", span, (Scalar(span.of(self.text), span, "plain", self.comment(end)),))
            kind: Kind = "map" if isinstance(event, kinds.MappingStartEvent) else "list"
            is_flow = isinstance(event, kinds.CollectionStartEvent) and event.flow_style
            scalars: list[Scalar] = []
            while not isinstance(child := self.events.next(), kinds.CollectionEndEvent):
                node = self.node(child)
                scalars += node.scalars
                end = node.span.end
            # The end of a block is marked where the next token starts, many blank lines below perhaps.
            return _Node(kind, Span(start, self.offset + _end(child) if is_flow else max(start, end)), tuple(scalars))

        def scalar(self, event: ScalarEvent) -> _Node:
            start, end = self.offset + _start(event), self.offset + _end(event)
            if not event.value and not event.style:
                return _Node("empty", Span(end, end), (), self.comment(end))
            if event.tag or event.anchor:
                properties = _PROPERTIES.match(self.text, start, end)
                start = properties.end() if properties else start
            whole = Span(start, end)
            if event.style in ("|", ">"):
                return self.block(whole, event.value)
            if event.style:
                style: Style = "double" if event.style == '"' else "single"
                return _Node("scalar", whole, (Scalar(event.value, Span(start + 1, end - 1), style),))
            return _Node("scalar", whole, (Scalar(event.value, whole, "plain", self.comment(end)),))

        def block(self, span: Span, value: str) -> _Node:
            """A block scalar: `|` or `>`, and the indented lines below, of which the blank ones at the end are left out."""
            header = _LINE.match(self.text, span.start, span.end)
            below = min(header.end() if header else span.end, span.end)
            inner = _stripped(self.text, Span(below, span.end))
            if inner.start == inner.end:
                whole = _stripped(self.text, Span(span.start, below))
                return _Node("scalar", whole, (Scalar(value, Span(whole.end, whole.end), "block"),))
            return _Node("scalar", Span(span.start, inner.end), (Scalar(value, inner, "block"),))

        def comment(self, at: int) -> Span | None:
            """The comment on the rest of the line behind an offset."""
            match = _COMMENT_BEHIND.match(self.text, at, self.end)
            return _stripped(self.text, Span(*match.span("comment"))) if match else None

        def check_properties(self, event: Event) -> None:
            """Notes aliases, anchors and tags, none of which mean anything to a reader of records."""
            span = Span(self.offset + _start(event), self.offset + _end(event))
            if isinstance(event, kinds.AliasEvent):
                message = (
                    f"YAML takes “{span.of(self.text)}” for a reference to another value: write the value out, or quote it."
                )
                self.found.faults.append(Fault(span, message, "alias"))
            elif isinstance(event, kinds.NodeEvent) and event.anchor is not None:
                anchor = Span(span.start, min(span.end, span.start + 1 + len(event.anchor)))
                message = f"YAML takes “&{event.anchor}” for a name to refer to this value by: remove it, or quote the value."
                self.found.faults.append(Fault(anchor, message, "alias"))
            if isinstance(event, (kinds.ScalarEvent, kinds.CollectionStartEvent)) and event.tag is not None:
                first = _FIRST_WORD.match(self.text, span.start)
                message = "YAML takes this for the type of the value: remove it, or quote the value."
                self.found.faults.append(Fault(Span(span.start, first.end() if first else span.end), message, "tag"))

    class Handler(YAMLHandler):
        FM_BOUNDARY = _OPENING

        def load(self, fm: str, **kwargs: Any) -> Any:
            text, offset = kwargs.get("text", fm), kwargs.get("offset", 0)
            collector = None
            try:
                collector = Collector(Events(fm), text, Span(offset, offset + len(fm)))
                collector.collect()
            except _RefusedError as error:
                fault = Fault(_rest_of_line(text, offset + error.at), error.message, error.kind)
            except ReaderError as error:
                at = offset + error.position
                message = f"U+{ord(text[at]):04X} is a control character, which YAML does not allow: remove it."
                fault = Fault(Span(at, at + 1), message, "syntax")
            except MarkedYAMLError as error:
                fault = _explain(error, text, Span(offset, offset + len(fm)))
            except Exception:  # noqa: BLE001 - PyYAML lets errors of chr() and int() through, and nothing may keep a record from being read
                at = offset + (collector.events.index if collector else 0)
                fault = Fault(_rest_of_line(text, at), "This is not valid YAML: put the value in quotes.", "syntax")
            else:
                return collector.found
            found = collector.found if collector else _Found(resume=offset)
            found.faults.append(fault)
            return found

    return Handler()


_TOO_DEEP = f"Lists and maps may be nested at most {MAX_DEPTH} deep in front matter."
_FIRST_WORD = lazy.regex(r"[^\s,\[\]{}]+")


def _start(event: Event) -> int:
    """Where an event starts, as an offset into the block."""
    return event.start_mark.index if event.start_mark else 0


def _end(event: Event) -> int:
    """Where an event ends, as an offset into the block."""
    return event.end_mark.index if event.end_mark else 0


def _rest_of_line(text: str, at: int) -> Span:
    line = _LINE.match(text, at)
    return _stripped(text, Span(at, line.end("line") if line else at))


class _Problem(NamedTuple):
    """What PyYAML says, where to look (the character it marks, the one before, or what it was reading then), and what we say."""

    problem: str
    place: Literal["here", "before", "from"]
    message: str


_PROBLEMS = (
    _Problem("while scanning a directive", "from", "A line cannot start with “%”: indent it, or put the value in quotes."),
    _Problem(
        "mapping values are not allowed",
        "here",
        "A colon and a blank start a value of their own here: put the whole value in quotes.",
    ),
    _Problem("found character '\\t'", "here", "YAML does not allow a tab here: use blanks."),
    _Problem("that cannot start any token", "here", "A value cannot start with “{character}”: put it in quotes."),
    _Problem(
        "could not find expected ':'",
        "from",
        "This is neither “key: value” nor part of the value above: add the key, or indent it.",
    ),
    _Problem("found unexpected end of stream", "from", "This quote is never closed: add one at the end of the value."),
    _Problem("found unexpected document separator", "from", "This quote is never closed: add one at the end of the value."),
    _Problem(
        "found unknown escape character",
        "before",
        "YAML does not know this escape: write “\\\\” for a backslash, or use single quotes.",
    ),
    _Problem(
        "expected escape sequence", "before", "This escape is incomplete: write “\\\\” for a backslash, or use single quotes."
    ),
    _Problem(
        "expected ',' or ']'", "from", "This “[” is never closed, or a comma is missing: close it, or put the value in quotes."
    ),
    _Problem(
        "expected ',' or '}'", "from", "This “{{” is never closed, or a comma is missing: close it, or put the value in quotes."
    ),
    _Problem(
        "expected alphabetic or numeric", "here", "YAML gives “*”, “&” and “!” a meaning of their own: put the value in quotes."
    ),
    _Problem("sequence entries are not allowed", "here", "A list starts on a line of its own: move it below its key."),
    _Problem(
        "expected <block end>",
        "here",
        "This does not belong to the value before it: quote the whole value, or indent the line like the others.",
    ),
    _Problem(
        "expected a comment or a line break",
        "here",
        "A text block starts on the next line: put this there, or put the value in quotes.",
    ),
)


def _explain(error: MarkedYAMLError, text: str, block: Span) -> Fault:
    """PyYAML's complaint in words for someone who writes decisions, at the place that needs a change."""
    problem = f"{error.context}: {error.problem}"
    here = error.problem_mark or error.context_mark
    before = error.context_mark or here
    known = next((known for known in _PROBLEMS if known.problem in problem), None)
    place = known.place if known else "here"
    message = known.message if known else "This is not valid YAML: put the value in quotes."
    mark = before if place == "from" else here
    at = min(block.start + (mark.index if mark else 0), block.end)
    if place == "before":
        at = max(block.start, at - 1)
    if at == block.end:  # The end of the block is no place to look at; what is left open stands on its last line.
        last = _stripped(text, block)
        at = max(last.end - 1, block.start)
    if place == "from" and text[at] not in "[{\"'":
        span = _rest_of_line(text, at)
    else:
        span = Span(at, at + (2 if place == "before" else 1))
    return Fault(span, message.format(character=text[at : at + 1]), "syntax")


# --- Line by line ----------------------------------------------------------------------------------------------------------------

_Matcher: TypeAlias = Callable[[str, int, int], re.Match[str] | None]
_YAML_LINE = lazy.regex(rf"""(?P<key>{_KEY}|[^\s#:\-?{{}}\[\],&*!|>'"%@`][^:\r\n]{{0,100}})[ \t]*:(?:(?=[ \t])|\Z)""")
_TOML_LINE = lazy.regex(r"""(?P<key>"[^"\r\n]*"|'[^'\r\n]*'|[\w.-]+)[ \t]*=""")
_QUOTED = r""""(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\r\n]|'')*'"""
_WHOLE_QUOTED = lazy.regex(rf"(?P<quoted>{_QUOTED})[ \t]*(?:#.*)?")
_PIECES: dict[Kind, re.Pattern[str]] = {
    "list": lazy.regex(
        rf"""#[^\r\n]*|(?P<close>[\]}}])|(?P<piece>(?<![^\s,\[\]{{}}"'#])(?:{_QUOTED})|[^\s,\[\]{{}}"'#][^,\[\]{{}}\r\n]*)"""
    ),
    "map": lazy.regex(
        rf"""#[^\r\n]*|(?P<close>[\]}}])|(?P<piece>(?<![^\s,\[\]{{}}"'#:=])(?:{_QUOTED})|[^\s,\[\]{{}}"'#:=](?:[^,\[\]{{}}\r\n:=]|:(?=[^\s]))*)"""
    ),
}
_BLOCK_HEADER = lazy.regex(r"[|>][-+0-9]{0,2}")
_COMMENT = lazy.regex(r"(?:^|[ \t])(?P<comment>#[^\r\n]*)")


def _read_by_line(text: str, within: Span, key_line: _Matcher) -> _Found:
    """The entries that can be told from the shape of each line alone: `key: value`, and `- item` and indented lines below it."""
    found = _Found()
    for line in _lines(text, within):
        match = key_line(text, line.start, line.end)
        if match:
            key_span = Span(*match.span("key"))
            if key_span.of(text)[0] in "\"'":
                key_span = Span(key_span.start + 1, key_span.end - 1)
            value = _loose_value(text, _stripped(text, Span(match.end(), line.end)), match.end())
            end = _stripped(text, line).end
            entry = Entry(
                key_span.of(text), key_span, Span(line.start, end), value.span, value.kind, value.scalars, value.comment
            )
            found.entries.append(entry)
        elif found.entries and text[line.start : line.start + 1] in ("-", " ", "\t", "]", "}"):
            inner = _stripped(text, line)
            if inner.start < inner.end:
                found.entries[-1] = _with_line(text, found.entries[-1], inner)
    return found


def _with_line(text: str, entry: Entry, line: Span) -> Entry:
    """The entry with one more line that belongs to it."""
    is_item = text.startswith("- ", line.start)
    opening = text[entry.value_span.start : entry.value_span.start + 1]
    last = entry.scalars[-1] if entry.scalars else None
    kind, scalars = entry.kind, entry.scalars
    if opening in ("[", "{") and kind in ("list", "map"):
        value = _loose_pieces(text, line, kind)
        scalars += value.scalars
    elif last is not None and (last.style == "block" or _BLOCK_HEADER.fullmatch(last.text)):
        # A text block: its header makes way for the lines below.
        said, start = (last.text, last.span.start) if last.style == "block" else ("", line.start)
        value = _Node("scalar", line)
        scalars = (Scalar(said + line.of(text) + "\n", Span(start, line.end), "block"),)
    else:
        value = _loose_value(text, _stripped(text, Span(line.start + 2, line.end)) if is_item else line, line.start)
        scalars += value.scalars
        if kind == "empty":
            kind = "list" if is_item else "scalar"
    start = line.start if entry.kind == "empty" else entry.value_span.start
    span = Span(entry.span.start, line.end)
    value_span = Span(start, max(entry.value_span.end, value.span.end))
    return replace(entry, span=span, value_span=value_span, kind=kind, scalars=scalars, comment=None)


def _loose_value(text: str, span: Span, behind_key: int) -> _Node:
    """What a value most likely means that no parser vouches for; an empty one stands right behind its key."""
    value = span.of(text)
    if not value or value.startswith("#"):
        return _Node("empty", Span(behind_key, behind_key), (), span if value else None)
    quoted = _WHOLE_QUOTED.fullmatch(text, span.start, span.end)
    if quoted:
        whole = Span(*quoted.span("quoted"))
        return _Node("scalar", whole, (_loose_scalar(text, whole),))
    if value[0] in "[{":
        return _loose_pieces(text, span, "list" if value[0] == "[" else "map")
    scalar = _loose_scalar(text, span)
    return _Node("scalar", scalar.span, (scalar,))


def _loose_pieces(text: str, span: Span, kind: Kind) -> _Node:
    """The items of a list, or keys and values of a map, on one line with or without its brackets."""
    end = span.start + 1
    scalars: list[Scalar] = []
    for match in _PIECES[kind].finditer(text, span.start, span.end):
        if match["piece"]:
            scalars.append(_loose_scalar(text, _stripped(text, Span(*match.span("piece")))))
            end = scalars[-1].span.end + (scalars[-1].style != "plain")
        elif match["close"]:
            end = match.end()
    return _Node(kind, Span(span.start, end), tuple(scalars))


def _loose_scalar(text: str, span: Span) -> Scalar:
    value = span.of(text)
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        inner = value[1:-1]
        said = _unescaped(inner) if value[0] == '"' else inner.replace("''", "'")
        return Scalar(said, Span(span.start + 1, span.end - 1), "double" if value[0] == '"' else "single")
    comment = _COMMENT.search(value)
    if comment is None:
        return Scalar(value, span, "plain")
    place = _stripped(text, Span(span.start, span.start + comment.start("comment")))
    return Scalar(place.of(text), place, "plain", Span(span.start + comment.start("comment"), span.end))


_ESCAPE = lazy.regex(r"\\(?:u([0-9a-fA-F]{4})|([^\r\n]))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2]), value)


# --- TOML ------------------------------------------------------------------------------------------------------------------------


def _read_toml(text: str, content: Span) -> _Reading | None:
    """What `key = value` lines say, up to the first `[table]`; None where there is no such line."""
    top = content
    for line in _lines(text, content):
        if text.startswith("[", line.start) and _TABLE.fullmatch(text, line.start, line.end):
            top = Span(content.start, line.start)
            break
    found = _read_by_line(text, top, _TOML_LINE.match)
    if not found.entries:
        return None
    faults = [
        Fault(entry.value_span, 'A key needs a value in TOML, such as “"accepted"”.', "syntax")
        for entry in found.entries
        if entry.kind == "empty"
    ]
    return tuple(found.entries), tuple(faults)


_TABLE = lazy.regex(r"\[\[?[^\[\]\r\n=,]+\]\]?[ \t]*(?:#.*)?")
