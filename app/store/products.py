"""Products as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, select

from app.store.schema.loans import loans
from app.store.schema.people import products


def all_products(connection: Connection, active: bool) -> Sequence[RowMapping]:
    """Products by title with their number of loans; `active` leaves the others out."""
    count = (
        select(func.count()).where(loans.c.product_id == products.c.id).scalar_subquery()
    ).label("loans")
    query = select(products, count).order_by(products.c.title)
    if active:
        query = query.where(products.c.active.is_(True))
    return connection.execute(query).mappings().all()


def product_by_code(connection: Connection, code: str) -> RowMapping | None:
    """The product with this code, or None."""
    query = select(products).where(products.c.code == code)
    return connection.execute(query).mappings().first()


def product_by_id(connection: Connection, product_id: int) -> RowMapping | None:
    """The product with this id, or None."""
    query = select(products).where(products.c.id == product_id)
    return connection.execute(query).mappings().first()
