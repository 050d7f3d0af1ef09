"""Rules on the names of files that a text gives without a link."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_ls.log.log import grouping
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention, path_span
from adr_ls.rules import begun
from adr_ls.rules.citations import FORMER
from adr_ls.rules.links import BLANKS
from adr_ls.rules.model import Found, Rule, Subject, called, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit
from adr_ls.words.similar import LOOSE, nearest


@rule("info", strict="warning", asciidoc=True)
def file_unknown(subject: Subject) -> Iterator[Found]:
    """The text names a file that is not there: a record's under another name, or a page among the references.

    A record that is named by its file cannot be found once that was renamed. Told of are names with the number of a record here and
    nearly its words, or with the very words of one and another number; and in a section of references the paths of Markdown files in
    code, where their directory is there and has others. Sentences that speak of what was before, or of how names are made, are left alone.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See 0002-use-postgresql.md for where it is kept.
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See 0002-use-postgres.md for where it is kept.
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    ```
    """
    record = subject.record
    for mention, resolution in subject.workspace.resolved(record).items():
        if mention.link is not None or mention.path is None or resolution.kind != "none" or "//" in mention.path:
            continue
        if mention.form not in ("wiki", "code") or not mention.path.casefold().endswith(filename.READ):
            continue
        span = path_span(mention, record.text)
        meant = _meant(subject, mention)
        if meant is None and not _is_lost(subject, mention):
            continue
        if _speaks_of_before(subject, mention, meant) or begun.is_unfilled(subject):
            continue
        if meant is None:
            yield Found(span, f"There is no file “{mention.path}”.")
            continue
        base = posixpath.basename(mention.path)
        edit = Edit(span, mention.path.removesuffix(base) + posixpath.basename(meant.path))
        fix = subject.fix(f"Change to {called(meant)}", edit, preferred=False)
        yield Found(span, f"There is no file “{base}”; did you mean “{posixpath.basename(meant.path)}”?", (fix,))


def _meant(subject: Subject, mention: Mention) -> Facts | None:
    """The record that a name of no file evidently means: that of its number whose words are alike, or the one that has just its words."""
    base = posixpath.basename(mention.path or "")
    name, log = filename.name_of(base), subject.log
    if name.number is None or not name.slug or subject.workspace.names.by_base.get(base.casefold()):
        return None
    own = [log.records[path] for path in log.having(_BY_NUMBER, name.number) if path != subject.record.path]
    near = nearest(name.slug.casefold(), {one.name.slug.casefold(): one for one in own}, LOOSE)
    likely = [one for one in own if one.name.slug.casefold() == near or _has_most(name.slug, one.name.slug)]
    if len(likely) == 1:
        return likely[0]
    paths = log.having(_BY_SLUG, name.slug.casefold())
    return log.records[paths[0]] if len(paths) == 1 and paths[0] != subject.record.path else None


def _has_most(said: str, slug: str) -> bool:
    """Whether most words of a file's name, and several, are in another."""
    words, others = set(_split(said)), set(_split(slug))
    return len(words & others) >= _SOME and 3 * len(words & others) >= 2 * min(len(words), len(others))


def _split(slug: str) -> list[str]:
    return slug.casefold().replace("_", "-").split("-")


_SOME = 2
"""How many words two names must have in common."""


_BY_SLUG = grouping(lambda record: (record.name.slug.casefold(),))
"""The paths of the records whose files' names have the same words."""
_BY_NUMBER = grouping(lambda record: (record.number,))
"""The paths of the records of each number, whatever their series."""


def _is_lost(subject: Subject, mention: Mention) -> bool:
    """Whether a path in code among the references leads into a directory that is there and lacks the file, from wherever it counts."""
    record, path = subject.record, mention.path or ""
    if mention.form != "code" or "/" not in path or BLANKS.search(path) or subject.workspace.names.is_partial:
        return False
    if not any(one.role == "references" and one.body.covers(mention.span) for one in record.sections):
        return False
    if subject.workspace.names.by_base.get(posixpath.basename(path).casefold()):
        return False  # it has moved, or counts from elsewhere
    root = subject.workspace.root_of(record.path)
    homes = dict.fromkeys(
        posixpath.normpath(posixpath.join(one, path)) for one in (posixpath.dirname(record.path), root) if root
    )
    standing = {subject.surroundings.standing(one) for one in homes if subject.workspace.root_of(one)}
    return "lost" in standing and "there" not in standing and any(subject.surroundings.has_kind(one) for one in homes)


def _speaks_of_before(subject: Subject, mention: Mention, meant: Facts | None) -> bool:
    """Whether the paragraph around a name speaks of what was, of how names are made (``NNNN-title.md``), or names the right one as well."""
    record = subject.record
    block = record.document.innermost_at(mention.span.start)
    around = block.span.of(record.text) if block is not None else ""
    return (FORMER.search(around) or _MADE.search(around)) is not None or (
        meant is not None and posixpath.basename(meant.path) in around
    )


_MADE = lazy.regex(r"(?<![^\W_])(?:X{2,}|x{3,}|N{2,}|n{3,})(?![^\W_])")
"""What stands for a number where names are explained."""


RULES: tuple[Rule, ...] = (file_unknown,)
