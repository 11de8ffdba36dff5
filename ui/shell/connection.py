"""How the line to the database is, in words: for the top bar and above the screens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ports.program import SharedAddress, Tls
from app.texts import _, ngettext
from ui.kit.dialog import Dialog
from ui.kit.line import LineState
from ui.kit.text import Text


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


def connection_dialog(
    parent: QWidget, state: LineState, address: SharedAddress | None, folder: Path
) -> Dialog:
    """Where the books are, how the line there is, and who backs them up."""
    dialog = Dialog(parent, _("Connection"), words(state)[1], act=_("Close"), width=480)
    for said in (sentence(state), *_about(address, folder)):
        if said:
            dialog.content.addWidget(Text(said, wrap=True))
    dialog.decided.connect(lambda _values: dialog.finish())
    return dialog


def _about(address: SharedAddress | None, folder: Path) -> tuple[str, ...]:
    if address is None:
        return (
            _("The books lie on this PC, encrypted, in {folder}.").format(folder=folder),
            _("Back them up from Settings, to a disk that is kept elsewhere."),
        )
    lines = {
        Tls.VERIFIED: _("What is sent is encrypted, and the server has proved its name."),
        Tls.ENCRYPTED: _("What is sent is encrypted; the server did not have to prove its name."),
        Tls.OFF: _("What is sent is not encrypted: the server is on this very PC."),
    }
    where = _("The books lie on {host}, in the database {database}.")
    return (
        where.format(host=address.host, database=address.database),
        lines[address.tls],
        _("Whoever runs the server backs them up there."),
    )
