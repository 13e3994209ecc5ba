"""Who says to be full is set aside until then, in its own words, and comes back by itself."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orientation.test_find import desk_over, directories, situations

from maillage.directory.model import Directory
from maillage.orientation.find import find_help
from maillage.orientation.model import Reason, Situation

ON_DAYS = st.integers(-3, 40)


@given(directories, situations, st.data())
@settings(max_examples=30, deadline=None)
def test_nobody_is_sent_where_it_is_full(
    directory: Directory, situation: Situation, data: st.DataObject
) -> None:
    """Whatever is proposed of who is full is a visit after its day, and it comes back."""
    desk = desk_over(directory)
    ids = [one.id for one in directory.permanences]
    some = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    full = {its_id: desk.on + dt.timedelta(days=data.draw(ON_DAYS)) for its_id in some}
    found = find_help(situation, desk.where_full(full))
    asked = situation.when.days or desk.next_open_days()
    for one in found.proposals:
        until = full.get(one.permanence_id)
        if until is not None:
            assert one.visit is None or one.visit.date > until
            assert one.least_bad or max(asked) > until
    for one in found.refusals:
        if one.reason is Reason.FULL:
            assert full[one.permanence_id] >= min(asked)
            assert one.sentence.startswith("Complet jusqu'au ")
    over = {its_id: desk.on - dt.timedelta(days=1) for its_id in some}
    assert find_help(situation, desk.where_full(over)) == find_help(situation, desk)
