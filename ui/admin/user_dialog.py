"""Adding a person, or changing one: name, roles, limits, password, whether to sign in at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.users import GrantFacts, SaveUser, UserSaved
from app.domain.errors import ValueRefused
from app.domain.roles import Role
from app.rows.admin import UserRow
from app.texts import _
from app.texts.labels import name_of
from ui.admin.limit_words import limit_meaning
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind, Section
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop

BEGINNING = date(2000, 1, 1)  # the first day of a grant without one
LIMITS = ("sanction_minor", "disburse_minor", "reverse_minor", "waive_minor")
# Empty ones follow an older limit, as the roles say.
LATER_LIMITS = (
    "charge_minor",
    "refund_minor",
    "foreclose_minor",
    "rate_minor",
    "reschedule_minor",
    "write_off_minor",
    "take_over_minor",
    "restate_minor",
    "journal_minor",
)


class UserDialog(Dialog):
    """One person. The password may stay as it is when somebody is changed."""

    def __init__(self, parent: QWidget, station: Station, row: UserRow | None) -> None:
        title = _("Add a person") if row is None else row.full_name
        act = _("Add") if row is None else _("Save")
        super().__init__(
            parent,
            title,
            act=act,
            fields=_sections(station.currency, station.today, row),
            width=760,
        )
        self._station, self._row, self._key = station, row, station.desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        program = self._station.program

        def job(_stop: Stop, _report: Report) -> SaveUser:
            typed = values["password"]
            made = program.hashed(typed) if typed else ""
            return self._command(values, made)

        self._station.desk.work(self, job, self._save, self.failed)

    def _command(self, values: dict[str, Any], password_hash: str) -> SaveUser:
        held = [role for role in Role if values[f"is_{role.value}"]]
        if not held:
            raise ValueRefused(field="is_cashier", why="no-role")
        return SaveUser(
            user_id=None if self._row is None else self._row.user_id,
            version=0 if self._row is None else self._row.version,
            full_name=values["full_name"],
            login=values["login"],
            grants=tuple(self._grant(role, values) for role in held),
            active=values["active"],
            password_hash=password_hash,
        )

    def _grant(self, role: Role, values: dict[str, Any]) -> GrantFacts:
        """The grant held until now keeps its days; limits are one set for all roles."""
        earlier = [] if self._row is None else [g for g in self._row.grants if g.role is role]
        kept = earlier[0] if earlier else GrantFacts(role=role)
        return replace(
            kept,
            from_on=values[f"from_{role.value}"] or BEGINNING,
            to_on=values[f"to_{role.value}"],
            sanction_minor=values["sanction_minor"] or 0,
            disburse_minor=values["disburse_minor"] or 0,
            reverse_minor=values["reverse_minor"] or 0,
            waive_minor=values["waive_minor"] or 0,
            backdate_days=values["backdate_days"] or 0,
            **{name: values[name] for name in LATER_LIMITS},
        )

    def _save(self, command: SaveUser) -> None:
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, _answer: UserSaved) -> None:
        self.finish()
        self._station.say(_("Saved"))

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        if getattr(error, "field", "") == "grants":
            error.field = "is_cashier"  # type: ignore[attr-defined]  # its place on this form
        self.failed(error)


def _sections(currency: str, today: date, row: UserRow | None) -> list[Section]:
    return [
        Section(fields=_who(row)),
        Section(
            title=_("Roles, and from which day to which"), fields=_roles(row, today), columns=3
        ),
        Section(
            title=_("Limits, without a second person"),
            fields=_limits(currency, row),
            columns=1,
            beside=True,
        ),
    ]


def _who(row: UserRow | None) -> list[Field]:
    keeps = _("Empty keeps the password as it is") if row is not None else ""
    return [
        Field(name="full_name", label=_("Name"), value=row and row.full_name, length=120),
        Field(
            name="login",
            label=_("Name to sign in"),
            value=row and row.login,
            length=40,
            hint=_("letters, digits and dots"),
        ),
        Field(
            name="password",
            label=_("Password"),
            kind=Kind.PASSWORD,
            optional=row is not None,
            hint=keeps,
        ),
        Field(
            name="active",
            label=_("May sign in"),
            kind=Kind.CHECK,
            value=True if row is None else row.active,
        ),
    ]


def _roles(row: UserRow | None, today: date) -> list[Field]:
    held = {} if row is None else {grant.role: grant for grant in row.grants}
    return [field for role in Role for field in _role(role, held.get(role), today)]


def _role(role: Role, grant: GrantFacts | None, today: date) -> list[Field]:
    """Whether the role is held, and its days; empty ones are from the beginning and for good."""
    name, held = role.value, grant is not None
    from_on = None if grant is None or grant.from_on == BEGINNING else grant.from_on
    to_on = None if grant is None else grant.to_on
    days = ((f"from_{name}", _("From"), from_on), (f"to_{name}", _("To"), to_on))
    return [
        Field(name=f"is_{name}", label=name_of(role), kind=Kind.CHECK, value=held),
        *(
            Field(name=field, label=label, kind=Kind.DATE, today=today, value=on, optional=True)
            for field, label, on in days
        ),
    ]


def _limits(currency: str, row: UserRow | None) -> list[Field]:
    first = row.grants[0] if row is not None and row.grants else None
    labels = (
        _("Sanction up to"),
        _("Disburse up to"),
        _("Reverse up to"),
        _("Waive up to"),
        _("Charge up to"),
        _("Refund up to"),
        _("Close early up to"),
        _("Change the rate up to"),
        _("Reschedule up to"),
        _("Write off up to"),
        _("Take over up to"),
        _("Correct terms up to"),
        _("Write vouchers up to"),
    )
    fields = [
        Field(
            name=name,
            label=label,
            kind=Kind.MONEY,
            currency=currency,
            value=getattr(first, name, 0 if name in LIMITS else None),
            optional=True,
            hint=limit_meaning(name),
        )
        for name, label in zip((*LIMITS, *LATER_LIMITS), labels, strict=True)
    ]
    days = Field(
        name="backdate_days",
        label=_("Days back that may be booked"),
        kind=Kind.INT,
        least=0,
        most=365,
        value=getattr(first, "backdate_days", 0),
        optional=True,
        hint=limit_meaning("backdate_days"),
    )
    return [*fields, days]
