"""Money received over a day or a period: receipt by receipt, and by group."""

from __future__ import annotations

from app.reports import NAME, Chart, Form, Kind, Report, ReportColumn, Section
from app.reports.columns import OFFICER_OF, ON
from app.reports.grouping import CENTRE, DAY, LOAN, MODE, OFFICER, PRODUCT, VILLAGE
from app.texts import N_

COLLECTIONS = Report(
    name="collections",
    title=N_("Collections"),
    definition=N_(
        "Receipts booked in the period with what each was set against. A receipt that was reversed"
        " in the period counts nothing; one reversed after its own period is taken off here."
    ),
    columns=(
        ON,
        ReportColumn("time", N_("Time"), width=6),
        ReportColumn("number", N_("Receipt"), width=17),
        ReportColumn("borrower", N_("Borrower"), width=18),
        ReportColumn("loan_number", N_("Loan"), width=14),
        OFFICER_OF,
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

COLLECTED = Report(
    name="collected",
    title=N_("Collections by group"),
    definition=N_(
        "Receipts booked in the period, less those taken back in it, with what they were set"
        " against. Money on loans that were written off is left out: it is under Closed, written"
        " off, recovered."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=22),
        ReportColumn("receipts", N_("Receipts"), Kind.INT, less=True, total=True, width=9),
        ReportColumn("amount_minor", N_("Received"), Kind.MONEY, total=True),
        ReportColumn("principal_minor", N_("Principal"), Kind.MONEY, total=True),
        ReportColumn("interest_minor", N_("Interest"), Kind.MONEY, total=True),
        ReportColumn("charge_minor", N_("Charges"), Kind.MONEY, total=True),
        ReportColumn("penalty_minor", N_("Penal charges"), Kind.MONEY, total=True),
        ReportColumn("excess_minor", N_("Excess"), Kind.MONEY, total=True),
    ),
    chart=Chart(N_("Received"), by=NAME, value="amount_minor"),
    groupings=(OFFICER, CENTRE, PRODUCT, DAY, MODE),
    behind="collections",
    pack=(OFFICER, DAY, MODE),
)

_LINES = (
    ReportColumn(NAME, N_("Officer"), width=20),
    ReportColumn("opening_minor", N_("Opening overdue"), Kind.MONEY, total=True),
    ReportColumn("demand_minor", N_("Demand"), Kind.MONEY, total=True),
    ReportColumn("ahead_minor", N_("Paid ahead before"), Kind.MONEY, less=True, total=True),
    ReportColumn("old_minor", N_("Collected of overdue"), Kind.MONEY, total=True),
    ReportColumn("current_minor", N_("Collected of demand"), Kind.MONEY, total=True),
    ReportColumn("given_minor", N_("Given up or taken back"), Kind.MONEY, less=True, total=True),
    ReportColumn("balance_minor", N_("Balance"), Kind.MONEY, total=True),
    ReportColumn("advance_minor", N_("Collected ahead"), Kind.MONEY, less=True, total=True),
)

DEMAND = Report(
    name="demand",
    title=N_("Demand, collection, balance"),
    definition=N_(
        "Opening overdue and all that fell due in the period, less what of it was paid ahead"
        " before, less what was collected, less what was waived, written off, added to principal"
        " or taken back, is the balance: unpaid at the end, what falls due on the last day"
        " included. Collected ahead is money set on later dues and is no part of the balance."
    ),
    columns=_LINES,
    chart=Chart(
        N_("Collected and left unpaid"),
        by=NAME,
        columns=("current_minor", "old_minor", "balance_minor"),
        form=Form.STACKED,
    ),
    section=Section.COLLECTION,
    groupings=(OFFICER, CENTRE, PRODUCT, VILLAGE, DAY, LOAN),
    behind=LOAN,
    pack=(OFFICER, CENTRE, DAY),
)

EFFICIENCY = Report(
    name="efficiency",
    title=N_("Collection efficiency"),
    definition=N_(
        "Of the demand that was not paid ahead: what was collected of the period's own dues. With"
        " arrears: the same, opening overdue and what was collected of it counted in. All money:"
        " everything set on dues in the period, also ahead, of the demand; it may pass 100 %."
    ),
    columns=(
        ReportColumn(NAME, N_("Officer"), width=22),
        ReportColumn("opening_minor", N_("Opening overdue"), Kind.MONEY, total=True),
        ReportColumn("demand_minor", N_("Demand"), Kind.MONEY, total=True),
        ReportColumn("ahead_minor", N_("Paid ahead before"), Kind.MONEY, less=True, total=True),
        ReportColumn("current_minor", N_("Collected of demand"), Kind.MONEY, total=True),
        ReportColumn("old_minor", N_("Collected of overdue"), Kind.MONEY, total=True),
        ReportColumn("advance_minor", N_("Collected ahead"), Kind.MONEY, less=True, total=True),
        ReportColumn(
            "efficiency",
            N_("Of demand"),
            Kind.PERCENT,
            part=("current_minor",),
            whole=("demand_minor", "-ahead_minor"),
        ),
        ReportColumn(
            "with_arrears",
            N_("With arrears"),
            Kind.PERCENT,
            part=("current_minor", "old_minor"),
            whole=("opening_minor", "demand_minor", "-ahead_minor"),
        ),
        ReportColumn(
            "all_money",
            N_("All money"),
            Kind.PERCENT,
            part=("current_minor", "old_minor", "advance_minor"),
            whole=("demand_minor",),
        ),
    ),
    chart=Chart(N_("Demand collected"), by=NAME, value="current_minor"),
    section=Section.COLLECTION,
    groupings=(OFFICER, CENTRE, PRODUCT, VILLAGE, DAY, LOAN),
    behind=LOAN,
    pack=(OFFICER, PRODUCT),
)
