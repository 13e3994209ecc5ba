"""The coordinator's pages that read: what to look at first, every lieu, its sheet, quality."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import MATRIX, address
from tests.web.conftest import DEMO, MARK, OTHER, WICKED, save
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.web.coordinator.listing import found, lieux_asked
from maillage.web.coordinator.workbench import Workbench, workbench_of
from maillage.web.here import Here, public_here

Clients = Callable[[str], Client]
PAGES = sorted(name for name in MATRIX if name.startswith("coordinator:"))
QUERIES = {
    "coordinator:home": 8,
    "coordinator:proposals": 7,
    "coordinator:campaign": 5,
    "coordinator:links-csv": 5,
    "coordinator:directory": 4,
    "coordinator:directory-csv": 4,
    "coordinator:directory-xlsx": 4,
    "coordinator:lieu": 10,
    "coordinator:permanence": 4,
    "coordinator:edit": 4,
    "coordinator:quality": 4,
    "coordinator:calls-csv": 4,
    "coordinator:findings-csv": 4,
    "coordinator:reported-errors": 5,
    "coordinator:reported-errors-csv": 5,
}
"""SQL queries of a page for its coordinator, the work read already: session, account, role, stamp;
the journal of a lieu and of its permanence, each in a savepoint here; the demands of desks;
the errors that readers told; what structures ask, who says to be of one, their links."""


def _here() -> tuple[Here, Workbench]:
    here = public_here(DEMO)
    return here, workbench_of(here)


def _listed(client: Client, **asked: str) -> str:
    answer = client.get(f"{address('coordinator:directory')}?{urlencode(asked)}")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_pages_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    """Once the work of a territory is read its pages are made from memory."""
    client, at = client_of("coordinator"), address(name)
    client.get(at)
    with django_assert_num_queries(QUERIES[name]):
        client.get(at)


def test_the_home_counts_what_its_links_list(client_of: Clients) -> None:
    """Each figure is the number of lieux of the list that it leads to."""
    client = client_of("coordinator")
    html = client.get(address("coordinator:home")).content.decode()
    here, bench = _here()
    for query in ({"remarques": "oui"}, {"fraicheur": "a-relire", "tri": "anciennes"}):
        n = len(found(lieux_asked(query, here), bench))
        link = f"{address('coordinator:directory')}?{urlencode(query)}".replace("&", "&amp;")
        assert f'href="{link}"><strong>{n}</strong>' in html
        shown = _listed(client, **query).replace("\xa0", " ")
        assert f"{n} lieux sur {len(bench.states)}" in shown


def test_filters_keep_what_they_ask(client_of: Clients) -> None:
    """Each filter keeps the lieux that answer and no other; together they keep fewer."""
    here, bench = _here()
    every = set(found(lieux_asked({}, here), bench))
    assert every == set(bench.states) and len(every) > 20
    lacking = found(lieux_asked({"sans": "telephone"}, here), bench)
    assert {state for state in every if any(p.record.telephone is None for p in state.permanences)}
    assert all(any(p.record.telephone is None for p in one.permanences) for one in lacking)
    zone = here.book.communes[0]
    there = found(lieux_asked({"commune": zone.code_insee}, here), bench)
    assert there and {one.lieu.code_insee for one in there} == {zone.code_insee}
    both = found(lieux_asked({"commune": zone.code_insee, "sans": "telephone"}, here), bench)
    assert set(both) == set(there) & set(lacking)
    word = bench.states[3].lieu.nom.upper()
    assert bench.states[3] in found(lieux_asked({"q": word}, here), bench)
    assert found(lieux_asked({"q": "xyzzy"}, here), bench) == []
    assert "Aucun lieu ne répond" in _listed(client_of("hub"), q="xyzzy")


@pytest.mark.parametrize("sort", ["nom", "commune", "anciennes", "incompletes", "remarques"])
def test_an_order_leaves_nobody_out(db: None, sort: str) -> None:
    """Whatever the order all lieux are there, once."""
    here, bench = _here()
    told = found(lieux_asked({"tri": sort}, here), bench)
    assert sorted(one.lieu.id for one in told) == sorted(one.lieu.id for one in bench.states)
    if sort == "incompletes":
        lacks = [len(one.asks) for one in told]
        assert lacks == sorted(lacks, reverse=True)


def test_an_address_that_asks_nonsense_asks_nothing(client_of: Clients) -> None:
    """What is not understood is not asked, and is never run."""
    nonsense = dict.fromkeys(("commune", "type", "fraicheur", "sans", "tri", "page"), WICKED)
    html = _listed(client_of("coordinator"), **nonsense, q=WICKED, remarque=WICKED)
    assert WICKED not in html


def test_the_files_hold_the_lieux_of_the_list(client_of: Clients) -> None:
    """CSV and XLSX give the permanences that the page lists, all pages of it."""
    client, (here, bench) = client_of("hub"), _here()
    asked = {"sans": "telephone"}
    ids = {p.id for s in found(lieux_asked(asked, here), bench) for p in s.permanences}
    told = client.get(address("coordinator:directory-csv"), asked).content.decode()
    assert {row["id"] for row in csv.DictReader(io.StringIO(told))} == ids
    book = client.get(address("coordinator:directory-xlsx"), asked)
    sheet = load_workbook(io.BytesIO(book.content))["Permanences"]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == ids


def test_no_file_runs_a_formula(client_of: Clients, demo_work: TerritoryWork) -> None:
    """A name, an address or a finding that begins as a formula is text in every file."""
    directory, bad = demo_work.directory, '=HYPERLINK("http://x","y")'
    lieux = tuple(replace(one, nom=bad, adresse=bad) for one in directory.lieux)
    permanences = tuple(
        replace(one, record=replace(one.record, nom=bad, presentation_resume=bad))
        for one in directory.permanences
    )
    findings = tuple(replace(one, message=bad, value=bad) for one in demo_work.findings)
    changed = replace(directory, lieux=lieux, permanences=permanences)
    save(replace(demo_work, directory=changed, findings=findings))
    client = client_of("coordinator")
    for name in ("directory-csv", "calls-csv", "findings-csv"):
        rows = csv.reader(io.StringIO(client.get(address(f"coordinator:{name}")).content.decode()))
        cells = [cell for row in rows for cell in row]
        assert f"'{bad}" in cells, name
        assert not [cell for cell in cells if cell.startswith("=")], name
    book = client.get(address("coordinator:directory-xlsx"))
    for sheet in load_workbook(io.BytesIO(book.content)):
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_a_sheet_tells_each_value_and_who_says_it(client_of: Clients) -> None:
    """Every field that a row tells is there with its source; what was set aside too."""
    client, (_, bench) = client_of("hub"), _here()
    several = next(
        state
        for state in bench.states
        if any(len(bench.members(one.id)) > 1 for one in state.permanences)
    )
    at = address("coordinator:lieu", lieu_id=several.lieu.id)
    html = client.get(at).content.decode()
    assert wrong_with(html) == []
    for one in several.permanences:
        for member in bench.members(one.id):
            assert bench.source(member.key.source_id) in html.replace("&#x27;", "'")
    assert "Ce qui est arrivé" in html and "Écarté" in html
    assert "Corriger" not in html and "Annuler" not in html  # the hub reads


def test_findings_stand_on_the_sheet_of_their_lieu(client_of: Clients) -> None:
    """A finding that names a record is told on its lieu, and its kind lists that lieu."""
    client, (_, bench) = client_of("coordinator"), _here()
    state = next(one for one in bench.states if one.findings)
    html = client.get(address("coordinator:lieu", lieu_id=state.lieu.id)).content.decode()
    assert state.findings[0].advice in html.replace("&#x27;", "'").replace("&quot;", '"')
    assert state.lieu.nom in _listed(client, remarque=state.findings[0].code).replace("&#x27;", "'")


def test_what_is_not_there_is_not_found(client_of: Clients) -> None:
    """An id that nobody bears, or that is a neighbour's, has no sheet and no form."""
    client = client_of("coordinator")
    outside = next(one for one in _here()[0].book.places if not one.lieu.in_territory)
    for lieu_id in ("lieu-aaaa", outside.lieu.id):
        assert client.get(address("coordinator:lieu", lieu_id=lieu_id)).status_code == 404
    for its_id in ("permanence-aaaa", outside.presences[0].permanence.id):
        for name in ("permanence", "edit"):
            at = address(f"coordinator:{name}", permanence_id=its_id)
            assert client.get(at).status_code == 404


def test_quality_tells_all_and_calls_the_pressing_first(client_of: Clients) -> None:
    """Counts are of all permanences; the file begins with the record that the page puts first."""
    client = client_of("hub")
    html = client.get(address("coordinator:quality")).content.decode()
    assert wrong_with(html) == []
    told = client.get(address("coordinator:calls-csv")).content.decode()
    first = next(csv.DictReader(io.StringIO(told)))
    assert html.replace("&#x27;", "'").index(first["lieu"]) > html.index("À appeler en premier")
    every = client.get(address("coordinator:findings-csv")).content.decode()
    assert len(list(csv.DictReader(io.StringIO(every)))) == len(_here()[1].work.findings)


@pytest.mark.parametrize("name", PAGES)
def test_another_territory_s_coordinator_sees_and_changes_nothing(
    client_of: Clients, name: str
) -> None:
    """Who coordinates elsewhere is refused, to read as to write; elsewhere knows the same ids."""
    stranger = client_of("stranger")
    assert stranger.get(address(name)).status_code == 403
    assert stranger.post(address(name)).status_code == 403
    here = client_of("coordinator").get(address(name, siren=OTHER))
    assert here.status_code == 403
    assert MARK not in here.content.decode()


@pytest.mark.parametrize("name", [one for one in PAGES if one != "coordinator:undo"])
def test_what_wicked_sources_wrote_is_never_run(client_of: Clients, name: str) -> None:
    """Scripts in the fields of a directory are text on every page of its coordinator."""
    answer = client_of("stranger").get(address(name, siren=OTHER))
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        html = answer.content.decode()
        assert MARK in html
        assert WICKED not in html and 'href="javascript' not in html
        assert wrong_with(html) == []
