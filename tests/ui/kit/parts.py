"""Every part of the kit on one page, to be looked at and to be checked as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.bars import AgeingBar, ScheduleBar, ScheduleCell, ShareBar
from ui.kit.buttons import Button
from ui.kit.card import Card, column, row
from ui.kit.cells import Cell
from ui.kit.charts import BarOf, Bars, Curve, Line
from ui.kit.chips import BucketChip, Chip, FilterChip
from ui.kit.dialog import Consequences
from ui.kit.empty import Empty
from ui.kit.field import Field, FieldBox, Kind
from ui.kit.figures import Figure, FigureRow
from ui.kit.form import Form
from ui.kit.inputs import LineEdit
from ui.kit.keys import KeyBar
from ui.kit.money import MoneyEdit
from ui.kit.panel import NextBox, SidePanel, small_figures
from ui.kit.progress import ProgressCard
from ui.kit.segmented import Segmented
from ui.kit.story import Happened, Story
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title
from ui.kit.theme import theme
from ui.kit.toast import Toast

TODAY = date(2026, 11, 23)
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Late:
    """A line of a list of late loans."""

    number: str
    name: str
    hindi: str
    days: int
    late: int
    promise: str = ""


LATE = (
    Late("STP-25-01873", "Rekha Devi", "रेखा देवी", 44, 440700, "today"),
    Late("STP-25-01755", "Guddi Devi", "गुड्डी देवी", 41, 634600, "broken"),
    Late("STP-24-01502", "Nasreen Bano", "नसरीन बानो", 39, 518000, "kept"),
    Late("STP-24-01360", "Kamla Rawat", "कमला रावत", 37, 951900),
)
CHIPS = {"today": ("due", "clock"), "broken": ("late3", "warning"), "kept": ("ok", "check-circle")}


def parts(say: Say = str) -> QWidget:
    """All of it; `say` may make the texts longer."""
    page = QWidget()
    page.setProperty("kind", "canvas")
    page.setObjectName("parts")
    grid = QGridLayout(page)
    grid.setContentsMargins(28, 20, 28, 12)
    grid.setHorizontalSpacing(theme().space(24))
    for at, (make, stretch) in enumerate(((_first, 4), (_second, 4), (_third, 4))):
        holder = make(say)
        grid.addLayout(holder, 0, at)
        grid.setColumnStretch(at, stretch)
    bar = KeyBar()
    bar.show_keys([("Alt+P", say("Print again")), ("F5", say("Payment")), ("Alt+←", say("Back"))])
    bar.show_state(say("Printer ready"), "printer", "ok")
    grid.addWidget(bar, 1, 0, 1, 3)
    return page


def _first(say: Say) -> QVBoxLayout:
    buttons = row(
        Button(say("Save"), kind="primary", keys="Enter"),
        Button(say("Print"), keys="F12"),
        Button(say("Clear"), kind="ghost", keys="Esc"),
        Button(say("Reverse"), kind="danger", keys="Del"),
    )
    buttons.addStretch(1)
    hero = MoneyEdit("INR", hero=True)
    hero.set_value(12500000)
    words = note(say("one lakh twenty-five thousand rupees"))
    way = Segmented(
        [("cash", say("Cash")), ("upi", say("UPI")), ("bank", say("Bank"))],
        icons=("money", "qr-code", "bank"),
    )
    way.set_value("upi")
    way.setAccessibleName(say("Paid by"))
    paid = [ScheduleCell(1)] * 10 + [ScheduleCell(0.6, True), ScheduleCell(0, True)]
    layout = column(gap=9)
    layout.addLayout(buttons)
    layout.addWidget(_form(say))
    layout.addWidget(FieldBox(say("Money field"), hero, keys="F9"))
    layout.addWidget(words)
    layout.addWidget(FieldBox(say("One of a few"), way, keys="*"))
    layout.addLayout(_chips(say))
    layout.addWidget(ScheduleBar(paid + [ScheduleCell()] * 12, say("11 of 24 paid, 2 late")))
    ages = AgeingBar()
    ages.show_ages([("late1", 74), ("late2", 66), ("late3", 58), ("npa", 87)], say("Late by age"))
    layout.addWidget(ages)
    shares = [("chart_now", 123), ("due_fill", 61)]
    layout.addWidget(ShareBar(shares, 313, name=say("Collected")))
    layout.addStretch(1)
    return layout


def _chips(say: Say) -> QHBoxLayout:
    chips = row(
        Chip(say("paid"), "ok"),
        Chip(say("due"), "due"),
        Chip(say("12 days"), "late1"),
        Chip(say("44 days"), "late2"),
        Chip("71", "late3"),
        Chip(say("NPA"), "npa"),
    )
    chips.addStretch(1)
    return chips


def _form(say: Say) -> Form:
    form = Form(
        [
            Field(
                name="village",
                label=say("Village"),
                value="Khairabad",
                hint=say("Alt+C makes a new one"),
            ),
            Field(name="due", label=say("Due on"), kind=Kind.DATE, today=TODAY),
            Field(name="phone", label=say("Phone"), kind=Kind.PHONE, value="98391 2274"),
            Field(name="born", label=say("Born"), value="14-08-1988", aside=say("if known")),
            Field(name="number", label=say("Loan"), kind=Kind.READ_ONLY, value="STP-25-01873"),
            Field(
                name="officer",
                label=say("Officer"),
                kind=Kind.CHOICE,
                choices=[(1, "Ravi Shukla")],
                value=1,
            ),
        ]
    )
    form.set_value("due", date(2027, 4, 2))
    form.box("phone").show_error(say("9 digits, a mobile number has 10"))
    form.mark("born", "read", say("read from the card, not yet checked"))
    return form


def _second(say: Say) -> QVBoxLayout:
    layout = column(gap=10)
    chips = row(
        BucketChip(say("31–60 · SMA-1"), "₹66,480", say("11 loans"), "late2"),
        BucketChip(say("Over 90 · NPA"), "₹87,100", say("5 loans"), "npa"),
    )
    layout.addLayout(chips)
    filters = row(
        FilterChip(say("Officer"), [(0, say("all")), (1, "Ravi")]),
        FilterChip(say("Promise"), [(0, say("any"))]),
    )
    filters.addStretch(1)
    layout.addLayout(filters)
    card = Card(flush=True)
    card.body.addWidget(late_table(say))
    layout.addWidget(card, 1)
    progress = ProgressCard()
    progress.start(say("Month pack, November"))
    progress._bar.show_share(9, 14)
    progress._line.setText(say("9 of 14 · ageing by officer · about 6 s more"))
    layout.addWidget(progress)
    curve = Curve(say("Balance"), lambda value: f"{value:,.0f}", 130)
    real = [(n, 60000 - 2100 * n) for n in range(12)]
    plan = Line([(0, 60000), (24, 0)], "chart_plan", dashed=True)
    curve.show_lines(
        [
            plan,
            Line(
                real, steps=True, filled=True, end_label=say("3,626 above plan"), end_tone="late2"
            ),
        ],
        [(0, "Nov 25"), (12, "Nov 26"), (24, "Nov 27")],
        now=12,
    )
    layout.addWidget(curve)
    return layout


def late_table(say: Say = str) -> Table[Late]:
    """A list with ticks, two lines, chips and a total."""
    columns: list[Column[Late]] = [
        Column(
            title=say("Borrower and loan"),
            text=lambda one: Cell(one.name, strong=True, after=one.hindi, under=one.number),
            stretch=1,
        ),
        Column(
            title=say("Days"),
            text=lambda one: Cell(str(one.days), "late2", strong=True),
            sort=lambda one: one.days,
            numeric=True,
        ),
        Column(title=say("Late ₹"), text=lambda one: f"{one.late // 100:,}", numeric=True),
        Column(title=say("Promise"), text=lambda one: _promise(one, say), leaves=1),
    ]
    model = RowsModel(columns, identity=lambda one: one.number, choosing=True)
    table = Table(model, say("Overdue"), row_height=40)
    model.show(LATE)
    model.toggle(LATE[1])
    table.show_total({0: say("4 loans"), 2: "25,452"})
    return table


def _promise(one: Late, say: Say) -> Cell:
    if not one.promise:
        return Cell("\u2013", "text2")
    tone, icon = CHIPS[one.promise]
    return Cell(say(one.promise), chip=tone, icon=icon)


def _third(say: Say) -> QVBoxLayout:
    layout = column(gap=12)
    card = Card()
    card.body.addWidget(title(say("Reverse receipt STP/26/4515?")))
    card.body.addWidget(
        Consequences([say("Her loan falls back to 37 days late, 9,519 to pay"), say("₹3,173 out")])
    )
    reason = LineEdit("amount typed twice")
    card.body.addWidget(FieldBox(say("Reason, shown in the history"), reason))
    buttons = row()
    buttons.addStretch(1)
    buttons.addWidget(Button(say("Keep it"), keys="Esc"))
    buttons.addWidget(Button(say("Reverse 3,173"), kind="danger", keys="Ctrl+A"))
    card.body.addLayout(buttons)
    layout.addWidget(card)
    panel = SidePanel(say("Story"))
    panel.show_who("Rekha Devi", "रेखा देवी · 98390 41127", say("44 days"), "late2")
    figures = [Figure(say("Late"), "₹4,407", size="lead"), Figure(say("To pay"), "0", size="lead")]
    panel.content.addLayout(small_figures(figures))
    story = Story()
    promised = Happened(say("Promise for today: 4,400"), say("to Ravi"), "19 Nov", "handshake")
    story.show_lines([promised, Happened(say("Called, no answer"), "", "16 Nov", "phone")])
    panel.content.addWidget(story)
    panel.content.addWidget(NextBox(say("What next"), say("The promise is judged at day end.")))
    panel.content.addStretch(1)
    panel.set_buttons(Button(say("Open loan"), keys="Enter"), Button(say("Call"), keys="T"))
    layout.addWidget(panel, 1)
    return layout


def more_parts(say: Say = str) -> QWidget:
    """What the first page had no room for."""
    page = QWidget()
    page.setProperty("kind", "canvas")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 16, 24, 60)
    row_ = FigureRow(
        Figure(say("Outstanding"), "₹37,164.12", say("of ₹60,000 paid out")),
        Figure(say("To pay today"), "₹4,407.00", say("2 instalments"), tone="late2"),
        Figure(say("Next due"), "10 Dec 2026", say("instalment 13 of 24")),
    )
    layout.addWidget(row_)
    bars = Bars(say("Collections"), lambda value: f"{value / 100000:g} L", 180)
    days = [BarOf(str(n), 200000 + 9000 * (n % 7), 240000, n == 23) for n in range(7, 24)]
    days[2] = BarOf("9", 0, 0, note="S")
    bars.show_bars(days)
    card = Card(say("Collections"))
    card.body.addWidget(bars)
    layout.addWidget(card)
    empty = Card()
    first = Button(say("New application"), kind="primary", icon="plus", keys="Alt+C")
    buttons = (first, Button(say("From Excel"), keys="Alt+I"))
    sentence = say("What borrowers ask for waits here until it is decided.")
    empty.body.addWidget(Empty(say("No applications yet"), sentence, buttons=buttons))
    layout.addWidget(empty, 1)
    toast = Toast(page)
    toast.say(say("Receipt STP/26/4518 printed, 4,500"), say("Print again"), "Alt+P", page.close)
    return page


def picture(widget: QWidget, path: str, width: int = 1366, height: int = 768) -> None:
    """Put `widget` on screen at this size and keep what it looks like."""
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    widget.grab().save(path)
