"""The month of a branch in figures, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports import Kind, Report, ReportColumn, Section
from app.texts import N_

MONTH = Report(
    name="month",
    title=N_("Month summary"),
    definition=N_(
        "What was lent and collected in the period, and how the loans stood at its end, as known"
        " on its last day."
    ),
    columns=(
        ReportColumn("section", N_("Section"), width=16),
        ReportColumn("indicator", N_("Indicator"), width=26),
        ReportColumn("value", N_("Figure"), Kind.BY_ROW, width=16),
        ReportColumn("definition", N_("What it means"), width=70),
    ),
    section=Section.PORTFOLIO,
    pack=("",),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the month: where it stands, its name, how it is shown, its definition."""

    key: str
    section: str
    title: str
    kind: Kind
    definition: str


_LENT, _COLLECTED, _DEMAND = N_("Lent"), N_("Collected"), N_("Demand and collection")
_PORTFOLIO, _QUALITY, _FIELD = N_("Portfolio"), N_("Quality"), N_("Field")

INDICATORS = (
    Indicator(
        *("disbursed_count", _LENT, N_("Loans paid out"), Kind.INT),
        N_("Loans paid out in the period."),
    ),
    Indicator(
        *("disbursed", _LENT, N_("Amount paid out"), Kind.MONEY),
        N_("Principal of these loans, before fees were taken off."),
    ),
    Indicator(
        *("collected", _COLLECTED, N_("Received"), Kind.MONEY),
        N_("Receipts booked in the period, net of reversals booked in it."),
    ),
    Indicator(
        *("principal", _COLLECTED, N_("of it principal"), Kind.MONEY),
        N_("Part of the receipts that repaid principal, ahead of its due date too."),
    ),
    Indicator(
        *("interest", _COLLECTED, N_("of it interest"), Kind.MONEY),
        N_("Part of the receipts that was set on interest."),
    ),
    Indicator(
        *("charge", _COLLECTED, N_("of it charges"), Kind.MONEY),
        N_("Part of the receipts that was set on charges."),
    ),
    Indicator(
        *("penalty", _COLLECTED, N_("of it penal charges"), Kind.MONEY),
        N_("Part of the receipts that was set on penal charges."),
    ),
    Indicator(
        *("excess", _COLLECTED, N_("of it excess"), Kind.MONEY),
        N_("Part of the receipts that found nothing to be set on and is held."),
    ),
    Indicator(
        *("recovered", _COLLECTED, N_("Recovered"), Kind.MONEY),
        N_("Received on loans that were written off; not part of the figures above."),
    ),
    Indicator(
        *("refunded", _COLLECTED, N_("Excess given back"), Kind.MONEY),
        N_("Money held that went back to borrowers, less what of it came back."),
    ),
    Indicator(
        *("opening", _DEMAND, N_("Arrears at the start"), Kind.MONEY),
        N_("Unpaid at the end of the day before the period, of everything due by then."),
    ),
    Indicator(
        *("demand", _DEMAND, N_("Demand"), Kind.MONEY),
        N_("Everything that fell due in the period, whether or not it was paid ahead."),
    ),
    Indicator(
        *("settled", _DEMAND, N_("Collection against demand"), Kind.MONEY),
        N_("What of arrears and demand was paid by the end, money paid ahead for it included."),
    ),
    Indicator(
        *("waived", _DEMAND, N_("Waived"), Kind.MONEY),
        N_("What was forgiven in the period, less waivers taken back."),
    ),
    Indicator(
        *("struck", _DEMAND, N_("Written off"), Kind.MONEY),
        N_("All that write-offs struck in the period, less write-offs taken back."),
    ),
    Indicator(
        *("capitalised", _DEMAND, N_("Added to principal"), Kind.MONEY),
        N_("Interest and charges that reschedules of the period made principal."),
    ),
    Indicator(
        *("closing", _DEMAND, N_("Balance"), Kind.MONEY),
        N_("Unpaid at the end of the period, of everything due by then."),
    ),
    Indicator(
        *("efficiency", _DEMAND, N_("Collection efficiency"), Kind.PERCENT),
        N_("Collection against demand, of arrears at the start and demand together."),
    ),
    Indicator(
        *("outstanding", _PORTFOLIO, N_("Outstanding"), Kind.MONEY),
        N_("Principal lent and not repaid at the end of the period."),
    ),
    Indicator(
        *("loans", _PORTFOLIO, N_("Active loans"), Kind.INT),
        N_("Loans with anything still to be paid at the end of the period."),
    ),
    Indicator(
        *("borrowers", _PORTFOLIO, N_("Active borrowers"), Kind.INT),
        N_("Persons with at least one active loan."),
    ),
    Indicator(
        *("closed", _PORTFOLIO, N_("Loans closed"), Kind.INT),
        N_("Loans whose last due was settled in the period."),
    ),
    Indicator(
        *("late_loans", _QUALITY, N_("Loans overdue"), Kind.INT),
        N_("Loans with anything unpaid that fell due before the last day."),
    ),
    Indicator(
        *("late", _QUALITY, N_("Overdue"), Kind.MONEY),
        N_("All that fell due before the last day and is unpaid."),
    ),
    Indicator(
        *("arrears_rate", _QUALITY, N_("Arrears rate"), Kind.PERCENT),
        N_("Principal overdue, of all outstanding: only what is late counts."),
    ),
    Indicator(
        *("par30", _QUALITY, N_("PAR-30"), Kind.PERCENT),
        N_("Whole outstanding of loans more than 30 days late, of all outstanding."),
    ),
    Indicator(
        *("promises_made", _FIELD, N_("Promises made"), Kind.INT),
        N_("Promises to pay noted in the period."),
    ),
    Indicator(
        *("promises_kept", _FIELD, N_("Promises kept"), Kind.INT),
        N_("Of the promises for a day of the period, those kept by receipts in time."),
    ),
    Indicator(
        *("promises_broken", _FIELD, N_("Promises broken"), Kind.INT),
        N_("Of the promises for a day of the period, those whose time ended without the money."),
    ),
    Indicator(
        *("visits", _FIELD, N_("Visits done"), Kind.INT),
        N_("Stops of the period that were told with an outcome."),
    ),
)
