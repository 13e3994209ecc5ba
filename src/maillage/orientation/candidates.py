"""The permanences of a directory as arrays: what each gives, to whom, at what cost, where."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.open_windows import NO_LIEU
from maillage.access.visits.opening import openings_of_hours, usual_hours
from maillage.directory.model import Directory, Lieu, Permanence, Structure
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word
from maillage.territory.departements import departement

SERVICES = tuple(mednum.Service)
PUBLICS = tuple(mednum.PublicSpecifiquementAdresse)
CARES = tuple(mednum.PriseEnChargeSpecifique)
_NOBODY = mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC
_REMOTE = mednum.ModaliteAccompagnement.A_DISTANCE
_ALONE = mednum.ModaliteAccompagnement.ACCOMPAGNEMENT_INDIVIDUEL
_HOME = re.compile(r"(?<!pas )(?<!pas de visite )(?<!pas d intervention )\b(?:a|au) domicile\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One permanence with its lieu and its structure; ``opened`` is one opening a day.

    ``full_until`` is the last day for which it takes nobody more, None = it takes people; it is
    not opened on those days.
    """

    permanence: Permanence
    lieu: Lieu
    structure: Structure
    opened: tuple[OpeningOn, ...]
    full_until: dt.date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The n permanences of a directory in order of id, and m lieux that stand on the map.

    Arrays: ``points`` (n, 2) lon/lat degrees, NaN where not placed; ``lieux`` (n,) numbers in
    ``places`` (m, 2), NO_LIEU where not placed; ``gives`` (n, 9) services, ``services_told`` (n,);
    ``publics`` (n, 5) and ``cares`` (n, 7), told in (n,) flags; ``free``, ``paying`` and
    ``cost_told`` (n,); ``individual``: one person is helped at a time, told in ``formats_told``;
    ``step_free_told``: a sheet tells how to get in; ``receives``: people come there; ``remote``
    and ``at_home``: help is given so.
    ``served`` are by position the communes where help comes to, None = not told.
    """

    each: tuple[Candidate, ...]
    points: FloatArray
    lieux: IntArray
    places: FloatArray
    gives: FlagArray
    services_told: FlagArray
    publics: FlagArray
    publics_told: FlagArray
    cares: FlagArray
    cares_told: FlagArray
    free: FlagArray
    paying: FlagArray
    cost_told: FlagArray
    individual: FlagArray
    formats_told: FlagArray
    step_free_told: FlagArray
    receives: FlagArray
    remote: FlagArray
    at_home: FlagArray
    served: Mapping[int, frozenset[str] | None]


def candidates_of(
    directory: Directory,
    days: Sequence[dt.date],
    parameters: Parameters,
    served: Mapping[str, frozenset[str]],
    full: Mapping[str, dt.date] = MappingProxyType({}),
) -> Candidates:
    """Return the permanences of a directory, opened on the days as told, else as usual.

    ``served`` tells, by permanence, the communes where it comes to people's homes; those whose
    sheet speaks of visits at home come there too, their zone not told. ``full`` tells, by
    permanence, the last day for which it takes nobody more.
    """
    each = tuple(_unless_full(one, full) for one in _each(directory, days, parameters))
    lieu_ids = sorted({one.lieu.id for one in each if one.lieu.point is not None})
    numbers = {lieu: number for number, lieu in enumerate(lieu_ids)}
    points = {one.lieu.id: one.lieu.point for one in each}
    records = [one.permanence.record for one in each]
    kinds = {service.id: service.kind for service in directory.services}
    given = [
        None if (ids := one.permanence.service_ids) is None else {kinds[i] for i in ids}
        for one in each
    ]
    homes = {
        at: served.get(one.permanence.id) for at, one in enumerate(each) if _comes(one, served)
    }
    costs = [set(record.frais_a_charge or ()) for record in records]
    return Candidates(
        each=each,
        points=_points(each),
        lieux=np.array([numbers.get(one.lieu.id, NO_LIEU) for one in each], dtype=np.int32),
        places=coordinates([point for one in lieu_ids if (point := points[one]) is not None]),
        gives=_table(given, SERVICES),
        services_told=_flags(one is not None for one in given),
        publics=_table((one.publics_specifiquement_adresses for one in records), PUBLICS),
        publics_told=_flags(bool(one.publics_specifiquement_adresses) for one in records),
        cares=_table((one.prise_en_charge_specifique for one in records), CARES),
        cares_told=_flags(one.prise_en_charge_specifique is not None for one in records),
        free=_flags(cost == {mednum.Frais.GRATUIT} for cost in costs),
        paying=_flags(cost == {mednum.Frais.PAYANT} for cost in costs),
        cost_told=_flags(bool(cost) for cost in costs),
        individual=_flags(_ALONE in (one.modalites_accompagnement or ()) for one in records),
        formats_told=_flags(bool(one.modalites_accompagnement) for one in records),
        step_free_told=_flags(one.fiche_acces_libre is not None for one in records),
        receives=_flags(_receives(one) for one in each),
        remote=_flags(_REMOTE in (one.modalites_accompagnement or ()) for one in records),
        at_home=_flags(at in homes for at in range(len(each))),
        served=homes,
    )


def _each(
    directory: Directory, days: Sequence[dt.date], parameters: Parameters
) -> tuple[Candidate, ...]:
    lieux = {lieu.id: lieu for lieu in directory.lieux}
    structures = {structure.id: structure for structure in directory.structures}
    weeks = _Openings(tuple(days), parameters)
    return tuple(
        Candidate(one, lieux[one.lieu_id], body, weeks.of(one, lieux[one.lieu_id], body))
        for one in sorted(directory.permanences, key=lambda one: one.id)
        for body in (structures[one.structure_id],)
    )


def _unless_full(one: Candidate, full: Mapping[str, dt.date]) -> Candidate:
    until = full.get(one.permanence.id)
    if until is None:
        return one
    opened = tuple(
        OpeningOn(day.date, (), Certainty.CERTAIN) if day.date <= until else day
        for day in one.opened
    )
    return replace(one, opened=opened, full_until=until)


class _Openings:
    """Openings on some days; permanences of the same hours share theirs."""

    def __init__(self, days: tuple[dt.date, ...], parameters: Parameters) -> None:
        self._days, self._parameters = days, parameters
        self._usual: dict[tuple[bool, tuple[mednum.Typologie, ...]], str | None] = {}
        self._known: dict[tuple[str | None, str | None, str], tuple[OpeningOn, ...]] = {}
        self._closed = tuple(OpeningOn(day, (), Certainty.CERTAIN) for day in days)

    def of(self, permanence: Permanence, lieu: Lieu, structure: Structure) -> tuple[OpeningOn, ...]:
        """Return one opening a day, as ``access.visits.opening`` has it."""
        if permanence.record.modalites_acces == (_NOBODY,) and not _is_remote(permanence):
            return self._closed
        kind = permanence.itinerant, structure.typologie
        if kind not in self._usual:
            self._usual[kind] = usual_hours(permanence, structure, self._parameters)
        where = departement(lieu.code_insee or lieu.code_postal or "")
        key = permanence.horaires, self._usual[kind], where
        if key not in self._known:
            self._known[key] = openings_of_hours(key[:2], self._days, where, self._parameters)
        return self._known[key]


def _is_remote(permanence: Permanence) -> bool:
    return _REMOTE in (permanence.record.modalites_accompagnement or ())


def _receives(one: Candidate) -> bool:
    record = one.permanence.record
    return record.modalites_acces != (_NOBODY,) and record.modalites_accompagnement != (_REMOTE,)


def _comes(one: Candidate, served: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether help comes to people's homes: as told, else as its sheet says."""
    return one.permanence.id in served or says_home(one.permanence.record)


def says_home(record: MednumRecord) -> bool:
    """Say whether a sheet writes that help comes to people's homes; no column tells it."""
    texts = (record.presentation_resume, record.presentation_detail)
    return any(text and "domicile" in text and _HOME.search(plain(text)) for text in texts)


def _points(each: Sequence[Candidate]) -> FloatArray:
    nowhere = float("nan"), float("nan")
    points = [
        nowhere if (point := one.lieu.point) is None else (point.lon, point.lat) for one in each
    ]
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def _flags(told: Iterable[bool]) -> FlagArray:
    return np.array(list(told), dtype=np.bool_)


def _table(told: Iterable[Collection[Word] | None], words: Sequence[Word]) -> FlagArray:
    rows = [[word in (one or ()) for word in words] for one in told]
    return np.array(rows, dtype=np.bool_).reshape(-1, len(words))
