"""The laws of downloading: whole or not at all, resumed where it can be, told in French."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import random
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.progress import Progress, Silent
from maillage.sources.asking import Asking
from maillage.sources.download import Download, Expected, NotThere, download
from maillage.sources.formats import Format
from maillage.sources.partial import claim

if TYPE_CHECKING:
    from tests.sources.conftest import Serving, Told

DAY = dt.date(2026, 11, 22)
CONTENT = b"code_insee,nom\n" + b"".join(b"%05d,commune\n" % n for n in range(62000, 63000))
OTHER = CONTENT.replace(b"commune", b"village")
HERE = Path(__file__).parent

Fetch = Callable[..., Download]


@pytest.fixture
def fetch(serving: Serving, asking: Asking, tmp_path: Path) -> Fetch:
    """Give a download of /data.csv into the test's folder, its patience open to change."""
    serving.files["/data.csv"] = CONTENT

    def run(
        address: str | None = None,
        kind: Format = Format.CSV,
        progress: Progress | None = None,
        **patience: object,
    ) -> Download:
        return download(
            address or serving.address(),
            tmp_path / "kept" / "data.csv",
            expected=Expected("Communes d'essai", kind),
            retrieved=DAY,
            progress=progress or Silent(),
            asking=replace(asking, **patience),
        )

    return run


def kept(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in (tmp_path / "kept").iterdir() if p.name != ".lock")


def test_a_download_gives_the_bytes_and_what_is_known_of_them(
    fetch: Fetch, tmp_path: Path, told: Told
) -> None:
    """A good answer is put whole in its place, with checksum, size, ETag and date given."""
    got = fetch(progress=told)
    assert got.path.read_bytes() == CONTENT
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (got.size, got.retrieved) == (len(CONTENT), DAY)
    assert got.etag is not None
    assert kept(tmp_path) == ["data.csv"]
    assert told.steps == [("Téléchargement : Communes d'essai", len(CONTENT))]
    assert told.units == [len(CONTENT)]


@pytest.mark.parametrize("cut", [0, 1, 999, 1000, 1001, len(CONTENT) - 1])
def test_a_cut_is_resumed_where_it_fell(
    serving: Serving, fetch: Fetch, waits: list[float], cut: int
) -> None:
    """After a cut only the rest is asked for, and the bytes are those of an uncut download."""
    serving.fails(cut_after=cut)
    assert fetch().path.read_bytes() == CONTENT
    again = serving.asked[1].headers
    assert again.get("Range") == (f"bytes={cut}-" if cut else None)
    assert waits == [1.0]


def test_cuts_one_after_the_other_are_all_resumed(
    serving: Serving, fetch: Fetch, told: Told
) -> None:
    """Several cuts in a row still end in the whole file, progress going on from where it was."""
    serving.fails(cut_after=4000)
    serving.fails(cut_after=3000)
    assert fetch(progress=told).path.read_bytes() == CONTENT
    assert [a.headers.get("Range") for a in serving.asked] == [None, "bytes=4000-", "bytes=7000-"]
    assert told.units[0] == 4000
    assert told.units[-1] == len(CONTENT)


def test_whatever_goes_wrong_in_between_the_bytes_are_the_same(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """Any series of cuts, errors and ignored ranges that ends in a good answer gives the file."""
    chance = random.Random(62119)
    troubles: list[Callable[[], dict[str, object]]] = [
        lambda: {"cut_after": chance.randrange(len(CONTENT))},
        lambda: {"cut_after": chance.randrange(len(CONTENT)), "ignore_range": True},
        lambda: {"cut_after": chance.randrange(len(CONTENT)), "chunked": True},
        lambda: {"status": chance.choice([429, 500, 503])},
    ]
    for _ in range(40):
        (tmp_path / "kept" / "data.csv").unlink(missing_ok=True)
        for _ in range(chance.randrange(1, 6)):
            serving.fails(**chance.choice(troubles)())
        assert fetch(tries=20).path.read_bytes() == CONTENT
        assert kept(tmp_path) == ["data.csv"]
        serving.faults.clear()  # a late cut may fall after the end: the file was whole before it


def test_the_next_run_goes_on_from_what_was_kept(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """A download given up leaves its part beside, never in place, and the next run resumes it."""
    serving.fails_for_ever(cut_after=2000)
    with pytest.raises(SourceUnavailable, match="ce qui a été reçu est gardé"):
        fetch(tries=1)
    assert kept(tmp_path) == [".data.csv.partial", ".data.csv.partial.json"]
    serving.always = None
    assert fetch().path.read_bytes() == CONTENT
    assert serving.asked[-1].headers["Range"] == "bytes=2000-"
    assert kept(tmp_path) == ["data.csv"]


def test_a_server_that_ignores_range_restarts_cleanly(serving: Serving, fetch: Fetch) -> None:
    """A whole answer to a request for the rest replaces the part: no byte twice."""
    serving.fails(cut_after=5000)
    serving.fails(ignore_range=True)
    assert fetch().path.read_bytes() == CONTENT


def test_a_file_changed_between_two_attempts_is_begun_again(serving: Serving, fetch: Fetch) -> None:
    """When the ETag has changed the two versions are never sewn together."""
    serving.fails(cut_after=5000)

    def changes(_: float) -> None:
        serving.files["/data.csv"] = OTHER

    assert fetch(sleep=changes).path.read_bytes() == OTHER
    assert "If-Range" in serving.asked[1].headers


REST = f"bytes 5000-{len(CONTENT) - 1}/{len(CONTENT)}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Range": REST, "ETag": '"another"'},
        {"Content-Range": f"bytes 4000-{len(CONTENT) - 1}/{len(CONTENT)}"},
        {"Content-Range": f"bytes 5000-{len(CONTENT)}/{len(CONTENT) + 1}"},
        {"Content-Range": "nonsense"},
        {},
    ],
)
def test_a_rest_that_does_not_fit_is_thrown_away(
    serving: Serving, fetch: Fetch, headers: dict[str, str]
) -> None:
    """A 206 answer of another ETag, beginning or total, or of no range, begins the file again."""
    serving.fails(cut_after=5000)
    serving.fails(status=206, headers=headers, body=OTHER[5000:])
    assert fetch().path.read_bytes() == CONTENT


def test_without_any_proof_nothing_is_resumed(serving: Serving, fetch: Fetch) -> None:
    """A server that gives neither ETag nor date is asked for the whole file again."""
    serving.validators = False
    serving.fails(cut_after=5000)
    assert fetch().path.read_bytes() == CONTENT
    assert "Range" not in serving.asked[1].headers


def test_a_weak_etag_proves_nothing(serving: Serving, fetch: Fetch) -> None:
    """A weak ETag may stand for other bytes: the file is begun again."""
    serving.fails(cut_after=5000, headers={"ETag": 'W/"weak"'})
    assert fetch().path.read_bytes() == CONTENT
    assert "Range" not in serving.asked[1].headers


def test_a_last_modified_date_is_proof_enough(serving: Serving, fetch: Fetch) -> None:
    """Where there is no ETag the date goes in If-Range."""
    serving.validators = False
    day = "Wed, 12 Aug 2026 10:00:00 GMT"
    serving.fails(cut_after=5000, headers={"Last-Modified": day})
    got = fetch()
    assert got.path.read_bytes() == CONTENT
    assert serving.asked[1].headers["If-Range"] == day


def test_a_part_longer_than_the_file_is_thrown_away(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """When the server has nothing left to give (416) the file is begun again."""
    serving.fails_for_ever(cut_after=2000)
    with pytest.raises(SourceUnavailable):
        fetch(tries=1)
    serving.always = None
    with (tmp_path / "kept" / ".data.csv.partial").open("ab") as part:
        part.write(b"x" * len(CONTENT))
    assert fetch().path.read_bytes() == CONTENT


def test_a_part_that_was_already_whole_is_only_put_in_place(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """A run stopped between the last byte and the move costs the next one a question, no byte."""
    serving.fails_for_ever(cut_after=2000)
    with pytest.raises(SourceUnavailable):
        fetch(tries=1)
    serving.always = None
    (tmp_path / "kept" / ".data.csv.partial").write_bytes(CONTENT)
    assert fetch().path.read_bytes() == CONTENT
    assert [a.headers.get("Range") for a in serving.asked] == [None, f"bytes={len(CONTENT)}-"]


def test_a_damaged_note_beside_the_part_is_ignored(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """Without a readable note of what the part is, the file is begun again."""
    serving.fails_for_ever(cut_after=2000)
    with pytest.raises(SourceUnavailable):
        fetch(tries=1)
    serving.always = None
    (tmp_path / "kept" / ".data.csv.partial.json").write_text("{")
    assert fetch().path.read_bytes() == CONTENT
    assert "Range" not in serving.asked[-1].headers


def test_the_part_of_another_address_is_not_gone_on_with(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """A part kept from one address is never completed from another."""
    serving.fails_for_ever(cut_after=2000)
    with pytest.raises(SourceUnavailable):
        fetch(tries=1)
    serving.always = None
    serving.files["/other.csv"] = OTHER
    assert fetch(serving.address("/other.csv")).path.read_bytes() == OTHER


def test_a_chunked_answer_that_is_cut_is_seen(serving: Serving, fetch: Fetch) -> None:
    """Without a length, the missing end of a chunked answer still tells the cut."""
    serving.fails(chunked=True, cut_after=5000)
    assert fetch().path.read_bytes() == CONTENT


def test_nothing_there_is_told_at_once(serving: Serving, fetch: Fetch, waits: list[float]) -> None:
    """404 is not asked for twice: one French sentence names the source and the address."""
    with pytest.raises(NotThere, match=r"« Communes d'essai » n'est pas à l'adresse .* 404"):
        fetch(serving.address("/none.csv"))
    assert len(serving.asked) == 1
    assert waits == []


def test_a_refusal_is_told_at_once(serving: Serving, fetch: Fetch) -> None:
    """403 is a refusal, not a hiccup: it is not insisted upon."""
    serving.fails(status=403)
    with pytest.raises(SourceUnavailable, match="refuse de répondre"):
        fetch()
    assert len(serving.asked) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7.0), ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0), ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(
    serving: Serving, fetch: Fetch, waits: list[float], status: int, header: str, wait: float
) -> None:
    """A busy server is asked again after exactly the wait it names, in seconds or as a date."""
    serving.fails(status=status, headers={"Retry-After": header})
    now = dt.datetime(2026, 11, 22, 12, 0, 0, tzinfo=dt.UTC)
    assert fetch(now=lambda: now).path.read_bytes() == CONTENT
    assert waits == [wait]


def test_a_wait_nobody_would_sit_through_is_told(
    serving: Serving, fetch: Fetch, waits: list[float]
) -> None:
    """A Retry-After of an hour is not slept: the user is told when to come back."""
    serving.fails(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(SourceUnavailable, match="revenir dans 60 minutes"):
        fetch()
    assert waits == []


@pytest.mark.parametrize("header", ["soon", "", "-5"])
def test_an_unreadable_retry_after_falls_back_on_the_usual_wait(
    serving: Serving, fetch: Fetch, waits: list[float], header: str
) -> None:
    """What cannot be read of Retry-After is as if it had not been said."""
    serving.fails(status=429, headers={"Retry-After": header})
    fetch()
    assert waits == [1.0]


def test_a_server_error_is_tried_again(serving: Serving, fetch: Fetch, waits: list[float]) -> None:
    """Errors of the server are retried with waits that double."""
    for status in (500, 502, 504):
        serving.fails(status=status)
    assert fetch().path.read_bytes() == CONTENT
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_that_always_fails_is_given_up(
    serving: Serving, fetch: Fetch, waits: list[float], tmp_path: Path
) -> None:
    """After the last try one French sentence says how many were made, and nothing is in place."""
    serving.fails_for_ever(status=500)
    with pytest.raises(SourceUnavailable, match="après 6 essais : erreur 500 du serveur"):
        fetch()
    assert len(serving.asked) == 6
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert kept(tmp_path) == []


def test_a_server_that_says_nothing_is_not_waited_for_ever(serving: Serving, fetch: Fetch) -> None:
    """A server that accepts and keeps silent is left after the read limit."""
    serving.fails_for_ever(stall=True)
    with pytest.raises(SourceUnavailable, match="ne répond plus"):
        fetch(tries=2, read_seconds=0.1)
    assert len(serving.asked) == 2


def test_a_slow_first_answer_is_tried_again(serving: Serving, fetch: Fetch) -> None:
    """One silence is retried like a cut."""
    serving.fails(stall=True)
    assert fetch(read_seconds=0.2).path.read_bytes() == CONTENT


def test_nobody_listening_is_told_soon(fetch: Fetch, waits: list[float]) -> None:
    """A machine that does not answer is tried three times only."""
    with pytest.raises(SourceUnavailable, match="après 3 essais : le serveur est injoignable"):
        fetch("http://127.0.0.1:9/data.csv")
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", Format.CSV, "page web"),
        (b"\n  <html>oups</html>", Format.JSON, "page web"),
        (b'{"error": "quota"}', Format.CSV, "réponse JSON"),
        (b'{"code": 404, "message": "Introuvable"}', Format.JSON, "Introuvable"),
        (b'{"errors": ["quota"]}', Format.GEOJSON, "quota"),
        (b'[{"nom": "B\xc3\xa9thune"}, {"nom"', Format.JSON, "coupé"),
        (b'{"nom": }', Format.JSON, "illisible"),
        (b"a,b\n1,2\n", Format.JSON, "pas du JSON"),
        (b"a,b\n1,2\n", Format.ZIP, "autre type"),
        (b"a,b\n1,2\n", Format.PBF, "autre type"),
        (b"PK\x03\x04....", Format.CSV, "autre type"),
        (b"", Format.CSV, "vide"),
        (b"\x1f\x8bnot gzip at all", Format.CSV, "abîmé"),
        (gzip.compress(CONTENT)[:-20], Format.CSV, "abîmé"),
    ],
)
def test_wrong_content_is_refused(
    serving: Serving, fetch: Fetch, tmp_path: Path, body: bytes, kind: Format, reason: str
) -> None:
    """A page, an error answer or another kind of file never takes the place of the data."""
    serving.files["/data.csv"] = body
    with pytest.raises(SourceUnavailable, match=reason):
        fetch(kind=kind)
    assert kept(tmp_path) == []


def test_an_old_copy_survives_a_bad_answer(serving: Serving, fetch: Fetch, tmp_path: Path) -> None:
    """What was whole stays whole when the next download goes wrong."""
    fetch()
    serving.fails(body=b"<html>Maintenance</html>")
    with pytest.raises(SourceUnavailable):
        fetch()
    assert (tmp_path / "kept" / "data.csv").read_bytes() == CONTENT


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}])
def test_compressed_content_is_unpacked(
    serving: Serving, fetch: Fetch, headers: dict[str, str]
) -> None:
    """Content sent compressed, whether said or not, is kept as what it holds."""
    serving.fails(body=gzip.compress(CONTENT, mtime=0), headers=headers)
    got = fetch()
    assert got.path.read_bytes() == CONTENT
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_an_unknown_encoding_is_refused(serving: Serving, fetch: Fetch) -> None:
    """An encoding nobody asked for is an error, not garbage on the disk."""
    serving.fails(headers={"Content-Encoding": "br"})
    with pytest.raises(SourceUnavailable, match="codage inconnu"):
        fetch()


def test_a_compressed_file_that_swells_is_stopped(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """A small answer that unpacks beyond the limit is refused."""
    serving.fails(body=gzip.compress(b"a" * 3_000_000))
    with pytest.raises(SourceUnavailable, match="taille acceptée"):
        fetch(max_bytes=1_000_000)
    assert kept(tmp_path) == []


@pytest.mark.parametrize("fault", [{}, {"chunked": True}])
def test_a_file_beyond_the_limit_is_refused(
    serving: Serving, fetch: Fetch, tmp_path: Path, fault: dict[str, bool]
) -> None:
    """The limit holds whether the server tells the size or not."""
    serving.fails(**fault)
    with pytest.raises(SourceUnavailable, match="taille acceptée"):
        fetch(max_bytes=5000)
    assert kept(tmp_path) == []


def test_redirects_are_followed(serving: Serving, fetch: Fetch) -> None:
    """A short chain of redirects, relative or absolute, leads to the file."""
    serving.fails(status=302, headers={"Location": "/elsewhere.csv"})
    serving.fails(status=307, headers={"Location": serving.address()})
    assert fetch().path.read_bytes() == CONTENT
    assert [a.path for a in serving.asked] == ["/data.csv", "/elsewhere.csv", "/data.csv"]


def test_redirects_in_circles_are_stopped(serving: Serving, fetch: Fetch) -> None:
    """A loop of redirects ends in a French sentence after the limit."""
    serving.fails_for_ever(status=301, headers={"Location": "/data.csv"})
    with pytest.raises(SourceUnavailable, match="renvoie sans fin"):
        fetch(redirects=3)
    assert len(serving.asked) == 4


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/a.csv", "http://[bad"])
def test_redirects_leave_the_web_nowhere(serving: Serving, fetch: Fetch, place: str) -> None:
    """A redirect to anything but http or https is refused."""
    serving.fails(status=302, headers={"Location": place})
    with pytest.raises(SourceUnavailable, match="n'est pas une adresse web"):
        fetch()


def test_a_redirect_to_nowhere_is_told(serving: Serving, fetch: Fetch) -> None:
    """A redirect without a place to go is one French sentence."""
    serving.fails(status=302)
    with pytest.raises(SourceUnavailable, match="sans dire laquelle"):
        fetch()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a/b", "data.csv", "https://"])
def test_only_web_addresses_are_asked(fetch: Fetch, address: str) -> None:
    """Anything but http and https is refused before any connection."""
    with pytest.raises(SourceUnavailable, match="n'est pas une adresse web"):
        fetch(address)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full (Linux)")
def test_a_full_disk_is_told_and_leaves_nothing(
    serving: Serving, fetch: Fetch, tmp_path: Path
) -> None:
    """When the disk is full one sentence says what to do, the room is given back, all can go on."""
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / ".data.csv.partial").symlink_to("/dev/full")
    with pytest.raises(SourceUnavailable, match=r"plus de place sur le disque.*--cache DIR"):
        fetch()
    assert kept(tmp_path) == []
    assert len(serving.asked) == 1
    assert fetch().path.read_bytes() == CONTENT


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_disk_that_fills_in_mid_file_leaves_nothing(tmp_path: Path, fetch: Fetch) -> None:
    """When the room ends after some bytes, nothing is put in place and the part is given back."""
    import resource
    import signal

    old_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(SourceUnavailable, match="plus de place"):
            fetch()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old_signal)
    assert kept(tmp_path) == []
    assert fetch().path.read_bytes() == CONTENT


def test_a_folder_that_cannot_be_made_is_told(fetch: Fetch, tmp_path: Path) -> None:
    """A file where the folder should be is one French sentence."""
    (tmp_path / "kept").write_text("not a folder")
    with pytest.raises(SourceUnavailable, match="Impossible d'écrire"):
        fetch()


@pytest.mark.skipif(sys.platform == "win32", reason="needs file locks")
def test_two_downloads_at_once_do_not_mix(fetch: Fetch, tmp_path: Path) -> None:
    """While another process is receiving, its part is left alone and the file still comes whole."""
    target = tmp_path / "kept" / "data.csv"
    with claim(target) as busy:
        busy.path.write_bytes(b"the part of the other")
        assert fetch().path.read_bytes() == CONTENT
        assert busy.path.read_bytes() == b"the part of the other"
    assert kept(tmp_path) == [".data.csv.partial", "data.csv"]


def test_the_proxy_of_the_system_is_gone_through(serving: Serving, fetch: Fetch) -> None:
    """Behind a proxy the request goes to it, naming the whole address."""
    got = fetch("http://example.invalid/data.csv", proxy_for=lambda _: serving.address(""))
    assert got.path.read_bytes() == CONTENT
    assert serving.asked[0].path == "http://example.invalid/data.csv"


class Secure(BaseHTTPRequestHandler):
    """Serves the content over TLS, or sends back to plain http."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request."""
        self.send_response(302 if self.path == "/down" else 200)
        self.send_header("Location", "http://127.0.0.1/data.csv")
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)


class SecureServer(HTTPServer):
    """A server that takes a refused handshake for what it is: nothing to report."""

    def get_request(self) -> tuple[socket.socket, object]:
        """Take one connection, or let it go."""
        try:
            return super().get_request()
        except ssl.SSLError as error:
            raise OSError(str(error)) from error


@pytest.fixture
def secure() -> Iterator[str]:
    """Give the address of a TLS server whose certificate nobody has vouched for."""
    server = SecureServer(("127.0.0.1", 0), Secure)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "certificate.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_certificate_nobody_vouches_for_is_refused(
    secure: str, fetch: Fetch, waits: list[float]
) -> None:
    """TLS is verified: an unknown certificate is told at once, with the remedy."""
    with pytest.raises(SourceUnavailable, match=r"certificat.*SSL_CERT_FILE"):
        fetch(secure + "/data.csv")
    assert waits == []


def test_a_vouched_certificate_is_accepted_but_never_left_for_plain_http(
    secure: str, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remedy works, and a safe address that sends to an unsafe one is refused."""
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(HERE / "certificate.pem"))
    assert fetch(secure + "/data.csv").path.read_bytes() == CONTENT
    with pytest.raises(SourceUnavailable, match="ne l'est pas"):
        fetch(secure + "/down")
