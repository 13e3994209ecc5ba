"""The part of a file already received, kept beside its target with what proves it still fits."""

from __future__ import annotations

import errno
import gzip
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.language import tr

if sys.platform != "win32":
    import fcntl

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Validator:
    """What the server said of the file whose first bytes are kept; sizes in bytes."""

    address: str
    etag: str | None
    last_modified: str | None
    total: int | None

    @property
    def condition(self) -> str | None:
        """The value of If-Range: a strong ETag, else the date; None where nothing proves it."""
        if self.etag is not None and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


class Partial:
    """A file being received. Every method may raise SourceUnavailable when the disk refuses."""

    def __init__(self, target: Path, path: Path) -> None:
        self.target = target
        self.path = path
        self._state = path.with_name(path.name + ".json")

    def size(self) -> int:
        """Return the number of bytes already received."""
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self) -> Validator | None:
        """Return what is known of the file begun, None where it cannot be gone on with."""
        try:
            return Validator(**json.loads(self._state.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def start(self, validator: Validator) -> None:
        """Begin again from the first byte."""
        with self.disk_trouble():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._state, json.dumps(asdict(validator)).encode())
            with self.path.open("wb"):
                pass

    def append(
        self, chunks: Iterable[bytes], max_bytes: int, received: Callable[[int], None]
    ) -> None:
        """Write the chunks at the end, telling ``received`` the size of each once it is written."""
        size = self.size()
        with self.disk_trouble(), self.path.open("ab", buffering=0) as file:
            for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    self.discard()
                    raise too_big(max_bytes)
                _write_all(file.fileno(), chunk)
                received(len(chunk))

    def unpack(self, max_bytes: int) -> None:
        """Replace compressed content (gzip) by what it holds. Raises ValueError if damaged."""
        unpacked = self.path.with_name(self.path.name + ".unpacked")
        try:
            with self.disk_trouble(), gzip.open(self.path) as packed, unpacked.open("wb") as out:
                size = 0
                while chunk := _unpacked_chunk(packed):
                    size += len(chunk)
                    if size > max_bytes:
                        self.discard()
                        raise too_big(max_bytes)
                    out.write(chunk)
            unpacked.replace(self.path)
        finally:
            unpacked.unlink(missing_ok=True)

    def finish(self) -> None:
        """Put the whole file in its place, in one move."""
        with self.disk_trouble():
            self.path.replace(self.target)
            self._state.unlink(missing_ok=True)

    def discard(self) -> None:
        """Forget what was received."""
        self.path.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)

    @contextmanager
    def disk_trouble(self) -> Iterator[None]:
        """Turn what the disk refuses into a French sentence; a full disk is given back its room."""
        try:
            yield
        except SourceUnavailable:
            raise
        except OSError as error:
            folder = self.target.parent
            if error.errno not in DISK_FULL:
                message = tr("Impossible d'écrire dans le dossier {folder} ({cause}).")
                cause = error.strerror or str(error)
                raise SourceUnavailable(message.format(folder=folder, cause=cause)) from error
            self.discard()
            message = tr(
                "Il n'y a plus de place sur le disque pour écrire dans {folder}. Libérez de la "
                "place, ou désignez un autre dossier avec --cache DIR."
            )
            raise SourceUnavailable(message.format(folder=folder)) from error


def _write_all(descriptor: int, chunk: bytes) -> None:
    """Write every byte: an unbuffered write may take only some when the disk is nearly full."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _unpacked_chunk(packed: gzip.GzipFile) -> bytes:
    try:
        return packed.read(1 << 16)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(str(error)) from error


def too_big(max_bytes: int) -> SourceUnavailable:
    """Return the error for a file larger than the limit."""
    message = tr("Le fichier dépasse la taille acceptée ({size} Mo).")
    return SourceUnavailable(message.format(size=max_bytes // (1024 * 1024)))


@contextmanager
def claim(target: Path) -> Iterator[Partial]:
    """Give the partial file of a target, resumable by the next run.

    When another process is receiving in the same folder, a private partial file is given, which
    is not kept: two downloads never write into one file.
    """
    plain = target.with_name(f".{target.name}.partial")
    partial = Partial(target, plain)
    with partial.disk_trouble():
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(target.parent / ".lock", os.O_CREAT | os.O_RDWR)
    try:
        if _locked(lock):
            yield partial
            return
        private = Partial(target, plain.with_name(f"{plain.name}.{os.getpid()}"))
        try:
            yield private
        finally:
            private.discard()
    finally:
        os.close(lock)


def _locked(descriptor: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
