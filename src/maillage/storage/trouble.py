"""What a database complains of, said in French."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr


@contextmanager
def told_in_french(place: Path | str) -> Iterator[None]:
    """Turn any error of the database at ``place`` into one WorkspaceError."""
    from django.db import Error

    try:
        yield
    except Error as error:
        raise WorkspaceError(_sentence(error).format(place=place, detail=error)) from error


def _sentence(error: BaseException) -> str:
    code = str(getattr(error.__cause__, "sqlite_errorname", ""))
    for prefix, sentence in _sentences().items():
        if code.startswith(prefix):
            return sentence
    return tr("L'espace de travail « {place} » n'a pas pu être lu ou écrit : {detail}.")


def _sentences() -> dict[str, str]:
    damaged = tr(
        "La base de l'espace de travail « {place} » est abîmée ({detail}) : "
        "reprenez-en une sauvegarde, ou refaites l'espace avec « maillage init »."
    )
    read_only = tr(
        "L'espace de travail « {place} » n'est pas modifiable : "
        "vérifiez vos droits sur ce dossier, ou copiez-le ailleurs."
    )
    return {
        "SQLITE_BUSY": tr(
            "L'espace de travail « {place} » est occupé par un autre programme : "
            "fermez-le, ou réessayez dans un instant."
        ),
        "SQLITE_READONLY": read_only,
        "SQLITE_CANTOPEN": read_only,
        "SQLITE_FULL": tr(
            "Le disque est plein : rien n'a été enregistré dans « {place} ». "
            "Libérez de la place et recommencez."
        ),
        "SQLITE_CORRUPT": damaged,
        "SQLITE_NOTADB": damaged,
    }
