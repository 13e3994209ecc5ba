"""The questionnaire to be printed: a page and a PDF, the same every time, without any request."""

from __future__ import annotations

import datetime as dt
import io
import re

import pikepdf
import pytest

from maillage.engines.typst_pdf import TypstTypesetter
from maillage.kernel.french import FIXED
from maillage.reports.survey.paper_page import paper_page
from maillage.reports.survey.paper_pdf import paper_pdf
from maillage.survey.forms.model import Choice, Form, Group, Question, QuestionKind
from maillage.survey.forms.shipped import SHIPPED, shipped_form

ON = dt.date(2026, 11, 23)
MOST_PAGES = {"structures": 5, "habitants": 4, "habitants_comptoir": 1}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_questionnaire_is_printed_in_few_pages(name: str) -> None:
    """The PDF is tagged, bears its title, and holds in its pages; same form, same bytes."""
    made = paper_pdf(shipped_form(name), ON, TypstTypesetter(), "1")
    assert made == paper_pdf(shipped_form(name), ON, TypstTypesetter(), "1")
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) <= MOST_PAGES[name]
        assert "/StructTreeRoot" in document.Root
        assert document.docinfo["/Title"] == shipped_form(name).title


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_asks_nothing_of_any_network(name: str) -> None:
    """The page has every question and its code, one style named by hash, no script, no address."""
    page = paper_page(shipped_form(name), "vague 2")
    assert page == paper_page(shipped_form(name), "vague 2")
    assert not re.search(r"<script|http(s)?://|style=\"", page)
    assert "sha256-" in page
    assert f"vague{FIXED}: vague 2" in page
    assert '<span class="name">age</span>' in page or "type_structure" in page


def test_odd_texts_are_printed_as_they_are() -> None:
    """Markup, formulas and signs that no font has are text, in the page and in the PDF."""
    odd = "<b>a</b> & $x$ #let «é» 🙂 " + "mot" * 60
    form = Form(
        "odd",
        odd,
        "1",
        (
            Group(
                "r",
                (
                    Question("q", QuestionKind.SELECT_ONE, odd, odd, choices=(Choice("a", odd),)),
                    Question("k", QuestionKind.TEXT, "", relevant="${q} = 'a'"),
                ),
                odd,
                repeats=True,
            ),
            Question("d", QuestionKind.DATETIME, odd),
            Question("n", QuestionKind.NOTE, odd),
        ),
    )
    assert "<b>a</b>" not in paper_page(form)
    assert paper_pdf(form, ON, TypstTypesetter()).startswith(b"%PDF")
    assert paper_pdf(Form("vide", "Vide", "", ()), ON, TypstTypesetter()).startswith(b"%PDF")
