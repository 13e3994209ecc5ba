"""What a coordinator sends with a file: checked before anything is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from django.core.files.uploadedfile import UploadedFile

from maillage.directory.by_hand import HANDS
from maillage.directory.intake.registry import READERS
from maillage.jobs.adopt_posts import POSTS
from maillage.jobs.adopt_round import ROUND
from maillage.jobs.import_file import source_id_of
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import Dataset

LONGEST = 80
"""Signs of a source's name."""
_LONGEST_FILE = 120
_VINTAGE = re.compile(r"(20\d\d)(-(0[1-9]|1[0-2]))?")
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its name, who made it, of when it speaks, its bytes."""

    name: str
    source: str
    vintage: str
    content: bytes


def read_sent(
    typed: Mapping[str, str],
    file: UploadedFile[bytes] | None,
    datasets: tuple[Dataset, ...],
    parameters: Parameters,
) -> Sent | dict[str, str]:
    """Return what was sent, or what is wrong by name of field, in French."""
    wrong: dict[str, str] = {}
    source, vintage = " ".join(typed.get("source", "").split()), typed.get("date", "").strip()
    most = int(parameters.number("imports.megabytes"))
    if file is None or not file.size:
        wrong["fichier"] = tr("Choisissez un fichier ; il ne doit pas être vide.")
    elif file.size > most * _MEGA:
        wrong["fichier"] = tr("Ce fichier dépasse {n} Mo : partagez-le en plusieurs.").format(
            n=most
        )
    if vintage and _VINTAGE.fullmatch(vintage) is None:
        wrong["date"] = tr("Écrivez une année, ou une année et un mois : 2026-10.")
    name = _clean_name(file.name if file is not None else None)
    source = source or PurePosixPath(name).stem
    if len(source) > LONGEST:
        wrong["source"] = tr("{n} signes au plus.").format(n=LONGEST)
    elif _is_taken(source, datasets):
        wrong["source"] = tr(
            "Ce nom est celui d'une source que le site tient déjà : dites qui a fait le fichier."
        )
    if wrong or file is None:
        return wrong
    return Sent(name, source, vintage, file.read())


def _is_taken(source: str, datasets: tuple[Dataset, ...]) -> bool:
    """Whether a source of that name is public, or written by people or plans, not by files."""
    source_id = source_id_of(source)
    plans = {ROUND.label, POSTS.label}
    held = {one.source_id for one in datasets if one.name in plans}
    return source_id in {*READERS, *HANDS, *held}


def _clean_name(told: str | None) -> str:
    """Return the last part of a file's name, without what does not print."""
    name = PureWindowsPath(PurePosixPath(told or "").name).name
    shown = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(". ")
    return shown[-_LONGEST_FILE:] or "fichier"
