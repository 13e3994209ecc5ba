"""What a new month changes of the one it keeps to, in French."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.rounds.month import Changes, HeldSession
from maillage.rounds.month_words import at, day_words

_NOBODY = 0.5  # people: fewer are nobody


def changes_words(changes: Changes) -> tuple[str, ...]:
    """Return the sentences: what stays, each session that does not, what it costs in people."""
    told = [_staying(changes)]
    moved = tr("{stop} : la venue du {before} passe au {now}.")
    told += [
        moved.format(stop=_stop(one), before=_when(one), now=_when(other))
        for one, other in changes.moved
    ]
    told += [
        tr("{stop} : la venue du {when} est supprimée.").format(stop=_stop(one), when=_when(one))
        for one in changes.dropped
    ]
    told += [
        tr("{stop} : une venue de plus, le {when}.").format(stop=_stop(one), when=_when(one))
        for one in changes.added
    ]
    return (*told, _worth(changes), _anew(changes))


def _staying(changes: Changes) -> str:
    n_changed = len(changes.moved) + len(changes.dropped)
    if not n_changed and not changes.added:
        return tr("Rien ne change : toutes les venues restent où elles étaient.")
    n_kept = changes.n_before - n_changed
    told = tr("Sur {total}, {kept} où elles étaient, à la minute près.").format(
        total=french.plural(changes.n_before, tr("venue")),
        kept=french.plural(n_kept, tr("reste"), tr("restent")),
    )
    if changes.n_past:
        told += " " + tr("Les {n} d'avant aujourd'hui ont eu lieu : elles ne changent pas.").format(
            n=french.plural(changes.n_past, tr("venue"))
        )
    return told


def _worth(changes: Changes) -> str:
    sentence = tr(
        "Le mois d'avant servait {before} ; ses arrêts restés entiers, {left} ; ce plan, {now}. "
        "Chacune y compte selon la fréquence de son arrêt."
    )
    return sentence.format(
        before=french.plural(changes.people_before, tr("personne")),
        left=french.number(changes.people_left),
        now=french.number(changes.people),
    )


def _anew(changes: Changes) -> str:
    if changes.people_anew - changes.people < _NOBODY:
        return tr("Tout refaire ne servirait personne de plus.")
    now = tr("Tout refaire servirait {people}, mais changerait {sessions}.")
    return now.format(
        people=french.plural(changes.people_anew, tr("personne")),
        sessions=french.plural(changes.n_anew, tr("venue")),
    )


def _stop(one: HeldSession) -> str:
    stop = one.stop
    if plain(stop.commune) in plain(stop.name):
        return stop.name
    return f"{stop.name}, {at(stop.commune)}"


def _when(one: HeldSession) -> str:
    return tr("{day} à {time}").format(
        day=day_words(one.date), time=french.clock(one.received.start * 60)
    )
