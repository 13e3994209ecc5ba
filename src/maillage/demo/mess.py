"""The mistakes that are planted in the fictional files, each once declared: name → function.

They are of the kinds seen in the real files. ``expected`` says what the readers should make of
each today: a *finding* (which codes), *read right* (the mistake changes nothing), *linking* (it
cannot be seen from one row: the linking of records will), or *unseen*: nobody looks for it yet.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from maillage.demo import spoil_where as where
from maillage.demo import spoil_words as words
from maillage.demo.draw import Draw
from maillage.demo.places import Place
from maillage.demo.tellings import AIDANTS, COUNSELLORS, LIBRARIES, PORTREA, Telling

Spoil = Callable[[Telling, Draw, Place], tuple[Telling, ...]]


class Expected(enum.Enum):
    """What today's readers should make of a mistake."""

    FINDING = "finding"
    READ_RIGHT = "read-right"
    LINKING = "linking"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Mess:
    """A kind of mistake: where it is planted and how often, and what should come of it.

    ``spoil`` returns the row with the mistake, and the twin row where the mistake is a twin.
    ``codes``: the findings that today's readers should make of it. ``later``: why none of them
    finds it yet. ``kinds``: the kinds of places it befalls, empty = all.
    """

    name: str
    spoil: Spoil
    file: str
    times: int
    codes: tuple[str, ...] = ()
    later: Expected | None = None
    kinds: tuple[str, ...] = ()

    @property
    def expected(self) -> Expected:
        """What today's readers should make of it."""
        if self.later is not None:
            return self.later
        return Expected.FINDING if self.codes else Expected.READ_RIGHT


_KNOWN_BY_TWO_NAMES = ("mediatheque", "ccas", "france-services", "centre-social", "mission-locale")
_ACCENTED, _ALL_WEEK = ("mediatheque",), ("ccas", "centre-social")
_NO_POINT = ("coordinates-missing",)

MESS: tuple[Mess, ...] = (
    Mess("commune-typo", where.commune_typo, PORTREA, 2, ("commune-misspelt",)),
    Mess("cedex", where.cedex, PORTREA, 2),
    Mess("cedex-library", where.cedex, LIBRARIES, 1),
    Mess("postal-code-for-insee", where.postal_code_for_insee, PORTREA, 2,
         ("code-insee-is-postal",)),
    Mess("merged-commune", where.merged_commune, PORTREA, 1,
         ("commune-unknown", "insee-code-unknown")),
    Mess("coordinates-swapped", where.swapped_coordinates, PORTREA, 2,
         ("coordinates-swapped",)),
    Mess("coordinates-lambert-93", where.lambert_93, PORTREA, 1, ("coordinates-lambert-93",)),
    Mess("coordinates-missing", where.no_coordinates, PORTREA, 2, _NO_POINT),
    Mess("coordinates-missing-counsellor", where.no_coordinates, COUNSELLORS, 1, _NO_POINT),
    Mess("coordinates-missing-library", where.no_coordinates, LIBRARIES, 1, _NO_POINT),
    Mess("coordinates-zero", where.zero_coordinates, PORTREA, 1, ("coordinates-zero",)),
    Mess("coordinates-25-km-off", where.far_away, PORTREA, 2, ("coordinates-outside",)),
    Mess("twin-300-m-aside", where.moved_twin, PORTREA, 2),
    Mess("twin-800-m-aside", where.wandered_twin, PORTREA, 1, ("address-apart",)),
    Mess("twin-other-address", where.neighbour_twin, PORTREA, 2, ("look-alike-name",)),
    Mess("twin-other-name", words.two_names, PORTREA, 3,
         later=Expected.LINKING, kinds=_KNOWN_BY_TWO_NAMES),
    Mess("twin-same-row", words.told_twice, PORTREA, 1),
    Mess("twin-same-id", words.same_id_twice, PORTREA, 1, ("id-repeated",)),
    Mess("upper-case", words.upper_case, PORTREA, 4),
    Mess("upper-case-aidants", words.upper_case, AIDANTS, 2),
    Mess("line-breaks", words.line_breaks, PORTREA, 1),
    Mess("line-breaks-aidants", words.line_breaks, AIDANTS, 3),
    Mess("html-entities", words.html_entities, PORTREA, 2, ("html-in-text",), kinds=_ACCENTED),
    Mess("address-dashes", words.dashes, PORTREA, 1),
    Mess("phone-malformed", words.malformed_phone, PORTREA, 2, ("phone-invalid",)),
    Mess("courriel-malformed", words.malformed_courriel, PORTREA, 1, ("email-invalid",)),
    Mess("siret-float", words.float_siret, COUNSELLORS, 2),
    Mess("siret-zero", words.zero_siret, AIDANTS, 1),
    Mess("date-slashed", words.slashed_date, PORTREA, 3),
    Mess("date-timed", words.timed_date, PORTREA, 2),
    Mess("date-long", words.long_date, PORTREA, 1),
    Mess("date-impossible", words.impossible_date, PORTREA, 1, ("date-unreadable",)),
    Mess("date-vague", words.vague_date, PORTREA, 1, ("date-unreadable",)),
    Mess("date-future", words.future_date, PORTREA, 1, ("date-in-future",)),
    Mess("hours-saturday-only", words.saturday_only, PORTREA, 3,
         ("hours-incomplete",), kinds=_ALL_WEEK),
    Mess("hours-in-words", words.spoken_hours, PORTREA, 1, ("hours-unreadable",)),
    Mess("hours-by-appointment", words.appointment, PORTREA, 1, ("hours-by-appointment",)),
    Mess("services-piped", words.piped_services, PORTREA, 2),
    Mess("services-new-words", words.new_services, PORTREA, 3),
    Mess("services-new-words-association", words.new_services, PORTREA, 2,
         kinds=("association",)),
    Mess("services-unknown", words.unknown_service, PORTREA, 1, ("word-unknown",)),
    Mess("closed-by-name", words.closed_by_name, PORTREA, 1, later=Expected.UNSEEN),
    Mess("closed-inactive", words.inactive, AIDANTS, 1, ("aidants-connect-inactive",)),
)  # fmt: skip
