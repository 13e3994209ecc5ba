"""data·inclusion v1 → mednum v1.0.2: the way back of ``crosswalk``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard import data_inclusion as di
from maillage.standard import mednum
from maillage.standard.aliases import FIELD_OF
from maillage.standard.crosswalk_words import (
    BASICS,
    BY_PROFESSIONALS,
    CARE,
    CONTACT,
    FRAIS,
    HELP,
    MOBILISATION,
    PUBLICS,
    SERVICE_BESIDE_BASICS,
    SERVICE_OF_THEME,
    Loss,
    described,
    word_of_network,
)
from maillage.standard.data_inclusion import DiService, DiStructure
from maillage.standard.mednum import ModaliteAcces, ModaliteAccompagnement, Service
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word

W = TypeVar("W", bound=Word)

_AS_IS = (
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "complement_adresse",
    "latitude",
    "longitude",
    "telephone",
    "date_maj",
)
_ONLY_THERE = (
    "lien_source",
    "conditions_acces",
    "zone_eligibilite",
    "contact_nom_prenom",
    "volume_horaire_hebdomadaire",
    "nombre_semaines",
    "horaires_accueil",
)
_SERVICE_NAMED = {plain(str(word.value)): word for word in Service}
_FRAIS = {di.Frais.GRATUIT: mednum.Frais.GRATUIT, di.Frais.PAYANT: mednum.Frais.PAYANT}
_WAY_OF_TYPE = {
    di.TypeService.ACCOMPAGNEMENT: ModaliteAccompagnement.ACCOMPAGNEMENT_INDIVIDUEL,
    di.TypeService.ATELIER: ModaliteAccompagnement.DANS_UN_ATELIER_COLLECTIF,
}


@dataclass(slots=True)
class _Said:
    """Words gathered over the services of one structure: None = no service told the field."""

    words: dict[str, tuple[Word, ...] | None] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def add(self, name: str, words: tuple[Word, ...] | None) -> None:
        """Join what one service says to what the others said."""
        before = self.words.get(name)
        if words is None or before is None:
            self.words[name] = before if words is None else words
        else:
            self.words[name] = tuple(dict.fromkeys((*before, *words)))
            if set(before) != set(words) and name != "services":
                text = " | ".join(str(word.value) for word in words)
                self.losses.append(
                    Loss(name, text, tr("différent d'un service à l'autre : réunis"))
                )


def from_data_inclusion(
    structure: DiStructure, services: Iterable[DiService]
) -> tuple[MednumRecord, tuple[Loss, ...]]:
    """Return a structure and its services as one mednum record, and what is lost.

    Services that bear a mednum name are that service; others are read by their digital themes.
    What the services say is joined; where they differ, a loss says so.
    """
    said = _Said()
    kept = list(services)
    for service in kept:
        _hear(said, service, structure)
    links = list(dict.fromkeys(s.lien_mobilisation for s in kept if s.lien_mobilisation))
    said.losses.extend(Loss("prise_rdv", link, tr("un seul lien est gardé")) for link in links[1:])
    _hear_networks(said, structure)
    if structure.lien_source:
        said.losses.append(Loss("structure.lien_source", structure.lien_source, _no_field()))
    told: dict[str, Any] = {name: getattr(structure, name) for name in _AS_IS}
    told.update(said.words)
    record = MednumRecord(
        id=structure.id.removeprefix(f"{structure.source}--"),
        nom=structure.nom or None,
        pivot=structure.siret,
        courriels=(structure.courriel,) if structure.courriel else None,
        site_web=(structure.site_web,) if structure.site_web else None,
        horaires=structure.horaires_accueil,
        presentation_detail=structure.description,
        source=structure.source,
        fiche_acces_libre=structure.accessibilite_lieu,
        prise_rdv=links[0] if links else None,
        **told,
    )
    return record, tuple(dict.fromkeys(said.losses))


def _hear(said: _Said, service: DiService, structure: DiStructure) -> None:
    said.add("services", _kinds(said, service, structure))
    said.add("frais_a_charge", _frais(said, service))
    said.add("publics_specifiquement_adresses", _publics(said, service))
    care = _after(CARE, service.publics_precisions, mednum.PriseEnChargeSpecifique)
    said.add("prise_en_charge_specifique", care)
    if care is None and service.publics_precisions:
        said.losses.append(
            Loss("service.publics_precisions", service.publics_precisions, _no_field())
        )
    said.add("modalites_acces", _access(said, service))
    said.add("modalites_accompagnement", _ways(service))
    for name in _ONLY_THERE:
        if (value := getattr(service, name)) is not None:
            said.losses.append(Loss(f"service.{name}", str(value), _no_field()))
    for name in (*_AS_IS, "courriel"):
        value = getattr(service, name)
        if value not in {None, getattr(structure, name)}:
            reason = tr("le service a le sien : seul celui de la structure est gardé")
            said.losses.append(Loss(f"service.{name}", str(value), reason))


def _after(heading: str, text: str | None, words: type[W]) -> tuple[W, ...] | None:
    """Return the words written in full after a heading; None where it is not there."""
    _, found, tail = (text or "").partition(f"{heading} : ")
    if not found:
        return None
    by_value = {str(word.value): word for word in words}
    parts = [part.strip() for part in tail.split(" | ")]
    return tuple(by_value[part] for part in parts if part in by_value) or None


def _kinds(said: _Said, service: DiService, structure: DiStructure) -> tuple[Service, ...] | None:
    named = _SERVICE_NAMED.get(plain(service.nom))
    if named is not None:
        written = described(str(named.value), structure.nom)
        if not service.description.startswith(written):
            said.losses.append(Loss("service.description", service.description, _no_field()))
        return (named,)
    said.losses.append(Loss("service.nom", service.nom, tr("mednum ne nomme pas les services")))
    said.losses.append(Loss("service.description", service.description, _no_field()))
    return _kinds_of_themes(said, service.thematiques or ())


def _kinds_of_themes(said: _Said, themes: tuple[di.Thematique, ...]) -> tuple[Service, ...] | None:
    if BASICS in themes and (beside := [t for t in SERVICE_BESIDE_BASICS if t in themes]):
        found = {SERVICE_BESIDE_BASICS[theme] for theme in beside}
        themes = tuple(theme for theme in themes if theme not in {BASICS, *beside})
    else:
        found = set()
        if BASICS in themes:
            reason = tr("trois services possibles : le plus large a été retenu")
            said.losses.append(Loss("services", str(BASICS.value), reason))
    for theme in themes:
        if theme in SERVICE_OF_THEME:
            found.add(SERVICE_OF_THEME[theme])
        else:
            said.losses.append(Loss("services", str(theme.value), tr("aucun service mednum")))
    return tuple(kind for kind in Service if kind in found) or None


def _frais(said: _Said, service: DiService) -> tuple[mednum.Frais, ...] | None:
    written = _after(FRAIS, service.frais_precisions, mednum.Frais)
    if written is None and service.frais_precisions:
        said.losses.append(Loss("service.frais_precisions", service.frais_precisions, _no_field()))
    if written is not None or service.frais is None:
        return written
    return (_FRAIS[service.frais],)


def _publics(
    said: _Said, service: DiService
) -> tuple[mednum.PublicSpecifiquementAdresse, ...] | None:
    """Return the publics in particular; « tous-publics » is told none."""
    if service.publics is None:
        return None
    back = {public: word for word, public in PUBLICS.items()}
    unsaid = [p for p in service.publics if p not in back and p is not di.Public.TOUS_PUBLICS]
    for public in unsaid:
        reason = tr("aucun public mednum ne dit cela")
        said.losses.append(Loss("publics_specifiquement_adresses", str(public.value), reason))
    words = tuple(back[public] for public in service.publics if public in back)
    return None if unsaid and not words else words


def _access(said: _Said, service: DiService) -> tuple[ModaliteAcces, ...] | None:
    text = service.mobilisation_precisions
    written = _after(CONTACT, text, ModaliteAcces)
    if written is not None:
        return written
    if text:
        said.losses.append(Loss("service.mobilisation_precisions", text, _no_field()))
    by = service.mobilisable_par or ()
    closed = di.PersonneMobilisatrice.USAGERS not in by and bool(by)
    words = [w for w, mode in MOBILISATION.items() if mode in (service.modes_mobilisation or ())]
    other = ModaliteAcces.CONTACTER_PAR_MAIL if closed else BY_PROFESSIONALS
    return tuple(word for word in words if word is not other) or None


def _ways(service: DiService) -> tuple[ModaliteAccompagnement, ...] | None:
    written = _after(HELP, service.description, ModaliteAccompagnement)
    if written is not None:
        return written
    said = [_WAY_OF_TYPE[service.type]] if service.type in _WAY_OF_TYPE else []
    if di.ModeAccueil.A_DISTANCE in (service.modes_accueil or ()):
        said.append(ModaliteAccompagnement.A_DISTANCE)
    return tuple(said) or None


def _hear_networks(said: _Said, structure: DiStructure) -> None:
    for network in structure.reseaux_porteurs or ():
        word = word_of_network(network)
        if word is None:
            reason = tr("aucun mot mednum, ou plusieurs, pour ce réseau porteur")
            said.losses.append(Loss("typologie", str(network.value), reason))
            continue
        name = FIELD_OF[type(word)]
        said.words[name] = (*(said.words.get(name) or ()), word)


def _no_field() -> str:
    return tr("mednum n'a pas de champ pour cela")
