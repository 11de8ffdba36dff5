"""The look in numbers: colours, sizes and pairs that must stay readable, read from one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_STRAIGHT_BELOW = 0.03928  # WCAG 2: below it the curve of sRGB is a line


class Mode(StrEnum):
    """The three sets of colours, and the wish to follow the system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by mode, and lengths in px at 96 dpi and 100 % text."""

    colours: Mapping[Mode, Mapping[str, str]]
    text_pairs: Mapping[Mode, Mapping[str, float]]
    shape_pairs: Mapping[Mode, Mapping[str, float]]
    sizes: Mapping[str, int]
    spacing: Mapping[str, float]
    heights: Mapping[str, int]
    radii: Mapping[str, int]
    icon_sizes: Mapping[str, int]


def read_tokens(path: Path) -> Tokens:
    """Read the theme file. A missing key is an error at start, not at first paint."""
    raw = json.loads(path.read_text("utf-8"))
    modes = (Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST)
    spacing = raw["type"]["letter_spacing_percent"]
    return Tokens(
        colours={mode: raw["colour"][mode]["colours"] for mode in modes},
        text_pairs={mode: raw["colour"][mode]["text_ratios"] for mode in modes},
        shape_pairs={mode: raw["colour"][mode]["non_text_ratios"] for mode in modes},
        sizes=raw["type"]["sizes"],
        spacing={name: spacing.get(name, spacing["others"]) for name in raw["type"]["sizes"]},
        heights=raw["heights"],
        radii=raw["radius"],
        icon_sizes=raw["icons"]["size"],
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two `#rrggbb` colours: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= _STRAIGHT_BELOW:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
