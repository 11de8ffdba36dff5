"""Reports as files: the same figures in each, and nothing that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from app.domain.errors import ValueRefused
from app.papers import Papers
from app.papers.report_csv import harmless
from app.reports import About, Chart, Kind, Report, ReportColumn, Totals
from app.texts import N_
from app.texts.figures import amount
from tests.papers.reading import page_sizes, text_of

LATE = Report(
    name="late",
    title=N_("Overdue loans"),
    definition=N_("Loans with an instalment due before the day asked about."),
    columns=(
        ReportColumn("loan", N_("Loan"), width=14),
        ReportColumn("borrower", N_("Borrower"), width=22),
        ReportColumn("last_paid_on", N_("Last paid"), Kind.DATE),
        ReportColumn("dpd", N_("Days late"), Kind.INT),
        ReportColumn("arrears_minor", N_("Arrears"), Kind.MONEY, total=True, width=14),
        ReportColumn("share_bp", N_("Share"), Kind.PERCENT),
    ),
)
ABOUT = About(
    lender="Sahaj Gramin Microfinance",
    branch="Sitapur branch",
    period="1\u201323 Nov 2026",
    currency="INR",
    made_at=datetime(2026, 11, 23, 18, 5),  # noqa: DTZ001 - local time of the branch
    made_by="Anita Verma",
    notes=(("PAR-30", "4.12%"), ("Arrears rate", "1.05%")),
)
PAYLOADS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u200b=1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A0",
    "http://example.org",
    "0012345",
    "<b>x</b>",
    'a"b,c;d',
    "सुनीता देवी",
)


@dataclass(frozen=True, slots=True)
class Late:
    """A row of the example."""

    loan: str
    borrower: str
    last_paid_on: date | None
    dpd: int
    arrears_minor: int
    share_bp: int


def rows(count: int = 3, borrower: str = "Sunita Devi") -> Iterator[Late]:
    """Rows one by one, as a reader hands them over."""
    for number in range(1, count + 1):
        paid = date(2026, 11, 2) if number % 2 else None
        yield Late(f"STP-L-{number:06d}", borrower, paid, number, number * 1_25_000_05, 412)


def _csv(papers: Papers, data: Iterator[Late]) -> list[list[str]]:
    to = io.BytesIO()
    papers.report(LATE, "csv", data, ABOUT, to)
    assert to.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(to.getvalue().decode("utf-8-sig"), newline="")))


def _xlsx(papers: Papers, data: Iterator[Late], about: About = ABOUT) -> Any:
    to = io.BytesIO()
    papers.report(LATE, "xlsx", data, about, to)
    return openpyxl.load_workbook(to).active


def test_csv_has_a_head_and_bare_figures(papers: Papers) -> None:
    written = _csv(papers, rows())
    assert written[0] == ["Loan", "Borrower", "Last paid", "Days late", "Arrears", "Share"]
    assert written[1] == ["STP-L-000001", "Sunita Devi", "2026-11-02", "1", "125000.05", "4.12"]
    assert written[2][2] == ""
    assert len(written) == 4


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_in_csv(papers: Papers, payload: str) -> None:
    cell = _csv(papers, rows(1, payload))[1][1]
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in cell
    assert cell.lstrip("'") == payload.strip().lstrip("\u200b")


def test_negative_amounts_stay_figures_in_csv(papers: Papers) -> None:
    row = replace(next(rows(1)), arrears_minor=-5_50)
    assert _csv(papers, iter([row]))[1][4] == "-5.50"
    assert harmless("-5.50") == "'-5.50"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link_in_excel(papers: Papers, payload: str) -> None:
    sheet = _xlsx(papers, rows(1, payload))
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    found = [cell for cell in cells if cell.value == payload.strip().lstrip("\u200b")]
    assert [cell.data_type for cell in found] == ["s"]


def test_excel_has_real_numbers_days_and_totals(papers: Papers) -> None:
    sheet = _xlsx(papers, rows())
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(i for i, line in enumerate(lines) if line[0] == "Loan")
    assert lines[head] == ["Loan", "Borrower", "Last paid", "Days late", "Arrears ₹", "Share"]
    first = lines[head + 1]
    assert first[2] == datetime(2026, 11, 2)  # noqa: DTZ001 - a day, as openpyxl gives it
    assert first[3:] == [1, 125000.05, 0.0412]
    assert lines[head + 4][0] == "Total"
    assert lines[head + 4][4] == 750000.3
    assert "##\\,##\\,##0.00" in sheet.cell(head + 2, 5).number_format
    assert lines[0][0] == "Overdue loans"
    assert "PAR-30: 4.12%" in [line[0] for line in lines]


def test_another_currency_has_its_own_digits(papers: Papers) -> None:
    sheet = _xlsx(papers, rows(), replace(ABOUT, currency="UGX"))
    formats = {cell.number_format for line in sheet.iter_rows() for cell in line}
    assert "#,##0" in formats
    assert not [form for form in formats if "0.00" in form and "%" not in form]


def test_the_page_shows_rows_totals_and_its_number(papers: Papers) -> None:
    to = io.BytesIO()
    assert papers.report(LATE, "pdf", rows(120), ABOUT, to) == 120
    pages = page_sizes(to.getvalue())
    text = text_of(to.getvalue())
    assert len(pages) > 3
    assert pages[0][0] > pages[0][1]
    assert f"1 / {len(pages)}" in text
    assert f"{len(pages)} / {len(pages)}" in text
    assert "STP-L-000120" in text
    assert f"Total {'90,75,00,363.00'}" in text.replace("Total  ", "Total ")
    assert "PAR-30" in text
    assert "Loans with an instalment due before the day asked about." in text


def test_an_empty_report_says_so(papers: Papers) -> None:
    to = io.BytesIO()
    papers.report(LATE, "pdf", iter(()), ABOUT, to)
    assert "Nothing in this period." in text_of(to.getvalue())


def test_totals_are_the_sums_of_what_passed() -> None:
    totals = Totals(LATE)
    cells = list(totals.passing(rows(4)))
    assert len(cells) == totals.rows == 4
    assert totals.sums == {"arrears_minor": 10 * 1_25_000_05}


def _charted(chart: Chart) -> Report:
    return replace(LATE, chart=chart)


def test_a_chart_adds_up_groups_and_keeps_the_small_ones_together() -> None:
    totals = Totals(_charted(Chart("Arrears by borrower", by="borrower", value="arrears_minor")))
    data = [replace(next(rows(1)), borrower=f"B{n:02d}", arrears_minor=n) for n in range(1, 21)]
    assert len(list(totals.passing([*data, *data]))) == 40
    points = totals.points()
    assert points[0] == ("B20", 40)
    assert points[-1] == ("All others", 2 * sum(range(1, 10)))
    assert sum(value for _name, value in points) == 2 * sum(range(1, 21))


def test_a_chart_can_set_the_sums_of_columns_side_by_side() -> None:
    totals = Totals(_charted(Chart("Arrears", columns=("arrears_minor",))))
    assert list(totals.passing(rows(2)))
    assert totals.points() == [("Arrears", 3 * 1_25_000_05)]


@pytest.mark.parametrize("count", [3, 40])
def test_a_chart_stands_under_the_rows_of_the_page(papers: Papers, count: int) -> None:
    to = io.BytesIO()
    report = _charted(Chart("Arrears by borrower", by="borrower", value="arrears_minor"))
    papers.report(report, "pdf", rows(count, "Sunita Devi"), ABOUT, to)
    text = text_of(to.getvalue())
    whole = amount(sum(row.arrears_minor for row in rows(count)), "INR")
    assert "Arrears by borrower" in text
    assert text.count(whole) == 2  # the total and the one bar


def test_a_chart_in_excel_is_drawn_over_its_own_sums(papers: Papers) -> None:
    to = io.BytesIO()
    report = _charted(Chart("Arrears by borrower", by="borrower", value="arrears_minor"))
    papers.report(report, "xlsx", rows(3, "=1+1"), ABOUT, to)
    book = openpyxl.load_workbook(to)
    sheet: Any = book["Arrears by borrower"]
    assert [(cell.value, cell.data_type) for cell in sheet[1]] == [("=1+1", "s"), (750000.3, "n")]
    assert len(sheet._charts) == 1


def test_a_row_can_bring_its_own_kind() -> None:
    @dataclass(frozen=True)
    class Indicator:
        """A row of its own kind."""

        kind: str
        value: int

    report = Report("m", N_("Month"), N_("Figures."), (ReportColumn("value", "V", Kind.BY_ROW),))
    kinds = [next(Totals(report).passing([Indicator(k, 5)]))[0][0] for k in ("money", "percent")]
    assert kinds == [Kind.MONEY, Kind.PERCENT]


def test_rows_are_written_as_they_come(papers: Papers) -> None:
    """Long before the last row is asked for, most of those before it have left."""
    to = io.BytesIO()

    def watched() -> Iterator[Late]:
        for row in rows(2000):
            if row.dpd == 2000:
                assert to.tell() > 1900 * 60
            yield row

    assert papers.report(LATE, "csv", watched(), ABOUT, to) == 2000


def test_an_unknown_form_is_refused(papers: Papers) -> None:
    with pytest.raises(ValueRefused):
        papers.report(LATE, "docx", rows(), ABOUT, io.BytesIO())
