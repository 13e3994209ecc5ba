"""Travel times along the streets of OpenStreetMap: read by pyosmium, searched by scipy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from maillage.access.streets.isochrones import Isochrone, Reached, drawn
from maillage.access.streets.model import Snapped
from maillage.access.streets.speeds import street_speeds
from maillage.access.travel import Mode, Trip
from maillage.engines.streets_graph import street_graph
from maillage.engines.streets_osm import (
    READER_VERSION,
    RawStreets,
    from_arrays,
    osmium_library,
    read_streets,
)
from maillage.engines.streets_reach import reached_streets
from maillage.engines.streets_scipy import scipy_sparse
from maillage.engines.streets_search import StreetSearch, Walking
from maillage.engines.streets_store import file_fingerprint, key_of, load_arrays, save_arrays
from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
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

    def __init__(self, raw: RawStreets, parameters: Parameters) -> None:
        self._raw = raw
        self._parameters = parameters
        self._speeds = street_speeds(parameters)
        self._searches: dict[Mode, StreetSearch] = {}

    @property
    def dated(self) -> dt.date | None:
        """The extract's date, None where it tells none."""
        return self._raw.dated

    def with_parameters(self, parameters: Parameters) -> OsmStreets:
        """Return the same streets at other speeds; nothing is read again."""
        return OsmStreets(self._raw, parameters)

    def search(self, mode: Mode) -> StreetSearch:
        """Return the graph of a mode, ready to be searched."""
        if mode not in self._searches:
            self._searches[mode] = StreetSearch(street_graph(self._raw, mode, self._speeds))
        return self._searches[mode]

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence: the streets, their date, the engine, the speeds."""
        dated = tr(" du {date}").format(date=french.date(self.dated)) if self.dated else ""
        each = " ; ".join(self._told(mode) for mode in modes)
        return tr(
            "Temps par les rues d'OpenStreetMap (extrait{dated}, moteur osm ; {each} ; sans "
            "embouteillages, ni attente aux carrefours, ni interdictions de tourner)."
        ).format(dated=dated, each=each)

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
        search = self.search(trip.mode)
        snap_m = self._parameters.number("streets.snap_m")
        sides = search.side(origins, snap_m), search.side(destinations, snap_m)
        minutes = search.minutes(*sides, self._walking(trip.mode, trip.within))
        minutes += self._fixed(trip.mode)
        return minutes

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return how far (n, 2) lon/lat degrees stand from the streets of a mode."""
        snap_m = self._parameters.number("streets.snap_m")
        return Snapped(mode, self.search(mode).finder.attach(places, snap_m).metres, snap_m)

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
    pbf: Path,
    box: Box | None,
    parameters: Parameters,
    cache_folder: Path | None = None,
    progress: Progress | None = None,
) -> OsmStreets:
    """Return the streets of an extract cut to a box (None = all), ready to give travel times.

    What is read is kept in ``cache_folder`` (None = nowhere), under a name made of the extract's
    content, the box and the reader's version: it is read again when any of them changes, or when
    what was kept is not whole. Speeds are applied afterwards, so that changing them reads nothing.
    UnusableFile where the extract cannot be read; MissingExtra where the libraries are missing.
    """
    osmium_library()
    scipy_sparse()
    told = progress or Silent()
    if not pbf.is_file():
        raise UnusableFile(pbf, tr("ce fichier n'existe pas"))
    if cache_folder is None:
        return OsmStreets(read_streets(pbf, box, told), parameters)
    told.step(tr("Empreinte de l'extrait OpenStreetMap"))
    key = key_of(READER_VERSION, file_fingerprint(pbf), asdict(box) if box else None)
    path = cache_folder / f"rues-{key}.npz"
    raw = _kept(path)
    if raw is None:
        raw = read_streets(pbf, box, told)
        _keep(path, raw)
    return OsmStreets(raw, parameters)


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
