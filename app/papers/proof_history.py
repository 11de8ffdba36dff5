"""What happened to a loan, in the order it took effect, with the reason of every amount."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.allocation import Split
from app.papers.flow import Flow
from app.papers.proof_sentences import (
    changes,
    closing,
    entered,
    plan_words,
    set_words,
    what_happened,
)
from app.papers.sheet import BODY_STRONG, SMALL, SMALL_SOFT, Ink, Style
from app.rows.proof import ProofPaper, ProofStep
from app.texts import Language
from app.texts.figures import amount, day
from app.texts.labels import named
from app.texts.term_words import heads_in_order

_BAD = Style(SMALL.size, strong=True, ink=Ink.BAD)
_STRUCK = Style(BODY_STRONG.size, strong=True, ink=Ink.SOFT)
_INDENT = 12.0
_TELLS_DUES = ("receipt", "foreclosure", "write-off", "waiver")


def history(flow: Flow, paper: ProofPaper, language: Language) -> None:
    """Every fact as a paragraph."""
    _ = language.gettext
    flow.section(_("What happened, in the order it took effect"))
    text = _("Money settles the heads in this order: {heads}.")
    order = heads_in_order(paper.terms.allocation.order, language)
    flow.say(text.format(heads=order), SMALL_SOFT)
    for place, step in enumerate(paper.steps, start=1):
        _step(flow, place, step, paper, language)


def _step(flow: Flow, place: int, step: ProofStep, paper: ProofPaper, language: Language) -> None:
    currency, _ = paper.currency, language.gettext
    flow.gap(7)
    flow.need(46)
    title = f"{place}. {day(step.on, language)} · {what_happened(step, currency, language)}"
    struck = step.state == "reversed"
    flow.say(title, _STRUCK if struck else BODY_STRONG)
    if struck:
        flow.strike(title, _STRUCK)
    said = entered(step, language)
    if said:
        flow.say(said, _BAD if step.late_entry else SMALL_SOFT, indent=_INDENT)
    if struck:
        text = _("Reversed on {day}: {why}. It counts for nothing, from its own day on.")
        on = day(step.undone_on, language)
        flow.say(text.format(day=on, why=step.undone_why.rstrip(". ")), _BAD, indent=_INDENT)
    if step.state == "lapsed":
        text = _("By what was entered since, it found nothing to act on and changes nothing.")
        flow.say(text, _BAD, indent=_INDENT)
    _effect(flow, step, paper, language)
    told = changes(step, currency, language)
    flow.need(min(len(told), 4) * 11)
    for said in told:
        flow.say(said, SMALL, indent=_INDENT)


def _effect(flow: Flow, step: ProofStep, paper: ProofPaper, language: Language) -> None:
    """What was due, what the money was set on and why, what changed in the plan."""
    _, currency = language.gettext, paper.currency
    if step.state == "reversed" or step.kind == "reversal":
        return
    for said in _did(step, currency, language):
        flow.say(said, SMALL, indent=_INDENT)
    text = _("After it: principal outstanding {principal} · due and unpaid {due} · held {held}")
    said = text.format(
        principal=amount(step.outstanding_minor, currency),
        due=amount(step.arrears.total, currency),
        held=amount(step.held_minor, currency),
    )
    flow.say(said, SMALL_SOFT, indent=_INDENT)


def _did(step: ProofStep, currency: str, language: Language) -> Iterator[str]:
    """Each thing a fact did, with its reason."""
    _ = language.gettext
    if step.kind in _TELLS_DUES and step.due.total:
        text = _("Due and unpaid before: {amounts}")
        yield text.format(amounts=_heads(step.due, currency, language))
    for one in step.sets:
        yield set_words(one, step, currency, language)
    for name, minor in zip(step.recovered._fields, step.recovered, strict=True):
        if minor:
            text = _("{amount} to {head} that was written off")
            head = named("head", name, language).lower()
            yield text.format(amount=amount(minor, currency), head=head)
    for one in step.forgiven:
        text = _("{amount} of {head}, line {number}, is no longer asked")
        head = named("head", one.head, language).lower()
        yield text.format(amount=amount(one.amount_minor, currency), head=head, number=one.line)
    yield from closing(step, currency, language)
    yield from plan_words(step, currency, language)
    if step.excess_minor:
        yield _held(step, currency, language)


def _held(step: ProofStep, currency: str, language: Language) -> str:
    _ = language.gettext
    figure = amount(abs(step.excess_minor), currency)
    if step.excess_minor > 0:
        return _("{amount}: nothing to set it on yet, held in excess").format(amount=figure)
    return _("{amount} less is held in excess").format(amount=figure)


def _heads(split: Split, currency: str, language: Language) -> str:
    """The heads that are not nothing."""
    parts = [
        (name, minor)
        for name, minor in zip(reversed(split._fields), reversed(split), strict=True)
        if minor
    ]
    said = [f"{named('head', name, language).lower()} {amount(m, currency)}" for name, m in parts]
    return f"{' + '.join(said)} = {amount(split.total, currency)}"
