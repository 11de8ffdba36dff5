"""Loans by any part of what they are known by, in a moment however many there are.

A file of this PC keeps the trigrams of every text (FTS5), kept up by triggers in the same
transaction; the shared database has an index of them where the server offers `pg_trgm`. Every hit
is looked at again, so that an answer is what a search through all texts would give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
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
from app.store.schema.system import stations
from app.store.store import Snapshot

INDEX = "loan_words"  # the structure in a file, and the index on a server
_VOCABULARY = "loan_word_parts"
_GRAM = 3  # signs that the structure takes together
_FEW = 500  # so many hits are put in order at once
_SOON = 2000  # hits that are looked at before it is asked in which texts a short word is
_SOON_IN_ORDER = 5000  # loans that are looked through in order for a short word alone
_MOST_STRAYS = 500  # loans made after those that were found, with numbers before theirs
_DASHES = 2  # what holds so many, and begins a number, stands in no other text
_MOST_PARTS = 60  # of a word shorter than a gram; with more it is in many texts
_FREQUENT = 20_000  # texts: then a list is sooner looked through in its own order
_BEYOND = 1 << 62  # every id
_S = loan_search.c
_HITS = table(INDEX, column("rowid"), column(INDEX))
_STATIONS = select(stations.c.id).order_by(stations.c.id)  # a loan's id begins with its station
_STRAYS = text(
    f"SELECT loan_id FROM {loan_search.name}"
    " WHERE branch_id = :branch AND ended = :ended AND number < :number"
    " AND loan_id > :low AND loan_id < :high LIMIT :most"
)
_BETWEEN = (
    f"SELECT rowid AS loan_id FROM {INDEX} WHERE {INDEX} MATCH :match"
    " AND rowid >= :low AND rowid < :high ORDER BY rowid LIMIT :among"
)
_COUNT = text(f"SELECT count(*) FROM ({_BETWEEN})")
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
    soon = _soon(snapshot, sought, limit)
    if len(soon) == limit:
        return soon
    match = match_of(snapshot, sought.words, _BEYOND)
    if match == "":
        return ()
    if match is None:
        return _searched(snapshot, sought, limit, true())
    return _matched(snapshot, sought, limit, match)


def _soon(snapshot: Snapshot, sought: Sought, limit: int) -> Sequence[int]:
    """What is found at once where a word is short: in which texts that is takes long to tell.

    Either as many as were asked for, or nothing that says anything.
    """
    long = [word for word in sought.words if len(word) >= _GRAM]
    if len(long) == len(sought.words):
        return ()
    if not long:
        return _among_the_first(snapshot, sought, limit)
    match = " AND ".join(_quoted(word) for word in long)
    return _first(snapshot, sought, _Part(match, 0, limit, _SOON)) or ()


def _matched(snapshot: Snapshot, sought: Sought, limit: int, match: str) -> Sequence[int]:
    """What the structure finds: a few hits are put in order, of many the first are met first."""
    found = select(_HITS.c.rowid).where(_HITS.c[INDEX].op("MATCH")(match))
    few = snapshot.execute(found.limit(_FEW)).scalars().all()
    if len(few) < _FEW:
        return _put_in_order(snapshot, sought, few)[:limit]
    made: list[int] = []
    for ended in (0, 1):
        first = _first(snapshot, sought, _Part(match, ended, limit - len(made)))
        if first is None:
            return _searched(snapshot, sought, limit, _S.loan_id.in_(found))
        made += first
        if len(made) == limit:
            break
    return made


@dataclass(frozen=True, slots=True)
class _Part:
    """Which hits: of what question to the structure, running or ended, how many of the first.

    `among` is how many of them are looked at.
    """

    match: str
    ended: int
    limit: int
    among: int = _BEYOND


def _first(snapshot: Snapshot, sought: Sought, part: _Part) -> list[int] | None:
    """The first hits by number; None where it is not known.

    So it is where numbers do not follow the order of making at all, or too few were looked at.
    """
    firsts = [station << 40 for station in snapshot.execute(_STATIONS).scalars()][1:]
    found: list[tuple[str, int]] = []
    for low, high in pairwise((0, *firsts, _BEYOND)):
        more = _first_between(snapshot, sought, part, (low, high))
        if more is None:
            return None
        found += more
    return [loan_id for _, loan_id in sorted(found)[: part.limit]]


def _first_between(
    snapshot: Snapshot, sought: Sought, part: _Part, between: tuple[int, int]
) -> list[tuple[str, int]] | None:
    """(number, id) of the first hits among the loans of a station.

    The structure tells hits in the order of their making, which is nearly that of their numbers:
    what was made later and has an earlier number is looked at beside them.
    """
    low, high = between
    at = {"branch": sought.branch_id, "ended": part.ended, "low": low, "high": high}
    words = {f"word{place}": word for place, word in enumerate(sought.words)}
    asked = {**at, **words, "match": part.match, "most": part.limit, "among": part.among}
    rows = snapshot.execute(_walker(len(words)), asked).all()
    if len(rows) < part.limit:
        if part.among < _BEYOND and _reaches(snapshot, asked):
            return None
        return [(row.number, row.loan_id) for row in rows]
    bounds = {**at, "low": rows[-1].loan_id, "number": max(row.number for row in rows)}
    strays = snapshot.execute(_STRAYS, {**bounds, "most": _MOST_STRAYS + 1}).scalars().all()
    if len(strays) > _MOST_STRAYS:
        return None
    held = _held(snapshot, sought, strays)
    return [(row.number, row.loan_id) for row in (*rows, *held)]


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


def match_of(snapshot: Snapshot, words: tuple[str, ...], frequent: int = _FREQUENT) -> str | None:
    """The question to the structure: "" where nothing can be found, None where it cannot help.

    It does not where a short word is in more than `frequent` texts.
    """
    parts = []
    for word in words:
        one = _quoted(word) if len(word) >= _GRAM else _beginning(snapshot, word, frequent)
        if one == "":
            return ""
        if one is not None:
            parts.append(one)
    return " AND ".join(parts) if parts else None


def _beginning(snapshot: Snapshot, word: str, frequent: int) -> str | None:
    """The grams that begin with a short word; every text ends in a sign that no word has."""
    beyond = word[:-1] + chr(ord(word[-1]) + 1)
    query = select(_PARTS.c.term, _PARTS.c.doc).where(_PARTS.c.term >= word, _PARTS.c.term < beyond)
    found = snapshot.execute(query.limit(_MOST_PARTS + 1)).all()
    if len(found) > _MOST_PARTS or sum(row.doc for row in found) > frequent:
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
    held = _held(snapshot, sought, ids)
    return [row.loan_id for row in sorted(held, key=lambda row: (row.ended, row.number))]


def _held(snapshot: Snapshot, sought: Sought, ids: Sequence[int]) -> list[Any]:
    """Those of a few loans whose texts hold all the words."""
    columns = (_S.ended, _S.number, _S.loan_id, _S.branch_id, _S.words)
    rows = snapshot.execute(select(*columns).where(_S.loan_id.in_(ids))).all() if ids else ()
    return [
        row
        for row in rows
        if row.branch_id == sought.branch_id and all(word in row.words for word in sought.words)
    ]


@cache
def _walker(words: int) -> Any:
    """Hits of a station in the order of their making, each looked at again by its words."""
    held = "".join(f" AND instr(s.words, :word{place}) > 0" for place in range(words))
    return text(
        f"SELECT s.loan_id, s.number FROM ({_BETWEEN}) AS h"
        f" CROSS JOIN {loan_search.name} AS s ON s.loan_id = h.loan_id"
        f" WHERE +s.branch_id = :branch AND +s.ended = :ended{held} LIMIT :most"
    )


def _reaches(snapshot: Snapshot, asked: Mapping[str, Any]) -> bool:
    """Whether there are as many hits as are looked at."""
    return bool(snapshot.scalar(_COUNT, asked) == asked["among"])


def _among_the_first(snapshot: Snapshot, sought: Sought, limit: int) -> Sequence[int]:
    """What a look through the first running loans in order finds."""
    ordered = (
        select(_S.loan_id, _S.words)
        .where(_S.branch_id == sought.branch_id, _S.ended == 0)
        .order_by(_S.number)
        .limit(_SOON_IN_ORDER)
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
