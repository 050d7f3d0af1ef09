"""What is waited for when an editor starts, and what the server holds when it has come to rest."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench import processes
from tests.bench.client import PATIENCE, Client, UnansweredError
from tests.bench.figures import Beside, Goal, figure
from tests.bench.places import citation
from tests.bench.stand import OURS, PYGLS, Trial

LOOK = 0.02
"""Seconds between looks whether an answer is right."""
STUCK = 6.0
"""Seconds without one more reference after which another server is not expected to find more."""


@figure("spawn to initialize", Goal("ratio", 0.45), servers=(OURS, PYGLS), once=True)
def initialize(trial: Trial) -> float:
    """From the start of the process to the answer."""
    with trial.stand.started(trial.server, trial.stand.fresh_cache()) as client:
        return client.begin()


@figure("spawn to first diagnostics", once=True)
def first_diagnostics(trial: Trial) -> float:
    """From the start of the process to the diagnostics of the opened file."""
    with trial.stand.started(trial.server, trial.stand.fresh_cache()) as client:
        _open(client, trial)
        return client.diagnosed(trial.log.small) - client.begun


@figure(
    "spawn to first hover of a closed record",
    Goal("ratio", 1.3),
    servers=(OURS,),
    beside=Beside(figure=initialize.name),
    once=True,
)
def first_hover(trial: Trial) -> float:
    """From the start of the process to a hover that tells the title and the status of a record that is not open."""
    with trial.stand.started(trial.server, trial.stand.fresh_cache()) as client:
        _open(client, trial)
        while time.perf_counter() - client.begun < PATIENCE:
            _, answer = citation(trial.log).ask(client, "hover")
            if answer and trial.log.titles[0] in str(answer) and "Accepted" in str(answer):
                return time.perf_counter() - client.begun
            time.sleep(LOOK)
    raise UnansweredError("no hover was right")


@figure("spawn to complete references, cold", Goal("ratio", 2.5, 1000), Goal("ratio", 0.5, 5000), once=True)
def complete_references_cold(trial: Trial) -> float:
    """From the start of the process with an empty cache to all references to the most cited record."""
    return _complete_references(trial, trial.stand.fresh_cache())


@figure("spawn to complete references, warm", Goal("ratio", 0.9, 1000), Goal("ratio", 0.06, 5000), once=True)
def complete_references_warm(trial: Trial) -> float:
    """The same with the cache of an earlier start."""
    return _complete_references(trial, trial.stand.warm_cache(trial.server))


@figure("memory, cold", Goal("value", 65, 1000), Goal("value", 110, 5000), unit="MB", once=True)
def memory_cold(trial: Trial) -> float | None:
    """Resident with its children, when it has read the whole log with an empty cache and come to rest."""
    return _memory(trial, trial.stand.fresh_cache())


@figure("memory, warm", Goal("value", 65, 1000), Goal("value", 110, 5000), unit="MB", servers=(OURS,), once=True)
def memory_warm(trial: Trial) -> float | None:
    """The same with the cache of an earlier start."""
    return _memory(trial, trial.stand.warm_cache(trial.server))


@figure("processor at rest", unit="ms in 5 s", once=True)
def idle(trial: Trial) -> float | None:
    """The processor time in five seconds that a server takes, which knows the whole log and is asked nothing."""
    client = trial.client
    client.rest(trial.stand.effort.quiet)
    before = processes.worked(client.process.pid)
    time.sleep(trial.stand.effort.idle)
    return (processes.worked(client.process.pid) - before) * 1000 * 5 / trial.stand.effort.idle


FIGURES = (
    initialize,
    first_diagnostics,
    first_hover,
    complete_references_cold,
    complete_references_warm,
    memory_cold,
    memory_warm,
    idle,
)


def _open(client: Client, trial: Trial) -> None:
    client.begin()
    client.open(trial.log.small)


def _complete_references(trial: Trial, cache: Path) -> float:
    with trial.stand.started(trial.server, cache) as client:
        _open(client, trial)
        return _completed(client, trial) - client.begun


def _memory(trial: Trial, cache: Path) -> float | None:
    with trial.stand.started(trial.server, cache) as client:
        _open(client, trial)
        _completed(client, trial)
        client.rest(trial.stand.effort.quiet)
        return processes.memory(client.process.pid)


def _completed(client: Client, trial: Trial) -> float:
    """When all references to the most cited record were found; for another server, as many as it finds."""
    ours = trial.server == OURS
    wanted = trial.log.mentions if ours else trial.log.links
    found, since = 0, time.perf_counter()
    while time.perf_counter() - client.begun < PATIENCE:
        _, answer = citation(trial.log).ask(client, "references", context={"includeDeclaration": False})
        if len(answer or ()) > found:
            found, since = len(answer), time.perf_counter()
        if found >= wanted or (found and not ours and time.perf_counter() - since > STUCK):
            return since
        time.sleep(LOOK)
    raise UnansweredError(f"{found} of {wanted} references were found")
