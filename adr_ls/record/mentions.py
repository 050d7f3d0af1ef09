"""References to records in a text: links, and the bare ``ADR-7`` of prose.

A `Mention` says only what is written; which record it names depends on who asks, and is resolved in `adr_ls.log.workspace`. Of code only
a span that holds nothing but the name of a file is one, or the number of a record behind its series: ``ADR `0003` ``. ``#12`` is an issue
unless it links to a record, and ``ADR-2023-05-09`` is no record 2023.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, TypeVar
from urllib.parse import unquote

from adr_ls.record import filename
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Document, Link
from adr_ls.syntax.pieced import Pieced
from adr_ls.syntax.text import Span, Taken
from adr_ls.words.lookup import any_of, every

_T = TypeVar("_T")
Form = Literal["link", "bare", "number", "wiki", "code", "path"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that may name a record.

    `span` is all of it (a link from its bracket to its parenthesis); `name` the part that names the record: its number, or the link's
    target. `series` is the prefix as written (``ADR``, ``API``; empty for a number alone), `number` what follows it. A link has its
    `path` (decoded, without the fragment) and `fragment`; its text may give `series` and `number` besides. `lead` is what a bare one
    has before its number, or the code that this stands in: ``ADR-``, ``adr #``. One in ``code``, or a path in prose, counts only where it leads to a record, since code may show anything. The
    ``path`` of a file in source code counts from nobody knows where.
    """

    span: Span
    form: Form
    series: str = ""
    number: int | None = None
    digits: str = ""
    path: str | None = None
    fragment: str = ""
    link: Link | None = None
    lead: str = ""

    @property
    def name(self) -> Span:
        """The part of the text that names the record."""
        return self.link.target if self.link is not None else self.span

    def shift(self, by: int) -> Mention:
        """The same mention, `by` code points further on."""
        link = self.link.shift(by) if self.link is not None else None
        return Mention(
            self.span.shift(by), self.form, self.series, self.number, self.digits, self.path, self.fragment, link, self.lead
        )


_ADR = r"(?:ADR|adr|Adr|[Aa]rchitectur(?:e|al) [Dd]ecision [Rr]ecord)"
_DENSE = filename.DENSE
"""Letters with no blanks between words, and so none around a reference: ``前にADR-0002で``."""
_CLOSE = r"_{1,2}(?![\w/]|[-.]\w)"
"""The mark that may end words in italics or bold: ``_superseded by ADR-3_``."""
_TAIL = rf"(?!(?!{_CLOSE})[^\W{_DENSE}])(?![-.]\d)(?![/–]\d+[-./–]\d)(?!-(?!{any_of('suffixes')}(?![\w-]|\.\w))[a-z])"
_BOUND = "|".join(rf"(?<=(?<![^\W\d_]){re.escape(word)}-)" for word in every("bound"))
OPEN = r"(?:(?<=_)(?<![\w./@&=-]_)|(?<=__)(?<![\w./@&=-]__))"
"""The mark that may begin them, behind nothing that would go on into a name."""
_HEAD = rf"(?:(?<![^\W{_DENSE}])|{OPEN}(?![A-Za-z]+_?\d))(?:(?<![.@&=-])|{_BOUND})(?<!(?<![\d)\]])/)"
"""What stands before a reference: no letter, no underscore of a name such as ``_ADR_3``, and no slash but behind another one, since ``docs/ADR-3`` is a path."""
_RANGE = r"(?=-\d{1,6}(?![\w/-]|\.\w))"
_SLASHED = "|".join(
    rf"(?<={before}\d{{{count}}})(?=/\d{{{count}}}/\d{{{count}}}(?!\w|[-.]\d))"
    for count, before in ((1, r"\D"), (2, "[-/]"), (3, r"\D"), (4, r"\D"))
)
"""That two numbers of as many digits follow behind slashes, ``ADR-002/006/007``; with two digits each, ``ADR 12/05/26`` may be a date."""
_TICK, _END = r"`#?(?=\d{1,6}`)", r"`(?!`)"
"""The marks of code around a number that stands alone in it."""
_YEAR = r"(?:-(?:19|20)\d\d(?=-\d{3,4}(?!\d)))?"
"""The year in which numbers begin anew, as part of the series: ``ADR-2025-001``; with two digits behind it, it is a month."""
BARE = lazy.regex(
    rf"{_HEAD}(?:(?P<word>{_ADR}(?P<many>s)?)(?P<join>[-_ ]?[ ]?[#№]?|[ ]\((?=0\d{{2,5}}(?!\d)))|(?P<series>[A-Z][A-Za-z]*(?:-[A-Za-z]+){{0,3}}{_YEAR})-)"
    rf"(?P<code>{_TICK})?(?P<digits>\d{{1,6}})(?(code){_END}|(?:{_TAIL}|(?(word)(?:{_SLASHED})|(?!))|(?(many){_RANGE}|(?!))))",
)
"""A bare reference in prose: ``ADR-3``, ``ADR 0003``, ``ADR003``, ``ADR #024``, ``ADRs (0002)``, ``ADR `0003` ``, ``API-001``, ``ODH-ADR-MS-0001``, ``ADR-2025-001``."""
_LOOSE = lazy.regex(
    rf"{_HEAD}(?P<loose>[A-Z]{{2,10}})(?P<loosely>s)?(?:[ ][#№]?|[#№]|(?=`)|(?=0\d{{2,5}}(?!\d)))"
    rf"(?P<loose_code>{_TICK})?(?P<loose_digits>\d{{1,6}})(?(loose_code){_END}|{_TAIL})",
)
"""What may be a bare reference if the asking record is of that series: ``RFD 0002``, ``RFC #2``, ``RFC0002``; else it is ``HTTP 404``."""
_DATED = lazy.regex(
    rf"{_HEAD}(?:{_ADR}[-_ ]|[A-Z]{{2,10}}-)(?:19|20)(?:\d{{6}}|\d\d-\d\d-\d\d)(?:[-_]\d{{1,3}})?{_TAIL}",
)
"""A bare reference to a record that has a day and no number: ``ADR-20260323-03``, ``ADR-2026-03-23``."""
_NUMBERED = r"(?:[A-Za-z]+[-_]){0,4}(?:\d{1,8}[-_]|0\d{2,5}(?=[^\W\d_]))"
"""What the name of a numbered file begins with."""
_FILE = lazy.regex(
    rf"(?:(?<![\w/.@-])|{OPEN})(?:\.{{1,2}}/){{0,6}}(?:[\w@.-]{{1,100}}/){{0,8}}(?P<stem>{_NUMBERED}[\w.-]{{0,200}}?)"
    rf"\.md(?!(?!{_CLOSE})[\w-])"
)
"""The name of a numbered file in prose, or its path: ``0003-use-kafka.md``, ``docs/adr/0003-use-kafka.md``."""
_STEM = lazy.regex(
    rf"{_HEAD}(?:(?:[A-Za-z]{{1,10}}-){{1,3}}\d{{1,6}}|(?P<plain>(?:19|20)\d\d-\d\d-\d\d|0\d{{2,5}}))"
    r"(?=-[^\W\d_])(?:-[^\W_]{1,40}){1,20}(?![\w/@-]|\.\w)"
)
"""The same without its ending: ``ADR-0003-use-kafka``; with no prefix that tells it from words, ``2021-04-03-use-kafka``, it is `plain`."""
_CODE_FILE = lazy.regex(
    r"(?<![`\\])`[ ]?(?P<path>(?:\.{1,2}/){0,6}(?:[\w@.-]{1,100}/){0,8}"
    rf"(?:{_NUMBERED}[\w.-]{{0,200}}?|(?<=/)[\w.-]{{1,200}}?)(?P<ending>{'|'.join(map(re.escape, filename.READ))}))[ ]?`(?!`)"
)
"""A file's name as code, or its path, which needs no number: ``see `0003-use-kafka.md` ``, ``see `docs/adr/use-kafka.md` ``."""
_AND = rf"(?:[,;，、；]|/|&|–|—|…|\.\.\.?|-|\b{any_of('conjunctions', 'disjunctions', 'ranges', but='prepositions')}\b)"
_AND_ZERO = rf"(?<![^\W\d]){any_of('conjunctions', 'disjunctions', 'ranges')}(?=[ \t]*#?0\d)"
"""The same before a number that no year begins as, where some languages say *in* by the word of others: ``0002 en 0004``, ``0002和0004``."""
_MORE = lazy.regex(
    rf"[ \t]*(?:{_AND}|{_AND_ZERO})[ \t]*(?:{_AND}[ \t]*)?(?:(?P<code>{_TICK})|#?)(?P<digits>\d{{1,6}})(?(code){_END}|(?:{_TAIL}|{_SLASHED}))"
)
SIGN = rf"(?:{any_of('numbers', but='none')}\.?|no\.|n\.?[°º]|n\.|№)"
"""What says that a number follows: ``Nr.``, ``n°``."""
_NUMBER = lazy.regex(
    rf"(?<![^\W{_DENSE}])(?<![/.:-])(?:{SIGN}[ \t]?)?#?(?P<digits>\d{{1,6}})(?![^\W{_DENSE}])(?![%:]|[-./]\d)",
    re.IGNORECASE,
)
"""A number, with what may say that it is one: ``#3``, ``Nr. 003``, ``n° 3``."""
_CALLED = lazy.regex(
    rf"(?<![^\W{_DENSE}])(?<![@&=/.-])(?P<noun>(?i:{any_of('records')}))(?:[ ](?i:{SIGN}(?:[ ]|(?<=[.°º№])))?#?|(?<=[{_DENSE}]))(?P<zeros>0\d{{2,5}}){_TAIL}"
)
"""A record's number behind a noun for one, which no other number begins like: ``decision 0002``, ``Entscheidungen 0002 und 0003``."""
_WIKI = lazy.regex(r"\[\[(?P<name>[^\[\]\n|#]{1,200})(?:#[^\[\]\n|]{0,200})?(?:\|[^\[\]\n]{0,200})?\]\]")
_INTEREST = lazy.regex(
    rf"{BARE.pattern}|{_LOOSE.pattern}|(?P<dated>{_DATED.pattern})|(?P<wiki>\[\[(?!\[))"
    rf"|(?P<file>{_FILE.pattern})|(?P<called>{_STEM.pattern})|{_CALLED.pattern}"
)
_WORD = lazy.regex(r"[^\s,;\[\]\"'()]{3,250}")
_SIGN = lazy.regex(
    r"\d(?:(?<=[A-Za-z]-\d)|(?<=[DRSdrs#№]\d)|(?<=[A-Zdrs_ -][_ -]\d)|(?<=[Rrs][ ]\(0)(?=\d\d)|(?<=[\w #№-]`\d)|(?<=[A-Z]0)(?=\d\d)|(?<![\w-]\d)(?=\d{2,5}-(?:\d\d-\d\d-)?[^\W\d_])"
    rf"|(?:(?<=[^\W\d_][ ]0)|(?<=[.#°º№][ ]0)|(?<=[#№º°.{_DENSE}]0))(?=\d\d))"
)
"""The first digit of what may be a reference: behind a prefix with a hyphen or a word for records, in code, with a file's words behind it, or a nought in front of two more."""

_LINK = lazy.regex(r"(?<!\\)\[(?P<label>(?:\\.|[^\[\]\n\\])*)\]\((?P<url>(?:[^)\]\s]|\](?!\())+)\)")
"""A link in a value that is not Markdown; no address holds another one's beginning, so many of these cost no more than in proportion."""
LONGEST_PATH = 400
"""How many characters a path in code has at most."""
_PREFIX = string.ascii_letters + "-"
_LONGEST_WORD = len("Architectural Decision Records") + len("-  #`#")


_RETURN = lazy.regex(r"\r(?!\n)")
"""A line end that ends a line for Markdown alone: what is looked for in lines would be looked for in all of them at once."""


def in_document(document: Document) -> Sequence[Mention]:
    """All mentions of a document in order: its links, those of HTML to Markdown too, and bare ones in prose outside links, code and HTML."""
    found = in_pieces(document, _in_whole, Mention.shift) if next(in_html(document), None) is None else None
    return _in_whole(document) if found is None else found


def in_pieces(
    document: Document, query: Callable[[Document], Sequence[_T]], move: Callable[[_T, int], _T] | None = None
) -> Pieced[_T] | None:
    """What a query of the mentions of a document, those in HTML aside, finds in its pieces; see `Document.piecewise`."""
    return None if _RETURN.search(document.text) else document.piecewise(query, move)


def is_loose(mention: Mention) -> bool:
    """Whether a mention is one only in a record of its own series, as a blank joins that to the number: ``RFD 0002``."""
    if mention.form == "number":
        return mention.series not in ("", "ADR")
    return mention.form == "bare" and mention.series != "ADR" and not mention.lead.endswith("-")


def _in_whole(document: Document) -> Sequence[Mention]:
    """The same, read as a whole. But for links in HTML, none goes on over the end of a piece."""
    links = document.links
    found = [mention for link in links if link.kind != "image" for mention in of_link(link, document.text)]
    found += [mention for link in short_codes(document) for mention in of_link(link, document.text)]
    found += (mention for mention in in_html(document) if (mention.path or "").casefold().endswith(filename.READ))
    spans = sorted(mention.span for mention in found)
    starts = [span.start for span in spans]
    reached = list(accumulate((span.end for span in spans), max))

    def is_taken(offset: int) -> bool:
        before = bisect_right(starts, offset)
        return bool(before) and reached[before - 1] > offset

    behind = Taken(Span(one.text.end, one.span.end) for one in document.headings if "{" in document.text)
    for mention in _bare(document, is_taken):
        before = bisect_left(starts, mention.span.end)
        # What is behind the text of a heading is its attributes, and the anchor in them names nothing else
        if (not before or reached[before - 1] <= mention.span.start) and not behind.overlaps(mention.span):
            found.append(mention)
    found += _in_code(document)
    return sorted(found, key=lambda mention: mention.span)


def _in_code(document: Document) -> Iterator[Mention]:
    """The file names in spans of code, which a link around them has not named already."""
    text = document.text
    links: Taken | None = None
    for ending in (f"{suffix}{end}" for suffix in filename.READ for end in ("`", " `")):
        at = text.find(ending, document.start)
        while at >= 0:
            start = text.rfind("`", max(document.start, at - LONGEST_PATH), at)
            match = _CODE_FILE.match(text, start) if start >= 0 else None
            if match is not None and match.start("ending") == at and document.kind_at(match.start("path")) == "codespan":
                links = links if links is not None else Taken(link.span for link in document.links)
                if not links.overlaps(Span(*match.span())):
                    yield Mention(Span(*match.span()), "code", path=match["path"])
            at = text.find(ending, at + 1)


_SHORT_CODE = lazy.regex(
    r"\[(?P<text>[^\[\]\n]{1,200})\]\([ \t]*\{[{%][<%]?[ \t]*(?:(?:rel)?ref|link|post_url)[ \t]+"
    r"(?P<quote>[\"'`]?)(?P<url>[^\"'`\s{}%>]{1,300})(?P=quote)[ \t]*[%>]?[}%]\}[ \t]*\)"
)
"""Links whose address a site generator works out, such as Hugo's ``[text]({{< ref "x.md" >}})`` and Jekyll's ``[text]({% link x.md %})``."""


def short_codes(document: Document) -> Iterator[Link]:
    """The links of a document whose address is in a short code; they are written like inline links, and are none in Markdown."""
    text = document.text
    for match in _SHORT_CODE.finditer(text, document.start) if "]({" in text or "]( {" in text else ():
        if document.kind_at(match.start()) == "text":
            yield Link("inline", Span(*match.span()), Span(*match.span("text")), Span(*match.span("url")), match["url"])


def of_link(link: Link, text: str) -> Iterator[Mention]:
    """The mention in a link, whose text may name a record too; none for a link within the same file."""
    path, _, fragment = link.url.partition("#")
    if not path:
        return
    named = _named(link.text.of(text), link.url)
    found = named.groupdict() if named else {}
    digits = found.get("digits") or found.get("loose_digits") or ""
    series = found.get("word") or found.get("series") or found.get("loose") or ""
    wiki = Span(link.span.start, link.text.end + 1)
    if named and link.kind == "inline" and _ASIDE.fullmatch(path) and _WIKI.fullmatch(text, *wiki):
        yield Mention(wiki, "wiki", _series(series), int(digits), digits)
        return
    yield Mention(
        link.span, "link", _series(series), int(digits) if digits else None, digits, unquote(path), unquote(fragment), link
    )


_ASIDE = lazy.regex(r"[^\W_]{1,20}")
"""What stands in brackets behind a wiki link, which is no address: ``[[ADR-7]](A)``."""


def _named(label: str, url: str) -> re.Match[str] | None:
    """The number in a link's text, as the group ``digits``; behind a blank also of a series, where the link leads to where it was discussed."""
    return (
        BARE.search(label)
        or (loose if (loose := _LOOSE.search(label)) and (_DISCUSSED.search(url) or _is_numbered(url, loose)) else None)
        or re.fullmatch(r"[#\s\[`]*(?P<digits>\d{3,6})[\]\s`]*", label)
        or re.match(r"(?P<digits>\d{3,6})[.: –—-]", label)
    )


def _is_numbered(url: str, loose: re.Match[str]) -> bool:
    """Whether the last part of an address begins with the number that a link's text has."""
    number = filename.name_of(url.partition("#")[0].rstrip("/")).number
    return number is not None and filename.is_number(loose["loose_digits"], number)


_DISCUSSED = lazy.regex(r"/(?:pull|issues|merge_requests|discussions)/\d")
"""The address of a request or an issue on a forge, where people talk about what they may link to as a record of theirs."""


_REQUEST = lazy.regex(r"https?://[^\s<>()\[\]]{1,200}/(?:pull|merge_requests)/\d{1,9}(?!\d)")


def requests_in(text: str) -> tuple[str, ...]:
    """The addresses in a text of requests on a forge, in which changes are proposed, in small letters."""
    return (
        tuple(match[0].casefold() for match in _REQUEST.finditer(text))
        if "/pull/" in text or "/merge_requests/" in text
        else ()
    )


def number_span(mention: Mention, text: str) -> Span | None:
    """Where the number stands by which a mention names a record; None where it has none."""
    if not mention.digits:
        return None
    if mention.link is not None:
        place = mention.link.text
        named = _named(place.of(text), mention.link.url)
        group = "loose_digits" if named and named.groupdict().get("loose") else "digits"
        return Span(*named.span(group)).shift(place.start) if named else None
    at = mention.span.start + mention.span.of(text).rfind(mention.digits)
    return Span(at, at + len(mention.digits))


def path_span(mention: Mention, text: str) -> Span:
    """Where a mention by path or file name that is no link writes it: without the brackets, heading and other words of a wiki link."""
    wiki = _WIKI.fullmatch(text, *mention.span)
    span = Span(*wiki.span("name")) if wiki else mention.span
    if mention.form == "code" and text.startswith("`", span.start):
        span = Span(span.start + 1, span.end - 1)
    written = span.of(text)
    start = span.start + len(written) - len(written.lstrip())
    said = mention.path or ""
    return Span(start, start + len(said)) if text.startswith(said, start) and said else mention.span


_HTML = lazy.regex(
    r"<(?:a|img)\s(?:[^<>]*?\s)?(?:href|src)\s*=\s*(?P<quote>[\"'])(?P<url>[^\"'<>\n]+)(?P=quote)", re.IGNORECASE
)


def in_html(document: Document) -> Iterator[Mention]:
    """The links and pictures of a document that are written in HTML; their `link` has no text."""
    text = document.text
    for match in _HTML.finditer(text, document.start) if "<" in text else ():
        if document.kind_at(match.start()) in ("block_html", "inline_html"):
            target = Span(*match.span("url"))
            path, _, fragment = match["url"].partition("#")
            if path:
                link = Link("html", Span(*match.span()), Span(match.end(), match.end()), target, match["url"])
                yield Mention(link.span, "link", path=unquote(path), fragment=unquote(fragment), link=link)


def _bare(document: Document, is_taken: Callable[[int], bool]) -> Iterator[Mention]:
    """The mentions outside links; none that starts where a link has taken the text, as most of an index is."""
    text = document.text
    for match in _candidates(document, is_taken):
        if match["wiki"]:
            wiki = _WIKI.match(text, match.start())
            if wiki:
                number = BARE.fullmatch(wiki["name"].strip()) or re.fullmatch(r"(?P<digits>\d{1,6})", wiki["name"].strip())
                digits = number["digits"] if number else ""
                series = _series(number.groupdict().get("word") or number.groupdict().get("series") or "") if number else ""
                path = None if number else wiki["name"].strip()
                yield Mention(Span(*wiki.span()), "wiki", series, int(digits) if digits else None, digits, path)
            continue
        if match["dated"]:
            yield Mention(Span(*match.span()), "wiki", path=match["dated"])
            continue
        if match["file"] or match["called"]:
            path = match[0]
            yield Mention(Span(*match.span()), "code" if match["plain"] or "/" in path else "wiki", path=path)
            continue
        yield from _called(text, match) if match["zeros"] else _run(text, match)


def _candidates(document: Document, is_taken: Callable[[int], bool]) -> Iterator[re.Match[str]]:
    """The matches of `_INTEREST` in prose, none of which goes on over the end of a line.

    It takes long where there are none, so it looks only at lines with a digit behind what may be a name, a file name, or brackets.
    """
    text, at = document.text, document.start
    signs = [sign.start() for sign in _SIGN.finditer(text, at)]
    for literal in ("[[", ".md"):
        found = text.find(literal, at)
        while found >= 0:
            signs.append(found)
            found = text.find(literal, found + 1)
    signs.sort()
    for sign in signs:
        if sign < at:
            continue
        start = max(at, text.rfind("\n", at, sign) + 1)
        end = text.find("\n", sign)
        at = len(text) if end < 0 else end + 1
        if text.find(".md", start, at) < 0:
            # Nothing in front of the prefix or word that ends at the first sign can belong to a reference.
            prefix = len(text[start:sign]) - len(text[start:sign].rstrip(_PREFIX))
            start = max(start, sign - max(prefix, _LONGEST_WORD))
        for match in _INTEREST.finditer(text, start, at):
            if not is_taken(match.start()) and _is_prose(document, match):
                yield match


def _is_prose(document: Document, match: re.Match[str]) -> bool:
    """Whether a match of `_INTEREST` stands in prose, but for the number alone that may be code."""
    end = "codespan" if match["code"] or match["loose_code"] else "text"
    return document.kind_at(match.start()) == "text" and document.kind_at(match.end() - 1) == end


def _run(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """A bare reference and, behind a plural, the numbers that go on: ``ADRs 4, 7 and 9``."""
    groups = match.groupdict()
    is_loose = bool(groups.get("loose"))
    word = match["word"] or match["series"] or groups["loose"]
    series = _series(word)
    digits = match["digits"] or groups["loose_digits"]
    code = match["code"] or groups.get("loose_code")
    lead = match[0][: match[0].rindex(f"{code or ''}{digits}")]
    if "(" in lead:  # which has its other half behind the last of them, so that the number alone is the name
        yield Mention(Span(match.end() - len(digits), match.end()), "number", series, int(digits), digits)
    else:
        yield Mention(Span(*match.span()), "bare", series, int(digits), digits, lead=lead)
    plural = bool(groups["loosely"]) if is_loose else bool(match["word"]) and word.endswith("s")
    at = match.end()
    while True:
        more = _MORE.match(text, at)
        if not more or bool(more["code"]) != bool(code):  # who sets numbers as code sets all of a list so
            return
        if not (plural or ((match["word"] or is_loose) and _is_listed(more, digits))):
            return
        start = more.start("code" if code else "digits")
        yield Mention(Span(start, more.end()), "number", series, int(more["digits"]), more["digits"])
        at = more.end()


def _called(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """The number behind a noun for a record, and those that go on from it with as many digits: ``decisions 0002 and 0003``."""
    digits, at = match["zeros"], match.end()
    yield Mention(Span(at - len(digits), at), "number", "", int(digits), digits)
    while (more := _MORE.match(text, at)) and not more["code"] and _is_listed(more, digits):
        at = more.end()
        yield Mention(Span(more.start("digits"), at), "number", "", int(more["digits"]), more["digits"])


def _is_listed(more: re.Match[str], digits: str) -> bool:
    """Whether a number behind a reference to one record, ``ADR 1``, names another: ``& 2``, ``/2``, ``, 0002`` behind ``ADR-0001``."""
    joint = more[0][: more.start("digits") - more.start()]
    if joint in ("–", "…") and len(more["digits"]) < 3:
        return int(digits) < int(more["digits"])  # the ends of a range
    return (len(more["digits"]) == len(digits) and (len(digits) >= 3 or joint == "/")) or "&" in joint


_ENDING = lazy.regex(
    rf"(?:{'|'.join(map(re.escape, sorted(filename.READ, key=len, reverse=True)))})(?![^\W{_DENSE}]|-)(?!\.\w)"
)
_OF_PATH = lazy.regex(r"[\w./:@%+~-]*")
_AHEAD = lazy.regex(rf"\A[:@%+~-]*(?:[{_DENSE}]+(?=[A-Za-z0-9./]))?")
"""What stands right before a path in code, and is none of it: ``参见docs/adr/0003-x.md``."""
_FRAGMENT = lazy.regex(r"#(?P<name>[\w%.-]{1,200})")
_LONGEST_PATH = 300
"""How many characters of a path, or an address, are looked at."""


def in_code(text: str) -> Iterator[Mention]:
    """What may be mentions in a text that is no Markdown, in order: bare ones, and paths and addresses of files that are read."""
    found = [*_paths(text)]
    taken = Taken(mention.span for mention in found)
    done = 0
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if at < done:
            continue
        start = max(done, at - _LONGEST_WORD, text.rfind("\n", done, at) + 1)
        # Another one that begins further on may be cut off there, and has a digit of its own
        found_here = (
            one for one in BARE.finditer(text, start, at + _LONGEST_NUMBER) if one.start("digits") <= at < one.end("digits")
        )
        match = next(found_here, None)
        dated = next(_DATED.finditer(text, start, at + _LONGEST_NUMBER), None) if match is None else None
        if dated is not None and dated.start() < at < dated.end() and not taken.overlaps(Span(*dated.span())):
            found.append(Mention(Span(*dated.span()), "wiki", path=dated[0]))
            done = dated.end()
        if match is not None and not taken.overlaps(Span(*match.span())):
            found += _run(text, match)
            done = found[-1].span.end
    yield from sorted(dict.fromkeys(found), key=lambda mention: mention.span)


_LONGEST_NUMBER = 20
"""How many characters behind its first digit are looked at for the rest of a number and for what may not follow one."""


def _paths(text: str) -> Iterator[Mention]:
    """The paths and addresses of files in Markdown or AsciiDoc, as far as these are called like records or lie in a directory."""
    for ending in _ENDING.finditer(text):
        backwards = text[max(0, ending.start() - _LONGEST_PATH) : ending.start()][::-1]
        before = _OF_PATH.match(backwards)
        written = _AHEAD.sub("", (before[0][::-1] if before is not None else "") + ending[0], count=1)
        if "..." in written:  # which leaves something out
            continue
        name = filename.name_of(unquote(written))
        if name.number is not None or name.date is not None or "/" in written:
            fragment = _FRAGMENT.match(text, ending.end())
            span = Span(ending.end() - len(written), ending.end())
            yield Mention(span, "path", path=unquote(written), fragment=unquote(fragment["name"]) if fragment else "")


def numbers_in(text: str, span: Span, series: str = "") -> Iterator[Mention]:
    """Numbers that stand alone in a value that can only hold records: ``superseded by 0303``, ``supersedes: [27, 29]``."""
    for match in _NUMBER.finditer(text, span.start, span.end):
        yield Mention(Span(*match.span()), "number", series, int(match["digits"]), match["digits"])


def items_in(text: str, span: Span) -> Iterator[Mention]:
    """The names of records that are whole values or items of lists in front matter, whatever their key: ``adrs: [ADR-7]``, ``target: ADR-7``."""
    for match in BARE.finditer(text, span.start, span.end):
        start = max(span.start, text.rfind("\n", span.start, match.start()) + 1, match.start() - _LONGEST_PATH)
        before = text[start : match.start()].rstrip(" \t\"'")
        behind = text[match.end() : match.end() + _LONGEST_NUMBER].lstrip(" \t\"'")
        if not match["many"] and before[-1:] in ("", "[", ",", ":", "-") and behind[:1] in ("", "]", ",", "}", "#", "\r", "\n"):
            yield next(_run(text, match))


def names_in(text: str, span: Span) -> Iterator[Mention]:
    """The mentions in a value that is not Markdown, such as front matter: links, ids, file names, slugs and bare numbers."""
    taken = Taken()
    for match in _LINK.finditer(text[span.start : span.end]):
        whole, target = Span(*match.span()).shift(span.start), Span(*match.span("url")).shift(span.start)
        label = Span(*match.span("label")).shift(span.start)
        taken.add(whole)
        yield from of_link(Link("inline", whole, label, target, match["url"], "", None), text)
    for match in BARE.finditer(text, span.start, span.end):
        if not taken.overlaps(Span(*match.span())):
            for mention in _run(text, match):
                taken.add(mention.span)
                yield mention
    for match in _WORD.finditer(text, span.start, span.end):
        whole = Span(*match.span())
        if re.search(r"\d[-_]\w", match[0]) and not taken.overlaps(whole):
            taken.add(whole)
            yield Mention(whole, "wiki", path=match[0].partition("#")[0])
    for mention in numbers_in(text, span):
        if not taken.overlaps(mention.span):
            yield mention


def _series(word: str) -> str:
    return "ADR" if re.fullmatch(rf"{_ADR}s?", word) else word


def begin(mention: Mention) -> int:
    """Where a mention begins."""
    return mention.span.start
