"""What a person changes of a screening: words hidden too, words that were hidden for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from maillage.kernel.words import plain
from maillage.survey.verbatims.model import Detail, Screened
from maillage.survey.verbatims.screen import doubts_of
from maillage.survey.verbatims.sight import Span, normal, replaced, words_of

BY_HAND = "à la main"
_JOINS = frozenset(" \xa0\u202f-'’.")


@dataclass(frozen=True, slots=True)
class Checked:
    """Words being checked: as they were said, in their normal form, and what of them is hidden.

    ``hidden`` are spans of ``said``, in order, none on another.
    """

    said: str = field(repr=False)
    hidden: tuple[Span, ...] = ()

    @property
    def screened(self) -> Screened:
        """The words as others may read them."""
        text, hidden = replaced(self.said, [], self.hidden)
        return Screened(text, tuple(hidden), doubts_of(hidden))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of words as they are shown: what stands between, a word, or a mark.

    ``at``: where a word begins in what was said, or the rank of a mark; None for what stands
    between. ``hidden``: the span that the mark stands for.
    """

    text: str
    at: int | None = None
    hidden: Span | None = None


def checked(said: str, screened: Screened) -> Checked | None:
    """Return words with what a screening hid of them; None where it is not of these words."""
    said, spans, moved = normal(said), list[Span](), 0
    for one in screened.hidden:
        start = one.at + moved
        spans.append(Span(start, start + one.length, one.detail, one.why, one.is_sure))
        moved += one.length - len(one.detail.mark)
    found = Checked(said, tuple(spans))
    return found if found.screened.text == screened.text else None


def hide(words: Checked, places: Iterable[tuple[int, int]], detail: Detail) -> Checked:
    """Return words with places hidden too; those that stand side by side become one mark."""
    free = [
        (start, end)
        for start, end in sorted(set(places))
        if 0 <= start < end <= len(words.said)
        and not any(start < one.end and one.start < end for one in words.hidden)
    ]
    joined = list[tuple[int, int]]()
    for start, end in free:
        if joined and _side_by_side(words.said[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    spans = [Span(start, end, detail, BY_HAND) for start, end in joined]
    return Checked(words.said, tuple(sorted((*words.hidden, *spans), key=lambda s: s.start)))


def restore(words: Checked, ranks: Collection[int]) -> Checked:
    """Return words with the marks of some ranks (from 0) taken off: what they hid is shown."""
    kept = (one for rank, one in enumerate(words.hidden) if rank not in ranks)
    return Checked(words.said, tuple(kept))


def places_of(words: Checked, starts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Give the words of what was said that begin at some places."""
    for word in words_of(words.said):
        if word.start in starts:
            yield word.start, word.end


def places_typed(words: Checked, typed: str) -> Iterator[tuple[int, int]]:
    """Give everywhere that words typed are said, whatever their accents and capitals."""
    told, sought = words_of(words.said), [one.plain for one in words_of(typed)]
    n = len(sought)
    for at in range(len(told) - n + 1 if n else 0):
        if [one.plain for one in told[at : at + n]] == sought:
            yield told[at].start, told[at + n - 1].end


def pieces(words: Checked) -> Iterator[Piece]:
    """Give words cut for who checks them: each word that may be hidden, each mark."""
    last = 0
    for rank, span in enumerate(words.hidden):
        yield from _shown(words.said[last : span.start], last)
        yield Piece(span.detail.mark, rank, span)
        last = span.end
    yield from _shown(words.said[last:], last)


def _shown(text: str, begins: int) -> Iterator[Piece]:
    last = 0
    for word in words_of(text):
        if word.start > last:
            yield Piece(text[last : word.start])
        yield Piece(word.text, begins + word.start)
        last = word.end
    if last < len(text):
        yield Piece(text[last:])


def _side_by_side(between: str) -> bool:
    return len(between) < 3 and set(between) <= _JOINS


def is_typed_in(words: Checked, typed: str) -> bool:
    """Say whether words typed are said somewhere."""
    return bool(plain(typed).strip()) and any(True for _ in places_typed(words, typed))


def kept_form(words: Checked) -> Sequence[Sequence[object]]:
    """Return what is hidden as JSON keeps it; ``from_kept`` reads it back."""
    return [[one.start, one.end, one.detail.code, one.why, one.is_sure] for one in words.hidden]


def from_kept(said: str, rows: Iterable[Sequence[object]]) -> Checked:
    """Return words with what was kept as hidden of them. Raises ValueError where it is not so."""
    spans = []
    for start, end, code, why, is_sure in rows:
        detail = Detail.of(str(code))
        if detail is None or not isinstance(start, int) or not isinstance(end, int):
            raise ValueError(code)
        spans.append(Span(start, end, detail, str(why), bool(is_sure)))
    return Checked(normal(said), tuple(spans))
