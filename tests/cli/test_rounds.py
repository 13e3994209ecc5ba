"""``maillage rounds``: a month planned, bettered, adopted, withdrawn; what bad demands are told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.builders import CABBALR
from tests.cli.conftest import said_in
from tests.cli.desks import ROWS, work_in
from tests.jobs.desks import SIREN, desk_of, hub_file, imported

from maillage.cli.commands.rounds import command as rounds
from maillage.kernel.errors import ImpossibleDemand, MaillageError, WorkspaceError
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters
from maillage.rounds.asked import Operator
from maillage.rounds.intake.asked import read_asked
from maillage.rounds.intake.told_plan import read_plan

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
ON = "2026-12-31"
FILES = {"tournee.html", "tournee.json", "tournee.csv", "tournee.ics", "affichettes.pdf"}
EXISTING = """arret;commune;jour;debut;fin
Mairie;Ames;mardi;9:30;11:30
Place;Auchel;;;
"""
ASKED = """operateur: {nom: Bus bleu, telephone: "03 21 61 00 00"}
seances_au_plus: 6
frequences: [une semaine sur deux, une fois par mois]
"""
IMPOSSIBLE = """vehicules:
  - {nom: Bus, jours: {mardi: 9:00-17:00, jeudi: 9:00-17:00}, absences: [2027-01-12, 2027-01-14,
     2027-01-19, 2027-01-21]}
frequences: [chaque semaine, une semaine sur deux]
arrets:
  - {commune: Paris, impose: oui}
  - {commune: Ames, impose: oui, ouvert: {dimanche: 9:00-12:00}}
  - {commune: Lillers, impose: oui, ouvert: {mardi: 9:00-10:00}}
  - {commune: Auchel, impose: oui, frequences: [chaque semaine]}
engagements:
  - {date: 2027-01-05, arret: Auchel, heures: 10:00-11:00}
  - {date: 2027-01-05, arret: Bruay-la-Buissière, heures: 10:30-11:30}
  - {date: 2027-01-06, arret: Bruay-la-Buissière, heures: 10:00-11:00}
  - {date: 2027-01-07, arret: Lyon, heures: 10:00-11:00}
"""
CONTRADICTIONS = (
    "« Paris » n'est pas une commune du territoire",
    "aucun arrêt ne s'appelle « Lyon »",
    "l'engagement du 6 janvier 2027 à Bruay-la-Buissière : aucun véhicule ne sort ce jour-là",
    "se chevauchent",
    "Mairie d'Ames est imposé, mais fermé à toutes ces dates",
    "Mairie de Lillers est imposé, mais n'ouvre jamais 120 minutes de suite",
    "Mairie d'Auchel doit être tenu, mais à aucune des fréquences permises (chaque semaine)",
    "Mairie de Bruay-la-Buissière doit être tenu, mais à aucune des fréquences permises",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the small territory, with help in Béthune alone, and the files."""
    folder = tmp_path_factory.mktemp("rounds")
    with desk_of(folder / "espace") as store:
        imported(store, hub_file(folder / "files", "hub", ROWS[:1]))
    (folder / "actuelle.csv").write_text(EXISTING, encoding="utf-8")
    (folder / "demande.yaml").write_text(ASKED, encoding="utf-8")
    (folder / "impossible.yaml").write_text(IMPOSSIBLE, encoding="utf-8")
    return folder


def _ask(verb: str, place: Path, *words: str | Path) -> Result:
    told = [verb, *map(str, words), "--workspace", str(place / "espace"), "--on", ON]
    return CliRunner(env={"MAILLAGE_CACHE": str(place / "cache")}).invoke(rounds, told)


def _plan(place: Path, *words: str | Path) -> Result:
    return _ask("plan", place, SIREN, "--offline", "--asked", place / "demande.yaml", *words)


def _answer(said: Result) -> dict[str, Any]:
    assert said.exit_code == 0, said.output
    document: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(document, SCHEMA)
    return document


@pytest.fixture(scope="module")
def made(place: Path) -> Result:
    """Plan once, into ``plan``."""
    return _plan(place, "--out", place / "plan", "--quiet")


@pytest.fixture
def plan(made: Result, place: Path) -> dict[str, Any]:
    """Give the answer of the plan made, as its file holds it."""
    assert made.exit_code == 0, made.output
    document: dict[str, Any] = json.loads((place / "plan" / "tournee.json").read_bytes())
    jsonschema.validate(document, SCHEMA)
    return document


def test_a_plan_is_told_and_all_its_files_are_there(made: Result, place: Path) -> None:
    """What it is worth, what it does not solve, where it stands, and how to adopt it."""
    assert made.exit_code == 0, made.output
    assert {path.name for path in (place / "plan").iterdir()} == FILES
    assert made.stdout.startswith("Bus bleu : du 5")
    for words in ("à portée de", "Ce que le plan ne résout pas", "maillage rounds adopt"):
        assert words in made.stdout
    assert "À côté de la tournée actuelle" not in made.stdout
    assert made.stderr == ""


def test_a_plan_holds_what_its_file_asks(plan: dict[str, Any]) -> None:
    """At most six sessions, none of them weekly, and people newly able by them."""
    told = plan["result"]
    assert (told["operator"]["name"], told["most_sessions"]) == ("Bus bleu", 6)
    assert 0 < len(told["sessions"]) <= 6
    assert {one["frequency"] for one in told["stops"]} <= {"fortnightly", "monthly"}
    assert 0 < told["people"] <= told["bound"]
    assert told["newly_able"]["low"] > 0


def test_the_same_seed_gives_the_same_bytes(plan: dict[str, Any], place: Path) -> None:
    """Planned again, every file is the same."""
    again = _plan(place, "--out", place / "encore", "--quiet")
    assert again.exit_code == 0, again.output
    one, two = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (place / "plan", place / "encore")
    )
    assert one == two


def test_a_plan_resumed_is_never_worse(plan: dict[str, Any], place: Path) -> None:
    """With no time at all to search, an earlier plan still is what it was."""
    file = place / "plan" / "tournee.json"
    words = ("--time-budget", "0", "--json", "--resume")
    again = _answer(_plan(place, *words, file))["result"]
    assert again["people"] >= plan["result"]["people"]
    assert len(read_plan(file).stops) == len(plan["result"]["stops"])


def test_a_stop_falls_and_the_others_stay(plan: dict[str, Any], place: Path) -> None:
    """Kept to, the month loses the stop that falls; what else differs is told, one by one."""
    file = place / "plan" / "tournee.json"
    first = plan["result"]["stops"][0]
    words = ("--keep-to", file, "--without", first["commune"], "--time-budget", "0")
    new = _answer(_plan(place, *words, "--json"))["result"]
    changes = new["changes"]
    gone = [one for one in plan["result"]["sessions"] if one["stop"] == first["stop"]]
    assert [one["stop"] for one in changes["dropped"]] == [first["stop"]] * len(gone)
    assert changes["moved"] == []
    before, now = (
        {(one["stop"], one["date"], one["start"]) for one in told["sessions"]}
        for told in (plan["result"], new)
    )
    assert len(before & now) == len(before) - len(gone)
    assert new["people"] <= new["bound"]
    assert plan["result"]["changes"] is None
    said = _plan(place, *words, "--out", place / "tombe", "--quiet")
    assert "Ce qui change :" in said.stdout
    page = (place / "tombe" / "tournee.html").read_text(encoding="utf-8")
    assert "<h2>Ce qui change</h2>" in page


def test_nothing_falling_nothing_changes(plan: dict[str, Any], place: Path) -> None:
    """The month kept to as it stands is the same month."""
    words = ("--keep-to", place / "plan" / "tournee.json", "--time-budget", "0", "--json")
    new = _answer(_plan(place, *words))["result"]
    assert new["sessions"] == plan["result"]["sessions"]
    assert new["people"] == plan["result"]["people"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--without", "Ames"), "vont avec --keep-to"),
        (("--keep-to", "PLAN", "--resume", "PLAN"), "dites l'un ou l'autre"),
        (("--keep-to", "PLAN", "--without", "Paris"), "ne s'appelle « Paris » ; il tient : "),
        (("--keep-to", "AUTRE"), "le plan d'un autre territoire"),
    ],
)
def test_what_cannot_be_kept_to_is_told_before_any_work(
    words: tuple[str, ...], told: str, plan: dict[str, Any], place: Path
) -> None:
    """Options at odds, an unknown stop, a plan of elsewhere: a sentence, and nothing is read."""
    other = plan | {"territory": plan["territory"] | {"siren": "200000000"}}
    (place / "ailleurs.json").write_text(json.dumps(other), encoding="utf-8")
    files = {"PLAN": place / "plan" / "tournee.json", "AUTRE": place / "ailleurs.json"}
    refused = _plan(place, *(files.get(word, word) for word in words))
    assert refused.exit_code != 0
    assert told in (refused.output + str(refused.exception)).replace(FIXED, " ")


@pytest.mark.full
def test_an_adopted_month_is_kept_to(plan: dict[str, Any], place: Path) -> None:
    """Once in the directory, the round is no help that was there already: it is what is planned."""
    file = place / "plan" / "tournee.json"
    adopted = _ask("adopt", place, file, "--service", "Aide aux démarches administratives", "-q")
    assert adopted.exit_code == 0, adopted.output
    try:
        words = ("--keep-to", file, "--time-budget", "0", "--json")
        new = _answer(_plan(place, *words))["result"]
    finally:
        assert _ask("withdraw", place, "Bus bleu", "--json").exit_code == 0
    assert new["wanting"] == plan["result"]["wanting"]
    assert (new["changes"]["dropped"], new["changes"]["added"]) == ([], [])
    assert new["people"] == plan["result"]["people"]


def _beside_present(place: Path, *words: str) -> dict[str, Any]:
    existing = ("--existing", place / "actuelle.csv")
    said = _ask("plan", place, SIREN, "--offline", "--json", *existing, *words)
    result: dict[str, Any] = _answer(said)["result"]
    return result


def test_the_present_round_is_compared_with(place: Path) -> None:
    """One of its two stops tells no hours: the plan has two sessions, and places are compared."""
    told = _beside_present(place)
    assert told["most_sessions"] == 2
    assert len(told["sessions"]) <= 2
    assert {stop["name"] for stop in told["beside"]["stops"]} == {"Mairie", "Place"}
    assert told["beside"]["people"]["low"] > 0


@pytest.mark.full
def test_the_means_of_the_present_round_may_be_left(place: Path) -> None:
    """As many sessions as told, or as the crews hold: more means never do less."""
    one = _beside_present(place, "--sessions", "1")
    same, free = _beside_present(place), _beside_present(place, "--any-means")
    assert (one["most_sessions"], free["most_sessions"]) == (1, None)
    assert one["people"] <= same["people"] <= free["people"]


def test_each_contradiction_is_told_and_nothing_is_written(place: Path) -> None:
    """Places that are not, hours that are not, weeks that lack, two promises at once: all told."""
    words = ("--asked", place / "impossible.yaml", "--out", place / "rien")
    refused = _ask("plan", place, SIREN, "--offline", *words).exception
    assert isinstance(refused, ImpossibleDemand)
    assert refused.exit_code == 11
    told = [clause.replace(FIXED, " ") for clause in refused.contradictions]
    for wanted in CONTRADICTIONS:
        assert any(wanted in clause for clause in told), (wanted, told)
    assert len(told) == len(CONTRADICTIONS)
    assert not (place / "rien").exists()


def _shown_in_the_guide() -> str:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "tournees.md"
    return guide.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


def test_the_file_that_the_guide_shows_is_read(tmp_path: Path) -> None:
    """The example of the guide is a file that can be given as it is."""
    (tmp_path / "tournee.yaml").write_text(_shown_in_the_guide(), encoding="utf-8")
    parameters = load_parameters(dt.date(2026, 12, 31))
    asked = read_asked(tmp_path / "tournee.yaml", parameters, Operator("Un bus"))
    assert (asked.operator.name, asked.most_sessions) == ("Bus numérique", 40)
    assert len(asked.stops) == 3


def test_a_plan_is_adopted_then_withdrawn(plan: dict[str, Any], place: Path) -> None:
    """Adopted, each stop is a permanence at its service; withdrawn, none is left."""
    file = place / "plan" / "tournee.json"
    before = work_in(place / "espace").directory
    said = _ask("adopt", place, file, "--service", "Aide aux démarches administratives", "-q")
    assert said.exit_code == 0, said.output
    assert "source « tournee-bus-bleu »" in said.stdout
    moving = [p for p in work_in(place / "espace").directory.permanences if p.itinerant]
    assert len(moving) == len(plan["result"]["stops"])
    gone = _answer(_ask("withdraw", place, "Bus bleu", "--json"))["result"]
    assert (gone["source"], gone["saved"]) == ("tournee-bus-bleu", True)
    assert work_in(place / "espace").directory == before
    refused = _ask("withdraw", place, "tournee-bus-bleu").exception
    assert isinstance(refused, WorkspaceError)


@pytest.mark.full
def test_a_dry_run_writes_nothing(plan: dict[str, Any], place: Path) -> None:
    """What would change is told, and the directory is as it was."""
    before = work_in(place / "espace").directory
    words = (place / "plan" / "tournee.json", "--dry-run", "--json")
    dry = _answer(_ask("adopt", place, *words))["result"]
    assert (dry["saved"], len(dry["new"]) > 0) == (False, True)
    assert _ask("adopt", place, *words[:2], "-q").stdout.startswith("À l'essai : le plan de")
    assert work_in(place / "espace").directory == before


def test_what_is_no_plan_is_one_sentence(plan: dict[str, Any], place: Path) -> None:
    """A table, an answer of another command, a plan of another territory: told, not adopted."""
    (place / "autre.json").write_text(
        json.dumps(plan | {"territory": plan["territory"] | {"siren": "200000000"}}),
        encoding="utf-8",
    )
    (place / "init.json").write_text(json.dumps(plan | {"command": "init"}), encoding="utf-8")
    for name, words in (
        ("plan/tournee.csv", "ce n'est pas un plan de tournée"),
        ("init.json", "ce n'est pas un plan de tournée"),
        ("autre.json", "celui d'un autre territoire"),
    ):
        refused = _ask("adopt", place, place / name, "-q").exception
        assert isinstance(refused, MaillageError)
        assert refused.exit_code == 3
        assert words in str(refused)


@pytest.mark.mirror
@pytest.mark.full
def test_the_round_of_bethune_bruay_with_its_own_means(mirror: Path, tmp_path: Path) -> None:
    """As many sessions as the present round has stops; its places do less than the plan's."""
    words = ("--mirror", str(mirror), "--on", "2025-02-03", "--json", "--out", "plan")
    said = said_in(tmp_path, "rounds", "plan", CABBALR, *words)
    assert (said.code, said.err) == (0, "")
    document = json.loads(said.out)
    jsonschema.validate(document, SCHEMA)
    told = document["result"]
    beside = told["beside"]
    assert told["most_sessions"] == len(beside["stops"]) == 19
    assert len(told["sessions"]) <= 19
    assert 500 < told["people"] <= told["bound"]
    assert told["gap"] < 0.02
    assert beside["people"]["low"] < beside["plan_on_places"]["low"]
    assert {path.name for path in (tmp_path / "plan").iterdir()} == FILES


@pytest.mark.mirror
@pytest.mark.full
def test_the_file_that_the_guide_shows_makes_a_plan(mirror: Path, tmp_path: Path) -> None:
    """In the territory that the guide speaks of, its example holds and its promise is kept."""
    (tmp_path / "tournee.yaml").write_text(_shown_in_the_guide(), encoding="utf-8")
    words = ("--mirror", str(mirror), "--on", "2026-12-20", "--json", "--asked", "tournee.yaml")
    said = said_in(tmp_path, "rounds", "plan", CABBALR, *words)
    assert (said.code, said.err) == (0, "")
    told = json.loads(said.out)["result"]
    held = [(one["date"], one["start"]) for one in told["sessions"] if one["commune"] == "Auchel"]
    assert ("2027-01-05", "10:00") in held
    assert told["people"] > 0
    assert {one["commune"] for one in told["sessions"]}.isdisjoint({"Amettes"})
