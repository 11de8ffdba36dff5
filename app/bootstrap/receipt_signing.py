"""Signs receipts by the station's key, whose private half only the vault holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from app.commands.papers import RegisterStationKey, RenewStationKey, StationKeyKept
from app.domain.errors import KistError, StoreTrouble
from app.domain.receipt_code import ReceiptCode
from app.ports import Asks, Gate, Session, Signatures, Vault
from app.queries.papers import ListStationKeys
from app.rows.papers import ReceiptPaper

RECEIPT_KEY = "receipts"  # what the vault's entries begin with
_NO_VAULT = "no-vault"


class Outside(Protocol):
    """What is needed of the world."""

    @property
    def vault(self) -> Vault:
        """Keeps the private halves."""
        ...

    @property
    def signatures(self) -> Signatures:
        """Signs."""
        ...


class StationSigner:
    """The key of this station: found in the vault, or made at the first receipt.

    Two people of one PC have a vault each and so a key each; both are the station's.
    """

    def __init__(
        self, gate: Gate, asks: Asks, outside: Outside, station: Session, name: str
    ) -> None:
        """`station` is the program's own session here, `name` that of the database."""
        self._gate, self._asks, self._station, self._name = gate, asks, station, name
        self._vault, self._signatures = outside.vault, outside.signatures
        self._held: tuple[int, bytes] | None = None  # generation and secret

    def signed(self, paper: ReceiptPaper) -> ReceiptPaper:
        """The receipt with its code; without a key the paper as it is."""
        if paper.seal is None:
            return paper
        try:
            generation, secret = self._key()
        except KistError:
            return paper
        station = self._station.station_id
        code = replace(paper.seal, station=station, generation=generation)
        signature = self._signatures.sign(secret, code.message)
        return replace(paper, seal=ReceiptCode.signed(code, signature))

    def trouble(self) -> str:
        """Why there is no key; empty where there is one. Makes the first one."""
        try:
            self._key()
        except StoreTrouble as trouble:
            return str(trouble.params.get("why") or _NO_VAULT)
        return ""

    def renew(self, session: Session, reason: str, key: str) -> int:
        """Take another key, and let the vault forget the older ones."""
        older = len(self._asks.ask(self._station, ListStationKeys()))
        secret = self._put(older + 1)
        public = self._signatures.public(secret).hex()
        made = self._gate.run(session, RenewStationKey(public_key=public, reason=reason), key)
        self._held = (made.result.generation, secret)
        for generation in range(1, made.result.generation):
            self._vault.forget(self._entry(generation))
        return made.result.generation

    def _key(self) -> tuple[int, bytes]:
        if self._held is None:
            self._held = self._found() or self._made()
        return self._held

    def _found(self) -> tuple[int, bytes] | None:
        """The newest key of the station that this vault holds the secret of."""
        for row in reversed(self._asks.ask(self._station, ListStationKeys())):
            secret = self._vault.get(self._entry(row.generation))
            if secret and self._signatures.public(secret).hex() == row.public_key:
                return row.generation, secret
        return None

    def _made(self) -> tuple[int, bytes]:
        """A new key, written down once the vault is seen to hold it."""
        older = len(self._asks.ask(self._station, ListStationKeys()))
        secret = self._put(older + 1)
        public = self._signatures.public(secret).hex()
        command = RegisterStationKey(public_key=public)
        made: StationKeyKept = self._gate.run(
            self._station, command, f"receipt key {public[:40]}"
        ).result
        return made.generation, secret

    def _put(self, generation: int) -> bytes:
        """A secret that the vault gives back. One that was put and never written down is used."""
        entry = self._entry(generation)
        if self._vault.get(entry) is None:
            self._vault.put(entry, self._signatures.new())
        secret = self._vault.get(entry)
        if secret is None:
            raise StoreTrouble(why=_NO_VAULT)
        return secret

    def _entry(self, generation: int) -> str:
        return f"{RECEIPT_KEY} {self._name} {self._station.station_id}.{generation}"
