"""A fictional year of people sent from desks to structures, each followed to its outcome or not.

Each event goes by the rules that real ones go by, time included; nothing here names anybody.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.demo.draw import Draw
from maillage.demo.referral_habits import PARIS, Habits, Story, habits_of, office_hour, weighted
from maillage.demo.referral_story import Followed
from maillage.directory.model import Directory
from maillage.kernel.geometry import Point
from maillage.orientation.needs.errands import load_errands
from maillage.referrals.model import Addressee, Case, Deed, End, Event
from maillage.referrals.rules import opening
from maillage.referrals.terms import Terms
from maillage.standard import mednum
from maillage.territory.model import Territory

DAYS = 365
N_DEMO = 400
_N_DESKS = 12
_DESK_KINDS = (mednum.Typologie.CCAS, mednum.Typologie.RFS, mednum.Typologie.MUNI)
_NEEDS: Sequence[tuple[str | None, float]] = (
    (mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES.value, 46.0),
    (mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN.value, 22.0),
    (mednum.Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE.value, 9.0),
    (mednum.Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE.value, 8.0),
    (mednum.Service.UTILISATION_SECURISEE_DU_NUMERIQUE.value, 5.0),
    (mednum.Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE.value, 4.0),
    (mednum.Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE.value, 2.0),
    (None, 4.0),
)
_TOLD_ERRAND = 0.6
_OWN_DESK = 0.75  # of people go to the nearest desk
_NEAREST = 8
_QUIET_MONTH, _QUIET = 8, 0.45  # August: fewer come


@dataclass(frozen=True, slots=True)
class Ground:
    """Where cases happen: ``communes`` tells the people and the centre of each, by INSEE code.

    ``desks`` are the structures that send people; () = a dozen that plausibly do.
    """

    siren: str
    directory: Directory
    communes: Mapping[str, tuple[int, Point]]
    desks: tuple[str, ...] = ()


def ground_of(territory: Territory, directory: Directory, desks: Sequence[str] = ()) -> Ground:
    """Return the ground of a territory; communes are where their most peopled zone is."""
    communes: dict[str, tuple[int, Point]] = {}
    for zone in sorted(territory.zones, key=lambda one: -(one.population or 0)):
        people, centre = communes.get(zone.code_insee, (0, zone.point))
        communes[zone.code_insee] = (people + (zone.population or 0), centre)
    return Ground(territory.siren, directory, communes, tuple(desks))


@dataclass(frozen=True, slots=True)
class _Place:
    """A permanence that people can be sent to, where, and for what (empty: not told)."""

    addressee: Addressee
    point: Point
    services: frozenset[str]


def draw_cases(
    seed: int, ground: Ground, now: dt.datetime, terms: Terms, n: int = N_DEMO
) -> tuple[Case, ...]:
    """Return so many cases opened in the year before a moment (aware), as they stand then.

    The same seed and ground give the same cases. Numbers follow the openings, from 1. A ground
    without commune, or with fewer than two structures that are somewhere, has no case.
    """
    map_ = _Map(seed, ground)
    if not ground.communes or len({one.addressee.structure_id for one in map_.places}) < 2:
        return ()
    draw = Draw(seed, "referrals", ground.siren)
    opened = sorted(_opened(draw, now) for _ in range(n))
    return tuple(map_.case(at, number, now, terms) for number, at in enumerate(opened, 1))


class _Map:
    """The places of a ground by distance, its desks, and who asks there for what."""

    def __init__(self, seed: int, ground: Ground) -> None:
        self.places = tuple(_places(ground.directory))
        self._seed, self._ground = seed, ground
        self._desks = ground.desks or likely_desks(ground.directory)
        self._people = [(code, float(n)) for code, (n, _) in sorted(ground.communes.items())]
        self._where = {one.addressee.structure_id: one.point for one in reversed(self.places)}
        self._near: dict[tuple[str, str | None], tuple[Addressee, ...]] = {}
        self._habits: dict[str, Habits] = {}

    def case(self, at: dt.datetime, number: int, now: dt.datetime, terms: Terms) -> Case:
        """Return one case opened at a moment, as it stands now."""
        draw = Draw(self._seed, "referral", self._ground.siren, str(number))
        code, service = weighted(draw, self._people), weighted(draw, _NEEDS)
        errands = [key for key, one in load_errands().items() if one.service.value == service]
        errand = draw.one_of(errands) if errands and draw.happens(_TOLD_ERRAND) else None
        desk = self._desk_for(code, draw)
        choice = [one for one in self._near_to(code, service) if one.structure_id != desk]
        first = Event(at, Deed.OPENED, End.DESK)
        story = Story(first, opening(first), now, terms)
        Followed(draw, story, choice, self._habits).run()
        return Case(
            siren=self._ground.siren,
            number=number,
            desk=desk,
            code_insee=code,
            service=service,
            errand=errand,
            events=tuple(story.events),
            standing=story.standing,
        )

    def _desk_for(self, code: str, draw: Draw) -> str:
        """Return the desk that somebody of a commune goes to."""
        known = [desk for desk in self._desks if desk in self._where]
        if not known or not draw.happens(_OWN_DESK):
            return draw.one_of(self._desks)
        home = self._ground.communes[code][1]
        return min(known, key=lambda desk: (_apart(home, self._where[desk]), desk))

    def _near_to(self, code: str, service: str | None) -> tuple[Addressee, ...]:
        """Return who may help with a service, the nearest first, each structure once."""
        if (code, service) not in self._near:
            home = self._ground.communes[code][1]
            apt = [one for one in self.places if service is None or service in one.services]
            found: dict[str, Addressee] = {}
            for one in sorted(apt or self.places, key=lambda place: _apart(home, place.point)):
                found.setdefault(one.addressee.structure_id, one.addressee)
            self._near[code, service] = tuple(found.values())[:_NEAREST]
            for key in found:
                self._habits.setdefault(key, habits_of(self._seed, key))
        return self._near[code, service]


def _places(directory: Directory) -> Iterator[_Place]:
    lieux = {one.id: one for one in directory.lieux}
    names = {one.id: one.nom for one in directory.structures}
    kinds = {one.id: one.kind.value for one in directory.services}
    for one in directory.permanences:
        lieu = lieux[one.lieu_id]
        if lieu.point is None or not lieu.in_territory:
            continue
        addressee = Addressee(one.structure_id, lieu.id, one.id, names[one.structure_id])
        services = frozenset(kinds[key] for key in one.service_ids or ())
        yield _Place(addressee, lieu.point, services)


def likely_desks(directory: Directory, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a dozen structures that receive everybody, those known first, then as they stand."""
    apt = [one.id for one in directory.structures if not set(_DESK_KINDS).isdisjoint(one.typologie)]
    every = [*known, *(apt or [one.id for one in directory.structures])]
    return tuple(dict.fromkeys(every))[:_N_DESKS]


def _opened(draw: Draw, now: dt.datetime) -> dt.datetime:
    """Return when somebody came in the year before: office hours, fewer in August."""
    while True:
        at = office_hour(draw, now - dt.timedelta(days=DAYS * draw.share()))
        quiet = at.astimezone(PARIS).month == _QUIET_MONTH and not draw.happens(_QUIET)
        if at <= now and not quiet:
            return at


def _apart(one: Point, other: Point) -> float:
    """Return a distance that only serves to compare: square degrees, as wide as high."""
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return east * east + (one.lat - other.lat) ** 2
