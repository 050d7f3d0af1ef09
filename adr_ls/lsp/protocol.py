"""The Language Server Protocol as this server speaks it: pygls with a front that nothing from outside can break.

From pygls come the registry of handlers, the error codes and the client calls, from lsprotocol the methods and types, and from its
converter the check of every parameter. Replaced is what happens between a message and its handler: stock pygls answers malformed
requests not at all, tells clients its tracebacks, and takes far longer to find a handler than to read its parameters.

* A request is answered exactly once, whatever it, its handler or its result are like.
* Parameters reach a handler as lsprotocol objects (a few µs through cattrs). Read as plain JSON are only ``initialize``, of which
  nothing may be wrong enough to leave the client without a server, and the text of documents, which `Documents` reads itself.
* Results and outgoing parameters are lsprotocol objects, plain JSON values, or `Raw` text: 3.5, 2.1 and 0.2 ms for 1,000 symbols.
* Handlers are plain functions on the loop's thread; what takes long posts itself in slices, or works in another thread and posts.
  A handler that has to wait for something returns `Later`, and the loop goes on.
"""

from __future__ import annotations

import enum
import inspect
import json
import logging
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard, TypeVar

import attrs
import cattrs
from lsprotocol import converters, types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from adr_ls.lsp import transport, uris
from adr_ls.lsp.documents import Document, Documents
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Encoding

logger = logging.getLogger(__name__)

T = TypeVar("T")
Id = int | str

REPLY_SECONDS = 5.0
"""How long a client may take to answer, unless told otherwise."""
LOGGED_PER_MINUTE = 5
"""How many log messages a client is sent."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A result, or parameters, that are JSON already; the text is sent as it is."""

    text: str


class Reply(NamedTuple):
    """What became of a request to the client: its plain result, or else why there is none."""

    result: Any
    error: str | None = None


class RequestFailed(JsonRpcException):
    """A request was understood and could not be done; the message tells people why, in a sentence."""

    CODE = -32803
    MESSAGE = "Request Failed"


class Later:
    """What a handler returns to answer its request later, on the loop, by `give`.

    A request that the client cancels meanwhile is answered so at once, and what is given then goes nowhere.
    """

    def __init__(self) -> None:
        self._respond: Callable[[Callable[[], Any]], bool] | None = None
        self._given: Callable[[], Any] | None = None
        """What was given before the handler returned."""
        self._is_given = False

    def give(self, answer: Callable[[], Any]) -> bool:
        """Answers with what the call returns or raises, as its handler would have done; the first time counts.

        Returns whether it does: not where that has been done, or the client has cancelled its request.
        """
        if self._is_given:  # be it that what was given is told later, too
            return False
        self._is_given = True
        if self._respond is not None:
            return self._respond(answer)
        self._given = answer
        return True

    def begin(self, respond: Callable[[Callable[[], Any]], bool]) -> None:
        """Is told by the protocol what is to be done with the answer."""
        self._respond = respond
        if self._given is not None:
            respond(self._given)


# --- JSON


_ESCAPE = lazy.regex(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def _without_lone_surrogates(text: str) -> str:
    r"""JSON text with U+FFFD for each half of a surrogate pair: no encoding can write it, and some clients' readers refuse it."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\\ufffd" if match[1] else match[0], text)


def _no_number(literal: str) -> Any:
    raise ValueError(f"{literal} is no JSON")


def _decode(body: bytes) -> Any:
    """The JSON value; raises `ValueError` or `RecursionError` for what is none."""
    return json.loads(_without_lone_surrogates(body.decode()), parse_constant=_no_number)


def _is_id(value: object) -> TypeGuard[Id]:
    return isinstance(value, (int, str)) and not isinstance(value, bool)


# --- Types


def make_converter() -> cattrs.Converter:
    """A converter from lsprotocol, strict about what is dangerous to guess and lenient about what clients are known to send.

    An unknown value of an enumeration stays as it is, also on its way back, and a position is moved into the range of numbers there is.
    What comes with a request for code actions is another server's in part: diagnostics and kinds that make no sense are dropped, and
    so is all of it where it is none. But what is no string is not made one: a null would become the name ``None``.
    """
    converter = converters.get_converter(cattrs.Converter(detailed_validation=False))
    for kind in vars(types).values():
        if isinstance(kind, enum.EnumMeta):
            converter.register_structure_hook(kind, _member)
            converter.register_unstructure_hook(kind, _plain_member)
    converter.register_structure_hook(str, _string)
    converter.register_structure_hook(types.Position, _position)
    converter.register_structure_hook(types.CodeActionContext, lambda value, _: _context(converter, value))
    return converter


def _member(value: Any, kind: type[enum.Enum]) -> Any:
    if not isinstance(value, (int, str)):
        raise TypeError(f"{value!r} is no value of an enumeration")
    try:
        return kind(value)
    except ValueError:
        return value


def _plain_member(value: Any) -> Any:
    """What is sent for a value of an enumeration, or for one that is in none and was taken as it came."""
    return value.value if isinstance(value, enum.Enum) else value


def _string(value: Any, _: type) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


def _position(value: Any, _: type) -> types.Position:
    line, character = (max(0, min(int(value[name]), 2**31 - 1)) for name in ("line", "character"))
    return types.Position(line, character)


def _context(converter: cattrs.Converter, value: Any) -> types.CodeActionContext:
    """What a client says beside the place where it wants code actions: all of it may be missing or odd, as actions hardly depend on it."""
    said = value if isinstance(value, Mapping) else {}
    only, trigger = said.get("only"), said.get("triggerKind")
    return types.CodeActionContext(
        diagnostics=list(_diagnostics(converter, said.get("diagnostics"))),
        only=[converter.structure(kind, types.CodeActionKind) for kind in only if isinstance(kind, str)]
        if isinstance(only, list)
        else None,
        trigger_kind=converter.structure(trigger, types.CodeActionTriggerKind) if isinstance(trigger, int) else None,
    )


def _diagnostics(converter: cattrs.Converter, values: Any) -> Iterator[types.Diagnostic]:
    for value in values if isinstance(values, list) else ():
        try:
            yield converter.structure(value, types.Diagnostic)
        except Exception as error:  # noqa: BLE001, PERF203 - cattrs raises whatever it comes upon, for each
            logger.info("Ignored a diagnostic that the client sent: %r", error)


# --- Messages


@dataclass(eq=False, slots=True)
class _Request:
    """A request from its arrival to its answer."""

    id: Id
    method: str
    params: Any
    cancelled: bool = False
    is_waiting: bool = False
    """Whether it is answered `Later`."""


class _State(enum.Enum):
    NEW = enum.auto()
    READY = enum.auto()
    SHUT_DOWN = enum.auto()


class Protocol(LanguageServerProtocol):
    """Takes messages apart, finds their handlers, and puts answers together.

    `receive` runs on the reader's thread and only notes what arrived; everything else runs on the loop, in the order of arrival.
    """

    _server: Server

    def __init__(self, server: Server, converter: cattrs.Converter) -> None:
        super().__init__(server, converter)
        self._state = _State.NEW
        self._pending: dict[Id, _Request] = {}
        self._running: _Request | None = None
        self._awaited: dict[str, tuple[Callable[[Reply], object], transport.Timer | None]] = {}
        self._ids = count(1)
        self._encode = json.JSONEncoder(allow_nan=False, separators=(",", ":"), default=self.plain).encode
        self._notified: dict[str, Callable[[Any], Any]] = {
            types.TEXT_DOCUMENT_DID_OPEN: self._did_open,
            types.TEXT_DOCUMENT_DID_CHANGE: self._did_change,
            types.TEXT_DOCUMENT_DID_CLOSE: self._did_close,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self._did_change_folders,
        }

    def _register_builtin_features(self) -> None:
        """Leaves out pygls' own handlers; what they do is done here otherwise."""

    @property
    def is_ready(self) -> bool:
        """Whether the client may be sent notifications: between its ``initialize`` and its ``shutdown``."""
        return self._state is _State.READY

    def exit_code(self) -> int:
        """What the specification has the process exit with if the connection ends now: 0 only after ``shutdown``."""
        asked = any(request.method == types.SHUTDOWN for request in list(self._pending.values()))
        return 0 if self._state is _State.SHUT_DOWN or (asked and self._state is _State.READY) else 1

    # Reading

    def receive(self, body: bytes | None) -> bool:
        """Notes a message (None: one that was too long) and leaves the rest to the loop; False where nothing may follow it."""
        post = self._server.post
        if body is None:
            post(self._refuse, None, JsonRpcInvalidRequest("the message is too long"))
            return True
        try:
            message = _decode(body)
        except (ValueError, RecursionError) as error:
            post(self._refuse, None, JsonRpcParseError(f"the message is no JSON ({type(error).__name__})"))
            return True
        if not isinstance(message, dict):
            post(self._refuse, None, JsonRpcInvalidRequest("the message is no object"))
            return True
        method, identifier = message.get("method"), message.get("id")
        if message.get("jsonrpc") != "2.0":
            post(self._refuse, identifier, JsonRpcInvalidRequest("the message is not JSON-RPC 2.0"))
        elif "method" not in message and ("result" in message or "error" in message):
            post(self._settle, message)
        elif not isinstance(method, str):
            post(self._refuse, identifier, JsonRpcInvalidRequest("the method is no string"))
        elif "id" not in message:
            if method == types.EXIT:
                return False
            if method == types.CANCEL_REQUEST:
                self._cancel(message.get("params"))
            else:
                post(self._handle_notification, method, message.get("params"))
        elif not _is_id(identifier):
            post(self._refuse, None, JsonRpcInvalidRequest("the id is neither a string nor an integer"))
        else:
            request = _Request(identifier, method, message.get("params"))
            self._pending[request.id] = request
            post(self._answer, request)
        return True

    def _cancel(self, params: Any) -> None:
        identifier = params.get("id") if isinstance(params, dict) else None
        request = self._pending.get(identifier) if _is_id(identifier) else None
        if request is not None:
            request.cancelled = True
            self._server.post(self._end_waiting, request, JsonRpcRequestCancelled())

    # Answering

    def check_cancelled(self) -> None:
        """Raises `JsonRpcRequestCancelled`, which the client is then told, if the request being handled was cancelled."""
        if self._running is not None and self._running.cancelled:
            raise JsonRpcRequestCancelled

    def _refuse(self, identifier: Any, error: JsonRpcException) -> None:
        self._write(self._failure(identifier if _is_id(identifier) else None, error))

    def _answer(self, request: _Request) -> None:
        was_new = self._state is _State.NEW
        self._respond(request, partial(self._result, request))
        if was_new and self._state is _State.READY:
            self._server.complete()

    def _respond(self, request: _Request, result: Callable[[], Any]) -> None:
        """Answers a request with what the call returns or raises, unless that is `Later`."""
        outer, self._running = self._running, request
        try:
            try:
                found = result()
                if isinstance(found, Later):
                    request.is_waiting = True
                    found.begin(partial(self._end_waiting, request))
                    return
                answer = self._message(id=request.id, result=found)
            except JsonRpcException as error:
                logger.info("%s was refused: %s", request.method, error)
                answer = self._failure(request.id, error)
        except (Exception, SystemExit):
            logger.exception("%s failed", request.method)
            answer = self._failure(request.id, JsonRpcInternalError(f"{request.method} failed; the log says more"))
        finally:
            self._running = outer
        if self._pending.get(request.id) is request:  # else a client used one id twice
            del self._pending[request.id]
        self._write(answer)

    def _end_waiting(self, request: _Request, answer: Callable[[], Any] | JsonRpcException) -> bool:
        """Answers a request that waits, if it still does, and returns whether: with what the call returns or raises, or the exception."""
        if not request.is_waiting:
            return False
        request.is_waiting = False

        def result() -> Any:
            if isinstance(answer, JsonRpcException):
                raise answer
            return answer()

        self._respond(request, result)
        return True

    def _result(self, request: _Request) -> Any:
        method = request.method
        if self._state is _State.SHUT_DOWN:
            raise JsonRpcInvalidRequest("the server is shutting down")
        if method == types.INITIALIZE:
            if self._state is not _State.NEW:
                raise JsonRpcInvalidRequest("initialize may be sent only once")
            return self._initialize(request.params)
        if self._state is _State.NEW:
            raise JsonRpcServerNotInitialized
        if request.cancelled:
            raise JsonRpcRequestCancelled
        if method == types.SHUTDOWN:
            self._state = _State.SHUT_DOWN
            for waiting in list(self._pending.values()):
                self._end_waiting(waiting, RequestFailed("The server is shutting down."))
        handler = self._handler(method)
        if handler is not None:
            return handler(self._structured(method, request.params))
        if method == types.SHUTDOWN:
            return None
        if method == types.WORKSPACE_EXECUTE_COMMAND:
            return self._execute(self._structured(method, request.params))
        raise JsonRpcMethodNotFound.of(method)

    def _handler(self, method: str) -> Callable[[Any], Any] | None:
        if method not in self.fm.features:
            self._server.more()
        handler: Callable[[Any], Any] | None = self.fm.features.get(method)
        return handler

    def _initialize(self, params: Any) -> Any:
        if not isinstance(params, dict):
            raise JsonRpcInvalidParams("initialize needs an object of parameters")
        self._server.meet(params)
        capabilities = {
            "positionEncoding": self._server.encoding,
            "textDocumentSync": {"openClose": True, "change": types.TextDocumentSyncKind.Incremental},
            **self._server.capabilities(params),
        }
        self._state = _State.READY
        return {"capabilities": capabilities, "serverInfo": {"name": self._server.name, "version": self._server.version}}

    def _execute(self, params: types.ExecuteCommandParams) -> Any:
        if params.command not in self.fm.commands:
            self._server.more()
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command}")
        arguments = params.arguments or []
        try:
            inspect.signature(handler).bind(*arguments)
        except TypeError as error:
            raise JsonRpcInvalidParams(f"{params.command}: {error}") from None
        return handler(*arguments)

    def _structured(self, method: str, params: Any) -> Any:
        """The parameters as the method's type; as they are for methods without one. Raises `JsonRpcInvalidParams`."""
        kind: Any = types.METHOD_TO_TYPES[method][2] if method in types.METHOD_TO_TYPES else None
        if kind is None:
            return params
        try:
            return self._converter.structure({} if params is None else params, kind)
        except Exception as error:
            logger.info("Parameters of %s: %r", method, error)
            raise JsonRpcInvalidParams(f"these are no parameters for {method}") from error

    # Being told

    def _handle_notification(self, method: str, params: Any) -> None:
        if self._state is not _State.READY:
            logger.info("%s came before initialize or after shutdown", method)
            return
        handler = self._handler(method)
        try:
            if method in self._notified:
                argument = self._notified[method](params)
                if argument is None:
                    return
            elif handler is None:
                return
            else:
                argument = self._structured(method, params)
        except (JsonRpcInvalidParams, AttributeError, KeyError, TypeError, ValueError) as error:
            logger.warning("Ignored a malformed %s: %r", method, error)
            return
        if handler is not None:
            handler(argument)

    def _did_open(self, params: Any) -> Document:
        item = params["textDocument"]
        language = item.get("languageId")
        return self._server.documents.open(
            _string(item["uri"], str),
            _string(item["text"], str),
            _version(item),
            language if isinstance(language, str) else "",
        )

    def _did_change(self, params: Any) -> Document | None:
        item = params["textDocument"]
        return self._server.documents.change(_string(item["uri"], str), params["contentChanges"], _version(item))

    def _did_close(self, params: Any) -> Document | None:
        return self._server.documents.close(_string(params["textDocument"]["uri"], str))

    def _did_change_folders(self, params: Any) -> Any:
        structured = self._structured(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, params)
        self._server.change_folders(structured.event)
        return structured

    # Telling and asking

    def notify(self, method: str, params: Any = None) -> None:
        """Sends a notification, from any thread."""
        self._write(self._message(method=method, **_present(params)))

    def ask(self, method: str, params: Any, callback: Callable[[Reply], object], timeout: float | None) -> None:
        """Sends a request, from any thread; see `Server.request`."""
        identifier = f"{self._server.name}-{next(self._ids)}"
        body = self._message(id=identifier, method=method, **_present(params))
        late = Reply(None, f"no answer within {timeout} s")
        timer = None if timeout is None else self._server.later(timeout, self._finish, identifier, late)
        self._awaited[identifier] = callback, timer
        self._write(body)

    def send_request(
        self,
        method: str,
        params: Any = None,
        callback: Callable[[Any], None] | None = None,
        msg_id: Id | None = None,  # noqa: ARG002 - part of pygls' signature; the ids are ours
    ) -> Future[Any]:
        """What pygls' typed client calls use: the future of the client's plain result, failing as the request fails."""
        future: Future[Any] = Future()

        def settle(reply: Reply) -> None:
            if reply.error is not None:
                future.set_exception(JsonRpcException(reply.error))
                return
            future.set_result(reply.result)
            if callback is not None:
                callback(reply.result)

        self.ask(method, params, settle, REPLY_SECONDS)
        return future

    def _settle(self, message: dict[str, Any]) -> None:
        """Takes the client's answer, if anybody waits for it."""
        identifier, error = message.get("id"), message.get("error")
        if error is None:
            reply = Reply(message.get("result"))
        else:
            text = error.get("message") if isinstance(error, dict) else None
            reply = Reply(None, text if isinstance(text, str) and text else "the client gave no reason")
        if isinstance(identifier, str):
            self._finish(identifier, reply)

    def hang_up(self) -> None:
        """The client is gone: what it was asked is answered so, and who waits for that can take back what would be half done."""
        for identifier in list(self._awaited):
            try:
                self._finish(identifier, Reply(None, "it is gone"))
            except Exception:  # noqa: PERF203 - each is its own matter
                logger.exception("Going on without the client's answer failed")

    def _finish(self, identifier: str, reply: Reply) -> None:
        callback, timer = self._awaited.pop(identifier, (None, None))
        if timer is not None:
            timer.cancel()
        if callback is not None:
            callback(reply)

    # Writing

    def _failure(self, identifier: Id | None, error: JsonRpcException) -> str:
        told: dict[str, Any] = {"code": error.code, "message": error.message}
        if error.data is not None and error.code != JsonRpcInternalError.CODE:  # there pygls has put a traceback
            told["data"] = error.data
        return self._message(id=identifier, error=told)

    def _message(self, **fields: Any) -> str:
        """A message's JSON; raises `ValueError`, `TypeError` or `RecursionError` for what has none."""
        parts = (f'"{name}":{value.text if isinstance(value, Raw) else self._encode(value)}' for name, value in fields.items())
        return _without_lone_surrogates(f'{{"jsonrpc":"2.0",{",".join(parts)}}}')

    def plain(self, value: Any) -> Any:
        """What the JSON encoder is to write for something it does not know."""
        if attrs.has(type(value)):
            return self._converter.unstructure(value)
        raise TypeError(f"{type(value).__name__} has no JSON")

    def _write(self, text: str) -> None:
        if self.writer is not None:
            body = text.encode()
            self.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))


def _present(params: Any) -> dict[str, Any]:
    """The field for parameters; none for none, since null is not allowed there."""
    return {} if params is None else {"params": params}


def _version(item: Mapping[str, Any]) -> int | None:
    version = item.get("version")
    return version if isinstance(version, int) else None


class Server(LanguageServer):
    """The server that handlers are registered with.

    ``@server.feature(method)`` registers a plain function. It is given the parameters as lsprotocol's type, except for
    ``textDocument/didOpen``, ``didChange`` and ``didClose``: these have been done already, and it gets the `Document` as it now is,
    or last was. A first parameter named ``ls`` is given the server, as in pygls. A handler returns plain JSON, lsprotocol objects,
    `Raw` or `Later`, and refuses with one of the `pygls.exceptions`.
    """

    protocol: Protocol

    def __init__(self, name: str, version: str, loop: transport.Loop | None = None) -> None:
        super().__init__(name, version, protocol_cls=Protocol, converter_factory=make_converter)
        self.capabilities: Callable[[dict[str, Any]], Mapping[str, Any]] = lambda _params: {}
        """Is given the parameters of ``initialize``, plain, and returns the server's capabilities, plain. What it leaves out is
        said for it: the position encoding, and that changes to documents come as edits."""
        self.complete: Callable[[], object] = lambda: None
        """Is called on the loop once, when ``initialize`` has been answered and before anything else is: to import and register what
        takes its time and is not needed before."""
        self.more: Callable[[], object] = lambda: None
        """Registers what has not been needed until now; called when something is asked for or told that nobody answers."""
        self.initialize_params: Mapping[str, Any] = {}
        """As the client sent them."""
        self.client_process_id: int | None = None
        """The process to end with."""
        self.documents = Documents()
        self.roots: tuple[Path, ...] = ()
        """The directories open in the editor, each once."""
        self._loop = loop or transport.Loop()
        self._debounced: dict[object, transport.Timer] = {}

    # What the client is like

    @property
    def encoding(self) -> Encoding:
        """What the client counts as one column: the first it names that we know, or UTF-16 units."""
        return self.documents.encoding

    @property
    def client_capabilities(self) -> Mapping[str, Any]:  # type: ignore[override] # plain, so that odd ones cannot break it
        """As the client sent them; empty before, and where it sent none."""
        capabilities = self.initialize_params.get("capabilities")
        return capabilities if isinstance(capabilities, dict) else {}

    def client(self, path: str, default: T) -> T:
        """The client's capability at a dotted path; the default where it has none, or one of another type than the default."""
        value: Any = self.client_capabilities
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value if isinstance(value, type(default)) else default

    def meet(self, params: dict[str, Any]) -> None:
        """Takes in who the client is, from its ``initialize``."""
        self.initialize_params = params
        wanted: list[Any] = self.client("general.positionEncodings", [])
        known: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
        self.documents.encoding = next((name for want in wanted for name in known if want == name), "utf-16")
        folders = params.get("workspaceFolders")
        named = [_folder_uri(folder) for folder in folders] if isinstance(folders, list) else []
        self.roots = _paths(named) or _paths([params.get("rootUri")])
        root_path = params.get("rootPath")
        if not self.roots and isinstance(root_path, str) and Path(root_path).is_absolute() and "\0" not in root_path:
            self.roots = (Path(root_path),)
        process_id = params.get("processId")
        if isinstance(process_id, int) and not isinstance(process_id, bool):
            self.client_process_id = process_id
            self._loop.end_with(process_id)

    def change_folders(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        """Takes in that folders were added to the editor's window, or removed."""
        removed = _paths([folder.uri for folder in event.removed])
        added = _paths([folder.uri for folder in event.added])
        self.roots = tuple(dict.fromkeys([root for root in self.roots if root not in removed] + list(added)))

    # Scheduling

    def post(self, callback: Callable[..., object], *args: Any) -> None:
        """Has the call made on the loop after all that are waiting there; from any thread."""
        self._loop.post(callback, *args)

    def later(self, seconds: float, callback: Callable[..., object], *args: Any) -> transport.Timer:
        """Has the call made on the loop in so many seconds, unless the timer returned is cancelled; from any thread."""
        return self._loop.later(seconds, callback, *args)

    def debounce(self, key: object, seconds: float, callback: Callable[..., object], *args: Any) -> None:
        """Has the call made in so many seconds, unless another with the same key is wanted before; on the loop only."""
        if key in self._debounced:
            self._debounced.pop(key).cancel()

        def fire() -> None:
            del self._debounced[key]
            callback(*args)

        self._debounced[key] = self.later(seconds, fire)

    def check_cancelled(self) -> None:
        """Raises the exception that ends a handler whose request the client has cancelled; for handlers that take long."""
        self.protocol.check_cancelled()

    # Speaking

    def notify(self, method: str, params: Any) -> None:
        """Sends a notification, from any thread; raises `ValueError` or `TypeError` for parameters that are no JSON."""
        self.protocol.notify(method, params)

    def request(
        self,
        method: str,
        params: Any,
        callback: Callable[[Reply], object] = lambda _reply: None,
        timeout: float | None = REPLY_SECONDS,
    ) -> None:
        """Asks the client, from any thread; raises `ValueError` or `TypeError` for parameters that are no JSON.

        The callback is called exactly once, on the loop: also when the client refuses, answers nonsense, or does not answer in time
        (in seconds; None waits for ever, as for somebody to press a button), and once the loop has ended when the client is gone.
        """
        self.protocol.ask(method, params, callback, timeout)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Logs what stock pygls would pop up in the editor."""
        logger.error("%s: %s", source, error)

    def log_to_client(self) -> logging.Handler:
        """Has warnings and errors told to the client from now on, until the handler that is returned is removed from the root logger."""
        logging.getLogger("pygls").setLevel(logging.WARNING)
        log = _ClientLog(self)
        logging.getLogger().addHandler(log)
        return log

    def run_stdio(self) -> int:
        """Serves a client over standard input and output; returns the code to exit with, which should follow at once.

        The process ends within a second after that, if need be by force.
        """
        log = self.log_to_client()
        try:
            code = transport.serve(self._loop, self.protocol.set_writer, self.protocol.receive, self.protocol.exit_code)
            self.protocol.hang_up()
            return code
        finally:
            logging.getLogger().removeHandler(log)


def _folder_uri(folder: Any) -> Any:
    return folder.get("uri") if isinstance(folder, dict) else folder


def _paths(folder_uris: list[Any]) -> tuple[Path, ...]:
    """The paths of those that are file URIs, each once."""
    paths = [uris.to_path(uri) for uri in folder_uris if isinstance(uri, str)]
    return tuple(dict.fromkeys(path for path in paths if path is not None))


class _ClientLog(logging.Handler):
    """Sends warnings and errors to the client's log, a few a minute. Tracebacks stay here: they tell of nothing but our files."""

    def __init__(self, server: Server) -> None:
        super().__init__(logging.WARNING)
        self._server = server
        self._sent: deque[float] = deque(maxlen=LOGGED_PER_MINUTE)
        self._sending = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        """Sends the record, unless nobody listens, there were too many, or it is about sending a record."""
        now = time.monotonic()
        too_many = len(self._sent) == LOGGED_PER_MINUTE and now - self._sent[0] < 60
        if too_many or not self._server.protocol.is_ready or getattr(self._sending, "now", False):
            return
        self._sent.append(now)
        self._sending.now = True
        try:
            text = record.getMessage()
            if record.exc_info is not None and record.exc_info[0] is not None:
                text += f" ({record.exc_info[0].__name__}: {record.exc_info[1]})"
            kind = types.MessageType.Error if record.levelno >= logging.ERROR else types.MessageType.Warning
            self._server.notify(types.WINDOW_LOG_MESSAGE, {"type": kind, "message": text[:1000]})
        except Exception:  # noqa: BLE001 - as every handler does it
            self.handleError(record)
        finally:
            self._sending.now = False
