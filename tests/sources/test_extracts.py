"""The laws of the table of extracts: every département once, and those that are in none told."""

from __future__ import annotations

import re

from maillage.sources.extracts import load_extracts

EXTRACTS = load_extracts()
METROPOLE = {f"{n:02d}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
OVERSEAS = {"971", "972", "973", "974", "976"}


def test_every_departement_is_in_one_extract() -> None:
    """The 96 of the mainland and the five overseas stand in the table, each once."""
    told = [code for one in EXTRACTS for code in one.departements]
    assert len(told) == len(set(told))
    assert set(told) == METROPOLE | OVERSEAS


def test_names_go_into_addresses() -> None:
    """An extract's name is plain letters and hyphens, its size that of a heavy file."""
    assert len(list(EXTRACTS)) == 27
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one.id) for one in EXTRACTS)
    assert all(5_000_000 < one.about_bytes < 1_000_000_000 for one in EXTRACTS)
    assert EXTRACTS["nord-pas-de-calais"].departements == ("59", "62")


def test_departements_of_two_regions_need_both() -> None:
    """Somme and Pas-de-Calais are in two extracts; order and repetition change nothing."""
    found, unknown = EXTRACTS.holding(["80", "62", "59", "62"])
    assert [one.id for one in found] == ["nord-pas-de-calais", "picardie"]
    assert unknown == ()


def test_a_departement_in_no_extract_is_told() -> None:
    """Saint-Pierre-et-Miquelon is in none of them; what is known is still given."""
    found, unknown = EXTRACTS.holding(["975", "62", "20"])
    assert [one.id for one in found] == ["nord-pas-de-calais"]
    assert unknown == ("20", "975")


def test_nothing_asked_is_nothing_found() -> None:
    """Without département there is no extract."""
    assert EXTRACTS.holding([]) == ((), ())
