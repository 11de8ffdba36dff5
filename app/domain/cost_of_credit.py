"""The apr document (`kist-apr/1`): dated or counted flows in, the yearly rate by a method out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from app.domain.apr import Apr, Method, yearly
from app.domain.intervals import UNIT_YEARS, TimeUnit, european_years
from app.domain.reading import Node
from app.domain.solving import Flow, NoRate

FORMAT = "kist-apr/1"
_DAYS_A_YEAR = 365
_MOST_PERIODS = 366
_LATEST = 50_000  # whole periods after the first flow: more than a century of days
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_PART = re.compile(r"0(\.[0-9]{1,15})?", re.ASCII)


def cost_of(doc: object) -> dict[str, object]:
    """The method and the percent a year of an apr document; raise TermsRefused at a mistake."""
    keys = Node("", doc).keys("format", "method", "flows", "periods_a_year", "time_unit")
    if keys["format"].value != FORMAT:
        raise keys["format"].refused(FORMAT)
    method = _method(keys["method"])
    given = keys["flows"].items()
    if not given:
        raise keys["flows"].refused("a list with an advance and a payment")
    try:
        return _READERS[method](method, given, keys)._asdict()
    except NoRate as none:
        raise Node("flows", str(none)).refused(
            "advances above zero and payments below zero that some rate makes worth nothing"
        ) from None


def _method(node: Node) -> Method:
    if not isinstance(node.value, str) or node.value not in set(Method):
        raise node.refused(", ".join(Method))
    return Method(node.value)


def _by_period(method: Method, given: Sequence[Node], keys: Mapping[str, Node]) -> Apr:
    """Flows at the end of a period; a part of a period compounds as a whole one does."""
    _without(keys["time_unit"], method)
    return yearly(method, [_counted(node) for node in given], _periods(keys["periods_a_year"]))


def _by_unit_period(method: Method, given: Sequence[Node], keys: Mapping[str, Node]) -> Apr:
    """Whole unit-periods compound, the part of one bears simple interest (Appendix J, (b)(8))."""
    _without(keys["time_unit"], method)
    periods = _periods(keys["periods_a_year"])
    flows = []
    for node in given:
        amount, whole, part = _counts(node)
        flows.append(Flow(Fraction(whole), amount, part))
    return yearly(method, flows, periods)


def _by_days(method: Method, given: Sequence[Node], keys: Mapping[str, Node]) -> Apr:
    """Days since the first flow ÷ 365."""
    _without(keys["periods_a_year"], method)
    _without(keys["time_unit"], method)
    dated = [_dated(node, method) for node in given]
    start = min(on for on, _ in dated)
    return yearly(method, [Flow(Fraction((on - start).days, _DAYS_A_YEAR), a) for on, a in dated])


def _by_intervals(method: Method, given: Sequence[Node], keys: Mapping[str, Node]) -> Apr:
    """European intervals since the first advance, or times counted in the unit."""
    _without(keys["periods_a_year"], method)
    if keys["time_unit"].missing:
        raise keys["time_unit"].refused(", ".join(TimeUnit))
    unit = keys["time_unit"].choice(TimeUnit, TimeUnit.MONTH)
    if _says_days(given[0]):
        return yearly(method, _since_first_advance(given, method, unit))
    counted = [_counted(node) for node in given]
    return yearly(method, [Flow(one.time * UNIT_YEARS[unit], one.amount) for one in counted])


def _since_first_advance(given: Sequence[Node], method: Method, unit: TimeUnit) -> list[Flow]:
    """An interval runs from the day of the first advance, so no flow may come before it."""
    dated = [_dated(node, method) for node in given]
    start = min((on for on, amount in dated if amount > 0), default=None)
    if start is None:
        raise NoRate("only payments")
    for node, (on, _) in zip(given, dated, strict=True):
        if on < start:
            allowed = f"a day on or after the first advance of {start.isoformat()}"
            raise Node(f"{node.path}.on", on.isoformat()).refused(allowed)
    return [Flow(european_years(start, on, unit), amount) for on, amount in dated]


def _without(node: Node, method: Method) -> None:
    if not node.missing:
        raise node.refused(f"nothing: {method.value} does not ask for it")


def _periods(node: Node) -> Fraction:
    return Fraction(node.whole(1, _MOST_PERIODS))


def _says_days(node: Node) -> bool:
    return isinstance(node.value, Mapping) and node.value.get("on") is not None


def _dated(node: Node, method: Method) -> tuple[date, Fraction]:
    """The day and the amount of a flow."""
    keys = node.keys("on", "t", "f", "amount")
    for name in ("t", "f"):
        if not keys[name].missing:
            kept = "it counts by dates" if method is Method.XIRR else "the other flows say `on`"
            raise keys[name].refused(f"nothing: {kept}")
    return keys["on"].day(), _amount(keys["amount"])


def _counted(node: Node) -> Flow:
    amount, whole, part = _counts(node)
    return Flow(whole + part, amount)


def _counts(node: Node) -> tuple[Fraction, int, Fraction]:
    """The amount of a flow, its whole periods and the part of one."""
    keys = node.keys("on", "t", "f", "amount")
    if not keys["on"].missing:
        raise keys["on"].refused("nothing: these flows are counted in periods, `t` and `f`")
    return _amount(keys["amount"]), keys["t"].whole(0, _LATEST), _part(keys["f"])


def _amount(node: Node) -> Fraction:
    """An exact amount in whatever currency: a rate of cost has none."""
    if not isinstance(node.value, str) or not _AMOUNT.fullmatch(node.value):
        raise node.refused("a text such as 1000 or -88.49, at most 15 digits on either side")
    return Fraction(node.value)


def _part(node: Node) -> Fraction:
    if node.missing:
        return Fraction(0)
    if not isinstance(node.value, str) or not _PART.fullmatch(node.value):
        raise node.refused("a part of a period as a text, from 0 to below 1, such as 0.433333")
    return Fraction(node.value)


_READERS: Mapping[Method, Callable[[Method, Sequence[Node], Mapping[str, Node]], Apr]] = (
    MappingProxyType(
        {
            Method.IRR_NOMINAL: _by_period,
            Method.IRR_EFFECTIVE: _by_period,
            Method.XIRR: _by_days,
            Method.REGZ_APPENDIX_J: _by_unit_period,
            Method.EU_2008_48: _by_intervals,
        }
    )
)
