"""One entry: its lines, what it was made for, who wrote it; and the ways on from it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.roles import Permission
from app.rows.acts import ActEntry
from app.rows.books import EntryLeg, EntryView
from app.texts import _
from app.texts.figures import day, moment
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import row
from ui.kit.dialog import Dialog
from ui.kit.screen_context import Station
from ui.kit.text import Text, note
from ui.parts.entries import EntriesTable

WIDE = 720


class EntryDialog(Dialog):
    """Enter leads to the loan or to the paper, Esc closes; keys beside the buttons lead on."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: EntryView,
        *,
        print_out: Callable[[], object],
        reverse: Callable[[], object],
    ) -> None:
        self.station, self.view = station, view
        self._print, self._reverse = print_out, reverse
        entry = view.row
        number = f" {entry.number}" if entry.number else ""
        title = f"{named('event-kind', entry.kind)}{number}"
        at = moment(station.local(entry.recorded_at))
        said = _("Booked under {day}, written {at} by {who}")
        under = said.format(day=day(entry.booked_on), at=at, who=entry.who or _("the program"))
        super().__init__(parent, title, under, act=self._first(), keep=_("Close"), width=WIDE)
        self.decided.connect(lambda _values: self._lead())
        self.table = EntriesTable(entry.currency, _("Lines of the entry"))
        self.content.addWidget(self.table)
        self.table.show_entries([_leg(leg) for leg in view.legs])
        for words in self._said():
            self.content.addWidget(words)
        self._offer()

    def _first(self) -> str:
        """Where Enter leads: the loan, else the paper of a voucher."""
        if self.view.row.loan_id is not None:
            return _("Open the loan")
        return _("Print") if self.view.journal is not None else _("Done")

    def _lead(self) -> None:
        self.finish()
        if self.view.row.loan_id is not None:
            self.station.router.go("loan", loan_id=self.view.row.loan_id)
        elif self.view.journal is not None:
            self._print()

    def _said(self) -> list[QWidget]:
        entry, journal = self.view.row, self.view.journal
        made: list[QWidget] = []
        loan = " \u00b7 ".join(part for part in (entry.loan_number, entry.borrower) if part)
        if loan:
            made.append(Text(loan, strong=True))
        if entry.narration:
            made.append(Text(entry.narration, wrap=True))
        if journal is not None and journal.checker:
            said = _("Asked by {maker}, allowed by {checker}")
            made.append(note(said.format(maker=journal.maker, checker=journal.checker)))
        if journal is not None and journal.reverses:
            said = _("It takes back voucher {number}.")
            made.append(note(said.format(number=journal.reverses)))
        if journal is not None and journal.reversed_by:
            said = _("It was taken back by voucher {number}.")
            made.append(Text(said.format(number=journal.reversed_by), tone="bad"))
        return made

    def _offer(self) -> None:
        acts = [*self._leads(), *self._of_vouchers()]
        self.actions_.show([*self.actions_.all(), *acts])
        if acts:
            buttons = row(gap=8)
            for act in acts:
                buttons.addWidget(self.actions_.button(act.name))
            buttons.addStretch(1)
            self.content.addLayout(buttons)

    def _leads(self) -> list[Action]:
        made = []
        if self.view.line is not None and self.station.may(Permission.VIEW_AUDIT):
            text = _("History line")
            made.append(
                Action(name="line", text=text, keys="Alt+H", icon="shield-check", run=self._line)
            )
        return made

    def _of_vouchers(self) -> list[Action]:
        journal = self.view.journal
        if journal is None:
            return []
        made: list[Action] = []
        free = journal.kind != "reversal" and not journal.reversed_by
        if free and self.station.may(Permission.JOURNAL_POST) and self.station.day_is_open:
            text = _("Reverse")
            made.append(
                Action(
                    name="reverse",
                    text=text,
                    keys="Alt+R",
                    icon="arrow-u-up-left",
                    run=self._reverse_it,
                )
            )
        return made

    def _line(self) -> None:
        self.finish()
        place = (self.view.station_id, self.view.line)
        self.station.router.go("settings", part="audit", line=place)

    def _reverse_it(self) -> None:
        self.finish()
        self._reverse()


def _leg(leg: EntryLeg) -> ActEntry:
    return ActEntry(leg.account, leg.title, leg.debit_minor, leg.credit_minor)
