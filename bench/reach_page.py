"""What can be visited without a car in four real places: the page of the docs, and its maps.

Run with ``python -m bench.reach_page`` (``MAILLAGE_MIRROR`` names the mirror): it writes
``docs/explanation/reach.md`` and the maps of ``docs/explanation/reach/``, and prints how long each
case took. Every figure is computed, so that the page cannot say what the program does not do; same
inputs, same bytes.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.national_places import mirror_folder
from bench.reach_cases import (
    ANY_SERVICE,
    CELL_KM,
    COUNTER,
    SAMPLED,
    Asked,
    Means,
    Reading,
    Territorial,
    cabbalr,
    in_one_line,
    nantes,
    perigueux,
    porto_alegre,
    readings_of,
    readings_of_territory,
)
from bench.reach_pictures import (
    Picture,
    counted,
    middle_place,
    nantes_half_days,
    nantes_minutes,
    nantes_walk,
    perigueux_half_days,
    porto_alegre_half_days,
    porto_alegre_minutes,
    territory_half_days,
)
from bench.reach_sheet import hardest_sheet, why_not
from maillage.access.journeys.footpaths import on_foot
from maillage.access.timetable.on_week import WeekOfNetwork
from maillage.access.travel import TravelTimes
from maillage.access.visits.kinds import visit_kind
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.unknown_hours import UnknownHours
from maillage.engines.streets_osm_engine import OsmStreets
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters

DOCS = Path(__file__).parents[1] / "docs" / "explanation"
FOLDER = "reach"
PAGE = "reach.md"
_WIDTH = 100
_WHY = (Obstacle.NO_WAY_OUT, Obstacle.NO_WAY_BACK, Obstacle.TOO_LONG)


@dataclass(frozen=True)
class Section:
    """One case of the page: its Markdown paragraphs, and the maps that they show."""

    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]


def introduction(parameters: Parameters) -> str:
    """Return the head of the page, with the terms of a visit."""
    kind, walking = visit_kind(COUNTER, parameters), on_foot(parameters)
    what = f"""
        Door to door, while it is open, and back: each home leaves at {_clock(kind.leave_after)} or
        later, arrives while the place is open, is served ({kind.minutes} minutes at the counter),
        and is home by {_clock(kind.back_by)}, with at most {kind.budget_minutes} minutes of travel
        and waiting ([a feasible visit](visits.md)). One walks at most {walking.all_the_way // 60}
        minutes all the way, or {walking.to_stop // 60} to a stop. What is counted is the
        *half-days of a week* (mornings and afternoons) in which at least one such visit works, for
        any service. *Certain* counts places that tell their hours; *possible* adds the others, at
        the hours usual to their kind (`parameters/visits.yaml`, taken from French places).
    """
    which = """
        Four cases, and none knows everything: what each lacks is said. Figures describe the files
        named beside them, whose dates differ. They show what the program does with what it is
        given, and are no diagnosis of these cities today.
    """
    made = """
        This page and its maps are made by `python -m bench.reach_page`; a test holds them to what
        the program does. In code, the doors are `matrix`, `visits` and `isochrones` of
        `maillage.wiring.reach`; the cases below come through the last two.
    """
    title = "# What can be visited without a car, in four real places"
    return "\n\n".join((title, _prose(what), _prose(which), _prose(made)))


def nantes_section(asked: Asked) -> Section:
    """Return the section on Nantes."""
    pictures = nantes_half_days(asked), nantes_minutes(asked), nantes_walk(asked)
    half_days, minutes, walk = pictures
    unknown = asked.unknown
    lead = f"""
        The middle of Nantes, {_size(asked.homes.points)}: real streets and what this file
        holds of the bus and tram timetable (most of its trips have no times: a finding says so).
        The {counted(len(asked.homes.people))} homes are one address in {SAMPLED} of those of the
        extract, each of equal weight. The {unknown.n_lieux} places (public places, digital help,
        libraries) are those that stand along the extract's streets; {asked.n_left_out}
        others stand beyond its edge, where no street is known, and are left out even where a tram
        goes. Of those kept, {unknown.n_lieux - len(unknown.lieu_ids)} tell their hours.
    """
    far = f"""
        How far one walks from *{middle_place(asked)[1]}*, the most central of the places that tell
        their hours. Where the extract ends, so does the map:
    """
    paragraphs = (
        "## 1. Nantes: real streets, a part of the timetable",
        _prose(lead),
        _table(readings_of(asked), "addresses"),
        _shown(half_days),
        "How long the best visit takes, there and back:",
        _shown(minutes),
        _prose(far),
        _shown(walk),
        _how(asked),
    )
    return Section(paragraphs, pictures)


def porto_alegre_section(asked: Asked) -> Section:
    """Return the section on Porto Alegre."""
    possible, away = porto_alegre_half_days(asked), porto_alegre_minutes(asked)
    people, unknown = asked.homes.people, asked.unknown
    lived = people > 0
    median = _weighted_median(asked.minutes_away(Certainty.POSSIBLE)[lived], people[lived])
    lead = f"""
        The field's usual teaching set: {counted(len(people))} cells with {counted(people.sum())}
        people, real streets, a bus and a rail timetable. The {unknown.n_lieux} places are the set's
        points of interest and the cells that hold healthcare;
        {unknown.n_lieux - len(unknown.lieu_ids)} of them tell their hours. For the others,
        *possible* supposes the usual hours of a French place: it says nothing of Brazil, and much
        of what unknown hours cost.
    """
    more = f"""
        Where nearly everybody has as many half-days, how long the best visit takes tells more:
        {median:.0f} minutes of travel and waiting, there and back, at the median.
    """
    paragraphs = (
        "## 2. Porto Alegre: real streets, two timetables, a population grid",
        _prose(lead),
        _table(readings_of(asked), "people"),
        _shown(possible),
        _prose(more),
        _shown(away),
        _how(asked),
    )
    return Section(paragraphs, (possible, away))


def cabbalr_section(told: Territorial, parameters: Parameters) -> Section:
    """Return the section on CA Béthune-Bruay."""
    picture = territory_half_days(told)
    unknown = told.measured.unknown_hours[ANY_SERVICE]
    factor = parameters.number("visits.unknown_bus.car_factor")
    wait = parameters.number("visits.unknown_bus.wait_minutes")
    lead = f"""
        Straight from the directory ({unknown.n_lieux} lieux) and the communes
        ({len(told.territory.zones)}, {counted(told.territory.populations.sum())} people spread over
        their contours), as the report reads them. What it stands on, in one line:
    """
    bounds = f"""
        A bus network runs there, and its timetable is not at hand. Being reached without a car is
        therefore *unknown*, not impossible. Each figure has a low bound (walking and the trains)
        and a high one (a bus supposed at any minute, {factor:g} times as long as a car, and
        {wait:g} minutes of walking and waiting each way), which is very favourable. The truth
        stands between the first row and the last.
    """
    paragraphs = (
        "## 3. CA Béthune-Bruay: the directory, regional trains, no bus timetable",
        _prose(lead),
        f"**{in_one_line(told)}**",
        _prose(bounds),
        _table(readings_of_territory(told), "people"),
        _shown(picture),
        _facts(
            (
                *_streets_rows(told.streets, parameters),
                *_feed_rows(told.week),
                ("hours", _hours_told(unknown)),
                ("bounds", "both given: no bus timetable is at hand"),
            )
        ),
        "In the report's own words:",
        "\n".join(f"> - {sentence}" for sentence in told.measured.how),
    )
    return Section(paragraphs, (picture,))


def perigueux_section(asked: Asked) -> Section:
    """Return the section on Périgueux."""
    picture, sheet = perigueux_half_days(asked), hardest_sheet(asked)
    reasons = [why_not(asked, obstacle) for obstacle in _WHY]
    lead = f"""
        A rural agglomeration's whole bus network, and no streets: walking is a straight line with a
        detour. Homes are {counted(len(asked.homes.people))} squares of {CELL_KM * 1000:.0f} m that
        hold a stop or touch one that does. **They are not inhabitants**: the shares are of ground
        near a stop, much of which has few people or none. The {asked.unknown.n_lieux} places are
        those of three national files (libraries, digital advisers, France services) within the box
        of the stops, with their real hours where told.
    """
    words = """
        What one person can take along: of all squares, the visit by bus both ways, at told hours,
        that keeps longest away from home and is still within the terms. The sheet is in French, as
        its readers are.
    """
    paragraphs = (
        "## 4. Périgueux: whole network, straight-line walking",
        _prose(lead),
        _table(readings_of(asked), "squares"),
        _shown(picture),
        _how(asked),
        "### One journey, in words",
        _prose(words),
        "\n>\n".join(f"> {line}" for line in sheet),
        "And where no visit works at told hours, why not (one square for each reason):",
        "\n".join(f"> - {reason}." for reason in reasons if reason),
    )
    return Section(paragraphs, (picture,))


def files(means: Means, tell: Callable[[str], None]) -> dict[str, str]:
    """Return every file of the page by its path under ``docs/explanation``, telling how it goes."""
    makers: tuple[tuple[str, Callable[[], Section]], ...] = (
        ("Nantes", lambda: nantes_section(nantes(means))),
        ("Porto Alegre", lambda: porto_alegre_section(porto_alegre(means))),
        ("CA Béthune-Bruay", lambda: cabbalr_section(cabbalr(means), means.parameters)),
        ("Périgueux", lambda: perigueux_section(perigueux(means))),
    )
    parts, maps = [introduction(means.parameters)], dict[str, str]()
    for name, make in makers:
        wall, spent = time.perf_counter(), time.process_time()
        section = make()
        took = time.perf_counter() - wall, time.process_time() - spent
        tell(f"{name}: {took[0]:.0f} s, of which {took[1]:.0f} s of processor")
        parts += section.paragraphs
        maps |= {f"{FOLDER}/{picture.name}": picture.svg for picture in section.pictures}
    return {PAGE: "\n\n".join(parts) + "\n", **maps}


def main() -> int:
    """Write the page and its maps; maps that it shows no more are taken away."""
    with tempfile.TemporaryDirectory() as folder:
        made = files(Means(mirror_folder(), Path(folder)), print)
    (DOCS / FOLDER).mkdir(exist_ok=True)
    for path in (DOCS / FOLDER).glob("*.svg"):
        if f"{FOLDER}/{path.name}" not in made:
            path.unlink()
    for name, text in made.items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.encode()) / 1000:.0f} kB")
    return 0


def _prose(text: str) -> str:
    """Return a paragraph in lines of a readable width."""
    words = " ".join(text.split())
    return textwrap.fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _table(readings: Sequence[Reading], noun: str) -> str:
    lines = [
        f"| {noun} | no visit in the week | fewer than two half-days | half-days a week, mean |",
        "|---|---:|---:|---:|",
        *(f"| {r.label} | {_share(r.none)} | {_share(r.few)} | {r.mean:.1f} |" for r in readings),
    ]
    return "\n".join(lines)


def _how(asked: Asked) -> str:
    return _facts(
        (
            *_streets_rows(asked.streets, asked.ground.parameters),
            *_feed_rows(asked.week),
            ("hours", _hours_told(asked.unknown)),
            ("bounds", "low and high are one: no timetable was said to be missing"),
        )
    )


def _facts(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(["| how | |", "|---|---|", *(f"| {name} | {said} |" for name, said in rows)])


def _streets_rows(streets: TravelTimes, parameters: Parameters) -> Iterator[tuple[str, str]]:
    walking = f"walking {parameters.number('travel.walk.speed_kmh'):g} km/h"
    if isinstance(streets, OsmStreets):
        dated = f" of {streets.dated.isoformat()}" if streets.dated else ""
        yield "streets", f"OpenStreetMap extract{dated}, engine `{streets.name}`; {walking}"
    else:
        detour = f"{parameters.number('travel.walk.detour'):g} times the straight line"
        yield "streets", f"estimated, engine `{streets.name}`; {walking}, {detour}"


def _feed_rows(week: WeekOfNetwork) -> Iterator[tuple[str, str]]:
    feeds = {feed.name: feed for feed in week.network.feeds}
    for one in week.weeks:
        feed = feeds[one.feed]
        said = f"`{feed.name}`, {feed.kind}, valid {feed.first_day} to {feed.last_day}; "
        if one.used is None:
            said += f"holds no whole week: not counted in that of Monday {one.asked}"
        elif one.is_itself:
            said += f"read in the week asked, of Monday {one.asked}"
        else:
            said += (
                f"the week asked is that of Monday {one.asked}, read in that of {one.used}, the "
                f"nearest ({one.n_same_type} of 7 days of the same type)"
            )
        yield "timetable", said


def _hours_told(unknown: UnknownHours) -> str:
    n_unknown = len(unknown.lieu_ids)
    return f"unknown at {n_unknown} of {unknown.n_lieux} places ({_share(unknown.share or 0.0)})"


def _shown(picture: Picture) -> str:
    return f"![{picture.alt}]({FOLDER}/{picture.name})"


def _size(points: FloatArray) -> str:
    spans = points.max(axis=0) - points.min(axis=0)
    km = spans * [np.cos(np.radians(points[:, 1].mean())), 1.0] * 111.195
    return f"{km[0]:.1f} by {km[1]:.1f} km"


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    """Return the value that half of the weight stands at or below; values not known come last."""
    order = np.argsort(values)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2.0)
    return float(values[order][half])


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _share(share: float) -> str:
    return f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main())
