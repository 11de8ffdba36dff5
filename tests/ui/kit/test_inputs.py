"""Money and days typed as people type them; choices that keep their values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import ValueRefused
from ui.kit.dates import DateEdit
from ui.kit.inputs import Choice, IntEdit, LinesEdit, RateEdit
from ui.kit.money import MoneyEdit
from ui.kit.segmented import Segmented

TODAY = date(2026, 11, 23)


class Way(StrEnum):
    """How somebody pays."""

    CASH = "cash"
    UPI = "upi"


@pytest.mark.parametrize(
    ("typed", "shown", "minor"),
    [
        ("125000", "1,25,000", 125_000_00),
        ("2500", "2,500", 2_500_00),
        ("2500.5", "2,500.5", 2_500_50),
        ("1.25 lakh", "1.25 lakh", 125_000_00),
        ("1.5 l", "1.5 l", 150_000_00),
        ("2 cr", "2 cr", 20_000_000_00),
        ("", "", None),
        ("abc", "abc", None),
    ],
)
def test_money_is_grouped_while_typing(
    qtbot: QtBot, typed: str, shown: str, minor: int | None
) -> None:
    edit = MoneyEdit("INR")
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    assert edit.text() == shown
    assert edit.minor() == minor


def test_money_other_than_rupees_is_grouped_by_thousands(qtbot: QtBot) -> None:
    edit = MoneyEdit("USD")
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "1250000")
    assert edit.text() == "1,250,000"


def test_the_cursor_stays_before_the_same_digit(qtbot: QtBot) -> None:
    edit = MoneyEdit("INR")
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "12345")
    edit.setCursorPosition(1)
    QTest.keyClicks(edit, "9")
    assert edit.text() == "1,92,345"
    assert edit.text()[edit.cursorPosition() :] == "2,345"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.text() == "12,345"


def test_leaving_the_money_field_writes_the_figure_out(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    edit, other = MoneyEdit("INR", parent=page), QLineEdit(page)
    with qtbot.waitActive(page):
        page.show()
    edit.setFocus()
    QTest.keyClicks(edit, "1.25 lakh")
    other.setFocus()
    assert edit.text() == "1,25,000"


def test_keys_of_the_number_pad_are_left_to_the_screen(qtbot: QtBot) -> None:
    edit = MoneyEdit("INR")
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "12*+/3")
    assert edit.text() == "123"


def test_a_wrong_amount_says_why(qtbot: QtBot) -> None:
    edit = MoneyEdit("INR")
    qtbot.addWidget(edit)
    edit.setText("12x")
    with pytest.raises(ValueRefused) as refused:
        edit.value()
    assert refused.value.params["why"] == "not-an-amount"


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("5/3", date(2027, 3, 5)),
        ("05-03-24", date(2024, 3, 5)),
        ("today", TODAY),
        ("+7", date(2026, 11, 30)),
        ("31/2", None),
    ],
)
def test_days_are_read_as_people_write_them(qtbot: QtBot, typed: str, on: date | None) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    assert edit.on() == on
    assert bool(edit.words()) == (on is not None)


def test_a_day_is_said_with_its_weekday(qtbot: QtBot) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    with qtbot.waitSignal(edit.said, check_params_cb=lambda words: words.startswith("Friday")):
        edit.set_value(date(2027, 4, 2))


def test_up_and_down_go_a_day_on_and_back(qtbot: QtBot) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.on() == date(2026, 11, 24)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.on() == date(2026, 11, 22)


def test_a_choice_gives_the_very_value_back(qtbot: QtBot) -> None:
    choice = Choice([(Way.CASH, "Cash"), (Way.UPI, "UPI"), ((1, 2), "Pair")])
    qtbot.addWidget(choice)
    assert choice.is_empty()
    choice.set_value(Way.UPI)
    assert choice.value() is Way.UPI
    choice.set_value((1, 2))
    assert choice.value() == (1, 2)
    choice.set_value(None)
    assert choice.is_empty()


def test_a_choice_keeps_what_was_chosen_when_others_are_offered(qtbot: QtBot) -> None:
    choice = Choice([(1, "one"), (2, "two")])
    qtbot.addWidget(choice)
    choice.set_value(2)
    choice.set_choices([(2, "two"), (3, "three")])
    assert choice.value() == 2
    choice.set_choices([(3, "three")])
    assert choice.value() is None


def test_a_searchable_choice_takes_only_what_is_in_it(qtbot: QtBot) -> None:
    choice = Choice([(1, "Khairabad"), (2, "Biswan")], searchable=True)
    qtbot.addWidget(choice)
    choice.setEditText("biswan")
    assert choice.value() == 2
    choice.setEditText("Bisw")
    assert choice.value() is None


def test_one_of_a_few_goes_round_and_tells_only_what_a_person_chose(qtbot: QtBot) -> None:
    segmented = Segmented([(way, way.value) for way in Way])
    qtbot.addWidget(segmented)
    seen: list[Way] = []
    segmented.chosen.connect(seen.append)
    assert segmented.value() is Way.CASH
    segmented.next()
    segmented.next()
    assert seen == [Way.UPI, Way.CASH]
    segmented.set_value(Way.UPI)
    assert segmented.value() is Way.UPI
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("typed", "value"), [("24", Fraction(24, 100)), ("22.5 %", Fraction(225, 1000)), ("", None)]
)
def test_a_rate_is_read_exactly(qtbot: QtBot, typed: str, value: Fraction | None) -> None:
    edit = RateEdit()
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.value() == value
    edit.set_value(Fraction(225, 1000))
    assert edit.text() == "22.5"


def test_a_number_stays_within_its_bounds(qtbot: QtBot) -> None:
    edit = IntEdit(1, 60)
    qtbot.addWidget(edit)
    for typed, why in (("0", "below"), ("61", "above"), ("x", "not-a-number")):
        edit.setText(typed)
        with pytest.raises(ValueRefused) as refused:
            edit.value()
        assert refused.value.params["why"] == why
    edit.setText("24")
    assert edit.value() == 24


def test_several_lines_are_edited_by_people_only(qtbot: QtBot) -> None:
    edit = LinesEdit()
    qtbot.addWidget(edit)
    seen: list[bool] = []
    edit.edited.connect(lambda: seen.append(True))
    edit.set_value("kept")
    assert seen == []
    QTest.keyClicks(edit, "x")
    assert seen == [True]
