"""What a front desk asks, as the address of the answer holds it: never who the person is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.language import tr
from maillage.orientation.model import Going, Person, Situation, When
from maillage.standard import mednum
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.codes import word_of
from maillage.wiring.orientation import commune_code

LONGEST = 300
"""Signs of a need that are read; the rest is left."""
_FIELDS = (
    *("besoin", "choix", "commune", "deplacement", "jour", "demi", "public", "soin"),
    *("mobilite", "gratuit"),
)
YES = "oui"


@dataclass(frozen=True, slots=True)
class AskedHelp:
    """A form as it was filled: ``told`` are its fields in order, ``wrong`` what to mend by field.

    ``situation`` None: something is to be mended, or nothing was asked yet.
    """

    text: str
    told: tuple[tuple[str, str], ...]
    situation: Situation | None
    wrong: Mapping[str, str] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the value of a field, "" where it is empty."""
        return next((value for one, value in self.told if one == name), "")

    def every(self, name: str) -> frozenset[str]:
        """Return all the values of a field."""
        return frozenset(value for one, value in self.told if one == name)

    @property
    def query(self) -> str:
        """The fields as an address holds them, always in one order."""
        query = QueryDict(mutable=True)
        for name, value in self.told:
            query.appendlist(name, value)
        return query.urlencode()


def help_asked(query: QueryDict, book: TerritoryBook, moment: Moment, ahead: int) -> AskedHelp:
    """Return what is asked; days can be told up to ``ahead`` days from now."""
    told = tuple(
        (name, value.strip()[:LONGEST])
        for name in _FIELDS
        for value in sorted(set(query.getlist(name)))
        if value.strip()
    )
    form = AskedHelp("", told, None)
    text = form.first("choix") or form.first("besoin")
    if "commune" not in query and not text:
        return form
    wrong = {} if text else {"besoin": tr("Écrivez le besoin, ou choisissez-le dans la liste.")}
    code = _commune(form.first("commune"), book, wrong)
    days = _days(form.first("jour"), moment, ahead, wrong)
    halves = frozenset(int(one) for one in form.every("demi") if one in _HALVES) or None
    if wrong:
        return AskedHelp(text, told, None, wrong)
    going = next((g for g in Going if g.code == form.first("deplacement")), Going.TRANSIT)
    when = When(days, halves)
    return AskedHelp(text, told, Situation((), code, None, going, when, _person(form)), wrong)


_HALVES = frozenset(str(number) for number in range(N_HALF_DAYS))


def _commune(told: str, book: TerritoryBook, wrong: dict[str, str]) -> str:
    if not told:
        wrong["commune"] = tr("Dites de quelle commune part la personne.")
        return ""
    try:
        return commune_code(book.territory, told)
    except LookupError as error:
        unknown = tr("« {name} » n'est pas une commune du territoire ni d'à côté.")
        near = tr(" Peut-être : {near}.").format(near=error) if str(error) else ""
        wrong["commune"] = unknown.format(name=told) + near
        return ""


def _days(
    told: str, moment: Moment, ahead: int, wrong: dict[str, str]
) -> tuple[dt.date, ...] | None:
    if not told:
        return None
    today = moment.now.date()
    try:
        day = dt.date.fromisoformat(told)
    except ValueError:
        day = dt.date.min
    if not today <= day <= today + dt.timedelta(days=ahead):
        wrong["jour"] = tr("Choisissez un jour d'aujourd'hui à dans {n} jours.").format(n=ahead)
        return None
    return (day,)


def _person(form: AskedHelp) -> Person:
    publics = (
        word_of(mednum.PublicSpecifiquementAdresse, one) for one in sorted(form.every("public"))
    )
    cares = (word_of(mednum.PriseEnChargeSpecifique, one) for one in sorted(form.every("soin")))
    return Person(
        publics=frozenset(one for one in publics if one is not None),
        care=frozenset(one for one in cares if one is not None),
        reduced_mobility=form.first("mobilite") == YES,
        free_only=form.first("gratuit") == YES,
    )
