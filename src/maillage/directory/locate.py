"""Which commune a record stands in, and where on the map: told signs weighed against each other.

In this order: the INSEE code, the name with the postal code, the contour that holds the
coordinates, a postal code that one commune only has. Signs that contradict each other are a
finding that says what was chosen; nothing is mended without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maillage.directory.gazetteer import Commune, Gazetteer, departement
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Precision
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Point
from maillage.kernel.words import commune_key

INSEE_CONTRADICTED = FindingKind(
    "commune-contradicted",
    Severity.WARNING,
    "Le code INSEE {value} désigne {told}, mais le reste de l'adresse désigne {proposed}.",
    "Corrigez le code INSEE ou l'adresse ; en attendant, le lieu est rangé à {proposed} ({code}).",
)
NAME_CONTRADICTED = FindingKind(
    "commune-name-contradicted",
    Severity.WARNING,
    "La commune dite est {value}, mais le code INSEE et les coordonnées désignent {proposed}.",
    "Corrigez le nom ou le code ; en attendant, le lieu est rangé à {proposed} ({code}).",
)
POSTAL_AS_INSEE = FindingKind(
    "postal-code-as-insee",
    Severity.WARNING,
    "Le code {value}, donné comme code INSEE, est un code postal.",
    "Remplacez-le par le code INSEE de {proposed} : {code}.",
)
INSEE_AS_POSTAL = FindingKind(
    "insee-code-as-postal",
    Severity.WARNING,
    "Le code {value}, donné comme code postal, est le code INSEE de {proposed}.",
    "Remplacez-le par le code postal de {proposed} ({postal}).",
)
INSEE_UNKNOWN = FindingKind(
    "insee-code-unknown",
    Severity.WARNING,
    "Le code INSEE {value} n'est celui d'aucune commune d'ici (commune fusionnée ? erreur ?).",
    "Le lieu est rangé à {proposed} ({code}) d'après le reste de l'adresse : vérifiez le code.",
)
COMMUNE_UNKNOWN = FindingKind(
    "commune-unknown",
    Severity.WARNING,
    "« {value} » n'est le nom d'aucune commune d'ici (fusionnée ? lieu-dit ? erreur ?).",
    "Le lieu est rangé à {proposed} ({code}) d'après le reste de l'adresse : vérifiez la commune.",
)
COMMUNE_MISSPELT = FindingKind(
    "commune-misspelt",
    Severity.WARNING,
    "« {value} » est lu comme {proposed}, seule commune possible au nom voisin.",
    "Corrigez le nom de la commune : {proposed} ({code}).",
)
POSTAL_CONTRADICTED = FindingKind(
    "postal-code-contradicted",
    Severity.WARNING,
    "Le code postal {value} n'est pas celui de {proposed}.",
    "Vérifiez le code postal ({postal} pour {proposed}) ou la commune.",
)
COMMUNE_SEVERAL = FindingKind(
    "commune-several",
    Severity.WARNING,
    "La commune n'est pas certaine : {candidates} ont le code postal {value}.",
    "Donnez le nom ou le code INSEE de la commune.",
)
NO_COORDINATES = FindingKind(
    "coordinates-missing",
    Severity.INFO,
    "Lieu sans coordonnées, placé au point de sa commune ({value}).",
    "Géocodez l'adresse avec la Base Adresse Nationale, ou relevez le point sur une carte.",
)
COORDINATES_OUTSIDE = FindingKind(
    "coordinates-outside",
    Severity.WARNING,
    "Les coordonnées ({value}) sont à {km:.0f} km de {commune}, la commune dite.",
    "Corrigez les coordonnées ; en attendant, le lieu est placé au point de {commune}.",
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands. ``code_insee`` None: in one of several communes, not known which."""

    code_insee: str | None
    commune: str
    point: Point | None
    precision: Precision
    in_territory: bool


@dataclass(slots=True)
class _Signs:
    """What one record tells of its place, and the doubts met while weighing it."""

    name: str | None
    postal: str | None
    insee: str | None
    point: Point | None
    here: Commune | None
    where: Where
    doubts: list[Finding] = field(default_factory=list)

    def doubt(self, kind: FindingKind, on: str, value: object, proposed: Commune) -> None:
        """Note a doubt about one field, with the commune proposed instead."""
        postal = " ou ".join(proposed.codes_postaux) or "code postal inconnu"
        words = {"proposed": proposed.name, "code": proposed.code_insee, "postal": postal}
        self.doubts.append(kind.at(self.where.on(on), value=value, **words))


def locate(
    sourced: SourcedRecord, gazetteer: Gazetteer
) -> tuple[Location | None, tuple[Finding, ...]]:
    """Return where a record stands; None where it stands elsewhere than in the communes known."""
    record = sourced.record
    point = None
    if record.latitude is not None and record.longitude is not None:
        point = Point(record.longitude, record.latitude)
    signs = _Signs(
        name=record.commune,
        postal=record.code_postal,
        insee=record.code_insee,
        point=point,
        here=gazetteer.containing(point),
        where=Where(sourced.ref.source_id, sourced.ref.line, record.id),
    )
    commune = _commune(signs, gazetteer)
    if commune is not None:
        return _placed(signs, commune, gazetteer), tuple(signs.doubts)
    location = _uncertain(signs, gazetteer)
    return location, tuple(signs.doubts) if location else ()


def _commune(signs: _Signs, gazetteer: Gazetteer) -> Commune | None:
    coded = gazetteer.by_code(signs.insee)
    named = _named(signs, gazetteer)
    if signs.insee and named and _is_postal(signs.insee, named, signs.postal):
        signs.doubt(POSTAL_AS_INSEE, "code_insee", signs.insee, named)
        return named
    if coded and named and coded != named:
        return _between(signs, coded, named)
    if coded:
        _check_postal(signs, coded, gazetteer)
        return coded
    found = named or _by_the_rest(signs, gazetteer)
    if found and signs.insee:
        signs.doubt(INSEE_UNKNOWN, "code_insee", signs.insee, found)
    return found


def _between(signs: _Signs, coded: Commune, named: Commune) -> Commune:
    """Return the commune chosen where the INSEE code and the name tell two: coordinates decide."""
    if signs.here == coded:
        signs.doubt(NAME_CONTRADICTED, "commune", signs.name, coded)
        return coded
    words = {"told": coded.name, "proposed": named.name, "code": named.code_insee}
    where = signs.where.on("code_insee")
    signs.doubts.append(INSEE_CONTRADICTED.at(where, value=signs.insee, **words))
    return named


def _is_postal(insee: str, named: Commune, postal: str | None) -> bool:
    return insee != named.code_insee and (insee == postal or insee in named.codes_postaux)


def _named(signs: _Signs, gazetteer: Gazetteer) -> Commune | None:
    """Return the commune that the name tells, the postal code choosing among namesakes."""
    namesakes = gazetteer.by_name(signs.name)
    if signs.postal is None:
        return namesakes[0] if len(namesakes) == 1 else None
    exact = [c for c in namesakes if signs.postal in c.codes_postaux]
    if len(exact) == 1:
        return exact[0]
    near = [c for c in namesakes if departement(c.code_insee) == departement(signs.postal)]
    if len(near) != 1:
        return None
    (commune,) = near
    if signs.postal == commune.code_insee:
        signs.doubt(INSEE_AS_POSTAL, "code_postal", signs.postal, commune)
    else:
        _check_postal(signs, commune, gazetteer)
    return commune


def _check_postal(signs: _Signs, commune: Commune, gazetteer: Gazetteer) -> None:
    """Note a postal code of other communes; one of none is a CEDEX, which no list holds.

    Nothing is noted of a commune whose postal codes are not known.
    """
    if not signs.postal or not commune.codes_postaux or signs.postal in commune.codes_postaux:
        return
    if gazetteer.by_postal(signs.postal):
        signs.doubt(POSTAL_CONTRADICTED, "code_postal", signs.postal, commune)


def _by_the_rest(signs: _Signs, gazetteer: Gazetteer) -> Commune | None:
    """Return the commune told by a near spelling, the contour, or a postal code of one commune."""
    misspelt = gazetteer.by_spelling(signs.name, signs.postal)
    if misspelt and _can_be(signs, misspelt, gazetteer):
        signs.doubt(COMMUNE_MISSPELT, "commune", signs.name, misspelt)
        return misspelt
    sharing = gazetteer.by_postal(signs.postal)
    if signs.insee and signs.here is None:
        return None  # a told commune that is not from here, and nothing that says otherwise
    found = signs.here or (sharing[0] if len(sharing) == 1 else None)
    if found and signs.name and commune_key(signs.name) != found.key:
        signs.doubt(COMMUNE_UNKNOWN, "commune", signs.name, found)
    return found


def _can_be(signs: _Signs, commune: Commune, gazetteer: Gazetteer) -> bool:
    """Whether a commune of nearly the told name is borne out by its postal code or the point."""
    if signs.point is not None:
        return gazetteer.km_outside(commune, signs.point) == 0.0
    return bool(commune.codes_postaux)


def _placed(signs: _Signs, commune: Commune, gazetteer: Gazetteer) -> Location:
    point, precision = signs.point, Precision.ADDRESS
    if point is None:
        where = signs.where.on("latitude")
        signs.doubts.append(NO_COORDINATES.at(where, value=commune.name))
    elif km := gazetteer.km_outside(commune, point):
        value = f"{point.lat:g}, {point.lon:g}"
        where = signs.where.on("latitude")
        signs.doubts.append(COORDINATES_OUTSIDE.at(where, value=value, km=km, commune=commune.name))
        point = None
    if point is None:
        point, precision = commune.point, Precision.COMMUNE
    return Location(commune.code_insee, commune.name, point, precision, commune.in_territory)


def _uncertain(signs: _Signs, gazetteer: Gazetteer) -> Location | None:
    """Return the location of a record that several communes share; None: it stands elsewhere.

    It counts for the territory only where each commune it can be in is of the territory.
    """
    sharing = gazetteer.by_postal(signs.postal)
    if len(sharing) < 2 or signs.insee or signs.point:
        return None
    signs.doubts.append(
        COMMUNE_SEVERAL.at(
            signs.where.on("commune"), value=signs.postal, candidates=_listed(sharing)
        )
    )
    inside = all(commune.in_territory for commune in sharing)
    return Location(None, _listed(sharing), None, Precision.UNKNOWN, inside)


def _listed(communes: Sequence[Commune]) -> str:
    return ", ".join(commune.name for commune in communes)
