"""``python -m adr_ls`` and the ``adr-ls`` command."""

from __future__ import annotations

import sys

from adr_ls.cli import main as program


def main() -> None:
    """Runs the command line and exits with its status."""
    sys.exit(program.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
