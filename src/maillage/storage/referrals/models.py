"""The tables of cases. What may name a person is sealed, and in columns called ``sealed`` alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CaseRow(models.Model):
    """One case of a territory, as its rules left it.

    ``code`` is what a printed sheet bears. ``holder`` is the account that has it in hand, and
    ``opener`` the one that opened it; NULL: gone since. ``standing`` is the whole ``Standing``;
    ``stage_code``, ``structure_id`` (who is asked, or was last) and ``due_at`` repeat what of it is
    searched. ``query`` is the question that led there, in codes. ``mail`` and ``phone`` are those
    of the structure asked, public data of that day. ``site`` is the address of the site that links
    begin with. ``link`` numbers the links sent for this case, and ``link_opened`` says whether the
    last was opened. ``sealed`` holds who the person is until ``forgotten``.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="cases",
    )
    number = models.IntegerField()
    code = models.CharField(max_length=12)
    once = models.CharField(max_length=64)
    desk = models.CharField(max_length=100)
    opener = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    code_insee = models.CharField(max_length=5)
    service = models.TextField(null=True)
    errand = models.CharField(max_length=100, null=True)
    query = models.TextField(blank=True, default="")
    site = models.CharField(max_length=200, blank=True, default="")
    link = models.IntegerField(default=0)
    link_opened = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    stage_code = models.CharField(max_length=20)
    structure_id = models.CharField(max_length=100, blank=True, default="")
    mail = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    standing = models.JSONField()
    due_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField()
    forgotten = models.BooleanField(default=False)
    sealed = models.TextField(blank=True, default="")

    class Meta:
        """One number, one code and one opening of each."""

        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="one_case_by_number"),
            models.UniqueConstraint(fields=["territory", "code"], name="one_case_by_code"),
            models.UniqueConstraint(fields=["territory", "once"], name="one_case_by_opening"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="case_due"),
            models.Index(fields=["forgotten", "forget_at"], name="case_forget"),
            models.Index(fields=["territory", "desk", "stage_code"], name="case_desk"),
            models.Index(fields=["territory", "structure_id"], name="case_structure"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.number}"


class CaseEvent(models.Model):
    """Something done to a case, in its order; ``told`` is the ``Event``, ``sealed`` its words.

    ``once`` names the act, drawn by the form that it was told with; NULL: time did it.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="events")
    seq = models.IntegerField()
    once = models.CharField(max_length=32, null=True)
    told = models.JSONField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sealed = models.TextField(blank=True, default="")

    class Meta:
        """In order, each once."""

        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="one_event_by_order"),
            models.UniqueConstraint(fields=["case", "once"], name="one_event_by_act"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.seq}"


class Party(models.Model):
    """A structure that was ever asked in a case: it may read what it was asked."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="parties")
    structure_id = models.CharField(max_length=100)

    class Meta:
        """Each once."""

        constraints = [
            models.UniqueConstraint(fields=["case", "structure_id"], name="one_party_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.structure_id}"


class Reading(models.Model):
    """Somebody read who a person is: which account, or the link of which request, and when."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_link = models.IntegerField(null=True)

    class Meta:
        """The newest first."""

        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="reading_at")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.at}"


class Letter(models.Model):
    """A message to send: ``key`` names it, so that it is written once.

    ``sealed`` holds to whom and what, until it leaves; then nothing of it is kept but the moment.
    ``until``: after it, it would be of no use any more. ``asks``: nor once its case moved.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=80, unique=True)
    sealed = models.TextField()
    due_at = models.DateTimeField()
    until = models.DateTimeField()
    asks = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    n_tries = models.IntegerField(default=0)

    class Meta:
        """The oldest first."""

        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_at", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return self.key
