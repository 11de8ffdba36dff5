"""What the branch offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product: terms as a template, and the bounds within which a loan may be sanctioned.

    `terms` is canonical JSON of kist-calc terms without principal, dates and count;
    rates are strings in percent a year.
    """

    code: str
    title: str
    currency: str
    terms: str
    rule_set: str
    min_minor: int
    max_minor: int
    min_instalments: int
    max_instalments: int
    min_rate: str
    max_rate: str
    active: bool = True


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
