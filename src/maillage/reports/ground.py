"""What all chapters stand on: the diagnosis, its inside, its map frame, and the names of things."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.access.model import Coverage, ServiceKey
from maillage.access.travel import Mode
from maillage.diagnosis.model import Diagnosis
from maillage.directory.model import Directory, Lieu, Permanence
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Value
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.shapes import territory_frame
from maillage.standard import mednum

_S = mednum.Service
_SHORT: Mapping[mednum.Service, str] = {
    _S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES: "Démarches administratives",
    _S.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN: "Outils du quotidien",
    _S.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE: "Insertion professionnelle",
    _S.UTILISATION_SECURISEE_DU_NUMERIQUE: "Usage sécurisé",
    _S.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE: "Parentalité et éducation",
    _S.LOISIRS_ET_CREATIONS_NUMERIQUES: "Loisirs et création",
    _S.COMPREHENSION_DU_MONDE_NUMERIQUE: "Compréhension du numérique",
    _S.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE: "Accès internet et matériel",
    _S.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE: "Matériel à prix solidaire",
}
_NAMED_SOURCES = 3
SERVICES: tuple[ServiceKey, ...] = (None, *mednum.Service)
"""Any help first, then the nine services in the order of the standard."""


def short_name(service: ServiceKey) -> str:
    """Return the few words that name a service in a table (the standard's own are long)."""
    return tr("Au moins un service") if service is None else tr(_SHORT[service])


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A diagnosis made ready for telling.

    ``inside`` is the directory within the territory; ``services_at[lieu id]`` are the services told
    there, in the order of the standard, empty where nobody told.
    """

    diagnosis: Diagnosis
    inside: Directory
    frame: Frame
    zone_index: Mapping[str, int]
    services_at: Mapping[str, tuple[mednum.Service, ...]]
    permanences_at: Mapping[str, tuple[Permanence, ...]]

    def zone_name(self, zone_id: str) -> str:
        """Return the name of a zone."""
        return self.diagnosis.territory.zones[self.zone_index[zone_id]].name

    def parameter(self, name: str) -> Value | None:
        """Return the value of a parameter the diagnosis used, None where it used none such."""
        return next((p.value for p in self.diagnosis.parameters if p.name == name), None)

    def coverage(self, service: ServiceKey, mode: Mode, minutes: float) -> Coverage | None:
        """Return the coverage of one service by one mode at one threshold, None if not computed."""
        wanted = (service, mode, minutes)
        return next(
            (
                c
                for c in self.diagnosis.access.coverage
                if (c.service, c.mode, c.threshold_minutes) == wanted
            ),
            None,
        )

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The thresholds of the coverage tables, in minutes, ascending."""
        return tuple(sorted({c.threshold_minutes for c in self.diagnosis.access.coverage}))

    @property
    def times_source(self) -> str:
        """The sentence that says how times were measured, put beside every figure made of them."""
        return self.diagnosis.engine.sentence

    @property
    def given(self) -> tuple[mednum.Service, ...]:
        """The services that at least one lieu gives, here or next door, in the standard's order."""
        n_lieux = self.diagnosis.access.nearest.n_lieux
        return tuple(service for service in mednum.Service if n_lieux.get(service, 0) > 0)

    @property
    def not_given(self) -> tuple[mednum.Service, ...]:
        """The services that no known lieu gives: missing everywhere, so told once."""
        given = set(self.given)
        return tuple(service for service in mednum.Service if service not in given)

    def minutes(self, index: int, service: ServiceKey, mode: Mode) -> float:
        """Return the minutes from one zone to the nearest lieu with a service, inf = none."""
        times = self.diagnosis.access.nearest.minutes.get((service, mode))
        return math.inf if times is None else float(times[index])

    def is_itinerant(self, lieu: Lieu) -> bool:
        """Return whether all that happens at a lieu is a stop of a mobile round."""
        held = self.permanences_at.get(lieu.id, ())
        return bool(held) and all(p.itinerant for p in held)

    @property
    def data_source(self) -> str:
        """The sentence that names the datasets the directory was taken from, few or many."""
        labels = [tally.label for tally in self.diagnosis.supply.by_source]
        if len(labels) > _NAMED_SOURCES:
            return tr(
                "Sources des lieux : {n} listes publiques, nommées au chapitre "
                "« Quelle aide existe »."
            ).format(n=french.number(len(labels)))
        return tr("Sources des lieux : {labels}.").format(labels=", ".join(labels))


def ground_of(diagnosis: Diagnosis) -> Ground:
    """Return the ground of a diagnosis."""
    inside = diagnosis.directory.inside()
    kinds = {service.id: service.kind for service in inside.services}
    held: dict[str, list[Permanence]] = {}
    for permanence in inside.permanences:
        held.setdefault(permanence.lieu_id, []).append(permanence)
    told = {
        lieu_id: {kinds[s] for p in permanences for s in p.service_ids or () if s in kinds}
        for lieu_id, permanences in held.items()
    }
    return Ground(
        diagnosis=diagnosis,
        inside=inside,
        frame=territory_frame(diagnosis.territory),
        zone_index={zone.id: i for i, zone in enumerate(diagnosis.territory.zones)},
        services_at={
            lieu_id: tuple(s for s in mednum.Service if s in kinds_told)
            for lieu_id, kinds_told in told.items()
        },
        permanences_at={lieu_id: tuple(p) for lieu_id, p in held.items()},
    )
