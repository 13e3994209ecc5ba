"""What public sources know of how people move: timetables of trains, extracts of streets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.parameters import Parameters

if TYPE_CHECKING:
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.kernel.geometry import Box, FloatArray
    from maillage.kernel.provenance import Dataset, LocalFile
    from maillage.territory.intake.france import FranceCommune

STREETS = "osm-extraits"
COMMUNES = "communes-france"
TIMETABLES = "timetables"
"""The folder of a workspace where its timetables stand."""
_CUT_VERSION = "1"  # changes when a cut of the same file would be another

NOTHING_HERE = FindingKind(
    "timetable-elsewhere",
    Severity.INFO,
    "Aucune course de « {name} » ne passe deux fois dans le territoire ou ses abords.",
    "Rien à faire si aucun train ne dessert le territoire.",
)
NO_EXTRACT = FindingKind(
    "streets-no-extract",
    Severity.WARNING,
    "Aucun extrait de rues n'est connu pour le département « {code} ».",
    "Donnez un extrait OpenStreetMap (.osm.pbf) de ce département avec --osm.",
)
STREETS_PARTIAL = FindingKind(
    "streets-partial",
    Severity.WARNING,
    "Les rues de « {name} » manquent : elles s'arrêtent à la limite de cette ancienne région.",
    "Relancez avec le réseau, ou donnez tous les extraits avec --osm.",
)


@dataclass(frozen=True, slots=True)
class PublicGround:
    """Files that are at hand, the public datasets they come from, and what is doubtful or lacks."""

    paths: tuple[Path, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    findings: tuple[Finding, ...] = ()


def told_of(work: TerritoryWork, *grounds: PublicGround) -> TerritoryWork:
    """Return the work whose territory names the datasets of some grounds too, each once."""
    read = (*work.territory.datasets, *(one for ground in grounds for one in ground.datasets))
    territory = replace(work.territory, datasets=tuple(dict.fromkeys(read)))
    return replace(work, territory=territory)


def timetables_around(
    siren: str, places: FloatArray, sources: PublicSources, parameters: Parameters, cache: Path
) -> PublicGround:
    """Return the public timetables of an EPCI around (n, 2) lon/lat degrees, n at least 1.

    A national feed is cut once to the places and the margin of streets; the cut is kept in
    ``cache``. Raises UnusableFile where a feed cannot be read at all.
    """
    from maillage.kernel.geometry import box_around
    from maillage.sources.catalogue import load_catalogue

    box = box_around(places, parameters.number("streets.margin_km"))
    n_told = len(sources.findings)
    paths: list[Path] = []
    datasets: list[Dataset] = []
    elsewhere: list[Finding] = []
    stood_for: set[str | None] = set()
    for source_id in sources.feeding("journeys", siren):
        file = None if source_id in stood_for else sources.get(source_id, siren)
        if file is None:
            continue
        stood_for.add(load_catalogue()[source_id].stands_for)
        datasets.append(file.dataset)
        cut = _cut_of(file, box, cache)
        if cut is None:
            elsewhere.append(NOTHING_HERE.at(Where(source=source_id), name=file.dataset.name))
        else:
            paths.append(cut)
    told = (*sources.findings[n_told:], *elsewhere)
    return PublicGround(tuple(paths), tuple(datasets), told)


def _cut_of(file: LocalFile, box: Box, cache: Path) -> Path | None:
    """Return a feed cut to a box, as it is where it cannot be cut, None where nothing is there."""
    from maillage.access.intake.gtfs_cut import cut_gtfs
    from maillage.kernel.atomic import write_whole

    asked = (_CUT_VERSION, file.dataset.checksum, box)
    folder = hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
    path = cache / "timetables" / folder / f"{file.dataset.source_id}.zip"
    if path.is_file():
        return path
    try:
        content = cut_gtfs(file.path, box)
        if content is None:
            return None
        write_whole(path, content)
    except (ValueError, OSError):  # cells are quoted, or nothing can be kept: it is read whole
        return file.path
    return path


def streets_around(siren: str, sources: PublicSources, parameters: Parameters) -> PublicGround:
    """Return the extracts that hold the streets of an EPCI and its margin, downloaded if need be.

    They are those of the départements of all communes in the box of the EPCI's communes, widened by
    the margin of streets. Where the EPCI's own extract cannot be had, there are none: streets of
    the neighbours alone would mislead. Raises UnknownTerritory where no commune is of that EPCI,
    SourceUnavailable where the list of communes cannot be had.
    """
    from maillage.sources.extracts import load_extracts

    n_told = len(sources.findings)
    own, around = _departements(siren, sources, parameters)
    needed, unknown = load_extracts().holding(own | around)
    files = {one.id: sources.get(STREETS, one.id) for one in needed}
    home = {one.id for one in needed if own & set(one.departements)}
    whole = bool(home) and all(files[extract_id] for extract_id in home)
    found = [file for file in files.values() if file is not None] if whole else []
    lacks = [NO_EXTRACT.at(Where(source=STREETS, subject=code), code=code) for code in unknown]
    partial = [one.name for one in needed if whole and files[one.id] is None]
    lacks += [STREETS_PARTIAL.at(Where(source=STREETS, subject=one), name=one) for one in partial]
    return PublicGround(
        tuple(file.path for file in found),
        tuple(file.dataset for file in found),
        (*sources.findings[n_told:], *lacks),
    )


def _departements(
    siren: str, sources: PublicSources, parameters: Parameters
) -> tuple[set[str], set[str]]:
    """Return the départements of an EPCI, and those of the communes in its widened box."""
    import numpy as np

    from maillage.kernel.geometry import box_around, coordinates
    from maillage.sources.suggestions import read_epcis, unknown_territory
    from maillage.territory.intake.france import read_france

    file = sources.get(COMMUNES, siren)
    communes = () if file is None else read_france(file)[0]
    placed = [(one, one.point) for one in communes if one.point is not None]
    points = coordinates(tuple(point for _, point in placed))
    ours = np.array([one.epci == siren for one, _ in placed], dtype=np.bool_)
    if not ours.any():
        listed = sources.get("epci-france", siren)
        raise unknown_territory(siren, () if listed is None else read_epcis(listed.path))
    box = box_around(points[ours], parameters.number("streets.margin_km"))
    named = [one for one, _ in placed]
    return _codes(named, ours), _codes(named, box.holds(points))


def _codes(communes: Iterable[FranceCommune], which: Iterable[bool]) -> set[str]:
    from itertools import compress

    from maillage.territory.departements import departement

    return {departement(one.code_insee) for one in compress(communes, which)}


def needs_epci(source_id: str) -> bool:
    """Whether the files of a source are asked for by EPCI. Raises KeyError where it is unknown."""
    from maillage.sources.catalogue import load_catalogue

    source = load_catalogue()[source_id]
    return source.by_extract or source.by_territory or bool(source.only_for)


def fetched(
    source_id: str, siren: str | None, sources: PublicSources, parameters: Parameters
) -> PublicGround:
    """Return the files of one source, downloaded if need be; of an EPCI where ``needs_epci``.

    Raises SourceUnavailable where no file is to be had, UnknownTerritory.
    """
    from maillage.kernel.errors import SourceUnavailable
    from maillage.sources.catalogue import load_catalogue

    source = load_catalogue()[source_id]
    if source.by_extract:
        found = streets_around(siren or "", sources, parameters)
    else:
        file = sources.get(source_id, siren or "")
        had = () if file is None else (file,)
        paths, datasets = (one.path for one in had), (one.dataset for one in had)
        found = PublicGround(tuple(paths), tuple(datasets), tuple(sources.findings))
    if not found.paths:
        why = [finding.message for finding in found.findings]
        raise SourceUnavailable(" ".join([*why, source.by_hand or ""]).strip() or source.name)
    return found


def timetables_of(workspace: Path | None) -> tuple[Path, ...]:
    """Return the timetables that stand in a workspace's ``timetables`` folder, in order of name.

    Zips and folders of GTFS or NeTEx, and lone NeTEx files; what is hidden is passed over.
    """
    return () if workspace is None else timetables_in(workspace / TIMETABLES)


def timetables_in(folder: Path) -> tuple[Path, ...]:
    """Return the timetables that stand in a folder, as ``timetables_of``; none if it is not one."""
    if not folder.is_dir():
        return ()
    kept = (path for path in folder.iterdir() if not path.name.startswith("."))
    return tuple(sorted(path for path in kept if path.is_dir() or path.suffix in {".zip", ".xml"}))
