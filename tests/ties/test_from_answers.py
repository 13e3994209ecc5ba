"""Answers and referrals → a network; names that are not sure wait for a person."""

from __future__ import annotations

from maillage.survey.answers.model import Answer, Channel, Values
from maillage.ties.from_answers import NOBODY, Flow, network_heard
from maillage.ties.model import Link, Member, Source

MEMBERS = (
    Member("ccas", "CCAS d'Ulvemont", "ccas", "nord", "Ulvemont"),
    Member("m1", "Médiathèque", "mediatheque", "nord", "Ulvemont"),
    Member("m2", "Médiathèque", "mediatheque", "sud", "Querville"),
)


def _answer(key: str, contact: str | None, *named: tuple[str, str], own: str = "") -> Answer:
    rows: tuple[Values, ...] = tuple({"structure_liee": a, "lien": b} for a, b in named)
    values: dict[str, object] = {"liens": rows, "services": "pret atelier", "nom_structure": own}
    return Answer(key, "structures", "1", "2026", Channel.WEB, values, contact)  # type: ignore[arg-type]


def test_a_name_that_two_bear_waits_and_counts_once_said() -> None:
    """Nothing is guessed; once a person said which, all that wrote it so are counted."""
    told = [_answer("a", "ccas", ("la médiathèque", "connait travaille_avec"))]
    heard = network_heard(MEMBERS, told, {})
    (name,) = heard.names
    assert (name.n, set(name.candidates), name.said) == (1, {"m1", "m2"}, None)
    assert not heard.network.ties
    settled = network_heard(MEMBERS, told, {name.key: "m2"})
    assert {(one.other, one.link) for one in settled.network.ties} == {
        ("m2", Link.KNOWS),
        ("m2", Link.WORKS_WITH),
    }
    nobody = network_heard(MEMBERS, told, {name.key: NOBODY})
    assert not nobody.network.ties and nobody.names[0].said == NOBODY


def test_who_answered_is_heard_even_if_it_names_nobody() -> None:
    """And what it does is known by its own answer."""
    heard = network_heard(MEMBERS, [_answer("a", "m1")], {})
    by_key = {one.key: one for one in heard.network.members}
    assert [one.is_heard for one in heard.network.members] == [False, True, False]
    assert by_key["m1"].services == {"pret", "atelier"}


def test_who_answered_without_being_on_the_list_joins_it() -> None:
    """By its own name where the list has it, else as one more member."""
    told = [
        _answer("a", None, own="C.C.A.S. d'Ulvemont"),
        _answer("b", None, ("Médiathèque de Querville", "connait"), own="Les Jardins"),
    ]
    heard = network_heard(MEMBERS, told, {})
    assert [one.name for one in heard.network.members][3:] == ["Les Jardins"]
    assert heard.network.members[0].is_heard
    assert [(one.teller, one.other) for one in heard.network.ties] == [("reponse-b", "m2")]


def test_referrals_are_ties_seen_not_told() -> None:
    """Who sent people to whom is a tie of its own source; strangers are left out."""
    flows = (Flow("CCAS d'Ulvemont", "Médiathèque de Querville", 4), Flow("Ailleurs", "m1", 9))
    (tie,) = network_heard(MEMBERS, [], {}, flows).network.ties
    assert (tie.teller, tie.other, tie.link, tie.source, tie.n) == (
        "ccas", "m2", Link.SENDS_TO, Source.REFERRALS, 4,
    )  # fmt: skip
