"""Works to save: one of any shape that the contracts allow, and one of a given size."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import sqlite3
import types
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.storage.databases import empty_workspace

from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.ledger import Identity, Ledger
from maillage.directory.linking.model import Comparison, Likeness, Question
from maillage.directory.model import Directory, Lieu, Permanence, Precision, Service, Structure
from maillage.directory.record_key import RecordKey
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Point
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.storage.address import DATABASE_FILE
from maillage.storage.marker import Marker, write_marker
from maillage.storage.workspace import CACHE_FOLDER, Workspace
from maillage.territory.model import (
    Contour,
    Indicator,
    IndicatorTable,
    Neighbour,
    PointKind,
    PublishedIllectronisme,
    Territory,
    Zone,
    ZoneKind,
)

BETHUNE_BRUAY = "200072460"
LENS_LIEVIN = "246200364"
AS_0_1_0 = Path(__file__).parent / "data" / "workspace-0.1.0.sql"

# --- any work -----------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SIMPLE: dict[Any, SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-(2**31), 2**31 - 1),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    dt.date: st.dates(),
}


def any_of(hint: Any) -> SearchStrategy[Any]:  # noqa: ANN401, PLR0911 - a type form, by form
    """Return whatever a field of that type may hold."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is types.UnionType:
        arms = [any_of(arm) for arm in get_args(hint) if arm is not types.NoneType]
        return st.one_of(st.none(), *arms)
    if get_origin(hint) is tuple:
        arms = get_args(hint)
        if arms[-1] is not Ellipsis:
            return st.tuples(*(any_of(arm) for arm in arms))
        return st.lists(any_of(arms[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and issubclass(hint, tuple):
        return st.builds(hint, *(any_of(arm) for arm in get_type_hints(hint).values()))
    return any_whole(hint)


def any_whole(kind: Any, **given: SearchStrategy[Any]) -> SearchStrategy[Any]:  # noqa: ANN401
    """Return dataclasses of that kind with every field drawn, those with a default too."""
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    drawn = {name: any_of(hints[name]) for name in names if name not in given}
    return st.builds(kind, **drawn, **given)


def ids(prefix: str, *, most: int = 4) -> SearchStrategy[list[str]]:
    """Return a few ids in order, each once; so few that two draws often share some."""
    some = st.lists(st.integers(0, 6), unique=True, max_size=most)
    return some.map(lambda numbers: sorted(f"{prefix}-{number}" for number in numbers))


def each(
    names: list[str], make: Callable[[str], SearchStrategy[Any]]
) -> SearchStrategy[tuple[Any, ...]]:
    """Return one thing by name, in the same order."""
    return st.tuples(*(make(name) for name in names))


@st.composite
def any_territory(draw: st.DrawFn, siren: str = BETHUNE_BRUAY) -> Territory:
    """Return a territory of any shape, zones in order of id, one figure or None by zone."""
    zones = draw(
        ids("zone").flatmap(lambda all_: each(all_, lambda i: any_whole(Zone, id=st.just(i))))
    )
    codes = draw(ids("indicateur"))
    column = st.tuples(*(any_of(float | None) for _ in zones))
    neighbours = draw(st.permutations(draw(ids("commune"))))
    return draw(
        any_whole(
            Territory,
            siren=st.just(siren),
            zones=st.just(zones),
            indicators=st.builds(
                IndicatorTable,
                each(draw(st.permutations(codes)), lambda c: any_whole(Indicator, code=st.just(c))),
                st.fixed_dictionaries(dict.fromkeys(codes, column)),
            ),
            neighbours=each(neighbours, lambda c: any_whole(Neighbour, code_insee=st.just(c))),
        )
    )


@st.composite
def any_directory(draw: st.DrawFn) -> Directory:
    """Return a directory of any shape: each noun in order of id, each reference to a noun of it."""
    bodies, places = draw(ids("structure")), draw(ids("lieu"))
    body, place = st.sampled_from(bodies or [""]), st.sampled_from(places or [""])
    helps = draw(ids("service")) if bodies else []
    stays = draw(ids("permanence")) if bodies and places else []
    given = st.lists(st.sampled_from(helps), max_size=3).map(tuple) if helps else st.just(())
    return Directory(
        structures=draw(each(bodies, lambda i: any_whole(Structure, id=st.just(i)))),
        lieux=draw(each(places, lambda i: any_whole(Lieu, id=st.just(i)))),
        services=draw(each(helps, lambda i: any_whole(Service, id=st.just(i), structure_id=body))),
        permanences=draw(
            each(
                stays,
                lambda i: any_whole(
                    Permanence,
                    id=st.just(i),
                    structure_id=body,
                    lieu_id=place,
                    service_ids=st.none() | given,
                ),
            )
        ),
    )


@st.composite
def any_ledger(draw: st.DrawFn) -> Ledger:
    """Return a ledger of any shape; an id leads to one before it, so that none goes round."""
    names = draw(ids("lieu"))
    return Ledger(
        tuple(
            draw(
                any_whole(
                    Identity,
                    id=st.just(name),
                    redirect=st.sampled_from([None, *names[:place]]),
                )
            )
            for place, name in enumerate(names)
        )
    )


def a_few(kind: type) -> SearchStrategy[tuple[Any, ...]]:
    """Return none to three of a kind, in any order, twice the same perhaps."""
    return st.lists(any_whole(kind), max_size=3).map(tuple)


@st.composite
def any_work(draw: st.DrawFn, siren: str = BETHUNE_BRUAY) -> TerritoryWork:
    """Return the work of a territory, of any shape that the contracts allow."""
    return TerritoryWork(
        territory=draw(any_territory(siren)),
        directory=draw(any_directory()),
        findings=draw(a_few(Finding)),
        records=draw(a_few(SourcedRecord)),
        likenesses=draw(st.none() | a_few(Likeness)),
        decisions=numbered(draw(a_few(Decision))),
        ledger=draw(any_ledger()),
    )


def numbered(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return the decisions, each bearing its place as its number."""
    return tuple(replace(one, number=place) for place, one in enumerate(decisions, 1))


def added_to(known: TerritoryWork, work: TerritoryWork) -> TerritoryWork:
    """Return a work as it is when made from another: its decisions come after, no id is lost."""
    identities = {one.id: one for one in (*known.ledger.identities, *work.ledger.identities)}
    return replace(
        work,
        decisions=numbered((*known.decisions, *work.decisions)),
        ledger=Ledger(tuple(identities[its_id] for its_id in sorted(identities))),
    )


# --- a work of a given size ---------------------------------------------------------------------

PUBLISHED = Dataset(
    source_id="mednum",
    name="Lieux de médiation numérique",
    publisher="ANCT",
    licence="Licence Ouverte 2.0",
    vintage="2023-05",
    origin=Origin.MIRROR,
    address="https://exemple.fr/lieux.json",
    checksum="0" * 64,
)
DOUBT = FindingKind("date-missing", Severity.WARNING, "Pas de date.", "Demandez-la.")
SQUARE: Contour = ((((2.5, 50.5), (2.7, 50.5), (2.7, 50.6), (2.5, 50.6), (2.5, 50.5)),),)


def territory_of(siren: str, n_zones: int, n_indicators: int = 40) -> Territory:
    """Return a territory of communes on a grid."""
    zones = tuple(
        Zone(
            id=f"{62000 + number}",
            name=f"Commune {number}",
            kind=ZoneKind.COMMUNE,
            code_insee=f"{62000 + number}",
            population=1000 + number,
            point=Point(2.5 + number / 1000, 50.5),
            point_kind=PointKind.MAIRIE,
            codes_postaux=("62400",),
            area_km2=6.5,
            contour=SQUARE,
        )
        for number in range(n_zones)
    )
    indicators = tuple(
        Indicator(f"i{number:02}", f"Indicateur {number}", "%", "insee", "2020", number % 2 == 0)
        for number in range(n_indicators)
    )
    figures = {i.code: tuple(0.1 * z for z in range(n_zones)) for i in indicators}
    return Territory(
        siren=siren,
        name="CA de Béthune-Bruay, Artois Lys Romane",
        kind="CA",
        population=275736,
        departements=("62",),
        zones=zones,
        indicators=IndicatorTable(indicators, figures),
        neighbours=(Neighbour("62498", "Lens", 32000, Point(2.83, 50.43), ("62300",)),),
        illectronisme=PublishedIllectronisme(0.14, 38584, PUBLISHED),
        datasets=(PUBLISHED,),
    )


def record_of(number: int) -> MednumRecord:
    """Return a row of the national schema with what rows usually tell."""
    return MednumRecord(
        id=f"row-{number}",
        nom=f"CCAS {number}",
        commune="Béthune",
        code_insee="62119",
        adresse=f"{number} rue de la République",
        latitude=50.53,
        longitude=2.64,
        typologie=(mednum.Typologie.CCAS,),
        horaires="Mo-Fr 09:00-12:00,14:00-17:00",
        presentation_detail="Un lieu d'accueil et d'aide aux démarches. " * 5,
        date_maj=dt.date(2023, 5, 4),
        services=tuple(mednum.Service)[:3],
    )


def directory_of(n_permanences: int) -> Directory:
    """Return a directory where each structure stays at one lieu with three kinds of help."""
    numbers = range(n_permanences)
    sources = [(SourceRef("mednum", f"row-{n}", n + 2, dt.date(2023, 5, 4)),) for n in numbers]
    kinds = tuple(mednum.Service)[:3]
    return Directory(
        structures=tuple(
            Structure(f"structure-{n:05}", f"CCAS {n}", None, (mednum.Typologie.CCAS,), sources[n])
            for n in numbers
        ),
        lieux=tuple(
            Lieu(
                id=f"lieu-{n:05}",
                nom=f"Mairie {n}",
                adresse=f"{n} rue de la République",
                code_postal="62400",
                commune="Béthune",
                code_insee="62119",
                point=Point(2.64, 50.53),
                precision=Precision.ADDRESS,
                in_territory=True,
                sources=sources[n],
            )
            for n in numbers
        ),
        services=tuple(
            Service(f"service-{n:05}-{k}", f"structure-{n:05}", kind)
            for n in numbers
            for k, kind in enumerate(kinds)
        ),
        permanences=tuple(
            Permanence(
                id=f"permanence-{n:05}",
                structure_id=f"structure-{n:05}",
                lieu_id=f"lieu-{n:05}",
                service_ids=tuple(f"service-{n:05}-{k}" for k in range(3)),
                horaires="Mo-Fr 09:00-12:00,14:00-17:00",
                itinerant=False,
                record=record_of(n),
                sources=sources[n],
            )
            for n in numbers
        ),
    )


def work_of(
    n_permanences: int = 3, *, n_zones: int = 3, siren: str = BETHUNE_BRUAY
) -> TerritoryWork:
    """Return a work of that size, with a finding by permanence."""
    findings = tuple(DOUBT.at(Where("mednum", n + 2, f"row-{n}")) for n in range(n_permanences))
    return TerritoryWork(territory_of(siren, n_zones), directory_of(n_permanences), findings)


# --- a directory in which one place is merged and set apart again ---------------------------------


def name_of(number: int) -> RecordKey:
    """Return the name for ever of the record of that number."""
    return RecordKey("mednum", f"row-{number}")


def decision_of(number: int) -> Decision:
    """Return the odd decisions, which join the first two lieux, and the even, which undo them."""
    on, told = dt.date(2026, 11, 22), "Un seul bâtiment"
    if number % 2 == 0:
        nobody: tuple[RecordKey, ...] = ()
        return Decision(
            number, Verdict.UNDO, Question.LIEU, nobody, nobody, on, "portrea", cancels=number - 1
        )
    one, other = (name_of(0),), (name_of(1),)
    return Decision(number, Verdict.SAME, Question.LIEU, one, other, on, "portrea", note=told)


def ledger_of(n_lieux: int, *, merged: bool) -> Ledger:
    """Return one id by lieu, each founded on its record; merged: the second leads to the first."""
    apart = [Identity(f"lieu-{n:05}", name_of(n), n, (name_of(n),)) for n in range(n_lieux)]
    if merged:
        apart[0] = replace(apart[0], held=(name_of(0), name_of(1)))
        apart[1] = replace(apart[1], redirect=apart[0].id)
    return Ledger(tuple(apart))


def decided_work_of(n_permanences: int = 3, n_decisions: int = 0) -> TerritoryWork:
    """Return a work of that size with its records, after so many decisions (``decision_of``)."""
    work, merged = work_of(n_permanences), n_decisions % 2 == 1
    directory = work.directory
    if merged:
        first, second, *rest = directory.permanences
        moved = replace(second, lieu_id=first.lieu_id)
        directory = replace(
            directory,
            lieux=(directory.lieux[0], *directory.lieux[2:]),
            permanences=(first, moved, *rest),
        )
    return replace(
        work,
        directory=directory,
        records=tuple(
            SourcedRecord(record_of(n), SourceRef("mednum", f"row-{n}", n + 2), dt.date(2023, 5, 1))
            for n in range(n_permanences)
        ),
        likenesses=tuple(
            Likeness(Question.LIEU, name_of(n), name_of(n + 1), 0.9, ((Comparison.NAME, 2),))
            for n in range(n_permanences - 1)
        ),
        decisions=tuple(decision_of(number) for number in range(1, n_decisions + 1)),
        ledger=ledger_of(n_permanences, merged=merged),
    )


# --- fixtures: what the tests are given ---------------------------------------------------------


@pytest.fixture(scope="session")
def works() -> Callable[..., SearchStrategy[TerritoryWork]]:
    """Give the strategy of works of any shape (``works(siren)``)."""
    return any_work


@pytest.fixture(scope="session")
def any_dataclass() -> Callable[[type], SearchStrategy[Any]]:
    """Give the strategy of any dataclass (``any_dataclass(Structure)``)."""
    return any_whole


@pytest.fixture(scope="session")
def make_work() -> Callable[..., TerritoryWork]:
    """Give the maker of works of a given size."""
    return work_of


@pytest.fixture(scope="session")
def make_decided_work() -> Callable[..., TerritoryWork]:
    """Give the maker of works after so many decisions (``make_decided_work(3, 1)``)."""
    return decided_work_of


@pytest.fixture(scope="session")
def make_next() -> Callable[[TerritoryWork, TerritoryWork], TerritoryWork]:
    """Give what turns a work of any shape into one made from another (``make_next(old, new)``)."""
    return added_to


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give an empty workspace that waits little for others."""
    with empty_workspace(tmp_path / "espace", BETHUNE_BRUAY, wait_seconds=0.2) as opened:
        yield opened


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Give a closed workspace as version 0.1.0 left it on a disk, with ``make_work(2)`` in it."""
    folder = tmp_path / "ancien"
    (folder / CACHE_FOLDER).mkdir(parents=True)
    write_marker(folder, Marker(1, BETHUNE_BRUAY))
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as base:
        base.executescript(AS_0_1_0.read_text(encoding="utf-8"))
    return folder
