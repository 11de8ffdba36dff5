"""The theme: every pair can be read, every mode and size can be put on and off."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPushButton

from app.paths import resources
from ui.kit.cells import CHIP_ICONS
from ui.kit.icons import code_of, icon
from ui.kit.theme import Theme, theme
from ui.kit.tokens import Mode, Tokens, contrast, read_tokens

MODES = (Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST)
TOKENS: Tokens = read_tokens(resources() / "theme" / "tokens.json")


def _pairs(kind: str) -> list[tuple[Mode, str]]:
    found = {"text": TOKENS.text_pairs, "shape": TOKENS.shape_pairs}[kind]
    return [(mode, pair) for mode in MODES for pair in found[mode]]


@pytest.mark.parametrize(("mode", "pair"), _pairs("text"))
def test_every_pair_of_text_and_ground_can_be_read(mode: Mode, pair: str) -> None:
    ink, ground = pair.split(" on ")
    colours = TOKENS.colours[mode]
    least = 7 if mode is Mode.HIGH_CONTRAST else 4.5
    assert contrast(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize(("mode", "pair"), _pairs("shape"))
def test_every_edge_and_bar_can_be_seen(mode: Mode, pair: str) -> None:
    ink, ground = pair.split(" on ")
    colours = TOKENS.colours[mode]
    assert contrast(colours[ink], colours[ground]) >= 3


def test_later_is_darker_so_that_it_reads_in_grey() -> None:
    colours = TOKENS.colours[Mode.LIGHT]
    tones = ("late1", "late2", "late3", "npa")
    steps = [contrast("#ffffff", colours[f"{tone}_fill"]) for tone in tones]
    assert all(one < other for one, other in pairwise(steps))


@pytest.mark.parametrize("tone", CHIP_ICONS)
def test_every_chip_has_its_two_colours_and_its_icon(tone: str) -> None:
    if tone != "neutral":
        assert {f"{tone}_text", f"{tone}_soft"} <= set(TOKENS.colours[Mode.LIGHT])
        assert code_of(CHIP_ICONS[tone])


def test_the_fonts_of_the_program_are_in_use(look: Theme) -> None:
    assert {"Noto Sans", "Noto Sans Devanagari", "Phosphor"} <= set(QFontDatabase.families())
    assert look.font("title", True).families()[0] == "Noto Sans"


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_reaches_palette_and_style_sheet(
    qapp: QApplication, look: Theme, mode: Mode
) -> None:
    look.apply(qapp, mode, 150)
    assert qapp.palette().window().color() == look.colour("canvas")
    assert TOKENS.colours[mode]["surface"] in qapp.styleSheet()
    assert look.height("control") == 48
    assert look.space(16) == 20
    assert qapp.font().pixelSize() == 20


def test_the_size_stays_between_100_and_200(qapp: QApplication, look: Theme) -> None:
    look.apply(qapp, Mode.LIGHT, 20)
    assert look.scale == 100
    look.apply(qapp, Mode.LIGHT, 900)
    assert look.scale == 200


def test_widgets_find_the_theme_in_use(qapp: QApplication, look: Theme) -> None:
    assert theme() is look


def test_an_icon_is_drawn_in_the_colour_of_the_theme(qapp: QApplication, look: Theme) -> None:
    for mode in (Mode.LIGHT, Mode.DARK):
        look.apply(qapp, mode)
        image = icon("printer", "text", fill=True).pixmap(48, 48).toImage()
        inks = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert look.colour("text").name() in inks


def test_a_disabled_button_does_not_look_enabled(qapp: QApplication, look: Theme) -> None:
    button = QPushButton("x")
    assert button.palette().buttonText().color() == look.colour("text")
    button.setEnabled(False)
    assert button.palette().buttonText().color() == look.colour("text_off")


def test_the_wish_to_follow_the_system_ends_in_one_of_the_three(
    qapp: QApplication, look: Theme
) -> None:
    look.apply(qapp, Mode.SYSTEM)
    assert look.mode in MODES
