"""What the hour alone asks of the site; the worker looks every few seconds."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import OperationalError

from maillage.kernel.parameters import Parameters
from maillage.web.asking.retention import erase_read, forget_left
from maillage.web.background.doing import ask
from maillage.web.background.referrals import follow
from maillage.web.background.refreshing import REFRESH, refreshes_due
from maillage.web.clock import now, parameters_on
from maillage.web.structure.digests import send_digests

_LOG = logging.getLogger(__name__)


def _tell_structures(parameters: Parameters, moment: dt.datetime) -> int:
    """Send what changed near structures to who wants it and was not told this month."""
    del parameters, moment
    return send_digests()


def _read_sources(parameters: Parameters, moment: dt.datetime) -> int:
    """Ask the worker to read again the sources that were not for too long."""
    del moment
    return sum(ask(siren, REFRESH, None) is not None for siren in refreshes_due(parameters))


DUE: tuple[Callable[[Parameters, dt.datetime], int], ...] = (
    follow,
    _tell_structures,
    _read_sources,
    forget_left,
    erase_read,
)
"""What is looked at, in order; each says how much it did."""


def on_time() -> None:
    """Do what is due at this moment: cases that wait, letters, people to forget, digests, sources.

    What fails is told to the journal of the server and tried at the next look: one case that
    cannot be moved must not stop the worker, nor what comes after it. A database that does not
    answer is for the worker to wait for.
    """
    moment = now()
    for one in DUE:
        try:
            one(parameters_on(moment.date()), moment)
        except OperationalError:
            raise
        except Exception:
            _LOG.exception("what is due could not be done")
