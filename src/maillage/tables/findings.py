"""What can be doubtful in a file of rows as such, whatever its rows tell."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

ENCODING_GUESSED = FindingKind(
    "file-encoding-guessed",
    Severity.INFO,
    "Le fichier n'est pas en UTF-8 : il a été lu comme un fichier Windows ({value}).",
    "Vérifiez les accents, ou enregistrez-le au format « CSV UTF-8 ».",
)
ENCODING_MIXED = FindingKind(
    "file-encoding-mixed",
    Severity.WARNING,
    "{n_lines} ligne(s) ne sont pas dans le même encodage que le reste du fichier ; "
    "elles ont été lues comme du texte Windows.",
    "Vérifiez les accents de ces lignes, ou enregistrez tout le fichier en UTF-8.",
)
TITLE_ROWS = FindingKind(
    "file-title-rows",
    Severity.INFO,
    "{n_rows} ligne(s) de titre précèdent les noms des colonnes ; elles ont été laissées "
    "de côté : « {value} ».",
    "Si ces lignes contenaient des données, supprimez ce qui précède les noms des colonnes.",
)
DUPLICATE_COLUMN = FindingKind(
    "file-duplicate-column",
    Severity.WARNING,
    "Deux colonnes portent le nom « {value} » ; la seconde a été appelée « {name} ».",
    "Donnez un nom différent à chaque colonne.",
)
UNNAMED_COLUMN = FindingKind(
    "file-unnamed-column",
    Severity.WARNING,
    "La colonne {position} contient des données mais n'a pas de nom ; elle a été appelée "
    "« {value} ».",
    "Donnez un nom à cette colonne.",
)
ROW_TOO_SHORT = FindingKind(
    "row-too-short",
    Severity.WARNING,
    "La ligne a {value} cellule(s) au lieu de {expected} : les dernières sont considérées "
    "comme non renseignées.",
    "Vérifiez qu'il ne manque pas un séparateur sur cette ligne.",
)
ROW_TOO_LONG = FindingKind(
    "row-too-long",
    Severity.WARNING,
    "La ligne a {value} cellules au lieu de {expected} : ce qui dépasse a été laissé de côté.",
    "Entourez de guillemets les textes qui contiennent le séparateur.",
)
OTHER_SEPARATOR = FindingKind(
    "row-other-separator",
    Severity.WARNING,
    "La ligne est séparée par {value} alors que le fichier l'est par {usual} ; "
    "elle a été lue avec son propre séparateur.",
    "Employez le même séparateur dans tout le fichier.",
)
OTHER_SHEETS = FindingKind(
    "file-other-sheets",
    Severity.INFO,
    "Seule la feuille « {read} » a été lue ; le classeur contient aussi : {value}.",
    "Enregistrez chaque feuille à lire dans un fichier à part.",
)
MACROS_IGNORED = FindingKind(
    "file-macros-ignored",
    Severity.INFO,
    "Ce classeur contient des macros : elles n'ont pas été exécutées, seules les valeurs ont été "
    "lues.",
    "Rien à faire ; pour transmettre ce fichier, préférez le format xlsx.",
)
FORMULAS_WITHOUT_VALUE = FindingKind(
    "file-formulas-without-value",
    Severity.WARNING,
    "{value} formule(s) du classeur n'ont pas de valeur enregistrée : ces cellules sont "
    "considérées comme non renseignées.",
    "Ouvrez le classeur dans un tableur et enregistrez-le de nouveau, ou collez les valeurs.",
)
CELLS_IN_ERROR = FindingKind(
    "file-cells-in-error",
    Severity.WARNING,
    "{value} cellule(s) du classeur sont en erreur (#N/A, #REF!…) : elles sont considérées comme "
    "non renseignées.",
    "Corrigez ces cellules dans le tableur.",
)
HEADER_ON_TWO_ROWS = FindingKind(
    "file-header-on-two-rows",
    Severity.INFO,
    "Les noms des colonnes tiennent sur deux lignes ; ils ont été joints, par exemple « {value} ».",
    "Si la seconde ligne contenait des données, donnez un nom à chaque colonne sur une seule "
    "ligne.",
)
NOT_A_POINT = FindingKind(
    "feature-not-a-point",
    Severity.INFO,
    "{n_features} objet(s) ne sont pas des points ({value}) : leur forme n'a pas été lue.",
    "Donnez un point à chaque lieu si vous voulez le voir sur la carte.",
)
STRAY_SIGNS = FindingKind(
    "cell-stray-signs",
    Severity.WARNING,
    "{n_cells} cellule(s) de cette colonne contiennent des signes illisibles (signes de "
    "contrôle, signes coupés) : ils ont été ôtés ou remplacés (première cellule : « {value} »).",
    "Corrigez ces cellules dans le fichier d'origine, ou saisissez-les de nouveau.",
)
NO_ROWS = FindingKind(
    "file-without-rows",
    Severity.WARNING,
    "Le fichier a des noms de colonnes mais aucune ligne.",
    "Vérifiez que l'export est complet.",
)
