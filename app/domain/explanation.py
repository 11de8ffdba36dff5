"""The work behind a calc document's lines, as a document: `kist calc --explain`."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from app.domain.calculation import Calculation
from app.domain.explaining import LineWork, PartWork, Worked, worked_out
from app.domain.money import decimal_text, digits
from app.domain.plan import Found
from app.domain.points import Amount
from app.domain.reading import percent_text

_PLACES = 10  # decimals of a printed unrounded value; the fraction beside it is exact


def explanation_of(calculation: Calculation) -> dict[str, object]:
    """Factors, unrounded values and the rounding applied, for the instalment and each line.

    Money in the currency's unit; fractions exact as `numerator/denominator`.
    """
    worked = worked_out(*calculation)
    rounding, currency = worked.terms.rounding, worked.terms.currency
    return {
        "rounding": {
            "mode": rounding.mode.value,
            "interest_to": decimal_text(rounding.interest_to, currency),
            "instalment_to": decimal_text(rounding.instalment_to, currency),
            "instalment_mode": rounding.instalment_mode.value,
            "residue": rounding.residue.value,
        },
        "instalments": [_found_doc(one, worked) for one in worked.found],
        "lines": [_line_doc(line, worked) for line in worked.lines],
    }


def _found_doc(found: Found, worked: Worked) -> dict[str, object]:
    return {
        "on": found.on.isoformat(),
        "from_line": found.place + 1,
        **_value("unrounded", found.exact, worked),
        "rounding": worked.terms.rounding.instalment_mode.value,
        "to": decimal_text(worked.terms.rounding.instalment_to, worked.terms.currency),
        "instalment": _money(found.level, worked),
    }


def _line_doc(line: LineWork, worked: Worked) -> dict[str, object]:
    currency, rounding = worked.terms.currency, worked.terms.rounding
    return {
        "number": line.number,
        "due_on": line.due_on.isoformat(),
        "opening_balance": _money(line.opening_balance, worked),
        "parts": [_part_doc(part, worked) for part in line.parts],
        "interest": {
            **_value("unrounded", line.unrounded, worked),
            "rounding": rounding.mode.value,
            "to": decimal_text(rounding.interest_to, currency),
            "taken": decimal_text(line.taken, currency),
            "added": _money(line.added, worked),
            "rounded": decimal_text(line.interest, currency),
        },
        "instalment": _money(line.instalment, worked),
        "principal": {"why": line.principal_why, "amount": decimal_text(line.principal, currency)},
        "balance": decimal_text(line.balance, currency),
    }


def _part_doc(part: PartWork, worked: Worked) -> dict[str, object]:
    return {
        "from": part.from_on.isoformat(),
        "to": part.to_on.isoformat(),
        "days": (part.to_on - part.from_on).days,
        "balance": _money(part.balance, worked),
        "annual_rate": percent_text(part.annual_rate),
        "year_part": _fraction(part.year_part),
        "factor": _fraction(part.factor),
        **_value("interest", part.interest, worked),
    }


def _value(name: str, minor: Fraction, worked: Worked) -> dict[str, str]:
    """A value before rounding, in units of the currency: as a fraction and as a long decimal."""
    units = minor / 10 ** digits(worked.terms.currency)
    return {name: _long(units), f"{name}_fraction": _fraction(units)}


def _long(units: Fraction) -> str:
    exact = Context(prec=60).divide(Decimal(units.numerator), Decimal(units.denominator))
    return f"{exact.quantize(Decimal(1).scaleb(-_PLACES), context=Context(prec=60)):f}"


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _money(amount: Amount, worked: Worked) -> str:
    """A whole amount as money; one of the exact run as a long decimal."""
    if amount == int(amount):
        return decimal_text(int(amount), worked.terms.currency)
    return _long(Fraction(amount) / 10 ** digits(worked.terms.currency))
