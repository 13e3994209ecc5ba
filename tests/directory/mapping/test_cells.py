"""Laws of cells as forms and web sites leave them, and of addresses told whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.mapping.addresses import whole_address
from maillage.directory.mapping.cells import first_of_month, parts, says, tells_nothing
from maillage.directory.mapping.model import Part


@pytest.mark.parametrize(
    "text", ["", "-", "--", "@", "/", "?", ",", "http://", "https://", "NC", "-" * 80, "\n-\n-"]
)
def test_signs_alone_tell_nothing(text: str) -> None:
    """A cell without a letter nor a digit, or that only begins an address, is not told."""
    assert tells_nothing(text)


@pytest.mark.parametrize("text", ["0", "http://a.fr", "é", "Né en 1970", "x" * 200, "中"])
def test_a_letter_or_a_digit_tells(text: str) -> None:
    """Zero, a letter of any writing and a long text are told."""
    assert not tells_nothing(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Oui", True),
        ("TRUE", True),
        ("1.0", True),
        ("x", True),
        ("non", False),
        ("0", False),
        ("False", False),
        ("parfois", None),
        ("oui <26 ans", None),
    ],
)
def test_yes_and_no_are_known_whatever_their_spelling(text: str, said: bool | None) -> None:
    """Yes, no, and what is neither."""
    assert says(text) is said


@pytest.mark.parametrize(
    ("text", "signs", "values"),
    [
        ("EPN / Mairie", ("/",), ["EPN", "Mairie"]),
        ('{EPN,"Promeneur du net"}', (",",), ["EPN", "Promeneur du net"]),
        ('Adultes,"Jeunesse (11-26 ans)', ('","', ","), ["Adultes", "Jeunesse (11-26 ans)"]),
        ("Sur rendez-vous-En groupe-A", ("-",), ["Sur rendez-vous", "En groupe", "A"]),
        ("Gratuit,", (",",), ["Gratuit"]),
        ("Gratuit, Payant", (), ["Gratuit, Payant"]),
        (" , ", (",",), []),
    ],
)
def test_values_are_parted_at_the_signs_told(
    text: str, signs: tuple[str, ...], values: list[str]
) -> None:
    """Every sign parts, but for a hyphen inside a word; quotes, braces and blanks go."""
    assert parts(text, signs) == values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Decembre 2019", "2019-12-01"),
        ("juil-22", "2022-07-01"),
        ("Juin 2021", "2021-06-01"),
        ("Août 2020", "2020-08-01"),
        ("05/03/2021", None),
        ("2020", None),
        ("inconnu 2020", None),
    ],
)
def test_a_month_is_its_first_day(text: str, date: str | None) -> None:
    """A month without a day is the oldest date that it can be; a whole date is left alone."""
    assert first_of_month(text) == date


@pytest.mark.parametrize(
    ("text", "street", "postal", "commune"),
    [
        ("8 rue de la Boétie - 33000 Bordeaux", "8 rue de la Boétie", "33000", "Bordeaux"),
        ("91, rue A, 33400 Talence", "91, rue A", "33400", "Talence"),
        ("12 rue B\n33 400 TALENCE CEDEX 9", "12 rue B", "33400", "TALENCE"),
        ("BP 40177 - 49300 Cholet", "BP 40177", "49300", "Cholet"),
        ("33000 Bordeaux", None, "33000", "Bordeaux"),
        ("2 rue C, 97400 Saint-Denis, France", "2 rue C", "97400", "Saint-Denis"),
        ("1 rue de la Cédille 62000 Arras", "1 rue de la Cédille", "62000", "Arras"),
        ("12345 route de Lens", "12345 route de Lens", None, None),
        ("Rue Robert Schuman", "Rue Robert Schuman", None, None),
        ("rue D BP 40177", "rue D BP 40177", None, None),
        (" , ", None, None, None),
    ],
)
def test_an_address_is_told_apart(
    text: str, street: str | None, postal: str | None, commune: str | None
) -> None:
    """Street, postal code and commune each go to their field; a box or a house is no code."""
    told = whole_address(text)
    assert (told.get(Part.STREET), told.get(Part.POSTAL), told.get(Part.COMMUNE)) == (
        street,
        postal,
        commune,
    )


@given(st.text(max_size=60))
def test_no_part_of_an_address_is_made_up(text: str) -> None:
    """Every part told stands in the text, but for its blanks."""
    bare = "".join(text.split())
    for part in whole_address(text).values():
        assert all("".join(piece.split()) in bare for piece in part.split(", "))
