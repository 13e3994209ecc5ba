"""Drawn records of the national schema: valid, and such that a CSV file can hold them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word

ON = dt.date(2026, 9, 1)


def some(words: type[Word]) -> st.SearchStrategy[tuple[Word, ...] | None]:
    """Draw None or a few words of a vocabulary, each once."""
    return st.none() | st.lists(st.sampled_from(list(words)), min_size=1, unique=True).map(tuple)


def told(*examples: str) -> st.SearchStrategy[str | None]:
    """Draw None or one of these texts."""
    return st.none() | st.sampled_from(examples)


TEXTS = ("L'Accueil", "12 rue d’Aire, bât. B", "Mo-Fr 09:00-12:00; Sa 10:00-12:00", "a|b;c «é»")
RECORDS: st.SearchStrategy[MednumRecord] = st.builds(
    MednumRecord,
    id=st.uuids().map(str),
    nom=st.sampled_from(TEXTS),
    pivot=told("13002526500013", "W621001234"),
    commune=st.sampled_from(("Béthune", "Lillers", "Auchel")),
    code_postal=st.sampled_from(("62400", "62190", "01000")),
    code_insee=told("62119", "2A004"),
    adresse=st.sampled_from(TEXTS),
    complement_adresse=told(*TEXTS),
    latitude=st.floats(41.2, 51.3),
    longitude=st.floats(-5.4, 9.8),
    typologie=some(mednum.Typologie),
    telephone=told("+33321615000", "+262262790049"),
    courriels=st.none() | st.just(("a@b.fr", "c@d.fr")),
    site_web=st.none() | st.just(("https://a.fr/x;y", "http://b.fr")),
    horaires=told(*TEXTS),
    presentation_resume=told(*TEXTS),
    presentation_detail=told(*TEXTS, "une\nsuite"),
    source=told("Hubik"),
    itinerance=some(mednum.Itinerance),
    structure_parente=told(*TEXTS),
    date_maj=st.dates(dt.date(1995, 1, 1), ON),
    services=some(mednum.Service),
    publics_specifiquement_adresses=some(mednum.PublicSpecifiquementAdresse),
    prise_en_charge_specifique=some(mednum.PriseEnChargeSpecifique),
    frais_a_charge=some(mednum.Frais),
    dispositif_programmes_nationaux=some(mednum.DispositifProgrammeNational),
    formations_labels=some(mednum.FormationLabel),
    autres_formations_labels=st.none() | st.just(("SudLabs", "QPV")),
    modalites_acces=some(mednum.ModaliteAcces),
    modalites_accompagnement=some(mednum.ModaliteAccompagnement),
    fiche_acces_libre=told("https://acceslibre.beta.gouv.fr/app/x/"),
    prise_rdv=told("https://rdv.anct.gouv.fr/1"),
)
