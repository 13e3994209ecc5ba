"""The findings on a NeTEx publication: one of a kind, with their number and a few examples."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

_LEFT_OUT = "Signalez-les au producteur du fichier."
_NOTHING = "Rien à faire."


def _kind(code: str, severity: Severity, message: str, advice: str = _LEFT_OUT) -> FindingKind:
    return FindingKind(f"netex-{code}", severity, message, advice)


BROKEN_XML = _kind(
    "broken-xml",
    Severity.ERROR,
    "Fichier coupé ou mal formé ({value}) : seul ce qui précède a été lu, l'horaire est incomplet.",
    "Téléchargez-le de nouveau ; s'il est publié ainsi, signalez-le à son producteur.",
)
NOT_NETEX = _kind(
    "other-xml",
    Severity.INFO,
    "Ce fichier n'est pas du NeTEx (il commence par « {value} ») : il n'est pas lu.",
    _NOTHING,
)
OTHER_PROFILE = _kind(
    "other-profile",
    Severity.WARNING,
    "Ce NeTEx est écrit selon un autre profil que le profil France (« {value} ») : ce qui lui est "
    "propre n'est pas lu.",
    "Comparez un passage avec une fiche horaire, ou demandez un export au profil France ou un "
    "GTFS.",
)
UNREAD = _kind(
    "elements-unread",
    Severity.INFO,
    "Éléments NeTEx qui ne servent pas aux trajets, ou que ce lecteur ne connaît pas : {n} "
    "({kinds}).",
    "Rien à faire, sauf si l'un d'eux porte des horaires : dites-le-nous.",
)
LOCAL_TRAFFIC = _kind(
    "local-traffic-zones",
    Severity.WARNING,
    "Zones où l'on ne peut à la fois monter et descendre, qui ne sont pas lues : {n}.",
    "Certains trajets courts proposés à l'intérieur de ces zones ne sont pas permis.",
)
DATED_RUNS = _kind(
    "dated-runs",
    Severity.ERROR,
    "Courses datées d'un autre profil que le profil France, qui ne sont pas lues : {n}.",
    "Demandez au producteur un export au profil France, ou un GTFS.",
)
CONTRADICTED = _kind(
    "contradicted",
    Severity.WARNING,
    "Identifiants décrits de deux façons différentes : {n} (ainsi {value}). La version la plus "
    "haute est retenue.",
    "Demandez au producteur laquelle vaut.",
)
WITHOUT_ID = _kind(
    "without-id",
    Severity.ERROR,
    "Éléments sans identifiant, laissés de côté : {n} (ainsi {value}).",
)
BAD_TIME = _kind(
    "time-unreadable",
    Severity.ERROR,
    "Heures illisibles, prises pour non données : {n} (ainsi {value}).",
)
ZONED_TIME = _kind(
    "time-with-zone",
    Severity.WARNING,
    "Courses dont les heures portent un fuseau (Z, +01:00) : {n} (ainsi {value}). Elles sont lues "
    "comme des heures locales.",
    "Comparez un passage avec une fiche horaire du réseau.",
)
BAD_DATE = _kind(
    "date-unreadable",
    Severity.ERROR,
    "Dates, périodes ou jours illisibles, laissés de côté : {n} (ainsi {value}).",
)
DAY_UNLIKELY = _kind(
    "day-unlikely",
    Severity.WARNING,
    "Périodes qui sortent des années 1990 à 2100, ramenées à ces bornes : {n} (ainsi {value}).",
    "Vérifiez les dates du calendrier.",
)
BAD_PLACE = _kind(
    "place-unreadable",
    Severity.ERROR,
    "Positions illisibles ou hors du globe, prises pour non données : {n} (ainsi {value}).",
)
UNKNOWN_SYSTEM = _kind(
    "place-system-unknown",
    Severity.ERROR,
    "Positions dans un système de coordonnées inconnu, prises pour non données : {n} "
    "(ainsi {value}).",
    "Demandez au producteur des positions en longitude et latitude.",
)
BAD_COLOUR = _kind(
    "colour-unreadable",
    Severity.INFO,
    "Lignes dont la couleur n'est pas faite de six chiffres hexadécimaux : {n} (ainsi {value}).",
    "Rien à faire : la couleur ne sert qu'à l'affichage.",
)
PLACE_OF_PARENT = _kind(
    "stop-at-its-station",
    Severity.INFO,
    "Quais sans position, placés à leur lieu d'arrêt : {n} (ainsi {value}).",
    _NOTHING,
)
STOP_WITHOUT_PLACE = _kind(
    "stop-without-place",
    Severity.ERROR,
    "Arrêts desservis dont on n'a pas la position, laissés de côté avec leurs passages : {n} "
    "(ainsi {value}).",
    "Le fichier des arrêts est souvent publié à part : mettez-le dans le même dossier ou zip.",
)
STOP_AMBIGUOUS = _kind(
    "stop-ambiguous",
    Severity.WARNING,
    "Points d'arrêt affectés à plusieurs quais : {n} (ainsi {value}). Le premier est retenu.",
)
LINE_UNKNOWN = _kind(
    "line-unknown",
    Severity.WARNING,
    "Lignes que le fichier nomme sans les décrire : {n} (ainsi {value}). Leurs courses sont lues.",
    "Le fichier des lignes est parfois publié à part : mettez-le dans le même dossier ou zip.",
)
VEHICLE_UNKNOWN = _kind(
    "vehicle-unknown",
    Severity.WARNING,
    "Lignes dont le mode de transport n'est pas connu : {n} (ainsi « {value} »). On parlera "
    "d'« autre véhicule ».",
    "Vérifiez TransportMode dans le fichier des lignes.",
)
DAY_TYPE_ASKS_MORE = _kind(
    "day-type-asks-more",
    Severity.WARNING,
    "Types de jour qui dépendent de fériés, de vacances ou de saisons non datés : {n} "
    "(ainsi {value}). Seuls leurs dates et jours de la semaine comptent.",
    "Vérifiez un jour férié avec une fiche horaire du réseau.",
)
BITS_AGAINST_WEEK = _kind(
    "days-contradicted",
    Severity.WARNING,
    "Types de jour dont le calendrier allume des jours que leur semaine exclut : {n} "
    "(ainsi {value}). Le calendrier jour par jour est retenu.",
    "Demandez au producteur lequel vaut.",
)
PERIOD_UNKNOWN = _kind(
    "period-unknown",
    Severity.ERROR,
    "Périodes ou jours que le calendrier nomme sans les décrire : {n} (ainsi {value}).",
    "Le fichier des calendriers manque peut-être : mettez-le dans le même dossier ou zip.",
)
WITHOUT_DAYS = _kind(
    "run-without-days",
    Severity.ERROR,
    "Courses dont aucun calendrier ne dit les jours, laissées de côté : {n} (ainsi {value}).",
    "Le fichier des calendriers manque peut-être : mettez-le dans le même dossier ou zip.",
)
WITHOUT_PATTERN = _kind(
    "run-without-pattern",
    Severity.ERROR,
    "Courses dont le parcours n'est pas décrit, laissées de côté : {n} (ainsi {value}).",
)
WITHOUT_TIMES = _kind(
    "run-without-times",
    Severity.ERROR,
    "Courses sans heures de passage, laissées de côté : {n} (ainsi {value}). D'autres profils que "
    "le profil France donnent des temps de parcours à la place.",
    "Demandez au producteur un export au profil France, ou un GTFS.",
)
TIMES_UNMATCHED = _kind(
    "times-unmatched",
    Severity.ERROR,
    "Courses dont les heures ne se rapportent pas aux arrêts de leur parcours, laissées de côté : "
    "{n} (ainsi {value}).",
)
TIMES_BACKWARDS = _kind(
    "times-backwards",
    Severity.ERROR,
    "Courses dont les heures reculent, laissées de côté : {n} (ainsi {value}).",
)
MIDNIGHT_GUESSED = _kind(
    "midnight-guessed",
    Severity.WARNING,
    "Courses qui passent minuit sans le dire : {n} (ainsi {value}). La suite est prise pour le "
    "lendemain.",
)
TIMES_ESTIMATED = _kind(
    "times-estimated",
    Severity.INFO,
    "Passages sans heure, estimée entre les heures données d'après la distance : {n}.",
    "Rien à faire : le producteur ne donne l'heure qu'aux arrêts principaux.",
)
ENDS_UNTIMED = _kind(
    "ends-untimed",
    Severity.WARNING,
    "Courses sans heure à leurs premiers ou derniers arrêts : {n} (ainsi {value}). Elles sont "
    "prises pour ne pas les desservir.",
)
TOO_SHORT = _kind(
    "run-too-short",
    Severity.ERROR,
    "Courses de moins de deux arrêts utilisables, laissées de côté : {n} (ainsi {value}).",
)
ON_DEMAND = _kind(
    "on-demand",
    Severity.INFO,
    "Courses sur réservation : {n} (ainsi {value}). Elles ne comptent pas comme certaines, mais "
    "dans la borne haute seulement.",
    "Dites-le aux personnes : la réservation est parfois à faire la veille.",
)
HEADWAYS = _kind(
    "headways",
    Severity.INFO,
    "Courses données par une fréquence et non par des heures : {n} (ainsi {value}). Les heures "
    "calculées sont indicatives ; si l'intervalle est long, elles ne comptent que dans la borne "
    "haute.",
    "Comptez une attente d'un intervalle entier au plus.",
)
HEADWAYS_UNREAD = _kind(
    "headways-unread",
    Severity.ERROR,
    "Courses modèles dont la fréquence n'est pas dite d'une façon que ce lecteur connaît, laissées "
    "de côté : {n} (ainsi {value}).",
    "Demandez au producteur un export avec toutes les courses, ou un GTFS.",
)
CHANGE_UNKNOWN = _kind(
    "change-at-unknown-stop",
    Severity.INFO,
    "Correspondances à un arrêt inconnu, laissées de côté : {n} (ainsi {value}).",
    _NOTHING,
)
