"""People and roles: who works here, what they may do and up to which amount."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.roles import Role
from app.queries.admin import ListUsers
from app.rows.admin import UserRow
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import name_of
from ui.admin.part import Part
from ui.admin.user_dialog import UserDialog
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH


class UsersPart(Part):
    """The list of people; Enter changes one."""

    def __init__(self, station: Station) -> None:
        said = _("Roles say what somebody may do; limits say up to which amount without a second.")
        super().__init__(station, _("People and roles"), said)
        self.action_set.show(
            [
                Action(
                    name="add", text=_("Add a person"), keys="Alt+N", icon="user-plus", run=self.add
                )
            ]
        )
        self.head.addWidget(self.action_set.button("add", "primary"))
        self.model: RowsModel[UserRow] = RowsModel(
            _columns(station), identity=lambda row: row.user_id
        )
        self.table = Table(self.model, _("People"), row_height="row_two_lines")
        self.table.opened.connect(self.change)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addWidget(card, 1)

    def begin(self) -> None:
        super().begin()
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.read(self, ListUsers(), self.model.show, self.failed, slot="users")

    def add(self) -> None:
        """Ask for a new person."""
        UserDialog(self, self.station, None).open()

    def change(self, row: UserRow) -> None:
        """Change a person."""
        UserDialog(self, self.station, row).open()


def _columns(station: Station) -> Sequence[Column[UserRow]]:
    currency = station.currency

    def limits(row: UserRow) -> Cell:
        if not row.grants:
            return Cell(DASH)
        grant = row.grants[0]
        sums = (grant.sanction_minor, grant.disburse_minor, grant.reverse_minor)
        texts = [amount(minor, currency, trim=True) if minor else DASH for minor in sums]
        return Cell(" · ".join(texts), tone="text2")

    def last(row: UserRow) -> Cell:
        if row.last_sign_in_at is None:
            return Cell(_("never"), tone="text3")
        return Cell(day(station.local(row.last_sign_in_at).date()), tone="text2")

    return (
        Column(
            title=_("Name"),
            text=lambda row: Cell(row.full_name, strong=True, under=row.login),
            sort=lambda row: row.full_name.casefold(),
            stretch=2,
        ),
        Column(title=_("Roles"), text=lambda row: Cell(roles_of(row)), stretch=1),
        Column(title=_("Sanction · disburse · reverse up to"), text=limits, numeric=True, leaves=2),
        Column(title=_("Last sign-in"), text=last, leaves=1),
        Column(title=_("State"), text=_state),
    )


def roles_of(row: UserRow) -> str:
    """The roles in words."""
    held: list[Role] = [grant.role for grant in row.grants]
    return ", ".join(dict.fromkeys(name_of(role) for role in held)) or DASH


def _state(row: UserRow) -> Cell:
    if row.active:
        return Cell(_("active"), chip="ok", icon="check-circle")
    return Cell(_("may not sign in"), chip="neutral", icon="prohibit")
