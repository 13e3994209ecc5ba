"""The doubts that can be met while a record is put in its commune and on the map."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

INSEE_CONTRADICTED = FindingKind(
    "commune-contradicted",
    Severity.WARNING,
    "Le code INSEE {value} désigne {told}, mais le reste de l'adresse désigne {proposed}.",
    "Corrigez le code INSEE ou l'adresse ; en attendant, le lieu compte dans la commune "
    "{of_proposed} ({code}).",
)
NAME_CONTRADICTED = FindingKind(
    "commune-name-contradicted",
    Severity.WARNING,
    "La commune dite est {value}, mais {signs} {proposed}.",
    "Corrigez le nom ou l'adresse ; en attendant, le lieu compte dans la commune {of_proposed} "
    "({code}).",
)
POSTAL_AS_INSEE = FindingKind(
    "postal-code-as-insee",
    Severity.WARNING,
    "Le code {value}, donné comme code INSEE, est un code postal.",
    "Remplacez-le par le code INSEE {of_proposed} : {code}.",
)
INSEE_AS_POSTAL = FindingKind(
    "insee-code-as-postal",
    Severity.WARNING,
    "Le code {value}, donné comme code postal, est le code INSEE {of_proposed}.",
    "Remplacez-le par le code postal {of_proposed} ({postal}).",
)
INSEE_UNKNOWN = FindingKind(
    "insee-code-unknown",
    Severity.WARNING,
    "Le code INSEE {value} n'est celui d'aucune commune d'ici (commune fusionnée ? erreur ?).",
    "Le lieu compte dans la commune {of_proposed} ({code}), d'après le reste de l'adresse : "
    "vérifiez le code.",
)
COMMUNE_UNKNOWN = FindingKind(
    "commune-unknown",
    Severity.WARNING,
    "« {value} » n'est le nom d'aucune commune d'ici (fusionnée ? lieu-dit ? erreur ?).",
    "Le lieu compte dans la commune {of_proposed} ({code}), d'après le reste de l'adresse : "
    "vérifiez la commune.",
)
COMMUNE_MERGED = FindingKind(
    "commune-merged",
    Severity.INFO,
    "« {value} » fait partie {of_proposed} depuis une fusion de communes.",
    "Écrivez {proposed} ({code}) ; le lieu y est déjà compté.",
)
COMMUNE_MISSPELT = FindingKind(
    "commune-misspelt",
    Severity.WARNING,
    "« {value} » est lu comme {proposed}, seule commune possible au nom voisin.",
    "Corrigez le nom de la commune : {proposed} ({code}).",
)
POSTAL_CONTRADICTED = FindingKind(
    "postal-code-contradicted",
    Severity.WARNING,
    "Le code postal {value} n'est pas celui {of_proposed}.",
    "Vérifiez le code postal ({postal} pour {proposed}) ou la commune ; en attendant, le lieu "
    "compte dans la commune {of_proposed} ({code}).",
)
COMMUNE_SEVERAL = FindingKind(
    "commune-several",
    Severity.WARNING,
    "La commune n'est pas certaine : « {value} » peut désigner {candidates}.",
    "Donnez le code INSEE de la commune, ou son nom et son code postal.",
)
NO_COORDINATES = FindingKind(
    "coordinates-missing",
    Severity.INFO,
    "Lieu sans coordonnées, placé au point de sa commune ({value}).",
    "Géocodez l'adresse avec la Base Adresse Nationale, ou relevez le point sur une carte.{also}",
)
COORDINATES_OUTSIDE = FindingKind(
    "coordinates-outside",
    Severity.WARNING,
    "Les coordonnées ({value}) sont à {km} {of_commune}, la commune dite.",
    "Corrigez les coordonnées ; en attendant, le lieu est placé {there}.{also}",
)
GEOCODED = FindingKind(
    "coordinates-geocoded",
    Severity.INFO,
    "Lieu sans coordonnées sûres, placé {precision} d'après son adresse : « {value} », trouvée "
    "dans {engine} avec une certitude de {score} sur 1.",
    "Vérifiez le point ; s'il est juste, inscrivez ses coordonnées dans la source : {point}.",
)
PLACE_DOUBTS = frozenset(
    kind.code
    for kind in (
        INSEE_CONTRADICTED,
        NAME_CONTRADICTED,
        POSTAL_AS_INSEE,
        INSEE_AS_POSTAL,
        INSEE_UNKNOWN,
        COMMUNE_UNKNOWN,
        COMMUNE_MERGED,
        COMMUNE_MISSPELT,
        POSTAL_CONTRADICTED,
        COMMUNE_SEVERAL,
        NO_COORDINATES,
        COORDINATES_OUTSIDE,
        GEOCODED,
    )
)
"""The codes of all findings told here: they are told anew each time records are located."""
