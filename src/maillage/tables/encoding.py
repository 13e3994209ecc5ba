"""Bytes → text: UTF-8 first, then what Windows and spreadsheets write."""

from __future__ import annotations

import codecs

from maillage.kernel.findings import Finding, Where
from maillage.tables.findings import ENCODING_GUESSED, ENCODING_MIXED
from maillage.tables.sniff import is_utf16_without_mark


def decode(raw: bytes, where: Where) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file and a finding where its encoding had to be guessed.

    UTF-8 (marked or not), UTF-16 (marked, or plainly so), else Windows-1252; a file that mixes
    UTF-8 and Windows lines is decoded line by line, and a finding names the first odd one.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace"), ()
    if is_utf16_without_mark(raw):
        text = raw.decode("utf-16-le", errors="replace")
        return text, (ENCODING_GUESSED.at(where, value="utf-16"),)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _decode_by_line(raw.removeprefix(codecs.BOM_UTF8), where)


def _decode_by_line(raw: bytes, where: Where) -> tuple[str, tuple[Finding, ...]]:
    texts: list[str] = []
    odd: list[int] = []
    n_utf8 = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        try:
            text = line.decode("utf-8")
            n_utf8 += not text.isascii()
        except UnicodeDecodeError:
            text = _windows(line)
            odd.append(number)
        texts.append(text)
    if n_utf8 == 0:
        return "\n".join(texts), (ENCODING_GUESSED.at(where, value="Windows-1252"),)
    place = Where(where.source, odd[0], where.subject)
    return "\n".join(texts), (ENCODING_MIXED.at(place, n_lines=len(odd)),)


def _windows(line: bytes) -> str:
    """Return the line as Windows-1252; its five unassigned bytes are read as Latin-1 does."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")
