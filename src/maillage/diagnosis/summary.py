"""The diagnosis in a few plain French sentences, every figure computed from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maillage.access.travel import Mode
from maillage.diagnosis.heard_words import change_brief, share_told
from maillage.diagnosis.model import Certainty, Diagnosis, Gap, Share
from maillage.diagnosis.quality import OLD, UNDATED
from maillage.diagnosis.supply import rarest_service, services_not_given
from maillage.diagnosis.variants import town_halls_label
from maillage.kernel.errors import ParameterError
from maillage.kernel.french import agreed, listed, month, number, percent, plural
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.territory.model import ZoneKind

_ZONE_WORDS = {
    ZoneKind.COMMUNE: ("commune", "communes"),
    ZoneKind.IRIS: ("quartier", "quartiers"),
    ZoneKind.CELL: ("carreau", "carreaux"),
}
_NAMED = 3  # how many communes a sentence names


def headline_sentences(diagnosis: Diagnosis) -> tuple[str, ...]:
    """Return five to a dozen sentences that an elected official understands, in reading order."""
    told = (tell(diagnosis) for tell in _TELLERS)
    return tuple(sentence for sentence in told if sentence is not None)


def _structures(diagnosis: Diagnosis) -> str | None:
    heard = None if diagnosis.heard is None else diagnosis.heard.structures
    share = None if heard is None else heard.share("no-answer")
    if heard is None or share is None or share.share is None:
        return None
    told = tr(
        "Parmi les structures entendues en {wave}, {share} n'ont aucune réponse à donner aux "
        "personnes qu'elles ne peuvent pas servir."
    ).format(wave=heard.wave, share=share_told(share))
    change = heard.change("no-answer")
    return told if change is None else f"{told} {change_brief(change, heard)}"


def _residents(diagnosis: Diagnosis) -> str | None:
    heard = None if diagnosis.heard is None else diagnosis.heard.residents
    share = None if heard is None else heard.share("gave-up")
    if heard is None or share is None or share.share is None:
        return None
    return tr(
        "Parmi les habitants qui ont répondu à l'enquête de {wave}, {share} ont renoncé à une "
        "démarche parce qu'elle se fait en ligne."
    ).format(wave=heard.wave, share=share_told(share))


def _what_exists(diagnosis: Diagnosis) -> str:
    supply, territory = diagnosis.supply, diagnosis.territory
    sentence = tr(
        "{name} compte {zones} et {people} ; l'annuaire y recense {lieux}, dont {helping} {verb} "
        "au moins un service d'aide numérique."
    )
    if supply.n_lieux_with_service == supply.n_lieux > 1:
        sentence = tr(
            "{name} compte {zones} et {people} ; l'annuaire y recense {lieux}, qui {verb} tous au "
            "moins un service d'aide numérique."
        )
    return sentence.format(
        name=_the(territory.name),
        zones=_zones(diagnosis, len(territory.zones)),
        people=plural(territory.population or _people(diagnosis), tr("habitant"), tr("habitants")),
        lieux=plural(supply.n_lieux, tr("lieu"), tr("lieux")),
        helping=number(supply.n_lieux_with_service),
        verb=agreed(supply.n_lieux_with_service, tr("annonce"), tr("annoncent")),
    )


def _thin(diagnosis: Diagnosis) -> str | None:
    """Warn first where the directory is thin: every other sentence then speaks of the sources."""
    known = {unknown.code: unknown for unknown in diagnosis.unknowns}
    for code in ("little-offer", "no-hub"):
        if code in known:
            return tr("Attention : {sentence}").format(
                sentence=_uncapitalised(known[code].sentence)
            )
    return None


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _zones_without(diagnosis: Diagnosis) -> str:
    total, without = len(diagnosis.territory.zones), set(diagnosis.supply.zones_without_lieu)
    if not without:
        sentence = tr("Dans chaque {zone}, au moins un lieu annonce une aide numérique.")
        return sentence.format(zone=_zone_words(diagnosis)[0])
    people = sum(z.population or 0 for z in diagnosis.territory.zones if z.id in without)
    sentence = tr(
        "Dans {zones} sur {total}, aucun lieu n'annonce d'aide numérique : {people}, soit {share} "
        "de la population, y {verb}."
    )
    return sentence.format(
        zones=_zones(diagnosis, len(without)),
        total=number(total),
        people=plural(people, tr("habitant"), tr("habitants")),
        share=percent(_share_of_people(diagnosis, people)),
        verb=agreed(people, tr("vit"), tr("vivent")),
    )


def _fragile(diagnosis: Diagnosis) -> str | None:
    published = diagnosis.territory.illectronisme
    sentences = []
    if published is not None:
        sentence = tr(
            "Le nombre de personnes en situation d'illectronisme y est estimé à {n}, soit {share} "
            "des 15 ans et plus ({publisher}, {vintage})."
        )
        sentences.append(
            sentence.format(
                n=number(published.n_people),
                share=percent(published.share, 1),
                publisher=published.dataset.publisher,
                vintage=published.dataset.vintage,
            )
        )
    ranked = _most_fragile(diagnosis)
    if len(ranked) > 1:
        sentence = tr("Les {zones} où la population est la plus fragile sont {names}.")
        sentences.append(
            sentence.format(zones=_zone_words(diagnosis)[1], names=listed(ranked[:_NAMED]))
        )
    return " ".join(sentences) or None


def _far(diagnosis: Diagnosis) -> str:
    service = _headline_service(diagnosis)
    people = _people_in(diagnosis.gaps_of(service, Mode.WALK))
    if people == 0:
        sentence = tr(
            "Tous les habitants ont à {minutes} à pied ou moins un lieu qui annonce « {service} »."
        )
        return sentence.format(minutes=_threshold(diagnosis, Mode.WALK), service=service.label)
    sentence = tr(
        "{share} des habitants ({n}) sont à plus de {minutes} à pied d'un lieu qui annonce "
        "« {service} »{between} ; {by_car}."
    )
    return sentence.format(
        share=percent(_share_of_people(diagnosis, people)),
        n=number(people),
        between=_between(diagnosis, service),
        minutes=_threshold(diagnosis, Mode.WALK),
        service=service.label,
        by_car=_far_by_car(diagnosis, service),
    )


def _between(diagnosis: Diagnosis, service: mednum.Service) -> str:
    threshold = _value(diagnosis, "diagnosis.gap.walk")
    bounds = diagnosis.range_of(service, Mode.WALK, threshold)
    if bounds is None or percent(bounds.low_share) == percent(bounds.high_share):
        return ""
    told = tr(" (estimation : entre {low} et {high} selon la vitesse, le trajet et le départ)")
    return told.format(low=percent(bounds.low_share), high=percent(bounds.high_share))


def _far_by_car(diagnosis: Diagnosis, service: mednum.Service) -> str:
    people = _people_in(diagnosis.gaps_of(service, Mode.CAR))
    sentence = (
        tr("{share} des habitants ({n}) en sont à plus de {minutes} en voiture")
        if people
        else tr("tous peuvent y être en voiture en {minutes} ou moins")
    )
    return sentence.format(
        share=percent(_share_of_people(diagnosis, people)),
        n=number(people),
        minutes=_threshold(diagnosis, Mode.CAR),
    )


def _visits(diagnosis: Diagnosis) -> str | None:
    """Tell who can go nowhere without a car, while it is open, and come back."""
    if diagnosis.visits is None:
        return None
    people = diagnosis.visits.shortfall(None, 1).people
    least, most = percent(people.least), percent(people.most)
    sentence = tr(
        "Sans voiture, {share} des habitants n'ont dans la semaine aucune demi-journée où aller "
        "dans un lieu d'aide pendant qu'il est ouvert, et en revenir{unsure}."
    )
    unsure = tr(", selon les horaires et les bus que l'on ne connaît pas")
    if least == most:
        return sentence.format(share=most, unsure="")
    between = tr("entre {least} et {most}").format(least=least, most=most)
    return sentence.format(share=between, unsure=unsure)


def _how_sure(diagnosis: Diagnosis) -> str | None:
    gaps = diagnosis.gaps_of(_headline_service(diagnosis), Mode.WALK)
    if not gaps:
        return None
    names = listed([_name(diagnosis, gap.zone_id) for gap in gaps[:_NAMED]])
    if len(gaps) == 1:
        sentence = tr("Une seule zone blanche à pied pour ce service, {certainty} : {names}.")
        return sentence.format(certainty=gaps[0].certainty.label, names=names)
    sentence = tr(
        "Sur {gaps} à pied ({zones} à plus de {minutes} de ce service), {each} ; les plus peuplées "
        "sont {names}."
    )
    told = sentence.format(
        gaps=plural(len(gaps), tr("zone blanche"), tr("zones blanches")),
        zones=_zone_words(diagnosis)[1],
        minutes=_threshold(diagnosis, Mode.WALK),
        each=_certainties(gaps),
        names=names,
    )
    doubtful = sum(town_halls_label() in gap.broken_by for gap in gaps)
    if doubtful == 0 or any(gap.certainty is Certainty.SURE for gap in gaps):
        return told
    more = tr("Aucune n'est certaine tant que l'on ne sait pas ce que proposent les mairies.")
    return f"{told} {more}"


def _certainties(gaps: Sequence[Gap]) -> str:
    counts = [(level, sum(gap.certainty is level for gap in gaps)) for level in Certainty]
    for level, n in counts:
        if n == len(gaps):
            return tr("toutes sont {certainty}").format(certainty=agreed(n, level.label))
    return listed(
        [
            f"{number(n)} {agreed(n, tr('est'), tr('sont'))} {agreed(n, level.label)}"
            for level, n in counts
            if n
        ]
    )


def _rarest(diagnosis: Diagnosis) -> str:
    rarest = rarest_service(diagnosis.supply)
    never = len(services_not_given(diagnosis.supply))
    if rarest is None:
        return tr("Aucun des neuf services du schéma national n'est annoncé sur le territoire.")
    sentence = tr("Le service le plus rare est « {service} », {given} ; {by_car}.")
    many = tr("que {n} lieux annoncent").format(n=number(rarest.n_lieux))
    told = sentence.format(
        service=rarest.label,
        given=agreed(rarest.n_lieux, tr("qu'un seul lieu annonce"), many),
        by_car=_far_by_car(diagnosis, mednum.Service(rarest.key)),
    )
    if never == 0:
        return told
    unmet = tr("{services} du schéma national {verb} nulle part sur le territoire.").format(
        services=plural(never, tr("autre service"), tr("autres services")),
        verb=agreed(never, tr("n'est annoncé"), tr("ne sont annoncés")),
    )
    return f"{told} {unmet}"


def _nearly_missing(diagnosis: Diagnosis) -> str | None:
    service = _headline_service(diagnosis)
    nearly = sum(gap.service is service and gap.mode is Mode.WALK for gap in diagnosis.hidden_gaps)
    if nearly == 0:
        return None
    sentence = tr(
        "Dans {zones}, l'accès à pied à ce service est fragile : il ne tient pas dans au moins "
        "{share} des suppositions essayées (lieu le plus proche fermé, marche plus lente, seuil "
        "plus strict…)."
    )
    share = _value(diagnosis, "diagnosis.certainty.hidden_from")
    return sentence.format(zones=_zones(diagnosis, nearly), share=percent(share))


def _freshness(diagnosis: Diagnosis) -> str:
    quality = diagnosis.quality
    shares = {share.key: share for share in quality.freshness}
    old, undated = shares[OLD], shares[UNDATED]
    if old.total == 0:
        return tr("L'annuaire ne contient aucune fiche pour ce territoire.")
    doubtful = Share("doubtful", "", old.n + undated.n, old.total)
    if doubtful.n == 0:
        return tr("Aucune fiche de l'annuaire n'a {age}.").format(age=old.label)
    sentence = tr(
        "{share} des fiches de l'annuaire ({n} sur {total}) ont {age} ou ne sont pas "
        "datées{middle} : elles sont à vérifier avant toute décision."
    )
    middle = tr(" (date médiane des fiches datées : {month})").format(
        month=month(quality.median_date)
    )
    return sentence.format(
        share=percent(doubtful.share),
        n=number(doubtful.n),
        total=number(doubtful.total),
        age=old.label,
        middle=middle if quality.median_date is not None else "",
    )


def _headline_service(diagnosis: Diagnosis) -> mednum.Service:
    name = "diagnosis.summary.headline_service"
    told = next(p.value for p in diagnosis.parameters if p.name == name)
    for service in mednum.Service:
        if service.value == told:
            return service
    message = tr("« {name} » devrait être un des neuf services du schéma national.")
    raise ParameterError(message.format(name=name))


def _value(diagnosis: Diagnosis, name: str) -> float:
    value = next(p.value for p in diagnosis.parameters if p.name == name)
    if isinstance(value, int | float):
        return float(value)
    raise ParameterError(tr("« {name} » devrait être un nombre.").format(name=name))


def _threshold(diagnosis: Diagnosis, mode: Mode) -> str:
    minutes = _value(diagnosis, f"diagnosis.gap.{mode.code}")
    return plural(minutes, tr("minute"), tr("minutes"))


def _zone_words(diagnosis: Diagnosis) -> tuple[str, str]:
    one, many = _ZONE_WORDS[diagnosis.territory.zones[0].kind]
    return tr(one), tr(many)


def _zones(diagnosis: Diagnosis, n: int) -> str:
    return plural(n, *_zone_words(diagnosis))


def _name(diagnosis: Diagnosis, zone_id: str) -> str:
    return next(zone.name for zone in diagnosis.territory.zones if zone.id == zone_id)


def _the(name: str) -> str:
    """Return the name of an EPCI as a sentence begins with it (« La CA de … »)."""
    feminine = name.startswith(("CA ", "CC ", "CU ", "Métropole ", "Communauté "))
    return tr("La {name}").format(name=name) if feminine else name


def _people(diagnosis: Diagnosis) -> float:
    return float(diagnosis.territory.populations.sum())


def _people_in(gaps: Sequence[Gap]) -> int:
    return sum(gap.n_people for gap in gaps)


def _share_of_people(diagnosis: Diagnosis, people: float) -> float:
    total = _people(diagnosis)
    return people / total if total else 0.0


def _most_fragile(diagnosis: Diagnosis) -> list[str]:
    """Return the names of the zones that have a fragility rank, the most fragile first."""
    ranks = diagnosis.fragility.rank
    zones = diagnosis.territory.zones
    ranked = sorted((float(ranks[i]), zone.id, zone.name) for i, zone in enumerate(zones))
    return [name for rank, _, name in ranked if rank >= 1]


_TELLERS: tuple[Callable[[Diagnosis], str | None], ...] = (
    _what_exists,
    _thin,
    _zones_without,
    _fragile,
    _structures,
    _residents,
    _far,
    _visits,
    _how_sure,
    _nearly_missing,
    _rarest,
    _freshness,
)
