"""From the directory and the communes, whom a survey of structures may hear: proposed, not decided.

Each structure of the territory once, by its kind; each town hall, whether or not the directory has
it; those of communes where nobody helps are said to be isolated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maillage.directory.model import Directory, Structure
from maillage.kernel import french
from maillage.kernel.words import commune_key, plain
from maillage.standard.mednum import Typologie
from maillage.survey.contacts.model import Contact
from maillage.territory.model import Territory, Zone

TOWN_HALL = "mairie"
_KINDS: Mapping[str, tuple[Typologie, ...]] = {
    TOWN_HALL: (Typologie.MUNI,),
    "ccas": (Typologie.CCAS, Typologie.CIAS),
    "mission_locale": (Typologie.ML,),
    "mediatheque": (Typologie.BIB,),
    "france_services": (Typologie.RFS,),
    "caf_cpam": (Typologie.CAF, Typologie.CPAM),
    "evs_centre_social": (Typologie.CS, Typologie.CSC, Typologie.EVS),
    "association": (Typologie.ASSO, Typologie.ASSO_CHOMEUR),
}
_WORDS = {
    "mairie": TOWN_HALL, "ccas": "ccas", "cias": "ccas", "mission locale": "mission_locale",
    "mediatheque": "mediatheque", "bibliotheque": "mediatheque",
    "france services": "france_services", "centre social": "evs_centre_social",
    "association": "association",
}  # fmt: skip
"""What a name tells of a structure whose kind is not told."""
OTHER = "autre"


def whom_to_ask(territory: Territory, directory: Directory) -> tuple[Contact, ...]:
    """Return whom to hear: town halls first, then the others by kind and name. Always the same."""
    spots = _spots(directory)
    helped = {code for code, _, _ in spots.values()}
    here = (one for one in directory.structures if one.id in spots)
    listed = [_listed(one, spots[one.id], helped) for one in here]
    halls = {one.code_insee for one in listed if one.kind == TOWN_HALL}
    unlisted = (zone for zone in territory.zones if zone.code_insee not in halls)
    listed += [_hall(zone, helped) for zone in unlisted]
    once = {(one.kind, plain(one.name), one.code_insee): one for one in reversed(listed)}
    return tuple(sorted(once.values(), key=_order))


def _order(one: Contact) -> tuple[bool, str, str, str]:
    return one.kind != TOWN_HALL, one.kind, plain(one.name), one.key


def _spots(directory: Directory) -> dict[str, tuple[str, str, str]]:
    """Return where each structure receives: code and name of the commune, the line told there."""
    lieux = {one.id: one for one in directory.lieux if one.in_territory}
    found: dict[str, tuple[str, str, str]] = {}
    for one in directory.permanences:
        lieu = lieux.get(one.lieu_id)
        if lieu is not None and one.structure_id not in found:
            told = (lieu.code_insee or "", lieu.commune, one.record.telephone or "")
            found[one.structure_id] = told
    return found


def _listed(structure: Structure, spot: tuple[str, str, str], helped: set[str]) -> Contact:
    code, commune, phone = spot
    return Contact(
        key=f"annuaire-{structure.id}",
        name=structure.nom,
        kind=kind_of(structure),
        commune=commune,
        code_insee=code,
        phone=phone,
        isolated=code not in helped,
    )


def kind_of(structure: Structure) -> str:
    """Return the kind of a structure as the questionnaire names it, by its type, else its name."""
    for kind, types in _KINDS.items():
        if any(one in types for one in structure.typologie):
            return kind
    name = f" {plain(structure.nom)} "
    return next((kind for word, kind in _WORDS.items() if f" {word} " in name), OTHER)


def _hall(zone: Zone, helped: set[str]) -> Contact:
    return Contact(
        key=f"mairie-{zone.code_insee}",
        name=f"Mairie {french.of(zone.name)}",
        kind=TOWN_HALL,
        commune=zone.name,
        code_insee=zone.code_insee,
        isolated=zone.code_insee not in helped,
    )


def not_listed(proposed: tuple[Contact, ...], known: Iterator[Contact]) -> tuple[Contact, ...]:
    """Return those proposed that a list has not: neither by key, nor by kind, name and commune."""
    keys: set[str] = set()
    names: set[tuple[str, str]] = set()
    for one in known:
        keys.add(one.key)
        names.add((plain(one.name), commune_key(one.commune)))
    return tuple(
        one
        for one in proposed
        if one.key not in keys and (plain(one.name), commune_key(one.commune)) not in names
    )
