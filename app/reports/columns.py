"""Columns that several reports share: the same words and widths wherever they stand."""

from __future__ import annotations

from app.reports import NAME, Kind, ReportColumn
from app.texts import N_

LOAN = ReportColumn(NAME, N_("Loan"), width=14)
BORROWER = ReportColumn("borrower", N_("Borrower"), width=20)
OFFICER_OF = ReportColumn("officer", N_("Officer"), width=14)
ON = ReportColumn("on", N_("Date"), Kind.DATE, width=11)
OUTSTANDING = ReportColumn("outstanding_minor", N_("Outstanding"), Kind.MONEY, total=True)
ARREARS = ReportColumn("arrears_minor", N_("Overdue"), Kind.MONEY, total=True)
LOANS_COUNTED = ReportColumn("loans", N_("Loans"), Kind.INT, total=True, width=8)
LENT_SUM = ReportColumn("lent_minor", N_("Lent"), Kind.MONEY, total=True)
WRITTEN_OFF = ReportColumn("written_off_minor", N_("Written off"), Kind.MONEY, total=True)
RECOVERED = ReportColumn("recovered_minor", N_("Recovered"), Kind.MONEY, total=True)
BORROWERS = ReportColumn("borrowers", N_("Borrowers"), Kind.INT, less=True, total=True, width=9)
