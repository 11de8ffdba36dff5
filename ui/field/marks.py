"""How arrears, promises and what happened look: tones, icons and words, once for both screens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.rows.field import PromiseRow
from app.rows.origination import StoryRow
from app.texts import _
from app.texts.figures import amount, day_short
from app.texts.labels import named
from ui.kit.bars import ScheduleCell
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.story import Happened
from ui.kit.text import DASH

TODAY, ALL = "today", ""
AGES = ("1-30", "31-60", "61-90", "91-180", "180+")
TONES: Mapping[str, str] = MappingProxyType(
    {"1-30": "late1", "31-60": "late2", "61-90": "late3", "91-180": "npa", "180+": "npa"}
)
TONE_OF_STATE: Mapping[str, str] = MappingProxyType(
    {"open": "due", "kept": "ok", "broken": "bad", "cancelled": "neutral"}
)
_ICONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "receipt": ("receipt", "ok"),
        "reversal": ("arrow-counter-clockwise", "bad"),
        "disbursement": ("hand-coins", "text2"),
        "visit-done": ("map-pin", "text2"),
        "promise-made": ("handshake", "due"),
        "promise-cancelled": ("x-circle", "text2"),
        "call": ("phone", "text2"),
        "letter": ("envelope-simple", "text2"),
        "message": ("chat-text", "text2"),
    }
)
_CELLS: Mapping[str, ScheduleCell] = MappingProxyType(
    {
        "paid": ScheduleCell(1),
        "part": ScheduleCell(0.5),
        "late": ScheduleCell(0, late=True),
        "ahead": ScheduleCell(),
    }
)


def late_tone(bucket: str) -> str:
    """The tone of a bucket's chip; what is not late is due."""
    return TONES.get(bucket, "due")


def text_tone(bucket: str) -> str:
    """The tone of words about a bucket: the darkest has a chip of its own only."""
    tone = late_tone(bucket)
    return "late3" if tone == "npa" else tone


def promise_cell(state: str, on: date | None, today: date) -> Cell:
    """A promise as a chip: its day while it is open, its end afterwards."""
    if not state or on is None:
        return Cell(DASH, tone="text3")
    tone = TONE_OF_STATE.get(state, "neutral")
    return Cell(promise_words(state, on, today), chip=tone, icon=CHIP_ICONS[tone])


def promise_words(state: str, on: date, today: date) -> str:
    """Kept, broken, or the day that is waited for."""
    if state == "open":
        return _("today") if on == today else day_short(on)
    return named("promise-state", state).lower()


def promise_line(row: PromiseRow) -> Happened:
    """A promise with what came of it, as the facts have it."""
    money = amount(row.amount_minor, row.currency, symbol=True, trim=True)
    came = amount(row.received_minor, row.currency, symbol=True, trim=True)
    what = _("{money} promised for {day}").format(money=money, day=day_short(row.promised_on))
    how = _("{state}, {money} came").format(state=named("promise-state", row.state), money=came)
    tone = TONE_OF_STATE.get(row.state, "text2")
    return Happened(what, how, "", "handshake", "text2" if tone == "neutral" else tone)


def story_line(row: StoryRow) -> Happened:
    """One thing that happened to the loan."""
    icon, tone = _ICONS.get(row.what, ("dot-outline", "text2"))
    what = _what(row.what)
    if row.amount_minor and row.currency:
        money = amount(row.amount_minor, row.currency, symbol=True, trim=True)
        what = _("{what}: {money}").format(what=what, money=money)
    by = " · ".join(part for part in (row.detail, row.who) if part)
    return Happened(what, by, day_short(row.on), icon, tone)


def schedule_cells(states: tuple[str, ...]) -> list[ScheduleCell]:
    """The instalments as the bar draws them."""
    return [_CELLS.get(state, ScheduleCell()) for state in states]


def schedule_words(states: tuple[str, ...]) -> str:
    """The same bar in words."""
    return _("{paid} of {every} instalments paid, {late} late").format(
        paid=states.count("paid"), every=len(states), late=states.count("late")
    )


def contact_words(on: date | None) -> Cell:
    """When somebody spoke to the borrower last."""
    return Cell(_("none"), tone="late3") if on is None else Cell(day_short(on), tone="text2")


def _what(code: str) -> str:
    words = {
        "visit-done": _("Visit"),
        "promise-made": _("Promise made"),
        "promise-cancelled": _("Promise taken back"),
    }
    return words.get(code) or named("event-kind", code)
