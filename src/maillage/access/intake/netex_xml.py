"""NeTEx as it streams past: one record at a time, whatever frames hold it.

NeTEx puts the same records in ``GeneralFrame/members`` (French profile) or in lists of their own
within ``ServiceFrame``, ``TimetableFrame``… (European profiles). What is a frame or a list is told
by its name, so both read alike and nothing but the present record is held in memory.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, cast
from xml.parsers import expat

from maillage.kernel.language import tr

MAX_ELEMENTS = 1_000_000  # of one record: a run of two hundred stops holds some two thousand
_CHUNK = 1 << 18
DELIVERY = "PublicationDelivery"
"""The root of a NeTEx file, and the kind of the record that tells its attributes."""
_HOLDERS = {DELIVERY, "dataObjects", "ServiceCalendar"}
Element = ET.Element


class NotNetexError(Exception):
    """The root is not that of a NeTEx file; ``str`` is its name."""


class DoctypeError(Exception):
    """The file declares a document type: no NeTEx has one, and its entities could be a bomb."""


class RecordTooLargeError(Exception):
    """One record holds more elements than ``MAX_ELEMENTS``; ``str`` is its kind."""


class BrokenXmlError(Exception):
    """The XML ends too soon or is malformed: ``line`` from 1, ``str`` is what the parser said."""

    def __init__(self, line: int, said: str) -> None:
        self.line = line
        super().__init__(said)


class EncodingError(Exception):
    """The file declares an encoding that cannot be read; ``str`` is what the parser said."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing told: its kind (``Line``, ``Quay``…), its element, what its frames say of it.

    ``system`` is the coordinate system that the innermost frame telling one gives, else "".
    """

    kind: str
    element: Element
    system: str

    @property
    def id(self) -> str:
        """The id told, "" where there is none."""
        return self.element.get("id", "").strip()

    @property
    def version(self) -> str:
        """The version told, "" where there is none."""
        return self.element.get("version", "").strip()


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of that name, then its child of the next name; None if missing."""
    for name in names:
        if element is None:
            return None
        for inner in element:
            if local(inner.tag) == name:
                element = inner
                break
        else:
            return None
    return element


def words(element: Element) -> dict[str, str]:
    """Return the text of each child by its name, the first of each name."""
    found: dict[str, str] = {}
    for inner in element:
        found.setdefault(local(inner.tag), (inner.text or "").strip())
    return found


def text(element: Element | None, *names: str) -> str:
    """Return the text found at the end of ``names``, in one line; "" where nothing is told."""
    found = child(element, *names)
    return "" if found is None else " ".join((found.text or "").split())


def ref(element: Element | None, *names: str) -> str:
    """Return the id that the first of these references that is there points at, else ""."""
    for name in names:
        found = child(element, name)
        if found is not None and found.get("ref"):
            return found.get("ref", "").strip()
    return ""


def each(element: Element | None, name: str) -> Iterator[Element]:
    """Give the children of that name."""
    if element is not None:
        yield from (c for c in element if local(c.tag) == name)


def root_of(stream: IO[bytes]) -> str:
    """Return the local name of the root element, reading no further than that.

    Raises DoctypeError, EncodingError, or BrokenXmlError where there is no root.
    """
    return _Prolog().read(stream)[0]


def records(stream: IO[bytes]) -> Iterator[Record]:
    """Give the records of a NeTEx file in the order of the file, its root's ``DELIVERY`` first.

    Raises DoctypeError, EncodingError, NotNetexError, RecordTooLargeError, BrokenXmlError: the
    records before are given first.
    """
    prolog = _Prolog()
    root, seen = prolog.read(stream)
    if root != DELIVERY:
        raise NotNetexError(root)
    yield Record(DELIVERY, ET.Element(DELIVERY, prolog.attributes), "")
    parser: ET.XMLPullParser[Element] = ET.XMLPullParser(("start", "end"))
    walk = _Walk()
    try:
        for chunk in seen:
            parser.feed(chunk)
            yield from walk.take(parser)
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            yield from walk.take(parser)
        parser.close()
        yield from walk.take(parser)
    except ET.ParseError as error:
        raise BrokenXmlError(error.position[0], str(error)) from None


class _Prolog:
    """What comes before the root: where a document type would stand, and nowhere else can."""

    def __init__(self) -> None:
        self._root = ""
        self.attributes: dict[str, str] = {}

    def read(self, stream: IO[bytes]) -> tuple[str, list[bytes]]:
        """Return the root's local name and the pieces read to find it."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        seen: list[bytes] = []
        try:
            while not self._root and (chunk := stream.read(_CHUNK)):
                seen.append(chunk)
                parser.Parse(chunk)
            if not self._root:
                parser.Parse(b"", True)  # noqa: FBT003 - the parser's own signature
        except expat.ExpatError as error:
            if not self._root:
                raise BrokenXmlError(error.lineno, str(error)) from None
        except (LookupError, ValueError) as error:  # what Python says of encodings it cannot take
            if not self._root:
                raise EncodingError(str(error)) from None
        return self._root, seen

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self._root:
            self._root, self.attributes = local(name), attributes

    def _refuse(self, *_told: object) -> None:
        raise DoctypeError(tr("document de type déclaré"))


class _Walk:
    """Where the reading stands: the elements open, which of them only hold others."""

    def __init__(self) -> None:
        self._open: list[tuple[Element, bool]] = []
        self._n_elements = 0  # within the present record
        self._systems: list[str] = [""]  # of each frame open, the coordinate system it tells

    def take(self, parser: ET.XMLPullParser[Element]) -> Iterator[Record]:
        """Give the records whose end has been read, and forget them."""
        events = cast("Iterator[tuple[str, Element]]", parser.read_events())
        for event, element in events:
            if event == "start":
                self._begin(element)
                continue
            _, holds = self._open.pop()
            if self._open and self._open[-1][1]:
                record = self._end(element, holds=holds)
                if record is not None:
                    yield record
                self._open[-1][0].remove(element)

    def _begin(self, element: Element) -> None:
        if self._open and not self._open[-1][1]:
            self._open.append((element, False))
            self._n_elements += 1
            if self._n_elements > MAX_ELEMENTS:
                holder = next(one for one, holds in self._open if not holds)
                raise RecordTooLargeError(local(holder.tag))
            return
        self._n_elements = 0
        name = local(element.tag)
        holds = name in _HOLDERS or _is_frame(name) or name[:1].islower()
        self._open.append((element, holds))
        if _is_frame(name):
            self._systems.append(self._systems[-1])

    def _end(self, element: Element, *, holds: bool) -> Record | None:
        """Return the record that ends here, None where it was a frame, a list or its settings."""
        name = local(element.tag)
        if _is_frame(name):
            self._systems.pop()
        elif name == "FrameDefaults":
            self._systems[-1] = text(element, "DefaultLocationSystem") or self._systems[-1]
        elif not holds:
            return Record(name, element, self._systems[-1])
        return None


def _is_frame(name: str) -> bool:
    return name.endswith("Frame") and name != "TypeOfFrame"
