"""A SIREN nobody knows: what the user may have meant."""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from maillage.kernel.errors import UnknownTerritory
from maillage.kernel.language import tr
from maillage.kernel.words import plain

HOW_MANY = 3
_ONE_SLIP = 0.85  # likeness of two numbers of nine digits that differ by one slip of the fingers

Epci = tuple[str, str]
"""A SIREN and a name."""


def is_siren(text: str) -> bool:
    """Whether the text has the shape of a SIREN: nine digits."""
    return re.fullmatch(r"[0-9]{9}", text) is not None


def has_right_key(siren: str) -> bool:
    """Whether the check digit of a SIREN is right (Luhn's rule)."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(siren))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def read_epcis(path: Path) -> tuple[Epci, ...]:
    """Return the SIREN and name of each EPCI of a list, CSV (siren, nom) or JSON (code, nom).

    Suggestions are a courtesy: a list that cannot be read gives none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        if text.lstrip().startswith("["):
            return tuple((str(row["code"]), str(row["nom"])) for row in json.loads(text))
        return tuple((row["siren"], row["nom"]) for row in csv.DictReader(text.splitlines()))
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return ()


def near(asked: str, epcis: Sequence[Epci]) -> tuple[Epci, ...]:
    """Return the few EPCI whose SIREN looks like ``asked`` or whose name holds it."""
    sirens = difflib.get_close_matches(asked, [s for s, _ in epcis], HOW_MANY, _ONE_SLIP)
    by_siren = [epci for siren in sirens for epci in epcis if epci[0] == siren]
    words = plain(asked)
    by_name = [epci for epci in epcis if words and words in plain(epci[1])]
    return tuple(dict.fromkeys([*by_siren, *by_name]))[:HOW_MANY]


def unknown_territory(asked: str, epcis: Sequence[Epci]) -> UnknownTerritory:
    """Return the error for a SIREN that no EPCI answers to, with what may have been meant."""
    sentences = [
        tr("Aucune intercommunalité ne répond au SIREN « {asked} ».").format(asked=asked[:40])
    ]
    if not is_siren(asked):
        sentences.append(tr("Un SIREN compte 9 chiffres."))
    elif not has_right_key(asked):
        sentences.append(tr("Sa clé de contrôle est fausse : un chiffre est sans doute mal copié."))
    meant = near(asked, epcis)
    if meant:
        names = " ; ".join(f"{siren} ({name})" for siren, name in meant)
        sentences.append(tr("Vouliez-vous dire : {names} ?").format(names=names))
    else:
        sentences.append(
            tr("Vérifiez qu'il s'agit du SIREN de l'intercommunalité, et non d'une commune.")
        )
    return UnknownTerritory(" ".join(sentences))
