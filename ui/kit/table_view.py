"""The list on the screen: rows, a total line, and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.queries.base import Page, Paged
from app.texts import _
from app.texts.figures import count as figure
from ui.kit.copying import put_on_clipboard
from ui.kit.empty import Empty
from ui.kit.grid import Grid
from ui.kit.reading import MOST_TICKED, Pages
from ui.kit.table import RowsModel
from ui.kit.table_parts import TotalRow
from ui.kit.tasks import Desk
from ui.kit.theme import theme

Row = TypeVar("Row")
Question = Callable[[int, str], Paged[Page[Row]]]


class Table(QWidget, Generic[Row]):
    """A list. `row_height` is a token: row, row_dense, row_two_lines, or px at 100 %.

    While rows are ticked the total line adds these up, unless `adds_up` is False.
    """

    opened = Signal(object)  # the row: Enter or double click
    current_changed = Signal(object)  # the row, or None
    paged = Signal(object)  # the Page that came from the desk

    def __init__(
        self,
        model: RowsModel[Row],
        name: str,
        *,
        row_height: str | int = "row",
        header: bool = True,
        empty: Empty | None = None,
        adds_up: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.name, self._adds_up = model, name, adds_up
        self.view = Grid(model, row_height)
        self.view.setAccessibleName(name)
        self.view.horizontalHeader().setVisible(header)
        self.total = TotalRow(model, self.view)
        self.empty = empty or Empty(_("Nothing here"), icon_name="list-dashes")
        self.pages: Pages[Row] | None = None
        self._totals: Mapping[str, str] = {}
        self._mark: tuple[int, Row] | None = None  # kept while its page is let go
        self._kept: Row | None = None
        self._sought: Row | None = None  # marked before, and not among the first rows now
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)

    def feed(
        self,
        desk: Desk,
        question: Question[Row],
        fail: Callable[[Exception], None] | None = None,
        then: Callable[[Page[Row]], None] | None = None,
    ) -> None:
        """Load pages through the desk: `question(offset, sort)` makes the query of the list."""

        def arrived(page: Page[Row]) -> None:
            self.paged.emit(page)
            if then is not None:
                then(page)

        pages = Pages(self, self.model, desk, question, fail or desk.trouble.emit, arrived)
        self.pages = pages
        self.model.wanted.connect(pages.load)
        pages.found.connect(self.set_current)

    def reload(self) -> None:
        """Read the list again; where it is the same list the place in it is kept."""
        if self.pages is None:
            self.model.reload()
        else:
            self.pages.reload()

    def current(self) -> Row | None:
        """The row that the mark is on."""
        place = self.view.currentIndex().row()
        row = self.model.at(place) if place >= 0 else None
        if row is None and self._mark is not None and self._mark[0] == place:
            return self._mark[1]
        return row

    def set_current(self, place: int) -> None:
        """Put the mark on a row and show it."""
        self.view.setCurrentIndex(self.model.index(place, int(self.model.choosing)))

    def keep_rows(self, count: int) -> None:
        """Ask for the height of so many rows, where the list stands on a page that scrolls."""
        header = self.view.horizontalHeader()
        top = 0 if header.isHidden() else theme().height("header_row")
        self.view.setMinimumHeight(top + count * self.view.verticalHeader().defaultSectionSize())

    def show_total(self, texts: Mapping[int, str] | None) -> None:
        """Show a total line: texts by place among the declared columns; None takes it away."""
        declared = self.model.declared
        self._totals = {declared[at].id: text for at, text in (texts or {}).items()}
        self._show_total()

    def show_totals_of(self, page: Page[Row], words: str) -> None:
        """Show the totals of a page under their columns, after `words`; none of an empty list."""
        columns, currency = self.model.declared, self.model.currency
        sums = {
            column.id: column.written(page.total(column.total), currency)
            for column in columns
            if column.total
        }
        self._totals = {columns[0].id: words, **sums} if page.count else {}
        self._show_total()

    def copy(self) -> int:
        """Put the ticked rows, else the marked one, on the clipboard; how many there were."""
        current = self.current()
        rows = self.model.chosen() or ([] if current is None else [current])
        if rows:
            put_on_clipboard(self.model.columns, rows, self.model.currency)
        return len(rows)

    def chosen_texts(self) -> dict[str, str]:
        """How many rows are ticked and what their money adds up to, by column id."""
        rows, columns = self.model.chosen(), self.model.columns
        first = columns[0].id
        texts = {first: self.chosen_words()}
        for column in columns:
            if column.adds_up:
                values = [column.handed(row) for row in rows]
                whole = sum(value for value in values if isinstance(value, int))
                texts.setdefault(column.id, column.written(whole, self.model.currency))
        return texts

    def chosen_words(self) -> str:
        """How many rows are ticked; of how many, where a longer list could not be ticked whole."""
        number, count = len(self.model.chosen()), self.model.count
        if number == MOST_TICKED < count:
            said = _("{number} of {count} chosen, no more at once")
            return said.format(number=figure(number), count=figure(count))
        return _("{number} chosen").format(number=figure(number))

    def tick_current(self) -> None:
        """Tick or untick the marked row."""
        row = self.current()
        if row is not None and self.model.choosing:
            self.model.toggle(row)

    def choose_all(self) -> None:
        """Tick every row of the list as it is filtered."""
        self._choose_span(0, self.model.count - 1)

    def _choose_span(self, first: int, last: int) -> None:
        """Tick the rows from one place to another and no others; missing ones are read first."""
        rows = [self.model.at(place) for place in range(first, min(last, first + 10_000) + 1)]
        found = [row for row in rows if row is not None]
        if len(found) == last - first + 1 or self.pages is None:
            self.model.choose(found)
        else:
            self.pages.read_span(first, last, self.model.choose)

    def _show_total(self) -> None:
        chosen = self._adds_up and self.model.choosing and bool(self.model.chosen())
        self.total.show_texts(self.chosen_texts() if chosen else self._totals)
        self.view.set_totals(self.total.by_section())

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.total)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)

    def _connect(self) -> None:
        self.view.activated.connect(self._on_activated)
        self.view.copy_wanted.connect(self.copy)
        self.view.all_wanted.connect(self.choose_all)
        self.view.range_wanted.connect(self._choose_span)
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(lambda now, _before: self._on_current(now))
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.modelReset.connect(self._on_reset)
        self.model.renewed.connect(self._on_renewed)
        self.model.filled.connect(self._on_filled)
        self.model.chosen_changed.connect(self._show_total)
        self.model.arranged_anew.connect(self._show_total)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _on_current(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self._mark = (index.row(), row)
        self.current_changed.emit(row)

    def _remember(self) -> None:
        self._kept = self.current()

    def _on_reset(self) -> None:
        """Put the mark back on the row it was on, else on the first."""
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        kept = self._kept
        if self.model.rowCount():
            place = -1 if kept is None else self.model.place_of(kept)
            self.set_current(max(0, place))
            self._sought = kept if place < 0 else None
        else:
            self._mark = None
        self._on_current(self.view.currentIndex())
        self.view.look()

    def _on_renewed(self) -> None:
        """The rows changed under the mark: it follows its row where that is near."""
        mark = self._mark
        self.view.fit()
        if mark is not None:
            place = self.model.place_of(mark[1])
            here = self.model.at(self.view.currentIndex().row())
            if place >= 0 and not self.model.same(mark[1], here):
                self.set_current(place)
        self._on_current(self.view.currentIndex())
        self.view.look()
        sought, self._sought = self._sought, None
        if sought is not None and self.pages is not None and not self.view.currentIndex().row():
            self.pages.seek(sought)

    def _on_filled(self, first: int, last: int) -> None:
        """The page came that the mark waited on."""
        place = self.view.currentIndex().row()
        if first <= place <= last and (self._mark is None or self._mark[0] != place):
            self._on_current(self.view.currentIndex())
