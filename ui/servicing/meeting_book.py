"""From keyed rows to receipts on paper: the count of the cash, one act, then the printer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.commands.servicing import MeetingTaken
from app.domain.errors import StoreTrouble
from app.texts import _, ngettext
from app.texts.figures import amount, count, day
from ui.kit.messages import spoken
from ui.kit.screen_context import Station, StationScreen
from ui.servicing.meeting_count import CountDialog, Notes
from ui.servicing.meeting_lines import Keyed
from ui.servicing.meeting_post import MeetingPoster, ReceiptsPrinter
from ui.servicing.receipt_print import ToPrint


class MeetingBooking(QObject):
    """Books what was keyed, once; what is refused comes back with nothing booked."""

    booked = Signal()
    dropped = Signal()  # the count was left, to key on
    refused = Signal(object)  # the exception, when it is not about the notes

    def __init__(self, station: Station, screen: StationScreen) -> None:
        super().__init__(screen)
        self._station, self._screen = station, screen
        self._poster = MeetingPoster(station, self)
        self.printer = ReceiptsPrinter(station, self)
        self.printer.finished.connect(self._on_printed)
        self.printer.stopped.connect(self._on_stopped)
        self.dialog: CountDialog | None = None

    @property
    def busy(self) -> bool:
        """Whether a meeting is on its way."""
        return self._poster.busy

    def count(self, parent: QWidget, keyed: Keyed) -> None:
        """Ask for the notes; when they agree with the receipts, book all of it."""
        self.dialog = CountDialog(parent, keyed, lambda notes: self._book(keyed, notes))
        self.dialog.rejected.connect(self._let_go)
        self.dialog.open()

    def _book(self, keyed: Keyed, notes: Notes) -> None:
        reason = _("Centre meeting of {day}").format(day=day(keyed.view.on))
        command = keyed.command(notes, self._station.today, reason)
        total = keyed.total_minor
        self._poster.post(command, lambda taken: self._booked(taken, total), self._refused)

    def _booked(self, taken: MeetingTaken, total: int) -> None:
        self._close()
        many = len(taken.receipts)
        text = ngettext("{n} receipt is booked", "{n} receipts are booked", many)
        sum_ = amount(total, self._station.currency, symbol=True, trim=True)
        self._station.say(f"{text.format(n=count(many))} · {sum_}")
        self.printer.print([ToPrint(one.receipt_id, one.number) for one in taken.receipts])
        self.booked.emit()

    def _refused(self, error: Exception) -> None:
        """A refusal about the notes stays with them, as does a line that was cut."""
        about_notes = isinstance(error, StoreTrouble) or getattr(error, "field", "") == "notes"
        if self.dialog is not None and about_notes:
            self.dialog.failed(error)
            return
        self._close()
        self.refused.emit(error)

    def _let_go(self) -> None:
        self.dialog = None
        self.dropped.emit()

    def _close(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.finish()

    def _on_printed(self, many: int) -> None:
        text = ngettext("{n} receipt is printed", "{n} receipts are printed", many)
        self._station.say(text.format(n=count(many)))
        self._screen.banner.clear()

    def _on_stopped(self, error: Exception, left: int) -> None:
        text = ngettext(
            "{n} receipt is booked but not printed. {why}",
            "{n} receipts are booked but not printed. {why}",
            left,
        )
        said = text.format(n=count(left), why=spoken(error))
        again = self.printer.go_on
        self._screen.banner.say(said, "late2", _("Print them"), again, keeps=True)
