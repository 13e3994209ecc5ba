"""What the diagnosis says it does not know."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import BETHUNE, DEMARCHES, Place, east_of, make_directory, make_territory

from maillage.diagnosis.model import Unknown
from maillage.diagnosis.quality import measure_quality
from maillage.diagnosis.supply import count_supply
from maillage.diagnosis.unknowns import Facts, list_unknowns
from maillage.directory.model import Directory
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum
from maillage.territory.fragility_model import Fragility
from maillage.territory.model import Indicator, IndicatorTable, Territory, ZoneKind

ON = dt.date(2026, 9, 1)
PARAMETERS = load_parameters(ON)
NONE = np.zeros(0)
FULL = {"pivot": "43493312300029", "code_insee": "62119"}


def _unknowns(
    territory: Territory,
    directory: Directory,
    *,
    engine_name: str = "straight-line",
    missing: tuple[str, ...] = (),
) -> dict[str, Unknown]:
    fragility = Fragility("", (), NONE, NONE, NONE, NONE, NONE, 0, missing)
    facts = Facts(
        territory=territory,
        directory=directory,
        supply=count_supply(territory, directory),
        quality=measure_quality(directory, ON, PARAMETERS),
        fragility=fragility,
        engine_name=engine_name,
        parameters=PARAMETERS,
    )
    return {unknown.code: unknown for unknown in list_unknowns(facts)}


def _plain(text: str) -> str:
    return text.replace(FIXED, " ")


def test_a_well_known_territory_still_owns_up() -> None:
    """With streets, quarters, neighbours and full records, what nobody knows is still told."""
    territory = make_territory(1, neighbours=[(east_of(BETHUNE, 2.0), 500)])
    zones = tuple(replace(zone, kind=ZoneKind.IRIS) for zone in territory.zones)
    every = tuple(mednum.Service)
    place = Place(
        BETHUNE, (every,), horaires="Mo 09:00-12:00", dated=dt.date(2026, 8, 1), record=FULL
    )
    found = _unknowns(replace(territory, zones=zones), make_directory(place), engine_name="streets")
    assert set(found) == {"no-timetables", "capacity", "no-survey"}


def test_everything_missing_is_told() -> None:
    """Each thing that is not known has its line, and each line says what would mend it."""
    territory = make_territory(populations=[40_000, None], n=2)
    indicator = Indicator("ifn", "IFN", "score", "ifn-communes", "2023", True)
    territory = replace(territory, indicators=IndicatorTable((indicator,), {"ifn": (1.0, None)}))
    directory = make_directory(
        Place(BETHUNE, dated=dt.date(2018, 3, 1), source_id="aidants-connect"),
        Place(None, dated=None, gives=(None,)),
    )
    found = _unknowns(territory, directory, missing=("Bas revenus",))
    assert set(found) == {
        "little-offer", "no-hub", "old-records", "undated-records", "services-not-told",
        "services-never-met",
        "no-streets", "no-timetables", "one-point-per-commune", "horaires-not-told", "capacity",
        "pivot-not-told", "not-located", "no-neighbours", "no-population", "published-index-only",
        "missing-criteria", "no-survey",
    }  # fmt: skip
    for unknown in found.values():
        assert unknown.sentence.endswith(".")
        assert unknown.remedy.endswith(".")
        assert "{" not in unknown.title + unknown.sentence + unknown.remedy


def test_old_records_tell_their_share_and_range() -> None:
    """The sentence about old records gives their share and the range of all dates."""
    places = [Place(BETHUNE, dated=dt.date(year, 3, 1)) for year in (2018, 2020, 2023, 2026)]
    sentence = _plain(_unknowns(make_territory(1), make_directory(*places))["old-records"].sentence)
    assert sentence.startswith("75 % des fiches ont plus de 18 mois.")
    assert "vont de mars 2018 à mars 2026" in sentence


def test_a_service_that_no_record_names_is_not_said_to_be_missing() -> None:
    """What no source names, here or next door, may be a matter of words: the sentence says so."""
    every = tuple(kind for kind in mednum.Service if kind is not DEMARCHES)
    directory = make_directory(Place(BETHUNE, (every,), in_territory=False))
    sentence = _unknowns(make_territory(1), directory)["services-never-met"].sentence
    assert sentence.startswith(
        "Aucune fiche d'ici ni d'alentour ne cite « Aide aux démarches administratives »."
    )


def test_lieux_badly_placed_are_told_apart() -> None:
    """A lieu without any point is told not to count in times."""
    directory = make_directory(Place(None), Place(BETHUNE))
    sentence = _plain(_unknowns(make_territory(1), directory)["not-located"].sentence)
    assert sentence == (
        "1 lieu sur 2 est sans coordonnées à l'adresse. 1 lieu ne compte pas dans les temps de "
        "trajet, faute de tout point."
    )


@pytest.mark.parametrize(
    ("source_id", "told"), [("portrea", False), ("lieux-nationaux", False), ("cn", True)]
)
def test_no_hub_is_told_where_no_hub_counted(source_id: str, told: bool) -> None:
    """A territory known from national lists alone says so."""
    found = _unknowns(make_territory(1), make_directory(Place(BETHUNE, source_id=source_id)))
    assert ("no-hub" in found) is told


def test_a_fictional_territory_misses_no_hub() -> None:
    """Nothing real is asked of an invented territory."""
    territory = replace(make_territory(1), fictional=True)
    assert "no-hub" not in _unknowns(territory, make_directory(Place(BETHUNE, source_id="demo")))


def test_only_the_published_index_is_told_only_where_it_is_alone() -> None:
    """One indicator of another source, or none at all, is another story."""
    ifn = Indicator("ifn", "IFN", "score", "ifn-communes", "2023", True)
    age = Indicator("age", "65 ans et plus", "%", "indicateurs-communes", "2017", True)
    for indicators, told in (((ifn,), True), ((ifn, age), False), ((), False)):
        table = IndicatorTable(indicators, {i.code: (1.0,) for i in indicators})
        territory = replace(make_territory(1), indicators=table)
        found = _unknowns(territory, make_directory(Place(BETHUNE)))
        assert ("published-index-only" in found) is told
