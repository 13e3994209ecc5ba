"""Django's settings for the tables of a workspace: the base on which a site builds its own.

The command line needs no environment variable: workspaces are opened by ``setup.open_database``,
each under its own alias. A site, which serves one database, names it in ``MAILLAGE_DATABASE``
(a workspace folder, an SQLite file, or a PostgreSQL address): it is then the default one.
"""

from __future__ import annotations

import os

from maillage.storage.address import DATABASE_VARIABLE, Database, database

INSTALLED_APPS = [
    "maillage.storage.territory",
    "maillage.storage.directory",
    "maillage.storage.records",
    "maillage.storage.identity",
    "maillage.storage.findings",
    "maillage.storage.journal",
    "maillage.storage.needs",
]
DATABASES: dict[str, Database] = (
    {"default": database(os.environ[DATABASE_VARIABLE])}
    if os.environ.get(DATABASE_VARIABLE)
    else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
