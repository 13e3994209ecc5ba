"""One question of the review queue in words: two things side by side, and what tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maillage.directory.field_words import label, value_words
from maillage.directory.linking.model import Question
from maillage.directory.placed import Placed
from maillage.directory.provenance import told_fields
from maillage.directory.record_key import RecordKey
from maillage.directory.review_queue import Doubt, QueueItem
from maillage.jobs.decide import Desk
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr
from maillage.kernel.words import plain

LIEUX, SOURCES = "lieux", "sources"
_ADDRESS = ("adresse", "complement_adresse", "code_postal", "commune")
_CONTACT = ("telephone", "courriels", "site_web")
_SHOWN: Mapping[Question, tuple[str, ...]] = {
    Question.PERMANENCE: (
        "nom",
        *_ADDRESS,
        *_CONTACT,
        "typologie",
        "services",
        "horaires",
        "pivot",
        "structure_parente",
        "itinerance",
        "date_maj",
        SOURCES,
    ),
    Question.LIEU: ("nom", *_ADDRESS, *_CONTACT, "pivot", "itinerance", "date_maj", SOURCES),
    Question.STRUCTURE: (
        "nom",
        LIEUX,
        "pivot",
        "structure_parente",
        "typologie",
        *_CONTACT,
        "itinerance",
        "date_maj",
        SOURCES,
    ),
}
ASKED = {
    Question.PERMANENCE: "Est-ce la même permanence (même structure, au même endroit) ?",
    Question.LIEU: "Est-ce le même lieu (la même adresse, même si plusieurs structures y sont) ?",
    Question.STRUCTURE: "Est-ce la même structure (même si elle a plusieurs lieux) ?",
}
_FEW = 4  # values of one field that a person can compare at a glance

Values = Mapping[str, str]


def members_of(desk: Desk, keys: Iterable[RecordKey]) -> list[Placed]:
    """Return the records of these names that are there, the oldest first."""
    wanted = set(keys)
    return [placed for placed in desk.assembled.placed if placed.key in wanted]


def values_of(desk: Desk, item: QueueItem, keys: Iterable[RecordKey]) -> Values:
    """Return what the records of one side tell together that helps to answer, as words.

    Field by field, in the order shown; what nobody tells is out.
    """
    question, members = item.question, members_of(desk, keys)
    if not members:
        return {}
    told = {t.field: t.value for t in told_fields(members, desk.work.decisions)}
    if question is not Question.PERMANENCE and item.left_id != item.right_id:
        told["nom"] = _nom(desk, item.left_id if members[0].key in item.left else item.right_id)
    told[LIEUX] = tuple(dict.fromkeys(place_of(member) for member in members))
    told[SOURCES] = tuple(dict.fromkeys(member.key.source_id for member in members))
    shown = ((name, _shortened(name, told.get(name))) for name in _SHOWN[question])
    return {name: words for name, words in shown if words}


def in_order(left: Values, right: Values) -> Iterable[str]:
    """Return the fields that one side at least tells, in the order shown."""
    order = dict.fromkeys(name for names in _SHOWN.values() for name in names)
    return (name for name in order if name in left or name in right)


def sign_of(left: Values, right: Values, name: str) -> str:
    """Return whether both tell the same, capitals aside; "" where one tells nothing."""
    if name not in left or name not in right or name == SOURCES:
        return ""
    return "=" if plain(left[name]) == plain(right[name]) else "≠"


def title_of(name: str) -> str:
    """Return what a field is called."""
    own = {LIEUX: tr("lieux"), SOURCES: tr("sources")}
    return own[name] if name in own else label(name)


def _shortened(name: str, value: object) -> str:
    """Return a value in words, the first few where there are many."""
    if not isinstance(value, tuple) or len(value) <= _FEW or name == "services":
        return value_words(name, value)
    more = tr("… et {n} de plus").format(n=len(value) - _FEW)
    return f"{value_words(name, value[:_FEW])} {more}"


def _nom(desk: Desk, its_id: str) -> str | None:
    """Return what a lieu or a structure is called in the directory."""
    directory = desk.work.directory
    names = {structure.id: structure.nom for structure in directory.structures}
    names |= {lieu.id: lieu.nom for lieu in directory.lieux}
    return names.get(its_id)


def place_of(member: Placed) -> str:
    """Return where a record says to be."""
    record = member.sourced.record
    return ", ".join(part for part in (record.adresse, member.commune) if part)


def name_of(desk: Desk, item: QueueItem, keys: Iterable[RecordKey]) -> str:
    """Return what a side is called, and where: in how many places for a structure of several."""
    members = members_of(desk, keys)
    nom = values_of(desk, item, keys).get("nom") or tr("(sans nom)")
    communes = list(dict.fromkeys(m.commune for m in members if m.commune))
    where = communes[:1]
    if item.question is Question.STRUCTURE and len(communes) > 1:
        where = [plural(len(communes), tr("commune"))]
    return " — ".join([nom, *where])


def summary_of(item: QueueItem) -> str:
    """Return why a question is asked, how likely, and how many people it concerns."""
    joined = item.doubt in (Doubt.WEAK, Doubt.CONTRADICTED)
    state = tr("réunies aujourd'hui") if joined else tr("séparées aujourd'hui")
    parts = [
        item.question.label,
        tr(item.doubt.label),
        state,
        tr("probabilité {p}").format(p=number(item.likeness.probability, 2)),
    ]
    if item.people is not None:
        parts.append(tr("concerne {people}").format(people=plural(item.people, tr("habitant"))))
    return " · ".join(parts)
