"""Once a month, to who asked: what changed near; nothing lost where mail is down, nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.addresses import address
from tests.web.conftest import DEMO
from tests.web.test_structure import member_of, own, text_of

from maillage.storage.accounts.models import Membership
from maillage.web.structure.digests import send_digests

Clients = Callable[[str], Client]
NEXT = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def wanted(client_of: Clients, settings: Settings) -> Client:
    """Give a member who asked for the digest, near somebody who then changed a page."""
    settings.MAILLAGE_SENDS_MAIL = True
    near = next(own(n)[1] for n in range(1, 20) if own(n)[1].structure.id != own()[1].structure.id)
    other = member_of(near.structure.id, client_of("public"))
    other.post(address("structure:confirm"), {"permanence": near.permanence.id})
    client = member_of(own()[1].structure.id, client_of("public"))
    page = text_of(client.post(address("structure:digest"), {"veut": "oui"}, follow=True))
    assert "Ne plus le recevoir" in page
    return client


def test_a_digest_comes_once_a_month(wanted: Client, settings: Settings) -> None:
    """Not the month it is asked for; then once, in plain words, with where to confirm."""
    assert send_digests() == 0
    settings.MAILLAGE_CLOCK = NEXT
    assert (send_digests(), send_digests()) == (1, 0)
    (told,) = mail.outbox
    assert "a mis sa page à jour" in told.body and "Vos pages :" in told.body
    assert f"http://testserver/{DEMO}/ma-structure/" in told.body
    assert told.to == ["accueil@vesprine.example"] and "\xa0" not in told.body
    settings.MAILLAGE_CLOCK = NEXT + dt.timedelta(days=60)
    assert send_digests() == 0  # nothing changed since: nothing is sent


def test_a_server_that_is_down_loses_nothing(
    wanted: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no server took is sent at the next look, once."""
    settings.MAILLAGE_CLOCK = NEXT
    with monkeypatch.context() as broken:

        def down(*args: object) -> None:
            raise OSError

        broken.setattr("maillage.web.structure.digests.send_mail", down)
        assert send_digests() == 0
    assert (send_digests(), send_digests(), len(mail.outbox)) == (1, 0, 1)


def test_who_left_or_said_no_is_told_nothing(wanted: Client, settings: Settings) -> None:
    """No message to who takes it back, nor to who is of no structure any more."""
    settings.MAILLAGE_CLOCK = NEXT
    Membership.objects.filter(territory=DEMO).update(structure_id="")
    assert send_digests() == 0
    member_of(own()[1].structure.id, wanted)
    wanted.post(address("structure:digest"), {})
    settings.MAILLAGE_CLOCK = NEXT + dt.timedelta(days=10)
    assert send_digests() == 0 and mail.outbox == []
