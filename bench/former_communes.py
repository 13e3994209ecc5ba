"""Draw up ``territory/communes_anciennes.csv`` from the Code officiel géographique.

Source: INSEE, Code officiel géographique (Licence Ouverte), as the npm package
``@etalab/decoupage-administratif`` gives it each year. Take its ``data/communes.json`` and run
``python -m bench.former_communes communes.json 2026``: what it prints is the file.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path


def rows(communes: list[dict]) -> list[tuple[str, str, str]]:
    """Return (old code, old name or "", code of the commune it is part of), in order.

    An old code that is still its commune's own has a row for its old name only; the old name of a
    commune merged before names were kept is "".
    """
    parts = {(c["code"], c["nom"], c["chefLieu"]) for c in communes if "chefLieu" in c}
    named = {code for code, _, _ in parts}
    alone = {
        (old, "", c["code"])
        for c in communes
        if c["type"] == "commune-actuelle"
        for old in c.get("anciensCodes", ())
        if old not in named
    }
    names = {c["code"]: c["nom"] for c in communes if c["type"] == "commune-actuelle"}
    return sorted(row for row in parts | alone if row[1] != names.get(row[2]) or row[0] != row[2])


def main() -> None:
    """Print the table."""
    communes = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(f"# INSEE, Code officiel géographique {sys.argv[2]}, Licence Ouverte 2.0")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("ancien_code", "ancien_nom", "code_insee"))
    out.writerows(rows(communes))


if __name__ == "__main__":
    main()
