"""Texts about people: cleaned or refused, numbers in one form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ValueRefused
from app.domain.party import age, birth_of, cleaned, folded, phone_of


def test_signs_that_turn_the_line_or_hide_are_taken_out() -> None:
    assert cleaned("Sunita\u202e Devi\u200b", "full_name") == "Sunita Devi"
    assert cleaned(" Sunita \t Devi\n", "full_name") == "Sunita Devi"
    assert cleaned("pay\u200dpal", "full_name") == "paypal"


def test_a_joiner_that_spells_an_indic_word_stays() -> None:
    assert cleaned("क्\u200dष", "local_name") == "क्\u200dष"
    assert cleaned("राम\u200d", "local_name") == "राम"


@pytest.mark.parametrize("text", ["Sunita\x00Devi", "a\x1bb", "\ue000", "a" + "\u0301" * 20 + "b"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueRefused) as refusal:
        cleaned(text, "full_name")
    assert refusal.value.params["why"] == "control-characters"
    assert refusal.value.field == "full_name"


def test_a_name_of_five_thousand_signs_is_refused_at_its_field() -> None:
    with pytest.raises(ValueRefused) as refusal:
        cleaned("a" * 5000, "village")
    assert (refusal.value.field, refusal.value.params["why"]) == ("village", "too-long")


def test_a_needed_text_may_not_be_only_spaces() -> None:
    with pytest.raises(ValueRefused):
        cleaned("\u200b  ", "full_name", needed=True)


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = cleaned(text, "house")
    except ValueRefused:
        return
    assert cleaned(once, "house") == once


def test_indian_numbers_have_ten_digits_and_others_their_plus() -> None:
    assert phone_of("+91 98765-43210", "IN") == "9876543210"
    assert phone_of("098765 43210", "IN") == "9876543210"
    assert phone_of("९८७६५४३२१०", "IN") == "9876543210"
    assert phone_of("+977 9812345678", "IN") == "+9779812345678"
    assert phone_of("+254 712 345678", "KE") == "+254712345678"
    assert phone_of("", "IN") == ""
    for wrong, country in (("1234567890", "IN"), ("+911234567890", "IN"), ("0712345678", "KE")):
        with pytest.raises(ValueRefused):
            phone_of(wrong, country)


def test_a_birth_date_is_plausible_or_refused() -> None:
    on = date(2026, 11, 24)
    assert birth_of(date(2026, 11, 24), on) == date(2026, 11, 24)
    assert birth_of(None, on) is None
    for wrong in (date(2026, 11, 25), date(1890, 1, 1)):
        with pytest.raises(ValueRefused):
            birth_of(wrong, on)


def test_a_year_is_complete_on_the_birthday() -> None:
    assert age(date(2008, 11, 24), date(2026, 11, 23)) == 17
    assert age(date(2008, 11, 24), date(2026, 11, 24)) == 18
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_searching_knows_no_case() -> None:
    assert folded("Straße", "", "ＲＡＭ") == "strasse ram"
