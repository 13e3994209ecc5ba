"""Laws of the way between mednum and data·inclusion: nothing is lost without a word."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from data_inclusion.schema import v1
from hypothesis import given
from tests.standard.strategies import RECORDS

from maillage.standard import data_inclusion as di
from maillage.standard import mednum
from maillage.standard.crosswalk import Loss, from_data_inclusion, to_data_inclusion
from maillage.standard.data_inclusion import DiService, DiStructure, as_json
from maillage.standard.record import MednumRecord

DAY = dt.date(2024, 5, 7)
CCAS = MednumRecord(
    id="lieu-1",
    nom="CCAS de Béthune",
    source="Hubik",
    date_maj=DAY,
    services=tuple(mednum.Service),
)
STRUCTURE = DiStructure("dora", "dora--1", "CCAS de Béthune", DAY)


def service(**told: object) -> DiService:
    """Make a foreign service of that structure."""
    base = DiService("dora", "dora--1", "dora--s1", "Coup de main", "Un coup de main.", DAY)
    return dataclasses.replace(base, **told)  # type: ignore[arg-type]


def differing(one: MednumRecord, other: MednumRecord) -> set[str]:
    """Return the fields in which two records differ; the order of a list does not count."""
    names = {field.name for field in dataclasses.fields(MednumRecord)}
    return {name for name in names if bare(getattr(one, name)) != bare(getattr(other, name))}


def bare(value: object) -> object:
    """Return a list as a set, anything else as it is."""
    return frozenset(value) if isinstance(value, tuple) else value


@given(RECORDS)
def test_what_we_make_is_valid(record: MednumRecord) -> None:
    """The published package accepts every structure and service made of a valid record."""
    record = dataclasses.replace(record, date_maj=DAY)  # the package compares with its own clock
    structure, services, _ = to_data_inclusion(record)
    assert v1.Structure.model_validate(as_json(structure)).id == structure.id
    for made in services:
        assert v1.Service.model_validate(as_json(made)).structure_id == structure.id


@given(RECORDS)
def test_what_changes_on_a_return_journey_is_named(record: MednumRecord) -> None:
    """Every field that there and back changes is named by a loss."""
    structure, services, losses = to_data_inclusion(record)
    back, more = from_data_inclusion(structure, services)
    assert differing(record, back) <= {loss.field for loss in (*losses, *more)}


@given(RECORDS)
def test_a_second_journey_changes_nothing_more(record: MednumRecord) -> None:
    """What has been there and back once can go again and come back the same."""
    once, _ = from_data_inclusion(*to_data_inclusion(record)[:2])
    twice, _ = from_data_inclusion(*to_data_inclusion(once)[:2])
    assert twice == once


def test_the_nine_services_come_back() -> None:
    """Each of the nine services is a service of its own and comes back as itself."""
    structure, services, losses = to_data_inclusion(CCAS)
    assert [made.nom for made in services] == [str(kind.value) for kind in mednum.Service]
    assert from_data_inclusion(structure, services)[0].services == tuple(mednum.Service)
    assert [loss.field for loss in losses] == ["source"]


def test_care_is_not_a_bar() -> None:
    """Care for a need is written in full, and reserves the service to nobody."""
    care = mednum.PriseEnChargeSpecifique
    record = dataclasses.replace(
        CCAS,
        publics_specifiquement_adresses=(),
        prise_en_charge_specifique=(care.ILLETTRISME, care.LANGUES_ETRANGERES_AUTRES),
    )
    structure, services, _ = to_data_inclusion(record)
    assert {made.publics for made in services} == {(di.Public.TOUS_PUBLICS,)}
    back, _ = from_data_inclusion(structure, services)
    assert back.prise_en_charge_specifique == record.prise_en_charge_specifique
    assert back.publics_specifiquement_adresses == ()


def test_a_condition_on_gratuity_is_never_called_free() -> None:
    """« Gratuit sous condition » says « payant » with its condition in full, and comes back."""
    record = dataclasses.replace(CCAS, frais_a_charge=(mednum.Frais.GRATUIT_SOUS_CONDITION,))
    structure, services, _ = to_data_inclusion(record)
    assert services[0].frais is di.Frais.PAYANT
    assert services[0].frais_precisions == "Frais à charge : Gratuit sous condition"
    assert from_data_inclusion(structure, services)[0].frais_a_charge == record.frais_a_charge


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date_maj": None}, "date_maj"),
        ({"date_maj": dt.date(1999, 12, 31)}, "date_maj"),
        ({"nom": "A"}, "nom"),
        ({"nom": "A" * 151}, "nom"),
        ({"pivot": "W621001234"}, "pivot"),
        ({"courriels": ("a@b.fr", "c@d.fr")}, "courriels"),
        ({"site_web": ("https://a.fr", "https://b.fr")}, "site_web"),
        ({"itinerance": (mednum.Itinerance.ITINERANT,)}, "itinerance"),
        ({"structure_parente": "Ville"}, "structure_parente"),
        ({"autres_formations_labels": ("QPV",)}, "autres_formations_labels"),
        ({"typologie": (mednum.Typologie.ASSO,)}, "typologie"),
        ({"typologie": (mednum.Typologie.CCAS,)}, "typologie"),
        ({"frais_a_charge": ()}, "frais_a_charge"),
        (
            {"services": None, "frais_a_charge": (mednum.Frais.GRATUIT,)},
            "frais_a_charge",
        ),
    ],
)
def test_each_loss_is_told(changes: dict[str, object], field: str) -> None:
    """What data·inclusion cannot say is a loss on its field, with a reason in words."""
    record = dataclasses.replace(CCAS, **changes)  # type: ignore[arg-type]
    losses = [loss for loss in to_data_inclusion(record)[2] if loss.field != "source"]
    assert [loss.field for loss in losses] == [field]
    assert losses[0].reason


@pytest.mark.parametrize(
    ("themes", "kinds", "lost"),
    [
        (
            ["numerique--acceder-a-des-services-en-ligne"],
            ["AIDE_AUX_DEMARCHES_ADMINISTRATIVES"],
            [],
        ),
        (
            ["numerique--maitriser-les-fondamentaux-du-numerique"],
            ["MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN"],
            ["numerique--maitriser-les-fondamentaux-du-numerique"],
        ),
        (
            [
                "numerique--maitriser-les-fondamentaux-du-numerique",
                "famille--soutien-a-la-parentalite-et-a-leducation",
            ],
            ["PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE"],
            [],
        ),
        (["mobilite--preparer-un-permis"], [], ["mobilite--preparer-un-permis"]),
        (
            ["famille--soutien-a-la-parentalite-et-a-leducation"],
            [],
            ["famille--soutien-a-la-parentalite-et-a-leducation"],
        ),
    ],
)
def test_foreign_services_are_read_by_their_themes(
    themes: list[str], kinds: list[str], lost: list[str]
) -> None:
    """A service with a name of its own is known by its digital themes; the rest is told lost."""
    made = service(thematiques=tuple(di.Thematique(theme) for theme in themes))
    record, losses = from_data_inclusion(STRUCTURE, [made])
    assert [kind.name for kind in record.services or ()] == kinds
    assert [loss.value for loss in losses if loss.field == "services"] == lost
    assert {"service.nom", "service.description"} <= {loss.field for loss in losses}


def test_foreign_words_are_read_without_our_headings() -> None:
    """Costs, access and ways of helping are read from data·inclusion's own words."""
    made = service(
        frais=di.Frais.PAYANT,
        frais_precisions="10 € par an",
        type=di.TypeService.ATELIER,
        modes_accueil=(di.ModeAccueil.A_DISTANCE,),
        modes_mobilisation=(di.ModeMobilisation.ENVOYER_UN_COURRIEL,),
        mobilisable_par=(di.PersonneMobilisatrice.PROFESSIONNELS,),
        publics=(di.Public.SENIORS, di.Public.ACTIFS),
        zone_eligibilite=("62",),
    )
    record, losses = from_data_inclusion(STRUCTURE, [made])
    assert record.frais_a_charge == (mednum.Frais.PAYANT,)
    assert record.modalites_accompagnement == (
        mednum.ModaliteAccompagnement.DANS_UN_ATELIER_COLLECTIF,
        mednum.ModaliteAccompagnement.A_DISTANCE,
    )
    assert record.modalites_acces == (
        mednum.ModaliteAcces.ENVOYER_UN_MAIL_AVEC_UNE_FICHE_DE_PRESCRIPTION,
    )
    assert record.publics_specifiquement_adresses == (mednum.PublicSpecifiquementAdresse.SENIORS,)
    assert {(loss.field, loss.value) for loss in losses} >= {
        ("service.frais_precisions", "10 € par an"),
        ("publics_specifiquement_adresses", "actifs"),
        ("service.zone_eligibilite", "('62',)"),
    }


def test_services_that_differ_are_joined_and_said() -> None:
    """Two services with other costs give both costs, and a loss that says they differed."""
    services = [
        service(frais=di.Frais.GRATUIT),
        service(id="dora--s2", frais=di.Frais.PAYANT, lien_mobilisation="https://a.fr"),
        service(id="dora--s3", telephone="+33321615000", lien_mobilisation="https://b.fr"),
    ]
    record, losses = from_data_inclusion(STRUCTURE, services)
    assert record.frais_a_charge == (mednum.Frais.GRATUIT, mednum.Frais.PAYANT)
    assert record.prise_rdv == "https://a.fr"
    fields = {loss.field for loss in losses}
    assert {"frais_a_charge", "prise_rdv", "service.telephone"} <= fields


def test_a_network_of_several_words_is_not_guessed() -> None:
    """A network that means one mednum word gives it; one that may mean several is a loss."""
    networks = (di.ReseauPorteur.CCAS_CIAS, di.ReseauPorteur.FRANCE_SERVICE, di.ReseauPorteur.MJC)
    structure = dataclasses.replace(STRUCTURE, reseaux_porteurs=networks)
    record, losses = from_data_inclusion(structure, [])
    assert record.typologie == (mednum.Typologie.MJC,)
    assert record.dispositif_programmes_nationaux == (
        mednum.DispositifProgrammeNational.FRANCE_SERVICES,
    )
    reason = "aucun mot mednum, ou plusieurs, pour ce réseau porteur"
    assert losses == (Loss("typologie", "ccas-cias", reason),)
