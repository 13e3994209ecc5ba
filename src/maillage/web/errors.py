"""The pages that say what went wrong, in plain French."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.kernel.language import tr
from maillage.web.here import NotOpenYet


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent is not understood."""
    del exception
    told = tr("L'adresse ou le formulaire n'a pas été compris. Revenez en arrière et réessayez.")
    return _page(request, 400, tr("Demande non comprise"), told)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the account has no right there."""
    del exception
    told = tr(
        "Votre compte ne donne pas accès à cette page. Si vous en avez besoin, demandez-le à la "
        "coordination du territoire."
    )
    return _page(request, 403, tr("Accès réservé"), told)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old, or came from elsewhere."""
    del reason
    told = tr(
        "Ce formulaire n'est plus valable : il est resté ouvert trop longtemps, ou votre "
        "navigateur refuse les cookies. Rechargez la page et recommencez."
    )
    return _page(request, 403, tr("Formulaire expiré"), told)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing stands at this address, or nothing that is open yet."""
    if isinstance(exception, NotOpenYet):
        told = tr(
            "L'aide au numérique de ce territoire n'est pas encore en ligne. Revenez plus tard. Si "
            "vous y travaillez, entrez par l'espace professionnel."
        )
        return _page(request, 404, tr("Pas encore ouvert"), told)
    told = tr("Cette page n'existe pas, ou n'existe plus. L'adresse a peut-être été mal recopiée.")
    return _page(request, 404, tr("Page introuvable"), told)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the site failed; this page asks nothing of the database."""
    told = tr(
        "Le site a rencontré un problème. Rien n'a été enregistré à moitié. "
        "Réessayez dans un instant."
    )
    return _page(request, 500, tr("Une erreur s'est produite"), told)


def _page(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    context = {"title": title, "told": told, "status": status}
    return render(request, "errors/page.html", context, status=status)
