"""Identity numbers: checked, kept masked, shown masked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ValueRefused
from app.domain.identity import Kind, checked, compact, doubtful, kept, masked, whole
from app.domain.party import phone_of, pin_of

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "identity.json").read_text(encoding="utf-8")
)
KINDS = {"aadhaar": "aadhaar", "pan": "pan", "epic_voter_id": "voter"}
AADHAAR = "234123412346"


def _accepted(case: dict[str, Any]) -> bool:
    try:
        match case["type"]:
            case "mobile_in":
                phone_of(case["value"], "IN")
            case "pincode":
                pin_of(case["value"], "IN")
            case kind:
                checked(KINDS[kind], case["value"])
    except ValueRefused:
        return False
    return True


@pytest.mark.parametrize(
    "case", GOLDEN["identifiers"], ids=lambda case: f"{case['type']}-{case['value']}"
)
def test_numbers_pass_or_fail_as_their_issuers_say(case: dict[str, Any]) -> None:
    assert _accepted(case) is case["valid"]


@pytest.mark.parametrize("case", GOLDEN["masking"], ids=lambda case: str(case["input"]))
def test_numbers_are_masked_as_the_issuers_mask_them(case: dict[str, Any]) -> None:
    kind = "aadhaar" if case["input"].isdigit() else "pan"
    assert masked(kind, case["input"]) == case["masked"]


def test_of_an_aadhaar_only_the_last_four_digits_are_kept() -> None:
    assert kept("aadhaar", "2341 2341 2346") == "XXXX XXXX 2346"
    assert kept("aadhaar", "XXXX XXXX 2346") == "XXXX XXXX 2346"
    assert checked("aadhaar", "XXXX XXXX 2346") == "XXXXXXXX2346"


def test_an_aadhaar_under_another_name_is_masked_and_refused() -> None:
    assert kept("other", AADHAAR) == "XXXX XXXX 2346"
    with pytest.raises(ValueRefused) as refusal:
        checked("other", AADHAAR)
    assert refusal.value.params["why"] == "is-an-aadhaar"


@given(st.sampled_from(Kind), st.text(max_size=40))
def test_keeping_twice_is_keeping_once(kind: Kind, text: str) -> None:
    once = kept(kind, text)
    assert kept(kind, once) == once


@given(st.integers(2 * 10**11, 10**12 - 1))
def test_eight_digits_of_an_aadhaar_are_never_kept(number: int) -> None:
    text = str(number)
    assert text[:8] not in kept("aadhaar", text).replace(" ", "")


def test_digits_of_any_script_are_read() -> None:
    assert compact("२३४१-२३४१ २३४६") == AADHAAR


def test_an_old_voter_card_is_doubted_and_let_through() -> None:
    assert checked("voter", "WKH1186254") == "WKH1186254"
    assert doubtful("voter", "WKH1186254")
    assert not doubtful("voter", "WKH1186253")
    assert masked("voter", "WKH1186253") == "WKHXXXX253"


def test_only_a_whole_number_can_find_the_same_person() -> None:
    assert whole("aadhaar", "2341 2341 2346") == AADHAAR
    assert whole("aadhaar", "XXXX XXXX 2346") is None
    assert whole("pan", "") is None


def test_a_refusal_stands_at_the_field_of_its_kind() -> None:
    with pytest.raises(ValueRefused) as refusal:
        checked("pan", "ACUPA0000R")
    assert refusal.value.field == "pan"
    with pytest.raises(ValueRefused) as unknown:
        checked("passport", "A1234567")
    assert unknown.value.params["why"] == "not-a-choice"
