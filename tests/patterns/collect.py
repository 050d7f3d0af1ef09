"""Prints every pattern that the program compiles while all its modules are imported and it does its work, as JSON.

Those that are compiled when they are first used (`adr_ls.syntax.lazy`) are here compiled where they stand, so that none is passed over.
It runs in a process of its own, in which nothing was compiled before. Each line of the result is the module, the line in it, the
pattern and its flags.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from typing import Any

_compile: Any = vars(re)["_compile"]
_seen: dict[tuple[str, int, str, int], None] = {}


def _noted(pattern: Any, flags: Any) -> Any:
    frame = sys._getframe(2)
    module = frame.f_globals.get("__name__", "")
    compiled = _compile(pattern, flags)
    if module.split(".")[0] == "adr_ls":
        # One of bytes is as good as one of the characters of those numbers
        text = compiled.pattern if isinstance(compiled.pattern, str) else compiled.pattern.decode("latin-1")
        _seen[module, frame.f_lineno, text, compiled.flags | (0 if text is compiled.pattern else re.ASCII)] = None
    return compiled


def main() -> None:
    """Import everything, work, and print."""
    vars(re)["_compile"] = _noted
    import adr_ls  # noqa: PLC0415 # nothing of it before its patterns are noted
    from adr_ls.syntax import lazy  # noqa: PLC0415  # which is replaced before anything else of us is imported

    vars(lazy)["regex"] = re.compile

    for module in pkgutil.walk_packages(adr_ls.__path__, "adr_ls."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from tests.patterns import work  # noqa: PLC0415  # as above

    work.everything()
    sys.stdout.write(json.dumps([*_seen]))


if __name__ == "__main__":
    main()
