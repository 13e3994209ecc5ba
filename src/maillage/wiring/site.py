"""The site put together: its workspace, what it is told of the machine, the server that runs it."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from maillage.jobs.ports import Means
from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import MissingExtra, OutputError, WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_VARIABLE, is_postgresql
from maillage.wiring.public_ground import TIMETABLES

HOST = "127.0.0.1"
AROUND = "voisins"
"""The folder, in that of a demo, of the sources of the small territories beside it."""
FIRST_PORT = 8000
_PORTS = 20
_WORKERS = 2
_THREADS = 4
KEY_FILE = "site.key"
KEY_VARIABLE = "MAILLAGE_SECRET_KEY"
_COMMAND = "maillage.web"
_KEEPER = "maillage.wiring.beside"
NO_ACCOUNT = tr(
    "Personne n'a encore de compte : « maillage accounts give E-MAIL coordinator --password »."
)
_NEEDED = (
    *("csp", "axes", "sesame", "whitenoise", "django_htmx", "leaflet", "gunicorn"),
    *("joserfc", "ninja", "segno", "icalendar", "django_tasks", "django_tasks_db"),
)


def check_installed() -> None:
    """Raise MissingExtra where what the site needs is not installed."""
    for module in _NEEDED:
        if find_spec(module) is None:
            message = tr("Il manque « {module} » : installez maillage[site].")
            raise MissingExtra(message.format(module=module))


def free_port(asked: int | None) -> int:
    """Return the port to listen on: the one asked, else the first that nobody listens on.

    Raises OutputError where it is taken.
    """
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS) if asked is None else (asked,):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            return port
    message = tr("Le port {port} est déjà pris : donnez-en un autre avec --port.")
    raise OutputError(message.format(port=asked or FIRST_PORT))


def local_environment(folder: Path) -> Mapping[str, str]:
    """Return the environment of a site served to this machine alone, from a workspace.

    Its secret is that of the environment, else the one kept in the workspace.
    """
    return environment_of(folder, os.environ.get(KEY_VARIABLE) or _key(folder / KEY_FILE))


def environment_of(folder: Path, secret: str) -> Mapping[str, str]:
    """Return the environment of a site served to this machine alone, with that secret."""
    told = {
        "MAILLAGE_DATABASE": str(folder.resolve()),
        "MAILLAGE_LOCAL": "1",
        KEY_VARIABLE: secret,
        "DJANGO_SETTINGS_MODULE": "maillage.web.settings",
    }
    return {**os.environ, **told}


def on_server() -> bool:
    """Say whether the environment names a database of PostgreSQL."""
    return is_postgresql(os.environ.get(DATABASE_VARIABLE, ""))


def public_environment(folder: Path | None) -> Mapping[str, str]:
    """Return the environment of a site served to the public: what it is told, and its secret.

    ``folder`` is the workspace, None = the database that the environment names. Raises
    WorkspaceError where the name of the site, or the secret of a server's database, is not told.
    """
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "maillage.web.settings"}
    if folder is not None:
        told["MAILLAGE_DATABASE"] = str(folder.resolve())
        told[KEY_VARIABLE] = told.get(KEY_VARIABLE) or _key(folder / KEY_FILE)
    if not told.get(KEY_VARIABLE):
        message = tr("Avec PostgreSQL, donnez un secret long au site dans MAILLAGE_SECRET_KEY.")
        raise WorkspaceError(message)
    if not told.get("MAILLAGE_HOSTS") and told.get("MAILLAGE_LOCAL") != "1":
        message = tr(
            "Donnez le nom du site dans MAILLAGE_HOSTS (par exemple numerique.agglo.fr), ou "
            "MAILLAGE_LOCAL=1 pour essayer sur cette machine, sans HTTPS."
        )
        raise WorkspaceError(message)
    return told


def demo_workspace(folder: Path, means: Means) -> tuple[Path, str]:
    """Return the workspace of the demo that stands in a folder, and its SIREN; made anew.

    Its neighbours are there too, as their own sources tell of them, or where these were not made,
    as the few who live there are told of by the same ones.
    Accounts and what was recorded stay: only public sources are read again. The timetables of the
    demo stand in the workspace, where ``maillage orient --workspace`` finds them too. Raises
    WorkspaceError where the folder holds no demo.
    """
    from maillage.demo.buses import BUSES
    from maillage.demo.communes import NEIGHBOUR_SIRENS, SIREN
    from maillage.jobs.take_in import take_in
    from maillage.wiring import house

    sources = folder / "sources"
    if not sources.is_dir():
        message = tr("Il n'y a pas de démonstration dans « {folder} » : « maillage demo » la fait.")
        raise WorkspaceError(message.format(folder=folder))
    place, on = folder / "espace", means.parameters.on
    with house.own_workspace(SIREN, place) as workspace:
        shelf = house.demo_sources(sources, on, means.progress)
        store = house.store(workspace, on)
        for siren in (SIREN, *NEIGHBOUR_SIRENS):
            if (folder / AROUND / siren).is_dir():
                shelf = house.demo_sources(folder / AROUND / siren, on, means.progress)
            take_in(siren, sources=shelf, store=store, means=means, on=on)
    buses = sources / BUSES
    if buses.is_file():
        write_whole(place / TIMETABLES / buses.name, buses.read_bytes())
    return place, SIREN


def named_workspace(folder: Path | None) -> Path:
    """Return the workspace to serve, up to date: the one named, else the environment's, else here.

    Raises WorkspaceError where there is none, or nobody knows which.
    """
    from maillage.storage.workspace import Workspace, is_workspace
    from maillage.wiring.desk import only_one_in

    told = Path(os.environ.get(DATABASE_VARIABLE) or "-")
    place = folder or (told if is_workspace(told) else only_one_in(Path()))
    with Workspace.open(place) as workspace:
        return workspace.folder


def prepare(environment: Mapping[str, str]) -> None:
    """Bring the database of the site to this version. Raises WorkspaceError where it fails."""
    _command(environment, "prepare")


def tell_demo_accounts(environment: Mapping[str, str], siren: str) -> str:
    """Make an account of each role in the demo, and return what is said of them."""
    from maillage.demo.communes import NEIGHBOUR_SIRENS

    return _command(environment, "demo_accounts", siren, *NEIGHBOUR_SIRENS)


def dress_demo(environment: Mapping[str, str], siren: str, folder: Path) -> str:
    """Give the demo of a folder its accounts, its map, its diagnosis; return what is said of them.

    The diagnosis is asked of the worker. A year of people was sent to structures there, and 140
    structures and 400 residents were heard twice.
    """
    from maillage.demo.landmarks import LANDMARKS

    told = tell_demo_accounts(environment, siren)
    _command(environment, "demo_cases", siren)
    _command(environment, "demo_survey", siren)
    lines = folder / "sources" / LANDMARKS
    if lines.is_file():
        keep_landmarks(environment, siren, lines.read_bytes())
    ask_diagnosis(environment, siren)
    return told


def ask_diagnosis(environment: Mapping[str, str], siren: str) -> None:
    """Ask the worker for the diagnosis of a territory, unless the last one is up to date."""
    _command(environment, "ask_diagnosis", siren, "--stale")


def keep_landmarks(environment: Mapping[str, str], siren: str, lines: bytes) -> None:
    """Keep the lines of a territory's map. Raises WorkspaceError where they are none."""
    _command(environment, "keep_landmarks", siren, told=lines.decode())


def give_role(folder: Path, email: str, role: str, password: str | None) -> str:
    """Give somebody a role in the territory of a workspace, and return what is said of it.

    Raises WorkspaceError, with the reason, where the address or the password will not do.
    """
    words = ("grant", email, _siren_of(folder), role)
    environment = local_environment(folder)
    if password is None:
        return _command(environment, *words).strip()
    return _command(environment, *words, "--password-stdin", told=f"{password}\n").strip()


def open_instance(folder: Path, admin: str, told: Mapping[str, str]) -> str:
    """Make a workspace the instance of a territory: tables, first account, diagnosis.

    ``admin`` is the address of who administers it, ``told`` what the worker is told of sources.
    Returns what is said of the link by which they come in. Raises WorkspaceError where the address
    will not do or the diagnosis fails; telling it again goes on from there.
    """
    siren = _siren_of(folder)
    environment = {**local_environment(folder), **told}
    prepare(environment)
    _command(environment, "grant", admin, siren, "administrator")
    _command(environment, "make_diagnosis", siren)
    return told_link(folder, admin)


def told_link(folder: Path, email: str) -> str:
    """Return what is said of a link that signs an account in once.

    Raises WorkspaceError where nobody has that address.
    """
    path, minutes = _command(local_environment(folder), "link", email).split()
    hosts = os.environ.get("MAILLAGE_HOSTS", "").replace(",", " ").split()
    origin = f"https://{hosts[0]}" if hosts else f"http://{HOST}:{FIRST_PORT}"
    message = tr(
        "{email} entre une fois par ce lien, pendant {minutes} minutes, le site étant ouvert "
        "(maillage serve), puis choisit son mot de passe dans « Mon compte » :\n  {link}\n"
        "Passé ce temps : maillage accounts link {email}"
    )
    return message.format(email=email, minutes=minutes, link=origin + path)


def accounts(folder: Path) -> str:
    """Return a line for each role in the site of a workspace, whose database is made ready."""
    return _command(local_environment(folder), "accounts")


@dataclass(frozen=True, slots=True)
class ExportedCases:
    """Cases for analysts: the bytes of their CSV, their figures as JSON holds them, in words."""

    rows: bytes
    figures: Mapping[str, object]
    sentences: tuple[str, ...]


def exported_cases(
    folder: Path, siren: str, within: tuple[dt.date, dt.date], on: dt.date
) -> ExportedCases:
    """Return the cases of a territory of a workspace opened on some days, both included.

    ``on`` is the day whose parameters count. No name, sealed or not, leaves the database.
    """
    days = (*("--since", f"{within[0]}"), *("--until", f"{within[1]}"), *("--on", f"{on}"))
    told = json.loads(_command(local_environment(folder), "export_cases", siren, *days))
    result = told["result"]
    return ExportedCases(told["csv"].encode(), result, tuple(result["sentences"]))


def serve(environment: Mapping[str, str], port: int, *, worker: bool) -> NoReturn:
    """Become the server, until it is interrupted; with a ``worker`` beside, which ends with it."""
    sys.stdout.flush()
    if worker:
        keeper = [sys.executable, "-m", _KEEPER, str(os.getpid())]
        subprocess.Popen(keeper, env=dict(environment))  # noqa: S603 - our own command
    os.execve(sys.executable, _server(port), dict(environment))  # noqa: S606 - our own command


def serve_public(environment: Mapping[str, str], port: int) -> None:
    """Serve to the public until interrupted: the server and the worker, each replaced if it dies.

    A server of the machine stands in front and speaks HTTPS: this one listens to the machine alone.
    """
    from maillage.wiring.beside import keep_both

    sys.stdout.flush()
    os.environ.update(environment)
    keep_both(_server(port))


def _server(port: int) -> list[str]:
    told = [
        *("--bind", f"{HOST}:{port}"),
        *("--workers", str(_WORKERS), "--threads", str(_THREADS), "--worker-class", "gthread"),
        *("--log-level", "warning", "--preload", "--no-control-socket"),
    ]
    return [sys.executable, "-m", "gunicorn", *told, "maillage.web.wsgi:application"]


def work(environment: Mapping[str, str]) -> None:
    """Do the background work of a site until it is interrupted; a worker that dies is replaced."""
    from maillage.wiring.beside import keep

    os.environ.update(environment)
    keep(None)


def _command(environment: Mapping[str, str], *words: str, told: str | None = None) -> str:
    asked = [sys.executable, "-m", _COMMAND, *words]
    done = subprocess.run(  # noqa: S603 - our own command, the words are arguments, not a shell's
        asked, env=dict(environment), input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = "".join(done.stderr.strip().splitlines()[-1:])
        raise WorkspaceError(last.removeprefix("CommandError: "))
    return done.stdout


def _siren_of(folder: Path) -> str:
    from maillage.storage.workspace import Workspace

    with Workspace.open(folder) as workspace:
        if workspace.siren is None:
            message = tr("L'espace de travail « {folder} » n'est celui d'aucun territoire.")
            raise WorkspaceError(message.format(folder=folder))
        return workspace.siren


def _key(path: Path) -> str:
    """Return the secret of a workspace's site, made the first time; nobody else may read it."""
    if not path.is_file():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()
