"""Windows programs on this machine: a wine prefix of one's own, and programs run in it.

wine 8 lacks three of Windows' libraries that Qt and Rust call: stand-ins of them are made for the
prefix (``shims``). They are never shipped, for which the payload is looked through.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dev_run import StepError, execute_quietly

from installers.places import HERE

SHIMS: Final = HERE / "shims"
_COMPILER: Final = "x86_64-w64-mingw32-gcc"
_SCREEN: Final = "1600x900x24"


class Wine:
    """A prefix: a Windows of one's own.

    Args:
        folder: of the prefix; made anew by `make`.
    """

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        """What is ``C:\\`` there."""
        # Windows' Python must not look where the one does that runs this.
        kept = {name: told for name, told in os.environ.items() if not name.startswith("PYTHON")}
        self.environment = {
            **kept,
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "DISPLAY": display,
        }

    def make(self) -> None:
        """Make the prefix anew, as Windows 10, with the stand-ins. Raises StepError."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.run("wineboot", "-i", within_s=300)
        for source in sorted(SHIMS.glob("*.c")):
            made = self.drive / "windows" / "system32" / f"{source.stem}.dll"
            options = ("-O1", "-s", "-shared", "-o", made, source, "-ladvapi32")
            execute_quietly([_COMPILER, *options])
        overrides = r"HKCU\Software\Wine\DllOverrides"
        self.run("reg", "add", overrides, "/v", "mscms", "/d", "native,builtin", "/f")
        self.run("winecfg", "-v", "win10")

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        """Start a program. Its output is a pipe: into a file, Python dies at its start there."""
        return subprocess.Popen(
            ["wine", *command],
            cwd=self.folder,  # in the checkout, Python would find the program there
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def ask(self, *command: str, within_s: float = 120, **environment: str) -> tuple[int, str]:
        """Run a program to its end; returns its exit code and what it printed.

        Raises:
            StepError: it did not end in time: a box may have come up that nobody answers.
        """
        with self.start(*command, **environment) as process:
            try:
                printed, _nothing = process.communicate(timeout=within_s)
            except subprocess.TimeoutExpired as error:
                process.kill()
                self.end()
                raise StepError(f"no end within {within_s:.0f} s: {' '.join(command)}") from error
        return process.returncode, printed

    def run(self, *command: str, within_s: float = 120) -> str:
        """Run a program; returns what it printed. Raises StepError where it fails."""
        code, printed = self.ask(*command, within_s=within_s)
        if code:
            raise StepError(f"{printed.rstrip()}\nfailed ({code}): {' '.join(command)}")
        return printed

    def end(self) -> None:
        """End everything that runs in the prefix."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False, timeout=60)

    def path(self, place: str) -> Path:
        """Return where a place of the prefix, such as ``Program Files/x``, is here."""
        return self.drive / place


@contextmanager
def screen(memory: Path | None = None) -> Iterator[str]:
    """Start an X server that nobody sees; gives its name for DISPLAY.

    Args:
        memory: a folder where it keeps what it shows, for `pictures`.

    Raises:
        StepError: it did not start.
    """
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    command += ["-fbdir", str(memory)] if memory is not None else []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            number = server.stdout.readline().strip()
            if not number:
                raise StepError("the X server did not start")
            yield f":{number}"
        finally:
            server.terminate()


@contextmanager
def prefix(folder: Path, memory: Path | None = None) -> Iterator[Wine]:
    """Make a prefix on a screen of its own; all that runs in it is ended behind the block.

    Args:
        memory: see `screen`.
    """
    with screen(memory) as display:
        made = Wine(folder, display)
        made.make()
        try:
            yield made
        finally:
            made.end()
