"""Background work for tests: what a worker can be asked without a territory."""

from __future__ import annotations

from django_tasks import task

DONE: list[int] = []


@task
def count(number: int) -> None:
    """Write a number down."""
    DONE.append(number)


@task
def fail(number: int) -> None:
    """Fail at it."""
    raise ArithmeticError(number)
