"""Files of ties put together with what measures, draws and writes networks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.kernel.findings import Finding
    from maillage.kernel.parameters import Parameters
    from maillage.reports.ties.network_page import Shown
    from maillage.ties.changing import NetworkChange
    from maillage.ties.graphs import Graphs
    from maillage.ties.intake import TiesRead
    from maillage.ties.introductions import Introductions
    from maillage.ties.measures import Measures
    from maillage.ties.model import Network

PICTURE_WIDTH = 2400
"""Pixels of the picture of the map."""


@dataclass(frozen=True, slots=True)
class MeasuredTies:
    """A network, what it is like, who should meet whom, what changed; what was doubtful."""

    network: Network
    measures: Measures
    meet: Introductions
    change: NetworkChange | None
    findings: tuple[Finding, ...]


def graphs() -> Graphs:
    """Return what measures graphs. Raises MissingExtra where it is not installed."""
    from maillage.engines.igraph_graph import IgraphGraphs

    return IgraphGraphs()


def measured_ties(
    path: Path, members: Path | None, waves: tuple[str, str], parameters: Parameters
) -> MeasuredTies:
    """Return what a file of ties tells of a wave, and since the wave before.

    ``waves``: that one ("" = the last) and that before ("" = none). Raises UnusableFile.
    """
    from maillage.ties.changing import change_between
    from maillage.ties.intake import read_ties
    from maillage.ties.introductions import introductions
    from maillage.ties.measures import measure

    read, engine = read_ties(path, members), graphs()
    network = _wave(read, waves[0] or read.last, path)
    measures = measure(network, engine, parameters)
    change = None
    if waves[1]:
        first = _wave(read, waves[1], path)
        least = int(parameters.number("survey.least_shown"))
        before = first, measure(first, engine, parameters)
        change = change_between(before, (network, measures), least)
    return MeasuredTies(
        network, measures, introductions(network, parameters), change, read.findings
    )


def _wave(read: TiesRead, wave: str, path: Path) -> Network:
    if wave not in read.networks:
        known = ", ".join(one or tr("(sans nom)") for one in read.networks)
        raise UnusableFile(
            path,
            tr("n'a pas de vague « {wave} » : {known}.").format(wave=wave, known=known),
        )
    return read.networks[wave]


def kind_words() -> Mapping[str, str]:
    """Return the words of each kind of structure, as the questionnaire has them."""
    from maillage.survey.forms.shipped import shipped_form

    question = shipped_form("structures").question("type_structure")
    return {one.name: one.label for one in question.choices} if question is not None else {}


def shown_of(made: MeasuredTies) -> Shown:
    """Return a network ready to be shown."""
    from maillage.reports.ties.drawing import drawing_of
    from maillage.reports.ties.network_page import Shown

    drawing = drawing_of(made.network, made.measures, graphs())
    return Shown(made.network, made.measures, made.meet, drawing, kind_words(), made.change)


def write_network(made: MeasuredTies, folder: Path) -> tuple[Path, ...]:
    """Write the map, the page, the tables, the graph and the findings; return their paths.

    Without a typesetter the picture is left out: the drawing stands in ``carte.svg``.
    """
    from maillage.kernel.atomic import write_whole
    from maillage.reports.findings_csv import findings_bytes
    from maillage.reports.ties import network_files as files
    from maillage.reports.ties.map_svg import map_svg
    from maillage.reports.ties.network_page import network_page

    shown = shown_of(made)
    drawing = map_svg(shown.drawing, shown.kinds)
    title = tr("Qui connaît qui")
    if made.network.wave:
        title = tr("Qui connaît qui, {wave}").format(wave=made.network.wave)
    told = files.network_json(made.network, made.measures, made.meet)
    contents = {
        "reseau.html": network_page(shown, title).encode(),
        "carte.svg": drawing.encode(),
        "carte.png": _picture(drawing),
        "chiffres.csv": files.figures_bytes(made.measures),
        "noeuds.csv": files.nodes_bytes(made.network, made.measures),
        "aretes.csv": files.edges_bytes(made.network),
        "presentations.csv": files.introductions_bytes(made.network, made.meet),
        "invitations.txt": invitations_of(shown).encode(),
        "reseau.graphml": files.graphml_bytes(made.network, made.measures),
        "reseau.json": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        "remarques.csv": findings_bytes(made.findings),
    }
    if made.change is not None:
        contents["changements.csv"] = files.changes_bytes(made.change)
    folder.mkdir(parents=True, exist_ok=True)
    written = {name: content for name, content in contents.items() if content is not None}
    for name, content in written.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in written)


def picture_of(drawing: str) -> bytes:
    """Return the map as a PNG. Raises MissingExtra where the typesetter is not installed."""
    from maillage.engines.typst_pdf import TypstTypesetter

    return TypstTypesetter().picture(drawing, PICTURE_WIDTH)


def _picture(drawing: str) -> bytes | None:
    from maillage.kernel.errors import MissingExtra

    try:
        return picture_of(drawing)
    except MissingExtra:
        return None


def invitations_of(shown: Shown) -> str:
    """Return a letter for each structure to invite, meeting by meeting."""
    from maillage.reports.ties.meeting import invitation, meetings

    told = [
        f"{name}\n{meeting.title}\n\n{invitation(meeting, name)}\n"
        for meeting in meetings(shown.network, shown.meet, shown.kinds)
        for name in meeting.invited
    ]
    return f"\n{'-' * 60}\n\n".join(told)
