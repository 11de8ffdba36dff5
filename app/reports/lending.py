"""The portfolio, what was lent, what ended, and what each officer looks after."""

from __future__ import annotations

from app.reports import NAME, Chart, Form, Kind, Report, ReportColumn, Section
from app.reports.columns import (
    ARREARS,
    BORROWER,
    BORROWERS,
    LENT_SUM,
    LOAN,
    LOANS_COUNTED,
    OFFICER_OF,
    ON,
    OUTSTANDING,
    RECOVERED,
    WRITTEN_OFF,
)
from app.reports.grouping import CENTRE, CYCLE, KIND, OFFICER, PRODUCT, VILLAGE
from app.texts import N_

PORTFOLIO = Report(
    name="portfolio",
    title=N_("Portfolio"),
    definition=N_(
        "Loans with anything still to be paid at the end of the day, the principal outstanding of"
        " them, and what is overdue. A borrower with loans in two groups counts in both and once"
        " in the total. The share is of the whole outstanding shown."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=22),
        LOANS_COUNTED,
        BORROWERS,
        OUTSTANDING,
        ReportColumn(
            "share",
            N_("Share"),
            Kind.PERCENT,
            less=True,
            width=9,
            part=("outstanding_minor",),
            whole=("whole_minor",),
        ),
        ReportColumn("late_loans", N_("Loans overdue"), Kind.INT, less=True, total=True, width=9),
        ARREARS,
        ReportColumn("at_risk_minor", N_("PAR-30 amount"), Kind.MONEY, total=True),
        ReportColumn(
            "par_30",
            N_("PAR-30"),
            Kind.PERCENT,
            width=9,
            part=("at_risk_minor",),
            whole=("outstanding_minor",),
        ),
    ),
    chart=Chart(N_("Outstanding"), by=NAME, value="outstanding_minor"),
    section=Section.PORTFOLIO,
    groupings=(PRODUCT, OFFICER, CENTRE, VILLAGE),
    behind="loans",
    stock=True,
    pack=(PRODUCT, OFFICER),
)

LOANS = Report(
    name="loans",
    listed=False,
    title=N_("Loans"),
    definition=N_(
        "Every loan with anything still to be paid at the end of the day. The class is the loan's"
        " own and that of the borrower: all loans of a borrower bear the worst class of any."
    ),
    columns=(
        LOAN,
        BORROWER,
        ReportColumn("village", N_("Village"), width=13),
        OFFICER_OF,
        ReportColumn("product", N_("Product"), width=14),
        ReportColumn("lent_on", N_("Paid out on"), Kind.DATE, width=11),
        LENT_SUM,
        OUTSTANDING,
        ARREARS,
        ReportColumn("dpd", N_("Days late"), Kind.INT, width=8),
        ReportColumn("asset_class", N_("Class"), width=9),
        ReportColumn("borrower_class", N_("Borrower's class"), width=10),
    ),
    section=Section.PORTFOLIO,
    stock=True,
)

DISBURSED = Report(
    name="disbursed",
    listed=False,
    title=N_("Loans paid out"),
    definition=N_(
        "Loans paid out in the period, less those taken back in it; of a loan handed out in parts,"
        " what was handed out in it. The cycle counts the borrower's loans in the order in which"
        " they were paid out."
    ),
    columns=(
        LOAN,
        BORROWER,
        ReportColumn("on", N_("Paid out on"), Kind.DATE, width=11),
        ReportColumn("product", N_("Product"), width=16),
        ReportColumn("cycle", N_("Loan cycle"), Kind.INT, width=8),
        ReportColumn("centre", N_("Centre"), width=14),
        OFFICER_OF,
        ReportColumn("rate", N_("Rate"), Kind.PERCENT, width=8),
        ReportColumn("amount_minor", N_("Paid out"), Kind.MONEY, total=True),
    ),
    chart=Chart(N_("Paid out by product"), by="product", value="amount_minor"),
    section=Section.PORTFOLIO,
)

LENT = Report(
    name="lent",
    title=N_("Disbursements"),
    definition=N_(
        "Loans paid out in the period and their amounts, less those taken back in it. New"
        " borrowers are those whose first loan it is. The rates are of these loans, a year."
    ),
    columns=(
        ReportColumn(NAME, N_("Product"), width=22),
        LOANS_COUNTED,
        ReportColumn("first_loans", N_("New borrowers"), Kind.INT, total=True, width=9),
        ReportColumn("amount_minor", N_("Paid out"), Kind.MONEY, total=True),
        ReportColumn("average_minor", N_("Average"), Kind.MONEY),
        ReportColumn("least_rate", N_("Lowest rate"), Kind.PERCENT, less=True, width=9),
        ReportColumn("average_rate", N_("Average rate"), Kind.PERCENT, width=9),
        ReportColumn("most_rate", N_("Highest rate"), Kind.PERCENT, less=True, width=9),
    ),
    chart=Chart(N_("Paid out"), by=NAME, value="amount_minor"),
    section=Section.PORTFOLIO,
    groupings=(PRODUCT, CYCLE, OFFICER, CENTRE),
    behind="disbursed",
    pack=(PRODUCT, CYCLE, OFFICER),
)

ENDED = Report(
    name="ended",
    listed=False,
    title=N_("Loans that ended"),
    definition=N_(
        "Loans whose last due was settled in the period, closed before their last due date or not;"
        " what was written off in it, less what was taken back; and what came in on loans that had"
        " been written off."
    ),
    columns=(
        ON,
        ReportColumn("what", N_("What happened"), width=16),
        LOAN,
        BORROWER,
        OFFICER_OF,
        ReportColumn("product", N_("Product"), width=16),
        LENT_SUM,
        WRITTEN_OFF,
        RECOVERED,
    ),
    section=Section.PORTFOLIO,
)

ENDED_BY = Report(
    name="ended-by",
    title=N_("Closed, written off, recovered"),
    definition=N_(
        "How many loans were closed in the period, in time or early, what was written off in it,"
        " and what was recovered on loans written off before."
    ),
    columns=(
        ReportColumn(NAME, N_("What happened"), width=22),
        LOANS_COUNTED,
        LENT_SUM,
        WRITTEN_OFF,
        RECOVERED,
    ),
    section=Section.PORTFOLIO,
    groupings=(KIND, OFFICER, PRODUCT),
    behind="ended",
    pack=(KIND, OFFICER),
)

OFFICERS = Report(
    name="officers",
    title=N_("Officer performance"),
    definition=N_(
        "What each officer looks after at the end of the period, and what was done in it: loans"
        " paid out, the demand that was not paid ahead and what of it was collected, visits done"
        " of those planned, promises kept of those whose day came. Loans count for the officer who"
        " looks after them now."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=20),
        ReportColumn("loans", N_("Loans"), Kind.INT, total=True, width=7),
        BORROWERS,
        OUTSTANDING,
        ReportColumn("lent", N_("Paid out"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("lent_minor", N_("Amount paid out"), Kind.MONEY, total=True),
        ReportColumn("asked_minor", N_("Demand"), Kind.MONEY, less=True, total=True),
        ReportColumn(
            "efficiency",
            N_("Collected"),
            Kind.PERCENT,
            width=9,
            part=("current_minor",),
            whole=("asked_minor",),
        ),
        ARREARS,
        ReportColumn(
            "par_30",
            N_("PAR-30"),
            Kind.PERCENT,
            width=9,
            part=("at_risk_minor",),
            whole=("outstanding_minor",),
        ),
        ReportColumn("planned", N_("Visits planned"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("done", N_("Visits done"), Kind.INT, total=True, width=8),
        ReportColumn(
            "kept",
            N_("Promises kept"),
            Kind.PERCENT,
            width=9,
            part=("promises_kept",),
            whole=("promises_kept", "promises_broken"),
        ),
    ),
    chart=Chart(
        N_("Outstanding: at risk and not"),
        by=NAME,
        columns=("safe_minor", "at_risk_minor"),
        names=(N_("Not at risk"), N_("Over 30 days late")),
        form=Form.STACKED,
    ),
    section=Section.PORTFOLIO,
    groupings=(OFFICER,),
    behind="loans",
    pack=(OFFICER,),
)
