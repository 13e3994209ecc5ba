"""The formalities, who may do them, and whom to call in distress."""

from __future__ import annotations

from maillage.orientation.needs.errands import load_emergency_contacts, load_errands
from maillage.orientation.needs.model import FirstAid, OutOfScope, Who
from maillage.orientation.needs.thesaurus import ERRAND, load_thesaurus
from maillage.standard.mednum import DispositifProgrammeNational, FormationLabel

NUMBERS = {
    OutOfScope.URGENCE_VITALE: {"15", "112", "114"},
    OutOfScope.IDEES_SUICIDAIRES: {"3114"},
    OutOfScope.VIOLENCES: {"3919", "17"},
    OutOfScope.ENFANCE_EN_DANGER: {"119"},
    OutOfScope.SANS_ABRI: {"115"},
}


def test_the_thesaurus_and_the_file_know_the_same_formalities() -> None:
    """Each formality that words can tell is described, and each described can be told."""
    told = {
        e.target[1]
        for those in load_thesaurus().by_unit.values()
        for e in those
        if e.target[0] == ERRAND
    }
    assert told == set(load_errands())


def test_each_formality_can_be_done_beside_the_person_and_says_its_source() -> None:
    """Nobody is left without help: beside the person always stands; all is sourced and dated."""
    for errand in load_errands().values():
        assert Who.BESIDE in {may.who for may in errand.may_do}
        assert all(may.how and may.source and may.on for may in errand.may_do)
        assert errand.label and errand.site and errand.to_bring and errand.source and errand.on


def test_only_a_mandate_or_a_professional_acts_in_the_person_s_stead() -> None:
    """To act for somebody takes a mandate or a habilitation, never good will."""
    acting = {
        may.who for errand in load_errands().values() for may in errand.may_do if may.in_stead
    }
    assert acting == {Who.AIDANTS_CONNECT, Who.HABILITATED}


def test_a_health_space_is_opened_by_trained_helpers() -> None:
    """Mon espace santé names the national training, which a directory can look for."""
    helpers = {may.who for may in load_errands()["activer-mon-espace-sante"].may_do}
    assert {who.training for who in helpers} >= {FormationLabel.FORME_A_MON_ESPACE_SANTE}
    assert Who.AIDANTS_CONNECT.programme is DispositifProgrammeNational.AIDANTS_CONNECT


def test_health_formalities_are_the_eight_of_the_vocabulary() -> None:
    """Health is marked on its own formalities and on no other."""
    assert {code for code, errand in load_errands().items() if errand.health} == {
        "activer-mon-espace-sante", "attestation-de-droits", "carte-vitale", "complementaire-sante",
        "compte-ameli", "prendre-rendez-vous-sante", "remboursement-sante", "teleconsultation",
    }  # fmt: skip


def test_each_distress_has_its_numbers() -> None:
    """Every distress says whom to call, with the national numbers; what is unrelated, nobody."""
    contacts = load_emergency_contacts()
    for kind in OutOfScope:
        assert bool(contacts[kind]) is kind.urgent
        assert {contact.number for contact in contacts[kind]} >= NUMBERS.get(kind, set())
        assert all(contact.source and contact.on for contact in contacts[kind])
    assert any("CCAS" in contact.name for contact in contacts[OutOfScope.FAIM])


def test_whom_to_call_first_is_the_most_apt() -> None:
    """In a couple's violence the police then those who listen; for suicide its own number."""
    first = {
        OutOfScope.VIOLENCES: ["17", "3919", "112", "114"],
        OutOfScope.IDEES_SUICIDAIRES: ["3114", "15", "114"],
        OutOfScope.URGENCE_VITALE: ["15", "112", "114"],
        OutOfScope.ENFANCE_EN_DANGER: ["119", "17", "112", "114"],
    }
    contacts = load_emergency_contacts()
    for kind, numbers in first.items():
        assert [one.number for one in contacts[kind]] == numbers


def test_a_swindle_under_way_begins_with_the_bank() -> None:
    """First the card is blocked, by the bank or for all banks; then who advises and records."""
    bank, card, *others = load_emergency_contacts()[FirstAid.ARNAQUE_EN_COURS]
    assert "banque" in bank.name
    assert card.number == "0 892 705 705"
    assert {
        name for one in others for name in ("17Cyber", "Perceval", "Thésée") if name in one.name
    } == {"17Cyber", "Perceval", "Thésée"}
    assert all(one.source and one.on for one in (bank, card, *others))


def test_no_name_of_a_contact_is_cut() -> None:
    """A comma in a name does not cut it: parentheses that open close."""
    for contacts in load_emergency_contacts().values():
        for one in contacts:
            for text in (one.name, one.when):
                assert text.count("(") == text.count(")"), text
