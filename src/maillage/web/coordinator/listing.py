"""Which lieux a coordinator looks for, in which order: all told by the address of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.model import Permanence, Precision
from maillage.directory.quality import BANDS, Freshness
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard.mednum import Typologie
from maillage.territory.model import Zone
from maillage.web.coordinator.workbench import LieuState, Workbench
from maillage.web.here import Here
from maillage.web.reading.codes import code_of

_LACKS: Mapping[str, tuple[str, Callable[[LieuState], bool]]] = MappingProxyType(
    {
        "telephone": ("téléphone", lambda s: _untold(s, "telephone")),
        "courriel": ("courriel", lambda s: _untold(s, "courriels")),
        "site": ("site web", lambda s: _untold(s, "site_web")),
        "horaires": ("horaires", lambda s: any(p.horaires is None for p in s.permanences)),
        "services": ("services", lambda s: any(p.service_ids is None for p in s.permanences)),
        "cout": ("coût", lambda s: _untold(s, "frais_a_charge")),
        "position": ("position exacte", lambda s: s.lieu.precision is not Precision.ADDRESS),
    }
)
_SORTS: Mapping[str, tuple[str, Callable[[LieuState], tuple[object, ...]]]] = MappingProxyType(
    {
        "nom": ("Nom", lambda _: ()),
        "commune": ("Commune", lambda s: (plain(s.lieu.commune),)),
        "anciennes": (
            "Plus anciennes d'abord",
            lambda s: (s.last_told is not None, s.last_told or ""),
        ),
        "incompletes": ("Plus incomplètes d'abord", lambda s: (-len(s.asks),)),
        "remarques": ("Plus de remarques d'abord", lambda s: (-len(s.doubts),)),
    }
)


@dataclass(frozen=True, slots=True)
class LieuxAsked:
    """What is asked of lieux; "" and None = anything will do."""

    words: str = ""
    commune: Zone | None = None
    kind: str = ""
    freshness: Freshness | None = None
    stale: bool = False
    doubts: bool = False
    finding: str = ""
    source: str = ""
    lacks: str = ""
    sort: str = "nom"

    def query(self) -> dict[str, str]:
        """Return what is asked as an address holds it."""
        fresh = self.freshness.code if self.freshness else ("a-relire" if self.stale else "")
        told = {
            "q": self.words,
            "commune": self.commune.code_insee if self.commune else "",
            "type": self.kind,
            "fraicheur": fresh,
            "remarques": "oui" if self.doubts else "",
            "remarque": self.finding,
            "source": self.source,
            "sans": self.lacks,
            "tri": "" if self.sort == "nom" else self.sort,
        }
        return {name: value for name, value in told.items() if value}


def lieux_asked(query: Mapping[str, str], here: Here) -> LieuxAsked:
    """Return what an address asks; what it does not understand is not asked."""
    fresh = query.get("fraicheur", "")
    sort, lacks = query.get("tri", ""), query.get("sans", "")
    return LieuxAsked(
        words=query.get("q", "").strip()[:100],
        commune=here.book.commune_by_code.get(query.get("commune", "")),
        kind=query.get("type", ""),
        freshness=next((one for one in Freshness if one.code == fresh), None),
        stale=fresh == "a-relire",
        doubts=query.get("remarques") == "oui",
        finding=query.get("remarque", "")[:80],
        source=query.get("source", "")[:80],
        lacks=lacks if lacks in _LACKS else "",
        sort=sort if sort in _SORTS else "nom",
    )


def found(asked: LieuxAsked, bench: Workbench) -> list[LieuState]:
    """Return the lieux that answer, in the order asked; those that are alike, by name."""
    tests = _tests(asked)
    answering = [state for state in bench.states if all(test(state) for test in tests)]
    return sorted(answering, key=_SORTS[asked.sort][1])


def fields(bench: Workbench) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the choices of the form, (code, words): the kinds and remarks that are there alone."""
    kinds = {kind for state in bench.states for kind in _kinds(state)}
    fresh = tuple((one.code, one.label) for one in (*BANDS, Freshness.UNDATED))
    return {
        "kinds": tuple((code_of(one), one.label) for one in Typologie if one in kinds),
        "freshness": (("a-relire", tr("à relire (12 mois et plus, ou sans date)")), *fresh),
        "lacks": tuple((code, tr(words)) for code, (words, _) in _LACKS.items()),
        "sorts": tuple((code, tr(words)) for code, (words, _) in _SORTS.items()),
    }


def _tests(asked: LieuxAsked) -> list[Callable[[LieuState], bool]]:
    tests: list[Callable[[LieuState], bool]] = []
    if words := plain(asked.words).split():
        tests.append(lambda s: all(word in _text(s) for word in words))
    if asked.commune is not None:
        code = asked.commune.code_insee
        tests.append(lambda s: s.lieu.code_insee == code)
    if asked.kind:
        tests.append(lambda s: any(code_of(one) == asked.kind for one in _kinds(s)))
    if asked.freshness is not None:
        tests.append(lambda s: any(one.freshness is asked.freshness for one in s.scores))
    if asked.stale:
        tests.append(lambda s: s.is_stale)
    if asked.doubts:
        tests.append(lambda s: bool(s.doubts))
    if asked.finding:
        tests.append(lambda s: any(one.code == asked.finding for one in s.findings))
    if asked.source:
        tests.append(lambda s: any(asked.source in _sources(one) for one in s.permanences))
    if asked.lacks:
        tests.append(_LACKS[asked.lacks][1])
    return tests


def _sources(permanence: Permanence) -> set[str]:
    return {ref.source_id for ref in permanence.sources}


def _text(state: LieuState) -> str:
    """Return what words are looked for in."""
    lieu = state.lieu
    names = [one.structure.nom for one in state.place.presences]
    told = [one.record.nom for one in state.permanences]
    parts = (lieu.nom, lieu.adresse, lieu.code_postal, lieu.commune, lieu.id, *names, *told)
    return plain(" ".join(part for part in parts if part))


def _kinds(state: LieuState) -> set[Typologie]:
    return {kind for one in state.permanences for kind in one.record.typologie or ()}


def _untold(state: LieuState, field: str) -> bool:
    return any(getattr(one.record, field) is None for one in state.permanences)
