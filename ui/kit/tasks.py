"""Work off the UI thread: changes one after another, reads beside them, long work with a stop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any, TypeVar
from uuid import uuid4
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.commands.base import Command, Done, Topic
from app.domain.errors import KistError, NotAllowedNow
from app.ports import Asks, Gate, Notes, Progress, Session
from app.queries.base import Query
from ui.kit.patience import LINE_CUT, Patience

R = TypeVar("R")
T = TypeVar("T")
Fail = Callable[[Exception], None]
Report = Callable[[Progress], None]  # how long work says how far it is

READERS, WORKERS = 3, 2


class Stop:
    """Says to long work that nobody waits for it any more. Safe from any thread."""

    def __init__(self) -> None:
        self._event = Event()

    def now(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    def wanted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()


class Desk(QObject):
    """Hands commands, questions and long work to threads and brings the answers back.

    Answers come on the UI thread, never inside the call, and only while `owner` exists.
    """

    changed = Signal(object)  # frozenset[Topic], once for each answer that changed something
    trouble = Signal(object)  # a KistError that nobody takes
    bug = Signal(object)  # any other exception: log it; `fail` hears of it too
    line_cut = Signal()  # somebody found the line to the shared database cut, and asks again
    waiting_changed = Signal()  # a change was sent, or has its answer
    _arrived = Signal(object)  # a callable to run on the UI thread

    def __init__(
        self,
        gate: Gate | None = None,
        asks: Asks | None = None,
        session: Session | None = None,
        notes: Notes | None = None,
    ) -> None:
        super().__init__()
        self._gate, self._asks, self._session, self._notes = gate, asks, session, notes
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._workers = ThreadPoolExecutor(WORKERS, "worker")
        self._latest: WeakKeyDictionary[QObject, dict[str, Future[object]]] = WeakKeyDictionary()
        self._stops: WeakSet[Stop] = WeakSet()
        self._under_way: set[Future[Any]] = set()
        self._changes: set[Future[Any]] = set()
        self._watcher: ThreadPoolExecutor | None = None
        self._patience = Patience(self.line_cut.emit)
        self._closed = False
        # Queued even from this thread: an answer must never arrive inside `ask`.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def session(self) -> Session:
        """Who is working. Raises NotAllowedNow before somebody has signed in."""
        if self._session is None:
            raise NotAllowedNow(why="not-signed-in")
        return self._session

    @property
    def idle(self) -> bool:
        """Whether everything that was asked has its answer and that was delivered."""
        return not self._under_way

    @property
    def waiting(self) -> int:
        """How many changes were sent and have no answer yet."""
        return len(self._changes & self._under_way)

    def open(
        self, gate: Gate, asks: Asks, notes: Notes | None = None, *, patient: bool = False
    ) -> None:
        """Take the branch's doors, once they are loaded.

        With `patient` a cut line is waited out: changes are asked again under their keys and
        questions anew, until there is an answer or the desk is closed.
        """
        self._gate, self._asks, self._notes = gate, asks, notes
        self._patience.waits = patient

    def wake(self) -> None:
        """The line is back: whoever waits for it asks now."""
        self._patience.wake()

    def watch(
        self, owner: QObject, job: Callable[[], T], then: Callable[[T], None], fail: Fail
    ) -> None:
        """Run a short look on a thread that nothing else may hold up."""
        if self._watcher is None:
            self._watcher = ThreadPoolExecutor(1, "watcher")
        self._run(self._watcher, owner, job, then, fail)

    def sit(self, session: Session | None) -> None:
        """Let everything from now on be asked by `session`; None after signing out."""
        self._session = session

    def key(self) -> str:
        """A new idempotency key. It belongs to one filled-in form until that has its answer."""
        return uuid4().hex

    def ask(
        self,
        owner: QObject,
        command: Command[R],
        key: str,
        then: Callable[[R], None] | None = None,
        fail: Fail | None = None,
    ) -> None:
        """Carry out `command` on the writer thread; then call `then` or `fail`.

        `changed` is emitted before `then`, and also when `owner` is gone by that time.
        """
        session = self._session

        def job() -> Done[R]:
            return self._carried_out(session, command, key)

        def deliver(done: Done[R]) -> None:
            if done.changed:
                self.changed.emit(done.changed)
            if then is not None and isValid(owner):
                then(done.result)

        sent = self._run(self._writer, owner, job, deliver, fail, always=True)
        if sent is not None:
            self._changes = (self._changes & self._under_way) | {sent}
            self.waiting_changed.emit()

    def read(
        self,
        owner: QObject,
        query: Query[R],
        then: Callable[[R], None],
        fail: Fail | None = None,
        slot: str = "",
    ) -> None:
        """Answer `query` on a reader thread, without waiting for writes.

        With a `slot`, a newer read of the same owner and slot makes this one's answer void.
        """
        session = self._session

        def job() -> R:
            if self._asks is None or session is None:
                raise NotAllowedNow(why="not-signed-in")
            asks = self._asks
            return self._patience.asked(lambda: asks.ask(session, query))

        self._run(self._readers, owner, job, then, fail, slot=slot)

    def asker(self) -> Callable[[Query[R]], R]:
        """For a job of `work`: answers questions on the job's own thread, as who sits here now."""
        asks, session = self._asks, self._session

        def ask(query: Query[R]) -> R:
            if asks is None or session is None:
                raise NotAllowedNow(why="not-signed-in")
            return asks.ask(session, query)

        return ask

    def glance(self, owner: QObject, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run a short look into the station's own file, where `work` would wait for longer work."""
        self._run(self._readers, owner, job, then, None)

    def work(
        self,
        owner: QObject,
        job: Callable[[Stop, Report], T],
        then: Callable[[T], None],
        fail: Fail | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Stop:
        """Run long `job` beside everything else; the Stop that is returned ends it early.

        The job asks `stop.wanted()` between steps and says how far it is with `report(Progress)`.
        """
        stop = Stop()
        self._stops.add(stop)

        def tell(now: Progress) -> None:
            if progress is not None and isValid(owner):
                progress(now)

        def report(now: Progress) -> None:
            self._arrived.emit(lambda: tell(now))

        self._run(self._workers, owner, lambda: job(stop, report), then, fail)
        return stop

    def close(self) -> None:
        """Finish what was asked to change, drop the rest, and let the threads go."""
        self._closed = True
        self._patience.end()
        for stop in list(self._stops):
            stop.now()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._workers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        if self._watcher is not None:
            self._watcher.shutdown(wait=True, cancel_futures=True)

    def _carried_out(self, session: Session | None, command: Command[R], key: str) -> Done[R]:
        """On the writer thread: the key is noted first, so that a crash can be asked after."""
        gate = self._gate
        if gate is None or session is None:
            raise NotAllowedNow(why="not-signed-in")
        if self._notes is not None:
            self._notes.note(session, command, key)
        sent: list[str] = []

        def once() -> Done[R]:
            sent.append(key)
            return gate.run(session, command, key)

        try:
            done = self._patience.asked(once)
        except KistError as refusal:
            # A refusal is an answer. A cut line, a crash or a bug is not: the key stays noted.
            if refusal.params.get("why") != LINE_CUT:
                self._forget(key)
            raise
        self._forget(key)
        if done.again and len(sent) > 1:
            # Made by a try whose answer was lost: nobody was told what it changed.
            return replace(done, changed=frozenset(Topic))
        return done

    def _forget(self, key: str) -> None:
        if self._notes is not None:
            self._notes.forget(key)

    def _run(
        self,
        pool: ThreadPoolExecutor,
        owner: QObject,
        job: Callable[[], T],
        then: Callable[[T], None],
        fail: Fail | None,
        *,
        slot: str = "",
        always: bool = False,
    ) -> Future[T] | None:
        if self._closed:
            return None
        future: Future[T] = pool.submit(job)
        self._under_way.add(future)
        self._supersede(owner, slot, future)

        def answer() -> None:
            self._under_way.discard(future)
            if future in self._changes:
                self.waiting_changed.emit()
            if self._current(owner, slot, future):
                self._tell(owner, future, then, fail, always=always)

        def finished(done: Future[T]) -> None:
            if done.cancelled():
                self._under_way.discard(done)
            else:
                self._arrived.emit(answer)

        future.add_done_callback(finished)
        return future

    def _tell(
        self,
        owner: QObject,
        future: Future[T],
        then: Callable[[T], None],
        fail: Fail | None,
        *,
        always: bool,
    ) -> None:
        error = future.exception()
        if isinstance(error, Exception):
            self._refused(owner, error, fail)
        elif always or isValid(owner):
            then(future.result())

    def _refused(self, owner: QObject, error: Exception, fail: Fail | None) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, KistError):
            self.bug.emit(error)
        if not isValid(owner):
            return
        if fail is not None:
            fail(error)
        elif isinstance(error, KistError):
            self.trouble.emit(error)

    def _supersede(self, owner: QObject, slot: str, future: Future[T]) -> None:
        if not slot:
            return
        slots = self._latest.setdefault(owner, {})
        if slot in slots:
            slots[slot].cancel()
        slots[slot] = future  # type: ignore[assignment]  # Future is invariant; only compared

    def _current(self, owner: QObject, slot: str, future: Future[T]) -> bool:
        return not slot or self._latest.get(owner, {}).get(slot) is future

    @Slot(object)
    def _deliver(self, answer: Callable[[], None]) -> None:
        if not self._closed:  # nobody is there any more whom it could be told
            answer()
