"""The Hindi catalogue: complete for the papers borrowers take home, and fresh."""

from __future__ import annotations

import ast
import gettext
import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app import papers
from app.paths import resources
from app.texts import Language, conventions, term_words
from app.texts.figures import day, month, weekday
from app.texts.labels import LABELS, named
from tests.papers.examples import receipt

_FOLDER = resources() / "locale" / "hi" / "LC_MESSAGES"
_KINDS_ON_PAPERS = (
    *("mode", "frequency", "head", "event-kind", "asset-class", "loan-state"),
    *("fee-kind", "every", "apr-method", "language"),
)
_SHEETS_FOR_STAFF = {"recovery.py", "report_pdf.py", "report_xlsx.py"}  # in the screen's language


def _catalogue() -> Catalog:
    with (_FOLDER / "kist.po").open("rb") as file:
        return read_po(file)


def _marked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in {"_", "gettext", "ngettext", "N_"}:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_the_compiled_catalogue_is_the_written_one() -> None:
    """After a change of the texts: pybabel compile -d resources/locale -D kist."""
    with (_FOLDER / "kist.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    known = 0
    for message in _catalogue():
        if not message.id:
            continue
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
        else:
            one, many = message.id
            said = _strings(message)
            assert compiled.ngettext(one, many, 1) == said[0]
            assert compiled.ngettext(one, many, 2) == said[1]
        known += 1
    assert known > 60


def test_every_text_of_the_papers_has_its_hindi() -> None:
    written = {
        text
        for message in _catalogue()
        if message.id and message.string
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    folder = Path(papers.__file__).parent
    files = [path for path in folder.glob("*.py") if path.name not in _SHEETS_FOR_STAFF]
    files += [Path(conventions.__file__), Path(term_words.__file__)]
    wanted = {text for path in files for text in _marked(path)}
    for kind in _KINDS_ON_PAPERS:
        wanted |= set(LABELS[kind].values())
    assert len(wanted) > 40
    assert wanted <= written


def test_a_translation_keeps_the_names_in_braces() -> None:
    for message in _catalogue():
        if not message.id:
            continue
        plain = message.id if isinstance(message.id, str) else message.id[0]
        assert _fields(plain) == _fields(_strings(message)[0])


def test_days_and_names_follow_the_language_of_the_paper() -> None:
    hindi, english = Language("hi"), Language()
    on = receipt().received_at.date()
    assert day(on, english) == "23 Nov 2026"
    assert day(on, hindi) == "23 नव॰ 2026"
    assert named("mode", "cash", hindi) == "नकद"
    assert weekday(on, hindi) == "सोमवार"
    assert len({month(n, hindi) for n in range(1, 13)}) == 12


def _strings(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def _fields(template: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(template) if name}
