"""How a module says which messages its functions answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adr_ls.lsp.session import Session


@dataclass(frozen=True)
class Handler:
    """A function and the method it answers; it is given the session and the parameters.

    For a command, `method` is its name, and the function is given its arguments.
    """

    method: str
    answer: Callable[..., Any]

    def bound(self, session: Session) -> Callable[..., Any]:
        """The function as the protocol calls it."""

        def handle(*arguments: Any) -> Any:
            return self.answer(session, *arguments)

        return handle
