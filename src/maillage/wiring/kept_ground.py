"""The ground of siting kept in the cache, so that a second question takes about a second.

A file is named after all that the ground is made of: the bytes of the public sources, the
workspace's database, the files brought, what is asked, the parameters and the version. It holds
arrays and JSON, no code; one that cannot be read is passed over and made again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

import maillage
from maillage.access.travel import Mode
from maillage.access.unreached.model import NewReach, Unreached, Venue, VenueKind
from maillage.access.visits.bounds import Bounds
from maillage.kernel.findings import Finding, Severity, Where
from maillage.kernel.parameters import FOLDER
from maillage.kernel.provenance import Dataset, Origin

if TYPE_CHECKING:
    from maillage.jobs.ports import PublicSources
    from maillage.kernel.parameters import Parameters
    from maillage.territory.model import Territory
    from maillage.wiring.unreached import Brought, GroundAsked

_FORMAT = "3"  # changes when a kept ground would be read otherwise
_ROOMS = ("territory", "directory", "journeys")
_TOLD = "told"
_ARRAYS = ("points", "zone", "people", "fragile", "unmet", "weights", "carried")
_BOTH = (("lacks", "unreached"), ("reached", "reach"), ("minutes", "reach"))


@dataclass(frozen=True, slots=True)
class Who:
    """Whose ground it is, as answers name it: what they tell of a ``Territory``."""

    siren: str
    name: str
    fictional: bool
    datasets: tuple[Dataset, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KeptGround:
    """Who lacks help and what each venue would reach, and whose territory that is."""

    who: Who
    unreached: Unreached
    reach: NewReach


def who_of(territory: Territory) -> Who:
    """Return what answers tell of a territory."""
    return Who(territory.siren, territory.name, territory.fictional, territory.datasets)


def fingerprint(
    siren: str,
    workspace: Path | None,
    asked: tuple[GroundAsked, Brought],
    sources: PublicSources,
    parameters: Parameters,
) -> str:
    """Return the name of a ground: another one as soon as anything that it is made of is other.

    Files brought count by their path, size and time. Raises what the sources raise.
    """
    told: list[object] = [_FORMAT, maillage.__version__, siren, parameters.on]
    topics = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    told += [parameter for topic in topics for parameter in parameters.under(topic)]
    parts = (asked[0], replace(asked[1], cache=None))
    told += [repr(one) for one in parts]
    told += [_seen(path) for one in parts for path in _paths(one)]
    rooms = _ROOMS if workspace is None else _ROOMS[2:]
    for source_id in (source for room in rooms for source in sources.feeding(room, siren)):
        file = sources.get(source_id, siren)
        told.append((source_id, None if file is None else file.dataset.checksum))
    told += [] if workspace is None else _database(workspace)
    told += _streets(siren, asked[1], sources, parameters)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _paths(asked: Any) -> Iterator[Path]:  # noqa: ANN401 - any dataclass
    """Give the paths that a dataclass tells, those within its parts too."""
    for one in fields(asked):
        told = getattr(asked, one.name)
        for each in told if isinstance(told, tuple) else (told,):
            if isinstance(each, Path):
                yield from sorted(each.rglob("*")) if each.is_dir() else (each,)
            elif one.name == "living":
                yield from _paths(each)


def _seen(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return os.fspath(path.resolve()), status.st_size, status.st_mtime_ns


def _database(workspace: Path) -> list[object]:
    """Return the digests of a workspace's own files: its database, and what waits beside it."""
    files = sorted(path for path in workspace.iterdir() if path.is_file())
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def _streets(
    siren: str, brought: Brought, sources: PublicSources, parameters: Parameters
) -> list[object]:
    if not brought.streets:
        return []
    from maillage.wiring.public_ground import streets_around

    found = streets_around(siren, sources, parameters)
    return [one.checksum for one in found.datasets]


def keep(path: Path, ground: KeptGround) -> None:
    """Write a ground; where the cache cannot be written, nothing is kept and nothing is said."""
    from maillage.kernel.atomic import write_whole

    held = io.BytesIO()
    arrays: dict[str, Any] = {name: getattr(ground.unreached, name) for name in _ARRAYS}
    arrays = {name: array for name, array in arrays.items() if array is not None}
    for name, part in _BOTH:
        both = getattr(getattr(ground, part), name)
        arrays |= {f"{name}-low": both.low, f"{name}-high": both.high}
    arrays[_TOLD] = np.frombuffer(
        json.dumps(_told(ground), ensure_ascii=False).encode(), dtype=np.uint8
    )
    np.savez_compressed(held, **arrays)
    try:
        write_whole(path, held.getvalue())
    except OSError:
        return


def kept(path: Path) -> KeptGround | None:
    """Return a ground kept before; None where there is none, or none that can be read."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        return _read(json.loads(arrays.pop(_TOLD).tobytes().decode()), arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None


def _told(ground: KeptGround) -> dict[str, Any]:
    unreached, reach = ground.unreached, ground.reach
    return {
        "siren": ground.who.siren,
        "name": ground.who.name,
        "fictional": ground.who.fictional,
        "datasets": [_flat(one) | {"origin": one.origin.name} for one in ground.who.datasets],
        "zone_ids": unreached.zone_ids,
        "zone_names": unreached.zone_names,
        "fragile_told": unreached.fragile_told,
        "mode": None if unreached.mode is None else unreached.mode.name,
        "how": unreached.how,
        "noted": unreached.noted,
        "reach_how": reach.how,
        "venues": [
            _flat(one)
            | {
                "kind": one.kind.name,
                "half_days": None if one.half_days is None else sorted(one.half_days),
            }
            for one in reach.venues
        ],
        "findings": [
            _flat(one) | {"severity": one.severity.name, "where": _flat(one.where)}
            for one in unreached.findings
        ],
    }


def _flat(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return {each.name: getattr(one, each.name) for each in fields(one)}


def _read(told: dict[str, Any], arrays: dict[str, Any]) -> KeptGround:
    both = {
        name: Bounds(arrays.pop(f"{name}-low"), arrays.pop(f"{name}-high")) for name, _ in _BOTH
    }
    datasets = tuple(Dataset(**one | {"origin": Origin[one["origin"]]}) for one in told["datasets"])
    unreached = Unreached(
        zone_ids=tuple(told["zone_ids"]),
        zone_names=tuple(told["zone_names"]),
        lacks=both["lacks"],
        fragile_told=told["fragile_told"],
        mode=None if told["mode"] is None else Mode[told["mode"]],
        how=tuple(told["how"]),
        noted=told["noted"],
        findings=tuple(_finding(one) for one in told["findings"]),
        **arrays,
    )
    venues = tuple(_venue(one) for one in told["venues"])
    reach = NewReach(venues, both["reached"], both["minutes"], tuple(told["reach_how"]))
    who = Who(told["siren"], told["name"], told["fictional"], datasets)
    return KeptGround(who, unreached, reach)


def _venue(told: dict[str, Any]) -> Venue:
    half_days = told["half_days"]
    held = None if half_days is None else frozenset(half_days)
    return Venue(**told | {"kind": VenueKind[told["kind"]], "half_days": held})


def _finding(told: dict[str, Any]) -> Finding:
    where = Where(**told["where"])
    return Finding(**told | {"severity": Severity[told["severity"]], "where": where})


def ground_file(siren: str, key: str, cache: Path | None) -> Path:
    """Return where a ground is kept: in the cache given, else in the user's own."""
    from maillage.sources.cache import default_cache_folder

    folder = cache or default_cache_folder(os.environ, Path.home())
    return folder / "grounds" / f"{siren}-{key}.npz"
