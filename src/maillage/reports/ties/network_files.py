"""A network as files for spreadsheets, Gephi and programs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from maillage.reports.ties.words import reason_words
from maillage.survey.estimates.changes import Moved
from maillage.tables.write import spreadsheet_bytes
from maillage.ties.changing import NetworkChange
from maillage.ties.introductions import Introductions
from maillage.ties.measures import Figure, Measures
from maillage.ties.model import Network

FIGURES = ("code", "chiffre", "dit", "milieu", "bas", "haut")
NODES = (
    "Id", "Label", "nature", "secteur", "commune", "entendue", "citee_par", "cite",
    "intermediaire", "coupe", "longitude", "latitude",
)  # fmt: skip
EDGES = ("Source", "Target", "Type", "lien", "source_du_lien", "Weight")
INTRODUCTIONS = ("rang", "de", "nom", "vers", "nom_vers", "paires_rapprochees", "raison")
CHANGES = ("code", "chiffre", "ecart", "bas", "haut", "visible")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def figures_bytes(told: Measures) -> bytes:
    """Return the figures for a French spreadsheet; empty where one has no meaning."""
    rows = (
        [one.code, one.label, *(_decimal(value) for value in (m.told, m.middle, m.low, m.high))]
        for one, m in told.figures.items()
    )
    return spreadsheet_bytes(FIGURES, rows)


def nodes_bytes(network: Network, told: Measures) -> bytes:
    """Return the members as Gephi and spreadsheets read them."""
    return spreadsheet_bytes(NODES, ([*one.values()] for one in _nodes(network, told)))


def edges_bytes(network: Network) -> bytes:
    """Return the ties as Gephi and spreadsheets read them."""
    rows = (
        [one.teller, one.other, "Directed", one.link.code, one.source.code, one.n]
        for one in network.ties
    )
    return spreadsheet_bytes(EDGES, rows)


def _nodes(network: Network, told: Measures) -> Iterator[dict[str, object]]:
    brokers = {one.key: one for one in told.brokers}
    n_named = Counter(teller for teller, _ in network.told)
    for at, one in enumerate(network.members):
        broker = brokers.get(one.key)
        lon, lat = one.spot or (None, None)
        values = (
            one.key, one.name, one.kind, one.area, one.commune, "oui" if one.is_heard else "non",
            told.known_by[one.key], n_named[at],
            _decimal(broker.between) if broker else "", broker.cut_off if broker else "",
            _decimal(lon), _decimal(lat),
        )  # fmt: skip
        yield dict(zip(NODES, values, strict=True))


def graphml_bytes(network: Network, told: Measures) -> bytes:
    """Return the network as GraphML: attributes of members and ties are typed as text."""
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    names = {**dict.fromkeys(NODES[1:], "node"), **dict.fromkeys(EDGES[3:5], "edge")}
    for name, of in names.items():
        told_of = {"id": name, "for": of, "attr.name": name, "attr.type": "string"}
        ET.SubElement(root, f"{{{_GRAPHML}}}key", told_of)
    graph = ET.SubElement(root, f"{{{_GRAPHML}}}graph", {"edgedefault": "directed"})
    for one in _nodes(network, told):
        node = ET.SubElement(graph, f"{{{_GRAPHML}}}node", {"id": str(one["Id"])})
        _data(node, {name: one[name] for name in NODES[1:]})
    for number, tie in enumerate(network.ties):
        ends = {"id": f"e{number}", "source": tie.teller, "target": tie.other}
        edge = ET.SubElement(graph, f"{{{_GRAPHML}}}edge", ends)
        _data(edge, {"lien": tie.link.code, "source_du_lien": tie.source.code})
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _data(parent: ET.Element, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if value not in {"", None}:
            ET.SubElement(parent, f"{{{_GRAPHML}}}data", {"key": name}).text = str(value)


def introductions_bytes(network: Network, told: Introductions) -> bytes:
    """Return the introductions for a French spreadsheet, each with its reason."""
    members = {one.key: one for one in network.members}
    rows = (
        [
            rank, one.guest, members[one.guest].name, one.host, members[one.host].name,
            one.n_nearer, reason_words(one, members),
        ]
        for rank, one in enumerate(told.chosen, start=1)
    )  # fmt: skip
    return spreadsheet_bytes(INTRODUCTIONS, rows)


def changes_bytes(told: NetworkChange) -> bytes:
    """Return what changed between two waves for a French spreadsheet."""
    return spreadsheet_bytes(CHANGES, _change_rows(told.figures))


def _change_rows(figures: Mapping[Figure, Moved | None]) -> Iterator[list[object]]:
    for figure, moved in figures.items():
        if moved is not None:
            ends = [_decimal(one) for one in (moved.difference, moved.low, moved.high)]
            yield [figure.code, figure.label, *ends, "oui" if moved.is_visible else "non"]


def network_json(network: Network, told: Measures, meet: Introductions) -> dict[str, Any]:
    """Return what a network is like as JSON can hold it; null where a figure has no meaning."""
    return {
        "wave": told.wave,
        "n": told.n,
        "n_heard": told.n_heard,
        "replicates": told.replicates,
        "figures": {
            one.code: {
                name: _number(getattr(measured, name)) for name in ("told", "middle", "low", "high")
            }
            for one, measured in told.figures.items()
        },
        "links": {one.code: n for one, n in told.links.items()},
        "isolated": list(told.isolated),
        "unknown": list(told.unknown),
        "brokers": [
            {"key": one.key, "between": one.between, "cut_off": one.cut_off, "sure": one.sure}
            for one in told.brokers
        ],
        "by_kind": {"groups": told.by_kind.groups, "counts": told.by_kind.counts},
        "by_area": {"groups": told.by_area.groups, "counts": told.by_area.counts},
        "introductions": [
            {"guest": one.guest, "host": one.host, "n_nearer": one.n_nearer, "gain": one.gain}
            for one in meet.chosen
        ],
        "within_two": {"now": meet.within_two[0], "after": meet.within_two[1]},
        "n_pairs": len(network.pairs),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _decimal(value: float | None) -> str:
    """Return a number as French spreadsheets read it."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:.6g}".replace(".", ",")
