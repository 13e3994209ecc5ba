"""The fictional directory of the scenarios made into a desk, and situations read from YAML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.access.journeys.timetables import run
from tests.access.visits.persons import means_of, running
from tests.builders import BETHUNE, Place, east_of, make_directory

from maillage.access.travel import StraightLine
from maillage.access.visits.find import VisitMeans
from maillage.directory.model import Directory
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.orientation.desk import Desk, DeskGround, desk_days
from maillage.orientation.model import Going, Person, Situation, When
from maillage.orientation.needs.errands import load_errands
from maillage.orientation.needs.model import Need, service_of
from maillage.standard import mednum
from maillage.standard.words import Word

FOLDER = Path(__file__).parent / "scenarios"
ON = dt.date(2026, 9, 7)  # a Monday of school
PARAMETERS = load_parameters(ON)
DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
HALF_DAYS = [f"{day} {part}" for day in DAY_NAMES for part in ("matin", "après-midi")]
GOING = {
    "à pied": Going.WALK,
    "à vélo": Going.BICYCLE,
    "en voiture": Going.CAR,
    "en bus": Going.TRANSIT,
}
_FIELDS = {
    "cout": ("frais_a_charge", mednum.Frais),
    "publics": ("publics_specifiquement_adresses", mednum.PublicSpecifiquementAdresse),
    "accueil": ("prise_en_charge_specifique", mednum.PriseEnChargeSpecifique),
    "dispositifs": ("dispositif_programmes_nationaux", mednum.DispositifProgrammeNational),
    "formations": ("formations_labels", mednum.FormationLabel),
    "acces": ("modalites_acces", mednum.ModaliteAcces),
    "accompagnement": ("modalites_accompagnement", mednum.ModaliteAccompagnement),
}


def words(told: Iterable[str], known: type[Word]) -> tuple[Any, ...]:
    """Return the words of a vocabulary by their French labels; an unknown one is a KeyError."""
    by_label = {word.label: word for word in known}
    return tuple(by_label[one] for one in told)


@cache
def told_directory() -> dict[str, Any]:
    """Return the fictional directory as its file tells it."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / "annuaire.yaml").read_text(encoding="utf-8"))
    return read


def communes() -> Mapping[str, tuple[str, Point]]:
    """Return the communes by a made-up code: 62000, 62001…"""
    kms = told_directory()["communes"]
    return {
        f"62{at:03d}": (name, east_of(BETHUNE, float(km)))
        for at, (name, km) in enumerate(kms.items())
    }


def code_of(commune: str) -> str:
    """Return the code of a commune."""
    return next(code for code, (name, _) in communes().items() if name == commune)


def place_of(told: Mapping[str, Any]) -> Place:
    """Return one lieu with its permanence."""
    record: dict[str, object] = {"telephone": told.get("telephone")}
    for name, (field, known) in _FIELDS.items():
        if name in told:
            record[field] = words(told[name], known)
    gives = told["services"]
    return Place(
        point=east_of(BETHUNE, float(told["km"])) if "km" in told else None,
        gives=(None,) if gives == "non dits" else (tuple(service_of(one) for one in gives),),
        typologie=tuple(mednum.Typologie[one] for one in told.get("typologie", ("ASSO",))),
        horaires=told.get("horaires"),
        itinerant=bool(told.get("mobile")),
        record=record,
    )


def names() -> list[str]:
    """Return the names of the lieux, in the order of their ids."""
    return list(told_directory()["lieux"])


def permanence_of(name: str) -> str:
    """Return the id of the permanence of a lieu."""
    return f"permanence-{names().index(name):04d}-0"


def name_of(permanence_id: str) -> str:
    """Return the lieu of a permanence."""
    return names()[int(permanence_id.split("-")[1])]


def means(parameters: Parameters = PARAMETERS) -> VisitMeans:
    """Return walking in straight lines, and the one bus of the scenarios."""
    there, back = run((0, 32400), (1, 33600)), run((1, 43200), (0, 44400))
    found = means_of(running(there, back, kms=(0.0, 8.0)))
    return VisitMeans(StraightLine(parameters), found.network, found.searches, parameters, "62")


def desk_over(directory: Directory, parameters: Parameters = PARAMETERS, **known: Any) -> Desk:  # noqa: ANN401 - what a desk knows
    """Return a desk over a directory, in the communes of the scenarios."""
    ground = DeskGround(directory, communes(), **known)
    return Desk(ground, desk_days(ON, (), parameters), means(parameters))


@cache
def desk() -> Desk:
    """Return the desk of the scenarios."""
    lieux = told_directory()["lieux"]
    served = {
        permanence_of(name): frozenset(code_of(one) for one in told["dessert"])
        for name, told in lieux.items()
        if "dessert" in told
    }
    return desk_over(make_directory(*map(place_of, lieux.values())), served=served)


def need_of(code: str) -> Need:
    """Return the need of a service or of a formality, by its code."""
    errand = load_errands().get(code)
    service = service_of(code) if errand is None else errand.service
    return Need(service, 1.0, errand, ())


def situation_of(told: Mapping[str, Any]) -> Situation:
    """Return a situation as a scenario tells it."""
    who = told.get("personne", {})
    halves = told.get("moments")
    return Situation(
        needs=tuple(need_of(one) for one in told["besoin"].split(" + ")),
        code_insee=code_of(told["depuis"]),
        going=GOING[told.get("moyen", "à pied")],
        when=When(
            tuple(told["quand"]) if "quand" in told else None,
            None if halves is None else frozenset(HALF_DAYS.index(one) for one in halves),
        ),
        person=Person(
            publics=frozenset(words(who.get("publics", ()), mednum.PublicSpecifiquementAdresse)),
            care=frozenset(words(who.get("besoins", ()), mednum.PriseEnChargeSpecifique)),
            reduced_mobility=bool(who.get("sans marche")),
            free_only=bool(who.get("ne peut pas payer")),
            at_home=who.get("domicile") != "non",
            remote=who.get("distance") != "non",
        ),
    )
