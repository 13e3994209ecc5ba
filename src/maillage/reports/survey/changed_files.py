"""What changed between two waves, as pages and spreadsheets show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.estimates.changes import Change, Moved
from maillage.survey.estimates.words import share_words
from maillage.tables.write import spreadsheet_bytes

CHANGES = (
    "question", "intitule", "reponse", "libelle", "part_avant", "part_apres", "ecart", "bas",
    "haut", "entendues_deux_fois", "ecart_memes", "bas_memes", "haut_memes", "lecture",
)  # fmt: skip
_ODDS = 20  # an interval at 95 % is wrong once in so many


def changes_bytes(changes: Sequence[Change]) -> bytes:
    """Return the table of changes for a French spreadsheet, a row for each choice."""
    return spreadsheet_bytes(CHANGES, _rows(changes))


def _rows(changes: Sequence[Change]) -> Iterator[list[object]]:
    for one in changes:
        same = one.on_same
        yield [
            one.question.name, one.question.label, one.choice.name, one.choice.label,
            _decimal(one.before.share), _decimal(one.choice.told.share), *_moved(one.on_all),
            "" if same is None else same.n_pairs,
            *(("", "", "") if same is None else _moved(same)), verdict(one.surest),
        ]  # fmt: skip


def _moved(told: Moved) -> tuple[str, str, str]:
    return _decimal(told.difference), _decimal(told.low), _decimal(told.high)


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".replace(".", ",")


def verdict(told: Moved) -> str:
    """Return what the interval of a change allows to say."""
    if not told.is_visible:
        return tr("pas de changement visible")
    return tr("en hausse") if told.difference > 0 else tr("en baisse")


def changes_shown(changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return changes as pages show them, question by question: sentences alone."""
    grouped = groupby(changes, key=lambda one: one.question.name)
    return [_question(list(group)) for _, group in grouped]


def _question(group: Sequence[Change]) -> dict[str, object]:
    question = group[0].question
    return {
        "label": question.label or question.name,
        "visible": any(one.surest.is_visible for one in group),
        "rows": [
            {
                "label": one.choice.label,
                "before": french.percent(one.before.share or 0.0),
                "after": share_words(one.choice.told, question.n_answered),
                "moved": points_words(one.surest),
                "verdict": verdict(one.surest),
                "visible": one.surest.is_visible,
                "rises": one.surest.difference > 0,
            }
            for one in group
        ],
    }


def points_words(told: Moved) -> str:
    """Return by how much a share moved: « −14 points (entre −19 et −9), sur les 120 mêmes »."""
    said = tr("{moved} points (entre {low} et {high})").format(
        moved=_points(told.difference), low=_points(told.low), high=_points(told.high)
    )
    if told.n_pairs is None:
        return said
    pairs = tr("sur {n} entendues les deux fois").format(n=french.number(told.n_pairs))
    return f"{said}, {pairs}"


def _points(value: float) -> str:
    n = round(100 * value)
    return f"+{n}" if n > 0 else french.number(n)


def by_chance(changes: Sequence[Change]) -> str:
    """Return how many of so many comparisons would look changed by chance alone."""
    n_visible = sum(one.surest.is_visible for one in changes)
    return tr(
        "{visible} sur {n} réponses comparées. Si rien n'avait changé, il en ressortirait "
        "environ {chance} par hasard : lisez-les ensemble plutôt qu'une à une."
    ).format(
        visible=french.plural(n_visible, tr("changement visible"), tr("changements visibles")),
        n=french.number(len(changes)),
        chance=french.number(max(round(len(changes) / _ODDS), 1)),
    )
