"""Placed records as matchers compare them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from maillage.directory.geocoding.addresses import split_address
from maillage.directory.keys import is_itinerant, name_key
from maillage.directory.linking.model import Profile
from maillage.directory.linking.vocabulary import kinds_of, tokens
from maillage.directory.model import Precision
from maillage.directory.placed import Placed
from maillage.kernel.words import plain

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?\b\.?")
_AROBASE = re.compile(r"(?<=[^\W\d_])@(?=[^\W\d_])")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


def profile_of(placed: Placed) -> Profile:
    """Return a record as matchers compare it."""
    record, location = placed.sourced.record, placed.location
    nom = _written(record.nom or "")
    name = name_key(nom, placed.commune)
    said = tokens(name)
    address = split_address(record.adresse, record.code_postal, placed.commune)
    return Profile(
        key=placed.key,
        area=placed.area,
        code_insee=location.code_insee,
        code_postal=record.code_postal,
        point=location.point if location.precision is Precision.ADDRESS else None,
        name=name,
        words=tuple(sorted(set(said))),
        title=tuple(sorted(set(tokens(nom)))),
        kinds=kinds_of(said, [t.value for t in record.typologie or ()], record.courriels or ()),
        number=address.number,
        street=address.street,
        telephone=record.telephone,
        courriels=tuple(sorted({mail.strip().lower() for mail in record.courriels or ()})),
        sites=tuple(sorted({_site(site) for site in record.site_web or ()})),
        pivot=record.pivot,
        itinerant=is_itinerant(record),
        collector=plain(record.source or placed.key.source_id),
    )


def profiles_of(placed: Sequence[Placed]) -> tuple[Profile, ...]:
    """Return the profiles of records in order of their names, whatever order they came in."""
    return tuple(sorted((profile_of(p) for p in placed), key=lambda p: (p.key, repr(p))))


def _written(name: str) -> str:
    """Return a name without HTML entities, which some exports escape twice, nor dots in acronyms.

    Within a word an arobase is an "a".

    >>> _written("C.C.A.S. &amp;#8211; M.J.C"), _written("Esp@ce public")
    ('CCAS – MJC', 'Espace public')
    """
    plain_text = html.unescape(html.unescape(name)) if "&" in name else name
    return _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), _AROBASE.sub("a", plain_text))


def _site(address: str) -> str:
    """Return a site without what does not tell it apart: scheme, www, last slash.

    >>> _site("https://www.bethune.fr/") == _site("Bethune.fr")
    True
    """
    return _SITE.sub("", address.strip()).rstrip("/").lower()
