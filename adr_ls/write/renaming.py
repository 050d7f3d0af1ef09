"""Records under another number, title or path, with everything that refers to them.

Pure functions from a workspace to edits of its texts and moves of its files. A reference keeps the way in which it is written; one that
could mean another record as well is left alone, and what was led astray before stays so.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from adr_ls.log import resolve
from adr_ls.log.index.strips import says
from adr_ls.log.log import Log
from adr_ls.log.mkdocs import Navigation
from adr_ls.log.workspace import Workspace
from adr_ls.record import anchors, filename, mentions
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.change import Change, FileEdit, Move, landing
from adr_ls.syntax.markdown import Heading, Link
from adr_ls.syntax.text import Edit, Span, Taken, apply
from adr_ls.words.lookup import any_of, fold
from adr_ls.write import creation, drafts, editing

GREATEST = 10**6 - 1
"""The greatest number that a record can have: more digits than its own are those of a date."""


class RenamingError(Exception):
    """It cannot be called so; the message says why."""


# Paths


def moved(workspace: Workspace, moves: Mapping[str, str], beside: Iterable[Record] = ()) -> Change:
    """What keeps links true when files or folders move: edits of links to them, and of the links within them.

    `beside` are files that the workspace does not look at otherwise, such as guides in other folders.
    """
    found: dict[tuple[str, Span], Edit] = {}
    own = repositories(workspace)
    for source in (*_sources(workspace, moves), *_concerned(beside, moves)):
        home = landing(source.path, moves)
        if isinstance(source, Navigation) and landing(folder := _counted_from(source, source.path), moves) != folder:
            continue  # its paths count from where all of it goes
        seen: set[Span] = set()
        # Links are read only where they may lead to what moves without being known as mentions of it
        is_read = home != source.path or not source.is_markdown or _is_named_beside(source, moves)
        more = (*mentions.in_html(source.document), *_defined(source)) if is_read and source.is_markdown else ()
        resolved = {**workspace.resolved(source), **{one: workspace.names.resolve(source.path, one) for one in more}}
        for mention, resolution in resolved.items():
            if mention.path is None or resolution.kind not in ("record", "file"):
                continue
            target = resolution.paths[0]
            seen.add(mention.span)
            if not is_followed(mention, own):
                continue
            goal = landing(target, moves)
            if goal == target and home == source.path:
                continue
            edit = _repointed(workspace, source, mention, (target, goal), home)
            if edit is not None:
                found[source.path, edit.span] = edit
        if not is_read:
            continue
        others = (*source.document.links, *(one.link for one in resolved if one.link is not None and one.link.kind == "html"))
        for edit in _others(workspace, source, (link for link in others if link.span not in seen), moves):
            found.setdefault((source.path, edit.span), edit)
    return Change("Update links", tuple(FileEdit(path, edit) for (path, _), edit in sorted(found.items())))


def _defined(source: Record) -> Iterator[mentions.Mention]:
    """The mentions in the definitions of a file that no link uses, as yet or any more."""
    used = {link.definition.span for link in source.document.links if link.definition is not None}
    for one in source.document.definitions:
        if one.span not in used:
            yield from mentions.of_link(Link("full", one.span, one.target, one.target, one.url, None, one), source.text)


def _sources(workspace: Workspace, moves: Mapping[str, str]) -> Iterator[Record]:
    """Those records and pages that move, or may speak of what does; only these are read."""
    wanted = set(moves)
    if wanted <= workspace.records.keys():  # who refers to a record is known
        wanted.update(source for path in moves for source in workspace.sources(path))
        every = (*workspace.records.values(), *workspace.pages.values())
        loose = [facts.path for facts in every if facts.has_html_links and facts.path not in wanted]
    else:
        loose = [*workspace.records, *workspace.pages]
        wanted.update(
            source
            for path in workspace.records
            if landing(path, moves) != path
            for source in workspace.code_backlinks.get(path, ())
        )
    every_path = (*workspace.records, *workspace.pages, *workspace.code)
    yield from _whole(workspace, (path for path in every_path if path in wanted))
    yield from _concerned(_whole(workspace, (path for path in loose if path not in wanted)), moves)


def _whole(workspace: Workspace, paths: Iterable[str]) -> Iterator[Record]:
    return (file for path in paths if (file := workspace.file(path)) is not None)


def _is_named_beside(source: Record, moves: Mapping[str, str]) -> bool:
    """Whether a file has the name of something that moves elsewhere than in what is known to refer to records."""
    done, rest = 0, []
    for mention in source.mentions:
        rest.append(source.text[done : mention.span.start])
        done = max(done, mention.span.end)
    words = unquote("\0".join([*rest, source.text[done:]])).casefold()
    return any(filename.strip_suffix(posixpath.basename(path)).casefold() in words for path in moves)


def _concerned(beside: Iterable[Record], moves: Mapping[str, str]) -> Iterator[Record]:
    """Those files that move, or speak of what does; only these are worth being read as Markdown."""
    words = {said for path in moves for name in [posixpath.basename(path)] for said in _spelled(filename.strip_suffix(name))}
    for source in beside:
        if landing(source.path, moves) != source.path or any(word in source.text.casefold() for word in words):
            yield source


def _spelled(name: str) -> tuple[str, str]:
    return name.casefold(), quote(name, errors="surrogateescape").casefold()  # a name on a disk need not be Unicode


def repositories(workspace: Workspace) -> frozenset[str]:
    """The repositories on forges that are evidently this one: called like its folder, or named by most links there to its records."""
    return workspace.derived(_repositories)


def _repositories(workspace: Workspace) -> frozenset[str]:
    counted: Counter[str] = Counter()
    for source in (*workspace.records.values(), *workspace.pages.values(), *workspace.code.values()):
        for mention in source.mentions:
            address = resolve.on_forge(mention.path) if mention.path and "://" in mention.path else None
            if address is not None and workspace.names.resolve(source.path, mention).kind == "record":
                counted[address.repository] += 1
    folders = {posixpath.basename(root.rstrip("/")).casefold() for root in workspace.roots}
    most = {name for name, count in counted.items() if count > 1 and 2 * count > sum(counted.values())}
    return frozenset(most | {name for name in counted if posixpath.basename(name) in folders})


def is_followed(mention: Mention, own: Container[str]) -> bool:
    """Whether a mention is of the record as it is here and now, not of a copy elsewhere or of what it once was."""
    address = resolve.on_forge(mention.path) if mention.path and "://" in mention.path else None
    return address is None or (address.repository in own and not address.is_permanent)


def _repointed(workspace: Workspace, source: Record, mention: Mention, target: tuple[str, str], home: str) -> Edit | None:
    """A mention by path led to where its target lands; None where it stays true, or its form tells nothing of a path."""
    span = editing.destination(mention.link) if mention.link is not None else mentions.path_span(mention, source.text)
    written = span.of(source.text)
    raw = re.split(r"[#?]", written, maxsplit=1)[0] if mention.link is not None else written
    said = unquote(raw) if mention.link is not None else raw
    old, new = target
    there, here = _counted_from(source, source.path), _counted_from(source, home)
    if not said.startswith("/") and posixpath.normpath(posixpath.join(there, said)) == old:
        if posixpath.normpath(posixpath.join(here, said)) == new:
            return None  # though it may take a way round, it stays true
        is_beside = (there, posixpath.dirname(old)) == (here, posixpath.dirname(new))
        by_the_same_way = said[: -len(posixpath.basename(old))] + posixpath.basename(new)
        path = by_the_same_way if is_beside else posixpath.relpath(new, here)
        path = f"./{path}" if said.startswith("./") and not path.startswith(".") else path
        return _replaced(span, raw, said, path, is_link=mention.link is not None)
    for before, after in _spellings(workspace, source.path, home, old, new):
        if said == before:
            return _replaced(span, raw, said, after, is_link=mention.link is not None)
    return _by_tail(workspace, span, raw, (old, new), is_link=mention.link is not None)


def _counted_from(source: Record, path: str) -> str:
    """The directory that the relative paths in a file count from when it is at a path."""
    folder = posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(folder, source.root)) if isinstance(source, Navigation) else folder


def _spellings(workspace: Workspace, source: str, home: str, old: str, new: str) -> Iterator[tuple[str, str]]:
    """All the ways in which a link may spell the path to a file, now and after the move."""
    there = posixpath.relpath(old, posixpath.dirname(source)), posixpath.relpath(new, posixpath.dirname(home))
    pairs = [there, (f"./{there[0]}", there[1] if there[1].startswith(".") else f"./{there[1]}")]
    for root in workspace.roots:
        if old.startswith(root.rstrip("/") + "/") and new.startswith(root.rstrip("/") + "/"):
            inside = posixpath.relpath(old, root), posixpath.relpath(new, root)
            pairs += [(f"/{inside[0]}", f"/{inside[1]}"), inside]
    for before, after in pairs:
        yield before, after
        for ending in (posixpath.splitext(old)[1], f"/{posixpath.basename(old)}"):
            tail = posixpath.splitext(new)[1] if ending[0] == "." else f"/{posixpath.basename(new)}"
            if before.endswith(ending) and after.endswith(tail):
                bare = before[: -len(ending)], after[: -len(tail)]
                yield bare
                yield f"{bare[0]}/", f"{bare[1]}/"
                if ending[0] == ".":
                    yield f"{bare[0]}.html", f"{bare[1]}.html"


def _by_tail(workspace: Workspace, span: Span, raw: str, target: tuple[str, str], *, is_link: bool) -> Edit | None:
    """What names a file by the end of its path alone: an address on a forge, the route of a site, a name without its folder."""
    old, new = target
    tails = [(posixpath.relpath(old, root), posixpath.relpath(new, root)) for root in workspace.roots]
    if posixpath.dirname(old) == posixpath.dirname(new):
        base = posixpath.basename(old), posixpath.basename(new)
        tails += [base, (filename.strip_suffix(base[0]), filename.strip_suffix(base[1]))]
        folders = posixpath.basename(posixpath.dirname(old)), posixpath.basename(posixpath.dirname(new))
        tails.append(folders) if folders[0] != folders[1] else None
    elif posixpath.basename(old) == posixpath.basename(new):
        within = [posixpath.join(posixpath.basename(posixpath.dirname(path)), posixpath.basename(path)) for path in (old, new)]
        tails += [(within[0], within[1]), (filename.strip_suffix(within[0]), filename.strip_suffix(within[1]))]
        tails.append((posixpath.basename(posixpath.dirname(old)), posixpath.basename(posixpath.dirname(new))))
    for before, after in tails:
        at = raw.casefold().rfind(before.casefold())
        if before and at >= 0 and re.fullmatch(r"(?:\.\w+|/)?\W*", raw[at + len(before) :]) and not raw[at - 1 : at].isalnum():
            return _replaced(Span(span.start + at, span.end), raw[at : at + len(before)], "", after, is_link=is_link)
    return None


def _replaced(span: Span, raw: str, said: str, path: str, *, is_link: bool) -> Edit | None:
    """The edit that writes a path in place of the raw one at the start of the span, encoded where that one is or Markdown needs it.

    One with blanks as they are stands in angle brackets, where only few signs have to be encoded.
    """
    is_bracketed = " " in raw and raw == said and not _UNSAFE_IN_BRACKETS.search(path)
    new = editing.encoded(path, always=raw != said and bool(said)) if is_link and not is_bracketed else path
    return None if new == raw else Edit(Span(span.start, span.start + len(raw)), new)


_UNSAFE_IN_BRACKETS = lazy.regex(r"[<>%#?\\\r\n]")


def _others(workspace: Workspace, source: Record, links: Iterable[Link], moves: Mapping[str, str]) -> Iterator[Edit]:
    """Those of the links of a file which lead to nothing that we know, pictures, sources, folders, where either end moves."""
    there, here = posixpath.dirname(source.path), posixpath.dirname(landing(source.path, moves))
    for link in links:
        span = editing.destination(link)
        raw = re.split(r"[#?]", span.of(source.text), maxsplit=1)[0]
        if link.kind == "autolink" or not raw or _is_elsewhere(raw, link):
            continue
        path = _led(workspace, unquote(raw), there, here, moves)
        edit = _replaced(span, raw, unquote(raw), path, is_link=True) if path is not None else None
        if edit is not None:
            yield edit


def _led(workspace: Workspace, said: str, there: str, here: str, moves: Mapping[str, str]) -> str | None:
    """A path, counted from a folder that may move or from that of the workspace, as it is after the moves; None where it stays."""
    if said.startswith("/"):
        for root in workspace.roots:
            target = posixpath.normpath(root + said)
            goal = landing(target, moves)
            if goal != target and goal.startswith(root.rstrip("/") + "/"):
                return "/" + posixpath.relpath(goal, root) + "/" * said.endswith("/")
        return None
    target = posixpath.normpath(posixpath.join(there, said))
    goal = landing(target, moves)
    if posixpath.normpath(posixpath.join(here, said)) == goal:
        return None
    path = posixpath.relpath(goal, here) + "/" * said.endswith("/")
    return f"./{path}" if said.startswith("./") and not path.startswith(".") else path


def _is_elsewhere(raw: str, link: Link) -> bool:
    return raw.startswith(("//", "#")) or bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link.url))


# Numbers


def renumbered(workspace: Workspace, record: Record, number: int, beside: Sequence[Record] = ()) -> Change:
    """The record under another number: its file, title and front matter, and every reference that can mean no other record.

    A draft without a number gets one where the other records have some. Of the files `beside`, see `moved`, only links to it are looked
    at.

    Raises `RenamingError` where records here have no numbers, or the new one is taken or no number.
    """
    workspace = workspace.remembering()
    log = _log(workspace, record)
    model = record if record.number is not None else next(iter(creation.models_with_numbers(log)[-1:]), None)
    if model is None:
        raise RenamingError(f"{record.id} is known by its name, not by a number.")
    if not 0 <= number <= GREATEST:
        raise RenamingError(f"{number} is no number for an ADR; choose one from 0 to {GREATEST}.")
    if number == record.number:
        return Change()
    series = model.series.casefold()
    space = _space(workspace, log, series)
    same = (path for one in space for path in one.by_number.get((series, number), ()) if path != record.path)
    taken = next((workspace.records[path] for path in same), None)
    if taken is not None:
        raise RenamingError(f"{taken.id} is “{taken.title or taken.name.stem}” ({posixpath.basename(taken.path)}).")
    file = _unknown(workspace, log, model).get(number)
    if file is not None:
        raise RenamingError(f"There is a “{posixpath.basename(file)}” already.")
    name = renumbering(number)
    if record.number is None:
        path, edits = drafts.numbered(workspace, log, record, number)
        stem = filename.strip_suffix(posixpath.basename(path)) if path != record.path else None
        moves = _renamed_file(workspace, record, stem)
        return _change(workspace, record, name, moves, [FileEdit(record.path, edit) for edit in edits], beside)
    moves = _renamed_file(workspace, record, _with_number(log, record.name, number))
    said = _saying(workspace, log, record, (number, _digits(log, number)), beside)
    return _change(workspace, record, name, moves, said, beside)


def renumbering(number: int) -> str:
    """What giving a record that number is called."""
    return f"Renumber this record to {number}"


def _saying(
    workspace: Workspace, log: Log, record: Record, number: tuple[int, str], beside: Iterable[Record]
) -> list[FileEdit]:
    """The edits by which a record and all that surely mean it say another number, which is given with its digits in file names."""
    said = [FileEdit(record.path, edit) for edit in _own_numbers(record, *number)]
    sure = list(_sure(workspace, log, record, number[0], beside))
    said += _in_mentions(sure, record, *number)
    said += _beside_mentions(workspace, {(source.path, mention.span) for source, mention in sure}, record, *number)
    return said


def relocated(workspace: Workspace, moves: Mapping[str, str], beside: Sequence[Record] = ()) -> Change:
    """What follows where people give files or folders other paths, see `moved`.

    Where a record's file gets another number by that, it is what `renumbered` would say; but not a number that another record has.
    """
    workspace = workspace.remembering()
    others: list[FileEdit] = []
    for path, facts in workspace.records.items():
        goal = landing(path, moves)
        name = filename.name_of(goal) if goal != path else facts.name
        if name.number is None or name.number in (facts.name.number, facts.number) or name.date:
            continue
        record, log = workspace.file(path), workspace.log_of(path)
        if record is not None and log is not None and not _is_taken(workspace, log, record, name.number, moves):
            own = _numbered_by_path(workspace, log, record, (name.number, name.digits), beside)
            others += (*own, *_in_fragments(workspace, record, own, beside))
    links = moved(workspace, moves, beside)
    return _sparing(replace(links, edits=_merged(links.edits, others)))


def _numbered_by_path(
    workspace: Workspace, log: Log, record: Record, number: tuple[int, str], beside: Iterable[Record]
) -> list[FileEdit]:
    """The edits that follow when a record's file gets a number; for a draft what it says instead of one, where others have some."""
    if record.number is not None:
        return _saying(workspace, log, record, number, beside)
    if not creation.models_with_numbers(log):
        return []
    return [FileEdit(record.path, edit) for edit in drafts.numbered(workspace, log, record, number[0])[1]]


def _is_taken(workspace: Workspace, log: Log, record: Record, number: int, moves: Mapping[str, str]) -> bool:
    """Whether another record than those that move to other numbers has that number, here or where the record goes."""
    there = workspace.log_at(posixpath.dirname(landing(record.path, moves)))
    series = record.series.casefold()
    logs = dict.fromkeys((*_space(workspace, log, series), *([there] if there is not None else [])))
    same = (path for one in logs for path in one.by_number.get((series, number), ()) if path != record.path)
    return any(filename.name_of(landing(path, moves)).number == number for path in same)


def _change(
    workspace: Workspace,
    record: Record,
    title: str,
    moves: Mapping[str, str],
    others: Iterable[FileEdit],
    beside: Iterable[Record],
) -> Change:
    """The moves with what they ask for, those other edits that touch none of it, and what follows from these for the anchors."""
    said = (*others, *_in_fragments(workspace, record, others, beside))
    merged = _merged(moved(workspace, moves, beside).edits, said)
    return _sparing(Change(title, merged, moves=tuple(Move(*move) for move in moves.items())))


def _sparing(change: Change) -> Change:
    """The change without what it would do to files that are only read, which it names instead."""
    spared = dict.fromkeys(path for path, _ in change.edits if filename.is_asciidoc(path))
    return replace(change, edits=tuple(edit for edit in change.edits if edit.path not in spared), spared=tuple(spared))


def _merged(first: Iterable[FileEdit], others: Iterable[FileEdit]) -> tuple[FileEdit, ...]:
    """Edits, and those of the others that touch none of these."""
    edits = {(path, edit.span): edit for path, edit in first}
    spans: dict[str, list[Span]] = {}
    for path, span in edits:
        spans.setdefault(path, []).append(span)
    taken = {path: Taken(own) for path, own in spans.items()}
    for path, edit in others:
        own = taken.setdefault(path, Taken())
        if not own.overlaps(edit.span):
            edits[path, edit.span] = edit
            own.add(edit.span)
    return tuple(FileEdit(path, edits[path, span]) for path, span in sorted(edits))


def _in_fragments(
    workspace: Workspace, record: Record, edits: Iterable[FileEdit], beside: Iterable[Record]
) -> Iterator[FileEdit]:
    """The anchor of the record's own heading, where edits give it another: ``0003-x.md#3-use-kafka``, ``#3-use-kafka``."""
    own = dict.fromkeys(edit for path, edit in edits if path == record.path)
    before, then = anchors.anchors(record), anchors.anchors(Record(record.path, apply(record.text, own)))
    if len(before) != len(then):
        return
    changed = {before[old]: new for old, new in zip(before, then, strict=True) if old != new}
    heading_of = anchors.leading(record)
    for source, link in _links_to(workspace, record, beside) if changed else ():
        span = editing.destination(link)
        _, mark, fragment = span.of(source.text).partition("#")
        heading = heading_of(unquote(fragment))
        new = changed.get(heading) if heading is not None else None
        if mark and new is not None:
            yield FileEdit(source.path, Edit(Span(span.end - len(fragment), span.end), quote(new) if "%" in fragment else new))


def next_number(workspace: Workspace, log: Log, record: Record) -> int:
    """The number behind the greatest of a record's series, in its log and those whose numbers go on with it."""
    if record.number is None:
        return creation.next_number(workspace, log)
    series = record.series.casefold()
    greatest = max(
        (number for one in _space(workspace, log, series) for own, number in one.by_number if own == series), default=0
    )
    return creation.behind(greatest, _unknown(workspace, log, record))


def _unknown(workspace: Workspace, log: Log, record: Known) -> dict[int, str]:
    """The numbers of the files in the directory of a log that are called as a record of it, though nothing is known of them."""
    if not record.name.digits:
        return {}
    known = {*workspace.records, *workspace.pages, *(template.path for template in log.templates)}
    there = creation.numbers_of_files(workspace, log, record.name.prefix)
    read = {number: path for number, path in there.items() if path.endswith(filename.SUFFIXES) and path not in known}
    return creation.unread_numbers(workspace, log) | read


def _space(workspace: Workspace, log: Log, series: str) -> tuple[Log, ...]:
    """The logs within which a number of that series is taken once: this one, and those whose numbers go on with it."""
    return (log, *creation.sharing(workspace, log, {series}))


def _log(workspace: Workspace, record: Record) -> Log:
    log = workspace.log_of(record.path)
    if log is None:
        raise RenamingError("This file is no ADR.")
    if obstacle := editing.obstacle(record):
        raise RenamingError(obstacle)
    return log


def _digits(log: Log, number: int) -> str:
    """A number as the file names of a log write theirs."""
    return filename.padded([record.name.digits for record in log.records.values() if record.name.digits], number)


def _with_number(log: Log, name: filename.Name, number: int) -> str | None:
    """The stem of a file name with another number; None for one without."""
    if not name.digits:
        return None
    at = len(name.stem) - len(name.slug) - len(name.separator) - len(name.digits)
    return name.stem[:at] + _digits(log, number) + name.stem[at + len(name.digits) :]


def _padded(written: str, record: Record, number: int, digits: str) -> str:
    """A number in place of the record's own as that was written: like the file's, which gets `digits`, or filled up like itself."""
    if written == record.name.digits:
        return digits
    return f"{number:0{len(written)}}" if written.startswith("0") else str(number)


def _own_numbers(record: Record, number: int, digits: str) -> Iterator[Edit]:
    """The number in a record's own title and front matter."""
    span = number_span(record)
    if span is not None and int(span.of(record.text)) == record.number:
        yield Edit(span, _padded(span.of(record.text), record, number, digits))
    for role in ("id", "title"):
        field = record.field(role)
        if field is not None and field.place == "front-matter":
            head = re.match(r"[A-Za-z-]*?[-_ #]?(?P<digits>\d{1,6})(?!\w)", field.value)
            written = field.value_span.of(record.text)
            if head and int(head["digits"]) == record.number and head["digits"] in written:
                start = field.value_span.start + written.index(head["digits"])
                yield Edit(Span(start, start + len(head["digits"])), _padded(head["digits"], record, number, digits))


def _mentions(workspace: Workspace, record: Record, beside: Iterable[Record]) -> Iterator[tuple[Record, Mention]]:
    """Every mention of the record, its own included; of the files beside the links to it."""
    own = repositories(workspace)
    for source in _whole(workspace, (record.path, *workspace.sources(record.path))):
        for mention, resolution in workspace.resolved(source).items():
            if resolution.path == record.path and is_followed(mention, own):
                yield source, mention
    for source in _concerned(beside, {record.path: record.path}):
        for mention, resolution in workspace.resolved(source).items():
            if mention.path is not None and resolution.paths == (record.path,) and is_followed(mention, own):
                yield source, mention


def _links_to(workspace: Workspace, record: Record, beside: Iterable[Record]) -> Iterator[tuple[Record, Link]]:
    """The links to places within a record or page, those in itself first."""
    yield from ((record, link) for link in record.document.links if link.url.startswith("#"))
    if record.path in workspace.records:
        found = ((source, one.link) for source, one in _mentions(workspace, record, beside))
    else:
        named = dict.fromkeys(facts.path for facts, _ in workspace.links_into(record.path, bool))
        sources = (*_whole(workspace, named), *_concerned(beside, {record.path: record.path}))
        found = (
            (source, one.link)
            for source in sources
            for one, resolution in workspace.resolved(source).items()
            if resolution.paths[:1] == (record.path,)
        )
    yield from ((source, link) for source, link in found if link is not None)


def _sure(
    workspace: Workspace, log: Log, record: Record, number: int, beside: Iterable[Record]
) -> Iterator[tuple[Record, Mention]]:
    """The mentions whose number can mean no other record, neither the old nor the new one."""
    series = record.series.casefold()
    doubled = len(log.by_number.get((series, record.number or 0), ())) > 1
    named = workspace.names.by_number
    alone = len(named.get((series, record.number or 0), ())) == 1 and not named.get((series, number))
    for source, mention in _mentions(workspace, record, beside):
        if mention.path is not None or (not doubled and (alone or source.path in log.records)):
            yield source, mention


def _in_mentions(mentions: Iterable[tuple[Record, Mention]], record: Record, number: int, digits: str) -> Iterator[FileEdit]:
    """The number in mentions of a record, in a link in its text: ``ADR 3``, ``[3. Use Kafka](…)``."""
    for source, mention in mentions:
        span = _number_in(source, mention, record)
        if span is not None:
            yield from _relabelled(source, mention.link, Edit(span, _padded(span.of(source.text), record, number, digits)))


def _beside_mentions(
    workspace: Workspace, sure: Container[tuple[str, Span]], record: Record, number: int, digits: str
) -> Iterator[FileEdit]:
    """The number in index entries of the record that stands beside the link: ``| 0003 | [Use Kafka](0003-x.md) |``."""
    for index in workspace.indexes.values():
        for entry in index.entries:
            if entry.path == record.path and (index.path, entry.mention.span) in sure:
                for slot in (slot for strip in entry.strips for part in strip.parts for slot in part.slots):
                    written = slot.span.of(index.page.text)
                    if slot.role == "number" and filename.is_number(written, record.number):
                        yield FileEdit(index.path, Edit(slot.span, _padded(written, record, number, digits)))


def _number_in(source: Record, mention: Mention, record: Record) -> Span | None:
    """Where a mention of a record says its number; None where it does not, or the number is one of something else."""
    if mention.number == record.number:
        # A link may have another's number in its text; what is none names the record by nothing else
        called = record.heading_title.prefix.casefold() if record.heading_title is not None else ""
        series = mention.series.casefold()
        same = mention.link is None or series in ("", called, record.series.casefold()) or filename.is_plain(series)
        return mentions.number_span(mention, source.text) if same else None
    if mention.link is None or not record.title:
        return None
    place = mention.link.text
    alone = _ALONE.fullmatch(place.of(source.text))
    if alone is not None and int(alone["digits"]) == record.number:
        return Span(*alone.span("digits")).shift(place.start)
    head = re.match(r"\W*(?P<digits>\d{1,6})[^\w]+(?P<rest>.+)", place.of(source.text))
    is_own = head is not None and int(head["digits"]) == record.number and says(head["rest"], record.title)
    return Span(*head.span("digits")).shift(place.start) if head is not None and is_own else None


_SIGN = rf"(?:{mentions.SIGN}|#)[ \t]?"
_ALONE = lazy.regex(
    rf"[*_`]*(?:{any_of('articles', 'whole')}[ \t]+)?(?:{any_of('records')}[ \t]*(?:{_SIGN})?|{_SIGN})(?P<digits>\d{{1,6}})[*_`]*",
    re.IGNORECASE,
)
"""The text of a link that calls its record by nothing but its number: ``#3``, ``decision 3``, ``a decisão n.º 3``."""


def _relabelled(source: Record, link: Link | None, edit: Edit) -> Iterator[FileEdit]:
    """An edit of a mention's text; where that is also the label of a definition, ``[ADR-3]``, the link says so from now on."""
    yield FileEdit(source.path, edit)
    if link is not None and link.kind in ("shortcut", "collapsed"):
        label = link.text.of(source.text)
        at = link.span.end - (link.kind == "collapsed")
        yield FileEdit(source.path, Edit(Span(at, at), label if link.kind == "collapsed" else f"[{label}]"))


# Titles


def retitled(workspace: Workspace, record: Record, title: str, *, move: bool = True, beside: Sequence[Record] = ()) -> Change:
    """The record under another title: its heading, and the links and index entries that repeat the old one.

    With `move` its file gets another name too, where that is the title's. `beside` is as in `moved`. Raises `RenamingError` where there is no title to change, or another record has that one or that file name.
    """
    workspace = workspace.remembering()
    log = _log(workspace, record)
    title = re.sub(r"\s+", " ", title).strip()
    old = record.title
    if not title:
        raise RenamingError("An ADR needs a title.")
    if not old:
        raise RenamingError("This record has no title yet.")
    said = filename.parse_title(title, record.name)
    plain = said.prefix.casefold() in ("", record.series.casefold()) or filename.is_plain(said.prefix)
    if said.number is not None and said.text and plain and (said.prefix or said.separator.strip()):
        if said.number != record.number:
            raise RenamingError(f"“{title}” begins with another number than the record's; give a title without one.")
        title = said.text
    if title == old:
        return Change()
    twin = next((r for r in log.records.values() if r.path != record.path and r.title and fold(r.title) == fold(title)), None)
    if twin is not None:
        raise RenamingError(f"{twin.id} has that title already.")
    shown = editing.shown(title)
    own = list(_own_titles(record, old, title, shown))
    if not own:
        raise RenamingError("The title is written with marks of its own; change it where it stands.")
    moves: dict[str, str] = {}
    if move:
        moves = _renamed_file(workspace, record, _with_slug(log, record.name, old, title))
    edits = [FileEdit(record.path, edit) for edit in (*own, *_underlined(record, record.heading, own))]
    edits += [*_in_labels(workspace, record, (old, shown), beside), *_in_entries(workspace, record, (old, title), shown)]
    return _change(workspace, record, f"Rename to “{title}”", moves, edits, beside)


def reheaded(workspace: Workspace, record: Record, heading: Heading, words: str, beside: Sequence[Record] = ()) -> Change:
    """A heading of a file in other words, with the links to its anchor; those whose text repeats the heading say so from now on.

    `beside` is as in `moved`. Raises `RenamingError` where it cannot be called so.
    """
    if obstacle := editing.obstacle(record):
        raise RenamingError(obstacle)
    workspace = workspace.remembering()
    words = re.sub(r"^#{1,6} ", "", re.sub(r"\s+", " ", words).strip())
    span = heading.text
    old = span.of(record.text)
    if not words:
        raise RenamingError("A heading needs words.")
    if words == old:
        return Change()
    own = [Edit(span, words)]
    others = [FileEdit(record.path, edit) for edit in (*own, *_underlined(record, heading, own))]
    said = record.document.plain(Span(span.start, span.end))
    heading_of = anchors.leading(record)
    for source, link in _links_to(workspace, record, beside):
        place = editing.destination(link).of(source.text).partition("#")[2]
        if link.text.of(source.text) in (old, said) and heading_of(unquote(place)) == heading.span:
            others += _relabelled(source, link, Edit(link.text, _held(source, link.text, _labelled(words)) or words))
    return _change(workspace, record, f"Rename to “{words}”", {}, others, beside)


def _underlined(record: Record, heading: Heading | None, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The line under a heading made as long as its text is going to be, where it is as long as that is now."""
    if heading is None:
        return
    longer = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits if heading.text.covers(edit.span))
    line = _UNDERLINE.search(record.text, heading.text.end, heading.span.end)
    if line is not None and longer and len(line[0]) == heading.text.end - heading.text.start:
        yield Edit(Span(*line.span()), line[0][0] * max(3, len(line[0]) + longer))


_UNDERLINE = lazy.regex(r"(?<=[\r\n])(?:=+|-+)")


def title_span(record: Record) -> Span | None:
    """Where the title proper stands in a record's heading, without its number; None where it is not written there plainly."""
    heading, parsed = record.heading, record.heading_title
    if heading is None or parsed is None or not parsed.text:
        return None
    own = record.title or ""  # a status may stand before it or behind
    title = own if own and (parsed.text.endswith(own) or parsed.text.startswith(own)) else parsed.text
    at = heading.text.of(record.text).rfind(title)
    return Span(heading.text.start + at, heading.text.start + at + len(title)) if at >= 0 else None


def number_span(record: Record) -> Span | None:
    """Where the number stands in a record's heading; None where it does not."""
    heading, parsed = record.heading, record.heading_title
    if heading is None or parsed is None or not parsed.digits:
        return None
    found = re.finditer(rf"(?<!\d){parsed.digits}(?!\d)", heading.text.of(record.text))
    spans = (Span(*match.span()).shift(heading.text.start) for match in found)
    return next((span for span in spans if record.document.kind_at(span.start) == "text"), None)


def own_names(record: Record, place: Span) -> tuple[Span | None, Span | None]:
    """Where the number and the title of a record stand in its heading, or in a value of its front matter; None for what does not."""
    if record.heading is not None and record.heading.span == place:
        return number_span(record), title_span(record)
    numbers = (edit.span for edit in _own_numbers(record, record.number or 0, record.name.digits))
    title = record.title or ""
    at = place.start + place.of(record.text).rfind(title)
    number = next((span for span in numbers if place.covers(span)), None)
    return number, Span(at, at + len(title)) if title and at >= place.start else None


def _own_titles(record: Record, old: str, title: str, shown: str) -> Iterator[Edit]:
    span = title_span(record)
    if span is not None and span.of(record.text) == old:
        yield Edit(span, shown)
    field = record.field("title")
    if field is not None and field.place == "front-matter" and field.value.endswith(old):  # what stands in front is its number
        yield editing.set_value(record, field, field.value.removesuffix(old) + title)


def _in_labels(workspace: Workspace, record: Record, titles: tuple[str, str], beside: Iterable[Record]) -> Iterator[FileEdit]:
    """The new title in place of the old one in the text of links to the record."""
    old, title = titles
    for source, mention in _mentions(workspace, record, beside):
        if mention.link is not None:
            place = mention.link.text
            found = repeated(place.of(source.text), record, old)
            new = _held(source, found.shift(place.start), _labelled(title)) if found is not None else None
            if found is not None and new is not None:
                yield from _relabelled(source, mention.link, Edit(found.shift(place.start), new))


def _in_entries(workspace: Workspace, record: Record, titles: tuple[str, str], shown: str) -> Iterator[FileEdit]:
    """The old title in the index entries of the record, beside a link too: ``| [0003](0003-x.md) | Use Kafka |``."""
    old, title = titles
    for index in workspace.indexes.values():
        for entry in index.entries:
            if entry.path != record.path:
                continue
            if isinstance(index.page, Navigation):
                scalar = index.page.item(entry.mention).title
                found = repeated(scalar.text, record, old) if scalar is not None else None
                if scalar is not None and found is not None:
                    said = scalar.text[: found.start] + title + scalar.text[found.end :]
                    yield FileEdit(index.path, editing.set_scalar(scalar, said))
                continue
            slots = (slot for strip in entry.strips for part in strip.parts for slot in part.slots if slot.role == "title")
            for slot in slots:
                if slot.span.of(index.page.text) in (old, _celled(old)):
                    yield FileEdit(index.path, Edit(slot.span, _held(index.page, slot.span, shown) or shown))


_LEAD = lazy.regex(
    r"[\W_]*(?:(?:(?:[^\W\d_]+[-_ #.№]{1,2}){0,3}(?:[^\W\d_]{1,8})?(?P<digits>\d{1,6})|ADRs?|\d{4}-\d\d-\d\d)[\W_]*)?",
    re.IGNORECASE,
)
"""What stands in front of a title in the text of a link: nothing, a number with its prefix, or a date."""


def repeated(written: str, record: Record, old: str) -> Span | None:
    """Where a text repeats a record's title, alone or behind its number."""
    for said in dict.fromkeys((old, _labelled(old), _celled(old), _celled(_labelled(old)))):
        at = written.rfind(said)
        lead = _LEAD.fullmatch(written, 0, at) if at >= 0 and not written[at - 1 : at].isalnum() else None
        own = lead is not None and (not lead["digits"] or int(lead["digits"]) == record.number)
        if own and not re.search(r"\w", written[at + len(said) :]):
            return Span(at, at + len(said))
    return None


def _labelled(title: str) -> str:
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", title)


def _celled(title: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", title)


def _held(source: Record, place: Span, title: str) -> str | None:
    """A title as Markdown or YAML can hold it at a place; None where that would need other quotes around it."""
    if source.front is not None and place.start < source.front.body:
        return editing.within_scalar(source, place, title)
    blocks = source.document.block_at(place.start)
    return _celled(title) if any(block.kind == "table_row" for block in blocks) else title


def _with_slug(log: Log, name: filename.Name, old: str, title: str) -> str | None:
    """The stem of a file name with another title's words; None where its words are not the old title's."""
    models = tuple(log.records.values())
    try:
        if not name.slug or name.slug.casefold() != creation.slug(old, models).casefold():
            return None
        return name.stem[: len(name.stem) - len(name.slug)] + creation.slug(title, models)
    except creation.CreationError as error:
        raise RenamingError(str(error)) from error


# Files


def _renamed_file(workspace: Workspace, record: Record, stem: str | None) -> dict[str, str]:
    """The move of a record's file, or of the folder that is its own, to another stem; none where it has that already.

    Raises `RenamingError` where there is such a file already, or can be none on Windows.
    """
    if stem is None or stem == record.name.stem:
        return {}
    if filename.is_device(stem):
        raise RenamingError(creation.DEVICE.format(stem))
    old = posixpath.dirname(record.path) if record.name.own_directory else record.path
    ending = "" if record.name.own_directory else posixpath.splitext(record.path)[1]
    new = posixpath.join(posixpath.dirname(old), stem + ending)
    taken = {*workspace.files, *workspace.records}
    if new.casefold() != old.casefold() and any(path == new or path.startswith(new + "/") for path in taken):
        raise RenamingError(f"There is a “{posixpath.basename(new)}” already.")
    return {old: new}
