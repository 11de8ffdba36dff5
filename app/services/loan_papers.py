"""The papers of one loan: card, statement, demand, no-dues letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from app.domain.apr import apr_of
from app.domain.errors import NotAllowedNow, ValueRefused
from app.domain.money import decimal_text
from app.domain.roles import Permission
from app.domain.schedule import schedule
from app.domain.terms import Terms
from app.queries.papers import DemandForPaper, LoanCardForPaper, NoDuesForPaper, StatementForPaper
from app.rows.loan_papers import (
    CardCharge,
    CardLine,
    DemandLine,
    DemandPaper,
    LoanAbout,
    LoanCardPaper,
    NoDuesPaper,
    StatementLine,
    StatementPaper,
)
from app.rows.servicing import LedgerRow
from app.services.acting import rate_text_of
from app.services.loan_ledger import ledger
from app.services.loan_now import LoanNow, heads_of, loan_now
from app.services.paper_settings import paper_look
from app.services.quotes import kept_back, two_places
from app.services.receipt_papers import (
    about_loan,
    centre_of,
    frequency_of,
    full_name,
    product_title,
)
from app.services.registry import answers
from app.services.work import Reading
from app.store.loan_papers import person_of_loan
from app.texts import Language
from app.texts.shipped import in_language
from app.texts.term_words import charge_words, foreclosure_words, penalty_words

CLOSED = ("closed", "foreclosed", "overpaid")
EARLY = "foreclosed"
WRITTEN_OFF = "written-off"
UPI_CURRENCY = "INR"
_LONGEST_REFERENCE = 35  # of a UPI reference, letters and digits alone
_LONGEST_NOTE = 80


@answers(LoanCardForPaper, needs=Permission.VIEW_LOANS)
def loan_card_for_paper(reading: Reading, query: LoanCardForPaper) -> LoanCardPaper:
    """The terms, and every instalment with what came in on it."""
    now = loan_now(reading, query.loan_id)
    about = about_of(reading, now, slips=True)
    fee, tax = kept_back(schedule(now.terms))
    apr = apr_of(now.terms)
    return LoanCardPaper(
        about=about,
        apr="" if apr is None else f"{two_places(apr.percent)}%",
        frequency=frequency_of(now.terms),
        net_minor=now.record.principal_minor - fee - tax,
        charges=tuple(charges_said(now.terms, Language(about.language, slips=True))),
        lines=tuple(_card_lines(now)),
        closed_on=_closed_on(now),
    )


@answers(StatementForPaper, needs=Permission.VIEW_LOANS)
def statement_for_paper(reading: Reading, query: StatementForPaper) -> StatementPaper:
    """The ledger between two days with the principal outstanding after each line."""
    now = loan_now(reading, query.loan_id)
    from_on = query.from_on or now.record.disbursed_on
    to_on = min(query.to_on or reading.day, reading.day)
    if to_on < from_on:
        raise ValueRefused(field="to_on", why="ends-before-it-begins")
    rows = ledger(reading, now)
    before = [row for row in rows if row.on < from_on]
    shown = [row for row in rows if from_on <= row.on <= to_on]
    opening = before[-1].outstanding_minor if before else 0
    return StatementPaper(
        about=about_of(reading, now),
        from_on=from_on,
        to_on=to_on,
        opening_minor=opening,
        closing_minor=shown[-1].outstanding_minor if shown else opening,
        lines=tuple(_statement_line(row) for row in shown),
        due_minor=now.position.arrears.total,
        excess_minor=now.position.excess,
        shows_dues=to_on == reading.day,
    )


@answers(DemandForPaper, needs=Permission.VIEW_LOANS)
def demand_for_paper(reading: Reading, query: DemandForPaper) -> DemandPaper:
    """What is due and unpaid on the business date, with a UPI code for it."""
    return demand_of(reading, loan_now(reading, query.loan_id))


def demand_of(reading: Reading, now: LoanNow) -> DemandPaper:
    """What is due and unpaid of a loan on its day. Raises NotAllowedNow where nothing is."""
    lines = [line for line in now.position.lines if line.due_on <= now.day and any(line.unpaid)]
    owed = sum(line.unpaid.total for line in lines)
    total = owed - min(now.position.excess, owed)
    if not total or now.position.status in CLOSED:
        raise NotAllowedNow(why="nothing-to-demand", number=now.record.number)
    about = about_of(reading, now)
    return DemandPaper(
        about=about,
        lines=tuple(
            DemandLine(
                line.number,
                line.due_on,
                (now.day - line.due_on).days,
                heads_of(line.unpaid),
            )
            for line in lines
        ),
        excess_minor=owed - total,
        total_minor=total,
        dpd=now.dpd,
        upi=upi_text(about, total),
    )


@answers(NoDuesForPaper, needs=Permission.VIEW_LOANS)
def no_dues_for_paper(reading: Reading, query: NoDuesForPaper) -> NoDuesPaper:
    """That the loan is repaid; refused while it is not."""
    now = loan_now(reading, query.loan_id)
    position, number = now.position, now.record.number
    if position.status == WRITTEN_OFF:
        raise NotAllowedNow(why="written-off-no-dues", number=number)
    closed_on = _closed_on(now)
    if closed_on is None:
        raise NotAllowedNow(
            why="not-closed",
            number=number,
            owed_minor=position.payoff,
            currency=now.record.currency,
        )
    return NoDuesPaper(
        about=about_of(reading, now),
        closed_on=closed_on,
        early=position.status == EARLY,
        received_minor=sum(line.paid.total for line in position.lines),
        waived_minor=sum(line.waived.total for line in position.lines),
        excess_minor=position.excess,
    )


def about_of(reading: Reading, now: LoanNow, *, slips: bool = False) -> LoanAbout:
    """Whose loan it is, as its papers name it; `slips` for a loan card."""
    about, look = about_loan(reading, now.record.loan_id), paper_look(reading)
    language = look.on_slips(about["language"]) if slips else look.for_borrower(about["language"])
    product = product_title(reading, about["product_id"])
    person = person_of_loan(reading.connection, now.record.loan_id)
    return LoanAbout(
        lender=look.lender,
        loan_number=now.record.number,
        borrower=full_name(about),
        relative=person["relative_name"],
        member_number=about["member_number"],
        address=address_of(person["house"], person["village"], person["pin"]),
        phone=person["phone"],
        centre=centre_of(about),
        product=in_language(product, Language(language, slips=slips)),
        currency=now.record.currency,
        principal_minor=now.record.principal_minor,
        rate=f"{rate_text_of(now.terms, now.events, now.day)}%",
        disbursed_on=now.record.disbursed_on,
        officer=person["officer"] or "",
        printed_on=reading.day,
        language=language,
    )


def address_of(house: str, village: str, pin: str) -> str:
    """Where somebody lives, on one line."""
    place = ", ".join(part for part in (house, village) if part)
    return f"{place} {pin}".strip()


def charges_said(terms: Terms, language: Language) -> Iterator[CardCharge]:
    """Every charge that the terms allow, in words; what is not here cannot be asked."""
    _ = language.gettext
    for charge in terms.charges:
        yield CardCharge(
            in_language(charge.name, language), charge_words(charge, terms.currency, language)
        )
    penal = penalty_words(terms.penalty, terms.currency, language)
    yield CardCharge(_("Penal charge"), penal or _("None"))
    early = foreclosure_words(terms.foreclosure, language)
    yield CardCharge(_("Early closure"), early or _("No charge"))


def upi_text(about: LoanAbout, minor: int) -> str:
    """The text of a UPI code for an amount; empty where the lender takes none.

    Values are percent-encoded with %20. The reference says loan and day: the same demand printed
    twice is one intent.
    """
    lender = about.lender
    if not lender.upi_id or about.currency != UPI_CURRENCY:
        return ""
    reference = f"{about.loan_number}D{about.printed_on:%Y%m%d}A{minor}"
    values = {
        "pa": quote(lender.upi_id, safe="@"),
        "pn": quote(lender.upi_name or lender.name, safe=""),
        "tr": "".join(filter(_plain, reference))[-_LONGEST_REFERENCE:],
        "tn": quote(about.loan_number[:_LONGEST_NOTE], safe=""),
        "am": decimal_text(minor, about.currency),
        "cu": about.currency,
    }
    return "upi://pay?" + "&".join(f"{name}={value}" for name, value in values.items())


def _plain(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _closed_on(now: LoanNow) -> date | None:
    """The day the last line was settled; None while the loan lives."""
    if now.position.status not in CLOSED or now.position.payoff > 0:
        return None
    settled = [line.settled_on for line in now.position.lines if line.settled_on]
    received = [split.on for split in now.position.receipts]
    return max([*settled, *received], default=now.day)


def _card_lines(now: LoanNow) -> Iterator[CardLine]:
    for line in now.position.lines:
        yield CardLine(
            number=line.number,
            due_on=line.due_on,
            due_minor=line.amount,
            principal_minor=line.principal,
            interest_minor=line.interest,
            charge_minor=line.charge + line.penalty,
            balance_minor=line.balance,
            paid_minor=line.paid.total,
            paid_on=line.settled_on,
        )


def _statement_line(row: LedgerRow) -> StatementLine:
    return StatementLine(
        on=row.on,
        what=row.what,
        number=row.number,
        title=row.title,
        reversed=row.reversed,
        debit_minor=row.debit_minor,
        credit_minor=row.credit_minor,
        split=row.split,
        excess_minor=row.excess_minor,
        balance_minor=row.outstanding_minor,
    )
