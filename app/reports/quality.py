"""Asset classes as they moved, and what is set aside for losses."""

from __future__ import annotations

from app.reports import NAME, Chart, Form, Kind, Report, ReportColumn, Section
from app.reports.columns import BORROWER, LOAN, OFFICER_OF
from app.reports.grouping import CLASS, NORMS
from app.texts import N_

MOVEMENT = Report(
    name="movement",
    title=N_("SMA and NPA movement"),
    definition=N_(
        "Loans by the class of their borrower, the worst of any loan of the borrower, at the start"
        " and at the end of the period: what stood there, came from a better class or anew, came"
        " from a worse one, went to a worse one, was upgraded, ended, and was repaid by loans that"
        " stayed. What came and went back within the period is not seen. Amounts are principal"
        " outstanding: what left as at the start, what came as at the end."
    ),
    columns=(
        ReportColumn(NAME, N_("Class"), width=14),
        ReportColumn("opening", N_("Loans at the start"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("opening_minor", N_("At the start"), Kind.MONEY, total=True),
        ReportColumn("added", N_("Loans added"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("added_minor", N_("Added"), Kind.MONEY, total=True),
        ReportColumn("upgraded", N_("Loans upgraded"), Kind.INT, less=True, total=True, width=9),
        ReportColumn("upgraded_minor", N_("Upgraded"), Kind.MONEY, total=True),
        ReportColumn("worsened", N_("Loans worsened"), Kind.INT, less=True, total=True, width=9),
        ReportColumn("worsened_minor", N_("Worsened"), Kind.MONEY, total=True),
        ReportColumn("closed", N_("Loans ended"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("closed_minor", N_("Ended"), Kind.MONEY, total=True),
        ReportColumn("repaid_minor", N_("Repaid"), Kind.MONEY, less=True, total=True),
        ReportColumn("closing", N_("Loans at the end"), Kind.INT, less=True, total=True, width=8),
        ReportColumn("closing_minor", N_("At the end"), Kind.MONEY, total=True),
    ),
    chart=Chart(
        N_("At the end: stayed and added"),
        by=NAME,
        columns=("stayed_minor", "added_minor"),
        names=(N_("Stayed"), N_("Added")),
        form=Form.STACKED,
        ordered=True,
    ),
    section=Section.QUALITY,
    groupings=(CLASS,),
    behind="moved",
    pack=(CLASS,),
)

MOVED = Report(
    name="moved",
    listed=False,
    title=N_("Loans that moved"),
    definition=N_(
        "Loans that stood in a class at the start or at the end of the period, by the class of"
        " their borrower, with what became of each."
    ),
    columns=(
        LOAN,
        BORROWER,
        OFFICER_OF,
        ReportColumn("was", N_("Class at the start"), width=11),
        ReportColumn("is", N_("Class at the end"), width=11),
        ReportColumn("what", N_("What happened"), width=14),
        ReportColumn("opening_minor", N_("At the start"), Kind.MONEY, total=True),
        ReportColumn("closing_minor", N_("At the end"), Kind.MONEY, total=True),
    ),
    section=Section.QUALITY,
)

PROVISIONS = Report(
    name="provisions",
    title=N_("Provisions"),
    definition=N_(
        "What is to be set aside for losses at the end of the day, by the norm chosen and the"
        " rates in force on it. Loans bear the class of their borrower. Kist keeps no record of"
        " security, so all of a doubtful loan counts as unsecured. NBFC-MFI: the higher of a share"
        " of the whole portfolio and shares of instalments overdue for more than 90 days."
    ),
    columns=(
        ReportColumn(NAME, N_("Class"), width=34),
        ReportColumn("loans", N_("Loans"), Kind.INT, width=8),
        ReportColumn("base_minor", N_("Reckoned on"), Kind.MONEY),
        ReportColumn("rate", N_("Rate"), Kind.PERCENT, width=9),
        ReportColumn("provision_minor", N_("Provision"), Kind.MONEY, total=True),
    ),
    chart=Chart(N_("Provision"), by=NAME, value="provision_minor", ordered=True),
    section=Section.QUALITY,
    groupings=NORMS,
    behind="loans",
    stock=True,
    pack=NORMS[:1],
)
