"""Laws of reading rows of the national schema, old and new."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from maillage.standard import mednum
from maillage.standard.read import read_record
from maillage.standard.record import MednumRecord
from maillage.tables.model import Row
from maillage.tables.read import read_table

ON = dt.date(2026, 9, 1)
Public, Soin = mednum.PublicSpecifiquementAdresse, mednum.PriseEnChargeSpecifique


def read(**cells: str) -> tuple[MednumRecord, list[str]]:
    """Read a row that has a name, and return its record and the codes of its findings."""
    record, findings = read_record(Row(7, {"nom": "CCAS de Béthune", **cells}), "test", ON)
    assert record is not None
    assert all(finding.where.line == 7 for finding in findings)
    return record, [finding.code for finding in findings]


def test_a_row_without_name_has_no_record() -> None:
    """Without a name there is no place: one error on its line."""
    for cells in ({"id": "x"}, {"id": "x", "nom": "Non renseigné"}):
        record, findings = read_record(Row(7, cells), "test", ON)
        assert record is None
        assert [(f.code, f.severity.code) for f in findings] == [("name-missing", "error")]


@pytest.mark.parametrize("name", ["مركز الإعلام", "图书馆", "???"])
def test_a_name_in_any_writing_is_a_name(name: str) -> None:
    """A name without one Latin letter is told, and kept as it is."""
    assert read(nom=name)[0].nom == name


def test_a_row_without_id_is_known_by_its_cells() -> None:
    """The id of a row without id is the same wherever its columns stand, and changes with them."""
    cells = {"nom": "A", "commune": "Auchel"}
    first, _ = read_record(Row(2, cells), "a", ON)
    moved, _ = read_record(Row(9, dict(reversed(cells.items()))), "b", ON)
    other, _ = read_record(Row(2, {**cells, "commune": "Lillers"}), "a", ON)
    assert first is not None
    assert moved is not None
    assert other is not None
    assert first.id == moved.id != other.id


def test_an_old_row_is_read_in_the_words_of_today() -> None:
    """Columns and sentences of 2022 give the fields of v1.0.2."""
    record, codes = read(
        id="lieu-1",
        services="Prendre en main un ordinateur;Prendre en main un smartphone ou une tablette;"
        "Accéder à du matériel",
        publics_accueillis="Seniors (+ 65 ans);Surdité;Uniquement femmes",
        conditions_access="Gratuit : Je peux accéder gratuitement au lieu et à ses services",
        labels_nationaux="CNFS;Fabriques de Territoire;APTIC",
        labels_autres="SudLabs",
        modalites_accompagnement="Seul : j'ai accès à du matériel et une connexion",
        courriel="ccas@bethune.fr",
        accessibilite="https://acceslibre.beta.gouv.fr/app/x/",
    )
    assert record.services == (
        mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN,
        mednum.Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
    )
    assert record.publics_specifiquement_adresses == (Public.SENIORS, Public.FEMMES)
    assert record.prise_en_charge_specifique == (Soin.SURDITE,)
    assert record.frais_a_charge == (mednum.Frais.GRATUIT,)
    assert record.dispositif_programmes_nationaux == (
        mednum.DispositifProgrammeNational.CONSEILLERS_NUMERIQUES,
    )
    assert record.formations_labels == (mednum.FormationLabel.FABRIQUES_DE_TERRITOIRE,)
    assert record.autres_formations_labels == ("SudLabs", "APTIC")
    assert record.modalites_accompagnement == (mednum.ModaliteAccompagnement.EN_AUTONOMIE,)
    assert record.courriels == ("ccas@bethune.fr",)
    assert record.fiche_acces_libre == "https://acceslibre.beta.gouv.fr/app/x/"
    assert codes == ["word-without-equivalent"]


def test_a_place_open_to_adults_too_turns_to_nobody_in_particular() -> None:
    """Listing every age in 2022 meant "all are welcome": no specific public, and a finding."""
    text = "Adultes;Seniors (+ 65 ans);Jeunes (16-26 ans);Illettrisme"
    record, codes = read(publics_accueillis=text)
    assert record.publics_specifiquement_adresses == ()
    assert record.prise_en_charge_specifique == (Soin.ILLETTRISME,)
    assert codes == ["public-not-specific", "word-without-equivalent"]


@pytest.mark.parametrize("separator", ["|", ";", "; ", ", "])
def test_lists_are_cut_at_any_separator(separator: str) -> None:
    """Values separated in any usual way are the same values."""
    words = ("Se présenter", "Téléphoner", "Ce lieu n’accueille pas de public")
    record, codes = read(modalites_acces=separator.join(words))
    assert record.modalites_acces == (
        mednum.ModaliteAcces.SE_PRESENTER,
        mednum.ModaliteAcces.TELEPHONER,
        mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,
    )
    assert codes == []


def test_an_unknown_word_is_set_aside_and_named() -> None:
    """A word outside the vocabulary is a warning; the words beside it are kept."""
    record, codes = read(frais_a_charge="Gratuit|Au chapeau")
    assert record.frais_a_charge == (mednum.Frais.GRATUIT,)
    assert codes == ["word-unknown"]


def test_not_told_differs_from_told_none() -> None:
    """An absent cell is None, an empty list of a JSON file is an empty tuple."""
    assert read()[0].services is None
    assert read(services="")[0].services == ()
    assert read(services="non renseigné")[0].services is None


def test_todays_column_wins_over_the_old_one() -> None:
    """Where both names of a column are told, today's counts, whatever their order."""
    record, _ = read(conditions_acces="Payant", frais_a_charge="Gratuit")
    assert record.frais_a_charge == (mednum.Frais.GRATUIT,)


def test_the_address_key_gives_the_commune() -> None:
    """The first signs of an address key are the commune's code, where no code is told."""
    assert read(cle_ban="62119_0740_00012")[0].code_insee == "62119"
    assert read(cle_ban="62119_0740_00012", code_insee="62048")[0].code_insee == "62048"


def test_texts_for_people_are_read_without_html() -> None:
    """Entities and tags of texts that people read go, each text telling how it is read."""
    row = Row(
        7,
        {
            "nom": "M&eacute;diath&egrave;que",
            "commune": "B&eacute;thune",
            "adresse": "1 rue de l&#039;Église",
            "complement_adresse": "&nbsp;",
            "structure_parente": "<p>NC</p>",
            "presentation_resume": "Un lieu<br>ouvert",
            "site_web": "https://a.fr/?b=1&amp;c=2",
        },
    )
    record, findings = read_record(row, "test", ON)
    assert record is not None
    assert (record.nom, record.commune) == ("Médiathèque", "Béthune")
    assert (record.adresse, record.complement_adresse) == ("1 rue de l'Église", None)
    assert (record.structure_parente, record.presentation_resume) == (None, "Un lieu\nouvert")
    assert record.site_web == ("https://a.fr/?b=1&amp;c=2",)
    assert [(f.code, f.severity.code, f.where.field, f.value) for f in findings] == [
        ("html-in-text", "info", "adresse", "1 rue de l'Église"),
        ("html-in-text", "info", "commune", "Béthune"),
        ("html-in-text", "info", "nom", "Médiathèque"),
        ("html-in-text", "info", "presentation_resume", "Un lieu\nouvert"),
    ]
    assert all(f.where.subject == "Médiathèque" for f in findings)


def test_html_changes_no_id() -> None:
    """A row without id keeps the fingerprint of its cells as they are written."""
    html, _ = read_record(Row(2, {"nom": "Caf&eacute;"}), "a", ON)
    text, _ = read_record(Row(2, {"nom": "Café"}), "a", ON)
    assert html is not None
    assert text is not None
    assert (html.nom, html.id == text.id) == (text.nom, False)


def test_a_long_summary_is_moved_whole() -> None:
    """A summary beyond the schema's length joins the full presentation; nothing is lost."""
    record, codes = read(presentation_resume="a" * 281, presentation_detail="suite")
    assert record.presentation_resume is None
    assert record.presentation_detail == "a" * 281 + "\n\nsuite"
    assert codes == ["summary-too-long"]
    assert read(presentation_resume="a" * 280)[0].presentation_resume == "a" * 280


def test_doubts_of_each_kind_of_cell_are_told() -> None:
    """Codes, contacts, coordinates and dates all bring their findings, with their field."""
    row = Row(
        7,
        {
            "nom": "A",
            "pivot": "123",
            "code_postal": "abc",
            "code_insee": "xyz",
            "latitude": "0",
            "longitude": "0",
            "telephone": "accueil",
            "courriel": "accueil",
            "site_web": "bientôt",
            "date_maj": "hier",
            "labels_autres": "ZRR",
        },
    )
    record, findings = read_record(row, "test", ON)
    assert {(f.where.field, f.code) for f in findings} == {
        ("pivot", "siret-invalid"),
        ("code_postal", "code-postal-invalid"),
        ("code_insee", "code-insee-invalid"),
        ("latitude", "coordinates-zero"),
        ("telephone", "phone-invalid"),
        ("courriels", "email-invalid"),
        ("site_web", "url-invalid"),
        ("date_maj", "date-unreadable"),
        ("autres_formations_labels", "label-zrr-outdated"),
    }
    assert record == MednumRecord(id=record.id, nom="A", autres_formations_labels=("ZRR",))


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "n_rows", "n_findings"),
    [
        ("portrea-2023-05.geojson", 1741, 25),
        ("conseillers-numeriques-2022.json", 4930, 30),
        ("data-inclusion-structures.json", 3811, 75),
    ],
)
def test_real_old_files_are_wholly_read(
    mirror: Path, name: str, n_rows: int, n_findings: int
) -> None:
    """Every row of the national files has a record; findings stay few enough to be read."""
    table = read_table(mirror / "lieux" / name)
    read_rows = [read_record(row, name, ON) for row in table.rows]
    records = [record for record, _ in read_rows if record is not None]
    findings = [finding for _, found in read_rows for finding in found]
    assert len(records) == n_rows
    assert 0 < len({(f.code, f.where.field, f.message) for f in findings}) <= n_findings
    assert "word-unknown" not in {f.code for f in findings}
    assert all(record.services for record in records)
    assert all(record.date_maj for record in records)
