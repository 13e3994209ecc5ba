"""Several territories side by side: for who follows them, and nothing of any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER, save
from tests.web.page_rules import wrong_with

from maillage.directory.quality import Freshness
from maillage.jobs.ports import TerritoryWork
from maillage.jobs.unmet import demand_days, months_before
from maillage.kernel.parameters import load_parameters
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import Membership, User
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.overview import Overview, Period, overview
from maillage.web.coordinator.workbench import workbench_of
from maillage.web.here import public_here

Clients = Callable[[str], Client]
QUERIES = 13
"""SQL queries of the page whatever the number of territories: session, account, roles; the ten
figures."""
READER = "hub-des-deux@exemple.fr"
NAMES = {DEMO: "CA du Val de Vesprine", OTHER: MARK}


def _client(held: dict[str, Role | None]) -> Client:
    user = User.objects.filter(email=READER).first() or User.objects.create_user(READER)
    Membership.objects.filter(user=user).delete()
    for siren, role in held.items():
        if role is not None:
            give_role(READER, siren, role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _of(siren: str) -> Overview:
    parameters = load_parameters(ON)
    months = int(parameters.numbers("diagnosis.freshness.months")[1])
    period = Period(months_before(ON, months), *demand_days(parameters))
    (found,) = overview([siren], period)
    return found


def test_the_figures_are_those_of_the_territory_s_own_pages(db: None) -> None:
    """Lieux, permanences and records to read again are counted as its own coordinator sees them."""
    here = public_here(DEMO)
    states = workbench_of(here).states
    scores = [score for state in states for score in state.scores]
    stale = {Freshness.CHECK, Freshness.RENEW, Freshness.UNDATED}
    found = _of(DEMO)
    assert found.n_lieux == len(states)
    assert found.n_permanences == len(scores)
    assert found.n_stale == sum(one.freshness in stale for one in scores)
    codes = {state.lieu.code_insee for state in states}
    empty = [zone for zone in here.book.communes if zone.code_insee not in codes]
    assert (found.n_communes, found.n_without) == (len(here.book.communes), len(empty))
    assert found.per_people == pytest.approx(
        10_000 * len(states) / sum(zone.population or 0 for zone in here.book.communes), rel=0.01
    )


ROLES_HELD = st.fixed_dictionaries({siren: st.none() | st.sampled_from(Role) for siren in NAMES})


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=ROLES_HELD)
def test_only_what_one_may_read_is_told(db: None, held: dict[str, Role | None]) -> None:
    """A territory stands in the page and in the file where a role lets one read, nowhere else."""
    client = _client(held)
    page = client.get(address("accounts:territories")).content.decode()
    told = client.get(address("accounts:territories-csv")).content.decode("utf-8-sig")
    for siren, role in held.items():
        may = role is not None and Right.SEE_WORK in role.rights
        assert (NAMES[siren] in page) is may
        assert (siren in told) is may


def test_many_territories_cost_no_more(
    db: None, demo_work: TerritoryWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Twelve territories are read in as many queries as two."""
    client = _client({DEMO: Role.HUB, OTHER: Role.HUB})
    at = address("accounts:territories")
    client.get(at)
    with django_assert_num_queries(QUERIES):
        client.get(at)
    few = replace(demo_work.directory, permanences=(), services=(), lieux=(), structures=())
    for number in range(10):
        siren = f"9999997{number:02}"
        territory = replace(demo_work.territory, siren=siren, name=f"CC {number}")
        save(TerritoryWork(territory, few, ()))
        give_role(READER, siren, Role.HUB)
    with django_assert_num_queries(QUERIES):
        page = client.get(at).content.decode()
    assert page.count('data-name="Lieux"') == 12
    assert "aucune fiche" in page and wrong_with(page) == []


def test_rows_are_sorted_by_what_is_asked(db: None) -> None:
    """Each order of the page puts first what it says; an unknown one is that of names."""
    client = _client({DEMO: Role.HUB, OTHER: Role.COORDINATOR})
    at = address("accounts:territories")
    for sort in ("offre", "sans-lieu", "fraicheur", "demandes", "erreurs", "rien"):
        page = client.get(at, {"tri": sort}).content.decode()
        assert wrong_with(page) == []
        assert ('aria-current="page"' in page) and all(name in page for name in NAMES.values())


def test_the_file_has_no_live_formula(db: None) -> None:
    """A name that a spreadsheet would run is text."""
    client = _client({OTHER: Role.HUB})
    told = client.get(address("accounts:territories-csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert len(rows) == 2 and not any(cell.startswith(("=", "+", "@")) for cell in rows[1])


@pytest.mark.parametrize(
    ("roles", "onward"),
    [
        ({}, "/compte/"),
        ({DEMO: Role.HUB}, f"/{DEMO}/pilotage/"),
        ({DEMO: Role.MEMBER}, f"/{DEMO}/orienter/"),
        ({DEMO: Role.HUB, OTHER: Role.COORDINATOR}, "/compte/territoires/"),
        ({DEMO: Role.HUB, OTHER: Role.MEMBER}, "/compte/"),
    ],
)
def test_one_goes_where_one_works(db: None, roles: dict[str, Role | None], onward: str) -> None:
    """Signed in, one goes straight to one's only territory, else where several are followed."""
    assert _client(roles).get(address("accounts:enter"))["Location"] == onward


def test_an_account_without_work_to_read_is_told_so(client_of: Clients) -> None:
    """A member of a structure follows no territory's work, and is told so."""
    page = client_of("member").get(address("accounts:territories")).content.decode()
    assert "ne suit le travail d" in page
    assert "côte à côte" not in client_of("member").get(address("accounts:mine")).content.decode()
