"""Numbers, e-mails and codes that tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from maillage.survey.verbatims.model import Detail
from maillage.survey.verbatims.sight import Span, Word, words_in

_RUN = re.compile(r"(?<![\w])[+(]{0,2}[\doO](?:[^\S\n]?[.\-/_()–·\n]?[^\S\n]?[\doO]){5,39}(?!\w)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ \-.]?[A-Za-z\d]{4}){3,7}(?:[ \-.]?[A-Za-z\d]{1,3})?\b")
_NIR = re.compile(
    r"\b[1278][ .\-]?\d\d[ .\-]?\d\d[ .\-]?(?:\d\d|2[ABab])[ .\-]?\d{3}[ .\-]?\d{3}"
    r"(?:[ .\-/]{0,3}(?:cl[ée][ :]?)?\d\d)?\b"
)
_PLATE = re.compile(
    r"\b(?:[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2} ?\d{3} ?[A-Z]{2}|\d{2,4}[ -]?[A-Z]{2,3}[ -]\d{2})\b"
)
_PLATE_LOW = re.compile(r"\b[a-z]{2}-\d{3}-[a-z]{2}\b")
_DATE = re.compile(
    r"\b(?:0?[1-9]|[12]\d|3[01])(?:er)?(?:([/.\-])(?:0?[1-9]|1[0-2])\1|\s(?:janvier|"
    r"f[ée]vrier|mars|avril"
    r"|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\s)(\d{4}|"
    r"\d\d)\b(?![.\-/ ]\d)",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:n[ée]e?s?\b|naissance|dn\b|ddn\b|anniversaire)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+\-]{1,64}[ ]?@[ ]?[\w\-]{1,63}(?:[ ]?\.[ ]?[\w\-]{1,63}){1,4}")
_HANDLE = re.compile(r"(?<![\w])@[\w.\-]{2,40}")
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w\-]{1,20}\.)?(?:facebook|fb|instagram|linkedin|twitter|tiktok|snapchat|x)"
    r"\.(?:com|fr|me)/[^\s,;)»]{1,200}",
    re.IGNORECASE,
)
_MIXED = re.compile(r"(?<![\w@])(?=[^\s]{0,24}\d)(?=[^\s]{0,24}[A-Za-z])[\w!#$%&*?@+=\-.]{6,40}")
_JOINED = re.compile(r"(?<![\w@.])[A-Za-zÀ-ÿ\d]{2,30}_[\w.]{2,30}")
_PLAIN_MIX = re.compile(
    r"\d+(?:h|e|er|ere|eme|ème|ans|km|€|euros?|mo|go|gb|kg|min|m|cm|x)\d*|"
    r"\d{1,2}[hH]\d{0,2}.*|\w+-\d{1,2}|\d+-\w+|"
    r"(?:covid|windows|win|android|iphone|ios|office)[\w\-]*",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s{0,2}(?:€|euros?|eur\b|habitants|personnes|km|m2|m²|pages|kilom|%|usagers|foyers)", re.I
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u202f\u00a0.]\d{3})+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,3}(?:19|20)\d\d)*")
_NOT_OLD = 2015


def digit_spans(text: str) -> Iterator[Span]:
    """Find what is written in figures: identity numbers, accounts, plates, dates, phones."""
    for found in _NIR.finditer(text):
        yield Span(*found.span(), Detail.NUMBER, "numéro de sécurité sociale")
    for found in _IBAN.finditer(text):
        if sum(c.isdigit() for c in found[0]) >= 8:
            yield Span(*found.span(), Detail.NUMBER, "compte bancaire")
    dates = list(_dates(text))
    yield from (span for span, hides in dates if hides)
    past = {span.start: span.end for span, _ in dates}
    for found in _RUN.finditer(text):
        if found.start() not in past:
            yield from _of_run(text, found)


def _dates(text: str) -> Iterator[tuple[Span, bool]]:
    for found in _DATE.finditer(text):
        born = bool(_BORN.search(text[max(0, found.start() - 40) : found.start()]))
        year = int(found[2])
        old = (1900 <= year < _NOT_OLD) and not (1914 <= year <= 1945)
        yield Span(*found.span(), Detail.LOGIN, "date de naissance", born), born or old


def _of_run(text: str, found: re.Match[str]) -> Iterator[Span]:
    run, end = found[0], found.end()
    figures = re.sub(r"\D", "", run.replace("o", "0").replace("O", "0"))
    if sum(c.isdigit() for c in run) < 5 or _YEARS.fullmatch(run):
        return
    if _THOUSANDS.fullmatch(run) and (_UNIT.match(text, end) or len(figures) <= 7):
        return
    if _UNIT.match(text, end) and len(figures) <= 8:
        return
    if _is_phone(run, figures):
        yield Span(found.start(), end, Detail.PHONE, "numéro de téléphone")
    elif len(figures) >= 7:
        yield Span(found.start(), end, Detail.NUMBER, "suite de chiffres", is_sure=False)
    elif len(figures) == 6 and re.fullmatch(r"\d{2}\D\d{2}\D\d{2}", run):
        yield Span(found.start(), end, Detail.PHONE, "morceau de numéro", is_sure=False)


def _is_phone(run: str, figures: str) -> bool:
    if run.lstrip("(").startswith("+") or figures.startswith("00"):
        return True
    if figures[0] == "0" and 6 <= len(figures) <= 11:
        return True
    if len(figures) == 9 and figures[0] in "67":
        return True
    if len(figures) not in (11, 12):
        return len(figures) in (20, 30) and figures[0] == "0"
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse("+" + figures, "FR")))
    except phonenumbers.NumberParseException:
        return False


def code_spans(text: str) -> Iterator[Span]:
    """Find e-mails, names on networks, and codes that mix letters and figures."""
    for pattern in (_PLATE, _PLATE_LOW):
        for found in pattern.finditer(text):
            yield Span(*found.span(), Detail.NUMBER, "plaque d'immatriculation")
    for found in _MAIL.finditer(text):
        yield Span(*found.span(), Detail.EMAIL, "courriel")
    for pattern in (_HANDLE, _PROFILE):
        for found in pattern.finditer(text):
            yield Span(*found.span(), Detail.LOGIN, "compte d'un réseau")
    for found in _JOINED.finditer(text):
        yield Span(*found.span(), Detail.LOGIN, "nom de compte", is_sure=False)
    for found in _MIXED.finditer(text):
        code = found[0].rstrip(".-!?")
        n_digits = sum(c.isdigit() for c in code)
        n_letters = sum(c.isalpha() for c in code)
        if n_digits >= 2 and n_letters >= 2 and not _PLAIN_MIX.fullmatch(code) and len(code) >= 6:
            yield Span(
                found.start(), found.start() + len(code), Detail.LOGIN, "code", is_sure=False
            )


_FIGURES = words_in(
    """
    zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze
    quinze seize vingt vingts trente quarante cinquante soixante septante huitante
    octante nonante
    """
)
_FEWEST_SAID = 5


def said_spans(words: Sequence[Word]) -> Iterator[Span]:
    """Find telephone numbers said in words, figures among them or not."""
    at = 0
    while at < len(words):
        end, n_said, n_words = at, 0, 0
        while end < len(words) and (n_now := _said(words, end, n_said)) > 0:
            n_said += n_now
            n_words += not words[end].text.isdigit()
            end += 1
        while end > at and words[end - 1].plain in _LINKS:
            end -= 1
        many = n_words and n_said >= _FEWEST_SAID
        if many or (n_words and n_said >= 4 and words[at].plain in {"zero", "0"}):
            yield Span(words[at].start, words[end - 1].end, Detail.PHONE, "téléphone en lettres")
        at = max(end, at + 1)


_BETWEEN = set(" ,.-\n\t\u00a0\u202f/…")
_LINKS = words_in(
    """
    et puis ensuite fois
    """
)


def _said(words: Sequence[Word], at: int, n_before: int) -> int:
    """Return how many figures a word says, 0 where it says none or the run is broken."""
    word = words[at]
    if n_before and (". " in word.before or not set(word.before) <= _BETWEEN):
        return 0
    if word.plain in _LINKS and n_before:
        return 1 if n_before else 0
    parts = [part for part in word.plain.split() if part != "et"]
    if word.text.isdigit() and len(word.text) <= 2:
        return 1
    return len(parts) if parts and all(part in _FIGURES for part in parts) else 0


_SIGNS = {"arobase", "arobas", "arobaze", "arrobase", "arobasse", "at"}
_POINTS = {"point", "tiret", "dot", "underscore", "underscor", "pt"}
_LAST = {"fr", "com", "org", "net", "eu", "be", "example"}


def spoken_mail_spans(text: str, words: Sequence[Word], small: frozenset[str]) -> Iterator[Span]:
    """Find e-mails whose signs are said: « arobase », « point »."""
    for at, word in enumerate(words):
        wrapped = text[max(0, word.start - 1) : word.end + 1]
        if word.plain not in _SIGNS or (
            word.plain == "at" and wrapped[0] + wrapped[-1] not in ("()", "[]")
        ):
            continue
        first = at
        while first > 0 and at - first < 8:
            before = words[first - 1]
            if before.is_mark or re.search(r"[:;,!?\n]", words[first].before):
                break
            if before.plain in small and before.plain not in _POINTS:
                break
            first -= 1
        last = at + 1
        while last + 1 < len(words) and last - at < 10:
            follows = words[last + 1].plain
            if (
                follows in _POINTS
                or words[last].plain in _POINTS
                or follows in _LAST
                or words[last + 1].before in {".", "-", "_"}
            ):
                last += 1
            else:
                break
        if first < at or last > at + 1:
            end = words[min(last, len(words) - 1)].end
            yield Span(words[first].start, end, Detail.EMAIL, "courriel dit")


_SECRET = re.compile(
    r"\b(mots? de passe|mdp|password|login|identifiants?|pseudo(?:nyme)?|"
    r"code(?: secret| pin| d'acc[èe]s| confidentiel| de carte)?"
    r"|digicode|pin)\b[^.!\n]{0,60}?(?:c['’]\s?(?:est|[ée]tait)|est|[ée]tait|:|"
    r"=)\s*[«\"“']?\s*([^\s«»\"”,;]{2,40})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:num[ée]ros?|n°(?=\s?\d)|no\b|allocataire|dossier|matricule|"
    r"s[ée]cu(?:rit[ée] sociale)?|nir|iban|rib|compte|carte|passeport"
    r"|permis|titre de s[ée]jour|adh[ée]rent|client|contrat|identifiant|login|code|"
    r"pin|digicode|mot de passe|mdp|nss|siret|r[ée]f[ée]rence"
    r"|usager|abonn[ée]|fiscal|immatricul[ée]+s?|plaque)(?:\b|"
    r"(?<=°))[^\d.!?\n]{0,45}?((?:\d[A-Za-z]?|"
    r"[A-Za-z]{1,3}\d)[\dA-Za-z]*(?:[ \-./](?=[A-Za-z]{0,3}\d)[\dA-Za-z]{1,7}){0,10})",
    re.IGNORECASE,
)
_ORDINARY_END = re.compile(
    r"(?:.*(?:[éèe]e?s?|ue?s?|i[es]?|it|ent|ant|if|eux|able|ible|ement)|trop|pas|plus|"
    r"tr[èe]s|le|la|de|un|une|dans|sur|toujours|"
    r"jamais|encore|bon|faux|long|court|bien|mon|ma|son|sa|ce|qui|que|quoi|à|au|en|"
    r"pour|par|refus.*|l['’].*|d['’].*)$"
)


_VAGUE = words_in(
    """
    pas trop plus la le les un une que quoi ce mon ma son sa très toujours pour
    """
)


_PUBLIC = re.compile(
    r"(?:19|20)\d\d(?:\D{1,3}(?:19|20)\d\d)*|\d{5}|3\d ?\d\d|1\d\d|\d{1,2}[hH]\d{0,2}"
)
"""Years, postcodes, short numbers of services, hours."""


def told_spans(text: str) -> Iterator[Span]:
    """Find the values of what is named: a password, a file's number, an account."""
    for found in _SECRET.finditer(text):
        value = found[2].rstrip(".!?)")
        odd = any(not c.isalpha() and c not in "'’-" for c in value) or value[0].isupper()
        named = re.search(
            r"(?:['’]\s?(?:est|[ée]tait)|[:=])\s*[«\"“']?\s*$", text[found.start() : found.start(2)]
        )
        if (
            value
            and (
                odd
                or (named and value.lower() not in _VAGUE and value[-1] not in "é")
                or not _ORDINARY_END.match(value.lower())
            )
            and not value.startswith("[")
        ):
            yield Span(found.start(2), found.start(2) + len(value), Detail.LOGIN, "code", odd)
    for found in _NUMBERED.finditer(text):
        value = found[1].strip()
        if sum(c.isdigit() for c in value) >= 3 and not _PUBLIC.fullmatch(value):
            follows = text[found.end(1) : found.end(1) + 14]
            if not _UNIT.match(follows):
                yield Span(found.start(1), found.end(1), Detail.NUMBER, "numéro annoncé")
