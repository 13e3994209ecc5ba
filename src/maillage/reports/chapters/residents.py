"""What residents say: what they give up, their ease, the help they want; and needs with it."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.diagnosis.heard import needs_sentence
from maillage.diagnosis.heard_model import Voices
from maillage.diagnosis.heard_needs import CommuneHeard, NeedsHeard
from maillage.diagnosis.heard_words import between
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.masking import shown_rate
from maillage.reports.blocks import Block, Cell, Chapter, Column, Heading, Prose, Table
from maillage.reports.chapters.heard_parts import drawn, key_shares, told_beside, when
from maillage.reports.ground import Ground

_PARTS = (
    ("habitants-renoncements", "Ce à quoi ils renoncent", ("gave-up", "stopped-by-mobility")),
    (
        "habitants-aisance",
        "Leur aisance et leur équipement",
        ("not-at-ease", "rarely", "no-fixed-line"),
    ),
    (
        "habitants-aide",
        "L'aide qu'ils cherchent",
        ("help-unknown", "wants-with", "wants-done", "wants-learning"),
    ),
)
_FIRST = ("gave-up", "not-at-ease", "help-unknown")


def residents(ground: Ground, heard: Voices) -> Chapter:
    """Return the chapter on what residents say, and on the needs of communes with it."""
    needs = None if ground.diagnosis.heard is None else ground.diagnosis.heard.needs
    blocks = (*_blocks(heard), *_needs(ground, needs, heard))
    return Chapter("habitants", tr("Ce que disent les habitants"), blocks)


def _blocks(heard: Voices) -> Iterator[Block]:
    yield Prose(
        tr("{n} ont répondu à l'enquête de {wave}{when}.").format(
            n=french.plural(heard.n, tr("habitant")), wave=heard.wave, when=when(heard)
        )
    )
    yield Prose(_weighting(heard))
    yield from key_shares(heard, _FIRST)
    yield from drawn(
        heard,
        "graphique-habitants",
        tr("Ce que disent les habitants"),
        tr(
            "Enquête auprès des habitants, {wave}. Chaque part est de ceux qui ont répondu à la "
            "question, « ne sait pas » compris."
        ).format(wave=heard.wave),
    )
    for part_id, title, codes in _PARTS:
        yield Heading(part_id, tr(title))
        yield from told_beside(heard, codes, tr("des habitants"))


_MARGINS = {"age": "leur âge", "sexe": "leur sexe", "code_insee": "leur commune"}


def _weighting(heard: Voices) -> str:
    if not heard.margins:
        return tr(
            "Les réponses ne sont pas redressées : elles disent ce que disent ceux qui ont "
            "répondu, qui ne ressemblent pas forcément à tous les habitants."
        )
    return tr(
        "Ceux qui répondent ne ressemblent pas à tous les habitants : les réponses sont redressées "
        "selon {margins}, pour compter comme dans la population. Elles sont ainsi aussi sûres que "
        "{worth} d'un tirage au hasard. Les nombres entre parenthèses sont ceux des réponses, les "
        "parts sont redressées."
    ).format(
        margins=french.listed([tr(_MARGINS.get(one, one)) for one in heard.margins]),
        worth=french.plural(heard.worth, tr("réponse")),
    )


def _needs(ground: Ground, needs: NeedsHeard | None, heard: Voices) -> Iterator[Block]:
    yield Heading("habitants-besoins", tr("Ce que l'enquête change aux besoins des communes"))
    if needs is None:
        yield Prose(
            tr(
                "Trop peu d'habitants d'une même commune ont répondu pour que leurs réponses "
                "entrent dans les besoins : ils restent ceux que disent les chiffres publics."
            )
        )
        return
    yield Prose(_method(needs))
    yield _table(ground, needs, heard)


def _method(needs: NeedsHeard) -> str:
    spread = french.number(needs.spread * 100)
    told = (
        tr(
            "D'après ces réponses, le score se trompe d'une commune à l'autre d'environ {spread} "
            "points (écart type)."
        )
        if needs.measured
        else tr(
            "Trop peu de communes ont assez de réponses pour mesurer de combien le score se "
            "trompe : {spread} points (écart type) sont supposés."
        )
    )
    return " ".join(
        (
            tr(
                "Est en difficulté, ici, qui n'utilise jamais internet ou n'y est pas du tout à "
                "l'aise : {share} de ceux qui ont répondu. Les chiffres publics disent où ils "
                "sont plus nombreux ; l'enquête aussi, mais de peu de réponses par commune."
            ).format(share=french.percent(needs.share)),
            needs_sentence(needs),
            told.format(spread=spread),
        )
    )


def _table(ground: Ground, needs: NeedsHeard, heard: Voices) -> Table:
    names = {zone.code_insee: zone.name for zone in ground.diagnosis.territory.zones}
    return Table(
        id="tableau-besoins-entendus",
        caption=tr("Part des adultes en difficulté, par commune assez entendue"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Réponses"), numeric=True),
            Column(tr("Selon l'enquête"), numeric=True),
            Column(tr("Selon la fragilité"), numeric=True),
            Column(tr("Poids de l'enquête"), numeric=True),
            Column(tr("Retenu"), numeric=True),
            Column(tr("Intervalle à 95 %")),
        ),
        rows=tuple(_row(names, one, heard.least_shown) for one in needs.communes),
        source=tr(
            "Estimation sur petits domaines (modèle de Fay et Herriot) : chaque part retenue est "
            "une moyenne des deux, d'autant plus proche de l'enquête que les réponses sont "
            "nombreuses. {n} gardent le score seul."
        ).format(n=french.plural(needs.n_alone, tr("commune"))),
    )


def _row(names: dict[str, str], one: CommuneHeard, least: int) -> tuple[Cell, ...]:
    shown = shown_rate(one.n_yes, one.n, least)
    return (
        Cell(names.get(one.code_insee, one.code_insee)),
        Cell(french.number(one.n)),
        Cell(tr("non montré") if shown is None else french.percent(one.survey)),
        Cell(french.percent(one.model)),
        Cell(tr("non montré") if shown is None else french.percent(one.pull)),
        Cell(french.percent(one.kept)),
        Cell(between(one.low, one.high)),
    )
