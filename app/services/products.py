"""What the branch offers: terms as data, with the bounds of a sanction."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

from app.commands.base import Topic
from app.commands.codec import build, canonical
from app.commands.products import ProductFacts, ProductSaved, SaveProduct
from app.domain.errors import TermsRefused, ValueRefused
from app.domain.money import decimal_text
from app.domain.roles import Permission
from app.domain.terms import terms_of
from app.queries.admin import ListProducts
from app.rows.admin import ProductRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.products import all_products, product_by_code
from app.store.schema.people import products

LONGEST_CODE = 24
LONGEST_TITLE = 120


@use_case(
    SaveProduct,
    needs=Permission.PRODUCT_MANAGE,
    changes={Topic.PRODUCT},
    answer=ProductSaved,
    in_day=False,
)
def save_product(work: Work, command: SaveProduct) -> ProductSaved:
    """Add a product or change it; loans keep the terms they were made with."""
    facts = command.product
    check_product(facts)
    earlier = product_by_code(work.tx.connection, facts.code)
    if earlier is not None and earlier["id"] != command.product_id:
        raise ValueRefused(field="code", why="code-taken", given=facts.code)
    if command.product_id is None:
        return ProductSaved(work.tx.insert(products, **asdict(facts)), 1)
    before = work.tx.locked(products, command.product_id, command.version)
    return ProductSaved(command.product_id, work.tx.change(products, before, **asdict(facts)))


@answers(ListProducts, needs=Permission.SESSION)
def list_products(reading: Reading, query: ListProducts) -> tuple[ProductRow, ...]:
    """The products by title."""
    return tuple(_row(found) for found in all_products(reading.connection, query.active))


def check_product(facts: ProductFacts) -> None:
    """Raise ValueRefused or TermsRefused where a product could not be lent by.

    The smallest and the largest loan at both bounds of rate and count must make a schedule.
    """
    if not facts.code or len(facts.code) > LONGEST_CODE:
        raise ValueRefused(field="code", why="empty" if not facts.code else "too-long")
    if not facts.title or len(facts.title) > LONGEST_TITLE:
        raise ValueRefused(field="title", why="empty" if not facts.title else "too-long")
    if not 0 < facts.min_minor <= facts.max_minor:
        raise ValueRefused(field="max_minor", why="order")
    if not 0 < facts.min_instalments <= facts.max_instalments:
        raise ValueRefused(field="max_instalments", why="order")
    if _rate(facts.min_rate, "min_rate") > _rate(facts.max_rate, "max_rate"):
        raise ValueRefused(field="max_rate", why="order")
    for amount, count, rate in (
        (facts.min_minor, facts.min_instalments, facts.min_rate),
        (facts.max_minor, facts.max_instalments, facts.max_rate),
    ):
        terms_of(_trial(facts, amount, count, rate), facts.currency)


def _trial(facts: ProductFacts, amount: int, count: int, rate: str) -> dict[str, Any]:
    try:
        template: dict[str, Any] = json.loads(facts.terms)
    except ValueError:
        raise TermsRefused(path="terms", given=facts.terms[:40], allowed="JSON") from None
    return {
        **template,
        "principal": decimal_text(amount, facts.currency),
        "disbursed_on": date(2024, 1, 1).isoformat(),
        "instalments": count,
        "annual_rate": rate,
    }


def _rate(text: str, field: str) -> Fraction:
    try:
        rate = Fraction(text)
    except ValueError:
        raise ValueRefused(field=field, why="not-a-rate", given=text) from None
    if rate < 0:
        raise ValueRefused(field=field, why="below-zero", given=text)
    return rate


def _row(found: Any) -> ProductRow:
    names = ProductFacts.__slots__
    facts = build(ProductFacts, {name: found[name] for name in names})
    return ProductRow(found["id"], found["version"], facts, found["loans"])


def seed_products(work: Work) -> tuple[int, ...]:
    """Insert the products that a new branch starts with, in its currency where they fit."""
    made = []
    for plain in work.tools.seeds.products:
        facts = build(ProductFacts, {**plain, "terms": canonical(plain["terms"])})
        if facts.currency == work.branch.currency:
            check_product(facts)
            made.append(work.tx.insert(products, **asdict(facts)))
    return tuple(made)
