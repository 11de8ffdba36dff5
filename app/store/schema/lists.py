"""What lists of loans show, sort and search by, and what a day earns: derived, kept up by writes.

A list of a hundred thousand loans is a walk along an index here; nothing is decided by these rows.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, String, Text, text

from app.store.schema.base import Id, Minor, projection

# The day that `late`, `due_minor` and `arrears_minor` of a branch's rows are of.
list_days = projection(
    "list_days",
    Column("branch_id", Id, primary_key=True, autoincrement=False),
    Column("day_on", Date, nullable=False),
    Column("before_on", Date, nullable=False),  # the day before it: what is due by then is late
)

loan_list = projection(
    "loan_list",
    Column("loan_id", Id, primary_key=True, autoincrement=False),
    Column("branch_id", Id, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("number", String(32), nullable=False),
    Column("borrower", String(200), nullable=False),  # names are in lower case, for sorting
    Column("village", String(120), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("party_id", Id, nullable=False),
    Column("product_id", Id, nullable=False),
    Column("product", String(120), nullable=False),
    Column("officer_id", Id, nullable=False),
    Column("officer", String(120)),
    Column("disbursed_on", Date, nullable=False),
    Column("amount_minor", Minor, nullable=False),
    Column("status", String(12), nullable=False),
    Column("outstanding_minor", Minor, nullable=False),
    Column("since_on", Date),  # the oldest due date with anything unpaid
    Column("npa_since_on", Date),
    Column("late_on", Date),  # the same where the loan is late
    Column("last_paid_on", Date),
    Column("arrears_minor", Minor, nullable=False),
    Column("due_minor", Minor, nullable=False),
    Column("principal_late_minor", Minor, nullable=False),
    Column("late", Integer, nullable=False),  # 0 or 1, as on the marked day
    Column("listed", Integer, nullable=False),  # late, or with something due on the day
)
_C = loan_list.c
for _key in (
    *(_C.number, _C.borrower, _C.village, _C.product, _C.officer, _C.disbursed_on),
    *(_C.amount_minor, _C.outstanding_minor, _C.arrears_minor, _C.late_on, _C.status),
):
    Index(f"ix_loan_list_{_key.name}", _C.branch_id, _key)
_LISTED = text("listed = 1")
for _key in (
    *(_C.since_on, _C.number, _C.borrower, _C.village, _C.phone, _C.officer),
    *(_C.arrears_minor, _C.due_minor, _C.outstanding_minor, _C.last_paid_on, _C.loan_id),
):
    Index(
        f"ix_late_{_key.name}",
        *(_C.branch_id, _C.currency, _key),
        sqlite_where=_LISTED,
        postgresql_where=_LISTED,
    )
Index(
    "ix_late_sums",
    *(_C.branch_id, _C.currency, _C.late, _C.officer_id, _C.since_on),
    *(_C.arrears_minor, _C.due_minor, _C.outstanding_minor, _C.principal_late_minor),
    sqlite_where=_LISTED,
    postgresql_where=_LISTED,
)
Index("ix_loan_list_officer_id", _C.officer_id)
Index(
    "ix_loan_list_sums",
    *(_C.branch_id, _C.status, _C.currency, _C.since_on, _C.officer_id),
    *(_C.outstanding_minor, _C.arrears_minor),
)

_RUNS = text("since_on IS NOT NULL")
Index(
    "ix_loan_list_running",
    *(_C.branch_id, _C.currency, _C.officer_id, _C.outstanding_minor, _C.since_on),
    sqlite_where=_RUNS,
    postgresql_where=_RUNS,
)

# What a loan is known by, as one text; the structure over it is made by app.store.finding.
loan_search = projection(
    "loan_search",
    Column("loan_id", Id, primary_key=True, autoincrement=False),
    Column("branch_id", Id, nullable=False),
    Column("ended", Integer, nullable=False),  # 0 while it runs
    Column("number", String(32), nullable=False),
    Column("words", Text, nullable=False),
)
Index(
    "ix_loan_search_order",
    *(loan_search.c.branch_id, loan_search.c.ended, loan_search.c.number),
)

# How many lines there are of one kind, so that a day's interest is a sum over kinds, not lines.
# A loan's changes stand under its own id until a day is closed, then under 0.
interest_lines = projection(
    "interest_lines",
    Column("branch_id", Id, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("product_id", Id, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("mode", String(12), nullable=False),
    Column("to_minor", Minor, nullable=False),
    Column("interest_minor", Minor, nullable=False),
    Column("loan_id", Id, nullable=False),
    Column("lines", Minor, nullable=False),
    PrimaryKeyConstraint(
        *("branch_id", "due_on", "from_on", "product_id", "currency"),
        *("mode", "to_minor", "interest_minor", "loan_id"),
    ),
)
