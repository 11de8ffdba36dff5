"""Everything a person reads, through gettext: sentences, figures, days, words, names of things."""

from __future__ import annotations

import gettext as _gettext

from app.paths import resources

_DOMAIN, _SLIPS = "kist", "slips"
# What a borrower's receipt and loan card are written in; other papers are in English or Hindi.
SLIP_LANGUAGES = ("en", "hi", "bn", "ta", "te", "kn", "ml", "mr", "gu", "pa", "or")


class Language:
    """The catalogue of one language; English, the language of the sources, needs no file.

    With `slips` it also knows the languages that receipts and loan cards alone are written in.
    """

    def __init__(self, code: str = "en", *, slips: bool = False) -> None:
        self._slips = slips
        self.use(code)

    def use(self, code: str) -> None:
        """Take the texts of `code` from now on; a language without a catalogue shows English."""
        self.code = code
        self._catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
        if code != "en":
            folder = resources() / "locale"
            self._catalogue = _gettext.translation(_DOMAIN, folder, [code], fallback=True)
            if self._slips:
                slips = _gettext.translation(_SLIPS, folder, [code], fallback=True)
                self._catalogue.add_fallback(slips)

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self._catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The text in this language, in the form that `count` asks for."""
        return self._catalogue.ngettext(singular, plural, count)


SCREEN = Language()  # the language of this process, as in gettext itself: `use` sets it at start

_ = SCREEN.gettext
ngettext = SCREEN.ngettext
use = SCREEN.use


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for the catalogue; it is translated where it is shown."""
    return message


def translated(marked: str) -> str:
    """The text of something that was marked with `N_` where it was declared."""
    return SCREEN.gettext(marked)


__all__ = ["N_", "SCREEN", "SLIP_LANGUAGES", "Language", "_", "ngettext", "translated", "use"]
