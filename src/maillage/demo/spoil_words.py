"""Mistakes about what a place is: its names, numbers, dates, hours and services."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping

from maillage.demo.draw import Draw
from maillage.demo.names import of
from maillage.demo.places import Place
from maillage.demo.tellings import AIDANTS, COUNSELLORS, LIBRARIES, PORTREA, Telling

_COLUMNS: Mapping[str, tuple[str, str, str]] = {  # name, commune, address
    PORTREA: ("nom", "commune", "adresse"),
    COUNSELLORS: ("nom", "commune", "adresse"),
    AIDANTS: ("Name", "City", "Address"),
    LIBRARIES: ("Libelle1", "Ville", "voie"),
}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_OTHER_NAMES = {
    "mediatheque": "Bibliotheque Municipale",
    "ccas": "Centre Communal d'Action Sociale",
    "france-services": "Maison de Services au Public - {X}",
    "centre-social": "CENTRE SOCIAL ET CULTUREL {de}",
    "mission-locale": "ML Val de Vesprine {X}",
}


def two_names(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Tell the place a second time under the other name by which people know it."""
    other = _OTHER_NAMES[place.kind.code].format(X=place.commune.name, de=of(place.commune.name))
    return telling, _again(telling, draw, nom=other, telephone=None)


def told_twice(telling: Telling, draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Tell the very same row a second time, as from another collector."""
    return telling, _again(telling, draw)


def same_id_twice(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Paste the row again, id included, with an older date."""
    return telling, telling.but(date_maj="2018-11-01", horaires=None)


def upper_case(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write name and commune in capitals without accents, hyphens lost."""
    name, commune, _ = _COLUMNS[telling.file]
    changed = {column: _capitals(str(telling.cells[column])) for column in (name, commune)}
    return (telling.but(**changed),)


def line_breaks(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Write the address over three lines, as on an envelope."""
    column = _COLUMNS[telling.file][2]
    lines = f"{place.adresse} \nBP 12\n{place.code_postal} {place.commune.name}"
    return (telling.but(**{column: lines}),)


def html_entities(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Leave in the name what a web page needed."""
    name = html.escape(str(telling.cells["nom"]))
    return (telling.but(nom=name.replace("é", "&eacute;").replace("É", "&Eacute;")),)


def dashes(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Fill the address, which the form demanded, with dashes."""
    return (telling.but(adresse="-----"),)


def malformed_phone(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Lose the last digits of the telephone."""
    return (telling.but(telephone=place.phone[: -draw.between(2, 3)]),)


def malformed_courriel(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Hide the address from robots, and from everybody else."""
    return (telling.but(courriel=place.courriel.replace("@", "(at)")),)


def float_siret(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Give the SIRET as a spreadsheet turned it: a number with a point."""
    return (telling.but(pivot=f"{place.siret}.0"),)


def zero_siret(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Give 0.0 for a SIRET that nobody knew."""
    return (telling.but(Siret="0.0"),)


def slashed_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write the date the French way: 19/02/2021."""
    year, month, day = _date(telling)
    return (telling.but(date_maj=f"{day}/{month}/{year}"),)


def timed_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write the date with an hour and a zone, as programs do."""
    return (telling.but(date_maj=f"{telling.cells['date_maj']}T09:30:00.000Z"),)


def long_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write the date in letters: 19 février 2021."""
    year, month, day = _date(telling)
    return (telling.but(date_maj=f"{int(day)} {_MONTHS[int(month) - 1]} {year}"),)


def impossible_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write a day that no calendar has."""
    return (telling.but(date_maj="31/02/2022"),)


def vague_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write when it was, not which day."""
    return (telling.but(date_maj="l'an dernier"),)


def future_date(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Slip on the year."""
    return (telling.but(date_maj="2202-11-15"),)


def saturday_only(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Keep only Saturday of the hours, as one export did."""
    return (telling.but(horaires="Sa 09:00-12:00"),)


def spoken_hours(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Write the hours as one would say them."""
    return (telling.but(horaires="tous les matins, sauf pendant les vacances"),)


def appointment(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Say that one must call first."""
    return (telling.but(horaires="Sur rendez-vous"),)


def piped_services(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Part the services with the new separator, in the old words."""
    return (telling.but(services=str(telling.cells["services"]).replace(";", "|")),)


def new_services(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Give the services in the words of the present schema."""
    return (telling.but(services="|".join(str(s.value) for s in place.kind.services)),)


def unknown_service(telling: Telling, draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Add a service that no vocabulary has."""
    own = draw.one_of(("Réparer mon imprimante", "Café et convivialité"))
    return (telling.but(services=f"{telling.cells['services']};{own}"),)


def closed_by_name(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Say in the name, for want of a column, that the place has closed."""
    return (telling.but(nom=f"{telling.cells['nom']} (FERMÉ)"),)


def inactive(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Say that the structure no longer helps."""
    return (telling.but(**{"Is Active": "false"}),)


def _again(telling: Telling, draw: Draw, **cells: str | None) -> Telling:
    told = f"{draw.uuid()}-mediation-numerique-hub-fictif"
    twin = telling.but(id=told, source="hub-fictif", **cells)
    return Telling(twin.file, told, twin.place, twin.cells)


def _date(telling: Telling) -> list[str]:
    return str(telling.cells["date_maj"]).split("-")


def _capitals(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.upper())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("-", " ")
