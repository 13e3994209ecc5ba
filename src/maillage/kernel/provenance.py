"""Where a figure comes from: the dataset, its vintage, and the row in it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from pathlib import Path


class Origin(enum.Enum):
    """By which door a dataset came in."""

    MIRROR = ("mirror", "dossier miroir")
    CACHE = ("cache", "copie téléchargée")
    LIVE = ("live", "téléchargement")
    FILE = ("file", "fichier fourni")
    DEMO = ("demo", "générateur de démonstration")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Dataset:
    """A public dataset as it was read: the same words whether mirror, cache or live.

    ``vintage`` is what the figures speak of (« RP 2018 », « 2023-05 »), in the publisher's words.
    ``checksum`` is the SHA-256 of the bytes read; None where the file was given by hand.
    """

    source_id: str
    name: str
    publisher: str
    licence: str
    vintage: str
    origin: Origin
    address: str | None = None
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A dataset that stands on this disk, ready to be read."""

    path: Path
    dataset: Dataset


@dataclass(frozen=True, slots=True, order=True)
class SourceRef:
    """The row of a source that a record was made from.

    ``record_id`` is the source's own id or, where it gives none, a fingerprint of the row.
    """

    source_id: str
    record_id: str
    line: int | None = None
    date: dt.date | None = None
