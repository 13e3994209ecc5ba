"""A raw row, in any wording of the national schema → a typed record and findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from maillage.kernel.findings import Finding, Where
from maillage.kernel.ids import fingerprint
from maillage.kernel.words import plain
from maillage.standard import findings as kinds
from maillage.standard import mednum
from maillage.standard.aliases import FIELD_OF, field_of_column
from maillage.standard.cells import is_blank
from maillage.standard.codes import parse_code_insee, parse_code_postal, parse_pivot
from maillage.standard.contacts import parse_emails, parse_telephone, parse_url, parse_urls
from maillage.standard.coordinates import parse_coordinates
from maillage.standard.dates import parse_date
from maillage.standard.html_text import without_html
from maillage.standard.record import MednumRecord
from maillage.standard.words_read import read_words, split_list
from maillage.tables.model import Row

_CLOSED = {*FIELD_OF.values(), "publics_accueillis"}
_PLAIN_TEXT = (
    "commune",
    "adresse",
    "complement_adresse",
    "horaires",
    "source",
    "structure_parente",
)
_READ_BY_PEOPLE = frozenset(
    {*_PLAIN_TEXT, "nom", "presentation_resume", "presentation_detail"} - {"source"}
)
_URLS = ("fiche_acces_libre", "prise_rdv")


def read_record(
    row: Row, source: str, on: dt.date
) -> tuple[MednumRecord | None, tuple[Finding, ...]]:
    """Return the record of a row, and what is doubtful in it; None where the row has no name.

    ``source`` names the file in findings; a date after ``on`` is a finding. Columns may bear their
    older names, words their older wordings. A row without id gets a fingerprint of its cells.
    """
    written = _written(row)
    cells = _read_as_text(written)
    record_id = cells.get("id") or fingerprint(row.cells)
    where = Where(source, row.line, cells.get("id") or cells.get("nom", record_id))
    if "nom" not in cells:
        return None, (kinds.NAME_MISSING.at(where.on("nom")),)
    doubts = _html(written, cells, where)
    values: dict[str, Any] = {"id": record_id, "nom": cells["nom"]}
    values.update((name, cells.get(name)) for name in _PLAIN_TEXT)
    for part in (_codes, _contacts, _words, _presentation):
        told, new = part(cells, where)
        values.update(told)
        doubts.extend(new)
    if "date_maj" in cells:
        values["date_maj"], late = parse_date(cells["date_maj"], where.on("date_maj"), on)
        doubts.extend(late)
    return MednumRecord(**values), tuple(doubts)


def told_cells(row: Row) -> dict[str, str]:
    """Return the cells of a row by field of today (and ``publics_accueillis``, ``cle_ban``).

    Blanks such as « non renseigné » (``cells.is_blank``) are not told; where several columns feed
    one field, today's own name comes first. Texts for people are given without HTML.
    """
    return _read_as_text(_written(row))


def _written(row: Row) -> dict[str, str]:
    """Return the told cells by field, as they stand in the file."""
    ranked: dict[str, tuple[int, str]] = {}
    for column, text in row.cells.items():
        found = field_of_column(column)
        if found is None:
            continue
        field, rank = found
        if is_blank(text) and not (text == "" and field in _CLOSED):
            continue
        if field not in ranked or rank < ranked[field][0]:
            ranked[field] = rank, text.strip()
    return {field: text for field, (_, text) in ranked.items()}


def _read_as_text(written: Mapping[str, str]) -> dict[str, str]:
    """Return the told cells, those that people read without HTML: bare HTML tells nothing."""
    read = {
        field: without_html(text) if field in _READ_BY_PEOPLE else text
        for field, text in written.items()
    }
    return {f: text for f, text in read.items() if text == written[f] or not is_blank(text)}


def _html(written: Mapping[str, str], cells: Mapping[str, str], where: Where) -> list[Finding]:
    """Return which texts were not read as they are written."""
    return [
        kinds.HTML_IN_TEXT.at(where.on(field), value=cells[field])
        for field in sorted(_READ_BY_PEOPLE & cells.keys())
        if cells[field] != written[field]
    ]


Told = tuple[dict[str, Any], list[Finding]]


def _codes(cells: dict[str, str], where: Where) -> Told:
    told: dict[str, Any] = {}
    doubts: tuple[Finding, ...] = ()
    if "pivot" in cells:
        told["pivot"], new = parse_pivot(cells["pivot"], where.on("pivot"))
        doubts += new
    if "code_postal" in cells:
        told["code_postal"], new = parse_code_postal(cells["code_postal"], where.on("code_postal"))
        doubts += new
    insee = cells.get("code_insee") or cells.get("cle_ban", "").split("_")[0]
    if insee:
        postal = told.get("code_postal")
        told["code_insee"], new = parse_code_insee(insee, where.on("code_insee"), postal)
        doubts += new
    latitude, longitude = cells.get("latitude"), cells.get("longitude")
    place, new = parse_coordinates(latitude, longitude, where.on("latitude"))
    if place is not None:
        told["latitude"], told["longitude"] = place
    return told, [*doubts, *new]


def _contacts(cells: dict[str, str], where: Where) -> Told:
    told: dict[str, Any] = {}
    doubts: list[Finding] = []
    parsers = {"telephone": parse_telephone, "courriels": parse_emails, "site_web": parse_urls}
    for name, parse in {**parsers, **dict.fromkeys(_URLS, parse_url)}.items():
        if name in cells:
            told[name], new = parse(cells[name], where.on(name))
            doubts.extend(new)
    return told, doubts


def _words(cells: dict[str, str], where: Where) -> Told:
    read = read_words({name: cells[name] for name in cells if name in _CLOSED}, where)
    told: dict[str, Any] = {name: read.of(name) for name in FIELD_OF.values()}
    labels = [*split_list(cells.get("autres_formations_labels", "")), *read.labels]
    told["autres_formations_labels"] = tuple(dict.fromkeys(labels)) or None
    place = where.on("autres_formations_labels")
    old = [kinds.ZONING_OUTDATED.at(place, value=text) for text in labels if plain(text) == "zrr"]
    return told, [*read.findings, *old]


def _presentation(cells: dict[str, str], where: Where) -> Told:
    """Move a summary that is too long for the schema into the full presentation, and say so."""
    resume, detail = cells.get("presentation_resume"), cells.get("presentation_detail")
    limit = next(f.max_length for f in mednum.FIELDS if f.name == "presentation_resume")
    if resume is None or limit is None or len(resume) <= limit:
        return {"presentation_resume": resume, "presentation_detail": detail}, []
    whole = resume if detail is None else f"{resume}\n\n{detail}"
    place = where.on("presentation_resume")
    told = {"presentation_detail": whole}
    return told, [kinds.SUMMARY_TOO_LONG.at(place, value=resume, limit=limit)]
