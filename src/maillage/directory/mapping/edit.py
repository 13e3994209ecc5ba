"""A mapping corrected by a person, column by column, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from maillage.directory.mapping.model import FIELDS, LISTS, FieldRule, FileMapping

NOT_READ = ""
"""What is chosen for a column that tells nothing of use."""


def read_by(mapping: FileMapping, column: str) -> tuple[str, ...]:
    """Return the fields that a column tells, in the standard's order; none where it is not read."""
    rules = mapping.rules
    return tuple(f for f in FIELDS if f in rules and column in rules[f].all_columns)


def with_columns(mapping: FileMapping, chosen: Mapping[str, str]) -> FileMapping:
    """Return the mapping where each column chosen tells one field alone, or is ``NOT_READ``.

    A column joins those that tell a field of several values; elsewhere it takes their place. What
    is not chosen stays as it was, with its values and signs. Raises ValueError for what is no
    field, or no column of the mapping.
    """
    for column, field in chosen.items():
        if column not in mapping.columns:
            raise ValueError(column)
        if field != NOT_READ and field not in FIELDS:
            raise ValueError(field)
    rules = {name: _without(rule, set(chosen)) for name, rule in mapping.rules.items()}
    for column, field in chosen.items():
        if field == NOT_READ:
            continue
        before = rules.get(field, FieldRule())
        joined = (*before.columns, column) if field in LISTS else (column,)
        rules[field] = replace(before, columns=joined) if field in LISTS else FieldRule(joined)
    told = {name: rule for name, rule in rules.items() if rule.all_columns}
    return replace(mapping, rules=MappingProxyType(told))


def with_words(
    mapping: FileMapping, words: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> FileMapping:
    """Return the mapping that gives national words to more values of some fields; none: dropped.

    ``words`` go by field, then by value as the file writes it. Raises ValueError for a field that
    no column tells.
    """
    rules = dict(mapping.rules)
    for field, values in words.items():
        if field not in rules:
            raise ValueError(field)
        known = {**rules[field].values, **values}
        rules[field] = replace(rules[field], values=MappingProxyType(known))
    return replace(mapping, rules=MappingProxyType(rules))


def _without(rule: FieldRule, columns: set[str]) -> FieldRule:
    """Return a rule that reads none of some columns."""
    return replace(
        rule,
        columns=tuple(one for one in rule.columns if one not in columns),
        if_yes=MappingProxyType({k: v for k, v in rule.if_yes.items() if k not in columns}),
        days=MappingProxyType(
            {
                day: left
                for day, told in rule.days.items()
                if (left := tuple(one for one in told if one not in columns))
            }
        ),
    )
