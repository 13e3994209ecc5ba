"""Words checked, coded, quoted and counted on the site."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.addresses import address
from tests.web.conftest import DEMO, OTHER
from tests.web.surveys import AT, SLUG

from maillage.kernel.parameters import load_parameters
from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Role
from maillage.storage.survey.answers import Finished, Said, bring_answers
from maillage.storage.survey.models import CodingRow, VerbatimRow, Wave
from maillage.storage.survey.waves import wave_of
from maillage.storage.survey.words import coded_by
from maillage.storage.survey.words_kept import put_themes
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.verbatims.screen import screen
from maillage.web.asking.retention import erase_read

Clients = Callable[[str], Client]
SAID = "Mme Morel m'aide, appelez le 06 12 34 56 78. Le boulanger roux a peur de l'imprimante."
LONG_AFTER = AT + dt.timedelta(days=400)


def _wave() -> Wave:
    wave = wave_of(DEMO, SLUG)
    assert wave is not None
    return wave


def _said(*texts: str, quotable: bool = True, kind: str = "habitant") -> list[VerbatimRow]:
    """Give the wave answers with words; return these."""
    n = VerbatimRow.objects.count()
    brought = [
        Answer(f"w{n}-{at}", "essai", "1", SLUG, Channel.PHONE, {}, None, AT, AT)
        for at in range(len(texts))
    ]
    told = [
        Finished({"aide": "oui"}, (Said("mots", text, screen(text)),), kind, quotable)
        for text in texts
    ]
    bring_answers(_wave(), zip(brought, told, strict=True), AT, None)
    return list(VerbatimRow.objects.filter(answer__key__startswith=f"w{n}-"))


def _account(role: Role) -> User:
    email = next(one.email for one in DEMO_ACCOUNTS if one.role is role)
    return User.objects.get(email=email)


def _text(answer: HttpResponse) -> str:
    told = answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    return told.replace("&#x27;", "'")


def _check(client: Client, row: VerbatimRow, **told: object) -> HttpResponse:
    at = address("hearing:words-check-one", number=row.number)
    row.refresh_from_db()
    answer = client.post(at, {"vu": row.screened, **told})
    row.refresh_from_db()
    return answer


def test_words_are_shown_screened_and_what_was_said_on_demand_alone(client_of: Clients) -> None:
    """The page tells marks, reasons and doubts; the original only where it was asked for."""
    (row,) = _said(SAID)
    at = address("hearing:words-check-one", number=row.number)
    page = _text(client_of("coordinator").get(at))
    assert "Morel" not in page and "06 12" not in page
    assert "[téléphone]" in page and "titre" in page
    seen = _text(client_of("coordinator").get(at + "?original"))
    assert "Mme Morel" in seen and "06 12 34 56 78" in seen
    for role in ("hub", "member", "public"):
        assert "Morel" not in _text(client_of(role).get(at + "?original"))


def test_more_is_hidden_and_shown_again_before_it_is_read(client_of: Clients) -> None:
    """Words ticked or typed become marks; a mark ticked becomes words again."""
    (row,) = _said(SAID)
    client = client_of("coordinator")
    _check(client, row, acte="masquer", mots="BOULANGER", mot=str(SAID.index("roux")))
    assert "Le [nom] a peur" in row.screened
    _check(client, row, acte="masquer", mots="imprimante", sorte="numero")
    assert "l'[numéro]" in row.screened
    _check(client, row, acte="retablir", marque="2")
    assert "Le boulanger roux a peur" in row.screened and "[numéro]" in row.screened
    assert "Morel" not in repr(row.__dict__)


def test_what_is_wrongly_asked_changes_nothing(client_of: Clients) -> None:
    """Nothing ticked, words not said, a mark or a word that is not there, an older page."""
    (row,) = _said(SAID)
    before, client = row.screened, client_of("coordinator")
    assert _check(client, row, acte="masquer").status_code == 422
    answer = _check(client, row, acte="masquer", mots="charcutier")
    assert answer.status_code == 422 and "vérifiez l'orthographe" in _text(answer)
    _check(client, row, acte="masquer", mot=["9999", "-1", "x"])
    _check(client, row, acte="retablir", marque=["99", "-1", "x"])
    _check(client, row, acte="retablir", marque="0", vu="autre chose")
    assert _check(client, row, acte="bon", vu="autre chose").status_code == 422
    assert (row.screened, row.read_at) == (before, None)


def test_read_words_are_taken_back_until_their_original_is_erased(client_of: Clients) -> None:
    """« C'est bon » says who and when; a day after, what was said is gone for good."""
    (row,) = _said(SAID)
    client = client_of("coordinator")
    answer = _check(client, row, acte="bon")
    assert answer.status_code == 302
    assert row.read_at is not None and row.read_by_id == _account(Role.COORDINATOR).pk
    assert row.sealed
    back = address("hearing:words-check-back", number=row.number)
    client.post(back)
    row.refresh_from_db()
    assert (row.read_at, row.read_by_id) == (None, None)
    _check(client, row, acte="bon")
    read = row.read_at
    assert read is not None
    parameters = load_parameters(AT.date())
    erase_read(parameters, read + dt.timedelta(hours=23))
    row.refresh_from_db()
    assert row.sealed
    assert erase_read(parameters, LONG_AFTER) >= 1
    client.post(back)
    row.refresh_from_db()
    assert (row.sealed, row.read_at) == ("", read)
    assert "Son original est effacé" in _text(
        client.get(address("hearing:words-check-one", number=row.number))
    )


def test_words_to_check_come_one_after_the_other(client_of: Clients) -> None:
    """From the first to the last, past those of answers that count no more, then it is said."""
    VerbatimRow.objects.filter(wave=_wave()).delete()
    client, begin = client_of("coordinator"), address("hearing:words-check")
    assert "Aucune parole n'attend" in _text(client.get(begin))
    rows = _said("Un.", "Deux.")
    assert client.get(begin)["Location"].endswith(f"/{rows[0].number}/")
    assert (
        f"/{rows[1].number}/?fait={rows[0].number}"
        in _check(client, rows[0], acte="bon")["Location"]
    )
    last = _check(client, rows[1], acte="bon")
    page = _text(client.get(last["Location"]))
    assert "Aucune parole n'attend" in page and "Reprendre la parole d'avant" in page


def _read(*texts: str, **told: object) -> list[VerbatimRow]:
    rows = _said(*texts, **told)  # type: ignore[arg-type]
    VerbatimRow.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=AT)
    return rows


def _code(client: Client, row: VerbatimRow, *themes: str, query: str = "") -> HttpResponse:
    at = address("hearing:words-code-one", number=row.number)
    return client.post(at + query, {"theme": list(themes)})


def test_words_are_coded_and_undone(client_of: Clients) -> None:
    """Themes ticked are kept with who put them; the last gesture is undone, and done again."""
    (row,) = _read("J'ai peur de me tromper.")
    client = client_of("coordinator")
    page = _text(client.get(address("hearing:words-code-one", number=row.number)))
    assert "Suggérés" in page and "« peur »" in page and "d'après les mots du thème" in page
    _code(client, row, "peur", "honte", "inconnu")
    coder = _account(Role.COORDINATOR).pk
    told = CodingRow.objects.filter(verbatim=row)
    assert {(one.theme, one.on, one.by_id) for one in told} == {
        ("peur", True, coder),
        ("honte", True, coder),
    }
    again = _text(client.get(address("hearing:words-code-one", number=row.number)))
    assert len(re.findall(r"checked", again)) == 2
    client.post(address("hearing:words-code-undo", number=row.number))
    undone = _text(client.get(address("hearing:words-code-one", number=row.number)))
    assert "checked" not in undone and "sans y mettre de thème" in undone


def test_words_not_read_cannot_be_coded(client_of: Clients) -> None:
    """Nobody reads them before their screening is checked."""
    (row,) = _said("J'ai peur.")
    client = client_of("coordinator")
    check = address("hearing:words-check-one", number=row.number)
    assert client.get(address("hearing:words-code-one", number=row.number))["Location"] == check
    assert _code(client, row, "peur")["Location"] == check
    assert not CodingRow.objects.filter(verbatim=row).exists()


def test_who_codes_second_sees_nothing_of_the_first(client_of: Clients) -> None:
    """Neither ticks, nor suggestions learnt from them, until both have coded."""
    rows = _read(*(f"Une tisane au {herb}." for herb in ("thym", "romarin", "tilleul")))
    first = _account(Role.ADMINISTRATOR).pk
    second = client_of("coordinator")
    at = address("hearing:words-code-one", number=rows[0].number) + "?reste=toutes"
    blind = _text(second.get(at))
    for row in rows:
        put_themes(_wave(), row.number, frozenset({"sante"}), first, AT)
    page = _text(second.get(at))
    assert "checked" not in page
    hidden = re.compile(
        r'name="csrfmiddlewaretoken" value="[^"]+"|<nav.*?</nav>|\d+ paroles?', re.S
    )
    assert hidden.sub("", page) == hidden.sub("", blind)
    queue = second.get(address("hearing:words-code") + "?reste=seconde")
    assert queue["Location"].endswith(f"/{rows[0].number}/?reste=seconde")


def test_words_are_sifted_by_question_kind_and_coder(client_of: Clients) -> None:
    """What answers nothing says so; an unknown sieve is no sieve."""
    VerbatimRow.objects.filter(wave=_wave()).delete()
    (one,), (other,) = _read("Un."), _read("Deux.", kind="ccas")
    client, at = client_of("coordinator"), address("hearing:words-code")
    assert f"/{other.number}/" in client.get(at + "?sorte=ccas")["Location"]
    assert "ne répond à ce choix" in _text(client.get(at + "?question=autre"))
    assert f"/{one.number}/" in client.get(at + "?reste=n'importe")["Location"]
    gone = _code(client, one)
    assert f"/{other.number}/?fait={one.number}" in gone["Location"]
    assert "Annuler, et y revenir" in _text(client.get(gone["Location"]))
    assert client.get(at + "?reste=moi&fait=x").status_code == 302
    assert f"/{one.number}/" in client.get(at + "?reste=moi")["Location"]


def test_agreement_is_told_of_enough_words_with_its_interval(client_of: Clients) -> None:
    """Under twenty words coded twice: too few to say; then alpha, and where coders differ."""
    rows = _read(*(f"Parole {n}." for n in range(24)))
    client, at = client_of("coordinator"), address("hearing:words-agreement")
    pair = _account(Role.ADMINISTRATOR).pk, _account(Role.COORDINATOR).pk
    for n, row in enumerate(rows[:5]):
        for coder in pair:
            put_themes(_wave(), row.number, frozenset({"peur" if n % 2 else "cout"}), coder, AT)
    assert "trop peu pour le dire" in _text(client.get(at))
    for n, row in enumerate(rows[5:], start=5):
        put_themes(_wave(), row.number, frozenset({"peur" if n % 2 else "cout"}), pair[0], AT)
        told = "cout" if n % 7 == 0 else "peur" if n % 2 else "cout"
        put_themes(_wave(), row.number, frozenset({told}), pair[1], AT)
    page = _text(client.get(at))
    assert "24 paroles codées à deux" in page and re.search(r"<strong>0,\d\d</strong>, entre", page)
    assert "Parole 7." in page and "Parole 8." not in page


def test_only_words_read_and_agreed_to_are_quoted(client_of: Clients) -> None:
    """They are shown as printed, a rare kind as widely as may be; each answer is undone."""
    (row,) = _read("Je veux bien être citée.")
    (unread,) = _said("Pas encore relue.")
    (refused,) = _read("Je ne veux pas.", quotable=False)
    (rare,) = _read("La seule caisse.", kind="caf_cpam")
    client, at = client_of("coordinator"), address("hearing:words-quote")
    page = _text(client.get(at))
    assert "Je veux bien être citée." in page and "— une structure" in page
    assert "Pas encore relue" not in page and "Je ne veux pas" not in page
    for one in (row, unread, refused):
        client.post(address("hearing:words-quote-one", number=one.number), {"citer": "oui"})
    assert set(VerbatimRow.objects.filter(quote=True, wave=_wave())) == {row}
    assert "Je veux bien" in _text(client.get(at + "?etat=oui"))
    client.post(address("hearing:words-quote-one", number=row.number), {"citer": "dire"})
    row.refresh_from_db()
    assert row.quote is None and rare.quote is None


def test_themes_are_told_by_kind_and_few_are_masked(client_of: Clients) -> None:
    """Shares are of who spoke, with their interval; a count under five is not shown."""
    rows = [
        *_read(*(f"H{n}." for n in range(20))),
        *_read(*(f"C{n}." for n in range(10)), kind="ccas"),
    ]
    coder = _account(Role.COORDINATOR).pk
    for n, row in enumerate(rows):
        told = {"peur"} if n % 2 else {"cout"} if n > 2 else {"honte"}
        put_themes(_wave(), row.number, frozenset(told), coder, AT)
    page = _text(client_of("hub").get(address("hearing:words-themes")))
    assert "50 %" in page and "un CCAS" in page.replace("Un CCAS", "un CCAS") and "masqué" in page
    content = client_of("hub").get(address("hearing:words-themes-csv")).content.decode("utf-8-sig")
    table = {row["theme"]: row for row in csv.DictReader(io.StringIO(content), delimiter=";")}
    assert table["Peur et confiance"]["n"] == "15" and table["Honte"]["n"] == ""
    assert "H1." not in page and "H1." not in content


def test_the_page_of_a_wave_says_what_waits(client_of: Clients) -> None:
    """To check, to code, to quote; a reader sees the themes alone."""
    _said("Un.", "Deux.")
    page = _text(client_of("coordinator").get(address("hearing:wave")))
    assert "Vérifier" in page and "Coder" in page and "Citer" in page
    page = _text(client_of("hub").get(address("hearing:wave")))
    assert "Vérifier" not in page and "Thèmes" in page


@pytest.mark.parametrize("name", ["check-one", "code-one"])
def test_words_of_another_wave_are_not_here(client_of: Clients, name: str) -> None:
    """A number that this wave does not have is not found."""
    client = client_of("coordinator")
    assert client.get(address(f"hearing:words-{name}", number=9999)).status_code == 404
    assert client.get(address(f"hearing:words-{name}", number=10**30)).status_code == 404


def test_a_coder_of_two_territories_is_taught_by_each_apart(client_of: Clients) -> None:
    """What one coded elsewhere suggests nothing here."""
    client_of("coordinator")
    (row,) = _read("Une tisane.")
    coder = _account(Role.COORDINATOR).pk
    elsewhere = wave_of(OTHER, SLUG)
    assert elsewhere is not None
    theirs = VerbatimRow.objects.filter(wave=elsewhere)
    theirs.update(read_at=AT, screened="Une tisane de là-bas.")
    number = theirs.values_list("number", flat=True)[0]
    assert put_themes(elsewhere, number, frozenset({"sante"}), coder, AT)
    assert coded_by(DEMO, coder, row.pk) == ()
    assert [text for text, _ in coded_by(OTHER, coder, 0)] == ["Une tisane de là-bas."]


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 12_000,
        "👩‍🦳 J'ai peur 😱\r\n\r\n  =SOMME(A1) <script>alert(1)</script> [nom] [",
        "\u202e \u200b",
        "Jean\nMarie\n06 12 34 56 78",
    ],
)
def test_any_words_are_checked_and_coded(client_of: Clients, text: str) -> None:
    """Very long, emoji, formulas, markup, marks typed by who speaks, nothing to read."""
    (row,) = _said(text)
    client = client_of("coordinator")
    page = client.get(address("hearing:words-check-one", number=row.number) + "?original")
    assert page.status_code == 200 and "<script>alert" not in page.content.decode()
    _check(client, row, acte="bon", vu=row.screened.replace("\n", "\r\n"))
    assert row.read_at is not None
    page = client.get(address("hearing:words-code-one", number=row.number))
    assert page.status_code == 200 and "<script>alert" not in page.content.decode()
    assert _code(client, row, "peur").status_code == 302


def test_pages_of_words_ask_the_database_little(client_of: Clients) -> None:
    """As many words as one likes: the same number of queries."""
    rows = _read(*(f"Parole {n}." for n in range(12)))
    _said("À relire.", "Aussi.")
    for row in rows[:6]:
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            put_themes(_wave(), row.number, frozenset({"peur"}), _account(role).pk, AT)
    client = client_of("coordinator")
    found = {}
    for name in QUERIES:
        at = address(f"hearing:words-{name}", number=rows[0].number)
        client.get(at)
        with CaptureQueriesContext(connection) as asked:
            client.get(at)
        found[name] = len(asked)
    assert found == QUERIES


QUERIES = {"check-one": 8, "code-one": 13, "agreement": 13, "quote": 10, "themes": 9}
