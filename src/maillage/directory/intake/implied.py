"""What a source tells by being what it is: the help, the kind of body, the programme.

Nothing is implied without its reason. Town halls and libraries are listed as places, not for any
digital help: their services are not told, they are candidate venues and never count as help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.standard import mednum


@dataclass(frozen=True, slots=True)
class Implied:
    """What each row of a source tells, and why. ``services`` None = not told."""

    reason: str
    services: tuple[mednum.Service, ...] | None = None
    typologie: mednum.Typologie | None = None
    dispositif: mednum.DispositifProgrammeNational | None = None

    def cells(self) -> dict[str, str]:
        """Return the same as cells of the national schema."""
        cells = {}
        if self.services is not None:
            cells["services"] = mednum.SEPARATOR.join(s.value for s in self.services)
        if self.typologie is not None:
            cells["typologie"] = self.typologie.value
        if self.dispositif is not None:
            cells["dispositif_programmes_nationaux"] = self.dispositif.value
        return cells


FRANCE_SERVICES = "france-services"
AIDANTS_CONNECT = "aidants-connect"
BIBLIOTHEQUES = "bibliotheques"
MAIRIES = "mairies"

IMPLIED: Mapping[str, Implied] = MappingProxyType(
    {
        FRANCE_SERVICES: Implied(
            reason=(
                "Les 100 France Services du fichier du hub Hauts-de-France (mai 2023) disent tous "
                "« Réaliser des démarches administratives avec un accompagnement » et « Favoriser "
                "mon insertion professionnelle » ; les autres services varient de l'un à l'autre."
            ),
            services=(
                mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
                mednum.Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE,
            ),
            typologie=mednum.Typologie.RFS,
            dispositif=mednum.DispositifProgrammeNational.FRANCE_SERVICES,
        ),
        AIDANTS_CONNECT: Implied(
            reason=(
                "Une structure habilitée Aidants Connect fait des démarches en ligne à la place de "
                "la personne, sur mandat : c'est l'objet de l'habilitation."
            ),
            services=(mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,),
            dispositif=mednum.DispositifProgrammeNational.AIDANTS_CONNECT,
        ),
        BIBLIOTHEQUES: Implied(
            reason="La liste du ministère de la Culture dit des lieux, non une aide numérique.",
            typologie=mednum.Typologie.BIB,
        ),
        MAIRIES: Implied(
            reason="L'annuaire des mairies dit des lieux, non une aide numérique.",
            typologie=mednum.Typologie.MUNI,
        ),
    }
)

OWN_RECORDS: Mapping[str, str] = MappingProxyType(
    {"13002603200016": "ANCT et BetaGouv, qui tiennent Aidants Connect : comptes d'essai"}
)
"""SIRET of those who run a programme, whose rows in its list are no place open to the public."""
