"""Ask the matcher which records of a territory may be one: three questions, one answer."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.geocoding.model import FoundPoint
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.likenesses import likenesses
from maillage.directory.linking.model import Likeness, Matcher, Question
from maillage.directory.linking.profile import profiles_of
from maillage.directory.placed import place_records
from maillage.jobs.ports import Means
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.territory.model import Territory

LINKED_BY = FindingKind(
    "linked-by",
    Severity.INFO,
    "Fiches rapprochées par {value}.",
    "Rien à faire : « maillage directory review » présente les rapprochements à trancher.",
)
LINKED_EXACTLY = FindingKind(
    "linked-exactly",
    Severity.INFO,
    "Fiches rapprochées par égalité seulement : noms, adresses ou identifiants écrits de même.",
    "Pour rapprocher aussi ce qui se ressemble, installez maillage[linking] et relancez.",
)


def link_records(
    records: Sequence[SourcedRecord],
    territory: Territory,
    means: Means,
    points: Sequence[FoundPoint] = (),
) -> tuple[Likeness, ...] | None:
    """Return the pairs worth looking at, from the threshold of review up, in order of keys.

    Empty where the matcher found none, None where there is no matcher.
    """
    matcher, parameters = means.matcher, means.parameters
    if matcher is None:
        return None
    means.progress.step(tr("Rapprochement"), total=len(Question))
    placed, _ = place_records(records, gazetteer_of(territory, parameters), points)
    profiles = profiles_of(placed)
    found: list[Likeness] = []
    for question in Question:
        floor = parameters.number(f"linking.review.{question.code}")
        found += likenesses(matcher.pairs(profiles, question, floor), profiles, question)
        means.progress.advance()
    return tuple(found)


def how_linked(matcher: Matcher | None) -> Finding:
    """Return which engine compared the records, or that none did."""
    if matcher is None:
        return LINKED_EXACTLY.at(Where())
    return LINKED_BY.at(Where(), value=matcher.name)
