"""WeChat Pay's access made of the files that people have: read, and looked at before it is kept.

It waits for the files and for the cryptography's import: use a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from posmember.api.wechat.access import check_access
from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import DEFAULT_BASE_URL, MerchantAccess
from posmember.api.wechat.keys import key_faults, public_key_faults
from posmember.api.wechat.serials import normal_key_id, normal_serial
from posmember.errors import ConfigError, CredentialError
from posmember.settings.files import read_file

K = TypeVar("K")


class KeyFileError(ConfigError):
    """A file cannot be read, or holds no such key. `why` is the system's word, or the fault."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class KeyFaultError(ConfigError):
    """Keys that do not belong together or no longer count; in Chinese and English."""


@dataclass(frozen=True, slots=True)
class MerchantFiles:
    """What the merchant's own access is made of.

    Args:
        brand_id, template_id, mchid: as WeChat Pay shows them.
        key: apiclient_key.pem.
        public_keys: WeChat Pay's, by their ids; the first one encrypts.
        certificate: apiclient_cert.pem; None where the serial is given.
        serial: of the certificate, as any tool shows it; "" where the certificate is given.
        base_url: of WeChat Pay.
    """

    brand_id: str
    template_id: str
    mchid: str
    key: Path
    public_keys: Iterable[tuple[str, Path]]
    certificate: Path | None = None
    serial: str = ""
    base_url: str = DEFAULT_BASE_URL


def read_merchant(files: MerchantFiles, now: datetime) -> MerchantAccess:
    """The access that files hold.

    Args:
        now: aware; certificates are valid for a time.

    Raises:
        KeyFileError: a file is not what it is to be.
        KeyFaultError: the keys are not right.
        ConfigError: an id or the address cannot be right.
    """
    certificate = None if files.certificate is None else _read(Certificate, files.certificate)
    serial = normal_serial(files.serial)
    access = MerchantAccess(
        mchid=files.mchid,
        serial=certificate.serial if certificate is not None and not serial else serial,
        brand_id=files.brand_id,
        template_id=files.template_id,
        private_key=_read(PrivateKey, files.key),
        public_keys={
            normal_key_id(name): _read(PublicKey, path) for name, path in files.public_keys
        },
        base_url=files.base_url,
        certificate=certificate,
    )
    check_access(access)
    _refuse(key_faults(access, now))
    return access


def with_new_key(access: MerchantAccess, name: str, path: Path, now: datetime) -> MerchantAccess:
    """An access with WeChat Pay's new public key: it encrypts, those before still verify.

    Args:
        name: the key's id. now: aware.

    Raises:
        KeyFileError, KeyFaultError: as `read_merchant`.
    """
    name, key = normal_key_id(name), _read(PublicKey, path)
    # Of this one alone: one before it may have expired, which is why this one comes.
    _refuse(public_key_faults(access, name, key, now))
    others = {each: known for each, known in access.public_keys.items() if each != name}
    return replace(access, public_keys={name: key, **others})


def _refuse(faults: Iterator[str]) -> None:
    for fault in faults:
        raise KeyFaultError(fault)


def _read(kind: Callable[[bytes], K], path: Path) -> K:
    try:
        return kind(read_file(path))
    except OSError as error:
        raise KeyFileError(path, error.strerror or type(error).__name__) from error
    except CredentialError as error:
        raise KeyFileError(path, str(error)) from error
