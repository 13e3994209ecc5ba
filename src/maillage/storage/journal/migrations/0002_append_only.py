"""The database itself refuses to rewrite or delete a line of the journal.

A later migration that remakes the table (SQLite does so for most changes) loses these triggers
and must call ``guard`` again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "maillage_journal_journalentry"
REASON = "the journal only grows"

SQLITE = [
    f"CREATE TRIGGER journal_keeps_{name} BEFORE {event} ON {TABLE} {condition} "
    f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
    for name, event, condition in (
        ("lines", "UPDATE", ""),
        ("all_lines", "DELETE", ""),
        # INSERT OR REPLACE deletes without firing the trigger on deletion
        ("places", "INSERT", f"WHEN NEW.id IN (SELECT id FROM {TABLE})"),  # noqa: S608 - constants
    )
]
FUNCTION = f"""
CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REASON}'; END $$
"""
TRIGGER = f"""
CREATE TRIGGER journal_keeps_lines BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()
"""
STATEMENTS = {"sqlite": SQLITE, "postgresql": [FUNCTION, TRIGGER]}


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Put the triggers on the table of the journal."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the journal; there is no way back."""

    dependencies: ClassVar = [("maillage_journal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard)]
