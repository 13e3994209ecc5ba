"""What somebody says becomes needs, then an answer: codes, free text, distress, nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.orientation.scenes import desk, permanence_of

from maillage.jobs.orient import Understanding, needs_of, orient
from maillage.orientation.document import orientation_document
from maillage.orientation.model import Going, Situation
from maillage.orientation.needs.errands import load_emergency_contacts, load_errands
from maillage.orientation.needs.model import FirstAid, Need, NeedsRead, OutOfScope
from maillage.standard.mednum import Service

HOME = Situation((), "62000", going=Going.CAR)


@dataclass(frozen=True)
class Reads:
    """A reader that always reads the same."""

    told: NeedsRead
    name: str = "same"

    def read(self, text: str) -> NeedsRead:
        """Return what it was made with, whatever the text."""
        return self.told


def knowing(*needs: Need, out: OutOfScope | None = None) -> Understanding:
    """Return an understanding whose reader always reads this."""
    return Understanding(Reads(NeedsRead(needs, out)), load_errands(), load_emergency_contacts())


def test_a_code_is_not_left_to_the_reader() -> None:
    """The codes of formalities and services are themselves; anything else is read."""
    read = needs_of(" Compte-CAF ", knowing()).needs[0]
    assert read.errand is not None
    assert read.errand.code == "compte-caf"
    service = needs_of("loisirs-et-creations-numeriques", knowing()).needs[0]
    assert (service.service, service.errand) == (Service.LOISIRS_ET_CREATIONS_NUMERIQUES, None)
    assert needs_of("autre chose", knowing()).needs == ()


def test_distress_is_not_answered_with_places() -> None:
    """Out of scope: whom to call, and neither proposal, refusal nor unmet need."""
    found = orient("…", HOME, desk(), knowing(out=OutOfScope.VIOLENCES))
    assert found.contacts == load_emergency_contacts()[OutOfScope.VIOLENCES]
    document = orientation_document(found)
    assert (document["proposals"], document["refusals"], document["unmet"]) == ([], [], None)
    assert document["out_of_scope"] == "violences"


def test_first_aid_comes_with_the_answer() -> None:
    """A swindle under way: whom to call, and the ordinary answer, in the document as it was."""
    need = Need(Service.UTILISATION_SECURISEE_DU_NUMERIQUE, 0.9, None, ())
    read = NeedsRead((need,), None, FirstAid.ARNAQUE_EN_COURS)
    found = orient("…", HOME, desk(), replace(knowing(), reader=Reads(read)))
    assert found.contacts == load_emergency_contacts()[FirstAid.ARNAQUE_EN_COURS]
    assert found.needs == (need,)
    document = orientation_document(found)
    assert document["out_of_scope"] is None
    contacts = document["contacts"]
    assert isinstance(contacts, list)
    assert "0 892 705 705" in [one["number"] for one in contacts]
    alone = replace(knowing(), reader=Reads(replace(read, needs=())))
    assert orient("…", HOME, desk(), alone).contacts == found.contacts


def test_what_is_not_understood_is_not_answered() -> None:
    """Without a need nothing is looked for, and nobody's need is counted unmet."""
    found = orient("…", HOME, desk(), knowing())
    assert (found.needs, found.proposals, found.unmet) == ((), (), None)


def test_a_need_hardly_told_does_not_count() -> None:
    """Needs read with little score are told, and weigh nothing in the order."""
    sure = Need(Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES, 0.9, None, ())
    hardly = Need(Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE, 0.1, None, ())
    both = orient("…", HOME, desk(), knowing(sure, hardly))
    alone = orient("…", HOME, desk(), knowing(sure))
    assert both.needs == (sure, hardly)
    assert both.proposals == alone.proposals
    asked = orient("…", HOME, desk(), knowing(sure, replace(hardly, score=0.9)))
    assert asked.proposals[0].permanence_id == permanence_of("france-services")


def test_the_document_tells_the_visit_by_the_clock() -> None:
    """A proposal's times are HH:MM, and the least bad is flagged with what is wrong."""
    found = orient("compte-caf", HOME, desk(), knowing())
    document = orientation_document(found)
    proposals = document["proposals"]
    assert isinstance(proposals, list)
    assert proposals[0]["visit"]["opening"] == [["09:00", "12:00"]]
    assert proposals[0]["least_bad"] is False
    assert proposals[0]["wrong"] is None
