"""mednum v1.0.2 ⇄ data·inclusion v1, saying what is lost on the way (see ``crosswalk_words``).

What data·inclusion has no word for but has room to write is written in full, after a fixed French
heading, and read back from there; what it has no room for is a ``Loss``. The law of both ways: a
field that a return journey changes is named by a loss.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard import data_inclusion as di
from maillage.standard import mednum
from maillage.standard.crosswalk_back import from_data_inclusion
from maillage.standard.crosswalk_words import (
    BY_PROFESSIONALS,
    CARE,
    CONTACT,
    FRAIS,
    HELP,
    MOBILISATION,
    NETWORKS,
    PUBLICS,
    THEMES,
    Loss,
    described,
    headed,
    word_of_network,
)
from maillage.standard.data_inclusion import DiService, DiStructure
from maillage.standard.mednum import ModaliteAcces, ModaliteAccompagnement, Service
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word

__all__ = ["Loss", "from_data_inclusion", "to_data_inclusion"]

_EARLIEST = dt.date(2000, 1, 1)  # by data·inclusion v1
_NAME_LENGTH, _TEXT_LENGTH = (3, 150), (5, 10_000)  # signs, by data·inclusion v1
_AS_IS = (
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "complement_adresse",
    "longitude",
    "latitude",
    "telephone",
)
_ON_SERVICES = (
    "services",
    "publics_specifiquement_adresses",
    "prise_en_charge_specifique",
    "frais_a_charge",
    "modalites_acces",
    "modalites_accompagnement",
    "prise_rdv",
)
_PUBLICS = "publics_specifiquement_adresses"  # told none is « tous-publics »
_NO_ROOM = ("itinerance", "structure_parente", "autres_formations_labels")


def to_data_inclusion(
    record: MednumRecord, producer: str = "maillage"
) -> tuple[DiStructure, tuple[DiService, ...], tuple[Loss, ...]]:
    """Return a record as a structure with one service for each of its mednum services, and losses.

    ``producer`` is the source written where the record names none. A record without ``date_maj``
    gives objects that data·inclusion refuses, and a loss says so; nothing is invented.
    """
    source = plain(record.source or "").replace(" ", "-") or producer
    structure_id = f"{source}--{record.id}"
    shared: dict[str, Any] = {name: getattr(record, name) for name in _AS_IS}
    shared["courriel"] = record.courriels[0] if record.courriels else None
    structure = DiStructure(
        source=source,
        id=structure_id,
        nom=(record.nom or "")[: _NAME_LENGTH[1]],
        date_maj=record.date_maj,
        description=_description(record),
        siret=record.pivot if _is_siret(record.pivot) else None,
        site_web=record.site_web[0] if record.site_web else None,
        horaires_accueil=record.horaires,
        accessibilite_lieu=record.fiche_acces_libre,
        reseaux_porteurs=_networks(record),
        **shared,
    )
    services = tuple(_service(record, structure, kind, shared) for kind in record.services or ())
    return structure, services, tuple(_losses(record, source))


def _is_siret(pivot: str | None) -> bool:
    return pivot is not None and len(pivot) == 14 and pivot.isdigit()


def _description(record: MednumRecord) -> str | None:
    told = (record.presentation_resume, record.presentation_detail)
    text = "\n\n".join(part for part in told if part)[: _TEXT_LENGTH[1]]
    return text if len(text) >= _TEXT_LENGTH[0] else None


def _networks(record: MednumRecord) -> tuple[di.ReseauPorteur, ...] | None:
    said = {NETWORKS[word] for word in _network_words(record) if word in NETWORKS}
    return _ordered(di.ReseauPorteur, said)


def _network_words(record: MednumRecord) -> tuple[Word, ...]:
    return (
        *(record.typologie or ()),
        *(record.dispositif_programmes_nationaux or ()),
        *(record.formations_labels or ()),
    )


def _ordered(vocabulary: Iterable[Any], said: set[Any]) -> tuple[Any, ...] | None:
    """Return the words of a set in the order of their vocabulary; None where there is none."""
    return tuple(word for word in vocabulary if word in said) or None


def _service(
    record: MednumRecord, structure: DiStructure, kind: Service, shared: dict[str, Any]
) -> DiService:
    name = str(kind.value)
    written = described(name, structure.nom)
    access = record.modalites_acces or ()
    return DiService(
        source=structure.source,
        structure_id=structure.id,
        id=f"{structure.id}--{plain(name).replace(' ', '-')}",
        nom=name,
        description=" ".join(
            filter(None, (written, headed(HELP, record.modalites_accompagnement)))
        ),
        date_maj=record.date_maj,
        type=_type(kind, record.modalites_accompagnement or ()),
        thematiques=THEMES[kind],
        frais=_frais(record.frais_a_charge),
        frais_precisions=_frais_text(record.frais_a_charge),
        publics=_publics(record),
        publics_precisions=headed(CARE, record.prise_en_charge_specifique),
        modes_accueil=_modes_accueil(record),
        lien_mobilisation=record.prise_rdv,
        modes_mobilisation=_ordered(
            di.ModeMobilisation, {MOBILISATION[word] for word in access if word in MOBILISATION}
        ),
        mobilisable_par=_by_whom(access),
        mobilisation_precisions=headed(CONTACT, record.modalites_acces),
        **shared,
    )


def _type(kind: Service, ways: tuple[ModaliteAccompagnement, ...]) -> di.TypeService | None:
    """Return the one type of a service; ways of helping beyond it stay in the description."""
    if kind is Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE:
        return di.TypeService.AIDE_MATERIELLE
    if ModaliteAccompagnement.ACCOMPAGNEMENT_INDIVIDUEL in ways:
        return di.TypeService.ACCOMPAGNEMENT
    if ModaliteAccompagnement.DANS_UN_ATELIER_COLLECTIF in ways:
        return di.TypeService.ATELIER
    if ModaliteAccompagnement.EN_AUTONOMIE in ways:
        return di.TypeService.AIDE_MATERIELLE
    return None


def _frais(told: tuple[mednum.Frais, ...] | None) -> di.Frais | None:
    if not told:
        return None
    return di.Frais.GRATUIT if set(told) == {mednum.Frais.GRATUIT} else di.Frais.PAYANT


def _frais_text(told: tuple[mednum.Frais, ...] | None) -> str | None:
    """Return the costs in full where « gratuit » or « payant » does not say it all."""
    plainly = told in {(mednum.Frais.GRATUIT,), (mednum.Frais.PAYANT,)}
    return None if plainly else headed(FRAIS, told)


def _publics(record: MednumRecord) -> tuple[di.Public, ...] | None:
    told = record.publics_specifiquement_adresses
    if told is None:
        return None
    return _ordered(di.Public, {PUBLICS[word] for word in told}) or (di.Public.TOUS_PUBLICS,)


def _modes_accueil(record: MednumRecord) -> tuple[di.ModeAccueil, ...] | None:
    """Return where help is given, as far as the ways of helping tell."""
    ways = set(record.modalites_accompagnement or ())
    closed = ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC in (record.modalites_acces or ())
    said = set()
    if ModaliteAccompagnement.A_DISTANCE in ways:
        said.add(di.ModeAccueil.A_DISTANCE)
    if ways - {ModaliteAccompagnement.A_DISTANCE} and not closed:
        said.add(di.ModeAccueil.EN_PRESENTIEL)
    return _ordered(di.ModeAccueil, said)


def _by_whom(access: tuple[ModaliteAcces, ...]) -> tuple[di.PersonneMobilisatrice, ...] | None:
    said = set()
    if set(access) & (set(MOBILISATION) - {BY_PROFESSIONALS}):
        said.add(di.PersonneMobilisatrice.USAGERS)
    if BY_PROFESSIONALS in access:
        said.add(di.PersonneMobilisatrice.PROFESSIONNELS)
    return _ordered(di.PersonneMobilisatrice, said)


def _losses(record: MednumRecord, source: str) -> Iterable[Loss]:
    yield from _not_valid(record)
    yield from _shortened(record, source)
    yield from _without_network(record)
    for name in _NO_ROOM:
        if getattr(record, name):
            yield _lost(record, name, tr("data·inclusion v1 n'a pas de champ pour cela"))
    if not record.services:
        for name in _ON_SERVICES:
            if getattr(record, name):
                yield _lost(
                    record, name, tr("aucun service n'est dit, et ce champ va aux services")
                )
    for field in fields(record):
        if getattr(record, field.name) == () and not (record.services and field.name == _PUBLICS):
            yield Loss(
                field.name, "", tr("data·inclusion ne distingue pas « aucun » de « non dit »")
            )


def _lost(record: MednumRecord, name: str, reason: str) -> Loss:
    value = getattr(record, name)
    parts = value if isinstance(value, tuple) else (value or "",)
    text = " | ".join(str(part.value) if isinstance(part, Word) else str(part) for part in parts)
    return Loss(name, text, reason)


def _not_valid(record: MednumRecord) -> Iterable[Loss]:
    if record.date_maj is None:
        yield Loss("date_maj", "", tr("obligatoire en data·inclusion : la fiche sera refusée"))
    elif record.date_maj < _EARLIEST:
        yield _lost(record, "date_maj", tr("antérieure à 2000 : la fiche sera refusée"))
    if len(record.nom or "") < _NAME_LENGTH[0]:
        yield _lost(record, "nom", tr("nom absent ou trop court : la fiche sera refusée"))


def _shortened(record: MednumRecord, source: str) -> Iterable[Loss]:
    if len(record.nom or "") > _NAME_LENGTH[1]:
        yield _lost(record, "nom", tr("coupé à 150 signes"))
    if record.source != source:
        reason = tr("écrit « {source} » en data·inclusion").format(source=source)
        yield Loss("source", record.source or "", reason)
    if record.pivot is not None and not _is_siret(record.pivot):
        yield _lost(record, "pivot", tr("data·inclusion v1 ne prend que les SIRET"))
    for name in ("courriels", "site_web"):
        if len(getattr(record, name) or ()) > 1:
            yield _lost(record, name, tr("seul le premier est gardé"))
    if record.presentation_resume or _description(record) != record.presentation_detail:
        for name in ("presentation_resume", "presentation_detail"):
            yield _lost(record, name, tr("un seul texte en data·inclusion (5 à 10 000 signes)"))


def _without_network(record: MednumRecord) -> Iterable[Loss]:
    for name in ("typologie", "dispositif_programmes_nationaux", "formations_labels"):
        for word in getattr(record, name) or ():
            if word not in NETWORKS:
                yield Loss(name, str(word.value), tr("aucun réseau porteur ne dit ce mot"))
            elif word_of_network(NETWORKS[word]) is not word:
                yield Loss(name, str(word.value), tr("le réseau porteur dit plus large"))
