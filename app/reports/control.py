"""What somebody should look at: cash beyond its limits, and acts out of the ordinary."""

from __future__ import annotations

from app.reports import NAME, Kind, Report, ReportColumn, Section
from app.reports.columns import BORROWER, ON
from app.texts import N_

CASH = Report(
    name="cash",
    title=N_("Cash exceptions"),
    definition=N_(
        "Cash taken from one person on one day at or above the law's limit, cash paid out to one"
        " person on one day at or above its own, cash receipts that were reversed in the period,"
        " differences that counts of tills found, and field cash that was not handed in whole."
    ),
    columns=(
        ON,
        ReportColumn("what", N_("Exception"), width=26),
        ReportColumn(NAME, N_("Number"), width=17),
        BORROWER,
        ReportColumn("who", N_("By"), width=17),
        ReportColumn("amount_minor", N_("Amount"), Kind.MONEY, width=17),
        ReportColumn("limit_minor", N_("Limit"), Kind.MONEY),
        ReportColumn("note", N_("Rule or reason"), width=44),
    ),
    section=Section.CONTROL,
    pack=("",),
)

AUDIT = Report(
    name="audit",
    title=N_("Audit exceptions"),
    definition=N_(
        "Acts of the period out of the ordinary: what was reversed, booked for an earlier day,"
        " waived, sanctioned against the decision, printed again, done above somebody's limit with"
        " a second person, refused for a limit, and sign-ins that failed."
    ),
    columns=(
        ON,
        ReportColumn("time", N_("Time"), width=7),
        ReportColumn("what", N_("Exception"), width=24),
        ReportColumn(NAME, N_("Number"), width=17),
        BORROWER,
        ReportColumn("who", N_("By"), width=17),
        ReportColumn("amount_minor", N_("Amount"), Kind.MONEY, width=17),
        ReportColumn("note", N_("Reason or detail"), width=46),
    ),
    section=Section.CONTROL,
    pack=("",),
)
