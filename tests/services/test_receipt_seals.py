"""Receipts signed by their station: genuine, altered, unknown, reversed, and the books behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.adapters.signing import Ed25519Signatures
from app.commands.papers import RegisterStationKey, RenewStationKey
from app.commands.servicing import ReceiptPart, ReverseReceipt
from app.domain.errors import NotPermitted, ValueRefused
from app.domain.receipt_code import ReceiptCode
from app.ports import SYSTEM, Session
from app.queries.papers import CheckReceipt, ListStationKeys
from app.queries.servicing import ReceiptForPaper
from app.rows.receipt_checks import ReceiptChecked, Verdict
from app.store.schema.system import stations
from tests.services.branch import House
from tests.services.lending import _line, lent, receipt, receive, today

SIGNATURES = Ed25519Signatures()
ONE, TWO = b"1" * 32, b"2" * 32


def key(house: House, secret: bytes = ONE) -> int:
    """Give the station of the house a key; returns its generation."""
    public = SIGNATURES.public(secret).hex()
    return house.run(house.system, RegisterStationKey(public_key=public)).generation


def seal_of(house: House, receipt_id: int) -> ReceiptCode:
    seal = house.ask(house.cashier, ReceiptForPaper(receipt_id=receipt_id)).seal
    assert seal is not None
    return seal


def signed(house: House, receipt_id: int, generation: int, secret: bytes = ONE) -> ReceiptCode:
    """The code as the station prints it."""
    code = replace(
        seal_of(house, receipt_id), station=house.manager.station_id, generation=generation
    )
    return code.signed(SIGNATURES.sign(secret, code.message))


def checked(house: House, text: str) -> ReceiptChecked:
    return house.ask(house.anonymous, CheckReceipt(text=text))


def other_station(house: House) -> int:
    """Another counter of the branch with a key of its own; returns its id."""
    with house.store.begin(house.manager.station_id) as tx:
        tx.insert(
            stations,
            id=7,
            branch_id=house.manager.branch_id,
            counter_code="7",
            opened_at=house.clock.now().isoformat(),
        )
        tx.new_chain(7)
        tx.close(_line(house, "station 7"), {})
    there = Session(7, house.manager.branch_id, SYSTEM)
    public = SIGNATURES.public(TWO).hex()
    house.run(there, RegisterStationKey(public_key=public))
    return 7


def test_a_signed_receipt_is_genuine_with_its_facts(house: House) -> None:
    loan = lent(house)
    posted = receive(house, loan, 512_50)
    code = signed(house, posted.receipt_id, key(house))
    found = checked(house, code.text)
    assert found.verdict is Verdict.GENUINE
    assert (found.number, found.amount_minor, found.currency) == (posted.number, 512_50, "INR")
    assert (found.receipt_id, found.loan_id) == (posted.receipt_id, loan)
    assert found.on == today(house)
    assert found.reversed_on is None


def test_every_part_that_is_altered_is_noticed(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    other = receive(house, lent(house), 512_50)
    code = signed(house, posted.receipt_id, key(house))
    changes: dict[str, tuple[object, ...]] = {
        "station": (other_station(house),),
        "number": (other.number, "STP-1-2526-000999"),
        "on": (code.on.replace(year=code.on.year - 1),),
        "amount_minor": (5_125_00, 512_51),
        "currency": ("NPR",),
        "loan": (seal_of(house, other.receipt_id).loan, f"{code.loan}+1"),
        "digest": (seal_of(house, other.receipt_id).digest, bytes(15)),
        "signature": (bytes(64), b"", signed(house, other.receipt_id, 1).signature),
    }
    for name, values in changes.items():
        for value in values:
            altered = replace(code, **{name: value})  # type: ignore[arg-type]
            assert altered.text != code.text
            assert checked(house, altered.text).verdict is Verdict.ALTERED, name
    assert checked(house, code.text).verdict is Verdict.GENUINE


def test_no_single_sign_can_be_changed(house: House) -> None:
    code = signed(house, receive(house, lent(house), 512_50).receipt_id, key(house))
    for at in range(5, len(code.text), 5):
        other = "2" if code.text[at] != "2" else "3"
        text = code.text[:at] + other + code.text[at + 1 :]
        try:
            assert checked(house, text).verdict is not Verdict.GENUINE, at
        except ValueRefused:
            continue


def test_a_key_that_the_books_do_not_hold_is_said(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    generation = key(house)
    for station, its in ((9, 1), (house.manager.station_id, generation + 1)):
        code = replace(seal_of(house, posted.receipt_id), station=station, generation=its)
        text = code.signed(SIGNATURES.sign(TWO, code.message)).text
        found = checked(house, text)
        assert found.verdict is Verdict.UNKNOWN_KEY
        assert found.receipt_id == 0


def test_a_reversed_receipt_is_genuine_and_reversed(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    code = signed(house, posted.receipt_id, key(house))
    reverse = ReverseReceipt(receipt_id=posted.receipt_id, reason="wrong borrower")
    house.run(house.manager, reverse)
    found = checked(house, code.text)
    assert found.verdict is Verdict.GENUINE
    assert found.reversed_on == today(house)
    assert found.reversed_why == "wrong borrower"


def test_another_key_leaves_old_receipts_provable(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    old = signed(house, posted.receipt_id, key(house))
    public = SIGNATURES.public(TWO).hex()
    renew = RenewStationKey(public_key=public, reason="The PC was stolen")
    generation = house.run(house.manager, renew).generation
    new = signed(house, posted.receipt_id, generation, TWO)
    assert checked(house, old.text).verdict is Verdict.GENUINE
    assert checked(house, old.text).replaced_at
    assert checked(house, new.text).verdict is Verdict.GENUINE
    assert not checked(house, new.text).replaced_at
    keys = house.ask(house.anonymous, ListStationKeys())
    assert [(one.generation, one.reason) for one in keys] == [(1, ""), (2, "The PC was stolen")]


def test_a_signed_code_without_a_receipt_is_not_in_the_books(house: House) -> None:
    generation = key(house)
    posted = receive(house, lent(house), 512_50)
    code = replace(signed(house, posted.receipt_id, generation), number="STP-1-2526-009999")
    code = code.signed(SIGNATURES.sign(ONE, code.message))
    assert checked(house, code.text).verdict is Verdict.NOT_IN_BOOKS


def test_books_that_say_otherwise_are_told(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    code = replace(signed(house, posted.receipt_id, key(house)), amount_minor=9_999_00)
    code = code.signed(SIGNATURES.sign(ONE, code.message))
    assert checked(house, code.text).verdict is Verdict.BOOKS_DIFFER


def test_a_receipt_for_several_loans_names_the_first_and_counts_the_others(house: House) -> None:
    loans = [lent(house) for _n in range(3)]
    command = receipt(loans[0], 300_00, today(house))
    parts = tuple(ReceiptPart(loan, 100_00) for loan in loans)
    posted = house.run(house.cashier, replace(command, parts=parts))
    code = signed(house, posted.receipt_id, key(house))
    assert code.loan.endswith("+2")
    assert checked(house, code.text).verdict is Verdict.GENUINE


def test_no_name_stands_in_the_code(house: House) -> None:
    posted = receive(house, lent(house), 512_50)
    assert "SUNITA" not in signed(house, posted.receipt_id, key(house)).text


def test_only_a_manager_renews_and_only_the_program_registers(house: House) -> None:
    public = SIGNATURES.public(TWO).hex()
    with pytest.raises(NotPermitted):
        house.run(house.cashier, RenewStationKey(public_key=public, reason="x"))
    with pytest.raises(NotPermitted):
        house.run(house.manager, RegisterStationKey(public_key=public))
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, RenewStationKey(public_key=public, reason=" "))
    assert refusal.value.field == "reason"


def test_a_text_that_is_no_code_is_refused(house: House) -> None:
    with pytest.raises(ValueRefused) as refusal:
        checked(house, "upi://pay?pa=x")
    assert refusal.value.field == "text"
