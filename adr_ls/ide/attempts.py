"""What one part of an answer trips over is its own matter: the others are there all the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


def attempted(provider: Callable[..., Iterable[_T]], *arguments: Any) -> Iterator[_T]:
    """What a provider gives; where it fails that is logged, and ends what it gives."""
    try:
        yield from provider(*arguments)
    except Exception:  # noqa: BLE001  # whatever it trips over is its own matter
        _log.exception("%s failed", getattr(provider, "__qualname__", provider))
