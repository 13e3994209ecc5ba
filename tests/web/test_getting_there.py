"""« Comment y aller »: every way from a commune that the visitor picks, and nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client
from tests.web.addresses import address
from tests.web.page_rules import wrong_with

from maillage.directory.model import Lieu, Precision
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.geometry import Point
from maillage.web.public.getting_there import geo_of

Clients = Callable[[str], Client]
NAME = "France services d'Ulvemont"


def _lieu(work: TerritoryWork, name: str = NAME) -> Lieu:
    return next(one for one in work.directory.lieux if one.nom == name)


def _page(client: Client, work: TerritoryWork, commune: str) -> str:
    codes = {one.name: one.code_insee for one in work.territory.zones}
    at = address("public:lieu", lieu_id=_lieu(work).id)
    answer = client.get(at, {"depart": codes.get(commune, commune)})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


def test_no_way_is_told_before_a_commune_is_picked(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Nobody is asked where they are: a list, nothing picked; what is not in it is said so."""
    html = _page(client_of("public"), demo_work, "")
    assert "Comment y aller" in html and "Depuis " not in html
    for wrong in ("99999", "<script>"):
        told = _page(client_of("public"), demo_work, wrong)
        assert "choisissez-en une" in told and "<script>" not in told


def test_without_any_timetable_it_says_so(client_of: Clients, demo_work: TerritoryWork) -> None:
    """On foot, by bicycle and by car are told; of buses, that nothing is known."""
    html = _page(client_of("public"), demo_work, "Plaverrieux")
    for told in ("Depuis Plaverrieux", "À pied", "À vélo", "En voiture"):
        assert told in html
    assert "Aucun horaire de bus ni de train" in html
    assert "L&#x27;aller" not in html


def test_the_bus_is_told_from_door_to_door(
    client_of: Clients, demo_work: TerritoryWork, buses: Path
) -> None:
    """Which line, at what time, which stop, and the last one home; then what it stands on."""
    html = _page(client_of("public"), demo_work, "Plaverrieux")
    for told in ("Prenez le bus", "« Plaverrieux – Mairie »", "Dernier bus", "Le retour"):
        assert told in html
    assert "bus" in html.split("Horaires «")[1][:20]
    (buses / "bus.zip").unlink()
    assert "Aucun horaire de bus" in _page(client_of("public"), demo_work, "Plaverrieux")


def test_a_journey_that_takes_too_long_is_said_so(
    client_of: Clients, demo_work: TerritoryWork, buses: Path
) -> None:
    """Where no bus fits, the reason is told, and no journey."""
    html = _page(client_of("public"), demo_work, "Ferraville")
    assert "Aucun trajet aller et retour ne convient" in html
    assert "Prenez le bus" not in html


def test_the_phone_opens_the_place_without_asking_anybody() -> None:
    """A geo: address names the point and the place; none where only the commune is known."""
    lieu = Lieu(
        "lieu-1", "Maison & co (bis)", None, None, "Ulvemont", None, Point(2.5, 50.25),
        Precision.ADDRESS, in_territory=True, sources=(),
    )  # fmt: skip
    assert geo_of(lieu) == "geo:50.25000,2.50000?q=50.25000,2.50000(Maison%20%26%20co%20%28bis%29)"
    for precision, point in ((Precision.COMMUNE, lieu.point), (Precision.UNKNOWN, None)):
        rough = Lieu(
            "lieu-1", "M", None, None, None, None, point, precision, in_territory=True, sources=()
        )
        assert geo_of(rough) == ""
