"""Plans of posts that people adopted: sources that tell what will be held, not what was found.

Such a source adds permanences; it never changes what others tell of a lieu: neither its name, nor
where it stands, nor when the place itself is open.
"""

from __future__ import annotations

from collections.abc import Iterable

from maillage.kernel.provenance import SourceRef

POSTS_PREFIX = "plan-de-postes-"
"""How the name of such a source begins."""


def is_of_posts(refs: Iterable[SourceRef]) -> bool:
    """Whether plans of posts alone tell a thing.

    >>> is_of_posts([SourceRef("plan-de-postes-pimms", "mairie-62028", None, None)])
    True
    """
    told = {ref.source_id.startswith(POSTS_PREFIX) for ref in refs}
    return told == {True}
