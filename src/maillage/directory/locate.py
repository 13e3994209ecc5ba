"""Which commune a record stands in, and where on the map: told signs weighed against each other.

In this order: the INSEE code, the name with the postal code, the contour that holds the
coordinates, a postal code that one commune only has. A name wins over a lone postal code, not over
a postal code that coordinates bear out. Signs that contradict each other are a finding that says
what was chosen; nothing is mended without one. Codes and names of merged communes are read as the
commune of today, and told.

A record that tells no usable coordinates may be placed at a point found from its address: where a
geocoder was asked, where it is certain enough and says the same commune, and never silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from maillage.directory.gazetteer import Commune, Gazetteer
from maillage.directory.geocoding.model import Kind, Proposal
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Precision
from maillage.directory.place_doubts import (
    COMMUNE_MERGED,
    COMMUNE_MISSPELT,
    COMMUNE_SEVERAL,
    COMMUNE_UNKNOWN,
    COORDINATES_OUTSIDE,
    GEOCODED,
    INSEE_AS_POSTAL,
    INSEE_CONTRADICTED,
    INSEE_UNKNOWN,
    NAME_CONTRADICTED,
    NO_COORDINATES,
    POSTAL_AS_INSEE,
    POSTAL_CONTRADICTED,
)
from maillage.kernel.findings import Finding, FindingKind, Where
from maillage.kernel.french import FIXED, listed, listed_first, number, of
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key
from maillage.territory.departements import departement

NO_PROPOSALS: Mapping[tuple[str, str], Proposal] = MappingProxyType({})
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
    sourced: SourcedRecord,
    gazetteer: Gazetteer,
    proposals: Mapping[tuple[str, str], Proposal] = NO_PROPOSALS,
) -> tuple[Location | None, tuple[Finding, ...]]:
    """Return where a record stands; None where it stands elsewhere than in the communes known.

    ``proposals`` are points found from addresses, by (source id, record id).
    """
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
        proposal = proposals.get((sourced.ref.source_id, sourced.ref.record_id))
        if proposal is not None and gazetteer.km_outside(commune, proposal.located.point):
            proposal = None  # a point elsewhere than in the commune proves nothing
        return _placed(signs, commune, gazetteer, proposal), tuple(signs.doubts)
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
    found = named or _merged(signs, gazetteer) or _by_the_rest(signs, gazetteer)
    if found and signs.insee:
        is_merged = gazetteer.by_former_code(signs.insee) == found
        kind = COMMUNE_MERGED if is_merged else INSEE_UNKNOWN
        signs.doubt(kind, "code_insee", signs.insee, found)
    return found


def _merged(signs: _Signs, gazetteer: Gazetteer) -> Commune | None:
    """Return the commune that the one told is part of today, where no other sign says elsewhere."""
    if merged := gazetteer.by_former_code(signs.insee):
        return merged
    if gazetteer.by_name(signs.name):
        return None
    elsewhere = signs.insee and signs.point is None
    near = [
        commune
        for commune in _possible(signs, gazetteer.by_former_name(signs.name), gazetteer)
        if (signs.postal in commune.codes_postaux if elsewhere else _is_near(signs, commune))
    ]
    if len(near) != 1:
        return None
    _check_postal(signs, near[0], gazetteer)
    signs.doubt(COMMUNE_MERGED, "commune", signs.name, near[0])
    return near[0]


def _is_near(signs: _Signs, commune: Commune) -> bool:
    """Whether the postal code or, where none is told, the point bears the commune out."""
    return bool(_same_departement([commune], signs.postal)) if signs.postal else bool(signs.point)


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
        is_merged = found in gazetteer.by_former_name(signs.name)
        signs.doubt(COMMUNE_MERGED if is_merged else COMMUNE_UNKNOWN, "commune", signs.name, found)
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


def _placed(
    signs: _Signs, commune: Commune, gazetteer: Gazetteer, proposal: Proposal | None
) -> Location:
    """Return the place told or, where it cannot be, the one found from the address, or neither."""
    km = gazetteer.km_outside(commune, signs.point) if signs.point else None
    if signs.point is not None and not km:
        return _located(commune, signs.point, Precision.ADDRESS)
    found = proposal if proposal is not None and proposal.accepted else None
    where = signs.where.on("latitude")
    if signs.point is not None and km:
        there = tr("au point trouvé d'après l'adresse") if found else tr("au point {of_commune}")
        words = {
            "km": f"{number(km)}{FIXED}km",
            "of_commune": of(commune.name),
            "there": there.format(of_commune=of(commune.name)),
            "also": _also(proposal),
        }
        value = f"{signs.point.lat:g}, {signs.point.lon:g}"
        signs.doubts.append(COORDINATES_OUTSIDE.at(where, value=value, **words))
    elif found is None:
        also = _also(proposal)
        signs.doubts.append(NO_COORDINATES.at(where, value=commune.name, also=also))
    if found is None:
        return _located(commune, commune.point, Precision.COMMUNE)
    at_number = found.located.kind is Kind.HOUSENUMBER
    precision = Precision.ADDRESS if at_number else Precision.STREET
    signs.doubts.append(_geocoded(found, where, precision))
    return _located(commune, found.located.point, precision)


def _located(commune: Commune, point: Point, precision: Precision) -> Location:
    return Location(commune.code_insee, commune.name, point, precision, commune.in_territory)


def _geocoded(proposal: Proposal, where: Where, precision: Precision) -> Finding:
    words = {
        "precision": tr(precision.label),
        "engine": proposal.engine,
        "score": number(proposal.located.score, 2),
        "point": proposal.point_told,
    }
    return GEOCODED.at(where, value=proposal.located.label, **words)


def _also(proposal: Proposal | None) -> str:
    """Return the sentence that proposes a point, "" where there is none."""
    if proposal is None:
        return ""
    text = tr(
        " Point proposé d'après l'adresse : {point} (« {label} », {engine}, certitude {score} sur "
        "1)."
    )
    return text.format(
        point=proposal.point_told,
        label=proposal.located.label,
        engine=proposal.engine,
        score=number(proposal.located.score, 2),
    )


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
    return listed_first(names, _SHOWN, tr("ou"))
