"""Files of answers as they come: ours, Kobo's, a spreadsheet's, and all that is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from maillage.survey.answers.model import Answer, Channel
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import Form
from maillage.survey.intake.giving import table_of
from maillage.survey.intake.read import read_answers
from maillage.tables.write import csv_bytes

FORM_TEXT = """| survey |
| | type | name | label |
| | select_one genre | genre | Quel genre ? |
| | begin_group | faits | Les faits |
| | select_multiple quoi | quoi | À quoi ? |
| | decimal | heures | Combien d'heures ? |
| | date | jour | Quel jour ? |
| | end_group | | |
| | begin_repeat | liens | Les liens |
| | text | structure_liee | Laquelle ? |
| | select_multiple lien | lien | Quel lien ? |
| | end_repeat | | |
| | text | mots | Avec vos mots |
| choices |
| | list_name | name | label |
| | genre | ccas | CCAS |
| | genre | mairie | Mairie |
| | quoi | caf | Démarches CAF |
| | quoi | sante | Santé |
| | lien | connait | Connaît |
| | lien | oriente | Oriente |
| settings |
| | form_title | form_id | version |
| | Essai | essai | 2 |
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """Give a form."""
    path = tmp_path_factory.mktemp("form") / "essai.md"
    path.write_text(FORM_TEXT, encoding="utf-8")
    read, doubts = read_form(path)
    assert doubts == ()
    return read


def _read(folder: Path, form: Form, content: bytes) -> tuple[tuple[Answer, ...], list[str]]:
    path = folder / "reponses.csv"
    path.write_bytes(content)
    answers, found = read_answers(path, form, "v1")
    return answers, [one.code for one in found]


def test_a_file_of_kobo_is_read(tmp_path: Path, form: Form) -> None:
    """Groups before names, one column for each choice, its own columns passed over."""
    content = (
        "start;end;genre;faits/quoi;faits/quoi/caf;faits/quoi/sante;faits/heures;faits/jour;mots;"
        "_uuid;_submission_time;__version__;_index\n"
        "2026-03-02T10:00:00+01:00;2026-03-02T10:09:00+01:00;ccas;caf sante;1;1;12.5;2026-03-01;"
        "oui;u-1;2026-03-02T09:10:00;2;1\n"
    )
    (one,), found = _read(tmp_path, form, content.encode())
    assert found == []
    assert one.values == {
        "genre": "ccas",
        "quoi": "caf sante",
        "heures": "12.5",
        "jour": "2026-03-01",
        "mots": "oui",
    }
    assert (one.id, one.version, one.channel, one.wave) == ("u-1", "2", Channel.IMPORT, "v1")
    assert one.started is not None and one.started.hour == 10


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-8"])
def test_a_table_of_excel_in_french_is_read(tmp_path: Path, form: Form, encoding: str) -> None:
    """Semicolons, comma decimals, days before months, words of choices, any encoding."""
    content = (
        "genre;quoi;heures;jour;mots;canal\r\n"
        "Mairie;Démarches CAF;1 200,50;03/02/2026;été;comptoir\r\n"
    )
    (one,), found = _read(tmp_path, form, content.encode(encoding))
    assert one.values == {
        "genre": "mairie",
        "quoi": "caf",
        "heures": "1200.5",
        "jour": "2026-02-03",
        "mots": "été",
    }
    assert one.channel is Channel.COUNTER
    assert set(found) <= {"file-encoding-guessed"}


def test_one_column_for_each_choice_is_enough(tmp_path: Path, form: Form) -> None:
    """Where several are told by their columns alone."""
    content = "genre,faits/quoi/caf,faits/quoi/sante\nccas,1,0\nccas,0,0\nmairie,true,x\n"
    answers, _ = _read(tmp_path, form, content.encode())
    assert [one.values.get("quoi") for one in answers] == ["caf", None, "caf sante"]


def test_what_comes_twice_is_counted_once_and_said(tmp_path: Path, form: Form) -> None:
    """The same id, or the same content at the same moment; the same content alone is kept."""
    content = (
        "_uuid,genre,end\nu-1,ccas,2026-01-01\nu-1,mairie,2026-01-02\n"
        ",ccas,2026-01-03\n,ccas,2026-01-03\n,mairie,\n,mairie,\n"
    )
    answers, found = _read(tmp_path, form, content.encode())
    assert [one.values["genre"] for one in answers] == ["ccas", "ccas", "mairie", "mairie"]
    assert found.count("answers-same-id") == 2
    assert found.count("answers-same-content") == 1
    assert len({one.id for one in answers}) == 4


def test_answers_to_another_version_are_read_and_said(tmp_path: Path, form: Form) -> None:
    """A column gone, a question new, a choice renamed: each named, the rest counted."""
    content = "version,genre,ancienne,quoi\n1,ehpad,x,caf\n1,ccas,y,caf\n"
    answers, found = _read(tmp_path, form, content.encode())
    assert [one.values for one in answers] == [{"quoi": "caf"}, {"genre": "ccas", "quoi": "caf"}]
    assert {"answers-unknown-column", "answers-unknown-choice", "answers-other-version"} <= set(
        found
    )
    assert found.count("answers-missing-question") == 3


def test_what_cannot_be_is_said_with_its_line_and_column(tmp_path: Path, form: Form) -> None:
    """30 February, a number in words, an end before the beginning: no value rather than a wrong."""
    path = tmp_path / "reponses.csv"
    path.write_text(
        "genre,heures,jour,start,end\n"
        "ccas,douze,30/02/2026,2026-01-02T10:00,2026-01-02T09:00\nccas,3,,hier,\n",
        encoding="utf-8",
    )
    answers, found = read_answers(path, form)
    assert [dict(one.values) for one in answers] == [
        {"genre": "ccas"},
        {"genre": "ccas", "heures": "3"},
    ]
    told = [(one.code, one.where.line, one.where.subject) for one in found]
    assert ("answers-unreadable-value", 2, "heures") in told
    assert ("answers-unreadable-value", 2, "jour") in told
    assert ("answers-ended-before", 2, "") in told
    assert ("answers-bad-time", 3, "started") in told


def test_long_words_emoji_and_formulas_are_words(tmp_path: Path, form: Form) -> None:
    """Beyond 50,000 signs the rest is left, and said; a formula is text that nobody runs."""
    long = "é" * 50_001
    rows = [{"genre": "ccas", "mots": text} for text in (long, "👩‍💻 c'est dur", "=1+1", "'=2")]
    content = csv_bytes(["genre", "mots"], rows, neutralise=True)
    answers, found = _read(tmp_path, form, content)
    assert [len(str(one.values["mots"])) for one in answers][:1] == [50_000]
    assert [one.values["mots"] for one in answers[1:]] == ["👩‍💻 c'est dur", "=1+1", "=2"]
    assert "answers-too-long" in found


def test_a_row_of_nothing_is_no_answer(tmp_path: Path, form: Form) -> None:
    """A line that answers no question is passed over, and said."""
    answers, found = _read(tmp_path, form, b"_uuid,genre\nu-1,ccas\nu-2,\n")
    assert len(answers) == 1
    assert "answers-empty-row" in found


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() and not text.startswith("'"))
_LIENS = st.lists(
    st.fixed_dictionaries(
        {"structure_liee": _WORDS, "lien": st.sampled_from(["connait", "connait oriente"])}
    ),
    min_size=1,
    max_size=3,
).map(tuple)
_VALUES = st.fixed_dictionaries(
    {"genre": st.sampled_from(["ccas", "mairie"])},
    optional={
        "quoi": st.sampled_from(["caf", "sante", "caf sante"]),
        "heures": st.integers(0, 9999).map(str),
        "jour": st.dates().map(str).filter(lambda day: day > "1000"),
        "mots": _WORDS,
        "liens": _LIENS,
    },
)


@settings(max_examples=60, deadline=None)
@given(told=st.lists(_VALUES, min_size=1, max_size=4))
@example(told=[{"genre": "ccas", "mots": "＝1"}, {"genre": "ccas", "mots": "-1"}])
def test_a_file_given_is_read_back_the_same(
    told: list[dict[str, object]], form: Form, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was answered: repeats, several choices, words that look like formulas."""
    answers = tuple(
        Answer(f"id-{at}", "essai", "2", "v1", Channel.PHONE, values, "c-1")  # type: ignore[arg-type]
        for at, values in enumerate(told)
    )
    columns, rows = table_of(answers, form)
    path = tmp_path_factory.mktemp("tour") / "reponses.csv"
    path.write_bytes(csv_bytes(columns, rows, neutralise=True))
    again, _ = read_answers(path, form)
    assert again == answers
