"""The campaign: one link a structure that has an e-mail, for a mail merge; revoked when wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.storage.accounts.roles import Right
from maillage.storage.structures.links import links_of, make_links, revoke, token_of
from maillage.storage.structures.models import CampaignLink
from maillage.tables.write import spreadsheet_bytes
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

_COLUMNS = ("structure", "courriel", "communes", "derniere_mise_a_jour", "lien", "expire_le")


@dataclass(frozen=True, slots=True)
class Reached:
    """A structure of the territory: where to write to it, when its oldest page was told, its link.

    ``email`` "" and ``link`` None where there is none.
    """

    id: str
    name: str
    email: str
    communes: tuple[str, ...]
    oldest: dt.date | None
    link: CampaignLink | None


@in_territory(Right.CHANGE_WORK)
@never_cache
@require_safe
def campaign(request: HttpRequest, here: Here) -> HttpResponse:
    """Show each structure with its link, if it has one."""
    rows = _reached(here)
    days = int(here.moment.parameters.number("structures.link_days"))
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "campaign",
        "rows": [one for one in rows if one.email],
        "mute": [one for one in rows if not one.email],
        "n_alive": sum(one.link is not None for one in rows),
        "n_new": sum(one.link is None and bool(one.email) for one in rows),
        "days": days,
    }
    return render(request, "coordinator/campaign.html", context)


@in_territory(Right.CHANGE_WORK)
@require_POST
def prepare(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a link for each structure that has an e-mail and no link alive."""
    on = here.moment.now.date()
    days = int(here.moment.parameters.number("structures.link_days"))
    emails = {one.id: one.email for one in _reached(here) if one.email}
    expires = on + dt.timedelta(days=days)
    n = make_links(here.siren, emails, str(request.user), on, expires)
    told = tr("{links} de plus : téléchargez la liste pour votre publipostage.")
    messages.success(request, told.format(links=french.plural(n, "lien")))
    return redirect("coordinator:campaign", siren=here.siren)


@in_territory(Right.CHANGE_WORK)
@require_POST
def revoke_links(request: HttpRequest, here: Here) -> HttpResponse:
    """Revoke one link, or all of them: they open nothing from now on."""
    told = request.POST.get("lien", "")
    number = int(told) if told.isdecimal() and len(told) < 18 else 0
    n = revoke(here.siren, None if told == "tous" else [number], here.moment.now.date())
    words = tr("{links} n'ouvrent plus rien.") if n > 1 else tr("{links} n'ouvre plus rien.")
    messages.success(request, words.format(links=french.plural(n, "lien")))
    return redirect("coordinator:campaign", siren=here.siren)


@in_territory(Right.CHANGE_WORK)
@never_cache
@require_safe
def as_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the links alive, a row each; a cell that a spreadsheet would run is made text."""
    rows = [_cells(request, here, one, one.link) for one in _reached(here) if one.link is not None]
    told = spreadsheet_bytes(_COLUMNS, rows)
    return given(told, f"liens-{here.siren}.csv")


def _reached(here: Here) -> list[Reached]:
    links = {one.structure_id: one for one in links_of(here.siren, here.moment.now.date())}
    found: dict[str, Reached] = {}
    for place in here.book.places:
        for presence in place.presences if place.lieu.in_territory else ():
            its_id, record = presence.structure.id, presence.permanence.record
            mails = record.courriels or ()
            before = found.get(its_id)
            if before is None:
                before = Reached(its_id, presence.structure.nom, "", (), dt.date.max, None)
            dates = (before.oldest, record.date_maj)
            found[its_id] = Reached(
                its_id,
                presence.structure.nom,
                before.email or (mails[0] if mails else ""),
                tuple(dict.fromkeys((*before.communes, place.lieu.commune))),
                None if None in dates else min(one for one in dates if one is not None),
                links.get(its_id),
            )
    return sorted(found.values(), key=lambda one: (plain(one.name), one.id))


def _cells(
    request: HttpRequest, here: Here, one: Reached, link: CampaignLink
) -> tuple[object, ...]:
    path = reverse("structure:follow", args=[here.siren, token_of(link)])
    return (
        one.name,
        link.email,
        ", ".join(one.communes),
        one.oldest.isoformat() if one.oldest else None,
        request.build_absolute_uri(path),
        link.expires.isoformat(),
    )
