"""The living loan: receipts, reversals, charges, waivers, early closure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command, personal
from app.commands.origination import Mode
from app.domain.allocation import Head


@dataclass(frozen=True, slots=True)
class ReceiptPart:
    """A part of the money received, for one loan."""

    loan_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ReceiptPosted:
    """The answer to PostReceipt."""

    receipt_id: int
    number: str
    excess_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReceipt(Command[ReceiptPosted]):
    """Money in over this station's counter. The parts sum to `amount_minor`.

    `received_on` is the value date; before the business date it needs the back-dating limit.
    """

    name: ClassVar[str] = "receipt.post"

    parts: tuple[ReceiptPart, ...]
    amount_minor: int
    currency: str
    received_on: date
    mode: Mode
    reference: str = ""
    payer: str = personal()
    reason: str = ""  # why it is back-dated
    leaf: str = ""  # of an officer's receipt book, where one was given in the field
    collected_by: int | None = None  # cash that this officer has and did not hand in yet


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """How a member stood at a meeting: there or not, how she paid, what was said.

    `asked_minor` is what was asked of her, late and due; `last_receipt` is the newest receipt of
    the loan that was known then (its event, 0: none; None: not looked at): a newer one stops the
    meeting. `leaf` is the leaf of the officer's receipt book that she was given.
    """

    loan_id: int
    came: bool
    asked_minor: int = 0
    last_receipt: int | None = None
    mode: Mode = Mode.CASH
    reference: str = ""
    note: str = ""
    leaf: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTaken:
    """The answer to TakeMeeting: the receipts in the order in which the money was named."""

    meeting_id: int
    receipts: tuple[ReceiptPosted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMeeting(Command[MeetingTaken]):
    """The money of a centre meeting, each loan's with a receipt of its own; all of it or nothing.

    The payer of each is its borrower. `received_on` is as in PostReceipt: the day of the meeting.
    `rows` say how each member stood, also of those who paid nothing; a loan without a row is paid
    by `mode`. `notes` are (value, how many) of the cash that was counted, minor units; None where
    it was not counted by note. A sheet is booked once.
    """

    name: ClassVar[str] = "meeting.take"

    centre: str
    parts: tuple[ReceiptPart, ...]
    currency: str
    received_on: date
    mode: Mode
    reference: str = ""
    reason: str = ""  # why it is back-dated
    rows: tuple[MeetingRow, ...] = personal(())
    notes: tuple[tuple[int, int], ...] | None = None
    sheet_id: int | None = None
    officer_id: int | None = None  # who collected it


@dataclass(frozen=True, slots=True)
class ReceiptReversed:
    """The answer to ReverseReceipt."""

    receipt_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseReceipt(Command[ReceiptReversed]):
    """The receipt never was, from its own date; its number stays and is marked reversed.

    `bounced_minor` (minor units; None: nothing) is what a returned cheque or transfer costs the
    borrower: a charge of today on the first loan of the receipt, in the same act.
    """

    name: ClassVar[str] = "receipt.reverse"

    receipt_id: int
    reason: str
    bounced_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PrintNoted:
    """The answer to NotePrint; `duplicate` is 0 for the original, then 1, 2, …"""

    receipt_id: int
    duplicate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePrint(Command[PrintNoted]):
    """A receipt is handed to a printer; every one after the first is a duplicate."""

    name: ClassVar[str] = "receipt.print"

    receipt_id: int


@dataclass(frozen=True, slots=True)
class LoanChanged:
    """The answer to a charge, a waiver or an early closure."""

    loan_id: int
    event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLoan(Command[LoanChanged]):
    """Levy a charge on a loan today."""

    name: ClassVar[str] = "loan.charge"

    loan_id: int
    title: str
    head: Head  # charge or penalty
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveDue(Command[LoanChanged]):
    """Forgive an amount under one head, oldest first, within the own limit."""

    name: ClassVar[str] = "loan.waive"

    loan_id: int
    head: Head
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True)
class LoanForeclosed:
    """The answer to ForecloseLoan."""

    loan_id: int
    receipt_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecloseLoan(Command[LoanForeclosed]):
    """Close a loan early for exactly what its quote asks.

    With `quote_id` the kept quote of this day is honoured, and `quoted_minor` is its total.
    """

    name: ClassVar[str] = "loan.foreclose"

    loan_id: int
    quoted_minor: int
    currency: str
    mode: Mode
    reference: str = ""
    payer: str = personal()
    quote_id: int | None = None
