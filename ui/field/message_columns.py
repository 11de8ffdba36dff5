"""The columns of the list of messages, and why a message stands as it does."""

from __future__ import annotations

from collections.abc import Sequence

from app.rows.messages import MessageRow
from app.texts import _, ngettext
from app.texts.figures import moment
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.screen_context import Station
from ui.kit.table import Column

_TONES = {
    "queued": "info",
    "retry": "late1",
    "begun": "late1",
    "sent": "ok",
    "failed": "late3",
    "unknown": "late2",
    "dropped": "neutral",
}


def message_columns(station: Station) -> Sequence[Column[MessageRow]]:
    """To whom, what, by which way, and what became of it."""
    return (
        Column(
            title=_("Borrower and loan"),
            text=lambda row: Cell(row.borrower, strong=True, under=row.number),
            stretch=3,
        ),
        Column(title=_("Text"), text=lambda row: named("message", row.template), leaves=3),
        Column(
            title=_("To"),
            text=lambda row: Cell(row.recipient, under=named("channel", row.channel)),
            leaves=2,
        ),
        Column(title=_("State"), text=state_cell),
        Column(title=_("Why"), text=lambda row: Cell(reason_words(row), tone="text2"), stretch=2),
        Column(
            title=_("When"),
            text=lambda row: Cell(
                moment(station.local(row.at)), under=_("by {name}").format(name=row.by)
            ),
            value=lambda row: row.at,
            leaves=1,
        ),
    )


def state_cell(row: MessageRow) -> Cell:
    """The state as a chip."""
    return Cell(named("message-state", row.state), chip=_TONES.get(row.state, "neutral"))


def reason_words(row: MessageRow) -> str:
    """Why it stands so, how often it was tried, and when it goes on."""
    parts = []
    if row.reason:
        parts.append(_plain(row.reason))
    if row.tries:
        tried = ngettext("tried {n} time", "tried {n} times", row.tries)
        parts.append(tried.format(n=row.tries))
    if row.next_at is not None:
        parts.append(_("leaves from {moment} on").format(moment=moment(row.next_at)))
    return " · ".join(parts)


def _plain(reason: str) -> str:
    """A code in words; what a server or a person said as it is."""
    said = named("not-sent", reason)
    coded = reason.replace("-", "").isalpha() and " " not in reason
    return said if coded else reason
