"""The open interface: the same places as the list, for anybody, under a description that holds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import replace

import icalendar
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from syrupy.assertion import SnapshotAssertion
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, NOON, OTHER, WICKED, save

from maillage.jobs.ports import TerritoryWork
from maillage.standard import mednum
from maillage.web.api.open_data import api
from maillage.web.reading.book import book_of
from maillage.web.reading.filters import answer, asked_of

QUERIES = (
    {},
    {"besoin": "aide-aux-demarches-administratives"},
    {"jour": "mardi", "gratuit": "oui"},
    {"commune": "96013"},
    {"accueil": "surdite", "public": "seniors"},
    {"chez_soi": "oui", "moment": "matin", "incertain": "oui"},
)
FORMATS = ("api:lieux-json", "api:lieux-geojson", "api:lieux-csv")
FORMULA = "=HYPERLINK(0)"
PATHS = sorted(api.get_openapi_schema()["paths"])


@pytest.mark.parametrize("query", QUERIES)
def test_every_format_gives_the_places_of_the_list(
    client_of: Callable[[str], Client], demo_work: TerritoryWork, query: dict[str, str]
) -> None:
    """The filters of the list give the same places as data, as points and as rows."""
    book = book_of(demo_work.territory, demo_work.directory, 1)
    found = answer(asked_of(query, book), book, NOON)
    ids = [hit.place.lieu.id for hit in found.hits]
    held = [one.permanence.id for hit in found.hits for one in hit.place.presences]
    client = client_of("public")
    told = client.get(address("api:lieux-json"), query).json()
    assert [lieu["id"] for lieu in told["lieux"]] == ids
    assert (told["n"], told["n_non_renseignes"]) == (len(ids), found.n_untold)
    assert told["filtres"] == query
    points = client.get(address("api:lieux-geojson"), query).json()
    assert [feature["id"] for feature in points["features"]] == sorted(ids)
    assert [row["id"] for row in _rows(client, query)] == held


@pytest.mark.parametrize(
    "name", [*FORMATS, "api:lieu-json", "api:communes", "api:diary", "api:openapi-json"]
)
def test_head_is_answered_as_get_is(client_of: Callable[[str], Client], name: str) -> None:
    """Who asks for the headers alone has those of the whole answer, and nothing after them."""
    client, at = client_of("public"), address(name)
    whole, head = client.get(at), client.head(at)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    assert client.head(f"/api/{DEMO}/lieux/inconnu.json").status_code == 404


def test_a_distance_is_told_where_a_commune_is(client_of: Callable[[str], Client]) -> None:
    """With a commune each place that is on the map says how far it is; without, none does."""
    client = client_of("public")
    near = client.get(address("api:lieux-json"), {"commune": "96013"}).json()["lieux"]
    told = [lieu["distance_km"] for lieu in near if lieu["distance_km"] is not None]
    assert told == sorted(told)
    assert len(told) > len(near) // 2
    every = client.get(address("api:lieux-json")).json()["lieux"]
    assert {lieu["distance_km"] for lieu in every} == {None}


def test_one_place_is_the_same_alone(client_of: Callable[[str], Client]) -> None:
    """A place by itself says what it says among others."""
    client = client_of("public")
    first, *_ = client.get(address("api:lieux-json")).json()["lieux"]
    alone = client.get(address("api:lieu-json", lieu_id=first["id"])).json()
    assert alone["lieu"] == first
    assert alone["territoire"]["siren"] == DEMO


def test_rows_run_nothing(client_of: Callable[[str], Client], demo_work: TerritoryWork) -> None:
    """A formula written in a field reaches no spreadsheet; the columns are the national ones."""
    directory = demo_work.directory
    permanences = tuple(
        replace(one, record=replace(one.record, nom=FORMULA, presentation_resume="+cmd|' /C'!A0"))
        for one in directory.permanences
    )
    save(replace(demo_work, directory=replace(directory, permanences=permanences)))
    rows = _rows(client_of("public"), {})
    assert tuple(rows[0]) == mednum.COLUMNS
    assert {row["nom"] for row in rows} == {f"'{FORMULA}"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]


def test_the_ground_of_the_map_is_every_commune(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """Each commune is there once, with its contour where one is known."""
    told = client_of("public").get(address("api:communes")).json()["features"]
    zones = {zone.code_insee: zone for zone in demo_work.territory.zones}
    assert sorted(one["id"] for one in told) == sorted(zones)
    for one in told:
        expected = "Point" if zones[one["id"]].contour is None else "MultiPolygon"
        assert one["geometry"]["type"] == expected


def test_a_diary_holds_the_dates_to_come(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """Weekly hours and dated rounds over eight weeks, neither past days nor public holidays."""
    weekly, dated = _permanences(demo_work)[:2]
    hours = {weekly: "Fr 09:00-12:00", dated: "2026 Nov 17,2026 Dec 01,2027 Feb 02 09:30-11:30"}
    _save_hours(demo_work, hours)
    client = client_of("public")
    days = [day for day, _ in _events(client, weekly)]
    assert days[0] == dt.date(2026, 11, 27)
    assert {day.weekday() for day in days} == {4}
    assert not {dt.date(2026, 12, 25), dt.date(2027, 1, 1)} & set(days)
    assert len(days) == 8 - 2
    assert [day for day, _ in _events(client, dated)] == [dt.date(2026, 12, 1)]


def test_a_diary_keeps_the_name_of_a_date(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """A date whose other fields change keeps its UID: a diary moves it and doubles nothing."""
    one = _permanences(demo_work)[0]
    _save_hours(demo_work, {one: "Tu 09:00-12:00"})
    before = _events(client_of("public"), one)
    _save_hours(demo_work, {one: "Tu 09:00-12:30"})
    assert _events(client_of("public"), one) == before


@pytest.mark.parametrize("name", [*FORMATS, "api:communes", "api:lieu-json", "api:diary"])
def test_any_site_may_read_and_keep(client_of: Callable[[str], Client], name: str) -> None:
    """Any site's scripts may read it, without cookies; read again unchanged, nothing is sent."""
    client = client_of("public")
    first = client.get(address(name))
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in first
    assert not first.cookies
    again = client.get(address(name), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_territory_saved_again_is_sent_again(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """What a reader keeps is good until the territory changes."""
    client, at = client_of("public"), address("api:lieux-json")
    known = client.get(at)["ETag"]
    save(demo_work)
    assert client.get(at, headers={"If-None-Match": known}).status_code == 200


def test_pages_are_not_for_the_scripts_of_others(client_of: Callable[[str], Client]) -> None:
    """Only the open interface may be read from elsewhere, and only by GET."""
    client = client_of("public")
    for name in ("public:lieux", "public:commune", "public:frame", "accounts:login"):
        assert "Access-Control-Allow-Origin" not in client.get(address(name))
    posted = client.post(address("api:lieux-json"))
    assert posted.status_code == 405
    assert "Access-Control-Allow-Origin" not in posted


@pytest.mark.parametrize("name", [*FORMATS, "api:lieu-json"])
def test_no_territory_gives_the_data_of_another(
    client_of: Callable[[str], Client], name: str
) -> None:
    """Two territories that know the same ids give each its own."""
    client = client_of("public")
    mark = WICKED[:8] if name == "api:lieux-csv" else MARK
    assert mark not in client.get(address(name)).content.decode()
    assert mark in client.get(address(name, siren=OTHER)).content.decode()


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("/api/111111111/lieux.json", 404),
        ("/api/rien/lieux.json", 422),
        (f"/api/{DEMO}/lieux/rien.json", 404),
        (f"/api/{DEMO}/permanences/rien.ics", 404),
        (f"/api/{DEMO}/lieux.json?besoin=rien", 422),
        (f"/api/{DEMO}/lieux.csv?jour=dredi", 422),
        (f"/api/{DEMO}/lieux.geojson?commune=99999", 404),
    ],
)
def test_what_is_not_understood_is_refused(
    client_of: Callable[[str], Client], at: str, status: int
) -> None:
    """A program that asks wrongly is told so, rather than given everything."""
    answered = client_of("public").get(at)
    assert answered.status_code == status
    assert answered.json()["detail"]


def test_the_description_is_as_it_was(db: None, snapshot: SnapshotAssertion) -> None:
    """The description of the interface changes only on purpose: others built on it."""
    told = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1)
    assert told == snapshot
    assert json.loads(told)["openapi"].startswith("3.1")


@pytest.mark.full
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", PATHS)
def test_the_description_holds(db: None, path: str, mode: GenerationMode) -> None:
    """Whatever is asked, rightly or wrongly, the answer is one that the description tells."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())

    @settings(
        max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def _held(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters["siren"] = DEMO
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    _held()


def _rows(client: Client, query: dict[str, str]) -> list[dict[str, str]]:
    told = client.get(address("api:lieux-csv"), query)
    assert told["Content-Disposition"] == f'attachment; filename="lieux-{DEMO}.csv"'
    return list(csv.DictReader(io.StringIO(told.content.decode(), newline="")))


def _permanences(work: TerritoryWork) -> list[str]:
    inside = {lieu.id for lieu in work.directory.lieux if lieu.in_territory}
    return [one.id for one in work.directory.permanences if one.lieu_id in inside]


def _save_hours(work: TerritoryWork, hours: dict[str, str]) -> None:
    told = tuple(
        replace(
            one,
            horaires=hours.get(one.id, one.horaires),
            record=replace(one.record, modalites_acces=None),
        )
        for one in work.directory.permanences
    )
    save(replace(work, directory=replace(work.directory, permanences=told)))


def _events(client: Client, permanence_id: str) -> list[tuple[dt.date, str]]:
    told = client.get(address("api:diary", permanence_id=permanence_id))
    assert told["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(told.content).walk("VEVENT")
    return [(event.decoded("dtstart").date(), str(event["uid"])) for event in events]
