"""One picture of each paper, compared with the one that was looked at and found good.

After a wanted change: KIST_GOLDEN=write pytest tests/papers/test_pictures.py, then look at them.
"""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.papers import Papers
from app.reports import Chart
from tests.papers.reading import picture_of
from tests.papers.test_papers import ALL
from tests.papers.test_reports import ABOUT, LATE, rows

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "papers"
DPI = 60
_FAR = 96  # of 255: more than another rasteriser's edges differ by
_MOST = 0.001  # of all points may differ by that much


@pytest.mark.parametrize("name", ALL)
def test_the_paper_looks_as_it_did(papers: Papers, name: str) -> None:
    paper, size = ALL[name]
    _compare(name, picture_of(papers.pdf(paper, size), DPI))


def test_the_page_of_a_report_looks_as_it_did(papers: Papers) -> None:
    to = io.BytesIO()
    chart = Chart("Arrears by borrower", by="borrower", value="arrears_minor")
    papers.report(replace(LATE, chart=chart), "pdf", rows(8), ABOUT, to)
    _compare("report", picture_of(to.getvalue(), DPI))


def test_a_missing_line_would_be_seen(papers: Papers) -> None:
    paper, size = ALL["receipt"]
    seen = picture_of(papers.pdf(paper, size), DPI)
    wiped = seen.copy()
    wiped.paste(255, (0, 200, seen.width, 215))
    assert far_points(seen, wiped) > _MOST * seen.width * seen.height


def _compare(name: str, seen: Image.Image) -> None:
    kept = GOLDEN / f"{name}.png"
    if os.environ.get("KIST_GOLDEN") == "write":
        kept.parent.mkdir(parents=True, exist_ok=True)
        seen.quantize(16).save(kept, optimize=True)
    golden = Image.open(kept).convert("L")
    assert seen.size == golden.size
    assert far_points(seen, golden) <= _MOST * seen.width * seen.height


def far_points(one: Image.Image, other: Image.Image) -> int:
    """How many points differ by more than an edge's shade."""
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[_FAR:])
