"""Opening hours written by people, in French: "du lundi au vendredi de 9h à 12h".

The text becomes a string of signs (D a day, T a time, R "to", S "and", G a slash, H "in the
morning", C "closed", E "except", F "public holidays", A "round the clock"), and only whole
sentences of that small language are understood. One unknown word and nothing is: half-understood
hours would send people to closed doors.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from maillage.directory.week import ALL_DAY, CLOSED_WEEK, Day, Range, Week, merged


class NotUnderstood(enum.Enum):
    """Why a text gave no hours."""

    WORDS = "words"
    NO_DAYS = "no-days"
    NO_TIMES = "no-times"
    APPOINTMENT = "appointment"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Told:
    """The hours understood; ``by_appointment`` where the text asks for an appointment."""

    week: Week
    closed_on_holidays: bool = False
    by_appointment: bool = False


class _Lost(Exception):  # noqa: N818 - never leaves this file
    def __init__(self, why: NotUnderstood) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True, slots=True)
class _Sign:
    letter: str
    value: int = 0
    days: tuple[int, ...] = ()


_TOKEN = re.compile(
    r"""(?P<always>24\s*h?\s*/\s*(?:24\s*h?|7)|24h24)
    |(?P<everyday>7\s*(?:j|jours)?\s*/\s*7\s*j?\b|tous\ les\ jours|chaque\ jour)
    |(?P<weekend>week[-\ ]?ends?\b)
    |(?P<half>(?:toute\ la\ )?journee\b|matin(?:ee)?s?\b|apres[-\ ]?midis?\b)
    |(?P<time>\d{1,2}\s*(?:heures?|h|:)(?:\s*\d{2}(?!\d|\s*(?:h|:)))?|midi\b|minuit\b)
    |(?P<bare>\d{1,2}(?![\d.,]))
    |(?P<holidays>jours?\ feries?\b)
    |(?P<free>sans\ (?:rendez[-\ ]?vous|rdv)\b)
    |(?P<appointment>(?:(?:uniquement|seulement|prise|prendre|sur|avec|de|ou)\ )*
        (?:rendez[-\ ]?vous|rdv)(?:\ uniquement)?\b)
    |(?P<closed>ferme(?:e|s|es|ture)?\b|(?:off|closed)\b)
    |(?P<public>(?:au\ |du\ |le\ )?public\b)
    |(?P<word>[a-z]+(?:'[a-z]+)*'?)
    |(?P<dash>-+)|(?P<slash>/)|(?P<stop>[;,.:|&()•*+"«»])
    |(?P<space>\s+)|(?P<other>.)""",
    re.VERBOSE,
)
_DAYS = {
    name: weekday
    for weekday, names in enumerate(
        (
            "lundi lundis lun lu mo",
            "mardi mardis mar ma tu",
            "mercredi mercredis mer me we",
            "jeudi jeudis jeu je th",
            "vendredi vendredis ven ve fr",
            "samedi samedis sam sa",
            "dimanche dimanches dim di su",
        )
    )
    for name in names.split()
}
_TO = {"a", "au", "aux", "jusqu'a", "jusqu'au"}
_AND = {"et", "puis", "ainsi", "que"}
# Words that say nothing of hours.
# fmt: off
_IDLE = {
    "de", "du", "des", "d'", "d'ouverture", "d'accueil", "l'", "le", "les", "la", "est", "en",
    "ouvert", "ouverte", "ouverts", "ouverture", "ouvertures", "horaire", "horaires", "heures",
    "accueil", "permanence", "permanences",
}
# fmt: on
_DAYS_SAID = r"(?P<days>D(?:[RSG]*D)*)"
_TIMES_SAID = r"(?P<times>T[RG]T(?:[RSGH]*T[RG]T)*)"
_DAYS_FIRST = re.compile(
    rf"[RSGH]*(?:{_DAYS_SAID}[RSGH]*(?:{_TIMES_SAID}|(?P<shut>C))"
    rf"|C[RSGH]*(?P<shutdays>D(?:[RSG]*D)*)|[CE][RSG]*(?P<holidays>F))[RSGH]*"
)
_TIMES_FIRST = re.compile(
    rf"[RSGH]*(?:{_TIMES_SAID}[RSGH]*{_DAYS_SAID}"
    rf"|C[RSGH]*(?P<shutdays>D(?:[RSG]*D)*)|[CE][RSG]*(?P<holidays>F))[RSGH]*"
)
_TIMES_ONLY = re.compile(rf"[RSGH]*{_TIMES_SAID}[RSGH]*")


def bare_text(text: str) -> str:
    """Return the text in lower case without accents or HTML tags, its punctuation kept."""
    flat = re.sub(r"<[^<>]*>", " ; ", text.replace("’", "'"))
    letters = unicodedata.normalize("NFKD", flat)
    plain = "".join(c for c in letters if not unicodedata.combining(c)).lower()
    return re.sub(r"[‐-―−]", "-", plain)


def understand(text: str) -> Told | NotUnderstood:
    """Return the hours that a French text tells, or why it tells none."""
    try:
        signs, by_appointment = _signs(bare_text(text))
        return _told(signs, by_appointment=by_appointment)
    except _Lost as lost:
        return lost.why


def understand_day(text: str) -> Day | NotUnderstood:
    """Return the ranges that a text tells of one day ("09:00 - 12:00 / 13:30 - 17:00")."""
    try:
        signs, by_appointment = _signs(bare_text(text))
        letters = "".join(sign.letter for sign in signs)
        if re.fullmatch("[RSG]*C[RSG]*", letters):
            return ()
        if re.fullmatch("[RSGH]*A[RSGH]*", letters):
            return (ALL_DAY,)
        if _TIMES_ONLY.fullmatch(letters):
            return _ranges([sign.value for sign in signs if sign.letter == "T"])
        return _why(letters, by_appointment=by_appointment, days_known=True)
    except _Lost as lost:
        return lost.why


def _why(letters: str, *, by_appointment: bool, days_known: bool = False) -> NotUnderstood:
    if by_appointment and "T" not in letters:
        return NotUnderstood.APPOINTMENT
    if "T" not in letters and ("D" in letters or "H" in letters):
        return NotUnderstood.NO_TIMES
    if not days_known and "D" not in letters and _TIMES_ONLY.fullmatch(letters):
        return NotUnderstood.NO_DAYS
    return NotUnderstood.WORDS


def _signs(text: str) -> tuple[list[_Sign], bool]:
    """Return the signs of a text, and whether it asks for an appointment."""
    tokens = [
        (match.lastgroup or "other", match.group())
        for match in _TOKEN.finditer(text)
        if match.lastgroup not in {"space", "free", "public"}
    ]
    by_appointment = any(kind == "appointment" for kind, _ in tokens)
    tokens = [token for token in tokens if token[0] != "appointment"]
    signs = [_sign(tokens, i) for i in range(len(tokens))]
    return [sign for sign in signs if sign.letter], by_appointment


_LETTERS = {
    "always": "A",
    "half": "H",
    "holidays": "F",
    "closed": "C",
    "dash": "R",
    "slash": "G",
    "stop": "S",
}


def _sign(tokens: list[tuple[str, str]], i: int) -> _Sign:
    kind, text = tokens[i]
    if kind in _LETTERS:
        return _Sign(_LETTERS[kind])
    if kind == "time":
        return _Sign("T", value=_minutes(text))
    if kind == "bare" and _beside_a_time(tokens, i):
        return _Sign("T", value=_minutes(text + "h"))
    if kind == "everyday":
        return _Sign("D", days=tuple(range(7)))
    if kind == "weekend":
        return _Sign("D", days=(5, 6))
    if kind == "word":
        return _word(text, tokens[i + 1 : i + 2])
    raise _Lost(NotUnderstood.WORDS)


def _word(text: str, following: list[tuple[str, str]]) -> _Sign:
    if text in _DAYS:
        return _Sign("D", days=(_DAYS[text],))
    if text == "semaine":
        return _Sign("D", days=(0, 1, 2, 3, 4))
    if text in _TO:
        return _Sign("R")
    if text in _AND:
        return _Sign("S")
    if text == "sauf" and following and following[0][1] in {"les", "jours feries", "jour ferie"}:
        return _Sign("E")
    if text in _IDLE:
        return _Sign("")
    raise _Lost(NotUnderstood.WORDS)


def _beside_a_time(tokens: list[tuple[str, str]], i: int) -> bool:
    """Whether a bare number is one end of a range whose other end is a time (« 9-12h »)."""

    def _is_to(token: tuple[str, str]) -> bool:
        return token[0] == "dash" or token[1] in _TO

    before, after = tokens[max(0, i - 2) : i], tokens[i + 1 : i + 3]
    return (len(before) == 2 and before[0][0] == "time" and _is_to(before[1])) or (
        len(after) == 2 and _is_to(after[0]) and after[1][0] == "time"
    )


def _minutes(text: str) -> int:
    if text in {"midi", "minuit"}:
        return 720 if text == "midi" else 1440
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    hours, minutes = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise _Lost(NotUnderstood.WORDS)
    return hours * 60 + minutes


def _told(signs: list[_Sign], *, by_appointment: bool) -> Told:
    letters = "".join(sign.letter for sign in signs)
    if re.fullmatch("[RSG]*C[RSG]*", letters):
        return Told(CLOSED_WEEK)
    everyday = all(len(sign.days) == 7 for sign in signs if sign.letter == "D")
    if everyday and re.fullmatch("[RSGD]*A[RSGD]*", letters):
        return Told(_repeated((ALL_DAY,)))
    pattern = _TIMES_FIRST if re.match("[RSGH]*T", letters) else _DAYS_FIRST
    groups, end = [], 0
    while end < len(letters) and (match := pattern.match(letters, end)):
        groups.append(match)
        end = match.end()
    if end < len(letters) or not any("T" in group[0] or "C" in group[0] for group in groups):
        raise _Lost(_why(letters, by_appointment=by_appointment))
    return _gathered(groups, signs, by_appointment=by_appointment)


def _repeated(day: Day) -> Week:
    return (day, day, day, day, day, day, day)


def _gathered(groups: list[re.Match[str]], signs: list[_Sign], *, by_appointment: bool) -> Told:
    """Return the week that the groups tell together; a day told against itself is lost."""
    ranges: dict[int, list[Range]] = {}
    shut: set[int] = set()
    for group in groups:
        said = group.groupdict()
        name = "shutdays" if said["shutdays"] else "days"
        days = _days(signs[group.start(name) : group.end(name)]) if said.get(name) else set()
        if said.get("times"):
            part = signs[group.start("times") : group.end("times")]
            told = _ranges([sign.value for sign in part if sign.letter == "T"])
            for day in days:
                ranges.setdefault(day, []).extend(told)
        else:
            shut |= days
    if shut & ranges.keys() or any(_overlap(told) for told in ranges.values()):
        raise _Lost(NotUnderstood.WORDS)
    days_told = [merged(ranges.get(day, ())) for day in range(7)]
    week = (*days_told[:6], days_told[6])
    holidays = any(group.groupdict()["holidays"] for group in groups)
    return Told(_as_week(week), closed_on_holidays=holidays, by_appointment=by_appointment)


def _as_week(days: tuple[Day, ...]) -> Week:
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])


def _overlap(ranges: list[Range]) -> bool:
    ordered = sorted(ranges)
    return any(a[1] > b[0] for a, b in pairwise(ordered))


def _days(signs: list[_Sign]) -> set[int]:
    """Return the weekdays of "lundi au mercredi et vendredi"."""
    found: set[int] = set()
    last: int | None = None
    reach = False
    for sign in signs:
        if sign.letter == "R":
            reach = True
        elif sign.letter == "D":
            if reach:
                found |= _span(last, sign)
            found |= set(sign.days)
            last = None if reach or len(sign.days) > 1 else sign.days[0]
            reach = False
        else:
            reach = False
    return found


def _span(first: int | None, last: _Sign) -> set[int]:
    """Return the days from one to another; "mardi-jeudi-samedi" may be a list: it is lost."""
    if first is None or len(last.days) > 1:
        raise _Lost(NotUnderstood.WORDS)
    return {(first + step) % 7 for step in range((last.days[0] - first) % 7 + 1)}


def _ranges(times: list[int]) -> tuple[Range, ...]:
    """Return the pairs of times as ranges in order; backwards or overlapping ones are lost."""
    pairs = list(zip(times[::2], times[1::2], strict=True))
    if any(start >= end for start, end in pairs) or _overlap(pairs):
        raise _Lost(NotUnderstood.REVERSED)
    return merged(pairs)
