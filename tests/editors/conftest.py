from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "editor: starts a real editor; leave these out with -m 'not editor'")
