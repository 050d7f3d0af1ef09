"""``adr-ls graph``: how the records hang together, as text or as a picture."""

from __future__ import annotations

import argparse
import posixpath
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from adr_ls.cli import changing, checking
from adr_ls.cli.checking import Reader
from adr_ls.cli.printing import OK, put
from adr_ls.cli.scope import path_of
from adr_ls.graph import data, dot, drawing, mermaid, page
from adr_ls.graph.model import BY, By, Graph, graph_of
from adr_ls.ide import past
from adr_ls.io import changes, disk, history
from adr_ls.io.page import part
from adr_ls.io.terminal import CommandError, as_json, clean
from adr_ls.log.workspace import Workspace

FORMATS = ("mermaid", "dot", "json", "svg", "html")
"""In what a graph may be printed."""


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    checking.options(parser)
    parser.add_argument("--format", choices=FORMATS, default="mermaid", help="what to print (default: mermaid)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it to a file, from which links then lead to the records")
    parser.add_argument(
        "--by",
        choices=(*BY, "none"),
        help="put records together by status, time (years), area or log (default: by log, where there are several)",
    )
    parser.add_argument("--focus", metavar="RECORD", help=f"show only what is near one record; {changing.MEANT}")
    parser.add_argument("--depth", type=_depth, metavar="N", help="how many steps around it (default: 1)")
    parser.add_argument(
        "--history", action="store_true", help="date records that say no date by the commit that decided them (runs git)"
    )
    parser.add_argument("--no-references", action="store_true", help="leave out what merely refers to another record")


def _depth(written: str) -> int:
    if not written.isdecimal():
        raise argparse.ArgumentTypeError(f"“{clean(written)}” is no number of steps")
    return int(written)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if options.depth is not None and options.focus is None:
        raise CommandError("“--depth” says how far to go from a record; name that by “--focus”")
    reader = checking.read(options.path, options)
    workspace = reader.loaded.workspace
    paths = [path for log in workspace.logs if checking.is_asked(log, reader) for path in log.records if path in reader.scope]
    if not paths:
        raise CommandError(checking.nothing_in(reader.loaded).rstrip(".").replace("No ADRs", "no ADRs", 1))
    graph = graph_of(workspace, frozenset(paths))
    if options.no_references:
        graph = graph.of_kinds(("supersedes", "amends", "relates"))
    if options.focus is not None:
        graph = graph.around(
            changing.named(workspace, {node.path for node in graph.nodes}, options.focus),
            1 if options.depth is None else options.depth,
        )
    if options.history:
        graph = graph.with_days(_days(workspace, graph))
    text = _rendered(reader, graph, options)
    if options.output is None:
        put(text)
    else:
        _write(reader, Path(options.output), text)
    return OK


def _days(workspace: Workspace, graph: Graph) -> dict[str, str]:
    """The days on which git knows of the decisions that say no date; tells people where it knows nothing."""
    undated = [node.path for node in graph.nodes if not node.date]
    archive = history.archive(dict.fromkeys(node.log for node in graph.nodes if not node.date))
    for reason in dict.fromkeys(archive.lacking.values()):
        sys.stderr.write(f"adr-ls: {reason}\n")
    return past.days({one.path: one.story for one in archive.stories(workspace, undated)})


def _rendered(reader: Reader, graph: Graph, options: argparse.Namespace) -> str:
    several = len({node.log for node in graph.nodes}) > 1
    by: By | None = ("log" if several else None) if options.by is None else None if options.by == "none" else options.by
    home = disk.to_path(Path(options.output).absolute().parent) if options.output is not None else reader.scope.base
    link = _linked(home)
    if options.format == "json":
        return as_json(data.for_scripts(graph, lambda path: posixpath.relpath(path, reader.scope.base)))
    if options.format == "html":
        title = f"Decisions of {posixpath.basename(reader.scope.base) or reader.scope.base}"
        return page.render(graph, by, link, title, part(page.SCRIPT), part(page.STYLE))
    graph = graph.with_logs(lambda path: posixpath.relpath(path, reader.scope.base))
    if options.format == "dot":
        return dot.render(graph, by, link)
    if options.format == "svg":
        return drawing.render(graph, by or drawing.lanes_of(graph), link)
    if len(graph.edges) > mermaid.MOST_EDGES:
        sys.stderr.write(
            f"adr-ls: Mermaid draws {mermaid.MOST_EDGES} lines unless it is told to draw more, and these are {len(graph.edges)};"
            " “--no-references” and “--focus” leave fewer\n"
        )
    return mermaid.render(graph, by, link)


def _linked(home: str) -> Callable[[str], str]:
    """How links are written in a file that lies in a directory."""
    return lambda path: quote(posixpath.relpath(path, home))


def _write(reader: Reader, file: Path, text: str) -> None:
    """Writes the file, but never over one that is read here: a record, an index, a page or settings."""
    workspace, path = reader.loaded.workspace, path_of(file, reader.loaded.workspace.roots)
    if path in workspace.files or path in workspace.settings:
        raise CommandError(f"“{clean(str(file))}” is one of the files that are looked at; name another file to write to")
    try:
        changes.write(file, text, [file.absolute().parent])
    except changes.WriteError as error:
        raise CommandError(clean(str(error))) from error
