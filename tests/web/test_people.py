"""The team of a territory: roles given within one's own, taken back; nothing told of elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, OTHER, WICKED
from tests.web.page_rules import wrong_with

from maillage.storage.accounts.door import access_territory_for
from maillage.storage.accounts.keep import DEMO_ACCOUNTS, give_role
from maillage.storage.accounts.models import Membership, RoleChange, User
from maillage.storage.accounts.roles import Role
from maillage.storage.accounts.team import Giver, Refused, withdraw

Clients = Callable[[str], Client]
NEW = "lou@exemple.fr"


@pytest.fixture(autouse=True)
def _mails(settings: object) -> Iterator[None]:
    """Let the site send mail, into memory."""
    settings.MAILLAGE_SENDS_MAIL = True  # type: ignore[attr-defined]
    yield


def _email(role: Role) -> str:
    return next(one.email for one in DEMO_ACCOUNTS if one.role is role)


def _number(email: str, siren: str = DEMO) -> int:
    return int(Membership.objects.get(user__email=email, territory=siren).pk)


def _role(email: str, siren: str = DEMO) -> Role | None:
    access = access_territory_for(User.objects.get(email=email), siren)
    return None if access is None else access.role


def _invite(
    client: Client, email: str, role: Role = Role.MEMBER, structure: str = ""
) -> HttpResponse:
    told = {"email": email, "role": role.code, "structure": structure}
    return client.post(address("coordinator:users"), told, follow=True)


def _said(answer: HttpResponse) -> str:
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


def test_somebody_is_invited_comes_changes_and_goes(client_of: Clients) -> None:
    """A role, a message without a key; another role, then none; all of it written down."""
    client = client_of("coordinator")
    assert "une invitation lui est envoyée" in _said(_invite(client, "Lou@Exemple.fr"))
    assert _role(NEW) is Role.MEMBER
    (message,) = mail.outbox
    assert message.to == [NEW]
    assert "/compte/connexion/" in message.body and "lien/" not in message.body
    assert "pas encore venue" in _said(client.get(address("coordinator:users")))
    at = address("coordinator:user", number=_number(NEW))
    client.post(at, {"role": "coordinator", "structure": ""})
    assert _role(NEW) is Role.COORDINATOR
    gone = client.post(address("coordinator:withdraw-role", number=_number(NEW)), follow=True)
    assert "a plus de rôle ici" in _said(gone)
    assert _role(NEW) is None
    codes = [(one.before, one.after) for one in RoleChange.objects.filter(user__email=NEW)]
    assert codes == [("coordinator", ""), ("member", "coordinator"), ("", "member")]
    assert "par Dominique (coordination)" in _said(client.get(address("coordinator:users")))


def test_a_structure_is_one_of_the_territory(client_of: Clients) -> None:
    """A member is of a structure of the list; anything else is of none."""
    from maillage.web.here import public_here

    place = next(one for one in public_here(DEMO).book.places if one.lieu.in_territory)
    one = place.presences[0].structure
    client = client_of("coordinator")
    _invite(client, NEW, structure=one.id)
    assert Membership.objects.get(user__email=NEW).structure_id == one.id
    client.post(
        address("coordinator:user", number=_number(NEW)), {"role": "member", "structure": WICKED}
    )
    assert Membership.objects.get(user__email=NEW).structure_id == ""


@pytest.mark.parametrize("role", [Role.HUB, Role.ADMINISTRATOR])
def test_a_coordinator_gives_no_more_than_a_coordinator_may(client_of: Clients, role: Role) -> None:
    """Neither to somebody new, nor to the team, nor to themselves; nor takes such a role away."""
    client, mine = client_of("coordinator"), _email(Role.COORDINATOR)
    assert _invite(client, NEW, role).status_code == 400
    assert not User.objects.filter(email=NEW).exists()
    told = {"role": role.code, "structure": ""}
    for email in (_email(Role.MEMBER), mine):
        assert (
            client.post(address("coordinator:user", number=_number(email)), told).status_code == 400
        )
    held = address("coordinator:user", number=_number(_email(role)))
    assert client.post(held, {"role": "member", "structure": ""}).status_code == 400
    client.post(address("coordinator:withdraw-role", number=_number(_email(role))))
    assert (_role(mine), _role(_email(role))) == (Role.COORDINATOR, role)


def test_roles_of_elsewhere_are_out_of_reach(client_of: Clients) -> None:
    """By its number, a role of another territory is not found, whatever is asked of it."""
    client, number = client_of("administrator"), _number("ailleurs@exemple.fr", OTHER)
    for name in ("user", "withdraw-role", "remind"):
        at = address(f"coordinator:{name}", number=number)
        assert client.post(at, {"role": "member", "structure": ""}).status_code == 404
    assert _role("ailleurs@exemple.fr", OTHER) is Role.COORDINATOR


def test_nobody_learns_of_an_account_elsewhere(client_of: Clients) -> None:
    """Inviting an address says the same whether it has an account or not, and shows no name."""
    User.objects.filter(email="ailleurs@exemple.fr").update(name="Nom d'ailleurs")
    client = client_of("coordinator")
    known = _said(_invite(client, "ailleurs@exemple.fr"))
    unknown = _said(_invite(client, NEW))
    assert "Nom d&#x27;ailleurs" not in known and MARK not in known
    for html, email in ((known, "ailleurs@exemple.fr"), (unknown, NEW)):
        assert f"{email} a le rôle" in html
    assert _role("ailleurs@exemple.fr", OTHER) is Role.COORDINATOR
    client.logout()
    client.force_login(
        User.objects.get(email="ailleurs@exemple.fr"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.get(address("orienting:ask"))
    page = _said(client_of("coordinator").get(address("coordinator:users")))
    assert "Nom d&#x27;ailleurs" in page and "novembre" in page


def test_somebody_can_always_give_roles(client_of: Clients) -> None:
    """The last who may give roles cannot go nor be made less, not even by themselves."""
    client = client_of("coordinator")
    mine = _number(_email(Role.COORDINATOR))
    Membership.objects.filter(territory=DEMO, role_code="administrator").delete()
    told = {"role": "member", "structure": ""}
    assert client.post(address("coordinator:user", number=mine), told).status_code == 400
    gone = address("coordinator:withdraw-role", number=mine)
    assert "donnez d&#x27;abord ce rôle" in _said(client.post(gone, {"le_mien": "oui"}))
    give_role(NEW, DEMO, Role.COORDINATOR)
    assert "cochez la case" in _said(client.post(gone))
    assert client.post(gone, {"le_mien": "oui"}).status_code == 302
    assert _role(_email(Role.COORDINATOR)) is None
    assert client.get(address("coordinator:users")).status_code == 403


def test_a_closed_account_does_not_keep_a_territory(db: None) -> None:
    """Who cannot come in any more is not counted among those who may give roles."""
    user = give_role(NEW, DEMO, Role.COORDINATOR)
    User.objects.exclude(email=NEW).update(is_active=False)
    done = withdraw(Giver(user, Role.COORDINATOR, DEMO), _number(NEW))
    assert isinstance(done, Refused)


@pytest.mark.parametrize("email", ["lou", "", f"{WICKED}@x.fr", "a@b.fr\nBcc: tous@exemple.fr"])
def test_what_is_no_address_is_said(client_of: Clients, email: str) -> None:
    """It is shown again, never run, and nothing is sent."""
    answer = _invite(client_of("coordinator"), email)
    assert answer.status_code == 400
    assert WICKED not in _said(answer)
    assert mail.outbox == []


@pytest.mark.parametrize(("name", "n"), [("users", 6), ("user", 5)])
def test_the_pages_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries, name: str, n: int
) -> None:
    """Session, account, role, stamp, the team; for the list, what has changed too."""
    client = client_of("coordinator")
    number = _number(_email(Role.MEMBER))
    at = address(f"coordinator:{name}", **({"number": number} if name == "user" else {}))
    client.get(at)
    with django_assert_num_queries(n):
        client.get(at)


def test_an_invitation_goes_once_an_hour(client_of: Clients) -> None:
    """Asked again at once, none is sent, and it is said."""
    client = client_of("coordinator")
    _invite(client, NEW)
    again = client.post(address("coordinator:remind", number=_number(NEW)), follow=True)
    assert "attendez une heure" in _said(again)
    assert len(mail.outbox) == 1


def test_without_mail_the_page_says_what_to_do(client_of: Clients, settings: object) -> None:
    """The role is given; who invites is told where the person signs in."""
    settings.MAILLAGE_SENDS_MAIL = False  # type: ignore[attr-defined]
    html = _said(_invite(client_of("coordinator"), NEW))
    assert "aucun courriel n&#x27;est parti" in html and "/compte/connexion/" in html


def test_names_that_people_write_are_never_run(client_of: Clients) -> None:
    """A name made of a script stands as text in the list and in what has changed."""
    User.objects.filter(email=_email(Role.COORDINATOR)).update(name=WICKED)
    client = client_of("coordinator")
    _invite(client, NEW)
    client.get(address("coordinator:users"))
    assert WICKED not in _said(client.get(address("coordinator:users")))
    assert WICKED not in str(mail.outbox[0].subject)
