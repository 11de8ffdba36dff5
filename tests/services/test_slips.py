"""Receipts and loan cards are worded in the borrower's language, other papers in a whole one."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.commands.papers import SavePaperSettings
from app.domain.errors import ValueRefused
from app.queries.papers import LoanCardForPaper, StatementForPaper
from app.queries.servicing import ReceiptForPaper, ScheduleForPaper
from app.store.schema.people import parties
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive


def speaks(house: House, language: str) -> None:
    """Every borrower of the branch speaks the language from now on."""
    with house.store.engine.begin() as connection:
        connection.execute(update(parties).values(language=language))


@pytest.mark.parametrize(
    ("language", "slip", "line", "charge"),
    [
        ("ta", "ta", "தவணை 1, வட்டி", "செயலாக்கக் கட்டணம்"),
        ("hi", "hi", "किस्त 1, ब्याज", "प्रसंस्करण शुल्क"),
        ("ur", "en", "Instalment 1, interest", "Processing fee"),
    ],
)
def test_a_slip_speaks_as_the_borrower_does(
    house: House, language: str, slip: str, line: str, charge: str
) -> None:
    loan = lent(house)
    next_day(house, 8)
    speaks(house, language)
    posted = receive(house, loan, 300_00)
    receipt = house.ask(house.cashier, ReceiptForPaper(receipt_id=posted.receipt_id))
    assert receipt.language == slip
    assert line in [one.what for one in receipt.lines]
    card = house.ask(house.cashier, LoanCardForPaper(loan_id=loan))
    assert card.about.language == slip
    assert charge in [one.name for one in card.charges]
    whole = slip if slip == "hi" else "en"
    assert house.ask(house.cashier, ScheduleForPaper(loan_id=loan)).language == whole
    assert house.ask(house.cashier, StatementForPaper(loan_id=loan)).about.language == whole


def test_a_lender_may_choose_one_language_for_all_slips(house: House) -> None:
    loan = lent(house)
    house.run(house.manager, SavePaperSettings(version=0, borrower_language="bn"))
    assert house.ask(house.cashier, LoanCardForPaper(loan_id=loan)).about.language == "bn"
    assert house.ask(house.cashier, ScheduleForPaper(loan_id=loan)).language == "en"
    with pytest.raises(ValueRefused):
        house.run(house.manager, SavePaperSettings(version=1, house_language="bn"))
