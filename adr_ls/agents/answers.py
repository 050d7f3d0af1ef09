"""What agents are answered: in Markdown, short, and the same as data. Whoever asks for what is not there is told so in words.

What records say is quoted or given as it is written; nothing of it is advice of this program.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adr_ls import rules
from adr_ls.agents import beginning
from adr_ls.agents.folder import Folder
from adr_ls.agents.places import MOST as MOST_FILES
from adr_ls.agents.places import PlaceError
from adr_ls.ide import actions, brief, context, finding, overview
from adr_ls.ide.overview import Wanted
from adr_ls.io.disk import Loaded
from adr_ls.log import discovery, governing
from adr_ls.log.earlier import Earlier
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.rules.model import Problem
from adr_ls.syntax.change import NewFile
from adr_ls.words.language import Relation
from adr_ls.write import creation
from adr_ls.write.creation import CreationError, Made

LISTED = 20
"""How many records are listed where nobody says how many."""
LONGEST = 30_000
"""How many characters of one record are given where nobody says how many."""
NEAR = 3
"""How many records are named that may have been meant."""

RELATIONS: tuple[Relation, ...] = ("amends", "amended_by", "related")


class AnswerError(Exception):
    """A question that cannot be answered; the message says why, and what to ask instead."""


@dataclass(frozen=True)
class Answer:
    """An answer as text and as values that JSON can have, which say the same."""

    text: str
    data: Mapping[str, Any]


# Looking


def search(
    folder: Folder, query: str = "", *, status: str = "", tag: str = "", owner: str = "", year: int = 0, limit: int = LISTED
) -> Answer:
    """The records that a few words are about, the best first; without words all of them, in their order. The rest narrows them down."""
    workspace = _records(folder)
    wanted = Wanted(status, tag, owner, year)
    if query.strip():
        found = [match.record for match in finding.search(workspace, query, folder.words(workspace))]
    else:
        found = [record for log in workspace.logs for record in log.records.values()]
    doubles = workspace.doubles(None)
    kept = [one for one in found if one.path not in doubles and wanted.holds(overview.entry(workspace, None, one))]
    shown = kept[: max(1, limit)]
    lines = [f"- {brief.line(workspace, record, folder.base)}{_summary(workspace, record)}" for record in shown]
    if len(kept) > len(shown):
        lines.append(f"- {len(kept) - len(shown)} more; narrow the search down, or raise the limit")
    data = [{**brief.told(workspace, record, folder.base), "summary": record.summary} for record in shown]
    text = "\n".join(lines) or f"No record is like that; there are {_count(len(workspace.records))}."
    return Answer(text, {"total": len(kept), "records": data})


def _summary(workspace: Workspace, record: Facts) -> str:
    successors = workspace.successors(record)
    if successors:
        return f": replaced by {brief.listed(brief.name(one) for one in successors)}"
    return f": {brief.one_line(record.summary)}" if record.summary != (record.title or record.id) else ""


def read(folder: Folder, called: str, *, most: int = LONGEST) -> Answer:
    """One record as it is written, and what holds about it: whether it holds, what took its place, what it governs, and who refers to it."""
    workspace = folder.with_code(_records(folder))
    record = _meant(folder, workspace, called)
    file = workspace.file(record.path)
    if file is None:
        raise AnswerError(f"“{_shown(folder, record.path)}” cannot be read any more")

    def named(others: Iterable[Facts]) -> list[dict[str, Any]]:
        return [brief.told(workspace, one, folder.base) for one in others]

    now = () if brief.holds(workspace, record) else context.current(workspace, record)
    referring = sorted(workspace.backlinks.get(record.path, ()))
    data: dict[str, Any] = {
        **brief.told(workspace, record, folder.base),
        "holds_now": named(one for one in now if one.path != record.path),
        "replaces": named(context.replaced(workspace, record)),
        "replaced_by": named(workspace.successors(record)),
        **{relation: named(workspace.on_either_side(record, relation)) for relation in RELATIONS},
        "governs": list(governing.patterns(workspace, record)),
        "refers_to": named(workspace.refers_to(record)),
        "referred_to_by": [_shown(folder, path) for path in referring if path not in workspace.indexes],
        "cited_in_code": [_shown(folder, path) for path in sorted(workspace.code_backlinks.get(record.path, ()))],
        "text": file.written[:most],
        "is_cut": len(file.written) > most,
    }
    lines = [brief.line(workspace, record, folder.base)]
    if data["holds"] is False:
        state = brief.state(workspace, record)
        lines.append(f"It does not hold: it is {state}." if state in _GONE else f"It is not decided: it is {state}.")
    lines += (f"What holds now: {brief.line(workspace, one, folder.base)}" for one in now if one.path != record.path)
    for key, said in _SAID.items():
        others = [one["path"] if isinstance(one, Mapping) else one for one in data[key]]
        if others:
            lines.append(f"{said}: {brief.listed(others, 10)}")
    if data["is_cut"]:
        lines.append(f"Of its {len(file.written)} characters these are the first {most}:")
    return Answer("\n".join([*lines, "", data["text"]]), data)


_GONE = ("superseded", "deprecated", "rejected")
_SAID = {
    "replaces": "Replaces",
    "amends": "Amends",
    "amended_by": "Amended by",
    "related": "Related",
    "governs": "Says that it is about",
    "referred_to_by": "Referred to by",
    "cited_in_code": "Cited in code",
}


def about(folder: Folder, paths: Sequence[str] = (), topic: str = "", *, most: int = brief.MOST) -> Answer:
    """The decisions that matter for some files and a topic, see `adr_ls.ide.context`."""
    if not [path for path in paths if path.strip()] and not topic.strip():
        raise AnswerError("which files or which topic is it about? Give “paths”, “topic” or both")
    workspace = _records(folder)
    try:
        asked = folder.places([path for path in paths if path.strip()])
    except PlaceError as error:
        raise AnswerError(str(error)) from error
    workspace = folder.around(workspace, asked)
    decisions = context.context(workspace, asked.files, topic, folder.words(workspace), named=asked.named)
    notes = [f"Not there yet: {brief.listed((_shown(folder, path) for path in asked.absent), 10)}."] if asked.absent else []
    notes += (f"Only the first {MOST_FILES} files of {_shown(folder, path)} were looked at." for path in asked.left)
    told = brief.markdown(workspace, decisions, folder.base, max(brief.LEAST, most))
    text = told or "No decision is about that, as far as records and files say."
    kept = brief.data(workspace, decisions, folder.base, 2 * most, lambda value: len(json.dumps(value)))
    data = {"decisions": kept, "left_out": len(decisions) - len(kept), "notes": notes}
    return Answer("\n".join([text, *notes]), data)


# Writing


def check(folder: Folder, text: str, path: str = "") -> Answer:
    """What the linter says of a draft, as if it were saved at a path, and the draft with all mended that can be safely.

    Without a path it is looked at under the name that a new record of its title would get.
    """
    if not text.strip():
        raise AnswerError("there is nothing to check: the text is empty")
    loaded = folder.now()
    there, directory = (_place(folder, path), "") if path.strip() else _path_for(folder, loaded, text)
    workspace = folder.with_draft(loaded.workspace, there, text, directory)
    if there not in workspace.records:
        reason = folder.why_none(loaded, there) if folder.exists(there) else "would be no record there"
        raise AnswerError(f"“{_shown(folder, there)}” {reason}; give the path that the record is to have")
    problems = rules.check_file(workspace, there)
    mended = _mended(workspace, there, text)
    shown = _shown(folder, there)
    lines = [*_problems(workspace, problems)]
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "No problems"
    data = {
        "path": shown,
        "problems": [_problem(workspace, one) for one in problems],
        "mended": mended if mended != text else None,
    }
    if mended != text:
        lines.append("Some can be mended without a choice; “mended” has the text with that done.")
    return Answer("\n".join([f"{count} in {shown}.", *lines]), data)


def _mended(workspace: Workspace, path: str, text: str) -> str:
    """The text of a draft with all done that needs no choice. Indexes are left out of it: it changes nothing in them yet."""
    alone = replace(workspace, pages={}, guides=frozenset(), earlier=Earlier(workspace.names))
    return actions.fix_all_in(alone, [path], _Others(path)).text(path, text)


class _Others:
    """All files but one."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __contains__(self, path: object) -> bool:
        return path != self._path


def propose(
    folder: Folder,
    title: str,
    *,
    directory: str = "",
    template: str = "",
    supersedes: Sequence[str] = (),
    text: str = "",
    write: bool = False,
) -> Answer:
    """The record that `adr-ls new` would make: its path and its text, in the form of the log, with all that else would change.

    `text` is the record filled in, which is taken in place of that. It is written only with `write`, and where the folder is writable.
    """
    if write and not folder.is_writable:
        raise AnswerError(
            "nothing is written: this server was started without “--write”; make the file yourself, or ask for that"
        )
    loaded = folder.now()
    asked = _place(folder, directory) if directory.strip() else folder.base
    try:
        log = beginning.log_for(loaded, asked, is_said=bool(directory.strip()))
        made = beginning.begin(loaded, log, title, asked, supersedes=supersedes, template=template)
    except CreationError as error:
        raise AnswerError(_clause(error)) from error
    record = made.record
    if text.strip():
        made = _filled(made, text)
        record = made.record
    others = sorted(made.change.by_path)
    problems: tuple[Problem, ...] = ()
    workspace = loaded.workspace
    if text.strip():
        workspace = folder.with_draft(workspace, record.path, record.text, log.directory if log.records else "")
        problems = rules.check_file(workspace, record.path)
    if write and (wrong := folder.carry_out(loaded, made.change)):
        raise AnswerError(f"nothing was written: {wrong}")
    shown = _shown(folder, record.path)
    done = f"Written to {shown}." if write else f"Nothing is written. The record would be {shown}."
    lines = [done]
    if others:
        verb = "Changed" if write else "Would change"
        lines.append(f"{verb} besides: {brief.listed((_shown(folder, path) for path in others), 10)}.")
    lines += _problems(workspace, problems)
    return Answer(
        "\n".join([*lines, "", record.text] if not write else lines),
        {
            "path": shown,
            "text": record.text,
            "is_written": write,
            "changes": [_shown(folder, path) for path in others],
            "problems": [_problem(workspace, one) for one in problems],
        },
    )


def _filled(made: Made, text: str) -> Made:
    """The record with a text in place of what the template gave; raises `AnswerError` where that is another record's."""
    newline = "\r\n" if "\r\n" in made.record.text else "\n"
    whole = text.replace("\r\n", "\n").replace("\n", newline)
    record = Record(made.record.path, whole if whole.endswith(newline) else whole + newline)
    title = record.heading_title
    if title is not None and title.digits and made.record.number is not None and int(title.digits) != made.record.number:
        raise AnswerError(
            f"the text says that it is number {title.digits}, but the next free number is {made.record.number}; propose it again"
        )
    created = tuple(NewFile(path, record.text if path == record.path else other) for path, other in made.change.created)
    return replace(made, record=record, change=replace(made.change, created=created))


# What they have in common


def _records(folder: Folder) -> Workspace:
    """What is in the folder; raises `AnswerError` where there are no records."""
    loaded = folder.now()
    workspace = loaded.workspace
    if not workspace.records:
        unread = discovery.unread(workspace.files)
        left = f"; {brief.listed(map(posixpath.basename, next(iter(unread.values()))), NEAR)} cannot be read" if unread else ""
        raise AnswerError(f"there are no decision records in “{folder.base}”{left}; propose the first one")
    return workspace


def _place(folder: Folder, written: str) -> str:
    try:
        return folder.place(written)
    except PlaceError as error:
        raise AnswerError(str(error)) from error


def _shown(folder: Folder, path: str) -> str:
    return brief.one_line(posixpath.relpath(path, folder.base))


def _count(records: int) -> str:
    return f"{records} record{'s' * (records != 1)}"


def _clause(error: Exception) -> str:
    """What the core refuses, as a clause."""
    said = str(error).removesuffix(".")
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def _meant(folder: Folder, workspace: Workspace, called: str) -> Facts:
    """The record that is called so: by its path, number, id, file name or title. Raises `AnswerError` where none is, or several are."""
    if not called.strip():
        raise AnswerError("which record? Give its number, id, path or title")
    if "/" in called or "\\" in called or folder.exists(f"{folder.base}/{called}"):
        path = _place(folder, called)
        if path in workspace.records:
            return workspace.records[path]
        if folder.exists(path):
            raise AnswerError(f"“{_shown(folder, path)}” {folder.why_none(folder.now(), path)}")
    doubles = workspace.doubles(None)
    wanted = called.strip().casefold()
    found = [record for record in finding.called(workspace, called) if record.path not in doubles] or [
        record
        for path, record in workspace.records.items()
        if path not in doubles and wanted in ((record.title or "").casefold(), brief.name(record).casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        paths = brief.listed(_shown(folder, one.path) for one in found)
        raise AnswerError(f"there are several records “{called}”: {paths}; give the path of the one that is meant")
    near = [match.record for match in finding.search(workspace, called, folder.words(workspace))[:NEAR]]
    maybe = f"; did you mean {brief.listed(brief.name(one) for one in near)}?" if near else f"; {_numbers(workspace)}"
    raise AnswerError(f"there is no record “{called}”{maybe}")


def _numbers(workspace: Workspace) -> str:
    numbers = [record.number for record in workspace.records.values() if record.number is not None]
    told = f", numbered {min(numbers)} to {max(numbers)}" if numbers else ""
    return f"there are {_count(len(workspace.records))}{told}"


def _path_for(folder: Folder, loaded: Loaded, text: str) -> tuple[str, str]:
    """The path that a new record with a text would get, and the directory of its log."""
    draft = Record(f"{folder.base}/draft.md", text)
    try:
        log = beginning.log_for(loaded, folder.base, is_said=False)
    except CreationError as error:
        raise AnswerError(_clause(error)) from error
    title = draft.title or "Draft"
    written = draft.heading_title
    number = int(written.digits) if written is not None and written.digits else None
    for wanted in dict.fromkeys((number, None)):
        try:
            made = creation.create(loaded.workspace, log, title, loaded.workspace.today, number=wanted)
        except CreationError as error:  # noqa: PERF203  # it is tried twice at most
            refused = error
        else:
            return made.record.path, log.directory if log.records else ""
    raise AnswerError(f"{_clause(refused)}; give the path of the record that the text is a draft of") from refused


def _problems(workspace: Workspace, problems: Iterable[Problem]) -> Iterator[str]:
    for one in problems:
        found = _problem(workspace, one)
        yield brief.one_line(f"- {found['line']}:{found['column']} {found['level']} {found['rule']}: {found['message']}")


def _problem(workspace: Workspace, problem: Problem) -> dict[str, Any]:
    file = workspace.file(problem.path)
    line, column = file.lines.position(problem.span.start) if file is not None else (0, 0)
    return {
        "line": line + 1,
        "column": column + 1,
        "level": problem.level,
        "rule": problem.rule.name,
        "message": problem.message,
        "fixes": [fix.title for fix in problem.offered],
    }
