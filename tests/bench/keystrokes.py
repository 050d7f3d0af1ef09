"""What follows a keystroke: diagnostics, and the code actions of its line. What was typed is taken away after each sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.bench.client import Json
from tests.bench.figures import Beside, Goal, figure
from tests.bench.places import Place, citation, prose, summary, title
from tests.bench.stand import OURS, Trial

_T = TypeVar("_T")

LETTER = "x"
BURST = "abcdefghijklmnopqrst"
"""Twenty keystrokes."""


@figure("keystroke, median record", Goal("growth", 1.3))
def median_record(trial: Trial) -> float:
    """A letter in the prose of the record that half of the others are shorter than."""
    return _keystroke(trial, prose(trial.log.middling))


@figure("keystroke, 5 KB", Goal("ratio", 2.5, 1000), Goal("growth", 1.3))
def small_record(trial: Trial) -> float:
    """A letter in the prose of a record of 5 KB."""
    return _keystroke(trial, prose(trial.log.small))


@figure("keystroke, 30 KB", Goal("ratio", 2.5, 1000), Goal("growth", 1.3))
def large_record(trial: Trial) -> float:
    """A letter in the prose of a record of 30 KB."""
    return _keystroke(trial, prose(trial.log.large))


@figure("burst of 20 keystrokes, 5 KB", Goal("ratio", 4, 1000))
def burst(trial: Trial) -> float:
    """Twenty letters sent without waiting, until the diagnostics of the last version."""
    place = prose(trial.log.small)
    taken = place.burst(trial.client, BURST)
    place.erase(trial.client, BURST)
    return taken


@figure("keystroke, index", Goal("ratio", 0.5, 1000), Goal("growth", 3, between=(1000, 5000)))
def index(trial: Trial) -> float:
    """A letter in the summary of an entry of the index, which has an entry for each record."""
    return _keystroke(trial, summary(trial.log))


@figure("keystroke, listed title", Goal("ratio", 3), beside=Beside(figure=small_record.name))
def listed_title(trial: Trial) -> float:
    """A letter in the title of the record of 5 KB, which the index lists."""
    return _keystroke(trial, title(trial.log.small))


@figure("hover after a keystroke")
def hover(trial: Trial) -> float:
    """A hover on a link of the same record, after the diagnostics."""
    place = prose(trial.log.small)
    place.type(trial.client, LETTER)
    taken, _ = citation(trial.log).ask(trial.client, "hover")
    place.erase(trial.client, LETTER)
    return taken


@figure("code actions after a keystroke, prose", Goal("ratio", 10), beside=Beside(figure="hover"))
def code_actions_prose(trial: Trial) -> float:
    """Those of a line of prose, where there may be none; edits may be left to be resolved."""
    return _behind_typing(trial, prose(trial.log.small), lambda taken, _: taken)


@figure("code actions after a keystroke, listed title", Goal("ratio", 10), beside=Beside(figure="hover"))
def code_actions_title(trial: Trial) -> float:
    """Those of a title that the index repeats as it was."""
    return _behind_typing(trial, title(trial.log.small), lambda taken, _: taken)


@figure("code actions after a keystroke, index", Goal("ratio", 10), beside=Beside(figure="hover"))
def code_actions_index(trial: Trial) -> float:
    """Those of an entry of the index; a long one may have none."""
    return _behind_typing(trial, summary(trial.log), lambda taken, _: taken)


@figure("code action resolved", servers=(OURS,), beside=Beside(figure="hover"))
def code_action_resolved(trial: Trial) -> float | None:
    """The edit of the first action of a title that came without one; nothing where each comes with its own."""

    def resolved(actions: list[Json]) -> float | None:
        unfinished = [action for action in actions if not {"edit", "command", "disabled"} & action.keys()]
        return trial.client.ask("codeAction/resolve", unfinished[0])[0] if unfinished else None

    return _behind_typing(trial, title(trial.log.small), lambda _, actions: resolved(actions))


FIGURES = (
    median_record,
    small_record,
    large_record,
    burst,
    index,
    listed_title,
    hover,
    code_actions_prose,
    code_actions_title,
    code_actions_index,
    code_action_resolved,
)


def _keystroke(trial: Trial, place: Place) -> float:
    taken = place.type(trial.client, LETTER)
    place.erase(trial.client, LETTER)
    return taken


def _behind_typing(trial: Trial, place: Place, told: Callable[[float, list[Json]], _T]) -> _T:
    """What is `told` of the seconds until the code actions of a place where a letter was typed, and of them, while the letter is there."""
    place.type(trial.client, LETTER)
    uri = place.path.as_uri()
    at = {"line": place.line, "character": place.character}
    known = [
        problem
        for problem in trial.client.diagnostics[uri]
        if problem["range"]["start"]["line"] <= place.line <= problem["range"]["end"]["line"]
    ]
    context = {"diagnostics": known, "triggerKind": 2}
    params = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": context}
    taken, actions = trial.client.ask("textDocument/codeAction", params)
    answer = told(taken, actions or [])
    place.erase(trial.client, LETTER)
    return answer
