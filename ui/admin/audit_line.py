"""One line of the audit log: what was asked and answered, with personal values masked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.roles import Permission
from app.queries.audit import ShowAuditLine
from app.rows.audit import AuditDetails, AuditField, AuditRow
from app.texts import _
from app.texts.command_labels import command_said
from app.texts.figures import amount, moment
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import row as card_row
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog
from ui.kit.empty import Empty
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, note

SHOWN_ROWS = 9


class AuditLineDialog(Dialog):
    """What a line says, value by value, and its place in the chain."""

    def __init__(self, parent: QWidget, station: Station, row: AuditRow) -> None:
        place = _("{moment} · counter {counter}, line {number}")
        said = place.format(
            moment=moment(station.local(row.at)), counter=row.counter or DASH, number=row.number
        )
        act = _("All lines about {number}").format(number=row.subject or DASH)
        title, keep = command_said(row.command), _("Close")
        super().__init__(parent, title, said, act=act, keep=keep, width=720)
        self.set_act_enabled(bool(row.subject))
        self._station = station
        self.model: RowsModel[AuditField] = RowsModel(
            _columns(), identity=lambda field: (field.path, field.value)
        )
        empty = Empty(_("It carried no values"), icon_name="list-dashes")
        self.table = Table(self.model, _("What the line says"), row_height="row_dense", empty=empty)
        self.table.keep_rows(SHOWN_ROWS)
        self.chained = note("", wrap=True)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.chained)
        self.decided.connect(lambda _values: self.finish())
        query = ShowAuditLine(station_id=row.station_id, number=row.number)
        station.desk.read(self, query, self._show, self.failed)

    def _show(self, details: AuditDetails) -> None:
        answered = [
            AuditField("→ " + field.path, field.value, field.masked, field.currency)
            for field in details.answered
        ]
        self.model.show([*details.asked, *answered])
        rows = ", ".join(f"{table} {count}" for table, count in details.rows) or DASH
        said = _("Rows written: {rows}\nSealed as {hash}, after {previous}")
        short = said.format(rows=rows, hash=details.hash[:16], previous=details.previous[:16])
        self.chained.setText(short)
        if details.entries and self._station.may(Permission.VIEW_BOOKS):
            self._offer_entry(details.entries[0])

    def _offer_entry(self, entry_id: int) -> None:
        """Lead to what the line booked."""

        def go() -> None:
            self.finish()
            self._station.router.go("books", entry_id=entry_id)

        text = _("Entry in the books")
        act = Action(name="entry", text=text, keys="Alt+B", icon="book-open-text", run=go)
        self.actions_.show([*self.actions_.all(), act])
        line = card_row(self.actions_.button("entry"))
        line.addStretch(1)
        self.content.addLayout(line)


def _columns() -> tuple[Column[AuditField], ...]:
    return (
        Column(title=_("Value"), text=lambda field: Cell(path_said(field.path), tone="text2")),
        Column(title=_("What it was"), text=_value, stretch=1),
    )


def _value(field: AuditField) -> Cell:
    if field.masked:
        said = field.value or _("erased")
        return Cell(said, tone="text3", icon="eye-slash", icon_tone="text3")
    if field.currency and field.value.lstrip("-").isdigit():
        return Cell(amount(int(field.value), field.currency, symbol=True))
    return Cell(field.value or DASH)


def path_said(path: str) -> str:
    """`grants.1.sanction_minor` as people read it: Grants 1, sanction."""
    parts = [named("field", _bare(part)) for part in path.split(".")]
    return " · ".join(part for part in parts if part)


def _bare(part: str) -> str:
    for ending in ("_minor", "_on", "_at", "_id"):
        part = part.removesuffix(ending)
    return part.replace("_", " ")
