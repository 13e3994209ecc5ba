"""Empty workspaces to test in: on SQLite, or on the PostgreSQL that MAILLAGE_DATABASE names."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.storage.address import DATABASE_FILE, DATABASE_VARIABLE, is_postgresql
from maillage.storage.setup import close_database, open_database
from maillage.storage.upgrade import migrate
from maillage.storage.workspace import CACHE_FOLDER, Workspace

_numbers = itertools.count(1)


def server() -> str | None:
    """Return the address of the PostgreSQL to test on; None: each test has a file of its own."""
    told = os.environ.get(DATABASE_VARIABLE, "")
    return told if is_postgresql(told) else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workspace stands, for any program to open: a folder, or a schema of a server."""

    folder: Path
    siren: str
    address: str | None = None

    @contextmanager
    def opened(self) -> Iterator[Workspace]:
        """Open the workspace, on a connection of its own."""
        if self.address is None:
            with Workspace.open(self.folder) as workspace:
                yield workspace
            return
        alias = open_database(self.address)
        try:
            yield Workspace(self.folder, self.siren, alias)
        finally:
            close_database(alias)


@contextmanager
def empty_place(folder: Path, siren: str) -> Iterator[Place]:
    """Give the place of an empty workspace that nobody has open."""
    address = server()
    if address is None:
        Workspace.create(folder, siren).close()
        yield Place(folder, siren)
        return
    with _own_schema(address) as own:
        _fill(own, folder)
        yield Place(folder, siren, own)


@contextmanager
def empty_workspace(folder: Path, siren: str, wait_seconds: float = 5.0) -> Iterator[Workspace]:
    """Give an empty workspace: a folder, or a schema of the server that is gone at the end."""
    address = server()
    if address is None:
        with Workspace.create(folder, siren, wait_seconds=wait_seconds) as opened:
            yield opened
        return
    with _own_schema(address) as own:
        _fill(own, folder)
        alias = open_database(own)
        try:
            yield Workspace(folder, siren, alias)
        finally:
            close_database(alias)


@contextmanager
def opened_again(workspace: Workspace) -> Iterator[Workspace]:
    """Give the same workspace, on a connection of its own as another program has."""
    from django.db import connections

    alias = open_database(workspace.folder / DATABASE_FILE)
    connections.settings[alias] = dict(connections[workspace.alias].settings_dict)
    connections[alias] = connections.create_connection(alias)
    try:
        yield Workspace(workspace.folder, workspace.siren, alias)
    finally:
        close_database(alias)


@contextmanager
def another_program(workspace: Workspace) -> Iterator[Any]:
    """Give a cursor on the database of a workspace, for plain SQL that no store would write."""
    from django.db import connections

    with opened_again(workspace) as other, closing(connections[other.alias].cursor()) as cursor:
        yield cursor


@contextmanager
def _own_schema(address: str) -> Iterator[str]:
    """Give the address of a new schema of the server, gone at the end."""
    schema = f"test_{os.getpid()}_{next(_numbers)}"
    _on(address, f"CREATE SCHEMA {schema}")
    try:
        yield f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}"
    finally:
        _on(address, f"DROP SCHEMA {schema} CASCADE")


def _fill(address: str, folder: Path) -> None:
    (folder / CACHE_FOLDER).mkdir(parents=True)
    alias = open_database(address)
    try:
        migrate(alias)
    finally:
        close_database(alias)


def _on(address: str, statement: str) -> None:
    from django.db import connections

    alias = open_database(address)
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)
    finally:
        close_database(alias)
