"""Telephone numbers, e-mail addresses and site addresses, as written → as the standard has them."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from maillage.kernel.findings import Finding, Where
from maillage.standard import findings as kinds

# Overseas numbers are written 0262… as if they were of the mainland: each region is tried in turn.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
_BETWEEN_PHONES = re.compile(r"\s*(?:[/|;,\n]|\bou\b|\bet\b)\s*")
_BETWEEN_EMAILS = re.compile(r"[\s|;,]+(?:ou\s+|et\s+)?")
_BETWEEN_URLS = re.compile(r"\s*\|\s*|[;,\s]\s*(?=https?://|www\.)|;\s*$")
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@(?:[\w-]+\.)+[A-Za-z]{2,}")
_URL = re.compile(r"https?://(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_NAKED = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?:[/?#]\S*)?")
_BLANK_URL = re.compile(r"https?:/*", re.IGNORECASE)


def parse_telephone(text: str, where: Where) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the number in E.164 (+33321000000); the first valid one where several are told."""
    whole = _e164(text)
    if whole is not None:
        return whole, ()
    parts = [part for part in _BETWEEN_PHONES.split(text) if part]
    numbers = [number for part in parts if (number := _e164(part))]
    if not numbers:
        return None, (kinds.PHONE_INVALID.at(where, value=text),)
    return numbers[0], (kinds.PHONE_SEVERAL.at(where, value=text, read=numbers[0]),)


@lru_cache(maxsize=8192)
def _e164(text: str) -> str | None:
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            return None
        if number.extension is None and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if text.lstrip().startswith(("+", "00")):
            return None
    return None


def parse_emails(text: str, where: Where) -> tuple[tuple[str, ...] | None, tuple[Finding, ...]]:
    """Return the e-mail addresses of a cell in order; what is not one is a finding."""
    emails: list[str] = []
    doubts: list[Finding] = []
    for part in _BETWEEN_EMAILS.split(text.strip()):
        email = part.removeprefix("mailto:").strip("<>.")
        if _EMAIL.fullmatch(email):
            emails.append(email)
        elif part:
            doubts.append(kinds.EMAIL_INVALID.at(where, value=part))
    return tuple(dict.fromkeys(emails)) or None, tuple(doubts)


def parse_urls(text: str, where: Where) -> tuple[tuple[str, ...] | None, tuple[Finding, ...]]:
    """Return the site addresses of a cell; ``http://`` alone is a form's default: not told."""
    urls: list[str] = []
    doubts: list[Finding] = []
    for part in _BETWEEN_URLS.split(text.strip()):
        url, doubt = _url(part.strip(), where)
        urls.extend([url] if url else [])
        doubts.extend([doubt] if doubt else [])
    return tuple(dict.fromkeys(urls)) or None, tuple(doubts)


def parse_url(text: str, where: Where) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the one address of a cell."""
    url, doubt = _url(text.strip(), where)
    return url, (doubt,) if doubt else ()


def _url(part: str, where: Where) -> tuple[str | None, Finding | None]:
    if not part or _BLANK_URL.fullmatch(part):
        return None, None
    if _URL.fullmatch(part):
        return part, None
    if _NAKED.fullmatch(part):
        return f"http://{part}", kinds.URL_WITHOUT_SCHEME.at(where, value=part)
    return None, kinds.URL_INVALID.at(where, value=part)
