"""The sample diagnosis and its report, made once for all tests of the room."""

from __future__ import annotations

import pytest
from tests.reports.sample import sample_diagnosis

from maillage.diagnosis.model import Diagnosis
from maillage.reports.blocks import Report
from maillage.reports.ground import Ground, ground_of
from maillage.reports.html_report import render
from maillage.reports.view import compose


@pytest.fixture(scope="session")
def diagnosis() -> Diagnosis:
    return sample_diagnosis()


@pytest.fixture(scope="session")
def ground(diagnosis: Diagnosis) -> Ground:
    return ground_of(diagnosis)


@pytest.fixture(scope="session")
def report(diagnosis: Diagnosis) -> Report:
    return compose(diagnosis)


@pytest.fixture(scope="session")
def page(report: Report) -> str:
    return render(report)
