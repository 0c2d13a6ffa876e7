#!/usr/bin/env python3
"""The developers' one command: `python3 packaging/dev.py --help`.

Needs nothing but Python 3.11 or newer. This file alone is kept readable for older interpreters
(so no `from __future__ import annotations`, which Python 3.6 refuses): it says what is missing, or
goes on with a newer Python where there is one. The work is in the dev_*.py modules beside it.
"""

import os
import shutil
import subprocess
import sys

NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")
IS_NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"


def find_newer() -> str:
    """Return a Python 3.11 or newer on the PATH that really starts, or an empty text."""
    for name in NEWER:
        path = shutil.which(name)
        # A version manager may leave a name on the PATH that only prints an error: hence the trial.
        if path and subprocess.call([path, "-c", IS_NEW_ENOUGH], stderr=subprocess.DEVNULL) == 0:
            return path
    return ""


def restart_with_newer() -> None:
    """Run this file again with a newer Python; leave with a clear word where there is none."""
    path = find_newer()
    if not path:
        sys.exit("posmember needs Python 3.11 or newer; this is Python " + sys.version.split()[0])
    command = [path, __file__, *sys.argv[1:]]
    if os.name == "nt":  # execv would give the console back at once
        sys.exit(subprocess.call(command))
    os.execv(path, command)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets older interpreters
        restart_with_newer()
    from dev_commands import main

    sys.exit(main(sys.argv[1:]))
