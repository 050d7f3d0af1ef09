"""The parts of an index's entry: what its line, cells and nested statements say, and where exactly each word of it stands.

A line such as ``- ✅ **[ADR-1: X](x.md)** — 2024-01-02 (Accepted)`` is a chain of parts: each has its separator (behind it in front of
the link, in front of it behind), the marks around it, and *slots*, the words and numbers that follow the record. Whoever writes an
entry fills slots or leaves whole parts out, so that no mark loses its other half. Text is cut once, here; nobody searches it again.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from adr_ls.record import filename, status
from adr_ls.record.filename import Name
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import trim
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span
from adr_ls.words import dates, lookup
from adr_ls.words.lookup import STATUS_MARKS, fold

LONGEST = 120
"""How many characters a status has at most."""
OWN = ("link", "number", "title", "file", "stem")
"""Slots that hold what only this record is called."""


class Slot(NamedTuple):
    """A word or number that follows the record: its role, where it stands, and the mention in it, if it is one.

    Roles: link, number, title, file, stem, date, status, mark (a picture of the status), successor (``by [ADR-9](..)``).
    """

    role: str
    span: Span
    mention: Mention | None = None


class Part(NamedTuple):
    """One statement of a line or cell.

    `role` is that of its first slot; wrap for a mark around others, strike for one that strikes them out, blank for what merely
    separates, box for that of a task list, description for words behind a separator and note for any other words, both people's own. `span` is all of it with its
    separator and its marks, `said` what stands between them.
    """

    role: str
    span: Span
    said: Span
    slots: tuple[Slot, ...] = ()

    def slot(self, role: str) -> Slot | None:
        """The first slot of that role."""
        return next((slot for slot in self.slots if slot.role == role), None)

    @property
    def rest(self) -> Span:
        """What follows the last slot between the marks."""
        return Span(self.slots[-1].span.end if self.slots else self.said.start, self.said.end)


@dataclass(frozen=True)
class Strip:
    """A line, a table cell or the value of a nested statement, and its parts, which follow each other without a gap.

    `role` and `key` are those of the column or statement, None and empty for a line.
    """

    span: Span
    parts: tuple[Part, ...]
    role: str | None = None
    key: str = ""
    place: str = "line"


@dataclass(frozen=True)
class Named:
    """What a record is called, by which its own words in an entry are known; all empty for an entry that leads nowhere."""

    name: Name | None = None
    number: int | None = None
    title: str = ""


class Linked(NamedTuple):
    """A mention in a strip, and whether it leads to the record of the entry."""

    mention: Mention
    own: bool


def says(text: str, title: str) -> bool:
    """Whether a text repeats a title, whatever its marks."""
    words = _words(title)
    return bool(words) and len(text) >= len(title) // 2 and _words(text) == words


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))


# Cutting a line into segments

SEPARATOR = lazy.regex(
    r"[ \t]*(?:(?:[–—]|-{1,3}(?=[ \t]|$)|：|:(?=[ \t\[]|$)|[·•|，、；]|[,;](?=[ \t])|\.(?=[ \t]))[ \t]*)+|[ \t]+"
)
_WORD = lazy.regex(r"[\w'’](?:[\w'’./+&%#@=‑-]*[\w'’+#%])?|\\.")
"""What stands between the parts of a line."""
GROUPS = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】"}
_WIDE = "（【"
"""Those of them that need no blank before them."""
_EMPHASIS = lazy.regex(r"~~|`+|\*{1,3}|_{1,3}")
_IMAGE = lazy.regex(r"!\[[^\[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])?")
_TAG = lazy.regex(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?![\w-])[^<>\n]*>")
_CLOSING = lazy.regex(r"</[A-Za-z][\w-]*>|-->")
_BRACKET = lazy.regex(r"[()\[\]{}（）【】]")
_DEEPEST = 20
"""How many marks or brackets around something are looked into."""
_PICTURE = lazy.regex("(?:" + "|".join(map(re.escape, STATUS_MARKS)) + ")\ufe0f?")
_ILLUSTRATION = lazy.regex(_PICTURE.pattern + "|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?")
"""Any picture: beside the word of a status it stands for that status, whatever it shows."""
_LETTER = lazy.regex(r"[^\W\d_]")


BOX = lazy.regex(r"\[[ xX]\]")
"""The box of a task list."""


class _Segment(NamedTuple):
    """A stretch of a strip: separator, segment, wrap, strike or link."""

    kind: str
    span: Span
    linked: Linked | None = None


@dataclass(frozen=True)
class _Line:
    """A text and the links in it, which are found by their places."""

    text: str
    links: Sequence[Linked]

    @cached_property
    def _ordered(self) -> list[Linked]:
        return sorted(self.links, key=lambda found: found.mention.span.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [found.mention.span.start for found in self._ordered]


@dataclass(frozen=True)
class _Cutter(_Line):
    """Cuts a stretch of one line into segments."""

    within: Span
    """What is cut: all that is asked about lies in it."""

    @cached_property
    def _ends(self) -> list[int]:
        """For each link how far it or one before it reaches."""
        return list(accumulate((found.mention.span.end for found in self._ordered), max))

    def _link_at(self, at: int) -> Linked | None:
        position = bisect_left(self._starts, at)
        return self._ordered[position] if self._starts[position : position + 1] == [at] else None

    def _beyond_link(self, at: int) -> int:
        position = bisect_right(self._starts, at)
        return max(self._ends[position - 1], at) if position else at

    @cached_property
    def _closings(self) -> dict[str, list[int]]:
        """Where what may close something stands, by what it is: found once, or each of many that open would look for it anew."""
        found: dict[str, list[int]] = {}
        for tag in _CLOSING.finditer(self.text, *self.within):
            found.setdefault(tag[0], []).append(tag.start())
        return found

    def _closed(self, closing: str, after: int, end: int) -> int:
        """The first place behind one, and before another, where something is closed; -1 for none."""
        if closing not in self._closings and not closing.startswith("<"):
            self._closings[closing] = list(self._marks(closing))
        places = self._closings.get(closing, [])
        place = places[at] if (at := bisect_right(places, after)) < len(places) else -1
        return place if place + len(closing) <= end else -1

    def _marks(self, mark: str) -> Iterator[int]:
        """The places where a mark may close what it opens: in no link and, but for code, behind no blank."""
        found = self.within.start - 1
        while (found := self.text.find(mark, found + 1, self.within.end)) >= 0:
            beyond = self._beyond_link(found)
            if beyond > found:
                found = beyond - 1
            elif mark[0] == "`" or not self.text[found - 1].isspace():
                yield found

    @cached_property
    def _brackets(self) -> dict[int, int]:
        """For each bracket that opens, and is closed by its like, where it is."""
        found: dict[int, int] = {}
        opened: dict[str, list[int]] = {closing: [] for closing in GROUPS.values()}
        at = self.within.start
        while bracket := _BRACKET.search(self.text, at, self.within.end):
            at = bracket.start()
            beyond = self._beyond_link(at)
            if beyond > at:
                at = beyond
                continue
            closing = GROUPS.get(bracket[0])
            if closing is not None:
                opened[closing].append(at)
            elif opened[bracket[0]]:
                found[opened[bracket[0]].pop()] = at
            at += 1
        return found

    def group(self, at: int, end: int) -> Span | None:
        """What stands inside the marks or brackets that open at an offset; None where none do, or none close them."""
        text = self.text
        closing = GROUPS.get(text[at])
        if closing is not None:
            closed = self._brackets.get(at, end)
            return Span(at + 1, closed) if closed < end else None
        tag = _TAG.match(text, at, end)
        if tag:
            found = self._closed(f"</{tag['name']}>", tag.end() - 1, end) if not tag["close"] else -1
            return Span(tag.end(), found) if found >= 0 else None
        marks = _EMPHASIS.match(text, at, end)
        if marks is None or (marks[0].startswith("_") and text[at - 1 : at].isalnum()):
            return None
        mark, inner = marks[0], marks.end()
        if text[inner : inner + 1].isspace() and mark[0] != "`":
            return None
        found = self._closed(mark, inner, end)
        return Span(inner, found) if found >= 0 else None

    def _tagged(self, at: int, end: int) -> int:
        """Where a tag or a comment ends that begins at an offset; that offset where none does."""
        if self.text.startswith("<!--", at):
            found = self._closed("-->", at + 3, end)
            return found + 3 if found >= 0 else at
        tag = _TAG.match(self.text, at, end)
        return tag.end() if tag else at

    def close(self, inner: Span, opened: int) -> int:
        """Where the marks around `inner`, which open at `opened`, end."""
        if self.text[opened] == "<":
            return self.text.index(">", inner.end) + 1
        return inner.end + (inner.start - opened)

    def peeled(self, span: Span) -> Span:
        """The span without marks and brackets that surround all of it; what is struck out stays so."""
        for _ in range(_DEEPEST):
            if span.start >= span.end or self.text.startswith("~~", span.start):
                break
            inner = self.group(span.start, span.end) if self._link_at(span.start) is None else None
            if inner is None or self.close(inner, span.start) != span.end:
                return span
            span = trim(self.text, inner)
        return span

    def segments(self, span: Span, anchor: Span | None, depth: int = 0) -> Iterator[_Segment]:
        """The segments of a span in order, without a gap; marks around the anchor are wraps."""
        text, at, opened = self.text, span.start, -1  # `opened` is where the segment at hand starts
        while at < span.end:
            linked = self._link_at(at)
            if opened >= 0 and text[at] in _WIDE and linked is None and self.group(at, span.end) is not None:
                yield _Segment("segment", Span(opened, at))
                opened = -1
            kind, end = self._token(at, span.end, linked, anchor, fresh=opened < 0)
            if kind == "blank":
                if opened >= 0 and not self._begins_remark(Span(opened, at), end, span.end):
                    nearest = self._link_at(end)
                    if nearest is None or not nearest.own:
                        at = end
                        continue
                kind = "separator"
            if kind == "word":
                opened = at if opened < 0 else opened
                at = end
                continue
            if opened >= 0:
                tail = trim(text, Span(opened, at)).end
                yield _Segment("segment", Span(opened, tail))
                if tail < at:
                    yield _Segment("separator", Span(tail, at))
                opened = -1
            if kind in ("wrap", "strike") and depth < _DEEPEST:
                inner = self.group(at, span.end) or Span(end, end)
                yield _Segment(kind, Span(at, inner.start))
                yield from self.segments(inner, anchor, depth + 1)
                yield _Segment(kind, Span(inner.end, end))
            else:
                yield _Segment(kind, Span(at, end), linked if kind == "link" else None)
            at = end
        if opened >= 0:
            tail = trim(text, Span(opened, span.end)).end
            yield _Segment("segment", Span(opened, tail))
            if tail < span.end:
                yield _Segment("separator", Span(tail, span.end))

    def _begins_remark(self, before: Span, at: int, limit: int) -> bool:
        """Whether what stands behind a blank is something by itself: in brackets, or behind words in emphasis up to the end."""
        if at >= limit or self._link_at(at) is not None:
            return False
        if self.text[at] in GROUPS:
            return True
        inner = self.group(at, limit) if self.text[at] in "*_" and _LETTER.search(self.text, *before) else None
        return inner is not None and not self.text[self.close(inner, at) : limit].strip()

    def _token(self, at: int, limit: int, linked: Linked | None, anchor: Span | None, *, fresh: bool) -> tuple[str, int]:
        """What stands at an offset, and where it ends."""
        text = self.text
        if linked is not None:
            return ("link" if linked.own else "word"), min(linked.mention.span.end, limit)
        separator = SEPARATOR.match(text, at, limit)
        if separator:
            return ("separator" if separator[0].strip() else "blank"), separator.end()
        image = _IMAGE.match(text, at, limit)
        if image:
            return "word", image.end()
        inner = self.group(at, limit)
        if inner is not None:
            end = self.close(inner, at)
            if anchor is not None and inner.covers(anchor):
                return ("strike" if text.startswith("~~", at) else "wrap"), end
            return ("segment" if fresh and text[at] in GROUPS else "word"), end
        tagged = self._tagged(at, limit)
        date = dates.read(text[at : min(limit, at + 40)]) if fresh or text[at].isdigit() else None
        if date is not None and not date.start and not re.match(r"[\w-]", text[at + date.end : min(limit, at + date.end + 1)]):
            return "word", at + date.end
        if tagged > at:
            return "word", tagged
        word = _WORD.match(text, at, limit)
        return "word", word.end() if word else at + 1


# What the segments say


_TOGETHER = 12
"""Of so many segments at most a title is made up."""
BARE = lazy.regex(r"[^\W_]+(?:[ \t]+[^\W_]+)*[ \t]*")
"""Words without any mark around or behind them."""


@dataclass(frozen=True)
class Reader(_Line):
    """Reads the parts of strips of one text that are about one record."""

    named: Named

    def strip(self, span: Span, anchor: Span | None = None) -> tuple[Part, ...]:
        """The parts of a stretch of one line; `anchor` is the mention of the record in it, if it stands there."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        cutter = _Cutter(self.text, [found for found in self._ordered[first:last] if span.covers(found.mention.span)], span)
        segments = list(cutter.segments(span, anchor))
        at = next((i for i, segment in enumerate(segments) if anchor and segment.kind == "link" and segment.span == anchor), -1)
        before = list(self._before(cutter, segments[: max(at, 0)]))
        behind = list(self._merged(self._behind(cutter, segments[max(at, 0) :])))
        if at >= 0 and len(behind) > 1 and behind[1].role == "note" and self._goes_on(behind[1]):
            before = [self._as_words(part) for part in before]
        return (*before, *behind)

    def _goes_on(self, part: Part) -> bool:
        """Whether a part goes on with a sentence: with nothing but a blank between it and what is before it."""
        lead = self.text[part.span.start : part.said.start]
        return not lead.strip() and self.text[part.said.start : part.said.start + 1].isalpha()

    def _as_words(self, part: Part) -> Part:
        """A part in front of a link within a sentence: a bare word is no status there, ``Review [ADR-4](…) for the details``."""
        is_bare = part.role == "status" and BARE.fullmatch(self.text, part.span.start, part.span.end) is not None
        return part._replace(role="note", slots=()) if is_bare else part

    def _before(self, cutter: _Cutter, segments: list[_Segment]) -> Iterator[Part]:
        """The parts in front of the link, each with the separator behind it."""
        position = 0
        while position < len(segments):
            segment = segments[position]
            position += 1
            if segment.kind in ("segment", "link"):
                end = segment.span.end
                if position < len(segments) and segments[position].kind == "separator":
                    end = segments[position].span.end
                    position += 1
                part = self._part(cutter, segment)
                role = "box" if BOX.fullmatch(segment.span.of(self.text)) else part.role
                yield part._replace(role=role, span=Span(segment.span.start, end))
            else:
                yield Part("blank" if segment.kind == "separator" else segment.kind, segment.span, segment.span)

    def _behind(self, cutter: _Cutter, segments: list[_Segment]) -> Iterator[Part]:
        """The link and the parts behind it, each with the separator in front of it."""
        position, waiting = 0, -1
        while position < len(segments):
            segment = segments[position]
            position += 1
            if segment.kind == "separator":
                if waiting < 0 and position < len(segments) and segments[position].kind in ("segment", "link"):
                    waiting = segment.span.start
                else:
                    yield Part("blank", segment.span, segment.span)
                continue
            if segment.kind not in ("segment", "link"):
                yield Part(segment.kind, segment.span, segment.span)
                continue
            part = self._part(cutter, segment)
            if part.role in ("note", "status", "date"):
                whole, count = self._titled(segments[position - 1 : position - 1 + _TOGETHER])
                if whole is not None:
                    part, position = Part("title", whole, whole, (Slot("title", whole),)), position + count
            start = waiting if waiting >= 0 else segment.span.start
            waiting = -1
            yield part._replace(span=Span(start, part.span.end))

    def _titled(self, segments: list[_Segment]) -> tuple[Span | None, int]:
        """The stretch of segments that repeats the record's title, and how many there are behind the first."""
        if self.named.title:
            for count in range(len(segments) - 1, -1, -1):
                whole = Span(segments[0].span.start, segments[count].span.end)
                if segments[count].kind == "segment" and says(whole.of(self.text), self.named.title):
                    return whole, count
        return None, 0

    def _merged(self, parts: Iterator[Part]) -> Iterator[Part]:
        """The parts with people's own words as one: a description behind a dash or colon with all that follows it, else a note."""
        held: Part | None = None
        for part in parts:
            lead = self.text[part.span.start : part.said.start].strip()
            if held is not None:
                first = self.text[held.span.start : held.said.start].strip()
                loose = lead in ("", ",", ";", ".") or (lead in ("|", ":", "·") and lead != first)
                continues = part.role == "note" or (part.role in ("status", "date") and loose)
                if continues:
                    held = held._replace(span=Span(held.span.start, part.span.end), said=Span(held.said.start, part.span.end))
                    continue
                yield held
                held = None
            if part.role == "note":
                described = re.search(r"[-–—:：·•|]", self.text[part.span.start : part.said.start])
                held = part._replace(role="description") if described else part
                held = held._replace(said=Span(part.said.start, part.span.end))
                continue
            yield part
        if held is not None:
            yield held

    def _part(self, cutter: _Cutter, segment: _Segment) -> Part:
        span = segment.span
        if segment.kind == "link" and segment.linked is not None:
            return Part("link", span, span, (Slot("link", span, segment.linked.mention),))
        said = cutter.peeled(span)
        slots = tuple(self.slots(said))
        return Part(slots[0].role, span, said, slots) if slots else Part("note", span, span)

    def slots(self, said: Span, *, stated: bool = False) -> Iterator[Slot]:
        """The slots of a statement; `stated` where its column or key says that it is a status. None where it is somebody's own words."""
        text = said.of(self.text)
        if not text.strip():
            return
        own = self._own(said, text)
        if own is not None:
            yield own
            return
        date = dates.read(text)
        if date is not None and date.iso is not None and len(date.iso) == 10:
            dated = Slot("date", Span(said.start + date.start, said.start + date.end))
            rest = trim(self.text, Span(dated.span.end, said.end))
            lead = re.match(r"[\s:,;–—)-]*", rest.of(self.text))
            behind = Span(rest.start + (lead.end() if lead else 0), rest.end)
            if behind.start >= behind.end:
                yield dated
                return
            slots = tuple(self._status(behind, stated=stated))
            if slots:
                yield dated
                yield from slots
                return
        yield from self._status(said, stated=stated)

    def _own(self, said: Span, text: str) -> Slot | None:
        """The slot of a statement that only calls the record by its number, title or file."""
        named = self.named
        if named.title and says(text, named.title):
            return Slot("title", said)
        digits = re.fullmatch(r"#?(?:[A-Za-z-]{1,20}?[- #]{0,2})?(?P<number>\d{1,6})\.?", text)
        if digits and named.number is not None and int(digits["number"]) == named.number:
            return Slot("number", Span(said.start + digits.start("number"), said.start + digits.end("number")))
        if named.name is not None and text == named.name.stem:
            return Slot("stem", said)
        if named.name is not None and filename.strip_suffix(text) == named.name.stem:
            return Slot("file", said)
        return None

    def _status(self, said: Span, *, stated: bool) -> Iterator[Slot]:
        """The slots of a status: its pictures, its word, and by what it was superseded or since when it holds."""
        shown = masked(said.of(self.text))
        pictures = [Slot("mark", Span(*match.span()).shift(said.start)) for match in _PICTURE.finditer(shown)]
        first, last = status.chosen(shown)
        reading = status.read(shown[first:last])
        if not reading.word and not _LETTER.search(shown) and pictures:
            yield from pictures
            return
        if reading.span is None or reading.choices or len(shown.strip()) > LONGEST * (3 if stated else 1):
            return
        word = reading.span.shift(said.start + first)
        if not stated and not (is_status(shown[first:last], reading.word) and self._leads(said, word, pictures)):
            return
        beside = _ILLUSTRATION.finditer(shown, 0, word.start - said.start)
        yield from (Slot("mark", Span(*match.span()).shift(said.start)) for match in beside)
        yield Slot("status", word)
        yield from self._since(Span(word.end, said.end))

    def _leads(self, said: Span, word: Span, pictures: list[Slot]) -> bool:
        """Whether nothing but pictures and marks stands in front of a status."""
        lead = _PICTURE.sub("", masked(self.text[said.start : word.start]))
        return bool(pictures) or not re.search(r"\w", lead)

    def _since(self, rest: Span) -> Iterator[Slot]:
        """The slots behind a status: ``by [ADR-9](..)``, ``on 2024-01-02``, or a picture; none where words of any other kind follow."""
        text = rest.of(self.text)
        following = next((found.mention for found in self.links if not found.own and rest.covers(found.mention.span)), None)
        if following is not None and following.number is None and following.path is None:
            following = None
        if following is not None and _BY.fullmatch(self.text[rest.start : following.span.start]):
            behind = self.text[following.span.end : rest.end]
            if not _LETTER.search(behind):
                yield Slot("successor", Span(rest.start, following.span.end), following)
            return
        date = dates.search(text)
        if date is not None and date.iso and len(date.iso) == 10 and _ON.fullmatch(text[: date.start]):
            yield Slot("date", Span(rest.start + date.start, rest.start + date.end))
            return
        picture = _ILLUSTRATION.fullmatch(text.strip())
        if picture:
            start = rest.start + text.index(picture[0])
            yield Slot("mark", Span(start, start + len(picture[0])))

    def label(self, span: Span) -> tuple[Slot, ...]:
        """The slots of a link's text: number and title, a date and a title, a file's name, and a status in brackets behind them."""
        cutter = _Cutter(self.text, (), span)
        said = cutter.peeled(span) if not self.text.startswith("[", span.start) else span
        text, named = said.of(self.text), self.named
        if named.name is not None and text == named.name.stem:
            return (Slot("stem", said),)
        if named.name is not None and text == posixpath.basename(text) and filename.strip_suffix(text) == named.name.stem:
            return (Slot("file", said),)
        date = dates.read(text)
        if date is not None and not date.start and date.iso and len(date.iso) == 10 and text[date.end :].strip():
            join = re.match(r"[\s:–—_-]*", text[date.end :])
            start = said.start + date.end + (join.end() if join else 0)
            return (Slot("date", Span(said.start, said.start + date.end)), *self._with_status(Span(start, said.end)))
        prefixes = frozenset({named.name.prefix.casefold()} if named.name and named.name.prefix else ())
        shown = re.sub(r"[*`]", " ", text)
        lead = len(shown) - len(shown.lstrip())
        parsed = filename.parse_title(shown[lead:], named.name, prefixes)
        if parsed.number is None:
            return self._with_status(Span(said.start + (lead + parsed.start if parsed.prefix else 0), said.end))
        start = said.start + text.index(parsed.digits, lead)
        number = Slot("number", Span(start, start + len(parsed.digits)))
        title = Span(said.start + lead + parsed.start, said.end)
        return (number, *(self._with_status(title) if parsed.text else ()))

    def _with_status(self, span: Span) -> tuple[Slot, ...]:
        """The title in a span, and the status in brackets behind it."""
        bracket = re.search(r"(?<!\s)\s+[(\[](?P<word>[^()\[\]]+)[)\]]\s*$", span.of(self.text))
        if bracket and not says(span.of(self.text), self.named.title):
            slots = tuple(self._status(Span(*bracket.span("word")).shift(span.start), stated=False))
            if slots:
                return (Slot("title", Span(span.start, span.start + bracket.start())), *slots)
        return (Slot("title", span),)


_BY = lazy.regex(
    rf"[\s,:，、：]*(?:{lookup.one_of(by for by in lookup.every('by') if ' ' not in by)}[\s:]*)?",
    re.IGNORECASE,
)
"""What stands between "superseded" and the record that did it, but for phrases such as "in favour of": they argue."""
_ON = lazy.regex(rf"[\s,:(，、：（–—-]*(?:{lookup.any_of('on', 'since')}(?!\w)[\s:(]*)?", re.IGNORECASE)
"""What stands between a status and the date since which it holds."""
_GOES_ON = lazy.regex(
    r"\s*(?:$|[(\[,;:.–—|/*_)\]&+，、；：。（）-]|\d"
    rf"|{lookup.any_of('by', 'on', 'since', 'conjunctions', 'contrasts', but='articles')}\b)",
    re.IGNORECASE,
)
"""What may follow a status: marks, a date or who did it, but not the rest of a sentence that happens to open with its word."""
_HIDDEN = lazy.regex(rf"~~(?:[^~\n]|~(?!~))*~~|<[^<>\n]*>|{_IMAGE.pattern}")


def masked(text: str) -> str:
    """The text with blanks for what readers do not take as said: what is struck out, tags and images."""
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text) if re.search(r"~~|<|!\[", text) else text


def is_status(text: str, word: str) -> bool:
    """Whether a text that opens with the word of a status is one: ``Deferred computation`` is not."""
    found = re.search(r"[\W_]+".join(map(re.escape, word.split())), text, re.IGNORECASE)
    return found is None or bool(_GOES_ON.match(_ILLUSTRATION.sub("", text[found.end() :])))


_PLAIN = lazy.regex(r"(?P<open>\*\*|[*_`]?)(?P<word>[^\W\d_]+)(?P=open)")


def plain_status(text: str, span: Span) -> tuple[Part, ...]:
    """The parts of a value that is nothing but the word of a status, which most are; none for any other."""
    match = _PLAIN.fullmatch(text, span.start, span.end)
    if match is None or match["word"].casefold() not in lookup.STATUS_WORDS:
        return ()
    word = Span(*match.span("word"))
    return (Part("status", span, word, (Slot("status", word),)),)


def whole(strip: Strip, text: str) -> Part:
    """All of a strip as one statement, without the marks around it."""
    span = trim(text, strip.span)
    return Part("note", strip.span, _Cutter(text, (), span).peeled(span))


def with_role(strip: Strip, reader: Reader) -> Strip:
    """The strip of a status column or statement, read as the status that it must be where its parts do not say so."""
    if strip.role != "status" or any(part.slot("status") for part in strip.parts):
        return strip
    part = whole(strip, reader.text)
    slots = tuple(reader.slots(part.said, stated=True))
    if not any(slot.role == "status" for slot in slots):
        return strip
    return replace(strip, parts=(part._replace(role="status", slots=slots),))
