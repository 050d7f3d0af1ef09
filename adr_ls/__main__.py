"""``python -m adr_ls`` and the ``adr-ls`` command."""

from __future__ import annotations

import sys

AS_SERVER: tuple[list[str], ...] = ([], ["--stdio"])
"""The arguments with which editors start the server, for whom there is no command line to read."""


def main() -> None:
    """Serves an editor, or runs the command line and exits with its status."""
    if sys.argv[1:] in AS_SERVER:
        from adr_ls.lsp import boot

        with boot.importing():
            from adr_ls.lsp.server import serve

        serve()
    from adr_ls.cli import main as program

    sys.exit(program.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
