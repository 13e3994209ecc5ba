"""Addresses of homes: a number, a way, its name, the town after it; a flat, a floor, a lane."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maillage.survey.verbatims.lexicon import Lexicon
from maillage.survey.verbatims.model import Detail
from maillage.survey.verbatims.sight import Span, Word, words_in

_WAYS = words_in(
    """
    rue r avenue av ave bd bld boulevard allee allees impasse imp chemin quai sentier
    ruelle residence res lotissement lot faubourg fbg venelle hameau rond-point
    esplanade coron corons
    """
)
_BROAD = words_in(
    """
    place pl cours route rte square passage cite villa voie tour clos domaine
    """
)
_DWELLINGS = words_in(
    """
    residence res lotissement lot hameau coron corons
    """
)
_PARTICLES = words_in(
    """
    de du des d la le les l aux au a en sur sous lieu dit
    """
)
_AFTER_NUMBER = words_in(
    """
    bis ter quater b c
    """
) | {","}
_MONTHS = words_in(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    """
)
_HOMES = words_in(
    """
    habite habitait habitent loge logeait domicile domicilie domiciliee demeure
    demeurant reside residant vit adresse
    """
)
_PARTS = words_in(
    """
    appartement appt apt app bat batiment esc escalier porte etage bloc entree immeuble
    logement chambre
    """
)
_LONGEST = 12


def address_spans(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Span]:
    """Find addresses; a town that follows one is hidden with it."""
    for at, word in enumerate(words):
        if word.plain in _WAYS or word.plain in _BROAD:
            yield from _of_way(words, at, lexicon)
        elif word.plain in _PARTS and at + 1 < len(words):
            value = words[at + 1]
            if re.fullmatch(
                r"\d{1,4}[A-Za-z]?|[A-Z]\d{0,3}", value.text
            ) and value.before.strip() in ("", "n°"):
                yield Span(word.start, _tail(words, at + 1, lexicon), Detail.ADDRESS, "logement")
        elif word.plain in {"lieu-dit", "lieudit"} or (word.plain == "lieu dit"):
            end = _name_end(words, at, lexicon, told=True)
            if end > at:
                yield Span(word.start, _tail(words, end, lexicon), Detail.ADDRESS, "lieu-dit")


def _of_way(words: Sequence[Word], at: int, lexicon: Lexicon) -> Iterator[Span]:
    first = _number_before(words, at)
    near = {word.plain for word in words[max(0, at - 4) : at]}
    told = first < at or bool(near & _HOMES)
    if words[at].plain in {"r", "av", "ave", "res", "lot", "pl", "imp"} and first == at:
        return
    end = _name_end(words, at, lexicon, told=told)
    after = _number_after(words, end)
    if end == at and first == at:
        return
    if first == at and after == end and not (told or words[at].plain in _DWELLINGS):
        return
    yield Span(
        words[first].start,
        _tail(words, max(end, after), lexicon),
        Detail.ADDRESS,
        "adresse",
        told or after > end,
    )


def _number_before(words: Sequence[Word], at: int) -> int:
    """Return the rank of the number before a way, that of the way where there is none."""
    rank = at - 1
    for _ in range(4):
        if rank < 0 or "\n" in words[rank + 1].before:
            return at
        text = words[rank].text
        if re.fullmatch(r"\d{1,4}(?:bis|ter|[a-dA-D])?(?:-\d{1,4})?", text):
            return rank - (rank > 0 and words[rank - 1].plain in {"numero", "n", "no"})
        if words[rank].plain not in _AFTER_NUMBER | _PARTICLES:
            return at
        rank -= 1
    return at


def _number_after(words: Sequence[Word], end: int) -> int:
    """Return the rank of the number told after a way: « rue du Moulin, au 14 »."""
    for rank in range(end + 1, min(end + 4, len(words))):
        if re.fullmatch(r"\d{1,4}(?:bis|ter)?", words[rank].text):
            return rank
        if words[rank].plain not in {"au", "numero", "n", "no", "le"}:
            break
    return end


def _name_end(words: Sequence[Word], at: int, lexicon: Lexicon, *, told: bool) -> int:
    """Return the rank of the last word of a way's name."""
    end, n_low = at, 0
    for rank in range(at + 1, min(at + 1 + _LONGEST, len(words))):
        word = words[rank]
        if word.is_mark or (re.search(r"[,;:!?\n(]", word.before)):
            break
        if word.before.strip() == "." and not len(words[rank - 1].text) <= 2:
            break
        named = word.is_capital or word.plain in _MONTHS or word.text.isdigit()
        if word.text.isdigit() and rank + 1 < len(words) and len(word.text) == 5:
            break
        if named:
            end = rank
        elif word.plain in _PARTICLES and n_low < 2:
            if word.plain == "a" and end > at:
                break
        elif (
            told
            and n_low < 2
            and word.plain not in lexicon.small
            and word.plain not in lexicon.verbs
        ):
            end, n_low = rank, n_low + 1
        else:
            break
    return end


def _tail(words: Sequence[Word], end: int, lexicon: Lexicon) -> int:
    """Return where an address ends, its flat, postcode and town with it."""
    rank = end + 1
    while rank < len(words):
        n_more = _goes_on(words, rank, lexicon)
        if not n_more:
            break
        end, rank = rank + n_more - 1, rank + n_more
    return words[end].end


def _goes_on(words: Sequence[Word], rank: int, lexicon: Lexicon) -> int:
    """Return how many words from one on belong to the address that ends before it."""
    word, last = words[rank], words[rank - 1]
    short = last.plain in _PARTS or last.plain in _AFTER_NUMBER
    if not set(word.before) <= set(" ,-\n\t–—") | ({"."} if short else set()):
        return 0
    near = words[rank + 1] if rank + 1 < len(words) else None
    if re.fullmatch(r"\d{5}", word.text) or word.plain in {"gauche", "droite"}:
        return 1
    if near and _is_part(word, near):
        return 2
    if near and word.plain in {"a", "sur"} and near.is_capital and not near.before.strip():
        return 2
    if word.plain in lexicon.small:
        return 0
    return int(bool(re.fullmatch(r"\d{5}", last.text)) or (word.is_capital and not word.opens))


def _is_part(word: Word, near: Word) -> bool:
    """Say whether two words tell a flat, a floor: « appartement 12 », « 2e étage », « et 14 »."""
    if word.plain in _PARTS:
        return near.text[0].isdigit() or near.is_capital
    if word.plain in {"et", "n", "numero"}:
        return near.text.isdigit()
    floor = re.fullmatch(r"\d{1,2}(?:e|er|eme|ème|ère)", word.text)
    return bool(floor) and near.plain == "etage"
