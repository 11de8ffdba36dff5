"""The way of an application through the branch, step by step, to the money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from random import Random

from app.commands.checks import AcceptCheck
from app.commands.key_facts import AcknowledgeKeyFacts, IssueKeyFacts
from app.commands.origination import (
    AttachDocument,
    DecideApplication,
    DisburseLoan,
    EnterApplication,
    RejectApplication,
    SanctionApplication,
    SaveGroup,
    VerifyApplication,
    WithdrawApplication,
)
from app.demo.acting import Acting, Cast
from app.demo.cases import Case, Step
from app.demo.counter import CURRENCY, RUPEES, Counter
from app.demo.founding import CASHIER_DISBURSES
from app.demo.habits import Account, habit_of
from app.demo.pictures import card, page, portrait
from app.demo.samples import Samples
from app.domain.decision import Outcome
from app.domain.schedule import lines
from app.ports import Session
from app.queries.origination import ShowApplication
from app.rows.facts import Mode, ProductFacts, RequestFacts
from app.services.quotes import product_rate, terms_for

CASH_BELOW = 20_000 * RUPEES  # by law; from here on the bank pays
PNG, PDF = "image/png", "application/pdf"


@dataclass(slots=True)
class Lending:
    """Officers, deputy, manager and cashier at the papers of one branch."""

    acting: Acting
    cast: Cast
    products: dict[str, tuple[int, ProductFacts]]
    counter: Counter
    random: Random
    words: Samples
    loans: int = 0
    opened: list[tuple[Case, Account]] = field(default_factory=list)

    def take(self, case: Case, step: Step, on: date) -> None:
        """Take one step of a case, unless it is over."""
        if case.over:
            return
        self._steps()[step](case, on)

    def _steps(self) -> Mapping[Step, Callable[[Case, date], None]]:
        return {
            Step.ENTER: self._enter,
            Step.PAPERS: self._papers,
            Step.VERIFY: self._verify,
            Step.DECIDE: self._decide,
            Step.SANCTION: self._sanction,
            Step.CHECK: self._check,
            Step.AGREE: self._agree,
            Step.PAY: self._pay,
            Step.WITHDRAW: self._withdraw,
            Step.REJECT: self._send_away,
        }

    def _officer(self, case: Case) -> Session:
        return self.cast.officers[case.officer]

    def _enter(self, case: Case, _on: date) -> None:
        officer, group = self._officer(case), case.group
        if group is not None and group.group_id is None:
            command = SaveGroup(title=group.title, centre=group.centre)
            group.group_id = self.acting.do(officer, command).group_id
        product_id, _facts = self.products[case.product]
        entered = self.acting.do(
            officer,
            EnterApplication(
                party_id=case.person.party_id,
                party=case.person.party,
                household=case.person.household,
                request=RequestFacts(
                    product_id=product_id,
                    amount_minor=case.amount,
                    currency=CURRENCY,
                    instalments=case.instalments,
                    purpose=case.purpose,
                    group_id=None if group is None else group.group_id,
                ),
            ),
        )
        case.application_id, case.version = entered.application_id, entered.version
        case.person = case.person.known(entered.party_id)

    def _papers(self, case: Case, _on: date) -> None:
        """Card and picture; single borrowers bring a paper about their income as well."""
        self._attach(case, "identity", "card.png", PNG, card(self.random))
        self._attach(case, "photo", "photo.png", PNG, portrait(self.random))
        if case.group is None:
            member = case.person.household.members[0]
            about = (member.name, member.source, f"Rs {member.income_minor // RUPEES} a month")
            self._attach(case, "income", "income.pdf", PDF, page(("Statement of income", *about)))
        case.version += 1  # the first paper has moved it on

    def _attach(self, case: Case, kind: str, title: str, media: str, data: bytes) -> None:
        command = AttachDocument(
            application_id=case.application_id,
            kind=kind,
            title=title,
            media=media,
            size=len(data),
            sha256=self.acting.stage.documents.put(data),
        )
        self.acting.do(self._officer(case), command)

    def _verify(self, case: Case, _on: date) -> None:
        command = VerifyApplication(application_id=case.application_id, version=case.version)
        case.version = self.acting.do(self._officer(case), command).version

    def _decide(self, case: Case, _on: date) -> None:
        command = DecideApplication(application_id=case.application_id, version=case.version)
        case.version = self.acting.do(self._officer(case), command).version
        view = self.acting.ask(self.cast.meena, ShowApplication(application_id=case.application_id))
        if view.decision is not None:
            case.outcome, case.offered = view.decision.outcome, view.decision.offered_minor

    def _sanction(self, case: Case, _on: date) -> None:
        """Sanction what the rules offer; what they decline is rejected with the reason."""
        if case.outcome == Outcome.DECLINE:
            reason = "The household cannot carry another loan now"
            self.acting.do(self.cast.arun, _reject(case, reason))
            case.over = True
            return
        smaller = case.outcome == Outcome.REFER
        command = SanctionApplication(
            application_id=case.application_id,
            version=case.version,
            amount_minor=min(case.amount, case.offered),
            instalments=case.instalments,
            annual_rate=self._rate(case),
            override_reason="The smaller amount fits the household" if smaller else "",
        )
        answer = self.acting.do(self.cast.arun, command)
        case.amount = command.amount_minor
        case.version, case.check_id = answer.version, answer.check_id

    def _check(self, case: Case, _on: date) -> None:
        """The manager lets happen what is above the deputy's limit."""
        if case.check_id is None:
            return
        self.acting.do(self.cast.meena, AcceptCheck(check_id=case.check_id, version=1))
        case.version, case.check_id = case.version + 1, None

    def _agree(self, case: Case, _on: date) -> None:
        about = (case.person.party.full_name, case.product, f"Rs {case.amount // RUPEES}")
        data = page(("Loan agreement, signed", *about))
        self._attach(case, "agreement", "agreement.pdf", PDF, data)
        case.version += 1  # it is ready now

    def _disclose(self, case: Case) -> None:
        """Say what the loan will cost and have the borrower sign that."""
        officer = self._officer(case)
        issued = self.acting.do(officer, IssueKeyFacts(application_id=case.application_id))
        self.acting.do(officer, AcknowledgeKeyFacts(statement_id=issued.statement_id))

    def _pay(self, case: Case, on: date) -> None:
        """Pay out: small amounts in cash while the till has them, the others by bank."""
        self._disclose(case)
        in_cash = case.amount < min(CASH_BELOW, self.counter.cash)
        number = self.random.randrange(10**9)
        command = DisburseLoan(
            application_id=case.application_id,
            version=case.version,
            mode=Mode.CASH if in_cash else Mode.BANK,
            reference="" if in_cash else f"NEFT {number:09d}",
        )
        big = case.amount > CASHIER_DISBURSES
        paid = self.acting.do(self.cast.meena if big else self.cast.sunita, command)
        if in_cash:
            self.counter.cash -= paid.paid_out_minor
        account = Account(
            loan_id=paid.loan_id,
            borrower=case.person.party.full_name,
            party_id=case.person.party_id or 0,
            officer=self._officer(case),
            product=case.product,
            disbursed_on=on,
            dues=self._dues(case, on),
            habit=habit_of(self.random, self.loans),
            centre="" if case.group is None else case.group.centre,
        )
        self.loans += 1
        case.over = True
        self.opened.append((case, account))

    def _dues(self, case: Case, on: date) -> tuple[tuple[date, int], ...]:
        _product_id, facts = self.products[case.product]
        terms = terms_for(asdict(facts), case.amount, case.instalments, self._rate(case), on)
        return tuple((line.due_on, line.amount) for line in lines(terms))

    def _rate(self, case: Case) -> str:
        return product_rate(asdict(self.products[case.product][1]))

    def _withdraw(self, case: Case, _on: date) -> None:
        reason = self.random.choice(self.words.reasons["withdraw"])
        command = WithdrawApplication(
            application_id=case.application_id, version=case.version, reason=reason
        )
        self.acting.do(self._officer(case), command)
        case.over = True

    def _send_away(self, case: Case, _on: date) -> None:
        reason = self.random.choice(self.words.reasons["reject"])
        self.acting.do(self.cast.arun, _reject(case, reason))
        case.over = True


def _reject(case: Case, reason: str) -> RejectApplication:
    return RejectApplication(
        application_id=case.application_id, version=case.version, reason=reason
    )
