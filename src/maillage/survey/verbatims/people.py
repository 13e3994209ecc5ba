"""Names of people, told by a title, a cue, a list of first names, or a capital nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maillage.survey.verbatims.lexicon import Lexicon
from maillage.survey.verbatims.model import Detail
from maillage.survey.verbatims.sight import Span, Word

_TITLES = frozenset(
    ["m", "mr", "mme", "mlle", "mmes", "mm", "monsieur", "madame", "mademoiselle", "dr", "docteur", "me", "maitre", "pr", "professeur", "veuve"]
)
_SHORT_TITLES = frozenset(["mr", "mme", "mlle", "mmes", "dr"])
_KIN = frozenset(
    ["voisin", "voisine", "fils", "fille", "mari", "femme", "epoux", "epouse", "frere", "soeur", "pere", "mere", "maman", "papa", "cousin", "cousine", "oncle", "tante", "neveu", "niece", "copain", "copine", "ami", "amie", "amis", "collegue", "collegues", "compagnon", "compagne", "conjoint", "belle-fille", "beau-fils", "belle-mere", "beau-pere", "gendre", "bru", "tata", "tonton", "tatie", "mamie", "mamy", "papi", "papy", "meme", "pepe", "mami", "nounou", "petit-fils", "petite-fille", "garcon", "gamin", "gamine", "gosse", "bebe", "belle-soeur", "beau-frere", "stagiaire", "benevole", "animateur", "animatrice", "conseiller", "conseillere", "secretaire", "maire", "adjoint", "adjointe", "directeur", "directrice", "facteur", "factrice", "infirmier", "infirmiere", "medecin", "avocat", "avocate", "notaire", "pharmacien", "pharmacienne", "instituteur", "institutrice", "maitresse", "prof", "formateur", "formatrice", "educateur", "educatrice", "referent", "referente", "assistant", "assistante", "agent", "agente", "tuteur", "tutrice", "curateur", "curatrice", "president", "presidente", "tresorier", "tresoriere", "patron", "patronne", "chef", "proprietaire", "locataire", "gardien", "gardienne", "usager", "usagere", "beneficiaire", "habituee", "habitue"]
) | frozenset(
    {
        "belle fille",
        "beau fils",
        "belle mere",
        "beau pere",
        "petit fils",
        "petite fille",
        "belle soeur",
        "beau frere",
    }
)
_CUES = re.compile(
    r"(?:\b[smt]['’]\s?appel\w+|\bnom(?:me|m[ée])e?s?|\bse nomme(?:nt)?|\bpr[ée]nomm[ée]+s?|\bsurnomm[ée]+s?|\bdu nom de|\bmon nom (?:est|c['’]est)|"
    r"\bnom(?: de famille)?\s?:|\bpr[ée]nom\s?:|\bsign[ée]\s?:?|\bmon pr[ée]nom (?:est|c['’]est)|\bmoi c['’]est|\bmoi,? je suis|\bon m['’]appelle|"
    r"\bson nom (?:est|c['’]est)|\bson pr[ée]nom (?:est|c['’]est)|\b(?:un|une) certaine?|\bl['’]appelle(?:nt)?|\bappel[ée]e?)\s{0,2}[:«\"“]?\s{0,2}\Z",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ["de", "du", "d", "la", "le", "van", "von", "der", "den", "ben", "el", "al", "da", "dos", "do", "di", "della", "bin", "abd", "ait", "ould", "mc", "mac", "saint", "st", "o", "l"]
)
_STREETS_END = re.compile(
    r".{2,}(?:court|ville|mont|bois|lande|becq|mesnil|fontaine|vaux|brouck|rieux|moutier|velle|hem|ghem|gny|ignies|"
    r"sart|selve|heim|bourg|willer|acq|oeuil)$"
)
_PLACE_CUES = frozenset(
    ["a", "vers", "sur", "pres", "commune", "ville", "village", "quartier", "depuis", "jusqu", "gare", "arret", "canton"]
)


class People:
    """The search of names in the words of one text; ``known``: ranks of words known to be no name."""

    def __init__(
        self, text: str, words: Sequence[Word], lexicon: Lexicon, known: frozenset[int]
    ) -> None:
        self.text, self.words, self.lexicon, self.known = text, words, lexicon, known
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
                yield from self._of_capital(at)

    def _of_title(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.plain not in _TITLES or at + 1 >= len(self.words):
            return
        if word.plain in {"m", "me", "mm", "pr"} and not word.is_capital:
            return
        if self.words[at + 1].plain in _TITLES and self.words[at + 1].plain != word.plain:
            return
        follows = self.words[at + 1]
        if not set(follows.before) <= set(". \n\t\u00a0\u202f,") or follows.is_mark:
            return
        if self._may_be_name(at + 1) or self._is_particle(at + 1) or self._is_town(at + 1):
            end = self._end(at + 1)
            yield Span(word.start, self.words[end].end, Detail.NAME, "titre")
        elif self._low_name(at + 1, after_title=True):
            end = self._low_end(at + 1)
            sure = word.plain in _SHORT_TITLES or follows.plain in self.lexicon.surnames
            yield Span(word.start, self.words[end].end, Detail.NAME, "titre", sure)

    def _of_cue(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.is_mark or not _CUES.search(self.text[max(0, word.start - 40) : word.start]):
            return
        if word.plain in self.lexicon.small or word.plain in self.lexicon.others:
            return
        if word.is_capital and not self.shouts:
            yield Span(word.start, self.words[self._end(at)].end, Detail.NAME, "annoncé")
        elif word.text[-1] not in "'’" and not word.text[0].isdigit() and word.plain not in _TITLES:
            sure = word.plain in self.lexicon.first_names
            if sure or not re.search(r"(?:er|ment|ait)$", word.plain):
                yield Span(
                    word.start, self.words[self._low_end(at)].end, Detail.NAME, "annoncé", sure
                )

    def _of_kin(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if word.plain not in _KIN or at + 1 >= len(self.words):
            return
        follows = self.words[at + 1]
        if not set(follows.before) <= set(" ,(\n") or follows.plain in _TITLES | _KIN:
            return
        if self._may_be_name(at + 1) and follows.plain not in self.lexicon.small:
            yield Span(follows.start, self.words[self._end(at + 1)].end, Detail.NAME, "proche")
        elif follows.plain in self.lexicon.first_names and follows.plain not in self.lexicon.verbs:
            if follows.plain not in self.lexicon.small:
                yield Span(
                    follows.start, self.words[self._low_end(at + 1)].end, Detail.NAME, "proche"
                )

    def _of_first_name(self, at: int) -> Iterator[Span]:
        word, lexicon = self.words[at], self.lexicon
        if at in self.known or not self._is_first_name(word):
            return
        if word.is_capital and not self.shouts:
            if word.plain in lexicon.ordinary and (word.opens or word.plain in lexicon.others):
                end = self._end(at)
                if end > at and word.plain not in lexicon.others:
                    yield Span(word.start, self.words[end].end, Detail.NAME, "prénom", False)
                elif word.plain not in lexicon.others and word.plain not in lexicon.small:
                    yield Span(word.start, word.end, Detail.NAME, "prénom possible", False)
                return
            yield Span(word.start, self.words[self._end(at)].end, Detail.NAME, "prénom")
        elif word.plain not in lexicon.ordinary and word.plain not in lexicon.verbs:
            yield Span(word.start, self.words[self._low_end(at)].end, Detail.NAME, "prénom", False)

    def _of_capital(self, at: int) -> Iterator[Span]:
        """Find capitals within a sentence that nothing explains, and surnames anywhere."""
        word, lexicon = self.words[at], self.lexicon
        if not word.is_capital or self.shouts or at in self.known or not word.text[0].isalpha():
            return
        if word.is_shouted and word.plain not in lexicon.surnames:
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
                yield Span(word.start, word.end, Detail.NAME, "sujet sans article", False)
            elif both and follows and not follows.is_shouted and not self._is_common(word.plain):
                yield Span(
                    word.start, self.words[self._end(at)].end, Detail.NAME, "majuscules", False
                )
            return
        previous = self.words[at - 1]
        if self._is_place(word, previous):
            return
        yield Span(word.start, self.words[self._end(at)].end, Detail.NAME, "majuscule", False)

    def _of_initial(self, at: int) -> Iterator[Span]:
        word = self.words[at]
        if (
            len(word.text) != 1
            or at + 1 >= len(self.words)
            or (word.opens
            and word.plain in {"a", "y"})
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
        if follows.before == " " and not follows.is_mark and self._may_be_name(at + 1):
            if not follows.is_shouted or follows.plain in self.lexicon.surnames:
                yield Span(
                    follows.start, self.words[self._end(at + 1)].end, Detail.NAME, "suite d'un nom"
                )

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
            or one in _TITLES
            or one in _KIN
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
        verb = follows.before == " " and (one in self.lexicon.verbs or one in _SUBJECT_OF)
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
        return bool(_STREETS_END.fullmatch(word.plain)) and previous.plain in _PLACE_CUES | {
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
        return told and len(one) > 3 and one not in self.lexicon.small | _TITLES | _KIN

    def _is_particle(self, at: int) -> bool:
        """Say whether a name begins with a particle that bears a capital: Le Goff, De Smet."""
        word = self.words[at]
        if word.plain not in _PARTICLES or at + 1 >= len(self.words) or not word.is_capital:
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
            or (len(word.text) < 2
            and not word.is_capital)
        ):
            return False
        title = self.words[at - 1].plain
        determined = at > 1 and self.words[at - 2].plain in _DETERMINERS
        if title in _SHORT_TITLES or (title == "m" and word.before.startswith(".")):
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
            if word.text.lower().rstrip("'’") in _PARTICLES and rank + 1 < len(self.words):
                if not (word.is_capital or self.words[rank + 1].is_capital):
                    break
                continue
            if self._may_be_name(rank) and rank not in self.known - {rank}:
                end = rank
                continue
            if (
                word.plain in self.lexicon.surnames
                and rank == end + 1
                and word.plain not in _DOUBLE
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
            if (
                (word.plain in lexicon.surnames
                and word.plain not in _DOUBLE)
                or (word.plain in lexicon.first_names and word.plain not in lexicon.ordinary)
            ):
                end = rank
                continue
            if word.is_capital and self._may_be_name(rank) and not self.shouts:
                end = rank
                continue
            ordinary = self._is_no_name(word) or self._is_common(word.plain) or len(word.plain) < 4
            if (
                ordinary
                or rank != at + 1
                or re.search(r"(?:ee?s?|ait|ent|ait|er|ue?|is|it|s|t|es?)$", word.plain)
            ):
                break
            end = rank
        return end


_DETERMINERS = frozenset(
    ["un", "une", "ce", "cette", "le", "la", "des", "certain", "certaine", "cet", "chaque", "quelque", "les", "aucun", "vieux", "jeune", "petit", "petite", "pauvre", "autre"]
)
_SUBJECT_OF = frozenset(["a", "est", "m", "s", "n", "ne", "me", "se", "nous", "lui", "etait", "avait", "y"])
_DOUBLE = frozenset(["petit", "grand", "blanc", "brun", "roux", "noir", "gay", "jeune", "joly", "bon", "robin", "morin"])
