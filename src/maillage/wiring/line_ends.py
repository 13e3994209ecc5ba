"""The grounds of siting without some lines of the timetables, each made from what stands ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.siting.scenarios.line_ends import KnownLines
    from maillage.wiring.unreached import GroundAsked, SitingGround


def known_lines(
    made: SitingGround, asked: GroundAsked, parameters: Parameters, progress: Progress
) -> KnownLines | None:
    """Return the ground without each of the lines that call most; None where no timetable is known.

    ``asked`` is what the ground was made for.
    """
    from maillage.access.unreached.line_ends import without_lines
    from maillage.access.visits.model import Certainty
    from maillage.diagnosis.visits_lines import calling_lines
    from maillage.siting.scenarios.line_ends import KnownLines, WithoutLine
    from maillage.siting.scenarios.worlds import Setting

    by = made.week.searched.by
    if by.network is None or by.searches is None:
        return None
    calling = calling_lines(by.network, made.work.territory)
    at_most = round(parameters.number("posts.lines_tried"))
    lines = dict(list(calling.items())[:at_most])
    hours = Certainty.CERTAIN if asked.certain_hours else Certainty.POSSIBLE
    found = without_lines((made.unreached, made.reach), made.week, lines, progress, hours)
    ended = (WithoutLine(name, Setting(left, reach)) for name, left, reach in found)
    return KnownLines(len(calling), tuple(ended))
