"""What a person writes in a record by hand: the fields open to that, read by the standard's rules.

What is written is a record of one more source (``BY_HAND``), tied to the permanence by a decision,
that decisions choose for the fields written: sources read later do not write over it, and undoing
these decisions brings back what the others tell. It holds the name and the place as they stood, so
that it means something by itself; it bears no date unless the whole record was read again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from maillage.directory.hours import parse_hours
from maillage.directory.record_key import RecordKey
from maillage.kernel.findings import Finding
from maillage.kernel.french import phone
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.standard.read import read_record
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word
from maillage.tables.model import Row

_SET_ASIDE = re.compile(r"\s*:\s*(?:il|elle) a été laissée? de côté")
_WRITE_HOURS = "Écrivez par exemple « lundi 9h-12h, mercredi 14h-18h, samedi 9h-12h »."
BY_HAND = "saisie-coordination"
"""The source of all that the coordination writes by hand."""
BY_STRUCTURE = "saisie-structure"
"""The source of all that structures write of themselves."""
HANDS = frozenset({BY_HAND, BY_STRUCTURE})
ADDRESS = ("adresse", "complement_adresse", "code_postal")
"""The fields that are written together: an address is never of two records."""
WORDS: Mapping[str, type[Word]] = MappingProxyType(
    {
        "services": mednum.Service,
        "frais_a_charge": mednum.Frais,
        "modalites_acces": mednum.ModaliteAcces,
        "modalites_accompagnement": mednum.ModaliteAccompagnement,
        "publics_specifiquement_adresses": mednum.PublicSpecifiquementAdresse,
        "prise_en_charge_specifique": mednum.PriseEnChargeSpecifique,
    }
)
"""The fields told in the words of the national schema."""
LISTS = ("courriels", "site_web")
"""The fields that hold several addresses."""
FIELDS = (
    "nom",
    *ADDRESS,
    "telephone",
    *LISTS,
    "prise_rdv",
    "horaires",
    "presentation_resume",
    "presentation_detail",
    *WORDS,
)
"""Every field that can be written by hand, in the order of a form."""
NONE_TOLD = "-"
"""What stands in a form for « none », which is not « not told »."""
_LONGEST = 4000  # signs of one field: a longer text is a page


def is_by_hand(key: RecordKey) -> bool:
    """Whether a record was written by hand."""
    return key.source_id in HANDS


def as_typed(field: str, record: MednumRecord) -> str:
    """Return a field as a form shows it; "" = not told.

    Words are their values, several parts joined by « | », « - » where none is told to be.
    """
    value = getattr(record, field)
    if value is None:
        return ""
    if value == ():
        return NONE_TOLD
    if isinstance(value, tuple):
        parts = [word.value for word in WORDS[field] if word in value] if field in WORDS else value
        return mednum.SEPARATOR.join(parts)
    return " ".join(phone(value).split()) if field == "telephone" else str(value)


def read_typed(field: str, text: str, on: dt.date) -> tuple[Any, str]:
    """Return the value that a person wrote in a field, and what is wrong with it in French.

    "" where nothing is wrong; the value is then None where it is withdrawn. What the standard
    would only doubt is refused: the person is there to write it better.
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > _LONGEST:
        return None, tr("Ce texte est trop long : {n} signes au plus.").format(n=_LONGEST)
    if not text:
        needed = field in ("nom", "adresse")
        return None, tr("Ce champ ne peut pas rester vide.") if needed else ""
    if field in WORDS:
        return _words(field, text)
    if field == "horaires":
        value, doubts = parse_hours(text)
        return value, f"{doubts[0].message} {tr(_WRITE_HOURS)}" if doubts else ""
    return _of_the_standard(field, text, on)


def _words(field: str, text: str) -> tuple[Any, str]:
    if text == NONE_TOLD:
        return (), ""
    asked = set(text.split(mednum.SEPARATOR))
    chosen = tuple(word for word in WORDS[field] if word.value in asked)
    if len(chosen) != len(asked):
        return None, tr("Choisissez parmi les réponses proposées.")
    return chosen, ""


def _of_the_standard(field: str, text: str, on: dt.date) -> tuple[Any, str]:
    cells = {"id": "x", "nom": "x", field: text.replace("\n", " | ") if field in LISTS else text}
    record, doubts = read_record(Row(0, cells), BY_HAND, on)
    value = None if record is None else getattr(record, field)
    if not doubts and value is None:
        return None, tr("Cette valeur n'est pas comprise.")
    return value, _wrong(doubts)


def _wrong(doubts: tuple[Finding, ...]) -> str:
    """Return what is wrong with a value that somebody still has before their eyes."""
    told = (f"{_SET_ASIDE.sub('', one.message)} {one.advice}" for one in doubts[:1])
    return " ".join(told)
