"""The steps of the installer's page, done in a folder: its own files, with other paths."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.wiring.test_serving import free_port

from maillage.demo.generate import generate

FILES = Path(__file__).parents[2] / "docs" / "installer"
HOST = "numerique.agglo.example"
ADMIN = "prenom.nom@agglo.example"


def _moved(name: str, root: Path) -> str:
    """Return a file of the installer whose folders stand under ``root``, programs run as us."""
    text = (FILES / name).read_text(encoding="utf-8").replace("runuser -u maillage -- ", "")
    text = text.replace("/opt/maillage/.venv/bin/maillage", f"{sys.executable} -m maillage")
    text = text.replace("/opt/maillage/.venv/bin/python", sys.executable)
    for folder in ("etc", "var/lib", "var/cache", "var/backups"):
        text = text.replace(f"/{folder}/maillage", str(root / folder.replace("/", "-")))
    return text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Do the second step: folders, settings with a secret, the wrapper."""
    for name in ("etc", "var-lib", "var-cache", "var-backups"):
        (tmp_path / name).mkdir()
    settings = _moved("maillage.env", tmp_path)
    settings = settings.replace("MAILLAGE_SECRET_KEY=", f"MAILLAGE_SECRET_KEY={'5e' * 32}")
    mirror = f"MAILLAGE_MIRROR={tmp_path / 'sources'}\n"
    (tmp_path / "etc" / "maillage.env").write_text(settings + mirror, encoding="utf-8")
    wrapper = tmp_path / "maillage-instance"
    wrapper.write_text(_moved("maillage-instance", tmp_path), encoding="utf-8")
    wrapper.chmod(0o755)
    return tmp_path


def _instance(root: Path, *words: str) -> str:
    asked = [str(root / "maillage-instance"), *words]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run_by(unit: str, root: Path) -> list[list[str]]:
    """Return the commands that a unit runs, with the settings that it reads."""
    text = _moved(unit, root)
    settings = dict(
        line.split("=", 1)
        for line in (root / "etc" / "maillage.env").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    told = [f"{name}={value}" for name, value in settings.items()]
    commands = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    return [["/usr/bin/env", *told, *shlex.split(one)] for one in commands]


@contextmanager
def _service(root: Path) -> Iterator[int]:
    """Give the port of the site that the service starts."""
    port = free_port()
    (command,) = _run_by("maillage.service", root)
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL) as site:
        try:
            for _ in range(300):
                if _answer(port, HOST) in (200, 302):
                    break
                time.sleep(0.1)
            yield port
        finally:
            site.send_signal(signal.SIGTERM)


def _answer(port: int, host: str, path: str = "/") -> int:
    """Return the code of what the site answers to the server that stands in front of it."""
    told = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=told)
    try:
        with urllib.request.build_opener(_Stays()).open(asked, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class _Stays(urllib.request.HTTPRedirectHandler):
    """A visitor that goes nowhere else."""

    def redirect_request(self, *told: object) -> None:
        """Follow nothing."""


@pytest.mark.full
def test_the_steps_lead_to_a_site_that_is_saved_and_put_back(root: Path) -> None:
    """Instance, service, nightly backup, restore: as the page says, with the files it gives."""
    siren = generate(root / "sources").siren
    place = str(root / "var-lib" / "espace")
    told = _instance(root, "init", siren, "--workspace", place, "--admin", ADMIN)
    assert f"https://{HOST}/compte/connexion/lien/" in told
    assert not list(root.rglob("site.key"))
    with _service(root) as port:
        assert _answer(port, HOST, f"/{siren}/") == 200
        assert _answer(port, "ailleurs.example") == 400
        for command in _run_by("maillage-backup.service", root):
            subprocess.run(command, check=True, capture_output=True)
    (file,) = (root / "var-backups").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    restored = _instance(root, "restore", str(file), "--workspace", place, "--replace")
    assert "espace.avant-" in restored
    assert "secret" not in restored  # it is in the settings, where it was
    assert ADMIN in _instance(root, "accounts", "list")
    with _service(root) as port:
        assert _answer(port, HOST, f"/{siren}/") == 200
