"""One application, the whole way from the desk to the money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer

from app.commands.base import Topic
from app.commands.origination import (
    ApplicationChanged,
    ApplicationEntered,
    EnterApplication,
    HouseholdFacts,
    PartyFacts,
    RequestFacts,
    ReviseApplication,
)
from app.domain.errors import KistError, StaleVersion
from app.queries.admin import ListProducts
from app.queries.origination import ListGroups, ShowApplication, ShowParty
from app.rows.admin import ProductRow
from app.rows.origination import ApplicationView, PartyView, Quote
from app.texts import _
from ui.kit.actions import Action
from ui.kit.drafts import DraftKeeper
from ui.kit.form import Form
from ui.kit.messages import spoken
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station, StationScreen
from ui.origination.acts import Acts
from ui.origination.borrower import BorrowerStep
from ui.origination.decision import DecisionStep, HistoryStep
from ui.origination.documents import DocumentsStep
from ui.origination.facts import typed_facts
from ui.origination.head import Head, lay_out
from ui.origination.household import HouseholdStep
from ui.origination.joint import Joint
from ui.origination.key_facts import KeyFactsCard
from ui.origination.menu import MENU, actions_of
from ui.origination.next_step import Next, next_of
from ui.origination.quote import QuoteCard
from ui.origination.request import RequestStep
from ui.origination.steps import STEPS, StepsCard, step_names

NEW_DRAFT = "application.new"


class ApplicationScreen(StationScreen):
    """Steps at the left with the live quote, the form of the chosen step beside them."""

    topics: ClassVar[frozenset[str]] = frozenset({Topic.APPLICATION, Topic.CHECK, Topic.PRODUCT})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.application_id: int | None = None
        self.view: ApplicationView | None = None
        self.step = STEPS[0]
        self._fresh, self._key, self._sending = True, station.desk.key(), False
        self.make_parts(self._parts(station), ahead=self.router.ahead)

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        return actions_of(self, self.acts)

    def arrive(self, application_id: int | None = None, **_params: object) -> None:
        if application_id != self.application_id or self._fresh:
            self._fresh = False
            self.application_id, self.view = application_id, None
            self._begin_new()
            if application_id is None:
                self._drafts.open(NEW_DRAFT)
            else:
                self._drafts.open("")

    def reload(self) -> None:
        self.desk.read(self, ListProducts(), self._take_products, self.failed, slot="products")
        self.desk.read(self, ListGroups(), self.request.show_groups, self.failed, slot="groups")
        if self.application_id is not None:
            query = ShowApplication(application_id=self.application_id)
            self.desk.read(self, query, self._take, self.failed, slot="application")

    def can_leave(self) -> bool:
        if self.view is None:
            self._drafts.flush()
            return True
        if not self.joint.is_dirty():
            return True
        said = _("This application has changes that are not saved. Save them or undo them first.")
        self.banner.say(said, "late1", _("Undo"), self.undo)
        return False

    def failed(self, error: Exception, form: Form | None = None) -> None:
        """Show a refusal at its field, on the step that the field is on; else above."""
        self._sending = False
        self._key = self.desk.key()
        if isinstance(error, StaleVersion):
            self.banner.say(spoken(error), "late1", _("Read it again"), self.undo)
        elif not self._at_field(error):
            super().failed(error, form)

    def choose(self, step: str) -> None:
        """Put a step on the screen, with the cursor in its first field."""
        if not self.steps.buttons[step].isEnabled():
            return
        self.step = step
        self.steps.choose(step)
        self._stack.setCurrentIndex(STEPS.index(step))
        self._heading.setText(step_names()[step])
        forms = {"borrower": self.borrower.form, "request": self.request.form}
        if step in forms:
            forms[step].focus()
        elif step == "household" and self.household.members.forms:
            self.household.members.forms[0].focus()
        elif step == "documents":
            self.documents.drop.setFocus()
        self.refresh_acts()

    def step_by(self, by: int) -> None:
        """Go to the next step or the one before."""
        place = STEPS.index(self.step) + by
        if 0 <= place < len(STEPS):
            self.choose(STEPS[place])

    def undo(self) -> None:
        """Go back to what is saved."""
        self.banner.clear()
        if self.view is None:
            self._drafts.drop()
            self._begin_new()
            return
        self.joint.settle()
        self._show_forms(self.view)
        self.stale()

    def next_act(self) -> Next:
        """What the primary button does now."""
        return next_of(self.station, self.view, self.step, self.joint.is_dirty())

    def do_next(self) -> None:
        """Do what the primary button says."""
        act, view = self.next_act(), self.view
        if not act.allowed:
            return
        if act.act in {"go", "enter", "save"}:
            {"go": self._go_on, "enter": self._enter, "save": self._save}[act.act]()
        elif view is not None:
            self._do(act.act, view)

    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.joint.is_dirty()

    def paste(self) -> None:
        """Take a paper from the clipboard, on the step of documents."""
        self.choose("documents")
        self.documents.paste()

    def open_more(self) -> None:
        """Open the menu of rarer things."""
        self.action_set.menu(self.head.more, MENU)

    def go_back(self) -> None:
        """Back to the queue."""
        self.router.go("applications")

    def refresh_acts(self) -> None:
        """Say anew what can be done."""
        self.head.show_next(self.next_act())
        self.action_set.refresh()

    def _do(self, act: str, view: ApplicationView) -> None:
        if act == "sanction":
            self.acts.sanction(view, self.request.product())
        elif act == "loan":
            self.router.go("loan", loan_id=view.loan_id)
        elif act in {"issue", "acknowledge"}:
            self.key_facts.do(act)
        else:
            plain = {
                "verify": self.acts.verify,
                "decide": self.acts.decide,
                "accept": self.acts.accept,
                "disburse": self.acts.disburse,
            }
            plain[act](view)

    def _go_on(self) -> None:
        """Leave a step of a new application only when what it holds can be read."""
        if self.step == "borrower" and self.borrower.party() is None:
            return
        if self.step == "household" and self.household.household() is None:
            return
        self.step_by(1)

    def _typed(self) -> tuple[PartyFacts, HouseholdFacts, RequestFacts] | None:
        """What was typed; None once the step with a mistake is on the screen."""
        party, household = self.borrower.party(), self.household.household()
        asked = self.request.request()
        if party is not None and household is not None and asked is not None:
            return party, household, asked
        wrong = 0 if party is None else 1 if household is None else 2
        self.choose(STEPS[wrong])
        (self.borrower.party, self.household.household, self.request.request)[wrong]()
        return None

    def _enter(self) -> None:
        typed = None if self._sending else self._typed()
        if typed is None:
            return
        self._sending = True
        party, household, asked = typed
        command = EnterApplication(
            party_id=self.joint.party_id, party=party, household=household, request=asked
        )
        self.desk.ask(self, command, self._key, self._entered, self.failed)

    def _save(self) -> None:
        view = self.view
        typed = None if self._sending or view is None else self._typed()
        if view is None or typed is None:
            return
        self._sending = True
        party, household, asked = typed
        command = ReviseApplication(
            application_id=view.application_id,
            version=view.version,
            party=party,
            household=household,
            request=asked,
        )
        self.desk.ask(self, command, self._key, self._saved, self.failed)

    def _entered(self, answer: ApplicationEntered) -> None:
        self._sending = False
        self._key = self.desk.key()
        self._drafts.drop()
        self.joint.settle()
        self.station.say(_("Application {number} is entered").format(number=answer.number))
        if not self.router.go("application", application_id=answer.application_id):
            self.arrive(application_id=answer.application_id)
            self.stale()
        self.choose("documents")

    def _saved(self, _answer: ApplicationChanged) -> None:
        self._sending = False
        self._key = self.desk.key()
        self.joint.settle()
        self.station.say(_("The application is saved"))
        self.stale()

    def _take_products(self, rows: tuple[ProductRow, ...]) -> None:
        dirty = self.joint.is_dirty()
        self.request.show_products(rows)
        if not dirty:
            self.joint.settle()
        self.quote.again()
        self.refresh_acts()

    def _take(self, view: ApplicationView) -> None:
        if view.application_id != self.application_id:
            return
        before = self.view
        if before is not None and self.joint.is_dirty():
            if typed_facts(before) != typed_facts(view):
                said = _("Somebody else changed this application meanwhile.")
                self.banner.say(said, "late1", _("Read it again"), self.undo)
                return
            self.view = view  # papers or checks came: what is being typed still fits
        else:
            self.view = view
            self.banner.clear()
            self._show_forms(view)
        QTimer.singleShot(0, self, lambda: self._show_rest(view))  # the forms are seen first

    def _show_forms(self, view: ApplicationView) -> None:
        self.borrower.matching = False
        self.borrower.show_party(view.party)
        self.household.show_household(view.household)
        self.request.show_request(view.request)
        self.joint.settle()
        self.quote.again()

    def _show_rest(self, view: ApplicationView) -> None:
        if view is not self.view:
            return  # another one came meanwhile
        self.set_title(view.party.full_name)
        self.head.show_view(view)
        self.steps.show_view(view)
        self.documents.show_view(view)
        self.decision.show_view(view)
        self.history.show_view(view)
        self.key_facts.show_view(view)
        self._say_check(view)
        self.refresh_acts()

    def _say_check(self, view: ApplicationView) -> None:
        if view.check_id is None:
            return
        mine = view.check_maker_id == self.station.me.user_id
        said = _("The sanction is above your limit: another person is asked to accept it.")
        other = _("A sanction waits for you to accept or decline it.")
        self.banner.say(said if mine else other, "info", _("Decline"), self._decline, keeps=True)

    def _decline(self) -> None:
        if self.view is not None:
            self.acts.decline(self.view)

    def _begin_new(self) -> None:
        self.set_title(_("New application"))
        self.banner.clear()
        self.borrower.matching, self.joint.party_id = True, None
        self.borrower.show_party(None)
        self.household.show_household(HouseholdFacts())
        self.request.show_request(None)
        self.joint.settle()
        self.head.show_view(None)
        self.steps.show_view(None)
        self.key_facts.show_view(None)
        self.quote.again()
        self.choose(STEPS[0])

    def _take_person(self, found: PartyView) -> None:
        self.joint.party_id = found.party_id
        self.household.show_household(found.household)
        self.request.form.set_value("group_id", found.group_id or 0)
        self._on_edited()

    def _at_field(self, error: Exception) -> bool:
        field = error.field if isinstance(error, KistError) else ""
        for step, form in (("borrower", self.borrower.form), ("request", self.request.form)):
            if field and field in form.draft():
                self.choose(step)
                return form.show_error(field, spoken(error))
        return False

    def _on_edited(self) -> None:
        self._key = self.desk.key()
        self.refresh_acts()

    def _on_quoted(self, quote: Quote | None) -> None:
        self.request.show_quote(quote)

    def _on_restored(self) -> None:
        said = _("What was typed here before is put back.")
        self.banner.say(said, "info", _("Begin anew"), self.undo)
        if self.joint.party_id is not None:
            query = ShowParty(party_id=self.joint.party_id)
            know = self.borrower.know
            self.desk.read(self, query, lambda found: know(found.party), self.failed, slot="known")
        self.quote.again()
        self.refresh_acts()

    def _parts(self, station: Station) -> Iterator[None]:
        self.acts = Acts(station, self)
        self.borrower = BorrowerStep(station)
        yield
        self.household = HouseholdStep(station)
        yield
        self.request = RequestStep(station)
        yield
        self.documents = DocumentsStep(station)
        self.decision, self.history = DecisionStep(station), HistoryStep(station)
        yield
        self.joint = Joint(self.borrower, self.household, self.request)
        self.joint.setParent(self)
        self.steps, self.quote = StepsCard(), QuoteCard(station, self.request)
        self.key_facts = KeyFactsCard(station)
        yield
        self.install_actions()
        self.head = Head(self.action_set)
        side = (self.quote, self.key_facts)
        self._heading, self._stack = lay_out(self.page, self.head, self.steps, side)
        yield
        for form in (self.borrower, self.household, self.request):
            self._stack.addWidget(scrolled(form))
            yield
        for part in (self.documents, self.decision, self.history):
            self._stack.addWidget(part)
        self._connect()
        yield
        self._drafts = DraftKeeper(station.desk, station.drafts, self.joint)
        self._drafts.restored.connect(self._on_restored)
        self._drafts.kept.connect(lambda: self.set_state(_("Draft kept on this PC")))
        self._begin_new()

    def _connect(self) -> None:
        self.steps.chosen.connect(self.choose)
        self.joint.edited.connect(lambda _name: self._on_edited())
        self.borrower.person_taken.connect(self._take_person)
        self.borrower.form.submitted.connect(self.do_next)
        self.request.form.submitted.connect(self.do_next)
        self.quote.quoted.connect(self._on_quoted)
        self.documents.failed.connect(self.failed)
        self.documents.attached.connect(self.stale)
        self.acts.done.connect(self.stale)
        self.acts.failed.connect(self.failed)
        self.key_facts.failed.connect(self.failed)
        self.action_set.take_in(self.key_facts.action_set)
        self.acts.disbursed.connect(lambda loan_id: self.router.go("loan", loan_id=loan_id))
