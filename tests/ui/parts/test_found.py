"""Why something was found is said and marked, whatever the case and the script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rows.servicing import FoundLoan
from ui.kit.cells import Cell
from ui.parts.found import loan_cell, spans_of

LOAN = FoundLoan(
    loan_id=1,
    number="STP-2526-L1-00019",
    borrower="Rekha Devi",
    local_name="रेखा देवी",
    village="Khairabad",
    phone="9839041127",
    status="active",
    dpd=0,
    asset_class="standard",
    due_minor=0,
    currency="INR",
    matched="name",
    group="Asha",
    centre="Khairabad 2",
)


def marked(cell: Cell) -> list[str]:
    """The marked words of a cell."""
    texts = {"text": cell.text, "after": cell.after, "under": cell.under}
    return [texts[part][first:end] for part, first, end in cell.marks]


@pytest.mark.parametrize(
    ("typed", "under", "words"),
    [
        ("REKHA", "STP-2526-L1-00019 · Khairabad", ["Rekha"]),
        ("देवी", "STP-2526-L1-00019 · Khairabad", ["देवी"]),
        ("l1-00019", "STP-2526-L1-00019 · Khairabad", ["L1-00019"]),
        ("41127", "STP-2526-L1-00019 · phone 9839041127 · Khairabad", ["41127"]),
        ("asha", "STP-2526-L1-00019 · group Asha · Khairabad", ["Asha"]),
        ("khairabad", "STP-2526-L1-00019 · centre Khairabad 2 · Khairabad", ["Khairabad"]),
        ("dev asha", "STP-2526-L1-00019 · group Asha · Khairabad", ["Dev", "Asha"]),
    ],
)
def test_a_loan_says_on_what_it_was_found(typed: str, under: str, words: list[str]) -> None:
    cell = loan_cell(LOAN, typed)
    assert cell.under == under
    assert marked(cell) == words


def test_a_village_alone_is_named_and_said_once() -> None:
    cell = loan_cell(replace(LOAN, centre=""), "khair")
    assert cell.under == "STP-2526-L1-00019 · village Khairabad"
    assert marked(cell) == ["Khair"]


def test_signs_that_fold_into_several_are_marked_whole() -> None:
    assert spans_of("Straße 4", ["strasse"]) == ((0, 6),)
    assert spans_of("Asha", ["x"]) == ()
