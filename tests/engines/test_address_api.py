"""The national address service by its batch CSV format, spoken to a local server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.engines.address_server import (
    AddressServer,
    Trouble,
    asleep,
    cut_off,
    garbled,
    refused,
    serving,
)

from maillage.directory.geocoding.model import Address, Kind
from maillage.engines.address_api import AddressApi
from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.geometry import Point
from maillage.sources.asking import Asking

HERE = Address("2 rue de la Gare", "62400", "Béthune", "62119")
THERE = Address("2 rue de la Gare", "62190", "Lillers")
NOWHERE = Address("9 rue Inconnue", "62400", "Béthune")


@pytest.fixture
def server() -> Iterator[AddressServer]:
    """Give a server that speaks the format."""
    with serving() as running:
        yield running


class Steps:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def step(self, label: str, total: int | None = None) -> None:
        """Remember a step."""
        self.told.append((label, total))

    def advance(self, units: int = 1) -> None:
        """Remember how many units are done."""
        self.told.append(units)


def asking(waits: list[float], tries: int = 4) -> Asking:
    """Return a patience that does not sleep, and notes how long it would have."""
    return Asking(tries=tries, read_seconds=0.2, sleep=waits.append, proxy_for=lambda _: None)


def test_addresses_are_asked_in_the_service_s_format(server: AddressServer) -> None:
    """One table of rank, street, commune and codes; a postal code only where no INSEE code is."""
    cedex = Address("1 Grand'Place\nBP 12", "62411", "Béthune Cedex")
    AddressApi(server.address, asking([])).locate([HERE, THERE, cedex])
    assert server.filters == [
        {
            "columns": ["adresse", "commune"],
            "postcode": ["code_postal"],
            "citycode": ["code_insee"],
        }
    ]
    assert [list(row.values()) for row in server.asked[0]] == [
        ["0", "2 rue de la Gare", "Béthune", "", "62119"],
        ["1", "2 rue de la Gare", "Lillers", "62190", ""],
        ["2", "1 Grand'Place BP 12", "Béthune Cedex", "", ""],
    ]


def test_the_answer_is_told_whole(server: AddressServer) -> None:
    """Point, label, codes, commune, score and kind come from the answer's columns."""
    (found,) = AddressApi(server.address, asking([])).locate([THERE])
    assert found is not None
    assert (found.point, found.kind, found.score) == (Point(2.48, 50.56), Kind.HOUSENUMBER, 1.0)
    assert (found.code_insee, found.code_postal, found.commune) == ("62516", "62190", "Lillers")
    assert found.label == "2 Rue de la Gare, 62190 Lillers"


def test_batches_and_doubles_keep_the_order(server: AddressServer) -> None:
    """Many addresses go in batches, the same one once, with progress; nothing empty is sent."""
    steps = Steps()
    asked = [HERE, Address(None), THERE, NOWHERE, HERE]
    found = AddressApi(server.address, asking([]), steps, batch=2).locate(asked)
    assert [len(rows) for rows in server.asked] == [2, 1]
    assert [f and f.commune for f in found] == ["Béthune", None, "Lillers", None, "Béthune"]
    assert steps.told[1:] == [2, 1]


def test_nothing_to_ask_is_not_asked(server: AddressServer) -> None:
    """No address, no request."""
    assert AddressApi(server.address, asking([])).locate([Address("")]) == (None,)
    assert server.asked == []


@pytest.mark.parametrize(
    "trouble",
    [
        refused(500),
        refused(502, b"<html>"),
        cut_off,
        asleep,
        garbled(lambda _: b"<html>Maintenance</html>"),
        garbled(lambda answer: answer[: answer.rindex(b"\r\n1,") + 2]),
        garbled(lambda answer: b"\xff\xfe" + answer),
        garbled(lambda _: b""),
        garbled(lambda answer: answer.replace(b"result_score", b"score")),
        garbled(lambda answer: answer + b"2,x\r\n"),
    ],
    ids=[
        "500", "502", "cut", "late", "page", "half", "not-utf8", "empty", "other-columns", "more",
    ],
)  # fmt: skip
def test_a_trouble_that_passes_is_waited_for(server: AddressServer, trouble: Trouble) -> None:
    """One bad answer costs one wait; the batch is asked again, and is whole."""
    waits: list[float] = []
    server.troubles = [trouble]
    found = AddressApi(server.address, asking(waits)).locate([HERE, THERE])
    assert [f and f.commune for f in found] == ["Béthune", "Lillers"]
    assert waits == [1.0]


def test_the_server_says_how_long_to_wait(server: AddressServer) -> None:
    """429 with Retry-After: that is the wait."""
    waits: list[float] = []
    server.troubles = [refused(429, Retry_After="5")]
    AddressApi(server.address, asking(waits)).locate([HERE])
    assert waits == [5.0]


@pytest.mark.parametrize(
    ("troubles", "told", "n_waits"),
    [
        ([refused(503)] * 3, "après 3\u00a0essais (réponse 503)", 2),
        ([cut_off] * 3, "après 3\u00a0essais (réponse interrompue)", 2),
        ([asleep] * 3, "après 3\u00a0essais (pas de réponse à temps)", 2),
        ([garbled(lambda _: b"")] * 3, "n'est pas un tableau d'adresses", 2),
        ([refused(429, Retry_After="3600")], "après 1\u00a0essai (réponse 429)", 0),
        ([refused(400, b"Cannot find column")], "(réponse 400) : Cannot find column", 0),
        ([refused(308, Location="https://ailleurs.fr/csv")], "à https://ailleurs.fr/csv", 0),
    ],
)
def test_a_trouble_that_stays_is_one_error(
    server: AddressServer, troubles: list[Trouble], told: str, n_waits: int
) -> None:
    """After all attempts, or at once where waiting is of no use: SourceUnavailable, which says."""
    waits: list[float] = []
    server.troubles = list(troubles)
    with pytest.raises(SourceUnavailable) as caught:
        AddressApi(server.address, asking(waits, tries=3)).locate([HERE])
    assert told in str(caught.value)
    assert len(waits) == n_waits


def test_a_server_that_is_not_there_is_one_error() -> None:
    """Nobody listens: SourceUnavailable, which proposes a list of addresses."""
    with serving() as gone:
        address = gone.address
    with pytest.raises(SourceUnavailable, match=r"serveur injoignable.*liste d'adresses"):
        AddressApi(address, asking([], tries=2)).locate([HERE])


@pytest.mark.parametrize("address", ["", "ftp://data.geopf.fr", "data.geopf.fr/csv", "http://"])
def test_what_is_no_web_address_is_refused(address: str) -> None:
    """Only http and https are asked."""
    with pytest.raises(SourceUnavailable, match="n'est pas une adresse web"):
        AddressApi(address)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("latitude", b""),
        ("latitude", b"nan"),
        ("latitude", b"120"),
        ("result_score", b"?"),
        ("result_type", b"poi"),
        ("result_status", b"error"),
    ],
)
def test_a_row_that_cannot_be_used_found_nothing(
    server: AddressServer, column: str, value: bytes
) -> None:
    """A point, score or kind that is not one is no answer; the other rows stay."""

    def spoil(answer: bytes) -> bytes:
        """Put a value in the first row's cell of a column."""
        lines = answer.split(b"\r\n")
        at = lines[0].decode().split(",").index(column)
        head, label, tail = lines[1].partition(b'"2 Rue de la Gare, 62400 B\xc3\xa9thune"')
        cells = [*head.split(b",")[:-1], label, *tail.split(b",")[1:]]
        cells[at] = value
        return b"\r\n".join([lines[0], b",".join(cells), *lines[2:]])

    server.troubles = [garbled(spoil)]
    found = AddressApi(server.address, asking([])).locate([HERE, THERE])
    assert [f and f.commune for f in found] == [None, "Lillers"]
