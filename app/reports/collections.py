"""Money received over a day or a period, receipt by receipt."""

from __future__ import annotations

from app.reports import Chart, Kind, Report, ReportColumn
from app.texts import N_

COLLECTIONS = Report(
    name="collections",
    title=N_("Collections"),
    definition=N_(
        "Receipts booked in the period with what each was set against. A receipt that was reversed"
        " in the period counts nothing; one reversed after its own period is taken off here."
    ),
    columns=(
        ReportColumn("on", N_("Date"), Kind.DATE, width=11),
        ReportColumn("time", N_("Time"), width=6),
        ReportColumn("number", N_("Receipt"), width=17),
        ReportColumn("borrower", N_("Borrower"), width=18),
        ReportColumn("loan_number", N_("Loan"), width=14),
        ReportColumn("officer", N_("Officer"), width=14),
        ReportColumn("mode", N_("Mode"), width=9),
        ReportColumn("amount_minor", N_("Received"), Kind.MONEY, total=True),
        ReportColumn("principal_minor", N_("Principal"), Kind.MONEY, total=True),
        ReportColumn("interest_minor", N_("Interest"), Kind.MONEY, total=True),
        ReportColumn("charge_minor", N_("Charges"), Kind.MONEY, total=True),
        ReportColumn("penalty_minor", N_("Penal charges"), Kind.MONEY, total=True),
        ReportColumn("excess_minor", N_("Excess"), Kind.MONEY, total=True),
        ReportColumn("state", N_("State"), width=13),
    ),
    chart=Chart(N_("Received by officer"), by="officer", value="amount_minor"),
)
