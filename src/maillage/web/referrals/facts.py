"""What pages and letters tell of a case: names, the need in words, whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.reported import COORDINATION, WITHOUT_STRUCTURE
from maillage.referrals.letters import Facts
from maillage.referrals.model import Addressee, Case
from maillage.standard import mednum
from maillage.storage.referrals.kept import Kept
from maillage.storage.territory_settings.model import TerritorySettings
from maillage.web.orienting.asked import commune_name
from maillage.web.reading.book import Place, Presence, TerritoryBook
from maillage.web.reading.cards import address_of, is_web
from maillage.web.reading.desks import understanding


@dataclass(frozen=True, slots=True)
class Known:
    """A permanence that can be asked: who it is, at which place, how to reach them."""

    addressee: Addressee
    place: Place
    presence: Presence

    @property
    def phone(self) -> str:
        """The professional line, "" where none is known."""
        return self.presence.permanence.record.telephone or ""

    @property
    def mail(self) -> str:
        """The address to write to, "" where none is known."""
        return next(iter(self.presence.permanence.record.courriels or ()), "")

    @property
    def booking(self) -> str:
        """Where appointments are taken on line, "" where nowhere."""
        told = self.presence.permanence.record.prise_rdv
        return told if told and is_web(told) else ""


def known_permanence(book: TerritoryBook, permanence_id: str) -> Known | None:
    """Return a permanence of the directory by its id, None where there is none such."""
    for place in book.places:
        for presence in place.presences:
            if presence.permanence.id == permanence_id:
                return Known(_addressee(place, presence), place, presence)
    return None


def others_for(book: TerritoryBook, case: Case) -> tuple[Known, ...]:
    """Return who else gives the help of a case and can be written to, by name; none twice."""
    kind = next((one for one in mednum.Service if one.value == case.service), None)
    found: dict[str, Known] = {}
    for place in book.places:
        for presence in place.presences:
            one = Known(_addressee(place, presence), place, presence)
            structure = one.addressee.structure_id
            fits = kind is None or kind in (presence.services or ())
            asked = structure in case.standing.asked or structure == case.desk
            if fits and one.mail and not asked:
                found.setdefault(structure, one)
    return tuple(sorted(found.values(), key=lambda one: one.addressee.name))


def _addressee(place: Place, presence: Presence) -> Addressee:
    structure, lieu = presence.structure, place.lieu
    name = lieu.nom if lieu.nom == structure.nom else f"{structure.nom}, {lieu.nom}"
    return Addressee(structure.id, lieu.id, presence.permanence.id, name)


def need_words(case: Case) -> str:
    """Return what is needed: the formality, else the kind of help."""
    errand = understanding().errands.get(case.errand or "")
    if errand is not None:
        return errand.label
    kind = next((one for one in mednum.Service if one.value == case.service), None)
    return tr("une aide au numérique") if kind is None else kind.label


def desk_words(book: TerritoryBook, desk: str) -> str:
    """Return the name of a desk."""
    if desk in {COORDINATION, WITHOUT_STRUCTURE}:
        return tr("La coordination") if desk == COORDINATION else tr("Un guichet")
    known = next((one for one in book.directory.structures if one.id == desk), None)
    return tr("Un guichet") if known is None else known.nom


def desk_phone(book: TerritoryBook, desk: str) -> str:
    """Return the first line known of a desk, "" where none is."""
    told = (one.record.telephone for one in book.directory.permanences if one.structure_id == desk)
    return next((french.phone(one) for one in told if one), "")


def coordination_words(book: TerritoryBook, settings: TerritorySettings) -> str:
    """Return whom to ask about the service itself."""
    name = settings.name or book.name
    reached = " ".join(filter(None, (settings.email, settings.phone)))
    return f"{name} ({reached})" if reached else name


def facts_of(kept: Kept, book: TerritoryBook, settings: TerritorySettings, link: str = "") -> Facts:
    """Return what messages about a case tell; ``link`` "" = to its page for who is signed in."""
    case = kept.case
    asked = kept.standing.addressee
    place = book.place_by_id.get(asked.lieu_id) if asked else None
    return Facts(
        number=case.number,
        code=printed_code(kept.code),
        desk=desk_words(book, case.desk),
        phone=desk_phone(book, case.desk),
        structure=asked.name if asked else "",
        place="" if place is None else address_of(place),
        place_phone=french.phone(kept.phone) if kept.phone else "",
        need=need_words(case),
        commune=commune_name(book, case.code_insee),
        link=link or kept.site + reverse("referrals:case", args=[case.siren, case.number]),
        coordination=coordination_words(book, settings),
    )


def printed_code(code: str) -> str:
    """Return a code as it is printed, cut in two.

    >>> printed_code("ACDE34")
    'ACD-E34'
    """
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
