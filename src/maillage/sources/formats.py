"""What a file should look like, and how to tell that something else came in its place."""

from __future__ import annotations

import enum
import json
from pathlib import Path

from maillage.kernel.language import tr

HEAD_BYTES = 4096
SMALL_BYTES = 64 * 1024  # an error answer is small; a whole dataset need not be read to tell
GZIP_MAGIC = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_BINARY = (b"PK\x03\x04", b"%PDF", b"\x89PNG")


class Format(enum.Enum):
    """The clothes of a published file: its name in the catalogue, its extension."""

    CSV = ("csv", ".csv")
    JSON = ("json", ".json")
    GEOJSON = ("geojson", ".geojson")
    JSONL = ("jsonl", ".jsonl")
    ZIP = ("zip", ".zip")
    PBF = ("pbf", ".pbf")
    PDF = ("pdf", ".pdf")

    def __init__(self, code: str, extension: str) -> None:
        self.code = code
        self.extension = extension

    @property
    def is_text(self) -> bool:
        """Whether people can read it in an editor."""
        return self in {Format.CSV, Format.JSON, Format.GEOJSON, Format.JSONL}


def why_wrong(path: Path, expected: Format) -> str | None:
    """Return in French why the file cannot be of the expected format, None where it can.

    Only the beginning and the end are read: it tells an error page, an error answer, a cut JSON
    or another kind of file; it does not validate the data.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return tr("le fichier reçu est vide")
    if not expected.is_text:
        return _why_wrong_binary(head, expected)
    text = head.removeprefix(_BOM).lstrip()
    if text[:1] == b"<":
        return tr("une page web est arrivée à la place des données")
    if head.startswith(_BINARY):
        return tr("un fichier d'un autre type est arrivé à la place des données")
    if expected is Format.CSV:
        return _why_wrong_csv(text)
    return _why_wrong_json(path, text, expected)


def _why_wrong_binary(head: bytes, expected: Format) -> str | None:
    marks = {
        Format.ZIP: head.startswith(b"PK\x03\x04"),
        Format.PDF: head.startswith(b"%PDF"),
        Format.PBF: b"OSMHeader" in head[:64],
    }
    if marks[expected]:
        return None
    return tr("un fichier d'un autre type est arrivé à la place d'un fichier {kind}").format(
        kind=expected.extension
    )


def _why_wrong_csv(text: bytes) -> str | None:
    if text[:1] in {b"{", b"["}:
        return tr("une réponse JSON est arrivée à la place d'un tableau CSV : « {start} »").format(
            start=text[:80].decode("utf-8", "replace")
        )
    return None


def _why_wrong_json(path: Path, text: bytes, expected: Format) -> str | None:
    if text[:1] not in {b"{", b"["}:
        return tr("ce qui est arrivé n'est pas du JSON")
    if expected is Format.JSONL:
        return None
    if _last_sign(path) not in {b"}", b"]"}:
        return tr("le JSON reçu est coupé avant la fin")
    return _why_error_answer(path, text)


def _last_sign(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - HEAD_BYTES, 0))
        return file.read().rstrip()[-1:]


def _why_error_answer(path: Path, text: bytes) -> str | None:
    """Tell an object that only says that something went wrong (``{"code": 404, …}``)."""
    if text[:1] != b"{" or path.stat().st_size > SMALL_BYTES:
        return None
    try:
        answer = json.loads(path.read_bytes().removeprefix(_BOM))
    except ValueError:
        return tr("le JSON reçu est illisible")
    told = answer.get("error") or answer.get("errors")
    if told is None and "message" in answer and answer.keys() & {"code", "status", "statusCode"}:
        told = answer["message"]
    if not told:
        return None
    return tr("le serveur a répondu par une erreur : « {told} »").format(told=str(told)[:80])
