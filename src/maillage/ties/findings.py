"""What may be doubtful in a file of ties."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

NO_COLUMN = FindingKind(
    "ties-no-column",
    Severity.ERROR,
    "Il manque la colonne « {value} ».",
    "Un tableau de liens a les colonnes de, vers, lien, et s'il y en a plusieurs, vague.",
)
DOUBTFUL_NAME = FindingKind(
    "ties-doubtful-name",
    Severity.WARNING,
    "« {value} » peut être : {candidates}. Ce lien n'est pas compté.",
    "Écrivez le nom exact de la liste, avec sa commune si plusieurs portent ce nom.",
)
UNKNOWN_NAME = FindingKind(
    "ties-unknown-name",
    Severity.WARNING,
    "« {value} » n'est pas dans la liste des structures : ce lien n'est pas compté.",
    "Ajoutez-la à la liste si elle est du territoire, ou corrigez son nom.",
)
UNKNOWN_LINK = FindingKind(
    "ties-unknown-link",
    Severity.WARNING,
    "« {value} » n'est pas un lien connu : compté comme « connait ».",
    "Les liens : connait, travaille_avec, oriente_vers.",
)
SELF = FindingKind(
    "ties-self",
    Severity.INFO,
    "« {value} » est liée à elle-même : ce n'est pas compté.",
    "Retirez cette ligne.",
)
TWICE = FindingKind(
    "ties-twice",
    Severity.INFO,
    "Le même lien est déjà à la ligne {first} : il n'est compté qu'une fois.",
    "Retirez la ligne de trop.",
)
NO_TELLER = FindingKind(
    "ties-no-teller",
    Severity.WARNING,
    "Une ligne ne dit pas de qui part le lien : elle n'est pas comptée.",
    "Remplissez la colonne « de ».",
)
SAME_MEMBER = FindingKind(
    "ties-same-member",
    Severity.WARNING,
    "La clé « {value} » est déjà à la ligne {first} de la liste : la première est lue.",
    "Donnez une clé à chaque structure.",
)
SILENCE_UNKNOWN = FindingKind(
    "ties-silence-unknown",
    Severity.INFO,
    "La liste ne dit pas qui a répondu : on compte comme entendues celles qui ont dit un lien.",
    "Ajoutez la colonne « entendue » (oui, non, ou les vagues) : qui n'a cité personne n'est pas "
    "qui n'a pas répondu.",
)
