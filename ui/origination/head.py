"""The head of an application: whose it is, where it stands, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.application import Stage
from app.rows.origination import ApplicationView
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.actions import ActionSet
from ui.kit.card import Card, column, row
from ui.kit.panel import scrolled
from ui.kit.text import Elided, Text, heading, title
from ui.kit.theme import theme
from ui.origination.next_step import Next
from ui.origination.steps import StagePath, folded

LEFT = 212  # px at 100 %


class Head(QWidget):
    """Name, what is asked for, the path of stages; at the right the things to do."""

    def __init__(self, acts: ActionSet) -> None:
        super().__init__()
        self._name, self._local = title(), Elided("", "lead", tone="text2")
        self._said, self.path = Elided("", tone="text2"), StagePath()
        self._more = acts.button("more", "secondary")
        self.primary = acts.button("next", "primary")
        upper = row(self._name, self._local, gap=10)
        upper.addWidget(self._said, 1)
        line = row(gap=8)
        left, outer = column(gap=2), QVBoxLayout(self)
        left.addLayout(upper)
        line.addLayout(left, 1)
        line.addWidget(self._more)
        line.addWidget(self.primary)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().space(2))
        outer.addLayout(line)
        (outer if folded() else left).addWidget(self.path)  # large words need the whole width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def more(self) -> QWidget:
        """The button that the menu hangs under."""
        return self._more

    def show_view(self, view: ApplicationView | None) -> None:
        """Say whose application it is; None is a new one."""
        if view is None:
            self._name.setText(_("New application"))
            self._local.setText("")
            self._said.setText("")
            self.path.show_stage(Stage.ENTERED)
            return
        asked = view.request
        self._name.setText(view.party.full_name)
        self._local.setText(view.party.local_name)
        money = amount(asked.amount_minor, asked.currency, symbol=True, trim=True)
        wanted = money
        if asked.purpose:
            wanted = _("{amount} for {purpose}").format(amount=money, purpose=asked.purpose)
        entered = _("entered {day} by {who}").format(day=day(view.entered_on), who=view.officer)
        self._said.setText(" · ".join((view.number, wanted, entered)))
        self.path.show_stage(view.stage)

    def show_next(self, act: Next) -> None:
        """Put the primary act on its button."""
        self.primary.set_text(act.text)
        self.primary.setToolTip(act.why)


def lay_out(
    page: QVBoxLayout, head: Head, steps: QWidget, side: Sequence[QWidget]
) -> tuple[Text, QStackedWidget]:
    """Head above; steps and cards at the left, beside them heading and form of the chosen step.

    At large text the steps are a row over both.
    """
    pane, named, stack = Card(), heading(), QStackedWidget()
    inside = QWidget()
    left = QVBoxLayout(inside)
    left.setContentsMargins(0, 0, 0, 0)
    left.setSpacing(theme().space(12))
    for card in side if folded() else (steps, *side):
        left.addWidget(card)
    left.addStretch(1)
    area = scrolled(inside)
    area.setFixedWidth(theme().px(LEFT))
    line = row(gap=16)
    line.addWidget(area)
    line.addWidget(pane, 1)
    page.addWidget(head)
    if folded():
        page.setSpacing(theme().space(8))
        page.addWidget(steps)
    page.addLayout(line, 1)
    if not folded():  # else the row of steps right above says it
        pane.body.addWidget(named)
    pane.body.addWidget(stack, 1)
    return named, stack
