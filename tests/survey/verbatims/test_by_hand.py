"""What a person hides too, and shows again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maillage.survey.verbatims.by_hand import (
    Checked,
    checked,
    from_kept,
    hide,
    kept_form,
    pieces,
    places_of,
    places_typed,
    restore,
)
from maillage.survey.verbatims.model import Detail
from maillage.survey.verbatims.screen import screen
from maillage.survey.verbatims.sight import normal

SAID = "Mme Morel m'appelle au 06 12 34 56 78. Le boulanger roux ferme, dit-on du boulanger."
ALPHABET = st.text("abé MR'-.06[]\n", max_size=40)


def _checked(text: str = SAID) -> Checked:
    found = checked(text, screen(text))
    assert found is not None
    return found


def test_words_chosen_are_hidden_too_and_shown_again() -> None:
    """Two words side by side become one mark; what was hidden by the screening stays."""
    words = _checked()
    starts = {SAID.index("boulanger"), SAID.index("roux")}
    more = hide(words, places_of(words, starts), Detail.NAME)
    assert more.screened.text.startswith("[nom] m'appelle au [téléphone]. Le [nom] ferme")
    ranks = [rank for rank, one in enumerate(more.hidden) if one.why == "à la main"]
    assert restore(more, ranks) == words


def test_words_typed_are_hidden_everywhere() -> None:
    """Whatever their capitals and accents."""
    words = _checked()
    more = hide(words, places_typed(words, "Bôulanger"), Detail.NAME)
    assert "boulanger" not in more.screened.text
    assert more.screened.text.count("[nom]") == words.screened.text.count("[nom]") + 2
    assert hide(words, places_typed(words, "  "), Detail.NAME) == words


@given(st.lists(st.sampled_from(["Mme Morel", "06 12 34 56 78", "viens", ".", "\n", "Jean"])))
def test_a_screening_is_found_again_in_what_was_said(parts: list[str]) -> None:
    """What marks stand for is known to the letter; all shown again gives what was said."""
    text = " ".join(parts)
    words = _checked(text)
    assert words.screened.text == screen(text).text
    assert restore(words, range(len(words.hidden))).screened.text == normal(text)
    assert "".join(piece.text for piece in pieces(words)) == words.screened.text
    assert from_kept(text, kept_form(words)) == words


@given(ALPHABET, st.lists(st.tuples(st.integers(-3, 50), st.integers(-3, 50))))
def test_any_places_are_taken(text: str, places: list[tuple[int, int]]) -> None:
    """Places outside, empty or on others are left: spans stay in order and apart."""
    more = hide(hide(Checked(text), places, Detail.NAME), places, Detail.PHONE)
    ends = [at for one in more.hidden for at in (one.start, one.end)]
    assert ends == sorted(ends)


def test_words_of_another_screening_are_not_taken() -> None:
    """A screening that does not fit what was said is refused rather than guessed."""
    assert checked("Bonjour Jean", screen(SAID)) is None
