"""A language server and linter for Architecture Decision Records.

What each package is for, and which may import which, is told in ``CONTRIBUTING.md`` and kept by ``pyproject.toml``.

Here is what the project goes by elsewhere. It stands in other files, too, where no code can look it up: ``make docs`` brings it there, and
``tests/test_publishing.py`` tells where it differs.
"""

__version__ = "0.1.0"
REPOSITORY = "https://github.com/adr-ls/adr-ls"
"""The repository on GitHub; the addresses of pages, of the action, of the hooks and of the container image follow from it."""
DISTRIBUTION = "adr-ls"
"""The name on PyPI."""
PUBLISHER = "adr-ls"
"""The publisher on the Visual Studio Marketplace, and the namespace on Open VSX."""
