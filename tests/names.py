"""Where the project's addresses, names and version stand outside the code, and how they are written there.

They are declared in ``adr_ls/__init__.py``. ``make docs`` brings them to the files below, whatever stood there before; where one of them
stands in any other file, or differs, a test says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import adr_ls

ROOT = Path(__file__).resolve().parent.parent
SLUG = adr_ls.REPOSITORY.removeprefix("https://github.com/")
"""Owner and name of the repository."""
_NAME = rf"(?:adr-ls|{re.escape(SLUG.partition('/')[2])})"
_OURS = rf"[\w.-]+/{_NAME}(?![\w-])"
_DIST = rf"(?:adr-ls|{re.escape(adr_ls.DISTRIBUTION)})"
_VERSION = r"\d+\.\d+\.\d+(?:[\w.+-]*\w)?"

STATED = tuple(
    (re.compile(pattern, re.MULTILINE), value)
    for pattern, value in (
        (rf"(?:github\.com|raw\.githubusercontent\.com|ghcr\.io)[/:](?P<is>{_OURS})", SLUG),
        (rf"\buses: (?P<is>{_OURS})@", SLUG),
        (rf"--repo (?P<is>{_OURS})", SLUG),
        (rf"\b{_OURS}[@:]v?(?P<is>{_VERSION})", adr_ls.__version__),
        (rf"repo: https://github\.com/{_OURS}\n +rev: v(?P<is>{_VERSION})", adr_ls.__version__),
        (rf"(?:==|pkg:pypi/{_DIST}@)(?P<is>{_VERSION})(?= *[#\n])", adr_ls.__version__),
        (rf"\bpkg:pypi/(?P<is>{_DIST})@", adr_ls.DISTRIBUTION),
        (r"\bpypi\.org/p(?:roject)?/(?P<is>[\w.-]+)", adr_ls.DISTRIBUTION),
        (rf"\b(?:pip|pipx|tool) install (?:--[\w-]+ )*[\"']?(?P<is>{_DIST})(?![\w./-])", adr_ls.DISTRIBUTION),
        (r"@ext:(?P<is>[\w-]+)\.adr-ls\b", adr_ls.PUBLISHER),
        (r"(?:itemName=|--install-extension )(?P<is>[\w-]+)\.adr-ls\b", adr_ls.PUBLISHER),
        (r"open-vsx\.org/extension/(?P<is>[\w-]+)/", adr_ls.PUBLISHER),
    )
)
"""What is recognised wherever it stands: a pattern whose group ``is`` has to be the value."""

_ELSEWHERE = {
    "pyproject.toml": ((r'\A[^\0]*?^name = "(?P<is>[^"]+)"$', adr_ls.DISTRIBUTION),),
    "client-vscode/package.json": (
        (r'^  "version": "(?P<is>[^"]+)"', adr_ls.__version__),
        (r'^  "publisher": "(?P<is>[^"]+)"', adr_ls.PUBLISHER),
    ),
    "client-vscode/package-lock.json": ((rf'^ +"name": "adr-ls",\n +"version": "(?P<is>{_VERSION})"', adr_ls.__version__),),
    "docs/publishing/zed/extension.toml": ((r'^version = "(?P<is>[^"]+)"', adr_ls.__version__),),
    "docs/publishing/zed/Cargo.toml": ((r'^version = "(?P<is>[^"]+)"', adr_ls.__version__),),
}

_CARRYING = (
    "*.md", "action.yml", "pyproject.toml", ".github/**/*.yml", "docs/*.md", "docs/nvim/**/*.lua", "docs/publishing/**/*",
    "client-vscode/README.md", "client-vscode/package.json", "client-vscode/package-lock.json", "client-vscode/test/e2e/*.ts",
)  # fmt: skip
_NEVER = ("CHANGELOG.md",)  # what was once written there stays


def carrying() -> Iterator[Path]:
    """The files that state what is declared."""
    for pattern in _CARRYING:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.name not in _NEVER and not {"node_modules", "target"} & {*path.parts}:
                yield path


@cache
def renewed() -> dict[Path, str]:
    """Those files, with what they should say."""
    return {path: _renewed(path, path.read_text(encoding="utf-8")) for path in carrying()}


def _renewed(path: Path, text: str) -> str:
    more = _ELSEWHERE.get(path.relative_to(ROOT).as_posix(), ())
    for pattern, value in (*STATED, *((re.compile(each, re.MULTILINE), value) for each, value in more)):
        text = pattern.sub(lambda match, value=value: put(match, value), text)
    return text


def put(match: re.Match[str], value: str) -> str:
    """What a pattern has found, with the value in the place that it is stated at."""
    start, end = (place - match.start() for place in match.span("is"))
    return match[0][:start] + value + match[0][end:]
