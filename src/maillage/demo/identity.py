"""What identifies a fictional body, and can never ring at a real one's door.

- SIREN and SIRET: 999 99x xxx, which INSEE has not reached (form and check digit are right);
- telephones: 05 36 49 xx xx, kept by ARCEP for works of fiction;
- electronic addresses: the ``.example`` domain, kept by RFC 2606.
"""

from __future__ import annotations

from maillage.demo.names import slug

_SIREN_RANGE = "99999"
_FICTION_NUMBERS = "53649"


def siren(rank: int) -> str:
    """Return the SIREN of the body of that rank (0-999)."""
    return _checked(f"{_SIREN_RANGE}{rank:03d}")


def siret(rank: int, office: int = 1) -> str:
    """Return the SIRET of an office of the body of that rank."""
    return _checked(f"{siren(rank)}{office:04d}")


def telephone(rank: int) -> str:
    """Return a fictional number in international form (rank 0-9999)."""
    return f"+33{_FICTION_NUMBERS}{rank:04d}"


def spaced(phone: str) -> str:
    """Return "05 36 49 00 12" for "+33536490012"."""
    national = "0" + phone.removeprefix("+33")
    return " ".join(national[i : i + 2] for i in range(0, 10, 2))


def courriel(box: str, body: str) -> str:
    """Return an address at a body's fictional domain."""
    return f"{box}@{slug(body)}.example"


def site(body: str) -> str:
    """Return the address of a body's fictional site."""
    return f"https://www.{slug(body)}.example/"


def _checked(digits: str) -> str:
    """Add the digit that makes the sum of Luhn a multiple of ten."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)
