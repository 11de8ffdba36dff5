"""Taking over a loan that ran elsewhere: its terms, how it stood on a day, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.commands.base import Topic
from app.commands.takeover import (
    LoanTakenOver,
    ProposeTakeOver,
    TakeOverLoan,
    TakeOverProposed,
)
from app.domain.errors import KistError
from app.queries.admin import ListOfficers, ListProducts
from app.queries.origination import MatchParties
from app.queries.takeover import ListTakeOversAsked, PreviewTakeOver
from app.rows.admin import ProductRow, SignInCard
from app.rows.origination import PartyMatch
from app.rows.takeover import TakeOverAsked, TakeOverPreview
from app.texts import _
from ui.kit.actions import Action
from ui.kit.banner import Banner
from ui.kit.card import Card, row
from ui.kit.drafts import DraftKeeper
from ui.kit.form import Form
from ui.kit.messages import spoken
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import title
from ui.kit.theme import theme
from ui.parts.asked import AskedStrip
from ui.parts.later import Later
from ui.servicing.takeover_asked import TakeOverAskedDialog, asked_words
from ui.servicing.takeover_file import TakeOverFileDialog
from ui.servicing.takeover_form import party_of, sections, taken_of, text_of
from ui.servicing.takeover_panel import TakeOverPanel

LEFT, LARGE = 420, 140  # px at 100 % of the form; text size in percent at which it gives way
WHO = ("full_name", "phone", "village")


class TakeOverScreen(StationScreen):
    """One loan, or a file of many."""

    topics = frozenset({Topic.DAY, Topic.PRODUCT, Topic.CHECK})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Take over a loan that ran elsewhere"))
        self.install_actions()
        self._key, self._busy, self._wrong = station.desk.key(), False, ""
        self._proposal_key = station.desk.key()
        self.asked = AskedStrip(asked_words, self.decide_on)
        self.party_id: int | None = None
        self.make_parts(self._parts(station), ahead=self.router.ahead)

    def _parts(self, station: Station) -> Iterator[None]:
        self.form = Form(sections(station))
        self.known = Banner()
        yield
        self.panel = TakeOverPanel(station.currency)
        self._later, self._matching = Later(self, self.look), Later(self, self._match)
        self._keeper = DraftKeeper(station.desk, station.drafts, self.form)
        self._keeper.restored.connect(self._later.want)
        self.form.edited.connect(self._on_edited)
        yield
        yield from self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        return (
            Action(
                name="save",
                text=_("Take over"),
                keys="Ctrl+A",
                icon="arrow-square-in",
                run=self.save,
                enabled=lambda: self.station.day_is_open,
                why=_("The day is closed"),
            ),
            Action(
                name="lines",
                text=_("Edit the unpaid lines"),
                keys="Alt+E",
                run=self.edit_lines,
                enabled=lambda: self.panel.preview is not None,
                why=_("There are no lines yet"),
            ),
            Action(name="file", text=_("A file of many"), keys="Alt+F", run=self.from_file),
            Action(name="clear", text=_("Begin anew"), keys="Alt+N", run=self.clear),
            Action(
                name="look",
                text=_("Look at what waits for a second person"),
                keys="Alt+L",
                run=lambda: self.decide_on(self.asked.asked[0]),
                enabled=lambda: bool(self.asked.asked),
                why=_("Nothing waits for a second person"),
                bar=False,
            ),
            Action(name="back", text=_("Back"), keys="Esc", run=lambda: self.router.back()),
        )

    def reload(self) -> None:
        desk = self.desk
        desk.read(self, ListProducts(), self._take_products, self.failed, slot="products")
        desk.read(self, ListTakeOversAsked(), self._take_asked, self.failed, slot="asked")
        desk.read(self, ListOfficers(), self._take_officers, self.failed, slot="officers")
        if not self.form.is_dirty():
            self.form.focus()

    def look(self) -> None:
        """Ask what it would make of the loan."""
        taken = taken_of(self._typed(), self.station.currency)
        if taken is not None:
            query = PreviewTakeOver(taken=taken)
            self.desk.read(self, query, self._shown, self._not_shown, slot="preview")

    def edit_lines(self) -> None:
        """Put the lines that were worked out into the form, to be put right by hand."""
        if self.panel.preview is not None:
            text = text_of(self.panel.preview.lines, self.station.currency)
            self.form.set_value("lines", text)
            self.form.focus("lines")
            self._later.want()

    def from_file(self) -> None:
        """Take over many loans at once, out of a file."""
        TakeOverFileDialog(self, self.station).open()

    def clear(self) -> None:
        """Empty the form for another loan."""
        self.form.reset()
        self._keeper.drop()
        self.party_id, self._key = None, self.desk.key()
        self._proposal_key = self.desk.key()
        self.known.clear()
        self.panel.say(_("Fill in what was agreed, and all that was received or what is unpaid."))
        self.form.focus()

    def save(self) -> None:
        """Take the loan over, once."""
        values = None if self._busy else self.form.values()
        if values is None:
            return
        taken = taken_of(values, self.station.currency)
        if taken is None:
            said = _("Give all that was received, or the unpaid lines.")
            self.form.show_error("received_minor", said)
            return
        self._busy = True
        facts: dict[str, Any] = {
            "party_id": self.party_id,
            "party": None if self.party_id is not None else party_of(values),
            "taken": taken,
            "reason": values["reason"],
        }
        if self._above():
            proposal = ProposeTakeOver(**facts)
            self.desk.ask(self, proposal, self._proposal_key, self._proposed, self._refused)
            return
        self.desk.ask(self, TakeOverLoan(**facts), self._key, self._done, self._refused)

    def decide_on(self, row: TakeOverAsked) -> None:
        """Show a take-over that waits, to be accepted or declined."""
        TakeOverAskedDialog(self, self.station, row).open()

    def _typed(self) -> dict[str, Any]:
        return {name: self.form.value(name) for name in self.form.draft()}

    def _on_edited(self, name: str) -> None:
        if self._wrong:
            self.form.box(self._wrong).show_error("")
            self._wrong = ""
        if name in WHO:
            self.party_id = None
            self._matching.want()
        self._later.want()

    def _match(self) -> None:
        name, phone, village = (self.form.value(field) or "" for field in WHO)
        query = MatchParties(full_name=name, phone=phone, village=village)
        self.desk.read(self, query, self._matched, lambda _error: None, slot="match")

    def _matched(self, found: tuple[PartyMatch, ...]) -> None:
        if not found or self.party_id is not None:
            self.known.clear()
            return
        one = found[0]
        said = _("{name} of {village} is known here already.").format(
            name=one.full_name, village=one.village
        )
        self.known.say(said, "info", _("It is this borrower"), lambda: self._take_party(one))

    def _take_party(self, one: PartyMatch) -> None:
        self.party_id = one.party_id
        names = {"full_name": one.full_name, "phone": one.phone, "village": one.village}
        self.form.set_values(names)
        said = _("The loan goes to {name}, who is known here.").format(name=one.full_name)
        self.known.say(said, "ok")

    def _shown(self, preview: TakeOverPreview) -> None:
        self.panel.show_preview(preview)
        words = _("Ask a second person") if preview.needs_check else _("Take over")
        self.primary.set_text(words)
        self.action_set.refresh()

    def _not_shown(self, error: Exception) -> None:
        field = error.field if isinstance(error, KistError) else ""
        if field in self.form.draft():
            self.form.box(field).show_error(spoken(error))
            self._wrong = field
            return
        self.panel.say(spoken(error), _("This cannot be taken over"))

    def _done(self, done: LoanTakenOver) -> None:
        self._busy = False
        self.clear()
        self.station.say(_("Loan {number} taken over").format(number=done.number))
        self.router.go("loan", loan_id=done.loan_id)

    def _above(self) -> bool:
        """Whether a second person has to agree, by what is shown."""
        return self.panel.preview is not None and self.panel.preview.needs_check

    def _proposed(self, _answer: TakeOverProposed) -> None:
        self._busy = False
        self.clear()
        self.station.say(_("The take-over waits for a second person"))

    def _take_asked(self, rows: tuple[TakeOverAsked, ...]) -> None:
        self.asked.show_asked(rows)
        self.action_set.refresh()

    def _refused(self, error: Exception) -> None:
        self._busy = False  # the key stays: sent again it is answered once
        self.failed(error, self.form)

    def _take_products(self, rows: tuple[ProductRow, ...]) -> None:
        self.form.set_choices("product_id", [(r.product_id, r.product.title) for r in rows])

    def _take_officers(self, rows: tuple[SignInCard, ...]) -> None:
        self.form.set_choices("officer_id", [(r.user_id, r.full_name) for r in rows])
        self._keeper.open("take-over")  # once the choices are there to be put back

    def _lay_out(self) -> Iterator[None]:
        look, head = theme(), row(title(self.title))
        head.addStretch(1)
        head.addWidget(self.action_set.button("file"))
        self.primary = self.action_set.button("save", "primary")
        head.addWidget(self.primary)
        left = Card()
        left.setFixedWidth(look.px(LEFT) if look.scale < LARGE else look.space(LEFT))
        both = row(left, gap=16)
        self.page.addLayout(head)
        self.page.addWidget(self.asked)
        self.page.addLayout(both, 1)
        left.body.addWidget(self.known)
        left.body.addWidget(scrolled(self.form), 1)
        yield
        both.addWidget(self.panel, 1)
