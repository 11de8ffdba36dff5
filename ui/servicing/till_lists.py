"""The lists of the till: what moved today, sessions before, and all tills of the branch."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.till import Filling, TillKind, TillState
from app.rows.tills import OfficerCash, TillFigures, TillMoveRow, TillSession
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH
from ui.servicing.till_count import difference_words

STATES = {TillState.OPEN: "ok", TillState.CLOSED: "neutral", TillState.COUNTED: "due"}
ICONS = {TillState.OPEN: "lock-open", TillState.CLOSED: "lock-simple", TillState.COUNTED: "clock"}
_OUT = (TillKind.OUT, TillKind.GIVE)


def _money(minor: int | None, currency: str) -> str:
    return DASH if minor is None else amount(minor, currency, trim=True)


def moves_table(station: Station) -> Table[TillMoveRow]:
    """What was counted and moved today, the latest first."""
    columns: tuple[Column[TillMoveRow], ...] = (
        Column(title=_("Time"), text=lambda one: f"{station.local(one.at):%H:%M}"),
        Column(title=_("What"), text=lambda one: Cell(what_of(one), strong=True)),
        Column(title=_("Why"), text=lambda one: Cell(why_of(one), tone="text2"), stretch=1),
        Column(title=_("By"), text=by_of, leaves=1),
        Column(
            title=_("Amount"),
            text=lambda one: Cell(
                amount(signed(one), one.currency, trim=True),
                tone="text2" if one.kind in (TillKind.OPEN, TillKind.CLOSE) else "text",
            ),
            numeric=True,
        ),
    )
    model: RowsModel[TillMoveRow] = RowsModel(columns, identity=lambda one: one.move_id)
    empty = Empty(
        _("Nothing counted or moved today"),
        _("Openings, closings, cash in and out stand here, the latest first."),
        icon_name="vault",
    )
    return Table(model, _("Today"), row_height="row_dense", empty=empty)


def sessions_table(station: Station) -> Table[TillSession]:
    """From opening to closing, the newest first."""
    columns: tuple[Column[TillSession], ...] = (
        Column(title=_("Day"), text=lambda one: day(one.day_on)),
        Column(title=_("From to"), text=lambda one: _hours(station, one), leaves=2),
        Column(
            title=_("Opened with"),
            text=lambda one: _money(one.opening_minor, one.currency),
            numeric=True,
            leaves=1,
        ),
        Column(
            title=_("In"), text=lambda one: _money(one.received_minor, one.currency), numeric=True
        ),
        Column(title=_("Out"), text=lambda one: _money(one.paid_minor, one.currency), numeric=True),
        Column(
            title=_("Counted"),
            text=lambda one: _money(one.counted_minor, one.currency),
            numeric=True,
        ),
        Column(title=_("Difference"), text=_difference),
    )
    model: RowsModel[TillSession] = RowsModel(columns, identity=lambda one: one.open_id)
    empty = Empty(
        _("This till was never opened"),
        _("From its first opening on it takes cash only while it is open."),
        icon_name="vault",
    )
    return Table(model, _("Sessions"), row_height="row_dense", empty=empty)


def tills_table(station: Station) -> Table[TillFigures]:
    """Every counter's till."""
    columns: tuple[Column[TillFigures], ...] = (
        Column(title=_("Counter"), text=lambda one: Cell(one.counter, strong=True)),
        Column(title=_("State"), text=state_cell),
        Column(title=_("By"), text=lambda one: one.cashier or DASH, stretch=1),
        Column(
            title=_("Since"),
            text=lambda one: DASH if one.since is None else f"{station.local(one.since):%H:%M}",
            leaves=2,
        ),
        Column(
            title=_("Expected"),
            text=lambda one: _money(one.expected_minor, one.currency),
            numeric=True,
        ),
        Column(
            title=_("Limit"),
            text=lambda one: _money(one.cash_limit_minor, one.currency),
            numeric=True,
            leaves=1,
        ),
        Column(title=_("Filling"), text=filling_cell),
        Column(
            title=_("Counted"),
            text=lambda one: _money(one.counted_minor, one.currency),
            numeric=True,
        ),
        Column(title=_("Difference"), text=_found),
    )
    model: RowsModel[TillFigures] = RowsModel(columns, identity=lambda one: one.counter)
    return Table(model, _("Tills"))


def officers_table() -> Table[OfficerCash]:
    """What officers collected and did not hand in yet."""
    columns: tuple[Column[OfficerCash], ...] = (
        Column(title=_("Officer"), text=lambda one: one.name, stretch=1),
        Column(
            title=_("Not handed in"),
            text=lambda one: amount(one.amount_minor, one.currency, trim=True),
            numeric=True,
        ),
    )
    model: RowsModel[OfficerCash] = RowsModel(columns, identity=lambda one: one.officer_id)
    empty = Empty(
        _("No field cash is open"),
        _("Cash of receipts that officers collected stands here until it is counted."),
        icon_name="motorcycle",
    )
    return Table(model, _("Field cash"), row_height="row_dense", empty=empty)


def way_table() -> Table[TillMoveRow]:
    """Cash on its way between counters."""
    columns: tuple[Column[TillMoveRow], ...] = (
        Column(title=_("Slip"), text=lambda one: one.number, stretch=1),
        Column(
            title=_("Way"),
            text=lambda one: _("{one} to {other}").format(one=one.counter, other=one.to_counter),
        ),
        Column(
            title=_("Amount"),
            text=lambda one: amount(one.amount_minor, one.currency, trim=True),
            numeric=True,
        ),
    )
    model: RowsModel[TillMoveRow] = RowsModel(columns, identity=lambda one: one.move_id)
    empty = Empty(
        _("No cash on its way"),
        _("What one counter gave and the other did not take yet stands here."),
        icon_name="swap",
    )
    return Table(model, _("On its way"), row_height="row_dense", empty=empty)


def signed(one: TillMoveRow) -> int:
    """What a movement did to the till."""
    return -one.amount_minor if one.kind in _OUT else one.amount_minor


def what_of(one: TillMoveRow) -> str:
    """What a count or movement is called."""
    return named("till-kind", one.kind.value)


def why_of(one: TillMoveRow) -> str:
    """Where the cash came from or went, and why."""
    where = one.account_title if one.kind in (TillKind.IN, TillKind.OUT, TillKind.FIELD) else ""
    if one.kind is TillKind.GIVE:
        where = _("counter {counter}").format(counter=one.to_counter)
    told = [part for part in (where, one.payee, one.reason) if part]
    return " · ".join(told) or DASH


def by_of(one: TillMoveRow) -> str:
    """Who did it, and who let it happen."""
    if not one.checker:
        return one.by
    return _("{name}, with {checker}").format(name=one.by, checker=one.checker)


def state_cell(one: TillFigures) -> Cell:
    """Open or closed, or never used."""
    if not one.used:
        return Cell(_("not used yet"), tone="text2")
    return Cell(named("till-state", one.state.value), chip=STATES[one.state], icon=ICONS[one.state])


def filling_cell(one: TillFigures) -> Cell:
    """How near the limit the cash is."""
    words = {Filling.NEAR: (_("near the limit"), "late1"), Filling.OVER: (_("over it"), "bad")}
    if one.filling not in words:
        return Cell(DASH, tone="text3")
    text, tone = words[one.filling]
    return Cell(text, chip=tone, icon="warning-circle")


def _found(one: TillFigures) -> Cell:
    return _differs(one.difference_minor, one.currency)


def _difference(one: TillSession) -> Cell:
    if one.counted_minor is None:
        return Cell(_("open"), tone="text2")
    return _differs(one.difference_minor, one.currency)


def _differs(difference: int | None, currency: str) -> Cell:
    if difference is None:
        return Cell(DASH, tone="text3")
    text, tone = difference_words(difference, currency)
    return Cell(text, tone="text2") if not difference else Cell(text, chip=tone)


def _hours(station: Station, one: TillSession) -> str:
    began = f"{station.local(one.opened_at):%H:%M}"
    if one.closed_at is None:
        return began
    return f"{began}\u2013{station.local(one.closed_at):%H:%M}"


def rows_of(rows: Sequence[TillMoveRow]) -> str:
    """What is on its way, in one line."""
    return ", ".join(amount(one.amount_minor, one.currency, trim=True) for one in rows)
