"""The MD5 that a publisher gives beside a file, as ``md5sum`` writes it."""

from __future__ import annotations

import re
from contextlib import suppress

from urllib3.exceptions import HTTPError

from maillage.kernel.errors import SourceUnavailable
from maillage.sources.asking import Asking
from maillage.sources.conversation import answer_to

_MD5 = re.compile(rb"\s*([0-9a-f]{32})\b", re.IGNORECASE)
_HEAD_BYTES = 1024


def published_md5(address: str, asking: Asking) -> str | None:
    """Return the MD5 told at an address, in hexadecimal; None where none is to be had there."""
    with suppress(HTTPError, SourceUnavailable), answer_to(address, {}, asking) as response:
        if response.status == 200:
            told = _MD5.match(response.read(_HEAD_BYTES))
            return told and told[1].decode().lower()
    return None
