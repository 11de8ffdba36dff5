"""A kept quote and a voucher say every figure, in the borrower's language too."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from app import papers as room
from app.papers import Papers
from app.rows.papers import Paper
from app.texts.figures import amount
from app.texts.words import amount_in_words
from tests.papers import acts
from tests.papers.reading import page_sizes, text_of


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_quote_names_every_head_and_the_day(papers: Papers, language: str) -> None:
    paper = replace(acts.quote(), language=language)
    pdf = papers.pdf(paper)
    text = text_of(pdf)
    heads = paper.heads
    assert heads.total_minor + 364_00 + 65_52 - 40_00 == paper.total_minor
    for minor in (42_50, 118_00, 481_67, 18_200_00, 364_00, 65_52, -40_00):
        assert amount(minor, "INR") in text
    assert text.count(amount(19_231_69, "INR", symbol=True)) == 2
    assert paper.number in text
    assert len(page_sizes(pdf)) == 1
    if language == "en":
        assert "Penal charge" in text
        assert "1 Dec 2026" in text
        assert "Signature or thumb of the borrower" in text


def test_a_quote_without_charges_says_nothing_is_asked_for_them(papers: Papers) -> None:
    paper = replace(acts.quote(), closing_charge_minor=0, closing_tax_minor=0, excess_minor=0)
    text = text_of(papers.pdf(paper))
    assert "Charge for closing early 0.00" in text
    assert "held in excess" not in text


def test_a_voucher_shows_what_never_left_the_house(papers: Papers) -> None:
    paper = acts.disbursed()
    assert sum(line.amount_minor for line in paper.lines) == paper.amount_minor
    text = text_of(papers.pdf(paper))
    for line in paper.lines:
        assert amount(line.amount_minor, "INR") in text
    assert amount(paper.amount_minor, "INR", symbol=True) in text
    assert amount_in_words(paper.amount_minor, "INR").lower() in text.lower()
    for said in ("STP-2526-L1-00001", "N326114", "24 Nov 2026, 12:05", "Meena Khanna"):
        assert said in text


def test_a_reversed_voucher_says_so(papers: Papers) -> None:
    text = text_of(papers.pdf(acts.refunded()))
    assert "REVERSED" in text
    assert "It is not valid" in text
    assert "paid twice" in text
    assert "REVERSED" not in text_of(papers.pdf(replace(acts.refunded(), reversed=False)))


def test_every_paper_can_be_drawn() -> None:
    assert set(room._DRAWN) == set(get_args(Paper))
