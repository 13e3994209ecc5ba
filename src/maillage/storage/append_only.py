"""Tables that only grow: the models refuse to rewrite a line. Their migrations make the database
refuse it too.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class AppendOnlyError(RuntimeError):
    """Somebody's code tried to rewrite or delete what was written for good."""

    def __init__(self) -> None:
        super().__init__("this table only grows: its lines are never changed nor deleted")


def _refuse(*_: object, **__: object) -> NoReturn:
    raise AppendOnlyError


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Lines written for good: to be read, and added to."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse


class AppendOnlyRow(models.Model):
    """A line that is written once; its ``objects`` are an ``AppendOnlyQuerySet``."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Write a new line; refuse to rewrite one."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    delete = _refuse
