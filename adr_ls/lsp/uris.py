"""Between the URIs that editors send and the paths that the rest of the program uses.

Editors spell one file in many ways (``file:///C:/a b.md``, ``file:///c%3A/a%20b.md``, ``file://localhost/…``). `key` makes them
one; in answers an open document keeps the client's own spelling.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from adr_ls.syntax import lazy

_FILE = lazy.regex(r"file:(?://(?P<host>[^/?#]*)|(?!//))(?P<path>/[^?#]*|)", re.IGNORECASE)
_SERVER = lazy.regex(r"[\w$-][\w.$-]*")  # neither of the names behind which Windows keeps its devices
_DRIVE = lazy.regex(r"/?([A-Za-z])[:|](?=/|\Z)")


@lru_cache(maxsize=4096)
def to_path(uri: str) -> Path | None:
    """The absolute path that a file URI names, without ``.`` and ``..`` in it; nothing is looked up on disk.

    None for everything that is no local file: other schemes, other hosts, relative or broken URIs, names with a zero byte.
    """
    name = _to_name(uri, windows=os.name == "nt")
    return None if name is None else Path(name)


def _to_name(uri: str, *, windows: bool) -> str | None:
    """`to_path` as text, by the rules of either family of systems."""
    match = _FILE.match(uri)
    if match is None:
        return None
    try:
        host = unquote_to_bytes(match["host"] or "").decode()
        encoded = unquote_to_bytes(match["path"])
        name = encoded.decode() if windows else os.fsdecode(encoded)
    except UnicodeError:
        return None
    if _DRIVE.match(host):  # file://c:/x, one slash short, as some clients send it
        host, name = "", f"/{host}{name}"
    elif host.lower() == "localhost":
        host = ""
    if not name.startswith("/") or "\0" in name:
        return None
    if not windows:
        name = "/" + _without_dots(name)
    found = _DRIVE.match(name)
    drive, rest = (f"{found[1].lower()}:", name[found.end() :]) if found else ("", name)
    if not windows:
        return None if host else f"/{drive}{rest}" if drive else name
    rest = "\\" + _without_dots(rest.replace("\\", "/")).replace("/", "\\")
    if host:
        return f"\\\\{host}{rest}" if _SERVER.fullmatch(host) else None
    return f"{drive}{rest}" if drive else None  # without a drive it would depend on the current one


def _without_dots(path: str) -> str:
    """The path without its leading slash, repeated slashes and dot segments; one that climbs above the root stays there."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return "/".join(segments)


@lru_cache(maxsize=4096)
def from_path(path: Path) -> str:
    """The file URI of an absolute path, also of one whose name is not Unicode; raises `ValueError` for a relative path."""
    if not path.is_absolute():
        raise ValueError(f"relative paths have no URI: {path}")
    name = path.as_posix()
    if path.drive.startswith("\\\\"):
        return "file:" + quote_from_bytes(os.fsencode(name))
    if path.drive:
        name = f"/{name[0].lower()}{name[1:]}"
    return "file://" + quote_from_bytes(os.fsencode(name))


@lru_cache(maxsize=4096)
def key(uri: str) -> str:
    """One spelling for all URIs of a file; other URIs are their own. Only for comparing: it need not be the client's spelling."""
    path = to_path(uri)
    if path is None:
        return uri
    return from_path(Path(os.path.normcase(path)))
