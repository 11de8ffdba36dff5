"""Late loans on a day, aged, with the rates that are often taken for one another."""

from __future__ import annotations

from app.reports import NAME, Chart, Form, Kind, Report, ReportColumn, Section
from app.reports.columns import ARREARS, BORROWER, BORROWERS, OFFICER_OF, OUTSTANDING
from app.reports.grouping import CENTRE, OFFICER, PLACES, PRODUCT
from app.texts import N_

BUCKET_COLUMNS = ("b1_30_minor", "b31_60_minor", "b61_90_minor", "b91_180_minor", "b180_minor")

_AGED = (
    ReportColumn("b1_30_minor", N_("1\u201330 days"), Kind.MONEY, total=True),
    ReportColumn("b31_60_minor", N_("31\u201360 days"), Kind.MONEY, total=True),
    ReportColumn("b61_90_minor", N_("61\u201390 days"), Kind.MONEY, total=True),
    ReportColumn("b91_180_minor", N_("91\u2013180 days"), Kind.MONEY, total=True),
    ReportColumn("b180_minor", N_("Over 180 days"), Kind.MONEY, total=True),
)

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
        BORROWER,
        ReportColumn("village", N_("Village"), width=13),
        OFFICER_OF,
        ReportColumn("dpd", N_("Days late"), Kind.INT, width=8),
        ReportColumn("asset_class", N_("Class"), width=9),
        ARREARS,
        *_AGED,
        OUTSTANDING,
        ReportColumn("last_paid_on", N_("Last paid"), Kind.DATE, width=11),
    ),
    chart=Chart(N_("Overdue by age"), columns=BUCKET_COLUMNS),
    section=Section.OVERDUE,
    stock=True,
)

OVERDUE_BY = Report(
    name="overdue-by",
    title=N_("Overdue by group"),
    definition=N_(
        "All that fell due before the day and is unpaid, in the column of the days since the"
        " loan's oldest unpaid due date, with the whole outstanding of these loans. What falls due"
        " on the day itself makes nobody late."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=20),
        ReportColumn("loans", N_("Loans"), Kind.INT, less=True, total=True, width=7),
        BORROWERS,
        ARREARS,
        *_AGED,
        ReportColumn(
            "principal_late_minor", N_("of it principal"), Kind.MONEY, less=True, total=True
        ),
        OUTSTANDING,
    ),
    chart=Chart(N_("Overdue by age"), by=NAME, columns=BUCKET_COLUMNS, form=Form.STACKED),
    section=Section.OVERDUE,
    groupings=PLACES,
    behind="overdue",
    stock=True,
    pack=PLACES,
)

RISK_COLUMNS = tuple(name.replace("b", "p", 1) for name in BUCKET_COLUMNS)

PAR = Report(
    name="par",
    title=N_("Portfolio at risk"),
    definition=N_(
        "The whole outstanding principal of each loan, in the column of its days past due."
        " PAR-30 is that of loans with any instalment more than 30 days late, of all outstanding;"
        " PAR-90 the same of more than 90 days. Rescheduled loans count by their present due dates."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=20),
        ReportColumn("loans", N_("Loans"), Kind.INT, less=True, total=True, width=7),
        OUTSTANDING,
        ReportColumn("current_minor", N_("Not overdue"), Kind.MONEY, total=True),
        *(
            ReportColumn(key, one.title, Kind.MONEY, total=True)
            for key, one in zip(RISK_COLUMNS, _AGED, strict=True)
        ),
        ReportColumn(
            "par_30",
            N_("PAR-30"),
            Kind.PERCENT,
            width=9,
            part=RISK_COLUMNS[1:],
            whole=("outstanding_minor",),
        ),
        ReportColumn(
            "par_90",
            N_("PAR-90"),
            Kind.PERCENT,
            width=9,
            part=RISK_COLUMNS[3:],
            whole=("outstanding_minor",),
        ),
    ),
    chart=Chart(N_("Twelve months"), form=Form.LINES, kind=Kind.PERCENT),
    section=Section.OVERDUE,
    groupings=PLACES,
    behind="loans",
    stock=True,
    pack=(OFFICER, CENTRE, PRODUCT),
)
