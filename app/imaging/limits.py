"""How much a file from outside may ask for, and what kind of file it is by its first bytes."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import PaperTrouble

JPEG = "image/jpeg"
PNG = "image/png"
PDF = "application/pdf"
_PDF_MARK_WITHIN = 1024  # readers accept rubbish before the mark; mail gateways put some there


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file. An A4 page scanned at 600 dpi has 35 million pixels."""

    size: int = 25 * 1024 * 1024  # bytes
    pixels: int = 50_000_000
    pages: int = 200
    seconds: int = 10
    memory: int = 1024**3  # bytes of address space, where the system can hold a process to it
    width: int = 4_000  # pixels of a preview


def media_of(data: bytes) -> str:
    """JPEG, PNG or PDF, by content and never by name. Raises PaperTrouble(not-allowed)."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return PDF
    raise PaperTrouble(why="not-allowed")
