"""The form of a permanence: what each field is called, shows, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.directory.by_hand import NONE_TOLD, WORDS
from maillage.directory.field_words import label
from maillage.kernel.language import tr
from maillage.standard import mednum

_LONG = frozenset({"horaires", "presentation_resume", "presentation_detail"})
_HINTS = {
    "courriels": "Plusieurs : séparez-les par une barre « | ».",
    "site_web": "L'adresse entière, avec https://. Plusieurs : séparez-les par une barre « | ».",
    "prise_rdv": "L'adresse de la page où prendre rendez-vous, avec https://.",
    "horaires": "Par exemple « lundi 9h-12h et 14h-17h, mercredi 14h-18h ». Le format "
    "d'OpenStreetMap va aussi.",
    "presentation_resume": "280 signes au plus.",
}
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Contact", ("telephone", "courriels", "site_web", "prise_rdv")),
    ("Horaires", ("horaires",)),
    ("Services et coût", ("services", "frais_a_charge")),
    (
        "Comment on est reçu",
        (
            "modalites_acces",
            "modalites_accompagnement",
            "publics_specifiquement_adresses",
            "prise_en_charge_specifique",
        ),
    ),
    ("Présentation", ("presentation_resume", "presentation_detail")),
    ("Nom et adresse", ("nom", "adresse", "complement_adresse", "code_postal")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a form holds: texts by field as they were seen and as typed, and what is amiss.

    ``clashes`` are fields → what somebody else wrote since; ``whole`` is about the whole form.
    """

    seen: Mapping[str, str]
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    clashes: Mapping[str, str]
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a field proposes."""

    value: str
    words: str
    chosen: bool


_ALWAYS_SOME = frozenset({"frais_a_charge"})
"""The fields that always have an answer: help that costs nothing is « Gratuit »."""
_NONE = {
    "publics_specifiquement_adresses": "Tout public",
    "prise_en_charge_specifique": "Rien de particulier",
    "services": "Aucun service",
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form; ``options`` empty = it is typed. ``clash`` None = nobody else's."""

    name: str
    label: str
    typed: str
    seen: str
    hint: str
    wrong: str
    clash: str | None
    mine: str
    long: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields that go together."""

    title: str
    fields: tuple[FormField, ...]


def groups_of(told: Told) -> tuple[FormGroup, ...]:
    """Return the form, what the standard calls most often asked first."""
    return tuple(
        FormGroup(tr(title), tuple(_field(name, told) for name in names))
        for title, names in _GROUPS
    )


def _field(name: str, told: Told) -> FormField:
    typed, clash = told.typed[name], told.clashes.get(name)
    return FormField(
        name=name,
        label=label(name),
        typed=typed,
        seen=told.seen[name],
        hint=tr(_HINTS[name]) if name in _HINTS else "",
        wrong=told.wrong.get(name, ""),
        clash=None if clash is None else typed_words(name, clash),
        mine=typed_words(name, typed),
        long=name in _LONG,
        options=_options(name, typed),
    )


def _options(name: str, typed: str) -> tuple[Option, ...]:
    if name not in WORDS:
        return ()
    chosen = set(typed.split(mednum.SEPARATOR))
    words = (Option(one.value, one.label, one.value in chosen) for one in WORDS[name])
    if name in _ALWAYS_SOME and typed != NONE_TOLD:
        return tuple(words)
    return (*words, Option(NONE_TOLD, _none_words(name), typed == NONE_TOLD))


def _none_words(name: str) -> str:
    """Return what it says of a field that there is none, and that it is sure."""
    return tr(_NONE.get(name, "Aucun, et c'est sûr"))


def typed_words(name: str, text: str) -> str:
    """Return what a field holds as people read it."""
    if not text:
        return tr("rien")
    if text == NONE_TOLD:
        return _none_words(name).lower()
    if name not in WORDS:
        return text
    labels = {word.value: word.label for word in WORDS[name]}
    return ", ".join(labels.get(part, part) for part in text.split(mednum.SEPARATOR))
