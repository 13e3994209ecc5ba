"""Likenesses and decisions about the records of the small territory, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import strategies as st
from tests.directory.places import PARAMETERS, TERRITORY, told

from maillage.directory.assemble import assemble
from maillage.directory.assembled import Assembled
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.ledger import EMPTY_LEDGER, Ledger
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.record_key import RecordKey

P, L, S = Question.PERMANENCE, Question.LIEU, Question.STRUCTURE
SURE, LIKELY, DOUBTFUL = 0.999, 0.96, 0.6

THRESHOLDS = PARAMETERS.replaced("directory.review.sure", 0.98)
"""Parameters whose thresholds stay where these tests need them, however the real ones are tuned."""
for question in Question:
    THRESHOLDS = THRESHOLDS.replaced(f"linking.accept.{question.code}", 0.92)
    THRESHOLDS = THRESHOLDS.replaced(f"linking.review.{question.code}", 0.3)


def key(record_id: str, source: str = "portrea") -> RecordKey:
    """Return the name of a record of the hub, unless another source is told."""
    return RecordKey(source, record_id)


def alike(left: str, right: str, probability: float = SURE, question: Question = P) -> Likeness:
    """Return a likeness between two records of the hub."""
    first, second = sorted((key(left), key(right)))
    return Likeness(question, first, second, probability)


def said(
    number: int, verdict: Verdict, left: str, right: str = "", question: Question = P
) -> Decision:
    """Return a decision on records of the hub, told by ids parted by spaces."""
    sides = (tuple(key(record_id) for record_id in side.split()) for side in (left, right))
    return Decision(number, verdict, question, *sides, on=None, by="test")


def chosen(number: int, record_id: str, field: str) -> Decision:
    """Return the choice of a record for a field."""
    return Decision(number, Verdict.FIELD, P, (key(record_id),), (), None, "test", field=field)


def undo(number: int, cancels: int) -> Decision:
    """Return the undoing of a decision."""
    return Decision(number, Verdict.UNDO, P, (), (), None, "test", cancels=cancels)


def put_together(
    records: Sequence[SourcedRecord],
    likenesses: Sequence[Likeness] | None = None,
    decisions: Sequence[Decision] = (),
    ledger: Ledger = EMPTY_LEDGER,
) -> Assembled:
    """Return the directory of the small territory."""
    return assemble(
        records,
        TERRITORY,
        THRESHOLDS,
        likenesses=likenesses,
        decisions=decisions,
        ledger=ledger,
    )


def places(n: int) -> list[SourcedRecord]:
    """Return records of the hub, ``1`` to ``n``, that no exact key joins."""
    streets = ["Basse", "Haute", "Neuve", "Longue", "Courte", "Verte"]
    return [
        told(str(i), nom=f"Association {street}", adresse=f"{i} rue {street}")
        for i, street in enumerate(streets[:n], 1)
    ]


def thing(assembled: Assembled, question: Question, record: RecordKey) -> str:
    """Return the id of what a record stands in."""
    keys = [placed.key for placed in assembled.placed]
    return assembled.things[question][keys.index(record)]


def together(assembled: Assembled, question: Question, left: str, right: str) -> bool:
    """Whether two records of the hub stand in one."""
    ids = {thing(assembled, question, key(record_id)) for record_id in (left, right)}
    return len(ids) == 1


IDS = [str(n) for n in range(1, 7)]

some_records = st.lists(
    st.builds(
        lambda n, nom, adresse, commune, phone, pivot: told(
            n,
            nom=nom,
            adresse=adresse,
            commune=commune[0],
            code_postal=commune[1],
            latitude=commune[2],
            longitude=commune[3],
            telephone=phone,
            pivot=pivot,
        ),
        st.sampled_from(IDS),
        st.sampled_from(["CCAS", "Mairie", "PIMMS Mobile", "Médiathèque"]),
        st.sampled_from(["1 rue Basse", "2 rue Haute", "Rue Basse", None]),
        st.sampled_from([("Béthune", "62400", 50.529, 2.6405), ("Lillers", "62190", None, None)]),
        st.sampled_from([None, "+33321615000", "+33321615001"]),
        st.sampled_from([None, None, "26620119300015", "21620119400018"]),
    ),
    max_size=6,
    unique_by=lambda sourced: sourced.ref.record_id,
)
some_likenesses = st.lists(
    st.builds(
        lambda pair, probability, question: alike(*pair, probability, question),
        st.sampled_from(list(combinations(IDS, 2))),
        st.sampled_from([SURE, LIKELY, DOUBTFUL]),
        st.sampled_from(Question),
    ),
    max_size=6,
    unique_by=lambda like: (like.question, like.left, like.right),
)
_judged = st.tuples(
    st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT]),
    st.sampled_from([*IDS, "1 2"]),
    st.sampled_from(IDS),
    st.sampled_from(Question),
)
some_decisions = st.lists(_judged, max_size=5).map(
    lambda judged: [
        said(n, verdict, left, right, question)
        for n, (verdict, left, right, question) in enumerate(judged, 1)
    ]
)
