"""How the line to the database is, in words: for the top bar and above the screens."""

from __future__ import annotations

from app.texts import _, ngettext
from ui.kit.line import LineState


def words(state: LineState) -> tuple[str, str, str]:
    """Icon, words and tone of the top bar."""
    if not state.shared:
        return "desktop", _("This PC"), ""
    if not state.cut:
        shown = (
            _("Shared · {millis} ms").format(millis=state.millis) if state.millis else _("Shared")
        )
        return "hard-drives", shown, ""
    if not state.waiting:
        return "link-break", _("Cut off"), "late2"
    text = ngettext("Cut off · {count} waiting", "Cut off · {count} waiting", state.waiting)
    return "link-break", text.format(count=state.waiting), "late2"


def sentence(state: LineState) -> str:
    """What is said above the screens while the line is not as it should be; else nothing."""
    if state.newer:
        return _("Another PC brought the shared database up to a newer Kist. Update this one.")
    if not state.cut:
        return ""
    if not state.waiting:
        return _(
            "The line to the shared database is cut. Kist tries again by itself; what is on the "
            "screen may be old."
        )
    text = ngettext(
        "Checking: the line is cut, and it is not known yet whether {count} entry was saved. Kist "
        "asks again by itself, and nothing is booked twice.",
        "Checking: the line is cut, and it is not known yet whether {count} entries were saved. "
        "Kist asks again by itself, and nothing is booked twice.",
        state.waiting,
    )
    return text.format(count=state.waiting)
