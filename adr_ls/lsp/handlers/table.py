"""How a module says which messages its functions answer, and what has to be known for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from adr_ls.lsp.protocol import Later
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import Need


@dataclass(frozen=True)
class Handler:
    """A function and the method it answers; it is given the session and the parameters.

    For a command, `method` is its name, and the function is given its arguments. Without a `need` it is called at once, whatever is
    known; so are all that are told something.
    """

    method: str
    answer: Callable[..., Any]
    need: Need | None = None

    def bound(self, session: Session) -> Callable[..., Any]:
        """The function as the protocol calls it."""

        def handle(*arguments: Any) -> Any:
            def answer(session: Session = session) -> Any:
                found = self.answer(session, *arguments)
                session.renewing.told(self.method, _document(*arguments), found, partial(self.answer, session, *arguments))
                return found

            if self.need is None:
                return answer()
            found = session.when(self.need, _document(*arguments), answer)
            if isinstance(found, Later) and self.need.is_glance:
                session.glance(arguments[0], answer, found, self.need)
            return found

        return handle


def _document(*arguments: Any) -> str | None:
    """The URI of the document that a request is about; none for commands, which are about what there is when they are done."""
    item = getattr(arguments[0], "text_document", None) if arguments else None
    if item is None and len(arguments) == 1 and isinstance(arguments[0], Mapping):
        item = arguments[0].get("textDocument")  # of a method that the protocol does not know
    uri = item.get("uri") if isinstance(item, Mapping) else getattr(item, "uri", None)
    return uri if isinstance(uri, str) else None
