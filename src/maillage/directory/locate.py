"""Which commune a record stands in, and where on the map: told signs weighed against each other.

In this order: the INSEE code, the name with the postal code, the contour that holds the
coordinates, a postal code that one commune only has. A name wins over a lone postal code, not over
a postal code that coordinates bear out. Signs that contradict each other are a finding that says
what was chosen; nothing is mended without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maillage.directory.gazetteer import Commune, Gazetteer
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Precision
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import FIXED, listed, number, of
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key
from maillage.territory.departements import departement

INSEE_CONTRADICTED = FindingKind(
    "commune-contradicted",
    Severity.WARNING,
    "Le code INSEE {value} désigne {told}, mais le reste de l'adresse désigne {proposed}.",
    "Corrigez le code INSEE ou l'adresse ; en attendant, le lieu compte dans la commune "
    "{of_proposed} ({code}).",
)
NAME_CONTRADICTED = FindingKind(
    "commune-name-contradicted",
    Severity.WARNING,
    "La commune dite est {value}, mais {signs} {proposed}.",
    "Corrigez le nom ou l'adresse ; en attendant, le lieu compte dans la commune {of_proposed} "
    "({code}).",
)
POSTAL_AS_INSEE = FindingKind(
    "postal-code-as-insee",
    Severity.WARNING,
    "Le code {value}, donné comme code INSEE, est un code postal.",
    "Remplacez-le par le code INSEE {of_proposed} : {code}.",
)
INSEE_AS_POSTAL = FindingKind(
    "insee-code-as-postal",
    Severity.WARNING,
    "Le code {value}, donné comme code postal, est le code INSEE {of_proposed}.",
    "Remplacez-le par le code postal {of_proposed} ({postal}).",
)
INSEE_UNKNOWN = FindingKind(
    "insee-code-unknown",
    Severity.WARNING,
    "Le code INSEE {value} n'est celui d'aucune commune d'ici (commune fusionnée ? erreur ?).",
    "Le lieu compte dans la commune {of_proposed} ({code}), d'après le reste de l'adresse : "
    "vérifiez le code.",
)
COMMUNE_UNKNOWN = FindingKind(
    "commune-unknown",
    Severity.WARNING,
    "« {value} » n'est le nom d'aucune commune d'ici (fusionnée ? lieu-dit ? erreur ?).",
    "Le lieu compte dans la commune {of_proposed} ({code}), d'après le reste de l'adresse : "
    "vérifiez la commune.",
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
    "Le code postal {value} n'est pas celui {of_proposed}.",
    "Vérifiez le code postal ({postal} pour {proposed}) ou la commune ; en attendant, le lieu "
    "compte dans la commune {of_proposed} ({code}).",
)
COMMUNE_SEVERAL = FindingKind(
    "commune-several",
    Severity.WARNING,
    "La commune n'est pas certaine : « {value} » peut désigner {candidates}.",
    "Donnez le code INSEE de la commune, ou son nom et son code postal.",
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
    "Les coordonnées ({value}) sont à {km} {of_commune}, la commune dite.",
    "Corrigez les coordonnées ; en attendant, le lieu est placé au point {of_commune}.",
)

_SHOWN = 5  # communes named in a sentence; a postal code of forty would not be read


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands. ``code_insee`` None: in one of several communes, all named."""

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

    def doubt(
        self, kind: FindingKind, on: str, value: object, proposed: Commune, **more: str
    ) -> None:
        """Note a doubt about one field, with the commune proposed instead."""
        words = {
            "proposed": proposed.name,
            "of_proposed": of(proposed.name),
            "code": proposed.code_insee,
            "postal": listed(proposed.codes_postaux, tr("ou")) or tr("code postal inconnu"),
        }
        self.doubts.append(kind.at(self.where.on(on), value=value, **words, **more))


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
        by = tr("le code INSEE et les coordonnées désignent")
        signs.doubt(NAME_CONTRADICTED, "commune", signs.name, coded, signs=by)
        return coded
    signs.doubt(INSEE_CONTRADICTED, "code_insee", signs.insee, named, told=coded.name)
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
    near = _same_departement(namesakes, signs.postal)
    if not near and gazetteer.by_postal(signs.postal):
        near = namesakes  # a postal code known here: a contradiction, not a namesake far away
    if len(near) != 1:
        return None
    (commune,) = near
    if signs.postal == commune.code_insee:
        signs.doubt(INSEE_AS_POSTAL, "code_postal", signs.postal, commune)
        return commune
    borne_out = _possible(signs, gazetteer.by_postal(signs.postal), gazetteer)
    if signs.point and len(borne_out) == 1 and not _possible(signs, near, gazetteer):
        by = tr("le code postal et les coordonnées désignent")
        signs.doubt(NAME_CONTRADICTED, "commune", signs.name, borne_out[0], signs=by)
        return borne_out[0]
    _check_postal(signs, commune, gazetteer)
    return commune


def _same_departement(communes: Sequence[Commune], postal: str) -> Sequence[Commune]:
    return [c for c in communes if departement(c.code_insee) == departement(postal)]


def _possible(
    signs: _Signs, communes: Sequence[Commune], gazetteer: Gazetteer
) -> Sequence[Commune]:
    """Return the communes that the point told can be in: all of them where none is told."""
    if signs.point is None:
        return communes
    return [c for c in communes if gazetteer.km_outside(c, signs.point) == 0.0]


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
    sharing = _sharing(signs, gazetteer)
    found = signs.here or (sharing[0] if len(sharing) == 1 else None)
    if found is None or not signs.name or commune_key(signs.name) == found.key:
        return found
    if gazetteer.by_name(signs.name):
        by = tr("les coordonnées désignent") if signs.here else tr("le code postal désigne")
        signs.doubt(NAME_CONTRADICTED, "commune", signs.name, found, signs=by)
    else:
        signs.doubt(COMMUNE_UNKNOWN, "commune", signs.name, found)
    return found


def _sharing(signs: _Signs, gazetteer: Gazetteer) -> Sequence[Commune]:
    """Return the communes of the postal code that the record can be in.

    Where an INSEE code that is not known, or a point in no contour, say elsewhere, they are heard
    no more than the postal code only where it is one of the territory, the communes around are
    known too (a code of none of them is out of use, or a mistake) and the point can be there.
    """
    sharing = gazetteer.by_postal(signs.postal)
    elsewhere = signs.insee or (signs.point and len(sharing) > 1)
    if not elsewhere:
        return sharing
    ours = gazetteer.knows_around and any(commune.in_territory for commune in sharing)
    return _possible(signs, sharing, gazetteer) if ours else ()


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
        words = {"km": f"{number(km)}{FIXED}km", "of_commune": of(commune.name)}
        signs.doubts.append(COORDINATES_OUTSIDE.at(where, value=value, **words))
        point = None
    if point is None:
        point, precision = commune.point, Precision.COMMUNE
    return Location(commune.code_insee, commune.name, point, precision, commune.in_territory)


def _uncertain(signs: _Signs, gazetteer: Gazetteer) -> Location | None:
    """Return the location of a record that several communes share; None: it stands elsewhere.

    They have its postal code or, where that is not told or no commune's, its name. It counts for
    the territory only where each commune it can be in is of the territory.
    """
    candidates, value = gazetteer.by_postal(signs.postal), signs.postal
    if candidates and len(_sharing(signs, gazetteer)) < 2:
        return None
    if not candidates:
        candidates, value = gazetteer.by_name(signs.name), signs.name
        if signs.postal:
            candidates = tuple(_same_departement(candidates, signs.postal))
    if len(candidates) < 2:
        return None
    coded = _either([f"{commune.name} ({commune.code_insee})" for commune in candidates])
    signs.doubts.append(
        COMMUNE_SEVERAL.at(signs.where.on("commune"), value=value, candidates=coded)
    )
    inside = all(commune.in_territory for commune in candidates)
    names = _either([commune.name for commune in candidates])
    return Location(None, names, None, Precision.UNKNOWN, inside)


def _either(names: Sequence[str]) -> str:
    if len(names) > _SHOWN:
        others = tr("{n} autres").format(n=len(names) - _SHOWN)
        names = [*names[:_SHOWN], others]
    return listed(names, tr("ou"))
