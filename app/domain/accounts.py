"""Balanced entries by posting rules that are data: an event's entry is a difference of balances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.errors import ValueRefused

COMPONENTS = ("principal", "interest", "charge", "penalty", "excess")
_OWN_BITS = 40
_MONEY_KINDS = frozenset({"receipt", "disbursement"})


@dataclass(frozen=True, slots=True)
class Balances:
    """What a loan's accounts hold, in minor units.

    `interest_settled` is what was received or waived of interest: what was earned is posted
    by the day, not by the loan. Charge and penalty are levied by events, less received, less
    waived: what the terms levy by date (charges in lines, derived penal charges) is posted by the
    day too, so that a balance does not move with the day it is asked for. It may be below zero
    until then.
    """

    principal: int = 0
    interest_settled: int = 0
    charge: int = 0
    penalty: int = 0
    excess: int = 0
    recovered: int = 0  # of what was written off


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One leg of an entry: debit above zero, credit below, in minor units."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """An account of the shipped chart; one `per` counter carries the counter's code.

    `since` is the version of the rules that brought it: older branches lack it until it is used.
    `control` is one that only the program books on, as are loans, receivables and tills anyhow.
    """

    code: str
    title: str
    kind: str
    per_counter: bool
    since: int = 1
    control: bool = False


@dataclass(frozen=True, slots=True)
class PostingRules:
    """Which account takes what; see the shipped file for the shape."""

    version: int
    chart: tuple[ChartAccount, ...]
    components: Mapping[str, str]
    money: Mapping[str, str]
    contra: Mapping[str, Mapping[str, str]]
    fee: str
    tax: str
    interest_receivable: str
    interest_income: str
    capital: str
    taken_over: str
    recovery: str
    suspense: str  # interest of NPAs that was earned and not received
    suspense_income: str
    provision: str
    provision_expense: str
    transit: str  # cash that one counter gave and the other has not taken yet
    short: str
    over: str
    with_staff: str  # a claim on an officer, by the officer's id

    def money_account(self, mode: str, counter: str) -> str:
        """The account that money of this mode moves in at a counter. Raises ValueRefused."""
        if mode not in self.money:
            raise ValueRefused(field="mode", why="unknown-mode", given=mode)
        return self.money[mode].format(counter=counter)

    def controls(self, code: str) -> bool:
        """Whether an account is held to the loans or to a till, and so takes no line by hand."""
        own = {*self.components.values(), self.interest_receivable}
        starts = tuple(one.code.split("{")[0] for one in self.chart if one.per_counter)
        starts += (self.with_staff.split("{")[0],)
        return (
            code in own
            or code.startswith(starts)
            or any(one.code == code and one.control for one in self.chart)
        )

    def till_of(self, account: str) -> str:
        """The counter whose cash an account is; empty for any other account."""
        start, _, end = self.money["cash"].partition("{counter}")
        mine = account.startswith(start) and account.endswith(end)
        return account.removeprefix(start).removesuffix(end) if mine else ""

    def staff_account(self, officer_id: int) -> str:
        """The account of the cash that an officer has collected and not handed in yet.

        An id is station << 40 | n: both are told apart, as a person would.
        """
        station, own = officer_id >> _OWN_BITS, officer_id & (1 << _OWN_BITS) - 1
        return self.with_staff.format(officer=f"{station}.{own}")

    def accounts(self, counter: str, *, of_counter: bool) -> tuple[tuple[str, str, str], ...]:
        """(code, title, kind) of the counter's own accounts, or of all the branch's others."""
        return tuple(
            (one.code.format(counter=counter), one.title.format(counter=counter), one.kind)
            for one in self.chart
            if one.per_counter is of_counter
        )


def posting_rules_of(doc: Mapping[str, Any]) -> PostingRules:
    """Build the rules from their document; a missing key raises KeyError with its name."""
    chart = tuple(
        ChartAccount(
            *(row["code"], row["title"], row["kind"], row.get("per") == "counter"),
            *(row.get("since", 1), row.get("control", False)),
        )
        for row in doc["chart"]
    )
    return PostingRules(
        version=doc["version"],
        chart=chart,
        components=doc["components"],
        money=doc["money"],
        contra=doc["contra"],
        fee=doc["disbursement"]["fee"],
        tax=doc["disbursement"]["tax"],
        interest_receivable=doc["accrual"]["receivable"],
        interest_income=doc["accrual"]["income"],
        capital=doc["opening"]["capital"],
        taken_over=doc["opening"]["loans"],
        recovery=doc["recovery"]["income"],
        suspense=doc["suspense"]["held"],
        suspense_income=doc["suspense"]["income"],
        provision=doc["provision"]["held"],
        provision_expense=doc["provision"]["expense"],
        transit=doc["till"]["transit"],
        short=doc["till"]["short"],
        over=doc["till"]["over"],
        with_staff=doc["till"]["with_staff"],
    )


def entry(
    kind: str,
    before: Balances,
    after: Balances,
    rules: PostingRules,
    *,
    money_account: str = "",
    fee: int = 0,
    tax: int = 0,
) -> tuple[EntryLine, ...]:
    """The entry of an event of `kind`; of a reversal: the kind of the event that it voids.

    The legs of the loan are the differences of its balances. A receipt or disbursement is
    balanced by `money_account` (a disbursement less fee and tax kept back), anything else by
    the contra account of each component. Legs of zero are left out; the sum is always zero.
    """
    moved = _moved(before, after)
    legs = [(rules.components[name], amount) for name, amount in moved.items()]
    if kind in _MONEY_KINDS:
        legs += [(rules.fee, -fee), (rules.tax, -tax)]
        legs.append((money_account, -sum(amount for _, amount in legs)))
    else:
        contra = rules.contra.get(kind, {})
        legs += [(contra[name], -amount) for name, amount in moved.items() if amount]
    return balanced(legs)


def accrual_entry(amount: int, rules: PostingRules) -> tuple[EntryLine, ...]:
    """Interest earned and not posted before: receivable against income; may be negative."""
    return balanced([(rules.interest_receivable, amount), (rules.interest_income, -amount)])


def suspense_entry(amount: int, rules: PostingRules) -> tuple[EntryLine, ...]:
    """Interest taken out of income into suspense; below zero it came in and is income again."""
    return balanced([(rules.suspense_income, amount), (rules.suspense, -amount)])


def provision_entry(amount: int, rules: PostingRules) -> tuple[EntryLine, ...]:
    """What more is set aside for losses; below zero what is set free."""
    return balanced([(rules.provision_expense, amount), (rules.provision, -amount)])


def balanced(legs: Iterable[tuple[str, int]]) -> tuple[EntryLine, ...]:
    """The legs as lines, zeros left out. Raises ValueRefused where they do not sum to zero."""
    lines = tuple(EntryLine(account, amount) for account, amount in legs if amount)
    if sum(line.amount for line in lines):
        raise ValueRefused(why="unbalanced-entry")
    return lines


def _moved(before: Balances, after: Balances) -> dict[str, int]:
    return {
        "principal": after.principal - before.principal,
        "interest": before.interest_settled - after.interest_settled,
        "charge": after.charge - before.charge,
        "penalty": after.penalty - before.penalty,
        "excess": before.excess - after.excess,
    }
