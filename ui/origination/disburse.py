"""Paying out a sanctioned loan: now and later, an old loan closed from it, what it will post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.origination import DisburseLoan, Mode
from app.domain.errors import KistError
from app.domain.roles import Permission
from app.queries.origination import PreviewDisbursement
from app.rows.origination import ApplicationView, ClosableLoan, DisbursementPreview
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import name_of
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.origination.disburse_panel import DisbursePanel
from ui.origination.later_parts import NAME as PARTS
from ui.origination.later_parts import parts_field
from ui.parts.later import Later

WIDE = 1240  # px at 100 %
CLOSES, FIRST = "closes_loan_id", "first_due_on"
NONE = 0  # no old loan is closed
# Where a refusal of the closing belongs on the form.
_FIELDS = {"closes_for_minor": CLOSES}


class DisburseDialog(Dialog):
    """Asks how it is paid out, and shows what becomes of the money before it goes."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: ApplicationView,
        preview: DisbursementPreview,
        closable: Sequence[ClosableLoan],
    ) -> None:
        self.station, self.view, self.preview = station, view, preview
        self.panel = DisbursePanel(preview.currency)
        self._asked = _fields(station, preview, closable)
        sub = _("{name} · the loan starts on {day}.").format(
            name=view.party.full_name, day=day(station.today)
        )
        super().__init__(
            parent,
            _("Disburse"),
            sub,
            act=self._verb(),
            fields=self._asked,
            width=WIDE,
            beside=self.panel,
        )
        self._later, self._wrong = Later(self, self.look), ""
        self.panel.show_preview(preview)
        if self.form is not None:
            self.form.edited.connect(self._on_edited)

    def look(self) -> None:
        """Ask what becomes of the money by what is filled in."""
        query = PreviewDisbursement(
            application_id=self.view.application_id,
            mode=self._value("mode") or Mode.BANK,
            first_due_on=self._value(FIRST),
            tranches=self._value(PARTS) or (),
            closes_loan_id=self._value(CLOSES) or None,
        )
        self.station.desk.read(self, query, self._shown, self._not_shown, slot="preview")

    def command(self, values: dict[str, Any]) -> DisburseLoan:
        """What the gate is asked: exactly what is shown."""
        closing = self.preview.closing
        return DisburseLoan(
            application_id=self.view.application_id,
            version=self.view.version,
            mode=values["mode"],
            reference=values["reference"] or "",
            first_due_on=values.get(FIRST),
            tranches=values.get(PARTS) or (),
            closes_loan_id=None if closing is None else closing.loan_id,
            closes_for_minor=0 if closing is None else closing.total_minor,
        )

    def failed(self, error: Exception) -> None:
        super().failed(_placed(error))

    def _value(self, name: str) -> Any:
        asked = self.form is not None and any(field.name == name for field in self._asked)
        return self.form.value(name) if asked and self.form is not None else None

    def _on_edited(self, name: str) -> None:
        if name == "reference":
            return
        if self._wrong and self.form is not None:
            self.form.box(self._wrong).show_error("")
            self._wrong = ""
        self.panel.set_stale(True)
        if name != "mode":  # what goes into the hand is shown before it goes
            self.set_act_enabled(False)
        self._later.want()

    def _shown(self, preview: DisbursementPreview) -> None:
        self.preview = preview
        self.panel.show_preview(preview)
        self.set_act_text(self._verb())
        self.set_act_enabled(True)

    def _not_shown(self, error: Exception) -> None:
        placed = _placed(error)
        field = placed.field if isinstance(placed, KistError) else ""
        if self.form is not None and any(one.name == field for one in self._asked):
            self.form.box(field).show_error(spoken(placed))
            self._wrong = field
            return
        self.banner.say(spoken(placed))

    def _verb(self) -> str:
        preview = self.preview
        net = amount(preview.paid_out_minor, preview.currency, symbol=True, trim=True)
        return _("Pay out {amount}").format(amount=net)


def _placed(error: Exception) -> Exception:
    """The refusal at the field of the form that it belongs to."""
    if isinstance(error, KistError) and error.field in _FIELDS:
        error.field = _FIELDS[error.field]
    return error


def _fields(
    station: Station, preview: DisbursementPreview, closable: Sequence[ClosableLoan]
) -> Sequence[Field]:
    """How it is paid out; what the statement has fixed is not asked again."""
    fields = [
        Field(
            name="mode",
            label=_("Paid out by"),
            kind=Kind.ONE_OF,
            choices=[(mode, name_of(mode)) for mode in Mode],
            value=Mode.BANK,
            span=2,
        ),
        Field(
            name="reference",
            label=_("Reference"),
            optional=True,
            hint=_("of the transfer or cheque"),
            length=120,
            span=2,
        ),
    ]
    if closable and station.may(Permission.LOAN_FORECLOSE):
        fields.append(_closing_field(closable))
    if not preview.disclosed:
        first = Field(
            name=FIRST,
            label=_("First instalment due"),
            kind=Kind.DATE,
            today=station.today,
            value=preview.first_due_on,
            optional=True,
            span=2,
        )
        fields += [first, parts_field(preview.currency, station.today)]
    return fields


def _closing_field(closable: Sequence[ClosableLoan]) -> Field:
    def words(loan: ClosableLoan) -> str:
        return _("{number} for {sum}").format(
            number=loan.number, sum=amount(loan.asks_minor, loan.currency, symbol=True, trim=True)
        )

    none = (NONE, _("None"))
    return Field(
        name=CLOSES,
        label=_("Closes an old loan"),
        kind=Kind.CHOICE,
        choices=[none, *((loan.loan_id, words(loan)) for loan in closable)],
        value=NONE,
        hint=_("Its money is kept back, and the old loan gets a receipt."),
        span=2,
    )
