"""``maillage siting post`` and ``compare``: a plan told, taken up again, and bad demands."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.builders import CABBALR
from tests.cli.conftest import said_in
from tests.cli.desks import ROWS
from tests.jobs.desks import SIREN, desk_of, hub_file, imported

from maillage.cli.commands.siting import command as siting
from maillage.jobs import plan_posts
from maillage.kernel.errors import ImpossibleDemand, MaillageError, UnclearDemand, UnusableFile

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
ON = "2026-12-31"
FILES = {"ou-renforcer.html", "plan.csv", "plan.geojson", "plan.json"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the small territory, with help in Béthune alone."""
    folder = tmp_path_factory.mktemp("posts")
    with desk_of(folder / "espace") as store:
        imported(store, hub_file(folder / "files", "hub", ROWS[:1]))
    return folder


def _ask(verb: str, place: Path, *words: str | Path) -> Result:
    told = [verb, SIREN, *map(str, words), "--workspace", str(place / "espace"), "--on", ON]
    environ = {"MAILLAGE_CACHE": str(place / "cache"), "MAILLAGE_MIRROR": None}
    return CliRunner(env=environ).invoke(siting, [*told, "--offline", "--quiet"])


def _post(place: Path, *words: str | Path) -> Result:
    return _ask("post", place, "--half-days", "3", "--up-to", "2", *words)


def _answer(said: Result) -> dict[str, Any]:
    assert said.exit_code == 0, said.output
    document: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(document, SCHEMA)
    result: dict[str, Any] = document["result"]
    return result


def _quick(place: Path, *words: str | Path) -> dict[str, Any]:
    return _answer(_post(place, "--no-scenarios", "--json", *words))


def _refused(said: Result) -> str:
    assert isinstance(said.exception, ImpossibleDemand), said.output
    assert said.exception.exit_code == 11
    return str(said.exception)


@pytest.fixture(scope="module")
def made(place: Path) -> Result:
    """Plan once, into ``plan``."""
    return _post(place, "--out", place / "plan")


@pytest.fixture
def plan(made: Result, place: Path) -> dict[str, Any]:
    """Give the answer of the plan made, as its file holds it."""
    assert made.exit_code == 0, made.output
    document: dict[str, Any] = json.loads((place / "plan" / "plan.json").read_bytes())
    jsonschema.validate(document, SCHEMA)
    result: dict[str, Any] = document["result"]
    return result


def test_a_plan_is_told_and_all_its_files_are_there(made: Result, place: Path) -> None:
    """What it is worth, its proof, its week, and where it stands."""
    assert made.exit_code == 0, made.output
    assert "où placer le prochain conseiller" in made.stdout
    assert "C'est prouvé" in made.stdout
    assert "chaque conseiller de plus" in made.stdout
    assert {path.name for path in (place / "plan").iterdir()} == FILES


def test_the_plan_of_the_file_hangs_together(plan: dict[str, Any]) -> None:
    """Value under bound, no more half-days than asked, steps that never serve fewer."""
    assert 0 < plan["value"] <= plan["bound"]
    assert 0 < len(plan["half_days"]) <= 3
    worth = [step["value"] for step in plan["marginal"]]
    assert worth == sorted(worth)
    assert len(worth) == 2
    assert {one["venue"] for one in plan["venues"]} == {one["venue"] for one in plan["half_days"]}
    for name in ("survival", "robustness", "front", "means"):
        assert plan[name] is not None


def test_the_same_demand_gives_the_same_bytes(made: Result, place: Path) -> None:
    """No time of day and no second stands in the files."""
    again = _post(place, "--out", place / "again")
    assert made.exit_code == again.exit_code == 0
    first, second = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (place / "plan", place / "again")
    )
    assert first == second


def test_a_place_forbidden_or_forced_is_heard_whatever_its_accents(
    plan: dict[str, Any], place: Path
) -> None:
    """Communes named without accent or case: one never stands there, the other always."""
    first = plan["half_days"][0]["commune"]
    without = _quick(place, "--forbid", first.upper())
    assert first not in {one["commune"] for one in without["half_days"]}
    assert without["value"] <= plan["value"]
    kept = _quick(place, "--keep", f"{plan['half_days'][0]['venue']}:Vendredi MATIN")
    assert 8 in {one["half_day"] for one in kept["half_days"]}


def test_what_contradicts_is_told_all_at_once(plan: dict[str, Any], place: Path) -> None:
    """Unknown names and bad half-days in one refusal; rules that fight in another."""
    text = _refused(_post(place, "--force", "Atlantide", "--keep", "Lillers:jamais"))
    assert "Atlantide" in text
    assert "n'est pas une demi-journée" in text
    name = plan["half_days"][0]["venue"]
    assert "imposé et interdit" in _refused(_post(place, "--force", name, "--forbid", name))


def test_a_plan_taken_up_again_is_never_worse(plan: dict[str, Any], place: Path) -> None:
    """Even without any time to search."""
    resumed = _quick(place, "--time-budget", "0", "--resume", place / "plan" / "plan.json")
    assert resumed["value"] >= plan["value"]
    assert resumed["earlier"] is not None


def test_a_file_that_is_no_plan_is_refused(place: Path) -> None:
    """One sentence, exit code 3."""
    other = place / "autre.json"
    other.write_text("{}", encoding="utf-8")
    refused = _post(place, "--resume", other).exception
    assert isinstance(refused, MaillageError)
    assert refused.exit_code == 3
    assert "plan.json" in str(refused)


def test_one_place_rather_than_another(plan: dict[str, Any], place: Path) -> None:
    """The better one first or second is better by the same; a plan's place keeps its half-days."""
    names = ["Béthune", plan["half_days"][0]["venue"]]
    one, two = (_answer(_ask("compare", place, *some, "--json")) for some in (names, names[::-1]))
    assert one["better_by"]["low"] == -two["better_by"]["low"]
    assert two["better_by"]["low"] >= 0
    told = _ask("compare", place, *names)
    assert told.exit_code == 0, told.output
    assert plan["half_days"][0]["name"] in told.stdout
    within = _answer(_ask("compare", place, *names, "--json", "--plan", place / "plan/plan.json"))
    assert within["within"] == "plan/plan.json"
    assert within["b"]["people"]["low"] == pytest.approx(plan["people"]["low"], abs=1e-3)


def test_two_plans_are_compared(made: Result, plan: dict[str, Any], place: Path) -> None:
    """A plan against itself is as good; beside a place it is refused."""
    file = str(place / "plan" / "plan.json")
    same = _answer(_ask("compare", place, file, file, "--json"))
    assert same["better_by"] == {"low": 0, "high": 0}
    assert same["a"]["people"]["low"] == pytest.approx(plan["people"]["low"], abs=1e-3)
    assert _ask("compare", place, file, "Béthune").exit_code == 2


def test_the_ground_kept_gives_the_same_answer(place: Path) -> None:
    """A kept ground, one made again, and one whose file is spoilt all tell the same."""
    names = ("Béthune", "Lillers")
    first = _ask("compare", place, *names, "--json")
    kept = sorted((place / "cache" / "grounds").iterdir())
    assert kept
    again = _ask("compare", place, *names, "--json")
    for path in kept:
        path.write_bytes(b"PK spoilt")
    anew = _ask("compare", place, *names, "--json")
    assert first.exit_code == 0, first.output
    assert first.stdout == again.stdout == anew.stdout


@pytest.mark.parametrize("mode", ["walk", "bicycle", "car"])
def test_a_plan_by_one_mode_has_one_bound(mode: str, plan: dict[str, Any], place: Path) -> None:
    """Both bounds are one; by public transport nobody lacks more than on foot."""
    found = _quick(place, "--mode", mode)
    assert found["asked"]["mode"] == mode
    assert plan["asked"]["mode"] == "transit"
    assert found["wanting"]["low"] == found["wanting"]["high"]
    if mode == "walk":
        assert found["wanting"]["low"] >= plan["wanting"]["high"]


def test_another_mode_is_another_ground(place: Path) -> None:
    """What is kept for one mode never answers for another, nor in its words."""
    names = ("Béthune", "Lillers")
    usual = _answer(_ask("compare", place, *names, "--json"))
    on_foot = _answer(_ask("compare", place, *names, "--mode", "walk", "--json"))
    again = _answer(_ask("compare", place, *names, "--mode", "walk", "--json"))
    assert on_foot == again
    assert (usual["mode"], on_foot["mode"]) == ("transit", "walk")
    assert any("orne haute" in sentence for sentence in usual["text"])
    assert not any("orne haute" in sentence for sentence in on_foot["text"])


@pytest.fixture(scope="module")
def poor(place: Path) -> dict[str, Any]:
    """Plan with the best place forbidden, into ``poor``: a present that may be bettered."""
    first = _quick(place)["half_days"][0]["venue"]
    said = _post(place, "--no-scenarios", "--forbid", first, "--out", place / "poor")
    assert said.exit_code == 0, said.output
    found: dict[str, Any] = json.loads((place / "poor" / "plan.json").read_bytes())["result"]
    return found


def _moved(place: Path, moves: int, *words: str | Path) -> Result:
    told = ["--present", place / "poor" / "plan.json", "--moves", str(moves), *words]
    return _ask("post", place, *told)


@pytest.mark.parametrize("moves", [0, 2])
def test_a_present_plan_is_kept_but_for_a_few_moves(
    poor: dict[str, Any], place: Path, moves: int
) -> None:
    """No more half-days leave than may, it is worth no less, and the best of all no less still.

    Its posts and their half-days are those of the present.
    """
    found = _answer(_moved(place, moves, "--no-scenarios", "--json"))
    moved = found["moved"]
    assert (found["asked"]["posts"], found["asked"]["half_days_each"]) == (1, 3)
    held, present = (
        {(one["venue"], one["half_day"]) for one in some}
        for some in (found["half_days"], poor["half_days"])
    )
    assert len(present - held) <= moves
    assert {(one["venue"], one["half_day"]) for one in moved["half_days"]} == present
    assert sum(one["from"] is not None for one in moved["moves"]) == len(present - held)
    assert moved["value"] == pytest.approx(poor["value"])
    assert moved["best_of_all"]["value"] >= found["value"] >= moved["value"]
    assert found["value"] == pytest.approx(moved["value"] + moved["better_by"], abs=1e-3)
    assert found["marginal"] is None
    assert found["proved"]


def test_what_moves_is_told_on_screen_and_on_the_page(poor: dict[str, Any], place: Path) -> None:
    """The present and its worth, each change, the proof; and no table of other plans."""
    said = _moved(place, 1, "--out", place / "moved")
    assert said.exit_code == 0, said.output
    text = " ".join(said.stdout.split())
    page = (place / "moved" / "ou-renforcer.html").read_text(encoding="utf-8")
    for words in ("plan présent, à 1 demi-journée près", "Ce qui change", "→"):
        assert words in text
        assert words in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "aucun plan qui déplace au plus 1 demi-journée" in text
    assert "poor/plan.json" in text
    assert "chaque conseiller de plus" not in page
    document = json.loads((place / "moved" / "plan.json").read_bytes())
    jsonschema.validate(document, SCHEMA)
    assert document["result"]["survival"] is None
    assert document["result"]["robustness"] is not None
    assert poor["value"] < document["result"]["value"]


def test_without_any_timetable_the_end_of_a_line_is_told_in_one_sentence(
    plan: dict[str, Any],
) -> None:
    """Nothing can be told, and that is said."""
    assert plan["line_ends"] is None
    (said,) = plan["text"]["lines"]
    assert "Aucun horaire de transport" in said


def test_a_post_holds_no_more_half_days_than_the_week_has(place: Path) -> None:
    """One counsellor is in one place at a time: what cannot be held is refused, and says why."""
    said = _ask("post", place, "--half-days", "30")
    assert "30 demi-journées" in _refused(said)
    assert "--posts" in _refused(said)


def test_a_present_plan_goes_with_moves_and_with_nothing_to_beat(made: Result, place: Path) -> None:
    """One without the other, or a plan taken up again besides, is a word too few or too many."""
    file = place / "plan" / "plan.json"
    assert made.exit_code == 0
    for words in (
        ("--moves", "1"),
        ("--present", file),
        ("--present", file, "--moves", "1", "--resume", file),
    ):
        assert _post(place, *words).exit_code == 2


def test_a_present_plan_that_cannot_be_kept_is_refused(
    made: Result, plan: dict[str, Any], place: Path
) -> None:
    """Another territory's, one of venues that are gone, rules that forbid more than may move."""
    assert made.exit_code == 0
    told = json.loads((place / "plan" / "plan.json").read_bytes())
    other = place / "other.json"
    elsewhere = told | {"territory": told["territory"] | {"siren": "200033579"}}
    other.write_text(json.dumps(elsewhere), encoding="utf-8")
    refused = _post(place, "--present", other, "--moves", "1").exception
    assert isinstance(refused, MaillageError)
    assert refused.exit_code == 3
    assert "200033579" in str(refused)
    gone = [one | {"venue": "disparu"} for one in told["result"]["half_days"]]
    lost = told | {"result": told["result"] | {"half_days": gone}}
    other.write_text(json.dumps(lost), encoding="utf-8")
    assert "disparu" in _refused(_post(place, "--present", other, "--moves", "1"))
    file = place / "plan" / "plan.json"
    name = plan["half_days"][0]["venue"]
    text = _refused(_post(place, "--present", file, "--moves", "0", "--forbid", name))
    assert "déplacements permis : 0" in text


@pytest.mark.mirror
@pytest.mark.full
def test_cabbalr_is_planned_for_real(mirror: Path, tmp_path: Path) -> None:
    """The next 1 to 10 counsellors of CA Béthune-Bruay: proved, never fewer with one more."""
    said = said_in(
        tmp_path, "siting", "post", CABBALR, "--mirror", str(mirror), "--on", "2025-02-03",
        "--offline", "--json", "--out", "plan",
    )  # fmt: skip
    assert said.code == 0, said.err
    document = json.loads(said.out)
    jsonschema.validate(document, SCHEMA)
    result = document["result"]
    worth = [step["value"] for step in result["marginal"]]
    assert len(worth) == 10
    assert worth == sorted(worth)
    assert result["proved"]
    assert 0 < result["value"] <= result["wanting"]["low"]
    assert result["counted"] == "fragile"
    assert {path.name for path in (tmp_path / "plan").iterdir()} == FILES
    ends = result["line_ends"]
    assert ends["calling"] >= ends["tried"] >= ends["losing"] > 0
    assert ends["worst"][0]["people"] > 0


def _words(said: Result) -> str:
    return " ".join(said.stdout.split())


def test_a_commune_of_several_venues_says_which_is_taken(tmp_path: Path, place: Path) -> None:
    """Its town hall is, not whatever venue there does the most; the others are named."""
    venues = tmp_path / "lieux.csv"
    venues.write_text(
        "nom,code_insee,latitude,longitude\nFinances Publiques,62516,50.563,2.481\n",
        encoding="utf-8",
    )
    said = _ask("compare", place, "Lillers", "Béthune", "--venues", venues)
    assert said.exit_code == 0, said.output
    assert "« Mairie de Lillers » qui est retenu" in _words(said)
    assert "« Finances Publiques (Lillers) »" in _words(said)
    found = _answer(_ask("compare", place, "Lillers", "Béthune", "--venues", venues, "--json"))
    assert found["a"]["others"] == ["Finances Publiques (Lillers)"]


def test_the_same_place_twice_is_refused(place: Path) -> None:
    """A commune told twice, or once by its name and once by its only venue."""
    for names in (("Lillers", "LILLERS"), ("Lillers", "Mairie de Lillers")):
        assert "deux" in _refused(_ask("compare", place, *names))


def test_a_name_misspelt_is_told_as_such_before_any_search(place: Path) -> None:
    """What it may be, all names at once; nothing says that no answer is possible."""
    said = _ask("compare", place, "Lilers", "Bethunne")
    text = _refused(said)
    assert text.startswith("« Lilers » n'est pas connu : vouliez-vous dire Lillers ?")
    assert "vouliez-vous dire Béthune ?" in text
    assert isinstance(said.exception, UnclearDemand)
    assert "Brest » n'est pas dans le territoire" in _refused(_post(place, "--forbid", "Brest"))


def test_a_plan_that_is_not_there_says_what_writes_one(place: Path) -> None:
    """Whichever option names it; nothing is searched for it."""
    missing = place / "rien" / "plan.json"
    for said in (
        _post(place, "--resume", missing),
        _post(place, "--present", missing, "--moves", "1"),
        _ask("compare", place, "Lillers", "Béthune", "--plan", missing),
        _ask("compare", place, str(missing), str(missing)),
    ):
        assert isinstance(said.exception, UnusableFile), said.output
        assert "maillage siting post" in str(said.exception)


def test_a_plan_ends_with_the_command_that_adopts_it(made: Result, place: Path) -> None:
    """The file just written, the workspace given: as it can be pasted."""
    told = f"maillage siting adopt {place}/plan/plan.json --workspace {place}/espace"
    assert told in made.stdout


def test_interrupted_the_best_found_is_told_with_what_is_missing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while scenarios are searched: on screen, on the page, in the file."""
    monkeypatch.setattr(plan_posts, "_scenarios", _interrupting(plan_posts._scenarios))
    said = _post(place, "--out", place / "cut")
    assert said.exit_code == 0, said.output
    document = json.loads((place / "cut" / "plan.json").read_bytes())
    jsonschema.validate(document, SCHEMA)
    result = document["result"]
    assert result["stopped"] == "interrupted"
    assert "les autres moyens à coût égal" in result["missing"]
    assert result["half_days"]
    page = (place / "cut" / "ou-renforcer.html").read_text(encoding="utf-8")
    for words in ("La recherche a été interrompue", "les autres moyens à coût égal"):
        assert words in _words(said)
        assert words in page


def _interrupting(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return work before which somebody types Ctrl-C."""

    def cut(*given: object) -> object:
        """Interrupt, then work."""
        signal.raise_signal(signal.SIGINT)
        return work(*given)

    return cut


def test_without_interruption_nothing_is_missing(plan: dict[str, Any]) -> None:
    """All that was asked is there, and the search came to its end."""
    assert plan["missing"] == []
    assert plan["stopped"] is None
