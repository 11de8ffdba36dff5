"""Founding a branch, its stations, its recovery code; where we are."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from app.commands.base import Topic
from app.commands.branch import (
    BranchOpened,
    ConfirmRecoveryCode,
    JoinStation,
    OpenBranch,
    RecoveryConfirmed,
    RegisterStation,
    StationRegistered,
)
from app.commands.users import GrantFacts, SaveUser
from app.domain.accounts import balanced
from app.domain.errors import NotAllowedNow, ValueRefused
from app.domain.money import digits
from app.domain.roles import Permission, Role
from app.domain.till import TillState
from app.queries.admin import ShowBranch
from app.rows.admin import BranchView
from app.services.products import seed_products
from app.services.registry import answers, use_case
from app.services.users import add_user
from app.services.work import Reading, Work
from app.store.branch import (
    Founding,
    counter_codes,
    found,
    last_closed_day,
    next_station_id,
)
from app.store.listing import list_new_day
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.system import branches, business_days, stations
from app.store.schema.tills import tills
from app.store.tills import tills_of_branch

MANAGER_LIMIT_MINOR = 10**11  # the first manager may do anything; Settings can lower it
MANAGER_BACKDATE_DAYS = 30
LONGEST_BRANCH_CODE = 6
LONGEST_COUNTER_CODE = 4


@use_case(
    OpenBranch,
    needs=Permission.ANONYMOUS,
    changes={Topic.BRANCH, Topic.USER, Topic.PRODUCT, Topic.DAY},
    answer=BranchOpened,
    in_day=False,
)
def open_branch(work: Work, command: OpenBranch) -> BranchOpened:
    """Found the branch: station 1, first manager, chart, products, opening money, first day."""
    if work.found_branch is not None:
        raise NotAllowedNow(why="branch-exists")
    _check(command)
    made = found(work.tx, work.session.station_id, _founding(command, work.at))
    here = work.with_branch(made, command.opened_on)
    user = add_user(
        here,
        SaveUser(
            full_name=command.user_name,
            login=command.login,
            grants=(_first_grant(),),
            password_hash=command.password_hash,
        ),
    )
    _chart(here, command.counter_code)
    if command.tills:
        _till(here, command.counter_code)
    seed_products(here)
    work.tx.insert(
        business_days,
        branch_id=made.branch_id,
        day_on=command.opened_on,
        state="open",
        opened_at=work.at,
    )
    list_new_day(here.tx, made.branch_id, command.opened_on)
    _opening_money(here, command, user.user_id)
    return BranchOpened(made.branch_id, work.session.station_id, user.user_id)


@use_case(
    ConfirmRecoveryCode,
    needs=Permission.USER_MANAGE,
    changes={Topic.BRANCH},
    answer=RecoveryConfirmed,
    in_day=False,
)
def confirm_recovery_code(work: Work, _command: ConfirmRecoveryCode) -> RecoveryConfirmed:
    """Write down that the code was typed back; bootstrap has proved that it opens the key."""
    before = work.tx.locked(branches, work.branch.branch_id)
    if before["recovery_confirmed_at"] is None:
        work.tx.change(branches, before, recovery_confirmed_at=work.at)
    return RecoveryConfirmed(work.branch.branch_id)


@use_case(
    RegisterStation,
    needs=Permission.SYSTEM,
    changes={Topic.BRANCH},
    answer=StationRegistered,
    in_day=False,
)
def register_station(work: Work, command: RegisterStation) -> StationRegistered:
    """Begin a station's own chain; after a restore the station of the backup is closed."""
    if command.closes is not None:
        before = work.tx.locked(stations, command.closes)
        work.tx.change(stations, before, closed_at=work.at)
    return _registered(work, command.counter_code)


@use_case(
    JoinStation,
    needs=Permission.STATION_JOIN,
    changes={Topic.BRANCH},
    answer=StationRegistered,
    in_day=False,
)
def join_station(work: Work, command: JoinStation) -> StationRegistered:
    """Begin the chain of another PC: its ids and receipt numbers meet nobody else's."""
    code = command.counter_code
    if not code.isalnum() or not code.isascii() or len(code) > LONGEST_COUNTER_CODE:
        raise ValueRefused(field="counter_code", why="counter-code", given=code)
    work.tx.locked(branches, work.branch.branch_id)  # two PCs that join take turns
    if code in counter_codes(work.tx.connection, work.branch.branch_id):
        raise ValueRefused(field="counter_code", why="counter-taken", given=code)
    return _registered(work, code)


@answers(ShowBranch, needs=Permission.ANONYMOUS)
def show_branch(reading: Reading, _query: ShowBranch) -> BranchView:
    """Where we are, for the top of every screen."""
    branch = reading.branch
    return BranchView(
        branch_id=branch.branch_id,
        code=branch.code,
        name=branch.name,
        lender=branch.lender_name,
        currency=branch.currency,
        time_zone=branch.time_zone,
        counter=branch.counter_code,
        station_id=reading.session.station_id,
        business_on=reading.business_on,
        last_closed_on=last_closed_day(reading.connection, branch.branch_id),
        today=reading.today,
        demonstration=branch.demonstration,
        recovery_confirmed=branch.recovery_confirmed,
    )


def _registered(work: Work, counter_code: str) -> StationRegistered:
    station_id = next_station_id(work.tx.connection)
    work.tx.insert(
        stations,
        id=station_id,
        branch_id=work.branch.branch_id,
        counter_code=counter_code,
        opened_at=work.at,
    )
    work.tx.new_chain(station_id)
    _accounts(work, counter_code, of_counter=True)
    if work.branch.keeps_tills and counter_code not in tills_of_branch(
        work.tx.connection, work.branch.branch_id
    ):
        _till(work, counter_code)
    return StationRegistered(station_id, counter_code)


def _check(command: OpenBranch) -> None:
    code = command.branch_code
    if not code.isalnum() or code != code.upper() or not 1 < len(code) <= LONGEST_BRANCH_CODE:
        raise ValueRefused(field="branch_code", why="branch-code", given=code)
    for field in ("branch_name", "lender_name", "user_name"):
        if not getattr(command, field).strip():
            raise ValueRefused(field=field, why="empty")
    digits(command.currency)
    if command.time_zone not in available_timezones():
        raise ValueRefused(field="time_zone", why="time-zone", given=command.time_zone)
    if min(command.cash_minor, command.bank_minor) < 0:
        raise ValueRefused(field="cash_minor", why="below-zero")


def _founding(command: OpenBranch, at: str) -> Founding:
    return Founding(
        code=command.branch_code,
        name=command.branch_name.strip(),
        lender_name=command.lender_name.strip(),
        lender_registration=command.lender_registration.strip(),
        address=command.address.strip(),
        grievance_phone=command.grievance_phone.strip(),
        country=command.country,
        state=command.state,
        currency=command.currency,
        time_zone=ZoneInfo(command.time_zone).key,
        language=command.language,
        financial_year_from=command.financial_year_from,
        demonstration=command.demonstration,
        counter_code=command.counter_code,
        at=at,
    )


def _first_grant() -> GrantFacts:
    return GrantFacts(
        role=Role.MANAGER,
        sanction_minor=MANAGER_LIMIT_MINOR,
        disburse_minor=MANAGER_LIMIT_MINOR,
        reverse_minor=MANAGER_LIMIT_MINOR,
        waive_minor=MANAGER_LIMIT_MINOR,
        charge_minor=MANAGER_LIMIT_MINOR,
        foreclose_minor=MANAGER_LIMIT_MINOR,
        rate_minor=MANAGER_LIMIT_MINOR,
        reschedule_minor=MANAGER_LIMIT_MINOR,
        write_off_minor=MANAGER_LIMIT_MINOR,
        refund_minor=MANAGER_LIMIT_MINOR,
        take_over_minor=MANAGER_LIMIT_MINOR,
        restate_minor=MANAGER_LIMIT_MINOR,
        backdate_days=MANAGER_BACKDATE_DAYS,
    )


def _till(work: Work, counter: str) -> None:
    """The till of a counter, closed: it takes cash once it is opened with a count."""
    work.tx.insert(
        tills,
        branch_id=work.branch.branch_id,
        counter_code=counter,
        state=TillState.CLOSED.value,
        session=0,
    )


def _chart(work: Work, counter: str) -> None:
    _accounts(work, counter, of_counter=False)
    _accounts(work, counter, of_counter=True)


def _accounts(work: Work, counter: str, *, of_counter: bool) -> None:
    for code, title, kind in work.tools.rules.accounts(counter, of_counter=of_counter):
        work.tx.insert(accounts, branch_id=work.branch.branch_id, code=code, title=title, kind=kind)


def _opening_money(work: Work, command: OpenBranch, user_id: int) -> None:
    rules = work.tools.rules
    cash = rules.money_account("cash", command.counter_code)
    bank = rules.money_account("bank", command.counter_code)
    total = command.cash_minor + command.bank_minor
    lines = balanced(
        [(cash, command.cash_minor), (bank, command.bank_minor), (rules.capital, -total)]
    )
    if not lines:
        return
    entry_id = work.tx.insert(
        entries,
        branch_id=work.branch.branch_id,
        booked_on=command.opened_on,
        kind="opening",
        recorded_at=work.at,
        user_id=user_id,
        narration="",
    )
    for place, line in enumerate(lines):
        work.tx.insert(
            entry_lines,
            entry_id=entry_id,
            place=place,
            branch_id=work.branch.branch_id,
            booked_on=command.opened_on,
            account=line.account,
            currency=command.currency,
            amount_minor=line.amount,
        )
