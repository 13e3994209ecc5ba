"""A case: one need of one person, whom a desk sends to structures until it is answered or ends.

Nothing here says who the person is: names and words are kept apart, encrypted, by the store.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.coded import Coded


class Stage(Coded):
    """Where a case stands: who must do something now."""

    AT_DESK = ("au-guichet", "à reprendre par le guichet")
    ASKED = ("demandee", "en attente de la structure")
    QUESTIONED = ("question", "la structure pose une question")
    BOOKED = ("rendez-vous", "acceptée, issue à venir")
    ENDED = ("close", "close")


class Outcome(Coded):
    """How a case ends."""

    SERVED = ("servi", "venu et servi")
    PARTLY = ("en-partie", "servi en partie")
    AUTONOMOUS = ("autonome", "sait faire seul maintenant")
    REDIRECTED = ("reoriente", "réorienté par la structure")
    NOT_COME = ("pas-venu", "pas venu")
    NOBODY = ("personne", "personne n'a pu répondre")
    GIVEN_UP = ("renonce", "la personne a renoncé")
    HELPED_HERE = ("au-guichet", "aidé au guichet")
    UNKNOWN = ("inconnue", "issue inconnue")
    MISTAKE = ("erreur", "ouverte par erreur")


AFTER_VISIT = (
    Outcome.SERVED,
    Outcome.PARTLY,
    Outcome.AUTONOMOUS,
    Outcome.REDIRECTED,
    Outcome.NOT_COME,
)
"""What can be told once the person was expected somewhere, by either end."""
AT_THE_DESK = (Outcome.NOBODY, Outcome.GIVEN_UP, Outcome.HELPED_HERE, Outcome.MISTAKE)
"""What a desk can tell at any time."""


class RefusalReason(Coded):
    """Why a structure does not take somebody."""

    FULL = ("complet", "complet pour l'instant")
    NOT_OURS = ("pas-notre-aide", "nous n'apportons pas cette aide")
    OTHER_PUBLIC = ("autre-public", "nous accueillons un autre public")
    OUT_OF_ZONE = ("hors-zone", "la personne habite hors de notre secteur")
    TOO_FAR = ("mobilite", "la personne ne peut pas venir jusqu'à nous")
    UNREACHABLE = ("injoignable", "la personne n'a pas pu être jointe")
    NOT_INTERESTED = ("pas-interessee", "la personne ne souhaite pas cette aide")
    ALREADY = ("deja-suivie", "la personne est déjà suivie ici")
    MISSING = ("piece-manquante", "il manque un document ou un mandat")
    CLOSED = ("ferme", "nous sommes fermés")
    OTHER = ("autre", "autre raison")


class End(Coded):
    """Who does something to a case."""

    DESK = ("guichet", "le guichet")
    STRUCTURE = ("structure", "la structure")
    CLOCK = ("delai", "le délai")


class Deed(Coded):
    """Something done to a case."""

    OPENED = ("ouverte", "demande ouverte")
    CALL_BOOKED = ("appel-rdv", "rendez-vous pris au téléphone")
    CALL_REFUSED = ("appel-refus", "refus au téléphone")
    CALL_UNANSWERED = ("appel-vain", "pas de réponse au téléphone")
    WROTE = ("ecrit", "demande envoyée")
    REMINDED = ("relance", "structure relancée")
    EXPIRED = ("sans-reponse", "sans réponse : rendue au guichet")
    ACCEPTED = ("acceptee", "acceptée")
    REFUSED = ("refusee", "refusée")
    QUESTION = ("question", "question de la structure")
    REPLIED = ("reponse", "réponse du guichet")
    PASSED_ON = ("transmise", "transmise à une autre structure")
    RECALLED = ("reprise", "reprise par le guichet")
    MOVED = ("deplacee", "rendez-vous déplacé")
    OUTCOME_ASKED = ("issue-demandee", "issue demandée")
    OUTCOME_TOLD = ("issue", "issue dite")
    LAPSED = ("perimee", "close sans nouvelles")
    REOPENED = ("rouverte", "demande rouverte")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is asked to help: ids of the directory, and names as they were that day."""

    structure_id: str
    lieu_id: str
    permanence_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something done to a case at a moment (aware); what the deed has no use for is None.

    ``n`` of a reminder: which of them it is, from 1. ``full_until``: the last day for which a
    structure that refuses says to be full. ``consent``: the person agreed to be named.
    """

    at: dt.datetime
    deed: Deed
    by: End
    addressee: Addressee | None = None
    appointment: dt.datetime | None = None
    refusal: RefusalReason | None = None
    outcome: Outcome | None = None
    full_until: dt.date | None = None
    n: int = 0
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where events lead: all that the rules look at.

    ``since``: when this stage began. ``asked`` are the structures that were asked in writing or by
    phone, in order; ``addressee`` who is asked now, or was last. ``attempt`` counts written
    requests, ``n_passed`` those since the desk last sent it. ``expected``: the person was, with or
    without an hour. ``outcome`` stands at the end alone.
    """

    stage: Stage
    opened: dt.datetime
    since: dt.datetime
    last: dt.datetime
    addressee: Addressee | None = None
    asked: tuple[str, ...] = ()
    attempt: int = 0
    n_passed: int = 0
    n_reminded: int = 0
    appointment: dt.datetime | None = None
    expected: bool = False
    outcome_asked: bool = False
    outcome: Outcome | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected."""
        return self.stage is Stage.ENDED


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a territory: which desk, what need, from where; and all that was done.

    ``desk`` is the structure that opened it, never who was at the counter. ``service`` and
    ``errand`` are codes, None = not told. Events stand in their order; the first is OPENED.
    """

    siren: str
    number: int
    desk: str
    code_insee: str
    service: str | None
    errand: str | None
    events: tuple[Event, ...]
    standing: Standing
