"""A month of rounds in French: the sentences of the calendar, of diaries and of town boards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.rounds.intake.existing import ROUND_OFFICE
from maillage.rounds.judged import BesidePlan
from maillage.rounds.model import Range
from maillage.rounds.month import HeldSession, RoundMonth

_SHOWN = 5
_MASCULINE = frozenset({"bus", "camion", "fourgon", "pimms", "point", "service", "minibus", "van"})
_FEMININE = frozenset({"caravane", "camionnette", "maison", "mairie"})
_NOBODY = 0.5  # people: fewer are written « personne »
_ARTICLE = re.compile(r"(les?)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MonthText:
    """What is said of a plan, one paragraph a part; an empty part is not told."""

    title: str
    plan: tuple[str, ...]
    worth: tuple[str, ...]
    next_ones: tuple[str, ...]
    beside: tuple[str, ...]
    unsolved: tuple[str, ...]
    how: tuple[str, ...]


def month_text(month: RoundMonth) -> MonthText:
    """Return the sentences that tell a month; its title has the days when people are received."""
    days = [session.date for session in month.sessions] or month.days
    first, last = min(days), max(days)
    title = tr("{operator} : du {first} au {last}").format(
        operator=month.operator.name,
        first=_without_year(first),
        last=french.date(last),
    )
    return MonthText(
        title=title,
        plan=_plan(month),
        worth=(*_worth(month), *((month.noted,) if month.noted else ())),
        next_ones=_next(month),
        beside=() if month.beside is None else _beside(month.beside),
        unsolved=_unsolved(month),
        how=month.how,
    )


def day_words(day: dt.date) -> str:
    """Return a date with its weekday, without its year.

    >>> day_words(dt.date(2027, 1, 5)).replace(french.FIXED, " ")
    'mardi 5 janvier'
    """
    return f"{french.weekday(day)} {_without_year(day)}"


def hours_words(times: Range) -> str:
    """Return hours as people say them.

    >>> hours_words(Range(570, 690)).replace(french.FIXED, " ")
    '9 h 30 – 11 h 30'
    """
    fixed = french.FIXED
    return f"{french.clock(times.start * 60)}{fixed}–{fixed}{french.clock(times.end * 60)}"


def called(operator: str) -> str:
    """Return the name of an operator within a sentence, with its article where it is known.

    >>> called("Bus numérique"), called("PIMMS Mobile"), called("Artois Mobile")
    ('le bus numérique', 'le PIMMS Mobile', 'Artois Mobile')
    """
    first, _, rest = operator.partition(" ")
    key = plain(first)
    if key not in _MASCULINE | _FEMININE:
        return operator
    told = first if first.isupper() else first[:1].lower() + first[1:]
    article = tr("le") if key in _MASCULINE else tr("la")
    return f"{article} {told} {rest}".rstrip()


def at(commune: str) -> str:
    """Return the name of a commune after « à ».

    >>> at("Lillers"), at("Le Touquet"), at("Les Attaques")
    ('à Lillers', 'au Touquet', 'aux Attaques')
    """
    article = _ARTICLE.match(commune)
    if article is None:
        return tr("à {name}").format(name=commune)
    joined = tr("aux {name}") if len(article[1]) == len("les") else tr("au {name}")
    return joined.format(name=commune[article.end() :])


def session_words(session: HeldSession, month: RoundMonth) -> str:
    """Return one session in a sentence, for diaries."""
    told = tr("{operator} reçoit {at}, {place}, {day} de {start} à {end}.").format(
        operator=_capital(called(month.operator.name)),
        at=at(session.stop.commune),
        place=session.stop.name,
        day=day_words(session.date),
        start=french.clock(session.received.start * 60),
        end=french.clock(session.received.end * 60),
    )
    often = next((one.frequency for one in month.stops if one.stop.id == session.stop.id), None)
    if often is not None:
        told += " " + tr("Venues : {often}.").format(often=often.label)
    if month.operator.telephone is not None:
        phone = french.phone(month.operator.telephone)
        told += " " + tr("Renseignements : {phone}.").format(phone=phone)
    return told


def people_words(month: RoundMonth, people: float) -> str:
    """Return a number of the people that the month counts."""
    if month.fragile_told:
        return french.plural(people, tr("personne fragile"))
    return french.plural(people, tr("habitant"))


def flyer_title(month: RoundMonth, commune: str) -> str:
    """Return what a flyer says first."""
    operator = _capital(called(month.operator.name))
    return tr("{operator} s'arrête {at}").format(operator=operator, at=at(commune))


def flyer_lead(month: RoundMonth, days: Sequence[dt.date]) -> str:
    """Return what help is given, or that it is help with digital things, and the months of days."""
    help_given = tr("Aide au numérique") if month.service is None else month.service.label
    months = dict.fromkeys(french.month(day) for day in sorted(days))
    return f"{help_given}, {french.listed(list(months))}"


def _without_year(day: dt.date) -> str:
    return french.date(day).rpartition(french.FIXED)[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the parts ----------------------------------------------------------------------------------


def _plan(month: RoundMonth) -> tuple[str, ...]:
    communes = {one.stop.code_insee for one in month.stops}
    days = {session.date for session in month.sessions}
    if not month.sessions:
        return (tr("Aucune venue n'est prévue : aucun arrêt n'y gagnerait."),)
    counted = tr("{stops} dans {communes}, {sessions} en {days} de sortie, {km} km de route.")
    told = (
        counted.format(
            stops=french.plural(len(month.stops), tr("arrêt")),
            communes=french.plural(len(communes), tr("commune")),
            sessions=french.plural(len(month.sessions), tr("venue")),
            days=french.plural(len(days), tr("jour")),
            km=french.number(month.plan.kilometres),
        ),
    )
    if all(len(one.sessions) < 2 for one in month.stops):
        return told  # what comes once has no usual day
    regular = tr("{share} des venues tombent le jour et à l'heure habituels de leur arrêt.")
    return (*told, regular.format(share=french.percent(month.plan.regularity)))


def _worth(month: RoundMonth) -> tuple[str, ...]:
    if month.wanting < _NOBODY:
        return (
            tr(
                "Avec les moyens de transport que ce plan suppose, personne n'est sans aide "
                "joignable : il n'y a rien à y gagner. Les autres (--bound) peuvent en juger "
                "autrement."
            ),
        )
    worth = tr(
        "Ses arrêts sont à portée de {reached}, sur {wanting} à qui il manque une aide joignable. "
        "Comptées selon la fréquence de leur arrêt ({parts}), elles valent {people} : c'est ce que "
        "le plan rend le plus grand."
    )
    come = month.plan.people if month.room is None else month.room.come
    parts = (f"{french.number(share, int(share < 1))} {one.label}" for one, share in month.returns)
    told = [
        worth.format(
            reached=people_words(month, month.reached),
            wanting=french.number(month.wanting),
            parts=french.listed(list(parts)),
            people=french.number(come),
        ),
        *_received(month),
        _bounds(month),
    ]
    if month.plan.proved:
        told.append(tr("Aucun plan répondant aux mêmes règles ne fait mieux : c'est prouvé."))
    else:
        sentence = tr(
            "Aucun plan répondant aux mêmes règles ne peut dépasser {bound} : celui-ci en est au "
            "pire à {gap}."
        )
        bound = people_words(month, month.plan.bound)
        told.append(sentence.format(bound=bound, gap=french.percent(month.plan.gap, 1)))
    stopped = {
        "time": tr("La recherche s'est arrêtée au bout du temps donné."),
        "effort": tr("La recherche s'est arrêtée au bout de l'effort donné."),
        "interrupted": tr("La recherche a été interrompue : voici le meilleur plan trouvé."),
    }
    if month.plan.stopped is not None:
        told.append(stopped.get(month.plan.stopped, month.plan.stopped))
    return tuple(told)


def _received(month: RoundMonth) -> tuple[str, ...]:
    """Return how many of those who could come can be received, where that is told."""
    if month.room is None:
        return ()
    sentence = tr(
        "Ses {sessions} ont place pour {places} : {people} seraient ainsi reçues. Là où les places "
        "manquent, chacun de ceux qui viendraient a la même chance d'en avoir une."
    )
    return (
        sentence.format(
            sessions=french.plural(len(month.sessions), tr("venue")),
            places=french.plural(month.room.places, tr("personne")),
            people=french.number(month.plan.people),
        ),
    )


def _bounds(month: RoundMonth) -> str:
    low, high = month.able.low, month.able.high
    if month.room is not None:
        sentence = tr(
            "Aux demi-journées retenues, et s'il y avait place pour tous : {low} de plus avec les "
            "seuls moyens certains, {high} si le bus dont les horaires manquent circule."
        )
        return sentence.format(low=people_words(month, low), high=french.number(high))
    if french.number(low) == french.number(high):
        sentence = tr("Aux demi-journées retenues, et ainsi comptées, cela fait {people} de plus.")
        return sentence.format(people=people_words(month, low))
    sentence = tr(
        "Aux demi-journées retenues, et ainsi comptées, cela fait {low} de plus avec les seuls "
        "moyens certains, {high} si le bus dont les horaires manquent circule."
    )
    told = sentence.format(low=people_words(month, low), high=french.number(high))
    return told + (tr(" Ceux que ce bus emmène ont déjà une aide.") if high < low else "")


def _next(month: RoundMonth) -> tuple[str, ...]:
    told = tr("{name}, {at} : {people} de plus.")
    return tuple(
        told.format(
            name=one.stop.name, at=at(one.stop.commune), people=people_words(month, one.adds)
        )
        for one in month.runners_up
    )


def _beside(beside: BesidePlan) -> tuple[str, ...]:
    present, total = beside.present, len(beside.present.stops)
    told = [_places(beside)]
    rate = present.people_per_hour
    if rate is None:
        told.append(
            tr(
                "Ses horaires ne sont pas tous publiés : ses lieux seuls sont jugés, comme si "
                "chaque arrêt était tenu à la demi-journée qui convient à chacun."
            )
        )
    else:
        sentence = tr("À ses heures publiées : {low} à {high} personnes par heure d'accueil.")
        rates = sorted((rate.low, rate.high))
        told.append(
            sentence.format(low=french.number(rates[0], 1), high=french.number(rates[1], 1))
        )
    told += [f.message for f in present.round.findings if f.code == ROUND_OFFICE.code]
    kept = tr("Le plan garde {kept} des {total} arrêts actuels et en ajoute {added}.")
    counts = {"kept": len(beside.kept), "total": total, "added": len(beside.added)}
    told.append(kept.format(**counts))
    told += [
        tr("Il quitte {name} ({commune}) : {why}.").format(
            name=one.present.name, commune=one.present.commune, why=one.why
        )
        for one in beside.dropped
    ]
    return tuple(told)


def _places(beside: BesidePlan) -> str:
    present = beside.present
    sentence = tr(
        "Les {n} arrêts de la tournée actuelle ({operator}) rendraient une visite possible à "
        "{low} personnes avec les moyens certains, {high} avec le bus supposé ; ceux du plan, à "
        "{plan_low} et {plan_high}."
    )
    return sentence.format(
        n=french.number(len(present.stops)),
        operator=present.round.operator,
        low=french.number(present.people.low),
        high=french.number(present.people.high),
        plan_low=french.number(beside.on_places.low),
        plan_high=french.number(beside.on_places.high),
    )


def _unsolved(month: RoundMonth) -> tuple[str, ...]:
    left = month.wanting - month.plan.people
    told = []
    if month.left_out:
        sentence = tr("Il reste {people} sans visite possible, ou avec trop peu : {zones}.")
        told.append(sentence.format(people=people_words(month, left), zones=_zones(month)))
    if month.room is None:
        sentence = tr(
            "Le plan ne compte ni combien de personnes une venue peut recevoir, ni celles qui "
            "n'ont besoin de rien ce mois-là."
        )
    else:
        sentence = tr("Le plan ne compte pas celles qui n'ont besoin de rien ce mois-là.")
    told.append(sentence)
    return tuple(told)


def _zones(month: RoundMonth) -> str:
    shown: Sequence[str] = [
        f"{one.zone} ({french.number(one.people)})" for one in month.left_out[:_SHOWN]
    ]
    rest = len(month.left_out) - _SHOWN
    if rest <= 0:
        return french.listed(shown)
    others = french.plural(rest, tr("autre commune"))
    return french.listed([*shown, others])
