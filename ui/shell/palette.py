"""The palette: finds any action, screen, loan or application by a few letters (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.origination import ListApplications
from app.queries.servicing import FindLoans
from app.rows.origination import ApplicationRow
from app.rows.servicing import FoundLoan
from app.texts import _
from ui.kit.grid import Grid
from ui.kit.screen_context import Station
from ui.kit.table import RowsModel
from ui.kit.text import note
from ui.kit.theme import theme
from ui.shell.hits import Hit, application_hit, fitting, hit_columns, loan_hit
from ui.shell.recents import Recents
from ui.shell.topbar import FindBox

MOST, LEAST_LETTERS = 9, 2
KEPT_FOR_ACTS = 3  # lines, so that many people of a name hide no act
WIDTH = 560
ROW = 34


class Palette(QFrame):
    """The list under the find box. The cursor stays in the box; arrows choose, Enter opens."""

    def __init__(
        self,
        window: QWidget,
        find: FindBox,
        station: Station,
        known: Callable[[], Sequence[Hit]],
        recents: Recents,
    ) -> None:
        super().__init__(window)
        self._window, self._find, self._station, self._known = window, find, station, known
        self._recents = recents
        self._before: QWidget | None = None
        self._loans: tuple[Hit, ...] = ()
        self._applications: tuple[Hit, ...] = ()
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("What was found"))
        self.model: RowsModel[Hit] = RowsModel(
            hit_columns(), identity=lambda hit: (hit.kind, hit.text)
        )
        self._grid = Grid(self.model, ROW)
        self._grid.setAccessibleName(_("What was found"))
        self._grid.horizontalHeader().hide()
        self._grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.clicked.connect(lambda _index: self._open())
        self._none = note(_("Nothing found. Type a name, a number or what you want to do."))
        self._none.setContentsMargins(theme().space(16), theme().space(8), 0, theme().space(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._grid)
        layout.addWidget(self._none)
        find.edited.connect(self._on_edited)
        find.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Put the cursor into the box and show what can be done."""
        focused = QApplication.focusWidget()
        if focused is not self._find:
            self._before = focused
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()
        self._on_edited()
        self.show()
        self.raise_()

    def close_list(self, *, back: bool = True) -> None:
        """Take the list away; with `back` the cursor returns to where it was."""
        self.hide()
        self._find.clear()
        if back and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._find.hasFocus():
            self._find.clearFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._find:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_list()
        elif key in steps:
            self._step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        if not self.isVisible():
            self._on_edited()
            return
        count = self.model.rowCount()
        if count:
            self._choose((self._grid.currentIndex().row() + by) % count)

    def _open(self) -> None:
        hit = self.model.row_at(self._grid.currentIndex())
        if hit is not None and self.isVisible():
            self.close_list(back=False)
            hit.run()

    def _on_edited(self) -> None:
        text = self._find.value()
        if len(text) < LEAST_LETTERS:
            self._loans = self._applications = ()
        else:
            self._ask(text)
        self._show()

    def _ask(self, text: str) -> None:
        desk, station = self._station.desk, self._station
        if station.may(Permission.VIEW_LOANS) and station.router.has("loan"):
            query = FindLoans(text=text, limit=MOST)
            desk.read(self, query, self._take_loans, _nothing, slot="loans")
        if station.may(Permission.VIEW_APPLICATIONS) and station.router.has("application"):
            ask = ListApplications(text=text, stage="all", limit=4, counted=False)
            desk.read(self, ask, self._take_applications, _nothing, slot="applications")

    def _take_loans(self, found: tuple[FoundLoan, ...]) -> None:
        self._loans = tuple(
            loan_hit(self._station.router, loan, self._find.value()) for loan in found
        )
        self._show()

    def _take_applications(self, page: Page[ApplicationRow]) -> None:
        self._applications = tuple(
            application_hit(self._station.router, row, self._find.value()) for row in page.rows
        )
        self._show()

    def _show(self) -> None:
        typed = self._find.value()
        first = (*self._loans, *self._applications) if typed else self._recents.hits()
        acts = fitting(self._known(), typed)
        hits = [*first[: MOST - min(KEPT_FOR_ACTS, len(acts))], *acts]
        self.model.show(hits[:MOST])
        self._grid.setVisible(bool(hits))
        self._none.setVisible(not hits)
        self._place()
        if hits:
            self._choose(0)
        if self._find.hasFocus():
            self.show()
            self.raise_()

    def _choose(self, place: int) -> None:
        self._grid.setCurrentIndex(self.model.index(place, 0))

    def _place(self) -> None:
        look, window = theme(), self._window
        corner = self._find.mapTo(window, QPoint(0, self._find.height() + look.px(4)))
        width = min(look.px(WIDTH), window.width() - corner.x() - look.space(16))
        rows = self.model.rowCount()
        height = rows * look.px(ROW) + 4 if rows else look.px(48)
        self.setGeometry(corner.x(), corner.y(), width, height)


def _nothing(_error: Exception) -> None:
    """A search that cannot be answered just now leaves what else was found."""
