"""Late loans on a day, aged, with the two rates that are often taken for one another."""

from __future__ import annotations

from app.reports import Chart, Kind, Report, ReportColumn
from app.texts import N_

BUCKET_COLUMNS = ("b1_30_minor", "b31_60_minor", "b61_90_minor", "b91_180_minor", "b180_minor")

OVERDUE = Report(
    name="overdue",
    title=N_("Overdue and ageing"),
    definition=N_(
        "Loans with anything unpaid that fell due before the day, by the days since the oldest"
        " unpaid due date. Both rates are of all outstanding: the arrears rate counts overdue"
        " principal alone, PAR-30 the whole outstanding of loans more than 30 days late."
    ),
    columns=(
        ReportColumn("loan_number", N_("Loan"), width=14),
        ReportColumn("borrower", N_("Borrower"), width=20),
        ReportColumn("village", N_("Village"), width=13),
        ReportColumn("officer", N_("Officer"), width=14),
        ReportColumn("dpd", N_("Days late"), Kind.INT, width=8),
        ReportColumn("asset_class", N_("Class"), width=9),
        ReportColumn("arrears_minor", N_("Overdue"), Kind.MONEY, total=True),
        ReportColumn("b1_30_minor", N_("1\u201330 days"), Kind.MONEY, total=True),
        ReportColumn("b31_60_minor", N_("31\u201360 days"), Kind.MONEY, total=True),
        ReportColumn("b61_90_minor", N_("61\u201390 days"), Kind.MONEY, total=True),
        ReportColumn("b91_180_minor", N_("91\u2013180 days"), Kind.MONEY, total=True),
        ReportColumn("b180_minor", N_("Over 180 days"), Kind.MONEY, total=True),
        ReportColumn("outstanding_minor", N_("Outstanding"), Kind.MONEY, total=True),
        ReportColumn("last_paid_on", N_("Last paid"), Kind.DATE, width=11),
    ),
    chart=Chart(N_("Overdue by age"), columns=BUCKET_COLUMNS),
)
