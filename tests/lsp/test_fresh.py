"""What the server says is always what a fresh start on the same texts would say.

After any steps, once all is at rest, everything that a user sees (`Editor.state`) equals what a server shows that was just started on
the same disk with the same open buffers. A table of named scenarios has each way in which one file depends on another; random
sequences look for those that nobody thought of. ``ADR_LS_ALL=1`` runs far more of them, in every kind of editor;
``ADR_LS_NOT_YET=1`` also runs what is known not to hold yet.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from tests.conftest import CORPORA, EVERYTHING
from tests.lsp import logs
from tests.lsp.editor import LINUX, LONGEST, LOOK, Disk, Editor, at_rest, differences

KINDS = {
    "push": {"pull": False, "watches": True},
    "pull": {"pull": True, "watches": True},
    "push, blind": {"pull": False, "watches": False},
    "pull, blind": {"pull": True, "watches": False},
    "push, recalled": {"pull": False, "watches": True},
    "pull, recalled": {"pull": True, "watches": True},
}
"""The kinds of editors; the blind ones tell of no changed files, so that the server has to look for itself. The servers of those that
are recalled begin with what an earlier one found, before what is `given` happened; the server that they are compared with does not.
"""
CACHE = "-cache"
"""What the folder is called behind the name of the disk in which servers keep what they found."""
VERDICTS = "*-*.facts"
"""The files with it."""
LOGS: Mapping[str, logs.Log] = {
    "bold": logs.BOLD,
    "nygard": logs.NYGARD,
    "madr": logs.MADR,
    "mixed": logs.MIXED,
    "two": logs.TWO,
    "asciidoc": logs.ASCIIDOC,
    "antora": logs.ANTORA,
    "code": logs.CODE,
    "shipped": logs.SHIPPED,
}
TOGETHER = 8
"""How many scenarios run at once: they mostly wait."""
ROUNDS = 2
"""How many times random sessions are played on all logs; the first time the simplest ones."""
MANY = 400
"""The records of the log in which nothing is done."""
LOOKS = 4
"""How often it is looked whether the server is at rest."""
RESTING = 3.0
"""The seconds for which nothing is done; within them the server looks at the disk at least once."""
SHARE = 0.03
"""The share of a processor that a server at rest may have."""

NOT_YET: Sequence[str] = ()
"""What does not hold yet, and is skipped: scenarios, “random sessions”, “rest”."""


def skip_if_not_yet(name: str) -> None:
    if name in NOT_YET and not os.environ.get("ADR_LS_NOT_YET"):
        pytest.skip("does not hold yet")


# --- Scenarios -------------------------------------------------------------------------------------------------------------------


SCENARIOS = """
what is wrong in a file that is closed (nygard)
    type 0001:  → ⏎- [ADR-099](099-new.md)⏎
    save 0001
    rest
    close 0001
    brings link-broken to 0001
source code that relies on a record which is superseded (code)
    type 003: Accepted → Superseded by [ADR-004](004-build-banner.md)
    brings code-reference-superseded to src/queue.py
source code whose record is gone (code)
    delete 003
    brings code-reference-unknown to src/queue.py
source code that is written elsewhere (code)
    write src/queue.py: ADR-001 → ADR-009
    brings code-reference-unknown to src/queue.py
source code that referred to nothing (code)
    write src/plain.go: the queue → ADR-009
    brings code-reference-unknown to src/plain.go
source code that is typed and given up (code)
    type src/queue.py: ADR-001 → ADR-009
    rest
    close src/queue.py
    brings nothing
source code that is typed, saved and closed (code)
    type src/hall/sensor.ts: 005-booking → 009-booking
    save src/hall/sensor.ts
    close src/hall/sensor.ts
    brings code-reference-unknown to src/hall/sensor.ts
source code that is moved (code)
    write src/queue.py: ADR-001 → ADR-009
    rest
    move src/queue.py → src/hall/queue.py
    brings code-reference-unknown to src/hall/queue.py
source code that is looked at no longer (code)
    given write src/queue.py: ADR-001 → ADR-009
    write adr-ls.toml: all → off
    takes code-reference-unknown from src/queue.py
AsciiDoc that is typed (asciidoc)
    type 0002: Accepted → Rejected
    brings index-status to README
AsciiDoc that is written elsewhere (asciidoc)
    open 0001
    write 0002: Accepted → Rejected
    brings index-status to README
AsciiDoc that is gone (asciidoc)
    open 0001
    delete 0002
    brings index-dead-entry to README
problems in AsciiDoc that is typed (asciidoc)
    type 0002: Accepted → Acepted
    brings status-unknown to 0002
AsciiDoc that refers to a record that is gone (asciidoc)
    open 0002
    delete 0001
    brings reference-unknown to 0002
a page that gets a former name (antora)
    open 0002
    write 0001: :status: → :page-aliases: old/0009-mill-queue.adoc⏎:status:
    takes link-broken from 0002
AsciiDoc whose typing is given up (asciidoc)
    type 0002: Accepted → Rejected
    close 0002
    brings nothing
records that an ignore file names, in no repository (shipped)
    write 002: Accepted → Acepted
    brings status-unknown to 002
records that an ignore file names, typed (shipped)
    type 002: Accepted → Acepted
    save 002
    rest
    close 002
    write 003: Accepted → Acepted
    brings status-unknown to 003
the first record that no ignore file names (shipped)
    given write 002: Accepted → Acepted
    make adr/001-own.md: # ADR-001: Own⏎⏎**Status**: Accepted⏎⏎## Context⏎⏎Own.⏎⏎## Consequences⏎⏎Own.
    takes status-unknown from 002
the last record that no ignore file names (shipped)
    given make adr/001-own.md: # ADR-001: Own⏎⏎**Status**: Accepted⏎⏎## Context⏎⏎Own.⏎⏎## Consequences⏎⏎Own.
    given write 002: Accepted → Acepted
    delete adr/001-own.md
    brings status-unknown to 002
a picture that comes (bold)
    given write 002: ⏎## Decision → ⏎![Rain](images/rain.png)⏎⏎## Decision
    given make docs/adr/images/snow.png: snow
    make docs/adr/images/rain.png: rain
    takes link-file from 002
a picture that goes, of an index and of a record (bold)
    given write 002: ⏎## Decision → ⏎![Rain](images/rain.png)⏎⏎## Decision
    given make docs/adr/images/snow.png: snow
    given write README: # → ![Rain](images/rain.png)⏎⏎#
    given make docs/adr/images/rain.png: rain
    open 001
    delete docs/adr/images/rain.png
    brings link-file to README
a folder of pictures that moves (bold)
    given write 002: ⏎## Decision → ⏎![Rain](images/rain.png)⏎⏎## Decision
    given make docs/adr/images/snow.png: snow
    given make docs/adr/pictures/rain.png: rain
    move docs/adr/pictures/rain.png → docs/adr/images/rain.png
    takes link-file from 002
a picture that is named otherwise while its name is typed (bold)
    given make docs/adr/images/rain.png: rain
    given make docs/adr/images/ice.png: ice
    type 002: ⏎## Decision → ⏎![Rain](images/snow.png)⏎⏎## Decision
    rest
    move docs/adr/images/rain.png → docs/adr/images/snow.png
    brings nothing
anchor of a renamed section (bold)
    type 002: ## Context → ## Background
    brings link-anchor to 003
anchor of a section that is renamed and back again (bold)
    type 002: ## Context → ## Background
    rest
    undo 002
    brings nothing
anchor in a guide beside the log (madr)
    open docs/guide.md
    type 0001: ## Decision Outcome → ## Outcome
dead link in a guide elsewhere (mixed)
    type guides/run.md: as ADR-0001 says → as [decided](../docs/adr/0009-gone.md)
    brings link-broken to guides/run.md
dead link in a guide that referred to nothing (mixed)
    type guides/stop.md: as usual → as [decided](../docs/adr/0009-gone.md)
    brings link-broken to guides/stop.md
dead link in a guide elsewhere that is written on disk (mixed)
    write guides/stop.md: as usual → as [decided](../docs/adr/0009-gone.md)
    brings link-broken to guides/stop.md
dead link in a guide elsewhere that is mended and closed (mixed)
    given write guides/run.md: as ADR-0001 says → as [decided](../docs/adr/0009-gone.md)
    type guides/run.md: [decided](../docs/adr/0009-gone.md) → usual
    save guides/run.md
    close guides/run.md
    takes link-broken from guides/run.md
record that a guide elsewhere links to (mixed)
    given write guides/run.md: as ADR-0001 says → as [decided](../docs/adr/0007-job-order.md)
    copy 0006 → docs/adr/0007-job-order.md
    takes link-broken from guides/run.md
date in the index (bold)
    type 002: 2024-03-03 → 2024-03-19
    brings index-date to README
date in the index, saved and closed (bold)
    type 002: 2024-03-03 → 2024-03-19
    save 002
    close 002
    brings index-date to README
status in the index (bold)
    write 002: Accepted → Rejected
    brings stale-in-index to 002
foreign reference in another record (bold)
    given write 001: Orders → As ADR-044 says, orders
    type 004: Nobody → See upstream ADR-044. Nobody
    takes reference-unknown from 001
foreign reference that is withdrawn (bold)
    given write 001: Orders → As ADR-044 says, orders
    given write 004: Nobody → See upstream ADR-044. Nobody
    type 004: See upstream ADR-044. Nobody → Nobody
    brings reference-unknown to 001
older successor (bold)
    given write 001: 2024-03-02 → 2025-03-02
    given write 001: **Date** → **Supersedes**: ADR-002⏎**Date**
    given write 002: Accepted → Superseded by ADR-001
    type 001: 2025-03-02 → 2022-03-02
    brings supersede-older to 002
supersession that one side takes back (nygard)
    type 0004: ⏎Supersedes [2. Tariff reader](0002-tariff-reader.md)⏎ → ⏎
    brings supersede-one-way to 0002
supersession that the other side does not state (bold)
    type 004: **Date** → **Supersedes**: ADR-001⏎**Date**
    brings supersede-status to 001
reference to a record that is superseded meanwhile (bold)
    type 001: Accepted → Superseded by ADR-004
    brings ref-superseded to 002
house that learns a section (bold)
    given delete template
    given write 001: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given write 002: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given write 003: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given write 004: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given write 005: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given write 006: ⏎## Consequences⏎⏎Somebody has to run it.⏎ →
    given copy 006 → docs/adr/007-loose-ends.md
    given write 007: # ADR-006: Job table → # ADR-007: Loose ends
    open 007
    type 001:  → ⏎## Consequences⏎⏎We run it.⏎
    save 001
    close 001
    type 002:  → ⏎## Consequences⏎⏎They run it.⏎
    save 002
    close 002
    type 003:  → ⏎## Consequences⏎⏎It runs.⏎
    save 003
    close 003
    rest
    type 004:  → ⏎## Consequences⏎⏎He runs it.⏎
    save 004
    type 005:  → ⏎## Consequences⏎⏎She runs it.⏎
    save 005
    type 006:  → ⏎## Consequences⏎⏎You run it.⏎
    save 006
    brings section-missing to 007
house that learns another status, on the disk (bold)
    given write 006: Accepted → Blessed
    given write template: Accepted → Proposed
    open 006
    write 001: Accepted → Blessed & write 002: Accepted → Blessed & write 003: Accepted → Blessed & write 004: Accepted → Blessed & write 005: Accepted → Blessed
    takes status-unknown from 006
template that gets a section (bold)
    type template: ## Consequences → ## Rollout⏎⏎How?⏎⏎## Consequences
    save template
template whose text a record still has (bold)
    given write 003: Somebody has to run it. → What is to come of it, and when?
    write template: What follows from it? → What is to come of it, and when?
    brings placeholder-left to 003
passage of the template that is written into a record elsewhere (bold)
    write 003: Somebody has to run it. → What follows from it?
    brings placeholder-left to 003
passage of the template that a record of another log keeps, too (bold)
    given write template: What follows from it? → Name the costs.
    given write 001: Somebody has to run it. → Name the costs.
    given write 002: Somebody has to run it. → Name the costs.
    given write 003: Somebody has to run it. → Name the costs.
    given make docs/decisions/001-own.md: # ADR-001: Own⏎⏎**Status**: Accepted⏎⏎## Context⏎⏎Own.⏎⏎## Consequences⏎⏎Own.
    type docs/decisions/001-own.md:  → ⏎Name the costs.⏎
    takes placeholder-left from 001-mill
copy of a record in another log that is one no more (madr)
    given copy 0001 → docs/adr/001-x.md
    open 0001
    rest
    type 0001: Orders pile up → Orders heap up
    takes section-missing from 0001
copy of a record in another log that is one no more, on the disk (madr)
    given copy 0001 → docs/adr/001-x.md
    write docs/adr/001-x.md: Orders pile up → Orders heap up
    takes section-missing from 0001
record that becomes the copy of one in another log (madr)
    given copy 0001 → docs/adr/001-x.md
    given write docs/adr/001-x.md: Orders pile up → Orders heap up
    type docs/adr/001-x.md: heap → pile
    brings section-missing to 0001
template deleted and restored (bold)
    delete template
    rest
    restore template
number duplicated (bold)
    open 002
    copy 005 → docs/adr/002-again.md
    brings duplicate-number to 002-tariff
number duplicated and freed (bold)
    copy 005 → docs/adr/002-again.md
    rest
    delete docs/adr/002-again.md
    brings nothing
number duplicated in the editor alone (madr)
    open 0002
    type 0002: Tariff reader → Tariff readers
    move 0003 → docs/decisions/0002-night-export.md
    brings duplicate-number to 0002-tariff
file deleted with its buffer open (bold)
    given copy 005 → docs/adr/002-again.md
    open docs/adr/002-again.md
    rest
    delete docs/adr/002-again.md
    takes duplicate-number from 002-tariff
file deleted with its buffer open, and written again (bold)
    watched
    open 003
    delete 003
    rest
    type 003: The export → Each export
    save 003
    brings nothing
file deleted that others refer to (bold)
    delete 003
    brings reference-unknown to 004
rule turned off in the editor (bold)
    given write 001: Accepted → Acepted
    configure {"rules": {"status-unknown": "off"}}
    takes status-unknown from 001
profile turned strict in the editor and back (bold)
    configure {"profile": "strict"}
    rest
    configure {}
    brings nothing
settings file that appears (bold)
    given write 001: Accepted → Acepted
    make adr-ls.toml: [rules]⏎link-anchor = "error"⏎status-unknown = "hint"
settings file broken and mended in the editor (bold)
    given make adr-ls.toml: profile = "strict"
    type adr-ls.toml: strict" → strict
    rest
    type adr-ls.toml: strict → strict"
    save adr-ls.toml
    brings nothing
settings file broken on the disk (bold)
    given make adr-ls.toml: profile = "strict"
    write adr-ls.toml: strict" → strict
    brings settings-invalid to adr-ls.toml
settings file that excludes a record (bold)
    make adr-ls.toml: exclude = ["003-*"]
title typed with the index open (bold)
    open README
    type 003: Night export → Daily export
    brings stale-in-index to 003
title typed and undone with the index open (bold)
    open README
    type 003: Night export → Daily export
    rest
    undo 003
    brings nothing
title that a link of another record repeats (bold)
    given write 002: Tariff reader → Fare desk
    given write 003: Somebody → As [ADR-002: Fare desk](002-tariff-reader.md) says, somebody
    type 002: Fare desk → Prices by the hour
    brings link-title-stale to 003
record that nothing refers to (nygard)
    given make adr-ls.toml: [rules]⏎orphan = "hint"
    given write doc/adr/README.md: * [6. Job table](0006-job-table.md)⏎ →
    given write 0003: The export → As [the table](0006-job-table.md) says, the export
    type 0003: As [the table](0006-job-table.md) says, the export → The export
    brings orphan to 0006
page that becomes an index (nygard)
    given make doc/adr/README.md: # Notes
    type doc/adr/README.md:  → ⏎* [1. Mill queue](0001-mill-queue.md)⏎* [2. Tariff reader](0002-tariff-reader.md)⏎* [3. Night export](0003-night-export.md)⏎
    brings not-in-index to 0005
index that becomes a page (nygard)
    write 0003: Accepted → Rejected
    make doc/adr/README.md: # Notes
entry typed into the index (bold)
    given write README: | [ADR-006: Job table](006-job-table.md) | Accepted | 2024-03-07 |⏎ →
    type README:  → | [ADR-006: Job table](006-job-table.md) | Accepted | 2024-03-07 |⏎
    takes not-in-index from 006
order of the index survives prose (bold)
    given write README: | [ADR-002: Tariff reader](002-tariff-reader.md) | Accepted | 2024-03-03 |⏎ →
    given write README:  → | [ADR-002: Tariff reader](002-tariff-reader.md) | Accepted | 2024-03-03 |⏎
    type 004: Nobody knows → Nobody really knows
    brings nothing
first record of a log (bold)
    given delete 001 & delete 002 & delete 003 & delete 004 & delete 005 & delete 006 & delete README & delete template
    make docs/adr/001-mill-queue.md: # ADR-001: Mill queue⏎⏎**Status**: Acepted⏎
    brings status-unknown to 001
last record removed (bold)
    given delete 002 & delete 003 & delete 004 & delete 005 & delete 006 & delete README & delete template
    given write 001: Accepted → Acepted
    delete 001
    takes status-unknown from 001
record that a link leads to appears (bold)
    given write 001: Orders → See [the plan](009-plan.md). Orders
    copy 002 → docs/adr/009-plan.md
    takes link-broken from 001
file of another kind that a link leads to appears (bold)
    given write 001: Orders → See [the plan](../plan.md#how). Orders
    open 001
    make docs/plan.md: # Plan
record that a reference names appears (bold)
    given write 001: Orders → See ADR-009. Orders
    copy 002 → docs/adr/009-late.md
    takes reference-unknown from 001
buffer that is on no disk yet (bold)
    given write 001: Orders → See ADR-006. Orders
    open 001
    delete 006
    rest
    restore 006
    type 006: # ADR-006 → # ADR-007
record that cannot be read (bold)
    hide 003
record that can be read again (bold)
    hide 003
    rest
    show 003
    brings nothing
branch switched (bold)
    open 002
    delete 006 & swap 003, 004 & write 001: Accepted → Rejected & make docs/adr/007-new.md: # ADR-007: New⏎⏎**Status**: Accepted
record moved to another number (bold)
    open 002
    move 003 → docs/adr/013-night-export.md
record moved and back (bold)
    move 003 → docs/adr/013-night-export.md
    rest
    move 013 → docs/adr/003-night-export.md
    brings nothing
folder added (two)
    folder - office
    rest
    write office/doc/adr/0003-night-export.md: Accepted → Acepted
    folder + office
    brings status-unknown to office/doc/adr/0003-night-export.md
folder removed (two)
    given write office/doc/adr/0003-night-export.md: Accepted → Acepted
    folder - office
    takes status-unknown from office/doc/adr/0003-night-export.md
front matter broken and mended (madr)
    type 0003: status: accepted → status: [accepted
    rest
    undo 0003
    brings nothing
word of prose, saved and closed (bold)
    type 002: Two teams → Two good teams
    save 002
    rest
    close 002
    brings nothing
unsaved change that is thrown away (bold)
    type 002: ## Context → ## Background
    rest
    close 002
    brings nothing
"""
"""Each with its log; `given` comes before the server starts, and the last line says what else is to be seen in the end.

`watched` are those that need an editor that watches files: others close the buffers of files that are gone.
"""


@dataclass
class Scenario:
    """A name, a log, what is done to its files before any server starts, steps, and what they bring or take.

    `watched` says that it is only for editors that watch files.
    """

    name: str
    log: logs.Log
    given: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    outcome: str = ""
    watched: bool = False


def read(table: str) -> Iterator[Scenario]:
    """The scenarios of a table, see `SCENARIOS`."""
    scenario: Scenario | None = None
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            if scenario:
                yield scenario
            name, _, log = line.removesuffix(")").rpartition(" (")
            scenario = Scenario(name, LOGS[log])
            continue
        assert scenario
        step = line.strip()
        verb, _, rest = step.partition(" ")
        if verb == "given":
            scenario.given.append(rest)
        elif step == "watched":
            scenario.watched = True
        elif verb in ("brings", "takes"):
            scenario.outcome = step
        else:
            scenario.steps.append(step)
    if scenario:
        yield scenario


FOUND = {scenario.name: scenario for scenario in read(SCENARIOS)}


@contextmanager
def disk_with(files: Mapping[str, str | bytes]) -> Iterator[Disk]:
    """A folder with those files, for as long as it is needed."""
    base = Path(tempfile.mkdtemp(prefix="adr-ls-fresh-"))
    if ".gitignore" not in files:
        (base / ".git").mkdir()
    disk = Disk(base, {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    try:
        yield disk
    finally:
        for folder in (base, _cache(disk)):
            shutil.rmtree(folder, ignore_errors=True)


def folders_of(log: Mapping[str, str | bytes]) -> list[str]:
    """The folders that a window on a log has: one, or each of those that hold a log of their own."""
    return ["mill", "office"] if log is LOGS["two"] else [""]


def is_recalled(kind: str) -> bool:
    """Whether the servers of a kind of editor begin with what an earlier one found."""
    return kind.endswith("recalled")


def editor_on(disk: Disk, folders: list[str], kind: str) -> Editor:
    """An editor of that kind, which knows what an earlier one found on that disk if it is recalled."""
    return Editor(disk, folders, **KINDS[kind], cache=_cache(disk) if is_recalled(kind) else None)


def _cache(disk: Disk) -> Path:
    return disk.base.with_name(disk.base.name + CACHE)


def remember(disk: Disk, folders: list[str], kind: str) -> None:
    """Has an earlier server leave what it finds on a disk as it is."""
    with editor_on(disk, folders, kind) as earlier:
        at_rest(earlier)
        deadline = time.monotonic() + LONGEST
        while not [*_cache(disk).rglob(VERDICTS)]:
            assert time.monotonic() < deadline, "nothing was left"
            time.sleep(LOOK)


def compare(editor: Editor) -> tuple[str, dict[str, list[str]]]:
    """How what is seen differs from what a fresh server shows, and the latter; once all is at rest."""
    with editor.again() as fresh:
        at_rest(editor, fresh)
        wanted = fresh.state()
        return differences(editor.state(), wanted), wanted


def complained(editor: Editor) -> str:
    """The end of the server's log where something failed in it."""
    log = "".join(editor.complaints)
    return log[-2000:] if "Traceback" in log else ""


def play(scenario: Scenario, kind: str) -> str:
    """Why a scenario does not hold in a kind of editor, to be read; empty where it does."""
    with disk_with(scenario.log) as disk:
        if is_recalled(kind):
            remember(disk, folders_of(scenario.log), kind)
        for line in scenario.given:
            assert all(disk.do(step) for step in line.split(" & ")), f"nothing to do: {line}"
        disk.events.clear()
        with editor_on(disk, folders_of(scenario.log), kind) as editor:
            at_rest(editor)
            before = editor.state()
            for line in scenario.steps:
                assert editor.do(line), f"nothing to do: {line}"
            found, wanted = compare(editor)
            wrong = [found, _missed(scenario.outcome, before, wanted, disk), complained(editor)]
    told = "\n".join(one for one in wrong if one)
    return told and "\n".join([f"{scenario.name}, {kind}:", *(f"    {line}" for line in scenario.steps), told])


def _missed(outcome: str, before: Mapping[str, list[str]], after: Mapping[str, list[str]], disk: Disk) -> str:
    """Whether a scenario does, by the fresh server, what it is there for."""
    if outcome == "brings nothing":
        lost = differences(_diagnostics(before), _diagnostics(after))
        return lost and f"the steps should change nothing:\n{lost}"
    match = re.fullmatch(r"(brings|takes) (\S+) (?:to|from) (.*)", outcome)
    if match is None:
        return ""
    path = disk.find(match[3])
    had, has = (any(f" {match[2]}: " in line for line in seen.get(path, ())) for seen in (before, after))
    return "" if (had, has) == (match[1] == "takes", match[1] == "brings") else f"{outcome}: before {had}, after {has}"


def _diagnostics(seen: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of all that is seen, what is said of files that are not open as well as of those that are."""
    return {path: [line for line in lines if re.match(r"\d", line)] for path, lines in seen.items()}


def kinds_of(name: str) -> list[str]:
    """The kinds of editors in which a scenario is played: all if there is time, else one, in turn; some in a blind or recalled one."""
    able = [kind for kind, can in KINDS.items() if can["watches"] or not FOUND[name].watched]
    if EVERYTHING:
        return able
    at = list(FOUND).index(name)
    way = ("push", "pull")[at % 2]
    return ["push, blind" if at % 13 == 5 and "push, blind" in able else f"{way}, recalled" if at % 5 == 3 else way]


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest) -> Iterator[Mapping[tuple[str, str], Future[str]]]:
    """Why the scenarios that were asked for do not hold; they are played some at a time, as they mostly wait."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        wanted: dict[tuple[str, str], Future[str]] = {}
        for item in request.session.items:
            if isinstance(item, pytest.Function) and item.originalname == test_scenario.__name__:
                name, kind = item.callspec.params["name"], item.callspec.params["kind"]
                if name not in NOT_YET or os.environ.get("ADR_LS_NOT_YET"):
                    wanted[name, kind] = pool.submit(play, FOUND[name], kind)
        yield wanted
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in FOUND for kind in kinds_of(name)])
def test_scenario(name: str, kind: str, request: pytest.FixtureRequest) -> None:
    skip_if_not_yet(name)
    wrong = request.getfixturevalue("played")[name, kind].result()
    assert not wrong, wrong


# --- Random sequences ------------------------------------------------------------------------------------------------------------

CHANGES = (
    "the  → the very ",
    " → ⏎One more sentence.⏎",
    "## Context → ## Background",
    "## Decision → ## Choice",
    "⏎## → ⏎## More⏎⏎## ",
    "⏎## → ⏎### ",
    "# → # Another",
    "queue → line",
    "Accepted → Rejected",
    "ccepted → cepted",
    "Accepted → Superseded by ADR-003",
    "status: accepted → status: superseded by ADR-0003",
    "2024-03-0 → 2022-11-1",
    "**Date** → **Supersedes**: ADR-002⏎**Date**",
    "Accepted⏎ → Accepted⏎⏎Amends [1. Mill queue](0001-mill-queue.md)⏎",
    " → ⏎See ADR-004 and ADR-0044.⏎",
    " → ⏎See upstream ADR-0044.⏎",
    " → ⏎![It](../009-new.png) and ![that](003.png).⏎",
    " → ⏎See [it](003-night-export.md#context) and [that](0003-night-export.md#status).⏎",
    "ADR-00 → ADR-01",
    "001 → 003",
    "- [ → * [",
    " → ⏎- [ADR-009](009-new.md)⏎",
    "* [ → ",
    "| Accepted → | Proposed",
    "status: → statuss:",
    "---⏎ → ---⏎tags: [a]⏎",
    "# → ---⏎status: accepted⏎---⏎⏎#",
    "---⏎ → --⏎",
)
"""What is typed or written in any file that holds the first of them."""
SETTINGS = (
    'profile = "strict"',
    'profile = "relaxed"',
    'exclude = ["*003*"]',
    "[rules]⏎link-anchor = 4",
    '[rules]⏎orphan = "hint"⏎',
    "[rul",
)
CONFIGURED = ("{}", '{"profile": "strict"}', '{"rules": {"link-anchor": "off"}}', '{"exclude": ["*002*"]}', '{"profile": 3}')


@cache
def collections() -> Mapping[str, Mapping[str, bytes]]:
    """A few records of some real collections, where they are at hand."""
    found: dict[str, Mapping[str, bytes]] = {}
    for name in ("DNUM-SocialGouv__helios", "phodal__adr", "Sylius__Sylius", "StefanMoCoAt__Meldestelle"):
        folder = CORPORA / name
        paths = sorted(folder.rglob("*.md"))[:8]
        if paths:
            found[name] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return found


def turns_on(log: Mapping[str, str | bytes]) -> st.SearchStrategy[tuple[str, ...]]:
    """Steps that make sense in a log, in turns such as to type and save; each may find nothing to do after others."""
    texts = {path: text.decode("utf-8", "replace") if isinstance(text, bytes) else text for path, text in sorted(log.items())}
    folders = folders_of(log)
    file = st.sampled_from([*texts])
    directory = st.sampled_from(sorted({path.rpartition("/")[0] for path in texts if "/" in path}))
    to = st.builds("{}/{}".format, directory, st.sampled_from(["009-new.md", "0002-again.md", "0013-moved.md", "README.md"]))
    changes = [
        (path, change)
        for path, text in texts.items()
        for change in CHANGES
        if change.partition(" →")[0].replace("⏎", "\n") in text
    ]
    change = st.sampled_from(changes)
    after = st.sampled_from(["rest", "", "rest, undo", "save", "rest, save", "save, close", "save, rest, close", "rest, close"])
    typing = st.builds(_typed, change, after)
    settings_file = st.builds(
        "make {}adr-ls.toml: {}".format,
        st.sampled_from([f"{folder}/" if folder else "" for folder in folders]),
        st.sampled_from(SETTINGS),
    )
    disk = st.one_of(
        change.map(lambda found: f"write {found[0]}: {found[1]}"),
        st.builds("delete {}".format, file),
        st.builds("restore {}".format, file),
        st.builds("copy {} → {}".format, file, to),
        st.builds("move {} → {}".format, file, to),
        st.builds("swap {}, {}".format, file, file),
    )
    several = st.builds(" & ".join, st.lists(disk, min_size=2, max_size=5))
    window = st.builds("configure {}".format, st.sampled_from(CONFIGURED))
    if len(folders) > 1:
        window = st.one_of(window, st.sampled_from([f"folder {sign} {folder}" for sign in "-+" for folder in folders]))
    alone = {
        "disk": disk,
        "several": several,
        "window": window,
        "settings": settings_file,
        "open": st.builds("open {}".format, file),
    }
    turns: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
        "typing": typing,
        "ghost": file.map(lambda path: (f"open {path}", "rest", f"delete {path}", "rest")),
        "hidden": st.builds(lambda path, step: (f"hide {path}", step, f"show {path}"), file, st.one_of(disk, st.just("rest"))),
        "tried": settings_file.map(lambda step: (step, "rest", f"delete {step.partition(': ')[0].removeprefix('make ')}")),
        **{name: strategy.map(lambda step: (step,)) for name, strategy in alone.items()},
    }
    # By name, since Hypothesis takes alternatives within alternatives for equally likely ones
    return st.sampled_from(["typing"] * 8 + ["disk"] * 3 + [*turns]).flatmap(turns.__getitem__)


def _typed(change: tuple[str, str], after: str) -> tuple[str, ...]:
    path, replacement = change
    steps = (step if step == "rest" else f"{step} {path}" for step in after.split(", ") if step)
    return (f"type {path}: {replacement}", *steps)


@dataclass(frozen=True)
class Session:
    """What is done in one window on a log."""

    log: str
    kind: str
    steps: Sequence[str]

    def __repr__(self) -> str:
        return "\n".join([f"{self.log}, {self.kind}:", *(f"    {step}" for step in self.steps)])


def log_of(name: str) -> Mapping[str, str | bytes]:
    return LOGS[name] if name in LOGS else collections()[name]


def sessions_on(name: str) -> st.SearchStrategy[Session]:
    """Windows of any kind, seldom blind ones, on a log, with steps that may or may not find something to do."""
    kind = st.sampled_from([*KINDS] if EVERYTHING else ["push", "pull"] * 5 + ["push, blind", "pull, recalled"])
    steps = st.lists(turns_on(log_of(name)), min_size=1, max_size=6).map(lambda turns: [*chain.from_iterable(turns)])
    return st.builds(Session, st.just(name), kind, steps)


def play_at_random(session: Session) -> str:
    """How what is seen at a rest of a session, or after it, differs from what a fresh server shows; empty where it does not."""
    folders = folders_of(log_of(session.log))
    with disk_with(log_of(session.log)) as disk, ExitStack() as stack:
        if is_recalled(session.kind):
            remember(disk, folders, session.kind)
        editor = stack.enter_context(editor_on(disk, folders, session.kind))
        at_rest(editor)
        for number, step in enumerate([*session.steps, "rest"], 1):
            if step != "rest":
                editor.do(step)
            else:
                found, _ = compare(editor)
                wrong = "\n".join(filter(None, [found, complained(editor)]))
                if wrong:
                    return f"{session!r}\nafter {number} steps:\n{wrong}"
    return ""


@settings(
    max_examples=100 if EVERYTHING else ROUNDS,
    derandomize=not EVERYTHING,
    deadline=None,
    verbosity=Verbosity.quiet,  # the failure is told in our words
    phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if EVERYTHING else [])],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.tuples(*(sessions_on(name) for name in [*LOGS, *collections()])))
def _check_sessions(some: tuple[Session, ...]) -> None:
    with ThreadPoolExecutor(TOGETHER) as pool:
        wrong = [one for one in pool.map(play_at_random, some) if one]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.timeout(7200 if EVERYTHING else 300)
def test_random_sessions() -> None:
    skip_if_not_yet("random sessions")
    _check_sessions()


# --- Rest ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not LINUX, reason="the processor time of another process is asked of /proc")
def test_rest_costs_nothing() -> None:
    skip_if_not_yet("rest")
    log = {f"docs/adr/{number:03}-{logs.slug(number)}.md": logs.bold(number) for number in range(1, MANY + 1)}
    template = {path: text for path, text in logs.BOLD.items() if path.endswith("template.md")}
    with disk_with({**log, **template}) as disk, Editor(disk, **KINDS["push, blind"]) as editor:
        at_rest(editor)
        spent = []
        while len(spent) < LOOKS and min(spent, default=RESTING) > RESTING * SHARE:  # a busy machine takes long to come to rest
            before = editor.processor_time()
            time.sleep(RESTING)
            spent.append(editor.processor_time() - before)
        assert min(spent) <= RESTING * SHARE, spent


AT_ONCE = 150
"""How many records a program writes at once."""
LOOKS_AGAIN = 4.0
"""Seconds, longer than any after which a server does something of itself."""


@pytest.mark.parametrize("kind", ["push", "pull"])
def test_rest_comes_only_after_all_of_many_files_was_read(kind: str) -> None:
    """Else the tests above would compare what is about to change; a program writes so many at once, such as one that changes branches."""
    with disk_with({"docs/adr/001-a.md": logs.bold(1)}) as disk, Editor(disk, **KINDS[kind]) as editor:
        at_rest(editor)
        for turn in range(2):
            for number in range(2, AT_ONCE):
                disk.put(f"docs/adr/{number:03}-{logs.slug(number)}.md", f"{logs.bold(number)}\nSee ADR-{turn}9999.\n".encode())
            editor.do("make docs/adr/002-b.md: # Two")
            at_rest(editor)
            seen = dict(editor.diagnostics())
            time.sleep(LOOKS_AGAIN)
            at_rest(editor)
            assert seen == editor.diagnostics()
