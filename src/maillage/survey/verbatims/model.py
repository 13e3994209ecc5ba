"""What somebody said in their own words, and what others may read of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from maillage.kernel.coded import Coded


class Detail(Coded):
    """A detail that tells who somebody is: its code, and what stands in its place."""

    NAME = ("nom", "[nom]")
    PHONE = ("telephone", "[téléphone]")
    EMAIL = ("courriel", "[courriel]")
    ADDRESS = ("adresse", "[adresse]")
    NUMBER = ("numero", "[numéro]")
    LOGIN = ("identifiant", "[identifiant]")

    @property
    def mark(self) -> str:
        """What is written in its place: always French, for it goes into a French sentence."""
        return self._french


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words as they were said; ``text`` stays out of what is printed of it.

    ``source_kind``: who spoke, by kind (habitant, ccas, mediatheque…). ``respondent``: an opaque
    key, the same for all that one answer tells.
    """

    id: str
    source_kind: str
    question: str
    wave: str
    channel: str
    text: str = field(repr=False)
    respondent: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A detail hidden: where its mark begins in the screened text, why, and whether it is sure.

    ``length`` tells how many letters of the original, in its normal form, the mark stands for.
    """

    at: int
    length: int
    detail: Detail
    why: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Screened:
    """Words that others may read; the original is not in it.

    ``doubts``: what a person must look at, in French; it repeats none of the words hidden.
    """

    text: str
    hidden: tuple[Hidden, ...]
    doubts: tuple[str, ...]

    @property
    def is_doubtful(self) -> bool:
        """Say whether the screening asks a person to look at something."""
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class Read:
    """Screened words that a person read: these alone may be coded, and printed."""

    words: Screened

    @property
    def text(self) -> str:
        """What may be shown."""
        return self.words.text
