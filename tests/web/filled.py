"""An instance as older releases made it: ``python -m tests.web.filled BACK [empty]``.

It runs in a process of its own, with the settings of the site and the database that the environment
names, as the site does.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
import uuid
from collections.abc import Callable
from typing import Any

import django
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

ROWS = 3
MOMENT = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.UTC)
_OURS = "maillage_"
Node = tuple[str, str]


def nodes_of(executor: MigrationExecutor, back: int) -> list[Node]:
    """Return where each application stood so many releases of the schema ago.

    A release adds one migration to an application at most; what the first ones need comes along,
    and so do the applications that are not ours, which follow releases of their own.
    """
    graph = executor.loader.graph
    asked: set[Node] = set()
    for label, last in graph.leaf_nodes():
        own = sorted(name for app, name in graph.nodes if app == label)
        kept = own[: max(1, len(own) - back)] if label.startswith(_OURS) else [last]
        asked.update(graph.forwards_plan((label, kept[-1])))
    latest: dict[str, str] = {}
    for label, name in asked:
        latest[label] = max(name, latest.get(label, ""))
    return sorted(latest.items())


def migrate_to(back: int) -> StateApps:
    """Bring the database to where it stood so many releases ago; return its models of then."""
    executor = MigrationExecutor(connection)
    nodes = nodes_of(executor, back)
    executor.migrate(nodes)
    state = MigrationExecutor(connection).loader.project_state(nodes)
    return state.apps


def fill(apps: StateApps) -> None:
    """Write rows in every table of ours and of accounts, each value told by its column's type."""
    numbers = itertools.count(1)
    done: dict[str, list[Any]] = {}

    def rows(model: type[models.Model]) -> list[Any]:
        label = model._meta.label_lower
        if label not in done:
            done[label] = []
            for _ in range(ROWS):
                done[label].append(_row(model, rows, next(numbers), len(done[label])))
        return done[label]

    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label != "contenttypes":
            rows(model)


def _row(model: type[models.Model], rows: Any, number: int, nth: int) -> Any:  # noqa: ANN401
    told: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField | models.BigAutoField):
            continue
        if isinstance(field, models.ForeignKey):
            of = field.related_model
            others = rows(of) if of is not model else []
            told[field.name] = others[nth % len(others)] if others else None
        else:
            told[field.name] = _value(field, number)
    return model._default_manager.create(**told)


_VALUES: tuple[tuple[Any, Callable[[int], Any]], ...] = (
    (models.BooleanField, lambda n: bool(n % 2)),
    (models.DateTimeField, lambda n: MOMENT + dt.timedelta(minutes=n)),
    (models.DateField, lambda n: MOMENT.date() + dt.timedelta(days=n)),
    (models.UUIDField, lambda n: uuid.UUID(int=n)),
    (models.GenericIPAddressField, lambda n: f"192.0.2.{n % 250}"),
    (models.JSONField, lambda n: {"é": [n, None]}),
    (models.BinaryField, lambda n: bytes([0, n % 256, 255])),
    (models.FloatField, lambda n: n + 0.1),
    (models.IntegerField, lambda n: n),
    ((models.CharField, models.TextField), lambda n: f"é'\"<{n}>"),
)
"""What a column of each type may hold, another value in each row; the first that fits serves."""


def _value(field: Any, number: int) -> Any:  # noqa: ANN401 - of any type
    value = next(make for kind, make in _VALUES if isinstance(field, kind))(number)
    return value[-field.max_length :] if isinstance(value, str) and field.max_length else value


def run(back: int, *, filled: bool) -> None:
    """Bring the database to where it stood so many releases ago; with rows in every table."""
    django.setup()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA foreign_keys = ON")
    apps = migrate_to(back)
    if filled:
        with transaction.atomic():
            fill(apps)


if __name__ == "__main__":
    run(int(sys.argv[1]), filled=sys.argv[2:] != ["empty"])
