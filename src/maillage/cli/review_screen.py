"""One question of the review queue on a terminal: two things side by side, and what tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from maillage.cli.field_words import printable, value_words
from maillage.directory.field_words import label
from maillage.directory.linking.evidence import reasons
from maillage.directory.linking.model import Question
from maillage.directory.placed import Placed
from maillage.directory.provenance import told_fields
from maillage.directory.record_key import RecordKey
from maillage.directory.review_queue import Doubt, QueueItem
from maillage.jobs.decide import Desk
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr
from maillage.kernel.words import plain

NARROW = 72
"""Columns below which two things are shown one under the other, field by field."""
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
_ASKED = {
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
    told[LIEUX] = tuple(dict.fromkeys(_place(member) for member in members))
    told[SOURCES] = tuple(dict.fromkeys(member.key.source_id for member in members))
    shown = ((name, _shortened(name, told.get(name))) for name in _SHOWN[question])
    return {name: words for name, words in shown if words}


def show_question(console: Console, desk: Desk, item: QueueItem, rank: int, total: int) -> None:
    """Print one question: the doubt, both sides, what speaks for and against."""
    head = tr("Question {rank} sur {total}").format(rank=rank, total=total)
    console.rule(Text(head, style="bold"))
    console.print(Text(_summary(item)))
    sides = [values_of(desk, item, side) for side in (item.left, item.right)]
    if console.width < NARROW:
        console.print(_one_under_the_other(*sides))
    else:
        console.print(_side_by_side(*sides))
    _show_records(console, desk, item)
    said = reasons(item.likeness)
    if said:
        console.print(Text(tr("Indices : {said}.").format(said=", ".join(said))))
    if item.against:
        against = tr("Ce qui s'y oppose : {against}.").format(against=item.against)
        console.print(Text(against, style="yellow"))
    console.print(Text(tr(_ASKED[item.question]), style="bold"))


def _side_by_side(left: Values, right: Values) -> RenderableType:
    """Return a table of two things; a sign tells what differs, so that no colour has to."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("A", ratio=1, overflow="fold")
    table.add_column("B", ratio=1, overflow="fold")
    for name in _in_order(left, right):
        a, b, sign = left.get(name, ""), right.get(name, ""), _sign(left, right, name)
        style = "bold" if sign == "≠" else ""
        cells = (Text(text or "—", style=style) for text in (a, b))
        table.add_row(_title(name), Text(sign, style="bold"), *cells)
    return table


def _one_under_the_other(left: Values, right: Values) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name in _in_order(left, right):
        sign = _sign(left, right, name)
        if sign == "=":
            table.add_row(sign, Text(f"{_title(name)} : {left[name]}"))
            continue
        table.add_row(sign, Text(_title(name), style="bold" if sign else ""))
        for side, values in (("A", left), ("B", right)):
            table.add_row("", Text(f"{side} : {values.get(name, '—')}"))
    return table


def _in_order(left: Values, right: Values) -> Iterable[str]:
    order = dict.fromkeys(name for names in _SHOWN.values() for name in names)
    return (name for name in order if name in left or name in right)


def _sign(left: Values, right: Values, name: str) -> str:
    """Return whether both tell the same, capitals aside; "" where one tells nothing."""
    if name not in left or name not in right or name == SOURCES:
        return ""
    return "=" if plain(left[name]) == plain(right[name]) else "≠"


def _title(name: str) -> str:
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


def _place(member: Placed) -> str:
    record = member.sourced.record
    return ", ".join(part for part in (record.adresse, member.commune) if part)


def queue_table(items: Sequence[QueueItem], desk: Desk) -> Table:
    """Return the queue as a table: what is asked, about what, how likely, for how many people."""
    table = Table(show_edge=False, pad_edge=False, expand=False)
    table.add_column(tr("n°"), justify="right", no_wrap=True)
    table.add_column(tr("même…"), no_wrap=True)
    table.add_column("A", ratio=1)
    table.add_column("B", ratio=1)
    table.add_column(tr("prob."), justify="right", no_wrap=True)
    table.add_column(tr("habitants"), justify="right", no_wrap=True)
    for rank, item in enumerate(items, 1):
        table.add_row(
            str(rank),
            item.question.label.removeprefix("même "),
            _name(desk, item, item.left),
            _name(desk, item, item.right),
            number(item.likeness.probability, 2),
            "—" if item.people is None else number(item.people),
        )
    return table


def _name(desk: Desk, item: QueueItem, keys: Iterable[RecordKey]) -> Text:
    """Return what a side is called, and where: in how many places for a structure of several."""
    members = members_of(desk, keys)
    nom = values_of(desk, item, keys).get("nom") or tr("(sans nom)")
    communes = list(dict.fromkeys(m.commune for m in members if m.commune))
    where = communes[:1]
    if item.question is Question.STRUCTURE and len(communes) > 1:
        where = [plural(len(communes), tr("commune"))]
    return Text(printable(" — ".join([nom, *where])))


def _summary(item: QueueItem) -> str:
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


def _show_records(console: Console, desk: Desk, item: QueueItem) -> None:
    """Print how many records each side holds and, of many, the two that raise the question."""
    if max(len(item.left), len(item.right)) == 1:
        return
    counts = [plural(len(side), tr("fiche")) for side in (item.left, item.right)]
    text = tr("A réunit {a}, B réunit {b}. Les deux qui se ressemblent :")
    console.print(Text(text.format(a=counts[0], b=counts[1]), style="dim"))
    for member in members_of(desk, (item.likeness.left, item.likeness.right)):
        nom = member.sourced.record.nom or tr("(sans nom)")
        line = f"  {nom} · {_place(member)} ({member.key.source_id})"
        console.print(Text(printable(line), style="dim"))
