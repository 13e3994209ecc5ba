"""The database of the site: the one that was named, up to date, whatever makes it."""

from __future__ import annotations

import os

import pytest
from django.core.management import call_command
from django.db import connection

from maillage.storage.address import is_postgresql


def test_these_tests_speak_to_the_database_that_was_named(db: None) -> None:
    """Where a PostgreSQL is named it is the one that answers, else SQLite."""
    named = is_postgresql(os.environ["MAILLAGE_DATABASE"])
    assert connection.vendor == ("postgresql" if named else "sqlite")


def test_no_table_waits_for_a_migration(db: None) -> None:
    """The models and the migrations of every application of ours say the same tables."""
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit as wanting:
        pytest.fail(f"models changed without a migration ({wanting.code})")
