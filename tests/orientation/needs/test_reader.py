"""What the shipped reader makes of sentences, whatever their dress."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.kernel.words import plain
from maillage.orientation.needs.errands import load_errands
from maillage.orientation.needs.model import FirstAid, OutOfScope, service_code, service_of
from maillage.orientation.needs.reader import ThesaurusReader
from maillage.orientation.needs.thesaurus import load_thesaurus
from maillage.standard.mednum import Service

READER = ThesaurusReader()
SENTENCES = (
    "Elle n'arrive pas à ouvrir son compte Améli",
    "scanner un papier pour la CAF",
    "apprendre à se servir de sa tablette",
    "il a reçu un SMS bizarre et il a donné sa carte bancaire",
    "son mari la frappe",
    "où acheter du pain le dimanche ?",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_case_accents_and_signs_change_nothing(sentence: str) -> None:
    """A sentence shouted, without accents or with other signs means the same."""
    read = _outline(sentence)
    for dressed in (sentence.upper(), plain(sentence), sentence.replace(" ", "  ") + " !!!"):
        assert _outline(dressed) == read


@pytest.mark.parametrize("sentence", SENTENCES)
def test_politeness_changes_nothing(sentence: str) -> None:
    """Greetings and thanks add nothing to a need and take nothing from it."""
    polite = f"Bonjour madame, {sentence}, s'il vous plaît, merci beaucoup, cordialement"
    assert _outline(polite) == _outline(sentence)


@pytest.mark.parametrize("service", Service, ids=service_code)
def test_a_service_is_read_from_its_own_label(service: Service) -> None:
    """The label of a service asks for that service first."""
    assert READER.read(service.label).needs[0].service is service


@pytest.mark.parametrize("code", load_errands())
def test_a_formality_is_read_from_its_own_label(code: str) -> None:
    """The label of a formality asks for that formality first."""
    errand = load_errands()[code]
    first = READER.read(errand.label).needs[0]
    assert (first.service, first.errand) == (errand.service, errand)


@given(st.lists(st.sampled_from(sorted(load_thesaurus().words.ordinary)), max_size=12))
@settings(max_examples=50, deadline=None)
def test_needs_are_ranked_and_told(words: list[str]) -> None:
    """Scores lie in 0-1 and never grow; no service comes twice; each says what told it."""
    typed = " ".join(["ordinateur", "caf", *words])
    needs = READER.read(typed).needs
    scores = [need.score for need in needs]
    assert all(0 < score < 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({need.service for need in needs}) == len(needs)
    assert all(need.words and set(need.words) <= set(typed.split()) for need in needs)


def test_another_reader_reads_the_same() -> None:
    """Nothing is remembered from one sentence to the next: order of reading does not matter."""
    again = ThesaurusReader()
    backwards = {sentence: again.read(sentence) for sentence in reversed(SENTENCES)}
    assert backwards == {sentence: READER.read(sentence) for sentence in SENTENCES}


@pytest.mark.parametrize(
    ("need", "distress", "kind"),
    [
        ("imprimer un papier de la caf", "son mari la frappe", OutOfScope.VIOLENCES),
        ("elle veut faire un CV", "elle parle de se suicider", OutOfScope.IDEES_SUICIDAIRES),
        ("demande de RSA", "il ne sait pas où dormir ce soir", OutOfScope.SANS_ABRI),
        ("compte ameli bloqué", "elle respire mal", OutOfScope.URGENCE_VITALE),
        ("code pronote", "la petite est battue par son père", OutOfScope.ENFANCE_EN_DANGER),
        ("un ordi pas cher", "plus rien à manger", OutOfScope.FAIM),
    ],
)
def test_distress_wins_over_any_service(need: str, distress: str, kind: OutOfScope) -> None:
    """Whatever is asked with it, distress is told, before or after, and nothing else."""
    for sentence in (f"{need}, et {distress}", f"{distress} ; {need}"):
        read = READER.read(sentence)
        assert (read.out_of_scope, read.needs) == (kind, ())


def test_a_need_told_beside_distress_is_kept_aside() -> None:
    """What else is asked can be answered underneath; words of the distress tell no need."""
    read = READER.read("son mari la frappe et elle veut imprimer un papier de la caf")
    assert (read.out_of_scope, read.needs) == (OutOfScope.VIOLENCES, ())
    assert read.beside[0].service is Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE
    assert READER.read("il dit qu'il veut en finir").beside == ()


@pytest.mark.parametrize(
    ("sentence", "under_way"),
    [
        ("elle a donné sa carte bleu a un faux sms", True),
        ("elle a reçu un sms colis elle a cliké et donné sa carte bleu", True),
        ("on lui a vidé son compte en banque", True),
        ("elle a fait un virement à un faux conseiller", True),
        ("il a communiqué ses codes de banque à un faux policier", True),
        ("il a peur que sa carte bleue soit piratée", False),
        ("on lui demande de donner sa carte bleue par sms", False),
        ("elle a donné son rib a la caf par telephone", False),
        ("apprendre à reconnaître un faux sms", False),
        ("payer ses impôts par carte bleue", False),
    ],
)
def test_a_swindle_under_way_is_told_from_a_worry(sentence: str, under_way: bool) -> None:
    """Who gave what opens their account needs first aid, and the ordinary help after it."""
    read = READER.read(sentence)
    assert (read.first_aid is FirstAid.ARNAQUE_EN_COURS) is under_way
    assert read.needs
    assert read.out_of_scope is None


@pytest.mark.parametrize(
    "sentence",
    [
        "plus de batterie sur mon téléphone",
        "l'ordinateur est mort",
        "arnaque, la police m'a dit de donner mon code",
        "il voudrait en finir avec ce dossier de retraite",
        "les jeux vidéo violents de mon fils",
        "fin de droits au chômage",
        "attestation d'hébergement pour la préfecture",
        "taper une lettre au clavier",
        "plus internet chez lui depuis une semaine",
        "il a peur que sa carte bleue soit piratée",
    ],
)
def test_look_alikes_are_no_distress(sentence: str) -> None:
    """Words of distress said of machines, papers or games raise no alarm."""
    read = READER.read(sentence)
    assert read.out_of_scope is None
    assert read.needs


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("plus de forfait, plus rien à manger", OutOfScope.FAIM),
        ("elle a des bleus partout, son mari lui a pris sa carte bleue", OutOfScope.VIOLENCES),
        ("plus de téléphone et plus d'endroit où dormir", OutOfScope.SANS_ABRI),
    ],
)
def test_a_look_alike_beside_distress_does_not_hide_it(sentence: str, kind: OutOfScope) -> None:
    """A digital word that takes back a false alarm leaves a true one standing beside it."""
    assert READER.read(sentence).out_of_scope is kind


@pytest.mark.parametrize(
    ("sentence", "related"),
    [("cours de yoga", False), ("regarder des vidéos de yoga sur internet", True)],
)
def test_a_theme_said_of_the_digital_world_is_a_need(sentence: str, related: bool) -> None:
    """An everyday theme is unrelated alone, and a need where a digital thing is named with it."""
    assert bool(READER.read(sentence).needs) is related


@pytest.mark.parametrize("text", ["", " ", "?", "a", "é", "…", "bonjour", "x y z"])
def test_a_text_that_says_nothing_is_not_out_of_scope(text: str) -> None:
    """Nothing typed, a letter or a greeting alone tells nothing, and refuses nothing."""
    read = READER.read(text)
    assert (read.needs, read.out_of_scope) == ((), None)


def test_unknown_words_are_unrelated() -> None:
    """A text in which nothing points to a service is said to be unrelated, not guessed."""
    assert READER.read("xqzvbk wklpfdg").out_of_scope is OutOfScope.SANS_RAPPORT


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Any text is read without an error, needs and refusal never both."""
    read = READER.read(text)
    assert not (read.needs and read.out_of_scope)


def test_a_long_text_is_read_by_its_beginning() -> None:
    """Signs after the longest length change nothing: time is bounded, however long the text."""
    longest = load_thesaurus().scoring.longest
    begin = ("imprimer un document " * longest)[:longest]
    assert READER.read(begin + " son mari la frappe" * 1000) == READER.read(begin)


def test_codes_of_services_go_and_come_back() -> None:
    """Each service is found again from its code."""
    assert [service_of(service_code(service)) for service in Service] == list(Service)


def _outline(sentence: str) -> tuple[object, ...]:
    """Return what was read of a sentence, but for the words as they were typed."""
    read = READER.read(sentence)
    return read.out_of_scope, tuple((n.service, n.score, n.errand) for n in read.needs)
