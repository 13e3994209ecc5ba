"""The page, the tables and the words of a plan of posts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import BETHUNE, east_of, make_territory
from tests.siting.scenarios.fields import TWIN, setting, venue

from maillage.access.travel import Mode, StraightLine
from maillage.access.unreached.model import NewReach
from maillage.access.unreached.venues import TOWN_HALL_UNPLACED
from maillage.access.visits.bounds import Bounds
from maillage.jobs.asked_posts import NamedRules, PostsAsked, rules_of
from maillage.jobs.kept_plan import KeptPlan
from maillage.jobs.move_posts import PresentPlan
from maillage.jobs.plan_posts import PostsAnswer, PostsGround, Scenarios, plan_posts
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.findings import Where
from maillage.kernel.french import minutes, of
from maillage.kernel.parameters import load_parameters
from maillage.reports.siting.posts_files import COLUMNS, posts_csv, posts_geojson
from maillage.reports.siting.posts_json import posts_document
from maillage.reports.siting.posts_page import posts_page
from maillage.reports.siting.posts_rows import means_rows, post_tables, step_rows, venue_rows
from maillage.reports.siting.posts_words import posts_text
from maillage.siting.posts.model import Goal, Held
from maillage.siting.scenarios.line_ends import KnownLines, WithoutLine
from maillage.siting.scenarios.means import Means
from maillage.siting.scenarios.worlds import Setting

ON = dt.date(2026, 9, 1)
PARAMETERS = load_parameters(ON)
LAND = make_territory(points=[east_of(BETHUNE, float(km)) for km in range(3)])


def _ground(*, all_reached: bool = False) -> Setting:
    """Return three communes and four venues; ``all_reached``: nobody lacks in the high bound."""
    found = setting(3)
    lacks = found.unreached.lacks
    if all_reached:
        lacks = Bounds(lacks.low, np.zeros_like(lacks.high))
    zones = tuple(zone.id for zone in LAND.zones)
    return Setting(replace(found.unreached, zone_ids=zones, lacks=lacks), found.reach)


def _answer(
    asked: PostsAsked,
    *,
    all_reached: bool = False,
    lines: KnownLines | None = None,
    present: PresentPlan | None = None,
    adopted: bool = False,
) -> PostsAnswer:
    ground = PostsGround(
        _ground(all_reached=all_reached),
        BETHUNE,
        "Béthune",
        StraightLine(PARAMETERS),
        lines,
        posts_adopted=adopted,
    )
    return plan_posts(ground, asked, TWIN, PARAMETERS, present=present)


@pytest.fixture(scope="module")
def answer() -> PostsAnswer:
    """Plan one post of two half-days once."""
    return _answer(PostsAsked(half_days_each=2, up_to=2))


def test_the_page_shows_the_plan_and_repeats_itself(answer: PostsAnswer) -> None:
    """Every venue of the plan is named, no script runs, the bytes are the same."""
    page = posts_page(answer, LAND, ON)
    assert page == posts_page(answer, LAND, ON)
    assert "<script" not in page
    for row in venue_rows(answer):
        assert row.place in page
    for title in ("Le plan", "Pourquoi ces lieux", "Équité entre communes", "à coût égal"):
        assert title in page


def test_where_nobody_lacks_help_words_stand_for_tables() -> None:
    """In the high bound of a land that a bus serves, there is nobody to place anything for."""
    found = _answer(PostsAsked(half_days_each=2, high=True, up_to=2), all_reached=True)
    text = posts_text(found)
    assert "Personne ne manque" in text.lead[0]
    assert not found.plan.held
    page = posts_page(found, LAND, ON)
    assert "<table" not in page
    assert "Personne ne manque" in page


def test_a_bus_that_reaches_everybody_is_told_beside_a_plan_for_what_is_sure() -> None:
    """The plan stands for the low bound; the words say that none is needed in the other."""
    found = _answer(PostsAsked(half_days_each=2), all_reached=True)
    assert found.plan.held
    (said,) = posts_text(found).survival
    assert "horaires réels du bus" in said


@pytest.mark.parametrize("mode", Mode)
def test_by_one_mode_no_bound_is_told(mode: Mode) -> None:
    """The title and the first sentence tell the mode; no sentence speaks of a bus nor of bounds."""
    found = _ground()
    lacks, reached, minutes = (
        found.unreached.lacks.low,
        found.reach.reached.low,
        found.reach.minutes,
    )
    unreached = replace(found.unreached, mode=mode, lacks=Bounds(lacks, lacks))
    reach = replace(
        found.reach, reached=Bounds(reached, reached), minutes=Bounds(minutes.low, minutes.low)
    )
    ground = PostsGround(Setting(unreached, reach), BETHUNE, "Béthune", StraightLine(PARAMETERS))
    answer = plan_posts(ground, PostsAsked(half_days_each=2, up_to=2), TWIN, PARAMETERS)
    text = posts_text(answer)
    assert text.title.endswith(mode.label)
    assert f"à portée {mode.label}" in text.lead[0]
    assert not text.survival
    (said,) = text.lines
    assert mode.label in said
    page = posts_page(answer, LAND, ON)
    for words in ("selon ce qui est sûr", "bus supposé", "horaires manquent", "borne"):
        assert words not in page
    assert posts_document(answer)["asked"]["mode"] == mode.code


def test_rides_are_told_beside_the_other_means_where_they_are_measured() -> None:
    """A row each, with what is supposed of it; else a sentence says that they are left out."""
    found = _ground()
    carried = np.ones_like(found.unreached.lacks.low)
    measured = Setting(replace(found.unreached, carried=carried), found.reach)
    ground = PostsGround(measured, BETHUNE, "Béthune", StraightLine(PARAMETERS))
    answer = plan_posts(ground, PostsAsked(half_days_each=2, up_to=2), TWIN, PARAMETERS)
    told = {row.label: row for row in means_rows(answer)}
    page = posts_page(answer, LAND, ON)
    for label in (Means.RIDE.label, Means.ACCOMPANIED.label):
        row = told[label[0].upper() + label[1:]]
        assert row.supposes.startswith(row.label)
        assert row.label in page
    assert "n'ont pas été mesurés" not in page.replace("&#39;", "'")


def test_the_table_tells_each_half_day_once(answer: PostsAnswer) -> None:
    """CSV with a BOM and semicolons, a line a half-day; the GeoJSON a point a venue."""
    text = posts_csv(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(answer.plan.held)
    features = json.loads(posts_geojson(answer))["features"]
    assert {one["properties"]["id"] for one in features} == {row["lieu_id"] for row in rows}


def test_spare_half_days_are_held_for_more_choice(answer: PostsAnswer) -> None:
    """Half-days that bring nobody new are held all the same, where they help those in reach."""
    assert len(answer.plan.held) == 2
    assert sum(len(table.rows) for table in post_tables(answer)) == 2
    received = list(answer.received_by_step)
    assert received == sorted(received)
    assert len(step_rows(answer)) == 2


@pytest.mark.parametrize("goal", Goal)
def test_each_goal_is_told_in_its_own_words(goal: Goal) -> None:
    """People are counted where the goal counts them, minutes where it counts those."""
    found = _answer(PostsAsked(goal=goal, half_days_each=2, up_to=2))
    lead = " ".join(posts_text(found).lead)
    assert ("trajet" in lead) is not goal.is_of_people
    assert posts_document(found)["unit"] == {
        Goal.NEAR: "people-minutes", Goal.WORST: "minutes"
    }.get(goal, "people")  # fmt: skip
    assert "None" not in posts_page(found, LAND, ON)


def test_names_become_rules_whatever_their_accents() -> None:
    """A commune forbidden is all its venues; groups apart are pairs; half-days have names."""
    venues = tuple(venue(number, None) for number in range(4))
    named = NamedRules(
        forbid=("BETHUNE",), keep=("lillers: Mardi Matin",), apart=(("Auchel", "Lillers"),)
    )
    rules = rules_of(named, venues)
    assert rules.forbidden == {1}
    assert rules.kept == {Held(2, 2)}
    assert rules.apart == (frozenset({0, 2}),)


def test_every_bad_name_is_told_at_once() -> None:
    """Two unknown places and a half-day that is none are three contradictions."""
    named = NamedRules(force=("Nulle part",), forbid=("Ailleurs",), keep=("Auchel:demain",))
    with pytest.raises(ImpossibleDemand) as refused:
        rules_of(named, _ground().venues)
    assert len(refused.value.contradictions) == 3


def test_venues_of_one_name_are_told_by_their_ids() -> None:
    """Where a name and a commune mean two places, the refusal gives what tells them apart."""
    twice = tuple(replace(venue(0, None), id=one) for one in ("a-1", "b-2"))
    with pytest.raises(ImpossibleDemand, match=r"a-1.*b-2"):
        rules_of(NamedRules(force=("Auchel",)), twice)
    assert rules_of(NamedRules(force=("b-2",)), twice).forced == {1}


def test_a_plan_of_no_venue_is_told() -> None:
    """Where no venue reaches anybody the plan is empty, and says so."""
    found = _ground()
    nothing = np.zeros_like(found.reach.reached.low)
    far = np.full_like(found.reach.minutes.low, np.nan)
    reach = NewReach(found.venues, Bounds(nothing, nothing), Bounds(far, far))
    ground = PostsGround(
        Setting(found.unreached, reach), BETHUNE, "Béthune", StraightLine(PARAMETERS)
    )
    answer = plan_posts(ground, PostsAsked(half_days_each=2), TWIN, PARAMETERS)
    assert any("Aucun des lieux candidats" in one for one in posts_text(answer).lead)
    assert "<html" in posts_page(answer, LAND, ON)


def _without_anything() -> WithoutLine:
    """Return a line by which all that is reached is reached."""
    found = _ground()
    nothing, far = np.zeros_like(found.reach.reached.low), np.nan * found.reach.minutes.low
    lacks = np.ones_like(found.unreached.lacks.low)
    return WithoutLine(
        "P54 Calais - Arras",
        Setting(
            replace(found.unreached, lacks=Bounds(lacks, lacks)),
            NewReach(found.venues, Bounds(nothing, nothing), Bounds(far, far)),
        ),
    )


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (None, "Aucun horaire de transport"),
        (KnownLines(0), "Aucune ligne des horaires connus"),
        (KnownLines(1, (WithoutLine("K52", _ground()),)), "personne n'y perdrait"),
        (KnownLines(8, (_without_anything(),)), "Sans la ligne P54 Calais - Arras"),
    ],
)
def test_the_end_of_a_line_is_told_or_why_it_is_not(lines: KnownLines | None, words: str) -> None:
    """No timetable, no line that calls, none by which anybody loses, one by which all do."""
    found = _answer(PostsAsked(half_days_each=2), lines=lines)
    assert words in " ".join(posts_text(found).lines)
    assert words.partition("'")[0] in posts_page(found, LAND, ON)
    told = posts_document(found)["line_ends"]
    assert (told is None) == (lines is None)


def test_a_bus_supposed_or_another_mode_leaves_no_line_to_end() -> None:
    """One sentence says why nothing is told of them."""
    high = _answer(PostsAsked(half_days_each=2, high=True), lines=KnownLines(0))
    (said,) = posts_text(high).lines
    assert "suppose un bus" in said
    by_car = replace(high.setting.unreached, mode=Mode.CAR)
    (said,) = posts_text(replace(high, setting=replace(high.setting, unreached=by_car))).lines
    assert Mode.CAR.label in said


def _present(*held: tuple[str, int], moves: int) -> PresentPlan:
    return PresentPlan(KeptPlan("hier/plan.json", LAND.siren, held, 1, 2, (held,)), moves)


@pytest.mark.parametrize("goal", Goal)
def test_each_move_is_told_and_gains_what_is_said(goal: Goal) -> None:
    """A present and what becomes of it, in the words of every goal."""
    asked = PostsAsked(goal=goal, half_days_each=2)
    found = _answer(asked, present=_present(("v0", 0), ("v1", 1), moves=2))
    text, moved = posts_text(found), found.moved
    assert moved is not None
    assert text.title.replace("\u00a0", " ") == "Le plan présent, à 2 demi-journées près"
    assert len(text.changes) == len(moved.moves)
    assert all("→" in change for change in text.changes)
    assert "hier/plan.json" in text.moved[0]
    assert moved.better_by >= 0
    assert moved.short_of_best == pytest.approx(0, abs=1e-9)
    assert "None" not in posts_page(found, LAND, ON)


def test_a_present_kept_whole_may_still_hold_more() -> None:
    """Without any move, half-days that posts have left are added, and told as such."""
    found = _answer(PostsAsked(half_days_each=2), present=_present(("v0", 0), moves=0))
    text = posts_text(found)
    assert Held(0, 0) in found.plan.held
    assert text.title == "Le plan présent, sans rien y déplacer"
    assert any(change.startswith("En plus : ") for change in text.changes)
    assert "Sans rien déplacer, avec 1" in " ".join(text.moved).replace("\u00a0", " ")
    assert "qui garde tout le plan présent" in text.proof[0]


def test_a_present_that_can_be_held_no_more_is_told() -> None:
    """A venue closed then is a flaw; a plan that the offer holds already may count twice."""
    found = _answer(
        PostsAsked(half_days_each=2),
        present=_present(("v0", 0), ("v1", 9), moves=1),
        adopted=True,
    )
    said = " ".join(posts_text(found).moved)
    assert "Il ne peut plus être tenu tel quel" in said
    assert "compte deux fois" in said
    document = posts_document(found)["moved"]
    assert document["flaws"]
    assert [move["from"]["venue"] for move in document["moves"]] == ["v1"]


def test_journeys_have_a_ceiling_and_it_is_told() -> None:
    """Minutes are of a round trip; whom no held venue helps is counted at most for the longest."""
    for goal in (Goal.NEAR, Goal.WORST):
        found = _answer(PostsAsked(goal=goal, half_days_each=1))
        lead = " ".join(posts_text(found).lead)
        assert minutes(found.main.longest) in lead
        assert "C'est un plafond" in lead
        assert "au plus" not in lead
    assert "C'est un plafond" not in " ".join(posts_text(_answer(PostsAsked())).lead)


def test_a_worst_journey_at_the_ceiling_says_that_the_goal_parts_nothing() -> None:
    """Where somebody is left out the ceiling is named as such, and so are other goals."""
    under = _answer(PostsAsked(goal=Goal.WORST, half_days_each=1))
    assert under.plan.value < under.main.longest
    at_it = replace(under, plan=replace(under.plan, value=under.main.longest))
    for found, told in ((under, False), (at_it, True)):
        lead = " ".join(posts_text(found).lead)
        assert ("--goal near" in lead) is told
        assert ("soit le plafond" in lead) is told


def test_a_bus_that_serves_everybody_is_told_at_the_head() -> None:
    """Intervals begin at 0 then: why stands in the summary, and nowhere else needlessly."""
    said = "tout le monde a déjà une aide à portée"
    assert said in " ".join(posts_text(_answer(PostsAsked(), all_reached=True)).lead)
    assert said not in " ".join(posts_text(_answer(PostsAsked())).lead)


def test_doubts_are_told_on_the_page_the_town_halls_of_the_plan_first(
    answer: PostsAnswer,
) -> None:
    """A town hall at the centre is named where the plan holds it; doubts alike are told once."""
    chosen = answer.venues[answer.explanation.chosen[0].venue]
    at = [Where(subject=code) for code in (chosen.code_insee, "62999")]
    findings = (
        TOWN_HALL_UNPLACED.at(at[0], value=chosen.commune),
        TOWN_HALL_UNPLACED.at(at[1], value="Ailleurs"),
    )
    unreached = replace(answer.setting.unreached, findings=findings)
    doubtful = replace(answer, setting=replace(answer.setting, unreached=unreached))
    held, alike = posts_text(doubtful).doubts
    assert f"la mairie {of(chosen.commune)} est placée au centre" in held
    assert "De même pour « Ailleurs »" in alike
    page = posts_page(doubtful, LAND, ON)
    assert "Ce qui est douteux dans les données" in page
    assert "est placée au centre de la commune" in page
    assert not posts_text(answer).doubts


def test_communes_are_named_after_their_elision(answer: PostsAnswer) -> None:
    """« d'Auchel », never « de Auchel »."""
    page = posts_page(answer, LAND, ON).replace("&#39;", "'")
    assert "de Auchel" not in page
    assert "d'Auchel (" in page


def test_the_method_stands_at_the_end(answer: PostsAnswer) -> None:
    """Not in the summary: an elected official has no use for the name of a solver."""
    text = posts_text(answer)
    assert not any(answer.plan.engine in one for one in (*text.lead, *text.proof))
    assert answer.plan.engine in text.how[-1]


def test_time_that_ends_before_the_scenarios_says_what_is_missing() -> None:
    """Sections asked and not searched are named in words and in JSON; those not asked are not."""
    asked = PostsAsked(half_days_each=2, up_to=2)
    whole = _answer(asked)
    cut = replace(whole, marginal=None, received_by_step=(), scenarios=Scenarios())
    assert len(posts_document(cut)["missing"]) == 5
    assert any("autres moyens" in one for one in posts_text(cut).unfinished)
    assert posts_document(whole)["missing"] == []
    assert not posts_text(whole).unfinished
    none = replace(cut, asked=replace(asked, up_to=0, scenarios=False))
    assert posts_document(none)["missing"] == []


def test_a_floor_that_the_means_cannot_hold_names_who_stays_under() -> None:
    """The plan is made all the same; communes under the floor are named with their share."""
    found = _answer(PostsAsked(half_days_each=1, floor=1.0))
    text, document = posts_text(found), posts_document(found)
    assert found.plan.held
    assert found.main.spared
    assert document["floor_not_held"]
    told = " ".join(text.unsolved)
    for one in document["floor_not_held"]:
        assert one["zone"] in told
        assert one["share"] < 1
    assert any("n'est pas tenu" in one for one in text.proof)
    assert posts_document(_answer(PostsAsked(half_days_each=1)))["floor_not_held"] == []
