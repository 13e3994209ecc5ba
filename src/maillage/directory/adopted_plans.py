"""Plans that people adopted: sources that tell what will be held, not what was found.

A plan of posts adds permanences; it never changes what others tell of a lieu: neither its name, nor
where it stands, nor when the place itself is open.
"""

from __future__ import annotations

from collections.abc import Iterable

from maillage.kernel.provenance import SourceRef

POSTS_PREFIX = "plan-de-postes-"
"""How the name of the source of a plan of posts begins."""
ROUND_PREFIX = "tournee-"
"""How the name of the source of an adopted round begins."""


def is_of_posts(refs: Iterable[SourceRef]) -> bool:
    """Whether plans of posts alone tell a thing.

    >>> is_of_posts([SourceRef("plan-de-postes-pimms", "mairie-62028", None, None)])
    True
    """
    told = {ref.source_id.startswith(POSTS_PREFIX) for ref in refs}
    return told == {True}


def is_of_round(refs: Iterable[SourceRef]) -> bool:
    """Whether an adopted round tells a thing, alone or not.

    >>> is_of_round([SourceRef("tournee-pimms", "mairie-62028", None, None)])
    True
    """
    return any(ref.source_id.startswith(ROUND_PREFIX) for ref in refs)
