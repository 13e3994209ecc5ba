"""What a front desk asks, as the address of the answer holds it: never who the person is."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.jobs.orient import Understanding, needs_of
from maillage.kernel.language import tr
from maillage.orientation.model import Going, Person, Situation, When
from maillage.orientation.needs.model import Need, NeedsRead
from maillage.standard import mednum
from maillage.territory.model import Neighbour, Zone
from maillage.web.orienting.understood import codes_of, read_codes
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.codes import word_of
from maillage.wiring.orientation import commune_code

_UNREAD = NeedsRead((), None)
LONGEST = 300
"""Signs of a need that are read; the rest is left."""
_FIELDS = (
    *("besoin", "choix", "lu", "commune", "deplacement", "jour", "demi", "public", "soin"),
    *("mobilite", "gratuit", "recherche", "dossier"),
)
YES = "oui"
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_SEARCH = re.compile(r"[A-Za-z0-9_-]{8,24}")


@dataclass(frozen=True, slots=True)
class AskedHelp:
    """A form as it was filled: ``told`` are its fields in order, ``wrong`` what to mend by field.

    ``situation`` None: something is to be mended, or nothing was asked yet. Else ``told`` holds
    codes alone, and ``read`` the need.
    """

    told: tuple[tuple[str, str], ...]
    read: NeedsRead = _UNREAD
    situation: Situation | None = None
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
        return _query(self.told)

    def query_for(self, need: Need) -> str:
        """The same question for a need picked among those read, as sure as if it were written."""
        meant = NeedsRead((replace(need, score=1.0),), None, self.read.first_aid)
        rest = [one for one in self.told if one[0] not in {"lu", "choix", "besoin"}]
        return _query([("lu", codes_of(meant)), *rest])

    def query_by(self, going: Going) -> str:
        """The same question by another way of moving."""
        code = going.code
        return _query([(n, code if n == "deplacement" else value) for n, value in self.told])

    @property
    def search(self) -> str:
        """What names this search among others: drawn, it tells nothing of anybody."""
        return self.first("recherche")

    @property
    def once(self) -> str:
        """What names this very question of this search: recorded twice it counts once."""
        return hashlib.sha256(self.query.encode()).hexdigest()[:32]


def _query(told: Iterable[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in told:
        query.appendlist(name, value)
    return query.urlencode()


def help_asked(
    query: QueryDict, book: TerritoryBook, moment: Moment, ahead: int, knows: Understanding
) -> AskedHelp:
    """Return what is asked; days can be told up to ``ahead`` days from now."""
    told = tuple(
        (name, value.strip()[:LONGEST])
        for name in _FIELDS
        for value in sorted(set(query.getlist(name)))
        if value.strip()
    )
    form = AskedHelp(told)
    if "commune" not in query and not any(map(form.first, ("besoin", "choix", "lu"))):
        return AskedHelp(())
    wrong: dict[str, str] = {}
    need, read = _need(form, knows)
    if read is None:
        wrong["besoin"] = tr("Écrivez le besoin, ou choisissez-le dans la liste.")
    code = _commune(form.first("commune"), book, wrong)
    days = _days(form.first("jour"), moment, ahead, wrong)
    if read is None or wrong:
        return AskedHelp(told, wrong=wrong)
    going = next((g for g in Going if g.code == form.first("deplacement")), Going.TRANSIT)
    known = {"commune": (code,), "deplacement": (going.code,)} | _known(form)
    clean = (need, *((name, one) for name in _FIELDS for one in known.get(name, ())))
    halves = frozenset(int(one) for one in known["demi"]) or None
    situation = Situation((), code, None, going, _when(days, halves, moment), _person(form))
    return AskedHelp(clean, read, situation)


def _need(form: AskedHelp, knows: Understanding) -> tuple[tuple[str, str], NeedsRead | None]:
    """Return the need as an address holds it, and as it is read; None: it is not told."""
    picked, typed, codes = (form.first(name) for name in ("choix", "besoin", "lu"))
    if picked:
        is_known = picked in knows.errands or word_of(mednum.Service, picked) is not None
        return ("choix", picked), needs_of(picked, knows) if is_known else None
    if typed:
        read = needs_of(typed, knows)
        return ("lu", codes_of(read)), read
    return ("lu", codes), read_codes(codes, knows) if codes else None


def _known(form: AskedHelp) -> dict[str, tuple[str, ...]]:
    """Return the other fields but for what is no code of ours: nothing free goes to an address."""
    whole = _SEARCH.fullmatch(form.search)
    words = {"public": mednum.PublicSpecifiquementAdresse, "soin": mednum.PriseEnChargeSpecifique}
    kept = {
        "recherche": (form.search if whole else secrets.token_urlsafe(12),),
        "jour": tuple(form.every("jour")),
        "demi": tuple(sorted(form.every("demi") & _HALVES)),
    }
    for name, known in words.items():
        told = sorted(form.every(name))
        kept[name] = tuple(one for one in told if word_of(known, one) is not None)
    kept["dossier"] = tuple(one for one in form.every("dossier") if _NUMBER.fullmatch(one))
    for name in ("mobilite", "gratuit"):
        kept[name] = (YES,) if form.first(name) == YES else ()
    return kept


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


def commune_name(book: TerritoryBook, code: str) -> str:
    """Return the name of a commune of the territory or beside it; what is no code, as it is."""
    every: list[Zone | Neighbour] = [*book.communes, *book.territory.neighbours]
    return next((one.name for one in every if one.code_insee == code), code)


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


def _when(days: tuple[dt.date, ...] | None, halves: frozenset[int] | None, moment: Moment) -> When:
    """Return when the person can: where no day is told, from now on."""
    now = moment.now
    return When(days, halves, now.hour * 3600 + now.minute * 60 + now.second)


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
