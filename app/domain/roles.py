"""Who may do what, and up to which amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Permission(StrEnum):
    """One name per thing a role can be granted; the command's stable verb."""

    APPLICATION_ENTER = "application.enter"
    APPLICATION_VERIFY = "application.verify"
    APPLICATION_DECIDE = "application.decide"
    APPLICATION_SANCTION = "application.sanction"
    APPLICATION_OVERRIDE = "application.override"  # against what the rules decided
    KEY_FACTS = "key-facts"  # issue the key fact statement and take its acknowledgement
    LOAN_DISBURSE = "loan.disburse"
    LOAN_TAKE_OVER = "loan.take-over"  # a loan that ran elsewhere
    LOAN_RESTATE = "loan.restate"  # terms that were keyed wrongly
    RECEIPT_POST = "receipt.post"
    RECEIPT_REVERSE = "receipt.reverse"
    RECEIPT_REPRINT = "receipt.reprint"
    LOAN_CHARGE = "loan.charge"
    LOAN_WAIVE = "loan.waive"
    LOAN_FORECLOSE = "loan.foreclose"
    LOAN_QUOTE = "loan.quote"  # keep a quote of an early closure
    LOAN_RATE = "loan.rate"
    LOAN_RESCHEDULE = "loan.reschedule"
    LOAN_WRITE_OFF = "loan.write-off"
    LOAN_RECOVER = "loan.recover"
    LOAN_REFUND = "loan.refund"
    LOAN_REVERSE = "loan.reverse"  # a fact of a loan that is no receipt
    CHECK = "check"  # let happen what somebody else proposed
    VISIT_PLAN = "visit.plan"
    VISIT_RECORD = "visit.record"
    DAY_OPEN = "day.open"
    DAY_CLOSE = "day.close"
    DAY_REOPEN = "day.reopen"
    MONTH_CLOSE = "month.close"  # and open it again
    JOURNAL_POST = "journal.post"  # vouchers by hand
    TILL = "till"  # open, count and close the till of the own counter, move its cash
    TILL_MANAGE = "till.manage"  # any counter's till: close it, set its limits
    USER_MANAGE = "user.manage"
    BRANCH_MANAGE = "branch.manage"  # the branch, its calendar, its chart of accounts
    STATION_JOIN = "station.join"  # let another PC work on the shared database
    PRODUCT_MANAGE = "product.manage"
    PAPER_MANAGE = "paper.manage"  # what papers look like; another key for receipts
    IDENTITY_SHOW = "identity.show"
    REPORT_EXPORT = "report.export"
    BACKUP_MAKE = "backup.make"
    VIEW_APPLICATIONS = "view.applications"
    VIEW_LOANS = "view.loans"
    VIEW_COUNTER = "view.counter"
    VIEW_FIELD = "view.field"
    VIEW_REPORTS = "view.reports"
    VIEW_BOOKS = "view.books"  # journal, ledger, trial balance
    VIEW_SETTINGS = "view.settings"
    VIEW_AUDIT = "view.audit"
    SESSION = "session"  # what every signed-in user may do: own password, lock, sign out
    ANONYMOUS = "anonymous"  # what comes before sign-in: first branch, sign-in, restore
    SYSTEM = "system"  # what the program does by itself


class Role(StrEnum):
    """The shipped roles. Their permissions are data of this module, limits come with the grant."""

    CASHIER = "cashier"
    OFFICER = "officer"
    MANAGER = "manager"


class Limit(StrEnum):
    """Amounts (minor units) above which a checker is needed or the act is refused."""

    SANCTION = "sanction"
    DISBURSE = "disburse"
    REVERSE = "reverse"
    WAIVE = "waive"
    CHARGE = "charge"
    FORECLOSE = "foreclose"  # by what closing asks
    RATE = "rate"  # by the principal outstanding
    RESCHEDULE = "reschedule"  # by the principal outstanding
    WRITE_OFF = "write-off"
    REFUND = "refund"
    TAKE_OVER = "take-over"  # by the principal outstanding
    RESTATE = "restate"  # by the principal outstanding
    JOURNAL = "journal"  # by all debits of a voucher
    BACKDATE_DAYS = "backdate-days"  # days, not money


# A grant that never named a limit follows an older one; None: that act had no limit.
FOLLOWS: Mapping[Limit, Limit | None] = {
    Limit.CHARGE: None,
    Limit.FORECLOSE: None,
    Limit.RATE: Limit.SANCTION,
    Limit.RESCHEDULE: Limit.SANCTION,
    Limit.WRITE_OFF: Limit.WAIVE,
    Limit.REFUND: Limit.DISBURSE,
    Limit.TAKE_OVER: Limit.SANCTION,
    Limit.RESTATE: Limit.SANCTION,
    Limit.JOURNAL: Limit.SANCTION,
}
UNLIMITED = 10**15

P = Permission
_EVERYBODY = {P.SESSION, P.VIEW_LOANS, P.VIEW_APPLICATIONS}
PERMISSIONS_OF: Mapping[Role, frozenset[Permission]] = {
    Role.CASHIER: frozenset(
        _EVERYBODY
        | {P.VIEW_COUNTER, P.RECEIPT_POST, P.RECEIPT_REPRINT, P.LOAN_DISBURSE, P.DAY_OPEN}
        | {P.LOAN_QUOTE, P.LOAN_RECOVER, P.LOAN_REFUND, P.KEY_FACTS, P.TILL}
        | {P.VIEW_BOOKS, P.JOURNAL_POST}
    ),
    Role.OFFICER: frozenset(
        _EVERYBODY
        | {P.APPLICATION_ENTER, P.APPLICATION_VERIFY, P.APPLICATION_DECIDE, P.VIEW_FIELD}
        | {P.VISIT_PLAN, P.VISIT_RECORD, P.IDENTITY_SHOW, P.LOAN_QUOTE, P.KEY_FACTS}
    ),
    Role.MANAGER: frozenset(P) - {P.ANONYMOUS, P.SYSTEM},
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in one branch between two days (both inclusive; `to_on` None is open)."""

    role: Role
    branch_id: int
    from_on: date
    to_on: date | None
    limits: Mapping[Limit, int]  # minor units or days; a missing one: FOLLOWS


@dataclass(frozen=True, slots=True)
class Actor:
    """The user of one command, with what the grants of this day allow."""

    user_id: int
    name: str
    branch_id: int
    permissions: frozenset[Permission]
    limits: Mapping[Limit, int]

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held."""
        return permission in self.permissions

    def limit(self, limit: Limit) -> int:
        """The limit in minor units (or days); 0 where none was granted."""
        return self.limits.get(limit, 0)


def actor_of(user_id: int, name: str, branch_id: int, on: date, grants: tuple[Grant, ...]) -> Actor:
    """The actor whose grants hold in `branch_id` on the day `on`; limits are the highest held."""
    held = [g for g in grants if g.branch_id == branch_id and _holds(g, on)]
    limits: dict[Limit, int] = {}
    for grant in held:
        for limit, amount in grant.limits.items():
            limits[limit] = max(limits.get(limit, 0), amount)
    for limit, older in FOLLOWS.items():
        if limit not in limits:
            limits[limit] = UNLIMITED if older is None else limits.get(older, 0)
    permissions = frozenset[Permission]().union(*(PERMISSIONS_OF[g.role] for g in held))
    return Actor(user_id, name, branch_id, permissions, limits)


def _holds(grant: Grant, on: date) -> bool:
    return grant.from_on <= on and (grant.to_on is None or on <= grant.to_on)
