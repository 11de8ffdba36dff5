"""What is set aside for losses, posted under a month's last day: what is required less what was.

Required by the norm that the branch has chosen and the rates in force on the day; a branch that
has chosen none posts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.commands.codec import canonical
from app.domain.accounts import provision_entry
from app.domain.provision import STANDARD, ProvisionRule, of_class, of_instalments, share
from app.services.books import About, post
from app.services.provision_rules import OVER_90, OVER_180, PORTFOLIO, rule_of
from app.services.suspense import Suspense
from app.services.work import Work
from app.store.late_settings import norm_of, provided
from app.store.provisioning import over_90_and_180, portfolio, standard_provision
from app.store.schema.late import provisions_made

PROVISION = "provision"
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Required:
    """What must be set aside in one currency, and the parts it is made of: (base, provision)."""

    currency: str
    total: int
    parts: Mapping[str, tuple[int, int]]


def post_provisions(work: Work, suspense: Suspense, on: date) -> None:
    """On the last day of a month: bring the provision to what is required, and keep how it came."""
    if (on + _ONE_DAY).month == on.month:
        return
    connection, branch_id = work.tx.connection, work.branch.branch_id
    norm = norm_of(connection, branch_id)
    if not norm:
        return
    rule = rule_of(norm, on)
    before = provided(connection, branch_id)
    found = {one.currency: one for one in required(work, suspense, rule, on)}
    for currency in sorted({*found, *before}):
        one = found.get(currency, Required(currency, 0, {}))
        move = one.total - before.get(currency, 0)
        post(work, About(PROVISION, currency, on=on), provision_entry(move, work.tools.rules))
        work.tx.insert(
            provisions_made,
            branch_id=branch_id,
            made_on=on,
            norm=norm,
            rule_from_on=rule.from_on,
            currency=currency,
            required_minor=one.total,
            moved_minor=move,
            parts=canonical({name: list(pair) for name, pair in one.parts.items()}),
            recorded_at=work.at,
            user_id=work.actor.user_id,
        )
        work.tx.flush()


def required(work: Work, suspense: Suspense, rule: ProvisionRule, on: date) -> tuple[Required, ...]:
    """What the norm asks at the end of a day, by currency."""
    find = _by_class if rule.classes else _of_parts
    return find(work, suspense, rule, on)


def _by_class(
    work: Work, suspense: Suspense, rule: ProvisionRule, on: date
) -> tuple[Required, ...]:
    connection, branch_id = work.tx.connection, work.branch.branch_id
    since = suspense.npas(on)
    named = suspense.loans_of(since)
    standard = rule.named(STANDARD)
    every = standard_provision(connection, branch_id, standard.unsecured_bp)
    sums: dict[str, dict[str, list[int]]] = {
        currency: defaultdict(lambda: [0, 0], {STANDARD: [*pair]})
        for currency, pair in every.items()
    }
    for loan in named:
        own = sums[loan.currency]
        rate = rule.class_of(since[loan.party_id], on)
        own[STANDARD][0] -= loan.principal_minor
        own[STANDARD][1] -= of_class(standard, loan.principal_minor)
        own[rate.name][0] += loan.principal_minor
        own[rate.name][1] += of_class(rate, loan.principal_minor)
    return tuple(_made(currency, own) for currency, own in sorted(sums.items()))


def _made(currency: str, own: Mapping[str, list[int]]) -> Required:
    parts = {name: (pair[0], pair[1]) for name, pair in own.items() if any(pair)}
    return Required(currency, sum(pair[1] for pair in parts.values()), parts)


def _of_parts(
    work: Work, _suspense: Suspense, rule: ProvisionRule, on: date
) -> tuple[Required, ...]:
    connection, branch_id = work.tx.connection, work.branch.branch_id
    overdue = over_90_and_180(connection, branch_id, on)
    made = []
    for currency, outstanding in sorted(portfolio(connection, branch_id).items()):
        over_90, over_180 = overdue.get(currency, (0, 0))
        parts = {
            PORTFOLIO: (outstanding, share(outstanding, rule.portfolio_bp)),
            OVER_90: (over_90, share(over_90, rule.over_90_bp)),
            OVER_180: (over_180, share(over_180, rule.over_180_bp)),
        }
        total = of_instalments(rule, outstanding, over_90, over_180)
        made.append(Required(currency, total, parts))
    return tuple(made)
