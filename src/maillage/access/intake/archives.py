"""The files of a timetable, whether zipped, in a folder or alone, none of them trusted.

A zip tells the size of what it holds: one that would swell beyond the limits is refused before a
byte of it is unfolded, and reading stops at the size told.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from maillage.kernel.errors import UnusableFile
from maillage.kernel.french import number
from maillage.kernel.language import tr

MAX_MEMBER_BYTES = 2 << 30  # the longest file of a national feed is under 1 GiB
MAX_TOTAL_BYTES = 4 << 30
MAX_MEMBERS = 20_000
MAX_SWELLING = 250  # text zips to a fortieth at most; a bomb, to a thousandth
_ZIP_HEAD = b"PK\x03\x04"
_SMALL = 1 << 20  # what is this small may be zipped as tightly as it likes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be unfolded: bytes of one member, of all, number of members, swelling."""

    member_bytes: int = MAX_MEMBER_BYTES
    total_bytes: int = MAX_TOTAL_BYTES
    members: int = MAX_MEMBERS
    swelling: int = MAX_SWELLING


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One file of a timetable: its ``name`` with / between folders, its size in bytes unfolded."""

    name: str
    size: int
    archive: Path = field(compare=False)
    _zipped: bool = field(compare=False)

    @property
    def short_name(self) -> str:
        """The name without its folders."""
        return self.name.rpartition("/")[2]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file for reading bytes.

        Raises UnusableFile where the zip is damaged or locked, also while it is being read.
        """
        try:
            with ExitStack() as opened:
                yield self._stream(opened)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            message = tr("le fichier zip est abîmé ({name}) : téléchargez-le de nouveau")
            text = message.format(name=self.name)
            raise UnusableFile(self.archive, text, value=str(error)) from None

    def _stream(self, opened: ExitStack) -> IO[bytes]:
        try:
            if not self._zipped:
                return opened.enter_context(self._path().open("rb"))
            archive = opened.enter_context(zipfile.ZipFile(self.archive))
            return opened.enter_context(archive.open(self.name))
        except NotImplementedError:
            message = tr(
                "{name} est comprimé ou protégé d'une façon que ce lecteur ne connaît pas : "
                "faites-en un zip ordinaire"
            )
            raise UnusableFile(self.archive, message.format(name=self.name)) from None
        except RuntimeError:
            message = tr("le fichier zip est protégé par un mot de passe ({name})")
            raise UnusableFile(self.archive, message.format(name=self.name)) from None
        except OSError as error:
            message = tr("le fichier {name} ne peut pas être lu").format(name=self.name)
            raise UnusableFile(self.archive, message, value=error.strerror) from None

    def _path(self) -> Path:
        return self.archive / self.name if self.archive.is_dir() else self.archive


def open_members(
    path: Path, suffixes: Iterable[str], limits: Limits | None = None
) -> tuple[Member, ...]:
    """Return the files of a zip, a folder or a lone file that end so, in order of their names.

    ``suffixes`` are in lower case (".xml"). What macOS and editors leave behind is passed over.
    Raises UnusableFile: no such path, not a zip, or larger than the ``limits``.
    """
    allowed = limits or Limits()
    ends = tuple(suffixes)
    if path.is_dir():
        found = _in_folder(path, allowed)
    elif not path.exists():
        raise UnusableFile(path, tr("ce fichier n'existe pas"))
    elif not path.is_file():
        raise UnusableFile(path, tr("ce n'est ni un fichier ni un dossier"))
    elif zipfile.is_zipfile(path):
        found = _in_zip(path, allowed)
    else:
        found = [_alone(path)]
    wanted = sorted(m for m in found if m.name.lower().endswith(ends) and not _is_leftover(m.name))
    _check(path, wanted, allowed)
    return tuple(wanted)


def _alone(path: Path) -> Member:
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_ZIP_HEAD))
    except OSError as error:
        raise UnusableFile(path, tr("il ne peut pas être lu"), value=error.strerror) from None
    if head == _ZIP_HEAD:  # and no end of a zip
        message = tr("le fichier zip est coupé ou abîmé : téléchargez-le de nouveau")
        raise UnusableFile(path, message)
    return Member(path.name, path.stat().st_size, path, _zipped=False)


def _in_folder(path: Path, limits: Limits) -> list[Member]:
    """Return the files of a folder, walked no further than the limits: it may be a whole disk."""
    members: list[Member] = []
    seen = 0
    try:
        for folder, _, names in os.walk(path, onerror=_refuse):
            seen += 1 + len(names)
            if seen > limits.members:
                message = tr(
                    "ce dossier contient plus de {most} fichiers et dossiers : donnez celui des "
                    "horaires seuls"
                )
                raise UnusableFile(path, message.format(most=number(limits.members)))
            files = (Path(folder, name) for name in names)
            members += [_of_folder(path, file) for file in files if file.is_file()]
    except OSError as error:
        message = tr("ce dossier ne peut pas être lu en entier : donnez celui des horaires seuls")
        raise UnusableFile(path, message, value=f"{error.filename} : {error.strerror}") from None
    return members


def _refuse(error: OSError) -> None:
    raise error


def _of_folder(path: Path, file: Path) -> Member:
    return Member(file.relative_to(path).as_posix(), file.stat().st_size, path, _zipped=False)


def _in_zip(path: Path, limits: Limits) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        message = tr("le fichier zip est abîmé : téléchargez-le de nouveau")
        raise UnusableFile(path, message, value=str(error)) from None
    for info in infos:
        swollen = info.file_size > max(_SMALL, info.compress_size * limits.swelling)
        if swollen:
            message = tr("{name} est comprimé comme une bombe zip : il n'est pas ouvert")
            raise UnusableFile(path, message.format(name=info.filename))
    return [Member(i.filename, i.file_size, path, _zipped=True) for i in infos if not i.is_dir()]


def _is_leftover(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~"))


def _check(path: Path, members: list[Member], limits: Limits) -> None:
    largest = max(members, key=lambda m: m.size, default=None)
    total = sum(m.size for m in members)
    if len(members) > limits.members:
        message = tr("il contient {n} fichiers, au plus {most} sont lus")
        raise UnusableFile(path, message.format(n=len(members), most=limits.members))
    if total > limits.total_bytes or (largest and largest.size > limits.member_bytes):
        message = tr("déplié, il occuperait {size} Mo : c'est trop pour un horaire")
        raise UnusableFile(path, message.format(size=total >> 20))
