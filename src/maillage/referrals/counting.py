"""The verbs of figures: from cases to what is told of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from maillage.kernel.intervals import rate
from maillage.kernel.masking import Masked, masked_by, masked_table, shown, shown_rate
from maillage.kernel.parameters import Parameters
from maillage.referrals.answering import requests_figures, requests_of_each
from maillage.referrals.figures import (
    AFTER,
    CAME,
    HELPED,
    NOT_TOLD,
    OPEN,
    OTHERS,
    UNKNOWN_AFTER,
    UNKNOWN_BEFORE,
    Asked,
    Chains,
    Counted,
    DeskFigures,
    Figures,
    Flows,
    OutcomeRate,
    Requests,
    StructureFigures,
    Visits,
)
from maillage.referrals.model import AFTER_VISIT, Case, Outcome, RefusalReason, Stage
from maillage.referrals.requests import ANSWERED, DECIDED, Channel, Request, requests_of

PARIS = ZoneInfo("Europe/Paris")
_LONGEST = 3
_ENDS = (
    OPEN, AFTER, UNKNOWN_AFTER, UNKNOWN_BEFORE,
    Outcome.NOBODY.code, Outcome.GIVEN_UP.code, Outcome.HELPED_HERE.code,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """A case and its requests."""

    case: Case
    requests: tuple[Request, ...]

    @property
    def structures(self) -> tuple[str, ...]:
        """The structures it was put to, each once, in order."""
        return tuple(dict.fromkeys(one.addressee.structure_id for one in self.requests))


def figures_of(cases: Iterable[Case], asked: Asked) -> Figures:
    """Return the figures of the cases opened in the days asked, but those opened by mistake.

    What structures have open now is told of all the cases given, whenever they were opened.
    """
    true = [one for one in cases if one.standing.outcome is not Outcome.MISTAKE]
    read = [_Read(one, requests_of(one)) for one in true if is_within(one, asked)]
    least = asked.least_shown
    counted = [one.case for one in read]
    requests = [request for one in read for request in one.requests]
    written, phone = _by_channel(requests)
    ends = masked_by(_with(_ENDS, (_end_of(case) for case in counted)), least)
    unmet = [case for case in counted if case.standing.outcome is Outcome.NOBODY]
    if ends[Outcome.NOBODY.code] is None:
        unmet = []
    structures, n_few = _structures(read, true, asked)
    return Figures(
        asked=asked,
        n_opened=shown(len(counted), least),
        months=_counted(masked_by(_with(_months(asked), map(_month_of, counted)), least)),
        services=_largest((case.service or NOT_TOLD for case in counted), least),
        communes=_largest((case.code_insee for case in counted), least),
        ends=_counted(ends),
        written=requests_figures(written, asked),
        phone=requests_figures(phone, asked),
        refusals=_largest(_reasons(requests), least),
        visits=_visits(counted, ends, least),
        chains=_chains(read, least),
        structures=structures,
        n_few_structures=n_few,
        desks=_desks(read, ends[OPEN], asked),
        flows=_flows(read, least),
        unmet_services=_largest((case.service or NOT_TOLD for case in unmet), least),
        unmet_communes=_largest((case.code_insee for case in unmet), least),
    )


def answer_rates(cases: Iterable[Case], parameters: Parameters) -> dict[str, tuple[float, int]]:
    """Return, by structure, the share (0-1) of its requests in writing answered in time, and of n.

    Yes, no, another structure or a question are answers all. Structures of which fewer requests
    than ``referrals.least_shown`` are decided are not told: so few prove nothing. What is pending,
    or was taken back, counts neither way.
    """
    least = parameters.number("referrals.least_shown")
    decided, answered = Counter[str](), Counter[str]()
    for case in cases:
        if case.standing.outcome is Outcome.MISTAKE:
            continue
        for one in requests_of(case):
            if one.channel is Channel.WRITING and one.answer in DECIDED:
                decided[one.addressee.structure_id] += 1
                answered[one.addressee.structure_id] += one.answer in ANSWERED
    return {key: (answered[key] / n, n) for key, n in sorted(decided.items()) if n >= least}


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day of a moment where people live."""
    return moment.astimezone(PARIS).date()


def is_within(case: Case, asked: Asked) -> bool:
    """Say whether a case was opened on a day asked."""
    return asked.since <= day_of(case.standing.opened) <= asked.until


def _month_of(case: Case) -> str:
    return f"{day_of(case.standing.opened):%Y-%m}"


def _months(asked: Asked) -> list[str]:
    first = asked.since.year * 12 + asked.since.month - 1
    last = asked.until.year * 12 + asked.until.month - 1
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]


def _with(keys: Iterable[str], told: Iterable[str]) -> dict[str, int]:
    """Return how often each key is told, in the order of the keys."""
    counts = Counter(told)
    return {key: counts[key] for key in keys}


def _counted(counts: Mapping[str, int | None]) -> tuple[Counted, ...]:
    return tuple(Counted(code, n) for code, n in counts.items())


def _largest(told: Iterable[str], least: int) -> tuple[Counted, ...]:
    """Return the counts that may be shown, the largest first, then those that may not."""
    counts = Counter(told)
    found = masked_by({key: counts[key] for key in sorted(counts)}, least)
    kept = sorted(found.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
    return tuple(Counted(code, n) for code, n in kept)


def _by_channel(requests: Iterable[Request]) -> tuple[list[Request], list[Request]]:
    told = list(requests)
    return (
        [one for one in told if one.channel is Channel.WRITING],
        [one for one in told if one.channel is Channel.PHONE],
    )


def _reasons(requests: Iterable[Request]) -> list[str]:
    return [one.refusal.code for one in requests if one.refusal is not None]


def _end_of(case: Case) -> str:
    standing = case.standing
    if standing.outcome is None:
        return OPEN
    if standing.outcome in AFTER_VISIT:
        return AFTER
    if standing.outcome is Outcome.UNKNOWN:
        return UNKNOWN_AFTER if standing.expected else UNKNOWN_BEFORE
    return standing.outcome.code


def _visits(cases: Sequence[Case], ends: Mapping[str, int | None], least: int) -> Visits | None:
    """Return what became of people expected; None where it is not shown of how many."""
    n_known = ends[AFTER]
    if not n_known:
        return None
    n_unknown = ends[UNKNOWN_AFTER]
    told = Counter(one.standing.outcome for one in cases)
    counts = masked_by({one: told[one] for one in AFTER_VISIT}, least)

    def together(code: str, outcomes: Sequence[Outcome]) -> OutcomeRate | None:
        """Return the share of some outcomes, None where one of them is not shown."""
        each = [counts[one] for one in outcomes]
        if None in each:
            return None
        n = sum(one for one in each if one is not None)
        if n_unknown is None:
            return OutcomeRate(code, rate(n, n_known), None, None)
        n_all = n_known + n_unknown
        return OutcomeRate(code, rate(n, n_known), n / n_all, (n + n_unknown) / n_all)

    rates = [together(one.code, [one]) for one in AFTER_VISIT]
    return Visits(
        n_known=n_known,
        n_unknown=n_unknown,
        rates=tuple(one for one in rates if one is not None),
        came=together("venu", CAME),
        helped=together("aide", HELPED),
    )


def _chains(read: Sequence[_Read], least: int) -> Chains:
    sizes = [min(len(one.structures), _LONGEST) for one in read]
    lengths = masked_by({n: sizes.count(n) for n in range(_LONGEST + 1)}, least)
    told = tuple(Counted(f"{n}+" if n == _LONGEST else str(n), c) for n, c in lengths.items())
    if lengths[0] is None:
        return Chains(told, (), None, None)
    put = [one for one in read if one.requests]
    first = _with(
        (channel.code for channel in Channel), (one.requests[0].channel.code for one in put)
    )
    return Chains(
        lengths=told,
        first=_counted(masked_by(first, least)),
        passed_on=shown_rate(
            sum(any(r.handed for r in one.requests) for one in put), len(put), least
        ),
        sent_again=shown_rate(sum(_is_sent_again(one) for one in put), len(put), least),
    )


def _is_sent_again(read: _Read) -> bool:
    by_desk = {one.addressee.structure_id for one in read.requests if not one.handed}
    return len(by_desk) > 1


def _structures(
    read: Sequence[_Read], every: Iterable[Case], asked: Asked
) -> tuple[tuple[StructureFigures, ...], int]:
    """Return the figures of the structures put to enough cases, and how many others there are."""
    n_cases = Counter(each for one in read for each in one.structures)
    kept = {key for key, n in n_cases.items() if n >= asked.least_shown}
    requests: dict[str, list[Request]] = {key: [] for key in kept}
    others: list[Request] = []
    for one in read:
        for request in one.requests:
            requests.get(request.addressee.structure_id, others).append(request)
    load = Counter(
        one.standing.addressee.structure_id
        for one in every
        if one.standing.addressee is not None
        and one.standing.stage in {Stage.ASKED, Stage.QUESTIONED, Stage.BOOKED}
    )
    names = {key: max(those, key=lambda r: r.at).addressee.name for key, those in requests.items()}
    order = sorted(kept, key=lambda key: (-n_cases[key], names[key], key))
    reasons = [reason.code for reason in RefusalReason]
    refused = [_with(reasons, _reasons(requests[key])) for key in order]
    table = [*refused, _with(reasons, _reasons(others))]
    cells = masked_table([tuple(row.values()) for row in table], asked.least_shown)
    written, phone = _each_channel([*(requests[key] for key in order), others], asked)
    found = [
        StructureFigures(
            structure_id=key,
            name=names[key],
            n_cases=n_cases[key],
            n_open_now=shown(load[key], asked.least_shown),
            written=written[at],
            phone=phone[at],
            refusals=tuple(map(Counted, reasons, cells[at])),
        )
        for at, key in enumerate(order)
    ]
    return tuple(found), len(n_cases) - len(kept)


def _each_channel(
    groups: Iterable[Iterable[Request]], asked: Asked
) -> tuple[tuple[Requests, ...], tuple[Requests, ...]]:
    """Return the figures of each group in writing, and by phone."""
    parted = [_by_channel(group) for group in groups]
    return (
        requests_of_each([written for written, _ in parted], asked),
        requests_of_each([phone for _, phone in parted], asked),
    )


def _desks(read: Sequence[_Read], n_open: int | None, asked: Asked) -> tuple[DeskFigures, ...]:
    least = asked.least_shown
    opened = Counter(one.case.desk for one in read)
    still = Counter(one.case.desk for one in read if not one.case.standing.is_over)
    order = sorted(opened, key=lambda desk: (-opened[desk], desk))
    n_opened = masked_by({desk: opened[desk] for desk in order}, least)
    left = masked_by({desk: still[desk] for desk in order}, least)
    requests = [
        [r for one in read if one.case.desk == desk for r in one.requests] for desk in order
    ]
    written, _ = _each_channel(requests, asked)
    return tuple(
        DeskFigures(desk, n_opened[desk], None if n_open is None else left[desk], told)
        for desk, told in zip(order, written, strict=True)
    )


def _flows(read: Sequence[_Read], least: int) -> Flows:
    pairs = Counter((one.case.desk, each) for one in read for each in one.structures)
    desks, rows = _named(((desk, n) for (desk, _), n in pairs.items()), least)
    structures, columns = _named(((each, n) for (_, each), n in pairs.items()), least)
    table = [[0] * len(structures) for _ in desks]
    for (desk, each), n in pairs.items():
        table[rows[desk]][columns[each]] += n
    counts: tuple[Masked, ...] = masked_table(table, least)
    return Flows(desks, structures, counts)


def _named(told: Iterable[tuple[str, int]], least: int) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the ends of flows told by their own id, then all others, and where each stands."""
    sums = Counter[str]()
    for key, n in told:
        sums[key] += n
    own = sorted((key for key, n in sums.items() if n >= least), key=lambda key: (-sums[key], key))
    places = {key: at for at, key in enumerate(own)}
    if len(own) == len(sums):
        return tuple(own), places
    return (*own, OTHERS), {key: places.get(key, len(own)) for key in sums}
