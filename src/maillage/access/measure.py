"""All access measures of one directory over one territory, by one engine."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.access.catchment import measure_catchments
from maillage.access.coverage import measure_coverage
from maillage.access.equity import measure_equity
from maillage.access.model import Access, Catchment, Equity, NearestTimes, ServiceKey
from maillage.access.nearest import nearest_times
from maillage.access.travel import Mode, TravelTimes
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory


def measure_access(
    territory: Territory,
    directory: Directory,
    people: FragilePeople,
    engine: TravelTimes,
    parameters: Parameters,
) -> Access:
    """Return times, coverage, catchments and equity; parameters are those under ``access``."""
    nearest = nearest_times(territory, directory, engine)
    thresholds = parameters.numbers("access.coverage.thresholds_minutes")
    catchments = tuple(
        catchment
        for mode in _catchment_modes(parameters)
        for catchment in measure_catchments(territory, directory, engine, parameters, mode)
    )
    return Access(
        nearest=nearest,
        coverage=measure_coverage(territory, people, nearest, thresholds),
        catchments=catchments,
        equity=tuple(_equities(territory, nearest, catchments)),
    )


def service_label(service: ServiceKey) -> str:
    """Return the French name of a service key."""
    return tr("Tous services") if service is None else service.label


def _equities(
    territory: Territory,
    nearest: NearestTimes,
    catchments: tuple[Catchment, ...],
) -> Iterator[Equity]:
    ids = tuple(zone.id for zone in territory.zones)
    people = territory.populations
    rows = [(_minutes_label(None, mode), nearest.minutes[None, mode], True) for mode in Mode] + [
        (_supply_label(c.service, c.mode), c.index, False) for c in catchments if c.index.any()
    ]
    for label, values, most_is_worst in rows:
        equity = measure_equity(label, values, people, ids, most_is_worst=most_is_worst)
        if equity is not None:
            yield equity


def _minutes_label(service: ServiceKey, mode: Mode) -> str:
    words = tr("Minutes jusqu'au lieu le plus proche, {mode} ({service})")
    return words.format(mode=mode.label, service=service_label(service))


def _supply_label(service: ServiceKey, mode: Mode) -> str:
    words = tr("Offre accessible {mode} ({service})")
    return words.format(mode=mode.label, service=service_label(service))


def _catchment_modes(parameters: Parameters) -> tuple[Mode, ...]:
    codes = parameters["access.catchment.modes"].value
    known = {mode.code: mode for mode in Mode}
    if not isinstance(codes, tuple) or not all(code in known for code in codes):
        raise ParameterError(tr("« access.catchment.modes » devrait être une liste de modes."))
    return tuple(known[str(code)] for code in codes)
