"""What the program and its picture helper say to each other: a JSON head, then bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTHS = struct.Struct(">II")


def send(to: IO[bytes], head: Mapping[str, Any], data: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(head).encode()
    to.write(_LENGTHS.pack(len(text), len(data)))
    to.write(text)
    to.write(data)
    to.flush()


def receive(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one message, or None where the other side has gone."""
    lengths = _exactly(source, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, data_size = _LENGTHS.unpack(lengths)
    head, data = _exactly(source, head_size), _exactly(source, data_size)
    if head is None or data is None:
        return None
    return json.loads(head), data


def _exactly(source: IO[bytes], size: int) -> bytes | None:
    data = source.read(size)
    return data if len(data) == size else None
