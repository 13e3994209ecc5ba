"""``docs/sources.md``, written from the catalogue so that it cannot say anything else.

``python -m maillage.sources.document`` writes it on the standard output.
"""

from __future__ import annotations

import sys

from maillage.sources.catalogue import Catalogue, LiveStatus, Source, VintageRule, load_catalogue
from maillage.sources.extracts import Extracts, load_extracts

_STATUS = {
    LiveStatus.VERIFIED: "verified: downloaded when needed",
    LiveStatus.ON_REQUEST: "verified: downloaded only where the user asks for it",
    LiveStatus.LEFT_OUT: "published, but not downloaded by itself (the notes say why)",
    LiveStatus.UNKNOWN: "unknown: no address could be verified",
    LiveStatus.ASSEMBLED: "none: assembled by hand for one territory",
}
_RULE = {
    VintageRule.DECLARED: "holds for every copy",
    VintageRule.DATED: "of the mirror; a downloaded copy is dated by its server, else by the day",
}

_HEAD = """# Public sources

<!-- Made by `python -m maillage.sources.document > docs/sources.md`: do not edit by hand. -->

Every source is declared once, in `src/maillage/sources/catalogue.yaml`. It is read from a mirror
folder (`--mirror DIR` or `MAILLAGE_MIRROR`; then no network is ever tried), else from the cache
(`--cache DIR`, `MAILLAGE_CACHE`, `$XDG_CACHE_HOME/maillage` or `~/.cache/maillage`), else from its
live address. `maillage sources` shows the same list in French, with the copies at hand. Texts
between « » are what users read.

An address is *verified* when its publisher's own code or page, or public programs that read it,
were seen to use it: each entry says where. Seen in a program is not called: no address was called
from where Maillage is written, which has no network. A mirror file and its live twin may differ in
format and in age.
"""


def document(catalogue: Catalogue) -> str:
    """Return the whole page, in Markdown."""
    sections = (_section(source) for source in catalogue)
    return "\n".join([_HEAD, _summary(catalogue), *sections, _extracts(load_extracts())])


def _summary(catalogue: Catalogue) -> str:
    lines = ["| id | feeds | required | live address | format |", "|---|---|---|---|---|"]
    for source in catalogue:
        needed = "yes" if source.required else "no"
        rooms = ", ".join(source.feeds)
        lines.append(
            f"| [`{source.id}`](#{source.id}) | {rooms} | {needed} | {source.live_status.code} "
            f"| {_formats(source)} |"
        )
    return "\n".join(lines) + "\n"


def _formats(source: Source) -> str:
    if source.live_format is None:
        return source.format.code
    return f"{source.format.code} (mirror), {source.live_format.code} (live)"


def _section(source: Source) -> str:
    licence = source.licence
    if source.licence_url:
        licence = f"[{licence}]({source.licence_url})"
    lines = [
        f"## {source.id}",
        "",
        f"« {source.name} » — {source.publisher}. « {source.for_what} »",
        "",
        f"- Licence: {licence}",
        f"- Vintage: {source.vintage} ({_RULE[source.vintage_rule]})",
        f"- Live address: {_STATUS[source.live_status]}",
    ]
    optional = (
        ("Address", source.live and f"`{source.live}`"),
        ("Seen at work in", source.live_verified),
        ("Checksum (MD5)", source.checksum and f"the same address + `{source.checksum}`"),
        ("Page", source.page and f"<{source.page}>"),
        ("Mirror path", source.mirror and f"`{source.mirror}`"),
        ("Only for", ", ".join(source.only_for)),
        ("Stands for", source.stands_for and f"`{source.stands_for}`, where it is at hand"),
        ("By hand", source.by_hand and f"« {source.by_hand} »"),
        ("Size, about", source.about_bytes and f"{source.about_bytes:,} bytes"),
    )
    lines += [f"- {label}: {text}" for label, text in optional if text]
    lines += [f"- « {note} »" for note in source.notes]
    return "\n".join(lines) + "\n"


def _extracts(extracts: Extracts) -> str:
    told = (
        "Which extract of [`osm-extraits`](#osm-extraits) holds which départements, on "
        f"{extracts.date}. Sizes are those of one day, as public programs list them."
    )
    lines = [
        "## Extracts of streets",
        "",
        told,
        "",
        "| extract | name | départements | about |",
        "|---|---|---|---|",
    ]
    for one in extracts:
        size = f"{one.about_bytes // 10**6} MB"
        lines.append(f"| `{one.id}` | {one.name} | {', '.join(one.departements)} | {size} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document(load_catalogue()))
