"""The loop closes: what desks cannot answer is counted, planned for, adopted, then answered.

Everything goes by the doors that people use: the pages of the site for desks and coordinators,
the verbs of the command line for the plan and its adoption. Each step is asserted before and
after, so that none can pass because the next one does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON
from tests.web.page_rules import wrong_with
from tests.web.sending import nobody_is_of_a_structure

from maillage.access.unreached.model import Unreached
from maillage.cli.envelope import as_text
from maillage.cli.posts_telling import posts_answer
from maillage.jobs.adopt_posts import PostsAdoption, adopt_posts
from maillage.jobs.asked_posts import PostsAsked
from maillage.jobs.decide import Who
from maillage.jobs.diagnose import diagnose_work
from maillage.jobs.plan_posts import PostsGround, plan_posts
from maillage.jobs.ports import Means, TerritoryWork
from maillage.jobs.told_posts import read_told_posts
from maillage.jobs.unmet import UnmetDemand, unmet_demand
from maillage.kernel.budget import Budget
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.reports.diagnosis_json import diagnosis_document
from maillage.reports.view import compose
from maillage.siting.posts.twin import PostTwin
from maillage.siting.scenarios.worlds import Search, Setting
from maillage.standard.mednum import Service
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Role
from maillage.storage.need_log import DjangoNeedLog
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.wiring import house
from maillage.wiring.unmet import with_unanswered
from maillage.wiring.unreached import GroundAsked, ground_on

PARAMETERS = load_parameters(ON)
HELP = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
NEED = "aide-aux-demarches-administratives"
COMMUNE, CODE = "Chantelande", "96007"
"""A commune where a desk finds nothing on foot, and that a plan of one post leaves out."""
N_DESKS, N_NOTING, N_EACH = 5, 3, 10
CORRECTED = N_NOTING * N_EACH * N_DESKS / N_NOTING
OPERATOR = "Conseillers de la boucle"
HALF_DAYS = 8


class _Forms(HTMLParser):
    """The hidden fields of each form of a page, by its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[tuple[str, str]]] = {}
        self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a form's address, and the hidden fields that follow."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._at = told.get("action", "")
            self.fields[self._at] = []
        elif tag == "input" and told.get("type") == "hidden":
            self.fields.setdefault(self._at, []).append((told["name"], told["value"]))


def _desks(work: TerritoryWork) -> list[str]:
    """Make an account in each of five structures, and no other, and return their addresses."""
    nobody_is_of_a_structure()
    structures = work.directory.structures[:N_DESKS]
    for n, one in enumerate(structures):
        give_role(f"guichet-{n}@vesprine.example", DEMO, Role.MEMBER, one.id)
    return [f"guichet-{n}@vesprine.example" for n in range(len(structures))]


def _counter(email: str) -> Client:
    """Return a desk as it stands when somebody comes: nothing is left of whoever came before."""
    client = Client()
    user = User.objects.get(email=email)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _answer(client: Client, commune: str = COMMUNE) -> str:
    told = {"choix": NEED, "commune": commune, "deplacement": "walk"}
    answer = client.get(address("orienting:ask"), told)
    assert answer.status_code == 200
    return answer.content.decode()


def _note(client: Client) -> None:
    """Press the button under an answer that has nothing to propose."""
    forms = _Forms()
    forms.feed(_answer(client))
    told = forms.fields[address("orienting:record")]
    assert client.post(address("orienting:record"), dict(told)).status_code == 302


def _cards(html: str) -> list[str]:
    """Return the words of each proposal."""
    cards = re.findall(r'<li class="card">(.*?)</li>\s*(?=<li class="card">|</)', html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", " ", card)) for card in cards]


def _store() -> DjangoWorkStore:
    return DjangoWorkStore(Workspace(Path("base des tests"), None, "default"), ON, "tests")


def _demand() -> UnmetDemand:
    return unmet_demand(DjangoNeedLog("default"), DEMO, PARAMETERS)


def _setting(work: TerritoryWork, recorded: UnmetDemand) -> Setting:
    roads = house.streets_of(work, (), None, PARAMETERS, Silent())
    journeys = house.journeys(work, roads, house.Around(), PARAMETERS, Silent())
    return Setting(*ground_on(work, GroundAsked(recorded=recorded), journeys, PARAMETERS))


def _lacking(found: Unreached, code: str | None = None) -> float:
    """Return how many lack the help for sure, in the whole territory or in a commune."""
    wanting = found.wanting(HELP).low
    if code is None:
        return float(wanting.sum())
    at = [n for n, zone_id in enumerate(found.zone_ids) if zone_id.endswith(code)]
    assert len(at) == 1
    return float(wanting[found.zone == at[0]].sum())


def _plan(work: TerritoryWork, setting: Setting) -> dict[str, Any]:
    """Return the document of the plan of one post for this help, as ``siting post`` writes it."""
    base = max(work.territory.zones, key=lambda zone: (zone.population or 0, zone.id))
    roads = house.streets_of(work, (), None, PARAMETERS, Silent())
    ground = PostsGround(setting, base.point, base.name, roads)
    asked = PostsAsked(service=HELP, half_days_each=HALF_DAYS, scenarios=False)
    answer = plan_posts(ground, asked, Search(PostTwin(), Budget(tries=4), Silent()), PARAMETERS)
    document: dict[str, Any] = json.loads(as_text(posts_answer(work.territory, answer, ON)))
    return document


def _held(plan: dict[str, Any]) -> set[str]:
    return {one["code_insee"] for one in plan["result"]["half_days"]}


def _told_in_report(work: TerritoryWork) -> dict[str, Any] | None:
    """Return what the diagnosis says of it, its chapter standing only where it says something."""
    roads = house.streets_of(work, (), None, PARAMETERS, Silent())
    found = diagnose_work(work, engine=roads, parameters=PARAMETERS, on=ON, progress=Silent())
    told = _demand()
    diagnosis = with_unanswered(found, told if told.recorded else None, PARAMETERS)
    document = json.loads(diagnosis_document(diagnosis))["result"]["unanswered"]
    chapters = {one.id for one in compose(diagnosis).chapters}
    assert ("demandes-sans-reponse" in chapters) == (document is not None)
    return cast("dict[str, Any] | None", document)


def _adopt(plan: dict[str, Any], folder: Path) -> TerritoryWork:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    adoption = PostsAdoption(read_told_posts(path), OPERATOR, OPERATOR)
    means = Means(None, PARAMETERS, Silent())
    return adopt_posts(adoption, DEMO, Who("tests", ON), store=_store(), means=means).work


def test_what_desks_cannot_answer_is_answered_in_the_end(
    client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    """Thirty unmet needs: the gap rises, the plan goes there, the permanence answers the same."""
    work = _store().load(DEMO)
    emails, coordinator = _desks(work), client_of("coordinator")
    town = max(work.territory.zones, key=lambda zone: zone.population or 0)

    # 1. before: nothing is counted, the plan goes elsewhere, the desk has nothing to propose
    before = _setting(work, _demand())
    first = _plan(work, before)
    assert _told_in_report(work) is None
    assert CODE not in _held(first)
    assert "Noter cette demande" in _answer(_counter(emails[0]))
    assert "Chantelande" not in coordinator.get(address("orienting:counts-csv")).content.decode()

    # 2. three desks of five record ten people each, and answer two others
    for email in emails[:N_NOTING]:
        for _ in range(N_EACH):
            _note(_counter(email))
        for _ in range(2):
            assert "Noter cette demande" not in _answer(_counter(email), town.name)

    # 3. the gap rises: in the report, on the coordinator's page, in the demand of siting
    told = _told_in_report(work)
    assert told is not None
    assert (told["n_recorded"], told["n_reporting"], told["n_desks"]) == (30, N_NOTING, N_DESKS)
    (row,) = told["by_commune"]
    assert (row["label"], row["n"], row["estimate"]) == (COMMUNE, 30, CORRECTED)
    asked = 1 + 30 + 6  # the one of before too, that nobody noted
    assert told["indicators"][0]["value"] == pytest.approx(30 / asked, abs=1e-4)
    page = coordinator.get(address("orienting:demands")).content.decode()
    assert wrong_with(page) == []
    assert f'<th scope="row">{COMMUNE}</th><td>30</td>' in page
    counted = coordinator.get(address("orienting:counts-csv")).content.decode()
    assert f"commune,{COMMUNE},30,50.0" in counted
    after = _setting(work, _demand())
    gap = _lacking(after.unreached, CODE) - _lacking(before.unreached, CODE)
    assert gap == pytest.approx(CORRECTED)

    # 4. the plan goes there now
    second = _plan(work, after)
    assert CODE in _held(second)
    assert "30 demandes notées sans réponse" in _plain(" ".join(second["result"]["text"]["lead"]))
    assert second["result"]["people"]["low"] > first["result"]["people"]["low"]

    # 5. the first plan, adopted, leaves the request as it was; the second answers it at the desk
    _adopt(first, tmp_path)
    assert "Noter cette demande" in _answer(_counter(emails[0]))
    adopted = _adopt(second, tmp_path)
    held = [one for one in adopted.directory.permanences if one.record.nom == OPERATOR]
    assert CODE in {one.record.code_insee for one in held}
    html = _answer(_counter(emails[0]))
    assert wrong_with(html) == []
    assert "Noter cette demande" not in html
    assert any(OPERATOR in card and COMMUNE in card for card in _cards(html))
    lacking = _setting(adopted, _demand()).unreached
    assert _lacking(lacking, CODE) < _lacking(after.unreached, CODE)


def _plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ").replace("\\xa0", " ")
