"""The key fact statement: the annex's own example to the last figure, and nothing left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.papers import Papers
from app.rows.key_facts import KeyFactsPaper
from app.texts.figures import amount
from tests.papers import statements
from tests.papers.reading import drawn_strings, page_sizes, text_of
from tests.papers.test_papers import HOSTILE


def test_the_annex_prints_all_its_rows(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.annex()))
    place = text.index("Repayment schedule as disclosed")
    for number, *figures in statements.CASE["annex_c"]:
        row = " ".join(amount(figure * 100, "INR", trim=True) for figure in figures)
        on = statements.annex().lines[number - 1].due_on
        said = f"{number} {on.day} {on:%b} {on.year} {row}"
        assert said in text
        place, before = text.index(said), place
        assert place > before


def test_the_annex_comes_to_its_own_figures(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.annex()))
    for said in (
        "Interest over the whole term, at the rate of the sanction ₹3,274",
        "Fees and charges with tax (item 8) ₹400",
        "Payable to the lender ₹240",
        "Payable to a third party through the lender ₹160",
        "Net amount disbursed ₹19,600",
        "Annual percentage rate (APR) 17.07%",
        "Amount of each instalment ₹970",
        "₹23,274",
        "24 × ₹970, every month",
    ):
        assert said in text


def test_each_item_of_both_parts_stands_on_the_statement(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.everything()))
    for said in (
        "STP-K-000114 · Individual loan",
        "1 Oct 2024: ₹12,000.00; 1 Dec 2024: ₹8,000.00",
        "Clause 3.2",
        "15% · floating",
        "8.5% + 6.5% = 15%",
        "instalment + ₹2.00, or 1 more instalments",
        "24% a year on the overdue principal and interest",
        "₹118 for each returned cheque",
        "₹500 + tax, once a year",
        "Legal costs as a court allows them",
        "Clause 14 of the agreement",
        "Anita Verma, nodal officer · 1800 120 4455",
        "care@sahaj.example",
        "blended rate 15 %",
        "Vishwas Services Private Limited",
        "3 working days, to 3 Oct 2024",
        "Acknowledged on 28 Sep 2024.",
        "explained to me in Hindi",
        "Signature or thumb of the borrower",
        "internal rate of return",
    ):
        assert said in text


def test_a_charge_shows_its_tax_beside_it_and_its_ceiling(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.everything()))
    assert "once · 1.2% 203.39 36.61 240.00" in text
    assert "once · at most 100.00 0.00 100.00" in text
    assert "with every instalment 135.59 24.41 160.00" in text


def test_the_statement_says_which_schedule_it_shows(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.annex()))
    assert "This is the disclosed schedule" in text
    assert "the two may differ by that rounding" in text


@pytest.mark.parametrize("paper", [statements.annex(), statements.everything()])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_page_is_numbered_and_no_glyph_is_missing(
    papers: Papers, paper: KeyFactsPaper, language: str
) -> None:
    pdf = papers.pdf(replace(paper, language=language))
    pages = len(page_sizes(pdf))
    text = text_of(pdf)
    for page in range(1, pages + 1):
        said = f"Page {page} of {pages}" if language == "en" else f"{page} / {pages}"
        assert said in text
    assert not [s for s in drawn_strings(pdf) if b"\\000" in s or b"\x00" in s]


def test_hindi_leaves_no_english_sentence_of_its_own(papers: Papers) -> None:
    text = text_of(papers.pdf(statements.annex("hi")))
    for said in ("Part 1", "Sanctioned", "Acknowledgement", "instalment", "schedule"):
        assert said not in text


def test_a_place_to_sign_is_left_until_it_was_acknowledged(papers: Papers) -> None:
    open_ = statements.annex()
    assert "Acknowledged on" not in text_of(papers.pdf(open_))
    signed = replace(open_, acknowledged_on=date(2024, 9, 30))
    assert "Acknowledged on 30 Sep 2024." in text_of(papers.pdf(signed))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_clauses_of_any_length_and_kind_are_drawn_as_they_are(papers: Papers, hostile: str) -> None:
    paper = replace(
        statements.everything(),
        borrower=hostile,
        loan_type=hostile,
        recovery_clause=hostile,
        grievance_clause=hostile * 3,
        other_penal=hostile,
        co_lending=hostile,
    )
    pdf = papers.pdf(paper)
    assert b"\\000" not in b"".join(drawn_strings(pdf))
    assert "Computation of the APR" in text_of(pdf)
