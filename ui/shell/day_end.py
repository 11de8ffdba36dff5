"""Closing the day: a list of what was looked at, with figures; Enter closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.commands.branch import CloseDay, DayShut
from app.domain.roles import Permission
from app.queries.day_end import ShowDayEnd
from app.rows.day_end import DayCheck, DayEnd
from app.texts import _, ngettext
from app.texts.figures import amount, count, day
from ui.kit.card import row
from ui.kit.dialog import Dialog
from ui.kit.figures import Figure
from ui.kit.icons import icon
from ui.kit.screen_context import Station
from ui.kit.text import DASH, Text, note
from ui.kit.theme import theme

TONES = {"ok": ("check-circle", "ok"), "warn": ("warning", "late1"), "stop": ("prohibit", "bad")}
WIDE = 560


class DayEndDialog(Dialog):
    """Figures of the day, a line for each check, what closing does."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        self.station = station
        self.on = station.branch.business_on or station.today
        place = _("{branch}, counter {counter}")
        branch = station.branch
        super().__init__(
            parent,
            _("Close the day of {on}?").format(on=day(self.on)),
            place.format(branch=branch.name, counter=branch.counter),
            act=_("Close the day"),
            keep=_("Leave it open"),
            width=WIDE,
        )
        self.end: DayEnd | None = None
        self.lines: list[CheckLine] = []
        self._figures = {
            "receipts": Figure(_("Receipts"), DASH, size="lead"),
            "received": Figure(_("Received"), DASH, size="lead"),
            "debit": Figure(_("Debits and credits"), DASH, size="lead"),
        }
        figures = row(*self._figures.values(), gap=32)
        figures.addStretch(1)
        self.content.addLayout(figures)
        self._says = note("", wrap=True)
        self.content.addWidget(self._says)
        self._key = station.desk.key()
        self.decided.connect(lambda _values: self._close_day())
        self.set_act_enabled(False)
        if not station.may(Permission.DAY_CLOSE):
            said = _("Only a manager may do this. Ask one to sign in.")
            self.banner.say(said, "info", keeps=True)
        if station.may(Permission.VIEW_COUNTER):
            station.desk.read(self, ShowDayEnd(), self._show, self.failed, slot="day-end")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.decide()
            return
        super().keyPressEvent(event)

    def _show(self, end: DayEnd) -> None:
        self.end = end
        money = amount(end.received_minor, end.currency, symbol=True)
        both = amount(end.debit_minor, end.currency, symbol=True)
        self._figures["receipts"].show_figure(count(end.receipts))
        self._figures["received"].show_figure(money)
        self._figures["debit"].show_figure(both)
        for check in end.checks:
            line = CheckLine(check)
            self.lines.append(line)
            self.content.insertWidget(self.content.count() - 1, line)
        does = (
            _("Interest is accrued up to and including {on}.").format(on=day(end.on)),
            _("Nothing more is booked under this date: no receipt, no disbursement."),
            _("The record of the day is sealed; a later change of it would be seen."),
        )
        self._says.setText(" ".join(does))
        may = self.station.may(Permission.DAY_CLOSE)
        self.set_act_enabled(may and not end.stops)
        if may and not end.stops:
            self._act.setFocus()
        QTimer.singleShot(0, self._fit)  # the lines came after it was shown

    def _close_day(self) -> None:
        self.set_act_enabled(False)
        desk = self.station.desk
        desk.ask(self, CloseDay(on=self.on), self._key, self._shut, self.failed)

    def _shut(self, answer: DayShut) -> None:
        self.finish()
        self.station.say(_("The day of {on} is closed").format(on=day(answer.business_on)))


class CheckLine(QWidget):
    """A sign, what was looked at, and how it stands."""

    def __init__(self, check: DayCheck) -> None:
        super().__init__()
        self.check = check
        name, tone = TONES[check.state]
        side = theme().px(16)
        sign = Text()
        sign.setPixmap(icon(name, f"{tone}_text", fill=True).pixmap(side, side))
        self.said = Text(check_said(check), wrap=True)
        line = row(sign, gap=10)
        line.addWidget(self.said, 1)
        self.setLayout(line)
        self.setAccessibleName(self.said.text())


def check_said(check: DayCheck) -> str:
    """A check in words, with the first of what is not in order."""
    said = _fine(check.what) if check.state == "ok" else _open(check.what, check.count)
    return f"{said}: {', '.join(check.names)}" if check.names else said


def _fine(what: str) -> str:
    words = {
        "tills": _("Every till is closed"),
        "balance": _("Debits and credits of the day are the same"),
        "checks": _("Nothing waits for a second person"),
        "prints": _("Every receipt was printed"),
        "messages": _("No message waits to be sent"),
    }
    return words[what]


def _open(what: str, number: int) -> str:
    words = {
        "tills": ngettext(
            "{count} till or hand-over is still open", "{count} tills are still open", number
        ),
        "balance": _("Debits and credits of the day differ"),
        "checks": ngettext(
            "{count} act waits for a second person", "{count} acts wait for a second person", number
        ),
        "prints": ngettext(
            "{count} receipt was not printed", "{count} receipts were not printed", number
        ),
        "messages": ngettext(
            "{count} message waits to be sent", "{count} messages wait to be sent", number
        ),
    }
    return words[what].format(count=count(number))
