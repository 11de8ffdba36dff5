"""The step of an application with its decision, rule by rule, and what was sanctioned."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.origination import ApplicationView, DecisionView, RuleOutcome, SanctionView
from app.texts import _
from app.texts.figures import amount, day, moment
from app.texts.labels import named
from ui.kit.card import Card, row
from ui.kit.chips import Chip
from ui.kit.empty import Empty
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.story import Happened, Story
from ui.kit.text import Text, heading, note
from ui.kit.theme import theme

TONES = {"approve": "ok", "pass": "ok", "refer": "late1", "decline": "bad", "fail": "bad"}


class DecisionStep(QWidget):
    """Outcome, every rule with what went in and why, the sanction."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_view(self, view: ApplicationView) -> None:
        """Show the decision of an application as it stands."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if view.decision is None:
            said = _("The rules are run once the application is verified.")
            empty = Empty(_("Not decided yet"), said, icon_name="scales")
            self._layout.addWidget(empty)
            return
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme().space(10))
        if view.sanction is not None:
            rows.addWidget(_sanction(view.sanction))
        rows.addWidget(self._outcome(view.decision))
        for rule in view.decision.rules:
            rows.addWidget(_rule(rule))
        rows.addStretch(1)
        self._layout.addWidget(scrolled(inside))

    def _outcome(self, decision: DecisionView) -> QWidget:
        card = Card(tint="tint")
        offered = amount(decision.offered_minor, decision.currency, symbol=True, trim=True)
        chip = Chip(named("decision-outcome", decision.outcome), TONES[decision.outcome])
        line = row(chip, heading(_("Up to {amount}").format(amount=offered)), gap=12)
        line.addStretch(1)
        card.body.addLayout(line)
        said = _("Rules {rules}, version {version} · {who}, {when}").format(
            rules=decision.rule_set,
            version=decision.rule_version,
            who=decision.decided_by,
            when=moment(self._station.local(decision.decided_at)),
        )
        card.body.addWidget(note(said, wrap=True))
        return card


class HistoryStep(QWidget):
    """What happened to the application, the latest first."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station, self.story = station, Story()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.story)
        rows.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def show_view(self, view: ApplicationView) -> None:
        """Show the story of an application."""
        lines = []
        for line in sorted(view.story, key=lambda told: told.at, reverse=True):
            what = named("application-event", line.what)
            money = ""
            if line.amount_minor is not None and line.currency:
                money = amount(line.amount_minor, line.currency, symbol=True, trim=True)
            by = " · ".join(part for part in (line.who, line.detail, money) if part)
            lines.append(Happened(what, by, moment(self._station.local(line.at))))
        self.story.show_lines(lines)


def _sanction(facts: SanctionView) -> QWidget:
    card = Card(_("Sanction"), tint="tint")
    said = _("{amount} in {count} instalments at {rate}% a year, on {day}").format(
        amount=amount(facts.amount_minor, facts.currency, symbol=True, trim=True),
        count=facts.instalments,
        rate=facts.annual_rate,
        day=day(facts.sanctioned_on),
    )
    card.body.addWidget(Text(said, strong=True, wrap=True))
    by = _("by {maker}").format(maker=facts.maker)
    if facts.checker:
        by = _("by {maker}, checked by {checker}").format(maker=facts.maker, checker=facts.checker)
    card.body.addWidget(note(by))
    if facts.override_reason:
        card.body.addWidget(note(facts.override_reason, wrap=True))
    return card


def _rule(rule: RuleOutcome) -> QWidget:
    card = Card()
    card.setAccessibleName(rule.rule)
    line = row(Text(rule.rule, strong=True), gap=12)
    line.addStretch(1)
    line.addWidget(Chip(named("rule-outcome", rule.outcome), TONES.get(rule.outcome, "neutral")))
    card.body.setSpacing(theme().space(4))
    card.body.addLayout(line)
    if rule.reason:
        card.body.addWidget(Text(rule.reason, wrap=True))
    inputs = " · ".join(f"{label}: {value}" for label, value in rule.inputs)
    if inputs:
        card.body.addWidget(note(inputs, wrap=True))
    cited = " · ".join(
        part
        for part in (rule.citation, named("standing", rule.standing) if rule.standing else "")
        if part
    )
    if cited:
        card.body.addWidget(note(cited, "text3", wrap=True))
    return card
