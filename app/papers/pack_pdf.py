"""A month pack as one PDF: contents with page numbers, then report after report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from app.papers.fonts import Faces
from app.papers.parts import NAME
from app.papers.report_pdf import ACROSS, EDGE, ReportPages
from app.papers.sheet import (
    BODY,
    LABEL,
    SMALL_SOFT,
    TITLE,
    Align,
    Sheet,
    leading,
)
from app.papers.uncollected import uncollected
from app.reports import About, PackPart
from app.reports.known import MEANINGS
from app.texts import _, translated
from app.texts.figures import moment

_LINE, _MEANINGS = 19.0, 44.0


@uncollected()
def write_pack_pdf(
    faces: Faces,
    title: str,
    parts: Sequence[PackPart],
    about: About,
    to: BinaryIO,
    step: Callable[[str], None],
) -> int:
    """Write the pages; returns how many rows. `step` is told each part before it is drawn."""
    sheet = Sheet(faces, ACROSS, title=title)
    _contents(sheet, title, parts, about)
    count, starts = 0, []
    for number, part in enumerate(parts):
        step(part.title)
        sheet.next_page()
        sheet.chapter(_chapter(number), part.title)
        starts.append(sheet.pages)
        count += ReportPages(sheet, part.report, part.about, part.title).draw(part.rows)
    for number, page in enumerate(starts):
        sheet.told(_page(number), str(page), BODY)
    sheet.page_count()
    to.write(sheet.finish())
    return count


def _contents(sheet: Sheet, title: str, parts: Sequence[PackPart], about: About) -> None:
    """The first page: each report with its page, which is not known yet."""
    right = sheet.width - EDGE
    sheet.fitted(EDGE, EDGE + 9, about.lender, right / 2, NAME)
    sheet.fitted(EDGE, EDGE + 21, about.branch, right / 2, SMALL_SOFT)
    sheet.text(right, EDGE + 10, title, TITLE, Align.RIGHT)
    sheet.text(right, EDGE + 23, about.period, BODY, Align.RIGHT)
    sheet.rule(EDGE, EDGE + 30, right)
    y, high = EDGE + 56, sheet.height - EDGE - 30 - _MEANINGS
    line = min(_LINE, (high - y) / max(1, len(parts)))
    for number, part in enumerate(parts):
        sheet.fitted(EDGE, y, part.title, right - EDGE - 40, BODY)
        sheet.later(right, y, _page(number))
        sheet.rule(EDGE, y + line * 0.3, right)
        sheet.leads((EDGE, y - line * 0.6), (right - EDGE, line), _chapter(number))
        y += line
    y += 4
    for name, meaning in MEANINGS:
        said = f"{translated(name)}: {translated(meaning)}"
        lines = sheet.wrapped(said, right - EDGE, SMALL_SOFT, most=2)
        y = sheet.paragraph(EDGE, y, lines, SMALL_SOFT)
    foot = sheet.height - EDGE + leading(LABEL) / 2
    made = _("Made on {when} by {who}").format(
        when=moment(about.made_at), who=about.made_by or "Kist"
    )
    sheet.fitted(EDGE, foot, made, right / 2, LABEL)
    sheet.page_number(right, foot, LABEL)


def _chapter(number: int) -> str:
    return f"chapter-{number}"


def _page(number: int) -> str:
    return f"page-{number}"
