"""What is known of a file: its facts, or all of it; and how the facts are made of the whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from adr_ls.record import claims, filename, mentions, metadata
from adr_ls.record.anchors import anchors, set_in_html
from adr_ls.record.facts import Facts, LinkForm
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Sections
from adr_ls.record.passages import Passages
from adr_ls.record.record import Record
from adr_ls.record.remarks import has_notes
from adr_ls.record.summary import summary
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.markdown import Document
from adr_ls.syntax.text import LineMap, Span, line_end

PADDED = "0N"
"""How a number stands in front matter that is filled up with zeros and has no quotes."""


_HTML_LINK = lazy.regex(r"<(?:a|img)\s", re.IGNORECASE)
Known = Facts | Record
"""Whatever tells what a file says: its facts, or all of it."""


def around_mentions(record: Known, field: Field) -> str:
    """What stands in a field that states a relation besides the records that it names."""
    return "".join(record.beside.get(field.value_span, ()) if isinstance(record, Facts) else _beside(record, field))


def _beside(record: Record, field: Field) -> tuple[str, ...]:
    pieces, at = [], field.value_span.start
    for mention in record.mentions_in(field.value_span):
        pieces.append(record.text[at : mention.span.start])
        at = mention.span.end
    return (*pieces, record.text[at : field.value_span.end])


def requests_of(record: Known) -> Mapping[str, Span]:
    """The requests of a forge that a record names in its metadata or above all headings, by their addresses, with where: ``RFC PR: https://…/pull/31``."""
    headings = (record.heading, *(section.heading for section in record.sections[:1]))
    first = min((heading.span.start for heading in headings if heading is not None), default=0)
    stated = [(one.value, one.value_span) for one in record.fields if one.role is None and one.place != "section"]
    stated += [(one.path or "", one.span) for one in record.mentions if one.link is not None and one.span.end <= first]
    return {address: span for value, span in stated for address in mentions.requests_in(value)}


def facts_of(record: Record) -> Facts:
    """The facts of a record or page, read off its text; those it was given where it was (see `Record.known`)."""
    if record.known is not None:
        return record.known
    scalars = [scalar for entry in record.front.entries for scalar in entry.scalars] if record.front is not None else []
    return Facts(
        path=record.path,
        digest=digest_of(record.written),
        name=record.name,
        number=record.number,
        series=record.series,
        id=record.id,
        title=record.title,
        heading=record.heading,
        heading_title=record.heading_title,
        fields=record.fields,
        sections=Sections.of(record.sections),
        anchors=tuple(anchors(record)),
        statuses=record.statuses,
        date_field=record.date_field,
        date=record.date,
        mentions=record.mentions,
        foreigners=frozenset(
            (one.series.casefold(), one.number) for one in record.foreign | record.vacant if one.number is not None
        )
        | (
            frozenset(("", number) for number in claims.vacancies(record.document))
            if record.number is None and not record.name.date
            else frozenset()
        ),
        relations=record.relations,
        links=tuple(_link_forms(record)),
        passages=Passages.of_document(record.document) if "\ufeff" not in record.text else Passages.of(record.text),
        octal=any(octal(scalar) for scalar in scalars),
        padded=_padded(record),
        is_bare=record.heading is not None and not record.sections and not record.area,
        plains={field.value_span: said for field in record.fields if (said := record.plain(field)) != field.value},
        marked=_marked(record),
        has_notes=has_notes(record),
        written_status=record.status.span.of(record.text) if record.status and not record.text.startswith("+++") else "",
        newline=line_end(record.text) if re.search(r"[\r\n]", record.text) else "",
        html_anchors=frozenset(set_in_html(record.text))
        | (asciidoc.anchors(record.written) if record.is_fixed else frozenset()),
        beside={
            field.value_span: _beside(record, field) for field in dict.fromkeys(one.field for one in record.relations) if field
        },
        lines=LineMap.of(record.lines),
        key_ends="".join(record.text[f.key_span.end : f.key_span.end + 1] for f in record.fields if f.place == "bold-line"),
        has_html_links="<" in record.text and bool(_HTML_LINK.search(record.text)),
        summary=summary(record),
    )


def _marked(record: Record) -> str:
    """The title as its heading has it, marks included, where that is the title and holds no link; else empty."""
    title, parsed, heading = record.title, record.heading_title, record.heading
    if title is None or parsed is None or heading is None or parsed.text != title:
        return ""
    source = heading.text.of(record.text).strip()
    tail = filename.parse_title(source, record.name, frozenset({record.name.prefix.casefold()} - {""})).text
    end = heading.text.start + heading.text.of(record.text).rindex(tail) + len(tail) if tail in source else 0
    is_whole = end and not re.search(r"[\[\]<>!|]", tail) and record.document.plain(Span(end - len(tail), end)) == title
    return tail if is_whole else ""


def digest_of(text: str) -> str:
    """What tells one text from another: 128 bits of it in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _link_forms(record: Record) -> Iterator[LinkForm]:
    """How the inline links to Markdown files are written."""
    if record.front is None and not record.is_fixed:  # all of them are the document's
        found = mentions.in_pieces(record.document, _forms_in)
        if found is not None:
            return iter(found)
    text = record.text if record.is_fixed else record.document.text  # as in pieces, where it differs by byte-order marks
    return filter(None, (link_form(mention, text) for mention in record.mentions))


_LEAD = r"(?:[A-Za-z][A-Za-z-]*(?:[ #][- #]*)?)?"
"""What may stand before the number in a link's text: ``ADR-``, ``adr #``."""


def _forms_in(document: Document) -> list[LinkForm]:
    found = (link_form(mention, document.text) for mention in mentions.in_document(document))
    return [form for form in found if form is not None]


def link_form(mention: Mention, text: str) -> LinkForm | None:
    """How an inline link to a Markdown file is written; None for any other mention."""
    link = mention.link
    if link is None or link.kind != "inline" or not mention.path or not mention.path.casefold().endswith(filename.SUFFIXES):
        return None
    label, path = link.text.of(text), "./" if mention.path.startswith("./") else ""
    stem = filename.stem_of(mention.path)
    alone = re.fullmatch(rf"\W*(?P<id>(?P<lead>{_LEAD})(?P<digits>\d+))\W*", label)
    if alone:
        return LinkForm("id", path, alone["lead"], alone["digits"], stem)
    return LinkForm("id title" if re.match(rf"\W*{_LEAD}\d", label) else "title", path, stem=stem)


def octal(scalar: Scalar) -> bool:
    """Whether YAML takes a number with leading zeros for an octal one, of another value: ``0012`` is ten."""
    return (
        scalar.style == "plain" and bool(re.fullmatch(r"0[0-7]{1,8}", scalar.text)) and int(scalar.text, 8) != int(scalar.text)
    )


def _padded(record: Record) -> str:
    """How the record's own number stands in its front matter: `PADDED`, ``other``, or empty for nowhere."""
    if record.front is None:
        return ""
    found = next((e.scalars[0] for e in record.front_entries if metadata.role_of(e.key) == "id" and e.scalars), None)
    if found is None:
        return ""
    return PADDED if found.style == "plain" and re.fullmatch(r"0\d+", found.text) else "other"
