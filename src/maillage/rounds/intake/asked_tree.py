"""One YAML file read strictly: each mistake is one sentence with its line and the key it is at."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr

_MAX_BYTES = 4 << 20
_YES, _NO = ("oui", "true"), ("non", "false")

Read = TypeVar("Read")


def read_tree(path: Path) -> Node:
    """Return the root of a YAML file of keys. Raises UnusableFile."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnusableFile(path, tr("ce fichier est trop lourd pour dire une tournée"))
        tree = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise UnusableFile(path, tr("ce fichier n'existe pas : vérifiez son nom")) from None
    except (OSError, UnicodeDecodeError):
        message = tr("ce fichier n'est pas du texte lisible (attendu : YAML, en UTF-8)")
        raise UnusableFile(path, message) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = tr(
            "cette ligne n'est pas du YAML : vérifiez l'alignement, et mettez entre guillemets les "
            "textes qui contiennent « : » ou « # »"
        )
        raise UnusableFile(path, message, line=mark.line + 1 if mark else None) from None
    if tree is None:
        raise UnusableFile(path, tr("ce fichier est vide"))
    return Node(path, "", tree)


class Faults:
    """The mistakes of a file, gathered so that all are told at once."""

    def __init__(self) -> None:
        self._found: list[UnusableFile] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep a mistake met within, and go on after it."""
        try:
            yield
        except UnusableFile as error:
            self._found.append(error)

    def each(self, node: Node, read: Callable[[Node], Read]) -> tuple[Read, ...]:
        """Return what is read of each value of a list, those with a mistake left out."""
        found = []
        with self.gathered():
            for one in node.items():
                with self.gathered():
                    found.append(read(one))
        return tuple(found)

    def tell(self, path: Path) -> None:
        """Raise UnusableFile, telling every mistake by line, where there is any."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            ordered = sorted(self._found, key=lambda one: one.line or 0)
            told = tr("{n} fautes à corriger : {all}")
            every = " ; ".join(_by_line(one) for one in ordered)
            raise UnusableFile(path, told.format(n=len(ordered), all=every))


def _by_line(error: UnusableFile) -> str:
    told = tr("ligne {line}, {message}").format(line=error.line, message=error.message)
    seen = tr(" (lu : « {value} »)").format(value=error.value) if error.value else ""
    return told + seen


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file, under its dotted ``name``; texts are taken as they are written."""

    path: Path
    name: str
    tree: yaml.Node

    def error(self, message: str, value: str | None = None) -> UnusableFile:
        """Return the error that tells what is wrong here."""
        told = tr("« {name} » : {message}").format(name=self.name or tr("racine"), message=message)
        return UnusableFile(self.path, told, line=self.tree.start_mark.line + 1, value=value)

    def keys(self, *known: str, needed: Sequence[str] = ()) -> dict[str, Node]:
        """Return the values by key, all of ``known``, each told once. Raises UnusableFile."""
        found = self.any_keys()
        for name, child in found.items():
            if name not in known:
                raise child.error(_unknown(name, known))
        for name in needed:
            if name not in found:
                raise self.error(tr("il manque « {name} »").format(name=name))
        return found

    def any_keys(self) -> dict[str, Node]:
        """Return the values by key, whatever the keys, each told once. Raises UnusableFile."""
        if not isinstance(self.tree, yaml.MappingNode):
            raise self.error(tr("il faut ici des lignes « clé: valeur »"))
        found: dict[str, Node] = {}
        for key, value in self.tree.value:
            name = str(key.value)
            child = Node(self.path, f"{self.name}.{name}" if self.name else name, value)
            if name in found:
                raise child.error(tr("cette clé est dite deux fois"))
            found[name] = child
        return found

    def items(self) -> Iterator[Node]:
        """Give the values of a list. Raises UnusableFile."""
        if not isinstance(self.tree, yaml.SequenceNode):
            raise self.error(tr("il faut ici une liste, une ligne « - » par élément"))
        for number, tree in enumerate(self.tree.value, 1):
            yield Node(self.path, f"{self.name}[{number}]", tree)

    def texts(self) -> tuple[Node, ...]:
        """Return one text, or the texts of a list. Raises UnusableFile."""
        return tuple(self.items()) if isinstance(self.tree, yaml.SequenceNode) else (self,)

    def text(self) -> str:
        """Return a text that is not blank. Raises UnusableFile."""
        if not isinstance(self.tree, yaml.ScalarNode) or not str(self.tree.value).strip():
            raise self.error(tr("il faut ici un texte"))
        return str(self.tree.value).strip()

    def read(self, reader: Callable[[str], Read | None], wanted: str) -> Read:
        """Return what a reader makes of the text; None of it is an error that tells ``wanted``."""
        text = self.text()
        value = reader(text)
        if value is None:
            raise self.error(tr("écrivez {wanted}").format(wanted=wanted), text)
        return value

    def whole(self, least: int, most: int) -> int:
        """Return a whole number between two limits. Raises UnusableFile."""
        wanted = tr("un nombre entier de {least} à {most}").format(least=least, most=most)
        value = self.read(lambda text: int(text) if text.isdecimal() else None, wanted)
        if not least <= value <= most:
            raise self.error(tr("écrivez {wanted}").format(wanted=wanted), str(value))
        return value

    def degrees(self, most: float) -> float:
        """Return a number of degrees. Raises UnusableFile."""
        return self.read(lambda text: _number(text, most), tr("un nombre de degrés"))

    def yes(self) -> bool:
        """Return whether the text says yes. Raises UnusableFile."""
        return self.read(_yes, tr("« oui » ou « non »"))


def _number(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _yes(text: str) -> bool | None:
    word = text.lower()
    return True if word in _YES else False if word in _NO else None


def _unknown(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return tr("cette clé n'est pas connue : vouliez-vous dire « {near} » ?").format(
            near=near[0]
        )
    message = tr("cette clé n'est pas connue ; celles qui le sont : {known}")
    return message.format(known=", ".join(known))
