"""The roles of a territory, and what each may do there. The public has no role."""

from __future__ import annotations

import enum

from maillage.kernel.language import tr


class Right(enum.Enum):
    """Something that an account may do in a territory."""

    ORIENT = "orient"
    """Seek help for a person, and record what could not be answered."""

    SEE_WORK = "see-work"
    """Read the diagnosis, the quality of the directory, imports and their findings."""

    CHANGE_WORK = "change-work"
    """Decide, import, adopt a plan."""

    MANAGE = "manage"
    """Give and withdraw roles, change the settings of the territory."""


_SEES = frozenset({Right.SEE_WORK})
_ORIENTS = frozenset({Right.ORIENT})
_ALL = frozenset(Right)


class Role(enum.Enum):
    """What somebody is in a territory: a code, a French name, rights."""

    MEMBER = ("member", "membre d'une structure", "oriente, note les demandes", _ORIENTS)
    COORDINATOR = (
        "coordinator",
        "coordination",
        "tient l'annuaire, lit le diagnostic, donne des rôles",
        _ALL,
    )
    HUB = ("hub", "hub régional", "lit tout, ne change rien", _SEES)
    ADMINISTRATOR = (
        "administrator",
        "administration",
        "tout, et les rôles que la coordination ne donne pas",
        _ALL,
    )

    def __init__(self, code: str, french: str, may: str, rights: frozenset[Right]) -> None:
        self.code = code
        self.rights = rights
        self._french = french
        self._may = may

    @property
    def may(self) -> str:
        """What it lets do, in the user's language."""
        return tr(self._may)

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)

    @property
    def grants(self) -> tuple[Role, ...]:
        """The roles that somebody of this role may give or withdraw."""
        if self is Role.ADMINISTRATOR:
            return tuple(Role)
        return (Role.MEMBER, Role.COORDINATOR) if self is Role.COORDINATOR else ()


def role_of(code: str) -> Role:
    """Return the role of a code. Raises ValueError where there is none such."""
    for role in Role:
        if role.code == code:
            return role
    raise ValueError(code)
