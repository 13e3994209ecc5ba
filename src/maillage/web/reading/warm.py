"""What a server reads before its first visitor, so that nobody waits for it."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connections
from django.urls import get_resolver

from maillage.kernel.errors import WorkspaceError
from maillage.web.reading.memory import shelf

_LOG = logging.getLogger(__name__)
_MOST = 4
"""Territories read beforehand: where there are more, each is read when first asked for."""


def warm() -> None:
    """Read the pages' code and the books of the first territories: what a server forks shares them.

    A database that is not ready stops nothing: pages will say so. No connection is left open.
    """
    _ = get_resolver().url_patterns  # views, and all that they stand on, are imported by it
    try:
        for stamp in list(shelf.stamps().values())[:_MOST]:
            shelf.book(stamp)
    except (DatabaseError, WorkspaceError) as error:
        _LOG.warning("nothing was read beforehand: %s", error)
    finally:
        connections.close_all()
