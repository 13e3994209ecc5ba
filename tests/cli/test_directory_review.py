"""The dialogue of the review, with keys typed: each decision is saved at once, none is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desks import doubtful, typed, work_in, workspace_in

from maillage.cli.commands.directory.review import command as review
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Verdict
from maillage.directory.linking.model import Question
from maillage.jobs.ports import TerritoryWork


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a workspace with two questions on permanences."""
    return workspace_in(tmp_path, [doubtful("1", "2"), doubtful("3", "4")])


def _verdicts(work: TerritoryWork) -> list[Verdict]:
    return [decision.verdict for decision in work.decisions]


def test_yes_puts_together_and_no_keeps_apart(place: Path) -> None:
    """Two keys answer two questions; nothing is left, and all is saved, by whom."""
    said = typed(review, place, "--by", "Léa", keys="on")
    assert (said.exit_code, "Plus rien à trancher" in said.output) == (0, True)
    work = work_in(place)
    assert sorted(v.code for v in _verdicts(work)) == ["different", "same"]
    assert {decision.by for decision in work.decisions} == {"Léa"}
    assert "mène désormais à" in said.output


def test_help_explains_each_key(place: Path) -> None:
    """« ? » explains every key that the question offers, and asks again."""
    said = typed(review, place, keys="?q").output
    for key in re.findall(r"\[(.)\]", said):
        assert re.search(rf"^\s+{re.escape(key)}  ", said, re.MULTILINE) or key == "?"
    assert said.count("[q] quitter") == 2


def test_passing_decides_nothing(place: Path) -> None:
    """A question passed over is not asked again in the session, and is still there next time."""
    said = typed(review, place, keys="pp")
    assert "Il reste 2 questions" in said.output.replace("\u00a0", " ")
    assert work_in(place).decisions == ()


def test_undo_brings_the_question_back(place: Path) -> None:
    """« a » undoes the answer just given: the ids of before are back, the question too."""
    before = work_in(place)
    said = typed(review, place, keys="oaq")
    after = work_in(place)
    assert _verdicts(after) == [Verdict.SAME, Verdict.UNDO]
    assert (in_force(after.decisions), after.directory) == ((), before.directory)
    assert said.output.count("Question 1 sur 2") == 2


def test_undo_with_nothing_to_undo(place: Path) -> None:
    """« a » in a new workspace says that there is nothing to undo, and asks again."""
    said = typed(review, place, keys="aq")
    assert (said.exit_code, "Rien à annuler" in said.output) == (0, True)
    assert work_in(place).decisions == ()


@pytest.mark.parametrize(("keys", "left"), [("", 2), ("o", 1), ("p", 2), ("c", 2), ("cb", 2)])
def test_leaving_in_the_middle_loses_nothing(place: Path, keys: str, left: int) -> None:
    """The end of the keyboard at any moment: what was answered is saved, nothing else is."""
    said = typed(review, place, keys=keys)
    assert said.exit_code == 0
    assert len(work_in(place).decisions) == 2 - left


def test_interrupting_loses_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after an answer: that answer is in the workspace."""
    keys = iter("o")

    def pressed() -> str:
        """Return the next key, then interrupt as the terminal does."""
        key = next(keys, None)
        if key is None:
            raise KeyboardInterrupt
        return key

    monkeypatch.setattr("maillage.cli.review_dialogue.key_pressed", pressed)
    said = typed(review, place)
    assert said.exit_code != 0
    assert _verdicts(work_in(place)) == [Verdict.SAME]


def test_choosing_takes_each_value_from_one_side(place: Path) -> None:
    """« c » asks for each value that differs: A's name, B's address, the rest as it comes."""
    before = work_in(place)
    said = typed(review, place, keys="c" + "ab." + "q")
    work = work_in(place)
    chosen = {d.field: d.left[0].record_id for d in work.decisions if d.verdict is Verdict.FIELD}
    assert set(chosen) == {"nom", "adresse"}
    assert chosen["nom"] != chosen["adresse"]
    (one,) = [p for p in work.directory.permanences if len(p.sources) == 2]
    told = {r.ref.record_id: r.record for r in before.records}
    assert one.record.nom == told[chosen["nom"]].nom
    assert one.record.adresse == told[chosen["adresse"]].adresse
    assert "téléphone, A" in said.output


def test_an_answer_with_choices_is_undone_whole(place: Path) -> None:
    """« a » after « c » takes back the yes and every choice made with it."""
    before = work_in(place)
    typed(review, place, keys="cab.aq")
    work = work_in(place)
    assert (in_force(work.decisions), work.directory) == ((), before.directory)


def test_a_structure_has_no_value_to_choose(tmp_path: Path) -> None:
    """« c » on a structure says so and decides nothing."""
    place = workspace_in(tmp_path, [doubtful("1", "2", Question.STRUCTURE)])
    said = typed(review, place, keys="cq")
    assert "n'a pas de valeur à choisir" in said.output
    assert work_in(place).decisions == ()


@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_it_fits_any_terminal(place: Path, width: int) -> None:
    """No line is wider than the terminal, and both sides are told whole."""
    said = typed(review, place, keys="pq", width=width).output
    assert max(len(line) for line in said.splitlines()) <= width
    flat = re.sub(r"[\s│]+", "", said)
    for word in ("MairiedeBéthune", "Hôteldeville", "0321630000", "0321630001"):
        assert word in flat or width in (80, 160)


@pytest.mark.parametrize("width", [60, 120])
def test_without_colours_what_differs_is_marked(place: Path, width: int) -> None:
    """On a terminal without colours a sign tells what is the same and what differs."""
    said = typed(review, place, keys="q", width=width).output
    assert "\x1b[" not in said
    assert re.search(r"nom\s+│ ≠|≠ nom", said)
    assert re.search(r"commune\s+│ =|= commune", said)


def test_only_one_kind_of_question(tmp_path: Path) -> None:
    """--question asks, counts and lists the questions of that kind only."""
    place = workspace_in(
        tmp_path, [doubtful("1", "2"), doubtful("3", "4"), doubtful("1", "4", Question.LIEU)]
    )
    listed = typed(review, place, "--question", "lieu", "--list").output
    assert "lieu" in listed
    assert "permanence" not in listed
    said = typed(review, place, "--question", "lieu", keys="o").output
    assert "Question 1 sur 1" in said
    assert "Plus rien à trancher" in said


def test_the_list_fits_eighty_columns(place: Path) -> None:
    """The queue is a table of one line a question at least, within the terminal."""
    said = typed(review, place, "--list", width=80)
    assert said.exit_code == 0
    assert max(len(line) for line in said.output.splitlines()) <= 80
    assert "Mairie de Béthune" in said.output
