"""What the branch offers: terms as data, with the bounds of a sanction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from app.commands.base import Topic
from app.commands.codec import build, canonical, decode, encode
from app.commands.products import ProductFacts, ProductSaved, SaveProduct
from app.domain.errors import NotFound, TermsRefused, ValueRefused
from app.domain.money import decimal_text
from app.domain.roles import Permission
from app.domain.terms import Terms, terms_of
from app.queries.admin import ListProducts, ListProductVersions
from app.rows.admin import ProductRow, ProductVersionRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.listing import rename_in_lists
from app.store.products import (
    all_products,
    coming_from,
    in_force,
    product_by_code,
    product_by_id,
    versions_of,
)
from app.store.schema.people import products
from app.store.schema.terms import product_versions

LONGEST_CODE = 24
LONGEST_TITLE = 120
FEE_KINDS = ("processing", "insurance", "valuation", "other")


@use_case(
    SaveProduct,
    needs=Permission.PRODUCT_MANAGE,
    changes={Topic.PRODUCT},
    answer=ProductSaved,
    in_day=False,
)
def save_product(work: Work, command: SaveProduct) -> ProductSaved:
    """Add a product, or another version of its terms from a day on; loans keep theirs."""
    facts, from_on = command.product, command.effective_from or today_of(work)
    check_product(facts)
    if from_on < today_of(work):
        raise ValueRefused(field="effective_from", why="before-today", given=from_on)
    earlier = product_by_code(work.tx.connection, facts.code)
    if earlier is not None and earlier["id"] != command.product_id:
        raise ValueRefused(field="code", why="code-taken", given=facts.code)
    if command.product_id is None:
        return _added(work, facts, from_on)
    before = work.tx.locked(products, command.product_id, command.version)
    if facts.currency != before["currency"]:
        raise ValueRefused(field="currency", why="currency-fixed", given=facts.currency)
    number = _next_version(work, before)
    _insert_version(work, command.product_id, number, facts, from_on)
    names = {"code": facts.code, "title": facts.title}
    changes = _columns(facts) if from_on == today_of(work) else names
    version = work.tx.change(products, before, **changes)
    rename_in_lists(work.tx, product=command.product_id)
    return ProductSaved(command.product_id, version, number)


@answers(ListProducts, needs=Permission.SESSION)
def list_products(reading: Reading, query: ListProducts) -> tuple[ProductRow, ...]:
    """The products by title, with the terms in force on the day."""
    coming = coming_from(reading.connection, reading.day)
    return tuple(
        _row(found, coming.get(found["id"]))
        for found in all_products(reading.connection, reading.day)
        if found["active"] or not query.active
    )


@answers(ListProductVersions, needs=Permission.VIEW_SETTINGS)
def list_product_versions(
    reading: Reading, query: ListProductVersions
) -> tuple[ProductVersionRow, ...]:
    """Every version, the latest to hold first. Raises NotFound."""
    product = product_by_id(reading.connection, query.product_id)
    if product is None:
        raise NotFound(what="product", id=query.product_id)
    versions = versions_of(reading.connection, query.product_id)
    held = in_force(versions, reading.day)
    rows = [_version_row(one, versions, held, reading.day) for one in versions]
    if not rows:
        facts = _facts({**product, "key_facts": None})
        only = ProductVersionRow(query.product_id, 0, None, facts, None, "", "in-force")
        return (only,)
    return tuple(sorted(rows, key=lambda row: (row.effective_from or date.min, row.number))[::-1])


def today_of(work: Work) -> date:
    """The open business day, else the calendar date at the branch."""
    zone = ZoneInfo(work.branch.time_zone)
    return work.business_on or work.now.astimezone(zone).date()


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
        terms = terms_of(_trial(facts, amount, count, rate), facts.currency)
    _check_fees(facts, terms)


def _check_fees(facts: ProductFacts, terms: Terms) -> None:
    """Raise where the statement speaks of a charge that the terms do not have."""
    known = {charge.name for charge in terms.charges}
    for fee in () if facts.key_facts is None else facts.key_facts.fees:
        if fee.name not in known:
            raise ValueRefused(field="key_facts", why="unknown-charge", given=fee.name)
        if fee.kind not in FEE_KINDS:
            raise ValueRefused(field="key_facts", why="unknown-fee-kind", given=fee.kind)


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


def _row(found: Mapping[Any, Any], next_from: date | None) -> ProductRow:
    return ProductRow(
        product_id=found["id"],
        version=found["version"],
        product=_facts(found),
        loans=found["loans"],
        effective_from=found["effective_from"],
        next_from=next_from,
    )


def _facts(found: Mapping[Any, Any]) -> ProductFacts:
    return ProductFacts(**{name: found[name] for name in ProductFacts.__slots__})


def _version_row(
    one: Mapping[Any, Any],
    versions: Sequence[Mapping[Any, Any]],
    held: Mapping[Any, Any] | None,
    day: date,
) -> ProductVersionRow:
    at = one["recorded_at"]
    return ProductVersionRow(
        product_id=one["product_id"],
        number=one["number"],
        effective_from=one["effective_from"],
        product=decode(ProductFacts, one["facts"]),
        entered_at=None if at is None else datetime.fromisoformat(at),
        entered_by=one["who"] or "",
        state=_state(one, versions, held, day),
    )


def _state(
    one: Mapping[Any, Any],
    versions: Sequence[Mapping[Any, Any]],
    held: Mapping[Any, Any] | None,
    day: date,
) -> str:
    from_on = one["effective_from"]
    same_day = [other["number"] for other in versions if other["effective_from"] == from_on]
    if one["number"] != max(same_day):
        return "replaced"
    if from_on is not None and from_on > day:
        return "coming"
    return "in-force" if held is not None and held["number"] == one["number"] else "past"


def seed_products(work: Work) -> tuple[int, ...]:
    """Insert the products that a new branch starts with, in its currency where they fit."""
    made = []
    for plain in work.tools.seeds.products:
        facts = build(ProductFacts, {**plain, "terms": canonical(plain["terms"])})
        if facts.currency == work.branch.currency:
            check_product(facts)
            made.append(_added(work, facts, None).product_id)
    return tuple(made)


def _added(work: Work, facts: ProductFacts, from_on: date | None) -> ProductSaved:
    """A new product with its first version."""
    product_id = work.tx.insert(products, **_columns(facts))
    _insert_version(work, product_id, 1, facts, from_on)
    return ProductSaved(product_id, 1, 1)


def _next_version(work: Work, before: Mapping[str, Any]) -> int:
    """The number of the next version; the terms from before versions were kept become the first."""
    numbers = [one["number"] for one in versions_of(work.tx.connection, before["id"])]
    if numbers:
        return int(max(numbers)) + 1
    facts = _facts({**before, "key_facts": None})
    work.tx.insert(product_versions, product_id=before["id"], number=1, facts=encode(facts))
    return 2


def _insert_version(
    work: Work, product_id: int, number: int, facts: ProductFacts, from_on: date | None
) -> None:
    work.tx.insert(
        product_versions,
        product_id=product_id,
        number=number,
        effective_from=from_on,
        facts=encode(facts),
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )


def _columns(facts: ProductFacts) -> dict[str, Any]:
    """The facts as the row of the product keeps them; versions keep all of them."""
    names = (name for name in ProductFacts.__slots__ if name != "key_facts")
    return {name: getattr(facts, name) for name in names}
