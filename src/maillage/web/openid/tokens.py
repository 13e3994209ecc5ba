"""What the provider signed, believed only once everything that can be checked of it was."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from maillage.web.openid.provider import Provider, keys_of
from maillage.web.openid.refusals import Refusal, RefusedError
from maillage.web.openid.told import ALGORITHMS, OpenIdTold

LEEWAY_SECONDS = 60
"""How far two clocks may be apart."""

OLDEST_SECONDS = 600
"""How long ago a token of identity may have been made: it comes straight from its maker."""

MOST_SUBJECT = 255
Claims = Mapping[str, Any]


def signed(token: str, told: OpenIdTold, provider: Provider) -> Claims:
    """Return what a token says, signed by a key of the provider.

    A key that is not known is looked for once more, as providers change them. Raises RefusedError
    where the signature, or its algorithm, is not one we believe.
    """
    try:
        try:
            return _decoded(token, keys_of(told, provider))
        except (InvalidKeyIdError, BadSignatureError):
            return _decoded(token, keys_of(told, provider, anew=True))
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(Refusal.UNVERIFIED, f"token: {type(error).__name__}") from error


def identity_claims(
    claims: Claims, told: OpenIdTold, *, nonce: str, access_token: str, now: int
) -> Claims:
    """Return what a signed token of identity says, once it is for us, of now and of this visit.

    Raises RefusedError saying what does not hold; TOO_WEAK where the level asked was not reached.
    """
    wanted = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": told.issuer},
        aud={"essential": True, "value": told.client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    _hold(wanted, claims)
    _demand(_same(claims.get("nonce"), nonce), "nonce")
    _demand(_is_for_us_alone(claims, told.client), "azp")
    _demand(int(claims["iat"]) >= now - OLDEST_SECONDS, "iat")
    _demand(_has_hash(claims.get("at_hash"), access_token), "at_hash")
    _demand(len(claims["sub"]) <= MOST_SUBJECT, "sub")
    if told.acr and claims.get("acr") not in told.acr:
        raise RefusedError(Refusal.TOO_WEAK, "acr")
    return claims


def userinfo_claims(claims: Claims, told: OpenIdTold, *, subject: str, now: int) -> Claims:
    """Return what is told of a person, once it is of that person, from there and for us.

    ``iss``, ``aud`` and ``exp`` are checked where they are told. Raises RefusedError.
    """
    wanted = jwt.JWTClaimsRegistry(
        now=now, leeway=LEEWAY_SECONDS, iss={"value": told.issuer}, aud={"value": told.client}
    )
    _hold(wanted, claims)
    _demand(_same(claims.get("sub"), subject), "sub of userinfo")
    return claims


def _decoded(token: str, keys: Mapping[str, Any]) -> Claims:
    algorithms = list(ALGORITHMS)
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    known = KeySet.import_key_set({"keys": list(keys["keys"])})
    return jwt.decode(token, known, algorithms=algorithms, registry=registry).claims


def _hold(wanted: jwt.JWTClaimsRegistry, claims: Claims) -> None:
    try:
        wanted.validate(dict(claims))
    except JoseError as error:
        raise RefusedError(Refusal.UNVERIFIED, f"claims: {error}") from error


def _is_for_us_alone(claims: Claims, client: str) -> bool:
    """Say whether nobody else was meant, or we are named as who asked."""
    told = claims.get("aud")
    alone = told in (client, [client])
    azp = claims.get("azp")
    return azp == client if azp is not None else alone


def _has_hash(told: object, access_token: str) -> bool:
    """Say whether a token of identity goes with a token of access; it need not say."""
    if told is None:
        return True
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return _same(told, base64.urlsafe_b64encode(half).rstrip(b"=").decode())


def _same(told: object, wanted: str) -> bool:
    return isinstance(told, str) and hmac.compare_digest(told.encode(), wanted.encode())


def _demand(holds: bool, what: str) -> None:  # noqa: FBT001 - it reads as a sentence
    if not holds:
        raise RefusedError(Refusal.UNVERIFIED, what)
