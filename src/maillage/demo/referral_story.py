"""One fictional case from its opening to where it stands: calls, letters, visits, oversights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from maillage.demo.draw import Draw
from maillage.demo.referral_habits import Habits, Story, later, reason_of, weighted
from maillage.referrals.model import Addressee, Deed, End, Event, Outcome, Stage

_MINUTE = dt.timedelta(minutes=1)
_MOST_TRIED = 4
_CALLS_FIRST = 0.5
_AT_ONCE: Sequence[tuple[Outcome | None, float]] = (
    (None, 88.0),
    (Outcome.HELPED_HERE, 7.0),
    (Outcome.MISTAKE, 2.0),
    (Outcome.GIVEN_UP, 3.0),
)
_FORGOTTEN = 0.04
"""Of the times when a desk has to take up a case again, those when it does not."""
_GIVES_UP = 0.08
_LAST: Sequence[tuple[Outcome, float]] = ((Outcome.NOBODY, 8.0), (Outcome.HELPED_HERE, 2.0))
_AFTER_VISIT: Sequence[tuple[Outcome, float]] = (
    (Outcome.SERVED, 58.0),
    (Outcome.PARTLY, 15.0),
    (Outcome.AUTONOMOUS, 8.0),
    (Outcome.REDIRECTED, 6.0),
    (Outcome.NOT_COME, 13.0),
)
_OVERLOOKS = 0.04
"""Of requests, those that a structure overlooks though it answers as a rule."""
_TOLD = 0.74
_BY_STRUCTURE = 0.6
_CORRECTED = 0.02
_MOVES = 0.06
_NO_HOUR = 0.15


class Followed:
    """A case that a desk follows among those who may help, the nearest first."""

    def __init__(
        self, draw: Draw, story: Story, choice: Sequence[Addressee], habits: Mapping[str, Habits]
    ) -> None:
        self._draw, self._story = draw, story
        self._choice, self._habits = list(choice), habits

    def run(self) -> None:
        """Live the case through, to its end or to now."""
        story, draw = self._story, self._draw
        at = story.standing.last + draw.between(1, 20) * _MINUTE
        outcome = weighted(draw, _AT_ONCE)
        if outcome is not None or not self._choice:
            self._end_at_desk(at, outcome or Outcome.NOBODY)
            return
        for structure in self._in_order():
            if draw.happens(_FORGOTTEN) or not self._takes_up(at):
                break
            if len(story.events) > 1 and draw.happens(_GIVES_UP):
                self._end_at_desk(at, Outcome.GIVEN_UP)
                break
            self._try(structure, at)
            if story.standing.stage is not Stage.AT_DESK:
                break
            at = later(draw, story.standing.last, 3 * draw.share())
        else:
            if self._takes_up(at):
                self._end_at_desk(at, weighted(draw, _LAST))
        story.wait(story.now)

    def _in_order(self) -> list[Addressee]:
        """Return whom the desk tries: near ones mostly, in no strict order."""
        near = self._choice[:_MOST_TRIED]
        if len(self._choice) > _MOST_TRIED and self._draw.happens(0.25):
            near.insert(0, self._choice[self._draw.between(_MOST_TRIED, len(self._choice) - 1)])
        if self._draw.happens(0.3):
            near = self._draw.shuffled(near)
        return near[:_MOST_TRIED]

    def _takes_up(self, at: dt.datetime) -> bool:
        """Let time pass, and say whether the desk has the case then."""
        return self._story.wait(at) and self._story.standing.stage is Stage.AT_DESK

    def _end_at_desk(self, at: dt.datetime, outcome: Outcome) -> None:
        if self._takes_up(at):
            self._story.do(Event(at, Deed.OUTCOME_TOLD, End.DESK, outcome=outcome))

    def _try(self, structure: Addressee, at: dt.datetime) -> None:
        if structure.structure_id in self._story.standing.asked:
            return
        if not self._draw.happens(_CALLS_FIRST):
            self._write(structure, at)
            return
        habits = self._habits[structure.structure_id]
        if not self._draw.happens(habits.picks_up):
            self._story.do(Event(at, Deed.CALL_UNANSWERED, End.DESK, structure))
            if self._draw.happens(0.5):
                self._write(structure, at + self._draw.between(2, 9) * _MINUTE)
        elif self._draw.happens(habits.refuses):
            reason = reason_of(self._draw, habits)
            self._story.do(Event(at, Deed.CALL_REFUSED, End.DESK, structure, refusal=reason))
        else:
            hour = self._hour(at)
            self._story.do(Event(at, Deed.CALL_BOOKED, End.DESK, structure, appointment=hour))
            self._visit()

    def _hour(self, at: dt.datetime) -> dt.datetime | None:
        """Return an appointment, None: at the opening hours."""
        if self._draw.happens(_NO_HOUR):
            return None
        return later(self._draw, at, self._draw.between(1, 12))

    def _write(self, structure: Addressee, at: dt.datetime) -> None:
        if not self._story.do(Event(at, Deed.WROTE, End.DESK, structure, consent=True)):
            return
        while self._story.standing.stage is Stage.ASKED:
            asked = self._story.standing.addressee
            if asked is None or not self._answers(self._habits[asked.structure_id]):
                break
        if self._story.standing.stage is Stage.BOOKED:
            self._visit()

    def _answers(self, habits: Habits) -> bool:
        """Let a structure answer in its time; False where it does not before its delay, or now."""
        draw, story = self._draw, self._story
        if habits.days is None or draw.happens(_OVERLOOKS):
            story.outlast(Stage.ASKED)
            return False
        low, high = habits.days
        at = later(draw, story.standing.last, low + (high - low) * draw.share())
        if not story.wait(at) or story.standing.stage is not Stage.ASKED:
            return False
        said = draw.share()
        if said < habits.asks and story.events[-1].deed is not Deed.REPLIED:
            return self._asks(at)
        said = draw.share()
        if said < habits.refuses:
            reason = reason_of(draw, habits)
            full = at.date() + dt.timedelta(days=21) if reason.code == "complet" else None
            event = Event(at, Deed.REFUSED, End.STRUCTURE, refusal=reason, full_until=full)
        elif said < habits.refuses + habits.passes_on and (other := self._other()) is not None:
            event = Event(at, Deed.PASSED_ON, End.STRUCTURE, other)
        else:
            event = Event(at, Deed.ACCEPTED, End.STRUCTURE, appointment=self._hour(at))
        return story.do(event)

    def _asks(self, at: dt.datetime) -> bool:
        """Let a structure ask, and the desk reply within days, or too late; False if it did not."""
        draw, story = self._draw, self._story
        story.do(Event(at, Deed.QUESTION, End.STRUCTURE))
        reply = later(draw, at, 9 * draw.share() * draw.share())
        if not story.wait(reply) or story.standing.stage is not Stage.QUESTIONED:
            return False
        return story.do(Event(reply, Deed.REPLIED, End.DESK))

    def _other(self) -> Addressee | None:
        """Return whom a structure may pass a request on to, None where nobody is left."""
        standing = self._story.standing
        if standing.n_passed >= self._story.terms.most_passed_on:
            return None
        left = [one for one in self._choice if one.structure_id not in standing.asked]
        return self._draw.one_of(left) if left else None

    def _visit(self) -> None:
        """Live the visit: moved or not, told by either end, or never."""
        draw, story = self._draw, self._story
        hour = story.standing.appointment
        if hour is not None and draw.happens(_MOVES):
            moved = later(draw, hour, draw.between(1, 7))
            before = later(draw, story.standing.last, 0.1)
            if before < hour and story.wait(before):
                story.do(Event(before, Deed.MOVED, End.STRUCTURE, appointment=moved))
                hour = moved
        expected = max(hour or story.standing.since, story.standing.last)
        told_at = later(draw, expected, 0.1 + 8 * draw.share() * draw.share())
        if not draw.happens(_TOLD) or not story.wait(told_at):
            story.wait(story.now)
            return
        by = End.STRUCTURE if draw.happens(_BY_STRUCTURE) else End.DESK
        outcome = weighted(draw, _AFTER_VISIT)
        story.do(Event(told_at, Deed.OUTCOME_TOLD, by, outcome=outcome))
        if draw.happens(_CORRECTED):
            at = later(draw, told_at, 1.0)
            story.do(Event(at, Deed.OUTCOME_TOLD, End.DESK, outcome=weighted(draw, _AFTER_VISIT)))
