"""What an editor asks of a server that knows the whole log, and what it tells it of a new file."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench.client import PATIENCE, Client, Json, UnansweredError
from tests.bench.figures import Beside, Goal, figure
from tests.bench.generate import Log
from tests.bench.places import citation, lesser_citation, prose
from tests.bench.stand import OURS, Trial

LOOK = 0.005
"""Seconds between looks whether a file has been noticed."""
LINK = "See [it]("


@figure("hover")
def hover(trial: Trial) -> float:
    """On a link to the most cited record."""
    return citation(trial.log).ask(trial.client, "hover")[0]


@figure("definition")
def definition(trial: Trial) -> float:
    """On a link to the most cited record."""
    return citation(trial.log).ask(trial.client, "definition")[0]


@figure("references to the most cited", Goal("ratio", 0.4))
def references(trial: Trial) -> float:
    """All of them."""
    return citation(trial.log).ask(trial.client, "references", context={"includeDeclaration": False})[0]


@figure("references found", unit="", once=True)
def references_found(trial: Trial) -> float:
    """How many there are; rumdl finds the links alone."""
    return len(citation(trial.log).ask(trial.client, "references", context={"includeDeclaration": False})[1] or ())


@figure("completion in a link", Goal("ratio", 1.5))
def completion(trial: Trial) -> float:
    """Behind an opening parenthesis that was just typed."""
    place = prose(trial.log.small)
    place.type(trial.client, LINK)
    taken, _ = place.further(len(LINK)).ask(trial.client, "completion")
    place.erase(trial.client, LINK)
    return taken


@figure("workspace symbols, narrow", Goal("ratio", 1))
def symbols_narrow(trial: Trial) -> float:
    """Those with a word that few titles have."""
    return trial.client.ask("workspace/symbol", {"query": trial.log.titles[2].split()[-1]})[0]


@figure("workspace symbols, all", Goal("ratio", 1))
def symbols_all(trial: Trial) -> float:
    """Those that an empty query finds."""
    return trial.client.ask("workspace/symbol", {"query": ""})[0]


@figure("new file noticed", Goal("ratio", 0.3))
def new_file(trial: Trial) -> float:
    """From the word that a file is new to the references that are found in it; the file is deleted again."""
    path = trial.log.write_another()
    begun = trial.client.changed(path, 1)
    try:
        return _when_cited(trial.client, trial.log, path, there=True) - begun
    finally:
        path.unlink()
        trial.client.changed(path, 3)
        _when_cited(trial.client, trial.log, path, there=False)


@figure("rename of the most cited", Goal("ratio", 3), servers=(OURS,), beside=Beside(figure=references.name))
def rename(trial: Trial) -> float:
    """The edits that give it another number, everywhere."""
    return _edited(*citation(trial.log).ask(trial.client, "rename", newName=trial.log.next_number))


@figure("move of the most cited", servers=(OURS,), beside=Beside(figure=references.name))
def move(trial: Trial) -> float:
    """The edits that have links follow it to another file name."""
    cited = trial.log.cited
    moved = {"oldUri": cited.as_uri(), "newUri": cited.with_name("0001-moved.md").as_uri()}
    return _edited(*trial.client.ask("workspace/willRenameFiles", {"files": [moved]}))


FIGURES = (
    hover,
    definition,
    references,
    references_found,
    completion,
    symbols_narrow,
    symbols_all,
    new_file,
    rename,
    move,
)


def _when_cited(client: Client, log: Log, path: Path, *, there: bool) -> float:
    """When references are found in a file, or no longer, to the record that few others cite."""
    since = time.perf_counter()
    while time.perf_counter() - since < PATIENCE:
        _, answer = lesser_citation(log).ask(client, "references", context={"includeDeclaration": False})
        if any(found["uri"] == path.as_uri() for found in answer or ()) is there:
            return time.perf_counter()
        time.sleep(LOOK)
    raise UnansweredError(f"{path.name} was not noticed")


def _edited(taken: float, answer: Json | None) -> float:
    """The time that an answer took which has edits."""
    if not answer or not (answer.get("documentChanges") or answer.get("changes")):
        raise UnansweredError(f"no edits: {answer}")
    return taken
