"""Taking over many loans out of a file: all that is right in it, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.commands.takeover import LoansTakenOver, TakeOverFile
from app.queries.takeover import CheckTakeOverFile
from app.rows.takeover import FileCheck, FileLoan, FileRefusal
from app.texts import _, ngettext
from app.texts.figures import amount, count
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog, reason_field
from ui.kit.empty import Empty
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.text import Text
from ui.kit.theme import theme

WIDE = 1100  # px at 100 %


class TakeOverFileDialog(Dialog):
    """Choosing a file shows its loans, or every line that is wrong; one mistake refuses it all."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        self.station = station
        self.told = Text("", wrap=True)
        self.refusals: Table[FileRefusal] = Table(_refusals(), _("What is wrong in the file"))
        self.loans: Table[FileLoan] = Table(
            _loans(station.currency),
            _("Loans of the file"),
            empty=Empty(
                _("No file chosen"),
                _("A CSV file with a heading line; a loan has one row, or one an unpaid line."),
                icon_name="file-csv",
            ),
        )
        self.loans.model.show(())
        self._text = ""
        self._key = station.desk.key()
        super().__init__(
            parent,
            _("Take over a file of loans"),
            _("Every loan of it is taken over, or none."),
            act=_("Take over"),
            fields=[reason_field()],
            width=WIDE,
            beside=self._beside_parts(),
        )
        choose = Action(name="choose", text=_("Choose a file"), keys="Alt+C", run=self.choose)
        self.actions_.show([*self.actions_.all(), choose])
        self.content.addWidget(self.actions_.button("choose"))
        self.content.addWidget(self.told)
        self.set_act_enabled(False)
        self.decided.connect(self._take_over)

    def choose(self) -> None:
        """Ask for the file."""
        kinds = _("Tables (*.csv *.txt)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Loans that ran elsewhere"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read the file off the UI thread, then have it checked."""

        def job(_stop: Stop, _report: Report) -> str:
            return path.read_text(encoding="utf-8-sig")

        self.station.desk.work(self, job, self.check, self.failed)

    def check(self, text: str) -> None:
        """See what the text of a file holds."""
        self._text, self._key = text, self.station.desk.key()
        query = CheckTakeOverFile(text=text)
        self.station.desk.read(self, query, self._checked, self.failed, slot="check")

    def _checked(self, found: FileCheck) -> None:
        self.loans.model.show(found.loans)
        self.refusals.model.show(found.refusals)
        self._wrong.setVisible(bool(found.refusals))
        self.set_act_enabled(bool(found.loans) and not found.refusals)
        wrong = len(found.refusals)
        if wrong:
            said = ngettext(
                "{n} place in the file is wrong. Put it right and choose the file again.",
                "{n} places in the file are wrong. Put them right and choose the file again.",
                wrong,
            )
            self.told.setText(said.format(n=count(wrong)))
            self.told.set_tone("bad")
            return
        loans = len(found.loans)
        said = ngettext("{n} loan, {sum} outstanding", "{n} loans, {sum} outstanding", loans)
        whole = amount(found.outstanding_minor, found.currency, symbol=True, trim=True)
        self.told.setText(said.format(n=count(loans), sum=whole))
        self.told.set_tone("text")

    def _take_over(self, values: dict[str, Any]) -> None:
        command = TakeOverFile(text=self._text, reason=values["reason"])
        self.station.desk.ask(self, command, self._key, self._done, self.failed)

    def _done(self, done: LoansTakenOver) -> None:
        said = ngettext("{n} loan taken over", "{n} loans taken over", done.loans)
        self.station.say(said.format(n=count(done.loans)))
        self.finish()

    def _beside_parts(self) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme().space(10))
        self._wrong = Card(_("What is wrong in the file"), flush=True)
        self._wrong.body.addWidget(self.refusals)
        self._wrong.hide()
        loans = Card(flush=True)
        loans.body.addWidget(self.loans)
        rows.addWidget(self._wrong, 1)
        rows.addWidget(loans, 1)
        return holder


def _refusals() -> RowsModel[FileRefusal]:
    return RowsModel(
        (
            Column(title=_("Line"), text=lambda r: str(r.line), numeric=True),
            Column(title=_("Column"), text=lambda r: Cell(r.column, tone="text2")),
            Column(title=_("Why"), text=lambda r: Cell(r.reason, tone="bad"), stretch=1),
        )
    )


def _loans(currency: str) -> RowsModel[FileLoan]:
    def figure(minor: int) -> str:
        return amount(minor, currency)

    return RowsModel(
        (
            Column(title=_("Line"), text=lambda o: str(o.line), numeric=True, leaves=3),
            Column(title=_("Old number"), text=lambda o: o.old_number),
            Column(
                title=_("Borrower"),
                text=lambda o: Cell(o.borrower, after=_("known here") if o.known_party else ""),
                stretch=1,
            ),
            Column(title=_("Product"), text=lambda o: Cell(o.product, tone="text2"), leaves=2),
            Column(
                title=_("Outstanding"), text=lambda o: figure(o.outstanding_minor), numeric=True
            ),
            Column(title=_("Late"), text=lambda o: figure(o.arrears_minor), numeric=True),
            Column(
                title=_("Excess"), text=lambda o: figure(o.excess_minor), numeric=True, leaves=1
            ),
        )
    )
