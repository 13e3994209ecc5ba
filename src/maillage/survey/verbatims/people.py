"""Names of people, told by a title, a cue, a list of first names, or a capital nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maillage.survey.verbatims import cues
from maillage.survey.verbatims.lexicon import Lexicon
from maillage.survey.verbatims.model import Detail
from maillage.survey.verbatims.sight import Span, Word


def _public(words: Sequence[Word]) -> frozenset[int]:
    """Return the ranks of words that name a public place: « médiathèque Elsa Triolet »."""
    inside = set[int]()
    for at, word in enumerate(words):
        ways = word.plain in cues.WAYS and at + 1 < len(words)
        if not (word.plain in cues.PUBLIC or ways):
            continue
        for rank in range(at + 1, min(at + 6, len(words))):
            follows = words[rank]
            if (
                follows.before not in {" ", "", "-"}
                or follows.is_mark
                or follows.plain in cues.TITLES
            ):
                break
            if follows.is_capital or follows.plain in cues.LOW_PARTICLES:
                inside.add(rank)
            else:
                break
    return frozenset(inside)


class People:
    """The search of names in the words of one text; ``known``: ranks of words that are none."""

    def __init__(
        self, text: str, words: Sequence[Word], lexicon: Lexicon, known: frozenset[int]
    ) -> None:
        self.text, self.words, self.lexicon = text, words, lexicon
        self.known = known | _public(words)
        letters = [c for c in text if c.isalpha()]
        self.shouts = len(letters) > 12 and sum(c.isupper() for c in letters) > 0.6 * len(letters)

    def spans(self) -> Iterator[Span]:
        """Find names; what is only likely is told not to be sure."""
        for at, word in enumerate(self.words):
            if word.is_mark:
                yield from self._beside_mark(at)
            else:
                yield from self._of_title(at)
                yield from self._of_cue(at)
                yield from self._of_kin(at)
                yield from self._of_first_name(at)
                yield from self._of_surname(at)
                yield from self._of_capital(at)

    def _of_title(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.plain not in cues.TITLES or at + 1 >= len(self.words):
            return
        if word.plain in {"m", "me", "mm", "pr"} and not word.is_capital:
            return
        if self.words[at + 1].plain in cues.TITLES and self.words[at + 1].plain != word.plain:
            return
        follows = self.words[at + 1]
        if len(follows.text) == 1 and follows.is_capital:
            yield from self._of_initial(at + 1)
            return
        if not set(follows.before) <= set(". \n\t\u00a0\u202f,") or follows.is_mark:
            return
        if self._may_be_name(at + 1) or self._is_particle(at + 1) or self._is_town(at + 1):
            end = self._end(at + 1)
            yield Span(word.start, self.words[end].end, Detail.NAME, "titre")
        elif self._low_name(at + 1, after_title=True):
            end = self._low_end(at + 1)
            sure = word.plain in cues.SHORT_TITLES or follows.plain in self.lexicon.surnames
            yield Span(word.start, self.words[end].end, Detail.NAME, "titre", sure)

    def _of_cue(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.is_mark or not cues.CUES.search(self.text[max(0, word.start - 40) : word.start]):
            return
        if word.plain in self.lexicon.small or word.plain in self.lexicon.others:
            return
        if word.is_capital and not self.shouts:
            yield Span(word.start, self.words[self._end(at)].end, Detail.NAME, "annoncé")
        elif (
            word.text[-1] not in "'’"
            and not word.text[0].isdigit()
            and word.plain not in cues.TITLES
        ):
            sure = word.plain in self.lexicon.first_names
            if sure or not re.search(r"(?:er|ment|ait)$", word.plain):
                yield Span(
                    word.start, self.words[self._low_end(at)].end, Detail.NAME, "annoncé", sure
                )

    def _of_kin(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.plain not in cues.KIN or at + 1 >= len(self.words):
            return
        follows = self.words[at + 1]
        if not set(follows.before) <= set(" ,(\n") or follows.plain in cues.TITLES | cues.KIN:
            return
        if self._may_be_name(at + 1) and follows.plain not in self.lexicon.small:
            yield Span(follows.start, self.words[self._end(at + 1)].end, Detail.NAME, "proche")
        elif follows.plain in self.lexicon.first_names - self.lexicon.verbs - self.lexicon.small:
            end = self.words[self._low_end(at + 1)].end
            yield Span(follows.start, end, Detail.NAME, "proche")

    def _of_surname(self, at: int) -> Iterator[Span]:
        """Find surnames of the list wherever they stand, but those that are also words."""
        word = self.words[at]
        if at in self.known or word.plain not in self.lexicon.surnames or word.plain in cues.DOUBLE:
            return
        if word.plain not in self.lexicon.ordinary | self.lexicon.others:
            yield Span(word.start, word.end, Detail.NAME, "nom de famille", is_sure=False)

    def _of_first_name(self, at: int) -> Iterator[Span]:
        word, lexicon = self.words[at], self.lexicon
        if at in self.known or not self._is_first_name(word):
            return
        if word.is_capital and not self.shouts:
            if word.plain in lexicon.ordinary and (word.opens or word.plain in lexicon.others):
                end = self._end(at)
                if end > at and word.plain not in lexicon.others:
                    yield Span(
                        word.start, self.words[end].end, Detail.NAME, "prénom", is_sure=False
                    )
                elif word.plain not in lexicon.others and word.plain not in lexicon.small:
                    yield Span(word.start, word.end, Detail.NAME, "prénom possible", is_sure=False)
                return
            yield Span(word.start, self.words[self._end(at)].end, Detail.NAME, "prénom")
        elif word.plain not in lexicon.ordinary and word.plain not in lexicon.verbs:
            yield Span(
                word.start, self.words[self._low_end(at)].end, Detail.NAME, "prénom", is_sure=False
            )

    def _of_capital(self, at: int) -> Iterator[Span]:
        """Find capitals within a sentence that nothing explains, and surnames anywhere."""
        word, lexicon = self.words[at], self.lexicon
        if not word.is_capital or self.shouts or at in self.known or not word.text[0].isalpha():
            return
        if word.is_shouted and word.plain not in lexicon.surnames:
            yield from self._before_first_name(at)
            return
        if self._is_no_name(word) or len(word.text) == 1:
            yield from self._of_initial(at)
            return
        if word.opens:
            follows = self.words[at + 1] if at + 1 < len(self.words) else None
            both = (
                follows
                and follows.before == " "
                and self._may_be_name(at + 1)
                and not follows.opens
            )
            if follows and self._is_subject(word, follows):
                yield Span(word.start, word.end, Detail.NAME, "sujet sans article", is_sure=False)
            elif both and follows and not follows.is_shouted and not self._is_common(word.plain):
                end = self.words[self._end(at)].end
                yield Span(word.start, end, Detail.NAME, "majuscules", is_sure=False)
            return
        previous = self.words[at - 1]
        if self._is_place(word, previous):
            return
        yield Span(
            word.start, self.words[self._end(at)].end, Detail.NAME, "majuscule", is_sure=False
        )

    def _before_first_name(self, at: int) -> Iterator[Span]:
        """Find a surname of capitals alone beside a first name: « TASSIN Georges »."""
        word = self.words[at]
        follows = self.words[at + 1] if at + 1 < len(self.words) else None
        if follows and follows.before == " " and len(word.text) > 2 and not self._is_no_name(word):
            named = self._is_first_name(follows) and follows.is_capital
            if not follows.is_shouted and (named or follows.text == Detail.NAME.mark):
                yield Span(word.start, word.end, Detail.NAME, "nom en capitales")

    def _of_initial(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if (
            len(word.text) != 1
            or at + 1 >= len(self.words)
            or (word.opens and word.plain in {"a", "y"})
        ):
            return
        follows = self.words[at + 1]
        if follows.before in {". ", "."} and self._may_be_name(at + 1) and len(follows.text) > 1:
            yield Span(word.start, self.words[self._end(at + 1)].end, Detail.NAME, "initiale")

    def _beside_mark(self, at: int) -> Iterator[Span]:
        """Find what goes on after a name already hidden: « [nom] Martin »."""
        if self.words[at].text != Detail.NAME.mark or at + 1 >= len(self.words):
            return
        follows = self.words[at + 1]
        may = follows.before == " " and not follows.is_mark and self._may_be_name(at + 1)
        if may and (not follows.is_shouted or follows.plain in self.lexicon.surnames):
            end = self.words[self._end(at + 1)].end
            yield Span(follows.start, end, Detail.NAME, "suite d'un nom")

    def _is_first_name(self, word: Word) -> bool:
        if word.plain in self.lexicon.first_names:
            return True
        parts = word.plain.split()
        return (
            len(parts) > 1
            and "-" in word.text
            and parts[0] in self.lexicon.first_names
            and parts[0] not in self.lexicon.small
            and all(len(p) > 1 for p in parts)
            and (word.is_capital or parts[1] in self.lexicon.first_names)
        )

    def _is_no_name(self, word: Word) -> bool:
        parts = word.plain.split()
        one = word.plain
        return (
            one in self.lexicon.others
            or one in self.lexicon.small
            or (bool(parts) and all(p in self.lexicon.others | self.lexicon.small for p in parts))
            or one in cues.TITLES
            or one in cues.KIN
        )

    def _is_common(self, one: str) -> bool:
        return (
            one in self.lexicon.small
            or one in self.lexicon.verbs
            or one in self.lexicon.others
            or bool(re.search(r"(?:er|ez|ment|tion|ant|eux)$", one))
        )

    def _is_subject(self, word: Word, follows: Word) -> bool:
        """Say whether a word opens a sentence as only names do: no article, a verb at once."""
        one = follows.plain
        verb = follows.before == " " and (one in self.lexicon.verbs or one in cues.SUBJECT_OF)
        return (
            verb
            and not self._is_common(word.plain)
            and not re.search(r"(?:re|ir|s|x)$", word.plain)
        )

    def _is_place(self, word: Word, previous: Word) -> bool:
        if re.search(r"-(?:sur|sous|les|lez|en|l[eè]s|au|aux|la|le)-", word.text.lower()):
            return True
        if word.plain.startswith(("saint ", "sainte ", "st ")):
            return True
        return bool(
            cues.STREETS_END.fullmatch(word.plain)
        ) and previous.plain in cues.PLACE_CUES | {
            "de",
            "d",
        }

    def _may_be_name(self, at: int) -> bool:
        word = self.words[at]
        if word.is_mark or not word.text[0].isalpha() or not word.is_capital:
            return False
        if self.shouts:
            return (
                word.plain in self.lexicon.first_names | self.lexicon.surnames
                or not self._is_common(word.plain)
            )
        if word.text[-1] in "'’":
            return at + 1 < len(self.words) and self.words[at + 1].is_capital
        return not self._is_no_name(word) or len(word.text) == 1

    def _is_town(self, at: int) -> bool:
        """Say whether a word after a title is a place that people are named for too: Mme Lens."""
        word = self.words[at]
        told = word.is_capital and word.before in {" ", ". "} and not self.shouts
        one = word.plain
        return told and len(one) > 3 and one not in self.lexicon.small | cues.TITLES | cues.KIN

    def _is_particle(self, at: int) -> bool:
        """Say whether a name begins with a particle that bears a capital: Le Goff, De Smet."""
        word = self.words[at]
        if word.plain not in cues.PARTICLES or at + 1 >= len(self.words) or not word.is_capital:
            return False
        return self.words[at + 1].before in {" ", ""} and self._may_be_name(at + 1)

    def _low_name(self, at: int, *, after_title: bool = False) -> bool:
        """Say whether a word without capital may be a name after a title."""
        word, lexicon = self.words[at], self.lexicon
        if not word.text[0].isalpha() or word.text[-1] in "'’" or word.before.strip(". "):
            return False
        if word.plain in lexicon.surnames or (
            word.plain in lexicon.first_names and word.plain not in lexicon.small
        ):
            return True
        if (
            self._is_no_name(word)
            or word.plain in lexicon.verbs
            or (len(word.text) < 2 and not word.is_capital)
        ):
            return False
        title = self.words[at - 1].plain
        determined = at > 1 and self.words[at - 2].plain in cues.DETERMINERS
        if title in cues.SHORT_TITLES or (title == "m" and word.before.startswith(".")):
            return True
        return (
            after_title
            and not determined
            and not re.search(r"(?:ee?s?|ant|ait|ent|eux|euse|er)$", word.plain)
            and not self.words[at - 1].opens
        )

    def _end(self, at: int) -> int:
        """Return the rank of the last word of a name that begins at one: capitals and particles."""
        end = at
        for rank in range(at + 1, min(at + 7, len(self.words))):
            word = self.words[rank]
            short = len(self.words[rank - 1].text) == 1 or self.words[rank - 1].plain in {
                "st",
                "mc",
            }
            apart = word.before.replace("\u00a0", " ")
            if apart not in {" ", "", "-", "  ", "'", "’"} and not (
                short and apart in {". ", ".", ".-"}
            ):
                break
            if word.text.lower().rstrip("'’") in cues.PARTICLES and rank + 1 < len(self.words):
                if not (word.is_capital or self.words[rank + 1].is_capital):
                    break
                continue
            if self._may_be_name(rank):
                end = rank
                continue
            if (
                word.plain in self.lexicon.surnames
                and rank == end + 1
                and word.plain not in cues.DOUBLE
            ):
                end = rank
                continue
            break
        return end

    def _low_end(self, at: int) -> int:
        """Return the rank of the last word of a name without capitals."""
        lexicon, end = self.lexicon, at
        for rank in range(at + 1, min(at + 3, len(self.words))):
            word = self.words[rank]
            if (
                word.before != " "
                or word.is_mark
                or not word.text[0].isalpha()
                or word.text[-1] in "'’"
            ):
                break
            if (word.plain in lexicon.surnames and word.plain not in cues.DOUBLE) or (
                word.plain in lexicon.first_names and word.plain not in lexicon.ordinary
            ):
                end = rank
                continue
            if word.is_capital and self._may_be_name(rank) and not self.shouts:
                end = rank
                continue
            ordinary = self._is_no_name(word) or self._is_common(word.plain) or len(word.plain) < 4
            verbish = re.search(r"(?:é|ée|és|ait|ent|er|ir|it|ra)$", word.text.lower())
            if ordinary or rank != at + 1 or verbish:
                break
            end = rank
        return end
