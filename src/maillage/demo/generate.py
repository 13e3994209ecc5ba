"""The verb of this room: write the fictional territory as a mirror folder of public sources.

The files have the paths and the formats of the real mirror, so that the very same code reads
both. One function per subject, each with its own stream of chance: to add a subject (a survey, a
network of acquaintances, orientations, a plan), write ``<subject>.py`` with
``<subject>_files(seed, …) -> dict[path, bytes]`` and add one line to ``_files``; the bytes of the
other files do not move.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from maillage.demo import national, portrea, tellings
from maillage.demo.around import places_around
from maillage.demo.buses import bus_files
from maillage.demo.communes import NEIGHBOUR_SIRENS, SIREN, Commune, draw_communes, epci_name
from maillage.demo.landmarks import landmark_files
from maillage.demo.ledger import ledger_bytes, plant
from maillage.demo.places import Place, draw_places
from maillage.demo.presentation import banner, presentation
from maillage.demo.society import draw_society
from maillage.demo.tellings import Telling
from maillage.demo.territory_files import territory_files
from maillage.kernel.atomic import write_whole

DEFAULT_SEED = 4
LEDGER = "demo/ledger.json"
DESCRIPTION = "demo/territoire.json"


@dataclass(frozen=True, slots=True)
class DemoTerritory:
    """What was generated. ``n_places``: true places inside the agglomeration, told or not."""

    siren: str
    name: str
    n_communes: int
    n_places: int


def generate(folder: Path, seed: int = DEFAULT_SEED) -> DemoTerritory:
    """Write the fictional territory in a folder: the same bytes for the same seed, everywhere.

    All is made before anything is written; each file is written whole. Files of other names that
    stand in the folder are left alone.
    """
    communes = draw_communes(seed)
    places = draw_places(seed, communes)
    made = DemoTerritory(
        siren=SIREN,
        name=epci_name(SIREN),
        n_communes=sum(commune.inside for commune in communes),
        n_places=sum(place.commune.inside for place in places),
    )
    files = _files(seed, communes, places)
    files[DESCRIPTION] = _description(made, seed, communes)
    for path in sorted(files):
        write_whole(folder / path, files[path])
    return made


def _files(seed: int, communes: tuple[Commune, ...], places: tuple[Place, ...]) -> dict[str, bytes]:
    societies = {c.code_insee: draw_society(seed, c) for c in communes}
    return {
        **territory_files(communes, societies),
        **_place_files(seed, places),
        **bus_files(communes),
        **landmark_files(communes),
    }


def _place_files(seed: int, places: tuple[Place, ...]) -> dict[str, bytes]:
    told = _tellings(seed, places)
    rows, planted = plant(seed, told, {place.key: place for place in places})
    return {
        **_told_files(rows),
        national.TOWN_HALLS.format(siren=SIREN): national.town_halls_bytes(places),
        LEDGER: ledger_bytes(seed, planted, rows, places),
    }


def _tellings(seed: int, places: tuple[Place, ...]) -> list[Telling]:
    return [
        *portrea.portrea_tellings(seed, places),
        *national.counsellor_tellings(seed, places),
        *national.france_services_tellings(seed, places),
        *national.aidants_tellings(seed, places),
        *national.library_tellings(seed, places),
    ]


def _told_files(rows: Iterable[Telling]) -> dict[str, bytes]:
    by_file: dict[str, list[Telling]] = defaultdict(list)
    for row in rows:
        by_file[row.file].append(row)
    return {
        tellings.PORTREA: portrea.portrea_bytes(by_file[tellings.PORTREA]),
        tellings.COUNSELLORS: national.counsellors_bytes(by_file[tellings.COUNSELLORS]),
        tellings.FRANCE_SERVICES: national.rows_bytes(by_file[tellings.FRANCE_SERVICES]),
        tellings.AIDANTS: national.rows_bytes(by_file[tellings.AIDANTS]),
        tellings.LIBRARIES: national.libraries_bytes(by_file[tellings.LIBRARIES]),
    }


def generate_around(folder: Path, seed: int = DEFAULT_SEED) -> tuple[DemoTerritory, ...]:
    """Write the small territories beside the agglomeration, each a mirror folder by its SIREN.

    They are those that its files call neighbours: the same communes, and the same places, with
    some that it does not know. No mistake is planted in their files.
    """
    communes = draw_communes(seed)
    societies = {c.code_insee: draw_society(seed, c) for c in communes}
    known = draw_places(seed, communes)
    made = []
    for siren in NEIGHBOUR_SIRENS:
        inside = [one for one in communes if one.siren_epci == siren]
        places = (*known, *places_around(seed, inside))
        own = tuple(one for one in places if one.commune.siren_epci == siren)
        files = {
            **territory_files(communes, societies, siren),
            **_told_files(_tellings(seed, places)),
            national.TOWN_HALLS.format(siren=siren): national.town_halls_bytes(own),
        }
        for path in sorted(files):
            write_whole(folder / siren / path, files[path])
        made.append(DemoTerritory(siren, epci_name(siren), len(inside), len(own)))
    return tuple(made)


def _description(made: DemoTerritory, seed: int, communes: tuple[Commune, ...]) -> bytes:
    told = {
        "fictional": True,
        "seed": seed,
        **asdict(made),
        "banner": banner(),
        "presentation": presentation(communes),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
