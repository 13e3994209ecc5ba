"""What two records of places may share to be looked at together, as keys of the linking engine.

Strong keys tell by themselves that two records may be one; weak ones only that they stand near or
are of one kind, which in a city many do: these are cut sooner.
"""

from __future__ import annotations

from maillage.directory.linking.model import Question
from maillage.engines.splink_blocks import Cut, Key
from maillage.kernel.parameters import Parameters

_NEAR_DEG = 0.003  # some 300 m: how near two points must be to be looked at for that alone
_AROUND_DEG = 0.06  # some 5 km: neighbouring communes
_CORNER_DEG = 0.001  # some 100 m: one corner of a crowded square


def keys_of(question: Question, parameters: Parameters) -> tuple[Key, ...]:
    """Return the keys of a question. Raises ParameterError where a limit is missing."""
    strong = int(parameters.number("linking.blocks.most"))
    weak = int(parameters.number("linking.blocks.weak"))
    keys = (
        Key("telling word in a commune", ("home", "unnest(telling_codes)"), strong),
        Key("telling word at a postal code", ("postal", "unnest(telling_codes)"), strong),
        Key("ordinary word in a commune", ("home", "unnest(ordinary_codes)"), weak),
        Key("ordinary word at a postal code", ("postal", "unnest(ordinary_codes)"), weak),
        *_squares("telling word around", _AROUND_DEG, weak, "unnest(telling_codes)"),
        Key("street", ("home", "way"), strong),
        Key("door", ("postal", "door", "way"), strong),
        *_squares("square", _NEAR_DEG, weak),
        Key("phone", ("phone",), strong),
        Key("mail", ("unnest(all_mails)",), strong),
        Key("own id", ("own_id", "collector"), strong),
    )
    if question is Question.LIEU:
        return keys
    keys += (Key("site", ("unnest(all_sites)",), strong),)
    kind = ("home", "unnest(kinds)")
    if question is Question.PERMANENCE:
        return (*keys, Key("kind", kind, weak), Key("siren", ("siren", "home"), strong))
    return (
        *keys,
        Key("kind", kind, strong),
        Key("siren", ("siren",), strong),
        Key("telling name", ("departement", "words", "telling"), strong),
    )


def cut_of(parameters: Parameters) -> Cut:
    """Return how a key of too many is cut. Raises ParameterError where a limit is missing."""
    door = ("way", "coalesce(door, '')")
    second = (
        # a name without a word of its own ("La Poste") tells in its commune alone
        Key("name", ("words", "telling")),
        Key("name", ("words", "home")),
        Key("name", ("words", "postal")),
        Key("door", (*door, "home")),
        Key("door", (*door, "postal")),
        Key("phone", ("phone",)),
        Key("pivot", ('"pivot"',)),
        *_squares("corner", _CORNER_DEG, None),
    )
    return Cut(second, int(parameters.number("linking.blocks.next")))


def _squares(family: str, size_deg: float, most: int | None, *also: str) -> tuple[Key, ...]:
    """Return four squares of twice the size around a point: two points that near share one."""
    x, y = (f"CAST(floor({side} / {size_deg!r}) AS INTEGER)" for side in ("lon", "lat"))
    return tuple(
        Key(family, (f"{x} + {dx}", f"{y} + {dy}", *also), most) for dx in (0, 1) for dy in (0, 1)
    )
