"""« Comment y aller » in sentences: on foot, by bicycle, car or bus; never what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from maillage.access.travel import Mode
from maillage.access.visits.sheet import JourneySheet, NoVisit
from maillage.access.visits.sheet_words import Part, PartKind, sheet_text
from maillage.directory.model import Lieu, Precision
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.way_there import WayThere, way_there
from maillage.web.here import Here
from maillage.web.reading.desks import desks

_MODES = ((Mode.WALK, "À pied"), (Mode.BICYCLE, "À vélo"), (Mode.CAR, "En voiture"))
_SHOWN = (PartKind.CHECK, PartKind.THERE, PartKind.SERVED, PartKind.BACK, PartKind.LAST)


@dataclass(frozen=True, slots=True)
class ByBus:
    """How one goes by bus or train: ``when`` and ``parts`` of a journey, "" and () where none is.

    ``said`` are sentences: what is missing, what stands in the way.
    """

    when: str
    parts: tuple[Part, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GettingThere:
    """The ways from one commune: ``own`` are way and duration; ``how``: on what they stand."""

    commune: str
    own: tuple[tuple[str, str], ...]
    by_bus: ByBus
    how: tuple[str, ...]


def getting_there(here: Here, lieu: Lieu, insee: str) -> GettingThere | None:
    """Return how one goes to a lieu from a commune; None where either is not known or placed."""
    zone = here.book.commune_by_code.get(insee)
    if zone is None:
        return None
    with desks.at(here.book, here.moment, even_full=True) as desk:
        found = way_there(desk, lieu.id, insee)
    if found is None:
        return None
    centre = tr("Trajets comptés depuis le centre {commune}.").format(commune=french.of(zone.name))
    rough = tr("L'adresse exacte n'est pas située : on compte jusqu'au centre de la commune.")
    unsure = (rough,) if lieu.precision is Precision.COMMUNE else ()
    return GettingThere(zone.name, _own(found), _by_bus(found), (centre, *unsure, *found.how))


def geo_of(lieu: Lieu) -> str:
    """Return the ``geo:`` address (RFC 5870) that a phone's map opens; "" where it would mislead.

    Nothing is asked of anybody: the phone's own map draws it.
    """
    if lieu.point is None or lieu.precision is Precision.COMMUNE:
        return ""
    at = f"{lieu.point.lat:.5f},{lieu.point.lon:.5f}"
    return f"geo:{at}?q={at}({quote(lieu.nom, safe='')})"


def _own(found: WayThere) -> tuple[tuple[str, str], ...]:
    told = tr("environ {minutes}")
    no_way = tr("aucun chemin connu")
    return tuple(
        (
            tr(name),
            told.format(minutes=french.minutes(max(1.0, found.minutes[mode])))
            if mode in found.minutes
            else no_way,
        )
        for mode, name in _MODES
    )


def _by_bus(found: WayThere) -> ByBus:
    ask = tr("Demandez au réseau de transport, ou au lieu, comment venir.")
    sheet = found.by_bus
    if sheet is None:
        return ByBus("", (), (tr("Aucun horaire de bus ni de train n'est connu ici."), ask))
    missing = (
        tr("Les horaires d'un réseau de bus manquent : d'autres trajets existent peut-être."),
        ask,
    )
    doubts = missing if found.bus_is_missing else ()
    if sheet.visit is None:
        return ByBus("", (), (*_why(sheet.no_visit), *doubts))
    if sheet.visit.there.journey is None and sheet.visit.back.journey is None:
        return ByBus("", (), (tr("Sans bus ni train : à pied, c'est plus court."), *doubts))
    return bus_told(sheet, doubts)


def bus_told(sheet: JourneySheet, doubts: tuple[str, ...]) -> ByBus:
    """Return a visit by bus in words: lines, stops, departures, the last way back."""
    text = sheet_text(sheet)
    parts = tuple(part for part in text.parts if part.kind in _SHOWN)
    return ByBus(text.when, parts, (*doubts, *text.how))


def _why(none: NoVisit | None) -> tuple[str, ...]:
    if none is None:
        return ()
    sentence = none.sentence[:1].upper() + none.sentence[1:] + "."
    if none.is_unknown or none.date is None:
        call = tr("Téléphonez avant de vous déplacer.")
        return (sentence, call) if none.is_unknown else (sentence,)
    nothing = tr("Aucun trajet aller et retour ne convient ces jours-ci.")
    closest = tr("Ce qui s'en approche le plus, {day} : {why}.").format(
        day=f"{french.weekday(none.date)} {french.date(none.date)}", why=none.sentence
    )
    no_stop = tr("Il n'y a pas d'arrêt assez près du centre de la commune.")
    return (nothing, closest, no_stop) if none.no_stop_near_home else (nothing, closest)
