"""The communes that are part of another one now."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from maillage.kernel.words import commune_key
from maillage.territory.former_communes import former_by_code, former_by_name


def test_an_old_code_leads_to_the_commune_of_today() -> None:
    """62482, Labuissière, is part of Bruay-la-Buissière, 62178."""
    former = former_by_code()["62482"]
    assert (former.name, former.code_insee) == ("Labuissière", "62178")


def test_an_old_name_leads_to_the_communes_of_today() -> None:
    """A name is found by its key, namesakes together; one that gave its code on is known too."""
    assert [f.code_insee for f in former_by_name()["labuissiere"]] == ["62178"]
    assert [f.code_insee for f in former_by_name()["arbignieu"]] == ["01015"]
    assert "01015" not in former_by_code()


def test_the_table_is_whole() -> None:
    """Codes are INSEE's, no chain is left (a commune of today is not one that was)."""
    formers = former_by_code()
    assert len(formers) > 4000
    codes = re.compile(r"\d[\dAB]\d{3}")
    assert all(codes.fullmatch(f.code) and codes.fullmatch(f.code_insee) for f in formers.values())
    assert not {f.code_insee for f in formers.values()} & set(formers)


@pytest.mark.mirror
def test_the_communes_of_today_are_those_of_the_mirror(mirror: Path) -> None:
    """No code of the mirror's communes is out of use, nearly all communes of today are there."""
    with (mirror / "insee/communes-france.csv").open(encoding="utf-8") as file:
        today = {row["code_insee"]: row["nom"] for row in csv.DictReader(file)}
    formers = former_by_code()
    assert len(set(formers) & set(today)) <= 10
    gone = {f.code_insee for f in formers.values()} - set(today)
    assert len(gone) <= 10, gone
    assert commune_key(today["62178"]) == "bruay la buissiere"
