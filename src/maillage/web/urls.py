"""Every address of the site; each part of it tells its own."""

from __future__ import annotations

from django.urls import include, path, register_converter

from maillage.web.sirens import SirenConverter

register_converter(SirenConverter, "siren")

handler400 = "maillage.web.errors.bad_request"
handler403 = "maillage.web.errors.forbidden"
handler404 = "maillage.web.errors.not_found"
handler500 = "maillage.web.errors.broken"

urlpatterns = [
    path("compte/", include("maillage.web.accounts.urls")),
    path("api/", include("maillage.web.api.urls")),
    path("<siren:siren>/orienter/", include("maillage.web.orienting.urls")),
    path("reponse/", include("maillage.web.referrals.link_urls")),
    path("<siren:siren>/suivi/", include("maillage.web.referrals.urls")),
    path("<siren:siren>/pilotage/enquetes/", include("maillage.web.asking.desk_urls")),
    path("<siren:siren>/pilotage/enquetes/", include("maillage.web.hearing.urls")),
    path("<siren:siren>/enquete/", include("maillage.web.asking.urls")),
    path("<siren:siren>/pilotage/", include("maillage.web.coordinator.urls")),
    path("<siren:siren>/", include("maillage.web.structure.urls")),
    path("", include("maillage.web.public.urls")),
]
