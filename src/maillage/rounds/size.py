"""How much memory a month would take, told before the search begins."""

from __future__ import annotations

from maillage.kernel.errors import TooLarge
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.rounds.calendar import week_numbers
from maillage.rounds.model import Frequency, RoundProblem

_BYTES_A_GOOD = 64
"""What a rhythm of a stop costs for each point: measured 48 to 52 on months of 50 and 100 stops."""
_BYTES_A_SESSION = 2048
"""What each session that could be held costs, as a column of the program and its rows."""
_GIB = 2**30


def needed_bytes(problem: RoundProblem) -> int:
    """Return an estimate of the memory that planning a month will take at its highest."""
    n_weeks = len(set(week_numbers(problem.dates)))
    rhythms = {Frequency.WEEKLY: 1, Frequency.FORTNIGHTLY: 2, Frequency.MONTHLY: n_weeks}
    n_rhythms = sum(rhythms[one] for stop in problem.stops for one in stop.frequencies)
    n_sessions = sum(len(stop.windows) for stop in problem.stops) * len(problem.vehicles)
    return n_rhythms * len(problem.wanting) * _BYTES_A_GOOD + n_sessions * _BYTES_A_SESSION


def check_size(problem: RoundProblem, memory_bytes: float) -> None:
    """Raise TooLarge, telling the estimate, where it passes the memory allowed."""
    needed = needed_bytes(problem)
    if needed <= memory_bytes:
        return
    message = tr(
        "Cette tournée demanderait environ {needed} Gio de mémoire, et {allowed} Gio sont "
        "permis : proposez moins d'arrêts, ou regroupez les points d'où partent les habitants."
    )
    raise TooLarge(
        message.format(needed=number(needed / _GIB, 1), allowed=number(memory_bytes / _GIB, 1))
    )
