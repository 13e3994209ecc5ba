"""What is said of a proposal: short French sentences, for who reads them aloud to somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from maillage.access.visits.model import Certainty
from maillage.kernel import french
from maillage.kernel.french import clock, listed, minutes, phone, plural
from maillage.kernel.language import tr
from maillage.orientation.candidates import CARES, PUBLICS, SERVICES, Candidate
from maillage.orientation.hours_words import day_words, ranges_words
from maillage.orientation.model import Criterion, How, Visit
from maillage.orientation.query import Query, days_known
from maillage.orientation.ranking import helper_of
from maillage.standard import mednum


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What sentences are made of: the question, a position in it, how help is given, the visit."""

    query: Query
    at: int
    how: How
    visit: Visit | None

    @property
    def candidate(self) -> Candidate:
        """The permanence."""
        return self.query.candidate(self.at)


def criteria_of(told: Told, values: Mapping[str, float]) -> tuple[Criterion, ...]:
    """Return the criteria that are known, the heaviest first, each with its sentence.

    ``values`` are by criterion, NaN where not known.
    """
    weights = told.query.desk.weights
    known = [code for code, value in values.items() if value == value]  # noqa: PLR0124 - not NaN
    order = sorted(known, key=lambda code: (-weights[code], list(weights).index(code)))
    return tuple(
        Criterion(code, tr(_LABELS[code]), round(values[code], 3), weights[code], _SAY[code](told))
        for code in order
    )


def criterion_labels() -> dict[str, str]:
    """Return the name of every criterion by its code, whether it counts in an answer or not."""
    return {code: tr(label) for code, label in _LABELS.items()}


def reasons_of(told: Told, values: Mapping[str, float]) -> tuple[str, ...]:
    """Return why it is proposed: when it opens, the way there, then what else is known."""
    said = [tr("Se déplace à domicile.")] if told.how is How.AT_HOME else []
    said += [_SAY[code](told) for code in ("hours", "reach") if code in values]
    if told.how is How.REMOTE:
        said.append(_reach(told))
    said += [
        text for code in ("service", "errand") if code in values and (text := _SAY[code](told))
    ]
    said += list(_known(told))
    return tuple(dict.fromkeys(said))


def _known(told: Told) -> Iterator[str]:
    known, at = told.query.desk.candidates, int(told.query.near[told.at])
    if known.cost_told[at]:
        yield _cost(told)
    person = told.query.situation.person
    if known.publics_told[at] or (person.care and known.cares_told[at]):
        yield _welcome(told)
    if told.candidate.structure.id in told.query.desk.ground.answer_rates:
        yield _answers(told)


def checks_of(told: Told) -> tuple[str, ...]:
    """Return what to ask by phone before sending somebody there."""
    return tuple(_checks(told))


def _checks(told: Told) -> Iterator[str]:
    query, record = told.query, told.candidate.permanence.record
    known, at = query.desk.candidates, int(query.near[told.at])
    visit = told.visit
    if not known.services_told[at]:
        yield tr("L'aide rendue : elle n'est pas précisée.")
    hours_known = days_known(told.candidate, query.days)
    if not hours_known if visit is None else visit.certainty is not Certainty.CERTAIN:
        yield tr("Les horaires : ils ne sont pas sûrs.")
    if visit is not None and visit.unsure_ride:
        if query.situation.person.reduced_mobility:
            yield tr("Le transport : on ne sait pas si l'on peut monter sans marche.")
        else:
            yield tr("Le transport : il est peut-être à réserver.")
    if query.situation.person.free_only and not known.free[at]:
        yield tr("Le coût : il n'est pas sûr que ce soit gratuit.")
    if told.how is How.AT_HOME and known.served.get(at) is None:
        yield tr("La zone desservie : elle n'est pas précisée.")
    if query.situation.person.care and not known.cares_told[at]:
        yield tr("L'accueil : rien n'est dit des besoins particuliers.")
    if record.prise_rdv is not None or _by_appointment(record.modalites_acces):
        yield tr("Un rendez-vous : il faut sans doute en prendre un.")


def _by_appointment(modes: tuple[mednum.ModaliteAcces, ...] | None) -> bool:
    return modes is not None and modes != () and mednum.ModaliteAcces.SE_PRESENTER not in modes


def call(candidate: Candidate) -> str:
    """Return how to phone: the number, or that none is known."""
    number = candidate.permanence.record.telephone
    if number:
        return tr("téléphonez au {phone}").format(phone=phone(number))
    return tr("son numéro n'est pas connu")


def _service(told: Told) -> str:
    known, at = told.query.desk.candidates, int(told.query.near[told.at])
    if not known.services_told[at]:
        return tr("Aide rendue non précisée : {call}.").format(call=call(told.candidate))
    given = [need for need in told.query.situation.needs if known.gives[at, _rank(need.service)]]
    text = tr("Aide proposée : {services}.")
    return text.format(services=listed([need.service.label.lower() for need in given]))


def _rank(service: mednum.Service) -> int:
    return SERVICES.index(service)


def _hours(told: Told) -> str:
    visit = told.visit
    if visit is None and told.how is How.AT_HOME:
        return tr("Date à convenir : {call}.").format(call=call(told.candidate))
    if visit is None:
        return tr("Horaires non connus : {call}.").format(call=call(told.candidate))
    day, hours = day_words(visit.date), ranges_words(visit.ranges)
    if visit.certainty is Certainty.CERTAIN:
        return tr("Ouvert {day} {hours}.").format(day=day, hours=hours)
    text = tr("Ouvert sans doute {day} {hours}, horaires à vérifier : {call}.")
    return text.format(day=day, hours=hours, call=call(told.candidate))


def _reach(told: Told) -> str:
    visit = told.visit
    if told.how is How.REMOTE:
        return tr("À distance : pas de trajet.")
    if visit is None:
        return tr("Trajet non connu.")
    mode = told.query.situation.going
    if visit.direct:
        by = mode.label if mode.mode is not None else tr("à pied")
        text = tr("À {minutes} {by} ; la visite finit avant la fermeture.")
        took = max(1.0, (visit.start - visit.leave) / 60)
        return text.format(minutes=minutes(took), by=by)
    text = tr("{by} : départ à {leave}, retour à {back}, dont {minutes} de trajet et d'attente.")
    return text.format(
        by=french_capital(mode.label),
        leave=clock(visit.leave),
        back=clock(-(-visit.back // 60) * 60),
        minutes=minutes(visit.minutes),
    )


def french_capital(text: str) -> str:
    """Return a text with its first letter in capital."""
    return text[:1].upper() + text[1:]


def _wait(told: Told) -> str:
    if told.visit is None:
        return tr("Date à convenir.")
    days = (told.visit.date - told.query.desk.on).days
    if days <= 0:
        return tr("Aujourd'hui.")
    if days == 1:
        return tr("Dès demain.")
    return tr("Dans {days}.").format(days=plural(days, tr("jour")))


def _cost(told: Told) -> str:
    known, at = told.query.desk.candidates, int(told.query.near[told.at])
    if not known.cost_told[at]:
        return tr("Coût non précisé.")
    if known.free[at]:
        return tr("Gratuit.")
    if known.paying[at]:
        return tr("Payant.")
    return tr("Gratuit dans certains cas : demandez lesquels.")


def _welcome(told: Told) -> str:
    known, at = told.query.desk.candidates, int(told.query.near[told.at])
    publics = [
        one.label.lower() for one, turned in zip(PUBLICS, known.publics[at], strict=True) if turned
    ]
    wanted = told.query.situation.person.care
    met = [
        one.label.lower()
        for one, does in zip(CARES, known.cares[at], strict=True)
        if does and one in wanted
    ]
    said = []
    if publics:
        said.append(tr("Accueille en particulier : {publics}.").format(publics=listed(publics)))
    if met:
        said.append(tr("Sait accueillir : {cares}.").format(cares=listed(met)))
    if wanted and known.cares_told[at] and not met:
        said.append(tr("Rien de prévu pour le besoin particulier demandé."))
    return " ".join(said) or tr("Accueil ouvert à tous, sans autre précision.")


def _errand(told: Told) -> str:
    errand = told.query.situation.needs[0].errand
    if errand is None:
        return ""
    helper = helper_of(told.candidate, errand)
    if helper is not None:
        return helper.how
    return tr("Démarche « {errand} » : aucune habilitation n'est indiquée, à vérifier.").format(
        errand=errand.label
    )


def _answers(told: Told) -> str:
    rate = told.query.desk.ground.answer_rates.get(told.candidate.structure.id)
    return tr("Répond à {share} des demandes qu'on lui envoie.").format(share=french.percent(rate))


_LABELS: Mapping[str, str] = {
    "service": "aide rendue",
    "reach": "trajet",
    "wait": "délai",
    "hours": "sûreté des horaires",
    "errand": "démarche",
    "cost": "coût",
    "welcome": "accueil",
    "answers": "réponses de la structure",
}
_SAY: Mapping[str, Callable[[Told], str]] = {
    "service": _service,
    "reach": _reach,
    "wait": _wait,
    "hours": _hours,
    "errand": _errand,
    "cost": _cost,
    "welcome": _welcome,
    "answers": _answers,
}
