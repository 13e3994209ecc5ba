"""« Qui connaît qui »: the network of a wave, its map beside its list, names to settle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel import french
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.reports.ties import network_files as files
from maillage.reports.ties.map_svg import LINKS, map_svg
from maillage.reports.ties.meeting import meetings
from maillage.reports.ties.network_page import Shown, figure_rows, member_rows
from maillage.reports.ties.words import broker_words, sentences
from maillage.storage.accounts.roles import Right
from maillage.storage.referrals.keep import flows
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.linked_names import (
    link_name,
    linked_names,
    members_of,
    unlink_name,
)
from maillage.storage.survey.models import Wave
from maillage.ties.from_answers import NOBODY, Flow, Heard, network_heard
from maillage.ties.introductions import introductions
from maillage.ties.measures import measure
from maillage.ties.model import Link, Network
from maillage.ties.naming import written_key
from maillage.web.clock import parameters_on
from maillage.web.files import given
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of
from maillage.wiring import ties as wired

_YEAR = dt.timedelta(days=365)
_ALL = ""
_FEWEST = 3
"""Members under which there is no network to speak of."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """What of the map is asked to be seen: an area, a kind, a link; "" = all."""

    area: str
    kind: str
    link: str

    def keys(self, network: Network) -> frozenset[str] | None:
        """Return the members to show, None for all."""
        if not self.area and not self.kind:
            return None
        return frozenset(
            one.key
            for one in network.members
            if self.area in {_ALL, one.area} and self.kind in {_ALL, one.kind}
        )

    def links(self) -> frozenset[Link] | None:
        """Return the links to draw, None for all."""
        told = Link.of(self.link)
        return None if told is None else frozenset({told})


@in_wave(Right.SEE_WORK)
@require_safe
def network(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show who knows whom: what it is like, the map beside the list, whom to present to whom."""
    heard = _heard(here, wave)
    names = {one.key: one.name for one in heard.network.members}
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "names": [one for one in heard.names if one.said is None],
        "settled": [(one, names.get(one.said, "")) for one in heard.names if one.said is not None],
        "members": sorted(heard.network.members, key=lambda one: one.name.casefold()),
        **_told(request, heard, here.moment.parameters.on),
    }
    return render(request, "hearing/network.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def network_file(request: HttpRequest, here: Here, wave: Wave, drawn: str) -> HttpResponse:
    """Give the network as a file: map, tables, graph; the page says why where there is none."""
    del request
    heard = _heard(here, wave)
    if drawn not in _FILES:
        raise Http404
    if not _is_network(heard.network):
        return redirect("hearing:network", siren=here.siren, wave=wave.slug)
    make, kind = _FILES[drawn]
    shown = _shown(heard.network, here.moment.parameters.on)
    return given(make(shown), f"{wave.slug}-{drawn}", kind)


@in_wave(Right.CHANGE_WORK)
@require_POST
def settle(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Keep whom a written name means, or forget it."""
    name = written_key(request.POST.get("nom", ""))
    said = request.POST.get("structure", "")
    if request.POST.get("acte") == "revenir":
        unlink_name(wave, name)
        messages.info(request, tr("Ce nom attend de nouveau que l'on dise de qui il est."))
    elif said == "personne" or said in {one.key for one in members_of(wave)}:
        contact = NOBODY if said == "personne" else said
        link_name(wave, name, contact, here.moment.now, request.user.pk)
        messages.success(request, tr("C'est noté, pour tous ceux qui l'ont écrit ainsi."))
    else:
        messages.error(request, tr("Choisissez une structure de la liste, ou « aucune »."))
    return redirect("hearing:network", siren=here.siren, wave=wave.slug)


def _heard(here: Here, wave: Wave) -> Heard:
    known = {one.id: one.nom for one in here.book.directory.structures}
    seen = tuple(
        Flow(known[desk], known[structure], n)
        for desk, structure, n in flows(here.siren, here.moment.now - _YEAR)
        if desk in known and structure in known
    )
    members, told = members_of(wave), answers_of(wave)
    return network_heard(members, told, linked_names(wave), seen, wave.title)


@lru_cache(maxsize=8)
def _shown(network: Network, on: dt.date) -> Shown:
    """Return a network measured and laid out; kept as long as nothing in it changed."""
    engine, parameters = wired.graphs(), parameters_on(on)
    measures = measure(network, engine, parameters)
    made = wired.MeasuredTies(network, measures, introductions(network, parameters), None, ())
    return wired.shown_of(made)


def _is_network(network: Network) -> bool:
    return len(network.members) >= _FEWEST and bool(network.ties)


def _told(request: HttpRequest, heard: Heard, on: dt.date) -> dict[str, object]:
    """Return what a page tells of a network, "trouble" alone where there is none to speak of."""
    if not _is_network(heard.network):
        return {"trouble": tr("Personne n'a encore dit qui il connaît dans cette vague.")}
    try:
        shown = _shown(heard.network, on)
    except MissingExtra as error:
        return {"trouble": str(error)}
    drawing, asked = shown.drawing, _filtered(request)
    members = {one.key: one for one in heard.network.members}
    keys = asked.keys(heard.network)
    rows = [
        row
        for row, dot in zip(
            member_rows(shown), sorted(drawing.dots, key=lambda one: one.number), strict=True
        )
        if keys is None or dot.member.key in keys
    ]
    return {
        "trouble": "",
        "sentences": sentences(shown.measures, members),
        "drawing": _safe(map_svg(drawing, shown.kinds, keys, asked.links())),
        "rows": rows,
        "figures": figure_rows(shown.measures),
        "brokers": [broker_words(one, members) for one in shown.measures.brokers],
        "meetings": meetings(heard.network, shown.meet, shown.kinds),
        "within": [french.percent(one) for one in shown.meet.within_two],
        "asked": asked,
        "filters": list(_filters(shown, asked)),
        "files": list(_FILES),
    }


def _safe(drawing: str) -> SafeString:
    """Return our own drawing, in which every name is escaped already."""
    return mark_safe(drawing)  # noqa: S308


def _filtered(request: HttpRequest) -> Filtered:
    return Filtered(*(request.GET.get(name, "").strip() for name in ("secteur", "nature", "lien")))


def _filters(
    shown: Shown, asked: Filtered
) -> Iterator[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Give each filter: its name, its label, its choices (value, words, chosen)."""
    drawing = shown.drawing
    links: Mapping[str, str] = {one.code: one.label for one in LINKS}
    for name, label, chosen, choices in (
        ("secteur", tr("Secteur"), asked.area, {one: one for one in drawing.areas}),
        ("nature", tr("Nature"), asked.kind, {k: shown.kinds.get(k, k) for k in drawing.kinds}),
        ("lien", tr("Lien"), asked.link, links),
    ):
        if len(choices) > 1:
            yield name, label, [(one, words, one == chosen) for one, words in choices.items()]


_CSV = "text/csv; charset=utf-8"
_FILES: Mapping[str, tuple[Callable[[Shown], bytes], str]] = {
    "carte.svg": (lambda one: map_svg(one.drawing, one.kinds).encode(), "image/svg+xml"),
    "carte.png": (lambda one: wired.picture_of(map_svg(one.drawing, one.kinds)), "image/png"),
    "chiffres.csv": (lambda one: files.figures_bytes(one.measures), _CSV),
    "noeuds.csv": (lambda one: files.nodes_bytes(one.network, one.measures), _CSV),
    "aretes.csv": (lambda one: files.edges_bytes(one.network), _CSV),
    "presentations.csv": (lambda one: files.introductions_bytes(one.network, one.meet), _CSV),
    "reseau.graphml": (
        lambda one: files.graphml_bytes(one.network, one.measures),
        "application/graphml+xml",
    ),
    "invitations.txt": (
        lambda one: wired.invitations_of(one).encode(),
        "text/plain; charset=utf-8",
    ),
}
"""What may be taken away: what makes it, its media type."""
