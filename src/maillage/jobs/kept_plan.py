"""A plan of posts kept in a file, as « siting post » writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr

HeldAt = tuple[str, int]
"""A half-day of a plan kept in a file: the id of its venue, the number of the half-day."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan read from a file: its name, its half-days, for how many posts of how many each.

    ``siren`` is that of the territory it was made for.
    """

    name: str
    siren: str
    held: tuple[HeldAt, ...]
    n_posts: int
    half_days_each: int


def read_kept_plan(path: Path) -> KeptPlan:
    """Return the plan of a file. Raises UnusableFile where it is none."""
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
    return KeptPlan(name, str(told["territory"]["siren"]), held, posts, each)
