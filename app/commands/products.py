"""What the branch offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command
from app.rows.facts import FeeNote as FeeNote
from app.rows.facts import KeyFactsNotes as KeyFactsNotes
from app.rows.facts import ProductFacts as ProductFacts


@dataclass(frozen=True, slots=True)
class ProductSaved:
    """The answer to SaveProduct; `number` counts the versions of its terms."""

    product_id: int
    version: int
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveProduct(Command[ProductSaved]):
    """Add a product (`product_id` None) or give one, at `version`, another version of its terms.

    It holds from the day `effective_from` (None: today; not before today) until the next one
    does; one entered later for the same day takes its place. Loans keep the terms they were made
    with. Code, title and currency belong to the product: the first two change at
    once, a currency never.
    """

    name: ClassVar[str] = "product.save"

    product_id: int | None = None
    version: int = 0
    product: ProductFacts
    effective_from: date | None = None
