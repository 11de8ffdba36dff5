"""Refusals as sentences, and the names of things."""

from __future__ import annotations

import pkgutil
import string
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest

from app.domain import errors
from app.domain.errors import KistError, LimitExceeded, NotFound, TermsRefused, WrongKey
from app.domain.roles import Limit, Permission, Role
from app.texts import N_, Language, _, ngettext, refusals
from app.texts.errors import sentence
from app.texts.labels import LABELS, name_of, named
from app.texts.refusals import SENTENCES


def _kinds(of: type[KistError] = KistError) -> Iterator[type[KistError]]:
    if of.__module__ == errors.__name__:
        yield of
    for kind in of.__subclasses__():
        yield from _kinds(kind)


@pytest.mark.parametrize("kind", tuple(_kinds()))
def test_every_error_has_a_sentence_of_its_own(kind: type[KistError]) -> None:
    assert (kind.code, "") in SENTENCES
    said = sentence(kind())
    assert said.endswith(".")
    assert "{" not in said


def test_every_sentence_is_plain() -> None:
    for key, text in SENTENCES.items():
        assert text.rstrip(")").endswith((".", "}")), key
        assert "!" not in text, key
        assert "successful" not in text, key
        assert all(len(part) < 100 for part in text.split(". ")), key


def test_every_sentence_stands_in_one_table() -> None:
    names = [module.name for module in pkgutil.iter_modules(refusals.__path__)]
    tables = [import_module(f"{refusals.__name__}.{name}").SENTENCES for name in names]
    assert sum(len(table) for table in tables) == len(SENTENCES)


def test_every_table_belongs_to_an_error() -> None:
    codes = {kind.code for kind in _kinds()}
    assert {code for code, _why in SENTENCES} <= codes


def test_a_limit_is_told_in_money() -> None:
    error = LimitExceeded(amount_minor=1_50_000_00, limit_minor=1_00_000_00, currency="INR")
    assert "₹1,50,000 is above your limit of ₹1,00,000" in sentence(error)


def test_a_missing_parameter_gives_the_plainer_sentence() -> None:
    assert sentence(LimitExceeded(limit_minor=5)) == SENTENCES["limit-exceeded", ""]


def test_why_and_what_choose_the_sentence() -> None:
    assert sentence(NotFound(what="loan")) == "There is no loan with this number."
    assert sentence(NotFound(number="L-7")) == "Nothing was found for L-7."
    assert sentence(WrongKey(why="full")) == SENTENCES["store-trouble", "full"]
    assert "rate.annual" in sentence(TermsRefused(path="rate.annual"))


def test_text_from_outside_is_not_read_as_a_template() -> None:
    said = sentence(NotFound(number="{0.__class__} {limit}"))
    assert said == "Nothing was found for {0.__class__} {limit}."


def test_days_in_a_sentence_are_written_out() -> None:
    said = sentence(errors.DayClosed(on=date(2026, 11, 23)))
    assert said.startswith("23 Nov 2026 is closed")


def test_templates_name_plain_parameters_only() -> None:
    for key, text in SENTENCES.items():
        for _literal, name, spec, _conversion in string.Formatter().parse(text):
            assert name is None or (name.isidentifier() and not spec), key


def test_roles_limits_and_permissions_all_have_names() -> None:
    for member in (*Role, *Limit, *Permission):
        kind = type(member).__name__.lower()
        assert member.value in LABELS[kind]
        assert name_of(member) == named(kind, member.value)


def test_an_unknown_value_is_shown_as_words() -> None:
    assert named("outcome", "paid_part") == "Paid in part"
    assert named("outcome", "gone-to-market") == "Gone to market"


def test_a_language_without_a_catalogue_shows_english() -> None:
    other = Language("xx")
    assert other.gettext("Cash") == "Cash"
    assert ngettext("{n} loan", "{n} loans", 2) == "{n} loans"
    assert _("Cash") == N_("Cash")
