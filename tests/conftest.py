"""What holds for every test: no screen, no keyring, a home of its own, no unexpected record."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# Before anything imports Qt or keyring: both read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

from posmember.log.hooks import LOOPS
from posmember.trust import process
from posmember.ui.threads import collect

# A busy machine is no failure. A CI's own profile is that already, and takes the same examples.
if settings.get_current_profile_name() == "default":
    settings.register_profile(
        "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("unhurried")

pytest_plugins = ["tests.measured", "tests.not_run"]

# Of a changed rule it is enough that an example tells: the smallest would take most of the time.
settings.register_profile(
    "mutants", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate)
)

# A run in a shell's background ignores Ctrl+C, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LONGEST_BYTES_IN_A_NAME = 30

HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_CONFIG_DIRS": "site/config",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_DATA_HOME": "home/data",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_STATE_HOME": "home/state",
}


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name long bytes by their length: a time in them would differ in each process of one run."""
    if isinstance(val, bytes) and len(val) > LONGEST_BYTES_IN_A_NAME:
        return f"{argname} of {len(val)} bytes"
    return None


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests on asyncio, the loop that the program uses."""
    return "asyncio"


def pytest_collection_finish() -> None:
    """Leave all modules and tests out of every collection to come: to look through them is slow."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_is_the_main_threads() -> Iterator[None]:
    """Collect garbage between tests only, as the program does it between two scans.

    Else a server's thread, of this test or a later one, would free what Qt tests left behind.
    """
    gc.disable()
    yield
    collect()


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own and none of the developer's settings; return its folder.

    Only the folder itself and the runtime folder exist: the program has to make the others, as on a
    new PC.
    """
    root = tmp_path_factory.mktemp("isolated")
    (root / "runtime").mkdir(mode=0o700)
    for name in [name for name in os.environ if name.startswith("POSMEMBER_")]:
        monkeypatch.delenv(name)
    process._taken.clear()
    for name, folder in HOMES.items():
        monkeypatch.setenv(name, str(root / folder))
    return root


@pytest.fixture(autouse=True)
def hooks_as_before() -> Iterator[None]:
    """The places at which Python and asyncio tell what nobody expected, as pytest has them."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, logging.lastResort
    loops = [logging.getLogger(name) for name in LOOPS]
    kept = [(list(logger.handlers), logger.propagate) for logger in loops]
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook, logging.lastResort = hooks
    for logger, (handlers, propagate) in zip(loops, kept, strict=True):
        logger.handlers[:], logger.propagate = handlers, propagate


@pytest.fixture(autouse=True)
def root_as_before(isolated: Path) -> Iterator[logging.Logger]:
    """The root logger; what the program adds to it writes into this test's home alone."""
    root, httpx = logging.getLogger(), logging.getLogger("httpx")
    handlers, levels = list(root.handlers), (root.level, httpx.level)
    yield root
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        with contextlib.suppress(OSError):  # a test's disk may be full
            handler.close()
    root.setLevel(levels[0])
    httpx.setLevel(levels[1])


class LoudRecords(logging.Handler):
    """Keeps every record at WARNING or above. Unlike caplog, a test cannot clear or mute it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def unexpected_log_records_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test for each log record at WARNING or above that no `allow_log` marker names."""
    allowed = {logger_of(mark) for mark in request.node.iter_markers("allow_log")}
    handler = LoudRecords()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    lines = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in handler.records
        if record.name not in allowed
    ]
    if lines:
        pytest.fail("unexpected log records:\n" + "\n".join(lines), pytrace=False)


def logger_of(mark: pytest.Mark) -> str:
    """Return the one logger that a marker allows: its full name, not a parent's."""
    match mark.args:
        case (str(name),) if name and not mark.kwargs:
            return name
        case _:
            raise pytest.UsageError('write @pytest.mark.allow_log("full.logger.name")')
