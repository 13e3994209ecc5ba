"""The hours at which places of each typologie are usually open, by the national files of places.

``python -m bench.usual_hours`` reads every file of places of the mirror and prints, for each
typologie of which at least ``LEAST`` places tell their hours, the quarters of an hour of the week
at which at least half of them are open: what ``parameters/visits.yaml`` holds. Places that move,
that only tell a Saturday, or that are told open day and night are left out. One place told in two
files counts twice: nothing is linked here. Most files tell no typologie: where a record has none,
plain words of its name tell it (``NAMES``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from bench.national_places import mirror_folder, read_national
from maillage.directory.french_hours import bare_text
from maillage.directory.hours import tells_only_saturday
from maillage.directory.week import ALL_DAY, Week, osm_of, week_of
from maillage.standard import mednum
from maillage.standard.record import MednumRecord

LEAST = 30
STEP = 15  # minutes
HALF = 0.5
NAMES = {
    "BIB": r"\b(?:mediatheque|bibliotheque|ludotheque)",
    "RFS": r"\bfrance services?\b|\bmaison france",
    "CCAS": r"\bccas\b|centre communal d.action sociale",
    "CIAS": r"\bcias\b",
    "ML": r"\bmission locale\b",
    "PIMMS": r"\bpimms\b",
    "CAF": r"\bcaf\b|allocations familiales",
    "CPAM": r"\bcpam\b",
    "MSA": r"\bmsa\b|mutualite sociale agricole",
    "FT": r"\bpole emploi\b|\bfrance travail\b",
    "LA_POSTE": r"\bla poste\b|\bbureau de poste\b",
    "CS": r"\bcentres? soci(?:al|aux)\b",
    "CSC": r"\bcentre socio-?\s?culturel",
    "MJC": r"\bmjc\b|maison des jeunes et de la culture",
    "EVS": r"\bespace de vie sociale\b",
    "EPN": r"\bepn\b|espace public numerique|\bcyber",
    "MDS": r"maisons? (?:departementales? )?des solidarites",
    "PIJ_BIJ": r"\bpij\b|\bbij\b|information jeunesse",
    "TIERS_LIEUX": r"\btiers[- ]lieux?\b|coworking",
    "FABLAB": r"\bfab ?lab\b",
    "MQ": r"\bmaison de quartier\b",
    "UDAF": r"\budaf\b",
    "PREF": r"\b(?:sous-)?prefecture\b",
    "EPCI": r"\bcommunaute (?:de communes|d.agglo|urbaine)",
    "MUNI": r"\bmairie\b|\bhotel de ville\b|\bcommune (?:de|d')",
    "ASSO": r"\bassociation\b|\bfamilles? rurales?\b|\bemmaus\b|\bsecours (?:catho|pop)",
}


def open_quarters(week: Week) -> np.ndarray:
    """Return the (7, 96) quarters of an hour wholly inside the hours of a week."""
    open_at = np.zeros((7, 1440 // STEP))
    for weekday, day in enumerate(week):
        for start, end in day or ():
            open_at[weekday, -(-start // STEP) : end // STEP] = 1
    return open_at


def usual(weeks: list[Week]) -> Week:
    """Return the quarters at which at least half of the weeks are open, as a week."""
    share = np.mean([open_quarters(week) for week in weeks], axis=0)
    days = [_ranges(open_at) for open_at in share >= HALF]
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])


def _ranges(open_at: np.ndarray) -> tuple[tuple[int, int], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], open_at.astype(int), [0]))))
    return tuple(
        (int(a) * STEP, int(b) * STEP) for a, b in zip(edges[::2], edges[1::2], strict=True)
    )


def told_week(record: MednumRecord) -> Week | None:
    """Return the week that a record tells; None where it tells none that can be counted."""
    if record.horaires is None or mednum.Itinerance.ITINERANT in (record.itinerance or ()):
        return None
    week = week_of(record.horaires)
    if tells_only_saturday(osm_of(week)) or not any(week):
        return None
    return None if any(ALL_DAY in (day or ()) for day in week) else week


def typologies_of(record: MednumRecord) -> list[str]:
    """Return the codes of the typologies that a record tells, else the one its name tells."""
    if record.typologie:
        return [typologie.name for typologie in record.typologie]
    name = bare_text(record.nom or "")
    return [code for code, words in NAMES.items() if re.search(words, name)][:1]


def told_weeks(records: Iterable[MednumRecord]) -> dict[str, list[Week]]:
    """Return the weeks told by the code of each typologie, those of all places under "*"."""
    told: dict[str, list[Week]] = defaultdict(list)
    for record in records:
        week = told_week(record)
        if week is not None:
            for code in ("*", *typologies_of(record)):
                told[code].append(week)
    return told


def main() -> None:
    """Print each typologie's number of places and usual hours, then those of all places."""
    records = [sourced.record for sourced in read_national(mirror_folder())]
    told = told_weeks(records)
    print(f"{len(told['*'])} of {len(records)} records tell hours")
    for code, weeks in sorted(told.items()):
        hours = osm_of(usual(weeks)) if len(weeks) >= LEAST else "too few"
        print(f"{code}: {len(weeks)} -> {hours}")


if __name__ == "__main__":
    main()
