"""Findings: table ⇄ domain."""

from __future__ import annotations

from maillage.kernel.findings import Finding, Severity, Where
from maillage.storage.encoding import code_of, member_of
from maillage.storage.findings import models
from maillage.storage.rows import insert


def save_findings(alias: str, siren: str, findings: tuple[Finding, ...]) -> None:
    """Write the findings of a territory in place of those that were known."""
    table = models.Finding.objects.using(alias)
    table.filter(territory=siren).delete()
    insert(
        table,
        (
            models.Finding(
                territory_id=siren,
                position=position,
                code=finding.code,
                severity=code_of(finding.severity),
                message=finding.message,
                advice=finding.advice,
                source=finding.where.source,
                line=finding.where.line,
                subject=finding.where.subject,
                field=finding.where.field,
                value=finding.value,
            )
            for position, finding in enumerate(findings)
        ),
    )


def load_findings(alias: str, siren: str) -> tuple[Finding, ...]:
    """Return the findings of a territory, in the order they were saved."""
    rows = models.Finding.objects.using(alias).filter(territory=siren).order_by("position")
    return tuple(
        Finding(
            code=row.code,
            severity=member_of(Severity, row.severity),
            message=row.message,
            advice=row.advice,
            where=Where(row.source, row.line, row.subject, row.field),
            value=row.value,
        )
        for row in rows
    )
