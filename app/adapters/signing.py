"""Ed25519: the signatures on receipts."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

_SECRET_BYTES = 32


class Ed25519Signatures:
    """Makes keys, signs and checks. A secret is the 32 bytes of RFC 8032."""

    def new(self) -> bytes:
        """A fresh secret."""
        return secrets.token_bytes(_SECRET_BYTES)

    def public(self, secret: bytes) -> bytes:
        """The public half of a secret."""
        return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()

    def sign(self, secret: bytes, message: bytes) -> bytes:
        """The signature, 64 bytes; the same message has the same one."""
        return Ed25519PrivateKey.from_private_bytes(secret).sign(message)

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that of the message by the key."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True
