"""Vouchers of the journal: written by hand, above a limit by two, taken back by another."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.commands.base import Command, Topic
from app.commands.books import (
    JournalPosted,
    JournalProposed,
    PostJournal,
    ProposeJournal,
    ProposeReversal,
    ReverseJournal,
)
from app.commands.codec import build, encode, lifted
from app.domain.accounts import EntryLine, PostingRules
from app.domain.errors import (
    CurrencyMismatch,
    DayClosed,
    LimitExceeded,
    NotAllowedNow,
    NotFound,
    ValueRefused,
)
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.applications import hold_day
from app.services.books import About, post
from app.services.numbers import next_journal
from app.services.registry import use_case
from app.services.work import Work
from app.store.balances import chart_of, sum_again
from app.store.checks import JOURNAL, WAITING, waiting_for
from app.store.days import lock_last_day
from app.store.journal import legs_of
from app.store.journal_vouchers import (
    MANUAL,
    OPENING,
    REVERSAL,
    closed_until,
    lock_voucher,
    opening_stands,
    reversed_already,
)
from app.store.schema.journals import journal_vouchers
from app.store.schema.system import checks
from app.store.tx import Row

CHANGES = {Topic.CASH, Topic.CHECK}
MOST_LINES, LEAST_LINES = 100, 2
_ENTRY_KINDS: Mapping[str, str] = {
    MANUAL: "journal",
    OPENING: "opening",
    REVERSAL: "journal-reversal",
}


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher that was looked at and can be written."""

    kind: str
    lines: tuple[EntryLine, ...]
    currency: str
    on: date
    reason: str
    of_id: int | None = None

    @property
    def amount(self) -> int:
        """All debits."""
        return sum(line.amount for line in self.lines if line.amount > 0)


@use_case(PostJournal, needs=Permission.JOURNAL_POST, changes={Topic.CASH}, answer=JournalPosted)
def post_journal(work: Work, command: PostJournal) -> JournalPosted:
    """Write the voucher. Raises LimitExceeded above the own limit: then a second person looks."""
    voucher = _looked_at(work, command)
    work.within(Limit.JOURNAL, voucher.amount)
    if voucher.kind == OPENING and closed_until(work.tx.connection, work.branch.branch_id):
        raise NotAllowedNow(why="opening-needs-checker")
    return _written(work, voucher, work.actor.user_id)


@use_case(ReverseJournal, needs=Permission.JOURNAL_POST, changes={Topic.CASH}, answer=JournalPosted)
def reverse_journal(work: Work, command: ReverseJournal) -> JournalPosted:
    """Turn the voucher's lines around under the open day."""
    voucher = _turned(work, command)
    work.within(Limit.JOURNAL, voucher.amount)
    return _written(work, voucher, work.actor.user_id)


@use_case(ProposeJournal, needs=Permission.JOURNAL_POST, changes=CHANGES, answer=JournalProposed)
def propose_journal(work: Work, command: ProposeJournal) -> JournalProposed:
    """Refuse what the voucher itself would be refused for, then let it wait."""
    wanted = PostJournal(
        lines=command.lines,
        currency=command.currency,
        on=command.on,
        reason=command.reason,
        kind=command.kind,
    )
    return _waits(work, wanted, _looked_at(work, wanted), 0)


@use_case(ProposeReversal, needs=Permission.JOURNAL_POST, changes=CHANGES, answer=JournalProposed)
def propose_reversal(work: Work, command: ProposeReversal) -> JournalProposed:
    """The same for a voucher that is to be taken back; one of a voucher waits."""
    wanted = ReverseJournal(voucher_id=command.voucher_id, reason=command.reason)
    voucher = _turned(work, wanted)
    if waiting_for(work.tx.connection, JOURNAL, command.voucher_id, wanted.name):
        raise NotAllowedNow(why="waiting-for-checker")
    return _waits(work, wanted, voucher, command.voucher_id)


def let_journal(work: Work, check: Row) -> None:
    """Write the voucher as the checker, who needs the permission and a limit for it."""
    work.require(Permission.JOURNAL_POST)
    wanted = wanted_of(check)
    if isinstance(wanted, PostJournal):
        voucher = _looked_at(work, wanted, asked=True)
    else:
        voucher = _turned(work, wanted)
    work.within(Limit.JOURNAL, voucher.amount)
    _written(work, voucher, int(check["maker_id"]))


def wanted_of(check: Mapping[str, object]) -> PostJournal | ReverseJournal:
    """What the maker asked for, lifted to the present edition."""
    payload, edition = json.loads(str(check["payload"])), int(str(check["command_version"]))
    if check["command"] == PostJournal.name:
        return build(PostJournal, lifted(PostJournal, edition, payload))
    return build(ReverseJournal, lifted(ReverseJournal, edition, payload))


def controlled(rules: PostingRules) -> Callable[[str], bool]:
    """Which accounts take no lines by hand."""
    return rules.controls


def _looked_at(work: Work, command: PostJournal, *, asked: bool = False) -> Voucher:
    """The voucher, checked. `asked`: its day was checked against the maker's own limit."""
    branch = work.branch
    if command.kind not in (MANUAL, OPENING):
        raise ValueRefused(field="kind", why="not-a-choice", given=command.kind)
    _hold(work, alone=command.kind == OPENING or command.on < work.day)
    if command.kind == OPENING:
        stands = opening_stands(work.tx.connection, branch.branch_id)
        if stands:
            raise NotAllowedNow(why="opening-stands", number=stands)
    if command.currency != branch.currency:
        raise CurrencyMismatch(field="currency", one=branch.currency, other=command.currency)
    reason = cleaned(command.reason, "reason", needed=True)
    _check_day(work, command, asked=asked)
    lines = _checked_lines(work, command)
    return Voucher(command.kind, lines, command.currency, command.on, reason)


def _hold(work: Work, *, alone: bool) -> None:
    """Keep the day open; `alone` lets one at a time through: sums of past days are written anew."""
    if not alone:
        hold_day(work)
        return
    last = lock_last_day(work.tx, work.branch.branch_id)
    if last is None or last["day_on"] != work.day or last["closed_at"] is not None:
        raise DayClosed()


def _check_day(work: Work, command: PostJournal, *, asked: bool) -> None:
    """Raise for a day to come, in a closed month, or further back than is allowed."""
    days = (work.day - command.on).days
    if days < 0:
        raise ValueRefused(field="on", why="in-the-future", given=command.on)
    _check_open(work, command.on)
    allowed = work.actor.limit(Limit.BACKDATE_DAYS)
    if command.kind == MANUAL and not asked and days > allowed:
        raise LimitExceeded(field="on", why="backdate", days=days, allowed_days=allowed)


def _check_open(work: Work, on: date) -> None:
    until = closed_until(work.tx.connection, work.branch.branch_id)
    if until is not None and on <= until:
        raise NotAllowedNow(field="on", why="month-closed", until=until)


def _checked_lines(work: Work, command: PostJournal) -> tuple[EntryLine, ...]:
    if not LEAST_LINES <= len(command.lines) <= MOST_LINES:
        raise ValueRefused(field="lines", why="voucher-lines", most=MOST_LINES)
    chart = chart_of(work.tx.connection, work.branch.branch_id)
    known = {row["code"] for row in chart}
    for line in command.lines:
        if line.account not in known:
            raise ValueRefused(field="lines", why="no-such-account", account=line.account)
        if work.tools.rules.controls(line.account):
            raise ValueRefused(field="lines", why="control-account", account=line.account)
        if not line.amount_minor:
            raise ValueRefused(field="lines", why="line-without-amount", account=line.account)
    debit = sum(line.amount_minor for line in command.lines if line.amount_minor > 0)
    credit = -sum(line.amount_minor for line in command.lines if line.amount_minor < 0)
    if debit != credit:
        raise ValueRefused(
            field="lines",
            why="voucher-unbalanced",
            debit_minor=debit,
            credit_minor=credit,
            currency=command.currency,
        )
    return tuple(EntryLine(line.account, line.amount_minor) for line in command.lines)


def _turned(work: Work, command: ReverseJournal) -> Voucher:
    """The voucher that takes another one back, under the open day."""
    hold_day(work)
    reason = cleaned(command.reason, "reason", needed=True)
    found = lock_voucher(work.tx, command.voucher_id, work.branch.branch_id)
    if found is None:
        raise NotFound(what="voucher", id=command.voucher_id)
    if found["kind"] == REVERSAL:
        raise NotAllowedNow(why="a-reversal-stays")
    if reversed_already(work.tx.connection, command.voucher_id):
        raise NotAllowedNow(why="voucher-reversed", number=found["number"])
    legs = legs_of(work.tx.connection, (found["entry_id"],))[found["entry_id"]]
    lines = tuple(EntryLine(leg["account"], -leg["amount_minor"]) for leg in legs)
    return Voucher(REVERSAL, lines, found["currency"], work.day, reason, found["id"])


def _written(work: Work, voucher: Voucher, maker_id: int) -> JournalPosted:
    about = About(
        _ENTRY_KINDS[voucher.kind], voucher.currency, on=voucher.on, narration=voucher.reason
    )
    entry_id = post(work, about, voucher.lines)
    if entry_id is None:
        raise ValueRefused(field="lines", why="voucher-lines", most=MOST_LINES)
    number = next_journal(work)
    voucher_id = work.tx.insert(
        journal_vouchers,
        branch_id=work.branch.branch_id,
        station_id=work.session.station_id,
        number=number,
        entry_id=entry_id,
        kind=voucher.kind,
        of_id=voucher.of_id,
        value_on=voucher.on,
        booked_on=work.day,
        reason=voucher.reason,
        amount_minor=voucher.amount,
        currency=voucher.currency,
        maker_id=maker_id,
        user_id=work.actor.user_id,
        recorded_at=work.at,
    )
    if voucher.on < work.day:
        sum_again(work.tx, work.branch.branch_id, voucher.on)
    return JournalPosted(voucher_id, number, entry_id)


def _waits(
    work: Work, wanted: Command[JournalPosted], voucher: Voucher, subject_id: int
) -> JournalProposed:
    check_id = work.tx.insert(
        checks,
        branch_id=work.branch.branch_id,
        command=wanted.name,
        command_version=wanted.edition,
        payload=encode(wanted),
        maker_id=work.actor.user_id,
        made_at=work.at,
        subject_kind=JOURNAL,
        subject_id=subject_id,
        amount_minor=voucher.amount,
        currency=voucher.currency,
        state=WAITING,
        reason="",
    )
    return JournalProposed(check_id, 1, voucher.amount)
