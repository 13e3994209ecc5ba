"""Lines found by the names that people give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maillage.access.timetable.merge import MARK
from maillage.access.timetable.model import Line, Network
from maillage.kernel.language import tr

_SHOWN = 12


class UnknownLineError(LookupError):
    """No line of the timetables answers to that name; ``str`` is a French sentence."""


def lines_named(network: Network, words: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return, for each word, the ids of its lines: those of that id, else of that short name.

    An id may be told without its feed's name. Raises UnknownLineError where no line answers.
    """
    return {word: _named(network, word) for word in words}


def every_line(network: Network) -> Mapping[str, frozenset[str]]:
    """Return each line of a network by its own id, in order."""
    return {one: frozenset({one}) for one in sorted(line.id for line in network.lines)}


def line_label(network: Network, line_ids: frozenset[str]) -> str:
    """Return the names of some lines as their riders know them."""
    told = {_told(line) for line in network.lines if line.id in line_ids}
    return ", ".join(sorted(told))


def _named(network: Network, word: str) -> frozenset[str]:
    exact = {one.id for one in network.lines if word in (one.id, one.id.partition(MARK)[2])}
    short = {one.id for one in network.lines if one.short_name.casefold() == word.casefold()}
    if not exact and not short:
        known = sorted({one.short_name or one.id for one in network.lines})
        more = ", …" if len(known) > _SHOWN else ""
        message = tr("La ligne « {word} » n'est pas dans ces horaires. Lignes : {known}{more}.")
        raise UnknownLineError(
            message.format(word=word, known=", ".join(known[:_SHOWN]), more=more)
        )
    return frozenset(exact or short)


def _told(line: Line) -> str:
    return " ".join(part for part in (line.short_name, line.long_name) if part) or line.id
