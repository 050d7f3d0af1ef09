"""Keeping an index: the edits that bring a hand-made list of records up to date without changing its shape.

A new entry is written like its neighbours (see `adr_ls.index.write`) and goes where they would have put it. An entry's status follows its
record, and where the headings are statuses the entry moves between them; titles, summaries and notes are people's own words and stay as
they are. Running it on its own result changes nothing.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from adr_ls.index import judge
from adr_ls.index.customs import dated_like
from adr_ls.index.judge import Judgement, Misplaced, refusal
from adr_ls.index.place import Places, Spot
from adr_ls.index.write import Writer
from adr_ls.log.index import DEEPEST, Entry, Index
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.change import Change, FileEdit, joined, landing
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Edit, Span, apply, diff, line_end
from adr_ls.words import dates
from adr_ls.words.lookup import FIELD_ROLES, any_of

TITLE = "Update the ADR index"
PRUNING = "Remove the dead entries of the ADR index"
"""What is done to an index, as people are told."""
ROUNDS = 3
"""How often an update looks again at what it has made, at most."""
_UPDATED = lazy.regex(
    r"^[ \t]*(?:[*_>(-]+[ \t]*)?(?:"
    + "|".join(re.escape(key) for key, role in FIELD_ROLES.items() if role == "updated")
    + r")[*_]*[ \t]*[:：][*_]*[ \t]*(?P<date>\d[^\s*_)]*)",
    re.MULTILINE | re.IGNORECASE,
)


@cache
def _nobody_is_listed() -> re.Pattern[str]:
    """What stands under a heading that has no records."""
    return re.compile(
        rf"\W*(?:{any_of('none', 'nothing', 'unsettled')}(?:\W+{any_of('records', 'yet')}){{0,3}}\W*)?",
        re.IGNORECASE,
    )


@dataclass(frozen=True)
class Outlook:
    """What an update of an index would come to: how many records it adds and entries it corrects, and how many dead entries there are."""

    lacking: int
    corrected: int
    dead: int


def outlook(workspace: Workspace, index: Index) -> Outlook:
    """What an update of an index comes to."""
    return _updating(workspace, index).outlook


def likely(workspace: Workspace, index: str) -> Outlook:
    """The same of the index at a path, as of when the typing last rested."""
    return workspace.judged(_of, index).outlook


def pruning(workspace: Workspace, index: Index) -> Change:
    """Takes out the entries that lead to no record, but for those whose links an update would correct."""
    return Change.of(PRUNING, index.path, _updating(workspace, index).pruning)


def removal(workspace: Workspace, index: Index, entry: Entry) -> Edit:
    """Takes one entry out, with what it leaves behind: a blank line, a heading without entries."""
    return _updating(workspace, index).removal(entry)


def update(workspace: Workspace, index: Index, only: Iterable[Facts] | None = None) -> Change:
    """Lists what is missing and refreshes what is stale on the page of an index; of `only` these records if given."""
    updating = _updating(workspace, index)
    edits = updating.update({record.path for record in only}) if only is not None else updating.updated
    return Change.of(TITLE, index.path, edits)


def keep(workspace: Workspace, index: Index, only: Iterable[Facts] | None = None) -> Change:
    """The same, with the date of the index where its settings ask for that."""
    change, log = update(workspace, index, only), workspace.log_of(index.path)
    is_dated = log is not None and log.config.at(index.path).bump_index_date and workspace.today != ""
    return joined(TITLE, [change, bump(index, workspace.today)]) if change and is_dated else change


def moving(found: Misplaced) -> Change:
    """Moves an entry to where a new one of its record would go."""
    return Change.of(TITLE, found.judgement.index.path, Updating(found.judgement).moved(found.entry, found.record))


def _updating(workspace: Workspace, index: Index) -> Updating:
    """What is written to an index, kept with its workspace."""
    return (
        workspace.derived(_of, index.path)
        if workspace.indexes.get(index.path) is index
        else Updating(judge.of(workspace, index))
    )


def _of(workspace: Workspace, path: str) -> Updating:
    """What is written to the index at a path."""
    return Updating(judge.of(workspace, workspace.indexes[path]))


def bump(index: Index, today: str) -> Change:
    """Sets the "Last updated" lines of an index to the date `today` (ISO 8601), each in the form in which it is written."""
    found = []
    for match in _UPDATED.finditer(index.page.text):
        date = dates.read(match["date"])
        if date is None or date.iso in (None, today):
            continue
        # Behind dots the day comes first; behind slashes nobody knows
        if date.form in ("iso", "numeric") or (date.form == "ambiguous" and "." in match["date"]):
            span = Span(match.start("date") + date.start, match.start("date") + date.end)
            found.append(Edit(span, dated_like(today, span.of(index.page.text), None)))
    return Change.of(TITLE, index.path, found)


def following(after: Workspace, paths: Iterable[str], new: str = "") -> Iterator[FileEdit]:
    """The edits of indexes that follow from changes of the records at some paths, in a workspace in which they have been made.

    Entries are corrected where there are some; a `new` record gets one.
    """
    records = [record for path in (*paths, new) if (record := after.records.get(path)) is not None]
    logs = {log.directory: log for record in records if (log := after.log_of(record.path)) is not None}
    for index in {index.path: index for log in logs.values() for index in after.indexes_of(log)}.values():
        yield from keep(after, index, [one for one in records if one.path == new or one.path in index.by_record]).edits


def relocated(workspace: Workspace, change: Change, moves: Mapping[str, str]) -> Change:
    """What follows where people give files other paths, with the entries of a record that gets another number by that put where they belong.

    Of several records none, as each goes where the others are.
    """
    names = ((path, filename.name_of(landing(path, moves))) for path in workspace.records)
    numbered = [path for path, name in names if name.number not in (None, workspace.records[path].number)]
    return resorted(workspace, change, numbered[0], moves) if len(numbered) == 1 else change


def resorted(workspace: Workspace, change: Change, path: str, moves: Mapping[str, str] = MappingProxyType({})) -> Change:
    """A change after which the record at a path is called otherwise, with its entries put where indexes that are sorted have it then.

    `moves` are those of its file that are no part of the change.
    """
    before, file = workspace.records.get(path), workspace.file(path)
    if before is None or file is None:
        return change
    goal = landing(path, moves) if moves else change.landing(path)
    after = replace(facts_of(Record(goal, change.text(path, file.text))), path=path)
    for index in workspace.indexes.values():
        listed = index.by_record.get(path, ())
        if len(listed) == 1 and not filename.is_asciidoc(index.path):
            edits = _updating(workspace, index).resorted(listed[0], before, after, change.by_path.get(index.path, ()))
            others = (edit for edit in change.edits if edit.path != index.path)
            change = replace(change, edits=(*others, *(FileEdit(index.path, edit) for edit in edits)))
    return change


@dataclass(frozen=True)
class Updating:
    """What is written to one index; after `rounds` it does not look again at what it has made."""

    judgement: Judgement
    rounds: int = ROUNDS

    @property
    def places(self) -> Places:
        """Where entries belong."""
        return self.judgement.places

    @property
    def workspace(self) -> Workspace:
        """Where the index and its records are."""
        return self.judgement.workspace

    @property
    def index(self) -> Index:
        """The index that is written to."""
        return self.judgement.index

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.judgement.customs)

    @cached_property
    def updated(self) -> tuple[Edit, ...]:
        """The edits after which nothing is left to do, though what they add may be the evidence that something else is stale."""
        before, doubled = self.index.page.text, any(True for _ in judge.duplicates(self.index))
        repeated = {id(entry): entry for entry in judge.repeated(self.index)} if not refusal(self.index) else {}
        removals = tuple(_apart(self.removal(entry, repeated) for entry in repeated.values()))
        edits = removals or self.update(None)
        # A link put right may tell of another log that the index lists, and a corrected entry repeat another
        is_open = bool(repeated) or doubled or self.judgement.is_undecided or any(True for _ in self.judgement.repairs())
        again = self._after(edits) if edits and is_open and self.rounds else None
        following = again.updated if again is not None else ()
        if again is None or not following:
            return edits
        both = _rebased(edits, following)
        return (*edits, *both) if both is not None else diff(before, apply(again.index.page.text, following))

    def _after(self, edits: Sequence[Edit]) -> Updating | None:
        """The same for the page after edits; None where it is no index any more."""
        workspace = self.workspace.with_text(self.index.path, apply(self.index.page.text, edits))
        again = workspace.indexes.get(self.index.path)
        return Updating(judge.of(workspace, again), self.rounds - 1) if again is not None else None

    def update(self, chosen: set[str] | None) -> tuple[Edit, ...]:
        """See `update`; in one round."""
        if refusal(self.index):
            return ()
        corrections = [
            found for found in self.judgement.stale if found.is_sure and (chosen is None or found.record.path in chosen)
        ]
        moved = {id(found.entry): found for found in corrections if found.is_move}
        edits = [edit for found in corrections for edit in found.edits if id(found.entry) not in moved]
        placed: dict[tuple[int, bool], list[tuple[Spot, Facts, str]]] = {}
        gone: set[tuple[str, str]] = set()
        removals: list[Edit] = []
        defined: list[tuple[int, str]] = []
        for found in moved.values():
            spot = self.places.spot(found.record, moved)
            lines = self._lines_of(found.entry)
            same = found.record.path, lines.of(self.index.page.text)
            if spot is not None and same in gone:
                removals.append(self.removal(found.entry, moved))  # it has just been moved
                continue
            gone.add(same)
            if spot is not None:
                own = [edit for other in corrections if other.entry is found.entry for edit in other.edits]
                text = _edited(self.index.page.text, lines, own)
                placed.setdefault(spot.key, []).append((spot, found.record, text))
                removals.append(self.removal(found.entry, moved))
        edits += _apart(removals)
        for record in self.judgement.missing.values():
            if (chosen is None or record.path in chosen) and not self.judgement.obstacle(record):
                spot = self.places.spot(record, moved)
                cloned = self._writer.entry(self._writer.model(spot.neighbour, record), record) if spot else None
                if spot is not None and cloned is not None:
                    placed.setdefault(spot.key, []).append((spot, record, cloned))
                    defined += self._definition(spot, record, cloned)
        edits += [self._insertion(group) for group in placed.values()]
        edits += [Edit(Span(at, at), "".join(line for where, line in defined if where == at)) for at in dict(defined)]
        edits += [edit for record, edit in self.judgement.repairs() if chosen is None or record.path in chosen]
        return tuple(dict.fromkeys(edits))

    @cached_property
    def outlook(self) -> Outlook:
        """See `outlook`."""
        lacking = sum(not self.judgement.obstacle(record) for record in self.judgement.missing.values())
        corrected = sum(found.is_sure and (bool(found.edits) or found.is_move) for found in self.judgement.stale)
        corrected += len(judge.repeated(self.index))
        return Outlook(lacking, corrected + sum(1 for _ in self.judgement.repairs()), len(self.pruning))

    @cached_property
    def pruning(self) -> tuple[Edit, ...]:
        """See `pruning`."""
        if refusal(self.index):
            return ()
        mended = {edit.span.start for _, edit in self.judgement.repairs()}
        gone = [entry for entry in judge.dead(self.index) if not any(entry.span.start <= at < entry.span.end for at in mended)]
        kept = [
            entry for entry in gone if any(entry is not other and entry.span.covers(other.span) for other in self.index.entries)
        ]
        out = [entry for entry in gone if entry not in kept]
        if not self.index.page.is_markdown:  # a section of a site's navigation may not be left empty
            going = {entry.block.span for entry in out}
            out = [entry for entry in out if any(block.span not in going for block in entry.group.children)]
        moved = {id(entry): entry for entry in out}
        return tuple(_apart(self.removal(entry, moved) for entry in out))

    def _definition(self, spot: Spot, record: Facts, cloned: str) -> Iterator[tuple[int, str]]:
        """The definition that a new entry's link refers to, and where it goes: beside that of the entry next to it."""
        page, model = self.index.page, self._writer.model(spot.neighbour, record)
        reference = self._writer.reference(model, record)
        if reference is None or not reference.added or f"[{reference.label}]" not in cloned:
            return
        links = (spot.neighbour.mention.link, model.mention.link)
        beside = next((link.definition for link in links if link is not None and link.definition is not None), None)
        if beside is not None and spot.behind:
            yield beside.span.end, line_end(page.text) + reference.added
        elif beside is not None:
            yield beside.span.start, reference.added + line_end(page.text)

    def _insertion(self, group: list[tuple[Spot, Facts, str]], further: int = 0) -> Edit:
        """The entries that go to one place, in order; in a list that counts so much `further` on."""
        spot = group[0][0]
        newline = line_end(self.index.page.text)
        gap = self._gap(spot.neighbour)
        ordered = sorted(group, key=lambda found: self.places.key(found[1]), reverse=spot.descending)
        if spot.empty is not None:
            return self._first_below(spot, f"{newline}{gap}".join(text for _, _, text in ordered))
        texts = [
            self._numbered(spot.neighbour, text, place + spot.behind + further) for place, (_, _, text) in enumerate(ordered)
        ]
        start, end = self._lines_of(spot.neighbour)
        if spot.behind:
            return Edit(Span(end, end), "".join(f"{newline}{gap}{text}" for text in texts))
        return Edit(Span(start, start), "".join(f"{text}{newline}{gap}" for text in texts))

    def _first_below(self, spot: Spot, text: str) -> Edit:
        """The first entries under a heading, in place of a line that says that there are none; rows with the head of a table."""
        page, section = self.index.page, spot.empty or spot.neighbour.category
        if section is None:
            raise ValueError("there is no heading to write below")
        newline = line_end(page.text)
        if section.level > DEEPEST:
            return Edit(Span(section.own.start, section.own.start), newline + text)
        blocks = page.blocks_in(section.own)
        if spot.neighbour.kind == "row":
            if blocks and blocks[-1].kind == "table":
                return Edit(Span(blocks[-1].span.end, blocks[-1].span.end), newline + text)
            head = page.lines.line_at(spot.neighbour.group.span.start)
            text = newline.join([*(page.lines.span(head + at).of(page.text) for at in (0, 1)), text])
        if len(blocks) == 1 and _nobody_is_listed().fullmatch(page.document.plain(blocks[0].span)):
            start = page.lines.starts[page.lines.line_at(blocks[0].span.start)]
            return Edit(Span(start, blocks[0].span.end), text)
        at = blocks[-1].span.end if blocks else section.heading.span.end
        return Edit(Span(at, at), newline * 2 + text)

    def removal(self, entry: Entry, moved: Mapping[int, object] = MappingProxyType({})) -> Edit:
        """Takes an entry's lines out; a heading that is left without any gets what other such headings have."""
        page = self.index.page
        first, last = (page.lines.line_at(at) for at in self._lines_of(entry))
        start, end = page.lines.starts[first], page.lines.full_span(last).end
        staying = [
            other
            for other in self.index.entries
            if other is not entry and other.category == entry.category and id(other) not in moved and other.group is entry.group
        ]
        if not staying and entry.kind == "item" and (nobody := self._nobody()):
            going = [other for other in self.index.entries if other.group is entry.group and id(other) in moved] or [entry]
            return Edit(Span(start, end), nobody + page.text[page.lines.ends[last] : end] if going[0] is entry else "")
        is_last = bool(staying) and entry.group.children[-1].span.start == entry.block.span.start
        while is_last and first and self._is_blank(first - 1):
            first -= 1
            start = page.lines.starts[first]
        while not is_last and entry.kind == "item" and last + 1 < len(page.lines) and self._is_blank(last + 1):
            last += 1
            end = page.lines.full_span(last).end
        return Edit(Span(start, end), "")

    def _is_blank(self, line: int) -> bool:
        return not self.index.page.lines.span(line).of(self.index.page.text).strip()

    def _nobody(self) -> str:
        """What this index writes under a heading without records; empty where it writes nothing."""
        page = self.index.page
        for section in page.sections:
            blocks = page.blocks_in(section.own) if section.heading.span.start in self.places.status_headings else ()
            words = page.document.plain(blocks[0].span) if len(blocks) == 1 else ""
            if words.strip() and _nobody_is_listed().fullmatch(words):
                return blocks[0].span.of(page.text)
        return ""

    _ORDINAL = lazy.regex(r"[ \t]*(?P<number>\d+)(?=[.)][ \t])")

    def _numbered(self, neighbour: Entry, text: str, further: int) -> str:
        """An item of a numbered list with its number: so many further than the neighbour's, where the list counts at all."""
        page = self.index.page
        numbers = [match["number"] for match in self._ordinals(neighbour.group).values()]
        own, here = self._ORDINAL.match(text), self._ORDINAL.match(page.text, self._lines_of(neighbour).start)
        if neighbour.kind != "item" or own is None or here is None or len(set(numbers)) < min(2, len(numbers)):
            return text
        return text[: own.start("number")] + str(int(here["number"]) + further) + text[own.end("number") :]

    def _ordinals(self, group: Block) -> dict[int, re.Match[str]]:
        """The numbers that the items of a list have, by where the items begin."""
        page = self.index.page
        return {
            item.span.start: match
            for item in group.children
            if item.kind == "list_item"
            and (match := self._ORDINAL.match(page.text, page.lines.starts[page.lines.line_at(item.span.start)]))
        }

    def _lines_of(self, entry: Entry) -> Span:
        """The entry's whole lines, without the last line end."""
        lines = self.index.page.lines
        first, last = lines.line_at(entry.span.start), lines.line_at(max(entry.span.start, entry.span.end - 1))
        return Span(lines.starts[first], lines.ends[last])

    def _gap(self, entry: Entry) -> str:
        """What stands between two entries beyond the line end: the blank lines of a loose list, of another list where this has one entry."""
        if entry.kind == "row":
            return ""
        page = self.index.page
        groups = {id(e.group): e.group for e in (entry, *self.index.entries) if e.kind == "item"}
        for group in groups.values():
            gaps = Counter(
                len(re.findall(r"\r\n|\n|\r", between)) - 1
                for one, other in itertools.islice(itertools.pairwise(group.children), 50)
                if not (
                    between := page.text[self._end_of(one) : page.lines.starts[page.lines.line_at(other.span.start)]]
                ).strip()
            )
            if gaps:
                return line_end(page.text) * max(0, gaps.most_common(1)[0][0])
        return ""

    def _end_of(self, block: Block) -> int:
        lines = self.index.page.lines
        return lines.ends[lines.line_at(max(block.span.start, block.span.end - 1))]

    def moved(self, entry: Entry, record: Facts) -> tuple[Edit, ...]:
        """The edits that move an entry to where a new one of its record would go."""
        spot = self.places.spot(record, {})
        if refusal(self.index) or spot is None or spot.neighbour is entry:
            return ()
        text = self._lines_of(entry).of(self.index.page.text)
        return (self.removal(entry), self._insertion([(spot, record, text)]))

    def resorted(self, entry: Entry, before: Facts, after: Facts, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits of the page with those that move an entry within its list, as its record is called otherwise afterwards.

        An entry that stood where a new one would have gone goes where a new one would go now; all others stay.
        """
        places, alike = Places(self.judgement.customs, entry), [e for e in self.index.entries if e.group is entry.group]
        mine = [other for other in places.of_same_log(before) if other.group is entry.group]
        if refusal(self.index) or not mine:
            return tuple(edits)
        then = places.within(before, mine)
        now = Places(self.judgement.customs, entry).within(after, mine)  # as places remember what a record at a path is called
        at = alike.index(entry) - 1 if then.behind else alike.index(entry) + 1
        if now == then or not 0 <= at < len(alike) or alike[at] is not then.neighbour:
            return tuple(edits)
        lines = self._lines_of(entry)
        own = [edit for edit in edits if lines.covers(edit.span)]
        others = [edit for edit in edits if edit not in own]
        text = _edited(self.index.page.text, lines, own)
        further = -1 if now.neighbour.span.start > entry.span.start else 0  # as those that it passes go one up
        return (
            *others,
            *self._shifted(entry, now),
            self.removal(entry),
            self._insertion([(now, after, text)], further),
        )

    def _shifted(self, entry: Entry, spot: Spot) -> Iterator[Edit]:
        """The numbers of the items that an entry passes on its way to another place in a list that counts: each gets its neighbour's."""
        numbers = self._ordinals(entry.group)
        if entry.kind != "item" or len({match["number"] for match in numbers.values()}) < 2:
            return
        items = list(numbers)
        at, to = items.index(entry.block.span.start), items.index(spot.neighbour.block.span.start)
        passed = items[at + 1 : to + 1] if at < to else items[to + spot.behind : at]
        for item in passed:
            neighbour = items[items.index(item) + (-1 if at < to else 1)]
            yield Edit(Span(*numbers[item].span("number")), numbers[neighbour]["number"])


def _apart(removals: Iterable[Edit]) -> Iterator[Edit]:
    """Removals of neighbours, none of which takes out the blank lines that another one does."""
    done = 0
    for span, text in sorted(removals):
        start = max(span.start, done)
        done = max(done, span.end)
        if start < span.end or text:
            yield Edit(Span(start, max(start, span.end)), text)


def _rebased(edits: Iterable[Edit], following: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Edits of the text that some edits lead to, as edits of the text before; None where they touch what was changed."""
    stretches: list[tuple[int, int, int]] = []  # where the text is the same: from, to, and how much further on it is now
    at = shift = 0
    for span, text in sorted(edits):
        stretches.append((at + shift, span.start + shift, shift))
        at, shift = span.end, shift + len(text) - (span.end - span.start)
    found: list[Edit] = []
    for span, text in following:
        whole = [*stretches, (at + shift, sys.maxsize, shift)]
        own = next((by for start, end, by in whole if start <= span.start and span.end <= end and (start, end) != span), None)
        if own is None or (span.start == span.end and any(span.start in (start, end) for start, end, _ in whole)):
            return None
        found.append(Edit(span.shift(-own), text))
    return tuple(found)


def _edited(text: str, lines: Span, edits: Sequence[Edit]) -> str:
    """The lines after edits within them."""
    parts, done = [], lines.start
    for span, new in sorted(set(edits)):
        parts += [text[done : span.start], new]
        done = span.end
    return "".join([*parts, text[done : lines.end]])
