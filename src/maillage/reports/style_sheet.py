"""Style sheets: named to the browser that reads them, or kept to a part of a page."""

from __future__ import annotations

import base64
import hashlib
import re

_SELECTORS = re.compile(r"^(\s*(?:@media[^{]*\{\s*)?)([^@{}]+)\{", re.MULTILINE)


def style_hash(style: str) -> str:
    """Return how a security policy names a style sheet by its very bytes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def scoped(sheet: str, root: str) -> str:
    """Return a sheet whose rules hold within one element alone, those of media queries too.

    Each rule begins a line, as in our own sheets; their selectors have no comma within brackets.

    >>> scoped("a, b { c: d; }", ".x")
    '.x a, .x b { c: d; }'
    """

    def _within(rule: re.Match[str]) -> str:
        selectors = ", ".join(f"{root} {one.strip()}" for one in rule[2].split(","))
        return f"{rule[1]}{selectors} {{"

    return _SELECTORS.sub(_within, sheet)
