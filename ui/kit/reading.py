"""How a list is read: pages as they are looked at, spans for ticks, the place of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ports import Progress
from app.queries.base import Page, Paged, Query
from app.texts import _
from ui.kit.table import RowsModel
from ui.kit.tasks import Desk, Report, Stop

Row = TypeVar("Row")
Ask = Callable[[Query[Page[Row]]], Page[Row]]

AT_ONCE = 500  # rows of a page that nobody looks at
MOST_TICKED = 5_000
MOST_SOUGHT = 5_000  # rows that are looked through for the marked one


class Pages(QObject, Generic[Row]):
    """Asks for the pages of one list. All pages are of one question, until the list is reloaded.

    Of another list the first rows are shown before they are counted; then come count and totals.
    """

    found = Signal(int)  # the place of the row that was sought

    def __init__(
        self,
        owner: QWidget,
        model: RowsModel[Row],
        desk: Desk,
        question: Callable[[int, str], Paged[Page[Row]]],
        fail: Callable[[Exception], None],
        then: Callable[[Page[Row]], None],
    ) -> None:
        super().__init__(owner)
        self._model, self._desk, self._question = model, desk, question
        self._fail, self._then = fail, then
        self._query: Paged[Page[Row]] | None = None
        self._counts = False  # whether the next page says how many there are
        self._doubted = False  # a page did not fit: the list became another meanwhile

    def reload(self) -> None:
        """Read the list again, from its top if another one is asked for."""
        asked = self._question(0, self._model.sort_key)
        self._counts = asked == self._query
        self._query = asked
        self._model.reload(top=not self._counts)

    def load(self, offset: int, sort: str) -> None:
        """Read a page. A newer wish makes this one void."""
        query = self._query
        if query is None or query.sort != sort:
            self._query = query = self._question(0, sort)
            self._counts = False
        fresh, counts, self._counts = self._model.renewing, self._counts, False
        asked = replace(query, offset=offset, counted=counts)
        then = self._whole if counts else self._first if fresh else self._more
        self._desk.read(self, asked, then, self._failed, slot="page")

    def every(self) -> Callable[[Stop, Report], Iterator[Row]]:
        """For a job of the desk: all rows of the list as it is now, in its order."""
        query, ask = self._asked(), self._desk.asker()
        count = self._model.count

        def rows(stop: Stop, tell: Report) -> Iterator[Row]:
            return _read(ask, query, 0, count, stop, tell)

        return rows

    def read_span(self, first: int, last: int, then: Callable[[Sequence[Row]], None]) -> Stop:
        """Read the rows from one place to another, at most MOST_TICKED."""
        query, ask = self._asked(), self._desk.asker()
        end = min(last + 1, first + MOST_TICKED)

        def job(stop: Stop, tell: Report) -> tuple[Row, ...]:
            return tuple(_read(ask, query, first, end, stop, tell))

        return self._desk.work(self, job, then, self._fail)

    def seek(self, row: Row) -> None:
        """Look for a row in the first part of the list; `found` says where it is."""
        if self._model.whole or self._model.count > MOST_SOUGHT:
            return
        model, query = self._model, self._query

        def then(rows: Sequence[Row]) -> None:
            places = (at for at, one in enumerate(rows) if model.same(row, one))
            place = next(places, -1)
            if place >= 0 and query == self._query:
                self.found.emit(place)

        self.read_span(0, model.count - 1, then)

    def _asked(self) -> Paged[Page[Row]]:
        if self._query is None:
            self._query = self._question(0, self._model.sort_key)
        return self._query

    def _first(self, page: Page[Row]) -> None:
        """The first rows of another list: now let them be counted."""
        self._model.take(Page(page.rows, page.offset, page.offset + len(page.rows)))
        if self._query is not None:
            asked = replace(self._query, offset=0, counted=True)
            self._desk.read(self, asked, self._whole, self._failed, slot="page")

    def _more(self, page: Page[Row]) -> None:
        """One more page of a list that was counted; where it is not as counted, count again."""
        fits = self._model.take(Page(page.rows, page.offset, self._model.count))
        if not fits and not self._doubted:
            self.reload()
        self._doubted = not fits

    def _whole(self, page: Page[Row]) -> None:
        self._model.take(page)
        self._then(page)

    def _failed(self, error: Exception) -> None:
        self._model.give_up()
        self._fail(error)


def _read(
    ask: Ask[Row], query: Paged[Page[Row]], first: int, end: int, stop: Stop, tell: Report
) -> Iterator[Row]:
    """Rows from `first` up to `end`, page by page; ends early where it is stopped."""
    at = first
    while at < end and not stop.wanted():
        tell(Progress(at - first, end - first, _("reading")))
        page = ask(replace(query, offset=at, limit=min(AT_ONCE, end - at), counted=False))
        if not page.rows:
            return
        yield from page.rows
        at += len(page.rows)
