"""What an amount pays: every part with its reason, and how the loan stands after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.servicing import PostReceipt, ReceiptPart
from app.queries.servicing import PreviewReceipt
from app.rows.servicing import SplitLine, SplitPreview
from app.texts import _
from app.texts.figures import amount, day_short
from app.texts.labels import named
from ui.kit.card import Card, Rule, column, row
from ui.kit.empty import Empty
from ui.kit.messages import spoken
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.text import Elided, Text, note
from ui.kit.theme import theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NARROW_AT = 150
IN_INSTALMENT = {"interest", "principal"}


class SplitCard(Card):
    """The split of the amount that is typed, before it is saved."""

    refused = Signal(object)  # the exception: such an amount would not be taken

    def __init__(self, station: Station) -> None:
        super().__init__(_("What it pays"), flush=True)
        self.preview: SplitPreview | None = None
        self._station = station
        self._asked: tuple[PreviewReceipt, ...] = ()
        self.numbers: Mapping[int, str] = {}  # of the loans on the receipt
        self._fresh = False
        self._state = note("", "text2")
        self.head.addWidget(self._state)
        self._lines = QWidget()
        self._rows = QVBoxLayout(self._lines)
        side = theme().space(15)
        self._rows.setContentsMargins(side, 0, side, 0)
        self._rows.setSpacing(0)
        self._area = scrolled(self._lines)
        self._total = Text("", "lead", strong=True)
        self._sum = QWidget()
        self._empty = Empty("", "", icon_name="hand-coins")
        self._foot = QWidget()
        self._after = (_After(), _After(), _After())
        self._lay_out()
        self.clear()

    def clear(self, sentence: str = "") -> None:
        """Nothing to split yet; `sentence` says why."""
        self.preview, self._asked = None, ()
        self._fresh = False
        self._say_title(_("What it pays"), "")
        said = sentence or _("Every rupee and its reason stand here before anything is saved.")
        self._empty.say(_("Nothing to set yet"), said)
        self._show(filled=False)

    def is_fresh(self) -> bool:
        """Whether what stands here answers what was asked last."""
        return self._fresh

    def ask(self, queries: Sequence[PreviewReceipt], *, again: bool = False) -> None:
        """Show what this would pay, as soon as all is known; an older question is void.

        `again` asks even if this stands here: the loan may be another by now.
        """
        asked = tuple(queries)
        if asked == self._asked and self._fresh and not again:
            return
        self._asked, self._fresh = asked, False
        found: dict[int, SplitPreview] = {}

        def take(place: int, one: SplitPreview) -> None:
            found[place] = one
            if self._asked == asked and len(found) == len(asked):
                self.show_splits([found[at] for at in range(len(asked))])

        def refuse(error: Exception) -> None:
            if self._asked == asked:
                self.clear(spoken(error))
                self.refused.emit(error)

        for place, query in enumerate(asked):
            read = self._station.desk.read
            read(self, query, partial(take, place), refuse, slot=f"split-{place}")

    def shows(self, command: PostReceipt) -> bool:
        """Whether what stands here is the split of exactly this receipt."""
        return self._fresh and self._asked == asked_of(command.parts, command.received_on)

    def show_splits(self, found: Sequence[SplitPreview]) -> None:
        """Show the parts of every loan under its number, and how they stand after it."""
        preview = joined(found)
        self.preview, self._fresh = preview, True
        sum_ = amount(preview.amount_minor, preview.currency, symbol=True, trim=True)
        self._say_title(_("What this {amount} pays").format(amount=sum_), _("not saved yet"))
        self._empty_rows()
        for one in found:
            if len(found) > 1:
                self._add_head(one)
            for line in one.lines:
                self._add(line, one)
        self._total.setText(amount(preview.amount_minor, preview.currency))
        self._rows.addStretch(1)
        self._show_after(preview)
        self._show(filled=True)

    def words(self) -> list[str]:
        """Every line in words, as a screen reader gets it."""
        return [
            part.accessibleName()
            for part in self._lines.findChildren(QWidget)
            if isinstance(part, _Line) and not part.isHidden()
        ]

    def _lay_out(self) -> None:
        look = theme()
        for at, part in enumerate(self._after):
            if at == 0:
                line = row(gap=12)
                line.setContentsMargins(
                    look.space(15), look.space(8), look.space(15), look.space(6)
                )
                self._foot.setLayout(line)
            else:
                line.addWidget(Rule(standing=True))
            line.addWidget(part, 1)
        self.body.setSpacing(0)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._area, 1)
        total = row(Text(_("Total"), "lead", strong=True))
        total.addStretch(1)
        total.addWidget(self._total)
        side = look.space(15)
        total.setContentsMargins(side, look.space(8), side, look.space(8))
        summed = column(Rule(strong=True), gap=0)
        summed.addLayout(total)
        self._sum.setLayout(summed)
        self.body.addWidget(self._sum)
        self._line = Rule()
        self.body.addWidget(self._line)
        self.body.addWidget(self._foot)

    def _say_title(self, title: str, state: str) -> None:
        if self.heading is not None:
            self.heading.setText(title)
        self.setAccessibleName(title)
        self._state.setText(state)

    def _show(self, *, filled: bool) -> None:
        self._empty.setVisible(not filled)
        for part in (self._area, self._sum, self._line, self._foot):
            part.setVisible(filled)

    def _empty_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, line: SplitLine, preview: SplitPreview) -> None:
        if self._rows.count():
            self._rows.addWidget(Rule())
        self._rows.addWidget(_Line(line, preview))

    def _add_head(self, preview: SplitPreview) -> None:
        """The loan that the next lines are of, and what it takes."""
        said = amount(preview.amount_minor, preview.currency)
        head = row(Text(self.numbers.get(preview.loan_id, ""), strong=True), gap=12)
        head.addStretch(1)
        head.addWidget(Text(said, tone="text2"))
        head.setContentsMargins(0, theme().space(8), 0, theme().space(2))
        line = QWidget()
        line.setLayout(head)
        self._rows.addWidget(line)

    def _show_after(self, preview: SplitPreview) -> None:
        currency, short = preview.currency, theme().scale >= NARROW_AT
        owed, late, coming = self._after
        before, after = preview.outstanding_before_minor, preview.outstanding_after_minor
        owed.say(_("Owed after this"), _then(before, currency), _plain(after, currency))
        before, after = preview.owed_before_minor, preview.owed_after_minor
        late.say(_("Due after this"), _then(before, currency), _plain(after, currency))
        if preview.closes or preview.next_due_on is None:
            coming.say(_("Next due"), "", _("paid in full"))
            return
        on, sum_ = day_short(preview.next_due_on), _plain(preview.next_due_minor, currency)
        said = on if short else _("{amount} on {day}").format(amount=sum_, day=on)
        coming.say(_("Next due"), "", said)


def asked_of(parts: Sequence[ReceiptPart], on: date) -> tuple[PreviewReceipt, ...]:
    """The question for each loan of a receipt."""
    return tuple(
        PreviewReceipt(loan_id=one.loan_id, amount_minor=one.amount_minor, received_on=on)
        for one in parts
    )


def joined(found: Sequence[SplitPreview]) -> SplitPreview:
    """The splits of one receipt as one: sums, and what falls due first."""
    days = [one.next_due_on for one in found if one.next_due_on is not None]
    first = min(days, default=None)

    return replace(
        found[0],
        amount_minor=sum(one.amount_minor for one in found),
        outstanding_before_minor=sum(one.outstanding_before_minor for one in found),
        outstanding_after_minor=sum(one.outstanding_after_minor for one in found),
        late_before_minor=sum(one.late_before_minor for one in found),
        late_after_minor=sum(one.late_after_minor for one in found),
        owed_before_minor=sum(one.owed_before_minor for one in found),
        owed_after_minor=sum(one.owed_after_minor for one in found),
        lines=tuple(line for one in found for line in one.lines),
        next_due_on=first,
        next_due_minor=sum(one.next_due_minor for one in found if one.next_due_on == first),
        closes=all(one.closes for one in found),
    )


class _Line(QWidget):
    """One part of the money: what it pays, the reason, the amount."""

    def __init__(self, line: SplitLine, preview: SplitPreview) -> None:
        super().__init__()
        over = preview.closes and line.head == "excess"
        title = _("More than the loan owes") if over else title_of(line)
        back = _("the loan is paid in full, this is kept to be refunded")
        why = back if over else reason_of(line)
        sum_ = amount(line.amount_minor, preview.currency)
        figure = Text(sum_, "lead")
        figure.setAlignment(RIGHT)
        words = column(Elided(title), Elided(why, "small", tone="text2"), gap=0)
        layout = row(gap=12)
        layout.setContentsMargins(0, theme().space(5), 0, theme().space(5))
        layout.addLayout(words, 1)
        layout.addWidget(figure)
        self.setLayout(layout)
        self.setAccessibleName(f"{title}, {why}, {sum_}")


class _After(QWidget):
    """One figure of how the loan stands after the receipt."""

    def __init__(self) -> None:
        super().__init__()
        self._label, self._before, self._now = note(), note(), Text("", strong=True)
        line = row(self._before, self._now, gap=6)
        line.addStretch(1)
        layout = column(self._label, gap=2)
        layout.addLayout(line)
        self.setLayout(layout)

    def say(self, label: str, before: str, now: str) -> None:
        """Show the figure, and after an arrow what it was."""
        self._label.setText(label)
        self._before.setText(before)
        self._before.setVisible(bool(before) and theme().scale < NARROW_AT)
        self._now.setText(now)


def title_of(line: SplitLine) -> str:
    """What a part of the money pays."""
    head = named("head", line.head)
    if line.head == "excess":
        return _("Kept for later instalments")
    if line.number is None or line.head not in IN_INSTALMENT:
        return head
    return _("Instalment {number}, {head}").format(number=line.number, head=head.lower())


def reason_of(line: SplitLine) -> str:
    """Why it goes there, in words."""
    if line.due_on is None:
        return _("paid early, counts as soon as something is due")
    on = day_short(line.due_on)
    sentences = {
        "late": _("due {day}, {days} days late"),
        "due": _("due today, {day}"),
        "rest": _("due {day}, the rest of what was begun"),
        "ahead": _("due {day}, paid early"),
    }
    template = sentences.get(line.reason, _("due {day}"))
    if line.days_late == 1 and line.reason == "late":
        template = _("due {day}, 1 day late")
    return template.format(day=on, days=line.days_late)


def _plain(minor: int, currency: str) -> str:
    return amount(minor, currency, trim=True)


def _then(minor: int, currency: str) -> str:
    return _("{before} →").format(before=_plain(minor, currency))
