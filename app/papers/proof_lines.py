"""How the instalment was found, and every line of the schedule worked out."""

from __future__ import annotations

from app.domain import explaining
from app.domain.explaining import LineWork, PartWork
from app.domain.terms import Terms
from app.papers.flow import Flow, columns
from app.papers.numbers import decimal, exact_amount, fraction, year_part_text
from app.papers.sheet import BODY, SMALL, SMALL_SOFT, Style, leading
from app.rows.proof import ProofLevel, ProofLine, ProofPaper
from app.texts import Language
from app.texts.conventions import name_of_choice
from app.texts.figures import amount, day
from app.texts.term_words import rate_text

_FIGURES = Style(SMALL.size, strong=True)


def levels(flow: Flow, paper: ProofPaper, language: Language) -> None:
    """The instalment, from the formula with its figures to the rounded amount."""
    _ = language.gettext
    if not paper.levels:
        return
    flow.section(_("How the instalment was found"))
    for one in paper.levels:
        text = _("On {day}: from line {number} on, over {count} lines, balance {amount}")
        balance = exact_amount(one.balance, paper.currency, 2)
        said = text.format(
            day=day(one.on, language), number=one.first_line, count=one.count, amount=balance
        )
        flow.say(said, BODY)
        for working in _level(one, paper.terms, language):
            flow.say(working, SMALL, indent=12)
        flow.gap(4)


def _level(one: ProofLevel, terms: Terms, language: Language) -> list[str]:
    _, currency = language.gettext, terms.currency
    level = exact_amount(one.level, currency, 2)
    if one.how == "given":
        return [_("The instalment {amount} is fixed by the terms.").format(amount=level)]
    if one.exact is None:
        text = _("Found again from what each line to come bears: {amount}.")
        return [text.format(amount=level)]
    said = _formula(one, terms, language)
    rounding = terms.rounding
    text = _("= {exact}, rounded ({mode}, to {step}): {amount}")
    said.append(
        text.format(
            exact=exact_amount(one.exact, currency),
            mode=name_of_choice(rounding.instalment_mode, language),
            step=amount(rounding.instalment_to, currency, symbol=True),
            amount=level,
        )
    )
    return said


def _formula(one: ProofLevel, terms: Terms, language: Language) -> list[str]:
    """The formula in words and with its figures."""
    _, currency, n = language.gettext, terms.currency, one.count
    balance = exact_amount(one.balance, currency, 2)
    if one.how == "share":
        return [_("Principal ÷ lines: {amount} ÷ {n}").format(amount=balance, n=n)]
    if one.how == "flat" and one.term is not None and one.total is not None:
        rounded = amount(one.total_minor, currency)
        text = _("Interest of the whole term: {amount} × {term} = {exact}, rounded {rounded}")
        exact = exact_amount(one.total, currency)
        whole = text.format(amount=balance, term=decimal(one.term), exact=exact, rounded=rounded)
        text = _("Principal ÷ lines + interest ÷ lines: {amount} and {interest} over {n} lines")
        return [whole, text.format(amount=balance, interest=rounded, n=n)]
    if one.factor:
        f = one.factor
        head = _("f = {fraction} = {decimal}; balance × f × (1 + f)ⁿ ÷ ((1 + f)ⁿ − 1)")
        power = decimal((1 + f) ** n)
        sum_ = f"{balance} × {decimal(f)} × {power} ÷ ({power} − 1)"
        return [head.format(fraction=fraction(f), decimal=decimal(f)), sum_]
    if one.growth is None or one.annuity is None:
        return []
    head = _(
        "balance × product of (1 + factor) over the lines ÷ sum, over the lines, of the product "
        "of (1 + factor) of the lines after it"
    )
    return [head, f"{balance} × {decimal(one.growth)} ÷ {decimal(one.annuity)}"]


def lines(flow: Flow, paper: ProofPaper, language: Language) -> None:
    """A row of figures for each line, and under it how they were found."""
    _ = language.gettext
    if not paper.lines:
        return
    flow.section(_("The schedule, line by line"), room=130)
    parts = [(6.0, _FIGURES, False), (15.0, SMALL, False)]
    parts += [(share, SMALL, True) for share in (15.0, 13.0, 14.0, 11.0, 14.0, 15.0)]
    cells = columns(flow.edge, flow.right - flow.edge, parts, gap=6)
    titles = [
        *(_("No."), _("Due on"), _("Balance before"), _("Interest"), _("Principal")),
        *(_("Charges"), _("Asked"), _("Balance after")),
    ]
    flow.titles(cells, titles)
    page = flow.sheet.pages
    for one in paper.lines:
        working = _working(one, paper, language)
        flow.need((len(working) + 1) * leading(SMALL) + 8)
        if page != flow.sheet.pages:
            page = flow.sheet.pages
            flow.titles(cells, titles)
        flow.row(cells, _figures(one, paper.currency, language), rule=False, pad=1.5)
        for said in working:
            flow.say(said, SMALL_SOFT, indent=28)
        flow.gap(2)
        flow.sheet.rule(flow.edge, flow.y, flow.right)


def _figures(one: ProofLine, currency: str, language: Language) -> list[str]:
    work = one.work
    charges = one.charge_minor + one.penalty_minor
    return [
        str(work.number),
        day(work.due_on, language),
        exact_amount(work.opening_balance, currency, 2),
        amount(work.interest, currency),
        amount(work.principal, currency),
        amount(charges, currency),
        amount(one.amount_minor, currency),
        amount(work.balance, currency),
    ]


def _working(one: ProofLine, paper: ProofPaper, language: Language) -> list[str]:
    """The interest part by part, its rounding, why the principal is what it is, what came of it."""
    _, work, currency = language.gettext, one.work, paper.currency
    said = [_part(part, currency, language) for part in work.parts]
    if work.parts or work.unrounded:
        said.append(_rounding(work, paper.terms, language))
    said.append(_why(work, currency, language))
    became = _became(one, currency, language)
    return [text for text in (*said, became) if text]


def _part(part: PartWork, currency: str, language: Language) -> str:
    days = (part.to_on - part.from_on).days
    count = language.ngettext("{n} day", "{n} days", days).format(n=days)
    span = f"{day(part.from_on, language)} – {day(part.to_on, language)}, {count}"
    balance = exact_amount(part.balance, currency, 2)
    year = year_part_text(part.year_part, part.from_on, part.to_on)
    factor = f"{fraction(part.factor)} = {decimal(part.factor)}"
    interest = exact_amount(part.interest, currency)
    return f"{span}: {balance} × {rate_text(part.annual_rate)} × {year} ({factor}) = {interest}"


def _rounding(work: LineWork, terms: Terms, language: Language) -> str:
    _, currency, rounding = language.gettext, terms.currency, terms.rounding
    text = _("interest {exact}, rounded ({mode}, to {step}): {amount}")
    own = work.interest + work.taken - int(work.added)
    said = text.format(
        exact=exact_amount(work.unrounded, currency),
        mode=name_of_choice(rounding.mode, language),
        step=amount(rounding.interest_to, currency, symbol=True),
        amount=amount(own, currency),
    )
    if work.taken:
        text = _("less {amount} taken with money ahead")
        said += " · " + text.format(amount=amount(work.taken, currency))
    if work.added > 0:
        text = _("and {amount} of other days")
        said += " · " + text.format(amount=exact_amount(work.added, currency, 2))
    if work.added < 0:
        text = _("{amount} is asked with a later line")
        said += " · " + text.format(amount=exact_amount(-work.added, currency, 2))
    return said


def _why(work: LineWork, currency: str, language: Language) -> str:
    _ = language.gettext
    level = exact_amount(work.instalment, currency, 2)
    figure = amount(work.principal, currency)
    own = exact_amount(work.instalment - work.principal, currency, 2)
    text = {
        explaining.LEVEL: _("principal = instalment {level} − interest = {amount}"),
        explaining.SHARE: _("principal = the equal share of {level}, {amount} here"),
        explaining.REST: _("principal = the rest of the balance, {amount}"),
        explaining.GRACE: _("no principal is asked in this line"),
        explaining.FLAT: _("principal = instalment {level} − its share of the interest = {amount}"),
        explaining.AHEAD: _("money ahead, a line of its own that was settled the same day"),
        explaining.CLOSING: _("the closing line: everything that was left"),
        explaining.GIVEN: _("as it was taken over"),
        explaining.ALONE: _("the line before the first instalment"),
    }.get(work.principal_why, "")
    if work.principal_why == explaining.LEVEL and work.instalment - work.principal != work.interest:
        text = _("principal = instalment {level} − interest of its own period {own} = {amount}")
    return text.format(level=level, amount=figure, own=own)


def _became(one: ProofLine, currency: str, language: Language) -> str:
    """What is paid and waived of a line."""
    _ = language.gettext
    said = []
    if one.charge_minor:
        said.append(_("charges {amount}").format(amount=amount(one.charge_minor, currency)))
    if one.penalty_minor:
        text = _("penal charge {amount}")
        said.append(text.format(amount=amount(one.penalty_minor, currency)))
    if one.paid.total:
        said.append(_("paid {amount}").format(amount=amount(one.paid.total, currency)))
    if one.waived.total:
        text = _("waived or written off {amount}")
        said.append(text.format(amount=amount(one.waived.total, currency)))
    if one.settled_on is not None:
        said.append(_("settled on {day}").format(day=day(one.settled_on, language)))
    elif one.paid.total or one.waived.total:
        left = one.amount_minor - one.paid.total - one.waived.total
        said.append(_("left {amount}").format(amount=amount(left, currency)))
    return " · ".join(said)
