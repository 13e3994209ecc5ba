"""Words in one's own terms, with what names people hidden before anybody else reads them."""

from __future__ import annotations

from collections.abc import Callable

from maillage.kernel.language import tr

Screening = Callable[[str], tuple[str, tuple[str, ...]]]
"""Words as said → as others may read them, and what is not sure of them."""


def hide_all(text: str) -> tuple[str, tuple[str, ...]]:
    """Hide the whole until somebody has read it: the most careful screening there is."""
    n_words = len(text.split())
    return tr("[propos à relire : {n} mots]").format(n=n_words), (text,)


SCREENING: Screening = hide_all
"""The one in use."""
