"""How somebody set up a list: columns, widths, order and filters, as text for the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ListLook:
    """Empty parts are as the list was made. Widths are px at 100 %; filters are raw values."""

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """For the settings."""
        return json.dumps(asdict(self), ensure_ascii=False)


def look_of(text: str) -> ListLook:
    """What was kept; what cannot be read is as if nothing had been kept."""
    try:
        kept: Any = json.loads(text or "{}")
    except ValueError:
        return ListLook()
    if not isinstance(kept, dict):
        return ListLook()
    columns, sort = kept.get("columns"), kept.get("sort")
    return ListLook(
        columns=tuple(str(one) for one in columns) if isinstance(columns, list) else (),
        widths={name: px for name, px in _pairs(kept, "widths") if isinstance(px, int) and px > 0},
        sort=sort if isinstance(sort, str) else "",
        filters={name: raw for name, raw in _pairs(kept, "filters") if isinstance(raw, str)},
    )


def _pairs(kept: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    found = kept.get(name)
    return list(found.items()) if isinstance(found, dict) else []
