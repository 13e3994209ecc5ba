"""What stands in the tables of a database file, and what of it an upgrade did not keep."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

Rows = tuple[tuple[str, ...], list[tuple[object, ...]]]
"""The columns of a table, and its rows in the order they were written."""
_OWN_TO_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
"""What Django itself writes again as models change."""


def rows_of(path: Path) -> dict[str, Rows]:
    """Return every row of every table, Django's own set aside."""
    with closing(sqlite3.connect(path)) as base:
        told = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [n for (n,) in told if n not in _OWN_TO_DJANGO and not n.startswith("sqlite_")]
        return {name: _table(base, name) for name in sorted(names)}


def _table(base: sqlite3.Connection, name: str) -> Rows:
    read = base.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608 - our own tables
    return tuple(column[0] for column in read.description), read.fetchall()


def not_kept(before: dict[str, Rows], after: dict[str, Rows]) -> list[str]:
    """Return the tables of which a column or a value that was there is there no more."""
    return [name for name, rows in before.items() if _part(after.get(name), rows[0]) != rows[1]]


def _part(rows: Rows | None, columns: tuple[str, ...]) -> list[tuple[object, ...]] | None:
    if rows is None or not set(columns) <= set(rows[0]):
        return None
    places = [rows[0].index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in rows[1]]


def shape_of(path: Path) -> tuple[dict[str, list[tuple[object, ...]]], set[str]]:
    """Return the columns of each table, with their types, and the names of the triggers."""
    with closing(sqlite3.connect(path)) as base:
        names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        info = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY name'
        columns = {name: base.execute(info, (name,)).fetchall() for name in names}
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return columns, {name for (name,) in triggers}


def copy_rows(source: Path, target: Path) -> None:
    """Write in an empty older database what of a newer one its tables can hold."""
    with closing(sqlite3.connect(target)) as base:
        base.execute("ATTACH ? AS newer", (str(source),))
        known = {n for (n,) in base.execute("SELECT name FROM newer.sqlite_master")}
        for name, (columns, _) in rows_of(target).items():
            if name in known:
                told = ", ".join(f'"{column}"' for column in columns)
                base.execute(
                    f'INSERT INTO main."{name}" ({told}) '  # noqa: S608 - our own tables
                    f'SELECT {told} FROM newer."{name}" ORDER BY rowid'
                )
        base.commit()


def with_settings_of_site(path: Path, *words: str) -> None:
    """Run a module with the settings of the site on a database file.

    It is a process of its own: Django takes one set of settings and one database by default.
    """
    told = {
        "MAILLAGE_DATABASE": str(path),
        "MAILLAGE_LOCAL": "1",
        "MAILLAGE_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "maillage.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", *words], env={**os.environ, **told}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
