"""An OpenID provider on this machine, as strict as ProConnect, over real HTTP.

It shares nothing with our client: its tokens are put together by hand and signed by
``cryptography`` alone. It tells the truth unless a test gives it bad manners.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

CLIENT = "maillage-de-test"
SECRET = "un secret que seul ce site connaît"  # noqa: S105 - of a test
COOKIE = "op_session"
_PARTS = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values"}
_PKCE = {"code_challenge", "code_challenge_method"}
Claims = dict[str, Any]
Signer = Callable[[Claims], str]


def b64(data: bytes) -> str:
    """Return base64 as tokens have it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(header: Claims, claims: object, sign: Callable[[bytes], bytes]) -> str:
    """Return a token: its head and its body, signed in any way."""
    head = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{head}.{b64(sign(head.encode()))}"


class RsaKey:
    """A key pair of RSA, named."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, claims: Claims, **header: object) -> str:
        """Return a token signed by it (RS256)."""
        told = {"alg": "RS256", "kid": self.kid, "typ": "JWT", **header}
        return token(
            told, claims, lambda data: self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        )

    def public_pem(self) -> bytes:
        """Return the public key, as a file has it."""
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(serialization.Encoding.PEM, kind)

    def jwk(self) -> Claims:
        """Return the public key, as a provider shows it."""
        numbers = self._key.public_key().public_numbers()
        told = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid}
        n, e = (b64(one.to_bytes((one.bit_length() + 7) // 8)) for one in (numbers.n, numbers.e))
        return {**told, "n": n, "e": e}


class EcKey:
    """A key pair of the curve P-256, named."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self._key = ec.generate_private_key(ec.SECP256R1())

    def sign(self, claims: Claims) -> str:
        """Return a token signed by it (ES256)."""

        def signed(data: bytes) -> bytes:
            r, s = utils.decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32) + s.to_bytes(32)

        return token({"alg": "ES256", "kid": self.kid}, claims, signed)

    def jwk(self) -> Claims:
        """Return the public key, as a provider shows it."""
        numbers = self._key.public_key().public_numbers()
        x, y = (b64(one.to_bytes(32)) for one in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "use": "sig", "kid": self.kid, "x": x, "y": y}


RSA_KEY = RsaKey("cle-1")
OTHER_KEY = RsaKey("cle-1")
"""Another key by the same name."""

NEXT_KEY = RsaKey("cle-2")
EC_KEY = EcKey("cle-e")


def by_hmac(secret: bytes) -> Signer:
    """Return what signs by a shared secret (HS256), and names the key of the provider."""

    def signed(claims: Claims) -> str:
        head = {"alg": "HS256", "kid": RSA_KEY.kid}
        return token(head, claims, lambda data: hmac.digest(secret, data, "sha256"))

    return signed


def by_nobody(claims: Claims) -> str:
    """Return a token that nobody signed (alg none)."""
    return token({"alg": "none", "kid": RSA_KEY.kid}, claims, lambda _: b"")


@dataclass
class Manners:
    """How the provider behaves; a claim of None is left out."""

    card: Claims = field(default_factory=dict)
    id_claims: Claims = field(default_factory=dict)
    userinfo: Claims = field(default_factory=dict)
    sign_id: Signer = RSA_KEY.sign
    sign_userinfo: Signer | None = RSA_KEY.sign
    keys: list[Claims] = field(default_factory=lambda: [RSA_KEY.jwk(), EC_KEY.jwk()])
    pkce: bool = True
    error: str = ""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    drips: set[str] = field(default_factory=set)
    waits: dict[str, float] = field(default_factory=dict)


@dataclass
class _Grant:
    nonce: str
    back: str
    challenge: str


class LocalProvider:
    """The provider: who is in front of it, how it behaves, and what it was asked."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.manners = Manners()
        self.person: Claims = {}
        self.backs: set[str] = set()
        self.authorized: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.sessions: set[str] = set()
        self._grants: dict[str, _Grant] = {}
        self._access: dict[str, str] = {}

    def begin(self, person: Claims, backs: set[str]) -> None:
        """Behave well again, with somebody before it, and nothing asked of it yet."""
        self.manners = Manners()
        self.person = person
        self.backs = backs
        for told in (self.authorized, self.forms, self.asked, self.sessions):
            told.clear()

    def card(self) -> Claims:
        """Return how it describes itself."""
        told: Claims = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/session/end",
            "jwks_uri": f"{self.issuer}/jwks",
        }
        if self.manners.pkce:
            told["code_challenge_methods_supported"] = ["S256"]
        return {**told, **self.manners.card}

    def wrong_with(self, query: dict[str, str]) -> str:
        """Return what is wrong with a request, "" if nothing: any word too many is."""
        if set(query) - (_PARTS | (_PKCE if self.manners.pkce else set())):
            return "Y000400: unknown words"
        if query.get("response_type") != "code" or query.get("client_id") != CLIENT:
            return "not a client"
        if min(len(query.get("state", "")), len(query.get("nonce", ""))) < 32:
            return "state or nonce too short"
        if "openid" not in query.get("scope", "").split():
            return "no openid"
        return "" if query.get("redirect_uri") in self.backs else "unknown redirect_uri"

    def grant(self, query: dict[str, str]) -> str:
        """Return where the browser goes back to, with a code or an error."""
        self.authorized.append(query)
        told = {"state": query["state"]}
        if self.manners.error:
            told["error"] = self.manners.error
        else:
            told["code"] = secrets.token_urlsafe(16)
            challenge = query.get("code_challenge", "")
            self._grants[told["code"]] = _Grant(query["nonce"], query["redirect_uri"], challenge)
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def tokens(self, form: dict[str, str]) -> tuple[int, Claims]:
        """Return the tokens of a code, once."""
        self.forms.append(form)
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        grant = self._grants.pop(form.get("code", ""), None)
        shown = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if grant is None or form.get("redirect_uri") != grant.back:
            return 400, {"error": "invalid_grant"}
        if grant.challenge and shown != grant.challenge:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self._access[access] = self.person["sub"]
        identity = self.manners.sign_id(self._identity(grant, access))
        told = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
        return 200, {**told, "id_token": identity}

    def userinfo(self, bearer: str) -> tuple[int, str, bytes]:
        """Return what is told of the person: status, kind, body."""
        if bearer not in self._access:
            return 401, "application/json", b'{"error": "invalid_token"}'
        told = {"iss": self.issuer, "aud": CLIENT, **self.person, **self.manners.userinfo}
        told = {name: value for name, value in told.items() if value is not None}
        if self.manners.sign_userinfo is None:
            return 200, "application/json; charset=utf-8", json.dumps(told).encode()
        return 200, "application/jwt", self.manners.sign_userinfo(told).encode()

    def _identity(self, grant: _Grant, access: str) -> Claims:
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.person["sub"],
            "nonce": grant.nonce,
            "iat": now,
            "exp": now + 60,
            "acr": "eidas1",
            "amr": ["pwd"],
            "at_hash": b64(hashlib.sha256(access.encode()).digest()[:16]),
            **self.manners.id_claims,
        }
        return {name: value for name, value in told.items() if value is not None}


class _Handler(BaseHTTPRequestHandler):
    """The provider over HTTP."""

    provider: LocalProvider

    def do_GET(self) -> None:
        """Answer."""
        self._answer("")

    def do_POST(self) -> None:
        """Answer to a form."""
        length = int(self.headers.get("Content-Length", 0))
        self._answer(self.rfile.read(length).decode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""

    def _answer(self, body: str) -> None:
        one, parts = self.provider, urlsplit(self.path)
        at, manners = parts.path, one.manners
        one.asked.append(at)
        time.sleep(manners.waits.get(at, 0))
        if one.manners is not manners:
            return  # whoever asked left, and another test began: this is not its to count
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if at in one.manners.answers:
            status, told = one.manners.answers[at]
            self._send(status, "application/json", told)
        elif at == "/authorize":
            self._authorize(query, agreed=self.command == "POST")
        elif at == "/session/end":
            self._end(query)
        else:
            self._send(*self._table(at, body))

    def _table(self, at: str, body: str) -> tuple[int, str, bytes]:
        one, kind = self.provider, "application/json"
        if at == "/.well-known/openid-configuration":
            return 200, kind, json.dumps(one.card()).encode()
        if at == "/jwks":
            return 200, "application/jwk-set+json", json.dumps({"keys": one.manners.keys}).encode()
        if at == "/token":
            form = {name: values[0] for name, values in parse_qs(body).items()}
            status, table = one.tokens(form)
            return status, kind, json.dumps(table).encode()
        if at == "/userinfo":
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            return one.userinfo(bearer)
        return 404, "text/plain", b"nothing there"

    def _authorize(self, query: dict[str, str], *, agreed: bool) -> None:
        wrong = self.provider.wrong_with(query)
        if wrong:
            return self._send(400, "text/plain", wrong.encode())
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        if cookie is not None and cookie.value in self.provider.sessions:
            return self._redirect(self.provider.grant(query))
        if not agreed:
            page = (
                "<!doctype html><html lang=fr><title>Fournisseur</title><main><h1>Fournisseur</h1>"
                f'<form method=post action="{escape(self.path)}"><button>Je suis là</button></form>'
            )
            return self._send(200, "text/html; charset=utf-8", page.encode())
        session = secrets.token_urlsafe(8)
        self.provider.sessions.add(session)
        return self._redirect(self.provider.grant(query), f"{COOKIE}={session}; Path=/")

    def _end(self, query: dict[str, str]) -> None:
        known = query.get("post_logout_redirect_uri") in self.provider.backs
        if not known or "id_token_hint" not in query or len(query.get("state", "")) < 32:
            return self._send(400, "text/plain", b"not that way")
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        if cookie is not None:
            self.provider.sessions.discard(cookie.value)
        onward = f"{query['post_logout_redirect_uri']}?{urlencode({'state': query['state']})}"
        return self._redirect(onward)

    def _redirect(self, address: str, cookie: str = "") -> None:
        self.send_response(303)
        self.send_header("Location", address)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.provider.issuer}/userinfo")
        self.end_headers()
        step = 1 if urlsplit(self.path).path in self.provider.manners.drips else max(len(body), 1)
        try:
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                time.sleep(0.02 if step == 1 else 0)
        except OSError:
            self.close_connection = True  # who asked has gone: that is what is tested


@contextmanager
def provided() -> Iterator[LocalProvider]:
    """Give a provider that listens on this machine until the end."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider = LocalProvider(f"http://127.0.0.1:{server.server_address[1]}")
    handler.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
