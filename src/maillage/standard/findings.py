"""What can be doubtful in a row of the national schema."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

NAME_MISSING = FindingKind(
    "name-missing",
    _ERROR,
    "La ligne n'a pas de nom : le lieu ne peut pas être repris.",
    "Donnez un nom au lieu, ou supprimez la ligne.",
)
HTML_IN_TEXT = FindingKind(
    "html-in-text",
    _INFO,
    "Le texte contient du code de page web (balises, « &eacute; »), qui a été ôté ; il se lit : "
    "« {value} ».",
    "Corrigez-le dans le fichier d'origine, ou demandez un export sans mise en forme.",
)
WORD_UNKNOWN = FindingKind(
    "word-unknown",
    _WARNING,
    "« {value} » n'est pas un mot du champ {field} : il a été laissé de côté.",
    "Choisissez un mot de la liste du standard national pour le champ {field}.",
)
WORD_NEAREST = FindingKind(
    "word-nearest",
    _INFO,
    "« {value} » ({origin}) n'a pas d'équivalent exact : lu comme « {read} », le plus proche.",
    "Vérifiez que ce mot convient, et employez-le dans le fichier d'origine.",
)
WORD_WITHOUT_EQUIVALENT = FindingKind(
    "word-without-equivalent",
    _INFO,
    "« {value} » ({origin}) n'existe plus dans le champ {field} : {kept}.",
    "Rien à faire si cela vous convient.",
)
PUBLIC_NOT_SPECIFIC = FindingKind(
    "public-not-specific",
    _INFO,
    "Le lieu accueille les adultes comme les autres âges : « publics_accueillis » a été lu comme "
    "« aucun public spécifique », et non comme un lieu réservé à {value}.",
    "Si le lieu s'adresse à un public en particulier, dites-le dans "
    "« publics_specifiquement_adresses ».",
)
ZONING_OUTDATED = FindingKind(
    "label-zrr-outdated",
    _INFO,
    "Le label « {value} » désigne un zonage remplacé par France Ruralités Revitalisation (FRR) "
    "le 1er juillet 2024.",
    "Vérifiez si la commune est classée FRR.",
)
DATE_UNREADABLE = FindingKind(
    "date-unreadable",
    _WARNING,
    "La date « {value} » n'est pas lisible : elle est considérée comme non renseignée.",
    "Écrivez la date sous la forme année-mois-jour, par exemple 2024-05-07.",
)
DATE_IMPLAUSIBLE = FindingKind(
    "date-implausible",
    _WARNING,
    "La date « {value} » est trop ancienne pour être vraie (souvent une date vide mal "
    "convertie) : elle est considérée comme non renseignée.",
    "Donnez la date réelle de mise à jour, ou laissez la cellule vide.",
)
DATE_IN_FUTURE = FindingKind(
    "date-in-future",
    _WARNING,
    "La date « {value} » est postérieure au {on}.",
    "Vérifiez la date de mise à jour.",
)
PHONE_INVALID = FindingKind(
    "phone-invalid",
    _WARNING,
    "Le numéro de téléphone « {value} » n'est pas valide : il a été laissé de côté.",
    "Vérifiez le numéro (10 chiffres, ou +33 suivi de 9 chiffres).",
)
PHONE_SEVERAL = FindingKind(
    "phone-several",
    _INFO,
    "Plusieurs numéros dans une seule cellule (« {value} ») : seul {read} a été gardé.",
    "Le standard national n'accepte qu'un numéro : choisissez celui de l'accueil.",
)
EMAIL_INVALID = FindingKind(
    "email-invalid",
    _WARNING,
    "« {value} » n'est pas une adresse de courriel : elle a été laissée de côté.",
    "Corrigez l'adresse.",
)
URL_INVALID = FindingKind(
    "url-invalid",
    _WARNING,
    "« {value} » n'est pas une adresse de site : elle a été laissée de côté.",
    "Donnez une adresse complète, qui commence par https://.",
)
URL_WITHOUT_SCHEME = FindingKind(
    "url-without-scheme",
    _INFO,
    "L'adresse « {value} » ne dit pas http:// ou https:// : lue comme http://{value}.",
    "Donnez l'adresse complète.",
)
SIRET_INVALID = FindingKind(
    "siret-invalid",
    _WARNING,
    "« {value} » n'est ni un SIRET (14 chiffres) ni un numéro RNA (W et 9 signes) : il a été "
    "laissé de côté.",
    "Cherchez le SIRET sur annuaire-entreprises.data.gouv.fr.",
)
SIRET_KEY_WRONG = FindingKind(
    "siret-key-wrong",
    _WARNING,
    "Le SIRET « {value} » a 14 chiffres mais sa clé de contrôle est fausse.",
    "Cherchez le SIRET sur annuaire-entreprises.data.gouv.fr.",
)
SIREN_FOR_SIRET = FindingKind(
    "siren-for-siret",
    _WARNING,
    "« {value} » est un SIREN (9 chiffres) : il désigne l'organisme, pas l'établissement.",
    "Donnez le SIRET de l'établissement (14 chiffres).",
)
LEADING_ZERO = FindingKind(
    "leading-zero-lost",
    _WARNING,
    "« {value} » a perdu son premier zéro (souvent dans un tableur) : lu comme {read}.",
    "Mettez la colonne au format texte dans le tableur.",
)
CODE_POSTAL_INVALID = FindingKind(
    "code-postal-invalid",
    _WARNING,
    "« {value} » n'est pas un code postal (5 chiffres) : il a été laissé de côté.",
    "Corrigez le code postal.",
)
CODE_INSEE_INVALID = FindingKind(
    "code-insee-invalid",
    _WARNING,
    "« {value} » n'est pas un code INSEE de commune : il a été laissé de côté.",
    "Cherchez le code de la commune sur geo.api.gouv.fr, ou laissez la cellule vide.",
)
CODE_INSEE_IS_POSTAL = FindingKind(
    "code-insee-is-postal",
    _WARNING,
    "Le code INSEE « {value} » est le code postal de la même ligne : sans doute une confusion ; "
    "il a été laissé de côté.",
    "Cherchez le code de la commune sur geo.api.gouv.fr, ou laissez la cellule vide.",
)
COORDINATES_UNREADABLE = FindingKind(
    "coordinates-unreadable",
    _WARNING,
    "Les coordonnées « {value} » (latitude, longitude) ne sont pas lisibles ou sont "
    "incomplètes : elles sont considérées comme non renseignées.",
    "Donnez les deux, en degrés : par exemple 50.5303 et 2.6408.",
)
COORDINATES_ZERO = FindingKind(
    "coordinates-zero",
    _WARNING,
    "Les coordonnées « {value} » tombent dans le golfe de Guinée (une case vide mal convertie) : "
    "elles sont considérées comme non renseignées.",
    "Situez le lieu sur une carte, ou laissez les deux cellules vides.",
)
COORDINATES_SWAPPED = FindingKind(
    "coordinates-swapped",
    _WARNING,
    "La latitude et la longitude semblent inversées (« {value} ») : elles ont été échangées.",
    "Échangez les deux colonnes dans le fichier d'origine.",
)
COORDINATES_LAMBERT = FindingKind(
    "coordinates-lambert-93",
    _WARNING,
    "Les coordonnées « {value} » sont en mètres (Lambert-93) : converties en degrés ({read}).",
    "Donnez la latitude et la longitude en degrés (WGS84).",
)
COORDINATES_OUTSIDE = FindingKind(
    "coordinates-outside-france",
    _WARNING,
    "Les coordonnées « {value} » (latitude, longitude) ne tombent pas en France : elles sont "
    "considérées comme non renseignées.",
    "Vérifiez les coordonnées du lieu.",
)
SUMMARY_TOO_LONG = FindingKind(
    "summary-too-long",
    _INFO,
    "Le résumé dépasse {limit} signes : il a été repris dans la présentation détaillée.",
    "Écrivez un résumé plus court.",
)
REQUIRED_MISSING = FindingKind(
    "required-missing",
    _WARNING,
    "Le champ {field}, obligatoire dans le standard national, n'est pas renseigné.",
    "Renseignez {field} pour que le lieu figure dans le fichier national.",
)
FIELD_NOT_VALID = FindingKind(
    "field-not-valid",
    _WARNING,
    "« {value} » n'est pas accepté par le standard national dans le champ {field}.",
    "Corrigez {field} pour que le lieu figure dans le fichier national.",
)
