"""What is done to an application: every command of its way, asked with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.checks import AcceptCheck, CheckClosed, DeclineCheck
from app.commands.origination import (
    ApplicationChanged,
    DecideApplication,
    IdentityShown,
    LoanDisbursed,
    RejectApplication,
    SanctionApplication,
    ShowIdentity,
    VerifyApplication,
    WithdrawApplication,
)
from app.queries.origination import LoansToClose, PreviewDisbursement
from app.queries.papers import SanctionForPaper
from app.queries.servicing import VoucherForPaper
from app.rows.act_papers import VoucherPaper
from app.rows.admin import ProductRow
from app.rows.loan_papers import SanctionPaper
from app.rows.origination import ApplicationView, ClosableLoan, DisbursementPreview
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.dialog import Dialog
from ui.kit.messages import spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import LETTER, SCHEDULE
from ui.kit.screen_context import Station
from ui.origination.dialogs import reason_dialog, sanction_dialog
from ui.origination.disburse import DisburseDialog
from ui.origination.facts import product_rate, rate_text

R = TypeVar("R")


class Acts(QObject):
    """Asks for changes of one application on behalf of a screen."""

    done = Signal()  # something changed: read again
    failed = Signal(object)
    disbursed = Signal(object)  # the id of the loan, which is wider than an int of Qt

    def __init__(self, station: Station, parent: QWidget) -> None:
        super().__init__(parent)
        self._station, self._parent = station, parent
        self._busy = False

    def verify(self, view: ApplicationView) -> None:
        """A person has looked at borrower and papers."""
        self._ask(VerifyApplication(application_id=view.application_id, version=view.version))

    def decide(self, view: ApplicationView) -> None:
        """Run the rules."""
        self._ask(DecideApplication(application_id=view.application_id, version=view.version))

    def accept(self, view: ApplicationView) -> None:
        """Let the sanction happen, as a second person."""
        if view.check_id is not None:
            self._ask(AcceptCheck(check_id=view.check_id, version=view.check_version))

    def decline(self, view: ApplicationView) -> None:
        """Say no to the sanction that waits, with a reason."""
        check_id = view.check_id
        if check_id is None:
            return
        said = _("The sanction does not happen; the application stays decided.")
        dialog = reason_dialog(self._parent, _("Decline the sanction"), _("Decline"), said)
        self._run_dialog(
            dialog,
            lambda values: DeclineCheck(
                check_id=check_id, version=view.check_version, reason=values["reason"]
            ),
            self._closed,
        )

    def reject(self, view: ApplicationView) -> None:
        """Reject with a reason."""
        said = _("{number} ends here. A new application can be entered later.")
        dialog = reason_dialog(
            self._parent, _("Reject"), _("Reject"), said.format(number=view.number)
        )
        self._run_dialog(
            dialog,
            lambda values: RejectApplication(
                application_id=view.application_id, version=view.version, reason=values["reason"]
            ),
            self._changed,
        )

    def withdraw(self, view: ApplicationView) -> None:
        """The borrower does not want it any more."""
        said = _("{number} ends here at the borrower's wish.").format(number=view.number)
        dialog = reason_dialog(self._parent, _("Withdraw"), _("Withdraw"), said)
        self._run_dialog(
            dialog,
            lambda values: WithdrawApplication(
                application_id=view.application_id, version=view.version, reason=values["reason"]
            ),
            self._changed,
        )

    def sanction(self, view: ApplicationView, product: ProductRow | None) -> None:
        """Ask what is sanctioned; above the own limit a checker is asked."""
        rate = None if product is None else product_rate(product)
        dialog = sanction_dialog(self._parent, view, rate)
        self._run_dialog(
            dialog,
            lambda values: SanctionApplication(
                application_id=view.application_id,
                version=view.version,
                amount_minor=values["amount_minor"],
                instalments=values["instalments"],
                annual_rate=rate_text(values["annual_rate"]),
                override_reason=values["override_reason"],
            ),
            self._changed,
        )

    def disburse(self, view: ApplicationView) -> None:
        """Look at what it would do, ask how it is paid out, pay it out."""
        desk, application_id = self._station.desk, view.application_id

        def ask(preview: DisbursementPreview, closable: tuple[ClosableLoan, ...]) -> None:
            dialog = DisburseDialog(self._parent, self._station, view, preview, closable)
            self._run_dialog(dialog, dialog.command, self._paid_out)

        def with_preview(preview: DisbursementPreview) -> None:
            loans = LoansToClose(application_id=application_id)
            desk.read(self, loans, partial(ask, preview), self.failed.emit, slot="disburse")

        query = PreviewDisbursement(application_id=application_id)
        desk.read(self, query, with_preview, self.failed.emit, slot="disburse")

    def show_identity(self, view: ApplicationView, kind: str) -> None:
        """Show an identity number in full; that is written down."""

        def show(shown: IdentityShown) -> None:
            self._station.say(f"{named('identity-kind', kind)}: {shown.value}")

        desk = self._station.desk
        command = ShowIdentity(party_id=view.party_id, kind=kind)
        desk.ask(self, command, desk.key(), show, self.failed.emit)

    def _ask(self, command: Command[R]) -> None:
        """Ask once: a second press does nothing until the answer is there."""
        if self._busy:
            return
        self._busy = True
        desk = self._station.desk
        desk.ask(self, command, desk.key(), self._answered, self._refused)

    def _answered(self, answer: object) -> None:
        self._busy = False
        if isinstance(answer, ApplicationChanged):
            self._changed(answer)
        elif isinstance(answer, CheckClosed):
            self._closed(answer)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)

    def _changed(self, answer: ApplicationChanged) -> None:
        if answer.check_id is not None:
            self._station.say(_("Above your limit: a checker is asked"))
        else:
            stage = named("stage", answer.stage)
            self._station.say(_("Stage is now: {stage}").format(stage=stage))
        self.done.emit()

    def _closed(self, answer: CheckClosed) -> None:
        accepted = answer.state == "accepted"
        self._station.say(_("Sanction accepted") if accepted else _("Sanction declined"))
        self.done.emit()

    def _paid_out(self, answer: LoanDisbursed) -> None:
        net = amount(answer.paid_out_minor, answer.currency, symbol=True, trim=True)
        said = _("{amount} paid out as loan {number}")
        self._station.say(said.format(amount=net, number=answer.number))
        self.done.emit()
        self._show_voucher(answer)
        self.disbursed.emit(answer.loan_id)

    def letter(self, view: ApplicationView) -> None:
        """Show the sanction letter as it is printed."""
        over, station = self._parent.window(), self._station

        def show(paper: SanctionPaper) -> None:
            PaperDialog(over, station, _("Sanction letter"), paper, LETTER, view.number).open()

        def tell(error: Exception) -> None:
            station.say(spoken(error))

        query = SanctionForPaper(application_id=view.application_id)
        station.desk.read(over, query, show, tell, slot="paper")

    def _show_voucher(self, answer: LoanDisbursed) -> None:
        """The voucher to be signed for the money, over whatever is shown by then."""
        over, station = self._parent.window(), self._station

        def show(paper: VoucherPaper) -> None:
            PaperDialog(over, station, _("Voucher"), paper, SCHEDULE, answer.number).open()

        def tell(error: Exception) -> None:
            station.say(spoken(error))

        station.desk.read(over, VoucherForPaper(loan_id=answer.loan_id), show, tell)

    def _run_dialog(
        self,
        dialog: Dialog,
        command: Callable[[dict[str, Any]], Command[R]],
        then: Callable[[R], None],
    ) -> None:
        """Open a dialog; each try that was refused and changed gets a key of its own."""
        desk, keys = self._station.desk, [self._station.desk.key()]
        if dialog.form is not None:
            dialog.form.edited.connect(lambda _name: keys.__setitem__(0, desk.key()))

        def finished(answer: R) -> None:
            dialog.finish()
            then(answer)

        def decided(values: dict[str, Any]) -> None:
            desk.ask(dialog, command(values), keys[0], finished, dialog.failed)

        dialog.decided.connect(decided)
        dialog.open()
