"""Lines of numbers: what the plain files of operations research are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line that is not blank, with where it stands."""

    path: Path
    number: int
    words: tuple[str, ...]

    def unusable(self, message: str) -> UnusableFile:
        """Return the error that tells what is wrong with this line."""
        return UnusableFile(self.path, message, line=self.number, value=" ".join(self.words))

    def whole(self, place: int, least: int, most: int | None = None) -> int:
        """Return the whole number at a place, between two limits. Raises UnusableFile."""
        value = self.number_at(place)
        if value != int(value) or value < least or (most is not None and value > most):
            told = tr("au moins {least}").format(least=least)
            if most is not None:
                told = tr("entre {least} et {most}").format(least=least, most=most)
            message = tr("le nombre {place} de la ligne devrait être entier, {told}")
            raise self.unusable(message.format(place=place + 1, told=told))
        return int(value)

    def number_at(self, place: int) -> float:
        """Return the finite number at a place of the line. Raises UnusableFile."""
        if place >= len(self.words):
            message = tr("il manque des nombres : {n} lus, il en faut au moins {needed}")
            raise self.unusable(message.format(n=len(self.words), needed=place + 1))
        try:
            value = float(self.words[place])
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.unusable(tr("« {word} » n'est pas un nombre").format(word=self.words[place]))
        return value


def read_lines(path: Path) -> Iterator[Line]:
    """Give the lines that are not blank, from the first. Raises UnusableFile."""
    try:
        text = path.read_text(encoding="ascii")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnusableFile(path, tr("illisible ({reason})").format(reason=reason)) from error
    except UnicodeDecodeError:
        raise UnusableFile(path, tr("ce n'est pas un fichier de nombres")) from None
    for number, line in enumerate(text.splitlines(), 1):
        words = tuple(line.split())
        if words:
            yield Line(path, number, words)


def header(lines: Iterator[Line], path: Path) -> Line:
    """Return the first line. Raises UnusableFile where there is none."""
    first = next(lines, None)
    if first is None:
        raise UnusableFile(path, tr("le fichier est vide"))
    return first
