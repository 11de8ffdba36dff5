"""What each command did, in words, as the audit log says it."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_, _

COMMANDS: Mapping[str, str] = {
    "account.save": N_("Account saved"),
    "act.propose": N_("Act handed to a second person"),
    "application.decide": N_("Decision run"),
    "application.enter": N_("Application entered"),
    "application.reject": N_("Application rejected"),
    "application.revise": N_("Application revised"),
    "application.sanction": N_("Application sanctioned"),
    "application.verify": N_("Application verified"),
    "application.withdraw": N_("Application withdrawn"),
    "backup.note": N_("Backup made"),
    "backup.tried": N_("Backup tried by restoring it aside"),
    "branch.calendar": N_("Holidays and days off changed"),
    "branch.open": N_("Branch founded"),
    "branch.save": N_("Branch changed"),
    "check.accept": N_("Confirmed as second person"),
    "check.decline": N_("Declined as second person"),
    "day.close": N_("Day closed"),
    "day.open": N_("Day opened"),
    "document.attach": N_("Document attached"),
    "group.save": N_("Group saved"),
    "identity.show": N_("Identity number looked at"),
    "key-facts.acknowledge": N_("Key fact statement acknowledged"),
    "key-facts.issue": N_("Key fact statement issued"),
    "loan.change-rate": N_("Rate changed"),
    "loan.charge": N_("Charge levied"),
    "loan.disburse": N_("Loan disbursed"),
    "loan.disburse-tranche": N_("Next part paid out"),
    "loan.foreclose": N_("Loan closed early"),
    "loan.propose-take-over": N_("Take-over proposed"),
    "loan.quote-foreclosure": N_("Early closure quoted"),
    "loan.recover": N_("Recovery taken"),
    "loan.refund": N_("Excess refunded"),
    "loan.reschedule": N_("Loan rescheduled"),
    "loan.restate": N_("Terms corrected"),
    "loan.reverse": N_("Act on a loan reversed"),
    "loan.take-over": N_("Loan taken over"),
    "loan.take-over-file": N_("File of loans taken over"),
    "loan.waive": N_("Dues waived"),
    "loan.write-off": N_("Loan written off"),
    "meeting.take": N_("Centre meeting taken"),
    "papers.settings": N_("Look of the papers changed"),
    "password.reset": N_("Password reset by the recovery code"),
    "password.set": N_("Password changed"),
    "product.save": N_("Product saved"),
    "promise.cancel": N_("Promise cancelled"),
    "promise.make": N_("Promise taken"),
    "receipt.post": N_("Receipt taken"),
    "receipt.print": N_("Receipt printed"),
    "receipt.reverse": N_("Receipt reversed"),
    "recovery.confirm": N_("Recovery code confirmed"),
    "report.export": N_("Rows saved as a file"),
    "session.sign-in": N_("Sign-in"),
    "session.sign-out": N_("Sign-out"),
    "station.join": N_("PC joined the shared database"),
    "station.key": N_("Key for receipts registered"),
    "station.register": N_("Station registered"),
    "station.renew-key": N_("Key for receipts renewed"),
    "user.save": N_("Person saved"),
    "visit.order": N_("Visits put in order"),
    "visit.plan": N_("Visits planned"),
    "visit.record": N_("Visit recorded"),
}


def command_said(name: str) -> str:
    """What a command did; one of another version is shown by its name."""
    return _(COMMANDS[name]) if name in COMMANDS else name
