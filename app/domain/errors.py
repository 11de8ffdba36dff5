"""Every failure a person or a file can cause, as one small tree of codes and parameters."""

from __future__ import annotations

from typing import ClassVar


class KistError(Exception):
    """A refusal that can be read. `code` picks the sentence, `field` its place on a form."""

    code: ClassVar[str] = "error"

    def __init__(self, *, field: str = "", **params: object) -> None:
        super().__init__(self.code, params)
        self.field = field
        self.params = params


class NotPermitted(KistError):
    """The actor's roles do not hold the permission that the command needs."""

    code = "not-permitted"


class LimitExceeded(KistError):
    """The amount is above what the actor may do alone."""

    code = "limit-exceeded"


class KeyReused(KistError):
    """The same key came with other content."""

    code = "key-reused"


class StaleVersion(KistError):
    """The record was changed by somebody else since it was read."""

    code = "stale-version"


class NotFound(KistError):
    """Nothing with that number or id; `what` names the kind of thing."""

    code = "not-found"


class NotAllowedNow(KistError):
    """The thing exists but its state does not admit this; `why` is a code of its own."""

    code = "not-allowed-now"


class DayClosed(KistError):
    """The business day is closed (or was never opened)."""

    code = "day-closed"


class CurrencyMismatch(KistError):
    """Two amounts of different currencies met."""

    code = "currency-mismatch"


class AmountNotPositive(KistError):
    """An amount of money must be above zero."""

    code = "amount-not-positive"


class ValueRefused(KistError):
    """A field holds something it may not; `why` is a code, `field` the place."""

    code = "value-refused"


class TermsRefused(KistError):
    """A key of a terms document is unknown, out of range or unsupported: `path`, `allowed`."""

    code = "terms-refused"


class EventRefused(KistError):
    """A fact does not fit the loan's history; `path` or `ref` says which, `why` is a code."""

    code = "event-refused"


class InputMissing(KistError):
    """A decision was asked without an input its rules declare; `name` says which."""

    code = "input-missing"


class SignInFailed(KistError):
    """Name or password wrong, user inactive, or too many tries; `wait_seconds` may be set."""

    code = "sign-in-failed"


class StoreTrouble(KistError):
    """The database is locked, gone, full or damaged; `why` is a code. Nothing was half done."""

    code = "store-trouble"


class WrongKey(StoreTrouble):
    """The file does not open with this key."""

    code = "wrong-key"


class PaperTrouble(KistError):
    """A printer, file or picture could not be used; `why` is a code."""

    code = "paper-trouble"
