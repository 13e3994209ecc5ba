"""What keeps two records apart whatever else is alike.

A matcher weighs; this says no. It is asked of every two records that a group would put together,
so that no chain joins A to C through B where A and C cannot be one. It must be surer than any
weight: what it refuses, only a person can join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from maillage.directory.linking.model import Profile, Question
from maillage.directory.linking.vocabulary import exclude, is_communal, is_generic, is_kind, labels
from maillage.kernel.french import listed
from maillage.kernel.geometry import coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

_SIRET = 14
_SIREN = 9

_Rule = Callable[[Profile, Profile], str | None]


class Contradictions:
    """What says why two records may not be one, its distances read once from the parameters."""

    __slots__ = ("_rules",)

    def __init__(self, parameters: Parameters) -> None:
        """Raise ParameterError where a distance is missing."""
        of = "linking.contradictions"
        numbers = partial(_numbers, apart_km=parameters.number(f"{of}.numbers_apart_km"))
        far = partial(_far, apart_km=parameters.number(f"{of}.points_apart_km"))
        self._rules: Mapping[Question, tuple[_Rule, ...]] = {
            Question.PERMANENCE: (_kinds, _bodies, _stops, _moving, _communes, numbers, far),
            Question.LIEU: (_stops, _communes, numbers, far),
            Question.STRUCTURE: (_kinds, _bodies, _communes),
        }

    def __call__(self, a: Profile, b: Profile, question: Question) -> str | None:
        """Return in French why two records may not be one; None where nothing says so.

        The same both ways round.
        """
        reasons = (rule(a, b) for rule in self._rules[question])
        return next((reason for reason in reasons if reason is not None), None)


def _kinds(a: Profile, b: Profile) -> str | None:
    """Two services of which none is the other: a médiathèque and a CCAS.

    A label does not contradict who may bear it: the CCAS at the door and with the phone of a France
    Services may be that one.
    """
    if not exclude(a.kinds, b.kinds) or _may_bear(a, b):
        return None
    said = listed(sorted((" ".join(a.kinds), " ".join(b.kinds))))
    return tr("services incompatibles : {said}").format(said=said)


def _bodies(a: Profile, b: Profile) -> str | None:
    """Two SIREN and not a word of the names, nor a contact, in common."""
    one, other = _siren(a), _siren(b)
    if one is None or other is None or one == other:
        return None
    if not {w for w in a.words if not is_generic(w)}.isdisjoint(b.words) or _in_touch(a, b):
        return None
    return tr("numéros SIREN et noms différents")


def _stops(a: Profile, b: Profile) -> str | None:
    """Two stops of what moves, in two communes.

    Of two communes that share a postal code one may be wrong, unless their names tell two stops.
    """
    apart = _two_communes(a, b) or (a.area != b.area and a.title != b.title)
    if a.itinerant and b.itinerant and apart:
        return tr("deux arrêts itinérants, dans deux communes")
    return None


def _communes(a: Profile, b: Profile) -> str | None:
    """A commune's own service told in two communes, at two doors.

    One told in a commune that shares its postal code may have been put there by that code alone:
    then one contact, or one name of its own or that names the commune, is enough to doubt.
    """
    if a.area == b.area or not (_communal(a) and _communal(b)) or _one_door(a, b):
        return None
    if not _two_communes(a, b) and (_in_touch(a, b) or _one_name(a, b)):
        return None
    return tr("services communaux de deux communes")


def _numbers(a: Profile, b: Profile, apart_km: float) -> str | None:
    """Two numbers of one street, at points that are not one, of two names without a contact."""
    if a.number is None or b.number is None or a.street != b.street:
        return None
    if _bare(a.number) == _bare(b.number):
        return None  # "29" and "29 bis" are often one door
    if _km(a, b) > apart_km and a.title != b.title and not _in_touch(a, b):
        return tr("deux numéros de la même rue, à des points éloignés")
    return None


def _far(a: Profile, b: Profile, apart_km: float) -> str | None:
    """Two points far from each other, and no number of a street in common."""
    if _km(a, b) > apart_km and not _one_door(a, b):
        return tr("points éloignés et rues différentes")
    return None


def _moving(a: Profile, b: Profile) -> str | None:
    """A bus and a counter that stays, without a contact in common."""
    if a.itinerant != b.itinerant and not _in_touch(a, b):
        return tr("l'un est itinérant, l'autre non")
    return None


def _siren(profile: Profile) -> str | None:
    pivot = profile.pivot
    if pivot is None or len(pivot) != _SIRET or not pivot.isdecimal():
        return None  # an RNA and a SIRET may be of one body
    return pivot[:_SIREN]


def _in_touch(a: Profile, b: Profile) -> bool:
    if a.telephone is not None and a.telephone == b.telephone:
        return True
    return not set(a.courriels).isdisjoint(b.courriels)


def _two_communes(a: Profile, b: Profile) -> bool:
    """Whether they are told in two communes; one filled in from its postal code may be wrong."""
    return a.area != b.area and (a.code_postal is None or a.code_postal != b.code_postal)


def _communal(profile: Profile) -> bool:
    return bool(profile.kinds) and not profile.itinerant and all(map(is_communal, profile.kinds))


def _may_bear(a: Profile, b: Profile) -> bool:
    """Whether one alone bears a label, and they share a contact and a street or a number."""
    one_bears = not set(labels()).isdisjoint(set(a.kinds) ^ set(b.kinds))
    street = bool(a.street) and a.street == b.street
    near = street or (a.number is not None and a.number == b.number)
    return one_bears and a.area == b.area and near and _in_touch(a, b)


def _one_name(a: Profile, b: Profile) -> bool:
    """Whether they have one name, that has words of its own or names the commune of one of them."""
    if a.title == b.title and (a.title != a.words or b.title != b.words):
        return True
    return a.words == b.words and any(not is_kind(w) and not is_generic(w) for w in a.words)


def _bare(number: str) -> str:
    return "".join(c for c in number if c.isdecimal()) or number


def _one_door(a: Profile, b: Profile) -> bool:
    """Whether they tell one number of one street: « place de l'Église » is every village's."""
    if a.number is None or not a.street:
        return False
    return (a.number, a.street) == (b.number, b.street)


def _km(a: Profile, b: Profile) -> float:
    """Return how far the two points are, 0 where one is not told."""
    if a.point is None or b.point is None or a.point == b.point:
        return 0.0
    first, second = sorted((a.point, b.point))
    return float(distances_km(coordinates([first]), coordinates([second]))[0, 0])
