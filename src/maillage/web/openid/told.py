"""The OpenID provider that the machine tells, by variables of its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from maillage.kernel.language import tr

WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "ES256")
"""The signatures believed: by a private key alone. A shared secret (HS256) would let whoever knows
it, or a public key mistaken for it, write what the provider says."""

_ISSUER = "MAILLAGE_OPENID_ISSUER"
_CLIENT = "MAILLAGE_OPENID_CLIENT"
_SECRET = "MAILLAGE_OPENID_SECRET"  # noqa: S105 - the name of a variable
_NEEDED = (_ISSUER, _CLIENT, _SECRET)
_PREFIX = "MAILLAGE_OPENID_"
_YES = frozenset({"1", "oui", "yes", "true"})


@dataclass(frozen=True, slots=True)
class OpenIdTold:
    """A provider, and what it knows us by.

    ``issuer``: its address, as it signs it; ``name``: as people know it. ``acr``: the levels of
    assurance asked for, of which one must be answered; none = whatever the provider does.
    ``trusts_email``: every address it tells is checked by it, even where it does not say so.
    ``local``: it may speak without encryption, for it is on this machine.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = "ProConnect"
    scopes: tuple[str, ...] = ("openid", "email")
    acr: tuple[str, ...] = ()
    trusts_email: bool = False
    local: bool = False

    @property
    def discovery(self) -> str:
        """The address where the provider describes itself."""
        return self.issuer.rstrip("/") + WELL_KNOWN


def read_openid(told: Mapping[str, str], *, local: bool) -> OpenIdTold | None:
    """Return the provider told by variables ``MAILLAGE_OPENID_…``; None: nobody signs in that way.

    Raises ValueError, saying what lacks, where it is half told, or not over HTTPS.
    """
    told = {name: value.strip() for name, value in told.items() if name.startswith(_PREFIX)}
    if not any(told.values()):
        return None
    lacking = [name for name in _NEEDED if not told.get(name)]
    if lacking:
        message = tr(
            "La connexion par OpenID Connect est à moitié réglée : il manque {names}. Donnez-les, "
            "ou retirez toutes les variables MAILLAGE_OPENID_…"
        )
        raise ValueError(message.format(names=", ".join(lacking)))
    one = OpenIdTold(
        issuer=_issuer(told[_ISSUER], local=local),
        client=told[_CLIENT],
        secret=told[_SECRET],
        name=told.get("MAILLAGE_OPENID_NAME") or "ProConnect",
        scopes=_words(told, "MAILLAGE_OPENID_SCOPES") or ("openid", "email"),
        acr=_words(told, "MAILLAGE_OPENID_ACR"),
        trusts_email=told.get("MAILLAGE_OPENID_TRUST_EMAIL", "").lower() in _YES,
        local=local,
    )
    if "openid" not in one.scopes:
        raise ValueError(tr("MAILLAGE_OPENID_SCOPES doit contenir le mot « openid »."))
    return one


def is_safe_address(address: object, *, local: bool) -> bool:
    """Say whether a provider may be spoken to at an address: HTTPS, or this very machine."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.username or parts.password or parts.fragment or not host:
        return False
    return parts.scheme == "https" or (local and parts.scheme == "http")


def _issuer(address: str, *, local: bool) -> str:
    issuer = address.removesuffix(WELL_KNOWN)
    if not is_safe_address(issuer, local=local):
        message = tr(
            "MAILLAGE_OPENID_ISSUER doit être une adresse en https://…, celle de l'émetteur ou de "
            "son fichier {file}."
        )
        raise ValueError(message.format(file=WELL_KNOWN))
    return issuer


def _words(told: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(told.get(name, "").replace(",", " ").split())
