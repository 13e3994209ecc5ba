"""What may be doubtful in a file of answers."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

UNKNOWN_COLUMN = FindingKind(
    "answers-unknown-column",
    Severity.WARNING,
    "La colonne « {value} » n'est d'aucune question du questionnaire : elle n'est pas lue.",
    "Donnez-lui le nom de la question, ou prenez le questionnaire auquel ces réponses répondent.",
)
MISSING_QUESTION = FindingKind(
    "answers-missing-question",
    Severity.WARNING,
    "Aucune colonne ne répond à la question « {value} ».",
    "Si le questionnaire a changé depuis, c'est normal : elle est comptée sans réponse.",
)
TWICE_COLUMN = FindingKind(
    "answers-column-twice",
    Severity.WARNING,
    "Deux colonnes répondent à la question « {value} » : la première est lue.",
    "Retirez celle qui est de trop.",
)
UNKNOWN_CHOICE = FindingKind(
    "answers-unknown-choice",
    Severity.WARNING,
    "« {value} » n'est pas une réponse possible : elle n'est pas comptée.",
    "Corrigez-la dans le fichier, ou ajoutez ce choix au questionnaire.",
)
UNREADABLE = FindingKind(
    "answers-unreadable-value",
    Severity.WARNING,
    "« {value} » ne se lit pas comme la question le demande : la réponse n'est pas comptée.",
    "Écrivez un nombre (12 ou 12,5), une date (2026-11-23 ou 23/11/2026), une heure (14:30).",
)
TOO_LONG = FindingKind(
    "answers-too-long",
    Severity.WARNING,
    "Une réponse de {n} signes : seuls les {most} premiers sont gardés.",
    "Vérifiez que la cellule ne contient pas plusieurs réponses collées.",
)
SAME_ID = FindingKind(
    "answers-same-id",
    Severity.WARNING,
    "La réponse « {value} » est déjà à la ligne {first} : elle n'est comptée qu'une fois.",
    "Retirez la ligne de trop ; si ce sont deux personnes, donnez-leur deux numéros.",
)
SAME_CONTENT = FindingKind(
    "answers-same-content",
    Severity.INFO,
    "Mêmes réponses, mot pour mot, qu'à la ligne {first}.",
    "Deux personnes peuvent répondre pareil ; si la ligne a été collée deux fois, retirez-en une.",
)
OTHER_VERSION = FindingKind(
    "answers-other-version",
    Severity.WARNING,
    "{n} réponse(s) à la version « {value} » du questionnaire, et non « {version} ».",
    "Les questions qui n'ont pas changé se comptent ensemble ; vérifiez celles qui ont changé.",
)
ENDED_BEFORE = FindingKind(
    "answers-ended-before",
    Severity.WARNING,
    "La réponse finit ({value}) avant d'avoir commencé : ses heures ne sont pas gardées.",
    "L'horloge de l'appareil était sans doute mal réglée.",
)
BAD_TIME = FindingKind(
    "answers-bad-time",
    Severity.WARNING,
    "« {value} » n'est pas une date : le moment de la réponse n'est pas gardé.",
    "Écrivez 2026-11-23T14:30 ou 23/11/2026.",
)
UNKNOWN_CHANNEL = FindingKind(
    "answers-unknown-channel",
    Severity.INFO,
    "Le canal « {value} » n'est pas connu : la réponse est comptée parmi les imports.",
    "Les canaux : web, telephone, face-a-face, comptoir, papier, import, atelier.",
)
EMPTY_ROW = FindingKind(
    "answers-empty-row",
    Severity.INFO,
    "Une ligne ne répond à aucune question : elle n'est pas comptée.",
    "Retirez-la si elle est de trop.",
)
UNKNOWN_CONTACT = FindingKind(
    "answers-unknown-contact",
    Severity.WARNING,
    "« {value} » n'est pas dans la liste à entendre : la réponse est gardée sans cette structure.",
    "Ajoutez-la à la liste, puis reprenez le fichier ; ou corrigez sa clé dans le fichier.",
)
