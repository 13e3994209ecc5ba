"""Cases as the tests of the site need them: opened by a desk, sent to a structure."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from tests.web.conftest import DEMO, ON

from maillage.kernel.parameters import load_parameters
from maillage.referrals.model import Addressee, Deed, End, Event
from maillage.referrals.terms import terms_of
from maillage.standard import mednum
from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.models import Membership
from maillage.storage.referrals.keep import Done, Opening, act, open_case
from maillage.storage.referrals.kept import Kept
from maillage.web.here import place_of
from maillage.web.referrals.facts import Known
from maillage.web.referrals.facts import known_permanence as known_by_id

TERMS = terms_of(load_parameters(ON))
NOW = dt.datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Paris"))
PERSON = {"name": "Mme Quiétude Introuvable", "phone": "0609080706", "mail": "q.i@personne.example"}
"""Somebody whose name stands nowhere else."""
SECRETS = ("Quiétude", "Introuvable", "0609080706", "q.i@personne", "SECRETSDITS")
"""What must be found nowhere once it is forgotten."""
WORDS = "SECRETSDITS : elle craint les écrans."


def structure_of(word: str) -> str:
    """Return the structure of a demonstration account, by the first word of its address."""
    email = next(one.email for one in DEMO_ACCOUNTS if one.email.startswith(word))
    return Membership.objects.get(user__email=email, territory=DEMO).structure_id


def nobody_is_of_a_structure() -> None:
    """Let no account be of a structure, so that a test says which are."""
    Membership.objects.update(structure_id="")


def permanence_of(structure_id: str, siren: str = DEMO) -> Known:
    """Return the first permanence of a structure."""
    book = place_of(siren).book
    ids = sorted(one.id for one in book.directory.permanences if one.structure_id == structure_id)
    known = known_by_id(book, ids[0])
    assert known is not None
    return known


def opening(siren: str, desk: str, once: str) -> Opening:
    """Return what a case begins with."""
    service = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES.value
    insee = place_of(siren).book.communes[0].code_insee
    query = f"lu=x&commune={insee}"
    return Opening(siren, desk, insee, service, "compte-ameli", query, "http://testserver", once)


def write_to(siren: str, number: int, addressee: Addressee, mail: str, words: str = WORDS) -> Kept:
    """Write to a structure about a person."""
    event = Event(NOW, Deed.WROTE, End.DESK, addressee=addressee, consent=True)
    done = Done(event, words=words, person=PERSON, mail=mail)
    return act(siren, number, done, TERMS, lambda *_: ())


def open_first(siren: str, words: str) -> Kept:
    """Open the first case of a territory, of the desk of the demonstration, sent to a library."""
    kept = open_case(opening(siren, structure_of("accueil"), "first"), NOW, None, TERMS)
    known = permanence_of(structure_of("mediatheque"), siren)
    return write_to(siren, kept.number, known.addressee, "lieu@exemple.fr", words)


def post(client: Client, at: str, **told: str) -> int:
    """Post a form and return the status of its answer."""
    return client.post(at, told).status_code


def dump_of(connection: BaseDatabaseWrapper) -> str:
    """Return every row of every table of a database as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            told.extend(repr(row) for row in cursor.fetchall())
    return "\n".join(told)
