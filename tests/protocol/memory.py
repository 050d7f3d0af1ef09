"""A server without a process: messages go in, the messages it sends are a list."""

from __future__ import annotations

import json
from typing import Any

from adr_ls.lsp.protocol import Server

from .server import make_server


class Connection:
    def __init__(self, server: Server | None = None) -> None:
        self.server = server or make_server()
        self.sent: list[dict[str, Any]] = []
        self.server.protocol.set_writer(self)

    def write(self, data: bytes) -> None:
        self.sent.append(json.loads(data.split(b"\r\n\r\n", 1)[1]))

    def close(self) -> None:
        """Part of what pygls wants of a writer."""

    def send(self, *messages: Any) -> None:
        """Has all the messages, and what they lead to, done."""
        for message in messages:
            self.server.protocol.receive(json.dumps(message).encode())
        self.server.post(self.server._loop.stop, 0)
        assert self.server._loop.run() == 0
        self.server._loop._exit_code = None

    def answers(self, identifier: Any) -> list[dict[str, Any]]:
        return [message for message in self.sent if message.get("id") == identifier and "method" not in message]
