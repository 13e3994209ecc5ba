"""Who should meet whom: the introductions that bring most, one after another.

What a member can count on is who it knows, or can be sent on to by one it knows: who is within two
steps, worth more of its area and where it does what the member does not. The worth of all is the
sum of the square roots of these, so that the first few of an isolated member count more than as
many of one that knows everybody. Each introduction is the one that adds most to those before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel.parameters import Parameters
from maillage.ties.completing import Told, told_matrix
from maillage.ties.graphs import Floats
from maillage.ties.model import Member, Network


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two members to present to each other; ``guest`` is the less known.

    ``steps``: how far apart they are now, None where no chain joins them. ``n_nearer``: pairs that
    it brings within two steps. ``known_by``: how many each knows or is known by, guest first.
    ``brings``: services that the host has and the guest has not, by code. ``gain``: what it adds to
    the worth of all, as a share (0-1) of the worth before the first one.
    """

    guest: str
    host: str
    steps: int | None
    n_nearer: int
    known_by: tuple[int, int]
    same_area: bool
    brings: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Introductions:
    """The introductions in the order in which they bring most.

    ``within_two``: the share (0-1) of pairs within two steps now, and after them all.
    """

    chosen: tuple[Introduction, ...]
    within_two: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Policy:
    most: int
    each: int
    elsewhere: float
    same_kind: float


def introductions(network: Network, parameters: Parameters) -> Introductions:
    """Return who should meet whom. Two silent members are never proposed: they may well have met.

    The same network gives the same introductions.
    """
    policy = _Policy(
        int(parameters.number("ties.introductions")),
        int(parameters.number("ties.introductions_each")),
        parameters.number("ties.elsewhere"),
        parameters.number("ties.same_kind"),
    )
    told = told_matrix(network)
    knows = told | told.T
    worth = worth_of(network.members, policy.elsewhere, policy.same_kind)
    before = _near(knows)
    base = total_worth(knows, worth)
    chosen: list[Introduction] = []
    n_each: Counter[int] = Counter()
    while len(chosen) < policy.most:
        gains = gains_of(knows, worth)
        gains[~_may_meet(network, knows, n_each, policy.each)] = -1.0
        guest, host = divmod(int(np.argmax(gains)), len(knows))
        if gains.size == 0 or gains[guest, host] <= 1e-9:
            break
        gain = float(gains[guest, host]) / base if base else 1.0
        chosen.append(_introduction(network, knows, (guest, host), gain))
        knows[guest, host] = knows[host, guest] = True
        n_each.update((guest, host))
    return Introductions(tuple(chosen), (_share(before), _share(_near(knows))))


def worth_of(members: Sequence[Member], elsewhere: float, same_kind: float) -> Floats:
    """Return what each member (column) is worth to each other (row): 0 to itself."""
    areas = np.array([one.area for one in members])
    kinds = np.array([one.kind for one in members])
    near = (areas[:, None] == areas[None, :]) | (areas == "")[:, None] | (areas == "")[None, :]
    worth = np.where(near, 1.0, elsewhere)
    other = (kinds[:, None] != kinds[None, :]) | (kinds == "")[:, None]
    brings = np.array(
        [[bool(b.services - a.services) or not b.services for b in members] for a in members],
        dtype=np.bool_,
    ).reshape(len(members), len(members))
    worth = worth * np.where(other & brings, 1.0, same_kind)
    np.fill_diagonal(worth, 0.0)
    return worth


def total_worth(knows: Told, worth: Floats) -> float:
    """Return the worth of who all can count on."""
    return float(np.sqrt((worth * _near(knows)).sum(axis=1)).sum())


def gains_of(knows: Told, worth: Floats) -> Floats:
    """Return what presenting each two members would add to the worth of all, exactly."""
    near = _near(knows)
    new = worth * ~near
    has = (worth * near).sum(axis=1)
    links = knows.astype(np.float64)
    # Each of the two gains the other, and those whom the other knows.
    own = np.sqrt(has[:, None] + new + new @ links) - np.sqrt(has)[:, None]
    # Each that knows one of the two gains the other.
    theirs = links @ (np.sqrt(has[:, None] + new) - np.sqrt(has)[:, None])
    gains: Floats = own + own.T + theirs + theirs.T
    gains[knows] = 0.0
    np.fill_diagonal(gains, 0.0)
    return gains


def _near(knows: Told) -> Told:
    """Return who is within two steps of whom, itself left out."""
    links = knows.astype(np.float32)
    near: Told = knows | (links @ links > 0)
    np.fill_diagonal(near, val=False)
    return near


def _share(near: Told) -> float:
    n = len(near)
    return float(near.sum()) / (n * (n - 1)) if n > 1 else 0.0


def _may_meet(network: Network, knows: Told, n_each: Counter[int], most: int) -> Told:
    heard = np.array([one.is_heard for one in network.members], dtype=np.bool_)
    free = np.array([n_each[at] < most for at in range(len(knows))], dtype=np.bool_)
    may: Told = (heard[:, None] | heard[None, :]) & free[:, None] & free[None, :] & ~knows
    degrees = knows.sum(axis=1)
    rank = np.arange(len(knows))
    # Each pair once: the less known first, the first of the list among equals.
    first = (degrees[:, None] < degrees[None, :]) | (
        (degrees[:, None] == degrees[None, :]) & (rank[:, None] < rank[None, :])
    )
    may &= first
    return may


def _introduction(
    network: Network, knows: Told, ends: tuple[int, int], gain: float
) -> Introduction:
    guest, host = ends
    near = _near(knows)
    after = knows.copy()
    after[guest, host] = after[host, guest] = True
    first, last = network.members[guest], network.members[host]
    degrees = knows.sum(axis=1)
    return Introduction(
        guest=first.key,
        host=last.key,
        steps=_steps(knows, guest, host),
        n_nearer=int((_near(after) & ~near).sum()) // 2,
        known_by=(int(degrees[guest]), int(degrees[host])),
        same_area=first.area == last.area != "",
        brings=tuple(sorted(last.services - first.services)),
        gain=gain,
    )


def _steps(knows: Told, start: int, end: int) -> int | None:
    """Return how many steps apart two members are, None where no chain joins them."""
    seen = np.zeros(len(knows), dtype=np.bool_)
    seen[start] = True
    edge, n = seen.copy(), 0
    while edge.any():
        if edge[end]:
            return n
        edge = knows[edge].any(axis=0) & ~seen
        seen |= edge
        n += 1
    return None
