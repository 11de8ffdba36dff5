"""A voucher by hand (F7): its lines, the day, the reason; above the limit a second person looks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.commands.books import (
    JournalPosted,
    JournalProposed,
    PostJournal,
    ProposeJournal,
    ProposeReversal,
    ReverseJournal,
)
from app.domain.roles import Limit
from app.rows.books import BooksChoices, EntryView
from app.texts import _
from app.texts.figures import amount
from ui.books.voucher_lines import VoucherLines
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

WIDE = 720
MANUAL, OPENING = "manual", "opening"


class VoucherDialog(Dialog):
    """Keys: account, amount, account (what is missing is there), Enter, reason, Enter."""

    def __init__(
        self, parent: QWidget, station: Station, choices: BooksChoices, *, opening: bool = False
    ) -> None:
        self.station, self.opening = station, opening
        title = _("Opening balances") if opening else _("Journal voucher")
        said = _("What the branch owned and owed when it moved in, once.") if opening else ""
        super().__init__(
            parent, title, said, act=_("Write it"), fields=self._fields(), width=WIDE, columns=3
        )
        self.lines = VoucherLines(choices.accounts, station.currency)
        self.content.addWidget(self.lines)
        self._key, self._ask_key = station.desk.key(), station.desk.key()
        self._asked_once = False
        self.lines.changed.connect(self._name_act)
        self.lines.grown.connect(self._fit)
        self.lines.finished.connect(self._to_reason)
        self.decided.connect(self._send)
        self._name_act()

    @property
    def asks(self) -> bool:
        """Whether a second person has to look at it."""
        above = self.lines.debit > self.station.limit(Limit.JOURNAL)
        return above or self._asked_once

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.focus()
        QTimer.singleShot(0, self._fit)  # its lines stand above the form

    def _fields(self) -> list[Field]:
        today = self.station.today
        reason = reason_field(_("Reason, printed on the voucher"))
        return [
            Field(name="on", label=_("Day"), kind=Kind.DATE, today=today, value=today),
            reason,
        ]

    def _to_reason(self) -> None:
        if self.form is not None:
            self.form.editor("reason").setFocus()

    def _name_act(self) -> None:
        self.set_act_text(_("Ask a second person") if self.asks else _("Write it"))

    def _send(self, values: dict[str, Any]) -> None:
        if not self.lines.whole:
            self.set_act_enabled(True)
            self.banner.say(
                _("Fill two lines or more until debits and credits are the same."),
                "bad",
            )
            return
        facts: dict[str, Any] = {
            "lines": self.lines.values(),
            "currency": self.station.currency,
            "on": values["on"],
            "reason": values["reason"],
            "kind": OPENING if self.opening else MANUAL,
        }
        desk = self.station.desk
        if self.asks:
            desk.ask(self, ProposeJournal(**facts), self._ask_key, self._waits, self.failed)
        else:
            desk.ask(self, PostJournal(**facts), self._key, self._done, self._refused)

    def _refused(self, error: Exception) -> None:
        """A refusal leaves the key unused; what needs a second person may be asked for now."""
        params = getattr(error, "params", {})
        if params.get("why") == "opening-needs-checker":
            self._asked_once = True
            self._name_act()
        self._key = self.station.desk.key()
        self.failed(error)

    def _done(self, answer: JournalPosted) -> None:
        self.finish()
        said = _("Voucher {number} is written")
        router = self.station.router
        self.station.say(
            said.format(number=answer.number),
            _("Look"),
            "",
            lambda: router.go("books", entry_id=answer.entry_id),
        )

    def _waits(self, answer: JournalProposed) -> None:
        self.finish()
        sum_ = amount(answer.amount_minor, self.station.currency, symbol=True, trim=True)
        self.station.say(_("The voucher of {sum} waits for a second person").format(sum=sum_))


class ReverseDialog(Dialog):
    """Taking a voucher back: what will be written, and why."""

    def __init__(self, parent: QWidget, station: Station, view: EntryView) -> None:
        journal = view.journal
        if journal is None:
            raise TypeError(view.row.entry_id)  # a mistake of the programmer: only vouchers
        self.station, self._voucher_id = station, journal.voucher_id
        sum_ = amount(view.row.amount_minor, view.row.currency, symbol=True)
        self._asks = view.row.amount_minor > station.limit(Limit.JOURNAL)
        super().__init__(
            parent,
            _("Reverse voucher {number}?").format(number=journal.number),
            act=_("Ask a second person") if self._asks else _("Reverse it"),
            consequences=(
                _("An entry of {sum} with the sides exchanged is written under today.").format(
                    sum=sum_
                ),
                _("The voucher stays, marked as reversed. It cannot be reversed again."),
            ),
            fields=[reason_field()],
            danger=True,
            width=520,
        )
        self._key = station.desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        desk, reason = self.station.desk, str(values["reason"])
        if self._asks:
            ask = ProposeReversal(voucher_id=self._voucher_id, reason=reason)
            desk.ask(self, ask, self._key, self._waits, self.failed)
        else:
            act = ReverseJournal(voucher_id=self._voucher_id, reason=reason)
            desk.ask(self, act, self._key, self._done, self.failed)

    def _done(self, answer: JournalPosted) -> None:
        self.finish()
        self.station.say(_("Reversed by voucher {number}").format(number=answer.number))

    def _waits(self, _answer: JournalProposed) -> None:
        self.finish()
        self.station.say(_("The reversal waits for a second person"))
