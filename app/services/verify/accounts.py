"""Invariant 8: the accounts of the last closed day equal the replayed positions of that day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.domain.accounts import PostingRules
from app.domain.allocation import Head
from app.domain.errors import KistError
from app.domain.loan import Position, position_of
from app.domain.playing import play
from app.domain.terms import Terms
from app.rows.verify import Finding
from app.services.accruals import owed_of
from app.services.earned import not_received
from app.services.projecting import terms_from
from app.services.provisioning import PROVISION
from app.services.suspense import suspended_of, with_arrears
from app.services.verify.borrowers import LateBorrowers
from app.services.verify.projections import chunks
from app.services.verify.tills import ACCOUNTS, moved_at, till_findings
from app.store.account_sums import CASH, account_sums, cash_facts, closed_days, counters
from app.store.chart import has_account
from app.store.late_settings import entries_sum, made_by
from app.store.loan_terms import believed_on
from app.store.loans import events_of, records_of
from app.store.store import Snapshot

Key = tuple[int, int | None, str, str]  # branch, product, currency, account


@dataclass(slots=True)
class Positions:
    """What the replayed loans of all branches come to, by the accounts that must hold it."""

    rules: PostingRules
    days: dict[int, date]
    sums: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    late: LateBorrowers = field(default_factory=LateBorrowers)

    def add(self, snapshot: Snapshot, ids: tuple[int, ...]) -> None:
        """Replay some loans to the last closed day of their branch, as known then."""
        facts = events_of(snapshot, ids)
        then = {day: believed_on(snapshot, ids, day) for day in set(self.days.values())}
        for found in records_of(snapshot, ids):
            day = self.days.get(found.branch_id)
            known = [event for event in facts[found.loan_id] if day and event.booked_on <= day]
            if day is None or not known:
                continue
            pool = (found.branch_id, found.product_id, found.currency)
            try:
                text = then[day].get(found.loan_id, found.terms)
                terms = terms_from(text, found.currency)
                played = play(terms, known, day)
                position = position_of(played)
                held = tuple(self._held(terms, position, day))
            except KistError:
                continue  # invariant 4 names the loan
            spans, out = with_arrears(played.spans, day), suspended_of(position, terms, day)
            self.late.add(pool, found.party_id, spans, out)
            for account, amount in held:
                self.sums[*pool, account] += amount

    def suspended(self) -> Iterator[tuple[Key, int]]:
        """What belongs into suspense on the last closed day."""
        for pool, amount in self.late.suspended(self.days):
            yield (*pool, self.rules.suspense), -amount

    def _held(self, terms: Terms, position: Position, day: date) -> Iterator[tuple[str, int]]:
        parts = self.rules.components
        yield parts["principal"], position.balances.principal
        yield parts["interest"], not_received(position, terms, day)
        yield parts["charge"], owed_of(position, Head.CHARGE, day)
        yield parts["penalty"], owed_of(position, Head.PENALTY, day)
        yield parts["excess"], -position.balances.excess


def accounts(snapshot: Snapshot, rules: PostingRules) -> Iterator[Finding]:
    """Compare the loan accounts by branch, product and currency, and cash by counter."""
    days = closed_days(snapshot)
    positions = Positions(rules, days)
    for ids in chunks(snapshot):
        positions.add(snapshot, tuple(ids))
    for key, amount in positions.suspended():
        if has_account(snapshot, key[0], rules.suspense):
            positions.sums[key] += amount
    held = (*rules.components.values(), rules.suspense)
    for branch_id, day in days.items():
        booked = account_sums(snapshot, branch_id, day, held)
        must = {key: amount for key, amount in positions.sums.items() if key[0] == branch_id}
        for key in sorted({*booked, *must}, key=str):
            wanted, found = must.get(key, 0), booked.get(key, 0)
            if wanted != found:
                _, product, currency, account = key
                where = f"account {account} product {product} {currency} on {day}"
                yield Finding(ACCOUNTS, "account-differs", where, str(wanted), str(found))
        yield from _cash(snapshot, branch_id, day, rules)
        yield from till_findings(snapshot, branch_id, day, rules)
        yield from _provided(snapshot, branch_id, day, rules)


def _provided(
    snapshot: Snapshot, branch_id: int, day: date, rules: PostingRules
) -> Iterator[Finding]:
    """The provision is what was last found to be required; each was what the norm asked then."""
    must: dict[str, int] = {}
    for row in made_by(snapshot, branch_id):
        if row["made_on"] <= day:
            must[row["currency"]] = must.get(row["currency"], 0) + row["moved_minor"]
            if must[row["currency"]] != row["required_minor"]:
                where = f"provision of {row['made_on']} {row['currency']}"
                found = str(must[row["currency"]])
                yield Finding(ACCOUNTS, "account-differs", where, str(row["required_minor"]), found)
    held = entries_sum(snapshot, branch_id, PROVISION, rules.provision, day)
    for currency in sorted({*must, *held}):
        wanted, found_minor = must.get(currency, 0), -held.get(currency, 0)
        if wanted != found_minor:
            where = f"account {rules.provision} {currency} on {day}"
            yield Finding(ACCOUNTS, "account-differs", where, str(wanted), str(found_minor))


def _cash(snapshot: Snapshot, branch_id: int, day: date, rules: PostingRules) -> Iterator[Finding]:
    """The cash of each counter is its opening, receipts and payments by the facts."""
    for counter, of_stations in counters(snapshot, branch_id):
        account = rules.money_account(CASH, counter)
        facts = cash_facts(snapshot, branch_id, of_stations, account, day)
        told = [json.loads(payload) for payload in facts.told]
        paid = sum(one["paid_out_minor"] for one in told if one["mode"] == CASH)
        must = facts.opening + facts.received - facts.refunded - paid
        must += moved_at(snapshot, branch_id, counter, day)
        if facts.booked != must:
            where = f"account {account} on {day}"
            yield Finding(ACCOUNTS, "cash-differs", where, str(must), str(facts.booked))
