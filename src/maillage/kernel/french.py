"""French as it is printed: numbers, shares, durations, plurals.

Thousands are parted by a narrow no-break space, decimals by a comma, and a no-break space stands
before ``%`` and units. What is not known is written « non connu », never 0.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from maillage.kernel.language import tr
from maillage.kernel.words import plain

THIN = "\u202f"  # narrow no-break space
FIXED = "\u00a0"  # no-break space
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# Names whose h is mute. Most are aspirated (de Houdain, de Hinges): an unlisted h never elides.
_MUTE_H = frozenset({"hazebrouck", "henin", "herouville", "hesdin", "hyeres"})
_ARTICLE = re.compile(r"(les?)\s+(?=\S)", re.IGNORECASE)


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number rounded half up to so many decimals.

    >>> number(33100).replace(THIN, "_"), number(2.25, 1)
    ('33_100', '2,3')
    """
    if value is None or math.isnan(value):
        return tr("non connu")
    if math.isinf(value):
        return tr("infini")
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", THIN).replace(".", ",")
    return f"−{text}" if rounded < 0 else text


def percent(share: float | None, decimals: int = 0) -> str:
    """Return a share (0-1) in percent; a share that is not 0 nor 1 is never shown as 0 % or 100 %.

    >>> percent(0.123).replace(FIXED, " "), percent(0.0004).replace(FIXED, " ")
    ('12 %', 'moins de 1 %')
    """
    if share is None or math.isnan(share):
        return tr("non connu")
    least = 10.0**-decimals
    shown = float(round(Decimal(str(share * 100.0)), decimals + 6))
    if 0.0 < shown < least / 2:
        return f"{tr('moins de')} {number(least, decimals)}{FIXED}%"
    if 100.0 - least / 2 <= shown < 100.0:
        return f"{tr('plus de')} {number(100.0 - least, decimals)}{FIXED}%"
    return f"{number(shown, decimals)}{FIXED}%"


def minutes(value: float | None) -> str:
    """Return a duration in whole minutes, in hours from an hour up; inf = out of reach.

    >>> minutes(12.4).replace(FIXED, " "), minutes(75).replace(FIXED, " ")
    ('12 min', '1 h 15')
    """
    if value is None or math.isnan(value):
        return tr("non connu")
    if math.isinf(value):
        return tr("hors d'atteinte")
    whole = int(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if whole < 60:
        return f"{whole}{FIXED}min"
    return f"{number(whole // 60)}{FIXED}h{FIXED}{whole % 60:02d}"


def plural(n: float, singular: str, many: str | None = None) -> str:
    """Return the number and its noun, agreed with what is shown: 0 and 1 are singular in French.

    ``many`` is the plural where it is not each word plus s.

    >>> plural(1, "commune"), plural(1.6, "commune"), plural(3, "lieu", "lieux")
    ('1\\xa0commune', '2\\xa0communes', '3\\xa0lieux')
    """
    return f"{number(n)}{FIXED}{agreed(whole(n), singular, many)}"


def whole(n: float) -> float:
    """Return a number rounded half up to a whole one, as it is shown; what is not finite stays.

    >>> whole(1.5), whole(2.4)
    (2, 2)
    """
    if not math.isfinite(n):
        return n
    return int(Decimal(str(n)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def agreed(n: float, singular: str, many: str | None = None) -> str:
    """Return the noun alone, agreed with the number.

    >>> agreed(2, "zone blanche"), agreed(1, "lieu", "lieux")
    ('zones blanches', 'lieu')
    """
    if abs(n) < 2:
        return singular
    if many is not None:
        return many
    return " ".join(word if word[-1] in "sxz" else f"{word}s" for word in singular.split(" "))


def date(day: dt.date | None) -> str:
    """Return a date in words.

    >>> date(dt.date(2023, 5, 1)).replace(FIXED, " ")
    '1er mai 2023'
    """
    if day is None:
        return tr("non connu")
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first}{FIXED}{_MONTHS[day.month - 1]}{FIXED}{day.year}"


def weekday(day: dt.date) -> str:
    """Return the name of a day of the week.

    >>> weekday(dt.date(2026, 11, 23))
    'lundi'
    """
    names = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    return tr(names[day.weekday()])


def month(day: dt.date | None) -> str:
    """Return the month of a date in words.

    >>> month(dt.date(2023, 5, 12)).replace(FIXED, " ")
    'mai 2023'
    """
    if day is None:
        return tr("non connu")
    return f"{_MONTHS[day.month - 1]}{FIXED}{day.year}"


def clock(seconds: int) -> str:
    """Return a second of the day as a clock tells it, rounded down to the minute.

    >>> clock(60120).replace(FIXED, " "), clock(32400).replace(FIXED, " ")
    ('16 h 42', '9 h')
    """
    hours, rest = divmod(seconds, 3600)
    told = f"{hours}{FIXED}h"
    return told if rest < 60 else f"{told}{FIXED}{rest // 60:02d}"


def phone(told: str) -> str:
    """Return a phone number as it is read aloud, French ones two digits at a time."""
    digits = re.sub(r"[\s.-]", "", told)
    national = "0" + digits[3:] if digits.startswith("+33") else digits
    if len(national) == 10 and national.isdecimal():
        return FIXED.join(national[at : at + 2] for at in range(0, 10, 2))
    return told


def listed(words: Sequence[str], last: str = "et") -> str:
    """Return an enumeration.

    >>> listed(["Auchel", "Béthune", "Lillers"])
    'Auchel, Béthune et Lillers'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def listed_first(words: Sequence[str], most: int, last: str = "et") -> str:
    """Return an enumeration of the first words, the others counted.

    >>> listed_first(["Auchel", "Béthune", "Lillers"], 2), listed_first(["Auchel"], 2)
    ('Auchel, Béthune et 1\\xa0autre', 'Auchel')
    """
    n_others = len(words) - most
    others = [plural(n_others, tr("autre"))] if n_others > 0 else []
    return listed([*words[:most], *others], last)


def of(name: str) -> str:
    """Return the name of a place after « de »: elided before a vowel, joined with its article.

    >>> of("Avesnes"), of("Béthune"), of("Le Touquet-Paris-Plage"), of("Les Attaques")
    ("d'Avesnes", 'de Béthune', 'du Touquet-Paris-Plage', 'des Attaques')
    """
    article = _ARTICLE.match(name)
    if article is not None:
        joined = tr("des {name}") if len(article[1]) == len("les") else tr("du {name}")
        return joined.format(name=name[article.end() :])
    if "'" in name[:2] or "’" in name[:2]:  # L'Isle-Adam keeps its own article
        return tr("de {name}").format(name=name)
    return (tr("d'{name}") if _elides(plain(name)) else tr("de {name}")).format(name=name)


def _elides(words: str) -> bool:
    """Say whether a plain name begins with a vowel: y before a consonant is one, h seldom is."""
    if words.startswith("y"):
        return words[1:2] not in {*"aeiouy"}
    return words[:1] in {*"aeiou"} or words.partition(" ")[0] in _MUTE_H
