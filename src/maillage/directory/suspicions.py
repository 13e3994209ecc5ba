"""What looks like the same thing told twice, and is not merged: said, for a person to judge."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from maillage.directory.groups import grouped
from maillage.directory.keys import name_key
from maillage.directory.model import Directory, Lieu, Permanence, Precision
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import FIXED, number, of, plural
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

SAME_NAME_NEAR = FindingKind(
    "look-alike-name",
    Severity.WARNING,
    "{n} fiches de même nom à moins de {near} : {members}.",
    "Si c'est le même lieu, corrigez l'adresse de l'une des fiches ; sinon, précisez leurs noms.",
)
SAME_PHONE = FindingKind(
    "look-alike-phone",
    Severity.INFO,
    "{n} structures {of_commune} ont le même téléphone {phone} : {members}.",
    "Vérifiez s'il s'agit d'une seule structure sous plusieurs noms.",
)
SAME_ADDRESS_APART = FindingKind(
    "address-apart",
    Severity.WARNING,
    "Une même adresse est placée à des points distants de {metres} ({value}).",
    "Vérifiez les coordonnées ; le point retenu est celui de la fiche la plus récente.",
)
REVIEW_WAITING = FindingKind(
    "review-waiting",
    Severity.INFO,
    "{doubts} sur des fiches qui parlent peut-être du même lieu ou de la même structure.",
    "Tranchez par « maillage directory review » : les plus utiles viennent d'abord.",
)
SUSPICIONS = frozenset(
    kind.code for kind in (SAME_NAME_NEAR, SAME_PHONE, SAME_ADDRESS_APART, REVIEW_WAITING)
)
"""The codes of all findings told here: they change when records are put together otherwise."""


def waiting(n: int) -> tuple[Finding, ...]:
    """Return one finding that counts the questions waiting for a person; none where none waits."""
    if n == 0:
        return ()
    doubts = plural(n, tr("doute à trancher"), tr("doutes à trancher"))
    return (REVIEW_WAITING.at(Where(), value=n, doubts=doubts),)


def look_alike(directory: Directory, parameters: Parameters) -> tuple[Finding, ...]:
    """Return one finding for each group of permanences of the territory that look alike."""
    lieux = {lieu.id: lieu for lieu in directory.lieux if lieu.in_territory}
    here = [p for p in directory.permanences if p.lieu_id in lieux]
    near_m = parameters.number("directory.likeness.near_m")
    return (*_same_name(here, lieux, near_m), *_same_phone(here, lieux))


def _same_name(
    permanences: Sequence[Permanence], lieux: dict[str, Lieu], near_m: float
) -> list[Finding]:
    named: dict[tuple[str, str], list[Permanence]] = {}
    for permanence in permanences:
        lieu = lieux[permanence.lieu_id]
        if lieu.precision is Precision.ADDRESS:
            key = (lieu.commune, name_key(permanence.record.nom, lieu.commune))
            named.setdefault(key, []).append(permanence)
    findings = []
    for name in sorted(named):
        for group in _near(named[name], lieux, near_m):
            where = Where(subject=_named(group[0], lieux), field="nom")
            words = {"n": len(group), "near": _metres(near_m), "members": _listed(group, lieux)}
            findings.append(SAME_NAME_NEAR.at(where, value=group[0].record.nom, **words))
    return findings


def _near(
    permanences: Sequence[Permanence], lieux: dict[str, Lieu], near_m: float
) -> list[list[Permanence]]:
    """Return the groups of at least two that stand near one another."""
    points = [lieux[p.lieu_id].point or Point(0.0, 0.0) for p in permanences]
    metres = distances_km(coordinates(points), coordinates(points)) * 1000.0
    keys: list[list[Hashable]] = [[i] for i in range(len(points))]
    for i in range(len(points)):
        for j in range(i):
            if metres[i, j] < near_m:
                keys[i].append(j)
    return [[permanences[i] for i in group] for group in grouped(keys) if len(group) > 1]


def _same_phone(permanences: Sequence[Permanence], lieux: dict[str, Lieu]) -> list[Finding]:
    phones: dict[tuple[str, str], list[Permanence]] = {}
    for permanence in permanences:
        if permanence.record.telephone:
            commune = lieux[permanence.lieu_id].commune
            phones.setdefault((commune, permanence.record.telephone), []).append(permanence)
    findings = []
    for commune, phone in sorted(phones):
        group = phones[commune, phone]
        n = len({p.structure_id for p in group})
        if n > 1:
            where = Where(subject=_named(group[0], lieux), field="telephone")
            words = {"n": n, "of_commune": of(commune), "phone": phone}
            members = _listed(group, lieux)
            findings.append(SAME_PHONE.at(where, value=phone, members=members, **words))
    return findings


def _named(permanence: Permanence, lieux: dict[str, Lieu]) -> str:
    return f"{permanence.record.nom} — {lieux[permanence.lieu_id].commune}"


def _listed(permanences: Sequence[Permanence], lieux: dict[str, Lieu]) -> str:
    """Return the names and addresses, in order of name whatever the ids are."""
    said = ((p.record.nom, lieux[p.lieu_id].adresse) for p in permanences)
    return " ; ".join(sorted(" — ".join(part for part in parts if part) for parts in said))


def apart(
    directory: Directory, spread: Sequence[tuple[str, Point]], parameters: Parameters
) -> tuple[Finding, ...]:
    """Return one finding for each lieu that its rows put at points far from each other.

    ``spread`` holds (lieu id, point) of each row that tells coordinates.
    """
    points: dict[str, list[Point]] = {}
    for lieu_id, point in spread:
        points.setdefault(lieu_id, []).append(point)
    limit_m = parameters.number("directory.likeness.apart_m")
    findings = []
    for lieu in directory.lieux:
        there = coordinates(points.get(lieu.id, []))
        metres = float(distances_km(there, there).max(initial=0.0)) * 1000.0
        if lieu.in_territory and metres > limit_m:
            where = Where(subject=f"{lieu.nom} — {lieu.commune}", field="latitude")
            said = SAME_ADDRESS_APART.at(where, value=lieu.adresse, metres=_metres(metres))
            findings.append(said)
    return tuple(findings)


def _metres(distance: float) -> str:
    return f"{number(distance)}{FIXED}m"
