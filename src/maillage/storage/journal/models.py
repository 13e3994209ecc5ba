"""The journal: a table that only grows. The model refuses to rewrite it; so does the database."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class JournalIsAppendOnlyError(RuntimeError):
    """Somebody's code tried to rewrite or delete what was written in the journal."""

    def __init__(self) -> None:
        super().__init__("the journal only grows: its lines are never changed nor deleted")


def _refuse(*_: object, **__: object) -> NoReturn:
    raise JournalIsAppendOnlyError


class AppendOnlyQuerySet(models.QuerySet["JournalEntry"]):
    """Lines of the journal: to be read, and added to."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse


class Verb(models.TextChoices):
    """What happened to the directory, or to one thing of it."""

    IMPORTED = "imported", "annuaire repris depuis les sources"
    NOTHING_CHANGED = "nothing-changed", "annuaire relu, rien n'a changé"
    CREATED = "created", "ajout"
    CHANGED = "changed", "modification"
    VANISHED = "vanished", "disparition"


class JournalEntry(models.Model):
    """One line: on which date (as told, not the clock's), by whom, what, to which thing.

    ``subject_id`` is empty for a line about the whole directory; ``after`` then holds the counts.
    ``before`` and ``after`` are the thing as JSON; NULL where there was, or is, none.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.PROTECT, related_name="journal"
    )
    at = models.DateField(null=True)
    actor = models.TextField()
    verb = models.CharField(max_length=20, choices=Verb.choices)
    subject_id = models.CharField(max_length=100, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        """What the database itself holds to."""

        indexes = [models.Index(fields=["territory", "subject_id"], name="journal_subject")]

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Write a new line; refuse to rewrite one."""
        if not self._state.adding:
            raise JournalIsAppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    delete = _refuse
