"""The way of OpenID Connect by a code: where to send a browser, and what its return is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from maillage.storage.accounts.identities import Person
from maillage.web.openid.provider import Provider, discover
from maillage.web.openid.refusals import Refusal, RefusedError
from maillage.web.openid.tokens import Claims, identity_claims, signed, userinfo_claims
from maillage.web.openid.told import OpenIdTold
from maillage.web.openid.travel import Travel
from maillage.web.openid.wire import get, post

_SIGNED = "application/jwt"
_ERRORS = {
    "access_denied": Refusal.CANCELLED,
    "login_required": Refusal.CANCELLED,
    "interaction_required": Refusal.CANCELLED,
    "server_error": Refusal.SILENT,
    "temporarily_unavailable": Refusal.SILENT,
    "invalid_grant": Refusal.TOO_LATE,
}
"""What the provider says went wrong; anything else is that it does not take what we ask."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody whom the provider vouches for, and what it takes to sign them out there."""

    person: Person
    id_token: str
    end_session: str


def address_to_sign_in(told: OpenIdTold, travel: Travel, back: str) -> str:
    """Return where the browser is sent. Nothing is asked there that the provider does not know.

    Raises RefusedError where the provider cannot be had.
    """
    provider = discover(told)
    asked = {
        "response_type": "code",
        "client_id": told.client,
        "redirect_uri": back,
        "scope": " ".join(told.scopes),
        "state": travel.state,
        "nonce": travel.nonce,
    }
    if told.acr:
        asked["acr_values"] = " ".join(told.acr)
    if provider.pkce:
        asked |= {"code_challenge": travel.challenge, "code_challenge_method": "S256"}
    return _with(provider.authorize, asked)


def address_to_sign_out(end_session: str, id_token: str, state: str, back: str) -> str:
    """Return where the browser is sent to close the session of the provider too."""
    asked = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": back}
    return _with(end_session, asked)


def arrive(
    told: OpenIdTold, travel: Travel | None, query: Mapping[str, str], back: str, now: int
) -> Arrival:
    """Return who came back from the provider, everything checked.

    ``query`` is what stands in the address; ``back`` that address; ``now`` in seconds of the
    epoch. Raises RefusedError whatever does not hold.
    """
    if travel is None or not travel.comes_back_with(query.get("state", "")):
        raise RefusedError(Refusal.LOST, "state")
    provider = discover(told)
    if query.get("iss", provider.issuer if not provider.tells_issuer else "") != provider.issuer:
        raise RefusedError(Refusal.UNVERIFIED, "iss of the answer")
    if "error" in query:
        raise RefusedError(_ERRORS.get(query["error"], Refusal.REJECTED), query["error"][:60])
    if not query.get("code"):
        raise RefusedError(Refusal.LOST, "no code")
    id_token, access_token = _tokens(told, provider, travel, query["code"], back)
    claims = identity_claims(
        signed(id_token, told, provider),
        told,
        nonce=travel.nonce,
        access_token=access_token,
        now=now,
    )
    about = _userinfo(told, provider, access_token, str(claims["sub"]), now)
    return Arrival(_person(told, claims, about), id_token, provider.end_session)


def _tokens(
    told: OpenIdTold, provider: Provider, travel: Travel, code: str, back: str
) -> tuple[str, str]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": told.client,
        "client_secret": told.secret,
    }
    if provider.pkce:
        form["code_verifier"] = travel.verifier
    answer = post(provider.token, form)
    if 400 <= answer.status < 500:
        error = str(answer.table().get("error"))[:60]
        refusal = _ERRORS.get(error, Refusal.REJECTED)
        raise RefusedError(refusal, f"token: {answer.status} {error}")
    if answer.status != 200:
        raise RefusedError(Refusal.SILENT, f"token: {answer.status}")
    table = answer.table()
    id_token, access_token = table.get("id_token"), table.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise RefusedError(Refusal.UNVERIFIED, "no tokens")
    return id_token, access_token


def _userinfo(
    told: OpenIdTold, provider: Provider, access_token: str, subject: str, now: int
) -> Claims:
    """Return what is told of the person: signed, as ProConnect does, or plain JSON over HTTPS."""
    answer = get(provider.userinfo, access_token)
    if answer.status != 200:
        raise RefusedError(Refusal.SILENT, f"userinfo: {answer.status}")
    if answer.kind == _SIGNED:
        claims = signed(answer.body.decode("ascii", "replace").strip(), told, provider)
    else:
        claims = answer.table()
    return userinfo_claims(claims, told, subject=subject, now=now)


def _person(told: OpenIdTold, claims: Claims, about: Claims) -> Person:
    """Return the person by what is kept of them alone: issuer, subject, address."""
    email = about.get("email")
    verified = about.get("email_verified")
    trusted = verified is True or (verified is None and told.trusts_email)
    email, trusted = (email, trusted) if _is_address(email) else ("", False)
    return Person(told.issuer, str(claims["sub"]), str(email), trusted)


def _is_address(email: object) -> bool:
    try:
        validate_email(email if isinstance(email, str) else "")
    except ValidationError:
        return False
    return True


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"
