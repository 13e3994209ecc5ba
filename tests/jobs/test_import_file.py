"""A file that somebody sent: what it adds, changes and takes away; and that it does so once."""

from __future__ import annotations

import random
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.directory.places import PARAMETERS
from tests.jobs.desks import (
    ON,
    SIREN,
    clusters,
    csv_of,
    desk_of,
    hub_file,
    ids,
    imported,
    row,
    values,
)

from maillage.directory.conflicts import ConflictKind
from maillage.directory.decisions import Verdict
from maillage.directory.linking.exact import ExactMatcher
from maillage.directory.linking.model import Matcher, Question
from maillage.directory.refresh import refresh_lines
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.jobs.decide import Who, answer, open_desk, take_down
from maillage.jobs.import_file import Incoming, incoming_file, name_of
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import UnusableFile, WorkspaceError
from maillage.kernel.provenance import Origin
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

LIBRARY = {"nom": "Médiathèque Élie Wiesel", "adresse": "3 place Clemenceau"}
LILLERS = {
    "nom": "CCAS de Lillers",
    "commune": "Lillers",
    "code_postal": "62190",
    "code_insee": "62516",
    "adresse": "7 place Roger Salengro",
    "latitude": "50.565",
    "longitude": "2.48",
    "telephone": "+33321610000",
}
MAPPING = """\
format: 1
source: CCAS du canton
champs:
  nom: Nom du lieu
  adresse: Rue
  code_postal: CP
  commune: Ville
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DjangoWorkStore]:
    """Give the store of the small territory, nothing imported yet."""
    with desk_of(tmp_path / "espace") as opened:
        yield opened


def test_a_file_of_the_national_schema_enters(store: DjangoWorkStore, tmp_path: Path) -> None:
    """Its rows are permanences, saved, under its own name, given by hand."""
    done = imported(store, hub_file(tmp_path, "hub", [row("1"), row("2", **LILLERS)]))
    work = store.load(SIREN)
    assert (done.n_records, work) == (2, done.work)
    assert set(ids(work)) == {"hub/1", "hub/2"}
    (dataset,) = work.territory.datasets
    assert (dataset.source_id, dataset.origin) == ("hub", Origin.FILE)


def test_a_mapping_that_stands_beside_reads_the_file(
    store: DjangoWorkStore, tmp_path: Path
) -> None:
    """Columns of any name are read by FILE.correspondance.yaml, under the source it tells."""
    path = tmp_path / "recu.csv"
    path.write_text("Nom du lieu;Rue;CP;Ville\nCCAS;1 rue Basse;62400;Béthune\n", "utf-8")
    with pytest.raises(UnusableFile, match="aucune source connue"):
        imported(store, incoming_file(path))
    (tmp_path / "recu.correspondance.yaml").write_text(MAPPING, "utf-8")
    done = imported(store, incoming_file(path))
    assert (done.n_records, {r.ref.source_id for r in done.work.records}) == (1, {"ccas-du-canton"})


def test_a_file_of_no_known_source_is_told_of_a_mapping(
    store: DjangoWorkStore, tmp_path: Path
) -> None:
    """The sentence ends with the command that proposes one, for that very file."""
    path = tmp_path / "reçu d'hier.csv"
    path.write_text("Nom du lieu;Rue\nCCAS;1 rue Basse\n", "utf-8")
    with pytest.raises(UnusableFile, match="aucune source connue") as told:
        imported(store, incoming_file(path))
    assert str(told.value).endswith(f" : {shlex.join(['maillage', 'directory', 'map', str(path)])}")


def test_a_file_is_called_by_who_made_it(tmp_path: Path) -> None:
    """The producer that a mapping tells; the file's own name where it only repeats this one."""
    path, mapping = tmp_path / "recu.csv", tmp_path / "recu.correspondance.yaml"
    for source, name in (("Hub du Nord", "Hub du Nord"), ("recu", "recu.csv")):
        mapping.write_text(MAPPING.replace("CCAS du canton", source), "utf-8")
        assert name_of(incoming_file(path).as_local_file().dataset) == name


def test_the_same_file_again_changes_nothing(store: DjangoWorkStore, tmp_path: Path) -> None:
    """Imported twice: the very same work, and the person reads so."""
    incoming = hub_file(tmp_path, "hub", [row("1"), row("2", **LIBRARY)])
    first = imported(store, incoming)
    again = imported(store, incoming)
    assert refresh_lines(again.refresh) == ("Rien n'a changé.",)
    assert store.load(SIREN) == first.work


def test_what_a_refreshed_file_changes_is_told(store: DjangoWorkStore, tmp_path: Path) -> None:
    """What is new, changed or gone is told by name, and ids that stay are the same."""
    rows = [row("1"), row("2", **LIBRARY)]
    before = ids(imported(store, hub_file(tmp_path, "hub", rows)).work)
    rows = [row("1", telephone="+33321631111"), row("3", **LILLERS)]
    done = imported(store, hub_file(tmp_path, "hub", rows))
    lines = " / ".join(refresh_lines(done.refresh))
    assert "Changée : Mairie de Béthune" in lines
    assert "Disparue : Médiathèque Élie Wiesel" in lines
    assert "Nouvelle : CCAS de Lillers" in lines
    assert ids(done.work)["hub/1"] == before["hub/1"]


def test_a_vanished_thing_comes_back_under_its_id(store: DjangoWorkStore, tmp_path: Path) -> None:
    """A row that is missing once and comes back bears the id it had."""
    rows = [row("1"), row("2", **LIBRARY)]
    before = ids(imported(store, hub_file(tmp_path, "hub", rows)).work)
    imported(store, hub_file(tmp_path, "hub", rows[:1]))
    assert ids(imported(store, hub_file(tmp_path, "hub", rows)).work) == before


def test_decisions_follow_a_row_without_id_that_changes(
    store: DjangoWorkStore, tmp_path: Path
) -> None:
    """A new telephone makes no new row: what was decided still holds, twice imported or more."""
    rows = [row(""), row("", nom="Hôtel de ville")]
    imported(store, hub_file(tmp_path, "hub", rows))
    desk = open_desk(SIREN, store, PARAMETERS)
    keys = [one.key for one in desk.work.records]
    same = answer(desk, Verdict.SAME, Question.PERMANENCE, (keys[:1], keys[1:]), Who("moi", ON))
    take_down(desk, [same], store, PARAMETERS)
    changed = [{**one, "telephone": f"+3332163111{n}"} for n, one in enumerate(rows)]
    done = imported(store, hub_file(tmp_path, "hub", changed))
    assert [one.key for one in done.work.records] == keys
    assert len(done.work.directory.permanences) == 1
    lines = " / ".join(refresh_lines(done.refresh))
    assert ("Changée" in lines, "Nouvelle" in lines, "Disparue" in lines) == (True, False, False)
    again = imported(store, hub_file(tmp_path, "hub", changed[::-1]))
    assert refresh_lines(again.refresh) == ("Rien n'a changé.",)


def test_a_doubt_about_a_row_known_again_names_it(store: DjangoWorkStore, tmp_path: Path) -> None:
    """What is doubtful in a row without id that changed is told by its name, as of any row."""
    imported(store, hub_file(tmp_path, "hub", [row("")]))
    done = imported(store, hub_file(tmp_path, "hub", [row("", telephone="12")]))
    (doubt,) = [f for f in done.work.findings if f.code == "phone-invalid"]
    assert doubt.where.subject == "Mairie de Béthune — Béthune"


def test_rows_that_become_one_are_merged_and_back(store: DjangoWorkStore, tmp_path: Path) -> None:
    """Two rows corrected into one place are merged; corrected back, split: both ids are found."""
    apart = [row("1"), row("2", nom="Hôtel de ville")]
    before = ids(imported(store, hub_file(tmp_path, "hub", apart)).work)
    merged = imported(store, hub_file(tmp_path, "hub", [row("1"), row("2")]))
    together = ids(merged.work)
    assert together["hub/1"] == together["hub/2"]
    (gone,) = set(before.values()) - set(together.values())
    assert (gone, together["hub/1"]) in merged.refresh.merged
    assert merged.work.ledger.current(gone) == together["hub/1"]
    split = imported(store, hub_file(tmp_path, "hub", apart))
    assert ids(split.work) == before
    assert set(before.values()) in [set(parts) for _, parts in split.refresh.split]


def test_a_disagreement_is_told_once(store: DjangoWorkStore, tmp_path: Path) -> None:
    """Two sources of one age that tell two phones are in conflict: told when it appears only."""
    imported(store, hub_file(tmp_path, "hub", [row("1")]))
    other = hub_file(tmp_path, "ccas", [row("9", telephone="+33321639999")])
    (conflict,) = imported(store, other).refresh.conflicting
    assert (conflict.kind, conflict.field) == (ConflictKind.SOURCES, "telephone")
    assert imported(store, other).refresh.conflicting == ()


def test_a_dry_run_writes_nothing(store: DjangoWorkStore, tmp_path: Path) -> None:
    """It tells the same as the import would, and the workspace and its journal stay as they are."""
    before, lines = store.load(SIREN), store.history(SIREN)
    incoming = hub_file(tmp_path, "hub", [row("1")])
    tried = imported(store, incoming, dry_run=True)
    assert (store.load(SIREN), store.history(SIREN)) == (before, lines)
    assert refresh_lines(tried.refresh) == refresh_lines(imported(store, incoming).refresh)


def test_a_file_in_place_of_a_public_source_is_told(store: DjangoWorkStore, tmp_path: Path) -> None:
    """A file named as a public source replaces it until the next ``init``: a finding says so."""
    for name, public in (("hub", False), ("portrea", True)):
        work = imported(store, hub_file(tmp_path, name, [row("1")])).work
        told = {f.where.source for f in work.findings if f.code == "source-is-public"}
        assert told == ({name} if public else set())


def test_without_a_territory_nothing_enters(tmp_path: Path) -> None:
    """A workspace that ``init`` never filled refuses the file in one sentence."""
    with Workspace.create(tmp_path / "vide", SIREN) as workspace:
        store = DjangoWorkStore(workspace)
        with pytest.raises(WorkspaceError, match="maillage init"):
            imported(store, hub_file(tmp_path, "hub", [row("1")]))


def _mixed(folder: Path) -> list[Incoming]:
    """Return three files that tell some places twice, some alone, one against another."""
    hub = [row("1"), row("2", **LIBRARY), row("3", **LILLERS), row("4", nom="Maison de quartier")]
    ccas = [
        row("a", nom="MAIRIE DE BETHUNE", telephone="+33321639999", date_maj="2026-02-01"),
        row("b", **{**LILLERS, "nom": "C.C.A.S. Lillers", "telephone": ""}),
    ]
    libraries = [
        row("x", **{**LIBRARY, "nom": "Mediatheque Elie Wiesel", "adresse": "3 pl Clemenceau"}),
        row("y", nom="Bibliothèque", commune="Auchel", code_postal="62260", code_insee="62048",
            adresse="1 rue Jean Jaurès", latitude="50.50", longitude="2.47", date_maj=""),
    ]  # fmt: skip
    files = {"hub": hub, "ccas": ccas, "bibliotheques-du-canton": libraries}
    return [hub_file(folder, name, rows) for name, rows in files.items()]


@pytest.mark.parametrize(
    ("matcher", "seed"), [(None, 0), (None, 1), (ExactMatcher(), 2)], ids=["a", "b", "exact"]
)
def test_ten_imports_in_any_order_make_one_directory(
    tmp_path: Path, matcher: Matcher | None, seed: int
) -> None:
    """The same files ten times each, mixed: the clusters and values of once each, in order.

    And no import ever changes an id that was given.
    """
    files = _mixed(tmp_path / "files")
    with desk_of(tmp_path / "once") as store:
        for incoming in files:
            imported(store, incoming, matcher)
        once = store.load(SIREN)
    order = files * 10
    random.Random(seed).shuffle(order)
    given: dict[str, str] = {}
    with desk_of(tmp_path / "mixed") as store:
        for incoming in order:
            work = imported(store, incoming, matcher).work
            for its_id in {i.id for i in work.ledger.identities} & given.keys():
                assert given[its_id] == _founder(work, its_id)
            given |= {i.id: _founder(work, i.id) for i in work.ledger.identities}
        mixed = store.load(SIREN)
        after = ids(mixed)
        assert ids(imported(store, order[0], matcher).work) == after
    assert clusters(mixed) == clusters(once)
    assert values(mixed) == values(once)
    assert mixed.territory == once.territory
    assert mixed.records == once.records


def _founder(work: TerritoryWork, its_id: str) -> str:
    return next(str(i.founder) for i in work.ledger.identities if i.id == its_id)


@pytest.mark.full
def test_the_real_matcher_does_not_mind_the_order(tmp_path: Path) -> None:
    """With Splink too: the clusters and values depend on the files, not on their order."""
    files, matcher = _mixed(tmp_path / "files"), SplinkMatcher(PARAMETERS)
    made = []
    for name, order in (("a", files), ("b", [files[2], files[0], files[2], files[1]])):
        with desk_of(tmp_path / name) as store:
            for incoming in order:
                imported(store, incoming, matcher)
            made.append(store.load(SIREN))
    assert clusters(made[0]) == clusters(made[1])
    assert values(made[0]) == values(made[1])


def test_formulas_are_text(store: DjangoWorkStore, tmp_path: Path) -> None:
    """A cell that begins as a formula enters as the text it is."""
    done = imported(store, hub_file(tmp_path, "hub", [row("1", nom="=1+1")]))
    assert [p.record.nom for p in done.work.directory.permanences] == ["=1+1"]
    assert b"=1+1" in csv_of([row("1", nom="=1+1")])
