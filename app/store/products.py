"""Products as rows, with the version of their terms that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from app.commands.codec import decode
from app.rows.facts import ProductFacts
from app.store.schema.loans import loans
from app.store.schema.people import products
from app.store.schema.system import users
from app.store.schema.terms import product_versions

_V = product_versions.c
_OWN = ("code", "title", "currency")  # of the product, whatever a version said
_FACTS = tuple(ProductFacts.__slots__)
_BEFORE_VERSIONS = 0


def all_products(connection: Connection, on: date) -> list[dict[str, Any]]:
    """Products by title with their number of loans, as they are on a day."""
    count = (
        select(func.count()).where(loans.c.product_id == products.c.id).scalar_subquery()
    ).label("loans")
    rows = connection.execute(select(products, count)).mappings().all()
    held = _held(connection, [row["id"] for row in rows], on)
    made = [_as_of(row, held.get(row["id"])) for row in rows]
    return sorted(made, key=lambda row: (row["title"], row["id"]))


def product_by_code(connection: Connection, code: str) -> RowMapping | None:
    """The product with this code, or None."""
    query = select(products).where(products.c.code == code)
    return connection.execute(query).mappings().first()


def product_by_id(connection: Connection, product_id: int) -> RowMapping | None:
    """The product with this id, as it was saved last for its own day; or None."""
    query = select(products).where(products.c.id == product_id)
    return connection.execute(query).mappings().first()


def product_on(connection: Connection, product_id: int, on: date) -> dict[str, Any] | None:
    """The product with the terms in force on a day; None where there is no such product.

    Beside the columns: `key_facts`, and `number`, the version's (0: none was kept).
    """
    row = product_by_id(connection, product_id)
    if row is None:
        return None
    return _as_of(row, _held(connection, [product_id], on).get(product_id))


def product_version(
    connection: Connection, product_id: int, number: int | None, on: date
) -> dict[str, Any] | None:
    """The product with a version of its terms; with those in force on a day where it is None."""
    if number is None:
        return product_on(connection, product_id, on)
    row = product_by_id(connection, product_id)
    query = select(product_versions).where(_V.product_id == product_id, _V.number == number)
    version = connection.execute(query).mappings().first()
    return None if row is None else _as_of(row, version)


def versions_of(connection: Connection, product_id: int) -> Sequence[RowMapping]:
    """Every version of a product's terms with who entered it, in the order of their entry."""
    query = (
        select(product_versions, users.c.full_name.label("who"))
        .select_from(product_versions.outerjoin(users, users.c.id == _V.user_id))
        .where(_V.product_id == product_id)
        .order_by(_V.number)
    )
    return connection.execute(query).mappings().all()


def coming_from(connection: Connection, on: date) -> dict[int, date]:
    """The next day after `on` on which a product's terms change, by product."""
    query = (
        select(_V.product_id, func.min(_V.effective_from))
        .where(_V.effective_from > on)
        .group_by(_V.product_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def in_force(versions: Iterable[Mapping[Any, Any]], on: date) -> Mapping[Any, Any] | None:
    """Of the versions of one product the one that holds on a day: the latest, entered last."""
    held = [one for one in versions if one["effective_from"] is None or one["effective_from"] <= on]
    return max(held, key=_by_day, default=None)


def _held(
    connection: Connection, ids: Sequence[int], on: date
) -> dict[int, Mapping[Any, Any] | None]:
    query = select(product_versions).where(
        _V.product_id.in_(ids), or_(_V.effective_from.is_(None), _V.effective_from <= on)
    )
    found: dict[int, list[RowMapping]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["product_id"], []).append(row)
    return {product_id: in_force(rows, on) for product_id, rows in found.items()}


def _by_day(version: Mapping[Any, Any]) -> tuple[date, int]:
    return version["effective_from"] or date.min, version["number"]


def _as_of(row: Mapping[Any, Any], version: Mapping[Any, Any] | None) -> dict[str, Any]:
    """The product with the facts of a version."""
    if version is None:
        return {**row, "key_facts": None, "number": _BEFORE_VERSIONS, "effective_from": None}
    facts = decode(ProductFacts, version["facts"])
    told = {name: getattr(facts, name) for name in _FACTS if name not in _OWN}
    return {
        **row,
        **told,
        "number": version["number"],
        "effective_from": version["effective_from"],
    }
