"""One file, one key, whatever its spelling; and never a path for what is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.lsp import uris

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX paths")

CASES = [  # URI, POSIX path, Windows path
    ("file:///a/b.md", "/a/b.md", None),
    ("FILE:///a/b.md", "/a/b.md", None),
    ("file:/a/b.md", "/a/b.md", None),
    ("file://localhost/a/b.md", "/a/b.md", None),
    ("file:///a/b%20c%23d%3F%25.md", "/a/b c#d?%.md", None),
    ("file:///a/b c.md", "/a/b c.md", None),
    ("file:///a/b.md?query#fragment", "/a/b.md", None),
    ("file:///a%2523b", "/a%23b", None),
    ("file:///a/%2e%2e/b/./c//d/", "/b/c/d", None),
    ("file:///../../etc", "/etc", None),
    ("file:///a%2Fb", "/a/b", None),
    ("file:///%E6%96%87/%F0%9F%98%80;'(x)", "/文/😀;'(x)", None),
    ("file:///", "/", None),
    ("file:///C:/a/b.md", "/c:/a/b.md", "c:\\a\\b.md"),
    ("file:///c%3A/a/b.md", "/c:/a/b.md", "c:\\a\\b.md"),
    ("file:///c|/a/b.md", "/c:/a/b.md", "c:\\a\\b.md"),
    ("file://c:/a/b.md", "/c:/a/b.md", "c:\\a\\b.md"),
    ("file:///c:/a%5C..%5Cb", "/c:/a\\..\\b", "c:\\b"),
    ("file:///c:", "/c:", "c:\\"),
    ("file://server/share/a.md", None, "\\\\server\\share\\a.md"),
    ("file:///a%00b", None, None),
    ("file:///c:/a%00b", None, None),
    ("file:a", None, None),
    ("file:", None, None),
    ("file:///c:/../../b", "/b", "c:\\b"),
    ("file:///c:b", "/c:b", None),
    ("file://./pipe/x", None, None),
    ("file://%3F/c:/x", None, None),
    ("file://[bad/x", None, None),
    ("file://\ud800/x", None, None),
    ("untitled:Untitled-1", None, None),
    ("git:/etc/passwd?x", None, None),
    ("vscode-notebook-cell:/a/b#c", None, None),
    ("http://host/a", None, None),
    ("/a/b", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("uri", "posix", "windows"), CASES)
def test_to_path(uri: str, posix: str | None, windows: str | None) -> None:
    assert uris._to_name(uri, windows=False) == posix
    assert uris._to_name(uri, windows=True) == windows
    if os.name != "nt":
        assert uris.to_path(uri) == (posix and Path(posix))


@POSIX
@pytest.mark.parametrize(
    "name", ["b c#d?%.md", "文😀", os.fsdecode(b"not \xff Unicode"), "a\\b", "new\nline", "c:", "~", "a%20b"]
)
def test_there_and_back(name: str) -> None:
    path = Path("/a") / name
    uri = uris.from_path(path)
    assert uri.isascii()
    assert uris.to_path(uri) == path
    assert uris.key(uri) == uri


def test_relative_paths_have_no_uri() -> None:
    with pytest.raises(ValueError, match="relative"):
        uris.from_path(Path("a"))


@pytest.mark.parametrize(
    "same", ["file:///C:/a b.md", "file:///c%3A/a%20b.md", "file://localhost/c:/x/../a b.md", "file://c:/a%20b.md"]
)
def test_key(same: str) -> None:
    assert uris.key(same) == uris.key("file:///c:/a%20b.md")


@pytest.mark.parametrize("uri", ["untitled:A", "vscode-vfs://h/x", "file://[bad/x", "", "file:///a%00"])
def test_the_key_of_what_is_no_file(uri: str) -> None:
    if os.name != "nt":
        assert uris.key(uri) == uri


@pytest.mark.parametrize("uri", ["file:////A:", "file:///./A:/b", "file:///x/../A:", "file:///A:/../B:/c"])
def test_a_key_is_its_own_key_wherever_a_drive_stands(uri: str) -> None:
    key = uris.key(uri)
    assert uris.key(key) == key
    assert uris.to_path(key) == uris.to_path(uri)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=20)
    | st.builds(
        "file:{}{}".format, st.sampled_from(["", "/", "//", "///", "///c:/"]), st.text("a/%.:2eEfF0\\?#é\ud800", max_size=12)
    )
)
def test_nothing_raises(uri: str) -> None:
    key = uris.key(uri)
    assert uris.key(key) == key
    assert uris.to_path(key) == uris.to_path(uri)
