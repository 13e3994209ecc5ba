"""What the diagnosis does not know, said plainly, with what would mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maillage.access.offer import lieux_untold
from maillage.access.travel import StraightLine
from maillage.diagnosis.heard_model import Heard
from maillage.diagnosis.heard_unknowns import whom_nobody_heard
from maillage.diagnosis.model import RecordQuality, Share, Supply, Unknown
from maillage.diagnosis.quality import OLD, UNDATED
from maillage.diagnosis.visits_model import VisitsWithoutCar
from maillage.directory.model import Directory, Precision
from maillage.kernel.french import agreed, listed, month, number, percent, plural
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.territory.fragility_model import Fragility
from maillage.territory.model import Territory, ZoneKind

_FIRST_CALLED = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What the diagnosis knows, from which what it does not know can be told."""

    territory: Territory
    directory: Directory
    supply: Supply
    quality: RecordQuality
    fragility: Fragility
    engine_name: str
    parameters: Parameters
    visits: VisitsWithoutCar | None = None
    heard: Heard | None = None


def list_unknowns(facts: Facts) -> tuple[Unknown, ...]:
    """Return what is not known, what weighs most on the figures first."""
    told = (tell(facts) for tell in _TELLERS)
    return tuple(unknown for unknown in told if unknown is not None)


def _services_never_met(facts: Facts) -> Unknown | None:
    met = {service.kind for service in facts.directory.services}
    never = [f"« {kind.label} »" for kind in mednum.Service if kind not in met]
    if not never:
        return None
    sentence = tr(
        "Aucune fiche d'ici ni d'alentour ne cite {services}. Les fichiers d'avant le schéma "
        "actuel n'avaient pas tous ces mots : on ne peut pas en conclure que personne n'en "
        "propose."
    )
    return Unknown(
        "services-never-met",
        tr("Des services que les sources ne citent pas"),
        sentence.format(services=listed(never, tr("ni"))),
        tr("Demander aux structures si elles proposent ces services."),
    )


def _no_streets(facts: Facts) -> Unknown | None:
    if facts.engine_name != StraightLine.name:
        return None
    return Unknown(
        "no-streets",
        tr("Pas de rues"),
        tr(
            "Les temps de trajet sont estimés à vol d'oiseau, allongés d'un détour moyen : une "
            "rivière, une voie ferrée ou une autoroute à contourner ne se voient pas."
        ),
        tr(
            "Relancer le diagnostic avec --streets, qui télécharge les rues d'OpenStreetMap, ou "
            "avec --osm et un extrait (.osm.pbf)."
        ),
    )


def _no_timetables(facts: Facts) -> Unknown | None:
    if facts.visits is not None and not facts.visits.bus_is_missing:
        return None
    return Unknown(
        "no-timetables",
        tr("Les horaires des bus"),
        tr(
            "Les horaires des bus du territoire ne sont pas là : ce que l'on atteint sans voiture "
            "n'est connu qu'entre deux bornes : à pied au moins, par un bus toujours là au plus."
        ),
        tr(
            "Chercher le réseau local par son nom sur transport.data.gouv.fr, et donner ses "
            "horaires (GTFS ou NeTEx) avec --gtfs."
        ),
    )


def _one_point_per_commune(facts: Facts) -> Unknown | None:
    zones = facts.territory.zones
    if not zones or any(zone.kind is not ZoneKind.COMMUNE for zone in zones):
        return None
    return Unknown(
        "one-point-per-commune",
        tr("Un seul point par commune"),
        tr(
            "Faute de contours de quartiers (IRIS) et de carreaux de 200 m, tous les habitants "
            "d'une commune sont placés au même point, sa mairie ou son centre : les hameaux "
            "éloignés ne se voient pas."
        ),
        tr("Ajouter les contours IRIS ou les carreaux de population de l'Insee."),
    )


def _old_records(facts: Facts) -> Unknown | None:
    quality = facts.quality
    old = _share(quality.freshness, OLD)
    if old is None or old.n == 0 or quality.oldest is None or quality.newest is None:
        return None
    months = facts.parameters.numbers("diagnosis.freshness.months")[-1]
    sentence = tr(
        "{share} des fiches ont plus de {months} mois. Leurs dates vont de {oldest} à {newest} : "
        "des lieux ont pu fermer, ouvrir ou changer d'offre depuis."
    )
    return Unknown(
        "old-records",
        tr("Des fiches anciennes"),
        sentence.format(
            share=percent(old.share),
            months=number(months),
            oldest=month(quality.oldest),
            newest=month(quality.newest),
        ),
        tr("Faire vérifier chaque fiche par sa structure, en commençant par les plus anciennes."),
    )


def _undated_records(facts: Facts) -> Unknown | None:
    undated = _share(facts.quality.freshness, UNDATED)
    if undated is None or undated.n == 0:
        return None
    sentence = tr("{share} des fiches ({n} sur {total}) ne portent aucune date de mise à jour.")
    return Unknown(
        "undated-records",
        tr("Des fiches sans date"),
        _counted(sentence, undated),
        tr("Dater chaque fiche le jour où sa structure la confirme."),
    )


def _services_not_told(facts: Facts) -> Unknown | None:
    inside = facts.directory.inside()
    untold = len(lieux_untold(inside))
    if untold == 0:
        return None
    sentence = tr(
        "{untold} sur {total} {verb} dans l'annuaire sans que rien dise quels services y sont "
        "rendus (mairies et bibliothèques des listes nationales, surtout) : ils ne comptent pas "
        "dans l'offre."
    )
    return Unknown(
        "services-not-told",
        tr("Des lieux dont l'offre n'est pas connue"),
        sentence.format(
            untold=plural(untold, tr("lieu"), tr("lieux")),
            total=number(len(inside.lieux)),
            verb=agreed(untold, tr("figure"), tr("figurent")),
        ),
        tr("Demander à ces lieux, un appel suffit, s'ils aident aux démarches en ligne."),
    )


def _hours_not_told(facts: Facts) -> Unknown | None:
    return _field_not_told(
        facts,
        "horaires",
        tr("Des horaires inconnus"),
        tr(
            "{share} des fiches ({n} sur {total}) ne donnent pas d'horaires : un lieu proche peut "
            "être fermé quand on en a besoin."
        ),
        tr("Recueillir les jours et heures d'ouverture de chaque permanence{first}.").format(
            first=_first_to_call(facts)
        ),
    )


def _first_to_call(facts: Facts) -> str:
    """Return the lieux of unknown hours that most people would visit; nothing where none is."""
    names = {lieu.id: lieu.nom for lieu in facts.directory.lieux}
    ids = () if facts.visits is None else facts.visits.call_first[:_FIRST_CALLED]
    told = [names[one] for one in ids if one in names]
    return tr(", en commençant par {lieux}").format(lieux=listed(told)) if told else ""


def _siret_not_told(facts: Facts) -> Unknown | None:
    return _field_not_told(
        facts,
        "pivot",
        tr("Des structures sans SIRET"),
        tr(
            "{share} des fiches ({n} sur {total}) n'ont pas de SIRET ni de numéro RNA : deux "
            "fiches d'une même structure peuvent être comptées deux fois."
        ),
        tr("Compléter le SIRET de chaque structure."),
    )


def _not_located(facts: Facts) -> Unknown | None:
    lieux = facts.directory.inside().lieux
    coarse = sum(lieu.precision is not Precision.ADDRESS for lieu in lieux)
    if coarse == 0:
        return None
    nowhere = sum(lieu.point is None for lieu in lieux)
    sentence = tr("{coarse} sur {total} {verb} sans coordonnées à l'adresse.").format(
        coarse=plural(coarse, tr("lieu"), tr("lieux")),
        total=number(len(lieux)),
        verb=agreed(coarse, tr("est"), tr("sont")),
    )
    if coarse > nowhere:
        sentence += " " + tr("Ceux dont la commune est connue sont placés en son centre.")
    if nowhere:
        sentence += " " + tr(
            "{n} ne {verb} pas dans les temps de trajet, faute de tout point."
        ).format(
            n=plural(nowhere, tr("lieu"), tr("lieux")),
            verb=agreed(nowhere, tr("compte"), tr("comptent")),
        )
    return Unknown(
        "not-located",
        tr("Des lieux mal situés"),
        sentence,
        tr("Géocoder ces adresses avec la Base adresse nationale."),
    )


def _capacity(facts: Facts) -> Unknown:
    del facts  # no source tells capacities
    return Unknown(
        "capacity",
        tr("Capacité d'accueil inconnue"),
        tr(
            "Aucune source ne dit combien de personnes un lieu peut recevoir. Chaque permanence "
            "compte pour une, qu'elle soit ouverte tous les jours ou une demi-journée par mois."
        ),
        tr("Recueillir le nombre d'heures et de places de chaque permanence."),
    )


def _missing_criteria(facts: Facts) -> Unknown | None:
    missing = facts.fragility.missing
    if not missing:
        return None
    sentence = tr("La fragilité est mesurée sans ces critères : {criteria}.")
    return Unknown(
        "missing-criteria",
        tr("Des critères de fragilité manquants"),
        sentence.format(criteria=" ; ".join(missing)),
        tr("Assembler pour ce territoire les indicateurs de l'Insee, de l'Arcep et de la Caf."),
    )


def _only_published_index(facts: Facts) -> Unknown | None:
    indicators = facts.territory.indicators.indicators
    if not indicators or any("ifn" not in each.source_id for each in indicators):
        return None
    return Unknown(
        "published-index-only",
        tr("Peu d'indicateurs sociaux"),
        tr(
            "Pour ce territoire, seul l'indice de fragilité numérique publié est disponible : "
            "l'âge, les diplômes, les revenus et la couverture internet ne sont pas connus en "
            "détail."
        ),
        tr("Assembler un fichier d'indicateurs par commune, sur le modèle de la documentation."),
    )


def _no_population(facts: Facts) -> Unknown | None:
    zones = [zone.name for zone in facts.territory.zones if zone.population is None]
    if not zones:
        return None
    sentence = tr("La population de {zones} n'est pas publiée : {they} comptée pour zéro.")
    they = tr("elle est") if len(zones) == 1 else tr("chacune est")
    return Unknown(
        "no-population",
        tr("Des populations non publiées"),
        sentence.format(zones=listed(zones), they=they),
        tr("Compléter la population de ces communes."),
    )


def _no_neighbours(facts: Facts) -> Unknown | None:
    if facts.territory.neighbours:
        return None
    return Unknown(
        "no-neighbours",
        tr("Rien au-delà des limites"),
        tr(
            "Les communes voisines ne sont pas connues : l'aide qu'elles offrent aux habitants des "
            "bords du territoire, et les habitants qui en viennent, ne sont pas comptés."
        ),
        tr("Ajouter les communes voisines et leurs lieux."),
    )


def _little_offer(facts: Facts) -> Unknown | None:
    people = facts.territory.populations.sum()
    least = facts.parameters.number("diagnosis.little_offer.lieux_per_10000")
    lieux = facts.supply.n_lieux_with_service
    if people <= 0 or lieux / people * 10_000 >= least:
        return None
    sentence = tr(
        "L'annuaire ne connaît ici que {lieux} annonçant un service pour {people} : c'est peu. Les "
        "sources qui renseignent ce territoire sont : {sources}. Ce qui manque tient peut-être aux "
        "sources plus qu'au terrain : les zones blanches sont à lire avec prudence."
    )
    sources = [t.label for t in facts.supply.by_source if t.n_services] or [tr("aucune")]
    return Unknown(
        "little-offer",
        tr("Peu de lieux recensés"),
        sentence.format(
            lieux=plural(lieux, tr("lieu"), tr("lieux")),
            people=plural(float(people), tr("habitant"), tr("habitants")),
            sources=listed(sources),
        ),
        tr("Demander au hub régional et aux communes la liste de leurs lieux."),
    )


def _no_hub(facts: Facts) -> Unknown | None:
    hubs = facts.parameters["diagnosis.little_offer.hub_sources"].value
    seen = {tally.key for tally in facts.supply.by_source if tally.n_services}
    if facts.territory.fictional or not isinstance(hubs, tuple) or seen.intersection(hubs):
        return None
    return Unknown(
        "no-hub",
        tr("Pas de recensement régional"),
        tr(
            "Aucun lieu d'ici ne vient du recensement d'un hub régional : seules des listes "
            "nationales sont connues. Des associations, des CCAS ou des centres sociaux qui aident "
            "y manquent sans doute."
        ),
        tr("Demander au hub régional son recensement, ou faire celui du territoire."),
    )


def _no_survey(facts: Facts) -> Unknown | None:
    return whom_nobody_heard(facts.heard)


def _field_not_told(
    facts: Facts, key: str, title: str, sentence: str, remedy: str
) -> Unknown | None:
    told = _share(facts.quality.completeness, key)
    if told is None or told.n == told.total:
        return None
    missing = Share(key, told.label, told.total - told.n, told.total)
    return Unknown(f"{key}-not-told", title, _counted(sentence, missing), remedy)


def _counted(sentence: str, share: Share) -> str:
    return sentence.format(share=percent(share.share), n=number(share.n), total=number(share.total))


def _share(shares: tuple[Share, ...], key: str) -> Share | None:
    return next((share for share in shares if share.key == key), None)


_TELLERS: tuple[Callable[[Facts], Unknown | None], ...] = (
    _little_offer,
    _no_hub,
    _hours_not_told,
    _old_records,
    _undated_records,
    _services_not_told,
    _services_never_met,
    _no_streets,
    _no_timetables,
    _one_point_per_commune,
    _capacity,
    _siret_not_told,
    _not_located,
    _no_neighbours,
    _no_population,
    _only_published_index,
    _missing_criteria,
    _no_survey,
)
