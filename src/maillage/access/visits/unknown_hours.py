"""The lieux whose hours are not known: how many, and which ones to call first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.week import Presence
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class UnknownHours:
    """Of the ``n_lieux`` that give a service, those whose hours are not known, in order of id."""

    service: ServiceKey
    n_lieux: int
    lieu_ids: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share of lieux whose hours are not known, 0-1; None where there is no lieu."""
        return len(self.lieu_ids) / self.n_lieux if self.n_lieux else None

    def said(self) -> str:
        """Return one French sentence: of how many lieux hours are not known."""
        if not self.lieu_ids:
            return tr("Les horaires de tous les lieux sont connus.")
        text = tr("Horaires inconnus pour {n} sur {lieux} : ils ne comptent que dans « possible ».")
        return text.format(
            n=plural(len(self.lieu_ids), tr("lieu"), tr("lieux")), lieux=number(self.n_lieux)
        )


def unknown_hours(
    presences: Sequence[Presence], opened: Mapping[str, Sequence[OpeningOn]]
) -> tuple[UnknownHours, ...]:
    """Return the unknown hours by service, in the order of ``SERVICE_KEYS``.

    ``opened`` are the openings of each permanence by id, over the days of a week. A lieu's hours
    are known for a service when one presence that gives it there tells every day of them.
    """
    return tuple(_of(key, presences, opened) for key in SERVICE_KEYS)


def _of(
    key: ServiceKey, presences: Sequence[Presence], opened: Mapping[str, Sequence[OpeningOn]]
) -> UnknownHours:
    giving = [p for p in presences if (p.services if key is None else key in p.services)]
    lieux = {presence.lieu_id for presence in giving}
    known = {p.lieu_id for p in giving if _told(opened.get(p.permanence_id, ()))}
    return UnknownHours(key, len(lieux), tuple(sorted(lieux - known)))


def _told(days: Sequence[OpeningOn]) -> bool:
    return bool(days) and all(day.certainty is Certainty.CERTAIN for day in days)


def to_call_first(lieu_ids: Iterable[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the lieux in the order in which to ask their hours: the heaviest first, then by id.

    ``weights`` is what is at stake at each (people who depend on it); none told weighs nothing.
    """
    return tuple(sorted(lieu_ids, key=lambda lieu: (-weights.get(lieu, 0.0), lieu)))
