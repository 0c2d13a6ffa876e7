"""The window with a token as of a keyring: ``python -m tests.end2end.http_window``."""

from __future__ import annotations

import os
import sys
from typing import Final

from posmember.__main__ import main
from posmember.trust.credentials import KeyringStore
from posmember.trust.http_token import NAME

TOKEN: Final = "EXAMPLE_posmember_http_token_0123456789abcd"
_KEPT: Final = {NAME: TOKEN}


def get(_store: KeyringStore, name: str) -> str | None:
    return None if os.environ.get("WITHOUT_TOKEN") else _KEPT.get(name)


if __name__ == "__main__":
    setattr(KeyringStore, "get", get)  # noqa: B010 - a method's type has no room for a function
    sys.exit(main(sys.argv[1:]))
