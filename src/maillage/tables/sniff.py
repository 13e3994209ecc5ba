"""What a file is, by its first mebibyte: never by its name, which often lies."""

from __future__ import annotations

import enum
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.tables.limits import MAX_BYTES, MAX_UNZIPPED_BYTES, too_heavy

SAMPLE_BYTES = 1 << 20

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"II*\x00", "une image TIFF"),
    (b"MM\x00*", "une image TIFF"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"BZh", "une archive bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7-Zip"),
    (b"Rar!", "une archive RAR"),
    (b"\xfd7zXZ", "une archive XZ"),
    (b"SQLite format 3", "une base de données SQLite"),
    (b"PAR1", "un fichier Parquet"),
    (b"{\\rtf", "un document RTF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_START = re.compile(rb"\s*(\{\s*([\"}]|\Z)|\[\s*([\[{\"\]\d-]|\Z))")
_MARKUP = re.compile(rb"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<(\?xml|kml|osm|gpx)\b", re.IGNORECASE)
_BOM_UTF8 = b"\xef\xbb\xbf"
_BOMS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b") + b"\x7f"
_MAX_CONTROL_SHARE = 0.005
_FORGIVEN_CONTROL = 3  # stray signs pasted from a word processor


class Content(enum.Enum):
    """What the bytes of a file hold."""

    TEXT = "text"
    JSON = "json"
    SPREADSHEET = "spreadsheet"


@dataclass(frozen=True, slots=True)
class Look:
    """The first mebibyte of a file and what it tells of the whole."""

    content: Content
    sample: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Whether the sample is the whole file."""
        return self.size <= len(self.sample)


def look(path: Path) -> Look:
    """Return what the file holds; a file that can't hold rows is an UnusableFile that names it."""
    sample, size = _sample(path)
    bare = sample.removeprefix(_BOM_UTF8)
    if not bare.strip(b" \t\r\n\x00"):
        message = tr("ce fichier est vide : vérifiez que l'export ou le téléchargement a abouti")
        raise UnusableFile(path, message)
    return Look(_content(path, bare), sample, size)


def whole_bytes(path: Path, look: Look) -> bytes:
    """Return all the bytes of a file that was looked at; beyond ``MAX_BYTES``, an UnusableFile."""
    if look.whole:
        return look.sample
    if look.size > MAX_BYTES:
        raise too_heavy(path, look.size)
    return path.read_bytes()


def _sample(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(SAMPLE_BYTES), path.stat().st_size
    except FileNotFoundError:
        raise UnusableFile(path, tr("ce fichier n'existe pas : vérifiez son nom")) from None
    except IsADirectoryError:
        message = tr("c'est un dossier : donnez le nom d'un fichier")
        raise UnusableFile(path, message) from None
    except OSError as error:
        message = tr("ce fichier ne peut pas être lu ({reason})").format(reason=error.strerror)
        raise UnusableFile(path, message) from None


def _content(path: Path, bare: bytes) -> Content:
    if bare.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if bare.startswith(_OLE):
        if path.stat().st_size > MAX_BYTES:
            raise too_heavy(path, path.stat().st_size)
        return Content.SPREADSHEET
    _refuse_known(path, bare)
    _refuse_binary(path, bare)
    if bare.startswith(_BOMS_UTF16):
        bare = bare.decode("utf-16", errors="ignore").encode("utf-8")
    return Content.JSON if _JSON_START.match(bare) else Content.TEXT


def _zipped(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unzipped = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        message = tr(
            "cette archive (ou ce classeur) est abîmée ou coupée : téléchargez-la de nouveau"
        )
        raise UnusableFile(path, message) from None
    if "xl/workbook.bin" in names:
        _refuse(path, tr("un classeur binaire (xlsb), à enregistrer en xlsx"))
    is_sheet = any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= names
    if not is_sheet:
        _refuse(path, tr("un document Word") if _is_word(names) else tr("une archive ZIP"))
    if unzipped > MAX_UNZIPPED_BYTES:
        message = tr("ce classeur est démesuré une fois décompressé : enregistrez-le en CSV")
        raise UnusableFile(path, message)
    return Content.SPREADSHEET


def _is_word(names: set[str]) -> bool:
    return any(name.startswith("word/") for name in names)


def _refuse_known(path: Path, bare: bytes) -> None:
    for magic, name in _MAGIC:
        if bare.startswith(magic):
            _refuse(path, tr(name))
    if _MARKUP.match(bare):
        _refuse(path, tr("une page web (le téléchargement a sans doute renvoyé une page d'erreur)"))
    if _XML.match(bare):
        _refuse(path, tr("un fichier XML"))


def _refuse(path: Path, what: str) -> None:
    advice = tr("attendu : CSV, JSON, GeoJSON ou classeur (xlsx, xls, ods)")
    raise UnusableFile(
        path, tr("ce fichier est {what} ; {advice}").format(what=what, advice=advice)
    )


def _refuse_binary(path: Path, bare: bytes) -> None:
    if bare.startswith(_BOMS_UTF16) or is_utf16_without_mark(bare):
        return
    n_control = len(bare) - len(bare.translate(None, _CONTROL))
    allowed = max(_FORGIVEN_CONTROL, _MAX_CONTROL_SHARE * len(bare))
    if b"\x00" in bare or n_control > allowed:
        line = bare.count(b"\n", 0, _first_control(bare)) + 1
        message = tr("ce fichier n'est pas du texte : son contenu est illisible ; {advice}")
        advice = tr("attendu : CSV, JSON, GeoJSON ou classeur (xlsx, xls, ods)")
        raise UnusableFile(path, message.format(advice=advice), line=line)


def _first_control(bare: bytes) -> int:
    control = set(_CONTROL)
    return next(i for i, byte in enumerate(bare) if byte in control)


def is_utf16_without_mark(sample: bytes) -> bool:
    """Say whether the bytes are UTF-16 little-endian Latin text that forgot its mark."""
    head = sample[:4096]
    odd, even = head[1::2], head[0::2]
    return len(odd) > 8 and odd.count(0) > 0.9 * len(odd) and even.count(0) == 0
