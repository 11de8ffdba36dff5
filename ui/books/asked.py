"""Vouchers that wait for a second person: who asks for what, and the dialog that decides."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.rows.acts import ActEntry
from app.rows.books import EntryLeg, JournalAsked
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.card import Card
from ui.kit.screen_context import Station
from ui.parts.decide import Asked, DecideDialog
from ui.parts.entries import EntriesTable


class JournalAskedDialog(DecideDialog):
    """The lines that it would write, and the answer."""

    def __init__(self, parent: QWidget, station: Station, row: JournalAsked) -> None:
        panel = Card(_("What it will post"))
        self.table = EntriesTable(row.currency)
        panel.body.addWidget(self.table)
        panel.body.addStretch(1)
        asked = Asked(row.check_id, row.version, row.maker_id, _("Voucher"), row.reason)
        under = "" if row.on is None else _("Booked under {day}").format(day=day(row.on))
        super().__init__(parent, station, asked, (asked_words(row), under), panel)
        self.table.show_entries([_leg(leg) for leg in row.legs])


def asked_words(row: JournalAsked) -> str:
    """Who asks for what, and how much."""
    sum_ = amount(row.amount_minor, row.currency, symbol=True, trim=True)
    if row.reverses:
        said = _("{maker} asks to reverse voucher {number}, {sum}")
        return said.format(maker=row.maker, number=row.reverses, sum=sum_)
    words = {
        "opening": _("{maker} asks for the opening balances, {sum}"),
        "manual": _("{maker} asks for a journal voucher, {sum}"),
    }
    return words[row.kind].format(maker=row.maker, sum=sum_)


def _leg(leg: EntryLeg) -> ActEntry:
    return ActEntry(leg.account, leg.title, leg.debit_minor, leg.credit_minor)
