"""The diagnosis of a territory: a frozen result that says which engine, data and parameters."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from maillage.access.model import Access, ServiceKey
from maillage.access.travel import Mode
from maillage.diagnosis.heard_model import Heard
from maillage.diagnosis.unanswered import Unanswered
from maillage.diagnosis.visits_model import VisitsWithoutCar
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameter
from maillage.standard import mednum
from maillage.territory.fragility_model import FragilePeople, Fragility
from maillage.territory.model import Territory

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the four nouns share one trait (a service, a typologie, a source)."""

    key: str
    label: str
    n_structures: int
    n_lieux: int
    n_services: int
    n_permanences: int


@dataclass(frozen=True, slots=True)
class Supply:
    """What exists inside the territory, counted by kind.

    ``n_lieux_with_service`` leaves out the places whose services nobody told (town halls and
    libraries of the national lists). ``n_neighbour_lieux`` are outside but count for access.
    ``zones_without_lieu`` are the ids of zones with no lieu telling at least one service.
    """

    n_structures: int
    n_lieux: int
    n_services: int
    n_permanences: int
    n_lieux_with_service: int
    n_permanences_with_service: int
    n_itinerant_permanences: int
    n_neighbour_lieux: int
    by_service: tuple[Tally, ...]
    by_typologie: tuple[Tally, ...]
    by_source: tuple[Tally, ...]
    zones_without_lieu: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its numbers: ``n`` of ``total``."""

    key: str
    label: str
    n: int
    total: int

    @property
    def share(self) -> float:
        """Return n / total, 0 where the total is 0."""
        return self.n / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class RecordQuality:
    """How fresh and how complete the permanences of the territory are."""

    freshness: tuple[Share, ...]
    completeness: tuple[Share, ...]
    oldest: dt.date | None
    median_date: dt.date | None
    newest: dt.date | None


class Certainty(enum.Enum):
    """How a gap stands when speeds, thresholds and missing places vary."""

    SURE = ("sure", "certaine")
    LIKELY = ("likely", "probable")
    UNSURE = ("unsure", "incertaine")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Gap:
    """A zone beyond the dated threshold of a service by one mode (a « zone blanche »).

    ``survival`` is the share (0-1) of the ``n_variants`` variants in which it is still beyond;
    ``broken_by`` names (French) the variants in which it is not.
    """

    zone_id: str
    service: ServiceKey
    mode: Mode
    minutes: float
    threshold_minutes: float
    n_people: int
    survival: float
    n_variants: int
    certainty: Certainty
    broken_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageRange:
    """Between what and what a coverage stands when speed, detour and departure point vary.

    ``low_share`` and ``high_share`` (0-1) are of the people of the territory, and hold the share
    of the coverage between them.
    """

    service: ServiceKey
    mode: Mode
    threshold_minutes: float
    low_share: float
    high_share: float


@dataclass(frozen=True, slots=True)
class HiddenGap:
    """A zone within the threshold today, but beyond it in some variants: a fragile coverage.

    ``share_variants`` (0-1) are those in which it falls beyond; ``reasons`` name them in French.
    """

    zone_id: str
    service: ServiceKey
    mode: Mode
    minutes: float
    n_people: int
    share_variants: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the diagnosis does not know, said plainly: title, sentence, what would mend it."""

    code: str
    title: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class EngineNote:
    """Which engine gave the times, and at which speeds."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything the report says, and nothing it does not."""

    on: dt.date
    territory: Territory
    directory: Directory
    engine: EngineNote
    parameters: tuple[Parameter, ...]
    supply: Supply
    quality: RecordQuality
    fragility: Fragility
    fragile_people: FragilePeople
    access: Access
    coverage_ranges: tuple[CoverageRange, ...]
    gaps: tuple[Gap, ...]
    hidden_gaps: tuple[HiddenGap, ...]
    unknowns: tuple[Unknown, ...]
    findings: tuple[Finding, ...]
    visits: VisitsWithoutCar | None = None
    unanswered: Unanswered | None = None
    heard: Heard | None = None

    def gaps_of(self, service: mednum.Service | None, mode: Mode) -> tuple[Gap, ...]:
        """Return the gaps of one service by one mode, most people first."""
        found = [g for g in self.gaps if g.service is service and g.mode is mode]
        return tuple(sorted(found, key=lambda g: (-g.n_people, g.zone_id)))

    def range_of(
        self, service: ServiceKey, mode: Mode, threshold_minutes: float
    ) -> CoverageRange | None:
        """Return the range of one coverage, None where it was not measured."""
        wanted = (service, mode, threshold_minutes)
        return next(
            (r for r in self.coverage_ranges if (r.service, r.mode, r.threshold_minutes) == wanted),
            None,
        )
