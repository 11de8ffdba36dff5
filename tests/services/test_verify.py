"""The check of the books: silent over whole books, loud over any change."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import BigInteger, Integer, Table, text

from app.commands.acts import MakeForeclosureQuote
from app.commands.branch import CloseDay
from app.commands.codec import canonical
from app.commands.origination import Mode
from app.commands.products import SaveProduct
from app.commands.servicing import ChargeLoan, ForecloseLoan, NotePrint, ReverseReceipt, WaiveDue
from app.domain.allocation import Head
from app.queries.admin import ListProducts
from app.queries.servicing import PreviewReceipt, QuoteForeclosure
from app.rows.verify import Finding
from app.services.verifying import heads_of, verify
from app.store.money import balance_of
from app.store.readback import hashed_tables
from app.store.schema import Kind, tables_of
from tests.services.acting import recover, refunding, reschedule, write_off
from tests.services.branch import House
from tests.services.lending import (
    disburse,
    lent,
    next_day,
    receipt,
    receive,
    sanctioned,
    shown,
    today,
)
from tests.services.tampering import tamper


def lived(house: House) -> House:
    """A branch with a little of everything, its last day closed."""
    one, two = lent(house), disburse(house, sanctioned(house, 8_000_00), mode=Mode.CASH)
    next_day(house, 8)
    first = receive(house, one, 859_00)
    wrong = receive(house, two, 2_000_00)
    house.run(house.cashier, NotePrint(receipt_id=first.receipt_id))
    house.run(house.manager, ReverseReceipt(receipt_id=wrong.receipt_id, reason="twice"))
    house.run(
        house.manager,
        ChargeLoan(
            loan_id=two,
            title="Bounce",
            head=Head.PENALTY,
            amount_minor=50_00,
            currency="INR",
            reason="bank said",
        ),
    )
    due = shown(house, one).due_today.interest_minor or 1_00
    receive(house, one, 3_000_00)
    next_day(house, 7)
    house.run(
        house.manager,
        WaiveDue(
            loan_id=two,
            head=Head.INTEREST,
            amount_minor=min(due, 10_00),
            currency="INR",
            reason="flood",
        ),
    )
    _ended(house, one, two)
    house.run(house.manager, CloseDay(on=today(house)))
    return house


def _ended(house: House, one: int, two: int) -> None:
    """A quote is kept, a loan rescheduled, another given up and partly recovered, excess paid."""
    house.run(house.manager, MakeForeclosureQuote(loan_id=one, on=today(house)))
    reschedule(house, one, instalments=15, capitalise=(Head.INTEREST,), annual_rate="20")
    write_off(house, two)
    recover(house, two, 300_00)
    three = lent(house)
    whole = sum(line.amount_minor for line in shown(house, three).instalments)
    receive(house, three, whole + 100_00)
    house.run(house.manager, refunding(three, 60_00))


def checked(house: House, **kept: object) -> tuple[Finding, ...]:
    return verify(house.store, rules=house.tools.rules, **kept)  # type: ignore[arg-type]


def found(house: House) -> set[int]:
    """The invariants that do not hold."""
    return {finding.invariant for finding in checked(house)}


def test_whole_books_give_no_finding(house: House) -> None:
    assert checked(lived(house), documents=house.tools.documents) == ()


def test_the_check_says_how_far_it_is_and_stops_when_asked(house: House) -> None:
    told: list[str] = []

    class AfterTwo:
        """Somebody who stops after two steps."""

        def wanted(self) -> bool:
            return len(told) == 2

    def note(progress: object) -> None:
        told.append(str(progress))

    assert verify(house.store, rules=house.tools.rules, report=note, stop=AfterTwo()) == ()
    assert len(told) == 2


def money_columns() -> list[tuple[Table, str]]:
    tables = (*hashed_tables(), *tables_of(Kind.PROJECTION))
    return [
        (table, column.name)
        for table in tables
        for column in table.columns
        if column.name.endswith("_minor") and isinstance(column.type, BigInteger | Integer)
    ]


def test_any_money_column_that_is_changed_is_found(house: House) -> None:
    lived(house)
    tried = 0
    for table, column in money_columns():
        one = f"{column} IS NOT NULL"
        key = next(name for name in ("id", "loan_id", "account") if name in table.c)
        where = f"{key} = (SELECT min({key}) FROM {table.name} WHERE {one}) AND {one}"
        if not tamper(house, f"UPDATE {table.name} SET {column} = {column} + 1 WHERE {where}"):
            continue
        tried += 1
        assert checked(house), f"{table.name}.{column}"
        tamper(house, f"UPDATE {table.name} SET {column} = {column} - 1 WHERE {where}")
    assert checked(house) == ()
    assert tried >= 26


HARMS: dict[str, tuple[str, ...]] = {
    "a voucher's amount": ("UPDATE vouchers SET amount_minor = amount_minor + 1",),
    "a voucher gone": ("DELETE FROM vouchers",),
    "a kept quote": ("UPDATE closure_quotes SET total_minor = total_minor + 1",),
    "what was agreed": ("UPDATE events SET detail = NULL WHERE kind = 'rate'",),
    "a rate": ("UPDATE events SET detail = '{\"annual_rate\": 1}' WHERE kind = 'rate'",),
    "a line's content": ("UPDATE audit SET payload = '[]' WHERE number = 9",),
    "a line's user": ("UPDATE audit SET user_id = user_id + 1 WHERE number = 9",),
    "a line's list of facts": ("UPDATE audit SET facts = '[]' WHERE number = 9",),
    "a missing line": ("DELETE FROM audit WHERE number = 9",),
    "two lines in the other order": (
        "UPDATE audit SET number = 999999 WHERE number = 9",
        "UPDATE audit SET number = 9 WHERE number = 10",
        "UPDATE audit SET number = 10 WHERE number = 999999",
    ),
    "a tail without its head": (
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
    ),
    "a head": ("UPDATE chains SET number = number + 1",),
    "a chain without a head": ("DELETE FROM chains",),
    "a deleted event": ("DELETE FROM events WHERE kind = 'charge'",),
    "a deleted print": ("DELETE FROM prints",),
    "a day booked elsewhere": (
        "UPDATE entries SET booked_on = '2026-01-01' WHERE kind = 'receipt'",
    ),
    "a mode": ("UPDATE receipts SET mode = 'upi' WHERE serial = 1",),
    "a name": ("UPDATE parties SET full_name = 'Somebody'",),
    "a payer": ("UPDATE receipts SET payer = 'Somebody' WHERE serial = 1",),
    "a personal value of a command": ("UPDATE personal_values SET value = '\"Somebody\"'",),
    "a record's version": ("UPDATE products SET version = 2",),
    "a product's bound": ("UPDATE products SET max_rate = '99'",),
    "a derived status": ("UPDATE loan_positions SET status = 'closed'",),
    "a derived date": ("UPDATE instalments SET settled_on = NULL",),
    "a derived row too few": ("DELETE FROM allocations WHERE place = 0",),
    "a position of no loan": ("UPDATE position_spans SET loan_id = loan_id + 7",),
    "a serial": ("UPDATE receipts SET serial = 7, number = 'STP-1-2526-000007' WHERE serial = 2",),
    "a printed split": ("UPDATE receipt_parts SET printed = replace(printed, '85900', '85800')",),
    "terms": ("UPDATE loans SET terms = replace(terms, '24', '25')",),
    "a head that does not exist": ("UPDATE events SET head = 'gift' WHERE kind = 'charge'",),
    "a payload that is no JSON": ("UPDATE receipt_parts SET printed = 'x'",),
    "an account": ("UPDATE entry_lines SET account = '1210' WHERE account = '1200'",),
    "a closed day opened": ("UPDATE business_days SET state = 'open'",),
}


@pytest.mark.parametrize("harm", HARMS)
def test_every_harm_is_found(house: House, harm: str) -> None:
    lived(house)
    assert tamper(house, *HARMS[harm]) > 0
    assert checked(house), harm


def test_a_cut_tail_shows_against_heads_kept_outside(house: House) -> None:
    lived(house)
    with house.store.read() as snapshot:
        head = snapshot.execute(text("SELECT station_id, number, hash FROM chains")).one()
        before = snapshot.execute(
            text("SELECT hash FROM audit WHERE number = :n"), {"n": head.number - 1}
        ).scalar_one()
    seal = (f"{head.station_id}:{head.number}:{head.hash}",)
    assert checked(house, kept_heads=heads_of(seal)) == ()
    tamper(
        house,
        f"DELETE FROM audit WHERE number = {head.number}",
        f"UPDATE chains SET number = {head.number - 1}, hash = '{before}'",
        "UPDATE business_days SET state = 'open', version = 1, closed_at = NULL"
        " WHERE day_on = (SELECT max(day_on) FROM business_days)",
        f"DELETE FROM entry_lines WHERE booked_on = '{today(house)}'"
        " AND entry_id IN (SELECT id FROM entries WHERE kind = 'accrual')",
        f"DELETE FROM entries WHERE booked_on = '{today(house)}' AND kind = 'accrual'",
        f"DELETE FROM account_days WHERE day_on = '{today(house)}'",
    )
    assert checked(house) == ()
    cut = checked(house, kept_heads=heads_of(seal))
    assert [finding.code for finding in cut] == ["tail-cut"]


def test_a_row_that_no_command_wrote_is_found(house: House) -> None:
    lived(house)
    tamper(
        house,
        "INSERT INTO labels (id, subject_kind, subject_id, language, text)"
        " VALUES (42, 'loan', 1, 'en', 'x')",
    )
    assert [(f.invariant, f.code) for f in checked(house)] == [(6, "row-without-line")]


def test_a_trigger_that_is_gone_or_empty_is_found(house: House) -> None:
    lived(house)
    with house.store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER keep_receipts_update"))
            connection.execute(text("DROP TRIGGER keep_events_delete"))
            connection.execute(
                text(
                    "CREATE TRIGGER keep_events_delete BEFORE DELETE ON events BEGIN SELECT 1; END"
                )
            )
        else:
            connection.execute(text("DROP TRIGGER keep_receipts_update ON receipts"))
            connection.execute(text("ALTER TABLE events DISABLE TRIGGER keep_events_delete"))
    codes = {finding.code for finding in checked(house)}
    assert codes == {"trigger-missing", "fact-may-change"}
    assert checked(house), "trying must change nothing"


def test_a_document_that_is_not_its_hash_is_found(house: House) -> None:
    lived(house)
    tamper(house, "UPDATE audit SET number = number")

    class Lost:
        """Papers that nobody should ask for."""

        def put(self, data: bytes) -> str:
            return ""

        def get(self, sha256: str) -> bytes:
            raise AssertionError("there is no document yet")

    assert checked(house, documents=Lost()) == ()


def random_day(house: House, chance: random.Random, loans: list[int]) -> None:
    """A few things at random, each through the gate; what is refused is refused."""
    for _ in range(chance.randrange(1, 5)):
        loan = chance.choice(loans)
        if shown(house, loan).status == "active":
            chance.choice((pay, pay, pay_and_reverse, levy, pay_late, forgive, close))(
                house, chance, loan
            )


def pay(house: House, chance: random.Random, loan: int) -> None:
    amount = chance.randrange(1, 3_000_00)
    ask = PreviewReceipt(loan_id=loan, amount_minor=amount, received_on=today(house))
    told = house.ask(house.cashier, ask)
    receive(house, loan, amount)
    view = shown(house, loan)
    assert view.outstanding_minor == told.outstanding_after_minor
    assert view.arrears.total_minor == told.late_after_minor
    assert view.due_today.total_minor == told.owed_after_minor
    assert (view.status != "active") == told.closes


def pay_and_reverse(house: House, chance: random.Random, loan: int) -> None:
    posted = receive(house, loan, chance.randrange(1, 3_000_00))
    house.run(house.manager, ReverseReceipt(receipt_id=posted.receipt_id, reason="r"))


def levy(house: House, chance: random.Random, loan: int) -> None:
    house.run(house.manager, charge(loan, chance.randrange(1, 200_00)))


def pay_late(house: House, chance: random.Random, loan: int) -> None:
    on = max(today(house) - timedelta(chance.randrange(1, 9)), shown(house, loan).disbursed_on)
    house.run(house.manager, receipt(loan, chance.randrange(1, 900_00), on, reason="late"))


def forgive(house: House, chance: random.Random, loan: int) -> None:
    head = chance.choice(list(Head))
    due = getattr(shown(house, loan).due_today, f"{head.value}_minor")
    if due:
        amount = chance.randrange(1, due + 1)
        command = WaiveDue(loan_id=loan, head=head, amount_minor=amount, currency="INR", reason="r")
        house.run(house.manager, command)


def close(house: House, chance: random.Random, loan: int) -> None:
    if chance.random() < 0.7:
        return
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    command = ForecloseLoan(
        loan_id=loan,
        quoted_minor=quote.total_minor,
        currency="INR",
        mode=Mode.CASH,
        payer="Sunita",
    )
    done = house.run(house.manager, command)
    if done.receipt_id and chance.random() < 0.5:
        house.run(house.manager, ReverseReceipt(receipt_id=done.receipt_id, reason="bounced"))


def charge(loan: int, amount: int) -> ChargeLoan:
    return ChargeLoan(
        loan_id=loan,
        title="Visit",
        head=Head.CHARGE,
        amount_minor=amount,
        currency="INR",
        reason="r",
    )


@pytest.mark.parametrize("seed", range(3))
def test_any_history_through_the_gate_leaves_whole_books(house: House, seed: int) -> None:
    chance = random.Random(seed)
    levying_product(house)
    loans = [
        lent(house, chance.randrange(5, 20) * 1_000_00, chance.randrange(12, 25), product=product)
        for product in ("JLG-W", "LEVY", "JLG-F")
    ]
    for _ in range(12):
        random_day(house, chance, loans)
        if chance.random() < 0.3:
            assert checked(house) == (), "while the day is open"
        next_day(house, chance.randrange(1, 9))
    house.run(house.manager, CloseDay(on=today(house)))
    assert checked(house) == ()


def levying_product(house: House) -> None:
    """A product whose terms levy penal charges and a charge with every instalment."""
    weekly = next(
        row.product
        for row in house.ask(house.manager, ListProducts())
        if row.product.code == "JLG-W"
    )
    terms = {
        **json.loads(weekly.terms),
        "penalty": {"percent_a_year": "36", "grace_days": 2, "tax_percent": "18"},
        "charges": [
            {"name": "Collection", "on": "instalment", "amount": "10.00", "tax_percent": "18"}
        ],
    }
    product = replace(
        weekly, code="LEVY", title="With penal charges", terms=canonical(terms), key_facts=None
    )
    saved = house.run(house.manager, SaveProduct(product=product))
    house.products["LEVY"] = saved.product_id


def test_charges_that_the_terms_levy_are_posted_by_the_day(house: House) -> None:
    levying_product(house)
    loan = lent(house, 10_000_00, 12, product="LEVY")
    for days in (7, 5, 9, 3):
        next_day(house, days)
    view = shown(house, loan)
    assert view.due_today.penalty_minor > 0
    assert view.due_today.charge_minor == 3 * 11_80
    receive(house, loan, 1_000_00)
    assert checked(house) == ()
    next_day(house)
    assert checked(house) == ()
    with house.store.read() as snapshot:
        at = (snapshot, house.manager.branch_id)
        held = [balance_of(*at, account, "INR") for account in ("1320", "1330", "4210", "4220")]
    view = shown(house, loan)
    assert held[0] == view.due_today.charge_minor
    assert -held[2] == 3 * 11_80
    assert -held[3] > 0
