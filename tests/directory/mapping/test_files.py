"""Laws of mappings on disk: what is written is read back, what is wrong is said with its line."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.directory.mapping.files import mapping_text, save_mapping
from maillage.directory.mapping.load import load_mapping, national_words
from maillage.directory.mapping.model import CLOSED, FIELDS, LISTS, FieldRule, FileMapping, Part
from maillage.kernel.errors import OutputError, UnusableFile

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
COLUMNS = st.lists(TEXTS, min_size=1, max_size=3, unique=True).map(tuple)


def words(field: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw none or some national words of a field."""
    return st.lists(st.sampled_from(national_words(field)), max_size=2, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn, field: str) -> FieldRule:
    """Draw any rule that makes sense in a field."""
    columns = draw(COLUMNS)
    more: dict[str, object] = {}
    if field in LISTS:
        more["split"] = tuple(draw(st.lists(TEXTS, max_size=2, unique=True)))
    if field in CLOSED:
        more["values"] = MappingProxyType(draw(st.dictionaries(TEXTS, words(field), max_size=3)))
        more["if_yes"] = MappingProxyType(draw(st.dictionaries(TEXTS, words(field), max_size=2)))
    else:
        more["join"] = draw(st.none() | st.text(" ,-/\n", max_size=3))
    if field in {part.value for part in Part}:
        more["part"] = draw(st.none() | st.sampled_from(Part))
    if field == "horaires":
        days = draw(st.dictionaries(st.integers(0, 6), COLUMNS, max_size=7))
        more["days"] = MappingProxyType(dict(sorted(days.items())))
    return FieldRule(columns, **more)  # type: ignore[arg-type]


@st.composite
def mappings(draw: st.DrawFn) -> FileMapping:
    """Draw any mapping: it always says where the name is."""
    fields = {"nom", *draw(st.sets(st.sampled_from(FIELDS), max_size=5))}
    told = {field: draw(rules(field)) for field in sorted(fields)}
    columns = tuple(draw(st.lists(TEXTS, max_size=4, unique=True)))
    return FileMapping(draw(TEXTS), columns, MappingProxyType(told))


@given(mapping=mappings(), note=st.text(max_size=40))
@settings(max_examples=200)
def test_what_is_written_is_read_back(
    mapping: FileMapping, note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any mapping comes back as it was, its comments counting for nothing, whatever its texts."""
    path = tmp_path_factory.mktemp("m") / "m.yaml"
    save_mapping(mapping, path, {"nom": (note,), "colonnes_du_fichier": (note,)})
    assert load_mapping(path) == mapping
    assert mapping_text(load_mapping(path)) == mapping_text(mapping)


def test_a_long_value_is_written_so_that_yaml_reads_it(tmp_path: Path) -> None:
    """A whole paragraph can be a value to be told a word."""
    values = MappingProxyType({"mot " * 400: ("BIB",)})
    told = {"nom": FieldRule(("n",)), "typologie": FieldRule(("t",), values=values)}
    save_mapping(FileMapping("hub", (), MappingProxyType(told)), tmp_path / "m.yaml")
    assert load_mapping(tmp_path / "m.yaml").rules["typologie"].values == values


def read(folder: Path, text: str) -> FileMapping:
    """Read a mapping written so."""
    path = folder / "hub.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


HAND = """\
source: Hub du Sud
champs:
  nom: [Lieu, Structure]   # la première remplie
  code_postal: {colonnes: CP}
  services:
    si_oui:
      Wifi: Accès internet et matériel informatique
    colonnes: Aide
    couper: "/"
    valeurs:
      No: Aide aux démarches administratives
      Autre:
  horaires:
    jours: {lundi: [Lundi matin, Lundi soir], mardi: Mardi}
"""


def test_a_mapping_written_by_hand_is_read(tmp_path: Path) -> None:
    """Short and long forms are read; « No » and « Oui » are texts; nothing after « : » drops."""
    mapping = read(tmp_path, HAND)
    assert mapping.rules["nom"].columns == ("Lieu", "Structure")
    assert mapping.rules["code_postal"] == FieldRule(("CP",))
    services = mapping.rules["services"]
    assert (services.columns, services.split) == (("Aide",), ("/",))
    assert services.values == {"No": ("Aide aux démarches administratives",), "Autre": ()}
    assert list(services.if_yes) == ["Wifi"]
    assert mapping.rules["horaires"].days == {0: ("Lundi matin", "Lundi soir"), 1: ("Mardi",)}
    assert mapping.columns == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("source: A\nchamps:\n  nom: N\n  telefone: T\n", 4, "« telephone »"),
        ("source: A\nchamps:\n  nom: N\n  nom: M\n", 4, "deux fois"),
        ("source: A\nchamps:\n  commune: C\n", 2, "« nom: »"),
        ("source: A\nchamp:\n  nom: N\n", 2, "« champs »"),
        ("champs:\n  nom: N\n", 1, "« source »"),
        ("source:\nchamps:\n  nom: N\n", 1, "producteur"),
        ("source: A\nchamps:\n  nom: N\n nom2: x\n", 4, "YAML"),
        ("source: A\nchamps:\n  nom: « a: b »\n", 3, "YAML"),
        ("format: 9\nsource: A\nchamps:\n  nom: N\n", 1, "format: 1"),
        ("source: A\nchamps: Lieu\n", 2, "nom: valeur"),
        ("source: A\nchamps:\n  nom:\n    - [a]\n", 4, "un texte"),
        (
            "source: A\nchamps:\n  nom: N\n  adresse:\n    partie: rue\n    colonnes: A\n",
            5,
            "adres",
        ),
        ("source: A\nchamps:\n  nom: N\n  commune:\n    couper: x\n    colonnes: A\n", 5, "sens"),
        ("source: A\nchamps:\n  nom: N\n  horaires:\n    jours: {lundy: L}\n", 5, "« lundi »"),
        ("source: A\nchamps:\n  nom: N\n  typologie:\n    valeurs: {Bib: BIB}\n", 5, "colonne"),
        ("source: A\nchamps:\n  nom: ''\n", 3, "nom d'une colonne"),
        ("", None, "maillage directory map"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    """A mistake names the file, the line and what to write instead."""
    with pytest.raises(UnusableFile) as refused:
        read(tmp_path, text)
    assert refused.value.line == line
    assert "hub.yaml" in str(refused.value)
    assert said in str(refused.value)


def test_a_word_that_is_not_national_is_refused_with_its_neighbours(tmp_path: Path) -> None:
    """A word that no national list holds is refused where it stands, with those that are near."""
    text = (
        "source: A\nchamps:\n  nom: N\n  services:\n    colonnes: S\n    valeurs:\n      aide: {}\n"
    )
    with pytest.raises(UnusableFile) as refused:
        read(tmp_path, text.format("Aide aux démarches administrative"))
    assert refused.value.line == 7
    assert "Aide aux démarches administratives" in str(refused.value)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"PK\x03\x04\x00\xff"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    """A workbook or an image is no mapping, and no traceback."""
    path = tmp_path / "hub.yaml"
    path.write_bytes(raw)
    with pytest.raises(UnusableFile, match=r"texte lisible|YAML"):
        load_mapping(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The name is told."""
    with pytest.raises(UnusableFile, match=r"absent\.yaml"):
        load_mapping(tmp_path / "absent.yaml")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Writing under a file is one French sentence."""
    (tmp_path / "plein").write_text("x")
    mapping = FileMapping("hub", (), MappingProxyType({"nom": FieldRule(("n",))}))
    with pytest.raises(OutputError):
        save_mapping(mapping, tmp_path / "plein" / "m.yaml")
