"""The branch of the demonstration and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.commands.branch import ConfirmRecoveryCode, OpenBranch
from app.commands.users import SaveUser
from app.demo.acting import Acting, Cast
from app.demo.stage import PASSWORD
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListProducts
from app.rows.facts import GrantFacts, ProductFacts

RUPEES = 100
LAKH = 100_000 * RUPEES
OPENING_CASH = 2 * LAKH
COUNTER = "1"
DEPUTY_SANCTION = 60_000 * RUPEES  # above it the manager has to check
CASHIER_DISBURSES = 75_000 * RUPEES
_MORNING = 8 * 60


@dataclass(frozen=True, slots=True)
class Founded:
    """The branch, who works there, and what it offers by code."""

    branch_id: int
    station_id: int
    cast: Cast
    products: dict[str, tuple[int, ProductFacts]]


def found(acting: Acting, on: date, *, large: bool = False) -> Founded:
    """Open the branch on its first day, let the recovery code be confirmed, add the people."""
    acting.at(on, _MORNING)
    founder, hashed = acting.stage.founder, acting.stage.hashed
    made = acting.do(founder, _branch(on, acting.zone, hashed(PASSWORD)))
    meena = Session(made.station_id, made.branch_id, made.user_id)
    acting.do(meena, ConfirmRecoveryCode())
    sessions = {}
    for login, name, grant in (*_people(), *(_more_officers() if large else ())):
        saved = acting.do(
            meena,
            SaveUser(full_name=name, login=login, grants=(grant,), password_hash=hashed(PASSWORD)),
        )
        sessions[login] = Session(made.station_id, made.branch_id, saved.user_id)
    rows = acting.ask(meena, ListProducts())
    products = {row.product.code: (row.product_id, row.product) for row in rows}
    more = [login for login, _name, _grant in _more_officers() if large]
    others = tuple((login, sessions.pop(login)) for login in more)
    cast = Cast(meena=meena, others=others, **sessions)
    return Founded(made.branch_id, made.station_id, cast, products)


def _branch(on: date, zone: str, password_hash: str) -> OpenBranch:
    return OpenBranch(
        branch_code="STP",
        branch_name="Sitapur",
        lender_name="Gomti Sahayog Finance",
        lender_registration="Demonstration",
        address="12, Station Road, Sitapur",
        grievance_phone="0000 000 000",
        state="UP",
        currency="INR",
        time_zone=zone,
        counter_code=COUNTER,
        opened_on=on,
        cash_minor=OPENING_CASH,
        bank_minor=60 * LAKH,
        user_name="Meena Khanna",
        login="meena",
        password_hash=password_hash,
        demonstration=True,
    )


def _more_officers() -> tuple[tuple[str, str, GrantFacts], ...]:
    """Who else goes to the centres of a large branch."""
    names = (
        *("Kiran Pal", "Deepa Rawat", "Suresh Maurya"),
        *("Neha Saxena", "Imran Khan", "Rekha Yadav"),
    )
    officer = GrantFacts(role=Role.OFFICER)
    return tuple((name.partition(" ")[0].lower(), name, officer) for name in names)


def _people() -> tuple[tuple[str, str, GrantFacts], ...]:
    """Login, name and role with limits."""
    deputy = GrantFacts(
        role=Role.MANAGER,
        sanction_minor=DEPUTY_SANCTION,
        disburse_minor=LAKH,
        reverse_minor=15_000 * RUPEES,
        waive_minor=500 * RUPEES,
        backdate_days=7,
        charge_minor=5_000 * RUPEES,
        foreclose_minor=LAKH,
        rate_minor=DEPUTY_SANCTION,
        reschedule_minor=DEPUTY_SANCTION,
        write_off_minor=0,
        refund_minor=5_000 * RUPEES,
    )
    cashier = GrantFacts(
        role=Role.CASHIER,
        disburse_minor=CASHIER_DISBURSES,
        backdate_days=3,
        refund_minor=500 * RUPEES,
    )
    officer = GrantFacts(role=Role.OFFICER)
    return (
        ("arun", "Arun Tiwari", deputy),
        ("ravi", "Ravi Dixit", officer),
        ("pooja", "Pooja Singh", officer),
        ("sunita", "Sunita Joshi", cashier),
    )
