"""What the papers say: figures, words, marks; and what they must never do."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.papers import Papers
from app.papers.fonts import Faces
from app.rows.papers import Paper, ReceiptLine
from app.texts.figures import amount
from app.texts.words import amount_in_words
from tests.papers import acts, examples, late, letters, meetings, proofs, slips, statements, tills
from tests.papers.reading import drawn_strings, page_sizes, text_of

ALL: dict[str, tuple[Paper, str]] = {
    "receipt": (examples.receipt(), "a5"),
    "receipt-reversed": (examples.reversed_duplicate(), "a5"),
    "receipt-hindi": (examples.hindi_receipt(), "a5"),
    "roll": (examples.receipt(), "80mm"),
    "roll-reversed": (examples.reversed_duplicate(), "80mm"),
    "roll-hindi": (examples.hindi_receipt(), "80mm"),
    "schedule": (examples.schedule(), "a4"),
    "schedule-hindi": (replace(examples.schedule(), language="hi"), "a4"),
    "day-sheet": (examples.day_paper(), "a4"),
    "collection-sheet": (meetings.sheet_paper(12), "a4"),
    "collection-sheet-hindi": (meetings.sheet_paper(30, "hi"), "a4"),
    "recovery": (examples.recovery(), "a4"),
    "key-facts": (statements.annex(), "a4"),
    "key-facts-hindi": (statements.everything("hi"), "a4"),
    "quote": (acts.quote(), "a4"),
    "quote-hindi": (replace(acts.quote(), language="hi"), "a4"),
    "voucher": (acts.disbursed(), "a4"),
    "voucher-hindi": (replace(acts.disbursed(), language="hi"), "a4"),
    "voucher-refund": (acts.refunded(), "a4"),
    "proof": (proofs.proof(), "a4"),
    "proof-hindi": (proofs.proof(language="hi"), "a4"),
    **letters.ALL,
    **tills.ALL,
    **slips.ALL,
    **late.ALL,
}
HOSTILE = (
    "<img src=file:///etc/passwd>",
    "<b>Bold</b> & <font color=red>x</font>",
    "&lt;para&gt; %s {0} \\n) Tj ET",
    "\u202eevil\u202c\u200b\x00\x07name",
    "தமிழ் 漢字 \U0001f600 \ud800 ₹",
    "x" * 5000,
    "सुनीता" * 400,
    "क\u094d",
    "",
)


@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_a_receipt_shows_every_figure_of_its_row(papers: Papers, size: str) -> None:
    paper = examples.receipt()
    text = text_of(papers.pdf(paper, size))
    words = amount_in_words(paper.amount_minor, paper.currency)
    assert amount(paper.amount_minor, "INR", symbol=True) in text
    assert words.lower() in text.lower()
    for line in paper.lines:
        assert amount(line.amount_minor, "INR") in text
        assert line.what in text
    for said in ("₹1,18,412.00", "₹970.00 · 7 Dec 2026", paper.number, "23 Nov 2026, 11:42"):
        assert said in text
    for said in (paper.loan_number, paper.member_number, paper.reference, "1800 120 4455"):
        assert said in text
    assert "DUPLICATE" not in text
    assert "REVERSED" not in text


@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_a_reprint_and_a_reversal_are_marked(papers: Papers, size: str) -> None:
    text = text_of(papers.pdf(examples.reversed_duplicate(), size))
    assert "DUPLICATE 2" in text
    assert "REVERSED" in text
    assert "Reversed on 24 Nov 2026: Booked on the wrong loan." in text


@pytest.mark.parametrize(
    "minor", [1, 99, 1_00, 99_999_99, 1_00_000_00, 1_25_000_50, 99_99_99_999_99, 10**13]
)
@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_amounts_of_any_size_are_never_cut(papers: Papers, minor: int, size: str) -> None:
    line = ReceiptLine("Instalment 1, principal", date(2026, 11, 23), minor)
    paper = replace(
        examples.receipt(), amount_minor=minor, lines=(line,), outstanding_after_minor=minor
    )
    text = text_of(papers.pdf(paper, size))
    assert amount(minor, "INR", symbol=True) in text
    assert text.count(amount(minor, "INR")) == 4
    assert amount_in_words(minor, "INR").lower() in text.lower()


def test_a_receipt_of_many_lines_goes_on_over_pages(papers: Papers) -> None:
    lines = tuple(ReceiptLine(f"Loan {n}, interest", None, n * 100) for n in range(1, 81))
    paper = replace(examples.receipt(), lines=lines, amount_minor=3240_00)
    pdf = papers.pdf(paper, "a5")
    text = text_of(pdf)
    assert len(page_sizes(pdf)) > 2
    assert all(f"Loan {n}, interest" in text for n in range(1, 81))
    assert "Signature or thumb of the payer" in text
    roll = page_sizes(papers.pdf(paper, "80mm"))
    assert len(roll) == 1
    assert roll[0][1] > page_sizes(papers.pdf(examples.receipt(), "80mm"))[0][1] + 500


def test_a_schedule_shows_each_instalment_and_its_totals(papers: Papers) -> None:
    paper = examples.schedule(104)
    pdf = papers.pdf(paper)
    text = text_of(pdf)
    for line in paper.lines:
        for minor in (line.total_minor, line.principal_minor, line.interest_minor):
            assert amount(minor, "INR") in text
    assert f"Total {amount(paper.total_minor, 'INR')} 20,000.00" in text
    assert amount_in_words(paper.total_minor, "INR") in text
    assert f"Page {len(page_sizes(pdf))} of {len(page_sizes(pdf))}" in text


def test_a_day_sheet_shows_each_stop_in_its_order(papers: Papers) -> None:
    paper = examples.day_paper(30)
    text = text_of(papers.pdf(paper))
    places = [text.index(stop.loan_number) for stop in paper.stops]
    assert places == sorted(places)
    assert "Overdue 34 days; promise of 20 Nov was broken" in text
    assert "To collect" in text
    whole = sum(stop.due_minor + stop.overdue_minor for stop in paper.stops)
    assert amount(whole, "INR", symbol=True) in text


def test_an_empty_day_says_so(papers: Papers) -> None:
    text = text_of(papers.pdf(replace(examples.day_paper(), stops=())))
    assert "No visits are planned." in text


def test_the_recovery_code_can_be_read_and_is_in_no_title(papers: Papers) -> None:
    paper = examples.recovery()
    pdf = papers.pdf(paper)
    text = text_of(pdf)
    assert all(group in text for group in paper.code.split("-"))
    assert paper.code not in repr(paper)
    assert b"7KQM4" not in pdf


@pytest.mark.parametrize("name", ALL)
def test_no_paper_draws_a_missing_glyph(papers: Papers, name: str) -> None:
    paper, size = ALL[name]
    strings = list(drawn_strings(papers.pdf(paper, size)))
    assert len(strings) > 10
    assert not [s for s in strings if b"\\000" in s or b"\x00" in s]


def test_the_check_for_missing_glyphs_can_fail(faces: Faces) -> None:
    to = io.BytesIO()
    canvas = Canvas(to)
    canvas.setFont("NotoSans-Regular", 9)
    canvas.drawString(10, 10, "\u6f22")
    canvas.save()
    assert [s for s in drawn_strings(to.getvalue()) if b"\\000" in s]


def test_a_long_name_is_set_smaller_before_it_is_cut(papers: Papers) -> None:
    name = "Mohammad Abdul Rahim Ansari, son of Mohammad Ismail Ansari"
    text = text_of(papers.pdf(replace(examples.receipt(), borrower=name)))
    assert name in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_names_are_drawn_as_they_are_and_never_obeyed(papers: Papers, hostile: str) -> None:
    receipt = replace(
        examples.receipt(),
        borrower=hostile,
        reference=hostile,
        centre=hostile,
        collector=hostile,
        lines=(ReceiptLine(hostile or "x", None, 1_00),),
    )
    stop = replace(examples.day_paper().stops[0], borrower=hostile, why=hostile, place=hostile)
    sheets = [
        papers.pdf(receipt, "a5"),
        papers.pdf(receipt, "80mm"),
        papers.pdf(replace(examples.schedule(), borrower=hostile)),
        papers.pdf(replace(examples.day_paper(), stops=(stop,))),
    ]
    for pdf in sheets:
        strings = b"".join(drawn_strings(pdf))
        assert b"\\000" not in strings
        assert b"/XObject <<" not in pdf.replace(b"\n", b" ") or b"/Image" not in pdf
    if hostile.startswith("<"):
        assert hostile[:20] in text_of(sheets[0])


def test_the_same_rows_give_the_same_bytes(papers: Papers) -> None:
    assert papers.pdf(examples.receipt()) == Papers().pdf(examples.receipt())
