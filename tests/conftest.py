from __future__ import annotations

import gc
import os
import signal
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
CORPORA = REPOSITORY.parent / "shared" / "corpora"
os.environ.setdefault("ADR_LS_CACHE", "off")  # tests neither use nor fill the cache of whoever runs them
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # as in a shell's background, where no program could be interrupted
EVERYTHING = bool(os.environ.get("ADR_LS_ALL"))
"""Whether to go through all of every collection instead of a sample."""
LONGEST = (
    *("lsp/test_fresh.py", "audit/test_audit.py", "patterns/test_patterns.py", "test_corpora.py", "bench/test_bench.py"),
    *("index/test_index.py", "test_growth.py", "test_typing.py", "syntax/test_markdown.py", "lsp/test_whole.py"),
    *("test_runs.py", "lsp/test_retaining.py"),
)
"""The files that take longest, which begin, so that nobody is left with one when all others are done."""


def examples(few: int) -> int:
    """How many examples a property is tried with: so many, or very many more where everything is gone through."""
    return 40 * few if EVERYTHING else few


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The real collections, which lie beside a development checkout and are no part of the project."""
    if not CORPORA.is_dir():
        pytest.skip(f"the ADR collections are not at {CORPORA}")
    return CORPORA


if os.name == "nt":

    @pytest.fixture
    def tmp_path(tmp_path: Path) -> Path:
        """Spelled as the server and VS Code spell paths, so that URIs can be compared: with a small letter for the drive."""
        return Path(tmp_path.drive.lower() + str(tmp_path)[len(tmp_path.drive) :])


@pytest.fixture
def forgiving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a file system that takes no notice of case and normal forms, and keeps names as they were given.

    On Linux it is a stand-in; macOS and Windows have the real thing, but not always for normal forms.
    """
    if os.name == "nt":
        pytest.skip("the paths of the stand-in are POSIX paths")
    real = {name: getattr(os, name) for name in ("lstat", "stat", "open", "listdir", "scandir")}

    def fold(name: str) -> str:
        return unicodedata.normalize("NFD", name).casefold()

    def there(path: str) -> str:
        found = tmp_path
        for part in Path(path).relative_to(tmp_path).parts:
            try:
                names = real["listdir"](found)
            except OSError:
                names = []
            found /= next((name for name in names if fold(name) == fold(part)), part)
        return str(found)

    def forgetting(name: str) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            whole = Path(path).absolute() if isinstance(path, (str, Path)) else Path("/")
            return real[name](there(str(whole)) if whole.is_relative_to(tmp_path) else path, *rest, **more)

        return call

    for name in real:
        monkeypatch.setattr(os, name, forgetting(name))
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {REPOSITORY / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes longer than all else in its file")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end, so that nobody need look through all of it again for what is garbage."""
    gc.collect()
    gc.freeze()
