"""Printed numbers: which branch, which counter, which year, which one."""

from __future__ import annotations

from datetime import date

from app.services.work import Work
from app.store.journal_vouchers import count_journals
from app.store.key_facts import count_statements
from app.store.letters import count_letters
from app.store.loans import count_numbers
from app.store.meetings import count_sheets
from app.store.tills import count_till_papers
from app.store.vouchers import count_quotes, count_vouchers

JANUARY = 1
_CENTURY = 100


def financial_year(on: date, from_month: int) -> str:
    """The year a day lies in, in four digits: 2627 is April 2026 to March 2027; 2026 the year."""
    if from_month == JANUARY:
        return f"{on.year:04d}"
    first = on.year if on.month >= from_month else on.year - 1
    return f"{first % _CENTURY:02d}{(first + 1) % _CENTURY:02d}"


def next_receipt(work: Work) -> tuple[str, int, str]:
    """Series, serial and number of the next receipt of this counter; gapless."""
    branch = work.branch
    year = financial_year(work.day, branch.financial_year_from)
    series = f"{branch.code}-{branch.counter_code}-{year}"
    serial = work.tx.next_serial(series)
    return series, serial, f"{series}-{serial:06d}"


def next_loan(work: Work) -> str:
    """The next loan number of this counter. Its station's chain must be locked already."""
    branch = work.branch
    year = financial_year(work.day, branch.financial_year_from)
    prefix = f"{branch.code}-{year}-L{branch.counter_code}-"
    return f"{prefix}{count_numbers(work.tx.connection, prefix) + 1:05d}"


def next_voucher(work: Work) -> str:
    """The next voucher number of this counter. Its station's chain must be locked already."""
    prefix = _of_counter(work, "V")
    return f"{prefix}{count_vouchers(work.tx.connection, prefix) + 1:05d}"


def next_journal(work: Work) -> str:
    """The next journal voucher of this counter. Its station's chain must be locked already."""
    prefix = _of_counter(work, "J")
    return f"{prefix}{count_journals(work.tx.connection, prefix) + 1:05d}"


def next_quote(work: Work) -> str:
    """The next number of a kept quote. The station's chain must be locked already."""
    prefix = _of_counter(work, "Q")
    return f"{prefix}{count_quotes(work.tx.connection, prefix) + 1:05d}"


def next_till_paper(work: Work) -> str:
    """The next number of a till's paper. The station's chain must be locked already."""
    prefix = _of_counter(work, "T")
    return f"{prefix}{count_till_papers(work.tx.connection, prefix) + 1:05d}"


def next_statement(work: Work) -> str:
    """The next proposal number of this counter. The station's chain must be locked already."""
    prefix = _of_counter(work, "P")
    return f"{prefix}{count_statements(work.tx.connection, prefix) + 1:05d}"


def next_letter(work: Work) -> str:
    """The next number of a letter. The station's chain must be locked already."""
    prefix = _of_counter(work, "N")
    return f"{prefix}{count_letters(work.tx.connection, prefix) + 1:05d}"


def next_sheet(work: Work) -> str:
    """The next number of a collection sheet. The station's chain must be locked already."""
    prefix = _of_counter(work, "C")
    return f"{prefix}{count_sheets(work.tx.connection, prefix) + 1:05d}"


def _of_counter(work: Work, letter: str) -> str:
    branch = work.branch
    year = financial_year(work.day, branch.financial_year_from)
    return f"{branch.code}-{year}-{letter}{branch.counter_code}-"
