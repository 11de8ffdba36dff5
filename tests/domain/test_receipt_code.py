"""The text behind the QR of a receipt: one spelling, read whatever a scanner makes of it."""

from __future__ import annotations

from datetime import date

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ValueRefused
from app.domain.receipt_code import DIGEST_BYTES, ReceiptCode, code_of

CODE = ReceiptCode(
    station=3,
    generation=2,
    number="STP-1-2627-000412",
    on=date(2026, 11, 23),
    amount_minor=2_365_50,
    currency="INR",
    loan="STP-2627-L1-00012+2",
    digest=bytes(range(DIGEST_BYTES)),
    signature=bytes(range(64)),
)


def test_what_is_written_is_read_back() -> None:
    assert code_of(CODE.text) == CODE
    assert CODE.text.startswith("KIST1:3.2:STP-1-2627-000412:20261123:236550INR:")


def test_case_spaces_and_line_ends_do_not_matter() -> None:
    text = CODE.text.lower()
    broken = "\n ".join(text[at : at + 40] for at in range(0, len(text), 40))
    assert code_of(f"  {broken}\r\n") == CODE


def test_the_qr_is_small_enough_for_the_narrowest_roll() -> None:
    code = segno.make(CODE.text, error="m", micro=False)
    assert code.mode == "alphanumeric"
    assert code.symbol_size(border=0)[0] <= 53  # five dots a cell on 36 of the 48 mm


@given(st.text(max_size=300))
def test_other_texts_are_refused_by_name(text: str) -> None:
    with pytest.raises(ValueRefused) as refusal:
        code_of(text)
    assert refusal.value.params["why"] == "not-a-receipt-code"


@pytest.mark.parametrize("place", range(8))
def test_a_missing_part_is_refused(place: int) -> None:
    parts = CODE.text.split(":")
    with pytest.raises(ValueRefused):
        code_of(":".join(parts[:place] + parts[place + 1 :]))


def test_a_newer_code_says_so() -> None:
    with pytest.raises(ValueRefused) as refusal:
        code_of(CODE.text.replace("KIST1", "KIST2"))
    assert refusal.value.params["why"] == "newer-receipt-code"


def test_there_is_one_spelling_of_a_signature() -> None:
    """The last sign of 103 has three bits to spare: setting one of them is no other spelling."""
    spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    last = spare.index(CODE.text[-1])
    with pytest.raises(ValueRefused):
        code_of(CODE.text[:-1] + spare[last ^ 1])
