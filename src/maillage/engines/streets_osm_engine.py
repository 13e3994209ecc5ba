"""Travel times along the streets of OpenStreetMap: read by pyosmium, searched by scipy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from maillage.access.streets.isochrones import Isochrone, Reached, drawn
from maillage.access.streets.model import Snapped, doubts_of_extracts, little_covered
from maillage.access.streets.speeds import street_speeds
from maillage.access.travel import Mode, Trip
from maillage.engines.streets_graph import street_graph
from maillage.engines.streets_osm import READER_VERSION, osmium_library
from maillage.engines.streets_raw import RawStreets, from_arrays
from maillage.engines.streets_reach import reached_streets
from maillage.engines.streets_scipy import scipy_sparse
from maillage.engines.streets_search import StreetSearch, Walking
from maillage.engines.streets_store import file_fingerprint, key_of, load_arrays, save_arrays
from maillage.engines.streets_together import read_streets
from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Box, FloatArray, Point, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress, Silent


class OsmStreets:
    """Minutes along real streets, at the speeds of ``streets.*`` and ``travel.*``.

    A point is put on the nearest street of the mode, and walks to it; beyond ``streets.snap_m``
    nothing is told of it (inf). The graph of a mode is made when first asked for.
    """

    name = "osm"

    def __init__(self, raw: RawStreets, parameters: Parameters, files: Sequence[str]) -> None:
        self._raw = raw
        self._files = tuple(files)
        self._parameters = parameters
        self._speeds = street_speeds(parameters)
        self._searches: dict[tuple[Mode, bool], StreetSearch] = {}

    @property
    def dated(self) -> dt.date | None:
        """The date of the extract, the oldest of several; None where none tells its own."""
        return next(iter(self._raw.dates), None)

    def with_parameters(self, parameters: Parameters) -> OsmStreets:
        """Return the same streets at other speeds; nothing is read again."""
        return OsmStreets(self._raw, parameters, self._files)

    def search(self, mode: Mode, *, step_free: bool = False) -> StreetSearch:
        """Return the graph of a mode, with or without steps, ready to be searched."""
        asked = mode, step_free
        if asked not in self._searches:
            graph = street_graph(self._raw, mode, self._speeds, step_free=step_free)
            self._searches[asked] = StreetSearch(graph)
        return self._searches[asked]

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence: the streets, their date, the engine, the speeds."""
        each = " ; ".join(self._told(mode) for mode in modes)
        return tr(
            "Temps par les rues d'OpenStreetMap ({extracts}, moteur osm ; {each} ; sans "
            "embouteillages, ni attente aux carrefours, ni interdictions de tourner)."
        ).format(extracts=self._extracts(), each=each)

    def _extracts(self) -> str:
        n, dates = len(self._raw.brought), self._raw.dates
        told = tr("extrait") if n == 1 else tr("{n} extraits").format(n=n)
        if len(dates) > 1:
            first, last = french.date(dates[0]), french.date(dates[-1])
            return told + tr(" du {first} au {last}").format(first=first, last=last)
        return told + "".join(tr(" du {date}").format(date=french.date(one)) for one in dates)

    def _told(self, mode: Mode) -> str:
        speeds = self._speeds
        if mode is Mode.CAR:
            how = tr("{share} de la vitesse limite, ou vitesse usuelle de la voie").format(
                share=french.percent(speeds.driven_share)
            )
        else:
            kmh = speeds.walk_kmh if mode is Mode.WALK else speeds.bicycle_kmh
            how = f"{kmh:g} km/h".replace(".", ",")
        fixed = self._fixed(mode)
        if fixed:
            how += f", + {fixed:g} min".replace(".", ",")
        limit = tr("au plus {limit:g} min").format(limit=self._limit(mode))
        return f"{mode.label} : {how}, {limit}"

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes from (n, 2) to (m, 2) lon/lat degrees; inf = unreachable."""
        search = self.search(trip.mode, step_free=trip.step_free)
        snap_m = self._parameters.number("streets.snap_m")
        sides = search.side(origins, snap_m), search.side(destinations, snap_m)
        minutes = search.minutes(*sides, self._walking(trip.mode, trip.within))
        minutes += self._fixed(trip.mode)
        return minutes

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return how far (n, 2) lon/lat degrees stand from the streets of a mode."""
        snap_m = self._parameters.number("streets.snap_m")
        return Snapped(mode, self.search(mode).side(places, snap_m).spots.metres, snap_m)

    def doubts(self, mode: Mode, places: FloatArray) -> tuple[Finding, ...]:
        """Return what is doubtful in the extracts, and if few of (n, 2) degrees are near them."""
        enough = self._parameters.number("streets.covered_share")
        told = doubts_of_extracts(self._files, self._raw.brought, self._raw.missing)
        return (*told, *little_covered(self.snap(places, mode), enough))

    def reached(self, point: Point, mode: Mode, limit: float, *, towards: bool = False) -> Reached:
        """Return the streets reached from a point within so many minutes.

        With ``towards``, those from which the point is reached.
        """
        search = self.search(mode)
        side = search.side(coordinates([point]), self._parameters.number("streets.snap_m"))
        walking = Walking(self._walking(mode).minutes_per_m, max(0.0, limit - self._fixed(mode)))
        found = reached_streets(search, side, walking, towards=towards)
        return found.later(self._fixed(mode))

    def isochrones(
        self, point: Point, mode: Mode, minutes: Sequence[float], *, towards: bool = False
    ) -> tuple[Isochrone, ...]:
        """Return what is reached from a point (``towards``: what reaches it), soonest first."""
        found = self.reached(point, mode, max(minutes), towards=towards)
        return drawn(found, minutes, self._parameters.number("streets.isochrone_m"))

    def _fixed(self, mode: Mode) -> float:
        return self._parameters.number(f"travel.{mode.code}.fixed_minutes")

    def _limit(self, mode: Mode) -> float:
        return self._parameters.number(f"streets.{mode.code}.limit_minutes")

    def _walking(self, mode: Mode, within: float | None = None) -> Walking:
        limit = self._limit(mode) if within is None else min(self._limit(mode), within)
        return Walking(0.06 / self._speeds.walk_kmh, max(0.0, limit - self._fixed(mode)))


def street_network(
    osm: Sequence[Path],
    box: Box | None,
    parameters: Parameters,
    cache_folder: Path | None = None,
    progress: Progress | None = None,
) -> OsmStreets:
    """Return the streets of extracts, together, cut to a box (None = all): ready to give times.

    The order of the extracts does not matter, nor does giving one twice. What is read is kept in
    ``cache_folder`` (None = nowhere), under a name made of the extracts' content, the box and the
    reader's version: it is read again when any of them changes, or when what was kept is not
    whole. Speeds are applied afterwards, so that changing them reads nothing. UnusableFile where
    an extract cannot be read; MissingExtra where the libraries are missing; ValueError without any
    extract.
    """
    osmium_library()
    scipy_sparse()
    told = progress or Silent()
    prints = _fingerprints(osm, told)
    in_order = [prints[each] for each in sorted(prints)]
    path = None
    if cache_folder is not None:
        key = key_of(READER_VERSION, sorted(prints), asdict(box) if box else None)
        path = cache_folder / f"rues-{key}.npz"
    raw = None if path is None else _kept(path)
    if raw is None:
        raw = read_streets(in_order, box, told)
        if path is not None:
            _keep(path, raw)
    return OsmStreets(raw, parameters, tuple(one.name for one in in_order))


def _fingerprints(osm: Sequence[Path], progress: Progress) -> dict[str, Path]:
    """Return the files by fingerprint, each once. ValueError where there is none."""
    if not osm:
        raise ValueError("no extract of streets")
    for pbf in osm:
        if not pbf.is_file():
            raise UnusableFile(pbf, tr("ce fichier n'existe pas"))
    progress.step(tr("Empreinte de l'extrait OpenStreetMap"))
    return {file_fingerprint(pbf): pbf for pbf in reversed(osm)}


def _kept(path: Path) -> RawStreets | None:
    arrays = load_arrays(path)
    try:
        return None if arrays is None else from_arrays(arrays)
    except (KeyError, ValueError):
        return None


def _keep(path: Path, raw: RawStreets) -> None:
    try:
        save_arrays(path, raw.arrays())
    except OSError:  # streets that cannot be kept are read again next time
        return
