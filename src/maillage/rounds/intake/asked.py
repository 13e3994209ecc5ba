"""The file of a round (YAML, French keys): vehicles, sessions, markets, stops, commitments.

All keys may be left out; what is not told is as the parameters ``rounds_asked`` say. A key that is
not known, or a value that cannot be read, is one UnusableFile with its line and its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.rounds.asked import (
    AskedCommitment,
    AskedDepot,
    AskedMarket,
    AskedRound,
    AskedStop,
    AskedVehicle,
    Operator,
    Windows,
    default_asked,
    default_vehicle,
    range_of,
)
from maillage.rounds.intake.asked_tree import Faults, Node, read_tree
from maillage.rounds.intake.words import date_told, frequency_told, range_told, weekday_told
from maillage.rounds.model import Frequency, Range

FORMAT = "1"
_TOP = (
    "format",
    "operateur",
    "debut",
    "vehicules",
    "seance",
    "frequences",
    "vacances_scolaires",
    "marches",
    "arrets",
    "engagements",
    "seances_au_plus",
)
_DAY = 24 * 60


def read_asked(path: Path, parameters: Parameters, present: Operator) -> AskedRound:
    """Return what a file asks of a round; ``present`` holds it where the file tells nobody.

    Raises UnusableFile, telling every mistake of the file.
    """
    top = read_tree(path).keys(*_TOP)
    if "format" in top and top["format"].text() != FORMAT:
        raise top["format"].error(tr("écrivez « format: {known} »").format(known=FORMAT))
    faults, asked = Faults(), default_asked(present, parameters)
    for key, read in _SIMPLE.items():
        if key in top:
            with faults.gathered():
                asked = read(top[key], asked)
    if "vehicules" in top:
        with faults.gathered():
            asked = replace(asked, vehicles=_vehicles(top["vehicules"], parameters, faults))
    asked = _places(top, asked, parameters, faults)
    faults.tell(path)
    return asked


def _places(
    top: dict[str, Node], asked: AskedRound, parameters: Parameters, faults: Faults
) -> AskedRound:
    if "marches" in top:
        markets = faults.each(top["marches"], lambda node: _market(node, parameters))
        asked = replace(asked, markets=markets)
    if "arrets" in top:
        asked = replace(asked, stops=faults.each(top["arrets"], _stop))
    if "engagements" in top:
        names = tuple(vehicle.name for vehicle in asked.vehicles)
        promised = faults.each(top["engagements"], lambda node: _commitment(node, names))
        asked = replace(asked, commitments=promised)
    return asked


def _operator(node: Node) -> Operator:
    told = node.keys("nom", "telephone", "siret", needed=("nom",))
    return Operator(
        told["nom"].text(),
        told["telephone"].text() if "telephone" in told else None,
        told["siret"].read(_siret, tr("14 chiffres")) if "siret" in told else None,
    )


def _named(node: Node, asked: AskedRound) -> AskedRound:
    """Return what is asked, held by the operator told; its vehicle by default has its name."""
    operator = _operator(node)
    (vehicle,) = asked.vehicles
    return replace(asked, operator=operator, vehicles=(replace(vehicle, name=operator.name),))


def _siret(text: str) -> str | None:
    digits = text.replace(" ", "")
    return digits if len(digits) == 14 and digits.isdecimal() else None


def _session(node: Node, asked: AskedRound) -> AskedRound:
    known = ("minutes", "installation", "rangement", "personnes", "personnes_par_heure")
    told = node.keys(*known)
    minutes = _minutes(told, "minutes", asked.session_minutes, least=5)
    return replace(
        asked,
        capacity=_capacity(node, told, minutes),
        session_minutes=minutes,
        setup_minutes=_minutes(told, "installation", asked.setup_minutes),
        packing_minutes=_minutes(told, "rangement", asked.packing_minutes),
    )


def _capacity(node: Node, told: dict[str, Node], minutes: int) -> float | None:
    """Return how many people a session can receive, told by session or by hour."""
    if "personnes" in told and "personnes_par_heure" in told:
        raise node.error(tr("dites « personnes » ou « personnes_par_heure », pas les deux"))
    if "personnes" in told:
        return float(told["personnes"].whole(1, 1000))
    if "personnes_par_heure" in told:
        return told["personnes_par_heure"].whole(1, 1000) * minutes / 60
    return None


def _minutes(told: dict[str, Node], key: str, default: int, *, least: int = 0) -> int:
    return told[key].whole(least, _DAY) if key in told else default


def _holidays(node: Node, asked: AskedRound) -> AskedRound:
    out = node.read(_out, tr("« sortie » ou « arrêt »"))
    return replace(asked, out_in_school_holidays=out)


def _out(text: str) -> bool | None:
    return {"sortie": True, "arrêt": False, "arret": False}.get(text.lower())


def _monday(node: Node) -> dt.date:
    date = _date(node)
    if date.weekday() != 0:
        raise node.error(tr("les quatre semaines commencent un lundi"), date.isoformat())
    return date


def _date(node: Node) -> dt.date:
    return node.read(date_told, tr("une date, comme 2027-01-04"))


def _range(node: Node) -> Range:
    return node.read(range_told, tr("des heures, comme 9:00-17:00"))


def _weekday(node: Node) -> int:
    return node.read(weekday_told, tr("un jour de la semaine, comme mardi"))


def _frequencies(node: Node) -> tuple[Frequency, ...]:
    wanted = tr("« chaque semaine », « une semaine sur deux » ou « une fois par mois »")
    told = {one.read(frequency_told, wanted) for one in node.texts()}
    if not told:
        raise node.error(tr("il en faut au moins une"))
    return tuple(one for one in Frequency if one in told)


_SIMPLE: dict[str, Callable[[Node, AskedRound], AskedRound]] = {
    "operateur": _named,
    "seance": _session,
    "frequences": lambda node, asked: replace(asked, frequencies=_frequencies(node)),
    "debut": lambda node, asked: replace(asked, start=_monday(node)),
    "vacances_scolaires": _holidays,
    "seances_au_plus": lambda node, asked: replace(asked, most_sessions=node.whole(1, 1000)),
}
"""What each simple key tells, put into what is asked."""


# --- vehicles -----------------------------------------------------------------------------------


def _vehicles(node: Node, parameters: Parameters, faults: Faults) -> tuple[AskedVehicle, ...]:
    vehicles = faults.each(node, lambda one: _vehicle(one, parameters))
    names = [vehicle.name for vehicle in vehicles]
    if not any(node.items()):
        raise node.error(tr("il faut au moins un véhicule"))
    if len(set(names)) < len(names):
        raise node.error(tr("deux véhicules portent le même nom"))
    return vehicles


def _vehicle(node: Node, parameters: Parameters) -> AskedVehicle:
    known = ("nom", "depot", "jours", "absences", "pause", "conduite_au_plus")
    told = node.keys(*known, needed=("nom",))
    vehicle = default_vehicle(told["nom"].text(), parameters)
    if "depot" in told:
        vehicle = replace(vehicle, depot=_depot(told["depot"]))
    if "jours" in told:
        hours = {weekday: _range(one) for weekday, one in _by_weekday(told["jours"])}
        vehicle = replace(vehicle, shifts=tuple(sorted(hours.items())))
    if "absences" in told:
        vehicle = replace(vehicle, away=frozenset(_date(d) for d in told["absences"].texts()))
    if "pause" in told:
        vehicle = _break(told["pause"], vehicle)
    if "conduite_au_plus" in told:
        vehicle = replace(vehicle, longest_drive=told["conduite_au_plus"].whole(1, _DAY))
    return vehicle


def _by_weekday(node: Node) -> list[tuple[int, Node]]:
    """Return the values of a table by weekday. Raises UnusableFile."""
    found: dict[int, Node] = {}
    for name, child in node.any_keys().items():
        weekday = weekday_told(name)
        if weekday is None:
            raise child.error(tr("ce n'est pas un jour de la semaine"))
        if weekday in found:
            raise child.error(tr("ce jour est dit deux fois"))
        found[weekday] = child
    return sorted(found.items())


def _break(node: Node, vehicle: AskedVehicle) -> AskedVehicle:
    told = node.keys("minutes", "commence", "apres_minutes")
    return replace(
        vehicle,
        break_minutes=_minutes(told, "minutes", vehicle.break_minutes),
        break_window=_range(told["commence"]) if "commence" in told else vehicle.break_window,
        break_after=_minutes(told, "apres_minutes", vehicle.break_after),
    )


def _depot(node: Node) -> AskedDepot:
    told = node.keys("commune", "lon", "lat")
    if "commune" in told:
        return AskedDepot(commune=told["commune"].text(), point=_point(node, told))
    point = _point(node, told)
    if point is None:
        raise node.error(tr("dites une commune, ou un point (lon et lat)"))
    return AskedDepot(point=point)


def _point(node: Node, told: dict[str, Node]) -> Point | None:
    if ("lon" in told) != ("lat" in told):
        raise node.error(tr("un point demande « lon » et « lat »"))
    if "lon" not in told:
        return None
    return Point(told["lon"].degrees(180), told["lat"].degrees(90))


# --- stops --------------------------------------------------------------------------------------


def _market(node: Node, parameters: Parameters) -> AskedMarket:
    told = node.keys("commune", "jour", "heures", "arrets", needed=("commune", "jour"))
    return AskedMarket(
        commune=told["commune"].text(),
        weekday=_weekday(told["jour"]),
        taken=_range(told["heures"]) if "heures" in told else range_of("market.hours", parameters),
        stops=tuple(n.text() for n in told["arrets"].texts()) if "arrets" in told else (),
    )


def _stop(node: Node) -> AskedStop:
    known = ("nom", "commune", "lon", "lat", "ouvert", "ferme_vacances", "impose", "interdit")
    told = node.keys(*known, "frequences", needed=("commune",))
    stop = AskedStop(
        name=told["nom"].text() if "nom" in told else None,
        commune=told["commune"].text(),
        point=_point(node, told),
        windows=_windows(told["ouvert"]) if "ouvert" in told else None,
        closed_in_school_holidays="ferme_vacances" in told and told["ferme_vacances"].yes(),
        forced="impose" in told and told["impose"].yes(),
        forbidden="interdit" in told and told["interdit"].yes(),
        frequencies=_frequencies(told["frequences"]) if "frequences" in told else None,
    )
    if stop.forced and stop.forbidden:
        raise node.error(tr("un arrêt ne peut pas être imposé et interdit"))
    return stop


def _windows(node: Node) -> Windows:
    windows = []
    for weekday, told in _by_weekday(node):
        ranges = sorted((_range(one) for one in told.texts()), key=lambda r: (r.start, r.end))
        if any(a.end > b.start for a, b in pairwise(ranges)):
            raise told.error(tr("deux de ces heures se chevauchent"))
        windows.append((weekday, tuple(ranges)))
    return tuple(windows)


def _commitment(node: Node, vehicles: tuple[str, ...]) -> AskedCommitment:
    told = node.keys("vehicule", "date", "arret", "heures", needed=("date", "arret", "heures"))
    name = told["vehicule"].text() if "vehicule" in told else vehicles[0]
    if name not in vehicles:
        message = tr("aucun véhicule ne porte ce nom ; il y a : {names}")
        raise told["vehicule"].error(message.format(names=", ".join(vehicles)), name)
    if "vehicule" not in told and len(vehicles) > 1:
        raise node.error(tr("dites quel véhicule"))
    return AskedCommitment(name, _date(told["date"]), told["arret"].text(), _range(told["heures"]))
