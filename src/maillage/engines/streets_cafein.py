"""The second street engine: cafein's own street network, whole and unsimplified.

What it does otherwise than ours: its bicycle has a speed of its own, its car drives at the limit
(the French legal ones where none is told), answers are whole seconds, and it is searched from
the origins only: on one-way streets the other side cannot be asked.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maillage.access.streets.model import Snapped, little_covered
from maillage.access.travel import Mode, Trip
from maillage.engines.streets_raw import IntArray
from maillage.engines.streets_store import file_fingerprint, key_of
from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    from cafein.street_network import StreetNetwork
    from geopandas import GeoDataFrame

_WALK_KMH = 3.6  # cafein's only walking speed on a street network
_MODES = ("walk", "bicycle", "car")
_COUNTRY = "FR"


class CafeinStreets:
    """Minutes along real streets as cafein finds them."""

    name = "cafein"

    def __init__(self, network: StreetNetwork, parameters: Parameters) -> None:
        self._network = network
        self._parameters = parameters

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence: the streets, the engine, the speeds."""
        each = " ; ".join(self._told(mode) for mode in modes)
        return tr(
            "Temps par les rues d'OpenStreetMap (moteur cafein {version} ; {each} ; sans "
            "embouteillages, ni attente aux carrefours, ni interdictions de tourner)."
        ).format(version=_version(), each=each)

    def _told(self, mode: Mode) -> str:
        if mode is Mode.WALK:
            how = f"{self._parameters.number('travel.walk.speed_kmh'):g} km/h".replace(".", ",")
        elif mode is Mode.BICYCLE:
            how = tr("à la vitesse propre à cafein")
        else:
            how = tr("à la vitesse limite")
        fixed = self._fixed(mode)
        return f"{mode.label} : {how}" + (f", + {fixed:g} min".replace(".", ",") if fixed else "")

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes from (n, 2) to (m, 2) lon/lat degrees; inf = unreachable."""
        minutes = np.full((len(origins), len(destinations)), np.inf)
        if not minutes.size:
            return minutes
        slower = self._slower(trip.mode)
        fixed = self._fixed(trip.mode)
        limit = self._parameters.number(f"streets.{trip.mode.code}.limit_minutes")
        longest = max(0.0, limit - fixed) / slower
        rows, columns, took = self._pairs(origins, destinations, trip.mode, longest)
        minutes[rows, columns] = took * slower + fixed
        return minutes

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return which of (n, 2) lon/lat degrees stand near streets of a mode; not how far."""
        metres = np.full(len(places), np.inf)
        if len(places):
            rows, columns, _ = self._pairs(places, places, mode, 0.0)
            metres[rows[rows == columns]] = np.nan
        return Snapped(mode, metres, self._parameters.number("streets.snap_m"))

    def doubts(self, mode: Mode, places: FloatArray) -> tuple[Finding, ...]:
        """Return one finding where few of (n, 2) lon/lat degrees are near the streets."""
        enough = self._parameters.number("streets.covered_share")
        return little_covered(self.snap(places, mode), enough)

    def _pairs(
        self, origins: FloatArray, destinations: FloatArray, mode: Mode, limit: float
    ) -> tuple[IntArray, IntArray, FloatArray]:
        """Return the pairs reached within so many of cafein's own minutes, and how many each."""
        from cafein.matrices import TravelTimeMatrix

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # points off the streets: inf tells it
            found = TravelTimeMatrix(
                self._network,
                _frame(origins),
                _frame(destinations),
                transport_mode=mode.code,
                max_street_time=limit,
                snap_distance=self._parameters.number("streets.snap_m"),
                output_time_units="seconds",
            )
        rows, columns = (found[name].astype(np.int32).to_numpy() for name in ("from_id", "to_id"))
        return rows, columns, found["travel_time"].to_numpy() / 60.0

    def _slower(self, mode: Mode) -> float:
        if mode is Mode.WALK:
            return _WALK_KMH / self._parameters.number("travel.walk.speed_kmh")
        return 1.0

    def _fixed(self, mode: Mode) -> float:
        return self._parameters.number(f"travel.{mode.code}.fixed_minutes")


def cafein_streets(
    osm: Sequence[Path],
    box: Box | None,
    parameters: Parameters,
    cache_folder: Path | None = None,
    progress: Progress | None = None,
) -> CafeinStreets:
    """Return cafein's streets of an extract cut to a box (None = all).

    What cafein made is kept in ``cache_folder``, under a name made of the extract's content, the
    box and cafein's version. UnusableFile where the extract cannot be read, or where there are
    several, which cafein does not read; MissingExtra where cafein is not installed.
    """
    _library()
    told = progress or Silent()
    pbf, *others = osm
    if others:
        message = tr("cafein ne lit qu'un extrait : réunissez-les d'abord avec « osmium merge »")
        raise UnusableFile(others[0], message)
    if not pbf.is_file():
        raise UnusableFile(pbf, tr("ce fichier n'existe pas"))
    if cache_folder is None:
        return CafeinStreets(_built(pbf, box, told), parameters)
    key = key_of(_version(), file_fingerprint(pbf), astuple(box) if box else None)
    path = cache_folder / f"rues-{key}.cafein"
    network = _kept(path)
    if network is None:
        network = _built(pbf, box, told)
        _keep(path, network)
    return CafeinStreets(network, parameters)


def _built(pbf: Path, box: Box | None, progress: Progress) -> StreetNetwork:
    from cafein.street_network import StreetNetwork

    progress.step(tr("Lecture des rues d'OpenStreetMap par cafein"))
    try:
        return StreetNetwork.from_osm(
            str(pbf), modes=_MODES, country=_COUNTRY, bounding_box=astuple(box) if box else None
        )
    except Exception as error:
        message = tr("cafein ne peut pas lire cet extrait OpenStreetMap")
        raise UnusableFile(pbf, message, value=str(error)) from error


def _kept(path: Path) -> StreetNetwork | None:
    from cafein.street_network import StreetNetwork

    try:
        return StreetNetwork.load(str(path), verify=True) if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _keep(path: Path, network: StreetNetwork) -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "streets.cafein"
        network.save(str(draft))
        try:
            write_whole(path, draft.read_bytes())
        except OSError:  # streets that cannot be kept are read again next time
            return


def _frame(places: FloatArray) -> GeoDataFrame:
    import geopandas
    import shapely

    ids = [str(number) for number in range(len(places))]
    return geopandas.GeoDataFrame({"id": ids}, geometry=shapely.points(places), crs="EPSG:4326")


def _version() -> str:
    from importlib.metadata import version

    return version("cafein")


def _library() -> None:
    try:
        import cafein.street_network  # noqa: F401 - only to see that it is there
    except ImportError as error:
        message = tr('Ce moteur demande cafein. Installez-le : pip install "maillage[cafein]"')
        raise MissingExtra(message) from error
