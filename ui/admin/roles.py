"""What each role may do, in words: read only, the roles are part of the program."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.roles import PERMISSIONS_OF, Permission, Role
from app.texts import _
from app.texts.labels import name_of
from ui.admin.part import Part
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table

NOT_GRANTED = {Permission.ANONYMOUS, Permission.SYSTEM, Permission.SESSION}


@dataclass(frozen=True, slots=True)
class MayRow:
    """A permission, and the roles that hold it."""

    permission: Permission
    roles: frozenset[Role]


class RolesPart(Part):
    """A line for each thing that can be done, a column for each role."""

    def __init__(self, station: Station) -> None:
        said = _("Roles are given in People and roles. Up to which amount is said by the limits.")
        super().__init__(station, _("What roles may do"), said)
        self.model: RowsModel[MayRow] = RowsModel(_columns(), identity=lambda row: row.permission)
        self.table = Table(self.model, _("What roles may do"), row_height="row_dense")
        self.model.show(may_rows())
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addWidget(card, 1)

    def begin(self) -> None:
        super().begin()
        self.table.setFocus()


def may_rows() -> tuple[MayRow, ...]:
    """Every permission that a role can hold."""
    return tuple(
        MayRow(one, frozenset(role for role in Role if one in PERMISSIONS_OF[role]))
        for one in Permission
        if one not in NOT_GRANTED
    )


def _columns() -> tuple[Column[MayRow], ...]:
    first: Column[MayRow] = Column(
        title=_("May"), text=lambda row: Cell(name_of(row.permission)), stretch=1
    )
    return (first, *(_column(role) for role in Role))


def _column(role: Role) -> Column[MayRow]:
    def held(row: MayRow) -> Cell:
        if role in row.roles:
            return Cell(_("yes"), icon="check", icon_tone="ok", tone="text2")
        return Cell(_("no"), tone="text3")

    return Column(title=name_of(role), text=held, name=role.value)
