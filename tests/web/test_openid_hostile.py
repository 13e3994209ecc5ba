"""What a provider, or who plays it, may answer that does not hold: nobody comes in by it."""

from __future__ import annotations

import warnings
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web import openid_provider as op
from tests.web.openid_provider import LocalProvider, Manners
from tests.web.openid_site import START, is_out, there, words

from maillage.storage.accounts.models import OpenIdentity
from maillage.web.openid.provider import Provider
from maillage.web.openid.refusals import Refusal, RefusedError
from maillage.web.openid.tokens import signed
from maillage.web.openid.told import OpenIdTold

_NOW = 1_000_000_000
HOSTILE_TOKENS: dict[str, Manners] = {
    "nobody signed it": Manners(sign_id=op.by_nobody),
    "signed by the public key": Manners(sign_id=op.by_hmac(op.RSA_KEY.public_pem())),
    "signed by the client secret": Manners(sign_id=op.by_hmac(op.SECRET.encode())),
    "signed by another key": Manners(sign_id=op.OTHER_KEY.sign),
    "a key that is not shown": Manners(sign_id=op.NEXT_KEY.sign),
    "a key of its own in the header": Manners(
        sign_id=lambda claims: op.NEXT_KEY.sign(claims, jwk=op.NEXT_KEY.jwk())
    ),
    "another algorithm is told": Manners(sign_id=lambda c: op.RSA_KEY.sign(c, alg="ES256")),
    "something critical is told": Manners(
        sign_id=lambda c: op.RSA_KEY.sign(c, crit=["b64"], b64=False)
    ),
    "another issuer": Manners(id_claims={"iss": "https://autre.example"}),
    "no issuer": Manners(id_claims={"iss": None}),
    "for another client": Manners(id_claims={"aud": "autre"}),
    "for nobody": Manners(id_claims={"aud": None}),
    "for several, asked by none": Manners(id_claims={"aud": [op.CLIENT, "autre"]}),
    "for others, asked by us": Manners(id_claims={"aud": ["autre"], "azp": op.CLIENT}),
    "asked by another": Manners(id_claims={"azp": "autre"}),
    "expired": Manners(id_claims={"exp": _NOW}),
    "never expires": Manners(id_claims={"exp": None}),
    "expires in words": Manners(id_claims={"exp": "demain"}),
    "expires never by trick": Manners(id_claims={"exp": float("nan")}),
    "made long ago": Manners(id_claims={"iat": _NOW}),
    "made tomorrow": Manners(id_claims={"iat": 4_000_000_000}),
    "of no date": Manners(id_claims={"iat": None}),
    "not valid yet": Manners(id_claims={"nbf": 4_000_000_000}),
    "another nonce": Manners(id_claims={"nonce": "x" * 43}),
    "no nonce": Manners(id_claims={"nonce": None}),
    "a list of nonces": Manners(id_claims={"nonce": ["x"]}),
    "of another access token": Manners(id_claims={"at_hash": "AAAA"}),
    "no subject": Manners(id_claims={"sub": None}),
    "an empty subject": Manners(id_claims={"sub": ""}),
    "a subject that is a number": Manners(id_claims={"sub": 1}),
    "an endless subject": Manners(id_claims={"sub": "s" * 300}),
    "not a token": Manners(sign_id=lambda _: "a.b.c"),
    "not even text": Manners(sign_id=lambda _: {"a": 1}),  # type: ignore[arg-type, return-value]
    "a list for a body": Manners(sign_id=lambda _: op.RSA_KEY.sign([1])),  # type: ignore[arg-type]
    "no keys": Manners(keys=[]),
    "keys that are none": Manners(keys=[{"kty": "RSA", "kid": "cle-1", "n": "!", "e": "?"}]),
    "keys without a kind": Manners(keys=[{"kid": "cle-1"}]),
    "a shared secret shown as key": Manners(
        sign_id=op.by_hmac(b"s" * 32), keys=[{"kty": "oct", "kid": "cle-1", "k": op.b64(b"s" * 32)}]
    ),
    "userinfo nobody signed": Manners(sign_userinfo=op.by_nobody),
    "userinfo by the public key": Manners(sign_userinfo=op.by_hmac(op.RSA_KEY.public_pem())),
    "userinfo by another key": Manners(sign_userinfo=op.OTHER_KEY.sign),
    "userinfo of another person": Manners(userinfo={"sub": "sujet-2"}),
    "userinfo of another, unsigned": Manners(sign_userinfo=None, userinfo={"sub": "sujet-2"}),
    "userinfo of nobody": Manners(userinfo={"sub": None}),
    "userinfo of another issuer": Manners(userinfo={"iss": "https://autre.example"}),
    "userinfo for another client": Manners(userinfo={"aud": "autre"}),
    "userinfo expired": Manners(userinfo={"exp": _NOW}),
    "userinfo is no JSON": Manners(answers={"/userinfo": (200, b"<html>")}),
    "userinfo is a list": Manners(answers={"/userinfo": (200, b"[]")}),
    "userinfo is a well": Manners(answers={"/userinfo": (200, b"[" * 200_000)}),
    "userinfo never ends": Manners(answers={"/userinfo": (200, b" " * 600_000)}),
    "tokens are no JSON": Manners(answers={"/token": (200, b"oui")}),
    "tokens are not there": Manners(answers={"/token": (200, b"{}")}),
}


@pytest.mark.parametrize("what", sorted(HOSTILE_TOKENS))
def test_what_does_not_hold_is_refused(provider: LocalProvider, what: str) -> None:
    """Whatever does not hold in an answer, nobody comes in, and a page says what to do."""
    provider.manners = HOSTILE_TOKENS[what]
    client, back = there()
    answer = client.get(back)
    assert answer.status_code == 502, what
    assert "n'a pas pu être vérifiée" in words(answer)
    assert is_out(client)
    assert not OpenIdentity.objects.exists()


def test_an_endless_subject_is_refused(provider: LocalProvider) -> None:
    """A subject longer than the standard allows does not come near the database."""
    provider.person["sub"] = "s" * 255
    assert there().end().status_code == 302
    provider.person["sub"] = "s" * 256
    assert there().end().status_code == 502


def test_an_endless_answer_is_left(provider: LocalProvider) -> None:
    """Even what would be good is not read beyond what such an answer may weigh."""
    provider.manners = Manners(sign_userinfo=None, userinfo={"pad": "x" * 400_000})
    assert there().end().status_code == 302
    provider.manners.userinfo = {"pad": "x" * 600_000}
    assert there().end().status_code == 502


TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(["AQAB", "P-256", "!", "é", "RS256", "sig"]))
KEYS = st.fixed_dictionaries(
    {},
    optional={
        "kty": st.sampled_from(["RSA", "EC", "oct", "OKP", "?"]),
        "kid": st.one_of(st.just("k"), TEXTS, st.none()),
        **dict.fromkeys(
            ("n", "e", "x", "y", "k", "crv", "use", "alg"), st.one_of(TEXTS, st.none())
        ),
        "key_ops": st.lists(TEXTS, max_size=2),
    },
)
HEADERS = st.fixed_dictionaries(
    {"alg": st.sampled_from(["RS256", "ES256", "HS256", "none", "?", None, 1])},
    optional={"kid": st.one_of(st.just("k"), TEXTS), "crit": st.lists(TEXTS), "b64": st.booleans()},
)


@hypothesis_settings(max_examples=40)
@given(
    keys=st.one_of(st.lists(st.one_of(KEYS, TEXTS, st.none()), max_size=2), TEXTS, st.none()),
    token=st.one_of(
        st.text(max_size=30),
        st.builds(lambda head, sign: op.token(head, {}, lambda _: sign), HEADERS, st.binary()),
    ),
)
def test_no_key_and_no_token_break_the_site(keys: object, token: str) -> None:
    """Whatever keys and tokens are, they are refused in our own words, and nothing else."""
    told = OpenIdTold("https://x.example", "c", "s")
    place = Provider("https://x.example", "", "", "", "", "", pkce=False, tells_issuer=False)
    name = f"{told.discovery}".replace(" ", "")
    cache.set(f"openid:keys:{name}", {"keys": keys})
    cache.set(f"openid:rested:{name}", "no")
    with warnings.catch_warnings(), pytest.raises(RefusedError) as refused:
        warnings.simplefilter("ignore")  # on keys too short to be safe
        signed(token, told, place)
    assert refused.value.refusal is Refusal.UNVERIFIED


@pytest.mark.parametrize(
    "card",
    [
        {"issuer": "https://autre.example"},
        {"authorization_endpoint": None},
        {"token_endpoint": "ftp://x.example/"},
        {"userinfo_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ["https://x.example"]},
        {"end_session_endpoint": "http://a:b@x.example/"},
    ],
)
def test_a_provider_that_is_another_is_not_spoken_to(
    provider: LocalProvider, card: op.Claims
) -> None:
    """A description of another issuer, or with an address that is none, sends nobody anywhere."""
    provider.manners.card = card
    answer = Client().get(START)
    assert answer.status_code == 502
    assert "n'a pas pu être vérifiée" in words(answer)


def test_in_public_a_provider_speaks_over_https(
    provider: LocalProvider, settings: Settings
) -> None:
    """A site that is public believes no provider without encryption."""
    settings.MAILLAGE_OPENID = replace(settings.MAILLAGE_OPENID, local=False)
    assert Client().get(START).status_code == 502


def test_an_answer_must_say_whose_it_is(provider: LocalProvider) -> None:
    """Where the provider signs its returns with its name, another's or none is refused."""
    client, back = there()
    assert client.get(f"{back}&iss=https%3A%2F%2Fautre.example").status_code == 502
    provider.manners.card = {"authorization_response_iss_parameter_supported": True}
    cache.clear()
    assert there().end().status_code == 502
    client, back = there()
    assert client.get(f"{back}&{urlencode({'iss': provider.issuer})}").status_code == 302


def test_a_level_that_was_not_reached_is_not_enough(provider: LocalProvider) -> None:
    """Whoever came with less than the level asked for is told so."""
    provider.manners.id_claims = {"acr": "eidas0"}
    answer = there().end()
    assert answer.status_code == 403
    assert "double authentification" in words(answer)
