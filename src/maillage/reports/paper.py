"""The report made ready for paper: the same blocks as data, drawings as files, an annex."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import Cell, Column, Figure, LegendItem, Picture, Plates, Report, Table
from maillage.reports.svg import marks

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""The typesetter's own faces, the first first: no font of the machine is used."""

DATA = "report.json"
SIGNS = "signs.json"
BOX = "□"
"""What stands on paper for a sign that none of the fonts has."""
_JOINED = frozenset({"Mn", "Mc", "Me", "Cf"})
_SHOWN_SIGNS = 8
_LONGEST_WORD = 40
_LONGEST_CELL = 900
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
_WIDEST = 30
_FULL_LINE = 92
"""How many letters of a table's type stand on one line of the page."""


@dataclass(slots=True)
class _Sheaf:
    """What gathers while the report is laid out: drawings by file name, and the annex."""

    shapes: str
    drawings: dict[str, bytes] = field(default_factory=dict)
    annex: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, width: int, height: int, body: str, *, shapes: bool) -> str:
        """Keep a drawing as an SVG file and return its name; the same drawing is kept once."""
        defs = f"<defs>{self.shapes}</defs>" if shapes else ""
        drawn = defs + drawable(body)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="{FONTS[0]}">{drawn}</svg>'
        ).encode()
        for name, known in self.drawings.items():
            if known == svg:
                return name
        name = f"drawing-{len(self.drawings) + 1}.svg"
        self.drawings[name] = svg
        return name


def assets(report: Report, fonts: Sequence[str] = FONTS) -> Mapping[str, bytes]:
    """Return the files that the typst source reads: the report as JSON, and its drawings."""
    sheaf = _Sheaf(report.shapes)
    chapters = [
        {"id": c.id, "title": c.title, "blocks": [b for x in c.blocks for b in _block(x, sheaf)]}
        for c in report.chapters
    ]
    data = {
        **{
            f.name: getattr(report, f.name)
            for f in fields(report)
            if f.name not in ("shapes", "chapters")
        },
        "chapters": chapters,
        "fonts": list(fonts),
        "words": _words(report),
        "annex": sheaf.annex,
        "colours": {
            "heat": colours.HEAT,
            "heat_ink": colours.HEAT_INK,
            "accent": colours.ACCENT,
            "muted": colours.MUTED,
            "line": colours.LINE,
            "bar": colours.BAR,
            "bar_rest": colours.BAR_REST,
        },
    }
    return {DATA: _json(data), SIGNS: _json({"note": ""}), **sheaf.drawings}


def printable(
    files: Mapping[str, bytes],
    fonts: Sequence[str],
    unprintable: Callable[[str, Sequence[str]], frozenset[str]],
) -> Mapping[str, bytes]:
    """Return the files of ``assets`` with a box for each sign that no font has, and a note of it.

    ``unprintable`` is the typesetter's: of these signs, those that none of these fonts has.
    """
    texts = {name: content.decode() for name, content in files.items()}
    signs = "".join(sorted(set().union(*texts.values()) | {BOX}))
    missing = unprintable(signs, fonts)
    if not missing:
        return files
    boxes = str.maketrans(dict.fromkeys(missing, BOX))
    told = {name: text.translate(boxes).encode() for name, text in texts.items()}
    return {**told, SIGNS: _json({"note": _signs_note(missing)})}


def _signs_note(missing: frozenset[str]) -> str:
    codes = [f"U+{ord(sign):04X}" for sign in sorted(missing)]
    shown = codes[:_SHOWN_SIGNS] + (["…"] if len(codes) > _SHOWN_SIGNS else [])
    one = tr(
        "Dans ce document, le signe {codes}, absent de ses polices, est imprimé {box} ; il est "
        "intact dans report.html et dans les fichiers de données."
    )
    many = tr(
        "Dans ce document, {n} signes absents de ses polices ({codes}) sont imprimés {box} ; ils "
        "sont intacts dans report.html et dans les fichiers de données."
    )
    sentence = one if len(codes) == 1 else many
    return sentence.format(n=french.number(len(codes)), codes=", ".join(shown), box=BOX)


def _json(data: Any) -> bytes:  # noqa: ANN401 - a tree of blocks, texts and numbers
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def _words(report: Report) -> dict[str, str]:
    """Return the few words that only paper has, in the reader's language."""
    foot = tr("Territoire fictif, données inventées") if report.fictional else "Maillage"
    return {
        "foot": foot,
        "page": tr("page {page} sur {pages}"),
        "stamp": tr(
            "{subtitle} · établi le {on} par Maillage, à partir de données publiques"
        ).format(subtitle=report.subtitle, on=report.on),
        "fictional": tr("Territoire fictif."),
        "invented": tr(
            "Ces communes, ces lieux et ces chiffres sont inventés pour la démonstration."
        ),
        "contents": tr("Sommaire"),
        "annex": tr("Annexe : les tableaux complets"),
    }


def drawable(body: str) -> str:
    """Return a drawing without the marks that join a letter: typst loses them in drawings.

    >>> drawable("<text>é" + chr(0x333) + "</text>")
    '<text>é</text>'
    """
    if body.isascii():
        return body
    return "".join(sign for sign in body if unicodedata.category(sign) not in _JOINED)


def fitting(text: str) -> str:
    """Return a cell's text that a page can hold: a place to break in endless words, and an end.

    >>> fitting("a" * 41).count(chr(0x200B)), len(fitting("mot " * 9000)) < 1000
    (1, True)
    """
    if len(text) > _LONGEST_CELL:
        text = text[:_LONGEST_CELL] + tr("… (la suite est dans les fichiers de données)")
    return _ENDLESS.sub(lambda word: f"{word[0]}\u200b", text)


def _block(block: Any, sheaf: _Sheaf) -> list[dict[str, Any]]:  # noqa: ANN401 - any block
    """Return one block as data, followed by the table of a drawing."""
    if isinstance(block, Table):
        return [_table_or_reference(block, sheaf)]
    told: dict[str, Any] = _plain(block, sheaf) | {"kind": block.kind}
    if isinstance(block, Figure | Plates) and block.table is not None:
        return [told, _table_or_reference(block.table, sheaf)]
    return [told]


def _table_or_reference(table: Table, sheaf: _Sheaf) -> dict[str, Any]:
    """Return a short table where it stands; send a long one to the annex and refer to it."""
    told: dict[str, Any] = _plain(table, sheaf)
    told |= {"kind": "table", "widths": widths(table), "spans": _spans(table)}
    told["full"] = sum(told["widths"]) / _FULL_LINE
    if not table.long:
        return told
    number = f"A{len(sheaf.annex) + 1}"
    sheaf.annex.append(told | {"number": number})
    text = tr("Tableau {number}, en annexe : {caption} ({n} lignes).").format(
        number=number, caption=table.caption, n=len(table.rows)
    )
    return {"kind": "reference", "target": number, "text": text}


def _spans(table: Table) -> list[dict[str, Any]]:
    return [{"text": span.text, "width": span.width} for span in table.spans]


def _plain(thing: Any, sheaf: _Sheaf) -> Any:  # noqa: ANN401 - a tree of blocks, texts and numbers
    if isinstance(thing, Picture):
        return sheaf.keep(
            thing.width,
            thing.height,
            thing.body,
            shapes="<use" in thing.body or "url(#" in thing.body,
        )
    if isinstance(thing, LegendItem):
        body = marks.legend_mark(thing.mark, thing.fill)
        name = sheaf.keep(marks.SIDE, marks.SIDE, body, shapes="url(#" in body)
        return {"drawing": name, "label": thing.label}
    if isinstance(thing, Cell):
        return {"text": fitting(thing.text), "heat": thing.heat, "bar": thing.bar}
    if isinstance(thing, tuple):
        return [_plain(item, sheaf) for item in thing]
    if is_dataclass(thing):
        return {
            f.name: _plain(getattr(thing, f.name), sheaf)
            for f in fields(thing)
            if f.name != "table"
        }
    return thing


def widths(table: Table) -> list[float]:
    """Return how much of the line each column wants, as typst fractions; heat columns are alike."""
    needs = [_need(table, index) for index in range(len(table.columns))]
    hot = {i for row in table.rows for i, cell in enumerate(row) if cell.heat is not None}
    widest = max((needs[i] for i in hot), default=0)
    return [float(widest if i in hot else need) for i, need in enumerate(needs)]


def _need(table: Table, index: int) -> int:
    """Return how many letters wide a column should be: its longest word, at best its text."""
    column: Column = table.columns[index]
    cells = [row[index].text for row in table.rows]
    longest = max((len(text) for text in cells), default=0)
    word = max((len(w) for text in [column.label, *cells] for w in text.split()), default=1)
    bar = 12 if any(row[index].bar is not None for row in table.rows) else 0
    if column.numeric:
        return max(word, longest) + bar + 2
    average = sum(len(text) for text in cells) / max(1, len(cells))
    return max(min(word, 20), min(longest, round(_WIDEST / 2 + average / 2), 44)) + 2
