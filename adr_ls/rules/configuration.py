"""The rule on settings files, so that a mistake in them is told like any other: in the file itself, in the editor and in CI."""

from __future__ import annotations

from collections.abc import Iterator

from adr_ls.rules.model import Found, Subject, settings_rule


@settings_rule("warning")
def settings_invalid(subject: Subject) -> Iterator[Found]:
    """A settings file says what adr-ls cannot follow.

    It is left out, and all else in the file applies. Names and levels that are nearly right get a fix.

    ````markdown before
    -- adr-ls.toml --
    statuses = ["Proposed", "Accepted"]

    [rules]
    section-emty = "off"
    -- docs/adr/0001-keep-a-log.md --
    # 1. Keep a log

    Status: Accepted
    ````

    ````markdown after
    -- adr-ls.toml --
    statuses = ["Proposed", "Accepted"]

    [rules]
    section-empty = "off"
    -- docs/adr/0001-keep-a-log.md --
    # 1. Keep a log

    Status: Accepted
    ````
    """
    for wrong in subject.settings.wrong if subject.settings else ():
        fixes = (subject.fix(f"Change to “{wrong.edit.text}”", wrong.edit),) if wrong.edit else ()
        yield Found(wrong.span, wrong.message, fixes)


RULES = (settings_invalid,)
