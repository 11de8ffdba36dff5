"""Tills in tests: opened, closed and looked at."""

from __future__ import annotations

from sqlalchemy import select

from app.commands.branch import RegisterStation
from app.commands.tills import (
    CloseTill,
    MoveCash,
    OpenTill,
    TillCounted,
)
from app.domain.counting import Counted
from app.ports import Session
from app.queries.tills import ShowTillRoom
from app.rows.tills import TillFigures, TillRoom
from app.services.verifying import verify
from app.store.schema.books import entry_lines
from tests.services.branch import House

FLOAT = 50_000_00  # what the branch was founded with


def notes(amount: int) -> tuple[Counted, ...]:
    """An amount of whole rupees in notes of 500 and 100 and coins of 1."""
    many, rest = divmod(amount, 500_00)
    hundreds, ones = divmod(rest, 100_00)
    told = (Counted(500_00, False, many), Counted(100_00, False, hundreds))
    return (*told, Counted(1_00, True, ones // 100))


def opened(house: House, amount: int = FLOAT, reason: str = "") -> TillCounted:
    """Open the cashier's till with so much in it."""
    command = OpenTill(currency="INR", counted=notes(amount), reason=reason)
    return house.run(house.cashier, command)


def closed(
    house: House, amount: int, reason: str = "", *, by: Session | None = None, counter: str = "1"
) -> TillCounted:
    """Close a till with so much in it."""
    command = CloseTill(counter=counter, currency="INR", counted=notes(amount), reason=reason)
    return house.run(by or house.cashier, command)


def room(house: House, counter: str = "1") -> TillRoom:
    return house.ask(house.cashier, ShowTillRoom(counter=counter))


def figures(house: House, counter: str = "1") -> TillFigures:
    return room(house, counter).figures


def moved(house: House, amount: int, *, into_till: bool, account: str = "1200") -> str:
    """Move cash between the till and an account."""
    command = MoveCash(
        into_till=into_till, account=account, amount_minor=amount, currency="INR", reason="needed"
    )
    return house.run(house.cashier, command).number


def sums(house: House) -> dict[str, int]:
    """What every account that tills touch holds."""
    made: dict[str, int] = {}
    with house.store.read() as snapshot:
        query = select(entry_lines.c.account, entry_lines.c.amount_minor)
        for account, amount in snapshot.execute(query):
            made[account] = made.get(account, 0) + int(amount)
    return made


def sound(house: House) -> None:
    """Nothing to find in the books."""
    assert verify(house.store, rules=house.tools.rules) == ()


def second_counter(house: House) -> Session:
    """Another PC of the branch, with the cashier at it."""
    made = house.run(house.system, RegisterStation(counter_code="2"))
    return Session(made.station_id, house.cashier.branch_id, house.cashier.user_id)
