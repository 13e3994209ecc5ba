"""Who may be named as the source of a fictional figure: nobody but this generator."""

from __future__ import annotations

from dataclasses import replace

from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, LocalFile, Origin


def as_fictional(file: LocalFile) -> LocalFile:
    """Return the same file, its dataset no longer attributed to a real publisher.

    The vintage stays, since readers date undated rows by it; the address goes, since nothing
    published there says what this file says.
    """
    return replace(file, dataset=fictional_dataset(file.dataset))


def fictional_dataset(dataset: Dataset) -> Dataset:
    """Return the dataset as made by the generator, in the format of the real one."""
    return replace(
        dataset,
        name=tr("{name} (données fictives au même format)").format(name=dataset.name),
        publisher=tr("générateur de démonstration de Maillage"),
        licence=tr("sans objet : données inventées"),
        origin=Origin.DEMO,
        address=None,
    )
