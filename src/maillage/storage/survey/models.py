"""The tables of surveys. Words that nobody has screened yet are sealed, in columns of that name."""

from __future__ import annotations

from django.conf import settings
from django.db import models


def _territory() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey("maillage_territory.Epci", on_delete=models.CASCADE, related_name="+")


def _account() -> models.ForeignKey[models.Model | None, models.Model | None]:
    """An account, gone since where NULL."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Questionnaire(models.Model):
    """One version of a questionnaire, as its XLSForm is written in Markdown; never changed.

    ``form_id`` and ``version`` are those of its settings.
    """

    territory = _territory()
    form_id = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    source = models.TextField()
    brought_at = models.DateTimeField()

    class Meta:
        """Each version once."""

        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "form_id", "version"], name="one_questionnaire_by_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_id} · {self.version}"


class Wave(models.Model):
    """One time of asking one questionnaire; ``slug`` is what addresses and files bear.

    ``public``: anybody may answer on the site between ``starts`` and ``ends``; else only who is
    called, or holds the link of a contact. ``weighting``: the margins its answers are weighted to,
    as ``maillage survey estimate`` reads them; "" = none. ``targets``: how many are to be heard, by
    kind and area, as ``survey/contacts`` writes them; empty = everybody of the list.
    """

    territory = _territory()
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)
    public = models.BooleanField(default=False)
    weighting = models.TextField(blank=True, default="")
    targets = models.JSONField(blank=True, default=dict)

    class Meta:
        """The newest first; each slug once."""

        ordering = ["-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="one_wave_by_slug")
        ]

    def __str__(self) -> str:
        return self.slug


class ContactRow(models.Model):
    """One structure or town hall to hear in a wave: ``told`` is the whole ``Contact``.

    ``out``: a person took it off the list; it is kept, so that it is not proposed again.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="contacts")
    key = models.CharField(max_length=120)
    told = models.JSONField()
    out = models.BooleanField(default=False)

    class Meta:
        """Each once."""

        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "key"], name="one_contact_by_key")]

    def __str__(self) -> str:
        return self.key


class ContactEventRow(models.Model):
    """One call or letter, in order; ``told`` is the ``ContactEvent``. Nothing is taken out."""

    contact = models.ForeignKey(ContactRow, on_delete=models.CASCADE, related_name="events")
    told = models.JSONField()
    at = models.DateTimeField()
    by = _account()

    class Meta:
        """In order of when it happened."""

        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.contact_id} · {self.at}"


class LinkedNameRow(models.Model):
    """Which contact a name that answers wrote means, as a person said; ``contact_key`` "": nobody
    of the list. ``name`` is normalised, so that it is said once for all who wrote it."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="linked_names")
    name = models.CharField(max_length=300)
    contact_key = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    by = _account()

    class Meta:
        """Each name once."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["wave", "name"], name="one_link_by_name")]

    def __str__(self) -> str:
        return f"{self.wave_id} · {self.name}"


class WorkshopRow(models.Model):
    """A workshop: ``told`` holds its ideas, groups, votes and outcome, as the domain writes them.

    ``revision`` counts what was kept, so that two people at once lose nothing unseen.
    """

    territory = _territory()
    wave = models.ForeignKey(Wave, null=True, on_delete=models.SET_NULL, related_name="workshops")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    told = models.JSONField(default=dict)
    revision = models.IntegerField(default=0)

    class Meta:
        """The newest first."""

        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class BroughtFileRow(models.Model):
    """A file of answers that a coordinator brought; the file itself is not kept.

    ``n_known``: its answers that the wave had already, left as they were.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="brought_files")
    name = models.CharField(max_length=120)
    n_known = models.IntegerField(default=0)
    at = models.DateTimeField()
    by = _account()

    class Meta:
        """The newest first."""

        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class AnswerRow(models.Model):
    """One filled questionnaire, or one that is being filled (``done_at`` NULL).

    ``key`` is the opaque id of the answer. ``resume`` is the digest of the code by which who
    answers takes it up again; "" once done. ``sealed`` holds what is filled so far, and notes,
    until it is done; ``values`` then holds the answers but for words in one's own terms.
    ``revision`` counts what was kept, so that an older page does not undo a newer one.
    ``withdrawn_at``: it counts no more. ``brought``: the file it came with, None = given here.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=80)
    form_version = models.CharField(max_length=100)
    channel_code = models.CharField(max_length=20)
    contact_key = models.CharField(max_length=120, blank=True, default="")
    resume = models.CharField(max_length=64, blank=True, default="", db_index=True)
    revision = models.IntegerField(default=0)
    sealed = models.TextField(blank=True, default="")
    values = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    brought = models.ForeignKey(
        BroughtFileRow, null=True, on_delete=models.CASCADE, related_name="answers"
    )
    by = _account()

    class Meta:
        """Each once."""

        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "key"], name="one_answer_by_key")]
        indexes = [models.Index(fields=["done_at", "kept_at"], name="answer_left")]

    def __str__(self) -> str:
        return self.key


class VerbatimRow(models.Model):
    """Words in one's own terms: ``screened`` is what others may read.

    ``sealed`` holds the words as they were said and where marks stand in them, seen by nobody but
    who checks the screening, until some hours after they are ``read_at``. ``doubts``: what the
    screening was not sure of. ``quotable``: who spoke agreed to be quoted without a name.
    ``quote``: who read it said it may be (None = not said).
    """

    answer = models.ForeignKey(
        AnswerRow, null=True, on_delete=models.CASCADE, related_name="verbatims"
    )
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="verbatims")
    number = models.IntegerField()
    question = models.CharField(max_length=100)
    source_kind = models.CharField(max_length=60, blank=True, default="")
    is_note = models.BooleanField(default=False)
    sealed = models.TextField(blank=True, default="")
    screened = models.TextField()
    doubts = models.JSONField(default=list)
    quotable = models.BooleanField(default=False)
    quote = models.BooleanField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = _account()

    class Meta:
        """In order."""

        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_verbatim_by_number")
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} · {self.number}"


class CodingRow(models.Model):
    """A theme put on a verbatim, or taken off (``on`` False), by whom; nothing is taken out."""

    verbatim = models.ForeignKey(VerbatimRow, on_delete=models.CASCADE, related_name="codings")
    theme = models.CharField(max_length=60)
    on = models.BooleanField()
    at = models.DateTimeField()
    by = _account()

    class Meta:
        """In order."""

        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verbatim_id} · {self.theme}"
