"""Splink on DuckDB, for any records: comparisons, blocks and weights come as data.

The engine knows nothing of places: a ``Frame`` is columns, a ``Model`` SQL conditions with match
weights (log2 of how much likelier a level is among pairs that are one). It is Fellegi and Sunter's
model with every weight given: nothing is estimated here, so that the score of a pair is always the
same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maillage.directory.linking.model import NOT_TOLD
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection
    from splink import SettingsCreator
    from splink.comparison_library import CustomComparison

_THREADS = 2
_ID = "unique_id"
_BATCH = 50_000
_PAIRS_AT_ONCE = 400_000
_CERTAIN = 1.0 - 1e-12  # the odds of a certainty are no number
_PART = (
    "CREATE OR REPLACE TABLE part AS SELECT * FROM asked WHERE join_key_l BETWEEN $first AND $last"
)
_CUT = """
CREATE TABLE narrow AS
SELECT id, key FROM blocks WHERE key NOT IN (SELECT key FROM big)
UNION
SELECT blocks.id, hash(blocks.key, seconds.key)
FROM blocks JOIN big ON big.key = blocks.key JOIN seconds ON seconds.id = blocks.id
"""
_PAIRED = """
CREATE TABLE asked AS SELECT '0' AS match_key, l AS join_key_l, r AS join_key_r FROM (
  SELECT DISTINCT a.id AS l, b.id AS r
  FROM narrow AS a JOIN narrow AS b ON a.key = b.key AND a.id < b.id
)
"""
_GIVEN = "CREATE TABLE asked AS SELECT '0' AS match_key, l AS join_key_l, r AS join_key_r FROM ends"


@dataclass(frozen=True, slots=True)
class SqlLevel:
    """A level of a comparison: what must hold of ``column_l`` and ``column_r``, and its weight."""

    condition: str
    weight: float


@dataclass(frozen=True, slots=True)
class SqlComparison:
    """One comparison of a model.

    ``untold``: the condition under which a pair tells nothing. ``levels`` go from the most alike
    to the least, the last of which holds wherever no other does (its condition is not read).
    """

    name: str
    untold: str
    levels: tuple[SqlLevel, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What makes two records one: comparisons, and the log2 odds before any is looked at."""

    comparisons: tuple[SqlComparison, ...]
    prior: float


class Keys(Protocol):
    """The keys of each record, by its place: a list, or what makes them when they are asked."""

    def __len__(self) -> int:
        """Return the number of records."""

    def __getitem__(self, index: int, /) -> Sequence[str]:
        """Return the keys of one record."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Records as columns, and the keys of each: two records that share a key are looked at.

    A record's place in the columns is its id in what is found. A key that more than ``most``
    records share is cut: they must then share one of their ``second`` keys too.
    """

    columns: Mapping[str, Sequence[object]] | pa.Table
    keys: Keys
    second: Keys = ()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their probability and levels, in order of (left, right), left < right."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    probability: NDArray[np.float64]
    levels: Mapping[str, NDArray[np.int8]]


def link_frame(
    frame: Frame,
    model: Model,
    at_least: float,
    among: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Scored:
    """Return the pairs of a frame whose probability of being one is ``at_least`` that.

    ``among``: score these pairs (left < right) and no others, whatever their keys. The answer is
    the same each time, to the last bit. Raises MissingExtra where Splink is not installed.
    """
    if len(frame.keys) == 0 or (among is not None and len(among[0]) == 0):
        return _nothing(model)
    with _connection() as connection, _quiet():
        return _linked(connection, frame, model, at_least, among)


def engine_name() -> str:
    """Return the engine and its versions; raises MissingExtra where Splink is not installed."""
    splink, duckdb = _modules()
    return f"Splink {splink.__version__} (DuckDB {duckdb.__version__})"


def _linked(
    connection: DuckDBPyConnection,
    frame: Frame,
    model: Model,
    at_least: float,
    among: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
) -> Scored:
    import pyarrow as pa

    columns = frame.columns if isinstance(frame.columns, pa.Table) else pa.table(frame.columns)
    ids = pa.array(np.arange(len(frame.keys), dtype=np.int64))
    connection.register("records", columns.append_column(_ID, ids))
    if among is None:
        _blocked(connection, frame)
    else:
        connection.register("ends", pa.table({"l": pa.array(among[0]), "r": pa.array(among[1])}))
        connection.execute(_GIVEN)
    parts = [_part(connection, model, at_least, ends) for ends in _ranges(connection)]
    return _joined(parts) if parts else _nothing(model)


def _part(
    connection: DuckDBPyConnection, model: Model, at_least: float, ends: tuple[int, int]
) -> Scored:
    """Return the pairs found among those asked whose left id is in a range."""
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection)
    given = api.register("records")
    linker = Linker(given, _settings(model), log_level=None, validate_settings=False)
    connection.execute(_PART, {"first": ends[0], "last": ends[1]})
    linker.table_management.register_blocked_pairs_for_predict(api.register("part"))
    least = min(at_least, _CERTAIN) or None
    found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    scored = _read(connection, found.physical_name, model)
    found.drop_table_from_database_and_remove_from_cache()
    return scored


def _ranges(connection: DuckDBPyConnection) -> list[tuple[int, int]]:
    """Return ranges of left ids with so many pairs each: scored one by one, they fit in memory."""
    counts = connection.execute(
        "SELECT join_key_l AS id, count(*) AS n FROM asked GROUP BY id ORDER BY id"
    ).fetchnumpy()
    part = np.cumsum(counts["n"]) // _PAIRS_AT_ONCE
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    firsts = counts["id"][starts].tolist()
    lasts = [*(first - 1 for first in firsts[1:]), 2**62] if firsts else []
    return list(zip(firsts, lasts, strict=True))


def _joined(parts: Sequence[Scored]) -> Scored:
    """Return the pairs of all parts, which follow each other in order."""
    return Scored(
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        probability=np.concatenate([part.probability for part in parts]),
        levels={
            name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels
        },
    )


def _blocked(connection: DuckDBPyConnection, frame: Frame) -> None:
    """Make the table of the pairs to look at: those that share a key."""
    connection.execute("CREATE TABLE blocks (id BIGINT, key UBIGINT)")
    connection.execute("CREATE TABLE seconds (id BIGINT, key UBIGINT)")
    _fill(connection, "blocks", range(len(frame.keys)), frame.keys)
    most = len(frame.keys) if frame.most is None else frame.most
    connection.execute(
        "CREATE TABLE big AS SELECT key FROM blocks GROUP BY key HAVING count(*) > $most",
        {"most": most},
    )
    in_big = connection.execute(
        "SELECT DISTINCT id FROM blocks WHERE key IN (SELECT key FROM big) ORDER BY id"
    ).fetchnumpy()["id"]
    _fill(connection, "seconds", in_big.tolist(), frame.second)
    connection.execute(_CUT)
    for spent in ("blocks", "seconds", "big"):
        connection.execute(f"DROP TABLE {spent}")
    connection.execute(_PAIRED)
    connection.execute("DROP TABLE narrow")


def _fill(connection: DuckDBPyConnection, table: str, ids: Sequence[int], keys: Keys) -> None:
    """Put the keys of some records in a table, a batch at a time: a million records have many."""
    import pyarrow as pa

    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        told = [keys[i] for i in batch]
        owners = np.repeat(np.array(batch, dtype=np.int64), [len(of_one) for of_one in told])
        flat = pa.array([key for of_one in told for key in of_one], type=pa.string())
        connection.register("batch", pa.table({"id": owners, "key": flat}))
        connection.execute(f"INSERT INTO {table} SELECT id, hash(key) FROM batch")  # noqa: S608
        connection.unregister("batch")


def _settings(model: Model) -> SettingsCreator:
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=_ID,
        comparisons=[_comparison(c) for c in model.comparisons],
        probability_two_random_records_match=_odds(model.prior)[0],
        retain_matching_columns=True,  # else the levels are not told
        retain_intermediate_calculation_columns=False,
        linker_uid="maillage",
    )


def _comparison(comparison: SqlComparison) -> CustomComparison:
    from splink.comparison_library import CustomComparison

    untold = {"sql_condition": comparison.untold, "is_null_level": True}
    *told, last = comparison.levels
    levels = [_level(level.condition, level.weight) for level in told]
    return CustomComparison(
        output_column_name=comparison.name,
        comparison_levels=[untold, *levels, _level("ELSE", last.weight)],
    )


def _level(condition: str, weight: float) -> dict[str, Any]:
    m, u = _odds(weight)
    return {"sql_condition": condition, "m_probability": m, "u_probability": u}


def _odds(weight: float) -> tuple[float, float]:
    """Return two shares that add up to 1 and whose ratio is 2 to that weight."""
    of_one = 1.0 / (1.0 + 2.0**-weight)
    return of_one, 1.0 - of_one


def _read(connection: DuckDBPyConnection, table: str, model: Model) -> Scored:
    gammas = [f"gamma_{c.name}" for c in model.comparisons]
    chosen = ", ".join([f"{_ID}_l AS l", f"{_ID}_r AS r", "match_probability AS p", *gammas])
    columns = connection.sql(f"SELECT {chosen} FROM {table} ORDER BY l, r").fetchnumpy()  # noqa: S608 - own names
    return Scored(
        left=columns["l"].astype(np.int64),
        right=columns["r"].astype(np.int64),
        probability=columns["p"].astype(np.float64),
        levels={c.name: columns[f"gamma_{c.name}"].astype(np.int8) for c in model.comparisons},
    )


def _nothing(model: Model) -> Scored:
    none = np.zeros(0, dtype=np.int64)
    levels = {c.name: np.full(0, NOT_TOLD, dtype=np.int8) for c in model.comparisons}
    return Scored(none, none, np.zeros(0), levels)


@contextmanager
def _connection() -> Iterator[DuckDBPyConnection]:
    """Give a database in memory that reads nothing from outside, and close it."""
    _, duckdb = _modules()
    config = {
        "threads": str(_THREADS),
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
    }
    connection = duckdb.connect(":memory:", config=config)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Splink's own words from the screen: what went wrong comes as an error."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _modules() -> tuple[Any, Any]:
    try:
        import duckdb
        import splink
    except ImportError as error:
        message = tr(
            "Le rapprochement des fiches demande Splink et DuckDB. Installez-les : "
            'pip install "maillage[linking]"'
        )
        raise MissingExtra(message) from error
    return splink, duckdb
