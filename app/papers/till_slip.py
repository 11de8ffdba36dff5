"""The slip of a till on A5: a count by note, cash in or out, a hand-over."""

from __future__ import annotations

from collections.abc import Iterator

from app.papers.act_sheet import in_words
from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn
from app.papers.parts import facts
from app.papers.sheet import BODY, BODY_STRONG, SMALL, Sheet
from app.papers.table import Table, columns
from app.rows.till_papers import TillSlipPaper
from app.texts.denominations import piece_name
from app.texts.figures import amount, count, moment, sign_of

_ROW, _SIZE = 14.0, 8.6
COUNTS, MOVES, HANDOVERS = ("open", "close"), ("in", "out"), ("give", "take", "back")


def till_slip_a5(faces: Faces, paper: TillSlipPaper) -> bytes:
    """The slip as PDF."""
    title = f"{paper.lender.branch} {paper.number}"
    return drawn(faces, title, "a5", lambda s, pages, edge: _Slip(s, paper, pages, edge))


class _Slip(Leaf):
    """A slip on its way down the page."""

    def __init__(self, sheet: Sheet, paper: TillSlipPaper, pages: int, edge: float) -> None:
        super().__init__(sheet, paper.lender, paper.language, pages, edge)
        self.paper = paper
        self.running = f"{paper.lender.branch} · {paper.number}"

    def body(self) -> None:
        paper = self.paper
        self.head(self._title(), paper.number, [moment(paper.at, self.language)])
        self.flow.y = facts(self.sheet, self.flow.y, self.edge, self._facts()) + 4
        self._sums()
        if paper.counted:
            self._counted()
        for said in in_words(paper.amount_minor, paper.currency, self.language.code):
            self.flow.say(said, SMALL)
        if paper.reason:
            self.flow.gap(4)
            _ = self.language.gettext
            self.flow.say(_("Reason: {reason}").format(reason=paper.reason), BODY)
        self.signatures(*self._signers())

    def _title(self) -> str:
        _ = self.language.gettext
        return {
            "open": _("Opening of the till"),
            "close": _("Closing of the till"),
            "in": _("Voucher of cash in"),
            "out": _("Voucher of cash out"),
            "give": _("Hand-over of cash"),
            "take": _("Hand-over of cash, taken"),
            "back": _("Hand-over of cash, returned"),
            "field": _("Field cash counted in"),
        }[self.paper.kind]

    def _facts(self) -> list[list[tuple[str, str]]]:
        _, paper = self.language.gettext, self.paper
        told = [(_("Branch"), paper.lender.branch), (_("Counter"), paper.counter)]
        more = (
            (_("To counter"), paper.to_counter),
            (_("Account"), paper.account),
            (_("Officer"), paper.officer),
            (_("Name"), paper.payee),
            (_("Reference"), paper.reference),
        )
        told += [(label, value) for label, value in more if value]
        return [told[at : at + 3] for at in range(0, len(told), 3)]

    def _sums(self) -> None:
        """What was there, came in, went out, and what should be there."""
        for words, minor, strong in self._lines():
            self.flow.need(_ROW)
            style = BODY_STRONG if strong else BODY
            self.flow.y += _ROW
            self.sheet.fitted(self.edge, self.flow.y - 4, words, self.wide - 110, style)
            figure = amount(minor, self.paper.currency, symbol=strong)
            self.sheet.whole(self.right, self.flow.y - 4, figure, 104, style)
            self.sheet.rule(self.edge, self.flow.y, self.right)
        self.flow.gap(6)

    def _lines(self) -> Iterator[tuple[str, int, bool]]:
        _, paper = self.language.gettext, self.paper
        session = (
            (_("Opened with"), paper.opening_minor),
            (_("Received"), paper.received_minor),
            (_("Paid out"), None if paper.paid_minor is None else -paper.paid_minor),
        )
        for words, minor in session:
            if minor is not None:
                yield words, minor, False
        if paper.expected_minor is None:
            yield _("Amount"), paper.amount_minor, True
            return
        expected = _("Collected by receipts") if paper.kind == "field" else _("Expected")
        yield expected, paper.expected_minor, False
        yield _("Counted"), paper.amount_minor, True
        difference = paper.amount_minor - paper.expected_minor
        if paper.kind == "field":
            yield _("Stays with the officer"), -difference, False
        else:
            yield _("Over") if difference > 0 else _("Short"), abs(difference), bool(difference)

    def _counted(self) -> None:
        """Note by note."""
        _, paper = self.language.gettext, self.paper
        parts = [
            (_("Note or coin"), 20.0, False),
            (_("Pieces"), 14.0, True),
            (f"{_('Amount')} {sign_of(paper.currency)}", 20.0, True),
        ]
        cells = columns(self.edge, self.wide, parts)
        table = Table(self.sheet, cells, bottom=self.flow.bottom - 4, row=_ROW - 1, size=_SIZE)
        table.turn = lambda: self.turn() + 6
        table.head(self.flow.y + 10)
        for one in paper.counted:
            name = piece_name(one.minor, paper.currency, coin=one.coin, language=self.language)
            worth = amount(one.amount, paper.currency, trim=True)
            table.add([name, count(one.pieces), worth])
        total = sum(one.amount for one in paper.counted)
        table.total([_("Total"), "", amount(total, paper.currency, trim=True)])
        self.flow.y = table.y + 4

    def _signers(self) -> tuple[str, ...]:
        _, paper = self.language.gettext, self.paper
        by = _("Cashier: {name}").format(name=paper.by)
        if paper.checker:
            return by, _("Second person: {name}").format(name=paper.checker)
        if paper.kind in HANDOVERS:
            return by, _("Other counter")
        if paper.kind == "field":
            return by, _("Officer: {name}").format(name=paper.officer)
        if paper.kind in MOVES:
            other = _("Received by") if paper.kind == "out" else _("Handed in by")
            return by, other
        return by, _("Counted with")
