"""Hide what tells who somebody is: offline, in linear time; in doubt it hides, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maillage.kernel.language import tr
from maillage.survey.verbatims.addresses import address_spans
from maillage.survey.verbatims.lexicon import Known, Lexicon, load_lexicon
from maillage.survey.verbatims.model import Detail, Hidden, Screened
from maillage.survey.verbatims.numbers import (
    code_spans,
    digit_spans,
    said_spans,
    spoken_mail_spans,
    told_spans,
)
from maillage.survey.verbatims.people import People
from maillage.survey.verbatims.sight import Span, apart, normal, replaced, words_of

NOTHING_KNOWN = Known()
_MOST_PASSES = 12


def screen(text: str, known: Known = NOTHING_KNOWN) -> Screened:
    """Return what others may read of a text, what was hidden and what is not sure.

    ``known``: names that everybody may read (``known_names`` of communes and structures). What is
    hidden is looked at again until nothing more is found: a screened text screens to itself.
    """
    lexicon, hidden = load_lexicon(), list[Hidden]()
    text = normal(text)
    for _ in range(_MOST_PASSES):
        text, hidden, found = _once(text, hidden, known, lexicon)
        if not found:
            break
    return Screened(text, tuple(hidden), doubts_of(hidden))


def _once(
    text: str, hidden: list[Hidden], known: Known, lexicon: Lexicon
) -> tuple[str, list[Hidden], bool]:
    """Hide figures and addresses first; where none is left, names."""
    for spans in (_figures(text), _places(text, lexicon), _people(text, known, lexicon)):
        kept = apart(spans, text)
        if kept:
            text, hidden = replaced(text, hidden, kept)
            return text, hidden, True
    return text, hidden, False


def _figures(text: str) -> Iterator[Span]:
    words = words_of(text)
    yield from code_spans(text)
    yield from spoken_mail_spans(text, words, load_lexicon().small)
    yield from told_spans(text)


def _places(text: str, lexicon: Lexicon) -> Iterator[Span]:
    words = words_of(text)
    yield from digit_spans(text)
    yield from said_spans(words)
    yield from address_spans(words, lexicon)


def _people(text: str, known: Known, lexicon: Lexicon) -> Iterator[Span]:
    words = words_of(text)
    found = list(People(text, words, lexicon, known.places(words)).spans())
    yield from found
    told = {
        word.plain
        for span in found
        if span.is_sure
        for word in words_of(text[span.start : span.end])
        if word.is_capital and len(word.plain) > 3 and word.plain not in lexicon.others
    }
    for word in words:
        if word.plain in told and word.is_capital and word.plain not in lexicon.small:
            yield Span(word.start, word.end, Detail.NAME, "nom déjà dit")


def doubts_of(hidden: Sequence[Hidden]) -> tuple[str, ...]:
    """Return what a person must look at, each once."""
    told = tr("{mark} : caché par prudence ({why})")
    unsure = [told.format(mark=one.detail.mark, why=one.why) for one in hidden if not one.is_sure]
    return tuple(dict.fromkeys(unsure))
