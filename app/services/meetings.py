"""The money of a centre meeting: many receipts, one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.commands.base import Topic
from app.commands.codec import canonical
from app.commands.servicing import (
    MeetingRow,
    MeetingTaken,
    ReceiptPart,
    ReceiptPosted,
    TakeMeeting,
)
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import EventKind
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.rows.facts import Mode
from app.services.cash_rules import check_cash_receipt
from app.services.facts import record
from app.services.projecting import Living, locked_loans
from app.services.receipt_books import Leaf, give_leaf, locked_leaves
from app.services.receipts import (
    ACTIVE,
    Source,
    add_receipt,
    check_open,
    check_parts,
    check_received_on,
    post_part,
    words_of,
)
from app.services.registry import use_case
from app.services.work import Work
from app.store.meetings import booked_at, loans_here, lock_sheet, taken_at
from app.store.parties import payers_of
from app.store.schema.meetings import attendances, meetings

MEETING, TAKEN, LOAN = "meeting", "taken", "loan"
MOST_RECEIPTS = 500
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class _Way:
    """How the money of a loan came: mode, reference, the leaf that was given for it."""

    mode: Mode
    reference: str
    leaf: Leaf | None


@use_case(
    TakeMeeting,
    needs=Permission.RECEIPT_POST,
    changes={Topic.LOAN, Topic.CASH},
    answer=MeetingTaken,
)
def take_meeting(work: Work, command: TakeMeeting) -> MeetingTaken:
    """Give each loan's money a receipt, numbered in the order in which it was named."""
    centre = cleaned(command.centre, "centre")
    modes = _modes(command)
    _check(work, command, modes)
    _check_sheet(work, command)
    ways = _ways(work, command, modes)
    people = _people(work, command)
    loans = locked_loans(work, [part.loan_id for part in command.parts])
    payers = payers_of(work.tx.connection, [loan.record.party_id for loan in loans.values()])
    _check_loans(command, loans, payers)
    _refuse_again(work, command, centre, loans)
    meeting_id = _add_meeting(work, command, centre, modes)
    posted = []
    for part in command.parts:
        loan = loans[part.loan_id]
        payer = payers[loan.record.party_id]
        made = _receipt(work, command, loan, part, (meeting_id, payer, ways[part.loan_id]))
        posted.append(made)
    _add_rows(work, command, meeting_id, people)
    return MeetingTaken(meeting_id, tuple(posted))


def _modes(command: TakeMeeting) -> Mapping[int, Mode]:
    """How each loan is paid: as its row says, else as the meeting."""
    said = {row.loan_id: row.mode for row in command.rows}
    return {part.loan_id: said.get(part.loan_id, command.mode) for part in command.parts}


def _check(work: Work, command: TakeMeeting, modes: Mapping[int, Mode]) -> None:
    """Raise, at the field, what can be refused before any loan is looked at."""
    check_parts(command.parts)
    if max(len(command.parts), len(command.rows)) > MOST_RECEIPTS:
        raise ValueRefused(field="parts", why="too-long", most=MOST_RECEIPTS)
    if len({row.loan_id for row in command.rows}) != len(command.rows):
        raise ValueRefused(field="rows", why="loan-twice")
    for part in command.parts:
        check_cash_receipt(modes[part.loan_id], part.amount_minor, command.currency, work.day)
    check_received_on(work, command)
    _check_notes(command, modes)


def _check_notes(command: TakeMeeting, modes: Mapping[int, Mode]) -> None:
    """Raise where the counted notes are not the cash of the receipts."""
    if command.notes is None:
        return
    if any(value <= 0 or many < 0 for value, many in command.notes):
        raise ValueRefused(field="notes", why="not-a-choice")
    counted = sum(value * many for value, many in command.notes)
    cash = _cash(command, modes)
    if counted != cash:
        raise ValueRefused(
            field="notes",
            why="notes-differ",
            cash_minor=cash,
            counted_minor=counted,
            difference_minor=abs(cash - counted),
            currency=command.currency,
        )


def _cash(command: TakeMeeting, modes: Mapping[int, Mode]) -> int:
    in_cash = [part for part in command.parts if modes[part.loan_id] is Mode.CASH]
    return sum(part.amount_minor for part in in_cash)


def _check_sheet(work: Work, command: TakeMeeting) -> None:
    """Raise where the sheet is booked already; nobody else books it meanwhile."""
    if command.sheet_id is None:
        return
    sheet = lock_sheet(work.tx, command.sheet_id, work.branch.branch_id)
    if sheet is None:
        raise NotFound(what="sheet", id=command.sheet_id)
    booked = booked_at(work.tx, command.sheet_id)
    if booked is not None:
        raise NotAllowedNow(
            why="sheet-booked",
            number=sheet["number"],
            booked_on=booked["booked_on"],
            total_minor=booked["total_minor"],
            currency=booked["currency"],
        )


def _ways(work: Work, command: TakeMeeting, modes: Mapping[int, Mode]) -> Mapping[int, _Way]:
    """How the money of each loan came, with the leaves locked."""
    rows = {row.loan_id: row for row in command.rows}
    said = [rows[part.loan_id] for part in command.parts if part.loan_id in rows]
    leaves = locked_leaves(work, {row.loan_id: row.leaf for row in said if row.leaf.strip()})
    made = {}
    for part in command.parts:
        mode, row = modes[part.loan_id], rows.get(part.loan_id)
        given = row.reference if row is not None and row.reference else command.reference
        _payer, reference = words_of("", given, mode)
        made[part.loan_id] = _Way(mode, reference, leaves.get(part.loan_id))
    return made


def _people(work: Work, command: TakeMeeting) -> Mapping[int, int]:
    """The borrowers of all rows, also of those who paid nothing. Raises NotFound."""
    wanted = {row.loan_id for row in command.rows}
    if not wanted:
        return {}
    found = loans_here(work.tx.connection, work.branch.branch_id, wanted)
    for loan_id in wanted:
        if loan_id not in found:
            raise NotFound(what=LOAN, id=loan_id)
    return found


def _check_loans(
    command: TakeMeeting, loans: Mapping[int, Living], payers: Mapping[int, str]
) -> None:
    """Raise, by name, where a loan was closed or paid since the meeting was looked at."""
    seen = {row.loan_id: row.last_receipt for row in command.rows}
    for loan_id, loan in loans.items():
        about = {"number": loan.record.number, "name": payers[loan.record.party_id]}
        if loan.record.status != ACTIVE:
            raise NotAllowedNow(why="member-closed", **about)
        check_open(loan, command.currency)
        known = seen.get(loan_id)
        if known is not None and _last_receipt(loan) != known:
            raise NotAllowedNow(why="member-paid", **about)


def _last_receipt(loan: Living) -> int:
    taken = [event.ref for event in loan.events if event.kind is EventKind.RECEIPT]
    return max(taken, default=0)


def _refuse_again(
    work: Work, command: TakeMeeting, centre: str, loans: Mapping[int, Living]
) -> None:
    """Raise where money of the same meeting was booked for these loans: keyed twice."""
    if not command.rows:
        return
    place = (work.branch.branch_id, centre, command.received_on)
    taken = taken_at(work.tx.connection, *place, loans)
    if taken:
        raise NotAllowedNow(
            why="meeting-taken",
            centre=centre,
            held_on=command.received_on,
            loans=[loans[loan_id].record.number for loan_id in taken],
        )


def _add_meeting(work: Work, command: TakeMeeting, centre: str, modes: Mapping[int, Mode]) -> int:
    """Insert the meeting and its fact; returns its id."""
    total = sum(part.amount_minor for part in command.parts)
    notes = command.notes
    meeting_id = work.tx.insert(
        meetings,
        branch_id=work.branch.branch_id,
        centre=centre,
        held_on=command.received_on,
        booked_on=work.day,
        sheet_id=command.sheet_id,
        officer_id=command.officer_id,
        currency=command.currency,
        total_minor=total,
        cash_minor=_cash(command, modes),
        notes=None if notes is None else canonical([list(one) for one in notes if one[1]]),
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    record(
        work,
        MEETING,
        meeting_id,
        TAKEN,
        value_on=command.received_on,
        amount_minor=total,
        currency=command.currency,
        title=centre,
    )
    return meeting_id


def _receipt(
    work: Work,
    command: TakeMeeting,
    loan: Living,
    part: ReceiptPart,
    about: tuple[int, str, _Way],
) -> ReceiptPosted:
    meeting_id, payer, way = about
    receipt_id, number = add_receipt(
        work,
        amount=part.amount_minor,
        currency=command.currency,
        received_on=command.received_on,
        mode=way.mode,
        words=(payer, way.reference),
        source=Source(meeting_id=meeting_id),
    )
    if way.leaf is not None:
        give_leaf(work, way.leaf, receipt_id)
    excess = post_part(work, loan, part, receipt_id, command, way.mode)
    return ReceiptPosted(receipt_id, number, excess)


def _add_rows(work: Work, command: TakeMeeting, meeting_id: int, people: Mapping[int, int]) -> None:
    """Insert who came and what each was asked and paid, in the order of the sheet."""
    paid = {part.loan_id: part.amount_minor for part in command.parts}
    for place, row in enumerate(_rows(command.rows), start=1):
        work.tx.insert(
            attendances,
            meeting_id=meeting_id,
            place=place,
            loan_id=row.loan_id,
            party_id=people[row.loan_id],
            came=row.came,
            asked_minor=row.asked_minor,
            paid_minor=paid.get(row.loan_id, 0),
            note=row.note.strip()[:LONGEST_NOTE],
        )


def _rows(rows: Sequence[MeetingRow]) -> Sequence[MeetingRow]:
    for row in rows:
        if row.asked_minor < 0:
            raise ValueRefused(field="rows", why="not-a-choice")
    return rows
