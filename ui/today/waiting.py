"""The lines of work that wait: in words, with a chip for age, and where each is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.rows.today import Waiting
from app.texts import _, ngettext
from app.texts.figures import amount, count
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.empty import Empty
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH

VERY_OLD = 2  # days from which waiting is marked


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind of work looks, and the screen where it is done."""

    icon: str
    place: str
    stage: str | None = None  # of the applications to show
    tone: str = "accent"


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "sanction": Way("files", "applications", "decided"),
        "enter": Way("file-text", "applications", ""),
        "check": Way("check-square", "checks"),
        "till": Way("vault", "tills", tone="late1"),
        "pay-out": Way("money", "applications", "disbursable"),
        "newly-late": Way("warning-circle", "overdue", tone="late3"),
        "promise": Way("handshake", "overdue", tone="text2"),
        "meeting": Way("users-three", "meeting"),
        "visit": Way("map-trifold", "visits", tone="text2"),
    }
)


def title_of(line: Waiting) -> str:
    """What is to be done, in words."""
    many = line.count
    texts = {
        "sanction": ngettext("Sanction {count} application", "Sanction {count} applications", many),
        "enter": ngettext(
            "Go on with {count} application", "Go on with {count} applications", many
        ),
        "check": ngettext("Check {count} act of others", "Check {count} acts of others", many),
        "till": ngettext(
            "{count} till is near or over its cash limit",
            "{count} tills are near or over their cash limit",
            many,
        ),
        "pay-out": ngettext("Pay out {count} loan", "Pay out {count} loans", many),
        "newly-late": ngettext("{count} loan newly overdue", "{count} loans newly overdue", many),
        "promise": ngettext("{count} promise falls due", "{count} promises fall due", many),
        "meeting": ngettext("{count} centre meets today", "{count} centres meet today", many),
        "visit": ngettext("{count} visit today", "{count} visits today", many),
    }
    return texts[line.kind].format(count=count(many))


def detail_of(line: Waiting, currency: str) -> str:
    """Some of whom it is about, or how far it has come."""
    if line.kind == "promise":
        text = _("{kept} kept already, {open} to come")
        return text.format(kept=count(line.done), open=count(line.count - line.done))
    if line.kind == "visit":
        text = _("{done} done, {left} to go")
        return text.format(done=count(line.done), left=count(line.count - line.done))
    if line.kind == "meeting" and line.done:
        text = _("{done} booked, {left} to come")
        told = text.format(done=count(line.done), left=count(line.count - line.done))
        return f"{told} · {_named(line, currency)}" if line.names else told
    if line.kind == "till":
        said = [
            _("counter {counter}: {amount}").format(
                counter=name, amount=amount(minor, currency, trim=True)
            )
            for name, minor in line.names
        ]
        return ", ".join(said)
    if line.kind == "newly-late":
        return ", ".join(f"{name or DASH} {count(loans)}" for name, loans in line.names)
    return _named(line, currency)


def _named(line: Waiting, currency: str) -> str:
    return ", ".join(
        f"{name} {amount(minor, currency, trim=True)}" if minor else name
        for name, minor in line.names
    )


def waiting_table(today: date, currency: str) -> Table[Waiting]:
    """The list: `show_lines` fills it."""

    def what(line: Waiting) -> Cell:
        way = WAYS[line.kind]
        return Cell(
            title_of(line),
            strong=True,
            under=detail_of(line, currency),
            icon=way.icon,
            icon_tone=way.tone,
        )

    def age(line: Waiting) -> Cell:
        if line.since_on is None or line.kind == "newly-late":
            return Cell("")
        days = (today - line.since_on).days
        if days < VERY_OLD:
            return Cell("")
        words = ngettext("{count} day", "{count} days", days).format(count=count(days))
        return Cell(words, chip="late1", icon=CHIP_ICONS["late1"])

    def much(line: Waiting) -> Cell:
        minor = line.amount_minor
        return Cell(amount(minor, currency, trim=True) if minor else "")

    columns: tuple[Column[Waiting], ...] = (
        Column(title=_("What"), text=what, stretch=1),
        Column(title=_("Waiting"), text=age, leaves=1),
        Column(title=_("Amount"), text=much, numeric=True),
        Column(title=_("Open"), text=lambda _line: Cell("", icon="caret-right"), width=34),
    )
    model: RowsModel[Waiting] = RowsModel(columns, identity=lambda line: line.kind)
    empty = Empty(
        _("Nothing waits for you"),
        _("Applications, checks, promises and visits of the day will stand here."),
        icon_name="check-circle",
    )
    return Table(model, _("Waiting for you"), row_height="row_two_lines", header=False, empty=empty)
