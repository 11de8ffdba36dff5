"""The sentences of a proof about one fact: what it was, what it did, what it changed."""

from __future__ import annotations

from app.domain.charges import ForeclosureInterest
from app.rows.proof import ProofChange, ProofPlan, ProofSet, ProofStep
from app.texts import Language
from app.texts.conventions import meaning_of, name_of_choice
from app.texts.figures import amount, count, day
from app.texts.labels import named
from app.texts.term_words import rate_text


def what_happened(step: ProofStep, currency: str, language: Language) -> str:
    """The fact with its number, amount and name."""
    _ = language.gettext
    kind = (
        _("Money held is set") if step.kind == "held" else named("event-kind", step.kind, language)
    )
    parts = [f"{kind} {step.number}".rstrip()]
    if step.head:
        parts.append(named("head", step.head, language).lower())
    if step.amount_minor:
        parts.append(amount(step.amount_minor, currency, symbol=True))
    if step.rate is not None:
        parts.append(_("{percent} a year").format(percent=rate_text(step.rate)))
    if step.title:
        parts.append(step.title)
    return " · ".join(parts)


def entered(step: ProofStep, language: Language) -> str:
    """When and by whom it was entered; plain where that was on its own day."""
    _ = language.gettext
    if step.kind == "held":
        return ""
    if step.late_entry:
        said = _("Entered on {entered} for {day}").format(
            entered=day(step.booked_on, language), day=day(step.on, language)
        )
    else:
        said = _("Entered the same day")
    if step.kind == "reversal" and step.of_on is not None:
        text = _("voids the {what} of {day}")
        what = named("event-kind", step.of_kind, language).lower()
        said += " · " + text.format(what=what, day=day(step.of_on, language))
    return f"{said} · {step.by}" if step.by else said


def set_words(one: ProofSet, step: ProofStep, currency: str, language: Language) -> str:
    """An amount, what it was set on, and why there."""
    _ = language.gettext
    head = named("head", one.head, language).lower()
    figure = amount(abs(one.amount_minor), currency)
    values = {"amount": figure, "head": head, "number": one.line}
    if one.amount_minor < 0:
        text = _("{amount} is taken back from {head} of line {number}")
    else:
        text = _("{amount} to {head} of line {number}")
    said = f"{text.format(**values)}: {_reason(one, step, language)}"
    if one.receipt:
        said += " · " + _("money of {receipt}").format(receipt=one.receipt)
    return said


def _reason(one: ProofSet, step: ProofStep, language: Language) -> str:
    """Late since a day, due that day, or ahead of its day."""
    _, on = language.gettext, day(one.due_on, language)
    late = (step.on - one.due_on).days
    if late > 0:
        text = language.ngettext("late since {day} ({n} day)", "late since {day} ({n} days)", late)
        return text.format(day=on, n=late)
    if late == 0:
        return _("due that day")
    return _("ahead, due on {day}").format(day=on)


def closing(step: ProofStep, currency: str, language: Language) -> list[str]:
    """How the interest of an early closure was found."""
    one, _ = step.closing, language.gettext
    if one is None:
        return []
    rule = ForeclosureInterest(one.rule)
    said = [f"{name_of_choice(rule, language)}: {meaning_of(rule, language)}"]
    figures = (amount(one.whole_minor, currency), amount(one.interest_minor, currency))
    if rule is ForeclosureInterest.TO_DATE and one.days:
        text = _("interest of line {number}: {whole}, {gone} of {days} days gone: {interest}")
    else:
        text = _("interest asked with the closing line: {interest}")
    said.append(
        text.format(
            number=one.line,
            whole=figures[0],
            gone=one.days_gone,
            days=one.days,
            interest=figures[1],
        )
    )
    if one.charge_minor:
        text = _("charge of the closure with its tax: {amount}")
        said.append(text.format(amount=amount(one.charge_minor, currency)))
    return said


def plan_words(step: ProofStep, currency: str, language: Language) -> list[str]:
    """The lines to come before and after, the line of a charge, what was made principal."""
    _ = language.gettext
    said = []
    if step.line is not None:
        said.append(_("Added to line {number}").format(number=step.line))
    for head, minor in step.capitalised:
        text = _("{amount} of {head} that was due is now principal")
        name = named("head", head, language).lower()
        said.append(text.format(amount=amount(minor, currency), head=name))
    if step.before is not None:
        text = _("Lines to come before: {plan}")
        said.append(text.format(plan=_plan(step.before, currency, language)))
    if step.after is not None:
        text = _("Lines to come after: {plan}")
        said.append(text.format(plan=_plan(step.after, currency, language)))
    return said


def _plan(plan: ProofPlan, currency: str, language: Language) -> str:
    _ = language.gettext
    if not plan.count:
        return _("none")
    text = language.ngettext(
        "{n} line from {first} to {last}, the next {amount}, principal {principal}, "
        "interest {interest}",
        "{n} lines from {first} to {last}, the next {amount}, principal {principal}, "
        "interest {interest}",
        plan.count,
    )
    return text.format(
        n=plan.count,
        first=day(plan.next_due_on, language),
        last=day(plan.last_due_on, language),
        amount=amount(plan.instalment_minor, currency),
        principal=amount(plan.principal_minor, currency),
        interest=amount(plan.interest_minor, currency),
    )


def changes(step: ProofStep, currency: str, language: Language) -> list[str]:
    """What a fact entered later changed in what had been believed."""
    _ = language.gettext
    if not step.changes:
        return []
    text = _("On {day}, when it was entered, it changed:")
    said = [text.format(day=day(step.booked_on, language))]
    said += [f"– {_change(one, currency, language)}" for one in step.changes]
    return said


def _change(one: ProofChange, currency: str, language: Language) -> str:
    text = language.gettext("{what}: {now}, without it {was}")
    figures = (one.after_minor, one.before_minor)
    days = one.what == "days"
    now, was = (count(one) if days else amount(one, currency) for one in figures)
    return text.format(what=_changed(one, language), now=now, was=was)


def _changed(one: ProofChange, language: Language) -> str:
    """What a changed figure is called."""
    _ = language.gettext
    scope, _dash, head = one.what.partition("-")
    if scope == "of":
        text = _("{receipt}, set on {head}")
        return text.format(receipt=one.number, head=named("head", head, language).lower())
    if scope == "due":
        return _("due and unpaid, {head}").format(head=named("head", head, language).lower())
    return {
        "outstanding": _("principal outstanding"),
        "interest": _("interest of all lines"),
        "penalty": _("penal charges of all lines"),
        "held": _("held in excess"),
        "days": _("days past due"),
    }.get(one.what, one.what)
