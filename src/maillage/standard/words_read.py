"""The cells of closed vocabularies → words of today, with what could not be said exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard import findings as kinds
from maillage.standard.aliases import ALL_AGES, FIELD_OF, Alias, understand
from maillage.standard.mednum import PublicSpecifiquementAdresse as Public
from maillage.standard.words import Word

_OLD_PUBLICS = "publics_accueillis"


@dataclass(slots=True)
class WordsRead:
    """What the closed cells of one row say: words by field, free labels, findings.

    A field is absent from ``words`` where no cell told it; an empty list is told "none".
    """

    words: dict[str, list[Word]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def of(self, name: str) -> tuple[Word, ...] | None:
        """Return the words of a field without doubles, in order; None = not told."""
        words = self.words.get(name)
        return None if words is None else tuple(dict.fromkeys(words))


def read_words(cells: dict[str, str], where: Where) -> WordsRead:
    """Return what the closed cells of a row (field → text) say.

    Each word lands in the field of today to which it belongs, whichever column held it.
    """
    read = WordsRead()
    for name, text in cells.items():
        _read_cell(read, name, text, where.on(name))
    return read


def split_list(text: str) -> list[str]:
    """Return the parts of a list: cut at "|", else at ";", blanks and empty parts set aside."""
    sign = "|" if "|" in text else ";"
    return [part.strip() for part in text.split(sign) if part.strip()]


def _read_cell(read: WordsRead, name: str, text: str, where: Where) -> None:
    if not text and name != _OLD_PUBLICS:
        read.words.setdefault(name, [])
    meanings: list[Alias] = []
    for part in split_list(text):
        known = _meanings(name, part)
        if not known:
            read.findings.append(kinds.WORD_UNKNOWN.at(where, value=part, field=name))
        meanings.extend(known)
    if name == _OLD_PUBLICS:
        meanings = _without_ages(read, meanings, where)
    for alias in meanings:
        read.labels.extend(alias.labels)
        for word in alias.words:
            read.words.setdefault(FIELD_OF[type(word)], []).append(word)
        _tell(read, alias, where)


def _meanings(name: str, part: str) -> list[Alias]:
    """Return what a part means; a list with commas is understood if each of its words is."""
    if alias := understand(name, part):
        return [alias]
    pieces = [understand(name, piece) for piece in re.split(r"[,\n]", part) if plain(piece)]
    known = [alias for alias in pieces if alias is not None]
    return known if len(known) == len(pieces) else []


def _without_ages(read: WordsRead, meanings: list[Alias], where: Where) -> list[Alias]:
    """Return the old publics without ages where adults are welcome too.

    In 2022 a place listed every public it could welcome; today's field lists those it turns to in
    particular. A place that lists adults among others turns to nobody in particular.
    """
    if ALL_AGES not in meanings:
        return meanings
    read.words.setdefault(FIELD_OF[Public], [])
    kept = [alias for alias in meanings if not _is_age(alias)]
    ages = sorted({str(w.value) for a in meanings if _is_age(a) for w in a.words})
    if ages:
        value = " / ".join(ages)
        read.findings.append(kinds.PUBLIC_NOT_SPECIFIC.at(where, value=value))
    return kept


def _is_age(alias: Alias) -> bool:
    return any(isinstance(word, Public) and word is not Public.FEMMES for word in alias.words)


def _tell(read: WordsRead, alias: Alias, where: Where) -> None:
    if alias.words:
        if not alias.exact:
            said = " / ".join(str(word.value) for word in alias.words)
            told = kinds.WORD_NEAREST.at(where, value=alias.text, origin=alias.origin, read=said)
            read.findings.append(told)
        return
    kept = tr("gardé comme texte libre") if alias.labels else tr("laissé de côté")
    words = {"origin": alias.origin, "field": where.field, "kept": kept}
    read.findings.append(kinds.WORD_WITHOUT_EQUIVALENT.at(where, value=alias.text, **words))
