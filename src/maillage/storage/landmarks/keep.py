"""The lines of maps kept and given; each drawing has the name of its content."""

from __future__ import annotations

import json
from hashlib import blake2b

from django.db.models import OuterRef, Subquery

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.landmarks.models import MapLines
from maillage.storage.territory.models import Epci

_MOST_BYTES = 2_000_000


def keep_lines(siren: str, content: bytes) -> str:
    """Keep the lines of a territory in place of the last ones, and return their name.

    Raises WorkspaceError where they are no lines, or the territory is not there.
    """
    if len(content) > _MOST_BYTES or not _are_lines(content):
        raise WorkspaceError(tr("Ces lignes ne sont pas celles d'une carte : rien n'est gardé."))
    if not Epci.objects.filter(siren=siren).exists():
        raise WorkspaceError(tr("Ce site n'a pas le territoire {siren}.").format(siren=siren))
    digest = blake2b(content, digest_size=20).hexdigest()
    told = {"digest": digest, "content": content}
    MapLines.objects.update_or_create(territory_id=siren, defaults=told)
    return digest


def lines_of(siren: str, digest: str) -> bytes | None:
    """Return the lines of a territory by their name, None where there are none such."""
    rows = MapLines.objects.filter(territory=siren, digest=digest)
    content = rows.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def last_digest() -> Subquery:
    """Return, for each row of ``Epci``, the name of its lines; NULL where it has none."""
    return Subquery(MapLines.objects.filter(territory=OuterRef("pk")).values("digest")[:1])


def _are_lines(content: bytes) -> bool:
    try:
        told = json.loads(content)
        features = told["features"]
    except (ValueError, KeyError, TypeError):
        return False
    return told.get("type") == "FeatureCollection" and all(
        one["geometry"]["type"] == "MultiLineString" for one in features
    )
