"""The cashier's counter: receipts of every kind, and what goes wrong with some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.commands.servicing import (
    ChargeLoan,
    ForecloseLoan,
    PostReceipt,
    ReceiptPart,
    ReverseReceipt,
    TakeMeeting,
    WaiveDue,
)
from app.demo.acting import Acting, Cast
from app.demo.days import Days
from app.demo.habits import Account, Way
from app.demo.luck import chance
from app.demo.samples import Samples
from app.domain.allocation import Head
from app.queries.servicing import QuoteForeclosure
from app.rows.facts import Mode

CURRENCY = "INR"
RUPEES = 100
CHEQUE_CHARGE = 295 * RUPEES
CHEQUE_WAIVER = 100 * RUPEES
SLIP = 900 * RUPEES  # a key pressed beside the right one
_MISTAKES = (37, 190)  # the first receipt with one, and every so many
_YESTERDAYS = (23, 160)  # taken at a centre the evening before


@dataclass(slots=True)
class Counter:
    """Takes money, and knows how much cash it holds (minor units)."""

    acting: Acting
    cast: Cast
    days: Days
    random: Random
    words: Samples
    cash: int
    receipts: int = 0

    def serve(self, account: Account, way: Way, on: date) -> None:
        """Do what somebody came for; nothing where there is nothing to do."""
        if account.closed:
            return
        if way is Way.BOUNCE:
            self._bounce(account)
        elif way is Way.WAIVE:
            self._waive(account, on)
        elif way is Way.CLOSE:
            self._close(account)
        else:
            self._take(account, way, on)

    def meet(self, centre: str, came: Sequence[tuple[Account, Way]], on: date) -> None:
        """Take what a centre's meeting brings in cash as one act; one receipt a loan."""
        brought: dict[int, tuple[Account, int]] = {}
        for account, way in came:
            amount = 0 if account.closed else self._brought(account, way, on)
            if amount > 0:
                brought[account.loan_id] = (account, amount)
        if not brought:
            return
        command = TakeMeeting(
            centre=centre,
            parts=tuple(ReceiptPart(loan_id, one[1]) for loan_id, one in brought.items()),
            currency=CURRENCY,
            received_on=on,
            mode=Mode.CASH,
        )
        self.acting.do(self.cast.sunita, command)
        for account, amount in brought.values():
            account.paid += amount
            account.closed = account.left <= 0
            self.cash += amount
        self.receipts += len(brought)

    def _brought(self, account: Account, way: Way, on: date) -> int:
        following = self.days.later(on, 1)
        shut_until = date.fromordinal(following.toordinal() - 1) if following else on
        return account.wanted(way, on, shut_until)

    def _take(self, account: Account, way: Way, on: date) -> None:
        amount = self._brought(account, way, on)
        if amount <= 0:
            return
        mode = Mode.CHEQUE if way is Way.CHEQUE else self._mode(account)
        place = self.receipts
        if place % _MISTAKES[1] == _MISTAKES[0] and amount + SLIP <= account.left:
            self._mistake(account, amount, on, mode)
        receipt_id = self._post(account, amount, on, mode)
        if way is Way.CHEQUE:
            account.cheque, account.cheque_minor = receipt_id, amount
        account.paid += amount
        account.closed = account.left <= 0

    def _mode(self, account: Account) -> Mode:
        """Groups pay cash at the centre for the most part, single borrowers often by UPI."""
        if account.product.startswith("JLG"):
            return Mode.UPI if chance(self.random, 22) else Mode.CASH
        if chance(self.random, 42):
            return Mode.UPI
        return Mode.BANK if chance(self.random, 12) else Mode.CASH

    def _post(self, account: Account, amount: int, on: date, mode: Mode) -> int:
        """Post a receipt of today, or now and then one of the evening before; returns its id."""
        received_on, reason = on, ""
        if self.receipts % _YESTERDAYS[1] == _YESTERDAYS[0] and mode is Mode.CASH:
            received_on = max(date.fromordinal(on.toordinal() - 1), account.disbursed_on)
            reason = "Taken at the centre after the counter had closed"
        command = PostReceipt(
            parts=(ReceiptPart(account.loan_id, amount),),
            amount_minor=amount,
            currency=CURRENCY,
            received_on=received_on,
            mode=mode,
            reference=self._reference(mode),
            payer=account.borrower,
            reason=reason if received_on < on else "",
        )
        posted = self.acting.do(self.cast.sunita, command)
        self.receipts += 1
        if mode is Mode.CASH:
            self.cash += amount
        return posted.receipt_id

    def _reference(self, mode: Mode) -> str:
        if mode is Mode.CASH:
            return ""
        if mode is Mode.CHEQUE:
            return f"{self.random.randrange(10**6):06d}"
        return f"{self.random.randrange(10**12):012d}"

    def _mistake(self, account: Account, amount: int, on: date, mode: Mode) -> None:
        """Post the wrong amount; somebody else takes it back with the reason."""
        receipt_id = self._post(account, amount + SLIP, on, mode)
        reason = self.random.choice(self.words.reasons["wrong"])
        self.acting.do(self.cast.arun, ReverseReceipt(receipt_id=receipt_id, reason=reason))
        if mode is Mode.CASH:
            self.cash -= amount + SLIP

    def _bounce(self, account: Account) -> None:
        """The bank sends the cheque back: the receipt never was, and it costs a charge."""
        if account.cheque is None:
            return
        reason = "Cheque returned unpaid"
        self.acting.do(self.cast.meena, ReverseReceipt(receipt_id=account.cheque, reason=reason))
        self.acting.do(
            self.cast.meena,
            ChargeLoan(
                loan_id=account.loan_id,
                title="Cheque return",
                head=Head.CHARGE,
                amount_minor=CHEQUE_CHARGE,
                currency=CURRENCY,
                reason=reason,
            ),
        )
        account.levied += CHEQUE_CHARGE
        account.paid -= account.cheque_minor

    def _waive(self, account: Account, on: date) -> None:
        """Forgive a part of the charge."""
        if account.cheque is None or account.due(on) < CHEQUE_CHARGE:
            return
        command = WaiveDue(
            loan_id=account.loan_id,
            head=Head.CHARGE,
            amount_minor=CHEQUE_WAIVER,
            currency=CURRENCY,
            reason="The bank had made a mistake with the signature",
        )
        self.acting.do(self.cast.arun, command)
        account.levied -= CHEQUE_WAIVER

    def _close(self, account: Account) -> None:
        """Pay the loan off for what the quote asks."""
        quote = self.acting.ask(self.cast.meena, QuoteForeclosure(loan_id=account.loan_id))
        command = ForecloseLoan(
            loan_id=account.loan_id,
            quoted_minor=quote.total_minor,
            currency=CURRENCY,
            mode=Mode.UPI,
            reference=self._reference(Mode.UPI),
            payer=account.borrower,
        )
        self.acting.do(self.cast.meena, command)
        self.receipts += 1
        account.closed = True
