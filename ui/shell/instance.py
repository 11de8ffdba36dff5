"""One window for a data folder: a second start brings the first forward and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1500
FORWARD = b"forward\n"


class Instance(QObject):
    """Holds the name of the folder among the windows of this person, or finds who holds it."""

    called = Signal()  # somebody started the program again

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Hold the name. False when another window has it; that one was called forward."""
        if self._call():
            return False
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left behind by a crash: nobody answered
            self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let the name go."""
        self._server.close()

    def _call(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(FORWARD)
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()


def name_of(folder: Path) -> str:
    """The name of a folder's window: short enough for every system, and the same each time."""
    return "kist-" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:24]
