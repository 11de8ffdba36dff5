"""Charts of a report on paper: bars, parts on one another, and curves."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from app.papers.sheet import BODY_STRONG, SMALL, SMALL_SOFT, Align, Ink, Sheet
from app.reports import Form, Picture

Shown = Callable[[int], str]

_BAR, _BAR_NAME, _TITLE = 14.0, 120.0, 34.0
_LINES_HIGH, _AXIS, _LEGEND = 130.0, 46.0, 14.0
_LEAST_TICKS, _MOST_TICKS = 3, 5
_PARTS = (Ink.PART_1, Ink.PART_2, Ink.PART_3, Ink.PART_4, Ink.PART_5)
_FEW = 3  # parts that need no shades between
_CURVES = (Ink.ACCENT, Ink.BAD)


def height_of(picture: Picture) -> float:
    """The height that a picture takes, title and legend included."""
    legend = _LEGEND if len(picture.series) > 1 else 0
    if picture.form is Form.LINES:
        return _TITLE + _LINES_HIGH + legend
    return _TITLE + len(picture.labels) * _BAR + legend


def draw(
    sheet: Sheet, place: tuple[float, float], room: float, made: Picture, shown: Shown
) -> None:
    """Draw a picture with its top left corner at `place`, `room` points wide."""
    x, y = place
    sheet.text(x, y, made.title, BODY_STRONG)
    y += 20
    if len(made.series) > 1:
        _legend(sheet, x, y, made)
        y += _LEGEND
    if made.form is Form.LINES:
        _curves(sheet, (x, y), room, made, shown)
        return
    most = max(sum(abs(value) for value in values) for values in _rows(made)) or 1
    for at, (name, values) in enumerate(zip(made.labels, _rows(made), strict=True)):
        _row(sheet, (x, y + at * _BAR), room, (name, values, most), shown)


def _rows(made: Picture) -> list[tuple[int, ...]]:
    return list(zip(*(values for _name, values in made.series), strict=True))


def _row(
    sheet: Sheet,
    place: tuple[float, float],
    room: float,
    bar: tuple[str, tuple[int, ...], int],
    shown: Shown,
) -> None:
    """One bar, of one part or of several, with what it comes to."""
    (x, y), (name, values, most) = place, bar
    sheet.fitted(x, y, name, _BAR_NAME - 8, SMALL)
    left = x + _BAR_NAME
    for ink, value in zip(_inks(len(values)), values, strict=True):
        long = (room - _BAR_NAME) * 0.7 * abs(value) / most
        ink = Ink.BAD if value < 0 else ink
        sheet.box((left, y - 7), (max(long, 0.5), 9), fill=ink, radius=min(1.5, long / 2))
        left += long
    sheet.text(left + 6, y, shown(sum(values)), SMALL)


def _inks(count: int) -> tuple[Ink, ...]:
    """Shades for parts; of two or three the mildest, one between and the worst."""
    if count <= 1:
        return (Ink.ACCENT,)
    return (_PARTS[0], _PARTS[1], _PARTS[3])[:count] if count <= _FEW else _PARTS[:count]


def _legend(sheet: Sheet, x: float, y: float, made: Picture) -> None:
    curves = made.form is Form.LINES
    inks = _CURVES if curves else _inks(len(made.series))
    for ink, (name, _values) in zip(inks, made.series, strict=False):
        sheet.box((x, y - 6), (7, 7), fill=ink)
        x += 11 + sheet.text(x + 11, y, name, SMALL_SOFT) + 14


def _curves(
    sheet: Sheet, place: tuple[float, float], room: float, made: Picture, shown: Shown
) -> None:
    (x, y), wide = place, room - _AXIS - 60
    ticks = _ticks(max(max(values) for _name, values in made.series))
    high, left = _LINES_HIGH - 26, x + _AXIS
    for tick in ticks:
        level = y + high - high * tick / ticks[-1]
        sheet.rule(left, level, left + wide)
        sheet.text(left - 6, level + 2.5, shown(tick), SMALL_SOFT, Align.RIGHT)
    steps = max(1, len(made.labels) - 1)
    for at, label in enumerate(made.labels):
        sheet.text(left + wide * at / steps, y + high + 12, label, SMALL_SOFT, Align.CENTRE)
    for ink, (_name, values) in zip(_CURVES, made.series, strict=False):
        points = [
            (left + wide * at / steps, y + high - high * value / ticks[-1])
            for at, value in enumerate(values)
        ]
        for start, end in pairwise(points):
            sheet.line(start, end, ink=ink, weight=1.4)
        sheet.text(points[-1][0] + 6, points[-1][1] + 2.5, shown(values[-1]), SMALL)


def _ticks(most: int) -> list[int]:
    """Round figures from nought to at least `most`."""
    step = 10 ** max(0, len(str(max(most, 1))) - 1)
    while most > step * _MOST_TICKS:
        step *= 2
    while step > 1 and most < step * _LEAST_TICKS and step % 2 == 0:
        step //= 2
    count = max(1, -(-most // step))
    return [step * number for number in range(count + 1)]
