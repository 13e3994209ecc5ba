"""A territory in an address: the nine digits of its SIREN."""

from __future__ import annotations


class SirenConverter:
    """What Django needs to find a SIREN in an address."""

    regex = "[0-9]{9}"

    def to_python(self, value: str) -> str:
        """Return the SIREN of an address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the address of a SIREN."""
        return value
