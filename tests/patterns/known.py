"""What the analyser cannot pass or see, named: nothing, and so it is to stay."""

from __future__ import annotations

OPEN: frozenset[str] = frozenset()
"""Patterns, as `module:name`, that may cost more than in proportion."""
UNSEEN: frozenset[str] = frozenset()
"""Patterns that are put together while the program runs, and that the work of these tests does not come to."""
