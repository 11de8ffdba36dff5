"""What is keyed of a meeting, row by row: who came, what each paid and how; no widget in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.commands.servicing import MeetingRow, ReceiptPart, TakeMeeting
from app.rows.facts import Mode
from app.rows.meetings import MeetingMember, MeetingView


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is keyed. `paid_minor` None cannot be read yet."""

    member: MeetingMember
    paid_minor: int | None
    came: bool = True
    mode: Mode = Mode.CASH
    reference: str = ""
    note: str = ""
    leaf: str = ""

    @property
    def taken(self) -> bool:
        """Whether money of this meeting is booked for it already; it is not keyed again."""
        return self.member.taken_minor > 0

    @property
    def over_minor(self) -> int:
        """What is paid above what is asked; below zero it is short."""
        return (self.paid_minor or 0) - self.member.asked_minor


@dataclass(frozen=True, slots=True)
class Difference:
    """A row on which the paper sheet and what is keyed differ."""

    line: Line
    sheet_minor: int
    keyed_minor: int


class Keyed:
    """The rows of one meeting with their totals (minor units)."""

    def __init__(self, view: MeetingView) -> None:
        self.view = view
        self.lines = [_fresh(member) for member in view.members]

    def renew(self, view: MeetingView) -> None:
        """Take the meeting as it is now; what was keyed of loans that are there still stays."""
        before = {line.member.loan_id: line for line in self.lines}
        self.view = view
        self.lines = [_kept(member, before.get(member.loan_id)) for member in view.members]

    def pay(self, at: int, minor: int | None) -> None:
        """Somebody paid this; nothing of it is said about whether she came."""
        self._set(at, paid_minor=minor)

    def pay_all(self, at: int) -> None:
        """She came and paid all that is asked."""
        self._set(at, paid_minor=self.lines[at].member.asked_minor, came=True)

    def toggle(self, at: int) -> None:
        """She came, or did not: who stays away brings nothing until an amount is typed."""
        line = self.lines[at]
        paid = 0 if line.came else line.member.asked_minor
        self._set(at, came=not line.came, paid_minor=paid)

    def everybody(self) -> None:
        """All came and paid what is asked."""
        for at in range(len(self.lines)):
            self.pay_all(at)

    def say(self, at: int, *, mode: Mode, reference: str, note: str, leaf: str) -> None:
        """How she paid, and what else there is to say."""
        self._set(at, mode=mode, reference=reference, note=note, leaf=leaf)

    @property
    def open_lines(self) -> Sequence[Line]:
        """The rows that are still to be booked."""
        return [line for line in self.lines if not line.taken]

    @property
    def paying(self) -> Sequence[Line]:
        """The rows that get a receipt."""
        return [line for line in self.open_lines if line.paid_minor]

    @property
    def unread(self) -> int | None:
        """The place of the first amount that cannot be read."""
        return next((at for at, line in enumerate(self.lines) if line.paid_minor is None), None)

    @property
    def total_minor(self) -> int:
        return sum(line.paid_minor or 0 for line in self.open_lines)

    @property
    def cash_minor(self) -> int:
        return self._of(Mode.CASH)

    @property
    def other_minor(self) -> int:
        return self.total_minor - self.cash_minor

    @property
    def ahead_minor(self) -> int:
        """Paid above what is asked, over all rows."""
        return sum(max(0, line.over_minor) for line in self.paying)

    @property
    def came(self) -> int:
        return sum(line.came for line in self.lines)

    def differences(self) -> Iterator[Difference]:
        """Rows on which the sheet and what is keyed differ; nothing without a sheet."""
        for line in self.open_lines:
            on_paper = line.member.sheet_minor
            keyed = line.paid_minor or 0
            if self.view.sheet is not None and on_paper != keyed:
                yield Difference(line, on_paper or 0, keyed)

    def command(
        self, notes: tuple[tuple[int, int], ...], day: date, late_reason: str
    ) -> TakeMeeting:
        """All of it as one act; `late_reason` is said where the meeting was before `day`."""
        view = self.view
        return TakeMeeting(
            centre=view.centre,
            parts=tuple(
                ReceiptPart(line.member.loan_id, line.paid_minor or 0) for line in self.paying
            ),
            currency=view.currency,
            received_on=view.on,
            mode=Mode.CASH,
            reason=late_reason if view.on < day else "",
            rows=tuple(_row(line) for line in self.open_lines),
            notes=notes,
            sheet_id=None if view.sheet is None else view.sheet.sheet_id,
            officer_id=view.officer_id,
        )

    def draft(self) -> str:
        """What was keyed, as text."""
        kept = [
            {**asdict(replace(line)), "member": line.member.loan_id} for line in self.open_lines
        ]
        return json.dumps(kept, ensure_ascii=False)

    def restore(self, text: str) -> bool:
        """Put a draft back; whether anything of it differs from a fresh sheet."""
        found = {one["member"]: one for one in json.loads(text)}
        fresh = list(self.lines)
        self.lines = [_restored(line, found.get(line.member.loan_id)) for line in self.lines]
        return self.lines != fresh

    def _set(self, at: int, **changes: Any) -> None:
        if not self.lines[at].taken:
            self.lines[at] = replace(self.lines[at], **changes)

    def _of(self, mode: Mode) -> int:
        return sum(line.paid_minor or 0 for line in self.open_lines if line.mode is mode)


def _fresh(member: MeetingMember) -> Line:
    """Everybody came and paid what is asked, until somebody says otherwise."""
    return Line(member, 0 if member.taken_minor else member.asked_minor)


def _kept(member: MeetingMember, before: Line | None) -> Line:
    """The row with what was keyed; what nobody touched follows what is asked now."""
    if before is None or before.taken or member.taken_minor:
        return _fresh(member)
    touched = before.paid_minor != before.member.asked_minor
    paid = before.paid_minor if touched else member.asked_minor
    return replace(before, member=member, paid_minor=paid)


def _restored(line: Line, kept: dict[str, Any] | None) -> Line:
    if kept is None or line.taken:
        return line
    return replace(
        line,
        paid_minor=kept["paid_minor"],
        came=bool(kept["came"]),
        mode=Mode(kept["mode"]),
        reference=kept["reference"],
        note=kept["note"],
        leaf=kept["leaf"],
    )


def _row(line: Line) -> MeetingRow:
    member = line.member
    return MeetingRow(
        loan_id=member.loan_id,
        came=line.came,
        asked_minor=member.asked_minor,
        last_receipt=member.last_receipt,
        mode=line.mode,
        reference=line.reference,
        note=line.note,
        leaf=line.leaf if line.paid_minor else "",
    )
