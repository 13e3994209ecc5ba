"""What the tests of the site share: two territories in its database, a client of each role.

Django takes one set of settings a process: these tests stand apart from those of the workspace
(``make test`` runs them by themselves), and are left out where others run with them.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.fixtures import Settings

from maillage.demo.buses import bus_files
from maillage.demo.communes import draw_communes
from maillage.demo.generate import DEFAULT_SEED
from maillage.jobs.ports import Means, TerritoryWork
from maillage.jobs.take_in import take_in
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Progress, Silent
from maillage.wiring import house
from maillage.wiring.at_hand import AtHand

if TYPE_CHECKING:
    from tests.web.openid_provider import LocalProvider

HERE = Path(__file__).parent


def _alone(config: pytest.Config) -> bool:
    asked = [Path(str(told).split("::")[0]).resolve() for told in config.args]
    return bool(asked) and all(path == HERE or HERE in path.parents for path in asked)


_SETTINGS = {
    "MAILLAGE_DATABASE": "site-of-the-tests.sqlite3",
    "MAILLAGE_LOCAL": "1",
    "MAILLAGE_SECRET_KEY": "only for tests",
    "MAILLAGE_CLOCK": "2026-11-24T10:15:00",
    "DJANGO_SETTINGS_MODULE": "maillage.web.settings",
}


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up with the settings of the site, where these tests run by themselves."""
    if _alone(config):
        set_up_site()


def set_up_site() -> None:
    """Set Django up with the settings of the site, unless the environment tells others."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    import django
    from django.conf import settings

    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave these tests out of a run with others."""
    return None if _alone(config) or collection_path == HERE else True


DEMO = "999999998"
OTHER = "999999980"
MARK = "Zyxomma"
"""A word that stands in every name of the other territory, and nowhere else."""

ON = dt.date(2026, 11, 24)
NOON = 12 * 60
"""The minute at which the afternoon begins, in the parameters as on this day."""
WICKED = "<script>alert('x')</script>\"'>"
ROLES = ("member", "coordinator", "hub", "administrator")


class _Kept:
    """A ``WorkStore`` of one work, in memory."""

    def __init__(self) -> None:
        self.work: TerritoryWork | None = None

    def save(self, work: TerritoryWork) -> None:
        """Keep it."""
        self.work = work

    def find(self, siren: str) -> TerritoryWork | None:
        """Return it."""
        return self.work

    def load(self, siren: str) -> TerritoryWork:
        """Return it, saved before."""
        assert self.work is not None
        return self.work


@pytest.fixture(scope="session")
def demo_work(tmp_path_factory: pytest.TempPathFactory) -> TerritoryWork:
    """Give the work of the fictional agglomeration, its records linked by exact keys alone."""
    folder = tmp_path_factory.mktemp("demo")
    house.make_demo(folder, None)
    means = Means(None, load_parameters(ON), Silent())
    sources = house.demo_sources(folder, ON, Silent())
    return take_in(DEMO, sources=sources, store=_Kept(), means=means, on=ON)


@pytest.fixture(scope="session")
def other_work(demo_work: TerritoryWork) -> TerritoryWork:
    """Give another territory: the same ids, other names, and what wicked people write."""
    directory = demo_work.directory
    territory = replace(
        demo_work.territory,
        siren=OTHER,
        name=f"CC du {MARK}",
        zones=tuple(
            replace(zone, name=f"{MARK} {zone.name}") for zone in demo_work.territory.zones
        ),
    )
    lieux = tuple(replace(one, nom=f"{MARK} {one.nom}") for one in directory.lieux)
    bad = {"telephone": WICKED, "site_web": ("javascript:alert(1)", WICKED)}
    bad |= {"courriels": (WICKED,), "presentation_resume": WICKED, "prise_rdv": "javascript:x"}
    permanences = tuple(
        replace(one, record=replace(one.record, presentation_detail=None, **bad))
        for one in directory.permanences
    )
    structures = tuple(replace(one, nom=f"{MARK} {WICKED}") for one in directory.structures)
    changed = replace(directory, structures=structures, lieux=lieux, permanences=permanences)
    return TerritoryWork(territory, changed, ())


def save(work: TerritoryWork) -> None:
    """Save a work in the database of the site."""
    from maillage.storage.work_store import DjangoWorkStore
    from maillage.storage.workspace import Workspace

    DjangoWorkStore(Workspace(Path("base des tests"), None, "default"), ON, "tests").save(work)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: object,
    demo_work: TerritoryWork,
    other_work: TerritoryWork,
) -> None:
    """Put both territories and an account of each role in the database, once."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        from maillage.storage.accounts.keep import give_role, make_demo_accounts

        save(demo_work)
        save(other_work)
        make_demo_accounts(DEMO)
        give_role("ailleurs@exemple.fr", OTHER, _role("coordinator"))
        _choose_settings()
        _keep_diagnoses()
        _bring_files()
        _draw_lines()
        _open_cases()
        _open_waves()


def _open_waves() -> None:
    """Give each territory a wave with an answer, that of the other told by wicked people."""
    from tests.web.asking import contact_made
    from tests.web.surveys import answer_given, wave_made

    for siren, told in ((DEMO, "Essai"), (OTHER, f"{MARK} {WICKED}")):
        wave = wave_made(siren, title=told)
        answer_given(wave, told)
        contact_made(wave, "ccas-essai", told)


def _open_cases() -> None:
    """Give each territory a case of a desk, that of the other told by wicked people."""
    from tests.web.sending import open_first

    for siren, words in ((DEMO, "Rien de spécial."), (OTHER, f"{MARK} {WICKED}")):
        open_first(siren, words)


def _bring_files() -> None:
    """Give each territory a file that waits, that of the other written by wicked people."""
    from maillage.storage.imports.keep import bring

    for siren, told in ((DEMO, "Atelier"), (OTHER, f"{MARK} {WICKED}")):
        content = f"Nom;Adresse\n{told};1 rue Neuve - 96100 Ulvemont\n".encode()
        bring(siren, (f"{told}.csv", told, ""), content, None, 9)


def _draw_lines() -> None:
    """Give each territory a line on its map, that of the other marked."""
    from maillage.storage.landmarks.keep import keep_lines
    from maillage.territory.landmarks import Landmark, LandmarkKind, landmarks_geojson

    for siren, name in ((DEMO, "La Vesprine"), (OTHER, MARK)):
        line = Landmark(LandmarkKind.WATER, name, ((2.6, 50.5), (2.7, 50.6)))
        keep_lines(siren, landmarks_geojson((line,), "lignes inventées"))


def _keep_diagnoses() -> None:
    """Give each territory a diagnosis of one chapter and one file, that of the other marked."""
    from maillage.storage.diagnoses.keep import ChapterTold, FileTold, Made, keep

    for siren, told in ((DEMO, "Tout va bien."), (OTHER, MARK)):
        chapter = ChapterTold("essentiel", f"L'essentiel {told}", f"<p>{told}</p>")
        file = FileTold("diagnosis.json", told.encode())
        moment = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
        keep(siren, Made(ON, moment, 6, 10**9, told, (chapter,), (file,)))


def _choose_settings() -> None:
    """Give the demo a logo, and the other territory what wicked people write."""
    from maillage.storage.territory_settings.keep import change, keep_logo
    from maillage.storage.territory_settings.model import TerritorySettings

    logo = keep_logo(DEMO, b"not read by these tests", (120, 40))
    change(DEMO, TerritorySettings(logo=logo), 0, None)
    bad = TerritorySettings(name=f"{MARK} {WICKED}", hours=WICKED, email=f"{MARK}{WICKED}")
    change(OTHER, replace(bad, phone=WICKED, accent="8a1c5c"), 0, None)


@pytest.fixture(autouse=True)
def _fresh_shelf() -> Iterator[None]:
    """Drop what was read: the database goes back to what it was after each test."""
    from django.core.cache import cache

    from maillage.web.reading.memory import shelf

    shelf.forget()
    cache.clear()
    yield
    shelf.forget()


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker that runs within a test keep the test's connection: its transaction is open."""
    from django_tasks_db.management.commands import db_worker

    from maillage.web.background import loop

    for module in (db_worker, loop):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def client_of(db: None) -> Callable[[str], object]:
    """Give a client by its role in the demo, ``stranger`` (of elsewhere) or ``public``."""
    from django.test import Client

    from maillage.storage.accounts.keep import DEMO_ACCOUNTS
    from maillage.storage.accounts.models import User

    addresses = {one.role.code: one.email for one in reversed(DEMO_ACCOUNTS)}
    addresses["library"] = DEMO_ACCOUNTS[-1].email
    addresses["stranger"] = "ailleurs@exemple.fr"

    def made(who: str) -> Client:
        client = Client()
        if who != "public":
            user = User.objects.get(email=addresses[who])
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return made


@pytest.fixture(scope="session")
def local_provider() -> Iterator[LocalProvider]:
    """Give one OpenID provider, over real HTTP, to all tests."""
    from tests.web import openid_provider

    with openid_provider.provided() as one:
        yield one


@pytest.fixture
def provider(local_provider: LocalProvider, settings: Settings, db: None) -> LocalProvider:
    """Give it with good manners and Dominique before it, and the site told of it."""
    from tests.web import openid_provider
    from tests.web.openid_site import BACK, LEFT, ONE

    from maillage.web.openid.told import OpenIdTold

    told = {"given_name": "Prénom-Secret", "usual_name": "Nom-Secret", "uid": "uid-secret"}
    told |= {"sub": "sujet-1", "email": ONE.email.title(), "siret": "13002526500013"}
    local_provider.begin(told, {BACK, LEFT})
    known = (local_provider.issuer, openid_provider.CLIENT, openid_provider.SECRET)
    settings.MAILLAGE_OPENID = OpenIdTold(*known, acr=("eidas1",), trusts_email=True, local=True)
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "maillage.web.openid.backend.OpenIdBackend",
    ]
    return local_provider


def _role(code: str) -> object:
    from maillage.storage.accounts.roles import role_of

    return role_of(code)


@pytest.fixture
def exact_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put records together by exact keys alone: the matcher has its own tests."""

    def means(parameters: Parameters, progress: Progress) -> Means:
        return Means(None, parameters, progress)

    monkeypatch.setattr(house, "means", means)
    yield


@pytest.fixture
def buses(tmp_path: Path, settings: Settings) -> Path:
    """Put the buses of the demo at hand, and give their folder."""
    (content,) = bus_files(draw_communes(DEFAULT_SEED)).values()
    (tmp_path / "bus.zip").write_bytes(content)
    settings.MAILLAGE_AT_HAND = AtHand(tmp_path, cache=tmp_path / "cache")
    return tmp_path
