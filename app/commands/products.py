"""What the branch offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command
from app.rows.facts import ProductFacts as ProductFacts


@dataclass(frozen=True, slots=True)
class ProductSaved:
    """The answer to SaveProduct."""

    product_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveProduct(Command[ProductSaved]):
    """Add a product (`product_id` None) or change one at `version`; loans keep their terms."""

    name: ClassVar[str] = "product.save"

    product_id: int | None = None
    version: int = 0
    product: ProductFacts
