"""The directory in data·inclusion v1, each object judged by data·inclusion's own package.

A value that the package refuses, where the schema does not ask for it, is left out and told as a
loss; an object that still is refused goes, with the reason, to a table of its own.

The package holds dates against the clock's today. Here today is the day told: a date after it is
refused here, and the package never sees one that its clock could refuse.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from maillage.directory.exports import exported
from maillage.directory.losses import (
    LostField,
    approximate_points,
    counted,
    outside,
    provenance,
)
from maillage.directory.model import Directory
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.standard.crosswalk import to_data_inclusion
from maillage.standard.data_inclusion import DiService, DiStructure, as_json
from maillage.tables.write import csv_bytes

if TYPE_CHECKING:
    from pydantic import BaseModel

Json = dict[str, Any]
_FIRST = dt.date(2000, 1, 1)  # the package refuses what is dated before
_REFUSED = ("id", "nom", "commune", "motif")


class DataInclusionWriter:
    """Writes structures and services. Raises MissingExtra, when made, without the package."""

    def __init__(self) -> None:
        self._v1 = _v1()

    @property
    def format(self) -> str:
        """The name of the format."""
        return "data-inclusion"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""
        return ("-structures.json", "-services.json", "-refus.csv")

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write the two lists that are valid, and the table of what was refused."""
        made = _Made()
        inside = work.directory.inside()
        lieux = {lieu.id: lieu for lieu in inside.lieux}
        for permanence in sorted(inside.permanences, key=lambda p: p.id):
            record = exported(permanence, lieux[permanence.lieu_id])
            structure, services, losses = to_data_inclusion(record)
            if self._takes(made, structure, services, on):
                made.lost += [(loss.field, loss.reason) for loss in losses]
        made.lost += _of_directory(work.directory)
        paths = tuple(stem.with_name(stem.name + suffix) for suffix in self.suffixes)
        write_whole(paths[0], _json_bytes(made.structures))
        write_whole(paths[1], _json_bytes(made.services))
        write_whole(paths[2], csv_bytes(_REFUSED, made.refused, neutralise=True))
        return Exported(paths, len(made.structures), counted(made.lost))

    def _takes(
        self, made: _Made, structure: DiStructure, services: Sequence[DiService], on: dt.date
    ) -> bool:
        """Keep a structure with those of its services that are valid, or say why not."""
        kept, why = _judged(self._v1.Structure, structure, made, on)
        if kept is None:
            _refuse(made, structure, structure, why)
            made.lost += [("services", tr("service d'une structure refusée")) for _ in services]
            return False
        made.structures.append(kept)
        for service in services:
            valid, why = _judged(self._v1.Service, service, made, on)
            if valid is None:
                _refuse(made, service, structure, why)
            else:
                made.services.append(valid)
        return True


class DataInclusionScorer:
    """data·inclusion's own quality score. Raises MissingExtra, when made, without the package."""

    def __init__(self) -> None:
        self._v1 = _v1()

    def scores(self, services: Sequence[DiService], on: dt.date) -> tuple[float | None, ...]:
        """Return the score (0-1) of each service on a date, None where the package refuses it."""
        return tuple(self._score(service, on) for service in services)

    def _score(self, service: DiService, on: dt.date) -> float | None:
        kept, _ = _judged(self._v1.Service, service, _Made(), on)
        if kept is None:
            return None
        from data_inclusion.schema.v1 import score_qualite

        read = self._v1.Service.model_validate(_out_of_the_clock(kept))
        # The package measures ages to the clock's today: the date moves as far as ``on`` is from
        # it, so that the age it sees is the age on that date.
        age = on - dt.date.fromisoformat(kept["date_maj"])
        while True:
            today = score_qualite.pendulum.now().date()
            score, _ = score_qualite.score(read.model_copy(update={"date_maj": today - age}))
            if score_qualite.pendulum.now().date() == today:
                return float(score)


@dataclass(slots=True)
class _Made:
    """What is being made: the valid objects, the refused ones, what is lost."""

    structures: list[Json] = field(default_factory=list)
    services: list[Json] = field(default_factory=list)
    refused: list[Mapping[str, str | None]] = field(default_factory=list)
    lost: list[LostField] = field(default_factory=list)


def _v1() -> ModuleType:
    try:
        from data_inclusion.schema import v1
        from data_inclusion.schema.v1 import score_qualite  # noqa: F401 - asked now, not half-way
    except ImportError as error:
        message = tr(
            "L'export data·inclusion et son score de qualité demandent le paquet "
            'data-inclusion-schema. Installez-le : pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = v1
    return found


def _judged(
    model: type[BaseModel],
    thing: DiStructure | DiService,
    made: _Made,
    on: dt.date,
) -> tuple[Json | None, str]:
    """Return the object that the package accepts, or None and what it refuses."""
    import pydantic

    if thing.date_maj is not None and thing.date_maj > on:
        return None, "date_maj"
    told = as_json(thing)
    required = {name for name, one in model.model_fields.items() if one.is_required()}
    for _ in range(2):
        try:
            model.model_validate(_out_of_the_clock(told))
        except pydantic.ValidationError as error:
            wrong = {str(each["loc"][0]) if each["loc"] else "" for each in error.errors()}
            if wrong & required or not wrong <= set(told):
                return None, ", ".join(sorted(wrong))
            why = tr("valeur refusée par data·inclusion : laissée de côté")
            made.lost += [(name, why) for name in sorted(wrong)]
            told = {name: value for name, value in told.items() if name not in wrong}
        else:
            return told, ""
    return None, ", ".join(sorted(wrong))


def _out_of_the_clock(told: Json) -> Json:
    """Return an object whose date, if it is not too old, is one that no clock refuses."""
    if "date_maj" not in told:
        return told
    return told | {"date_maj": min(told["date_maj"], _FIRST.isoformat())}


def _refuse(made: _Made, thing: DiStructure | DiService, structure: DiStructure, why: str) -> None:
    made.refused.append(
        {
            "id": thing.id,
            "nom": structure.nom if thing is structure else f"{structure.nom} : {thing.nom}",
            "commune": structure.commune,
            "motif": tr("absent ou refusé par data·inclusion : {fields}").format(fields=why),
        }
    )
    what = tr("absent ou refusé par data·inclusion : mis à part, dans -refus.csv")
    made.lost += [(name, what) for name in why.split(", ")]


def _of_directory(directory: Directory) -> list[LostField]:
    """Return what is lost by writing each permanence as a structure of its own."""
    lost = [*outside(directory), *approximate_points(directory)]
    lost += provenance(directory, tr("les fiches d'origine et leurs lignes ne sont pas écrites"))
    bodies = [p.structure_id for p in directory.inside().permanences]
    why = tr("data·inclusion attache l'adresse à la structure : une structure par lieu")
    return lost + [("structure", why)] * (len(bodies) - len(set(bodies)))


def _json_bytes(objects: Sequence[Json]) -> bytes:
    """Return a list of objects, one a line."""
    lines = [json.dumps(each, ensure_ascii=False, allow_nan=False) for each in objects]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    return text.encode("utf-8", errors="replace")
