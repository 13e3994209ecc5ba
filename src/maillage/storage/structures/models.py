"""What structures say of themselves, in tables; ``by`` is always who, as pages tell it."""

from __future__ import annotations

import enum
from typing import Self

from django.conf import settings
from django.db import models

from maillage.kernel.language import tr

LONGEST = 300
"""Signs of a word that goes with a claim or a refusal."""


class Outcome(enum.Enum):
    """Where a thing asked stands: a code and French words."""

    WAITING = ("waiting", "en attente")
    ACCEPTED = ("accepted", "accepté")
    REFUSED = ("refused", "refusé")
    WITHDRAWN = ("withdrawn", "retiré par la structure")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The words in the user's language."""
        return tr(self._french)

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the one of a code. Raises ValueError where there is none such."""
        for one in cls:
            if one.code == code:
                return one
        raise ValueError(code)


def _territory() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey("maillage_territory.Epci", on_delete=models.CASCADE, related_name="+")


class FullnessChange(models.Model):
    """A permanence said to be full, or not any more; ``until`` NULL: it takes people again.

    ``told`` is who is full in the whole territory once that is said: permanence → ISO date.
    """

    territory = _territory()
    permanence_id = models.CharField(max_length=100)
    until = models.DateField(null=True)
    by = models.CharField(max_length=254)
    on = models.DateField()
    told = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.permanence_id} · {self.until}"


class _Asked(models.Model):
    """Something that waits for the coordination, then is accepted or refused, by whom and when."""

    territory = _territory()
    structure_id = models.CharField(max_length=100)
    by = models.CharField(max_length=254)
    on = models.DateField()
    outcome_code = models.CharField(
        max_length=10, default=Outcome.WAITING.code, db_column="outcome"
    )
    answer = models.CharField(max_length=LONGEST, blank=True, default="")
    handled = models.DateField(null=True)
    handled_by = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def outcome(self) -> Outcome:
        """Where it stands."""
        return Outcome.of(self.outcome_code)


class Proposal(_Asked):
    """A change that contradicts somebody else: texts by field as seen and as typed.

    ``against`` says by field who says otherwise; ``number`` is the correction it became, 0 = none.
    """

    permanence_id = models.CharField(max_length=100)
    seen = models.JSONField()
    typed = models.JSONField()
    against = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        """The oldest first: it has waited longest."""

        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.permanence_id} · {self.outcome_code}"


class Claim(_Asked):
    """Somebody who says to be of a structure, in a word of theirs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="structure_claims"
    )
    word = models.CharField(max_length=LONGEST, blank=True, default="")

    class Meta:
        """The oldest first."""

        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.structure_id} · {self.outcome_code}"


class CampaignLink(models.Model):
    """A link by which a structure keeps its page without an account, until a day or revoked.

    ``email`` is where it is meant to be sent; ``used`` when it was last followed.
    """

    territory = _territory()
    structure_id = models.CharField(max_length=100)
    email = models.CharField(max_length=254)
    by = models.CharField(max_length=254)
    on = models.DateField()
    expires = models.DateField()
    revoked = models.DateField(null=True)
    used = models.DateField(null=True)

    class Meta:
        """The newest first."""

        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.structure_id} · {self.expires}"


class DigestWish(models.Model):
    """Somebody who wants, each month, what changed near their structure by e-mail.

    ``site`` is how the address of the site begins; ``month`` the first day of the last month told.
    """

    territory = _territory()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_wishes"
    )
    site = models.CharField(max_length=200)
    month = models.DateField()

    class Meta:
        """One wish a territory."""

        constraints = [
            models.UniqueConstraint(fields=["territory", "user"], name="one_digest_by_territory")
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.user}"
