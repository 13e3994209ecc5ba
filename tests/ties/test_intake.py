"""Files of ties: who is meant is found or asked, never guessed; what is doubtful names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.kernel.errors import UnusableFile
from maillage.ties.intake import read_ties
from maillage.ties.model import Link, Member
from maillage.ties.naming import Names, written_key

MEMBERS = (
    "cle;nom;nature;commune;entendue\n"
    "m1;CCAS de Nœux;ccas;Nœux-les-Mines;2026\n"
    "m2;Médiathèque;mediatheque;Lens;2024 2026\n"
    "m3;Médiathèque;mediatheque;Béthune;\n"
    "m4;Mission locale de l'Artois;mission_locale;Béthune;oui\n"
)


def _read(tmp_path: Path, ties: str | bytes, members: str | None = MEMBERS) -> object:
    told, listed = tmp_path / "liens.csv", tmp_path / "structures.csv"
    told.write_bytes(ties if isinstance(ties, bytes) else ties.encode())
    if members is not None:
        listed.write_text(members, encoding="utf-8")
    return read_ties(told, listed if members is not None else None)


def _codes(read: object) -> list[tuple[str, int | None]]:
    return [(one.code, one.where.line) for one in read.findings]  # type: ignore[attr-defined]


def test_names_are_found_as_people_write_them(tmp_path: Path) -> None:
    """Case, accents, articles, dots, long forms and the commune beside: the one that is meant."""
    read = _read(
        tmp_path,
        "de;vers;lien;vague\n"
        "Centre communal d'action sociale de Noeux;MEDIATHEQUE DE LENS;connait;2026\n"
        "C.C.A.S. Nœux;la mission locale de l’Artois;oriente_vers travaille_avec;2026\n",
    )
    network = read.networks["2026"]  # type: ignore[attr-defined]
    assert {(one.teller, one.other, one.link) for one in network.ties} == {
        ("m1", "m2", Link.KNOWS),
        ("m1", "m4", Link.SENDS_TO),
        ("m1", "m4", Link.WORKS_WITH),
    }
    assert not _codes(read)


def test_a_name_that_two_bear_is_asked_not_guessed(tmp_path: Path) -> None:
    """« Médiathèque » alone may be two: the tie is not counted, both are named."""
    read = _read(tmp_path, "de;vers\nm1;Médiathèque\nm1;Médiatheque d'Arras\n")
    assert _codes(read) == [("ties-doubtful-name", 2), ("ties-unknown-name", 3)]
    (doubt, _) = read.findings  # type: ignore[attr-defined]
    assert "Médiathèque, Médiathèque" in doubt.message
    assert not read.networks[""].ties  # type: ignore[attr-defined]


def test_who_was_heard_and_named_nobody_is_heard(tmp_path: Path) -> None:
    """By the list, or by a line with nobody at its end; who told a tie was heard."""
    read = _read(tmp_path, "de;vers;vague\nm3;m1;2026\n", MEMBERS)
    heard = {one.key: one.is_heard for one in read.networks["2026"].members}  # type: ignore[attr-defined]
    assert heard == {"m1": True, "m2": True, "m3": True, "m4": True}
    alone = _read(tmp_path, "de;vers\nA;B\nC;\n", None)
    told = {one.name: one.is_heard for one in alone.networks[""].members}  # type: ignore[attr-defined]
    assert told == {"A": True, "B": False, "C": True}


def test_what_is_doubtful_names_its_line(tmp_path: Path) -> None:
    """Twice, to itself, of no known link, from nobody: each is said, and counted as said."""
    read = _read(
        tmp_path,
        "de;vers;lien\nm1;m4;connait\nm1;m4;connait\nm1;CCAS de Noeux;connait\nm1;m2;aime\n;m2;\n",
    )
    assert _codes(read) == [
        ("ties-unknown-link", 5),
        ("ties-no-teller", 6),
        ("ties-twice", 3),
        ("ties-self", 4),
    ]
    assert len(read.networks[""].ties) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffDe;Vers;Lien\r\nCCAS de Nœux;Mission locale de l'Artois;connait\r\n".encode(),
        "de;vers;lien\r\nCCAS de Noeux;Mission locale de l\x92Artois;connait\r\n".encode("latin-1"),
        b'"source","target"\n"m1","m4"\n',
    ],
)
def test_files_of_french_spreadsheets_are_read(tmp_path: Path, content: bytes) -> None:
    """A mark of UTF-8, cp1252, commas or semicolons, the headings of Gephi."""
    network = _read(tmp_path, content).networks[""]  # type: ignore[attr-defined]
    assert [(one.teller, one.other) for one in network.ties] == [("m1", "m4")]


def test_a_file_without_ties_says_which_column_is_missing(tmp_path: Path) -> None:
    """One sentence, and what to do."""
    with pytest.raises(UnusableFile, match="« vers »"):
        _read(tmp_path, "de;lien\na;b\n")
    with pytest.raises(UnusableFile, match="« nom »"):
        _read(tmp_path, "de;vers\na;b\n", "cle\nm1\n")


def test_near_names_are_proposed_the_nearest_first() -> None:
    """A misspelt name is nobody's until a person says whose."""
    names = Names([Member("a", "Secours populaire"), Member("b", "Secours catholique")])
    meant = names.meant("Secour populaire")
    assert meant.key is None and meant.candidates == ("a",)
    assert names.meant("").candidates == () and names.meant("!!").key is None


def test_a_written_name_has_one_key() -> None:
    """However it is written, what a person said of it holds."""
    assert written_key("La Médiathèque de LENS") == written_key("mediatheque lens")
