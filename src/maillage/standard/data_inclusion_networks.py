"""The networks of data·inclusion v1, word for word."""

from __future__ import annotations

from maillage.standard.words import Word


class ReseauPorteur(Word):
    """A network or administration that carries a structure."""

    SOIXANTE_MILLE_REBONDS = "60000-rebonds", "60 000 Rebonds"
    ACTION_LOGEMENT = "action-logement", "Action Logement"
    ADIE = "adie", "Association pour le Droit à l'Initiative Économique"
    AFPA = "afpa", "Agence Nationale pour la Formation Professionnelle des Adultes"
    AGEFIPH = "agefiph", "Agefiph"
    AI = "ai", "Associations Intermédiaires"
    AIDANTS_CONNECT = "aidants-connect", "Aidants Connect"
    ALLIANCE_VILLES_EMPLOI = "alliance-villes-emploi", "Alliance Villes Emploi"
    ANLCI = "anlci", "Agence Nationale de Lutte Contre l'Illettrisme"
    APPRENTIS_DAUTEUIL = "apprentis-dauteuil", "Apprentis d'Auteuil"
    ASE = "ase", "Aide Sociale à l'Enfance"
    BANQUES_ALIMENTAIRES = "banques-alimentaires", "Banques Alimentaires"
    CAARUD = (
        "caarud",
        "Centres d'Accueil et d'Accompagnement à la Réduction de Risques pour Usagers de Drogues",
    )
    CADA = "cada", "Centres d'Accueil de Demandeurs d'Asile"
    CAF = "caf", "Caisse d'Allocations Familiales"
    CAMPUS_CONNECTE = "campus-connecte", "Campus Connecté"
    CAP_EMPLOI_RESEAU_CHEOPS = "cap-emploi-reseau-cheops", "CAP Emploi - Réseau CHEOPS"
    CAVA = "cava", "Centres d'Adaptation à la Vie Active"
    CCAS_CIAS = (
        "ccas-cias",
        "Les Centres Communaux d'Action Sociale et les Centres Intercommunaux d'Action Sociale",
    )
    CHAMBRES_CONSULAIRES = "chambres-consulaires", "Chambres Consulaires"
    CHANTIER_ECOLE = "chantier-ecole", "Réseau Chantier École"
    CHRS = "chrs", "Centres d'Hébergement et de Réinsertion Sociale"
    CHU = "chu", "Centres d'Hébergement d'Urgence"
    CIDFF = "cidff", "Centres d'Information sur les Droits des Femmes et des Familles"
    CMP = "cmp", "Centres Médico-Psychologiques"
    CMS = "cms", "Centres Médico-Sociaux"
    CNAM = "cnam", "Conservatoire National des Arts et Métiers"
    COLLECTIF_EMPLOI = "collectif-emploi", "Collectif Emploi"
    COMMUNES = "communes", "Communes, mairies, communautés de communes, etc."
    COORACE = "coorace", "Fédération COORACE"
    CONSEILLERS_NUMERIQUES = "conseillers-numeriques", "Conseillers Numériques"
    CPAM = "cpam", "Caisses Primaires d'Assurance Maladie"
    CPH = "cph", "Centres Provisoires d'Hébergement"
    CRECHES_AVIP = "creches-avip", "Crèches à Vocation d'Insertion Professionnelle"
    CREPI = "crepi", "CREPI"
    CRESUS = "cresus", "Fédération Française des Associations CRÉSUS"
    CROIX_ROUGE = "croix-rouge", "Croix-Rouge"
    CSAPA = "csapa", "Centres de Soins, d'Accompagnement et de Prévention en Addictologie"
    DELEGATAIRE_CONSEIL_DEPARTEMENTAL = (
        "delegataire-conseil-departemental",
        "Organisation délégataire d'un Conseil Départemental",
    )
    DEPARTEMENTS = "departements", "Départements et Services Départementaux"
    DUO_FOR_A_JOB = "duo-for-a-job", "DUO for a JOB"
    ECOLES_DE_LA_DEUXIEME_CHANCE = "ecoles-de-la-deuxieme-chance", "Écoles de la 2ᵉ Chance"
    EA = "ea", "Entreprises Adaptées"
    EATT = "eatt", "Entreprises Adaptées de Travail Temporaire"
    EGEE = "egee", "Association EGEE"
    EMMAUS = "emmaus", "Emmaüs"
    EPIDE = "epide", "EPIDE"
    ESAT = "esat", "Établissement et Service d'Accompagnement par le Travail"
    ESPACES_PUBLICS_NUMERIQUES = "espaces-publics-numeriques", "Espaces Publics Numériques"
    ETCLD = "etcld", "Expérimentation Territoriale contre le Chômage de Longue Durée"
    FABRIQUE_DE_TERRITOIRE = "fabrique-de-territoire", "Fabrique de Territoire"
    FACE = "face", "Fondation FACE"
    FCSF = "fcsf", "Fédération des Centres Sociaux et Socioculturels de France"
    FEDERATION_PROFESSIONNELLE_FEMMES = (
        "federation-professionnelle-femmes",
        "Fédération Professionnelle pour les Femmes",
    )
    FEDERATION_DES_ACTEURS_DE_LA_SOLIDARITE = (
        "federation-des-acteurs-de-la-solidarite",
        "Fédération des Acteurs de la Solidarité",
    )
    FRANCE_ACTIVE = "france-active", "France Active"
    FRANCE_SERVICE = "france-service", "France Service"
    FRANCE_TRAVAIL = "france-travail", "France Travail"
    FRENCH_TECH = "french-tech", "French Tech"
    GEIQ = "geiq", "GEIQ"
    GRANDES_ECOLES_DU_NUMERIQUE = "grandes-ecoles-du-numerique", "Grandes Écoles du Numérique"
    HUDA = "huda", "Hébergement d'Urgence pour Demandeurs d'Asile"
    HUP = "hup", "Association H'UP"
    INAE = "inae", "INAÉ Nouvelle Aquitaine"
    INITIATIVE_FRANCE = "initiative-france", "Initiative France"
    KONEXIO = "konexio", "Association Konexio"
    LA_CRAVATE_SOLIDAIRE = "la-cravate-solidaire", "La Cravate Solidaire"
    LA_POSTE = "la-poste", "La Poste"
    LES_PREMIERES = "les-premieres", "Les Premières"
    MAISONS_DE_L_EMPLOI = "maisons-de-l-emploi", "Maisons de l'Emploi"
    MAISON_DEPARTEMENTALE_DE_L_AUTONOMIE = (
        "maison-departementale-de-lautonomie",
        "Maisons Départementales de l'Autonomie",
    )
    MAISONS_DES_SOLIDARITES = (
        "maisons-des-solidarites",
        "Maisons Départementales des Solidarités (MDS)",
    )
    MDPH = "mdph", "Maisons Départementales pour les Personnes Handicapées (MDPH)"
    MISSION_LOCALE = "mission-locale", "Mission Locale"
    MJC = "mjc", "Maisons des Jeunes et de la Culture"
    MOBIN = "mobin", "Mob'In"
    MSAP = "msap", "Maisons de Services Au Public"
    MUTUALITE_SOCIALE_AGRICOLE = "mutualite-sociale-agricole", "Mutualité Sociale Agricole"
    NQT = "nqt", "Association NQT"
    PIMMS_MEDIATION = "pimms-mediation", "Point Information Médiation Multi Services"
    PJJ = "pjj", "Protection Judiciaire de la Jeunesse"
    PLIE = "plie", "Plans Locaux pour l'Insertion et l'Emploi"
    POINTS_CONSEIL_BUDGET = "points-conseil-budget", "Points Conseil Budget"
    POINTS_JUSTICE = "points-justice", "Points Justice"
    POSITIVE_PLANET = "positive-planet", "Positive Planet"
    REGIONS = "regions", "Régions, Préfectures et services régionaux"
    RESEAU_APP = "reseau-app", "Réseau APP"
    RESEAU_BGE = "reseau-bge", "Réseau BGE"
    RESEAU_ENTREPRENDRE = "reseau-entreprendre", "Réseau Entreprendre"
    RESEAU_INFORMATION_JEUNESSE = "reseau-information-jeunesse", "Réseau Information Jeunesse"
    RESIDENCES_FJT = "residences-fjt", "Résidences - Foyers Jeunes Travailleurs"
    RESSOURCERIES = "ressourceries", "Ressourceries"
    RESTOS_DU_COEUR = "restos-du-coeur", "Restos du Coeur"
    SECOURS_POPULAIRE = "secours-populaire", "Secours Populaire"
    EI = "ei", "Structures d'Insertion par l'Activité Économique - Entreprises d'Insertion"
    ACI = (
        "aci",
        "Structures d'Insertion par l'Activité Économique - Ateliers et Chantiers d'Insertion",
    )
    ETTI = (
        "etti",
        (
            "Structures d'Insertion par l'Activité Économique - "
            "Entreprises de Travail Temporaire d'Insertion"
        ),
    )
    EITI = (
        "eiti",
        (
            "Structures d'Insertion par l'Activité Économique - "
            "Entreprises d'Insertion par le Travail Indépendant"
        ),
    )
    SIAO = "siao", "Services Intégrés d'Accueil et d'Orientation"
    SIMPLON = "simplon", "Simplon"
    SINGA = "singa", "Association SINGA"
    SNC = "snc", "Solidarité Nouvelle Face au Chômage"
    SPIP = "spip", "Services Pénitentiaires d'Insertion et de Probation"
    TOUS_TES_POSSIBLES = "tous-tes-possibles", "Tous Tes Possibles"
    UNAF = "unaf", "Union Nationale de l'Aide aux Familles"
    UNEA = "unea", "Union Nationale des Entreprises Adaptées"
    UNIS_CITE = "unis-cite", "UnisCité"
    WIMOOV = "wimoov", "Wimoov"
