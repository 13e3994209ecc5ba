"""Signing in by an outside OpenID provider, over real HTTP: who comes in, and how one leaves."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web import openid_provider as op
from tests.web.conftest import DEMO
from tests.web.openid_provider import LocalProvider, Manners
from tests.web.openid_site import BACK, LEFT, ONE, START, browse, is_out, there, words

from maillage.storage.accounts import identities
from maillage.storage.accounts.identities import NoAccountError, Person, WhyNot, account_of
from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.models import OpenIdentity, Tries, User
from maillage.web.openid import travel

# --- who comes in ---------------------------------------------------------------------------------


def test_the_first_time_by_address_then_by_subject_alone(provider: LocalProvider) -> None:
    """The address ties the account once; then the subject opens it, whatever the address."""
    client, back = there()
    assert client.get(back)["Location"] == "/compte/entree/"
    page = client.get("/compte/").content.decode()
    assert ONE.name in page
    assert "désormais lié à ProConnect" in page
    tied = OpenIdentity.objects.get()
    assert (tied.user.email, tied.issuer, tied.subject) == (ONE.email, provider.issuer, "sujet-1")
    for email in ("autre@exemple.fr", DEMO_ACCOUNTS[0].email, None):
        provider.person["email"] = email
        client, back = there()
        assert client.get(back).status_code == 302
        assert ONE.name in client.get("/compte/").content.decode()
    assert OpenIdentity.objects.count() == 1
    assert User.objects.get(pk=tied.user_id).email == ONE.email


def test_what_is_asked_of_the_provider(provider: LocalProvider) -> None:
    """State, nonce and challenge are long and never the same; little is asked of the person."""
    for _ in range(2):
        there().end()
    first, second = provider.authorized
    assert first["scope"] == "openid email"
    assert first["acr_values"] == "eidas1"
    assert first["redirect_uri"] == BACK
    assert first["code_challenge_method"] == "S256"
    for word in ("state", "nonce", "code_challenge"):
        assert len(first[word]) >= 32
        assert first[word] != second[word]
    assert "code_verifier" in provider.forms[0]


def test_a_provider_without_challenge_is_asked_for_none(
    provider: LocalProvider, settings: Settings
) -> None:
    """ProConnect refuses any word that it does not know: none is sent, and one still comes in."""
    provider.manners.pkce = False
    settings.MAILLAGE_OPENID = replace(settings.MAILLAGE_OPENID, acr=())
    assert there().end().status_code == 302
    assert "code_verifier" not in provider.forms[0]
    assert not {"code_challenge", "acr_values"} & set(provider.authorized[0])


@pytest.mark.parametrize(
    "manners",
    [
        Manners(sign_id=op.EC_KEY.sign, sign_userinfo=op.EC_KEY.sign),
        Manners(sign_userinfo=None),
        Manners(userinfo={"email_verified": True}),
        Manners(userinfo={"iss": None, "aud": None}),
        Manners(id_claims={"aud": [op.CLIENT]}),
        Manners(id_claims={"aud": [op.CLIENT, "autre"], "azp": op.CLIENT}),
        Manners(id_claims={"at_hash": None}),
        Manners(keys=[{"kty": "AKP", "kid": "z"}, op.RSA_KEY.jwk()]),
    ],
    ids=["es256", "json", "verified", "bare", "list", "azp", "no-at-hash", "unknown-kind-of-key"],
)
def test_other_good_providers_open_too(provider: LocalProvider, manners: Manners) -> None:
    """What the standard allows is understood."""
    provider.manners = manners
    assert there().end()["Location"] == "/compte/entree/"


def test_keys_may_change(provider: LocalProvider) -> None:
    """A key of after is fetched when it is first met, and no more than once a minute."""
    assert there().end().status_code == 302
    provider.manners = Manners(sign_id=op.NEXT_KEY.sign, keys=[op.NEXT_KEY.jwk(), op.RSA_KEY.jwk()])
    assert there().end().status_code == 502
    cache.delete(f"openid:rested:{provider.issuer}/.well-known/openid-configuration")
    assert there().end().status_code == 302
    assert provider.asked.count("/jwks") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


def test_only_issuer_subject_and_address_are_kept(provider: LocalProvider) -> None:
    """Nothing else that the provider tells of the person stands anywhere in the database."""
    from django.contrib.sessions.models import Session
    from django.core import serializers

    there().end()
    kept = [str(one.get_decoded()) for one in Session.objects.all()]
    kept += [
        serializers.serialize("json", model._default_manager.all())
        for model in (User, OpenIdentity, Tries)
    ]
    told = " ".join(kept)
    assert "sujet-1" in told
    for name in ("given_name", "usual_name", "siret", "uid"):
        assert provider.person[name] not in told


def test_the_session_is_made_anew(provider: LocalProvider) -> None:
    """A session planted before signing in is worth nothing after."""
    client = Client()
    planted = client.session
    planted["planted"] = "yes"
    planted.save()
    key = planted.session_key
    client.cookies["maillage_session"] = key
    client, back = there(client=client)
    client.get(back)
    assert client.session.session_key != key
    assert "planted" not in client.session
    spy = Client()
    spy.cookies["maillage_session"] = key
    assert is_out(spy)


def test_who_is_signed_in_already_goes_on(provider: LocalProvider) -> None:
    """Whoever is signed in is not sent to the provider."""
    client, back = there()
    client.get(back)
    assert client.get(START)["Location"] == "/compte/"


def test_the_page_asked_for_is_where_one_goes(provider: LocalProvider) -> None:
    """A page of the site asked for before is where one goes after."""
    onward = f"/{DEMO}/lieux/?jour=mardi&besoin=x"
    page = Client().get("/compte/connexion/", {"next": onward}).content.decode()
    link = re.search(r'href="(/compte/openid/[^"]*)"', page)
    assert link is not None
    client = Client()
    sent = client.get(html.unescape(link[1]))
    assert client.get(browse(sent["Location"]))["Location"] == onward


@pytest.mark.parametrize(
    "onward",
    ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:x"],
)
def test_nobody_is_sent_elsewhere(provider: LocalProvider, onward: str) -> None:
    """Whatever the address asks, signing in leads to a page of the site."""
    assert there(onward).end()["Location"] == "/compte/entree/"


def test_nobody_is_sent_elsewhere_on_the_way_back_either(provider: LocalProvider) -> None:
    """The page to go on to is looked at again at the end, whatever the cookie says."""
    client, back = there()
    taken = signing.loads(client.cookies[travel.NAME].value, salt="maillage.web.openid.travel")
    answer = HttpResponse()
    travel.take_along(answer, travel.Travel(**{**taken, "onward": "https://ailleurs.example/"}))
    client.cookies[travel.NAME] = answer.cookies[travel.NAME].value
    assert client.get(back)["Location"] == "/compte/entree/"


def test_who_is_locked_out_by_passwords_comes_in(
    provider: LocalProvider, settings: Settings
) -> None:
    """Wrong passwords, maybe another's, do not keep out whom the provider vouches for."""
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/compte/connexion/", {"username": ONE.email, "password": "faux"})
    told = {"username": ONE.email, "password": ONE.password}
    assert Client().post("/compte/connexion/", told).status_code == 429
    assert there().end().status_code == 302


# --- who does not ---------------------------------------------------------------------------------


def test_who_has_no_account_is_told_how_to_get_one(provider: LocalProvider) -> None:
    """Nothing is made; the page says the address and whom to ask."""
    provider.person |= {"sub": "x", "email": "inconnue@exemple.fr"}
    before = User.objects.count()
    answer = there().end()
    told = words(answer)
    assert answer.status_code == 403
    assert "inconnue@exemple.fr" in told and "coordination de votre territoire" in told
    assert User.objects.count() == before
    assert not OpenIdentity.objects.exists()


def test_an_address_that_is_a_script_is_not_one(provider: LocalProvider) -> None:
    """What the provider tells never stands raw in a page."""
    provider.person |= {"sub": "x", "email": '"<script>alert(1)</script>"@exemple.fr'}
    answer = there().end()
    assert answer.status_code == 403
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("tied", [True, False])
def test_a_closed_account_stays_closed(provider: LocalProvider, *, tied: bool) -> None:
    """A closed account opens neither by address nor by subject, and its session is dead."""
    client, back = there()
    client.get(back)
    if not tied:
        OpenIdentity.objects.all().delete()
    User.objects.filter(email=ONE.email).update(is_active=False)
    assert is_out(client)
    answer = there().end()
    assert answer.status_code == 403
    assert "est fermé" in words(answer)
    assert OpenIdentity.objects.exists() is tied


def test_another_subject_does_not_take_the_account(provider: LocalProvider) -> None:
    """The same address under another subject is refused, until the account is detached."""
    client, back = there()
    client.get(back)
    provider.person["sub"] = "sujet-2"
    answer = there().end()
    assert answer.status_code == 409
    assert "détachez ProConnect" in words(answer)
    assert OpenIdentity.objects.get().subject == "sujet-1"
    assert client.get("/compte/openid/detacher/").status_code == 405
    assert "n'ouvre plus" in html.unescape(
        client.post("/compte/openid/detacher/", follow=True).content.decode()
    )
    assert there().end().status_code == 302
    assert OpenIdentity.objects.get().subject == "sujet-2"


def test_detaching_leaves_another_way_in(provider: LocalProvider, settings: Settings) -> None:
    """An account without a password, where no mail leaves, keeps its only way in."""
    client, back = there()
    client.get(back)
    user = User.objects.get(email=ONE.email)
    user.set_unusable_password()
    user.save()
    settings.MAILLAGE_SENDS_MAIL = False
    client, back = there()
    client.get(back)
    page = client.post("/compte/openid/detacher/", follow=True).content.decode()
    assert "Choisissez d" in page
    assert OpenIdentity.objects.exists()


@pytest.mark.parametrize(
    ("told", "trusts", "status"),
    [
        ({"email_verified": False}, True, 403),
        ({"email_verified": "false"}, True, 403),
        ({"email_verified": None}, False, 403),
        ({"email_verified": True}, False, 302),
        ({"email": None}, True, 403),
        ({"email": ["a@exemple.fr"]}, True, 403),
        ({"email": "pas une adresse"}, True, 403),
    ],
)
def test_an_address_must_be_vouched_for(
    provider: LocalProvider, settings: Settings, told: op.Claims, trusts: bool, status: int
) -> None:
    """An address that nobody checked opens no account, nor one that is none."""
    settings.MAILLAGE_OPENID = replace(settings.MAILLAGE_OPENID, trusts_email=trusts)
    provider.manners.userinfo = told
    answer = there().end()
    assert answer.status_code == status
    if status == 403:
        assert "n'a pas garanti votre adresse" in words(answer)
        assert not OpenIdentity.objects.exists()


def test_one_subject_is_one_account(db: None) -> None:
    """A subject already tied is never tied to a second account, nor an account to a second one."""
    first = Person("https://a.example", "s", DEMO_ACCOUNTS[0].email, email_trusted=True)
    account_of(first)
    same = account_of(replace(first, email=DEMO_ACCOUNTS[1].email))
    assert same.user.email == DEMO_ACCOUNTS[0].email
    with pytest.raises(NoAccountError) as refused:
        account_of(replace(first, subject="autre"))
    assert refused.value.why is WhyNot.ANOTHER
    assert account_of(replace(first, issuer="https://b.example")).newly_tied
    assert account_of(replace(first, subject="S", email=DEMO_ACCOUNTS[1].email)).newly_tied


def test_two_that_come_at_once_are_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process tied the same person an instant ago, the table itself says so."""
    person = Person("https://a.example", "s", DEMO_ACCOUNTS[0].email, email_trusted=True)
    account_of(person)
    looked, answers = identities._tied_to, [None]

    def too_early(one: Person) -> User | None:
        return answers.pop() if answers else looked(one)

    monkeypatch.setattr(identities, "_tied_to", too_early)
    found = account_of(person)
    assert (found.user.email, found.newly_tied) == (person.email, False)
    assert OpenIdentity.objects.count() == 1


# --- leaving --------------------------------------------------------------------------------------


def test_leaving_closes_both_sessions(provider: LocalProvider) -> None:
    """Signing out here leads to the provider, with what it needs to close its own session."""
    client, back = there()
    client.get(back)
    answer = client.post("/compte/deconnexion/")
    told = words(answer)
    assert answer.status_code == 200 and "Fermer aussi ma session ProConnect" in told
    assert is_out(client)
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert found is not None
    onward = html.unescape(found[1])
    asked = parse_qs(urlsplit(onward).query)
    assert asked["post_logout_redirect_uri"] == [LEFT]
    assert asked["id_token_hint"][0].count(".") == 2
    left = browse(onward, agree=False)
    assert "Déconnexion faite" in words(client.get(left))
    assert client.get(left)["Location"] == "/"  # it was said once


def test_the_end_is_said_to_who_left(provider: LocalProvider) -> None:
    """An address that somebody made up tells nobody that they are signed out."""
    client, back = there()
    client.get(back)
    assert client.get(f"{LEFT}?state={secrets.token_urlsafe(32)}")["Location"] == "/"
    assert not is_out(client)


def test_leaving_otherwise_is_as_before(provider: LocalProvider) -> None:
    """Whoever came by a password, or where the provider has no way out, goes to the home."""
    client = Client()
    client.post("/compte/connexion/", {"username": ONE.email, "password": ONE.password})
    assert client.post("/compte/deconnexion/")["Location"] == "/"
    provider.manners.card = {"end_session_endpoint": None}
    cache.clear()
    client, back = there()
    client.get(back)
    assert client.post("/compte/deconnexion/")["Location"] == "/"


# --- off ------------------------------------------------------------------------------------------


def test_without_a_provider_nothing_is_shown(db: None) -> None:
    """A site that is told no provider shows no button, and its addresses lead to signing in."""
    assert "openid" not in Client().get("/compte/connexion/").content.decode()
    assert Client().get(START)["Location"] == "/compte/connexion/"
    assert Client().get(BACK)["Location"] == "/compte/connexion/"
    assert Client().get(LEFT)["Location"] == "/"
    assert mail.outbox == []


def test_a_session_of_a_provider_taken_away_is_dead(
    provider: LocalProvider, settings: Settings
) -> None:
    """Once the provider is no longer told, who came by it signs in anew."""
    client, back = there()
    client.get(back)
    settings.AUTHENTICATION_BACKENDS = settings.AUTHENTICATION_BACKENDS[:-1]
    settings.MAILLAGE_OPENID = None
    assert is_out(client)


def test_the_pages_of_an_account_stay_well_made(
    provider: LocalProvider, client_of: Callable[[str], Client]
) -> None:
    """The pages that change with a provider hold to the rules, tied or not."""
    assert "Se connecter avec ProConnect" in words(Client().get("/compte/connexion/"))
    assert "pas encore lié" in words(client_of("member").get("/compte/"))
    client, back = there()
    client.get(back)
    assert "Détacher ProConnect" in words(client.get("/compte/"))
