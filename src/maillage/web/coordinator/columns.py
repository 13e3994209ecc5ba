"""The columns of a file that was brought, as a coordinator reads them and says what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.directory.field_words import label
from maillage.directory.mapping import findings as kinds
from maillage.directory.mapping.edit import NOT_READ, read_by
from maillage.directory.mapping.load import national_words
from maillage.directory.mapping.model import FIELDS, Confidence
from maillage.jobs.look_at_file import LookedAt
from maillage.kernel.findings import Severity
from maillage.kernel.language import tr
from maillage.storage.imports.keep import Choices
from maillage.web.background.importing import found_words

AS_PROPOSED = "="
SET_ASIDE = "-"
"""What is chosen for a value that says nothing of use."""
_SHOWN_BY_COLUMNS = {
    kind.code
    for kind in (
        kinds.COLUMNS_UNMAPPED,
        kinds.DOUBTFUL,
        kinds.RIVALS,
        kinds.VALUES_UNKNOWN,
        kinds.VALUES_WORDLESS,
    )
}
_CHOOSE_COLUMN = tr(
    "Si une colonne le dit, choisissez-le pour elle dans « Ce que dit chaque colonne »."
)
_CHOOSE_WORD = tr(
    "Dites ce qu'ils veulent dire dans « Mots qui ne sont pas ceux du schéma national » ; pour un "
    "fichier déjà importé, apportez-le de nouveau."
)
_ADVICE = {
    kinds.FIELD_MISSING.code: _CHOOSE_COLUMN,
    kinds.PIVOT_MISSING.code: tr("Rien à faire. ") + _CHOOSE_COLUMN,
    kinds.NAME_WITHOUT_COLUMN.code: _CHOOSE_COLUMN,
    kinds.COLUMNS_UNMAPPED.code: _CHOOSE_COLUMN,
    kinds.VALUES_UNKNOWN.code: _CHOOSE_WORD,
    kinds.VALUES_WORDLESS.code: _CHOOSE_WORD,
    kinds.DOUBTFUL.code: tr("Vérifiez les exemples dans « Ce que dit chaque colonne »."),
    kinds.RIVALS.code: tr("Vérifiez ce choix dans « Ce que dit chaque colonne »."),
}
"""What to do on this page, where what is said of old speaks of a mapping's file."""
_EXAMPLES = 3
_CUT = 60
_MOST_VALUES = 30


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column: its name, some of its cells, the fields proposed, how sure, what was chosen."""

    key: str
    name: str
    examples: tuple[str, ...]
    proposed: str
    sure: str
    chosen: str

    @property
    def doubtful(self) -> bool:
        """Whether the proposal is to be looked at before the others."""
        return self.sure == Confidence.DOUBTFUL.value


@dataclass(frozen=True, slots=True)
class ValueShown:
    """A value without a national word: of which field, how often, and what was chosen."""

    key: str
    field: str
    label: str
    value: str
    times: int
    words: tuple[str, ...]
    chosen: str


def columns_shown(looked: LookedAt, choices: Choices) -> tuple[ColumnShown, ...]:
    """Return the columns of a file, in its order; none where nothing is to be chosen."""
    proposal = looked.proposal
    if proposal is None:
        return ()
    sure = {one.field: one.confidence for one in proposal.fields}
    shown = []
    for number, name in enumerate(looked.table.columns):
        fields = read_by(proposal.mapping, name)
        doubts = [sure[one] for one in fields if one in sure]
        worst = max(doubts, key=list(Confidence).index).value if doubts else ""
        shown.append(
            ColumnShown(
                key=f"c{number}",
                name=name,
                examples=_examples(looked, name),
                proposed=", ".join(label(one) for one in fields),
                sure=worst,
                chosen=choices.columns.get(name, AS_PROPOSED),
            )
        )
    return tuple(shown)


def values_shown(looked: LookedAt, choices: Choices) -> tuple[ValueShown, ...]:
    """Return the values that no national word says, the most frequent of each field first."""
    shown: list[ValueShown] = []
    for one in looked.proposal.fields if looked.proposal else ():
        chosen = choices.words.get(one.field, {})
        for value, times in one.wordless[:_MOST_VALUES]:
            words = chosen.get(value)
            told = AS_PROPOSED if words is None else (words or (SET_ASIDE,))[0]
            key, known = f"v{len(shown)}", tuple(national_words(one.field))
            shown.append(ValueShown(key, one.field, label(one.field), value, times, known, told))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class KindTold:
    """What is doubtful of one kind: how grave, what to do, how often, and some of what is said."""

    code: str
    label: str
    advice: str
    n: int
    examples: tuple[str, ...]


def told_beside(looked: LookedAt | None) -> list[dict[str, Any]]:
    """Return what is to know of a file, in plain words."""
    return [found_words(one) for one in looked.findings] if looked else []


def kinds_told(
    findings: Iterable[Mapping[str, Any]], *, columns_shown: bool
) -> tuple[KindTold, ...]:
    """Return findings by kind, the gravest first, then those of most; each said once.

    Where the columns are shown beside, what they and their values show is not said again.
    """
    by_code: dict[str, dict[str, Mapping[str, Any]]] = {}
    for one in findings:
        if not (columns_shown and one["code"] in _SHOWN_BY_COLUMNS):
            by_code.setdefault(one["code"], {}).setdefault(_with_line(one), one)
    worst = [one.code for one in Severity]
    groups = [_kind_told(group) for group in by_code.values()]
    return tuple(sorted(groups, key=lambda kind: (-worst.index(kind.code), -kind.n)))


def _kind_told(group: Mapping[str, Mapping[str, Any]]) -> KindTold:
    first = next(iter(group.values()))
    advice = _ADVICE.get(first["code"], first["advice"])
    shown = tuple(group)[:_EXAMPLES]
    return KindTold(first["severity"], first["label"], advice, len(group), shown)


def _with_line(told: Mapping[str, Any]) -> str:
    message, line = str(told["message"]), told.get("line")
    return message if line is None else tr("Ligne {n} : {said}").format(n=line, said=message)


def field_choices() -> tuple[tuple[str, str], ...]:
    """Return the fields that a column may tell, by what people call them."""
    return tuple(sorted(((one, label(one)) for one in FIELDS), key=lambda pair: pair[1]))


def choices_of(sent: Mapping[str, str], looked: LookedAt) -> Choices:
    """Return what a form chose of a file; what it does not know is as it was proposed."""
    columns: dict[str, str] = {}
    for one in columns_shown(looked, Choices()):
        told = sent.get(one.key, AS_PROPOSED)
        if told == NOT_READ or told in FIELDS:
            columns[one.name] = told
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for value in values_shown(looked, Choices()):
        told = sent.get(value.key, AS_PROPOSED)
        if told == SET_ASIDE or told in value.words:
            chosen = () if told == SET_ASIDE else (told,)
            words.setdefault(value.field, {})[value.value] = chosen
    return Choices(columns, words)


def _examples(looked: LookedAt, column: str) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for row in looked.table.rows:
        cell = row.cells.get(column, "").strip()
        if cell:
            told[cell if len(cell) <= _CUT else f"{cell[:_CUT]}…"] = None
        if len(told) == _EXAMPLES:
            break
    return tuple(told)
