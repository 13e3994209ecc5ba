"""The page of ten hard cases says what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.hard_cases import differences, page, read_cases, work_of_cabbalr

from maillage.jobs.put_together import again

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "ten-hard-cases.md"


@pytest.mark.full
@pytest.mark.mirror
def test_the_page_is_what_the_program_does(mirror: Path) -> None:
    """The page of the docs is the one made now, and at least eight cases end as they should."""
    cases = read_cases()
    work, parameters = work_of_cabbalr(mirror)
    assembled = again(work, parameters)
    assert len(cases) == 10
    assert page(cases, work, assembled) == PAGE.read_text(encoding="utf-8")
    assert sum(not differences(case, assembled) for case in cases) >= 8


def test_every_case_is_sound() -> None:
    """The letters of a case's truth are those of its rows, each once by question."""
    for case in read_cases():
        for groups in case.truth.values():
            letters = "".join(groups)
            assert len(set(letters)) == len(letters)
            assert set(letters) <= set(case.rows)
