"""Vouchers by hand, for tests of the books."""

from __future__ import annotations

from datetime import date

from app.commands.books import JournalLine, PostJournal
from app.commands.settings import SaveAccount
from app.domain.roles import Role
from app.ports import Session
from app.services.verifying import verify
from tests.services.branch import MANY, House, user
from tests.services.lending import today

RENT = "5100"


def voucher(
    house: House, amount: int = 1_500_00, *, on: date | None = None, kind: str = "manual"
) -> PostJournal:
    """Rent paid out of the bank."""
    lines = (JournalLine(RENT, amount), JournalLine("1200", -amount))
    return PostJournal(
        lines=lines, currency="INR", on=on or today(house), reason="Rent of the office", kind=kind
    )


def keeper_of(house: House) -> Session:
    """A second manager, whose limit is wide, in a branch that pays rent."""
    rent = SaveAccount(account_id=None, version=0, code=RENT, title="Rent", kind="expense")
    house.run(house.manager, rent)
    made = house.run(house.manager, user(Role.MANAGER, sanction_minor=MANY)).user_id
    return Session(house.manager.station_id, house.manager.branch_id, made)


def whole(house: House) -> bool:
    """Whether every invariant holds."""
    return verify(house.store, rules=house.tools.rules) == ()
