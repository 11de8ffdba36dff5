"""A loan that is late and partly due today, its screen, and its dialogs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.rows.servicing import LoanView
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown
from tests.ui.places import station
from ui.kit.dialog import Dialog
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import FOLDER
from ui.servicing.loan import LoanScreen


@dataclass
class Seen:
    """The screen of one loan."""

    qtbot: QtBot
    house: House
    screen: LoanScreen
    loan_id: int
    folder: Path
    said: list[str] = field(default_factory=list)

    def truth(self) -> LoanView:
        """The loan as the query tells it now."""
        return shown(self.house, self.loan_id)

    def dialog(self) -> Dialog:
        """The dialog that is open."""
        self.qtbot.waitUntil(lambda: bool(self._open()))
        found = self._open()[-1]
        assert isinstance(found, Dialog)
        return found

    def decide(self, **values: Any) -> Dialog:
        """Fill the open dialog and decide."""
        dialog = self.dialog()
        assert dialog.form is not None
        for name, value in values.items():
            dialog.form.set_value(name, value)
        dialog.decide()
        return dialog

    def leave_paper(self, title: str) -> None:
        """Wait for the paper that is shown after an act, and close it."""

        def shown_now() -> list[PaperDialog]:
            papers = self.screen.findChildren(PaperDialog)
            return [one for one in papers if one.isVisible() and one.windowTitle() == title]

        self.qtbot.waitUntil(lambda: bool(shown_now()), timeout=10_000)
        shown_now()[0].reject()

    def wait_closed(self) -> None:
        """Wait until no dialog is open."""
        self.qtbot.waitUntil(lambda: not self._open())

    def wait_fresh(self) -> None:
        """Wait until the screen shows what the query tells."""
        self.qtbot.waitUntil(lambda: self.screen.loan == self.truth())

    def _open(self) -> list[QDialog]:
        return [d for d in self.screen.findChildren(QDialog) if d.isVisible()]


def late_loan(house: House) -> int:
    """A loan with one instalment and a part paid, one late, one due today."""
    loan_id = lent(house, 12_000_00, 12)
    for _week in range(3):
        next_day(house, 7)
        if _week == 0:
            receive(house, loan_id, 1_200_00)
    return loan_id


def seen(qtbot: QtBot, house: House, folder: Path, who: str = "manager") -> Seen:
    """The screen of a late loan, read and shown."""
    loan_id = late_loan(house)
    made = station(qtbot, house, who, folder)
    made.settings.set("printer.receipt", FOLDER + str(folder / "papers"))
    screen = LoanScreen(made)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    screen.arrive(loan_id=loan_id)
    with qtbot.waitExposed(screen):
        screen.show()
    found = Seen(qtbot, house, screen, loan_id, folder / "papers")
    made.said.connect(lambda sentence, *_more: found.said.append(sentence))
    found.wait_fresh()
    return found
