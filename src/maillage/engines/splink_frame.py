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
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maillage.directory.linking.model import NOT_TOLD
from maillage.engines.splink_blocks import ID, Cut, Key, meet
from maillage.engines.splink_model import CERTAIN, Model, SqlComparison, likely_pairs
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection
    from splink import SettingsCreator
    from splink.comparison_library import CustomComparison

_THREADS = 2
_PAIRS_AT_ONCE = 4_000_000
_GIVEN = "CREATE TABLE met AS SELECT l, r FROM ends"
_PART = """
CREATE OR REPLACE TABLE part AS
SELECT DISTINCT l, r FROM met WHERE l BETWEEN $first AND $last
"""
_NEAR = f"""
CREATE OR REPLACE TABLE near AS SELECT * FROM records
WHERE {ID} IN (SELECT l FROM part UNION SELECT r FROM part)
"""  # noqa: S608 - own name
_LIKELY = """
CREATE OR REPLACE TABLE likely AS
SELECT '0' AS match_key, l AS join_key_l, r AS join_key_r FROM ({pairs})
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """Records as columns, and the keys by which two of them are looked at together.

    A record's place in the columns is its id in what is found. Records that stand near in that
    order should be likely to meet: what is scored at once is then of few records.
    """

    columns: Mapping[str, Sequence[object]] | pa.Table
    keys: tuple[Key, ...]
    cut: Cut = Cut()  # noqa: RUF009 - frozen


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
    import pyarrow as pa

    columns = frame.columns if isinstance(frame.columns, pa.Table) else pa.table(frame.columns)
    if columns.num_rows == 0 or (among is not None and len(among[0]) == 0):
        return _nothing(model)
    with _connection() as connection, _quiet():
        ids = pa.array(np.arange(columns.num_rows, dtype=np.int32))
        connection.register("records", columns.append_column(ID, ids))
        if among is None:
            meet(connection, frame.keys, frame.cut)
        else:
            connection.register("ends", pa.table({"l": among[0], "r": among[1]}))
            connection.execute(_GIVEN)
        parts = [_part(connection, model, at_least, ends) for ends in _ranges(connection)]
    return _joined(parts) if parts else _nothing(model)


def engine_name() -> str:
    """Return the engine and its versions; raises MissingExtra where Splink is not installed."""
    splink, duckdb = _modules()
    return f"Splink {splink.__version__} (DuckDB {duckdb.__version__})"


def _part(
    connection: DuckDBPyConnection, model: Model, at_least: float, ends: tuple[int, int]
) -> Scored:
    """Return the pairs found among those asked whose left id is in a range."""
    from splink import DuckDBAPI, Linker

    connection.execute(_PART, {"first": ends[0], "last": ends[1]})
    connection.execute(_NEAR)
    columns = connection.table("near").columns
    connection.execute(_LIKELY.format(pairs=likely_pairs(model, columns, at_least)))
    api = DuckDBAPI(connection)
    given = api.register("near")
    linker = Linker(given, _settings(model), log_level=None, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register("likely"))
    least = min(at_least, CERTAIN) or None
    found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    scored = _read(connection, found.physical_name, model)
    found.drop_table_from_database_and_remove_from_cache()
    return scored


def _ranges(connection: DuckDBPyConnection) -> list[tuple[int, int]]:
    """Return ranges of left ids with so many pairs each: scored one by one, they fit in memory."""
    counts = connection.execute(
        "SELECT l AS id, count(*) AS n FROM met GROUP BY id ORDER BY id"
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


def _settings(model: Model) -> SettingsCreator:
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=ID,
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
    chosen = ", ".join([f"{ID}_l AS l", f"{ID}_r AS r", "match_probability AS p", *gammas])
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
