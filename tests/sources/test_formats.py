"""The laws of recognising a file: what is right passes, what is of another kind is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.sources.catalogue import load_catalogue
from maillage.sources.formats import Format, why_wrong
from maillage.sources.mirror import Mirror


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b\n1;2\n", Format.CSV),
        (b"\xef\xbb\xbfa,b\n", Format.CSV),
        (b"\xef\xbb\xbf [1]\n", Format.JSON),
        (b'{"type": "FeatureCollection", "features": []}', Format.GEOJSON),
        (b'{"nom": "A", "code": "1", "type": "CA"}', Format.JSON),
        (b'{"message": "Bonjour"}', Format.JSON),
        (b'{"error": null, "nom": "A"}', Format.JSON),
        (b'{"a": 1}\n{"a": 2}\n', Format.JSONL),
        (b'{"a": 1}\n{"a"', Format.JSONL),
    ],
)
def test_what_is_expected_passes(tmp_path: Path, content: bytes, kind: Format) -> None:
    """A file of the expected kind is never refused."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert why_wrong(path, kind) is None


@pytest.mark.mirror
def test_every_file_of_the_mirror_is_what_the_catalogue_says(mirror: Path) -> None:
    """The check that guards downloads lets every real file through."""
    for source in load_catalogue():
        for path in Mirror(mirror).files_of(source):
            assert why_wrong(path, source.format) is None, path
