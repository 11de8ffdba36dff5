"""Card, statement, letters and books: every figure of their rows, in pages that hold together."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from PIL import Image

from app.domain.errors import NotFound
from app.papers import _DRAWN, Papers
from app.rows.lender import LenderHead
from app.rows.papers import Paper
from app.texts.figures import amount
from app.texts.words import amount_in_words
from tests.papers import letters
from tests.papers.examples import LENDER
from tests.papers.reading import page_sizes, text_of

A5 = (419.5, 595.3)


def test_every_paper_has_somebody_who_draws_it() -> None:
    assert set(_DRAWN) == set(get_args(Paper))


def test_the_card_shows_each_instalment_and_what_was_paid(papers: Papers) -> None:
    paper = letters.card(count=104)
    pdf = papers.pdf(paper)
    text = text_of(pdf)
    for line in paper.lines:
        for minor in (line.due_minor, line.principal_minor, line.interest_minor):
            assert amount(minor, "INR") in text
    assert amount_in_words(paper.total_minor, "INR") in text
    assert text.count("Anita Verma, nodal officer, 1800 120 4455") == len(page_sizes(pdf))
    assert f"Page {len(page_sizes(pdf))} of {len(page_sizes(pdf))}" in text
    assert "All dues are paid on" in text


def test_a_closed_card_says_the_final_discharge(papers: Papers) -> None:
    paper = replace(letters.card(), closed_on=letters.no_dues().closed_on)
    assert "All dues were paid on 20 Nov 2026." in text_of(papers.pdf(paper))


def test_the_statement_runs_from_opening_to_closing(papers: Papers) -> None:
    paper = letters.statement(count=70)
    pdf = papers.pdf(paper)
    text = text_of(pdf)
    assert len(page_sizes(pdf)) > 1
    for line in paper.lines:
        assert amount(line.balance_minor, "INR") in text
        assert line.number in text
    assert "Receipt, reversed STP-1-2627-000070" in text
    credits = sum(line.credit_minor for line in paper.lines)
    assert f"{amount(credits, 'INR')} {amount(paper.closing_minor, 'INR')}" in text


def test_the_demand_says_the_sum_in_figures_and_words(papers: Papers) -> None:
    paper = letters.demand()
    text = text_of(papers.pdf(paper))
    assert amount(paper.total_minor, "INR", symbol=True) in text
    assert amount_in_words(paper.total_minor, "INR") in text
    assert "gomti" not in text
    assert "oldest part since 119 days" in text
    assert amount(-paper.excess_minor, "INR") in text


@pytest.mark.parametrize("make", [letters.card, letters.sanction, letters.demand, letters.no_dues])
def test_letters_come_on_two_sizes(papers: Papers, make: Callable[[], Paper]) -> None:
    for width, _height in page_sizes(papers.pdf(make(), "a5")):
        assert width == pytest.approx(A5[0], abs=1)
    for width, _height in page_sizes(papers.pdf(make(), "a4")):
        assert width == pytest.approx(595.3, abs=1)


def test_debits_equal_credits_on_the_day_book(papers: Papers) -> None:
    paper = letters.day_book(count=60)
    text = text_of(papers.pdf(paper))
    total = amount(60 * 970_00, "INR")
    assert f"Total {total} {total}" in text


def test_the_cash_book_closes_where_it_says(papers: Papers) -> None:
    paper = letters.cash_book()
    text = text_of(papers.pdf(paper))
    closing = amount(paper.days[-1].closing_minor, "INR", symbol=True)
    assert f"By the books: {closing}" in text
    assert "₹500" in text
    week = replace(paper, from_on=paper.from_on.replace(day=17))
    assert "Notes counted" not in text_of(papers.pdf(week))


@pytest.mark.parametrize("name", ["x" * 300, "सुनीता" * 80, "a b " * 90])
def test_long_names_stay_on_the_page(papers: Papers, name: str) -> None:
    about = replace(letters.about(), borrower=name, centre=name, address=name, relative=name)
    for paper in (
        replace(letters.card(), about=about),
        replace(letters.statement(), about=about),
        replace(letters.demand(), about=about),
        replace(letters.no_dues(), about=about),
        replace(letters.sanction(), borrower=name, purpose=name, product=name),
    ):
        for size in ("a4", "a5"):
            pdf = papers.pdf(paper, size)
            assert len(page_sizes(pdf)) < 6
            assert "Complaints: Anita Verma" in text_of(pdf)


def test_an_amount_of_any_size_is_whole(papers: Papers) -> None:
    huge = 99_99_99_99_999_99
    about = replace(letters.about(), principal_minor=huge)
    text = text_of(papers.pdf(replace(letters.no_dues(), about=about, received_minor=huge), "a5"))
    assert text.count(amount(huge, "INR", symbol=True)) == 2
    text = text_of(papers.pdf(replace(letters.demand(), total_minor=huge), "a5"))
    assert amount(huge, "INR", symbol=True) in text


def test_a_logo_stands_on_the_paper_and_its_loss_stops_nothing() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")

    def find(name: str) -> bytes:
        if name != "there":
            raise NotFound(what="document")
        return picture.getvalue()

    papers = Papers(find)
    with_logo, without, lost = (
        papers.pdf(replace(letters.no_dues(), about=replace(letters.about(), lender=lender)))
        for lender in (_logo("there"), _logo(""), _logo("gone"))
    )
    assert b"/Image" in with_logo
    assert b"/Subtype /Image" not in without
    assert b"/Subtype /Image" not in lost
    assert "No-dues letter" in text_of(lost)


def test_only_a_signed_receipt_has_the_signed_line(papers: Papers) -> None:
    paper = letters.signed_receipt()
    seal = paper.seal
    assert seal is not None
    unsigned = replace(paper, seal=replace(seal, signature=b""))
    for size in ("a5", "80mm", "58mm"):
        assert "This code is our signature" in text_of(papers.pdf(paper, size))
        assert "This code is our signature" not in text_of(papers.pdf(unsigned, size))
        assert papers.pdf(unsigned, size) == papers.pdf(replace(paper, seal=None), size)


def test_the_narrow_roll_is_as_wide_as_it_says(papers: Papers) -> None:
    ((width, _height),) = page_sizes(papers.pdf(letters.signed_receipt(), "58mm"))
    assert width == pytest.approx(58 * 72 / 25.4, abs=0.5)


def _logo(name: str) -> LenderHead:
    return replace(LENDER, logo=name)
