"""The theme of the running program: colours, fonts, lengths, palette and style sheet."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from app.paths import resources
from ui.kit.tokens import Mode, Tokens, read_tokens

FAMILIES = ("Noto Sans", "Noto Sans Devanagari")
ICONS, ICONS_FILLED = "Phosphor", "Phosphor-Fill"
_PROPERTY = "kist_theme"
_HINTED_BELOW = 20


class Theme(QObject):
    """Answers for every colour and length on the screen. One per application."""

    changed = Signal()

    def __init__(self, tokens: Tokens | None = None) -> None:
        super().__init__()
        self._tokens = tokens or read_tokens(resources() / "theme" / "tokens.json")
        self._mode, self._scale = Mode.LIGHT, 100
        self._wish = Mode.LIGHT
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._style: _Style | None = None

    @property
    def mode(self) -> Mode:
        """The colours in use: light, dark or high contrast, never `system`."""
        return self._mode

    @property
    def scale(self) -> int:
        """Text size in percent, 100 to 200."""
        return self._scale

    def apply(self, app: QApplication, mode: Mode = Mode.LIGHT, scale: int = 100) -> None:
        """Dress `app`. May be called again at any time: everything open follows."""
        self._wish, self._mode = mode, _resolved(app, mode)
        self._scale = max(100, min(200, scale))
        self._colours.clear()
        self._fonts.clear()
        if self._style is None:
            load_fonts(resources())
            self._style = _Style(self)
            app.setStyle(self._style)
            app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow(app))
        app.setProperty(_PROPERTY, self)
        app.setFont(self.font())
        app.setPalette(self.palette())
        app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def colour(self, name: str) -> QColor:
        """The colour called `name` in the tokens, as a copy that may be changed."""
        if name not in self._colours:
            text = self._tokens.colours[self._mode][name]
            colour = QColor(text[:7])
            if len(text) > len("#rrggbb"):
                colour.setAlpha(int(text[7:], 16))
            self._colours[name] = colour
        return QColor(self._colours[name])

    def px(self, length: float) -> int:
        """A length that grows with the text: type, heights, icons."""
        return round(length * self._scale / 100)

    def space(self, length: float) -> int:
        """A gap: grows half as fast as the text."""
        return round(length * (200 + self._scale - 100) / 200)

    def height(self, name: str) -> int:
        return self.px(self._tokens.heights[name])

    def radius(self, name: str) -> int:
        return self._tokens.radii[name]

    def icon_size(self, name: str = "inline") -> int:
        return self.px(self._tokens.icon_sizes[name])

    def font(self, size: str = "body", strong: bool = False) -> QFont:
        """Noto Sans in one of the sizes key, small, body, lead, title, figure, hero."""
        key = (size, strong)
        if key not in self._fonts:
            self._fonts[key] = self._made(size, strong)
        return QFont(self._fonts[key])

    def palette(self) -> QPalette:
        """What the style sheet does not reach: placeholders, selection, disabled, links."""
        palette, role = QPalette(), QPalette.ColorRole
        for target, name in _PALETTE:
            palette.setColor(target, self.colour(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour("text_off"))
        return palette

    def style_sheet(self) -> str:
        """The style sheet of the theme folder with the tokens put in."""
        values: dict[str, object] = dict(self._tokens.colours[self._mode])
        high = self._mode is Mode.HIGH_CONTRAST
        values["info_edge"] = values["info_text" if high else "info_soft"]
        values |= {f"px{length}": self.px(length) for length in range(1, 49)}
        values |= {f"r_{name}": value for name, value in self._tokens.radii.items()}
        text = (resources() / "theme" / "kist.qss").read_text("utf-8")
        return Template(text).substitute(values)

    def _follow(self, app: QApplication) -> None:
        """The system went dark or light: so do we, where that was wished for."""
        if self._wish is Mode.SYSTEM and _resolved(app, self._wish) is not self._mode:
            self.apply(app, self._wish, self._scale)

    def _made(self, size: str, strong: bool) -> QFont:
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(self.px(self._tokens.sizes[size]))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        small = font.pixelSize() < _HINTED_BELOW
        hinting = QFont.HintingPreference
        font.setHintingPreference(
            hinting.PreferVerticalHinting if small else hinting.PreferNoHinting
        )
        spacing = self._tokens.spacing[size]
        if spacing:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + spacing)
        return font


def theme() -> Theme:
    """The theme in use; a light one, made and kept here, when nobody has applied one yet."""
    app = QApplication.instance()
    found = None if app is None else app.property(_PROPERTY)
    if isinstance(found, Theme):
        return found
    fresh = Theme()
    if isinstance(app, QApplication):
        fresh.apply(app)
    return fresh


def load_fonts(folder: Path) -> None:
    """Bring the fonts of the program in; the system's own are never asked."""
    for path in (*sorted((folder / "fonts").glob("*.ttf")), *(folder / "icons").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def restyle(widget: QWidget) -> None:
    """Let a changed `tone` or `kind` property show."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class _Style(QProxyStyle):
    """Fusion with our metrics; no etched text, no combo list over its own field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: object = None,  # noqa: N803 - Qt's name
    ) -> int:
        fixed = _HINTS.get(hint)
        if fixed is not None:
            return fixed
        return int(super().styleHint(hint, option, widget, cast(None, returnData)))

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        length = _METRICS.get(metric)
        if length is not None:
            return self._theme.px(length)
        return int(super().pixelMetric(metric, option, widget))


def _resolved(app: QApplication, mode: Mode) -> Mode:
    if mode is not Mode.SYSTEM:
        return mode
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
    if accessibility and accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Mode.HIGH_CONTRAST
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    return Mode.DARK if dark else Mode.LIGHT


_HINTS = {
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_ComboBox_Popup: 0,
    QStyle.StyleHint.SH_UnderlineShortcut: 0,
    QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
}
_METRICS = {
    QStyle.PixelMetric.PM_LineEditIconSize: 16,
    QStyle.PixelMetric.PM_SmallIconSize: 16,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
    QStyle.PixelMetric.PM_IndicatorWidth: 16,
    QStyle.PixelMetric.PM_IndicatorHeight: 16,
}
_PALETTE = (
    (QPalette.ColorRole.Window, "canvas"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "hover"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "bad_text"),
    (QPalette.ColorRole.ToolTipBase, "toast"),
    (QPalette.ColorRole.ToolTipText, "toast_text"),
    (QPalette.ColorRole.PlaceholderText, "text3"),
    (QPalette.ColorRole.Highlight, "selected_strong"),
    (QPalette.ColorRole.HighlightedText, "on_selected"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent_text"),
    (QPalette.ColorRole.LinkVisited, "accent_text"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "border_strong"),
    (QPalette.ColorRole.Dark, "field_border"),
    (QPalette.ColorRole.Shadow, "border_strong"),
)
