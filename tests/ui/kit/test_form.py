"""Forms: labelled, checked, explained at the field, kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import AmountNotPositive, NotPermitted, ValueRefused
from app.ports import Drafts
from tests.ui.kit.doors import SESSION, OpenAsks, OpenGate
from ui.kit.banner import Banner
from ui.kit.beside import BesideBox
from ui.kit.drafts import DraftKeeper
from ui.kit.field import Field, Kind, Section
from ui.kit.form import Form
from ui.kit.inputs import LineEdit
from ui.kit.messages import show, spoken
from ui.kit.tasks import Desk

TODAY = date(2026, 11, 23)


def ten_digits(text: str) -> str:
    if len(text) != 10:
        raise ValueError(f"{len(text)} digits, a mobile number has 10")
    return text


FIELDS = [
    Field(name="who", label="Payer & guarantor"),
    Field(name="amount", label="Amount", kind=Kind.MONEY, currency="INR"),
    Field(name="on", label="Day", kind=Kind.DATE, today=TODAY, value=TODAY),
    Field(name="phone", label="Phone", kind=Kind.PHONE, optional=True, parse=ten_digits),
    Field(name="note", label="Note", kind=Kind.LINES, optional=True, span=2),
]


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form(FIELDS)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    return form


def edit(form: Form, name: str) -> QLineEdit:
    found = form.editor(name)
    assert isinstance(found, QLineEdit)
    return found


def test_mistakes_are_said_at_their_fields_and_the_first_gets_the_focus(form: Form) -> None:
    edit(form, "phone").setText("98391 2274"[:9])
    assert form.values() is None
    assert form.box("who").error
    assert form.box("amount").error
    assert form.box("phone").error == "9 digits, a mobile number has 10"
    assert form.box("on").error == ""
    assert form.focusWidget() is form.editor("who")


def test_values_come_out_as_what_they_are(qtbot: QtBot, form: Form) -> None:
    QTest.keyClicks(form.editor("who"), " Rekha Devi ")
    QTest.keyClicks(form.editor("amount"), "1.25 lakh")
    assert form.values() == {
        "who": "Rekha Devi",
        "amount": 125_000_00,
        "on": TODAY,
        "phone": "",
        "note": "",
    }


def test_an_error_goes_when_the_field_is_mended(qtbot: QtBot, form: Form) -> None:
    form.values()
    assert form.box("who").error
    QTest.keyClicks(form.editor("who"), "R")
    assert form.box("who").error == ""
    assert form.box("amount").error


def test_labels_belong_to_their_fields_and_keep_an_ampersand(form: Form) -> None:
    labels = {label.text(): label for label in form.findChildren(QLabel)}
    assert labels["Payer & guarantor"].buddy() is form.editor("who")
    assert form.editor("who").accessibleName() == "Payer & guarantor"


def test_enter_goes_to_the_next_field_and_hands_in_after_the_last(qtbot: QtBot) -> None:
    form = Form(FIELDS[:3])
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    form.focus()
    for name in ("who", "amount", "on"):
        assert form.focusWidget() is form.editor(name)
        if name != "on":
            QTest.keyClick(form.editor(name), Qt.Key.Key_Return)
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(form.editor("on"), Qt.Key.Key_Enter)


def test_a_refusal_is_placed_at_its_field_else_in_the_banner(qtbot: QtBot, form: Form) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    show(AmountNotPositive(field="amount"), banner, form)
    assert form.box("amount").error
    assert banner.text() == ""
    show(NotPermitted(needs="loan.waive"), banner, form)
    assert banner.text()
    show(ValueRefused(why="empty", field="elsewhere"), banner, form)
    assert banner.text() == spoken(ValueRefused(why="empty"))


def test_a_bug_is_owned_up_to_without_its_insides(form: Form) -> None:
    said = spoken(ZeroDivisionError("loan of Rekha Devi"))
    assert "Rekha" not in said
    assert "still here" in said


def test_a_hidden_field_is_neither_checked_nor_given(form: Form) -> None:
    form.set_value("who", "R")
    form.set_shown("amount", False)
    values = form.values()
    assert values is not None
    assert "amount" not in values


def test_a_form_knows_whether_it_was_touched(qtbot: QtBot, form: Form) -> None:
    assert not form.is_dirty()
    QTest.keyClicks(form.editor("who"), "R")
    assert form.is_dirty()
    form.settle()
    assert not form.is_dirty()
    QTest.keyClicks(form.editor("who"), "x")
    form.reset()
    assert edit(form, "who").text() == "R"


def test_a_draft_brings_back_what_was_typed_also_what_is_wrong(qtbot: QtBot) -> None:
    fields = [*FIELDS, Field(name="secret", label="Password", kind=Kind.PASSWORD)]
    one, other = Form(fields), Form(fields)
    qtbot.addWidget(one)
    qtbot.addWidget(other)
    QTest.keyClicks(one.editor("amount"), "12x")
    QTest.keyClicks(one.editor("secret"), "hidden")
    draft = one.draft()
    assert "secret" not in draft
    other.restore(draft)
    assert edit(other, "amount").text() == "12x"


def test_a_narrow_form_folds_its_columns(qtbot: QtBot) -> None:
    fields = [Field(name=name, label=name) for name in "abcd"]
    form = Form([Section(title="All", fields=fields, columns=4)])
    qtbot.addWidget(form)
    form.resize(900, 400)
    form.show()
    assert len({form.box(name).y() for name in "abcd"}) == 1
    form.resize(200, 400)
    qtbot.waitUntil(lambda: len({form.box(name).y() for name in "abcd"}) == 4)


def test_what_was_read_from_a_paper_is_marked_until_confirmed(form: Form) -> None:
    form.mark("who", "read", "read from the card, not yet checked")
    assert form.editor("who").property("kind") == "read"
    form.mark("who", "", "")
    assert not form.editor("who").property("kind")


class Shelf(Drafts):
    """Drafts in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def keep(self, name: str, text: str) -> None:
        self.kept[name] = text

    def find(self, name: str) -> str | None:
        return self.kept.get(name)

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


def test_typed_text_is_kept_and_put_back_and_dropped(qtbot: QtBot) -> None:
    desk, shelf = Desk(OpenGate(), OpenAsks(), SESSION), Shelf()
    form = Form(FIELDS)
    qtbot.addWidget(form)
    keeper = DraftKeeper(desk, shelf, form)
    keeper.open("receipt")
    QTest.keyClicks(form.editor("who"), "Rekha")
    with qtbot.waitSignal(keeper.kept):
        keeper.flush()
    again = Form(FIELDS)
    qtbot.addWidget(again)
    other = DraftKeeper(desk, shelf, again)
    with qtbot.waitSignal(other.restored):
        other.open("receipt")
    assert edit(again, "who").text() == "Rekha"
    other.drop()
    qtbot.waitUntil(lambda: shelf.kept == {})
    desk.close()


def every(kind: Kind) -> Field:
    more: dict[str, Any] = {"currency": "INR"} if kind is Kind.MONEY else {}
    if kind is Kind.DATE:
        more["today"] = TODAY
    if kind is Kind.OWN:
        more["make"] = LineEdit
    return Field(name=kind.value, label=kind.value, kind=kind, choices=[(1, "one")], **more)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_field_can_be_filled_and_kept(qtbot: QtBot, kind: Kind) -> None:
    form = Form([every(kind)])
    qtbot.addWidget(form)
    editor = form.editor(kind.value)
    assert isinstance(editor, QWidget)
    assert editor.accessibleName() == kind.value
    form.restore(form.draft())
    form.set_value(kind.value, None)
    form.values()


def test_a_meaning_stands_beside_its_field_and_stays_when_it_is_refused(qtbot: QtBot) -> None:
    section = Section(fields=[Field(name="rate", label="Rate")], columns=1, beside=True)
    form = Form([section])
    qtbot.addWidget(form)
    form.resize(600, 200)
    form.show()
    form.set_hint("rate", "A month costs a twelfth of it.")
    assert form.show_error("rate", "Too high.")
    box = form.box("rate")
    assert isinstance(box, BesideBox)
    assert (box.error, box.meaning) == ("Too high.", "A month costs a twelfth of it.")
    form.set_hint("rate", "Another meaning.")
    assert box.error == "Too high."
    form.clear_errors()
    assert (box.error, box.meaning) == ("", "Another meaning.")
