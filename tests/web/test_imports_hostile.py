"""Files and moments that would do harm: hostile files, crashes, two people at once."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook
from tests.web.addresses import address
from tests.web.bringing import (
    Clients,
    act,
    bring,
    csv_of,
    imported,
    last,
    partner_rows,
    shown,
    store,
    work,
)
from tests.web.conftest import DEMO, ON, WICKED
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.parameters import load_parameters
from maillage.storage.imports import keep
from maillage.storage.imports.models import BroughtFile
from maillage.storage.imports.state import State
from maillage.web.background import importing
from maillage.web.background.loop import task_worker

pytestmark = pytest.mark.usefixtures("exact_keys")


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
    answer = bring(client, HOSTILE[what], "../../etc/tableau.xlsx")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="fichier-faux"' in html and wrong_with(html) == []
    assert "etc/" not in html and "maillage-" not in html
    assert BroughtFile.objects.count() == n


@pytest.mark.full
def test_a_bomb_is_refused(client_of: Clients) -> None:
    """A small sheet that would fill the memory is refused before it is opened."""
    answer = bring(client_of("coordinator"), _bomb(), "petit.xlsx")
    assert answer.status_code == 422 and "fichier-faux" in answer.content.decode()


def test_a_file_too_heavy_is_refused(client_of: Clients, settings: object) -> None:
    """Beyond the weight of the parameters nothing is read."""
    del settings
    heavy = b"Nom;Adresse\n" + b"a;b\n" * 2_600_000
    answer = bring(client_of("coordinator"), heavy)
    assert answer.status_code == 422 and "10 Mo" in answer.content.decode()


@pytest.mark.parametrize(
    "source", ["saisie-coordination", "France Services", "Saisie Coordination", "x" * 81]
)
def test_a_name_that_the_house_holds_is_refused(client_of: Clients, source: str) -> None:
    """No file takes the place of corrections by hand, of plans, or of a public source."""
    answer = bring(client_of("coordinator"), csv_of(partner_rows(2)), source=source)
    assert answer.status_code == 422 and 'id="source-faux"' in answer.content.decode()


def test_what_is_written_in_a_file_is_never_run(client_of: Clients) -> None:
    """Scripts and formulas of a file are text on each page, and in each file given back."""
    client = client_of("coordinator")
    rows = [(f"=cmd|'/c calc'!A{i} {WICKED}", *row[1:]) for i, row in enumerate(partner_rows(4))]
    rows.append((WICKED, "-", "x", WICKED, f"=1+1{WICKED}"))
    bring(client, csv_of(rows), f"{WICKED}.csv", source=f"x {WICKED}")
    for asked in ("preview", "import"):
        assert WICKED not in shown(client)
        act(client, asked)
    assert WICKED not in shown(client)
    assert WICKED not in client.get(address("coordinator:imports")).content.decode()
    for name in ("coordinator:import-changes", "coordinator:import-findings"):
        told = client.get(address(name, number=last().number)).content.decode("utf-8-sig")
        assert not any(
            cell.startswith(("=", "+", "-", "@"))
            for row in csv.reader(io.StringIO(told))
            for cell in row
        )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_offices_are_read(client_of: Clients, encoding: str) -> None:
    """Accents come whole from what offices write."""
    rows = [(f"Médiathèque {i}", *row[1:]) for i, row in enumerate(partner_rows(5))]
    client = client_of("coordinator")
    bring(client, csv_of(rows).decode().encode(encoding))
    assert "Médiathèque 0" in shown(client)


def test_a_crash_while_saving_leaves_what_was(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where writing down the import fails the directory is not changed either, and it is said."""
    client, before = client_of("coordinator"), work()
    bring(client, csv_of(partner_rows(3)))
    act(client, "preview")

    def broken(*told: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(keep, "imported", broken)
    act(client, "import")
    html = shown(client)
    assert work() == before and last().state is State.PREVIEWED
    assert "Rien n'a changé dans l'annuaire." in html and "secret" not in html
    monkeypatch.undo()


def test_somebody_who_decides_meanwhile_loses_nothing(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import refused because somebody decided is begun again on what they left."""
    client = client_of("coordinator")
    bring(client, csv_of(partner_rows(3)))
    act(client, "preview")
    tries, true_import = [], importing.import_file

    def refused_once(*told: object, **named: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise WorkspaceError("Quelqu'un d'autre a décidé entre-temps.")
        return true_import(*told, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_file", refused_once)
    act(client, "import")
    assert len(tries) == 2 and last().state is State.IMPORTED


def test_what_another_wrote_during_an_import_stands(client_of: Clients) -> None:
    """Records that changed since they were loaded are not written over; nothing is written down."""
    base, wrote = store(), list[TerritoryWork]()
    slow = importing._Together(base, wrote.append)
    loaded = slow.load(DEMO)
    base.save(replace(loaded, records=loaded.records[1:]))
    with pytest.raises(WorkspaceError, match="pendant ce travail"):
        slow.save(loaded)
    assert wrote == [] and base.load(DEMO).records == loaded.records[1:]


def test_a_source_read_again_elsewhere_is_not_taken_back(client_of: Clients) -> None:
    """Undoing on the site never takes away what the terminal imported since."""
    client = client_of("coordinator")
    done = imported(client, csv_of(partner_rows(3)))
    now = work()
    kept = tuple(one for one in now.records if one.record.nom != "Atelier 0")
    store().save(replace(now, records=kept))
    act(client, "undo")
    assert "ailleurs que sur cette page" in shown(client, done.number)
    assert work().records == kept and last().state is State.IMPORTED


def test_two_imports_at_once_are_one_after_the_other(client_of: Clients) -> None:
    """While one waits or runs another is refused, in words; nothing of it is lost."""
    client, other = client_of("coordinator"), client_of("administrator")
    bring(client, csv_of(partner_rows(2)), source="A")
    bring(other, csv_of(partner_rows(3)), source="B")
    second, first = keep.brought_files(DEMO)[:2]
    at = address("coordinator:import-act", number=first.number)
    client.post(at, {"acte": "preview"})
    waiting = shown(client, first.number)
    assert "Il attend son tour." in waiting and 'hx-trigger="every 2s"' in waiting
    refused = other.post(
        address("coordinator:import-act", number=second.number), {"acte": "preview"}, follow=True
    )
    assert "déjà en cours" in refused.content.decode()
    task_worker("w").run()
    assert "Ce qui changerait" in shown(client, first.number)
    assert keep.brought_files(DEMO)[0].state is State.BROUGHT


def test_too_many_files_waiting_are_refused(client_of: Clients) -> None:
    """A desk that brings without end fills no disk."""
    client = client_of("coordinator")
    most = int(load_parameters(ON).number("imports.waiting"))
    for number in range(most + 1):
        answer = bring(client, csv_of(partner_rows(1)), f"{number}.csv")
    assert answer.status_code == 422 and "Trop de fichiers" in answer.content.decode()
