"""diagnosis.json: the whole diagnosis as data, under a versioned schema (docs/schemas)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from maillage.access.model import Coverage
from maillage.diagnosis.heard_model import Heard
from maillage.diagnosis.model import SCHEMA_VERSION, Diagnosis
from maillage.diagnosis.summary import headline_sentences
from maillage.kernel.atomic import write_whole
from maillage.kernel.geometry import FloatArray
from maillage.kernel.masking import shown_rate
from maillage.reports.diagnosis_visits import visits_words
from maillage.reports.plain_data import finding_words, number, plain, service_code, utf8


class DiagnosisJson:
    """Writes ``diagnosis.json``."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "diagnosis.json"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the document in the folder and return its path."""
        path = folder / self.file_name
        write_whole(path, utf8(diagnosis_document(diagnosis)))
        return path


def diagnosis_document(diagnosis: Diagnosis) -> str:
    """Return the JSON document of a diagnosis: the same text for the same diagnosis."""
    return json.dumps(_envelope(diagnosis), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _envelope(diagnosis: Diagnosis) -> dict[str, Any]:
    territory = diagnosis.territory
    return {
        "schema_version": SCHEMA_VERSION,
        "territory": {
            "siren": territory.siren,
            "name": territory.name,
            "kind": territory.kind,
            "population": territory.population,
            "departements": list(territory.departements),
            "fictional": territory.fictional,
        },
        "on": diagnosis.on.isoformat(),
        "engine": plain(diagnosis.engine),
        "data": [plain(dataset) for dataset in territory.datasets],
        "parameters": [plain(parameter) for parameter in diagnosis.parameters],
        "findings": [finding_words(finding) for finding in diagnosis.findings],
        "result": _result(diagnosis),
    }


def _result(diagnosis: Diagnosis) -> dict[str, Any]:
    return {
        "headlines": list(headline_sentences(diagnosis)),
        "supply": plain(diagnosis.supply),
        "quality": plain(diagnosis.quality),
        "illectronisme": _illectronisme(diagnosis),
        "fragility": _fragility(diagnosis),
        "fragile_people": _fragile_people(diagnosis),
        "coverage": [
            {**plain(c), "service": service_code(c.service), **_range(diagnosis, c)}
            for c in diagnosis.access.coverage
        ],
        "equity": [plain(equity) for equity in diagnosis.access.equity],
        "catchment": [
            {
                "service": service_code(c.service),
                "mode": c.mode.code,
                "bands_minutes": plain(c.bands_minutes),
                "weights": plain(c.weights),
            }
            for c in diagnosis.access.catchments
        ],
        "gaps": [{**plain(g), "service": service_code(g.service)} for g in diagnosis.gaps],
        "hidden_gaps": [
            {**plain(g), "service": service_code(g.service)} for g in diagnosis.hidden_gaps
        ],
        "visits": None if diagnosis.visits is None else visits_words(diagnosis.visits),
        "unanswered": None if diagnosis.unanswered is None else plain(diagnosis.unanswered),
        **({} if diagnosis.heard is None else {"heard": _heard(diagnosis.heard)}),
        "unknowns": [plain(unknown) for unknown in diagnosis.unknowns],
        "zones": [_zone(diagnosis, index) for index in range(len(diagnosis.territory.zones))],
    }


def _heard(heard: Heard) -> dict[str, Any]:
    """Return what was heard, without the counts that would tell of few in a commune."""
    least = 0 if heard.residents is None else heard.residents.least_shown
    told: dict[str, Any] = plain(heard)
    for commune in (told["needs"] or {"communes": ()})["communes"]:
        if shown_rate(commune["n_yes"], commune["n"], least) is None:
            # the pull would give the survey's share back, from what is kept and the model's
            commune.update(n_yes=None, survey=None, pull=None)
    return told


def _range(diagnosis: Diagnosis, coverage: Coverage) -> dict[str, Any]:
    """Return the range of one coverage, null where it was not measured."""
    bounds = diagnosis.range_of(coverage.service, coverage.mode, coverage.threshold_minutes)
    return {
        "share_people_low": None if bounds is None else number(bounds.low_share),
        "share_people_high": None if bounds is None else number(bounds.high_share),
    }


def _illectronisme(diagnosis: Diagnosis) -> dict[str, Any] | None:
    published = diagnosis.territory.illectronisme
    if published is None:
        return None
    return {
        "share": number(published.share),
        "n_people": published.n_people,
        "source_id": published.dataset.source_id,
    }


def _fragility(diagnosis: Diagnosis) -> dict[str, Any]:
    found = diagnosis.fragility
    return {
        "method": found.method,
        "criteria": [plain(criterion) for criterion in found.criteria],
        "n_variants": found.n_variants,
        "missing": list(found.missing),
    }


def _fragile_people(diagnosis: Diagnosis) -> dict[str, Any]:
    people = diagnosis.fragile_people
    return {
        "are_people": people.are_people,
        "method": people.method,
        "unadjusted_total": plain(people.unadjusted_total),
    }


def _zone(diagnosis: Diagnosis, index: int) -> dict[str, Any]:
    zone, found = diagnosis.territory.zones[index], diagnosis.fragility
    people = diagnosis.fragile_people
    return {
        "id": zone.id,
        "code_insee": zone.code_insee,
        "name": zone.name,
        "kind": zone.kind.code,
        "population": zone.population,
        "point": [number(zone.point.lon, 5), number(zone.point.lat, 5)],
        "point_kind": zone.point_kind.code,
        "fragility": {
            "score": number(found.score[index]),
            "rank": _rank(found.rank, index),
            "rank_low": _rank(found.rank_low, index),
            "rank_high": _rank(found.rank_high, index),
            "details": {
                criterion.code: number(found.details[index, column])
                for column, criterion in enumerate(found.criteria)
            },
        },
        "fragile": {
            "weight": number(people.weights[index]),
            "low": None if people.low is None else number(people.low[index]),
            "high": None if people.high is None else number(people.high[index]),
        },
        "nearest": _nearest(diagnosis, index),
        "catchment": [
            {
                "service": service_code(c.service),
                "mode": c.mode.code,
                "index": number(c.index[index]),
            }
            for c in diagnosis.access.catchments
        ],
    }


def _rank(ranks: FloatArray, index: int) -> int | None:
    return int(ranks[index]) if ranks[index] > 0 else None


def _nearest(diagnosis: Diagnosis, index: int) -> list[dict[str, Any]]:
    """Return the nearest lieu by service and mode; minutes and lieu None where there is none."""
    times = diagnosis.access.nearest
    rows = []
    for (service, mode), minutes in times.minutes.items():
        place = int(times.nearest[service, mode][index])
        rows.append(
            {
                "service": service_code(service),
                "mode": mode.code,
                "minutes": number(minutes[index], 1),
                "lieu_id": times.lieu_ids[place] if place >= 0 else None,
            }
        )
    return sorted(rows, key=lambda row: (row["service"] or "", str(row["mode"])))
