"""The languages of receipts and loan cards: every text of them, in its own script, compiled."""

from __future__ import annotations

import ast
import gettext
import inspect
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app import papers
from app.domain.charges import Base, ForeclosureInterest, PenaltyBase
from app.papers.scripts import script_of
from app.paths import resources
from app.services import loan_papers, receipt_papers
from app.texts import SLIP_LANGUAGES, Language, conventions, term_words
from app.texts.figures import day, month
from app.texts.labels import LABELS, named
from app.texts.shipped import NAMES, in_language
from app.texts.words import LANGUAGES
from tests.papers.examples import receipt as example

SCRIPTS = {
    "bn": "Bengali",
    "ta": "Tamil",
    "te": "Telugu",
    "kn": "Kannada",
    "ml": "Malayalam",
    "mr": "Devanagari",
    "gu": "Gujarati",
    "pa": "Gurmukhi",
    "or": "Oriya",
}
_LOCALES = resources() / "locale"
_PAPERS = Path(papers.__file__).parent
_WHOLE = ("receipt.py", "roll.py", "parts.py", "loan_card.py", "leaf.py")  # all on slips
_SOME = (
    loan_papers.charges_said,
    receipt_papers._lines,
    term_words.charge_words,
    term_words.penalty_words,
    term_words.foreclosure_words,
    term_words._tax,
)
_KINDS = ("mode", "frequency", "head", "fee-kind", "every")


def messages(language: str) -> list[Message]:
    with (_LOCALES / language / "LC_MESSAGES" / "slips.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def wanted() -> set[str]:
    """Every English text that may stand on a receipt or a loan card."""
    sources = [(_PAPERS / name).read_text("utf-8") for name in _WHOLE]
    sources += [inspect.getsource(one) for one in _SOME]
    texts = {text for one in sources for text in _marked(one)}
    texts |= {text for kind in _KINDS for text in LABELS[kind].values()}
    texts |= {month(number, Language()) for number in range(1, 13)}
    texts |= {conventions.name_of_choice(base, Language()) for base in (*Base, *PenaltyBase)}
    texts |= {conventions.meaning_of(how, Language()) for how in ForeclosureInterest}
    return texts | set(NAMES)


def _marked(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.strip())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in {"_", "gettext", "ngettext", "N_"}:
                yield str(node.args[0].value)


def _said(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_every_language_of_slips_is_here() -> None:
    assert set(SLIP_LANGUAGES) == {*LANGUAGES, *SCRIPTS}
    found = {path.parents[1].name for path in _LOCALES.glob("*/LC_MESSAGES/slips.mo")}
    assert found == set(SCRIPTS)


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_text_of_a_slip_is_said_in_the_language(language: str) -> None:
    said = {_first(message) for message in messages(language) if all(_said(message))}
    assert len(wanted()) > 90
    assert wanted() - said == set()


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_text_is_in_the_script_of_its_language_and_keeps_its_braces(language: str) -> None:
    for message in messages(language):
        for said in _said(message):
            assert said == unicodedata.normalize("NFC", said).strip()
            assert _braces(said) == _braces(_first(message))
            scripts = {script_of(ord(sign)) for sign in said if sign not in "।\u200c\u200d"}
            assert scripts - {""} == {SCRIPTS[language]}, said


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_compiled_slips_are_the_written_ones(language: str) -> None:
    with (_LOCALES / language / "LC_MESSAGES" / "slips.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in messages(language):
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
        else:
            one, many = message.id
            assert compiled.ngettext(one, many, 2) == _said(message)[1]


def test_only_slips_are_written_in_these_languages() -> None:
    assert Language("ta").gettext("Receipt") == "Receipt"
    tamil = Language("ta", slips=True)
    assert tamil.gettext("Receipt") == "ரசீது"
    assert day(example().received_at.date(), tamil) == "23 நவ. 2026"
    assert named("mode", "cash", tamil) == "ரொக்கம்"
    assert Language("ur", slips=True).gettext("Receipt") == "Receipt"


def test_names_that_are_shipped_have_words_and_the_lenders_own_stay() -> None:
    hindi = Language("hi")
    assert in_language("Processing fee", hindi) == "प्रसंस्करण शुल्क"
    assert in_language("Loan", hindi) == "Loan"  # a charge that the lender called so
    assert in_language("", hindi) == ""


def _braces(text: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}
