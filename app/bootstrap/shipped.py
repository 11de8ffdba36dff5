"""What the program ships as files: chart and posting rules, products to begin with."""

from __future__ import annotations

import json
from typing import Any

from app.domain.accounts import PostingRules, posting_rules_of
from app.paths import resources
from app.services.work import Seeds


def posting_rules() -> PostingRules:
    """The lender's chart and posting rules."""
    return posting_rules_of(_document("accounts", "lender.json"))


def seeds() -> Seeds:
    """The products that a new branch starts with."""
    return Seeds(products=tuple(_document("products", "india.json")))


def _document(*parts: str) -> Any:
    return json.loads(resources().joinpath(*parts).read_text("utf-8"))
