"""A structure updates its page: written at once, or kept for the coordination to settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.directory.by_hand import ADDRESS, BY_HAND, BY_STRUCTURE, FIELDS, as_typed
from maillage.directory.field_words import label
from maillage.directory.provenance import FieldTold, told_fields
from maillage.jobs.contradict import contradicted
from maillage.jobs.edit_by_hand import Refused, typed_values, write_by_hand
from maillage.jobs.hand_records import Typed
from maillage.kernel import french
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.structures.asked import Change, close_proposal, proposal, propose
from maillage.storage.structures.models import Outcome
from maillage.web.coordinator.edit_form import Told, groups_of
from maillage.web.coordinator.edit_sent import Sent, sent_form
from maillage.web.coordinator.workbench import workbench_of
from maillage.web.here import Here
from maillage.web.reading.book import Place, Presence
from maillage.web.structure.entry import Visitor, of_structure


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a form is filled: by whom, about which permanence."""

    here: Here
    visitor: Visitor
    place: Place
    presence: Presence

    @property
    def its_id(self) -> str:
        """The permanence."""
        return self.presence.permanence.id

    @property
    def now(self) -> dict[str, str]:
        """The texts that stand, by field."""
        return {field: as_typed(field, self.presence.permanence.record) for field in FIELDS}


@of_structure
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, here: Here, visitor: Visitor, permanence_id: str) -> HttpResponse:
    """Show the form; write what contradicts nobody, keep the rest for the coordination."""
    desk = _Desk(here, visitor, *visitor.find(permanence_id))
    if request.method != "POST":
        return _form(request, desk, Told(desk.now, desk.now, {}, {}))
    sent = sent_form(request.POST, desk.now)
    if sent.undecided is not None:
        return _form(request, desk, sent.undecided)
    typed = Typed(
        permanence_id,
        sent.seen,
        sent.typed,
        reviewed=request.POST.get("relue") == "oui",
        same_spot=request.POST.get("meme_point") == "oui",
        source=BY_STRUCTURE,
    )
    record = desk.presence.permanence.record
    values, refused = typed_values(record, typed, here.moment.now.date())
    if refused.wrong or refused.clashes:
        return _form(request, desk, sent.again(desk.now, refused))
    against = _against(desk, tuple(values))
    done = _write(desk, typed, against)
    if isinstance(done, Refused):
        return _form(request, desk, sent.again(desk.now, done))
    _keep(desk, sent, against)
    _say(request, done, against)
    return redirect("structure:home", siren=here.siren)


@of_structure
@require_POST
def withdraw(request: HttpRequest, here: Here, visitor: Visitor, number: int) -> HttpResponse:
    """Take back a change that waits."""
    found = proposal(here.siren, number)
    if found is None or found.permanence_id not in visitor.ids:
        messages.info(request, tr("Cette demande n'attend plus."))
    else:
        close_proposal(found, Outcome.WITHDRAWN, visitor.by, here.moment.now.date())
        messages.success(request, tr("La demande est retirée."))
    return redirect("structure:home", siren=here.siren)


def _against(desk: _Desk, fields: tuple[str, ...]) -> Mapping[str, str]:
    """Return, of the fields changed, those that wait, with who says otherwise."""
    if not fields:
        return {}
    bench, parameters = workbench_of(desk.here), desk.here.moment.parameters
    members, on = bench.members(desk.its_id), desk.here.moment.now.date()
    told = told_fields(members, bench.work.decisions) if members else ()
    days = parameters.number("structures.fresh_days")
    against = {
        field: _says(one, bench.source(one.key.source_id))
        for field, one in contradicted(told, fields, on, days).items()
    }
    others = [
        one.structure.nom
        for one in desk.place.presences
        if one.structure.id != desk.visitor.structure.id
    ]
    if others:
        also = tr("{names}, à la même adresse").format(names=french.listed(others))
        against |= {field: also for field in fields if field in ADDRESS and field not in against}
    return against


def _says(one: FieldTold, source: str) -> str:
    day = one.date if one.decision is None else one.decision.on
    who = one.decision.by if one.decision is not None and one.decision.by else source
    if one.key.source_id == BY_HAND and not who:
        who = tr("la coordination")
    return who if day is None else tr("{who}, {day}").format(who=who, day=french.date(day))


def _write(desk: _Desk, typed: Typed, against: Mapping[str, str]) -> Refused | int:
    """Write what contradicts nobody."""
    now = {field: typed.seen[field] if field in against else typed.typed[field] for field in FIELDS}
    some = Typed(
        typed.permanence_id,
        typed.seen,
        now,
        reviewed=typed.reviewed,
        same_spot=typed.same_spot,
        source=typed.source,
    )
    here, visitor = desk.here, desk.visitor
    try:
        return write_by_hand(
            here.siren,
            some,
            visitor.who(here),
            store=visitor.store(here),
            parameters=here.moment.parameters,
        )
    except WorkspaceError as error:
        return Refused({}, {}, str(error))


def _keep(desk: _Desk, sent: Sent, against: Mapping[str, str]) -> None:
    """Keep for the coordination what contradicts somebody."""
    if not against:
        return
    change = Change(
        desk.visitor.structure.id,
        desk.its_id,
        {field: sent.seen[field] for field in against},
        {field: sent.typed[field] for field in against},
        against,
    )
    propose(desk.here.siren, change, desk.visitor.by, desk.here.moment.now.date())


def _say(request: HttpRequest, number: int, against: Mapping[str, str]) -> None:
    if number:
        messages.success(request, tr("C'est enregistré : votre page est à jour."))
    if against:
        words = tr(
            "Pour {fields}, quelqu'un d'autre dit autre chose : la coordination choisit, puis "
            "vous le lisez ici."
        )
        fields = french.listed([label(field) for field in against])
        messages.info(request, words.format(fields=fields))
    if not number and not against:
        messages.info(request, tr("Rien n'a changé : les valeurs étaient déjà celles-là."))


def _form(request: HttpRequest, desk: _Desk, told: Told) -> HttpResponse:
    context = {
        "here": desk.here,
        "nav": "structure",
        "visitor": desk.visitor,
        "place": desk.place,
        "presence": desk.presence,
        "groups": groups_of(told),
        "told": told,
        "same_spot": request.POST.get("meme_point", "oui") == "oui",
        "reviewed": request.method != "POST" or request.POST.get("relue") == "oui",
        "n_others": 0,
    }
    status = 409 if told.clashes else (400 if told.wrong or told.whole else 200)
    return render(request, "structure/edit.html", context, status=status)
