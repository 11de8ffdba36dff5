"""What a receipt on a roll says, from the top down; how it comes onto the roll is for others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum

from app.papers.parts import grievance_texts
from app.papers.receipt import code_text, code_words, in_words, paid_by, reversal_lines
from app.rows.papers import ReceiptPaper
from app.texts import Language
from app.texts.figures import amount, day, moment


class Tone(Enum):
    """How loud a text in the middle is."""

    NAME = "name"
    MARK = "mark"
    SMALL = "small"


class Roll(ABC):
    """One receipt on its way down a roll."""

    def __init__(self, paper: ReceiptPaper) -> None:
        self.paper = paper
        self.language = Language(paper.language, slips=True)

    def say(self) -> None:
        """Say all of it."""
        self._head()
        self._who()
        self._amount()
        self._lines()
        self._foot()
        self._proof()

    @abstractmethod
    def logo(self, name: str) -> None:
        """The lender's logo in the middle, where there is one."""

    @abstractmethod
    def centred(self, text: str, tone: Tone) -> None:
        """A text in the middle, on as many lines as it needs."""

    @abstractmethod
    def pair(self, label: str, value: str, *, strong: bool = False) -> None:
        """A label at the left, its value at the right, or under it where both are too long."""

    @abstractmethod
    def item(self, what: str, figure: str) -> None:
        """What money was set against at the left, the figure at the right; never cut."""

    @abstractmethod
    def figure(self, text: str) -> None:
        """The amount, large."""

    @abstractmethod
    def left(self, text: str) -> None:
        """A small text from the left."""

    @abstractmethod
    def rule(self) -> None:
        """A level line."""

    @abstractmethod
    def signing(self) -> None:
        """Room to sign above a line."""

    @abstractmethod
    def code(self, text: str) -> None:
        """A QR code in the middle."""

    def _head(self) -> None:
        paper, lender, _ = self.paper, self.paper.lender, self.language.gettext
        self.logo(lender.logo)
        self.centred(lender.name, Tone.NAME)
        texts = (lender.branch, lender.registration, lender.address)
        for text in (*texts, *lender.head_text.splitlines()):
            self.centred(text, Tone.SMALL)
        self.rule()
        if paper.duplicate:
            self.centred(_("DUPLICATE {n}").format(n=paper.duplicate), Tone.MARK)
        if paper.reversed_on is not None:
            self.centred(_("REVERSED"), Tone.MARK)
            self.centred(reversal_lines(paper, self.language), Tone.SMALL)
        if paper.duplicate or paper.reversed_on is not None:
            self.rule()
        self.pair(_("Receipt"), paper.number, strong=True)
        self.pair("", moment(paper.received_at, self.language))

    def _who(self) -> None:
        paper, _ = self.paper, self.language.gettext
        self.pair(_("Received from"), paper.borrower)
        if paper.brought_by:
            self.pair(_("Brought by"), paper.brought_by)
        self.pair(_("Member number"), paper.member_number)
        self.pair(_("Loan"), paper.loan_number)
        if paper.centre:
            self.pair(_("Centre and group"), paper.centre)
        self.pair(_("Paid by"), paid_by(paper, self.language))
        self.rule()

    def _amount(self) -> None:
        self.figure(amount(self.paper.amount_minor, self.paper.currency, symbol=True))
        for text in in_words(self.paper):
            self.centred(text, Tone.SMALL)
        self.rule()

    def _lines(self) -> None:
        paper, _ = self.paper, self.language.gettext
        for line in paper.lines:
            due = "" if line.due_on is None else f" · {day(line.due_on, self.language)}"
            self.item(line.what + due, amount(line.amount_minor, paper.currency))
        self.rule()
        self.pair(_("Total received"), amount(paper.amount_minor, paper.currency), strong=True)
        self.rule()
        left = amount(paper.outstanding_after_minor, paper.currency, symbol=True)
        self.pair(_("Principal outstanding after this"), left)
        if paper.next_due_on is not None:
            figure = amount(paper.next_due_minor, paper.currency, symbol=True)
            self.pair(_("Next due"), f"{figure} · {day(paper.next_due_on, self.language)}")

    def _foot(self) -> None:
        paper, _ = self.paper, self.language.gettext
        self.signing()
        self.left(_("Received by: {name}").format(name=paper.collector))
        for text in grievance_texts(paper.lender, self.language):
            self.left(text)

    def _proof(self) -> None:
        """The code that proves the receipt, and how it is checked."""
        text = code_text(self.paper)
        if text:
            self.code(text)
            self.centred(code_words(self.language), Tone.SMALL)
