"""A questionnaire as XLSForm tells it: questions, groups that hold some, conditions between them.

Names are those of the XLSForm, which answers bear and files keep. Conditions, constraints and
calculations are kept as written; ``expressions`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.kernel.coded import Coded


class QuestionKind(Coded):
    """What a question is answered by; the codes are XLSForm's."""

    TEXT = ("text", "texte")
    INTEGER = ("integer", "nombre entier")
    DECIMAL = ("decimal", "nombre")
    RANGE = ("range", "nombre d'une échelle")
    DATE = ("date", "date")
    TIME = ("time", "heure")
    DATETIME = ("dateTime", "date et heure")
    SELECT_ONE = ("select_one", "un choix")
    SELECT_MULTIPLE = ("select_multiple", "un ou plusieurs choix")
    RANK = ("rank", "choix mis en ordre")
    NOTE = ("note", "texte à lire")
    ACKNOWLEDGE = ("acknowledge", "case à cocher")
    GEOPOINT = ("geopoint", "point sur la carte")
    GEOTRACE = ("geotrace", "ligne sur la carte")
    GEOSHAPE = ("geoshape", "surface sur la carte")
    CALCULATE = ("calculate", "valeur calculée")
    HIDDEN = ("hidden", "valeur cachée")
    IMAGE = ("image", "photo")
    AUDIO = ("audio", "son")
    VIDEO = ("video", "vidéo")
    FILE = ("file", "fichier")
    BARCODE = ("barcode", "code à barres")
    START = ("start", "moment du début")
    END = ("end", "moment de la fin")
    TODAY = ("today", "jour de la réponse")
    DEVICE = ("deviceid", "appareil")


UNSEEN = frozenset(
    {
        QuestionKind.CALCULATE,
        QuestionKind.HIDDEN,
        QuestionKind.START,
        QuestionKind.END,
        QuestionKind.TODAY,
        QuestionKind.DEVICE,
    }
)
"""Kinds that nobody is asked: the form fills them itself."""

FROM_CHOICES = frozenset({QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE, QuestionKind.RANK})
"""Kinds answered among the choices of a list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer among several: what files keep, what people read.

    ``more``: the other columns of the ``choices`` sheet, which ``choice_filter`` reads.
    """

    name: str
    label: str
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the ``survey`` sheet that is neither a group nor a repeat.

    Texts are in the form's default language; the empty string where a cell is empty. ``line``: the
    row of the sheet, from 1, headings included.
    """

    name: str
    kind: QuestionKind
    label: str = ""
    hint: str = ""
    required: str = ""
    required_message: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    calculation: str = ""
    default: str = ""
    read_only: str = ""
    appearance: str = ""
    parameters: str = ""
    list_name: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: str = ""
    or_other: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that go together; ``repeats``: they are asked again for each thing told."""

    name: str
    items: tuple[Question | Group, ...]
    label: str = ""
    hint: str = ""
    relevant: str = ""
    appearance: str = ""
    repeats: bool = False
    repeat_count: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire: the sheets ``survey``, ``choices`` and ``settings`` of one XLSForm.

    ``id`` and ``version`` are the settings' ``form_id`` and ``version``.
    """

    id: str
    title: str
    version: str
    items: tuple[Question | Group, ...]
    language: str = ""

    def questions(self) -> Iterator[Question]:
        """Give every question in the order of the sheet, those of groups and repeats too."""
        return _questions(self.items)

    def question(self, name: str) -> Question | None:
        """Return the question of a name, None where there is none."""
        return next((one for one in self.questions() if one.name == name), None)


def _questions(items: tuple[Question | Group, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Group):
            yield from _questions(item.items)
        else:
            yield item
