"""One instance, many territories: whatever roles somebody holds, a page tells its own alone."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.addresses import MATRIX, Door, address, names
from tests.web.conftest import DEMO, MARK, OTHER

from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import Membership, User
from maillage.storage.accounts.roles import Right, Role

WHOSE = {DEMO: "CA du Val de Vesprine", OTHER: MARK}
"""What is in the name of each territory, and nowhere in the other."""

TERRITORIAL = sorted(name for name, parts in names().items() if "siren" in parts)
HELD = st.fixed_dictionaries({siren: st.none() | st.sampled_from(Role) for siren in WHOSE})
READER = "lecteur@exemple.fr"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=HELD, name=st.sampled_from(TERRITORIAL), siren=st.sampled_from(sorted(WHOSE)))
def test_a_role_opens_its_territory_and_tells_nothing_of_another(
    client_of: Callable[[str], Client], held: dict[str, Role | None], name: str, siren: str
) -> None:
    """What a page answers depends on the role held in its territory, on none held elsewhere."""
    answer = _reader(client_of, held).get(address(name, siren=siren))
    role = held[siren]
    if _may(name, role):
        assert answer.status_code != 403
    elif MATRIX[name] is Door.ENDS and _may("orienting:ask", role):
        assert answer.status_code == 404  # who is no end of a case does not learn that it is there
    else:
        assert answer.status_code == 403
    told = b"".join(answer) if answer.streaming else answer.content
    for other, mark in WHOSE.items():
        if other != siren:
            assert mark not in told.decode(errors="replace"), (name, held)


def _reader(client_of: Callable[[str], Client], held: dict[str, Role | None]) -> Client:
    """Return a client who holds these roles, and no other."""
    client = client_of("public")
    user = User.objects.filter(email=READER).first() or User.objects.create_user(READER)
    Membership.objects.filter(user=user).delete()
    for siren, role in held.items():
        if role is not None:
            give_role(READER, siren, role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _may(name: str, role: Role | None) -> bool:
    door = MATRIX[name]
    if isinstance(door, Right):
        return role is not None and door in role.rights
    return door in {Door.OPEN, Door.SIGNED}
