"""Who may open what: every address of the site, for every role."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.addresses import MATRIX, Door, address, names
from tests.web.conftest import DEMO, MARK, OTHER, ROLES

from maillage.storage.accounts.door import access_territory_for, territories_of
from maillage.storage.accounts.keep import DEMO_ACCOUNTS, give_role
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right, Role, role_of

WHO = ("public", "stranger", *ROLES)
REFUSED = 403


def test_every_address_has_its_line(db: None) -> None:
    """A page cannot be added, or taken away, without saying who may open it."""
    assert sorted(MATRIX) == sorted(names())


@pytest.mark.parametrize(("name", "who"), list(product(sorted(MATRIX), WHO)))
def test_each_role_opens_what_it_may(
    client_of: Callable[[str], Client], name: str, who: str
) -> None:
    """Each role opens what it may; else it is refused, or the public is asked to sign in."""
    answer = client_of(who).get(address(name))
    if _may(name, who):
        assert answer.status_code < 500
        assert answer.status_code not in {REFUSED, 404} and not _sent_to_sign_in(answer)
    elif who == "public":
        assert _sent_to_sign_in(answer)
    elif MATRIX[name] is Door.ENDS and _orients(who):
        assert answer.status_code == 404
    else:
        assert answer.status_code == REFUSED


@pytest.mark.parametrize("who", WHO)
def test_no_page_of_a_territory_shows_another(client_of: Callable[[str], Client], who: str) -> None:
    """Nothing of another territory stands in a page, even where both know the same ids."""
    client = client_of(who)
    for name, parts in names().items():
        if "siren" in parts:
            here = client.get(address(name)).content.decode(errors="replace")
            assert MARK not in here.replace(_own_account(who), ""), name


def _own_account(who: str) -> str:
    return "ailleurs@exemple.fr" if who == "stranger" else ""


@pytest.mark.parametrize("role", list(Role))
def test_the_door_opens_on_what_was_given_alone(db: None, role: Role) -> None:
    """A role opens its territory and no other, and nothing once the account is closed."""
    user = give_role("Quelqu.Un@exemple.fr", OTHER, role)
    assert access_territory_for(user, DEMO) is None
    access = access_territory_for(user, OTHER)
    assert access is not None
    assert {right for right in Right if access.may(right)} == role.rights
    assert [one.siren for one in territories_of(user)] == [OTHER]
    user.is_active = False
    assert access_territory_for(user, OTHER) is None


def test_one_address_is_one_account_with_one_role(db: None) -> None:
    """However an address is spelt it is the same account; another role replaces the former."""
    first = give_role("a.b@exemple.fr", DEMO, Role.MEMBER)
    second = give_role(" A.B@Exemple.FR ", DEMO, Role.HUB)
    assert first == second
    assert User.objects.filter(email="a.b@exemple.fr").count() == 1
    access = access_territory_for(second, DEMO)
    assert access is not None
    assert access.role is Role.HUB


def test_nobody_grants_more_than_they_are() -> None:
    """A role gives no right that it does not have itself."""
    for role in Role:
        for granted in role.grants:
            assert granted.rights <= role.rights


def test_demo_accounts_are_of_every_role() -> None:
    """The demonstration has an account of each role, each with its own password."""
    assert {one.role for one in DEMO_ACCOUNTS} == set(Role)
    assert len({one.password for one in DEMO_ACCOUNTS}) == len(DEMO_ACCOUNTS)


def _may(name: str, who: str) -> bool:
    door = MATRIX[name]
    if door is Door.OPEN:
        return True
    if door is Door.SIGNED:
        return who != "public"
    if door is Door.ENDS:
        return who == "member"
    return who in ROLES and door in role_of(who).rights


def _orients(who: str) -> bool:
    return who in ROLES and Right.ORIENT in role_of(who).rights


def _sent_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/compte/connexion/?next=")
