"""Everything a person reads, through gettext: sentences, figures, days, words, names of things."""

from __future__ import annotations

import gettext as _gettext

from app.paths import resources

_DOMAIN = "kist"


class Language:
    """The catalogue of one language; English, the language of the sources, needs no file."""

    def __init__(self, code: str = "en") -> None:
        self.use(code)

    def use(self, code: str) -> None:
        """Take the texts of `code` from now on; a language without a catalogue shows English."""
        self.code = code
        self._catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
        if code != "en":
            folder = resources() / "locale"
            self._catalogue = _gettext.translation(_DOMAIN, folder, [code], fallback=True)

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


__all__ = ["N_", "SCREEN", "Language", "_", "ngettext", "translated", "use"]
