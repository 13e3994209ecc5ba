"""What the caller cannot go on with. Doubtful data is a finding, not an error.

MaillageError
├── UnusableFile        a file that cannot be used at all
├── UnknownTerritory    no EPCI answers to that SIREN
├── SourceUnavailable   a public source that could not be had
├── WorkspaceError      the workspace cannot be opened or written
├── OutputError         what was made cannot be written there
├── ParameterError      a parameter that is missing, or has no value on that date
├── ImpossibleDemand    nothing can answer what is asked: says what contradicts
│   └── UnclearDemand   a name in it means nothing here, or several things
├── TooLarge            what is asked would not hold in the memory allowed: says how much it needs
└── MissingExtra        an optional part of the installation is needed

Catch ``MaillageError`` to catch them all: its text is one French message, fit for the screen.
"""

from __future__ import annotations

from pathlib import Path

from maillage.kernel.language import tr
from maillage.kernel.words import visible


class MaillageError(Exception):
    """Root of all errors of Maillage; ``str(error)`` is a French sentence for the user."""

    exit_code = 1


class UnusableFile(MaillageError, ValueError):  # noqa: N818 - named for what it tells
    """A file that cannot be used at all: says which, where, what was seen and what to do."""

    exit_code = 3

    def __init__(
        self,
        path: Path | str,
        message: str,
        *,
        line: int | None = None,
        column: int | str | None = None,
        value: str | None = None,
    ) -> None:
        self.path, self.message = Path(path), message
        self.line, self.column, self.value = line, column, value
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = str(self.path)
        if self.line is not None:
            place += tr(", ligne {line}").format(line=self.line)
        if self.column is not None:
            place += tr(", colonne {column}").format(column=self.column)
        value = " ".join(visible(self.value or "").split())[:80]
        seen = tr(" (lu : « {value} »)").format(value=value) if value else ""
        return visible(f"{place} : {self.message}{seen}")


class UnknownTerritory(MaillageError, LookupError):  # noqa: N818
    """No EPCI answers to that SIREN in the source that was asked."""

    exit_code = 4


class SourceUnavailable(MaillageError, OSError):  # noqa: N818
    """A public source could not be had: neither in the mirror, nor in the cache, nor live."""

    exit_code = 5


class WorkspaceError(MaillageError, OSError):
    """The workspace cannot be opened, read or written."""

    exit_code = 6


class OutputError(MaillageError, OSError):
    """What was made cannot be written where it was asked."""

    exit_code = 9


class ParameterError(MaillageError, LookupError):
    """A parameter is unknown, malformed, or has no value on the date asked."""

    exit_code = 7


class MissingExtra(MaillageError, ImportError):  # noqa: N818
    """An optional part of the installation is needed for what was asked."""

    exit_code = 8


class ImpossibleDemand(MaillageError, ValueError):  # noqa: N818
    """Nothing can answer what is asked; ``contradictions`` are French clauses, one a reason."""

    exit_code = 11

    def __init__(self, contradictions: tuple[str, ...]) -> None:
        self.contradictions = contradictions
        super().__init__(self._told())

    def _told(self) -> str:
        told = " ; ".join(self.contradictions)
        return tr("Aucune réponse n'est possible : {told}.").format(told=told)


class UnclearDemand(ImpossibleDemand):
    """What is asked names what is not known here, or may mean several things: to be said again."""

    def _told(self) -> str:
        sentences = (one[:1].upper() + one[1:] for one in self.contradictions)
        return " ".join(one if one.endswith("?") else f"{one}." for one in sentences)


class TooLarge(MaillageError, MemoryError):  # noqa: N818
    """What is asked would not hold in the memory allowed: refused before beginning."""

    exit_code = 12
