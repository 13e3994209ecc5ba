"""The whole diagnosis, and its sentences."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.access.strategies import directories, territories
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_territory,
)

from maillage.access.travel import Mode, StraightLine
from maillage.diagnosis.diagnose import diagnose
from maillage.diagnosis.model import Diagnosis
from maillage.diagnosis.summary import headline_sentences
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import FIXED, THIN
from maillage.kernel.parameters import FOLDER, Parameters, load_parameters
from maillage.kernel.provenance import Dataset, Origin
from maillage.standard.mednum import Typologie
from maillage.territory.model import PublishedIllectronisme, Territory

ON = dt.date(2026, 9, 1)
PARAMETERS = load_parameters(ON)
ROOMS = {path.stem for path in FOLDER.glob("*.yaml")} - {
    "asking",
    "background",
    "codebook",
    "contacts",
    "screening",
    "backup",
    "heard",
    "imports",
    "landmarks",
    "matrix",
    "means",
    "orientation",
    "posts",
    "quality",
    "referrals",
    "reported",
    "reported_errors",
    "survey",
    "ties",
    "rounds",
    "structures",
    "rounds_asked",
    "siting",
    "unreached",
    "words",
}  # of other commands, or of what is told where somebody was heard


def _diagnose(
    territory: Territory,
    directory: Directory,
    parameters: Parameters = PARAMETERS,
    findings: tuple[Finding, ...] = (),
) -> Diagnosis:
    engine = StraightLine(parameters)
    return diagnose(
        territory, directory, engine=engine, parameters=parameters, on=ON, findings=findings
    )


def _sentences(diagnosis: Diagnosis) -> list[str]:
    plain = (s.replace(FIXED, " ").replace(THIN, " ") for s in headline_sentences(diagnosis))
    return list(plain)


TERRITORY = make_territory(
    points=[BETHUNE, east_of(BETHUNE, 0.5), east_of(BETHUNE, 40.0)],
    populations=[24_000, 1_000, 25_000],
)
DIRECTORY = make_directory(
    Place(BETHUNE, gives=((DEMARCHES,),), code_insee="62000", dated=dt.date(2021, 5, 1)),
    Place(BETHUNE, gives=((DEMARCHES, OUTILS),), code_insee="62000", dated=dt.date(2026, 5, 1)),
    Place(east_of(BETHUNE, 0.5), gives=(None,), code_insee="62001", dated=None),
)


def test_the_diagnosis_says_what_it_was_made_from() -> None:
    """Engine, date, parameters and findings are all there."""
    kind = FindingKind("a-doubt", Severity.INFO, "Un doute.", "Vérifiez.")
    finding = kind.at(Where(source="portrea"))
    found = _diagnose(TERRITORY, DIRECTORY, findings=(finding,))
    assert (found.on, found.engine.name, found.findings) == (ON, "straight-line", (finding,))
    assert found.engine.sentence.startswith("Temps estimés")
    names = [parameter.name for parameter in found.parameters]
    assert {"travel.walk.speed_kmh", "diagnosis.gap.car", "access.catchment.weights"} <= set(names)
    assert names == sorted(names)
    assert set(names) == {p.name for room in ROOMS for p in PARAMETERS.under(room)}


def test_same_inputs_same_diagnosis() -> None:
    """Twice the same arguments give the same figures to the last bit."""
    first, second = _diagnose(TERRITORY, DIRECTORY), _diagnose(TERRITORY, DIRECTORY)
    assert (first.gaps, first.hidden_gaps) == (second.gaps, second.hidden_gaps)
    assert first.access.coverage == second.access.coverage
    assert first.access.equity == second.access.equity
    for a, b in zip(first.access.catchments, second.access.catchments, strict=True):
        assert np.array_equal(a.index, b.index)
    assert _sentences(first) == _sentences(second)


def test_the_summary_of_a_small_territory() -> None:
    """Every figure of the summary is the one worked out by hand."""
    expected = """
La CA de Béthune-Bruay compte 3 communes et 50 000 habitants ; l'annuaire y recense 3 lieux,
dont 2 annoncent au moins un service d'aide numérique.

Attention : l'annuaire ne connaît ici que 2 lieux annonçant un service pour 50 000 habitants :
c'est peu. Les sources qui renseignent ce territoire sont : portrea. Ce qui manque tient
peut-être aux sources plus qu'au terrain : les zones blanches sont à lire avec prudence.

Dans 2 communes sur 3, aucun lieu n'annonce d'aide numérique : 26 000 habitants, soit 52 %
de la population, y vivent.

50 % des habitants (25 000) sont à plus de 30 minutes à pied d'un lieu qui annonce « Aide
aux démarches administratives » ; 50 % des habitants (25 000) en sont à plus de 20 minutes
en voiture.

Une seule zone blanche à pied pour ce service, probable : Commune 2.

Le service le plus rare est « Maîtrise des outils numériques du quotidien », qu'un seul lieu
annonce ; 50 % des habitants (25 000) en sont à plus de 20 minutes en voiture. 7 autres
services du schéma national ne sont annoncés nulle part sur le territoire.

67 % des fiches de l'annuaire (2 sur 3) ont plus de 18 mois ou ne sont pas datées (date
médiane des fiches datées : mai 2021) : elles sont à vérifier avant toute décision.
"""
    found = _sentences(_diagnose(TERRITORY, DIRECTORY))
    assert found == [text.replace("\n", " ") for text in expected.strip().split("\n\n")]


def test_the_published_illectronisme_is_quoted() -> None:
    """The published figure comes with its publisher and vintage, never computed again."""
    dataset = Dataset("illectronisme-epci", "Illectronisme", "INSEE", "", "2019", Origin.FILE)
    territory = replace(TERRITORY, illectronisme=PublishedIllectronisme(0.173, 38_584, dataset))
    assert (
        "Le nombre de personnes en situation d'illectronisme y est estimé à 38 584, soit 17,3 % "
        "des 15 ans et plus (INSEE, 2019)."
    ) in _sentences(_diagnose(territory, DIRECTORY))


def test_a_well_served_territory_is_told_so() -> None:
    """Where nothing is missing the sentences say it, in the singular where one is one."""
    territory = make_territory(1, populations=[1])
    place = Place(BETHUNE, code_insee="62000", dated=dt.date(2026, 8, 1))
    found = _sentences(_diagnose(territory, make_directory(place)))
    assert found[0] == (
        "La CA de Béthune-Bruay compte 1 commune et 1 habitant ; l'annuaire y recense 1 lieu, dont "
        "1 annonce au moins un service d'aide numérique."
    )
    assert "Dans chaque commune, au moins un lieu annonce une aide numérique." in found
    assert any(s.startswith("Tous les habitants ont à 30 minutes à pied ou moins") for s in found)
    assert found[-1] == "Aucune fiche de l'annuaire n'a plus de 18 mois."


def test_gaps_are_told_by_certainty() -> None:
    """Sure and likely gaps are counted apart; where one is sure, no caution about town halls."""
    told_none = Place(BETHUNE, gives=((),), typologie=(Typologie.MUNI,), code_insee="62001")
    territory = make_territory(points=[east_of(BETHUNE, km) for km in (30.0, 40.0, 50.0)])
    found = _sentences(_diagnose(territory, make_directory(Place(BETHUNE), told_none)))
    (sentence,) = [s for s in found if s.startswith("Sur 3 zones blanches")]
    assert "1 est certaine et 2 sont probables" in sentence
    assert "mairies" not in sentence


def test_when_all_gaps_are_alike_the_sentence_says_all() -> None:
    """No « 3 sur 3 »: all are likely, and none can be sure while town halls have not told."""
    territory = make_territory(points=[east_of(BETHUNE, km) for km in (30.0, 40.0, 50.0)])
    found = " ".join(_sentences(_diagnose(territory, make_directory(Place(BETHUNE)))))
    assert "toutes sont probables ; les plus peuplées sont" in found
    assert "Aucune n'est certaine tant que l'on ne sait pas ce que proposent les mairies." in found


def test_a_headline_service_that_is_none_is_told() -> None:
    """A parameter that names no service of the standard is one clear error."""
    wrong = PARAMETERS.replaced("diagnosis.summary.headline_service", "Tricot")
    with pytest.raises(ParameterError, match="neuf services"):
        headline_sentences(_diagnose(TERRITORY, DIRECTORY, wrong))


def test_gaps_of_one_service_come_most_people_first() -> None:
    """The report lists the most populated gaps first."""
    territory = make_territory(3, populations=[10, 30, 20])
    gaps = _diagnose(territory, make_directory()).gaps_of(None, Mode.CAR)
    assert [gap.n_people for gap in gaps] == [30, 20, 10]


@settings(max_examples=30)
@given(territories, directories)
def test_any_territory_has_five_to_eight_sentences(
    territory: Territory, directory: Directory
) -> None:
    """Whatever is missing, the summary stands: whole sentences, no hole, no nan."""
    found = _sentences(_diagnose(territory, directory))
    assert 5 <= len(found) <= 8
    for sentence in found:
        assert sentence.endswith(".")
        assert not re.search(r"\{|\}|nan|inf\b|None|  ", sentence)


@settings(max_examples=30)
@given(territories, directories)
def test_one_more_lieu_opens_no_gap(territory: Territory, directory: Directory) -> None:
    """Adding a lieu that gives everything never adds a gap."""
    more = make_directory(Place(BETHUNE, gives=((DEMARCHES, OUTILS),)))
    bigger = Directory(
        structures=directory.structures + more.structures,
        lieux=tuple(replace(lieu, id="new") for lieu in more.lieux) + directory.lieux,
        services=directory.services + more.services,
        permanences=directory.permanences
        + tuple(replace(p, lieu_id="new") for p in more.permanences),
    )
    before, after = (
        {(g.zone_id, g.service, g.mode) for g in _diagnose(territory, d).gaps}
        for d in (directory, bigger)
    )
    assert after <= before
