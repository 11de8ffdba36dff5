"""The mistakes are made one at a time, where they would change something, and are found."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.mutants import mutants, mutated

SOURCE = '''
"""A module with a text, 1 number in it."""
from __future__ import annotations

LEAST = 3

def f(a: int, b: int = 7) -> int:
    """Nothing here: 1 + 1."""
    if not a and a < LEAST:
        raise ValueError(f"{a + 1} no")
    a += 2
    return a - b
'''


def test_every_mistake_is_a_change_of_its_own() -> None:
    found = mutants("m", SOURCE)
    texts = [ast.unparse(mutated(SOURCE, one.number)) for one in found]
    assert len(set(texts)) == len(texts)
    assert ast.unparse(ast.parse(SOURCE)) not in texts


def test_signatures_texts_and_messages_are_left_alone() -> None:
    for one in mutants("m", SOURCE):
        text = ast.unparse(mutated(SOURCE, one.number))
        assert "def f(a: int, b: int=7) -> int:" in text
        assert "Nothing here: 1 + 1." in text
        assert "{a + 1} no" in text or one.what == "does not raise"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("3 to 4", "LEAST = 4"),
        ("3 to 2", "LEAST = 2"),
        ("And to Or", "not a or a < LEAST"),
        ("Not left out", "a and a < LEAST"),
        ("Lt to LtE", "a <= LEAST"),
        ("Lt to GtE", "a >= LEAST"),
        ("does not raise", "pass"),
        ("Add= to Sub", "a -= 2"),
        ("2 to 3", "a += 3"),
        ("Sub to Add", "return a + b"),
        ("returns None", "return None"),
    ],
)
def test_a_mistake_of_each_sort_is_made(what: str, text: str) -> None:
    made = [one for one in mutants("m", SOURCE) if one.what == what]
    assert len(made) == 1
    assert text in ast.unparse(mutated(SOURCE, made[0].number))


def test_a_number_beyond_the_last_is_refused() -> None:
    with pytest.raises(IndexError):
        mutated(SOURCE, len(mutants("m", SOURCE)))
