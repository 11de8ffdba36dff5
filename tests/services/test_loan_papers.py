"""Papers of a loan and the books: their figures are those of the database, whoever prints them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.commands.papers import PaperSize, SavePaperSettings
from app.commands.servicing import ReverseReceipt
from app.domain.errors import KistError, NotAllowedNow, NotFound, ValueRefused
from app.queries.papers import (
    CashBookForPaper,
    DayBookForPaper,
    DemandForPaper,
    LoanCardForPaper,
    LoanSanctionForPaper,
    NoDuesForPaper,
    ShowPaperSettings,
    StatementForPaper,
)
from app.queries.servicing import ReceiptForPaper, ShowTill
from app.rows.papers import usual_size
from app.store.schema.books import entry_lines
from app.texts.errors import sentence
from tests.services.acting import write_off
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def png(wide: int, high: int) -> bytes:
    """The first bytes of a PNG of this size; nobody here draws it."""
    return PNG_HEAD + wide.to_bytes(4, "big") + high.to_bytes(4, "big") + b"\x08\x02"


def test_a_card_holds_every_instalment_and_what_came_in(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    receive(house, loan, 900_00)
    paper, view = house.ask(house.cashier, LoanCardForPaper(loan_id=loan)), shown(house, loan)
    assert [line.due_minor for line in paper.lines] == [x.amount_minor for x in view.instalments]
    assert sum(line.paid_minor for line in paper.lines) == 900_00
    assert paper.lines[0].paid_on == today(house)
    assert paper.closed_on is None
    assert [charge.name for charge in paper.charges][-2:] == ["Penal charge", "Early closure"]


def test_a_statement_carries_its_balance_from_line_to_line(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    first = receive(house, loan, 900_00)
    next_day(house, 7)
    receive(house, loan, 700_00)
    house.run(house.manager, ReverseReceipt(receipt_id=first.receipt_id, reason="wrong loan"))
    whole = house.ask(house.cashier, StatementForPaper(loan_id=loan))
    assert whole.opening_minor == 0
    assert whole.closing_minor == shown(house, loan).outstanding_minor
    assert whole.due_minor == shown(house, loan).due_today.total_minor
    undone = [line for line in whole.lines if line.reversed]
    assert [line.credit_minor for line in undone] == [900_00]
    later = whole.lines[1].on + timedelta(1)
    part = house.ask(house.cashier, StatementForPaper(loan_id=loan, from_on=later))
    assert part.opening_minor == whole.lines[-len(part.lines) - 1].balance_minor
    assert part.closing_minor == whole.closing_minor
    with pytest.raises(ValueRefused):
        house.ask(
            house.cashier,
            StatementForPaper(loan_id=loan, from_on=later, to_on=later - timedelta(9)),
        )


def test_a_demand_asks_what_is_due_and_its_upi_code_the_same(house: House) -> None:
    loan = lent(house)
    with pytest.raises(NotAllowedNow) as refusal:
        house.ask(house.cashier, DemandForPaper(loan_id=loan))
    assert "Nothing is due" in sentence(refusal.value)
    next_day(house, 15)
    assert not house.ask(house.cashier, DemandForPaper(loan_id=loan)).upi
    save = SavePaperSettings(version=0, upi_id="gomti.sahayog@sbi", upi_name="Gomti & Sons")
    house.run(house.manager, save)
    paper = house.ask(house.cashier, DemandForPaper(loan_id=loan))
    assert paper.total_minor == shown(house, loan).due_today.total_minor
    assert "pn=Gomti%20%26%20Sons" in paper.upi
    asked = {name: value[0] for name, value in parse_qs(urlsplit(paper.upi).query).items()}
    assert asked["pa"] == "gomti.sahayog@sbi"
    assert asked["am"] == f"{paper.total_minor // 100}.{paper.total_minor % 100:02d}"
    assert asked["cu"] == "INR"
    assert asked["tn"] == paper.about.loan_number
    assert asked["tr"].isalnum()
    assert len(asked["tr"]) <= 35


def test_a_no_dues_letter_is_for_closed_loans_alone(house: House) -> None:
    loan, other = lent(house, 5_000_00), lent(house)
    with pytest.raises(NotAllowedNow) as refusal:
        house.ask(house.cashier, NoDuesForPaper(loan_id=loan))
    assert refusal.value.params["why"] == "not-closed"
    assert "5,000" in sentence(refusal.value)
    receive(house, loan, 9_000_00)
    paper = house.ask(house.cashier, NoDuesForPaper(loan_id=loan))
    assert paper.closed_on == today(house)
    assert paper.received_minor + paper.excess_minor == 9_000_00
    write_off(house, other)
    with pytest.raises(NotAllowedNow) as refusal:
        house.ask(house.cashier, NoDuesForPaper(loan_id=other))
    assert refusal.value.params["why"] == "written-off-no-dues"


def test_an_application_that_is_not_sanctioned_has_no_letter(house: House) -> None:
    loan = lent(house)  # made without the desk: nobody sanctioned it in the books
    with pytest.raises(KistError) as refusal:
        house.ask(house.manager, LoanSanctionForPaper(loan_id=loan))
    assert refusal.value.params["why"] == "not-sanctioned"


def test_the_day_book_balances_and_holds_every_leg(house: House) -> None:
    loan = lent(house)
    posted = receive(house, loan, 400_00)
    paper = house.ask(house.manager, DayBookForPaper())
    debit = sum(line.debit_minor for line in paper.lines)
    assert debit == sum(line.credit_minor for line in paper.lines)
    with house.store.read() as snapshot:
        legs = snapshot.execute(entry_lines.select()).mappings().all()
    assert len(paper.lines) == len([leg for leg in legs if leg["booked_on"] == today(house)])
    assert posted.number in {line.number for line in paper.lines}
    assert not paper.closed
    with pytest.raises(NotFound) as refusal:
        house.ask(house.manager, DayBookForPaper(on=today(house) + timedelta(1)))
    assert "no business day" in sentence(refusal.value)


def test_the_cash_book_ends_where_the_till_does(house: House) -> None:
    loan = lent(house)
    wrong = receive(house, loan, 400_00)
    house.run(house.manager, ReverseReceipt(receipt_id=wrong.receipt_id, reason="wrong loan"))
    receive(house, loan, 250_00)
    first = today(house)
    next_day(house, 2)
    receive(house, loan, 100_00)
    till = house.ask(house.cashier, ShowTill())
    paper = house.ask(house.cashier, CashBookForPaper(from_on=first, to_on=today(house)))
    assert paper.days[0].opening_minor == 50_000_00
    assert paper.days[-1].closing_minor == till.expected_minor
    assert paper.days[-1].received_minor == till.received_minor == 100_00
    for one, two in zip(paper.days, paper.days[1:], strict=False):
        assert one.closing_minor == two.opening_minor
    cash = next(one for one in paper.modes if one.mode == "cash")
    assert cash.received_minor == 350_00
    back = [move for move in paper.moves if move.what == "reversal"]
    assert [(move.number, move.received_minor) for move in back] == [(wrong.number, -400_00)]
    with pytest.raises(ValueRefused):
        house.ask(house.cashier, CashBookForPaper(from_on=first - timedelta(200)))


def test_what_is_set_stands_on_every_paper(house: House) -> None:
    loan = lent(house)
    posted = receive(house, loan, 100_00)
    logo = house.tools.documents.put(png(600, 200))
    saved = house.run(
        house.manager,
        SavePaperSettings(
            version=0,
            logo=logo,
            head_text=" CIN U65923 \n\n Head office: Lucknow ",
            foot_text="Closed on Sundays",
            grievance_name="Anita Verma",
            grievance_phone="1800 120 4455",
            borrower_language="hi",
            sizes=(PaperSize("receipt", "58mm"), PaperSize("letter", "a5")),
        ),
    )
    assert saved.version == 1
    papers: list[Any] = [
        house.ask(house.cashier, ReceiptForPaper(receipt_id=posted.receipt_id)),
        house.ask(house.cashier, LoanCardForPaper(loan_id=loan)),
    ]
    for paper in papers:
        about = getattr(paper, "about", paper)
        assert about.lender.logo == logo
        assert about.lender.head_text == "CIN U65923\nHead office: Lucknow"
        assert about.lender.grievance_name == "Anita Verma"
        assert about.language == "hi"
        assert usual_size(paper, "receipt") == "58mm"
        assert usual_size(paper, "schedule") == ""
    again = SavePaperSettings(version=1, foot_text="Open on Sundays")
    assert house.run(house.manager, again).version == 2
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, again)
    assert refusal.value.code == "stale-version"
    settings = house.ask(house.manager, ShowPaperSettings())
    assert (settings.version, settings.logo, settings.foot_text) == (2, "", "Open on Sundays")


def test_settings_that_cannot_be_are_refused_at_their_field(house: House) -> None:
    documents = house.tools.documents
    cases: list[tuple[dict[str, object], str]] = [
        ({"upi_id": "not an id"}, "upi_id"),
        ({"borrower_language": "xx"}, "borrower_language"),
        ({"foot_text": "a\nb\nc\nd\ne"}, "foot_text"),
        ({"head_text": "x" * 121}, "head_text"),
        ({"sizes": (PaperSize("receipt", "a3"),)}, "sizes"),
        ({"grievance_name": "x\x00"}, "grievance_name"),
        ({"logo": "../etc/passwd"}, "logo"),
        ({"logo": documents.put(b"%PDF-1.7")}, "logo"),
        ({"logo": documents.put(png(5000, 10))}, "logo"),
        ({"logo": documents.put(png(10, 10) + bytes(600 * 1024))}, "logo"),
    ]
    for change, field in cases:
        with pytest.raises(KistError) as refusal:
            house.run(house.manager, SavePaperSettings(version=0, **change))  # type: ignore[arg-type]
        assert refusal.value.field == field, change
        assert sentence(refusal.value)
