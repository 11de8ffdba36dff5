"""The officer's stops of a day and the stops that are proposed, as columns."""

from __future__ import annotations

from collections.abc import Sequence

from app.rows.field import Proposal, VisitRow
from app.texts import _, ngettext
from app.texts.figures import amount, day_short
from app.texts.labels import named
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.table import Column
from ui.kit.text import DASH

DONE = "done"
PROMISE_TONES = {"open": "due", "kept": "ok", "broken": "bad", "cancelled": "neutral"}


def stop_columns() -> Sequence[Column[VisitRow]]:
    """A stop: whom, where, why, how late, what came of it, what was promised."""
    return (
        Column(title=_("No."), text=lambda row: str(row.place), numeric=True, width=44),
        Column(
            title=_("Borrower and loan"),
            text=lambda row: Cell(
                row.borrower, strong=True, after=row.local_name, under=row.number
            ),
            stretch=3,
        ),
        Column(title=_("Village"), text=lambda row: row.village or DASH, stretch=1, leaves=2),
        Column(title=_("Why"), text=lambda row: _why(row.why, row.dpd), stretch=1),
        Column(
            title=_("To pay"),
            text=lambda row: (
                amount(asked_of(row), row.currency, trim=True) if asked_of(row) else DASH
            ),
            numeric=True,
        ),
        Column(title=_("What came of it"), text=_outcome, stretch=1),
        Column(title=_("Promise"), text=_promise, leaves=1),
    )


def proposal_columns() -> Sequence[Column[Proposal]]:
    """A stop that the program proposes."""
    return (
        Column(title=_("Borrower and why"), text=_proposed, stretch=1),
        Column(
            title=_("Loan"),
            text=lambda row: Cell(row.number, tone="text2", under=row.village),
            leaves=1,
        ),
        Column(
            title=_("Late"),
            text=lambda row: Cell(
                amount(row.arrears_minor, row.currency, trim=True) if row.arrears_minor else DASH
            ),
            numeric=True,
        ),
    )


def asked_of(row: VisitRow) -> int:
    """What the borrower has to pay by the day of the visit, in minor units: late and due."""
    return row.arrears_minor + row.due_minor


def _why(why: str, dpd: int) -> Cell:
    return Cell(named("why", why), under=_days_late(dpd))


def _days_late(dpd: int) -> str:
    return ngettext("{days} day late", "{days} days late", dpd).format(days=dpd) if dpd else ""


def _outcome(row: VisitRow) -> Cell:
    if row.state != DONE:
        return Cell(_("to do"), tone="text3")
    under = ""
    if row.claimed_minor:
        claim = amount(row.claimed_minor, row.currency, trim=True)
        under = _("says {amount} was handed over").format(amount=claim)
    return Cell(named("outcome", row.outcome), icon="check", under=under or row.note)


def _promise(row: VisitRow) -> Cell:
    if row.promise_on is None:
        return Cell(DASH)
    money = amount(row.promise_minor, row.currency, trim=True)
    said = _("{amount} by {day}").format(amount=money, day=day_short(row.promise_on))
    if row.promise_state != "open":
        state = named("promise-state", row.promise_state).lower()
        said = _("{state}, {amount}").format(state=state, amount=money)
    tone = PROMISE_TONES.get(row.promise_state, "neutral")
    return Cell(said, chip=tone, icon=CHIP_ICONS[tone])


def _proposed(row: Proposal) -> Cell:
    told = [named("why", row.why), _days_late(row.dpd)]
    under = ", ".join(part for part in told if part)
    return Cell(row.borrower, strong=True, after=row.local_name, under=under)
