"""The mobile rounds that a directory holds: the stops of one structure, or of one phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maillage.directory.adopted_plans import is_of_round
from maillage.directory.groups import grouped
from maillage.directory.keys import operator_name
from maillage.directory.model import Directory, Lieu, Permanence, Precision
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr
from maillage.rounds.existing import ExistingRound, ExistingStop

ROUND_WITHOUT_HOURS = FindingKind(
    "round-without-hours",
    Severity.WARNING,
    "Arrêts sans horaires publiés dans la tournée « {value} » : {n} sur {total}.",
    "Demandez à l'opérateur ses jours et ses heures : sans eux, seuls les lieux sont jugés.",
)
ROUND_OF_ONE_STOP = FindingKind(
    "round-of-one-stop",
    Severity.INFO,
    "La tournée « {value} » n'a qu'un arrêt connu : c'est peut-être l'adresse de ses bureaux.",
    "Vérifiez où elle s'arrête vraiment, et donnez ses arrêts dans un fichier.",
)
ROUND_OFFICE = FindingKind(
    "round-office",
    Severity.INFO,
    "« {value} » n'est pas compté parmi les arrêts de la tournée : à cette adresse, la même "
    "structure tient déjà un lieu fixe ; ce sont ses bureaux.",
    "Si le véhicule y reçoit vraiment, donnez les arrêts de la tournée dans un fichier.",
)
ROUND_STOPS_LEFT = FindingKind(
    "round-stops-left",
    Severity.WARNING,
    "Un plan de tournée est adopté pour « {value} », et d'autres sources disent encore {n} qu'il "
    "ne tient pas : ces arrêts restent dans l'annuaire, et ne comptent plus pour la tournée.",
    "S'ils ne sont plus tenus, demandez à ces sources de les retirer ; s'ils le sont, ajoutez-les "
    "au prochain plan.",
)
STOP_NOT_PLACED = FindingKind(
    "round-stop-not-placed",
    Severity.WARNING,
    "L'arrêt « {value} » n'est pas situé à une adresse : {how}.",
    "Complétez son adresse ou ses coordonnées.",
)


def rounds_of_directory(directory: Directory) -> tuple[ExistingRound, ...]:
    """Return the mobile rounds of a territory, the one with most stops first.

    A permanence that moves (told so, or by its name) is a stop of the round of its structure;
    structures that share a phone are one operator. Where the structure also has a desk that stays,
    it is its office and no stop, unless nothing else is known of the round. Where a plan was
    adopted, its stops are the round, whatever others still tell.
    """
    inside = directory.inside()
    desks = {(p.structure_id, p.lieu_id) for p in inside.permanences if not p.itinerant}
    moving = [permanence for permanence in inside.permanences if permanence.itinerant]
    keys = [
        [("structure", p.structure_id), *([("phone", p.record.telephone)] * _has_phone(p))]
        for p in moving
    ]
    lieux = {lieu.id: lieu for lieu in inside.lieux}
    names = {structure.id: structure.nom for structure in inside.structures}
    rounds = []
    for group in grouped(keys):
        all_told = [moving[index] for index in group]
        offices = [p for p in all_told if (p.structure_id, p.lieu_id) in desks]
        stops = [p for p in all_told if p not in offices]
        adopted = [p for p in all_told if is_of_round(p.sources)]
        one = _round(adopted or stops or all_told, lieux, names)
        doubts = [_office(p) for p in offices if stops and p not in adopted]
        if adopted:
            doubts += _left(one.operator, [p for p in stops if p not in adopted])
        rounds.append(replace(one, findings=(*one.findings, *doubts)))
    return tuple(sorted(rounds, key=lambda r: (-len(r.stops), r.operator, r.stops[0].id)))


def _has_phone(permanence: Permanence) -> int:
    return int(permanence.record.telephone is not None)


def _round(
    permanences: Sequence[Permanence], lieux: dict[str, Lieu], names: dict[str, str]
) -> ExistingRound:
    told = sorted(permanences, key=lambda permanence: permanence.id)
    stops = tuple(_stop(one, lieux[one.lieu_id]) for one in told)
    operator = _most_told([_operator(one, names, lieux[one.lieu_id]) for one in told])
    phones = [one.record.telephone for one in told if one.record.telephone]
    doubts = [f for one in told for f in _place_doubts(one, lieux[one.lieu_id])]
    return ExistingRound(
        operator=operator,
        telephone=_most_told(phones) if phones else None,
        stops=stops,
        findings=(*_round_doubts(operator, stops), *doubts),
    )


def _operator(permanence: Permanence, names: dict[str, str], lieu: Lieu) -> str:
    return operator_name(names[permanence.structure_id], lieu.commune)


def _most_told(texts: Sequence[str]) -> str:
    """Return the text told most often: of two, the shorter, then the first in order."""
    return min(texts, key=lambda text: (-texts.count(text), len(text), text))


def _stop(permanence: Permanence, lieu: Lieu) -> ExistingStop:
    return ExistingStop(
        id=permanence.id,
        name=lieu.adresse or permanence.record.nom or lieu.nom,
        code_insee=lieu.code_insee or "",
        commune=lieu.commune,
        point=lieu.point,
        horaires=permanence.horaires,
        lieu_id=lieu.id,
    )


def _round_doubts(operator: str, stops: Sequence[ExistingStop]) -> list[Finding]:
    where, silent = Where(subject=operator), [s for s in stops if s.horaires is None]
    doubts = []
    if silent:
        counts = {"n": number(len(silent)), "total": number(len(stops))}
        doubts.append(ROUND_WITHOUT_HOURS.at(where, value=operator, **counts))
    if len(stops) == 1:
        doubts.append(ROUND_OF_ONE_STOP.at(where, value=operator))
    return doubts


def _left(operator: str, stops: Sequence[Permanence]) -> list[Finding]:
    if not stops:
        return []
    counted = plural(len(stops), tr("arrêt"))
    return [ROUND_STOPS_LEFT.at(Where(subject=operator), value=operator, n=counted)]


def _office(permanence: Permanence) -> Finding:
    where = Where(subject=permanence.id)
    return ROUND_OFFICE.at(where, value=permanence.record.nom or permanence.id)


def _place_doubts(permanence: Permanence, lieu: Lieu) -> list[Finding]:
    if lieu.precision in (Precision.ADDRESS, Precision.STREET):
        return []
    where = Where(subject=permanence.id)
    name = permanence.record.nom or lieu.nom
    return [STOP_NOT_PLACED.at(where, value=name, how=lieu.precision.label)]
