"""Files of addresses of every kind → an address book."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.engines.address_server import PARAMETERS

from maillage.directory.geocoding.model import Address
from maillage.directory.geocoding.read_book import read_address_book
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Point

BAN = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"
    "code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;"
    "libelle_acheminement;nom_afnor;source_position;source_voie;certification_commune;cad_parcelles"
    "\n62119_1_2;;2;bis;Rue de l'Église;62400;62119;Béthune;;;1;2;2.64;50.53;entrée;;;BETHUNE;"
    "RUE DE L EGLISE;commune;commune;1;"
)
PLAIN = "numero,voie,code_postal,ville,lon,lat\n2 bis,Rue de l'Église,62400,Béthune,2.64,50.53"
BAL = (
    "cle_interop;voie_nom;numero;suffixe;commune_insee;commune_nom;position;long;lat\n"
    "x;Rue de l'Église;2;bis;62119;Béthune;;2.64;50.53"
)
ASKED = Address("2 bis rue de l'eglise", None, "BETHUNE")


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Return a file of that text."""
    path = tmp_path / "adresses.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("text", [BAN, PLAIN, BAL], ids=["ban", "plain", "bal"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_known_by_its_columns(tmp_path: Path, text: str, encoding: str, end: str) -> None:
    """The national base, a commune's own, a plain list; whatever the encoding and line ends."""
    text = text.replace("\n", end) + end
    book, findings = read_address_book(write(tmp_path, text, encoding), PARAMETERS)
    (found,) = book.locate([ASKED])
    assert found is not None
    assert (found.point, found.score, findings) == (Point(2.64, 50.53), 1.0, ())
    assert found.label.startswith("2bis Rue de l'Église")
    assert book.name == "la liste d'adresses adresses.csv"


def test_a_zipped_list_is_read_as_it_is(tmp_path: Path) -> None:
    """The national base comes gzipped."""
    path = tmp_path / "adresses-62.csv.gz"
    path.write_bytes(gzip.compress(BAN.encode()))
    book, _ = read_address_book(path, PARAMETERS)
    assert len(book) == 1


def test_only_the_communes_wanted_are_kept(tmp_path: Path) -> None:
    """A territory's communes, and rows that tell no code; nothing kept is an UnusableFile."""
    path = write(tmp_path, BAN + "\n" + BAN.splitlines()[1].replace("62119", "62516"))
    assert len(read_address_book(path, PARAMETERS)[0]) == 2
    assert len(read_address_book(path, PARAMETERS, {"62516"})[0]) == 1
    assert len(read_address_book(write(tmp_path, PLAIN), PARAMETERS, {"62516"})[0]) == 1
    with pytest.raises(UnusableFile, match="aucune adresse"):
        read_address_book(write(tmp_path, BAN), PARAMETERS, {"62516"})


def test_rows_that_cannot_be_used_are_counted_and_told(tmp_path: Path) -> None:
    """No point, no street, cells missing: one finding a kind, with its first line."""
    bad = [
        "3,Rue X,62400,Béthune,,",
        "4,Rue X,62400,Béthune,0,0",
        "5,Rue X,62400,Béthune,east,50",
        "6,Rue X,62400,Béthune,2.6,120",
        "7,,62400,Béthune,2.6,50.5",
        "8,Rue X",
        "",
        '9,Rue X,62400,Béthune,"2,6","50,5"',
    ]
    book, findings = read_address_book(write(tmp_path, "\n".join([PLAIN, *bad])), PARAMETERS)
    assert len(book) == 2
    assert {f.code: (f.where.line, f.message.split(" : ")[1][:1]) for f in findings} == {
        "address-row-broken": (8, "1"),
        "address-without-point": (3, "4"),
        "address-without-street": (7, "1"),
    }


@pytest.mark.parametrize("number", ["0", "99999", ""])
def test_a_way_without_a_number_is_a_way(tmp_path: Path, number: str) -> None:
    """How the bases write a way or a lieu-dit that has no number."""
    path = write(tmp_path, PLAIN.replace("2 bis", number))
    (found,) = read_address_book(path, PARAMETERS)[0].locate([ASKED])
    assert found is not None
    assert found.label == "Rue de l'Église, 62400 Béthune"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "n'est pas une liste d'adresses"),
        (b"nom,adresse\nMairie,1 rue X\n", "aucune colonne ne dit la voie, la longitude"),
        (b"voie,lon,lat\nRue X,2,50\n", "aucune colonne ne dit la commune"),
        (PLAIN.encode().split(b"\n")[0], "aucune adresse"),
        (gzip.compress(BAN.encode())[:60], "ne peut pas être lue"),
        (b"\x1f\x8bnot a gzip file", "ne peut pas être lue"),
        (PLAIN.encode() + b"\n" + b"x" * 200_000, "démesurées"),
        (PLAIN.encode() + b'\n"' + b"a,b\n" * 50_000, "guillemet"),
    ],
    ids=["empty", "other", "no-commune", "title", "cut", "no-gzip", "endless", "open-quote"],
)
def test_a_file_of_no_use_is_one_error(tmp_path: Path, raw: bytes, told: str) -> None:
    """One UnusableFile, in French, that says what is wrong."""
    path = tmp_path / "adresses.csv"
    path.write_bytes(raw)
    with pytest.raises(UnusableFile) as caught:
        read_address_book(path, PARAMETERS)
    assert told in str(caught.value)


def test_a_cell_of_two_lines_is_a_cell(tmp_path: Path) -> None:
    """A line break within quotes is no end of row; rows after it keep their line."""
    text = PLAIN.replace("Rue de l'Église", '"Rue de\nl\'Église"') + "\n1,Rue X,62400,Béthune,,"
    book, (finding,) = read_address_book(write(tmp_path, text), PARAMETERS)
    assert len(book) == 1
    assert finding.where.line == 4


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    """No such file: UnusableFile."""
    with pytest.raises(UnusableFile, match="ne peut pas être lue"):
        read_address_book(tmp_path / "nulle-part.csv", PARAMETERS)
