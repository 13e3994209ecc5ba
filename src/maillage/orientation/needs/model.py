"""What a sentence can mean: services, formalities, and what is out of scope."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Protocol

from maillage.kernel.words import plain
from maillage.standard.mednum import DispositifProgrammeNational, FormationLabel, Service
from maillage.standard.words import Word


class OutOfScope(Word):
    """What digital mediation cannot answer; ``value`` is the code, ``label`` the French words."""

    URGENCE_VITALE = "urgence-vitale", "Urgence vitale"
    IDEES_SUICIDAIRES = "idees-suicidaires", "Idées suicidaires"
    VIOLENCES = "violences", "Violences"
    ENFANCE_EN_DANGER = "enfance-en-danger", "Enfance en danger"
    SANS_ABRI = "sans-abri", "Sans abri"
    FAIM = "faim", "Rien à manger"
    SANS_RAPPORT = "sans-rapport", "Sans rapport avec le numérique ni les démarches"

    @property
    def urgent(self) -> bool:
        """Whether it is social or vital distress, which other people answer at once."""
        return self is not OutOfScope.SANS_RAPPORT


class FirstAid(Word):
    """What is to be done at once, before the help that is asked; ``value`` is the code."""

    ARNAQUE_EN_COURS = "arnaque-en-cours", "Arnaque en cours"


class Who(enum.Enum):
    """Who may do a formality in the person's stead, or beside them; ``value`` is the code."""

    BESIDE = "a-cote-de-la-personne"
    AIDANTS_CONNECT = "mandat-aidants-connect"
    FRANCE_SERVICES = "france-services"
    TRAINED_MON_ESPACE_SANTE = "forme-mon-espace-sante"
    SOCIAL_WORKER = "travail-social"
    HABILITATED = "professionnel-habilite"

    @property
    def programme(self) -> DispositifProgrammeNational | None:
        """The national scheme by which a directory tells such a helper, if there is one."""
        return _PROGRAMMES.get(self)

    @property
    def training(self) -> FormationLabel | None:
        """The training by which a directory tells such a helper, if there is one."""
        return _TRAININGS.get(self)


_PROGRAMMES = {
    Who.AIDANTS_CONNECT: DispositifProgrammeNational.AIDANTS_CONNECT,
    Who.FRANCE_SERVICES: DispositifProgrammeNational.FRANCE_SERVICES,
}
_TRAININGS = {Who.TRAINED_MON_ESPACE_SANTE: FormationLabel.FORME_A_MON_ESPACE_SANTE}


@dataclass(frozen=True, slots=True)
class MayDo:
    """One kind of helper for a formality.

    ``in_stead`` says that they may act without the person's hand on the mouse (with a mandate);
    ``how`` says it in French. ``source`` and ``on`` tell where and when it was read.
    """

    who: Who
    in_stead: bool
    how: str
    source: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Errand:
    """A precise formality: what it is called, where it is done, by whom, with what in hand."""

    code: str
    label: str
    service: Service
    health: bool
    site: str
    may_do: tuple[MayDo, ...]
    to_bring: tuple[str, ...]
    source: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """Whom to call in distress: ``number`` is as people dial it, empty for a place to go to.

    ``site`` is an address of the web, "" where there is none. ``town_hall``: it is the CCAS or the
    town hall of the commune, which a directory may know.
    """

    name: str
    number: str
    when: str
    source: str
    on: dt.date
    site: str = ""
    town_hall: bool = False


Call = OutOfScope | FirstAid
"""What makes one call somebody at once."""


@dataclass(frozen=True, slots=True)
class Need:
    """A service that a sentence asks for, how surely (0-1), and the words that told it."""

    service: Service
    score: float
    errand: Errand | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedsRead:
    """What was read: needs, best first and one per service, or why it is not ours to answer.

    ``first_aid`` comes before the needs. ``beside`` are needs told in the same words as distress:
    they are answered underneath, and never instead.
    """

    needs: tuple[Need, ...]
    out_of_scope: OutOfScope | None
    first_aid: FirstAid | None = None
    beside: tuple[Need, ...] = ()


class NeedReader(Protocol):
    """Reads a need told in free French; never raises, whatever the text."""

    name: str

    def read(self, text: str) -> NeedsRead:
        """Return what the text asks for; a text too short to mean anything tells nothing."""
        ...


def service_code(service: Service) -> str:
    """Return a service's code in URLs and JSON: its label in kebab case.

    >>> service_code(Service.LOISIRS_ET_CREATIONS_NUMERIQUES)
    'loisirs-et-creations-numeriques'
    """
    return plain(service.label).replace(" ", "-")


def service_of(code: str) -> Service:
    """Return the service of a code. Raises KeyError where no service has it."""
    return _SERVICES[code]


_SERVICES = {service_code(service): service for service in Service}
