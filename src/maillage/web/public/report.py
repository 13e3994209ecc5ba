"""« Signaler une erreur »: what is wrong of a place, told by anybody, who is not asked who."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.kernel.language import tr
from maillage.storage.reported_errors.keep import Told, is_told, keep_error
from maillage.storage.reported_errors.kinds import Wrong
from maillage.storage.reported_errors.models import LONGEST
from maillage.web.here import Here, in_territory
from maillage.web.public.easy import FIELD, YES, easy_to_read, is_easy
from maillage.web.public.retention import reports_too_much
from maillage.web.reading.book import Place

TRAP = "site"
"""The field that people do not see: whoever fills it in is a program."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form as it was sent; ``error`` "" = it can be kept, else what to mend."""

    wrong: Wrong | None = None
    text: str = ""
    error: str = ""
    status: int = 200


@require_http_methods(["GET", "HEAD", "POST"])
@easy_to_read
@in_territory()
def tell(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    """Show the form; keep what is sent, or say what to mend and show what was written again."""
    place = _place(here, lieu_id)
    if request.method != "POST":
        return _form(request, here, place, _Sent())
    if request.POST.get(TRAP):
        return _thanks(request, here, lieu_id)  # a program need not learn that it was seen
    sent = _read(request)
    if sent.error or sent.wrong is None:
        return _form(request, here, place, sent)
    parameters = here.moment.parameters
    told = Told(lieu_id, place.lieu.nom, sent.wrong, sent.text)
    if is_told(here.siren, told):
        return _thanks(request, here, lieu_id)
    many = reports_too_much(request, parameters, here.moment.now)
    if many or not keep_error(here.siren, told, parameters):
        error = tr(
            "Trop de signalements ont été envoyés. Réessayez plus tard, ou téléphonez au lieu."
        )
        return _form(request, here, place, _Sent(sent.wrong, sent.text, error, 429))
    return _thanks(request, here, lieu_id)


@require_safe
@easy_to_read
@in_territory()
def thanks(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    """Thank, and say what happens next."""
    parameters = here.moment.parameters
    context = {
        "here": here,
        "easy": is_easy(request),
        "place": _place(here, lieu_id),
        "months": int(parameters.number("reported_errors.handled_months")),
    }
    return render(request, "public/report_thanks.html", context)


def _read(request: HttpRequest) -> _Sent:
    wrong = Wrong.of(request.POST.get("quoi", ""))
    text = request.POST.get("message", "").replace("\r\n", "\n").replace("\0", "").strip()
    if wrong is None:
        return _Sent(None, text[:LONGEST], tr("Choisissez ce qui ne va pas."), 400)
    if len(text) > LONGEST:
        told = tr("Le message est trop long : {n} signes, pour {most} au plus. Raccourcissez-le.")
        return _Sent(wrong, text, told.format(n=len(text), most=LONGEST), 400)
    if wrong is Wrong.OTHER and not text:
        return _Sent(wrong, text, tr("Dites en quelques mots ce qui ne va pas."), 400)
    return _Sent(wrong, text)


def _form(request: HttpRequest, here: Here, place: Place, sent: _Sent) -> HttpResponse:
    context = {
        "here": here,
        "easy": is_easy(request),
        "place": place,
        "sent": sent,
        "kinds": list(Wrong),
        "longest": LONGEST,
        "trap": TRAP,
    }
    return render(request, "public/report.html", context, status=sent.status)


def _thanks(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    at = redirect("public:report-thanks", siren=here.siren, lieu_id=lieu_id)
    if request.GET.get(FIELD) == YES:
        at["Location"] += f"?{FIELD}={YES}"
    return at


def _place(here: Here, lieu_id: str) -> Place:
    place = here.book.place_by_id.get(lieu_id)
    if place is None:
        raise Http404
    return place
