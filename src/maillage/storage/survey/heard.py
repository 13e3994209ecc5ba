"""What was heard of a territory, as its diagnosis takes it: waves of the shipped questionnaires.

Answers that count, and words that were read, said to be quoted by who spoke and by who read them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maillage.diagnosis.heard_asked import RESIDENTS, STRUCTURES
from maillage.diagnosis.heard_model import Hearing, Quotable
from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.models import ContactRow, Wave
from maillage.storage.survey.waves import waves_of
from maillage.storage.survey.words import (
    attributed,
    counted_words,
    kinds_in,
    read_words,
    retained_themes,
)
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.raking_file import raking_of
from maillage.survey.estimates.weights import Weighting
from maillage.survey.forms.shipped import shipped_form

_LOG = logging.getLogger(__name__)
COUNTER = "habitants_comptoir"
"""The short questionnaire of residents, whose answers count with those of the long one."""
_OF_RESIDENTS = frozenset({RESIDENTS, COUNTER})


def hearing_of(siren: str, least_of_kind: int) -> Hearing | None:
    """Return what was heard of a territory; None where nobody answered a shipped questionnaire.

    Words of who is of a kind of fewer than ``least_of_kind`` do not tell the kind.
    """
    waves = [
        one for one in waves_of(siren) if one.questionnaire.form_id in {STRUCTURES, *_OF_RESIDENTS}
    ]
    names = _names(waves)
    of_structures = [one for one in waves if one.questionnaire.form_id == STRUCTURES]
    of_residents = [one for one in waves if one.questionnaire.form_id in _OF_RESIDENTS]
    structures, residents = (tuple(_answers(some, names)) for some in (of_structures, of_residents))
    if not structures and not residents:
        return None
    return Hearing(
        structures=structures,
        residents=residents,
        to_hear=_to_hear(of_structures, names),
        weighting=_weighting(of_residents),
        from_structures=tuple(_words(of_structures, names, least_of_kind)),
        from_residents=tuple(_words(of_residents, names, least_of_kind)),
    )


def _names(waves: Sequence[Wave]) -> Mapping[str, str]:
    """Return how the report calls each wave, by its slug: its year, its month where two share it.

    Waves of one year are one, whichever questionnaire of residents they ask.
    """
    years = Counter((one.questionnaire.form_id, one.starts.year) for one in waves)
    return {
        one.slug: str(one.starts.year)
        if years[one.questionnaire.form_id, one.starts.year] == 1
        else french.month(one.starts)
        for one in waves
    }


def _answers(waves: Iterable[Wave], names: Mapping[str, str]) -> Iterator[Answer]:
    for wave in waves:
        for answer in answers_of(wave):
            yield replace(answer, wave=names[wave.slug])


def _to_hear(waves: Sequence[Wave], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the kind of each contact, wave by wave; a wave without contacts tells of nobody."""
    found: dict[str, dict[str, str]] = {}
    for row in ContactRow.objects.filter(wave__in=waves, out=False).select_related("wave"):
        kind = str(row.told.get("kind") or "autre")
        found.setdefault(names[row.wave.slug], {})[row.key] = kind
    return found


def _weighting(waves: Sequence[Wave]) -> Weighting:
    """Return the margins of the newest wave that has some; unreadable ones weight nothing."""
    told = next((one for one in waves if one.weighting.strip()), None)
    if told is None:
        return Weighting()
    try:
        return raking_of(told.weighting, shipped_form(RESIDENTS)).weighting
    except UnusableFile as refusal:
        _LOG.warning("the answers of %s are not weighted: %s", told.slug, refusal)
        return Weighting()


def _words(
    waves: Sequence[Wave], names: Mapping[str, str], least_of_kind: int
) -> Iterator[Quotable]:
    rows = counted_words(waves).filter(quotable=True, quote=True).exclude(read_at=None)
    themes, kinds = retained_themes(waves), kinds_in(waves)
    for row in rows.select_related("wave", "answer"):
        read = read_words(row)
        if read is not None:
            by = attributed(row, kinds, least_of_kind)
            yield Quotable(read, by, tuple(themes.get(row.pk, ())), names[row.wave.slug])
