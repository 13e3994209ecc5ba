"""Words in one's own terms, with what names people hidden before anybody else reads them."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.web.reading.book import TerritoryBook


def screened(text: str, book: TerritoryBook) -> tuple[str, tuple[str, ...]]:
    """Return words as others may read them, and what of them a person must look at.

    The whole is hidden until somebody has read it: the most careful screening there is.
    """
    del book
    told = french.plural(len(text.split()), tr("mot"))
    return tr("[à relire : {words}]").format(words=told), (tr("Ces mots n'ont pas été relus."),)
