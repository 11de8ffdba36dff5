"""What the lender's papers look like, and the keys that sign receipts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command, personal


@dataclass(frozen=True, slots=True)
class StationKeyKept:
    """The answer to RegisterStationKey and RenewStationKey."""

    station_id: int
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStationKey(Command[StationKeyKept]):
    """The station has a key to sign its receipts by; its private half stays in the vault."""

    name: ClassVar[str] = "station.key"

    public_key: str  # Ed25519, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewStationKey(Command[StationKeyKept]):
    """Another key takes the place of the station's; what the old one signed stays provable."""

    name: ClassVar[str] = "station.renew-key"

    public_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaperSize:
    """In which size a kind of paper is usually printed."""

    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class PaperSettingsSaved:
    """The answer to SavePaperSettings."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePaperSettings(Command[PaperSettingsSaved]):
    """What stands on every paper of the branch; `version` 0 where nothing was said before.

    `logo` is the sha-256 of a PNG that was put among the documents before, or empty.
    """

    name: ClassVar[str] = "papers.settings"

    version: int
    logo: str = ""
    head_text: str = ""
    foot_text: str = ""
    grievance_name: str = personal("")
    grievance_phone: str = ""
    upi_id: str = ""
    upi_name: str = ""
    borrower_language: str = ""  # empty: each borrower's own
    house_language: str = ""  # empty: the branch's
    sizes: tuple[PaperSize, ...] = ()
