"""The journal: a table that only grows."""

from __future__ import annotations

from django.db import models

from maillage.directory.journal import Verb
from maillage.storage.append_only import AppendOnlyQuerySet, AppendOnlyRow


class JournalEntry(AppendOnlyRow):
    """One line: on which date (as told, not the clock's), by whom, what, to which thing.

    ``subject_id`` is empty for a line about the whole directory; ``after`` then holds the counts.
    ``before`` and ``after`` are the thing as JSON; NULL where there was, or is, none. For what
    happened to an id, ``after`` is the rest of the ``Event``.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.PROTECT, related_name="journal"
    )
    at = models.DateField(null=True)
    actor = models.TextField()
    verb = models.CharField(max_length=20, choices=[(verb.code, verb.label) for verb in Verb])
    subject_id = models.CharField(max_length=100, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = AppendOnlyQuerySet["JournalEntry"].as_manager()

    class Meta:
        """What the database itself holds to."""

        indexes = [models.Index(fields=["territory", "subject_id"], name="journal_subject")]
