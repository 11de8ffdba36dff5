"""Would the tests notice? Small mistakes are put into the engine, one at a time, and looked for."""

from __future__ import annotations
