"""Every run of a NeTEx publication: told one by one, or unfolded from a model and a frequency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_calls import CallBuilder, Timed
from maillage.access.intake.netex_days import Calendar, ServiceKey, service_key
from maillage.access.intake.netex_stops import StopBook
from maillage.access.intake.netex_told import Frequency, JourneyTold, Told
from maillage.access.timetable.doubts import Doubts
from maillage.kernel.progress import Progress

_MOST_RUNS = 4320  # of one model: one every 20 seconds for a day; beyond, it is a mistake
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its id, what is told of it, its calls, the headway that it may be off by."""

    id: str
    journey: JourneyTold
    calls: tuple[Timed, ...]
    headway: int = 0


def read_runs(
    told: Told, book: StopBook, calendar: Calendar, doubts: Doubts, progress: Progress
) -> list[Run]:
    """Return the runs that can be read, in order of ids; of the others is told why."""
    builder = CallBuilder(told, book, doubts)
    runs: list[Run] = []
    dated: dict[ServiceKey, bool] = {}
    for key, journey in told.journeys.items():
        progress.advance()
        days = service_key(journey)
        if days not in dated:
            dated[days] = _tells_days(days, calendar)
        if not dated[days]:
            doubts.tell(doubt.WITHOUT_DAYS, "", key)
            continue
        calls = builder.build(key, journey)
        if not calls:
            continue
        if journey.on_demand:
            doubts.tell(doubt.ON_DEMAND, "", key)
        if journey.is_model:
            runs += _unfolded(Run(key, journey, calls), told, doubts)
        else:
            runs.append(Run(key, journey, calls))
    for stop in sorted(builder.unplaced):
        doubts.tell(doubt.STOP_WITHOUT_PLACE, "", stop)
    return sorted(runs, key=lambda run: run.id)


def _tells_days(key: ServiceKey, calendar: Calendar) -> bool:
    """Tell whether the days of a run are told, be they none."""
    kinds, conditions = key
    return any(one in calendar.day_types for one in kinds) or any(
        one in calendar.conditions for one in conditions
    )


def _unfolded(model: Run, told: Told, doubts: Doubts) -> Iterator[Run]:
    groups = [
        told.frequencies.get(one) if isinstance(one, str) else one
        for one in model.journey.frequencies
    ]
    starts: dict[int, int] = {}
    for group in groups:
        if group is not None and any(key in told.journeys for key in group.journeys):
            continue  # the runs themselves are told: the group only sums them up
        times = _starts(group, model.calls[0].departure)
        if times is None:
            doubts.tell(doubt.HEADWAYS_UNREAD, "", model.id)
            continue
        headway = times.step if group is not None and not group.keeps_minutes else 0
        starts |= {time: min(headway, starts.get(time, headway)) for time in times}
    if not groups:
        doubts.tell(doubt.HEADWAYS_UNREAD, "", model.id)
    if starts:
        doubts.tell(doubt.HEADWAYS, "", model.id)
    for start in sorted(starts):
        yield replace(_moved(model, start), headway=starts[start])


def _starts(group: Frequency | None, model_start: int) -> range | None:
    """Return the seconds at which the runs of a group leave, None where they cannot be known."""
    if group is None or group.first is None or group.last is None or not group.every:
        return None
    first = group.first
    if group.keeps_minutes:
        first += (model_start - first) % _HOUR
    times = range(first, group.last + 1, group.every)
    return times if 0 < len(times) <= _MOST_RUNS else None


def _moved(model: Run, start: int) -> Run:
    by = start - model.calls[0].departure
    hours, rest = divmod(start, _HOUR)
    calls = tuple(
        replace(call, arrival=call.arrival + by, departure=call.departure + by)
        for call in model.calls
    )
    return Run(f"{model.id} {hours:02}:{rest // 60:02}:{rest % 60:02}", model.journey, calls)
