"""What can be doubtful or wrong in an XLSForm; each finding names its cell (``survey!D12``)."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NO_TYPE = FindingKind(
    "form-row-without-type",
    _WARNING,
    "Cette ligne n'a pas de type : elle a été laissée de côté ({value}).",
    "Donnez-lui un type (text, select_one…), ou effacez-la.",
)
UNKNOWN_TYPE = FindingKind(
    "form-unknown-type",
    _ERROR,
    "Le type « {value} » n'existe pas : la question a été laissée de côté.",
    "Choisissez un type d'XLSForm : text, integer, decimal, date, select_one liste…{near}",
)
UNSUPPORTED_TYPE = FindingKind(
    "form-unsupported-type",
    _WARNING,
    "Le type « {value} » n'est pas repris : la ligne a été laissée de côté.",
    "Le questionnaire marche sans elle ; pour la garder, servez-vous de KoboToolbox ou d'ODK.",
)
UNASKED_TYPE = FindingKind(
    "form-type-not-on-screens",
    _WARNING,
    "Le type « {value} » ne se pose pas sur nos écrans : la question y est passée.",
    "Elle reste dans le questionnaire exporté, pour KoboToolbox ou ODK.",
)
FROM_FILE = FindingKind(
    "form-choices-from-file",
    _WARNING,
    "Les choix viennent du fichier « {value} », que nous ne lisons pas : la question n'est pas "
    "posée sur nos écrans.",
    "Recopiez les choix dans la feuille choices, et écrivez select_one et le nom de la liste.",
)
NO_NAME = FindingKind(
    "form-without-name",
    _ERROR,
    "Cette ligne n'a pas de nom : elle a été appelée « {value} ».",
    "Donnez-lui un nom court, sans espace ni accent : les réponses le porteront.",
)
BAD_NAME = FindingKind(
    "form-bad-name",
    _ERROR,
    "« {value} » ne peut pas être un nom ; la ligne a été appelée « {new} ».",
    "Un nom commence par une lettre et n'a ni espace ni ponctuation (tiret et « _ » exceptés).",
)
DUPLICATE_NAME = FindingKind(
    "form-duplicate-name",
    _ERROR,
    "Le nom « {value} » est déjà pris à la ligne {first} ; celle-ci a été appelée « {new} ».",
    "Donnez un nom différent à chaque question et à chaque groupe.",
)
NO_LABEL = FindingKind(
    "form-without-label",
    _WARNING,
    "La question « {value} » n'a pas de texte : les gens ne liraient que son nom.",
    "Remplissez la colonne label.",
)
UNCLOSED = FindingKind(
    "form-unclosed-group",
    _ERROR,
    "« {value} » est ouvert et jamais refermé : il a été refermé à la fin.",
    "Ajoutez une ligne {end} après sa dernière question.",
)
NEVER_OPENED = FindingKind(
    "form-group-never-opened",
    _ERROR,
    "« {value} » referme un groupe qui n'est pas ouvert : la ligne a été laissée de côté.",
    "Effacez cette ligne, ou ajoutez le begin group qui manque.",
)
CLOSED_OTHERWISE = FindingKind(
    "form-group-closed-otherwise",
    _ERROR,
    "« {value} » referme « {name} », ouvert à la ligne {first} par {begin}.",
    "Écrivez {end} pour refermer ce qui est ouvert en dernier.",
)
EMPTY_GROUP = FindingKind(
    "form-empty-group",
    _WARNING,
    "« {value} » ne contient aucune question.",
    "Effacez-le, ou mettez-y des questions.",
)
UNKNOWN_LIST = FindingKind(
    "form-unknown-list",
    _ERROR,
    "La liste « {value} » n'est pas dans la feuille choices : la question n'a aucun choix.",
    "Ajoutez-la à la feuille choices (colonne list_name), ou corrigez son nom.{near}",
)
NO_LIST = FindingKind(
    "form-without-list",
    _ERROR,
    "Le type « {value} » ne dit pas de quelle liste viennent les choix.",
    "Écrivez le nom de la liste après le type : select_one ma_liste.",
)
UNUSED_LIST = FindingKind(
    "form-unused-list",
    _INFO,
    "Aucune question ne se sert de la liste « {value} ».",
    "Rien à faire si c'est voulu.",
)
CHOICE_WITHOUT = FindingKind(
    "form-incomplete-choice",
    _ERROR,
    "Ce choix n'a pas de {value} : il a été laissé de côté.",
    "Remplissez list_name et name pour chaque choix.",
)
CHOICE_UNLABELLED = FindingKind(
    "form-choice-without-label",
    _WARNING,
    "Le choix « {value} » n'a pas de texte : c'est son nom qui est montré.",
    "Remplissez la colonne label.",
)
CHOICE_DUPLICATE = FindingKind(
    "form-duplicate-choice",
    _ERROR,
    "Le choix « {value} » est deux fois dans la liste « {name} » : le second est laissé de côté.",
    "Donnez à chaque choix un nom différent, ou mettez allow_choice_duplicates à yes (settings).",
)
CHOICE_SPACED = FindingKind(
    "form-choice-name-with-space",
    _ERROR,
    "Le nom de choix « {value} » contient un espace ; il a été appelé « {new} ».",
    "Un choix s'enregistre en un seul mot : remplacez les espaces par « _ ».",
)
COLUMN_LEFT = FindingKind(
    "form-column-left-out",
    _INFO,
    "La colonne « {value} » n'est pas reprise.",
    "Le questionnaire marche sans elle ; elle ne sera pas dans ce que nous exportons.",
)
COLUMN_TWICE = FindingKind(
    "form-column-twice",
    _WARNING,
    "La colonne « {value} » dit la même chose qu'une autre : la première seule est lue.",
    "Effacez l'une des deux.",
)
OTHER_LANGUAGE = FindingKind(
    "form-other-language",
    _INFO,
    "La langue « {value} » n'est pas reprise : seule « {language} » l'est.",
    "Pour une autre langue, changez default_language dans settings et reprenez le fichier.",
)
SETTING_LEFT = FindingKind(
    "form-setting-left-out",
    _INFO,
    "Le réglage « {value} » n'est pas repris.",
    "Le questionnaire marche sans lui.",
)
UNCOMPUTED = FindingKind(
    "form-not-computed",
    _WARNING,
    "{column} : {why} n'est pas calculé par Maillage. {effect}",
    "Le questionnaire marche sans ; récrivez l'expression avec d'autres fonctions, ou faites "
    "passer cette question par KoboToolbox.",
)
WRONG_EXPRESSION = FindingKind(
    "form-wrong-expression",
    _ERROR,
    "{column} : l'expression ne peut pas être lue, car {why}. {effect}",
    "Corrigez « {value} ».",
)
UNKNOWN_NAME = FindingKind(
    "form-unknown-question",
    _ERROR,
    "{column} : « ${{{why}}} » n'est le nom d'aucune question. {effect}",
    "Corrigez le nom, ou ajoutez la question.{near}",
)
BARE_NAME = FindingKind(
    "form-bare-name",
    _ERROR,
    "{column} : « {why} » est écrit sans guillemets ni ${{…}}. {effect}",
    "Écrivez '{why}' si c'est un choix ou un texte, ${{{why}}} si c'est une question.",
)
UNKNOWN_COLUMN = FindingKind(
    "form-unknown-choice-column",
    _ERROR,
    "{column} : « {why} » n'est pas une colonne de la feuille choices. {effect}",
    "Ajoutez la colonne à la feuille choices, ou mettez le mot entre guillemets.",
)
CYCLE = FindingKind(
    "form-cycle",
    _ERROR,
    "{column} : « {why} » tourne en rond : il dépend de lui-même. {effect}",
    "Récrivez l'une de ces expressions sans les autres.",
)
NO_CALCULATION = FindingKind(
    "form-without-calculation",
    _WARNING,
    "« {value} » est une valeur calculée, sans calcul : elle reste vide.",
    "Remplissez la colonne calculation, ou default.",
)
BAD_RANGE = FindingKind(
    "form-bad-range",
    _ERROR,
    "L'échelle « {value} » n'est pas comprise : elle va de 0 à 10.",
    "Écrivez start=0 end=10 step=1, avec un pas positif et des nombres.",
)
ENGINE_REFUSES = FindingKind(
    "form-refused-by-pyxform",
    _ERROR,
    "pyxform, dont se servent KoboToolbox et ODK, refuse ce questionnaire : « {value} ».",
    "Corrigez cette cellule avant de l'envoyer à KoboToolbox.",
)
ENGINE_DOUBTS = FindingKind(
    "form-doubted-by-pyxform",
    _INFO,
    "pyxform, dont se servent KoboToolbox et ODK, remarque : « {value} ».",
    "Le questionnaire se convertit malgré tout.",
)
