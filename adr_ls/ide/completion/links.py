"""Links: what stands between their brackets, where they lead, to which heading, and by which label."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import unquote

from adr_ls.ide.completion import naming, records
from adr_ls.ide.completion.place import MOST, NOTHING, Completion, Item, Place, Typed, listed
from adr_ls.record.anchors import anchors
from adr_ls.record.facts import Facts
from adr_ls.record.filename import SUFFIXES
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.write import editing

_DEFINED = lazy.regex(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?(?P<typed>[^\s<>]*)$")
_DESTINATION = lazy.regex(
    r"(?:(?P<bang>!?)\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*)?\]\(<?(?P<typed>[^()\s<>]*)$",
)
_ELSEWHERE = lazy.regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//|@")
"""The address of something that is no file here."""


def destinations(place: Place) -> Completion | None:
    """``](…`` and ``[label]: …``: the path of a file, or behind ``#`` a heading in it; nothing in an image."""
    found = _DESTINATION.search(place.before) or _DEFINED.search(place.before)
    if not found:
        return None
    rest = re.match(r"[^()\s<>]*", place.behind)
    if found.groupdict().get("bang") or _ELSEWHERE.match(found["typed"] + (rest[0] if rest else "")):
        return NOTHING
    path, mark, _ = found["typed"].partition("#")
    start = found.start("typed")
    if mark:
        return _headings(
            place, place.typed(start + len(path) + 1, r"[^()\s<>]*"), Mention(Span(0, 0), "link", path=unquote(path))
        )
    typed = place.typed(start, r"[^()\s<>#]*(?=[)>#]|[ \t]*$)")
    directory, slash, name = path.rpartition("/")
    fitting = records.fitting(place, name.replace("-", " ") if not name[:1].isdigit() else name.split("-", 1)[0])
    if not slash:
        is_new = typed.span.end <= place.cursor.offset
        return records.offered(place, typed, fitting, naming.address(place) if is_new else naming.plain_address(place))
    return _below(place, typed, directory + slash, name, fitting)


def _below(place: Place, typed: Typed, written: str, name: str, fitting: Iterator[Facts]) -> Completion:
    """The files in a directory that is `written` already, or below it: records that fit, then others with that in their names.

    Who goes up is not on the way back to what lies beside the file.
    """
    own = posixpath.dirname(place.record.path) + "/"
    home = place.workspace.root_of(place.record.path) if written.startswith("/") else own
    base = posixpath.normpath(posixpath.join(home, unquote(written).lstrip("/"))) + "/"
    is_back = not written.startswith("/") and len(base) < len(own)

    def is_below(path: str) -> bool:
        return path.startswith(base) and not (is_back and path.startswith(own))

    def address(record: Facts) -> str | None:
        return written + editing.encoded(record.path[len(base) :]) if is_below(record.path) else None

    found = records.offered(place, typed, fitting, address)
    known = place.workspace.records
    others = (
        Item(rest, written + editing.encoded(rest), f"{typed.text} {rest}", "file")
        for path in sorted(place.workspace.files)
        if is_below(path) and path not in known and path != place.record.path and path.casefold().endswith(SUFFIXES)
        for rest in [path[len(base) :]]
        if name.casefold() in rest.casefold()
    )
    return Completion(typed.span, tuple(islice(chain(found.items, others), MOST)), incomplete=True)


def _headings(place: Place, typed: Typed, mention: Mention) -> Completion:
    """The headings of the file that a link leads to, of this one where it has no path."""
    target: Record | None = place.record
    if mention.path:
        (path, *_) = place.workspace.names.resolve(place.record.path, mention).paths or ("",)
        target = _file(place, path)
    return listed(
        typed,
        (
            Item(f"#{name}", name, f"{name} {heading}", "anchor", heading)
            for name, where in (anchors(target).items() if target and not target.is_fixed else ())
            for heading in [target.document.plain(where) if target else ""]
        ),
    )


def _file(place: Place, path: str) -> Record | None:
    """The Markdown file at a path, be it one that is no part of any log."""
    known = place.workspace.file(path)
    text = place.workspace.read(path) if known is None and path in place.workspace.files else None
    return known if text is None else Record(path, text)


_BRACKET = lazy.regex(r"(?P<bang>(?<!\\)!)?(?<!\\)(?P<open>\[\[?)(?P<typed>[^\[\]()\n]*)$")
_BOX = lazy.regex(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]$")


def brackets(place: Place) -> Completion | None:
    """``[…``: a link to be, or the text alone of one that has its address; nothing in an image, a task's box and an index ``a[0]``."""
    found = _BRACKET.search(place.before)
    if not found:
        return None
    if found["bang"] or _BOX.match(place.before) or re.search(r"[A-Za-z0-9_\])]$", place.before[: found.start()]):
        return NOTHING
    name, whole = (r"[\w-]*", r"(?![\w-])") if re.search(r"\w$", found["typed"]) else ("", "")
    if found["open"] == "[[":
        return _wiki(place, found, name)
    rest = re.match(rf"{name}{whole}(?P<tail>\]\(\)|\](?=[(\[:])|\]|[^\[\]\n]*\])?", place.behind)
    tail = rest["tail"] if rest else None
    following = place.behind[rest.end() : rest.end() + 1] if rest else ""
    fitting = records.fitting(place, found["typed"])
    if tail is None:
        return records.offered(place, place.typed(found.start("open"), name), fitting, naming.link(place))
    if tail == "]()" or (tail == "]" and following not in ("(", "[", ":")):
        return records.offered(place, place.typed(found.start("open"), rf"{name}\](?:\(\))?"), fitting, naming.link(place))
    if following == ":":
        return NOTHING
    target = _target(place)
    if target is not None:
        fitting = chain((target,), (record for record in fitting if record.path != target.path))
    return records.offered(place, place.typed(found.start("typed"), name), fitting, naming.label(place))


def _target(place: Place) -> Facts | None:
    """The record to which the link at the cursor leads."""
    at = place.cursor.offset
    mention = next((one for one in place.record.mentions if one.link is not None and at in one.link.text), None)
    path = place.workspace.resolve(place.record, mention).path if mention is not None else None
    return place.workspace.records.get(path or "")


def _wiki(place: Place, found: re.Match[str], name: str) -> Completion:
    """``[[…``: a record by the name of its file, and behind ``#`` a heading in it."""
    stem, mark, _ = found["typed"].partition("#")
    if mark:
        typed = place.typed(found.start("typed") + len(stem) + 1, r"[^\[\]|\n]*")
        return _headings(place, typed, Mention(Span(0, len(stem) + 4), "wiki", path=stem.strip()))
    rest = re.match(rf"{name}(?P<close>\]{{0,2}})", place.behind)
    close = "]" * (
        2 - len(rest["close"] if rest else "")
    )  # what is closed stays so: some editors leave all behind the cursor alone
    typed = place.typed(found.start("open"), name)
    fitting = records.fitting(place, found["typed"])
    return records.offered(place, typed, fitting, lambda record: f"[[{record.name.stem}{close}")


_SECOND = lazy.regex(r"(?<!\\)\]\[(?P<typed>[^\[\]\n]*)$")


def labels(place: Place) -> Completion | None:
    """``[text][…``: the labels that are defined in the file."""
    found = _SECOND.search(place.before)
    defined = {one.label: one.url for one in place.record.document.definitions} if found else {}
    if not found or not defined:
        return None
    known = place.workspace.records
    rest = re.match(r"[^\[\]\n]*(?P<close>\])?", place.behind)
    close = "" if rest and rest["close"] else "]"
    typed = place.typed(found.start("typed"), r"[^\[\]\n]*(?=\])|[\w-]*")

    def said(url: str) -> str:
        mention = Mention(Span(0, 0), "link", path=unquote(url.partition("#")[0]))
        path = place.workspace.names.resolve(place.record.path, mention).path
        return (known[path].title if path is not None and path in known else None) or url

    return listed(
        typed, (Item(label, label + close, f"{label} {said(url)}", "label", said(url)) for label, url in defined.items())
    )
