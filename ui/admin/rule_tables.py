"""Decision rules: dated figures with their citations, read only, and cases that try them."""

from __future__ import annotations

from fractions import Fraction

from app.rows.rule_tables import RuleCase, RuleFigure
from app.texts import _, ngettext
from app.texts.figures import amount, count, day, percent
from app.texts.labels import named
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tabs import Tabs
from ui.kit.tasks import Report, Stop
from ui.kit.text import DASH, note
from ui.kit.theme import theme

BASIS_POINTS = 10_000


class RuleTablesPart(Part):
    """Figures and cases. The rules are files of the program: nothing here changes them."""

    def __init__(self, station: Station) -> None:
        said = _("What holds from which day, and where it is said. A decision keeps its version.")
        super().__init__(station, _("Decision rules"), said)
        self.progress = ProgressCard()
        self.figures: RowsModel[RuleFigure] = RowsModel(_figure_columns())
        self.cases: RowsModel[RuleCase] = RowsModel(_case_columns())
        figures = Table(self.figures, _("Figures of the rules"), row_height="row_two_lines")
        self.cited = note("", wrap=True)
        side = theme().space(15)
        self.cited.setContentsMargins(side, theme().space(4), side, theme().space(4))
        figures.current_changed.connect(self._cite)
        hint = _("Each is an application made up, and what the rules must say of it.")
        self.empty = Empty(_("No case was tried yet"), hint, icon_name="scales")
        cases = Table(self.cases, _("Cases"), empty=self.empty)
        self.cases.show(())
        self.tabs = Tabs(_("Decision rules"))
        for name, text, table in (
            ("figures", _("Figures"), figures),
            ("cases", _("Cases"), cases),
        ):
            card = Card(flush=True)
            card.body.addWidget(table)
            if table is figures:
                card.body.addWidget(self.cited)
            self.tabs.add(name, text, card)
        self.page.addWidget(self.progress)
        self.page.addWidget(self.tabs, 1)
        self.action_set.show([self._try()])
        self.head.addWidget(self.action_set.button("try", "primary"))

    def reload(self) -> None:
        """Read the files of the rules off the UI thread."""
        program = self.station.program
        self.desk.work(self, lambda _s, _r: program.rule_figures(), self.figures.show, self.failed)

    def try_cases(self) -> None:
        """Run every case on a worker."""
        program = self.station.program

        def job(stop: Stop, report: Report) -> tuple[RuleCase, ...]:
            return program.try_rules(report, stop)

        self.banner.clear()
        self.tabs.choose("cases")
        name = _("Trying the cases of the rules")
        self.progress.run(self.desk, self, name, job, self._tried, self._refused)
        self.action_set.refresh()

    def _cite(self, row: RuleFigure | None) -> None:
        """Say where the marked figure is from."""
        said = _("Said in: {citation}")
        self.cited.setText("" if row is None else said.format(citation=row.citation or DASH))

    def _try(self) -> Action:
        return Action(
            name="try",
            text=_("Try the cases"),
            keys="Alt+T",
            icon="play",
            run=self.try_cases,
            enabled=self.progress.isHidden,
        )

    def _tried(self, cases: tuple[RuleCase, ...]) -> None:
        self.action_set.refresh()
        self.cases.show(sorted(cases, key=lambda case: case.held))
        wrong = sum(not case.held for case in cases)
        if wrong:
            said = ngettext("{number} case does not hold.", "{number} cases do not hold.", wrong)
            self.banner.say(said.format(number=count(wrong)), "bad")
        else:
            said = ngettext("{number} case holds.", "All {number} cases hold.", len(cases))
            self.banner.say(said.format(number=count(len(cases))), "ok")

    def _refused(self, error: Exception) -> None:
        self.action_set.refresh()
        self.failed(error)


def _figure(row: RuleFigure) -> str:
    if row.kind == "money":
        return amount(int(row.value), row.currency, symbol=True, trim=True)
    if row.kind == "share":
        return percent(Fraction(int(row.value), BASIS_POINTS))
    return count(int(row.value)) if row.value.isdecimal() else row.value


def _figure_columns() -> tuple[Column[RuleFigure], ...]:
    def what(row: RuleFigure) -> Cell:
        label = row.title if row.kind == "text" else row.label
        under = row.value if row.kind == "text" else row.title
        return Cell(label, strong=True, under=under)

    def figure(row: RuleFigure) -> Cell:
        return Cell(DASH, tone="text3") if row.kind == "text" else Cell(_figure(row))

    return (
        Column(title=_("What"), text=what, stretch=2),
        Column(title=_("Figure"), text=figure, numeric=True),
        Column(title=_("From"), text=lambda row: day(row.from_on)),
        Column(
            title=_("Standing"),
            text=lambda row: Cell(named("standing", row.standing), tone="text2"),
            stretch=1,
            leaves=1,
        ),
    )


def _case_columns() -> tuple[Column[RuleCase], ...]:
    def held(row: RuleCase) -> Cell:
        if row.held:
            return Cell(_("holds"), chip="ok", icon="check-circle")
        return Cell(_("does not hold"), chip="bad", icon="warning")

    return (
        Column(title=_("Case"), text=lambda row: Cell(row.name, strong=True), stretch=2),
        Column(title=_("On"), text=lambda row: day(row.on)),
        Column(title=_("Must not be met"), text=lambda row: _rules(row.expected), stretch=1),
        Column(title=_("Were not met"), text=lambda row: _rules(row.found), stretch=1, leaves=1),
        Column(title=_("Result"), text=held),
    )


def _rules(names: tuple[str, ...]) -> str:
    return ", ".join(named("rule", name) for name in names) or _("all met")
