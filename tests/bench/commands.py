"""What the command line costs: the processor seconds of a command and its children, whatever else the machine does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench import processes
from tests.bench.client import UnansweredError, environment
from tests.bench.figures import Beside, Goal, figure
from tests.bench.stand import OURS, RUMDL, RUMDL_PROGRAM, Trial, kept_in

CHECK = {OURS: [sys.executable, "-m", "adr_ls", "check"], RUMDL: [str(RUMDL_PROGRAM), "check", "--quiet"]}
INDEX = [sys.executable, "-m", "adr_ls", "index", "--check"]


@figure("check, cold", Goal("ratio", 5), unit="s CPU", once=True)
def check_cold(trial: Trial) -> float | None:
    """A check of the whole log with an empty cache."""
    return _run(CHECK[trial.server], trial, trial.stand.fresh_cache())


@figure("check, warm", Goal("ratio", 1.5), unit="s CPU", servers=(OURS,), beside=Beside(RUMDL, check_cold.name), once=True)
def check_warm(trial: Trial) -> float | None:
    """The same for the second time, beside rumdl's first."""
    return _second(CHECK[trial.server], trial)


@figure("check, both warm", unit="s CPU", once=True)
def check_both_warm(trial: Trial) -> float | None:
    """The same beside rumdl's second."""
    return _second(CHECK[trial.server], trial)


@figure("index --check, cold", unit="s CPU", servers=(OURS,), once=True)
def index_cold(trial: Trial) -> float | None:
    """Whether the index is up to date, with an empty cache."""
    return _run(INDEX, trial, trial.stand.fresh_cache())


@figure("index --check, warm", unit="s CPU", servers=(OURS,), once=True)
def index_warm(trial: Trial) -> float | None:
    """The same for the second time."""
    return _second(INDEX, trial)


FIGURES = (check_cold, check_warm, check_both_warm, index_cold, index_warm)


def _second(command: list[str], trial: Trial) -> float | None:
    cache = trial.stand.fresh_cache()
    _run(command, trial, cache)
    return _run(command, trial, cache)


def _run(command: list[str], trial: Trial, cache: Path) -> float | None:
    """The processor seconds of a command on the log."""
    before = processes.children_worked()
    done = subprocess.run(
        [*command, str(trial.log.root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=trial.log.root,
        env={**environment(), **kept_in(cache)},
        check=False,
    )
    if done.returncode not in (0, 1):  # clean, or problems
        raise UnansweredError(f"{command!r} ended with status {done.returncode}: {done.stderr.decode(errors='replace')}")
    after = processes.children_worked()
    return None if before is None or after is None else after - before
