"""YAML → mapping: each mistake is one sentence with its line and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

from maillage.directory.mapping.files import FORMAT
from maillage.directory.mapping.model import (
    CLOSED,
    DAYS,
    FIELDS,
    LISTS,
    PUBLICS_ACCUEILLIS,
    FieldRule,
    FileMapping,
    Part,
    Words,
)
from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard.aliases import FIELD_OF, understand

_TOP = ("format", "source", "champs", "colonnes_du_fichier")
_IN_RULE = ("colonnes", "joindre", "partie", "couper", "valeurs", "si_oui", "jours")
_MAX_BYTES = 4 << 20

Pairs = dict[str, tuple[yaml.Node, yaml.Node]]


def load_mapping(path: Path) -> FileMapping:
    """Return the mapping of a YAML file.

    Anything that cannot be read is an UnusableFile naming the file, the line, and what to write.
    """
    return _Reader(path).mapping(_tree(path))


def _tree(path: Path) -> yaml.Node:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnusableFile(path, tr("ce fichier est trop lourd pour être une correspondance"))
        text = path.read_text(encoding="utf-8-sig")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise UnusableFile(path, tr("ce fichier n'existe pas : vérifiez son nom")) from None
    except (OSError, UnicodeDecodeError):
        message = tr("ce fichier n'est pas du texte lisible (attendu : YAML, en UTF-8)")
        raise UnusableFile(path, message) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = tr(
            "cette ligne n'est pas du YAML : vérifiez l'alignement, et mettez entre guillemets les "
            "textes qui contiennent « : », « # » ou qui commencent par un signe"
        )
        raise UnusableFile(path, message, line=mark.line + 1 if mark else None) from None
    if tree is None:
        message = tr("ce fichier est vide : faites une correspondance avec {command}")
        raise UnusableFile(path, message.format(command="maillage directory map FICHIER"))
    return tree


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the nodes of one file; texts are taken as they are written, « Oui » is no boolean."""

    path: Path

    def mapping(self, tree: yaml.Node) -> FileMapping:
        """Return the whole mapping."""
        top = self._pairs(tree, _TOP, tr("la correspondance"))
        for name in ("source", "champs"):
            if name not in top:
                message = tr("il manque « {name} »").format(name=name)
                raise self._error(tree, message)
        if "format" in top and (told := self._text(top["format"][1])) != FORMAT:
            message = tr("ce format n'est pas connu : écrivez « format: {known} »")
            raise self._error(top["format"][1], message.format(known=FORMAT), told)
        fields = self._pairs(top["champs"][1], FIELDS, tr("les champs"))
        rules = {name: self._rule(name, node) for name, (_, node) in fields.items()}
        if "nom" not in rules:
            message = tr(
                "aucune colonne ne donne le nom des lieux : ajoutez, sous « champs », une ligne "
                "« nom: » suivie du nom de la colonne"
            )
            raise self._error(top["champs"][0], message)
        columns: Words = ()
        if "colonnes_du_fichier" in top:
            columns = self._texts(top["colonnes_du_fichier"][1])
        source = self._text(top["source"][1])
        if not source:
            message = tr("« source » est vide : écrivez le nom du producteur du fichier")
            raise self._error(top["source"][1], message)
        return FileMapping(source, columns, MappingProxyType(rules))

    def _rule(self, field: str, node: yaml.Node) -> FieldRule:
        if not isinstance(node, yaml.MappingNode):
            return FieldRule(self._columns(node))
        told = self._pairs(node, _IN_RULE, tr("un champ"))
        self._check_place(field, told)
        rule = FieldRule(
            columns=self._columns(told["colonnes"][1]) if "colonnes" in told else (),
            join=self._text(told["joindre"][1]) if "joindre" in told else None,
            split=self._signs(told["couper"][1]) if "couper" in told else (),
            values=self._words(field, told, "valeurs"),
            if_yes=self._words(field, told, "si_oui"),
            part=self._part(told["partie"][1]) if "partie" in told else None,
            days=self._days(told["jours"][1]) if "jours" in told else MappingProxyType({}),
        )
        if not rule.all_columns:
            message = tr("le champ {field} ne dit aucune colonne : ajoutez « colonnes »")
            raise self._error(node, message.format(field=field))
        return rule

    def _check_place(self, field: str, told: Pairs) -> None:
        """Refuse what has no meaning in that field."""
        parted = {part.value for part in Part}
        allowed = {
            "couper": field in LISTS,
            "si_oui": field in CLOSED,
            "jours": field == "horaires",
            "partie": field in parted,
            "joindre": field not in CLOSED,
        }
        for name, (key, _) in told.items():
            if not allowed.get(name, True):
                message = tr("« {name} » n'a pas de sens pour le champ {field} : ôtez-le")
                raise self._error(key, message.format(name=name, field=field))

    def _columns(self, node: yaml.Node) -> Words:
        names = self._texts(node)
        if not names or not all(names):
            raise self._error(node, tr("il manque le nom d'une colonne"))
        return names

    def _signs(self, node: yaml.Node) -> Words:
        signs = self._texts(node)
        if not all(signs):
            raise self._error(node, tr("un signe de « couper » est vide : ôtez-le"))
        return signs

    def _part(self, node: yaml.Node) -> Part:
        text = self._text(node)
        try:
            return Part(text)
        except ValueError:
            known = tr("une partie d'adresse est {known}")
            words = " / ".join(part.value for part in Part)
            raise self._error(node, known.format(known=words), text) from None

    def _days(self, node: yaml.Node) -> Mapping[int, Words]:
        told = self._pairs(node, DAYS, tr("les jours"))
        days = {DAYS.index(name): self._columns(value) for name, (_, value) in told.items()}
        return MappingProxyType(days)

    def _words(self, field: str, told: Pairs, name: str) -> Mapping[str, Words]:
        if name not in told:
            return MappingProxyType({})
        words: dict[str, Words] = {}
        for key, (_, node) in self._pairs(told[name][1], None, name).items():
            texts = tuple(text for text in self._texts(node) if text)
            for text in texts:
                self._check_word(field, text, node)
            words[key] = texts
        return MappingProxyType(words)

    def _check_word(self, field: str, word: str, node: yaml.Node) -> None:
        if field not in CLOSED or understand(field, word) is not None:
            return
        known = national_words(field)
        near = difflib.get_close_matches(word, known, n=3, cutoff=0.3) or known[:3]
        message = tr("ce n'est pas un mot du champ {field} ; par exemple : {words}")
        raise self._error(node, message.format(field=field, words=" / ".join(near)), word)

    def _pairs(self, node: yaml.Node, known: Iterable[str] | None, what: str) -> Pairs:
        """Return the pairs of a mapping node by key: each key known, and told once."""
        if not isinstance(node, yaml.MappingNode):
            if isinstance(node, yaml.ScalarNode) and node.value in {"", "~", "null"}:
                return {}
            message = tr("attendu ici, pour {what} : des lignes « nom: valeur »")
            raise self._error(node, message.format(what=what))
        pairs: Pairs = {}
        names = None if known is None else list(known)
        for key, value in node.value:
            name = self._text(key)
            if name in pairs:
                message = tr("« {name} » est écrit deux fois : gardez-en un")
                raise self._error(key, message.format(name=name))
            if names is not None and name not in names:
                raise self._error(key, _unknown(name, names, what))
            pairs[name] = (key, value)
        return pairs

    def _texts(self, node: yaml.Node) -> Words:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._text(item) for item in node.value)
        return (self._text(node),)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, tr("attendu ici : un texte, pas une liste ni des sous-lignes"))
        return str(node.value)

    def _error(self, node: yaml.Node, message: str, value: str | None = None) -> UnusableFile:
        return UnusableFile(self.path, message, line=node.start_mark.line + 1, value=value)


def _unknown(name: str, known: list[str], what: str) -> str:
    near = difflib.get_close_matches(plain(name).replace(" ", "_"), known, n=1, cutoff=0.5)
    if near:
        message = tr("« {name} » n'est pas connu dans {what} ; vouliez-vous dire « {near} » ?")
        return message.format(name=name, what=what, near=near[0])
    message = tr("« {name} » n'est pas connu dans {what} ; attendu : {known}")
    return message.format(name=name, what=what, known=", ".join(known))


def national_words(field: str) -> list[str]:
    """Return the words of today that a closed field accepts, in the standard's order."""
    if field == PUBLICS_ACCUEILLIS:
        names = ("publics_specifiquement_adresses", "prise_en_charge_specifique")
        return [word for name in names for word in national_words(name)]
    return [str(w.value) for kind, name in FIELD_OF.items() if name == field for w in kind]
