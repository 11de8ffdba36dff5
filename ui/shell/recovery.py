"""The recovery code of a new branch: shown once, printed, asked back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ports import Papers, Pictures, Settings, Thermal
from app.ports.program import Founded
from app.rows.admin import BranchView
from app.rows.papers import RecoveryPaper
from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import Card, row
from ui.kit.field import FieldBox
from ui.kit.inputs import LineEdit
from ui.kit.messages import show, spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import RECOVERY
from ui.kit.tasks import Desk, Report, Stop
from ui.kit.text import Text, heading
from ui.kit.theme import theme

WIDTH = 720
GROUPS_A_LINE = 4


@dataclass(frozen=True, slots=True)
class PaperBench:
    """Where a paper is made before anybody has a station."""

    desk: Desk
    settings: Settings
    papers: Papers
    pictures: Pictures
    thermal: Thermal


class RecoveryPage(QWidget):
    """Shows the code, prints its sheet and asks it back. It can be typed back later too."""

    done = Signal()

    def __init__(self, desk: Desk, founded: Founded, branch: BranchView) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self._desk, self._founded, self._branch = desk, founded, branch
        self._key, self._waiting = desk.key(), False
        self.banner = Banner()
        self.typed = LineEdit()
        self.typed.setMaxLength(80)
        self.field = FieldBox(
            _("Type it back from the sheet"),
            self.typed,
            hint=_("Dashes and blanks may be left out. The first loan waits for this."),
        )
        self.action_set = ActionSet(self)
        self.action_set.show(self._actions())
        self._lay_out()
        self.action_set.refresh()

    @property
    def code(self) -> str:
        """The code that is shown."""
        return self._founded.recovery_code

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.action_set.press(event):
            super().keyPressEvent(event)

    def check(self) -> None:
        """See whether what was typed opens the key."""
        code, key = self.typed.value(), self._key
        if not code:
            self.field.show_error(_("Type the code from the sheet."))
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        program, session = self._founded.program, self._founded.session

        def job(_stop: Stop, _report: Report) -> None:
            program.confirm_recovery(session, code, key)

        self._wait(waiting=True)
        self._desk.work(self, job, lambda _none: self.done.emit(), self._failed)

    def show_sheet(self) -> None:
        """Show the sheet with the code, to be printed."""
        program = self._founded.program
        bench = PaperBench(
            self._desk, program.settings, program.papers, program.pictures, program.thermal
        )
        title = _("Recovery sheet")
        PaperDialog(self, bench, title, self._paper(), RECOVERY, "kist-recovery").open()

    def _actions(self) -> list[Action]:
        return [
            Action(
                name="print",
                text=_("Print the sheet"),
                keys="Alt+P",
                icon="printer",
                run=self.show_sheet,
            ),
            Action(name="later", text=_("Later"), keys="Esc", run=self.done.emit),
            Action(
                name="check",
                text=_("Check the code"),
                keys="Enter",
                run=self.check,
                enabled=lambda: not self._waiting,
            ),
        ]

    def _paper(self) -> RecoveryPaper:
        branch = self._branch
        return RecoveryPaper(
            lender_name=branch.lender,
            branch=branch.name,
            station=str(branch.station_id),
            code=self._founded.recovery_code,
            made_on=branch.today,
        )

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self.action_set.refresh()

    def _failed(self, error: Exception) -> None:
        self._key = self._desk.key()
        self._wait(waiting=False)
        if getattr(error, "field", ""):
            self.field.show_error(spoken(error))
        else:
            show(error, self.banner)
        self.typed.selectAll()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = theme()
        card = Card()
        card.setMaximumWidth(look.px(WIDTH))
        card.body.setSpacing(look.space(12))
        card.body.addWidget(
            heading(_("The recovery code of {branch}").format(branch=self._branch.name))
        )
        said = _(
            "It opens the books on another PC and sets a forgotten password. It is shown only "
            "now. Print the sheet and lock it away from this PC; who holds it holds the books."
        )
        card.body.addWidget(Text(said, tone="text2", wrap=True))
        card.body.addWidget(_shown(self._founded.recovery_code))
        sheet = row(self.action_set.button("print"))
        sheet.addStretch(1)
        card.body.addLayout(sheet)
        card.body.addSpacing(look.space(4))
        card.body.addWidget(self.banner)
        card.body.addWidget(self.field)
        buttons = row()
        buttons.addStretch(1)
        buttons.addWidget(self.action_set.button("later"))
        buttons.addWidget(self.action_set.button("check", "primary"))
        card.body.addLayout(buttons)
        line = row(gap=0)
        line.addStretch(1)
        line.addWidget(card, 8)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(line)
        column.addStretch(2)


def _shown(code: str) -> QWidget:
    """The code in two lines of four groups, large enough to be copied by hand."""
    groups = code.split("-")
    lines = [
        "  ".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)
    ]
    card = Card(tint="tint")
    for line in lines:
        text = Text(line, "figure", strong=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(text)
    card.setAccessibleName(_("Recovery code {code}").format(code=code))
    return card
