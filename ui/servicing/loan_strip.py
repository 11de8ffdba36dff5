"""Lines over the parts of a loan: acts that wait for a second person, and what was given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.acts import LoanCheckRow
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount
from ui.kit.banner import Banner
from ui.kit.theme import theme
from ui.servicing.act_check import asked_words
from ui.servicing.loan_words import split_words

LOOK = "Alt+L"


class LoanStrip(QWidget):
    """Nothing for most loans."""

    def __init__(self, look: Callable[[LoanCheckRow], object]) -> None:
        super().__init__()
        self._look = look
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme().space(6))
        self.lines: list[Banner] = []
        self._told: object = None

    def show_loan(self, view: LoanView) -> None:
        """Show what waits and what was struck; the same again is left as it is."""
        told = (view.loan_id, view.checks, view.written_off, view.recovered_minor)
        if told == self._told:
            return
        self._told = told
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._waiting(at, check) for at, check in enumerate(view.checks)]
        if view.written_off.total_minor:
            self.lines.append(_struck(view))
        for line in self.lines:
            self._rows.addWidget(line)
        self.setVisible(bool(self.lines))

    def _waiting(self, at: int, check: LoanCheckRow) -> Banner:
        line = Banner()
        keys = LOOK if not at else ""
        line.say(
            asked_words(check), "due", _("Look"), lambda: self._look(check), keeps=True, keys=keys
        )
        return line


def _struck(view: LoanView) -> Banner:
    line, currency = Banner(), view.currency
    said = _("Written off: {sum} ({heads}). Recovered since: {recovered}.").format(
        sum=amount(view.written_off.total_minor, currency, symbol=True, trim=True),
        heads=split_words(view.written_off, currency),
        recovered=amount(view.recovered_minor, currency, symbol=True, trim=True),
    )
    line.say(said, "late2", keeps=True)
    return line
