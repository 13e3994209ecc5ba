"""Dated, sourced parameters: thresholds, speeds, weights, norms. No policy number stands in code.

Each ``parameters/*.yaml`` file is a tree whose leaves are lists of dated values::

    walk:
      speed_kmh:
        label: Vitesse de marche
        unit: km/h
        values:
          - {date: 2010-01-01, value: 4.0, source: "Cerema, 2018, …"}

``load_parameters(on)`` gives the values in force on a date, under dotted names that begin with
the file's name (``travel.walk.speed_kmh``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maillage.kernel.errors import ParameterError
from maillage.kernel.language import tr

FOLDER = Path(__file__).parent.parent / "parameters"

Value = float | int | str | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in force: its dotted name, French label, unit, the date it holds from, its source."""

    name: str
    label: str
    value: Value
    unit: str
    since: dt.date
    source: str


class Parameters:
    """The parameters in force on one date, by dotted name."""

    def __init__(self, on: dt.date, values: Mapping[str, Parameter]) -> None:
        self.on = on
        self._values = dict(values)

    def __getitem__(self, name: str) -> Parameter:
        """Return the whole parameter; unknown names are a ParameterError that names it."""
        try:
            return self._values[name]
        except KeyError:
            message = tr("Le paramètre « {name} » n'existe pas, ou n'a pas de valeur au {on}.")
            raise ParameterError(message.format(name=name, on=self.on)) from None

    def number(self, name: str) -> float:
        """Return one number."""
        value = self[name].value
        if isinstance(value, int | float):
            return float(value)
        raise ParameterError(tr("« {name} » devrait être un nombre.").format(name=name))

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        value = self[name].value
        if isinstance(value, tuple):
            return tuple(float(v) for v in value)
        raise ParameterError(tr("« {name} » devrait être une liste de nombres.").format(name=name))

    def under(self, prefix: str) -> tuple[Parameter, ...]:
        """Return all parameters whose name begins with ``prefix.``, in order of name."""
        return tuple(self._values[n] for n in sorted(self._values) if n.startswith(prefix + "."))

    def replaced(self, name: str, value: Value) -> Parameters:
        """Return the same parameters with one value changed (for variants)."""
        old = self[name]
        source = tr("variante de : {source}").format(source=old.source)
        new = Parameter(name, old.label, value, old.unit, old.since, source)
        return Parameters(self.on, {**self._values, name: new})


def load_parameters(on: dt.date, folder: Path = FOLDER) -> Parameters:
    """Return the parameters in force on a date, read from every YAML file of the folder."""
    values: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, leaf in _leaves(path.stem, tree):
            parameter = _in_force(name, leaf, on)
            if parameter is not None:
                values[name] = parameter
    return Parameters(on, values)


def _leaves(name: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "values" in tree:
        yield name, tree
        return
    for key in tree:
        yield from _leaves(f"{name}.{key}", tree[key])


def _in_force(name: str, leaf: Mapping[str, Any], on: dt.date) -> Parameter | None:
    past = [dated for dated in leaf["values"] if dated["date"] <= on]
    if not past:
        return None
    latest = max(past, key=lambda dated: dated["date"])
    value = latest["value"]
    return Parameter(
        name=name,
        label=leaf["label"],
        value=tuple(value) if isinstance(value, list) else value,
        unit=leaf.get("unit", ""),
        since=latest["date"],
        source=latest["source"],
    )
