"""What can be doubtful in a mapping, and in a file read through it."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

COLUMN_VANISHED = FindingKind(
    "mapping-column-vanished",
    _WARNING,
    "La colonne « {value} », qui donne {fields}, n'est plus dans le fichier (ou n'y est jamais "
    "remplie).",
    "Si elle a changé de nom, écrivez le nouveau dans la correspondance.",
)
COLUMN_NEW = FindingKind(
    "mapping-column-new",
    _INFO,
    "La colonne « {value} » est nouvelle : la correspondance ne la connaît pas, elle n'est pas "
    "lue.",
    "Si elle est utile, dites dans la correspondance quel champ elle donne.",
)
COLUMNS_UNMAPPED = FindingKind(
    "mapping-columns-unmapped",
    _INFO,
    "Colonnes du fichier qui ne donnent aucun champ, et ne sont pas lues ({n}) : {names}.",
    "Si l'une d'elles est utile, dites dans la correspondance quel champ elle donne.",
)
VALUES_UNKNOWN = FindingKind(
    "mapping-values-unknown",
    _WARNING,
    "Valeurs sans mot national, laissées de côté ({n_values}, {n_times} fois) : {names}.",
    'Donnez leur mot sous « valeurs » dans la correspondance, ou "" pour les écarter sans bruit.',
)
HTML_STRIPPED = FindingKind(
    "mapping-html-stripped",
    _INFO,
    "{n_cells} cellule(s) de cette colonne contiennent du code de page web (balises, « &eacute; ») "
    "qui a été ôté ; la première se lit : « {value} ».",
    "Rien à faire ; si possible, demandez un export sans mise en forme.",
)
MONTH_AS_DATE = FindingKind(
    "mapping-month-as-date",
    _INFO,
    "{n_cells} date(s) disent un mois sans jour (« {value} ») : lues comme le premier du mois, "
    "la plus ancienne qu'elles puissent être.",
    "Si possible, demandez des dates complètes.",
)
COORDINATES_CONVERTED = FindingKind(
    "mapping-coordinates-converted",
    _INFO,
    "{n_cells} coordonnées ont été converties ({how}) ; la première : {value}.",
    "Rien à faire si les lieux tombent bien sur la carte.",
)
SOURCE_IS_FILE = FindingKind(
    "proposal-source-not-told",
    _WARNING,
    "Le nom du producteur n'est pas connu : « {value} », le nom du fichier, est écrit à sa place.",
    "Écrivez le nom du producteur sous « source » dans la correspondance.",
)
FIELD_MISSING = FindingKind(
    "proposal-field-missing",
    _WARNING,
    "Aucune colonne ne donne {value}, obligatoire dans le standard national.",
    "Si une colonne le donne, nommez-la dans la correspondance.",
)
PIVOT_MISSING = FindingKind(
    "proposal-pivot-missing",
    _INFO,
    "Aucune colonne ne donne le SIRET ou le RNA ({value}) : l'export écrira 14 zéros, comme le "
    "standard national le prévoit.",
    "Rien à faire ; si une colonne le donne, nommez-la dans la correspondance.",
)
NAME_WITHOUT_COLUMN = FindingKind(
    "proposal-name-missing",
    _ERROR,
    "Aucune colonne ne semble donner le nom des lieux : sans nom, aucune ligne ne peut être lue.",
    "Nommez la colonne sous « nom » dans la correspondance.",
)
RIVALS = FindingKind(
    "proposal-rivals",
    _WARNING,
    "Plusieurs colonnes pourraient donner {field} : choisi {columns} ; laissé {rivals}.",
    "Vérifiez ce choix dans la correspondance.",
)
DOUBTFUL = FindingKind(
    "proposal-doubtful",
    _WARNING,
    "Le champ {field} est lu, sans certitude, de {columns} : {reason}.",
    "Vérifiez les exemples ; ôtez ce champ de la correspondance s'ils ne conviennent pas.",
)
VALUES_WORDLESS = FindingKind(
    "proposal-values-wordless",
    _WARNING,
    "{n_values} sans mot national pour {field}, dans {columns} : {names}.",
    'Donnez leur mot sous « valeurs » dans la correspondance, ou "" pour les écarter.',
)
NAMES_SWAPPED = FindingKind(
    "proposal-coordinates-swapped",
    _WARNING,
    "Les noms des colonnes de coordonnées sont trompeurs : {value}, d'après leurs valeurs.",
    "Rien à faire si les lieux tombent bien sur la carte.",
)
