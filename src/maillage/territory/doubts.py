"""The doubts that the reading of a territory can raise, each declared once."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

COMMUNE_WITHOUT_CODE = FindingKind(
    "commune-without-code",
    Severity.ERROR,
    "Une commune n'a pas de code INSEE ou pas de nom ({value}) : elle est laissée de côté.",
    "Complétez la fiche de cette commune dans le fichier.",
)
COMMUNE_TWICE = FindingKind(
    "commune-twice",
    Severity.WARNING,
    "La commune {value} est donnée deux fois : seule la première fiche est gardée.",
    "Vérifiez laquelle des deux fiches est la bonne.",
)
COMMUNE_ELSEWHERE = FindingKind(
    "commune-of-another-epci",
    Severity.WARNING,
    "La commune est rangée dans le fichier de cet EPCI mais dit appartenir à l'EPCI {value}.",
    "Vérifiez le périmètre de l'EPCI à la date du fichier.",
)
COMMUNE_ABSENT = FindingKind(
    "commune-absent-from-epci-file",
    Severity.WARNING,
    "{value} appartient à l'EPCI mais manque dans le fichier de ses communes : elle est ajoutée "
    "d'après la liste nationale, sans contour.",
    "Téléchargez le fichier complet des communes de l'EPCI.",
)
POPULATION_MISSING = FindingKind(
    "population-missing",
    Severity.WARNING,
    "La population de la commune n'est pas publiée : elle compte pour zéro habitant.",
    "Demandez le chiffre à l'INSEE ou à la mairie.",
)
POPULATION_UNREADABLE = FindingKind(
    "population-unreadable",
    Severity.WARNING,
    "La population « {value} » n'est pas un nombre entier positif : elle est laissée inconnue.",
    "Corrigez la population dans le fichier.",
)
CONTOUR_MISSING = FindingKind(
    "contour-missing",
    Severity.INFO,
    "Le contour de la commune manque : elle ne sera qu'un point sur les cartes.",
    "Téléchargez les contours des communes (API Découpage administratif).",
)
CONTOUR_UNREADABLE = FindingKind(
    "contour-unreadable",
    Severity.WARNING,
    "Le contour de la commune n'est pas un polygone lisible ({value}) : il est laissé de côté.",
    "Téléchargez de nouveau les contours des communes.",
)
POINT_FROM_CONTOUR = FindingKind(
    "point-from-contour",
    Severity.WARNING,
    "Ni mairie ni centre : le point de la commune est pris à l'intérieur de son contour.",
    "Ajoutez le point de la mairie.",
)
POINT_MISSING = FindingKind(
    "point-missing",
    Severity.ERROR,
    "La commune n'a ni mairie, ni centre, ni contour : elle est laissée de côté.",
    "Ajoutez le point de la mairie.",
)
MAIRIE_OUTSIDE = FindingKind(
    "mairie-outside-contour",
    Severity.WARNING,
    "Le point de la mairie est à {value} km du contour de la commune : le centre de la commune "
    "est pris à sa place.",
    "Corrigez l'adresse de la mairie dans l'annuaire de l'administration.",
)
POINT_OUTSIDE = FindingKind(
    "point-outside-contour",
    Severity.WARNING,
    "Le point de la commune est à {value} km de son contour : il est gardé, faute d'autre.",
    "Corrigez le point de la commune.",
)
NEIGHBOUR_MAIRIE_FAR = FindingKind(
    "neighbour-mairie-far",
    Severity.INFO,
    "Le point de la mairie de cette commune voisine est à {value} km de son centre : le centre "
    "est pris à sa place.",
    "Corrigez l'adresse de la mairie dans l'annuaire de l'administration.",
)
COORDINATES_UNREADABLE = FindingKind(
    "coordinates-unreadable",
    Severity.WARNING,
    "Les coordonnées « {value} » ne sont pas une longitude et une latitude en degrés : elles sont "
    "laissées de côté.",
    "Donnez des coordonnées en degrés (WGS84), longitude puis latitude.",
)
CODES_UNREADABLE = FindingKind(
    "codes-unreadable",
    Severity.WARNING,
    "« {value} » n'est pas une liste de codes entre guillemets : ce qui n'en est pas est laissé de "
    "côté.",
    'Écrivez une liste de codes, chacun entre guillemets, par exemple ["62400"].',
)
IFN_MISSING = FindingKind(
    "ifn-missing",
    Severity.INFO,
    "L'indice de fragilité numérique de cette commune n'est pas publié.",
    "La commune est peut-être née d'une fusion après le calcul de l'indice.",
)
FIGURE_UNREADABLE = FindingKind(
    "figure-unreadable",
    Severity.WARNING,
    "« {value} » n'est pas un nombre : le chiffre est laissé inconnu.",
    "Corrigez la cellule dans le fichier.",
)
FIGURE_OUT_OF_RANGE = FindingKind(
    "figure-out-of-range",
    Severity.WARNING,
    "{value} est hors des bornes de cet indicateur ({low} à {high}) : le chiffre est laissé "
    "inconnu.",
    "Corrigez la cellule dans le fichier.",
)
CODE_OUTSIDE = FindingKind(
    "indicator-code-outside",
    Severity.WARNING,
    "{value} a des chiffres mais n'est pas une commune de l'EPCI : ils sont laissés de côté.",
    "La commune a peut-être fusionné ou changé d'EPCI depuis ces chiffres : reportez-les sur la "
    "commune nouvelle.",
)
CODE_WITHOUT_FIGURES = FindingKind(
    "commune-without-indicators",
    Severity.INFO,
    "Cette commune n'a aucune ligne dans les indicateurs rassemblés.",
    "La commune est peut-être née d'une fusion depuis ces chiffres.",
)
INDICATORS_DISAGREE = FindingKind(
    "indicators-disagree",
    Severity.WARNING,
    "Deux sources donnent des valeurs différentes de « {label} » : {value}. La première est "
    "gardée.",
    "Comparez les millésimes des deux fichiers.",
)
POPULATIONS_DISAGREE = FindingKind(
    "populations-disagree",
    Severity.INFO,
    "Les sources donnent des populations différentes : {value}. La première est gardée.",
    "Les millésimes diffèrent ; au besoin, vérifiez auprès de l'INSEE.",
)
EPCI_POPULATION = FindingKind(
    "epci-population-disagrees",
    Severity.WARNING,
    "La population publiée de l'EPCI et la somme de ses communes diffèrent : {value}.",
    "Vérifiez qu'aucune commune ne manque au fichier.",
)
EPCI_IFN = FindingKind(
    "epci-ifn-disagrees",
    Severity.INFO,
    "L'indice publié de l'EPCI et la moyenne de ses communes diffèrent pour « {label} » : {value}.",
    "Le périmètre de l'EPCI a pu changer depuis le calcul de l'indice.",
)
ILLECTRONISME_MISSING = FindingKind(
    "illectronisme-missing",
    Severity.INFO,
    "L'estimation publiée de l'illectronisme ne dit rien de cet EPCI.",
    "L'EPCI est peut-être hors de la région étudiée, ou né après l'estimation.",
)
EPCI_UNLISTED = FindingKind(
    "epci-unlisted",
    Severity.INFO,
    "L'EPCI n'est pas dans la liste nationale des EPCI.",
    "Il a peut-être été créé ou renommé depuis cette liste.",
)
