"""Django is there when needed and not before, and each database has its own name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.kernel.errors import MissingExtra
from maillage.storage.address import DATABASE_FILE, database, is_postgresql
from maillage.storage.setup import close_database, open_database

IMPORT_ALL = """
import sys
import maillage.storage, maillage.storage.workspace, maillage.storage.work_store
import maillage.storage.settings
print("django" in sys.modules)
"""

AS_A_SITE = """
import django
django.setup()
from maillage.storage.setup import set_up_django
set_up_django()
from django.conf import settings
from django.db import connection
print(settings.SETTINGS_MODULE, connection.settings_dict["NAME"])
"""


def run(code: str, **variables: str) -> str:
    """Return what a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, **variables},
    )  # fmt: skip
    return done.stdout.strip()


def test_importing_the_room_does_not_load_django() -> None:
    """The doors of the room are light: Django comes with the first workspace that is opened."""
    assert run(IMPORT_ALL) == "False"


def test_a_site_keeps_its_own_settings(tmp_path: Path) -> None:
    """Where a site has set Django up, its settings stay, on the database that it names."""
    base = str(tmp_path / DATABASE_FILE)
    told = run(
        AS_A_SITE,
        DJANGO_SETTINGS_MODULE="maillage.storage.settings",
        MAILLAGE_DATABASE=base,
    )
    assert told == f"maillage.storage.settings {base}"


def test_an_address_is_a_folder_a_file_or_a_server(tmp_path: Path) -> None:
    """A folder stands for the base in it, a file for itself, a server is told by its scheme."""
    assert database(tmp_path)["NAME"] == str(tmp_path / DATABASE_FILE)
    assert database(tmp_path / "autre.sqlite3")["NAME"] == str(tmp_path / "autre.sqlite3")
    address = "postgresql://elise:mot%20de%20passe@base.exemple.fr:5433/maillage?sslmode=require"
    assert database(address) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "maillage",
        "USER": "elise",
        "PASSWORD": "mot de passe",
        "HOST": "base.exemple.fr",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert [is_postgresql(a) for a in ("postgres://h/b", "/srv/b", "C:\\b")] == [True, False, False]


def test_each_opening_has_its_own_name(tmp_path: Path) -> None:
    """Opening twice the same base gives two names, and closing one leaves the other."""
    from django.db import connections

    one, two = (open_database(tmp_path / "base.sqlite3") for _ in range(2))
    close_database(one)
    assert (one in connections.settings, two in connections.settings) == (False, True)
    close_database(two)


@pytest.fixture
def without_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make Python find no PostgreSQL driver, whatever is installed or was imported before."""
    drivers = ("psycopg", "psycopg2")
    for name in tuple(sys.modules):
        if name.startswith((*drivers, "django.db.backends.postgresql")):
            monkeypatch.delitem(sys.modules, name)
    for name in drivers:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("without_driver")
def test_a_missing_driver_is_one_clear_error() -> None:
    """PostgreSQL without its driver says what is missing, and leaves no name behind."""
    from django.db import connections

    before = set(connections.settings)
    with pytest.raises(MissingExtra, match="pilote"):
        open_database("postgresql://localhost/maillage")
    assert set(connections.settings) == before
