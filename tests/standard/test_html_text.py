"""Laws of texts that a web page left in a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.standard.html_text import is_html, without_html


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("<ul><li>Caf&eacute;</li><li>Thé</li></ul>", "Café\nThé"),
        ('<i class=""fas fa-deaf""></i> Surdité', "Surdité"),
        ("9h &amp; 12h", "9h & 12h"),
        ("L&#039;Atelier", "L'Atelier"),
        ("lundi<br>mardi<BR/>mercredi</br>jeudi", "lundi\nmardi\nmercredi\njeudi"),
        ("<p>Un <b>mot</b></p>", "Un mot"),
        ("Caf&amp;eacute;", "Café"),
        ("&lt;p&gt;Un mot&lt;/p&gt;", "Un mot"),
        ("&nbsp;", ""),
        ("rue A & rue B, moins de < 3 h > midi", "rue A & rue B, moins de < 3 h > midi"),
        ("http://a.fr/?a=1&b=2", "http://a.fr/?a=1&b=2"),
        ("Accueil <accueil@lens.fr>, <https://lens.fr>", None),
    ],
)
def test_tags_go_and_entities_are_read(text: str, bare: str | None) -> None:
    """What a web page wrote is read as its reader saw it; other signs are left alone."""
    assert without_html(text) == (text if bare is None else bare)
    assert is_html(text) is (bare is not None and text != bare)


@given(st.text())
def test_a_text_without_html_is_left_as_it_is(text: str) -> None:
    """Nothing is changed where there is no HTML."""
    assert is_html(text) or without_html(text) == text
