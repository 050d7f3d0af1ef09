"""``adr-ls site``: all records as pages to share."""

from __future__ import annotations

import argparse
import posixpath
from pathlib import Path

from adr_ls.cli import checking
from adr_ls.cli.printing import OK, say
from adr_ls.cli.scope import path_of
from adr_ls.graph import page
from adr_ls.io import site as writing
from adr_ls.io.page import part
from adr_ls.io.terminal import CommandError, clean
from adr_ls.site import pages
from adr_ls.site.book import Book

ENDINGS = (".html", ".htm")
"""What the name of one page ends in."""


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    checking.options(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        required=True,
        help="the folder to write the pages to, or a file that ends in “.html” to have all on one page",
    )
    parser.add_argument("--code", action="store_true", help="also say which source files refer to each record")
    parser.add_argument("--title", metavar="TEXT", help="what the pages are called (default: by the name of the repository)")
    parser.add_argument(
        "--source",
        metavar="URL",
        default="",
        help="where the files of the repository are shown, such as https://github.com/o/r/blob/main; links to them then lead there",
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if options.source and not options.source.startswith(("https://", "http://")):
        raise CommandError(f"“{clean(options.source)}” is no address; it begins with https://")
    reader = checking.read(options.path, options, code=options.code)
    workspace = reader.loaded.workspace
    paths = [path for log in workspace.logs if checking.is_asked(log, reader) for path in log.records if path in reader.scope]
    if not paths:
        raise CommandError(checking.nothing_in(reader.loaded).rstrip(".").replace("No ADRs", "no ADRs", 1))
    output = Path(options.output)
    place = path_of(output, workspace.roots)
    if place in workspace.files or place in workspace.settings:
        raise CommandError(f"“{clean(options.output)}” is one of the files that are looked at; name another one to write to")
    is_single = output.suffix.casefold() in ENDINGS and not output.is_dir()
    title = options.title or f"Decisions of {posixpath.basename(workspace.root_of(paths[0])) or reader.scope.base}"
    book = Book(workspace, tuple(paths), title, is_single, options.source, writing.pictures(workspace.root_of))
    parts = pages.Parts(part(pages.STYLE, "site"), part(pages.SCRIPT, "site"), part(page.STYLE), part(page.SCRIPT))
    records = f"{len(paths)} record{'s' * (len(paths) != 1)}"
    if is_single:
        writing.write_file(output, pages.single(book, parts), pages.MADE_BY)
        say(f"{records} in {clean(options.output)}")
        return OK
    done = writing.write_folder(output, pages.folder(book, parts))
    changed = ", ".join(
        filter(
            None,
            (
                f"{done.written} written",
                f"{done.removed} removed" if done.removed else "",
                f"{done.kept} unchanged" if done.kept else "",
            ),
        )
    )
    say(f"{records} in {clean(str(output / 'index.html'))} ({changed})")
    return OK
