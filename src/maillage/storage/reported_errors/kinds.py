"""What may be wrong of a place, and what becomes of it once told: two closed lists."""

from __future__ import annotations

from maillage.kernel.coded import Coded


class Wrong(Coded):
    """Something that may be wrong."""

    HOURS = ("horaires", "Les horaires ne sont pas les bons")
    PHONE = ("telephone", "Le téléphone ou le courriel n'est pas le bon")
    ADDRESS = ("adresse", "L'adresse n'est pas la bonne")
    CLOSED = ("ferme", "Le lieu est fermé définitivement")
    HELP = ("aide", "L'aide donnée ou le prix n'est pas ce qui est dit")
    OTHER = ("autre", "Autre chose")


class Outcome(Coded):
    """Where a report stands."""

    OPEN = ("ouvert", "à traiter")
    DONE = ("traite", "traité")
    SET_ASIDE = ("sans-suite", "sans suite")
