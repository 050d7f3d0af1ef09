"""Code actions: the fixes of the problems at hand, all safe fixes at once, and the update of the index."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from adr_ls import rules
from adr_ls.ide.attempts import attempted
from adr_ls.index import create, judge, restyle, update
from adr_ls.log.index import Index
from adr_ls.log.workspace import Workspace
from adr_ls.rules import indexes, suppression
from adr_ls.rules.model import Fix, Problem, Rule
from adr_ls.syntax.change import Change, FileEdit, joined
from adr_ls.syntax.text import OverlapError, Span, diff
from adr_ls.write import renaming

FIX_ALL = "source.fixAll.adr-ls"
UPDATE_INDEX = "source.updateIndex.adr-ls"
CREATE_INDEX = "refactor.createIndex.adr-ls"
PRUNE_INDEX = "source.pruneIndex.adr-ls"
RESTYLE_INDEX = "refactor.rewrite.adr-ls"
TITLES: Mapping[create.Style, str] = MappingProxyType(
    {"bullets": "one line per record", "nested": "nested bullets", "table": "a table"}
)
"""How each style of an index is called."""
UNASKED = 200
"""How many entries an index has at most for its other styles to be worked out wherever the cursor goes, and not only if asked for."""
KINDS = ("quickfix", FIX_ALL, UPDATE_INDEX, PRUNE_INDEX, CREATE_INDEX, RESTYLE_INDEX)
"""The kinds of all actions, as a client may ask for them."""
LACKING = rules.BY_NAME["index-missing-entry"]
"""The rule whose problems are all fixed at once: one by one, each would go through the whole index again."""
TOGETHER: Mapping[Rule, str] = MappingProxyType({rules.BY_NAME["section-missing"]: "Insert the {} missing sections"})
"""The rules of which a file may break one several times, and the title of the action that mends it at once."""
CLASHING = rules.BY_NAME["duplicate-number"]
"""The rule whose problems take a file of another name to be mended."""
_RESTYLED = "Turn the ADR index into {}"
_FIX, _ALL, _UPDATE, _PRUNE, _RESTYLE = "fix", "all", "update", "prune", "restyle"
"""With what an action's `choice` begins."""
RENUMBER = "renumber"
"""The choice that gives a record another number."""
ROUNDS = 10
"""How often all files are gone through again because a fix of one has changed another, at most."""


_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """A command for the server, with its arguments by name; what is in `PATHS` of them is the path of a file."""

    command: str
    arguments: Mapping[str, object]

    PATHS = ("uri", "file", "by")


@dataclass(frozen=True)
class Action:
    """Something to do: its kind in the protocol's words, the change, and the problem that it solves, if one.

    `annotated` asks for a preview where the editor has one. One with a `choice` has its change worked out when it is chosen, see
    `chosen`; one with an `order` is done by a command, which may ask for more.
    """

    title: str
    kind: str
    change: Change = field(repr=False)
    problem: Problem | None = None
    preferred: bool = False
    annotated: bool = False
    disabled: str = ""
    """Why it cannot be done now, where people who look for it are better told than left to wonder."""
    choice: str = ""
    order: Order | None = field(default=None, repr=False)
    is_aside: bool = False
    """Whether it leaves things as they are, so that all else is offered before it."""


@dataclass(frozen=True)
class Offering:
    """For whom actions are worked out: whether they can give files other paths, and ask for edits when they have chosen (`is_late`)."""

    moves: bool = False
    is_late: bool = False


AT_ONCE = Offering()
"""For those who can neither."""


def actions(
    workspace: Workspace,
    path: str,
    span: Span,
    kinds: Iterable[str] = (),
    offering: Offering = AT_ONCE,
    problems: Iterable[Problem] | None = None,
) -> Iterator[Action]:
    """The actions for a selection in a file; only those of `kinds` or below if any are given.

    Those that give files another path are disabled without `moves`. `problems` are those of the file, where they are known.
    """
    wanted = tuple(kinds)
    if is_wanted("quickfix", wanted):
        problems = rules.check_file(workspace, path) if problems is None else problems
        touched = _touched(problems, span)
        yield from attempted(_fixes, touched, offering)
        yield from attempted(_silences, workspace, path, touched)
        yield from attempted(_for_all, workspace, path, touched, offering)
        yield from attempted(_renumberings, workspace, touched, offering)
    if is_wanted(UPDATE_INDEX, wanted):
        yield from attempted(index_updates, workspace, path, offering)
    if is_wanted(PRUNE_INDEX, wanted):
        yield from attempted(index_prunings, workspace, path, offering)
    if is_wanted(CREATE_INDEX, wanted):
        yield from attempted(index_creations, workspace, path)
    index = workspace.indexes.get(path)
    if is_wanted(RESTYLE_INDEX, wanted) and index is not None and (wanted or len(index.entries) <= UNASKED):
        yield from attempted(index_restylings, workspace, path, AT_ONCE if wanted else offering)
    if any(kind == FIX_ALL or FIX_ALL.startswith(kind + ".") for kind in wanted):
        yield from attempted(_all_fixes, workspace, path)


def _fixes(touched: Iterable[Problem], offering: Offering) -> Iterator[Action]:
    """The quick-fixes of problems."""
    for problem in touched:
        for fix in problem.offered:
            if fix.is_late and offering.is_late:
                choice = f"{_FIX}:{problem.rule.name}:{fix.title}"
                yield Action(fix.title, "quickfix", Change(fix.title), problem, preferred=fix.preferred, choice=choice)
            elif fix.change:
                yield Action(fix.title, "quickfix", fix.change, problem, preferred=fix.preferred)


def _silences(workspace: Workspace, path: str, touched: Iterable[Problem]) -> Iterator[Action]:
    """Comments that silence problems where they stand."""
    file = workspace.file(path)
    for problem in touched:
        is_commented = file is not None and (file.is_markdown or problem.rule.about == "code")
        if file is not None and is_commented and problem.rule not in suppression.RULES and problem.rule.about != "settings":
            fix = suppression.silence(problem, file)
        else:
            fix = None
        if fix is not None:
            yield Action(fix.title, "quickfix", fix.change, problem, is_aside=True)


def _all_fixes(workspace: Workspace, path: str) -> Iterator[Action]:
    """All safe fixes of a file at once."""
    change = fix_all(workspace, path)
    if change:
        yield Action(change.title, FIX_ALL, change)


def _touched(problems: Iterable[Problem], span: Span) -> list[Problem]:
    return [problem for problem in problems if problem.span.start <= span.end and span.start <= problem.span.end]


def chosen(workspace: Workspace, path: str, span: Span, choice: str) -> Action | None:
    """The action that was offered with a `choice` for a selection in a file, with its edits; None where it is there no longer.

    It is `disabled` where it turns out that something is in its way.

    What was offered may have been learned before the typing rested, so edits are to rest on a workspace that is settled.
    """
    what, _, about = choice.partition(":")
    if what in (_UPDATE, _PRUNE):
        found = index_updates(workspace, path) if what == _UPDATE else index_prunings(workspace, path)
        return next((action for action in found if action.change.edits[0].path == about), None)
    if what == _RESTYLE:
        wanted, _, about = about.partition(":")
        index, style = workspace.indexes.get(about), next((style for style in TITLES if style == wanted), None)
        return next(_restyling(workspace, index, style), None) if index is not None and style is not None else None
    touched = _touched(rules.check_file(workspace, path), span)
    if what == RENUMBER:
        return next(_renumberings(workspace, touched, Offering(moves=True)), None)
    name, _, title = about.partition(":")
    if what == _ALL:
        rule = rules.BY_NAME.get(name)
        return Action(title, "quickfix", _together(workspace, path, rule, title)) if rule is not None else None
    fixes = (fix for problem in touched if problem.rule.name == name for fix in problem.fixes if fix.title == title)
    return next((Action(fix.title, "quickfix", fix.change) for fix in fixes), None)


def is_wanted(kind: str, wanted: Sequence[str]) -> bool:
    """Whether actions of a kind are asked for: by name, by a kind above it, or by naming none."""
    return not wanted or any(not asked or kind == asked or kind.startswith(asked + ".") for asked in wanted)


def _renumberings(workspace: Workspace, touched: Iterable[Problem], offering: Offering) -> Iterator[Action]:
    """For a record whose number is another's as well: the next free one, with all that refers to the record alone."""
    for problem in touched:
        record, log = workspace.file(problem.path), workspace.log_of(problem.path)
        if problem.rule is CLASHING and record is not None and log is not None:
            number = renaming.next_number(workspace, log, record)
            if offering.is_late and offering.moves:
                name = renaming.renumbering(number)
                yield Action(name, "quickfix", Change(name), problem, annotated=True, choice=RENUMBER)
                continue
            change = update.resorted(workspace, renaming.renumbered(workspace, record, number), record.path)
            if change.moves and not offering.moves:
                why = "This editor does not let others rename files; “adr-ls renumber” does it on the command line."
                yield Action(change.title, "quickfix", Change(change.title), problem, disabled=why)
            else:
                yield Action(change.title, "quickfix", change, problem, annotated=True)


def on_save(workspace: Workspace, path: str) -> Change:
    """What the indexes of a saved file's log need; nothing where its settings do not ask for that, or not all files are read yet."""
    log = workspace.log_of(path)
    if log is None or not log.config.at(path).update_index_on_save or workspace.is_partial:
        return Change()
    found, _ = updates_of(workspace, [path])
    return joined(update.TITLE, found)


def _for_all(workspace: Workspace, path: str, touched: Iterable[Problem], offering: Offering) -> Iterator[Action]:
    """Beside the quick-fix of one problem of an index: the update of all of it, and the removal of all its dead entries."""
    found = {problem.rule: problem for problem in touched if problem.rule in indexes.RULES}
    for rule, problem in found.items():
        if rule is indexes.index_dead_entry:
            for action in index_prunings(workspace, path, offering):
                yield replace(action, kind="quickfix", problem=problem)
    if found:
        for action in index_updates(workspace, path, offering):
            yield replace(action, kind="quickfix", problem=next(iter(found.values())))
    for rule, title in TOGETHER.items():
        same = [problem for problem in touched if problem.rule is rule]
        if len(same) > 1:
            name = title.format(len(same))
            choice = f"{_ALL}:{rule.name}:{name}" if offering.is_late else ""
            change = Change(name) if offering.is_late else _together(workspace, path, rule, name)
            yield Action(name, "quickfix", change, same[0], choice=choice)


def _together(workspace: Workspace, path: str, rule: Rule, name: str) -> Change:
    """What mends all of a file that breaks a rule, one after the other: each may have its place behind the one before."""
    changed = workspace
    for _ in range(rules.MOST):
        problem = next((problem for problem in rules.check_file(changed, path) if problem.rule is rule and problem.fixes), None)
        if problem is None or (following := applied(changed, problem.fixes[0].change)) is changed:
            break
        changed = following
    return Change.of(name, path, diff(_text(workspace, path) or "", _text(changed, path) or ""))


def index_updates(workspace: Workspace, path: str, offering: Offering = AT_ONCE) -> Iterator[Action]:
    """The updates that the indexes of a file's log need; of the file itself if it is an index."""
    for index in _indexes(workspace, path):
        yield from attempted(_update_of, workspace, index, path, offering)


def updates_of(workspace: Workspace, paths: Iterable[str]) -> tuple[list[Change], list[str]]:
    """The updates of the indexes of files, as above, and the paths of the indexes that cannot be updated since this program fails."""
    found, failed = [], []
    for index in {one.path: one for path in paths for one in _indexes(workspace, path)}.values():
        try:
            found.append(update.keep(workspace, index))
        except Exception:  # noqa: BLE001, PERF203  # whatever it is, it is told, and a matter of this index alone
            _log.exception("updating the index %s failed", index.path)
            failed.append(index.path)
    return found, failed


def _update_of(workspace: Workspace, index: Index, path: str, offering: Offering) -> Iterator[Action]:
    """The update of one index, for the file at a path."""
    change = Change() if offering.is_late else update.keep(workspace, index)
    found = update.likely(workspace, index.path) if offering.is_late else update.outlook(workspace, index) if change else None
    if found is not None and (change or found.lacking or found.corrected):
        parts = f"{found.lacking} to add" * bool(found.lacking), f"{found.corrected} to correct" * bool(found.corrected)
        what = ", ".join(filter(None, parts))
        title = (
            f"Update the ADR index ({what})"
            if index.path == path
            else f"Update the ADR index {index.path.rsplit('/', 1)[-1]} ({what})"
        )
        yield _of_index(title, UPDATE_INDEX, index, change, _UPDATE)


def index_prunings(workspace: Workspace, path: str, offering: Offering = AT_ONCE) -> Iterator[Action]:
    """The removal of all dead entries of the indexes of a file's log; of the file itself if it is an index."""
    for index in _indexes(workspace, path):
        yield from attempted(_pruning_of, workspace, index, path, offering)


def _pruning_of(workspace: Workspace, index: Index, path: str, offering: Offering) -> Iterator[Action]:
    """The pruning of one index, for the file at a path."""
    change = Change() if offering.is_late else update.pruning(workspace, index)
    dead = update.likely(workspace, index.path).dead if offering.is_late else len(change.edits)
    if dead:
        count = "1 dead entry" if dead == 1 else f"{dead} dead entries"
        title = f"Remove {count}" if index.path == path else f"Remove {count} from {index.path.rsplit('/', 1)[-1]}"
        yield _of_index(title, PRUNE_INDEX, index, change, _PRUNE)


def _of_index(title: str, kind: str, index: Index, change: Change, choice: str) -> Action:
    """An action on an index; without a change that is worked out once it is chosen."""
    return Action(title, kind, replace(change, title=title), annotated=True, choice="" if change else f"{choice}:{index.path}")


def index_creations(workspace: Workspace, path: str) -> Iterator[Action]:
    """A first index for a log that has none, on the page beside its records that it goes into."""
    log = next((log for log in workspace.logs if create.place(workspace, log) == path), None)
    if log is None or path not in workspace.pages or not log.records:
        return
    if any(index.page.is_markdown for index in workspace.indexes_of(log)):
        return
    change = create.create(workspace, log, create.style_of(workspace))
    yield Action(change.title, CREATE_INDEX, change, annotated=True)


def index_restylings(workspace: Workspace, path: str, offering: Offering = AT_ONCE) -> Iterator[Action]:
    """The other styles that an index can be turned into without losing a word; that none is lost may be found out when one is chosen."""
    index = workspace.indexes.get(path)
    for style in restyle.others(workspace, index) if index is not None else ():
        if offering.is_late:
            name = _RESTYLED.format(TITLES[style])
            yield Action(name, RESTYLE_INDEX, Change(name), annotated=True, choice=f"{_RESTYLE}:{style}:{path}")
        elif index is not None:
            yield from _restyling(workspace, index, style)


def _restyling(workspace: Workspace, index: Index, style: create.Style) -> Iterator[Action]:
    """The action that turns an index into a style, disabled where something is in its way."""
    restyled, name = restyle.restyle(workspace, index, style), _RESTYLED.format(TITLES[style])
    if restyled.edits:
        yield Action(name, RESTYLE_INDEX, Change.of(name, index.path, restyled.edits), annotated=True)
    elif restyled.obstacles:
        line, reason = restyled.obstacles[0]
        yield Action(name, RESTYLE_INDEX, Change(name), disabled=f"Line {line + 1} keeps it from that: {reason}.")


def _indexes(workspace: Workspace, path: str) -> tuple[Index, ...]:
    own = workspace.indexes.get(path)
    if own is not None:
        return (own,)
    log = workspace.log_of(path)
    return workspace.indexes_of(log) if log is not None and path in log.records else ()


def fix_all(workspace: Workspace, path: str) -> Change:
    """The preferred fixes of one file, applied until nothing is left to fix, as a change of the texts as they are; other files' included."""
    return replace(fix_all_in(workspace, [path]), title="Fix all safe problems of this file")


def fix_all_in(workspace: Workspace, paths: Iterable[str], sparing: Container[str] = ()) -> Change:
    """The same for several files, without any fix that touches one of those to be spared."""
    paths = sorted(paths, key=lambda path: path not in workspace.indexes)  # an index once, not once for each of its records
    changed = workspace
    for _ in range(ROUNDS):
        earlier = changed
        for path in paths:
            changed = _mended(changed, path, sparing)
        if changed is earlier:
            break
    touched = [
        p
        for p in {*workspace.records, *workspace.pages, *workspace.settings}
        if (before := _text(workspace, p)) is not (after := _text(changed, p)) and before != after
    ]
    edits = tuple(
        FileEdit(p, edit) for p in sorted(touched) for edit in diff(_text(workspace, p) or "", _text(changed, p) or "")
    )
    return Change("Fix all safe problems", edits)


def _mended(workspace: Workspace, path: str, sparing: Container[str]) -> Workspace:
    """The workspace after the preferred fixes of one file; a fix that would leave its problem as it is, is not applied."""
    useless: set[tuple[str, str]] = set()
    problems = rules.check_file(workspace, path, rules.EACH)
    index = workspace.indexes.get(path)
    if index is not None and path not in sparing and any(problem.rule is LACKING for problem in problems):
        workspace = applied(workspace, update.update(workspace, index, judge.missing(workspace, index)))
        problems = rules.check_file(workspace, path, rules.EACH)
    for _ in range(rules.MOST):
        chosen = list(_compatible((problem for problem in problems if _key(problem) not in useless), sparing))
        if not chosen:
            break
        changed = applied(workspace, Change("", tuple(edit for _, fix in chosen for edit in fix.edits)))
        after = rules.check_file(changed, path, rules.EACH)
        had, has = Counter(map(_key, problems)), Counter(map(_key, after))
        failed = {key for problem, _ in chosen if has[key := _key(problem)] >= had[key]}
        if failed:
            useless |= failed
        else:
            workspace, problems = changed, after
    return workspace


def _key(problem: Problem) -> tuple[str, str]:
    return problem.rule.name, problem.message


def _compatible(problems: Iterable[Problem], sparing: Container[str] = ()) -> Iterator[tuple[Problem, Fix]]:
    """The problems with a preferred fix whose edits touch none of those before, and no file that is to be spared."""
    taken: dict[str, list[Span]] = {}
    for problem in problems:
        fix = next((fix for fix in problem.fixes if fix.preferred and fix.edits), None)
        if fix is not None and not any(
            edit.path in sparing
            or any(edit.edit.span.start <= span.end and span.start <= edit.edit.span.end for span in taken.get(edit.path, ()))
            for edit in fix.edits
        ):
            for edit in fix.edits:
                taken.setdefault(edit.path, []).append(edit.edit.span)
            yield problem, fix


def applied(workspace: Workspace, change: Change) -> Workspace:
    """The workspace after the edits of a change; as it was where they do not fit together."""
    result = workspace
    for path in change.by_path:
        text = _text(workspace, path)
        if text is None:
            return workspace
        try:
            result = result.with_text(path, change.text(path, text))
        except OverlapError:
            return workspace
    return result


def _text(workspace: Workspace, path: str) -> str | None:
    file = workspace.file(path)
    return file.text if file else None
