"""Bytes come back as they were, once, on both databases."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import Engine, update

from app.domain.errors import NotFound, PaperTrouble
from app.ports import Documents
from app.store.document_bytes import DocumentBytes, document_bytes

PAPER = b"%PDF-1.7 \x00\xff" * 100


@pytest.fixture
def kept(engine: Engine) -> DocumentBytes:
    return DocumentBytes(engine)


def test_bytes_come_back_by_their_hash(kept: DocumentBytes) -> None:
    documents: Documents = kept
    sha256 = documents.put(PAPER)
    assert sha256 == hashlib.sha256(PAPER).hexdigest()
    assert documents.get(sha256) == PAPER


def test_the_same_bytes_are_kept_once(kept: DocumentBytes) -> None:
    assert kept.put(PAPER) == kept.put(PAPER)
    assert len(kept.hashes()) == 1


def test_an_unknown_hash_is_said(kept: DocumentBytes) -> None:
    with pytest.raises(NotFound):
        kept.get("0" * 64)


def test_bytes_that_changed_are_said(kept: DocumentBytes, engine: Engine) -> None:
    sha256 = kept.put(PAPER)
    with engine.begin() as connection:
        connection.execute(update(document_bytes).values(data=PAPER + b" "))
    with pytest.raises(PaperTrouble):
        kept.get(sha256)


def test_what_nothing_names_is_listed(kept: DocumentBytes) -> None:
    named, orphan = kept.put(PAPER), kept.put(b"left over")
    assert kept.orphans({named}) == (orphan,)
