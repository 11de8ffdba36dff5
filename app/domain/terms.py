"""The terms of a loan: what was sanctioned, every convention a named choice, and their document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from app.domain.allocation import Across, AdvanceTo, AllocationRule, Head
from app.domain.calendar import DayCount, MonthEnd, Shift, Unit, WorkingDays
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
)
from app.domain.errors import TermsRefused
from app.domain.money import RoundingMode, decimal_text
from app.domain.reading import Node, percent_text

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
    "doc_of",
    "terms_of",
]

# The version of the engine's rules that new terms are made under.
RULES = 1
_MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Terms:
    """What was sanctioned. Money in minor units of `currency`, percentages in 1 ÷ PERCENT percent.

    `rules` is the version of the engine these terms were made under: a correction that changes any
    figure is a new version, and old loans keep theirs. Exactly one of `instalments` (a count) and
    `instalment` (a fixed amount) is set.
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
    _refuse_later(keys)
    unit, every = _every(keys["every"])
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
        rounding=_rounding(keys["rounding"], currency),
        grace=_grace(keys["grace"], count),
        down_payment_percent=_down_payment(keys["down_payment_percent"]),
        broken_period=keys["broken_period"].choice(BrokenPeriod, BrokenPeriod.FIRST_INSTALMENT),
        calendar=_calendar(keys["calendar"]),
        charges=tuple(charge_of(node, currency) for node in keys["charges"].items()),
        penalty=penalty_of(keys["penalty"], currency),
        foreclosure=foreclosure_of(keys["foreclosure"]),
        allocation=_allocation(keys["allocation"]),
        recalculate=Recalculate.NEVER,
        rules=keys["rules"].whole(1, RULES, RULES),
    )
    _refuse_conflicts(terms, keys)
    return terms


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
        "rounding": _rounding_doc(terms.rounding, currency),
        "grace": asdict(terms.grace),
        "down_payment_percent": percent_text(down) if down else None,
        "tranches": None,
        "broken_period": terms.broken_period.value,
        "calendar": _calendar_doc(terms.calendar),
        "charges": [charge_doc(charge, currency) for charge in terms.charges],
        "penalty": penalty_doc(terms.penalty, currency),
        "foreclosure": foreclosure_doc(terms.foreclosure),
        "allocation": _allocation_doc(terms.allocation),
        "recalculate": terms.recalculate.value,
        "rules": terms.rules,
    }


def _rounding_doc(rounding: Rounding, currency: str) -> dict[str, object]:
    same = rounding.instalment_mode is rounding.mode
    return {
        "mode": rounding.mode.value,
        "interest_to": decimal_text(rounding.interest_to, currency),
        "instalment_to": decimal_text(rounding.instalment_to, currency),
        "instalment_mode": None if same else rounding.instalment_mode.value,
        "residue": rounding.residue.value,
    }


def _calendar_doc(days: WorkingDays) -> dict[str, object]:
    return {
        "working_days": sorted(days.weekdays),
        "holidays": sorted(day.isoformat() for day in days.holidays),
        "shift": days.shift.value,
    }


def _allocation_doc(rule: AllocationRule) -> dict[str, object]:
    ahead = rule.advance_order
    return {
        "order": [head.value for head in rule.order],
        "across": rule.across.value,
        "advance_order": [head.value for head in ahead] if ahead else None,
        "advance_to": rule.advance_to.value,
    }


def _refuse_later(keys: Mapping[str, Node]) -> None:
    """Refuse, by their key, the conventions this version of the engine does not know."""
    if keys["tranches"].items():
        raise keys["tranches"].refused("null: disbursement in tranches is not supported")
    recalculate = keys["recalculate"].choice(Recalculate, Recalculate.NEVER)
    if recalculate is not Recalculate.NEVER:
        raise keys["recalculate"].refused("never")


def _every(node: Node) -> tuple[Unit, int]:
    if node.missing:
        raise node.refused('an object such as {"n": 1, "unit": "month"}')
    keys = node.keys("n", "unit")
    if keys["unit"].missing:
        raise keys["unit"].refused(", ".join(Unit))
    return keys["unit"].choice(Unit, Unit.MONTH), keys["n"].whole(1, 366)


def _count_or_amount(keys: Mapping[str, Node], currency: str) -> tuple[int | None, int | None]:
    count, amount = keys["instalments"], keys["instalment"]
    if not count.missing and not amount.missing:
        raise amount.refused("null where instalments is given: one of the two, not both")
    if not amount.missing:
        return None, amount.amount(currency)
    return count.whole(1, _MOST_LINES), None


def _rounding(node: Node, currency: str) -> Rounding:
    if node.missing:
        node = Node(node.path, {})
    keys = node.keys("mode", "interest_to", "instalment_to", "instalment_mode", "residue")
    mode = keys["mode"].choice(RoundingMode, RoundingMode.HALF_EVEN)
    instalment_mode = keys["instalment_mode"].choice(RoundingMode, mode)
    if instalment_mode is RoundingMode.NONE and mode is not RoundingMode.NONE:
        raise keys["instalment_mode"].refused("half-even, half-up, up, down or null")
    return Rounding(
        mode=mode,
        interest_to=_step(keys["interest_to"], currency),
        instalment_to=_step(keys["instalment_to"], currency),
        instalment_mode=mode if mode is RoundingMode.NONE else instalment_mode,
        residue=keys["residue"].choice(Residue, Residue.LAST),
    )


def _step(node: Node, currency: str) -> int:
    """A rounding step; the default is 0.01, and the smallest unit of a currency without cents."""
    return 1 if node.missing else node.amount(currency)


def _grace(node: Node, count: int | None) -> Grace:
    if node.missing:
        return Grace()
    most = _MOST_LINES if count is None else count - 1
    keys = node.keys("principal", "interest", "interest_free")
    return Grace(
        keys["principal"].whole(0, most, 0),
        keys["interest"].whole(0, most, 0),
        keys["interest_free"].whole(0, most, 0),
    )


def _down_payment(node: Node) -> int:
    return 0 if node.missing else node.percent(100)


def _calendar(node: Node) -> WorkingDays:
    if node.missing:
        return WorkingDays()
    keys = node.keys("working_days", "holidays", "shift")
    weekdays = frozenset(day.whole(1, 7) for day in keys["working_days"].items())
    if not weekdays and not keys["working_days"].missing:
        raise keys["working_days"].refused("at least one of 1 (Monday) to 7 (Sunday)")
    return WorkingDays(
        weekdays=weekdays or frozenset(range(1, 8)),
        holidays=frozenset(day.day() for day in keys["holidays"].items()),
        shift=keys["shift"].choice(Shift, Shift.NONE),
    )


def _allocation(node: Node) -> AllocationRule:
    if node.missing:
        return AllocationRule()
    keys = node.keys("order", "across", "advance_order", "advance_to")
    advance_to = keys["advance_to"].choice(AdvanceTo, AdvanceTo.NEXT)
    if advance_to not in (AdvanceTo.NEXT, AdvanceTo.LAST):
        raise keys["advance_to"].refused("next, last")
    return AllocationRule(
        order=_heads(keys["order"]) or AllocationRule().order,
        across=keys["across"].choice(Across, Across.INSTALMENT),
        advance_order=_heads(keys["advance_order"]),
        advance_to=advance_to,
    )


def _heads(node: Node) -> tuple[Head, ...] | None:
    if node.missing:
        return None
    heads = tuple(item.choice(Head, Head.PENALTY) for item in node.items())
    if sorted(heads) != sorted(Head):
        raise node.refused("each of penalty, charge, interest, principal once")
    return heads


def _refuse_conflicts(terms: Terms, keys: Mapping[str, Node]) -> None:
    """Refuse choices that are each allowed but not together."""
    for clash, key, allowed in (
        (
            terms.first_due_on is not None and terms.first_due_on <= terms.disbursed_on,
            "first_due_on",
            "a day after disbursed_on",
        ),
        (
            terms.instalment is not None and terms.interest is Interest.FLAT,
            "instalment",
            "null with flat interest: a count of instalments",
        ),
        (
            terms.instalment is not None and terms.repayment is not Repayment.EQUAL_INSTALMENTS,
            "instalment",
            "null unless repayment is equal-instalments",
        ),
        (
            bool(terms.down_payment_percent) and terms.broken_period is BrokenPeriod.SEPARATE,
            "broken_period",
            "first-instalment or spread with a down payment",
        ),
    ):
        if clash:
            raise keys[key].refused(allowed)
    _refuse_early_charges(terms, keys["charges"])


def _refuse_early_charges(terms: Terms, node: Node) -> None:
    for item, charge in zip(node.items(), terms.charges, strict=True):
        if isinstance(charge.on, date) and charge.on < terms.disbursed_on:
            raise TermsRefused(
                path=f"{item.path}.on",
                given=charge.on.isoformat(),
                allowed="a day on or after disbursed_on",
            )
