"""Who may open the data, who may not, and how damage is told from a wrong code."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.vault import KeyringVault, MemoryVault
from app.domain.errors import KistError, StoreTrouble, ValueRefused, WrongKey
from app.paths import KEYS_JSON
from app.store.codes import ALPHABET, code_from, code_of
from app.store.keys import KeyFile, new_code, new_key, seeded, subkey
from app.store.wraps import DEMONSTRATION, PASSPHRASE, RECOVERY, VAULT, Slowness

QUICK = Slowness(passes=1, memory_kib=64, lanes=1)
PHRASE = "seven lamps of the river"


@pytest.fixture
def key() -> bytes:
    return new_key()


@pytest.fixture
def keys() -> KeyFile:
    return KeyFile.new(QUICK)


def why(attempt: Callable[[], object]) -> object:
    with pytest.raises(KistError) as refused:
        attempt()
    return refused.value.params["why"]


def test_the_vault_of_an_admitted_user_opens(keys: KeyFile, key: bytes, tmp_path: Path) -> None:
    asha, ravi, other = KeyringVault(), MemoryVault(), MemoryVault()
    keys.with_vault(key, asha, "asha").with_vault(key, ravi, "ravi").save(tmp_path)
    kept = KeyFile.load(tmp_path)
    assert kept.admitted() == ("asha", "ravi")
    assert kept.by_vault(asha) == kept.by_vault(ravi) == key
    assert why(lambda: kept.by_vault(other)) == "not-admitted"


def test_a_user_who_left_is_shut_out_and_the_last_way_in_stays(keys: KeyFile, key: bytes) -> None:
    asha, ravi = MemoryVault(), MemoryVault()
    both = keys.with_vault(key, asha, "asha").with_vault(key, ravi, "ravi")
    left = both.without(VAULT, "ravi")
    assert left.by_vault(asha) == key
    assert why(lambda: left.by_vault(ravi)) == "not-admitted"
    assert why(lambda: left.without(VAULT, "asha")) == "last-key"


def test_the_recovery_code_opens_however_it_is_typed(
    keys: KeyFile, key: bytes, tmp_path: Path
) -> None:
    code = new_code()
    keys.with_recovery(key, code).save(tmp_path)
    kept = KeyFile.load(tmp_path)
    assert kept.opens_by(RECOVERY)
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')}\n"):
        assert kept.by_recovery(typed) == key


def test_another_code_is_wrong_and_a_slip_is_shown_in_its_group(keys: KeyFile, key: bytes) -> None:
    code = new_code()
    kept = keys.with_recovery(key, code)
    assert why(lambda: kept.by_recovery(new_code())) == "recovery-code"
    groups = code.split("-")
    groups[4] = groups[4][:1] + ("0" if groups[4][1] != "0" else "1") + groups[4][2:]
    with pytest.raises(ValueRefused) as refused:
        kept.by_recovery("-".join(groups))
    assert refused.value.field == "recovery_code"
    assert refused.value.params == {"why": "code-mistyped", "group": 5}


def test_a_new_code_ends_the_old_one(keys: KeyFile, key: bytes) -> None:
    old, new = new_code(), new_code()
    kept = keys.with_recovery(key, old).with_recovery(key, new)
    assert kept.by_recovery(new) == key
    assert why(lambda: kept.by_recovery(old)) == "recovery-code"


def test_a_passphrase_opens_where_there_is_no_vault(keys: KeyFile, key: bytes) -> None:
    kept = keys.with_passphrase(key, PHRASE)
    assert kept.opens_by(PASSPHRASE)
    assert kept.by_passphrase(PHRASE) == key
    assert why(lambda: kept.by_passphrase(PHRASE.title())) == "passphrase"
    assert why(lambda: keys.with_passphrase(key, "short")) == "password-too-short"


def test_the_key_itself_stands_in_no_file_but_the_demonstrations(
    keys: KeyFile, key: bytes, tmp_path: Path
) -> None:
    kept = keys.with_vault(key, MemoryVault(), "asha").with_passphrase(key, PHRASE)
    kept.with_recovery(key, new_code()).save(tmp_path)
    assert key.hex() not in (tmp_path / KEYS_JSON).read_text()
    assert why(kept.by_open_key) == "not-admitted"
    demo = keys.with_open_key(key)
    assert demo.by_open_key() == key
    assert demo.opens_by(DEMONSTRATION)
    assert b"not protected" in demo.text()


def test_damage_is_told_from_a_wrong_code(keys: KeyFile, key: bytes) -> None:
    code = new_code()
    text = keys.with_recovery(key, code).text()
    document = json.loads(text)
    box = document["wraps"][0]["box"]
    document["wraps"][0]["box"] = ("0" if box[0] != "0" else "1") + box[1:]
    assert why(lambda: KeyFile.read(json.dumps(document).encode())) == "keys-damaged"
    for damaged in (text[:-20], b"", b"[]", b"\xff\xfe", b'{"format": 1}'):
        assert why(partial(KeyFile.read, damaged)) == "keys-damaged"
    assert why(lambda: KeyFile.read(text.replace(b'"format": 1', b'"format": 2'))) == "newer"


def test_a_wrap_does_not_open_when_it_is_moved_to_another_file(keys: KeyFile, key: bytes) -> None:
    code = new_code()
    moved = json.loads(KeyFile.new(QUICK).text())
    moved["wraps"] = json.loads(keys.with_recovery(key, code).text())["wraps"]
    assert (
        why(lambda: KeyFile.read(json.dumps(moved).encode()).by_recovery(code)) == "recovery-code"
    )


def test_a_file_that_asks_for_too_much_memory_is_refused(key: bytes) -> None:
    kept = KeyFile.new(QUICK).with_passphrase(key, PHRASE)
    greedy = Slowness(passes=1, memory_kib=1 << 22, lanes=1)
    wrap = kept.wraps[0]
    asked = type(wrap)(wrap.kind, "", {**wrap.about, "memory_kib": greedy.memory_kib})
    assert why(lambda: KeyFile(kept.id, (asked,)).by_passphrase(PHRASE)) == "keys-damaged"


def test_missing_keys_are_said(tmp_path: Path) -> None:
    assert why(lambda: KeyFile.load(tmp_path)) == "keys-missing"


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    keys: KeyFile, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.with_open_key(key).save(tmp_path)
    before = (tmp_path / KEYS_JSON).read_bytes()

    def no_room(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(StoreTrouble) as refused:
        keys.with_passphrase(key, PHRASE).save(tmp_path)
    assert refused.value.params["why"] == "full"
    assert [path.name for path in tmp_path.iterdir()] == [KEYS_JSON]
    assert (tmp_path / KEYS_JSON).read_bytes() == before


def test_a_seed_gives_the_same_keys_again() -> None:
    one, two = seeded(7), seeded(7)
    assert [new_key(one), new_key(one)] == [new_key(two), new_key(two)]
    assert new_key(seeded(7)) != new_key(seeded(8))


def test_each_purpose_has_a_key_of_its_own(key: bytes) -> None:
    assert len({key, subkey(key, "kist.db"), subkey(key, "documents.db")}) == 3
    assert len(subkey(key, "x")) == 32


def test_wrong_keys_are_a_kind_of_store_trouble() -> None:
    assert issubclass(WrongKey, StoreTrouble)


@given(st.binary(min_size=24, max_size=24), st.integers(0, 31), st.sampled_from(ALPHABET))
def test_any_one_wrong_sign_is_found(entropy: bytes, place: int, sign: str) -> None:
    code = code_of(entropy)
    assert code_from(code) == code
    signs = list(code.replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(ValueRefused) as refused:
        code_from("".join(signs))
    assert refused.value.params["group"] == place // 4 + 1


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_refused_in_words(typed: str) -> None:
    with suppress(ValueRefused):
        assert len(code_from(typed)) == 39
