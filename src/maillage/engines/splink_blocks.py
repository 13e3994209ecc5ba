"""Which pairs of records are looked at: those that share a key, told as SQL over their columns.

The work and the memory grow as the records do, whatever they tell: no key makes more than so many
pairs a record. One family of keys is met at a time, so that only its own keys stand in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ID = "unique_id"
_RECORDS_AT_ONCE = 300_000

_IN_BIG = "SELECT key FROM {table} GROUP BY key HAVING count(*) > $most"
_PAIRED = """
INSERT INTO met
SELECT a.id, b.id FROM {table} AS a JOIN {table} AS b ON a.key = b.key AND a.id < b.id
WHERE a.key NOT IN (SELECT key FROM big)
"""
_CUT = """
CREATE TABLE cut AS
SELECT block.id, hash(block.key, second.key) AS key
FROM block JOIN big ON big.key = block.key
JOIN second ON second.id = block.id AND second.family <> $family
"""
_RANKED = """
CREATE TABLE ranked AS
SELECT id, key, row_number() OVER (PARTITION BY key ORDER BY id) AS place
FROM cut WHERE key IN (SELECT key FROM big)
"""
_NEXT = """
INSERT INTO met
SELECT a.id, b.id FROM (SELECT *, unnest(range(1, $next + 1)) AS step FROM ranked) AS a
JOIN ranked AS b ON b.key = a.key AND b.place = a.place + a.step AND a.id < b.id
"""


@dataclass(frozen=True, slots=True)
class Key:
    """What two records may share: SQL parts, all of which must be told; ``unnest`` gives several.

    Keys of one ``family`` are one thing told in several ways: a record of one meets that of
    another. They stand together. ``most``: how many records may share it and all be paired; None is
    as many as there are.
    """

    family: str
    parts: tuple[str, ...]
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """How a key that too many share is cut: they must share one of ``second`` too.

    Where too many still share both, each is paired with the ``next`` ones in order of id.
    """

    second: tuple[Key, ...] = ()
    next: int = 0


def meet(connection: DuckDBPyConnection, keys: Sequence[Key], cut: Cut) -> None:
    """Make the table ``met`` of the pairs (l, r) of ``records`` to look at, l < r, some twice."""
    connection.execute("CREATE TABLE met (l INTEGER, r INTEGER)")
    connection.execute("CREATE TABLE second (id INTEGER, family UTINYINT, key UBIGINT)")
    (n_records,) = connection.execute("SELECT count(*) FROM records").fetchall()[0]
    portions = 1 + n_records // _RECORDS_AT_ONCE
    families = {name: number for number, name in enumerate({k.family: 0 for k in keys})}
    for key in cut.second:
        family = families.setdefault(key.family, len(families))
        connection.execute(f"INSERT INTO second SELECT id, {family}, key FROM ({_keyed(key)})")  # noqa: S608 - own SQL
    for name, of_family in groupby(keys, key=lambda key: key.family):
        alike = list(of_family)
        for portion in range(portions):
            only = f"WHERE key % {portions} = {portion}"
            connection.execute("CREATE TABLE block (id INTEGER, key UBIGINT)")
            for key in alike:
                connection.execute(f"INSERT INTO block SELECT * FROM ({_keyed(key)}) {only}")  # noqa: S608 - own SQL
            _pair_block(connection, families[name], alike[0].most, cut.next)
    connection.execute("DROP TABLE second")


def _pair_block(connection: DuckDBPyConnection, family: int, most: int | None, n_next: int) -> None:
    """Pair the records of ``block``, cut where it must be, and drop it."""
    with_most = {"most": 2**62 if most is None else most}
    _pair(connection, "block", with_most)
    connection.execute(_CUT, {"family": family})
    _pair(connection, "cut", with_most)
    connection.execute(_RANKED)
    connection.execute(_NEXT, {"next": n_next})
    for spent in ("block", "cut", "big", "ranked"):
        connection.execute(f"DROP TABLE {spent}")


def _pair(connection: DuckDBPyConnection, table: str, most: dict[str, int]) -> None:
    """Pair the records of each key of a table but those of too many, which ``big`` then holds."""
    connection.execute(f"CREATE OR REPLACE TABLE big AS {_IN_BIG.format(table=table)}", most)
    connection.execute(_PAIRED.format(table=table))


def _keyed(key: Key) -> str:
    """Return the SQL that gives the id of each record and its key, once for each it has."""
    names = [f"part_{i}" for i in range(len(key.parts))]
    told = ", ".join(f"{part} AS {name}" for part, name in zip(key.parts, names, strict=True))
    every = " AND ".join(f"{name} IS NOT NULL" for name in names)
    return (
        f"SELECT {ID} AS id, hash({', '.join(names)}) AS key "  # noqa: S608 - own SQL
        f"FROM (SELECT {ID}, {told} FROM records) WHERE {every}"
    )
