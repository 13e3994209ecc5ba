"""Decisions and ids: table ⇄ domain. Decisions are added to; no id ever given is forgotten."""

from __future__ import annotations

from itertools import zip_longest

from maillage.directory.decisions import Decision
from maillage.directory.journal import Standing
from maillage.directory.ledger import Identity, Ledger
from maillage.directory.record_key import RecordKey
from maillage.kernel.language import tr
from maillage.storage.encoding import from_json, to_json
from maillage.storage.identity import models
from maillage.storage.rows import check_order, insert, key_of, rewrite


def check_standing(standing: Standing) -> None:
    """Raise ValueError unless decisions are numbered from 1 and ids are in order and lead home."""
    numbers = [decision.number for decision in standing.decisions]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"decisions must be numbered 1, 2, 3…: {numbers}")
    identities = standing.ledger.identities
    check_order("the ledger", (identity.id for identity in identities))
    _check_redirects({identity.id: identity.redirect for identity in identities})


def load_standing(alias: str, siren: str) -> Standing:
    """Return the decisions and ids of a territory, without its likenesses."""
    return Standing(load_decisions(alias, siren), load_ledger(alias, siren))


def save_standing(alias: str, siren: str, known: Standing, standing: Standing) -> None:
    """Add the decisions that are not known yet, and write the ids that changed.

    ``known`` is what stands in the tables, to which ``standing`` adds (``lost`` is None).
    """
    new = standing.decisions[len(known.decisions) :]
    insert(
        models.Decision.objects.using(alias),
        (
            models.Decision(territory_id=siren, number=decision.number, told=to_json(decision))
            for decision in new
        ),
    )
    if known.ledger != standing.ledger:
        rows = (_identity_row(siren, identity) for identity in standing.ledger.identities)
        rewrite(models.Identity.objects.using(alias), siren, rows)


def lost(known: Standing, standing: Standing) -> str | None:
    """Return, in French, the first decision or id that saving would lose; None where none is."""
    for stored, told in zip_longest(known.decisions, standing.decisions):
        if stored is not None and stored != told:
            return tr("décision n° {number} de {by}").format(number=stored.number, by=stored.by)
    kept = {identity.id for identity in standing.ledger.identities}
    gone = (identity.id for identity in known.ledger.identities if identity.id not in kept)
    first = next(gone, None)
    return None if first is None else tr("identifiant {id}").format(id=first)


def load_decisions(alias: str, siren: str) -> tuple[Decision, ...]:
    """Return the decisions of a territory in order of number; empty where none was made."""
    rows = models.Decision.objects.using(alias).filter(territory=siren).order_by("number")
    return tuple(from_json(Decision, row.told) for row in rows)


def load_ledger(alias: str, siren: str) -> Ledger:
    """Return the ids ever given in a territory; empty where none was kept."""
    rows = models.Identity.objects.using(alias).filter(territory=siren)
    return Ledger(tuple(_identity(row) for row in sorted(rows, key=lambda row: row.domain_id)))


def _check_redirects(redirects: dict[str, str | None]) -> None:
    for start in redirects:
        seen: list[str] = []
        at: str | None = start
        while at is not None:
            if at in seen or at not in redirects:
                raise ValueError(f"{start!r} leads nowhere: {[*seen, at]}")
            seen.append(at)
            at = redirects[at]


def _identity_row(siren: str, identity: Identity) -> models.Identity:
    return models.Identity(
        key=key_of(siren, identity.id),
        territory_id=siren,
        domain_id=identity.id,
        founder_source=identity.founder.source_id,
        founder_record=identity.founder.record_id,
        age=identity.age,
        held=to_json(identity.held),
        redirect=identity.redirect,
    )


def _identity(row: models.Identity) -> Identity:
    return Identity(
        id=row.domain_id,
        founder=RecordKey(row.founder_source, row.founder_record),
        age=row.age,
        held=tuple(RecordKey(*pair) for pair in row.held),
        redirect=row.redirect,
    )
