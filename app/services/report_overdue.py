"""What is overdue on a day: by group and age, at risk over a year, and loan by loan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from app.domain.ageing import BUCKETS, Portion
from app.reports.overdue import BUCKET_COLUMNS, RISK_COLUMNS
from app.rows.reports import AgeingRow, Series, Trend
from app.services.overdue import basis_points
from app.services.report_asked import Asked, Made, Notes
from app.services.report_groups import groups_of
from app.services.report_lines import lines, rows_of
from app.services.report_standing import PAR_DAYS, at_end
from app.services.report_stock import Stock
from app.services.work import Reading
from app.store.past import last_paid
from app.store.report_stock import Stood, at_risk_on
from app.texts import _
from app.texts.figures import amount, month, percent
from app.texts.labels import named

_MONTHS, _PAR_90_DAYS, _BASIS = 12, 90, 10_000
_AGED: Mapping[str, str] = MappingProxyType(dict(zip(BUCKETS[1:], BUCKET_COLUMNS, strict=True)))
_RISKS: Mapping[str, str] = MappingProxyType(
    dict(zip(BUCKETS, ("current_minor", *RISK_COLUMNS), strict=True))
)


def par(reading: Reading, asked: Asked) -> Made:
    """Outstanding by days past due, with a year of PAR-30 and PAR-90."""
    groups = groups_of(reading, asked.scope)
    at, loans = at_end(reading, asked)
    made, key = lines(), groups.key(asked.by)
    for loan in loans:
        sums = made[key(loan)]
        sums["loans"] += 1
        sums["outstanding_minor"] += loan.principal_minor
        sums[_RISKS[at.bucket(loan)]] += loan.principal_minor
    trend = None if asked.within else _year(reading, asked, at)
    return Made(rows_of(groups, asked.by, made), par_notes(at, loans, asked), trend=trend)


def overdue_by(reading: Reading, asked: Asked) -> Made:
    """What is overdue by group and age."""
    groups = groups_of(reading, asked.scope)
    at, loans = at_end(reading, asked)
    made, key = lines(), groups.key(asked.by)
    people: dict[str, set[int]] = defaultdict(set)
    late = [loan for loan in loans if at.dpd(loan)]
    for loan in late:
        group, owed = key(loan), at.owed(loan)
        sums = made[group]
        sums["loans"] += 1
        sums["arrears_minor"] += owed.before_minor
        sums[_AGED[at.bucket(loan)]] += owed.before_minor
        sums["principal_late_minor"] += owed.principal_minor
        sums["outstanding_minor"] += loan.principal_minor
        people[group].add(loan.party_id)
    for group, sums in made.items():
        sums["borrowers"] = len(people[group])
    totals = (("borrowers", len({loan.party_id for loan in late})),)
    return Made(rows_of(groups, asked.by, made), par_notes(at, loans, asked), totals)


def par_notes(at: Stock, loans: Iterable[Stood], asked: Asked) -> Notes:
    """Overdue and outstanding with both rates, each with what it counts."""
    whole = late = principal = risky = 0
    for loan in loans:
        whole += loan.principal_minor
        if dpd := at.dpd(loan):
            late += at.owed(loan).before_minor
            principal += at.owed(loan).principal_minor
            risky += loan.principal_minor if dpd > PAR_DAYS else 0
    shown = [amount(value, asked.period.currency, symbol=True) for value in (late, whole)]
    return (
        (_("Overdue"), shown[0]),
        (_("Outstanding"), shown[1]),
        (_("Arrears rate"), _rate(principal, whole, _("principal overdue alone"))),
        (_("PAR-30"), _rate(risky, whole, _("whole loans over 30 days late"))),
    )


def overdue(reading: Reading, asked: Asked) -> Made:
    """The late loans one by one, the oldest first."""
    groups = groups_of(reading, asked.scope)
    at, loans = at_end(reading, asked)
    late = [loan for loan in loans if at.dpd(loan)]
    late.sort(key=lambda one: (one.oldest_on or at.day, one.loan_id))
    groups.know(loan.loan_id for loan in late)
    paid = last_paid(reading.connection, [loan.loan_id for loan in late], at.day)
    rows = tuple(_ageing(reading, asked, at, loan, paid.get(loan.loan_id)) for loan in late)
    return Made(rows, par_notes(at, loans, asked))


def _ageing(
    reading: Reading, asked: Asked, at: Stock, loan: Stood, last_paid_on: date | None
) -> AgeingRow:
    groups, owed = groups_of(reading, asked.scope), at.owed(loan).before_minor
    known = groups.know(())[loan.loan_id]
    aged = {**dict.fromkeys(BUCKET_COLUMNS, 0), _AGED[at.bucket(loan)]: owed}
    return AgeingRow(
        loan_number=known.number,
        borrower=known.borrower,
        village=known.village,
        officer=groups.people.get(loan.officer_id, ""),
        dpd=at.dpd(loan),
        asset_class=named("asset-class", at.class_of(loan)),
        arrears_minor=owed,
        outstanding_minor=loan.principal_minor,
        last_paid_on=last_paid_on,
        loan_id=loan.loan_id,
        **aged,
    )


def _year(reading: Reading, asked: Asked, at: Stock) -> Trend:
    """PAR-30 and PAR-90 at the ends of the months before, by what is known now, and on the day."""
    days = _month_ends(at.day)
    past = [day for day in days if day < reading.day]
    found = reading.once(
        ("year", asked.scope, tuple(past)),
        lambda: at_risk_on(reading.connection, asked.scope, past),
    )
    now = [0, 0, 0]
    for loan in at.loans:
        dpd = at.dpd(loan)
        now[0] += loan.principal_minor
        now[1] += loan.principal_minor if dpd > PAR_DAYS else 0
        now[2] += loan.principal_minor if dpd > _PAR_90_DAYS else 0
    sums = {**found, at.day: now}
    curves = [
        tuple(basis_points(Portion(sums[day][place], sums[day][0])) for day in days)
        for place in (1, 2)
    ]
    labels = tuple(month(day.month) for day in days)
    return Trend(labels, (Series(_("PAR-30"), curves[0]), Series(_("PAR-90"), curves[1])))


def _month_ends(day: date) -> list[date]:
    """The ends of the eleven months before a day, and the day."""
    ends = [day]
    first = day.replace(day=1)
    for _month in range(_MONTHS - 1):
        last = first - timedelta(1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def _rate(part: int, whole: int, meaning: str) -> str:
    return f"{percent(Fraction(basis_points(Portion(part, whole)), _BASIS))} ({meaning})"
