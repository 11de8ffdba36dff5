"""How a loan stands, in the words, tones and icons of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.rows.origination import StoryRow
from app.rows.servicing import HeadAmounts, InstalmentRow, LoanView
from app.rows.takeover import TermsChange, TermsVersionRow
from app.texts import _, ngettext
from app.texts.figures import amount, day, day_short
from app.texts.labels import LABELS, named
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.story import Happened

ACTIVE, WRITTEN_OFF = "active", "written-off"
EARLY, MIDDLE, LATE = 30, 60, 90  # days past due at which the tone grows

_ICONS: Mapping[str, tuple[str, str]] = {
    "receipt": ("receipt", "ok"),
    "disbursement": ("hand-coins", "info"),
    "charge": ("tag", "late1"),
    "waiver": ("scales", "info"),
    "reversal": ("arrow-u-up-left", "bad"),
    "foreclosure": ("check-circle", "ok"),
    "rate": ("percent", "info"),
    "reschedule": ("calendar-plus", "info"),
    "write": ("prohibit", "bad"),
    "call": ("phone", "info"),
    "letter": ("envelope-simple", "info"),
    "message": ("chat-text", "info"),
    "recovery": ("receipt", "ok"),
    "refund": ("hand-coins", "info"),
    "held": ("coins", "text2"),
    "act": ("users", "due"),
    "visit": ("map-pin", "text2"),
    "promise": ("handshake", "late1"),
}


def tone_of(dpd: int) -> str:
    """The tone of so many days past due."""
    if dpd <= 0:
        return "ok"
    if dpd <= EARLY:
        return "late1"
    if dpd <= MIDDLE:
        return "late2"
    return "late3" if dpd <= LATE else "npa"


def days_late(days: int) -> str:
    """12 days late."""
    return ngettext("{n} day late", "{n} days late", days).format(n=days)


def standing(status: str, dpd: int, asset_class: str) -> tuple[str, str]:
    """The words and the tone of the chip of a loan."""
    if status == WRITTEN_OFF:
        return named("loan-state", status), "npa"
    if status != ACTIVE:
        return named("loan-state", status), "neutral"
    if dpd <= 0:
        return _("on time"), "ok"
    return f"{days_late(dpd)} · {named('asset-class', asset_class)}", tone_of(dpd)


def standing_cell(status: str, dpd: int, asset_class: str) -> Cell:
    """The same as a cell of a list."""
    text, tone = standing(status, dpd, asset_class)
    return Cell(text, chip=tone, icon=CHIP_ICONS[tone])


def state_cell(line: InstalmentRow) -> Cell:
    """How an instalment stands: an icon and a word."""
    tone = tone_of(line.days_late) if line.state == "late" else "text2"
    cells = {
        "paid": Cell(_paid(line), tone="text2", icon="check-circle", icon_tone="ok"),
        "late": Cell(
            days_late(line.days_late),
            tone="late3" if tone == "npa" else tone,
            strong=True,
            icon="warning-circle",
        ),
        "due": Cell(_("due today"), tone="due", strong=True, icon="clock"),
        "part": Cell(_("paid in part"), tone="text2", icon="circle-half"),
        "next": Cell(_("next"), tone="due", icon="clock"),
    }
    return cells.get(line.state, Cell())


def _paid(line: InstalmentRow) -> str:
    if line.settled_on is None or line.settled_on <= line.due_on:
        return _("paid")
    return _("paid {day}").format(day=day_short(line.settled_on))


def share_paid(line: InstalmentRow) -> float:
    """How much of an instalment is paid or waived, of 1."""
    asked = line.due.total_minor
    return 1.0 if not asked else min(1.0, (line.paid.total_minor + line.waived_minor) / asked)


def to_pay_words(view: LoanView) -> str:
    """What the amount to pay today is made of; what falls due today stands apart."""
    late, whole = view.arrears.total_minor, view.due_today.total_minor
    today, currency = whole - late, view.currency
    if not whole:
        return _("nothing is due")
    if late and today:
        return _("{late} late, {today} due today").format(
            late=amount(late, currency, trim=True), today=amount(today, currency, trim=True)
        )
    return _("due today") if today else _late_words(view)


def _late_words(view: LoanView) -> str:
    currency, penal = view.currency, view.arrears.penalty_minor
    lines = sum(1 for line in view.instalments if line.state == "late")
    rest = amount(view.arrears.total_minor - penal, currency, trim=True)
    said = ngettext("{n} instalment {rest}", "{n} instalments {rest}", lines)
    words = said.format(n=lines, rest=rest)
    if not penal:
        return words
    return words + " + " + _("penal {sum}").format(sum=amount(penal, currency, trim=True))


def split_words(split: HeadAmounts, currency: str) -> str:
    """Where money went, head by head: Interest 720 · Principal 2,453."""
    parts = (
        ("penalty", split.penalty_minor),
        ("charge", split.charge_minor),
        ("interest", split.interest_minor),
        ("principal", split.principal_minor),
    )
    return " · ".join(
        f"{named('head', head)} {amount(minor, currency, trim=True)}"
        for head, minor in parts
        if minor
    )


def happened(row: StoryRow, today: date) -> Happened:
    """A line of a story."""
    event = row.what in LABELS["application-event"]
    what = named("application-event" if event else "event-kind", row.what)
    if row.amount_minor:
        what = f"{what} {amount(row.amount_minor, row.currency, trim=True)}"
    sign, tone = _ICONS.get(row.what.split("-")[0].split(".")[0], ("dot-outline", "text2"))
    by = " · ".join(part for part in (row.detail, row.who) if part)
    when = day_short(row.on) if row.on.year == today.year else day(row.on)
    return Happened(what, by, when, sign, tone)


def version_told(row: TermsVersionRow) -> Happened:
    """A version of a loan's terms: what changed in it, why and by whom."""
    what = _("Version {number}: {rate} % a year").format(number=row.number, rate=row.annual_rate)
    said = [_changed(change) for change in row.changes]
    by = [" · ".join(part for part in (row.reason, row.by) if part)]
    if row.at is None:
        by = [_("As it was paid out or taken over")]
    return Happened(what, "\n".join([*by, *said]), day(row.booked_on), "file-text")


def _changed(change: TermsChange) -> str:
    if not change.was:
        return _("{what}: new, {now}").format(what=change.what, now=change.now)
    if not change.now:
        return _("{what}: gone, it was {was}").format(what=change.what, was=change.was)
    return _("{what}: {now}, it was {was}").format(what=change.what, now=change.now, was=change.was)


def suspense_words(view: LoanView) -> str:
    """Since when the borrower is an NPA, and what of the interest is no income yet."""
    if view.npa_since_on is None:
        return ""
    since = _("Not performing since {day}").format(day=day(view.npa_since_on))
    through = ", ".join(number for number in view.npa_through if number != view.number)
    if through:
        since = _("{since}, through {loans}").format(since=since, loans=through)
    held = _("{money} of interest earned is held in suspense: it is income when it is received.")
    money = amount(view.suspended_minor, view.currency, symbol=True)
    return f"{since}. {held.format(money=money)}"
