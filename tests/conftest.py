from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
CORPORA = REPOSITORY.parent / "shared" / "corpora"
os.environ.setdefault("ADR_LS_CACHE", "off")  # tests neither use nor fill the cache of whoever runs them
EVERYTHING = bool(os.environ.get("ADR_LS_ALL"))
"""Whether to go through all of every collection instead of a sample."""


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The real collections, which lie beside a development checkout and are no part of the project."""
    if not CORPORA.is_dir():
        pytest.skip(f"the ADR collections are not at {CORPORA}")
    return CORPORA


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes longer than all else in its file")
