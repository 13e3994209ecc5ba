"""Why a sign-in by the outside provider did not end well, and what the person can do."""

from __future__ import annotations

import enum

from maillage.kernel.language import tr


class Refusal(enum.Enum):
    """A reason: the status of the answer, its title, what happened and what to do, in French."""

    CANCELLED = (
        403,
        "Connexion interrompue",
        "Vous avez annulé la connexion, ou {name} ne l'a pas accordée.",
        "Vous pouvez recommencer, ou entrer d'une autre façon.",
    )
    LOST = (
        400,
        "Il faut recommencer",
        (
            "Cette tentative ne peut plus aboutir : elle a déjà servi, elle est trop ancienne, ou "
            "elle a commencé dans un autre navigateur."
        ),
        "Recommencez depuis cette page. Si cela se répète, autorisez les cookies de ce site.",
    )
    TOO_LATE = (
        400,
        "Il faut recommencer",
        "{name} n'a pas reconnu la tentative : elle a déjà servi, ou elle est trop ancienne.",
        "Recommencez depuis cette page.",
    )
    UNVERIFIED = (
        502,
        "Réponse non vérifiée",
        "La réponse de {name} n'a pas pu être vérifiée : par prudence, elle est refusée.",
        "Recommencez dans un instant. Si cela dure, prévenez l'administration du site.",
    )
    REJECTED = (
        502,
        "{name} refuse ce site",
        "{name} n'a pas accepté la demande de ce site : il est sans doute mal réglé.",
        "Prévenez l'administration du site, et entrez d'une autre façon en attendant.",
    )
    SILENT = (
        503,
        "{name} ne répond pas",
        "Le service {name} ne répond pas en ce moment.",
        "Réessayez dans quelques minutes, ou entrez d'une autre façon.",
    )
    TOO_WEAK = (
        403,
        "Connexion pas assez sûre",
        "Ce site demande à {name} une connexion plus sûre que celle que vous avez faite.",
        "Recommencez avec une double authentification, ou demandez-la à votre administration.",
    )
    NO_EMAIL = (
        403,
        "Adresse non vérifiée",
        "{name} n'a pas garanti votre adresse électronique : elle ne peut pas ouvrir un compte.",
        "Faites vérifier votre adresse auprès de {name}, ou entrez d'une autre façon.",
    )
    UNKNOWN = (
        403,
        "Pas encore de compte",
        (
            "{name} sait qui vous êtes, mais aucun compte de ce site n'a votre adresse : {email}. "
            "Rien n'a été créé."
        ),
        "Demandez un compte à la coordination de votre territoire, en donnant cette adresse.",
    )
    CLOSED = (
        403,
        "Compte fermé",
        "Votre compte sur ce site est fermé.",
        "Si vous en avez encore besoin, adressez-vous à la coordination du territoire.",
    )
    ANOTHER = (
        409,
        "Compte déjà lié",
        (
            "Le compte de cette adresse est déjà lié à une autre identité de {name} : cela arrive "
            "quand on change d'employeur, ou de façon de se connecter à {name}."
        ),
        (
            "Entrez d'une autre façon, puis détachez {name} dans « Mon compte » et recommencez. Si "
            "ce compte n'est pas le vôtre, prévenez la coordination du territoire."
        ),
    )
    TOO_OFTEN = (
        429,
        "Trop d'essais",
        "Trop de connexions ont été tentées depuis votre réseau.",
        "Attendez un quart d'heure, puis recommencez.",
    )

    def __init__(self, status: int, title: str, told: str, advice: str) -> None:
        self.status = status
        self._words = (title, told, advice)

    def words(self, name: str, email: str = "") -> tuple[str, str, str]:
        """Return title, what happened and what to do, for a provider of this name."""
        title, told, advice = (tr(one).format(name=name, email=email) for one in self._words)
        return title, told, advice


class RefusedError(Exception):
    """A sign-in that is refused. ``detail`` is for the site's log: it names no person."""

    def __init__(self, refusal: Refusal, detail: str = "", email: str = "") -> None:
        super().__init__(f"{refusal.name}: {detail}")
        self.refusal = refusal
        self.detail = detail
        self.email = email
