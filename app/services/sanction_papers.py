"""The sanction letter: what is granted, on which terms."""

from __future__ import annotations

from app.domain.apr import apr_of
from app.domain.errors import NotAllowedNow, NotFound
from app.domain.roles import Permission
from app.domain.schedule import schedule
from app.domain.terms import Terms
from app.queries.papers import LoanSanctionForPaper, SanctionForPaper
from app.rows.loan_papers import SanctionPaper
from app.services.calendars import with_calendar
from app.services.loan_papers import address_of, charges_said
from app.services.paper_settings import PaperLook, paper_look
from app.services.quotes import disclosed, instalment_of, kept_back, terms_for, two_places
from app.services.receipt_papers import Row, centre_of, frequency_of, full_name
from app.services.registry import answers
from app.services.work import Reading
from app.store.loan_papers import application_of_loan, sanction_facts
from app.store.products import product_version
from app.texts import Language
from app.texts.term_words import rate_text


@answers(SanctionForPaper, needs=Permission.VIEW_APPLICATIONS)
def sanction_for_paper(reading: Reading, query: SanctionForPaper) -> SanctionPaper:
    """The letter of a sanctioned application."""
    return _letter(reading, query.application_id)


@answers(LoanSanctionForPaper, needs=Permission.VIEW_LOANS)
def loan_sanction_for_paper(reading: Reading, query: LoanSanctionForPaper) -> SanctionPaper:
    """The same by the loan that came of it."""
    return _letter(reading, application_of_loan(reading.connection, query.loan_id))


def _letter(reading: Reading, application_id: int) -> SanctionPaper:
    found = sanction_facts(reading.connection, application_id)
    if found is None or found["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="application", id=application_id)
    if not found["sanctioned_minor"] or found["sanctioned_on"] is None:
        raise NotAllowedNow(why="not-sanctioned")
    product = product_version(
        reading.connection, found["product_id"], found["product_number"], found["sanctioned_on"]
    )
    if product is None:
        raise NotFound(what="product", id=found["product_id"])
    since, branch_id = found["sanctioned_on"], reading.branch.branch_id
    terms = terms_for(
        with_calendar(reading.connection, branch_id, product, since),
        found["sanctioned_minor"],
        found["sanctioned_instalments"],
        found["sanctioned_rate"],
        found["sanctioned_on"],
    )
    return _paper(reading, found, str(product["title"]), terms, paper_look(reading))


def _paper(
    reading: Reading, found: Row, product: str, terms: Terms, look: PaperLook
) -> SanctionPaper:
    made, apr = schedule(terms), apr_of(disclosed(terms))
    fee, tax = kept_back(made)
    language = look.for_borrower(found["language"])
    return SanctionPaper(
        lender=look.lender,
        number=found["number"],
        borrower=full_name(found),
        relative=found["relative_name"],
        member_number=found["member_number"],
        address=address_of(found["house"], found["village"], found["pin"]),
        centre=centre_of(found),
        product=product,
        currency=found["currency"],
        principal_minor=terms.principal,
        instalments=sum(1 for line in made.lines if line.number > 0),
        frequency=frequency_of(terms),
        instalment_minor=instalment_of(made),
        rate=rate_text(terms.annual_rate),
        apr="" if apr is None else f"{two_places(apr.percent)}%",
        charges=tuple(charges_said(terms, Language(language))),
        kept_minor=fee + tax,
        net_minor=terms.principal - fee - tax,
        total_minor=sum(line.amount for line in made.lines),
        purpose=found["purpose"],
        sanctioned_on=found["sanctioned_on"],
        sanctioned_by=found["sanctioned_by"] or "",
        printed_on=reading.day,
        language=language,
    )
