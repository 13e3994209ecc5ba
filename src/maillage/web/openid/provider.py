"""The provider as it describes itself, and its keys: asked once an hour a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from maillage.web.openid.refusals import Refusal, RefusedError
from maillage.web.openid.told import OpenIdTold, is_safe_address
from maillage.web.openid.wire import get

KEPT_SECONDS = 3600
KEYS_REST_SECONDS = 60
"""How long after they were asked for keys are not asked for anew, whatever a token names."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider does what. ``end_session`` "": it cannot be signed out of.

    ``pkce``: it takes a code challenge. ``tells_issuer``: its answers say that they come from it.
    """

    issuer: str
    authorize: str
    token: str
    userinfo: str
    keys: str
    end_session: str
    pkce: bool
    tells_issuer: bool


def discover(told: OpenIdTold) -> Provider:
    """Return the provider as it describes itself.

    Raises RefusedError where it does not answer, is another than the one told, or does something
    without encryption.
    """
    card: Mapping[str, Any] | None = cache.get(_name(told, "card"))
    if card is None:
        card = _table(told.discovery)
        provider = _provider(card, told)
        cache.set(_name(told, "card"), card, KEPT_SECONDS)
        return provider
    return _provider(card, told)


def keys_of(told: OpenIdTold, provider: Provider, *, anew: bool = False) -> Mapping[str, Any]:
    """Return the public keys of the provider; ``anew``: it may have changed them since.

    They are not asked for twice within a minute. Raises RefusedError where they cannot be had.
    """
    kept: Mapping[str, Any] | None = cache.get(_name(told, "keys"))
    if kept is not None and not (anew and cache.get(_name(told, "rested")) is None):
        return kept
    keys = _table(provider.keys)
    cache.set(_name(told, "keys"), keys, KEPT_SECONDS)
    cache.set(_name(told, "rested"), "no", KEYS_REST_SECONDS)
    return keys


def _table(address: str) -> Mapping[str, Any]:
    answer = get(address)
    if answer.status != 200:
        raise RefusedError(Refusal.SILENT, f"{address}: {answer.status}")
    return answer.table()


def _provider(card: Mapping[str, Any], told: OpenIdTold) -> Provider:
    if card.get("issuer") != told.issuer:
        raise RefusedError(Refusal.UNVERIFIED, "the discovery is of another issuer")
    return Provider(
        issuer=told.issuer,
        authorize=_place(card, "authorization_endpoint", told),
        token=_place(card, "token_endpoint", told),
        userinfo=_place(card, "userinfo_endpoint", told),
        keys=_place(card, "jwks_uri", told),
        end_session=_place(card, "end_session_endpoint", told)
        if card.get("end_session_endpoint")
        else "",
        pkce="S256" in _list(card, "code_challenge_methods_supported"),
        tells_issuer=card.get("authorization_response_iss_parameter_supported") is True,
    )


def _place(card: Mapping[str, Any], name: str, told: OpenIdTold) -> str:
    address = card.get(name)
    if not is_safe_address(address, local=told.local):
        raise RefusedError(Refusal.UNVERIFIED, f"no safe {name}")
    return str(address)


def _list(card: Mapping[str, Any], name: str) -> list[object]:
    value = card.get(name)
    return value if isinstance(value, list) else []


def _name(told: OpenIdTold, what: str) -> str:
    return f"openid:{what}:{told.discovery}"[:240].replace(" ", "")
