"""Where a refusal is shown: at its field, else in a banner; a bug is told as one."""

from __future__ import annotations

from app.domain.errors import KistError
from app.texts import _
from app.texts.errors import sentence
from ui.kit.banner import Banner
from ui.kit.form import Form


def spoken(error: Exception) -> str:
    """The sentence for any exception; unknown ones are owned up to without their insides."""
    if isinstance(error, KistError):
        return sentence(error)
    return _(
        "Something in the program went wrong. What you typed is still here and nothing "
        "was half done. Try again; if it comes back, tell whoever looks after this PC."
    )


def show(error: Exception, banner: Banner, form: Form | None = None) -> None:
    """Show `error` at the form's field that it belongs to, else in `banner`."""
    field = error.field if isinstance(error, KistError) else ""
    if form is not None and field and form.show_error(field, spoken(error)):
        banner.clear()
        return
    banner.say(spoken(error), "bad")
