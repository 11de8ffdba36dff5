"""The figures above a meeting: the centre, who came, what is asked and what is taken."""

from __future__ import annotations

from fractions import Fraction

from app.texts import _, ngettext
from app.texts.figures import amount, count, percent, weekday
from ui.kit.figures import Figure, FigureRow
from ui.kit.text import DASH
from ui.servicing.meeting_lines import Keyed


class MeetingHead(FigureRow):
    """Follows every key."""

    def __init__(self) -> None:
        self._centre = Figure(_("Centre"), size="lead")
        self._came = Figure(_("Came"), size="lead")
        self._due = Figure(_("Due"), size="lead")
        self._taken = Figure(_("Taken"), size="lead")
        super().__init__(self._centre, self._came, self._due, self._taken)

    def show_keyed(self, keyed: Keyed) -> None:
        """Show where it stands."""
        view = keyed.view

        def money(minor: int) -> str:
            return amount(minor, view.currency, symbol=True, trim=True)

        when = " ".join(part for part in (weekday(view.on), view.at_time) if part)
        who = _("officer {name}").format(name=view.officer) if view.officer else ""
        lead = _("led by {name}").format(name=view.leader) if view.leader else ""
        under = " · ".join(part for part in (when, who, lead) if part)
        self._centre.show_figure(view.centre, under)
        of = _("{came} of {members}").format(
            came=count(keyed.came), members=count(len(keyed.lines))
        )
        sent = sum(not line.came and bool(line.paid_minor) for line in keyed.lines)
        said = ngettext("{n} sent the money", "{n} sent their money", sent).format(n=count(sent))
        self._came.show_figure(of, said if sent else "")
        late = _("+ {amount} from before").format(amount=money(view.late_minor))
        self._due.show_figure(money(view.due_minor), late if view.late_minor else "")
        self._taken.show_figure(money(keyed.total_minor), _share(keyed))


def _share(keyed: Keyed) -> str:
    asked = sum(line.member.asked_minor for line in keyed.open_lines)
    if not asked:
        return DASH
    said = _("{share} of what is asked").format(
        share=percent(Fraction(keyed.total_minor - keyed.ahead_minor, asked), 0)
    )
    if keyed.ahead_minor:
        ahead = amount(keyed.ahead_minor, keyed.view.currency, trim=True)
        said += " · " + _("{amount} ahead").format(amount=ahead)
    return said
