"""What is doubtful of the data that a plan of posts stands on, told where the plan is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maillage.access.unreached.model import VenueKind
from maillage.access.unreached.venues import TOWN_HALL_UNPLACED
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr

_MOST_TOLD = 8


def doubt_words(answer: PostsAnswer) -> Iterator[str]:
    """Give the venues of the plan whose place is doubtful, then each kind of doubt once."""
    findings = answer.setting.unreached.findings
    yield from _unplaced(answer, findings)
    kinds: dict[str, list[Finding]] = {}
    for one in findings:
        kinds.setdefault(one.code, []).append(one)
    for some in kinds.values():
        yield _alike(some)


def _unplaced(answer: PostsAnswer, findings: Iterable[Finding]) -> Iterator[str]:
    """Tell the town halls of the plan that stand at the centre of their commune."""
    at_centre = {one.where.subject for one in findings if one.code == TOWN_HALL_UNPLACED.code}
    venues = [answer.venues[one.venue] for one in answer.explanation.chosen]
    communes = [
        french.of(venue.commune)
        for venue in venues
        if venue.kind is VenueKind.TOWN_HALL and venue.code_insee in at_centre
    ]
    if len(communes) == 1:
        yield tr(
            "Dans ce plan, la mairie {of} est placée au centre de la commune, faute de connaître "
            "son point : les personnes qu'elle met à portée sont à vérifier sur place."
        ).format(of=communes[0])
    elif communes:
        yield tr(
            "Dans ce plan, les mairies {of} sont placées au centre de leur commune, faute de "
            "connaître leur point : les personnes qu'elles mettent à portée sont à vérifier sur "
            "place."
        ).format(of=french.listed(communes))


def _alike(some: list[Finding]) -> str:
    """Tell the first doubt of a kind, what else it is about, and what to do."""
    first = some[0]
    others = list(dict.fromkeys(one.value for one in some[1:] if one.value))
    told = first.message
    if others:
        named = french.listed_first([f"« {one} »" for one in others], _MOST_TOLD)
        told += " " + tr("De même pour {others}.").format(others=named)
    return f"{told} {first.advice}" if first.advice else told
