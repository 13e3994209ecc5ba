"""A place told in sentences that are easy to read: short, one idea each, without abbreviation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.standard.words import Word
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.cards import Moment, full_of
from maillage.web.reading.closures import closures
from maillage.web.reading.filters import Hit
from maillage.web.reading.hours import Today, today_words, week_lines

_CLOCK = re.compile(r"(\d+)[\s\u00a0\u202f]h(?:[\s\u00a0\u202f](\d\d))?(?!\w)")
_S, _A = mednum.Service, mednum.ModaliteAcces
_W, _F = mednum.ModaliteAccompagnement, mednum.Frais
SENTENCES: dict[Word, str] = {
    _S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES: tr("On vous aide à faire des papiers sur internet."),
    _S.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN: tr(
        "On vous apprend à utiliser un ordinateur ou un téléphone."
    ),
    _S.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE: tr(
        "Vous pouvez utiliser un ordinateur et internet."
    ),
    _S.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE: tr("On vous aide à chercher du travail."),
    _S.UTILISATION_SECURISEE_DU_NUMERIQUE: tr("On vous apprend à faire attention sur internet."),
    _S.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE: tr(
        "On vous aide à accompagner vos enfants sur internet."
    ),
    _S.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE: tr(
        "Vous pouvez acheter un ordinateur pas cher."
    ),
    _S.LOISIRS_ET_CREATIONS_NUMERIQUES: tr("Vous pouvez faire des loisirs avec un ordinateur."),
    _S.COMPREHENSION_DU_MONDE_NUMERIQUE: tr("On vous explique comment marche internet."),
    _A.SE_PRESENTER: tr("Vous pouvez venir sur place."),
    _A.TELEPHONER: tr("Vous pouvez téléphoner."),
    _A.CONTACTER_PAR_MAIL: tr("Vous pouvez envoyer un message électronique."),
    _A.PRENDRE_UN_RDV_EN_LIGNE: tr("Vous pouvez prendre rendez-vous sur internet."),
    _A.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC: tr("On ne peut pas venir sur place."),
    _A.ENVOYER_UN_MAIL_AVEC_UNE_FICHE_DE_PRESCRIPTION: tr(
        "Un professionnel peut demander pour vous."
    ),
    _W.EN_AUTONOMIE: tr("Vous pouvez utiliser le matériel tout seul."),
    _W.ACCOMPAGNEMENT_INDIVIDUEL: tr("Une personne vous aide."),
    _W.DANS_UN_ATELIER_COLLECTIF: tr("Vous pouvez apprendre en groupe."),
    _W.A_DISTANCE: tr("On peut vous aider par téléphone ou par internet."),
    _F.GRATUIT: tr("C'est gratuit."),
    _F.GRATUIT_SOUS_CONDITION: tr("C'est gratuit pour certaines personnes."),
    _F.PAYANT: tr("C'est payant."),
}
"""What each word of the national schema says, in one short sentence."""


@dataclass(frozen=True, slots=True)
class EasyPresence:
    """Who helps at a place; each line is one sentence.

    ``today`` are sentences; ``week`` are (day, hours).
    """

    name: str
    today: tuple[str, ...]
    open_now: bool
    week: tuple[tuple[str, str], ...]
    help: tuple[str, ...]
    cost: tuple[str, ...]
    coming: tuple[str, ...]
    phone: str | None
    mails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EasyPlace:
    """A place; ``away`` is a sentence, "" where no commune was asked or it is not on the map."""

    id: str
    name: str
    street: str
    town: str
    away: str
    sure: bool
    presences: tuple[EasyPresence, ...]


def easy_place(hit: Hit, moment: Moment) -> EasyPlace:
    """Return a place as its easy page tells it, who is open now first."""
    lieu = hit.place.lieu
    told = (_presence(hit.place, one, moment) for one in hit.presences)
    return EasyPlace(
        id=lieu.id,
        name=lieu.nom,
        street=lieu.adresse or "",
        town=" ".join(filter(None, (lieu.code_postal, lieu.commune))),
        away="" if hit.km is None else _away(hit.km),
        sure=hit.sure,
        presences=tuple(sorted(told, key=lambda one: not one.open_now)),
    )


def easy_clock(told: str) -> str:
    """Return words in which hours are written in full.

    >>> easy_clock("de 9 h à 12 h").replace(french.FIXED, " ")
    'de 9 heures à 12 heures'
    """
    return _CLOCK.sub(lambda found: _hour(found[1], found[2]), told)


def _hour(hours: str, minutes: str | None) -> str:
    word = tr("heure") if int(hours) < 2 else tr("heures")
    return french.FIXED.join(filter(None, (hours, word, minutes)))


def _presence(place: Place, presence: Presence, moment: Moment) -> EasyPresence:
    record, hours = presence.permanence.record, presence.permanence.horaires
    today = today_words(hours, place.departement, moment.now, moment.parameters)
    week = week_lines(hours, moment.now.date()) if hours else ()
    name, full = presence.structure.nom, full_of((presence,), moment)
    return EasyPresence(
        name="" if name == place.lieu.nom else name,
        today=(
            *((f"{full}.",) if full else ()),
            *_today(today, record.telephone),
            *map(easy_clock, closures(hours, moment.now.date())),
        ),
        open_now=today.open_now is True,
        week=tuple((day.name.capitalize(), easy_clock(day.words)) for day in week),
        help=_said(presence.services),
        cost=_cost(record.frais_a_charge),
        coming=(*_said(record.modalites_acces), *_said(record.modalites_accompagnement)),
        phone=record.telephone,
        mails=record.courriels or (),
    )


def _today(today: Today, phone: str | None) -> tuple[str, ...]:
    if today.open_now is None:
        unknown = tr("Les horaires ne sont pas connus.")
        return (unknown, tr("Téléphonez avant de venir.")) if phone else (unknown,)
    return tuple(easy_clock(one) for one in (today.words, today.then) if one)


def _cost(told: tuple[mednum.Frais, ...] | None) -> tuple[str, ...]:
    if not told:
        return (tr("Le prix n'est pas connu."), tr("Demandez le prix avant de venir."))
    if set(told) == {_F.GRATUIT, _F.PAYANT}:
        return (tr("Certaines aides sont gratuites."), tr("D'autres aides sont payantes."))
    return _said(told)


def _said(words: tuple[Word, ...] | None) -> tuple[str, ...]:
    return tuple(SENTENCES[word] for word in words or ())


def _away(km: float) -> str:
    if km < 1.0:
        return tr("Ce lieu est à moins de 1 kilomètre.")
    told = french.plural(round(km), tr("kilomètre"))
    return tr("Ce lieu est à environ {km} en ligne droite.").format(km=told)
