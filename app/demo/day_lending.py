"""The morning of the played day: a new borrower from the desk to the money."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from app.commands.key_facts import AcknowledgeKeyFacts, IssueKeyFacts
from app.commands.origination import (
    ApplicationEntered,
    AttachDocument,
    DecideApplication,
    DisburseLoan,
    EnterApplication,
    SanctionApplication,
    VerifyApplication,
)
from app.demo.counter import CURRENCY, RUPEES
from app.demo.people import People, Person
from app.demo.pictures import card, page, portrait
from app.demo.playing import Playing
from app.demo.samples import samples
from app.demo.stage import CASHIER, MANAGER, OFFICER
from app.queries.admin import ListProducts
from app.queries.key_facts import KeyFactsForPaper
from app.queries.origination import MatchParties, QuoteLoan, ShowApplication
from app.queries.servicing import ScheduleForPaper
from app.rows.admin import ProductRow
from app.rows.facts import Mode, RequestFacts
from app.rows.origination import ApplicationView, RuleOutcome
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named

PRODUCT = "JLG-W"
ASKED, WEEKS, PURPOSE = 24_000 * RUPEES, 50, "Sewing machine"
RATE = "24"
NEWCOMER = 9000  # far from the numbers of the borrowers before


def lend(playing: Playing) -> None:
    """Application, papers, verification, decision, sanction, disbursement, schedule."""
    person = _person(playing)
    product = next(
        row for row in playing.ask(OFFICER, ListProducts()) if row.product.code == PRODUCT
    )
    entered = _enter(playing, person, product)
    _attach(playing, entered.application_id, person)
    view = _verify_and_decide(playing, entered.application_id)
    _sanction(playing, view, product)
    _disburse(playing, view)


def _person(playing: Playing) -> Person:
    words = samples()
    people = People(Random(playing.seed), words, playing.on, made=NEWCOMER)
    return people.one(words.villages[0])


def _enter(playing: Playing, person: Person, product: ProductRow) -> ApplicationEntered:
    """Look whether the branch knows the person, then take the application."""
    party = person.party
    query = MatchParties(
        full_name=party.full_name, phone=party.phone, born_on=party.born_on, village=party.village
    )
    known = playing.ask(OFFICER, query)
    said = _("{name} of {village}; {count} known people are alike")
    figures = said.format(name=party.full_name, village=party.village, count=len(known))
    playing.say(OFFICER, _("Looked whether the borrower is known"), figures)
    request = RequestFacts(
        product_id=product.product_id,
        amount_minor=ASKED,
        currency=CURRENCY,
        instalments=WEEKS,
        purpose=PURPOSE,
    )
    command = EnterApplication(party=party, household=person.household, request=request)
    entered = playing.do(OFFICER, command)
    income = sum(member.income_minor for member in person.household.members)
    said = _("{asked} in {count} weeks; the household earns {income} a month")
    figures = said.format(asked=_money(ASKED), count=WEEKS, income=_money(income))
    playing.say(OFFICER, _("Entered the application"), figures, entered.number)
    return entered


def _attach(playing: Playing, application_id: int, person: Person) -> None:
    random, name = Random(playing.seed), person.party.full_name
    papers = (
        ("identity", "card.png", "image/png", card(random)),
        ("photo", "photo.png", "image/png", portrait(random)),
        ("income", "income.pdf", "application/pdf", page(("Statement of income", name))),
    )
    for kind, title, media, data in papers:
        _keep(playing, application_id, (kind, title, media), data)
    names = ", ".join(named("document-kind", kind) for kind, *_rest in papers)
    playing.say(OFFICER, _("Attached documents"), names)


def _keep(playing: Playing, application_id: int, about: tuple[str, str, str], data: bytes) -> None:
    kind, title, media = about
    command = AttachDocument(
        application_id=application_id,
        kind=kind,
        title=title,
        media=media,
        size=len(data),
        sha256=playing.doors.documents.put(data),
    )
    playing.do(OFFICER, command)


def _verify_and_decide(playing: Playing, application_id: int) -> ApplicationView:
    view = playing.ask(OFFICER, ShowApplication(application_id=application_id))
    verify = VerifyApplication(application_id=application_id, version=view.version)
    version = playing.do(OFFICER, verify).version
    playing.say(OFFICER, _("Verified person and documents"))
    playing.do(OFFICER, DecideApplication(application_id=application_id, version=version))
    view = playing.ask(OFFICER, ShowApplication(application_id=application_id))
    if view.decision is not None:
        said = _("{outcome}: {offered}").format(
            outcome=named("decision-outcome", view.decision.outcome),
            offered=_money(view.decision.offered_minor),
        )
        playing.say(OFFICER, _("Decided by the rules"), said, view.decision.rule_version)
        for text in _reasons(view.decision.rules):
            playing.say(OFFICER, "", text)
    return view


def _reasons(rules: tuple[RuleOutcome, ...]) -> Iterator[str]:
    for rule in rules:
        outcome = named("rule-outcome", rule.outcome)
        yield _("{outcome}. {reason}").format(outcome=outcome, reason=rule.reason)


def _sanction(playing: Playing, view: ApplicationView, product: ProductRow) -> None:
    """The manager sanctions what was offered, once it is plain what it costs."""
    offered = view.decision.offered_minor if view.decision else 0
    query = QuoteLoan(product_id=product.product_id, amount_minor=offered, instalments=WEEKS)
    quote = playing.ask(MANAGER, query)
    command = SanctionApplication(
        application_id=view.application_id,
        version=view.version,
        amount_minor=offered,
        instalments=WEEKS,
        annual_rate=RATE,
        override_reason="" if offered == ASKED else "The smaller amount fits the household",
    )
    playing.do(MANAGER, command)
    said = _("{amount}, {instalment} a week, cost {apr}% a year in all").format(
        amount=_money(offered), instalment=_money(quote.instalment_minor), apr=quote.apr_percent
    )
    playing.say(MANAGER, _("Sanctioned the loan"), said)
    _keep(
        playing,
        view.application_id,
        ("agreement", "agreement.pdf", "application/pdf"),
        page(("Loan agreement, signed", view.party.full_name, f"Rs {offered // RUPEES}")),
    )
    playing.say(OFFICER, _("Attached the signed agreement"))


def _disclose(playing: Playing, view: ApplicationView) -> None:
    issued = playing.do(OFFICER, IssueKeyFacts(application_id=view.application_id))
    paper = playing.ask(OFFICER, KeyFactsForPaper(statement_id=issued.statement_id))
    where = playing.paper(f"key facts {issued.number}", paper)
    said = _("All in {apr} a year, valid for {days} working days").format(
        apr=paper.apr, days=paper.valid_days
    )
    playing.say(OFFICER, _("Issued the key fact statement"), said, where)
    playing.do(OFFICER, AcknowledgeKeyFacts(statement_id=issued.statement_id))
    playing.say(OFFICER, _("The borrower acknowledged it"))


def _disburse(playing: Playing, view: ApplicationView) -> None:
    _disclose(playing, view)
    ready = playing.ask(CASHIER, ShowApplication(application_id=view.application_id))
    command = DisburseLoan(
        application_id=view.application_id,
        version=ready.version,
        mode=Mode.BANK,
        reference="NEFT 000000001",
    )
    paid = playing.do(CASHIER, command)
    playing.loan_id = paid.loan_id
    said = _("{net} by bank, fee and tax kept back").format(net=_money(paid.paid_out_minor))
    playing.say(CASHIER, _("Disbursed the loan"), said, paid.number)
    schedule = playing.ask(CASHIER, ScheduleForPaper(loan_id=paid.loan_id))
    where = playing.paper(f"schedule {paid.number}", schedule)
    said = _("{count} instalments, {total} in all").format(
        count=len(schedule.lines), total=_money(schedule.total_minor)
    )
    playing.say(CASHIER, _("Printed the schedule"), said, where)


def _money(minor: int) -> str:
    return amount(minor, CURRENCY, symbol=True, trim=True)
