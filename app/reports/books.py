"""The books as reports: journal, an account's ledger, trial balance, income, balance sheet."""

from __future__ import annotations

from app.reports import NAME, Kind, Report, ReportColumn, Section
from app.texts import N_

ACCOUNT = "account"  # what a ledger is asked of: its code
LEDGER_NAME = "ledger"
_DEBIT = ReportColumn("debit_minor", N_("Debit"), Kind.MONEY, total=True, width=15)
_CREDIT = ReportColumn("credit_minor", N_("Credit"), Kind.MONEY, total=True, width=15)
_CODE = ReportColumn("code", N_("Code"), width=9)
_ON = ReportColumn("on", N_("Date"), Kind.DATE, width=11)
_WHAT = ReportColumn("what", N_("What"), width=16)
_NUMBER = ReportColumn("number", N_("Number"), width=19)
_PARTICULARS = ReportColumn("particulars", N_("Particulars"), width=34)

TRIAL = Report(
    name="trial-balance",
    title=N_("Trial balance"),
    definition=N_(
        "What every account holds at the end of the day, by all entries booked until then. Debits"
        " and credits are the same, always."
    ),
    columns=(
        _CODE,
        ReportColumn(NAME, N_("Account"), width=34),
        ReportColumn("kind", N_("Kind"), width=12),
        _DEBIT,
        _CREDIT,
    ),
    section=Section.BOOKS,
    behind=LEDGER_NAME,
    stock=True,
    pack=("",),
)

INCOME = Report(
    name="income-statement",
    title=N_("Income statement"),
    definition=N_(
        "Income less expenses, by what was booked in the period and since the financial year"
        " began. A loss has a minus."
    ),
    columns=(
        _CODE,
        ReportColumn(NAME, N_("Account"), width=38),
        ReportColumn("amount_minor", N_("In the period"), Kind.MONEY, width=17),
        ReportColumn("year_minor", N_("Since the year began"), Kind.MONEY, width=17),
    ),
    section=Section.BOOKS,
    behind=LEDGER_NAME,
    pack=("",),
)

BALANCE = Report(
    name="balance-sheet",
    title=N_("Balance sheet"),
    definition=N_(
        "What the branch owns and owes at the end of the day. The profit of the year, and of the"
        " years before it, is income less expenses booked until then."
    ),
    columns=(
        _CODE,
        ReportColumn(NAME, N_("Account"), width=38),
        ReportColumn("amount_minor", N_("Amount"), Kind.MONEY, width=17),
        ReportColumn("before_minor", N_("When the year began"), Kind.MONEY, width=17),
    ),
    section=Section.BOOKS,
    behind=LEDGER_NAME,
    stock=True,
    pack=("",),
)

JOURNAL = Report(
    name="journal",
    title=N_("Journal"),
    definition=N_("Every entry of the period with its lines, in the order of booking."),
    columns=(
        _ON,
        ReportColumn("entry", N_("Entry"), Kind.INT, width=8, less=True),
        _WHAT,
        _NUMBER,
        _CODE,
        ReportColumn(NAME, N_("Account"), width=26),
        _PARTICULARS,
        _DEBIT,
        _CREDIT,
    ),
    section=Section.BOOKS,
)

LEDGER = Report(
    name=LEDGER_NAME,
    title=N_("Ledger of an account"),
    definition=N_(
        "The movements of one account in the order of booking, with its balance after each. A"
        " credit balance has a minus."
    ),
    columns=(
        _ON,
        _WHAT,
        _NUMBER,
        ReportColumn(NAME, N_("Against"), width=24),
        _PARTICULARS,
        _DEBIT,
        _CREDIT,
        ReportColumn("balance_minor", N_("Balance"), Kind.MONEY, width=15),
    ),
    section=Section.BOOKS,
    listed=False,
)
