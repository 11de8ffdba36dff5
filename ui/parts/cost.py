"""What a loan costs in a few figures: instalment, interest, charges, in hand, yearly rate."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.rows.origination import Quote
from app.texts import _, ngettext
from app.texts.figures import amount
from ui.kit.card import row
from ui.kit.figures import Figure
from ui.kit.text import DASH, Text, note
from ui.kit.theme import theme

NAMES = ("instalment", "interest", "charges", "in_hand", "apr")
LEAST = 128  # px at 100 % that a figure needs


class CostFigures(QWidget):
    """The figures side by side; they fold into lines of fewer where the place is narrow."""

    def __init__(self, *, size: str = "lead") -> None:
        super().__init__()
        self.setAccessibleName(_("Cost"))
        self.figures = {name: Figure(label, size=size) for name, label in cost_labels().items()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(16))
        self._grid.setVerticalSpacing(theme().space(8))
        self._shown: dict[str, tuple[str, str]] = {}
        self._columns = 0
        self._lay(len(NAMES))

    def show_quote(self, quote: Quote | None, *, disclosed: bool = False) -> None:
        """Show a quote's figures; None shows dashes. `disclosed` takes the exact run's."""
        figures = dict.fromkeys(NAMES, (DASH, ""))
        if quote is not None:
            figures = cost_of(quote, disclosed=disclosed)
        self._shown = figures
        self._show("text")

    def set_stale(self, stale: bool) -> None:
        """Grey while what is shown belongs to an earlier question."""
        self._show("text_off" if stale else "text")

    def value(self, name: str) -> str:
        """What stands at one of `NAMES`."""
        return self._shown.get(name, (DASH, ""))[0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(max(2, min(len(NAMES), event.size().width() // theme().px(LEAST))))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * theme().px(LEAST), super().minimumSizeHint().height())

    def _show(self, tone: str) -> None:
        for name, (value, under) in self._shown.items():
            self.figures[name].show_figure(value, under, tone)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, figure in enumerate(self.figures.values()):
            self._grid.removeWidget(figure)
            line, place = divmod(at, columns)
            wide = columns - place if at == len(NAMES) - 1 else 1  # its method has many words
            self._grid.addWidget(figure, line, place, 1, wide, Qt.AlignmentFlag.AlignTop)
        for column in range(len(NAMES)):
            self._grid.setColumnStretch(column, int(column < columns))


class CostLines(QWidget):
    """The same figures one under another, for a narrow card."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Cost"))
        self.values: dict[str, Text] = {}
        self._words: dict[str, Text] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme().space(4))
        grid.setColumnStretch(0, 1)
        for at, (name, label) in enumerate(cost_labels().items()):
            value = Text(DASH, "small", strong=name in {"instalment", "apr"})
            value.setAccessibleName(label)
            words = note(label, wrap=True)
            self.values[name], self._words[name] = value, words
            grid.addWidget(words, at, 0)
            holder = row()
            holder.addStretch(1)
            holder.addWidget(value)
            grid.addLayout(holder, at, 1)

    def show_quote(self, quote: Quote | None, *, disclosed: bool = False) -> None:
        """Show a quote's figures; None shows dashes. `disclosed` takes the exact run's."""
        figures = {} if quote is None else cost_of(quote, disclosed=disclosed)
        for name, value in self.values.items():
            value.setText(figures.get(name, (DASH, ""))[0])
        self.set_stale(False)

    def set_stale(self, stale: bool) -> None:
        """Grey while what is shown belongs to an earlier question."""
        for value in self.values.values():
            value.set_tone("text_off" if stale else "text")


def cost_labels() -> Mapping[str, str]:
    """The words of the figures by name."""
    return {
        "instalment": _("Instalment"),
        "interest": _("Interest in all"),
        "charges": _("Charges with GST"),
        "in_hand": _("In hand"),
        "apr": _("APR"),
    }


def method_name(method: str) -> str:
    """How a yearly rate of cost was found, in words."""
    return {
        "irr-nominal": _("nominal, on what is in hand"),
        "irr-effective": _("effective"),
        "xirr": _("by days"),
        "regz-appendix-j": _("Regulation Z"),
        "eu-2008-48": _("EU 2008/48"),
    }.get(method, method)


def warning_said(code: str) -> str:
    """A warning of the engine in a sentence."""
    known = {
        "last-line-over-twice-the-instalment": _(
            "The last instalment is more than twice the others: look at rounding and grace."
        )
    }
    return known.get(code, code)


def cost_of(quote: Quote, *, disclosed: bool = False) -> dict[str, tuple[str, str]]:
    """The figures of a quote in words, each with a line under it.

    The yearly rate of cost never stands without its method.
    """

    def money(minor: int) -> str:
        return amount(minor, quote.currency, trim=True)

    instalment = quote.disclosed_instalment_minor if disclosed else quote.instalment_minor
    interest = quote.disclosed_interest_minor if disclosed else quote.interest_minor
    count = len(quote.disclosed_lines if disclosed else quote.lines)
    percent = quote.disclosed_apr_percent if disclosed else quote.apr_percent
    apr = f"{percent}%" if percent else DASH
    method = method_name(quote.apr_method) if percent else ""
    times = ngettext("{count} time", "{count} times", count).format(count=count)
    return {
        "instalment": (money(instalment), times),
        "interest": (money(interest), ""),
        "charges": (money(quote.charges_minor), ""),
        "in_hand": (money(quote.paid_out_minor), ""),
        "apr": (apr, method),
    }
