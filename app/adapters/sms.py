"""SMS by a gateway that speaks HTTP, with the names it gives to things kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from app.rows.messages import GatewayFacts, OutMessage, SendOutcome

SENT, RETRY, FAILED, UNKNOWN = "sent", "retry", "failed", "unknown"
_SECONDS = 20
_LONGEST = 160
_AGAIN = frozenset({408, 425, 429, 500, 503})  # said by the gateway itself: nothing was taken
_IN_DOUBT = frozenset({502, 504})  # said by a proxy: the gateway may have taken it


class HttpGateway:
    """One request a message. The key is sent along, so that a gateway can tell a repetition."""

    def __init__(
        self, seconds: float = _SECONDS, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._seconds, self._transport = seconds, transport

    def send(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """Hand a message over. A request that never left goes again; a lost answer is in doubt."""
        try:
            with self._client(gateway, secret) as client:
                answer = _request(client, gateway, _values(gateway, secret, message))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return SendOutcome(RETRY, _plain(error))
        except httpx.HTTPError as error:
            return SendOutcome(UNKNOWN, _plain(error))
        except (httpx.InvalidURL, ValueError) as error:
            return SendOutcome(FAILED, _plain(error))
        return _found(gateway, answer)

    def ask(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """What the gateway knows of the key. One it never heard of may be sent again."""
        if not gateway.status_url:
            return SendOutcome(UNKNOWN, "no-status")
        url = gateway.status_url.replace("{key}", quote(message.key, safe=""))
        try:
            with self._client(gateway, secret) as client:
                answer = client.get(url)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return SendOutcome(UNKNOWN, _plain(error))
        if answer.status_code == httpx.codes.NOT_FOUND:
            return SendOutcome(RETRY, "not-known-to-gateway")
        said = str(_field(answer, gateway.status_field)).lower()
        if answer.is_success and said in gateway.status_sent:
            return SendOutcome(SENT, "", _reference(gateway, answer))
        if answer.is_success and said in ("failed", "rejected", "undelivered"):
            return SendOutcome(FAILED, said)
        return SendOutcome(UNKNOWN, f"{answer.status_code} {said}"[:_LONGEST])

    def _client(self, gateway: GatewayFacts, secret: str) -> httpx.Client:
        headers = {gateway.secret_header: secret} if gateway.secret_header and secret else {}
        return httpx.Client(
            timeout=self._seconds, headers=headers, transport=self._transport, trust_env=True
        )


def _values(gateway: GatewayFacts, secret: str, message: OutMessage) -> dict[str, str]:
    """What is sent, by the gateway's own names."""
    pairs = {
        gateway.to_field: message.recipient,
        gateway.text_field: message.body,
        gateway.key_field: message.key,
        gateway.template_field: message.template_id,
        gateway.secret_field: secret,
    }
    made = {name: value for name, value in pairs.items() if name}
    for one in gateway.more:
        name, _, value = one.partition("=")
        made[name] = value
    return made


def _request(
    client: httpx.Client, gateway: GatewayFacts, values: Mapping[str, str]
) -> httpx.Response:
    if gateway.method == "get":
        return client.get(gateway.url, params=values)
    if gateway.method == "post-json":
        return client.post(gateway.url, json=dict(values))
    return client.post(gateway.url, data=dict(values))


def _found(gateway: GatewayFacts, answer: httpx.Response) -> SendOutcome:
    code = answer.status_code
    if answer.is_success:
        return SendOutcome(SENT, "", _reference(gateway, answer))
    said = f"{code} {' '.join(answer.text.split())}"[:_LONGEST]
    if code in _IN_DOUBT:
        return SendOutcome(UNKNOWN, said)
    return SendOutcome(RETRY if code in _AGAIN else FAILED, said)


def _reference(gateway: GatewayFacts, answer: httpx.Response) -> str:
    return str(_field(answer, gateway.reference_field))[:80]


def _field(answer: httpx.Response, name: str) -> Any:
    """A field of an answer in JSON; its text where it is none."""
    try:
        found = answer.json()
    except ValueError:
        return answer.text.strip()
    return found.get(name, "") if isinstance(found, dict) else ""


def _plain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST]
