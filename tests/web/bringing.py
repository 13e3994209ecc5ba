"""What the tests of imports share: a partner's table, brought, acted upon, looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.reports.directory.mednum_csv import MednumCsv
from maillage.storage.imports import keep
from maillage.storage.imports.keep import Brought
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.web.background.loop import task_worker

Clients = Callable[[str], Client]
HEAD = ("Nom du lieu", "Adresse", "Tel", "Ce qu'on fait", "Tarif")


def partner_rows(n: int, told: str = "Démarches en ligne") -> list[tuple[str, ...]]:
    """Return the rows of a partner's table, in the order of HEAD."""
    streets = (f"{i + 1} rue Neuve - 96100 Ulvemont" for i in range(n))
    return [
        (f"Atelier {i}", street, f"03 21 00 00 {i:02}", told, "Gratuit" if i % 3 else "5 euros")
        for i, street in enumerate(streets)
    ]


def csv_of(rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> bytes:
    """Return a table as an office writes it: semicolons."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    return out.getvalue().encode()


def bring(
    client: Client, content: bytes, name: str = "ccas.csv", source: str = "CCAS", date: str = ""
) -> HttpResponse:
    """Send a file as its form does, and return the page that follows."""
    told = {"fichier": SimpleUploadedFile(name, content), "source": source, "date": date}
    return client.post(address("coordinator:bring"), told, follow=True)


def last() -> Brought:
    """Return the file brought last."""
    return keep.brought_files(DEMO)[0]


def act(client: Client, act: str, number: int | None = None) -> HttpResponse:
    """Ask for something to be done with a file, and let the worker do it."""
    at = address("coordinator:import-act", number=number or last().number)
    answer = client.post(at, {"acte": act}, follow=True)
    task_worker("w").run()
    return answer


def shown(client: Client, number: int | None = None) -> str:
    """Return the page of a file, checked; its apostrophes and spaces are plain."""
    answer = client.get(address("coordinator:import", number=number or last().number))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html.replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")


def store() -> DjangoWorkStore:
    """Return the store of the site's works."""
    return DjangoWorkStore(Workspace(Path("base des tests"), None, "default"), ON, "tests")


def work() -> TerritoryWork:
    """Return the work of the demo."""
    return store().load(DEMO)


def export(folder: Path) -> bytes:
    """Return the bytes of the directory as it is given to others."""
    paths = MednumCsv().write(work(), folder / "annuaire", ON).paths
    return b"".join(path.read_bytes() for path in paths)


def imported(client: Client, content: bytes, source: str = "CCAS") -> Brought:
    """Bring a file, try it, import it."""
    bring(client, content, source=source)
    act(client, "preview")
    act(client, "import")
    return last()
