"""Importing pygls without waiting for it.

Most of a language server's start is the import of ``lsprotocol.types``: attrs generates and compiles the methods of some 550
classes, of which a session uses a few dozen. Here each class is left as it stands in the source until it is first used, and
only then handed to attrs. Nothing is cached on disk, so nothing can be stale, foreign or read-only.

What differs from a plain import: the classes have no ``__slots__``, since a class cannot get them after it has been made; and asyncio
knows nothing of TLS, as on a Python that was built without it.
"""

from __future__ import annotations

import gc
import importlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

logger = logging.getLogger(__name__)

_TYPES = "lsprotocol.types"
_lock = threading.RLock()
_unfinished: set[type] = set()


@contextmanager
def importing() -> Iterator[None]:
    """Imports made meanwhile are not held up by collections: hundreds of thousands of objects are made, and none of them is garbage.

    What was imported stays, so later collections do not look at it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
    gc.freeze()


def load() -> None:
    """Imports pygls and lsprotocol, quickly where nobody has imported them before; calling it again does nothing."""
    if "pygls.lsp.server" in sys.modules:
        return
    with importing(), _without("ssl", "_hashlib"):
        import hashlib  # noqa: F401, PLC0415 - importing it here, under these conditions, is the purpose

        if _TYPES not in sys.modules:
            _import_types()
        import pygls.lsp.server  # noqa: F401, PLC0415 - as above


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """Imports made meanwhile do without modules that need not be there, of OpenSSL: nobody speaks TLS over standard streams.

    It takes more memory than the facts of five hundred records. Whoever imports them later gets them.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None is what stands for a module that cannot be imported
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _import_types() -> None:
    """Imports ``lsprotocol.types`` with unfinished classes, or plainly where that fails."""
    import attrs  # noqa: PLC0415 - see `load`

    define = attrs.define
    attrs.define = _define_later  # type: ignore[assignment] # the module uses the decorator in its plain form only
    try:
        importlib.import_module(_TYPES)
    except Exception:  # whatever another version does that this one does not: the plain way still works
        logger.exception("Importing %s the quick way failed", _TYPES)
        _unfinished.clear()
        sys.modules.pop(_TYPES, None)
        return
    finally:
        attrs.define = define
    from lsprotocol import _hooks  # noqa: PLC0415 - see `load`

    _hooks._resolved_forward_references = True  # noqa: SLF001 - or it would finish every class; `_finish` resolves each


def _define_later(cls: type) -> type:
    """In place of ``@attrs.define``: remembers the class, and has it finished by whoever first asks for its fields or calls it."""

    def __init__(self: object, *args: Any, **values: Any) -> None:  # noqa: N807 - it becomes the method of that name
        _finish(cls)
        init: Callable[..., None] = cls.__init__  # type: ignore[misc] # attrs has just put another one there
        init(self, *args, **values)

    _unfinished.add(cls)
    cls.__attrs_attrs__ = _Fields()  # type: ignore[attr-defined] # attrs' documented mark of its classes
    cls.__init__ = __init__  # type: ignore[misc] # until attrs replaces it
    return cls


class _Fields:
    """Stands in for a class's ``__attrs_attrs__`` until somebody asks."""

    def __get__(self, instance: object, cls: type) -> object:
        _finish(cls)
        return cls.__attrs_attrs__  # type: ignore[attr-defined] # attrs has just put it there


def _finish(cls: type) -> None:
    """Does what the decorator would have done, and what lsprotocol does to all classes at once: look up the types of fields."""
    import attrs  # noqa: PLC0415 - see `load`
    from lsprotocol import types  # noqa: PLC0415 - see `load`

    with _lock:
        if cls in _unfinished:
            _unfinished.discard(cls)
            # `init=True`: or attrs takes the stand-in for a method that the class defines itself, and leaves it.
            attrs.define(cls, slots=False, init=True)
            attrs.resolve_types(cls, types.ALL_TYPES_MAP, {})
