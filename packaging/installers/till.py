"""What an installed program is tried with: the sandbox platform, and files that set a till up."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dev_run import StepError, execute_quietly

from installers import environment

PASSPHRASE: Final = "a-passphrase-of-trials-0001"
MEMBER: Final = "qm0000001"
_WRITE: Final = """
import sys
from pathlib import Path
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from posmember.settings import declared
from posmember.settings.provisioning import Provision, Secrets, write_provision
from posmember.settings.sealing import Cost
address, folder = sys.argv[1], Path(sys.argv[2])
settings = {
    declared.OPEN_ID: OPEN_ID, declared.GRANT_CODE: GRANT_CODE, declared.BASE_URL: address,
    declared.INSECURE: True, declared.STORE_CODE: STORES[0].code,
    declared.STORE_NAME: STORES[0].name,
}
provision = Provision(settings, Secrets(OPEN_ID, OPEN_KEY))
sealed = write_provision(provision, sys.argv[3], cost=Cost(4, 1))
(folder / "till.toml").write_bytes(sealed)
lines = ["[platform]", f'open_id = "{OPEN_ID}"', f'grant_code = "{GRANT_CODE}"',
    f'base_url = "{address}"', "allow_insecure_http = true", "[store]",
    f'code = "{STORES[0].code}"', f'name = "{STORES[0].name}"', ""]
(folder / "config.toml").write_text("\\n".join(lines), encoding="utf-8")
(folder / "wrong.toml").write_text("[platform]\\nopen_idea = 1\\n", encoding="utf-8")
(folder / "passphrase.txt").write_text(sys.argv[3] + "\\n", encoding="utf-8")
print(OPEN_KEY)
"""


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that runs.

    Args:
        address: of it. open_key: for its merchant.
    """

    address: str
    open_key: str


@contextmanager
def platform(folder: Path) -> Iterator[Platform]:
    """Serve the sandbox, and write files for it.

    Args:
        folder: gets ``config.toml``, a configuration; ``till.toml``, a provisioning file, and
            ``passphrase.txt``; ``wrong.toml``, which is none.

    Raises:
        StepError: it did not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [str(environment.PYTHON), "-u", "-m", "posmember", "sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            found = [word for word in first.split() if word.startswith("http://")]
            if not found:
                raise StepError(f"the sandbox did not start: {first}")
            address = found[0].rstrip("/,")
            write = (environment.PYTHON, "-c", _WRITE, address, folder, PASSPHRASE)
            yield Platform(address, execute_quietly(write).strip())
        finally:
            server.terminate()
