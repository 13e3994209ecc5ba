"""The database itself refuses to rewrite or delete a decision.

A later migration that remakes the table (SQLite does so for most changes) loses these triggers
and must call ``guard`` again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "maillage_identity_decision"
REASON = "decisions are only added to"

# INSERT OR REPLACE deletes without firing the trigger on deletion
REPLACING = (
    f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id "  # noqa: S608 - constants
    "OR (territory_id = NEW.territory_id AND number = NEW.number))"
)
SQLITE = [
    f"CREATE TRIGGER decisions_keep_{name} BEFORE {event} ON {TABLE} {condition} "
    f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
    for name, event, condition in (
        ("lines", "UPDATE", ""),
        ("all_lines", "DELETE", ""),
        ("places", "INSERT", REPLACING),
    )
]
FUNCTION = f"""
CREATE FUNCTION decisions_only_grow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REASON}'; END $$
"""
TRIGGER = f"""
CREATE TRIGGER decisions_keep_lines BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION decisions_only_grow()
"""
STATEMENTS = {"sqlite": SQLITE, "postgresql": [FUNCTION, TRIGGER]}


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Put the triggers on the table of decisions."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on decisions; there is no way back."""

    dependencies: ClassVar = [("maillage_identity", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard)]
