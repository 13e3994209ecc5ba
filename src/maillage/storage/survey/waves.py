"""Questionnaires brought, and the waves that ask them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.storage.survey.models import Questionnaire, Wave
from maillage.storage.territory.store import hold

ALIAS = "default"


class NoWaveError(MaillageError):
    """A wave that is not there, or takes no answer."""


@dataclass(frozen=True, slots=True)
class NewWave:
    """What a wave begins with; ``slug`` is what its address bears, never used before."""

    slug: str
    title: str
    starts: dt.date
    ends: dt.date | None = None
    public: bool = False
    weighting: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A questionnaire as it is kept: its settings, and the whole of it in Markdown."""

    form_id: str
    version: str
    title: str
    text: str


def bring_questionnaire(siren: str, source: Source, at: dt.datetime) -> Questionnaire:
    """Keep a version of a questionnaire, and return it; the same text is kept once.

    Raises NoWaveError where this version is kept already with another text: answers must know
    which questions they answer.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        row, made = Questionnaire.objects.get_or_create(
            territory_id=siren,
            form_id=source.form_id,
            version=source.version,
            defaults={"title": source.title, "source": source.text, "brought_at": at},
        )
        if not made and row.source != source.text:
            raise NoWaveError(
                tr(
                    "La version « {version} » de ce questionnaire est déjà là, et elle dit autre "
                    "chose : donnez-lui un autre numéro dans la feuille « settings »."
                ).format(version=source.version)
            )
        return row


def open_wave(siren: str, questionnaire: Questionnaire, told: NewWave) -> Wave:
    """Keep a new wave, and return it. Raises NoWaveError where its slug is taken."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        if Wave.objects.filter(territory=siren, slug=told.slug).exists():
            raise NoWaveError(
                tr("Une vague s'appelle déjà « {slug} » : choisissez un autre nom.").format(
                    slug=told.slug
                )
            )
        return Wave.objects.create(
            territory_id=siren,
            questionnaire=questionnaire,
            slug=told.slug,
            title=told.title,
            starts=told.starts,
            ends=told.ends,
            public=told.public,
            weighting=told.weighting,
        )


def change_days(wave: Wave, ends: dt.date | None, *, public: bool) -> None:
    """Say until when a wave takes answers (None: no end is known), and whether from anybody."""
    Wave.objects.filter(pk=wave.pk).update(ends=ends, public=public)


def change_weighting(wave: Wave, told: str) -> None:
    """Keep what is known of the population, as a file tells it; "" weighs nothing."""
    Wave.objects.filter(pk=wave.pk).update(weighting=told)


def waves_of(siren: str) -> Sequence[Wave]:
    """Return the waves of a territory with their questionnaires, the newest first; one query."""
    return list(Wave.objects.filter(territory=siren).select_related("questionnaire"))


def wave_of(siren: str, slug: str) -> Wave | None:
    """Return one wave with its questionnaire, None where there is none of that slug."""
    rows = Wave.objects.filter(territory=siren, slug=slug).select_related("questionnaire")
    return rows.first()


def is_open(wave: Wave, on: dt.date) -> bool:
    """Say whether a wave takes answers on a day, its first and last included."""
    return wave.starts <= on and (wave.ends is None or on <= wave.ends)
