"""The directory as rows of the national schema: those that are valid, and those that can't be.

One row per permanence of the territory; the id of the row is that of the permanence. What the
directory knows by placing a lieu may be written (INSEE code and name of its commune), for it is
drawn from told signs, and the source it was read from where the row names none; nothing else is:
no date, no address, no coordinates of a town hall. An unknown SIRET is the national files' own
placeholder, 14 zeros. Read back, the two files give the same directory, ids set aside (a structure
that only a stop outside the territory ties together would be two).
"""

from __future__ import annotations

from dataclasses import replace

from maillage.directory.model import Directory, Lieu, Permanence, Precision
from maillage.kernel.findings import Finding
from maillage.standard.record import MednumRecord
from maillage.standard.write import missing_required, write_record

ExportRow = dict[str, str]
"""A row of the national schema: its 32 columns, "" where nothing is told."""


def split_exportable(
    directory: Directory,
) -> tuple[list[ExportRow], list[tuple[ExportRow, tuple[Finding, ...]]]]:
    """Return the rows valid against the national schema, and the others with what they lack.

    Together they are the permanences of the territory, each once, in order of id.
    """
    lieux = {lieu.id: lieu for lieu in directory.lieux if lieu.in_territory}
    valid: list[ExportRow] = []
    incomplete: list[tuple[ExportRow, tuple[Finding, ...]]] = []
    for permanence in directory.permanences:
        lieu = lieux.get(permanence.lieu_id)
        if lieu is None:
            continue
        record = exported(permanence, lieu)
        row, lacks = write_record(record), _lacks(record, lieu)
        if lacks:
            incomplete.append((row, lacks))
        else:
            valid.append(row)
    return valid, incomplete


def exported(permanence: Permanence, lieu: Lieu) -> MednumRecord:
    """Return the record of a permanence as it is given to others."""
    at_address = lieu.point if lieu.precision is Precision.ADDRESS else None
    return replace(
        permanence.record,
        id=permanence.id,
        commune=lieu.commune if lieu.code_insee else permanence.record.commune,
        code_insee=lieu.code_insee,
        latitude=at_address.lat if at_address else None,
        longitude=at_address.lon if at_address else None,
        horaires=permanence.horaires,
        source=permanence.record.source or permanence.sources[0].source_id,
    )


def _lacks(record: MednumRecord, lieu: Lieu) -> tuple[Finding, ...]:
    """Return what keeps a record out of the national file, told of the place by its name."""
    subject = f"{record.nom or lieu.nom} — {lieu.commune}"
    return tuple(
        replace(lack, where=replace(lack.where, source=None, subject=subject))
        for lack in missing_required(record)
    )
