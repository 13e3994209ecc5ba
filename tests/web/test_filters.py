"""The filters of the list: what answers, what may, and the address that says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import NOON, ON

from maillage.jobs.ports import TerritoryWork
from maillage.kernel import french
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum
from maillage.web.reading.asked_words import chosen
from maillage.web.reading.book import TerritoryBook, book_of
from maillage.web.reading.cards import Moment, card_of, cost_words
from maillage.web.reading.closures import closures
from maillage.web.reading.codes import code_of, word_of
from maillage.web.reading.filters import Asked, answer, asked_of
from maillage.web.reading.hours import today_words, week_lines

ASKED = st.builds(
    Asked,
    service=st.none() | st.sampled_from(mednum.Service),
    stay=st.booleans(),
    day=st.none() | st.integers(0, 6),
    half=st.none() | st.integers(0, 1),
    free=st.booleans(),
    public=st.none() | st.sampled_from(mednum.PublicSpecifiquementAdresse),
    care=st.none() | st.sampled_from(mednum.PriseEnChargeSpecifique),
    name=st.sampled_from(["", "France", "bibliotheque ulvemont", "rien de tel"]),
)


@pytest.fixture(scope="module")
def book(demo_work: TerritoryWork) -> TerritoryBook:
    """Give the book of the demo."""
    return book_of(demo_work.territory, demo_work.directory, 1)


@given(asked=ASKED)
def test_an_address_says_all_that_is_asked(book: TerritoryBook, asked: Asked) -> None:
    """What is asked, written in an address and read again, is the same."""
    assert asked_of(asked.query(), book) == asked
    unsure = replace(asked, unsure=True)
    assert asked_of(unsure.query(), book) == unsure


@given(asked=ASKED, other=ASKED)
def test_one_more_filter_never_adds_a_place(
    book: TerritoryBook, asked: Asked, other: Asked
) -> None:
    """Whatever answers two questions together answers each of them."""
    both = Asked(
        service=asked.service or other.service,
        stay=asked.stay or other.stay,
        day=asked.day if asked.day is not None else other.day,
        half=asked.half if asked.half is not None else other.half,
        free=asked.free or other.free,
        public=asked.public or other.public,
        care=asked.care or other.care,
        name=asked.name or other.name,
    )
    wide, narrow = answer(asked, book, NOON), answer(both, book, NOON)
    ids = {hit.place.lieu.id for hit in wide.hits}
    assert {hit.place.lieu.id for hit in narrow.hits} <= ids
    assert len(narrow.hits) + narrow.n_untold <= len(wide.hits) + wide.n_untold


@given(asked=ASKED)
def test_a_commune_sorts_and_hides_nothing(book: TerritoryBook, asked: Asked) -> None:
    """With a commune the same places answer, the nearest first, the neighbours' besides."""
    commune = book.communes[0]
    near = answer(asked_of({**asked.query(), "commune": commune.code_insee}, book), book, NOON)
    far = answer(asked, book, NOON)
    assert {hit.place.lieu.id for hit in far.hits} <= {hit.place.lieu.id for hit in near.hits}
    told = [hit.km for hit in near.hits if hit.km is not None]
    assert told == sorted(told)


@given(asked=ASKED)
def test_what_may_answer_is_shown_after_what_does(book: TerritoryBook, asked: Asked) -> None:
    """Asked to, the list goes on with those that did not tell: all of them, marked, and last."""
    sure, every = answer(asked, book, NOON), answer(replace(asked, unsure=True), book, NOON)
    assert every.n_untold == 0
    assert len(every.hits) == len(sure.hits) + sure.n_untold
    assert every.hits[: len(sure.hits)] == sure.hits
    assert [hit.sure for hit in every.hits] == [True] * len(sure.hits) + [False] * sure.n_untold


@given(asked=ASKED)
def test_each_thing_asked_can_be_taken_away(book: TerritoryBook, asked: Asked) -> None:
    """What is told in words is all that is asked: taken away one after the other nothing stays."""
    left, n_before = asked, len(chosen(asked))
    for n in range(n_before, 0, -1):
        assert len(chosen(left)) == n
        left = chosen(left)[-1].without
    assert left == Asked(commune=left.commune)


@pytest.mark.parametrize(
    ("query", "opened"),
    [
        ({"jour": "mardi"}, True),
        ({"jour": "mardi", "moment": "matin"}, True),
        ({"jour": "mardi", "moment": "apres-midi"}, False),
        ({"jour": "jeudi", "moment": "apres-midi"}, True),
        ({"moment": "apres-midi"}, True),
        ({"jour": "lundi", "moment": "matin"}, False),
        ({"jour": "samedi", "moment": "matin"}, None),
        ({"jour": "dimanche"}, False),
    ],
)
def test_half_days(demo_work: TerritoryWork, query: dict[str, str], opened: bool | None) -> None:
    """A day with a half is that half of that day; a half alone, any day; not told is not closed."""
    told = _book_where(demo_work, horaires="Tu 09:00-12:00; Th 11:30-16:00; Sa unknown")
    found = answer(asked_of(query, told), told, NOON)
    assert (len(found.hits), found.n_untold) == {True: (1, 0), False: (0, 0), None: (0, 1)}[opened]


@pytest.mark.parametrize(
    ("ways", "text", "stays"),
    [
        (("À distance",), None, True),
        (("En autonomie",), None, False),
        (None, None, None),
        (("En autonomie",), "Nous venons à domicile le mardi.", True),
        (None, "Pas de visite à domicile.", None),
    ],
)
def test_who_cannot_move(
    demo_work: TerritoryWork, ways: tuple[str, ...] | None, text: str | None, stays: bool | None
) -> None:
    """Help from afar is told by the schema, help at home by a text; neither is supposed."""
    told = ways and tuple(mednum.ModaliteAccompagnement(one) for one in ways)
    book = _book_where(demo_work, modalites_accompagnement=told, presentation_resume=text)
    found = answer(Asked(stay=True), book, NOON)
    assert (len(found.hits), found.n_untold) == {True: (1, 0), False: (0, 0), None: (0, 1)}[stays]


def _book_where(work: TerritoryWork, **told: object) -> TerritoryBook:
    """Return a book of one place, of which some columns are told otherwise."""
    directory = work.directory
    lieu = next(one for one in directory.lieux if one.in_territory)
    one = next(one for one in directory.permanences if one.lieu_id == lieu.id)
    hours = told.pop("horaires", one.horaires)
    record = replace(one.record, presentation_detail=None, **told)  # type: ignore[arg-type]
    held = replace(one, record=record, horaires=hours)  # type: ignore[arg-type]
    alone = replace(directory, lieux=(lieu,), permanences=(held,))
    return book_of(work.territory, alone, 1)


def test_nothing_asked_shows_the_whole_territory(book: TerritoryBook) -> None:
    """Without a filter every place of the territory is there, by name, and nothing is untold."""
    found = answer(Asked(), book, NOON)
    assert (len(found.hits), found.n_untold) == (book.n_inside, 0)
    assert all(hit.place.lieu.in_territory and hit.km is None for hit in found.hits)


@given(
    query=st.dictionaries(
        st.sampled_from(["besoin", "commune", "jour", "moment", "chez_soi", "gratuit", "public"]),
        st.text(),
    )
)
def test_any_address_is_read(book: TerritoryBook, query: dict[str, str]) -> None:
    """Whatever is written in an address, it is read or passed over."""
    answer(asked_of(query, book), book, NOON)


@pytest.mark.parametrize("words", [mednum.Service, mednum.Frais, mednum.PriseEnChargeSpecifique])
def test_each_word_has_a_code_of_its_own(words: type[mednum.Service]) -> None:
    """A code leads back to its word."""
    assert all(word_of(words, code_of(word)) is word for word in words)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-24T10:15", "Ouvert jusqu'à 12 h."),
        ("2026-11-24T08:00", "Ouvre aujourd'hui à 9 h."),
        ("2026-11-24T12:00", "Ouvre aujourd'hui à 14 h."),
        ("2026-11-24T17:00", "Fermé à cette heure. Prochaine ouverture : jeudi 26 novembre à 9 h."),
        ("2026-11-25T10:00", "Fermé aujourd'hui. Prochaine ouverture : demain à 9 h."),
        ("2026-12-25T10:00", "Fermé aujourd'hui. Prochaine ouverture : mardi 29 décembre à 9 h."),
    ],
)
def test_today_in_words(at: str, told: str) -> None:
    """What a place says of its hours is what somebody would say at its door, holidays included."""
    moment = dt.datetime.fromisoformat(at)
    hours = "Tu 09:00-12:00,14:00-17:00; Th 09:00-12:00"
    today = today_words(hours, "62", moment, load_parameters(ON))
    assert f"{today.words} {today.then}".strip().replace(french.FIXED, " ") == told


def test_hours_not_told_are_said_so() -> None:
    """Nothing is supposed of hours that are not told, or of a day that is not."""
    moment = dt.datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - local time
    assert today_words(None, "62", moment, load_parameters(ON)).open_now is None
    lines = week_lines("Mo 09:00-12:00; Tu unknown", ON)
    assert [line.words for line in lines][1:3] == ["non communiqué", "fermé"]
    assert [line.is_today for line in lines].index(True) == ON.weekday()


@given(asked=ASKED)
def test_who_answers_speaks_alone_for_the_place(book: TerritoryBook, asked: Asked) -> None:
    """Hours, prices and services of a card are those of who gives the help that is asked."""
    moment = Moment(dt.datetime(2026, 11, 24, 10, 15, tzinfo=dt.UTC), load_parameters(ON))
    for hit in answer(asked, book, NOON).hits:
        card = card_of(hit, moment)
        assert hit.presences and set(hit.presences) <= set(hit.place.presences)
        assert card.cost == cost_words(hit.presences)
        assert bool(card.who) == (len(hit.presences) < len(hit.place.presences))
        if asked.service and hit.sure:
            assert all(asked.service in (one.services or ()) for one in hit.presences)
            assert asked.service.label in card.services
        told = [
            today_words(
                one.permanence.horaires, hit.place.departement, moment.now, moment.parameters
            )
            for one in hit.presences
        ]
        assert card.today in told


def test_a_name_is_found_as_people_write_it(book: TerritoryBook) -> None:
    """The beginnings of words of a name do, without accents or capitals, in any order."""
    place = next(one for one in book.places if one.lieu.in_territory and " " in one.lieu.nom)
    words = place.lieu.nom.upper().split()
    found = answer(Asked(name=" ".join(reversed(words))), book, NOON)
    assert place in [hit.place for hit in found.hits]
    assert answer(Asked(name="zzzz"), book, NOON).hits == ()


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("Mo 09:00-12:00", ()),
        ("Mo 09:00-12:00; 2026 Dec 24 off", ("Fermé le 24 décembre 2026.",)),
        (
            "Mo 09:00-12:00; 2026 Nov 23-2026 Dec 31 off",
            ("Fermé du 23 novembre 2026 au 31 décembre 2026.",),
        ),
        ("Mo 09:00-12:00; Dec 24-Jan 02 off", ("Fermé du 24 décembre 2026 au 2 janvier 2027.",)),
        ("Mo 09:00-12:00; 2026 Dec 24-26 off", ("Fermé du 24 décembre 2026 au 26 décembre 2026.",)),
        ("Mo 09:00-12:00; 2026 Nov 01-2026 Nov 23 off", ()),
        ("Mo 09:00-12:00; 2027 Aug 01-2027 Aug 31 off", ()),
        ("Mo 09:00-12:00; 2026 Feb 31 off; PH off", ()),
        (None, ()),
    ],
)
def test_closures_to_come_are_told(hours: str | None, told: tuple[str, ...]) -> None:
    """What is closed now or within two months is a sentence; what is past or far is not."""
    said = tuple(one.replace(french.FIXED, " ") for one in closures(hours, ON))
    assert said == told
