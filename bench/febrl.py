"""The linking engine on the Febrl sets of invented Australians, whose true pairs are known.

``python -m bench.febrl [--json]``. Febrl 3 holds 5,000 records of 2,000 people, to be deduplicated;
Febrl 4 two files of 5,000 people, to be linked one to one. ``rec-17-dup-2`` is ``rec-17-org``
misspelt. Nothing is learnt from the truth: u comes from pairs taken at random, m from
expectation-maximisation, and the threshold is the one that needs no tuning: as likely one as not.
The weights so learnt go into the engine that links places (``link_frame``).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

from bench.labels import Counts
from maillage.engines.splink_blocks import Key
from maillage.engines.splink_frame import Frame, link_frame
from maillage.engines.splink_model import Model, SqlComparison, SqlLevel

THRESHOLD = 0.5
FOLDER_VARIABLE = "MAILLAGE_BENCH"
SETS: Mapping[str, tuple[str, ...]] = {
    "febrl3": ("dataset3.csv",),
    "febrl4": ("dataset4a.csv", "dataset4b.csv"),
}
_DRAWN_PAIRS = 2e6
_SEED = 1
_RECALL_OF_SURE_RULES = 0.7
_SURE = (
    ("soc_sec_id",),
    ("given_name", "surname", "date_of_birth"),
    ("surname", "postcode", "date_of_birth"),
)
_BLOCKS = (
    ("soc_sec_id",),
    ("date_of_birth",),
    ("given_name", "surname"),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("surname", "suburb"),
    ("given_name", "suburb"),
    ("address_1", "street_number"),
    ("address_1", "suburb"),
    ("postcode", "street_number"),
)
_TRAINED_WITHIN = (("soc_sec_id",), ("date_of_birth",), ("surname", "suburb"))


def _alike(column: str, near: str) -> tuple[str, ...]:
    return f"{column}_l = {column}_r", near.format(l=f"{column}_l", r=f"{column}_r")


_MISSPELT = "jaro_winkler_similarity({l}, {r}) >= 0.9"
_MISTYPED = "damerau_levenshtein({l}, {r}) <= 1"
# What is compared, and the conditions of its levels, from the most alike down.
COMPARISONS: Mapping[str, tuple[str, ...]] = {
    "given_name": (
        *_alike("given_name", _MISSPELT),
        "given_name_l = surname_r AND surname_l = given_name_r",
    ),
    "surname": (
        *_alike("surname", _MISSPELT),
        "surname_l = given_name_r AND given_name_l = surname_r",
    ),
    "date_of_birth": _alike("date_of_birth", _MISTYPED),
    "soc_sec_id": _alike("soc_sec_id", _MISTYPED),
    "street_number": _alike("street_number", _MISTYPED),
    "address_1": _alike("address_1", _MISSPELT),
    "address_2": _alike("address_2", _MISSPELT),
    "suburb": _alike("suburb", _MISSPELT),
    "postcode": _alike("postcode", _MISTYPED),
    "state": ("state_l = state_r",),
}

Row = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in a set: counts of pairs, and seconds of wall time."""

    name: str
    n_records: int
    counts: Counts
    seconds: float


def febrl_folder() -> Path | None:
    """Return the folder of the Febrl files, None where there is none.

    It is ``er/febrl`` in the folder that ``MAILLAGE_BENCH`` names, else in the one of known answers
    beside the repository.
    """
    told = os.environ.get(FOLDER_VARIABLE)
    bench = Path(told) if told else Path(__file__).parents[2] / "shared" / "bench"
    folder = bench / "er" / "febrl"
    return folder if folder.is_dir() else None


def read_people(path: Path) -> list[Row]:
    """Return the records of a Febrl file, None where a value is not told."""
    with path.open(encoding="ascii", newline="") as stream:
        rows = csv.DictReader(stream, skipinitialspace=True)
        return [{name: value.strip() or None for name, value in row.items()} for row in rows]


def person(record_id: str) -> str:
    """Return who a record tells of: ``rec-17-dup-2`` is person 17."""
    return record_id.split("-")[1]


def n_true_pairs(files: Sequence[Sequence[Row]]) -> int:
    """Return how many pairs are one person: within a file that stands alone, else across two."""
    sizes = [_sizes(rows) for rows in files]
    if len(sizes) == 1:
        return sum(comb(n, 2) for n in sizes[0].values())
    return sum(
        one[who] * other[who]
        for one, other in combinations(sizes, 2)
        for who in one
        if who in other
    )


def _sizes(rows: Sequence[Row]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for row in rows:
        who = person(row["rec_id"] or "")
        sizes[who] = sizes.get(who, 0) + 1
    return sizes


def examine(name: str, folder: Path) -> Result:
    """Link one set, and count what was found of its true pairs and beside them."""
    files = [read_people(folder / file) for file in SETS[name]]
    begin = time.perf_counter()
    found = linked(files)
    seconds = time.perf_counter() - begin
    right = sum(person(a) == person(b) for a, b in found)
    n_records = sum(len(rows) for rows in files)
    total = comb(n_records, 2) if len(files) == 1 else len(files[0]) * len(files[1])
    missed = n_true_pairs(files) - right
    counts = Counts(right, len(found) - right, missed, total - len(found) - missed)
    return Result(name, n_records, counts, seconds)


def linked(files: Sequence[Sequence[Row]]) -> list[tuple[str, str]]:
    """Return the pairs of record ids that are more likely one person than not, in order.

    Of several files, only pairs across them.
    """
    rows = [row for of_file in files for row in of_file]
    frame = Frame(
        columns={name: [row[name] for row in rows] for name in rows[0]}
        | {"keys": [_keys(row) for row in rows]},
        keys=(Key("told", ("unnest(keys)",)),),
    )
    found = link_frame(frame, learnt(files), THRESHOLD)
    file_of = [number for number, of_file in enumerate(files) for _ in of_file]
    pairs = zip(found.left.tolist(), found.right.tolist(), strict=True)
    across = ((a, b) for a, b in pairs if len(files) == 1 or file_of[a] != file_of[b])
    return sorted((rows[a]["rec_id"] or "", rows[b]["rec_id"] or "") for a, b in across)


def _keys(row: Row) -> list[str]:
    blocks = ((block, [row[column] for column in block]) for block in _BLOCKS)
    return [f"{block}{told}" for block, told in blocks if None not in told]


def learnt(files: Sequence[Sequence[Row]]) -> Model:
    """Return the weights that the records alone teach."""
    import duckdb  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, block_on  # noqa: PLC0415

    api = DuckDBAPI(duckdb.connect(config={"threads": "2"}))
    tables = [api.register(pa.Table.from_pylist(list(rows))) for rows in files]
    single = len(tables) == 1
    settings = _settings(single=single)
    linker = Linker(tables[0] if single else tables, settings, log_level=None)
    training = linker.training
    sure: list[Any] = [block_on(*rule) for rule in _SURE]
    training.estimate_probability_two_random_records_match(sure, recall=_RECALL_OF_SURE_RULES)
    training.estimate_u_using_random_sampling(max_pairs=_DRAWN_PAIRS, seed=_SEED)
    for block in _TRAINED_WITHIN:
        training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    return _model(linker.misc.save_model_to_json())


def _settings(*, single: bool) -> Any:  # noqa: ANN401 - Splink's own type, imported late
    from splink import SettingsCreator  # noqa: PLC0415
    from splink.comparison_library import CustomComparison  # noqa: PLC0415

    def level(condition: str) -> dict[str, object]:
        """Give a level as Splink reads it."""
        return {"sql_condition": condition}

    return SettingsCreator(
        link_type="dedupe_only" if single else "link_only",
        unique_id_column_name="rec_id",
        comparisons=[
            CustomComparison(
                output_column_name=name,
                comparison_levels=[
                    {"sql_condition": _untold(name), "is_null_level": True},
                    *(level(condition) for condition in conditions),
                    level("ELSE"),
                ],
            )
            for name, conditions in COMPARISONS.items()
        ],
    )


def _untold(name: str) -> str:
    return f"{name}_l IS NULL OR {name}_r IS NULL"


def _model(trained: Mapping[str, Any]) -> Model:
    """Return a trained Splink model as the engine's own."""
    share = trained["probability_two_random_records_match"]
    comparisons = [
        SqlComparison(
            name=comparison["output_column_name"],
            untold=_untold(comparison["output_column_name"]),
            levels=tuple(
                SqlLevel(
                    level["sql_condition"],
                    math.log2(level["m_probability"] / level["u_probability"]),
                )
                for level in comparison["comparison_levels"]
                if not level.get("is_null_level")
            ),
        )
        for comparison in trained["comparisons"]
    ]
    return Model(tuple(comparisons), math.log2(share / (1 - share)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found in each set; return 2 where the files are not to be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="machine-readable")
    asked = parser.parse_args(arguments)
    folder = febrl_folder()
    if folder is None:
        print(f"no Febrl files: name the folder that holds er/febrl in {FOLDER_VARIABLE}")
        return 2
    results = [examine(name, folder) for name in SETS]
    if asked.json:
        print(json.dumps([_told(result) for result in results], indent=1))
        return 0
    print(f"{'set':8}{'records':>9}{'pairs':>8}{'precision':>11}{'recall':>9}{'F1':>9}{'s':>7}")
    for result in results:
        counts = result.counts
        rates = (counts.precision, counts.recall, counts.f1)
        shown = "".join(
            f"{rate.value or 0:>{w}.4f}" for rate, w in zip(rates, (11, 9, 9), strict=True)
        )
        n_pairs = counts.true_yes + counts.false_no
        print(f"{result.name:8}{result.n_records:>9}{n_pairs:>8}{shown}{result.seconds:>7.1f}")
    return 0


def _told(result: Result) -> dict[str, object]:
    counts = result.counts
    rates = {name: asdict(getattr(counts, name)) for name in ("precision", "recall", "f1")}
    return {
        "set": result.name,
        "n_records": result.n_records,
        "counts": asdict(counts),
        **rates,
        "seconds": result.seconds,
    }


if __name__ == "__main__":
    sys.exit(main())
