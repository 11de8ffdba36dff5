"""The books as reports: what every account holds, earned and cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from app.domain.errors import ValueRefused
from app.reports.books import ACCOUNT
from app.rows.reports import Figures, GroupRow
from app.services.journal import ledger_rows
from app.services.report_asked import Asked, Made
from app.services.work import Reading
from app.store import journal as store
from app.store.balances import Moved, balance_before, chart_of, moved
from app.store.journal import Span, Wanted
from app.texts import N_, _, translated
from app.texts.figures import amount
from app.texts.labels import named

_ONE_DAY = timedelta(1)
_MOST = 200_000  # lines of a journal on paper
_PAGE = 1000
DEBIT_KINDS = ("asset", "expense")
Held = Mapping[str, Moved]


def year_begins(on: date, from_month: int) -> date:
    """The first day of the financial year that a day lies in."""
    year = on.year if on.month >= from_month else on.year - 1
    return date(year, from_month, 1)


def trial_balance(reading: Reading, asked: Asked) -> Made:
    """Every account that holds anything, by code."""
    held = _held(reading, asked.period.last)
    rows = []
    for code, title, kind in _chart(reading, held):
        balance = held.get(code, Moved()).balance
        if not balance:
            continue
        figures: Figures = {
            "code": code,
            "kind": named("account-kind", kind),
            "debit_minor": max(balance, 0),
            "credit_minor": max(-balance, 0),
        }
        rows.append(GroupRow(code, title, figures))
    return Made(tuple(rows))


def income_statement(reading: Reading, asked: Asked) -> Made:
    """Income, expenses and what is left, in the period and since the year began."""
    period = asked.period
    began = year_begins(period.last, reading.branch.financial_year_from)
    now, year = (_held(reading, period.last, first) for first in (period.first, began))
    rows: list[GroupRow] = []
    sums: dict[str, tuple[int, int]] = {}
    for kind, title, total in _SIDES_OF_INCOME:
        rows.append(_heading(translated(title)))
        lines = [
            (code, name, (_of(now, code, kind), _of(year, code, kind)))
            for code, name, own in _chart(reading, {**year, **now})
            if own == kind
        ]
        lines = [one for one in lines if any(one[2])]
        rows += [_income_row(code, name, both) for code, name, both in lines]
        sums[kind] = _added(both for _code, _name, both in lines)
        rows.append(_income_row("", translated(total), sums[kind]))
    profit = _less(sums["income"], sums["expense"])
    rows.append(_income_row("", _profit_words(profit[0]), profit))
    return Made(tuple(rows), _notes(reading, ((_profit_words(profit[0]), profit[0]),)))


def balance_sheet(reading: Reading, asked: Asked) -> Made:
    """Assets, and who they belong to; both sides are the same."""
    last, branch = asked.period.last, reading.branch
    began = year_begins(last, branch.financial_year_from)
    now, before = _held(reading, last), _held(reading, began - _ONE_DAY)
    rows: list[GroupRow] = []
    sums: dict[str, tuple[int, int]] = {}
    chart = list(_chart(reading, {**before, **now}))
    profits = _profits(chart, now, before)
    for kind, title, total in _SIDES_OF_BALANCE:
        rows.append(_heading(translated(title)))
        lines = [
            (code, name, (_of(now, code, kind), _of(before, code, kind)))
            for code, name, own in chart
            if own == kind
        ]
        lines += profits if kind == "equity" else []
        rows += [_balance_row(code, name, both) for code, name, both in lines if any(both)]
        sums[kind] = _added(both for _code, _name, both in lines)
        rows.append(_balance_row("", translated(total), sums[kind]))
    owed = _added((sums["liability"], sums["equity"]))
    rows.append(_balance_row("", _("Liabilities and equity together"), owed))
    notes = (
        (_("Assets"), sums["asset"][0]),
        (_("Liabilities and equity"), owed[0]),
        (_("Difference"), sums["asset"][0] - owed[0]),
    )
    return Made(tuple(rows), _notes(reading, notes))


def journal(reading: Reading, asked: Asked) -> Made:
    """Every line of every entry of the period, the earliest first."""
    period = asked.period
    wanted = Wanted(period.branch_id, first=period.first, last=period.last)
    if store.count_entries(reading.connection, wanted) > _MOST:
        raise ValueRefused(field="to_on", why="too-many-rows", most=_MOST)
    rows = tuple(row for entry in _entries(reading, wanted) for row in entry)
    return Made(rows)


def ledger(reading: Reading, asked: Asked) -> Made:
    """The movements of one account, the bank unless said. Raises ValueRefused of an unknown one."""
    period = asked.period
    account = asked.within.get(ACCOUNT, reading.rules.money["bank"])
    titles = {row["code"]: row["title"] for row in chart_of(reading.connection, period.branch_id)}
    if account not in titles:
        raise ValueRefused(field=ACCOUNT, why="no-such-account", account=account)
    span = Span(period.branch_id, account, period.currency, period.first, period.last)
    opening = balance_before(
        reading.connection, period.branch_id, account, period.currency, period.first
    )
    found = store.ledger_page(reading.connection, span, 0, _MOST)
    rows = tuple(
        GroupRow(
            str(row.entry_id),
            row.against,
            {
                "on": row.booked_on,
                "what": named("event-kind", row.kind),
                "number": row.number,
                "particulars": _particulars(row.loan_number, row.borrower, row.narration),
                "debit_minor": row.debit_minor,
                "credit_minor": row.credit_minor,
                "balance_minor": row.balance_minor,
            },
        )
        for row in ledger_rows(reading, found, account, opening)
    )
    closing = opening + sum(row["amount_minor"] for row in found)
    notes = ((_("Opening balance"), opening), (_("Closing balance"), closing))
    name = (_("Account"), f"{account} {titles[account]}")
    return Made(rows, (name, *_notes(reading, notes)))


_SIDES_OF_INCOME = (
    ("income", N_("Income"), N_("Income together")),
    ("expense", N_("Expenses"), N_("Expenses together")),
)
_SIDES_OF_BALANCE = (
    ("asset", N_("Assets"), N_("Assets together")),
    ("liability", N_("Liabilities"), N_("Liabilities together")),
    ("equity", N_("Equity"), N_("Equity together")),
)


def _held(reading: Reading, last: date, first: date | None = None) -> Held:
    """What every account moved; read once while the pack is made."""
    branch = reading.branch

    def read() -> Held:
        return moved(reading.connection, branch.branch_id, branch.currency, last, first)

    return reading.once(("moved", first, last), read)


def _chart(reading: Reading, held: Held) -> Iterator[tuple[str, str, str]]:
    """Code, title and kind by code; an account that is in no chart is told as an asset."""
    found = reading.once("chart", lambda: chart_of(reading.connection, reading.branch.branch_id))
    known = {row["code"]: (row["title"], row["kind"]) for row in found}
    for code in sorted({*known, *held}):
        title, kind = known.get(code, ("", "asset"))
        yield code, title, kind


def _of(held: Held, code: str, kind: str) -> int:
    """What an account holds, told on the side that its kind stands on."""
    balance = held.get(code, Moved()).balance
    return balance if kind in DEBIT_KINDS else -balance


def _profits(
    chart: Sequence[tuple[str, str, str]], now: Held, before: Held
) -> list[tuple[str, str, tuple[int, int]]]:
    """Income less expenses: of the years before this one, and of this year."""
    earned = [code for code, _title, kind in chart if kind in ("income", "expense")]
    ever = -sum(now.get(code, Moved()).balance for code in earned)
    earlier = -sum(before.get(code, Moved()).balance for code in earned)
    return [
        ("", _("Profit of earlier years, kept"), (earlier, earlier)),
        ("", _("Profit of the year"), (ever - earlier, 0)),
    ]


def _heading(words: str) -> GroupRow:
    return GroupRow("", words, {"code": "", **dict.fromkeys(_FIGURES, "")}, strong=True)


_FIGURES = ("amount_minor", "year_minor", "before_minor")


def _income_row(code: str, name: str, both: tuple[int, int]) -> GroupRow:
    figures: Figures = {"code": code, "amount_minor": both[0], "year_minor": both[1]}
    return GroupRow(code, name, figures, strong=not code)


def _balance_row(code: str, name: str, both: tuple[int, int]) -> GroupRow:
    figures: Figures = {"code": code, "amount_minor": both[0], "before_minor": both[1]}
    return GroupRow(code, name, figures, strong=not code)


def _added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    one = other = 0
    for first, second in pairs:
        one, other = one + first, other + second
    return one, other


def _less(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] - other[0], one[1] - other[1]


def _profit_words(profit: int) -> str:
    return _("Profit") if profit >= 0 else _("Loss")


def _notes(reading: Reading, figures: Iterable[tuple[str, int]]) -> tuple[tuple[str, str], ...]:
    currency = reading.branch.currency
    return tuple((label, amount(minor, currency, symbol=True)) for label, minor in figures)


def _entries(reading: Reading, wanted: Wanted) -> Iterator[Iterator[GroupRow]]:
    """The entries of a span from the first on, each as its lines."""
    count = store.count_entries(reading.connection, wanted)
    number = 0
    for offset in range(0, count, _PAGE):
        found = store.entries_page(reading.connection, wanted, offset, _PAGE, earliest_first=True)
        ids = [row["id"] for row in found]
        legs = store.legs_of(reading.connection, ids)
        names = store.numbers_of(reading.connection, ids)
        for row in found:
            number += 1
            yield _lines(row, legs.get(row["id"], []), names[row["id"]]["number"] or "", number)


def _lines(row: store.Found, legs: Sequence[store.Found], name: str, n: int) -> Iterator[GroupRow]:
    said = _particulars(row["loan_number"] or "", row["borrower"] or "", row["narration"])
    for leg in legs:
        minor = leg["amount_minor"]
        figures = {
            "on": row["booked_on"],
            "entry": n,
            "what": named("event-kind", row["kind"]),
            "number": name,
            "code": leg["account"],
            "particulars": said,
            "debit_minor": max(minor, 0),
            "credit_minor": max(-minor, 0),
        }
        yield GroupRow(str(row["id"]), leg["title"] or "", figures)


def _particulars(loan: str, borrower: str, narration: str) -> str:
    return " \u00b7 ".join(part for part in (loan, borrower, narration) if part)
