"""Code that breaks each rule, and code that only looks like it."""

from __future__ import annotations

_FLOAT = "No float where money is"
_CLOCK = "One adapter asks the time"
_THREAD = "Threads live in one file"
_PROCESS = "Processes live in one room"
_LATE = "Imports stand at the top"
_TYPING = "No import is for the type checker alone"
_FILE = "A file is short"
_FUNCTION = "A function is short"
_EXCEPT = "What is not known is caught at the three edges alone"
_STATE = "A module keeps no state"
_DOC = "Modules and classes say what they are"
_TEXT = "Every visible text goes through gettext"
_LITERAL = "What is translated is a literal"
_TONE = "Texts keep the tone and the glossary"

Planted = tuple[str, str, str]  # rule, path, text

PLANTED: tuple[Planted, ...] = (
    (_FLOAT, "app/domain/x.py", "rate = 0.5"),
    (_FLOAT, "app/store/x.py", "def f(x):\n    return float(x)"),
    (_CLOCK, "app/services/x.py", "from datetime import date\nprint(date.today())"),
    (_CLOCK, "ui/shell/x.py", "import datetime\nx = datetime.datetime.now()"),
    (_CLOCK, "ui/shell/x.py", "x = QDate.currentDate()"),
    (_CLOCK, "app/store/x.py", "import time\nx = time.time()"),
    (_CLOCK, "app/store/x.py", "from time import time_ns"),
    (_CLOCK, "app/store/x.py", "x = func.now()"),
    (_CLOCK, "app/store/x.py", "x = 'UPDATE t SET at = CURRENT_TIMESTAMP'"),
    (_THREAD, "ui/shell/x.py", "from threading import Thread"),
    (_THREAD, "app/services/x.py", "import threading\nthreading.Thread(target=f)"),
    (_THREAD, "ui/reports/x.py", "class W(QThread): ..."),
    (_PROCESS, "app/papers/x.py", "import subprocess"),
    (_PROCESS, "app/papers/x.py", "import os\nos.system('ls')"),
    (_PROCESS, "ui/shell/x.py", "from PySide6.QtCore import QProcess"),
    (_LATE, "app/services/x.py", "def f():\n    import json"),
    (_LATE, "app/bootstrap.py", "def f():\n    import json"),
    (_LATE, "app/services/x.py", "import importlib\nimportlib.import_module('json')"),
    (_TYPING, "app/store/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING: pass"),
    (_FILE, "tests/x.py", "x = 1\n" * 401),
    (_FUNCTION, "ui/shell/x.py", "def f():\n" + "    x = 1\n" * 40),
    (_EXCEPT, "app/services/x.py", "try: f()\nexcept Exception: pass"),
    (_EXCEPT, "ui/shell/x.py", "try: f()\nexcept: pass"),
    (_EXCEPT, "ui/shell/x.py", "try: f()\nexcept (ValueError, BaseException): pass"),
    (_EXCEPT, "app/store/x.py", "with contextlib.suppress(Exception): f()"),
    (_STATE, "app/services/x.py", "def f():\n    global x"),
    (_STATE, "app/services/x.py", "SEEN = {}"),
    (_STATE, "app/services/x.py", "seen = [1]"),
    (_STATE, "app/services/x.py", "SEEN: dict[str, int] = dict()"),
    (_STATE, "app/services/x.py", "SEEN = {1}\ndef f():\n    SEEN.add(2)"),
    (_STATE, "app/services/x.py", "SEEN = {1: 2}\ndef f():\n    SEEN[2] = 3"),
    (_DOC, "app/store/x.py", "x = 1"),
    (_DOC, "app/store/x.py", "'''A module.'''\nclass A: x = 1"),
    (_TEXT, "ui/shell/x.py", "QLabel('Borrower')"),
    (_TEXT, "ui/shell/x.py", "label.setText('Saved')"),
    (_TEXT, "ui/shell/x.py", "label.setText(f'Saved {number}')"),
    (_TEXT, "ui/shell/x.py", "Field('amount', title='Amount')"),
    (_TEXT, "ui/shell/x.py", "banner.show('The receipt is saved')"),
    (_TEXT, "app/cli/x.py", "parser.add_argument('--out', help='folder')"),
    (_LITERAL, "ui/shell/x.py", "_(f'Loan {number}')"),
    (_LITERAL, "ui/shell/x.py", "_('Loan ' + number)"),
    (_LITERAL, "ui/shell/x.py", "ngettext('one', many, 2)"),
    (_TONE, "ui/shell/x.py", "_('Saved!')"),
    (_TONE, "ui/shell/x.py", "_('The payment was saved')"),
)

CLEAN: tuple[Planted, ...] = (
    (_FLOAT, "app/domain/x.py", "rate = Fraction(1, 2)"),
    (_FLOAT, "app/papers/x.py", "rate = 0.5"),
    (_CLOCK, "app/adapters/clock.py", "x = datetime.now(UTC)"),
    (_CLOCK, "app/services/x.py", "x = clock.now(), self.clock.today(zone)"),
    (_THREAD, "ui/kit/tasks.py", "from concurrent.futures import ThreadPoolExecutor"),
    (_THREAD, "app/store/x.py", "from threading import Lock"),
    (_PROCESS, "app/imaging/x.py", "import multiprocessing"),
    (_LATE, "app/bootstrap.py", "def load_store():\n    import app.store"),
    (_LATE, "app/bootstrap/late.py", "def pages():\n    import app.imaging"),
    (_LATE, "ui/main.py", "def _load_shell():\n    import ui.shell"),
    (_FILE, "tests/x.py", "x = 1\n" * 400),
    (_FUNCTION, "ui/shell/x.py", "def f():\n" + "    x = 1\n" * 39),
    (_EXCEPT, "ui/kit/tasks.py", "try: f()\nexcept Exception: pass"),
    (_EXCEPT, "app/store/x.py", "try: f()\nexcept ValueError: pass"),
    (_EXCEPT, "app/store/x.py", "try: f()\nexcept BaseException:\n    undo()\n    raise"),
    (_STATE, "app/domain/x.py", "NAMES = {'a': 1}\n_ORDER = ['a', 'b']"),
    (_STATE, "app/domain/x.py", "NAMES = frozenset()\nclass A:\n    x: list = []"),
    (_DOC, "app/store/__init__.py", ""),
    (_TEXT, "ui/shell/x.py", "QLabel(_('Borrower'))\nlabel.setText('₹')\nx.setObjectName('Big')"),
    (_TEXT, "ui/shell/x.py", "'''A module of words.'''\nraise ValueError('Never show this')"),
    (_TEXT, "ui/shell/x.py", "label.setText(f'{count}')\nlog.info('Started with this')"),
    (_LITERAL, "ui/shell/x.py", "_('Loan {number}').format(number=n)"),
    (_LITERAL, "ui/shell/x.py", "ngettext('{n} loan', '{n} loans', n)"),
    (_TONE, "ui/shell/x.py", "_('The receipt is saved')"),
)
