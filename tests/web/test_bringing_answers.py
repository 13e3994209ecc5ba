"""Files of answers: tried, brought once, taken back whole; screened before anybody reads them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.web.addresses import address
from tests.web.surveys import SLUG

from maillage.storage.survey.brought import files_of
from maillage.storage.survey.models import AnswerRow, ContactRow, VerbatimRow, Wave

Clients = Callable[[str], Client]
KOBO = (
    "_uuid;aide;fois;mots;contact\n"
    "uuid-1;oui;2;Appelez Jeanne Morel au 06 12 34 56 78;\n"
    "uuid-2;non;;;ccas-inconnu\n"
    "uuid-2;non;;;\n"
    "uuid-3;peut-être;12,5;;\n"
)


def _send(client: Client, text: str | bytes = KOBO, **told: str) -> HttpResponse:
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    file = SimpleUploadedFile("C:\\Bureau\\kobo.csv", content)
    return client.post(address("hearing:bring"), {"fichier": file, "acte": "apporter", **told})


def _brought() -> set[str]:
    keys = AnswerRow.objects.filter(wave=_wave(), brought__isnull=False)
    return set(keys.values_list("key", flat=True))


def _wave() -> Wave:
    return Wave.objects.filter(slug=SLUG).order_by("pk")[0]


def test_a_file_is_tried_before_anything_of_it_is_kept(client_of: Clients) -> None:
    """How many answers, how many are new, what is doubtful by line; the wave has what it had."""
    page = _send(client_of("coordinator"), acte="voir").content.decode()
    assert "Ligne 4" in page and "déjà à la ligne 3" in page
    assert "peut-être" in page and "ccas-inconnu" in page
    assert not _brought() and not files_of(_wave())


def test_a_file_brought_twice_counts_once(client_of: Clients) -> None:
    """Answers that the wave has are left as they are, and said."""
    client = client_of("coordinator")
    _send(client)
    assert _brought() == {"uuid-1", "uuid-2"}
    page = _send(client).content.decode()
    assert _brought() == {"uuid-1", "uuid-2"} and "déjà là" in page
    assert [one.n_known for one in files_of(_wave())] == [0]


def test_words_of_a_file_are_screened_before_they_are_read(client_of: Clients) -> None:
    """A name and a number in a cell stand nowhere open; the words are sealed until checked."""
    _send(client_of("coordinator"))
    words = VerbatimRow.objects.get(answer__key="uuid-1")
    assert "06 12" not in words.screened and "Morel" not in words.screened
    assert "Jeanne" not in words.sealed and "mots" not in words.answer.values  # type: ignore[union-attr]
    assert words.source_kind == "habitant" and not words.quotable


def test_a_file_is_taken_back_whole(client_of: Clients) -> None:
    """Its answers and their words are erased; others stay; it can be brought again."""
    client = client_of("coordinator")
    n_before = AnswerRow.objects.count()
    _send(client)
    (file,) = files_of(_wave())
    gone = client.post(address("hearing:unbring", number=file.pk))
    assert gone.status_code == 302 and not _brought()
    assert AnswerRow.objects.count() == n_before
    assert client.post(address("hearing:unbring", number=file.pk)).status_code == 302
    _send(client)
    assert _brought() == {"uuid-1", "uuid-2"}


def test_an_answer_of_a_contact_is_said_by_it(client_of: Clients) -> None:
    """The key in the file is that of the list: its kind is whom the words are attributed to."""
    told = {"name": "CCAS d'Ulvemont", "kind": "ccas"}
    ContactRow.objects.create(wave=_wave(), key="ccas-1", told=told)
    _send(client_of("coordinator"), "_uuid,aide,mots,contact\nu9,oui,Un scanner,ccas-1\n")
    assert VerbatimRow.objects.get(answer__key="u9").source_kind == "ccas"


def test_a_file_of_several_waves_asks_which(client_of: Clients) -> None:
    """Nothing is brought until it is said; then that wave alone."""
    client = client_of("coordinator")
    text = "_uuid,vague,aide\na,2024,oui\nb,2026,non\n"
    asked = _send(client, text)
    assert asked.status_code == 422 and "plusieurs vagues" in asked.content.decode()
    assert not _brought()
    _send(client, text, vague="2026")
    assert _brought() == {"b"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choisissez un fichier"),
        (b"nom,ville\nMorel,Lens\n", "Aucune ligne"),
        (b"PK\x03\x04 rien", ""),
    ],
)
def test_a_file_that_is_none_is_said_beside_its_field(
    client_of: Clients, content: bytes, said: str
) -> None:
    """The page says what to do; nothing is kept."""
    answer = _send(client_of("coordinator"), content)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert "fichier-faux" in answer.content.decode() and not files_of(_wave())


@pytest.mark.parametrize(
    "content",
    [
        "aide;mots\r\noui;Ça coûte cher\r\n".encode("cp1252"),
        ("\ufeffaide;mots\r\noui;=1+1 🙂 " + "x" * 50_000).encode(),
    ],
)
def test_a_file_of_a_french_spreadsheet_is_brought(client_of: Clients, content: bytes) -> None:
    """cp1252 or a mark of UTF-8, semicolons, a formula, an emoji, a cell without end."""
    _send(client_of("coordinator"), content)
    assert len(_brought()) == 1


def test_the_page_asks_the_database_little(
    client_of: Clients, django_assert_num_queries: Callable[[int], object]
) -> None:
    """As many files as one likes: the same number of queries."""
    client = client_of("coordinator")
    client.get(address("hearing:bring"))
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        client.get(address("hearing:bring"))
