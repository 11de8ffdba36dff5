"""How the program looks on this PC. Kept in a small file: it is needed before the branch opens."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from app.texts import _
from ui.kit.tokens import Mode

FILE = "look.json"
SCALES = (100, 110, 125, 150, 175, 200)
LANGUAGES = (("en", "English"), ("hi", "हिन्दी"))
IDLE_MINUTES = (5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, text size in per cent, language, and after how many idle minutes it locks."""

    mode: Mode = Mode.LIGHT
    scale: int = 100
    language: str = "en"
    idle_minutes: int = 10


def modes() -> tuple[tuple[Mode, str], ...]:
    """The sets of colours, with their names."""
    return (
        (Mode.LIGHT, _("Light")),
        (Mode.DARK, _("Dark")),
        (Mode.HIGH_CONTRAST, _("High contrast")),
        (Mode.SYSTEM, _("As the system")),
    )


def read_look(folder: Path) -> Look:
    """What was chosen on this PC; whatever cannot be read is as it was shipped."""
    try:
        kept = json.loads((folder / FILE).read_text("utf-8"))
        known = {field.name for field in fields(Look)}
        chosen = {name: value for name, value in dict(kept).items() if name in known}
        look = Look(**{**chosen, "mode": Mode(chosen.get("mode", Mode.LIGHT))})
        return look if look.scale in SCALES and look.idle_minutes in IDLE_MINUTES else Look()
    except (OSError, ValueError, TypeError):
        return Look()


def keep_look(folder: Path, look: Look) -> None:
    """Keep the choice. A folder that cannot be written to loses nothing but the look."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(json.dumps(asdict(look)), "utf-8")
    except OSError:
        return
