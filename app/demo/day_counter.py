"""The counter of the played day: three receipts on paper, one of them taken back."""

from __future__ import annotations

from app.commands.servicing import NotePrint, PostReceipt, ReceiptPart, ReverseReceipt
from app.demo.counter import CURRENCY
from app.demo.playing import Playing
from app.demo.stage import CASHIER, MANAGER
from app.queries.field import ListOverdue
from app.queries.servicing import PreviewReceipt, ReceiptForPaper, ShowTill
from app.rows.facts import Mode
from app.rows.field import OverdueRow
from app.rows.servicing import SplitPreview
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named

RECEIPTS = 3
ROLL, SHEET = "80mm", "a5"


def collect(playing: Playing) -> None:
    """Take money on loans that are due today or late, print receipts, reverse the last one."""
    rows = _owing(playing)
    for place, row in enumerate(rows):
        _take(playing, row, place)
    if playing.receipts:
        _reverse(playing, playing.receipts[-1])
    till = playing.ask(CASHIER, ShowTill())
    said = _("received {received}, in the drawer {expected}").format(
        received=_money(till.received_minor), expected=_money(till.expected_minor)
    )
    playing.say(CASHIER, _("Counted the till"), said)


def _owing(playing: Playing) -> list[OverdueRow]:
    """Up to three loans: those due today before those that are late, the latest last."""
    due = playing.ask(MANAGER, ListOverdue(bucket="today")).rows
    late = playing.ask(MANAGER, ListOverdue(sort="dpd")).rows
    rows = {row.loan_id: row for row in (*due, *late)}
    return list(rows.values())[:RECEIPTS]


def _take(playing: Playing, row: OverdueRow, place: int) -> None:
    """One receipt: what is owed in cash, by UPI the second; the paper on both sizes."""
    owed = row.arrears_minor or _owed_today(playing, row.loan_id)
    mode = Mode.UPI if place == 1 else Mode.CASH
    preview = playing.ask(
        CASHIER, PreviewReceipt(loan_id=row.loan_id, amount_minor=owed, received_on=playing.on)
    )
    command = PostReceipt(
        parts=(ReceiptPart(row.loan_id, owed),),
        amount_minor=owed,
        currency=CURRENCY,
        received_on=playing.on,
        mode=mode,
        reference="" if mode is Mode.CASH else "000000000001",
        payer=row.borrower,
    )
    posted = playing.do(CASHIER, command)
    playing.receipts.append(posted.receipt_id)
    said = _("{amount} {mode} from {name}: {split}").format(
        amount=_money(owed),
        mode=named("mode", mode.value),
        name=row.borrower,
        split=_split(preview),
    )
    playing.say(CASHIER, _("Took a receipt"), said, posted.number)
    _print(playing, posted.receipt_id, posted.number)


def _owed_today(playing: Playing, loan_id: int) -> int:
    """What a loan owes up to and with today, as the counter's own preview says."""
    query = PreviewReceipt(loan_id=loan_id, amount_minor=1, received_on=playing.on)
    return playing.ask(CASHIER, query).owed_before_minor


def _split(preview: SplitPreview) -> str:
    heads: dict[str, int] = {}
    for line in preview.lines:
        heads[line.head] = heads.get(line.head, 0) + line.amount_minor
    return ", ".join(f"{named('head', head)} {_money(minor)}" for head, minor in heads.items())


def _print(playing: Playing, receipt_id: int, number: str) -> None:
    """The original on A5, a duplicate on the roll; both are counted."""
    for size in (SHEET, ROLL):
        noted = playing.do(CASHIER, NotePrint(receipt_id=receipt_id))
        query = ReceiptForPaper(receipt_id=receipt_id, duplicate=noted.duplicate)
        paper = playing.ask(CASHIER, query)
        where = playing.paper(f"receipt {number} {size}", paper, size)
        said = _("duplicate") if noted.duplicate else _("original")
        playing.say(CASHIER, _("Printed the receipt"), f"{size}, {said}", where)


def _reverse(playing: Playing, receipt_id: int) -> None:
    reason = _("Wrong amount typed")
    playing.do(MANAGER, ReverseReceipt(receipt_id=receipt_id, reason=reason))
    paper = playing.ask(MANAGER, ReceiptForPaper(receipt_id=receipt_id, duplicate=2))
    where = playing.paper(f"receipt {paper.number} reversed", paper, SHEET)
    said = _("{amount}: {reason}").format(amount=_money(paper.amount_minor), reason=reason)
    playing.say(MANAGER, _("Reversed a receipt"), said, where)


def _money(minor: int) -> str:
    return amount(minor, CURRENCY, symbol=True, trim=True)
