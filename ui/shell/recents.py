"""What somebody opened last: kept on this station, shown while the find box is empty."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QObject

from app.texts import _
from ui.kit.screen_context import Station
from ui.shell.hits import Hit

MOST = 6
KINDS = {"loan": "loan_id", "application": "application_id"}


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing by its screen, its id and what it was called."""

    place: str
    id: int
    title: str


class Recents(QObject):
    """The latest first, each once."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._station = station
        self._setting = f"recent.{station.me.user_id}"
        self._opened: tuple[Opened, ...] = ()
        settings, name = station.settings, self._setting
        station.desk.glance(self, lambda: settings.get(name), self._take)

    def note(self, place: str, params: dict[str, Any], title: str) -> None:
        """Somebody looks at a thing; it counts once its own title is known."""
        of = params.get(KINDS.get(place, ""))
        if not isinstance(of, int) or title in {"", _("Loan"), _("Application")}:
            return
        now = Opened(place, of, title)
        if self._opened[:1] != (now,):
            rest = (one for one in self._opened if (one.place, one.id) != (place, of))
            self._opened = (now, *rest)[:MOST]
            self._keep()

    def hits(self) -> list[Hit]:
        """What can be opened again by this person."""
        return [self._hit(one) for one in self._opened if self._station.router.has(one.place)]

    def _hit(self, one: Opened) -> Hit:
        kinds = {"loan": _("loan"), "application": _("application")}
        router, params = self._station.router, {KINDS[one.place]: one.id}
        return Hit(
            text=one.title,
            run=lambda: router.go(one.place, **params),
            kind=kinds[one.place],
            icon="clock-counter-clockwise",
        )

    def _take(self, text: str) -> None:
        kept = [one for one in (_read(item) for item in _items(text)) if one is not None]
        new = {(one.place, one.id) for one in self._opened}
        fresh = (one for one in kept if (one.place, one.id) not in new)
        self._opened = (*self._opened, *fresh)[:MOST]

    def _keep(self) -> None:
        text = json.dumps([asdict(one) for one in self._opened], ensure_ascii=False)
        settings, name = self._station.settings, self._setting
        self._station.desk.glance(self, lambda: settings.set(name, text), lambda _none: None)


def _items(text: str) -> list[Any]:
    try:
        kept = json.loads(text or "[]")
    except ValueError:
        return []
    return kept if isinstance(kept, list) else []


def _read(item: Any) -> Opened | None:
    if not isinstance(item, dict) or item.get("place") not in KINDS:
        return None
    of, title = item.get("id"), item.get("title")
    if not isinstance(of, int) or not isinstance(title, str):
        return None
    return Opened(str(item["place"]), of, title)
