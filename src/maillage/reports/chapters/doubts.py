"""What was doubtful in the data, by kind, and what to do about it."""

from __future__ import annotations

from collections import Counter

from maillage.kernel import french
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.language import tr
from maillage.reports.blocks import Cell, Chapter, Column, Prose, Table
from maillage.reports.ground import Ground

_MOST_KINDS = 15
_BY_WEIGHT = {severity: rank for rank, severity in enumerate(reversed(Severity))}


def doubts(ground: Ground) -> Chapter:
    """Return the chapter on findings."""
    found = ground.diagnosis.findings
    title = tr("Les données à vérifier")
    if not found:
        return Chapter("constats", title, (Prose(tr("Aucun doute relevé dans les données.")),))
    by_severity = Counter(f.severity for f in found)
    counts = french.listed(
        [
            f"{french.number(by_severity[severity])} {tr(severity.label)}"
            for severity in _BY_WEIGHT
            if by_severity[severity]
        ]
    )
    sentence = tr(
        "En lisant les sources, Maillage a relevé {constats} : {counts}. Rien n'a été corrigé en "
        "silence. La liste est dans findings.csv, les remarques qui se répètent y sont regroupées."
    ).format(constats=french.plural(len(found), tr("constat")), counts=counts)
    return Chapter("constats", title, (Prose(sentence), _table(found)))


def _table(found: tuple[Finding, ...]) -> Table:
    number = Counter(f.code for f in found)
    sample: dict[str, Finding] = {}
    for finding in found:
        sample.setdefault(finding.code, finding)
    order = sorted(
        sample, key=lambda code: (_BY_WEIGHT[sample[code].severity], -number[code], code)
    )
    caption = tr("Constats par nature, les plus graves d'abord")
    if len(order) > _MOST_KINDS:
        caption += tr(" : {shown} natures sur {all}").format(shown=_MOST_KINDS, all=len(order))
    return Table(
        id="tableau-constats",
        caption=caption,
        columns=(
            Column(tr("Gravité")),
            Column(tr("Nombre"), numeric=True),
            Column(tr("Exemple")),
            Column(tr("Que faire")),
        ),
        rows=tuple(
            (
                Cell(tr(sample[code].severity.label)),
                Cell(french.number(number[code])),
                Cell(sample[code].message),
                Cell(sample[code].advice),
            )
            for code in order[:_MOST_KINDS]
        ),
    )
