"""Rules on links that are written in a way that makes none of them, or none that anybody could follow."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from adr_ls.record import filename
from adr_ls.record.anchors import anchors, slug
from adr_ls.record.mentions import BARE
from adr_ls.rules import begun
from adr_ls.rules.markup import is_at_home
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Link
from adr_ls.syntax.text import Edit, Span, Stretches
from adr_ls.words.similar import NEAR, Guesses
from adr_ls.write import editing

_ADDRESS = r"(?:https?://|\.{1,2}/)[^\s()\[\]<>]{1,300}"
"""What is an address and nothing else: of a site, or of a file from where it stands."""
_TURNED = lazy.regex(
    rf"(?<![\w\]\\!])\[(?P<text>[^\[\]\r\n]{{1,200}})\]"
    rf"(?:\[(?P<square>{_ADDRESS})\]|(?P<gap>[ \t]{{1,3}})\((?P<apart>{_ADDRESS})\))(?![(\[:])"
    rf"|(?<![\w\]\\!])\[(?P<before>[^\[\]()\r\n]{{0,200}}[^\[\]()\s])\((?P<within>{_ADDRESS})\)\](?![(\[:])"
    rf"|(?<![\w\])\\!])\((?P<round>[^()\[\]\r\n]{{2,200}})\)\[(?P<first>{_ADDRESS})\](?![(\[:])"
)
"""Text and an address of which the brackets are the wrong ones, changed places, stand apart or in each other: ``[text][https://…]``."""
_LABELLED = lazy.regex(r"[\d\s\W]*|[xX]")
"""The text of a footnote or of a box to tick, which is none of a link."""
_SLIP = 8
"""How many letters a misspelt scheme has at most."""
_SCHEME = lazy.regex(
    r"(?<![\w/:.+-])(?:(?P<twice>https?://)(?=https?://)"
    rf"|(?:(?P<slip>[htps]{{3,{_SLIP}}})://|(?P<right>https?)(?:;//|//|:/(?!/)|:///+|::/*))(?=[\w-]+\.\w))"
)
"""The scheme of an address with a slip: ``httsp://``, ``https//``, ``https:/``; or one that stands there twice."""
_REAL = frozenset({"http", "https", "shttp"})
_DISK = lazy.regex(r"(?:file:/{1,3})?(?:/(?:Users|home)/[^/\s]+/[^/\s]+/|/?[A-Za-z]:[\\/]).*|file:/.*", re.DOTALL)
"""An address on somebody's own machine."""


@rule("warning", pages=True)
def link_malformed(subject: Subject) -> Iterator[Found]:
    """A link is written so that it is shown as text with its brackets, or leads where nobody can follow.

    A parenthesis was forgotten, the brackets are the wrong ones or stand apart, there are blanks or quotation marks in the address, words
    stand in its place, its scheme is misspelt (`httsp://`) or that of a mail box lacks, or it is a path on the author's own disk. A mark behind a link that closes what
    nothing opens, `[text](x.md)]`, is information. Looked for in records and in the pages of their directories; what the log's template
    has as well is not told.

    ```md before
    # 1. Use Kafka

    See [the manual][https://kafka.example.com/manual] and the guide.
    ```
    ```md after
    # 1. Use Kafka

    See [the manual](https://kafka.example.com/manual) and the guide.
    ```
    """
    record = subject.record
    if filename.is_asciidoc(record.path) or not is_at_home(subject):
        return
    found = [
        found for look in (_unmade, _turned, _in_parentheses, _misspelt, _unfollowed, _closed_again) for found in look(subject)
    ]
    if not found or (not subject.is_page and begun.is_unfilled(subject)):
        return
    templates = subject.log.templates
    if all(template.path != record.path for template in templates):
        yield from (one for one in found if not any(one.span.of(record.text) in template.text for template in templates))


def _unmade(subject: Subject) -> Iterator[Found]:
    """Where the text of a link meets an address, ``](``, and no link came of it."""
    record, text = subject.record, subject.record.text
    at = text.find("](", record.document.start)
    if at < 0:
        return
    made = {link.text.end for link in record.document.links}
    while at >= 0:
        if at not in made and record.document.kind_at(at) == "text":
            line = record.lines.span(record.lines.line_at(at))
            opened = text.rfind("[", line.start, at)
            if (
                opened >= 0
                and not text[opened - 1 : opened].isalnum()
                and text[at - 1] != "\\"
                and text[opened - 1 : opened] != "\\"
                and not _OF_SITE.match(text, at + 2, line.end)
            ):
                yield _unmade_at(subject, opened, at, line.end)
        at = text.find("](", at + 2)


def _closed_again(subject: Subject) -> Iterator[Found]:
    """What stands behind a link and closes what nothing opens: a bracket, or a comment of which only the end is left."""
    text = subject.record.text
    if ")]" not in text and "-->" not in text:
        return
    for link in subject.record.document.links:
        end = link.span.end
        match = _CLOSING.match(text, end) if link.kind == "inline" else None
        if match is None:
            continue
        line = text[text.rfind("\n", 0, link.span.start) + 1 : link.span.start]
        is_open = _is_open(line) if match["mark"] == "]" else "<!--" in text[:end].rpartition("-->")[2]
        if not is_open and not any(field.value_span.covers(link.span) for field in subject.record.fields):
            mark = Span(*match.span("mark"))
            fix = subject.fix(f"Remove “{match['mark']}”", Edit(Span(end, mark.end), ""), preferred=False)
            yield Found(
                Span(link.span.start, mark.end),
                f"“{match['mark']}” behind this link closes what nothing opens.",
                (fix,),
                level="info",
            )


def _is_open(line: str) -> bool:
    """Whether a bracket in a line is not closed there."""
    depth = 0
    for sign in line:
        depth = depth + 1 if sign == "[" else max(0, depth - 1) if sign == "]" else depth
    return depth > 0


_CLOSING = lazy.regex(r"[ \t]*(?P<mark>(?<=\))\](?![\](\[:])|-->(?=[ \t]*$))", re.MULTILINE)
"""A mark right behind a link that closes brackets, or a comment where the line ends."""


def _unmade_at(subject: Subject, opened: int, at: int, end: int) -> Found:
    """What is wrong with the link whose text begins and ends there, in a line up to some place."""
    record, text, start = subject.record, subject.record.text, at + 2
    near = min(end, start + _FURTHEST)
    closed = text.find(")", start, near)
    if closed < 0:
        address = _RUN.match(text, start, near)
        stop = start + len(address[0].rstrip(".,;:!?") if address else "")
        is_last = near == end and not text[stop:end].strip(" \t.,;:!?")
        fixes = (subject.fix("Close the parenthesis", Edit(Span(stop, stop), ")"), preferred=False),) if is_last else ()
        return Found(Span(opened, stop), "This is no link, as the parenthesis behind its address is missing.", fixes)
    span, written = Span(start, closed), text[start:closed]
    whole = Span(opened, closed + 1)
    bare = written.strip(f" \t'‘’`{_QUOTES}")
    if not re.search(r"\s", bare):
        if bare and bare != written.strip():
            fix = subject.fix("Take the marks away", Edit(span, bare), preferred=False)
            return Found(whole, "This is no link, as there are stray marks around its address.", (fix,))
        # What is wrong is not known
        return Found(whole, "This is not shown as a link: look at its brackets and marks.", level="info")
    if bare.startswith("#"):
        right = next((name for name in (slug(bare[1:]),) if name in anchors(record)), "")
        fixes = (subject.fix(f"Link to “#{right}”", Edit(span, f"#{right}"), preferred=False),) if right else ()
        said = f"; did you mean “#{right}”?" if right else "; write hyphens in their place."
        return Found(whole, f"This is no link, as there are blanks in its address{said}", fixes)
    if _leads(bare):
        fix = subject.fix("Put the address in angle brackets", Edit(span, f"<{bare}>"), preferred=False)
        return Found(whole, "This is no link, as there are blanks in its address; put it in angle brackets.", (fix,))
    level: Level | None = "info" if begun.is_draft(subject, proposed=False) else None
    return Found(whole, f"This is no link, as “{bare}” is no address; say where it is to lead.", level=level)


_OF_SITE = lazy.regex(r"[^\s)]{0,200}(?:[ \t]{0,3}\{[{%]|[ \t]{0,3}<%)")
"""An address that a site generator works out, or has worked out in part: ``{{< ref "x.md" >}}``, ``{% link x.md %}``, ``../{{ page }}``."""


def _leads(text: str) -> bool:
    """Whether something is meant as an address, be there blanks in it."""
    ending = posixpath.splitext(text.partition("#")[0])[1]
    return _BEGUN.match(text) is not None or (len(ending) > 2 and ending[1:].isalpha() and len(ending) < 6)


_BEGUN = lazy.regex(r"[a-z]+://|#|\.{0,2}/")
"""How an address begins."""
_RUN = lazy.regex(r"[^\s)]*")
_FURTHEST = 1000
"""Within how many characters an address ends."""


def _turned(subject: Subject) -> Iterator[Found]:
    """The links whose brackets are the wrong ones, changed places, stand apart or in each other."""
    record = subject.record
    for match in record.document.mentions(_TURNED, having=_TURNING):
        text = match["text"] or match["round"] or match["before"]
        address = match["square"] or match["apart"] or match["first"] or match["within"]
        if _LABELLED.fullmatch(text):
            continue
        span = Span(*match.span())
        how = (
            "its address must stand in parentheses"
            if match["square"]
            else "there must be no blank between brackets and parentheses"
            if match["apart"]
            else "the bracket behind its text must be closed before the address"
            if match["within"]
            else "the text stands in brackets, the address in parentheses"
        )
        fix = subject.fix("Write it as a link", Edit(span, f"[{text}]({address})"), preferred=False)
        yield Found(span, f"This is not shown as a link: {how}.", (fix,))


_TURNING = ("][h", "][.", "] (h", "] (.", "]  (", "]\t(", "] \t(", ")[h", ")[.", ")]")
"""What is in a text that has any of these: most have none, and to look for all of it would take long."""


def _in_parentheses(subject: Subject) -> Iterator[Found]:
    """The definitions whose address stands in parentheses, which become a part of it."""
    record = subject.record
    if "]: (" not in record.text:
        return
    for definition in record.document.definitions:
        written = definition.target.of(record.text)
        if written.startswith("(") and written.endswith(")"):
            fix = subject.fix("Take the parentheses away", Edit(definition.target, written[1:-1]), preferred=False)
            yield Found(definition.target, "The parentheses become a part of the address; take them away.", (fix,))


def _misspelt(subject: Subject) -> Iterator[Found]:
    """The addresses whose scheme has a slip."""
    record = subject.record
    for at in _schemes(record.text, record.document.start):
        match = _SCHEME.match(record.text, at)
        if match is None:
            continue
        slip = match["slip"] or ""
        if slip and (slip in _REAL or not {"h", "t", "p"} <= set(slip)):
            continue
        if record.document.kind_at(match.start()) not in ("text", "link_target"):
            continue
        span = Span(*match.span())
        if match["twice"]:
            fix = subject.fix("Take one away", Edit(span, ""), preferred=False)
            yield Found(span, f"“{match[0]}” stands here twice.", (fix,))
            continue
        right = f"{match['right'] or ('https' if 's' in slip else 'http')}://"
        fix = subject.fix(f"Change to “{right}”", Edit(span, right), preferred=False)
        yield Found(span, f"“{match[0]}” begins no address; did you mean “{right}”?", (fix,))


def _schemes(text: str, start: int) -> list[int]:
    """Where something may begin that is a scheme or a slip of one, found by what each of them has, so that all other text is passed over."""
    found = {match.start() for match in _HTTP.finditer(text, start)}
    at = text.find("://", start)
    while at >= 0:
        begin = at
        while begin > max(start, at - _SLIP) and text[begin - 1] in "htps":
            begin -= 1
        found.add(begin)
        at = text.find("://", at + 3)
    return sorted(found)


_HTTP = lazy.regex("http")


def _unfollowed(subject: Subject) -> Iterator[Found]:
    """The links that have an address which leads nobody anywhere: in quotation marks, or on the disk of whoever wrote them."""
    record, names = subject.record, subject.workspace.names
    if "](" not in record.text and "]: " not in record.text:
        return
    for link in record.document.links:
        address = unquote(link.url)
        if _is_mail(subject, link, address):
            span = editing.destination(link)
            fix = subject.fix("Put “mailto:” in front of it", Edit(Span(span.start, span.start), "mailto:"), preferred=False)
            yield Found(
                span,
                "This is the address of a mail box, which is taken for that of a file; put “mailto:” in front of it.",
                (fix,),
            )
            continue
        is_quoted = link.kind != "autolink" and address.strip(_QUOTES) != address
        if not is_quoted and not _DISK.fullmatch(address):
            continue
        span = editing.destination(link)
        bare = span.of(record.text).strip(_QUOTES)
        if is_quoted and _leads(bare):
            fix = subject.fix("Take the quotation marks away", Edit(span, bare), preferred=False)
            yield Found(span, "The quotation mark becomes a part of the address; take it away.", (fix,))
            continue
        if not _DISK.fullmatch(address):
            continue
        there = names.by_base.get(re.split(r"[\\/]", address.partition("#")[0])[-1].casefold(), ())
        fixes: tuple[Fix, ...] = ()
        said = "."
        if len(there) == 1:
            right = editing.relative(record.path, there[0], dotted=False)
            said = f"; did you mean “{right}”?"
            fixes = (subject.fix(f"Link to “{right}”", Edit(span, right), preferred=False),)
        yield Found(span, f"This is a path on a disk, where nobody else can follow it{said}", fixes)


def _is_mail(subject: Subject, link: Link, address: str) -> bool:
    """Whether the address of a link is that of a mail box, and no file is or would be called so: ``notes@v2.md``."""
    if link.kind in ("autolink", "image") or not _MAIL.fullmatch(address) or filename.is_read(address):
        return False
    beside = posixpath.join(posixpath.dirname(subject.record.path), address)
    return subject.surroundings.standing(beside) != "there" and not subject.surroundings.has_kind(beside)


_MAIL = lazy.regex(r"[\w.+-]{1,64}@(?!\d+x\.)(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}")
"""What has the form of the address of a mail box; a picture of double size, ``logo@2x.png``, has not."""
_QUOTES = '"“”„'
"""The marks that are no part of an address."""


_UNDEFINED = lazy.regex(
    r"(?<![\w\]\\!])\[(?P<text>(?:[^\[\]\r\n]|(?:\r\n?|\n)(?=[ \t]*[^\s])){1,120})\]\[(?P<label>[^\[\]\r\n]{0,120})\]"
)


@rule("warning")
def link_undefined(subject: Subject) -> Iterator[Found]:
    """A reference-style link has a label that is defined nowhere, so that readers see its brackets; or a link has no address.

    A label counts where it is nearly one that is defined, or where the text in front of it names a record; elsewhere two pairs of
    brackets may be anything. Several words in brackets within a sentence, for which there is no definition, are information.

    ```md before
    # 1. Use Kafka

    See the [design notes][desgin].

    [design]: https://example.com/design
    ```
    ```md after
    # 1. Use Kafka

    See the [design notes][design].

    [design]: https://example.com/design
    ```
    """
    if "]()" in subject.record.text:
        yield from _without_address(subject)
    yield from _in_a_sentence(subject)
    document = subject.record.document
    found = list(document.mentions(_UNDEFINED, having=("][",)))
    known = {re.sub(r"\s+", " ", one.label).casefold(): one for one in document.definitions} if found else {}
    guesses = Guesses()
    for match in found:
        group = "label" if match["label"] else "text"
        label = re.sub(r"\s+", " ", match[group]).casefold()
        if label in known or re.fullmatch(r"[\dx ]*", match["text"]):
            continue
        near = guesses.nearest(label, known, NEAR)
        if match["label"] and not near and not BARE.fullmatch(match["text"].strip()):
            continue
        span = Span(*match.span(group))
        if near:
            definition = known[near]
            right = definition.label
            edit = Edit(span, right) if match["label"] else Edit(Span(match.end() - 1, match.end() - 1), right)
            yield Found(
                span,
                f"No link is defined as “{match[group]}”; did you mean “{right}”?",
                (subject.fix(f"Change to “{right}”", edit),),
            )
        else:
            yield Found(span, f"No link is defined as “{match[group]}”.")


_BRACKETED = lazy.regex(r"(?<=[\w,;:(] )\[(?P<text>[^\W\d_][^\[\]\r\n]{8,80}[^\W_])\](?=[ ,.;:)])(?![:(\[]| \()")
"""Words in brackets within a sentence, with nothing that they would lead to."""
_BRACKETING = tuple(f"]{end}" for end in " ,.;:)")
_PHRASE = 3
"""How many words in brackets are no remark of an editor's: *[sic]*, *[the system]*."""


def _in_a_sentence(subject: Subject) -> Iterator[Found]:
    """The words in brackets within a sentence of which no link came, as there is no definition for them. Quotations have such on purpose."""
    record = subject.record
    stated = cache(lambda: Stretches(field.span for field in record.fields))
    for match in record.document.mentions(_BRACKETED, having=_BRACKETING):
        if len(match["text"].split()) < _PHRASE or "|" in match["text"]:
            continue
        around = record.document.block_at(match.start())
        if any(block.kind in ("block_quote", "table", "heading") for block in around) or begun.is_unfilled(subject):
            continue
        if stated().cover(Span(*match.span())):
            continue
        if any(match[0] in template.text for template in subject.log.templates):
            continue
        span = Span(*match.span("text"))
        yield Found(span, f"No link is defined as “{match['text']}”, so its brackets are shown.", level="info")


def _without_address(subject: Subject) -> Iterator[Found]:
    """The links that lead nowhere, ``[ADR-2]()``, outside a template's text that waits to be filled in."""
    record = subject.record
    if begun.is_unfilled(subject):
        return
    level: Level | None = "info" if begun.is_draft(subject, proposed=False) else None
    for link in record.document.links:
        if link.kind == "inline" and not link.url and record.text.startswith("]()", link.text.end):
            words = record.document.plain(link.text).strip()
            said = f"say where “{words}” is to lead, or take the brackets away" if words else "fill it in, or take it away"
            yield Found(link.span, f"This link has no address: {said}.", level=level)


RULES: tuple[Rule, ...] = (link_malformed, link_undefined)
