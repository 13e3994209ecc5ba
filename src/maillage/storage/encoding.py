"""Frozen dataclasses as JSON and back, equal to what they were.

A field that is None (not told) is left out; an empty tuple (told "none") is written ``[]``. Dates
are ISO text. A word of a vocabulary is its text, any other enum member is its code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import types
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any
Reader = Callable[[Json], Any]

_PLAIN: dict[Any, Reader] = {
    str: lambda data: data,
    int: lambda data: data,
    bool: lambda data: data,
    float: float,  # PostgreSQL gives 1e23 back as a whole number
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def to_json(value: object) -> Json:
    """Return ``value`` (a frozen dataclass, or what its fields hold) in JSON's own types."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, enum.Enum):
        return code_of(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        kind: type = type(value)
        told = ((name, getattr(value, name)) for name in _field_names(kind))
        return {name: to_json(item) for name, item in told if item is not None}
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(kind: type[T], data: Json) -> T:
    """Return the ``kind`` that ``to_json`` was given. Raises ValueError for an unknown word."""
    reader = _reader(cast("Any", kind))
    return cast("T", reader(data))


def code_of(member: enum.Enum) -> str:
    """Return the text by which an enum member is written."""
    value = member.value
    return value if isinstance(value, str) else str(value[0])


@cache
def _members(kind: type[enum.Enum]) -> dict[str, enum.Enum]:
    return {code_of(member): member for member in kind}


def member_of(kind: type[T], code: str) -> T:
    """Return the member of an enum that is written ``code``; ValueError where there is none."""
    try:
        return cast("T", _members(cast("type[enum.Enum]", kind))[code])
    except KeyError:
        raise ValueError(f"{kind.__name__} : « {code} »") from None


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - a type, or a form such as ``str | None``
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return _optional(kind)
    if origin is tuple:
        return _tuple(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return lambda data: member_of(kind, data)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_tuple(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(cast("type", kind))
    if kind in _PLAIN:
        return _PLAIN[kind]
    raise TypeError(f"no JSON for {kind}")


def _optional(kind: Any) -> Reader:  # noqa: ANN401
    (inner,) = (_reader(arm) for arm in get_args(kind) if arm is not type(None))
    return lambda data: None if data is None else inner(data)


def _tuple(kind: Any) -> Reader:  # noqa: ANN401
    *inner, last = get_args(kind)
    if last is Ellipsis:
        (read,) = (_reader(item) for item in inner)
        return lambda data: tuple(read(item) for item in data)
    readers = [_reader(item) for item in (*inner, last)]
    return lambda data: tuple(read(item) for read, item in zip(readers, data, strict=True))


def _named_tuple(kind: type) -> Reader:
    readers = [_reader(hint) for hint in get_type_hints(kind).values()]
    return lambda data: kind(*(read(item) for read, item in zip(readers, data, strict=True)))


def _dataclass(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _field_names(kind)}

    def read(data: Json) -> object:
        """Return the dataclass; what the JSON leaves out is None."""
        told = {name: readers[name](item) for name, item in data.items()}
        return kind(**{**dict.fromkeys(readers), **told})

    return read
