"""Profiles as the columns that the linking engine compares and blocks by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.directory.keys import own_id
from maillage.directory.linking.model import Profile, Question
from maillage.directory.linking.rarity import (
    Reach,
    email_reach,
    phone_reach,
    pivot_reach,
    site_reach,
    word_weights,
)
from maillage.directory.linking.vocabulary import (
    barred,
    initials,
    is_communal,
    is_generic,
    is_kind,
    kind_number,
)
from maillage.engines.splink_frame import Frame
from maillage.engines.splink_keys import cut_of, keys_of
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters
from maillage.territory.departements import departement

if TYPE_CHECKING:
    import pyarrow as pa

_HUNDRED = 100
_ID_STEP = 128  # a word's code is its number x 128 + its weight in hundredths
_BATCH = 2_000
_MASKS, _BITS = 2, 60
_SIREN = 9
_SIRET = 14
_VAGUE = frozenset({"bourg", "mairie", "village", "centre bourg", "centre ville", "hotel ville"})
_WAY_WORDS = frozenset(
    {
        "rue", "avenue", "boulevard", "place", "route", "chemin", "allee", "impasse", "square",
        "quai", "cours", "faubourg", "residence", "esplanade", "parvis", "passage", "grande",
        "grand", "general", "marechal", "docteur", "president", "saint", "sainte",
    }
)  # fmt: skip


class Prepared:
    """Profiles made ready once for the three questions."""

    def __init__(self, profiles: Sequence[Profile], parameters: Parameters) -> None:
        floor = parameters.number("linking.words.floor")
        generic = parameters.number("linking.words.generic")
        self._profiles = profiles
        self._weights = word_weights(profiles, floor, generic)
        self._numbers = {word: i for i, word in enumerate(sorted(self._weights))}
        self._reach = _Reaches(profiles)
        self._parameters = parameters
        self._table = self._columns()

    def frame(self, question: Question) -> Frame:
        """Return what the engine links for a question."""
        keys = keys_of(question, self._parameters)
        return Frame(self._table, keys, cut_of(self._parameters))

    def _columns(self) -> pa.Table:
        """Return the columns, made a batch at a time."""
        import pyarrow as pa

        schema = _schema()
        batches = [
            pa.Table.from_pylist(
                [self._row(p) for p in self._profiles[start : start + _BATCH]], schema
            )
            for start in range(0, len(self._profiles), _BATCH)
        ]
        return pa.concat_tables(batches) if batches else schema.empty_table()

    def _row(self, p: Profile) -> dict[str, object]:
        telling = [w for w in p.words if not is_kind(w) and not is_generic(w)]
        codes, telling_codes = [[self._code(w) for w in words] for words in (p.words, telling)]
        short = initials(p.name)
        return {
            **_told(p),
            **self._reach.told(p),
            "word_codes": codes,
            "word_weight": sum(code % _ID_STEP for code in codes),
            "telling": " ".join(telling) or None,
            "telling_codes": telling_codes,
            "ordinary_codes": [code for code in codes if code not in telling_codes],
            "initials": self._code(short) if short in self._weights else None,
            "title_weight": sum(round(self._weights[w] * _HUNDRED) for w in p.title),
        }

    def _code(self, word: str) -> int:
        return self._numbers[word] * _ID_STEP + round(self._weights[word] * _HUNDRED)


class _Reaches:
    """Who shares the contacts of the records."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._phones, self._pivots = phone_reach(profiles), pivot_reach(profiles)
        self._mails, self._sites = email_reach(profiles), site_reach(profiles)

    def told(self, p: Profile) -> dict[str, object]:
        """Return the columns that tell how rare the contacts of a record are."""
        return {
            "mails": [m for m in p.courriels if self._mails[m] is Reach.OWN],
            "shared_mails": [m for m in p.courriels if self._mails[m] is not Reach.OWN],
            "sites": [s for s in p.sites if self._sites[s] is Reach.OWN],
            "shared_sites": [s for s in p.sites if self._sites[s] is Reach.TOWN],
            # a site of several communes is a network's or a ministry's: it tells nothing of who
            "n_sites": sum(self._sites[s] is not Reach.WIDE for s in p.sites),
            "phone_reach": int(self._phones[p.telephone]) if p.telephone else None,
            "pivot_reach": int(self._pivots[p.pivot]) if p.pivot else None,
        }


def _schema() -> pa.Schema:
    """Return the types of the columns: a batch that tells nothing of one cannot say its type."""
    import pyarrow as pa

    text, whole, real, flag = pa.string(), pa.int64(), pa.float64(), pa.bool_()
    types = {
        text: "area postal departement street street_bag repetition phone pivot siren collector "
        "own_id telling words title street_digits way door home",
        whole: "kinds_0 kinds_1 barred_0 barred_1 number n_mails n_sites word_weight initials "
        "title_weight phone_reach pivot_reach",
        real: "x y z lon lat",
        flag: "communal itinerant",
        pa.list_(text): "street_words mails shared_mails sites shared_sites all_mails "
        "all_sites kinds",
        pa.list_(whole): "word_codes telling_codes ordinary_codes",
    }
    return pa.schema([(name, kind) for kind, names in types.items() for name in names.split()])


def _told(p: Profile) -> dict[str, object]:
    """Return the columns that one record alone makes."""
    vague = p.number is None and p.street in _VAGUE
    street = "" if vague else p.street
    number, repetition = _split(p.number)
    sphere = _on_sphere(p.point)
    return {
        "words": " ".join(p.words) or None,
        "title": " ".join(p.title) or None,
        "kinds": p.kinds,
        **_masks(p.kinds),
        "communal": bool(p.kinds) and all(is_communal(kind) for kind in p.kinds),
        "area": p.code_insee,
        "home": p.area,
        "postal": p.code_postal,
        "departement": departement(p.code_insee or p.code_postal or "") or None,
        "street": street or None,
        "street_bag": " ".join(sorted(street.split())) or None,
        "street_digits": "".join(c for c in street if c.isdecimal()),
        "street_words": [w for w in street.split() if w not in _WAY_WORDS],
        "way": p.street or None,
        "door": p.number or None,
        "number": number,
        "repetition": repetition,
        "x": sphere[0],
        "y": sphere[1],
        "z": sphere[2],
        "lon": p.point.lon if p.point else None,
        "lat": p.point.lat if p.point else None,
        "phone": p.telephone,
        "all_mails": p.courriels,
        "n_mails": len(p.courriels),
        "all_sites": p.sites,
        "pivot": p.pivot,
        "siren": _siren(p.pivot),
        "itinerant": p.itinerant,
        "collector": p.collector,
        "own_id": own_id(p.collector, p.key.record_id),
    }


@lru_cache(maxsize=4096)  # records by the thousand are of the same kinds
def _masks(kinds: tuple[str, ...]) -> dict[str, int]:
    """Return kinds, and what they bar, as bits of whole numbers: two sets are compared at once."""
    return {**_mask("kinds", kinds), **_mask("barred", barred(kinds))}


def _mask(name: str, kinds: tuple[str, ...]) -> dict[str, int]:
    masks = [0] * _MASKS
    for kind in kinds:
        place, bit = divmod(kind_number(kind), _BITS)
        masks[place] |= 1 << bit
    return {f"{name}_{place}": mask for place, mask in enumerate(masks)}


def _on_sphere(point: Point | None) -> tuple[float | None, float | None, float | None]:
    """Return a point of the globe in three coordinates, its radius 1."""
    if point is None:
        return None, None, None
    lon, lat = math.radians(point.lon), math.radians(point.lat)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _split(number: str | None) -> tuple[int | None, str | None]:
    """Return a house number and what repeats it: "12bis" is 12, "bis"."""
    digits = "".join(c for c in number or "" if c.isdigit())
    if not digits:
        return None, None
    return int(digits), (number or "")[len(digits) :]


def _siren(pivot: str | None) -> str | None:
    if pivot is None:
        return None
    return pivot[:_SIREN] if len(pivot) == _SIRET and pivot.isdecimal() else pivot
