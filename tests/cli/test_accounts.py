"""Who runs a workspace gives accounts to its site by one command, and sees who has one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.desks import workspace_in

from maillage.cli.commands.accounts import command as accounts
from maillage.kernel.errors import MaillageError

TYPED = "une-phrase-assez-longue\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a workspace of the small territory."""
    return workspace_in(tmp_path, ())


def _asked(place: Path, *words: str, keys: str = "") -> Result:
    return CliRunner().invoke(accounts, [*words, "--workspace", str(place)], input=keys)


def test_nobody_then_somebody_then_another_role(place: Path) -> None:
    """Told again with another role, an account has that one alone."""
    assert "Personne n'a encore de compte" in _asked(place, "list").stdout
    given = _asked(place, "give", "Lou@agglo.fr", "member", "--password", keys=TYPED * 2)
    assert given.exit_code == 0, given.output
    assert "lou@agglo.fr : membre d'une structure" in given.stdout
    assert _asked(place, "give", "lou@agglo.fr", "coordinator").exit_code == 0
    lines = _asked(place, "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["lou@agglo.fr"]
    assert lines[0].endswith("coordination")


def test_a_link_is_given_to_who_has_an_account(place: Path) -> None:
    """It is told with how long it lives; whoever has no account is said to have none."""
    assert _asked(place, "give", "lou@agglo.fr", "member").exit_code == 0
    told = _asked(place, "link", "Lou@agglo.fr").stdout
    assert "/compte/connexion/lien/" in told and "20 minutes" in told
    refused = _asked(place, "link", "max@agglo.fr").exception
    assert isinstance(refused, MaillageError)
    assert "n'a pas de compte" in str(refused)


@pytest.mark.full
@pytest.mark.parametrize(
    ("words", "keys", "told"),
    [
        (("lou", "member"), "", "« lou » n'est pas une adresse électronique"),
        (("lou@agglo.fr", "member", "--password"), "court\n" * 2, "trop court"),
    ],
)
def test_what_will_not_do_is_said_and_gives_nothing(
    place: Path, words: tuple[str, ...], keys: str, told: str
) -> None:
    """An address that is none, a password too short: one sentence, and no account."""
    refused = _asked(place, "give", *words, keys=keys).exception
    assert isinstance(refused, MaillageError)
    assert told in str(refused)
    assert "Personne" in _asked(place, "list").stdout
