"""Where a file that was brought stands, and what its coordinator may ask next."""

from __future__ import annotations

import enum

from maillage.kernel.language import tr


class State(enum.Enum):
    """Where a file stands; its words are for people."""

    BROUGHT = ("brought", tr("à relire"))
    PREVIEWED = ("previewed", tr("prêt à importer"))
    IMPORTED = ("imported", tr("importé"))
    UNDONE = ("undone", tr("annulé"))

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label

    @property
    def waits(self) -> bool:
        """Whether the file has not been imported yet."""
        return self in {State.BROUGHT, State.PREVIEWED}

    @classmethod
    def of(cls, code: str) -> State:
        """Return the state of a code. Raises ValueError where there is none such."""
        for one in cls:
            if one.code == code:
                return one
        raise ValueError(code)


class Act(enum.Enum):
    """What the background work may be asked to do with a file."""

    PREVIEW = "preview"
    IMPORT = "import"
    UNDO = "undo"
