"""The figures of a key fact statement, without decimals where none needs them."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.money import digits
from app.rows.key_facts import KeyFactsPaper
from app.texts.figures import amount, sign_of


class Figures:
    """Writes amounts without decimals where none of the statement needs them."""

    def __init__(self, paper: KeyFactsPaper) -> None:
        self.currency = paper.currency
        unit = 10 ** digits(paper.currency)
        self.trim = all(minor % unit == 0 for minor in _all(paper))
        self.sign = sign_of(paper.currency)

    def plain(self, minor: int) -> str:
        """An amount in a column."""
        return amount(minor, self.currency, trim=self.trim)

    def signed(self, minor: int) -> str:
        """An amount with the sign of its currency."""
        return amount(minor, self.currency, symbol=True, trim=self.trim)


def _all(paper: KeyFactsPaper) -> Iterator[int]:
    yield from (paper.sanctioned_minor, paper.instalment_minor, paper.interest_minor)
    yield from (paper.net_minor, paper.total_minor)
    for charge in paper.charges:
        yield from (charge.amount_minor, charge.tax_minor)
    for line in paper.lines:
        yield from (line.principal_minor, line.interest_minor, line.instalment_minor)
