"""What can be doubtful in a GTFS feed."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity

_LEFT_OUT = "Corrigez ces lignes dans le jeu GTFS, ou signalez-les à son producteur."

ROW_WITHOUT_ID = FindingKind(
    "gtfs-row-without-id",
    Severity.ERROR,
    "Lignes sans identifiant, laissées de côté : {n}.",
    _LEFT_OUT,
)
ID_TWICE = FindingKind(
    "gtfs-id-twice",
    Severity.ERROR,
    "Lignes qui reprennent un identifiant déjà donné, laissées de côté : {n} (ainsi {value}).",
    "Donnez à chacun un identifiant à lui, ou ôtez les lignes en double.",
)
UNREADABLE_VALUE = FindingKind(
    "gtfs-value-unreadable",
    Severity.ERROR,
    "Lignes dont une heure, une date ou un nombre est illisible, laissées de côté : {n} "
    "(ainsi « {value} »).",
    _LEFT_OUT,
)
ROW_TOO_SHORT = FindingKind(
    "gtfs-row-too-short",
    Severity.WARNING,
    "Lignes plus courtes que l'en-tête : {n}. Ce qui manque est considéré comme non renseigné.",
    "Vérifiez que le fichier est complet.",
)
STOP_WITHOUT_PLACE = FindingKind(
    "gtfs-stop-without-place",
    Severity.ERROR,
    "Arrêts sans latitude ou longitude utilisable, laissés de côté : {n} (ainsi {value}).",
    "Demandez au producteur du jeu la position de ces arrêts.",
)
STATION_UNKNOWN = FindingKind(
    "gtfs-station-unknown",
    Severity.WARNING,
    "Arrêts rattachés à une station que le jeu ne connaît pas : {n} (ainsi {value}). Chacun est "
    "pris pour lui-même.",
    "Rien ne manque aux trajets ; signalez-le au producteur du jeu.",
)
LINE_UNKNOWN = FindingKind(
    "gtfs-line-unknown",
    Severity.ERROR,
    "Courses d'une ligne absente de routes.txt, laissées de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
SERVICE_UNKNOWN = FindingKind(
    "gtfs-service-unknown",
    Severity.ERROR,
    "Courses dont aucun calendrier ne dit les jours, laissées de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
VEHICLE_UNKNOWN = FindingKind(
    "gtfs-vehicle-unknown",
    Severity.WARNING,
    "Lignes dont le type de véhicule n'est pas connu : {n} (ainsi « {value} »). On parlera "
    "d'« autre véhicule ».",
    "Vérifiez route_type dans routes.txt.",
)
COLOUR_UNREADABLE = FindingKind(
    "gtfs-colour-unreadable",
    Severity.INFO,
    "Lignes dont la couleur n'est pas faite de six chiffres hexadécimaux : {n} "
    "(ainsi « {value} »).",
    "Rien à faire : la couleur ne sert qu'à l'affichage.",
)
CALL_OF_UNKNOWN_TRIP = FindingKind(
    "gtfs-call-of-unknown-trip",
    Severity.ERROR,
    "Passages d'une course absente de trips.txt, laissés de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
CALL_AT_UNKNOWN_STOP = FindingKind(
    "gtfs-call-at-unknown-stop",
    Severity.ERROR,
    "Passages à un arrêt absent de stops.txt, ou laissé de côté, qui ne sont pas lus : {n} "
    "(ainsi {value}).",
    _LEFT_OUT,
)
CALL_WITHOUT_STOP = FindingKind(
    "gtfs-call-without-stop",
    Severity.WARNING,
    "Passages dans une zone à la demande, et non à un arrêt, qui ne sont pas lus : {n}.",
    "Le transport à la demande par zones n'est pas compté dans les trajets.",
)
CALL_AT_STATION = FindingKind(
    "gtfs-call-at-station",
    Severity.INFO,
    "Passages donnés à une station et non à l'un de ses arrêts : {n} (ainsi {value}). La station "
    "est prise pour arrêt.",
    "Rien à faire si la station est petite ; sinon, demandez au producteur de dire le quai.",
)
CALL_TWICE = FindingKind(
    "gtfs-call-twice",
    Severity.ERROR,
    "Passages qui reprennent le rang d'un autre dans la même course, laissés de côté : {n} "
    "(ainsi {value}).",
    _LEFT_OUT,
)
TIMES_ESTIMATED = FindingKind(
    "gtfs-times-estimated",
    Severity.INFO,
    "Passages sans heure, estimée entre les heures données d'après la distance : {n}.",
    "Rien à faire : le producteur ne donne l'heure qu'aux arrêts principaux.",
)
TRIP_ENDS_UNTIMED = FindingKind(
    "gtfs-trip-ends-untimed",
    Severity.ERROR,
    "Courses sans heure à leur premier ou à leur dernier arrêt, laissées de côté : {n} "
    "(ainsi {value}).",
    _LEFT_OUT,
)
ON_REQUEST = FindingKind(
    "gtfs-on-request",
    Severity.INFO,
    "Passages à la demande, à réserver : {n}. Ils ne comptent pas comme certains, mais dans la "
    "borne haute seulement.",
    "Dites-le aux personnes : la réservation est parfois à faire la veille.",
)
ON_SIGN = FindingKind(
    "gtfs-on-sign",
    Severity.INFO,
    "Passages où il faut faire signe au conducteur, ou le prévenir : {n}. Ils sont comptés comme "
    "les autres.",
    "Dites-le aux personnes.",
)
HEADWAYS_NOT_EXACT = FindingKind(
    "gtfs-headways-not-exact",
    Severity.INFO,
    "Courses données par une fréquence et non par des heures : {n} (ainsi {value}). Les heures "
    "calculées sont indicatives ; si l'intervalle est long, elles ne comptent que dans la borne "
    "haute.",
    "Comptez une attente d'un intervalle entier au plus.",
)
HEADWAY_OF_UNKNOWN_TRIP = FindingKind(
    "gtfs-headway-of-unknown-trip",
    Severity.ERROR,
    "Fréquences d'une course inconnue ou laissée de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
TOO_MANY_RUNS = FindingKind(
    "gtfs-too-many-runs",
    Severity.ERROR,
    "Fréquences qui feraient rouler plus d'un véhicule toutes les {value} secondes, laissées de "
    "côté : {n}.",
    _LEFT_OUT,
)
DAY_UNLIKELY = FindingKind(
    "gtfs-day-unlikely",
    Severity.WARNING,
    "Dates hors des années 1990 à 2100, ramenées à ces bornes : {n} (ainsi {value}).",
    "Vérifiez les dates de calendar.txt et calendar_dates.txt.",
)
SERVICE_DAYS_UNREADABLE = FindingKind(
    "gtfs-service-days-reversed",
    Severity.ERROR,
    "Calendriers qui finissent avant de commencer : {n} (ainsi {value}). Seules leurs dates "
    "ajoutées comptent.",
    _LEFT_OUT,
)
DAY_TOLD_TWICE = FindingKind(
    "gtfs-day-contradicted",
    Severity.WARNING,
    "Dates à la fois ajoutées et ôtées d'un même calendrier : {n} (ainsi {value}). Elles sont "
    "prises pour ôtées.",
    "Demandez au producteur si les bus roulent ces jours-là.",
)
CHANGE_AT_UNKNOWN_STOP = FindingKind(
    "gtfs-change-at-unknown-stop",
    Severity.WARNING,
    "Correspondances à un arrêt inconnu, laissées de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
CHANGE_UNTIMED = FindingKind(
    "gtfs-change-untimed",
    Severity.INFO,
    "Correspondances sans durée : {n}. La durée de la marche en tient lieu.",
    "Rien à faire.",
)
CHANGE_TIME_NOT_READ = FindingKind(
    "gtfs-change-time-not-read",
    Severity.INFO,
    "Durées de correspondance qui ne sont pas celles d'une correspondance à durée minimale, et ne "
    "sont pas lues : {n} (ainsi {value}).",
    "Vérifiez transfer_type dans transfers.txt : min_transfer_time ne vaut que pour le type 2.",
)
CHANGE_IN_SEAT = FindingKind(
    "gtfs-change-in-seat",
    Severity.INFO,
    "Correspondances à bord du même véhicule entre deux courses qui ne sont pas toutes deux "
    "connues, laissées de côté : {n} (ainsi {value}).",
    "Une correspondance ordinaire en tient lieu ; le trajet peut en paraître plus long.",
)
CHANGE_CONDITIONAL = FindingKind(
    "gtfs-change-conditional",
    Severity.INFO,
    "Correspondances propres à certaines lignes ou courses, qui ne sont pas lues : {n}.",
    "La durée ordinaire de la correspondance en tient lieu.",
)
OTHER_CLOCK = FindingKind(
    "gtfs-other-clock",
    Severity.INFO,
    "Les heures de ce jeu sont celles du fuseau {value} ; elles sont lues telles quelles.",
    "Vérifiez que le jeu est bien celui de votre territoire.",
)
HEADWAY_REVERSED = FindingKind(
    "gtfs-headway-reversed",
    Severity.ERROR,
    "Fréquences qui finissent avant de commencer, ou au-delà de 48 h, laissées de côté : {n} "
    "(ainsi {value}).",
    "Une fréquence qui passe minuit s'écrit au-delà de 24 h (22:00:00 à 30:00:00) : signalez-le au "
    "producteur du jeu.",
)
TOO_MANY_CALLS = FindingKind(
    "gtfs-headways-too-many-calls",
    Severity.ERROR,
    "Fréquences qui feraient, à elles toutes, trop de passages pour un horaire ; courses laissées "
    "de côté : {n} (ainsi {value}).",
    _LEFT_OUT,
)
CALENDAR_TOO_LONG = FindingKind(
    "gtfs-calendar-too-long",
    Severity.ERROR,
    "Calendriers trop nombreux sur trop d'années : {n}. Seuls les jours du {value} sont lus.",
    "Demandez au producteur des calendriers qui s'arrêtent avec les horaires.",
)
