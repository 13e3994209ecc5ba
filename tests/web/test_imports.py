"""Files brought by a coordinator: looked at, tried, imported whole, taken back whole."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON, OTHER, WICKED
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import Means, TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Progress
from maillage.reports.directory.mednum_csv import MednumCsv
from maillage.storage.imports import keep
from maillage.storage.imports.keep import Brought
from maillage.storage.imports.models import BroughtFile
from maillage.storage.imports.state import State
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.web.background import importing
from maillage.web.background.loop import task_worker
from maillage.wiring import house

Clients = Callable[[str], Client]
HEAD = ("Nom du lieu", "Adresse", "Tel", "Ce qu'on fait", "Tarif")
QUERIES = {
    "coordinator:imports": 5,
    "coordinator:import": 7,
    "coordinator:import-findings": 5,
    "coordinator:import-changes": 5,
}
"""SQL queries of a page, the territory read already: session, account, role, stamp; the files;
the work in hand; the bytes of the file that is looked at."""


@pytest.fixture(autouse=True)
def _exact_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put records together by exact keys alone: the matcher has its own tests."""

    def means(parameters: Parameters, progress: Progress) -> Means:
        return Means(None, parameters, progress)

    monkeypatch.setattr(house, "means", means)
    yield


def _rows(n: int, told: str = "Démarches en ligne") -> list[tuple[str, ...]]:
    streets = (f"{i + 1} rue Neuve - 96100 Ulvemont" for i in range(n))
    return [
        (f"Atelier {i}", street, f"03 21 00 00 {i:02}", told, "Gratuit" if i % 3 else "5 euros")
        for i, street in enumerate(streets)
    ]


def _csv(rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    return out.getvalue().encode()


def _bring(
    client: Client, content: bytes, name: str = "ccas.csv", source: str = "CCAS", date: str = ""
) -> HttpResponse:
    told = {"fichier": SimpleUploadedFile(name, content), "source": source, "date": date}
    return client.post(address("coordinator:bring"), told, follow=True)


def _last() -> Brought:
    return keep.brought_files(DEMO)[0]


def _act(client: Client, act: str, number: int | None = None) -> HttpResponse:
    at = address("coordinator:import-act", number=number or _last().number)
    answer = client.post(at, {"acte": act}, follow=True)
    task_worker("w").run()
    return answer


def _page(client: Client, number: int | None = None) -> str:
    answer = client.get(address("coordinator:import", number=number or _last().number))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html.replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")


def _work() -> TerritoryWork:
    return DjangoWorkStore(Workspace(Path("base des tests"), None, "default")).load(DEMO)


def _export(folder: Path) -> bytes:
    paths = MednumCsv().write(_work(), folder / "annuaire", ON).paths
    return b"".join(path.read_bytes() for path in paths)


def _imported(client: Client, content: bytes, source: str = "CCAS") -> Brought:
    _bring(client, content, source=source)
    _act(client, "preview")
    _act(client, "import")
    return _last()


def test_from_a_file_to_the_directory_and_back(client_of: Clients, tmp_path: Path) -> None:
    """Brought, its columns read; tried, nothing changes; imported; taken back, all is as before."""
    client, before, was = client_of("coordinator"), _work(), _export(tmp_path)
    answer = _bring(client, _csv(_rows(12)), date="2026-10")
    assert "Proposé : nom (sûr)" in _page(client)
    assert "12 lignes, dont 12 fiches" in _page(client)
    assert answer.redirect_chain
    _act(client, "preview")
    page = _page(client)
    assert "Ce qui changerait" in page and "12 permanences nouvelles" in page
    assert "Nouvelle : Atelier 0 — Ulvemont" in page
    assert _work() == before
    _act(client, "import")
    names = {one.nom for one in _work().directory.structures}
    assert {f"Atelier {i}" for i in range(12)} <= names
    assert _last().state is State.IMPORTED and keep.content_of(DEMO, _last().number) == b""
    assert "Annuler cet import" in _page(client)
    _act(client, "undo")
    assert _last().state is State.UNDONE
    assert _work().directory == before.directory
    assert _export(tmp_path) == was


def test_the_next_file_takes_the_place_of_the_last_one(client_of: Clients) -> None:
    """A second file of a source replaces the first; only the last import is taken back."""
    client = client_of("coordinator")
    first = _imported(client, _csv(_rows(3)))
    second = _imported(client, _csv(_rows(2)))
    assert "1 permanence disparue" in _page(client)
    assert "annulez d'abord celui-là" in _page(client, first.number)
    refused = _act(client, "undo", first.number)
    assert "a changé d" in refused.content.decode()
    _act(client, "undo", second.number)
    told = {one.record.nom for one in _work().records if one.ref.source_id == "ccas"}
    assert told == {"Atelier 0", "Atelier 1", "Atelier 2"}


def test_what_is_chosen_is_read_and_chosen_again(client_of: Clients) -> None:
    """A column told to be hours is read so, a word is given its meaning, also the next time."""
    client = client_of("coordinator")
    head = (*HEAD, "Quand")
    content = _csv([(*row, "lundi 9h-12h") for row in _rows(6)], head)
    _bring(client, content)
    number = _last().number
    assert "5 euros" in _page(client)
    chosen = {"c5": "horaires", "c2": "", "v0": "Gratuit", "c0": "rien-de-tel"}
    client.post(address("coordinator:import-columns", number=number), chosen)
    choices = _last().choices
    assert choices.columns == {"Quand": "horaires", "Tel": ""}
    assert choices.words == {"frais_a_charge": {"5 euros": ("Gratuit",)}}
    assert 'value="horaires" selected' in _page(client)
    _act(client, "preview")
    _act(client, "import")
    records = [one.record for one in _work().records if one.ref.source_id == "ccas"]
    assert {one.horaires for one in records} == {"Mo 09:00-12:00"}
    assert {one.telephone for one in records} == {None}
    assert {one.frais_a_charge[0].value for one in records if one.frais_a_charge} == {"Gratuit"}
    _bring(client, content)
    assert _last().choices == choices


def test_a_file_without_names_says_so_until_one_is_chosen(client_of: Clients) -> None:
    """No column gives the names: nothing can be tried before somebody says which one does."""
    client = client_of("coordinator")
    _bring(client, _csv([(str(i), "96100") for i in range(9)], ("A", "Code postal")))
    assert "aucune colonne ne donne le nom" in _page(client)
    assert "Voir ce qui changerait" not in _page(client)
    at = address("coordinator:import-columns", number=_last().number)
    client.post(at, {"c0": "nom"})
    assert "Voir ce qui changerait" in _page(client)


def _bomb() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/worksheets/sheet9.xml", b"0" * 300_000_000)
    return out.getvalue()


HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "a program": b"MZ\x90\x00" + bytes(range(256)) * 40,
    "a page": b"<!doctype html><html><body><script>alert(1)</script></body></html>",
    "an entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a zip that is no sheet": b"PK\x03\x04" + b"\0" * 200,
    "a quote never closed": b'Nom;Adresse\n"a;b\n' + b"x" * 900_000,
    "one cell of nine megabytes": b"Nom;Adresse\na;" + b"x" * 9_000_000,
    "json cut short": b'[{"nom": "a"',
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_hostile_file_is_refused_in_a_sentence(client_of: Clients, what: str) -> None:
    """Whatever it is called, what cannot be read is refused, kept nowhere, and said in French."""
    client = client_of("coordinator")
    n = BroughtFile.objects.count()
    answer = _bring(client, HOSTILE[what], "../../etc/tableau.xlsx")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="fichier-faux"' in html and wrong_with(html) == []
    assert "etc/" not in html and "maillage-" not in html
    assert BroughtFile.objects.count() == n


@pytest.mark.full
def test_a_bomb_is_refused(client_of: Clients) -> None:
    """A small sheet that would fill the memory is refused before it is opened."""
    answer = _bring(client_of("coordinator"), _bomb(), "petit.xlsx")
    assert answer.status_code == 422 and "fichier-faux" in answer.content.decode()


def test_a_file_too_heavy_is_refused(client_of: Clients, settings: object) -> None:
    """Beyond the weight of the parameters nothing is read."""
    del settings
    heavy = b"Nom;Adresse\n" + b"a;b\n" * 2_600_000
    answer = _bring(client_of("coordinator"), heavy)
    assert answer.status_code == 422 and "10 Mo" in answer.content.decode()


@pytest.mark.parametrize(
    "source", ["saisie-coordination", "France Services", "Saisie Coordination", "x" * 81]
)
def test_a_name_that_the_house_holds_is_refused(client_of: Clients, source: str) -> None:
    """No file takes the place of corrections by hand, of plans, or of a public source."""
    answer = _bring(client_of("coordinator"), _csv(_rows(2)), source=source)
    assert answer.status_code == 422 and 'id="source-faux"' in answer.content.decode()


def test_what_is_written_in_a_file_is_never_run(client_of: Clients) -> None:
    """Scripts and formulas of a file are text on each page, and in each file given back."""
    client = client_of("coordinator")
    rows = [(f"=cmd|'/c calc'!A{i} {WICKED}", *row[1:]) for i, row in enumerate(_rows(4))]
    rows.append((WICKED, "-", "x", WICKED, f"=1+1{WICKED}"))
    _bring(client, _csv(rows), f"{WICKED}.csv", source=f"x {WICKED}")
    for act in ("preview", "import"):
        assert WICKED not in _page(client)
        _act(client, act)
    assert WICKED not in _page(client)
    assert WICKED not in client.get(address("coordinator:imports")).content.decode()
    for name in ("coordinator:import-changes", "coordinator:import-findings"):
        told = client.get(address(name, number=_last().number)).content.decode("utf-8-sig")
        assert not any(
            cell.startswith(("=", "+", "-", "@"))
            for row in csv.reader(io.StringIO(told))
            for cell in row
        )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_offices_are_read(client_of: Clients, encoding: str) -> None:
    """Accents come whole from what offices write."""
    rows = [(f"Médiathèque {i}", *row[1:]) for i, row in enumerate(_rows(5))]
    client = client_of("coordinator")
    _bring(client, _csv(rows).decode().encode(encoding))
    assert "Médiathèque 0" in _page(client)


def test_a_crash_while_saving_leaves_what_was(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where writing down the import fails the directory is not changed either, and it is said."""
    client, before = client_of("coordinator"), _work()
    _bring(client, _csv(_rows(3)))
    _act(client, "preview")

    def broken(*told: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(keep, "imported", broken)
    _act(client, "import")
    page = _page(client)
    assert _work() == before and _last().state is State.PREVIEWED
    assert "Rien n'a changé dans l'annuaire." in page and "secret" not in page
    monkeypatch.undo()


def test_somebody_who_decides_meanwhile_loses_nothing(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import refused because somebody decided is begun again on what they left."""
    client = client_of("coordinator")
    _bring(client, _csv(_rows(3)))
    _act(client, "preview")
    tries, true_import = [], importing.import_file

    def refused_once(*told: object, **named: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise WorkspaceError("Quelqu'un d'autre a décidé entre-temps.")
        return true_import(*told, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_file", refused_once)
    _act(client, "import")
    assert len(tries) == 2 and _last().state is State.IMPORTED


def test_two_imports_at_once_are_one_after_the_other(client_of: Clients) -> None:
    """While one waits or runs another is refused, in words; nothing of it is lost."""
    client, other = client_of("coordinator"), client_of("administrator")
    _bring(client, _csv(_rows(2)), source="A")
    _bring(other, _csv(_rows(3)), source="B")
    second, first = keep.brought_files(DEMO)[:2]
    at = address("coordinator:import-act", number=first.number)
    client.post(at, {"acte": "preview"})
    waiting = _page(client, first.number)
    assert "Il attend son tour." in waiting and 'hx-trigger="every 2s"' in waiting
    refused = other.post(
        address("coordinator:import-act", number=second.number), {"acte": "preview"}, follow=True
    )
    assert "déjà en cours" in refused.content.decode()
    task_worker("w").run()
    assert "Ce qui changerait" in _page(client, first.number)
    assert keep.brought_files(DEMO)[0].state is State.BROUGHT


def test_a_file_is_withdrawn_or_forgotten(client_of: Clients) -> None:
    """Nobody keeps for ever what was not imported; what was imported is not withdrawn."""
    client = client_of("coordinator")
    _bring(client, _csv(_rows(2)))
    client.post(address("coordinator:import-discard", number=_last().number))
    assert all(one.name != "ccas.csv" for one in keep.brought_files(DEMO))
    done = _imported(client, _csv(_rows(2)))
    client.post(address("coordinator:import-discard", number=done.number))
    _bring(client, _csv(_rows(2)), "autre.csv")
    parameters = load_parameters(ON)
    moment = _last().brought_at.replace(year=_last().brought_at.year + 1)
    keep.forget_old_files(parameters, moment)
    assert [one.number for one in keep.brought_files(DEMO)] == [done.number]


def test_too_many_files_waiting_are_refused(client_of: Clients) -> None:
    """A desk that brings without end fills no disk."""
    client = client_of("coordinator")
    most = int(load_parameters(ON).number("imports.waiting"))
    for number in range(most + 1):
        answer = _bring(client, _csv(_rows(1)), f"{number}.csv")
    assert answer.status_code == 422 and "Trop de fichiers" in answer.content.decode()


def test_pages_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each page costs the same few queries, however many files there are."""
    client = client_of("coordinator")
    for number in range(3):
        _bring(client, _csv(_rows(2)), f"{number}.csv")
    for name, n in QUERIES.items():
        at = address(name, number=_last().number)
        client.get(at)
        with django_assert_num_queries(n):
            client.get(at)


def test_a_territory_sees_its_own_files(client_of: Clients) -> None:
    """A file of one territory is not found by the number in another, nor changed."""
    _bring(client_of("coordinator"), _csv(_rows(2)))
    number = _last().number
    stranger = client_of("stranger")
    assert (
        stranger.get(address("coordinator:import", siren=OTHER, number=number)).status_code == 404
    )
    for name in ("coordinator:import-act", "coordinator:import-columns"):
        at = address(name, siren=OTHER, number=number)
        assert stranger.post(at, {"acte": "import"}).status_code == 404
    stranger.post(address("coordinator:import-discard", siren=OTHER, number=number))
    assert _last().number == number
