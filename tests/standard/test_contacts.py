"""Laws of telephone numbers, e-mail and site addresses."""

from __future__ import annotations

import pytest

from maillage.kernel.findings import Where
from maillage.standard.contacts import parse_emails, parse_telephone, parse_url, parse_urls

WHERE = Where("lieux.csv", 3, "lieu-1")


@pytest.mark.parametrize(
    ("text", "number", "codes"),
    [
        ("03 21 61 50 00", "+33321615000", []),
        ("03.21.61.50.00", "+33321615000", []),
        ("+33 (0)3 21 61 50 00", "+33321615000", []),
        ("0033321615000", "+33321615000", []),
        ("+33321615000", "+33321615000", []),
        ("0262 79 00 49", "+262262790049", []),
        ("0590 81 00 00", "+590590810000", []),
        ("03 21 61 50 00 / 06 12 34 56 78", "+33321615000", ["phone-several"]),
        ("03 21 61 50", None, ["phone-invalid"]),
        ("accueil", None, ["phone-invalid"]),
        ("3949", None, ["phone-invalid"]),
    ],
)
def test_telephones(text: str, number: str | None, codes: list[str]) -> None:
    """Numbers of the mainland and overseas come out in E.164; others are findings."""
    told, findings = parse_telephone(text, WHERE)
    assert told == number
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize(
    ("text", "emails", "codes"),
    [
        ("mairie@bethune.fr", ("mairie@bethune.fr",), []),
        ("a@b.fr; c@d.fr|a@b.fr", ("a@b.fr", "c@d.fr"), []),
        ("a@b.fr ou c@d.fr", ("a@b.fr", "c@d.fr"), []),
        ("<mailto:a@b.fr>", None, ["email-invalid"]),
        ("mailto:a@b.fr", ("a@b.fr",), []),
        ("mairie(at)bethune.fr", None, ["email-invalid"]),
        ("a@b", None, ["email-invalid"]),
    ],
)
def test_emails(text: str, emails: tuple[str, ...] | None, codes: list[str]) -> None:
    """Each address of a cell is kept once; what is not one is a finding."""
    told, findings = parse_emails(text, WHERE)
    assert told == emails
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize(
    ("text", "urls", "codes"),
    [
        ("https://www.bethune.fr/x?a=1;b=2", ("https://www.bethune.fr/x?a=1;b=2",), []),
        ("https://a.fr|http://b.fr/", ("https://a.fr", "http://b.fr/"), []),
        ("https://a.fr;https://b.fr", ("https://a.fr", "https://b.fr"), []),
        ("https://a.fr https://b.fr", ("https://a.fr", "https://b.fr"), []),
        ("www.bethune.fr", ("http://www.bethune.fr",), ["url-without-scheme"]),
        ("http://", None, []),
        ("https:/", None, []),
        ("en construction", None, ["url-invalid"]),
    ],
)
def test_urls(text: str, urls: tuple[str, ...] | None, codes: list[str]) -> None:
    """Site addresses are kept; a missing http is added and said; a form's default is not told."""
    told, findings = parse_urls(text, WHERE)
    assert told == urls
    assert [f.code for f in findings] == codes


def test_one_url() -> None:
    """A cell of one address gives it alone."""
    assert parse_url(" https://rdv.anct.gouv.fr/1 ", WHERE) == ("https://rdv.anct.gouv.fr/1", ())
    assert parse_url("Non", WHERE)[0] is None
