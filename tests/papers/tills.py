"""Slips of a till as they are printed, for tests."""

from __future__ import annotations

from dataclasses import replace

from app.domain.counting import Counted
from app.rows.papers import Paper
from app.rows.till_papers import TillSlipPaper
from tests.papers.examples import receipt


def closing() -> TillSlipPaper:
    """A till that was closed with twenty too little in it."""
    return TillSlipPaper(
        lender=receipt().lender,
        kind="close",
        number="STP-2627-T1-00004",
        at=receipt().received_at,
        counter="1",
        to_counter="",
        currency="INR",
        amount_minor=61_486_00,
        expected_minor=61_506_00,
        opening_minor=50_000_00,
        received_minor=12_146_00,
        paid_minor=640_00,
        counted=(
            Counted(500_00, False, 122),
            Counted(100_00, False, 4),
            Counted(20_00, False, 3),
            Counted(20_00, True, 1),
            Counted(5_00, True, 1),
            Counted(1_00, True, 1),
        ),
        account="",
        payee="",
        reference="",
        officer="",
        reason="twenty given too much",
        by="Sunita Verma",
        checker="",
    )


def handed_over() -> TillSlipPaper:
    """Cash on its way to another counter."""
    return replace(
        closing(),
        kind="give",
        to_counter="2",
        amount_minor=10_000_00,
        expected_minor=None,
        opening_minor=None,
        received_minor=None,
        paid_minor=None,
        counted=(Counted(500_00, False, 20),),
        reason="",
    )


ALL: dict[str, tuple[Paper, str]] = {
    "till": (closing(), "a5"),
    "till-hindi": (replace(closing(), language="hi"), "a5"),
    "till-given": (handed_over(), "a5"),
}
