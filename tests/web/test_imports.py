"""Files brought by a coordinator: looked at, tried, imported whole, taken back whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.bringing import (
    HEAD,
    Clients,
    act,
    bring,
    csv_of,
    export,
    imported,
    last,
    partner_rows,
    shown,
    work,
)
from tests.web.conftest import DEMO, ON, OTHER

from maillage.kernel.parameters import load_parameters
from maillage.storage.imports import keep
from maillage.storage.imports.state import State

pytestmark = pytest.mark.usefixtures("exact_keys")
QUERIES = {
    "coordinator:imports": 5,
    "coordinator:import": 7,
    "coordinator:import-findings": 5,
    "coordinator:import-changes": 5,
}
"""SQL queries of a page, the territory read already: session, account, role, stamp; the files;
the work in hand; the bytes of the file that is looked at."""


def test_from_a_file_to_the_directory_and_back(client_of: Clients, tmp_path: Path) -> None:
    """Brought, its columns read; tried, nothing changes; imported; taken back, all is as before."""
    client, before, was = client_of("coordinator"), work(), export(tmp_path)
    answer = bring(client, csv_of(partner_rows(12)), date="2026-10")
    assert "Proposé : nom (sûr)" in shown(client)
    assert "12 lignes, dont 12 fiches" in shown(client)
    assert answer.redirect_chain
    act(client, "preview")
    html = shown(client)
    assert "Ce qui changerait" in html and "<dt>nouvelles</dt><dd>12</dd>" in html
    assert "Nouvelle : Atelier 0 — Ulvemont" in html
    assert work() == before
    act(client, "import")
    names = {one.nom for one in work().directory.structures}
    assert {f"Atelier {i}" for i in range(12)} <= names
    assert last().state is State.IMPORTED and keep.content_of(DEMO, last().number) == b""
    assert "Annuler cet import" in shown(client)
    act(client, "undo")
    assert last().state is State.UNDONE
    assert work().directory == before.directory
    assert export(tmp_path) == was


def test_a_file_that_says_nothing_new_is_imported_and_taken_back(client_of: Clients) -> None:
    """Where nothing would change it is said, and the file still takes its place and leaves it."""
    client = client_of("coordinator")
    imported(client, csv_of(partner_rows(2)))
    bring(client, csv_of(partner_rows(2)))
    act(client, "preview")
    assert "rien ne changerait" in shown(client)
    act(client, "import")
    assert "rien n'a changé" in shown(client) and last().state is State.IMPORTED
    act(client, "undo")
    assert last().state is State.UNDONE


def test_the_lieux_of_an_import_are_listed(client_of: Clients) -> None:
    """From what changed one goes to the directory's lieux that the source tells, and no other."""
    client = client_of("coordinator")
    imported(client, csv_of(partner_rows(3)))
    at = f"{address('coordinator:directory')}?source=ccas"
    assert at in shown(client)
    html = client.get(at).content.decode()
    assert html.count("Atelier") >= 3 and "Lieux dont une fiche vient de" in html
    assert re.search(r'class="count"[^>]*>\s*3.lieux', html)


def test_the_next_file_takes_the_place_of_the_last_one(client_of: Clients) -> None:
    """A second file of a source replaces the first; only the last import is taken back."""
    client = client_of("coordinator")
    first = imported(client, csv_of(partner_rows(3)))
    second = imported(client, csv_of(partner_rows(2)))
    assert "<dt>disparues</dt><dd>1</dd>" in shown(client)
    assert "annulez d'abord celui-là" in shown(client, first.number)
    refused = act(client, "undo", first.number)
    assert "a changé d" in refused.content.decode()
    act(client, "undo", second.number)
    told = {one.record.nom for one in work().records if one.ref.source_id == "ccas"}
    assert told == {"Atelier 0", "Atelier 1", "Atelier 2"}


def test_what_is_chosen_is_read_and_chosen_again(client_of: Clients) -> None:
    """A column told to be hours is read so, a word is given its meaning, also the next time."""
    client = client_of("coordinator")
    head = (*HEAD, "Quand")
    content = csv_of([(*row, "lundi 9h-12h") for row in partner_rows(6)], head)
    bring(client, content)
    number = last().number
    assert "5 euros" in shown(client)
    chosen = {"c5": "horaires", "c2": "", "v0": "Gratuit", "c0": "rien-de-tel"}
    client.post(address("coordinator:import-columns", number=number), chosen)
    choices = last().choices
    assert choices.columns == {"Quand": "horaires", "Tel": ""}
    assert choices.words == {"frais_a_charge": {"5 euros": ("Gratuit",)}}
    assert 'value="horaires" selected' in shown(client)
    act(client, "preview")
    act(client, "import")
    records = [one.record for one in work().records if one.ref.source_id == "ccas"]
    assert {one.horaires for one in records} == {"Mo 09:00-12:00"}
    assert {one.telephone for one in records} == {None}
    assert {one.frais_a_charge[0].value for one in records if one.frais_a_charge} == {"Gratuit"}
    bring(client, content)
    assert last().choices == choices


def test_a_file_without_names_says_so_until_one_is_chosen(client_of: Clients) -> None:
    """No column gives the names: nothing can be tried before somebody says which one does."""
    client = client_of("coordinator")
    bring(client, csv_of([(str(i), "96100") for i in range(9)], ("A", "Code postal")))
    assert "aucune colonne ne donne le nom" in shown(client)
    assert "Voir ce qui changerait</button>" not in shown(client)
    at = address("coordinator:import-columns", number=last().number)
    client.post(at, {"c0": "nom"})
    assert "Voir ce qui changerait</button>" in shown(client)


def test_a_partners_table_that_looks_national_loses_no_column(client_of: Clients) -> None:
    """A name, an address, a code and a town do not make a file national: its hours are read."""
    client = client_of("coordinator")
    head = ("Nom du lieu", "Adresse", "CP", "Ville", "Horaires d'ouverture", "Ce qu'on fait")
    row = ("1 rue Neuve", "96100", "Ulvemont", "lundi 9h-12h", "Démarches en ligne")
    bring(client, csv_of([(f"Atelier {i}", *row) for i in range(6)], head))
    assert "Proposé : horaires" in shown(client)
    act(client, "preview")
    act(client, "import")
    records = [one.record for one in work().records if one.ref.source_id == "ccas"]
    assert {one.horaires for one in records} == {"Mo 09:00-12:00"}
    assert all(one.services for one in records)


def test_a_file_at_the_national_schema_is_read_as_it_is(client_of: Clients) -> None:
    """Where every column that tells something is of the schema, nothing is to be chosen."""
    client = client_of("coordinator")
    head = ("nom", "adresse", "code_postal", "commune", "horaires")
    row = ("1 rue Neuve", "96100", "Ulvemont", "Mo 09:00-12:00")
    bring(client, csv_of([(f"Atelier {i}", *row) for i in range(6)], head))
    assert "Elle dit" not in shown(client)


def test_a_file_is_withdrawn_or_forgotten(client_of: Clients) -> None:
    """Nobody keeps for ever what was not imported; what was imported is not withdrawn."""
    client = client_of("coordinator")
    bring(client, csv_of(partner_rows(2)))
    client.post(address("coordinator:import-discard", number=last().number))
    assert all(one.name != "ccas.csv" for one in keep.brought_files(DEMO))
    done = imported(client, csv_of(partner_rows(2)))
    client.post(address("coordinator:import-discard", number=done.number))
    bring(client, csv_of(partner_rows(2)), "autre.csv")
    parameters = load_parameters(ON)
    moment = last().brought_at.replace(year=last().brought_at.year + 1)
    keep.forget_old_files(parameters, moment)
    assert [one.number for one in keep.brought_files(DEMO)] == [done.number]


def test_pages_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each page costs the same few queries, however many files there are."""
    client = client_of("coordinator")
    for number in range(3):
        bring(client, csv_of(partner_rows(2)), f"{number}.csv")
    for name, n in QUERIES.items():
        at = address(name, number=last().number)
        client.get(at)
        with django_assert_num_queries(n):
            client.get(at)


def test_a_territory_sees_its_own_files(client_of: Clients) -> None:
    """A file of one territory is not found by the number in another, nor changed."""
    bring(client_of("coordinator"), csv_of(partner_rows(2)))
    number = last().number
    stranger = client_of("stranger")
    assert (
        stranger.get(address("coordinator:import", siren=OTHER, number=number)).status_code == 404
    )
    for name in ("coordinator:import-act", "coordinator:import-columns"):
        at = address(name, siren=OTHER, number=number)
        assert stranger.post(at, {"acte": "import"}).status_code == 404
    stranger.post(address("coordinator:import-discard", siren=OTHER, number=number))
    assert last().number == number
