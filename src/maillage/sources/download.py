"""Download one file: resumable, patient, and never half there.

What has been received is kept beside the target (``.name.partial``) with the server's own proof
(ETag or date) that it is still the same file; the next attempt, or the next run, asks for the rest
only (Range + If-Range). The target itself is replaced in one move, when the file is whole and looks
like what was expected.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.sources.asking import Asking, retry_after_seconds
from maillage.sources.conversation import answer_to
from maillage.sources.formats import GZIP_MAGIC, Format, why_wrong
from maillage.sources.partial import Partial, Validator, claim, too_big

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
GONE = frozenset({404, 410})
KNOWN_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip"})
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


class NotThere(SourceUnavailable):
    """The server answers that nothing is at this address (404 or 410)."""


def _none_published() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Expected:
    """What is being downloaded: its French name for the screen, its format.

    ``md5`` tells the MD5 that its publisher gives, None where none is to be had; it is asked once
    the file is there, so that both are of the same day.
    """

    name: str
    format: Format
    md5: Callable[[], str | None] = _none_published


@dataclass(frozen=True, slots=True)
class Download:
    """A file that stands whole on the disk. ``size`` in bytes; ``sha256`` in hexadecimal."""

    address: str
    path: Path
    sha256: str
    size: int
    etag: str | None
    last_modified: str | None
    retrieved: dt.date


class _TryAgain(Exception):  # noqa: N818 - a signal between functions of this file
    """An attempt failed in a way that the next may not. ``wait`` seconds if the server said."""

    def __init__(self, why: str, *, wait: float | None = None, reached: bool = True) -> None:
        super().__init__(why)
        self.why, self.wait, self.reached = why, wait, reached


def download(
    address: str,
    target: Path,
    *,
    expected: Expected,
    retrieved: dt.date,
    progress: Progress,
    asking: Asking,
) -> Download:
    """Put the file at ``address`` in ``target``, whole, and return what is known of it.

    ``progress`` counts bytes. Raises NotThere (404, 410), or SourceUnavailable with a French
    sentence: server that keeps failing, wrong content, too many redirects, disk full.
    """
    with claim(target) as partial:
        validator = _receive(address, partial, expected, progress, asking)
        _check(address, partial, expected, asking)
        size, sha256 = partial.size(), file_sha256(partial.path)
        partial.finish()
    return Download(
        address=address,
        path=target,
        sha256=sha256,
        size=size,
        etag=validator.etag,
        last_modified=validator.last_modified,
        retrieved=retrieved,
    )


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_md5(path: Path) -> str:
    """Return the MD5 of a file, in hexadecimal: what publishers give against broken lines."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, _md5).hexdigest()


def _md5() -> hashlib._Hash:
    return hashlib.md5(usedforsecurity=False)


def _receive(
    address: str, partial: Partial, expected: Expected, progress: Progress, asking: Asking
) -> Validator:
    """Try until the whole file is received, or give up in French."""
    attempt = 0
    while True:
        try:
            return _attempt(address, partial, expected, progress, asking)
        except _TryAgain as trouble:
            attempt += 1
            wait = _wait_or_give_up(trouble, attempt, address, expected, asking)
            progress.step(
                tr("{name} : nouvel essai ({why})").format(name=expected.name, why=trouble.why)
            )
        asking.sleep(wait)


def _wait_or_give_up(
    trouble: _TryAgain, attempt: int, address: str, expected: Expected, asking: Asking
) -> float:
    """Return the seconds to wait before the next attempt; raise where there shall be none."""
    allowed = asking.tries if trouble.reached else asking.tries_unreached
    if attempt >= allowed:
        message = tr(
            "« {name} » n'a pas pu être téléchargé depuis {address} après {n} essais : {why}. "
            "Relancez la commande plus tard : ce qui a été reçu est gardé."
        )
        raise SourceUnavailable(
            message.format(name=expected.name, address=address, n=attempt, why=trouble.why)
        ) from trouble
    wait = asking.wait_seconds(attempt - 1) if trouble.wait is None else trouble.wait
    if wait > asking.longest_wait_seconds:
        message = tr(
            "« {name} » : le serveur de {address} demande de revenir dans {minutes} minutes."
        )
        minutes = int(-(-wait // 60))
        raise SourceUnavailable(
            message.format(name=expected.name, address=address, minutes=minutes)
        ) from trouble
    return wait


def _attempt(
    address: str, partial: Partial, expected: Expected, progress: Progress, asking: Asking
) -> Validator:
    """Ask once for what is missing; return once nothing is, else raise _TryAgain."""
    known = partial.validator()
    done = partial.size()
    headers = {}
    if known is not None and known.address == address and known.condition and done:
        headers = {"Range": f"bytes={done}-", "If-Range": known.condition}
    try:
        with answer_to(address, headers, asking) as response:
            _refuse_status(response, address, expected, asking)
            validator = _settle(response, address, partial, asking)
            progress.step(tr("Téléchargement : {name}").format(name=expected.name), validator.total)
            progress.advance(partial.size())
            if response.status != 416:
                chunks = response.stream(asking.chunk_bytes, decode_content=False)
                partial.append(chunks, asking.max_bytes, progress.advance)
    except HTTPError as error:
        raise _told(error, address) from error
    if validator.total is not None and partial.size() != validator.total:
        if partial.size() > validator.total:
            partial.discard()
        raise _TryAgain(tr("la connexion a été coupée en cours de fichier"))
    return validator


def _refuse_status(
    response: BaseHTTPResponse, address: str, expected: Expected, asking: Asking
) -> None:
    """Raise unless the answer brings bytes of the file (or says that none is left: 416)."""
    status = response.status
    if status in {200, 206, 416}:
        return
    if status in GONE:
        message = tr("« {name} » n'est pas à l'adresse {address} (erreur {status}).")
        raise NotThere(message.format(name=expected.name, address=address, status=status))
    if status in BUSY:
        wait = retry_after_seconds(response.headers.get("Retry-After"), asking.now())
        raise _TryAgain(tr("erreur {status} du serveur").format(status=status), wait=wait)
    message = tr("« {name} » : le serveur de {address} refuse de répondre (erreur {status}).")
    raise SourceUnavailable(message.format(name=expected.name, address=address, status=status))


def _settle(
    response: BaseHTTPResponse, address: str, partial: Partial, asking: Asking
) -> Validator:
    """Make the partial file ready for the bytes that come, and return what proves the file."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in KNOWN_ENCODINGS:
        message = tr("Le serveur de {address} répond dans un codage inconnu (« {encoding} »).")
        raise SourceUnavailable(message.format(address=address, encoding=encoding))
    if response.status == 200:
        validator = _validator(response, address, _length(response))
        if (validator.total or 0) > asking.max_bytes:
            raise too_big(asking.max_bytes)
        partial.start(validator)
        return validator
    fitting = _fitting(response, partial)
    if fitting is None:
        partial.discard()
        raise _TryAgain(tr("le serveur n'a pas envoyé la suite du fichier"), wait=0)
    return fitting


def _fitting(response: BaseHTTPResponse, partial: Partial) -> Validator | None:
    """Return the proof of the file if the answer goes on exactly where the part ends, else None.

    An answer 416 fits where the part is already the whole file: only the move was missing.
    """
    known = partial.validator()
    said = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
    if known is None or said is None:
        return None
    total = known.total if said[2] == "*" else int(said[2])
    start = total if response.status == 416 else said[1] and int(said[1])
    etag = response.headers.get("ETag", known.etag)
    if (start, etag) != (partial.size(), known.etag) or known.total not in {None, total}:
        return None
    return replace(known, total=total)


def _validator(response: BaseHTTPResponse, address: str, total: int | None) -> Validator:
    headers = response.headers
    return Validator(address, headers.get("ETag"), headers.get("Last-Modified"), total)


def _length(response: BaseHTTPResponse) -> int | None:
    told = response.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() else None


def _told(error: HTTPError, address: str) -> Exception:
    """Return what to raise for a failure of the network: try again, or give up in French."""
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        message = tr(
            "L'identité du serveur de {address} n'a pas pu être vérifiée (certificat). Si votre "
            "réseau passe par un filtre, demandez son certificat et désignez-le dans SSL_CERT_FILE."
        )
        return SourceUnavailable(message.format(address=address))
    unreached = (NewConnectionError, NameResolutionError, ConnectTimeoutError, ProxyError)
    if isinstance(error, unreached):
        return _TryAgain(tr("le serveur est injoignable"), reached=False)
    return _TryAgain(tr("la connexion a été coupée ou ne répond plus"))


def _check(address: str, partial: Partial, expected: Expected, asking: Asking) -> None:
    """Unpack what was sent compressed; refuse what is not the file expected."""
    reason = None
    with partial.path.open("rb") as file:
        packed = file.read(2) == GZIP_MAGIC
    if packed:
        try:
            partial.unpack(asking.max_bytes)
        except ValueError:
            reason = tr("le fichier compressé est abîmé")
    reason = reason or why_wrong(partial.path, expected.format) or _why_other(partial, expected)
    if reason is None:
        return
    partial.discard()
    message = tr("« {name} » : {reason} (adresse : {address}).")
    raise SourceUnavailable(message.format(name=expected.name, reason=reason, address=address))


def _why_other(partial: Partial, expected: Expected) -> str | None:
    """Return in French why the bytes are not those published, None where nothing tells it."""
    published = expected.md5()
    if published is None or file_md5(partial.path) == published:
        return None
    return tr(
        "le fichier reçu n'est pas celui qui est publié (somme de contrôle MD5 différente), il a "
        "été effacé : relancez la commande"
    )
