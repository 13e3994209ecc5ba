"""Mappings on disk: YAML that a coordinator reads, corrects and keeps with the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from maillage.directory.mapping.model import DAYS, FieldRule, FileMapping
from maillage.kernel.atomic import output_error, write_whole
from maillage.standard import mednum

FORMAT = "1"
_PLAIN = re.compile(r"[^\W_](?:[\w'’./()-]| (?! ))*(?<! )")
_LONG_KEY = 500  # signs; YAML gives up on longer keys unless they are marked
_RETURNS = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_HEAD = """\
# Correspondance entre les colonnes d'un fichier et les champs du standard national des lieux
# d'inclusion numérique (mednum {version}). Ce fichier se corrige à la main, puis sert de nouveau à
# chaque export du même producteur.
#
# Sous « champs », chaque champ dit d'où il vient :
#   nom: Lieu                        la colonne « Lieu »
#   telephone: [Fixe, Mobile]        la première remplie (toutes, pour un champ à plusieurs valeurs)
# ou, en détail :
#   colonnes                         une ou plusieurs colonnes
#   joindre: " "                     joint ces colonnes par ce signe
#   partie: adresse                  de « 8 rue Haute - 33000 Bordeaux » : adresse, code_postal,
#                                    commune
#   couper: [",", "/"]               les signes qui séparent plusieurs valeurs dans une cellule
#   valeurs                          ce qui est trouvé : le ou les mots nationaux, "" pour écarter
#   si_oui                           colonne de oui/non : le mot qu'elle ajoute quand elle dit oui
#   jours                            les horaires, une ou plusieurs colonnes par jour
"""


def save_mapping(
    mapping: FileMapping, path: Path, notes: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Write a mapping as YAML, whole or not at all; ``notes`` are comments put above fields.

    Raises OutputError where the file cannot be written.
    """
    try:
        write_whole(path, mapping_text(mapping, notes).encode("utf-8"))
    except OSError as error:
        raise output_error(path, error) from error


def mapping_text(mapping: FileMapping, notes: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return a mapping as commented YAML: the same text for the same mapping and notes.

    ``notes`` gives, by field, lines of comment that stand above its rule.
    """
    lines = [_HEAD.format(version=mednum.VERSION), f"format: {FORMAT}", ""]
    lines += ["# Qui a produit ou collecté ces données.", f"source: {_scalar(mapping.source)}", ""]
    lines.append("champs:" if mapping.rules else "champs: {}")
    for field in _in_order(mapping.rules):
        lines += [f"  # {_comment(note)}" for note in (notes or {}).get(field, ())]
        lines += [f"  {line}" for line in _rule(field, mapping.rules[field])]
    lines += ["", "# Les colonnes du fichier pour lequel cette correspondance a été faite : elles"]
    lines += ["# servent à dire lesquelles ont disparu, ou sont nouvelles, dans un autre export."]
    lines += [f"# {_comment(note)}" for note in (notes or {}).get("colonnes_du_fichier", ())]
    lines.append("colonnes_du_fichier:" if mapping.columns else "colonnes_du_fichier: []")
    lines += [f"  - {_scalar(column)}" for column in mapping.columns]
    return "\n".join(lines) + "\n"


def _in_order(rules: Mapping[str, FieldRule]) -> list[str]:
    """Return the fields in the standard's order, the older one last."""
    order = {name: position for position, name in enumerate(mednum.COLUMNS)}
    return sorted(rules, key=lambda name: (order.get(name, len(order)), name))


def _comment(note: str) -> str:
    """Return a note as one line that YAML cannot read: unreadable signs left out."""
    return "".join(sign for sign in " ".join(note.split()) if sign.isprintable())


def _rule(field: str, rule: FieldRule) -> Iterator[str]:
    if rule == FieldRule(rule.columns):
        yield f"{field}: {_columns(rule.columns)}"
        return
    yield f"{field}:"
    if rule.columns:
        yield f"  colonnes: {_columns(rule.columns)}"
    if rule.join is not None:
        yield f"  joindre: {_quoted(rule.join)}"
    if rule.part is not None:
        yield f"  partie: {rule.part.value}"
    if rule.split:
        yield f"  couper: [{', '.join(_quoted(sign) for sign in rule.split)}]"
    yield from _pairs("valeurs", rule.values, _words)
    yield from _pairs("si_oui", rule.if_yes, _words)
    days = {DAYS[day]: rule.days[day] for day in sorted(rule.days)}
    yield from _pairs("jours", days, _columns, keep_order=True)


def _pairs(
    name: str,
    pairs: Mapping[str, tuple[str, ...]],
    write: Callable[[Sequence[str]], str],
    *,
    keep_order: bool = False,
) -> Iterator[str]:
    if not pairs:
        return
    yield f"  {name}:"
    for key in pairs if keep_order else sorted(pairs):
        written = _scalar(key)
        if len(written) > _LONG_KEY:
            yield f"    ? {written}"
            yield f"    : {write(pairs[key])}"
        else:
            yield f"    {written}: {write(pairs[key])}"


def _columns(names: Sequence[str]) -> str:
    if len(names) == 1:
        return _scalar(names[0])
    return f"[{', '.join(_scalar(name) for name in names)}]"


def _words(words: Sequence[str]) -> str:
    return _columns(words) if words else '""'


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in _RETURNS:
        return _RETURNS[sign]
    return sign if sign.isprintable() and sign <= "\ud7ff" else f"\\U{ord(sign):08x}"
