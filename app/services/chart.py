"""The chart of accounts: added to and renamed, never cut; the posting rules as they are."""

from __future__ import annotations

import re

from app.commands.base import Topic
from app.commands.settings import AccountSaved, SaveAccount
from app.domain.accounts import PostingRules
from app.domain.errors import ValueRefused
from app.domain.party import cleaned
from app.domain.postings import MONEY, postings
from app.domain.roles import Permission
from app.queries.settings import ShowChart
from app.rows.settings import AccountRow, ChartView, PostingRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.chart import account_by_code, chart_rows
from app.store.schema.books import accounts

KINDS = ("asset", "liability", "equity", "income", "expense")
LONGEST_TITLE = 120
_CODE = re.compile(r"[0-9A-Z][0-9A-Z.\-]{1,15}")


@use_case(
    SaveAccount,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.BRANCH},
    answer=AccountSaved,
    in_day=False,
)
def save_account(work: Work, command: SaveAccount) -> AccountSaved:
    """Add an account, or give one another title."""
    title = cleaned(command.title, "title")
    if not title or len(title) > LONGEST_TITLE:
        raise ValueRefused(field="title", why="too-long" if title else "empty", most=LONGEST_TITLE)
    if command.account_id is None:
        return _added(work, command, title)
    before = work.tx.locked(accounts, command.account_id, command.version)
    if command.code != before["code"]:
        raise ValueRefused(field="code", why="account-code-fixed", given=command.code)
    if command.kind != before["kind"]:
        raise ValueRefused(field="kind", why="account-kind-fixed", given=command.kind)
    return AccountSaved(before["id"], work.tx.change(accounts, before, title=title))


@answers(ShowChart, needs=Permission.VIEW_SETTINGS)
def show_chart(reading: Reading, _query: ShowChart) -> ChartView:
    """The chart by code, the rules in the order of a loan's life."""
    found = chart_rows(reading.connection, reading.branch.branch_id)
    titles = {row["code"]: row["title"] for row in found}
    counter = reading.branch.counter_code
    named = _named(reading.rules, counter)
    rows = tuple(
        AccountRow(
            account_id=row["id"],
            version=row["version"],
            code=row["code"],
            title=row["title"],
            kind=row["kind"],
            used=bool(row["used"]),
            ruled=row["code"] in named or _of_counter(row["code"], reading.rules),
        )
        for row in found
    )
    shipped = {one.code: one.title for one in reading.rules.chart}
    said = {**shipped, **titles, MONEY: ""}
    lines = tuple(
        PostingRow(one.event, one.part, _said(one.debit, said), _said(one.credit, said))
        for one in postings(reading.rules)
    )
    return ChartView(rows, lines, reading.rules.version)


def _added(work: Work, command: SaveAccount, title: str) -> AccountSaved:
    branch_id = work.branch.branch_id
    if not _CODE.fullmatch(command.code):
        raise ValueRefused(field="code", why="account-code", given=command.code)
    if command.kind not in KINDS:
        raise ValueRefused(field="kind", why="not-a-choice", given=command.kind)
    if account_by_code(work.tx.connection, branch_id, command.code) is not None:
        raise ValueRefused(field="code", why="code-taken", given=command.code)
    made = work.tx.insert(
        accounts, branch_id=branch_id, code=command.code, title=title, kind=command.kind
    )
    return AccountSaved(made, 1)


def _named(rules: PostingRules, counter: str) -> frozenset[str]:
    return frozenset(one.code.format(counter=counter) for one in rules.chart)


def _of_counter(code: str, rules: PostingRules) -> bool:
    """Whether it is the account of some counter."""
    starts = (one.code.split("{")[0] for one in rules.chart if one.per_counter)
    return any(code.startswith(start) for start in starts)


def _said(code: str, titles: dict[str, str]) -> str:
    return "" if code == MONEY else f"{code} {titles.get(code, '')}".strip()
