"""Django set up when first needed, and databases opened and closed under names of their own.

Several workspaces can be open in one process: each has its alias, and every store says which it
speaks to. Nothing but the site uses the alias ``default``.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.storage.address import WAIT_SECONDS, database

_numbers = itertools.count(1)


def set_up_django() -> None:
    """Set Django up with this room's settings, unless a site has already done so with its own."""
    from django.apps import apps
    from django.conf import settings

    if apps.ready:
        return
    if not settings.configured:
        from maillage.storage import settings as ours

        settings.configure(
            **{name: getattr(ours, name) for name in dir(ours) if name.isupper()},
        )
    import django

    django.setup()


def open_database(address: str | Path, *, wait_seconds: float = WAIT_SECONDS) -> str:
    """Make a database known to Django and return its alias; nothing is read yet.

    ``address`` is as in ``address.database``. Raises MissingExtra where PostgreSQL is asked and its
    driver is not installed.
    """
    set_up_django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DEFAULT_DB_ALIAS, connections

    alias = f"workspace-{next(_numbers)}"
    told = {DEFAULT_DB_ALIAS: {}, alias: database(address, wait_seconds=wait_seconds)}
    connections.settings[alias] = connections.configure_settings(told)[alias]
    try:
        connections[alias]
    except ImproperlyConfigured as error:
        del connections.settings[alias]
        message = tr("Il manque le pilote de la base de données : {detail}")
        raise MissingExtra(message.format(detail=error)) from error
    return alias


def close_database(alias: str) -> None:
    """Close this thread's connection and forget the alias; closing twice does nothing more."""
    from django.db import connections

    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
