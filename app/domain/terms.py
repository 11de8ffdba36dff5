"""The terms of a loan: what was sanctioned, every convention a named choice, and their document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from app.domain.allocation import AllocationRule
from app.domain.calendar import DayCount, MonthEnd, Unit, WorkingDays
from app.domain.charges import (
    ChargeTerms,
    ForeclosureTerms,
    PenaltyTerms,
    charge_doc,
    charge_of,
    foreclosure_doc,
    foreclosure_of,
    penalty_doc,
    penalty_of,
)
from app.domain.conventions import (
    BrokenPeriod,
    Grace,
    Interest,
    LevelBy,
    Recalculate,
    Repayment,
    Residue,
    Rounding,
    Tranche,
)
from app.domain.errors import TermsRefused
from app.domain.money import RoundingMode, decimal_text
from app.domain.reading import Node, percent_text
from app.domain.terms_parts import (
    MOST_LINES,
    allocation_doc,
    allocation_of,
    calendar_doc,
    calendar_of,
    every_of,
    grace_of,
    rounding_doc,
    rounding_of,
    tranches_doc,
    tranches_of,
)

__all__ = [
    "RULES",
    "BrokenPeriod",
    "Grace",
    "Interest",
    "LevelBy",
    "Recalculate",
    "Repayment",
    "Residue",
    "Rounding",
    "Terms",
    "Tranche",
    "doc_of",
    "terms_of",
]

# The version of the engine's rules that new terms are made under.
RULES = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """What was sanctioned. Money in minor units of `currency`, percentages in 1 ÷ PERCENT percent.

    `rules` is the version of the engine these terms were made under: a correction that changes any
    figure is a new version, and old loans keep theirs. Exactly one of `instalments` (a count) and
    `instalment` (a fixed amount) is set. `tranches` is empty where everything is handed out at
    once; otherwise the first is on `disbursed_on`, and they sum to `principal`.
    """

    currency: str
    principal: int
    disbursed_on: date
    annual_rate: int
    interest: Interest
    repayment: Repayment
    instalments: int | None
    instalment: int | None
    every: int
    unit: Unit
    first_due_on: date | None
    month_end: MonthEnd
    day_count: DayCount
    level_by: LevelBy
    rounding: Rounding
    grace: Grace
    down_payment_percent: int
    broken_period: BrokenPeriod
    calendar: WorkingDays
    charges: tuple[ChargeTerms, ...]
    penalty: PenaltyTerms | None
    foreclosure: ForeclosureTerms
    allocation: AllocationRule
    recalculate: Recalculate
    rules: int = RULES
    tranches: tuple[Tranche, ...] = ()

    @property
    def first_amount(self) -> int:
        """What is handed out on `disbursed_on`, in minor units."""
        return self.tranches[0].amount if self.tranches else self.principal

    @property
    def first_day_amount(self) -> int:
        """All that is handed out on the first day: its tranches are one sum to the schedule."""
        first = [one.amount for one in self.tranches if one.on <= self.disbursed_on]
        return sum(first) if first else self.principal


_KEYS = [
    "principal",
    "disbursed_on",
    "annual_rate",
    "interest",
    "repayment",
    "instalments",
    "instalment",
    "every",
    "first_due_on",
    "month_end",
    "day_count",
    "level_by",
    "rounding",
    "grace",
    "down_payment_percent",
    "tranches",
    "broken_period",
    "calendar",
    "charges",
    "penalty",
    "foreclosure",
    "allocation",
    "recalculate",
    "rules",
]


def terms_of(doc: Mapping[str, object], currency: str, path: str = "terms") -> Terms:
    """Read the `terms` object of a calc document; raise TermsRefused at the first mistake.

    Everything but principal, disbursed_on, annual_rate, every and one of instalments / instalment
    has a default.
    """
    keys = Node(path, doc).keys(*_KEYS)
    unit, every = every_of(keys["every"])
    count, fixed = _count_or_amount(keys, currency)
    terms = Terms(
        currency=currency,
        principal=keys["principal"].amount(currency),
        disbursed_on=keys["disbursed_on"].day(),
        annual_rate=keys["annual_rate"].percent(),
        interest=keys["interest"].choice(Interest, Interest.DECLINING),
        repayment=keys["repayment"].choice(Repayment, Repayment.EQUAL_INSTALMENTS),
        instalments=count,
        instalment=fixed,
        every=every,
        unit=unit,
        first_due_on=None if keys["first_due_on"].missing else keys["first_due_on"].day(),
        month_end=keys["month_end"].choice(MonthEnd, MonthEnd.CLAMP),
        day_count=keys["day_count"].choice(DayCount, DayCount.PERIODIC),
        level_by=keys["level_by"].choice(LevelBy, LevelBy.PERIOD_RATE),
        rounding=rounding_of(keys["rounding"], currency),
        grace=grace_of(keys["grace"], count),
        down_payment_percent=_down_payment(keys["down_payment_percent"]),
        broken_period=keys["broken_period"].choice(BrokenPeriod, BrokenPeriod.FIRST_INSTALMENT),
        calendar=calendar_of(keys["calendar"]),
        charges=tuple(charge_of(node, currency) for node in keys["charges"].items()),
        penalty=penalty_of(keys["penalty"], currency),
        foreclosure=foreclosure_of(keys["foreclosure"]),
        allocation=allocation_of(keys["allocation"]),
        recalculate=keys["recalculate"].choice(Recalculate, Recalculate.NEVER),
        rules=keys["rules"].whole(1, RULES, RULES),
        tranches=tranches_of(keys["tranches"], currency),
    )
    _refuse_conflicts(terms, keys)
    return terms if len(terms.tranches) > 1 else replace(terms, tranches=())


def doc_of(terms: Terms) -> dict[str, object]:
    """The terms as a canonical document, defaults filled in; `terms_of` reads it back equal."""
    currency = terms.currency
    down = terms.down_payment_percent
    fixed = terms.instalment
    return {
        "principal": decimal_text(terms.principal, currency),
        "disbursed_on": terms.disbursed_on.isoformat(),
        "annual_rate": percent_text(terms.annual_rate),
        "interest": terms.interest.value,
        "repayment": terms.repayment.value,
        "instalments": terms.instalments,
        "instalment": None if fixed is None else decimal_text(fixed, currency),
        "every": {"n": terms.every, "unit": terms.unit.value},
        "first_due_on": terms.first_due_on.isoformat() if terms.first_due_on else None,
        "month_end": terms.month_end.value,
        "day_count": terms.day_count.value,
        "level_by": terms.level_by.value,
        "rounding": rounding_doc(terms.rounding, currency),
        "grace": asdict(terms.grace),
        "down_payment_percent": percent_text(down) if down else None,
        "tranches": tranches_doc(terms.tranches, currency),
        "broken_period": terms.broken_period.value,
        "calendar": calendar_doc(terms.calendar),
        "charges": [charge_doc(charge, currency) for charge in terms.charges],
        "penalty": penalty_doc(terms.penalty, currency),
        "foreclosure": foreclosure_doc(terms.foreclosure),
        "allocation": allocation_doc(terms.allocation),
        "recalculate": terms.recalculate.value,
        "rules": terms.rules,
    }


def _count_or_amount(keys: Mapping[str, Node], currency: str) -> tuple[int | None, int | None]:
    count, amount = keys["instalments"], keys["instalment"]
    if not count.missing and not amount.missing:
        raise amount.refused("null where instalments is given: one of the two, not both")
    if not amount.missing:
        return None, amount.amount(currency)
    return count.whole(1, MOST_LINES), None


def _down_payment(node: Node) -> int:
    return 0 if node.missing else node.percent(100)


def _refuse_conflicts(terms: Terms, keys: Mapping[str, Node]) -> None:
    """Refuse choices that are each allowed but not together."""
    for clash, key, allowed in (*_clashes(terms), *_flat_clashes(terms), *_tranche_clashes(terms)):
        if clash:
            raise keys[key].refused(allowed)
    _refuse_early_charges(terms, keys["charges"])


_Clash = tuple[bool, str, str]


def _clashes(terms: Terms) -> tuple[_Clash, ...]:
    fixed = terms.instalment is not None
    return (
        (
            terms.first_due_on is not None and terms.first_due_on <= terms.disbursed_on,
            "first_due_on",
            "a day after disbursed_on",
        ),
        (
            fixed and terms.repayment is not Repayment.EQUAL_INSTALMENTS,
            "instalment",
            "null unless repayment is equal-instalments",
        ),
        (
            bool(terms.down_payment_percent) and terms.broken_period is BrokenPeriod.SEPARATE,
            "broken_period",
            "first-instalment or spread with a down payment",
        ),
        (
            terms.recalculate is not Recalculate.NEVER and terms.rounding.mode is RoundingMode.NONE,
            "recalculate",
            "never in the exact run (rounding.mode none)",
        ),
    )


def _flat_clashes(terms: Terms) -> tuple[_Clash, ...]:
    flat = terms.interest is Interest.FLAT
    return (
        (
            flat and terms.instalment is not None,
            "instalment",
            "null with flat interest: a count of instalments",
        ),
        (
            flat and terms.recalculate is not Recalculate.NEVER,
            "recalculate",
            "never with flat interest",
        ),
        (
            flat and terms.allocation.reduces,
            "allocation",
            "advance_to next, last or hold with flat interest",
        ),
    )


def _tranche_clashes(terms: Terms) -> tuple[_Clash, ...]:
    parts = terms.tranches
    return (
        (
            bool(parts) and parts[0].on != terms.disbursed_on,
            "tranches",
            "the first tranche on disbursed_on",
        ),
        (
            bool(parts) and sum(one.amount for one in parts) != terms.principal,
            "tranches",
            "amounts that sum to principal",
        ),
        (
            len(parts) > 1 and bool(terms.down_payment_percent),
            "down_payment_percent",
            "null with tranches",
        ),
    )


def _refuse_early_charges(terms: Terms, node: Node) -> None:
    for item, charge in zip(node.items(), terms.charges, strict=True):
        if isinstance(charge.on, date) and charge.on < terms.disbursed_on:
            raise TermsRefused(
                path=f"{item.path}.on",
                given=charge.on.isoformat(),
                allowed="a day on or after disbursed_on",
            )
