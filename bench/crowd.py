"""Fifty people on the public pages for two minutes: how long they wait, and whether anything fails.

``python -m bench.crowd`` builds the demo, serves it as ``maillage serve`` does, and prints one line
a kind of page: answers, p50, p95 and worst in milliseconds, kilobytes sent; then errors. A person
opens a page, reads for one to three seconds, follows a link. ``--reading 0`` lets nobody read: what
the machine can do at most. ``--at URL`` measures a site that runs already.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SIREN = "999999998"
SLOWEST_P95_MS = 500
_LINK = re.compile(r'href="(/[^"#]*)"')
_WAIT_SECONDS = 180
_READING = 3.0


@dataclass
class Told:
    """What was measured: milliseconds and bytes by kind of page, and what failed."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def kind_of(path: str) -> str:
    """Return the kind of a page, by its address."""
    told = urlsplit(path)
    parts = [part for part in told.path.split("/") if part]
    if len(parts) <= 1:
        return "accueil"
    if parts[1] == "lieux" and len(parts) == 2:
        return "liste filtrée" if told.query else "liste"
    return {"lieux": "lieu", "communes": "commune"}.get(parts[1], parts[1])


async def get(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the body of a page, asked on a connection of its own."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        asked = (
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
        )
        writer.write(asked.encode())
        await writer.drain()
        told = await reader.read()
    finally:
        writer.close()
    head, _, body = told.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


async def person(
    at: tuple[str, int], until: float, chance: random.Random, reading: float, told: Told
) -> None:
    """Open pages, read them, follow their links, until the time is over."""
    path = f"/{SIREN}/"
    while time.monotonic() < until:
        begin = time.perf_counter()
        try:
            status, body = await get(*at, path)
        except (OSError, ValueError, IndexError) as error:
            told.errors.append(f"{path} {error!r}")
            continue
        told.milliseconds[kind_of(path)].append((time.perf_counter() - begin) * 1_000)
        told.sizes[kind_of(path)].append(len(body))
        if status >= 400:
            told.errors.append(f"{path} {status}")
        path = _next(body.decode("utf-8", "replace"), chance)
        if reading:
            await asyncio.sleep(chance.uniform(1.0, reading))


def _next(page: str, chance: random.Random) -> str:
    """Return the address that a person goes to: one of the public pages linked, or the home."""
    links = [link.replace("&amp;", "&") for link in _LINK.findall(page)]
    inside = sorted(
        {
            link
            for link in links
            if link.startswith((f"/{SIREN}/lieux/", f"/{SIREN}/communes/"))
            and not link.endswith((".csv", ".ics", ".json", ".geojson"))
        }
    )
    return chance.choice(inside) if inside and chance.random() > 0.1 else f"/{SIREN}/"


async def crowd(at: tuple[str, int], people: int, seconds: float, reading: float) -> Told:
    """Return what so many people met in so many seconds."""
    told, until = Told(), time.monotonic() + seconds
    everyone = (person(at, until, random.Random(n), reading, told) for n in range(people))
    await asyncio.gather(*everyone)
    return told


@contextmanager
def demo_served(port: int) -> Iterator[tuple[str, int]]:
    """Give the address of the demo, made and served by the command that people use."""
    with tempfile.TemporaryDirectory() as folder:
        maillage = [sys.executable, "-m", "maillage"]
        subprocess.run([*maillage, "demo", "--out", folder, "--quiet"], check=True)
        asked = [*maillage, "serve", "--demo", folder, "--port", str(port), "--quiet"]
        server = subprocess.Popen(asked, stdout=subprocess.DEVNULL)
        try:
            _wait("127.0.0.1", port)
            yield "127.0.0.1", port
        finally:
            server.terminate()
            server.wait()


@contextmanager
def running(url: str) -> Iterator[tuple[str, int]]:
    """Give the address of a site that runs already."""
    told = urlsplit(url)
    yield told.hostname or "127.0.0.1", told.port or 80


def _wait(host: str, port: int) -> None:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until:
        try:
            asyncio.run(get(host, port, f"/{SIREN}/lieux/"))
        except (OSError, IndexError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the site does not answer")


def _line(kind: str, times: Sequence[float], sizes: Sequence[int]) -> str:
    ordered = sorted(times)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.5, 0.95))
    size = sum(sizes) / len(sizes) / 1_000
    return f"{kind:16} {len(ordered):6d} {p50:8.0f} {p95:8.0f} {ordered[-1]:8.0f} {size:8.0f}"


def tell(told: Told, people: int, seconds: float) -> bool:
    """Print what was measured; return whether it holds."""
    print(f"{people} people, {seconds:.0f} s")
    print(f"{'page':16} {'n':>6} {'p50 ms':>8} {'p95 ms':>8} {'worst':>8} {'kB':>8}")
    for kind, times in sorted(told.milliseconds.items()):
        print(_line(kind, times, told.sizes[kind]))
    every = [one for times in told.milliseconds.values() for one in times]
    print(_line("all", every, [one for sizes in told.sizes.values() for one in sizes]))
    print(f"{len(every) / seconds:.1f} answers a second, {len(told.errors)} errors")
    for error in told.errors[:5]:
        print("  ", error)
    p95 = sorted(every)[int(len(every) * 0.95)]
    return not told.errors and p95 <= SLOWEST_P95_MS


def main() -> None:
    """Measure, print, and end with 1 where it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--reading", type=float, default=_READING, help="seconds at most")
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--at", metavar="URL")
    asked = parser.parse_args()
    with running(asked.at) if asked.at else demo_served(asked.port) as at:
        told = asyncio.run(crowd(at, asked.people, asked.seconds, asked.reading))
    raise SystemExit(0 if tell(told, asked.people, asked.seconds) else 1)


if __name__ == "__main__":
    main()
