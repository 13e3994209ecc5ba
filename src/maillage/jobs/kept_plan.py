"""A plan of posts kept in a file, as « siting post » writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.access.unreached.model import N_HALF_DAYS, Venue
from maillage.kernel.errors import ImpossibleDemand, UnusableFile
from maillage.kernel.language import tr
from maillage.siting.posts.model import Held

HeldAt = tuple[str, int]
"""A half-day of a plan kept in a file: the id of its venue, the number of the half-day."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan read from a file: its name, its half-days, for how many posts of how many each.

    ``siren`` is that of the territory it was made for. ``posts`` are the half-days of each post,
    nothing where the file does not tell them.
    """

    name: str
    siren: str
    held: tuple[HeldAt, ...]
    n_posts: int
    half_days_each: int
    posts: tuple[tuple[HeldAt, ...], ...] = ()


def read_kept_plan(path: Path) -> KeptPlan:
    """Return the plan of a file. Raises UnusableFile where it is none, or is not there."""
    if not path.exists():
        message = tr(
            "ce fichier n'existe pas ; « maillage siting post SIREN » écrit un plan dans "
            "ou-renforcer-SIREN/plan.json : donnez ce chemin."
        )
        raise UnusableFile(path, message)
    try:
        told = json.loads(path.read_bytes())
        if told["command"] == "siting post":
            return _plan(path, told)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    message = tr("ce n'est pas un plan de postes ; donnez le plan.json que « siting post » écrit.")
    raise UnusableFile(path, message)


def _plan(path: Path, told: dict[str, Any]) -> KeptPlan:
    """Return the plan that a document tells; KeyError, TypeError or ValueError where it is bad."""
    result = told["result"]
    held = tuple(sorted((str(one["venue"]), int(one["half_day"])) for one in result["half_days"]))
    posts, each = int(result["asked"]["posts"]), int(result["asked"]["half_days_each"])
    if posts < 1 or each < 1 or any(not 0 <= then < N_HALF_DAYS for _, then in held):
        raise ValueError(path)
    name = path.parent.name + "/" + path.name if path.parent.name else path.name
    return KeptPlan(
        name, str(told["territory"]["siren"]), held, posts, each, _by_post(result, posts)
    )


def _by_post(result: dict[str, Any], n_posts: int) -> tuple[tuple[HeldAt, ...], ...]:
    told = [
        (int(one.get("post", 0)), (str(one["venue"]), int(one["half_day"])))
        for one in result["half_days"]
    ]
    if any(not 1 <= post <= n_posts for post, _ in told):
        return ()
    return tuple(
        tuple(sorted(held for of, held in told if of == post)) for post in range(1, n_posts + 1)
    )


def held_of(told: Iterable[HeldAt], venues: Sequence[Venue]) -> tuple[tuple[Held, ...], list[str]]:
    """Return the half-days of a plan kept in a file, and the ids that are no venue any more."""
    numbers = {venue.id: number for number, venue in enumerate(venues)}
    told = tuple(told)
    lost = sorted({venue for venue, _ in told if venue not in numbers})
    return tuple(sorted(Held(numbers[v], h) for v, h in told if v in numbers)), lost


def known_held(plan: KeptPlan, venues: Sequence[Venue]) -> tuple[Held, ...]:
    """Return the half-days of a plan. ImpossibleDemand, with every id that is no venue any more."""
    held, lost = held_of(plan.held, venues)
    if lost:
        clause = tr("le plan « {plan} » tient « {id} », qui n'est aucun des lieux candidats")
        raise ImpossibleDemand(tuple(clause.format(plan=plan.name, id=one) for one in lost))
    return held
