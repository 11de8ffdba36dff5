"""Loans by any part of what they are known by, in a moment however many there are.

A file of this PC keeps the trigrams of every text (FTS5), kept up by triggers in the same
transaction; the shared database has an index of them where the server offers `pg_trgm`. Every hit
is looked at again, so that an answer is what a search through all texts would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    column,
    func,
    literal,
    select,
    table,
    text,
    true,
)
from sqlalchemy.exc import DBAPIError

from app.store.schema.lists import loan_search
from app.store.store import Snapshot

INDEX = "loan_words"  # the structure in a file, and the index on a server
_VOCABULARY = "loan_word_parts"
_GRAM = 3  # signs that the structure takes together
_FEW = 500  # so many hits are put in order at once
_FIRST_LOOKED_AT = 40_000  # loans that are looked through in order where there are more
_DASHES = 2  # what holds so many, and begins a number, stands in no other text
_MOST_PARTS = 60  # of a word shorter than a gram; with more it is in many texts
_FREQUENT = 20_000  # texts: then some of the first in order have it
_S = loan_search.c
_HITS = table(INDEX, column("rowid"), column(INDEX))
_PARTS = table(_VOCABULARY, column("term"), column("doc"))
_LITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, content='loan_search',"
    " content_rowid='loan_id', columnsize=0, tokenize='trigram')",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_VOCABULARY} USING fts5vocab({INDEX}, row)",
    "CREATE TRIGGER IF NOT EXISTS find_added AFTER INSERT ON loan_search BEGIN"
    f" INSERT INTO {INDEX}(rowid, words) VALUES (new.loan_id, new.words); END",
    "CREATE TRIGGER IF NOT EXISTS find_gone AFTER DELETE ON loan_search BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', old.loan_id, old.words); END",
    "CREATE TRIGGER IF NOT EXISTS find_changed AFTER UPDATE OF words ON loan_search"
    " WHEN old.words <> new.words BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', old.loan_id, old.words);"
    f" INSERT INTO {INDEX}(rowid, words) VALUES (new.loan_id, new.words); END",
)
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON loan_search USING gin (words gin_trgm_ops)",
)


def install(connection: Connection) -> None:
    """Make the structure where it is not there; a server that has none searches without it."""
    if not _has_texts(connection):
        return
    if connection.dialect.name == "sqlite":
        for statement in _LITE:
            connection.execute(text(statement))
        return
    savepoint = connection.begin_nested()
    try:
        for statement in _POSTGRES:
            connection.execute(text(statement))
    except DBAPIError:
        savepoint.rollback()  # the role may not add it: the answers are the same without
    else:
        savepoint.commit()


def is_structure(name: str | None) -> bool:
    """Whether a table or index belongs to the structure, which no schema lists."""
    return name is not None and (name.startswith(INDEX) or name == _VOCABULARY)


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose loans, and the folded words that must all be found."""

    branch_id: int
    words: tuple[str, ...]


def hits(snapshot: Snapshot, sought: Sought, limit: int) -> Sequence[int]:
    """Loans with all the words, the running ones first, then by number."""
    if snapshot.dialect.name != "sqlite":
        return _searched(snapshot, sought, limit, true())
    numbered = _numbered(snapshot, sought, limit)
    if len(numbered) == limit:
        return numbered
    match = match_of(snapshot, sought.words)
    if match == "":
        return ()
    if match is None:
        return _searched(snapshot, sought, limit, true())
    return _matched(snapshot, sought, limit, match)


def _matched(snapshot: Snapshot, sought: Sought, limit: int, match: str) -> Sequence[int]:
    """What the structure finds: a few hits are put in order, many are met on the way in order."""
    found = select(_HITS.c.rowid).where(_HITS.c[INDEX].op("MATCH")(match))
    few = snapshot.execute(found.limit(_FEW)).scalars().all()
    if len(few) < _FEW:
        return _put_in_order(snapshot, sought, few)[:limit]
    first = _among_the_first(snapshot, sought, limit)
    if len(first) == limit:
        return first
    return _searched(snapshot, sought, limit, _S.loan_id.in_(found))


def holding(snapshot: Snapshot, words: tuple[str, ...]) -> ColumnElement[Any] | None:
    """The loans whose texts hold all the words and perhaps some more; None where all may."""
    if not words:
        return None
    if snapshot.dialect.name != "sqlite":
        return select(_S.loan_id).where(*(_has(word) for word in words)).scalar_subquery()
    match = match_of(snapshot, words)
    if match is None:
        return None
    wanted = _HITS.c[INDEX].op("MATCH")(match) if match else text("0 = 1")
    return select(_HITS.c.rowid).where(wanted).scalar_subquery()


def match_of(snapshot: Snapshot, words: tuple[str, ...]) -> str | None:
    """The question to the structure: "" where nothing can be found, None where it cannot help."""
    parts = []
    for word in words:
        one = _quoted(word) if len(word) >= _GRAM else _beginning(snapshot, word)
        if one == "":
            return ""
        if one is not None:
            parts.append(one)
    return " AND ".join(parts) if parts else None


def _beginning(snapshot: Snapshot, word: str) -> str | None:
    """The grams that begin with a short word; every text ends in a sign that no word has."""
    beyond = word[:-1] + chr(ord(word[-1]) + 1)
    query = select(_PARTS.c.term, _PARTS.c.doc).where(_PARTS.c.term >= word, _PARTS.c.term < beyond)
    found = snapshot.execute(query.limit(_MOST_PARTS + 1)).all()
    if len(found) > _MOST_PARTS or sum(row.doc for row in found) > _FREQUENT:
        return None
    return "(" + " OR ".join(_quoted(row.term) for row in found) + ")" if found else ""


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _numbered(snapshot: Snapshot, sought: Sought, limit: int) -> Sequence[int]:
    """The loans whose number begins with a word that can only be such a beginning."""
    word = sought.words[0].upper()
    if len(sought.words) > 1 or word.count("-") < _DASHES or not word.isascii():
        return ()
    beyond = word[:-1] + chr(ord(word[-1]) + 1)
    made: list[int] = []
    for ended in (0, 1):
        query = (
            select(_S.loan_id)
            .where(_S.branch_id == sought.branch_id, _S.ended == ended)
            .where(_S.number >= word, _S.number < beyond)
            .order_by(_S.number)
            .limit(limit - len(made))
        )
        made += snapshot.execute(query).scalars().all()
    return made


def _put_in_order(snapshot: Snapshot, sought: Sought, ids: Sequence[int]) -> list[int]:
    """Those of a few loans whose texts hold all the words, the running ones first, by number."""
    columns = (_S.ended, _S.number, _S.loan_id, _S.branch_id, _S.words)
    rows = snapshot.execute(select(*columns).where(_S.loan_id.in_(ids))).all() if ids else ()
    return [
        row.loan_id
        for row in sorted(rows, key=lambda row: (row.ended, row.number))
        if row.branch_id == sought.branch_id and all(word in row.words for word in sought.words)
    ]


def _among_the_first(snapshot: Snapshot, sought: Sought, limit: int) -> Sequence[int]:
    """What a look through the first loans in order finds: frequent words are found at once."""
    ordered = (
        select(_S.loan_id, _S.words)
        .where(_S.branch_id == sought.branch_id)
        .order_by(_S.branch_id, _S.ended, _S.number)
        .limit(_FIRST_LOOKED_AT)
        .subquery("ordered")
    )
    query = select(ordered.c.loan_id).where(
        *(ordered.c.words.contains(word, autoescape=True) for word in sought.words)
    )
    return snapshot.execute(query.limit(limit)).scalars().all()


def _searched(
    snapshot: Snapshot, sought: Sought, limit: int, among: ColumnElement[bool]
) -> Sequence[int]:
    query = (
        select(_S.loan_id)
        .where(_S.branch_id == sought.branch_id, among, *(_has(word) for word in sought.words))
        .order_by(_S.ended, _S.number)
        .limit(limit)
    )
    return snapshot.execute(query).scalars().all()


def _has(word: str) -> ColumnElement[bool]:
    return _S.words.contains(word, autoescape=True)


def _has_texts(connection: Connection) -> bool:
    name = literal(loan_search.name)
    if connection.dialect.name == "sqlite":
        query = (
            select(func.count())
            .select_from(table("sqlite_master", column("name")))
            .where(and_(column("name") == name))
        )
        return bool(connection.scalar(query))
    return connection.scalar(select(func.to_regclass(name))) is not None
