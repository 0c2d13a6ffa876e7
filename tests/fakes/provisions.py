"""What a till is set up with, invented, and sealed so that a test need not wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from posmember.domain.values import CHINA
from posmember.settings.declared import (
    BASE_URL,
    GRANT_CODE,
    OPEN_ID,
    PROXY,
    SOUNDS,
    STORE_CODE,
    TIMEOUT,
)
from posmember.settings.edit import Value
from posmember.settings.provisioning import Provision, Secrets
from posmember.settings.sealing import Cost
from posmember.settings.setting import Setting

CHEAP = Cost(log_n=4, r=1)
PASSPHRASE = "K7MX-4PQR-T9WD"
OPEN_KEY = "an-open-key-that-nobody-sees-0001"
NOW = datetime(2026, 11, 29, 12, tzinfo=CHINA)
SETTINGS: dict[Setting[Any], Value] = {
    OPEN_ID: "an-id",
    GRANT_CODE: "a-code",
    BASE_URL: "https://platform.invalid",
    TIMEOUT: 6.5,
    PROXY: "http://somebody:a-password@10.0.0.1:8080",
    STORE_CODE: "1001",
    SOUNDS: False,
}
PROVISION = Provision(SETTINGS, Secrets("an-id", OPEN_KEY))
