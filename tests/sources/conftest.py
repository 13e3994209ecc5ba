"""A web server on this machine that serves files, and fails as it is told to."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from maillage.sources.asking import Asking


@dataclass(frozen=True)
class Fault:
    """How one answer goes wrong. ``cut_after`` bytes of the body are sent, then the line drops."""

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut_after: int | None = None
    ignore_range: bool = False
    chunked: bool = False
    no_length: bool = False
    stall: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]


class Serving:
    """Files by path, faults to come in order, and the requests seen."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.asked: list[Asked] = []
        self.validators = True
        self.release = threading.Event()
        self.port = 0

    def address(self, path: str = "/data.csv") -> str:
        """Return where a path is served."""
        return f"http://127.0.0.1:{self.port}{path}"

    def fails(self, **words: object) -> None:
        """Make the next answer not yet planned go wrong."""
        self.faults.append(Fault(**words))

    def fails_for_ever(self, **words: object) -> None:
        """Make every answer not planned otherwise go wrong."""
        self.always = Fault(**words)

    def next_fault(self) -> Fault:
        """Return how the present answer goes."""
        if self.faults:
            return self.faults.pop(0)
        return self.always or Fault()


def etag_of(content: bytes) -> str:
    return '"' + hashlib.sha256(content).hexdigest()[:16] + '"'


class Handler(BaseHTTPRequestHandler):
    """Answers GET with ranges, validators and the faults planned."""

    protocol_version = "HTTP/1.1"
    serving: Serving

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request."""
        serving, fault = self.serving, self.serving.next_fault()
        serving.asked.append(Asked(self.path, dict(self.headers)))
        if fault.stall:
            serving.release.wait(20)
            self.close_connection = True
            return
        path = self.path if "://" not in self.path else "/" + self.path.split("/", 3)[3]
        content = fault.body if fault.body is not None else serving.files.get(path)
        if fault.status is not None or content is None:
            self._say(fault.status or 404, fault.headers, content or b"", fault)
            return
        self._serve(content, fault)

    def _serve(self, content: bytes, fault: Fault) -> None:
        headers = {"Accept-Ranges": "bytes", **fault.headers}
        if self.serving.validators:
            headers.setdefault("ETag", etag_of(content))
        wanted = self.headers.get("Range")
        same = self.headers.get("If-Range") in {None, headers.get("ETag")}
        if wanted is None or fault.ignore_range or not same:
            self._say(200, headers, content, fault)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            self._say(416, {"Content-Range": f"bytes */{len(content)}"}, b"", fault)
            return
        headers.setdefault("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self._say(206, headers, content[start:], fault)

    def _say(self, status: int, headers: dict[str, str], body: bytes, fault: Fault) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if fault.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif not fault.no_length and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        if fault.no_length:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        sent = body if fault.cut_after is None else body[: fault.cut_after]
        if fault.chunked:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(body), sent))
        else:
            self.wfile.write(sent)
        if fault.cut_after is not None:
            self.close_connection = True


class Server(ThreadingHTTPServer):
    """A threaded server that finds it natural that a client leaves."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong here, unless it is only that the client has left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Give a server on a free port of this machine, stopped after the test."""
    state = Serving()
    handler = type("Bound", (Handler,), {"serving": state})
    server = Server(("127.0.0.1", 0), handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        state.release.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def waits() -> list[float]:
    """Give the list of the waits asked for: nothing sleeps in these tests."""
    return []


@pytest.fixture
def asking(waits: list[float]) -> Asking:
    """Give a patience that notes its waits instead of sleeping, and goes through no proxy."""
    return Asking(
        sleep=waits.append,
        proxy_for=lambda _: None,
        connect_seconds=2.0,
        read_seconds=2.0,
        chunk_bytes=1000,
    )


class Told:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int | None]] = []
        self.units: list[int] = []

    def step(self, label: str, total: int | None = None) -> None:
        """Remember a step."""
        self.steps.append((label, total))
        self.units.append(0)

    def advance(self, units: int = 1) -> None:
        """Add to the present step."""
        self.units[-1] += units


@pytest.fixture
def told() -> Told:
    """Give a progress that remembers."""
    return Told()
