"""A receipt as PDF and as ESC/POS, in two scripts, beside the same words set by platypus."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from app.papers import Papers
from app.papers.cover import Cover
from app.papers.roll import Roll, Tone
from app.papers.thermal import Tickets
from app.paths import resources
from app.rows.papers import ReceiptPaper
from tests.bench.figures import Figure, cpu_ms
from tests.papers.examples import hindi_receipt, receipt
from tests.papers.slips import slip

TIMES, WARM = 40, 3
LEAST_RATIO = 2.0


def figures() -> list[Figure]:
    """CPU of a receipt whose face is loaded; the texts change, as receipts do."""
    papers, tickets = Papers(), Tickets(resources() / "fonts")
    cover = Cover(resources() / "fonts")
    made = []
    for name, paper in (("Latin", receipt()), ("Devanagari", hindi_receipt())):
        ours = _took(partial(papers.pdf, paper, "a5"))
        theirs = _took(partial(_platypus, cover, paper))
        ratio = theirs / ours
        made.append(
            Figure(
                f"a receipt as PDF, {name}, CPU",
                f"{ours:.2f} ms",
                peer=f"platypus {theirs:.2f} ms",
                ratio=f"{ratio:.1f}",
                aim=">= 2 x",
                met=ratio >= LEAST_RATIO,
            )
        )
    for name, paper in (("Latin", receipt()), ("Tamil", slip("ta"))):
        took = _took(partial(tickets.bytes_of, paper, 80))
        made.append(Figure(f"a receipt as ESC/POS, {name}, CPU", f"{took:.2f} ms"))
    return made


def _took(work: Callable[[], object]) -> float:
    for _ in range(WARM):
        work()
    return cpu_ms(work, TIMES)


class _Words(Roll):
    """The words of a receipt one after another, strong or not; pairs are rows of two."""

    def __init__(self, paper: ReceiptPaper) -> None:
        super().__init__(paper)
        self.rows: list[tuple[tuple[str, ...], bool]] = []

    def centred(self, text: str, tone: Tone) -> None:
        self.rows.append(((text,), tone is not Tone.SMALL))

    def pair(self, label: str, value: str, *, strong: bool = False) -> None:
        self.rows.append(((label, value), strong))

    def item(self, what: str, figure: str) -> None:
        self.rows.append(((what, figure), False))

    def figure(self, text: str) -> None:
        self.rows.append(((text,), True))

    def left(self, text: str) -> None:
        self.rows.append(((text,), False))

    def logo(self, name: str) -> None:
        """The example has none."""

    def rule(self) -> None:
        """Left out: the peer may be quicker by it."""

    def signing(self) -> None:
        """Left out."""

    def code(self, text: str) -> None:
        """Left out: the example is not signed."""


def _platypus(cover: Cover, paper: ReceiptPaper) -> bytes:
    """The same words by the manual: paragraphs and a table, each part in a face that has it."""
    words, to = _Words(paper), io.BytesIO()
    words.say()
    rows, flow = [], list[Flowable]()
    for texts, strong in words.rows:
        cells = [Paragraph(_marked(cover, text, strong), _STYLE) for text in texts]
        if len(cells) > 1:
            rows.append(cells)
        else:
            flow += cells
    grid = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)])
    SimpleDocTemplate(to, pagesize=A5).build([*flow, Table(rows, style=grid)])
    return to.getvalue()


def _marked(cover: Cover, text: str, strong: bool) -> str:
    parts = cover.split(text, strong=strong)
    return "".join(f'<font name="{face}">{escape(part)}</font>' for face, part in parts)


_STYLE = ParagraphStyle("body", fontName="NotoSans-Regular", fontSize=9, shaping=1)
