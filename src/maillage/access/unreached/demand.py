"""Who has no reachable help: the homes from which no half-day of a week works."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from maillage.access.homes import Homes, KnownHomes, homes_of
from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.unreached.model import UnmetNeed, Unreached
from maillage.access.visits.bounds import Bounds, bus_supposed
from maillage.access.visits.find import ReadyWeek
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.model import Certainty
from maillage.access.visits.week import CERTAINTIES
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import date, listed, number, plural
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory
from maillage.territory.tiles import codes_told_for

FRAGILITY_UNTOLD = FindingKind(
    "fragility-untold",
    Severity.WARNING,
    "Rien ne dit combien de personnes fragiles vivent dans {n} ({value}) : aucune n'y est comptée.",
    "Complétez les chiffres de ces communes, ou regardez-les à part.",
)
NEED_ELSEWHERE = FindingKind(
    "unmet-need-elsewhere",
    Severity.WARNING,
    "{n} sans réponse de la commune « {value} », qui n'est pas du territoire : rien n'en est "
    "compté.",
    "Vérifiez le code de la commune.",
)


def counted_homes(
    territory: Territory,
    people: FragilePeople,
    parameters: Parameters,
    known: Mapping[str, KnownHomes] | None = None,
) -> tuple[Homes, tuple[Finding, ...]]:
    """Return where people leave from, spread as visits are, and the zones whose fragility lacks.

    ``known`` are the better homes by id of zone. Where fragile weights are no people, they share
    the number published for the whole EPCI; without one, fragility is not told of the homes:
    weights of shares and requests of persons do not add up.
    """
    per_zone = parameters.number("visits.homes.points_per_zone")
    spread = parameters.replaced("quality.dependence.points_per_zone", per_zone)
    homes = homes_of(territory, people, spread, known)
    if not people.are_people:
        return _with_published_total(territory, homes), ()
    untold = [territory.zones[n].name for n in np.flatnonzero(np.isnan(people.weights)).tolist()]
    if not untold:
        return homes, ()
    where = Where(subject=territory.siren)
    n = plural(len(untold), tr("commune"))
    return homes, (FRAGILITY_UNTOLD.at(where, value=listed(untold), n=n),)


def _with_published_total(territory: Territory, homes: Homes) -> Homes:
    published, weights = territory.illectronisme, float(homes.fragile.sum())
    if published is None or not weights > 0.0:
        return replace(homes, fragile_told=False)
    said = tr(
        "Les {n} en situation d'illectronisme de l'intercommunalité ({publisher}, {vintage}) sont "
        "réparties entre communes selon leur population et leur score de fragilité : un ordre de "
        "grandeur commune par commune."
    ).format(
        n=plural(published.n_people, tr("personne")),
        publisher=published.dataset.publisher,
        vintage=published.dataset.vintage,
    )
    return replace(homes, fragile=homes.fragile * (published.n_people / weights), fragile_how=said)


def unreached_of(
    territory: Territory,
    homes: Homes,
    ready: ReadyWeek,
    needs: Sequence[UnmetNeed],
    progress: Progress,
    certainty: Certainty = Certainty.POSSIBLE,
) -> Unreached:
    """Return who has no half-day in a week made ready, for its first kind of visit.

    ``homes`` are those that the week was asked from; ``certainty`` CERTAIN counts told hours alone.
    Unmet needs, by their weights, are spread over the points of their commune by people.
    """
    found = HalfDaySearch(ready.searched, progress).found[0]
    column = CERTAINTIES.index(certainty)
    low, high = (one.half_days[:, column] == 0 for one in (found.low, found.high))
    unmet, doubts = _spread(territory, homes, needs)
    names = {zone.id: zone.name for zone in territory.zones}
    return Unreached(
        zone_ids=homes.zone_ids,
        zone_names=tuple(names[zone_id] for zone_id in homes.zone_ids),
        points=homes.points,
        zone=homes.zone,
        people=homes.people,
        fragile=homes.fragile if homes.fragile_told else homes.people,
        lacks=Bounds(low, high),
        unmet=unmet,
        fragile_told=homes.fragile_told,
        weights=None if homes.fragile_told or not homes.fragile.any() else homes.fragile,
        how=tuple(_how(homes, ready, needs, certainty)),
        findings=(*ready.findings, *doubts),
    )


def _spread(
    territory: Territory, homes: Homes, needs: Sequence[UnmetNeed]
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Return the (10, p) requests of each point, and those of communes that are elsewhere.

    A request counts for its service and for any service.
    """
    unmet = np.zeros((len(SERVICE_KEYS), len(homes.people)), dtype=np.float64)
    today = codes_told_for(territory)
    counts = defaultdict[tuple[str, ServiceKey], float](float)
    for need in needs:
        counts[today.get(need.code_insee, ""), need.service] += need.weight
    codes = np.array([zone.code_insee for zone in territory.zones])[homes.zone]
    for (code, service), n in counts.items():
        here = np.flatnonzero(codes == code)
        if len(here):
            shares = n * _shares(homes.people[here])
            for row in {SERVICE_KEYS.index(service), SERVICE_KEYS.index(None)}:
                unmet[row, here] += shares
    away = Counter(need.code_insee for need in needs if need.code_insee not in today)
    doubts = (
        NEED_ELSEWHERE.at(Where(subject=code), value=code, n=plural(n, tr("demande")))
        for code, n in sorted(away.items())
    )
    return unmet, tuple(doubts)


def _shares(people: FloatArray) -> FloatArray:
    total = float(people.sum())
    even = np.full(len(people), 1.0 / len(people))
    shares: FloatArray = people / total if total > 0.0 else even
    return shares


def _how(
    homes: Homes, ready: ReadyWeek, needs: Sequence[UnmetNeed], certainty: Certainty
) -> Iterator[str]:
    asked = ready.searched.asked
    yield tr(
        "Est sans aide à portée qui n'a aucune demi-journée possible dans la semaine du {monday} "
        "({kind} ; {hours})."
    ).format(monday=date(asked.days[0]), kind=asked.kinds[0].label, hours=certainty.label)
    yield from ready.how
    supposed = bus_supposed(ready.searched.by.parameters)
    if ready.searched.a_bus_is_missing and supposed not in ready.how:
        yield supposed
    yield homes.said()
    if homes.fragile_how:
        yield homes.fragile_how
    if not homes.fragile_told:
        yield tr(
            "Rien ne dit ici combien de personnes sont fragiles : tous les habitants sont comptés "
            "à leur place."
        )
    if needs:
        yield _how_needs(needs)


def _how_needs(needs: Sequence[UnmetNeed]) -> str:
    total = sum(need.weight for need in needs)
    corrected = tr("comptées pour {total}, faute de réponse de tous les guichets").format(
        total=number(total)
    )
    return tr(
        "{n} sans réponse : réparties dans leur commune selon les habitants, {how} ; "
        "une même personne peut y être deux fois, ou être déjà comptée sans aide à portée."
    ).format(
        n=plural(len(needs), tr("demande")),
        how=tr("sans correction") if total == len(needs) else corrected,
    )
