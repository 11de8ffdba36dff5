"""The four figures on top: collected, overdue, to pay out, the till."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.till import Filling, TillState
from app.rows.today import TodayView
from app.texts import _, ngettext
from app.texts.figures import amount, count, day_short, percent
from app.texts.labels import named
from ui.kit.bars import ShareBar
from ui.kit.card import Card, Rule, row
from ui.kit.figures import Figure
from ui.kit.legend import Legend
from ui.kit.text import Text, note
from ui.kit.theme import theme

LARGE = 150  # % from which figures are a size smaller, to leave room for the work
TONES = ("chart_now", "due_fill", "ok_fill", "late1_fill")
REST = "track"


class Collected(QWidget):
    """What came in of what was to come, by mode of payment."""

    def __init__(self) -> None:
        super().__init__()
        self._value = Text("", _size(), strong=True)
        self._of, self._share = note(""), Text("", strong=True)
        self._bar = ShareBar(height="progress")
        self._legend = Legend()
        line = row(self._value, self._of, gap=8)
        line.addStretch(1)
        line.addWidget(self._share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(2))
        layout.addWidget(note(_("Collected today")))
        layout.addLayout(line)
        layout.addWidget(self._bar)
        layout.addWidget(self._legend)

    def show_today(self, view: TodayView) -> None:
        """Show the day's money."""
        got, left = view.collected_minor, view.to_come_minor
        whole = got + left
        self._value.setText(_money(got, view))
        self._of.setText(_("of {amount} expected").format(amount=_money(whole, view)))
        self._of.setVisible(whole > 0)
        self._share.setText(percent(Fraction(got, whole), 0) if whole else "")
        named_parts = [
            (named("mode", mode), tone, minor)
            for (mode, minor), tone in zip(view.collected, TONES, strict=False)
        ]
        parts = [(tone, minor) for _name, tone, minor in named_parts]
        words = [
            (f"{name} {amount(minor, view.currency, trim=True)}", tone)
            for name, tone, minor in named_parts
        ]
        rest = _("to come {amount}").format(amount=amount(left, view.currency, trim=True))
        self._legend.show_parts([*words, (rest, REST)])
        self._bar.show_parts(parts, whole, ", ".join(word for word, _tone in words))


class TodayFigures(Card):
    """The four parts in one card, split by hairlines."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.collected = Collected()
        size = _size()
        self.late = Figure(_("Overdue"), size=size)
        self.ready = Figure(_("Ready to pay out"), size=size)
        self.till = Figure(_("Till"), size=size)
        self._parts: tuple[QWidget, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.body.addLayout(self._grid)
        self._fill((self.collected, self.late, self.ready))

    def show_today(self, view: TodayView, counter: str) -> None:
        """Show the figures; the till only to who may see it."""
        with_till = view.till_minor is not None
        shown = (self.collected, self.late, self.ready, *((self.till,) if with_till else ()))
        self._fill(shown)
        self.collected.show_today(view)
        self.late.show_figure(_money(view.late_minor, view), _late_words(view), "text")
        loans = ngettext("{count} loan", "{count} loans", view.ready_loans)
        self.ready.show_figure(
            _money(view.ready_minor, view), loans.format(count=count(view.ready_loans))
        )
        if view.till_minor is not None:
            self.till.set_label(_("Till, counter {counter}").format(counter=counter))
            self.till.show_figure(_money(view.till_minor, view), *_till_words(view))

    def _fill(self, parts: tuple[QWidget, ...]) -> None:
        if parts == self._parts:
            return
        while self._grid.takeAt(0) is not None:
            pass
        for rule in self.findChildren(Rule):
            rule.hide()
            rule.deleteLater()
        self._parts = parts
        for at, part in enumerate(parts):
            self._put(part, 2 * at)
            self._grid.setColumnStretch(2 * at, 5 if part is self.collected else 3)
            if at:
                self._grid.addWidget(Rule(standing=True), 0, 2 * at - 1)
        if self.till in parts:  # not before it lies in the card: it would be a window
            self.till.show()

    def _put(self, part: QWidget, column: int) -> None:
        pad = theme().space(16)
        holder = QVBoxLayout()
        holder.setContentsMargins(pad, theme().space(8), pad, theme().space(10))
        holder.addWidget(part)
        holder.addStretch(1)
        self._grid.addLayout(holder, 0, column)


def _size() -> str:
    return "title" if theme().scale >= LARGE else "figure"


def _money(minor: int, view: TodayView) -> str:
    return amount(minor, view.currency, symbol=True, trim=True)


def _till_words(view: TodayView) -> tuple[str, str]:
    """How the till stands, and its tone."""
    if view.till_filling == Filling.OVER:
        return _("over its cash limit"), "bad"
    if view.till_filling == Filling.NEAR:
        return _("near its cash limit"), "late1"
    words = {
        TillState.OPEN.value: _("open, expected in the drawer"),
        TillState.CLOSED.value: _("closed, counted in the drawer"),
        TillState.COUNTED.value: _("counted, waits for a second person"),
    }
    return words.get(view.till_state, _("expected in the drawer")), "text"


def _late_words(view: TodayView) -> str:
    loans = ngettext("{count} loan", "{count} loans", view.late_loans)
    said = loans.format(count=count(view.late_loans))
    fresh = next((line for line in view.waiting if line.kind == "newly-late"), None)
    if fresh is None or fresh.since_on is None:
        return said
    new = _("{loans}, {count} new since {day}")
    return new.format(loans=said, count=count(fresh.count), day=day_short(fresh.since_on))
