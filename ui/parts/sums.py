"""Amounts with their words one under another, what they come to strong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.allocation import Head
from app.rows.amounts import HeadAmounts
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import name_of
from ui.kit.text import Text
from ui.kit.theme import theme

HEADS = (Head.PENALTY, Head.CHARGE, Head.INTEREST, Head.PRINCIPAL)


class SumLine(NamedTuple):
    """One line: words, the amount as it is shown, and whether it is a sum."""

    words: str
    figure: str
    strong: bool = False


class SumLines(QWidget):
    """Words at the left, figures at the right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme().space(3))
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: Sequence[SumLine]) -> None:
        """Show these; none leaves nothing."""
        while (item := self._grid.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for at, line in enumerate(lines):
            tone = "text" if line.strong else "text2"
            words = Text(line.words, strong=line.strong, tone=tone, wrap=True)
            figure = Text(line.figure, strong=line.strong)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(words, at, 0)
            self._grid.addWidget(figure, at, 1)


def of_head(heads: HeadAmounts, head: Head) -> int:
    """The amount of one head in minor units."""
    return {
        Head.PENALTY: heads.penalty_minor,
        Head.CHARGE: heads.charge_minor,
        Head.INTEREST: heads.interest_minor,
        Head.PRINCIPAL: heads.principal_minor,
    }[head]


def closing_sums(
    heads: HeadAmounts, charge_minor: int, tax_minor: int, excess_minor: int, currency: str
) -> list[SumLine]:
    """What closing a loan early asks, head by head, without the total."""
    lines = [
        SumLine(name_of(head), amount(of_head(heads, head), currency))
        for head in HEADS
        if of_head(heads, head) or head is Head.PRINCIPAL
    ]
    extra = (
        (_("Charge for closing early"), charge_minor),
        (_("Tax on it"), tax_minor),
        (_("Held in excess"), -excess_minor),
    )
    return lines + [SumLine(word, amount(minor, currency)) for word, minor in extra if minor]
