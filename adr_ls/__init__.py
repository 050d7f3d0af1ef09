"""A language server and linter for Architecture Decision Records.

The layers, bottom up; each may import only those before it (``pyproject.toml`` holds the contract, the tests enforce it):

``text`` → ``markdown``, ``frontmatter`` → ``dialects`` → ``config`` → ``record`` → ``workspace`` → ``disk`` → ``rules`` →
``features`` → ``lsp`` → ``cli``.
"""

__version__ = "0.1.0"
