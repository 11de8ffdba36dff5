"""Receipts and schedules as they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.apr import apr_of
from app.domain.calendar import Unit
from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.domain.schedule import schedule
from app.domain.terms import Terms
from app.queries.servicing import ReceiptForPaper, ScheduleForPaper
from app.rows.papers import ReceiptLine, ReceiptPaper, ScheduleLine, SchedulePaper
from app.services.loan_now import LoanNow, loan_now
from app.services.paper_settings import paper_look
from app.services.projecting import LOAN
from app.services.quotes import kept_back, two_places
from app.services.receipt_seals import code_for
from app.services.receipts import EXCESS, read_printed
from app.services.registry import answers
from app.services.work import Reading
from app.store.loans import loans_by_id
from app.store.money import loan_for_paper, receipt_by_id, user_names
from app.store.products import product_by_id
from app.store.station_keys import sealed_parts
from app.texts import Language
from app.texts.figures import percent
from app.texts.labels import named
from app.texts.shipped import in_language

_WEEKLY, _FORTNIGHTLY = 1, 2
Row = Mapping[Any, Any]


@answers(ReceiptForPaper, needs=Permission.VIEW_LOANS)
def receipt_for_paper(reading: Reading, query: ReceiptForPaper) -> ReceiptPaper:
    """The receipt with the split first given, whatever became of the money since."""
    found = receipt_by_id(reading.connection, query.receipt_id)
    if found is None or found["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="receipt", id=query.receipt_id)
    parts = sealed_parts(reading.connection, query.receipt_id)
    about = about_loan(reading, parts[0]["account_id"])
    look = paper_look(reading)
    language = Language(look.on_slips(about["language"]), slips=True)
    splits = [read_printed(part["printed"]) for part in parts]
    due, next_due_minor = _coming(splits)
    numbers = _numbers(reading, parts)
    at = datetime.fromisoformat(found["recorded_at"]).astimezone(ZoneInfo(about["time_zone"]))
    return ReceiptPaper(
        lender=look.lender,
        number=found["number"],
        received_at=at.replace(tzinfo=None),
        borrower=full_name(about),
        member_number=about["member_number"],
        loan_number=" · ".join(numbers[part["account_id"]] for part in parts),
        centre=centre_of(about),
        currency=found["currency"],
        amount_minor=found["amount_minor"],
        lines=tuple(_all_lines(numbers, parts, language)),
        mode=found["mode"],
        reference=found["reference"],
        outstanding_after_minor=sum(one["outstanding_after_minor"] for one in splits),
        next_due_on=due,
        next_due_minor=next_due_minor,
        collector=user_names(reading.connection).get(found["user_id"], ""),
        duplicate=query.duplicate,
        reversed_on=parts[0]["reversed_on"],
        reversed_why=parts[0]["reversed_why"] or "",
        language=language.code,
        seal=code_for(found, parts),
        brought_by=found["payer"] if found["payer"] != about["full_name"] else "",
    )


@answers(ScheduleForPaper, needs=Permission.VIEW_LOANS)
def schedule_for_paper(reading: Reading, query: ScheduleForPaper) -> SchedulePaper:
    """The living schedule of a loan, with what is paid of each line."""
    now = loan_now(reading, query.loan_id)
    about, look = about_loan(reading, query.loan_id), paper_look(reading)
    language = look.for_borrower(about["language"])
    fee, tax = kept_back(schedule(now.terms))
    apr = apr_of(now.terms)
    return SchedulePaper(
        lender=look.lender,
        loan_number=about["number"],
        borrower=full_name(about),
        member_number=about["member_number"],
        centre=centre_of(about),
        product=in_language(product_title(reading, about["product_id"]), Language(language)),
        currency=now.record.currency,
        principal_minor=now.record.principal_minor,
        rate=percent(Fraction(about["annual_rate"]) / 100),
        apr="" if apr is None else f"{two_places(apr.percent)}%",
        disbursed_on=now.record.disbursed_on,
        frequency=frequency_of(now.terms),
        fee_minor=fee + tax,
        net_minor=now.record.principal_minor - fee - tax,
        lines=tuple(_schedule_lines(now)),
        printed_on=reading.day,
        language=language,
    )


def full_name(about: Row) -> str:
    """The borrower's name, and beside it the name in the own script."""
    names = [about["full_name"], about["local_name"]]
    return " · ".join(dict.fromkeys(name for name in names if name))


def centre_of(about: Row) -> str:
    """Centre and group as one text; empty for a single borrower."""
    return " · ".join(text for text in (about["centre"], about["title"]) if text)


def frequency_of(terms: Terms) -> str:
    """How often is paid, as papers name it."""
    if terms.unit is Unit.WEEK and terms.every in (_WEEKLY, _FORTNIGHTLY):
        return "weekly" if terms.every == _WEEKLY else "fortnightly"
    if terms.unit is Unit.MONTH and terms.every == 1:
        return "monthly"
    return f"{terms.every} {terms.unit.value}"


def about_loan(reading: Reading, loan_id: int) -> Row:
    """The names of a loan. Raises NotFound."""
    about = loan_for_paper(reading.connection, loan_id)
    if about is None:
        raise NotFound(what=LOAN, id=loan_id)
    return about


def product_title(reading: Reading, product_id: int) -> str:
    """What the product is called."""
    product = product_by_id(reading.connection, product_id)
    return "" if product is None else str(product["title"])


def _numbers(reading: Reading, parts: Sequence[Row]) -> Mapping[int, str]:
    """The numbers of the loans that a receipt is for."""
    found = loans_by_id(reading.connection, [part["account_id"] for part in parts])
    return {loan_id: loan.number for loan_id, loan in found.items()}


def _coming(splits: Sequence[Mapping[str, Any]]) -> tuple[date | None, int]:
    """What falls due first on any of the loans, and how much of it on that day."""
    days = [one["next_due_on"] for one in splits if one.get("next_due_on")]
    if not days:
        return None, 0
    first = min(days)
    due = sum(one["next_due_minor"] for one in splits if one.get("next_due_on") == first)
    return date.fromisoformat(first), due


def _all_lines(
    numbers: Mapping[int, str], parts: Sequence[Row], language: Language
) -> Iterator[ReceiptLine]:
    """The lines of every part; where there are several, each names its loan."""
    for part in parts:
        for line in _lines(read_printed(part["printed"]), language):
            own = numbers[part["account_id"]]
            yield line if len(parts) == 1 else replace(line, what=f"{own} · {line.what}")


def _lines(printed: Mapping[str, Any], language: Language) -> Iterator[ReceiptLine]:
    """What was printed, in the words of the paper's language."""
    _ = language.gettext
    for line in printed["lines"]:
        if line["what"] == EXCESS:
            what = _("Excess, kept for later dues")
            yield ReceiptLine(what, None, line["amount_minor"])
            continue
        head = named("head", line["what"], language)
        if "number" not in line:  # set on what had been written off
            what = _("Recovery, {head}").format(head=head.lower())
            yield ReceiptLine(what, None, line["amount_minor"])
            continue
        what = _("Instalment {number}, {head}").format(number=line["number"], head=head.lower())
        yield ReceiptLine(what, date.fromisoformat(line["due_on"]), line["amount_minor"])


def _schedule_lines(now: LoanNow) -> Iterator[ScheduleLine]:
    for line in now.position.lines:
        yield ScheduleLine(
            number=line.number,
            due_on=line.due_on,
            principal_minor=line.principal,
            interest_minor=line.interest,
            charge_minor=line.charge + line.penalty,
            total_minor=line.amount,
            balance_after_minor=line.balance,
            paid_minor=line.paid.total,
        )
