"""What structures say: what they answer, what stops their public, what they lack, who is silent."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.diagnosis.heard_model import KindHeard, Voices
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import Block, Cell, Chapter, Column, Heading, Prose, Table
from maillage.reports.chapters.heard_parts import drawn, key_shares, told_beside, when
from maillage.survey.estimates.bounds import bounds_of

_FIRST = ("no-answer", "stopped-by-mobility", "untrained")
_LACKS = ("lacks-time", "lacks-knowledge", "lacks-training", "lacks-equipment")
_NAMED = 3  # kinds that a sentence names
_NAMES = frozenset({"CCAS", "France services", "Caf et CPAM"})
_KINDS = {
    "mairie": "Mairies",
    "ccas": "CCAS",
    "mission_locale": "Missions locales",
    "mediatheque": "Médiathèques",
    "france_services": "France services",
    "caf_cpam": "Caf et CPAM",
    "evs_centre_social": "Centres sociaux et espaces de vie sociale",
    "association": "Associations",
    "autre": "Autres structures",
}


def actors(heard: Voices) -> Chapter:
    """Return the chapter on what structures say."""
    return Chapter("acteurs", tr("Ce que disent les acteurs"), tuple(_blocks(heard)))


def _blocks(heard: Voices) -> Iterator[Block]:
    who = tr("des structures")
    yield Prose(_whom(heard))
    yield from key_shares(heard, _FIRST)
    yield from drawn(
        heard, "graphique-acteurs", tr("Ce que disent les structures"), _counted(heard)
    )
    yield Heading("acteurs-reponses", tr("Ce qu'elles répondent, et ce qui freine leur public"))
    yield from told_beside(heard, _FIRST, who, {_FIRST[0]: _if_silent(heard)})
    yield Heading("acteurs-manques", tr("Ce qui leur manque"))
    yield from told_beside(heard, _LACKS, who)
    if heard.kinds:
        yield Heading("acteurs-silencieux", tr("Qui n'a pas été entendu"))
        yield Prose(_silent(heard))
        yield _kinds(heard)


def _whom(heard: Voices) -> str:
    n = french.plural(heard.n, tr("structure"))
    of = "" if heard.n_to_hear is None else tr(" sur {n} à entendre").format(n=heard.n_to_hear)
    return tr("{n}{of} ont répondu à l'enquête de {wave}{when}.").format(
        n=n, of=of, wave=heard.wave, when=when(heard)
    )


def _counted(heard: Voices) -> str:
    told = tr(
        "Enquête auprès des structures, {wave}. Chaque part est de celles qui ont répondu à la "
        "question, « ne sait pas » compris."
    ).format(wave=heard.wave)
    if heard.n_to_hear is None:
        return told
    return f"{told} " + tr(
        "L'intervalle à 95 % tient compte de ce que presque toutes ont été entendues : {n} sur "
        "{total}."
    ).format(n=french.number(heard.n), total=french.number(heard.n_to_hear))


def _if_silent(heard: Voices) -> str:
    """Return the bounds of the first share, were all who are silent of one mind."""
    share = heard.share(_FIRST[0])
    if share is None or share.n is None or share.share is None or heard.n_to_hear is None:
        return ""
    silent = heard.n_to_hear - share.n
    bounds = bounds_of(share.share, share.n, silent, 0.0)
    if bounds is None:
        return ""
    return tr(
        "{silent} n'ont rien dit : si aucune d'elles n'était dans ce cas, la part serait de "
        "{low} ; si toutes l'étaient, de {high}."
    ).format(
        silent=french.plural(silent, tr("structure")),
        low=french.percent(bounds.worst_low),
        high=french.percent(bounds.worst_high),
    )


def _silent(heard: Voices) -> str:
    missing = [one for one in heard.kinds if one.n_heard < one.n_to_hear]
    if not missing:
        return tr("Toutes les structures à entendre l'ont été.")
    told = [
        tr("{kind} ({n})").format(
            kind=_within_a_sentence(_name(one)),
            n=french.number(one.n_to_hear - one.n_heard),
        )
        for one in missing
    ]
    return tr(
        "Manquent surtout : {kinds}. Ce qu'elles auraient dit peut différer de ce que disent les "
        "autres."
    ).format(kinds=french.listed(told[:_NAMED]))


def _name(kind: KindHeard) -> str:
    return tr(_KINDS.get(kind.kind, kind.kind))


def _within_a_sentence(name: str) -> str:
    """Return a kind as it is written within a sentence: names and acronyms keep their capital."""
    return name if name in _NAMES else name[:1].lower() + name[1:]


def _kinds(heard: Voices) -> Table:
    return Table(
        id="tableau-entendues",
        caption=tr("Structures à entendre et entendues, par nature"),
        columns=(
            Column(tr("Nature")),
            Column(tr("À entendre"), numeric=True),
            Column(tr("Entendues"), numeric=True),
            Column(tr("Part"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(_name(one)),
                Cell(french.number(one.n_to_hear)),
                Cell(french.number(one.n_heard)),
                Cell(french.percent(one.n_heard / one.n_to_hear), bar=one.n_heard / one.n_to_hear),
            )
            for one in heard.kinds
        ),
    )
